//! Files of members, employers and contributions, from the first line to the ledger.
//!
//! A thread reads and judges rows, a chunk at a time, while the chunk before is being kept. Each chunk
//! is one transaction with the mark until which the file is in, so that an import that breaks off goes
//! on behind the last chunk. What is savings is posted at the end, in an order of its own: the same
//! rows make the same ledger, whatever order they came in and however often it broke off.

pub mod book;
mod checksum;
mod keeping;
pub mod lines;
mod posting;
pub mod reading;
mod table;

use std::sync::Arc;

use jiff::civil::Date;
use payung_domain::dice::Dice;
use payung_domain::imports::{Kind, Refusal, Tally};
use payung_domain::keyed::Tag;
use payung_domain::programmes::Programmes;
use payung_domain::time::{Clock, Zone};
use payung_storage::imports::{self, Run};
use payung_storage::{Fault, Store};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub use self::checksum::checksum;
use self::reading::{Chunk, Unreadable};
pub use self::table::Source;
use self::table::Table;

/// Rows that are kept in one transaction.
pub const CHUNK: usize = 20_000;

/// Refused rows that are read back at a time.
const PAGE: u32 = 1_000;

/// What an import needs.
#[derive(Clone)]
pub struct Importer {
    /// Where it is kept.
    pub store: Store,
    /// The programmes' dated rules.
    pub programmes: Arc<Programmes>,
    /// Where ids come from.
    pub dice: Arc<dyn Dice>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Rows in one transaction; [`CHUNK`] but in tests.
    pub chunk: usize,
}

/// What is to be done with a file.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// What it tells of.
    pub kind: Kind,
    /// SHA-256 of the file; none when it cannot be read twice.
    pub digest: Option<Tag>,
    /// Whether nothing is to be kept.
    pub is_trial: bool,
    /// Whether to go on with an import of this file that broke off.
    pub goes_on: bool,
}

/// Who hears how an import goes.
pub trait Listener: Send {
    /// So many more rows are done.
    fn rows(&mut self, count: u64);

    /// These rows are refused, in the order of the file.
    fn refused(&mut self, refusals: &[Refusal]) -> std::io::Result<()>;
}

/// What an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// The rows of the whole file, also of those parts that were in before.
    pub tally: Tally,
    /// Whether the whole file was in before.
    pub was_in_before: bool,
    /// The line behind which it went on, if it had broken off.
    pub went_on_after: Option<u32>,
    /// Whether the file ends in the middle of a line: it may have been cut off.
    pub ends_midline: bool,
    /// Lines that the ledger got.
    pub posted: u64,
}

/// Why an import stops.
#[derive(Debug)]
pub enum Stopped {
    /// The file cannot be read.
    Unreadable(Unreadable),
    /// An import of this file broke off after this line, and nobody said to go on with it.
    BrokeOff(u32),
    /// Another program is importing this very file.
    Elsewhere,
    /// What was refused could not be written down.
    Unheard(std::io::Error),
    /// The database could not be used.
    Broke(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Broke(fault)
    }
}

