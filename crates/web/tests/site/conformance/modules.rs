//! What each module of OpenID Connect asks for.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::language::Language;
use payung_domain::oidc::clients::Definition;
use payung_flows::demo::conformance::USER_NAME;
use payung_testkit::visitor::Visitor;
use serde_json::{Value, json};

use super::World;
use super::world::{Answered, CALLBACK, ISSUER, basic, claims, header, json_of, text};

/// `oidcc-discovery-endpoint-verification`
pub(crate) async fn oidcc_discovery_endpoint_verification(world: &mut World) {
    let page = world.browser.get("/.well-known/openid-configuration").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "application/json"));
    let told = json_of(&page);
    assert_eq!(told["issuer"], ISSUER);
    let has = |name: &str, value: &str| {
        let all = told[name].as_array().unwrap_or_else(|| panic!("no {name}"));
        assert!(all.iter().any(|one| one == value), "{value} in {name}: {all:?}");
    };
    has("response_types_supported", "code");
    has("subject_types_supported", "public");
    has("id_token_signing_alg_values_supported", "RS256");
    has("scopes_supported", "openid");
    has("token_endpoint_auth_methods_supported", "client_secret_basic");
    has("token_endpoint_auth_methods_supported", "client_secret_post");
    has("response_modes_supported", "form_post");
    // RFC 8414 section 2: whoever takes assertions says how they are signed.
    for place in ["token", "revocation", "introspection"] {
        has(&format!("{place}_endpoint_auth_methods_supported"), "private_key_jwt");
        has(&format!("{place}_endpoint_auth_signing_alg_values_supported"), "ES256");
    }
    for name in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] {
        assert!(text(&told[name]).starts_with(ISSUER), "{name}");
    }
    let keys = json_of(&world.browser.get("/oidc/jwks").await);
    let keys = keys["keys"].as_array().expect("keys");
    for key in keys {
        assert!(key["kid"].is_string() && key["alg"].is_string() && key["use"] == "sig", "{key}");
        for secret in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(key.get(secret).is_none(), "{secret}");
        }
    }
    assert!(keys.iter().any(|key| key["alg"] == "RS256"));
}

/// `oidcc-server`
pub(crate) async fn oidcc_server(world: &mut World) {
    let answered = world.go(&[]).await;
    assert_eq!(answered.address, CALLBACK);
    assert_eq!((answered.get("state"), answered.get("iss")), (Some("staat"), Some(ISSUER)));
    let (status, tokens) = world.redeem(answered.code()).await;
    assert_eq!((status, &tokens["token_type"]), (StatusCode::OK, &json!("Bearer")), "{tokens}");
    assert!(tokens["expires_in"].as_i64() > Some(0));
    let id = claims(&tokens["id_token"]);
    assert_eq!(
        (&id["iss"], &id["aud"], &id["nonce"]),
        (&json!(ISSUER), &json!("payung-basic"), &json!("n-0S6"))
    );
    let (issued, expires) = (id["iat"].as_i64(), id["exp"].as_i64());
    assert_eq!(issued, Some(world.now().micros() / 1_000_000));
    assert!(expires > issued);
    let (status, told) = world.userinfo(&tokens["access_token"]).await;
    assert_eq!((status, &told["sub"]), (StatusCode::OK, &id["sub"]));
}

/// `oidcc-response-type-missing`
pub(crate) async fn oidcc_response_type_missing(world: &mut World) {
    let answered = world.go(&[("response_type", "-")]).await;
    assert_eq!((answered.error(), answered.get("state")), ("invalid_request", Some("staat")));
}

/// `oidcc-idtoken-signature`
pub(crate) async fn oidcc_idtoken_signature(world: &mut World) {
    let tokens = world.tokens(&[]).await;
    let header = header(&tokens["id_token"]);
    assert_eq!(header["alg"], "RS256");
    let keys = json_of(&world.browser.get("/oidc/jwks").await);
    let keys = keys["keys"].as_array().expect("keys");
    let named = keys.iter().filter(|key| key["kid"] == header["kid"]);
    assert_eq!(named.map(|key| &key["kty"]).collect::<Vec<_>>(), ["RSA"], "K-15");
}

