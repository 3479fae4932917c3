//! Passwords and codes: what is let through, what is counted, and what a stranger learns.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::lockout::FIRM;
use payung_domain::second_factor::{CodeProblem, Way};
use payung_domain::time::Clock;
use payung_flows::sign_in::password::{Answer, NextPage};
use payung_flows::sign_in::step::{self, Asked, Found, OpenWay};
use payung_flows::sign_in::{Ending, code};
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{
    another, ask_again, at_the_code, deliver, enter, newest_code, right_password, send_form,
    signed_in, text_of, try_password, visit,
};

on_each_engine!(
    every_name_of_an_account_opens_the_same_door,
    the_member_chooses_where_the_code_goes,
    a_stranger_and_a_wrong_password_get_the_same_words,
    e02_the_ladder_is_climbed_by_known_and_unknown_names_alike,
    e01_a_hundred_misses_shut_the_door_for_known_and_unknown_names_alike,
    l2_two_names_of_one_account_do_not_give_two_budgets,
    e03_parallel_guesses_share_one_limit,
    e03_a_form_that_was_refused_in_a_pause_is_a_try_when_it_comes_again,
    a_right_password_forgets_the_misses,
    the_same_form_sent_twice_counts_one_try_and_is_one_sign_in,
    an_old_form_begins_a_new_sign_in,
    e04_one_address_is_stopped_and_told_when_to_come_back,
    a10_a_full_queue_costs_nobody_a_try,
    b03_a_code_of_another_sign_in_is_wrong,
    a_late_code_of_the_last_ten_minutes_still_counts_beside_a_newer_one,
    an_expired_code_is_answered_with_a_new_one_and_costs_no_try,
    what_is_no_code_costs_no_try,
    b04_wrong_tries_count_across_codes_and_sign_ins,
    b04_five_wrong_tries_void_the_codes_at_hand,
    b05_the_wait_for_another_code_is_said_and_kept,
    b05_the_sixth_code_in_an_hour_is_not_sent,
    l7_of_64_at_once_one_code_opens_one_session,
    a_lost_answer_is_given_again_to_the_browser_that_lost_it,
    r2_a_step_cannot_be_skipped,
    an_authenticator_code_counts_once,
    c02_an_authenticator_code_of_a_minute_ago_is_wrong,
    an_operator_who_ends_codes_by_mail_shuts_that_way,
    e08_a_new_browser_is_told_to_the_owner,
    a_member_who_takes_too_long_begins_again,
);

async fn every_name_of_an_account_opens_the_same_door(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for name in [
        "siti",
        " SITI ",
        "Siti@Peserta.Example",
        "0800-0000-0001",
        "+62 800 0000 0001",
        "900 0000 0001",
    ] {
        let (_, next) = right_password(&bench, name).await;
        assert_eq!(next, NextPage::Choose, "{name}");
    }
}

async fn the_member_chooses_where_the_code_goes(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for (way, sent_to) in [(Way::Sms, "+62"), (Way::Email, "siti@")] {
        let (token, _) = right_password(&bench, "siti").await;
        assert!(deliver(&bench).await.is_empty(), "nothing is sent before the choice");
        let asked = step::choose(&bench.app, &visit(&bench), &token, way).await.unwrap();
        assert!(matches!(asked, Found::Open(Asked::Done)));
        let sent = deliver(&bench).await;
        assert!(format!("{sent:?}").len() > 10 && sent.len() == 1, "{sent_to}");
        let code = text_of(&sent[0])
            .split(|c: char| !c.is_ascii_digit())
            .find(|w| w.len() == 6)
            .unwrap()
            .to_owned();
        assert!(matches!(
            enter(&bench, &token, &code).await,
            Found::Open(code::Answer::SignedIn { .. })
        ));
    }
    let (token, _) = right_password(&bench, "siti").await;
    let asked = step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    assert!(matches!(asked, Found::Open(Asked::NotOpen)), "she has no authenticator app");
}

