//! What officers decide of a claim of an heir: complete, approved by a second one, paid once its time has
//! come, or refused.

use payung_domain::activity::Event;
use payung_domain::claims::heirs::{Entitled, FollowCode, HeirClaim, Stage, Step};
use payung_domain::claims::missing;
use payung_domain::ids::ClaimId;
use payung_domain::notify::DeskStage;
use payung_domain::staff::Right;
use payung_domain::staff::acts::approval_counts;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::Reason;
use payung_domain::time::{Instant, Zone};
use payung_storage::heir_claims::{self as claims, Happened};
use payung_storage::staff as kept;
use payung_storage::{Fault, Tx, accounts};

use super::super::SignedIn;
use super::super::acts::tell_activity;
use super::super::claim_acts::{Unreached, words_in, write_down};
use super::news::{named, tell, tell_heir};
use super::{Paper, reach};
use crate::heirs::Record;
use crate::{App, Visit};

/// What an officer does with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Says that it is complete: the law's clock begins.
    Complete,
    /// Gives it back, as the second officer.
    Return,
    /// Agrees, as the second officer.
    Approve,
    /// Refuses it.
    Refuse,
    /// Pays what is approved, once its time has come.
    Pay,
    /// Gives the heir another code to follow it with.
    Renew,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Complete, Self::Return, Self::Approve, Self::Refuse, Self::Pay, Self::Renew];

    /// The word in forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::Pay => "pay",
            Self::Renew => "renew",
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
        matches!(self, Self::Return | Self::Refuse | Self::Renew)
    }

    const fn right(self) -> (Right, Act) {
        match self {
            Self::Complete => (Right::HandleClaims, Act::ClaimHandled),
            // Whoever renews a code takes the old one from the family: it needs the passkey too.
            Self::Renew => (Right::DecideClaims, Act::ClaimHandled),
            Self::Return | Self::Approve | Self::Refuse | Self::Pay => {
                (Right::DecideClaims, Act::ClaimDecided)
            }
        }
    }
}

/// What came of a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is done.
    Done,
    /// The heir takes this along; it is shown this once.
    Renewed(Box<Paper>),
    /// It is paid from this moment on, not before.
    Waits(Instant),
    /// Another hand was faster, or the claim is not where this can be done.
    TooLate,
    /// The same officer was the first of the two.
    Same,
    /// The second officer works here no more, or may not approve any more.
    Void,
    /// Papers are missing.
    Missing,
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
            let hand = Hands { app, visit, signed_in, words };
            let done = hand.does(&mut tx, deed, &claim).await?;
            let outcome = match done {
                Done::Done | Done::Renewed(_) => Outcome::Done,
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
pub(super) struct Hands<'a> {
    pub(super) app: &'a App,
    pub(super) visit: &'a Visit,
    pub(super) signed_in: &'a SignedIn,
    pub(super) words: &'a str,
}

