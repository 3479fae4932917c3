//! A statement from the form to the paper, and what anybody is told who has its code.

use axum::http::StatusCode;
use payung_flows::statements::signing;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};

use crate::demonstration::{seeded, signed_in};

on_each_engine!(
    a_statement_is_made_printed_and_checked_by_anybody,
    a_statement_opens_with_what_the_balance_page_says,
    an_old_statement_says_that_its_key_is_not_trusted,
    the_first_screen_of_the_demonstration_says_how_each_month_stands,
    l11_a_statement_is_of_its_owner_alone,
    months_that_are_none_are_said_at_their_field,
    l15_the_table_of_a_statement_runs_nothing,
    a_document_is_tagged_and_weighs_little,
    what_an_employer_owes_is_on_one_paper,
);

/// Where the statement of a year is.
async fn made(visitor: &mut Visitor, year: &str) -> String {
    let page = visitor.get("/statements").await;
    let made = visitor.fill_in(&page, "/statements", &[("year", year)]).await;
    assert!(made.leads_to().starts_with("/statements/"), "{}", made.status);
    made.leads_to().to_owned()
}

async fn an_old_statement_says_that_its_key_is_not_trusted(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let old = made(&mut siti, "2025").await;
    assert!(!siti.get(&old).await.says("not to be trusted"));
    let list = signing::list(&bench.app).await.unwrap();
    let key = list["keys"][0]["kid"].as_str().unwrap();
    assert!(signing::distrust(&bench.app, key, bench.app.clock.now()).await.unwrap());
    let page = siti.get(&old).await;
    assert!(page.says("the key that signed it is not to be trusted since"), "{}", page.html);
    assert!(page.says("Make a new statement"));
    let says = "The key that signed it is not to be trusted since";
    assert!(siti.get("/statements").await.says(says));
    let new = made(&mut siti, "2025").await;
    assert_ne!(new, old);
    assert!(!siti.get(&new).await.says("not to be trusted"));
    let list = siti.get("/statements").await;
    assert_eq!(list.html.matches(says).count(), 1, "of the old one alone");
}

/// The amount with this name.
fn amount(page: &Page, name: &str) -> i64 {
    let before = page.html.split_once(&format!("\" data-name=\"{name}\""));
    let (before, _) = before.unwrap_or_else(|| panic!("no amount {name}"));
    before.rsplit('"').next().unwrap().parse().unwrap()
}

async fn a_statement_is_made_printed_and_checked_by_anybody(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    assert!(siti.get("/balance").await.says("href=\"/statements\""));
    let address = made(&mut siti, "2025").await;
    assert_eq!(made(&mut siti, "2025").await, address, "the same is made once");
    assert!(siti.get("/statements").await.says(&format!("href=\"{address}\"")));
    let paper = siti.get(&address).await;
    assert!(paper.says("Statement of savings, 2025") && paper.says("class=\"qr\""));
    let at = paper.html.find("PYS-").expect("its code");
    let code = &paper.html[at..at + 23];

    let mut anybody = Visitor::new(&bench);
    let known = anybody.get(&format!("/check?reference={}", code.to_lowercase())).await;
    assert!(known.says("Yes, Payung issued this statement") && known.says(code));
    assert!(!known.says("Siti"), "the name is masked");
    let closing = payung_domain::money::Rupiah::new(amount(&paper, "closing")).grouped(',');
    assert!(known.says(&format!("Rp{closing}")), "its closing balance is there to compare");
    let strange = anybody.get("/check?reference=PYS-0000-0000-0000-0000").await;
    assert!(strange.says("We issued no statement with this code"));
    let keys = anybody.get("/check/keys").await;
    assert_eq!(keys.header("content-type"), "application/jwk-set+json");
    assert!(keys.says("\"Ed25519\"") && !keys.says("\"d\":"), "public halves only");
}

async fn a_statement_opens_with_what_the_balance_page_says(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let balance = siti.get("/balance").await;
    let address = made(&mut siti, "2025").await;
    let paper = siti.get(&address).await;
    for name in ["opening", "contributions", "return", "payouts", "closing"] {
        let said = amount(&balance, &format!("jht-{name}-2025"));
        assert_eq!(amount(&paper, name), said, "{name}");
    }
}

