//! Passkeys: added, used to sign in, refused, and one challenge for one purpose.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::lockout::{Counter, FIRM};
use payung_domain::passkeys::Name;
use payung_domain::second_factor::Way;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::passkeys::{self, Added, Answer as KeyAnswer, Answered, Arriving, Challenge};
use payung_flows::security;
use payung_flows::sign_in::password::{Answer, NextPage};
use payung_flows::sign_in::step::{self, Found};
use payung_flows::sign_in::{Ending, Opened, code};
use payung_storage::throttles;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::factors::{account, budi, has_happened, is_proved, told};
use crate::{enter, newest_code, right_password, try_password, visit};

on_each_engine!(
    a_passkey_signs_in_without_a_name,
    e05_a_passkey_opens_the_lock_of_its_owner,
    e05_a_pause_that_ends_by_itself_is_left_to_end,
    d03_p3_a_passkey_without_verification_needs_the_password,
    d04_a_backup_without_eligibility_is_refused,
    d06_p3_a_counter_that_goes_back_is_refused_and_told,
    p1_another_origin_is_refused,
    p2_another_host_is_refused,
    p3_a_challenge_is_answered_once,
    p3_a_credential_of_another_account_cannot_be_added,
    p3_nobody_signs_in_under_the_name_of_another,
    r3_a_challenge_for_one_purpose_serves_no_other,
    r3_a_challenge_serves_one_browser_for_five_minutes,
    l7_of_64_at_once_one_answer_opens_one_session,
);

/// The browser of [`visit`].
pub(crate) fn browser() -> Token {
    Token::of(&[1; 32])
}

async fn ask_to_add(bench: &Bench, account: &Account, session: &Token) -> Challenge {
    let visit = visit(bench);
    passkeys::begin_adding(&bench.app, &visit, &browser(), account.id, session, "Budi")
        .await
        .unwrap()
}

async fn send_added(
    bench: &Bench,
    account: &Account,
    session: &Token,
    challenge: &Challenge,
    credential: &str,
) -> Added {
    let answered = Answered { sealed: &challenge.sealed, credential };
    let (visit, name) = (visit(bench), Name::or("HP saya", ""));
    passkeys::add(&bench.app, &visit, &browser(), account, session, answered, &name).await.unwrap()
}

/// Adds a passkey to an account.
pub(crate) async fn add(
    bench: &Bench,
    account: &Account,
    session: &Token,
    key: &mut Authenticator,
) {
    let challenge = ask_to_add(bench, account, session).await;
    let credential = key.register(&challenge.options);
    let added = send_added(bench, account, session, &challenge, &credential).await;
    assert_eq!(added, Added::Done);
}

fn ask_to_sign_in(bench: &Bench) -> Challenge {
    passkeys::begin_sign_in(&bench.app, &visit(bench), &browser()).unwrap()
}

async fn send_signed(bench: &Bench, challenge: &Challenge, credential: &str) -> KeyAnswer {
    let answered = Answered { sealed: &challenge.sealed, credential };
    let arriving = Arriving { earlier: None, next: None, is_shared_device: false };
    passkeys::sign_in(&bench.app, &visit(bench), &browser(), answered, arriving).await.unwrap()
}

/// Signs in with a passkey.
pub(crate) async fn sign_in_with(bench: &Bench, key: &mut Authenticator) -> KeyAnswer {
    let challenge = ask_to_sign_in(bench);
    let credential = key.sign(&challenge.options);
    send_signed(bench, &challenge, &credential).await
}

async fn a_passkey_signs_in_without_a_name(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    told(&bench).await;
    let (mut phone, mut laptop) = (Authenticator::new(1), Authenticator::new(2));
    phone.flags.is_backup_eligible = true;
    add(&bench, &account, &session, &mut phone).await;
    add(&bench, &account, &session, &mut laptop).await;
    assert!(told(&bench).await.contains("Kunci sandi ditambahkan"));
    phone.flags.is_backed_up = true;
    laptop.counter = 1;
    for key in [&mut phone, &mut laptop] {
        let KeyAnswer::SignedIn(Opened { session, landing }) = sign_in_with(&bench, key).await
        else {
            panic!("the passkey is right")
        };
        assert_eq!(landing, "/dashboard");
        assert!(is_proved(&bench, &session).await, "verified is both factors");
    }
    let overview = security::overview(&bench.app, &visit(&bench), &account).await.unwrap();
    let shown: Vec<_> = overview.passkeys.iter().map(|k| (k.is_backed_up, k.used_at)).collect();
    let now = Some(bench.clock.now());
    assert!(shown.contains(&(true, now)) && shown.contains(&(false, now)), "{shown:?}");
    let challenge = ask_to_add(&bench, &account, &session).await;
    assert!(challenge.options.contains("\"residentKey\":\"required\""));
    assert_eq!(challenge.options.matches("public-key").count(), 3 + 2, "both are excluded");
}

