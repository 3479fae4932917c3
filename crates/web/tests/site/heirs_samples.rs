//! The pages of claims of heirs, at the desk and for whoever has the paper, with invented people.

use std::time::Duration;

use jiff::civil::{Date, date};
use payung_domain::benefits::Refused;
use payung_domain::benefits::facts::Standing as Cover;
use payung_domain::claims::bank::Bank;
use payung_domain::claims::files::{FileKind, NotADocument};
use payung_domain::claims::heirs::{
    Entitled, FollowCode, Heir, HeirClaim, HeirProblem, HeirReference, Part, Relation, Stage, Step,
    Why, clock,
};
use payung_domain::claims::{Document, OTHER_DOCUMENT};
use payung_domain::ids::{ClaimId, DocumentId, PersonId, StaffId};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::{Programmes, keys};
use payung_domain::staff::acts::Hand;
use payung_domain::staff::looks::NoReason;
use payung_domain::staff::{Officer, Role};
use payung_flows::heirs::Standing;
use payung_flows::staff::heirs::{Happened, Paper, Row, Shown, WishProblem};
use payung_web::desk::Me;
use payung_web::desk::heir_document::HeirDocument;
use payung_web::desk::heir_open::{HeirOpen, HeirPaper, Typed, why_words};
use payung_web::desk::heirs::{HeirClaims, OneHeirClaim};
use payung_web::page::{Problem, Problems};
use payung_web::pages::claims::document::ClaimDocument;
use payung_web::pages::claims::follow::{FollowClaim, Found};
use uuid::Uuid;

use crate::samples::{Kind as Weight, Shelf, now};

const RECORD: &str = "/records/00000000000000000000000000000000";
const HERE: &str = "/heirs/00000000000000000000000000000001";
const TODAY: Date = date(2026, 8, 17);

fn me() -> Me {
    Me { name: "lestari".to_owned(), role: Role::Supervisor }
}

fn reference() -> HeirReference {
    HeirReference::parse("KLW-7F3K-29QD").expect("a reference")
}

pub(crate) fn claim(stage: Stage) -> HeirClaim {
    let officer = StaffId(Uuid::from_u128(7));
    let is_complete = !matches!(stage, Stage::Opened | Stage::Refused);
    let is_approved = matches!(stage, Stage::Approved | Stage::Paid);
    HeirClaim {
        id: ClaimId(Uuid::from_u128(1)),
        reference: reference(),
        person: PersonId(Uuid::from_u128(3)),
        stage,
        died_on: date(2026, 8, 3),
        relation: Relation::SpouseOrChild,
        heir: Heir {
            name: "Budi Santosa".to_owned(),
            email: Some("budi@keluarga.example".to_owned()),
            phone: Some("+628000000009".to_owned()),
            bank: Bank {
                bank: "Bank Contoh".to_owned(),
                number: "1234567890".to_owned(),
                owner: "Budi Santosa".to_owned(),
            },
        },
        opened_by: Hand { id: officer, name: Officer::parse("lestari").expect("a name") },
        opened_at: now(),
        completed_by: is_complete.then_some(officer),
        complete_at: is_complete.then(now),
        approved_by: is_approved.then_some(StaffId(Uuid::from_u128(8))),
        approved_at: is_approved.then(now),
        closed_at: stage.is_over().then(now),
        paid: (stage == Stage::Paid).then_some(Rupiah::new(42_000_000)),
    }
}

/// Every page of claims of heirs, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    let programmes = Programmes::shipped().expect("the shipped rules read");
    opening(shelf);
    lists(shelf, &programmes);
    one(shelf, &programmes);
    papers(shelf);
    following(shelf, &programmes);
}

fn typed() -> Typed {
    Typed {
        day: "3".to_owned(),
        month: "8".to_owned(),
        year: "2026".to_owned(),
        relation: Some(Relation::SpouseOrChild),
        name: "Budi Santosa".to_owned(),
        email: "budi@keluarga.example".to_owned(),
        phone: String::new(),
        bank: "Bank Contoh".to_owned(),
        number: "1234567890".to_owned(),
        reason: "Suami datang membawa akta kematian".to_owned(),
    }
}

