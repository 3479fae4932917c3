//! Claims as their members see them: begun when there is a right, filled in over days, sent once with
//! a proof, and followed to the money.

pub mod desk;
mod paying;
mod record;

use jiff::civil::Date;
use payung_domain::activity::Event;
use payung_domain::claims::bank::{Bank, BankProblem};
use payung_domain::claims::clock::{Clock, clock};
use payung_domain::claims::entitlement::{Entitled, NotEntitled, tax_rules};
use payung_domain::claims::files::{NotADocument, clean};
use payung_domain::claims::{
    Claim, ClaimReference, DRAFT_LIFE, Document, Happened, Kind, MOST_BEGUN, MOST_DOCUMENTS,
    OTHER_DOCUMENT, Stage, Step, missing,
};
use payung_domain::ids::{ClaimId, DocumentId};
use payung_domain::notify::Notice;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::Citation;
use payung_domain::time::Zone;
use payung_storage::{Fault, Tx, claims, members};

use self::record::Facts;
use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// What a member says when they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What is claimed.
    pub kind: Kind,
    /// The day on which it happened.
    pub event_on: Option<Date>,
    /// Whether they have a tax number.
    pub has_tax_number: bool,
}

/// What came of beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun<'a> {
    /// Here it is: a new one, or the one of this kind that is open already.
    Claim(ClaimId),
    /// There is no right to it.
    No(NotEntitled<'a>),
    /// The account has begun as many as it may for now.
    TooMany,
    /// There is no record of the member.
    NoRecord,
}

/// Begins a claim. Sent twice, it is one: an account has one open claim of a kind.
pub async fn begin<'a>(
    app: &'a App,
    visit: &Visit,
    member: &SignedIn,
    wish: Wish,
) -> Result<Begun<'a>, Fault> {
    let account = &member.account;
    let mut tx = app.store.write().await?;
    if let Some(open) = open_of_kind(app, &mut tx, member, wish.kind).await? {
        return Ok(Begun::Claim(open.id));
    }
    let today = visit.now.date(account.zone);
    let Some(facts) = Facts::read(app, &mut tx, account.person, today).await? else {
        return Ok(Begun::NoRecord);
    };
    let claim = Claim {
        id: ClaimId::new(&*app.dice),
        reference: ClaimReference::new(&*app.dice),
        account: account.id,
        person: account.person,
        kind: wish.kind,
        stage: Stage::Draft,
        event_on: wish.event_on.filter(|_| wish.kind.has_event()),
        has_tax_number: wish.has_tax_number,
        bank: None,
        began_at: visit.now,
        complete_at: None,
        closed_at: None,
        taken_by: None,
        proposed_by: None,
        paid: None,
    };
    if let Err(no) = facts.right(app, &claim) {
        return Ok(Begun::No(no));
    }
    let all = claims::of_account(&mut tx, app.store.vault(), account.id).await?;
    let month_ago = visit.now.minus(DRAFT_LIFE);
    if all.iter().filter(|one| one.began_at > month_ago).count() >= MOST_BEGUN {
        return Ok(Begun::TooMany);
    }
    if !claims::add(&mut tx, &claim).await? {
        // Another tab was faster, or the reference is taken: then there is nothing open.
        let open = open_of_kind(app, &mut tx, member, wish.kind).await?;
        let open = open.ok_or_else(|| Fault::new("beginning a claim", "its number is taken"))?;
        return Ok(Begun::Claim(open.id));
    }
    happened(app, &mut tx, visit, &claim, Step::Begin).await?;
    tx.commit().await?;
    Ok(Begun::Claim(claim.id))
}

async fn open_of_kind(
    app: &App,
    tx: &mut Tx,
    member: &SignedIn,
    kind: Kind,
) -> Result<Option<Claim>, Fault> {
    let all = claims::of_account(tx, app.store.vault(), member.account.id).await?;
    Ok(all.into_iter().find(|claim| claim.kind == kind && claim.closed_at.is_none()))
}

/// Every claim of the member, the latest first.
pub async fn list(app: &App, member: &SignedIn) -> Result<Vec<Claim>, Fault> {
    let mut tx = app.store.read().await?;
    claims::of_account(&mut tx, app.store.vault(), member.account.id).await
}

/// A claim with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// The claim.
    pub claim: Claim,
    /// Its papers.
    pub documents: Vec<Document>,
    /// What happened so far, the first first.
    pub events: Vec<Happened>,
    /// The papers that must be there, and the rule that names them; none where no list is published.
    pub required: (Vec<String>, Option<Citation<'a>>),
    /// Whether there is a right as things are now, and to what.
    pub right: Option<Result<Entitled<'a>, NotEntitled<'a>>>,
    /// The rules by which tax was withheld from what was paid.
    pub tax: Vec<Citation<'a>>,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
    /// Whether anything may be paid out of the account.
    pub payouts: Payouts,
    /// The member's name, as it has to stand on the bank account.
    pub name: String,
}

