//! PKCE (RFC 7636): a code is worth nothing without the verifier whose hash came with the request.

use data_encoding::BASE64URL_NOPAD;

use super::problems::Refused;
use crate::keyed::{digest, same};

/// Reads a code challenge with its method. `plain` is refused, and so is a challenge that is no
/// SHA-256 (K-03).
pub fn challenge(challenge: Option<&str>, method: Option<&str>) -> Result<Option<String>, Refused> {
    let Some(challenge) = challenge else {
        return match method {
            None => Ok(None),
            Some(_) => Err(Refused::request("code_challenge_method without code_challenge")),
        };
    };
    if method != Some("S256") {
        return Err(Refused::request("code_challenge_method must be S256"));
    }
    let is_hash = challenge.len() == 43 && BASE64URL_NOPAD.decode(challenge.as_bytes()).is_ok();
    if !is_hash {
        return Err(Refused::request("code_challenge is no SHA-256 in base64url"));
    }
    Ok(Some(challenge.to_owned()))
}

/// Whether a verifier fits the challenge that came with the request. Without a challenge there must
/// be no verifier: it would mean that somebody took the challenge away (O3).
#[must_use]
pub fn fits(challenge: Option<&str>, verifier: Option<&str>) -> bool {
    match (challenge, verifier) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => {
            let hash = BASE64URL_NOPAD.encode(&digest(verifier.as_bytes()));
            is_verifier(verifier) && same(hash.as_bytes(), challenge.as_bytes())
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn o3_a_challenge_is_s256_or_nothing() {
        assert_eq!(challenge(Some(CHALLENGE), Some("S256")), Ok(Some(CHALLENGE.to_owned())));
        assert_eq!(challenge(None, None), Ok(None));
        for (text, method) in [
            (Some(CHALLENGE), Some("plain")),
            (Some(CHALLENGE), None),
            (Some(CHALLENGE), Some("s256")),
            (Some("short"), Some("S256")),
            (Some("!9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), Some("S256")),
            (Some("null"), Some("S256")),
            (None, Some("S256")),
        ] {
            assert!(challenge(text, method).is_err(), "{text:?} {method:?}");
        }
    }

    #[test]
    fn o3_verifier_and_challenge_come_together_or_not_at_all() {
        assert!(fits(Some(CHALLENGE), Some(VERIFIER)) && fits(None, None));
        assert!(!fits(None, Some(VERIFIER)) && !fits(Some(CHALLENGE), None));
        // Who takes the challenge for a verifier reads `plain`.
        assert!(!fits(Some(CHALLENGE), Some(CHALLENGE)));
        assert!(!fits(Some(CHALLENGE), Some("short")));
    }

    proptest! {
        #[test]
        fn o3_no_other_verifier_fits(verifier in "[A-Za-z0-9._~-]{43,128}") {
            prop_assert_eq!(fits(Some(CHALLENGE), Some(&verifier)), verifier == VERIFIER);
        }
    }
}
