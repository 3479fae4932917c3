//! Memberships on their way to an account, and tries to find one. Whose turn it is, is
//! `domain::activation`'s business.

use payung_domain::contact::{Email, Phone};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::keyed::Tag;
use payung_domain::language::Language;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// An activation as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// Its row.
    pub id: Uuid,
    /// Whose membership it is.
    pub person: PersonId,
    /// The language of its messages.
    pub language: Language,
    /// When its browser took the last step.
    pub seen_at: Instant,
    /// It is dropped then.
    pub expires_at: Instant,
    /// The address that was given.
    pub email: Option<Given<Email>>,
    /// The number that was given.
    pub phone: Option<Given<Phone>>,
    /// The account it opened.
    pub account: Option<AccountId>,
    /// When the recovery codes were saved.
    pub codes_saved_at: Option<Instant>,
}

/// A contact that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    /// The contact.
    pub value: T,
    /// When its code came back.
    pub confirmed_at: Option<Instant>,
}

#[derive(sqlx::FromRow)]
struct ActivationRow {
    person_id: Uuid,
    id: Uuid,
    language: String,
    seen_at: i64,
    expires_at: i64,
    sealed_email: Option<Vec<u8>>,
    email_confirmed_at: Option<i64>,
    sealed_phone: Option<Vec<u8>>,
    phone_confirmed_at: Option<i64>,
    account_id: Option<Uuid>,
    codes_saved_at: Option<i64>,
}

impl ActivationRow {
    fn activation(self, vault: &Vault) -> Result<Activation, Fault> {
        let nonsense = |column| {
            Fault::new("reading an activation", format!("activations.{column} of {}", self.id))
        };
        let text = |column, sealed: Option<&Vec<u8>>| {
            sealed.map(|sealed| vault.open_text(place(column, &self.id), sealed)).transpose()
        };
        let email = text("email", self.sealed_email.as_ref())?
            .map(|text| Email::parse(&text).map_err(|_| nonsense("sealed_email")))
            .transpose()?;
        let phone = text("phone", self.sealed_phone.as_ref())?
            .map(|text| Phone::parse(&text).map_err(|_| nonsense("sealed_phone")))
            .transpose()?;
        let moment = |at: Option<i64>| at.map(Instant::from_micros);
        Ok(Activation {
            language: Language::tagged(&self.language).ok_or_else(|| nonsense("language"))?,
            id: self.id,
            person: PersonId(self.person_id),
            seen_at: Instant::from_micros(self.seen_at),
            expires_at: Instant::from_micros(self.expires_at),
            email: email
                .map(|value| Given { value, confirmed_at: moment(self.email_confirmed_at) }),
            phone: phone
                .map(|value| Given { value, confirmed_at: moment(self.phone_confirmed_at) }),
            account: self.account_id.map(AccountId),
            codes_saved_at: moment(self.codes_saved_at),
        })
    }
}

/// Keeps a new activation, for the browser of this name that holds this token.
pub async fn begin(
    tx: &mut Tx,
    activation: &Activation,
    token: &Tag,
    browser: &Tag,
) -> Result<(), Fault> {
    tx.run(
        "keeping an activation",
        "insert into activations (person_id, id, token_hash, browser_hash, language, begun_at, \
         seen_at, expires_at) values ($1, $2, $3, $4, $5, $6, $6, $7)",
        values![
            activation.person,
            activation.id,
            token,
            browser,
            activation.language.tag(),
            activation.seen_at,
            activation.expires_at
        ],
    )
    .await
    .map(drop)
}

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select person_id, id, language, seen_at, expires_at, sealed_email, \
             email_confirmed_at, sealed_phone, phone_confirmed_at, account_id, codes_saved_at \
             from activations where ",
            $which
        )
    };
}

/// The activation of a browser's token.
pub async fn get(tx: &mut Tx, vault: &Vault, token: &Tag) -> Result<Option<Activation>, Fault> {
    let sql = read!("token_hash = $1");
    let row: Option<ActivationRow> = tx.one("reading an activation", sql, values![token]).await?;
    row.map(|row| row.activation(vault)).transpose()
}

/// The activation of a browser's token, its row locked: the next step waits for this one.
pub async fn locked(tx: &mut Tx, vault: &Vault, token: &Tag) -> Result<Option<Activation>, Fault> {
    let sql = read!("token_hash = $1");
    let row: Option<ActivationRow> =
        tx.one_locked("reading an activation", sql, values![token]).await?;
    row.map(|row| row.activation(vault)).transpose()
}

