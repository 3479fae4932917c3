//! Sign-ins between the password and the end of the second step, their codes, and what was sent.

use std::time::Duration;

use payung_domain::authenticators::Need;
use payung_domain::ids::AccountId;
use payung_domain::keyed::Tag;
use payung_domain::second_factor::Way;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

/// A sign-in under way.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The hash of the token in the browser's cookie.
    pub id: Tag,
    /// Whose password was right.
    pub account: AccountId,
    /// The way of the second step, once it is chosen.
    pub way: Option<Way>,
    /// The path to go to afterwards.
    pub landing: String,
    /// Whether the member said that others use the device.
    pub is_shared_device: bool,
    /// When it stops being good.
    pub expires_at: Instant,
    /// When the second step was done.
    pub finished_at: Option<Instant>,
    /// The hash of the session it proves again; none where it opens a new one.
    pub renews: Option<Tag>,
    /// What the act asks for, where it proves a session again.
    pub need: Need,
}

#[derive(sqlx::FromRow)]
struct SignInRow {
    account_id: Uuid,
    way: Option<String>,
    landing: String,
    is_shared_device: bool,
    expires_at: i64,
    finished_at: Option<i64>,
    renews: Option<Vec<u8>>,
    is_any_enough: bool,
}

/// Keeps a sign-in. The same form sent twice gives the same id, and the first one stays.
pub async fn begin(tx: &mut Tx, sign_in: &SignIn, now: Instant) -> Result<(), Fault> {
    tx.run(
        "keeping a sign-in",
        "insert into sign_ins (id, account_id, way, landing, is_shared_device, created_at, \
         expires_at, renews, is_any_enough) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict (id) do nothing",
        values![
            sign_in.id,
            sign_in.account,
            sign_in.way.map(Way::name),
            &*sign_in.landing,
            sign_in.is_shared_device,
            now,
            sign_in.expires_at,
            sign_in.renews,
            sign_in.need == Need::Any
        ],
    )
    .await
    .map(drop)
}

const READ: &str = "select account_id, way, landing, is_shared_device, expires_at, finished_at, \
                    renews, is_any_enough from sign_ins where id = $1";

/// The sign-in of this id.
pub async fn get(tx: &mut Tx, id: &Tag) -> Result<Option<SignIn>, Fault> {
    let row: Option<SignInRow> = tx.one("reading a sign-in", READ, values![id]).await?;
    Ok(row.map(|row| row.sign_in(*id)))
}

/// The sign-in of this id, its row locked: whoever comes second sees what the first one did.
pub async fn locked(tx: &mut Tx, id: &Tag) -> Result<Option<SignIn>, Fault> {
    let row: Option<SignInRow> = tx.one_locked("reading a sign-in", READ, values![id]).await?;
    Ok(row.map(|row| row.sign_in(*id)))
}

impl SignInRow {
    fn sign_in(self, id: Tag) -> SignIn {
        SignIn {
            id,
            account: AccountId(self.account_id),
            way: self.way.as_deref().and_then(Way::named),
            landing: self.landing,
            is_shared_device: self.is_shared_device,
            expires_at: Instant::from_micros(self.expires_at),
            finished_at: self.finished_at.map(Instant::from_micros),
            renews: self.renews.and_then(|id| Tag::try_from(id).ok()),
            need: if self.is_any_enough { Need::Any } else { Need::Full },
        }
    }
}

/// Notes the way the member chose.
pub async fn choose(tx: &mut Tx, id: &Tag, way: Way) -> Result<(), Fault> {
    tx.run(
        "noting the way of a second step",
        "update sign_ins set way = $1 where id = $2 and finished_at is null",
        values![way.name(), id],
    )
    .await
    .map(drop)
}

/// Finishes a sign-in. Of two at the same time, one gets `true`; the token of its session is kept
/// sealed, for [`finished_session`].
pub async fn finish(
    tx: &mut Tx,
    vault: &Vault,
    id: &Tag,
    session: &Token,
    now: Instant,
) -> Result<bool, Fault> {
    let sealed = vault.seal(session_place(id), session.expose().as_bytes())?;
    let changed = tx
        .run(
            "finishing a sign-in",
            "update sign_ins set finished_at = $1, sealed_session = $2 \
             where id = $3 and finished_at is null and expires_at > $1",
            values![now, sealed, id],
        )
        .await?;
    Ok(changed == 1)
}

/// The session a sign-in finished with after `since`, its row locked. For the browser that never
/// got the answer; whether it may have it again is decided in the flow.
pub async fn finished_session(
    tx: &mut Tx,
    vault: &Vault,
    id: &Tag,
    since: Instant,
) -> Result<Option<Token>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one_locked(
            "reading the session of a sign-in",
            "select sealed_session from sign_ins where id = $1 and finished_at > $2 \
             and sealed_session is not null",
            values![id, since],
        )
        .await?;
    let Some((sealed,)) = row else { return Ok(None) };
    let text = vault.open_text(session_place(id), &sealed)?;
    Ok(Token::parse(&text))
}

