//! Claims at the desk: those that wait, and one of them with everything that decides about it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::{Sole, Stage};
use payung_domain::ids::ClaimId;
use payung_domain::payout_lock::Payouts;
use payung_domain::time::Zone;
use payung_flows::claims::desk::{self, Deed, Done, Row as Waiting, Shown};

use super::Me;
use super::caller::{Form, Officer};
use super::claim_parts::{
    at_words, attached, clock_lines, deed_in, document_in, moments, papers, rule_lines, unreached,
};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::claims::{Moment, Refusal, Sums, id_in, kind_words, step_words};
use crate::pages::contributions::history::Choice;

/// Where a claim is.
fn address(claim: ClaimId) -> String {
    format!("/claims/{}", claim.0.simple())
}

/// The claims that wait.
#[derive(Debug, Template)]
#[template(path = "desk/claims.html")]
pub struct DeskClaims {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The claims.
    pub rows: Vec<Row>,
}

/// A claim that waits, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it is opened.
    pub address: String,
    /// Its number.
    pub reference: String,
    /// What is claimed.
    pub kind: String,
    /// How far it is.
    pub stage: String,
    /// By when it has to be paid.
    pub due: String,
    /// Whether that day has passed.
    pub is_late: bool,
}

impl DeskClaims {
    /// The page of these claims.
    #[must_use]
    pub fn of(f: Frame, me: Me, waiting: &[Waiting<'_>], today: Date) -> Self {
        let row = |one: &Waiting<'_>| Row {
            address: address(one.claim.id),
            reference: one.claim.reference.to_string(),
            kind: kind_words(&f, one.claim.kind),
            stage: stage_words(&f, one.claim.stage),
            due: one.clock.as_ref().map_or_else(|| "–".to_owned(), |it| f.date(&it.due_on)),
            is_late: one.clock.as_ref().is_some_and(|clock| clock.has_passed(today)),
        };
        let rows = waiting.iter().map(row).collect();
        Self { f, me: Some(me), rows }
    }
}

/// How far a claim is: staff see who is waited for.
fn stage_words(f: &Frame, stage: Stage) -> String {
    match stage {
        Stage::Proposed => f.t("desk-claim-proposed"),
        Stage::Asked => f.t("desk-claim-asked"),
        other => crate::pages::claims::stage_words(f, other),
    }
}

