//! Sign-ins, codes, sendings, sessions, devices and activity.

use std::time::Duration;

use payung_domain::activity::{Event, Line};
use payung_domain::authenticators::Need;
use payung_domain::second_factor::{STEP_LIFE, Way};
use payung_domain::sessions::{Session, State};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::sign_ins::SignIn;
use payung_storage::{Tx, activity, sessions, sign_ins};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    the_same_form_sent_twice_is_one_sign_in,
    j02_a_proof_keeps_what_its_act_asks_for,
    a_finished_sign_in_gives_its_session_once,
    b02_a_code_is_used_once,
    b04_voided_codes_do_not_count,
    a_late_code_is_known_to_be_late,
    sendings_are_remembered_for_a_day,
    h06_an_ended_session_is_over,
    h08_live_sessions_are_listed_and_others_end,
    a_new_browser_is_noticed_once_there_is_a_known_one,
    the_last_sign_in_before_this_one_is_found,
    what_is_over_is_dropped,
);

pub(crate) fn sign_in(number: u8) -> SignIn {
    SignIn {
        id: [number; 32],
        account: account(1).id,
        way: None,
        landing: "/dashboard".to_owned(),
        is_shared_device: true,
        renews: None,
        expires_at: NOON.plus(STEP_LIFE),
        finished_at: None,
        need: Need::Full,
    }
}

pub(crate) fn session(created_at: Instant) -> Session {
    Session {
        account: account(1).id,
        created_at,
        seen_at: created_at,
        proved_at: created_at,
        expires_at: created_at.plus(Duration::from_hours(12)),
        idle: Duration::from_mins(15),
        way: Way::Sms,
        device: "Chrome, Android".to_owned(),
        ended_at: None,
    }
}

async fn with_sign_in(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    sign_ins::begin(&mut tx, &sign_in(1), NOON).await.unwrap();
    tx
}

async fn add_code(tx: &mut Tx, number: u128, at: Instant) {
    let tag = [u8::try_from(number).unwrap(); 32];
    let until = at.plus(Duration::from_mins(10));
    sign_ins::add_code(tx, Uuid::from_u128(number), &sign_in(1), &tag, at, until).await.unwrap();
}

async fn the_same_form_sent_twice_is_one_sign_in(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    sign_ins::choose(&mut tx, &[1; 32], Way::Email).await.unwrap();
    sign_ins::begin(&mut tx, &sign_in(1), NOON).await.unwrap();
    let kept = sign_ins::get(&mut tx, &[1; 32]).await.unwrap().unwrap();
    assert_eq!(kept.way, Some(Way::Email));
    assert!(kept.is_shared_device);
    assert!(sign_ins::get(&mut tx, &[2; 32]).await.unwrap().is_none());
}

async fn j02_a_proof_keeps_what_its_act_asks_for(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    for (number, need) in [(2, Need::Full), (3, Need::Any)] {
        let proof = SignIn { renews: Some([9; 32]), need, ..sign_in(number) };
        sign_ins::begin(&mut tx, &proof, NOON).await.unwrap();
        let kept = sign_ins::get(&mut tx, &proof.id).await.unwrap().unwrap();
        assert_eq!((kept.need, kept.renews), (need, proof.renews));
    }
}

async fn a_finished_sign_in_gives_its_session_once(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = with_sign_in(&db).await;
    let token = Token::of(&[9; 32]);
    assert!(sign_ins::finish(&mut tx, vault, &[1; 32], &token, NOON).await.unwrap());
    assert!(!sign_ins::finish(&mut tx, vault, &[1; 32], &token, NOON).await.unwrap());
    let just_before = NOON.minus(Duration::from_secs(1));
    let found = sign_ins::finished_session(&mut tx, vault, &[1; 32], just_before).await.unwrap();
    assert_eq!(found, Some(token));
    assert!(sign_ins::finished_session(&mut tx, vault, &[1; 32], NOON).await.unwrap().is_none());
    sign_ins::forget_session(&mut tx, &[1; 32]).await.unwrap();
    let found = sign_ins::finished_session(&mut tx, vault, &[1; 32], just_before).await.unwrap();
    assert_eq!(found, None);
}

