//! Setting up second steps and using them: apps, recovery codes, remembered browsers, and proving
//! once more who one is.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Need;
use payung_domain::passkeys::Name;
use payung_domain::second_factor::{Way, totp_code, totp_step};
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::apps::{self, Completed};
use payung_flows::confirming::{self, Begin};
use payung_flows::passkeys::{self, Answer as KeyAnswer, Answered};
use payung_flows::recovery_codes::{self, Made};
use payung_flows::security::{self, Choices, Removed};
use payung_flows::sessions::{self, Found as Session};
use payung_flows::sign_in::password::{Answer, NextPage};
use payung_flows::sign_in::recovery::{self, Answer as Recovered};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code};
use payung_storage::{activity, factors};
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};
use qrcode::{Color, EcLevel, QrCode};

use crate::passkeys::{add, browser};
use crate::{
    another, deliver, enter, newest_code, right_password, send_form, signed_in, text_of,
    try_password, visit,
};

on_each_engine!(
    the_qr_code_is_drawn_as_the_link_says,
    c05_an_app_is_bound_by_its_first_right_code,
    c05_a_key_that_was_shown_too_long_binds_nothing,
    r8_the_last_way_in_cannot_be_removed,
    a_switched_off_way_is_not_offered_and_its_contact_stays,
    the_preferred_way_comes_first,
    g08_a_recovery_code_stands_in_for_the_second_step_once,
    g08_a_new_set_kills_the_old_one,
    g08_using_a_code_issues_another_one_that_works_once,
    r4_a_recovery_code_does_not_stand_in_for_the_password,
    l1_misses_of_recovery_codes_and_other_codes_are_counted_together,
    l7_of_64_at_once_one_recovery_code_opens_one_session,
    h02_proving_who_one_is_gives_the_session_a_new_token,
    h09_a_passkey_proves_who_one_is,
    l9_a_step_of_another_session_proves_nothing,
    l10_a_remembered_browser_opens_for_reading_only,
    h12_a_shared_device_is_never_remembered,
    h12_forgetting_browsers_asks_for_the_second_step_again,
);

async fn the_qr_code_is_drawn_as_the_link_says(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    apps::begin(&bench.app, &visit(&bench), &account).await.unwrap();
    let pending = apps::pending(&bench.app, &visit(&bench), &account, "Budi").await;
    let pending = pending.unwrap().unwrap();
    let key = pending.key.replace(' ', "");
    assert!(pending.link.starts_with("otpauth://totp/Payung:Budi?"), "{}", pending.link);
    assert!(pending.link.contains(&format!("secret={key}&")), "{}", pending.link);
    let code = QrCode::with_error_correction_level(pending.link.as_str(), EcLevel::L).unwrap();
    let (width, quiet) = (code.width(), 4);
    assert_eq!(pending.drawing.size, width + 2 * quiet);
    let mut drawn = vec![false; width * width];
    for stroke in pending.drawing.path.split('M').skip(1) {
        let (x, rest) = stroke.split_once(' ').unwrap();
        let (y, length) = rest.split_once(".5h").unwrap();
        let [x, y, length] = [x, y, length].map(|number| number.parse::<usize>().unwrap());
        let start = (y - quiet) * width + x - quiet;
        drawn[start..start + length].fill(true);
    }
    let dark: Vec<bool> =
        code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    assert_eq!(drawn, dark, "module by module");
}

/// Budi, signed in: his account and his session.
pub(crate) async fn budi(bench: &Bench) -> (Account, Token) {
    people::budi(&bench.app).await;
    let session = signed_in(bench).await;
    (account(bench, &session).await, session)
}

pub(crate) async fn account(bench: &Bench, session: &Token) -> Account {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Session::Live(found) => found.account,
        other => panic!("no live session: {other:?}"),
    }
}

pub(crate) async fn is_proved(bench: &Bench, session: &Token) -> bool {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Session::Live(found) => found.session.is_proved(bench.clock.now()),
        _ => false,
    }
}

pub(crate) async fn has_happened(bench: &Bench, account: &Account, event: Event) -> bool {
    let mut tx = bench.app.store.read().await.unwrap();
    let later = bench.clock.now().plus(Duration::from_secs(1));
    activity::latest(&mut tx, account.id, event, later).await.unwrap().is_some()
}

/// Every message that was sent, in one text.
pub(crate) async fn told(bench: &Bench) -> String {
    deliver(bench).await.iter().map(text_of).collect::<Vec<_>>().join("\n")
}

