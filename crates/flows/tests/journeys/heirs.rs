//! Claims of heirs: opened at the desk, decided by two, paid once and never before a member who may
//! be alive had time to say so; and followed with what is on paper.

use std::time::Duration;

use jiff::civil::date;
use payung_domain::benefits::facts::Standing as Cover;
use payung_domain::claims::Kind;
use payung_domain::claims::heirs::{
    FollowCode, HeirClaim, HeirProblem, HeirReference, OBJECTION, Part, Relation, Stage, Typed, Why,
};
use payung_domain::contributions::Contribution;
use payung_domain::ids::{ClaimId, Nik};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::Programme;
use payung_domain::staff::acts::DELAY;
use payung_domain::staff::looks::NoReason;
use payung_domain::staff::{PROOF_LIFE, Role, Session};
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::claims::{self, Begun, Uploaded, Wish as OwnWish};
use payung_flows::heirs::{Followed, follow};
use payung_flows::staff::claim_acts::Unreached;
use payung_flows::staff::heirs::{self, Deed, Done, Opened, Paper, Wish, WishProblem};
use payung_flows::staff::links::{self, Answer, Found as Link, Matter};
use payung_flows::staff::looks::Found;
use payung_flows::staff::{Denied, SignedIn};
use payung_storage::staff::{cases, disable};
use payung_storage::{accounts, contributions, heir_claims, members};
use payung_testkit::people::{self, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};
use uuid::Uuid;

use crate::staff::{finds, live, looks_for, opened, siti_on_record, someone};
use crate::{deliver, signed_in, text_of, visit};

on_each_engine!(
    a_death_is_claimed_decided_by_two_and_paid_once,
    p04_one_officer_is_never_two_and_nothing_is_paid_before_its_time,
    p04_the_agreement_of_an_officer_who_left_counts_no_more,
    a_member_who_is_alive_ends_it_from_the_letter,
    a_member_who_is_alive_ends_it_when_signed_in,
    l7_of_64_payments_at_once_one_pays_the_heir,
    what_the_record_does_not_cover_is_not_opened,
    p02_only_who_handles_claims_opens_and_only_with_the_passkey,
    p05_nobody_opens_or_decides_about_the_own_death,
    whoever_buried_gets_the_funeral_and_an_heir_the_rest,
    nothing_is_paid_to_somebody_who_is_said_to_be_dead,
    an_officer_sees_what_speaks_for_somebody_who_is_alive,
    an_heir_follows_with_both_and_a_stranger_learns_nothing,
    e04_codes_are_counted_before_they_are_compared,
);

const WISH: Wish<'static> = Wish {
    died_on: Some(date(2026, 8, 15)),
    relation: Some(Relation::SpouseOrChild),
    heir: Typed {
        name: "Budi Santosa",
        email: "budi@keluarga.example",
        phone: "",
        bank: "Bank Contoh",
        number: "1234567890",
    },
    reason: "the husband came with the death certificate",
};

const PAGES: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";
const PAPERS: [&str; 3] = ["death-certificate", "heir-certificate", "member-card"];

/// Siti on record, at work and paid for.
async fn covered(bench: &Bench) -> Somebody {
    let siti = siti_on_record(bench).await;
    people::at_work(&bench.app, &siti, month(8)).await;
    siti
}

fn month(number: i8) -> Month {
    Month::new(2026, number).unwrap()
}

async fn officer(bench: &Bench, name: &str, role: Role) -> SignedIn {
    let who = someone(bench, name, role, None).await;
    live(bench, &who.session).await
}

/// The same officer, with a passkey used just now.
fn fresh(bench: &Bench, who: &SignedIn) -> SignedIn {
    let now = bench.clock.now();
    let staff = who.staff.clone();
    let session =
        Session { staff: staff.id, created_at: now, seen_at: now, proved_at: now, ended_at: None };
    SignedIn {
        source: who.source.clone(),
        staff,
        session,
        until: now.plus(Duration::from_mins(15)),
    }
}

