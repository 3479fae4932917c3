//! Signing statements, and telling whether one is ours with nothing but the list of our keys.

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm as Jose, Header};
use payung_domain::oidc::clients::Algorithm;
use payung_domain::statements::Document;
use payung_domain::time::Instant;
use payung_storage::statements::{self, Key, PublicKey};
use payung_storage::{Fault, Tx};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::App;
use crate::oidc::jose;
use crate::oidc::signing_keys::{Fresh, encoding, fresh};

/// The type that stands in the head of a signed statement: it is good for nothing else (O5).
pub const KIND: &str = "payung-statement+jwt";

/// What a published key says when it is not to be trusted, and since when: the form is that of keys
/// which a federation shows after their time (`OpenID` Federation 1.0, historical keys).
const REVOKED: &str = "revoked";

/// The list of our keys, as it is published.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Value")]
pub struct Keys {
    public: JwkSet,
    distrusted: Vec<(String, Instant)>,
}

impl TryFrom<Value> for Keys {
    type Error = serde_json::Error;

    fn try_from(list: Value) -> Result<Self, Self::Error> {
        let marked = |key: &Value| {
            let revoked = key.get(REVOKED).filter(|revoked| !revoked.is_null())?;
            let id = key["kid"].as_str()?.to_owned();
            // Whatever else may be wrong with the mark, it is one.
            let seconds = revoked["revoked_at"].as_i64().unwrap_or(0);
            Some((id, Instant::from_micros(seconds.saturating_mul(1_000_000))))
        };
        let keys = list["keys"].as_array().into_iter().flatten();
        let distrusted = keys.filter_map(marked).collect();
        Ok(Self { public: serde_json::from_value(list)?, distrusted })
    }
}

impl Keys {
    fn find(&self, id: &str) -> Option<&Jwk> {
        self.public.find(id)
    }

    /// Since when a key is not to be trusted. The list says so of every key that it is so of.
    fn distrusted_from(&self, id: &str) -> Option<Instant> {
        self.distrusted.iter().find(|(known, _)| known == id).map(|(_, from)| *from)
    }

    /// Whether every key is trusted, as is usual.
    pub(super) const fn are_trusted(&self) -> bool {
        self.distrusted.is_empty()
    }

    /// Since when the key is not to be trusted that a kept statement names.
    pub(super) fn distrusted_since(&self, signed: &str) -> Option<Instant> {
        self.distrusted_from(&jose::document_header(signed)?.kid?)
    }
}

/// What a list of keys says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One of these keys signed it, as it is.
    Genuine(Box<Document>),
    /// One of these keys signed it, and somebody else may have had that key from this moment on. The
    /// day in the file says nothing then: whoever had the key could write any.
    Distrusted(Box<Document>, Instant),
    /// It names a key that is not in the list.
    UnknownKey(String),
    /// It is no signed statement, or something in it was changed.
    Changed,
}

/// Looks at a signed statement. Needs no network, no database and no clock.
#[must_use]
pub fn verdict(list: &Keys, file: &str) -> Verdict {
    let file = file.trim();
    let Some(id) = jose::document_header(file).and_then(|header| header.kid) else {
        return Verdict::Changed;
    };
    let Some(key) = list.find(&id) else { return Verdict::UnknownKey(id) };
    let opened: Option<Document> = jose::opened_document(file, KIND, key);
    let whole = opened.filter(|document| document.statement.adds_up()).map(Box::new);
    match (whole, list.distrusted_from(&id)) {
        (Some(document), None) => Verdict::Genuine(document),
        (Some(document), Some(from)) => Verdict::Distrusted(document, from),
        (None, _) => Verdict::Changed,
    }
}

/// The public half of every key that ever signed a statement (RFC 7517), and which of them are not to
/// be trusted any more. Whoever keeps this list checks statements without us.
pub async fn list(app: &App) -> Result<Value, Fault> {
    let mut tx = app.store.read().await?;
    let public = statements::public_keys(&mut tx).await?;
    let keys: Vec<Value> = public.iter().filter_map(published).collect();
    Ok(json!({ "keys": keys }))
}

/// The same, to look at statements with.
pub(super) async fn keys(app: &App) -> Result<Keys, Fault> {
    Keys::try_from(list(app).await?).map_err(Fault::while_doing("reading the keys of statements"))
}

fn published(public: &PublicKey) -> Option<Value> {
    let mut key: Value = serde_json::from_str(&public.key).ok()?;
    if let Some(from) = public.distrusted_from {
        let seconds = from.micros().div_euclid(1_000_000);
        let mark = json!({ "revoked_at": seconds, "reason": "compromised" });
        key.as_object_mut()?.insert(REVOKED.to_owned(), mark);
    }
    Some(key)
}

/// Makes the first key, where there is none.
pub async fn make_missing(app: &App, now: Instant) -> Result<(), Fault> {
    key(app, now).await.map(drop)
}

/// Makes the next key, which signs from here on. What the earlier ones signed stays good.
pub async fn rotate(app: &App, now: Instant) -> Result<String, Fault> {
    make(app, now).await.map(|key| key.id)
}

/// Takes the trust from a key that somebody else may have had: it signs nothing more, and the list
/// says so from here on. `false` where there is no such key.
pub async fn distrust(app: &App, id: &str, from: Instant) -> Result<bool, Fault> {
    let mut tx = app.store.write().await?;
    let is_there = statements::distrust_key(&mut tx, id, from).await?;
    tx.commit().await?;
    Ok(is_there)
}

