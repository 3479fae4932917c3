//! `oidcc-rp-initiated-logout-certification-test-plan` and
//! `oidcc-backchannel-rp-initiated-logout-certification-test-plan`

use std::sync::Arc;

use axum::http::StatusCode;
use payung_flows::oidc::back_channel::{Messenger, tell_due};
use payung_testkit::post::Errands;
use payung_testkit::private_key::PrivateKey;
use payung_testkit::visitor::Page;
use serde_json::{Value, json};

use super::World;
use super::world::{Answered, GOODBYE, ISSUER, claims, header, json_of, text};

/// Somebody who signed in at the suite's first client, and the ID token of it.
async fn signed_in() -> (World, String) {
    let mut world = World::new().await;
    let tokens = world.tokens(&[]).await;
    let hint = text(&tokens["id_token"]).to_owned();
    (world, hint)
}

async fn leave(world: &mut World, pairs: &[(&str, &str)]) -> Page {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    world.browser.get(&format!("/oidc/logout?{query}")).await
}

/// Answers our question, and looks at where it leads.
async fn confirm(world: &mut World, page: &Page, sent: &[(&str, &str)]) -> Page {
    assert!(page.says("id=\"logout-confirm\""), "{}", page.html);
    let page = world.browser.fill_in(page, "/oidc/logout/confirm", sent).await;
    world.look(page).await
}

/// Nobody is signed in any more, as a silent request finds out.
async fn is_signed_out(world: &mut World) -> bool {
    let page = world.browser.get(&world.asking(&[("prompt", "none")])).await;
    Answered::of(&page).expect("an answer at once").get("error") == Some("login_required")
}

/// The sign-out leads nowhere, ends on our page with the same words, and ends nothing.
async fn is_refused(world: &mut World, pairs: &[(&str, &str)]) {
    let page = leave(world, pairs).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "K-25");
    assert!(page.says("This request to sign out cannot be trusted"), "{}", page.html);
    assert!(!is_signed_out(world).await);
}

/// The page says that the member is signed out.
async fn says_so(world: &mut World, page: Page) {
    let page = world.look(page).await;
    assert!(page.says("You have signed out"), "{}", page.html);
    assert!(is_signed_out(world).await);
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_discovery_endpoint_verification() {
    let mut world = World::new().await;
    let told: Value = json_of(&world.browser.get("/.well-known/openid-configuration").await);
    assert_eq!(text(&told["end_session_endpoint"]), format!("{ISSUER}/oidc/logout"));
}

#[tokio::test]
async fn oidcc_rp_initiated_logout() {
    let (mut world, hint) = signed_in().await;
    let pairs =
        [("id_token_hint", &*hint), ("post_logout_redirect_uri", GOODBYE), ("state", "a b&c")];
    let page = leave(&mut world, &pairs).await;
    assert_eq!(page.leads_to(), format!("{GOODBYE}?state=a%20b%26c"));
    assert!(is_signed_out(&mut world).await);
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_bad_post_logout_redirect_uri() {
    let (mut world, hint) = signed_in().await;
    let strange = format!("{GOODBYE}x");
    let pairs = [("id_token_hint", &*hint), ("post_logout_redirect_uri", &*strange)];
    is_refused(&mut world, &pairs).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_modified_id_token_hint() {
    let (mut world, hint) = signed_in().await;
    let (signed, signature) = hint.rsplit_once('.').expect("a signature");
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let modified = format!("{signed}.{other}{}", &signature[1..]);
    let pairs = [("id_token_hint", &*modified), ("post_logout_redirect_uri", GOODBYE)];
    is_refused(&mut world, &pairs).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_no_id_token_hint() {
    let (mut world, _) = signed_in().await;
    is_refused(&mut world, &[("post_logout_redirect_uri", GOODBYE), ("state", "x")]).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_no_params() {
    let (mut world, _) = signed_in().await;
    let page = leave(&mut world, &[]).await;
    assert!(!is_signed_out(&mut world).await, "K-25: the member is asked first");
    let page = confirm(&mut world, &page, &[]).await;
    says_so(&mut world, page).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_no_post_logout_redirect_uri() {
    let (mut world, hint) = signed_in().await;
    let page = leave(&mut world, &[("id_token_hint", &hint), ("state", "x")]).await;
    says_so(&mut world, page).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_no_state() {
    let (mut world, hint) = signed_in().await;
    let pairs = [("id_token_hint", &*hint), ("post_logout_redirect_uri", GOODBYE)];
    assert_eq!(leave(&mut world, &pairs).await.leads_to(), GOODBYE);
    assert!(is_signed_out(&mut world).await);
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_only_state() {
    let (mut world, _) = signed_in().await;
    let page = leave(&mut world, &[("state", "x")]).await;
    let page = confirm(&mut world, &page, &[("state", "x")]).await;
    says_so(&mut world, page).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_query_added_to_post_logout_redirect_uri() {
    let (mut world, hint) = signed_in().await;
    let strange = format!("{GOODBYE}?foo=bar");
    let pairs = [("id_token_hint", &*hint), ("post_logout_redirect_uri", &*strange)];
    is_refused(&mut world, &pairs).await;
}

#[tokio::test]
async fn oidcc_rp_initiated_logout_bad_id_token_hint() {
    let (mut world, hint) = signed_in().await;
    // Signed by somebody else, with the same words in it.
    let header = json!({ "alg": "ES256", "typ": "JWT", "kid": "theirs" });
    let forged = PrivateKey::numbered(7).sign(&header, &claims(&json!(hint)));
    let pairs = [("id_token_hint", &*forged), ("post_logout_redirect_uri", GOODBYE)];
    is_refused(&mut world, &pairs).await;
}

#[tokio::test]
async fn oidcc_backchannel_logout_discovery_endpoint_verification() {
    let mut world = World::new().await;
    let told = json_of(&world.browser.get("/.well-known/openid-configuration").await);
    for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(told[name], true, "{name}");
    }
}

#[tokio::test]
async fn oidcc_backchannel_rp_initiated_logout() {
    let (mut world, hint) = signed_in().await;
    let id = claims(&json!(hint));
    let pairs = [("id_token_hint", &*hint), ("post_logout_redirect_uri", GOODBYE)];
    leave(&mut world, &pairs).await;
    let errands = Arc::new(Errands::default());
    let messenger: Arc<dyn Messenger> = Arc::<Errands>::clone(&errands);
    while tell_due(&world.bench.app, &messenger).await.unwrap() > 0 {}
    let done = errands.done();
    let [told] = &done[..] else { panic!("told once: {done:?}") };
    assert_eq!(told.to, "https://localhost.emobix.co.uk:8443/test/a/payung/backchannel_logout");
    let token = json!(told.token);
    assert_eq!(header(&token)["alg"], "RS256", "as the client's ID tokens");
    let token = claims(&token);
    for name in ["iss", "aud", "sub", "sid"] {
        assert_eq!(token[name], id[name], "{name}");
    }
    let event = "http://schemas.openid.net/event/backchannel-logout";
    assert!(token["events"][event].is_object() && token.get("nonce").is_none(), "{token}");
}
