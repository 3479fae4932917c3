//! Corrections, their steps, and what stood on record before: nothing of it is ever lost.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    Correction, CorrectionReference, Deed, Document, Evidence, Identity, Key, Move, Proposal,
    Stage, Step, Subject, Values,
};
use payung_domain::employers::{Employer, FirmSize, RiskClass};
use payung_domain::ids::{EmployerId, Nik, Npp, PersonId, StaffId};
use payung_domain::ledger::end::LedgerEnd;
use payung_domain::members::{Person, PersonName, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::staff::{Officer, Role, Staff};
use payung_storage::corrections::Righted;
use payung_storage::{Store, Tx, contributions, corrections, imports, ledger, members, staff};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::membership::{contribution, membership, person, posting, with_person};
use crate::races::winners;

on_each_engine!(
    a_correction_comes_back_with_every_step,
    a_step_is_made_from_the_version_that_was_seen,
    l7_of_64_officers_at_once_one_agrees,
    who_somebody_was_stays_when_the_record_is_put_right,
    a_number_of_another_person_is_taken,
    what_a_contribution_said_stays_when_it_is_put_right,
    a_contribution_does_not_take_the_place_of_another,
    the_end_of_a_ledger_is_where_the_next_line_goes,
    employers_are_found_by_number_and_id,
);

const LATER: Duration = Duration::from_mins(5);

fn reference() -> CorrectionReference {
    CorrectionReference::parse("KOR-7F3K-29QD").unwrap()
}

fn correction(subject: Subject) -> Correction {
    Correction {
        id: Uuid::from_u128(70),
        reference: reference(),
        person: person().id,
        subject,
        stage: Stage::Asked,
        version: 1,
        proposed_by: None,
        asked_at: NOON,
        changed_at: NOON,
    }
}

fn asked() -> Step {
    let deed = Deed::Asked("My name is another one.".to_owned());
    Step { number: 1, at: NOON, officer: None, deed }
}

fn officer(number: u128, name: &str) -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(number)),
        name: Officer::parse(name).unwrap(),
        role: Role::Supervisor,
        disabled_at: None,
    }
}

fn identity() -> Identity {
    Identity::from(&person())
}

fn right() -> Identity {
    Identity {
        name: PersonName::parse("Siti Rahayu").unwrap(),
        nik: Nik::parse("0001014107900004").unwrap(),
        birth_date: date(1990, 7, 2),
        sex: Sex::Male,
    }
}

fn proposal() -> Proposal {
    Proposal {
        before: Values::Person(identity()),
        after: Values::Person(right()),
        evidence: Evidence { document: Document::FamilyCard, number: "0000 11".to_owned() },
        since: date(2026, 8, 1),
        why: "The family card has another name.".to_owned(),
    }
}

fn proposed(from: &Correction) -> (Correction, Step) {
    let lestari = officer(1, "lestari");
    let next = from.after(Move::Propose, lestari.id, from.version, NOON.plus(LATER)).unwrap();
    let step = Step {
        number: next.version,
        at: NOON.plus(LATER),
        officer: Some(lestari.name.as_str().to_owned()),
        deed: Deed::Proposed(Box::new(proposal())),
    };
    (next, step)
}

async fn with_officers(db: &TestStore) -> Tx {
    let mut tx = with_person(db).await;
    for (number, name) in [(1, "lestari"), (2, "bayu")] {
        let (one, handle) = (officer(number, name), Uuid::from_u128(number + 80));
        assert!(staff::add(&mut tx, db.store.vault(), &one, handle, None, NOON).await.unwrap());
    }
    tx
}

async fn a_correction_comes_back_with_every_step(db: TestStore) {
    let mut tx = with_officers(&db).await;
    let vault = db.store.vault();
    let first = correction(Subject::Person);
    assert!(corrections::add(&mut tx, vault, &first, &asked()).await.unwrap());
    let again = Correction { id: Uuid::from_u128(71), ..first.clone() };
    assert!(
        !corrections::add(&mut tx, vault, &again, &asked()).await.unwrap(),
        "a taken reference"
    );
    let row = Correction {
        id: Uuid::from_u128(72),
        reference: CorrectionReference::parse("KOR-7F3K-29QE").unwrap(),
        subject: Subject::Row(Key::of(&contribution(202_603))),
        asked_at: NOON.plus(LATER),
        ..first.clone()
    };
    assert!(corrections::add(&mut tx, vault, &row, &asked()).await.unwrap());
    let all = corrections::of_person(&mut tx, first.person).await.unwrap();
    assert_eq!(all, [row.clone(), first.clone()]);
    let waiting = corrections::at_stage(&mut tx, Stage::Asked, 10).await.unwrap();
    assert_eq!(waiting, [first.clone(), row]);
    assert_eq!(corrections::at_stage(&mut tx, Stage::Asked, 1).await.unwrap().len(), 1);
    let (next, step) = proposed(&first);
    assert!(corrections::advance(&mut tx, vault, &next, &step).await.unwrap());
    assert_eq!(corrections::locked(&mut tx, &reference()).await.unwrap(), Some(next.clone()));
    assert_eq!(corrections::referred(&mut tx, &reference()).await.unwrap(), Some(next.clone()));
    let nobodys = CorrectionReference::parse("KOR-0000-0000").unwrap();
    assert_eq!(corrections::referred(&mut tx, &nobodys).await.unwrap(), None);
    let mut steps = vec![asked(), step];
    for (number, deed) in (3_i64..).zip([
        Deed::Returned("The number is not on it.".to_owned()),
        Deed::Outdated,
        Deed::Approved,
        Deed::Refused("The register has it so.".to_owned()),
        Deed::Withdrawn,
    ]) {
        let step = Step { number, at: NOON, officer: Some("bayu".to_owned()), deed };
        let to = Correction { version: number, ..next.clone() };
        assert!(corrections::advance(&mut tx, vault, &to, &step).await.unwrap());
        steps.push(step);
    }
    assert_eq!(corrections::steps(&mut tx, vault, &next).await.unwrap(), steps);
    let nobody = PersonId(Uuid::from_u128(99));
    assert!(corrections::of_person(&mut tx, nobody).await.unwrap().is_empty());
}

