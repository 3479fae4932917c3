//! What a member or the heirs can expect from each programme: who, what, when, how much, with which
//! papers, by when, and what is owed when that passes.
//!
//! Everything here is an estimate: it says what it assumes, and refuses where a rule is not
//! published. What somebody's record says about them is gathered in `facts`.

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::{
    Citation, NotPublished, Programme, Programmes, Rate, Rounding, Unit, Value, keys,
};

pub mod facts;
pub mod jht;
pub mod jkk;
pub mod jkm;
pub mod jkp;
pub mod jp;
pub mod tax;

/// One thing that is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What it is.
    pub item: Item,
    /// How much, and how often.
    pub pays: Pays,
    /// The numbers it was multiplied from; empty where a rule names the amount itself.
    pub working: Vec<Factor>,
    /// The rules, in the order they were applied.
    pub rules: Vec<Citation<'a>>,
}

/// What is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// All savings, at the age at which they are paid.
    Savings,
    /// What there is today, in all savings.
    SavedToday,
    /// Contributions to come, in all savings.
    ContributionsToCome,
    /// Returns to come, in all savings.
    ReturnsToCome,
    /// The tax on savings that are paid in one sum.
    Tax,
    /// Savings less tax.
    AfterTax,
    /// A part of the savings for a home.
    PartForHome,
    /// A part of the savings for other preparation for retirement.
    PartForOther,
    /// The pension of old age.
    Pension,
    /// That pension, within the lowest and the highest of the year.
    PensionBounded,
    /// What was paid for a pension that is too short.
    PensionInOneSum,
    /// The pension after total permanent disability.
    DisabilityPension,
    /// The pension of a widow or widower.
    WidowPension,
    /// The pension of a child.
    ChildPension,
    /// The pension of a child after the spouse died or married again.
    ChildAfterWidowPension,
    /// The pension of a parent.
    ParentPension,
    /// Wage while unable to work.
    UnableToWork,
    /// Part of the body lost.
    PartLost,
    /// A part of the body lost that a table names.
    Lost(Loss),
    /// Part of the body that works less.
    PartWeaker,
    /// Total permanent disability.
    TotalDisability,
    /// Death by a work accident.
    DeathAtWork,
    /// Death that work did not cause.
    Death,
    /// The periodic part, paid at once.
    Periodic,
    /// The funeral.
    Funeral,
    /// Transport by land, river or lake.
    TransportLand,
    /// Transport by sea.
    TransportSea,
    /// Transport by air.
    TransportAir,
    /// A scholarship in one sum.
    ScholarshipOnce,
    /// A scholarship, by school.
    Scholarship(School),
    /// Cash after a lay-off, at first.
    Cash,
    /// Cash after a lay-off, later.
    CashLater,
}

/// Where a child learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum School {
    /// Kindergarten.
    Kindergarten,
    /// Primary school.
    Primary,
    /// Lower secondary school.
    LowerSecondary,
    /// Upper secondary school.
    UpperSecondary,
    /// University, or training for work.
    University,
}

/// A part of the body of which the law's percentage is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// Both eyes.
    BothEyes,
    /// One eye.
    OneEye,
    /// Hearing in both ears.
    BothEars,
    /// Hearing in one ear.
    OneEar,
    /// The right arm from the shoulder; the left one of who is left-handed.
    RightArm,
    /// The left arm from the shoulder; the right one of who is left-handed.
    LeftArm,
}

/// How much, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// In one sum.
    Once(Rupiah),
    /// At most so much.
    AtMost(Rupiah),
    /// Every month for so many months.
    Months(Rupiah, u32),
    /// Every month until it ends.
    Monthly(Rupiah),
    /// Every year for at most so many years.
    Yearly(Rupiah, u32),
    /// Taken away.
    Less(Rupiah),
}

impl Pays {
    /// The amount of one payment.
    #[must_use]
    pub const fn amount(self) -> Rupiah {
        match self {
            Self::Once(amount)
            | Self::AtMost(amount)
            | Self::Months(amount, _)
            | Self::Monthly(amount)
            | Self::Yearly(amount, _)
            | Self::Less(amount) => amount,
        }
    }
}

/// A number in a multiplication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// An amount.
    Amount(Rupiah),
    /// A part of it.
    Share(Rate),
    /// So many times.
    Times(u32),
    /// So many parts of so many.
    Part(u32, u32),
}

