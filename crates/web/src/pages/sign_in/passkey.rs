//! M03 Kunci sandi / Passkey: what the browser answered, on the sign-in page and as the second step.

use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::passkeys::{self, Answer, Answered, Arriving};
use payung_flows::sign_in::step::Found;

use super::choose::{self, ChooseProblem};
use super::password::{SignIn, SignInProblem};
use crate::form::Fields;
use crate::guest::{Form, Trouble, see_other};
use crate::pages::problems::problem::Obstacle;

/// What a form brings back from the browser.
pub(crate) fn answered(fields: &Fields) -> Answered<'_> {
    Answered { sealed: fields.text("challenge"), credential: fields.text("credential") }
}

/// `GET` of an address that only takes answers: to the page that asks.
pub async fn back() -> Response {
    see_other("/sign-in")
}

/// `GET` of an address that only takes answers: to the page that asks.
pub async fn back_to_choice() -> Response {
    see_other("/sign-in/method")
}

/// `POST /sign-in/passkey`: a passkey instead of name and password.
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok((fields, _)) = form.of_anybody() else {
        return Ok(SignIn::again(&form)?.with(&[SignInProblem::KeyOld]));
    };
    let arriving = Arriving {
        earlier: guest.session.as_ref(),
        next: fields.filled("next"),
        is_shared_device: !fields.text("shared").is_empty(),
    };
    let (app, visit) = (&guest.site.app, &guest.visit);
    let problem =
        match passkeys::sign_in(app, visit, &guest.browser, answered(fields), arriving).await? {
            Answer::SignedIn(opened) => return Ok(super::let_in(guest, &opened)),
            Answer::TooMany { until } => {
                return Err(Trouble::Obstacle(Obstacle::TooMany(until)));
            }
            Answer::NotVerified => SignInProblem::KeyNotVerified,
            Answer::Refused => SignInProblem::KeyNone,
            Answer::Stale => SignInProblem::KeyOld,
        };
    Ok(SignIn::again(&form)?.with(&[problem]))
}

/// `POST /sign-in/method/passkey`: a passkey after the password, or to confirm.
pub async fn submit_step(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Ok((fields, token)) = form.of_sign_in() else {
        return choose::page(guest, unprocessable, &[ChooseProblem::Stale]).await;
    };
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    let (answered, ending) = (answered(fields), super::ending(guest, fields));
    let answer = passkeys::finish_step(app, visit, browser, token, answered, ending).await?;
    let problem = match answer {
        Found::Open(Answer::SignedIn(opened)) => return Ok(super::let_in(guest, &opened)),
        Found::Open(Answer::TooMany { until }) => {
            return Err(Trouble::Obstacle(Obstacle::TooMany(until)));
        }
        Found::Open(Answer::NotVerified) => ChooseProblem::KeyNotVerified,
        Found::Open(Answer::Refused) => ChooseProblem::KeyNone,
        Found::Open(Answer::Stale) => ChooseProblem::KeyOld,
        Found::Finished(at) => return super::finished(guest, at).await,
        Found::Gone => return Ok(super::gone(guest)),
    };
    choose::page(guest, unprocessable, &[problem]).await
}
