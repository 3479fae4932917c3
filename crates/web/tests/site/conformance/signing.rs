//! `fapi2-message-signing-final-test-plan`: what it asks for beyond the security profile. Requests are
//! signed and pushed, answers are signed.

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use payung_domain::oidc::clients::Definition;
use payung_flows::demo::conformance::SCOPE;
use payung_flows::oidc::jose;
use payung_storage::oidc::clients;
use serde_json::{Value, json};

use super::World;
use super::fapi::{CHALLENGE, Fapi, Fields, Parts, changed, refusal};
use super::world::{Answered, CALLBACK, ISSUER, Reply, claims, json_of, text};

/// Five minutes more than a signed request may last.
const TOO_LONG: i64 = 65 * 60;

/// The suite, as the two clients that sign.
async fn suite() -> Fapi {
    let world = World::new().await;
    let clients = world.players.signing.clone();
    Fapi::with(world, clients)
}

/// The claims of a request that is right but for what is changed.
fn request(fapi: &Fapi, client: usize, change: Parts<'_>) -> Value {
    let (id, now) = (fapi.id(client), fapi.seconds());
    let right = json!({
        "iss": id, "aud": ISSUER, "nbf": now, "exp": now + 300, "client_id": id,
        "redirect_uri": CALLBACK, "response_type": "code", "response_mode": "jwt",
        "scope": SCOPE, "state": "staat", "nonce": "n-0S6",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256",
    });
    changed(right, change)
}

fn header(fapi: &Fapi, client: usize) -> Value {
    json!({ "alg": "ES256", "typ": "oauth-authz-req+jwt", "kid": fapi.id(client) })
}

fn signed(fapi: &Fapi, client: usize, change: Parts<'_>) -> String {
    fapi.keys[client].sign(&header(fapi, client), &request(fapi, client, change))
}

/// Pushes what is said to be a signed request.
async fn push(fapi: &mut Fapi, client: usize, object: &str, beside: Fields<'_>) -> Reply {
    let fields = [&[("request", object)][..], beside].concat();
    let page = fapi.call(client, "/oidc/par", None, &fields).await;
    (page.status, json_of(&page))
}

/// Pushes a signed request that is taken, and walks back to the suite; answers with what was signed.
async fn go(fapi: &mut Fapi, client: usize, change: Parts<'_>, beside: Fields<'_>) -> Value {
    let object = signed(fapi, client, change);
    let (status, pushed) = push(fapi, client, &object, beside).await;
    assert_eq!(status, StatusCode::CREATED, "{pushed}");
    let page = fapi.open(client, text(&pushed["request_uri"])).await;
    let answered = fapi.world.come_back(page).await;
    opened(fapi, client, &answered).await
}

/// What an answer holds, which is nothing but one signed token.
async fn opened(fapi: &Fapi, client: usize, answered: &Answered) -> Value {
    for name in ["code", "state", "error"] {
        assert_eq!(answered.get(name), None, "{name} stands there unsigned");
    }
    let token = answered.get("response").expect("a signed answer");
    let (app, now) = (&fapi.world.bench.app, fapi.world.now());
    let told: Option<Value> = jose::opened(app, token, "JWT", now).await.unwrap();
    let told = told.expect("signed by us");
    assert_eq!((&told["iss"], &told["aud"]), (&json!(ISSUER), &json!(fapi.id(client))));
    let left = told["exp"].as_i64().expect("an end") - fapi.seconds();
    assert!((1..=600).contains(&left), "{left}");
    told
}

/// Pushes a request that is refused; answers with which error.
async fn in_vain(fapi: &mut Fapi, change: Parts<'_>) -> String {
    let object = signed(fapi, 0, change);
    let reply = push(fapi, 0, &object, &[]).await;
    let (status, error) = refusal(&reply);
    assert_eq!(status, 400, "{error}");
    error.to_owned()
}

#[tokio::test]
async fn fapi2_security_profile_final_happy_flow() {
    let mut fapi = suite().await;
    let told = go(&mut fapi, 0, &[], &[]).await;
    assert_eq!(told["state"], "staat");
    let (status, tokens) = fapi.redeem(0, text(&told["code"]), &[]).await;
    assert_eq!((status, &tokens["token_type"]), (StatusCode::OK, &json!("DPoP")), "{tokens}");
    assert_eq!(claims(&tokens["id_token"])["nonce"], "n-0S6");
    assert!(fapi.is_served(&tokens["access_token"]).await);
    let told = go(&mut fapi, 1, &[], &[]).await;
    assert_eq!(fapi.redeem(1, text(&told["code"]), &[]).await.0, StatusCode::OK);
}

