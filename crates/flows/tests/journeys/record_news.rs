//! What is new on a record is told, once, and to nobody who does not want it.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Work};
use payung_domain::ids::{EmployerId, MembershipId, Npp};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::notice_choices::{Channel, Choices, Topic};
use payung_domain::programmes::Programme;
use payung_flows::record_news::{EVERY, tell};
use payung_flows::sessions::SignedIn;
use payung_storage::{contributions, members, notice_choices};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};
use uuid::Uuid;

use crate::payouts::{live, told};
use crate::signed_in;

on_each_engine!(
    what_came_and_what_did_not_is_told_once,
    l7_of_programs_that_look_at_the_same_time_one_tells,
    nobody_hears_what_they_switched_off,
);

const EMPLOYER: EmployerId = EmployerId(Uuid::from_u128(1));

fn month(number: i8) -> Month {
    Month::new(2026, number).unwrap()
}

/// Budi, who has worked for a firm since May 2026, and whose record was looked at a day ago.
async fn budi(bench: &Bench) -> (SignedIn, MembershipId) {
    // The bench begins on 17 August. The last day for August's contributions is 15 September.
    bench.clock.advance(Duration::from_hours(29 * 24));
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    let session = signed_in(bench).await;
    let budi = live(bench, &session).await;
    let firm = Employer {
        id: EMPLOYER,
        npp: Npp::parse("XX000001").unwrap(),
        name: "PT Contoh Jaya".to_owned(),
        risk_class: RiskClass::II,
        size: FirmSize::Medium,
    };
    let mut tx = bench.app.store.write().await.unwrap();
    let membership = members::memberships(&mut tx, budi.account.person).await.unwrap()[0].id;
    let work = Employment { membership, work: Work::For(EMPLOYER), from: month(5), until: None };
    members::add_employers(&mut tx, &[firm]).await.unwrap();
    members::add_employments(&mut tx, &[work]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(tell(&bench.app).await.unwrap(), 0, "the first look tells nothing");
    told(bench).await;
    bench.clock.advance(EVERY);
    (budi, membership)
}

async fn pays(bench: &Bench, membership: MembershipId, number: i8) {
    let paid = Contribution {
        membership,
        month: month(number),
        programme: Programme::Jht,
        employer: Some(EMPLOYER),
        wage: Rupiah::new(6_000_000),
        base: Rupiah::new(6_000_000),
        employer_part: Rupiah::new(222_000),
        worker_part: Rupiah::new(120_000),
        due_on: date(2026, number + 1, 15),
        received_on: date(2026, number + 1, 10),
    };
    let mut tx = bench.app.store.write().await.unwrap();
    assert_eq!(contributions::add(&mut tx, &[paid]).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

async fn what_came_and_what_did_not_is_told_once(db: TestStore) {
    let bench = Bench::new(db);
    let (_, membership) = budi(&bench).await;
    pays(&bench, membership, 6).await;
    pays(&bench, membership, 7).await;
    // The last day for August was yesterday.
    assert_eq!(tell(&bench.app).await.unwrap(), 2);
    let letters = told(&bench).await;
    assert!(letters.contains("Ada iuran baru di catatan Anda, terakhir bulan Juli 2026"));
    assert!(letters.contains("iuran bulan Agustus 2026 belum masuk"), "{letters}");
    assert!(!letters.contains("Bukan Anda"), "nobody did it from a device");
    assert_eq!(tell(&bench.app).await.unwrap(), 0, "once a day");
    bench.clock.advance(EVERY);
    assert_eq!(tell(&bench.app).await.unwrap(), 0, "and nothing twice");
    // What comes late is new all the same.
    pays(&bench, membership, 5).await;
    bench.clock.advance(EVERY);
    assert_eq!(tell(&bench.app).await.unwrap(), 1);
    assert!(told(&bench).await.contains("Ada iuran baru"));
}

async fn l7_of_programs_that_look_at_the_same_time_one_tells(db: TestStore) {
    let bench = Bench::new(db);
    let (_, membership) = budi(&bench).await;
    pays(&bench, membership, 6).await;
    let (one, other) = tokio::join!(tell(&bench.app), tell(&bench.app));
    assert_eq!(one.unwrap() + other.unwrap(), 2);
    assert_eq!(told(&bench).await.matches("Ada iuran baru di catatan").count(), 1);
}

async fn nobody_hears_what_they_switched_off(db: TestStore) {
    let bench = Bench::new(db);
    let (budi, membership) = budi(&bench).await;
    let off = Channel::ALL.map(|channel| (Topic::Contributions, channel));
    let mut tx = bench.app.store.write().await.unwrap();
    notice_choices::set(&mut tx, budi.account.id, &Choices::without(off)).await.unwrap();
    tx.commit().await.unwrap();
    pays(&bench, membership, 6).await;
    tell(&bench.app).await.unwrap();
    assert_eq!(told(&bench).await, "");
    // Wanted again, it is not told late.
    let mut tx = bench.app.store.write().await.unwrap();
    notice_choices::set(&mut tx, budi.account.id, &Choices::default()).await.unwrap();
    tx.commit().await.unwrap();
    bench.clock.advance(EVERY + Duration::from_secs(1));
    assert_eq!((tell(&bench.app).await.unwrap(), &*told(&bench).await), (0, ""));
}
