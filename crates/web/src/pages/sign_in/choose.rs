//! M04 Pilih cara / Choose how to verify: after the password, strongest way first.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::second_factor::Way as Kind;
use payung_domain::token::Token;
use payung_flows::passkeys::{self, Challenge};
use payung_flows::sign_in::step::{self, Asked, Found, OpenWay, Step};

use super::Way;
use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The choice of a second step.
#[derive(Debug, Template)]
#[template(path = "sign_in/choose.html")]
pub struct Choose {
    /// Around the page.
    pub f: Frame,
    /// The ways of this account, strongest first.
    pub ways: Vec<Way>,
    /// The `method` that is ticked: the one the member wants to be asked for first.
    pub ticked: Option<&'static str>,
    /// What the browser is asked, where the account has passkeys.
    pub passkey: Option<Challenge>,
    /// Where "none of these" leads.
    pub way_back: &'static str,
    /// What needs fixing.
    pub problems: Problems,
}

impl Choose {
    fn is_ticked(&self, way: &Way) -> bool {
        self.ticked == Some(way.method())
    }
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChooseProblem {
    /// `choose.way`: nothing was ticked, or something that is not offered.
    Nothing,
    /// `send.day`: nothing more can go to that destination today.
    SendDay,
    /// `send.fail`: the text message did not leave.
    SendFail,
    /// `key.none`: that passkey is none of this account.
    KeyNone,
    /// The passkey did not make sure that it is its owner.
    KeyNotVerified,
    /// The page was open for too long to answer with a passkey.
    KeyOld,
    /// `stale`: the form's token is too old.
    Stale,
}

impl ChooseProblem {
    /// The problem in words, at the choice.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let text = match self {
            Self::Nothing => f.t("choose-way"),
            Self::SendDay => f.t("send-day"),
            Self::SendFail => f.t("send-fail"),
            Self::KeyNone => f.t("key-none-here"),
            Self::KeyNotVerified => f.t("key-not-verified-here"),
            Self::KeyOld => f.t("key-old"),
            Self::Stale => f.t("stale"),
        };
        Problem { field: "method", text }
    }
}

/// `GET /sign-in/method`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, StatusCode::OK, &[]).await
}

/// The page, with what needs fixing on it.
pub(super) async fn page(
    guest: &Guest,
    status: StatusCode,
    problems: &[ChooseProblem],
) -> Result<Response, Trouble> {
    match super::open_step(guest).await? {
        Ok((token, step)) => Ok(Choose::of(guest, token, &step).await?.with(status, problems)),
        Err(instead) => Ok(instead),
    }
}

/// `POST /sign-in/method`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let again = async |problem| page(guest, StatusCode::UNPROCESSABLE_ENTITY, &[problem]).await;
    let Ok((fields, token)) = form.of_sign_in() else {
        return again(ChooseProblem::Stale).await;
    };
    let Some(kind) = Kind::named(fields.text("method")) else {
        return again(ChooseProblem::Nothing).await;
    };
    match step::choose(&guest.site.app, &guest.visit, token, kind).await? {
        // A wait is said on the next page, where the code of a moment ago may still be entered.
        // So is the page for a recovery code, which knows its own address.
        Found::Open(Asked::Done | Asked::Wait(_)) => Ok(see_other("/sign-in/code")),
        Found::Open(Asked::NoMoreToday) => again(ChooseProblem::SendDay).await,
        Found::Open(Asked::NotOpen) => again(ChooseProblem::Nothing).await,
        Found::Finished(at) => super::finished(guest, at).await,
        Found::Gone => Ok(super::gone(guest)),
    }
}

impl Choose {
    async fn of(guest: &Guest, token: &Token, step: &Step) -> Result<Self, Trouble> {
        let ticked = step.chosen.as_ref().map(OpenWay::way).or(step.first);
        let (app, visit) = (&guest.site.app, &guest.visit);
        let passkey = if step.ways.contains(&OpenWay::Passkey) {
            Some(passkeys::begin_step(app, visit, &guest.browser, step.account, token).await?)
        } else {
            None
        };
        Ok(Self {
            f: super::framed(guest, token, step),
            ways: step.ways.iter().filter_map(Way::of).collect(),
            ticked: ticked.map(Kind::name),
            passkey,
            way_back: super::way_back(step),
            problems: Problems::default(),
        })
    }

    fn with(mut self, status: StatusCode, problems: &[ChooseProblem]) -> Response {
        self.problems = problems.iter().map(|problem| problem.says(&self.f)).collect();
        front::show(status, &self)
    }
}
