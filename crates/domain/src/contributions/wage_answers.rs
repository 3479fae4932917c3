//! "Is this your wage?", asked for every month that an employer paid for. What a member answers is
//! their word, kept beside what was reported: it proves nothing, and it changes no amount.

use std::collections::BTreeMap;

use crate::ids::{EmployerId, MembershipId};
use crate::money::{MoneyProblem, Rupiah};
use crate::month::Month;
use crate::time::Instant;

use super::Contribution;

/// No wage is believed to be above this: far above any, and far below what an amount can hold.
pub const HIGHEST: Rupiah = Rupiah::new(1_000_000_000);

/// For so many months back the question is asked by itself.
const MONTHS_ASKED: i32 = 3;

/// The last answer for a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WageAnswer {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month of work.
    pub month: Month,
    /// Who reported the wage.
    pub employer: EmployerId,
    /// The wage that was asked about.
    pub reported: Rupiah,
    /// What the member says.
    pub says: Says,
    /// When they said so.
    pub answered_at: Instant,
}

/// What a member says about the wage that was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// It is theirs.
    Right,
    /// It is not: this is.
    Wrong(Rupiah),
}

/// Why an answer cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerProblem {
    /// Neither yes nor no.
    Undecided,
    /// The wage cannot be read.
    Wage(MoneyProblem),
    /// The wage is none, or higher than any.
    Range,
    /// The wage that was entered is the one that was reported.
    Same,
}

/// What a wage was reported for.
pub type About = (MembershipId, Month, EmployerId);

/// A wage that an employer reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month of work.
    pub month: Month,
    /// Who reported it.
    pub employer: EmployerId,
    /// How much; the highest, where programmes were told different ones.
    pub wage: Rupiah,
}

impl Says {
    /// Reads a form: `yes`, or `no` with the wage that was really earned.
    pub fn read(answer: &str, wage: &str, reported: Rupiah) -> Result<Self, AnswerProblem> {
        match answer {
            "yes" => Ok(Self::Right),
            "no" => match Rupiah::parse(wage).map_err(AnswerProblem::Wage)? {
                real if real == reported => Err(AnswerProblem::Same),
                real if (Rupiah::new(1)..=HIGHEST).contains(&real) => Ok(Self::Wrong(real)),
                _ => Err(AnswerProblem::Range),
            },
            _ => Err(AnswerProblem::Undecided),
        }
    }

    /// The wage that the member says is theirs, where it is not the reported one.
    #[must_use]
    pub const fn real(self) -> Option<Rupiah> {
        match self {
            Self::Right => None,
            Self::Wrong(real) => Some(real),
        }
    }
}

impl WageAnswer {
    /// What it is about.
    #[must_use]
    pub const fn about(&self) -> About {
        (self.membership, self.month, self.employer)
    }

    /// Whether the wage that is reported now is the member's own by their word.
    #[must_use]
    pub fn agrees(&self, reported: Rupiah) -> bool {
        match self.says {
            Says::Right => self.reported == reported,
            Says::Wrong(real) => real == reported,
        }
    }

    /// The wage by the member's word, where the one that is reported now is below it.
    #[must_use]
    pub fn above(&self, reported: Rupiah) -> Option<Rupiah> {
        self.says.real().filter(|real| *real > reported)
    }

    /// Whether it is an answer to what is reported now: a wage that was corrected since is asked
    /// about anew, unless it became what the member said.
    #[must_use]
    pub(crate) fn still_answers(&self, reported: Rupiah) -> bool {
        self.reported == reported || self.agrees(reported)
    }
}

impl Reported {
    /// What it is about.
    #[must_use]
    pub const fn about(&self) -> About {
        (self.membership, self.month, self.employer)
    }

    /// Every wage that employers reported, the latest month first. What the self-employed stated
    /// themselves is not asked about.
    #[must_use]
    pub fn all(contributions: &[Contribution]) -> Vec<Self> {
        let mut wages: BTreeMap<(Month, MembershipId, EmployerId), Rupiah> = BTreeMap::new();
        for came in contributions {
            let Some(employer) = came.employer else { continue };
            let wage = wages.entry((came.month, came.membership, employer)).or_insert(came.wage);
            *wage = came.wage.max(*wage);
        }
        let latest_first = wages.into_iter().rev();
        latest_first
            .map(|((month, membership, employer), wage)| Self { membership, month, employer, wage })
            .collect()
    }

    /// The answer to it, if there is one that still counts.
    #[must_use]
    pub fn answer<'a>(&self, answers: &'a [WageAnswer]) -> Option<&'a WageAnswer> {
        let of_it = answers.iter().find(|answer| answer.about() == self.about());
        of_it.filter(|answer| answer.still_answers(self.wage))
    }
}

