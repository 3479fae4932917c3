//! What is on record before a command is run: Siti, and whatever a test adds of her.

use std::time::Duration;

use payung::commands::house;
use payung::outside::clock::SystemClock;
use payung::secrets::{KeyFiles, Secrets};
use payung::settings::serving::Database;
use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::contact::Email;
use payung_domain::contact_changes::Standing;
use payung_domain::ids::{AccountId, Kpj, MembershipId, Nik, PersonId};
use payung_domain::language::Language;
use payung_domain::members::{Membership, Person, PersonName, Segment, Sex};
use payung_domain::month::Month;
use payung_domain::second_factor::Destination;
use payung_domain::secret::Secret;
use payung_domain::staff::audit::{Act, Outcome, Wanted};
use payung_domain::staff::source::Origin;
use payung_domain::time::{Clock, Instant, Zone};
use payung_storage::contacts::{self, Coming};
use payung_storage::staff::audit;
use payung_storage::{Store, Tx, accounts, members};
use payung_testkit::people::home;
use uuid::Uuid;

use crate::program::Place;

pub(crate) const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));
pub(crate) const PERSON: PersonId = PersonId(Uuid::from_u128(2));
pub(crate) const MEMBERSHIP: MembershipId = MembershipId(Uuid::from_u128(3));

/// Does something to the records of a place behind the program's back, in one transaction.
pub(crate) fn on_record<T>(place: &Place, act: impl AsyncFnOnce(&mut Tx, &Store) -> T) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let store = open(place).await;
        let mut tx = store.write().await.expect("a transaction");
        let done = act(&mut tx, &store).await;
        tx.commit().await.expect("a commit");
        store.close().await;
        done
    })
}

async fn open(place: &Place) -> Store {
    let secrets = Secrets::read(&KeyFiles::inside(place.path())).expect("the keys are there");
    let url = Secret::new(place.path().join("payung.db").display().to_string());
    let database = Database { url, connections: 2, patience: Duration::from_secs(15) };
    house::open_store(&database, &secrets).await.expect("the database opens")
}

/// Siti, with one member number and an account.
pub(crate) async fn siti(tx: &mut Tx, store: &Store) {
    let since = SystemClock.now();
    let person = Person {
        id: PERSON,
        nik: Nik::parse("0001 0154 0790 0003").expect("a number"),
        name: PersonName::parse("Siti Rahayu").expect("a name"),
        birth_date: jiff::civil::date(1990, 7, 14),
        sex: Sex::Female,
        address: home(),
    };
    members::add_people(tx, store.vault(), &[(person, since)]).await.expect("a person");
    let membership = Membership {
        id: MEMBERSHIP,
        person: PERSON,
        kpj: Kpj::parse("90000000001").expect("a number"),
        segment: Segment::WageEarner,
        since: Month::new(2014, 3).expect("a month"),
        ended: None,
    };
    members::add_memberships(tx, &[membership]).await.expect("a member number");
    let account = Account {
        id: ACCOUNT,
        person: PERSON,
        password: StoredPassword { phc: "$argon2id$…".to_owned(), pepper: 1 },
        password_set_at: since,
        language: Language::Id,
        zone: Zone::Wib,
    };
    accounts::add(tx, &account, since).await.expect("an account");
}

/// Siti, whom a letter reaches too.
pub(crate) async fn siti_with_an_address(tx: &mut Tx, store: &Store) {
    siti(tx, store).await;
    let to = Destination::Email(Email::parse("siti@peserta.example").expect("an address"));
    let coming = Coming { to: &to, standing: Standing::SINCE_EVER, place: 0 };
    let since = SystemClock.now();
    let given = contacts::claim(tx, store.vault(), ACCOUNT, coming, since).await;
    assert!(given.expect("a contact"));
}

/// Detail and reason of everything of this kind that Lestari did by the command line.
pub(crate) fn written_down(place: &Place, act: Act) -> Vec<(String, String)> {
    on_record(place, async |tx: &mut Tx, store: &Store| {
        let wanted = Wanted {
            officer: Some("lestari".to_owned()),
            act: Some(act),
            outcome: Some(Outcome::Done),
            about: None,
            origin: Some(Origin::CommandLine),
            network: None,
            session: None,
            from: Instant::from_micros(0),
            until: Instant::from_micros(i64::MAX),
            before: None,
        };
        let lines = audit::list(tx, store.vault(), &wanted, 10).await.expect("a list");
        lines.into_iter().map(|line| (line.detail, line.reason)).collect()
    })
}
