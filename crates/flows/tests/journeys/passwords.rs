//! Forgotten and changed passwords: who learns what, what a link is worth, and what a new password
//! brings with it.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::lockout::{FIRM, ROUND};
use payung_domain::passwords::reset::LinkState;
use payung_domain::passwords::{MustChange, Refusal};
use payung_domain::second_factor::Sending;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::delivery::Parcel;
use payung_flows::passwords::change::{self, Wish};
use payung_flows::passwords::{breached::Breached, forgot, reset};
use payung_flows::sessions::{self, Found};
use payung_flows::sign_in::password::Answer;
use payung_flows::sign_in::step;
use payung_storage::{activity, remembered};
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{at_the_code, deliver, enter, signed_in, text_of, try_password, visit};

on_each_engine!(
    g01_a_forgotten_password_is_set_anew_with_a_link,
    f03_known_and_unknown_names_are_heard_alike,
    f03_an_address_without_an_account_is_told_so_once_a_day,
    one_link_a_minute_five_an_hour_ten_a_day,
    every_name_of_an_account_shares_one_budget,
    asking_too_often_from_one_address_is_said,
    g01_a_newer_link_takes_the_place_of_the_older_one,
    g02_a_link_works_for_half_an_hour,
    g04_looking_at_a_link_changes_nothing,
    r3_a_link_works_once_and_says_when_it_did,
    l7_of_64_at_once_one_sets_the_password,
    r3_a_link_of_an_older_password_is_void,
    a_password_that_is_not_taken_leaves_the_link_good,
    g05_r4_the_second_step_is_still_asked_for,
    r7_g06_nothing_that_knew_the_old_password_goes_on,
    g06_the_owner_hears_of_it_by_every_way,
    e05_a_reset_ends_the_pause_at_once,
    e01_a_firm_lock_opens_only_with_the_second_step,
    r4_a_reset_of_a_firm_lock_alone_is_one_round_of_tries,
    a11_a_password_is_changed_from_inside,
    a11_other_devices_stay_where_the_member_says_so,
    r10_the_present_password_is_truly_checked,
    r10_guessing_from_inside_counts_like_guessing_at_the_door,
    a05_what_has_leaked_is_not_taken,
    a_full_queue_changes_nothing,
    a_password_of_half_a_year_is_worth_a_reminder,
    a04_an_operator_who_wants_old_passwords_changed_holds_members_up,
);

const NEW: &str = "kuda tangga hujan sore";

async fn ask(bench: &Bench, typed: &str) -> forgot::Answer {
    forgot::ask(&bench.app, &visit(bench), typed).await.unwrap()
}

/// The token of the newest link that was sent.
async fn link(bench: &Bench) -> Token {
    let parcels = deliver(bench).await;
    let texts: Vec<String> = parcels.iter().map(text_of).collect();
    let token = texts.iter().rev().find_map(|text| {
        let (_, rest) = text.split_once("https://payung.example/reset-password?token=")?;
        Token::parse(rest.split_whitespace().next()?)
    });
    token.unwrap_or_else(|| panic!("no link in {texts:?}"))
}

/// Somebody with a link for Budi's account.
async fn budi_with_link(db: TestStore) -> (Bench, Token) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    (bench, token)
}

async fn set(bench: &Bench, token: &Token, password: &str) -> reset::Answer {
    reset::submit(&bench.app, &visit(bench), token, &Secret::from(password)).await.unwrap()
}

async fn opens(bench: &Bench, typed: &str, password: &str) -> bool {
    matches!(try_password(bench, typed, password).await, Answer::Right { .. })
}

async fn live(bench: &Bench, session: &Token) -> Option<sessions::SignedIn> {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Found::Live(member) => Some(*member),
        _ => None,
    }
}

async fn has_happened(bench: &Bench, who: &people::Somebody, event: Event) -> bool {
    let mut tx = bench.app.store.read().await.unwrap();
    let end = Instant::from_micros(i64::MAX);
    activity::latest(&mut tx, who.id, event, end).await.unwrap().is_some()
}

async fn g01_a_forgotten_password_is_set_anew_with_a_link(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    for name in ["siti", "siti@peserta.example", "0800 0000 0001", "90000000001"] {
        ask(&bench, name).await;
        let token = link(&bench).await;
        let found = reset::view(&bench.app, &visit(&bench), &token).await.unwrap();
        assert!(
            matches!(found, reset::Found::Good { user_name, .. } if user_name == "siti@peserta.example")
        );
        bench.clock.advance(Duration::from_mins(10));
    }
    ask(&bench, "siti").await;
    let token = link(&bench).await;
    assert!(has_happened(&bench, &siti, Event::ResetAsked).await);
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
    assert!(has_happened(&bench, &siti, Event::ResetDone).await);
    assert!(opens(&bench, "siti", NEW).await && !opens(&bench, "siti", PASSWORD).await);
}

