//! Messages on their way out, and what the demo caught instead of sending.

use jiff::civil::Date;
use payung_domain::contact::{Email, Phone};
use payung_domain::ids::{AccountId, MessageId};
use payung_domain::language::Language;
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::reference::Reference;
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A message as it waits in the outbox.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id, for ever.
    pub id: MessageId,
    /// Whose account it is about; none when nobody has that address.
    pub account: Option<AccountId>,
    /// Where it goes.
    pub to: Destination,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub notice: Notice,
    /// What stands in its heading, for the inbox too. Never a code.
    pub subject: String,
    /// What names it to whoever asks whether it is ours.
    pub reference: Option<Reference>,
    /// The token of its link "this was not me", where it has one.
    pub not_me: Option<Token>,
}

/// A message taken by a worker, with the number of this attempt, from 1.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The message.
    pub message: Message,
    /// 1 for the first attempt.
    pub attempt: u32,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    to: String,
    notice: Notice,
    not_me: Option<String>,
}

#[derive(sqlx::FromRow)]
struct OutboxRow {
    id: Uuid,
    account_id: Option<Uuid>,
    channel: String,
    language: String,
    sealed_message: Vec<u8>,
    attempts: i64,
    subject: String,
    reference: Option<String>,
}

/// Puts a message into the outbox, due at once.
pub async fn put(tx: &mut Tx, vault: &Vault, message: &Message, now: Instant) -> Result<(), Fault> {
    insert(tx, vault, message, now, now, None).await
}

/// Puts a message that stands for a burst into the outbox, due later; unless one of the same burst
/// waits there for the same account and channel already. Answers whether it was put.
pub async fn gather(
    tx: &mut Tx,
    vault: &Vault,
    message: &Message,
    burst: &str,
    now: Instant,
    due_at: Instant,
) -> Result<bool, Fault> {
    let waiting: Option<(i64,)> = tx
        .one(
            "looking for a message of the same burst",
            "select created_at from outbox where account_id = $1 and channel = $2 \
             and gathered = $3 and due_at > $4 and sent_at is null and given_up_at is null",
            values![message.account, channel_of(&message.to), burst, now],
        )
        .await?;
    if waiting.is_none() {
        insert(tx, vault, message, now, due_at, Some(burst)).await?;
    }
    Ok(waiting.is_none())
}

async fn insert(
    tx: &mut Tx,
    vault: &Vault,
    message: &Message,
    now: Instant,
    due_at: Instant,
    burst: Option<&str>,
) -> Result<(), Fault> {
    let content = Sealed {
        to: message.to.expose().to_owned(),
        notice: message.notice.clone(),
        not_me: message.not_me.as_ref().map(|token| token.expose().to_owned()),
    };
    let plain = serde_json::to_vec(&content).map_err(Fault::while_doing("writing a message"))?;
    let sealed = vault.seal(message_place(&message.id), &plain)?;
    tx.run(
        "keeping a message",
        "insert into outbox (id, account_id, channel, kind, language, sealed_message, created_at, \
         due_at, attempts, reference, subject, masked_to, gathered) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12)",
        values![
            message.id,
            message.account,
            channel_of(&message.to),
            message.notice.kind(),
            message.language.tag(),
            sealed,
            now,
            due_at,
            message.reference.as_ref().map(Reference::as_str),
            &*message.subject,
            message.to.masked(),
            burst
        ],
    )
    .await
    .map(drop)
}

/// Takes up to `most` messages that are due and that no living worker has, until the lease ends.
///
/// One statement, so two workers never take the same one: on PostgreSQL the second waits for the
/// first's row and then sees that it is leased.
pub async fn take(
    tx: &mut Tx,
    vault: &Vault,
    most: u32,
    now: Instant,
    lease_until: Instant,
) -> Result<Vec<Taken>, Fault> {
    let rows: Vec<OutboxRow> = tx
        .all(
            "taking messages to send",
            "update outbox set attempts = attempts + 1, leased_until = $2 \
             where id in (select id from outbox where sent_at is null and given_up_at is null \
             and due_at <= $1 and (leased_until is null or leased_until <= $1) \
             order by due_at limit $3) \
             and sent_at is null and (leased_until is null or leased_until <= $1) \
             returning id, account_id, channel, language, sealed_message, attempts, subject, \
             reference",
            values![now, lease_until, most],
        )
        .await?;
    rows.into_iter().map(|row| row.taken(vault)).collect()
}

