//! The queue, a case in each of its states, and the page on which members contest what staff did.

use std::time::Duration;

use payung_domain::activity::{Event, Line as Activity};
use payung_domain::corrections::{Correction, CorrectionReference, Stage, Subject};
use payung_domain::ids::{CaseId, Kpj, MembershipId, PersonId, StaffId};
use payung_domain::ledger::PostingKind;
use payung_domain::marks::Mark;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::recoveries::{End, State as Recovered};
use payung_domain::staff::Role;
use payung_domain::staff::cases::{
    Actor, Age, Case, CaseReference, Closing, Entry, Kind as About, Linked, NoNote, NotDone,
    Standing, State, THREE_DAYS, What, Whose,
};
use payung_domain::staff::looks::Field;
use payung_domain::transactions::{Moved, Outcome, Report, ReportReference, Spot};
use payung_flows::activity::View;
use payung_flows::staff::cases::contests::{Contestable, Contested};
use payung_flows::staff::cases::queue::{Choice as Wanted, Given, Part, Row};
use payung_flows::staff::cases::work::{About as Shows, Shown, Steps};
use payung_flows::staff::looks::{Masked, Shown as Value};
use payung_web::desk::case::{CasePage, Typed};
use payung_web::desk::case_words::{note_problem, refusal};
use payung_web::desk::new_case::NewCase;
use payung_web::desk::queue::Queue;
use payung_web::page::{Problem, Problems};
use payung_web::pages::activity::contest::{Contest, problem};
use uuid::Uuid;

use crate::desk_samples::{me, reason};
use crate::samples::{Kind, Shelf, now};

const PLACE: &str = "/cases/KSS-7F3K-29QD";

fn lestari() -> StaffId {
    StaffId(Uuid::from_u128(1))
}

fn bayu() -> StaffId {
    StaffId(Uuid::from_u128(2))
}

/// A case that nobody has.
pub(crate) fn case() -> Case {
    Case {
        id: CaseId(Uuid::nil()),
        reference: CaseReference::parse("KSS-7F3K-29QD").expect("a number"),
        kind: About::Contested,
        account: None,
        person: Some(PersonId(Uuid::from_u128(2))),
        about: None,
        linked: Linked::Nothing,
        opened_at: now().minus(Duration::from_hours(5)),
        due_at: now().minus(Duration::from_hours(5)).plus(THREE_DAYS),
        state: State::Open,
        version: 1,
    }
}

/// Every page about cases, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    queue(shelf);
    cases(shelf);
    of_corrections(shelf);
    troubles(shelf);
    new_case(shelf);
    contest(shelf);
}

fn queue(shelf: &mut Shelf) {
    let states = [
        State::Open,
        State::Taken(lestari()),
        State::Waiting(bayu()),
        State::Closed { by: Some(bayu()), outcome: Closing::Helped, at: now() },
    ];
    let row = |(number, kind): (usize, &About)| {
        let state = states[number % states.len()];
        let due_at = now().plus(Duration::from_hours(30)).minus(Duration::from_hours(24 * 3));
        let due_at = due_at.plus(Duration::from_hours(48 * u64::try_from(number).unwrap_or(0)));
        let last = ["D", "E", "F", "G", "H"][number % 5];
        let reference = CaseReference::parse(&format!("KSS-7F3K-29Q{last}")).expect("a number");
        let case = Case { reference, kind: *kind, state, due_at, ..case() };
        let holder = state.holder().map(|_| "lestari".to_owned());
        Row { holder, is_overdue: case.is_overdue(now()), case }
    };
    let part = Part {
        rows: (0..).zip(About::ALL).map(row).collect(),
        next: Some(Mark { at: now(), id: Uuid::nil() }),
        colleagues: vec!["bayu".to_owned(), "lestari".to_owned()],
    };
    let wanted = Wanted {
        whose: Some(Whose::Own),
        kind: Some(About::Question),
        standing: Some(Standing::Taken),
        age: Some(Age::Day),
    };
    let before = Some(Mark { at: now(), id: Uuid::nil() });
    let f = shelf.member_frame("/queue?");
    let leader = me(Role::Supervisor);
    let page = Queue::of(f, leader, (&wanted, before), &part, now());
    shelf.add("desk-queue", Kind::Member, &page);
    let given = Some(Given { done: 2, not_done: 1 });
    let page = Queue { given, ..page };
    shelf.add("desk-queue-given", Kind::Member, &page);
    let problem = Problem { field: "officer", text: page.f.t("desk-case-hand-missing") };
    let page = Queue { given: None, problems: Problems(vec![problem]), ..page };
    shelf.add("desk-queue-nobody", Kind::Member, &page);
    let f = shelf.member_frame("/queue?");
    let auditor = me(Role::Auditor);
    let nothing = Part { rows: Vec::new(), next: None, colleagues: Vec::new() };
    let page = Queue::of(f, auditor, (&Wanted::default(), None), &nothing, now());
    shelf.add("desk-queue-empty", Kind::Member, &page);
}

