//! Is this message really from us? Anybody may ask, with the reference that is printed in it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::reference::Reference;
use payung_flows::inbox::{self, Checked, Told};

use crate::front;
use crate::guest::{Guest, Trouble};
use crate::page::{Frame, Problem, Problems};
use crate::pages::inbox::list::sort;
use crate::pages::problems::problem::Obstacle;

/// The page that says whether a message is ours. Works signed out and without cookies.
#[derive(Debug, Template)]
#[template(path = "check/message.html")]
pub struct Check {
    /// Around the page.
    pub f: Frame,
    /// What was typed, to be compared with the message once more.
    pub typed: String,
    /// What is known of it.
    pub answer: Option<Answer>,
    /// What needs fixing.
    pub problems: Problems,
}

/// Whether a message is ours.
#[derive(Clone, Debug)]
pub enum Answer {
    /// It is. The page says what kind of thing, when and how; never to whom.
    Ours(Box<Told>),
    /// We know of none.
    Unknown,
}

impl Check {
    fn what(&self, message: &Told) -> String {
        sort(&self.f, message)
    }

    fn how(&self, message: &Told) -> String {
        if message.is_sms { self.f.t("check-by-sms") } else { self.f.t("check-by-email") }
    }
}

/// `GET /check`: a question, so it may stand in the address; the reference opens nothing.
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let f = guest.frame_of_anybody().await?;
    let typed = guest.query.text("reference").trim().to_owned();
    let page = Check { f, typed, answer: None, problems: Problems::default() };
    if page.typed.is_empty() {
        return Ok(front::show(StatusCode::OK, &page));
    }
    let Some(reference) = Reference::parse(&page.typed) else {
        let text = page.f.t("check-format");
        let problems = Problems(vec![Problem { field: "reference", text }]);
        let page = Check { problems, ..page };
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let answer = match inbox::check(&guest.site.app, &guest.visit, &reference).await? {
        Checked::Ours(told) => Answer::Ours(Box::new(told)),
        Checked::Unknown => Answer::Unknown,
        Checked::TooMany(until) => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    };
    let typed = reference.to_string();
    Ok(front::show(StatusCode::OK, &Check { typed, answer: Some(answer), ..page }))
}
