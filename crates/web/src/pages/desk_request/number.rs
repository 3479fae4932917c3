//! Whoever holds a new number types the code that went to it, without a session: our staff see no code,
//! and nobody reads one aloud (P-06).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::staff::numbers::{self, Proved};

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// Where it is.
pub const HERE: &str = "/desk-request/number";

/// The page with a field for the number and one for the code.
#[derive(Debug, Template)]
#[template(path = "desk_request/number.html")]
pub struct NumberCode {
    /// Around the page.
    pub f: Frame,
    /// The number as typed.
    pub phone: String,
    /// Whether it is done.
    pub is_done: bool,
    /// What needs fixing.
    pub problems: Problems,
}

impl NumberCode {
    fn title(&self) -> String {
        self.f.t(if self.is_done { "desk-number-done-title" } else { "desk-number-title" })
    }
}

/// `GET /desk-request/number`
pub async fn show(guest: Guest) -> Response {
    let is_done = guest.query.text("done") == "yes";
    let f = Frame { address: HERE.to_owned(), ..guest.frame() };
    let page = NumberCode { f, phone: String::new(), is_done, problems: Problems::default() };
    front::show(StatusCode::OK, &page)
}

/// `POST /desk-request/number`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (fields, f) = (form.to_show_again(), guest.frame());
    let number = fields.text("phone");
    if form.of_anybody().is_err() {
        return Ok(again(guest, number, Problem { field: "phone", text: f.t("stale") }));
    }
    let proved = numbers::prove(&guest.site.app, &guest.visit, number, fields.text("code")).await?;
    let (field, text) = match proved {
        Proved::Done => return Ok(see_other(&format!("{HERE}?done=yes"))),
        Proved::TooMany { until } => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        Proved::NoNumber(_) => ("phone", f.t("desk-number-phone-format")),
        Proved::Unreadable(_) => ("code", f.t("desk-number-code-format")),
        Proved::Wrong => ("code", f.t("desk-number-wrong")),
        Proved::Late => ("code", f.t("desk-number-late")),
        Proved::Paused(until) => ("code", f.t1("desk-number-paused", "time", f.clock(&until))),
    };
    Ok(again(guest, number, Problem { field, text }))
}

fn again(guest: &Guest, number: &str, problem: Problem) -> Response {
    let f = Frame { address: HERE.to_owned(), ..guest.frame() };
    let (phone, problems) = (number.to_owned(), Problems(vec![problem]));
    let page = NumberCode { f, phone, is_done: false, problems };
    front::show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
