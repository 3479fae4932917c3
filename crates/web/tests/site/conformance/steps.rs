//! What modules of FAPI 2.0 try beside their main step: each way in which a proof may be written, who
//! may refresh, and every form of a wish for a claim.

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use payung_domain::keyed::digest;
use payung_flows::demo::conformance::SCOPE;
use payung_testkit::private_key::PrivateKey;
use serde_json::{Map, Value, json};

use super::fapi::{Fapi, Parts, changed, refusal};
use super::world::{ISSUER, claims, json_of, text};

/// A proof for the resource that is right but for what is changed in its header and in its claims.
fn made(fapi: &mut Fapi, token: &Value, header: Parts<'_>, change: Parts<'_>) -> String {
    let hash = BASE64URL_NOPAD.encode(&digest(text(token).as_bytes()));
    let (now, name) = (fapi.seconds(), fapi.name());
    let right = json!({
        "jti": name, "htm": "GET", "htu": format!("{ISSUER}/oidc/userinfo"), "iat": now, "ath": hash,
    });
    let whole = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": fapi.bound.public() });
    fapi.bound.sign(&changed(whole, header), &changed(right, change))
}

async fn status_with(fapi: &Fapi, token: &Value, proof: String) -> StatusCode {
    fapi.resource_with("DPoP", token, Some(proof)).await.status
}

#[tokio::test]
async fn fapi2_security_profile_final_dpop_negative_tests_of_what_no_proof_is() {
    let mut fapi = Fapi::new().await;
    let token = fapi.tokens().await["access_token"].clone();
    let mut private = fapi.bound.public();
    private["d"] = json!(BASE64URL_NOPAD.encode(&[9; 32]));
    for change in [
        ("typ", Value::Null),
        ("typ", json!("JWT")),
        ("alg", Value::Null),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("jwk", Value::Null),
        ("jwk", private),
        ("jwk", PrivateKey::numbered(8).public()),
        ("crit", json!(["iat"])),
    ] {
        let what = format!("{change:?}");
        let proof = made(&mut fapi, &token, &[change], &[]);
        assert_eq!(status_with(&fapi, &token, proof).await, StatusCode::UNAUTHORIZED, "{what}");
    }
    let (right, other) =
        (made(&mut fapi, &token, &[], &[]), made(&mut fapi, &token, &[], &[("x", json!(1))]));
    let (body, _) = right.rsplit_once('.').expect("three parts");
    let (_, signature) = other.rsplit_once('.').expect("three parts");
    for broken in [format!("{body}.{signature}"), format!("{body}."), body.to_owned()] {
        assert_eq!(status_with(&fapi, &token, broken).await, StatusCode::UNAUTHORIZED);
    }
    // Two proofs are none, however right each of them is.
    let mut program = fapi.world.browser.clone();
    program.cookies.clear();
    program.headers.push(("authorization", format!("DPoP {}", text(&token))));
    for _ in 0..2 {
        program.headers.push(("dpop", made(&mut fapi, &token, &[], &[])));
    }
    let page = program.get("/oidc/userinfo").await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.header("www-authenticate").starts_with("DPoP error=\"invalid_dpop_proof\""));
    // All of that was no harm to the token.
    let proof = made(&mut fapi, &token, &[], &[]);
    assert_eq!(status_with(&fapi, &token, proof).await, StatusCode::OK);
}

#[tokio::test]
async fn fapi2_security_profile_final_dpop_negative_tests_of_what_is_a_proof_all_the_same() {
    let mut fapi = Fapi::new().await;
    let token = fapi.tokens().await["access_token"].clone();
    for htu in [
        format!("{ISSUER}/oidc/userinfo?x=1#y"),
        format!("{}/oidc/userinfo", ISSUER.to_uppercase()),
        format!("{ISSUER}:443/oidc/userinfo"),
    ] {
        let proof = made(&mut fapi, &token, &[], &[("htu", json!(htu))]);
        assert_eq!(status_with(&fapi, &token, proof).await, StatusCode::OK, "{htu}");
    }
    let (header, claim) = ([("tx", json!({ "a": 1 }))], [("tx", json!([1, 2]))]);
    let proof = made(&mut fapi, &token, &header, &claim);
    assert_eq!(status_with(&fapi, &token, proof).await, StatusCode::OK, "unknown words");
    let once = [("jti", json!("once"))];
    for expected in [StatusCode::OK, StatusCode::UNAUTHORIZED] {
        let proof = made(&mut fapi, &token, &[], &once);
        assert_eq!(status_with(&fapi, &token, proof).await, expected, "O7");
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_refresh_token_takes_the_client_and_a_key() {
    let mut fapi = Fapi::new().await;
    let tokens = fapi.tokens().await;
    let kept = text(&tokens["refresh_token"]).to_owned();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", &*kept), ("scope", SCOPE)];
    let proof = ("dpop", fapi.proof("POST", "/oidc/token", &[]));
    let page = fapi.world.call("/oidc/token", &[proof], &fields).await;
    assert_eq!(refusal(&(page.status, json_of(&page))), (401, "invalid_client"));
    let page = fapi.call(0, "/oidc/token", None, &fields).await;
    assert_eq!(refusal(&(page.status, json_of(&page))), (400, "invalid_dpop_proof"));
    // RFC 9449 section 5: the token is the client's, and the client may have another key by now.
    fapi.bound = PrivateKey::numbered(8);
    let proof = fapi.proof("POST", "/oidc/token", &[]);
    let page = fapi.call(0, "/oidc/token", Some(proof), &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    assert_eq!(page.header("cache-control"), "no-store");
    let fresh = json_of(&page);
    let key = claims(&fresh["access_token"])["cnf"]["jkt"].clone();
    assert_eq!(key, json!(fapi.bound.thumbprint()));
    let (before, after) = (claims(&tokens["id_token"]), claims(&fresh["id_token"]));
    for name in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(before[name], after[name], "Core 12.2: {name}");
    }
}

/// The claims that OpenID Connect Core 5.1 names.
const STANDARD: [&str; 20] = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
];

#[tokio::test]
async fn fapi2_security_profile_final_test_claims_parameter_identity_claims_in_every_form() {
    let mut fapi = Fapi::new().await;
    let told = json_of(&fapi.world.browser.get("/.well-known/openid-configuration").await);
    let supported = told["claims_supported"].as_array().expect("claims");
    let supported: Vec<&str> =
        supported.iter().map(text).filter(|name| STANDARD.contains(name)).collect();
    let forms = [
        Value::Null,
        json!({}),
        json!({ "essential": true }),
        json!({ "x1y2": "z3" }),
        json!({ "essential": false }),
    ];
    let mut wanted = Map::new();
    for (name, form) in supported.iter().zip(forms.iter().cycle()) {
        wanted.insert((*name).to_owned(), form.clone());
    }
    // Places and claims that nobody knows are passed over.
    let wish = json!({ "id_token": wanted, "userinfo": wanted, "k3j2": { "h2k1": null } });
    let wish = wish.to_string();
    let answered = fapi.go(0, &[("scope", "openid"), ("claims", &wish)]).await;
    let (status, tokens) = fapi.redeem(0, answered.code(), &[]).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let id = claims(&tokens["id_token"]);
    let told = json_of(&fapi.resource("DPoP", &tokens["access_token"], &[]).await);
    for name in supported {
        assert!(id.get(name).is_some() && told.get(name).is_some(), "{name}: {id} {told}");
    }
}
