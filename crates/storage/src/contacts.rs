//! The addresses and numbers of accounts: whose each is, and from when and until when it counts. What
//! that means is `domain::contact_changes`' business.

use payung_domain::accounts::Contacts;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::contact_changes::{Held, Standing, as_name};
use payung_domain::ids::AccountId;
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::accounts::SHARED;
use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// Keeps every other change of an account's contacts and ways out until the transaction ends. Sign-ins
/// under way are taken before it, where they are taken at all.
pub async fn alone(tx: &mut Tx, account: AccountId) -> Result<(), Fault> {
    // An update waits for another update and for nothing else. A lock of the row would also wait for
    // every transaction that only refers to it, and those may wait for this one.
    tx.run(
        "waiting for another change of an account",
        "update accounts set language = language where id = $1",
        values![account],
    )
    .await
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct HeldRow {
    kind: String,
    value_index: Vec<u8>,
    sealed_value: Vec<u8>,
    counts_from: i64,
    recovers_from: i64,
    counts_until: Option<i64>,
    recovers_until: Option<i64>,
    place: i64,
}

impl HeldRow {
    fn text(&self, vault: &Vault) -> Result<String, Fault> {
        vault.open_text(Place("identifiers", "value", &self.value_index), &self.sealed_value)
    }

    fn held(self, vault: &Vault) -> Result<Held, Fault> {
        let text = self.text(vault)?;
        Ok(Held {
            to: destination(&self.kind, &text)?,
            standing: Standing {
                counts_from: Instant::from_micros(self.counts_from),
                recovers_from: Instant::from_micros(self.recovers_from),
                counts_until: self.counts_until.map(Instant::from_micros),
                recovers_until: self.recovers_until.map(Instant::from_micros),
            },
            place: place(&self),
        })
    }
}

/// A shared number comes after every own one. That it counts since ever is what its columns say.
fn place(row: &HeldRow) -> u32 {
    let own = Some(row.place).filter(|_| row.kind != SHARED);
    own.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// The kind of the name that an owner chose.
const USER_NAME: &str = "user_name";

/// The address or number that is written so.
pub(crate) fn destination(kind: &str, text: &str) -> Result<Destination, Fault> {
    match kind {
        "email" => Email::parse(text).map(Destination::Email),
        _ => Phone::parse(text).map(Destination::Sms),
    }
    .map_err(|_| Fault::new("reading a contact", "the value is no contact"))
}

/// Every confirmed contact of an account with its standing, gone ones too, in the order of their
/// places; a number that is shared with another account comes last.
pub async fn held(tx: &mut Tx, vault: &Vault, account: AccountId) -> Result<Vec<Held>, Fault> {
    Ok(user_name_and_held(tx, vault, account).await?.1)
}

/// The same, with the name that the owner chose. One statement for all of them, so that a number of one's
/// own takes as long as a shared one.
pub(crate) async fn user_name_and_held(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
) -> Result<(Option<UserName>, Vec<Held>), Fault> {
    let doing = "reading the name and the contacts of an account";
    let rows: Vec<HeldRow> = tx
        .all(
            doing,
            "select kind, value_index, sealed_value, counts_from, recovers_from, counts_until, \
             recovers_until, place from identifiers where account_id = $1 \
             and (kind = 'user_name' or (confirmed_at is not null \
             and kind in ('email', 'phone', 'shared-phone'))) \
             order by kind, place, counts_from, value_index",
            values![account],
        )
        .await?;
    let (mut name, mut held) = (None, Vec::with_capacity(rows.len()));
    for row in rows {
        if row.kind == USER_NAME {
            let read = UserName::parse(&row.text(vault)?);
            name = Some(read.map_err(|_| Fault::new(doing, "identifiers.value is no name"))?);
        } else {
            held.push(row.held(vault)?);
        }
    }
    Ok((name, held))
}

/// The ways to reach the owner: the first contact of each kind whose standing is as asked for.
#[must_use]
pub fn reached_by(held: &[Held], is_wanted: impl Fn(&Standing) -> bool) -> Contacts {
    let mut contacts = Contacts::default();
    for one in held.iter().filter(|one| is_wanted(&one.standing)) {
        match &one.to {
            Destination::Email(email) => {
                contacts.email.get_or_insert_with(|| email.clone());
            }
            Destination::Sms(phone) => {
                contacts.phone.get_or_insert_with(|| phone.clone());
            }
        }
    }
    contacts
}

/// Whose a contact is at this moment, even if it does not count yet or any more.
pub async fn owner(
    tx: &mut Tx,
    vault: &Vault,
    to: &Destination,
    now: Instant,
) -> Result<Option<AccountId>, Fault> {
    let name = as_name(to);
    let row: Option<(Uuid,)> = tx
        .one(
            "asking whose a contact is",
            "select account_id from identifiers where kind = $1 and value_index = $2 \
             and (recovers_until is null or recovers_until > $3)",
            values![name.kind(), vault.index(name.kind(), name.expose()), now],
        )
        .await?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// A contact that comes to an account.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a> {
    /// Where it reaches.
    pub to: &'a Destination,
    /// From when it counts.
    pub standing: Standing,
    /// Its place among those of its kind.
    pub place: u32,
}

/// Gives a contact to an account, unless it is somebody's. Of any number of accounts that want the
/// same at the same time, one gets `true`.
pub async fn claim(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    coming: Coming<'_>,
    now: Instant,
) -> Result<bool, Fault> {
    let name = as_name(coming.to);
    let index = vault.index(name.kind(), name.expose());
    tx.run(
        "letting go of a contact that is nobody's any more",
        "delete from identifiers where kind = $1 and value_index = $2 and recovers_until <= $3",
        values![name.kind(), index, now],
    )
    .await?;
    let sealed = vault.seal(Place("identifiers", "value", &index), name.expose().as_bytes())?;
    let given = tx
        .run(
            "giving a contact to an account",
            "insert into identifiers (kind, value_index, account_id, sealed_value, confirmed_at, \
             counts_from, recovers_from, place) values ($1, $2, $3, $4, $5, $6, $7, $8) \
             on conflict (kind, value_index) do nothing",
            values![
                name.kind(),
                index,
                account,
                sealed,
                now,
                coming.standing.counts_from,
                coming.standing.recovers_from,
                coming.place
            ],
        )
        .await?;
    Ok(given == 1)
}

/// Notes until when a contact of an account counts; `false` when it is none of theirs.
pub async fn set_end(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    to: &Destination,
    standing: &Standing,
) -> Result<bool, Fault> {
    let name = as_name(to);
    let changed = tx
        .run(
            "noting until when a contact counts",
            "update identifiers set counts_until = $1, recovers_until = $2 \
             where kind = $3 and value_index = $4 and account_id = $5",
            values![
                standing.counts_until,
                standing.recovers_until,
                name.kind(),
                index_of(vault, &name),
                account
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes from when and until when a contact of an account counts; `false` when it is none of theirs,
/// or names another account too.
pub async fn set_standing(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    to: &Destination,
    standing: &Standing,
) -> Result<bool, Fault> {
    let name = as_name(to);
    let changed = tx
        .run(
            "noting when a contact counts",
            "update identifiers set counts_from = $1, recovers_from = $2, counts_until = $3, \
             recovers_until = $4 where kind = $5 and value_index = $6 and account_id = $7",
            values![
                standing.counts_from,
                standing.recovers_from,
                standing.counts_until,
                standing.recovers_until,
                name.kind(),
                index_of(vault, &name),
                account
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Takes a contact from an account at once.
pub async fn release(
    tx: &mut Tx,
    vault: &Vault,
    account: AccountId,
    to: &Destination,
) -> Result<bool, Fault> {
    let name = as_name(to);
    let changed = tx
        .run(
            "taking a contact from an account",
            "delete from identifiers where kind = $1 and value_index = $2 and account_id = $3",
            values![name.kind(), index_of(vault, &name), account],
        )
        .await?;
    Ok(changed == 1)
}

/// Drops contacts that are nobody's any more.
pub async fn forget_gone(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping contacts that are nobody's",
        "delete from identifiers where recovers_until <= $1",
        values![now],
    )
    .await
}

fn index_of(vault: &Vault, name: &Identifier) -> payung_domain::keyed::Tag {
    vault.index(name.kind(), name.expose())
}
