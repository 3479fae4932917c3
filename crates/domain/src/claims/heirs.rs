//! What a death leaves to those who stay: the claim that an officer opens in the name of an heir, who
//! has no account. Two officers decide about it, and it waits for a member who may be alive after all.

use std::time::Duration;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::benefits::facts::{Facts, Standing};
use crate::benefits::{Item, Line, Refused, Terms, jkm};
use crate::contact::{Email, Phone};
use crate::dice::Dice;
use crate::ids::{ClaimId, PersonId, StaffId};
use crate::members::{PersonName, Segment};
use crate::money::Rupiah;
use crate::programmes::{Citation, Programme, Programmes, keys};
use crate::reference::{copied, drawn, printed, reference};
use crate::secret::Secret;
use crate::staff::acts::{DELAY, Hand};
use crate::time::Instant;
use crate::words::words;

use super::bank::{Bank, BankProblem};
use super::clock::{Clock, clock_of};

/// For so long after it was opened nothing is paid: a member who is alive has to be able to say so.
/// The law's three working days are never shorter.
pub const OBJECTION: Duration = Duration::from_hours(72);

/// How long the link works by which a member says that they are alive.
pub const LINK_LIFE: Duration = Duration::from_hours(24 * 90);

words! {
    /// Who claims, in the order of the rule: a later one only where there is none of an earlier one.
    Relation {
        /// Spouse or child.
        SpouseOrChild "spouse-or-child",
        /// A blood relative up or down to the second degree.
        BloodRelatives "blood-relatives",
        /// A sibling.
        Siblings "siblings",
        /// A parent-in-law.
        ParentsInLaw "parents-in-law",
        /// Named in a will.
        Will "will",
        /// No heir: whoever arranged the funeral, for the funeral part alone.
        WhoeverBuried "whoever-buried",
    }
}

words! {
    /// How far a claim is.
    Stage {
        /// Opened; papers are gathered.
        Opened "opened",
        /// Complete: the law's clock runs, and a second officer has to see it.
        Complete "complete",
        /// The second officer agreed; it is paid once the time for objecting is over.
        Approved "approved",
        /// It is paid.
        Paid "paid",
        /// It was refused.
        Refused "refused",
        /// The member is alive, and said so.
        Objected "objected",
    }
}

words! {
    /// What somebody does with a claim.
    Step {
        /// An officer opens it.
        Open "open",
        /// An officer says that it is complete.
        Complete "complete",
        /// A second officer wants more.
        Return "return",
        /// A second officer agrees.
        Approve "approve",
        /// An officer refuses it.
        Refuse "refuse",
        /// It is paid.
        Pay "pay",
        /// The member says that they are alive.
        Object "object",
        /// The heir got another code to follow it with.
        Renew "renew",
    }
}

words! {
    /// What is paid, each part once for every death.
    Part {
        /// The lump sum.
        LumpSum "lump-sum",
        /// The periodic part, paid at once.
        Periodic "periodic",
        /// The funeral.
        Funeral "funeral",
    }
}

impl Part {
    /// What benefits call it.
    #[must_use]
    pub const fn item(self) -> Item {
        match self {
            Self::LumpSum => Item::Death,
            Self::Periodic => Item::Periodic,
            Self::Funeral => Item::Funeral,
        }
    }

    fn of(item: Item) -> Option<Self> {
        Self::ALL.iter().copied().find(|part| part.item() == item)
    }
}

impl Stage {
    /// Whether nothing more happens.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Paid | Self::Refused | Self::Objected)
    }

    /// Whether the law's clock runs.
    #[must_use]
    pub const fn runs(self) -> bool {
        matches!(self, Self::Complete | Self::Approved)
    }

    /// Where a step leads, if it can be taken here.
    #[must_use]
    pub const fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Opened, Step::Complete) => Some(Self::Complete),
            (Self::Complete, Step::Return) => Some(Self::Opened),
            (Self::Complete, Step::Approve) => Some(Self::Approved),
            (Self::Approved, Step::Pay) => Some(Self::Paid),
            (Self::Opened | Self::Complete | Self::Approved, Step::Refuse) => Some(Self::Refused),
            (Self::Opened | Self::Complete | Self::Approved, Step::Object) => Some(Self::Objected),
            _ => None,
        }
    }
}

