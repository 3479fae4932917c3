//! Whether the chain over the audit is whole, and where it is not: all of it, when somebody asks.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::staff::chain::{Break, Verdict};
use payung_flows::staff::chain;

use super::Me;
use super::caller::Officer;
use crate::front;
use crate::guest::Trouble;
use crate::page::Frame;

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/chain.html")]
pub struct ChainPage {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// How it is.
    pub chain: Chain,
}

/// How a chain is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// How it is coloured.
    pub look: &'static str,
    /// Whether it is whole.
    pub state: String,
    /// How much was looked at, or what is not as it should be.
    pub detail: String,
    /// How many lines there are.
    pub height: i64,
    /// What may be noted elsewhere and held against it later.
    pub head: String,
}

impl Chain {
    /// What came of looking at it, in the language of a page.
    #[must_use]
    pub fn of(f: &Frame, verdict: &Verdict) -> Self {
        let height = verdict.head.height;
        let (look, state, detail) = match verdict.broken {
            None => {
                let (checked, key) = (verdict.checked, "desk-chain-checked");
                ("ok", f.t("desk-chain-whole"), f.t2(key, "n", checked, "of", height))
            }
            Some(broken) => ("miss", f.t("desk-chain-broken"), broken_words(f, broken)),
        };
        Self { look, state, detail, height, head: verdict.head.to_string() }
    }
}

fn broken_words(f: &Frame, broken: Break) -> String {
    match broken {
        Break::Missing(at) => f.t1("desk-chain-missing", "line", at),
        Break::Changed(at) => f.t1("desk-chain-changed", "line", at),
        Break::CutOff(end, due) => f.t2("desk-chain-cut-off", "line", end, "due", due),
        Break::Loose(lines) => f.t1("desk-chain-loose", "n", lines),
        Break::NotAsNoted(at) => f.t1("desk-chain-not-as-noted", "line", at),
    }
}

/// `GET /audit/chain`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let verdict = chain::look(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/audit/chain"))?;
    let f = Frame { address: "/audit/chain".to_owned(), ..officer.frame() };
    let (me, chain) = (Some(officer.me()), Chain::of(&f, &verdict));
    Ok(front::show(StatusCode::OK, &ChainPage { f, me, chain }))
}
