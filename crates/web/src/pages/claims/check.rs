//! M21, check your answers: everything on one page, a tick, and the button. A proof is asked for first.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::claims::{self, Sent, View};

use super::paid::Paid;
use super::{Refusal, address, found, id_in, kind_words, paper_title};
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The answers.
#[derive(Debug, Template)]
#[template(path = "claims/check.html")]
pub struct CheckClaim {
    /// Around the page.
    pub f: Frame,
    /// Where the claim is.
    pub claim: String,
    /// What was answered, each with its label.
    pub answers: Vec<(String, String)>,
    /// What would be paid.
    pub paid: Option<Paid>,
    /// Why there is no right to it as things are now.
    pub refusal: Option<Refusal>,
    /// What is still missing.
    pub missing: Vec<String>,
    /// What needs fixing.
    pub problems: Problems,
}

impl CheckClaim {
    /// The page of a claim that was looked up.
    #[must_use]
    pub fn of(f: Frame, view: &View<'_>, problems: Problems) -> Self {
        let claim = &view.claim;
        let mut answers = vec![(f.t("claim-reason-legend"), kind_words(&f, claim.kind))];
        if let Some(day) = claim.event_on {
            answers.push((f.t("claim-day-legend"), f.date(&day)));
        }
        let tax = if claim.has_tax_number { f.t("claim-yes") } else { f.t("claim-no") };
        answers.push((f.t("claim-tax-label"), tax));
        if let Some((bank, _)) = &claim.bank {
            let said = format!("{} {}, {}", bank.bank, bank.masked(), bank.owner);
            answers.push((f.t("claim-account-title"), said));
        }
        let papers: Vec<String> =
            view.documents.iter().map(|one| paper_title(&f, &one.slot)).collect();
        if !papers.is_empty() {
            answers.push((f.t("claim-papers-title"), papers.join(", ")));
        }
        let mut missing: Vec<String> =
            view.missing().iter().map(|slot| paper_title(&f, slot)).collect();
        if claim.bank.is_none() && claim.kind.is_paid_here() {
            missing.push(f.t("claim-account-title"));
        }
        let right = view.right.as_ref();
        let refusal = right.and_then(|right| right.as_ref().err());
        Self {
            claim: address(claim),
            answers,
            paid: Paid::of(&f, view),
            refusal: refusal.map(|no| Refusal::of(&f, no)),
            missing,
            problems,
            f,
        }
    }

    fn can_go(&self) -> bool {
        self.missing.is_empty() && self.refusal.is_none()
    }
}

/// `GET /claims/{id}/send`
pub async fn show(Proved(member): Proved, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    if !view.claim.stage.is_with_the_member() {
        return Ok(see_other(&address(&view.claim)));
    }
    let page = CheckClaim::of(member.frame(), &view, Problems::default());
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /claims/{id}/send`
pub async fn submit(
    Proved(member): Proved,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let f = member.frame();
    let Ok(fields) = form.of_session() else {
        return again(&member, &id, f.t("stale")).await;
    };
    if fields.text("confirm") != "yes" {
        return again(&member, &id, f.t("confirm-tick")).await;
    }
    let guest = &member.guest;
    let claim = id_in(&id)?;
    let here = format!("/claims/{}", claim.0.simple());
    match claims::send(&guest.site.app, &guest.visit, &member.signed_in, claim).await? {
        Sent::Done => Ok(see_other(&format!("{here}?done=sent"))),
        Sent::Closed => Ok(see_other(&here)),
        Sent::Incomplete | Sent::No(_) => again(&member, &id, f.t("claim-incomplete")).await,
        Sent::Unknown => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}

async fn again(member: &Member, id: &str, text: String) -> Result<Response, Trouble> {
    let view = found(member, id).await?;
    let problems = Problems(vec![Problem { field: "confirm", text }]);
    let page = CheckClaim::of(member.frame(), &view, problems);
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
