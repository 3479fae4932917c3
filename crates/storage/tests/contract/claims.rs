//! Claims, their papers, and what happened to them.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::claims::bank::Bank;
use payung_domain::claims::files::{Clean, FileKind};
use payung_domain::claims::{
    Claim, ClaimReference, Document, Happened, Kind, OTHER_DOCUMENT, Stage, Step,
};
use payung_domain::ids::{ClaimId, DocumentId, StaffId};
use payung_domain::money::Rupiah;
use payung_domain::staff::{Officer, Role, Staff};
use payung_storage::{Tx, claims, staff};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::membership::{person, with_person};

on_each_engine!(
    an_account_has_one_open_claim_of_a_kind,
    answers_are_kept_while_the_claim_is_in_the_same_stage,
    a_step_is_taken_once,
    l16_a_document_is_sealed_and_kept_once,
    what_happened_is_told_in_order,
    claims_that_wait_are_listed_by_their_clock,
    drafts_are_dropped_and_nothing_else,
);

fn claim(number: u128, kind: Kind) -> Claim {
    Claim {
        id: ClaimId(Uuid::from_u128(number)),
        reference: ClaimReference::parse(&format!("KLM-0000-{number:04}")).unwrap(),
        account: account(1).id,
        person: person().id,
        kind,
        stage: Stage::Draft,
        event_on: None,
        has_tax_number: false,
        bank: None,
        began_at: NOON,
        complete_at: None,
        closed_at: None,
        taken_by: None,
        proposed_by: None,
        paid: None,
    }
}

