//! Statements: what moved in a person's savings over some months, whole enough to be signed.
//!
//! Nothing in one depends on a language, so that one signature holds for every form it is shown in.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ledger::{Posting, PostingKind};
use crate::money::Rupiah;
use crate::month::Month;

/// The months that a statement is about, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first month.
    pub first: Month,
    /// The last month.
    pub last: Month,
}

/// Why there is no statement of what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodProblem {
    /// The first month is none.
    NoFirst,
    /// The last month is none.
    NoLast,
    /// It begins after today.
    Future,
    /// It ends before it begins.
    Backwards,
}

impl Period {
    /// From one month to another. One that is not over yet ends with the month of today.
    pub fn of(
        first: Option<Month>,
        last: Option<Month>,
        today: Date,
    ) -> Result<Self, PeriodProblem> {
        let first = first.ok_or(PeriodProblem::NoFirst)?;
        let last = last.ok_or(PeriodProblem::NoLast)?;
        if first > Month::of(today) {
            return Err(PeriodProblem::Future);
        }
        if last < first {
            return Err(PeriodProblem::Backwards);
        }
        Ok(Self { first, last: last.min(Month::of(today)) })
    }

    /// A whole year, or what there is of it.
    pub fn year(year: i16, today: Date) -> Result<Self, PeriodProblem> {
        Self::of(Month::new(year, 1), Month::new(year, 12), today)
    }

    /// The year, where it is exactly one.
    #[must_use]
    pub fn whole_year(self) -> Option<i16> {
        let is_whole = self.first.number() == 1 && self.last.number() == 12;
        (is_whole && self.first.year() == self.last.year()).then(|| self.first.year())
    }

    fn holds(self, day: Date) -> bool {
        (self.first..=self.last).contains(&Month::of(day))
    }
}

/// What is signed: a statement, whose it is, and where it can be checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Who issued it: the address of the service.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// When, in seconds since 1970.
    #[serde(rename = "iat")]
    pub issued: i64,
    /// The code that stands on it.
    #[serde(rename = "jti")]
    pub code: String,
    /// What it says.
    pub statement: Statement,
}

/// A person's savings over some months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The person.
    pub name: String,
    /// The months.
    pub period: Period,
    /// Each member number, the oldest first.
    pub numbers: Vec<Number>,
}

/// The savings under one member number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// The number.
    pub kpj: String,
    /// The employer it runs with, or ran with last.
    pub employer: Option<String>,
    /// The balance when the period began.
    pub opening: Rupiah,
    /// Everything that moved, in order.
    pub lines: Vec<Line>,
    /// The balance when it ended, or when the statement was issued.
    pub closing: Rupiah,
}

/// One movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The day it was booked.
    pub day: Date,
    /// What moved the money.
    pub kind: PostingKind,
    /// The month it is about.
    pub month: Month,
    /// What was added; negative when money left.
    pub amount: Rupiah,
    /// The balance after it.
    pub balance: Rupiah,
}

/// A period in five sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The balance when it began.
    pub opening: Rupiah,
    /// Paid in.
    pub contributions: Rupiah,
    /// Earned.
    pub returns: Rupiah,
    /// Paid out; negative.
    pub payouts: Rupiah,
    /// Moved between member numbers, and mistakes put right.
    pub others: Rupiah,
    /// The balance when it ended.
    pub closing: Rupiah,
}

impl Number {
    /// What moved under a member number, from its postings in their order.
    #[must_use]
    pub fn of(kpj: String, employer: Option<String>, postings: &[Posting], period: Period) -> Self {
        let before = postings.iter().rfind(|one| Month::of(one.booked_on) < period.first);
        let opening = before.map_or(Rupiah::ZERO, |posting| posting.balance);
        let inside = postings.iter().filter(|posting| period.holds(posting.booked_on));
        let lines: Vec<Line> = inside.map(Line::of).collect();
        let closing = lines.last().map_or(opening, |line| line.balance);
        Self { kpj, employer, opening, lines, closing }
    }

