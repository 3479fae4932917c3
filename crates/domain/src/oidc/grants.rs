//! What a member let an application do, and what codes and refresh tokens that come of it are worth.
//!
//! A grant is the family of everything that came of one consent: a code, access tokens, refresh
//! tokens. Ending the grant ends them all.

use std::time::Duration;

use super::requests::Request;
use super::scopes::{Scope, Scopes};
use crate::ids::AccountId;
use crate::time::Instant;

/// How long a code waits to be redeemed (K-04).
pub const CODE_LIFE: Duration = Duration::from_mins(1);

/// How long a refresh token works in all (K-12).
pub const REFRESH_LIFE: Duration = Duration::from_hours(30 * 24);

/// How long a refresh token works without being used (K-12).
pub const REFRESH_IDLE: Duration = Duration::from_hours(7 * 24);

/// A grant with everything that its worth depends on, read in one moment.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Its random id.
    pub id: uuid::Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// For which client.
    pub client: String,
    /// What was asked for and agreed to.
    pub request: Request,
    /// When it was given.
    pub given_at: Instant,
    /// When the member had proved who they are.
    pub proved_at: Instant,
    /// How the second step was done.
    pub way: crate::second_factor::Way,
    /// When the session was opened in which it was given: names the session for good, since its
    /// token changes.
    pub session_opened_at: Instant,
    /// When somebody ended it: withdrawn, revoked, replayed.
    pub ended_at: Option<Instant>,
    /// What has become of account, session and client since.
    pub surroundings: Surroundings,
}

/// What a grant depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Whether the account's password is the one of that day, and not distrusted since (R7).
    pub is_password_the_same: bool,
    /// Whether the session was ended, or is forgotten.
    pub is_session_over: bool,
    /// Whether the client was disabled.
    pub is_client_disabled: bool,
}

/// Why a grant is worth nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Withdrawn, revoked, or ended because something was used twice.
    Ended,
    /// The password is another one, or distrusted.
    Account,
    /// The session is over, and nothing was to go on without it.
    Session,
    /// The client was disabled.
    Client,
    /// It has lasted as long as anything may.
    Old,
}

impl Grant {
    /// What was agreed to.
    #[must_use]
    pub const fn scopes(&self) -> &Scopes {
        &self.request.scopes
    }

    /// Whether it goes on when the session is over.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.scopes().has(Scope::OfflineAccess)
    }

    /// Whether it still counts.
    pub fn check(&self, now: Instant) -> Result<(), Over> {
        if self.ended_at.is_some() {
            return Err(Over::Ended);
        }
        if self.surroundings.is_client_disabled {
            return Err(Over::Client);
        }
        if !self.surroundings.is_password_the_same {
            return Err(Over::Account);
        }
        if self.surroundings.is_session_over && !self.is_offline() {
            return Err(Over::Session);
        }
        if now.since(self.given_at) >= REFRESH_LIFE {
            return Err(Over::Old);
        }
        Ok(())
    }
}

/// A code as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The grant that it opens.
    pub grant: uuid::Uuid,
    /// Whose grant that is.
    pub account: AccountId,
    /// When it stops being good.
    pub expires_at: Instant,
    /// When it was redeemed.
    pub used_at: Option<Instant>,
}

/// A refresh token as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refresh {
    /// The grant that it goes on with.
    pub grant: uuid::Uuid,
    /// Whose grant that is.
    pub account: AccountId,
    /// When it was made.
    pub made_at: Instant,
    /// When it was last used; of one that rotates, when it was used up.
    pub used_at: Option<Instant>,
    /// Whether it was used up: another one has taken its place.
    pub is_used_up: bool,
    /// The key it is bound to.
    pub key: Option<String>,
}

impl Refresh {
    /// Whether it lies unused for too long.
    #[must_use]
    pub fn is_idle(&self, now: Instant) -> bool {
        now.since(self.used_at.unwrap_or(self.made_at)) >= REFRESH_IDLE
    }
}

#[cfg(test)]
mod tests {
    use super::super::requests::{Mode, Prompts, WayBack};
    use super::*;
    use crate::second_factor::Way;

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    const FINE: Surroundings = Surroundings {
        is_password_the_same: true,
        is_session_over: false,
        is_client_disabled: false,
    };

    fn grant(scopes: &str, surroundings: Surroundings) -> Grant {
        let way_back = WayBack { address: String::new(), mode: Mode::Query, state: None };
        Grant {
            id: uuid::Uuid::nil(),
            account: AccountId(uuid::Uuid::nil()),
            client: "klaim".to_owned(),
            request: Request {
                client: "klaim".to_owned(),
                way_back,
                scopes: Scopes::parse(scopes),
                claims: crate::oidc::claims::Asked::default(),
                nonce: None,
                challenge: None,
                key: None,
                resource: None,
                prompts: Prompts::default(),
                max_age: None,
                levels: Vec::new(),
                language: None,
                login_hint: None,
                hint: None,
            },
            given_at: NOON,
            proved_at: NOON,
            way: Way::Sms,
            session_opened_at: NOON,
            ended_at: None,
            surroundings,
        }
    }

    #[test]
    fn r7_nothing_outlives_what_it_hangs_on() {
        for (scopes, surroundings, expected) in [
            ("openid", FINE, Ok(())),
            ("openid", Surroundings { is_session_over: true, ..FINE }, Err(Over::Session)),
            ("openid offline_access", Surroundings { is_session_over: true, ..FINE }, Ok(())),
            (
                "openid offline_access",
                Surroundings { is_password_the_same: false, ..FINE },
                Err(Over::Account),
            ),
            (
                "openid offline_access",
                Surroundings { is_client_disabled: true, ..FINE },
                Err(Over::Client),
            ),
        ] {
            assert_eq!(
                grant(scopes, surroundings).check(NOON),
                expected,
                "{scopes} {surroundings:?}"
            );
        }
        let mut ended = grant("openid offline_access", FINE);
        ended.ended_at = Some(NOON);
        assert_eq!(ended.check(NOON), Err(Over::Ended));
    }

    #[test]
    fn k12_a_grant_ends_after_thirty_days_and_a_token_after_seven_quiet_ones() {
        let grant = grant("openid offline_access", FINE);
        let almost = NOON.plus(REFRESH_LIFE).minus(Duration::from_micros(1));
        assert_eq!(grant.check(almost), Ok(()));
        assert_eq!(grant.check(NOON.plus(REFRESH_LIFE)), Err(Over::Old));
        let mut token = Refresh {
            grant: grant.id,
            account: grant.account,
            made_at: NOON,
            used_at: None,
            is_used_up: false,
            key: None,
        };
        assert!(!token.is_idle(NOON.plus(REFRESH_IDLE).minus(Duration::from_micros(1))));
        assert!(token.is_idle(NOON.plus(REFRESH_IDLE)));
        token.used_at = Some(NOON.plus(Duration::from_hours(24)));
        assert!(!token.is_idle(NOON.plus(REFRESH_IDLE)));
    }
}
