//! Apps on their way, recovery codes, choices, passkeys and remembered browsers.

use std::time::Duration;

use payung_domain::accounts::StoredPassword;
use payung_domain::passkeys::{Name, Passkey};
use payung_domain::second_factor::{Hash, Way};
use payung_domain::sessions::State;
use payung_domain::time::Instant;
use payung_storage::factors::{Choices, CodesLeft};
use payung_storage::passkeys::Kept;
use payung_storage::remembered::Remembered;
use payung_storage::{Tx, accounts as account_rows, factors, passkeys, remembered, sessions};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::sign_ins::session;

on_each_engine!(
    c05_a_pending_app_is_forgotten_after_its_time,
    c04_an_app_takes_the_place_of_the_one_before_and_keeps_its_name,
    g08_a_new_set_of_recovery_codes_kills_the_old_one,
    g08_a_recovery_code_is_used_once,
    a_choice_of_ways_is_kept,
    d05_a_passkey_belongs_to_one_account,
    d05_the_name_that_passkeys_know_stays_the_same,
    s5_a_passkey_is_renamed_suspended_and_removed_by_its_owner_only,
    d06_a_use_of_a_passkey_is_noted_with_its_counter,
    d01_a_challenge_is_used_once,
    h12_a_browser_is_remembered_until_its_time_or_until_it_is_forgotten,
    h02_a_proof_gives_the_session_a_new_name,
);

pub(crate) fn hash(number: u8) -> StoredPassword {
    StoredPassword { phc: format!("$argon2id${number}"), pepper: 1 }
}

pub(crate) fn passkey(owner: u128, number: u128) -> Kept {
    Kept {
        account: account(owner).id,
        credential: b"{}".to_vec(),
        passkey: Passkey {
            id: Uuid::from_u128(number),
            name: Name::or("HP saya", "x"),
            is_backup_eligible: true,
            is_backed_up: false,
            added_at: NOON,
            used_at: None,
            suspended_at: None,
        },
    }
}

async fn begin(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    tx
}

async fn c05_a_pending_app_is_forgotten_after_its_time(db: TestStore) {
    let (vault, id) = (db.store.vault(), account(1).id);
    let mut tx = begin(&db).await;
    let until = NOON.plus(Duration::from_mins(10));
    factors::begin_app(&mut tx, vault, id, (&[1; 20], Hash::Sha1), NOON, until).await.unwrap();
    let stronger = (&[2; 20], Hash::Sha256);
    factors::begin_app(&mut tx, vault, id, stronger, NOON, until).await.unwrap();
    let found = factors::pending_app(&mut tx, vault, id, NOON).await.unwrap().unwrap();
    assert_eq!((found.seed, found.hash, found.until), ([2; 20], Hash::Sha256, until));
    assert!(factors::pending_app(&mut tx, vault, id, until).await.unwrap().is_none());
    assert!(!factors::end_app(&mut tx, id, until).await.unwrap());
    assert!(factors::end_app(&mut tx, id, NOON).await.unwrap());
    assert!(!factors::end_app(&mut tx, id, NOON).await.unwrap());
    factors::begin_app(&mut tx, vault, id, (&[1; 20], Hash::Sha1), NOON, until).await.unwrap();
    let later = until.plus(Duration::from_secs(1));
    assert_eq!(factors::forget_before(&mut tx, later).await.unwrap(), 1);
    factors::begin_app(&mut tx, vault, id, (&[1; 20], Hash::Sha1), NOON, until).await.unwrap();
    factors::forget_pending_app(&mut tx, id).await.unwrap();
    assert!(factors::pending_app(&mut tx, vault, id, NOON).await.unwrap().is_none());
}