async fn b02_a_code_is_used_once(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    add_code(&mut tx, 1, NOON).await;
    assert!(sign_ins::use_code(&mut tx, Uuid::from_u128(1), NOON).await.unwrap());
    assert!(!sign_ins::use_code(&mut tx, Uuid::from_u128(1), NOON).await.unwrap());
    let (code, tag) = sign_ins::codes(&mut tx, &[1; 32]).await.unwrap().remove(0);
    assert!(!code.is_good(NOON) && !code.is_late(NOON.plus(Duration::from_hours(1))));
    assert_eq!(tag, vec![1; 32]);
}

async fn b04_voided_codes_do_not_count(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    add_code(&mut tx, 1, NOON).await;
    add_code(&mut tx, 2, NOON.plus(Duration::from_mins(1))).await;
    assert_eq!(sign_ins::void_codes(&mut tx, account(1).id, NOON).await.unwrap(), 2);
    assert!(!sign_ins::use_code(&mut tx, Uuid::from_u128(1), NOON).await.unwrap());
    assert_eq!(sign_ins::void_codes(&mut tx, account(1).id, NOON).await.unwrap(), 0);
}

async fn a_late_code_is_known_to_be_late(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    add_code(&mut tx, 1, NOON).await;
    let late = NOON.plus(Duration::from_mins(10));
    assert!(!sign_ins::use_code(&mut tx, Uuid::from_u128(1), late).await.unwrap());
    let codes = sign_ins::codes(&mut tx, &[1; 32]).await.unwrap();
    assert!(codes[0].0.is_late(late) && codes[0].0.is_good(NOON));
    assert_eq!(codes[0].0.sent_at(), NOON);
}

async fn sendings_are_remembered_for_a_day(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let subjects = [[1; 32], [2; 32]];
    sign_ins::note_sending(&mut tx, &subjects, Uuid::from_u128(1), NOON).await.unwrap();
    sign_ins::note_sending(&mut tx, &subjects[..1], Uuid::from_u128(2), NOON).await.unwrap();
    assert_eq!(sign_ins::sendings(&mut tx, &[1; 32], NOON).await.unwrap(), [NOON, NOON]);
    assert_eq!(sign_ins::sendings(&mut tx, &[2; 32], NOON).await.unwrap(), [NOON]);
    let tomorrow = NOON.plus(Duration::from_hours(24));
    assert!(sign_ins::sendings(&mut tx, &[1; 32], tomorrow).await.unwrap().is_empty());
}

async fn h06_an_ended_session_is_over(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    sessions::open(&mut tx, &[3; 32], &session(NOON)).await.unwrap();
    let seen = NOON.plus(Duration::from_mins(5));
    sessions::touch(&mut tx, &[3; 32], seen).await.unwrap();
    let found = sessions::get(&mut tx, &[3; 32]).await.unwrap().unwrap();
    assert_eq!((found.seen_at, found.way, &*found.device), (seen, Way::Sms, "Chrome, Android"));
    assert_eq!(found.idle, Duration::from_mins(15));
    sessions::prove(&mut tx, &[3; 32], &[3; 32], Way::Sms, seen).await.unwrap();
    assert_eq!(sessions::get(&mut tx, &[3; 32]).await.unwrap().unwrap().proved_at, seen);
    assert!(sessions::end(&mut tx, &[3; 32], seen).await.unwrap());
    assert!(!sessions::end(&mut tx, &[3; 32], seen).await.unwrap());
    let ended = sessions::get(&mut tx, &[3; 32]).await.unwrap().unwrap();
    assert_eq!(ended.state(seen), State::Ended);
    sessions::touch(&mut tx, &[3; 32], NOON.plus(Duration::from_mins(9))).await.unwrap();
    assert_eq!(sessions::get(&mut tx, &[3; 32]).await.unwrap().unwrap().seen_at, seen);
    assert!(sessions::get(&mut tx, &[4; 32]).await.unwrap().is_none());
}

