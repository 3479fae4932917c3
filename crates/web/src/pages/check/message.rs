//! Is this message or statement really from us? Anybody may ask, with the code that is printed on it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::Kpj;
use payung_domain::reference::{Reference, StatementCode};
use payung_domain::statements::{Document, Number};
use payung_domain::time::Instant;
use payung_flows::inbox::{self, Checked, Told};
use payung_flows::statements;

use crate::front;
use crate::guest::{Guest, Trouble};
use crate::page::{Frame, Problem, Problems};
use crate::pages::inbox::list::sort;
use crate::pages::problems::problem::Obstacle;
use crate::pages::statements::months;
use crate::pages::statements::paper::{Sum, issued_at, rows};

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
    /// It is the code of a statement of ours. Its sums are shown to be compared with the paper;
    /// names and numbers only as far as they can be recognised there. With it, since when the key
    /// that signed it is not trusted, if it is not.
    Statement(Box<Document>, Option<Instant>),
    /// We issued no statement with this code.
    NoStatement,
}

impl Check {
    fn what(&self, message: &Told) -> String {
        sort(&self.f, message)
    }

    fn how(&self, message: &Told) -> String {
        if message.is_sms { self.f.t("check-by-sms") } else { self.f.t("check-by-email") }
    }

    /// That the key which signed it is not trusted, if it is not.
    fn distrusted(&self) -> Option<String> {
        let Some(Answer::Statement(_, Some(from))) = &self.answer else { return None };
        let (name, time) = (&*self.f.service_name, self.f.date_time(from));
        Some(self.f.t2("check-statement-distrusted", "service", name, "time", time))
    }

    /// Whose statement, of which months, and since when: as it is on the paper.
    fn about(&self, document: &Document) -> [(String, String); 3] {
        let statement = &document.statement;
        [
            (self.f.t("check-statement-name"), statement.masked_name()),
            (self.f.t("check-statement-months"), months(&self.f, statement.period)),
            (self.f.t("check-statement-issued"), self.f.date_time(&issued_at(document))),
        ]
    }

    /// The sums of each member number, as they are on the paper.
    fn sums(&self, document: &Document) -> Vec<(String, Vec<Sum>)> {
        let numbers = document.statement.numbers.iter();
        let one = |number: &Number| {
            let known = Kpj::parse(&number.kpj).map_or_else(|_| String::new(), |kpj| kpj.masked());
            number.figures().map(|figures| (known, rows(&self.f, &figures)))
        };
        numbers.filter_map(one).collect()
    }
}

/// `GET /check`: a question, so it may stand in the address; the reference opens nothing.
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    let f = guest.frame_of_anybody().await;
    let typed = guest.query.text("reference").trim().to_owned();
    let page = Check { f, typed, answer: None, problems: Problems::default() };
    if page.typed.is_empty() {
        return Ok(front::show(StatusCode::OK, &page));
    }
    if let Some(code) = StatementCode::parse(&page.typed) {
        let answer = match statements::check(&guest.site.app, &guest.visit, &code).await? {
            statements::Checked::Ours(document, from) => Answer::Statement(document, from),
            statements::Checked::Unknown => Answer::NoStatement,
            statements::Checked::TooMany(until) => {
                return Err(Trouble::Obstacle(Obstacle::TooMany(until)));
            }
        };
        let typed = code.as_str().to_owned();
        return Ok(front::show(StatusCode::OK, &Check { typed, answer: Some(answer), ..page }));
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
