//! Everything of mine: a JSON file, and a table for each kind of row. Whoever takes it proves a moment
//! before who they are.

use askama::Template;
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::language::Language;
use payung_flows::export::{self, Everything, Table, Taken, VERSION};

use crate::front;
use crate::guest::{Form, Proved, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::spreadsheet;

/// Where the page is.
const HERE: &str = "/export";

/// What can be taken.
#[derive(Debug, Template)]
#[template(path = "export/take.html")]
pub struct Export {
    /// Around the page.
    pub f: Frame,
    /// The version of the file.
    pub version: u32,
}

impl Export {
    /// The tables: their words in forms, and what people call them.
    fn tables(&self) -> [(&'static str, String); Table::ALL.len()] {
        Table::ALL.map(|table| {
            let label = match table {
                Table::Contributions => "export-contributions",
                Table::WageAnswers => "export-wage-answers",
                Table::Savings => "export-savings",
                Table::Activity => "export-activity",
                Table::Messages => "export-messages",
                Table::Reports => "export-reports",
                Table::Claims => "export-claims",
                Table::ClaimDocuments => "export-claim-documents",
                Table::ClaimSteps => "export-claim-steps",
                Table::Corrections => "export-corrections",
                Table::CorrectionSteps => "export-correction-steps",
                Table::CorrectionLines => "export-correction-lines",
                Table::Cases => "export-cases",
            };
            (table.name(), self.f.t(label))
        })
    }
}

/// `GET /export`
pub async fn show(Proved(member): Proved) -> Response {
    front::show(StatusCode::OK, &Export { f: member.frame(), version: VERSION })
}

/// `POST /export`: `kind` names a table; without one it is everything.
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other(HERE)) };
    let table = match fields.filled("kind") {
        None => None,
        Some(name) => match Table::named(name) {
            Some(table) => Some(table),
            None => return Ok(see_other(HERE)),
        },
    };
    let guest = &member.guest;
    let taken = export::everything(&guest.site.app, &guest.visit, &member.signed_in).await?;
    let all = match taken {
        Taken::All(all) => *all,
        Taken::TooMany(until) => return Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    };
    let today = member.today();
    match table {
        None => Ok(file("application/json", &format!("payung-{today}.json"), written(all))),
        Some(table) => {
            let head: Vec<String> = table.columns().iter().map(|name| (*name).to_owned()).collect();
            let rows = std::iter::once(head).chain(all.cells(table));
            // A comma in either language: programs read it, and the JSON file has the same words.
            let csv = spreadsheet::csv::<Vec<String>>(Language::En, rows)?;
            let name = format!("payung-{}-{today}.csv", table.name());
            Ok(file("text/csv; charset=utf-8", &name, Body::from(csv)))
        }
    }
}

fn file(kind: &'static str, name: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// The file, in one piece: a body that comes in pieces never ends once it is compressed.
fn written(all: Everything) -> Body {
    Body::from(all.into_json().collect::<String>())
}