async fn h08_live_sessions_are_listed_and_others_end(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    keep(&mut tx, &account(2)).await;
    for number in 1..=4_u8 {
        let opened = session(NOON.plus(Duration::from_mins(u64::from(number))));
        sessions::open(&mut tx, &[number; 32], &opened).await.unwrap();
    }
    let strangers = Session { account: account(2).id, ..session(NOON) };
    sessions::open(&mut tx, &[9; 32], &strangers).await.unwrap();
    let owner = account(1).id;
    let ids = |live: Vec<([u8; 32], Session)>| -> Vec<u8> {
        live.into_iter().map(|(id, _)| id[0]).collect()
    };
    let now = NOON.plus(Duration::from_mins(5));
    assert_eq!(ids(sessions::live(&mut tx, owner, now).await.unwrap()), [4, 3, 2, 1]);
    // The first one has been quiet for its fifteen minutes by then.
    let later = NOON.plus(Duration::from_mins(16));
    assert_eq!(ids(sessions::live(&mut tx, owner, later).await.unwrap()), [4, 3, 2]);
    assert_eq!(sessions::end_others(&mut tx, owner, &[3; 32], later).await.unwrap(), 2);
    assert_eq!(ids(sessions::live(&mut tx, owner, later).await.unwrap()), [3]);
    // One that was only quiet is over as well: no late page keeps it up again.
    sessions::touch(&mut tx, &[1; 32], later).await.unwrap();
    assert_eq!(ids(sessions::live(&mut tx, owner, later).await.unwrap()), [3]);
    sessions::end_all(&mut tx, owner, later).await.unwrap();
    assert!(sessions::live(&mut tx, owner, later).await.unwrap().is_empty());
    assert!(sessions::get(&mut tx, &[9; 32]).await.unwrap().unwrap().ended_at.is_none());
}

async fn a_new_browser_is_noticed_once_there_is_a_known_one(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    let owner = account(1).id;
    for (browser, is_news) in [(1, false), (1, false), (2, true), (2, false), (1, false)] {
        let met = sessions::meet_device(&mut tx, owner, &[browser; 32], NOON).await.unwrap();
        assert_eq!(met, is_news, "browser {browser}");
    }
}

async fn the_last_sign_in_before_this_one_is_found(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    let owner = account(1).id;
    let line = |at, event| Line { at, event, device: "Firefox, Windows".to_owned() };
    let lines =
        [line(NOON, Event::SignedIn), line(NOON.plus(Duration::from_mins(1)), Event::SignedOut)];
    for (number, line) in (1..).zip(&lines) {
        activity::add(&mut tx, owner, Uuid::from_u128(number), line).await.unwrap();
    }
    let later = NOON.plus(Duration::from_mins(2));
    let found = activity::latest(&mut tx, owner, Event::SignedIn, later).await.unwrap();
    assert_eq!(found.as_ref(), Some(&lines[0]));
    assert_eq!(activity::latest(&mut tx, owner, Event::SignedIn, NOON).await.unwrap(), None);
}

async fn what_is_over_is_dropped(db: TestStore) {
    let mut tx = with_sign_in(&db).await;
    add_code(&mut tx, 1, NOON).await;
    sessions::open(&mut tx, &[3; 32], &session(NOON)).await.unwrap();
    sign_ins::note_sending(&mut tx, &[[1; 32]], Uuid::from_u128(1), NOON).await.unwrap();
    let next_week = NOON.plus(Duration::from_hours(24 * 7));
    assert_eq!(sign_ins::forget_before(&mut tx, next_week).await.unwrap(), 2);
    assert!(sign_ins::codes(&mut tx, &[1; 32]).await.unwrap().is_empty());
    assert_eq!(sessions::forget_before(&mut tx, next_week).await.unwrap(), 1);
}
