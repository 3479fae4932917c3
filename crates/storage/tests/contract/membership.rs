//! People, member numbers, employers, work, contributions and the ledger.

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Trade, Work};
use payung_domain::ids::{EmployerId, Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Address, Membership, Person, PersonName, Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_storage::{Tx, contributions, ledger, members};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    a_person_comes_back_whole,
    one_population_number_belongs_to_one_person,
    member_numbers_and_work_come_back_in_order,
    contributions_are_kept_once,
    the_ledger_only_grows,
    thousands_of_rows_are_kept_in_one_go,
);

fn person() -> Person {
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

fn membership(number: u128) -> Membership {
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

fn contribution(number: i64) -> Contribution {
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

fn posting(sequence: i64, amount: i64, balance: i64) -> Posting {
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

async fn with_person(db: &TestStore) -> Tx {
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

async fn the_ledger_only_grows(db: TestStore) {
    let mut tx = with_person(&db).await;
    let lines = [posting(1, 342_000, 342_000), posting(2, 1_000, 343_000)];
    assert_eq!(ledger::add(&mut tx, &lines).await.unwrap(), 2);
    assert_eq!(ledger::of_person(&mut tx, person().id).await.unwrap(), lines);
    tx.commit().await.unwrap();
    let mut tx = db.store.write().await.unwrap();
    assert!(ledger::add(&mut tx, &[posting(2, 5, 5)]).await.is_err(), "a taken number is refused");
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
