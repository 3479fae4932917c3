//! Connections that rest between two uses.
//!
//! sqlx's own pool asks every connection that comes back whether it is still there. On SQLite the question
//! costs as much as a small statement, on PostgreSQL a way there and back, and it comes on top of every
//! look and every transaction. Here a connection is asked where something about it is in doubt: what it did
//! last failed or was given up, or it has rested for a while (docs/decisions/connections.md).

use std::fmt;
use std::io::ErrorKind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::{ConnectOptions, Connection, Database, Postgres, Sqlite, raw_sql};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};

/// A connection over a network is asked whether it is there when it has rested so long.
const RESTED: Duration = Duration::from_secs(1);

/// A server that does not let anybody in yet is tried again, first after so long, then after twice that.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(10);

/// What a pool has to know about an engine.
pub(crate) trait Engine: Database {
    /// A file does not hang up while it rests.
    const IS_A_FILE: bool;

    /// Says a few words that answer nothing: `begin`, `commit`, `rollback`.
    fn say(
        connection: &mut Self::Connection,
        words: &'static str,
    ) -> impl Future<Output = Result<(), sqlx::Error>> + Send;
}

impl Engine for Sqlite {
    const IS_A_FILE: bool = true;

    async fn say(
        connection: &mut Self::Connection,
        words: &'static str,
    ) -> Result<(), sqlx::Error> {
        raw_sql(words).execute(connection).await.map(drop)
    }
}

impl Engine for Postgres {
    const IS_A_FILE: bool = false;

    async fn say(
        connection: &mut Self::Connection,
        words: &'static str,
    ) -> Result<(), sqlx::Error> {
        raw_sql(words).execute(connection).await.map(drop)
    }
}

type Options<DB> = <<DB as Database>::Connection as Connection>::Options;

/// As many connections as there may be, opened when they are needed.
pub(crate) struct Pool<DB: Engine>(Arc<Shared<DB>>);

struct Shared<DB: Engine> {
    options: Options<DB>,
    most: u32,
    patience: Duration,
    room: Arc<Semaphore>,
    resting: Mutex<Vec<Resting<DB>>>,
}

struct Resting<DB: Engine> {
    connection: DB::Connection,
    since: Instant,
}

impl<DB: Engine> Pool<DB> {
    /// Opens the first connection, so that a wrong address is known at once. Whoever asks for one waits
    /// for it as long as `patience`, in order.
    pub(crate) async fn open(
        options: Options<DB>,
        most: u32,
        patience: Duration,
    ) -> Result<Self, sqlx::Error> {
        let room = Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(usize::MAX)));
        let shared = Shared { options, most, patience, room, resting: Mutex::default() };
        let pool = Self(Arc::new(shared));
        pool.lend().await?;
        Ok(pool)
    }

    /// A connection for one statement.
    pub(crate) async fn lend(&self) -> Result<Lent<DB>, sqlx::Error> {
        let lent = timeout(self.0.patience, self.0.lend()).await;
        let (connection, room) = lent.map_err(|_| sqlx::Error::PoolTimedOut)??;
        Ok(Lent {
            pool: Arc::clone(&self.0),
            connection: Some(connection),
            room: Some(room),
            is_in_doubt: false,
            is_begun: false,
        })
    }

    /// A connection with a transaction that these words begin.
    pub(crate) async fn begin(&self, words: &'static str) -> Result<Lent<DB>, sqlx::Error> {
        let mut lent = self.lend().await?;
        // Before it is: whoever gives up while it begins leaves one that has to end.
        lent.is_begun = true;
        let begun = DB::say(lent.connection()?, words).await;
        lent.went(begun)?;
        Ok(lent)
    }

    /// Closes every connection, each as soon as it comes back. None is lent from here on.
    pub(crate) async fn close(&self) {
        let Ok(_all) = self.0.room.acquire_many(self.0.most).await else { return };
        self.0.room.close();
        let resting = std::mem::take(&mut *self.0.resting());
        for one in resting {
            if let Err(error) = one.connection.close().await {
                tracing::warn!(%error, "closing a connection failed");
            }
        }
    }
}