async fn e05_a_passkey_opens_the_lock_of_its_owner(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 1_000);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    shut(&bench, &account, FIRM).await;
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Locked));
    told(&bench).await;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    right_password(&bench, "budi").await;
    right_password(&bench, "budi@peserta.example").await;
    assert!(has_happened(&bench, &account, Event::PasswordOpened).await);
}

async fn e05_a_pause_that_ends_by_itself_is_left_to_end(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    shut(&bench, &account, 10).await;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Paused(_)));
}

/// Shuts the password path after so many misses.
pub(crate) async fn shut(bench: &Bench, account: &Account, misses: u32) {
    let paused_until = bench.clock.now().plus(Duration::from_mins(15));
    let keys = &bench.app.keys.counters;
    let mut tx = bench.app.store.write().await.unwrap();
    for subject in [
        keys.tag(&[b"password", account.id.0.as_bytes()]),
        keys.tag(&[b"typed", b"user_name", b"budi"]),
        keys.tag(&[b"typed", b"email", b"budi@peserta.example"]),
    ] {
        let counter = Counter { misses, paused_until };
        throttles::set(&mut tx, &subject, counter, bench.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn d03_p3_a_passkey_without_verification_needs_the_password(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    key.flags.is_verified = false;
    add(&bench, &account, &session, &mut key).await;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::NotVerified));

    let (token, next) = right_password(&bench, "budi").await;
    assert_eq!(next, NextPage::Choose);
    let done = step_with(&bench, &account, &token, &mut key).await;
    assert!(matches!(done, Found::Open(KeyAnswer::SignedIn(_))), "{done:?}");

    let mut verified = Authenticator::new(2);
    add(&bench, &account, &session, &mut verified).await;
    verified.flags.is_verified = false;
    let (token, _) = right_password(&bench, "budi").await;
    let done = step_with(&bench, &account, &token, &mut verified).await;
    assert!(matches!(done, Found::Open(KeyAnswer::NotVerified)), "once verified, always: {done:?}");
}

pub(crate) async fn step_with(
    bench: &Bench,
    account: &Account,
    token: &Token,
    key: &mut Authenticator,
) -> Found<KeyAnswer> {
    let (visit, browser) = (visit(bench), browser());
    let challenge =
        passkeys::begin_step(&bench.app, &visit, &browser, account.id, token).await.unwrap();
    let credential = key.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let ending = Ending::default();
    passkeys::finish_step(&bench.app, &visit, &browser, token, answered, ending).await.unwrap()
}

async fn d04_a_backup_without_eligibility_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    key.flags.is_backed_up = true;
    let challenge = ask_to_add(&bench, &account, &session).await;
    let credential = key.register(&challenge.options);
    let added = send_added(&bench, &account, &session, &challenge, &credential).await;
    assert_eq!(added, Added::Refused);
}

async fn d06_p3_a_counter_that_goes_back_is_refused_and_told(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    key.counter = 5;
    add(&bench, &account, &session, &mut key).await;
    key.counter = 7;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    told(&bench).await;
    for counter in [7, 6] {
        key.counter = counter;
        assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::Refused));
    }
    assert!(has_happened(&bench, &account, Event::PasskeyCopied).await);
    assert!(told(&bench).await.contains("hitungannya mundur"));
    key.counter = 8;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
}

async fn p1_another_origin_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    for origin in [
        "https://badpayung.example",
        "https://sub.payung.example",
        "https://payung.example.evil.example",
        "https://payung.example:8443",
        "http://payung.example",
        "https://evil.example",
    ] {
        let mut abroad = key.clone();
        origin.clone_into(&mut abroad.origin);
        let answer = sign_in_with(&bench, &mut abroad).await;
        assert!(matches!(answer, KeyAnswer::Refused), "{origin}");
    }
    let mut abroad = Authenticator::new(2);
    "https://badpayung.example".clone_into(&mut abroad.origin);
    let challenge = ask_to_add(&bench, &account, &session).await;
    let credential = abroad.register(&challenge.options);
    let added = send_added(&bench, &account, &session, &challenge, &credential).await;
    assert_eq!(added, Added::Refused);
}

async fn p2_another_host_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    "evil.example".clone_into(&mut key.host);
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::Refused));
    "payung.example".clone_into(&mut key.host);
    key.flags.is_present = false;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::Refused), "nobody there");
}

async fn p3_a_challenge_is_answered_once(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let challenge = ask_to_sign_in(&bench);
    let credential = key.sign(&challenge.options);
    assert!(matches!(send_signed(&bench, &challenge, "{}").await, KeyAnswer::Refused));
    let replayed = send_signed(&bench, &challenge, &credential).await;
    assert!(matches!(replayed, KeyAnswer::Stale), "a wrong answer uses it up too");
    let other = ask_to_sign_in(&bench);
    let swapped = send_signed(&bench, &other, &credential).await;
    assert!(matches!(swapped, KeyAnswer::Refused), "signed for another challenge");
}

