//! What an operator reads of the desk's audit, and the chain over it.

use payung_storage::{Store, Tx};

use crate::program::Place;
use crate::record::on_record;

fn place() -> Place {
    let place = Place::ready();
    let set = "notice set --indonesian Ditutup --english Closed \
               --until 2999-01-01T00:00:00+07:00 --reason planned-work";
    assert!(place.run(set).starts_with("exit: 0"));
    assert!(place.run("notice clear --reason it-is-done-now").starts_with("exit: 0"));
    place
}

/// Does something to the tables behind the program's back.
fn tamper(place: &Place, sql: &'static str) {
    on_record(place, async |tx: &mut Tx, _: &Store| {
        assert_eq!(tx.run("tampering", sql, Vec::new()).await.expect("it is done"), 1);
    });
}

#[test]
fn m05_the_chain_is_verified_and_held_against_what_was_noted() {
    let place = place();
    let told = place.run("audit verify");
    assert!(told.starts_with("exit: 0") && told.contains("unbroken: 2 lines"), "{told}");
    let head = told.lines().find(|line| line.starts_with("2:")).expect("a mark").to_owned();
    assert!(place.run("notice clear --reason once-more-now").starts_with("exit: 0"));
    assert!(place.run(&format!("audit verify --noted {head}")).starts_with("exit: 0"));
    let other = format!("audit verify --noted 2:{}", "0".repeat(64));
    assert!(place.run(&other).contains("line 2 is not as it was noted"));
    assert!(place.run("audit verify --noted 2:xyz").starts_with("exit: 2"));
    tamper(&place, "update staff_audit set act = 'opened' where act = 'announced'");
    let broken = place.run("audit verify --lang en");
    assert!(broken.starts_with("exit: 1") && broken.contains("line 1 was changed"), "{broken}");
    assert!(place.run("audit verify --json").contains("\"code\":\"audit-broken\""));
}

#[test]
fn m05_a_line_that_is_taken_out_is_found_from_the_command_line() {
    let place = place();
    tamper(&place, "delete from staff_audit_links where height = 1");
    assert!(place.run("audit verify --lang en").contains("line 1 was taken out"));
}

#[test]
fn p05_reading_and_taking_the_audit_needs_a_reason_and_is_a_line_in_it() {
    let place = place();
    assert!(place.run("audit list").starts_with("exit: 2"), "without a reason");
    let list = place.run("audit list --act announced --reason asked-by-the-court --json");
    assert!(list.contains("\"reason\":\"planned-work\""), "{list}");
    assert!(!list.contains("it-is-done-now"), "another act");
    assert!(list.contains("\"source\":\"command-line\"") && list.contains("\"session\":null"));
    let read = place.run("audit list --officer command-line --reason who-read-it");
    assert!(read.contains("audit-read") && read.contains("asked-by-the-court"), "{read}");
    let said = place.run("audit list --source command-line --reason where-from-was-it");
    assert!(said.contains("command line  asked-by-the-court"), "{said}");
    let none = "audit list --source desk --network 203.0.113.* --session A7A7A7A7";
    assert!(place.run(&format!("{none} --reason any-of-it-at-all")).contains("no line"));
    let moon = "audit list --session moon --reason asked-by-the-court";
    assert!(place.run(moon).starts_with("exit: 2"));
    let day = "audit list --from 2026-08-17 --until 2026-08-16 --reason asked-by-the-court";
    assert!(place.run(day).starts_with("exit: 2"));
    let exported = place.output("audit export --reason to-the-other-system");
    assert!(exported.status.success());
    let lines = String::from_utf8(exported.stdout).expect("text");
    let places: Vec<i64> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|line| line["place"].as_i64().expect("a place"))
        .collect();
    assert_eq!(places, [1, 2, 3, 4, 5, 6], "the oldest first");
    let taken = place.run("audit list --act audit-taken --reason who-took-it-along");
    assert!(taken.contains("to-the-other-system"), "{taken}");
}

#[test]
fn what_the_operator_says_of_a_part_is_read_until_it_works() {
    let place = place();
    assert!(place.run("status show").starts_with("exit: 0"));
    let half = "status set claims closed --indonesian Ditutup --reason as-the-bank-says";
    assert!(place.run(half).starts_with("exit: 2"), "both languages");
    let set = format!("{half} --english Closed");
    assert!(place.run(&set).contains("claims: closed"));
    let shown = place.run("status show --lang en");
    assert!(shown.starts_with("exit: 1") && shown.contains("Closed"), "{shown}");
    assert!(place.run("status show --json").contains("\"condition\":\"closed\""));
    let works = "status set claims works --reason as-the-bank-says";
    assert!(place.run(works).starts_with("exit: 0"));
    assert!(place.run("status show").starts_with("exit: 0"));
    assert!(place.run("status set moon works --reason as-the-bank-says").starts_with("exit: 2"));
}
