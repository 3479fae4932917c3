//! Activation: a membership gets an account. Four tasks, one after the other: find the membership,
//! confirm a contact, choose how to sign in, save the recovery codes.
//!
//! With the support desk the one topic that knows both sides: who somebody is in the programme, and
//! what an account is. What was argued: `docs/decisions/activation.md`.

use std::time::Duration;

use jiff::civil::Date;

use crate::ids::{Kpj, Nik, without_separators};
use crate::members::{Membership, Person};
use crate::time::Instant;

/// So long an activation can be gone on with; what was saved of it is dropped after that.
pub const KEPT: Duration = Duration::from_hours(7 * 24);

/// So long a browser may wait between two steps. Then the data is asked for once more: whoever finds
/// the browser open later is perhaps somebody else (S2).
pub const PATIENCE: Duration = Duration::from_mins(30);

/// Tries to find a membership are counted over this time.
pub const WINDOW: Duration = Duration::from_hours(1);

/// The member number is given out within so many working days of a registration (PP 45/2015 art. 7).
pub const NUMBER_WITHIN_WORKING_DAYS: u32 = 1;

/// An employer registers a new worker within so many days (PP 45/2015 art. 4).
pub const REGISTERED_WITHIN_DAYS: u32 = 30;

/// The card is given out within so many working days (PP 45/2015 art. 7).
pub const CARD_WITHIN_WORKING_DAYS: u32 = 7;

/// What somebody says of themselves to find their membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The population number.
    pub nik: Nik,
    /// One of their member numbers.
    pub kpj: Kpj,
    /// The day of birth.
    pub birth_date: Date,
}

impl Claim {
    /// Whether all three belong to this person. Which one does not is nobody's business (L5).
    #[must_use]
    pub fn fits(&self, person: &Person, memberships: &[Membership]) -> bool {
        let has_number = memberships.iter().any(|m| m.person == person.id && m.kpj == self.kpj);
        // All are compared: the answer takes as long whichever differs.
        let same = [has_number, self.nik == person.nik, self.birth_date == person.birth_date];
        same == [true; 3]
    }
}

/// One of the three fields of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The day of the month.
    Day,
    /// The month.
    Month,
    /// The year.
    Year,
}

/// Why three fields are no date of birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// `dob.empty`: nothing was typed.
    Empty,
    /// `dob.part`: this one is missing.
    Missing(Part),
    /// `dob.real`: there is no such day, or it is still to come.
    NotReal,
}

/// Nobody alive was born before it.
const EARLIEST: i16 = 1900;

/// Reads a date of birth from its three fields. A year has four digits: nobody guesses a century.
pub fn birth_date(day: &str, month: &str, year: &str, today: Date) -> Result<Date, DateProblem> {
    let fields = [(day, Part::Day), (month, Part::Month), (year, Part::Year)]
        .map(|(typed, part)| (without_separators(typed), part));
    if fields.iter().all(|(typed, _)| typed.is_empty()) {
        return Err(DateProblem::Empty);
    }
    if let Some((_, part)) = fields.iter().find(|(typed, _)| typed.is_empty()) {
        return Err(DateProblem::Missing(*part));
    }
    let [(day, _), (month, _), (year, _)] = &fields;
    let number = |typed: &str, lengths: std::ops::RangeInclusive<usize>| {
        let is_number = lengths.contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| typed.parse::<i16>().ok()).flatten()
    };
    let short = |typed: &str| number(typed, 1..=2).and_then(|n| i8::try_from(n).ok());
    let date = match (short(day), short(month), number(year, 4..=4)) {
        (Some(day), Some(month), Some(year)) => Date::new(year, month, day).ok(),
        _ => None,
    };
    date.filter(|date| date.year() >= EARLIEST && *date <= today).ok_or(DateProblem::NotReal)
}

