//! What somebody has a right to, from their own record and the rules of the day. Each refusal names
//! its rules.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::benefits::{Condition, Pays, Refused, jht, tax};
use crate::ids::MembershipId;
use crate::ledger::{Posting, PostingKind};
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::{Citation, NotPublished, Programmes, Unit, When, keys};

use super::{Kind, clock};

/// What decides about a claim.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Today.
    pub today: Date,
    /// The day of birth.
    pub birth_date: Date,
    /// The first month under any member number.
    pub member_since: Option<Month>,
    /// Whether the record says that the person works.
    pub is_working: bool,
    /// The savings ledger under every member number.
    pub postings: &'a [Posting],
    /// The day on which it happened, where the kind goes by one.
    pub event_on: Option<Date>,
    /// Whether the person has a tax number.
    pub has_tax_number: bool,
}

/// What is paid out of the savings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// What leaves each member number.
    pub parts: Vec<(MembershipId, Rupiah)>,
    /// All of it, before tax.
    pub gross: Rupiah,
    /// The tax that is withheld.
    pub tax: Rupiah,
    /// What the member gets.
    pub net: Rupiah,
    /// Whether the tax is final; if not, it counts against what is owed for the year.
    pub is_final: bool,
}

/// A right, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitled<'a> {
    /// What is paid; none where another place works the amount out.
    pub payable: Option<Payable>,
    /// The rules, in the order they were applied.
    pub rules: Vec<Citation<'a>>,
}

/// Why there is no right, and which rules say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEntitled<'a> {
    /// Why.
    pub why: Why,
    /// The rules.
    pub rules: Vec<Citation<'a>>,
}

/// Why there is no right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A condition is not met, a rule is not published, or an amount is too large.
    Refused(Refused),
    /// The record says that the person still works.
    StillWorking,
    /// There is nothing saved.
    NothingSaved,
    /// The day on which it happened is not known.
    NoDay,
    /// The day on which it happened is still to come.
    DayToCome,
}

impl From<Refused> for Why {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

type Answer<'a, T> = Result<T, NotEntitled<'a>>;

/// Nothing but the reason: the rule stands in it, or there is none.
fn bare<'a>(refused: impl Into<Refused>) -> NotEntitled<'a> {
    NotEntitled { why: Why::Refused(refused.into()), rules: Vec::new() }
}

/// Whether there is a right, and to what.
pub fn entitlement<'a>(
    programmes: &'a Programmes,
    kind: Kind,
    situation: &Situation<'_>,
) -> Answer<'a, Entitled<'a>> {
    match kind {
        Kind::JhtAge => {
            let (_, rule) = programmes.count(keys::JHT_AGE, situation.today).map_err(bare)?;
            let (birth, today) = (situation.birth_date, situation.today);
            if let Err(refused) = jht::full_from(programmes, birth, today) {
                return Err(NotEntitled { why: refused.into(), rules: vec![rule] });
            }
            everything(programmes, situation, vec![rule])
        }
        Kind::JhtResigned => after_work(programmes, situation, keys::JHT_RESIGNATION_WAIT),
        Kind::JhtLaidOff => after_work(programmes, situation, keys::JHT_LAY_OFF_WAIT),
        Kind::JhtContractEnded => at_once(programmes, situation, keys::JHT_CONTRACT_END),
        Kind::JhtDisabled => at_once(programmes, situation, keys::JHT_TOTAL_DISABILITY),
        Kind::JhtLeaving => at_once(programmes, situation, keys::JHT_LEAVING),
        Kind::JhtHome => part(programmes, situation, jht::Purpose::Home),
        Kind::JhtOther => part(programmes, situation, jht::Purpose::Other),
        Kind::Jp => of_age(programmes, situation),
        Kind::Jkk | Kind::Jkp => in_time(programmes, kind, situation),
    }
}