async fn f03_known_and_unknown_names_are_heard_alike(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for name in ["siti", "orang.asing", "asing@peserta.example", "0811 1111 1111", "☂"] {
        for _ in 0..2 {
            assert_eq!(ask(&bench, name).await, forgot::Answer::Heard, "{name}");
            let next = forgot::next_try(&bench.app, &visit(&bench), name).await.unwrap();
            let free = bench.clock.now().plus(Duration::from_mins(1));
            assert_eq!(next, Sending::Wait(free), "{name}");
        }
    }
}

async fn f03_an_address_without_an_account_is_told_so_once_a_day(db: TestStore) {
    let bench = Bench::new(db);
    for name in ["asing@peserta.example", "ASING@peserta.example ", "orang.asing"] {
        ask(&bench, name).await;
        bench.clock.advance(Duration::from_hours(2));
    }
    let sent = deliver(&bench).await;
    assert_eq!(sent.len(), 1);
    assert!(matches!(&sent[0], Parcel::Mail { to, .. } if to.expose() == "asing@peserta.example"));
    assert!(!text_of(&sent[0]).contains("http"), "{}", text_of(&sent[0]));
    bench.clock.advance(Duration::from_hours(24));
    ask(&bench, "asing@peserta.example").await;
    assert_eq!(deliver(&bench).await.len(), 1);
}

async fn one_link_a_minute_five_an_hour_ten_a_day(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let mut sent = Vec::new();
    for minute in 0..(36 * 60) {
        if minute % 20 == 0 || minute < 10 {
            ask(&bench, "budi").await;
            ask(&bench, "budi").await;
            if !deliver(&bench).await.is_empty() {
                sent.push(minute);
            }
        }
        bench.clock.advance(Duration::from_mins(1));
    }
    assert_eq!(sent[..5], [0, 1, 2, 3, 4]);
    let within = |from: u32, span: u32| {
        sent.iter().filter(|minute| (from..from + span).contains(*minute)).count()
    };
    assert!((0..36 * 60).all(|minute| within(minute, 60) <= 5 && within(minute, 24 * 60) <= 10));
    assert_eq!(within(0, 24 * 60), 10);
}

async fn every_name_of_an_account_shares_one_budget(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    ask(&bench, "siti").await;
    assert_eq!(deliver(&bench).await.len(), 1);
    // Another name of hers is heard in the same words, and stays without a letter.
    assert_eq!(ask(&bench, "siti@peserta.example").await, forgot::Answer::Heard);
    assert!(deliver(&bench).await.is_empty());
}

async fn asking_too_often_from_one_address_is_said(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 3);
    for n in 0..3 {
        assert_eq!(ask(&bench, &format!("orang{n}")).await, forgot::Answer::Heard);
    }
    let forgot::Answer::TooMany { until } = ask(&bench, "orang").await else {
        panic!("the fourth in a minute is one too many");
    };
    bench.clock.advance(until.since(bench.clock.now()));
    assert_eq!(ask(&bench, "orang").await, forgot::Answer::Heard);
}

async fn g01_a_newer_link_takes_the_place_of_the_older_one(db: TestStore) {
    let (bench, older) = budi_with_link(db).await;
    bench.clock.advance(Duration::from_mins(2));
    ask(&bench, "budi@peserta.example").await;
    let newer = link(&bench).await;
    let answer = set(&bench, &older, NEW).await;
    assert!(matches!(answer, reset::Answer::Over(LinkState::Newer, _)), "{answer:?}");
    assert!(opens(&bench, "budi", PASSWORD).await);
    assert!(matches!(set(&bench, &newer, NEW).await, reset::Answer::Done));
}

async fn g02_a_link_works_for_half_an_hour(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    bench.clock.advance(Duration::from_mins(30));
    let answer = set(&bench, &token, NEW).await;
    assert!(matches!(answer, reset::Answer::Over(LinkState::Expired, _)), "{answer:?}");
    let stranger = set(&bench, &Token::of(&[5; 32]), NEW).await;
    assert!(matches!(stranger, reset::Answer::Over(LinkState::Expired, _)), "the same words");
}

