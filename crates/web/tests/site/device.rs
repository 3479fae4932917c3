//! Signing in on a device without a keyboard (RFC 8628): K-23, and O10 where it is about devices.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::contact::{Email, Identifier, UserName};
use payung_domain::keyed::digest;
use payung_domain::oidc::clients::Definition;
use payung_domain::time::Instant;
use payung_flows::demo::devices as demo_device;
use payung_flows::tidying::tidy;
use payung_storage::oidc::clients as client_rows;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor, newest_code};
use payung_testkit::{Bench, crowd, on_each_engine, people};
use serde_json::{Value, json};

on_each_engine!(
    k23_a_device_signs_in_when_its_member_agrees,
    k23_a_code_in_the_address_is_kept_across_sign_in_and_goes_nowhere_by_itself,
    k23_the_question_names_who_asks_from_where_and_warns,
    k23_a_device_that_asks_too_often_is_slowed_down_for_good,
    k23_five_wrong_codes_pause_the_account,
    k23_a_code_ends_after_ten_minutes,
    k23_who_refuses_is_believed_and_the_first_answer_counts,
    k23_the_question_is_asked_of_whoever_typed_the_code,
    k23_a_device_goes_on_as_long_as_was_agreed_to,
    k23_an_application_that_wants_a_fresh_sign_in_gets_one,
    l7_of_64_devices_with_one_code_one_gets_tokens,
    l3_a_device_gets_nothing_when_what_it_hangs_on_is_over,
    o10_a_device_gets_scopes_of_its_client_only,
    o10_a_code_of_a_device_is_good_for_its_client_only,
    e04_devices_that_begin_are_counted_by_address,
    m36_a_code_typed_too_late_is_kept_for_checking,
    n07_what_waited_is_dropped_a_day_later,
    the_demonstration_has_the_device_that_the_document_shows,
);

pub(crate) const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const SECRET: &str = "a-secret-of-128-random-bits-or-more";

fn definition(id: &str) -> Definition {
    Definition {
        client_id: id.to_owned(),
        client_name: "Layar Loket".to_owned(),
        token_endpoint_auth_method: "none".to_owned(),
        grant_types: vec![DEVICE.to_owned(), "refresh_token".to_owned()],
        scope: "openid email offline_access".to_owned(),
        owner: "Dana Kita".to_owned(),
        purpose_id: "Menampilkan saldo di loket".to_owned(),
        purpose_en: "Showing the balance at the desk".to_owned(),
        ..Definition::default()
    }
}

/// A bench with Budi and devices: two public ones, one with a secret; and a client without the grant.
async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let kiosk = Definition {
        token_endpoint_auth_method: "client_secret_post".to_owned(),
        ..definition("kios")
    };
    let plain = Definition {
        grant_types: vec!["authorization_code".to_owned()],
        redirect_uris: vec!["https://klaim.example/cb".to_owned()],
        scope: "openid".to_owned(),
        ..definition("klaim")
    };
    for definition in [definition("tv"), definition("lain"), kiosk, plain] {
        register(&bench, definition).await;
    }
    bench
}

