//! What owners hear when somebody tries their door, and what they can do about it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::lockout::FIRM;
use payung_domain::second_factor::Way;
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::activity::{self, Choice};
use payung_flows::delivery::Parcel;
use payung_flows::not_me::{self, Answer as Secured, Found as LinkFound};
use payung_flows::sessions::{self, Found as SessionFound, SignedIn};
use payung_flows::sign_in::password::{self, Answer, Attempt};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code};
use payung_flows::{Visit, inbox};
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{
    another, at_the_code, deliver, enter, right_password, signed_in, text_of, try_password, visit,
};

on_each_engine!(
    a_pause_is_told_once_by_letter_with_its_clock_time,
    a_firm_lock_is_told_and_says_what_opens_it,
    l5_a_pause_of_nobody_is_told_to_nobody,
    a_guessed_second_step_is_told_after_the_third_miss,
    a_burst_of_new_browsers_is_one_letter_after_five_minutes,
    h08_the_owner_hears_that_the_oldest_device_was_signed_out,
    this_was_not_me_secures_the_account_without_signing_in,
    looking_at_the_link_changes_nothing,
    a_link_works_once_and_for_seven_days,
    l7_of_64_at_once_one_secures_the_account,
    r7_no_session_and_no_half_done_sign_in_survives_it,
    l3_a_disowned_password_opens_nothing_however_long_one_waits,
    s5_devices_are_ended_by_their_owner_only,
    all_other_devices_are_ended_and_counted,
    s5_the_activity_list_is_the_owners,
    e07_an_address_that_goes_through_many_names_has_to_wait,
    e07_forms_that_are_too_quick_and_miss_stop_their_address,
    e07_one_name_from_many_addresses_is_counted,
    l6_the_addresses_of_one_customer_are_one,
    l8_b05_sms_over_the_days_ceiling_are_not_sent_and_other_ways_stay,
    the_inbox_holds_every_message_and_no_code,
    anybody_can_ask_whether_a_message_is_ours,
);

/// Somebody at another browser, somewhere else.
fn elsewhere(bench: &Bench, number: u8) -> Visit {
    Visit {
        browser: Some(Token::of(&[number; 32])),
        device: "Firefox, Windows".to_owned(),
        address: IpAddr::V4(Ipv4Addr::new(198, 51, 100, number)),
        ..visit(bench)
    }
}

async fn miss_from(bench: &Bench, visit: &Visit, typed: &str, taken: Option<Duration>) -> Answer {
    let form: [u8; 16] = bench.app.dice.bytes();
    let attempt = Attempt {
        typed,
        password: &Secret::from("salah sekali"),
        form: &form,
        next: None,
        is_shared_device: false,
        earlier: None,
        taken,
    };
    password::submit(&bench.app, visit, &attempt).await.unwrap()
}

/// Misses until the path is paused for long; each try waits until it may be made.
async fn miss_a_round(bench: &Bench, typed: &str) {
    for _ in 0..10 {
        if let Answer::Paused(until) = try_password(bench, typed, "salah sekali").await {
            bench.clock.advance(until.since(bench.clock.now()));
        }
    }
}

/// Signs Budi in at another browser.
async fn signed_in_elsewhere(bench: &Bench, number: u8) -> Token {
    let (token, code) = at_the_code(bench).await;
    let there = elsewhere(bench, number);
    match code::submit(&bench.app, &there, &token, &code, Ending::default()).await.unwrap() {
        Found::Open(code::Answer::SignedIn { session, .. }) => session,
        other => panic!("not signed in: {other:?}"),
    }
}

async fn live(bench: &Bench, session: &Token) -> Option<SignedIn> {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        SessionFound::Live(signed_in) => Some(*signed_in),
        _ => None,
    }
}

/// The token of the link in the one letter that says this. Messages that leave together arrive in
/// any order, so a letter is told by its words.
fn link_in(parcels: &[Parcel], words: &str) -> Token {
    let told: Vec<String> = parcels.iter().map(text_of).filter(|t| t.contains(words)).collect();
    let [text] = &*told else { panic!("{} letters say {words}", told.len()) };
    let (_, rest) = text.split_once("https://payung.example/not-me?token=").expect("a link");
    Token::parse(rest.split_whitespace().next().unwrap()).unwrap()
}