/// Binds an app and answers with its key.
pub(crate) async fn bind_app(bench: &Bench, account: &Account) -> [u8; 20] {
    apps::begin(&bench.app, &visit(bench), account).await.unwrap();
    let seed = seed_on_screen(bench, account).await;
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let name = Name::or("HP saya", "");
    let bound = apps::complete(&bench.app, &visit(bench), account, &code, &name).await.unwrap();
    assert_eq!(bound, Completed::Done);
    seed
}

async fn seed_on_screen(bench: &Bench, account: &Account) -> [u8; 20] {
    let pending = apps::pending(&bench.app, &visit(bench), account, "Budi").await.unwrap().unwrap();
    let key = pending.key.replace(' ', "");
    assert!(pending.link.contains(&key) && key.len() == 32);
    data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap().try_into().unwrap()
}

async fn c05_an_app_is_bound_by_its_first_right_code(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    told(&bench).await;
    apps::begin(&bench.app, &visit(&bench), &account).await.unwrap();
    let seed = seed_on_screen(&bench, &account).await;
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let name = Name::or("HP saya", "");
    let complete = async |typed: &str| {
        apps::complete(&bench.app, &visit(&bench), &account, typed, &name).await.unwrap()
    };
    assert_eq!(complete(&another(&code)).await, Completed::Wrong);
    assert!(matches!(complete("12").await, Completed::Unreadable(_)));
    assert_eq!(complete(&code).await, Completed::Done);
    assert!(told(&bench).await.contains("utentikator"), "J-03: the owner is told");
    assert_eq!(complete(&code).await, Completed::Done, "sent twice, it is one");
    assert_eq!(told(&bench).await, "", "and told once");
    assert!(has_happened(&bench, &account, Event::FactorAdded).await);

    let (token, next) = right_password(&bench, "budi").await;
    assert_eq!(next, NextPage::Choose);
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    let used = enter(&bench, &token, &code).await;
    assert!(matches!(used, Found::Open(code::Answer::Wrong(Way::Totp))), "C-03: it bound the app");
    bench.clock.advance(Duration::from_secs(30));
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let done = enter(&bench, &token, &code).await;
    assert!(matches!(done, Found::Open(code::Answer::SignedIn { .. })));
}

async fn c05_a_key_that_was_shown_too_long_binds_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    apps::begin(&bench.app, &visit(&bench), &account).await.unwrap();
    let seed = seed_on_screen(&bench, &account).await;
    bench.clock.advance(Duration::from_mins(10));
    let code = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let name = Name::or("x", "");
    let late = apps::complete(&bench.app, &visit(&bench), &account, &code, &name).await.unwrap();
    assert_eq!(late, Completed::Gone);
    let pending = apps::pending(&bench.app, &visit(&bench), &account, "Budi").await.unwrap();
    assert_eq!(pending, None);
}

async fn r8_the_last_way_in_cannot_be_removed(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let visit = visit(&bench);
    let off = Choices { is_email_off: true, ..Choices::default() };
    let choose = async |choices: &Choices| {
        security::choose(&bench.app, &visit, &account, choices).await.unwrap()
    };
    recovery_codes::make(&bench.app, &visit, &account).await.unwrap();
    assert_eq!(choose(&off).await, Removed::Last, "recovery codes alone are no way in");
    bind_app(&bench, &account).await;
    assert_eq!(choose(&off).await, Removed::Done);
    assert_eq!(apps::remove(&bench.app, &visit, &account).await.unwrap(), Removed::Last);
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    assert_eq!(apps::remove(&bench.app, &visit, &account).await.unwrap(), Removed::Done);
    let overview = security::overview(&bench.app, &visit, &account).await.unwrap();
    let id = overview.passkeys[0].id;
    let removed = passkeys::remove(&bench.app, &visit, &account, id).await.unwrap();
    assert_eq!(removed, Removed::Last);
    assert_eq!(choose(&Choices::default()).await, Removed::Done);
    let removed = passkeys::remove(&bench.app, &visit, &account, id).await.unwrap();
    assert_eq!(removed, Removed::Done);
}

async fn a_switched_off_way_is_not_offered_and_its_contact_stays(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
    let code = newest_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = enter(&bench, &token, &code).await
    else {
        panic!("not signed in")
    };
    let siti = account(&bench, &session).await;
    let off = Choices { is_sms_off: true, ..Choices::default() };
    let chosen = security::choose(&bench.app, &visit(&bench), &siti, &off).await.unwrap();
    assert_eq!(chosen, Removed::Done);
    assert_eq!(deliver(&bench).await.len(), 2, "the notice still goes to both");
    let (token, next) = right_password(&bench, "siti").await;
    assert_eq!(next, NextPage::Enter(Way::Email));
    let asked = step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    assert!(matches!(asked, Found::Open(Asked::NotOpen)));
    let overview = security::overview(&bench.app, &visit(&bench), &siti).await.unwrap();
    assert!(overview.contacts.phone.is_some() && overview.choices.is_sms_off);
}