/// `oidcc-idtoken-unsigned`
pub(crate) async fn oidcc_idtoken_unsigned(world: &mut World) {
    let mut tx = world.bench.store.store.read().await.unwrap();
    let kept = payung_storage::oidc::clients::get(&mut tx, "payung-basic").await.unwrap();
    let known = kept.expect("a client").client.definition().clone();
    let unsigned = Definition { id_token_signed_response_alg: "none".to_owned(), ..known };
    assert!(unsigned.check().is_err(), "O6: no client has them");
}

/// `oidcc-userinfo-get`
pub(crate) async fn oidcc_userinfo_get(world: &mut World) {
    world.told(&[]).await;
}

/// `oidcc-userinfo-post-header`
pub(crate) async fn oidcc_userinfo_post_header(world: &mut World) {
    let tokens = world.tokens(&[]).await;
    let bearer = ("authorization", format!("Bearer {}", text(&tokens["access_token"])));
    let page = world.call("/oidc/userinfo", &[bearer], &[]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(json_of(&page)["sub"], claims(&tokens["id_token"])["sub"]);
}

/// `oidcc-userinfo-post-body`
pub(crate) async fn oidcc_userinfo_post_body(world: &mut World) {
    let tokens = world.tokens(&[]).await;
    let fields = [("access_token", text(&tokens["access_token"]))];
    let page = world.call("/oidc/userinfo", &[], &fields).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(json_of(&page)["sub"], claims(&tokens["id_token"])["sub"]);
}

/// `oidcc-ensure-request-without-nonce-succeeds-for-code-flow`
pub(crate) async fn oidcc_ensure_request_without_nonce_succeeds_for_code_flow(world: &mut World) {
    let tokens = world.tokens(&[("nonce", "-")]).await;
    assert!(claims(&tokens["id_token"]).get("nonce").is_none());
}

const PROFILE: [&str; 14] = [
    "name",
    "family_name",
    "given_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "updated_at",
];
const EMAIL: [&str; 2] = ["email", "email_verified"];
const PHONE: [&str; 2] = ["phone_number", "phone_number_verified"];

async fn tells(world: &mut World, scope: &str, names: &[&str]) {
    let told = world.told(&[("scope", scope)]).await;
    let mut expected: Vec<&str> = names.iter().copied().chain(["sub"]).collect();
    expected.sort_unstable();
    let mut given: Vec<&str> = told.as_object().expect("claims").keys().map(|key| &**key).collect();
    given.sort_unstable();
    assert_eq!(given, expected, "{scope}");
    for (name, value) in told.as_object().expect("claims") {
        let is_filled = match value {
            Value::String(text) => !text.is_empty(),
            Value::Object(parts) => !parts.is_empty(),
            other => other.is_boolean() || other.is_i64(),
        };
        assert!(is_filled, "{name}: {value}");
    }
}

/// `oidcc-scope-profile`
pub(crate) async fn oidcc_scope_profile(world: &mut World) {
    tells(world, "openid profile", &PROFILE).await;
}

/// `oidcc-scope-email`
pub(crate) async fn oidcc_scope_email(world: &mut World) {
    tells(world, "openid email", &EMAIL).await;
}

/// `oidcc-scope-address`
pub(crate) async fn oidcc_scope_address(world: &mut World) {
    tells(world, "openid address", &["address"]).await;
}

/// `oidcc-scope-phone`
pub(crate) async fn oidcc_scope_phone(world: &mut World) {
    tells(world, "openid phone", &PHONE).await;
}

/// `oidcc-scope-all`
pub(crate) async fn oidcc_scope_all(world: &mut World) {
    let all = [&PROFILE[..], &EMAIL, &PHONE, &["address"]].concat();
    tells(world, "openid profile email address phone", &all).await;
}

/// `oidcc-alternate-happy-flow`
pub(crate) async fn oidcc_alternate_happy_flow(world: &mut World) {
    let (state, nonce) = ("s".repeat(1_000), "n".repeat(64));
    let more = [("scope", "email openid"), ("state", &*state), ("nonce", &*nonce)];
    let answered = world.go(&more).await;
    assert_eq!(answered.get("state"), Some(&*state), "it comes back whole");
    let (_, tokens) = world.redeem(answered.code()).await;
    assert_eq!(claims(&tokens["id_token"])["nonce"], json!(nonce));
}

/// `oidcc-display-page`
pub(crate) async fn oidcc_display_page(world: &mut World) {
    world.told(&[("display", "page")]).await;
}

/// `oidcc-display-popup`
pub(crate) async fn oidcc_display_popup(world: &mut World) {
    world.told(&[("display", "popup")]).await;
}

fn signed_in_at(tokens: &Value) -> i64 {
    claims(&tokens["id_token"])["auth_time"].as_i64().expect("auth_time")
}

/// `oidcc-prompt-login`
pub(crate) async fn oidcc_prompt_login(world: &mut World) {
    let first = world.tokens(&[]).await;
    world.pass(Duration::from_secs(2));
    let second = world.tokens(&[("prompt", "login")]).await;
    assert_eq!(world.sign_ins, 2, "K-17");
    assert!(signed_in_at(&second) > signed_in_at(&first));
    assert_eq!(claims(&first["id_token"])["sub"], claims(&second["id_token"])["sub"]);
}

/// `oidcc-prompt-none-not-logged-in`
pub(crate) async fn oidcc_prompt_none_not_logged_in(world: &mut World) {
    let page = world.browser.get(&world.asking(&[("prompt", "none")])).await;
    let answered = Answered::of(&page).expect("an answer at once");
    assert_eq!((answered.error(), answered.get("state")), ("login_required", Some("staat")));
}

/// `oidcc-prompt-none-logged-in`
pub(crate) async fn oidcc_prompt_none_logged_in(world: &mut World) {
    let first = world.tokens(&[]).await;
    world.pass(Duration::from_secs(2));
    let page = world.browser.get(&world.asking(&[("prompt", "none")])).await;
    let answered = Answered::of(&page).expect("an answer at once");
    let (_, second) = world.redeem(answered.code()).await;
    assert_eq!(signed_in_at(&first), signed_in_at(&second));
    assert_eq!(claims(&first["id_token"])["sub"], claims(&second["id_token"])["sub"]);
}

/// `oidcc-max-age-1`
pub(crate) async fn oidcc_max_age_1(world: &mut World) {
    let first = world.tokens(&[]).await;
    world.pass(Duration::from_secs(2));
    let second = world.tokens(&[("max_age", "1")]).await;
    assert_eq!(world.sign_ins, 2, "K-17");
    assert!(signed_in_at(&second) > signed_in_at(&first));
}

/// `oidcc-max-age-10000`
pub(crate) async fn oidcc_max_age_10000(world: &mut World) {
    let first = world.tokens(&[("max_age", "15000")]).await;
    world.pass(Duration::from_secs(2));
    let second = world.tokens(&[("max_age", "10000")]).await;
    assert_eq!((world.sign_ins, signed_in_at(&first)), (1, signed_in_at(&second)));
}

/// `oidcc-ensure-request-with-unknown-parameter-succeeds`
pub(crate) async fn oidcc_ensure_request_with_unknown_parameter_succeeds(world: &mut World) {
    world.told(&[("extra", "foobar")]).await;
}

/// `oidcc-id-token-hint`
pub(crate) async fn oidcc_id_token_hint(world: &mut World) {
    let first = world.tokens(&[]).await;
    // Longer than the hint is good for by itself.
    world.pass(Duration::from_mins(6));
    let hint = text(&first["id_token"]).to_owned();
    let second = world.tokens(&[("prompt", "none"), ("id_token_hint", &hint)]).await;
    assert_eq!(claims(&first["id_token"])["sub"], claims(&second["id_token"])["sub"]);
    assert_eq!(world.sign_ins, 1);
}

/// `oidcc-login-hint`
pub(crate) async fn oidcc_login_hint(world: &mut World) {
    let page = world.browser.get(&world.asking(&[("login_hint", USER_NAME)])).await;
    let page = world.look(page).await;
    assert!(page.says("id=\"submit-login\"") && page.says("value=\"uji\""), "{}", page.html);
    world.come_back(page).await.code();
}

/// `oidcc-ui-locales`
pub(crate) async fn oidcc_ui_locales(world: &mut World) {
    let page = world.browser.get(&world.asking(&[("ui_locales", "se id en")])).await;
    let page = world.look(page).await;
    assert_eq!(page.header("content-language"), Language::Id.tag());
    world.come_back(page).await.code();
}

/// `oidcc-claims-locales`
pub(crate) async fn oidcc_claims_locales(world: &mut World) {
    world.told(&[("claims_locales", "se")]).await;
}

/// `oidcc-ensure-request-with-acr-values-succeeds`
pub(crate) async fn oidcc_ensure_request_with_acr_values_succeeds(world: &mut World) {
    let told = json_of(&world.browser.get("/.well-known/openid-configuration").await);
    let levels = told["acr_values_supported"].as_array().expect("levels");
    let all: Vec<&str> = levels.iter().map(text).collect();
    let tokens = world.tokens(&[("acr_values", &all.join(" "))]).await;
    let acr = &claims(&tokens["id_token"])["acr"];
    assert!(levels.contains(acr), "{acr}");
    // Strange ones are wishes that nobody can fulfil.
    world.tokens(&[("acr_values", "1 2")]).await;
}

async fn is_redeemed_once(world: &mut World, later: Duration) {
    let code = world.go(&[]).await.code().to_owned();
    let (status, tokens) = world.redeem(&code).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(world.userinfo(&tokens["access_token"]).await.0, StatusCode::OK);
    world.pass(later);
    let (status, told) = world.redeem(&code).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let (status, _) = world.userinfo(&tokens["access_token"]).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "K-04");
}

