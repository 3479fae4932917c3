//! M14 Aktifkan: cara masuk / Create a password or passkey.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::activation::Stage;
use payung_flows::activation::access::{self, Answer};
use payung_flows::passkeys::{Answered, Challenge};
use payung_flows::passwords::Refused;

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::passwords::refused as says;
use crate::pages::passwords::strength::in_words;
use crate::pages::problems::problem::Obstacle;

/// Where it is chosen.
const HERE: &str = "/activate/password";

/// The page that opens the account.
#[derive(Debug, Template)]
#[template(path = "activation/access.html")]
pub struct Access {
    /// Around the page.
    pub f: Frame,
    /// What password managers file the password under.
    pub user_name: String,
    /// The fewest characters, for the hint.
    pub least: u32,
    /// What the meter says of the password that was not taken.
    pub strength: String,
    /// What the browser is asked who makes a passkey.
    pub passkey: Option<Challenge>,
    /// What needs fixing.
    pub problems: Problems,
}

/// The page of somebody who has an account already.
#[derive(Debug, Template)]
#[template(path = "activation/taken.html")]
pub struct Taken {
    /// Around the page.
    pub f: Frame,
}

/// `GET /activate/password`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, None, None).await
}

/// `POST /activate/password`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some("stale"), None).await,
        Err(instead) => return Ok(instead),
    };
    let typed = form.to_show_again().secret("new_password");
    if typed.expose().is_empty() {
        return page(guest, Some("pw-empty"), None).await;
    }
    let set = access::set_password(&guest.site.app, &guest.visit, token, &typed).await?;
    match super::found(guest, set) {
        Ok(answer) => answered(guest, token, answer).await,
        Err(instead) => Ok(instead),
    }
}

/// `POST /activate/passkey`
pub async fn passkey(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, Some("key-old"), None).await,
        Err(instead) => return Ok(instead),
    };
    let fields = form.to_show_again();
    let credential =
        Answered { sealed: fields.text("challenge"), credential: fields.text("credential") };
    let (app, visit) = (&guest.site.app, &guest.visit);
    let added = access::add_passkey(app, visit, &guest.browser, token, credential).await?;
    match super::found(guest, added) {
        Ok(answer) => answered(guest, token, answer).await,
        Err(instead) => Ok(instead),
    }
}

/// `GET` of the address that only takes a passkey.
pub async fn back() -> Response {
    see_other(HERE)
}

async fn answered(
    guest: &Guest,
    token: &payung_domain::token::Token,
    answer: Answer,
) -> Result<Response, Trouble> {
    let problem = match answer {
        Answer::Done => {
            let mut response = see_other(super::page_of(Stage::Codes));
            super::keep_token(guest, &mut response, token);
            return Ok(response);
        }
        Answer::Refused(refused) => return page(guest, None, Some(&refused)).await,
        Answer::NeedsAnotherWay if guest.site.app.settings.sms_codes => {
            return Ok(see_other("/activate/contact?reason=another-way"));
        }
        // No number can be confirmed here, so none is asked for.
        Answer::NeedsAnotherWay => "activate-needs-passkey",
        Answer::EmailTaken => return Ok(see_other("/activate/contact?reason=taken")),
        Answer::PasskeyNotVerified => "key-not-verified-here",
        Answer::PasskeyKnown => "key-exists",
        Answer::PasskeyRefused => "key-not-added",
        Answer::PasskeyOld => "key-old",
        Answer::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Answer::Busy => return Err(Trouble::Obstacle(Obstacle::Busy)),
    };
    page(guest, Some(problem), None).await
}

async fn page(
    guest: &Guest,
    problem: Option<&str>,
    refused: Option<&Refused>,
) -> Result<Response, Trouble> {
    let (token, view) = match super::at(guest, &[Stage::Access, Stage::Taken]).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let (app, visit) = (&guest.site.app, &guest.visit);
    let f = super::framed(guest, &token, HERE);
    if view.progress.stage() == Stage::Taken {
        return Ok(front::show(StatusCode::OK, &Taken { f }));
    }
    let passkey = access::begin_passkey(app, visit, &guest.browser, &token).await?;
    let stated = problem.map(|key| Problem { field: "new_password", text: f.t(key) });
    let problems: Problems =
        stated.into_iter().chain(refused.map(|refused| says(&f, refused.why))).collect();
    let contact = view.email.or(view.phone);
    let page = Access {
        user_name: contact.map(|contact| contact.typed).unwrap_or_default(),
        least: app.settings.passwords.least,
        strength: refused.map(|refused| in_words(&f, &refused.strength)).unwrap_or_default(),
        passkey,
        problems,
        f,
    };
    Ok(front::show(page.problems.status(), &page))
}