async fn the_preferred_way_comes_first(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    bind_app(&bench, &account).await;
    let first = async || {
        let (token, _) = right_password(&bench, "budi").await;
        match step::view(&bench.app, &visit(&bench), &token).await.unwrap() {
            Found::Open(step) => step.first,
            other => panic!("no step: {other:?}"),
        }
    };
    assert_eq!(first().await, Some(Way::Totp), "the strongest, before a choice");
    let choices = Choices { preferred: Some(Way::Email), ..Choices::default() };
    security::choose(&bench.app, &visit(&bench), &account, &choices).await.unwrap();
    assert_eq!(first().await, Some(Way::Email));
    assert!(has_happened(&bench, &account, Event::FactorPreferred).await);
}

/// A new set of recovery codes.
pub(crate) async fn make_codes(bench: &Bench, account: &Account) -> Vec<String> {
    match recovery_codes::make(&bench.app, &visit(bench), account).await.unwrap() {
        Made::Set(codes) => codes.iter().map(|code| code.expose().to_owned()).collect(),
        Made::Busy => panic!("there is room"),
    }
}

pub(crate) async fn recover(bench: &Bench, token: &Token, typed: &str) -> Found<Recovered> {
    let ending = Ending::default();
    recovery::submit(&bench.app, &visit(bench), token, typed, ending).await.unwrap()
}

async fn g08_a_recovery_code_stands_in_for_the_second_step_once(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let codes = make_codes(&bench, &account).await;
    assert_eq!(codes.len(), 10);
    told(&bench).await;
    let (token, next) = right_password(&bench, "budi").await;
    assert_eq!(next, NextPage::Enter(Way::Email), "codes on paper wait behind a link");
    let typed = codes[3].to_lowercase().replace('-', " ");
    let Found::Open(Recovered::SignedIn { opened, .. }) = recover(&bench, &token, &typed).await
    else {
        panic!("the code is right")
    };
    assert!(is_proved(&bench, &opened.session).await);
    assert!(has_happened(&bench, &account, Event::RecoveryCodeUsed).await);
    assert!(told(&bench).await.contains("Sisa 9"), "using one is told");
    assert!(matches!(recover(&bench, &token, &codes[4]).await, Found::Finished(_)));
    let (token, _) = right_password(&bench, "budi").await;
    let again = recover(&bench, &token, &codes[3]).await;
    assert!(matches!(again, Found::Open(Recovered::Wrong)), "{again:?}");
    for (number, code) in codes[4..10].iter().enumerate() {
        let (token, _) = right_password(&bench, "budi").await;
        let done = recover(&bench, &token, code).await;
        assert!(matches!(done, Found::Open(Recovered::SignedIn { .. })), "{number}");
    }
    assert!(told(&bench).await.contains("Buat kode baru"), "three are left");
}

async fn g08_a_new_set_kills_the_old_one(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let old = make_codes(&bench, &account).await;
    let new = make_codes(&bench, &account).await;
    let (token, _) = right_password(&bench, "budi").await;
    assert!(matches!(recover(&bench, &token, &old[0]).await, Found::Open(Recovered::Wrong)));
    let done = recover(&bench, &token, &new[0]).await;
    assert!(matches!(done, Found::Open(Recovered::SignedIn { .. })));
}

async fn g08_using_a_code_issues_another_one_that_works_once(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let mut code = make_codes(&bench, &account).await.swap_remove(0);
    let mut shown = vec![code.clone()];
    for _ in 0..12 {
        let (token, _) = right_password(&bench, "budi").await;
        let Found::Open(Recovered::SignedIn { next: Some(next), .. }) =
            recover(&bench, &token, &code).await
        else {
            panic!("{code} is good, and one takes its place");
        };
        next.expose().clone_into(&mut code);
        assert!(!shown.contains(&code), "a new one every time");
        shown.push(code.clone());
    }
    let (token, _) = right_password(&bench, "budi").await;
    for used in &shown[..3] {
        let again = recover(&bench, &token, used).await;
        assert!(matches!(again, Found::Open(Recovered::Wrong)), "{used} was used");
    }
    let mut tx = bench.app.store.read().await.unwrap();
    let left = factors::codes_left(&mut tx, account.id).await.unwrap().unwrap();
    assert_eq!((left.left, left.on_sheet), (10, 9), "nine of the sheet, and the last shown one");
}