/// The link of a letter about a new browser, five minutes later.
async fn alarm(bench: &Bench) -> Token {
    signed_in(bench).await;
    signed_in_elsewhere(bench, 2).await;
    bench.clock.advance(Duration::from_mins(5));
    link_in(&deliver(bench).await, "Firefox, Windows")
}

async fn a_pause_is_told_once_by_letter_with_its_clock_time(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for _ in 0..9 {
        if let Answer::Paused(until) = try_password(&bench, "siti", "salah sekali").await {
            bench.clock.advance(until.since(bench.clock.now()));
        }
    }
    assert!(deliver(&bench).await.is_empty(), "short waits are nobody's news");
    let Answer::Paused(until) = try_password(&bench, "siti", "salah sekali").await else {
        panic!("the tenth miss pauses");
    };
    for _ in 0..5 {
        try_password(&bench, "siti", "salah sekali").await;
    }
    let told = deliver(&bench).await;
    assert_eq!(told.len(), 1, "one letter, and no text message that a stranger could cost us");
    assert!(matches!(told[0], Parcel::Mail { .. }));
    let clock = payung_texts::formats::clock_time(
        payung_domain::language::Language::Id,
        until,
        payung_domain::time::Zone::Wib,
    );
    let text = text_of(&told[0]);
    assert!(text.contains(&clock) && text.contains("kunci sandi"), "{text}");
}

async fn a_firm_lock_is_told_and_says_what_opens_it(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 1_000);
    people::budi(&bench.app).await;
    for _ in 0..FIRM / 10 {
        miss_a_round(&bench, "budi").await;
    }
    let told = deliver(&bench).await;
    assert_eq!(told.len(), 10, "nine pauses and the lock");
    assert!(told.iter().any(|letter| text_of(letter).contains("100 kali")));
    assert_eq!(bench.app.counters.locks.total(), 1);
}

async fn l5_a_pause_of_nobody_is_told_to_nobody(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    miss_a_round(&bench, "asing@peserta.example").await;
    assert!(deliver(&bench).await.is_empty());
}

async fn a_guessed_second_step_is_told_after_the_third_miss(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    for _ in 0..2 {
        enter(&bench, &token, &another(&code)).await;
    }
    assert!(deliver(&bench).await.is_empty());
    enter(&bench, &token, &another(&code)).await;
    enter(&bench, &token, &another(&code)).await;
    let told = deliver(&bench).await;
    assert_eq!(told.len(), 1);
    assert!(text_of(&told[0]).contains("3 kali") && text_of(&told[0]).contains("Chrome, Android"));
}

async fn a_burst_of_new_browsers_is_one_letter_after_five_minutes(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    signed_in(&bench).await;
    for number in 2..5 {
        signed_in_elsewhere(&bench, number).await;
        bench.clock.advance(Duration::from_mins(1));
    }
    assert!(deliver(&bench).await.is_empty(), "it waits for the burst to end");
    bench.clock.advance(Duration::from_mins(2));
    let told = deliver(&bench).await;
    assert_eq!(told.len(), 1);
    assert!(text_of(&told[0]).contains("Firefox, Windows"));
}

async fn h08_the_owner_hears_that_the_oldest_device_was_signed_out(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sessions.at_most = 1);
    people::budi(&bench.app).await;
    let first = signed_in(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let second = signed_in(&bench).await;
    assert!(live(&bench, &first).await.is_none() && live(&bench, &second).await.is_some());
    let told = deliver(&bench).await;
    assert!(told.iter().any(|parcel| text_of(parcel).contains("paling lama masuk")));
}

async fn this_was_not_me_secures_the_account_without_signing_in(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let owners = signed_in(&bench).await;
    let thiefs = signed_in_elsewhere(&bench, 2).await;
    bench.clock.advance(Duration::from_mins(5));
    let link = link_in(&deliver(&bench).await, "Firefox, Windows");
    let stranger = Visit { browser: None, ..visit(&bench) };
    let LinkFound::Open { message, .. } = not_me::view(&bench.app, &stranger, &link).await.unwrap()
    else {
        panic!("the link works");
    };
    assert_eq!((&*message.kind, &*message.subject), ("new-device", "Masuk dari perangkat baru"));
    let answer = not_me::submit(&bench.app, &stranger, &link).await.unwrap();
    assert!(matches!(answer, Secured::Secured));
    assert!(live(&bench, &owners).await.is_none() && live(&bench, &thiefs).await.is_none());
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Wrong { .. }));
    let told: Vec<String> = deliver(&bench).await.iter().map(text_of).collect();
    assert!(told.iter().any(|text| text.contains("mengeluarkan semua perangkat")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("/reset-password?")), "the way back: {told:?}");
}