async fn c04_an_app_takes_the_place_of_the_one_before_and_keeps_its_name(db: TestStore) {
    let (vault, id) = (db.store.vault(), account(1).id);
    let mut tx = begin(&db).await;
    assert_eq!(account_rows::app_label(&mut tx, vault, id).await.unwrap(), None);
    account_rows::add_app(&mut tx, vault, id, &[1; 20], NOON).await.unwrap();
    account_rows::accept_app_step(&mut tx, id, 7).await.unwrap();
    account_rows::name_app(&mut tx, vault, id, &Name::or("HP lama", "x")).await.unwrap();
    let label = account_rows::app_label(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!((&*label.name, label.since), ("HP lama", NOON));
    assert!(account_rows::suspend_app(&mut tx, id, Some(NOON)).await.unwrap());
    let label = account_rows::app_label(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!(label.suspended_at, Some(NOON));
    let later = NOON.plus(Duration::from_hours(1));
    let other = (&[2; 20], Hash::Sha512);
    account_rows::add_app_with(&mut tx, vault, id, other, later).await.unwrap();
    let app = account_rows::app(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!((app.seed, app.hash, app.last_step), ([2; 20], Hash::Sha512, 0));
    assert!(!app.is_suspended, "the new one is another one");
    let label = account_rows::app_label(&mut tx, vault, id).await.unwrap().unwrap();
    assert_eq!((&*label.name, label.since, label.suspended_at), ("", later, None));
    assert!(account_rows::remove_app(&mut tx, id).await.unwrap());
    assert!(!account_rows::remove_app(&mut tx, id).await.unwrap());
    assert!(!account_rows::suspend_app(&mut tx, id, Some(NOON)).await.unwrap());
}

async fn g08_a_new_set_of_recovery_codes_kills_the_old_one(db: TestStore) {
    let id = account(1).id;
    let mut tx = begin(&db).await;
    assert_eq!(factors::codes_left(&mut tx, id).await.unwrap(), None);
    let set = [(1, hash(1)), (2, hash(2))];
    factors::replace_codes(&mut tx, id, &set, NOON).await.unwrap();
    assert_eq!(factors::code_at(&mut tx, id, 1).await.unwrap(), Some(hash(1)));
    assert_eq!(factors::code_at(&mut tx, account(2).id, 1).await.unwrap(), None);
    let later = NOON.plus(Duration::from_hours(1));
    factors::replace_codes(&mut tx, id, &[(1, hash(3))], later).await.unwrap();
    assert_eq!(factors::code_at(&mut tx, id, 1).await.unwrap(), Some(hash(3)));
    assert_eq!(factors::code_at(&mut tx, id, 2).await.unwrap(), None);
    let left = factors::codes_left(&mut tx, id).await.unwrap();
    assert_eq!(left, Some(CodesLeft { left: 1, on_sheet: 1, made_at: later }));
    let of_old_set = factors::use_code_at(&mut tx, id, 1, &hash(1), later).await.unwrap();
    assert!(!of_old_set, "a code that was checked before the new set counts no more");
    assert_eq!(factors::drop_codes(&mut tx, id).await.unwrap(), 1);
    assert_eq!(factors::codes_left(&mut tx, id).await.unwrap(), None);
}

async fn g08_a_recovery_code_is_used_once(db: TestStore) {
    let id = account(1).id;
    let mut tx = begin(&db).await;
    factors::replace_codes(&mut tx, id, &[(1, hash(1)), (2, hash(2))], NOON).await.unwrap();
    assert!(factors::use_code_at(&mut tx, id, 1, &hash(1), NOON).await.unwrap());
    assert!(!factors::use_code_at(&mut tx, id, 1, &hash(1), NOON).await.unwrap());
    assert_eq!(factors::code_at(&mut tx, id, 1).await.unwrap(), None);
    let left = factors::codes_left(&mut tx, id).await.unwrap();
    assert_eq!(left, Some(CodesLeft { left: 1, on_sheet: 1, made_at: NOON }));
}

async fn a_choice_of_ways_is_kept(db: TestStore) {
    let id = account(1).id;
    let mut tx = begin(&db).await;
    assert_eq!(factors::choices(&mut tx, id).await.unwrap(), Choices::default());
    for preferred in [Some(Way::Totp), None] {
        let choices = Choices { preferred, is_sms_off: true, is_email_off: false };
        factors::choose(&mut tx, id, &choices).await.unwrap();
        assert_eq!(factors::choices(&mut tx, id).await.unwrap(), choices);
    }
}

async fn d05_a_passkey_belongs_to_one_account(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = begin(&db).await;
    assert!(passkeys::add(&mut tx, vault, b"credential", &passkey(1, 1)).await.unwrap());
    let again = passkeys::add(&mut tx, vault, b"credential", &passkey(1, 2)).await.unwrap();
    let by_another = passkeys::add(&mut tx, vault, b"credential", &passkey(2, 3)).await.unwrap();
    assert!(!again && !by_another);
    assert!(passkeys::add(&mut tx, vault, b"another", &passkey(1, 4)).await.unwrap());
    assert_eq!(passkeys::count(&mut tx, account(1).id).await.unwrap(), (2, 0));
    assert_eq!(passkeys::of(&mut tx, vault, account(2).id).await.unwrap().len(), 0);
    let found = passkeys::locked(&mut tx, vault, b"credential").await.unwrap().unwrap();
    assert_eq!((found.account, found.passkey), (account(1).id, passkey(1, 1).passkey));
    assert!(passkeys::locked(&mut tx, vault, b"nobody's").await.unwrap().is_none());
}

async fn d05_the_name_that_passkeys_know_stays_the_same(db: TestStore) {
    let mut tx = begin(&db).await;
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    assert_eq!(passkeys::handle(&mut tx, account(1).id, first).await.unwrap(), first);
    assert_eq!(passkeys::handle(&mut tx, account(1).id, second).await.unwrap(), first);
    assert_eq!(passkeys::owner(&mut tx, first).await.unwrap(), Some(account(1).id));
    assert_eq!(passkeys::owner(&mut tx, second).await.unwrap(), None);
}

async fn s5_a_passkey_is_renamed_suspended_and_removed_by_its_owner_only(db: TestStore) {
    let (vault, id) = (db.store.vault(), Uuid::from_u128(1));
    let (owner, other) = (account(1).id, account(2).id);
    let mut tx = begin(&db).await;
    passkeys::add(&mut tx, vault, b"credential", &passkey(1, 1)).await.unwrap();
    let name = Name::or("Laptop", "x");
    assert!(!passkeys::rename(&mut tx, vault, other, id, &name).await.unwrap());
    assert!(!passkeys::remove(&mut tx, other, id).await.unwrap());
    assert!(passkeys::rename(&mut tx, vault, owner, id, &name).await.unwrap());
    let kept = passkeys::of(&mut tx, vault, owner).await.unwrap();
    assert_eq!(kept[0].passkey.name, name);
    assert!(!passkeys::suspend(&mut tx, other, id, Some(NOON)).await.unwrap());
    assert!(!passkeys::is_suspended(&mut tx, owner, id).await.unwrap());
    assert!(passkeys::suspend(&mut tx, owner, id, Some(NOON)).await.unwrap());
    assert!(passkeys::is_suspended(&mut tx, owner, id).await.unwrap());
    assert_eq!(passkeys::count(&mut tx, owner).await.unwrap(), (0, 1));
    let kept = passkeys::of(&mut tx, vault, owner).await.unwrap();
    assert_eq!(kept[0].passkey.suspended_at, Some(NOON));
    assert!(passkeys::suspend(&mut tx, owner, id, None).await.unwrap());
    assert_eq!(passkeys::count(&mut tx, owner).await.unwrap(), (1, 0));
    assert!(passkeys::remove(&mut tx, owner, id).await.unwrap());
    assert!(!passkeys::remove(&mut tx, owner, id).await.unwrap());
}

async fn d06_a_use_of_a_passkey_is_noted_with_its_counter(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = begin(&db).await;
    passkeys::add(&mut tx, vault, b"credential", &passkey(1, 1)).await.unwrap();
    let mut used = passkey(1, 1);
    used.credential = b"{\"counter\":2}".to_vec();
    used.passkey.is_backed_up = true;
    passkeys::note_use(&mut tx, vault, &used, NOON).await.unwrap();
    let found = passkeys::locked(&mut tx, vault, b"credential").await.unwrap().unwrap();
    assert_eq!(found.credential, used.credential);
    assert!(found.passkey.is_backed_up && found.passkey.used_at == Some(NOON));
}

async fn d01_a_challenge_is_used_once(db: TestStore) {
    let mut tx = begin(&db).await;
    let until = NOON.plus(Duration::from_mins(5));
    assert!(passkeys::use_challenge(&mut tx, &[1; 32], until).await.unwrap());
    assert!(!passkeys::use_challenge(&mut tx, &[1; 32], until).await.unwrap());
    assert!(passkeys::use_challenge(&mut tx, &[2; 32], until).await.unwrap());
    let later = until.plus(Duration::from_secs(1));
    assert_eq!(passkeys::forget_before(&mut tx, later).await.unwrap(), 2);
}

fn browser(number: u8, expires_at: Instant) -> Remembered {
    Remembered {
        id: [number; 32],
        device: "Chrome, Android".to_owned(),
        remembered_at: NOON,
        used_at: NOON,
        expires_at,
    }
}

async fn h12_a_browser_is_remembered_until_its_time_or_until_it_is_forgotten(db: TestStore) {
    let (owner, other) = (account(1).id, account(2).id);
    let until = NOON.plus(Duration::from_hours(30 * 24));
    let mut tx = begin(&db).await;
    for number in [1, 2, 2] {
        remembered::remember(&mut tx, owner, &browser(number, until)).await.unwrap();
    }
    let later = NOON.plus(Duration::from_hours(1));
    assert!(remembered::recognise(&mut tx, owner, &[1; 32], later).await.unwrap());
    assert!(!remembered::recognise(&mut tx, other, &[1; 32], later).await.unwrap());
    assert!(!remembered::recognise(&mut tx, owner, &[3; 32], later).await.unwrap());
    assert!(!remembered::recognise(&mut tx, owner, &[1; 32], until).await.unwrap());
    let listed = remembered::list(&mut tx, owner, later).await.unwrap();
    assert_eq!(listed.iter().map(|b| b.used_at).collect::<Vec<_>>(), [later, NOON]);
    assert!(!remembered::forget(&mut tx, other, &[1; 32]).await.unwrap());
    assert!(remembered::forget(&mut tx, owner, &[1; 32]).await.unwrap());
    assert_eq!(remembered::forget_all(&mut tx, owner).await.unwrap(), 1);
    assert_eq!(remembered::list(&mut tx, owner, later).await.unwrap(), []);
}

async fn h02_a_proof_gives_the_session_a_new_name(db: TestStore) {
    let mut tx = begin(&db).await;
    sessions::open(&mut tx, &[1; 32], &session(NOON)).await.unwrap();
    let later = NOON.plus(Duration::from_mins(12));
    assert!(sessions::prove(&mut tx, &[1; 32], &[2; 32], Way::Totp, later).await.unwrap());
    assert!(sessions::get(&mut tx, &[1; 32]).await.unwrap().is_none(), "the old one is dead");
    let proved = sessions::get(&mut tx, &[2; 32]).await.unwrap().unwrap();
    assert!(proved.is_proved(later) && !proved.is_in_use() && proved.way == Way::Totp);
    assert!(matches!(proved.state(later), State::Live { .. }));
    assert!(!sessions::prove(&mut tx, &[1; 32], &[3; 32], Way::Totp, later).await.unwrap());
    sessions::end(&mut tx, &[2; 32], later).await.unwrap();
    assert!(!sessions::prove(&mut tx, &[2; 32], &[3; 32], Way::Totp, later).await.unwrap());
}
