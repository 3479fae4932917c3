//! The pages of the support desk, with invented officers.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::ids::{LookId, PersonId, StaffId};
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{Act, Entry, Outcome};
use payung_domain::staff::looks::{Field, Kind as By, NoReason, Reason, Why};
use payung_domain::staff::source::{SessionMark, Source};
use payung_domain::staff::{Officer, Role, Staff};
use payung_flows::activity::View;
use payung_flows::staff::invitations::Welcome;
use payung_flows::staff::looks::{Look, Record as Found, Shown};
use payung_web::desk::audit::{Audit, acts, outcomes};
use payung_web::desk::confirm::StaffConfirm;
use payung_web::desk::join::Join;
use payung_web::desk::look_up::{LookUp, Typed};
use payung_web::desk::people::People;
use payung_web::desk::problem::DeskProblem;
use payung_web::desk::record::Record;
use payung_web::desk::sign_in::{KeyProblem, StaffSignIn, officers};
use payung_web::desk::sign_out::StaffSignOut;
use payung_web::desk::source_words::origins;
use payung_web::desk::unmask::Unmask;
use payung_web::desk::{Me, reason_problem};
use payung_web::page::{Problem, Problems};
use payung_web::pages::problems::problem::Obstacle;
use uuid::Uuid;

use crate::samples::{Kind, Shelf, challenge, now};

pub(crate) fn me(role: Role) -> Me {
    Me { name: "lestari".to_owned(), role }
}

fn staff(name: &str, role: Role) -> Staff {
    let name = Officer::parse(name).expect("a name");
    Staff { id: StaffId(Uuid::from_u128(1)), name, role, disabled_at: None }
}

pub(crate) fn reason() -> Reason {
    Reason { why: Why::Call, text: "Menanyakan iuran bulan Mei yang belum ada.".to_owned() }
}

/// What a member reads beside the lines of the activity sample that tell of staff.
pub(crate) fn views() -> Vec<(Uuid, View)> {
    let view = |field| View { officer: "lestari".to_owned(), reason: reason(), field };
    // The sample's lines are numbered; whichever of them these stand beside shows how they look.
    vec![(Uuid::from_u128(1), view(None)), (Uuid::from_u128(2), view(Some(Field::Phone)))]
}

/// Every page of the desk, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    doors(shelf);
    looking(shelf);
    watching(shelf);
    crate::case_samples::add(shelf);
}

fn doors(shelf: &mut Shelf) {
    for (name, problem) in [
        ("desk-sign-in", None),
        ("desk-sign-in-old", Some(KeyProblem::Old)),
        ("desk-sign-in-none", Some(KeyProblem::None)),
        ("desk-sign-in-not-verified", Some(KeyProblem::NotVerified)),
    ] {
        let f = shelf.frame("/sign-in?next=%2F");
        let problems = problem.iter().map(|problem| problem.says(&f)).collect();
        let demo = officers(&f);
        let next = "/".to_owned();
        let page = StaffSignIn { f, me: None, passkey: challenge(), next, demo, problems };
        shelf.add(name, Kind::Step, &page);
    }
    for (name, problem) in [("desk-confirm", None), ("desk-confirm-none", Some(KeyProblem::None))] {
        let f = shelf.member_frame("/confirm?next=%2Fstaff");
        let problems = problem.iter().map(|problem: &KeyProblem| problem.says(&f)).collect();
        let (me, next) = (Some(me(Role::Administrator)), "/staff".to_owned());
        let page = StaffConfirm { f, me, passkey: challenge(), next, problems };
        shelf.add(name, Kind::Member, &page);
    }
    for role in Role::ALL {
        let staff = staff("lestari", role);
        let welcome = Some(Welcome { staff, challenge: challenge() });
        let (f, problems) = (shelf.frame("/join"), Problems::default());
        let name = format!("desk-join-{}", role.name());
        shelf.add(&name, Kind::Step, &Join { f, me: None, welcome, problems });
    }
    let (f, problems) = (shelf.frame("/join"), Problems::default());
    shelf.add("desk-join-gone", Kind::Step, &Join { f, me: None, welcome: None, problems });
    let f = shelf.member_frame("/sign-out");
    shelf.add("desk-sign-out", Kind::Member, &StaffSignOut { f, me: Some(me(Role::Helpdesk)) });
    let f = shelf.frame("/look-up");
    let obstacle = Obstacle::NotAllowed("7F3K29QD01".to_owned());
    let page = DeskProblem { f, me: None, obstacle };
    shelf.add("desk-not-allowed", Kind::Public, &page);
    let (f, me) = (shelf.member_frame("/audit"), Some(me(Role::Helpdesk)));
    shelf.add("desk-not-allowed-role", Kind::Member, &DeskProblem { f, me, ..page });
}

