//! Can a stranger find out who has an account? Everything is compared that comes back: status,
//! headers, text, size, and the time it takes (F-01, F-02, F-03, F-05, L5).
//!
//! Times are compared by statistics, 400 tries of names that somebody has against 400 of names that
//! nobody has, in pairs whose order a coin decides, so that whatever else the machine does meanwhile
//! falls on both alike. A gap is found where the two samples differ with p ≤ 0.01 or their medians
//! by 2 ms. No other time is asserted anywhere.
//!
//! **Again.** Where nothing is the matter, one comparison in a hundred says p ≤ 0.01 all the same: so
//! often would a run fail for nothing, and there are several doors. So a gap that was found is
//! looked for again with a new sample, and counts when it is found three times in a row, each time in
//! the same direction: by chance that happens once in four million runs. A gap that is there is there
//! each time: one of a third of the spread of the times is found by 400 tries in 99 of 100
//! comparisons, and three times in a row in 97 of 100.
//!
//! That this can fail is shown by `a_planted_gap_is_found`: one hash more for names that exist.
//!
//! A test binary of its own, since cargo runs one after the other; inside of it one measures at a
//! time, but where answers mostly wait: those measure side by side.

mod doors;
mod statistics;

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use payung_domain::dice::Dice;
use payung_domain::secret::Secret;
use payung_testkit::Bench;
use payung_testkit::chance::Seeded;
use payung_testkit::store::TestStore;

use crate::doors::{Door, house, knock, plain};
use crate::statistics::Compared;

/// Tries of each kind.
const TRIES: usize = 400;
/// Pairs before them, which find caches cold and are not counted.
const WARMING: usize = 20;
/// How often a gap has to be found in a row.
const TIMES: usize = 3;
/// The least p that is taken for chance.
const CHANCE: f64 = 0.01;
/// The most that medians may differ, in milliseconds.
const MOST: f64 = 2.0;

/// Held by whoever works the machine, and shared by those who mostly wait.
static MACHINE: RwLock<()> = RwLock::new(());

/// What is done besides for names that somebody has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Planted {
    Nothing,
    OneMoreHash,
}

/// Knocks at a door for known and unknown names in turn; every answer is the same but for its time.
async fn compare(bench: &Bench, door: Door, round: usize, planted: Planted) -> Compared {
    let coin: &dyn Dice = &Seeded::new(round as u64 + 1);
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..WARMING + TRIES {
        let first = coin.below(2) == 0;
        let mut pages = Vec::new();
        for is_known in [first, !first] {
            let turn =
                u32::try_from((round * (WARMING + TRIES) + number) * 2 + usize::from(is_known));
            let began = doors::now();
            if planted == Planted::OneMoreHash && is_known {
                let place = bench.app.hasher.place().expect("a place to hash");
                place.make(Secret::from("one more")).await.expect("it hashes");
            }
            let more = began.elapsed();
            let more = if planted == Planted::Nothing { Duration::ZERO } else { more };
            let answer = knock(bench, door, is_known, number, turn.expect("a few turns")).await;
            if number >= WARMING {
                let times = if is_known { &mut known } else { &mut unknown };
                times.push(answer.took + more);
            }
            pages.push(plain(&answer.page, &door.fields(is_known, number)));
        }
        let lines = pages[0].lines().zip(pages[1].lines());
        for (one, other) in lines {
            assert_eq!(one, other, "{door:?} tells who has an account");
        }
        assert_eq!(pages[0].len(), pages[1].len(), "{door:?} tells it by the size");
    }
    Compared::of(&known, &unknown)
}

/// Whether there is a gap, and what was measured.
async fn gap(bench: &Bench, door: Door, planted: Planted) -> (bool, Vec<Compared>) {
    let mut rounds: Vec<Compared> = Vec::new();
    for round in 0..TIMES {
        // Waits between links, and pauses after misses, are over by then.
        bench.clock.advance(Duration::from_hours(25));
        let compared = compare(bench, door, round, planted).await;
        let has_gap = compared.p <= CHANCE || compared.gap.abs() >= MOST;
        let turns = rounds.first().is_some_and(|first| (first.gap > 0.0) != (compared.gap > 0.0));
        rounds.push(compared);
        if !has_gap || turns {
            return (false, rounds);
        }
    }
    (true, rounds)
}

fn with_house(door: Door, test: impl AsyncFnOnce(&Bench)) {
    let (_shared, _alone);
    if door.answers_evenly() {
        _shared = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    } else {
        _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let bench = house(TestStore::in_memory().await, WARMING + TRIES).await;
        test(&bench).await;
    });
}

fn no_gap_at(door: Door) {
    with_house(door, async |bench: &Bench| {
        let (has_gap, rounds) = gap(bench, door, Planted::Nothing).await;
        assert!(!has_gap, "{door:?} tells by its time who has an account: {rounds:?}");
    });
}

#[test]
fn f01_f02_l5_no_statistics_tell_a_wrong_password_from_an_unknown_address() {
    no_gap_at(Door::SignInByEmail);
}

#[test]
fn f01_f02_l5_no_statistics_tell_a_wrong_password_from_an_unknown_user_name() {
    no_gap_at(Door::SignInByName);
}

#[test]
fn f02_f03_l5_no_statistics_tell_who_hears_of_a_link_by_address() {
    no_gap_at(Door::ResetByEmail);
}

#[test]
fn f02_f03_l5_no_statistics_tell_who_hears_of_a_link_by_user_name() {
    no_gap_at(Door::ResetByName);
}

#[test]
fn f02_f03_l5_no_statistics_tell_who_hears_of_a_code_by_number() {
    no_gap_at(Door::ResetByPhone);
}

#[test]
fn f02_f05_l5_no_statistics_tell_a_members_browser_by_its_passkey_challenge() {
    no_gap_at(Door::PasskeyStart);
}

#[test]
fn f02_f03_l5_no_statistics_tell_at_activation_who_has_an_account() {
    no_gap_at(Door::Activation);
}

#[test]
fn f02_f03_l5_no_statistics_tell_at_activation_whose_numbers_are_on_record() {
    no_gap_at(Door::ActivationMissed);
}

#[test]
fn a_planted_gap_is_found() {
    with_house(Door::SignInByEmail, async |bench: &Bench| {
        let (has_gap, rounds) = gap(bench, Door::SignInByEmail, Planted::OneMoreHash).await;
        assert!(has_gap, "one hash more goes unnoticed: {rounds:?}");
    });
}