fn opening(shelf: &mut Shelf) {
    let place = format!("{RECORD}/heirs");
    let page = |shelf: &Shelf, typed, refusal, problems| HeirOpen {
        f: shelf.member_frame(&place),
        me: Some(me()),
        record: RECORD.to_owned(),
        typed,
        refusal,
        problems,
    };
    let fresh = page(shelf, Typed::default(), None, Problems::default());
    shelf.add("desk-heir-open", Weight::Member, &fresh);
    let f = shelf.member_frame(&place);
    for (number, problems) in (1..).zip([
        vec![
            WishProblem::Day,
            WishProblem::Relation,
            WishProblem::Heir(HeirProblem::Name),
            WishProblem::Heir(HeirProblem::NoContact),
            WishProblem::Heir(HeirProblem::Bank),
            WishProblem::Heir(HeirProblem::Number),
            WishProblem::Reason(NoReason::Short),
        ],
        vec![
            WishProblem::Heir(HeirProblem::Email),
            WishProblem::Heir(HeirProblem::Phone),
            WishProblem::Reason(NoReason::Long),
        ],
    ]) {
        let problems = problems.into_iter().map(|one| HeirOpen::says(&f, one)).collect();
        let page = page(shelf, typed(), None, problems);
        shelf.add(&format!("desk-heir-open-wrong-{number}"), Weight::Member, &page);
    }
    let stale = Problems(vec![Problem { field: "heir_name", text: f.t("desk-stale") }]);
    let old = page(shelf, typed(), None, stale);
    shelf.add("desk-heir-open-stale", Weight::Member, &old);
    for (number, why) in (1..).zip([
        Why::Refused(Refused::TooLarge),
        Why::DayToCome,
        Why::BeforeBirth,
        Why::NotCovered(Cover::EmployerFirst(4)),
        Why::PaidBefore,
    ]) {
        let refusal = why_words(&f, &why);
        let page = page(shelf, typed(), Some(refusal), Problems::default());
        shelf.add(&format!("desk-heir-open-refused-{number}"), Weight::Member, &page);
    }
    let code = FollowCode::parse("IKT-7F3K-29QD-0M4T-ZC8W-7F3K-29QD-0M4T").expect("a code");
    let paper = HeirPaper {
        f: shelf.member_frame(HERE),
        me: Some(me()),
        claim: HERE.to_owned(),
        paper: Paper { id: ClaimId(Uuid::from_u128(1)), reference: reference(), code },
        domain: "masuk.payung.example".to_owned(),
    };
    shelf.add("desk-heir-paper", Weight::Member, &paper);
}

fn lists(shelf: &mut Shelf, programmes: &Programmes) {
    let none = HeirClaims::of(shelf.member_frame("/heirs"), me(), &[], TODAY);
    shelf.add("desk-heirs-none", Weight::Member, &none);
    let row = |stage: Stage| Row {
        claim: claim(stage),
        clock: stage.runs().then(|| clock(programmes, date(2026, 8, 3))).flatten(),
    };
    let open = [Stage::Opened, Stage::Complete, Stage::Approved].map(row);
    let page = HeirClaims::of(shelf.member_frame("/heirs"), me(), &open, TODAY);
    shelf.add("desk-heirs", Weight::Member, &page);
}

fn happened(step: Step) -> Happened {
    Happened {
        id: Uuid::from_u128(1),
        at: now(),
        step,
        officer: (step != Step::Object).then(|| "lestari".to_owned()),
        words: if step == Step::Refuse { "Akta tidak terbaca".to_owned() } else { String::new() },
    }
}

fn right(programmes: &Programmes, rest_after_arrears: bool) -> Entitled<'_> {
    let (_, rule) = programmes.list(keys::JKM_DOCUMENTS, TODAY).expect("a rule");
    let parts = vec![
        (Part::LumpSum, Rupiah::new(20_000_000)),
        (Part::Periodic, Rupiah::new(12_000_000)),
        (Part::Funeral, Rupiah::new(10_000_000)),
    ];
    Entitled { parts, sum: Rupiah::new(42_000_000), rest_after_arrears, rules: vec![rule] }
}

fn shown(programmes: &Programmes, stage: Stage) -> Shown<'_> {
    let document = Document {
        id: DocumentId(Uuid::from_u128(1)),
        slot: "death-certificate".to_owned(),
        kind: FileKind::Jpeg,
        size: 318_000,
        added_at: now(),
    };
    let claim = claim(stage);
    let runs = stage.runs();
    Shown {
        name: "Siti Rahayu".to_owned(),
        nik: "••••••••••••0003".to_owned(),
        kpj: vec!["•••••••0001".to_owned()],
        is_told: stage != Stage::Opened,
        last_sign_in: (stage == Stage::Complete).then(now),
        paid_for_after: Month::new(2026, 8).filter(|_| stage == Stage::Complete),
        documents: if stage == Stage::Refused { Vec::new() } else { vec![document] },
        events: Step::ALL.iter().copied().map(happened).collect(),
        required: claim.documents(programmes),
        right: match stage {
            Stage::Approved => Err(Why::NotCovered(Cover::NotWorking)),
            _ => Ok(right(programmes, stage == Stage::Complete)),
        },
        clock: runs.then(|| clock(programmes, date(2026, 8, 3))).flatten(),
        owed: runs.then_some(Rupiah::new(2_940_000)),
        is_second: stage != Stage::Complete,
        claim,
    }
}

