//! A new password without an e-mail address: a code in a text message, and one more thing that is
//! not the number.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::contact::{Identifier, Phone, UserName};
use payung_domain::lockout::{Counter, FIRM};
use payung_domain::passwords::reset::LinkState;
use payung_domain::second_factor::{Sending, Way, totp_code, totp_step};
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::delivery::Parcel;
use payung_flows::passwords::by_code::{self, Answer};
use payung_flows::passwords::{forgot, reset};
use payung_flows::sessions::{self, Found as Session};
use payung_flows::sign_in::code;
use payung_flows::sign_in::password::Answer as Tried;
use payung_flows::sign_in::step::{self, Found};
use payung_flows::{Visit, not_me};
use payung_storage::{accounts, factors, throttles};
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::factors::{bind_app, has_happened, make_codes};
use crate::{another, deliver, enter, newest_code, right_password, text_of, try_password, visit};

on_each_engine!(
    g02_an_account_without_an_address_gets_a_code_and_no_link,
    g02_the_code_and_what_it_opens_work_for_ten_minutes,
    g05_r4_the_second_step_is_still_asked_for,
    r7_g06_nothing_that_was_open_before_goes_on,
    g07_a_code_and_a_recovery_code_set_a_new_password,
    g07_r4_neither_of_the_two_is_enough_alone,
    g07_the_code_of_an_app_serves_as_well,
    g08_a_used_recovery_code_issues_its_replacement,
    r2_a_code_serves_the_browser_that_asked_and_no_other,
    l1_five_tries_void_the_code,
    l4_a_stranger_uses_up_nobodys_tries,
    l7_of_64_at_once_one_opens_the_way,
    e01_guessing_at_the_app_beside_a_right_code_is_shut,
    f03_every_name_gets_the_same_answers,
    f03_l2_nobody_learns_which_names_are_of_one_account,
    an_operator_without_text_messages_sends_none,
    whoever_said_this_was_not_me_comes_back_alone,
);

const NEW: &str = "kuda tangga hujan sore";

/// Tono: reached by text message only. His account, and his recovery codes.
async fn tono(bench: &Bench) -> (Account, Vec<String>) {
    let names = vec![
        Identifier::UserName(UserName::parse("tono").unwrap()),
        Identifier::Phone(Phone::parse("0800 0000 0009").unwrap()),
    ];
    let tono = people::enrol(&bench.app, names).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let account = accounts::get(&mut tx, tono.id).await.unwrap().unwrap();
    drop(tx);
    let codes = make_codes(bench, &account).await;
    deliver(bench).await;
    bench.clock.advance(Duration::from_mins(1));
    (account, codes)
}

async fn ask(bench: &Bench, typed: &str) {
    let answer = forgot::ask(&bench.app, &visit(bench), typed).await.unwrap();
    assert_eq!(answer, forgot::Answer::Heard);
}

/// Asks, and reads the text message.
async fn code_for(bench: &Bench, typed: &str) -> String {
    ask(bench, typed).await;
    newest_code(bench).await
}

async fn prove(bench: &Bench, name: &str, code: &str, other: &str) -> Answer {
    prove_at(bench, &visit(bench), name, code, other).await
}

async fn prove_at(bench: &Bench, visit: &Visit, name: &str, code: &str, other: &str) -> Answer {
    by_code::submit(&bench.app, visit, name, code, other).await.unwrap()
}

/// What two right answers are worth.
fn worth(answer: Answer) -> (Token, Option<Secret>) {
    match answer {
        Answer::Proved { link, next } => (link, next),
        other => panic!("both are right: {other:?}"),
    }
}

async fn set(bench: &Bench, link: &Token, password: &str) -> reset::Answer {
    reset::submit(&bench.app, &visit(bench), link, &Secret::from(password)).await.unwrap()
}

/// Somebody at another browser.
fn elsewhere(bench: &Bench) -> Visit {
    Visit { browser: Some(Token::of(&[2; 32])), ..visit(bench) }
}

