//! M17, "is this your wage?": what an employer reported for a month, and what the member says about it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::wage_answers::{
    About, AnswerProblem, HIGHEST, Reported, Says, WageAnswer, asked,
};
use payung_domain::money::{MoneyProblem, Rupiah};
use payung_domain::month::Month;
use payung_flows::members::{self, Record};
use payung_flows::wage_answers::{self, Answer, Typed};

use super::history::address_of_contribution;
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "contributions/wage.html")]
pub struct Wage {
    /// Around the page.
    pub f: Frame,
    /// What is asked, if something is.
    pub asked: Option<Asked>,
    /// Every answer so far, the latest month first.
    pub answered: Vec<Answered>,
    /// Whether an answer was kept just now.
    pub is_done: bool,
    /// What needs fixing.
    pub problems: Problems,
}

/// A wage, and whether it is the member's.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Names it in addresses and forms.
    pub key: String,
    /// The month of work.
    pub month: Month,
    /// Who reported it.
    pub employer: String,
    /// How much.
    pub wage: Rupiah,
    /// `yes`, `no`, or nothing yet.
    pub answer: String,
    /// The wage by the member's word.
    pub typed: String,
    /// Where the month is explained that it was reported for.
    pub why: Option<String>,
}

/// An answer that was given.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Names it in addresses.
    pub key: String,
    /// The month of work.
    pub month: Month,
    /// Who reported the wage.
    pub employer: String,
    /// How much was reported then.
    pub reported: Rupiah,
    /// What the member said, in words.
    pub said: String,
    /// When they said so.
    pub answered: String,
    /// Where the month is explained, as it stands now.
    pub why: Option<String>,
}

impl Asked {
    /// A wage that was reported, with the answer that stands so far.
    #[must_use]
    pub fn of(f: &Frame, one: &Reported, record: &Record) -> Self {
        let (answer, typed) = match one.answer(&record.wage_answers).map(|answer| answer.says) {
            None => ("", String::new()),
            Some(Says::Right) => ("yes", String::new()),
            Some(Says::Wrong(real)) => ("no", f.money(&real)),
        };
        Self {
            key: key_of(one),
            month: one.month,
            employer: record.employer_name(one.employer).unwrap_or_default(),
            wage: one.wage,
            answer: answer.to_owned(),
            typed,
            why: why(record, one.about()),
        }
    }

    /// The question in a sentence.
    #[must_use]
    pub fn says(&self, f: &Frame) -> String {
        let wage = f.money(&self.wage);
        f.t2("wage-question", "wage", wage, "month", f.month(&self.month))
    }

    /// With what was typed before the session ended, where it was about this wage.
    fn kept(self, fields: &Fields) -> Self {
        if fields.text("of") != self.key {
            return self;
        }
        let (answer, typed) = (fields.text("answer").to_owned(), fields.text("wage").to_owned());
        Self { answer, typed, ..self }
    }

    fn is(&self, answer: &str) -> bool {
        self.answer == answer
    }

    /// Where it is asked.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{HERE}?of={}", self.key)
    }
}

/// What a member said, in a few words.
pub(super) fn says(f: &Frame, answer: &WageAnswer) -> String {
    match answer.says {
        Says::Right => f.t("wage-said-yes"),
        Says::Wrong(real) => f.t1("wage-said-no", "wage", f.money(&real)),
    }
}

/// What is asked next of a member.
pub(crate) fn next(f: &Frame, record: &Record) -> Option<Asked> {
    let one = asked(&record.reported_wages(), &record.wage_answers)?;
    Some(Asked::of(f, &one, record))
}

/// What names a wage in an address. Whose it is follows from the session, never from here.
pub(super) fn key_of(one: &Reported) -> String {
    let (membership, employer) = (one.membership.0.simple(), one.employer.0.simple());
    format!("{}-{membership}-{employer}", one.month.get())
}

const HERE: &str = "/contributions/wage";

