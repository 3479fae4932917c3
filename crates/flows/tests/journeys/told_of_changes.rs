//! What applications hear of an account, where nobody changes anything on a page of security: a recovery
//! that takes something away, a number that goes.

use std::time::Duration;

use payung_domain::contact_changes::COOLING_OFF;
use payung_domain::ids::AccountId;
use payung_domain::oidc::back_channel::{Event, News};
use payung_domain::oidc::clients::{Client, Definition};
use payung_domain::oidc::grants::{Grant, Surroundings};
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::requests::{read, way_back};
use payung_domain::recoveries::{Lost, Thing};
use payung_domain::second_factor::Way;
use payung_domain::time::Clock;
use payung_flows::contact_changes::begin::Removed;
use payung_flows::contact_changes::ends;
use payung_flows::recoveries::finishing::Answer as Finished;
use payung_storage::oidc::{clients, deliveries, grants};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine, people};

use crate::contact_changes::{PHONE, remove, siti};
use crate::recoveries::{ask, by_kpj, email, finish, prove, token_in, told, wait};

on_each_engine!(k26_a_recovery_tells_what_it_took_away, k26_a_number_that_goes_is_told_of,);

const BACK: &str = "https://klaim.example/cb";
const NEW: &str = "kuda tangga hujan sore";

fn client() -> Client {
    let definition = Definition {
        client_id: "klaim".to_owned(),
        client_name: "Klaim Daring".to_owned(),
        redirect_uris: vec![BACK.to_owned()],
        scope: "openid".to_owned(),
        without_pkce: true,
        events_uri: "https://klaim.example/events".to_owned(),
        events: vec![Event::CredentialChange.name().to_owned()],
        owner: "Dana Kita".to_owned(),
        purpose_id: "Mengajukan klaim".to_owned(),
        purpose_en: "Claiming".to_owned(),
        ..Definition::default()
    };
    definition.check().unwrap()
}

/// An application that an account was signed in to, and that asks to hear of changes.
async fn listens(bench: &Bench, account: AccountId) {
    let pairs = [("redirect_uri", BACK), ("response_type", "code"), ("scope", "openid")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (client, parameters) = (client(), Parameters::collect(pairs).unwrap());
    let request = read(&client, way_back(&client, &parameters).unwrap(), &parameters).unwrap();
    let now = bench.clock.now();
    let grant = Grant {
        id: bench.app.dice.id(),
        account,
        client: "klaim".to_owned(),
        request,
        given_at: now,
        proved_at: now,
        way: Way::Email,
        session_opened_at: now,
        ended_at: None,
        surroundings: Surroundings {
            is_password_the_same: true,
            is_session_over: false,
            is_client_disabled: false,
        },
    };
    let mut tx = bench.app.store.write().await.unwrap();
    clients::keep(&mut tx, &client, None, now).await.unwrap();
    grants::add(&mut tx, bench.app.store.vault(), &grant, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// What it is to hear now: which credentials, and what became of them.
async fn heard(bench: &Bench) -> Vec<String> {
    let now = bench.clock.now();
    let mut tx = bench.app.store.write().await.unwrap();
    let taken = deliveries::take(&mut tx, 99, now, now.plus(Duration::from_mins(1))).await.unwrap();
    tx.commit().await.unwrap();
    let mut heard: Vec<String> = taken
        .into_iter()
        .map(|taken| taken.delivery)
        .filter(|delivery| delivery.news == News::Event(Event::CredentialChange))
        .map(|delivery| {
            let word = |name: &str| delivery.about[name].as_str().unwrap().to_owned();
            format!("{} {}", word("credential_type"), word("change_type"))
        })
        .collect();
    heard.sort();
    heard
}

async fn k26_a_recovery_tells_what_it_took_away(db: TestStore) {
    let bench = Bench::new(db);
    let dewi = people::dewi(&bench.app).await;
    people::put_on_record(&bench.app, &dewi).await;
    listens(&bench, dewi.id).await;
    let lost = Lost::of([Thing::Email, Thing::App]);
    let reference = ask(&bench, &by_kpj(), &email(), lost).await;
    prove(&bench, &reference, lost).await;
    wait(&bench, 72).await;
    assert_eq!(heard(&bench).await, Vec::<String>::new(), "nothing is gone yet");
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    assert_eq!(heard(&bench).await, ["app delete", "password update"]);
}

async fn k26_a_number_that_goes_is_told_of(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    listens(&bench, siti.account.id).await;
    assert!(matches!(remove(&bench, &siti, PHONE).await, Removed::GoesAt(_)));
    bench.clock.advance(COOLING_OFF);
    assert_eq!(ends::tell(&bench.app).await.unwrap(), 1);
    assert_eq!(heard(&bench).await, ["phone-sms delete"]);
}
