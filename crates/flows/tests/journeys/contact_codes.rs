//! Codes that prove a contact outside of a sign-in: what the flows that use them may rely on.

use std::time::Duration;

use payung_domain::contact::{Email, Phone};
use payung_domain::contact_codes::{Purpose, Undertaking};
use payung_domain::language::Language;
use payung_domain::second_factor::{Destination, PAUSE, Sending};
use payung_domain::time::Clock;
use payung_flows::contact_codes::{self, Checked};
use payung_flows::delivery::Parcel;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{another, deliver, newest_code, text_of, visit};

on_each_engine!(
    a_code_goes_to_the_new_contact_and_is_right_once,
    b02_an_older_code_stays_good_beside_a_newer_one_for_ten_minutes,
    r3_a_code_of_one_undertaking_is_wrong_in_every_other,
    l1_beginning_anew_buys_no_tries,
    b04_five_misses_void_the_codes_at_hand,
    l4_misses_without_a_code_at_hand_keep_nobody_waiting,
    b05_waits_and_budgets_hold_for_contacts_too,
    l8_an_undertaking_of_nobody_has_a_budget_of_its_own,
    f03_a_feigned_code_costs_the_same_and_never_leaves,
    l7_of_64_at_once_one_is_right,
);

fn email() -> Destination {
    Destination::Email(Email::parse("baru@peserta.example").unwrap())
}

fn phone(ending: u8) -> Destination {
    Destination::Sms(Phone::parse(&format!("0800 0000 0{ending:03}")).unwrap())
}

fn undertaking(number: u8) -> Undertaking {
    Undertaking {
        id: [number; 32],
        purpose: Purpose::Activation,
        account: None,
        language: Language::Id,
    }
}

async fn send(bench: &Bench, of: &Undertaking, to: &Destination) -> Sending {
    let mut tx = bench.app.store.write().await.unwrap();
    let sent = contact_codes::send(&bench.app, &mut tx, &visit(bench), of, to).await.unwrap();
    tx.commit().await.unwrap();
    sent
}

async fn check(bench: &Bench, of: &Undertaking, to: &Destination, typed: &str) -> Checked {
    let mut tx = bench.app.store.write().await.unwrap();
    let of_it = contact_codes::check(&bench.app, &mut tx, &visit(bench), of, to, typed).await;
    tx.commit().await.unwrap();
    of_it.unwrap()
}

async fn sent(bench: &Bench, of: &Undertaking, to: &Destination) -> String {
    assert_eq!(send(bench, of, to).await, Sending::Now);
    newest_code(bench).await
}

async fn a_code_goes_to_the_new_contact_and_is_right_once(db: TestStore) {
    let bench = Bench::new(db);
    assert_eq!(send(&bench, &undertaking(1), &email()).await, Sending::Now);
    let told = deliver(&bench).await;
    let [Parcel::Mail { to, subject, text, .. }] = &told[..] else {
        panic!("one letter: {told:?}")
    };
    assert_eq!((to.expose(), &**subject), ("baru@peserta.example", "Pastikan email Anda"));
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    let unreadable = check(&bench, &undertaking(1), &email(), "12345").await;
    assert!(matches!(unreadable, Checked::Unreadable(_)));
    assert_eq!(check(&bench, &undertaking(1), &email(), &another(&code)).await, Checked::Wrong);
    assert_eq!(check(&bench, &undertaking(1), &email(), &code).await, Checked::Right);
    assert_eq!(check(&bench, &undertaking(1), &email(), &code).await, Checked::Wrong);
}

async fn b02_an_older_code_stays_good_beside_a_newer_one_for_ten_minutes(db: TestStore) {
    let bench = Bench::new(db);
    let older = sent(&bench, &undertaking(1), &email()).await;
    bench.clock.advance(Duration::from_mins(9));
    sent(&bench, &undertaking(1), &email()).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let waiting =
        contact_codes::view(&bench.app, &mut tx, &visit(&bench), &undertaking(1), &email()).await;
    let waiting = waiting.unwrap();
    drop(tx);
    assert_eq!(waiting.code_until, Some(bench.clock.now().plus(Duration::from_mins(10))));
    assert_eq!(waiting.resend_at, bench.clock.now().plus(Duration::from_mins(1)));
    assert_eq!(waiting.paused_until, None);
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(check(&bench, &undertaking(1), &email(), &older).await, Checked::Late);
    let newer = sent(&bench, &undertaking(1), &email()).await;
    bench.clock.advance(Duration::from_mins(3));
    sent(&bench, &undertaking(1), &email()).await;
    assert_eq!(check(&bench, &undertaking(1), &email(), &newer).await, Checked::Right);
}

async fn r3_a_code_of_one_undertaking_is_wrong_in_every_other(db: TestStore) {
    let bench = Bench::new(db);
    let code = sent(&bench, &undertaking(1), &email()).await;
    sent(&bench, &undertaking(2), &email()).await;
    let for_another_end = Undertaking { purpose: Purpose::Recovery, ..undertaking(1) };
    assert_eq!(check(&bench, &undertaking(2), &email(), &code).await, Checked::Wrong);
    assert_eq!(check(&bench, &for_another_end, &email(), &code).await, Checked::Wrong);
    assert_eq!(check(&bench, &undertaking(1), &phone(1), &code).await, Checked::Wrong);
    assert_eq!(check(&bench, &undertaking(1), &email(), &code).await, Checked::Right);
}

