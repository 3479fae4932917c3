//! What the operator has to say to everybody.

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

/// Keeps an announcement.
pub async fn add(tx: &mut Tx, announcement: &Announcement) -> Result<(), Fault> {
    tx.run(
        "keeping an announcement",
        "insert into announcements (id, indonesian, english, begins_at, ends_at) \
         values ($1, $2, $3, $4, $5)",
        values![
            announcement.id,
            &*announcement.indonesian,
            &*announcement.english,
            announcement.begins_at,
            announcement.ends_at
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
             where ends_at > $1 order by begins_at, id",
            values![now],
        )
        .await?;
    let announcement = |row: AnnouncementRow| Announcement {
        id: row.id,
        indonesian: row.indonesian,
        english: row.english,
        begins_at: Instant::from_micros(row.begins_at),
        ends_at: Instant::from_micros(row.ends_at),
    };
    Ok(rows.into_iter().map(announcement).collect())
}

/// Takes back everything that is shown now or would be; answers how many that were.
pub async fn clear(tx: &mut Tx, now: Instant) -> Result<u64, Fault> {
    tx.run(
        "taking announcements back",
        "delete from announcements where ends_at > $1",
        values![now],
    )
    .await
}