async fn looking_at_the_link_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let link = alarm(&bench).await;
    for _ in 0..3 {
        let found = not_me::view(&bench.app, &visit(&bench), &link).await.unwrap();
        assert!(matches!(found, LinkFound::Open { .. }));
    }
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Right { .. }));
}

async fn a_link_works_once_and_for_seven_days(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let link = alarm(&bench).await;
    let first_at = bench.clock.now();
    not_me::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    bench.clock.advance(Duration::from_mins(1));
    let again = not_me::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(again, Secured::Refused(LinkFound::Used(at, _)) if at == first_at));
    let nobodys = Token::of(&[8; 32]);
    let answer = not_me::submit(&bench.app, &visit(&bench), &nobodys).await.unwrap();
    assert!(matches!(answer, Secured::Refused(LinkFound::Expired)));

    people::siti(&bench.app).await;
    miss_a_round(&bench, "siti").await;
    let old = link_in(&deliver(&bench).await, "dijeda");
    bench.clock.advance(Duration::from_hours(24 * 7));
    let answer = not_me::submit(&bench.app, &visit(&bench), &old).await.unwrap();
    assert!(matches!(answer, Secured::Refused(LinkFound::Expired)));
}

async fn l7_of_64_at_once_one_secures_the_account(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    people::budi(&bench.app).await;
    let link = alarm(&bench).await;
    let answers = crowd::of_64(|_| {
        let (bench, link) = (Arc::clone(&bench), link.clone());
        async move { not_me::submit(&bench.app, &visit(&bench), &link).await }
    })
    .await;
    let mut secured = 0;
    for answer in answers {
        match answer.unwrap() {
            Secured::Secured => secured += 1,
            Secured::Refused(LinkFound::Used(..)) => {}
            other @ Secured::Refused(_) => panic!("neither done nor told that it is: {other:?}"),
        }
    }
    assert_eq!(secured, 1);
}

async fn r7_no_session_and_no_half_done_sign_in_survives_it(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    let owner = live(&bench, &session).await.unwrap();
    let (half_done, code) = at_the_code(&bench).await;
    not_me::submit_signed_in(&bench.app, &visit(&bench), &owner, None).await.unwrap();
    assert!(live(&bench, &session).await.is_none(), "the one who says it is in doubt too");
    assert!(matches!(enter(&bench, &half_done, &code).await, Found::Gone));
    let resumed = step::resume(&bench.app, &visit(&bench), &half_done).await.unwrap();
    assert_eq!(resumed, None);
}

async fn l3_a_disowned_password_opens_nothing_however_long_one_waits(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    let owner = live(&bench, &session).await.unwrap();
    not_me::submit_signed_in(&bench.app, &visit(&bench), &owner, None).await.unwrap();
    for name in ["budi", "budi@peserta.example"] {
        let answer = try_password(&bench, name, PASSWORD).await;
        assert!(matches!(answer, Answer::Wrong { .. }), "the words of any wrong password");
    }
    bench.clock.advance(Duration::from_hours(24 * 365));
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Wrong { .. }));
}