/// The newest activation of a person that a browser began and that has opened nothing.
pub async fn begun_in(
    tx: &mut Tx,
    vault: &Vault,
    person: PersonId,
    browser: &Tag,
    now: Instant,
) -> Result<Option<Activation>, Fault> {
    let sql = read!(
        "person_id = $1 and browser_hash = $2 and expires_at > $3 and account_id is null \
         order by seen_at desc, id limit 1"
    );
    let row: Option<ActivationRow> = tx
        .one("looking for an activation to go on with", sql, values![person, browser, now])
        .await?;
    row.map(|row| row.activation(vault)).transpose()
}

/// Lets a browser go on under a new token; the one before is dead. `false` once it has opened an
/// account: its browser alone saves the codes of that.
pub async fn pass_on(
    tx: &mut Tx,
    activation: &Activation,
    token: &Tag,
    now: Instant,
) -> Result<bool, Fault> {
    let passed = tx
        .run(
            "going on with an activation",
            "update activations set token_hash = $1, seen_at = $2 \
             where person_id = $3 and id = $4 and account_id is null",
            values![token, now, activation.person, activation.id],
        )
        .await?;
    Ok(passed == 1)
}

/// Notes that the browser took a step.
pub async fn touch(tx: &mut Tx, activation: &Activation, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting a step of an activation",
        "update activations set seen_at = $1 where person_id = $2 and id = $3",
        values![now, activation.person, activation.id],
    )
    .await
    .map(drop)
}

macro_rules! keep {
    ($contact:literal) => {
        concat!(
            "update activations set sealed_",
            $contact,
            " = $1, ",
            $contact,
            "_confirmed_at = null where person_id = $2 and id = $3 and account_id is null"
        )
    };
}

/// Keeps another address, or none: it is not confirmed, whatever the one before was (R9).
pub async fn set_email(
    tx: &mut Tx,
    vault: &Vault,
    activation: &Activation,
    email: Option<&Email>,
) -> Result<(), Fault> {
    let how = ("keeping the address of an activation", keep!("email"));
    keep(tx, vault, activation, ("email", email.map(Email::expose)), how).await
}

/// Keeps another number, or none: it is not confirmed, whatever the one before was (R9).
pub async fn set_phone(
    tx: &mut Tx,
    vault: &Vault,
    activation: &Activation,
    phone: Option<&Phone>,
) -> Result<(), Fault> {
    let how = ("keeping the number of an activation", keep!("phone"));
    keep(tx, vault, activation, ("phone", phone.map(Phone::expose)), how).await
}

async fn keep(
    tx: &mut Tx,
    vault: &Vault,
    activation: &Activation,
    (column, contact): (&'static str, Option<&str>),
    (doing, sql): (&'static str, &'static str),
) -> Result<(), Fault> {
    let sealed = contact
        .map(|contact| vault.seal(place(column, &activation.id), contact.as_bytes()))
        .transpose()?;
    tx.run(doing, sql, values![sealed, activation.person, activation.id]).await.map(drop)
}

/// Notes that the code of the address came back.
pub async fn confirm_email(
    tx: &mut Tx,
    activation: &Activation,
    now: Instant,
) -> Result<bool, Fault> {
    let confirmed = tx
        .run(
            "confirming the address of an activation",
            "update activations set email_confirmed_at = $1 where person_id = $2 and id = $3 \
             and sealed_email is not null and email_confirmed_at is null",
            values![now, activation.person, activation.id],
        )
        .await?;
    Ok(confirmed == 1)
}

/// Notes that the code of the number came back.
pub async fn confirm_phone(
    tx: &mut Tx,
    activation: &Activation,
    now: Instant,
) -> Result<bool, Fault> {
    let confirmed = tx
        .run(
            "confirming the number of an activation",
            "update activations set phone_confirmed_at = $1 where person_id = $2 and id = $3 \
             and sealed_phone is not null and phone_confirmed_at is null",
            values![now, activation.person, activation.id],
        )
        .await?;
    Ok(confirmed == 1)
}

/// Keeps the hash of the link that was sent; one before it no longer works.
pub async fn set_link(tx: &mut Tx, activation: &Activation, link: &Tag) -> Result<(), Fault> {
    tx.run(
        "keeping the link of an activation",
        "update activations set link_hash = $1, link_used_at = null \
         where person_id = $2 and id = $3",
        values![link, activation.person, activation.id],
    )
    .await
    .map(drop)
}

/// What the link of an activation is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// When it was used.
    pub used_at: Option<Instant>,
    /// Whether the account is opened, so that signing in is what comes next.
    pub is_open: bool,
    /// It works until then.
    pub expires_at: Instant,
}

