//! M19 Manfaat / Benefits and estimator: programme by programme, from the member's own record, with
//! every assumption and every rule. Figures that are typed go into no address and are not kept.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::money::{MoneyProblem, Rupiah};
use payung_domain::programmes::Rate;
use payung_flows::benefits::{self, Estimates, HIGHEST_WAGE, LONGEST_UNABLE, OLDEST, Wish};

use super::words::OfProgramme;
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::address_of_contribution;
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "benefits/estimate.html")]
pub struct Benefits {
    /// Around the page.
    pub f: Frame,
    /// What stands in the form.
    pub typed: Typed,
    /// The day whose rules are used.
    pub on: Date,
    /// What everything is worked out from.
    pub inputs: Vec<Input>,
    /// Programme by programme.
    pub programmes: Vec<OfProgramme>,
    /// What needs fixing.
    pub problems: Problems,
}

/// Something of the record that estimates are worked out from, and where it is explained.
#[derive(Clone, Debug)]
pub struct Input {
    /// What it is.
    pub label: String,
    /// What the record says.
    pub said: String,
    /// How it was worked out; empty where it stands on record as it is.
    pub working: String,
    /// Where it comes from.
    pub address: String,
}

/// What stands in the form: what was typed, or what the record says.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The wage.
    pub wage: String,
    /// The age at which work ends.
    pub stop_age: String,
    /// What the wage rises by every January.
    pub raise: String,
    /// For how many months one is unable to work after an accident.
    pub unable_for: String,
}

/// What may need fixing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BenefitsProblem {
    /// `money.empty`
    WageEmpty,
    /// `money.chars`
    WageCharacters,
    /// `money.range`
    WageRange,
    /// `age.range`: from the present age on.
    Age(u32),
    /// `unable.range`
    Unable,
    /// `stale`
    Stale,
}

impl BenefitsProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let wage = |text| Problem { field: "wage", text };
        match self {
            Self::WageEmpty => wage(f.t("money-empty")),
            Self::WageCharacters => wage(f.t("money-chars")),
            Self::WageRange => {
                let (least, most) = (f.money(&Rupiah::new(1)), f.money(&HIGHEST_WAGE));
                wage(f.t2("money-range", "least", least, "most", most))
            }
            Self::Age(now) => Problem {
                field: "stop_age",
                text: f.t2("age-range", "least", now, "most", OLDEST.max(now)),
            },
            Self::Unable => Problem {
                field: "unable_for",
                text: f.t2("unable-range", "least", 1_u32, "most", LONGEST_UNABLE),
            },
            Self::Stale => wage(f.t("stale")),
        }
    }
}

/// Rises of the wage to choose from: the reader's choice, no forecast of ours.
const RAISES: [&str; 5] = ["0%", "3%", "5%", "7%", "10%"];

/// `GET /benefits`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let known = estimates(&member, Wish::default()).await?;
    let f = member.frame();
    let typed = Typed {
        wage: known.wage.map(|wage| f.money(&wage)).unwrap_or_default(),
        stop_age: known.stop_age.to_string(),
        raise: RAISES[0].to_owned(),
        unable_for: known.unable_for.to_string(),
    };
    Ok(front::show(StatusCode::OK, &Benefits::of(f, &known, typed, member.today())))
}