async fn opens_with(bench: &Bench, who: &SignedIn, wish: &Wish<'_>) -> Opened {
    let who = fresh(bench, who);
    let look = finds(bench, &who).await;
    heirs::open(&bench.app, &visit(bench), &who, look, wish).await.unwrap()
}

async fn paper(bench: &Bench, who: &SignedIn, wish: &Wish<'_>) -> Paper {
    match opens_with(bench, who, wish).await {
        Opened::Done(paper) => *paper,
        other => panic!("not opened: {other:?}"),
    }
}

async fn uploads(bench: &Bench, who: &SignedIn, id: ClaimId, slot: &str) -> Uploaded {
    let who = fresh(bench, who);
    let sent = (slot, PAGES);
    heirs::upload(&bench.app, &visit(bench), &who, id, sent).await.unwrap().unwrap()
}

/// A moment later, with a passkey used just now.
async fn does(bench: &Bench, who: &SignedIn, id: ClaimId, deed: Deed) -> Done {
    bench.clock.advance(Duration::from_secs(1));
    let who = fresh(bench, who);
    let words = "the papers were compared";
    heirs::act(&bench.app, &visit(bench), &who, (id, deed), words).await.unwrap()
}

/// Opened and complete, by this officer.
async fn complete(bench: &Bench, who: &SignedIn, wish: &Wish<'_>) -> Paper {
    let paper = paper(bench, who, wish).await;
    for slot in PAPERS {
        assert_eq!(uploads(bench, who, paper.id, slot).await, Uploaded::Kept, "{slot}");
    }
    assert_eq!(does(bench, who, paper.id, Deed::Complete).await, Done::Done);
    paper
}

async fn kept(bench: &Bench, id: ClaimId) -> HeirClaim {
    let mut tx = bench.app.store.read().await.unwrap();
    heir_claims::get(&mut tx, bench.app.store.vault(), id).await.unwrap().unwrap()
}

async fn paid(bench: &Bench, id: ClaimId) -> Vec<(Part, Rupiah)> {
    let person = kept(bench, id).await.person;
    let mut tx = bench.app.store.read().await.unwrap();
    heir_claims::paid(&mut tx, person).await.unwrap()
}

async fn letters(bench: &Bench) -> Vec<String> {
    deliver(bench).await.iter().map(text_of).collect()
}

/// The newest link of letters about the desk.
fn link(letters: &[String]) -> Token {
    let token = letters.iter().rev().find_map(|letter| {
        let (_, rest) = letter.split_once("/desk-request?token=")?;
        rest.split_whitespace().next()
    });
    Token::parse(token.expect("a link was sent")).unwrap()
}

async fn a_death_is_claimed_decided_by_two_and_paid_once(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let paper = paper(&bench, &lestari, &WISH).await;
    let sent = letters(&bench).await.concat();
    assert!(sent.contains("meninggal") && sent.contains(paper.reference.as_str()), "{sent}");
    assert!(!sent.contains("Budi Santosa"), "who claims is nobody's business");
    assert!(sent.contains("/claims/follow") && !sent.contains(paper.code.expose()), "{sent}");
    assert!(
        matches!(opens_with(&bench, &lestari, &WISH).await, Opened::Before(id) if id == paper.id)
    );
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Complete).await, Done::Missing);
    let strange = uploads(&bench, &lestari, paper.id, "resignation-statement").await;
    assert_eq!(strange, Uploaded::NoSlot);
    for slot in PAPERS {
        assert_eq!(uploads(&bench, &lestari, paper.id, slot).await, Uploaded::Kept);
    }
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Complete).await, Done::Done);
    assert_eq!(uploads(&bench, &lestari, paper.id, "other").await, Uploaded::Closed);
    let who = fresh(&bench, &bayu);
    let shown = heirs::show(&bench.app, &visit(&bench), &who, paper.id).await.unwrap().unwrap();
    assert!(shown.is_second && shown.is_told && shown.missing().is_empty());
    assert_eq!((shown.last_sign_in, shown.paid_for_after), (None, None));
    assert_eq!(shown.right.as_ref().unwrap().sum, Rupiah::new(42_000_000));
    assert_eq!(shown.clock.as_ref().unwrap().due_on, date(2026, 8, 20));
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Approve).await, Done::Done);
    bench.clock.advance(OBJECTION);
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Pay).await, Done::Done);
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Pay).await, Done::TooLate);
    let parts = paid(&bench, paper.id).await;
    assert_eq!(
        Rupiah::checked_sum(parts.iter().map(|(_, amount)| *amount)).unwrap().get(),
        42_000_000
    );
    let claim = kept(&bench, paper.id).await;
    assert_eq!((claim.stage, claim.paid), (Stage::Paid, Some(Rupiah::new(42_000_000))));
    assert!(letters(&bench).await.concat().contains("dibayar"));
    let again = opens_with(&bench, &lestari, &WISH).await;
    assert_eq!(again, Opened::No(Why::PaidBefore));
}

