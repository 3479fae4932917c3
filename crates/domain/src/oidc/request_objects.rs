//! Requests that a client signed (RFC 9101): what has to stand in one, and the parameters that it
//! holds. The signature is checked before anybody looks here.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::clients::Client;
use super::parameters::Parameters;
use super::problems::{Problem, Refused};
use crate::time::Instant;

/// The type of signed requests.
pub const KIND: &str = "oauth-authz-req+jwt";

/// Clocks may differ by so much.
const AHEAD: Duration = Duration::from_secs(10);

/// No signed request lives longer than this, so that its id need not be kept longer.
pub const LONGEST: Duration = Duration::from_hours(1);

/// The claims of a signed request.
#[derive(Clone, Debug, Deserialize)]
pub struct RequestObject {
    iss: String,
    aud: Value,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    client_id: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl RequestObject {
    /// Checks a signed request of a client for us; answers the parameters inside. What was sent
    /// beside it counts for nothing.
    pub fn check(self, client: &Client, issuer: &str, now: Instant) -> Result<Parameters, Refused> {
        const fn wrong(why: &'static str) -> Refused {
            Refused::new(Problem::InvalidRequestObject, why)
        }
        let is_of_client = self.iss == client.id() && self.client_id == client.id();
        // Whoever is named as `sub` could show the same as a proof of who it is.
        let is_assertion = self.rest.get("sub").is_some_and(|sub| *sub == *client.id());
        if !is_of_client || is_assertion {
            return Err(wrong("the signed request is not one of this client"));
        }
        let is_ours = match &self.aud {
            Value::String(one) => one == issuer,
            Value::Array(all) => all.iter().any(|one| *one == *issuer),
            _ => false,
        };
        if !is_ours {
            return Err(wrong("the signed request is for somebody else"));
        }
        if !self.is_of_now(client.must_sign(), now) {
            return Err(wrong("the signed request is not of now"));
        }
        if ["request", "request_uri"].iter().any(|name| self.rest.contains_key(*name)) {
            return Err(wrong("the signed request holds another"));
        }
        let mut pairs = vec![("client_id".to_owned(), self.client_id)];
        for (name, value) in self.rest {
            match value {
                Value::Null => {}
                Value::String(text) => pairs.push((name, text)),
                Value::Number(_) | Value::Bool(_) | Value::Object(_) => {
                    pairs.push((name, value.to_string()));
                }
                Value::Array(_) => return Err(wrong("the signed request holds a list")),
            }
        }
        Parameters::collect(pairs)
    }

    /// Ends within the hour. One that has to be signed says from when it counts as well, so that
    /// none is kept for later (FAPI 2.0 Message Signing 5.3.1).
    fn is_of_now(&self, is_signing_required: bool, now: Instant) -> bool {
        let seconds = now.micros().div_euclid(1_000_000);
        let ahead = i64::try_from(AHEAD.as_secs()).unwrap_or(0);
        let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(0);
        let ends_soon = self.exp > seconds && self.exp.saturating_sub(seconds) <= longest;
        let has_begun = match self.nbf {
            None => !is_signing_required,
            Some(nbf) => {
                nbf <= seconds + ahead
                    && (!is_signing_required
                        || (nbf >= seconds - longest && self.exp.saturating_sub(nbf) <= longest))
            }
        };
        ends_soon && has_begun
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::clients::Definition;
    use super::*;

    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    const SECONDS: i64 = 1_800_000_000;
    const ISSUER: &str = "https://payung.example";

    fn client(must_sign: bool) -> Client {
        let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        Definition {
            client_id: "klaim".to_owned(),
            client_name: "Klaim Daring".to_owned(),
            redirect_uris: vec!["https://klaim.example/cb".to_owned()],
            scope: "openid".to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose_id: "Mengajukan klaim".to_owned(),
            purpose_en: "Claiming".to_owned(),
            request_object_signing_alg: "ES256".to_owned(),
            require_signed_request_object: must_sign,
            jwks: Some(
                json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": point, "y": point }] }),
            ),
            ..Definition::default()
        }
        .check()
        .expect("a whole client")
    }

    fn read(must_sign: bool, changes: &[(&str, Value)]) -> Option<Result<Parameters, Refused>> {
        let mut claims = json!({
            "iss": "klaim", "aud": ISSUER, "exp": SECONDS + 60, "client_id": "klaim",
            "response_type": "code", "max_age": 60, "claims": { "userinfo": { "email": null } },
        });
        for (name, value) in changes {
            claims[*name] = value.clone();
        }
        let object: Option<RequestObject> = serde_json::from_value(claims).ok();
        object.map(|object| object.check(&client(must_sign), ISSUER, NOW))
    }

    #[test]
    fn k18_what_stands_in_a_signed_request_is_the_request() {
        let parameters =
            read(false, &[("nonce", json!("n")), ("x", Value::Null)]).unwrap().unwrap();
        assert_eq!(parameters.get("client_id"), Some("klaim"));
        assert_eq!(parameters.get("max_age"), Some("60"));
        assert_eq!(parameters.get("claims"), Some(r#"{"userinfo":{"email":null}}"#));
        assert_eq!((parameters.get("nonce"), parameters.has("x")), (Some("n"), false));
    }

    #[test]
    fn o6_a_signed_request_is_for_us_from_this_client_and_of_now() {
        let is_taken =
            |change: (&str, Value)| read(false, &[change]).is_some_and(|read| read.is_ok());
        for change in [
            ("aud", json!([ISSUER, "https://other.example"])),
            ("nbf", json!(SECONDS)),
            ("exp", json!(SECONDS + 3_600)),
        ] {
            assert!(is_taken(change.clone()), "{change:?}");
        }
        for change in [
            ("iss", json!("lain")),
            ("iss", Value::Null),
            ("client_id", json!("lain")),
            ("client_id", Value::Null),
            ("sub", json!("klaim")),
            ("aud", json!("https://payung.example/oidc/token")),
            ("aud", json!([])),
            ("aud", Value::Null),
            ("exp", json!(SECONDS)),
            ("exp", json!(SECONDS + 3_601)),
            ("exp", json!(i64::MIN)),
            ("exp", Value::Null),
            ("nbf", json!(SECONDS + 11)),
            ("request", json!("x.y.z")),
            ("request_uri", json!("https://klaim.example/request")),
            ("resource", json!(["https://a.example"])),
        ] {
            assert!(!is_taken(change.clone()), "{change:?}");
        }
    }

    #[test]
    fn k18_one_that_has_to_be_signed_says_from_when_it_counts() {
        let is_taken = |nbf: Value| read(true, &[("nbf", nbf)]).is_some_and(|read| read.is_ok());
        assert!(is_taken(json!(SECONDS)) && is_taken(json!(SECONDS - 3_540)));
        for nbf in [Value::Null, json!(SECONDS - 3_541), json!(SECONDS - 3_601), json!(i64::MIN)] {
            assert!(!is_taken(nbf.clone()), "{nbf}");
        }
    }
}
