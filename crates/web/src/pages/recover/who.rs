//! The first task: whose account it is. Hints for finding it, never proof; the answer is the same
//! whether or not they fit anybody.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::activation::{DateProblem, Part, birth_date};
use payung_domain::ids::{Kpj, Nik, NumberProblem};
use payung_domain::time::Zone;
use payung_flows::recoveries::asking::{self, Hints};

use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Guest, Trouble};
use crate::page::{Frame, Problem, Problems};

/// The page that asks for a number and a birth date.
#[derive(Debug, Template)]
#[template(path = "recover/who.html")]
pub struct Who {
    /// Around the page.
    pub f: Frame,
    /// What was typed. A whole NIK comes back only beside what is wrong with it.
    pub typed: Typed,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The member number.
    pub kpj: String,
    /// The population number.
    pub nik: String,
    /// The day of birth.
    pub day: String,
    /// Its month.
    pub month: String,
    /// Its year.
    pub year: String,
}

/// What may need fixing on this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhoProblem {
    /// Neither number is there.
    NoNumber,
    /// `kpj.length`
    KpjLength(usize),
    /// Something else than letters and digits.
    KpjCharacters,
    /// `nik.length`
    NikLength(usize),
    /// Something else than digits.
    NikCharacters,
    /// `dob.empty`, `dob.part`, `dob.real`
    BirthDate(DateProblem),
    /// `stale`: the form's token is too old.
    Stale,
}

impl WhoProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (field, text) = match self {
            Self::NoNumber => ("kpj", f.t("recover-number-empty")),
            Self::KpjLength(n) => ("kpj", f.t1("recover-kpj-length", "n", count(n))),
            Self::KpjCharacters => ("kpj", f.t("recover-kpj-chars")),
            Self::NikLength(n) => ("nik", f.t1("recover-nik-length", "n", count(n))),
            Self::NikCharacters => ("nik", f.t("recover-nik-chars")),
            Self::BirthDate(DateProblem::Empty) => ("birth_day", f.t("recover-dob-empty")),
            Self::BirthDate(DateProblem::Missing(Part::Day)) => {
                ("birth_day", f.t1("recover-dob-part", "part", "day"))
            }
            Self::BirthDate(DateProblem::Missing(Part::Month)) => {
                ("birth_month", f.t1("recover-dob-part", "part", "month"))
            }
            Self::BirthDate(DateProblem::Missing(Part::Year)) => {
                ("birth_year", f.t1("recover-dob-part", "part", "year"))
            }
            Self::BirthDate(DateProblem::NotReal) => ("birth_day", f.t("recover-dob-real")),
            Self::Stale => ("kpj", f.t("stale")),
        };
        Problem { field, text }
    }
}

impl Who {
    /// What is said of the date, wherever in it something is missing.
    fn date_problem(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.field.starts_with("birth"))
    }
}

impl Typed {
    pub(crate) fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).trim().chars().take(40).collect();
        Self {
            kpj: text("kpj"),
            nik: text("nik"),
            day: text("birth_day"),
            month: text("birth_month"),
            year: text("birth_year"),
        }
    }

    fn hints(&self, today: Date) -> Result<Hints, Vec<WhoProblem>> {
        let mut problems = Vec::new();
        let kpj = match Kpj::parse(&self.kpj) {
            Ok(kpj) => Some(kpj),
            Err(NumberProblem::Empty) => None,
            Err(NumberProblem::Length(n)) => {
                problems.push(WhoProblem::KpjLength(n));
                None
            }
            Err(NumberProblem::Characters) => {
                problems.push(WhoProblem::KpjCharacters);
                None
            }
        };
        let nik = match Nik::parse(&self.nik) {
            Ok(nik) => Some(nik),
            Err(NumberProblem::Empty) => None,
            Err(NumberProblem::Length(n)) => {
                problems.push(WhoProblem::NikLength(n));
                None
            }
            Err(NumberProblem::Characters) => {
                problems.push(WhoProblem::NikCharacters);
                None
            }
        };
        if kpj.is_none() && nik.is_none() && problems.is_empty() {
            problems.push(WhoProblem::NoNumber);
        }
        match birth_date(&self.day, &self.month, &self.year, today) {
            Ok(birth_date) if problems.is_empty() => Ok(Hints { kpj, nik, birth_date }),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(WhoProblem::BirthDate(problem));
                Err(problems)
            }
        }
    }
}

/// `GET /recover/who`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    page(&guest, Typed::default(), &[]).await
}

/// `POST /recover/who`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let typed = Typed::of(form.to_show_again());
    let token = match super::token_of(&form) {
        Ok(Ok(token)) => token,
        Ok(Err(_)) => return page(guest, typed, &[WhoProblem::Stale]).await,
        Err(instead) => return Ok(instead),
    };
    let hints = match typed.hints(guest.visit.now.date(Zone::default())) {
        Ok(hints) => hints,
        Err(problems) => return page(guest, typed, &problems).await,
    };
    let found = asking::name(&guest.site.app, &guest.visit, token, &hints).await?;
    super::after(guest, &found)
}

async fn page(guest: &Guest, typed: Typed, problems: &[WhoProblem]) -> Result<Response, Trouble> {
    let (token, _) = match super::open(guest).await? {
        Ok(open) => open,
        Err(instead) => return Ok(instead),
    };
    let f = super::framed(guest, token, "/recover/who");
    let problems: Problems = problems.iter().map(|problem| problem.says(&f)).collect();
    Ok(front::show(problems.status(), &Who { f, typed, problems }))
}
