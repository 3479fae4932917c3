//! The pages of claims, for members and at the desk, with invented people.

use std::time::Duration;

use jiff::civil::{Date, date};
use payung_domain::benefits::{Condition, Refused, tax};
use payung_domain::claims::bank::{Bank, BankProblem};
use payung_domain::claims::clock::clock;
use payung_domain::claims::entitlement::{Entitled, NotEntitled, Payable, Why};
use payung_domain::claims::files::{FileKind, NotADocument};
use payung_domain::claims::{
    Claim, ClaimReference, Document, Happened, Kind, OTHER_DOCUMENT, Sole, Stage, Step,
};
use payung_domain::ids::{AccountId, ClaimId, DocumentId, MembershipId, PersonId};
use payung_domain::money::Rupiah;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::{Citation, Programmes, keys};
use payung_domain::staff::Role;
use payung_flows::claims::View;
use payung_flows::claims::desk::{Row, Shown};
use payung_web::desk::Me;
use payung_web::desk::claims::{DeskClaim, DeskClaims};
use payung_web::page::{Problem, Problems};
use payung_web::pages::claims::Refusal;
use payung_web::pages::claims::account::ClaimAccount;
use payung_web::pages::claims::check::CheckClaim;
use payung_web::pages::claims::document::ClaimDocument;
use payung_web::pages::claims::list::Claims;
use payung_web::pages::claims::new::{NewClaim, Typed};
use payung_web::pages::claims::one::OneClaim;
use uuid::Uuid;

use crate::samples::{Kind as Weight, Shelf, now};

const HERE: &str = "/claims/00000000000000000000000000000001";
const TODAY: Date = date(2026, 8, 17);

fn claim(kind: Kind, stage: Stage) -> Claim {
    let bank = Bank {
        bank: "Bank Contoh".to_owned(),
        number: "1234567890".to_owned(),
        owner: "Siti Rahayu".to_owned(),
    };
    Claim {
        id: ClaimId(Uuid::from_u128(1)),
        reference: ClaimReference::parse("KLM-7F3K-29QD").expect("a reference"),
        account: AccountId(Uuid::from_u128(2)),
        person: PersonId(Uuid::from_u128(3)),
        kind,
        stage,
        event_on: kind.has_event().then_some(date(2026, 6, 30)),
        has_tax_number: true,
        bank: (stage != Stage::Draft).then_some((bank, now())),
        began_at: now(),
        complete_at: (stage != Stage::Draft).then_some(now()),
        closed_at: stage.is_over().then_some(now()),
        taken_by: None,
        proposed_by: None,
        paid: (stage == Stage::Paid).then_some((Rupiah::new(80_000_000), Rupiah::new(1_500_000))),
    }
}

fn happened(step: Step, words: &str) -> Happened {
    Happened {
        id: Uuid::from_u128(1),
        at: now(),
        step,
        officer: (!words.is_empty()).then(|| "lestari".to_owned()),
        words: words.to_owned(),
    }
}

fn paper() -> Document {
    Document {
        id: DocumentId(Uuid::from_u128(1)),
        slot: OTHER_DOCUMENT.to_owned(),
        kind: FileKind::Jpeg,
        size: 318_000,
        added_at: now(),
    }
}

fn payable() -> Payable {
    Payable {
        parts: vec![(MembershipId(Uuid::from_u128(1)), Rupiah::new(80_000_000))],
        gross: Rupiah::new(80_000_000),
        tax: Rupiah::new(1_500_000),
        net: Rupiah::new(78_500_000),
        is_final: true,
    }
}

/// A right to savings, or why there is none.
fn right(programmes: &Programmes, is_there: bool) -> Result<Entitled<'_>, NotEntitled<'_>> {
    let (_, rule) = programmes.count(keys::JHT_AGE, TODAY).expect("a rule");
    if is_there {
        return Ok(Entitled { payable: Some(payable()), rules: vec![rule] });
    }
    let why = Why::Refused(Refused::Condition(Condition::From(date(2027, 1, 2))));
    Err(NotEntitled { why, rules: vec![rule] })
}

/// The rules of the tax on what was paid.
fn withheld(programmes: &Programmes) -> Vec<Citation<'_>> {
    let parts = [(TODAY, payable().gross)];
    let taxed = tax::withheld(programmes, &parts, true).expect("a tax");
    taxed.into_iter().flat_map(|part| part.rules).collect()
}

