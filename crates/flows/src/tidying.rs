//! Dropping what no rule asks for any more (N-07). What the law wants kept is not touched here.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activation;
use payung_domain::activity::KEPT;
use payung_domain::claims::DRAFT_LIFE;
use payung_domain::oidc::grants::REFRESH_LIFE;
use payung_domain::suspicion::WINDOW;
use payung_domain::time::Instant;
use payung_storage::{
    Fault, Tx, activations, activity, claims, contact_changes, contact_codes, contacts, factors,
    kept_forms, not_me, oidc, outbox, passkeys, password_resets, recoveries, recovery_drafts,
    remembered, sessions, sign_ins, staff, throttles,
};

use crate::App;
use crate::contact_changes::ends;
use crate::oidc::signing_keys;

/// How often it is looked whether a change took effect that somebody has to hear of.
const EVERY: Duration = Duration::from_mins(1);

/// After so many looks there is a tidying.
const LOOKS: u32 = 60;

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const WEEK: Duration = Duration::from_hours(24 * 7);
const MONTH: Duration = Duration::from_hours(24 * 30);

/// Drops what is over.
pub async fn tidy(app: &App) -> Result<u64, Fault> {
    let now = app.clock.now();
    let mut dropped = 0;
    for chore in Chore::ALL {
        let mut tx = app.store.write().await?;
        dropped += chore.done(&mut tx, now).await?;
        tx.commit().await?;
    }
    signing_keys::rotate_old(app, now).await?;
    Ok(dropped)
}

/// What is dropped together, in a transaction of its own: the writer is never held for long.
#[derive(Clone, Copy)]
enum Chore {
    Requests,
    SignIns,
    Sessions,
    Messages,
    Activity,
    NotMeLinks,
    ResetLinks,
    Contacts,
    Recoveries,
    Misses,
    Factors,
    Applications,
    Desk,
    Claims,
}

impl Chore {
    const ALL: [Self; 14] = [
        Self::Requests,
        Self::SignIns,
        Self::Sessions,
        Self::Messages,
        Self::Activity,
        Self::NotMeLinks,
        Self::ResetLinks,
        Self::Contacts,
        Self::Recoveries,
        Self::Misses,
        Self::Factors,
        Self::Applications,
        Self::Desk,
        Self::Claims,
    ];

    /// How many rows went.
    async fn done(self, tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
        match self {
            Self::Requests => throttles::forget_requests_before(tx, now.minus(HOUR)).await,
            Self::SignIns => sign_ins_and_codes(tx, now.minus(DAY)).await,
            Self::Sessions => sessions::forget_before(tx, now.minus(DAY)).await,
            // What was sent stays to be looked up, emptied of its content.
            Self::Messages => outbox::forget_before(tx, now.minus(KEPT)).await,
            Self::Activity => activity::forget_before(tx, now.minus(KEPT)).await,
            // A month longer than links work: "used at …" is a better answer than "not ours".
            Self::NotMeLinks => not_me::forget_before(tx, now.minus(MONTH)).await,
            // A week longer than links work: "used at …" is a better answer than "run out".
            Self::ResetLinks => password_resets::forget_before(tx, now.minus(WEEK)).await,
            Self::Contacts => activations_and_contacts(tx, now).await,
            Self::Recoveries => lost_things(tx, now).await,
            Self::Misses => throttles::forget_misses_before(tx, now.minus(WINDOW)).await,
            Self::Factors => ceremonies_and_forms(tx, now).await,
            Self::Applications => applications(tx, now).await,
            Self::Desk => desk(tx, now).await,
            Self::Claims => claims::forget_drafts_before(tx, now.minus(DRAFT_LIFE)).await,
        }
    }
}

async fn sign_ins_and_codes(tx: &mut Tx, day_ago: Instant) -> Result<u64, Fault> {
    let mut dropped = sign_ins::forget_before(tx, day_ago).await?;
    dropped += contact_codes::forget_before(tx, day_ago).await?;
    Ok(dropped)
}

async fn activations_and_contacts(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    let mut dropped = activations::forget_before(tx, now).await?;
    dropped += activations::forget_tries_before(tx, now.minus(activation::WINDOW)).await?;
    // A month, so that a link says what became of its change.
    dropped += contact_changes::forget_before(tx, now.minus(MONTH)).await?;
    dropped += contacts::forget_gone(tx, now).await?;
    Ok(dropped)
}

async fn lost_things(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    let mut dropped = recovery_drafts::forget_before(tx, now).await?;
    // As long as the activity that tells of them.
    dropped += recoveries::forget_before(tx, now.minus(KEPT)).await?;
    Ok(dropped)
}

async fn ceremonies_and_forms(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    let mut dropped = passkeys::forget_before(tx, now).await?;
    dropped += factors::forget_before(tx, now).await?;
    dropped += remembered::forget_before(tx, now).await?;
    dropped += kept_forms::forget_before(tx, now).await?;
    Ok(dropped)
}

async fn applications(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    let day_ago = now.minus(DAY);
    let mut dropped = oidc::requests::forget_before(tx, day_ago).await?;
    dropped += oidc::devices::forget_before(tx, day_ago).await?;
    dropped += oidc::used_ids::forget_before(tx, now).await?;
    dropped += oidc::deliveries::forget_before(tx, now.minus(KEPT)).await?;
    dropped += oidc::invites::forget_before(tx, now).await?;
    // A day longer than anything that came of them could work.
    dropped += oidc::grants::forget_before(tx, day_ago.minus(REFRESH_LIFE)).await?;
    Ok(dropped)
}

async fn desk(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    let day_ago = now.minus(DAY);
    let mut dropped = staff::sessions::forget_before(tx, day_ago).await?;
    dropped += staff::looks::forget_before(tx, day_ago).await?;
    dropped += staff::checks::forget_before(tx, now.minus(KEPT)).await?;
    dropped += staff::acts::forget_links_before(tx, day_ago).await?;
    dropped += staff::looks::forget_views_before(tx, now.minus(KEPT)).await?;
    dropped += staff::cases::forget_drafts(tx, now).await?;
    Ok(dropped)
}

/// Tells of what took effect, and tidies now and then, until the returned future is dropped.
pub async fn keep_tidy(app: Arc<App>) {
    let mut looks = 0;
    loop {
        let mut outcome = ends::tell(&app).await.map(drop);
        if looks == 0 {
            outcome = outcome.and(tidy(&app).await.map(drop));
        }
        if let Err(fault) = outcome {
            tracing::error!(cause = ?std::error::Error::source(&fault), "tidying broke {fault}");
        }
        looks = (looks + 1) % LOOKS;
        tokio::time::sleep(EVERY).await;
    }
}
