//! What other sites got wrong (`docs/standards.md`), through the router: other sites, broken
//! addresses, text that would run, and what a page tells before anybody proved anything.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use payung_domain::contact::{Email, Identifier};
use payung_domain::language::Language;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};
use payung_web::page::Theme;

use crate::samples;

on_each_engine!(
    s3_nobody_is_signed_in_or_out_by_another_site,
    s3_no_page_is_framed_and_no_other_host_sets_a_cookie,
    s4_no_broken_address_or_cookie_gets_past_the_door,
    s6_what_was_typed_stays_text_wherever_it_is_shown,
    f04_nothing_of_the_factors_is_told_before_the_first_is_proved,
    f05_a_passkey_challenge_knows_nobody,
    h05_pages_keep_a_session_and_what_a_browser_does_by_itself_does_not,
    d07_everybody_is_offered_a_passkey,
    r11_there_is_no_page_for_setting_up,
);

const SESSION: &str = "__Host-payung-session";
const SIGN_IN: &str = "__Host-payung-sign-in";

/// Budi, signed in.
async fn budi(bench: &Bench) -> Visitor {
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(bench);
    budi.sign_in(bench, "budi").await;
    budi
}

async fn s3_nobody_is_signed_in_or_out_by_another_site(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    // The thief's own page of this site, with the thief's own token in it.
    let mut thief = Visitor::new(&bench);
    let page = thief.get("/sign-in").await;
    let token = page.csrf();
    // A browser that says where a form comes from, and one too old to say.
    for says in [Some("cross-site"), Some("same-site"), None] {
        let mut victim = Visitor::new(&bench);
        victim.get("/sign-in").await;
        victim.headers.extend(says.map(|says| ("sec-fetch-site", says.to_owned())));
        let fields = [("identifier", "budi"), ("password", PASSWORD), ("csrf", &*token)];
        let answer = victim.post("/sign-in", &fields).await;
        assert!(answer.status.is_client_error(), "{says:?}: {}", answer.status);
        assert!(!victim.cookies.contains_key(SIGN_IN), "{says:?}");

        budi.headers.extend(says.map(|says| ("sec-fetch-site", says.to_owned())));
        budi.post("/sign-out", &[("csrf", &token)]).await;
        budi.headers.retain(|(name, _)| *name != "sec-fetch-site");
        assert_eq!(budi.get("/dashboard").await.status, 200, "{says:?}");
    }
    // A picture or a link of another site asks by GET, and GET changes nothing.
    for path in ["/sign-out", "/session/extend", "/preferences?theme=dark", "/activity.csv"] {
        budi.get(path).await;
    }
    assert_eq!(budi.get("/dashboard").await.status, 200);
}

