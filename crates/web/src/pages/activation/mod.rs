//! M12 to M15, activation: a membership gets an account, one page a task, in one order.
//!
//! Up to the last page before the account opens, every page is the same whether or not the person has
//! an account already (F-03).

pub mod access;
pub mod code;
pub mod codes;
pub mod contact;
pub mod find;
pub mod resume;

use axum::response::{IntoResponse, Response};
use payung_domain::activation::{PATIENCE, Progress, Stage, Standing, Task};
use payung_domain::token::Token;
use payung_flows::activation::{self, Found, View};

use crate::cookies;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// Where it begins, and where the list of tasks is.
const START: &str = "/activate";

/// The page whose turn it is.
const fn page_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Contact => "/activate/contact",
        Stage::Code => "/activate/code",
        Stage::Access | Stage::Taken => "/activate/password",
        Stage::Codes => "/activate/codes",
        Stage::Over => "/sign-in?reason=activated",
    }
}

/// The activation this browser is in, where it is the turn of one of these; else the page to show.
async fn at(guest: &Guest, stages: &[Stage]) -> Result<Result<(Token, View), Response>, Trouble> {
    let Some(token) = guest.activation.clone() else { return Ok(Err(gone(guest))) };
    let Some(view) = activation::view(&guest.site.app, &guest.visit, &token).await? else {
        return Ok(Err(gone(guest)));
    };
    let stage = view.progress.stage();
    if stages.contains(&stage) { Ok(Ok((token, view))) } else { Ok(Err(turn(guest, stage))) }
}

/// On to the page whose turn it is.
fn turn(guest: &Guest, stage: Stage) -> Response {
    let mut response = see_other(page_of(stage));
    if stage == Stage::Over {
        cookies::forget(&guest.site, response.headers_mut(), cookies::ACTIVATION);
    }
    response
}

/// What a step found: what it is worth, or the page to show instead.
#[expect(clippy::result_large_err, reason = "a page to show instead is an answer, not a rarity")]
fn found<T>(guest: &Guest, found: Found<T>) -> Result<T, Response> {
    match found {
        Found::Open(worth) => Ok(worth),
        Found::Elsewhere(stage) => Err(turn(guest, stage)),
        Found::Gone => Err(gone(guest)),
        Found::TooMany { until } => {
            Err(Trouble::Obstacle(Obstacle::TooMany(until)).into_response())
        }
    }
}

/// There is nothing to go on with: back to the start, with the reason.
fn gone(guest: &Guest) -> Response {
    let mut response = see_other("/activate?reason=old");
    cookies::forget(&guest.site, response.headers_mut(), cookies::ACTIVATION);
    response
}

/// The page is too old: it is shown again.
struct Stale;

/// The token of a form that was made for the activation of this browser, or the page to show instead
/// of doing anything.
#[expect(clippy::result_large_err, reason = "a page to show instead is an answer, not a rarity")]
fn token_of(form: &Form) -> Result<Result<&Token, Stale>, Response> {
    match form.of_activation() {
        Ok((_, token)) => Ok(Ok(token)),
        Err(_) if form.guest.activation.is_some() => Ok(Err(Stale)),
        Err(_) => Err(gone(&form.guest)),
    }
}

/// Around a page of an activation: its forms work in no other one (R2).
fn framed(guest: &Guest, token: &Token, address: &str) -> Frame {
    Frame { address: address.to_owned(), ..guest.frame_of_activation(token) }
}

fn keep_token(guest: &Guest, response: &mut Response, token: &Token) {
    let headers = response.headers_mut();
    cookies::set(&guest.site, headers, cookies::ACTIVATION, token.expose(), Some(PATIENCE));
}

/// A task in words, and how far it is.
#[must_use]
pub fn tasks(f: &Frame, progress: Option<&Progress>) -> Vec<(String, String)> {
    let name = |task| match task {
        Task::Find => f.t("activate-task-find"),
        Task::Contact => f.t("activate-task-contact"),
        Task::Access => f.t("activate-task-access"),
        Task::Codes => f.t("activate-task-codes"),
    };
    let standing = |task| match progress.map(|progress| progress.standing(task)) {
        None if task == Task::Find => f.t("activate-task-next"),
        None | Some(Standing::Later) => f.t("activate-task-later"),
        Some(Standing::Next) => f.t("activate-task-next"),
        Some(Standing::Begun) => f.t("activate-task-begun"),
        Some(Standing::Done) => f.t("activate-task-done"),
    };
    Task::ALL.into_iter().map(|task| (name(task), standing(task))).collect()
}