/// `oidcc-codereuse`
pub(crate) async fn oidcc_codereuse(world: &mut World) {
    is_redeemed_once(world, Duration::ZERO).await;
}

/// `oidcc-codereuse-30seconds`
pub(crate) async fn oidcc_codereuse_30seconds(world: &mut World) {
    is_redeemed_once(world, Duration::from_secs(30)).await;
}

/// `oidcc-ensure-registered-redirect-uri`
pub(crate) async fn oidcc_ensure_registered_redirect_uri(world: &mut World) {
    let strange = format!("{CALLBACK}/OTHER");
    let page = world.browser.get(&world.asking(&[("redirect_uri", &strange)])).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "K-01");
    assert!(page.says("We do not know this application"), "{}", page.html);
}

/// `oidcc-ensure-post-request-succeeds`
pub(crate) async fn oidcc_ensure_post_request_succeeds(world: &mut World) {
    let path = world.asking(&[]);
    let (path, query) = path.split_once('?').expect("a query");
    // Another site's form brings none of our cookies, and its own origin.
    let mut stranger = Visitor::new(&world.bench);
    stranger.headers.push(("origin", "https://localhost.emobix.co.uk:8443".to_owned()));
    let page = stranger.post_raw(path, query.as_bytes().to_vec()).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "K-06");
    world.come_back(page).await.code();
}