fn entry(number: u32, what: What, detail: &str, text: &str) -> Entry {
    Entry {
        mark: Mark { at: now(), id: Uuid::from_u128(u128::from(number)) },
        what,
        author: if what == What::Opened { String::new() } else { "lestari".to_owned() },
        detail: detail.to_owned(),
        version: number,
        text: text.to_owned(),
    }
}

fn entries() -> Vec<Entry> {
    vec![
        entry(1, What::Opened, "", "Saya tidak pernah menelepon.\nSiapa yang membuka data saya?"),
        entry(2, What::Taken, "", ""),
        entry(3, What::Noted, "", "Rekaman telepon diminta."),
        entry(4, What::Waits, "", ""),
        entry(5, What::Resumed, "", ""),
        entry(6, What::HandedOver, "bayu", ""),
        entry(7, What::Returned, "", ""),
        entry(8, What::Closed, "explained", "Rekaman telepon ada."),
    ]
}

fn masked() -> Masked {
    let text = |text: &str| Value::Masked(text.to_owned());
    Masked {
        name: "Siti Rahayu".to_owned(),
        has_account: true,
        fields: vec![(Field::Nik, text("••••••••••••0003")), (Field::Phone, Value::Nothing)],
    }
}

fn shown(state: State, about: Shows, role: Role) -> Shown {
    let case = Case { state, ..case() };
    let assigns = role == Role::Supervisor;
    let actor = (role != Role::Auditor).then_some(Actor { staff: lestari(), assigns });
    let is_mine = [State::Taken(lestari()), State::Waiting(lestari())].contains(&state);
    Shown {
        holder: state.holder().map(|_| "lestari".to_owned()),
        is_overdue: false,
        entries: entries(),
        about,
        member: is_mine.then(masked),
        draft: is_mine.then(|| "Setengah catatan".to_owned()),
        steps: Steps::of(&case, actor, now()),
        colleagues: vec!["bayu".to_owned(), "citra".to_owned()],
        seen_at: now(),
        case,
    }
}

