//! Cases: opened once, found by their number, listed by what is due, changed at the version that was
//! seen, with a timeline and notes that were begun.

use std::time::Duration;

use payung_domain::corrections::CorrectionReference;
use payung_domain::ids::{AccountId, CaseId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::cases::{
    Case, CaseReference, Closing, DRAFT_LIFE, Entry, Kind, Linked, Standing, State, What, Whose,
};
use payung_domain::staff::{Officer, Role, Staff};
use payung_domain::time::Instant;
use payung_storage::staff::cases::{self, Wanted};
use payung_storage::{Store, Tx, accounts, staff};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine, people};
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    a_case_is_found_by_its_number_as_it_was_opened,
    a_line_of_activity_has_one_case_and_its_member_finds_it,
    whose_a_case_is_follows_from_the_account,
    the_case_of_a_correction_is_found_by_it,
    l7_a_case_that_ends_while_it_is_taken_is_over,
    a_case_is_changed_at_the_version_that_was_seen,
    the_queue_is_what_is_due_first_page_by_page,
    the_queue_is_filtered_by_kind_standing_owner_and_age,
    n02_the_timeline_keeps_its_order_and_its_words,
    a_note_that_was_begun_is_kept_for_its_officer_and_for_a_while,
);

fn officer(number: u128) -> StaffId {
    StaffId(Uuid::from_u128(number))
}

async fn add_officer(tx: &mut Tx, store: &Store, number: u128) -> StaffId {
    let staff = Staff {
        id: officer(number),
        name: Officer::parse(&format!("officer-{number}")).unwrap(),
        role: Role::Helpdesk,
        disabled_at: None,
    };
    let handle = Uuid::from_u128(1_000 + number);
    assert!(staff::add(tx, store.vault(), &staff, handle, None, NOON).await.unwrap());
    staff.id
}

fn case(number: u128) -> Case {
    // Eight of our letters, another for each number.
    let letters =
        char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[usize::try_from(number % 32).unwrap()]);
    Case {
        id: CaseId(Uuid::from_u128(number)),
        reference: CaseReference::parse(&letters.to_string().repeat(8)).unwrap(),
        kind: Kind::Question,
        account: None,
        person: None,
        about: None,
        linked: Linked::Nothing,
        opened_at: NOON,
        due_at: NOON.plus(Duration::from_hours(u64::try_from(number).unwrap())),
        state: State::Open,
        version: 1,
    }
}

/// One case that nobody has, and somebody who could take it.
pub(crate) async fn kept(store: &Store) -> (Case, StaffId) {
    let mut tx = store.write().await.unwrap();
    let officer = add_officer(&mut tx, store, 1).await;
    assert!(cases::add(&mut tx, &case(1)).await.unwrap());
    tx.commit().await.unwrap();
    (case(1), officer)
}

async fn a_case_is_found_by_its_number_as_it_was_opened(db: TestStore) {
    let (case, _) = kept(&db.store).await;
    let mut tx = db.store.write().await.unwrap();
    assert_eq!(cases::referred(&mut tx, &case.reference).await.unwrap(), Some(case.clone()));
    let nobodys = CaseReference::parse("77777777").unwrap();
    assert_eq!(cases::referred(&mut tx, &nobodys).await.unwrap(), None);
    let again = Case { id: CaseId(Uuid::from_u128(50)), ..case };
    assert!(!cases::add(&mut tx, &again).await.unwrap(), "the number is taken");
}

fn line() -> Mark {
    Mark { at: NOON, id: Uuid::from_u128(3) }
}

async fn a_line_of_activity_has_one_case_and_its_member_finds_it(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let mut tx = bench.store.store.write().await.unwrap();
    let contested = |number| Case {
        kind: Kind::Contested,
        account: Some(siti.id),
        linked: Linked::Activity(line()),
        ..case(number)
    };
    assert_eq!(cases::contesting(&mut tx, siti.id, line()).await.unwrap(), None);
    assert!(cases::add(&mut tx, &contested(1)).await.unwrap());
    assert!(!cases::add(&mut tx, &contested(2)).await.unwrap(), "one case for a line");
    let found = cases::contesting(&mut tx, siti.id, line()).await.unwrap().unwrap();
    assert_eq!(found.reference, case(1).reference);
    let linked = cases::linked_to(&mut tx, &Linked::Activity(line())).await.unwrap();
    assert_eq!(linked, Some(found));
    assert_eq!(cases::linked_to(&mut tx, &Linked::Nothing).await.unwrap(), None);
    let another = AccountId(Uuid::from_u128(4));
    assert_eq!(cases::contesting(&mut tx, another, line()).await.unwrap(), None);
}

