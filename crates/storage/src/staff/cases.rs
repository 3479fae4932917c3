//! Cases, what happened to them, and notes that were begun. What may be done to a case is
//! `domain::staff::cases`' business; here a change is made to the version that was seen, or not at all.

use payung_domain::ids::{AccountId, CaseId, PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::cases::{
    Case, CaseReference, Closing, Entry, Kind, Linked, Standing, State, What, Whose,
};
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;
use crate::vault::{Place, Vault};

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select id, reference, kind, account_id, person_id, about_staff, linked_sort, \
             linked_key, state, staff_id, opened_at, due_at, closed_at, outcome, version \
             from cases ",
            $which
        )
    };
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    id: Uuid,
    reference: String,
    kind: String,
    account_id: Option<Uuid>,
    person_id: Option<Uuid>,
    about_staff: Option<Uuid>,
    linked_sort: String,
    linked_key: String,
    state: String,
    staff_id: Option<Uuid>,
    opened_at: i64,
    due_at: i64,
    closed_at: Option<i64>,
    outcome: Option<String>,
    version: i64,
}

impl CaseRow {
    fn case(self) -> Result<Case, Fault> {
        let id = self.id;
        let nonsense = |column| Fault::new("reading a case", format!("cases.{column} of {id}"));
        Ok(Case {
            id: CaseId(id),
            reference: CaseReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            kind: Kind::named(&self.kind).ok_or_else(|| nonsense("kind"))?,
            account: self.account_id.map(AccountId),
            person: self.person_id.map(PersonId),
            about: self.about_staff.map(StaffId),
            linked: Linked::read(&self.linked_sort, &self.linked_key)
                .ok_or_else(|| nonsense("linked_key"))?,
            opened_at: Instant::from_micros(self.opened_at),
            due_at: Instant::from_micros(self.due_at),
            state: self.state().ok_or_else(|| nonsense("state"))?,
            version: u32::try_from(self.version).map_err(|_| nonsense("version"))?,
        })
    }

    fn state(&self) -> Option<State> {
        let holder = self.staff_id.map(StaffId);
        match Standing::named(&self.state)? {
            Standing::Open => Some(State::Open),
            Standing::Taken => holder.map(State::Taken),
            Standing::Waiting => holder.map(State::Waiting),
            Standing::Closed => Some(State::Closed {
                by: holder,
                outcome: self.outcome.as_deref().and_then(Closing::named)?,
                at: self.closed_at.map(Instant::from_micros)?,
            }),
        }
    }
}

/// Keeps a case that was opened. Whose it is follows from the account where nothing is said of it.
/// `false` when the reference is taken, or the same line of activity has a case already.
pub async fn add(tx: &mut Tx, case: &Case) -> Result<bool, Fault> {
    let added = tx
        .run(
            "keeping a case",
            "insert into cases (id, reference, kind, account_id, person_id, about_staff, \
             linked_sort, linked_key, state, opened_at, due_at, version) \
             values ($1, $2, $3, $4, \
             coalesce($5, (select a.person_id from accounts a where a.id = $4)), \
             $6, $7, $8, $9, $10, $11, $12) on conflict do nothing",
            values![
                case.id,
                case.reference.as_str(),
                case.kind.name(),
                case.account,
                case.person,
                case.about,
                case.linked.sort(),
                case.linked.key(),
                case.state.standing().name(),
                case.opened_at,
                case.due_at,
                case.version
            ],
        )
        .await?;
    Ok(added == 1)
}

/// The case with this reference.
pub async fn referred(tx: &mut Tx, reference: &CaseReference) -> Result<Option<Case>, Fault> {
    let row: Option<CaseRow> = tx
        .one("finding a case", read!("where reference = $1"), values![reference.as_str()])
        .await?;
    row.map(CaseRow::case).transpose()
}

/// The case in which this member contests this line of their activity.
pub async fn contesting(
    tx: &mut Tx,
    account: AccountId,
    line: Mark,
) -> Result<Option<Case>, Fault> {
    let row: Option<CaseRow> = tx
        .one(
            "finding the case that contests a line",
            read!("where account_id = $1 and linked_sort = 'activity' and linked_key = $2"),
            values![account, line.to_string()],
        )
        .await?;
    row.map(CaseRow::case).transpose()
}