/// Why nothing can be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A rule is not published.
    #[error(transparent)]
    NotPublished(#[from] NotPublished),
    /// A condition is not met.
    #[error("a condition is not met: {0:?}")]
    Condition(Condition),
    /// Past what an amount can hold.
    #[error("more than an amount can hold")]
    TooLarge,
}

/// A condition that is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Too few months were paid.
    MonthsPaid {
        /// How many were.
        have: u32,
        /// How many it takes.
        need: u32,
    },
    /// Too few months in a row were paid.
    MonthsInARow {
        /// How many were.
        have: u32,
        /// How many it takes.
        need: u32,
    },
    /// Not a member for long enough: from that day on.
    From(Date),
    /// It was done as often as it may be.
    Often(u32),
    /// The share of due months that were paid is too low.
    Density {
        /// What was paid.
        have: Rate,
        /// What it takes.
        need: Rate,
    },
    /// The time to ask for it has passed.
    Lapsed(Date),
    /// Only for people who are paid a wage.
    WageEarnersOnly,
    /// Only for people who still work and pay.
    ActiveOnly,
    /// No wage is known.
    NoWage,
    /// At most so many children.
    Children(u32),
    /// Registered when already so old, or older.
    TooOld(u32),
    /// Nothing was ever paid for it.
    NothingPaid,
    /// Only where savings are paid for as well.
    NotSaving,
    /// Paid by oneself, and the latest so many months are not.
    Unpaid(u32),
}

impl Condition {
    pub(crate) const fn unmet<T>(self) -> Result<T, Refused> {
        Err(Refused::Condition(self))
    }
}

/// What an estimate takes for granted. Said on every page that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// Every month until then is paid in full.
    EveryMonthPaid,
    /// Nothing more is paid for it: it is no part of the present work.
    NothingMorePaid,
    /// The wage rises by so much every January.
    WageRises(Rate),
    /// The wage that counts stays as it is: the highest one of years to come is not published.
    WageStays,
    /// Savings earn so much a year, which nobody has declared.
    ReturnAssumed(Rate),
    /// Savings earn so much a year, which the demonstration takes as declared.
    ReturnSupposed(Rate),
    /// Savings earn so much a year, as declared.
    ReturnDeclared(Rate),
    /// Today's rules stay as they are.
    RulesStay,
    /// Everything is paid in one sum, in one calendar year.
    OneSum,
    /// Past wages are counted as they were: the inflation that raises them is not published.
    WagesNotIndexed,
    /// No return on what was paid for the pension: it is not published.
    NoPensionReturn,
    /// The lowest and the highest pension are not published for that year.
    NoPensionBounds,
    /// The wage is the last one that the employer reported.
    WageAsReported,
    /// The wage is the one that was typed.
    WageAsTyped,
    /// The event happened today.
    EventToday,
    /// It was never asked for before.
    NotAskedBefore,
    /// One child, through every school from kindergarten on.
    OneChildThroughSchool,
    /// Those who are left are the ones that were registered, and each line stands for one of them alone.
    RegisteredInTime,
    /// The parts of the body of which the percentage is known: the whole table is not loaded.
    TableNotLoaded,
    /// A citizen, laid off by the employer before the contract ends, insured for health, without new
    /// work.
    LaidOffAndInsured,
    /// The disability is total and for good, by a doctor's word.
    DisabledForGood,
}

