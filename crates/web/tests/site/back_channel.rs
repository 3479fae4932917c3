//! Applications are told, from server to server, when what they hang on is over.

use std::sync::Arc;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use payung_domain::oidc::back_channel::{EVENT_TYPE, Event, EventToken, LOGOUT_TYPE, LogoutToken};
use payung_domain::oidc::clients::Definition;
use payung_domain::time::Clock;
use payung_flows::delivery::{Post, Undelivered, deliver_due};
use payung_flows::demo;
use payung_flows::oidc::back_channel::{Errand, Form, Messenger, tell_due};
use payung_flows::oidc::jose;
use payung_storage::oidc::clients as client_rows;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::post::Errands;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Visitor;
use payung_testkit::{Bench, on_each_engine};
use serde_json::{Value, json};

use crate::provider::{OFFLINE, claims, code_for, definition, redeem, register, signed_in, text};

on_each_engine!(
    k26_signing_out_tells_the_applications_of_that_session,
    k26_a_logout_of_one_application_tells_the_others,
    k26_devices_that_are_ended_tell_of_it,
    k26_another_password_ends_and_tells,
    k26_this_was_not_me_shuts_the_account_and_tells,
    k26_taking_consent_back_tells_that_application,
    k26_a_token_is_made_anew_for_each_attempt,
    k26_what_never_arrives_is_given_up,
    k26_a_disabled_application_is_told_nothing,
    k21_a_logout_token_names_the_member_as_that_client_knows_them,
    o6_a_logout_token_opens_nothing,
    k24_the_documents_say_that_logouts_are_told,
);

const LOGOUT: &str = "https://klaim.example/logout";
const EVENTS: &str = "https://klaim.example/events";
const NEW: &str = "kuda tangga hujan sore";

/// A client that wants to be told of logouts.
fn told(id: &str) -> Definition {
    Definition {
        backchannel_logout_uri: LOGOUT.to_owned(),
        backchannel_logout_session_required: true,
        ..definition(id)
    }
}

/// A bench with Budi and clients: two that are told of logouts, and one that is told nothing.
async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    for definition in [told("klaim"), told("kedua"), definition("lain")] {
        register(&bench, definition).await;
    }
    bench
}

/// Tells whatever is due.
async fn tell(bench: &Bench, errands: &Arc<Errands>) {
    let messenger: Arc<dyn Messenger> = Arc::<Errands>::clone(errands);
    while tell_due(&bench.app, &messenger).await.unwrap() > 0 {}
}

/// Everything that was told so far.
async fn heard(bench: &Bench) -> Vec<Errand> {
    let errands = Arc::new(Errands::default());
    tell(bench, &errands).await;
    errands.done()
}

/// Signs a browser in to an application; answers with the claims of the ID token.
async fn tokens(visitor: &mut Visitor, client: &str) -> Value {
    let code = code_for(visitor, client, &[]).await;
    redeem(visitor, client, &code).await.1
}

async fn sign_out(visitor: &mut Visitor) {
    let page = visitor.get("/sign-out").await;
    let done = visitor.fill_in(&page, "/sign-out", &[]).await;
    assert_eq!(done.leads_to(), "/sign-in?reason=signed-out");
}

/// The claims of a logout token that we signed.
async fn logout_token(bench: &Bench, errand: &Errand) -> LogoutToken {
    assert_eq!((&*errand.to, errand.form), (LOGOUT, Form::LogoutToken));
    let now = bench.clock.now();
    let opened = jose::opened(&bench.app, &errand.token, LOGOUT_TYPE, now).await.unwrap();
    opened.expect("a logout token of ours")
}