async fn s3_no_page_is_framed_and_no_other_host_sets_a_cookie(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    for path in ["/sign-in", "/sign-out", "/dashboard", "/security", "/confirm", "/nowhere"] {
        let page = budi.get(path).await;
        assert!(
            page.header("content-security-policy").contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
    }
    // A sibling host can set a cookie of any name but one with this prefix; without it none counts.
    let token = budi.cookies[SESSION].clone();
    let mut tossed = Visitor::new(&bench);
    for name in ["payung-session", "__Secure-payung-session", "__host-payung-session", "session"] {
        tossed.cookies.insert(name.to_owned(), token.clone());
    }
    assert!(tossed.get("/dashboard").await.leads_to().starts_with("/sign-in"));
    // And where the right one is there too, the tossed one does not stand in its place.
    let mut both = budi.clone();
    both.cookies.insert("__Host-payung-sessio".to_owned(), "x".to_owned());
    both.cookies.insert("payung-session".to_owned(), "A".repeat(43));
    assert_eq!(both.get("/dashboard").await.status, 200);
}

async fn s4_no_broken_address_or_cookie_gets_past_the_door(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let name = "budi@";
    let addresses = [
        "/dashboard%00",
        "/dashboard;x",
        "//dashboard",
        "/./dashboard",
        "/dashboard/../dashboard",
        "/%64ashboard",
        "/DASHBOARD",
        "/dashboard%2f",
        "/assets/..%2fdashboard",
        "/assets/%2e%2e/dashboard",
        "/help/../personal-details",
        "/sign-in/../security",
        "/security%20",
        "/personal-details?lang=id&x=%0d%0a",
        "/activity.csv",
        "/inbox/.",
        "/balance%23",
        "/balance\\",
        "/status;/../balance",
    ];
    for address in addresses {
        // What is no address to the parser never gets here.
        if axum::http::Uri::try_from(address).is_err() {
            continue;
        }
        let page = Visitor::new(&bench).get(address).await;
        let is_shut = matches!(page.status.as_u16(), 303 | 400 | 404 | 405);
        assert!(is_shut, "{address}: {}", page.status);
        assert!(!page.says("data-name=") && !page.says(name), "{address}");
    }
    let token = budi.cookies[SESSION].clone();
    let broken = [
        format!("{token};"),
        format!("\"{token}\""),
        format!(" {token}"),
        format!("{token}="),
        format!("{token}%"),
        token.to_uppercase(),
        token.chars().rev().collect(),
        "=".repeat(43),
        format!("{}\u{7f}", &token[..42]),
        "..%2f".repeat(9),
        "null".to_owned(),
        String::new(),
    ];
    for value in broken {
        let mut stranger = Visitor::new(&bench);
        let line = format!("{SESSION}={value}");
        let Ok(_) = axum::http::HeaderValue::from_str(&line) else { continue };
        stranger.headers.push(("cookie", line));
        for path in ["/dashboard", "/security", "/personal-details", "/activity"] {
            let page = stranger.get(path).await;
            let is_the_token = value.trim_matches([';', ' ']) == token;
            assert!(page.status == 303 || is_the_token, "{path} with {value:?}: {}", page.status);
        }
    }
    assert_eq!(budi.get("/dashboard").await.status, 200, "nothing of it harmed anybody");
}

/// Text that runs where it is not escaped: in a tag, in an attribute, in a script, in an address.
const TRAPS: [&str; 6] = [
    "<script>trap()</script>",
    "\"><img src=x onerror=trap()>",
    "' onmouseover='trap()",
    "</title><svg/onload=trap()>",
    "{{trap()}}",
    "javascript:trap()//",
];

/// Whether something in a page would run, or lead away.
fn is_harmless(page: &Page, about: &str) {
    for bad in
        ["<script>trap", "<img src=x", "<svg/onload", "' onmouseover='trap", "href=\"javascript"]
    {
        assert!(!page.html.contains(bad), "{about}: {bad} in a page of {}", page.status);
    }
    assert!(!page.leads_to().contains("javascript:"), "{about}");
}

async fn s6_what_was_typed_stays_text_wherever_it_is_shown(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.checks_per_address = 1_000);
    let mut budi = budi(&bench).await;
    for trap in TRAPS {
        let encoded: String = form_urlencoded::byte_serialize(trap.as_bytes()).collect();
        let mut stranger = Visitor::new(&bench);
        for path in [
            "/sign-in?next=",
            "/sign-in?reason=",
            "/check?reference=",
            "/not-me?token=",
            "/reset-password?token=",
            "/help?lang=",
            "/nowhere/",
            "/confirm?next=",
            "/status?x=",
        ] {
            is_harmless(&stranger.get(&format!("{path}{encoded}")).await, path);
        }
        let door = stranger.get("/sign-in").await;
        let fields = [("identifier", trap), ("password", trap), ("next", trap)];
        is_harmless(&stranger.fill_in(&door, "/sign-in", &fields).await, "the sign-in form");
        let asked = stranger.get("/forgot-password").await;
        let sent = stranger.fill_in(&asked, "/forgot-password", &[("identifier", trap)]).await;
        is_harmless(&sent, "the form of who forgot");
        is_harmless(&stranger.get("/forgot-password/sent").await, "the page after it");
        let passkey = [("challenge", trap), ("credential", trap)];
        is_harmless(&stranger.fill_in(&door, "/sign-in/passkey", &passkey).await, "a passkey");

        for path in ["/activity?kind=", "/activity?month=", "/inbox?before=", "/not-me?line="] {
            is_harmless(&budi.get(&format!("{path}{encoded}")).await, path);
        }
    }
    // Names of passkeys, and what a browser says it is, are kept and shown again.
    for (number, trap) in (1..).zip(TRAPS) {
        let email = format!("budi{number}@peserta.example");
        people::enrol(&bench.app, vec![Identifier::Email(Email::parse(&email).unwrap())]).await;
        let mut owner = Visitor::new(&bench);
        owner.sign_in(&bench, &email).await;
        let page = owner.get("/security/passkeys/add").await;
        let options = page.after("data-options=\"").unwrap().replace("&#34;", "\"");
        let mut key = Authenticator::new(number);
        let credential = key.register(&options.replace("&#38;", "&"));
        let challenge = page.after("name=\"challenge\" value=\"").unwrap();
        let fields = [("challenge", &*challenge), ("credential", &*credential), ("name", trap)];
        let added = owner.fill_in(&page, "/security/passkeys/add", &fields).await;
        assert_eq!(added.leads_to(), "/security?done=passkey-added", "{trap}");
        let mut elsewhere = Visitor::new(&bench);
        elsewhere.headers.push(("user-agent", format!("Firefox/{trap} Windows")));
        bench.clock.advance(Duration::from_secs(61));
        elsewhere.sign_in(&bench, &email).await;
        for path in ["/security", "/security/devices", "/activity", "/inbox", "/dashboard"] {
            let page = owner.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            is_harmless(&page, path);
        }
        budi = owner;
    }
    let file = budi.get("/activity").await;
    let file = budi.fill_in(&file, "/activity.csv", &[]).await;
    is_harmless(&file, "the file of activity");
    for language in Language::ALL {
        let html = samples::hostile(language).html;
        assert!(!html.contains("<script>alert(1)"), "{}", language.tag());
    }
}