async fn a_stranger_and_a_wrong_password_get_the_same_words(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for name in ["siti", "orang.asing", "tidak@ada.example", "0800 9999 9999", "☂☂☂"] {
        let answer = try_password(&bench, name, "salah sekali ini").await;
        assert!(matches!(answer, Answer::Wrong { left: 9 }), "{name}: {answer:?}");
    }
    let too_long = "a".repeat(10_000);
    assert!(matches!(try_password(&bench, "siti", &too_long).await, Answer::Wrong { left: 8 }));
}

/// What somebody sees who keeps trying wrong passwords as soon as that is allowed.
async fn climb(bench: &Bench, name: &str, tries: u32) -> Vec<String> {
    let mut seen = Vec::new();
    for _ in 0..tries {
        let answer = try_password(bench, name, "salah sekali ini").await;
        if let Answer::Paused(until) = answer {
            seen.push(format!("paused {}", until.since(bench.clock.now()).as_secs()));
            bench.clock.advance(until.since(bench.clock.now()));
        } else {
            seen.push(format!("{answer:?}"));
        }
    }
    seen
}

async fn e02_the_ladder_is_climbed_by_known_and_unknown_names_alike(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let known = climb(&bench, "siti", 12).await;
    assert_eq!(known[3..7], ["Wrong { left: 6 }", "paused 30", "paused 60", "paused 120"]);
    assert_eq!(known[9..11], ["paused 900", "Wrong { left: 9 }"]);
    assert_eq!(known, climb(&bench, "orang.asing", 12).await);
}

async fn e01_a_hundred_misses_shut_the_door_for_known_and_unknown_names_alike(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 1_000);
    people::siti(&bench.app).await;
    for name in ["siti", "orang.asing"] {
        let seen = climb(&bench, name, FIRM).await;
        assert_eq!(seen.last().unwrap(), "Locked");
        bench.clock.advance(Duration::from_mins(100_000));
        assert!(matches!(try_password(&bench, name, PASSWORD).await, Answer::Locked), "{name}");
    }
    let by_phone = try_password(&bench, "0800 0000 0001", PASSWORD).await;
    assert!(matches!(by_phone, Answer::Wrong { .. }), "the account is shut by every name");
}

async fn l2_two_names_of_one_account_do_not_give_two_budgets(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    climb(&bench, "siti", 9).await;
    // The tenth miss in all comes by another name. Its own counter says "wrong" and nothing else,
    // and from now on not even the right password is believed under it.
    assert!(matches!(
        try_password(&bench, "siti@peserta.example", "salah").await,
        Answer::Wrong { left: 9 }
    ));
    let answer = try_password(&bench, "siti@peserta.example", PASSWORD).await;
    assert!(matches!(answer, Answer::Wrong { left: 8 }), "{answer:?}");
    bench.clock.advance(Duration::from_mins(15));
    right_password(&bench, "siti@peserta.example").await;
}

async fn e03_parallel_guesses_share_one_limit(db: TestStore) {
    let bench = std::sync::Arc::new(Bench::new(db));
    people::siti(&bench.app).await;
    let guesses: Vec<_> = (0..24)
        .map(|n| {
            let bench = std::sync::Arc::clone(&bench);
            tokio::spawn(async move { try_password(&bench, "siti", &format!("tebakan {n}")).await })
        })
        .collect();
    let mut checked = 0;
    for guess in guesses {
        let answer = guess.await.unwrap();
        // The fifth guess is checked and brings the pause; all others find it.
        checked += usize::from(matches!(answer, Answer::Wrong { .. }));
    }
    assert_eq!(checked, 4);
}

/// What a pause refused was not counted, so it must not pass for something that was: guesses could be
/// left at the door to be tried for nothing.
async fn e03_a_form_that_was_refused_in_a_pause_is_a_try_when_it_comes_again(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for n in 1..=5 {
        try_password(&bench, "siti", &format!("tebakan {n}")).await;
    }
    let form = [7; 16];
    let refused = send_form(&bench, "siti", "tebakan lagi", &form).await;
    assert!(matches!(refused, Answer::Paused(_)), "{refused:?}");
    bench.clock.advance(Duration::from_secs(31));
    send_form(&bench, "siti", "tebakan lagi", &form).await;
    let after = try_password(&bench, "siti", PASSWORD).await;
    assert!(matches!(after, Answer::Paused(_)), "the sixth miss waits a minute: {after:?}");
}

