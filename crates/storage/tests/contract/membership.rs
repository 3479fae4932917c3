//! People, member numbers, employers, work, contributions and the ledger.

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::wage_answers::{Says, WageAnswer};
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Trade, Work};
use payung_domain::ids::{EmployerId, Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Address, Membership, Person, PersonName, Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_storage::{Tx, contributions, ledger, members, wage_answers};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    a_person_comes_back_whole,
    an_address_is_changed_only_while_it_is_the_one_that_was_read,
    one_population_number_belongs_to_one_person,
    member_numbers_and_work_come_back_in_order,
    contributions_are_kept_once,
    of_several_answers_about_a_wage_the_last_one_is_kept,
    the_ledger_only_grows,
    ledgers_that_earned_something_are_listed_in_parts,
    thousands_of_rows_are_kept_in_one_go,
);

pub(crate) fn person() -> Person {
    Person {
        id: PersonId(Uuid::from_u128(1)),
        nik: Nik::parse("0001014107900003").unwrap(),
        name: PersonName::parse("Siti Contoh").unwrap(),
        birth_date: date(1990, 7, 1),
        sex: Sex::Female,
        address: Address {
            street: "Jalan Contoh 1".to_owned(),
            village: "Contoh".to_owned(),
            district: "Contoh".to_owned(),
            regency: "Contoh".to_owned(),
            province: "Contoh".to_owned(),
            postcode: "00000".to_owned(),
        },
    }
}

pub(crate) fn address(street: &str) -> Address {
    Address { street: street.to_owned(), ..person().address }
}

/// Keeps a person; answers who it is, and the bytes that their address is kept as.
pub(crate) async fn somebody_at_home(db: &TestStore) -> (PersonId, Vec<u8>) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    members::add_people(&mut tx, vault, &[(person(), NOON)]).await.unwrap();
    let (_, _, sealed) = members::address(&mut tx, vault, person().id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    (person().id, sealed)
}

