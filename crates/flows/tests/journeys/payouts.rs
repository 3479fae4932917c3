//! The lock before payouts, the address in the record, and which news a member wants.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::addresses::Typed;
use payung_domain::contact_changes::{COOLING_OFF, Kind};
use payung_domain::notice_choices::{Channel, Choices, Topic};
use payung_domain::payout_lock::Payouts;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::activity::{self, Choice};
use payung_flows::addresses::{self, Answer};
use payung_flows::contact_changes::begin::{self, Begun, Wish};
use payung_flows::contact_changes::{confirm, overview, undo};
use payung_flows::demo::seeding;
use payung_flows::sessions::{self, Found, SignedIn};
use payung_flows::{inbox, not_me, payouts};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::{deliver, newest_code, signed_in, text_of, visit};

on_each_engine!(
    payouts_close_at_once_and_open_after_twelve_hours,
    a_second_press_neither_hastens_nor_delays_the_opening,
    a_new_contact_keeps_payouts_shut_until_it_counts,
    j04_this_was_not_me_shuts_payouts_that_are_opening,
    an_address_is_changed_at_once_and_told,
    an_address_changed_in_another_tab_is_not_overwritten,
    j03_news_of_the_account_go_whatever_was_switched_off,
);

pub(crate) async fn live(bench: &Bench, session: &Token) -> SignedIn {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Found::Live(member) => *member,
        other => panic!("not signed in: {other:?}"),
    }
}

async fn budi(bench: &Bench) -> SignedIn {
    people::budi(&bench.app).await;
    let session = signed_in(bench).await;
    live(bench, &session).await
}

pub(crate) async fn asked(bench: &Bench, member: &SignedIn) -> Payouts {
    let (now, id) = (bench.clock.now(), member.account.id);
    let mut tx = bench.app.store.read().await.unwrap();
    payouts::payouts_open_at(&bench.app, &mut tx, id, now).await.unwrap()
}

async fn close(bench: &Bench, member: &SignedIn) {
    payouts::close(&bench.app, &visit(bench), member).await.unwrap();
}

async fn open(bench: &Bench, member: &SignedIn) -> Payouts {
    payouts::open(&bench.app, &visit(bench), member).await.unwrap()
}

pub(crate) async fn told(bench: &Bench) -> String {
    deliver(bench).await.iter().map(text_of).collect::<Vec<_>>().join("\n---\n")
}

pub(crate) async fn has_happened(bench: &Bench, member: &SignedIn, event: Event) -> bool {
    let part = activity::page(&bench.app, &visit(bench), member, Choice::default(), None).await;
    part.unwrap().lines.iter().any(|(_, line)| line.event == event)
}

/// Adds a number to Budi's account, code and all.
async fn add_number(bench: &Bench, member: &SignedIn) -> payung_domain::ids::ChangeId {
    let shown = overview(&bench.app, &visit(bench), member.account.id).await.unwrap();
    let form = bench.app.dice.bytes::<16>();
    let wish = Wish {
        kind: Kind::Phone,
        typed: "0800 0000 0777",
        replaces: None,
        version: &shown.version,
        form: &form,
    };
    let begun = begin::submit(&bench.app, &visit(bench), member, wish).await.unwrap();
    let Begun::Code(id, _) = begun else { panic!("{begun:?}") };
    let code = newest_code(bench).await;
    confirm::submit(&bench.app, &visit(bench), member, id, &code).await.unwrap();
    id
}

async fn payouts_close_at_once_and_open_after_twelve_hours(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench).await;
    assert_eq!(asked(&bench, &budi).await, Payouts::Open);
    close(&bench, &budi).await;
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed);
    assert!(told(&bench).await.contains("Kunci pencairan dipasang"));
    bench.clock.advance(Duration::from_hours(1000));
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed);
    let opens_at = bench.clock.now().plus(COOLING_OFF);
    assert_eq!(open(&bench, &budi).await, Payouts::OpensAt(opens_at));
    assert!(told(&bench).await.contains("meminta pencairan dibuka lagi"));
    bench.clock.advance(COOLING_OFF.saturating_sub(Duration::from_secs(1)));
    assert_eq!(asked(&bench, &budi).await, Payouts::OpensAt(opens_at));
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(asked(&bench, &budi).await, Payouts::Open);
    assert!(has_happened(&bench, &budi, Event::PayoutsClosed).await);
    assert!(has_happened(&bench, &budi, Event::PayoutsOpening).await);
}

async fn a_second_press_neither_hastens_nor_delays_the_opening(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench).await;
    assert_eq!(open(&bench, &budi).await, Payouts::Open, "it was never shut");
    close(&bench, &budi).await;
    close(&bench, &budi).await;
    let first = open(&bench, &budi).await;
    told(&bench).await;
    bench.clock.advance(Duration::from_hours(6));
    assert_eq!(open(&bench, &budi).await, first);
    assert_eq!(told(&bench).await, "");
    close(&bench, &budi).await;
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed, "shut again on its way to open");
}

