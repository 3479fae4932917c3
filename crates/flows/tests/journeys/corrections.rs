//! Corrections: who may do what and about whom, what changes and what stays, and what members hear.

use jiff::civil::date;
use payung_domain::activity::Event;
use payung_domain::contributions::Contribution;
use payung_domain::corrections::{
    ANSWERED_WITHIN, CorrectionReference, Deed, Grounds, Key, MOST_OPEN, NotNow, Stage, Subject,
    Typed, TypedPerson, TypedRow,
};
use payung_domain::ids::{Kpj, MembershipId, Nik};
use payung_domain::ledger::statement::Statement;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::cases::{Case, Closing, Kind as About, Linked, NotDone, State};
use payung_domain::staff::looks::{Kind, Query};
use payung_domain::staff::{PROOF_LIFE, Right, Role};
use payung_flows::corrections::{self as asking, Asked};
use payung_flows::sessions::SignedIn as Member;
use payung_flows::staff::cases::operator;
use payung_flows::staff::cases::work::{self, Wish, Worked};
use payung_flows::staff::corrections::{
    self, AskedFor, Decided, Decision, Found as Rows, Opened, Proposed, Seen,
};
use payung_flows::staff::looks::{self, Found, Search};
use payung_flows::staff::{Denied, SignedIn, people as colleagues};
use payung_storage::{accounts, contributions, corrections as kept, ledger, members};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::payouts::{has_happened, live as member_of, told};
use crate::staff::{live, opened, reason, someone, written};
use crate::{deliver, signed_in, text_of, visit};

on_each_engine!(
    p04_two_officers_put_a_person_right_and_nothing_is_lost,
    a_contribution_is_taken_back_and_booked_anew,
    p02_every_act_of_a_correction_as_every_role,
    p04_nobody_touches_the_own_record_or_decides_about_the_own_proposal,
    a_record_that_changed_since_is_not_put_right,
    n09_a_refusal_has_a_reason_that_the_member_reads,
    p01_agreeing_needs_a_passkey_used_a_moment_ago,
    p02_whoever_is_shut_out_puts_nothing_right,
    s5_what_is_on_another_record_is_not_asked_for,
    savings_that_were_paid_out_are_not_taken_back,
    a_request_is_one_however_often_it_is_sent,
    p05_opening_a_correction_is_a_look_that_is_counted_and_told_once,
    n08_a_request_is_a_case_until_it_is_decided,
    a_refusal_ends_the_case_and_nobody_closes_it_before,
    a_request_by_an_officer_is_a_case_with_their_name,
    a_member_takes_a_request_back_and_nobody_elses,
);

pub(crate) const SAID: &str = "This is not what stands on my card.";

/// Budi, on record with two months of savings and one of pension; signed in.
pub(crate) async fn budi(bench: &Bench) -> Member {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 7).await;
    let session = signed_in(bench).await;
    let budi = member_of(bench, &session).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let membership = membership_of(&mut tx, &budi).await;
    let rows = [saved(membership, 3), saved(membership, 4), pension(membership)];
    contributions::add(&mut tx, &rows).await.unwrap();
    let line = |sequence: i64, row: &Contribution| Posting {
        membership,
        sequence,
        kind: PostingKind::Contribution,
        month: row.month,
        booked_on: row.received_on,
        amount: Rupiah::new(20_000),
        balance: Rupiah::new(20_000 * sequence),
        rate: None,
    };
    ledger::add(&mut tx, &[line(1, &rows[0]), line(2, &rows[1])]).await.unwrap();
    tx.commit().await.unwrap();
    budi
}

async fn membership_of(tx: &mut payung_storage::Tx, who: &Member) -> MembershipId {
    members::memberships(tx, who.account.person).await.unwrap()[0].id
}