/// What holds for every claim of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms<'a> {
    /// Which papers to bring.
    pub documents: Result<(&'a [String], Citation<'a>), NotPublished>,
    /// How soon it must be paid.
    pub paid_within: Option<(u32, Unit, Citation<'a>)>,
    /// What is owed to the member for paying later.
    pub late: Option<(Rate, Every, Citation<'a>)>,
    /// How soon after the event one must ask.
    pub ask_within: Option<(u32, Unit, Citation<'a>)>,
    /// Who is paid after a death, where the programme pays then, the first in line first.
    pub heirs: Option<(&'a [String], Citation<'a>)>,
    /// Whatever else is to be kept to: other clocks, limits, conditions, each by its own name.
    pub others: Vec<(&'a Value, Citation<'a>)>,
    /// Rules that there are and of which nothing is published for that day, by their names.
    pub unpublished: Vec<&'static str>,
}

/// For each of what a late payment grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// For every day.
    Day,
    /// For every month.
    Month,
}

impl<'a> Terms<'a> {
    /// The terms of a programme for an event on a day.
    #[must_use]
    pub fn of(programmes: &'a Programmes, programme: Programme, on: Date) -> Self {
        use Programme::{Jht, Jkk, Jkm, Jkp, Jp};
        let documents = match programme {
            Jht => keys::JHT_DOCUMENTS,
            Jp => keys::JP_DOCUMENTS,
            Jkk => keys::JKK_DOCUMENTS,
            Jkm => keys::JKM_DOCUMENTS,
            Jkp => keys::JKP_DOCUMENTS,
        };
        let paid_within = match programme {
            Jht => Some((keys::JHT_PAYOUT, Unit::WorkingDays)),
            Jp => Some((keys::JP_FIRST_PAYMENT, Unit::Days)),
            Jkk => Some((keys::JKK_PAYOUT, Unit::WorkingDays)),
            Jkm => Some((keys::JKM_PAYOUT, Unit::WorkingDays)),
            Jkp => None,
        };
        let late = match programme {
            Jp => Some((keys::JP_LATE, Every::Month)),
            Jkk => Some((keys::JKK_LATE, Every::Day)),
            Jkm => Some((keys::JKM_LATE, Every::Day)),
            Jht | Jkp => None,
        };
        let ask_within = match programme {
            Jkk => Some((keys::JKK_LAPSE, Unit::Years)),
            Jkp => Some((keys::JKP_CLAIM_WITHIN, Unit::Months)),
            Jht | Jp | Jkm => None,
        };
        let counted = |asked: Option<(keys::Count, Unit)>| {
            let (key, unit) = asked?;
            let (count, rule) = programmes.count(key, on).ok()?;
            Some((count, unit, rule))
        };
        Self {
            documents: programmes.list(documents, on),
            paid_within: counted(paid_within),
            late: late.and_then(|(key, every)| {
                let (rate, rule) = programmes.share(key, on).ok()?;
                Some((rate, every, rule))
            }),
            ask_within: counted(ask_within),
            heirs: heirs_of(programme).and_then(|key| programmes.list(key, on).ok()),
            others: programmes.named(others_of(programme), on),
            unpublished: unknown_of(programme)
                .iter()
                .copied()
                .filter(|name| programmes.named(&[*name], on).is_empty())
                .collect(),
        }
    }

    /// What is owed to the member on top of an amount that is paid so many days or months late.
    /// `None` where the texts name nothing, and past what an amount can hold.
    #[must_use]
    pub fn owed(&self, amount: Rupiah, late_by: u32) -> Option<Rupiah> {
        let (rate, _, _) = self.late?;
        let parts = u64::from(rate.ppm().unsigned_abs()) * u64::from(late_by);
        Rounding::WHOLE_RUPIAH.fraction(amount, parts, 1_000_000)
    }
}

const fn heirs_of(programme: Programme) -> Option<keys::List> {
    match programme {
        Programme::Jht | Programme::Jkk | Programme::Jkm => Some(keys::HEIRS_ORDER),
        Programme::Jp => Some(keys::HEIRS_PENSION),
        Programme::Jkp => None,
    }
}

/// The rules that somebody who claims has to know beside those that every programme has.
const fn others_of(programme: Programme) -> &'static [&'static str] {
    match programme {
        Programme::Jht => &[
            "jht.resignation-wait",
            "jht.resignation-document",
            "jht.lay-off-wait",
            "jht.app-limit",
            "jht.amount-told",
            "heirs.of-nobody-jht",
        ],
        Programme::Jp => &[
            "jp.work-on",
            "jp.payment-day",
            "jp.confirmation",
            "jp.lapse",
            "jp.beneficiary-change",
            "jp.child-until",
            "jp.late-born",
        ],
        Programme::Jkk => &[
            "jkk.report-first",
            "jkk.report-second",
            "jkk.missing-papers",
            "jkk.disease-after-work",
            "jkk.aids",
            "scholarship.until",
            "heirs.of-nobody",
        ],
        Programme::Jkm => &[
            "jkm.scholarship-after",
            "scholarship.children",
            "scholarship.until",
            "heirs.of-nobody",
        ],
        Programme::Jkp => &[
            "jkp.arrears-of-closed-firm",
            "jkp.claims",
            "jkp.between-claims",
            "jkp.applications",
            "jkp.interviews",
            "jkp.training",
        ],
    }
}

