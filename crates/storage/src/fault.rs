//! What goes wrong with a database: one opaque fault that says what was being done.

use std::fmt;

/// Something the caller did not cause and cannot mend.
#[derive(Debug)]
pub struct Fault {
    doing: &'static str,
    cause: Box<dyn std::error::Error + Send + Sync>,
}

impl Fault {
    /// A fault while doing this, for instance `keeping the message`.
    pub fn new(
        doing: &'static str,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { doing, cause: cause.into() }
    }

    /// For `map_err`: a fault while doing this.
    pub fn while_doing<E: Into<Box<dyn std::error::Error + Send + Sync>>>(
        doing: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |cause| Self::new(doing, cause)
    }

    /// Whether the database could not be reached or had no room in time, so that trying again may
    /// help.
    #[must_use]
    pub fn is_unreachable(&self) -> bool {
        match self.cause.downcast_ref::<sqlx::Error>() {
            Some(
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::Tls(_),
            ) => true,
            // PostgreSQL's classes for a lost connection, too little room, and a server that stops.
            Some(sqlx::Error::Database(error)) => error.code().is_some_and(|code| {
                ["08", "53", "57P"].iter().any(|class| code.starts_with(class))
            }),
            _ => false,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "while {}", self.doing)
    }
}

impl std::error::Error for Fault {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.cause)
    }
}