/// What is asked next: the latest wage that nobody answered for, of the last months an employer
/// paid for. Older ones can be answered too, but nobody is asked for years of them.
#[must_use]
pub fn asked(reported: &[Reported], answers: &[WageAnswer]) -> Option<Reported> {
    let latest = reported.first()?.month;
    reported
        .iter()
        .take_while(|one| one.month > latest.plus(-MONTHS_ASKED))
        .find(|one| one.answer(answers).is_none())
        .copied()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::programmes::Programme;

    const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(1));
    const FIRM: EmployerId = EmployerId(Uuid::from_u128(2));

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    fn came(of: i64, programme: Programme, wage: i64) -> Contribution {
        Contribution {
            membership: MEMBERSHIP,
            month: month(of),
            programme,
            employer: Some(FIRM),
            wage: Rupiah::new(wage),
            base: Rupiah::new(wage),
            employer_part: Rupiah::ZERO,
            worker_part: Rupiah::ZERO,
            due_on: date(2026, 1, 1),
            received_on: date(2026, 1, 1),
        }
    }

    fn answer(of: i64, reported: i64, says: Says) -> WageAnswer {
        WageAnswer {
            membership: MEMBERSHIP,
            month: month(of),
            employer: FIRM,
            reported: Rupiah::new(reported),
            says,
            answered_at: Instant::from_micros(1),
        }
    }

    #[test]
    fn yes_needs_nothing_more_and_no_needs_the_wage() {
        let reported = Rupiah::new(5_000_000);
        let read = |answer, wage| Says::read(answer, wage, reported);
        assert_eq!(read("yes", "what stands here is not read"), Ok(Says::Right));
        assert_eq!(read("no", "Rp 6.000.000"), Ok(Says::Wrong(Rupiah::new(6_000_000))));
        assert_eq!(read("", "6000000"), Err(AnswerProblem::Undecided));
        assert_eq!(read("perhaps", ""), Err(AnswerProblem::Undecided));
        assert_eq!(read("no", " "), Err(AnswerProblem::Wage(MoneyProblem::Empty)));
        assert_eq!(read("no", "enam juta"), Err(AnswerProblem::Wage(MoneyProblem::Characters)));
        assert_eq!(read("no", "5,000,000"), Err(AnswerProblem::Same));
        assert_eq!(read("no", "0"), Err(AnswerProblem::Range));
        assert_eq!(read("no", "1.000.000.001"), Err(AnswerProblem::Range));
    }

    #[test]
    fn a_wage_is_asked_about_once_whatever_programmes_were_told() {
        let own = Contribution { employer: None, ..came(202_605, Programme::Jkk, 9) };
        let reported = Reported::all(&[
            came(202_603, Programme::Jht, 5),
            came(202_604, Programme::Jht, 5),
            came(202_604, Programme::Jp, 7),
            own,
        ]);
        let seen: Vec<(i64, i64)> =
            reported.iter().map(|one| (one.month.get(), one.wage.get())).collect();
        assert_eq!(seen, [(202_604, 7), (202_603, 5)]);
    }

    #[test]
    fn a_corrected_wage_is_asked_about_anew_unless_it_became_what_was_said() {
        let said = answer(202_604, 5, Says::Wrong(Rupiah::new(7)));
        let now = |wage| Reported::all(&[came(202_604, Programme::Jht, wage)])[0];
        assert!(now(5).answer(&[said]).is_some() && now(7).answer(&[said]).is_some());
        assert!(now(6).answer(&[said]).is_none());
        assert_eq!(said.above(Rupiah::new(5)), Some(Rupiah::new(7)));
        assert_eq!(said.above(Rupiah::new(7)), None);
        let right = answer(202_604, 5, Says::Right);
        assert!(right.agrees(Rupiah::new(5)) && !right.agrees(Rupiah::new(6)));
        assert!(now(6).answer(&[right]).is_none());
    }

    #[test]
    fn the_latest_unanswered_month_is_asked_and_not_those_of_years_ago() {
        let paid: Vec<Contribution> =
            (202_601..=202_606).map(|of| came(of, Programme::Jht, 5)).collect();
        let reported = Reported::all(&paid);
        let asks = |answers: &[WageAnswer]| asked(&reported, answers).map(|one| one.month.get());
        let right = |of| answer(of, 5, Says::Right);
        assert_eq!(asks(&[]), Some(202_606));
        assert_eq!(asks(&[right(202_606)]), Some(202_605));
        assert_eq!(asks(&[right(202_606), right(202_605), right(202_604)]), None);
        assert_eq!(asked(&[], &[]), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_never_the_wage_that_was_reported(
            typed in "\\PC{0,24}", reported in 1_i64..9_000_000,
        ) {
            let reported = Rupiah::new(reported);
            if let Ok(Says::Wrong(real)) = Says::read("no", &typed, reported) {
                prop_assert!(real != reported && real > Rupiah::ZERO && real <= HIGHEST);
            }
        }
    }
}