/// All savings, some time after work has ended.
fn after_work<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
    wait: keys::Count,
) -> Answer<'a, Entitled<'a>> {
    let day = event_day(situation)?;
    let (months, rule) = programmes.count(wait, day).map_err(bare)?;
    if situation.is_working {
        return Err(NotEntitled { why: Why::StillWorking, rules: vec![rule] });
    }
    let from = day.saturating_add(i64::from(months).months());
    if situation.today < from {
        let why = Why::Refused(Refused::Condition(Condition::From(from)));
        return Err(NotEntitled { why, rules: vec![rule] });
    }
    everything(programmes, situation, vec![rule])
}

/// All savings, as soon as it has happened. Work that lasts is no contract that has ended; whoever is
/// disabled or leaves need not wait until it is reported as over.
fn at_once<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
    key: keys::Word,
) -> Answer<'a, Entitled<'a>> {
    let day = event_day(situation)?;
    let (when, rule) = programmes.word(key, day).map_err(bare)?;
    if when != "at-once" {
        return Err(bare(NotPublished { what: rule.what, when: When::Day(day) }));
    }
    if key == keys::JHT_CONTRACT_END && situation.is_working {
        return Err(NotEntitled { why: Why::StillWorking, rules: vec![rule] });
    }
    everything(programmes, situation, vec![rule])
}

/// The day on which it happened, which is not to come.
fn event_day<'a>(situation: &Situation<'_>) -> Answer<'a, Date> {
    let problem = |why| Err(NotEntitled { why, rules: Vec::new() });
    match situation.event_on {
        None => problem(Why::NoDay),
        Some(day) if day > situation.today => problem(Why::DayToCome),
        Some(day) => Ok(day),
    }
}

/// All that is under every number.
fn everything<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
    rules: Vec<Citation<'a>>,
) -> Answer<'a, Entitled<'a>> {
    let parts: Vec<_> = balances(situation.postings).into_iter().collect();
    paid(programmes, situation, parts, rules)
}

/// A part of what is under every number: once, after ten years. A number alone cannot be taken from;
/// all of them are, each by the same share.
fn part<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
    purpose: jht::Purpose,
) -> Answer<'a, Entitled<'a>> {
    let today = situation.today;
    let mut rules = Vec::new();
    for key in [keys::JHT_PART_AFTER, keys::JHT_PART_TIMES] {
        rules.push(programmes.count(key, today).map_err(bare)?.1);
    }
    let Some(since) = situation.member_since.map(Month::first_day) else {
        return Err(NotEntitled { why: Why::NothingSaved, rules });
    };
    let taken = parts_taken(situation.postings);
    let mut parts = Vec::new();
    // Asked once without any savings too, so that who has none yet is told what else is missing.
    let ask = |balance| jht::part(programmes, today, since, balance, purpose, taken);
    let line = match ask(Rupiah::ZERO) {
        Ok(line) => line,
        Err(refused) => return Err(NotEntitled { why: refused.into(), rules }),
    };
    if let Some(share) = line.rules.first() {
        rules.insert(0, *share);
    }
    for (membership, balance) in balances(situation.postings) {
        let line = ask(balance).map_err(bare)?;
        if let Pays::AtMost(most) = line.pays
            && most > Rupiah::ZERO
        {
            parts.push((membership, most));
        }
    }
    paid(programmes, situation, parts, rules)
}

