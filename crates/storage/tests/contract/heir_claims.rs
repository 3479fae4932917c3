//! Claims of heirs, their papers, what happened to them, and what was paid.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::claims::Document;
use payung_domain::claims::bank::Bank;
use payung_domain::claims::files::{Clean, FileKind};
use payung_domain::claims::heirs::{
    FollowCode, Heir, HeirClaim, HeirReference, Part, Relation, Stage, Step,
};
use payung_domain::ids::{ClaimId, DocumentId, StaffId};
use payung_domain::money::Rupiah;
use payung_domain::staff::acts::Hand;
use payung_domain::staff::{Officer, Role, Staff};
use payung_storage::heir_claims::{self as claims, Happened};
use payung_storage::{Tx, staff};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::membership::{person, with_person};

on_each_engine!(
    a_death_has_one_open_claim,
    a_claim_is_followed_by_the_code_it_has_now,
    a_step_of_an_heirs_claim_is_taken_once,
    a_part_is_paid_once_whoever_claims_it,
    l16_a_document_of_an_heir_is_sealed_and_kept_once,
    what_happened_to_an_heirs_claim_is_told_in_order,
);

const OFFICER: StaffId = StaffId(Uuid::from_u128(7));

fn claim(number: u128) -> HeirClaim {
    HeirClaim {
        id: ClaimId(Uuid::from_u128(number)),
        reference: HeirReference::parse(&format!("KLW-0000-{number:04}")).unwrap(),
        person: person().id,
        stage: Stage::Opened,
        died_on: date(2026, 8, 10),
        relation: Relation::SpouseOrChild,
        heir: Heir {
            name: "Budi Contoh".to_owned(),
            email: None,
            phone: Some("+628000000009".to_owned()),
            bank: Bank {
                bank: "Bank Contoh".to_owned(),
                number: "1234567890".to_owned(),
                owner: "Budi Contoh".to_owned(),
            },
        },
        opened_by: Hand { id: OFFICER, name: Officer::parse("lestari").unwrap() },
        opened_at: NOON,
        completed_by: None,
        complete_at: None,
        approved_by: None,
        approved_at: None,
        closed_at: None,
        paid: None,
    }
}

fn code(letter: char) -> FollowCode {
    FollowCode::parse(&letter.to_string().repeat(28)).unwrap()
}

/// A person, and an officer.
async fn ready(db: &TestStore) -> Tx {
    let mut tx = with_person(db).await;
    let her = Staff {
        id: OFFICER,
        name: Officer::parse("lestari").unwrap(),
        role: Role::Verifier,
        disabled_at: None,
    };
    let handle = Uuid::from_u128(77);
    assert!(staff::add(&mut tx, db.store.vault(), &her, handle, None, NOON).await.unwrap());
    tx
}

/// Ends a claim that was just opened.
async fn refused(tx: &mut Tx, claim: &HeirClaim) -> HeirClaim {
    let over = HeirClaim { stage: Stage::Refused, closed_at: Some(NOON), ..claim.clone() };
    assert!(claims::advance(tx, &over, claim.stage).await.unwrap());
    over
}

