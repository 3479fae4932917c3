//! M15 and M25: recovery codes, made anew and shown once.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::recovery_codes::{IN_A_SET, RecoveryCode};
use payung_domain::secret::Secret;
use payung_flows::recovery_codes::{self, Made};
use payung_flows::security;

use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// Where they are made.
const HERE: &str = "/security/codes";

/// The page before new codes are made.
#[derive(Debug, Template)]
#[template(path = "security/codes.html")]
pub struct Codes {
    /// Around the page.
    pub f: Frame,
    /// Whether there are codes that the new ones kill.
    pub replaces: bool,
}

/// The codes, this once.
#[derive(Debug, Template)]
#[template(path = "security/codes_made.html")]
pub struct CodesMade {
    /// Around the page.
    pub f: Frame,
    /// The codes in groups of four.
    pub codes: Vec<Secret>,
}

/// `GET /security/codes`
pub async fn show(Proved(member): Proved) -> Result<Response, Trouble> {
    let (guest, account) = (&member.guest, &member.signed_in.account);
    let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
    let page = Codes { f: member.frame(), replaces: overview.codes.is_some() };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/codes`: the answer is the page itself, since nothing can show the codes again.
pub async fn make(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_err() {
        return Ok(see_other(HERE));
    }
    let account = &member.signed_in.account;
    match recovery_codes::make(&guest.site.app, &guest.visit, account).await? {
        Made::Set(codes) => {
            Ok(front::show(StatusCode::OK, &CodesMade { f: member.frame(), codes }))
        }
        Made::Busy => Err(Trouble::Obstacle(Obstacle::Busy)),
    }
}

/// `GET` of the address of the file: it holds nothing by itself.
pub async fn back() -> Response {
    see_other(HERE)
}

/// `POST /security/codes/file`: the page's codes as a file, for browsers without script too. The
/// page sends them back, because nobody else has them.
pub async fn file(member: Member, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other(HERE)) };
    Ok(as_file(&member.frame(), fields.text("codes")))
}

/// The codes of a page that it sends back, because nobody else has them. Whatever is no recovery code
/// is not given back.
pub(crate) fn read(codes: &str) -> Vec<Secret> {
    codes
        .split_whitespace()
        .take(IN_A_SET)
        .filter_map(|text| RecoveryCode::parse(text).ok())
        .map(|code| code.in_groups())
        .collect()
}

/// The same as a file to keep.
pub(crate) fn as_file(f: &Frame, codes: &str) -> Response {
    let codes = read(codes);
    let title = f.t1("codes-file-text", "service", &f.service_name);
    let lines: Vec<&str> = codes.iter().map(Secret::expose).collect();
    let text = format!("{title}\r\n\r\n{}\r\n", lines.join("\r\n"));
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"recovery-codes.txt\""),
    ];
    (headers, text).into_response()
}
