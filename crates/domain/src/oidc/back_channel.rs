//! What applications are told from server to server when a session or an account comes to an end:
//! logout tokens (OpenID Connect Back-Channel Logout 1.0) and security events (RFC 8417, with the
//! event types of the OpenID profiles CAEP and RISC).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::tokens::{Names, seconds};
use crate::authenticators::Kind;
use crate::time::Instant;

/// How long a logout token counts (K-26). It is made anew for each attempt, so this is no longer
/// than an attempt and two clocks need.
pub const LOGOUT_TOKEN_LIFE: Duration = Duration::from_mins(2);

/// What logout tokens are typed as, so that none is ever taken for an ID token.
pub const LOGOUT_TYPE: &str = "logout+jwt";

/// What security event tokens are typed as (RFC 8417 section 2.3).
pub const EVENT_TYPE: &str = "secevent+jwt";

const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A security event that an application may ask to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A session that the application got tokens in is over (CAEP).
    SessionRevoked,
    /// The password, a passkey, an app or the number for codes is another one (CAEP).
    CredentialChange,
    /// The account is shut until its owner sets another password (RISC).
    AccountDisabled,
    /// The owner did (RISC).
    AccountEnabled,
}

impl Event {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::SessionRevoked, Self::CredentialChange, Self::AccountDisabled, Self::AccountEnabled];

    /// The name in a client's definition and in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SessionRevoked => "session-revoked",
            Self::CredentialChange => "credential-change",
            Self::AccountDisabled => "account-disabled",
            Self::AccountEnabled => "account-enabled",
        }
    }

    /// The event of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }

    /// The identifier in tokens.
    #[must_use]
    pub fn address(self) -> String {
        let profile = match self {
            Self::SessionRevoked | Self::CredentialChange => "caep",
            Self::AccountDisabled | Self::AccountEnabled => "risc",
        };
        format!("https://schemas.openid.net/secevent/{profile}/event-type/{}", self.name())
    }
}

/// What an application is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// To end what it built on a session: a logout token.
    Logout,
    /// A security event, for whoever asked to hear of it.
    Event(Event),
}

impl News {
    /// The name in rows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::Event(event) => event.name(),
        }
    }

    /// The news of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "logout" => Some(Self::Logout),
            name => Event::named(name).map(Self::Event),
        }
    }
}

/// What a credential change says of an authenticator: `None` for those that CAEP has no word for.
#[must_use]
pub fn credential_change(kind: Kind, change: &str) -> Option<Map<String, Value>> {
    let credential = match kind {
        Kind::Password => "password",
        Kind::Passkey => "fido2-platform",
        Kind::App => "app",
        Kind::Phone => "phone-sms",
        Kind::Email | Kind::RecoveryCodes => return None,
    };
    let mut about = Map::new();
    about.insert("credential_type".to_owned(), json!(credential));
    about.insert("change_type".to_owned(), json!(change));
    Some(about)
}

/// The claims of a logout token. There is no nonce, and none may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutToken {
    /// Who says so.
    pub iss: String,
    /// Of whom, as this client knows them.
    pub sub: String,
    /// To whom: one client.
    pub aud: String,
    /// Since when, in seconds.
    pub iat: i64,
    /// Until when, in seconds.
    pub exp: i64,
    /// The name of this very token.
    pub jti: String,
    /// That it is a logout token.
    pub events: Map<String, Value>,
    /// The session that is over.
    pub sid: String,
}

impl LogoutToken {
    /// The token that tells a client of the end of a session.
    #[must_use]
    pub fn of(client: &str, names: Names<'_>, now: Instant) -> Self {
        let mut events = Map::new();
        events.insert(LOGOUT_EVENT.to_owned(), json!({}));
        Self {
            iss: names.issuer.to_owned(),
            sub: names.subject.to_owned(),
            aud: client.to_owned(),
            iat: seconds(now),
            exp: seconds(now.plus(LOGOUT_TOKEN_LIFE)),
            jti: names.token.to_owned(),
            events,
            sid: names.session.to_owned(),
        }
    }
}

/// The claims of a security event token. It has no end and no `sub`, so that nobody takes it for a
/// token that lets somebody in (RFC 8417 section 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventToken {
    /// Who says so.
    pub iss: String,
    /// To whom: one client.
    pub aud: String,
    /// Since when, in seconds.
    pub iat: i64,
    /// When it happened, in seconds.
    pub toe: i64,
    /// The name of this event for this client: the same in every attempt, so that hearing it twice
    /// is no harm.
    pub jti: String,
    /// Whom it is about (RFC 9493).
    pub sub_id: Value,
    /// What happened.
    pub events: Map<String, Value>,
}

impl EventToken {
    /// The token that tells a client of an event; about a session where the names have one.
    #[must_use]
    pub fn of(
        client: &str,
        names: Names<'_>,
        event: Event,
        about: Map<String, Value>,
        happened_at: Instant,
    ) -> Self {
        let member = json!({ "format": "iss_sub", "iss": names.issuer, "sub": names.subject });
        let subject = if event == Event::SessionRevoked {
            let session = json!({ "format": "opaque", "id": names.session });
            json!({ "format": "complex", "user": member, "session": session })
        } else {
            member
        };
        let mut events = Map::new();
        events.insert(event.address(), Value::Object(about));
        Self {
            iss: names.issuer.to_owned(),
            aud: client.to_owned(),
            iat: seconds(happened_at),
            toe: seconds(happened_at),
            jti: names.token.to_owned(),
            sub_id: subject,
            events,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: Names<'_> =
        Names { issuer: "https://payung.example", subject: "s", session: "sesi", token: "t" };

    #[test]
    fn k26_a_logout_token_names_member_and_session_and_has_no_nonce() {
        let token = LogoutToken::of("klaim", NAMES, Instant::from_micros(1_000_000_000));
        let told = serde_json::to_value(&token).unwrap();
        assert_eq!(
            told,
            json!({
                "iss": "https://payung.example", "sub": "s", "aud": "klaim", "iat": 1000,
                "exp": 1120, "jti": "t", "sid": "sesi",
                "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            })
        );
    }

    #[test]
    fn k26_an_event_token_cannot_be_taken_for_another_kind() {
        let at = Instant::from_micros(1_000_000_000);
        let of = |event| {
            serde_json::to_value(EventToken::of("klaim", NAMES, event, Map::new(), at)).unwrap()
        };
        for event in Event::ALL {
            let told = of(event);
            for claim in ["sub", "exp", "nonce", "sid"] {
                assert!(told.get(claim).is_none(), "{claim} in {told}");
            }
            assert!(told["events"].get(event.address()).is_some(), "{told}");
            assert_eq!(Event::named(event.name()), Some(event));
            assert_eq!(News::named(event.name()), Some(News::Event(event)));
        }
        assert_eq!(of(Event::SessionRevoked)["sub_id"]["session"]["id"], "sesi");
        assert_eq!(of(Event::AccountDisabled)["sub_id"]["sub"], "s");
        assert_eq!(News::named("logout"), Some(News::Logout));
        assert_eq!(News::named("other"), None);
    }

    #[test]
    fn a_change_of_recovery_codes_is_nobody_elses_business() {
        assert!(credential_change(Kind::RecoveryCodes, "update").is_none());
        let about = credential_change(Kind::Password, "update").unwrap();
        assert_eq!(
            Value::Object(about),
            json!({"credential_type":"password","change_type":"update"})
        );
    }
}