#[tokio::test]
async fn fapi2_security_profile_final_user_rejects_authentication() {
    let mut fapi = suite().await;
    go(&mut fapi, 0, &[], &[]).await;
    let object = signed(&fapi, 0, &[]);
    let (_, pushed) = push(&mut fapi, 0, &object, &[]).await;
    let page = fapi.open(0, text(&pushed["request_uri"])).await;
    let page = fapi.world.look(page).await;
    let page = fapi.world.decide(&page, "cancel").await;
    let told = opened(&fapi, 0, &Answered::of(&page).expect("an answer")).await;
    assert_eq!((&told["error"], &told["state"]), (&json!("access_denied"), &json!("staat")));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_multiple_aud_succeeds() {
    let mut fapi = suite().await;
    let aud = json!(["https://other.example", ISSUER]);
    assert!(go(&mut fapi, 0, &[("aud", aud)], &[]).await["code"].is_string());
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_nbf_8_seconds_in_the_future_is_accepted()
 {
    let mut fapi = suite().await;
    let nbf = json!(fapi.seconds() + 8);
    assert!(go(&mut fapi, 0, &[("nbf", nbf)], &[]).await["code"].is_string());
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_different_nonce_inside_and_outside_request_object() {
    let mut fapi = suite().await;
    let told = go(&mut fapi, 0, &[], &[("nonce", "outside")]).await;
    let (_, tokens) = fapi.redeem(0, text(&told["code"]), &[]).await;
    assert_eq!(claims(&tokens["id_token"])["nonce"], "n-0S6");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_different_state_inside_and_outside_request_object() {
    let mut fapi = suite().await;
    assert_eq!(go(&mut fapi, 0, &[], &[("state", "outside")]).await["state"], "staat");
}

#[tokio::test]
async fn fapi2_security_profile_final_state_only_outside_request_object_not_used() {
    let mut fapi = suite().await;
    let told = go(&mut fapi, 0, &[("state", Value::Null)], &[("state", "outside")]).await;
    assert_eq!(told.get("state"), None);
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_without_exp_fails() {
    let mut fapi = suite().await;
    assert_eq!(in_vain(&mut fapi, &[("exp", Value::Null)]).await, "invalid_request_object");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_without_nbf_fails() {
    let mut fapi = suite().await;
    assert_eq!(in_vain(&mut fapi, &[("nbf", Value::Null)]).await, "invalid_request_object");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_without_redirect_uri_fails() {
    let mut fapi = suite().await;
    assert_eq!(in_vain(&mut fapi, &[("redirect_uri", Value::Null)]).await, "invalid_request");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_expired_request_object_fails() {
    let mut fapi = suite().await;
    let past = json!(fapi.seconds() - 60);
    assert_eq!(in_vain(&mut fapi, &[("exp", past)]).await, "invalid_request_object");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_bad_aud_fails() {
    let mut fapi = suite().await;
    let aud = json!("https://other.example");
    assert_eq!(in_vain(&mut fapi, &[("aud", aud)]).await, "invalid_request_object");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_exp_over_60_fails() {
    let mut fapi = suite().await;
    let exp = json!(fapi.seconds() + TOO_LONG);
    assert_eq!(in_vain(&mut fapi, &[("exp", exp)]).await, "invalid_request_object");
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_nbf_over_60_fails() {
    let mut fapi = suite().await;
    let nbf = json!(fapi.seconds() - TOO_LONG);
    assert_eq!(in_vain(&mut fapi, &[("nbf", nbf)]).await, "invalid_request_object");
}

/// A right request under a header that says another algorithm.
async fn under_another_algorithm(algorithm: &str) {
    let mut fapi = suite().await;
    let right = signed(&fapi, 0, &[]);
    let (_, rest) = right.split_once('.').expect("three parts");
    let header = json!({ "alg": algorithm, "typ": "oauth-authz-req+jwt", "kid": fapi.id(0) });
    let other = BASE64URL_NOPAD.encode(header.to_string().as_bytes());
    let (claims, _) = rest.split_once('.').expect("two parts");
    for object in [format!("{other}.{rest}"), format!("{other}.{claims}.")] {
        let reply = push(&mut fapi, 0, &object, &[]).await;
        assert_eq!(refusal(&reply), (400, "invalid_request_object"));
    }
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_signed_request_object_with_rs256_fails() {
    under_another_algorithm("RS256").await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_signature_algorithm_is_not_none() {
    under_another_algorithm("none").await;
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_request_object_with_invalid_signature_fails() {
    let mut fapi = suite().await;
    let (right, other) = (signed(&fapi, 0, &[]), signed(&fapi, 0, &[("state", json!("other"))]));
    let (body, _) = right.rsplit_once('.').expect("three parts");
    let (_, signature) = other.rsplit_once('.').expect("three parts");
    let reply = push(&mut fapi, 0, &format!("{body}.{signature}"), &[]).await;
    assert_eq!(refusal(&reply), (400, "invalid_request_object"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_matching_key_in_authorization_request() {
    let mut fapi = suite().await;
    let object = fapi.keys[1].sign(&header(&fapi, 0), &request(&fapi, 0, &[]));
    let reply = push(&mut fapi, 0, &object, &[]).await;
    assert_eq!(refusal(&reply), (400, "invalid_request_object"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_unsigned_request_at_par_endpoint_fails() {
    let mut fapi = suite().await;
    let reply = fapi.push_with(0, None, &[("response_mode", "jwt")]).await;
    assert_eq!(refusal(&reply), (400, "invalid_request"));
}

#[tokio::test]
async fn fapi2_security_profile_final_ensure_unsigned_authorization_request_without_using_par_fails()
 {
    let mut fapi = suite().await;
    let id = fapi.id(0);
    let more =
        [("client_id", &*id), ("code_challenge", CHALLENGE), ("code_challenge_method", "S256")];
    let page = fapi.world.browser.get(&fapi.world.asking(&more)).await;
    let told = opened(&fapi, 0, &Answered::of(&page).expect("an answer at once")).await;
    assert_eq!(told["error"], "invalid_request", "and even that is signed");
}

#[tokio::test]
async fn fapi2_security_profile_final_par_authorization_request_containing_request_uri() {
    let mut fapi = suite().await;
    let strange = json!("urn:ietf:params:oauth:request_uri:other");
    assert_eq!(in_vain(&mut fapi, &[("request_uri", strange)]).await, "invalid_request_object");
}

#[tokio::test]
async fn no_answer_to_such_a_client_is_unsigned() {
    let mut fapi = suite().await;
    let told = go(&mut fapi, 0, &[("response_mode", Value::Null)], &[]).await;
    assert!(told["code"].is_string(), "signed without being asked to");
    assert_eq!(in_vain(&mut fapi, &[("response_mode", json!("query"))]).await, "invalid_request");
}

#[tokio::test]
async fn o7_a_signed_request_that_lacked_a_nonce_comes_again_with_one_and_then_never_more() {
    let mut fapi = suite().await;
    let (id, now) = (fapi.id(0), fapi.world.now());
    let mut tx = fapi.world.bench.app.store.write().await.unwrap();
    let kept = clients::get(&mut tx, &id).await.unwrap().expect("a client");
    let fresh = Definition { require_dpop_nonce: true, ..kept.client.definition().clone() };
    let fresh = fresh.check().expect("a whole client");
    clients::keep(&mut tx, &fresh, None, now).await.unwrap();
    tx.commit().await.unwrap();
    let object = signed(&fapi, 0, &[("jti", json!("once"))]);
    let fields = [("request", &*object)];
    let bare = fapi.proof("POST", "/oidc/par", &[]);
    let page = fapi.call(0, "/oidc/par", Some(bare), &fields).await;
    assert_eq!(refusal(&(page.status, json_of(&page))), (400, "use_dpop_nonce"));
    let nonce = [("nonce", json!(page.header("dpop-nonce")))];
    let whole = fapi.proof("POST", "/oidc/par", &nonce);
    let page = fapi.call(0, "/oidc/par", Some(whole), &fields).await;
    assert_eq!(page.status, StatusCode::CREATED, "{}", page.html);
    let another = fapi.proof("POST", "/oidc/par", &nonce);
    let page = fapi.call(0, "/oidc/par", Some(another), &fields).await;
    assert_eq!(refusal(&(page.status, json_of(&page))), (400, "invalid_request_object"));
}