/// An account, and an officer.
async fn ready(db: &TestStore) -> Tx {
    let mut tx = with_person(db).await;
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
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

const OFFICER: StaffId = StaffId(Uuid::from_u128(7));

/// The claim after one more step.
async fn advanced(tx: &mut Tx, before: &Claim, stage: Stage) -> Claim {
    let after = Claim { stage, complete_at: Some(NOON), ..before.clone() };
    assert!(claims::advance(tx, &after, before.stage).await.unwrap());
    after
}

async fn an_account_has_one_open_claim_of_a_kind(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let first = claim(1, Kind::JhtAge);
    assert!(claims::add(&mut tx, &first).await.unwrap());
    assert!(!claims::add(&mut tx, &claim(2, Kind::JhtAge)).await.unwrap());
    assert!(claims::add(&mut tx, &claim(3, Kind::JhtHome)).await.unwrap());
    let taken = Claim { reference: first.reference.clone(), ..claim(4, Kind::Jp) };
    assert!(!claims::add(&mut tx, &taken).await.unwrap(), "a reference names one claim");
    assert_eq!(claims::get(&mut tx, vault, first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(claims::locked(&mut tx, vault, first.id).await.unwrap(), Some(first.clone()));
    let nobodys = ClaimId(Uuid::from_u128(99));
    assert_eq!(claims::get(&mut tx, vault, nobodys).await.unwrap(), None);
    let over = Claim { stage: Stage::Withdrawn, closed_at: Some(NOON), ..first.clone() };
    assert!(claims::advance(&mut tx, &over, Stage::Draft).await.unwrap());
    let later = NOON.plus(Duration::from_secs(1));
    let again = Claim { began_at: later, ..claim(5, Kind::JhtAge) };
    assert!(claims::add(&mut tx, &again).await.unwrap(), "one that is over is no obstacle");
    let all = claims::of_account(&mut tx, vault, account(1).id).await.unwrap();
    let ids: Vec<u128> = all.iter().map(|one| one.id.0.as_u128()).collect();
    assert_eq!(ids, [5, 3, 1]);
    assert_eq!(claims::of_account(&mut tx, vault, account(2).id).await.unwrap(), []);
}

async fn answers_are_kept_while_the_claim_is_in_the_same_stage(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let draft = claim(1, Kind::JhtResigned);
    assert!(claims::add(&mut tx, &draft).await.unwrap());
    let bank = Bank {
        bank: "Bank Contoh".to_owned(),
        number: "1234567890".to_owned(),
        owner: "Siti Contoh".to_owned(),
    };
    let answered = Claim {
        event_on: Some(date(2026, 7, 1)),
        has_tax_number: true,
        bank: Some((bank, NOON)),
        ..draft
    };
    assert!(claims::answer(&mut tx, vault, &answered).await.unwrap());
    let kept = claims::get(&mut tx, vault, answered.id).await.unwrap();
    assert_eq!(kept.as_ref(), Some(&answered));
    let sent = advanced(&mut tx, &answered, Stage::Sent).await;
    assert!(!claims::answer(&mut tx, vault, &answered).await.unwrap(), "it was sent");
    assert_eq!(claims::get(&mut tx, vault, sent.id).await.unwrap(), Some(sent));
}

async fn a_step_is_taken_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let draft = claim(1, Kind::JhtAge);
    assert!(claims::add(&mut tx, &draft).await.unwrap());
    let sent = advanced(&mut tx, &draft, Stage::Sent).await;
    assert!(!claims::advance(&mut tx, &sent, Stage::Draft).await.unwrap());
    let approved = Claim {
        stage: Stage::Approved,
        taken_by: Some(OFFICER),
        proposed_by: Some(OFFICER),
        ..sent.clone()
    };
    assert!(claims::advance(&mut tx, &approved, Stage::Sent).await.unwrap());
    let paid = Claim {
        stage: Stage::Paid,
        closed_at: Some(NOON),
        paid: Some((Rupiah::new(80_000_000), Rupiah::new(1_500_000))),
        ..approved
    };
    assert!(claims::advance(&mut tx, &paid, Stage::Approved).await.unwrap());
    assert!(!claims::advance(&mut tx, &paid, Stage::Approved).await.unwrap());
    assert_eq!(claims::get(&mut tx, vault, paid.id).await.unwrap(), Some(paid));
}

fn document(number: u128, slot: &str) -> Document {
    Document {
        id: DocumentId(Uuid::from_u128(number)),
        slot: slot.to_owned(),
        kind: FileKind::Pdf,
        size: 5,
        added_at: NOON,
    }
}

async fn l16_a_document_is_sealed_and_kept_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let (mine, other) = (claim(1, Kind::JhtResigned), claim(2, Kind::JhtHome));
    for one in [&mine, &other] {
        assert!(claims::add(&mut tx, one).await.unwrap());
    }
    let content = Clean { kind: FileKind::Pdf, bytes: b"pages".to_vec() };
    let first = document(1, "resignation-statement");
    assert!(claims::add_document(&mut tx, vault, &mine, &first, &content).await.unwrap());
    let again = document(2, "resignation-statement");
    assert!(!claims::add_document(&mut tx, vault, &mine, &again, &content).await.unwrap());
    let elsewhere = document(3, OTHER_DOCUMENT);
    assert!(claims::add_document(&mut tx, vault, &mine, &elsewhere, &content).await.unwrap());
    let listed = claims::documents(&mut tx, &mine).await.unwrap();
    assert_eq!(listed, [first.clone(), elsewhere.clone()]);
    let read = claims::content(&mut tx, vault, &mine, first.id).await.unwrap();
    assert_eq!(read.as_deref(), Some(&b"pages"[..]));
    assert_eq!(claims::content(&mut tx, vault, &other, first.id).await.unwrap(), None);
    assert!(!claims::remove_document(&mut tx, &other, first.id).await.unwrap());
    assert!(claims::remove_document(&mut tx, &mine, first.id).await.unwrap());
    assert_eq!(claims::documents(&mut tx, &mine).await.unwrap(), [elsewhere]);
}

async fn what_happened_is_told_in_order(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let mine = claim(1, Kind::JhtAge);
    assert!(claims::add(&mut tx, &mine).await.unwrap());
    let sent = Happened {
        id: Uuid::from_u128(2),
        at: NOON,
        step: Step::Send,
        officer: None,
        words: String::new(),
    };
    let asked = Happened {
        id: Uuid::from_u128(1),
        at: NOON.plus(Duration::from_secs(1)),
        step: Step::Ask,
        officer: Some("lestari".to_owned()),
        words: "Kartu keluarga belum terbaca".to_owned(),
    };
    claims::add_event(&mut tx, vault, &mine, Some(OFFICER), &asked).await.unwrap();
    claims::add_event(&mut tx, vault, &mine, None, &sent).await.unwrap();
    assert_eq!(claims::events(&mut tx, vault, &mine).await.unwrap(), [sent, asked]);
    assert_eq!(claims::events(&mut tx, vault, &claim(2, Kind::Jp)).await.unwrap(), []);
}

async fn claims_that_wait_are_listed_by_their_clock(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    for (number, kind) in [(1, Kind::JhtAge), (2, Kind::JhtHome), (3, Kind::Jp), (4, Kind::Jkk)] {
        assert!(claims::add(&mut tx, &claim(number, kind)).await.unwrap());
    }
    let moved = |number, kind, stage: Stage, seconds| Claim {
        stage,
        complete_at: Some(NOON.plus(Duration::from_secs(seconds))),
        closed_at: stage.is_over().then_some(NOON),
        ..claim(number, kind)
    };
    let younger = moved(1, Kind::JhtAge, Stage::Sent, 20);
    let older = moved(2, Kind::JhtHome, Stage::InReview, 10);
    let over = moved(3, Kind::Jp, Stage::Granted, 5);
    for one in [&younger, &older, &over] {
        assert!(claims::advance(&mut tx, one, Stage::Draft).await.unwrap());
    }
    let waiting = claims::waiting(&mut tx, vault, 10).await.unwrap();
    assert_eq!(waiting, [older.clone(), younger]);
    assert_eq!(claims::waiting(&mut tx, vault, 1).await.unwrap(), [older]);
}

async fn drafts_are_dropped_and_nothing_else(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = ready(&db).await;
    let (draft, sent) = (claim(1, Kind::JhtAge), claim(2, Kind::JhtHome));
    let content = Clean { kind: FileKind::Pdf, bytes: b"pages".to_vec() };
    for (number, one) in [(1, &draft), (2, &sent)] {
        assert!(claims::add(&mut tx, one).await.unwrap());
        let paper = document(number, OTHER_DOCUMENT);
        assert!(claims::add_document(&mut tx, vault, one, &paper, &content).await.unwrap());
        let begun = Happened {
            id: Uuid::from_u128(number),
            at: NOON,
            step: Step::Begin,
            officer: None,
            words: String::new(),
        };
        claims::add_event(&mut tx, vault, one, None, &begun).await.unwrap();
    }
    advanced(&mut tx, &sent, Stage::Sent).await;
    assert_eq!(claims::forget_drafts_before(&mut tx, NOON).await.unwrap(), 0);
    let later = NOON.plus(Duration::from_secs(1));
    assert_eq!(claims::forget_drafts_before(&mut tx, later).await.unwrap(), 1);
    assert_eq!(claims::get(&mut tx, vault, draft.id).await.unwrap(), None);
    assert_eq!(claims::documents(&mut tx, &draft).await.unwrap(), []);
    assert_eq!(claims::documents(&mut tx, &sent).await.unwrap().len(), 1);
}
