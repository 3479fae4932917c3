//! The pages by which the desk makes sure of members and helps them, with invented people.

use std::time::Duration;

use payung_domain::claims::heirs::Stage;
use payung_domain::contact::{Email, Phone};
use payung_domain::ids::{AccountId, ActId, CheckId, LookId, PersonId, StaffId};
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DELAY, DeskAct, End, Hand, Kind as Wanted, UNAPPROVED};
use payung_domain::staff::looks::{NoReason, Reason, Why};
use payung_domain::staff::verification::Method;
use payung_domain::staff::{Officer, Role};
use payung_flows::staff::acts::Shown;
use payung_flows::staff::looks::Look;
use payung_flows::staff::verification::{Check, Checklist};
use payung_web::desk::acts::{ActPage, Acts};
use payung_web::desk::help::{Help, HelpDone, Typed};
use payung_web::desk::verify::Verify;
use payung_web::desk::{Me, reason_problem};
use payung_web::page::{Frame, Problem, Problems};
use payung_web::pages::desk_request::answer::{DeskRequest, Done, Matter};
use payung_web::pages::desk_request::number::NumberCode;
use payung_web::pages::desk_request::own::OwnRequest;
use uuid::Uuid;

use crate::heirs_samples::claim;
use crate::samples::{Kind, Shelf, now};

const RECORD: &str = "/records/00000000000000000000000000000000";

fn me(role: Role) -> Me {
    Me { name: "lestari".to_owned(), role }
}

fn hand(name: &str) -> Hand {
    let name = Officer::parse(name).expect("a name");
    Hand { id: StaffId(Uuid::from_u128(1)), name }
}

fn reason() -> Reason {
    Reason { why: Why::Visit, text: "Ponsel hilang, datang membawa KTP.".to_owned() }
}

fn act(kind: Wanted) -> DeskAct {
    let new = match kind {
        Wanted::ReplaceEmail => Email::parse("baru@peserta.example").ok().map(Destination::Email),
        Wanted::ReplacePhone => Phone::parse("0800 0000 0009").ok().map(Destination::Sms),
        _ => None,
    };
    DeskAct {
        id: ActId(Uuid::nil()),
        account: AccountId(Uuid::nil()),
        kind,
        new,
        asked_by: hand("lestari"),
        reason: reason(),
        asked_at: now(),
        version: [7; 32],
        confirmed_at: None,
        approved: None,
        due_at: Some(now().plus(UNAPPROVED)),
        ended: None,
    }
}

fn checks() -> Vec<Check> {
    let check = |(number, method): (u128, Method)| Check {
        account: AccountId(Uuid::nil()),
        id: CheckId(Uuid::from_u128(number)),
        staff: StaffId(Uuid::from_u128(1)),
        officer: "lestari".to_owned(),
        method,
        asked_at: now(),
        done_at: (method != Method::Inbox).then(now),
    };
    (0..).zip(Method::ALL).map(check).collect()
}

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    verify(shelf);
    help(shelf);
    acts(shelf);
    requests(shelf);
}

fn list(items: Vec<Check>, is_sure: bool) -> Checklist {
    let until = now().plus(Duration::from_mins(30));
    Checklist {
        look: Look {
            id: LookId(Uuid::nil()),
            staff: StaffId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            reason: reason(),
            looked_at: now(),
            expires_at: until,
        },
        name: "Siti Rahayu".to_owned(),
        phone: is_sure.then(|| "•••• 21".to_owned()),
        email: Some("s••••@p••••.example".to_owned()),
        items,
        open: Wanted::ALL.into_iter().map(|kind| (kind, is_sure.then_some(until))).collect(),
        waiting: is_sure.then(|| act(Wanted::ReplacePhone)),
    }
}