/// Whether one more try may be made after these, with so many an hour; else when.
pub fn may_try(tries: &[Instant], an_hour: u32, now: Instant) -> Result<(), Instant> {
    let mut recent: Vec<Instant> =
        tries.iter().copied().filter(|at| now.since(*at) < WINDOW).collect();
    let most = usize::try_from(an_hour).unwrap_or(usize::MAX);
    if recent.len() < most {
        return Ok(());
    }
    recent.sort_unstable();
    let leaving = recent.len() - most;
    Err(recent.get(leaving).map_or(now, |at| at.plus(WINDOW)))
}

/// One of the four tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// M12: find the membership.
    Find,
    /// M13: confirm an address, a number, or both.
    Contact,
    /// M14: a password or a passkey.
    Access,
    /// M15: the recovery codes.
    Codes,
}

impl Task {
    /// All, in the only order they can be done in.
    pub const ALL: [Self; 4] = [Self::Find, Self::Contact, Self::Access, Self::Codes];
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its turn has not come.
    Later,
    /// It is what comes next.
    Next,
    /// It was begun.
    Begun,
    /// It is done.
    Done,
}

/// A contact on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// None was given.
    #[default]
    None,
    /// It was given; its code has not come back.
    Open,
    /// Its code came back.
    Confirmed,
}

/// Everything that decides what comes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The address.
    pub email: Proof,
    /// The number.
    pub phone: Proof,
    /// Whether the person has an account by now that this activation has not opened.
    pub has_account: bool,
    /// Whether this activation has opened an account.
    pub is_open: bool,
    /// Whether its codes are saved.
    pub is_over: bool,
}

/// The one page whose turn it is. No other takes a form (L-10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// An address or a number has to be given.
    Contact,
    /// A code has to come back.
    Code,
    /// A password or a passkey has to be chosen.
    Access,
    /// The person has an account already. Said only here, after all three data and a contact were
    /// proved, and in the same place as the page it stands in for.
    Taken,
    /// The codes have to be saved.
    Codes,
    /// Nothing is left to do.
    Over,
}