impl OutboxRow {
    fn taken(self, vault: &Vault) -> Result<Taken, Fault> {
        let nonsense =
            |what: &str| Fault::new("reading a message", format!("outbox.{what} of {}", self.id));
        let id = MessageId(self.id);
        let plain = vault.open(message_place(&id), &self.sealed_message)?;
        let content: Sealed =
            serde_json::from_slice(&plain).map_err(Fault::while_doing("reading a message"))?;
        let to = match &*self.channel {
            "sms" => Phone::parse(&content.to).map(Destination::Sms),
            _ => Email::parse(&content.to).map(Destination::Email),
        };
        Ok(Taken {
            message: Message {
                id,
                account: self.account_id.map(AccountId),
                to: to.map_err(|_| nonsense("to"))?,
                language: Language::tagged(&self.language).ok_or_else(|| nonsense("language"))?,
                notice: content.notice,
                subject: self.subject,
                reference: self.reference.as_deref().and_then(Reference::parse),
                not_me: content.not_me.as_deref().and_then(Token::parse),
            },
            attempt: u32::try_from(self.attempts).map_err(|_| nonsense("attempts"))?,
        })
    }
}

/// Notes that the other side took the message, and empties it: a code has no more business here.
pub async fn sent(tx: &mut Tx, id: MessageId, now: Instant) -> Result<(), Fault> {
    tx.run(
        "noting that a message was sent",
        "update outbox set sent_at = $1, leased_until = null, problem = null, \
         sealed_message = $2 where id = $3",
        values![now, Vec::new(), id],
    )
    .await
    .map(drop)
}

/// Notes that sending did not work and when it is tried again.
pub async fn later(
    tx: &mut Tx,
    id: MessageId,
    due_at: Instant,
    problem: &str,
) -> Result<(), Fault> {
    tx.run(
        "putting a message off",
        "update outbox set due_at = $1, leased_until = null, problem = $2 where id = $3",
        values![due_at, problem, id],
    )
    .await
    .map(drop)
}

/// Notes that a message is not tried any more, and empties it.
pub async fn give_up(tx: &mut Tx, id: MessageId, now: Instant, problem: &str) -> Result<(), Fault> {
    tx.run(
        "giving a message up",
        "update outbox set given_up_at = $1, leased_until = null, problem = $2, \
         sealed_message = $3 where id = $4",
        values![now, problem, Vec::new(), id],
    )
    .await
    .map(drop)
}

/// A message as its reader, or whoever holds its reference, may look it up: without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: MessageId,
    /// When it was written.
    pub at: Instant,
    /// When it left; none while it waits, and for ever if it never did.
    pub sent_at: Option<Instant>,
    /// Whether it will never leave.
    pub is_given_up: bool,
    /// Whether it went as a text message; else it was a letter.
    pub is_sms: bool,
    /// The kind of message.
    pub kind: String,
    /// The language it is written in.
    pub language: Language,
    /// What stands in its heading.
    pub subject: String,
    /// Where it went, masked.
    pub masked_to: String,
    /// What names it.
    pub reference: Option<Reference>,
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    id: Uuid,
    created_at: i64,
    sent_at: Option<i64>,
    given_up_at: Option<i64>,
    channel: String,
    kind: String,
    language: String,
    subject: String,
    masked_to: String,
    reference: Option<String>,
}

impl From<ToldRow> for Told {
    fn from(row: ToldRow) -> Self {
        Self {
            id: MessageId(row.id),
            at: Instant::from_micros(row.created_at),
            sent_at: row.sent_at.map(Instant::from_micros),
            is_given_up: row.given_up_at.is_some(),
            is_sms: row.channel == "sms",
            kind: row.kind,
            language: Language::tagged(&row.language).unwrap_or_default(),
            subject: row.subject,
            masked_to: row.masked_to,
            reference: row.reference.as_deref().and_then(Reference::parse),
        }
    }
}

/// What was written to an account, newest first; only older ones than `before`, where that is given.
pub async fn told(
    tx: &mut Tx,
    account: AccountId,
    before: Option<Mark>,
    most: u32,
) -> Result<Vec<Told>, Fault> {
    let Mark { at, id } = before.unwrap_or(Mark::END);
    let rows: Vec<ToldRow> = tx
        .all(
            "reading what was sent to an account",
            "select id, created_at, sent_at, given_up_at, channel, kind, language, subject, \
             masked_to, reference from outbox \
             where account_id = $1 and (created_at, id) < ($2, $3) \
             order by created_at desc, id desc limit $4",
            values![account, at, id, most],
        )
        .await?;
    Ok(rows.into_iter().map(Told::from).collect())
}

/// The message of this id.
pub async fn get(tx: &mut Tx, id: MessageId) -> Result<Option<Told>, Fault> {
    let row: Option<ToldRow> = tx
        .one(
            "looking up a message",
            "select id, created_at, sent_at, given_up_at, channel, kind, language, subject, \
             masked_to, reference from outbox where id = $1",
            values![id],
        )
        .await?;
    Ok(row.map(Told::from))
}

