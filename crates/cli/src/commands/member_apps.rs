//! `payung member apps` and `take-app-back`: which applications one member let in, and taking one of them
//! back, as the member could on a page of their own.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use payung_domain::oidc::scopes::Scopes;
use payung_domain::staff::Officer;
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::time::Instant;
use payung_flows::App;
use payung_flows::staff::apps::{self, ByLine, LetIn, NotDone};
use serde_json::{Value, json};

use super::by_line::{not_allowed, visit};
use super::house;
use super::member::Place;
use super::member_help::{bad_reason, nobody};
use super::staff::{officer, reason};
use crate::report::{Exit, Failure, Report};

/// Which member, by whom and why.
#[derive(Debug, Args)]
pub struct AppsArgs {
    /// The whole member number, email or mobile number
    #[arg(value_name = "MEMBER")]
    pub member: String,
    /// Who you are
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more; the member reads it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// What it is for; the member reads it
    #[arg(long, default_value = "request", value_parser = why())]
    pub why: Why,
    #[command(flatten)]
    pub(super) place: Place,
}

/// Which application.
#[derive(Debug, Args)]
pub struct TakeBackArgs {
    /// The application, as `member apps` names it
    #[arg(long, value_name = "ID")]
    pub app: String,
    #[command(flatten)]
    pub(super) of: AppsArgs,
}

fn why() -> impl TypedValueParser<Value = Why> {
    PossibleValuesParser::new(Why::ALL.iter().copied().map(Why::name))
        .try_map(|word| Why::named(&word).ok_or_else(|| "no such word".to_owned()))
}

impl AppsArgs {
    fn reason(&self) -> Result<Reason, Failure> {
        Reason::parse(self.why.name(), &self.reason).map_err(|_| bad_reason())
    }

    fn line<'a>(&'a self, reason: &'a Reason) -> ByLine<'a> {
        ByLine { member: &self.member, officer: &self.officer, reason }
    }
}

/// Lists them.
pub(super) async fn list(app: &App, args: &AppsArgs, report: &Report) -> Result<Exit, Failure> {
    let reason = args.reason()?;
    let listed = apps::list(app, &visit(app), &args.line(&reason)).await;
    let LetIn { connected, own } =
        listed.map_err(|fault| house::broken(&fault))?.map_err(not_done)?;
    let agreed =
        connected.iter().map(|one| Shown::of(&one.id, &one.name, &one.scopes, one.used_at));
    let of_programme =
        own.iter().map(|one| Shown::of(&one.id, &one.name, &one.scopes, one.used_at));
    let all: Vec<Shown<'_>> = agreed.chain(of_programme).collect();
    let lines: Vec<String> = all.iter().map(Shown::line).collect();
    let words = if lines.is_empty() { "no application".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> = all.iter().map(Shown::object).collect();
    report.result(words, json!({ "apps": objects }));
    Ok(Exit::Done)
}

/// Takes one back.
pub(super) async fn take_back(
    app: &App,
    args: &TakeBackArgs,
    report: &Report,
) -> Result<Exit, Failure> {
    let (id, reason) = (&*args.app, args.of.reason()?);
    let taken = apps::take_back(app, &visit(app), &args.of.line(&reason), id).await;
    let done = taken.map_err(|fault| house::broken(&fault))?.map_err(not_done)?;
    // Already so counts as done.
    let words = if done {
        format!("{id} sees nothing of this member any more; the member hears of it")
    } else {
        format!("this member had not let {id} in")
    };
    report.result(words, json!({ "client_id": id, "done": done }));
    Ok(Exit::Done)
}

/// An application, as far as an operator is shown it.
struct Shown<'a> {
    id: &'a str,
    name: &'a str,
    scopes: &'a Scopes,
    used: Option<Instant>,
}

impl<'a> Shown<'a> {
    const fn of(id: &'a str, name: &'a str, scopes: &'a Scopes, used: Option<Instant>) -> Self {
        Self { id, name, scopes, used }
    }

    fn line(&self) -> String {
        let used = self.used.map_or_else(|| "never".to_owned(), Instant::rfc3339);
        format!("{:<20} {}  used {used}  {}", self.id, self.name, self.scopes)
    }

    fn object(&self) -> Value {
        json!({
            "client_id": self.id, "name": self.name, "scope": self.scopes.to_string(),
            "used_at": self.used.map(Instant::rfc3339),
        })
    }
}

fn not_done(why: NotDone) -> Failure {
    match why {
        NotDone::Nobody => nobody(),
        NotDone::NotAllowed => not_allowed(),
    }
}