async fn a_step_is_made_from_the_version_that_was_seen(db: TestStore) {
    let mut tx = with_officers(&db).await;
    let vault = db.store.vault();
    let first = correction(Subject::Person);
    corrections::add(&mut tx, vault, &first, &asked()).await.unwrap();
    let (next, step) = proposed(&first);
    let ahead = Correction { version: 5, ..next.clone() };
    assert!(!corrections::advance(&mut tx, vault, &ahead, &step).await.unwrap());
    assert!(corrections::advance(&mut tx, vault, &next, &step).await.unwrap());
    assert!(!corrections::advance(&mut tx, vault, &next, &step).await.unwrap(), "twice");
}

/// Everything that agreeing does, as the flow does it.
async fn agrees(store: Store) -> bool {
    let vault = store.vault().clone();
    let mut tx = store.write().await.unwrap();
    let found = corrections::locked(&mut tx, &reference()).await.unwrap().unwrap();
    let Ok(next) = found.after(Move::Approve, officer(2, "bayu").id, 2, NOON) else {
        return false;
    };
    let (before, after) = (contribution(202_603), moved());
    let id = next.id;
    let set = corrections::set_contribution(&mut tx, id, (&before, &after), NOON).await.unwrap();
    assert_eq!(set, Righted::Done);
    let end = ledger::end_locked(&mut tx, before.membership).await.unwrap();
    let today = date(2026, 8, 17);
    let lines = payung_domain::ledger::correction::put_right(end, &before, &after, today).unwrap();
    ledger::add(&mut tx, &lines).await.unwrap();
    let officer = Some("bayu".to_owned());
    let step = Step { number: next.version, at: NOON, officer, deed: Deed::Approved };
    assert!(corrections::advance(&mut tx, &vault, &next, &step).await.unwrap());
    tx.commit().await.unwrap();
    true
}

fn moved() -> Contribution {
    let month = Month::try_from(202_604).unwrap();
    Contribution { month, worker_part: Rupiah::new(130_000), ..contribution(202_603) }
}

async fn l7_of_64_officers_at_once_one_agrees(db: TestStore) {
    let mut tx = with_officers(&db).await;
    let vault = db.store.vault();
    contributions::add(&mut tx, &[contribution(202_603)]).await.unwrap();
    ledger::add(&mut tx, &[posting(1, 342_000, 342_000)]).await.unwrap();
    let first = correction(Subject::Row(Key::of(&contribution(202_603))));
    corrections::add(&mut tx, vault, &first, &asked()).await.unwrap();
    let (next, step) = proposed(&first);
    assert!(corrections::advance(&mut tx, vault, &next, &step).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(winners(&db.store, agrees).await, 1);
    let mut tx = db.store.read().await.unwrap();
    let lines = ledger::of_person(&mut tx, person().id).await.unwrap();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount.get()).collect();
    assert_eq!(amounts, [342_000, -342_000, 352_000]);
    assert_eq!(lines.last().unwrap().balance, Rupiah::new(352_000));
    let rows = contributions::of_person(&mut tx, person().id).await.unwrap();
    assert_eq!(rows, [moved()]);
}