/// The names of the events that were told.
async fn events(bench: &Bench, errands: &[Errand]) -> Vec<String> {
    let mut names = Vec::new();
    for errand in errands.iter().filter(|errand| errand.form == Form::EventToken) {
        assert_eq!(errand.to, EVENTS);
        let now = bench.clock.now();
        let token: Option<EventToken> =
            jose::opened(&bench.app, &errand.token, EVENT_TYPE, now).await.unwrap();
        let token = token.expect("an event token of ours");
        assert_eq!(token.aud, "klaim");
        let is_told = |event: &Event| token.events.contains_key(&event.address());
        names.extend(Event::ALL.into_iter().filter(is_told).map(|event| event.name().to_owned()));
    }
    names.sort_unstable();
    names
}

async fn k26_signing_out_tells_the_applications_of_that_session(db: TestStore) {
    let bench = opened(db).await;
    let mut elsewhere = signed_in(&bench).await;
    tokens(&mut elsewhere, "kedua").await;
    bench.clock.advance(Duration::from_mins(3));
    let mut visitor = signed_in(&bench).await;
    let id = claims(&tokens(&mut visitor, "klaim").await["id_token"]);
    tokens(&mut visitor, "lain").await;
    // A code that nobody redeemed is no token.
    code_for(&mut visitor, "kedua", &[]).await;
    bench.clock.advance(Duration::from_mins(1));
    assert!(heard(&bench).await.is_empty(), "nothing is over");
    sign_out(&mut visitor).await;
    let heard_of = heard(&bench).await;
    assert_eq!(heard_of.len(), 1, "{heard_of:?}");
    let token = logout_token(&bench, &heard_of[0]).await;
    assert_eq!((&*token.iss, &*token.aud), ("https://payung.example", "klaim"));
    assert_eq!((&*token.sub, &*token.sid), (text(&id["sub"]), text(&id["sid"])));
    assert!(token.exp - token.iat <= 120);
    let raw = claims(&json!(heard_of[0].token));
    assert_eq!(raw["events"], json!({"http://schemas.openid.net/event/backchannel-logout": {}}));
    assert!(raw.get("nonce").is_none());
    assert!(heard(&bench).await.is_empty(), "told once");
    sign_out(&mut visitor).await;
    assert!(heard(&bench).await.is_empty(), "it was over already");
}

async fn k26_a_logout_of_one_application_tells_the_others(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let first = tokens(&mut visitor, "klaim").await;
    tokens(&mut visitor, "kedua").await;
    let hint = text(&first["id_token"]);
    visitor.get(&format!("/oidc/logout?id_token_hint={hint}")).await;
    let mut clients = Vec::new();
    for errand in &heard(&bench).await {
        clients.push(logout_token(&bench, errand).await.aud);
    }
    clients.sort_unstable();
    assert_eq!(clients, ["kedua", "klaim"]);
}

async fn k26_devices_that_are_ended_tell_of_it(db: TestStore) {
    let bench = opened(db).await;
    let mut one = signed_in(&bench).await;
    tokens(&mut one, "klaim").await;
    bench.clock.advance(Duration::from_mins(3));
    let mut two = signed_in(&bench).await;
    let kept = claims(&tokens(&mut two, "klaim").await["id_token"]);
    let page = two.get("/security/devices").await;
    let done = two.fill_in(&page, "/security/devices", &[]).await;
    assert_eq!(done.leads_to(), "/security/devices?ended=1");
    let heard_of = heard(&bench).await;
    assert_eq!(heard_of.len(), 1, "{heard_of:?}");
    assert_ne!(logout_token(&bench, &heard_of[0]).await.sid, text(&kept["sid"]));
    bench.clock.advance(Duration::from_mins(3));
    let mut three = signed_in(&bench).await;
    let page = three.get("/security/devices").await;
    let handle = page.after("name=\"device\" value=\"").expect("a device can be ended");
    let done = three.fill_in(&page, "/security/devices", &[("device", &handle)]).await;
    assert_eq!(done.leads_to(), "/security/devices?ended=1");
    let heard_of = heard(&bench).await;
    assert_eq!(heard_of.len(), 1, "{heard_of:?}");
    assert_eq!(logout_token(&bench, &heard_of[0]).await.sid, text(&kept["sid"]));
}