impl Progress {
    /// What comes next.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let contacts = [self.email, self.phone];
        match (self.is_over, self.is_open, self.has_account) {
            (true, ..) => Stage::Over,
            (false, true, _) => Stage::Codes,
            _ if contacts.contains(&Proof::Open) => Stage::Code,
            _ if !contacts.contains(&Proof::Confirmed) => Stage::Contact,
            (.., true) => Stage::Taken,
            (.., false) => Stage::Access,
        }
    }

    /// How far a task is.
    #[must_use]
    pub fn standing(&self, task: Task) -> Standing {
        let present = match self.stage() {
            Stage::Contact | Stage::Code => Task::Contact,
            Stage::Access | Stage::Taken => Task::Access,
            Stage::Codes => Task::Codes,
            Stage::Over => return Standing::Done,
        };
        match task.cmp(&present) {
            std::cmp::Ordering::Less => Standing::Done,
            std::cmp::Ordering::Greater => Standing::Later,
            std::cmp::Ordering::Equal if self.stage() == Stage::Code => Standing::Begun,
            std::cmp::Ordering::Equal => Standing::Next,
        }
    }

    /// Whether contacts may still be changed: nothing was opened with them yet.
    #[must_use]
    pub fn may_change_contacts(&self) -> bool {
        self.stage() < Stage::Taken
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::ids::{MembershipId, PersonId};
    use crate::members::{Address, PersonName, Segment, Sex};
    use crate::month::Month;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);
    const TODAY: Date = date(2026, 8, 17);

    fn wayan() -> Person {
        Person {
            id: PersonId(Uuid::from_u128(1)),
            nik: Nik::parse("0001012701990006").unwrap(),
            name: PersonName::parse("Wayan Contoh").unwrap(),
            birth_date: date(1999, 1, 27),
            sex: Sex::Male,
            address: Address {
                street: String::new(),
                village: String::new(),
                district: String::new(),
                regency: String::new(),
                province: String::new(),
                postcode: String::new(),
            },
        }
    }

    fn number(kpj: &str, person: u128) -> Membership {
        Membership {
            id: MembershipId(Uuid::from_u128(9)),
            person: PersonId(Uuid::from_u128(person)),
            kpj: Kpj::parse(kpj).unwrap(),
            segment: Segment::WageEarner,
            since: Month::of(date(2023, 5, 1)),
            ended: None,
        }
    }

    fn claim(nik: &str, kpj: &str, birth_date: Date) -> Claim {
        Claim { nik: Nik::parse(nik).unwrap(), kpj: Kpj::parse(kpj).unwrap(), birth_date }
    }

    #[test]
    fn all_three_data_have_to_belong_to_one_person() {
        let (nik, born) = ("0001012701990006", date(1999, 1, 27));
        let numbers = [number("90000000006", 1), number("90000000016", 1)];
        let fits = |claim: Claim, numbers: &[Membership]| claim.fits(&wayan(), numbers);
        assert!(fits(claim(nik, "90000000006", born), &numbers));
        assert!(fits(claim(nik, "90000000016", born), &numbers), "any number of theirs will do");
        assert!(!fits(claim("0001012701990007", "90000000006", born), &numbers));
        assert!(!fits(claim(nik, "90000000007", born), &numbers));
        assert!(!fits(claim(nik, "90000000006", date(1999, 1, 28)), &numbers));
        assert!(!fits(claim(nik, "90000000006", born), &[]));
        // The number of somebody else is none of theirs.
        assert!(!fits(claim(nik, "90000000008", born), &[number("90000000008", 2)]));
    }

    #[test]
    fn a_birth_date_is_read_as_people_type_it() {
        let read = |day, month, year| birth_date(day, month, year, TODAY);
        for (day, month) in [("27", "1"), (" 27 ", "01"), ("27.", "0-1")] {
            assert_eq!(read(day, month, "1999"), Ok(date(1999, 1, 27)), "{day} {month}");
        }
        assert_eq!(read(" ", "", "-"), Err(DateProblem::Empty));
        assert_eq!(read("", "1", "1999"), Err(DateProblem::Missing(Part::Day)));
        assert_eq!(read("27", " ", "1999"), Err(DateProblem::Missing(Part::Month)));
        assert_eq!(read("27", "", ""), Err(DateProblem::Missing(Part::Month)));
        assert_eq!(read("27", "1", ""), Err(DateProblem::Missing(Part::Year)));
        for (day, month, year) in [
            ("31", "2", "1999"),
            ("0", "1", "1999"),
            ("27", "13", "1999"),
            ("27", "Jan", "1999"),
            ("27", "1", "99"),
            ("27", "1", "19999"),
            ("127", "1", "1999"),
            ("27", "1", "1899"),
            ("18", "8", "2026"),
            ("٢٧", "1", "1999"),
        ] {
            assert_eq!(read(day, month, year), Err(DateProblem::NotReal), "{day} {month} {year}");
        }
        assert_eq!(read("17", "8", "2026"), Ok(TODAY));
        assert_eq!(read("29", "2", "2000"), Ok(date(2000, 2, 29)));
    }

    #[test]
    fn l10_each_task_waits_for_the_one_before_it() {
        use Standing::{Begun, Done, Later, Next};
        let standings = |progress: Progress| Task::ALL.map(|task| progress.standing(task));
        let found = Progress::default();
        assert_eq!(found.stage(), Stage::Contact);
        assert_eq!(standings(found), [Done, Next, Later, Later]);
        let sent = Progress { email: Proof::Open, ..found };
        assert_eq!((sent.stage(), standings(sent)), (Stage::Code, [Done, Begun, Later, Later]));
        let half = Progress { email: Proof::Confirmed, phone: Proof::Open, ..found };
        assert_eq!(half.stage(), Stage::Code, "what was given has to be confirmed or taken back");
        let reached = Progress { phone: Proof::Confirmed, ..found };
        let at_access = (Stage::Access, [Done, Done, Next, Later]);
        assert_eq!((reached.stage(), standings(reached)), at_access);
        let open = Progress { is_open: true, ..reached };
        assert_eq!((open.stage(), standings(open)), (Stage::Codes, [Done, Done, Done, Next]));
        let over = Progress { is_over: true, ..open };
        assert_eq!((over.stage(), standings(over)), (Stage::Over, [Done; 4]));
    }

    #[test]
    fn l5_an_account_that_exists_is_spoken_of_only_after_a_contact_is_proved() {
        for email in [Proof::None, Proof::Open, Proof::Confirmed] {
            for phone in [Proof::None, Proof::Open, Proof::Confirmed] {
                let one = Progress { email, phone, ..Progress::default() };
                let other = Progress { has_account: true, ..one };
                assert_eq!(
                    Task::ALL.map(|task| one.standing(task)),
                    Task::ALL.map(|task| other.standing(task)),
                );
                if one.stage() != Stage::Access {
                    assert_eq!(one.stage(), other.stage());
                }
            }
        }
        let proved = Progress { email: Proof::Confirmed, ..Progress::default() };
        assert_eq!(Progress { has_account: true, ..proved }.stage(), Stage::Taken);
    }

    fn any_proof() -> impl Strategy<Value = Proof> {
        prop_oneof![Just(Proof::None), Just(Proof::Open), Just(Proof::Confirmed)]
    }

    proptest! {
        #[test]
        fn l10_exactly_one_task_is_at_hand_until_all_are_done(
            email in any_proof(), phone in any_proof(),
            has_account: bool, is_open: bool, is_over: bool,
        ) {
            let progress = Progress { email, phone, has_account, is_open, is_over };
            let at_hand = Task::ALL
                .into_iter()
                .filter(|task| matches!(progress.standing(*task), Standing::Next | Standing::Begun));
            prop_assert_eq!(at_hand.count(), usize::from(!is_over));
            // Nothing opens without a contact that was proved.
            if progress.stage() == Stage::Access {
                prop_assert!([email, phone].contains(&Proof::Confirmed));
                prop_assert!(![email, phone].contains(&Proof::Open));
            }
            prop_assert!(!(progress.may_change_contacts() && (is_open || is_over)));
        }

        /// Whoever tries whenever they like has five tries in any hour.
        #[test]
        fn e03_no_pattern_of_trying_buys_more_than_five_in_any_hour(
            gaps in proptest::collection::vec(0_u64..2000, 1..200),
        ) {
            let (mut tries, mut now) = (Vec::new(), NOON);
            for gap in gaps {
                now = now.plus(Duration::from_secs(gap));
                match may_try(&tries, 5, now) {
                    Ok(()) => tries.push(now),
                    Err(until) => {
                        prop_assert!(until > now && until.since(now) <= WINDOW);
                        prop_assert_eq!(may_try(&tries, 5, until), Ok(()));
                    }
                }
                let recent = tries.iter().filter(|at| now.since(**at) < WINDOW).count();
                prop_assert!(recent <= 5);
            }
        }

        #[test]
        fn reading_a_birth_date_never_panics_and_reads_itself_again(
            day in "\\PC{0,6}", month in "\\PC{0,6}", year in "\\PC{0,8}", any_day in 1_i16..20_000,
        ) {
            if let Ok(read) = birth_date(&day, &month, &year, TODAY) {
                prop_assert!(read <= TODAY && read.year() >= EARLIEST);
            }
            let earlier = TODAY.saturating_sub(jiff::Span::new().days(i64::from(any_day)));
            let [y, m, d] = [i32::from(earlier.year()), earlier.month().into(), earlier.day().into()];
            let again = birth_date(&d.to_string(), &format!("{m:02}"), &y.to_string(), TODAY);
            prop_assert_eq!(again, Ok(earlier));
        }
    }
}