/// Who claims, and where the money goes. Personal data as a whole: sealed at rest, never logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heir {
    /// The name, as the population register writes it.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The number.
    pub phone: Option<String>,
    /// An account in the heir's own name.
    pub bank: Bank,
}

impl std::fmt::Debug for Heir {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Heir(…)")
    }
}

/// What an officer typed of an heir.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    /// The name.
    pub name: &'a str,
    /// The e-mail address, or nothing.
    pub email: &'a str,
    /// The number, or nothing.
    pub phone: &'a str,
    /// The bank.
    pub bank: &'a str,
    /// The account's number.
    pub number: &'a str,
}

/// What is wrong with what was typed of an heir.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeirProblem {
    /// It is no name.
    Name,
    /// Neither an address nor a number is there.
    NoContact,
    /// It is no address.
    Email,
    /// It is no number.
    Phone,
    /// It is no bank.
    Bank,
    /// It is no number of an account.
    Number,
}

impl Heir {
    /// Reads what was typed.
    pub fn parse(typed: &Typed<'_>) -> Result<Self, Vec<HeirProblem>> {
        let mut problems = Vec::new();
        let name = PersonName::parse(typed.name);
        if name.is_err() {
            problems.push(HeirProblem::Name);
        }
        let (has_email, has_phone) =
            (!typed.email.trim().is_empty(), !typed.phone.trim().is_empty());
        if !has_email && !has_phone {
            problems.push(HeirProblem::NoContact);
        }
        let email = has_email.then(|| Email::parse(typed.email));
        if matches!(email, Some(Err(_))) {
            problems.push(HeirProblem::Email);
        }
        let phone = has_phone.then(|| Phone::parse(typed.phone));
        if matches!(phone, Some(Err(_))) {
            problems.push(HeirProblem::Phone);
        }
        // In whose name it is was not typed: it has to be the heir's.
        let owner = name.as_ref().map_or("heir", PersonName::expose);
        let bank = Bank::parse(typed.bank, typed.number, owner, owner);
        if let Err(wrong) = &bank {
            problems.extend(wrong.iter().map(|problem| match problem {
                BankProblem::Bank => HeirProblem::Bank,
                BankProblem::Number => HeirProblem::Number,
                BankProblem::Owner => HeirProblem::Name,
            }));
            problems.dedup();
        }
        match (name, bank) {
            (Ok(name), Ok(bank)) if problems.is_empty() => Ok(Self {
                name: name.expose().to_owned(),
                email: email.and_then(Result::ok).map(|one| one.expose().to_owned()),
                phone: phone.and_then(Result::ok).map(|one| one.expose().to_owned()),
                bank,
            }),
            _ => Err(problems),
        }
    }
}

/// A claim of an heir.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeirClaim {
    /// Its name in addresses.
    pub id: ClaimId,
    /// What heir and officer call it.
    pub reference: HeirReference,
    /// Who is said to have died.
    pub person: PersonId,
    /// How far it is.
    pub stage: Stage,
    /// The day of the death.
    pub died_on: Date,
    /// What the heir is to them.
    pub relation: Relation,
    /// The heir.
    pub heir: Heir,
    /// Who opened it.
    pub opened_by: Hand,
    /// When.
    pub opened_at: Instant,
    /// Who said that it is complete.
    pub completed_by: Option<StaffId>,
    /// When it was last complete.
    pub complete_at: Option<Instant>,
    /// Who agreed, as the second officer.
    pub approved_by: Option<StaffId>,
    /// When.
    pub approved_at: Option<Instant>,
    /// When it was over.
    pub closed_at: Option<Instant>,
    /// What was paid.
    pub paid: Option<Rupiah>,
}

impl HeirClaim {
    /// Whether an officer may be the second one: neither who opened it nor who called it complete.
    #[must_use]
    pub fn is_second(&self, officer: StaffId) -> bool {
        officer != self.opened_by.id && Some(officer) != self.completed_by
    }

