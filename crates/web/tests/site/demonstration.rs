//! The people of the demonstration, as tests of several pages meet them.

use jiff::civil::date;
use payung_flows::demo::seeding;
use payung_testkit::Bench;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Visitor, newest_code};

/// Everybody of the demonstration, on a day in August 2026.
pub(crate) async fn seeded(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    seeding::seed(&bench.app, 8, date(2026, 8, 17), |_| {}).await.unwrap();
    bench
}

/// Somebody of the demonstration, signed in with a code by e-mail.
pub(crate) async fn signed_in(bench: &Bench, name: &str) -> Visitor {
    let mut visitor = Visitor::new(bench);
    let answer = visitor.sign_in_with(name, seeding::PASSWORD).await;
    if answer.leads_to() == "/sign-in/method" {
        let page = visitor.get("/sign-in/method").await;
        visitor.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    }
    let page = visitor.get("/sign-in/code").await;
    let code = newest_code(bench).await;
    let done = visitor.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(done.leads_to(), "/dashboard");
    visitor
}
