//! A staged recovery at the desk in each of its states, with invented people.

use std::time::Duration;

use payung_domain::contact::Email;
use payung_domain::ids::{AccountId, RecoveryId};
use payung_domain::language::Language;
use payung_domain::recoveries::{
    Document, End, Lost, Officer, Proof, ProofWay, Recorded, Recovery, RecoveryReference, Thing,
};
use payung_domain::second_factor::Destination;
use payung_domain::staff::Role;
use payung_domain::staff::looks::NoReason;
use payung_flows::recoveries::desk::{Act, Kept, Owner, Shown};
use payung_web::desk::reason_problem;
use payung_web::desk::recovery::{RecoveryPage, Typed};
use payung_web::page::{Frame, Problem, Problems};
use uuid::Uuid;

use crate::desk_samples::me;
use crate::samples::{Kind, Shelf, now};

const PLACE: &str = "/recoveries/PLH-7F3K-29Q7";

fn officer(name: &str) -> Officer {
    Officer::parse(name).expect("a name")
}

fn lost() -> Lost {
    Lost::of([Thing::Phone, Thing::Email, Thing::App])
}

fn recorded(by: &str, second: Option<&str>) -> Recorded {
    let proof = Proof { way: ProofWay::Branch, document: Document::Ktp, lost: lost() };
    let confirmed = second.map(|name| (officer(name), now()));
    Recorded { proof, by: officer(by), at: now(), confirmed }
}

fn act(number: u128, what: &str) -> Act {
    Act {
        id: Uuid::from_u128(number),
        at: now(),
        officer: officer("bayu"),
        what: what.to_owned(),
        reason: "KTP asli dilihat di loket".to_owned(),
    }
}

/// A recovery that was asked for so many hours ago.
fn shown(hours: u64, account: Option<AccountId>, proof: Option<Recorded>) -> Shown {
    let asked_at = now().minus(Duration::from_hours(hours));
    let mut recovery = Recovery::new(account, lost(), asked_at);
    recovery.warned_at = account.map(|_| asked_at);
    recovery.proof = proof;
    let state = recovery.state(now());
    let whats = ["shown", "proved", "confirmed", "proof refused", "refused"];
    Shown {
        kept: Kept {
            id: RecoveryId(Uuid::nil()),
            reference: RecoveryReference::parse("PLH-7F3K-29Q7").expect("a reference"),
            recovery,
            contact: Destination::Email(Email::parse("baru@peserta.example").expect("an address")),
            language: Language::Id,
            way: ProofWay::Branch,
            device: "Firefox, Linux".to_owned(),
        },
        state,
        owner: account.map(|_| Owner {
            name: "Siti Rahayu".to_owned(),
            nik: "••••••••••••0003".to_owned(),
            kpj: vec!["•••••••0001".to_owned()],
        }),
        acts: (1..).zip(whats).map(|(number, what)| act(number, what)).collect(),
    }
}

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    let account = Some(AccountId(Uuid::nil()));
    let ended = |end: End| {
        let mut over = shown(80, account, Some(recorded("lestari", Some("bayu"))));
        over.kept.recovery.end = Some((end, now()));
        over.state = over.kept.recovery.state(now());
        over
    };
    let mut pages = vec![
        ("asked", Shown { acts: Vec::new(), ..shown(5, account, None) }),
        ("nobodys", shown(5, None, None)),
        ("first", shown(30, account, Some(recorded("bayu", None)))),
        ("own", shown(30, account, Some(recorded("lestari", None)))),
        ("proved", shown(30, account, Some(recorded("bayu", Some("eka"))))),
        ("unproved", shown(80, account, None)),
        ("ready", shown(80, account, Some(recorded("bayu", Some("eka"))))),
    ];
    pages.extend(End::ALL.into_iter().map(|end| (end.name(), ended(end))));
    for (name, shown) in pages {
        page(shelf, &format!("desk-recovery-{name}"), shown, Typed::default(), |_| Vec::new());
    }
    let typed = || Typed {
        way: Some(ProofWay::Video),
        document: Some(Document::Passport),
        lost: Lost::of([Thing::Phone]),
        reason: "kurang".to_owned(),
    };
    let asked = || shown(5, account, None);
    page(shelf, "desk-recovery-missing", asked(), Typed::default(), |f| {
        let missing = |(field, key): (&'static str, &str)| Problem { field, text: f.t(key) };
        [("proof", "desk-recovery-way-missing"), ("document", "desk-recovery-document-missing")]
            .map(missing)
            .into()
    });
    page(shelf, "desk-recovery-wrong", asked(), typed(), |f| {
        let digits = Problem { field: "digits", text: f.t("desk-recovery-wrong") };
        vec![digits, reason_problem(f, NoReason::Short)]
    });
    for key in ["desk-recovery-differs", "desk-recovery-not-stated"] {
        page(shelf, key, asked(), typed(), |f| vec![Problem { field: "proof", text: f.t(key) }]);
    }
    let own = shown(30, account, Some(recorded("lestari", None)));
    page(shelf, "desk-recovery-self", own, typed(), |f| {
        vec![Problem { field: "reason", text: f.t("desk-recovery-self") }]
    });
}

fn page(
    shelf: &mut Shelf,
    name: &str,
    shown: Shown,
    typed: Typed,
    problems: impl FnOnce(&Frame) -> Vec<Problem>,
) {
    let f = shelf.member_frame(PLACE);
    let problems = Problems(problems(&f));
    let page = RecoveryPage { f, me: Some(me(Role::Supervisor)), shown, typed, problems };
    shelf.add(name, Kind::Member, &page);
}