async fn r4_a_recovery_code_does_not_stand_in_for_the_password(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let codes = make_codes(&bench, &account).await;
    assert!(matches!(try_password(&bench, "budi", &codes[0]).await, Answer::Wrong { .. }));
    let stranger = Token::of(&[9; 32]);
    assert!(matches!(recover(&bench, &stranger, &codes[0]).await, Found::Gone));
}

async fn l1_misses_of_recovery_codes_and_other_codes_are_counted_together(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let codes = make_codes(&bench, &account).await;
    let (token, _) = right_password(&bench, "budi").await;
    let code = newest_code(&bench).await;
    for _ in 0..6 {
        let missed = recover(&bench, &token, "0000-0000-0000-0000").await;
        assert!(matches!(missed, Found::Open(Recovered::Wrong)), "{missed:?}");
    }
    let unreadable = recover(&bench, &token, "0000").await;
    assert!(matches!(unreadable, Found::Open(Recovered::Unreadable(_))), "costs no try");
    for _ in 0..3 {
        let missed = enter(&bench, &token, &another(&code)).await;
        assert!(matches!(missed, Found::Open(code::Answer::Wrong(_))), "{missed:?}");
    }
    let tenth = recover(&bench, &token, "0000-0000-0000-0000").await;
    assert!(matches!(tenth, Found::Open(Recovered::Paused(_))), "{tenth:?}");
    let right = recover(&bench, &token, &codes[0]).await;
    assert!(matches!(right, Found::Open(Recovered::Paused(_))), "not even a right one");
}

async fn l7_of_64_at_once_one_recovery_code_opens_one_session(db: TestStore) {
    let bench = std::sync::Arc::new(Bench::new(db));
    let (account, _) = budi(&bench).await;
    let codes = make_codes(&bench, &account).await;
    let mut steps = Vec::new();
    for number in 0..4_u8 {
        match send_form(&bench, "budi", PASSWORD, &[number; 16]).await {
            Answer::Right { token, .. } => steps.push(token),
            other => panic!("{other:?}"),
        }
    }
    let answers = crowd::of_64(|number| {
        let (bench, code) = (std::sync::Arc::clone(&bench), codes[0].clone());
        let token = steps[number % steps.len()].clone();
        async move { recover(&bench, &token, &code).await }
    })
    .await;
    let mut opened = 0;
    for answer in answers {
        opened += usize::from(matches!(answer, Found::Open(Recovered::SignedIn { .. })));
    }
    assert_eq!(opened, 1);
}

/// Begins to prove a session again.
async fn begin_proof(bench: &Bench, account: &Account, session: &Token, way: Way) -> Token {
    let form: [u8; 16] = bench.app.dice.bytes();
    let begin = Begin { session, way, form: &form, next: "/security/app", need: Need::Full };
    let step = confirming::begin(&bench.app, &visit(bench), account, begin).await.unwrap();
    let (token, asked) = step.unwrap();
    assert_eq!(asked, Asked::Done);
    token
}

async fn prove(
    bench: &Bench,
    token: &Token,
    code: &str,
    session: Option<&Token>,
) -> Found<code::Answer> {
    let ending = Ending { earlier: session, remembers: false };
    code::submit(&bench.app, &visit(bench), token, code, ending).await.unwrap()
}

async fn h02_proving_who_one_is_gives_the_session_a_new_token(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    assert!(is_proved(&bench, &session).await);
    bench.clock.advance(Duration::from_mins(11));
    assert!(!is_proved(&bench, &session).await, "it wears off");
    told(&bench).await;
    let token = begin_proof(&bench, &account, &session, Way::Email).await;
    let code = newest_code(&bench).await;
    let wrong = prove(&bench, &token, &another(&code), Some(&session)).await;
    assert!(matches!(wrong, Found::Open(code::Answer::Wrong(Way::Email))));
    let Found::Open(code::Answer::SignedIn { session: renewed, landing }) =
        prove(&bench, &token, &code, Some(&session)).await
    else {
        panic!("the code is right")
    };
    assert_eq!(landing, "/security/app");
    assert!(is_proved(&bench, &renewed).await && !is_proved(&bench, &session).await);
    let old = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
    assert!(matches!(old, Session::Unknown), "the old one is dead");
    assert!(has_happened(&bench, &account, Event::IdentityConfirmed).await);
}