    /// From when it may be paid: a day after the second officer agreed, and never before a member who
    /// is alive had time to say so. None while nobody agreed.
    #[must_use]
    pub fn pays_from(&self) -> Option<Instant> {
        self.approved_at.map(|at| at.plus(DELAY).max(self.objection_until()))
    }

    /// Until when nothing is paid, whoever agrees.
    #[must_use]
    pub fn objection_until(&self) -> Instant {
        self.opened_at.plus(OBJECTION)
    }

    /// The papers that must be there, by the words of the rule that names them.
    #[must_use]
    pub fn documents<'a>(&self, programmes: &'a Programmes) -> (Vec<String>, Option<Citation<'a>>) {
        match programmes.list(keys::JKM_DOCUMENTS, self.died_on) {
            Ok((words, rule)) => (words.to_vec(), Some(rule)),
            Err(_) => (Vec::new(), None),
        }
    }
}

/// The law's clock of a claim that was complete on a day.
#[must_use]
pub fn clock(programmes: &Programmes, complete_on: Date) -> Option<Clock<'_>> {
    clock_of(programmes, Programme::Jkm, complete_on)
}

/// What is owed on top today, for each day after the last one; none where nothing is.
#[must_use]
pub fn owed(
    programmes: &Programmes,
    complete_on: Date,
    sum: Rupiah,
    today: Date,
) -> Option<Rupiah> {
    let due_on = clock(programmes, complete_on)?.due_on;
    let days = (today - due_on).get_days();
    let days = u32::try_from(days).ok().filter(|days| *days > 0)?;
    Terms::of(programmes, Programme::Jkm, complete_on).owed(sum, days)
}

/// What decides about a claim.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Today.
    pub today: Date,
    /// The day of birth.
    pub birth_date: Date,
    /// The day of the death.
    pub died_on: Date,
    /// What the heir is to the member.
    pub relation: Relation,
    /// What the record says of the day of the death.
    pub facts: &'a Facts,
    /// What was paid for this death before.
    pub paid: &'a [Part],
}

/// A right, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entitled<'a> {
    /// What is paid.
    pub parts: Vec<(Part, Rupiah)>,
    /// All of it.
    pub sum: Rupiah,
    /// Whether the rest is paid once the heirs have paid what the member still owed.
    pub rest_after_arrears: bool,
    /// The rules.
    pub rules: Vec<Citation<'a>>,
}

/// Why there is no right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A rule is not published, or an amount is too large.
    Refused(Refused),
    /// The day of the death is to come.
    DayToCome,
    /// The day of the death is before the day of birth.
    BeforeBirth,
    /// The record says that there was no cover on that day.
    NotCovered(Standing),
    /// All of it is paid.
    PaidBefore,
}

impl From<Refused> for Why {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// Whether there is a right, and to what: by the rules of the day of the death.
pub fn entitled<'a>(
    programmes: &'a Programmes,
    situation: &Situation<'_>,
) -> Result<Entitled<'a>, Why> {
    if situation.died_on > situation.today {
        return Err(Why::DayToCome);
    }
    if situation.died_on < situation.birth_date {
        return Err(Why::BeforeBirth);
    }
    let standing = situation.facts.standing(programmes, situation.died_on)?;
    let rest_after_arrears = match standing {
        Standing::Covered => false,
        // Who paid alone left a debt; who was paid a wage left one of the employer.
        Standing::Behind(_) => situation.facts.segment == Some(Segment::SelfEmployed),
        Standing::EmployerFirst(_) | Standing::NoRight(_) | Standing::NotWorking => {
            return Err(Why::NotCovered(standing));
        }
    };
    let is_funeral_alone = rest_after_arrears || situation.relation == Relation::WhoeverBuried;
    let lines = jkm::death(programmes, situation.died_on)?;
    let is_due = |part: Part| {
        (part == Part::Funeral || !is_funeral_alone) && !situation.paid.contains(&part)
    };
    let due: Vec<(Part, &Line<'a>)> = lines
        .iter()
        .filter_map(|line| Part::of(line.item).map(|part| (part, line)))
        .filter(|(part, _)| is_due(*part))
        .collect();
    if due.is_empty() {
        return Err(Why::PaidBefore);
    }
    let parts: Vec<(Part, Rupiah)> =
        due.iter().map(|(part, line)| (*part, line.pays.amount())).collect();
    let sum = Rupiah::checked_sum(parts.iter().map(|(_, amount)| *amount));
    let sum = sum.ok_or(Refused::TooLarge)?;
    let rules = due.iter().flat_map(|(_, line)| line.rules.iter().copied()).collect();
    Ok(Entitled { parts, sum, rest_after_arrears, rules })
}

