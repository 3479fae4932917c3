//! What one officer does on the command line for a member they made sure of.

use payung_domain::staff::audit::Act;

use crate::program::{Place, run};
use crate::record::{on_record, siti_with_an_address, written_down};

const WHY: &str = "kasus 8812, di loket";

/// Siti, with an address of hers.
fn place() -> Place {
    let place = Place::ready();
    on_record(&place, siti_with_an_address);
    place
}

#[test]
fn g11_a_link_is_sent_and_not_shown_and_it_is_written_down_who_sent_it() {
    let place = place();
    let line = "member send-reset siti@peserta.example --officer lestari --checked ktp";
    let told = run(&place, line, WHY);
    assert!(told.starts_with("exit: 0") && told.contains("on its way"), "{told}");
    assert!(!told.contains("token") && !told.contains("http"), "{told}");
    let line = "member unlock siti@peserta.example --officer lestari --checked call-back";
    let told = run(&place, &format!("{line} --json"), WHY);
    assert!(told.starts_with("exit: 0") && told.contains(r#""done":false"#), "{told}");
    let written = written_down(&place, Act::ResetSent);
    assert_eq!(written, [("ktp".to_owned(), WHY.to_owned())]);
}

#[test]
fn p03_without_a_check_nobody_is_helped_and_nobody_is_found_by_a_part() {
    let place = place();
    let told = run(&place, "member unlock siti@peserta.example --officer lestari", WHY);
    assert!(told.starts_with("exit: 2") && told.contains("--checked"), "{told}");
    let line = "member unlock siti@peserta.example --officer lestari --checked mothers-name";
    assert!(run(&place, line, WHY).starts_with("exit: 2"));
    let line = "member unlock siti --officer lestari --checked ktp";
    let told = run(&place, line, WHY);
    assert!(told.starts_with("exit: 1") && told.contains("nobody with an account"), "{told}");
    let line = "member unlock siti@peserta.example --officer lestari --checked ktp";
    assert!(run(&place, line, "pendek").starts_with("exit: 2"));
}
