//! The pages of corrections, for members and for the desk, with invented people.

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    Correction, CorrectionReference, Deed, Document, Evidence, Field, Identity, Key, Misread,
    NoWords, Proposal, Stage, Step, Subject, Unproven, Values, Wrong,
};
use payung_domain::employers::{Employer, FirmSize, RiskClass};
use payung_domain::ids::{EmployerId, MembershipId, Nik, Npp, PersonId, StaffId};
use payung_domain::members::{PersonName, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::staff::Role;
use payung_domain::staff::cases::CaseReference;
use payung_flows::corrections::{All, Followed};
use payung_flows::staff::corrections::{Rows, Shown};
use payung_web::desk::Me;
use payung_web::desk::correct::{Correct, subjects};
use payung_web::desk::correction::{DeskCorrection, misread_problem, unproven_problem};
use payung_web::desk::corrections::DeskCorrections;
use payung_web::page::{Problem, Problems};
use payung_web::pages::corrections::ask::AskCorrection;
use payung_web::pages::corrections::list::Corrections;
use payung_web::pages::corrections::words::{subject_words, words_problem};
use uuid::Uuid;

use crate::samples::{Kind, Shelf, now};

fn me(name: &str, role: Role) -> Me {
    Me { name: name.to_owned(), role }
}

fn reference(text: &str) -> CorrectionReference {
    CorrectionReference::parse(text).expect("a reference")
}

fn firm(number: u128, npp: &str, name: &str) -> Employer {
    Employer {
        id: EmployerId(Uuid::from_u128(number)),
        npp: Npp::parse(npp).expect("a number"),
        name: name.to_owned(),
        risk_class: RiskClass::II,
        size: FirmSize::Medium,
    }
}

fn firms() -> Vec<Employer> {
    vec![firm(5, "XX000001", "PT Kain Nusantara"), firm(6, "XX000002", "PT Benang Contoh")]
}

fn row() -> Contribution {
    Contribution {
        membership: MembershipId(Uuid::from_u128(1)),
        month: Month::new(2026, 5).expect("a month"),
        programme: Programme::Jht,
        employer: Some(EmployerId(Uuid::from_u128(5))),
        wage: Rupiah::new(6_000_000),
        base: Rupiah::new(6_000_000),
        employer_part: Rupiah::new(222_000),
        worker_part: Rupiah::new(120_000),
        due_on: date(2026, 6, 15),
        received_on: date(2026, 6, 10),
    }
}

fn right_row() -> Contribution {
    Contribution {
        employer: Some(EmployerId(Uuid::from_u128(6))),
        wage: Rupiah::new(6_500_000),
        base: Rupiah::new(6_500_000),
        employer_part: Rupiah::new(240_500),
        worker_part: Rupiah::new(130_000),
        ..row()
    }
}

fn person(name: &str, sex: Sex) -> Identity {
    Identity {
        name: PersonName::parse(name).expect("a name"),
        nik: Nik::parse("0001015407900003").expect("a number"),
        birth_date: date(1990, 7, 14),
        sex,
    }
}

fn correction(text: &str, subject: Subject, stage: Stage) -> Correction {
    Correction {
        id: Uuid::nil(),
        reference: reference(text),
        person: PersonId(Uuid::from_u128(2)),
        subject,
        stage,
        version: 2,
        proposed_by: Some(StaffId(Uuid::from_u128(1))),
        asked_at: now(),
        changed_at: now(),
    }
}

fn of_row() -> Subject {
    Subject::Row(Key::of(&row()))
}

fn step(number: i64, officer: Option<&str>, deed: Deed) -> Step {
    Step { number, at: now(), officer: officer.map(str::to_owned), deed }
}

fn said() -> String {
    "Upah bulan Mei saya Rp6.500.000, bukan Rp6.000.000.".to_owned()
}

fn proposed(before: Values, after: Values, document: Document) -> Deed {
    Deed::Proposed(Box::new(Proposal {
        before,
        after,
        evidence: Evidence { document, number: "0000 11 22".to_owned() },
        since: date(2026, 8, 1),
        why: "Dokumen menunjukkan data lain.".to_owned(),
    }))
}

fn of_person() -> Deed {
    let before = Values::Person(person("Siti Rahayu", Sex::Male));
    let after = Values::Person(person("Siti Rahayu Laksana", Sex::Female));
    proposed(before, after, Document::FamilyCard)
}

fn of_wage() -> Deed {
    proposed(Values::Row(row()), Values::Row(right_row()), Document::PaySlip)
}

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    asking(shelf);
    following(shelf);
    listed(shelf);
    begun(shelf);
    proposing(shelf);
    deciding(shelf);
}

