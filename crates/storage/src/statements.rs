//! Statements as they were issued, and the keys that sign them.

use payung_domain::ids::PersonId;
use payung_domain::keyed::Tag;
use payung_domain::marks::Mark;
use payung_domain::reference::StatementCode;
use payung_domain::statements::Period;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::month;
use crate::values;
use crate::vault::{Place, Vault};

/// A key that signs statements.
#[derive(Clone)]
pub struct Key {
    /// The thumbprint of its public half, which is its name in headers.
    pub id: String,
    /// The public half, a JSON Web Key.
    pub public: String,
    /// The private half, PKCS #8.
    pub private: Vec<u8>,
    /// When it was made. The newest that is trusted signs.
    pub made_at: Instant,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.id)
    }
}

/// The public half of a key, for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// A JSON Web Key.
    pub key: String,
    /// Since when it is not to be trusted, if somebody else may have had it.
    pub distrusted_from: Option<Instant>,
}

/// A statement that is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Whose.
    pub person: PersonId,
    /// Its name in addresses, which opens nothing to anybody else.
    pub id: Uuid,
    /// The code on it.
    pub code: &'a StatementCode,
    /// What tells it from every other.
    pub content: &'a Tag,
    /// The months it is about.
    pub period: Period,
    /// The signed text.
    pub document: &'a str,
    /// When.
    pub issued_at: Instant,
}

/// A statement, as a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in addresses.
    pub id: Uuid,
    /// The months it is about.
    pub period: Period,
    /// When it was issued.
    pub issued_at: Instant,
}

impl Listed {
    /// Where it stands in the list.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        Mark { at: self.issued_at, id: self.id }
    }
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: String,
    public_key: String,
    sealed_private_key: Vec<u8>,
    made_at: i64,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    id: Uuid,
    first_month: i64,
    last_month: i64,
    issued_at: i64,
}

const fn key_place(id: &str) -> Place<'_> {
    Place("statement_keys", "private_key", id.as_bytes())
}

const fn place(id: &Uuid) -> Place<'_> {
    Place("statements", "document", id.as_bytes())
}

fn indexed(vault: &Vault, code: &StatementCode) -> Tag {
    vault.index("statement", code.as_str())
}

/// Keeps a new key.
pub async fn add_key(tx: &mut Tx, vault: &Vault, key: &Key) -> Result<(), Fault> {
    let sealed = vault.seal(key_place(&key.id), &key.private)?;
    tx.run(
        "keeping a key of statements",
        "insert into statement_keys (id, public_key, sealed_private_key, made_at) \
         values ($1, $2, $3, $4)",
        values![&*key.id, &*key.public, sealed, key.made_at],
    )
    .await
    .map(drop)
}

/// The key that signs, if there is one: the newest of those that are trusted.
pub async fn newest_key(tx: &mut Tx, vault: &Vault) -> Result<Option<Key>, Fault> {
    let row: Option<KeyRow> = tx
        .one(
            "reading the key of statements",
            "select id, public_key, sealed_private_key, made_at from statement_keys \
             where distrusted_from is null order by made_at desc, id limit 1",
            Vec::new(),
        )
        .await?;
    row.map(|row| {
        Ok(Key {
            private: vault.open(key_place(&row.id), &row.sealed_private_key)?,
            id: row.id,
            public: row.public_key,
            made_at: Instant::from_micros(row.made_at),
        })
    })
    .transpose()
}

/// The public half of every key that ever signed, the newest first.
pub async fn public_keys(tx: &mut Tx) -> Result<Vec<PublicKey>, Fault> {
    let rows: Vec<(String, Option<i64>)> = tx
        .all(
            "listing the keys of statements",
            "select public_key, distrusted_from from statement_keys order by made_at desc, id",
            Vec::new(),
        )
        .await?;
    let public = |(key, from): (String, Option<i64>)| PublicKey {
        key,
        distrusted_from: from.map(Instant::from_micros),
    };
    Ok(rows.into_iter().map(public).collect())
}

