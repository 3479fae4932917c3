//! Saving the recovery codes (M15): shown once, and the end of one of them typed in again.
//!
//! Only the browser that opened the account comes here, in one go. Whoever comes back later signs in
//! first: whoever reads the owner's mail must not get codes that stand in for the second step (R4).

use payung_domain::activation::Stage;
use payung_domain::recovery_codes::{RecoveryCode, Unreadable};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::{Fault, Place, accounts, activations, factors};
use serde::{Deserialize, Serialize};

use super::{Found, alone};
use crate::recovery_codes::{self, Made};
use crate::{App, Visit};

/// What came of asking for codes.
#[derive(Debug)]
pub enum Shown {
    /// The codes, this once.
    Set {
        /// In groups of four.
        codes: Vec<Secret>,
        /// What the page sends back beside what is typed: the ends of these codes, sealed.
        sealed: String,
    },
    /// No room for so much hashing right now.
    Busy,
}

/// Makes the codes. Asked once more, it makes others, and the first ones are dead.
pub async fn make(app: &App, visit: &Visit, token: &Token) -> Result<Found<Shown>, Fault> {
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    let account = match current.activation.account {
        Some(id) if current.is_at(Stage::Codes) => accounts::get(&mut tx, id).await?,
        _ => return Ok(Found::Elsewhere(current.progress.stage())),
    };
    let Some(account) = account else { return Ok(Found::Gone) };
    activations::touch(&mut tx, &current.activation, visit.now).await?;
    tx.commit().await?;
    match recovery_codes::make(app, visit, &account).await? {
        Made::Busy => Ok(Found::Open(Shown::Busy)),
        Made::Set(codes) => {
            let sealed = seal(app, token, &codes, visit.now)?;
            Ok(Found::Open(Shown::Set { codes, sealed }))
        }
    }
}

/// What came of typing the end of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The codes are saved, and the activation is over.
    Done,
    /// `rec.confirm`: nothing was typed, or no code of these ends so.
    Wrong,
    /// The page shows codes that are not the newest, or was not made here.
    Old,
}

/// Checks that the codes were saved. No secret is compared: whoever gets here has just seen them.
pub async fn confirm(
    app: &App,
    visit: &Visit,
    token: &Token,
    sealed: &str,
    typed: &str,
) -> Result<Found<Answer>, Fault> {
    let mut tx = app.store.write().await?;
    let Some(current) = alone(app, &mut tx, visit, token).await? else { return Ok(Found::Gone) };
    let account = match current.activation.account {
        Some(account) if current.is_at(Stage::Codes) => account,
        _ => return Ok(Found::Elsewhere(current.progress.stage())),
    };
    let newest = factors::codes_left(&mut tx, account).await?.map(|codes| codes.made_at);
    let Some(ends) = unseal(app, token, sealed).filter(|ends| Some(ends.made_at) == newest) else {
        return Ok(Found::Open(Answer::Old));
    };
    let typed: Result<Secret, Unreadable> = RecoveryCode::parse_ending(typed);
    if !typed.is_ok_and(|typed| ends.of_codes.iter().any(|end| end == typed.expose())) {
        activations::touch(&mut tx, &current.activation, visit.now).await?;
        tx.commit().await?;
        return Ok(Found::Open(Answer::Wrong));
    }
    let is_first = activations::finish(&mut tx, &current.activation, visit.now).await?;
    tx.commit().await?;
    Ok(if is_first { Found::Open(Answer::Done) } else { Found::Gone })
}

/// The ends of a set of codes.
#[derive(Serialize, Deserialize)]
struct Ends {
    of_codes: Vec<String>,
    made_at: Instant,
}

/// The page carries them sealed, so that nothing is kept of a code but its slow hash (G-08).
fn seal(app: &App, token: &Token, codes: &[Secret], made_at: Instant) -> Result<String, Fault> {
    let ends = codes.iter().filter_map(|code| RecoveryCode::parse(code.expose()).ok());
    let of_codes = ends.map(|code| code.ending().expose().to_owned()).collect();
    let plain = serde_json::to_vec(&Ends { of_codes, made_at })
        .map_err(Fault::while_doing("writing the ends of recovery codes"))?;
    let sealed = app.store.vault().seal(place(&token.hash()), &plain)?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&sealed))
}

fn unseal(app: &App, token: &Token, sealed: &str) -> Option<Ends> {
    let sealed = data_encoding::BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let plain = app.store.vault().open(place(&token.hash()), &sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

fn place(token: &payung_domain::keyed::Tag) -> Place<'_> {
    Place("activations", "ends", token)
}