async fn s5_devices_are_ended_by_their_owner_only(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::dewi(&bench.app).await;
    let budis = signed_in(&bench).await;
    let (token, _) = right_password(&bench, "dewi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    let shown = people::dewis_code(bench.clock.now());
    let Found::Open(code::Answer::SignedIn { session: dewis, .. }) =
        enter(&bench, &token, &shown).await
    else {
        panic!("the code is right");
    };
    let (budi, dewi) = (live(&bench, &budis).await.unwrap(), live(&bench, &dewis).await.unwrap());
    let here = visit(&bench);
    let dewis_devices = sessions::devices(&bench.app, &here, &dewi, &dewis).await.unwrap();
    assert_eq!(dewis_devices.len(), 1);
    let handle = dewis_devices[0].handle.clone();
    assert!(!handle.contains(dewis.expose()) && Token::parse(&handle).is_none());
    assert!(!sessions::end_device(&bench.app, &here, &budi, &handle).await.unwrap());
    assert!(!sessions::end_device(&bench.app, &here, &budi, "").await.unwrap());
    assert!(live(&bench, &dewis).await.is_some(), "nobody else can end it");
    assert!(sessions::end_device(&bench.app, &here, &dewi, &handle).await.unwrap());
    assert!(live(&bench, &dewis).await.is_none());
}

async fn all_other_devices_are_ended_and_counted(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let this = signed_in(&bench).await;
    for number in 2..4 {
        bench.clock.advance(Duration::from_mins(1));
        signed_in_elsewhere(&bench, number).await;
    }
    let budi = live(&bench, &this).await.unwrap();
    let here = visit(&bench);
    let devices = sessions::devices(&bench.app, &here, &budi, &this).await.unwrap();
    assert_eq!(devices.len(), 3);
    assert!(devices[0].is_this && !devices[1].is_this, "the one that asks comes first");
    assert!(devices[1].last_seen > devices[2].last_seen);
    for expected in [2, 0] {
        let ended = sessions::end_other_devices(&bench.app, &here, &budi, &this).await.unwrap();
        assert_eq!(ended, expected);
    }
    assert!(live(&bench, &this).await.is_some());
}

async fn s5_the_activity_list_is_the_owners(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let siti = people::siti(&bench.app).await;
    let session = signed_in(&bench).await;
    let budi = live(&bench, &session).await.unwrap();
    let here = visit(&bench);
    let part = activity::page(&bench.app, &here, &budi, Choice::default(), None).await.unwrap();
    let events: Vec<Event> = part.lines.iter().map(|(_, line)| line.event).collect();
    assert!(events.contains(&Event::SignedIn) && events.contains(&Event::CodeSent));
    let (mark, line) = &part.lines[0];
    let own = activity::line(&bench.app, budi.account.id, *mark).await.unwrap();
    assert_eq!(own.as_ref(), Some(line));
    assert_eq!(activity::line(&bench.app, siti.id, *mark).await.unwrap(), None);
    let taken = activity::download(&bench.app, &here, &budi, Choice::default()).await.unwrap();
    assert_eq!(taken.len(), part.lines.len());
    let again = activity::page(&bench.app, &here, &budi, Choice::default(), None).await.unwrap();
    assert!(again.lines.iter().any(|(_, line)| line.event == Event::ActivityDownloaded));
}

async fn e07_an_address_that_goes_through_many_names_has_to_wait(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.suspicion.names_per_address = 5);
    people::budi(&bench.app).await;
    let sprayer = elsewhere(&bench, 9);
    for number in 0..5 {
        let answer = miss_from(&bench, &sprayer, &format!("orang{number}"), None).await;
        assert!(matches!(answer, Answer::Wrong { .. }), "{number}: {answer:?}");
    }
    let Answer::TooMany { until } = miss_from(&bench, &sprayer, "budi", None).await else {
        panic!("five names are enough");
    };
    assert_eq!(until, bench.clock.now().plus(Duration::from_mins(10)));
    assert_eq!(bench.app.counters.sprays_stopped.total(), 1);
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Right { .. }));
    bench.clock.advance(Duration::from_mins(10));
    let later = Visit { now: bench.clock.now(), ..sprayer };
    assert!(matches!(miss_from(&bench, &later, "budi", None).await, Answer::Wrong { .. }));
}

async fn e07_forms_that_are_too_quick_and_miss_stop_their_address(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.suspicion.quick_forms_per_address = 3);
    let robot = elsewhere(&bench, 9);
    for (number, millis) in [(0, 5_000), (1, 999), (2, 10), (3, 0)] {
        let taken = Some(Duration::from_millis(millis));
        let answer = miss_from(&bench, &robot, &format!("orang{number}"), taken).await;
        assert!(matches!(answer, Answer::Wrong { .. }));
    }
    let slow = Some(Duration::from_mins(1));
    assert!(matches!(miss_from(&bench, &robot, "orang9", slow).await, Answer::TooMany { .. }));
    assert_eq!(bench.app.counters.quick_forms.total(), 3);
}