/// The latest case about something that has a place of its own, locked until the transaction ends.
pub async fn linked_to(tx: &mut Tx, linked: &Linked) -> Result<Option<Case>, Fault> {
    let row: Option<CaseRow> = tx
        .one_locked(
            "finding the case about something",
            read!(
                "where linked_sort = $1 and linked_key = $2 \
                 order by opened_at desc, id desc limit 1"
            ),
            values![linked.sort(), linked.key()],
        )
        .await?;
    row.map(CaseRow::case).transpose()
}

/// The cases about a member, the latest first, at most so many.
pub async fn of_person(tx: &mut Tx, person: PersonId, most: u32) -> Result<Vec<Case>, Fault> {
    let rows: Vec<CaseRow> = tx
        .all(
            "listing the cases about a member",
            read!("where person_id = $1 order by opened_at desc, id desc limit $2"),
            values![person, most],
        )
        .await?;
    rows.into_iter().map(CaseRow::case).collect()
}

/// Which cases are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// For whom: what is their own, and what is others'.
    pub staff: StaffId,
    /// Whose; everybody's without a word.
    pub whose: Option<Whose>,
    /// Only these.
    pub kind: Option<Kind>,
    /// Only those that stand so; without a word, all that are not over.
    pub standing: Option<Standing>,
    /// Only what came in at this moment or before.
    pub opened_until: Instant,
    /// Only what was due at this moment or before.
    pub due_until: Instant,
    /// Only what comes after this one.
    pub after: Option<Mark>,
}

/// At most so many cases, what is due first first.
pub async fn queue(tx: &mut Tx, wanted: &Wanted, most: u32) -> Result<Vec<Case>, Fault> {
    let start = Mark { at: Instant::from_micros(i64::MIN), id: Uuid::nil() };
    let after = wanted.after.unwrap_or(start);
    let rows: Vec<CaseRow> = tx
        .all(
            "listing cases",
            read!(
                "where (due_at, id) > ($1, $2) and ($3 = '' or kind = $3) \
                 and ((state = $4) or ($4 = '' and state <> 'closed')) \
                 and ($5 = '' or ($5 = 'own' and staff_id = $6) \
                 or ($5 = 'team' and staff_id is not null and staff_id <> $6) \
                 or ($5 = 'nobody' and staff_id is null)) \
                 and opened_at <= $7 and due_at <= $8 \
                 order by due_at, id limit $9"
            ),
            values![
                after.at,
                after.id,
                wanted.kind.map_or("", Kind::name),
                wanted.standing.map_or("", Standing::name),
                wanted.whose.map_or("", Whose::name),
                wanted.staff,
                wanted.opened_until,
                wanted.due_until,
                most
            ],
        )
        .await?;
    rows.into_iter().map(CaseRow::case).collect()
}

/// Takes a case that nobody has. Of any number at the same time, one gets `true`.
pub async fn take(tx: &mut Tx, id: CaseId, staff: StaffId, version: u32) -> Result<bool, Fault> {
    let taken = tx
        .run(
            "taking a case",
            "update cases set state = 'taken', staff_id = $1, version = version + 1 \
             where id = $2 and version = $3 and state = 'open' and staff_id is null",
            values![staff, id, version],
        )
        .await?;
    Ok(taken == 1)
}

