//! Claims of heirs at the support desk: opened on the record of whoever is said to have died, decided
//! by two, and paid after a time in which a member who is alive can say so. The member hears of every
//! step by every way, and ends it with one button.

mod deciding;
mod news;

use jiff::civil::Date;
use payung_domain::activity::Event;
use payung_domain::claims::clock::Clock;
use payung_domain::claims::files::clean;
use payung_domain::claims::heirs::{
    Entitled, FollowCode, Heir, HeirClaim, HeirProblem, HeirReference, Relation, Stage, Typed, Why,
};
use payung_domain::claims::{Document, MOST_DOCUMENTS, OTHER_DOCUMENT, missing};
use payung_domain::ids::{ClaimId, DocumentId, LookId};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Citation;
use payung_domain::staff::Right;
use payung_domain::staff::acts::Hand;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{NoReason, Reason};
use payung_domain::time::{Instant, Zone};
pub use payung_storage::heir_claims::Happened;
use payung_storage::{Fault, Tx, accounts, activity, heir_claims as claims};

use self::deciding::Hands;
pub use self::deciding::{Deed, Done, act};
pub(super) use self::news::is_alive;
use super::claim_acts::{Taken, Unreached, hand_over, take_along, write_down};
use super::looks::own_look;
use super::{Denied, Line, SignedIn, check, note};
use crate::claims::Uploaded;
use crate::heirs::{Record, owed, running};
use crate::{App, Visit};

/// Claims on the page of those that are open.
const MOST: u32 = 200;

/// References that are drawn before the dice are not believed.
const MOST_DRAWS: u32 = 5;

/// What an officer typed of a claim.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The day of the death.
    pub died_on: Option<Date>,
    /// What the heir is to the dead.
    pub relation: Option<Relation>,
    /// The heir.
    pub heir: Typed<'a>,
    /// Why: who came, and with what.
    pub reason: &'a str,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishProblem {
    /// There is no day.
    Day,
    /// No relation was chosen.
    Relation,
    /// Something of the heir.
    Heir(HeirProblem),
    /// The reason is none.
    Reason(NoReason),
}

/// What the heir takes along on paper. It is shown this once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Where the claim is at the desk.
    pub id: ClaimId,
    /// The reference.
    pub reference: HeirReference,
    /// The code.
    pub code: FollowCode,
}

/// What came of opening a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It is open.
    Done(Box<Paper>),
    /// What was typed needs fixing.
    Problems(Vec<WishProblem>),
    /// There is no right to it.
    No(Why),
    /// One about this death is open: this one.
    Before(ClaimId),
    /// The record was shut again, or never was this officer's.
    Gone,
    /// It was not allowed.
    Denied(Denied),
}

/// Opens a claim of an heir, on a record that this officer has open. It needs a passkey that was used
/// a moment ago: whoever is alive reads at once that they are said to be dead.
pub async fn open(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    look: LookId,
    wish: &Wish<'_>,
) -> Result<Opened, Fault> {
    let mut tx = app.store.write().await?;
    let opened = begin(app, &mut tx, visit, signed_in, look, wish).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(opened)
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    id: LookId,
    wish: &Wish<'_>,
) -> Result<Opened, Fault> {
    let (act, vault) = (Act::ClaimHandled, app.store.vault());
    if let Err(denied) = check(app, tx, visit, signed_in, Right::HandleClaims, act).await? {
        return Ok(Opened::Denied(denied));
    }
    if !signed_in.session.is_proved(visit.now) {
        return Ok(Opened::Denied(Denied::Proof));
    }
    let Some(look) = own_look(app, tx, visit, signed_in, (id, act)).await? else {
        return Ok(Opened::Gone);
    };
    let reason = Reason::parse(look.reason.why.name(), wish.reason);
    let (died_on, relation, heir, reason) = match read(wish, reason) {
        Ok(whole) => whole,
        Err(problems) => return Ok(Opened::Problems(problems)),
    };
    let Some(record) = Record::read(app, tx, look.person).await? else { return Ok(Opened::Gone) };
    let today = visit.now.date(Zone::default());
    if let Err(why) = record.right(app, (died_on, relation), today) {
        let line = Line {
            act,
            outcome: Outcome::Nothing,
            person: Some(look.person),
            detail: "open",
            reason: &reason.text,
        };
        note(app, tx, signed_in, visit.now, line).await?;
        return Ok(Opened::No(why));
    }
    let opened_by = Hand { id: signed_in.staff.id, name: signed_in.staff.name.clone() };
    let mut claim = HeirClaim {
        id: ClaimId::new(&*app.dice),
        reference: HeirReference::new(&*app.dice),
        person: look.person,
        stage: Stage::Opened,
        died_on,
        relation,
        heir,
        opened_by,
        opened_at: visit.now,
        completed_by: None,
        complete_at: None,
        approved_by: None,
        approved_at: None,
        closed_at: None,
        paid: None,
    };
    let code = FollowCode::new(&*app.dice);
    for _ in 0..MOST_DRAWS {
        if claims::add(tx, vault, &claim, &code).await? {
            let hand = Hands { app, visit, signed_in, words: &reason.text };
            hand.begins(tx, &claim, &reason).await?;
            let (id, reference) = (claim.id, claim.reference);
            return Ok(Opened::Done(Box::new(Paper { id, reference, code })));
        }
        if let Some(before) = claims::open_of(tx, vault, look.person).await? {
            return Ok(Opened::Before(before.id));
        }
        claim.reference = HeirReference::new(&*app.dice);
    }
    Err(Fault::new("opening a claim of an heir", "every reference that was drawn is taken"))
}