/// The link whose token has this hash.
pub async fn link(tx: &mut Tx, link: &Tag) -> Result<Option<Link>, Fault> {
    let row: Option<(Option<i64>, Option<i64>, i64)> = tx
        .one(
            "reading the link of an activation",
            "select link_used_at, opened_at, expires_at from activations where link_hash = $1",
            values![link],
        )
        .await?;
    Ok(row.map(|(used_at, opened_at, expires_at)| Link {
        used_at: used_at.map(Instant::from_micros),
        is_open: opened_at.is_some(),
        expires_at: Instant::from_micros(expires_at),
    }))
}

/// Uses a link up: the browser of this name goes on under this token, and no other. Of any number at
/// the same time, one gets `true` (R6, L7).
pub async fn use_link(
    tx: &mut Tx,
    link: &Tag,
    token: &Tag,
    browser: &Tag,
    now: Instant,
) -> Result<bool, Fault> {
    let used = tx
        .run(
            "using the link of an activation",
            "update activations set link_used_at = $1, token_hash = $2, browser_hash = $3, \
             seen_at = $1 where link_hash = $4 and link_used_at is null and account_id is null \
             and expires_at > $1",
            values![now, token, browser, link],
        )
        .await?;
    Ok(used == 1)
}

/// Notes the account that an activation opened, and drops what was given on the way. Of any number
/// at the same time, one gets `true` (L7).
pub async fn open(
    tx: &mut Tx,
    activation: &Activation,
    account: AccountId,
    now: Instant,
) -> Result<bool, Fault> {
    let opened = tx
        .run(
            "ending an activation with an account",
            "update activations set account_id = $1, opened_at = $2, seen_at = $2, \
             sealed_email = null, sealed_phone = null where person_id = $3 and id = $4 \
             and account_id is null and expires_at > $2 \
             and (email_confirmed_at is not null or phone_confirmed_at is not null)",
            values![account, now, activation.person, activation.id],
        )
        .await?;
    Ok(opened == 1)
}

/// Notes that the codes are saved. Nothing is left to do, so the browser's token dies with it. Of
/// any number at the same time, one gets `true`.
pub async fn finish(tx: &mut Tx, activation: &Activation, now: Instant) -> Result<bool, Fault> {
    let finished = tx
        .run(
            "finishing an activation",
            "update activations set codes_saved_at = $1, token_hash = null \
             where person_id = $2 and id = $3 and account_id is not null \
             and codes_saved_at is null",
            values![now, activation.person, activation.id],
        )
        .await?;
    Ok(finished == 1)
}

/// Takes an activation from the browser that holds this token; what was saved of it stays.
pub async fn leave(tx: &mut Tx, token: &Tag) -> Result<(), Fault> {
    tx.run(
        "leaving an activation",
        "update activations set token_hash = null where token_hash = $1",
        values![token],
    )
    .await
    .map(drop)
}

/// Drops activations whose time is over, with what was given in them.
pub async fn forget_before(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old activations",
        "delete from activations where expires_at < $1",
        values![now],
    )
    .await
}

/// Notes a try to find a membership on each of these subjects.
pub async fn note_try(tx: &mut Tx, subjects: &[Tag], id: Uuid, now: Instant) -> Result<(), Fault> {
    for subject in subjects {
        tx.run(
            "noting a try to find a membership",
            "insert into match_tries (subject, tried_at, id) values ($1, $2, $3)",
            values![subject, now, id],
        )
        .await?;
    }
    Ok(())
}

/// When a membership was tried to be found on this subject, since then.
pub async fn tries(tx: &mut Tx, subject: &Tag, since: Instant) -> Result<Vec<Instant>, Fault> {
    let rows: Vec<(i64,)> = tx
        .all(
            "reading past tries to find a membership",
            "select tried_at from match_tries where subject = $1 and tried_at > $2 \
             order by tried_at",
            values![subject, since],
        )
        .await?;
    Ok(rows.into_iter().map(|(at,)| Instant::from_micros(at)).collect())
}

/// Takes a try back that found what it looked for.
pub async fn forget_try(tx: &mut Tx, subjects: &[Tag], id: Uuid, at: Instant) -> Result<(), Fault> {
    for subject in subjects {
        tx.run(
            "taking back a try to find a membership",
            "delete from match_tries where subject = $1 and tried_at = $2 and id = $3",
            values![subject, at, id],
        )
        .await?;
    }
    Ok(())
}

/// Drops tries that no rule asks for any more.
pub async fn forget_tries_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old tries to find a membership",
        "delete from match_tries where tried_at < $1",
        values![long_ago],
    )
    .await
}

fn place<'a>(column: &'static str, id: &'a Uuid) -> Place<'a> {
    Place("activations", column, id.as_bytes())
}