async fn g04_looking_at_a_link_changes_nothing(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    let session = signed_in(&bench).await;
    for _ in 0..20 {
        let found = reset::view(&bench.app, &visit(&bench), &token).await.unwrap();
        assert!(matches!(found, reset::Found::Good { .. }));
    }
    assert!(live(&bench, &session).await.is_some(), "asking for a link changes nothing either");
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
}

async fn r3_a_link_works_once_and_says_when_it_did(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    let at = bench.clock.now();
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
    bench.clock.advance(Duration::from_mins(5));
    for password in [NEW, "another password for budi"] {
        let again = set(&bench, &token, password).await;
        assert!(
            matches!(again, reset::Answer::Over(LinkState::Used(then), _) if then == at),
            "{again:?}"
        );
    }
    assert!(opens(&bench, "budi", NEW).await);
}

async fn l7_of_64_at_once_one_sets_the_password(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    let bench = Arc::new(bench);
    let answers = crowd::of_64(|n| {
        let (bench, token) = (Arc::clone(&bench), token.clone());
        async move {
            let password = format!("kuda tangga hujan sore {n}");
            (matches!(set(&bench, &token, &password).await, reset::Answer::Done), password)
        }
    })
    .await;
    let mut winners = Vec::new();
    for (won, password) in answers {
        winners.extend(won.then_some(password));
    }
    assert_eq!(winners.len(), 1);
    assert!(opens(&bench, "budi", &winners[0]).await);
}

async fn r3_a_link_of_an_older_password_is_void(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    let session = signed_in(&bench).await;
    assert!(matches!(change(&bench, &session, PASSWORD, NEW, true).await, change::Answer::Done));
    let answer = set(&bench, &token, "jendela roti lampu desa").await;
    assert!(matches!(answer, reset::Answer::Over(LinkState::Expired, _)), "{answer:?}");
    assert!(opens(&bench, "budi", NEW).await);
}

async fn a_password_that_is_not_taken_leaves_the_link_good(db: TestStore) {
    let (bench, token) = budi_with_link(db).await;
    for (typed, why) in [
        ("pendek", Refusal::Short(12)),
        (&*"kuda ".repeat(30), Refusal::Long),
        ("password1234", Refusal::Common),
        ("budi@peserta.example", Refusal::Personal),
        (PASSWORD, Refusal::Same),
    ] {
        let answer = set(&bench, &token, typed).await;
        assert!(
            matches!(&answer, reset::Answer::Refused(refused) if refused.why == why),
            "{typed}: {answer:?}"
        );
    }
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
}

async fn g05_r4_the_second_step_is_still_asked_for(db: TestStore) {
    let bench = Bench::new(db);
    let dewi = people::dewi(&bench.app).await;
    ask(&bench, "dewi").await;
    let token = link(&bench).await;
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
    let Answer::Right { token, .. } = try_password(&bench, "dewi", NEW).await else {
        panic!("the new password is right");
    };
    let step::Found::Open(step) = step::view(&bench.app, &visit(&bench), &token).await.unwrap()
    else {
        panic!("the second step waits");
    };
    assert!(step.ways.len() >= 2, "nothing that was set up is gone: {:?}", step.ways);
    assert!(!has_happened(&bench, &dewi, Event::SignedIn).await);
}

async fn r7_g06_nothing_that_knew_the_old_password_goes_on(db: TestStore) {
    let bench = Bench::new(db);
    let budi = people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    let browser = remembered::Remembered {
        id: [1; 32],
        device: "Chrome".to_owned(),
        remembered_at: bench.clock.now(),
        used_at: bench.clock.now(),
        expires_at: bench.clock.now().plus(Duration::from_hours(24)),
    };
    let mut tx = bench.app.store.write().await.unwrap();
    remembered::remember(&mut tx, budi.id, &browser).await.unwrap();
    tx.commit().await.unwrap();
    // A thief is between the old password and its code.
    let (half_way, code) = at_the_code(&bench).await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
    assert!(live(&bench, &session).await.is_none());
    assert!(matches!(enter(&bench, &half_way, &code).await, step::Found::Gone));
    assert!(!opens(&bench, "budi", PASSWORD).await);
    let mut tx = bench.app.store.read().await.unwrap();
    assert!(remembered::list(&mut tx, budi.id, bench.clock.now()).await.unwrap().is_empty());
}