/// What is paid of these parts, with the tax of what was paid before.
fn paid<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
    parts: Vec<(MembershipId, Rupiah)>,
    mut rules: Vec<Citation<'a>>,
) -> Answer<'a, Entitled<'a>> {
    let Some(gross) = Rupiah::checked_sum(parts.iter().map(|(_, amount)| *amount)) else {
        return Err(bare(Refused::TooLarge));
    };
    if gross <= Rupiah::ZERO {
        return Err(NotEntitled { why: Why::NothingSaved, rules });
    }
    let before = payouts(situation.postings)
        .map(|posting| (posting.booked_on.min(situation.today), taken(posting)));
    // Ours comes last, and the order of one day is kept: the tax of the last part is the tax of it.
    let all: Vec<(Date, Rupiah)> = before.chain([(situation.today, gross)]).collect();
    let mut taxed = tax::withheld(programmes, &all, situation.has_tax_number).map_err(bare)?;
    let Some(ours) = taxed.pop() else { return Err(bare(Refused::TooLarge)) };
    let net = gross.checked_sub(ours.tax).ok_or_else(|| bare(Refused::TooLarge))?;
    rules.extend(ours.rules);
    let payable = Payable { parts, gross, tax: ours.tax, net, is_final: ours.is_final };
    Ok(Entitled { payable: Some(payable), rules })
}

/// Old enough for the pension. Whether it is one, or one sum, is worked out elsewhere.
fn of_age<'a>(programmes: &'a Programmes, situation: &Situation<'_>) -> Answer<'a, Entitled<'a>> {
    let retirement = programmes.retirement(situation.birth_date).map_err(bare)?;
    let rules = vec![retirement.rule];
    if situation.today < retirement.on {
        let why = Why::Refused(Refused::Condition(Condition::From(retirement.on)));
        return Err(NotEntitled { why, rules });
    }
    Ok(Entitled { payable: None, rules })
}

/// Asked for before it lapses.
fn in_time<'a>(
    programmes: &'a Programmes,
    kind: Kind,
    situation: &Situation<'_>,
) -> Answer<'a, Entitled<'a>> {
    let day = event_day(situation)?;
    let (key, unit) = match kind {
        Kind::Jkk => (keys::JKK_LAPSE, Unit::Years),
        _ => (keys::JKP_CLAIM_WITHIN, Unit::Months),
    };
    let (count, rule) = programmes.count(key, day).map_err(bare)?;
    let last = clock::after(day, count, unit);
    if situation.today > last {
        let why = Why::Refused(Refused::Condition(Condition::Lapsed(last)));
        return Err(NotEntitled { why, rules: vec![rule] });
    }
    Ok(Entitled { payable: None, rules: vec![rule] })
}

/// What is under each number; numbers with nothing are left out.
#[must_use]
pub fn balances(postings: &[Posting]) -> BTreeMap<MembershipId, Rupiah> {
    let mut ends: BTreeMap<MembershipId, &Posting> = BTreeMap::new();
    for posting in postings {
        let end = ends.entry(posting.membership).or_insert(posting);
        if posting.sequence > end.sequence {
            *end = posting;
        }
    }
    ends.into_iter()
        .map(|(membership, end)| (membership, end.balance))
        .filter(|(_, balance)| *balance > Rupiah::ZERO)
        .collect()
}

/// The rules by which tax was withheld from what was paid on a day, after all that was paid before it.
#[must_use]
pub fn tax_rules<'a>(
    programmes: &'a Programmes,
    postings: &[Posting],
    (on, gross): (Date, Rupiah),
    has_tax_number: bool,
) -> Vec<Citation<'a>> {
    let before = payouts(postings)
        .filter(|posting| posting.booked_on < on)
        .map(|posting| (posting.booked_on, taken(posting)));
    let all: Vec<(Date, Rupiah)> = before.chain([(on, gross)]).collect();
    let taxed = tax::withheld(programmes, &all, has_tax_number).unwrap_or_default();
    taxed.into_iter().next_back().map(|ours| ours.rules).unwrap_or_default()
}

fn payouts(postings: &[Posting]) -> impl Iterator<Item = &Posting> {
    postings.iter().filter(|posting| posting.kind == PostingKind::Payout)
}

/// What a payout took out of the savings.
fn taken(payout: &Posting) -> Rupiah {
    Rupiah::ZERO.checked_sub(payout.amount).unwrap_or(Rupiah::ZERO)
}

