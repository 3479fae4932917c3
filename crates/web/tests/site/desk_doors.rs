//! Every door of the desk, as its list of addresses has it: who gets through as nobody, as a member and
//! as every role, and that whoever does not is written down.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use payung_domain::staff::audit::Outcome;
use payung_domain::staff::{PROOF_LIFE, Right, Role};
use payung_flows::staff::audit::{self, Choice, Taken};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, officer, opened, siti_on_record};

on_each_engine!(
    p01_nobody_and_no_member_gets_through_any_door,
    p02_every_role_gets_through_its_doors_and_is_written_down_at_the_others,
    p01_every_dangerous_door_asks_for_the_passkey_first,
);

/// What opens a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// There is no such door.
    Wall,
    /// Nothing: it leads to the sign-in, or to a page that asks for its own key.
    Nothing,
    /// A session, of whichever role.
    Session,
    /// A session of somebody who may do this.
    Right(Right),
}

type Fields = &'static [(&'static str, &'static str)];

/// An address: what opens its page, what opens its form, and how the form is filled in.
struct Door {
    path: &'static str,
    asked: Key,
    sent: Key,
    fields: Fields,
}

const fn door(path: &'static str, asked: Key, sent: Key, fields: Fields) -> Door {
    Door { path, asked, sent, fields }
}

const WHY: (&str, &str) = ("reason", "a walk through all of it");

const DOORS: &[Door] = &[
    door("/", Key::Session, Key::Wall, &[]),
    door("/sign-in", Key::Nothing, Key::Wall, &[]),
    door("/sign-in/passkey", Key::Nothing, Key::Nothing, &[]),
    door("/join", Key::Nothing, Key::Nothing, &[]),
    door("/confirm", Key::Session, Key::Wall, &[]),
    door("/confirm/passkey", Key::Nothing, Key::Session, &[]),
    door("/sign-out", Key::Session, Key::Nothing, &[]),
    door("/session/extend", Key::Wall, Key::Session, &[]),
    door("/look-up", Key::Right(Right::LookUp), Key::Right(Right::LookUp), &ASKED),
    door("/records/{id}", Key::Right(Right::LookUp), Key::Wall, &[]),
    door(
        "/records/{id}/unmask",
        Key::Right(Right::Unmask),
        Key::Right(Right::Unmask),
        &[("field", "nik"), WHY],
    ),
    door(
        "/records/{id}/verify",
        Key::Right(Right::Verify),
        Key::Right(Right::Verify),
        &[("method", "ktp"), ("digits", "900003")],
    ),
    door(
        "/records/{id}/help",
        Key::Right(Right::Help),
        Key::Right(Right::Help),
        &[("kind", "unlock"), WHY],
    ),
    door("/acts", Key::Right(Right::Verify), Key::Wall, &[]),
    door(
        "/acts/{id}",
        Key::Right(Right::Verify),
        Key::Right(Right::Approve),
        &[("act", "approve"), WHY],
    ),
    door(
        "/records/{id}/case",
        Key::Right(Right::HandleCases),
        Key::Right(Right::HandleCases),
        &[("kind", "question"), ("note", "asks why May is missing")],
    ),
    door(
        "/queue",
        Key::Right(Right::ReadCases),
        Key::Right(Right::AssignCases),
        &[("officer", "helpdesk")],
    ),
    door(
        "/cases/{reference}",
        Key::Right(Right::ReadCases),
        Key::Right(Right::HandleCases),
        &[("act", "take"), ("version", "1")],
    ),
    door(
        "/records/{id}/correction",
        Key::Right(Right::ProposeCorrection),
        Key::Right(Right::ProposeCorrection),
        &[("subject", "person"), ("said", "the name is another one")],
    ),
    door("/corrections", Key::Right(Right::ProposeCorrection), Key::Wall, &[]),
    door(
        "/corrections/{reference}",
        Key::Right(Right::ProposeCorrection),
        Key::Right(Right::ProposeCorrection),
        &[("kind", "person"), ("version", "1")],
    ),
    door(
        "/corrections/{reference}/decision",
        Key::Nothing,
        Key::Right(Right::DecideCorrection),
        &[("act", "approve"), ("version", "1")],
    ),
    door("/claims", Key::Right(Right::HandleClaims), Key::Wall, &[]),
    door(
        "/claims/{id}",
        Key::Right(Right::HandleClaims),
        Key::Right(Right::DecideClaims),
        &[("deed", "approve"), ("words", "a walk through all of it")],
    ),
    door("/claims/{id}/documents/{document}", Key::Right(Right::HandleClaims), Key::Wall, &[]),
    door(
        "/records/{id}/heirs",
        Key::Right(Right::HandleClaims),
        Key::Right(Right::HandleClaims),
        &[WHY],
    ),
    door("/heirs", Key::Right(Right::HandleClaims), Key::Wall, &[]),
    door(
        "/heirs/{id}",
        Key::Right(Right::HandleClaims),
        Key::Right(Right::DecideClaims),
        &[("deed", "approve"), ("words", "a walk through all of it")],
    ),
    // A file is no form that could be filled in here: `heirs` sends some as every role.
    door("/heirs/{id}/papers/{slot}", Key::Right(Right::HandleClaims), Key::Session, &[]),
    door("/heirs/{id}/documents/{document}", Key::Right(Right::HandleClaims), Key::Wall, &[]),
    door(
        "/recoveries/{reference}",
        Key::Right(Right::ProveRecovery),
        Key::Right(Right::ProveRecovery),
        &[("act", "refuse"), WHY],
    ),
    door("/audit", Key::Right(Right::ReadAudit), Key::Wall, &[]),
    door("/audit.csv", Key::Nothing, Key::Right(Right::ExportAudit), &[WHY]),
    door("/audit.json", Key::Nothing, Key::Right(Right::ExportAudit), &[WHY]),
    door("/audit/chain", Key::Right(Right::ReadAudit), Key::Wall, &[]),
    door("/notices", Key::Right(Right::Announce), Key::Right(Right::Announce), &[]),
    door("/notices/withdraw", Key::Nothing, Key::Right(Right::Announce), &[("of", "nothing")]),
    door(
        "/service",
        Key::Right(Right::Announce),
        Key::Right(Right::Announce),
        &[("part", "sign-in"), ("condition", "works")],
    ),
    door(
        "/staff",
        Key::Right(Right::ManageStaff),
        Key::Right(Right::ManageStaff),
        &[("name", "nobody"), ("act", "disable"), WHY],
    ),
    door("/csp-report", Key::Wall, Key::Nothing, &[]),
    door("/robots.txt", Key::Nothing, Key::Wall, &[]),
    door("/assets/{name}", Key::Nothing, Key::Wall, &[]),
    // In the demonstration alone.
    door("/demo/sign-in", Key::Nothing, Key::Nothing, &[]),
    door("/demo/confirm", Key::Nothing, Key::Session, &[]),
];

