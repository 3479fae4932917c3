//! What must stand in a client's signed assertion (`private_key_jwt`, K-10). The signature is
//! checked before anybody looks here.

use serde::Deserialize;
use std::time::Duration;

use super::problems::Refused;
use crate::time::Instant;

/// The type of assertion that is taken (RFC 7523).
pub const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Clocks may differ by so much: assertions from the future are taken up to here.
const AHEAD: Duration = Duration::from_secs(10);

/// No assertion lives longer than this, so that its id need not be kept longer.
pub const LONGEST: Duration = Duration::from_hours(1);

/// The claims of an assertion.
#[derive(Clone, Debug, Deserialize)]
pub struct Assertion {
    iss: String,
    sub: String,
    aud: serde_json::Value,
    exp: i64,
    jti: String,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    iat: Option<i64>,
}

impl Assertion {
    /// Checks an assertion of a client for us; answers the id that may be used once, and until when
    /// it has to be remembered.
    ///
    /// The audience is the issuer and nothing else, as one string: an assertion for an endpoint's
    /// address could have been meant for another server (GHSA-gf5p-hg98-hgwc shows how).
    pub fn check(
        &self,
        client: &str,
        issuer: &str,
        now: Instant,
    ) -> Result<(&str, Instant), Refused> {
        let seconds = now.micros().div_euclid(1_000_000);
        let ahead = i64::try_from(AHEAD.as_secs()).unwrap_or(0);
        let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(0);
        let is_ours = self.iss == client
            && self.sub == client
            && self.aud == serde_json::Value::String(issuer.to_owned());
        let is_now = self.exp > seconds
            && self.exp <= seconds + longest
            && self.nbf.is_none_or(|nbf| nbf <= seconds + ahead)
            && self.iat.is_none_or(|iat| iat <= seconds + ahead);
        let is_id = (1..=256).contains(&self.jti.len());
        if !(is_ours && is_now && is_id) {
            return Err(Refused::client());
        }
        Ok((&self.jti, Instant::from_micros(self.exp.saturating_mul(1_000_000))))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    const SECONDS: i64 = 1_800_000_000;

    fn is_taken(change: &[(&str, serde_json::Value)]) -> bool {
        let mut claims = json!({
            "iss": "klaim", "sub": "klaim", "aud": "https://payung.example",
            "exp": SECONDS + 60, "jti": "a",
        });
        for (name, value) in change {
            claims[*name] = value.clone();
        }
        let assertion: Result<Assertion, _> = serde_json::from_value(claims);
        assertion.is_ok_and(|a| a.check("klaim", "https://payung.example", NOW).is_ok())
    }

    #[test]
    fn k10_an_assertion_is_for_us_from_this_client_and_of_now() {
        assert!(is_taken(&[]));
        assert!(is_taken(&[("nbf", json!(SECONDS + 8)), ("iat", json!(SECONDS + 8))]));
        for change in [
            ("iss", json!("other")),
            ("sub", json!("other")),
            ("aud", json!("https://payung.example/oidc/token")),
            ("aud", json!(["https://payung.example"])),
            ("exp", json!(SECONDS)),
            ("exp", json!(SECONDS + 7_200)),
            ("exp", json!(null)),
            ("nbf", json!(SECONDS + 61)),
            ("iat", json!(SECONDS + 61)),
            ("jti", json!("")),
            ("jti", json!(null)),
        ] {
            assert!(!is_taken(std::slice::from_ref(&change)), "{change:?}");
        }
    }
}
