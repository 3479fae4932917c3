//! M18 Pernyataan saldo / Statements: which months one is wanted for, and those that were made.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::month::Month;
use payung_domain::statements::{Period, PeriodProblem};
use payung_domain::time::Instant;
use payung_flows::statements::{self, Issued, Listed};
use payung_flows::{Fault, members};
use payung_texts::formats;
use uuid::Uuid;

use super::{address, months};
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "statements/list.html")]
pub struct Statements {
    /// Around the page.
    pub f: Frame,
    /// The years in which something moved, newest first.
    pub years: Vec<Choice>,
    /// The months that it may begin with.
    pub from_months: Vec<Choice>,
    /// And their years.
    pub from_years: Vec<Choice>,
    /// The months that it may end with.
    pub until_months: Vec<Choice>,
    /// And their years.
    pub until_years: Vec<Choice>,
    /// Those that were made, newest first.
    pub issued: Vec<Listed>,
    /// Which of those were signed by a key that is not trusted, and since when.
    pub distrusted: Vec<(Uuid, Instant)>,
    /// What needs fixing.
    pub problems: Problems,
}

/// Which months are chosen on the page.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// The year of the first form.
    pub year: i16,
    /// The first month of the second form.
    pub from: Month,
    /// Its last month.
    pub until: Month,
}

impl Chosen {
    /// What most people want: last year, or the months of this one.
    #[must_use]
    pub fn usual(today: Date) -> Self {
        let until = Month::of(today);
        let from = Month::new(until.year(), 1).unwrap_or(until);
        Self { year: until.year() - 1, from, until }
    }

    /// As it was sent, where it can be read.
    fn sent(self, fields: &Fields) -> Self {
        let year = fields.text("year").parse().unwrap_or(self.year);
        let from = month(fields, "from_year", "from_month").unwrap_or(self.from);
        let until = month(fields, "until_year", "until_month").unwrap_or(self.until);
        Self { year, from, until }
    }
}

impl Statements {
    /// The page of somebody whose savings began in that year.
    #[must_use]
    pub fn of(f: Frame, began: i16, today: Date, chosen: Chosen, issued: Vec<Listed>) -> Self {
        let years = |year: i16| -> Vec<Choice> {
            let all = (began.min(today.year())..=today.year()).rev();
            all.map(|one| Choice {
                value: one.to_string(),
                label: one.to_string(),
                chosen: one == year,
            })
            .collect()
        };
        Self {
            years: years(chosen.year),
            from_months: month_choices(&f, chosen.from),
            from_years: years(chosen.from.year()),
            until_months: month_choices(&f, chosen.until),
            until_years: years(chosen.until.year()),
            issued,
            distrusted: Vec::new(),
            problems: Problems::default(),
            f,
        }
    }

    fn months(&self, listed: &Listed) -> String {
        months(&self.f, listed.period)
    }

    /// That the key which signed it is not trusted, if it is not.
    fn says_distrusted(&self, listed: &Listed) -> Option<String> {
        let (_, since) = self.distrusted.iter().find(|(id, _)| *id == listed.id)?;
        Some(self.f.t1("statements-distrusted", "time", self.f.date_time(since)))
    }

    fn address(listed: &Listed) -> String {
        address(listed.id)
    }

    async fn for_member(member: &Member, chosen: Chosen) -> Result<Self, Fault> {
        let app = &member.guest.site.app;
        let record = members::record(app, member.signed_in.account.person).await?;
        let first = record.savings()?.together.years.first().map(|row| row.year);
        let issued = statements::list(app, &member.signed_in).await?;
        let person = member.signed_in.account.person;
        let distrusted = statements::distrusted(app, person, &issued).await?;
        let f = Frame { address: "/statements".to_owned(), ..member.frame() };
        let today = member.today();
        let page = Self::of(f, first.unwrap_or_else(|| today.year()), today, chosen, issued);
        Ok(Self { distrusted, ..page })
    }
}

fn month_choices(f: &Frame, chosen: Month) -> Vec<Choice> {
    let january = Month::new(chosen.year(), 1).unwrap_or(chosen);
    let all = january.through(january.plus(11));
    all.map(|month| Choice {
        value: month.number().to_string(),
        label: formats::month_name(f.language, month.number()).to_owned(),
        chosen: month == chosen,
    })
    .collect()
}

fn month(fields: &Fields, year: &str, number: &str) -> Option<Month> {
    Month::new(fields.text(year).parse().ok()?, fields.text(number).parse().ok()?)
}

/// `GET /statements`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let usual = Chosen::usual(member.today());
    let kept = member.kept().await?;
    let chosen = kept.as_ref().map_or(usual, |fields| usual.sent(fields));
    let mut page = Statements::for_member(&member, chosen).await?;
    page.f.kept = kept.map(|_| Kept::Answers);
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /statements`: of one year, or of the months from one to another.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let today = member.today();
    let Ok(fields) = form.of_session() else {
        let sent = Chosen::usual(today).sent(form.to_show_again());
        return again(&member, sent, |f| Problem { field: "year", text: f.t("stale") }).await;
    };
    let period = match fields.filled("year") {
        Some(year) => Period::year(year.parse().unwrap_or(0), today),
        None => Period::of(
            month(fields, "from_year", "from_month"),
            month(fields, "until_year", "until_month"),
            today,
        ),
    };
    let is_of_year = fields.filled("year").is_some();
    let period = match period {
        Ok(period) => period,
        Err(problem) => {
            let sent = Chosen::usual(today).sent(fields);
            return again(&member, sent, |f| says(f, problem, is_of_year)).await;
        }
    };
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    match statements::issue(app, visit, &member.signed_in, period).await? {
        Issued::Done(id) => Ok(see_other(&address(id))),
        Issued::TooMany(until) => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

/// What to do about months that are none.
#[must_use]
pub fn says(f: &Frame, problem: PeriodProblem, is_of_year: bool) -> Problem {
    let (field, text) = match problem {
        PeriodProblem::NoFirst => ("from_month", f.t("statements-no-first")),
        PeriodProblem::NoLast => ("until_month", f.t("statements-no-last")),
        PeriodProblem::Future => ("from_month", f.t("statements-future")),
        PeriodProblem::Backwards => ("until_month", f.t("statements-backwards")),
    };
    Problem { field: if is_of_year { "year" } else { field }, text }
}

async fn again(
    member: &Member,
    chosen: Chosen,
    says: impl FnOnce(&Frame) -> Problem,
) -> Result<Response, Trouble> {
    let mut page = Statements::for_member(member, chosen).await?;
    page.problems = Problems(vec![says(&page.f)]);
    Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
}