    /// The period in sums; `None` past what an amount can hold.
    #[must_use]
    pub fn figures(&self) -> Option<Figures> {
        let sum = |kinds: &[PostingKind]| {
            let of_kind = self.lines.iter().filter(|line| kinds.contains(&line.kind));
            Rupiah::checked_sum(of_kind.map(|line| line.amount))
        };
        let (transfers, corrections) = (
            sum(&[PostingKind::TransferIn, PostingKind::TransferOut])?,
            sum(&[PostingKind::Correction])?,
        );
        Some(Figures {
            opening: self.opening,
            contributions: sum(&[PostingKind::Contribution])?,
            returns: sum(&[PostingKind::Return])?,
            payouts: sum(&[PostingKind::Payout])?,
            others: transfers.checked_add(corrections)?,
            closing: self.closing,
        })
    }

    /// Whether every balance follows from the one before it.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let reached = self.lines.iter().try_fold(self.opening, |balance, line| {
            balance.checked_add(line.amount).filter(|sum| *sum == line.balance)
        });
        reached == Some(self.closing)
    }
}

impl Line {
    fn of(posting: &Posting) -> Self {
        Self {
            day: posting.booked_on,
            kind: posting.kind,
            month: posting.month,
            amount: posting.amount,
            balance: posting.balance,
        }
    }

    /// What was added; `None` where money left.
    #[must_use]
    pub fn added(self) -> Option<Rupiah> {
        (self.amount >= Rupiah::ZERO).then_some(self.amount)
    }

    /// What was taken away, as a positive amount; `None` where money came.
    #[must_use]
    pub fn taken(self) -> Option<Rupiah> {
        Rupiah::ZERO.checked_sub(self.amount).filter(|taken| *taken > Rupiah::ZERO)
    }
}

impl Statement {
    /// All member numbers together; `None` past what an amount can hold.
    #[must_use]
    pub fn figures(&self) -> Option<Figures> {
        let all: Vec<Figures> = self.numbers.iter().map(Number::figures).collect::<Option<_>>()?;
        let sum = |part: fn(&Figures) -> Rupiah| Rupiah::checked_sum(all.iter().map(part));
        Some(Figures {
            opening: sum(|one| one.opening)?,
            contributions: sum(|one| one.contributions)?,
            returns: sum(|one| one.returns)?,
            payouts: sum(|one| one.payouts)?,
            others: sum(|one| one.others)?,
            closing: sum(|one| one.closing)?,
        })
    }