async fn f04_nothing_of_the_factors_is_told_before_the_first_is_proved(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    people::dewi(&bench.app).await;
    let telling =
        ["authenticator", "ending in", "••••", "s••••@", "d••••@", "name=\"method\"", "/method"];
    for name in ["siti", "dewi", "orang.asing"] {
        let mut visitor = Visitor::new(&bench);
        let wrong = visitor.sign_in_with(name, "salah sekali ini").await;
        let choice = visitor.get("/sign-in/method").await;
        let code = visitor.get("/sign-in/code").await;
        let asked = visitor.get("/forgot-password").await;
        let sent = visitor.fill_in(&asked, "/forgot-password", &[("identifier", name)]).await;
        let after = visitor.get("/forgot-password/sent").await;
        for page in [&wrong, &choice, &code, &sent, &after] {
            for words in telling {
                let says = page.html.contains(words);
                assert!(!says, "{name}: {words} on a page of {}", page.status);
            }
        }
    }
    let mut siti = Visitor::new(&bench);
    siti.sign_in_with("siti", PASSWORD).await;
    let page = siti.get("/sign-in/method").await;
    assert!(page.says("ending in 01") && page.says("s••••@p••••.example"));
    assert!(!page.says("siti@peserta") && !page.says("0800 0000 0001") && !page.says("+62"));
}

/// What the browser is asked for a passkey, without its random part.
fn options(page: &Page) -> serde_json::Value {
    let text = page.after("data-options=\"").unwrap().replace("&#34;", "\"").replace("&#38;", "&");
    let mut options: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(options["challenge"].as_str().unwrap().len(), 43, "256 random bits");
    options["challenge"] = serde_json::Value::Null;
    options
}

