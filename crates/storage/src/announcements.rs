//! What the operator has to say to everybody, and what was said before: nothing is dropped.

use payung_domain::announcements::Announcement;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::values;

#[derive(sqlx::FromRow)]
struct AnnouncementRow {
    id: Uuid,
    indonesian: String,
    english: String,
    begins_at: i64,
    ends_at: i64,
}

impl AnnouncementRow {
    fn announcement(self) -> Announcement {
        Announcement {
            id: self.id,
            indonesian: self.indonesian,
            english: self.english,
            begins_at: Instant::from_micros(self.begins_at),
            ends_at: Instant::from_micros(self.ends_at),
        }
    }
}

/// An announcement with who made it, and who took it back before its time, if anybody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The announcement.
    pub announcement: Announcement,
    /// Who made it.
    pub set_by: String,
    /// When.
    pub set_at: Instant,
    /// Who took it back, and when.
    pub withdrawn: Option<(String, Instant)>,
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    id: Uuid,
    indonesian: String,
    english: String,
    begins_at: i64,
    ends_at: i64,
    set_by: String,
    set_at: i64,
    withdrawn_at: Option<i64>,
    withdrawn_by: String,
}

impl ToldRow {
    fn told(self) -> Told {
        let withdrawn_by = self.withdrawn_by;
        Told {
            announcement: Announcement {
                id: self.id,
                indonesian: self.indonesian,
                english: self.english,
                begins_at: Instant::from_micros(self.begins_at),
                ends_at: Instant::from_micros(self.ends_at),
            },
            set_by: self.set_by,
            set_at: Instant::from_micros(self.set_at),
            withdrawn: self.withdrawn_at.map(|at| (withdrawn_by, Instant::from_micros(at))),
        }
    }
}

/// The newest announcements, whatever became of them, newest first.
pub async fn history(tx: &mut Tx, most: u32) -> Result<Vec<Told>, Fault> {
    let rows: Vec<ToldRow> = tx
        .all(
            "reading what was announced",
            "select id, indonesian, english, begins_at, ends_at, set_by, set_at, withdrawn_at, \
             withdrawn_by from announcements order by set_at desc, id desc limit $1",
            values![most],
        )
        .await?;
    Ok(rows.into_iter().map(ToldRow::told).collect())
}

/// Keeps an announcement, with who made it.
pub async fn add(
    tx: &mut Tx,
    announcement: &Announcement,
    by: &str,
    now: Instant,
) -> Result<(), Fault> {
    tx.run(
        "keeping an announcement",
        "insert into announcements (id, indonesian, english, begins_at, ends_at, set_by, set_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            announcement.id,
            &*announcement.indonesian,
            &*announcement.english,
            announcement.begins_at,
            announcement.ends_at,
            by,
            now
        ],
    )
    .await
    .map(drop)
}

/// Those that are shown now or will be, in the order they begin.
pub async fn current(tx: &mut Tx, now: Instant) -> Result<Vec<Announcement>, Fault> {
    let rows: Vec<AnnouncementRow> = tx
        .all(
            "reading announcements",
            "select id, indonesian, english, begins_at, ends_at from announcements \
             where ends_at > $1 and withdrawn_at is null order by begins_at, id",
            values![now],
        )
        .await?;
    Ok(rows.into_iter().map(AnnouncementRow::announcement).collect())
}

/// Takes back everything that is shown now or would be; answers how many that were.
pub async fn clear(tx: &mut Tx, by: &str, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "taking announcements back",
        "update announcements set withdrawn_at = $1, withdrawn_by = $2 \
         where ends_at > $1 and withdrawn_at is null",
        values![now, by],
    )
    .await
}

/// Takes one back; `false` when it is over, was taken back before, or never was.
pub async fn withdraw(tx: &mut Tx, id: Uuid, by: &str, now: Instant) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "taking an announcement back",
            "update announcements set withdrawn_at = $1, withdrawn_by = $2 \
             where id = $3 and ends_at > $1 and withdrawn_at is null",
            values![now, by, id],
        )
        .await?;
    Ok(changed == 1)
}
