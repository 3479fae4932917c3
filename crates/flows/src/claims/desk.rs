//! Claims at the support desk: taken, asked about, decided by one or by two, and paid. Every step is
//! written down, and its member hears of it.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::claims::clock::Clock;
use payung_domain::claims::entitlement::{Entitled, NotEntitled, Payable};
use payung_domain::claims::{Claim, Document, Happened, Sole, Stage, Step, enough};
use payung_domain::ids::{ClaimId, DocumentId};
use payung_domain::money::Rupiah;
use payung_domain::notify::Notice;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::Citation;
use payung_domain::staff::Right;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::time::Zone;
use payung_storage::{Fault, Tx, accounts, claims};

use super::record::Facts;
use super::{paying, required, running};
use crate::staff::claim_acts::{Taken, Unreached, hand_over, take_along, words_in, write_down};
use crate::staff::looks::{is_open_already, tell};
use crate::staff::{Denied, Line, SignedIn, check, note};
use crate::{App, Visit, notices};

/// Claims on the page of those that wait.
const MOST: u32 = 200;

/// A claim that waits.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The claim.
    pub claim: Claim,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
}

/// The claims that wait, the one first whose clock began first. Nothing in them but the number says
/// whose they are.
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
    let all = claims::waiting(&mut tx, app.store.vault(), MOST).await?;
    note(app, &mut tx, signed_in, visit.now, Line::done(act)).await?;
    tx.commit().await?;
    let row = |claim: Claim| Row { clock: running(app, &claim, Zone::default()), claim };
    Ok(Ok(all.into_iter().map(row).collect()))
}

/// A claim as an officer sees it.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The claim.
    pub claim: Claim,
    /// The member's name.
    pub name: String,
    /// The population number, masked.
    pub nik: String,
    /// The member numbers, masked.
    pub kpj: Vec<String>,
    /// The papers.
    pub documents: Vec<Document>,
    /// What happened so far.
    pub events: Vec<Happened>,
    /// The papers that must be there, and the rule that names them.
    pub required: (Vec<String>, Option<Citation<'a>>),
    /// Whether there is a right as things are now, and to what.
    pub right: Result<Entitled<'a>, NotEntitled<'a>>,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
    /// Whether anything may be paid out of the account.
    pub payouts: Payouts,
    /// Whether this officer's word is enough.
    pub sole: Sole,
    /// Up to which amount one officer's word is.
    pub alone_up_to: Rupiah,
}

impl Shown<'_> {
    /// What would be paid, where the amount is ours to work out.
    #[must_use]
    pub fn payable(&self) -> Option<&Payable> {
        self.right.as_ref().ok()?.payable.as_ref()
    }
}

/// Opens a claim. The member reads that it was opened, but for what whoever took it opens again.
pub async fn open<'a>(
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
    app.outbox.notify_one();
    Ok(answer)
}

async fn shown<'a>(
    app: &'a App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    claim: Claim,
) -> Result<Result<Box<Shown<'a>>, Unreached>, Fault> {
    let (staff, today) = (&signed_in.staff, visit.now.date(Zone::default()));
    let Some(facts) = Facts::read(app, tx, claim.person, today).await? else {
        return Ok(Err(Unreached::Gone));
    };
    tell_of_look(app, tx, visit, signed_in, &claim).await?;
    write_down(app, tx, visit, signed_in, (&claim, Act::ClaimOpened, Outcome::Done), ("", ""))
        .await?;
    let right = facts.right(app, &claim);
    let amount = right.as_ref().ok().and_then(|it| it.payable.as_ref()).map(|it| it.gross);
    let alone_up_to = alone_up_to(app);
    Ok(Ok(Box::new(Shown {
        name: facts.person.name.expose().to_owned(),
        nik: facts.person.nik.masked(),
        kpj: facts.memberships.iter().map(|one| one.kpj.masked()).collect(),
        documents: claims::documents(tx, &claim).await?,
        events: claims::events(tx, app.store.vault(), &claim).await?,
        required: required(app, &claim, today),
        right,
        clock: running(app, &claim, Zone::default()),
        payouts: paying::opens_at(app, tx, &claim, visit.now).await?,
        sole: enough(&claim, staff.id, amount, alone_up_to),
        alone_up_to,
        claim,
    })))
}

fn alone_up_to(app: &App) -> Rupiah {
    Rupiah::new(i64::from(app.settings.desk.claims_alone_up_to))
}

/// The member reads who opened it, and gets a letter, but for what whoever took it opens again.
async fn tell_of_look(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    claim: &Claim,
) -> Result<(), Fault> {
    let (staff, now, reference) = (&signed_in.staff, visit.now, claim.reference.as_str());
    let (act, person) = (Act::ClaimOpened, Some(claim.person));
    let line = Line { person, detail: reference, ..Line::done(act) };
    if claim.taken_by == Some(staff.id) || is_open_already(app, tx, staff, &line, now).await? {
        return Ok(());
    }
    let reason = Reason { why: Why::Request, text: reference.to_owned() };
    tell(app, tx, staff.name.as_str(), claim.person, (&reason, None), now).await
}

