//! What somebody's record says that a benefit depends on.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::contributions::Contribution;
use crate::contributions::history::{History, MonthRow, MonthState};
use crate::employers::{Employment, Trade, Work};
use crate::members::{Membership, Segment};
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Programme, Programmes, Rounding, keys};

use super::Refused;
use super::jp::Paid;

/// What a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The first month under any member number.
    pub member_since: Option<Month>,
    /// How the person works now, or worked last.
    pub segment: Option<Segment>,
    /// What kind of work the self-employed do.
    pub trade: Option<Trade>,
    /// Whether the person works now.
    pub is_working: bool,
    /// Whether savings are paid for in the present work: a micro firm need not, and the self-employed
    /// choose.
    pub is_saving: bool,
    /// Whether the pension is paid for in the present work.
    pub is_in_pension: bool,
    /// The first month of the present work, or of the last one.
    pub working_since: Option<Month>,
    /// The last wage that was reported, or the income that was stated.
    pub wage: Option<Rupiah>,
    /// What the pension is reckoned from, if anything was ever paid for it.
    pub pension: Option<Paid>,
    /// Everything that was paid for the pension.
    pub paid_for_pension: Rupiah,
    /// Months paid for death cover.
    pub months_of_death_cover: u32,
    /// The latest months without any payment for cover, in a row.
    pub unpaid_cover_in_a_row: u32,
}

/// How somebody stands with cover for work accident and death.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Covered, nothing is owed.
    Covered,
    /// Covered, although the latest so many months are unpaid.
    Behind(u32),
    /// Too long unpaid: the employer pays first.
    EmployerFirst(u32),
    /// Too long unpaid by oneself: no right.
    NoRight(u32),
    /// Not working, so not covered.
    NotWorking,
}

impl Facts {
    /// How the person stands with cover for work accident and death.
    pub fn standing(&self, programmes: &Programmes, on: Date) -> Result<Standing, Refused> {
        let (months, _) = programmes.count(keys::ARREARS_MONTHS, on)?;
        let unpaid = self.unpaid_cover_in_a_row;
        Ok(match self.segment {
            _ if !self.is_working => Standing::NotWorking,
            _ if unpaid == 0 => Standing::Covered,
            _ if unpaid <= months => Standing::Behind(unpaid),
            Some(Segment::SelfEmployed) => Standing::NoRight(unpaid),
            _ => Standing::EmployerFirst(unpaid),
        })
    }

    /// Reads a record.
    pub fn of(
        memberships: &[Membership],
        employments: &[Employment],
        contributions: &[Contribution],
        history: &History,
        today: Date,
    ) -> Result<Self, Refused> {
        let this_month = Month::of(today);
        let last = employments.iter().max_by_key(|work| (work.until.is_none(), work.from));
        let latest = contributions.iter().filter(|c| c.programme != Programme::Jkp);
        let cover = months_of(contributions, Programme::Jkm);
        Ok(Self {
            member_since: memberships.iter().map(|membership| membership.since).min(),
            segment: last.map(Employment::segment),
            trade: last.and_then(|job| match job.work {
                Work::Own(trade) => Some(trade),
                Work::For(_) => None,
            }),
            is_working: last.is_some_and(|work| work.until.is_none_or(|end| end >= this_month)),
            is_saving: is_paid_for(employments, history, Programme::Jht, this_month),
            is_in_pension: is_paid_for(employments, history, Programme::Jp, this_month),
            working_since: last.map(|work| work.from),
            wage: latest.max_by_key(|c| (c.month, c.wage)).map(|c| c.wage),
            pension: pension(contributions, history)?,
            paid_for_pension: Rupiah::checked_sum(
                of(contributions, Programme::Jp).map(|c| c.total().unwrap_or(Rupiah::ZERO)),
            )
            .ok_or(Refused::TooLarge)?,
            months_of_death_cover: u32::try_from(cover.len()).unwrap_or(u32::MAX),
            unpaid_cover_in_a_row: unpaid_in_a_row(history),
        })
    }
}

fn of(contributions: &[Contribution], programme: Programme) -> impl Iterator<Item = &Contribution> {
    contributions.iter().filter(move |c| c.programme == programme)
}

/// The months that were paid; one that two employers paid counts once.
fn months_of(contributions: &[Contribution], programme: Programme) -> BTreeSet<Month> {
    of(contributions, programme).map(|c| c.month).collect()
}