async fn l1_beginning_anew_buys_no_tries(db: TestStore) {
    let bench = Bench::new(db);
    let mut misses = 0;
    for number in 1..=5 {
        let code = sent(&bench, &undertaking(number), &email()).await;
        for _ in 0..5 {
            let checked = check(&bench, &undertaking(number), &email(), &another(&code)).await;
            misses += 1;
            if let Checked::Paused(until) = checked {
                assert_eq!((misses, until), (10, bench.clock.now().plus(PAUSE)));
                let right = check(&bench, &undertaking(number), &email(), &code).await;
                assert_ne!(right, Checked::Right, "nothing is looked at in a pause");
                return;
            }
        }
    }
    panic!("nobody stopped the guessing");
}

async fn b04_five_misses_void_the_codes_at_hand(db: TestStore) {
    let bench = Bench::new(db);
    let code = sent(&bench, &undertaking(1), &email()).await;
    for _ in 0..5 {
        check(&bench, &undertaking(1), &email(), &another(&code)).await;
    }
    assert_eq!(check(&bench, &undertaking(1), &email(), &code).await, Checked::Wrong);
    bench.clock.advance(Duration::from_mins(1));
    let fresh = sent(&bench, &undertaking(1), &email()).await;
    assert_eq!(check(&bench, &undertaking(1), &email(), &fresh).await, Checked::Right);
}

async fn l4_misses_without_a_code_at_hand_keep_nobody_waiting(db: TestStore) {
    let bench = Bench::new(db);
    for stranger in 10..40 {
        check(&bench, &undertaking(stranger), &email(), "123456").await;
    }
    let code = sent(&bench, &undertaking(1), &email()).await;
    assert_eq!(check(&bench, &undertaking(1), &email(), &code).await, Checked::Right);
}

async fn b05_waits_and_budgets_hold_for_contacts_too(db: TestStore) {
    let bench = Bench::new(db);
    sent(&bench, &undertaking(1), &email()).await;
    let free = bench.clock.now().plus(Duration::from_secs(30));
    assert_eq!(send(&bench, &undertaking(1), &email()).await, Sending::Wait(free));
    for number in 2..=5 {
        sent(&bench, &undertaking(number), &email()).await;
    }
    let hour = bench.clock.now().plus(Duration::from_hours(1));
    assert_eq!(send(&bench, &undertaking(6), &email()).await, Sending::Wait(hour));
    for number in 7..=11 {
        bench.clock.advance(Duration::from_hours(1));
        sent(&bench, &undertaking(number), &email()).await;
    }
    bench.clock.advance(Duration::from_hours(1));
    assert_eq!(send(&bench, &undertaking(12), &email()).await, Sending::NoMoreToday);
}

async fn l8_an_undertaking_of_nobody_has_a_budget_of_its_own(db: TestStore) {
    let bench = Bench::new(db);
    for ending in 1..=5 {
        assert_eq!(send(&bench, &undertaking(1), &phone(ending)).await, Sending::Now);
    }
    assert!(matches!(send(&bench, &undertaking(1), &phone(6)).await, Sending::Wait(_)));
    let siti = people::siti(&bench.app).await;
    let hers = Undertaking { account: Some(siti.id), ..undertaking(2) };
    for ending in 11..=15 {
        assert_eq!(send(&bench, &hers, &phone(ending)).await, Sending::Now);
    }
    let her_next = Undertaking { account: Some(siti.id), ..undertaking(3) };
    assert!(matches!(send(&bench, &her_next, &phone(16)).await, Sending::Wait(_)));
    assert_eq!(deliver(&bench).await.len(), 10);
}

async fn f03_a_feigned_code_costs_the_same_and_never_leaves(db: TestStore) {
    let bench = Bench::new(db);
    let mut tx = bench.app.store.write().await.unwrap();
    let of = undertaking(1);
    let sent = contact_codes::feign(&bench.app, &mut tx, &visit(&bench), &of, &email()).await;
    assert_eq!(sent.unwrap(), Sending::Now);
    tx.commit().await.unwrap();
    assert!(deliver(&bench).await.is_empty());
    let free = bench.clock.now().plus(Duration::from_secs(30));
    assert_eq!(send(&bench, &of, &email()).await, Sending::Wait(free));
    for _ in 0..9 {
        assert_eq!(check(&bench, &of, &email(), "000000").await, Checked::Wrong);
    }
    assert!(matches!(check(&bench, &of, &email(), "000000").await, Checked::Paused(_)));
}

async fn l7_of_64_at_once_one_is_right(db: TestStore) {
    let bench = Bench::new(db);
    let code = sent(&bench, &undertaking(1), &phone(1)).await;
    let answers = crowd::of_64(|_| {
        let (app, visit, code) = (bench.app.clone(), visit(&bench), code.clone());
        async move {
            let mut tx = app.store.write().await.unwrap();
            let (of, to) = (undertaking(1), phone(1));
            let checked = contact_codes::check(&app, &mut tx, &visit, &of, &to, &code).await;
            tx.commit().await.unwrap();
            checked.unwrap()
        }
    })
    .await;
    let mut right = 0;
    for answer in answers {
        right += usize::from(answer == Checked::Right);
    }
    assert_eq!(right, 1);
    assert!(deliver(&bench).await.iter().map(text_of).all(|text| !text.contains("http")));
}