fn asking(shelf: &mut Shelf) {
    for (name, subject, of) in
        [("correction-person", Subject::Person, "person"), ("correction-row", of_row(), "202605")]
    {
        let f = shelf.member_frame(&format!("/corrections/ask?of={of}"));
        let page = AskCorrection {
            of: of.to_owned(),
            what: subject_words(&f, &subject, &firms()),
            is_person: subject == Subject::Person,
            said: String::new(),
            problems: Problems::default(),
            f,
        };
        shelf.add(name, Kind::Member, &page);
        let f = shelf.member_frame(&format!("/corrections/ask?of={of}"));
        let problems = Problems(vec![words_problem(&f, "said", NoWords::Short)]);
        let page = AskCorrection { f, said: "Salah".to_owned(), problems, ..page };
        shelf.add(&format!("{name}-short"), Kind::Member, &page);
    }
}

fn following(shelf: &mut Shelf) {
    let nothing = All { corrections: Vec::new(), employers: Vec::new() };
    let f = shelf.member_frame("/corrections");
    shelf.add("corrections-none", Kind::Member, &Corrections::of(f, &nothing, false));
    let steps = vec![
        step(1, None, Deed::Asked(said())),
        step(2, Some("lestari"), of_wage()),
        step(3, Some("bayu"), Deed::Returned("Nomornya tidak cocok.".to_owned())),
        step(4, Some("lestari"), of_wage()),
        step(5, Some("bayu"), Deed::Outdated),
        step(6, Some("lestari"), of_wage()),
        step(7, Some("bayu"), Deed::Approved),
    ];
    let refused = vec![
        step(1, Some("lestari"), Deed::Asked("Nama saya lain di kartu.".to_owned())),
        step(2, Some("lestari"), of_person()),
        step(3, Some("bayu"), Deed::Refused("Catatan kependudukan sama.".to_owned())),
    ];
    let asked = vec![step(1, None, Deed::Asked(said()))];
    let withdrawn = vec![step(1, None, Deed::Asked(said())), step(2, None, Deed::Withdrawn)];
    let one = |text, subject, stage, steps| Followed {
        correction: correction(text, subject, stage),
        steps,
    };
    let corrections = vec![
        one("KOR-7F3K-29QD", of_row(), Stage::InEffect, steps),
        one("KOR-7F3K-29QE", Subject::Person, Stage::Refused, refused),
        one("KOR-7F3K-29QF", of_row(), Stage::Asked, asked),
        one("KOR-7F3K-29QG", Subject::Person, Stage::Withdrawn, withdrawn),
    ];
    let all = All { corrections, employers: firms() };
    let f = shelf.member_frame("/corrections");
    shelf.add("corrections", Kind::Member, &Corrections::of(f, &all, true));
}

fn listed(shelf: &mut Shelf) {
    let all: Vec<Correction> = [Stage::Proposed, Stage::Returned, Stage::Asked]
        .into_iter()
        .zip([Subject::Person, of_row(), of_row()])
        .map(|(stage, subject)| correction("KOR-7F3K-29QD", subject, stage))
        .collect();
    let later = now().plus(std::time::Duration::from_hours(73));
    for (name, lines, at) in
        [("desk-corrections", &all[..], now()), ("desk-corrections-late", &all[..], later)]
    {
        let (f, me) = (shelf.member_frame("/corrections"), me("lestari", Role::Helpdesk));
        shelf.add(name, Kind::Member, &DeskCorrections::of(f, me, lines, at));
    }
    let (f, me) = (shelf.member_frame("/corrections"), me("lestari", Role::Helpdesk));
    let page = DeskCorrections::of(f, me, &[], now());
    shelf.add("desk-corrections-empty", Kind::Member, &page);
    let page = DeskCorrections { f: shelf.member_frame("/corrections"), ..page };
    let page = DeskCorrections { has_seen_enough: true, ..page };
    shelf.add("desk-corrections-enough", Kind::Member, &page);
}

fn begun(shelf: &mut Shelf) {
    let record = "/records/00000000000000000000000000000000";
    let rows = Rows { rows: vec![row()], employers: firms() };
    let f = shelf.member_frame(&format!("{record}/correction?year=2026"));
    let page = Correct {
        me: Some(me("lestari", Role::Helpdesk)),
        record: record.to_owned(),
        year: 2026,
        subjects: subjects(&f, &rows, "person"),
        said: String::new(),
        problems: Problems::default(),
        f,
    };
    shelf.add("desk-correct", Kind::Member, &page);
    for (name, field, key) in [
        ("desk-correct-nothing", "subject", "desk-correct-nothing"),
        ("desk-correct-full", "subject", "desk-correct-full"),
    ] {
        let f = shelf.member_frame(&format!("{record}/correction?year=2026"));
        let problems = Problems(vec![
            Problem { field, text: f.t(key) },
            words_problem(&f, "said", NoWords::Long),
        ]);
        let (record, me) = (record.to_owned(), Some(me("lestari", Role::Helpdesk)));
        let subjects = subjects(&f, &rows, "");
        let said = said();
        shelf.add(
            name,
            Kind::Member,
            &Correct { f, me, record, year: 2026, subjects, said, problems },
        );
    }
}

