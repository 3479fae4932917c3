//! M12 Aktifkan: cari kepesertaan / Find your membership. Once it is found, the list of tasks.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::activation::{
    CARD_WITHIN_WORKING_DAYS, Claim, NUMBER_WITHIN_WORKING_DAYS, REGISTERED_WITHIN_DAYS, birth_date,
};
use payung_domain::ids::{Kpj, Nik, NumberProblem};
use payung_domain::time::{Instant, Zone};
use payung_flows::activation::matching::{self, Answer, Attempt};
use payung_flows::activation::{self};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::recover::who::{Typed, WhoProblem};
use crate::{cookies, front};

/// The page that asks for both numbers and the date of birth.
#[derive(Debug, Template)]
#[template(path = "activation/find.html")]
pub struct Find {
    /// Around the page.
    pub f: Frame,
    /// What was typed.
    pub typed: Typed,
    /// Whether what was begun is not kept any more.
    pub is_old: bool,
    /// Whether the browser keeps no cookies.
    pub cookies_off: bool,
    /// What needs fixing.
    pub problems: Problems,
}

/// The list of tasks, while it goes on in this browser.
#[derive(Debug, Template)]
#[template(path = "activation/tasks.html")]
pub struct Tasks {
    /// Around the page.
    pub f: Frame,
    /// The tasks, and how far each is.
    pub tasks: Vec<(String, String)>,
    /// The page whose turn it is.
    pub next: &'static str,
    /// Until when it can be gone on with.
    pub until: Instant,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindProblem {
    /// `nik.empty`
    NikEmpty,
    /// `kpj.empty`
    KpjEmpty,
    /// Something is wrong with a number or with the date.
    Who(WhoProblem),
    /// `match.none`: at least one of the three does not fit.
    NotFound,
    /// Too many tries: none before this moment.
    Paused(Instant),
    /// Too many requests from there, whoever made them: none before this moment.
    TooMany(Instant),
}

impl FindProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let (field, text) = match self {
            Self::NikEmpty => ("nik", f.t("activate-nik-empty")),
            Self::KpjEmpty => ("kpj", f.t("activate-kpj-empty")),
            Self::Who(problem) => return problem.says(f),
            Self::NotFound => ("nik", f.t("activate-match-none")),
            Self::Paused(until) => ("nik", f.t1("activate-paused", "time", f.clock(&until))),
            Self::TooMany(until) => ("nik", f.t1("too-many-kept", "time", f.clock(&until))),
        };
        Problem { field, text }
    }
}

impl Find {
    fn of(guest: &Guest, typed: Typed) -> Self {
        Self {
            f: Frame { address: super::START.to_owned(), ..guest.frame() },
            typed,
            is_old: false,
            cookies_off: false,
            problems: Problems::default(),
        }
    }

    fn with(mut self, status: StatusCode, problems: &[FindProblem]) -> Response {
        self.problems = problems.iter().map(|problem| problem.says(&self.f)).collect();
        front::show(status, &self)
    }

    /// What is said of the date, wherever in it something is missing.
    fn date_problem(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.field.starts_with("birth"))
    }

    fn tasks(&self) -> Vec<(String, String)> {
        super::tasks(&self.f, None)
    }

    /// When a new registration can be seen, from the clocks of the law.
    fn when_visible(&self) -> [String; 2] {
        let (number, card) = (NUMBER_WITHIN_WORKING_DAYS, CARD_WITHIN_WORKING_DAYS);
        let f = &self.f;
        [
            f.t1("activate-when-employer", "days", REGISTERED_WITHIN_DAYS),
            f.t2("activate-when-text", "number", number, "card", card),
        ]
    }
}

/// `GET /activate`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    if let Some(token) = &guest.activation
        && let Some(view) = activation::view(&guest.site.app, &guest.visit, token).await?
    {
        let f = super::framed(&guest, token, super::START);
        let page = Tasks {
            tasks: super::tasks(&f, Some(&view.progress)),
            next: super::page_of(view.progress.stage()),
            until: view.expires_at,
            f,
        };
        return Ok(front::show(StatusCode::OK, &page));
    }
    let is_old = guest.query.text("reason") == "old";
    Ok(Find { is_old, ..Find::of(&guest, Typed::default()) }.with(StatusCode::OK, &[]))
}

/// `POST /activate`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let typed = Typed::of(form.to_show_again());
    let again = |problems: &[FindProblem]| {
        Find::of(guest, typed.clone()).with(StatusCode::UNPROCESSABLE_ENTITY, problems)
    };
    if guest.visit.browser.is_none() {
        let page = Find { cookies_off: true, ..Find::of(guest, typed) };
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY, &[]));
    }
    let Ok((_, name)) = form.of_anybody() else {
        return Ok(again(&[FindProblem::Who(WhoProblem::Stale)]));
    };
    let claim = match claim(&typed, guest.visit.now.date(Zone::default())) {
        Ok(claim) => claim,
        Err(problems) => return Ok(again(&problems)),
    };
    let attempt = Attempt {
        claim: &claim,
        form: &name.0,
        browser: &guest.browser,
        earlier: guest.activation.as_ref(),
    };
    match matching::find(&guest.site.app, &guest.visit, attempt).await? {
        Answer::Found(token) => {
            let mut response = see_other(super::START);
            super::keep_token(guest, &mut response, &token);
            Ok(response)
        }
        Answer::NotFound => Ok(again(&[FindProblem::NotFound])),
        Answer::Paused(until) => {
            let page = Find::of(guest, typed);
            Ok(page.with(StatusCode::TOO_MANY_REQUESTS, &[FindProblem::Paused(until)]))
        }
        Answer::TooMany { until } => {
            let mut page = Find::of(guest, typed);
            page.problems = Problems(vec![FindProblem::TooMany(until).says(&page.f)]);
            Ok(front::show_until(&page, until, guest.visit.now))
        }
    }
}

/// `POST /activate/leave`: somebody else wants to begin, or the data were wrong.
pub async fn leave(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    if let Ok((_, token)) = form.of_activation() {
        activation::leave(&guest.site.app, token).await?;
    }
    let mut response = see_other(super::START);
    cookies::forget(&guest.site, response.headers_mut(), cookies::ACTIVATION);
    Ok(response)
}

/// `GET` of an address that only takes forms.
pub async fn back() -> Response {
    see_other(super::START)
}

fn claim(typed: &Typed, today: Date) -> Result<Claim, Vec<FindProblem>> {
    let mut problems = Vec::new();
    let nik = Nik::parse(&typed.nik).map_err(|problem| {
        problems.push(match problem {
            NumberProblem::Empty => FindProblem::NikEmpty,
            NumberProblem::Length(n) => FindProblem::Who(WhoProblem::NikLength(n)),
            NumberProblem::Characters => FindProblem::Who(WhoProblem::NikCharacters),
        });
    });
    let kpj = Kpj::parse(&typed.kpj).map_err(|problem| {
        problems.push(match problem {
            NumberProblem::Empty => FindProblem::KpjEmpty,
            NumberProblem::Length(n) => FindProblem::Who(WhoProblem::KpjLength(n)),
            NumberProblem::Characters => FindProblem::Who(WhoProblem::KpjCharacters),
        });
    });
    let born = birth_date(&typed.day, &typed.month, &typed.year, today)
        .map_err(|problem| problems.push(FindProblem::Who(WhoProblem::BirthDate(problem))));
    match (nik, kpj, born) {
        (Ok(nik), Ok(kpj), Ok(birth_date)) => Ok(Claim { nik, kpj, birth_date }),
        _ => Err(problems),
    }
}
