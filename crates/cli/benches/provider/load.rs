//! Asks an endpoint over and over, as several callers at the same time do, each of whom waits for an
//! answer before asking again.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::report::Measured;
use crate::server::Server;

/// Asked for so long before anything is counted: connections open, statements are prepared.
const WARM_UP: Duration = Duration::from_millis(500);

/// What the caller of this number asks next; `None` when nothing is left to ask.
pub(crate) type Ask = Box<dyn Fn(usize) -> Option<RequestBuilder> + Send + Sync>;

/// What the caller of this number makes of an answer.
pub(crate) type Learn = Box<dyn Fn(usize, &str) + Send + Sync>;

/// An endpoint and how it is asked.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What is signed or checked on the way.
    pub(crate) algorithm: &'static str,
    /// CPU milliseconds a request that issue 6 asks for.
    pub(crate) asked: Option<f64>,
    pub(crate) ask: Ask,
    pub(crate) learn: Learn,
}

/// Measures one endpoint. An answer other than 200 ends it: what is refused costs something else.
pub(crate) async fn measure(
    case: Case,
    server: &Server,
    callers: usize,
    lasts: Duration,
) -> Result<Measured, String> {
    let case = Arc::new(case);
    ask_all(&case, callers, WARM_UP).await?;
    let (before, began) = (server.cpu(), Instant::now());
    let waits = ask_all(&case, callers, lasts).await?;
    let (cpu, took) = (server.cpu().saturating_sub(before), began.elapsed());
    let mut measured = Measured::of(case.name, case.algorithm, waits, cpu, took);
    measured.asked = case.asked;
    Ok(measured)
}

/// How long each answer took.
async fn ask_all(
    case: &Arc<Case>,
    callers: usize,
    lasts: Duration,
) -> Result<Vec<Duration>, String> {
    let until = Instant::now() + lasts;
    let mut asking = JoinSet::new();
    for caller in 0..callers {
        let case = Arc::clone(case);
        asking.spawn(async move { case.ask_until(caller, until).await });
    }
    let mut waits = Vec::new();
    while let Some(ended) = asking.join_next().await {
        waits.append(&mut ended.map_err(|error| format!("a caller fell over: {error}"))??);
    }
    Ok(waits)
}

impl Case {
    async fn ask_until(&self, caller: usize, until: Instant) -> Result<Vec<Duration>, String> {
        let failed = |error: reqwest::Error| error.to_string();
        let mut waits = Vec::new();
        while Instant::now() < until {
            let Some(request) = (self.ask)(caller) else { break };
            let began = Instant::now();
            let answer = request.send().await.map_err(failed)?;
            let status = answer.status();
            let body = answer.text().await.map_err(failed)?;
            waits.push(began.elapsed());
            if status != StatusCode::OK {
                let start: String = body.chars().take(200).collect();
                return Err(format!("answered {status}: {start}"));
            }
            (self.learn)(caller, &body);
        }
        Ok(waits)
    }
}