async fn the_first_screen_of_the_demonstration_says_how_each_month_stands(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let first = siti.get("/dashboard").await;
    for part in [
        "not received",
        "paid too little",
        "paid late",
        "assumption for the demonstration",
        "Up to 2024 the demonstration takes it as declared.",
    ] {
        assert!(first.says(part), "{part}");
    }
    let before_that = Visitor::new(&bench).get("/").await;
    for state in [
        "months that were paid, late, short and missing",
        "two membership numbers that were merged",
        "returns of earlier years taken as declared",
        "those of later years estimated",
    ] {
        assert!(before_that.says(state), "{state}");
    }
    assert!(!Visitor::in_production(&bench).get("/").await.says("taken as declared"));
    let months = siti.get("/contributions").await;
    for part in ["Received late", "Too little", "Not received", "Not due yet"] {
        assert!(months.says(part), "{part}");
    }
}

async fn l11_a_statement_is_of_its_owner_alone(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let address = made(&mut siti, "2025").await;
    let mut budi = signed_in(&bench, "budi").await;
    for part in ["", "/pdf", "/csv", "/signed"] {
        let path = format!("{address}{part}");
        assert_eq!(siti.get(&path).await.status, StatusCode::OK, "{path}");
        assert_eq!(budi.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        let stranger = Visitor::new(&bench).get(&path).await;
        assert!(stranger.leads_to().starts_with("/sign-in"), "{path}");
    }
    for nonsense in ["/statements/x", "/statements/00000000-0000-0000-0000-000000000001"] {
        assert_eq!(siti.get(nonsense).await.status, StatusCode::NOT_FOUND, "{nonsense}");
    }
}

async fn months_that_are_none_are_said_at_their_field(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    let page = siti.get("/statements").await;
    let csrf = page.csrf();
    for (from, until, words) in [
        (("2025", "5"), ("2025", "4"), "Choose a last month that is not before the first"),
        (("2999", "1"), ("2999", "2"), "Choose a first month that has begun"),
        (("2025", "13"), ("2025", "4"), "Choose the first month"),
        (("2025", "1"), ("x", "4"), "Choose the last month"),
    ] {
        let fields = [
            ("from_year", from.0),
            ("from_month", from.1),
            ("until_year", until.0),
            ("until_month", until.1),
            ("csrf", &*csrf),
        ];
        let answer = siti.post("/statements", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.says("error-summary") && answer.says(words), "{words}");
    }
    let fields = [
        ("from_year", "2025"),
        ("from_month", "11"),
        ("until_year", "2026"),
        ("until_month", "2"),
        ("csrf", &*csrf),
    ];
    let answer = siti.post("/statements", &fields).await;
    let paper = siti.get(answer.leads_to()).await;
    assert!(paper.says("November 2025 to February 2026"), "{}", paper.status);
}

async fn l15_the_table_of_a_statement_runs_nothing(db: TestStore) {
    let bench = seeded(db).await;
    let mut agus = signed_in(&bench, "agus").await;
    let address = made(&mut agus, "2025").await;
    let table = agus.get(&format!("{address}/csv")).await;
    assert!(table.header("content-disposition").contains("payung-statement-2025-01-2025-12.csv"));
    assert!(table.html.starts_with('\u{feff}'), "its mark is in front");
    for cell in table.html.lines().flat_map(|line| line.split(',')) {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

async fn a_document_is_tagged_and_weighs_little(db: TestStore) {
    let bench = seeded(db).await;
    let mut agus = signed_in(&bench, "agus").await;
    let page = agus.get("/statements").await;
    let months =
        [("from_year", "1990"), ("from_month", "1"), ("until_year", "2026"), ("until_month", "8")];
    let whole = agus.fill_in(&page, "/statements", &months).await;
    let year = made(&mut agus, "2015").await;
    for address in [whole.leads_to(), &year] {
        let file = agus.get(&format!("{address}/pdf")).await;
        assert_eq!(file.header("content-type"), "application/pdf");
        assert!(file.header("content-disposition").starts_with("attachment"));
        assert!(file.says("%PDF-1.7") && file.says("/MarkInfo<</Marked true>>"));
        assert!(file.says("/FontFile2") && file.says("/Lang(en)"));
    }
}

async fn what_an_employer_owes_is_on_one_paper(db: TestStore) {
    let bench = seeded(db).await;
    let mut siti = signed_in(&bench, "siti").await;
    assert!(siti.get("/contributions").await.says("href=\"/contributions/report\""));
    let page = siti.get("/contributions/report").await;
    assert!(page.says("Months that are not in order") && page.says("Not received"));
    assert!(page.says("Received late") && page.says("By these rules:"));
    let file = siti.get("/contributions/report/pdf").await;
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.says("/MarkInfo<</Marked true>>"));
    let mut budi = signed_in(&bench, "budi").await;
    let page = budi.get("/contributions/report").await;
    assert!(page.says("Every month that an employer had to pay for you came in full and on time."));
}
