//! A staged recovery at the desk: where it stands, whom to expect, and what two officers say of the
//! document that they saw. Nobody here sees a code or a link (G-11, P-06).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use payung_domain::recoveries::{
    Document, Lost, NotRecorded, Officer as Name, Proof, ProofWay, RecoveryReference, State, Thing,
};
use payung_domain::staff::looks::Field;
use payung_domain::time::Instant;
use payung_flows::recoveries::desk::{Act, Proved, Shown};
use payung_flows::staff::recoveries::{self, Barred, Said, Seen, TurnedDown};

use super::caller::{Form, Officer};
use super::{Me, field_words, reason_problem, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, reference as number, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::contributions::history::Choice;
use crate::pages::problems::problem::Obstacle;
use crate::pages::recover::lost::field_of;
use crate::pages::recover::thing_label;

/// A recovery.
#[derive(Debug, Template)]
#[template(path = "desk/recovery.html")]
pub struct RecoveryPage {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// The recovery.
    pub shown: Shown,
    /// What was chosen and typed before.
    pub typed: Typed,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was chosen and typed. Digits are typed anew each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// How the document was seen.
    pub way: Option<ProofWay>,
    /// Which one it was.
    pub document: Option<Document>,
    /// What is out of reach, as far as it convinces.
    pub lost: Lost,
    /// Why.
    pub reason: String,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let is_ticked = |thing: &Thing| fields.filled(field_of(*thing)).is_some();
        Self {
            way: ProofWay::named(fields.text("proof")),
            document: Document::named(fields.text("document")),
            lost: Lost::of(Thing::ALL.iter().copied().filter(is_ticked)),
            reason: fields.text("reason").to_owned(),
        }
    }
}

impl RecoveryPage {
    fn place(&self) -> String {
        address(&self.shown.kept.reference)
    }

    fn reference(&self) -> &str {
        self.shown.kept.reference.as_str()
    }

    /// What it is and where it stands: label and text.
    fn facts(&self) -> Vec<(String, String)> {
        let (f, kept) = (&self.f, &self.shown.kept);
        let recovery = &kept.recovery;
        let mut facts = vec![
            (f.t("desk-column-standing"), self.state()),
            (f.t("desk-recovery-asked"), f.date_time(&recovery.asked_at)),
            (f.t("desk-recovery-stoppable"), f.date_time(&recovery.stoppable_until())),
        ];
        if let Some(at) = recovery.opens_at() {
            facts.push((f.t("desk-recovery-opens"), f.date_time(&at)));
        }
        facts.push((f.t("desk-recovery-contact"), kept.contact.masked()));
        facts.push((f.t("desk-recovery-lost"), self.things(recovery.lost)));
        facts.push((f.t("desk-recovery-wants"), way_words(f, kept.way)));
        facts
    }

    fn state(&self) -> String {
        let f = &self.f;
        match self.shown.state {
            State::Waiting { until, is_proved: false } => {
                f.t1("desk-recovery-waiting", "time", f.date_time(&until))
            }
            State::Waiting { until, is_proved: true } => {
                f.t1("desk-recovery-proved", "time", f.date_time(&until))
            }
            State::Unproved => f.t("desk-case-recovery-unproved"),
            State::Ready => f.t("desk-case-recovery-ready"),
            State::Over(end, at) => {
                f.t2("desk-recovery-over", "end", end.name(), "time", f.date_time(&at))
            }
        }
    }

    fn things(&self, lost: Lost) -> String {
        if lost.is_empty() {
            return self.f.t("desk-recovery-nothing-lost");
        }
        lost.things().map(|thing| thing_label(&self.f, thing)).collect::<Vec<_>>().join(", ")
    }

    /// Whom to expect; nothing where the details are nobody's.
    fn owner(&self) -> Vec<(String, String)> {
        let Some(owner) = &self.shown.owner else { return Vec::new() };
        let f = &self.f;
        vec![
            (f.t("desk-recovery-name"), owner.name.clone()),
            (field_words(f, Field::Nik), owner.nik.clone()),
            (field_words(f, Field::Kpj), owner.kpj.join(", ")),
        ]
    }

