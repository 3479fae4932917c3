//! Being signed in, staying so, and not being so any more.

use std::time::Duration;

use payung_domain::sessions::State;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::sessions::{self, Found};
use payung_flows::sign_in::{Ending, code, step};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine, people};

use crate::{at_the_code, signed_in, visit};

on_each_engine!(
    h04_quiet_minutes_end_a_session_and_pages_keep_it,
    h04_half_a_day_ends_a_session_however_busy,
    h06_signing_out_ends_it_on_the_server,
    h01_a_token_nobody_gave_is_worth_nothing,
    h02_signing_in_again_ends_what_the_browser_had,
    h08_the_eleventh_session_ends_the_first,
    the_last_sign_in_is_told,
);

async fn is_live(bench: &Bench, token: &Token) -> bool {
    matches!(sessions::find(&bench.app, &visit(bench), token).await.unwrap(), Found::Live(_))
}

async fn h04_quiet_minutes_end_a_session_and_pages_keep_it(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    for _ in 0..4 {
        bench.clock.advance(Duration::from_mins(14));
        assert!(is_live(&bench, &session).await);
    }
    bench.clock.advance(Duration::from_mins(15));
    let found = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
    assert!(matches!(found, Found::Over(State::Idle)));
}

async fn h04_half_a_day_ends_a_session_however_busy(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    let end = bench.clock.now().plus(Duration::from_hours(12));
    while bench.clock.now() < end {
        assert!(is_live(&bench, &session).await);
        bench.clock.advance(Duration::from_mins(10));
    }
    let found = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
    assert!(matches!(found, Found::Over(State::Expired)));
}

async fn h06_signing_out_ends_it_on_the_server(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    for _ in 0..2 {
        sessions::end(&bench.app, &visit(&bench), &session).await.unwrap();
        let found = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
        assert!(matches!(found, Found::Over(State::Ended)));
    }
}

async fn h01_a_token_nobody_gave_is_worth_nothing(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let stranger = Token::of(&[5; 32]);
    let found = sessions::find(&bench.app, &visit(&bench), &stranger).await.unwrap();
    assert!(matches!(found, Found::Unknown));
    sessions::end(&bench.app, &visit(&bench), &stranger).await.unwrap();
}

async fn h02_signing_in_again_ends_what_the_browser_had(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let first = signed_in(&bench).await;
    let (token, code) = at_the_code(&bench).await;
    let ending = Ending { earlier: Some(&first), remembers: false };
    let answer = code::submit(&bench.app, &visit(&bench), &token, &code, ending).await.unwrap();
    let step::Found::Open(code::Answer::SignedIn { session, .. }) = answer else {
        panic!("the code is right");
    };
    assert_ne!(session, first);
    assert!(is_live(&bench, &session).await && !is_live(&bench, &first).await);
}

async fn h08_the_eleventh_session_ends_the_first(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sessions.at_most = 2);
    people::budi(&bench.app).await;
    let mut opened = Vec::new();
    for _ in 0..3 {
        opened.push(signed_in(&bench).await);
        bench.clock.advance(Duration::from_mins(1));
    }
    let live = [
        is_live(&bench, &opened[0]).await,
        is_live(&bench, &opened[1]).await,
        is_live(&bench, &opened[2]).await,
    ];
    assert_eq!(live, [false, true, true]);
}

async fn the_last_sign_in_is_told(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    signed_in(&bench).await;
    let first_at = bench.clock.now();
    bench.clock.advance(Duration::from_hours(1));
    let session = signed_in(&bench).await;
    let Found::Live(live) = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap()
    else {
        panic!("just signed in");
    };
    let last = sessions::previous_sign_in(&bench.app, &live).await.unwrap().unwrap();
    assert_eq!((last.at, &*last.device), (first_at, "Chrome, Android"));
}
