//! Binding and removing an authenticator app.

use std::fmt::Write as _;
use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::notify::FactorChange;
use payung_domain::passkeys::Name;
use payung_domain::second_factor::{Code, CodeProblem, Hash, Seed, Way, totp_matches};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, accounts, authenticators as register, factors};
use qrcode::{Color, EcLevel, QrCode};

use crate::percent::encoded;
use crate::security::{Removed, told};
use crate::{App, Visit, authenticators, sign_in};

/// An app that is shown but not proved is forgotten after this (C-05).
const PENDING_LIFE: Duration = Duration::from_mins(10);

/// What has to get into the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The key in groups of four letters, to type.
    pub key: String,
    /// The address in the QR code, for the app on this very device.
    pub link: String,
    /// The QR code.
    pub drawing: Drawing,
    /// Until when the first code is waited for.
    pub until: Instant,
}

/// A QR code as lines of an SVG: a path of strokes one unit wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Units from edge to edge, the quiet zone included.
    pub size: usize,
    /// `M4 4.5h7m2 0h1…`
    pub path: String,
}

/// Begins to bind an app. One that was begun before is forgotten.
pub async fn begin(app: &App, visit: &Visit, account: &Account) -> Result<(), Fault> {
    let seed: Seed = app.dice.bytes();
    let until = visit.now.plus(PENDING_LIFE);
    let mut tx = app.store.write().await?;
    let made = (&seed, app.settings.app_hash);
    factors::begin_app(&mut tx, app.store.vault(), account.id, made, visit.now, until).await?;
    tx.commit().await
}

/// What is still to be put into the app, if binding one was begun.
pub async fn pending(
    app: &App,
    visit: &Visit,
    account: &Account,
    owner: &str,
) -> Result<Option<Pending>, Fault> {
    let mut tx = app.store.read().await?;
    let found = factors::pending_app(&mut tx, app.store.vault(), account.id, visit.now).await?;
    let Some(found) = found else { return Ok(None) };
    let key = BASE32_NOPAD.encode(&found.seed);
    let link = address(&app.settings.service_name, owner, &key, found.hash);
    Ok(Some(Pending { drawing: draw(&link)?, key: in_groups(&key), link, until: found.until }))
}

/// What came of the first code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// The app is bound.
    Done,
    /// What was typed is no code.
    Unreadable(CodeProblem),
    /// It is not the code of this app at this time.
    Wrong,
    /// Nothing was begun, or too long ago.
    Gone,
}

/// Binds the app, once it shows a right code (C-05).
pub async fn complete(
    app: &App,
    visit: &Visit,
    account: &Account,
    typed: &str,
    name: &Name,
) -> Result<Completed, Fault> {
    let code = match Code::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Completed::Unreadable(problem)),
    };
    let (now, vault) = (visit.now, app.store.vault());
    let mut tx = app.store.write().await?;
    let found = factors::pending_app(&mut tx, vault, account.id, now).await?;
    let Some(pending) = found else { return ended(app, &mut tx, visit, account).await };
    let (made, window) = ((&pending.seed, pending.hash), app.settings.app_window);
    let Some(step) = totp_matches(made, &code, 0, window, now) else {
        return Ok(Completed::Wrong);
    };
    if !factors::end_app(&mut tx, account.id, now).await? {
        return ended(app, &mut tx, visit, account).await;
    }
    accounts::add_app_with(&mut tx, vault, account.id, made, now).await?;
    accounts::name_app(&mut tx, vault, account.id, name).await?;
    // C-03: the code that bound the app opens nothing after that.
    accounts::accept_app_step(&mut tx, account.id, step).await?;
    authenticators::bound(app, &mut tx, visit, account.id, Kind::App, name.as_str()).await?;
    told(app, &mut tx, visit, account, Event::FactorAdded, FactorChange::AppAdded).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Completed::Done)
}

/// There is nothing to complete. Of a form that was sent twice, one has completed it a moment ago:
/// whoever lost that answer is told the same.
async fn ended(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
) -> Result<Completed, Fault> {
    let bound = accounts::app_label(tx, app.store.vault(), account.id).await?;
    let is_new = bound.is_some_and(|app| visit.now.since(app.since) < PENDING_LIFE);
    Ok(if is_new { Completed::Done } else { Completed::Gone })
}

/// Takes the app away, unless it is the last way in.
pub async fn remove(app: &App, visit: &Visit, account: &Account) -> Result<Removed, Fault> {
    let mut tx = app.store.write().await?;
    if !sign_in::may_lose(app, &mut tx, account.id, Way::Totp, visit.now).await? {
        return Ok(Removed::Last);
    }
    if !accounts::remove_app(&mut tx, account.id).await? {
        return Ok(Removed::Gone);
    }
    register::remove_kind(&mut tx, account.id, Kind::App, visit.now).await?;
    let (kind, change) = (Kind::App, "delete");
    authenticators::tell_applications(app, &mut tx, account.id, kind, change, visit.now).await?;
    told(app, &mut tx, visit, account, Event::FactorRemoved, FactorChange::AppRemoved).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Removed::Done)
}

/// The address that authenticator apps read.
fn address(service: &str, owner: &str, key: &str, hash: Hash) -> String {
    let (service, owner, hash) = (encoded(service), encoded(owner), hash.name());
    format!(
        "otpauth://totp/{service}:{owner}?secret={key}&issuer={service}&algorithm={hash}&digits=6&period=30"
    )
}

fn in_groups(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// Draws an address as strokes from module to module: a third of what squares would weigh.
pub(crate) fn draw(link: &str) -> Result<Drawing, Fault> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(link, EcLevel::L)
        .map_err(Fault::while_doing("drawing a QR code"))?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (row, modules) in colors.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let length = modules[column..].iter().take_while(|c| **c == Color::Dark).count();
            if length > 0 {
                let (x, y) = (column + QUIET, row + QUIET);
                let _ = write!(path, "M{x} {y}.5h{length}");
            }
            column += length.max(1);
        }
    }
    Ok(Drawing { size: width + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_what_authenticator_apps_read() {
        let link = address("Dana Kita", "Siti & Budi", "ABCD", Hash::Sha1);
        assert_eq!(
            link,
            "otpauth://totp/Dana%20Kita:Siti%20%26%20Budi?secret=ABCD&issuer=Dana%20Kita\
             &algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }

    #[test]
    fn a_qr_code_has_its_three_corners_and_weighs_little() {
        let key = BASE32_NOPAD.encode(&[7; 20]);
        let drawing =
            draw(&address("Payung", "Siti Rahayu Kusumawardhani", &key, Hash::Sha256)).unwrap();
        assert!(drawing.path.starts_with("M4 4.5h7"), "{}", &drawing.path[..20]);
        assert!(drawing.path.len() < 6 * 1024, "{} bytes", drawing.path.len());
    }
}
