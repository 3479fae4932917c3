//! What a member asked of the house, as far as it is theirs to see: claims with their papers,
//! corrections, and cases at the desk. What officers write to each other stays with them.

use payung_domain::claims::{Claim, Document, Happened};
use payung_domain::corrections::{Deed, Shown, Step, Subject, lines};
use payung_domain::employers::Employer;
use payung_domain::ids::{EmployerId, MembershipId};
use payung_domain::money::Rupiah;
use payung_domain::staff::cases::{Case, Linked, State};
use payung_domain::time::Instant;
use payung_storage::staff::cases;
use payung_storage::{Fault, claims};
use serde_json::{Value, json};

use super::{MOST, day};
use crate::App;
use crate::corrections::{self, All, Followed};
use crate::sessions::SignedIn;

/// What a member asked of the house.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    claims: Vec<Followable>,
    corrections: All,
    cases: Vec<(Case, Option<String>)>,
}

/// A claim with its papers, and what happened to it.
#[derive(Clone, Debug)]
struct Followable {
    claim: Claim,
    documents: Vec<Document>,
    events: Vec<Happened>,
}

impl Asked {
    pub(super) async fn read(app: &App, member: &SignedIn) -> Result<Self, Fault> {
        let corrections = corrections::of_member(app, member).await?;
        let vault = app.store.vault();
        let mut tx = app.store.read().await?;
        let mut all = Vec::new();
        for claim in claims::of_account(&mut tx, vault, member.account.id).await? {
            let documents = claims::documents(&mut tx, &claim).await?;
            let events = claims::events(&mut tx, vault, &claim).await?;
            all.push(Followable { claim, documents, events });
        }
        let mut own = Vec::new();
        for case in cases::of_person(&mut tx, member.account.person, MOST).await? {
            // It is opened with what the member says, or with what an officer notes.
            let first = cases::entries(&mut tx, vault, case.id).await?.into_iter().next();
            let words = first.filter(|entry| entry.author.is_empty()).map(|entry| entry.text);
            own.push((case, words.filter(|text| !text.is_empty())));
        }
        Ok(Self { claims: all, corrections, cases: own })
    }

    pub(super) fn claims(&self) -> Vec<Value> {
        self.claims.iter().map(|one| claim(&one.claim)).collect()
    }

    pub(super) fn claim_documents(&self) -> Vec<Value> {
        let of = |one: &Followable| {
            let reference = one.claim.reference.as_str();
            let row = |paper: &Document| {
                json!({
                    "reference": reference,
                    "paper": paper.slot,
                    "kind": paper.kind.name(),
                    "size": paper.size,
                    "added_at": paper.added_at.rfc3339(),
                })
            };
            one.documents.iter().map(row).collect::<Vec<_>>()
        };
        self.claims.iter().flat_map(of).collect()
    }

    pub(super) fn claim_steps(&self) -> Vec<Value> {
        let of = |one: &Followable| {
            let reference = one.claim.reference.as_str();
            let told = one.events.iter().filter(|event| event.step.is_told());
            let step = |event: &Happened| {
                json!({
                    "reference": reference,
                    "at": event.at.rfc3339(),
                    "step": event.step.name(),
                    "by": if event.officer.is_some() { "officer" } else { "member" },
                    "words": event.step.has_words_for_the_member().then_some(&*event.words),
                })
            };
            told.map(step).collect::<Vec<_>>()
        };
        self.claims.iter().flat_map(of).collect()
    }