/// One claim.
#[derive(Debug, Template)]
#[template(path = "desk/claim.html")]
pub struct DeskClaim {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// Where it is.
    pub address: String,
    /// Its number.
    pub reference: String,
    /// What is known, each with its label.
    pub facts: Vec<(String, String)>,
    /// What would be paid, or was.
    pub sums: Option<Sums>,
    /// Why there is no right to it as things are now.
    pub refusal: Option<Refusal>,
    /// The rules behind the right.
    pub rules: Vec<String>,
    /// The law's clock.
    pub clock: Vec<String>,
    /// The papers, each with its address.
    pub papers: Vec<(String, String)>,
    /// What happened so far.
    pub moments: Vec<Moment>,
    /// What can be done with it now.
    pub deeds: Vec<Choice>,
    /// What two officers have to do with it.
    pub two: Option<String>,
    /// What was written before.
    pub words: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl DeskClaim {
    /// The page of a claim that was opened.
    #[must_use]
    pub fn of(f: Frame, me: Me, shown: &Shown<'_>, today: Date) -> Self {
        let claim = &shown.claim;
        let address = address(claim.id);
        let right = shown.right.as_ref().ok();
        let limit = f.money(&shown.alone_up_to);
        let two = match shown.sole {
            Sole::TwoNeeded if !claim.stage.is_over() => {
                Some(f.t1("desk-claim-two", "limit", limit))
            }
            Sole::Same if !claim.stage.is_over() => Some(f.t("desk-claim-same")),
            _ => None,
        };
        Self {
            reference: claim.reference.to_string(),
            facts: facts(&f, shown),
            sums: Sums::paid(claim).or_else(|| shown.payable().map(Sums::of)),
            refusal: shown.right.as_ref().err().map(|no| Refusal::of(&f, no)),
            rules: right.map(|right| rule_lines(&f, &right.rules)).unwrap_or_default(),
            clock: clock_lines(&f, shown.clock.as_ref(), today),
            papers: papers(&f, &address, &shown.documents),
            moments: moments(&f, &shown.events, step_words),
            deeds: deeds(&f, claim.stage),
            two,
            words: String::new(),
            problems: Problems::default(),
            me: Some(me),
            address,
            f,
        }
    }
}

fn facts(f: &Frame, shown: &Shown<'_>) -> Vec<(String, String)> {
    let claim = &shown.claim;
    let mut all = vec![
        (f.t("claim-reason-legend"), kind_words(f, claim.kind)),
        (f.t("claim-stage"), stage_words(f, claim.stage)),
        (f.t("desk-claim-name"), shown.name.clone()),
        (f.t("staff-field-nik"), shown.nik.clone()),
        (f.t("staff-field-kpj"), shown.kpj.join(", ")),
    ];
    if let Some(day) = claim.event_on {
        all.push((f.t("claim-day-legend"), f.date(&day)));
    }
    let tax = if claim.has_tax_number { f.t("claim-yes") } else { f.t("claim-no") };
    all.push((f.t("desk-claim-tax-number"), tax));
    if let Some((bank, since)) = &claim.bank {
        let said = format!("{} {}, {}", bank.bank, bank.masked(), bank.owner);
        all.push((f.t("claim-account-title"), format!("{said} · {}", f.date_time(since))));
    }
    if claim.kind.is_paid_here() && !claim.stage.is_over() {
        let said = match shown.payouts {
            Payouts::Open => f.t("payouts-open"),
            Payouts::OpensAt(at) => f.t1("payouts-opens-at", "time", f.date_time(&at)),
            Payouts::Closed => f.t("desk-claim-lock"),
        };
        all.push((f.t("payouts-title"), said));
    }
    all
}

/// What can be done with a claim where it is.
fn deeds(f: &Frame, stage: Stage) -> Vec<Choice> {
    let possible: &[Deed] = match stage {
        Stage::Sent => &[Deed::Take],
        Stage::InReview => &[Deed::Ask, Deed::Approve, Deed::Refuse],
        Stage::Proposed => &[Deed::Approve, Deed::Return, Deed::Refuse],
        Stage::Approved => &[Deed::Pay],
        _ => &[],
    };
    let choice = |deed: &Deed| Choice {
        value: deed.name().to_owned(),
        label: f.t(match deed {
            Deed::Take => "desk-deed-take",
            Deed::Ask => "desk-deed-ask",
            Deed::Approve => "desk-deed-approve",
            Deed::Return => "desk-deed-return",
            Deed::Refuse => "desk-deed-refuse",
            Deed::Pay => "desk-deed-pay",
        }),
        chosen: false,
    };
    possible.iter().map(choice).collect()
}

/// `GET /claims`
pub async fn list(officer: Officer) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let waiting = desk::list(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/claims"))?;
    let today = caller.visit().now.date(Zone::default());
    let page = DeskClaims::of(officer.frame(), officer.me(), &waiting, today);
    Ok(front::show(StatusCode::OK, &page))
}

/// `GET /claims/{id}`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    page(&officer, &id, "", None).await
}

/// `POST /claims/{id}`
pub async fn submit(
    officer: Officer,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (claim, f) = (id_in(&id)?, officer.frame());
    let here = address(claim);
    let words = form.to_show_again().text("words");
    let deed = match deed_in(&f, &form, Deed::named) {
        Ok(deed) => deed,
        Err(problem) => return page(&officer, &id, words, Some(problem)).await,
    };
    let (caller, signed_in) = (&officer.caller, &officer.signed_in);
    let done = desk::act(caller.app(), caller.visit(), signed_in, (claim, deed), words).await?;
    let problem = match done {
        Done::Done | Done::Proposed | Done::Waits(_) => return Ok(see_other(&here)),
        Done::Unreached(why) => return Err(unreached(&officer, why, &here)),
        Done::TooLate => "desk-claim-too-late",
        Done::Same => "desk-claim-same",
        Done::Words => "desk-claim-words",
        Done::NotEntitled => "desk-claim-no-right",
    };
    page(&officer, &id, words, Some(at_words(f.t(problem)))).await
}

async fn page(
    officer: &Officer,
    id: &str,
    words: &str,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let claim = id_in(id)?;
    let here = address(claim);
    let caller = &officer.caller;
    let shown = desk::open(caller.app(), caller.visit(), &officer.signed_in, claim)
        .await?
        .map_err(|why| unreached(officer, why, &here))?;
    let f = Frame { address: here, ..officer.frame() };
    let today = caller.visit().now.date(Zone::default());
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let page = DeskClaim::of(f, officer.me(), &shown, today);
    let page = DeskClaim { words: words.to_owned(), problems, ..page };
    Ok(front::show(status, &page))
}

/// `GET /claims/{id}/documents/{document}`: a file to take along, under a name of ours.
pub async fn document(
    officer: Officer,
    Path((id, document)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let claim = id_in(&id)?;
    let (caller, here) = (&officer.caller, address(claim));
    let wanted = document_in(&document)?;
    let taken = desk::document(caller.app(), caller.visit(), &officer.signed_in, claim, wanted)
        .await?
        .map_err(|why| unreached(&officer, why, &here))?;
    Ok(attached(taken))
}
