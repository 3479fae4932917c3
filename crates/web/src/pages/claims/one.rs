//! M20, M21: one claim. While it is with its member, the tasks that are left; then, what became of it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::claims::{Document, OTHER_DOCUMENT, Stage, Step};
use payung_domain::payout_lock::Payouts;
use payung_flows::claims::{self, View};

use super::paid::Paid;
use super::{
    Moment, Reader, Refusal, address, cited, clock_words, found, id_in, kind_words, paper_title,
    stage_words, timeline,
};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::benefits::words::Why;

/// A claim.
#[derive(Debug, Template)]
#[template(path = "claims/one.html")]
pub struct OneClaim {
    /// Around the page.
    pub f: Frame,
    /// Where it is.
    pub address: String,
    /// What is claimed.
    pub title: String,
    /// Its number.
    pub reference: String,
    /// How far it is.
    pub stage: String,
    /// Whether the page says that it was just sent.
    pub is_just_sent: bool,
    /// What was asked for, or why it was refused.
    pub words: Option<String>,
    /// What is left to do, and how far each is; nothing while it is with staff.
    pub tasks: Vec<Task>,
    /// The papers that are there.
    pub papers: Vec<Paper>,
    /// Whether no list of papers is published.
    pub has_no_list: bool,
    /// What is paid, or was.
    pub paid: Option<Paid>,
    /// The rules behind the right.
    pub rules: Vec<Why>,
    /// Why there is no right to it as things are now.
    pub refusal: Option<Refusal>,
    /// The law's clock.
    pub clock: Vec<String>,
    /// What payouts wait for.
    pub lock: Option<String>,
    /// What happened so far.
    pub moments: Vec<Moment>,
    /// Where it is taken back, while it can be.
    pub withdraw: Option<String>,
}

/// Something that is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Where it is done.
    pub address: String,
    /// What.
    pub title: String,
    /// How far it is.
    pub standing: String,
}

/// A paper that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its name in forms.
    pub id: String,
    /// What it is, and how large.
    pub says: String,
    /// Whether it can be taken away again.
    pub can_go: bool,
}

/// How large a file is: `312 KB`.
pub(crate) fn size_words(size: u32) -> String {
    format!("{} KB", size.div_ceil(1024))
}

impl OneClaim {
    /// The page of a claim that was looked up.
    #[must_use]
    pub fn of(f: Frame, view: &View<'_>, today: Date, is_just_sent: bool) -> Self {
        let claim = &view.claim;
        let is_open = claim.stage.is_with_the_member();
        let wanted = match claim.stage {
            Stage::Asked => Some(Step::Ask),
            Stage::Refused => Some(Step::Refuse),
            _ => None,
        };
        let last = view.events.iter().rfind(|one| Some(one.step) == wanted);
        let right = view.right.as_ref().filter(|_| !claim.stage.is_over());
        let waits = !claim.stage.is_over() && claim.kind.is_paid_here();
        let lock = match view.payouts {
            Payouts::OpensAt(at) if waits => {
                Some(f.t1("claim-lock-opens", "time", f.date_time(&at)))
            }
            Payouts::Closed if waits => Some(f.t("claim-lock-closed")),
            _ => None,
        };
        Self {
            address: address(claim),
            title: kind_words(&f, claim.kind),
            reference: claim.reference.to_string(),
            stage: stage_words(&f, claim.stage),
            is_just_sent,
            words: last.map(|one| one.words.clone()),
            tasks: if is_open { tasks(&f, view) } else { Vec::new() },
            papers: papers(&f, view, is_open),
            has_no_list: is_open && view.required.1.is_none(),
            paid: Paid::of(&f, view),
            rules: right
                .and_then(|right| right.as_ref().ok())
                .map(|right| cited(&f, &right.rules))
                .unwrap_or_default(),
            refusal: right.and_then(|right| right.as_ref().err()).map(|no| Refusal::of(&f, no)),
            clock: view
                .clock
                .as_ref()
                .map(|one| clock_words(&f, one, today, Reader::Claimant))
                .unwrap_or_default(),
            lock,
            moments: timeline(&f, &view.events),
            withdraw: claim
                .stage
                .after(Step::Withdraw)
                .map(|_| format!("{}/withdraw", address(claim))),
            f,
        }
    }
}

impl OneClaim {
    fn send(&self) -> String {
        format!("{}/send", self.address)
    }
}

fn tasks(f: &Frame, view: &View<'_>) -> Vec<Task> {
    let claim = &view.claim;
    let here = address(claim);
    let standing = |is_done| if is_done { f.t("claim-task-done") } else { f.t("claim-task-left") };
    let missing = view.missing();
    let mut all: Vec<Task> = view
        .required
        .0
        .iter()
        .map(|slot| Task {
            address: format!("{here}/documents/{slot}"),
            title: paper_title(f, slot),
            standing: standing(!missing.contains(slot)),
        })
        .collect();
    all.push(Task {
        address: format!("{here}/documents/{OTHER_DOCUMENT}"),
        title: f.t("claim-paper-other"),
        standing: f.t("claim-task-if-any"),
    });
    if claim.kind.is_paid_here() {
        let known = claim.bank.as_ref().map(|(bank, _)| format!("{} {}", bank.bank, bank.masked()));
        all.push(Task {
            address: format!("{here}/account"),
            title: f.t("claim-account-title"),
            standing: known.unwrap_or_else(|| standing(false)),
        });
    }
    all
}

fn papers(f: &Frame, view: &View<'_>, can_go: bool) -> Vec<Paper> {
    let paper = |one: &Document| {
        let (name, kind) = (paper_title(f, &one.slot), one.kind.name().to_uppercase());
        let says = format!("{name}: {kind}, {}, {}", size_words(one.size), f.day(&one.added_at));
        Paper { id: one.id.0.simple().to_string(), says, can_go }
    };
    view.documents.iter().map(paper).collect()
}

/// `GET /claims/{id}`
pub async fn show(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    let is_just_sent = member.guest.query.text("done") == "sent";
    let page = OneClaim::of(member.frame(), &view, member.today(), is_just_sent);
    Ok(front::show(StatusCode::OK, &page))
}

/// Where forms without a page of their own come back to.
pub async fn back(member: Member, Path(id): Path<String>) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    Ok(see_other(&address(&view.claim)))
}

/// `POST /claims/{id}/withdraw`
pub async fn withdraw(
    member: Member,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let view = found(&member, &id).await?;
    let here = address(&view.claim);
    if form.of_session().is_err() {
        return Ok(see_other(&here));
    }
    let guest = &member.guest;
    let id = id_in(&id)?;
    claims::withdraw(&guest.site.app, &guest.visit, &member.signed_in, id).await?;
    Ok(see_other(&here))
}