fn verify(shelf: &mut Shelf) {
    let place = format!("{RECORD}/verify");
    for (name, items, chosen, key) in [
        ("", Vec::new(), None, None),
        ("-done", checks(), None, None),
        ("-missing", Vec::new(), None, Some(("method", "desk-verify-method-missing"))),
        ("-wrong", checks(), Some(Method::Ktp), Some(("digits", "desk-verify-wrong"))),
    ] {
        let f = shelf.member_frame(&place);
        let problem = key.map(|(field, key)| Problem { field, text: f.t(key) });
        let is_sure = !items.is_empty();
        let page = Verify {
            f,
            me: Some(me(Role::Helpdesk)),
            record: RECORD.to_owned(),
            list: list(items, is_sure),
            chosen,
            problems: problem.into_iter().collect(),
        };
        shelf.add(&format!("desk-verify{name}"), Kind::Member, &page);
    }
}

fn help(shelf: &mut Shelf) {
    let place = format!("{RECORD}/help");
    let f = shelf.member_frame(&place);
    let page = Help {
        f,
        me: Some(me(Role::Helpdesk)),
        record: RECORD.to_owned(),
        typed: Typed::default(),
        problems: Problems::default(),
    };
    shelf.add("desk-help", Kind::Member, &page);
    let f = shelf.member_frame(&place);
    let problem = |field, key| Problem { field, text: f.t(key) };
    let problems = Problems(vec![
        problem("kind", "desk-help-kind-missing"),
        problem("contact", "desk-help-contact-format"),
        problem("called", "desk-help-called-missing"),
        reason_problem(&f, NoReason::Short),
    ]);
    let typed = Typed { kind: Some(Wanted::ReplacePhone), is_called: true, reason: reason().text };
    shelf.add("desk-help-wrong", Kind::Member, &Help { f, typed, problems, ..page });
    for kind in [Wanted::Unlock, Wanted::SendReset] {
        let f = shelf.member_frame(&place);
        let (me, record) = (Some(me(Role::Helpdesk)), RECORD.to_owned());
        let name = format!("desk-help-done-{}", kind.name());
        shelf.add(&name, Kind::Member, &HelpDone { f, me, record, kind });
    }
}

fn acts(shelf: &mut Shelf) {
    let approved = DeskAct {
        approved: Some((hand("bayu"), now())),
        due_at: Some(now().plus(DELAY)),
        ..act(Wanted::RemoveApp)
    };
    let ended = End::ALL.into_iter().map(|end| DeskAct {
        ended: Some((end, now())),
        due_at: None,
        ..act(Wanted::RemovePasskeys)
    });
    let lines = [act(Wanted::ReplaceEmail), approved].into_iter().chain(ended).collect();
    let f = shelf.member_frame("/acts");
    shelf.add("desk-acts", Kind::Member, &Acts { f, me: Some(me(Role::Verifier)), lines });
    let f = shelf.member_frame("/acts");
    let page = Acts { f, me: Some(me(Role::Helpdesk)), lines: Vec::new() };
    shelf.add("desk-acts-empty", Kind::Member, &page);
    for (name, kind, before, may_approve, key) in [
        ("", Wanted::ReplaceEmail, "s••••@p••••.example", true, None),
        ("-own", Wanted::RemoveApp, "1", false, Some("desk-act-self")),
        ("-already", Wanted::RemovePasskeys, "0", true, Some("desk-act-already")),
    ] {
        let f = shelf.member_frame("/acts/00000000000000000000000000000000");
        let problem = key.map(|key| Problem { field: "reason", text: f.t(key) });
        let shown = Shown {
            act: act(kind),
            name: "Siti Rahayu".to_owned(),
            nik: "••••••••••••0003".to_owned(),
            before: before.to_owned(),
            checks: checks(),
            may_approve,
        };
        let page = ActPage {
            f,
            me: Some(me(if may_approve { Role::Verifier } else { Role::Helpdesk })),
            shown,
            number_page: NUMBER_PAGE.to_owned(),
            reason: String::new(),
            problems: problem.into_iter().collect(),
        };
        shelf.add(&format!("desk-act{name}"), Kind::Member, &page);
    }
    for (name, field, key) in [
        ("asked", "", ""),
        ("unproved", "reason", "desk-act-unproved"),
        ("code-day", "send-again", "desk-act-code-day"),
    ] {
        let f = shelf.member_frame("/acts/00000000000000000000000000000000");
        let problem = (!key.is_empty()).then(|| Problem { field, text: f.t(key) });
        number(shelf, name, f, problem);
    }
    let f = shelf.member_frame("/acts/00000000000000000000000000000000");
    let text = f.t1("desk-act-code-wait", "time", f.clock(&now()));
    number(shelf, "code-wait", f, Some(Problem { field: "send-again", text }));
    number_pages(shelf);
}

