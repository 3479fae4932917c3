//! Ten thousand walks through the door and back, drawn at random, by two people, three browsers and
//! everybody who has found a code, a link or a token of theirs. After every step the product must
//! have answered what `model` says it has to.
//!
//! What must hold, whatever the order of steps:
//! - nobody has a session without the present password and a second factor that counts, or a passkey
//!   that made sure who held it, or a browser that was remembered at the end of both;
//! - a reset, a code from paper, "this was not me" never lower what is asked;
//! - a password path that is shut opens by no wait, no other name, no other tab, no form sent twice;
//! - a session ends when it must, and a token from before a proof is worth nothing;
//! - a factor that was removed counts no more, and one lasting way is always left.
//!
//! What happens to contacts, and staged recoveries, have walks of their own: `contacts`.
//!
//! That walks see what is wrong is tried too: `planted` puts faults into the product that others
//! have had, and each has to be found. What walks found in earnest, when they were new, stands in
//! `found`.
//!
//! A failing walk is made as short as it gets and printed. Walks are drawn anew in every run; what
//! was found once goes into `found` as a walk of its own.
#![expect(
    clippy::disallowed_methods,
    reason = "how many walks there are is said from outside, and how long they took is printed"
)]

mod contacts;
mod deeds;
mod found;
mod ground;
mod inside;
mod model;
mod planted;
mod walker;

use payung_testkit::store::TestStore;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use crate::deeds::{Deed, Start};
use crate::ground::Ground;
use crate::planted::Planted;
use crate::walker::{Complaint, Walker};

/// How many walks a run takes on SQLite, unless `PAYUNG_WALKS` says another number.
const WALKS: u32 = 10_000;
/// PostgreSQL is asked over a socket, so it takes longer; the rules above it are the same. One in so
/// many of all walks goes there.
const ONE_ON_POSTGRES_OF: u32 = 100;
/// So many walks find any planted fault.
const WALKS_TO_FIND: u32 = 8_000;

/// Walks once.
fn walk(
    ground: &Ground,
    start: Start,
    deeds: &[Deed],
    planted: Option<Planted>,
) -> Result<(), Complaint> {
    ground.runtime.block_on(async {
        let model = ground.begin(start).await;
        let mut walker = Walker::new(ground, model, planted);
        for deed in deeds {
            walker.doing(deed).await?;
        }
        walker.looks_back().await
    })
}

/// Walks so often, and says what the shortest walk is that goes wrong.
fn walk_often(ground: &Ground, config: Config, planted: Option<Planted>) -> Result<(), String> {
    let walks = (deeds::start(), deeds::deeds());
    let ended =
        TestRunner::new(config).run(&walks, |(start, deeds)| walk(ground, start, &deeds, planted));
    ended.map_err(|error| match error {
        TestError::Fail(why, (start, deeds)) => format!("{why}\n{start:#?}\n{deeds:#?}"),
        TestError::Abort(why) => why.to_string(),
    })
}

/// How many walks there are in this run.
fn walks() -> u32 {
    match std::env::var("PAYUNG_WALKS") {
        Ok(said) => said.parse().expect("PAYUNG_WALKS is a number"),
        Err(_) => WALKS,
    }
}

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 3_000, ..Config::default() }
}

#[test]
fn j09_ten_thousand_walks_open_nothing_that_was_not_proved() {
    let threads = 2;
    std::thread::scope(|scope| {
        let walkers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let ground = Ground::new(TestStore::in_memory());
                    walk_often(&ground, config(walks() / threads), None)
                })
            })
            .collect();
        for walker in walkers {
            if let Err(why) = walker.join().unwrap() {
                panic!("{why}");
            }
        }
    });
}

#[test]
fn j09_no_walk_on_postgres_opens_anything_either() {
    let ground = Ground::new(TestStore::postgres());
    if let Err(why) = walk_often(&ground, config((walks() / ONE_ON_POSTGRES_OF).max(1)), None) {
        panic!("{why}");
    }
}

#[test]
fn every_planted_fault_is_found() {
    let ground = Ground::new(TestStore::in_memory());
    for planted in Planted::ALL {
        let (start, deeds) = planted.shortest();
        if let Err(why) = walk(&ground, start, &deeds, None) {
            panic!("where {planted:?} is not planted: {why}");
        }
        assert!(walk(&ground, start, &deeds, Some(planted)).is_err(), "{planted:?} goes unnoticed");
    }
}

/// Walks that were not made for it find each of them too. Takes minutes, so only where the number of
/// walks was asked for.
#[test]
fn walks_at_random_find_every_planted_fault() {
    if std::env::var_os("PAYUNG_WALKS").is_none() {
        return;
    }
    let ground = Ground::new(TestStore::in_memory());
    for planted in Planted::ALL {
        // The same walks in every run: whether a fault is found must not be a matter of luck.
        let config =
            Config { rng_seed: RngSeed::Fixed(17), max_shrink_iters: 0, ..config(WALKS_TO_FIND) };
        let since = std::time::Instant::now();
        let found = walk_often(&ground, config, Some(planted));
        println!("{planted:?}: {} s", since.elapsed().as_secs());
        assert!(found.is_err(), "{planted:?} was not noticed");
    }
}
