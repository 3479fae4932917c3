//! Applications' servers on loopback, told of logouts and events over real connections.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use payung::commands::certificates::Certificates;
use payung::commands::doors::Doors;
use payung::commands::health::Health;
use payung::outside::back_channel::BackChannel;
use payung::outside::service_manager::ServiceManager;
use payung::settings::serving::Outward;
use payung_domain::network::Network;
use payung_domain::oidc::back_channel::{
    EVENT_TYPE, Event, EventToken, LOGOUT_TYPE, LogoutToken, News,
};
use payung_domain::oidc::clients::Definition;
use payung_domain::time::Clock;
use payung_flows::delivery::Undelivered;
use payung_flows::oidc::back_channel::{Errand, Form, Messenger, tell_due};
use payung_flows::oidc::jose;
use payung_storage::oidc::clients;
use payung_storage::oidc::deliveries::{self, Delivery};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, people};
use serde_json::Map;

use crate::certificate::Pair;

/// What a receiver heard: the path, the headers and the body.
type Heard = Arc<Mutex<Vec<(String, HeaderMap, String)>>>;

/// What a receiver will answer, the last one first; after that it takes everything.
type Answers = Arc<Mutex<Vec<StatusCode>>>;

/// An application's server.
fn application(answers: &[StatusCode]) -> (Router, Heard) {
    async fn hear(
        State((heard, answers)): State<(Heard, Answers)>,
        uri: Uri,
        headers: HeaderMap,
        body: String,
    ) -> Response {
        heard.lock().expect("nobody panicked").push((uri.path().to_owned(), headers, body));
        let answer = answers.lock().expect("nobody panicked").pop().unwrap_or(StatusCode::OK);
        (answer, [("location", "/elsewhere")]).into_response()
    }
    let heard = Heard::default();
    let answers: Answers = Arc::new(Mutex::new(answers.iter().rev().copied().collect()));
    let routes = Router::new()
        .route("/logout", post(hear))
        .route("/events", post(hear))
        .route("/elsewhere", post(hear).get(hear))
        .with_state((Heard::clone(&heard), answers));
    (routes, heard)
}

/// The same, at a port of its own.
async fn receiver(answers: &[StatusCode]) -> (u16, Heard) {
    let (routes, heard) = application(answers);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (port, heard)
}

/// This machine is listed.
fn here() -> Outward {
    let here = Network { address: Ipv4Addr::LOCALHOST.into(), prefix: 8 };
    Outward { private_networks: vec![here], authority: None }
}

fn messenger(outward: &Outward) -> BackChannel {
    BackChannel::open(outward).expect("nobody is called yet")
}

fn errand(to: String, form: Form) -> Errand {
    Errand { to, form, token: "eyJ.eyJ.c2ln".to_owned() }
}

/// A bench where an application at this port is to be told something of Budi.
async fn with_news(port: u16, news: News) -> Bench {
    let bench = Bench::new(TestStore::sqlite().await);
    let budi = people::budi(&bench.app).await;
    let definition = Definition {
        client_id: "klaim".to_owned(),
        client_name: "Klaim Daring".to_owned(),
        redirect_uris: vec!["https://klaim.example/cb".to_owned()],
        backchannel_logout_uri: format!("http://127.0.0.1:{port}/logout"),
        events_uri: format!("http://127.0.0.1:{port}/events"),
        events: vec!["account-disabled".to_owned()],
        scope: "openid".to_owned(),
        owner: "Dana Kita".to_owned(),
        purpose_id: "Mengajukan klaim".to_owned(),
        purpose_en: "Filing claims".to_owned(),
        ..Definition::default()
    };
    let now = bench.clock.now();
    let delivery = Delivery {
        id: bench.app.dice.id(),
        account: budi.id,
        client: "klaim".to_owned(),
        news,
        about: Map::new(),
        session_opened_at: Some(now),
        at: now,
    };
    let mut tx = bench.store.store.write().await.expect("a transaction");
    let client = definition.check().expect("a whole client");
    clients::keep(&mut tx, &client, None, now).await.expect("it is kept");
    deliveries::put(&mut tx, &delivery).await.expect("it is kept");
    tx.commit().await.expect("a commit");
    bench
}

/// Tells what is due, once; answers how many were tried.
async fn tell(bench: &Bench, outward: &Outward) -> usize {
    let messenger: Arc<dyn Messenger> = Arc::new(messenger(outward));
    tell_due(&bench.app, &messenger).await.expect("telling works")
}

#[tokio::test]
async fn k26_a_receiver_that_fails_is_told_once_it_recovers() {
    let away = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::BAD_REQUEST];
    let (port, heard) = receiver(&away).await;
    let bench = with_news(port, News::Logout).await;
    for pause in [5, 10, 20] {
        assert_eq!(tell(&bench, &here()).await, 1);
        assert_eq!(tell(&bench, &here()).await, 0, "it waits, or is done");
        bench.clock.advance(Duration::from_secs(pause));
    }
    assert_eq!(tell(&bench, &here()).await, 0);
    assert_eq!(bench.app.counters.applications_told.total(), 1);
    let heard = heard.lock().unwrap().clone();
    assert_eq!(heard.len(), 3);
    let mut names = Vec::new();
    for (path, headers, body) in &heard {
        assert_eq!(path, "/logout");
        assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
        let token = body.strip_prefix("logout_token=").expect("the field and nothing else");
        let now = bench.clock.now();
        let token: Option<LogoutToken> =
            jose::opened(&bench.app, token, LOGOUT_TYPE, now).await.unwrap();
        let token = token.expect("a logout token of ours");
        assert_eq!((&*token.iss, &*token.aud), ("https://payung.example", "klaim"));
        names.push(token.jti);
    }
    names.dedup();
    assert_eq!(names.len(), 3, "no token is sent twice");
}

