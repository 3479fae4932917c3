//! Form tokens (L-05): a form that our own page did not give to this browser counts for nothing.
//!
//! A token is 16 random bytes, the time, and a keyed tag over both and what the page was made for:
//! the browser's cookie, and the session or the sign-in it showed. Nothing is stored. The random
//! part differs on every page, so compression gives nothing away, and it names the very form: sent
//! twice, it is one.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use payung_domain::dice::Dice;
use payung_domain::keyed::{Key, same};
use payung_domain::time::Instant;
use payung_domain::token::Token;

/// An old tab still works for so long.
const LIFE: Duration = Duration::from_hours(12);

const NAME: usize = 16;
const TIME: usize = 8;
const TAG: usize = 16;

/// What a page was made for.
#[derive(Clone, Copy, Debug)]
pub enum Bound<'a> {
    /// Anybody with this browser.
    Browser,
    /// This sign-in between password and code.
    SignIn(&'a Token),
    /// This session.
    Session(&'a Token),
    /// This link to set a new password with: a tab of another one sets nothing (R2).
    Reset(&'a Token),
    /// This activation, or this link to go on with one: a tab of another one does nothing (R2).
    Activation(&'a Token),
    /// This recovery that is being asked for, or this link that finishes one.
    Recovery(&'a Token),
    /// Anybody at the support desk with this browser.
    Desk,
    /// This session at the support desk. None of a member's page is good there, nor the other way.
    Staff(&'a Token),
}

/// A form that our page gave to this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormName(pub [u8; NAME]);

/// The token of a page's forms.
#[must_use]
pub fn token(
    key: &Key,
    dice: &dyn Dice,
    browser: &Token,
    bound: Bound<'_>,
    now: Instant,
) -> String {
    let name = dice.bytes::<NAME>();
    let time = now.micros().to_be_bytes();
    let tag = tag(key, browser, bound, &name, time);
    BASE64URL_NOPAD.encode(&[&name[..], &time, &tag].concat())
}

/// The form's name, if the token is ours, made for this and not too old.
#[must_use]
pub fn check(
    key: &Key,
    browser: &Token,
    bound: Bound<'_>,
    token: &str,
    now: Instant,
) -> Option<FormName> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    if bytes.len() != NAME + TIME + TAG {
        return None;
    }
    let (name, rest) = bytes.split_at(NAME);
    let (time, given) = rest.split_at(TIME);
    let (name, time) = (<[u8; NAME]>::try_from(name).ok()?, <[u8; TIME]>::try_from(time).ok()?);
    let made_at = Instant::from_micros(i64::from_be_bytes(time));
    let is_ours = same(given, &tag(key, browser, bound, &name, time));
    let is_fresh = made_at <= now && now.since(made_at) < LIFE;
    (is_ours && is_fresh).then_some(FormName(name))
}

/// When the page of this token was made. Says nothing of whose token it is: [`check`] does.
#[must_use]
pub fn made_at(token: &str) -> Option<Instant> {
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
    let time = bytes.get(NAME..NAME + TIME)?;
    Some(Instant::from_micros(i64::from_be_bytes(time.try_into().ok()?)))
}

fn tag(key: &Key, browser: &Token, bound: Bound<'_>, name: &[u8], time: [u8; TIME]) -> [u8; TAG] {
    let (kind, of): (&[u8], &str) = match bound {
        Bound::Browser => (b"browser", ""),
        Bound::SignIn(token) => (b"sign-in", token.expose()),
        Bound::Session(token) => (b"session", token.expose()),
        Bound::Reset(token) => (b"reset", token.expose()),
        Bound::Activation(token) => (b"activation", token.expose()),
        Bound::Recovery(token) => (b"recovery", token.expose()),
        Bound::Desk => (b"desk", ""),
        Bound::Staff(token) => (b"staff", token.expose()),
    };
    let whole = key.tag(&[browser.expose().as_bytes(), kind, of.as_bytes(), name, &time]);
    let mut short = [0; TAG];
    short.copy_from_slice(&whole[..TAG]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Dice for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn key() -> Key {
        Key::new([1; 32])
    }

    #[test]
    fn l05_a_token_is_good_for_what_it_was_made_for() {
        let (browser, other) = (Token::of(&[1; 32]), Token::of(&[2; 32]));
        let given = token(&key(), &Fixed, &browser, Bound::Session(&other), NOON);
        let check = |browser, bound, now| check(&key(), browser, bound, &given, now);
        assert_eq!(check(&browser, Bound::Session(&other), NOON), Some(FormName([7; 16])));
        assert_eq!(check(&other, Bound::Session(&other), NOON), None);
        assert_eq!(check(&browser, Bound::Session(&browser), NOON), None);
        assert_eq!(check(&browser, Bound::SignIn(&other), NOON), None);
        assert_eq!(check(&browser, Bound::Browser, NOON), None);
    }

    #[test]
    fn an_old_tab_works_for_half_a_day() {
        let browser = Token::of(&[1; 32]);
        let given = token(&key(), &Fixed, &browser, Bound::Browser, NOON);
        let at = |now| check(&key(), &browser, Bound::Browser, &given, now).is_some();
        assert!(at(NOON.plus(Duration::from_hours(12)).minus(Duration::from_micros(1))));
        assert!(!at(NOON.plus(Duration::from_hours(12))));
        assert!(!at(NOON.minus(Duration::from_micros(1))));
    }

    #[test]
    fn every_changed_letter_is_noticed() {
        let browser = Token::of(&[1; 32]);
        let given = token(&key(), &Fixed, &browser, Bound::Browser, NOON);
        for at in 0..given.len() {
            let mut changed = given.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(check(&key(), &browser, Bound::Browser, &changed, NOON), None, "{at}");
        }
        for nonsense in ["", "AAAA", "☂"] {
            assert_eq!(check(&key(), &browser, Bound::Browser, nonsense, NOON), None);
        }
    }
}