async fn a_right_password_forgets_the_misses(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for _ in 0..3 {
        climb(&bench, "siti", 4).await;
        right_password(&bench, "siti").await;
    }
}

async fn the_same_form_sent_twice_counts_one_try_and_is_one_sign_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for _ in 0..3 {
        let answer = send_form(&bench, "budi", "salah", b"one form").await;
        assert!(matches!(answer, Answer::Wrong { left: 9 }));
    }
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let Answer::Right { token, .. } = send_form(&bench, "budi", PASSWORD, b"form").await else {
            panic!("the password is right");
        };
        tokens.push(token);
    }
    assert_eq!(tokens[0], tokens[1]);
    assert_eq!(deliver(&bench).await.len(), 1, "one code for one sign-in");
}

async fn an_old_form_begins_a_new_sign_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let Answer::Right { token, .. } = send_form(&bench, "budi", PASSWORD, b"form").await else {
        panic!("the password is right");
    };
    let code = newest_code(&bench).await;
    assert!(matches!(
        enter(&bench, &token, &code).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
    let Answer::Right { token: again, .. } = send_form(&bench, "budi", PASSWORD, b"form").await
    else {
        panic!("the password is right");
    };
    assert_ne!(again, token);
    assert!(matches!(
        step::view(&bench.app, &visit(&bench), &again).await.unwrap(),
        Found::Open(_)
    ));
}

async fn e04_one_address_is_stopped_and_told_when_to_come_back(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 3);
    people::siti(&bench.app).await;
    for n in 0..3 {
        let answer = try_password(&bench, &format!("orang{n}"), "salah").await;
        assert!(matches!(answer, Answer::Wrong { .. }));
    }
    let Answer::TooMany { until } = try_password(&bench, "siti", PASSWORD).await else {
        panic!("the fourth try in a minute is one too many");
    };
    bench.clock.advance(until.since(bench.clock.now()));
    right_password(&bench, "siti").await;
}

async fn a10_a_full_queue_costs_nobody_a_try(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.hashing.queue = 0;
        settings.hashing.threads = 1;
    });
    people::siti(&bench.app).await;
    let place = bench.app.hasher.place().unwrap();
    for _ in 0..30 {
        assert!(matches!(try_password(&bench, "siti", PASSWORD).await, Answer::Busy));
    }
    drop(place);
    assert!(matches!(try_password(&bench, "siti", "salah").await, Answer::Wrong { left: 9 }));
}