type Whole = (Date, Relation, Heir, Reason);

/// What was typed as a whole, or everything that is wrong with it.
fn read(wish: &Wish<'_>, reason: Result<Reason, NoReason>) -> Result<Whole, Vec<WishProblem>> {
    let heir = Heir::parse(&wish.heir);
    let mut problems = Vec::new();
    if wish.died_on.is_none() {
        problems.push(WishProblem::Day);
    }
    if wish.relation.is_none() {
        problems.push(WishProblem::Relation);
    }
    if let Err(wrong) = &heir {
        problems.extend(wrong.iter().map(|problem| WishProblem::Heir(*problem)));
    }
    if let Err(why) = &reason {
        problems.push(WishProblem::Reason(*why));
    }
    match (wish.died_on, wish.relation, heir, reason) {
        (Some(died_on), Some(relation), Ok(heir), Ok(reason)) => {
            Ok((died_on, relation, heir, reason))
        }
        _ => Err(problems),
    }
}

/// A claim that is open.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The claim.
    pub claim: HeirClaim,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
}

/// The claims that are open, the oldest first.
pub async fn list<'a>(
    app: &'a App,
    visit: &Visit,
    signed_in: &SignedIn,
) -> Result<Result<Vec<Row<'a>>, Denied>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::HandleClaims, Act::ClaimsListed);
    if let Err(denied) = check(app, &mut tx, visit, signed_in, right, act).await? {
        tx.commit().await?;
        return Ok(Err(denied));
    }
    let all = claims::open(&mut tx, app.store.vault(), MOST).await?;
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    tx.commit().await?;
    let row = |claim: HeirClaim| Row { clock: running(app, &claim), claim };
    Ok(Ok(all.into_iter().map(row).collect()))
}

/// A claim as an officer sees it.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The claim.
    pub claim: HeirClaim,
    /// The member's name.
    pub name: String,
    /// The population number, masked.
    pub nik: String,
    /// The member numbers, masked.
    pub kpj: Vec<String>,
    /// Whether the member was told of it, since there is an account.
    pub is_told: bool,
    /// When somebody last signed in to that account.
    pub last_sign_in: Option<Instant>,
    /// The last month after the death for which contributions came.
    pub paid_for_after: Option<Month>,
    /// The papers.
    pub documents: Vec<Document>,
    /// What happened so far.
    pub events: Vec<Happened>,
    /// The papers that must be there, and the rule that names them.
    pub required: (Vec<String>, Option<Citation<'a>>),
    /// Whether there is a right as things are now, and to what.
    pub right: Result<Entitled<'a>, Why>,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
    /// What is owed on top by now.
    pub owed: Option<Rupiah>,
    /// Whether this officer may be the second one.
    pub is_second: bool,
}

impl Shown<'_> {
    /// The papers of the list that are still missing.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        missing(&self.required.0, &self.documents)
    }
}

/// Opens a claim that is there. It is written down.
pub async fn show<'a>(
    app: &'a App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ClaimId,
) -> Result<Result<Box<Shown<'a>>, Unreached>, Fault> {
    let mut tx = app.store.write().await?;
    let act = Act::ClaimOpened;
    let reached = reach(app, &mut tx, visit, signed_in, (id, Right::HandleClaims, act)).await?;
    let answer = match reached {
        Ok(claim) => shown(app, &mut tx, visit, signed_in, claim).await?,
        Err(unreached) => Err(unreached),
    };
    tx.commit().await?;
    Ok(answer)
}