impl<DB: Engine> Shared<DB> {
    async fn lend(&self) -> Result<(DB::Connection, OwnedSemaphorePermit), sqlx::Error> {
        let room = Arc::clone(&self.room).acquire_owned().await;
        let room = room.map_err(|_| sqlx::Error::PoolClosed)?;
        while let Some(Resting { mut connection, since }) = self.next() {
            if DB::IS_A_FILE || since.elapsed() < RESTED || connection.ping().await.is_ok() {
                return Ok((connection, room));
            }
        }
        Ok((self.connect().await?, room))
    }

    /// The one that came back last: it is the likeliest to be there, and its memory is warm.
    fn next(&self) -> Option<Resting<DB>> {
        self.resting().pop()
    }

    fn rest(&self, connection: DB::Connection) {
        self.resting().push(Resting { connection, since: Instant::now() });
    }

    fn resting(&self) -> MutexGuard<'_, Vec<Resting<DB>>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connect(&self) -> Result<DB::Connection, sqlx::Error> {
        let mut pause = TRY_AGAIN_AFTER;
        loop {
            match self.options.connect().await {
                Err(error) if is_starting(&error) => sleep(pause).await,
                other => return other,
            }
            pause *= 2;
        }
    }
}

/// Whether a server is about to let us in: it starts, or others are about to leave.
fn is_starting(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => error.kind() == ErrorKind::ConnectionRefused,
        sqlx::Error::Database(error) => error.is_transient_in_connect_phase(),
        _ => false,
    }
}

/// A connection for as long as it is needed. What it began and did not commit is undone when it is let go.
pub(crate) struct Lent<DB: Engine> {
    pool: Arc<Shared<DB>>,
    connection: Option<DB::Connection>,
    room: Option<OwnedSemaphorePermit>,
    is_in_doubt: bool,
    is_begun: bool,
}

impl<DB: Engine> Lent<DB> {
    /// The connection, to do one thing with. Until [`Lent::went`] says that it went well it is in doubt,
    /// as it stays when whoever waits for it gives up.
    pub(crate) fn connection(&mut self) -> Result<&mut DB::Connection, sqlx::Error> {
        self.is_in_doubt = true;
        self.connection.as_mut().ok_or(sqlx::Error::PoolClosed)
    }

    /// How it went.
    pub(crate) fn went<T>(&mut self, done: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
        self.is_in_doubt = done.is_err();
        done
    }

    /// Whether it is in a transaction.
    pub(crate) const fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Makes everything last that was done since it began.
    pub(crate) async fn commit(mut self) -> Result<(), sqlx::Error> {
        if self.is_begun {
            let done = DB::say(self.connection()?, "commit").await;
            self.went(done)?;
            self.is_begun = false;
        }
        Ok(())
    }
}

impl<DB: Engine> Drop for Lent<DB> {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let (is_begun, is_in_doubt) = (self.is_begun, self.is_in_doubt);
        if !is_begun && !is_in_doubt {
            self.pool.rest(connection);
            return;
        }
        // Where the program ends, so does the connection.
        let Ok(runtime) = Handle::try_current() else { return };
        let (pool, room) = (Arc::clone(&self.pool), self.room.take());
        runtime.spawn(async move {
            let mut stands = Ok(());
            if is_begun {
                stands = DB::say(&mut connection, "rollback").await;
            }
            if is_in_doubt {
                // There may have been nothing to undo.
                stands = connection.ping().await;
            }
            match stands {
                Ok(()) => pool.rest(connection),
                Err(error) => tracing::warn!(%error, "a connection is given up"),
            }
            drop(room);
        });
    }
}

impl<DB: Engine> Clone for Pool<DB> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

// Options may hold a password.
impl<DB: Engine> fmt::Debug for Pool<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("most", &self.0.most).finish_non_exhaustive()
    }
}

impl<DB: Engine> fmt::Debug for Lent<DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lent").field("is_begun", &self.is_begun).finish_non_exhaustive()
    }
}