/// `POST /benefits`: the same page with what was typed.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let fields = form.of_session();
    let is_stale = fields.is_err();
    let fields = fields.unwrap_or_else(|_| form.to_show_again());
    let typed = Typed {
        wage: fields.text("wage").to_owned(),
        stop_age: fields.text("stop_age").to_owned(),
        raise: fields.text("raise").to_owned(),
        unable_for: fields.text("unable_for").to_owned(),
    };
    let plain = estimates(&member, Wish::default()).await?;
    let f = Frame { address: "/benefits".to_owned(), ..member.frame() };
    let wish = if is_stale { Err(vec![BenefitsProblem::Stale]) } else { wish(fields, plain.age) };
    match wish {
        Ok(wish) => {
            let known = estimates(&member, wish).await?;
            Ok(front::show(StatusCode::OK, &Benefits::of(f, &known, typed, member.today())))
        }
        Err(problems) => {
            let mut page = Benefits::of(f, &plain, typed, member.today());
            page.problems = problems.into_iter().map(|problem| problem.says(&page.f)).collect();
            Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}

/// What is asked for, or everything that needs fixing.
fn wish(fields: &Fields, age: u32) -> Result<Wish, Vec<BenefitsProblem>> {
    let wage = match Rupiah::parse(fields.text("wage")) {
        Ok(wage) if (Rupiah::new(1)..=HIGHEST_WAGE).contains(&wage) => Ok(wage),
        Ok(_) | Err(MoneyProblem::TooLarge) => Err(BenefitsProblem::WageRange),
        Err(MoneyProblem::Empty) => Err(BenefitsProblem::WageEmpty),
        Err(MoneyProblem::Characters) => Err(BenefitsProblem::WageCharacters),
    };
    let stop_age = fields
        .text("stop_age")
        .trim()
        .parse()
        .ok()
        .filter(|wanted| (age..=OLDEST.max(age)).contains(wanted))
        .ok_or(BenefitsProblem::Age(age));
    // Left empty, it is as long as the page takes it to be by itself.
    let unable_for = match fields.text("unable_for").trim() {
        "" => Ok(None),
        typed => typed
            .parse::<u32>()
            .ok()
            .filter(|months| (1..=LONGEST_UNABLE).contains(months))
            .map(Some)
            .ok_or(BenefitsProblem::Unable),
    };
    match (wage, stop_age, unable_for) {
        (Ok(wage), Ok(stop_age), Ok(unable_for)) => Ok(Wish {
            wage: Some(wage),
            stop_age: Some(stop_age),
            raise: RAISES
                .into_iter()
                .find(|raise| *raise == fields.text("raise"))
                .and_then(|raise| Rate::parse(raise).ok()),
            unable_for,
        }),
        (wage, stop_age, unable_for) => {
            let problems = [wage.err(), stop_age.err(), unable_for.err()];
            Err(problems.into_iter().flatten().collect())
        }
    }
}

async fn estimates(member: &Member, wish: Wish) -> Result<Estimates<'_>, Trouble> {
    let app = &member.guest.site.app;
    let account = &member.signed_in.account;
    benefits::estimates(app, account.person, member.today(), wish)
        .await?
        .ok_or(Trouble::Obstacle(Obstacle::NotFound))
}

impl Benefits {
    /// The page of these estimates.
    #[must_use]
    pub fn of(f: Frame, known: &Estimates<'_>, typed: Typed, on: Date) -> Self {
        let works_alone = known.facts.trade.is_some();
        let programmes =
            known.programmes.iter().map(|one| OfProgramme::of(&f, one, works_alone)).collect();
        let inputs = inputs(&f, known);
        Self { f, typed, on, inputs, programmes, problems: Problems::default() }
    }

    /// The rises to choose from: the value, the words, whether it is chosen.
    fn raises(&self) -> impl Iterator<Item = (&'static str, String, bool)> {
        RAISES.into_iter().map(|raise| {
            let said = Rate::parse(raise).map_or_else(|_| raise.to_owned(), |r| self.f.percent(&r));
            (raise, said, raise == self.typed.raise)
        })
    }
}

/// What the record says, whatever was typed: each with the page that explains it.
fn inputs(f: &Frame, known: &Estimates<'_>) -> Vec<Input> {
    let facts = &known.facts;
    let input = |label, said, address: &str| Input {
        label: f.t(label),
        said,
        working: String::new(),
        address: address.to_owned(),
    };
    let wage = facts.wage.map(|wage| {
        let told = known.latest.as_ref().map(address_of_contribution);
        input("input-wage", f.money(&wage), told.as_deref().unwrap_or("/contributions"))
    });
    let savings = input("dashboard-jht", f.money(&known.balance), "/balance");
    let age = f.t2("input-age", "date", f.date(&known.birth_date), "age", known.age);
    let born = input("input-born", age, "/personal-details");
    let pension = facts.pension.map(|paid| {
        let (mean, sum) = (f.money(&paid.mean_wage), f.money(&known.pension_wages));
        let working = format!("{sum} ÷ {} = {mean}", paid.months);
        let said = f.t2("input-pension-paid", "n", paid.months, "wage", mean);
        Input { working, ..input("input-pension", said, "/contributions?programme=JP#rows") }
    });
    let months = f.t1("input-months", "n", facts.months_of_death_cover);
    let cover = input("input-cover", months, "/contributions?programme=JKM");
    wage.into_iter().chain([savings, born]).chain(pension).chain([cover]).collect()
}
