//! The list of everything that moved, "I do not recognise this", and everything to take along, page
//! by page and without scripts.

use std::collections::BTreeSet;

use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_flows::export::Table;
use payung_storage::{accounts, ledger, members};
use payung_testkit::people::{self, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};
use serde_json::Value;

use crate::security::wear_off;

on_each_engine!(
    what_moved_is_filtered_paged_and_explained,
    a_row_is_reported_without_scripts_and_payouts_are_shut,
    s5_a_row_of_another_member_is_not_there,
    strange_addresses_show_everything_or_nothing,
    everything_is_taken_after_a_proof_and_documented,
    l15_tables_are_taken_one_by_one,
);

/// Budi, on record, with thirty months of savings and a payout; signed in.
async fn budi(bench: &Bench) -> Visitor {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    save(bench, &budi).await;
    let mut visitor = Visitor::new(bench);
    visitor.sign_in(bench, "budi").await;
    visitor
}

async fn save(bench: &Bench, who: &Somebody) {
    let mut tx = bench.app.store.write().await.unwrap();
    let person = accounts::get(&mut tx, who.id).await.unwrap().unwrap().person;
    let membership = members::memberships(&mut tx, person).await.unwrap()[0].id;
    let first = Month::new(2024, 1).unwrap();
    let mut balance = 0;
    let mut lines = Vec::new();
    for (sequence, ahead) in (1_i64..=31).zip(0..) {
        let (kind, amount) = match sequence {
            31 => (PostingKind::Payout, -400_000),
            _ => (PostingKind::Contribution, 1_000_000),
        };
        balance += amount;
        let month = first.plus(ahead);
        lines.push(Posting {
            membership,
            sequence,
            kind,
            month,
            booked_on: month.next().first_day(),
            amount: Rupiah::new(amount),
            balance: Rupiah::new(balance),
            rate: None,
        });
    }
    ledger::add(&mut tx, &lines).await.unwrap();
    tx.commit().await.unwrap();
}

fn rows(page: &Page) -> usize {
    page.html.matches("<th scope=\"row\"").count()
}

/// The way from the list to the page of its newest row.
async fn way_to_report(budi: &mut Visitor) -> String {
    let list = budi.get("/transactions").await;
    let row = list.after("href=\"/transactions/report?row=").expect("a row can be reported");
    format!("/transactions/report?row={row}")
}

/// Reports the newest row.
async fn report(budi: &mut Visitor) -> Page {
    let way = way_to_report(budi).await;
    let page = budi.get(&way).await;
    let row = page.after("name=\"row\" value=\"").expect("a form");
    budi.fill_in(&page, "/transactions/report", &[("row", &row)]).await
}

async fn what_moved_is_filtered_paged_and_explained(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let first = budi.get("/transactions").await;
    assert_eq!(rows(&first), 25);
    assert!(first.says("data-amount=\"-400000\" data-name=\"moved-1\">−Rp400,000<"));
    let older = first.after("<a href=\"/transactions?before=").unwrap();
    let second = budi.get(&format!("/transactions?before={older}")).await;
    assert!(rows(&second) == 6 && second.says("Back to the newest"), "{}", second.html);
    let chosen = budi.get("/transactions?kind=payout&year=2026").await;
    assert!(rows(&chosen) == 1 && chosen.says("<option value=\"payout\" selected>"));
    assert!(budi.get("/transactions?year=2023").await.says("No transactions match this choice"));
    let why = chosen.after("class=\"wraps\"><a href=\"").unwrap();
    assert!(budi.get(&why).await.says("Old-age savings in 2026"), "{why}");
    assert!(budi.get("/balance").await.says("href=\"/transactions\""));
}

async fn a_row_is_reported_without_scripts_and_payouts_are_shut(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let way = way_to_report(&mut budi).await;
    assert!(budi.get(&way).await.says("Payouts are closed at once"));
    assert!(budi.get("/security/payouts").await.says("Payouts are open."));
    let done = report(&mut budi).await;
    assert_eq!((done.status.as_u16(), done.leads_to()), (303, &*way));
    let page = budi.get(&way).await;
    assert!(page.says("We have your report") && page.says("LPR-") && !page.says("main-form"));
    assert!(page.says("Payouts are closed."));
    assert!(budi.get("/security/payouts").await.says("Payouts have been closed since"));
    assert!(budi.get("/transactions").await.says(">Reported<"));
    let activity = budi.get("/activity").await;
    assert!(activity.says("Transaction reported as not recognised"));
    assert!(activity.says("Payouts closed"));
}