/// The message with this reference.
pub async fn referred(tx: &mut Tx, reference: &Reference) -> Result<Option<Told>, Fault> {
    let row: Option<ToldRow> = tx
        .one(
            "looking up a reference",
            "select id, created_at, sent_at, given_up_at, channel, kind, language, subject, \
             masked_to, reference from outbox where reference = $1",
            values![reference.as_str()],
        )
        .await?;
    Ok(row.map(Told::from))
}

/// Counts one more text message on a day; answers how many there are now, this one included.
pub async fn count_sms(tx: &mut Tx, day: Date) -> Result<u32, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting text messages",
            "insert into messages_by_day (day, channel, messages) values ($1, 'sms', 1) \
             on conflict (day, channel) do update set messages = messages_by_day.messages + 1 \
             returning messages",
            values![day],
        )
        .await?;
    Ok(row.map_or(1, |(messages,)| u32::try_from(messages).unwrap_or(u32::MAX)))
}

/// How many text messages were written on a day, in all.
pub async fn sms_of(tx: &mut Tx, day: Date) -> Result<u32, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "reading the count of text messages",
            "select messages from messages_by_day where day = $1 and channel = 'sms'",
            values![day],
        )
        .await?;
    Ok(row.map_or(0, |(messages,)| u32::try_from(messages).unwrap_or(u32::MAX)))
}

/// How many messages wait, and since when the oldest has been due.
pub async fn waiting(tx: &mut Tx) -> Result<(i64, Option<Instant>), Fault> {
    let row: Option<(i64, Option<i64>)> = tx
        .one(
            "counting waiting messages",
            "select count(*), min(due_at) from outbox where sent_at is null \
             and given_up_at is null",
            Vec::new(),
        )
        .await?;
    Ok(row.map_or((0, None), |(count, oldest)| (count, oldest.map(Instant::from_micros))))
}

/// How many messages are due that no living worker has.
pub async fn untaken(tx: &mut Tx, now: Instant) -> Result<i64, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "counting untaken messages",
            "select count(*) from outbox where sent_at is null and given_up_at is null \
             and due_at <= $1 and (leased_until is null or leased_until <= $1)",
            values![now],
        )
        .await?;
    Ok(row.map_or(0, |(count,)| count))
}

/// A message the demo caught.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Caught {
    /// The id it was sent under.
    pub id: String,
    /// When.
    pub at: Instant,
    /// `email` or `sms`.
    pub channel: String,
    /// The kind of message.
    pub kind: String,
    /// The address or number.
    pub to: String,
    /// The subject of a letter.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The code in it.
    pub code: Option<String>,
    /// The link in it.
    pub link: Option<String>,
}

/// Keeps a caught message; a second one with the same id changes nothing.
pub async fn catch(tx: &mut Tx, vault: &Vault, caught: &Caught) -> Result<(), Fault> {
    let plain = serde_json::to_vec(caught).map_err(Fault::while_doing("writing a message"))?;
    let sealed = vault.seal(caught_place(&caught.id), &plain)?;
    tx.run(
        "catching a message",
        "insert into caught_messages (id, caught_at, channel, kind, sealed_parcel) \
         values ($1, $2, $3, $4, $5) on conflict (id) do nothing",
        values![&*caught.id, caught.at, &*caught.channel, &*caught.kind, sealed],
    )
    .await
    .map(drop)
}

/// The newest caught messages, newest first.
pub async fn caught(tx: &mut Tx, vault: &Vault, most: u32) -> Result<Vec<Caught>, Fault> {
    let rows: Vec<(String, Vec<u8>)> = tx
        .all(
            "reading caught messages",
            "select id, sealed_parcel from caught_messages order by caught_at desc, id limit $1",
            values![most],
        )
        .await?;
    rows.iter()
        .map(|(id, sealed)| {
            let plain = vault.open(caught_place(id), sealed)?;
            serde_json::from_slice(&plain).map_err(Fault::while_doing("reading a message"))
        })
        .collect()
}

/// Drops messages that are done with.
pub async fn forget_before(tx: &mut Tx, long_ago: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping old messages",
        "delete from outbox where created_at < $1 and (sent_at < $1 or given_up_at < $1)",
        values![long_ago],
    )
    .await
}

const fn channel_of(to: &Destination) -> &'static str {
    match to {
        Destination::Sms(_) => "sms",
        Destination::Email(_) => "email",
    }
}

fn message_place(id: &MessageId) -> Place<'_> {
    Place("outbox", "message", id.0.as_bytes())
}

fn caught_place(id: &str) -> Place<'_> {
    Place("caught_messages", "parcel", id.as_bytes())
}