async fn whose_a_case_is_follows_from_the_account(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let mut tx = bench.store.store.write().await.unwrap();
    let person = accounts::get(&mut tx, siti.id).await.unwrap().unwrap().person;
    let of_siti = Case { account: Some(siti.id), ..case(1) };
    assert!(cases::add(&mut tx, &of_siti).await.unwrap());
    let visitor = Case { person: Some(person), opened_at: NOON.plus(DRAFT_LIFE), ..case(2) };
    assert!(cases::add(&mut tx, &visitor).await.unwrap());
    assert!(cases::add(&mut tx, &case(3)).await.unwrap());
    let found = cases::of_person(&mut tx, person, 10).await.unwrap();
    assert_eq!(found, [visitor, Case { person: Some(person), ..of_siti }]);
    assert_eq!(cases::of_person(&mut tx, person, 1).await.unwrap().len(), 1);
}

async fn a_case_is_changed_at_the_version_that_was_seen(db: TestStore) {
    let (mut case, officer) = kept(&db.store).await;
    let mut tx = db.store.write().await.unwrap();
    assert!(!cases::take(&mut tx, case.id, officer, 2).await.unwrap(), "another version");
    assert!(cases::take(&mut tx, case.id, officer, 1).await.unwrap());
    assert!(!cases::take(&mut tx, case.id, officer, 2).await.unwrap(), "somebody has it");
    (case.state, case.version) = (State::Taken(officer), 2);
    assert_eq!(cases::referred(&mut tx, &case.reference).await.unwrap(), Some(case.clone()));
    (case.state, case.version) = (State::Waiting(officer), 3);
    assert!(!cases::change(&mut tx, &case, 1).await.unwrap(), "somebody was faster");
    assert!(cases::change(&mut tx, &case, 2).await.unwrap());
    case.state = State::Closed { by: Some(officer), outcome: Closing::Helped, at: NOON };
    case.version = 4;
    assert!(cases::change(&mut tx, &case, 3).await.unwrap());
    assert_eq!(cases::referred(&mut tx, &case.reference).await.unwrap(), Some(case.clone()));
    let opened = Case { state: State::Open, version: 5, ..case };
    assert!(!cases::change(&mut tx, &opened, 4).await.unwrap(), "over is over");
}

/// The case that a correction is.
fn of_correction() -> Case {
    let reference = CorrectionReference::parse("KOR-7F3K-29QD").unwrap();
    Case { kind: Kind::Correction, linked: Linked::Correction(reference), ..case(1) }
}

async fn the_case_of_a_correction_is_found_by_it(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let ours = of_correction();
    assert!(cases::add(&mut tx, &ours).await.unwrap());
    assert_eq!(cases::linked_to(&mut tx, &ours.linked).await.unwrap(), Some(ours.clone()));
    assert_eq!(cases::referred(&mut tx, &ours.reference).await.unwrap(), Some(ours));
    let other = CorrectionReference::parse("KOR-0000-0000").map(Linked::Correction).unwrap();
    assert_eq!(cases::linked_to(&mut tx, &other).await.unwrap(), None);
}

/// Ends the case of the correction, as its decision does.
async fn ends(store: Store) {
    let mut tx = store.write().await.unwrap();
    let found = cases::linked_to(&mut tx, &of_correction().linked).await.unwrap();
    let mut case = found.unwrap();
    let seen = case.version;
    case.end(Closing::Corrected, NOON).unwrap();
    assert!(cases::change(&mut tx, &case, seen).await.unwrap(), "nobody came in between");
    tx.commit().await.unwrap();
}

/// Takes the case, if it is there to be taken.
async fn takes(store: Store, officer: StaffId) {
    let mut tx = store.write().await.unwrap();
    cases::take(&mut tx, of_correction().id, officer, 1).await.unwrap();
    tx.commit().await.unwrap();
}

async fn l7_a_case_that_ends_while_it_is_taken_is_over(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let officer = add_officer(&mut tx, &db.store, 1).await;
    assert!(cases::add(&mut tx, &of_correction()).await.unwrap());
    tx.commit().await.unwrap();
    let takers = (0..32).map(|_| tokio::spawn(takes(db.store.clone(), officer)));
    let tasks: Vec<_> = takers.chain([tokio::spawn(ends(db.store.clone()))]).collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut tx = db.store.read().await.unwrap();
    let found = cases::referred(&mut tx, &of_correction().reference).await.unwrap();
    assert_eq!(found.unwrap().state.standing(), Standing::Closed);
}

fn wanted(staff: StaffId) -> Wanted {
    let end = Instant::from_micros(i64::MAX);
    Wanted {
        staff,
        whose: None,
        kind: None,
        standing: None,
        opened_until: end,
        due_until: end,
        after: None,
    }
}

fn numbers(found: &[Case]) -> Vec<u128> {
    found.iter().map(|case| case.id.0.as_u128()).collect()
}

