//! Who works at the support desk, from the command line.

use crate::program::Place;

const DESK: &str = "\n[desk]\nurl = \"https://meja.dana.test\"\n";

const NIK: &str = "0001015407900003";

fn place(more: &str) -> Place {
    let place = Place::new().with_keys().with_settings(more);
    let told = place.run("migrate up");
    assert!(told.starts_with("exit: 0"), "{told}");
    place
}

fn invite(place: &Place, name: &str, role: &str, more: &str) -> String {
    let reason = "--reason begins-to-work-here";
    place.run(&format!("staff invite {name} --role {role} {reason} {more} --lang en"))
}

#[test]
fn j10_the_first_administrator_comes_by_a_link_that_is_printed() {
    let place = place(DESK);
    assert!(place.run("staff list --lang en").contains("no staff"));
    let told = invite(&place, "darma", "administrator", "");
    assert!(told.starts_with("exit: 0"), "{told}");
    assert!(told.contains("https://meja.dana.test/join?token="), "{told}");
    assert!(told.contains("nothing keeps darma from the own record"), "P-05: {told}");
    assert!(place.run("staff list").contains("administrator"));
    let told = invite(&place, "darma", "auditor", "");
    assert!(told.starts_with("exit: 1"), "P-02, a role is not changed so: {told}");
}

#[test]
fn p04_one_person_is_one_officer() {
    let place = place(DESK);
    let nik = format!("--nik {NIK}");
    let told = invite(&place, "lestari", "helpdesk", &nik);
    assert!(told.starts_with("exit: 0") && !told.contains("without --nik"), "{told}");
    assert!(invite(&place, "bayu", "supervisor", &nik).starts_with("exit: 1"));
    let told = place.run("staff disable lestari --reason works-no-more-here");
    assert!(told.starts_with("exit: 0"), "{told}");
    assert!(invite(&place, "bayu", "supervisor", &nik).starts_with("exit: 0"));
    let told = place.run("staff enable lestari --reason works-here-again");
    assert!(told.starts_with("exit: 1"), "{told}");
}

#[test]
fn somebody_is_shut_out_once_and_for_a_reason() {
    let place = place(DESK);
    assert!(invite(&place, "lestari", "helpdesk", "").starts_with("exit: 0"));
    assert!(place.run("staff disable lestari --reason short").starts_with("exit: 2"));
    assert!(place.run("staff disable lestari").starts_with("exit: 2"));
    let disable = "staff disable lestari --reason works-no-more-here";
    assert!(place.run(disable).starts_with("exit: 0"));
    assert!(place.run(disable).starts_with("exit: 1"), "it is so already");
    assert!(place.run("staff list --lang en").contains("shut out"));
    assert!(place.run("staff list --lang id").contains("ditutup"));
    assert!(place.run("staff list --json").contains("\"disabled_at\":\"2"));
    assert!(place.run("staff enable nobody --reason works-here-again").starts_with("exit: 1"));
}

#[test]
fn m02_the_user_of_the_machine_stands_in_the_audit() {
    for (user, named) in [("rudi", "command-line (rudi)"), ("x) (root", "command-line ")] {
        let place = place(DESK).with_variable("USER", "root").with_variable("SUDO_USER", user);
        assert!(invite(&place, "lestari", "helpdesk", "").starts_with("exit: 0"));
        let told = place.run("audit list --act invited --reason who-invited-her");
        assert!(told.contains(named) && !told.contains("(root"), "{told}");
    }
}

#[test]
fn where_there_is_no_desk_nobody_works_there() {
    let told = place("").run("staff list --lang en");
    assert!(told.starts_with("exit: 2") && told.contains("no support desk"), "{told}");
}