async fn an_address_is_changed_only_while_it_is_the_one_that_was_read(db: TestStore) {
    let (id, before) = somebody_at_home(&db).await;
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let new = address("Jalan Baru 9");
    assert!(members::set_address(&mut tx, vault, id, &new, &before, NOON).await.unwrap());
    let other = address("Jalan Lain 3");
    assert!(!members::set_address(&mut tx, vault, id, &other, &before, NOON).await.unwrap());
    let (kept, set_at, _) = members::address(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!((kept, set_at), (new, Some(NOON)));
    let nobody = PersonId(Uuid::from_u128(9));
    assert!(members::address(&mut tx, vault, nobody).await.unwrap().is_none());
}

pub(crate) fn membership(number: u128) -> Membership {
    Membership {
        id: MembershipId(Uuid::from_u128(number)),
        person: person().id,
        kpj: Kpj::parse(&format!("{:011}", 90_000_000_000 + number)).unwrap(),
        segment: Segment::WageEarner,
        since: month(202_401),
        ended: None,
    }
}

fn employer() -> Employer {
    Employer {
        id: EmployerId(Uuid::from_u128(50)),
        npp: Npp::parse("XX000001").unwrap(),
        name: "PT Contoh Jaya".to_owned(),
        risk_class: RiskClass::II,
        size: FirmSize::Medium,
    }
}

fn month(number: i64) -> Month {
    Month::try_from(number).unwrap()
}

pub(crate) fn contribution(number: i64) -> Contribution {
    Contribution {
        membership: membership(10).id,
        month: month(number),
        programme: Programme::Jht,
        employer: Some(employer().id),
        wage: Rupiah::new(6_000_000),
        base: Rupiah::new(6_000_000),
        employer_part: Rupiah::new(222_000),
        worker_part: Rupiah::new(120_000),
        due_on: date(2026, 4, 15),
        received_on: date(2026, 4, 10),
    }
}

pub(crate) fn posting(sequence: i64, amount: i64, balance: i64) -> Posting {
    Posting {
        membership: membership(10).id,
        sequence,
        kind: PostingKind::Contribution,
        month: month(202_603),
        booked_on: date(2026, 4, 10),
        amount: Rupiah::new(amount),
        balance: Rupiah::new(balance),
        rate: Some("demo".to_owned()),
    }
}

pub(crate) async fn with_person(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    members::add_people(&mut tx, db.store.vault(), &[(person(), NOON)]).await.unwrap();
    members::add_memberships(&mut tx, &[membership(10)]).await.unwrap();
    members::add_employers(&mut tx, &[employer()]).await.unwrap();
    tx
}

async fn a_person_comes_back_whole(db: TestStore) {
    let mut tx = with_person(&db).await;
    let vault = db.store.vault();
    let found = members::person(&mut tx, vault, person().id).await.unwrap();
    assert_eq!(found, Some((person(), NOON)));
    let nobody = PersonId(Uuid::from_u128(99));
    assert_eq!(members::person(&mut tx, vault, nobody).await.unwrap(), None);
}

async fn one_population_number_belongs_to_one_person(db: TestStore) {
    let mut tx = with_person(&db).await;
    let twin = Person { id: PersonId(Uuid::from_u128(2)), ..person() };
    assert!(members::add_people(&mut tx, db.store.vault(), &[(twin, NOON)]).await.is_err());
}

async fn member_numbers_and_work_come_back_in_order(db: TestStore) {
    let mut tx = with_person(&db).await;
    let older = Membership { since: month(201_901), ended: Some(month(202_312)), ..membership(11) };
    members::add_memberships(&mut tx, std::slice::from_ref(&older)).await.unwrap();
    assert_eq!(
        members::memberships(&mut tx, person().id).await.unwrap(),
        [older.clone(), membership(10)]
    );
    let work = [
        Employment {
            membership: membership(10).id,
            work: Work::For(employer().id),
            from: month(202_401),
            until: None,
        },
        Employment {
            membership: older.id,
            work: Work::Own(Trade::Transport),
            from: month(201_901),
            until: Some(month(202_312)),
        },
    ];
    members::add_employments(&mut tx, &work).await.unwrap();
    assert_eq!(members::employments(&mut tx, person().id).await.unwrap(), [work[1], work[0]]);
    assert_eq!(members::employers(&mut tx, person().id).await.unwrap(), [employer()]);
}

async fn contributions_are_kept_once(db: TestStore) {
    let mut tx = with_person(&db).await;
    let alone = Contribution { employer: None, ..contribution(202_602) };
    let all = [alone, contribution(202_603)];
    assert_eq!(contributions::add(&mut tx, &all).await.unwrap(), 2);
    assert_eq!(contributions::add(&mut tx, &all).await.unwrap(), 0);
    assert_eq!(contributions::of_person(&mut tx, person().id).await.unwrap(), all);
}

async fn of_several_answers_about_a_wage_the_last_one_is_kept(db: TestStore) {
    let mut tx = with_person(&db).await;
    let answer = |of, says, answered_at| WageAnswer {
        membership: membership(10).id,
        month: month(of),
        employer: employer().id,
        reported: Rupiah::new(6_000_000),
        says,
        answered_at,
    };
    let later = NOON.plus(std::time::Duration::from_mins(5));
    let changed = answer(202_603, Says::Wrong(Rupiah::new(6_500_000)), later);
    let newer = answer(202_604, Says::Right, NOON);
    for one in [answer(202_603, Says::Right, NOON), newer, changed] {
        wage_answers::set(&mut tx, &one).await.unwrap();
    }
    let kept = wage_answers::of_person(&mut tx, person().id).await.unwrap();
    assert_eq!(kept, [newer, changed]);
    let nobody = PersonId(Uuid::from_u128(99));
    assert!(wage_answers::of_person(&mut tx, nobody).await.unwrap().is_empty());
}

async fn the_ledger_only_grows(db: TestStore) {
    let mut tx = with_person(&db).await;
    let lines = [posting(1, 342_000, 342_000), posting(2, 1_000, 343_000)];
    assert_eq!(ledger::add(&mut tx, &lines).await.unwrap(), 2);
    assert_eq!(ledger::of_person(&mut tx, person().id).await.unwrap(), lines);
    tx.commit().await.unwrap();
    let mut tx = db.store.write().await.unwrap();
    assert!(ledger::add(&mut tx, &[posting(2, 5, 5)]).await.is_err(), "a taken number is refused");
}

async fn ledgers_that_earned_something_are_listed_in_parts(db: TestStore) {
    let mut tx = with_person(&db).await;
    let earned = Posting {
        kind: PostingKind::Return,
        rate: Some("assumption-1".to_owned()),
        ..posting(2, 1_000, 343_000)
    };
    let lines = [posting(1, 342_000, 342_000), earned];
    ledger::add(&mut tx, &lines).await.unwrap();
    let id = lines[0].membership;
    assert_eq!(ledger::of_membership(&mut tx, id).await.unwrap(), lines);
    let nobody = MembershipId(Uuid::from_u128(999));
    assert!(ledger::of_membership(&mut tx, nobody).await.unwrap().is_empty());
    let of = lines[1].month;
    assert_eq!(ledger::with_returns(&mut tx, (of, of), None, 9).await.unwrap(), [id]);
    for (months, after) in [((of, of), Some(id)), ((of.next(), of.next()), None)] {
        assert!(ledger::with_returns(&mut tx, months, after, 9).await.unwrap().is_empty());
    }
}

async fn thousands_of_rows_are_kept_in_one_go(db: TestStore) {
    let mut tx = with_person(&db).await;
    let first = month(199_601);
    let all: Vec<Contribution> = (0..360)
        .flat_map(|ahead| {
            let at = first.plus(ahead).get();
            [Programme::Jht, Programme::Jp, Programme::Jkk, Programme::Jkm]
                .map(|programme| Contribution { programme, ..contribution(at) })
        })
        .collect();
    assert_eq!(contributions::add(&mut tx, &all).await.unwrap(), 1440);
    let kept = contributions::of_person(&mut tx, person().id).await.unwrap();
    assert_eq!(kept.len(), 1440);
    assert!(kept.is_sorted_by_key(|c| c.month));
}