    /// What was said of the document so far.
    fn seen(&self) -> Vec<(String, String)> {
        let Some(recorded) = &self.shown.kept.recovery.proof else { return Vec::new() };
        let (f, proof) = (&self.f, recorded.proof);
        let what = format!("{}, {}", document_words(f, proof.document), way_words(f, proof.way));
        let by = |officer: &Name, at: &Instant| {
            f.t2("desk-recovery-by", "officer", officer.as_str(), "time", f.date_time(at))
        };
        let second = match &recorded.confirmed {
            Some((officer, at)) => by(officer, at),
            None => f.t("desk-recovery-nobody-yet"),
        };
        vec![
            (f.t("desk-recovery-document"), what),
            (f.t("desk-recovery-convinced"), self.things(proof.lost)),
            (f.t("desk-recovery-first"), by(&recorded.by, &recorded.at)),
            (f.t("desk-recovery-second"), second),
        ]
    }

    fn act(&self, act: &Act) -> String {
        // Words of texts have no gaps.
        let what = self.f.t1("desk-recovery-act", "what", act.what.replace(' ', "-"));
        format!("{what}: {}, {}", act.officer.as_str(), self.f.date_time(&act.at))
    }

    const fn is_open(&self) -> bool {
        !matches!(self.shown.state, State::Over(..))
    }

    /// Whether the officer on the page has seen the document already.
    fn is_own(&self) -> bool {
        let first = self.shown.kept.recovery.proof.as_ref().map(|recorded| recorded.by.as_str());
        self.me.as_ref().is_some_and(|me| first == Some(&*me.name))
    }

    fn may_prove(&self) -> bool {
        let is_proved = self.shown.kept.recovery.is_proved();
        self.is_open() && self.shown.owner.is_some() && !is_proved && !self.is_own()
    }

    fn ways(&self) -> Vec<Choice> {
        let choice = |way: &ProofWay| Choice {
            value: way.name().to_owned(),
            label: way_words(&self.f, *way),
            chosen: self.typed.way == Some(*way),
        };
        ProofWay::ALL.iter().map(choice).collect()
    }

    fn documents(&self) -> Vec<Choice> {
        let choice = |document: &Document| Choice {
            value: document.name().to_owned(),
            label: document_words(&self.f, *document),
            chosen: self.typed.document == Some(*document),
        };
        Document::ALL.iter().map(choice).collect()
    }

    /// What the member said is out of reach: field, name, whether it is ticked.
    fn boxes(&self) -> Vec<(&'static str, String, bool)> {
        let stated = self.shown.kept.recovery.lost.things();
        let a_box =
            |thing| (field_of(thing), thing_label(&self.f, thing), self.typed.lost.has(thing));
        stated.map(a_box).collect()
    }
}

fn way_words(f: &Frame, way: ProofWay) -> String {
    f.t(match way {
        ProofWay::Branch => "desk-recovery-branch",
        ProofWay::Video => "desk-recovery-video",
        ProofWay::Letter => "desk-recovery-letter",
    })
}

fn document_words(f: &Frame, document: Document) -> String {
    f.t(match document {
        Document::Ktp => "desk-recovery-ktp",
        Document::Passport => "desk-recovery-passport",
    })
}

/// Where a recovery is.
pub(super) fn address(reference: &RecoveryReference) -> String {
    format!("/recoveries/{reference}")
}

/// The recovery that an address names. Whatever is none is no page.
fn parsed(named: &str) -> Result<RecoveryReference, Trouble> {
    RecoveryReference::parse(named).ok_or(Trouble::Obstacle(Obstacle::NotFound))
}

/// `GET /recoveries/{reference}`
pub async fn show(officer: Officer, Path(named): Path<String>) -> Result<Response, Trouble> {
    page(&officer, &parsed(&named)?, Typed::default(), None).await
}