async fn p04_one_officer_is_never_two_and_nothing_is_paid_before_its_time(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let paper = complete(&bench, &lestari, &WISH).await;
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Approve).await, Done::Same);
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Return).await, Done::Same);
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::TooLate, "not approved");
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Return).await, Done::Done);
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Complete).await, Done::Done);
    assert_eq!(
        does(&bench, &bayu, paper.id, Deed::Approve).await,
        Done::Same,
        "called it complete"
    );
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Approve).await, Done::Same, "opened it");
    let darma = officer(&bench, "darma", Role::Verifier).await;
    assert_eq!(does(&bench, &darma, paper.id, Deed::Approve).await, Done::Done);
    let pays_from = kept(&bench, paper.id).await.pays_from().unwrap();
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::Waits(pays_from));
    bench.clock.advance(DELAY);
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::Waits(pays_from));
    assert_eq!(paid(&bench, paper.id).await, []);
    bench.clock.advance(OBJECTION.saturating_sub(DELAY));
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::Done);
}

async fn p04_the_agreement_of_an_officer_who_left_counts_no_more(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let paper = complete(&bench, &lestari, &WISH).await;
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Approve).await, Done::Done);
    let mut tx = bench.app.store.write().await.unwrap();
    assert!(disable(&mut tx, bayu.staff.id, Some(bench.clock.now())).await.unwrap());
    tx.commit().await.unwrap();
    bench.clock.advance(OBJECTION);
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Pay).await, Done::Void);
    assert_eq!(paid(&bench, paper.id).await, []);
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Refuse).await, Done::Done);
}

async fn a_member_who_is_alive_ends_it_from_the_letter(db: TestStore) {
    let bench = opened(db);
    let siti = covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let paper = complete(&bench, &lestari, &WISH).await;
    let first = link(&letters(&bench).await);
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Approve).await, Done::Done);
    bench.clock.advance(OBJECTION);
    let (app, here) = (&bench.app, visit(&bench));
    // Programs that read mail follow links: looking changes nothing.
    let seen = links::view(app, &here, &first).await.unwrap();
    assert!(matches!(seen, Link::Open(Matter::Alive(_), _)), "{seen:?}");
    assert!(matches!(links::submit(app, &here, &first).await.unwrap(), Answer::Alive));
    let again = links::submit(app, &here, &first).await.unwrap();
    assert!(matches!(again, Answer::Refused(Link::Over(..))));
    assert_eq!(kept(&bench, paper.id).await.stage, Stage::Objected);
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::TooLate);
    assert_eq!(paid(&bench, paper.id).await, []);
    let person = kept(&bench, paper.id).await.person;
    let mut tx = app.store.read().await.unwrap();
    let cases = cases::of_person(&mut tx, person, 10).await.unwrap();
    assert_eq!(cases.len(), 1);
    assert_eq!((cases[0].account, cases[0].about), (Some(siti.id), Some(lestari.staff.id)));
}