async fn g06_the_owner_hears_of_it_by_every_way(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    ask(&bench, "siti").await;
    let token = link(&bench).await;
    set(&bench, &token, NEW).await;
    let sent = deliver(&bench).await;
    let kinds: Vec<&str> = sent
        .iter()
        .map(|parcel| match parcel {
            Parcel::Mail { .. } => "mail",
            Parcel::Sms { .. } => "sms",
        })
        .collect();
    assert_eq!(sent.len(), 2, "{kinds:?}");
    assert!(kinds.contains(&"mail") && kinds.contains(&"sms"));
    for parcel in &sent {
        let text = text_of(parcel);
        assert!(text.contains("19.00 WIB") && !text.contains(NEW), "{text}");
        assert!(!text.contains("reset-password"), "{text}");
    }
}

/// Misses until the path is shut, as fast as that is allowed.
async fn shut(bench: &Bench, name: &str) {
    for _ in 0..FIRM {
        if let Answer::Paused(until) = try_password(bench, name, "salah sekali ini").await {
            bench.clock.advance(until.since(bench.clock.now()));
        }
    }
    assert!(matches!(try_password(bench, name, PASSWORD).await, Answer::Locked));
}

async fn e05_a_reset_ends_the_pause_at_once(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for _ in 0..5 {
        try_password(&bench, "siti", "salah sekali ini").await;
    }
    assert!(matches!(try_password(&bench, "siti", PASSWORD).await, Answer::Paused(_)));
    ask(&bench, "siti").await;
    let token = link(&bench).await;
    set(&bench, &token, NEW).await;
    assert!(opens(&bench, "siti", NEW).await);
}

async fn e01_a_firm_lock_opens_only_with_the_second_step(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 1_000);
    let budi = people::budi(&bench.app).await;
    shut(&bench, "budi").await;
    deliver(&bench).await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
    let Answer::Right { token, .. } = try_password(&bench, "budi", NEW).await else {
        panic!("the owner set a new password");
    };
    let code = crate::newest_code(&bench).await;
    assert!(!has_happened(&bench, &budi, Event::PasswordOpened).await);
    let opened = enter(&bench, &token, &code).await;
    assert!(format!("{opened:?}").contains("SignedIn"), "{opened:?}");
    assert!(has_happened(&bench, &budi, Event::PasswordOpened).await);
    // Wide open again: ten misses pause, and no more.
    for _ in 0..4 {
        let answer = try_password(&bench, "budi", "salah sekali ini").await;
        assert!(matches!(answer, Answer::Wrong { .. }), "{answer:?}");
    }
    assert!(opens(&bench, "budi", NEW).await);
}

