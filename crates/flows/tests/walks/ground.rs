//! Where walks are walked: one product on one database, in which every walk meets two new people.
//! Hashing costs next to nothing here, the database lies in memory where the machine lets it, and
//! no limit by address stands in the way, since every walker shares the machine with ten thousand.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::authenticators::Kind;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::language::Language;
use payung_domain::lockout::Counter;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Instant, Zone};
use payung_storage::authenticators::{self, Bound};
use payung_storage::{Tx, accounts, throttles};
use payung_testkit::Bench;
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use tokio::runtime::Runtime;

use crate::deeds::Start;
use crate::model::{BoundApp, Ladder, Model, Person, SESSIONS_AT_MOST};

/// What the second person's app was set up with.
const SEED: [u8; 20] = [9; 20];

/// Each walk begins so long after the one before, so that nothing in memory reaches over.
const APART: Duration = Duration::from_hours(24 * 40);

pub struct Ground {
    pub bench: Bench,
    pub runtime: Runtime,
    password: StoredPassword,
    walks: Cell<u32>,
}

impl Ground {
    /// On a database of its own.
    pub fn new(store: impl Future<Output = TestStore>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        let (bench, password) = runtime.block_on(async {
            let bench = Bench::with(store.await, |settings| {
                settings.hashing.memory_kib = 8;
                settings.sessions.at_most = u32::try_from(SESSIONS_AT_MOST).expect("a few");
                let limits = &mut settings.limits;
                limits.sign_ins_per_address = u32::MAX;
                limits.sign_ins_per_network = u32::MAX;
                limits.sign_ins_in_all = u32::MAX;
                limits.sms_per_day = u32::MAX;
                limits.suspicion.names_per_address = u32::MAX;
                limits.suspicion.quick_forms_per_address = u32::MAX;
            });
            let place = bench.app.hasher.place_in_turn().await.expect("a place to hash");
            let password = place.make(Secret::from(PASSWORD)).await.expect("the password hashes");
            (bench, password)
        });
        Self { bench, runtime, password, walks: Cell::new(0) }
    }

    /// Two people nobody has met, at a time nobody has lived in.
    pub async fn begin(&self, start: Start) -> Model {
        let number = self.walks.replace(self.walks.get() + 1);
        let now = self.bench.clock.now().plus(APART * number);
        let mut model = Model {
            number,
            now,
            people: Vec::new(),
            typed: BTreeMap::new(),
            steps: Vec::new(),
            sessions: Vec::new(),
            links: Vec::new(),
            alarms: Vec::new(),
            former_seeds: Vec::new(),
        };
        let mut tx = self.bench.app.store.write().await.expect("a transaction");
        for which in ["ani", "bima"] {
            model.people.push(self.enrol(&mut tx, which, number, now).await);
        }
        let (Start { misses, code_misses }, app) = (start, &self.bench.app);
        let ani = &mut model.people[0];
        let keys = &app.keys.counters;
        ani.tries.misses = misses;
        ani.code_tries.misses = code_misses;
        model.typed.insert(ani.names[0].clone(), ani.tries);
        for (subject, misses) in [
            (keys.tag(&[b"password", ani.id.0.as_bytes()]), misses),
            (keys.tag(&[b"typed", b"user_name", ani.names[0].as_bytes()]), misses),
            (keys.tag(&[b"code", ani.id.0.as_bytes()]), code_misses),
        ] {
            let counter = Counter { misses, paused_until: Instant::from_micros(0) };
            throttles::set(&mut tx, &subject, counter, now).await.expect("misses are counted");
        }
        tx.commit().await.expect("a commit");
        model
    }

    /// Ani has a telephone, Bima an authenticator app; both are reached by letter.
    async fn enrol(&self, tx: &mut Tx, which: &str, number: u32, now: Instant) -> Person {
        let has_phone = which == "ani";
        let user_name = format!("{which}{number}");
        let email = format!("{user_name}@peserta.example");
        let mut names = vec![
            Identifier::UserName(UserName::parse(&user_name).expect("a name")),
            Identifier::Email(Email::parse(&email).expect("an address")),
        ];
        if has_phone {
            let phone = format!("08001{number:07}");
            names.push(Identifier::Phone(Phone::parse(&phone).expect("a number")));
        }
        let app = &self.bench.app;
        let account = Account {
            id: AccountId(app.dice.id()),
            person: PersonId(app.dice.id()),
            password: self.password.clone(),
            password_set_at: now,
            language: Language::Id,
            zone: Zone::Wib,
        };
        accounts::add(tx, &account, now).await.expect("the account is kept");
        for name in &names {
            let added = accounts::add_name(tx, app.store.vault(), account.id, name, Some(now));
            added.await.expect("a name");
        }
        if !has_phone {
            let bound = accounts::add_app(tx, app.store.vault(), account.id, &SEED, now);
            bound.await.expect("the app is bound");
            let line = Bound {
                id: app.dice.id(),
                kind: Kind::App,
                factor: Kind::App.factor(false),
                name: "",
                source: None,
                at: now,
            };
            let registered = authenticators::bind(tx, app.store.vault(), account.id, &line);
            registered.await.expect("the app is registered");
        }
        let nobodys = format!("asing.{user_name}");
        let names = names.iter().map(|name| name.expose().to_owned()).chain([nobodys]);
        Person {
            id: account.id,
            names: names.collect(),
            has_phone,
            passwords: vec![PASSWORD.to_owned()],
            is_disowned: false,
            was_alarmed: false,
            tries: Ladder::NEW,
            code_tries: Ladder::NEW,
            app: (!has_phone).then_some(BoundApp {
                seed: SEED,
                last: 0,
                bound: now,
                is_suspended: false,
            }),
            shown: None,
            keys: Vec::new(),
            paper: Vec::new(),
            paper_made: None,
            is_sms_off: false,
            is_email_off: false,
            remembered: BTreeMap::new(),
        }
    }
}
