//! S04 Cari peserta / Member lookup: the reason first, then one exact number or address.

use askama::Template;
use axum::response::Response;
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_domain::staff::looks::{Kind, Query, Reason, Why};
use payung_flows::staff::looks::{self, Found, Search};

use super::caller::{Form, Officer};
use super::{Me, reason_problem, stale, why_words};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/look_up.html")]
pub struct LookUp {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What was chosen and typed before.
    pub typed: Typed,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was chosen and typed. The number or address is not among it: it is typed anew each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What for.
    pub why: Option<Why>,
    /// Why.
    pub reason: String,
    /// By what.
    pub kind: Option<Kind>,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            why: Why::named(fields.text("why")),
            reason: fields.text("reason").to_owned(),
            kind: Kind::named(fields.text("kind")),
        }
    }
}

impl LookUp {
    fn whys(&self) -> Vec<Choice> {
        let choice = |why: &Why| Choice {
            value: why.name().to_owned(),
            label: why_words(&self.f, *why),
            chosen: self.typed.why == Some(*why),
        };
        Why::ALL.iter().map(choice).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let choice = |kind: &Kind| Choice {
            value: kind.name().to_owned(),
            label: kind_words(&self.f, *kind),
            chosen: self.typed.kind == Some(*kind),
        };
        Kind::ALL.iter().map(choice).collect()
    }
}

fn kind_words(f: &Frame, kind: Kind) -> String {
    f.t(match kind {
        Kind::Kpj => "desk-kind-kpj",
        Kind::Nik => "desk-kind-nik",
        Kind::Email => "desk-kind-email",
        Kind::Phone => "desk-kind-phone",
    })
}

/// `GET /look-up`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    officer.may(Right::LookUp, Act::LookedUp, "/look-up").await?;
    Ok(page(&officer, Typed::default(), Vec::new()))
}

/// `POST /look-up`
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let (f, typed) = (officer.frame(), Typed::of(form.to_show_again()));
    let Ok(fields) = form.of_session() else {
        return Ok(page(&officer, typed, vec![stale(&f, "why")]));
    };
    let reason = Reason::parse(fields.text("why"), fields.text("reason"));
    let query = typed.kind.map(|kind| (kind, Query::parse(kind, fields.text("query"))));
    let (Ok(reason), Some((kind, Some(query)))) = (&reason, &query) else {
        let mut problems: Vec<Problem> =
            reason.err().map(|problem| reason_problem(&f, problem)).into_iter().collect();
        match query {
            None => problems.push(Problem { field: "kind", text: f.t("desk-kind-missing") }),
            Some((_, None)) => {
                problems.push(Problem { field: "query", text: f.t("desk-query-format") });
            }
            Some((_, Some(_))) => {}
        }
        return Ok(page(&officer, typed, problems));
    };
    let caller = &officer.caller;
    let search = Search { kind: *kind, query, reason };
    let text =
        match looks::look_up(caller.app(), caller.visit(), &officer.signed_in, search).await? {
            Found::Record(look) => {
                return Ok(see_other(&format!("/records/{}", look.0.simple())));
            }
            Found::Denied(denied) => return Err(officer.denied(denied, "/look-up")),
            Found::Nobody => f.t("desk-nobody"),
            Found::Own => f.t("desk-own-record"),
            Found::TooMany => f.t("desk-too-many"),
        };
    Ok(page(&officer, typed, vec![Problem { field: "query", text }]))
}

fn page(officer: &Officer, typed: Typed, problems: Vec<Problem>) -> Response {
    let f = Frame { address: "/look-up".to_owned(), ..officer.frame() };
    let (me, problems) = (Some(officer.me()), Problems(problems));
    front::show(problems.status(), &LookUp { f, me, typed, problems })
}