fn saved(membership: MembershipId, month: i8) -> Contribution {
    Contribution {
        membership,
        month: Month::new(2026, month).unwrap(),
        programme: Programme::Jht,
        employer: None,
        wage: Rupiah::new(1_000_000),
        base: Rupiah::new(1_000_000),
        employer_part: Rupiah::ZERO,
        worker_part: Rupiah::new(20_000),
        due_on: date(2026, month + 1, 15),
        received_on: date(2026, month + 1, 10),
    }
}

fn pension(membership: MembershipId) -> Contribution {
    Contribution { programme: Programme::Jkm, ..saved(membership, 3) }
}

pub(crate) async fn march(bench: &Bench, who: &Member) -> Subject {
    let mut tx = bench.app.store.write().await.unwrap();
    Subject::Row(Key::of(&saved(membership_of(&mut tx, who).await, 3)))
}

pub(crate) async fn asks(bench: &Bench, who: &Member, subject: &Subject) -> CorrectionReference {
    match asking::ask(&bench.app, &visit(bench), who, subject, SAID).await.unwrap() {
        Asked::Kept(reference) => reference,
        other => panic!("not kept: {other:?}"),
    }
}

pub(crate) async fn officer(bench: &Bench, name: &str, role: Role) -> SignedIn {
    let someone = someone(bench, name, role, None).await;
    live(bench, &someone.session).await
}

const PERSON: TypedPerson<'_> = TypedPerson {
    name: "Laksana Contoh",
    nik: "0001012701990008",
    birth_date: "1999-01-28",
    sex: "male",
};

pub(crate) const ROW: TypedRow<'_> = TypedRow {
    month: "2026-03",
    npp: "",
    wage: "1000000",
    employer_part: "0",
    worker_part: "30000",
    received: "2026-04-10",
};

fn grounds(document: &str) -> Grounds<'_> {
    Grounds { document, number: "0000 11", since: "2026-08-01", why: "The document says so." }
}

pub(crate) async fn proposes_of(
    bench: &Bench,
    who: &SignedIn,
    reference: &CorrectionReference,
    version: i64,
    typed: Typed<'_>,
) -> Proposed {
    let document = match typed {
        Typed::Person(_) => "family-card",
        Typed::Row(_) => "bank-proof",
    };
    let (here, seen) = (visit(bench), Seen { reference, version });
    let given = (typed, grounds(document));
    corrections::propose(&bench.app, &here, who, seen, given).await.unwrap()
}

pub(crate) async fn decides(
    bench: &Bench,
    who: &SignedIn,
    reference: &CorrectionReference,
    version: i64,
    decision: Decision<'_>,
) -> Decided {
    let seen = Seen { reference, version };
    corrections::decide(&bench.app, &visit(bench), who, seen, decision).await.unwrap()
}

async fn stage(bench: &Bench, who: &Member) -> Stage {
    let all = asking::of_member(&bench.app, who).await.unwrap();
    all.corrections[0].correction.stage
}

