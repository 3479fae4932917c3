//! Corrections on the command line: by named officers, two of them, for a reason, held to their roles.

use payung::outside::clock::SystemClock;
use payung_domain::corrections::{
    Correction, CorrectionReference, Deed, Stage, Step as Made, Subject,
};
use payung_domain::time::Clock;
use payung_storage::{Store, Tx, corrections};
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{PERSON, on_record, siti};

const DESK: &str = "\n[desk]\nurl = \"https://meja.dana.test\"\n";
const WHY: &str = "kartu keluarga dilihat";
const KOR: &str = "KOR-7F3K-29QD";

/// A place with officers of these roles.
pub(crate) fn with_officers(officers: &[(&str, &str)]) -> Place {
    let place = Place::new().with_keys().with_settings(DESK);
    assert!(place.run("migrate up").starts_with("exit: 0"));
    for (name, role) in officers {
        let line = format!("staff invite {name} --role {role}");
        assert!(run(&place, &line, "mulai bekerja di sini").starts_with("exit: 0"));
    }
    place
}

/// Siti says that something about her is wrong.
fn place() -> Place {
    let place = with_officers(&[
        ("lestari", "helpdesk"),
        ("vera", "verifier"),
        ("bayu", "supervisor"),
        ("darma", "administrator"),
    ]);
    on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti(tx, store).await;
        let asked_at = SystemClock.now();
        let correction = Correction {
            id: Uuid::from_u128(1),
            reference: CorrectionReference::parse(KOR).expect("a number"),
            person: PERSON,
            subject: Subject::Person,
            stage: Stage::Asked,
            version: 1,
            proposed_by: None,
            asked_at,
            changed_at: asked_at,
        };
        let deed = Deed::Asked("My birthday is a day later.".to_owned());
        let step = Made { number: 1, at: asked_at, officer: None, deed };
        let kept = corrections::add(tx, store.vault(), &correction, &step).await;
        assert!(kept.expect("it is kept"));
    });
    place
}

fn proposes(place: &Place, officer: &str, more: &str) -> String {
    let seen = "--document family-card --number 0000-11 --since 2020-08-01";
    let line = format!("correction propose {KOR} --seen 1 {seen} --officer {officer} {more}");
    run(place, &line, WHY)
}

fn approves(place: &Place, officer: &str, version: u32) -> String {
    let line = format!("correction approve {KOR} --seen {version} --officer {officer}");
    run(place, &line, WHY)
}

#[test]
fn p04_two_named_officers_put_a_record_right() {
    let place = place();
    let listed = run(&place, "correction list --officer lestari", WHY);
    assert!(listed.starts_with("exit: 0"), "{listed}");
    assert!(listed.contains("KOR-7F3K-29QD  asked     person  due TIME"), "{listed}");
    let proposed = proposes(&place, "bayu", "--birth-date 1990-07-15");
    assert!(proposed.starts_with("exit: 0"), "{proposed}");
    let shown = run(&place, &format!("correction show {KOR} --officer vera"), WHY);
    for part in ["proposed  version 2", "1990-07-14 -> 1990-07-15", "family-card 0000-11"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains("0001015407900003"), "N-06, what stays is masked: {shown}");
    let own = approves(&place, "bayu", 2);
    assert!(own.starts_with("exit: 4") && own.contains("your own proposal"), "{own}");
    let older = approves(&place, "vera", 1);
    assert!(older.starts_with("exit: 1") && older.contains("since you looked"), "{older}");
    let approved = approves(&place, "vera", 2);
    assert!(approved.contains("KOR-7F3K-29QD  in-effect"), "{approved}");
    assert!(approves(&place, "vera", 3).starts_with("exit: 1"), "it is over");
    let listed = run(&place, "correction list --officer vera --json", WHY);
    assert!(listed.contains("\"corrections\":[]"), "{listed}");
    let audit = run(&place, "audit list --officer vera", "siapa yang setuju");
    let came = format!("vera  came-by-line  done  command-line  command line  {WHY}");
    assert!(audit.contains(&came) && audit.contains("vera  correction-approved  done"), "{audit}");
    assert!(place.run("audit verify").starts_with("exit: 0"));
}

#[test]
fn n09_a_refusal_says_why_and_the_member_can_be_told_of_it() {
    let place = place();
    let line = format!("correction refuse {KOR} --seen 1 --officer bayu");
    assert!(run(&place, &line, "").starts_with("exit: 2"), "no reason");
    assert!(run(&place, &line, "pendek").starts_with("exit: 2"));
    let refused = run(&place, &line, WHY);
    assert!(refused.contains("KOR-7F3K-29QD  refused"), "{refused}");
    let shown = run(&place, &format!("correction show {KOR} --officer bayu"), WHY);
    assert!(shown.contains(&format!("bayu refused: {WHY}")), "{shown}");
}

#[test]
fn p02_an_officer_at_the_command_line_is_held_to_their_role() {
    let place = place();
    for (officer, may) in [("darma", false), ("nobody", false), ("lestari", true)] {
        let listed = run(&place, &format!("correction list --officer {officer}"), WHY);
        assert_eq!(listed.starts_with("exit: 0"), may, "{listed}");
        assert!(may || listed.starts_with("exit: 4"), "{listed}");
    }
    assert!(run(&place, "correction list", WHY).starts_with("exit: 2"), "nobody is named");
    assert!(proposes(&place, "bayu", "--birth-date 1990-07-15").starts_with("exit: 0"));
    let refused = approves(&place, "lestari", 2);
    assert!(refused.starts_with("exit: 4"), "{refused}");
    assert!(run(&place, "staff disable vera", "tidak bekerja lagi").starts_with("exit: 0"));
    let gone = approves(&place, "vera", 2);
    assert!(gone.starts_with("exit: 4") && gone.contains("nobody called vera"), "{gone}");
    let audit = run(&place, "audit list --outcome refused", "siapa yang mencoba");
    for part in ["nobody  came-by-line", "vera  came-by-line", "lestari  correction-approved"] {
        assert!(audit.contains(part), "{part} in {audit}");
    }
}

#[test]
fn what_cannot_be_read_or_is_not_proved_is_said() {
    let place = place();
    for (more, code) in [
        ("--birth-date soon", "field"),
        ("--birth-date 2999-01-01", "field"),
        ("--wage 1000000", "kind"),
        ("", "unproven"),
    ] {
        let told = proposes(&place, "lestari", &format!("{more} --json"));
        assert!(told.starts_with("exit: 2"), "{told}");
        assert!(told.contains(&format!("\"code\":\"{code}\"")), "{more}: {told}");
    }
    let unknown = run(&place, "correction show KOR-0000-0001 --officer lestari", WHY);
    assert!(unknown.starts_with("exit: 1") && unknown.contains("there is no correction"));
}