/// Months paid and due, and the mean of the wages that counted. With two employers in a month their
/// wages are added, as they were paid on.
fn pension(contributions: &[Contribution], history: &History) -> Result<Option<Paid>, Refused> {
    let months = months_of(contributions, Programme::Jp);
    let Some(first) = months.first() else { return Ok(None) };
    let sum = Rupiah::checked_sum(of(contributions, Programme::Jp).map(|c| c.base))
        .ok_or(Refused::TooLarge)?;
    let count = u32::try_from(months.len()).unwrap_or(u32::MAX);
    let due: BTreeSet<Month> = history
        .rows()
        .iter()
        .filter(|row| row.programme == Programme::Jp)
        .filter(|row| !matches!(row.state, MonthState::Awaited { .. }))
        .map(|row| row.month)
        .chain(months.iter().copied())
        .collect();
    let mean_wage =
        Rounding::WHOLE_RUPIAH.fraction(sum, 1, u64::from(count)).ok_or(Refused::TooLarge)?;
    Ok(Some(Paid {
        months: count,
        due: u32::try_from(due.len()).unwrap_or(u32::MAX),
        mean_wage,
        since: first.first_day(),
    }))
}

/// Whether a programme is a part of some present work. An employer's duty shows in the history, paid or
/// not. Nobody has the duty where the self-employed save: they do as long as the latest month of cover,
/// or the one before it, was paid for savings too, which are due a month later.
fn is_paid_for(
    employments: &[Employment],
    history: &History,
    programme: Programme,
    this_month: Month,
) -> bool {
    let is_present = |job: &&Employment| job.until.is_none_or(|end| end >= this_month);
    employments.iter().filter(is_present).any(|job| {
        let latest = rows_of(history, job, programme).map(|row| row.month).max();
        match job.work {
            Work::For(_) => latest.is_some(),
            Work::Own(_) => latest.is_some_and(|latest| {
                rows_of(history, job, Programme::Jkk)
                    .filter(|row| row.contribution.is_some())
                    .all(|row| row.month <= latest.next())
            }),
        }
    })
}

fn rows_of<'a>(
    history: &'a History,
    job: &'a Employment,
    programme: Programme,
) -> impl Iterator<Item = &'a MonthRow> {
    history
        .rows()
        .iter()
        .filter(move |row| row.programme == programme && row.month >= job.from)
        .filter(move |row| row.membership == job.membership && row.employer == job.employer())
}

/// How many of the latest months nothing came for cover in, one after the other. Those that can
/// still come in time are not counted, and do not end the row.
fn unpaid_in_a_row(history: &History) -> u32 {
    let mut unpaid = BTreeSet::new();
    for row in history.rows().iter().filter(|row| row.programme == Programme::Jkk) {
        match row.state {
            MonthState::Awaited { .. } => {}
            MonthState::Missing { .. } => {
                unpaid.insert(row.month);
            }
            _ => break,
        }
    }
    u32::try_from(unpaid.len()).unwrap_or(u32::MAX)
}