async fn a_member_who_is_alive_ends_it_when_signed_in(db: TestStore) {
    let bench = opened(db);
    let siti = covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let paper = paper(&bench, &lestari, &WISH).await;
    let mut tx = bench.app.store.read().await.unwrap();
    let account = accounts::get(&mut tx, siti.id).await.unwrap().unwrap();
    drop(tx);
    let (app, here) = (&bench.app, visit(&bench));
    let own = links::own_death(app, &account).await.unwrap().unwrap();
    assert_eq!(own.id, paper.id);
    assert!(!links::own_is_alive(app, &here, &account, "another").await.unwrap());
    let named = own.id.0.to_string();
    assert!(links::own_is_alive(app, &here, &account, &named).await.unwrap());
    assert!(!links::own_is_alive(app, &here, &account, &named).await.unwrap());
    assert_eq!(links::own_death(app, &account).await.unwrap(), None);
    assert_eq!(kept(&bench, paper.id).await.stage, Stage::Objected);
}

async fn l7_of_64_payments_at_once_one_pays_the_heir(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let paper = complete(&bench, &lestari, &WISH).await;
    assert_eq!(does(&bench, &bayu, paper.id, Deed::Approve).await, Done::Done);
    bench.clock.advance(OBJECTION);
    let answers = crowd::of_64(|_| {
        let (app, here) = (std::sync::Arc::clone(&bench.app), visit(&bench));
        let (who, id) = (fresh(&bench, &bayu), paper.id);
        async move { heirs::act(&app, &here, &who, (id, Deed::Pay), "").await.unwrap() }
    })
    .await;
    let mut done = 0;
    for answer in answers {
        match answer {
            Done::Done => done += 1,
            other => assert_eq!(other, Done::TooLate),
        }
    }
    assert_eq!((done, paid(&bench, paper.id).await.len()), (1, 3));
}

async fn what_the_record_does_not_cover_is_not_opened(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let idle = opens_with(&bench, &lestari, &WISH).await;
    assert_eq!(idle, Opened::No(Why::NotCovered(Cover::NotWorking)));
    let to_come = Wish { died_on: Some(date(2026, 8, 19)), ..WISH };
    assert_eq!(opens_with(&bench, &lestari, &to_come).await, Opened::No(Why::DayToCome));
    let nothing = Wish {
        died_on: None,
        relation: None,
        heir: Typed { name: "", email: "", phone: "", bank: "", number: "" },
        reason: "",
    };
    let problems = [
        WishProblem::Day,
        WishProblem::Relation,
        WishProblem::Heir(HeirProblem::Name),
        WishProblem::Heir(HeirProblem::NoContact),
        WishProblem::Heir(HeirProblem::Bank),
        WishProblem::Heir(HeirProblem::Number),
        WishProblem::Reason(NoReason::Short),
    ];
    let wrong = opens_with(&bench, &lestari, &nothing).await;
    assert_eq!(wrong, Opened::Problems(problems.to_vec()));
    assert!(!letters(&bench).await.concat().contains("meninggal"), "nobody is told of nothing");
}

async fn p02_only_who_handles_claims_opens_and_only_with_the_passkey(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let look = finds(&bench, &bayu).await;
    let paper = complete(&bench, &bayu, &WISH).await;
    let (app, here) = (&bench.app, visit(&bench));
    for (name, role) in [
        ("a-helpdesk", Role::Helpdesk),
        ("a-auditor", Role::Auditor),
        ("darma", Role::Administrator),
    ] {
        let who = officer(&bench, name, role).await;
        let denied = Opened::Denied(Denied::Role);
        assert_eq!(heirs::open(app, &here, &who, look, &WISH).await.unwrap(), denied, "{role:?}");
        let denied = Done::Unreached(Unreached::Denied(Denied::Role));
        for deed in Deed::ALL {
            assert_eq!(does(&bench, &who, paper.id, deed).await, denied, "{role:?} {deed:?}");
        }
        assert!(heirs::list(app, &here, &who).await.unwrap().is_err(), "{role:?}");
    }
    bench.clock.advance(PROOF_LIFE);
    let here = visit(&bench);
    let stale = heirs::open(app, &here, &bayu, look, &WISH).await.unwrap();
    assert_eq!(stale, Opened::Denied(Denied::Proof));
    let stale = heirs::act(app, &here, &bayu, (paper.id, Deed::Approve), "").await.unwrap();
    assert_eq!(stale, Done::Unreached(Unreached::Denied(Denied::Proof)));
    let nobodys = ClaimId(Uuid::from_u128(1));
    let gone = Done::Unreached(Unreached::Gone);
    assert_eq!(does(&bench, &bayu, nobodys, Deed::Pay).await, gone);
}