async fn shown<'a>(
    app: &'a App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    claim: HeirClaim,
) -> Result<Result<Box<Shown<'a>>, Unreached>, Fault> {
    let today = visit.now.date(Zone::default());
    let Some(record) = Record::read(app, tx, claim.person).await? else {
        return Ok(Err(Unreached::Gone));
    };
    let what = (&claim, Act::ClaimOpened, Outcome::Done);
    write_down(app, tx, visit, signed_in, what, ("", "")).await?;
    let right = record.right(app, (claim.died_on, claim.relation), today);
    let sum = right.as_ref().ok().map(|right| right.sum);
    let account = accounts::of_person(tx, claim.person).await?;
    // What a second officer wants to know of somebody who may be alive.
    let last_sign_in = match &account {
        Some(account) => activity::latest(tx, account.id, Event::SignedIn, visit.now).await?,
        None => None,
    };
    let last_sign_in = last_sign_in.map(|line| line.at);
    Ok(Ok(Box::new(Shown {
        name: record.person.name.expose().to_owned(),
        nik: record.person.nik.masked(),
        kpj: record.memberships.iter().map(|one| one.kpj.masked()).collect(),
        is_told: account.is_some(),
        last_sign_in,
        paid_for_after: record.paid_for_after(claim.died_on),
        documents: claims::documents(tx, &claim).await?,
        events: claims::events(tx, app.store.vault(), &claim).await?,
        required: claim.documents(&app.programmes),
        right,
        clock: running(app, &claim),
        owed: sum.and_then(|sum| owed(app, &claim, sum, today)),
        is_second: claim.is_second(signed_in.staff.id),
        claim,
    })))
}

/// The claim of this id, locked, if this officer may have it. Refusals are written down.
async fn reach(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, right, act): (ClaimId, Right, Act),
) -> Result<Result<HeirClaim, Unreached>, Fault> {
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Err(Unreached::Denied(denied)));
    }
    let found = claims::locked(tx, app.store.vault(), id).await?;
    hand_over(app, tx, visit, signed_in, act, found).await
}

/// Keeps a paper that the heir brought. The very same one twice is one.
pub async fn upload(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ClaimId,
    (slot, bytes): (&str, &[u8]),
) -> Result<Result<Uploaded, Unreached>, Fault> {
    // Looked at before the writer is taken: it takes time, and it may be none.
    let content = match clean(bytes) {
        Ok(content) => content,
        Err(problem) => return Ok(Ok(Uploaded::No(problem))),
    };
    let (right, act) = (Right::HandleClaims, Act::ClaimHandled);
    let mut tx = app.store.write().await?;
    let claim = match reach(app, &mut tx, visit, signed_in, (id, right, act)).await? {
        Ok(claim) => claim,
        Err(unreached) => {
            tx.commit().await?;
            return Ok(Err(unreached));
        }
    };
    if claim.stage != Stage::Opened {
        return Ok(Ok(Uploaded::Closed));
    }
    let (required, _) = claim.documents(&app.programmes);
    if slot != OTHER_DOCUMENT && !required.iter().any(|known| known == slot) {
        return Ok(Ok(Uploaded::NoSlot));
    }
    if claims::documents(&mut tx, &claim).await?.len() >= MOST_DOCUMENTS {
        return Ok(Ok(Uploaded::Full));
    }
    let document = Document::of(DocumentId::new(&*app.dice), slot, &content, visit.now);
    claims::add_document(&mut tx, app.store.vault(), &claim, &document, &content).await?;
    let what = (&claim, act, Outcome::Done);
    write_down(app, &mut tx, visit, signed_in, what, (slot, "")).await?;
    tx.commit().await?;
    Ok(Ok(Uploaded::Kept))
}

/// Takes a document along.
pub async fn document(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    id: ClaimId,
    wanted: DocumentId,
) -> Result<Result<Taken, Unreached>, Fault> {
    let mut tx = app.store.write().await?;
    let (right, act) = (Right::HandleClaims, Act::DocumentTaken);
    let answer = match reach(app, &mut tx, visit, signed_in, (id, right, act)).await? {
        Err(unreached) => Err(unreached),
        Ok(claim) => {
            let all = claims::documents(&mut tx, &claim).await?;
            let bytes = claims::content(&mut tx, app.store.vault(), &claim, wanted).await?;
            let found = all.into_iter().find(|one| one.id == wanted).zip(bytes);
            take_along(app, &mut tx, visit, signed_in, &claim, found).await?
        }
    };
    tx.commit().await?;
    Ok(answer)
}