/// The claim of this id, locked, if this officer may have it. Refusals are written down.
async fn reach(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, right, act): (ClaimId, Right, Act),
) -> Result<Result<Claim, Unreached>, Fault> {
    if let Err(denied) = check(app, tx, visit, signed_in, right, act).await? {
        return Ok(Err(Unreached::Denied(denied)));
    }
    let found = claims::locked(tx, app.store.vault(), id).await?;
    // A draft is nobody's business but its member's.
    let sent = found.filter(|claim| claim.complete_at.is_some());
    hand_over(app, tx, visit, signed_in, act, sent).await
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

/// What an officer does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Takes it.
    Take,
    /// Asks for more.
    Ask,
    /// Says that it be paid.
    Approve,
    /// Gives it back to the officer who would pay it.
    Return,
    /// Refuses it.
    Refuse,
    /// Pays what is approved, once payouts are open.
    Pay,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Take, Self::Ask, Self::Approve, Self::Return, Self::Refuse, Self::Pay];

    /// The word in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Ask => "ask",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Refuse => "refuse",
            Self::Pay => "pay",
        }
    }

    /// The deed of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.name() == word)
    }

    /// Whether somebody has to read why.
    #[must_use]
    const fn needs_words(self) -> bool {
        matches!(self, Self::Ask | Self::Return | Self::Refuse)
    }

    const fn right(self) -> (Right, Act) {
        match self {
            Self::Take | Self::Ask => (Right::HandleClaims, Act::ClaimHandled),
            Self::Approve | Self::Return | Self::Refuse | Self::Pay => {
                (Right::DecideClaims, Act::ClaimDecided)
            }
        }
    }
}

/// What came of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is done.
    Done,
    /// A second officer has to see it.
    Proposed,
    /// It is approved, and paid when its owner's payouts are open.
    Waits(Payouts),
    /// Another hand was faster, or the claim is not where this can be done.
    TooLate,
    /// The same officer was the first of the two.
    Same,
    /// Too little was written, or too much.
    Words,
    /// There is no right to it as things are now.
    NotEntitled,
    /// The officer does not get at it.
    Unreached(Unreached),
}

/// Does something with a claim.
pub async fn act(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (id, deed): (ClaimId, Deed),
    typed: &str,
) -> Result<Done, Fault> {
    let Some(words) = words_in(typed, deed.needs_words()) else { return Ok(Done::Words) };
    let mut tx = app.store.write().await?;
    let (right, about) = deed.right();
    let done = match reach(app, &mut tx, visit, signed_in, (id, right, about)).await? {
        Err(unreached) => Done::Unreached(unreached),
        Ok(claim) => {
            let hand = Hand { app, visit, signed_in, words };
            let done = hand.does(&mut tx, deed, &claim).await?;
            let outcome = match done {
                Done::Done | Done::Proposed | Done::Waits(_) => Outcome::Done,
                _ => Outcome::Refused,
            };
            let what = (&claim, about, outcome);
            write_down(app, &mut tx, visit, signed_in, what, (deed.name(), words)).await?;
            done
        }
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(done)
}

/// Whose hand does something.
struct Hand<'a> {
    app: &'a App,
    visit: &'a Visit,
    signed_in: &'a SignedIn,
    words: &'a str,
}