async fn the_queue_is_what_is_due_first_page_by_page(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for number in [3, 1, 2] {
        assert!(cases::add(&mut tx, &case(number)).await.unwrap());
    }
    let all = wanted(officer(1));
    let first = cases::queue(&mut tx, &all, 2).await.unwrap();
    assert_eq!(numbers(&first), [1, 2]);
    let after = first.last().map(|case| Mark { at: case.due_at, id: case.id.0 });
    let rest = cases::queue(&mut tx, &Wanted { after, ..all }, 2).await.unwrap();
    assert_eq!(numbers(&rest), [3]);
}

async fn the_queue_is_filtered_by_kind_standing_owner_and_age(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let me = add_officer(&mut tx, &db.store, 1).await;
    let colleague = add_officer(&mut tx, &db.store, 2).await;
    for number in 1..=4 {
        let kind = if number == 4 { Kind::Correction } else { Kind::Question };
        assert!(cases::add(&mut tx, &Case { kind, ..case(number) }).await.unwrap());
    }
    assert!(cases::take(&mut tx, case(1).id, me, 1).await.unwrap());
    assert!(cases::take(&mut tx, case(2).id, colleague, 1).await.unwrap());
    let state = State::Closed { by: None, outcome: Closing::Withdrawn, at: NOON };
    let closed = Case { state, version: 2, ..case(3) };
    assert!(cases::change(&mut tx, &closed, 1).await.unwrap());
    let all = wanted(me);
    let whose = |whose| Wanted { whose: Some(whose), ..all.clone() };
    let standing = |standing| Wanted { standing: Some(standing), ..all.clone() };
    let kind = Wanted { kind: Some(Kind::Correction), ..all.clone() };
    let due = Wanted { due_until: case(1).due_at, ..all.clone() };
    let opened = Wanted { opened_until: NOON.minus(Duration::from_secs(1)), ..all.clone() };
    for (wanted, expected) in [
        (all.clone(), vec![1, 2, 4]),
        (whose(Whose::Own), vec![1]),
        (whose(Whose::Team), vec![2]),
        (whose(Whose::Nobody), vec![4]),
        (standing(Standing::Taken), vec![1, 2]),
        (standing(Standing::Open), vec![4]),
        (standing(Standing::Closed), vec![3]),
        (kind, vec![4]),
        (due, vec![1]),
        (opened, vec![]),
    ] {
        let found = cases::queue(&mut tx, &wanted, 10).await.unwrap();
        assert_eq!(numbers(&found), expected, "{wanted:?}");
    }
}

async fn n02_the_timeline_keeps_its_order_and_its_words(db: TestStore) {
    let (case, _) = kept(&db.store).await;
    let mut tx = db.store.write().await.unwrap();
    let opened = Entry::opened(Uuid::from_u128(9), NOON, "", "who was that?");
    let noted = Entry {
        mark: Mark { at: NOON, id: Uuid::from_u128(1) },
        what: What::Noted,
        author: "lestari".to_owned(),
        detail: String::new(),
        version: 2,
        text: "asked Bayu".to_owned(),
    };
    for entry in [&noted, &opened] {
        cases::add_entry(&mut tx, db.store.vault(), case.id, entry).await.unwrap();
    }
    let found = cases::entries(&mut tx, db.store.vault(), case.id).await.unwrap();
    assert_eq!(found, [opened, noted]);
    let another = CaseId(Uuid::from_u128(8));
    assert!(cases::entries(&mut tx, db.store.vault(), another).await.unwrap().is_empty());
}

async fn a_note_that_was_begun_is_kept_for_its_officer_and_for_a_while(db: TestStore) {
    let (case, me) = kept(&db.store).await;
    let (mut tx, vault) = (db.store.write().await.unwrap(), db.store.vault());
    let (mine, until) = ((case.id, me), NOON.plus(DRAFT_LIFE));
    assert_eq!(cases::draft(&mut tx, vault, mine, NOON).await.unwrap(), None);
    for text in ["half a", "half a note"] {
        cases::keep_draft(&mut tx, vault, mine, text, until).await.unwrap();
    }
    let draft = cases::draft(&mut tx, vault, mine, NOON).await.unwrap();
    assert_eq!(draft.as_deref(), Some("half a note"));
    let other = (case.id, officer(2));
    assert_eq!(cases::draft(&mut tx, vault, other, NOON).await.unwrap(), None);
    assert_eq!(cases::draft(&mut tx, vault, mine, until).await.unwrap(), None, "too old");
    assert_eq!(cases::forget_drafts(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(cases::forget_drafts(&mut tx, until).await.unwrap(), 1);
    cases::keep_draft(&mut tx, vault, mine, "again", until).await.unwrap();
    cases::drop_draft(&mut tx, case.id, me).await.unwrap();
    assert_eq!(cases::draft(&mut tx, vault, mine, NOON).await.unwrap(), None);
}
