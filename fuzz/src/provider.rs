//! What applications prove with, and the cookies that browsers bring.

use axum::http::{HeaderMap, HeaderValue, header};
use payung_domain::oidc::assertions::{Assertion, LONGEST};
use payung_domain::oidc::proofs::{For, Proof, WINDOW};
use payung_domain::time::Instant;
use payung_web::cookies;

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
const ISSUER: &str = "https://payung.example";

/// O7: the claims of a proof are for one request of now, or none; and they are forgotten no sooner than
/// they could come again.
pub fn proof(bytes: &[u8]) {
    let Ok(proof) = serde_json::from_slice::<Proof>(bytes) else { return };
    let there = For { method: "POST", address: "https://payung.example/oidc/token", token: None };
    let is_taken = |request: For<'_>, now: Instant| proof.check(request, now).is_ok();
    if let Ok((id, until)) = proof.check(there, NOW) {
        assert!(!id.is_empty());
        assert!(until > NOW && until <= NOW.plus(WINDOW).plus(WINDOW));
        assert!(!is_taken(there, until), "it holds longer than it is remembered");
    }
    let userinfo = "https://payung.example/oidc/userinfo";
    let ways = [
        there,
        For { method: "GET", ..there },
        For { address: userinfo, ..there },
        For { method: "GET", address: userinfo, ..there },
    ];
    let count = ways.into_iter().filter(|way| is_taken(*way, NOW)).count();
    assert!(count <= 1, "a proof for two requests");
    let beside = |token| For { token: Some(token), method: "GET", address: userinfo };
    assert!(!(is_taken(beside("a"), NOW) && is_taken(beside("b"), NOW)), "O5: for two tokens");
}

/// K-10: an assertion is of one client, for us, of now, and forgotten no sooner than it ends.
pub fn assertion(bytes: &[u8]) {
    let Ok(assertion) = serde_json::from_slice::<Assertion>(bytes) else { return };
    assert!(
        assertion.check("lain", ISSUER, NOW).is_err()
            || assertion.check("klaim", ISSUER, NOW).is_err()
    );
    let Ok((id, until)) = assertion.check("klaim", ISSUER, NOW) else { return };
    assert!(!id.is_empty() && until > NOW && until <= NOW.plus(LONGEST));
    assert!(
        assertion.check("klaim", ISSUER, until).is_err(),
        "it holds longer than it is remembered"
    );
    assert!(assertion.check("klaim", "https://other.example", NOW).is_err());
}

/// H-03: the cookie of a name is the first of exactly that name, whatever stands around it.
pub fn cookie(bytes: &[u8]) {
    const NAME: &str = "__Host-payung-session";
    let mut sent = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            sent.append(header::COOKIE, value);
        }
    }
    if let Some(value) = cookies::named(&sent, NAME) {
        assert!(!value.contains(';') && HeaderValue::from_str(value).is_ok());
        let said = String::from_utf8_lossy(bytes);
        assert!(said.contains(&format!("{NAME}={value}")), "a cookie that nobody sent");
    }
    let mut ours = HeaderMap::new();
    ours.append(header::COOKIE, HeaderValue::from_static("__Host-payung-session=ours"));
    for value in sent.get_all(header::COOKIE) {
        ours.append(header::COOKIE, value.clone());
    }
    assert_eq!(cookies::named(&ours, NAME), Some("ours"), "what comes later does not count");
}
