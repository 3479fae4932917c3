//! For tests only: a store on each engine, a stopped clock, loaded dice, and people to try with.
#![expect(clippy::missing_panics_doc, reason = "a test that cannot go on has failed")]

pub mod authenticator;
pub mod chance;
pub mod client_key;
pub mod clock;
pub mod crowd;
pub mod people;
pub mod post;
pub mod private_key;
pub mod prover;
pub mod store;
pub mod visitor;
pub mod workbook;

use std::sync::Arc;
use std::time::Duration;

use payung_domain::keyed::Key;
use payung_domain::programmes::Programmes;
use payung_flows::hashing::{Hasher, Peppers};
use payung_flows::settings::{Hashing, Settings};
use payung_flows::{App, Keys};

use crate::chance::Seeded;
use crate::clock::Stopped;
use crate::store::TestStore;

/// The product around a test's own store, with a clock the test moves.
pub struct Bench {
    /// The flows' App.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: Arc<Stopped>,
    /// Keeps the database until the test ends.
    pub store: TestStore,
}

impl Bench {
    /// The product with shipped settings, but for hashing that costs next to nothing.
    #[must_use]
    pub fn new(store: TestStore) -> Self {
        Self::with(store, |_| {})
    }

    /// The same with some settings changed.
    #[must_use]
    pub fn with(store: TestStore, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::shipped("https://payung.example");
        settings.hashing = Hashing { memory_kib: 64, passes: 1, threads: 2, queue: 256 };
        change(&mut settings);
        let clock = Arc::new(Stopped::at_noon());
        let dice: Arc<dyn payung_domain::dice::Dice> = Arc::new(Seeded::new(1));
        let peppers = Peppers(vec![(1, Key::new([3; 32]))]);
        let hasher = Hasher::start(settings.hashing, &peppers, &dice).expect("hashing starts");
        let programmes = Programmes::shipped().expect("the shipped rules read");
        let mut app = App::new(
            store.store.clone(),
            Arc::clone(&clock) as Arc<dyn payung_domain::time::Clock>,
            dice,
            hasher,
            Keys::of(&Key::new([4; 32]), &Key::new([2; 32])),
            settings,
            programmes,
        );
        // What tests wait for has no letter in it; how even answers are is measured by one of its own.
        app.even_answers_take = Duration::ZERO;
        Self { app: Arc::new(app), clock, store }
    }
}

/// Runs each test on SQLite and on PostgreSQL, from the same source.
///
/// ```ignore
/// on_each_engine!(a_code_is_used_once);
/// async fn a_code_is_used_once(store: TestStore) { … }
/// ```
#[macro_export]
macro_rules! on_each_engine {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::store::TestStore::sqlite().await).await;
            })*
        }

        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::store::TestStore::postgres().await).await;
            })*
        }
    };
}