/// Marks a key as not to be trusted from a moment on, or from an earlier one that was said before.
/// `false` where there is no such key.
pub async fn distrust_key(tx: &mut Tx, id: &str, from: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "taking the trust from a key of statements",
            "update statement_keys set distrusted_from = \
             case when distrusted_from < $1 then distrusted_from else $1 end where id = $2",
            values![from, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps a statement; `false` where the very same one is kept already.
pub async fn add(tx: &mut Tx, vault: &Vault, new: &New<'_>) -> Result<bool, Fault> {
    let sealed = vault.seal(place(&new.id), new.document.as_bytes())?;
    let added = tx
        .run(
            "keeping a statement",
            "insert into statements (person_id, id, code_index, content_index, first_month, \
             last_month, sealed_document, issued_at) values ($1, $2, $3, $4, $5, $6, $7, $8) \
             on conflict (person_id, content_index) do nothing",
            values![
                new.person,
                new.id,
                indexed(vault, new.code),
                new.content,
                new.period.first,
                new.period.last,
                sealed,
                new.issued_at
            ],
        )
        .await?;
    Ok(added == 1)
}

/// The statement of a person with this content, if it was issued.
pub async fn with_content(
    tx: &mut Tx,
    person: PersonId,
    content: &Tag,
) -> Result<Option<Uuid>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "looking for the same statement",
            "select id from statements where person_id = $1 and content_index = $2",
            values![person, content],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// How many statements a person was issued since a moment, and when the first of them.
pub async fn issued_since(
    tx: &mut Tx,
    person: PersonId,
    since: Instant,
) -> Result<(u32, Option<Instant>), Fault> {
    let row: Option<(i64, Option<i64>)> = tx
        .one(
            "counting statements",
            "select count(*), min(issued_at) from statements \
             where person_id = $1 and issued_at > $2",
            values![person, since],
        )
        .await?;
    Ok(row.map_or((0, None), |(count, first)| {
        (u32::try_from(count).unwrap_or(u32::MAX), first.map(Instant::from_micros))
    }))
}

/// The statements of a person, newest first; only older ones than `before`, where that is given.
pub async fn of_person(
    tx: &mut Tx,
    person: PersonId,
    before: Option<Mark>,
    most: u32,
) -> Result<Vec<Listed>, Fault> {
    let Mark { at, id } = before.unwrap_or(Mark::END);
    let rows: Vec<ListedRow> = tx
        .all(
            "listing statements",
            "select id, first_month, last_month, issued_at from statements \
             where person_id = $1 and (issued_at, id) < ($2, $3) \
             order by issued_at desc, id desc limit $4",
            values![person, at, id, most],
        )
        .await?;
    rows.into_iter().map(ListedRow::listed).collect()
}

/// The signed text of a statement of a person.
pub async fn document(
    tx: &mut Tx,
    vault: &Vault,
    person: PersonId,
    id: Uuid,
) -> Result<Option<String>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one(
            "reading a statement",
            "select sealed_document from statements where person_id = $1 and id = $2",
            values![person, id],
        )
        .await?;
    row.map(|(sealed,)| vault.open_text(place(&id), &sealed)).transpose()
}

/// The signed text of the statement with this code, whosever it is.
pub async fn with_code(
    tx: &mut Tx,
    vault: &Vault,
    code: &StatementCode,
) -> Result<Option<String>, Fault> {
    let row: Option<(Uuid, Vec<u8>)> = tx
        .one(
            "looking for a statement by its code",
            "select id, sealed_document from statements where code_index = $1",
            values![indexed(vault, code)],
        )
        .await?;
    row.map(|(id, sealed)| vault.open_text(place(&id), &sealed)).transpose()
}

impl ListedRow {
    fn listed(self) -> Result<Listed, Fault> {
        let period = Period { first: month(self.first_month)?, last: month(self.last_month)? };
        let issued_at = Instant::from_micros(self.issued_at);
        Ok(Listed { id: self.id, period, issued_at })
    }
}