fn page(
    shelf: &mut Shelf,
    name: &str,
    (role, shown): (Role, Shown),
    (typed, missed): (Typed, Option<u32>),
    problem: Option<(&'static str, String)>,
) {
    let f = shelf.member_frame(PLACE);
    let officer = me(role);
    let problem = problem.map(|(field, text)| Problem { field, text });
    let page = CasePage::of(f, officer, shown, (typed, missed), problem);
    shelf.add(name, Kind::Member, &page);
}

fn cases(shelf: &mut Shelf) {
    let closed = |outcome| State::Closed { by: Some(lestari()), outcome, at: now() };
    let reference = || "PLH-7F3K-29QD".to_owned();
    let line = Activity { at: now(), event: Event::StaffOpened, device: String::new() };
    let view = View { officer: "bayu".to_owned(), reason: reason(), field: None };
    let waiting = Recovered::Waiting { until: now().plus(THREE_DAYS), is_proved: false };
    let mine = State::Taken(lestari());
    for (name, role, state, about) in [
        ("open", Role::Helpdesk, State::Open, Shows::Activity(Some(line), Some(view))),
        ("mine", Role::Helpdesk, mine, Shows::Recovery(reference(), Some(waiting))),
        (
            "waiting",
            Role::Verifier,
            State::Waiting(lestari()),
            Shows::Recovery(reference(), Some(Recovered::Unproved)),
        ),
        (
            "others",
            Role::Supervisor,
            State::Taken(bayu()),
            Shows::Recovery(reference(), Some(Recovered::Ready)),
        ),
        (
            "helped",
            Role::Auditor,
            closed(Closing::Helped),
            Shows::Recovery(reference(), Some(Recovered::Over(End::Stopped, now()))),
        ),
        ("explained", Role::Helpdesk, closed(Closing::Explained), Shows::Nothing),
        ("corrected", Role::Helpdesk, closed(Closing::Corrected), report(None)),
        (
            "refused",
            Role::Helpdesk,
            closed(Closing::Refused),
            report(Some((now(), Outcome::Explained))),
        ),
        (
            "withdrawn",
            Role::Helpdesk,
            closed(Closing::Withdrawn),
            Shows::Report("LPR-7F3K-29QD".to_owned(), None),
        ),
    ] {
        let name = format!("desk-case-{name}");
        page(shelf, &name, (role, shown(state, about, role)), (Typed::default(), None), None);
    }
    let nobodys = shown(State::Open, Shows::Recovery(reference(), None), Role::Helpdesk);
    let nobodys = Shown { case: Case { person: None, ..nobodys.case }, ..nobodys };
    page(shelf, "desk-case-nobody", (Role::Helpdesk, nobodys), (Typed::default(), None), None);
}

/// The cases of requests to put a record right, for whoever may open the correction and for whoever may
/// not.
fn of_corrections(shelf: &mut Shelf) {
    let reference = CorrectionReference::parse("KOR-7F3K-29QD").expect("a number");
    let correction = Correction {
        id: Uuid::nil(),
        reference: reference.clone(),
        person: PersonId(Uuid::from_u128(2)),
        subject: Subject::Person,
        stage: Stage::Asked,
        version: 1,
        proposed_by: None,
        asked_at: now(),
        changed_at: now(),
    };
    let mine = State::Taken(lestari());
    let over = State::Closed { by: Some(lestari()), outcome: Closing::Corrected, at: now() };
    for (name, role, state, stage) in [
        ("mine", Role::Helpdesk, mine, Some(Stage::Proposed)),
        ("audited", Role::Auditor, State::Open, Some(Stage::Asked)),
        ("over", Role::Supervisor, over, Some(Stage::InEffect)),
        ("gone", Role::Helpdesk, State::Open, None),
    ] {
        let kept = stage.map(|stage| Box::new(Correction { stage, ..correction.clone() }));
        let about = Shows::Correction(reference.to_string(), kept);
        let shown = shown(state, about, role);
        let linked = Linked::Correction(reference.clone());
        let case = Case { kind: About::Correction, linked, ..shown.case };
        let assigns = role == Role::Supervisor;
        let actor = (role != Role::Auditor).then_some(Actor { staff: lestari(), assigns });
        let steps = Steps::of(&case, actor, now());
        let shown = Shown { case, steps, ..shown };
        let name = format!("desk-case-correction-{name}");
        page(shelf, &name, (role, shown), (Typed::default(), None), None);
    }
}

fn report(closed: Option<(payung_domain::time::Instant, Outcome)>) -> Shows {
    let spot = Spot {
        day: jiff::civil::date(2026, 7, 14),
        kpj: Kpj::parse("90000000001").expect("a number"),
        programme: Programme::Jht,
        number: 7,
        payer: Uuid::nil(),
    };
    let row = Moved {
        spot,
        membership: MembershipId(Uuid::nil()),
        kind: PostingKind::Payout,
        month: Month::new(2026, 7).expect("a month"),
        amount: Rupiah::new(-400_000),
        balance: None,
        paid_by: None,
    };
    let report = Report {
        id: Uuid::nil(),
        reference: ReportReference::parse("LPR-7F3K-29QD").expect("a number"),
        account: payung_domain::ids::AccountId(Uuid::nil()),
        row,
        device: "Chrome, Android".to_owned(),
        reported_at: now(),
        closed,
    };
    Shows::Report(report.reference.to_string(), Some(Box::new(report)))
}

fn troubles(shelf: &mut Shelf) {
    let f = shelf.member_frame(PLACE);
    let mine = || (Role::Helpdesk, shown(State::Taken(lestari()), Shows::Nothing, Role::Helpdesk));
    let others = || (Role::Helpdesk, shown(State::Taken(bayu()), Shows::Nothing, Role::Helpdesk));
    let typed = Typed {
        act: "note".to_owned(),
        version: 2,
        note: "Rekaman telepon ada.".to_owned(),
        officer: "bayu".to_owned(),
        outcome: Some(Closing::Explained),
        closing: "Sudah dijelaskan.".to_owned(),
    };
    let with = |typed: &Typed, missed| (typed.clone(), missed);
    let changed = Some(("note", f.t("changed")));
    page(shelf, "desk-case-changed", others(), with(&typed, Some(2)), changed);
    let over = State::Closed { by: None, outcome: Closing::Withdrawn, at: now() };
    let over = (Role::Helpdesk, shown(over, Shows::Nothing, Role::Helpdesk));
    let bare = Typed { note: String::new(), ..typed.clone() };
    let changed = Some(("closing", f.t("changed")));
    page(shelf, "desk-case-changed-over", over, with(&bare, Some(7)), changed);
    for why in [NoNote::Empty, NoNote::Long] {
        let problem = Some(("note", note_problem(&f, why)));
        let name =
            format!("desk-case-note-{}", if why == NoNote::Empty { "empty" } else { "long" });
        page(shelf, &name, mine(), with(&typed, None), problem);
    }
    for (name, why) in [
        ("own", NotDone::Own),
        ("taken", NotDone::Taken),
        ("not-yours", NotDone::NotYours),
        ("already", NotDone::Already),
        ("over", NotDone::Closed),
        ("unfit", NotDone::Unfit),
        ("undecided", NotDone::Undecided),
    ] {
        let problem = Some(("officer", refusal(&f, why)));
        page(shelf, &format!("desk-case-not-{name}"), mine(), with(&typed, None), problem);
    }
    let problem = Some(("outcome", f.t("desk-case-close-missing")));
    page(shelf, "desk-case-close-missing", mine(), with(&typed, None), problem);
    let problem = Some(("closing", note_problem(&f, NoNote::Empty)));
    page(shelf, "desk-case-closing-empty", mine(), with(&typed, None), problem);
}

fn new_case(shelf: &mut Shelf) {
    let place = "/records/00000000000000000000000000000000";
    let page = NewCase {
        f: shelf.member_frame(&format!("{place}/case")),
        me: Some(me(Role::Helpdesk)),
        record: place.to_owned(),
        kind: Some(About::Correction),
        note: String::new(),
        problems: Problems::default(),
    };
    shelf.add("desk-new-case", Kind::Member, &page);
    let f = shelf.member_frame(&format!("{place}/case"));
    let problems = Problems(vec![
        Problem { field: "kind", text: f.t("desk-new-case-missing") },
        Problem { field: "note", text: note_problem(&f, NoNote::Empty) },
    ]);
    let page = NewCase { f, kind: None, problems, ..page };
    shelf.add("desk-new-case-wrong", Kind::Member, &page);
}

fn contest(shelf: &mut Shelf) {
    let mark = Mark { at: now(), id: Uuid::nil() };
    let line = Activity { at: now(), event: Event::StaffUnmasked, device: String::new() };
    let view = View { officer: "lestari".to_owned(), reason: reason(), field: Some(Field::Phone) };
    let found = Contestable { line, view: Some(view), case: None };
    for (name, why) in [
        ("contest", None),
        ("contest-empty", Some(NoNote::Empty)),
        ("contest-long", Some(NoNote::Long)),
    ] {
        let f = shelf.member_frame("/activity/contest?line=1.2");
        let problems: Problems = why.iter().map(|why| problem(&f, *why)).collect();
        let (found, reason) = (found.clone(), String::new());
        shelf.add(name, Kind::Member, &Contest { f, mark, found, reason, problems });
    }
    for (name, closed) in
        [("contest-done", None), ("contest-closed", Some((Closing::Corrected, now())))]
    {
        let contested = Contested { reference: case().reference, closed };
        let page = Contest {
            f: shelf.member_frame("/activity/contest?line=1.2"),
            mark,
            found: Contestable { view: None, case: Some(contested), ..found.clone() },
            reason: String::new(),
            problems: Problems::default(),
        };
        shelf.add(name, Kind::Member, &page);
    }
}