impl Door {
    /// Where it is, with ids that are nobody's.
    fn place(&self) -> String {
        let nobodys = "0".repeat(32);
        let place = self.path.replace("/cases/{reference}", "/cases/KSS-7F3K-01QD");
        let place = place.replace("/corrections/{reference}", "/corrections/KOR-7F3K-29QD");
        let place = place.replace("/recoveries/{reference}", "/recoveries/PLH-7F3K-29Q7");
        let place = place.replace("{id}", &nobodys).replace("{document}", &nobodys);
        let place = place.replace("{slot}", "death-certificate");
        if place.ends_with("/unmask") { format!("{place}?field=nik") } else { place }
    }

    fn is_demo(&self) -> bool {
        self.path.starts_with("/demo/")
    }
}

#[test]
fn l11_every_address_of_the_desk_is_a_door_here() {
    let list = include_str!("../../src/desk/routes.rs");
    let mut listed = BTreeMap::new();
    for line in list.lines() {
        let Some((_, rest)) = line.split_once(".route(\"") else { continue };
        let (path, handlers) = rest.split_once('"').unwrap();
        listed.insert(path, (handlers.contains("get("), handlers.contains("post(")));
    }
    assert_eq!(listed.len(), list.matches(".route(").count(), "each on a line of its own");
    let is_there = |key: Key| key != Key::Wall;
    let doors: BTreeMap<_, _> =
        DOORS.iter().map(|door| (door.path, (is_there(door.asked), is_there(door.sent)))).collect();
    assert_eq!(doors, listed);
}

/// What belongs on every answer of the desk.
fn is_kept_from_caches_and_frames(page: &Page) -> bool {
    page.header("cache-control") == "no-store"
        && page.header("x-frame-options") == "DENY"
        && page.header("content-security-policy").contains("frame-ancestors 'none'")
}

