//! M21, one paper a page: a photo or a PDF, sent by itself, so that a connection that breaks costs this
//! file and no other.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::claims::files::NotADocument;
use payung_domain::claims::{MOST_DOCUMENTS, OTHER_DOCUMENT};
use payung_domain::ids::DocumentId;
use payung_flows::claims::{self, Uploaded, View};
use uuid::Uuid;

use super::{address, found, id_in, paper_title, paper_words};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::upload::Upload;

/// The form.
#[derive(Debug, Template)]
#[template(path = "claims/document.html")]
pub struct ClaimDocument {
    /// Around the page.
    pub f: Frame,
    /// Where the claim is.
    pub claim: String,
    /// The word of the paper.
    pub slot: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl ClaimDocument {
    fn paper(&self) -> String {
        paper_title(&self.f, &self.slot)
    }

    /// What is wrong, in words.
    #[must_use]
    pub fn says(f: &Frame, slot: &str, problem: NotADocument) -> Problem {
        let text = match problem {
            NotADocument::Empty => f.t1("file-empty", "document", paper_words(f, slot)),
            NotADocument::TooLarge => f.t("file-size"),
            NotADocument::Kind => f.t("file-type"),
            NotADocument::Unreadable => f.t("file-read"),
            NotADocument::Pixels => f.t("file-pixels"),
            NotADocument::Active => f.t("file-active"),
        };
        Problem { field: "file", text }
    }
}

/// The claim, if it takes this paper now.
fn takes(view: &View<'_>, slot: &str) -> Result<bool, Trouble> {
    let is_known = slot == OTHER_DOCUMENT || view.required.0.iter().any(|known| known == slot);
    if !is_known {
        return Err(Trouble::Obstacle(Obstacle::NotFound));
    }
    Ok(view.claim.stage.is_with_the_member())
}

/// `GET /claims/{id}/documents/{slot}`
pub async fn show(
    member: Member,
    Path((id, slot)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    let claim = address(&view.claim);
    if !takes(&view, &slot)? {
        return Ok(see_other(&claim));
    }
    let page = ClaimDocument { f: member.frame(), claim, slot, problems: Problems::default() };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /claims/{id}/documents/{slot}`
pub async fn submit(
    Path((id, slot)): Path<(String, String)>,
    upload: Upload,
) -> Result<Response, Trouble> {
    let Upload { member, form, file } = upload;
    let view = found(&member, &id).await?;
    let claim = address(&view.claim);
    if !takes(&view, &slot)? {
        return Ok(see_other(&claim));
    }
    let f = member.frame();
    let problem = match file {
        None => ClaimDocument::says(&f, &slot, NotADocument::TooLarge),
        Some(_) if form.of_session().is_err() => Problem { field: "file", text: f.t("stale") },
        Some(bytes) => {
            let guest = &member.guest;
            let (app, visit, id) = (&guest.site.app, &guest.visit, view.claim.id);
            let sent = (slot.as_str(), bytes.as_slice());
            match claims::upload(app, visit, &member.signed_in, id, sent).await? {
                Uploaded::Kept | Uploaded::Closed => return Ok(see_other(&claim)),
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
    let page = ClaimDocument { f, claim, slot, problems: Problems(vec![problem]) };
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// `POST /claims/{id}/remove`
pub async fn remove(
    member: Member,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let id = id_in(&id)?;
    let here = format!("/claims/{}", id.0.simple());
    let Ok(fields) = form.of_session() else { return Ok(see_other(&here)) };
    if let Ok(document) = Uuid::try_parse(fields.text("document")) {
        let app = &member.guest.site.app;
        claims::remove(app, &member.signed_in, id, DocumentId(document)).await?;
    }
    Ok(see_other(&here))
}
