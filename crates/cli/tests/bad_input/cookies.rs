//! Cookies that nobody was given, or that were given for something else.

use payung_domain::language::Language;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::browser::Browser;
use crate::house::{House, request};

on_each_engine!(
    h01_s4_no_session_is_made_of_a_forged_cookie,
    s2_a_cookie_is_worth_nothing_in_the_place_of_another,
);

const SESSION: &str = "payung-session";
const SIGN_IN: &str = "payung-sign-in";

async fn h01_s4_no_session_is_made_of_a_forged_cookie(db: TestStore) {
    let mut house = House::open(db).await;
    let token = house.member("siti").await.cookies[SESSION].clone();
    let other_letter = if token.starts_with('A') { "B" } else { "A" };
    let (cut, changed) = (&token[..42], format!("{other_letter}{}", &token[1..]));
    let forged = [
        String::new(),
        "x".to_owned(),
        cut.to_owned(),
        format!("{token}A"),
        changed,
        token.to_lowercase(),
        format!("\"{token}\""),
        format!("{token}%00"),
        "A".repeat(43),
        "A".repeat(4_000),
        "☂".repeat(14),
        "../../../../../../../../../../../../../etc/p".to_owned(),
    ];
    for language in Language::ALL {
        for value in &forged {
            for name in [SESSION, SIGN_IN, "payung-browser", "payung-language", "payung-theme"] {
                for path in ["/dashboard", "/sign-in/code", "/sign-in"] {
                    let cookie = format!("cookie: {name}={value}\r\n");
                    let bytes = request(&format!("GET {path}"), language, &cookie);
                    let answer = house.answers(&bytes).await;
                    let expected = if path == "/sign-in" { 200 } else { 303 };
                    assert_eq!(answer.status, expected, "{path} with {cookie}");
                    let leads_to = answer.header("location").unwrap_or("/sign-in");
                    assert!(leads_to.starts_with("/sign-in"), "{leads_to}");
                }
            }
        }
    }
    // A line of cookies that is no text, and one that is too much of it.
    let mut bytes = request("GET /dashboard", Language::En, "cookie: payung-session=");
    bytes.truncate(bytes.len() - 2);
    bytes.extend(b"\xff\xfe; payung-language=id\r\n\r\n");
    assert_eq!(house.answers(&bytes).await.status, 303);
    let many = "c=1; ".repeat(300);
    let bytes = request("GET /dashboard", Language::En, &format!("cookie: {many}\r\n"));
    assert_eq!(house.answers(&bytes).await.status, 303);
    house.is_unharmed();
}

async fn s2_a_cookie_is_worth_nothing_in_the_place_of_another(db: TestStore) {
    let mut house = House::open(db).await;
    let (mut siti, of_siti) = house.waiting_for_code("siti").await;
    let (mut agus, of_agus) = house.waiting_for_code("agus").await;

    // The token of a sign-in is no session, and a session is no sign-in.
    let mut thief = house.visitor();
    put(&mut thief, SESSION, &siti.cookies[SIGN_IN]);
    let page = thief.get("/dashboard").await.unwrap();
    assert!(page.leads_to().starts_with("/sign-in?"), "{}", page.leads_to());
    let member = house.member("siti").await;
    let mut thief = house.visitor();
    put(&mut thief, SIGN_IN, &member.cookies[SESSION]);
    let page = thief.get("/sign-in/code").await.unwrap();
    assert_eq!(page.leads_to(), "/sign-in?reason=step-old");

    // Somebody else's sign-in under the own page's form: the page was made for another one.
    let mut mixed = agus.clone();
    put(&mut mixed, SIGN_IN, &siti.cookies[SIGN_IN]);
    let page = mixed.post("/sign-in/code", &[("code", &of_siti)]).await.unwrap();
    assert_eq!((page.status, page.gives_a_session()), (422, false), "{}", page.html);

    // L7: the right code in the wrong sign-in.
    if of_siti != of_agus {
        let page = agus.post("/sign-in/code", &[("code", &of_siti)]).await.unwrap();
        assert_eq!((page.status, page.gives_a_session()), (422, false), "{}", page.html);
    }
    // And none of it has spoilt the sign-ins themselves.
    for (browser, code) in [(&mut agus, &of_agus), (&mut siti, &of_siti)] {
        let page = browser.post("/sign-in/code", &[("code", code)]).await.unwrap();
        assert!(page.gives_a_session(), "{}", page.html);
    }

    // H-06: after signing out the cookie is a forged one like any other.
    let mut kept = siti.clone();
    siti.get("/sign-out").await.unwrap();
    siti.post("/sign-out", &[]).await.unwrap();
    assert_eq!(kept.get("/dashboard").await.unwrap().status, 303);
    house.is_unharmed();
}

fn put(browser: &mut Browser, name: &str, value: &str) {
    browser.cookies.insert(name.to_owned(), value.to_owned());
}