async fn b03_a_code_of_another_sign_in_is_wrong(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (first, code) = at_the_code(&bench).await;
    let (second, newer) = at_the_code(&bench).await;
    assert_ne!(first, second);
    assert!(matches!(
        enter(&bench, &second, &code).await,
        Found::Open(code::Answer::Wrong(Way::Email))
    ));
    assert!(matches!(
        enter(&bench, &second, &newer).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
}

async fn a_late_code_of_the_last_ten_minutes_still_counts_beside_a_newer_one(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    bench.clock.advance(Duration::from_mins(9));
    assert_eq!(ask_again(&bench, &token).await, Asked::Done);
    assert_ne!(newest_code(&bench).await, code);
    assert!(matches!(
        enter(&bench, &token, &code).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
}

async fn an_expired_code_is_answered_with_a_new_one_and_costs_no_try(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    bench.clock.advance(Duration::from_mins(10));
    let answer = enter(&bench, &token, &code).await;
    assert!(matches!(answer, Found::Open(code::Answer::Expired(Asked::Done))));
    let newer = newest_code(&bench).await;
    assert!(matches!(
        enter(&bench, &token, &newer).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
}

async fn what_is_no_code_costs_no_try(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    for (typed, problem) in [
        ("", CodeProblem::Empty),
        ("12345", CodeProblem::Short),
        ("1234567", CodeProblem::Long),
        ("abcdef", CodeProblem::Characters),
    ] {
        for _ in 0..6 {
            let answer = enter(&bench, &token, typed).await;
            assert!(matches!(answer, Found::Open(code::Answer::Unreadable(p)) if p == problem));
        }
    }
    let spaced = format!(" #{} {}", &code[..3], &code[3..]);
    assert!(matches!(
        enter(&bench, &token, &spaced).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
}

async fn b04_wrong_tries_count_across_codes_and_sign_ins(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for round in 0..3 {
        let (token, code) = at_the_code(&bench).await;
        for _ in 0..3 {
            let answer = enter(&bench, &token, &another(&code)).await;
            assert!(matches!(answer, Found::Open(code::Answer::Wrong(_))), "round {round}");
        }
        bench.clock.advance(Duration::from_mins(2));
    }
    let (token, code) = at_the_code(&bench).await;
    let Found::Open(code::Answer::Paused(until)) = enter(&bench, &token, &another(&code)).await
    else {
        panic!("the tenth miss pauses the step");
    };
    assert_eq!(until.since(bench.clock.now()), Duration::from_mins(15));
    assert!(matches!(enter(&bench, &token, &code).await, Found::Open(code::Answer::Paused(_))));
    let Found::Open(step) = step::view(&bench.app, &visit(&bench), &token).await.unwrap() else {
        panic!("the sign-in is still open");
    };
    assert_eq!(step.paused_until, Some(until));
}

async fn b04_five_wrong_tries_void_the_codes_at_hand(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    for _ in 0..5 {
        enter(&bench, &token, &another(&code)).await;
    }
    assert!(matches!(enter(&bench, &token, &code).await, Found::Open(code::Answer::Wrong(_))));
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(ask_again(&bench, &token).await, Asked::Done);
    let newer = newest_code(&bench).await;
    assert!(matches!(
        enter(&bench, &token, &newer).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
}

async fn b05_the_wait_for_another_code_is_said_and_kept(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, _) = right_password(&bench, "budi").await;
    for seconds in [30, 60, 120] {
        let until = bench.clock.now().plus(Duration::from_secs(seconds));
        assert_eq!(ask_again(&bench, &token).await, Asked::Wait(until));
        bench.clock.advance(Duration::from_secs(seconds));
        assert_eq!(ask_again(&bench, &token).await, Asked::Done);
    }
    assert_eq!(deliver(&bench).await.len(), 4);
}

async fn b05_the_sixth_code_in_an_hour_is_not_sent(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for _ in 0..5 {
        right_password(&bench, "budi").await;
        bench.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(deliver(&bench).await.len(), 5);
    let (token, _) = right_password(&bench, "budi").await;
    assert!(matches!(ask_again(&bench, &token).await, Asked::Wait(_)));
    assert!(deliver(&bench).await.is_empty());
    bench.clock.advance(Duration::from_mins(56));
    let (_, _) = right_password(&bench, "budi").await;
    assert_eq!(deliver(&bench).await.len(), 1);
}

async fn l7_of_64_at_once_one_code_opens_one_session(db: TestStore) {
    let bench = std::sync::Arc::new(Bench::new(db));
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    let answers = crowd::of_64(|_| {
        let (bench, token, code) = (std::sync::Arc::clone(&bench), token.clone(), code.clone());
        async move { enter(&bench, &token, &code).await }
    })
    .await;
    let mut opened = 0;
    for answer in answers {
        match answer {
            Found::Open(code::Answer::SignedIn { .. }) => opened += 1,
            Found::Finished(_) => {}
            other => panic!("neither the winner nor told that it is done: {other:?}"),
        }
    }
    assert_eq!(opened, 1);
}

async fn a_lost_answer_is_given_again_to_the_browser_that_lost_it(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = enter(&bench, &token, &code).await
    else {
        panic!("the code is right");
    };
    let again = step::resume(&bench.app, &visit(&bench), &token).await.unwrap();
    assert_eq!(again, Some(session));
    let once_more = step::resume(&bench.app, &visit(&bench), &token).await.unwrap();
    assert_eq!(once_more, None, "handed over once");

    let (token, code) = at_the_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = enter(&bench, &token, &code).await
    else {
        panic!("the code is right");
    };
    bench.clock.advance(Duration::from_secs(1));
    payung_flows::sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
    let stolen = step::resume(&bench.app, &visit(&bench), &token).await.unwrap();
    assert_eq!(stolen, None, "a session that is in use is handed to nobody");
}

async fn r2_a_step_cannot_be_skipped(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (token, _) = right_password(&bench, "siti").await;
    // No way is chosen, so there is nothing to enter a code for.
    assert!(matches!(enter(&bench, &token, "123456").await, Found::Gone));
    let stranger = payung_domain::token::Token::of(&[8; 32]);
    assert!(matches!(enter(&bench, &stranger, "123456").await, Found::Gone));
    let session = payung_flows::sessions::find(&bench.app, &visit(&bench), &token).await.unwrap();
    assert!(matches!(session, payung_flows::sessions::Found::Unknown), "a step is no session");
}

async fn an_authenticator_code_counts_once(db: TestStore) {
    let bench = Bench::new(db);
    people::dewi(&bench.app).await;
    let code = people::dewis_code(bench.clock.now());
    let (token, next) = right_password(&bench, "dewi").await;
    assert_eq!(next, NextPage::Choose);
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    let Found::Open(shown) = step::view(&bench.app, &visit(&bench), &token).await.unwrap() else {
        panic!("the sign-in is open");
    };
    assert_eq!(shown.chosen, Some(OpenWay::Totp));
    assert!(deliver(&bench).await.is_empty(), "an app needs no message");
    assert!(matches!(
        enter(&bench, &token, &code).await,
        Found::Open(code::Answer::SignedIn { .. })
    ));
    let (token, _) = right_password(&bench, "dewi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    assert!(matches!(enter(&bench, &token, &code).await, Found::Open(code::Answer::Wrong(_))));
}

async fn c02_an_authenticator_code_of_a_minute_ago_is_wrong(db: TestStore) {
    let bench = Bench::new(db);
    people::dewi(&bench.app).await;
    let code = people::dewis_code(bench.clock.now());
    bench.clock.advance(Duration::from_mins(1));
    let (token, _) = right_password(&bench, "dewi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    assert!(matches!(enter(&bench, &token, &code).await, Found::Open(code::Answer::Wrong(_))));
}

async fn an_operator_who_ends_codes_by_mail_shuts_that_way(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.email_codes = false);
    people::siti(&bench.app).await;
    people::budi(&bench.app).await;
    let (_, next) = right_password(&bench, "siti").await;
    assert_eq!(next, NextPage::Enter(Way::Sms));
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::NoWay));
}

async fn e08_a_new_browser_is_told_to_the_owner(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    signed_in(&bench).await;
    assert!(deliver(&bench).await.is_empty(), "the first browser is no news");
    let (token, code) = at_the_code(&bench).await;
    let elsewhere = payung_flows::Visit {
        browser: Some(payung_domain::token::Token::of(&[2; 32])),
        device: "Firefox, Windows".to_owned(),
        ..visit(&bench)
    };
    code::submit(&bench.app, &elsewhere, &token, &code, Ending::default()).await.unwrap();
    bench.clock.advance(Duration::from_mins(5));
    let told = deliver(&bench).await;
    assert_eq!(told.len(), 1);
    assert!(text_of(&told[0]).contains("Firefox, Windows"));
}

async fn a_member_who_takes_too_long_begins_again(db: TestStore) {
    let bench = Bench::new(db);
    let budi = people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    bench.clock.advance(Duration::from_mins(15));
    assert!(matches!(enter(&bench, &token, &code).await, Found::Gone));
    assert!(matches!(step::view(&bench.app, &visit(&bench), &token).await.unwrap(), Found::Gone));
    let mut tx = bench.app.store.read().await.unwrap();
    let line =
        payung_storage::activity::latest(&mut tx, budi.id, Event::CodeSent, bench.clock.now());
    assert!(line.await.unwrap().is_some());
}
