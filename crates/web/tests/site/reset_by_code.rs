//! A new password without an e-mail address, page by page: the link on the neutral page, the code and
//! the recovery code, and everything a stranger might try on the way.

use std::time::Duration;

use payung_domain::contact::{Identifier, Phone, UserName};
use payung_flows::delivery::{Post, deliver_due};
use payung_flows::demo;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    a_member_with_a_number_only_sets_a_new_password,
    f03_known_and_unknown_names_get_the_same_pages,
    r2_nobody_comes_here_without_having_asked,
    r2_a_code_is_worth_nothing_in_another_browser,
    what_was_typed_wrong_is_named_and_never_comes_back,
    an_operator_without_text_messages_offers_no_code,
);

const NEW: &str = "kuda tangga hujan sore";
const PATH: &str = "/reset-password/by-code";
const NOTHING: &str = "0123-4567-89AB-CDEF";

/// Tono, who is reached by text message only, with his recovery codes.
async fn tono(bench: &Bench) -> Vec<String> {
    let names = vec![
        Identifier::UserName(UserName::parse("tono").expect("a name")),
        Identifier::Phone(Phone::parse("0800 0000 0009").expect("a number")),
    ];
    people::enrol(&bench.app, names).await;
    let mut tono = Visitor::new(bench);
    tono.sign_in(bench, "tono").await;
    let intro = tono.get("/security/codes").await;
    let made = tono.fill_in(&intro, "/security/codes", &[]).await;
    let codes = made.after("name=\"codes\" value=\"").expect("codes");
    bench.clock.advance(Duration::from_mins(1));
    codes.split_whitespace().map(str::to_owned).collect()
}

async fn forget(visitor: &mut Visitor, typed: &str) -> Page {
    let page = visitor.get("/forgot-password").await;
    visitor.fill_in(&page, "/forgot-password", &[("identifier", typed)]).await
}

/// The code of the newest text message for a new password.
async fn code_sent(bench: &Bench) -> String {
    while deliver_due(&bench.app, &Post::Caught).await.expect("delivery works") > 0 {}
    let caught = demo::outbox(&bench.app).await.expect("the outbox reads");
    let message = caught.into_iter().find(|message| message.kind == "reset-code");
    let message = message.expect("a code was sent");
    assert_eq!((message.channel.as_str(), &message.link), ("sms", &None));
    message.code.expect("it has a code")
}

async fn give(visitor: &mut Visitor, code: &str, other: &str) -> Page {
    let page = visitor.get(PATH).await;
    visitor.fill_in(&page, PATH, &[("code", code), ("recovery_code", other)]).await
}

/// A page without what differs by chance.
fn plain(page: &Page) -> String {
    let mut text = page.html.clone();
    for mark in ["name=\"csrf\" value=\"", "nonce=\""] {
        let parts: Vec<&str> = text.split(mark).collect();
        let rest = parts[1..].iter().map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
        text = std::iter::once(parts[0]).chain(rest).collect::<Vec<_>>().join(mark);
    }
    format!("{}\n{text}", page.status)
}

async fn a_member_with_a_number_only_sets_a_new_password(db: TestStore) {
    let bench = Bench::new(db);
    let codes = tono(&bench).await;
    let mut visitor = Visitor::new(&bench);
    forget(&mut visitor, "0800 0000 0009").await;
    let sent = visitor.get("/forgot-password/sent").await;
    assert!(sent.says("href=\"/reset-password/by-code\""));
    let code = code_sent(&bench).await;
    let shown = visitor.get(PATH).await;
    assert!(shown.says("autocomplete=\"one-time-code\"") && shown.says("name=\"recovery_code\""));
    let wrong = give(&mut visitor, &code, NOTHING).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("These two do not match"));
    let next = give(&mut visitor, &code, &codes[0]).await;
    assert_eq!(next.status, 200);
    assert_eq!(next.header("referrer-policy"), "no-referrer");
    assert!(next.says("Save the code that takes its place") && next.says("/reset-password\""));
    let page = visitor.get("/reset-password").await;
    assert!(page.says("autocomplete=\"new-password\"") && page.says("value=\"+6280000000009\""));
    let done = visitor.fill_in(&page, "/reset-password", &[("new_password", NEW)]).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, "/sign-in?reason=password-changed"));
    assert_eq!(visitor.get("/dashboard").await.status, 303, "G-05: nobody is signed in by it");
    assert_eq!(visitor.sign_in_with("tono", PASSWORD).await.status, 422);
    assert_eq!(visitor.sign_in_with("tono", NEW).await.leads_to(), "/sign-in/code");
}