impl Hands<'_> {
    /// What goes with a claim that was just opened: a line on it, one in the audit, and a word to
    /// the member at once.
    pub(super) async fn begins(
        &self,
        tx: &mut Tx,
        claim: &HeirClaim,
        reason: &Reason,
    ) -> Result<(), Fault> {
        let (app, visit) = (self.app, self.visit);
        self.notes(tx, claim, Step::Open).await?;
        let what = (claim, Act::ClaimHandled, Outcome::Done);
        write_down(app, tx, visit, self.signed_in, what, (Step::Open.name(), self.words)).await?;
        tell_heir(app, tx, claim, Step::Open, visit.now).await?;
        let Some(account) = accounts::of_person(tx, claim.person).await? else { return Ok(()) };
        let officer = self.signed_in.staff.name.as_str();
        let told = (Event::StaffToldOfDeath, officer, reason);
        tell_activity(app, tx, account.id, told, visit.now).await?;
        tell(app, tx, &account, claim, (DeskStage::Asked, officer), visit.now).await
    }

    async fn does(&self, tx: &mut Tx, deed: Deed, claim: &HeirClaim) -> Result<Done, Fault> {
        match deed {
            Deed::Complete => self.completes(tx, claim).await,
            Deed::Return => {
                if !claim.is_second(self.signed_in.staff.id) {
                    return Ok(Done::Same);
                }
                self.moves(tx, claim, Step::Return).await
            }
            Deed::Approve => self.approves(tx, claim).await,
            Deed::Refuse => self.moves(tx, claim, Step::Refuse).await,
            Deed::Pay => self.pays(tx, claim).await,
            Deed::Renew => self.renews(tx, claim).await,
        }
    }

    async fn completes(&self, tx: &mut Tx, claim: &HeirClaim) -> Result<Done, Fault> {
        let documents = claims::documents(tx, claim).await?;
        let (required, _) = claim.documents(&self.app.programmes);
        if claim.stage == Stage::Opened && !missing(&required, &documents).is_empty() {
            return Ok(Done::Missing);
        }
        self.moves(tx, claim, Step::Complete).await
    }

    async fn approves(&self, tx: &mut Tx, claim: &HeirClaim) -> Result<Done, Fault> {
        if claim.stage.after(Step::Approve).is_none() {
            return Ok(Done::TooLate);
        }
        if !claim.is_second(self.signed_in.staff.id) {
            return Ok(Done::Same);
        }
        if self.right_now(tx, claim).await?.is_none() {
            return Ok(Done::NotEntitled);
        }
        self.moves(tx, claim, Step::Approve).await
    }

    async fn pays(&self, tx: &mut Tx, claim: &HeirClaim) -> Result<Done, Fault> {
        let (Some(pays_from), Stage::Approved) = (claim.pays_from(), claim.stage) else {
            return Ok(Done::TooLate);
        };
        let now = self.visit.now;
        if now < pays_from {
            return Ok(Done::Waits(pays_from));
        }
        // An officer who was shut out meanwhile has agreed to nothing.
        let second = match claim.approved_by {
            Some(id) => kept::get(tx, id).await?,
            None => None,
        };
        if !second.is_some_and(|second| approval_counts(second.role, second.disabled_at)) {
            return Ok(Done::Void);
        }
        let Some(right) = self.right_now(tx, claim).await? else { return Ok(Done::NotEntitled) };
        let paying = HeirClaim { paid: Some(right.sum), ..claim.clone() };
        let done = self.moves(tx, &paying, Step::Pay).await?;
        if done == Done::Done {
            for part in right.parts {
                if !claims::pay(tx, claim, part, now).await? {
                    // Another claim was paid meanwhile: all of this is undone.
                    return Err(Fault::new("paying an heir", "a part was paid before"));
                }
            }
        }
        Ok(done)
    }

    async fn renews(&self, tx: &mut Tx, claim: &HeirClaim) -> Result<Done, Fault> {
        let code = FollowCode::new(&*self.app.dice);
        if !claims::renew(tx, self.app.store.vault(), claim, &code).await? {
            return Ok(Done::TooLate);
        }
        self.notes(tx, claim, Step::Renew).await?;
        let (id, reference) = (claim.id, claim.reference.clone());
        Ok(Done::Renewed(Box::new(Paper { id, reference, code })))
    }

    /// What the claim is worth at this moment; none where there is no right to it.
    async fn right_now(
        &self,
        tx: &mut Tx,
        claim: &HeirClaim,
    ) -> Result<Option<Entitled<'_>>, Fault> {
        let today = self.visit.now.date(Zone::default());
        let Some(record) = Record::read(self.app, tx, claim.person).await? else {
            return Ok(None);
        };
        Ok(record.right(self.app, (claim.died_on, claim.relation), today).ok())
    }

    /// Takes a step, with what goes with it.
    async fn moves(&self, tx: &mut Tx, claim: &HeirClaim, step: Step) -> Result<Done, Fault> {
        let Some(stage) = claim.stage.after(step) else { return Ok(Done::TooLate) };
        let (me, now) = (self.signed_in.staff.id, self.visit.now);
        let moved = match step {
            Step::Complete => {
                HeirClaim { completed_by: Some(me), complete_at: Some(now), ..claim.clone() }
            }
            Step::Return => HeirClaim { completed_by: None, complete_at: None, ..claim.clone() },
            Step::Approve => {
                HeirClaim { approved_by: Some(me), approved_at: Some(now), ..claim.clone() }
            }
            _ => claim.clone(),
        };
        let closed_at = stage.is_over().then_some(now);
        let moved = HeirClaim { stage, closed_at, ..moved };
        if !claims::advance(tx, &moved, claim.stage).await? {
            return Ok(Done::TooLate);
        }
        self.notes(tx, &moved, step).await?;
        tell_heir(self.app, tx, &moved, step, now).await?;
        self.brings_news(tx, &moved).await?;
        Ok(Done::Done)
    }

    /// A line on the claim's own page.
    async fn notes(&self, tx: &mut Tx, claim: &HeirClaim, step: Step) -> Result<(), Fault> {
        let staff = &self.signed_in.staff;
        let happened = Happened {
            id: self.app.dice.id(),
            at: self.visit.now,
            step,
            officer: Some(staff.name.as_str().to_owned()),
            words: self.words.to_owned(),
        };
        let vault = self.app.store.vault();
        claims::add_event(tx, vault, claim, Some(staff.id), &happened).await
    }

    /// A line in the member's activity, and a message by every way.
    async fn brings_news(&self, tx: &mut Tx, claim: &HeirClaim) -> Result<(), Fault> {
        let (event, stage) = match claim.stage {
            Stage::Approved => (Event::StaffApproved, DeskStage::Approved),
            Stage::Paid => (Event::StaffActEnded, DeskStage::Done),
            Stage::Refused | Stage::Objected => (Event::StaffActEnded, DeskStage::Ended),
            Stage::Opened | Stage::Complete => return Ok(()),
        };
        let Some(account) = accounts::of_person(tx, claim.person).await? else { return Ok(()) };
        let (officer, now) = (self.signed_in.staff.name.as_str(), self.visit.now);
        let told = (event, officer, &named(claim));
        tell_activity(self.app, tx, account.id, told, now).await?;
        tell(self.app, tx, &account, claim, (stage, officer), now).await
    }
}