/// `GET /contributions/wage?of=202607-…`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let record = of_member(&member).await?;
    let kept = member.kept().await?.unwrap_or_default();
    let f = member.frame();
    let wanted = member.guest.query.filled("of").unwrap_or_else(|| kept.text("of"));
    let asked = match (wanted, find(&record, wanted)) {
        ("", _) => next(&f, &record),
        (_, Some(one)) => Some(Asked::of(&f, &one, &record)),
        (_, None) => return Err(Trouble::Obstacle(Obstacle::NotFound)),
    };
    let asked = asked.map(|asked| asked.kept(&kept));
    let is_done = member.guest.query.text("done") == "yes";
    let page = Wage { is_done, ..Wage::of(f, asked, &record) };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /contributions/wage`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let fields = form.of_session();
    let is_stale = fields.is_err();
    let fields = fields.unwrap_or_else(|_| form.to_show_again());
    let record = of_member(&member).await?;
    let one = find(&record, fields.text("of")).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    let (answer, wage) = (fields.text("answer"), fields.text("wage"));
    let typed = Typed { answer, wage, shown: fields.text("reported") };
    let wrong = |says: &dyn Fn(&Frame) -> Problem| {
        let f = member.frame();
        let (answer, typed) = (answer.to_owned(), wage.to_owned());
        let asked = Asked { answer, typed, ..Asked::of(&f, &one, &record) };
        let f = Frame { address: asked.address(), ..f };
        let problems = Problems(vec![says(&f)]);
        let page = Wage { problems, ..Wage::of(f, Some(asked), &record) };
        front::show(StatusCode::UNPROCESSABLE_ENTITY, &page)
    };
    if is_stale {
        return Ok(wrong(&|f| at("answer", f.t("stale"))));
    }
    let (app, visit) = (&guest.site.app, &guest.visit);
    match wage_answers::submit(app, visit, &member.signed_in, one.about(), typed).await? {
        Answer::Kept => Ok(see_other("/contributions/wage?done=yes")),
        Answer::Unreadable(problem) => Ok(wrong(&|f| says_problem(f, problem))),
        Answer::Changed => Ok(wrong(&|f| at("answer", f.t("wage-changed")))),
        Answer::Nothing => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}

async fn of_member(member: &Member) -> Result<Record, Trouble> {
    let app = &member.guest.site.app;
    Ok(members::record(app, member.signed_in.account.person).await?)
}

/// Where the month is explained that a wage was reported for: by the programme that was told it.
fn why(record: &Record, about: About) -> Option<String> {
    let (membership, month, employer) = about;
    let of_it = |came: &&Contribution| {
        came.membership == membership && came.month == month && came.employer == Some(employer)
    };
    let told = record.contributions.iter().filter(of_it).max_by_key(|came| came.wage);
    told.map(address_of_contribution)
}

fn find(record: &Record, key: &str) -> Option<Reported> {
    record.reported_wages().into_iter().find(|one| key_of(one) == key)
}

const fn at(field: &'static str, text: String) -> Problem {
    Problem { field, text }
}

/// A problem in words, at its field.
#[must_use]
pub fn says_problem(f: &Frame, problem: AnswerProblem) -> Problem {
    match problem {
        AnswerProblem::Undecided => at("answer", f.t("wage-undecided")),
        AnswerProblem::Same => at("wage", f.t("wage-same")),
        AnswerProblem::Wage(MoneyProblem::Empty) => at("wage", f.t("money-empty")),
        AnswerProblem::Wage(MoneyProblem::Characters) => at("wage", f.t("money-chars")),
        AnswerProblem::Wage(MoneyProblem::TooLarge) | AnswerProblem::Range => {
            let (least, most) = (f.money(&Rupiah::new(1)), f.money(&HIGHEST));
            at("wage", f.t2("money-range", "least", least, "most", most))
        }
    }
}

impl Wage {
    /// The page of a question, with every answer so far.
    #[must_use]
    pub fn of(f: Frame, asked: Option<Asked>, record: &Record) -> Self {
        let answered = record.wage_answers.iter().map(|answer| Answered {
            key: key_of(&Reported {
                membership: answer.membership,
                month: answer.month,
                employer: answer.employer,
                wage: answer.reported,
            }),
            month: answer.month,
            employer: record.employer_name(answer.employer).unwrap_or_default(),
            reported: answer.reported,
            said: says(&f, answer),
            answered: f.day(&answer.answered_at),
            why: why(record, answer.about()),
        });
        let answered = answered.collect();
        Self { f, asked, answered, is_done: false, problems: Problems::default() }
    }
}

impl Answered {
    /// Where it can be answered anew.
    fn address(&self) -> String {
        format!("{HERE}?of={}", self.key)
    }
}