/// `oidcc-server-client-secret-post`
pub(crate) async fn oidcc_server_client_secret_post(world: &mut World) {
    let client = world.players.post.clone();
    let code = world.go(&[("client_id", &client.id)]).await.code().to_owned();
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CALLBACK),
        ("client_id", &*client.id),
        ("client_secret", client.secret.expose()),
    ];
    // The way that was not registered is not taken.
    let (status, told) = world.redeem_as(&client, &fields[..3]).await;
    assert_eq!((status, &told["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));
    let page = world.call("/oidc/token", &[], &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
    assert_eq!(claims(&json_of(&page)["id_token"])["aud"], json!(client.id));
}

/// `oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported`
pub(crate) async fn oidcc_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported(
    world: &mut World,
) {
    let answered = world.go(&[("request_uri", "https://localhost.emobix.co.uk:8443/r")]).await;
    assert_eq!(answered.address, CALLBACK);
    let (error, state) = (answered.error(), answered.get("state"));
    assert_eq!((error, state), ("request_uri_not_supported", Some("staat")), "K-18");
}

/// An object that nobody signed, as the suite sends it.
fn unsigned(claims: &Value) -> String {
    let part = |part: &Value| data_encoding::BASE64URL_NOPAD.encode(part.to_string().as_bytes());
    format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims))
}

/// `oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported`
pub(crate) async fn oidcc_unsigned_request_object_supported_correctly_or_rejected_as_unsupported(
    world: &mut World,
) {
    let object = unsigned(&json!({ "response_type": "code", "nonce": "other", "state": "other" }));
    let answered = world.go(&[("request", &object)]).await;
    let (error, state) = (answered.error(), answered.get("state"));
    assert_eq!((error, state), ("request_not_supported", Some("staat")), "K-18");
}

/// `oidcc-ensure-request-object-with-redirect-uri`
pub(crate) async fn oidcc_ensure_request_object_with_redirect_uri(world: &mut World) {
    let object = unsigned(&json!({ "redirect_uri": CALLBACK }));
    let strange = format!("{CALLBACK}/OTHER");
    let more = [("request", &*object), ("redirect_uri", &*strange)];
    let page = world.browser.get(&world.asking(&more)).await;
    assert_eq!((page.status, page.leads_to()), (StatusCode::BAD_REQUEST, ""), "K-01");
}

/// `oidcc-claims-essential`
pub(crate) async fn oidcc_claims_essential(world: &mut World) {
    let wish = r#"{"userinfo":{"name":{"essential":true}}}"#;
    let told = world.told(&[("claims", wish)]).await;
    assert_eq!(told["name"], "Uji Coba Kesesuaian");
    assert_eq!(told.get("email"), None, "O10");
}

/// `oidcc-refresh-token`
pub(crate) async fn oidcc_refresh_token(world: &mut World) {
    let offline = [("scope", "openid email offline_access"), ("prompt", "consent")];
    let tokens = world.tokens(&offline).await;
    let kept = text(&tokens["refresh_token"]).to_owned();
    world.pass(Duration::from_secs(1));
    let client = world.players.basic.clone();
    let (status, fresh) = world.refresh_as(&client, &kept).await;
    assert_eq!(status, StatusCode::OK, "{fresh}");
    assert_ne!(fresh["access_token"], tokens["access_token"]);
    let (before, after) = (claims(&tokens["id_token"]), claims(&fresh["id_token"]));
    for name in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(before[name], after[name], "{name}");
    }
    assert!(after["iat"].as_i64() > before["iat"].as_i64());
    let (status, told) = world.userinfo(&fresh["access_token"]).await;
    assert_eq!((status, &told["sub"]), (StatusCode::OK, &before["sub"]));
    // The second client has no use for the first one's.
    let other = world.players.other.clone();
    let (status, told) = world.refresh_as(&other, &kept).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    assert_eq!(world.refresh_as(&client, &kept).await.0, StatusCode::OK, "it harmed nobody");
}

/// `oidcc-ensure-request-with-valid-pkce-succeeds`
pub(crate) async fn oidcc_ensure_request_with_valid_pkce_succeeds(world: &mut World) {
    let pkce = [
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ];
    let code = world.go(&pkce).await.code().to_owned();
    let (status, told) = world.redeem(&code).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")), "O3");
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
    ];
    let page = world.call("/oidc/token", &[basic(&world.players.basic)], &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.html);
}
