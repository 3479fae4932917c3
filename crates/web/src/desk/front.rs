//! The front of every page of the desk: who asks, the same headers on every answer, and a page for
//! whatever stands in the way.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use payung_flows::Fault;

use super::caller::{Caller, caller};
use super::problem::DeskProblem;
use crate::cookies;
use crate::front::{HTML, cause_chain, chosen_language, secure};
use crate::guest::reference;
use crate::pages::problems::problem::Obstacle;
use crate::site::Site;

/// Everything around a handler.
pub(super) async fn front(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
    let chosen = chosen_language(&request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let (caller, is_readable) = caller(&site, &request, chosen);
    request.extensions_mut().insert(caller.clone());
    let mut response = if is_readable {
        next.run(request).await
    } else {
        problem_page(&caller, Obstacle::Unreadable)
    };
    response = with_problem_page(&caller, response);
    tracing::info!(method = %method, path, status = response.status().as_u16(), "desk answered");
    let headers = response.headers_mut();
    secure(&caller.guest, headers);
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == HTML);
    if caller.visit().browser.is_none() && is_page {
        let name = caller.guest.browser.expose();
        cookies::set(&site, headers, cookies::DESK_BROWSER, name, Some(cookies::LONG));
    }
    if let Some(language) = chosen {
        cookies::set(&site, headers, cookies::LANGUAGE, language.tag(), Some(cookies::LONG));
    }
    response
}

fn with_problem_page(caller: &Caller, mut response: Response) -> Response {
    if let Some(obstacle) = response.extensions_mut().remove::<Obstacle>() {
        return problem_page(caller, obstacle);
    }
    if let Some(fault) = response.extensions_mut().remove::<Arc<Fault>>() {
        return broken_page(caller, &fault);
    }
    let is_bare = response.headers().get(header::CONTENT_TYPE).is_none();
    match response.status() {
        StatusCode::NOT_FOUND if is_bare => problem_page(caller, Obstacle::NotFound),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => problem_page(caller, Obstacle::WrongMethod),
        _ => response,
    }
}

/// A fault is logged here, once, with the number the officer sees (M-06).
fn broken_page(caller: &Caller, fault: &Fault) -> Response {
    let reference = reference(&caller.guest);
    tracing::error!(reference, cause = %cause_chain(fault), "a page of the desk broke {fault}");
    if fault.is_unreachable() {
        return problem_page(caller, Obstacle::Busy);
    }
    problem_page(caller, Obstacle::Broken { reference, kept: false })
}

fn problem_page(caller: &Caller, obstacle: Obstacle) -> Response {
    let page = DeskProblem { f: caller.frame(), me: None, obstacle };
    page.answer(caller.visit().now)
}