async fn a_death_has_one_open_claim(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let first = claim(1);
    assert!(claims::add(&mut tx, vault, &first, &code('A')).await.unwrap());
    assert!(!claims::add(&mut tx, vault, &claim(2), &code('B')).await.unwrap());
    assert_eq!(claims::get(&mut tx, vault, first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(claims::locked(&mut tx, vault, first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(claims::open_of(&mut tx, vault, person().id).await.unwrap(), Some(first.clone()));
    assert_eq!(claims::open(&mut tx, vault, 10).await.unwrap(), std::slice::from_ref(&first));
    assert!(claims::is_said_to_be_dead(&mut tx, person().id).await.unwrap());
    refused(&mut tx, &first).await;
    assert!(!claims::is_said_to_be_dead(&mut tx, person().id).await.unwrap());
    assert_eq!(claims::open_of(&mut tx, vault, person().id).await.unwrap(), None);
    assert_eq!(claims::open(&mut tx, vault, 10).await.unwrap(), []);
    let taken = HeirClaim { reference: first.reference.clone(), ..claim(3) };
    assert!(!claims::add(&mut tx, vault, &taken, &code('C')).await.unwrap(), "one name, one claim");
    assert!(claims::add(&mut tx, vault, &claim(4), &code('D')).await.unwrap());
}

async fn a_claim_is_followed_by_the_code_it_has_now(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let mine = claim(1);
    assert!(claims::add(&mut tx, vault, &mine, &code('A')).await.unwrap());
    let found = claims::followed(&mut tx, vault, &mine.reference, &code('A')).await.unwrap();
    assert_eq!(found.as_ref(), Some(&mine));
    let wrong = claims::followed(&mut tx, vault, &mine.reference, &code('B')).await.unwrap();
    assert_eq!(wrong, None);
    let other = claim(2).reference;
    assert_eq!(claims::followed(&mut tx, vault, &other, &code('A')).await.unwrap(), None);
    assert!(claims::renew(&mut tx, vault, &mine, &code('C')).await.unwrap());
    let old = claims::followed(&mut tx, vault, &mine.reference, &code('A')).await.unwrap();
    assert_eq!(old, None, "the code on the old paper is dead");
    let over = refused(&mut tx, &mine).await;
    assert!(!claims::renew(&mut tx, vault, &mine, &code('D')).await.unwrap());
    let found = claims::followed(&mut tx, vault, &mine.reference, &code('C')).await.unwrap();
    assert_eq!(found, Some(over), "the end can still be read");
}

async fn a_step_of_an_heirs_claim_is_taken_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let opened = claim(1);
    assert!(claims::add(&mut tx, vault, &opened, &code('A')).await.unwrap());
    let complete = HeirClaim {
        stage: Stage::Complete,
        completed_by: Some(OFFICER),
        complete_at: Some(NOON),
        ..opened
    };
    assert!(claims::advance(&mut tx, &complete, Stage::Opened).await.unwrap());
    assert!(!claims::advance(&mut tx, &complete, Stage::Opened).await.unwrap());
    let approved = HeirClaim {
        stage: Stage::Approved,
        approved_by: Some(OFFICER),
        approved_at: Some(NOON),
        ..complete
    };
    assert!(claims::advance(&mut tx, &approved, Stage::Complete).await.unwrap());
    let paid = HeirClaim {
        stage: Stage::Paid,
        closed_at: Some(NOON),
        paid: Some(Rupiah::new(42_000_000)),
        ..approved
    };
    assert!(claims::advance(&mut tx, &paid, Stage::Approved).await.unwrap());
    assert_eq!(claims::get(&mut tx, vault, paid.id).await.unwrap(), Some(paid));
    assert!(claims::is_said_to_be_dead(&mut tx, person().id).await.unwrap());
}

async fn a_part_is_paid_once_whoever_claims_it(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let first = claim(1);
    assert!(claims::add(&mut tx, vault, &first, &code('A')).await.unwrap());
    let funeral = (Part::Funeral, Rupiah::new(10_000_000));
    assert!(claims::pay(&mut tx, &first, funeral, NOON).await.unwrap());
    assert!(!claims::pay(&mut tx, &first, funeral, NOON).await.unwrap());
    refused(&mut tx, &first).await;
    let second = claim(2);
    assert!(claims::add(&mut tx, vault, &second, &code('B')).await.unwrap());
    assert!(!claims::pay(&mut tx, &second, funeral, NOON).await.unwrap());
    let lump_sum = (Part::LumpSum, Rupiah::new(20_000_000));
    assert!(claims::pay(&mut tx, &second, lump_sum, NOON).await.unwrap());
    let paid = claims::paid(&mut tx, person().id).await.unwrap();
    assert_eq!(paid, [funeral, lump_sum]);
}

async fn l16_a_document_of_an_heir_is_sealed_and_kept_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let mine = claim(1);
    assert!(claims::add(&mut tx, vault, &mine, &code('A')).await.unwrap());
    let content = Clean { kind: FileKind::Pdf, bytes: b"pages".to_vec() };
    let document = |number| Document {
        id: DocumentId(Uuid::from_u128(number)),
        slot: "death-certificate".to_owned(),
        kind: FileKind::Pdf,
        size: 5,
        added_at: NOON,
    };
    let first = document(1);
    assert!(claims::add_document(&mut tx, vault, &mine, &first, &content).await.unwrap());
    assert!(!claims::add_document(&mut tx, vault, &mine, &document(2), &content).await.unwrap());
    assert_eq!(claims::documents(&mut tx, &mine).await.unwrap(), std::slice::from_ref(&first));
    let read = claims::content(&mut tx, vault, &mine, first.id).await.unwrap();
    assert_eq!(read.as_deref(), Some(&b"pages"[..]));
    let elsewhere = claims::content(&mut tx, vault, &claim(2), first.id).await.unwrap();
    assert_eq!(elsewhere, None);
}

async fn what_happened_to_an_heirs_claim_is_told_in_order(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let mine = claim(1);
    assert!(claims::add(&mut tx, vault, &mine, &code('A')).await.unwrap());
    let opened = Happened {
        id: Uuid::from_u128(2),
        at: NOON,
        step: Step::Open,
        officer: Some("lestari".to_owned()),
        words: "Istri datang membawa akta kematian".to_owned(),
    };
    let objected = Happened {
        id: Uuid::from_u128(1),
        at: NOON.plus(Duration::from_secs(1)),
        step: Step::Object,
        officer: None,
        words: String::new(),
    };
    claims::add_event(&mut tx, vault, &mine, None, &objected).await.unwrap();
    claims::add_event(&mut tx, vault, &mine, Some(OFFICER), &opened).await.unwrap();
    assert_eq!(claims::events(&mut tx, vault, &mine).await.unwrap(), [opened, objected]);
}