impl Hand<'_> {
    async fn does(&self, tx: &mut Tx, deed: Deed, claim: &Claim) -> Result<Done, Fault> {
        let step = match deed {
            Deed::Take => Step::Take,
            Deed::Ask => Step::Ask,
            Deed::Return => Step::Return,
            Deed::Refuse => Step::Refuse,
            Deed::Approve => return self.approves(tx, claim).await,
            Deed::Pay => return self.pays(tx, claim).await,
        };
        let moved = self.moves(tx, claim, step).await?;
        Ok(moved.map_or(Done::TooLate, |_| Done::Done))
    }

    async fn approves(&self, tx: &mut Tx, claim: &Claim) -> Result<Done, Fault> {
        if claim.stage.after(Step::Approve).is_none() {
            return Ok(Done::TooLate);
        }
        let Some((facts, payable)) = self.right_now(tx, claim).await? else {
            return Ok(Done::NotEntitled);
        };
        let amount = payable.as_ref().map(|payable| payable.gross);
        match enough(claim, self.signed_in.staff.id, amount, alone_up_to(self.app)) {
            Sole::Same => Ok(Done::Same),
            Sole::TwoNeeded => {
                let moved = self.moves(tx, claim, Step::Propose).await?;
                Ok(moved.map_or(Done::TooLate, |_| Done::Proposed))
            }
            Sole::Enough => {
                let step = if payable.is_some() { Step::Approve } else { Step::Grant };
                let Some(moved) = self.moves(tx, claim, step).await? else {
                    return Ok(Done::TooLate);
                };
                match payable {
                    Some(payable) => {
                        let done = self.pays_out(tx, moved.clone(), &facts, &payable).await?;
                        if matches!(done, Done::Waits(_)) {
                            self.brings_news(tx, &moved).await?;
                        }
                        Ok(done)
                    }
                    None => Ok(Done::Done),
                }
            }
        }
    }

    async fn pays(&self, tx: &mut Tx, claim: &Claim) -> Result<Done, Fault> {
        if claim.stage != Stage::Approved {
            return Ok(Done::TooLate);
        }
        let Some((facts, Some(payable))) = self.right_now(tx, claim).await? else {
            return Ok(Done::NotEntitled);
        };
        // The savings may have grown past the limit since.
        let limit = alone_up_to(self.app);
        match enough(claim, self.signed_in.staff.id, Some(payable.gross), limit) {
            Sole::Enough => self.pays_out(tx, claim.clone(), &facts, &payable).await,
            Sole::TwoNeeded | Sole::Same => Ok(Done::Same),
        }
    }

    /// What the claim is worth at this moment; none where there is no right to it.
    async fn right_now(
        &self,
        tx: &mut Tx,
        claim: &Claim,
    ) -> Result<Option<(Facts, Option<Payable>)>, Fault> {
        let today = self.visit.now.date(Zone::default());
        let Some(facts) = Facts::read(self.app, tx, claim.person, today).await? else {
            return Ok(None);
        };
        let payable = facts.right(self.app, claim).ok().map(|entitled| entitled.payable);
        Ok(payable.map(|payable| (facts, payable)))
    }

    /// Pays what is approved, in the same transaction, unless its owner keeps payouts shut.
    async fn pays_out(
        &self,
        tx: &mut Tx,
        claim: Claim,
        facts: &Facts,
        payable: &Payable,
    ) -> Result<Done, Fault> {
        let now = self.visit.now;
        match paying::opens_at(self.app, tx, &claim, now).await? {
            Payouts::Open => {}
            waits => return Ok(Done::Waits(waits)),
        }
        let Some(paid) = paying::pay(tx, claim, facts, payable, now).await? else {
            return Ok(Done::TooLate);
        };
        self.tells(tx, &paid, Step::Pay).await?;
        Ok(Done::Done)
    }

    /// Takes a step; `None` where it cannot be taken from where the claim is.
    async fn moves(&self, tx: &mut Tx, claim: &Claim, step: Step) -> Result<Option<Claim>, Fault> {
        let Some(stage) = claim.stage.after(step) else { return Ok(None) };
        let me = Some(self.signed_in.staff.id);
        let moved = Claim {
            stage,
            closed_at: stage.is_over().then_some(self.visit.now),
            taken_by: if step == Step::Take { me } else { claim.taken_by },
            proposed_by: match step {
                Step::Propose => me,
                // The first of two stays the first one.
                Step::Approve => claim.proposed_by.or(me),
                Step::Return => None,
                _ => claim.proposed_by,
            },
            ..claim.clone()
        };
        if !claims::advance(tx, &moved, claim.stage).await? {
            return Ok(None);
        }
        self.tells(tx, &moved, step).await?;
        Ok(Some(moved))
    }

    /// A line on the claim's own page, and news for its member where there is any.
    async fn tells(&self, tx: &mut Tx, claim: &Claim, step: Step) -> Result<(), Fault> {
        let (app, now, staff) = (self.app, self.visit.now, &self.signed_in.staff);
        let happened = Happened {
            id: app.dice.id(),
            // What is paid at once stands after its approval.
            at: if step == Step::Pay { now.plus(Duration::from_micros(1)) } else { now },
            step,
            officer: Some(staff.name.as_str().to_owned()),
            words: self.words.to_owned(),
        };
        let vault = app.store.vault();
        claims::add_event(tx, vault, claim, Some(staff.id), &happened).await?;
        // That it is approved is told with the money, or with what the money waits for.
        match claim.stage {
            Stage::Asked | Stage::Granted | Stage::Refused | Stage::Paid => {
                self.brings_news(tx, claim).await
            }
            _ => Ok(()),
        }
    }

    /// A line in the member's activity, and a message.
    async fn brings_news(&self, tx: &mut Tx, claim: &Claim) -> Result<(), Fault> {
        let (app, now) = (self.app, self.visit.now);
        let is_paid = claim.stage == Stage::Paid;
        let event = if is_paid { Event::ClaimPaid } else { Event::ClaimMoved };
        notices::note_without_device(app, tx, claim.account, event, now).await?;
        let Some(account) = accounts::get(tx, claim.account).await? else { return Ok(()) };
        let reference = claim.reference.as_str().to_owned();
        let stage = claim.stage.name().to_owned();
        let notice = Notice::ClaimMoved { reference, stage, at: now };
        notices::tell_everywhere(app, tx, &account, &notice, now).await
    }
}
