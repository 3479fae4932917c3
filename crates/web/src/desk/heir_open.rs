//! A claim opened in the name of an heir, on the record that an officer has open; and what the heir
//! takes along on paper, shown once.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::heirs::{
    HeirProblem, OBJECTION, Relation, Typed as Heir, Why as Reason,
};
use payung_domain::ids::LookId;
use payung_domain::staff::Right;
use payung_domain::staff::audit::Act;
use payung_flows::rules;
use payung_flows::staff::Denied;
use payung_flows::staff::heirs::{self, Opened, Paper, Wish, WishProblem};

use super::caller::{Form, Officer};
use super::heirs::address as claim_address;
use super::record::{address, named};
use super::{Me, reason_problem, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::benefits::words::{says_refused, says_standing};
use crate::pages::contributions::history::Choice;

/// The question.
#[derive(Debug, Template)]
#[template(path = "desk/heir_open.html")]
pub struct HeirOpen {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The record's address.
    pub record: String,
    /// What was typed.
    pub typed: Typed,
    /// Why there is no right to it.
    pub refusal: Option<String>,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The day of the death.
    pub day: String,
    /// Its month.
    pub month: String,
    /// Its year.
    pub year: String,
    /// What the heir is to the member.
    pub relation: Option<Relation>,
    /// The heir's name.
    pub name: String,
    /// The heir's e-mail address.
    pub email: String,
    /// The heir's number.
    pub phone: String,
    /// The heir's bank.
    pub bank: String,
    /// The number of the account.
    pub number: String,
    /// Who came, and with what.
    pub reason: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name| fields.text(name).to_owned();
        Self {
            day: text("died_day"),
            month: text("died_month"),
            year: text("died_year"),
            relation: Relation::named(fields.text("relation")),
            name: text("heir_name"),
            email: text("heir_email"),
            phone: text("heir_phone"),
            bank: text("bank"),
            number: text("bank_number"),
            reason: text("reason"),
        }
    }

    /// The day that was typed, if there is one such.
    fn date(&self) -> Option<Date> {
        let year: i16 = self.year.trim().parse().ok()?;
        let month: i8 = self.month.trim().parse().ok()?;
        let day: i8 = self.day.trim().parse().ok()?;
        if (1950..=2999).contains(&year) { Date::new(year, month, day).ok() } else { None }
    }

    fn wish(&self) -> Wish<'_> {
        Wish {
            died_on: self.date(),
            relation: self.relation,
            heir: Heir {
                name: &self.name,
                email: &self.email,
                phone: &self.phone,
                bank: &self.bank,
                number: &self.number,
            },
            reason: &self.reason,
        }
    }
}

impl HeirOpen {
    fn relations(&self) -> Vec<Choice> {
        let choice = |relation: &Relation| Choice {
            value: relation.name().to_owned(),
            label: rules::word(self.f.language, relation.name()),
            chosen: self.typed.relation == Some(*relation),
        };
        Relation::ALL.iter().map(choice).collect()
    }

    fn two(&self) -> String {
        let hours = u32::try_from(OBJECTION.as_secs() / 3_600).unwrap_or(u32::MAX);
        self.f.t1("heirs-open-two", "hours", hours)
    }

    /// What is wrong, in words, at its field.
    #[must_use]
    pub fn says(f: &Frame, problem: WishProblem) -> Problem {
        let (field, key) = match problem {
            WishProblem::Day => ("died_day", "heirs-day-missing"),
            WishProblem::Relation => ("relation", "heirs-relation-missing"),
            WishProblem::Heir(HeirProblem::Name) => ("heir_name", "heirs-name-missing"),
            WishProblem::Heir(HeirProblem::NoContact) => ("heir_email", "heirs-no-contact"),
            WishProblem::Heir(HeirProblem::Email) => ("heir_email", "email-format"),
            WishProblem::Heir(HeirProblem::Phone) => ("heir_phone", "phone-format"),
            WishProblem::Heir(HeirProblem::Bank) => ("bank", "bank-choose"),
            WishProblem::Heir(HeirProblem::Number) => ("bank_number", "bank-number"),
            WishProblem::Reason(why) => return reason_problem(f, why),
        };
        Problem { field, text: f.t(key) }
    }
}

/// Why there is no right to a claim, in words.
#[must_use]
pub fn why_words(f: &Frame, why: &Reason) -> String {
    match why {
        Reason::Refused(refused) => says_refused(f, refused),
        Reason::DayToCome => f.t("heirs-day-to-come"),
        Reason::BeforeBirth => f.t("heirs-before-birth"),
        Reason::NotCovered(standing) => says_standing(f, *standing),
        Reason::PaidBefore => f.t("heirs-paid-before"),
    }
}

/// What the heir takes along. It is shown this once.
#[derive(Debug, Template)]
#[template(path = "desk/heir_paper.html")]
pub struct HeirPaper {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Where the claim is.
    pub claim: String,
    /// Its reference and its code.
    pub paper: Paper,
    /// Where members go, without the scheme.
    pub domain: String,
}

impl HeirPaper {
    pub(super) fn of(officer: &Officer, paper: Paper) -> Self {
        let claim = claim_address(paper.id);
        let domain = officer.caller.app().settings.public_host().to_owned();
        let f = Frame { address: claim.clone(), ..officer.frame() };
        Self { f, me: Some(officer.me()), claim, paper, domain }
    }

    fn place(&self) -> String {
        self.f.t1("heirs-paper-where", "domain", self.domain.as_str())
    }
}

fn here(look: LookId) -> String {
    format!("{}/heirs", address(look))
}

/// `GET /records/{id}/heirs`. The passkey is asked for before anything is typed, so that nothing gets
/// lost.
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    let look = named(&id);
    officer.may(Right::HandleClaims, Act::ClaimHandled, &here(look)).await?;
    if !officer.signed_in.session.is_proved(officer.caller.visit().now) {
        return Err(officer.denied(Denied::Proof, &here(look)));
    }
    Ok(page(&officer, look, Typed::default(), None, Problems::default()))
}

/// `POST /records/{id}/heirs`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (look, f) = (named(&id), officer.frame());
    let typed = Typed::of(form.to_show_again());
    if form.of_session().is_err() {
        let problems = Problems(vec![stale(&f, "heir_name")]);
        return Ok(page(&officer, look, typed, None, problems));
    }
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    match heirs::open(app, visit, signed_in, look, &typed.wish()).await? {
        Opened::Done(paper) => Ok(front::show(StatusCode::OK, &HeirPaper::of(&officer, *paper))),
        Opened::Before(claim) => Ok(see_other(&claim_address(claim))),
        Opened::Gone => Ok(see_other("/look-up")),
        Opened::Denied(denied) => Err(officer.denied(denied, &here(look))),
        Opened::No(why) => {
            let refusal = why_words(&f, &why);
            Ok(page(&officer, look, typed, Some(refusal), Problems::default()))
        }
        Opened::Problems(problems) => {
            let problems = problems.into_iter().map(|one| HeirOpen::says(&f, one)).collect();
            Ok(page(&officer, look, typed, None, problems))
        }
    }
}

fn page(
    officer: &Officer,
    look: LookId,
    typed: Typed,
    refusal: Option<String>,
    problems: Problems,
) -> Response {
    let f = Frame { address: here(look), ..officer.frame() };
    let (record, me) = (address(look), Some(officer.me()));
    let is_fine = problems.is_empty() && refusal.is_none();
    let status = if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    front::show(status, &HeirOpen { f, me, record, typed, refusal, problems })
}
