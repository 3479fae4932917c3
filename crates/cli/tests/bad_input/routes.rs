//! Every address, with and without a session, by every method.

use payung_domain::language::Language;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::house::{House, request};

on_each_engine!(l11_no_page_of_a_member_opens_without_a_session, l05_reading_changes_nothing,);

/// What anybody may read.
const OPEN: [&str; 7] =
    ["/", "/sign-in", "/sign-out", "/help", "/status", "/robots.txt", "/demo/outbox"];
/// What only a member may read.
const MEMBERS: [&str; 4] = ["/dashboard", "/contributions", "/balance", "/personal-details"];
/// What only somebody between password and code may read.
const STEPS: [&str; 2] = ["/sign-in/method", "/sign-in/code"];
/// What takes forms only.
const FORMS: [&str; 5] =
    ["/sign-in/code/resend", "/sign-in/resume", "/session/extend", "/preferences", "/csp-report"];

async fn l11_no_page_of_a_member_opens_without_a_session(db: TestStore) {
    let mut house = House::open(db).await;
    for language in Language::ALL {
        for method in ["GET", "HEAD"] {
            let asked = async |path: &str| {
                let bytes = request(&format!("{method} {path}"), language, "");
                let answer = house.answers(&bytes).await;
                assert!(method == "GET" || answer.body.is_empty(), "HEAD {path} has a body");
                answer
            };
            for path in OPEN {
                assert_eq!(asked(path).await.status, 200, "{method} {path}");
            }
            for path in STEPS {
                let answer = asked(path).await;
                assert_eq!(answer.status, 303, "{method} {path}");
                assert_eq!(answer.header("location"), Some("/sign-in?reason=step-old"));
            }
            for path in FORMS {
                let answer = asked(path).await;
                assert_eq!((answer.status, answer.header("allow")), (405, Some("POST")), "{path}");
            }
            for path in MEMBERS {
                let answer = asked(path).await;
                assert_eq!(answer.status, 303, "{method} {path}");
                let leads_to = answer.header("location").unwrap_or_default();
                if method == "GET" {
                    assert_eq!(leads_to, format!("/sign-in?next={}", path.replace('/', "%2F")));
                } else {
                    assert!(leads_to.starts_with("/sign-in"), "{leads_to}");
                }
            }
        }
    }
    for path in MEMBERS {
        let answer = house.answers(&request(&format!("POST {path}"), Language::En, "")).await;
        answer.is_page(405, "problem-wrong-method", Language::En);
    }
    house.is_unharmed();
}

async fn l05_reading_changes_nothing(db: TestStore) {
    let mut house = House::open(db).await;
    let mut member = house.member("siti").await;
    let (mut waiting, _) = house.waiting_for_code("agus").await;
    let before = house.rows().await;
    for path in OPEN.iter().chain(&MEMBERS).chain(&STEPS).chain(&FORMS) {
        for query in ["", "?lang=en", "?code=000000&method=email&theme=dark&shared=1", "?year=2025"]
        {
            let address = format!("{path}{query}");
            for browser in [&mut house.visitor(), &mut waiting, &mut member] {
                let page = browser.get(&address).await.unwrap();
                assert!(page.status < 500, "{address}: {}", page.html);
                assert!(!page.gives_a_session(), "{address}");
            }
        }
        house.answers(&request(&format!("HEAD {path}"), Language::Id, "")).await;
    }
    assert_eq!(house.rows().await, before, "reading added or took away rows");
    // Nor has any of it ended what was under way.
    assert_eq!(member.get("/dashboard").await.unwrap().status, 200);
    assert_eq!(waiting.get("/sign-in/code").await.unwrap().status, 200);
    house.is_unharmed();
}