/// `POST /recoveries/{reference}`
pub async fn submit(
    officer: Officer,
    Path(named): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let (recovery, f) = (parsed(&named)?, officer.frame());
    let fields = form.to_show_again();
    let typed = Typed::of(fields);
    if form.of_session().is_err() {
        return page(&officer, &recovery, typed, Some(stale(&f, "reason"))).await;
    }
    if fields.text("act") == "refuse" {
        return refuse(&officer, &recovery, typed).await;
    }
    let (Some(way), Some(document)) = (typed.way, typed.document) else {
        let (field, key) = if typed.way.is_none() {
            ("proof", "desk-recovery-way-missing")
        } else {
            ("document", "desk-recovery-document-missing")
        };
        let problem = Problem { field, text: f.t(key) };
        return page(&officer, &recovery, typed, Some(problem)).await;
    };
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let proof = Proof { way, document, lost: typed.lost };
    let seen = Seen { proof, digits: fields.text("digits"), reason: &typed.reason };
    let said = recoveries::prove(app, visit, signed_in, &recovery, seen).await?;
    let problem = match said {
        Said::Barred(barred) => return Err(barred_by(&officer, barred, &recovery)),
        Said::NoReason(problem) => reason_problem(&f, problem),
        Said::Wrong => Problem { field: "digits", text: f.t("desk-recovery-wrong") },
        Said::TooMany => Problem { field: "digits", text: f.t("desk-verify-too-many") },
        Said::Proved(Proved::Unknown | Proved::NotAllowed) => {
            return Err(Trouble::Obstacle(Obstacle::NotFound));
        }
        Said::Proved(Proved::Not(why)) => {
            let here = see_other(&address(&recovery));
            let Some(problem) = not_recorded(&f, why) else { return Ok(here) };
            problem
        }
        Said::Proved(Proved::First(_) | Proved::Both { .. }) => {
            return Ok(see_other(&address(&recovery)));
        }
    };
    page(&officer, &recovery, typed, Some(problem)).await
}

/// Why nothing was recorded; none where the page itself says it.
fn not_recorded(f: &Frame, why: NotRecorded) -> Option<Problem> {
    let (field, key) = match why {
        NotRecorded::Over(_) | NotRecorded::Already => return None,
        NotRecorded::Nobody => ("reason", "desk-recovery-nobodys"),
        NotRecorded::SameOfficer => ("reason", "desk-recovery-self"),
        NotRecorded::Differs => ("proof", "desk-recovery-differs"),
        NotRecorded::NotStated => ("proof", "desk-recovery-not-stated"),
    };
    Some(Problem { field, text: f.t(key) })
}

async fn refuse(
    officer: &Officer,
    recovery: &RecoveryReference,
    typed: Typed,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let refused = recoveries::refuse(app, visit, signed_in, (recovery, &typed.reason)).await?;
    match refused {
        TurnedDown::Said(_) => Ok(see_other(&address(recovery))),
        TurnedDown::Barred(barred) => Err(barred_by(officer, barred, recovery)),
        TurnedDown::NoReason(problem) => {
            let problem = reason_problem(&officer.frame(), problem);
            page(officer, recovery, typed, Some(problem)).await
        }
    }
}

fn barred_by(officer: &Officer, barred: Barred, recovery: &RecoveryReference) -> Trouble {
    match barred {
        Barred::Denied(denied) => officer.denied(denied, &address(recovery)),
        Barred::Gone => Trouble::Obstacle(Obstacle::NotFound),
        Barred::Own => Trouble::Obstacle(Obstacle::NotAllowed(number(&officer.caller.guest))),
    }
}

async fn page(
    officer: &Officer,
    recovery: &RecoveryReference,
    typed: Typed,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let shown = recoveries::show(caller.app(), caller.visit(), &officer.signed_in, recovery)
        .await?
        .map_err(|barred| barred_by(officer, barred, recovery))?;
    let f = Frame { address: address(recovery), ..officer.frame() };
    let mut page = RecoveryPage {
        f,
        me: Some(officer.me()),
        shown: *shown,
        typed,
        problems: Problems::default(),
    };
    if let Some(problem) = problem {
        // It may be over by now: then there is no form, and the page says how it ended.
        if !page.is_open() {
            return Ok(see_other(&address(recovery)));
        }
        let field = if page.may_prove() { problem.field } else { "reason" };
        page.problems = Problems(vec![Problem { field, ..problem }]);
    }
    Ok(front::show(page.problems.status(), &page))
}