fn view(programmes: &Programmes, kind: Kind, stage: Stage) -> View<'_> {
    let claim = claim(kind, stage);
    let runs = stage.runs().then(|| clock(programmes, kind, date(2026, 8, 3)));
    let words = "Kartu keluarga belum terbaca";
    let mut events = vec![happened(Step::Begin, ""), happened(Step::Send, "")];
    events.extend((stage == Stage::Asked).then(|| happened(Step::Ask, words)));
    events.extend((stage == Stage::Refused).then(|| happened(Step::Refuse, words)));
    View {
        documents: vec![paper()],
        events,
        required: kind.documents(programmes, TODAY),
        right: Some(right(programmes, kind == Kind::JhtAge)),
        tax: withheld(programmes),
        clock: runs.flatten(),
        payouts: match stage {
            Stage::Approved => Payouts::Closed,
            Stage::Sent => Payouts::OpensAt(now().plus(Duration::from_hours(12))),
            _ => Payouts::Open,
        },
        name: "Siti Rahayu".to_owned(),
        claim,
    }
}

/// Every page of claims, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    let programmes = Programmes::shipped().expect("the shipped rules read");
    lists(shelf, &programmes);
    forms(shelf, &programmes);
    at_the_desk(shelf, &programmes);
}

fn lists(shelf: &mut Shelf, programmes: &Programmes) {
    shelf.add("claims-none", Weight::Member, &Claims::of(shelf.member_frame("/claims"), &[]));
    let all: Vec<Claim> = Stage::ALL.iter().map(|stage| claim(Kind::JhtAge, *stage)).collect();
    shelf.add("claims", Weight::Member, &Claims::of(shelf.member_frame("/claims"), &all));
    for stage in Stage::ALL {
        let view = view(programmes, Kind::JhtAge, *stage);
        let page = OneClaim::of(shelf.member_frame(HERE), &view, TODAY, *stage == Stage::Sent);
        shelf.add(&format!("claim-{}", stage.name()), Weight::Member, &page);
    }
    for kind in Kind::ALL {
        let view = view(programmes, *kind, Stage::Draft);
        let page = OneClaim::of(shelf.member_frame(HERE), &view, TODAY, false);
        // The samples link to the papers of a resignation and to no others.
        if *kind != Kind::Jkk {
            shelf.add(&format!("claim-draft-{}", kind.name()), Weight::Member, &page);
        }
    }
}

fn forms(shelf: &mut Shelf, programmes: &Programmes) {
    for (name, field, key) in [
        ("claim-new", "", ""),
        ("claim-new-reason", "reason", "choose-reason"),
        ("claim-new-stale", "reason", "stale"),
        ("claim-new-day", "event_day", "claim-day-missing"),
        ("claim-new-day-to-come", "event_day", "claim-day-to-come"),
    ] {
        let f = shelf.member_frame("/claims/new");
        let problems =
            (!key.is_empty()).then(|| Problem { field, text: f.t(key) }).into_iter().collect();
        let page = NewClaim { f, typed: Typed::default(), refusal: None, problems };
        shelf.add(name, Weight::Member, &page);
    }
    let reasons = [Why::StillWorking, Why::NothingSaved, Why::NoDay, Why::DayToCome];
    for (number, why) in (1..).zip(reasons) {
        let f = shelf.member_frame("/claims/new");
        let rules = right(programmes, true).map(|right| right.rules).unwrap_or_default();
        let refusal = Some(Refusal::of(&f, &NotEntitled { why, rules }));
        let typed = Typed { kind: Some(Kind::JhtResigned), ..Typed::default() };
        let page = NewClaim { f, typed, refusal, problems: Problems::default() };
        shelf.add(&format!("claim-refused-{number}"), Weight::Member, &page);
    }
    let problems = [BankProblem::Bank, BankProblem::Number, BankProblem::Owner];
    for (name, wrong) in [("claim-account", &[][..]), ("claim-account-wrong", &problems)] {
        let f = shelf.member_frame("/claims/00000000000000000000000000000001/account");
        let problems = wrong.iter().map(|one| ClaimAccount::says(&f, *one)).collect();
        let page = ClaimAccount {
            f,
            claim: HERE.to_owned(),
            bank: "Bank Contoh".to_owned(),
            owner: "Siti Rahayu".to_owned(),
            problems,
        };
        shelf.add(name, Weight::Member, &page);
    }
    papers(shelf);
    let sent = [
        ("claim-check", Kind::JhtAge, Stage::Asked, ""),
        ("claim-check-missing", Kind::JhtResigned, Stage::Draft, "claim-incomplete"),
        ("claim-check-tick", Kind::JhtAge, Stage::Asked, "confirm-tick"),
    ];
    for (name, kind, stage, key) in sent {
        let f = shelf.member_frame("/claims/00000000000000000000000000000001/send");
        let problem = (!key.is_empty()).then(|| Problem { field: "confirm", text: f.t(key) });
        let view = view(programmes, kind, stage);
        let page = CheckClaim::of(f, &view, problem.into_iter().collect());
        shelf.add(name, Weight::Member, &page);
    }
}

