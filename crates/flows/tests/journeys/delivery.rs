//! Messages leave once, in the end, and a failing gateway never breaks a form.

use payung_flows::delivery::{Parcel, Post, Undelivered, deliver_due};
use payung_flows::demo;
use payung_testkit::post::Kept;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine, people};
use std::sync::Arc;
use std::time::Duration;

use crate::{right_password, signed_in};

on_each_engine!(
    a_gateway_that_is_away_is_tried_again,
    every_further_send_goes_under_another_id,
    a_message_that_is_refused_is_given_up,
    a_code_that_is_too_old_is_not_sent,
    the_demo_catches_instead_of_sending,
    tidying_drops_what_is_over_and_nothing_else,
);

async fn run(bench: &Bench, kept: &Arc<Kept>) -> usize {
    let post = Post::Courier(Arc::clone(kept) as Arc<_>);
    deliver_due(&bench.app, &post).await.unwrap()
}

fn id_of(parcel: &Parcel) -> String {
    match parcel {
        Parcel::Mail { id, .. } | Parcel::Sms { id, .. } => id.clone(),
    }
}

async fn a_gateway_that_is_away_is_tried_again(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    let kept = Arc::new(Kept::default());
    kept.fail_with(vec![Undelivered::Later("away".to_owned())]);
    assert_eq!(run(&bench, &kept).await, 1);
    assert_eq!(run(&bench, &kept).await, 0, "not before five seconds are over");
    bench.clock.advance(Duration::from_secs(5));
    assert_eq!(run(&bench, &kept).await, 1);
    assert_eq!(kept.parcels().len(), 1);
}

async fn every_further_send_goes_under_another_id(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    let kept = Arc::new(Kept::default());
    kept.fail_with(vec![Undelivered::Later("away".to_owned())]);
    run(&bench, &kept).await;
    bench.clock.advance(Duration::from_secs(5));
    run(&bench, &kept).await;
    assert!(id_of(&kept.parcels()[0]).ends_with(".2"));
}

async fn a_message_that_is_refused_is_given_up(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    let kept = Arc::new(Kept::default());
    kept.fail_with(vec![Undelivered::Never("no such mailbox".to_owned())]);
    run(&bench, &kept).await;
    bench.clock.advance(Duration::from_mins(5));
    assert_eq!(run(&bench, &kept).await, 0);
    assert!(kept.parcels().is_empty());
}

async fn a_code_that_is_too_old_is_not_sent(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    bench.clock.advance(Duration::from_mins(10));
    let kept = Arc::new(Kept::default());
    assert_eq!(run(&bench, &kept).await, 1);
    assert!(kept.parcels().is_empty(), "its code would be refused");
}

async fn the_demo_catches_instead_of_sending(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    right_password(&bench, "budi").await;
    assert_eq!(deliver_due(&bench.app, &Post::Caught).await.unwrap(), 1);
    let caught = demo::outbox(&bench.app).await.unwrap();
    assert_eq!(caught.len(), 1);
    assert_eq!((&*caught[0].kind, &*caught[0].to), ("sign-in-code", "budi@peserta.example"));
    let code = caught[0].code.clone().unwrap();
    assert!(caught[0].text.contains(&code) && !caught[0].subject.is_empty());
}

async fn tidying_drops_what_is_over_and_nothing_else(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    signed_in(&bench).await;
    bench.clock.advance(Duration::from_hours(24 * 30));
    let session = signed_in(&bench).await;
    assert!(payung_flows::tidying::tidy(&bench.app).await.unwrap() >= 4);
    let found = payung_flows::sessions::find(&bench.app, &crate::visit(&bench), &session).await;
    assert!(matches!(found.unwrap(), payung_flows::sessions::Found::Live(_)));
}
