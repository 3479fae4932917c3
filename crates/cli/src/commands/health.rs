//! How the program is doing, for those who run it: alive, ready, and in numbers.
//!
//! It has a listener of its own, which opens before anything else does.

use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// `database`, `migrations`, `keys`.
    pub name: &'static str,
    /// `None` when all is well. Read by operators: no personal data.
    pub trouble: Option<String>,
}

/// Looks at everything the program cannot serve without. Mail and text messages are not among
/// it: while they are away, people still see their balance.
pub type Checks =
    Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Vec<Check>> + Send>> + Send + Sync + 'static>;

/// Writes the numbers in Prometheus' text format.
pub type Numbers = Arc<dyn Fn() -> String + Send + Sync + 'static>;

/// How the program is doing. Clones speak of the same program.
#[derive(Clone, Default)]
pub struct Health {
    stage: Arc<RwLock<Stage>>,
}

#[derive(Clone, Default)]
enum Stage {
    #[default]
    Starting,
    Serving(Checks, Numbers),
    Stopping,
}

impl Health {
    /// A program that has just begun.
    #[must_use]
    pub fn starting() -> Self {
        Self::default()
    }

    /// From now on these say how it is.
    pub fn serves(&self, checks: Checks, numbers: Numbers) {
        self.enter(Stage::Serving(checks, numbers));
    }

    /// From now on no new visitors should be sent here.
    pub fn stops(&self) {
        self.enter(Stage::Stopping);
    }

    fn enter(&self, stage: Stage) {
        *self.stage.write().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    fn stage(&self) -> Stage {
        self.stage.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn checks(&self) -> Vec<Check> {
        let not_now = |why: &str| vec![Check { name: "program", trouble: Some(why.to_owned()) }];
        match self.stage() {
            Stage::Starting => not_now("starting"),
            Stage::Serving(checks, _) => checks().await,
            Stage::Stopping => not_now("stopping"),
        }
    }
}

/// `/livez`, `/readyz` and `/metrics`.
pub fn routes(health: Health) -> Router {
    Router::new()
        .route("/livez", get(livez))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .with_state(health)
}

/// The process answers, so it lives; nothing else is looked at, or a slow database would have
/// the process killed.
async fn livez() -> Response {
    answer(StatusCode::OK, "text/plain; charset=utf-8", "ok\n".to_owned())
}

async fn readyz(State(health): State<Health>) -> Response {
    let checks = health.checks().await;
    let is_ready = checks.iter().all(|check| check.trouble.is_none());
    let listed: Vec<_> = checks
        .iter()
        .map(|check| {
            let (is_fine, detail) = (check.trouble.is_none(), check.trouble.as_deref());
            json!({ "name": check.name, "ok": is_fine, "detail": detail })
        })
        .collect();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "ready": is_ready, "checks": listed });
    answer(status, "application/json", body.to_string())
}

async fn metrics(State(health): State<Health>) -> Response {
    let (is_up, numbers) = match health.stage() {
        Stage::Serving(_, numbers) => (1, numbers()),
        Stage::Starting | Stage::Stopping => (0, String::new()),
    };
    let version = env!("CARGO_PKG_VERSION");
    let text = format!(
        "# HELP payung_build_info The version that runs.\n\
         # TYPE payung_build_info gauge\n\
         payung_build_info{{version=\"{version}\"}} 1\n\
         # HELP payung_serving Whether the program serves: not while it starts or stops.\n\
         # TYPE payung_serving gauge\n\
         payung_serving {is_up}\n\
         {numbers}"
    );
    answer(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", text)
}

fn answer(status: StatusCode, content_type: &'static str, body: String) -> Response {
    (status, [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn status(health: &Health) -> StatusCode {
        readyz(State(health.clone())).await.status()
    }

    fn checks(trouble: Option<&'static str>) -> Checks {
        Arc::new(move || {
            let check = Check { name: "database", trouble: trouble.map(str::to_owned) };
            Box::pin(async move { vec![check] })
        })
    }

    #[tokio::test]
    async fn nobody_is_sent_here_while_it_starts_or_stops() {
        let health = Health::starting();
        assert_eq!(status(&health).await, StatusCode::SERVICE_UNAVAILABLE);
        health.serves(checks(None), Arc::new(String::new));
        assert_eq!(status(&health).await, StatusCode::OK);
        health.serves(checks(Some("no answer for 5 s")), Arc::new(String::new));
        assert_eq!(status(&health).await, StatusCode::SERVICE_UNAVAILABLE);
        health.stops();
        assert_eq!(status(&health).await, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(livez().await.status(), StatusCode::OK);
    }
}