async fn r4_a_reset_of_a_firm_lock_alone_is_one_round_of_tries(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 1_000);
    people::budi(&bench.app).await;
    shut(&bench, "budi").await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    set(&bench, &token, NEW).await;
    // Whoever reads the owner's mail, and has no second step, is stopped again, right as the
    // password is.
    let mut right = 0;
    for _ in 0..3 * ROUND {
        match try_password(&bench, "budi", NEW).await {
            Answer::Right { .. } => right += 1,
            Answer::Paused(until) => bench.clock.advance(until.since(bench.clock.now())),
            Answer::Locked => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(right <= ROUND, "{right}");
    bench.clock.advance(Duration::from_hours(48));
    assert!(matches!(try_password(&bench, "budi", NEW).await, Answer::Locked));
}

async fn change(
    bench: &Bench,
    session: &Token,
    present: &str,
    new: &str,
    ends_others: bool,
) -> change::Answer {
    let member = live(bench, session).await.expect("a live session");
    let form: [u8; 16] = bench.app.dice.bytes();
    let wish = Wish {
        session,
        present: &Secret::from(present),
        new: &Secret::from(new),
        ends_others,
        form: &form,
    };
    change::submit(&bench.app, &visit(bench), &member, &wish).await.unwrap()
}

async fn a11_a_password_is_changed_from_inside(db: TestStore) {
    let bench = Bench::new(db);
    let budi = people::budi(&bench.app).await;
    let elsewhere = signed_in(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let here = signed_in(&bench).await;
    deliver(&bench).await;
    assert!(matches!(change(&bench, &here, PASSWORD, NEW, true).await, change::Answer::Done));
    assert!(live(&bench, &here).await.is_some() && live(&bench, &elsewhere).await.is_none());
    assert!(has_happened(&bench, &budi, Event::PasswordChanged).await);
    assert_eq!(deliver(&bench).await.len(), 1);
    assert!(opens(&bench, "budi", NEW).await && !opens(&bench, "budi", PASSWORD).await);
}

async fn a11_other_devices_stay_where_the_member_says_so(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let elsewhere = signed_in(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let here = signed_in(&bench).await;
    assert!(matches!(change(&bench, &here, PASSWORD, NEW, false).await, change::Answer::Done));
    assert!(live(&bench, &here).await.is_some() && live(&bench, &elsewhere).await.is_some());
}

async fn r10_the_present_password_is_truly_checked(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    for present in ["", "salah sekali ini", NEW, &PASSWORD.to_uppercase()] {
        let answer = change(&bench, &session, present, NEW, true).await;
        assert!(matches!(answer, change::Answer::Wrong), "{present}: {answer:?}");
    }
    assert!(opens(&bench, "budi", PASSWORD).await && !opens(&bench, "budi", NEW).await);
    let same = change(&bench, &session, PASSWORD, PASSWORD, true).await;
    assert!(
        matches!(&same, change::Answer::Refused(refused) if refused.why == Refusal::Same),
        "{same:?}"
    );
}

async fn r10_guessing_from_inside_counts_like_guessing_at_the_door(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    for _ in 0..5 {
        let answer = change(&bench, &session, "salah sekali ini", NEW, true).await;
        assert!(matches!(answer, change::Answer::Wrong), "{answer:?}");
    }
    let answer = change(&bench, &session, PASSWORD, NEW, true).await;
    assert!(matches!(answer, change::Answer::Paused(_)), "{answer:?}");
    // The same pause stands at the door, by every name.
    assert!(!opens(&bench, "budi@peserta.example", PASSWORD).await);
    bench.clock.advance(Duration::from_mins(1));
    assert!(matches!(change(&bench, &session, PASSWORD, NEW, true).await, change::Answer::Done));
    assert!(opens(&bench, "budi", NEW).await);
}

async fn a05_what_has_leaked_is_not_taken(db: TestStore) {
    let mut bench = Bench::new(db);
    // The SHA-1 of the password all of this test's people would like.
    let leaked = "01C85FEA8054C81246DAD75637F01FAFBFB64132:3";
    Arc::get_mut(&mut bench.app).unwrap().breached =
        Some(Breached::of_lines([leaked].into_iter()).unwrap());
    people::budi(&bench.app).await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    let answer = set(&bench, &token, NEW).await;
    assert!(
        matches!(&answer, reset::Answer::Refused(refused) if refused.why == Refusal::Common),
        "{answer:?}"
    );
    assert!(matches!(set(&bench, &token, "jendela roti lampu desa").await, reset::Answer::Done));
}

async fn a_full_queue_changes_nothing(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.hashing.queue = 2;
        settings.hashing.threads = 1;
    });
    people::budi(&bench.app).await;
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    let place = bench.app.hasher.place().unwrap();
    let second = bench.app.hasher.place().unwrap();
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Busy));
    drop((place, second));
    assert!(matches!(set(&bench, &token, NEW).await, reset::Answer::Done));
}

async fn a_password_of_half_a_year_is_worth_a_reminder(db: TestStore) {
    let bench = Bench::new(db);
    let budi = people::budi(&bench.app).await;
    let reminder = async || {
        let session = signed_in(&bench).await;
        let member = live(&bench, &session).await.unwrap();
        payung_flows::passwords::reminder(&bench.app, &member.account, bench.clock.now())
    };
    assert_eq!(reminder().await, None);
    bench.clock.advance(Duration::from_hours(181 * 24));
    assert_eq!(reminder().await, Some(181));
    ask(&bench, "budi").await;
    let token = link(&bench).await;
    set(&bench, &token, NEW).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let account = payung_storage::accounts::get(&mut tx, budi.id).await.unwrap().unwrap();
    drop(tx);
    let now = bench.clock.now();
    assert_eq!(payung_flows::passwords::reminder(&bench.app, &account, now), None);
}

async fn a04_an_operator_who_wants_old_passwords_changed_holds_members_up(db: TestStore) {
    let year = Duration::from_hours(365 * 24);
    let bench = Bench::with(db, |settings| settings.passwords.expires_after = Some(year));
    people::budi(&bench.app).await;
    let must_change = async || {
        let session = signed_in(&bench).await;
        live(&bench, &session).await.unwrap().must_change
    };
    assert_eq!(must_change().await, None);
    bench.clock.advance(year);
    assert_eq!(must_change().await, Some(MustChange::Expired));
}
