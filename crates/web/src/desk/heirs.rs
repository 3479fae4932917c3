//! Claims of heirs at the desk: those that are open, and one of them with everything that decides
//! about it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::OTHER_DOCUMENT;
use payung_domain::claims::heirs::{HeirClaim, Part, Stage, Step};
use payung_domain::ids::ClaimId;
use payung_domain::money::Rupiah;
use payung_domain::time::Zone;
use payung_flows::rules;
use payung_flows::staff::heirs::{self, Deed, Done, Row as Open, Shown};

use super::Me;
use super::caller::{Form, Officer};
use super::claim_parts::{at_words, clock_lines, deed_in, moments, papers, rule_lines, unreached};
use super::heir_open::{HeirPaper, why_words};
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::benefits::words::label;
use crate::pages::claims::{Moment, id_in, paper_words};
use crate::pages::contributions::history::Choice;

/// Where a claim of an heir is.
pub(super) fn address(claim: ClaimId) -> String {
    format!("/heirs/{}", claim.0.simple())
}

/// The claims that are open.
#[derive(Debug, Template)]
#[template(path = "desk/heirs.html")]
pub struct HeirClaims {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The claims.
    pub rows: Vec<Row>,
}

/// A claim that is open, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it is.
    pub address: String,
    /// Its number.
    pub reference: String,
    /// How far it is.
    pub stage: String,
    /// By when it has to be paid.
    pub due: String,
    /// Whether that day has passed.
    pub is_late: bool,
}

impl HeirClaims {
    /// The page of these claims.
    #[must_use]
    pub fn of(f: Frame, me: Me, open: &[Open<'_>], today: Date) -> Self {
        let row = |one: &Open<'_>| Row {
            address: address(one.claim.id),
            reference: one.claim.reference.to_string(),
            stage: stage_words(&f, one.claim.stage),
            due: one.clock.as_ref().map_or_else(|| "–".to_owned(), |it| f.date(&it.due_on)),
            is_late: one.clock.as_ref().is_some_and(|clock| clock.has_passed(today)),
        };
        let rows = open.iter().map(row).collect();
        Self { f, me: Some(me), rows }
    }
}

/// How far a claim of an heir is; heirs read it too.
pub(crate) fn stage_words(f: &Frame, stage: Stage) -> String {
    f.t(match stage {
        Stage::Opened => "heirs-stage-opened",
        Stage::Complete => "heirs-stage-complete",
        Stage::Approved => "heirs-stage-approved",
        Stage::Paid => "heirs-stage-paid",
        Stage::Refused => "heirs-stage-refused",
        Stage::Objected => "heirs-stage-objected",
    })
}