/// Rules that matter to a claim, and that may be unknown.
const fn unknown_of(programme: Programme) -> &'static [&'static str] {
    match programme {
        Programme::Jht => &["jht.return-floor"],
        Programme::Jp => &["jp.minimum", "jp.maximum", "jp.inflation"],
        Programme::Jkk => &["jkk.reimbursed", "jkk.disability-table"],
        Programme::Jkm | Programme::Jkp => &[],
    }
}

/// An amount that a rule names.
fn named((amount, rule): (Rupiah, Citation<'_>), item: Item, pays: fn(Rupiah) -> Pays) -> Line<'_> {
    Line { item, pays: pays(amount), working: Vec::new(), rules: vec![rule] }
}

/// Rates and times of an amount, rounded once.
fn product(amount: Rupiah, factors: &[Factor]) -> Result<Rupiah, Refused> {
    let (mut numerator, mut denominator) = (1_u64, 1_u64);
    for factor in factors {
        let (times, over) = match *factor {
            Factor::Amount(_) => (1, 1),
            Factor::Share(rate) => (u64::from(rate.ppm().unsigned_abs()), 1_000_000),
            Factor::Times(times) => (u64::from(times), 1),
            Factor::Part(part, of) => (u64::from(part), u64::from(of)),
        };
        numerator = numerator.checked_mul(times).ok_or(Refused::TooLarge)?;
        denominator = denominator.checked_mul(over).ok_or(Refused::TooLarge)?;
    }
    Rounding::WHOLE_RUPIAH.fraction(amount, numerator, denominator).ok_or(Refused::TooLarge)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    #[test]
    fn the_clock_of_a_death_runs_three_days_and_then_costs_a_percent_a_day() {
        let terms = Terms::of(&PROGRAMMES, Programme::Jkm, date(2026, 11, 1));
        let (within, unit, _) = terms.paid_within.unwrap();
        assert_eq!((within, unit), (3, Unit::WorkingDays));
        assert_eq!(terms.owed(Rupiah::new(42_000_000), 4), Some(Rupiah::new(1_680_000)));
        assert_eq!(terms.documents.unwrap().0.len(), 3);
    }

    #[test]
    fn what_the_texts_do_not_say_is_not_said() {
        let terms = Terms::of(&PROGRAMMES, Programme::Jht, date(2026, 11, 1));
        assert!(terms.documents.is_err());
        assert_eq!(terms.owed(Rupiah::new(1_000_000), 30), None);
        assert_eq!(terms.ask_within, None);
    }

    #[test]
    fn every_other_clock_is_a_rule_and_says_something_today() {
        let on = date(2026, 11, 23);
        for programme in Programme::ALL {
            let terms = Terms::of(&PROGRAMMES, programme, on);
            assert_eq!(terms.others.len(), others_of(programme).len(), "{programme}");
            assert_eq!(terms.heirs.is_some(), programme != Programme::Jkp);
        }
        let accident = Terms::of(&PROGRAMMES, Programme::Jkk, on);
        assert_eq!(accident.others[0].0, &Value::Count(48, Unit::Hours));
        // What is not published is said to be that, and only while it is.
        assert_eq!(accident.unpublished, ["jkk.reimbursed", "jkk.disability-table"]);
        let pension = |on| Terms::of(&PROGRAMMES, Programme::Jp, on).unpublished;
        assert_eq!(pension(on), ["jp.minimum", "jp.maximum", "jp.inflation"]);
        assert_eq!(pension(date(2024, 6, 1)), ["jp.inflation"]);
        // Before there was a rule, nothing is said.
        assert!(Terms::of(&PROGRAMMES, Programme::Jkp, date(2021, 2, 1)).others.is_empty());
    }

    proptest! {
        #[test]
        fn later_is_never_cheaper(amount in 0..1_i64 << 40, late in 0_u32..400, more in 0_u32..400) {
            let terms = Terms::of(&PROGRAMMES, Programme::Jp, date(2026, 11, 1));
            let owed = |late| terms.owed(Rupiah::new(amount), late).unwrap();
            prop_assert!(owed(late) >= Rupiah::ZERO && owed(late) <= owed(late + more));
        }
    }
}