    /// Whether everything in it follows from what is beside it.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.numbers.iter().all(Number::adds_up) && self.figures().is_some()
    }

    /// The name with only the first letter of each word: enough to compare with a paper at hand.
    #[must_use]
    pub fn masked_name(&self) -> String {
        let words = self.name.split_whitespace().filter_map(|word| word.chars().next());
        let masked: Vec<String> = words.map(|letter| format!("{letter}••••")).collect();
        masked.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::MembershipId;
    use crate::ledger::end::{LedgerEnd, Movement};

    fn month(number: i64) -> Option<Month> {
        Month::try_from(number).ok()
    }

    fn period(first: i64, last: i64) -> Period {
        Period { first: month(first).unwrap(), last: month(last).unwrap() }
    }

    /// A ledger with a movement on the third of each month from January 2025 on.
    fn ledger(amounts: &[i64]) -> Vec<Posting> {
        let mut end = LedgerEnd::empty(MembershipId(Uuid::nil()));
        let january = Month::new(2025, 1).unwrap();
        let months = january.through(january.plus(600));
        let posted = amounts.iter().zip(months).map(|(amount, month)| {
            let booked_on = date(month.year(), month.number(), 3);
            let kind = if *amount < 0 { PostingKind::Payout } else { PostingKind::Contribution };
            let amount = Rupiah::new(*amount);
            end.post(Movement { kind, month, booked_on, amount, rate: None }).unwrap()
        });
        posted.collect()
    }

    fn statement(amounts: &[i64], period: Period) -> Statement {
        let number = Number::of("00012345678".to_owned(), None, &ledger(amounts), period);
        Statement { name: "Siti Rahayu".to_owned(), period, numbers: vec![number] }
    }

    #[test]
    fn a_period_is_of_months_that_have_begun() {
        let today = date(2026, 8, 17);
        assert_eq!(Period::of(month(202_503), month(202_604), today), Ok(period(202_503, 202_604)));
        assert_eq!(Period::year(2026, today), Ok(period(202_601, 202_608)));
        assert_eq!(Period::year(2025, today).map(Period::whole_year), Ok(Some(2025)));
        assert_eq!(period(202_501, 202_612).whole_year(), None);
        for (first, last, problem) in [
            (None, month(202_604), PeriodProblem::NoFirst),
            (month(202_604), None, PeriodProblem::NoLast),
            (month(202_609), month(202_612), PeriodProblem::Future),
            (month(202_604), month(202_603), PeriodProblem::Backwards),
        ] {
            assert_eq!(Period::of(first, last, today), Err(problem));
        }
    }

    #[test]
    fn a_period_opens_with_what_was_there_and_closes_with_what_is() {
        let said = statement(&[500, 300, -200, 100], period(202_502, 202_503));
        let figures = said.figures().unwrap();
        let amounts = [figures.opening, figures.contributions, figures.payouts, figures.closing];
        assert_eq!(amounts, [500, 300, -200, 600].map(Rupiah::new));
        assert!(said.adds_up());
        assert_eq!(said.numbers[0].lines.len(), 2);
        assert_eq!(said.numbers[0].lines[1].taken(), Some(Rupiah::new(200)));
        assert_eq!(said.numbers[0].lines[1].added(), None);
        let quiet = statement(&[500], period(202_502, 202_503));
        assert_eq!(quiet.figures().map(|one| (one.opening, one.closing)), {
            let stayed = Rupiah::new(500);
            Some((stayed, stayed))
        });
    }

    #[test]
    fn a_name_is_masked_but_for_its_first_letters() {
        assert_eq!(statement(&[], period(202_501, 202_501)).masked_name(), "S•••• R••••");
    }

    proptest! {
        /// What is in two halves of a period is in the whole of it, and every statement adds up.
        #[test]
        fn two_periods_beside_each_other_are_one(
            amounts in proptest::collection::vec(1_i64..9_000_000, 2..24),
            at in 1_i32..23,
        ) {
            let january = Month::new(2025, 1).unwrap();
            let (middle, last) = (january.plus(at), january.plus(30));
            let early = statement(&amounts, Period { first: january, last: middle.previous() });
            let late = statement(&amounts, Period { first: middle, last });
            let whole = statement(&amounts, Period { first: january, last });
            prop_assert!(early.adds_up() && late.adds_up() && whole.adds_up());
            prop_assert_eq!(early.numbers[0].closing, late.numbers[0].opening);
            prop_assert_eq!(late.numbers[0].closing, whole.numbers[0].closing);
            let lines = [&early.numbers[0].lines[..], &late.numbers[0].lines].concat();
            prop_assert_eq!(&lines, &whole.numbers[0].lines);
        }

        /// A changed digit is noticed by adding up, wherever it is.
        #[test]
        fn a_changed_amount_no_longer_adds_up(
            amounts in proptest::collection::vec(1_i64..9_000_000, 1..12),
            at in 0_usize..12,
            by in 1_i64..900,
        ) {
            let mut said = statement(&amounts, period(202_501, 202_612));
            let lines = &mut said.numbers[0].lines;
            let at = at % lines.len();
            lines[at].amount = Rupiah::new(lines[at].amount.get() + by);
            prop_assert!(!said.adds_up());
        }
    }
}