async fn k26_another_password_ends_and_tells(db: TestStore) {
    let bench = opened(db).await;
    let with_events = Definition {
        events_uri: EVENTS.to_owned(),
        events: vec!["credential-change".to_owned()],
        ..told("klaim")
    };
    register(&bench, with_events).await;
    let mut one = signed_in(&bench).await;
    tokens(&mut one, "klaim").await;
    bench.clock.advance(Duration::from_mins(3));
    let mut two = signed_in(&bench).await;
    tokens(&mut two, "kedua").await;
    let page = two.get("/security/password").await;
    let fields = [("password", PASSWORD), ("new_password", NEW), ("end_others", "yes")];
    let done = two.fill_in(&page, "/security/password", &fields).await;
    assert_eq!(done.status, 303, "{}", done.html);
    let heard_of = heard(&bench).await;
    assert_eq!(events(&bench, &heard_of).await, ["credential-change"]);
    let logouts: Vec<&Errand> =
        heard_of.iter().filter(|errand| errand.form == Form::LogoutToken).collect();
    assert_eq!(logouts.len(), 1, "the session it was done in goes on: {heard_of:?}");
    assert_eq!(logout_token(&bench, logouts[0]).await.aud, "klaim");
}

async fn k26_this_was_not_me_shuts_the_account_and_tells(db: TestStore) {
    let bench = opened(db).await;
    let with_events = Definition {
        events_uri: EVENTS.to_owned(),
        events: Event::ALL.map(|event| event.name().to_owned()).into(),
        ..definition("klaim")
    };
    register(&bench, with_events).await;
    let mut visitor = signed_in(&bench).await;
    tokens(&mut visitor, "klaim").await;
    let list = visitor.get("/activity").await;
    let line = list.after("href=\"/not-me?line=").expect("a line can be questioned");
    let page = visitor.get(&format!("/not-me?line={line}")).await;
    let done = visitor.fill_in(&page, "/not-me", &[]).await;
    assert_eq!(done.leads_to(), "/not-me?done=yes");
    let heard_of = heard(&bench).await;
    assert_eq!(events(&bench, &heard_of).await, ["account-disabled", "session-revoked"]);
    // The owner sets another password with the link that was sent.
    while deliver_due(&bench.app, &Post::Caught).await.unwrap() > 0 {}
    let sent = demo::outbox(&bench.app).await.unwrap();
    let letter = sent.into_iter().find(|message| message.kind == "reset-link").expect("a letter");
    let address = letter.link.expect("a link");
    let mut owner = Visitor::new(&bench);
    owner.get(address.strip_prefix("https://payung.example").expect("our host")).await;
    let page = owner.get("/reset-password").await;
    let done = owner.fill_in(&page, "/reset-password", &[("new_password", NEW)]).await;
    assert_eq!(done.leads_to(), "/sign-in?reason=password-changed");
    let heard_of = heard(&bench).await;
    assert_eq!(events(&bench, &heard_of).await, ["account-enabled", "credential-change"]);
}

async fn k26_taking_consent_back_tells_that_application(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    let code = code_for(&mut visitor, "klaim", &OFFLINE).await;
    redeem(&mut visitor, "klaim", &code).await;
    tokens(&mut visitor, "kedua").await;
    let page = visitor.get("/apps").await;
    let answer = visitor.fill_in(&page, "/apps", &[("app", "klaim")]).await;
    assert_eq!(answer.leads_to(), "/apps?withdrawn=yes");
    let heard_of = heard(&bench).await;
    assert_eq!(heard_of.len(), 1, "{heard_of:?}");
    assert_eq!(logout_token(&bench, &heard_of[0]).await.aud, "klaim");
}