fn one(shelf: &mut Shelf, programmes: &Programmes) {
    for stage in Stage::ALL.iter().copied() {
        let shown = shown(programmes, stage);
        let page = OneHeirClaim::of(shelf.member_frame(HERE), me(), &shown, TODAY);
        shelf.add(&format!("desk-heir-claim-{}", stage.name()), Weight::Member, &page);
    }
    let f = shelf.member_frame(HERE);
    let waits = f.t1("heirs-waits", "time", f.date_time(&now().plus(Duration::from_hours(72))));
    let others = [
        "desk-claim-deed",
        "desk-claim-too-late",
        "heirs-same",
        "heirs-void",
        "heirs-missing",
        "desk-claim-words",
        "desk-claim-no-right",
        "desk-stale",
    ];
    let texts = others.iter().map(|key| f.t(key)).chain([waits]);
    for (number, text) in (1..).zip(texts.collect::<Vec<_>>()) {
        let problems = Problems(vec![Problem { field: "words", text }]);
        let shown = shown(programmes, Stage::Complete);
        let page = OneHeirClaim::of(shelf.member_frame(HERE), me(), &shown, TODAY);
        let page = OneHeirClaim { problems, words: "Sudah dicocokkan".to_owned(), ..page };
        shelf.add(&format!("desk-heir-claim-wrong-{number}"), Weight::Member, &page);
    }
}

fn papers(shelf: &mut Shelf) {
    let problems = [None, Some(NotADocument::Empty), Some(NotADocument::TooLarge)];
    for (number, problem) in (1..).zip(problems) {
        let slot = if number == 1 { "death-certificate" } else { OTHER_DOCUMENT };
        let f = shelf.member_frame(&format!("{HERE}/papers/{slot}"));
        let problems = problem.into_iter().map(|one| ClaimDocument::says(&f, slot, one)).collect();
        let (claim, slot) = (HERE.to_owned(), slot.to_owned());
        let page = HeirDocument { f, me: Some(me()), claim, slot, problems };
        shelf.add(&format!("desk-heir-document-{number}"), Weight::Member, &page);
    }
}

fn standing(programmes: &Programmes, stage: Stage) -> Standing<'_> {
    let claim = claim(stage);
    let (required, _) = claim.documents(programmes);
    Standing {
        reference: claim.reference.clone(),
        stage,
        opened_at: claim.opened_at,
        missing: if stage == Stage::Opened { required } else { Vec::new() },
        clock: stage.runs().then(|| clock(programmes, date(2026, 8, 3))).flatten(),
        owed: stage.runs().then_some(Rupiah::new(2_940_000)),
        pays_from: claim.pays_from().filter(|_| stage == Stage::Approved),
        closed_at: claim.closed_at,
    }
}

fn following(shelf: &mut Shelf, programmes: &Programmes) {
    let place = "/claims/follow";
    let problem = |text| Problems(vec![Problem { field: "reference", text }]);
    let f = shelf.frame(place);
    for (name, problems) in [
        ("", Problems::default()),
        ("-empty", problem(f.t("heirs-follow-empty"))),
        ("-wrong", problem(f.t("heirs-follow-wrong"))),
        ("-stale", problem(f.t("stale"))),
    ] {
        let reference = if name.is_empty() { "" } else { "KLW-7F3K-29QD" }.to_owned();
        let page = FollowClaim { f: shelf.frame(place), reference, found: None, problems };
        shelf.add(&format!("heirs-follow{name}"), Weight::Public, &page);
    }
    for stage in Stage::ALL.iter().copied() {
        let standing = standing(programmes, stage);
        let found = Some(Found::of(&f, &standing, TODAY));
        let (f, reference) = (shelf.frame(place), standing.reference.to_string());
        let page = FollowClaim { f, reference, found, problems: Problems::default() };
        shelf.add(&format!("heirs-follow-{}", stage.name()), Weight::Public, &page);
    }
}