async fn f05_a_passkey_challenge_knows_nobody(db: TestStore) {
    let bench = Bench::new(db);
    let mut owner = budi(&bench).await;
    let page = owner.get("/security/passkeys/add").await;
    let text = page.after("data-options=\"").unwrap().replace("&#34;", "\"").replace("&#38;", "&");
    let mut key = Authenticator::new(1);
    let credential = key.register(&text);
    let challenge = page.after("name=\"challenge\" value=\"").unwrap();
    let fields = [("challenge", &*challenge), ("credential", &*credential), ("name", "HP")];
    owner.fill_in(&page, "/security/passkeys/add", &fields).await;
    // The owner's own browser, signed out again; somebody else's; and after names were typed.
    let out = owner.get("/sign-out").await;
    owner.fill_in(&out, "/sign-out", &[]).await;
    let mut stranger = Visitor::new(&bench);
    let expected = options(&stranger.get("/sign-in").await);
    assert!(expected["allowCredentials"].as_array().is_none_or(Vec::is_empty));
    assert_eq!(options(&owner.get("/sign-in").await), expected);
    for name in ["budi", "budi@peserta.example", "orang.asing"] {
        let page = stranger.sign_in_with(name, "salah sekali ini").await;
        assert_eq!(options(&page), expected, "{name}");
    }
}

async fn h05_pages_keep_a_session_and_what_a_browser_does_by_itself_does_not(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    for _ in 0..3 {
        bench.clock.advance(Duration::from_mins(14));
        assert_eq!(budi.get("/dashboard").await.status, 200);
    }
    // Files, reports, the status page in a forgotten tab.
    let style = budi.get("/dashboard").await.after("href=\"/assets/").unwrap();
    for _ in 0..15 {
        bench.clock.advance(Duration::from_mins(1));
        budi.get(&format!("/assets/{style}")).await;
        budi.get("/robots.txt").await;
        let kind = Some("application/csp-report");
        budi.send(Method::POST, "/csp-report", kind, Body::from("{}")).await;
    }
    assert_eq!(budi.get("/dashboard").await.status, 303, "fifteen quiet minutes");
    // Signing in anew begins both times anew.
    bench.clock.advance(Duration::from_hours(11));
    budi.sign_in(&bench, "budi").await;
    for _ in 0..8 {
        bench.clock.advance(Duration::from_mins(14));
        assert_eq!(budi.get("/dashboard").await.status, 200);
    }
}

async fn d07_everybody_is_offered_a_passkey(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    assert!(budi.get("/security").await.says("href=\"/security/passkeys/add\""));
    assert!(budi.get("/security/passkeys/add").await.says("data-passkey=\"create\""));
    assert!(Visitor::new(&bench).get("/sign-in").await.says("data-passkey=\"get\""));
}

async fn r11_there_is_no_page_for_setting_up(db: TestStore) {
    let bench = Bench::new(db);
    for mut visitor in [Visitor::new(&bench), Visitor::in_production(&bench)] {
        for path in [
            "/setup",
            "/install",
            "/admin",
            "/administrator",
            "/console",
            "/register",
            "/signup",
            "/sign-up",
            "/api/v1/users",
            "/if/flow/initial-setup/",
            "/auth/realms/master",
            "/.git/config",
            "/metrics",
            "/debug",
            "/actuator",
            "/readyz",
        ] {
            let page = visitor.get(path).await;
            assert_eq!(page.status, 404, "{path}");
            let sent = visitor.post(path, &[("user", "admin"), ("password", "admin")]).await;
            assert_eq!(sent.status, 404, "{path}");
        }
    }
}