fn looking(shelf: &mut Shelf) {
    let f = shelf.member_frame("/look-up");
    let page = LookUp {
        f,
        me: Some(me(Role::Helpdesk)),
        typed: Typed::default(),
        problems: Problems::default(),
    };
    shelf.add("desk-look-up", Kind::Member, &page);
    let f = shelf.member_frame("/look-up");
    let problems = vec![
        reason_problem(&f, NoReason::Nothing),
        reason_problem(&f, NoReason::Short),
        Problem { field: "kind", text: f.t("desk-kind-missing") },
        Problem { field: "query", text: f.t("desk-query-format") },
    ];
    let page = LookUp { f, problems: Problems(problems), ..page };
    shelf.add("desk-look-up-wrong", Kind::Member, &page);
    let f = shelf.member_frame("/look-up");
    let typed = Typed { why: Some(Why::Call), reason: reason().text, kind: Some(By::Email) };
    let problems = Problems(vec![Problem { field: "query", text: f.t("desk-nobody") }]);
    shelf.add("desk-look-up-nobody", Kind::Member, &LookUp { f, typed, problems, ..page });

    let f = shelf.member_frame("/records/00000000000000000000000000000000");
    let officer = me(Role::Helpdesk);
    shelf.add("desk-record", Kind::Member, &Record::of(f, officer, found()));
    for field in Field::ALL {
        let f = shelf.member_frame("/records/00000000000000000000000000000000/unmask");
        let problems = Problems(vec![reason_problem(&f, NoReason::Long)]);
        let page = Unmask {
            f,
            me: Some(me(Role::Helpdesk)),
            record: "/records/00000000000000000000000000000000".to_owned(),
            field: *field,
            reason: String::new(),
            problems,
        };
        shelf.add(&format!("desk-unmask-{}", field.name()), Kind::Member, &page);
    }
}

fn found() -> Found {
    let until = now().plus(Duration::from_mins(5));
    let masked = |text: &str| Shown::Masked(text.to_owned());
    Found {
        look: Look {
            id: LookId(Uuid::nil()),
            staff: StaffId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            reason: reason(),
            looked_at: now(),
            expires_at: now().plus(Duration::from_mins(30)),
        },
        name: "Siti Rahayu".to_owned(),
        has_account: true,
        fields: vec![
            (Field::Nik, Shown::Text("0001015407900003".to_owned(), until)),
            (Field::Kpj, masked("•••••••0001")),
            (Field::BirthDate, Shown::Day(date(1990, 7, 14), until)),
            (Field::Address, masked("••••, Kota Contoh, Contoh")),
            (Field::Email, masked("s••••@p••••.example")),
            (Field::Phone, Shown::Nothing),
        ],
        cases: vec![crate::case_samples::case()],
    }
}

/// Every kind of place that an act comes from, one after the other.
fn source(number: u32) -> Source {
    let network = "203.0.113.*".to_owned();
    match number % 6 {
        0 => Source::Desk { network, session: Some(SessionMark::of(&[0xa7; 32])) },
        1 => Source::Desk { network, session: None },
        2 => Source::CommandLine,
        3 => Source::Member,
        4 => Source::Program,
        _ => Source::Unsaid,
    }
}

fn watching(shelf: &mut Shelf) {
    let entry = |(number, act): (u32, &Act)| Entry {
        mark: Mark {
            at: now().minus(Duration::from_mins(u64::from(number))),
            id: Uuid::from_u128(u128::from(number)),
        },
        staff: Some(StaffId(Uuid::from_u128(1))),
        officer: "lestari".to_owned(),
        role: Role::Helpdesk.name().to_owned(),
        source: source(number),
        act: *act,
        outcome: Outcome::ALL[number as usize % Outcome::ALL.len()],
        person: number.is_multiple_of(2).then(|| PersonId(Uuid::from_u128(2))),
        detail: ["", "nik", "bayu"][number as usize % 3].to_owned(),
        reason: if number.is_multiple_of(2) { reason().text } else { String::new() },
    };
    let f = shelf.member_frame("/audit?officer=lestari");
    let page = Audit {
        officer: "lestari".to_owned(),
        acts: acts(&f, Some(Act::LookedUp)),
        outcomes: outcomes(&f, None),
        about: "3f2a9c1e".to_owned(),
        origins: origins(&f, None),
        place: ("203.0.113.*".to_owned(), "a7a7a7a7".to_owned()),
        days: ("2026-07-01".to_owned(), "2026-07-31".to_owned()),
        chosen: ("looked-up".to_owned(), String::new(), String::new()),
        chain: crate::desk_service_samples::chain(&f, None),
        lines: (0..).zip(Act::ALL).map(entry).collect(),
        older: Some("/audit?officer=lestari&before=1.2".to_owned()),
        may_take: true,
        reason: String::new(),
        problems: Problems::default(),
        me: Some(me(Role::Auditor)),
        f,
    };
    shelf.add("desk-audit", Kind::Member, &page);
    let f = shelf.member_frame("/audit?");
    let order = Problem { field: "until", text: f.t("desk-range-order") };
    let problems = Problems(vec![order, reason_problem(&f, NoReason::Short)]);
    let page = Audit { f, lines: Vec::new(), older: None, problems, ..page };
    shelf.add("desk-audit-empty", Kind::Member, &page);
    let f = shelf.member_frame("/staff");
    let out = Staff { disabled_at: Some(now()), ..staff("bayu", Role::Supervisor) };
    let problems = Problems(vec![Problem { field: "name", text: f.t("desk-people-own") }]);
    let page = People {
        f,
        me: Some(me(Role::Administrator)),
        staff: vec![out, staff("lestari", Role::Helpdesk)],
        name: "lestari".to_owned(),
        reason: String::new(),
        problems,
    };
    shelf.add("desk-people-own", Kind::Member, &page);
    let f = shelf.member_frame("/staff");
    let page = People { f, name: String::new(), problems: Problems::default(), ..page };
    shelf.add("desk-people", Kind::Member, &page);
}
