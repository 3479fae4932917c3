//! M20 Klaim / Claims: every claim, the latest first.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::claims::Claim;
use payung_flows::claims;

use super::{address, kind_words, stage_words};
use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The list.
#[derive(Debug, Template)]
#[template(path = "claims/list.html")]
pub struct Claims {
    /// Around the page.
    pub f: Frame,
    /// The claims.
    pub rows: Vec<Row>,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it is shown.
    pub address: String,
    /// What is claimed.
    pub title: String,
    /// How far it is.
    pub stage: String,
    /// Since when.
    pub since: String,
    /// Its number.
    pub reference: String,
}

impl Claims {
    /// The page of these claims.
    #[must_use]
    pub fn of(f: Frame, all: &[Claim]) -> Self {
        let row = |claim: &Claim| {
            let since = claim.closed_at.or(claim.complete_at).unwrap_or(claim.began_at);
            Row {
                address: address(claim),
                title: kind_words(&f, claim.kind),
                stage: stage_words(&f, claim.stage),
                since: f.day(&since),
                reference: claim.reference.to_string(),
            }
        };
        let rows = all.iter().map(row).collect();
        Self { f, rows }
    }
}

/// `GET /claims`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let all = claims::list(&member.guest.site.app, &member.signed_in).await?;
    Ok(front::show(StatusCode::OK, &Claims::of(member.frame(), &all)))
}