async fn p01_nobody_and_no_member_gets_through_any_door(db: TestStore) {
    let bench = opened(db);
    people::budi(&bench.app).await;
    let mut budi = Visitor::new(&bench);
    budi.sign_in(&bench, "budi").await;
    let mut nobody = Visitor::at_the_desk(&bench, false);
    // Even under the name that the desk reads, the token of a member opens nothing.
    let mut member = Visitor::at_the_desk(&bench, false);
    member.cookies = budi.cookies.clone();
    let session = budi.cookies.iter().find(|(name, _)| name.ends_with("-session")).unwrap().1;
    member.cookies.insert("__Host-payung-desk-session".to_owned(), session.clone());
    for door in DOORS.iter().filter(|door| !door.is_demo()) {
        let place = door.place();
        for visitor in [&mut nobody, &mut member] {
            if matches!(door.asked, Key::Session | Key::Right(_)) {
                let page = visitor.get(&place).await;
                assert_eq!(page.status, StatusCode::SEE_OTHER, "{place}");
                assert!(page.leads_to().starts_with("/sign-in?next="), "{place}");
                assert!(is_kept_from_caches_and_frames(&page), "{place}");
            }
            if matches!(door.sent, Key::Session | Key::Right(_)) {
                let page = visitor.post(&place, door.fields).await;
                assert_eq!(page.leads_to(), "/sign-in", "{place}: {}", page.html);
                assert!(is_kept_from_caches_and_frames(&page), "{place}");
            }
        }
    }
}

/// How often this officer was refused something, by the audit.
async fn refusals(bench: &Bench, officer: &str) -> usize {
    let (officer, outcome) = (Some(officer.to_owned()), Some(Outcome::Refused));
    let choice = Choice { officer, outcome, ..Choice::default() };
    let taken = audit::take_by_operator(&bench.app, &choice, "counts what was refused").await;
    let Taken::Lines(lines) = taken.unwrap() else { panic!("too many lines") };
    lines.len()
}

async fn p02_every_role_gets_through_its_doors_and_is_written_down_at_the_others(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    for role in Role::ALL {
        let (mut who, _) = officer(&bench, role.name(), role).await;
        // A page of theirs gives the token that every form of this session needs.
        let own = who.get("/sign-out").await;
        for door in DOORS {
            let place = door.place();
            for (key, is_form) in [(door.asked, false), (door.sent, true)] {
                let Key::Right(right) = key else { continue };
                let before = refusals(&bench, role.name()).await;
                let page = if is_form {
                    who.fill_in(&own, &place, door.fields).await
                } else {
                    who.get(&place).await
                };
                let way = format!("{role:?} at {place}, form: {is_form}: {}", page.html);
                let is_refused = page.status == StatusCode::FORBIDDEN;
                assert_eq!(is_refused, !role.may(right), "{way}");
                assert!(!page.leads_to().starts_with("/confirm"), "{way}");
                assert!(is_kept_from_caches_and_frames(&page), "{way}");
                if is_refused {
                    assert_eq!(refusals(&bench, role.name()).await, before + 1, "{way}");
                }
            }
        }
    }
}

/// Whether a page asks for the passkey because of what may be done on it afterwards, or a form because
/// of what comes of it.
fn is_before_danger(door: &Door, role: Role, is_form: bool) -> bool {
    match door.path {
        "/acts/{id}" => !is_form && role.may(Right::Approve),
        "/corrections/{reference}" => !is_form && role.may(Right::DecideCorrection),
        // Whoever is alive reads at once that they are said to be dead.
        "/records/{id}/heirs" => true,
        _ => false,
    }
}

async fn p01_every_dangerous_door_asks_for_the_passkey_first(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    for role in Role::ALL {
        let (mut who, _) = officer(&bench, role.name(), role).await;
        let own = who.get("/sign-out").await;
        bench.clock.advance(PROOF_LIFE);
        for door in DOORS {
            let place = door.place();
            for (key, is_form) in [(door.asked, false), (door.sent, true)] {
                let Key::Right(right) = key else { continue };
                if !role.may(right) {
                    continue;
                }
                let page = if is_form {
                    who.fill_in(&own, &place, door.fields).await
                } else {
                    who.get(&place).await
                };
                let is_dangerous = right.is_dangerous() || is_before_danger(door, role, is_form);
                let is_asked = page.leads_to().starts_with("/confirm?next=%2F");
                assert_eq!(is_asked, is_dangerous, "{role:?} at {place}: {}", page.html);
            }
        }
    }
}