async fn p04_two_officers_put_a_person_right_and_nothing_is_lost(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    told(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    assert!(told(&bench).await.contains(reference.as_str()));
    assert!(has_happened(&bench, &budi, Event::CorrectionAsked).await);
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let proposed = proposes_of(&bench, &lestari, &reference, 1, Typed::Person(PERSON)).await;
    assert_eq!(proposed, Proposed::Done);
    assert!(told(&bench).await.contains(reference.as_str()), "told of the proposal");
    let decided = decides(&bench, &bayu, &reference, 2, Decision::Approve).await;
    assert_eq!(decided, Decided::Done);
    assert!(told(&bench).await.contains(reference.as_str()), "and of the effect");
    assert!(has_happened(&bench, &budi, Event::StaffChanged).await);
    let (app, id) = (&bench.app, budi.account.person);
    let mut tx = app.store.read().await.unwrap();
    let (now, _) = members::person(&mut tx, app.store.vault(), id).await.unwrap().unwrap();
    assert_eq!((now.name.expose(), now.birth_date), ("Laksana Contoh", date(1999, 1, 28)));
    let earlier = kept::earlier_people(&mut tx, app.store.vault(), id).await.unwrap();
    assert_eq!(earlier[0].0.name.expose(), "Laksana Rahayu");
    assert_eq!(earlier[0].2, date(2026, 8, 1), "since when it is so");
    drop(tx);
    let all = asking::of_member(app, &budi).await.unwrap();
    let deeds: Vec<&Deed> = all.corrections[0].steps.iter().map(|step| &step.deed).collect();
    assert!(matches!(deeds[..], [Deed::Asked(_), Deed::Proposed(_), Deed::Approved]), "{deeds:?}");
    for decision in [Decision::Approve, Decision::Refuse(SAID), Decision::Return(SAID)] {
        let again = decides(&bench, &bayu, &reference, 3, decision).await;
        assert_eq!(again, Decided::NotNow(NotNow::Stage));
    }
}

async fn a_contribution_is_taken_back_and_booked_anew(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let march = march(&bench, &budi).await;
    let reference = asks(&bench, &budi, &march).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let proposed = proposes_of(&bench, &lestari, &reference, 1, Typed::Row(ROW)).await;
    assert_eq!(proposed, Proposed::Done);
    assert_eq!(decides(&bench, &bayu, &reference, 2, Decision::Approve).await, Decided::Done);
    let mut tx = bench.app.store.read().await.unwrap();
    let lines = ledger::of_person(&mut tx, budi.account.person).await.unwrap();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount.get()).collect();
    assert_eq!(amounts, [20_000, 20_000, -20_000, 30_000]);
    assert!(lines[2..].iter().all(|line| line.kind == PostingKind::Correction));
    assert_eq!(Statement::of(&lines).unwrap().balance, Rupiah::new(50_000));
    let rows = contributions::of_person(&mut tx, budi.account.person).await.unwrap();
    let savings = rows.iter().filter(|row| row.programme == Programme::Jht);
    let worker: Vec<i64> = savings.map(|row| row.worker_part.get()).collect();
    assert_eq!(worker, [30_000, 20_000]);
    let earlier = kept::earlier_contributions(&mut tx, budi.account.person).await.unwrap();
    assert_eq!(earlier[0].0.worker_part, Rupiah::new(20_000));
}

async fn p02_every_act_of_a_correction_as_every_role(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let (app, here) = (&bench.app, visit(&bench));
    for role in Role::ALL {
        let who = officer(&bench, &format!("a-{}", role.name()), role).await;
        let may = role.may(Right::ProposeCorrection);
        let before = written(&bench, &auditor, Act::CorrectionOpened, Outcome::Refused).await;
        let listed = corrections::list(app, &here, &who).await.unwrap();
        assert_eq!(listed.is_ok(), may, "{role:?}");
        let found = corrections::open(app, &here, &who, &reference).await.unwrap();
        assert_eq!(matches!(found, Opened::Correction(_)), may, "{role:?}");
        let refused = written(&bench, &auditor, Act::CorrectionOpened, Outcome::Refused).await;
        assert_eq!(refused, before + usize::from(!may), "{role:?}");
        let proposed = proposes_of(&bench, &who, &reference, 9, Typed::Person(PERSON)).await;
        let expected =
            if may { Proposed::NotNow(NotNow::Older) } else { Proposed::Denied(Denied::Role) };
        assert_eq!(proposed, expected, "{role:?}");
        for decision in [Decision::Approve, Decision::Return(SAID), Decision::Refuse(SAID)] {
            let decided = decides(&bench, &who, &reference, 9, decision).await;
            let expected = if role.may(Right::DecideCorrection) {
                Decided::NotNow(NotNow::Older)
            } else {
                Decided::Denied(Denied::Role)
            };
            assert_eq!(decided, expected, "{role:?}");
        }
        let look = payung_domain::ids::LookId(uuid::Uuid::nil());
        let asked = corrections::ask_for(app, &here, &who, (look, &Subject::Person), SAID).await;
        let expected = if may { AskedFor::Gone } else { AskedFor::Denied(Denied::Role) };
        assert_eq!(asked.unwrap(), expected, "{role:?}");
        let rows = corrections::rows(app, &here, &who, (look, 2026)).await.unwrap();
        assert_eq!(matches!(rows, Rows::Gone), may, "{role:?}");
    }
    assert_eq!(stage(&bench, &budi).await, Stage::Asked);
}