async fn signed_in(bench: &Bench) -> Token {
    let (token, _) = right_password(bench, "tono").await;
    let code = newest_code(bench).await;
    match enter(bench, &token, &code).await {
        Found::Open(code::Answer::SignedIn { session, .. }) => session,
        other => panic!("not signed in: {other:?}"),
    }
}

async fn g02_an_account_without_an_address_gets_a_code_and_no_link(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = tono(&bench).await;
    ask(&bench, "tono").await;
    let sent = deliver(&bench).await;
    assert_eq!(sent.len(), 1);
    let Parcel::Sms { to, text, .. } = &sent[0] else { panic!("he has no address") };
    assert_eq!(to, &Phone::parse("0800 0000 0009").unwrap());
    assert!(!text.contains("http") && !text.contains("token"), "{text}");
    assert!(text.contains("kata sandi baru") && text.contains("@payung.example #"), "{text}");
    assert!(has_happened(&bench, &account, Event::ResetAsked).await);
    ask(&bench, "0800 0000 0009").await;
    assert!(deliver(&bench).await.is_empty(), "one a minute, by whichever name");
}

async fn g02_the_code_and_what_it_opens_work_for_ten_minutes(db: TestStore) {
    let bench = Bench::new(db);
    let (_, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    bench.clock.advance(Duration::from_mins(10));
    assert!(matches!(prove(&bench, "tono", &code, &codes[0]).await, Answer::Wrong));
    let code = code_for(&bench, "tono").await;
    let (link, _) = worth(prove(&bench, "tono", &code, &codes[0]).await);
    bench.clock.advance(Duration::from_mins(10));
    let answer = set(&bench, &link, NEW).await;
    assert!(matches!(answer, reset::Answer::Over(LinkState::Expired, _)), "{answer:?}");
}

async fn g05_r4_the_second_step_is_still_asked_for(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    let (link, _) = worth(prove(&bench, "tono", &code, &codes[0]).await);
    assert!(matches!(set(&bench, &link, NEW).await, reset::Answer::Done));
    let Tried::Right { token, .. } = try_password(&bench, "tono", NEW).await else {
        panic!("the new password is right");
    };
    let Found::Open(step) = step::view(&bench.app, &visit(&bench), &token).await.unwrap() else {
        panic!("the second step waits");
    };
    assert!(step.ways.iter().any(|way| way.way() == Way::Sms), "{:?}", step.ways);
    assert!(!has_happened(&bench, &account, Event::SignedIn).await);
}

async fn r7_g06_nothing_that_was_open_before_goes_on(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let session = signed_in(&bench).await;
    let code = code_for(&bench, "tono").await;
    bench.clock.advance(Duration::from_mins(2));
    forgot::ask(&bench.app, &elsewhere(&bench), "tono").await.unwrap();
    let other = newest_code(&bench).await;
    let (older, _) = worth(prove(&bench, "tono", &code, &codes[0]).await);
    bench.clock.advance(Duration::from_mins(2));
    let code = code_for(&bench, "tono").await;
    let (link, _) = worth(prove(&bench, "tono", &code, &codes[1]).await);
    let replaced = set(&bench, &older, NEW).await;
    assert!(matches!(replaced, reset::Answer::Over(LinkState::Newer, _)), "{replaced:?}");
    deliver(&bench).await;
    assert!(matches!(set(&bench, &link, NEW).await, reset::Answer::Done));
    let found = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
    assert!(!matches!(found, Session::Live(_)));
    let late = prove_at(&bench, &elsewhere(&bench), "tono", &other, &codes[2]).await;
    assert!(matches!(late, Answer::Wrong), "{late:?}");
    let told: Vec<String> = deliver(&bench).await.iter().map(text_of).collect();
    assert_eq!(told.len(), 1, "he hears of it: {told:?}");
    assert!(has_happened(&bench, &account, Event::ResetDone).await);
}

async fn g07_a_code_and_a_recovery_code_set_a_new_password(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let code = code_for(&bench, "0800 0000 0009").await;
    let typed = codes[3].to_lowercase().replace('-', " ");
    let (link, _) = worth(prove(&bench, "0800 0000 0009", &code, &typed).await);
    assert!(has_happened(&bench, &account, Event::RecoveryCodeUsed).await);
    let found = reset::view(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(
        matches!(&found, reset::Found::Good { user_name, .. } if user_name == "+6280000000009"),
        "{found:?}"
    );
    assert!(matches!(set(&bench, &link, NEW).await, reset::Answer::Done));
    assert!(matches!(try_password(&bench, "tono", NEW).await, Tried::Right { .. }));
    assert!(matches!(try_password(&bench, "tono", PASSWORD).await, Tried::Wrong { .. }));
}

async fn g07_r4_neither_of_the_two_is_enough_alone(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    let nothing = "0123-4567-89AB-CDEF";
    for (code, other) in
        [(&*code, nothing), (&*another(&code), &*codes[0]), (&*code, "123456"), (&*code, &*code)]
    {
        let answer = prove(&bench, "tono", code, other).await;
        assert!(matches!(answer, Answer::Wrong), "{code} and {other}: {answer:?}");
    }
    for (code, other) in [("", &*codes[0]), ("12", &*codes[0]), (&*code, ""), (&*code, "0123")] {
        let answer = prove(&bench, "tono", code, other).await;
        let is_free = matches!(answer, Answer::UnreadableCode(_) | Answer::UnreadableOther(_));
        assert!(is_free, "what cannot be right costs no try: {answer:?}");
    }
    assert!(!has_happened(&bench, &account, Event::RecoveryCodeUsed).await);
    worth(prove(&bench, "tono", &code, &codes[0]).await);
}

async fn g07_the_code_of_an_app_serves_as_well(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let seed = bind_app(&bench, &account).await;
    deliver(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let code = code_for(&bench, "tono").await;
    let shown = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let wrong = prove(&bench, "tono", &code, &another(&shown)).await;
    assert!(matches!(wrong, Answer::Wrong), "{wrong:?}");
    let (link, next) = worth(prove(&bench, "tono", &code, &shown).await);
    assert!(next.is_none(), "nothing was used up that has to be replaced");
    assert!(matches!(set(&bench, &link, NEW).await, reset::Answer::Done));
    let mut tx = bench.app.store.read().await.unwrap();
    let left = factors::codes_left(&mut tx, account.id).await.unwrap().unwrap();
    assert_eq!(left.left, codes.len());
}

async fn g08_a_used_recovery_code_issues_its_replacement(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    let (_, next) = worth(prove(&bench, "tono", &code, &codes[0]).await);
    let next = next.expect("one takes its place");
    assert!(!codes.contains(&next.expose().to_owned()));
    let told: Vec<String> = deliver(&bench).await.iter().map(text_of).collect();
    assert_eq!(told.len(), 1, "using one is told: {told:?}");
    let mut tx = bench.app.store.read().await.unwrap();
    let left = factors::codes_left(&mut tx, account.id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!((left.left, left.on_sheet), (10, 9));
    bench.clock.advance(Duration::from_mins(2));
    let code = code_for(&bench, "tono").await;
    let again = prove(&bench, "tono", &code, &codes[0]).await;
    assert!(matches!(again, Answer::Wrong), "{again:?}");
    worth(prove(&bench, "tono", &code, next.expose()).await);
}

async fn r2_a_code_serves_the_browser_that_asked_and_no_other(db: TestStore) {
    let bench = Bench::new(db);
    let (_, codes) = tono(&bench).await;
    people::budi(&bench.app).await;
    let code = code_for(&bench, "tono").await;
    let there = prove_at(&bench, &elsewhere(&bench), "tono", &code, &codes[0]).await;
    assert!(matches!(there, Answer::Wrong), "{there:?}");
    for name in ["budi", "orang.asing"] {
        let answer = prove(&bench, name, &code, &codes[0]).await;
        assert!(matches!(answer, Answer::Wrong), "{name}: {answer:?}");
    }
    worth(prove(&bench, "tono", &code, &codes[0]).await);
}

async fn l1_five_tries_void_the_code(db: TestStore) {
    let bench = Bench::new(db);
    let (_, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    for _ in 0..5 {
        let answer = prove(&bench, "tono", &another(&code), &codes[0]).await;
        assert!(matches!(answer, Answer::Wrong), "{answer:?}");
    }
    assert!(matches!(prove(&bench, "tono", &code, &codes[0]).await, Answer::Wrong));
    bench.clock.advance(Duration::from_mins(2));
    let code = code_for(&bench, "tono").await;
    for _ in 0..4 {
        prove(&bench, "tono", &another(&code), &codes[0]).await;
    }
    // The fifth try of a code may be the right one.
    worth(prove(&bench, "tono", &code, &codes[0]).await);
}

async fn l4_a_stranger_uses_up_nobodys_tries(db: TestStore) {
    let bench = Bench::new(db);
    let (_, codes) = tono(&bench).await;
    for _ in 0..30 {
        // Without a code that a guess could hit, nothing is counted.
        let answer = prove_at(&bench, &elsewhere(&bench), "tono", "000000", &codes[0]).await;
        assert!(matches!(answer, Answer::Wrong), "{answer:?}");
    }
    let code = code_for(&bench, "tono").await;
    bench.clock.advance(Duration::from_mins(1));
    forgot::ask(&bench.app, &elsewhere(&bench), "tono").await.unwrap();
    let theirs = newest_code(&bench).await;
    for _ in 0..9 {
        prove_at(&bench, &elsewhere(&bench), "tono", &another(&theirs), &codes[0]).await;
    }
    worth(prove(&bench, "tono", &code, &codes[0]).await);
}

async fn l7_of_64_at_once_one_opens_the_way(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    let (account, codes) = tono(&bench).await;
    let code = code_for(&bench, "tono").await;
    let answers = crowd::of_64(|number| {
        let bench = Arc::clone(&bench);
        let (code, other) = (code.clone(), codes[number % 4].clone());
        async move { prove(&bench, "tono", &code, &other).await }
    })
    .await;
    let mut proved = Vec::new();
    for answer in answers {
        match answer {
            Answer::Proved { link, next } => proved.push((link, next)),
            Answer::Wrong | Answer::Paused(_) | Answer::Busy => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(proved.len(), 1);
    assert!(proved[0].1.is_some());
    let mut tx = bench.app.store.read().await.unwrap();
    let left = factors::codes_left(&mut tx, account.id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!((left.left, left.on_sheet), (10, 9), "the others used up nothing");
    assert!(matches!(set(&bench, &proved[0].0, NEW).await, reset::Answer::Done));
}

async fn e01_guessing_at_the_app_beside_a_right_code_is_shut(db: TestStore) {
    let bench = Bench::new(db);
    let (account, codes) = tono(&bench).await;
    let seed = bind_app(&bench, &account).await;
    deliver(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let id = account.id.0;
    let subject = bench.app.keys.counters.tag(&[b"app code for a reset", id.as_bytes()]);
    let now = bench.clock.now();
    let mut tx = bench.app.store.write().await.unwrap();
    let shut = Counter { misses: FIRM, paused_until: now };
    throttles::set(&mut tx, &subject, shut, now).await.unwrap();
    tx.commit().await.unwrap();
    let code = code_for(&bench, "tono").await;
    let shown = totp_code(&seed, totp_step(now)).unwrap();
    let answer = prove(&bench, "tono", &code, &shown).await;
    assert!(matches!(answer, Answer::Wrong), "{answer:?}");
    // What cannot be guessed still goes, and opens it.
    worth(prove(&bench, "tono", &code, &codes[0]).await);
    let mut tx = bench.app.store.read().await.unwrap();
    assert_eq!(throttles::get(&mut tx, &subject).await.unwrap(), Counter::NEW);
}

async fn f03_every_name_gets_the_same_answers(db: TestStore) {
    let bench = Bench::new(db);
    tono(&bench).await;
    people::siti(&bench.app).await;
    let mut heard = Vec::new();
    for name in ["tono", "siti", "orang.asing", "asing@peserta.example", "0811 1111 1111"] {
        let mut answers = Vec::new();
        for _ in 0..3 {
            ask(&bench, name).await;
            for _ in 0..6 {
                let answer = prove(&bench, name, "000000", "0123-4567-89AB-CDEF").await;
                answers.push(match answer {
                    Answer::Wrong => "wrong",
                    Answer::Paused(_) => "paused",
                    other => panic!("{name}: {other:?}"),
                });
            }
            bench.clock.advance(Duration::from_mins(2));
        }
        heard.push(answers);
    }
    assert!(heard.iter().all(|answers| *answers == heard[0]), "{heard:?}");
    assert!(heard[0].contains(&"paused") && heard[0].contains(&"wrong"), "{heard:?}");
}

async fn f03_l2_nobody_learns_which_names_are_of_one_account(db: TestStore) {
    let bench = Bench::new(db);
    tono(&bench).await;
    let mut heard = Vec::new();
    for other in ["0800 0000 0009", "0811 1111 1111"] {
        let mut answers = Vec::new();
        for _ in 0..3 {
            ask(&bench, "tono").await;
            ask(&bench, other).await;
            let next = forgot::next_try(&bench.app, &visit(&bench), other).await.unwrap();
            answers.push(if matches!(next, Sending::Wait(_)) { "wait" } else { "now" });
            for name in ["tono", other] {
                for _ in 0..6 {
                    let answer = prove(&bench, name, "000000", "0123-4567-89AB-CDEF").await;
                    answers.push(match answer {
                        Answer::Wrong => "wrong",
                        Answer::Paused(_) => "paused",
                        other => panic!("{name}: {other:?}"),
                    });
                }
            }
            bench.clock.advance(Duration::from_mins(2));
        }
        heard.push(answers);
        bench.clock.advance(Duration::from_hours(25));
    }
    assert_eq!(heard[0], heard[1]);
}

async fn an_operator_without_text_messages_sends_none(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sms_codes = false);
    let (_, codes) = tono(&bench).await;
    ask(&bench, "tono").await;
    assert!(deliver(&bench).await.is_empty());
    assert!(matches!(prove(&bench, "tono", "000000", &codes[0]).await, Answer::Wrong));
}

async fn whoever_said_this_was_not_me_comes_back_alone(db: TestStore) {
    let bench = Bench::new(db);
    let (_, codes) = tono(&bench).await;
    let session = signed_in(&bench).await;
    // A thief has asked for a code.
    forgot::ask(&bench.app, &elsewhere(&bench), "tono").await.unwrap();
    let theirs = newest_code(&bench).await;
    bench.clock.advance(Duration::from_mins(2));
    let Session::Live(owner) = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap()
    else {
        panic!("he is signed in");
    };
    not_me::submit_signed_in(&bench.app, &visit(&bench), &owner, None).await.unwrap();
    deliver(&bench).await;
    let late = prove_at(&bench, &elsewhere(&bench), "tono", &theirs, &codes[0]).await;
    assert!(matches!(late, Answer::Wrong), "{late:?}");
    assert!(matches!(try_password(&bench, "tono", PASSWORD).await, Tried::Wrong { .. }));
    let code = code_for(&bench, "tono").await;
    let (link, _) = worth(prove(&bench, "tono", &code, &codes[0]).await);
    assert!(matches!(set(&bench, &link, NEW).await, reset::Answer::Done));
    assert!(matches!(try_password(&bench, "tono", NEW).await, Tried::Right { .. }));
}
