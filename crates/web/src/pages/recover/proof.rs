//! The fourth task: how the member wants to prove who they are.

use askama::Template;
use axum::response::Response;
use payung_domain::recoveries::ProofWay;
use payung_flows::recoveries::asking;

use crate::front;
use crate::guest::{Form, Guest, Trouble};
use crate::page::{Frame, Problem, Problems};

/// The page with one circle for each way.
#[derive(Debug, Template)]
#[template(path = "recover/proof.html")]
pub struct Proof {
    /// Around the page.
    pub f: Frame,
    /// The one that is ticked.
    pub chosen: Option<ProofWay>,
    /// What needs fixing.
    pub problems: Problems,
}

impl Proof {
    fn ways(&self) -> Vec<(&'static str, String, String, bool)> {
        ProofWay::ALL
            .iter()
            .map(|way| {
                let (label, text) =
                    (super::way_label(&self.f, *way), super::way_text(&self.f, *way));
                (way.name(), label, text, self.chosen == Some(*way))
            })
            .collect()
    }
}

/// `GET /recover/proof`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None, None).await
}

/// `POST /recover/proof`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let way = ProofWay::named(form.to_show_again().text("proof"));
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, way, Some("stale")).await,
        Err(instead) => return Ok(instead),
    };
    let Some(way) = way else { return page(guest, None, Some("recover-choose-proof")).await };
    let found = asking::choose(&guest.site.app, &guest.visit, token, way).await?;
    super::after(guest, &found)
}

async fn page(
    guest: &Guest,
    chosen: Option<ProofWay>,
    problem: Option<&str>,
) -> Result<Response, Trouble> {
    let (token, asking) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, token, "/recover/proof");
    let problems: Problems =
        problem.iter().map(|key| Problem { field: "proof", text: f.t(key) }).collect();
    let chosen = chosen.or(asking.draft.way);
    Ok(front::show(problems.status(), &Proof { f, chosen, problems }))
}
