//! Staged recoveries at the desk: every role, the own account, digits that are guessed, and what is
//! written down and told of it; and the same by the command line.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::ids::Nik;
use payung_domain::recoveries::{
    Document, Lost, Officer, Proof, ProofWay, RecoveryReference, State, Thing,
};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::NoReason;
use payung_domain::staff::source::Source;
use payung_domain::staff::{PROOF_LIFE, Right, Role};
use payung_domain::time::Clock;
use payung_flows::recoveries::desk::{self, Hand, NotShown, Proved, Refused};
use payung_flows::recoveries::record_proof;
use payung_flows::staff::audit::{self, Choice};
use payung_flows::staff::recoveries::{self as at_the_desk, Barred, Said, Seen, TurnedDown};
use payung_flows::staff::{Denied, SignedIn, chain};
use payung_storage::activity;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::recoveries::{ask, by_kpj, email, siti};
use crate::staff::{live, opened, someone, written};
use crate::visit;

on_each_engine!(
    g11_two_officers_of_the_desk_prove_a_recovery,
    p02_a_recovery_at_the_desk_as_every_role,
    p03_digits_of_a_document_are_compared_and_not_guessed,
    p04_nobody_proves_the_own_recovery,
    p04_by_the_command_line_whom_the_desk_knows_is_held_to_the_desk,
    l7_of_many_at_once_one_is_the_second_officer,
);

const WHY: &str = "stands here with the card";

fn lost() -> Lost {
    Lost::of([Thing::Phone, Thing::Email])
}

fn seen(digits: &str) -> Seen<'_> {
    let proof = Proof { way: ProofWay::Branch, document: Document::Ktp, lost: lost() };
    Seen { proof, digits, reason: WHY }
}

async fn officer(bench: &Bench, name: &str, role: Role) -> SignedIn {
    let who = someone(bench, name, role, None).await;
    live(bench, &who.session).await
}

async fn says(bench: &Bench, who: &SignedIn, at: &RecoveryReference, seen: Seen<'_>) -> Said {
    at_the_desk::prove(&bench.app, &visit(bench), who, at, seen).await.unwrap()
}

async fn asked(bench: &Bench) -> RecoveryReference {
    ask(bench, &by_kpj(), &email(), lost()).await
}

async fn g11_two_officers_of_the_desk_prove_a_recovery(db: TestStore) {
    let bench = opened(db);
    let siti = siti(&bench).await;
    let reference = asked(&bench).await;
    let eka = officer(&bench, "a-verifier", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let shown = at_the_desk::show(&bench.app, &visit(&bench), &eka, &reference).await.unwrap();
    let shown = shown.unwrap();
    assert!(matches!(shown.state, State::Waiting { is_proved: false, .. }));
    let owner = shown.owner.unwrap();
    assert_eq!((&*owner.name, &*owner.nik), ("Laksana Rahayu", "••••••••••••0003"));

    let first = says(&bench, &eka, &reference, seen("900003")).await;
    assert!(matches!(first, Said::Proved(Proved::First(_))), "{first:?}");
    bench.clock.advance(Duration::from_secs(1));
    let again = says(&bench, &eka, &reference, seen("900003")).await;
    assert!(matches!(again, Said::Proved(Proved::Not(_))), "P-04: {again:?}");
    let second = says(&bench, &bayu, &reference, seen("900003")).await;
    let Said::Proved(Proved::Both { opens_at, .. }) = second else { panic!("{second:?}") };
    assert!(opens_at.unwrap() > bench.clock.now(), "the owner has the 72 hours all the same");

    let mut tx = bench.app.store.read().await.unwrap();
    let since = bench.clock.now().minus(Duration::from_hours(1));
    for event in [Event::StaffOpened, Event::StaffChanged, Event::RecoveryProved] {
        let (count, _) = activity::count(&mut tx, siti.id, event, since).await.unwrap();
        assert_eq!(count, 1, "{event:?}");
    }
    drop(tx);
    assert_eq!(written(&bench, &bayu, Act::RecoveryOpened, Outcome::Done).await, 1);
    assert_eq!(written(&bench, &bayu, Act::RecoveryProved, Outcome::Done).await, 2);
    assert_eq!(written(&bench, &bayu, Act::RecoveryProved, Outcome::Refused).await, 1);
    assert_eq!(written(&bench, &bayu, Act::Verified, Outcome::Done).await, 3);
    assert_eq!(chain::verify(&bench.app.store, None).await.unwrap().broken, None);
}

async fn p02_a_recovery_at_the_desk_as_every_role(db: TestStore) {
    let bench = opened(db);
    siti(&bench).await;
    let reference = asked(&bench).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    for (name, role) in Role::ALL.into_iter().map(|role| (format!("a-{}", role.name()), role)) {
        let who = officer(&bench, &name, role).await;
        let (app, here, may) = (&bench.app, visit(&bench), role.may(Right::ProveRecovery));
        let denied = Barred::Denied(Denied::Role);
        let refused = async |act| written(&bench, &auditor, act, Outcome::Refused).await;
        let before = refused(Act::RecoveryOpened).await;
        let shown = at_the_desk::show(app, &here, &who, &reference).await.unwrap();
        assert_eq!(shown.is_ok(), may, "{role:?}");
        let said = says(&bench, &who, &reference, seen("900003")).await;
        assert_eq!(matches!(said, Said::Proved(_)), may, "{role:?}: {said:?}");
        if !may {
            assert_eq!(refused(Act::RecoveryOpened).await, before + 1, "{role:?}");
            assert_eq!(said, Said::Barred(denied));
            let answer = at_the_desk::refuse(app, &here, &who, (&reference, WHY)).await.unwrap();
            assert_eq!(answer, TurnedDown::Barred(denied));
        }
    }
    let late = officer(&bench, "bayu", Role::Supervisor).await;
    bench.clock.advance(PROOF_LIFE);
    let said = says(&bench, &late, &reference, seen("900003")).await;
    assert_eq!(said, Said::Barred(Barred::Denied(Denied::Proof)), "P-01");
}

async fn p03_digits_of_a_document_are_compared_and_not_guessed(db: TestStore) {
    let bench = opened(db);
    siti(&bench).await;
    let reference = asked(&bench).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let passport = |digits: &'static str| {
        let proof = Proof { document: Document::Passport, ..seen(digits).proof };
        Seen { proof, ..seen(digits) }
    };
    assert_eq!(says(&bench, &bayu, &reference, seen("140790")).await, Said::Wrong);
    assert_eq!(says(&bench, &bayu, &reference, passport("900003")).await, Said::Wrong);
    let right = says(&bench, &bayu, &reference, passport("140790")).await;
    assert!(matches!(right, Said::Proved(Proved::First(_))), "{right:?}");
    let eka = officer(&bench, "a-verifier", Role::Verifier).await;
    for digits in ["123456", "234567", "345678"] {
        assert_eq!(says(&bench, &eka, &reference, passport(digits)).await, Said::Wrong);
    }
    let said = says(&bench, &eka, &reference, passport("140790")).await;
    assert_eq!(said, Said::TooMany, "the right ones come too late");
    let short = Seen { reason: "short", ..passport("140790") };
    let said = says(&bench, &bayu, &reference, short).await;
    assert_eq!(said, Said::NoReason(NoReason::Short));
}

