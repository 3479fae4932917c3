//! M15 Aktifkan: kode pemulihan / Save your recovery codes: shown once, and the end of one typed in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::activation::Stage;
use payung_domain::secret::Secret;
use payung_flows::activation::codes::{self, Answer, Shown};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;
use crate::pages::security::codes::as_file;
use crate::{cookies, front};

/// Where they are made.
const HERE: &str = "/activate/codes";

/// The page before they are made: asking for a page makes nothing.
#[derive(Debug, Template)]
#[template(path = "activation/codes.html")]
pub struct Codes {
    /// Around the page.
    pub f: Frame,
    /// What needs fixing.
    pub problems: Problems,
}

/// The codes, this once, and a field for the end of one of them.
#[derive(Debug, Template)]
#[template(path = "activation/codes_made.html")]
pub struct CodesMade {
    /// Around the page.
    pub f: Frame,
    /// The codes in groups of four.
    pub codes: Vec<Secret>,
    /// Their ends, sealed, for the form to bring back.
    pub sealed: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// `GET /activate/codes`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None).await
}

/// `POST /activate/codes`: the answer is the page itself, since nothing can show the codes again.
pub async fn make(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some("stale")).await,
        Err(instead) => return Ok(instead),
    };
    let made = codes::make(&guest.site.app, &guest.visit, token).await?;
    match super::found(guest, made) {
        Ok(Shown::Set { codes, sealed }) => {
            let f = super::framed(guest, token, HERE);
            let page = CodesMade { f, codes, sealed, problems: Problems::default() };
            let mut response = front::show(StatusCode::OK, &page);
            super::keep_token(guest, &mut response, token);
            Ok(response)
        }
        Ok(Shown::Busy) => Err(Trouble::Obstacle(Obstacle::Busy)),
        Err(instead) => Ok(instead),
    }
}

/// `POST /activate/codes/confirm`: the last four characters of one of them.
pub async fn confirm(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some("stale")).await,
        Err(instead) => return Ok(instead),
    };
    let fields = form.to_show_again();
    let (sealed, typed) = (fields.text("codes_sealed"), fields.text("code"));
    let confirmed = codes::confirm(&guest.site.app, &guest.visit, token, sealed, typed).await?;
    match super::found(guest, confirmed) {
        Ok(Answer::Done) => {
            let mut response = see_other(super::page_of(Stage::Over));
            cookies::forget(&guest.site, response.headers_mut(), cookies::ACTIVATION);
            Ok(response)
        }
        Ok(Answer::Wrong) => {
            // The codes are the visitor's own: the page brings them back, nobody else has them.
            let codes = super::super::security::codes::read(fields.text("codes"));
            let f = super::framed(guest, token, HERE);
            let problem = Problem { field: "code", text: f.t("activate-rec-confirm") };
            let sealed = sealed.to_owned();
            let page = CodesMade { f, codes, sealed, problems: Problems(vec![problem]) };
            Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Ok(Answer::Old) => page(guest, Some("activate-codes-old")).await,
        Err(instead) => Ok(instead),
    }
}

/// `POST /activate/codes/file`
pub async fn file(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    match super::token_of(&form) {
        Ok(Ok(token)) => {
            let f = super::framed(guest, token, HERE);
            Ok(as_file(&f, form.to_show_again().text("codes")))
        }
        Ok(Err(_)) => Ok(see_other(HERE)),
        Err(instead) => Ok(instead),
    }
}

/// `GET` of an address that only takes forms.
pub async fn back() -> Response {
    see_other(HERE)
}

async fn page(guest: &Guest, problem: Option<&str>) -> Result<Response, Trouble> {
    let (token, _) = match super::at(guest, &[Stage::Codes]).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, &token, HERE);
    let problems: Problems =
        problem.iter().map(|key| Problem { field: "make", text: f.t(key) }).collect();
    Ok(front::show(problems.status(), &Codes { f, problems }))
}