reference! {
    /// `KLW-7F3K-29QD` ("klaim waris"), of a claim of an heir.
    HeirReference "KLW"
}

/// What stands in front of a code to follow a claim with.
const FOLLOW_MARK: &str = "IKT";

/// `IKT-7F3K-29QD-0M4T-ZC8W-7F3K-29QD-0M4T`: 140 random bits on paper in the hands of an heir, beside
/// the reference. Whoever has both reads how far the claim is, and nothing of whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowCode(Secret);

impl FollowCode {
    /// A new one.
    #[must_use]
    pub fn new(dice: &dyn Dice) -> Self {
        Self(Secret::new(printed(FOLLOW_MARK, &drawn::<28>(dice))))
    }

    /// Reads what somebody copied, as forgiving as a reference.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let letters = copied::<28>(FOLLOW_MARK, typed)?;
        Some(Self(Secret::new(printed(FOLLOW_MARK, &letters))))
    }

    /// As it is printed.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::staff::Officer;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const TODAY: Date = date(2026, 11, 25);

    const FACTS: Facts = Facts {
        member_since: None,
        segment: Some(Segment::WageEarner),
        trade: None,
        is_working: true,
        is_saving: true,
        is_in_pension: true,
        working_since: None,
        wage: None,
        pension: None,
        paid_for_pension: Rupiah::ZERO,
        months_of_death_cover: 40,
        unpaid_cover_in_a_row: 0,
    };

    fn situation<'a>(facts: &'a Facts, paid: &'a [Part]) -> Situation<'a> {
        Situation {
            today: TODAY,
            birth_date: date(1990, 7, 14),
            died_on: date(2026, 11, 20),
            relation: Relation::SpouseOrChild,
            facts,
            paid,
        }
    }

    fn right(situation: &Situation<'_>) -> Result<i64, Why> {
        entitled(&PROGRAMMES, situation).map(|right| right.sum.get())
    }

    fn claim() -> HeirClaim {
        let typed = Typed {
            name: "Budi Rahayu",
            email: "",
            phone: "0800 0000 0009",
            bank: "Bank Contoh",
            number: "1234567890",
        };
        HeirClaim {
            id: ClaimId(Uuid::from_u128(1)),
            reference: HeirReference::parse("KLW-7F3K-29QD").unwrap(),
            person: PersonId(Uuid::from_u128(2)),
            stage: Stage::Complete,
            died_on: date(2026, 11, 20),
            relation: Relation::SpouseOrChild,
            heir: Heir::parse(&typed).unwrap(),
            opened_by: Hand {
                id: StaffId(Uuid::from_u128(7)),
                name: Officer::parse("lestari").unwrap(),
            },
            opened_at: NOON,
            completed_by: Some(StaffId(Uuid::from_u128(8))),
            complete_at: Some(NOON),
            approved_by: None,
            approved_at: None,
            closed_at: None,
            paid: None,
        }
    }

    #[test]
    fn vector_9_the_sum_is_that_of_the_day_of_the_death() {
        let of = |died_on| right(&Situation { died_on, ..situation(&FACTS, &[]) });
        assert_eq!(of(date(2019, 12, 1)), Ok(24_000_000));
        assert_eq!(of(date(2019, 12, 2)), Ok(42_000_000));
        assert!(matches!(of(date(2015, 6, 30)), Err(Why::Refused(Refused::NotPublished(_)))));
        assert_eq!(of(TODAY), Ok(42_000_000));
        assert_eq!(of(date(2026, 11, 26)), Err(Why::DayToCome));
        assert_eq!(of(date(1990, 7, 13)), Err(Why::BeforeBirth));
    }

    #[test]
    fn only_who_worked_and_paid_was_covered() {
        let of = |facts: Facts| right(&situation(&facts, &[]));
        let idle = Facts { is_working: false, ..FACTS };
        assert_eq!(of(idle), Err(Why::NotCovered(Standing::NotWorking)));
        let unpaid = |segment, months| Facts {
            segment: Some(segment),
            unpaid_cover_in_a_row: months,
            ..FACTS
        };
        assert_eq!(of(unpaid(Segment::WageEarner, 3)), Ok(42_000_000));
        let employer = Standing::EmployerFirst(4);
        assert_eq!(of(unpaid(Segment::WageEarner, 4)), Err(Why::NotCovered(employer)));
        assert_eq!(of(unpaid(Segment::SelfEmployed, 3)), Ok(10_000_000), "the funeral at once");
        let no_right = Standing::NoRight(4);
        assert_eq!(of(unpaid(Segment::SelfEmployed, 4)), Err(Why::NotCovered(no_right)));
    }

    #[test]
    fn each_part_is_paid_once_and_who_buried_gets_the_funeral() {
        let buried = Situation { relation: Relation::WhoeverBuried, ..situation(&FACTS, &[]) };
        assert_eq!(right(&buried), Ok(10_000_000));
        assert_eq!(right(&situation(&FACTS, &[Part::Funeral])), Ok(32_000_000));
        assert_eq!(right(&situation(&FACTS, Part::ALL)), Err(Why::PaidBefore));
        let twice = Situation { paid: &[Part::Funeral], ..buried };
        assert_eq!(right(&twice), Err(Why::PaidBefore));
    }

    #[test]
    fn three_working_days_then_a_hundredth_a_day() {
        // 25 November 2026 is a Wednesday.
        let due_on = clock(&PROGRAMMES, TODAY).unwrap().due_on;
        assert_eq!(due_on, date(2026, 11, 30));
        let owed = |today| owed(&PROGRAMMES, TODAY, Rupiah::new(42_000_000), today);
        assert_eq!(owed(date(2026, 11, 30)), None);
        assert_eq!(owed(date(2026, 12, 2)), Some(Rupiah::new(840_000)));
    }

    #[test]
    fn the_papers_are_those_of_the_rule_and_the_relations_too() {
        let (words, rule) = claim().documents(&PROGRAMMES);
        assert_eq!(words, ["death-certificate", "heir-certificate", "member-card"]);
        assert_eq!(rule.unwrap().source, "PP 44/2015 art. 40");
        assert!(Relation::ALL.iter().all(|one| Relation::named(one.name()) == Some(*one)));
        assert!(Part::ALL.iter().all(|one| Part::named(one.name()) == Some(*one)));
        assert!(Stage::ALL.iter().all(|one| Stage::named(one.name()) == Some(*one)));
        assert!(Step::ALL.iter().all(|one| Step::named(one.name()) == Some(*one)));
    }

    #[test]
    fn p04_the_second_officer_is_another_one_and_nothing_is_paid_before_its_time() {
        let officer = |number| StaffId(Uuid::from_u128(number));
        let opened = claim();
        assert!(!opened.is_second(officer(7)) && !opened.is_second(officer(8)));
        assert!(opened.is_second(officer(9)));
        assert_eq!(opened.pays_from(), None);
        let approved = |hours| HeirClaim {
            approved_at: Some(NOON.plus(Duration::from_hours(hours))),
            ..claim()
        };
        assert_eq!(approved(1).pays_from(), Some(NOON.plus(OBJECTION)));
        let later = NOON.plus(Duration::from_hours(100));
        assert_eq!(approved(100).pays_from(), Some(later.plus(DELAY)));
    }

    #[test]
    fn an_heir_is_reached_somehow_and_paid_in_the_own_name() {
        let typed = Typed {
            name: " Budi  Rahayu ",
            email: "budi@keluarga.example",
            phone: "",
            bank: "Bank Contoh",
            number: "1234-5678 90",
        };
        let heir = Heir::parse(&typed).unwrap();
        assert_eq!((&*heir.name, &*heir.bank.owner), ("Budi Rahayu", "Budi Rahayu"));
        assert_eq!((heir.phone.as_deref(), format!("{heir:?}")), (None, "Heir(…)".to_owned()));
        let wrong = |typed: &Typed<'_>| Heir::parse(typed).unwrap_err();
        assert_eq!(wrong(&Typed { email: "", ..typed }), [HeirProblem::NoContact]);
        assert_eq!(wrong(&Typed { email: "budi", ..typed }), [HeirProblem::Email]);
        assert_eq!(wrong(&Typed { phone: "12", ..typed }), [HeirProblem::Phone]);
        assert_eq!(wrong(&Typed { name: " ", ..typed }), [HeirProblem::Name]);
        assert_eq!(wrong(&Typed { bank: "", ..typed }), [HeirProblem::Bank]);
        assert_eq!(wrong(&Typed { number: "12", ..typed }), [HeirProblem::Number]);
    }

    #[test]
    fn a_code_is_read_however_it_is_copied_and_is_never_printed_by_accident() {
        let known = FollowCode::parse("IKT-7F3K-01QD-0M4T-ZC8W-7F3K-29QD-0M4T").unwrap();
        let typed = "ikt 7f3k oiqd 0m4t zc8w 7f3k 29qd om4t";
        assert_eq!(FollowCode::parse(typed), Some(known.clone()));
        assert!(!format!("{known:?}").contains("7F3K"));
        for typed in ["", "IKT", "KLW-7F3K-29QD", "7F3K-01QD-0M4T-ZC8W-7F3K-29QD-0M4"] {
            assert_eq!(FollowCode::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        /// However the steps come, a claim is paid once at most, and only after a second officer.
        #[test]
        fn p04_however_the_steps_come_it_is_paid_once_and_by_two(
            steps in proptest::collection::vec(0_usize..Step::ALL.len(), 0..60),
        ) {
            let (mut stage, mut paid, mut approved) = (Stage::Opened, 0, 0);
            for step in steps.into_iter().map(|place| Step::ALL[place]) {
                let Some(next) = stage.after(step) else { continue };
                prop_assert!(!stage.is_over());
                stage = next;
                approved += u32::from(stage == Stage::Approved);
                paid += u32::from(stage == Stage::Paid);
            }
            prop_assert!(paid <= 1 && paid <= approved);
        }

        /// Whatever was paid before and whoever claims, no part is paid twice, and all together never
        /// more than the rules of the day name.
        #[test]
        fn nothing_is_paid_twice_nor_more_than_the_rules_name(
            before in proptest::collection::vec(0_usize..Part::ALL.len(), 0..4),
            relation in 0_usize..Relation::ALL.len(), unpaid in 0_u32..6, alone: bool,
            days in 0_i64..4_000,
        ) {
            let segment = if alone { Segment::SelfEmployed } else { Segment::WageEarner };
            let facts =
                Facts { segment: Some(segment), unpaid_cover_in_a_row: unpaid, ..FACTS };
            let paid: Vec<Part> = before.into_iter().map(|place| Part::ALL[place]).collect();
            let asked = Situation {
                relation: Relation::ALL[relation],
                died_on: TODAY.saturating_sub(days.days()),
                ..situation(&facts, &paid)
            };
            if let Ok(right) = entitled(&PROGRAMMES, &asked) {
                prop_assert!(right.sum > Rupiah::ZERO && !right.rules.is_empty());
                prop_assert!(right.parts.iter().all(|(part, _)| !paid.contains(part)));
                let whole = jkm::sum(&jkm::death(&PROGRAMMES, asked.died_on).unwrap()).unwrap();
                prop_assert!(right.sum <= whole);
            }
        }
    }
}