async fn a_new_contact_keeps_payouts_shut_until_it_counts(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench).await;
    let id = add_number(&bench, &budi).await;
    let effect = bench.clock.now().plus(COOLING_OFF);
    assert_eq!(asked(&bench, &budi).await, Payouts::OpensAt(effect));
    undo::cancel(&bench.app, &visit(&bench), &budi, id).await.unwrap();
    assert_eq!(asked(&bench, &budi).await, Payouts::Open);
    bench.clock.advance(Duration::from_hours(1));
    add_number(&bench, &budi).await;
    bench.clock.advance(COOLING_OFF);
    assert_eq!(asked(&bench, &budi).await, Payouts::Open);
}

async fn j04_this_was_not_me_shuts_payouts_that_are_opening(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench).await;
    close(&bench, &budi).await;
    open(&bench, &budi).await;
    not_me::submit_signed_in(&bench.app, &visit(&bench), &budi, None).await.unwrap();
    bench.clock.advance(COOLING_OFF);
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed);
}

const HOME: Typed<'_> = Typed {
    street: "Jalan Baru 9, RT 01 RW 02",
    village: "Desa Baru",
    district: "Kecamatan Baru",
    regency: "Kota Baru",
    province: "Provinsi Baru",
    postcode: "12345",
};

/// Budi of the demonstration, who has a record.
async fn budi_with_a_record(db: TestStore) -> (Bench, SignedIn) {
    let bench = Bench::new(db);
    let today = jiff::civil::date(2026, 8, 17);
    seeding::seed(&bench.app, 8, today, |_| {}).await.unwrap();
    let session = signed_in(&bench).await;
    deliver(&bench).await;
    let budi = live(&bench, &session).await;
    (bench, budi)
}

async fn an_address_is_changed_at_once_and_told(db: TestStore) {
    let (bench, budi) = budi_with_a_record(db).await;
    let shown = addresses::view(&bench.app, &budi).await.unwrap().unwrap();
    let submit = async |typed: &Typed<'_>| {
        let (app, version) = (&bench.app, &shown.version);
        addresses::submit(app, &visit(&bench), &budi, typed, version).await.unwrap()
    };
    let wrong = submit(&Typed { postcode: "1", ..HOME }).await;
    assert!(matches!(wrong, Answer::Unreadable(problems) if problems.len() == 1));
    assert_eq!(submit(&HOME).await, Answer::Done);
    assert!(told(&bench).await.contains("Alamat rumah pada data Anda diubah"));
    assert!(has_happened(&bench, &budi, Event::AddressChanged).await);
    assert_eq!(submit(&HOME).await, Answer::Done, "the same form twice is one");
    assert_eq!(told(&bench).await, "");
    let kept = addresses::view(&bench.app, &budi).await.unwrap().unwrap();
    assert_eq!(kept.address, HOME.read().unwrap());
}

async fn an_address_changed_in_another_tab_is_not_overwritten(db: TestStore) {
    let (bench, budi) = budi_with_a_record(db).await;
    let shown = addresses::view(&bench.app, &budi).await.unwrap().unwrap();
    let submit = async |street: &str| {
        let typed = Typed { street, ..HOME };
        let (app, version) = (&bench.app, &shown.version);
        addresses::submit(app, &visit(&bench), &budi, &typed, version).await.unwrap()
    };
    assert_eq!(submit("Jalan Satu 1").await, Answer::Done);
    assert_eq!(submit("Jalan Dua 2").await, Answer::Changed);
    let kept = addresses::view(&bench.app, &budi).await.unwrap().unwrap();
    assert_eq!(kept.address.street, "Jalan Satu 1");
}

async fn j03_news_of_the_account_go_whatever_was_switched_off(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench).await;
    let everything =
        Topic::ALL.into_iter().flat_map(|topic| Channel::ALL.map(|channel| (topic, channel)));
    let none = Choices::without(everything);
    let choose = async |choices: &Choices| {
        inbox::choose(&bench.app, &visit(&bench), &budi, choices).await.unwrap();
    };
    choose(&none).await;
    assert_eq!(inbox::choices(&bench.app, &budi).await.unwrap(), none);
    assert!(has_happened(&bench, &budi, Event::NoticesChosen).await);
    close(&bench, &budi).await;
    assert!(told(&bench).await.contains("Kunci pencairan dipasang"));
    choose(&Choices::default()).await;
    assert_eq!(inbox::choices(&bench.app, &budi).await.unwrap(), Choices::default());
}
