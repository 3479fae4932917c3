//! What an operator says to everybody.

use crate::program::Place;

fn place() -> Place {
    Place::ready()
}

#[test]
fn a_notice_is_set_listed_and_cleared() {
    let place = place();
    assert!(place.run("notice list").contains("no notice"));
    let set = "notice set --indonesian Ditutup --english Closed \
               --until 2999-01-01T00:00:00+07:00 --reason planned-work";
    assert!(place.run(set).starts_with("exit: 0"));
    let list = place.run("notice list --json");
    for part in ["\"english\":\"Closed\"", "\"until\":\"2998-12-31T17:00:00Z\"", "\"shown\":true"] {
        assert!(list.contains(part), "{part} in {list}");
    }
    assert!(place.run(set).starts_with("exit: 0"), "a second one takes its place");
    assert!(place.run("notice clear").starts_with("exit: 2"), "without a reason");
    assert!(place.run("notice clear --reason it-is-done-now").contains("1 cleared"));
    assert!(place.run("notice list").contains("no notice"));
}

#[test]
fn a_notice_that_nobody_would_see_is_refused() {
    let place = place();
    let over = "notice set --indonesian Ditutup --english Closed --until 2001-01-01T00:00:00Z \
                --reason planned-work";
    let refused = place.run(over);
    assert!(refused.starts_with("exit: 2") && refused.contains("never be shown"), "{refused}");
    let strange = "notice set --indonesian Ditutup --english Closed --until tomorrow";
    assert!(place.run(strange).contains("write it like 2026-08-17T21:00:00+07:00"));
    let long = "x".repeat(200);
    let until = "2999-01-01T00:00:00Z";
    let line = format!(
        "notice set --indonesian {long} --english Closed --until {until} --reason planned-work"
    );
    assert!(place.run(&line).contains("180 letters or fewer"));
}
