//! What is done to all ledgers at once, on the command line.

use crate::program::Place;

#[test]
fn what_is_not_declared_is_not_made_up_for() {
    let place = Place::ready();
    let run = |year: &str| {
        let mut command = place.command(&format!("ledger true-up {year} --lang en"));
        let output = command.args(["--reason", "declared by the board"]).output();
        let output = output.expect("the program runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let (code, told) = run("2025");
    assert!(code == Some(1) && told.contains("no return is declared for 2025"), "{told}");
    let (code, told) = run("2999");
    assert!(code == Some(2) && told.contains("2999 is not over yet"), "{told}");
}
