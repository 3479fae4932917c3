//! From a job to what came of it: an employment, and a contribution a month and programme.

use jiff::ToSpan;
use jiff::civil::Date;
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Employment, Work};
use payung_domain::ids::MembershipId;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::{Earning, Expected, NotPublished, Programme, Programmes, What};

use super::Untold;

/// A stretch of work, what it paid, and where the employer slipped.
pub(super) struct Job {
    pub(super) membership: MembershipId,
    pub(super) work: Work,
    pub(super) from: Month,
    pub(super) until: Option<Month>,
    /// Monthly pay from these months on; the first is the first month of work.
    pub(super) pay: Vec<(Month, i64)>,
    pub(super) slips: Vec<(Month, Slip)>,
}

/// What went wrong with a month's payment. An employer pays all programmes at once.
#[derive(Clone, Copy)]
pub(super) enum Slip {
    /// It came so many days after the due date.
    Late(i32),
    /// It came in time, on a wage that is so many percent of the real one.
    Short(i64),
    /// It never came.
    Never,
}

/// Pay that grows by so many percent every January, cut to whole ten thousands.
pub(super) fn raised(from: Month, last: Month, start: i64, percent: i64) -> Vec<(Month, i64)> {
    let mut pay = vec![(from, start)];
    let mut wage = start;
    for january in from.next().through(last).filter(|month| month.number() == 1) {
        wage = wage * (100 + percent) / 100;
        pay.push((january, wage - wage % 10_000));
    }
    pay
}

impl Job {
    /// The job as the programme knows it.
    pub(super) const fn employment(&self) -> Employment {
        let &Self { membership, work, from, until, .. } = self;
        Employment { membership, work, from, until }
    }

    /// Everything that was received for it by today.
    pub(super) fn contributions(
        &self,
        firms: &[Employer],
        today: Date,
        programmes: &Programmes,
    ) -> Result<Vec<Contribution>, Untold> {
        let firm =
            self.employment().employer().and_then(|id| firms.iter().find(|firm| firm.id == id));
        // The self-employed of the demonstration all save, although they need not.
        let paid = firm.map_or(&[Programme::Jht, Programme::Jkk, Programme::Jkm][..], |firm| {
            Programme::of_firm(firm.size)
        });
        let mut contributions = Vec::new();
        for month in self.employment().months_up_to(Month::of(today)) {
            for &programme in paid {
                if programmes.has_rate(programme, self.employment().segment(), month) {
                    let came = self.contribution(month, programme, firm, programmes)?;
                    contributions.extend(came.filter(|came| came.received_on <= today));
                }
            }
        }
        Ok(contributions)
    }

    /// What came for one month and programme, if anything ever did.
    fn contribution(
        &self,
        month: Month,
        programme: Programme,
        firm: Option<&Employer>,
        programmes: &Programmes,
    ) -> Result<Option<Contribution>, Untold> {
        let wage = self.wage(month);
        let earning = match (self.work, firm) {
            (Work::Own(trade), _) => Earning::Income(wage, trade),
            (Work::For(_), Some(firm)) => Earning::Wage(wage, firm.risk_class),
            (Work::For(_), None) => return Err(Untold::Invented("an employer")),
        };
        let due_on = due_on(programme, self, month, programmes);
        let received_on = match self.slips.iter().find(|(of, _)| *of == month) {
            // Some days early, and not always the same ones.
            None | Some((_, Slip::Short(_))) => {
                due_on.saturating_sub((1 + i32::from(month.number()) % 5).days())
            }
            Some((_, Slip::Late(days))) => due_on.saturating_add(days.days()),
            Some((_, Slip::Never)) => return Ok(None),
        };
        let reckoned = reckoned(programme, month, earning, programmes)?;
        Ok(Some(Contribution {
            membership: self.membership,
            month,
            programme,
            employer: self.employment().employer(),
            wage,
            base: reckoned.base,
            employer_part: reckoned.employer_part,
            worker_part: reckoned.worker_part,
            due_on,
            received_on,
        }))
    }

    fn wage(&self, month: Month) -> Rupiah {
        let held = self.pay.iter().rev().find(|(from, _)| *from <= month);
        let wage = held.map_or(0, |&(_, wage)| wage);
        let reported = self.slips.iter().find_map(|(of, slip)| match slip {
            Slip::Short(percent) if *of == month => Some(wage / 100 * percent),
            _ => None,
        });
        Rupiah::new(reported.unwrap_or(wage))
    }
}

/// What the payer reckoned with.
///
/// A ceiling that is not published leaves an invented employer where it leaves a real one: it
/// reports on a base of its own, here the last ceiling it knew. What was received is a fact, and
/// says nothing about what should have been.
fn reckoned(
    programme: Programme,
    month: Month,
    earning: Earning,
    programmes: &Programmes,
) -> Result<Expected<'_>, NotPublished> {
    match programmes.expected(programme, month, earning) {
        Err(unknown @ NotPublished { what: What::Ceiling, .. }) => (1..=24)
            .find_map(|back| programmes.expected(programme, month.plus(-back), earning).ok())
            .ok_or(unknown),
        known => known,
    }
}

/// The due date; where none is published, the day this demonstration's employers kept to anyway:
/// the 15th of the next month.
fn due_on(programme: Programme, job: &Job, month: Month, programmes: &Programmes) -> Date {
    programmes
        .due_date(programme, job.employment().segment(), month)
        .map_or_else(|_| month.next().first_day().saturating_add(14.days()), |due| due.on)
}