async fn k26_a_token_is_made_anew_for_each_attempt(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    tokens(&mut visitor, "klaim").await;
    sign_out(&mut visitor).await;
    let ended_at = bench.clock.now();
    let errands = Arc::new(Errands::default());
    errands.fail_with(vec![Undelivered::Later("away".into()), Undelivered::Later("away".into())]);
    tell(&bench, &errands).await;
    tell(&bench, &errands).await;
    bench.clock.advance(Duration::from_secs(5));
    tell(&bench, &errands).await;
    assert!(errands.done().is_empty(), "it failed twice");
    bench.clock.advance(Duration::from_secs(10));
    tell(&bench, &errands).await;
    let done = errands.done();
    assert_eq!(done.len(), 1);
    let token = logout_token(&bench, &done[0]).await;
    assert_eq!(token.iat - ended_at.micros() / 1_000_000, 15);
    assert!(token.jti.ends_with(".3"), "{}", token.jti);
    assert_eq!(bench.app.counters.applications_told.total(), 1);
}

async fn k26_what_never_arrives_is_given_up(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    tokens(&mut visitor, "klaim").await;
    sign_out(&mut visitor).await;
    let errands = Arc::new(Errands::default());
    errands.fail_with((0..12).map(|_| Undelivered::Later("away".into())).collect());
    for _ in 0..12 {
        tell(&bench, &errands).await;
        bench.clock.advance(Duration::from_hours(1));
    }
    assert_eq!(bench.app.counters.applications_not_told.total(), 1);
    tell(&bench, &errands).await;
    assert!(errands.done().is_empty(), "given up is given up");
}

async fn k26_a_disabled_application_is_told_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    tokens(&mut visitor, "klaim").await;
    tokens(&mut visitor, "kedua").await;
    let disable = async |client: &str| {
        let mut tx = bench.store.store.write().await.unwrap();
        let at = Some(bench.clock.now());
        assert!(client_rows::disable(&mut tx, client, at).await.unwrap());
        tx.commit().await.unwrap();
    };
    disable("klaim").await;
    sign_out(&mut visitor).await;
    // One that is disabled while the news waits is told nothing either.
    disable("kedua").await;
    assert!(heard(&bench).await.is_empty());
}

async fn k21_a_logout_token_names_the_member_as_that_client_knows_them(db: TestStore) {
    let bench = opened(db).await;
    let pairwise = Definition { subject_type: "pairwise".to_owned(), ..told("kedua") };
    register(&bench, pairwise).await;
    let mut visitor = signed_in(&bench).await;
    let one = claims(&tokens(&mut visitor, "klaim").await["id_token"]);
    let two = claims(&tokens(&mut visitor, "kedua").await["id_token"]);
    assert_ne!(one["sub"], two["sub"]);
    assert_ne!(one["sid"], two["sid"], "they could compare that as well");
    sign_out(&mut visitor).await;
    for errand in &heard(&bench).await {
        let token = logout_token(&bench, errand).await;
        let known = if token.aud == "klaim" { &one } else { &two };
        assert_eq!((&*token.sub, &*token.sid), (text(&known["sub"]), text(&known["sid"])));
    }
}

async fn o6_a_logout_token_opens_nothing(db: TestStore) {
    let bench = opened(db).await;
    let mut visitor = signed_in(&bench).await;
    tokens(&mut visitor, "klaim").await;
    sign_out(&mut visitor).await;
    let token = heard(&bench).await.remove(0).token;
    let header = BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!((&header["typ"], &header["alg"]), (&json!("logout+jwt"), &json!("ES256")));
    let as_hint = visitor.get(&format!("/oidc/logout?id_token_hint={token}")).await;
    assert_eq!(as_hint.status, 400);
    let mut program = Visitor::new(&bench);
    program.headers.push(("authorization", format!("Bearer {token}")));
    assert_eq!(program.get("/oidc/userinfo").await.status, 401);
}

async fn k24_the_documents_say_that_logouts_are_told(db: TestStore) {
    let bench = opened(db).await;
    let page = Visitor::new(&bench).get("/.well-known/openid-configuration").await;
    let document: Value = serde_json::from_str(&page.html).unwrap();
    for name in ["backchannel_logout_supported", "backchannel_logout_session_supported"] {
        assert_eq!(document[name], json!(true), "{name}");
    }
}