async fn register(bench: &Bench, definition: Definition) {
    let client = definition.check().expect("a whole client");
    let secret = client.proof.has_secret().then(|| digest(SECRET.as_bytes()));
    let mut tx = bench.store.store.write().await.unwrap();
    let now = Instant::from_micros(0);
    client_rows::keep(&mut tx, &client, secret.as_ref(), now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Calls an endpoint as a program does, without a cookie.
async fn call(bench: &Bench, path: &str, fields: &[(&str, &str)]) -> (StatusCode, Value) {
    let page = Visitor::new(bench).post(path, fields).await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

/// What a device was given.
#[derive(Clone)]
struct Begun {
    device_code: String,
    user_code: String,
    complete: String,
}

async fn begin(bench: &Bench, client: &str, scope: &str) -> Begun {
    let fields = [("client_id", client), ("scope", scope)];
    let (status, told) = call(bench, "/oidc/device", &fields).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!((&told["expires_in"], &told["interval"]), (&json!(600), &json!(5)));
    assert_eq!(told["verification_uri"], "https://payung.example/device");
    let text = |name: &str| told[name].as_str().expect("a text").to_owned();
    let complete = text("verification_uri_complete");
    let complete = complete.strip_prefix("https://payung.example").expect("ours").to_owned();
    Begun { device_code: text("device_code"), user_code: text("user_code"), complete }
}

async fn poll(bench: &Bench, client: &str, begun: &Begun) -> (StatusCode, Value) {
    let code = &*begun.device_code;
    let fields = [("grant_type", DEVICE), ("client_id", client), ("device_code", code)];
    call(bench, "/oidc/token", &fields).await
}

async fn error_of(bench: &Bench, begun: &Begun) -> String {
    let (status, told) = poll(bench, "tv", begun).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{told}");
    told["error"].as_str().expect("an error").to_owned()
}

async fn userinfo(bench: &Bench, tokens: &Value) -> (StatusCode, Value) {
    let mut program = Visitor::new(bench);
    let token = tokens["access_token"].as_str().expect("a token");
    program.headers.push(("authorization", format!("Bearer {token}")));
    let page = program.get("/oidc/userinfo").await;
    (page.status, serde_json::from_str(&page.html).unwrap_or_default())
}

async fn signed_in(bench: &Bench) -> Visitor {
    let mut visitor = Visitor::new(bench);
    visitor.sign_in(bench, "budi").await;
    visitor
}

/// Types a code and comes to the question.
pub(crate) async fn type_in(visitor: &mut Visitor, code: &str) -> Page {
    let page = visitor.get("/device").await;
    let page = visitor.fill_in(&page, "/device", &[("user_code", code)]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.html);
    visitor.get(page.leads_to()).await
}

/// Answers the question.
pub(crate) async fn answer(visitor: &mut Visitor, page: &Page, decision: &str) -> Page {
    let request = page.after("name=\"request\" value=\"").expect("a question");
    let code = page.after("name=\"user_code\" value=\"").expect("a code");
    let fields = [("request", &*request), ("user_code", &*code), ("decision", decision)];
    visitor.fill_in(page, "/device/approve", &fields).await
}

async fn allow(visitor: &mut Visitor, begun: &Begun) {
    let page = type_in(visitor, &begun.user_code).await;
    let page = answer(visitor, &page, "allow").await;
    assert_eq!(page.leads_to(), "/device/done?answer=allowed", "{}", page.html);
}

async fn k23_a_device_signs_in_when_its_member_agrees(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid email offline_access").await;
    assert_eq!(begun.device_code.len(), 43, "256 bits");
    assert_eq!(error_of(&bench, &begun).await, "authorization_pending");
    let mut visitor = signed_in(&bench).await;
    let typed = begun.user_code.to_lowercase().replace('-', " ");
    let page = type_in(&mut visitor, &typed).await;
    let page = answer(&mut visitor, &page, "allow").await;
    assert!(visitor.get(page.leads_to()).await.says("The device may go on"));
    let (status, tokens) = poll(&bench, "tv", &begun).await;
    assert_eq!((status, &tokens["token_type"]), (StatusCode::OK, &json!("Bearer")), "{tokens}");
    assert!(tokens["id_token"].is_string() && tokens["refresh_token"].is_string());
    let (_, told) = userinfo(&bench, &tokens).await;
    assert_eq!(told["email"], "budi@peserta.example");
    // Kept and told like any consent, and taken back like one (K-20).
    assert!(visitor.get("/activity").await.says("Application allowed to see data"));
    let page = visitor.get("/apps").await;
    assert!(page.says("Layar Loket") && page.says("E-mail address"), "{}", page.html);
    visitor.fill_in(&page, "/apps", &[("app", "tv")]).await;
    assert_eq!(userinfo(&bench, &tokens).await.0, StatusCode::UNAUTHORIZED);
}

async fn k23_a_code_in_the_address_is_kept_across_sign_in_and_goes_nowhere_by_itself(
    db: TestStore,
) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid").await;
    let mut visitor = Visitor::new(&bench);
    let page = visitor.get(&begun.complete).await;
    assert!(page.leads_to().starts_with("/sign-in?next=%2Fdevice%3Fuser_code"), "{page:?}");
    let page = visitor.get(page.leads_to()).await;
    let next = page.after("name=\"next\" value=\"").expect("the way back");
    let fields = [("identifier", "budi"), ("password", people::PASSWORD), ("next", &next)];
    visitor.fill_in(&page, "/sign-in", &fields).await;
    let page = visitor.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    let page = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(page.leads_to(), begun.complete);
    let page = visitor.get(&begun.complete).await;
    assert!(page.says(&format!("value=\"{}\"", begun.user_code)), "{}", page.html);
    assert!(!page.says("device-allow"), "one page more, and a button, before anything is asked");
    assert_eq!(error_of(&bench, &begun).await, "authorization_pending");
    // Whatever stands in the address is shown as text.
    let page = visitor.get("/device?user_code=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    assert!(page.status == StatusCode::OK && !page.says("<script>alert"), "{}", page.html);
}

async fn k23_the_question_names_who_asks_from_where_and_warns(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid email offline_access").await;
    let mut visitor = signed_in(&bench).await;
    let page = type_in(&mut visitor, &begun.user_code).await;
    for words in [
        "Layar Loket",
        "Dana Kita",
        "Showing the balance at the desk",
        &*begun.user_code,
        "203.0.113.*, the network you are on now",
        "Continue only if you started this yourself on a device in front of you. Our staff never send \
         you a code to enter here.",
        "id=\"device-allow\"",
        "id=\"device-cancel\"",
    ] {
        assert!(page.says(words), "{words} in {}", page.html);
    }
    assert!(!page.says("budi@peserta.example"), "N-06: masked");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "K-06");
    // Agreeing once does not answer the next device: whose code it is may be another matter.
    answer(&mut visitor, &page, "allow").await;
    let next = begin(&bench, "tv", "openid email offline_access").await;
    visitor.address = "198.51.100.7:40000".parse().unwrap();
    let page = type_in(&mut visitor, &next.user_code).await;
    assert!(page.says("device-allow") && page.says("another network"), "{}", page.html);
}

async fn k23_a_device_that_asks_too_often_is_slowed_down_for_good(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid").await;
    for (seconds, expected) in [
        (0, "authorization_pending"),
        (5, "authorization_pending"),
        (4, "slow_down"),
        (9, "slow_down"),
        (14, "slow_down"),
        (20, "authorization_pending"),
        (19, "slow_down"),
    ] {
        bench.clock.advance(Duration::from_secs(seconds));
        assert_eq!(error_of(&bench, &begun).await, expected, "{seconds} s later");
    }
    // Whoever asked too often is not made to wait for a yes.
    let mut visitor = signed_in(&bench).await;
    allow(&mut visitor, &begun).await;
    assert_eq!(poll(&bench, "tv", &begun).await.0, StatusCode::OK);
}

async fn k23_five_wrong_codes_pause_the_account(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid").await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get("/device").await;
    let mut send =
        async |code: &str| visitor.fill_in(&page, "/device", &[("user_code", code)]).await;
    for unreadable in ["", "WDJB", "AEIO-UAEI"] {
        assert_eq!(send(unreadable).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no try");
    }
    // A right code forgets no miss: anybody can have one.
    for _ in 0..2 {
        assert_eq!(send("BBBB-BBBB").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(send(&begun.user_code).await.status, StatusCode::SEE_OTHER);
    for _ in 0..2 {
        assert!(send("BBBB-BBBB").await.says("No device is waiting under this code"));
    }
    assert_eq!(send("BBBB-BBBB").await.status, StatusCode::TOO_MANY_REQUESTS);
    let page = send(&begun.user_code).await;
    assert!(page.status == StatusCode::TOO_MANY_REQUESTS && page.says("Too many codes were wrong"));
    bench.clock.advance(Duration::from_mins(14));
    assert_eq!(send(&begun.user_code).await.status, StatusCode::TOO_MANY_REQUESTS);
    bench.clock.advance(Duration::from_mins(1));
    let later = begin(&bench, "tv", "openid").await;
    assert_eq!(send(&later.user_code).await.status, StatusCode::SEE_OTHER);
}

async fn k23_a_code_ends_after_ten_minutes(db: TestStore) {
    let bench = opened(db).await;
    let typed = begin(&bench, "tv", "openid").await;
    let other = begin(&bench, "tv", "openid").await;
    let mut visitor = signed_in(&bench).await;
    let page = type_in(&mut visitor, &typed.user_code).await;
    bench.clock.advance(Duration::from_mins(10));
    assert_eq!(answer(&mut visitor, &page, "allow").await.status, StatusCode::BAD_REQUEST);
    let page = visitor.get("/device").await;
    let page = visitor.fill_in(&page, "/device", &[("user_code", &other.user_code)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for begun in [typed, other] {
        assert_eq!(error_of(&bench, &begun).await, "expired_token");
    }
}

async fn k23_who_refuses_is_believed_and_the_first_answer_counts(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    for decision in ["cancel", ""] {
        let begun = begin(&bench, "tv", "openid").await;
        let page = type_in(&mut visitor, &begun.user_code).await;
        let done = answer(&mut visitor, &page, decision).await;
        assert_eq!(done.leads_to(), "/device/done?answer=refused");
        assert!(visitor.get("/device/done?answer=refused").await.says("tell the help line"));
        let again = answer(&mut visitor, &page, "allow").await;
        assert_eq!(again.status, StatusCode::BAD_REQUEST);
        assert_eq!(error_of(&bench, &begun).await, "access_denied");
    }
    assert!(visitor.get("/apps").await.says("No other application"));
}

async fn k23_the_question_is_asked_of_whoever_typed_the_code(db: TestStore) {
    let bench = opened(db).await;
    let names = vec![
        Identifier::UserName(UserName::parse("ani").unwrap()),
        Identifier::Email(Email::parse("ani@peserta.example").unwrap()),
    ];
    people::enrol(&bench.app, names).await;
    let begun = begin(&bench, "tv", "openid").await;
    let mut budi = signed_in(&bench).await;
    let page = budi.get("/device").await;
    let page = budi.fill_in(&page, "/device", &[("user_code", &begun.user_code)]).await;
    let question = page.leads_to().to_owned();
    // Without the code that was typed, the address that names the device leads nowhere.
    let other = question.replace(&begun.user_code, "BBBB-BBBB");
    assert_eq!(budi.get(&other).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(budi.get("/device/approve").await.status, StatusCode::BAD_REQUEST);
    // Neither does it lead another member anywhere.
    let mut ani = Visitor::new(&bench);
    ani.sign_in(&bench, "ani").await;
    assert_eq!(ani.get("/dashboard").await.status, StatusCode::OK, "signed in");
    assert_eq!(ani.get(&question).await.status, StatusCode::BAD_REQUEST);
    assert!(budi.get(&question).await.says("device-allow"));
}

async fn k23_a_device_goes_on_as_long_as_was_agreed_to(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let begun = begin(&bench, "tv", "openid offline_access").await;
    allow(&mut visitor, &begun).await;
    let (_, tokens) = poll(&bench, "tv", &begun).await;
    bench.clock.advance(Duration::from_hours(24));
    let token = tokens["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("client_id", "tv"), ("refresh_token", token)];
    let (status, next) = call(&bench, "/oidc/token", &fields).await;
    assert_eq!(status, StatusCode::OK, "{next}");
    // The code of the device comes again: that ends the family, as with any code (O4).
    let (status, told) = poll(&bench, "tv", &begun).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    assert_eq!(userinfo(&bench, &next).await.0, StatusCode::UNAUTHORIZED);
}

async fn k23_an_application_that_wants_a_fresh_sign_in_gets_one(db: TestStore) {
    let bench = opened(db).await;
    register(&bench, Definition { default_max_age: Some(60), ..definition("tv") }).await;
    let mut visitor = signed_in(&bench).await;
    bench.clock.advance(Duration::from_mins(2));
    let begun = begin(&bench, "tv", "openid").await;
    let page = visitor.get("/device").await;
    let page = visitor.fill_in(&page, "/device", &[("user_code", &begun.user_code)]).await;
    let page = visitor.get(page.leads_to()).await;
    assert!(page.leads_to().starts_with("/sign-in?next=%2Fdevice%2Fapprove"), "{page:?}");
    let page = visitor.get(page.leads_to()).await;
    assert!(page.says("Sign in once more"), "{}", page.html);
    let next = page.after("name=\"next\" value=\"").expect("the way back").replace("&amp;", "&");
    let next = next.replace("&#38;", "&");
    let fields = [("identifier", "budi"), ("password", people::PASSWORD), ("next", &next)];
    visitor.fill_in(&page, "/sign-in", &fields).await;
    let page = visitor.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    let page = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let page = visitor.get(page.leads_to()).await;
    answer(&mut visitor, &page, "allow").await;
    assert_eq!(poll(&bench, "tv", &begun).await.0, StatusCode::OK);
}

async fn l7_of_64_devices_with_one_code_one_gets_tokens(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid").await;
    let mut visitor = signed_in(&bench).await;
    allow(&mut visitor, &begun).await;
    let device = Visitor::new(&bench);
    let answers = crowd::of_64(|_| {
        let (mut device, begun) = (device.clone(), begun.clone());
        async move {
            let code = &*begun.device_code;
            let fields = [("grant_type", DEVICE), ("client_id", "tv"), ("device_code", code)];
            device.post("/oidc/token", &fields).await.status
        }
    })
    .await;
    let mut won = 0;
    for answer in answers {
        won += usize::from(answer == StatusCode::OK);
    }
    assert_eq!(won, 1);
}

async fn l3_a_device_gets_nothing_when_what_it_hangs_on_is_over(db: TestStore) {
    let bench = opened(db).await;
    for what in ["session", "consent", "client"] {
        let begun = begin(&bench, "tv", "openid email").await;
        let mut visitor = signed_in(&bench).await;
        allow(&mut visitor, &begun).await;
        match what {
            "session" => {
                let page = visitor.get("/sign-out").await;
                visitor.fill_in(&page, "/sign-out", &[]).await;
            }
            "consent" => {
                let page = visitor.get("/apps").await;
                visitor.fill_in(&page, "/apps", &[("app", "tv")]).await;
            }
            _ => {
                let mut tx = bench.store.store.write().await.unwrap();
                let now = Some(Instant::from_micros(1));
                assert!(client_rows::disable(&mut tx, "tv", now).await.unwrap());
                tx.commit().await.unwrap();
            }
        }
        let (status, told) = poll(&bench, "tv", &begun).await;
        assert_ne!(status, StatusCode::OK, "{what}: {told}");
        bench.clock.advance(Duration::from_mins(2));
    }
}

async fn o10_a_device_gets_scopes_of_its_client_only(db: TestStore) {
    let bench = opened(db).await;
    for (client, scope, expected) in [
        ("tv", "openid profile", "invalid_scope"),
        ("tv", "openid balance", "invalid_scope"),
        ("tv", "shoes", "invalid_scope"),
        ("tv", "", "invalid_scope"),
        ("klaim", "openid", "unauthorized_client"),
        ("nobody", "openid", "invalid_client"),
        ("kios", "openid", "invalid_client"),
    ] {
        let fields = [("client_id", client), ("scope", scope)];
        let (_, told) = call(&bench, "/oidc/device", &fields).await;
        assert_eq!(told["error"], expected, "{client} {scope}: {told}");
    }
    let fields = [("client_id", "kios"), ("client_secret", SECRET), ("scope", "openid")];
    assert_eq!(call(&bench, "/oidc/device", &fields).await.0, StatusCode::OK);
    // What was agreed to is what the token is for, and no more.
    let begun = begin(&bench, "tv", "openid").await;
    let mut visitor = signed_in(&bench).await;
    allow(&mut visitor, &begun).await;
    let (_, tokens) = poll(&bench, "tv", &begun).await;
    assert_eq!((&tokens["scope"], tokens.get("refresh_token")), (&json!("openid"), None));
    assert_eq!(userinfo(&bench, &tokens).await.1.get("email"), None);
}

async fn o10_a_code_of_a_device_is_good_for_its_client_only(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid").await;
    let mut visitor = signed_in(&bench).await;
    allow(&mut visitor, &begun).await;
    let (status, told) = poll(&bench, "lain", &begun).await;
    assert_eq!((status, &told["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let wrong = Begun { device_code: begun.user_code.clone(), ..begun.clone() };
    assert_eq!(error_of(&bench, &wrong).await, "invalid_grant");
    // Strangers end nothing.
    assert_eq!(poll(&bench, "tv", &begun).await.0, StatusCode::OK);
}

async fn e04_devices_that_begin_are_counted_by_address(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 3);
    register(&bench, definition("tv")).await;
    let fields = [("client_id", "tv"), ("scope", "openid")];
    for _ in 0..3 {
        assert_eq!(call(&bench, "/oidc/device", &fields).await.0, StatusCode::OK);
    }
    let page = Visitor::new(&bench).post("/oidc/device", &fields).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!page.header("retry-after").is_empty());
}

async fn m36_a_code_typed_too_late_is_kept_for_checking(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let page = visitor.get("/device").await;
    bench.clock.advance(Duration::from_mins(16));
    let begun = begin(&bench, "tv", "openid").await;
    let late = visitor.fill_in(&page, "/device", &[("user_code", &begun.user_code)]).await;
    assert!(late.leads_to().contains("reason=session-ended-kept"), "{}", late.leads_to());
    visitor.sign_in(&bench, "budi").await;
    let page = visitor.get("/device").await;
    assert!(page.says(&format!("value=\"{}\"", begun.user_code)), "{}", page.html);
    assert_eq!(error_of(&bench, &begun).await, "authorization_pending");
}

async fn n07_what_waited_is_dropped_a_day_later(db: TestStore) {
    let bench = opened(db).await;
    let begun = begin(&bench, "tv", "openid offline_access").await;
    let mut visitor = signed_in(&bench).await;
    allow(&mut visitor, &begun).await;
    let (_, tokens) = poll(&bench, "tv", &begun).await;
    tidy(&bench.app).await.unwrap();
    assert!(visitor.get("/apps").await.says("Layar Loket"), "what came of it stays");
    bench.clock.advance(Duration::from_hours(25));
    tidy(&bench.app).await.unwrap();
    // The code is nobody's any more, so it ends nothing either.
    assert_eq!(error_of(&bench, &begun).await, "invalid_grant");
    let token = tokens["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("client_id", "tv"), ("refresh_token", token)];
    assert_eq!(call(&bench, "/oidc/token", &fields).await.0, StatusCode::OK);
}

async fn the_demonstration_has_the_device_that_the_document_shows(db: TestStore) {
    let bench = opened(db).await;
    for _ in 0..2 {
        demo_device::register(&bench.app).await.unwrap();
    }
    let begun = begin(&bench, demo_device::ID, "openid profile balance offline_access").await;
    let mut visitor = signed_in(&bench).await;
    let page = type_in(&mut visitor, &begun.user_code).await;
    answer(&mut visitor, &page, "allow").await;
    let (status, tokens) = poll(&bench, demo_device::ID, &begun).await;
    assert_eq!(status, StatusCode::OK, "{tokens}");
    let document = include_str!("../../../../docs/clients.md");
    for words in ["client_id=tv-demo", "/oidc/device -d", "/oidc/token -d", DEVICE] {
        assert!(document.contains(words), "{words}");
    }
    let documents = visitor.get("/.well-known/openid-configuration").await;
    let told: Value = serde_json::from_str(&documents.html).unwrap();
    assert_eq!(told["device_authorization_endpoint"], "https://payung.example/oidc/device");
    assert!(told["grant_types_supported"].as_array().unwrap().contains(&json!(DEVICE)));
}
