//! Making recovery codes. They are shown once; what is kept is a slow hash of each.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::notify::FactorChange;
use payung_domain::recovery_codes::RecoveryCode;
use payung_domain::secret::Secret;
use payung_storage::{Fault, factors};

use crate::security::told;
use crate::{App, Visit, authenticators};

/// What came of asking for a new set.
#[derive(Debug)]
pub enum Made {
    /// The codes in groups of four, this once.
    Set(Vec<Secret>),
    /// No room for so much hashing right now.
    Busy,
}

/// Makes a new set, which kills the old one (G-08).
///
/// Ten hashes take 150 ms of one core. They stand in the queue one at a time, so that nobody who
/// signs in meanwhile waits for more than one of them.
pub async fn make(app: &App, visit: &Visit, account: &Account) -> Result<Made, Fault> {
    let codes = RecoveryCode::new_set(&*app.dice, &app.keys.codes, account.id);
    let mut set = Vec::with_capacity(codes.len());
    for code in &codes {
        let Ok(turn) = app.hasher.place() else { return Ok(Made::Busy) };
        let hash = turn.make(code.secret().clone()).await?;
        set.push((code.place(&app.keys.codes, account.id), hash));
    }
    let mut tx = app.store.write().await?;
    factors::replace_codes(&mut tx, account.id, &set, visit.now).await?;
    authenticators::bound(app, &mut tx, visit, account.id, Kind::RecoveryCodes, "").await?;
    told(app, &mut tx, visit, account, Event::RecoveryCodesMade, FactorChange::CodesMade).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Made::Set(codes.iter().map(RecoveryCode::in_groups).collect()))
}