/// Reads a file in.
pub async fn import(
    importer: &Importer,
    wish: Wish,
    source: Source,
    listener: &mut dyn Listener,
) -> Result<Done, Stopped> {
    // A workbook is looked through as a whole before anything else, which takes a while.
    let table = tokio::task::spawn_blocking(move || Table::open(wish.kind, source))
        .await
        .map_err(Fault::while_doing("opening a file"))?
        .map_err(Stopped::Unreadable)?;
    let begun = begin(importer, &wish, table.header_line()).await?;
    let mut run = begun.run;
    tell_earlier(importer, &run, listener).await?;
    let mut done = Done {
        tally: run.tally,
        was_in_before: run.ended_at.is_some() && !wish.is_trial,
        went_on_after: begun.goes_on.then_some(run.mark),
        ends_midline: false,
        posted: 0,
    };
    if done.was_in_before {
        return Ok(done);
    }
    listener.rows(run.tally.rows());
    let (mut chunks, reading) = read_on(importer, table, run.mark, run.begun_at.date(Zone::Wib));
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk.map_err(|error| Stopped::Unreadable(Unreadable::Broke(error)))?;
        done.ends_midline = chunk.ends_midline;
        let (more, refused) = keep(importer, &wish, &mut run, chunk).await?;
        done.tally = done.tally.plus(more);
        listener.refused(&refused).map_err(Stopped::Unheard)?;
        listener.rows(more.rows());
    }
    // A reader that has failed says nothing more either, and that is not the end of the file.
    reading.await.map_err(Fault::while_doing("reading a file"))?;
    if !wish.is_trial {
        if wish.kind == Kind::Contributions {
            done.posted = posting::post_all(&importer.store).await?;
        }
        let mut tx = importer.store.write().await?;
        imports::finish(&mut tx, run.id, importer.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(done)
}

struct Begun {
    run: Run,
    goes_on: bool,
}

async fn begin(importer: &Importer, wish: &Wish, header_line: u32) -> Result<Begun, Stopped> {
    let fresh = Run {
        id: importer.dice.id(),
        kind: wish.kind,
        digest: wish.digest,
        begun_at: importer.clock.now(),
        ended_at: None,
        mark: header_line,
        tally: Tally::default(),
    };
    if wish.is_trial {
        return Ok(Begun { run: fresh, goes_on: false });
    }
    let mut tx = importer.store.write().await?;
    if let Some(digest) = wish.digest
        && let Some(run) = imports::of_file(&mut tx, wish.kind, digest).await?
    {
        return match (run.ended_at, wish.goes_on) {
            (None, false) => Err(Stopped::BrokeOff(run.mark)),
            (ended_at, _) => Ok(Begun { run, goes_on: ended_at.is_none() }),
        };
    }
    if !imports::begin(&mut tx, &fresh).await? {
        return Err(Stopped::Elsewhere);
    }
    tx.commit().await?;
    Ok(Begun { run: fresh, goes_on: false })
}

/// What was refused before it broke off, so that one list has all of it.
async fn tell_earlier(
    importer: &Importer,
    run: &Run,
    listener: &mut dyn Listener,
) -> Result<(), Stopped> {
    let mut after = 0;
    loop {
        let mut tx = importer.store.read().await?;
        let page = imports::refusals(&mut tx, run.id, after, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else { return Ok(()) };
        after = last.line;
        listener.refused(&page).map_err(Stopped::Unheard)?;
    }
}

/// Reads and judges rows on a thread of their own. It is at most two chunks ahead, so that memory does
/// not grow with the file.
fn read_on(
    importer: &Importer,
    table: Table,
    mark: u32,
    today: Date,
) -> (mpsc::Receiver<std::io::Result<Chunk>>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(2);
    let (programmes, most) = (Arc::clone(&importer.programmes), importer.chunk);
    let reading = tokio::task::spawn_blocking(move || {
        // Nobody listens any more when the import has stopped.
        let hand_over = |chunk| sender.blocking_send(chunk).is_ok();
        table.each_chunk(mark, most, &programmes, today, hand_over);
    });
    (receiver, reading)
}

/// Keeps a chunk, and moves the mark behind it: both or neither.
async fn keep(
    importer: &Importer,
    wish: &Wish,
    run: &mut Run,
    chunk: Chunk,
) -> Result<(Tally, Vec<Refusal>), Stopped> {
    let Chunk { rows, mut refused, last_line, .. } = chunk;
    let mut tx = importer.store.write().await?;
    imports::take_turn(&mut tx).await?;
    let kept = keeping::keep(importer, &mut tx, run.begun_at, rows).await?;
    refused.extend(kept.refused);
    refused.sort_by_key(|refusal| refusal.line);
    let count = u64::try_from(refused.len()).unwrap_or(u64::MAX);
    let more = Tally { added: kept.added, already: kept.already, refused: count };
    if !wish.is_trial {
        imports::refuse(&mut tx, run.id, &refused).await?;
        if !imports::advance(&mut tx, run, last_line, more).await? {
            return Err(Stopped::Elsewhere);
        }
        tx.commit().await?;
    }
    run.mark = last_line;
    Ok((more, refused))
}