fn papers(shelf: &mut Shelf) {
    let problems = [
        None,
        Some(NotADocument::Empty),
        Some(NotADocument::TooLarge),
        Some(NotADocument::Kind),
        Some(NotADocument::Unreadable),
        Some(NotADocument::Pixels),
        Some(NotADocument::Active),
    ];
    for (number, problem) in (1..).zip(problems) {
        let slot = if number == 1 { "resignation-statement" } else { OTHER_DOCUMENT };
        let f = shelf.member_frame(&format!("{HERE}/documents/{slot}"));
        let problems = problem.into_iter().map(|one| ClaimDocument::says(&f, slot, one)).collect();
        let page = ClaimDocument { f, claim: HERE.to_owned(), slot: slot.to_owned(), problems };
        shelf.add(&format!("claim-document-{number}"), Weight::Member, &page);
    }
    let f = shelf.member_frame(&format!("{HERE}/documents/{OTHER_DOCUMENT}"));
    let text = f.t1("file-many", "n", 12_u32);
    let problems = Problems(vec![Problem { field: "file", text }]);
    let (claim, slot) = (HERE.to_owned(), OTHER_DOCUMENT.to_owned());
    let page = ClaimDocument { f, claim, slot, problems };
    shelf.add("claim-document-many", Weight::Member, &page);
}

fn me() -> Me {
    Me { name: "lestari".to_owned(), role: Role::Supervisor }
}

fn at_the_desk(shelf: &mut Shelf, programmes: &Programmes) {
    let none = DeskClaims::of(shelf.member_frame("/claims"), me(), &[], TODAY);
    shelf.add("desk-claims-none", Weight::Member, &none);
    let waiting: Vec<Row<'_>> = [Stage::Sent, Stage::InReview, Stage::Asked, Stage::Proposed]
        .map(|stage| {
            let runs = stage.runs().then(|| clock(programmes, Kind::JhtAge, date(2026, 8, 3)));
            Row { claim: claim(Kind::JhtAge, stage), clock: runs.flatten() }
        })
        .into();
    let page = DeskClaims::of(shelf.member_frame("/claims"), me(), &waiting, TODAY);
    shelf.add("desk-claims", Weight::Member, &page);
    for stage in Stage::ALL.iter().copied().filter(|stage| *stage != Stage::Draft) {
        let shown = shown(programmes, stage);
        let page = DeskClaim::of(shelf.member_frame(HERE), me(), &shown, TODAY);
        shelf.add(&format!("desk-claim-{}", stage.name()), Weight::Member, &page);
    }
    for (number, key) in (1..).zip([
        "desk-claim-deed",
        "desk-claim-too-late",
        "desk-claim-same",
        "desk-claim-words",
        "desk-claim-no-right",
        "desk-stale",
    ]) {
        let f = shelf.member_frame(HERE);
        let problems = Problems(vec![Problem { field: "words", text: f.t(key) }]);
        let page = DeskClaim::of(f, me(), &shown(programmes, Stage::InReview), TODAY);
        let page = DeskClaim { problems, words: "Sudah lengkap".to_owned(), ..page };
        shelf.add(&format!("desk-claim-wrong-{number}"), Weight::Member, &page);
    }
}

fn shown(programmes: &Programmes, stage: Stage) -> Shown<'_> {
    let View { claim, documents, events, required, clock, payouts, .. } =
        view(programmes, Kind::JhtAge, stage);
    Shown {
        name: "Siti Rahayu".to_owned(),
        nik: "••••••••••••0003".to_owned(),
        kpj: vec!["•••••••0001".to_owned()],
        documents: if stage == Stage::Sent { Vec::new() } else { documents },
        events,
        required,
        right: right(programmes, stage != Stage::Asked),
        clock,
        payouts,
        sole: match stage {
            Stage::InReview => Sole::TwoNeeded,
            Stage::Proposed => Sole::Same,
            _ => Sole::Enough,
        },
        alone_up_to: Rupiah::new(15_000_000),
        claim,
    }
}
