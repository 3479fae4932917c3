//! M13, the code that proves a contact.

use axum::response::Response;
use payung_domain::activation::Stage;
use payung_domain::second_factor::{CODE_LIFE, Sending};
use payung_flows::activation::contacts::{self, Answer};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::pages::recover::code::{Code, Paths, problem_of_sending};
use crate::pages::sign_in::code::CodeProblem;

/// Where the page's forms go.
pub const PATHS: Paths = Paths {
    code: "/activate/code",
    resend: "/activate/code/resend",
    back: "/activate/contact",
    skip: None,
};

/// Where the other contact is confirmed, this one may be left out.
pub const SKIPPABLE: Paths = Paths { skip: Some("/activate/code/skip"), ..PATHS };

/// `GET /activate/code`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None).await
}

/// `POST /activate/code`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(CodeProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    let typed = form.to_show_again().text("code");
    let checked = contacts::check(&guest.site.app, &guest.visit, token, typed).await?;
    let answer = match super::found(guest, checked) {
        Ok(answer) => answer,
        Err(instead) => return Ok(instead),
    };
    let problem = match answer {
        Answer::Right(stage) => {
            let mut response = see_other(super::page_of(stage));
            super::keep_token(guest, &mut response, token);
            return Ok(response);
        }
        Answer::Late(Sending::Now) => {
            CodeProblem::Expired(u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX))
        }
        Answer::Late(Sending::Wait(_) | Sending::NoMoreToday) => CodeProblem::SendDay,
        Answer::Wrong | Answer::Paused(_) => CodeProblem::Wrong,
        Answer::Unreadable(problem) => problem.into(),
    };
    page(guest, Some(problem)).await
}

/// `GET` of the address that only sends again.
pub async fn back() -> Response {
    see_other(PATHS.code)
}

/// `POST /activate/code/resend`
pub async fn resend(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(CodeProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    let sent = contacts::resend(&guest.site.app, &guest.visit, token).await?;
    let sending = match super::found(guest, sent) {
        Ok(sending) => sending,
        Err(instead) => return Ok(instead),
    };
    match problem_of_sending(sending, guest.visit.now) {
        None => Ok(see_other("/activate/code?sent=again")),
        problem => page(guest, problem).await,
    }
}

/// `POST /activate/code/skip`
pub async fn skip(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some(CodeProblem::Stale)).await,
        Err(instead) => return Ok(instead),
    };
    let skipped = contacts::skip(&guest.site.app, &guest.visit, token).await?;
    Ok(match super::found(guest, skipped) {
        Ok(stage) => see_other(super::page_of(stage)),
        Err(instead) => instead,
    })
}

async fn page(guest: &Guest, problem: Option<CodeProblem>) -> Result<Response, Trouble> {
    let (token, _) = match super::at(guest, &[Stage::Code]).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let seen = contacts::view_code(&guest.site.app, &guest.visit, &token).await?;
    let step = match super::found(guest, seen) {
        Ok(step) => step,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, &token, PATHS.code);
    let paths = if step.may_skip { SKIPPABLE } else { PATHS };
    let mut page = Code::of(f, &step.to, step.waiting, guest.visit.now, paths).with(problem);
    page.sent_again = problem.is_none() && guest.query.text("sent") == "again";
    Ok(page.shown())
}
