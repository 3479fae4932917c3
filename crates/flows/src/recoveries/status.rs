//! Where a recovery stands, for whoever holds its reference and its new contact. A wrong pair gets one
//! answer whatever is wrong with it, and is counted before it is compared (E-03, L1).

use payung_domain::contact_codes::count_try;
use payung_domain::ids::RecoveryId;
use payung_domain::keyed::{Tag, same};
use payung_domain::recoveries::{ProofWay, RecoveryReference, State};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Place, recoveries, throttles};
use uuid::Uuid;

use crate::gates::{self, Door};
use crate::{App, Visit};

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The pair is right: this names the recovery, for [`view`].
    Right(RecoveryId),
    /// No recovery has this reference and this contact.
    Wrong,
    /// Too many wrong pairs with this reference: none is compared before this moment.
    Paused(Instant),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Compares a reference and a contact. What is not even written like one is given as `None`, and is
/// wrong like any other. Ten misses on a reference pause it for a quarter of an hour, and no number of
/// them shuts it: whoever holds an old contact has read it (L4).
pub async fn ask(
    app: &App,
    visit: &Visit,
    reference: Option<&RecoveryReference>,
    contact: Option<&Destination>,
) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = gates::too_many(app, &mut tx, visit, Door::Recovery).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let Some(reference) = reference else {
        tx.commit().await?;
        return Ok(Answer::Wrong);
    };
    let subject = app.keys.counters.tag(&[b"status of", reference.as_str().as_bytes()]);
    let before = throttles::locked(&mut tx, &subject, visit.now).await?;
    let counted = match count_try(before, visit.now) {
        Ok(counted) => counted,
        Err(until) => {
            tx.commit().await?;
            return Ok(Answer::Paused(until));
        }
    };
    throttles::set(&mut tx, &subject, counted, visit.now).await?;
    let kept = recoveries::referred(&mut tx, app.store.vault(), reference).await?;
    let right =
        kept.filter(|kept| contact.is_some_and(|contact| is_same(app, &kept.contact, contact)));
    if right.is_some() {
        throttles::clear(&mut tx, &subject).await?;
    }
    tx.commit().await?;
    Ok(match right {
        Some(kept) => Answer::Right(kept.id),
        None if counted.paused_until > visit.now => Answer::Paused(counted.paused_until),
        None => Answer::Wrong,
    })
}

fn is_same(app: &App, one: &Destination, other: &Destination) -> bool {
    let tag = |to: &Destination| app.keys.counters.tag(&[b"status", to.expose().as_bytes()]);
    same(&tag(one), &tag(other))
}

/// Where a recovery stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its reference.
    pub reference: RecoveryReference,
    /// When it was asked for.
    pub asked_at: Instant,
    /// How far it is. For nobody's it stays where a proof is missing.
    pub state: State,
    /// Until when the owner can be sure that nothing changes.
    pub until: Instant,
    /// When it is closed at the latest.
    pub expires_at: Instant,
    /// How the proof is to be given.
    pub way: ProofWay,
    /// The new contact.
    pub contact: Destination,
}

/// Looks at a recovery that was asked for by its pair.
pub async fn view(app: &App, visit: &Visit, id: RecoveryId) -> Result<Option<Standing>, Fault> {
    let mut tx = app.store.read().await?;
    let kept = recoveries::get(&mut tx, app.store.vault(), id).await?;
    Ok(kept.map(|kept| Standing {
        state: kept.recovery.state(visit.now),
        asked_at: kept.recovery.asked_at,
        until: kept.recovery.stoppable_until(),
        expires_at: kept.recovery.expires_at(),
        reference: kept.reference,
        way: kept.way,
        contact: kept.contact,
    }))
}

/// Which recovery this browser asked for, sealed for its cookie.
pub fn seal(app: &App, browser: &Token, id: RecoveryId) -> Result<Vec<u8>, Fault> {
    app.store.vault().seal(place(&browser.hash()), id.0.as_bytes())
}

/// What was sealed for this browser; nothing when it was changed or sealed for another one.
#[must_use]
pub fn unseal(app: &App, browser: &Token, sealed: &[u8]) -> Option<RecoveryId> {
    let plain = app.store.vault().open(place(&browser.hash()), sealed).ok()?;
    Uuid::from_slice(&plain).ok().map(RecoveryId)
}

fn place(browser: &Tag) -> Place<'_> {
    Place("cookies", "recovery", browser)
}