/// Months paid among the last so many, and how many of the latest were paid in a row, for a
/// programme that is paid for along with work accident cover.
#[must_use]
pub fn paid_lately(contributions: &[Contribution], today: Date, window: u32) -> (u32, u32) {
    let months = months_of(contributions, Programme::Jkk);
    let back = i32::try_from(window).unwrap_or(0);
    let this_month = Month::of(today);
    let first = this_month.plus(-back);
    let lately = months.range(first..this_month).count();
    let Some(last) = months.range(..this_month).next_back() else { return (0, 0) };
    let in_a_row = (0..i32::MAX).take_while(|ahead| months.contains(&last.plus(-ahead))).count();
    let count = |months| u32::try_from(months).unwrap_or(u32::MAX);
    (count(lately), count(in_a_row))
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::ids::{EmployerId, MembershipId};

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));
    const TODAY: Date = date(2026, 11, 23);

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn paid(of: Month, programme: Programme, base: i64, payer: u128) -> Contribution {
        Contribution {
            membership: MEMBERSHIP,
            month: of,
            programme,
            employer: Some(EmployerId(Uuid::from_u128(payer))),
            wage: Rupiah::new(base),
            base: Rupiah::new(base),
            employer_part: Rupiah::new(2),
            worker_part: Rupiah::new(1),
            due_on: of.next().first_day(),
            received_on: of.next().first_day(),
        }
    }

    fn facts(work: Work, contributions: &[Contribution]) -> Facts {
        let job = Employment { membership: MEMBERSHIP, work, from: month(202_601), until: None };
        let history = History::of(&[job], &[], contributions, TODAY, &PROGRAMMES);
        Facts::of(&[], &[job], contributions, &history, TODAY).unwrap()
    }

    #[test]
    fn two_employers_in_a_month_are_one_month_and_both_wages() {
        let firm = Work::For(EmployerId(Uuid::from_u128(7)));
        let contributions = [
            paid(month(202_601), Programme::Jp, 4_000_000, 7),
            paid(month(202_601), Programme::Jp, 2_000_000, 8),
            paid(month(202_602), Programme::Jp, 4_000_000, 7),
        ];
        let pension = facts(firm, &contributions).pension.unwrap();
        assert_eq!((pension.months, pension.mean_wage), (2, Rupiah::new(5_000_000)));
        assert_eq!(facts(firm, &contributions).paid_for_pension, Rupiah::new(9));
        assert_eq!(facts(firm, &[]).pension, None);
    }

    #[test]
    fn a_programme_that_the_present_work_does_not_pay_for_is_not_counted_on() {
        let firm = Work::For(EmployerId(Uuid::from_u128(7)));
        let cover = paid(month(202_601), Programme::Jkk, 1, 7);
        // A firm that nothing else is known of owes what the smallest owes.
        let micro = facts(firm, &[cover]);
        assert!(!micro.is_saving && !micro.is_in_pension);
        let saved = facts(firm, &[cover, paid(month(202_601), Programme::Jht, 1, 7)]);
        assert!(saved.is_saving && !saved.is_in_pension);
        assert!(facts(firm, &[cover, paid(month(202_601), Programme::Jp, 1, 7)]).is_in_pension);

        let own = |last_saved: i64| {
            let of = |number, programme| Contribution {
                employer: None,
                ..paid(month(number), programme, 1, 7)
            };
            let covered = (202_601..=202_606).map(|number| of(number, Programme::Jkk));
            let saved = (202_601..=last_saved).map(|number| of(number, Programme::Jht));
            let all: Vec<_> = covered.chain(saved).collect();
            facts(Work::Own(Trade::Transport), &all)
        };
        assert_eq!(own(202_605).trade, Some(Trade::Transport));
        assert!(own(202_606).is_saving && own(202_605).is_saving, "savings are due a month later");
        assert!(!own(202_604).is_saving && !own(202_600).is_saving, "who stopped saves no more");
    }

    #[test]
    fn three_unpaid_months_are_forgiven_and_a_fourth_is_not() {
        let standing = |work: Work, last_paid: Month| {
            let months: Vec<Contribution> = month(202_601)
                .through(last_paid)
                .map(|of| {
                    let employer = match work {
                        Work::For(employer) => Some(employer),
                        Work::Own(_) => None,
                    };
                    Contribution { employer, ..paid(of, Programme::Jkk, 1, 7) }
                })
                .collect();
            facts(work, &months).standing(&PROGRAMMES, TODAY).unwrap()
        };
        let firm = Work::For(EmployerId(Uuid::from_u128(7)));
        // October and November can still come in time from an employer: 15 December is a Tuesday.
        assert_eq!(standing(firm, month(202_610)), Standing::Covered);
        assert_eq!(standing(firm, month(202_607)), Standing::Behind(3));
        assert_eq!(standing(firm, month(202_606)), Standing::EmployerFirst(4));
        let own = Work::Own(Trade::Other);
        assert_eq!(standing(own, month(202_611)), Standing::Covered);
        assert_eq!(standing(own, month(202_607)), Standing::NoRight(4));
    }

    #[test]
    fn months_are_counted_back_from_the_last_one_that_is_over() {
        let months = [202_512, 202_601, 202_603, 202_604, 202_605];
        let contributions: Vec<Contribution> =
            months.map(|of| paid(month(of), Programme::Jkk, 1, 7)).to_vec();
        assert_eq!(paid_lately(&contributions, date(2026, 6, 10), 24), (5, 3));
        assert_eq!(paid_lately(&contributions, date(2026, 6, 10), 5), (4, 3));
        assert_eq!(paid_lately(&[], date(2026, 6, 10), 24), (0, 0));
    }
}