async fn f03_known_and_unknown_names_get_the_same_pages(db: TestStore) {
    let bench = Bench::new(db);
    tono(&bench).await;
    people::budi(&bench.app).await;
    let mut seen = Vec::new();
    for name in ["tono", "budi", "siapa"] {
        let mut visitor = Visitor::new(&bench);
        let asked = forget(&mut visitor, name).await;
        let shown = visitor.get(PATH).await;
        let mut pages = vec![asked.leads_to().to_owned(), plain(&shown)];
        for _ in 0..7 {
            let page = give(&mut visitor, "000000", NOTHING).await;
            pages.push(plain(&page));
            let mut names: Vec<String> =
                page.headers.keys().map(|name| name.as_str().to_owned()).collect();
            names.sort_unstable();
            pages.push(names.join(" "));
        }
        seen.push(pages);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}

async fn r2_nobody_comes_here_without_having_asked(db: TestStore) {
    let bench = Bench::new(db);
    let codes = tono(&bench).await;
    let mut stranger = Visitor::new(&bench);
    assert_eq!(stranger.get(PATH).await.leads_to(), "/forgot-password");
    let page = stranger.get("/forgot-password").await;
    let fields = [("code", "123456"), ("recovery_code", &*codes[0])];
    let sent = stranger.fill_in(&page, PATH, &fields).await;
    assert_eq!((sent.status.as_u16(), sent.leads_to()), (303, "/forgot-password"));
}

async fn r2_a_code_is_worth_nothing_in_another_browser(db: TestStore) {
    let bench = Bench::new(db);
    let codes = tono(&bench).await;
    let (mut tono, mut thief) = (Visitor::new(&bench), Visitor::new(&bench));
    forget(&mut tono, "tono").await;
    let code = code_sent(&bench).await;
    forget(&mut thief, "tono").await;
    assert_eq!(give(&mut thief, &code, &codes[0]).await.status, 422);
    // What was typed, sealed for one browser, is nothing in another one.
    let (name, sealed) = tono
        .cookies
        .iter()
        .find(|(name, _)| name.ends_with("forgotten"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .expect("it is remembered");
    thief.cookies.insert(name, sealed);
    assert_eq!(thief.get(PATH).await.leads_to(), "/forgot-password");
    assert_eq!(give(&mut tono, &code, &codes[0]).await.status, 200);
}

async fn what_was_typed_wrong_is_named_and_never_comes_back(db: TestStore) {
    let bench = Bench::new(db);
    let codes = tono(&bench).await;
    let mut visitor = Visitor::new(&bench);
    forget(&mut visitor, "tono").await;
    let code = code_sent(&bench).await;
    for (code, other, words) in [
        ("", &*codes[0], "Enter the 6-digit code"),
        ("12", &*codes[0], "Some digits are missing"),
        ("1234567", &*codes[0], "Too many digits"),
        ("abcdef", &*codes[0], "The code has digits only"),
        (&*code, "", "Enter a recovery code, or the code of your authenticator app"),
        (&*code, "0123", "A recovery code has 16 letters and digits"),
    ] {
        let page = give(&mut visitor, code, other).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.says(words) && page.says("error-summary"), "{words}");
        assert!(!page.says(&codes[0]), "{words}");
    }
    let old = visitor.get(PATH).await;
    bench.clock.advance(Duration::from_hours(13));
    let fields = [("code", &*code), ("recovery_code", &*codes[0])];
    assert!(visitor.fill_in(&old, PATH, &fields).await.says("This page was open too long"));
}

async fn an_operator_without_text_messages_offers_no_code(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sms_codes = false);
    people::budi(&bench.app).await;
    let mut visitor = Visitor::new(&bench);
    forget(&mut visitor, "budi").await;
    let sent = visitor.get("/forgot-password/sent").await;
    assert!(!sent.says(PATH) && sent.says("No email on the account?"));
    assert_eq!(visitor.get(PATH).await.leads_to(), "/forgot-password");
}