fn shown(subject: Subject, stage: Stage, steps: Vec<Step>, current: Option<Values>) -> Shown {
    Shown {
        correction: correction("KOR-7F3K-29QD", subject, stage),
        steps,
        current,
        name: "Siti Rahayu".to_owned(),
        kpj: vec!["•••••••0001".to_owned()],
        employers: firms(),
        case: CaseReference::parse("KSS-7F3K-29QD"),
    }
}

const HERE: &str = "/corrections/KOR-7F3K-29QD";

fn proposing(shelf: &mut Shelf) {
    let asked = || vec![step(1, None, Deed::Asked(said()))];
    let person = Values::Person(person("Siti Rahayu", Sex::Male));
    let of_person = shown(Subject::Person, Stage::Asked, asked(), Some(person));
    let of_row = shown(of_row(), Stage::Returned, asked(), Some(Values::Row(row())));
    for (name, shown, officer) in [
        ("desk-correction-person", &of_person, me("lestari", Role::Helpdesk)),
        ("desk-correction-row", &of_row, me("bayu", Role::Supervisor)),
    ] {
        let f = shelf.member_frame(HERE);
        let page = DeskCorrection::shown_to(f, officer, shown, (true, None));
        shelf.add(name, Kind::Member, &page);
    }
    for (name, wrong) in [
        ("form", Misread { field: Field::Month, wrong: Wrong::Form }),
        ("future", Misread { field: Field::Received, wrong: Wrong::Future }),
        ("unknown", Misread { field: Field::Employer, wrong: Wrong::Unknown }),
        ("rules", Misread { field: Field::Base, wrong: Wrong::NotPublished }),
        ("money", Misread { field: Field::WorkerPart, wrong: Wrong::Nothing }),
    ] {
        let f = shelf.member_frame(HERE);
        let problem = misread_problem(&f, wrong);
        let officer = me("lestari", Role::Helpdesk);
        let page = DeskCorrection::shown_to(f, officer, &of_row, (true, None)).with(vec![problem]);
        shelf.add(&format!("desk-correction-row-{name}"), Kind::Member, &page);
    }
    for (name, unproven) in [
        ("same", Unproven::Nothing),
        ("document", Unproven::Document),
        ("number", Unproven::Number),
        ("since", Unproven::Since),
        ("why", Unproven::Why(NoWords::Short)),
    ] {
        let f = shelf.member_frame(HERE);
        let problem = unproven_problem(&f, unproven);
        let officer = me("lestari", Role::Helpdesk);
        let page =
            DeskCorrection::shown_to(f, officer, &of_person, (true, None)).with(vec![problem]);
        shelf.add(&format!("desk-correction-person-{name}"), Kind::Member, &page);
    }
}

fn deciding(shelf: &mut Shelf) {
    let steps = || {
        vec![step(1, Some("lestari"), Deed::Asked(said())), step(2, Some("lestari"), of_person())]
    };
    let stands = Values::Person(person("Siti Rahayu", Sex::Male));
    let waiting = shown(Subject::Person, Stage::Proposed, steps(), Some(stands));
    for (name, is_theirs) in [("desk-correction-decide", false), ("desk-correction-own", true)] {
        let (f, officer) = (shelf.member_frame(HERE), me("bayu", Role::Supervisor));
        let page = DeskCorrection::shown_to(f, officer, &waiting, (is_theirs, None));
        shelf.add(name, Kind::Member, &page);
    }
    for key in [
        "desk-correction-older",
        "desk-correction-outdated",
        "desk-correction-taken",
        "desk-correction-waiting",
        "desk-correction-overdrawn",
    ] {
        let (f, officer) = (shelf.member_frame(HERE), me("bayu", Role::Supervisor));
        let problem = Problem { field: "reason", text: f.t(key) };
        let page = DeskCorrection::shown_to(f, officer, &waiting, (false, None));
        shelf.add(key, Kind::Member, &page.with(vec![problem]));
    }
    let mut done = steps();
    done.push(step(3, Some("bayu"), Deed::Approved));
    let done = shown(Subject::Person, Stage::InEffect, done, None);
    let (f, officer) = (shelf.member_frame(HERE), me("bayu", Role::Supervisor));
    let page = DeskCorrection::shown_to(f, officer, &done, (false, None));
    shelf.add("desk-correction-done", Kind::Member, &page);
}