async fn s5_a_row_of_another_member_is_not_there(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let way = way_to_report(&mut budi).await;
    let ratna = people::ratna(&bench.app).await;
    people::on_record_with(&bench.app, &ratna, 2).await;
    let mut other = Visitor::new(&bench);
    other.sign_in(&bench, "ratna").await;
    assert_eq!(other.get(&way).await.status, 404);
    let row = way.strip_prefix("/transactions/report?row=").unwrap();
    let page = other.get("/security/payouts").await;
    let answer = other.fill_in(&page, "/transactions/report", &[("row", row)]).await;
    assert_eq!(answer.status, 404);
    assert!(other.get("/security/payouts").await.says("Payouts are open."));
    assert!(!other.get("/transactions").await.says("moved-1"));
}

async fn strange_addresses_show_everything_or_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    for query in ["kind=all", "year=x", "membership=1", "before=2026", "lang=en"] {
        let page = budi.get(&format!("/transactions?{query}")).await;
        assert_eq!((page.status.as_u16(), rows(&page)), (200, 25), "{query}");
    }
    assert_eq!(budi.get("/transactions/report?row=1").await.status, 404);
    assert_eq!(budi.get("/transactions/report").await.leads_to(), "/transactions");
    let bare = budi.post("/transactions/report", &[]).await;
    assert_eq!(bare.status, 404);
    let way = way_to_report(&mut budi).await;
    let row = way.strip_prefix("/transactions/report?row=").unwrap();
    let old = budi.post("/transactions/report", &[("row", row)]).await;
    assert_eq!((old.status.as_u16(), old.leads_to()), (303, &*way), "a form without its token");
    assert!(budi.get(&way).await.says("main-form"), "nothing was reported");
}

/// Every name of a field, wherever it stands.
fn fields(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, value) in map {
                names.insert(name.clone());
                fields(value, names);
            }
        }
        Value::Array(values) => {
            for value in values {
                fields(value, names);
            }
        }
        _ => {}
    }
}

async fn everything_is_taken_after_a_proof_and_documented(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    report(&mut budi).await;
    let page = budi.get("/export").await;
    let file = budi.fill_in(&page, "/export", &[]).await;
    assert_eq!(file.header("content-type"), "application/json");
    let name = "attachment; filename=\"payung-2026-08-17.json\"";
    assert_eq!(file.header("content-disposition"), name);
    let all: Value = serde_json::from_str(&file.html).unwrap();
    assert_eq!(all["format"], "payung-export");
    assert_eq!(all["version"], 1);
    assert_eq!(all["savings"].as_array().unwrap().len(), 31);
    assert_eq!(all["person"]["nik"], "0001012701990001");
    assert_eq!(all["reports"][0]["amount"], -400_000);
    let documented = include_str!("../../../../docs/export.md");
    let mut names = BTreeSet::new();
    fields(&all, &mut names);
    for name in names {
        assert!(documented.contains(&format!("`{name}`")), "{name} is not in docs/export.md");
    }
    assert!(budi.get("/activity").await.says("Your data downloaded"));
    let bare = budi.post("/export", &[]).await;
    assert_eq!((bare.status.as_u16(), bare.leads_to()), (303, "/export"));
    wear_off(&bench, &mut budi).await;
    assert_eq!(budi.get("/export").await.leads_to(), "/confirm?next=%2Fexport");
    let sent = budi.fill_in(&page, "/export", &[]).await;
    assert_eq!(sent.leads_to(), "/confirm?next=%2Fexport");
}

async fn l15_tables_are_taken_one_by_one(db: TestStore) {
    let bench = Bench::new(db);
    let mut budi = budi(&bench).await;
    let page = budi.get("/export").await;
    let file = budi.fill_in(&page, "/export", &[("kind", "savings")]).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = file.html.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "kpj,line,kind,month,booked_on,came,went,balance,rate");
    assert_eq!(lines[31], "90000000101,31,payout,2026-07,2026-08-01,0,400000,29600000,");
    let documented = include_str!("../../../../docs/export.md");
    for kind in Table::ALL.map(Table::name) {
        let file = budi.fill_in(&page, "/export", &[("kind", kind)]).await;
        let head = file.html.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
        for name in head.split(',') {
            assert!(documented.contains(&format!("`{name}`")), "{name} of {kind}");
        }
    }
    let strange = budi.fill_in(&page, "/export", &[("kind", "everybody")]).await;
    assert_eq!(strange.leads_to(), "/export");
}