async fn p05_nobody_opens_or_decides_about_the_own_death(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let paper = complete(&bench, &lestari, &WISH).await;
    let nik = Nik::parse("0001015407900003").unwrap();
    let herself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let herself = live(&bench, &herself.session).await;
    for deed in Deed::ALL {
        let done = does(&bench, &herself, paper.id, deed).await;
        assert_eq!(done, Done::Unreached(Unreached::Own), "{deed:?}");
    }
}

async fn whoever_buried_gets_the_funeral_and_an_heir_the_rest(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    for (relation, sum) in [(Relation::WhoeverBuried, 10_000_000), (Relation::Siblings, 32_000_000)]
    {
        let wish = Wish { relation: Some(relation), ..WISH };
        let paper = complete(&bench, &lestari, &wish).await;
        assert_eq!(does(&bench, &bayu, paper.id, Deed::Approve).await, Done::Done);
        bench.clock.advance(OBJECTION);
        assert_eq!(does(&bench, &bayu, paper.id, Deed::Pay).await, Done::Done);
        assert_eq!(kept(&bench, paper.id).await.paid, Some(Rupiah::new(sum)), "{relation:?}");
    }
}

async fn nothing_is_paid_to_somebody_who_is_said_to_be_dead(db: TestStore) {
    let bench = opened(db);
    let who = people::budi(&bench.app).await;
    let known = people::on_record_with(&bench.app, &who, 7).await;
    people::at_work(&bench.app, &who, month(8)).await;
    let session = signed_in(&bench).await;
    let budi = crate::payouts::live(&bench, &session).await;
    let (app, here) = (&bench.app, visit(&bench));
    let wish = OwnWish { kind: Kind::Jkk, event_on: Some(date(2026, 8, 3)), has_tax_number: true };
    let Begun::Claim(own) = claims::begin(app, &here, &budi, wish).await.unwrap() else {
        panic!("not begun")
    };
    let payouts = async || {
        let view = claims::view(&bench.app, &visit(&bench), &budi, own).await.unwrap();
        view.expect("a claim").payouts
    };
    assert_eq!(payouts().await, Payouts::Open);
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let Found::Record(look) = looks_for(&bench, &lestari, known.kpj.as_str()).await else {
        panic!("no record")
    };
    let opened = heirs::open(app, &here, &lestari, look, &WISH).await.unwrap();
    assert!(matches!(opened, Opened::Done(_)), "{opened:?}");
    assert_eq!(payouts().await, Payouts::Closed);
    let death = links::own_death(app, &budi.account).await.unwrap().unwrap();
    let named = death.id.0.to_string();
    assert!(links::own_is_alive(app, &here, &budi.account, &named).await.unwrap());
    assert_eq!(payouts().await, Payouts::Open);
}