/// The key that signs; made where there is none that is trusted.
pub(super) async fn key(app: &App, now: Instant) -> Result<Key, Fault> {
    let mut tx = app.store.read().await?;
    let known = statements::newest_key(&mut tx, app.store.vault()).await?;
    drop(tx);
    match known {
        Some(key) => Ok(key),
        None => make(app, now).await,
    }
}

async fn make(app: &App, now: Instant) -> Result<Key, Fault> {
    let Fresh { id, public, private } = fresh(Algorithm::EdDsa).await?;
    let key = Key { id, public, private, made_at: now };
    let mut tx: Tx = app.store.write().await?;
    statements::add_key(&mut tx, app.store.vault(), &key).await?;
    tx.commit().await?;
    Ok(key)
}

/// Signs a statement: one line that holds all of it (RFC 7515).
pub(super) fn signed(key: &Key, document: &Document) -> Result<String, Fault> {
    let mut header = Header::new(Jose::EdDSA);
    header.typ = Some(KIND.to_owned());
    header.kid = Some(key.id.clone());
    jsonwebtoken::encode(&header, document, &encoding(Algorithm::EdDsa, &key.private)?)
        .map_err(Fault::while_doing("signing a statement"))
}

/// What we signed ourselves and kept, and since when its key is not trusted, if it is not: the row is
/// ours all the same. Anything else in its place is a damaged row.
pub(super) async fn read(app: &App, signed: &str) -> Result<(Document, Option<Instant>), Fault> {
    let damaged = || Fault::new("reading a statement", "the kept statement is not as we signed it");
    match verdict(&keys(app).await?, signed) {
        Verdict::Genuine(document) => Ok((*document, None)),
        Verdict::Distrusted(document, from) => Ok((*document, Some(from))),
        Verdict::UnknownKey(_) | Verdict::Changed => Err(damaged()),
    }
}

#[cfg(test)]
mod tests {
    use payung_domain::money::Rupiah;
    use payung_domain::month::Month;
    use payung_domain::statements::{Number, Period, Statement};

    use super::*;

    fn document(closing: i64) -> Document {
        let month = Month::new(2025, 1).unwrap();
        let closing = Rupiah::new(closing);
        let number = Number {
            kpj: "00012345678".to_owned(),
            employer: None,
            opening: closing,
            lines: vec![],
            closing,
        };
        Document {
            issuer: "https://masuk.payung.example".to_owned(),
            issued: 1_786_968_000,
            code: "PYS-0000-0000-0000-0000".to_owned(),
            statement: Statement {
                name: "Siti".to_owned(),
                period: Period { first: month, last: month },
                numbers: vec![number],
            },
        }
    }

    fn keys_of(public: &[PublicKey]) -> Keys {
        let keys: Vec<Value> = public.iter().filter_map(published).collect();
        Keys::try_from(json!({ "keys": keys })).unwrap()
    }

    async fn made() -> (Key, Keys) {
        let Fresh { id, public, private } = fresh(Algorithm::EdDsa).await.unwrap();
        let list = keys_of(&[PublicKey { key: public.clone(), distrusted_from: None }]);
        (Key { id, public, private, made_at: Instant::from_micros(0) }, list)
    }

    #[tokio::test]
    async fn what_is_signed_is_genuine_and_every_changed_letter_is_noticed() {
        let (key, list) = made().await;
        let file = signed(&key, &document(87_412_350)).unwrap();
        let genuine = Verdict::Genuine(Box::new(document(87_412_350)));
        assert_eq!(verdict(&list, &format!("{file}\n")), genuine);
        for at in 0..file.len() {
            let mut letters = file.clone().into_bytes();
            letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(letters).unwrap();
            assert_ne!(verdict(&list, &changed), genuine, "letter {at}");
            assert_ne!(verdict(&list, &file[..at]), genuine, "cut at {at}");
        }
    }

    #[tokio::test]
    async fn a_key_of_another_list_says_nothing() {
        let ((key, _), (_, other)) = (made().await, made().await);
        let file = signed(&key, &document(5)).unwrap();
        assert_eq!(verdict(&other, &file), Verdict::UnknownKey(key.id.clone()));
        assert_eq!(verdict(&keys_of(&[]), "not at all"), Verdict::Changed);
    }

    #[tokio::test]
    async fn a_key_that_somebody_else_had_proves_nothing_whatever_day_is_in_the_file() {
        let (key, _) = made().await;
        let file = signed(&key, &document(5)).unwrap();
        for micros in [0, 1_900_000_000_000_000] {
            let from = Instant::from_micros(micros);
            let public = PublicKey { key: key.public.clone(), distrusted_from: Some(from) };
            let list = keys_of(&[public]);
            let distrusted = Verdict::Distrusted(Box::new(document(5)), from);
            assert_eq!(verdict(&list, &file), distrusted);
            assert_eq!(verdict(&list, &file[..file.len() - 4]), Verdict::Changed);
        }
    }

    #[tokio::test]
    async fn a_mark_that_is_not_understood_is_a_mark() {
        let (key, _) = made().await;
        let file = signed(&key, &document(5)).unwrap();
        for mark in [json!(true), json!({}), json!({ "revoked_at": "yesterday" })] {
            let mut public: Value = serde_json::from_str(&key.public).unwrap();
            public[REVOKED] = mark;
            let list = Keys::try_from(json!({ "keys": [public] })).unwrap();
            assert!(matches!(verdict(&list, &file), Verdict::Distrusted(..)));
        }
    }

    #[tokio::test]
    async fn what_does_not_add_up_is_not_taken_even_if_signed() {
        let (key, list) = made().await;
        let mut wrong = document(5);
        wrong.statement.numbers[0].closing = Rupiah::new(6);
        assert_eq!(verdict(&list, &signed(&key, &wrong).unwrap()), Verdict::Changed);
    }
}