async fn h09_a_passkey_proves_who_one_is(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    bench.clock.advance(Duration::from_mins(11));
    account_is_live(&bench, &session).await;
    let (visit, browser) = (visit(&bench), browser());
    let challenge = passkeys::begin_confirming(&bench.app, &visit, &browser, account.id, &session)
        .await
        .unwrap();
    assert!(challenge.options.contains("allowCredentials") && challenge.options.len() > 150);
    let credential = key.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let next = "/security/codes";
    let proved =
        passkeys::confirm(&bench.app, &visit, &browser, account.id, &session, answered, next)
            .await
            .unwrap();
    let KeyAnswer::SignedIn(opened) = proved else { panic!("the passkey is right") };
    assert_eq!(opened.landing, next);
    assert!(is_proved(&bench, &opened.session).await);
}

async fn account_is_live(bench: &Bench, session: &Token) {
    account(bench, session).await;
}

async fn l9_a_step_of_another_session_proves_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    bench.clock.advance(Duration::from_mins(2));
    let token = begin_proof(&bench, &account, &session, Way::Email).await;
    let code = newest_code(&bench).await;
    // Whoever has the step and the code, but not the session, gets no session of it.
    for other in [None, Some(&Token::of(&[8; 32]))] {
        assert!(matches!(prove(&bench, &token, &code, other).await, Found::Gone));
    }
    sessions::end(&bench.app, &visit(&bench), &session).await.unwrap();
    let late = prove(&bench, &token, &code, Some(&session)).await;
    assert!(matches!(late, Found::Gone), "signed out meanwhile: {late:?}");
}

/// Signs Budi in and asks to be remembered.
async fn remembered(bench: &Bench) -> Account {
    let (token, _) = right_password(bench, "budi").await;
    let code = newest_code(bench).await;
    let ending = Ending { earlier: None, remembers: true };
    let done = code::submit(&bench.app, &visit(bench), &token, &code, ending).await.unwrap();
    match done {
        Found::Open(code::Answer::SignedIn { session, .. }) => account(bench, &session).await,
        other => panic!("not signed in: {other:?}"),
    }
}

async fn l10_a_remembered_browser_opens_for_reading_only(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let account = remembered(&bench).await;
    assert!(has_happened(&bench, &account, Event::DeviceRemembered).await);
    let Answer::SignedIn(opened) = try_password(&bench, "budi", PASSWORD).await else {
        panic!("this browser is remembered")
    };
    assert!(!is_proved(&bench, &opened.session).await, "protected acts still ask");
    let wrong = try_password(&bench, "budi", "salah sekali ini").await;
    assert!(matches!(wrong, Answer::Wrong { .. }), "the password is never left out");
    let token = begin_proof(&bench, &account, &opened.session, Way::Email).await;
    let code = newest_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) =
        prove(&bench, &token, &code, Some(&opened.session)).await
    else {
        panic!("the code is right")
    };
    assert!(is_proved(&bench, &session).await);
    bench.clock.advance(Duration::from_hours(30 * 24));
    right_password(&bench, "budi").await;
}

async fn h12_a_shared_device_is_never_remembered(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let shared = payung_flows::sign_in::password::Attempt {
        typed: "budi",
        password: &PASSWORD.into(),
        form: b"form",
        next: None,
        is_shared_device: true,
        earlier: None,
        taken: None,
    };
    let visit = visit(&bench);
    let submit = payung_flows::sign_in::password::submit;
    let Answer::Right { token, .. } = submit(&bench.app, &visit, &shared).await.unwrap() else {
        panic!("the password is right")
    };
    let code = newest_code(&bench).await;
    let ending = Ending { earlier: None, remembers: true };
    code::submit(&bench.app, &visit, &token, &code, ending).await.unwrap();
    right_password(&bench, "budi").await;
    // Codes that leave together arrive in any order.
    deliver(&bench).await;
    // And a browser that is remembered asks again when it is called shared.
    remembered(&bench).await;
    let again = payung_flows::sign_in::password::Attempt { form: b"another", ..shared };
    let answer = submit(&bench.app, &visit, &again).await.unwrap();
    assert!(matches!(answer, Answer::Right { .. }), "{answer:?}");
}

async fn h12_forgetting_browsers_asks_for_the_second_step_again(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let account = remembered(&bench).await;
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::SignedIn(_)));
    let forgotten = security::forget_browsers(&bench.app, &visit(&bench), &account).await.unwrap();
    assert_eq!(forgotten, 1);
    right_password(&bench, "budi").await;
}
