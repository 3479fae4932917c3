//! One paper that a family brought: sent to its claim by an officer, and taken along again. The same
//! is looked at as in what members send (L-16), and none is ever shown from this address.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use payung_domain::claims::files::NotADocument;
use payung_domain::claims::{MOST_DOCUMENTS, OTHER_DOCUMENT};
use payung_flows::claims::Uploaded;
use payung_flows::staff::heirs;

use super::Me;
use super::caller::Officer;
use super::claim_parts::{attached, document_in, unreached};
use super::heirs::address;
use super::stale;
use super::upload::Upload;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::claims::document::ClaimDocument;
use crate::pages::claims::{id_in, paper_words};
use crate::pages::problems::problem::Obstacle;

/// The form.
#[derive(Debug, Template)]
#[template(path = "desk/heir_document.html")]
pub struct HeirDocument {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Where the claim is.
    pub claim: String,
    /// The word of the paper.
    pub slot: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl HeirDocument {
    fn paper(&self) -> String {
        paper_words(&self.f, &self.slot)
    }
}

/// `GET /heirs/{id}/papers/{slot}`
pub async fn show(
    officer: Officer,
    Path((id, slot)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let claim = id_in(&id)?;
    let (caller, here) = (&officer.caller, address(claim));
    let shown = heirs::show(caller.app(), caller.visit(), &officer.signed_in, claim)
        .await?
        .map_err(|why| unreached(&officer, why, &here))?;
    if slot != OTHER_DOCUMENT && !shown.required.0.contains(&slot) {
        return Err(Trouble::Obstacle(Obstacle::NotFound));
    }
    Ok(page(&officer, here, slot, None))
}

/// `POST /heirs/{id}/papers/{slot}`
pub async fn submit(
    Path((id, slot)): Path<(String, String)>,
    upload: Upload,
) -> Result<Response, Trouble> {
    let Upload { officer, form, file } = upload;
    let claim = id_in(&id)?;
    let (f, here) = (officer.frame(), address(claim));
    let problem = match file {
        None => ClaimDocument::says(&f, &slot, NotADocument::TooLarge),
        Some(_) if form.of_session().is_err() => stale(&f, "file"),
        Some(bytes) => {
            let caller = &officer.caller;
            let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
            let sent = (slot.as_str(), bytes.as_slice());
            let uploaded = heirs::upload(app, visit, signed_in, claim, sent)
                .await?
                .map_err(|why| unreached(&officer, why, &here))?;
            match uploaded {
                Uploaded::Kept | Uploaded::Closed => return Ok(see_other(&here)),
                Uploaded::Unknown | Uploaded::NoSlot => {
                    return Err(Trouble::Obstacle(Obstacle::NotFound));
                }
                Uploaded::No(problem) => ClaimDocument::says(&f, &slot, problem),
                Uploaded::Full => {
                    let most = u32::try_from(MOST_DOCUMENTS).unwrap_or(u32::MAX);
                    Problem { field: "file", text: f.t1("file-many", "n", most) }
                }
            }
        }
    };
    Ok(page(&officer, here, slot, Some(problem)))
}

fn page(officer: &Officer, claim: String, slot: String, problem: Option<Problem>) -> Response {
    let f = Frame { address: format!("{claim}/papers/{slot}"), ..officer.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    front::show(status, &HeirDocument { f, me: Some(officer.me()), claim, slot, problems })
}

/// `GET /heirs/{id}/documents/{document}`: a file to take along, under a name of ours.
pub async fn take(
    officer: Officer,
    Path((id, document)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let claim = id_in(&id)?;
    let (caller, here) = (&officer.caller, address(claim));
    let wanted = document_in(&document)?;
    let (app, visit) = (caller.app(), caller.visit());
    let taken = heirs::document(app, visit, &officer.signed_in, claim, wanted)
        .await?
        .map_err(|why| unreached(&officer, why, &here))?;
    Ok(attached(taken))
}