    pub(super) fn corrections<'a>(
        &'a self,
        kpj: impl Fn(MembershipId) -> Option<&'a str>,
    ) -> Vec<Value> {
        let one = |Followed { correction, .. }: &Followed| {
            let key = match &correction.subject {
                Subject::Person => None,
                Subject::Row(key) => Some(key),
            };
            json!({
                "reference": correction.reference.as_str(),
                "stage": correction.stage.name(),
                "asked_at": correction.asked_at.rfc3339(),
                "changed_at": correction.changed_at.rfc3339(),
                "kpj": key.and_then(|key| kpj(key.membership)),
                "month": key.map(|key| key.month.to_string()),
                "programme": key.map(|key| key.programme.code()),
                "npp": key.and_then(|key| key.employer).and_then(|id| self.npp(id)),
            })
        };
        self.corrections.corrections.iter().map(one).collect()
    }

    pub(super) fn correction_steps(&self) -> Vec<Value> {
        let of = |Followed { correction, steps }: &Followed| {
            let reference = correction.reference.as_str();
            steps.iter().map(|step| correction_step(reference, step)).collect::<Vec<_>>()
        };
        self.corrections.corrections.iter().flat_map(of).collect()
    }

    /// What each proposal would change.
    pub(super) fn correction_lines(&self) -> Vec<Value> {
        let mut all = Vec::new();
        for Followed { correction, steps } in &self.corrections.corrections {
            for step in steps {
                let Deed::Proposed(proposal) = &step.deed else { continue };
                let beside = lines(&proposal.before, &proposal.after);
                all.extend(beside.iter().filter(|line| line.is_changed()).map(|line| {
                    json!({
                        "reference": correction.reference.as_str(),
                        "number": step.number,
                        "field": line.field.name(),
                        "before": self.shown(&line.before),
                        "after": self.shown(&line.after),
                    })
                }));
            }
        }
        all
    }

    pub(super) fn cases(&self) -> Vec<Value> {
        self.cases.iter().map(|(one, words)| case(one, words.as_deref())).collect()
    }

    fn shown(&self, shown: &Shown) -> Value {
        match shown {
            Shown::Text(text) => json!(text),
            Shown::Day(date) => json!(day(*date)),
            Shown::Month(month) => json!(month.to_string()),
            Shown::Money(amount) => json!(amount.get()),
            Shown::Employer(id) => json!(id.and_then(|id| self.npp(id))),
            Shown::Sex(sex) => json!(sex.code()),
        }
    }

    fn npp(&self, id: EmployerId) -> Option<&str> {
        let is_it = |employer: &&Employer| employer.id == id;
        self.corrections.employers.iter().find(is_it).map(|employer| employer.npp.as_str())
    }
}

fn claim(one: &Claim) -> Value {
    let bank = one.bank.as_ref().map(|(bank, _)| bank);
    json!({
        "reference": one.reference.as_str(),
        "kind": one.kind.name(),
        "stage": one.stage.told().name(),
        "event_on": one.event_on.map(day),
        "has_tax_number": one.has_tax_number,
        "bank": bank.map(|bank| &*bank.bank),
        "account_number": bank.map(|bank| &*bank.number),
        "account_owner": bank.map(|bank| &*bank.owner),
        "began_at": one.began_at.rfc3339(),
        "complete_at": one.complete_at.map(Instant::rfc3339),
        "closed_at": one.closed_at.map(Instant::rfc3339),
        "gross": one.paid.map(|(gross, _)| gross).map(Rupiah::get),
        "tax": one.paid.map(|(_, tax)| tax).map(Rupiah::get),
    })
}

fn correction_step(reference: &str, step: &Step) -> Value {
    let (name, words, proposal) = match &step.deed {
        Deed::Asked(said) => ("asked", Some(&**said), None),
        Deed::Proposed(proposal) => ("proposed", Some(&*proposal.why), Some(proposal)),
        // Why one officer sent it back to another is between them.
        Deed::Returned(_) => ("returned", None, None),
        Deed::Outdated => ("outdated", None, None),
        Deed::Approved => ("approved", None, None),
        Deed::Refused(why) => ("refused", Some(&**why), None),
        Deed::Withdrawn => ("withdrawn", None, None),
    };
    json!({
        "reference": reference,
        "number": step.number,
        "at": step.at.rfc3339(),
        "step": name,
        "officer": step.officer,
        "words": words,
        "document": proposal.map(|proposal| proposal.evidence.document.name()),
        "document_number": proposal.map(|proposal| &*proposal.evidence.number),
        "since": proposal.map(|proposal| day(proposal.since)),
    })
}

fn case(one: &Case, words: Option<&str>) -> Value {
    let closed = match one.state {
        State::Closed { outcome, at, .. } => Some((outcome, at)),
        State::Open | State::Taken(_) | State::Waiting(_) => None,
    };
    let linked = match &one.linked {
        Linked::Report(reference) => Some(reference.as_str().to_owned()),
        Linked::Correction(reference) => Some(reference.as_str().to_owned()),
        Linked::Activity(mark) => Some(mark.at.rfc3339()),
        // The number of a recovery is for whoever asked for it, and that may be somebody else.
        Linked::Recovery(_) | Linked::Nothing => None,
    };
    json!({
        "reference": one.reference.as_str(),
        "kind": one.kind.name(),
        "opened_at": one.opened_at.rfc3339(),
        "due_at": one.due_at.rfc3339(),
        "closed_at": closed.map(|(_, at)| at.rfc3339()),
        "outcome": closed.map(|(outcome, _)| outcome.name()),
        "linked": linked,
        "words": words,
    })
}