async fn e07_one_name_from_many_addresses_is_counted(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.suspicion.addresses_per_name = 3);
    people::budi(&bench.app).await;
    for number in 1..4 {
        miss_from(&bench, &elsewhere(&bench, number), "budi", None).await;
    }
    assert_eq!(bench.app.counters.stuffings_seen.total(), 1);
    miss_from(&bench, &elsewhere(&bench, 3), "siti", None).await;
    assert_eq!(bench.app.counters.stuffings_seen.total(), 1);
}

async fn l6_the_addresses_of_one_customer_are_one(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.suspicion.names_per_address = 3);
    for number in 0..3_u16 {
        let address = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, number));
        let there = Visit { address, ..visit(&bench) };
        miss_from(&bench, &there, &format!("orang{number}"), None).await;
    }
    let address = IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 7, 7, 7, 7));
    let there = Visit { address, ..visit(&bench) };
    assert!(matches!(miss_from(&bench, &there, "budi", None).await, Answer::TooMany { .. }));
}

async fn l8_b05_sms_over_the_days_ceiling_are_not_sent_and_other_ways_stay(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sms_per_day = 1);
    people::siti(&bench.app).await;
    let mut asked = Vec::new();
    for _ in 0..2 {
        let (token, _) = right_password(&bench, "siti").await;
        let by_sms = step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
        let Found::Open(by_sms) = by_sms else { panic!("the sign-in is open") };
        asked.push((by_sms, token));
    }
    assert_eq!(asked[0].0, Asked::Done);
    assert_eq!(asked[1].0, Asked::NoMoreToday, "the words of a number's own limit");
    let texts = deliver(&bench).await;
    assert_eq!(texts.len(), 1);
    assert!(bench.app.counters.sms_over_ceiling.total() > 0);
    let by_mail = step::choose(&bench.app, &visit(&bench), &asked[1].1, Way::Email).await;
    assert!(matches!(by_mail.unwrap(), Found::Open(Asked::Done)));
    assert_eq!(deliver(&bench).await.len(), 1);
    bench.clock.advance(Duration::from_hours(24));
    let (token, _) = right_password(&bench, "siti").await;
    let tomorrow = step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    assert!(matches!(tomorrow, Found::Open(Asked::Done)));
}

async fn the_inbox_holds_every_message_and_no_code(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, code) = at_the_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = enter(&bench, &token, &code).await
    else {
        panic!("the code is right");
    };
    let budi = live(&bench, &session).await.unwrap();
    let part = inbox::page(&bench.app, &budi, None).await.unwrap();
    assert_eq!(part.messages.len(), 1);
    let told = &part.messages[0];
    assert_eq!((&*told.kind, &*told.masked_to), ("sign-in-code", "b••••@p••••.example"));
    assert!(told.sent_at.is_some() && !format!("{told:?}").contains(&code));
}

async fn anybody_can_ask_whether_a_message_is_ours(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.checks_per_address = 3);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    let text = text_of(&deliver(&bench).await[0]);
    let (_, rest) = text.split_once("PYG-").expect("a reference");
    let reference = payung_domain::reference::Reference::parse(&rest[..9]).unwrap();
    let asker = elsewhere(&bench, 4);
    let inbox::Checked::Ours(told) = inbox::check(&bench.app, &asker, &reference).await.unwrap()
    else {
        panic!("it is ours");
    };
    assert_eq!(told.kind, "sign-in-code");
    let wrong = payung_domain::reference::Reference::parse("PYG-0000-0000").unwrap();
    for _ in 0..2 {
        let answer = inbox::check(&bench.app, &asker, &wrong).await.unwrap();
        assert!(matches!(answer, inbox::Checked::Unknown));
    }
    let answer = inbox::check(&bench.app, &asker, &reference).await.unwrap();
    assert!(matches!(answer, inbox::Checked::TooMany(_)), "forty bits want patience");
    bench.clock.advance(Duration::from_hours(24 * 400));
    let later = Visit { now: bench.clock.now(), ..asker };
    let answer = inbox::check(&bench.app, &later, &reference).await.unwrap();
    assert!(matches!(answer, inbox::Checked::Unknown), "what is not kept is not known");
}