impl View<'_> {
    /// The papers of the list that are still missing.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        missing(&self.required.0, &self.documents)
    }

    /// Whether everything is there that has to be.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty() && (self.claim.bank.is_some() || !self.claim.kind.is_paid_here())
    }
}

/// Looks at a claim, if it is one of this member's (S5).
pub async fn view<'a>(
    app: &'a App,
    visit: &Visit,
    member: &SignedIn,
    id: ClaimId,
) -> Result<Option<View<'a>>, Fault> {
    let mut tx = app.store.read().await?;
    let Some(claim) = own(app, &mut tx, member, id).await? else { return Ok(None) };
    let name = members::name(&mut tx, app.store.vault(), claim.person).await?;
    let today = visit.now.date(member.account.zone);
    let facts = Facts::read(app, &mut tx, claim.person, today).await?;
    let payouts = paying::opens_at(app, &mut tx, &claim, visit.now).await?;
    Ok(Some(View {
        documents: claims::documents(&mut tx, &claim).await?,
        events: claims::events(&mut tx, app.store.vault(), &claim).await?,
        required: required(app, &claim, today),
        right: facts.as_ref().map(|facts| facts.right(app, &claim)),
        tax: facts.map(|facts| withheld(app, &facts, &claim)).unwrap_or_default(),
        clock: running(app, &claim, member.account.zone),
        payouts,
        name: name.unwrap_or_default(),
        claim,
    }))
}

/// The rules by which tax was withheld from what was paid, on the desk's day.
fn withheld<'a>(app: &'a App, facts: &Facts, claim: &Claim) -> Vec<Citation<'a>> {
    let Some(((gross, _), at)) = claim.paid.zip(claim.closed_at) else { return Vec::new() };
    let ours = (at.date(Zone::default()), gross);
    tax_rules(&app.programmes, &facts.postings, ours, claim.has_tax_number)
}

/// The law's clock of a claim, while it runs.
fn running<'a>(app: &'a App, claim: &Claim, zone: Zone) -> Option<Clock<'a>> {
    let complete_on = claim.complete_at.filter(|_| claim.stage.runs())?.date(zone);
    clock(&app.programmes, claim.kind, complete_on)
}

fn required<'a>(app: &'a App, claim: &Claim, today: Date) -> (Vec<String>, Option<Citation<'a>>) {
    claim.kind.documents(&app.programmes, claim.event_on.unwrap_or(today))
}

/// The claim of this id, if it is the member's own.
async fn own(
    app: &App,
    tx: &mut Tx,
    member: &SignedIn,
    id: ClaimId,
) -> Result<Option<Claim>, Fault> {
    let found = claims::get(tx, app.store.vault(), id).await?;
    Ok(found.filter(|claim| claim.account == member.account.id))
}

/// The same, locked until the transaction ends.
async fn own_locked(
    app: &App,
    tx: &mut Tx,
    member: &SignedIn,
    id: ClaimId,
) -> Result<Option<Claim>, Fault> {
    let found = claims::locked(tx, app.store.vault(), id).await?;
    Ok(found.filter(|claim| claim.account == member.account.id))
}

/// Where the money is to go, as it was typed.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The bank.
    pub bank: &'a str,
    /// The number.
    pub number: &'a str,
    /// In whose name it is.
    pub owner: &'a str,
}

/// What came of saving an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It is kept.
    Kept,
    /// It needs fixing.
    Problems(Vec<BankProblem>),
    /// The claim is with staff now, or it is over.
    Closed,
    /// There is no such claim, or it is another member's.
    Unknown,
}

/// Keeps where the money is to go. A new account counts half a day later, as every change does that
/// whoever took over an account would make.
pub async fn save_account(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ClaimId,
    typed: Account<'_>,
) -> Result<Saved, Fault> {
    let mut tx = app.store.write().await?;
    let Some(claim) = own_locked(app, &mut tx, member, id).await? else {
        return Ok(Saved::Unknown);
    };
    if !claim.stage.is_with_the_member() || !claim.kind.is_paid_here() {
        return Ok(Saved::Closed);
    }
    let name = members::name(&mut tx, app.store.vault(), claim.person).await?.unwrap_or_default();
    let bank = match Bank::parse(typed.bank, typed.number, typed.owner, &name) {
        Ok(bank) => bank,
        Err(problems) => return Ok(Saved::Problems(problems)),
    };
    let since = match &claim.bank {
        Some((known, since)) if *known == bank => *since,
        _ => visit.now,
    };
    let claim = Claim { bank: Some((bank, since)), ..claim };
    if !claims::answer(&mut tx, app.store.vault(), &claim).await? {
        return Ok(Saved::Closed);
    }
    tx.commit().await?;
    Ok(Saved::Kept)
}

/// What came of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// It is kept.
    Kept,
    /// It is none.
    No(NotADocument),
    /// There are as many as may be.
    Full,
    /// The claim does not ask for such a paper.
    NoSlot,
    /// The claim is with staff now, or it is over.
    Closed,
    /// There is no such claim, or it is another member's.
    Unknown,
}

