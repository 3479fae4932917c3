//! M21, where the money goes: an account in the member's own name. What is typed here is kept nowhere
//! but with the claim.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::claims::bank::BankProblem;
use payung_flows::claims::{self, Account, Saved};

use super::{address, found, id_in};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The form.
#[derive(Debug, Template)]
#[template(path = "claims/account.html")]
pub struct ClaimAccount {
    /// Around the page.
    pub f: Frame,
    /// Where the claim is.
    pub claim: String,
    /// The bank.
    pub bank: String,
    /// In whose name the account is.
    pub owner: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl ClaimAccount {
    /// What is wrong, in words, at its field.
    #[must_use]
    pub fn says(f: &Frame, problem: BankProblem) -> Problem {
        match problem {
            BankProblem::Bank => Problem { field: "bank", text: f.t("bank-choose") },
            BankProblem::Number => Problem { field: "bank_number", text: f.t("bank-number") },
            BankProblem::Owner => Problem { field: "bank_owner", text: f.t("bank-owner") },
        }
    }
}

/// `GET /claims/{id}/account`
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    let claim = &view.claim;
    if !claim.stage.is_with_the_member() || !claim.kind.is_paid_here() {
        return Ok(see_other(&address(claim)));
    }
    let (bank, owner) = match &claim.bank {
        Some((bank, _)) => (bank.bank.clone(), bank.owner.clone()),
        None => (String::new(), view.name.clone()),
    };
    let problems = Problems::default();
    let page = ClaimAccount { f: member.frame(), claim: address(claim), bank, owner, problems };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /claims/{id}/account`
pub async fn submit(
    member: Member,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let here = format!("/claims/{}", id_in(&id)?.0.simple());
    let (guest, fields) = (&member.guest, form.to_show_again());
    let (bank, owner) = (fields.text("bank"), fields.text("bank_owner"));
    let f = member.frame();
    let problems = if form.of_session().is_err() {
        vec![Problem { field: "bank", text: f.t("stale") }]
    } else {
        let typed = Account { bank, number: fields.text("bank_number"), owner };
        let (app, visit) = (&guest.site.app, &guest.visit);
        match claims::save_account(app, visit, &member.signed_in, id_in(&id)?, typed).await? {
            Saved::Kept | Saved::Closed => return Ok(see_other(&here)),
            Saved::Unknown => return Err(Trouble::Obstacle(Obstacle::NotFound)),
            Saved::Problems(problems) => {
                problems.into_iter().map(|problem| ClaimAccount::says(&f, problem)).collect()
            }
        }
    };
    let page = ClaimAccount {
        f,
        claim: here,
        bank: bank.to_owned(),
        owner: owner.to_owned(),
        problems: Problems(problems),
    };
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