async fn p04_nobody_proves_the_own_recovery(db: TestStore) {
    let bench = opened(db);
    siti(&bench).await;
    let reference = asked(&bench).await;
    let nik = Nik::parse(people::NIK).unwrap();
    let herself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let herself = live(&bench, &herself.session).await;
    let (app, here) = (&bench.app, visit(&bench));
    let shown = at_the_desk::show(app, &here, &herself, &reference).await.unwrap();
    assert_eq!(shown.map(drop), Err(Barred::Own));
    let said = says(&bench, &herself, &reference, seen("900003")).await;
    assert_eq!(said, Said::Barred(Barred::Own));
    let refused = at_the_desk::refuse(app, &here, &herself, (&reference, WHY)).await.unwrap();
    assert_eq!(refused, TurnedDown::Barred(Barred::Own));
    for act in [Act::RecoveryOpened, Act::RecoveryProved, Act::RecoveryRefused] {
        assert_eq!(written(&bench, &herself, act, Outcome::Refused).await, 1, "{act:?}");
    }
    let name = Officer::parse("siti").unwrap();
    let hand = Hand { officer: &name, reason: WHY };
    let by_line = record_proof(app, &hand, &reference, seen("").proof).await.unwrap();
    assert_eq!(by_line, Proved::NotAllowed, "nor by the command line");
}

async fn p04_by_the_command_line_whom_the_desk_knows_is_held_to_the_desk(db: TestStore) {
    let bench = opened(db);
    siti(&bench).await;
    let reference = asked(&bench).await;
    officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let app = &bench.app;
    let by_line = async |name: &str| {
        let name = Officer::parse(name).unwrap();
        let hand = Hand { officer: &name, reason: WHY };
        record_proof(app, &hand, &reference, seen("").proof).await.unwrap()
    };
    assert_eq!(by_line("lestari").await, Proved::NotAllowed);
    assert!(matches!(by_line("bayu").await, Proved::First(_)));
    let lestari = Officer::parse("lestari").unwrap();
    let hand = Hand { officer: &lestari, reason: WHY };
    let refused = desk::refuse(app, &hand, &reference).await.unwrap();
    assert_eq!(refused, Refused::NotAllowed);
    let shown = desk::show(app, &hand, &reference).await.unwrap();
    assert_eq!(shown.map(drop), Err(NotShown::NotAllowed));
    let choice = Choice { officer: Some("lestari".to_owned()), ..Choice::default() };
    let part = audit::page(app, &visit(&bench), &bayu, &choice, None).await.unwrap().unwrap();
    let by_line: Vec<_> =
        part.lines.iter().filter(|line| line.source == Source::CommandLine).collect();
    let came = by_line.iter().filter(|line| line.act == Act::CameByLine);
    assert!(came.clone().all(|line| line.detail == app.operator && line.reason == WHY));
    assert_eq!((came.count(), by_line.len()), (3, 6), "who came, and what they did");
    for (act, outcome) in [
        (Act::RecoveryProved, Outcome::Refused),
        (Act::RecoveryRefused, Outcome::Refused),
        (Act::RecoveryOpened, Outcome::Refused),
    ] {
        let is_there = by_line.iter().any(|line| (line.act, line.outcome) == (act, outcome));
        assert!(is_there, "{act:?} in {by_line:?}");
    }
}

async fn l7_of_many_at_once_one_is_the_second_officer(db: TestStore) {
    let bench = opened(db);
    siti(&bench).await;
    let reference = asked(&bench).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    assert!(matches!(
        says(&bench, &bayu, &reference, seen("900003")).await,
        Said::Proved(Proved::First(_))
    ));
    let eka = officer(&bench, "a-verifier", Role::Verifier).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (app, here) = (Arc::clone(&bench.app), visit(&bench));
            let (eka, reference) = (eka.clone(), reference.clone());
            tokio::spawn(async move {
                at_the_desk::prove(&app, &here, &eka, &reference, seen("900003")).await.unwrap()
            })
        })
        .collect();
    let mut both = 0;
    for task in tasks {
        both += usize::from(matches!(task.await.unwrap(), Said::Proved(Proved::Both { .. })));
    }
    assert_eq!(both, 1);
}