const NUMBER_PAGE: &str = "https://payung.example/desk-request/number";

/// A new number whose holder has not typed the code yet.
fn number(shelf: &mut Shelf, name: &str, f: Frame, problem: Option<Problem>) {
    let shown = Shown {
        act: act(Wanted::ReplacePhone),
        name: "Siti Rahayu".to_owned(),
        nik: "••••••••••••0003".to_owned(),
        before: "•••• 21".to_owned(),
        checks: checks(),
        may_approve: false,
    };
    let page = ActPage {
        f,
        me: Some(me(Role::Verifier)),
        shown,
        number_page: NUMBER_PAGE.to_owned(),
        reason: String::new(),
        problems: problem.into_iter().collect(),
    };
    shelf.add(&format!("desk-act-number-{name}"), Kind::Member, &page);
}

/// The page on which the code is typed.
fn number_pages(shelf: &mut Shelf) {
    let place = "/desk-request/number";
    for (name, is_done, field, key) in [
        ("", false, "", ""),
        ("-done", true, "", ""),
        ("-wrong", false, "code", "desk-number-wrong"),
        ("-late", false, "code", "desk-number-late"),
        ("-digits", false, "code", "desk-number-code-format"),
        ("-phone", false, "phone", "desk-number-phone-format"),
    ] {
        let f = shelf.frame(place);
        let problem = (!key.is_empty()).then(|| Problem { field, text: f.t(key) });
        let problems = problem.into_iter().collect();
        let page = NumberCode { f, phone: "0800 0000 0009".to_owned(), is_done, problems };
        shelf.add(&format!("desk-request-number{name}"), Kind::Public, &page);
    }
    let f = shelf.frame(place);
    let text = f.t1("desk-number-paused", "time", f.clock(&now()));
    let problems = Problems(vec![Problem { field: "code", text }]);
    let page = NumberCode { f, phone: String::new(), is_done: false, problems };
    shelf.add("desk-request-number-paused", Kind::Public, &page);
}

fn requests(shelf: &mut Shelf) {
    let (officer, request) = ("lestari".to_owned(), "1".to_owned());
    let what = shelf.frame("/desk-request").t("desk-kind-replace-phone");
    for (name, matter) in [
        (
            "check",
            Matter::Check { request: request.clone(), officer: officer.clone(), asked_at: now() },
        ),
        (
            "alive",
            Matter::Alive { request: request.clone(), officer: officer.clone(), asked_at: now() },
        ),
        ("cancel", Matter::Cancel { request: request.clone(), what, officer, asked_at: now() }),
        ("confirm", Matter::Confirm { request, contact: "b••••@p••••.example".to_owned() }),
        ("checked", Matter::Done(Done::Checked)),
        ("cancelled", Matter::Done(Done::Cancelled)),
        ("confirmed", Matter::Done(Done::Confirmed)),
        ("alive-done", Matter::Done(Done::Alive)),
        ("over", Matter::Over(now())),
        ("gone", Matter::Gone),
    ] {
        let f = shelf.frame("/desk-request");
        // No page of the desk: it is a member's.
        shelf.add(&format!("request-{name}"), Kind::Public, &DeskRequest { f, matter });
    }
    for (name, act, death) in [
        ("own", Some(act(Wanted::ReplacePhone)), None),
        ("own-none", None, None),
        ("own-death", None, Some(claim(Stage::Opened))),
    ] {
        let f = shelf.member_frame("/desk-request/own");
        shelf.add(&format!("request-{name}"), Kind::Member, &OwnRequest { f, act, death });
    }
}