async fn p04_nobody_touches_the_own_record_or_decides_about_the_own_proposal(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let nik = Nik::parse("0001012701990007").unwrap();
    let himself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let himself = live(&bench, &himself.session).await;
    let opened = corrections::open(&bench.app, &visit(&bench), &himself, &reference).await;
    assert!(matches!(opened.unwrap(), Opened::Own));
    let proposed = proposes_of(&bench, &himself, &reference, 1, Typed::Person(PERSON)).await;
    assert_eq!(proposed, Proposed::Own);
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let proposed = proposes_of(&bench, &bayu, &reference, 1, Typed::Person(PERSON)).await;
    assert_eq!(proposed, Proposed::Done);
    let own = decides(&bench, &bayu, &reference, 2, Decision::Approve).await;
    assert_eq!(own, Decided::NotNow(NotNow::Own));
    let own = decides(&bench, &himself, &reference, 2, Decision::Approve).await;
    assert_eq!(own, Decided::Own);
    assert_eq!(stage(&bench, &budi).await, Stage::Proposed);
}

async fn a_record_that_changed_since_is_not_put_right(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let march = march(&bench, &budi).await;
    let reference = asks(&bench, &budi, &march).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    proposes_of(&bench, &lestari, &reference, 1, Typed::Row(ROW)).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let before = saved(membership_of(&mut tx, &budi).await, 3);
    let after = Contribution { wage: Rupiah::new(2_000_000), ..before };
    let (id, both) = (uuid::Uuid::from_u128(5), (&before, &after));
    kept::set_contribution(&mut tx, id, both, bench.app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(decides(&bench, &bayu, &reference, 2, Decision::Approve).await, Decided::Changed);
    assert_eq!(stage(&bench, &budi).await, Stage::Returned);
    let mut tx = bench.app.store.read().await.unwrap();
    assert_eq!(ledger::of_person(&mut tx, budi.account.person).await.unwrap().len(), 2);
    drop(tx);
    // It went back, so that it is proposed anew by whoever looks at it as it is now.
    let anew = TypedRow { wage: "2000000", ..ROW };
    let proposed = proposes_of(&bench, &bayu, &reference, 3, Typed::Row(anew)).await;
    assert_eq!(proposed, Proposed::Done);
}

async fn n09_a_refusal_has_a_reason_that_the_member_reads(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    told(&bench).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let short = decides(&bench, &bayu, &reference, 1, Decision::Refuse("no")).await;
    assert!(matches!(short, Decided::NoWords(_)));
    let why = "The civil registry has it as it is here.";
    let refused = decides(&bench, &bayu, &reference, 1, Decision::Refuse(why)).await;
    assert_eq!(refused, Decided::Done);
    assert!(told(&bench).await.contains(reference.as_str()));
    let all = asking::of_member(&bench.app, &budi).await.unwrap();
    let last = all.corrections[0].steps.last().unwrap();
    assert_eq!(last.deed, Deed::Refused(why.to_owned()));
    assert_eq!(last.officer.as_deref(), Some("bayu"));
}

async fn p01_agreeing_needs_a_passkey_used_a_moment_ago(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    bench.clock.advance(PROOF_LIFE);
    let proposed = proposes_of(&bench, &lestari, &reference, 1, Typed::Person(PERSON)).await;
    assert_eq!(proposed, Proposed::Done, "a proposal changes nothing yet");
    let decided = decides(&bench, &bayu, &reference, 2, Decision::Approve).await;
    assert_eq!(decided, Decided::Denied(Denied::Proof));
    assert_eq!(stage(&bench, &budi).await, Stage::Proposed);
}

async fn p02_whoever_is_shut_out_puts_nothing_right(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    proposes_of(&bench, &lestari, &reference, 1, Typed::Person(PERSON)).await;
    let name = &bayu.staff.name;
    let why = "works no more here";
    assert!(colleagues::switch_by_operator(&bench.app, name, true, why).await.unwrap());
    // The page was open before, and the session is still in hand.
    let decided = decides(&bench, &bayu, &reference, 2, Decision::Approve).await;
    assert_eq!(decided, Decided::Denied(Denied::Role));
    assert_eq!(stage(&bench, &budi).await, Stage::Proposed);
}

async fn s5_what_is_on_another_record_is_not_asked_for(db: TestStore) {
    let bench = opened(db);
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    let budi = budi(&bench).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let vault = bench.app.store.vault();
    let kpj = Kpj::parse(people::KPJ).unwrap();
    let her = members::by_kpj(&mut tx, vault, &kpj).await.unwrap().unwrap();
    let of_siti = members::memberships(&mut tx, her.id).await.unwrap()[0].id;
    contributions::add(&mut tx, &[saved(of_siti, 3)]).await.unwrap();
    let own = membership_of(&mut tx, &budi).await;
    tx.commit().await.unwrap();
    // Neither one of hers, nor one of his own that never came.
    for row in [saved(of_siti, 3), saved(own, 6)] {
        let subject = Subject::Row(Key::of(&row));
        let asked = asking::ask(&bench.app, &visit(&bench), &budi, &subject, SAID).await.unwrap();
        assert_eq!(asked, Asked::Unknown);
    }
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let (kind, reason) = (Kind::Kpj, reason());
    let query = Query::parse(kind, people::KPJ).unwrap();
    let search = Search { kind, query: &query, reason: &reason };
    let found = looks::look_up(&bench.app, &visit(&bench), &lestari, search).await.unwrap();
    let Found::Record(look) = found else { panic!("no record") };
    let (app, here) = (&bench.app, visit(&bench));
    let his = Subject::Row(Key::of(&saved(own, 3)));
    let asked = corrections::ask_for(app, &here, &lestari, (look, &his), SAID).await.unwrap();
    assert_eq!(asked, AskedFor::Asked(Asked::Unknown));
    let of_siti = Subject::Row(Key::of(&saved(of_siti, 3)));
    let asked = corrections::ask_for(app, &here, &lestari, (look, &of_siti), SAID).await.unwrap();
    assert!(matches!(asked, AskedFor::Asked(Asked::Kept(_))));
}

async fn savings_that_were_paid_out_are_not_taken_back(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let march = march(&bench, &budi).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let membership = membership_of(&mut tx, &budi).await;
    let payout = Posting {
        membership,
        sequence: 3,
        kind: PostingKind::Payout,
        month: Month::new(2026, 7).unwrap(),
        booked_on: date(2026, 7, 30),
        amount: Rupiah::new(-40_000),
        balance: Rupiah::ZERO,
        rate: None,
    };
    ledger::add(&mut tx, &[payout]).await.unwrap();
    tx.commit().await.unwrap();
    let reference = asks(&bench, &budi, &march).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let less = TypedRow { worker_part: "10000", ..ROW };
    proposes_of(&bench, &lestari, &reference, 1, Typed::Row(less)).await;
    let decided = decides(&bench, &bayu, &reference, 2, Decision::Approve).await;
    assert_eq!(decided, Decided::Overdrawn);
    let mut tx = bench.app.store.read().await.unwrap();
    let rows = contributions::of_person(&mut tx, budi.account.person).await.unwrap();
    assert!(rows.contains(&saved(membership, 3)), "nothing of it lasts");
}

/// The case that a correction is.
async fn case_of(bench: &Bench, reference: &CorrectionReference) -> Case {
    let all = operator::list(&bench.app, (Some(About::Correction), None), 50).await.unwrap();
    let linked = Linked::Correction(reference.clone());
    let mut ours = all.into_iter().map(|one| one.case).filter(|case| case.linked == linked);
    let case = ours.next().expect("it is a case");
    assert!(ours.next().is_none(), "one case");
    case
}

/// The same once it is over.
async fn end_of(bench: &Bench, who: &SignedIn, case: &Case) -> (State, String) {
    let read = work::show(&bench.app, &visit(bench), who, &case.reference).await.unwrap();
    let work::Opened::Case(shown) = read else { panic!("not shown") };
    let author = shown.entries.last().unwrap().author.clone();
    (shown.case.state, author)
}

async fn n08_a_request_is_a_case_until_it_is_decided(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    asking::ask(&bench.app, &visit(&bench), &budi, &Subject::Person, SAID).await.unwrap();
    let case = case_of(&bench, &reference).await;
    assert_eq!(case.due_at, case.opened_at.plus(ANSWERED_WITHIN));
    let whose = (case.account, case.person);
    assert_eq!(whose, (Some(budi.account.id), Some(budi.account.person)));
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    proposes_of(&bench, &lestari, &reference, 1, Typed::Person(PERSON)).await;
    decides(&bench, &bayu, &reference, 2, Decision::Return(SAID)).await;
    assert_eq!(case_of(&bench, &reference).await.state, State::Open, "not decided");
    proposes_of(&bench, &lestari, &reference, 3, Typed::Person(PERSON)).await;
    assert_eq!(decides(&bench, &bayu, &reference, 4, Decision::Approve).await, Decided::Done);
    let (state, author) = end_of(&bench, &lestari, &case).await;
    assert!(matches!(state, State::Closed { by: None, outcome: Closing::Corrected, .. }));
    assert_eq!(author, "bayu");
}

async fn a_refusal_ends_the_case_and_nobody_closes_it_before(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let case = case_of(&bench, &reference).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let (app, here) = (&bench.app, visit(&bench));
    let seen = |version| work::Seen { reference: &case.reference, version };
    let taken = work::work(app, &here, &lestari, seen(1), Wish::Take).await.unwrap();
    assert_eq!(taken, Worked::Done);
    let close = Wish::Close(Closing::Refused, "there is nothing to it");
    let closed = work::work(app, &here, &lestari, seen(2), close).await.unwrap();
    assert_eq!(closed, Worked::Not(NotDone::Undecided));
    let closed = operator::close(app, &case.reference, Closing::Helped, "by hand").await.unwrap();
    assert_eq!(closed, operator::Closed::Not(NotDone::Undecided));
    let why = Decision::Refuse("The civil registry has it as it is here.");
    assert_eq!(decides(&bench, &bayu, &reference, 1, why).await, Decided::Done);
    let (state, _) = end_of(&bench, &bayu, &case).await;
    let State::Closed { by, outcome, .. } = state else { panic!("still open") };
    assert_eq!((by, outcome), (Some(lestari.staff.id), Closing::Refused));
}

async fn a_member_takes_a_request_back_and_nobody_elses(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    let reference = asks(&bench, &budi, &Subject::Person).await;
    let case = case_of(&bench, &reference).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    proposes_of(&bench, &lestari, &reference, 1, Typed::Person(PERSON)).await;
    let (app, here) = (&bench.app, visit(&bench));
    let mut tx = app.store.read().await.unwrap();
    let account = accounts::get(&mut tx, siti.id).await.unwrap().unwrap();
    drop(tx);
    let other = Member { account, ..budi.clone() };
    assert!(!asking::withdraw(app, &here, &other, &reference).await.unwrap(), "S5");
    told(&bench).await;
    assert!(asking::withdraw(app, &here, &budi, &reference).await.unwrap());
    assert!(told(&bench).await.contains(reference.as_str()));
    assert!(has_happened(&bench, &budi, Event::CorrectionWithdrawn).await);
    assert_eq!(stage(&bench, &budi).await, Stage::Withdrawn);
    let (state, author) = end_of(&bench, &lestari, &case).await;
    assert!(matches!(state, State::Closed { outcome: Closing::Withdrawn, .. }));
    assert_eq!(author, "", "the member");
    assert!(!asking::withdraw(app, &here, &budi, &reference).await.unwrap(), "once");
    for version in [2, 3] {
        let late = decides(&bench, &bayu, &reference, version, Decision::Approve).await;
        assert!(matches!(late, Decided::NotNow(_)), "{late:?}");
    }
    // What was taken back can be asked for anew, and is another case.
    let again = asks(&bench, &budi, &Subject::Person).await;
    assert_ne!(case_of(&bench, &again).await.reference, case.reference);
}

async fn a_request_by_an_officer_is_a_case_with_their_name(db: TestStore) {
    let bench = opened(db);
    budi(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let (app, here, reason) = (&bench.app, visit(&bench), reason());
    let query = Query::parse(Kind::Nik, "0001012701990007").unwrap();
    let search = Search { kind: Kind::Nik, query: &query, reason: &reason };
    let found = looks::look_up(app, &here, &lestari, search).await.unwrap();
    let Found::Record(look) = found else { panic!("no record") };
    let asked = corrections::ask_for(app, &here, &lestari, (look, &Subject::Person), SAID).await;
    let AskedFor::Asked(Asked::Kept(reference)) = asked.unwrap() else { panic!("not kept") };
    let case = case_of(&bench, &reference).await;
    assert_eq!(end_of(&bench, &lestari, &case).await.1, "lestari");
}

async fn a_request_is_one_however_often_it_is_sent(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench).await;
    let first = asks(&bench, &budi, &Subject::Person).await;
    let (app, here) = (&bench.app, visit(&bench));
    let again = asking::ask(app, &here, &budi, &Subject::Person, SAID).await.unwrap();
    assert_eq!(again, Asked::Before(first));
    let mut tx = app.store.write().await.unwrap();
    let membership = membership_of(&mut tx, &budi).await;
    let months = (0..30).map(|ahead| Month::new(2020, 1).unwrap().plus(ahead));
    let rows: Vec<Contribution> =
        months.map(|month| Contribution { month, ..saved(membership, 3) }).collect();
    contributions::add(&mut tx, &rows).await.unwrap();
    tx.commit().await.unwrap();
    let mut kept = 1;
    for row in &rows {
        let subject = Subject::Row(Key::of(row));
        match asking::ask(app, &here, &budi, &subject, SAID).await.unwrap() {
            Asked::Kept(_) => kept += 1,
            other => assert_eq!(other, Asked::Full),
        }
    }
    assert_eq!(kept, MOST_OPEN);
}

async fn p05_opening_a_correction_is_a_look_that_is_counted_and_told_once(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.desk.public_url = Some("https://desk.payung.example".to_owned());
        settings.desk.looks_per_hour = 1;
    });
    let budi = budi(&bench).await;
    let first = asks(&bench, &budi, &Subject::Person).await;
    let of_march = march(&bench, &budi).await;
    let second = asks(&bench, &budi, &of_march).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    deliver(&bench).await;
    let (app, here) = (&bench.app, visit(&bench));
    for _ in 0..2 {
        let found = corrections::open(app, &here, &lestari, &first).await.unwrap();
        assert!(matches!(found, Opened::Correction(_)), "{found:?}");
    }
    let letters: Vec<String> = deliver(&bench).await.iter().map(text_of).collect();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].contains("lestari"), "{letters:?}");
    assert!(has_happened(&bench, &budi, Event::StaffOpened).await);
    let found = corrections::open(app, &here, &lestari, &second).await.unwrap();
    assert!(matches!(found, Opened::TooMany), "one an hour: {found:?}");
    assert_eq!(written(&bench, &auditor, Act::CorrectionOpened, Outcome::TooMuch).await, 1);
    assert_eq!(written(&bench, &auditor, Act::CorrectionOpened, Outcome::Done).await, 1);
    assert_eq!(app.counters.looks_over_limit.total(), 1);
}