async fn p3_a_credential_of_another_account_cannot_be_added(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let (siti, hers) = siti(&bench).await;
    let mut thief = Authenticator::new(2);
    thief.id = key.id.clone();
    let challenge = ask_to_add(&bench, &siti, &hers).await;
    let credential = thief.register(&challenge.options);
    let added = send_added(&bench, &siti, &hers, &challenge, &credential).await;
    assert_eq!(added, Added::Known);
}

/// Siti, signed in by e-mail.
async fn siti(bench: &Bench) -> (Account, Token) {
    people::siti(&bench.app).await;
    let (token, _) = right_password(bench, "siti").await;
    step::choose(&bench.app, &visit(bench), &token, Way::Email).await.unwrap();
    let code = newest_code(bench).await;
    match enter(bench, &token, &code).await {
        Found::Open(code::Answer::SignedIn { session, .. }) => {
            (account(bench, &session).await, session)
        }
        other => panic!("not signed in: {other:?}"),
    }
}

async fn p3_nobody_signs_in_under_the_name_of_another(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut his = Authenticator::new(1);
    add(&bench, &account, &session, &mut his).await;
    let (siti, hers) = siti(&bench).await;
    let mut her_key = Authenticator::new(2);
    add(&bench, &siti, &hers, &mut her_key).await;
    let her_name = her_key.handle.clone();
    assert_ne!(his.handle, her_name);
    let mut liar = his.clone();
    liar.handle = her_name;
    assert!(matches!(sign_in_with(&bench, &mut liar).await, KeyAnswer::Refused));
    liar.handle = None;
    assert!(matches!(sign_in_with(&bench, &mut liar).await, KeyAnswer::Refused));
    let (token, _) = right_password(&bench, "siti").await;
    let done = step_with(&bench, &siti, &token, &mut his).await;
    assert!(matches!(done, Found::Open(KeyAnswer::Refused)), "his key after her password");
}

async fn r3_a_challenge_for_one_purpose_serves_no_other(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let (visit, browser) = (visit(&bench), browser());
    let for_proof = passkeys::begin_confirming(&bench.app, &visit, &browser, account.id, &session)
        .await
        .unwrap();
    let credential = key.sign(&for_proof.options);
    assert!(matches!(send_signed(&bench, &for_proof, &credential).await, KeyAnswer::Stale));
    let for_door = ask_to_sign_in(&bench);
    let credential = key.sign(&for_door.options);
    let answered = Answered { sealed: &for_door.sealed, credential: &credential };
    let proved = passkeys::confirm(
        &bench.app,
        &visit,
        &browser,
        account.id,
        &session,
        answered,
        "/security",
    )
    .await
    .unwrap();
    assert!(matches!(proved, KeyAnswer::Stale));
    // Nor does the challenge of one session add a passkey in another one.
    let (siti, hers) = siti(&bench).await;
    let challenge = ask_to_add(&bench, &account, &session).await;
    let credential = Authenticator::new(3).register(&challenge.options);
    let added = send_added(&bench, &siti, &hers, &challenge, &credential).await;
    assert_eq!(added, Added::Stale);
}

async fn r3_a_challenge_serves_one_browser_for_five_minutes(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let elsewhere =
        passkeys::begin_sign_in(&bench.app, &visit(&bench), &Token::of(&[2; 32])).unwrap();
    let credential = key.sign(&elsewhere.options);
    assert!(matches!(send_signed(&bench, &elsewhere, &credential).await, KeyAnswer::Stale));
    let challenge = ask_to_sign_in(&bench);
    let credential = key.sign(&challenge.options);
    bench.clock.advance(Duration::from_mins(5));
    assert!(matches!(send_signed(&bench, &challenge, &credential).await, KeyAnswer::Stale));
    for nonsense in ["", "AAAA", "☂"] {
        let challenge = Challenge { options: String::new(), sealed: nonsense.to_owned() };
        assert!(matches!(send_signed(&bench, &challenge, &credential).await, KeyAnswer::Stale));
    }
}

async fn l7_of_64_at_once_one_answer_opens_one_session(db: TestStore) {
    let bench = std::sync::Arc::new(Bench::new(db));
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let challenge = ask_to_sign_in(&bench);
    let credential = key.sign(&challenge.options);
    let answers = crowd::of_64(|_| {
        let bench = std::sync::Arc::clone(&bench);
        let (challenge, credential) = (challenge.clone(), credential.clone());
        async move { send_signed(&bench, &challenge, &credential).await }
    })
    .await;
    let mut opened = 0;
    for answer in answers {
        opened += usize::from(matches!(answer, KeyAnswer::SignedIn(_)));
    }
    assert_eq!(opened, 1);
}