#[tokio::test]
async fn k26_a_receiver_that_is_not_there_is_tried_again() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let bench = with_news(closed, News::Logout).await;
    assert_eq!(tell(&bench, &here()).await, 1);
    assert_eq!(bench.app.counters.applications_not_told.total(), 0);
    bench.clock.advance(Duration::from_secs(5));
    assert_eq!(tell(&bench, &here()).await, 1);
}

#[tokio::test]
async fn k26_an_event_arrives_as_a_whole_token_and_a_refusal_of_it_is_final() {
    let (port, heard) = receiver(&[StatusCode::ACCEPTED]).await;
    let bench = with_news(port, News::Event(Event::AccountDisabled)).await;
    assert_eq!(tell(&bench, &here()).await, 1);
    assert_eq!(bench.app.counters.applications_told.total(), 1);
    let (path, headers, body) = heard.lock().unwrap()[0].clone();
    assert_eq!(path, "/events");
    assert_eq!(headers["content-type"], "application/secevent+jwt");
    assert_eq!(headers["accept"], "application/json");
    let now = bench.clock.now();
    let token: Option<EventToken> = jose::opened(&bench.app, &body, EVENT_TYPE, now).await.unwrap();
    assert!(token.expect("ours").events.contains_key(&Event::AccountDisabled.address()));

    let (port, _) = receiver(&[StatusCode::BAD_REQUEST]).await;
    let bench = with_news(port, News::Event(Event::AccountDisabled)).await;
    assert_eq!(tell(&bench, &here()).await, 1);
    assert_eq!(bench.app.counters.applications_not_told.total(), 1);
}

#[tokio::test]
async fn k18_a_redirect_is_not_followed() {
    let (port, heard) = receiver(&[StatusCode::TEMPORARY_REDIRECT]).await;
    let to = format!("http://127.0.0.1:{port}/logout");
    let refused = messenger(&here()).run(&errand(to, Form::LogoutToken)).await.unwrap_err();
    assert_eq!(refused.to_string(), "not delivered now: the application answered 307");
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn o9_nothing_private_is_called_unless_it_is_listed() {
    let (port, heard) = receiver(&[]).await;
    let wary = messenger(&Outward::default());
    for address in [format!("http://127.0.0.1:{port}/logout"), format!("https://127.0.0.1:{port}/")]
    {
        let refused = wary.run(&errand(address, Form::LogoutToken)).await.unwrap_err();
        assert_eq!(refused.to_string(), "refused for good: the address may not be called");
    }
    // A name is refused by what it leads to, when it is looked up.
    let named = errand(format!("https://localhost:{port}/logout"), Form::EventToken);
    let refused = wary.run(&named).await.unwrap_err();
    let words = "not delivered now: the name leads to a private network only";
    assert_eq!(refused.to_string(), words);
    assert!(heard.lock().unwrap().is_empty());
    // Given up at once, and the row says why.
    let bench = with_news(port, News::Logout).await;
    assert_eq!(tell(&bench, &Outward::default()).await, 1);
    assert_eq!(bench.app.counters.applications_not_told.total(), 1);
    assert!(heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn k18_a_receiver_has_to_be_who_its_certificate_says() {
    let pair = Pair::new();
    let (routes, heard) = application(&[]);
    let mut doors = Doors::new(Duration::ZERO);
    let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let certificates = Certificates::read(pair.files()).unwrap();
    let at = doors.open_with_tls(any_port, routes, certificates).unwrap();
    let (health, nobody) = (Health::starting(), ServiceManager::default());
    let house = tokio::spawn(async move { doors.stay_open(&health, &nobody).await });
    let errand = errand(format!("https://localhost:{}/logout", at.port()), Form::LogoutToken);
    let refused = messenger(&here()).run(&errand).await;
    assert!(matches!(refused, Err(Undelivered::Later(_))), "{refused:?}");
    assert!(heard.lock().unwrap().is_empty());
    let trusting = Outward { authority: Some(pair.files().certificate), ..here() };
    messenger(&trusting).run(&errand).await.unwrap();
    assert_eq!(heard.lock().unwrap()[0].2, "logout_token=eyJ.eyJ.c2ln");
    house.abort();
}

#[test]
fn an_authority_that_is_none_is_refused_at_the_start() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "bukan sertifikat\n").unwrap();
    for path in [file.path().to_owned(), file.path().join("missing")] {
        assert!(BackChannel::open(&Outward { authority: Some(path), ..here() }).is_err());
    }
}
