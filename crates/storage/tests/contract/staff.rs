//! Staff of the desk: who they are, their sessions, what they looked at, and what is written down.

use std::slice;
use std::time::Duration;

use payung_domain::ids::{AccountId, LookId, PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{About, Act, Entry, Outcome, Wanted};
use payung_domain::staff::looks::{Field, Reason, Why};
use payung_domain::staff::source::{Origin, SessionMark, Source};
use payung_domain::staff::{LIFE, Officer, Role, Staff};
use payung_domain::time::Instant;
use payung_storage::staff::looks::{Look, View};
use payung_storage::staff::passkeys::Kept;
use payung_storage::staff::{self, audit, looks, passkeys, sessions};
use payung_storage::{Store, Tx, accounts, members};
use payung_testkit::Bench;
use payung_testkit::on_each_engine;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::races::winners;

on_each_engine!(
    staff_are_found_by_id_by_name_and_by_what_passkeys_know,
    p02_somebody_is_shut_out_once_and_let_in_once,
    an_invitation_lets_in_once_and_a_newer_one_replaces_it,
    a_staff_passkey_is_somebodys_and_nobody_elses,
    h02_a_staff_session_goes_on_under_another_token,
    p05_a_look_is_kept_with_its_reason_and_its_fields,
    p05_nobody_looks_at_the_own_record,
    m07_a_member_reads_who_looked_and_why,
    m03_what_was_done_is_listed_by_officer_act_and_outcome,
    l7_of_64_at_once_one_uses_the_invitation,
    l7_of_64_at_once_one_proves_the_staff_session,
);

fn lestari() -> Staff {
    Staff {
        id: StaffId(Uuid::from_u128(1)),
        name: Officer::parse("lestari").unwrap(),
        role: Role::Helpdesk,
        disabled_at: None,
    }
}

const HANDLE: Uuid = Uuid::from_u128(77);

async fn with_lestari(store: &Store) -> Tx {
    let mut tx = store.write().await.unwrap();
    let (vault, staff) = (store.vault(), lestari());
    assert!(staff::add(&mut tx, vault, &staff, HANDLE, None, NOON).await.unwrap());
    tx
}

async fn staff_are_found_by_id_by_name_and_by_what_passkeys_know(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let her = lestari();
    let again = Staff { id: StaffId(Uuid::from_u128(2)), ..lestari() };
    let other = Uuid::from_u128(78);
    assert!(!staff::add(&mut tx, db.store.vault(), &again, other, None, NOON).await.unwrap());
    assert_eq!(staff::get(&mut tx, her.id).await.unwrap(), Some(her.clone()));
    assert_eq!(staff::locked(&mut tx, her.id).await.unwrap(), Some(her.clone()));
    assert_eq!(staff::named(&mut tx, &her.name).await.unwrap(), Some(her.clone()));
    assert_eq!(staff::owner(&mut tx, HANDLE).await.unwrap(), Some(her.id));
    assert_eq!(staff::handle(&mut tx, her.id).await.unwrap(), Some(HANDLE));
    assert_eq!(staff::list(&mut tx).await.unwrap(), [her]);
    assert_eq!(staff::get(&mut tx, again.id).await.unwrap(), None);
    assert_eq!(staff::owner(&mut tx, other).await.unwrap(), None);
}

async fn p02_somebody_is_shut_out_once_and_let_in_once(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let id = lestari().id;
    assert!(staff::disable(&mut tx, id, Some(NOON)).await.unwrap());
    assert!(!staff::disable(&mut tx, id, Some(NOON)).await.unwrap());
    assert_eq!(staff::get(&mut tx, id).await.unwrap().unwrap().disabled_at, Some(NOON));
    assert!(staff::disable(&mut tx, id, None).await.unwrap());
    assert!(!staff::disable(&mut tx, id, None).await.unwrap());
}

async fn an_invitation_lets_in_once_and_a_newer_one_replaces_it(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let (id, end) = (lestari().id, NOON.plus(Duration::from_hours(24)));
    staff::invite(&mut tx, &[1; 32], id, end).await.unwrap();
    staff::invite(&mut tx, &[2; 32], id, end).await.unwrap();
    assert_eq!(staff::invitation(&mut tx, &[1; 32]).await.unwrap(), None);
    assert!(!staff::use_invitation(&mut tx, &[1; 32], NOON).await.unwrap());
    assert!(!staff::use_invitation(&mut tx, &[2; 32], end).await.unwrap(), "too late");
    assert!(staff::use_invitation(&mut tx, &[2; 32], NOON).await.unwrap());
    assert!(!staff::use_invitation(&mut tx, &[2; 32], NOON).await.unwrap(), "used");
    let kept = staff::invitation(&mut tx, &[2; 32]).await.unwrap().unwrap();
    assert_eq!((kept.staff, kept.expires_at, kept.used_at), (id, end, Some(NOON)));
    staff::withdraw_invitations(&mut tx, id).await.unwrap();
    assert_eq!(staff::invitation(&mut tx, &[2; 32]).await.unwrap(), None);
}

async fn a_staff_passkey_is_somebodys_and_nobody_elses(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let vault = db.store.vault();
    let mut kept = Kept {
        staff: lestari().id,
        id: Uuid::from_u128(5),
        credential: b"key".to_vec(),
        added_at: NOON,
    };
    assert!(passkeys::add(&mut tx, vault, b"one", &kept).await.unwrap());
    let another = Kept { id: Uuid::from_u128(6), ..kept.clone() };
    assert!(!passkeys::add(&mut tx, vault, b"one", &another).await.unwrap());
    kept.credential = b"key, used".to_vec();
    passkeys::note_use(&mut tx, vault, &kept, NOON).await.unwrap();
    assert_eq!(passkeys::locked(&mut tx, vault, b"one").await.unwrap(), Some(kept));
    assert_eq!(passkeys::locked(&mut tx, vault, b"two").await.unwrap(), None);
    assert_eq!(passkeys::remove_all(&mut tx, lestari().id).await.unwrap(), 1);
    assert_eq!(passkeys::locked(&mut tx, vault, b"one").await.unwrap(), None);
}

async fn h02_a_staff_session_goes_on_under_another_token(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let (id, later) = (lestari().id, NOON.plus(Duration::from_mins(1)));
    sessions::open(&mut tx, &[1; 32], id, NOON).await.unwrap();
    sessions::touch(&mut tx, &[1; 32], later).await.unwrap();
    assert_eq!(sessions::get(&mut tx, &[1; 32]).await.unwrap().unwrap().seen_at, later);
    assert!(sessions::prove(&mut tx, &[1; 32], &[2; 32], later).await.unwrap());
    assert_eq!(sessions::get(&mut tx, &[1; 32]).await.unwrap(), None);
    let session = sessions::get(&mut tx, &[2; 32]).await.unwrap().unwrap();
    assert_eq!((session.staff, session.created_at, session.proved_at), (id, NOON, later));
    assert!(sessions::end(&mut tx, &[2; 32], later).await.unwrap());
    assert!(!sessions::end(&mut tx, &[2; 32], later).await.unwrap());
    assert!(!sessions::prove(&mut tx, &[2; 32], &[3; 32], later).await.unwrap(), "over");
    sessions::open(&mut tx, &[4; 32], id, NOON).await.unwrap();
    assert_eq!(sessions::end_all(&mut tx, id, later).await.unwrap(), 1);
    assert_eq!(sessions::forget_before(&mut tx, NOON).await.unwrap(), 0);
    assert_eq!(sessions::forget_before(&mut tx, NOON.plus(LIFE)).await.unwrap(), 2);
}

fn reason() -> Reason {
    Reason { why: Why::Call, text: "asks about a missing month".to_owned() }
}

fn look() -> Look {
    Look {
        id: LookId(Uuid::from_u128(9)),
        staff: lestari().id,
        person: PersonId(Uuid::from_u128(3)),
        reason: reason(),
        looked_at: NOON,
        expires_at: NOON.plus(Duration::from_mins(30)),
    }
}

async fn p05_a_look_is_kept_with_its_reason_and_its_fields(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let (vault, look) = (db.store.vault(), look());
    looks::add(&mut tx, vault, &look).await.unwrap();
    assert_eq!(looks::get(&mut tx, vault, look.id).await.unwrap(), Some(look.clone()));
    let of = (look.staff, look.person);
    assert_eq!(looks::latest(&mut tx, vault, of, NOON).await.unwrap(), Some(look.clone()));
    let since = NOON.plus(Duration::from_micros(1));
    assert_eq!(looks::latest(&mut tx, vault, of, since).await.unwrap(), None);
    let nobodys = LookId(Uuid::from_u128(10));
    assert_eq!(looks::get(&mut tx, vault, nobodys).await.unwrap(), None);
    let end = NOON.plus(Duration::from_mins(5));
    looks::unmask(&mut tx, look.id, Field::Nik, NOON).await.unwrap();
    looks::unmask(&mut tx, look.id, Field::Nik, end).await.unwrap();
    assert_eq!(looks::unmasked(&mut tx, look.id, NOON).await.unwrap(), [(Field::Nik, end)]);
    assert!(looks::unmasked(&mut tx, look.id, end).await.unwrap().is_empty());
    assert_eq!(looks::forget_before(&mut tx, look.expires_at).await.unwrap(), 0);
    let later = look.expires_at.plus(Duration::from_micros(1));
    assert_eq!(looks::forget_before(&mut tx, later).await.unwrap(), 1);
}

async fn p05_nobody_looks_at_the_own_record(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    let store = &bench.store.store;
    let mut tx = with_lestari(store).await;
    let account = accounts::get(&mut tx, siti.id).await.unwrap().unwrap();
    let found = members::person(&mut tx, store.vault(), account.person).await.unwrap();
    let (person, _) = found.unwrap();
    assert!(!staff::is_own(&mut tx, lestari().id, person.id).await.unwrap());
    let herself = Staff {
        id: StaffId(Uuid::from_u128(2)),
        name: Officer::parse("siti").unwrap(),
        ..lestari()
    };
    let (vault, handle) = (store.vault(), Uuid::from_u128(78));
    let nik = Some(&person.nik);
    assert!(staff::add(&mut tx, vault, &herself, handle, nik, NOON).await.unwrap());
    assert!(staff::is_own(&mut tx, herself.id, person.id).await.unwrap());
    staff::know_nik(&mut tx, vault, lestari().id, &person.nik).await.unwrap();
    assert!(staff::is_own(&mut tx, lestari().id, person.id).await.unwrap(), "told later");
    assert!(staff::has_twin(&mut tx, lestari().id).await.unwrap());
    assert!(staff::disable(&mut tx, herself.id, Some(NOON)).await.unwrap());
    assert!(!staff::has_twin(&mut tx, lestari().id).await.unwrap(), "the other one is out");
    assert!(staff::has_twin(&mut tx, herself.id).await.unwrap());
}

async fn m07_a_member_reads_who_looked_and_why(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let store = &bench.store.store;
    let mut tx = store.write().await.unwrap();
    let (vault, line) = (store.vault(), Uuid::from_u128(1));
    for (line, field) in [(line, None), (Uuid::from_u128(2), Some(Field::Phone))] {
        let view = View { officer: "lestari".to_owned(), reason: reason(), field };
        looks::note_view(&mut tx, vault, (siti.id, line), &view, NOON).await.unwrap();
        let kept = looks::view(&mut tx, vault, siti.id, line).await.unwrap();
        assert_eq!(kept, Some(view));
    }
    let another = AccountId(Uuid::from_u128(4));
    assert_eq!(looks::view(&mut tx, vault, another, line).await.unwrap(), None);
    assert_eq!(looks::forget_views_before(&mut tx, NOON).await.unwrap(), 0);
    let later = NOON.plus(Duration::from_micros(1));
    assert_eq!(looks::forget_views_before(&mut tx, later).await.unwrap(), 2);
}

fn at_the_desk() -> Source {
    let session = Some(SessionMark::of(&[0xa7; 32]));
    Source::Desk { network: "203.0.113.*".to_owned(), session }
}

pub(crate) fn entry(number: u128, act: Act, outcome: Outcome) -> Entry {
    let at = NOON.plus(Duration::from_secs(u64::try_from(number).unwrap()));
    Entry {
        mark: Mark { at, id: Uuid::from_u128(number) },
        staff: Some(lestari().id),
        officer: "lestari".to_owned(),
        role: "helpdesk".to_owned(),
        source: at_the_desk(),
        act,
        outcome,
        person: None,
        detail: "nik".to_owned(),
        reason: "asks about a missing month".to_owned(),
    }
}

fn all() -> Wanted {
    Wanted {
        officer: None,
        act: None,
        outcome: None,
        about: None,
        origin: None,
        network: None,
        session: None,
        from: NOON,
        until: Instant::from_micros(i64::MAX),
        before: None,
    }
}

async fn m03_what_was_done_is_listed_by_officer_act_and_outcome(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let vault = db.store.vault();
    let found = entry(1, Act::LookedUp, Outcome::Done);
    let nobody = entry(2, Act::LookedUp, Outcome::Nothing);
    let by_line = Entry {
        staff: None,
        officer: "command-line".to_owned(),
        role: String::new(),
        source: Source::CommandLine,
        person: Some(PersonId(Uuid::from_u128(3))),
        ..entry(3, Act::Invited, Outcome::Done)
    };
    for entry in [&found, &nobody, &by_line] {
        audit::add(&mut tx, vault, entry).await.unwrap();
    }
    let newest_first = [by_line.clone(), nobody.clone(), found.clone()];
    assert_eq!(audit::list(&mut tx, vault, &all(), 9).await.unwrap(), newest_first);
    let older = Wanted { before: Some(nobody.mark), ..all() };
    assert_eq!(audit::list(&mut tx, vault, &older, 9).await.unwrap(), slice::from_ref(&found));
    let hers = Wanted { officer: Some("lestari".to_owned()), ..all() };
    assert_eq!(audit::list(&mut tx, vault, &hers, 1).await.unwrap(), slice::from_ref(&nobody));
    let looked = Wanted { act: Some(Act::LookedUp), outcome: Some(Outcome::Done), ..all() };
    assert_eq!(audit::list(&mut tx, vault, &looked, 9).await.unwrap(), [found]);
    let about = About::parse("00000000000000000000000000000003");
    let whose = Wanted { about, ..all() };
    assert_eq!(audit::list(&mut tx, vault, &whose, 9).await.unwrap(), slice::from_ref(&by_line));
    let others = Wanted { about: About::parse("00000001"), ..all() };
    assert!(audit::list(&mut tx, vault, &others, 9).await.unwrap().is_empty());
    let by_way = |origin| Wanted { origin: Some(origin), ..all() };
    let found = audit::list(&mut tx, vault, &by_way(Origin::CommandLine), 9).await.unwrap();
    assert_eq!(found, slice::from_ref(&by_line));
    assert_eq!(audit::list(&mut tx, vault, &by_way(Origin::Desk), 9).await.unwrap().len(), 2);
    assert!(audit::list(&mut tx, vault, &by_way(Origin::Program), 9).await.unwrap().is_empty());
    for (network, session, many) in
        [("203.0.113.*", "a7a7a7a7", 2), ("203.0.113.*", "a8a7a7a7", 0), ("?", "a7a7a7a7", 0)]
    {
        let (network, session) = (Some(network.to_owned()), Some(session.to_owned()));
        let there = Wanted { network, session, ..all() };
        assert_eq!(audit::list(&mut tx, vault, &there, 9).await.unwrap().len(), many);
    }
    let early = Wanted { until: nobody.mark.at, ..all() };
    assert_eq!(audit::list(&mut tx, vault, &early, 9).await.unwrap().len(), 1);
    let id = lestari().id;
    assert_eq!(audit::count(&mut tx, id, Act::LookedUp, NOON).await.unwrap(), 2);
    assert_eq!(audit::count(&mut tx, id, Act::LookedUp, nobody.mark.at).await.unwrap(), 1);
    assert_eq!(audit::count(&mut tx, id, Act::Unmasked, NOON).await.unwrap(), 0);
}

async fn l7_of_64_at_once_one_uses_the_invitation(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    let end = NOON.plus(Duration::from_hours(24));
    staff::invite(&mut tx, &[1; 32], lestari().id, end).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = staff::use_invitation(&mut tx, &[1; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}

async fn l7_of_64_at_once_one_proves_the_staff_session(db: TestStore) {
    let mut tx = with_lestari(&db.store).await;
    sessions::open(&mut tx, &[1; 32], lestari().id, NOON).await.unwrap();
    tx.commit().await.unwrap();
    let won = winners(&db.store, |store| async move {
        let mut tx = store.write().await.unwrap();
        let won = sessions::prove(&mut tx, &[1; 32], &[2; 32], NOON).await.unwrap();
        tx.commit().await.unwrap();
        won
    });
    assert_eq!(won.await, 1);
}