async fn an_officer_sees_what_speaks_for_somebody_who_is_alive(db: TestStore) {
    let bench = opened(db);
    let who = people::budi(&bench.app).await;
    let known = people::on_record_with(&bench.app, &who, 7).await;
    people::at_work(&bench.app, &who, month(7)).await;
    let signed_in_at = visit(&bench).now;
    signed_in(&bench).await;
    bench.clock.advance(Duration::from_secs(1));
    let mut tx = bench.app.store.write().await.unwrap();
    let person = accounts::get(&mut tx, who.id).await.unwrap().unwrap().person;
    let work = members::employments(&mut tx, person).await.unwrap()[0];
    let august = Contribution {
        membership: work.membership,
        month: month(8),
        programme: Programme::Jkm,
        employer: work.employer(),
        wage: Rupiah::new(6_000_000),
        base: Rupiah::new(6_000_000),
        employer_part: Rupiah::new(18_000),
        worker_part: Rupiah::ZERO,
        due_on: date(2026, 9, 15),
        received_on: date(2026, 8, 16),
    };
    contributions::add(&mut tx, &[august]).await.unwrap();
    tx.commit().await.unwrap();
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let Found::Record(look) = looks_for(&bench, &lestari, known.kpj.as_str()).await else {
        panic!("no record")
    };
    let (app, here) = (&bench.app, visit(&bench));
    let in_july = Wish { died_on: Some(date(2026, 7, 20)), ..WISH };
    let paper = match heirs::open(app, &here, &lestari, look, &in_july).await.unwrap() {
        Opened::Done(paper) => *paper,
        other => panic!("not opened: {other:?}"),
    };
    let shown = heirs::show(app, &here, &lestari, paper.id).await.unwrap().unwrap();
    assert_eq!(shown.last_sign_in, Some(signed_in_at));
    assert_eq!(shown.paid_for_after, Some(august.month));
}

async fn an_heir_follows_with_both_and_a_stranger_learns_nothing(db: TestStore) {
    let bench = opened(db);
    covered(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Verifier).await;
    let paper = paper(&bench, &lestari, &WISH).await;
    let (app, here) = (&bench.app, visit(&bench));
    let other = FollowCode::new(&*app.dice);
    let nobodys = HeirReference::parse("KLW-0000-0000").unwrap();
    for (reference, code) in [
        (Some(&paper.reference), Some(&other)),
        (Some(&nobodys), Some(&paper.code)),
        (Some(&paper.reference), None),
        (None, Some(&paper.code)),
    ] {
        let wrong = follow(app, &here, reference, code).await.unwrap();
        assert!(matches!(wrong, Followed::Wrong), "{wrong:?}");
    }
    let right = follow(app, &here, Some(&paper.reference), Some(&paper.code)).await.unwrap();
    let Followed::Right(standing) = right else { panic!("not found: {right:?}") };
    assert_eq!((standing.stage, standing.missing.len()), (Stage::Opened, 3));
    assert!(standing.clock.is_none() && standing.owed.is_none());
    for slot in PAPERS {
        uploads(&bench, &lestari, paper.id, slot).await;
    }
    assert_eq!(does(&bench, &lestari, paper.id, Deed::Complete).await, Done::Done);
    // Ten days later nobody has decided: seven days after the last one.
    bench.clock.advance(Duration::from_hours(24 * 10));
    let here = visit(&bench);
    let right = follow(app, &here, Some(&paper.reference), Some(&paper.code)).await.unwrap();
    let Followed::Right(standing) = right else { panic!("not found: {right:?}") };
    assert_eq!(standing.clock.as_ref().unwrap().due_on, date(2026, 8, 20));
    assert_eq!(standing.owed, Some(Rupiah::new(2_940_000)), "seven hundredths of 42 million");
    let Done::Renewed(new) = does(&bench, &lestari, paper.id, Deed::Renew).await else {
        panic!("no other code")
    };
    let old = follow(app, &here, Some(&paper.reference), Some(&paper.code)).await.unwrap();
    assert!(matches!(old, Followed::Wrong), "the paper that was lost is dead");
    let right = follow(app, &here, Some(&new.reference), Some(&new.code)).await.unwrap();
    assert!(matches!(right, Followed::Right(_)));
}

async fn e04_codes_are_counted_before_they_are_compared(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 3);
    let (app, here) = (&bench.app, visit(&bench));
    people::siti(app).await;
    let reference = HeirReference::parse("KLW-0000-0000").unwrap();
    for _ in 0..3 {
        let code = FollowCode::new(&*app.dice);
        let answer = follow(app, &here, Some(&reference), Some(&code)).await.unwrap();
        assert!(matches!(answer, Followed::Wrong));
    }
    let answer = follow(app, &here, None, None).await.unwrap();
    assert!(matches!(answer, Followed::TooMany(_)), "{answer:?}");
}
