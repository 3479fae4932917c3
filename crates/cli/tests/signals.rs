//! Being asked to stop. A binary of its own: a signal reaches every test in the same process.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use payung::commands::doors::Doors;
use payung::commands::health::{self, Health};
use payung::outside::service_manager::ServiceManager;
use payung::report::{Exit, Failure};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

/// One test at a time: both would hear the signal.
static ALONE: Mutex<()> = Mutex::const_new(());

/// Longer than anything here takes, so that only a hang gets there.
const FAR_AWAY: Duration = Duration::from_mins(1);

/// A house with one slow page, which answers when it is told to.
struct House {
    at: SocketAddr,
    health: Health,
    visited: Arc<Notify>,
    answer: Arc<Notify>,
    open: JoinHandle<Result<Exit, Failure>>,
}

fn house() -> House {
    // From here on signals no longer end the process by themselves.
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        drop(signal(kind).expect("signals can be heard"));
    }
    let (visited, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (seen, told) = (visited.clone(), answer.clone());
    let slow = async move || {
        seen.notify_one();
        told.notified().await;
        "done"
    };
    let health = Health::starting();
    health.serves(Arc::new(|| Box::pin(async { Vec::new() })), Arc::new(String::new));
    let routes = health::routes(health.clone()).route("/slow", get(slow));
    let (at, open) = open(routes, health.clone());
    House { at, health, visited, answer, open }
}

fn open(routes: Router, health: Health) -> (SocketAddr, JoinHandle<Result<Exit, Failure>>) {
    let mut doors = Doors::new(FAR_AWAY);
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let at = doors.open(any_port, routes).expect("a free port");
    let nobody = ServiceManager::default();
    (at, tokio::spawn(async move { doors.stay_open(&health, &nobody).await }))
}

impl House {
    fn visit(
        &self,
        page: &str,
    ) -> impl Future<Output = reqwest::Result<reqwest::Response>> + use<> {
        reqwest::Client::builder()
            .build()
            .expect("a client")
            .get(format!("http://{}{page}", self.at))
            .send()
    }

    async fn is_ready(&self) -> bool {
        let routes = health::routes(self.health.clone());
        let request = axum::http::Request::get("/readyz").body(axum::body::Body::empty());
        let request = request.expect("a request");
        let answer = tower::ServiceExt::oneshot(routes, request).await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }
}

fn send(name: &str) {
    let own_id = std::process::id().to_string();
    let sent = Command::new("kill").args([name, &own_id]).status();
    assert!(sent.is_ok_and(|status| status.success()));
}

#[tokio::test]
async fn an_open_request_is_answered_before_the_program_ends() {
    let _alone = ALONE.lock().await;
    let house = house();
    let slow = tokio::spawn(house.visit("/slow"));
    house.visited.notified().await;
    assert!(house.is_ready().await);

    send("-TERM");
    while house.is_ready().await {
        tokio::task::yield_now().await;
    }
    assert!(house.visit("/livez").await.is_err(), "nobody new is let in");
    house.answer.notify_one();
    let answer = slow.await.unwrap().unwrap();
    assert_eq!(answer.text().await.unwrap(), "done");
    assert_eq!(house.open.await.unwrap().unwrap(), Exit::Done);
}

#[tokio::test]
async fn a_second_ctrl_c_ends_it_at_once() {
    let _alone = ALONE.lock().await;
    let house = house();
    let slow = tokio::spawn(house.visit("/slow"));
    house.visited.notified().await;

    send("-INT");
    while house.is_ready().await {
        tokio::task::yield_now().await;
    }
    send("-INT");
    let ended = tokio::time::timeout(FAR_AWAY / 2, house.open).await;
    assert_eq!(ended.unwrap().unwrap().unwrap(), Exit::Interrupted);
    slow.abort();
}
