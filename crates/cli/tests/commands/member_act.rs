//! What takes two officers, on the command line: checked, asked for, approved by another one, taken back.

use crate::correction::with_officers;
use crate::program::{Place, run};
use crate::record::{on_record, siti_with_an_address};

const WHY: &str = "kasus 8812, di loket";
const SITI: &str = "90000000001 --by kpj";

/// Siti, with an address of hers, and officers who may help her.
fn place() -> Place {
    let place = with_officers(&[
        ("lestari", "helpdesk"),
        ("vera", "verifier"),
        ("bayu", "supervisor"),
        ("citra", "auditor"),
    ]);
    on_record(&place, siti_with_an_address);
    place
}

fn checks(place: &Place, officer: &str, how: &str) -> String {
    run(place, &format!("member act check {SITI} --checked {how} --officer {officer}"), WHY)
}

fn asks(place: &Place, officer: &str) -> String {
    let what = "--kind replace-email --new baru@peserta.example";
    run(place, &format!("member act ask {SITI} {what} --officer {officer}"), WHY)
}

/// Asked for by this officer, after a document was seen.
fn asked(place: &Place, officer: &str) -> String {
    let checked = checks(place, officer, "ktp --digits 900003");
    assert!(checked.starts_with("exit: 0") && checked.contains("half an hour"), "{checked}");
    let told = asks(place, officer);
    assert!(told.starts_with("exit: 0") && told.contains("waits for a second officer"), "{told}");
    let line = told.lines().find(|line| line.contains("waits")).expect("an act");
    line.split_whitespace().next().expect("its id").to_owned()
}

fn does(place: &Place, what: &str, act: &str, officer: &str) -> String {
    run(place, &format!("member act {what} {act} --officer {officer}"), WHY)
}

#[test]
fn p03_nothing_is_asked_for_before_the_member_was_made_sure_of() {
    let place = place();
    let told = asks(&place, "lestari");
    assert!(told.starts_with("exit: 4") && told.contains("made sure"), "{told}");
    let wrong = checks(&place, "lestari", "ktp --digits 900004");
    assert!(wrong.starts_with("exit: 1"), "{wrong}");
    assert!(checks(&place, "lestari", "call-back").contains("no such contact"));
    assert!(checks(&place, "lestari", "mothers-name").starts_with("exit: 2"));
    assert!(checks(&place, "lestari", "inbox").contains("in the own inbox"));
    assert!(asks(&place, "lestari").starts_with("exit: 4"), "she has not answered");
    let nobody = "member act check siti --by email --checked ktp --officer lestari";
    assert!(run(&place, nobody, WHY).starts_with("exit: 1"), "P-05, not by a part");
    assert!(checks(&place, "citra", "ktp --digits 900003").starts_with("exit: 4"));
}

#[test]
fn p04_another_officer_approves_and_it_takes_a_day() {
    let place = place();
    let act = asked(&place, "vera");
    let listed = run(&place, "member act list --officer vera", WHY);
    assert!(listed.contains(&format!("{act}  replace-email   asked     vera  due TIME")));
    assert!(!listed.contains("Siti"), "{listed}");
    let shown = does(&place, "show", &act, "bayu");
    for part in ["Siti Rahayu", "asked by    vera: kasus 8812", "checked     ktp by vera: TIME"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("0001015407900003") && !shown.contains("siti@peserta.example"));
    let own = does(&place, "approve", &act, "vera");
    assert!(own.starts_with("exit: 4") && own.contains("asked for this yourself"), "{own}");
    assert!(does(&place, "approve", &act, "lestari").starts_with("exit: 4"), "P-02");
    assert!(does(&place, "approve", &act, "nobody").starts_with("exit: 4"));
    let approved = does(&place, "approve", &act, "bayu");
    assert!(approved.contains("approved; done at TIME"), "{approved}");
    assert!(does(&place, "approve", &act, "bayu").starts_with("exit: 1"));
    let audit = run(&place, "audit list --act act-approved", "siapa yang setuju");
    for part in ["vera  act-approved  refused", "bayu  act-approved  done  replace-email"] {
        assert!(audit.contains(part), "{part} in {audit}");
    }
}

#[test]
fn an_act_is_taken_back_by_one_officer() {
    let place = place();
    let act = asked(&place, "lestari");
    assert!(asks(&place, "lestari").contains("another act of this account is open"));
    let refused = does(&place, "refuse", &act, "lestari");
    assert!(refused.contains(&format!("{act}  refused")), "{refused}");
    assert!(does(&place, "refuse", &act, "bayu").starts_with("exit: 0"), "already so");
    let late = does(&place, "approve", &act, "bayu");
    assert!(late.starts_with("exit: 1") && late.contains("it is over: refused"), "{late}");
    let nothing = does(&place, "show", "00000000000000000000000000000001", "bayu");
    assert!(nothing.starts_with("exit: 1") && nothing.contains("no such act"), "{nothing}");
}