/// Keeps what became of a case, if it still is at the version that was seen. Of any number at the same
/// time, one gets `true`.
pub async fn change(tx: &mut Tx, case: &Case, seen: u32) -> Result<bool, Fault> {
    let (outcome, closed_at) = if let State::Closed { outcome, at, .. } = case.state {
        (Some(outcome.name()), Some(at))
    } else {
        (None, None)
    };
    let changed = tx
        .run(
            "changing a case",
            "update cases set state = $1, staff_id = $2, outcome = $3, closed_at = $4, \
             version = $5 where id = $6 and version = $7 and state <> 'closed'",
            values![
                case.state.standing().name(),
                case.state.holder(),
                outcome,
                closed_at,
                case.version,
                case.id,
                seen
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Adds a line to the timeline of a case.
pub async fn add_entry(
    tx: &mut Tx,
    vault: &Vault,
    case: CaseId,
    entry: &Entry,
) -> Result<(), Fault> {
    let sealed = vault.seal(text_of(&entry.mark.id), entry.text.as_bytes())?;
    tx.run(
        "writing down what happened to a case",
        "insert into case_notes (case_id, written_at, id, what, author, detail, version, \
         sealed_text) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![
            case,
            entry.mark.at,
            entry.mark.id,
            entry.what.name(),
            &*entry.author,
            &*entry.detail,
            entry.version,
            sealed
        ],
    )
    .await
    .map(drop)
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: Uuid,
    written_at: i64,
    what: String,
    author: String,
    detail: String,
    version: i64,
    sealed_text: Vec<u8>,
}

impl EntryRow {
    fn entry(self, vault: &Vault) -> Result<Entry, Fault> {
        let id = self.id;
        let nonsense = |column| {
            Fault::new("reading what happened to a case", format!("case_notes.{column} of {id}"))
        };
        Ok(Entry {
            mark: Mark { at: Instant::from_micros(self.written_at), id },
            what: What::named(&self.what).ok_or_else(|| nonsense("what"))?,
            author: self.author,
            detail: self.detail,
            version: u32::try_from(self.version).map_err(|_| nonsense("version"))?,
            text: vault.open_text(text_of(&id), &self.sealed_text)?,
        })
    }
}

/// The timeline of a case, the first line first.
pub async fn entries(tx: &mut Tx, vault: &Vault, case: CaseId) -> Result<Vec<Entry>, Fault> {
    let rows: Vec<EntryRow> = tx
        .all(
            "reading what happened to a case",
            "select id, written_at, what, author, detail, version, sealed_text from case_notes \
             where case_id = $1 order by version, written_at, id",
            values![case],
        )
        .await?;
    rows.into_iter().map(|row| row.entry(vault)).collect()
}

/// Keeps what an officer has begun to write, in place of what they kept before.
pub async fn keep_draft(
    tx: &mut Tx,
    vault: &Vault,
    (case, staff): (CaseId, StaffId),
    text: &str,
    until: Instant,
) -> Result<(), Fault> {
    let row = row_of(case, staff);
    let sealed = vault.seal(draft_of(&row), text.as_bytes())?;
    tx.run(
        "keeping a note that was begun",
        "insert into case_drafts (case_id, staff_id, sealed_text, expires_at) \
         values ($1, $2, $3, $4) on conflict (case_id, staff_id) do update set \
         sealed_text = excluded.sealed_text, expires_at = excluded.expires_at",
        values![case, staff, sealed, until],
    )
    .await
    .map(drop)
}

/// What an officer has begun to write.
pub async fn draft(
    tx: &mut Tx,
    vault: &Vault,
    (case, staff): (CaseId, StaffId),
    now: Instant,
) -> Result<Option<String>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one(
            "reading a note that was begun",
            "select sealed_text from case_drafts \
             where case_id = $1 and staff_id = $2 and expires_at > $3",
            values![case, staff, now],
        )
        .await?;
    let Some((sealed,)) = row else { return Ok(None) };
    let row = row_of(case, staff);
    vault.open_text(draft_of(&row), &sealed).map(Some)
}

/// Drops what an officer had begun to write.
pub async fn drop_draft(tx: &mut Tx, case: CaseId, staff: StaffId) -> Result<(), Fault> {
    tx.run(
        "dropping a note that was begun",
        "delete from case_drafts where case_id = $1 and staff_id = $2",
        values![case, staff],
    )
    .await
    .map(drop)
}

/// Drops notes that were begun and never finished.
pub async fn forget_drafts(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "dropping notes that were begun",
        "delete from case_drafts where expires_at <= $1",
        values![now],
    )
    .await
}

fn text_of(id: &Uuid) -> Place<'_> {
    Place("case_notes", "text", id.as_bytes())
}

fn draft_of(row: &[u8]) -> Place<'_> {
    Place("case_drafts", "text", row)
}

fn row_of(case: CaseId, staff: StaffId) -> Vec<u8> {
    [case.0.into_bytes(), staff.0.into_bytes()].concat()
}
