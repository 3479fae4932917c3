//! The meter beside a new password: it advises, the rules decide.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use payung_domain::passwords::{Advice, Level, Strength};
use payung_flows::passwords;

use crate::guest::{Form, Trouble};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// What the meter says, in one line: `Password strength: weak. Repeats are easy to guess.`
#[must_use]
pub fn in_words(f: &Frame, strength: &Strength) -> String {
    let level = match strength.level {
        Level::Weak => f.t("strength-weak"),
        Level::Fair => f.t("strength-fair"),
        Level::Good => f.t("strength-good"),
        Level::Strong => f.t("strength-strong"),
    };
    let advice = strength.advice.iter().map(|advice| match advice {
        Advice::Keyboard => f.t("advice-keyboard"),
        Advice::Repeats => f.t("advice-repeats"),
        Advice::Sequence => f.t("advice-sequence"),
        Advice::Dates => f.t("advice-dates"),
        Advice::Common => f.t("advice-common"),
        Advice::NearlyCommon => f.t("advice-nearly-common"),
        Advice::OneWord => f.t("advice-one-word"),
        Advice::Names => f.t("advice-names"),
        Advice::Capitals => f.t("advice-capitals"),
        Advice::Backwards => f.t("advice-backwards"),
        Advice::Substitutes => f.t("advice-substitutes"),
        Advice::AnotherWord => f.t("advice-another-word"),
        Advice::FewWords => f.t("advice-few-words"),
    });
    std::iter::once(level)
        .chain(advice)
        .map(|sentence| sentence + ".")
        .collect::<Vec<_>>()
        .join(" ")
}

/// `POST /password/strength`: the script's question while somebody types. Only a page that sets a
/// password may ask, and nothing of the question is kept.
pub async fn show(form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form
        .of_session()
        .or_else(|_| form.of_reset().map(|(fields, _)| fields))
        .or_else(|_| form.of_activation().map(|(fields, _)| fields))
        .or_else(|_| form.of_recovery_link().map(|(fields, _)| fields))
    else {
        return Err(Trouble::Obstacle(Obstacle::Unreadable));
    };
    let guest = &form.guest;
    let typed = fields.secret("new_password");
    if typed.expose().is_empty() {
        return Ok(text(String::new()));
    }
    let app = &guest.site.app;
    match passwords::strength(app, &guest.visit, &typed).await? {
        Ok(strength) => Ok(text(in_words(&guest.frame(), &strength))),
        Err(until) => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

fn text(words: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response()
}
