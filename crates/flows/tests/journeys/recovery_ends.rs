//! The end of a staged recovery: the link that brings it, what it leaves, what it takes away, and how the
//! owner takes it back.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::contact_changes::Kind;
use payung_domain::recoveries::{Lost, NotRecorded, Thing};
use payung_domain::second_factor::{Destination, Sending, Way};
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::Visit;
use payung_flows::not_me;
use payung_flows::recoveries::desk::Proved;
use payung_flows::recoveries::finishing::{self, Answer as Finished, Entered, Why};
use payung_flows::recovery_codes;
use payung_flows::sign_in::password::Answer;
use payung_flows::sign_in::{step, step::Found as Step};
use payung_storage::{contacts, factors, remembered};
use payung_testkit::people::{self, PASSWORD, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::recoveries::{
    ask, by_kpj, code_sent_to, email, everything, finish, has_happened, id_of, live, opens, phone,
    prove, ready, record, siti, sitis_email, sitis_phone, sitis_session, token_in, told, wait,
};
use crate::{contact_changes, deliver, enter, right_password, try_password, visit};

on_each_engine!(
    g01_a_newer_link_takes_the_place_of_the_older_one,
    g02_the_link_works_for_a_day_and_another_can_be_asked_for,
    r7_g06_nothing_that_was_open_before_goes_on,
    g05_the_second_step_is_still_asked_for_and_nothing_else_is_taken_away,
    g05_a_way_that_was_switched_off_stays_off_while_another_lasts,
    g10_old_contacts_are_told_and_can_take_it_back_for_three_days,
    g10_at_the_new_contact_this_was_not_me_takes_nothing_back,
    g10_an_own_address_stays_when_a_recovery_to_it_is_taken_back,
    g10_a_number_of_somebody_else_goes_when_a_recovery_to_it_is_taken_back,
    r8_a_recovery_never_removes_what_the_member_did_not_name,
    a_password_that_is_not_taken_leaves_the_link_good,
    e01_a_recovery_opens_the_second_step_that_misses_had_shut,
);

const NEW: &str = "kuda tangga hujan sore";

async fn g01_a_newer_link_takes_the_place_of_the_older_one(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (reference, older) = ready(&bench, everything()).await;
    let id = id_of(&bench, &reference, &email()).await;
    let sent = finishing::send(&bench.app, &visit(&bench), id).await.unwrap();
    assert_eq!(sent, Some(Sending::Now));
    let newer = token_in(&told(&bench, &email()).await, "/recover/password");
    let again = finishing::send(&bench.app, &visit(&bench), id).await.unwrap();
    assert!(matches!(again, Some(Sending::Wait(_))), "{again:?}");
    let answer = finish(&bench, &older, NEW).await;
    assert!(matches!(answer, Finished::Over(Why::Newer, _)), "{answer:?}");
    let stranger = finish(&bench, &Token::of(&[5; 32]), NEW).await;
    assert!(matches!(stranger, Finished::Over(Why::Expired, _)), "{stranger:?}");
    assert!(matches!(finish(&bench, &newer, NEW).await, Finished::Done));
}

async fn g02_the_link_works_for_a_day_and_another_can_be_asked_for(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    bench.clock.advance(Duration::from_hours(24));
    let answer = finish(&bench, &link, NEW).await;
    assert!(matches!(answer, Finished::Over(Why::Expired, _)), "{answer:?}");
    let id = id_of(&bench, &reference, &email()).await;
    finishing::send(&bench.app, &visit(&bench), id).await.unwrap();
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
}

async fn r7_g06_nothing_that_was_open_before_goes_on(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    prove(&bench, &reference, everything()).await;
    wait(&bench, 72).await;
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    let session = sitis_session(&bench).await;
    let (half_done, _) = right_password(&bench, "siti").await;
    payung_flows::passwords::forgot::ask(&bench.app, &visit(&bench), "siti").await.unwrap();
    let reset = token_in(&told(&bench, &sitis_email()).await, "/reset-password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    assert!(live(&bench, &session).await.is_none(), "every session has ended");
    let gone = step::view(&bench.app, &visit(&bench), &half_done).await.unwrap();
    assert!(matches!(gone, Step::Gone), "{gone:?}");
    let secret = Secret::from("another password of the old");
    let here = visit(&bench);
    let old = payung_flows::passwords::reset::submit(&bench.app, &here, &reset, &secret);
    let old = old.await.unwrap();
    assert!(matches!(old, payung_flows::passwords::reset::Answer::Over(..)), "{old:?}");
    let mut tx = bench.app.store.read().await.unwrap();
    let now = bench.clock.now();
    assert!(remembered::list(&mut tx, siti.id, now).await.unwrap().is_empty());
}

/// Dewi has an app. She says that her address is lost, and nothing else.
async fn g05_the_second_step_is_still_asked_for_and_nothing_else_is_taken_away(db: TestStore) {
    let bench = Bench::new(db);
    let dewi = people::dewi(&bench.app).await;
    people::put_on_record(&bench.app, &dewi).await;
    let lost = Lost::of([Thing::Email]);
    let reference = ask(&bench, &by_kpj(), &email(), lost).await;
    let more = record(&bench, "lestari", &reference, everything()).await;
    assert_eq!(more, Proved::Not(NotRecorded::NotStated), "officers add nothing (R8)");
    prove(&bench, &reference, lost).await;
    wait(&bench, 72).await;
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    let Answer::Right { token, .. } = try_password(&bench, "dewi", NEW).await else {
        panic!("the new password is right");
    };
    let step = step::view(&bench.app, &visit(&bench), &token).await.unwrap();
    let Step::Open(step) = step else { panic!("nobody is let in without it: {step:?}") };
    let ways: Vec<Way> = step.ways.iter().map(step::OpenWay::way).collect();
    assert_eq!(ways, [Way::Totp, Way::Email], "the app stays the strongest");
}

async fn g05_a_way_that_was_switched_off_stays_off_while_another_lasts(db: TestStore) {
    for (loses_the_app, expected) in [(false, vec![Way::Totp]), (true, vec![Way::Email])] {
        let store = if db.url.starts_with("postgres") {
            TestStore::postgres().await
        } else {
            TestStore::sqlite().await
        };
        let bench = Bench::new(store);
        let dewi = people::dewi(&bench.app).await;
        people::put_on_record(&bench.app, &dewi).await;
        let mut tx = bench.app.store.write().await.unwrap();
        let off = factors::Choices { is_email_off: true, ..factors::Choices::default() };
        factors::choose(&mut tx, dewi.id, &off).await.unwrap();
        tx.commit().await.unwrap();
        let lost = Lost::of([Thing::Email].into_iter().chain(loses_the_app.then_some(Thing::App)));
        let reference = ask(&bench, &by_kpj(), &email(), lost).await;
        prove(&bench, &reference, lost).await;
        wait(&bench, 72).await;
        let link = token_in(&told(&bench, &email()).await, "/recover/password");
        assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
        let Answer::Right { token, .. } = try_password(&bench, "dewi", NEW).await else {
            panic!("the new password is right");
        };
        let step = step::view(&bench.app, &visit(&bench), &token).await.unwrap();
        let Step::Open(step) = step else { panic!("the second step is asked for: {step:?}") };
        assert_eq!(step.ways.iter().map(step::OpenWay::way).collect::<Vec<_>>(), expected);
    }
}

async fn g10_old_contacts_are_told_and_can_take_it_back_for_three_days(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    deliver(&bench).await;
    finish(&bench, &link, NEW).await;
    let letters = told(&bench, &sitis_email()).await;
    assert!(letters.iter().any(|text| text.contains(reference.as_str())), "{letters:?}");
    let not_me = token_in(&letters, "/not-me");
    wait(&bench, 71).await;
    let stranger = Visit { browser: None, ..visit(&bench) };
    let answer = not_me::submit(&bench.app, &stranger, &not_me).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    assert!(has_happened(&bench, &siti, Event::RecoveryUndone).await);
    assert!(!opens(&bench, "siti", NEW).await, "the password that was set is believed no more");
    assert!(!opens(&bench, "baru@peserta.example", NEW).await);
    let back = told(&bench, &sitis_email()).await;
    let reset = token_in(&back, "/reset-password");
    let secret = Secret::from("milik siti kembali lagi");
    payung_flows::passwords::reset::submit(&bench.app, &visit(&bench), &reset, &secret)
        .await
        .unwrap();
    assert!(opens(&bench, "siti@peserta.example", "milik siti kembali lagi").await);
    assert!(!opens(&bench, "baru@peserta.example", "milik siti kembali lagi").await);
}

async fn g10_at_the_new_contact_this_was_not_me_takes_nothing_back(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let (_, link) = ready(&bench, everything()).await;
    finish(&bench, &link, NEW).await;
    let not_me = token_in(&told(&bench, &email()).await, "/not-me");
    let answer = not_me::submit(&bench.app, &visit(&bench), &not_me).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    assert!(!has_happened(&bench, &siti, Event::RecoveryUndone).await);
    let reset = token_in(&told(&bench, &email()).await, "/reset-password");
    let secret = Secret::from("milik siti seperti semula");
    payung_flows::passwords::reset::submit(&bench.app, &visit(&bench), &reset, &secret)
        .await
        .unwrap();
    assert!(opens(&bench, "baru@peserta.example", "milik siti seperti semula").await);
}

/// What reaches an account, counting or not.
async fn contacts_of(bench: &Bench, who: &Somebody) -> Vec<Destination> {
    let mut tx = bench.app.store.read().await.unwrap();
    let held = contacts::held(&mut tx, bench.app.store.vault(), who.id).await.unwrap();
    held.into_iter().map(|one| one.to).collect()
}

async fn g10_an_own_address_stays_when_a_recovery_to_it_is_taken_back(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let member = live(&bench, &sitis_session(&bench).await).await.expect("signed in");
    let second = Destination::Email(Email::parse("dua@peserta.example").unwrap());
    contact_changes::bring(&bench, &member, Kind::Email, second.expose(), None).await;
    wait(&bench, 73).await;
    deliver(&bench).await;
    // Somebody who reads along at the first address asks for a recovery to it.
    let lost = Lost::of([Thing::Email]);
    let reference = ask(&bench, &by_kpj(), &sitis_email(), lost).await;
    prove(&bench, &reference, lost).await;
    wait(&bench, 72).await;
    let link = token_in(&told(&bench, &sitis_email()).await, "/recover/password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    let not_me = token_in(&told(&bench, &second).await, "/not-me");
    let answer = not_me::submit(&bench.app, &visit(&bench), &not_me).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    let left = contacts_of(&bench, &siti).await;
    for to in [sitis_email(), second, sitis_phone()] {
        assert!(left.contains(&to), "{} in {left:?}", to.masked());
    }
}

async fn g10_a_number_of_somebody_else_goes_when_a_recovery_to_it_is_taken_back(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let names = vec![
        Identifier::UserName(UserName::parse("pencuri").unwrap()),
        Identifier::Phone(Phone::parse("0800 0000 0077").unwrap()),
    ];
    people::enrol(&bench.app, names).await;
    let reference = ask(&bench, &by_kpj(), &phone(), everything()).await;
    let id = id_of(&bench, &reference, &phone()).await;
    prove(&bench, &reference, everything()).await;
    wait(&bench, 72).await;
    deliver(&bench).await;
    finishing::send(&bench.app, &visit(&bench), id).await.unwrap();
    let code = code_sent_to(&bench, &phone()).await;
    let right = finishing::enter(&bench.app, &visit(&bench), id, &code).await.unwrap();
    let Some(Entered::Right(link)) = right else { panic!("the code is right: {right:?}") };
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    assert!(contacts_of(&bench, &siti).await.contains(&phone()), "it reaches the account");
    let not_me = token_in(&told(&bench, &sitis_email()).await, "/not-me");
    let answer = not_me::submit(&bench.app, &visit(&bench), &not_me).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    let left = contacts_of(&bench, &siti).await;
    assert!(!left.contains(&phone()), "it reaches the account no more: {left:?}");
    assert!(left.contains(&sitis_email()) && left.contains(&sitis_phone()));
}

async fn r8_a_recovery_never_removes_what_the_member_did_not_name(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let session = sitis_session(&bench).await;
    let member = live(&bench, &session).await.unwrap();
    let made = recovery_codes::make(&bench.app, &visit(&bench), &member.account).await.unwrap();
    assert!(matches!(made, recovery_codes::Made::Set(_)));
    let named = Lost::of([Thing::Phone, Thing::Email, Thing::Passkeys]);
    let reference = ask(&bench, &by_kpj(), &email(), named).await;
    prove(&bench, &reference, named).await;
    wait(&bench, 72).await;
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    finish(&bench, &link, NEW).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let left = factors::codes_left(&mut tx, siti.id).await.unwrap();
    assert_eq!(left.map(|codes| codes.left), Some(10), "the sheet was not lost");
    let held = contacts::held(&mut tx, bench.app.store.vault(), siti.id).await;
    let now = bench.clock.now();
    let counting: Vec<Destination> = held
        .unwrap()
        .into_iter()
        .filter(|one| one.standing.counts(now))
        .map(|one| one.to)
        .collect();
    assert_eq!(counting, [email()]);
}

async fn a_password_that_is_not_taken_leaves_the_link_good(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (_, link) = ready(&bench, everything()).await;
    for weak in ["pendek", PASSWORD, "siti@peserta.example"] {
        let answer = finish(&bench, &link, weak).await;
        assert!(matches!(answer, Finished::Refused(_)), "{weak}: {answer:?}");
    }
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
}

async fn e01_a_recovery_opens_the_second_step_that_misses_had_shut(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (_, link) = ready(&bench, everything()).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    let code = code_sent_to(&bench, &sitis_phone()).await;
    for _ in 0..10 {
        enter(&bench, &token, &crate::another(&code)).await;
    }
    finish(&bench, &link, NEW).await;
    let Answer::Right { token, .. } = try_password(&bench, "siti", NEW).await else {
        panic!("the new password is right");
    };
    let code = code_sent_to(&bench, &email()).await;
    let done = enter(&bench, &token, &code).await;
    let is_in = matches!(done, Step::Open(payung_flows::sign_in::code::Answer::SignedIn { .. }));
    assert!(is_in, "no pause is left of what was guessed at before: {done:?}");
}