/// Keeps a document. The very same one twice is one.
pub async fn upload(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ClaimId,
    (slot, bytes): (&str, &[u8]),
) -> Result<Uploaded, Fault> {
    // Looked at before the writer is taken: it takes time, and it may be none.
    let content = match clean(bytes) {
        Ok(content) => content,
        Err(problem) => return Ok(Uploaded::No(problem)),
    };
    let mut tx = app.store.write().await?;
    let Some(claim) = own_locked(app, &mut tx, member, id).await? else {
        return Ok(Uploaded::Unknown);
    };
    if !claim.stage.is_with_the_member() {
        return Ok(Uploaded::Closed);
    }
    let (required, _) = required(app, &claim, visit.now.date(member.account.zone));
    if slot != OTHER_DOCUMENT && !required.iter().any(|known| known == slot) {
        return Ok(Uploaded::NoSlot);
    }
    if claims::documents(&mut tx, &claim).await?.len() >= MOST_DOCUMENTS {
        return Ok(Uploaded::Full);
    }
    let document = Document::of(DocumentId::new(&*app.dice), slot, &content, visit.now);
    claims::add_document(&mut tx, app.store.vault(), &claim, &document, &content).await?;
    tx.commit().await?;
    Ok(Uploaded::Kept)
}

/// Takes a document away again; `false` when it is not there, or the claim is with staff.
pub async fn remove(
    app: &App,
    member: &SignedIn,
    id: ClaimId,
    document: DocumentId,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let Some(claim) = own_locked(app, &mut tx, member, id).await? else { return Ok(false) };
    if !claim.stage.is_with_the_member() {
        return Ok(false);
    }
    let is_gone = claims::remove_document(&mut tx, &claim, document).await?;
    tx.commit().await?;
    Ok(is_gone)
}

/// What came of sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent<'a> {
    /// It is with staff. Sent twice, it is one.
    Done,
    /// Something is still missing.
    Incomplete,
    /// There is no right to it any more.
    No(NotEntitled<'a>),
    /// It is over.
    Closed,
    /// There is no such claim, or it is another member's.
    Unknown,
}

/// Sends a claim, or what was asked for. The page asks for a proof first.
pub async fn send<'a>(
    app: &'a App,
    visit: &Visit,
    member: &SignedIn,
    id: ClaimId,
) -> Result<Sent<'a>, Fault> {
    let mut tx = app.store.write().await?;
    let Some(claim) = own_locked(app, &mut tx, member, id).await? else {
        return Ok(Sent::Unknown);
    };
    let Some(stage) = claim.stage.after(Step::Send) else {
        return Ok(if claim.stage.runs() { Sent::Done } else { Sent::Closed });
    };
    let today = visit.now.date(member.account.zone);
    let documents = claims::documents(&mut tx, &claim).await?;
    let lacks_account = claim.bank.is_none() && claim.kind.is_paid_here();
    if lacks_account || !missing(&required(app, &claim, today).0, &documents).is_empty() {
        return Ok(Sent::Incomplete);
    }
    let Some(facts) = Facts::read(app, &mut tx, claim.person, today).await? else {
        return Ok(Sent::Unknown);
    };
    if let Err(no) = facts.right(app, &claim) {
        return Ok(Sent::No(no));
    }
    let before = claim.stage;
    let claim = Claim { stage, complete_at: Some(visit.now), ..claim };
    if !claims::advance(&mut tx, &claim, before).await? {
        return Ok(Sent::Closed);
    }
    happened(app, &mut tx, visit, &claim, Step::Send).await?;
    notices::note(app, &mut tx, visit, claim.account, Event::ClaimSent).await?;
    let reference = claim.reference.as_str().to_owned();
    let (device, at) = (visit.device.clone(), visit.now);
    let notice = Notice::ClaimSent { reference, device, at };
    notices::tell_everywhere(app, &mut tx, &member.account, &notice, visit.now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Sent::Done)
}

/// Takes a claim back; `false` when it is decided or over, or none of the member's.
pub async fn withdraw(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    id: ClaimId,
) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let Some(claim) = own_locked(app, &mut tx, member, id).await? else { return Ok(false) };
    let Some(stage) = claim.stage.after(Step::Withdraw) else { return Ok(false) };
    let before = claim.stage;
    let claim = Claim { stage, closed_at: Some(visit.now), ..claim };
    if !claims::advance(&mut tx, &claim, before).await? {
        return Ok(false);
    }
    happened(app, &mut tx, visit, &claim, Step::Withdraw).await?;
    notices::note(app, &mut tx, visit, claim.account, Event::ClaimWithdrawn).await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes down what the member did.
async fn happened(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    claim: &Claim,
    step: Step,
) -> Result<(), Fault> {
    let happened =
        Happened { id: app.dice.id(), at: visit.now, step, officer: None, words: String::new() };
    claims::add_event(tx, app.store.vault(), claim, None, &happened).await
}
