//! What a member asked of the house goes with everything else that they take along, and what officers
//! write to each other does not.

use std::collections::BTreeSet;

use payung_domain::claims::OTHER_DOCUMENT;
use payung_domain::corrections::Typed;
use payung_domain::staff::Role;
use payung_flows::claims::desk::{Deed, Done};
use payung_flows::export::{self, Everything, Table, Taken};
use payung_flows::sessions::SignedIn;
use payung_flows::staff::corrections::{Decided, Decision, Proposed};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};
use serde_json::Value;

use crate::staff::opened;
use crate::{cases, claims, corrections, visit};

on_each_engine!(
    n08_claims_are_taken_along_with_their_papers_and_steps,
    n08_corrections_and_cases_are_taken_along,
    every_column_is_a_field_and_every_field_is_documented,
);

async fn taken(bench: &Bench, member: &SignedIn) -> Box<Everything> {
    match export::everything(&bench.app, &visit(bench), member).await.unwrap() {
        Taken::All(all) => all,
        Taken::TooMany(_) => panic!("too many"),
    }
}

fn read(all: &Everything) -> Value {
    let text: String = all.clone().into_json().collect();
    serde_json::from_str(&text).unwrap()
}

/// What stands in one field of every row of a list.
fn column<'a>(all: &'a Value, list: &str, field: &str) -> Vec<&'a Value> {
    all[list].as_array().unwrap().iter().map(|row| &row[field]).collect()
}

async fn n08_claims_are_taken_along_with_their_papers_and_steps(db: TestStore) {
    let bench = Bench::new(db);
    let budi = claims::budi(&bench, 60_000_000).await;
    let id = claims::begun(&bench, &budi, claims::LAID_OFF).await;
    let paper = (OTHER_DOCUMENT, claims::PAGES);
    let (app, here) = (&bench.app, visit(&bench));
    payung_flows::claims::upload(app, &here, &budi, id, paper).await.unwrap();
    assert_eq!(claims::sent(&bench, &budi).await, id);
    let verifier = claims::officer(&bench, 7, Role::Verifier, None).await;
    assert_eq!(claims::does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    assert_eq!(claims::does(&bench, &verifier, id, Deed::Approve).await, Done::Proposed);
    let all = read(&*taken(&bench, &budi).await);
    let claim = &all["claims"][0];
    assert_eq!(claim["kind"], "jht-laid-off");
    assert_eq!(claim["event_on"], "2026-06-30");
    assert_eq!(claim["stage"], "in-review", "that a second officer looks is the desk's business");
    assert_eq!(claim["account_number"], "1234567890");
    assert_eq!(column(&all, "claim_documents", "paper"), [OTHER_DOCUMENT]);
    assert_eq!(column(&all, "claim_documents", "reference"), [&claim["reference"]]);
    assert_eq!(column(&all, "claim_steps", "step"), ["begin", "send", "take"]);
    assert_eq!(column(&all, "claim_steps", "by"), ["member", "member", "officer"]);
    assert!(!all["claim_steps"].to_string().contains("belum terbaca"), "said among officers");
    assert_eq!(claims::does(&bench, &verifier, id, Deed::Refuse).await, Done::Done);
    let all = read(&*taken(&bench, &budi).await);
    assert_eq!(all["claims"][0]["stage"], "refused");
    assert_eq!(all["claim_steps"][3]["words"], "Kartu keluarga belum terbaca");
}

async fn n08_corrections_and_cases_are_taken_along(db: TestStore) {
    let bench = opened(db);
    let budi = corrections::budi(&bench).await;
    let march = corrections::march(&bench, &budi).await;
    let reference = corrections::asks(&bench, &budi, &march).await;
    let lestari = corrections::officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = corrections::officer(&bench, "bayu", Role::Supervisor).await;
    let typed = Typed::Row(corrections::ROW);
    let proposed = corrections::proposes_of(&bench, &lestari, &reference, 1, typed).await;
    assert_eq!(proposed, Proposed::Done);
    let back = Decision::Return("Ask the bank once more, please.");
    assert_eq!(corrections::decides(&bench, &bayu, &reference, 2, back).await, Decided::Done);
    let case = cases::asked(&bench, budi.account.id).await;
    let all = read(&*taken(&bench, &budi).await);
    let correction = &all["corrections"][0];
    assert_eq!(correction["reference"], reference.as_str());
    assert_eq!(correction["stage"], "returned");
    assert_eq!(correction["month"], "2026-03");
    assert_eq!(column(&all, "correction_steps", "step"), ["asked", "proposed", "returned"]);
    assert_eq!(all["correction_steps"][0]["words"], corrections::SAID);
    assert_eq!(all["correction_steps"][1]["officer"], "lestari");
    assert!(!all.to_string().contains("Ask the bank"), "said among officers");
    let line = &all["correction_lines"][0];
    assert_eq!(line["field"], "worker-part");
    assert_eq!(line["number"], 2);
    assert_eq!(line["before"], 20_000);
    assert_eq!(line["after"], 30_000);
    let found = all["cases"].as_array().unwrap();
    let found = found.iter().find(|one| one["reference"] == case.as_str()).expect("his case");
    assert_eq!(found["kind"], "question");
    assert_eq!(found["words"], "why?");
    assert!(found["closed_at"].is_null() && found["linked"].is_null());
}

async fn every_column_is_a_field_and_every_field_is_documented(db: TestStore) {
    let bench = opened(db);
    let budi = corrections::budi(&bench).await;
    let march = corrections::march(&bench, &budi).await;
    corrections::asks(&bench, &budi, &march).await;
    cases::asked(&bench, budi.account.id).await;
    let everything = taken(&bench, &budi).await;
    let all = read(&everything);
    let documented = include_str!("../../../../docs/export.md");
    for table in Table::ALL {
        let columns: BTreeSet<&str> = table.columns().iter().copied().collect();
        for name in &columns {
            assert!(documented.contains(&format!("`{name}`")), "{name} of {table:?}");
        }
        let rows = all[table.name()].as_array().unwrap();
        for row in rows {
            let fields: BTreeSet<&str> =
                row.as_object().unwrap().keys().map(|key| &**key).collect();
            assert_eq!(fields, columns, "{table:?}");
        }
        assert_eq!(everything.cells(table).count(), rows.len(), "{table:?}");
    }
}
