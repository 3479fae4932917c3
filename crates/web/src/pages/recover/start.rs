//! The first page: the ways that are quicker where one thing is left, and what a recovery takes.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::recoveries;
use payung_flows::recoveries::asking::{self, Begun};

use crate::front;
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The start of a recovery.
#[derive(Debug, Template)]
#[template(path = "recover/start.html")]
pub struct Start {
    /// Around the page.
    pub f: Frame,
    /// Whether a recovery can be asked for here.
    pub is_possible: bool,
    /// Whether what was filled in before is kept no more.
    pub was_old: bool,
    /// Whether the browser keeps no cookies, without which no form of ours counts.
    pub cookies_off: bool,
    /// What needs fixing.
    pub problems: Problems,
}

impl Start {
    fn of(guest: &Guest) -> Self {
        Self {
            f: Frame { address: "/recover".to_owned(), ..guest.frame() },
            is_possible: recoveries::is_possible(&guest.site.app),
            was_old: false,
            cookies_off: false,
            problems: Problems::default(),
        }
    }
}

/// `GET /recover`
pub async fn show(guest: Guest) -> Response {
    let was_old = guest.query.text("reason") == "old";
    front::show(StatusCode::OK, &Start { was_old, ..Start::of(&guest) })
}

/// `POST /recover`
pub async fn begin(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let page = Start::of(guest);
    if guest.visit.browser.is_none() {
        return Ok(front::show(
            StatusCode::UNPROCESSABLE_ENTITY,
            &Start { cookies_off: true, ..page },
        ));
    }
    let Ok((_, name)) = form.of_anybody() else {
        let text = page.f.t("stale");
        let problems = Problems(vec![Problem { field: "begin", text }]);
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &Start { problems, ..page }));
    };
    if !page.is_possible {
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    match asking::begin(&guest.site.app, &guest.visit, &name.0).await? {
        Begun::Draft(token) => {
            let mut response = see_other(super::TASKS);
            super::keep_token(guest, &mut response, &token);
            Ok(response)
        }
        Begun::TooMany { until } => {
            let text = page.f.t1("too-many", "time", page.f.clock(&until));
            let problems = Problems(vec![Problem { field: "begin", text }]);
            Ok(front::show_until(&Start { problems, ..page }, until, guest.visit.now))
        }
    }
}
