//! The demonstration: its people are there, whole, and say the same on every start.

use jiff::civil::date;
use payung_domain::money::Rupiah;
use payung_flows::demo::seeding;
use payung_flows::members;
use payung_flows::sessions::{self, Found};
use payung_flows::sign_in::password::Answer;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::{signed_in, try_password, visit};

on_each_engine!(
    a_second_start_finds_what_the_first_one_made,
    rinas_door_is_shut_by_every_name_and_wayan_has_none,
    the_balance_is_the_sum_of_the_ledger,
);

async fn seeded(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    let today = date(2026, 8, 17);
    seeding::seed(&bench.app, 8, today, |_| {}).await.unwrap();
    bench
}

async fn a_second_start_finds_what_the_first_one_made(db: TestStore) {
    let bench = Bench::new(db);
    assert!(seeding::note(&bench.app).await.unwrap().is_none());
    let made = seeding::seed(&bench.app, 8, date(2026, 8, 17), |_| {}).await.unwrap();
    let found = seeding::note(&bench.app).await.unwrap().unwrap();
    assert_eq!((found.members, found.dewi_seed), (8, made.dewi_seed));
    assert_eq!(found.wayan.nik, made.wayan.nik);
    assert!(found.wayan.nik.starts_with("00"), "no such region");
}

async fn rinas_door_is_shut_by_every_name_and_wayan_has_none(db: TestStore) {
    let bench = seeded(db).await;
    for name in ["rina", "rina@peserta.example"] {
        let answer = try_password(&bench, name, seeding::PASSWORD).await;
        assert!(matches!(answer, Answer::Locked), "{name}: {answer:?}");
    }
    let answer = try_password(&bench, "wayan", seeding::PASSWORD).await;
    assert!(matches!(answer, Answer::Wrong { .. }), "{answer:?}");
}

async fn the_balance_is_the_sum_of_the_ledger(db: TestStore) {
    let bench = seeded(db).await;
    let session = signed_in(&bench).await;
    let Found::Live(live) = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap()
    else {
        panic!("just signed in");
    };
    let record = members::record(&bench.app, live.account.person).await.unwrap();
    let savings = record.savings().unwrap();
    let sum = Rupiah::checked_sum(record.postings.iter().map(|posting| posting.amount)).unwrap();
    assert_eq!(savings.together.balance, sum);
    let apart = record.memberships.iter().map(|m| savings.balance_of(m.id));
    assert_eq!(Rupiah::checked_sum(apart), Some(sum));
    let name = members::name(&bench.app, live.account.person).await.unwrap();
    assert!(name.is_some_and(|name| !name.is_empty()));
}