/// Forgets the session a sign-in finished with, so that it is handed over once.
pub async fn forget_session(tx: &mut Tx, id: &Tag) -> Result<(), Fault> {
    tx.run(
        "forgetting a handed-over session",
        "update sign_ins set sealed_session = null where id = $1",
        values![id],
    )
    .await
    .map(drop)
}

/// A code that was sent, as far as it may be compared.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct SentCode {
    /// The row.
    pub id: Uuid,
    sent_at: i64,
    expires_at: i64,
    used_at: Option<i64>,
    voided_at: Option<i64>,
}

impl SentCode {
    /// When it was sent.
    #[must_use]
    pub const fn sent_at(&self) -> Instant {
        Instant::from_micros(self.sent_at)
    }

    /// When it stops being good.
    #[must_use]
    pub const fn expires_at(&self) -> Instant {
        Instant::from_micros(self.expires_at)
    }

    /// Whether it was never used and only its time is over.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        self.used_at.is_none() && self.voided_at.is_none() && now >= self.expires_at()
    }

    /// Whether it would still count.
    #[must_use]
    pub fn is_good(&self, now: Instant) -> bool {
        self.used_at.is_none() && self.voided_at.is_none() && now < self.expires_at()
    }
}

/// Keeps the tag of a code.
pub async fn add_code(
    tx: &mut Tx,
    id: Uuid,
    sign_in: &SignIn,
    tag: &Tag,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Fault> {
    tx.run(
        "keeping a code",
        "insert into codes (id, sign_in_id, account_id, code_tag, sent_at, expires_at) \
         values ($1, $2, $3, $4, $5, $6)",
        values![id, sign_in.id, sign_in.account, tag, now, expires_at],
    )
    .await
    .map(drop)
}

/// The codes of a sign-in with their tags, newest first.
pub async fn codes(tx: &mut Tx, sign_in: &Tag) -> Result<Vec<(SentCode, Vec<u8>)>, Fault> {
    #[derive(sqlx::FromRow)]
    struct CodeRow {
        #[sqlx(flatten)]
        sent: SentCode,
        code_tag: Vec<u8>,
    }
    let rows: Vec<CodeRow> = tx
        .all(
            "reading the codes of a sign-in",
            "select id, sent_at, expires_at, used_at, voided_at, code_tag from codes \
             where sign_in_id = $1 order by sent_at desc",
            values![sign_in],
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.sent, row.code_tag)).collect())
}

/// Uses a code up. Of two requests at the same time, one gets `true` (B-02).
pub async fn use_code(tx: &mut Tx, id: Uuid, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "using a code",
            "update codes set used_at = $1 where id = $2 and used_at is null \
             and voided_at is null and expires_at > $1",
            values![now, id],
        )
        .await?;
    Ok(changed == 1)
}

/// Voids every code of an account that would still count (B-04).
pub async fn void_codes(tx: &mut Tx, account: AccountId, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "voiding codes",
        "update codes set voided_at = $1 where account_id = $2 and expires_at > $1 \
         and used_at is null and voided_at is null",
        values![now, account],
    )
    .await
}

/// Notes that something was sent for these subjects (an account, a destination).
pub async fn note_sending(
    tx: &mut Tx,
    subjects: &[Tag],
    id: Uuid,
    now: Instant,
) -> Result<(), Fault> {
    for subject in subjects {
        tx.run(
            "noting a sending",
            "insert into sendings (subject, sent_at, id) values ($1, $2, $3)",
            values![subject, now, id],
        )
        .await?;
    }
    Ok(())
}

/// When something was sent for this subject in the last day.
pub async fn sendings(tx: &mut Tx, subject: &Tag, now: Instant) -> Result<Vec<Instant>, Fault> {
    let rows: Vec<(i64,)> = tx
        .all(
            "reading past sendings",
            "select sent_at from sendings where subject = $1 and sent_at > $2 order by sent_at",
            values![subject, now.minus(Duration::from_hours(24))],
        )
        .await?;
    Ok(rows.into_iter().map(|(at,)| Instant::from_micros(at)).collect())
}

/// Drops every sign-in of an account that is between two steps, with its codes.
pub async fn forget_of(tx: &mut Tx, account: AccountId) -> Result<u64, Fault> {
    tx.run(
        "dropping the sign-ins of an account",
        "delete from sign_ins where account_id = $1",
        values![account],
    )
    .await
}

/// Drops what no rule asks for any more.
pub async fn forget_before(tx: &mut Tx, day_ago: Instant) -> Result<u64, Fault> {
    let sign_ins = tx
        .run(
            "dropping old sign-ins",
            "delete from sign_ins where expires_at < $1",
            values![day_ago],
        )
        .await?;
    let sendings = tx
        .run("dropping old sendings", "delete from sendings where sent_at < $1", values![day_ago])
        .await?;
    Ok(sign_ins + sendings)
}

fn session_place(id: &Tag) -> Place<'_> {
    Place("sign_ins", "session", id)
}
