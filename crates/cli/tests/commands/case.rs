//! Cases on the command line: listed without a name, shown and closed for a reason.

use payung_domain::corrections::CorrectionReference;
use payung_domain::ids::CaseId;
use payung_domain::staff::cases::{Case, CaseReference, Entry, Kind, Linked, State, THREE_DAYS};
use payung_domain::time::Instant;
use payung_storage::staff::cases;
use payung_storage::{Store, Tx};
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{ACCOUNT, on_record, siti};

const WHY: &str = "ditanyakan auditor";

/// A question of Siti's that nobody has taken.
fn place() -> Place {
    let place = Place::ready();
    on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti(tx, store).await;
        let opened_at = Instant::from_micros(1_786_968_000_000_000);
        let case = Case {
            id: CaseId(Uuid::from_u128(1)),
            reference: CaseReference::parse("KSS-7F3K-29QD").expect("a number"),
            kind: Kind::Question,
            account: Some(ACCOUNT),
            person: None,
            about: None,
            linked: Linked::Nothing,
            opened_at,
            due_at: opened_at.plus(THREE_DAYS),
            state: State::Open,
            version: 1,
        };
        assert!(cases::add(tx, &case).await.expect("it is kept"));
        let first = Entry::opened(Uuid::from_u128(2), opened_at, "", "why is May missing?");
        cases::add_entry(tx, store.vault(), case.id, &first).await.expect("a line");
    });
    place
}

#[test]
fn cases_are_listed_by_what_is_due_and_name_nobody() {
    let place = place();
    let listed = run(&place, "case list", "");
    assert!(listed.starts_with("exit: 0"), "{listed}");
    assert!(listed.contains("KSS-7F3K-29QD  question    open      -  due TIME"), "{listed}");
    let listed = run(&place, "case list --json", "");
    for part in ["\"kind\":\"question\"", "\"state\":\"open\"", "\"version\":1"] {
        assert!(listed.contains(part), "{part} in {listed}");
    }
    assert!(!listed.contains("Siti"));
    assert!(run(&place, "case list --kind contested", "").contains("no case"));
    assert!(run(&place, "case list --kind moon", "").starts_with("exit: 2"));
}

#[test]
fn a_case_is_shown_for_a_reason() {
    let place = place();
    assert!(run(&place, "case show KSS-7F3K-29QD", "").starts_with("exit: 2"), "no reason");
    let shown = run(&place, "case show KSS-7F3K-29QD", WHY);
    assert!(shown.starts_with("exit: 0") && shown.contains("why is May missing?"), "{shown}");
    let unknown = run(&place, "case show KSS-0000-0001", WHY);
    assert!(unknown.starts_with("exit: 1") && unknown.contains("there is no case KSS-0000-0001"));
}

#[test]
fn n08_the_case_of_a_correction_names_it_and_ends_with_its_decision() {
    let place = place();
    on_record(&place, async |tx: &mut Tx, _: &Store| {
        let correction = CorrectionReference::parse("KOR-7F3K-29QD").expect("a number");
        let opened_at = Instant::from_micros(1_786_968_000_000_000);
        let case = Case {
            id: CaseId(Uuid::from_u128(3)),
            reference: CaseReference::parse("KSS-7F3K-29QE").expect("a number"),
            kind: Kind::Correction,
            account: Some(ACCOUNT),
            person: None,
            about: None,
            linked: Linked::Correction(correction),
            opened_at,
            due_at: opened_at.plus(THREE_DAYS),
            state: State::Open,
            version: 1,
        };
        assert!(cases::add(tx, &case).await.expect("it is kept"));
    });
    let shown = run(&place, "case show KSS-7F3K-29QE", WHY);
    assert!(shown.contains("about KOR-7F3K-29QD"), "{shown}");
    let listed = run(&place, "case list --kind correction --json", "");
    assert!(listed.contains("\"about\":\"KOR-7F3K-29QD\""), "{listed}");
    let closed = run(&place, "case close KSS-7F3K-29QE --outcome refused", WHY);
    assert!(closed.starts_with("exit: 1") && closed.contains("correction is decided"), "{closed}");
}

#[test]
fn a_case_is_closed_once_with_what_came_of_it() {
    let place = place();
    let close = "case close KSS-7F3K-29QD --outcome explained";
    let closed = run(&place, close, WHY);
    assert!(closed.starts_with("exit: 0") && closed.contains("KSS-7F3K-29QD  explained"));
    let again = run(&place, close, WHY);
    assert!(again.starts_with("exit: 1") && again.contains("is closed already"), "{again}");
    assert!(run(&place, "case list", "").contains("no case"));
    assert!(run(&place, "case list --state closed", "").contains("explained"));
    let shown = run(&place, "case show KSS-7F3K-29QD", WHY);
    assert!(shown.contains("command-line closed explained: ditanyakan auditor"), "{shown}");
}
