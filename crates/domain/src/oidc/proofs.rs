//! What must stand in a proof of possession (DPoP, RFC 9449). The signature, with the key in the
//! proof itself, is checked before anybody looks here.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use super::problems::{Problem, Refused};
use crate::keyed::{digest, same};
use crate::time::Instant;

/// A proof is taken when it was made so long ago at most, or so far ahead.
pub const WINDOW: Duration = Duration::from_mins(1);
const AHEAD: Duration = Duration::from_secs(10);

/// The claims of a proof.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    #[serde(default)]
    ath: Option<String>,
}

/// The request that a proof has to be for.
#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    /// `POST`
    pub method: &'a str,
    /// The configured address of the endpoint, without a query.
    pub address: &'a str,
    /// The access token that comes with it, where one does.
    pub token: Option<&'a str>,
}

impl Proof {
    /// Checks a proof for a request; answers the id that may be used once, and until when it has to
    /// be remembered.
    pub fn check(&self, request: For<'_>, now: Instant) -> Result<(&str, Instant), Refused> {
        let wrong = |why| Err(Refused::new(Problem::InvalidDpopProof, why));
        if self.htm != request.method || !is_same(&self.htu, request.address) {
            return wrong("the proof is for another request");
        }
        let made_at = Instant::from_micros(self.iat.saturating_mul(1_000_000));
        let is_now = now.since(made_at) <= WINDOW && made_at.since(now) <= AHEAD;
        if !is_now {
            return wrong("the proof is not of now");
        }
        if !(1..=256).contains(&self.jti.len()) {
            return wrong("the proof has no id");
        }
        if let Some(token) = request.token {
            let hash = BASE64URL_NOPAD.encode(&digest(token.as_bytes()));
            let fits = self.ath.as_ref().is_some_and(|ath| same(ath.as_bytes(), hash.as_bytes()));
            if !fits {
                return wrong("the proof is for another token");
            }
        }
        Ok((&self.jti, made_at.plus(WINDOW).plus(AHEAD)))
    }
}

/// Whether an address is ours, however it is written: the query and the fragment do not count, nor
/// capitals in scheme and host, nor the port that goes without saying (RFC 9449 section 4.3).
fn is_same(given: &str, ours: &str) -> bool {
    let given = given.split(['?', '#']).next().unwrap_or_default();
    given == ours || (parts(given).is_some() && parts(given) == parts(ours))
}

/// Scheme, host with port, and path, as RFC 3986 sections 6.2.2.1 and 6.2.3 have them written.
fn parts(address: &str) -> Option<(String, String, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (scheme, place) = (scheme.to_ascii_lowercase(), place.to_ascii_lowercase());
    let unsaid = match &*scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    let host = place.strip_suffix(unsaid).unwrap_or(&place).to_owned();
    Some((scheme, host, if path.is_empty() { "/" } else { path }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    const SECONDS: i64 = 1_800_000_000;
    const TOKEN: For<'_> =
        For { method: "POST", address: "https://payung.example/oidc/token", token: None };

    fn is_taken(request: For<'_>, change: &[(&str, serde_json::Value)]) -> bool {
        let mut claims = json!({
            "jti": "a", "htm": "POST", "htu": "https://payung.example/oidc/token", "iat": SECONDS,
        });
        for (name, value) in change {
            claims[*name] = value.clone();
        }
        let proof: Result<Proof, _> = serde_json::from_value(claims);
        proof.is_ok_and(|proof| proof.check(request, NOW).is_ok())
    }

    #[test]
    fn o7_a_proof_is_for_one_request_of_now() {
        assert!(is_taken(TOKEN, &[]));
        for htu in [
            "https://payung.example/oidc/token?x=1",
            "https://payung.example/oidc/token?x=1#y",
            "HTTPS://PAYUNG.example/oidc/token",
            "https://payung.example:443/oidc/token",
        ] {
            assert!(is_taken(TOKEN, &[("htu", json!(htu))]), "{htu}");
        }
        for seconds in [-10, 10, -60] {
            assert!(is_taken(TOKEN, &[("iat", json!(SECONDS + seconds))]), "{seconds}");
        }
        for change in [
            ("htm", json!("GET")),
            ("htm", json!("post")),
            ("htu", json!("https://payung.example/oidc/par")),
            ("htu", json!("https://payung.example/OIDC/token")),
            ("htu", json!("https://payung.example:8443/oidc/token")),
            ("htu", json!("https://payung.example:80/oidc/token")),
            ("htu", json!("http://payung.example:443/oidc/token")),
            ("htu", json!("https://x@payung.example/oidc/token")),
            ("htu", json!("https:/payung.example/oidc/token")),
            ("htu", json!("https://payung.example/oidc/token/")),
            ("iat", json!(SECONDS + 11)),
            ("iat", json!(SECONDS - 61)),
            ("iat", json!(i64::MAX)),
            ("iat", json!(i64::MIN)),
            ("jti", json!("")),
        ] {
            assert!(!is_taken(TOKEN, std::slice::from_ref(&change)), "{change:?}");
        }
    }

    #[test]
    fn o5_a_proof_beside_a_token_names_that_token() {
        let request = For { token: Some("abc"), ..TOKEN };
        let hash = BASE64URL_NOPAD.encode(&digest(b"abc"));
        assert!(is_taken(request, &[("ath", json!(hash))]));
        assert!(!is_taken(request, &[]));
        assert!(!is_taken(request, &[("ath", json!("abc"))]));
    }
}
