//! M21 Ajukan klaim / Make a claim: the reason first. Whoever has no right to it yet is told why, by
//! which rule and from when.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::Kind;
use payung_flows::claims::{self, Begun, Wish};

use super::{Refusal, kind_words};
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The question.
#[derive(Debug, Template)]
#[template(path = "claims/new.html")]
pub struct NewClaim {
    /// Around the page.
    pub f: Frame,
    /// What was chosen and typed.
    pub typed: Typed,
    /// Why there is no right to it.
    pub refusal: Option<Refusal>,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was chosen and typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// What is claimed.
    pub kind: Option<Kind>,
    /// The day on which it happened.
    pub day: String,
    /// Its month.
    pub month: String,
    /// Its year.
    pub year: String,
    /// Whether the member has a tax number.
    pub has_tax_number: bool,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            kind: Kind::named(fields.text("reason")),
            day: fields.text("event_day").to_owned(),
            month: fields.text("event_month").to_owned(),
            year: fields.text("event_year").to_owned(),
            has_tax_number: fields.text("tax_number") == "yes",
        }
    }

    /// The day that was typed, if there is one such.
    fn date(&self) -> Option<Date> {
        let year: i16 = self.year.trim().parse().ok()?;
        let month: i8 = self.month.trim().parse().ok()?;
        let day: i8 = self.day.trim().parse().ok()?;
        if (1950..=2999).contains(&year) { Date::new(year, month, day).ok() } else { None }
    }

    /// What is wished for, or what needs fixing.
    fn wish(&self, f: &Frame, today: Date) -> Result<Wish, Problem> {
        let Some(kind) = self.kind else {
            return Err(Problem { field: "reason", text: f.t("choose-reason") });
        };
        let event_on = self.date();
        if kind.has_event() {
            let day = |text| Problem { field: "event_day", text };
            match event_on {
                None => return Err(day(f.t("claim-day-missing"))),
                Some(on) if on > today => return Err(day(f.t("claim-day-to-come"))),
                Some(_) => {}
            }
        }
        Ok(Wish { kind, event_on, has_tax_number: self.has_tax_number })
    }
}

impl NewClaim {
    fn kinds(&self) -> Vec<(&'static str, String, String, bool)> {
        let f = &self.f;
        let hint = |kind: Kind| {
            f.t(match kind {
                Kind::JhtAge => "claim-hint-jht-age",
                Kind::JhtResigned => "claim-hint-jht-resigned",
                Kind::JhtLaidOff => "claim-hint-jht-laid-off",
                Kind::JhtContractEnded => "claim-hint-jht-contract-ended",
                Kind::JhtDisabled => "claim-hint-jht-disabled",
                Kind::JhtLeaving => "claim-hint-jht-leaving",
                Kind::JhtHome => "claim-hint-jht-home",
                Kind::JhtOther => "claim-hint-jht-other",
                Kind::Jp => "claim-hint-jp",
                Kind::Jkk => "claim-hint-jkk",
                Kind::Jkp => "claim-hint-jkp",
            })
        };
        let choice = |kind: &Kind| {
            let is_chosen = self.typed.kind == Some(*kind);
            (kind.name(), kind_words(f, *kind), hint(*kind), is_chosen)
        };
        Kind::ALL.iter().map(choice).collect()
    }
}

/// `GET /claims/new`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let kept = member.kept().await?;
    let f = Frame { kept: kept.as_ref().map(|_| Kept::Answers), ..member.frame() };
    let typed = kept.as_ref().map_or_else(Typed::default, Typed::of);
    let problems = Problems::default();
    Ok(front::show(StatusCode::OK, &NewClaim { f, typed, refusal: None, problems }))
}

/// `POST /claims/new`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (f, typed) = (member.frame(), Typed::of(form.to_show_again()));
    if form.of_session().is_err() {
        let stale = Problem { field: "reason", text: f.t("stale") };
        return Ok(page(&member, typed, None, Some(stale)));
    }
    let wish = match typed.wish(&f, member.today()) {
        Ok(wish) => wish,
        Err(problem) => return Ok(page(&member, typed, None, Some(problem))),
    };
    match claims::begin(&guest.site.app, &guest.visit, &member.signed_in, wish).await? {
        Begun::Claim(id) => Ok(see_other(&format!("/claims/{}", id.0.simple()))),
        Begun::No(no) => {
            let refusal = Refusal::of(&f, &no);
            Ok(page(&member, typed, Some(refusal), None))
        }
        Begun::TooMany => {
            let text = f.t1("claim-too-many", "phone", &f.help.phone);
            Ok(page(&member, typed, None, Some(Problem { field: "reason", text })))
        }
        Begun::NoRecord => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}

fn page(
    member: &Member,
    typed: Typed,
    refusal: Option<Refusal>,
    problem: Option<Problem>,
) -> Response {
    let f = Frame { address: "/claims/new".to_owned(), ..member.frame() };
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    front::show(status, &NewClaim { f, typed, refusal, problems })
}