async fn who_somebody_was_stays_when_the_record_is_put_right(db: TestStore) {
    let mut tx = with_person(&db).await;
    let (vault, id, since) = (db.store.vault(), person().id, date(2026, 8, 1));
    let whose = |number| (id, Uuid::from_u128(number));
    let (before, after) = (identity(), right());
    let set =
        corrections::set_person(&mut tx, vault, whose(1), (&before, &after), since, NOON).await;
    assert_eq!(set.unwrap(), Righted::Done);
    let (kept, recorded) = members::person(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!((Identity::from(&kept), recorded), (after.clone(), NOON));
    assert_eq!(kept.address, person().address);
    let found = members::by_nik(&mut tx, vault, &after.nik).await.unwrap();
    assert_eq!(found.map(|found| found.id), Some(id));
    assert_eq!(members::by_nik(&mut tx, vault, &before.nik).await.unwrap(), None);
    let again =
        corrections::set_person(&mut tx, vault, whose(2), (&before, &after), since, NOON).await;
    assert_eq!(again.unwrap(), Righted::Changed, "it says something else by now");
    let later = NOON.plus(LATER);
    let back =
        corrections::set_person(&mut tx, vault, whose(3), (&after, &before), since, later).await;
    assert_eq!(back.unwrap(), Righted::Done);
    let earlier = corrections::earlier_people(&mut tx, vault, id).await.unwrap();
    assert_eq!(earlier, [(after.clone(), later, since), (before.clone(), NOON, since)]);
    let nobody = (PersonId(Uuid::from_u128(99)), Uuid::from_u128(4));
    let none =
        corrections::set_person(&mut tx, vault, nobody, (&before, &after), since, NOON).await;
    assert_eq!(none.unwrap(), Righted::Changed);
}

async fn a_number_of_another_person_is_taken(db: TestStore) {
    let mut tx = with_person(&db).await;
    let vault = db.store.vault();
    let other = Person { id: PersonId(Uuid::from_u128(2)), nik: right().nik, ..person() };
    members::add_people(&mut tx, vault, &[(other, NOON)]).await.unwrap();
    let (whose, both) = ((person().id, Uuid::from_u128(1)), (&identity(), &right()));
    let set = corrections::set_person(&mut tx, vault, whose, both, date(2026, 8, 1), NOON).await;
    assert_eq!(set.unwrap(), Righted::Taken);
    assert!(corrections::earlier_people(&mut tx, vault, person().id).await.unwrap().is_empty());
}

async fn what_a_contribution_said_stays_when_it_is_put_right(db: TestStore) {
    let mut tx = with_person(&db).await;
    let before = contribution(202_603);
    contributions::add(&mut tx, &[before]).await.unwrap();
    assert_eq!(contributions::locked(&mut tx, &Key::of(&before)).await.unwrap(), Some(before));
    let (one, after) = (Uuid::from_u128(1), moved());
    let set = corrections::set_contribution(&mut tx, one, (&before, &after), NOON).await;
    assert_eq!(set.unwrap(), Righted::Done);
    let rows = contributions::of_person(&mut tx, person().id).await.unwrap();
    assert_eq!(rows, [after]);
    let earlier = corrections::earlier_contributions(&mut tx, person().id).await.unwrap();
    assert_eq!(earlier, [(before, NOON)]);
    let two = Uuid::from_u128(2);
    let set = corrections::set_contribution(&mut tx, two, (&before, &after), NOON).await;
    assert_eq!(set.unwrap(), Righted::Changed);
}

async fn a_contribution_does_not_take_the_place_of_another(db: TestStore) {
    let mut tx = with_person(&db).await;
    let (before, other) = (contribution(202_603), contribution(202_604));
    contributions::add(&mut tx, &[before, other]).await.unwrap();
    let set = corrections::set_contribution(&mut tx, Uuid::nil(), (&before, &moved()), NOON).await;
    assert_eq!(set.unwrap(), Righted::Taken);
    let payer = Key::of(&before).payer();
    let (of, month) = (before.membership, before.month);
    assert!(!imports::is_waiting(&mut tx, of, month, payer).await.unwrap());
}

async fn the_end_of_a_ledger_is_where_the_next_line_goes(db: TestStore) {
    let mut tx = with_person(&db).await;
    let id = membership(10).id;
    let end = ledger::end_locked(&mut tx, id).await.unwrap();
    assert_eq!(end, LedgerEnd::empty(id));
    let lines = [posting(1, 342_000, 342_000), posting(2, 1_000, 343_000)];
    ledger::add(&mut tx, &lines).await.unwrap();
    let end = ledger::end_locked(&mut tx, id).await.unwrap();
    assert_eq!(end, LedgerEnd::after(&lines[1]));
}

async fn employers_are_found_by_number_and_id(db: TestStore) {
    let mut tx = with_person(&db).await;
    let other = Employer {
        id: EmployerId(Uuid::from_u128(51)),
        npp: Npp::parse("XX000002").unwrap(),
        name: "PT Contoh Makmur".to_owned(),
        risk_class: RiskClass::I,
        size: FirmSize::Medium,
    };
    members::add_employers(&mut tx, std::slice::from_ref(&other)).await.unwrap();
    let found = members::employer_numbered(&mut tx, &other.npp).await.unwrap();
    assert_eq!(found, Some(other.clone()));
    assert_eq!(members::employer_of(&mut tx, other.id).await.unwrap(), Some(other));
    let nobody = Npp::parse("XX000009").unwrap();
    assert_eq!(members::employer_numbered(&mut tx, &nobody).await.unwrap(), None);
}