/// How often a part was taken: a payout that left something was one. Payouts of one day, under
/// several numbers, were one.
#[must_use]
pub fn parts_taken(postings: &[Posting]) -> u32 {
    let mut days: Vec<Date> = payouts(postings)
        .filter(|posting| posting.balance > Rupiah::ZERO)
        .map(|posting| posting.booked_on)
        .collect();
    days.sort_unstable();
    days.dedup();
    u32::try_from(days.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const TODAY: Date = date(2026, 11, 25);

    fn posting(
        number: u128,
        sequence: i64,
        kind: PostingKind,
        amount: i64,
        balance: i64,
    ) -> Posting {
        let booked_on = date(2026, 1, 1).saturating_add(sequence.days());
        Posting {
            membership: MembershipId(Uuid::from_u128(number)),
            sequence,
            kind,
            month: Month::of(booked_on),
            booked_on,
            amount: Rupiah::new(amount),
            balance: Rupiah::new(balance),
            rate: None,
        }
    }

    fn saved(amount: i64) -> Vec<Posting> {
        vec![posting(1, 1, PostingKind::Contribution, amount, amount)]
    }

    fn situation(postings: &[Posting]) -> Situation<'_> {
        Situation {
            today: TODAY,
            birth_date: date(1970, 11, 25),
            member_since: Month::new(2016, 11),
            is_working: false,
            postings,
            event_on: Some(date(2026, 10, 1)),
            has_tax_number: true,
        }
    }

    fn of(kind: Kind, situation: &Situation<'_>) -> Answer<'static, Entitled<'static>> {
        entitlement(&PROGRAMMES, kind, situation)
    }

    fn payable(kind: Kind, situation: &Situation<'_>) -> Payable {
        of(kind, situation).unwrap().payable.unwrap()
    }

    #[test]
    fn at_56_everything_is_paid_and_taxed_above_fifty_million() {
        let all = saved(150_000_000);
        let paid = payable(Kind::JhtAge, &situation(&all));
        assert_eq!(
            (paid.gross.get(), paid.tax.get(), paid.net.get()),
            (150_000_000, 5_000_000, 145_000_000)
        );
        assert!(paid.is_final);
        let young = Situation { birth_date: date(1970, 11, 26), ..situation(&all) };
        let no = of(Kind::JhtAge, &young).unwrap_err();
        let from = Condition::From(date(2026, 11, 26));
        assert_eq!(no.why, Why::Refused(Refused::Condition(from)));
        assert_eq!(no.rules[0].source, "PP 46/2015 art. 22");
    }

    #[test]
    fn vector_13_a_part_is_had_at_ten_years_and_once() {
        let all = saved(80_000_000);
        let early = Situation { member_since: Month::new(2016, 12), ..situation(&all) };
        let no = of(Kind::JhtOther, &early).unwrap_err();
        assert_eq!(no.rules[0].source, "PP 46/2015 art. 22(4)-(6)");
        let amount = |kind| payable(kind, &situation(&all)).gross.get();
        assert_eq!((amount(Kind::JhtOther), amount(Kind::JhtHome)), (8_000_000, 24_000_000));
        let taken = [all[0].clone(), posting(1, 2, PostingKind::Payout, -8_000_000, 72_000_000)];
        let no = of(Kind::JhtHome, &situation(&taken)).unwrap_err();
        assert_eq!(no.why, Why::Refused(Refused::Condition(Condition::Often(1))));
    }

    #[test]
    fn what_is_paid_years_after_the_first_part_has_the_tax_of_later_parts() {
        let paid = |sequence| posting(1, sequence, PostingKind::Payout, -8_000_000, 72_000_000);
        let cites = |postings: &[Posting], on| {
            let ours = (on, Rupiah::new(72_000_000));
            let rules = tax_rules(&PROGRAMMES, postings, ours, true);
            rules.iter().map(|rule| rule.what.rule()).collect::<Vec<_>>()
        };
        let (later, first) = (date(2029, 3, 1), [paid(2)]);
        assert_eq!(cites(&first, later), ["tax.later"]);
        let of_the_first = ["tax.free", "tax.above", "tax.together"];
        assert_eq!(cites(&first, date(2027, 3, 1)), of_the_first);
        assert_eq!(cites(&[], later), of_the_first);
        // The payout's own lines are in the ledger by the time somebody reads this.
        assert_eq!(cites(&first, first[0].booked_on), of_the_first);
    }

    #[test]
    fn a_month_after_work_ended_and_not_while_it_lasts() {
        let all = saved(1_000_000);
        for kind in [Kind::JhtResigned, Kind::JhtLaidOff] {
            assert_eq!(payable(kind, &situation(&all)).gross.get(), 1_000_000);
            let working = Situation { is_working: true, ..situation(&all) };
            let no = of(kind, &working).unwrap_err();
            assert_eq!((no.why, no.rules.len()), (Why::StillWorking, 1));
            let soon = Situation { event_on: Some(date(2026, 10, 26)), ..situation(&all) };
            let from = Refused::Condition(Condition::From(date(2026, 11, 26)));
            assert_eq!(of(kind, &soon).unwrap_err().why, Why::Refused(from));
            let none = Situation { event_on: None, ..situation(&all) };
            assert_eq!(of(kind, &none).unwrap_err().why, Why::NoDay);
            let later = Situation { event_on: Some(date(2026, 11, 26)), ..situation(&all) };
            assert_eq!(of(kind, &later).unwrap_err().why, Why::DayToCome);
            // Before 2023 the wait is not published: no answer is made up.
            let old = Situation { event_on: Some(date(2022, 6, 1)), ..situation(&all) };
            let no = of(kind, &old).unwrap_err();
            assert!(matches!(no.why, Why::Refused(Refused::NotPublished(_))));
        }
    }

    #[test]
    fn a_contract_that_ended_a_disability_and_a_last_departure_need_no_waiting() {
        let all = saved(1_000_000);
        let today = Situation { event_on: Some(TODAY), ..situation(&all) };
        for (kind, source) in [
            (Kind::JhtContractEnded, "Permenaker 4/2022, by spkep-spsi.org 2022-04-27"),
            (Kind::JhtDisabled, "PP 46/2015 art. 26; PP 60/2015"),
            (Kind::JhtLeaving, "PP 46/2015 art. 26"),
        ] {
            let entitled = of(kind, &today).unwrap();
            assert_eq!(entitled.rules[0].source, source);
            assert_eq!(entitled.payable.unwrap().gross.get(), 1_000_000);
            let working = Situation { is_working: true, ..today };
            assert_eq!(of(kind, &working).is_ok(), kind != Kind::JhtContractEnded, "{kind:?}");
            let none = Situation { event_on: None, ..today };
            assert_eq!(of(kind, &none).unwrap_err().why, Why::NoDay);
            let later = Situation { event_on: Some(date(2026, 11, 26)), ..today };
            assert_eq!(of(kind, &later).unwrap_err().why, Why::DayToCome);
        }
        let old = Situation { event_on: Some(date(2022, 12, 31)), ..today };
        let no = of(Kind::JhtContractEnded, &old).unwrap_err();
        assert!(matches!(no.why, Why::Refused(Refused::NotPublished(_))));
    }

    #[test]
    fn every_number_is_paid_and_a_full_payout_is_no_part() {
        let all = [
            posting(1, 1, PostingKind::Contribution, 5_000_000, 5_000_000),
            posting(1, 2, PostingKind::Payout, -5_000_000, 0),
            posting(2, 1, PostingKind::Contribution, 3_000_001, 3_000_001),
            posting(3, 1, PostingKind::Contribution, 2_000_000, 2_000_000),
        ];
        assert_eq!(parts_taken(&all), 0);
        let paid = payable(Kind::JhtAge, &situation(&all));
        assert_eq!((paid.parts.len(), paid.gross.get()), (2, 5_000_001));
        assert_eq!(payable(Kind::JhtOther, &situation(&all)).gross.get(), 500_000);
        let nothing = of(Kind::JhtAge, &situation(&[])).unwrap_err();
        assert_eq!((nothing.why, nothing.rules.len()), (Why::NothingSaved, 1));
    }

    #[test]
    fn vector_14_a_pension_is_asked_for_from_the_age_of_the_year_of_birth() {
        let nothing: [Posting; 0] = [];
        let born = |birth_date, today| {
            let asked = Situation { today, birth_date, ..situation(&nothing) };
            of(Kind::Jp, &asked).map(|entitled| entitled.payable).map_err(|no| no.why)
        };
        assert_eq!(born(date(1966, 12, 31), date(2024, 12, 31)), Ok(None));
        let from = Refused::Condition(Condition::From(date(2026, 1, 1)));
        assert_eq!(born(date(1967, 1, 1), date(2025, 12, 31)), Err(Why::Refused(from)));
        assert_eq!(born(date(1967, 1, 1), date(2026, 1, 1)), Ok(None));
    }

    #[test]
    fn other_programmes_lapse_by_their_rules_and_name_no_amount() {
        let nothing: [Posting; 0] = [];
        for (kind, day, is_in_time) in [
            (Kind::Jkk, date(2021, 11, 25), true),
            (Kind::Jkk, date(2021, 11, 24), false),
            (Kind::Jkp, date(2026, 5, 25), true),
            (Kind::Jkp, date(2026, 5, 24), false),
        ] {
            let asked = Situation { event_on: Some(day), ..situation(&nothing) };
            match of(kind, &asked) {
                Ok(entitled) => assert!(is_in_time && entitled.payable.is_none(), "{kind:?} {day}"),
                Err(no) => {
                    let lapsed = Refused::Condition(Condition::Lapsed(date(2026, 11, 24)));
                    assert_eq!((no.why, is_in_time), (Why::Refused(lapsed), false));
                }
            }
        }
    }

    #[test]
    fn savings_past_the_end_are_an_error_not_a_panic() {
        let all = [
            posting(1, 1, PostingKind::Contribution, i64::MAX, i64::MAX),
            posting(2, 1, PostingKind::Contribution, 1, 1),
        ];
        let no = of(Kind::JhtAge, &situation(&all)).unwrap_err();
        assert_eq!(no.why, Why::Refused(Refused::TooLarge));
    }

    proptest! {
        /// What is paid is never more than there is, under no number, and tax is never more than it.
        #[test]
        fn nobody_is_paid_more_than_there_is(
            amounts in proptest::collection::vec(1_i64..1 << 45, 1..5),
            kind in 0_usize..Kind::ALL.len(),
            has_tax_number: bool,
        ) {
            let all: Vec<Posting> = (1_u128..)
                .zip(&amounts)
                .map(|(number, amount)| {
                    posting(number, 1, PostingKind::Contribution, *amount, *amount)
                })
                .collect();
            let asked = Situation { has_tax_number, ..situation(&all) };
            let ends = balances(&all);
            if let Ok(Entitled { payable: Some(paid), rules }) = of(Kind::ALL[kind], &asked) {
                prop_assert!(!rules.is_empty());
                for (membership, amount) in &paid.parts {
                    prop_assert!(*amount > Rupiah::ZERO && *amount <= ends[membership]);
                }
                let sum = Rupiah::checked_sum(paid.parts.iter().map(|(_, amount)| *amount));
                prop_assert_eq!(sum, Some(paid.gross));
                prop_assert_eq!(paid.net.checked_add(paid.tax), Some(paid.gross));
                prop_assert!(paid.tax >= Rupiah::ZERO && paid.net >= Rupiah::ZERO);
            }
        }
    }
}