/// One claim.
#[derive(Debug, Template)]
#[template(path = "desk/heir_claim.html")]
pub struct OneHeirClaim {
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
    /// Why there is no right to it as things are now.
    pub refusal: Option<String>,
    /// The rules behind the right.
    pub rules: Vec<String>,
    /// The law's clock, and what is said beside it.
    pub clock: Vec<String>,
    /// The papers, each with its address.
    pub papers: Vec<(String, String)>,
    /// The papers that are still missing.
    pub missing: Vec<String>,
    /// Where papers are added, each with its name.
    pub adds: Vec<(String, String)>,
    /// What happened so far.
    pub moments: Vec<Moment>,
    /// What can be done with it now.
    pub deeds: Vec<Choice>,
    /// That a colleague has to agree.
    pub two: Option<String>,
    /// What was written before.
    pub words: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl OneHeirClaim {
    /// The page of a claim that was opened.
    #[must_use]
    pub fn of(f: Frame, me: Me, shown: &Shown<'_>, today: Date) -> Self {
        let claim = &shown.claim;
        let address = address(claim.id);
        let right = shown.right.as_ref();
        let mut clock = clock_lines(&f, shown.clock.as_ref(), today);
        if right.is_ok_and(|right| right.rest_after_arrears) && !claim.stage.is_over() {
            clock.push(f.t("heirs-rest"));
        }
        let is_open = claim.stage == Stage::Opened;
        let add = |slot: &str| (format!("{address}/papers/{slot}"), paper_words(&f, slot));
        let slots = shown.required.0.iter().map(String::as_str).chain([OTHER_DOCUMENT]);
        let needs_other = matches!(claim.stage, Stage::Complete) && !shown.is_second;
        Self {
            reference: claim.reference.to_string(),
            facts: facts(&f, shown),
            refusal: right.err().filter(|_| !claim.stage.is_over()).map(|why| why_words(&f, why)),
            rules: right.map(|right| rule_lines(&f, &right.rules)).unwrap_or_default(),
            clock,
            papers: papers(&f, &address, &shown.documents),
            missing: if is_open {
                shown.missing().iter().map(|slot| paper_words(&f, slot)).collect()
            } else {
                Vec::new()
            },
            adds: slots.filter(|_| is_open).map(add).collect(),
            moments: moments(&f, &shown.events, step_words),
            deeds: deeds(&f, claim.stage),
            two: needs_other.then(|| f.t("heirs-same")),
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
    let told = if shown.is_told { f.t("heirs-told-yes") } else { f.t("heirs-told-no") };
    let mut all = vec![
        (f.t("claim-stage"), stage_words(f, claim.stage)),
        (f.t("desk-claim-name"), shown.name.clone()),
        (f.t("staff-field-nik"), shown.nik.clone()),
        (f.t("staff-field-kpj"), shown.kpj.join(", ")),
        (f.t("heirs-day-legend"), f.date(&claim.died_on)),
        (f.t("heirs-told"), told),
    ];
    if let Some(at) = &shown.last_sign_in {
        all.push((f.t("heirs-signed-in"), f.date_time(at)));
    }
    if let Some(month) = &shown.paid_for_after {
        all.push((f.t("heirs-paid-after"), f.month(month)));
    }
    all.extend(of_the_heir(f, claim));
    if let (Ok(right), false) = (&shown.right, claim.stage.is_over()) {
        let line = |(part, amount): &(Part, Rupiah)| (f.t(label(part.item())), f.money(amount));
        all.extend(right.parts.iter().map(line));
        all.push((f.t("heirs-sum"), f.money(&right.sum)));
    }
    if let Some(paid) = &claim.paid {
        all.push((f.t("heirs-paid"), f.money(paid)));
    }
    if let Some(owed) = &shown.owed {
        all.push((f.t("heirs-owed-label"), f.money(owed)));
    }
    if !claim.stage.is_over() {
        let from = claim.pays_from().unwrap_or_else(|| claim.objection_until());
        all.push((f.t("heirs-wait"), f.date_time(&from)));
    }
    all
}

fn of_the_heir(f: &Frame, claim: &HeirClaim) -> Vec<(String, String)> {
    let heir = &claim.heir;
    let contacts = [heir.email.as_deref(), heir.phone.as_deref()];
    let account = format!("{} {}, {}", heir.bank.bank, heir.bank.masked(), heir.bank.owner);
    vec![
        (f.t("heirs-heir"), heir.name.clone()),
        (f.t("heirs-relation"), rules::word(f.language, claim.relation.name())),
        (f.t("heirs-contact"), contacts.into_iter().flatten().collect::<Vec<_>>().join(", ")),
        (f.t("claim-account-title"), account),
    ]
}

/// What was done.
fn step_words(f: &Frame, step: Step) -> String {
    f.t(match step {
        Step::Open => "heirs-step-open",
        Step::Complete => "heirs-step-complete",
        Step::Return => "heirs-step-return",
        Step::Approve => "heirs-step-approve",
        Step::Refuse => "heirs-step-refuse",
        Step::Pay => "heirs-step-pay",
        Step::Object => "heirs-step-object",
        Step::Renew => "heirs-step-renew",
    })
}

/// What can be done with a claim where it is.
fn deeds(f: &Frame, stage: Stage) -> Vec<Choice> {
    let possible: &[Deed] = match stage {
        Stage::Opened => &[Deed::Complete, Deed::Refuse, Deed::Renew],
        Stage::Complete => &[Deed::Approve, Deed::Return, Deed::Refuse, Deed::Renew],
        Stage::Approved => &[Deed::Pay, Deed::Refuse, Deed::Renew],
        Stage::Paid | Stage::Refused | Stage::Objected => &[],
    };
    let choice = |deed: &Deed| Choice {
        value: deed.name().to_owned(),
        label: f.t(match deed {
            Deed::Complete => "heirs-deed-complete",
            Deed::Return => "heirs-deed-return",
            Deed::Approve => "heirs-deed-approve",
            Deed::Refuse => "heirs-deed-refuse",
            Deed::Pay => "heirs-deed-pay",
            Deed::Renew => "heirs-deed-renew",
        }),
        chosen: false,
    };
    possible.iter().map(choice).collect()
}

/// `GET /heirs`
pub async fn list(officer: Officer) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let open = heirs::list(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/heirs"))?;
    let today = caller.visit().now.date(Zone::default());
    let page = HeirClaims::of(officer.frame(), officer.me(), &open, today);
    Ok(front::show(StatusCode::OK, &page))
}

/// `GET /heirs/{id}`
pub async fn show(officer: Officer, Path(id): Path<String>) -> Result<Response, Trouble> {
    page(&officer, &id, "", None).await
}

/// `POST /heirs/{id}`
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
    let done = heirs::act(caller.app(), caller.visit(), signed_in, (claim, deed), words).await?;
    let problem = match done {
        Done::Done => return Ok(see_other(&here)),
        Done::Renewed(paper) => {
            return Ok(front::show(StatusCode::OK, &HeirPaper::of(&officer, *paper)));
        }
        Done::Unreached(why) => return Err(unreached(&officer, why, &here)),
        Done::Waits(at) => f.t1("heirs-waits", "time", f.date_time(&at)),
        Done::TooLate => f.t("desk-claim-too-late"),
        Done::Same => f.t("heirs-same"),
        Done::Void => f.t("heirs-void"),
        Done::Missing => f.t("heirs-missing"),
        Done::Words => f.t("desk-claim-words"),
        Done::NotEntitled => f.t("desk-claim-no-right"),
    };
    page(&officer, &id, words, Some(at_words(problem))).await
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
    let shown = heirs::show(caller.app(), caller.visit(), &officer.signed_in, claim)
        .await?
        .map_err(|why| unreached(officer, why, &here))?;
    let f = Frame { address: here, ..officer.frame() };
    let today = caller.visit().now.date(Zone::default());
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let page = OneHeirClaim::of(f, officer.me(), &shown, today);
    let page = OneHeirClaim { words: words.to_owned(), problems, ..page };
    Ok(front::show(status, &page))
}