/// What forms may ask for. Whoever adds a field asks first whether it is something that people know
/// of each other: then it proves nobody, and has no place in any form.
const FIELDS: &[&str] = &[
    // Who somebody is, and what they have.
    "identifier",
    "password",
    "new_password",
    "code",
    "method",
    "credential",
    "challenge",
    // What a membership is found by, before anything is proved to anybody.
    "nik",
    "kpj",
    "birth_day",
    "birth_month",
    "birth_year",
    "email",
    "phone",
    // How something is done, called or shown.
    "csrf",
    "next",
    "shared",
    "remember",
    "name",
    "device",
    "end_others",
    "need",
    "theme",
    "codes",
    "sms",
    "preferred",
    "kind",
    "month",
    "year",
    "reference",
    "to",
    "line",
    "membership",
    "row",
    "lang",
    // What is lost, and which way it is to be proved: choices, no secrets.
    "lost_phone",
    "lost_email",
    "lost_app",
    "lost_passkeys",
    "lost_codes",
    "proof",
    "by",
    // Whose detail changes, and what it becomes.
    "of",
    "version",
    "change",
    "contact",
    "codes_sealed",
    "street",
    "village",
    "district",
    "regency",
    "province",
    "postcode",
    // What news is wanted.
    "claims-email",
    "claims-sms",
    "contributions-email",
    "contributions-sms",
    "statements-email",
    "statements-sms",
    // What an estimate is made of, for whoever is signed in.
    "employer",
    "programme",
    "wage",
    "raise",
    "stop_age",
    "unable_for",
    // Whether a reported wage is theirs, for whoever is signed in.
    "answer",
    "reported",
    // Of which months a statement is wanted.
    "from_month",
    "from_year",
    "until_month",
    "until_year",
    // What an application or a device asked, and which one is disconnected.
    "request",
    "state",
    "user_code",
    "app",
    // A code from paper, beside the one that came.
    "recovery_code",
    // What an officer looks for and why, and what was done at the desk by whom.
    "why",
    "reason",
    "query",
    "field",
    "officer",
    "act",
    "outcome",
    "about",
    "source",
    "network",
    "session",
    "from",
    "until",
    // What everybody is told, and how a part of the service is.
    "indonesian",
    "english",
    "part",
    "condition",
    // The end of a number on a document, and whether a new number was called.
    "digits",
    "called",
    // Which cases an officer wants to see, and what is written into one.
    "whose",
    "age",
    "note",
    "template",
    "closing",
    // A case that is ticked in the queue goes by its number.
    "KSS-7F3K-29QD",
    "KSS-7F3K-29QE",
    "KSS-7F3K-29QF",
    "KSS-7F3K-29QG",
    "KSS-7F3K-29QH",
    // What is wrong on record, what is right, and what an officer saw that says so.
    "said",
    "subject",
    "birth_date",
    "sex",
    "npp",
    "employer_part",
    "worker_part",
    "received",
    "document",
    "number",
    "since",
    "grounds",
    // What is claimed, when it happened, where the money goes, and the papers.
    "event_day",
    "event_month",
    "event_year",
    "tax_number",
    "bank",
    "bank_number",
    "bank_owner",
    "file",
    "confirm",
    // When a member died, who claims, and how to reach them.
    "died_day",
    "died_month",
    "died_year",
    "relation",
    "heir_name",
    "heir_email",
    "heir_phone",
    // What an officer does with a claim, and writes to its member.
    "deed",
    "words",
];

#[test]
fn a12_no_form_asks_what_somebody_might_know() {
    let mut others = BTreeSet::new();
    for language in Language::ALL {
        for sample in samples::all(language, Theme::Auto) {
            for tag in sample.html.split('<').filter(|tag| {
                ["input ", "select ", "textarea "].iter().any(|name| tag.starts_with(name))
            }) {
                let Some((_, rest)) = tag.split_once(" name=\"") else { continue };
                let name = rest.split('"').next().unwrap_or_default();
                if !FIELDS.contains(&name) {
                    others.insert(name.to_owned());
                }
            }
        }
    }
    assert_eq!(others, BTreeSet::new(), "fields that nobody thought about");
}
