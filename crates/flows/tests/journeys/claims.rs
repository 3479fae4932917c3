//! Claims from the reason to the money: sent once, decided by one or two, paid once, and never while
//! their owner keeps payouts shut.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::civil::date;
use payung_domain::activity::Event;
use payung_domain::claims::{DRAFT_LIFE, Kind, MOST_BEGUN, OTHER_DOCUMENT, Stage, Step};
use payung_domain::contact_changes::COOLING_OFF;
use payung_domain::ids::{ClaimId, Nik, StaffId};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::payout_lock::Payouts;
use payung_domain::staff::source::Source;
use payung_domain::staff::{Officer, PROOF_LIFE, Role, Session, Staff};
use payung_domain::time::Clock;
use payung_flows::claims::desk::{self, Deed, Done};
use payung_flows::claims::{self, Account, Begun, Saved, Sent, Uploaded, View, Wish};
use payung_flows::sessions::SignedIn;
use payung_flows::staff::claim_acts::Unreached;
use payung_flows::staff::{Denied, SignedIn as AtTheDesk};
use payung_flows::{payouts, tidying};
use payung_storage::{ledger, staff};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};
use uuid::Uuid;

use crate::payouts::{has_happened, live, told};
use crate::{signed_in, visit};

on_each_engine!(
    a_claim_goes_from_the_reason_to_the_money,
    above_the_limit_it_takes_two_officers_and_never_one_twice,
    l7_of_64_approvals_at_once_one_pays,
    l7_of_64_tabs_at_once_one_claim_is_begun,
    nothing_is_paid_while_its_owner_keeps_payouts_shut,
    p05_nobody_decides_about_the_own_claim_nor_without_the_right,
    what_is_asked_for_stops_the_clock_and_starts_it_anew,
    a_refused_claim_says_why_and_is_over,
    what_the_rules_do_not_allow_is_not_begun_sent_or_paid,
    other_programmes_are_followed_and_take_two_officers,
    drafts_are_kept_for_thirty_days,
    e06_an_account_begins_ten_claims_in_thirty_days_and_no_more,
);

/// Budi, on record, with so much saved and no work.
pub(crate) async fn budi(bench: &Bench, saved: i64) -> SignedIn {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    people::save(&bench.app, &budi, Rupiah::new(saved)).await;
    let session = signed_in(bench).await;
    let budi = live(bench, &session).await;
    told(bench).await;
    budi
}

/// Somebody at the desk who used their passkey a moment ago.
pub(crate) async fn officer(
    bench: &Bench,
    number: u128,
    role: Role,
    nik: Option<&Nik>,
) -> AtTheDesk {
    let who = Staff {
        id: StaffId(Uuid::from_u128(number)),
        name: Officer::parse(&format!("officer{number}")).unwrap(),
        role,
        disabled_at: None,
    };
    let (vault, now) = (bench.app.store.vault(), bench.clock.now());
    let mut tx = bench.app.store.write().await.unwrap();
    let handle = Uuid::from_u128(number + 1_000);
    assert!(staff::add(&mut tx, vault, &who, handle, nik, now).await.unwrap());
    tx.commit().await.unwrap();
    proved(bench, who)
}

fn proved(bench: &Bench, staff: Staff) -> AtTheDesk {
    let now = bench.clock.now();
    let session =
        Session { staff: staff.id, created_at: now, seen_at: now, proved_at: now, ended_at: None };
    AtTheDesk {
        staff,
        session,
        until: now.plus(Duration::from_mins(15)),
        source: Source::CommandLine,
    }
}

pub(crate) const LAID_OFF: Wish =
    Wish { kind: Kind::JhtLaidOff, event_on: Some(date(2026, 6, 30)), has_tax_number: true };

pub(crate) async fn begun(bench: &Bench, member: &SignedIn, wish: Wish) -> ClaimId {
    match claims::begin(&bench.app, &visit(bench), member, wish).await.unwrap() {
        Begun::Claim(id) => id,
        other => panic!("not begun: {other:?}"),
    }
}

async fn saved_account(bench: &Bench, member: &SignedIn, id: ClaimId) -> Saved {
    let typed = Account { bank: "Bank Contoh", number: "1234567890", owner: "LAKSANA RAHAYU" };
    claims::save_account(&bench.app, &visit(bench), member, id, typed).await.unwrap()
}

/// A claim that was sent.
pub(crate) async fn sent(bench: &Bench, member: &SignedIn) -> ClaimId {
    let id = begun(bench, member, LAID_OFF).await;
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(saved_account(bench, member, id).await, Saved::Kept);
    let answer = claims::send(&bench.app, &visit(bench), member, id).await.unwrap();
    assert_eq!(answer, Sent::Done);
    id
}

/// A moment later, with a passkey used just now.
pub(crate) async fn does(bench: &Bench, who: &AtTheDesk, id: ClaimId, deed: Deed) -> Done {
    bench.clock.advance(Duration::from_secs(1));
    let who = proved(bench, who.staff.clone());
    let words = "Kartu keluarga belum terbaca";
    desk::act(&bench.app, &visit(bench), &who, (id, deed), words).await.unwrap()
}

async fn seen<'a>(bench: &'a Bench, member: &SignedIn, id: ClaimId) -> View<'a> {
    claims::view(&bench.app, &visit(bench), member, id).await.unwrap().expect("a claim")
}

async fn payouts_of(bench: &Bench, member: &SignedIn) -> Vec<Posting> {
    let mut tx = bench.app.store.read().await.unwrap();
    let all = ledger::of_person(&mut tx, member.account.person).await.unwrap();
    all.into_iter().filter(|line| line.kind == PostingKind::Payout).collect()
}

async fn a_claim_goes_from_the_reason_to_the_money(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let id = sent(&bench, &budi).await;
    let opens_at = bench.clock.now().plus(COOLING_OFF);
    let waits = Done::Waits(Payouts::OpensAt(opens_at));
    assert!(told(&bench).await.contains("KLM-"), "the owner is told");
    assert!(has_happened(&bench, &budi, Event::ClaimSent).await);
    let again = claims::send(&bench.app, &visit(&bench), &budi, id).await.unwrap();
    assert_eq!((again, told(&bench).await), (Sent::Done, String::new()), "sent twice, it is one");
    let verifier = officer(&bench, 7, Role::Verifier, None).await;
    let shown = desk::open(&bench.app, &visit(&bench), &verifier, id).await.unwrap().unwrap();
    assert_eq!(shown.payable().unwrap().gross, Rupiah::new(10_000_000));
    assert!(told(&bench).await.contains(verifier.staff.name.as_str()), "M-07, by letter too");
    assert!(desk::open(&bench.app, &visit(&bench), &verifier, id).await.unwrap().is_ok());
    assert_eq!(told(&bench).await, "", "shown again, it is the same look");
    assert!(has_happened(&bench, &budi, Event::StaffOpened).await);
    assert_eq!(does(&bench, &verifier, id, Deed::Approve).await, Done::TooLate, "not taken");
    assert_eq!(does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    assert_eq!(does(&bench, &verifier, id, Deed::Approve).await, waits, "a new account");
    assert!(told(&bench).await.contains("disetujui"));
    assert_eq!(does(&bench, &verifier, id, Deed::Pay).await, waits);
    assert!(payouts_of(&bench, &budi).await.is_empty());
    assert!(!claims::withdraw(&bench.app, &visit(&bench), &budi, id).await.unwrap());
    bench.clock.advance(COOLING_OFF);
    assert_eq!(does(&bench, &verifier, id, Deed::Pay).await, Done::Done);
    assert_eq!(does(&bench, &verifier, id, Deed::Pay).await, Done::TooLate);
    let paid = payouts_of(&bench, &budi).await;
    assert_eq!(paid.len(), 1);
    assert_eq!((paid[0].amount.get(), paid[0].balance.get()), (-10_000_000, 0));
    let view = seen(&bench, &budi, id).await;
    assert_eq!(view.claim.stage, Stage::Paid);
    assert_eq!(view.claim.paid, Some((Rupiah::new(10_000_000), Rupiah::ZERO)));
    let steps: Vec<Step> = view.events.iter().map(|one| one.step).collect();
    assert_eq!(steps, [Step::Begin, Step::Send, Step::Take, Step::Approve, Step::Pay]);
    assert!(told(&bench).await.contains("dibayar"));
    assert!(has_happened(&bench, &budi, Event::ClaimPaid).await);
}

async fn above_the_limit_it_takes_two_officers_and_never_one_twice(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 60_000_000).await;
    let id = sent(&bench, &budi).await;
    let first = officer(&bench, 7, Role::Verifier, None).await;
    let second = officer(&bench, 8, Role::Supervisor, None).await;
    bench.clock.advance(COOLING_OFF);
    assert_eq!(does(&bench, &first, id, Deed::Take).await, Done::Done);
    assert_eq!(does(&bench, &first, id, Deed::Approve).await, Done::Proposed);
    assert_eq!(does(&bench, &first, id, Deed::Approve).await, Done::Same);
    assert!(payouts_of(&bench, &budi).await.is_empty());
    assert_eq!(does(&bench, &second, id, Deed::Return).await, Done::Done);
    assert_eq!(does(&bench, &second, id, Deed::Approve).await, Done::Proposed);
    assert_eq!(does(&bench, &second, id, Deed::Approve).await, Done::Same);
    assert_eq!(does(&bench, &first, id, Deed::Approve).await, Done::Done);
    assert_eq!(payouts_of(&bench, &budi).await.len(), 1);
    let paid = seen(&bench, &budi, id).await.claim.paid;
    assert_eq!(paid, Some((Rupiah::new(60_000_000), Rupiah::new(500_000))), "5% above 50 million");
}

async fn l7_of_64_approvals_at_once_one_pays(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 60_000_000).await;
    let id = sent(&bench, &budi).await;
    let first = officer(&bench, 7, Role::Verifier, None).await;
    let second = officer(&bench, 8, Role::Verifier, None).await;
    bench.clock.advance(COOLING_OFF);
    assert_eq!(does(&bench, &first, id, Deed::Take).await, Done::Done);
    assert_eq!(does(&bench, &first, id, Deed::Approve).await, Done::Proposed);
    let answers = crowd::of_64(|_| {
        let (app, here) = (std::sync::Arc::clone(&bench.app), visit(&bench));
        let who = proved(&bench, second.staff.clone());
        async move { desk::act(&app, &here, &who, (id, Deed::Approve), "").await.unwrap() }
    })
    .await;
    let mut paid = 0;
    for answer in answers {
        match answer {
            Done::Done => paid += 1,
            other => assert_eq!(other, Done::TooLate),
        }
    }
    assert_eq!((paid, payouts_of(&bench, &budi).await.len()), (1, 1));
}

async fn l7_of_64_tabs_at_once_one_claim_is_begun(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let answers = crowd::of_64(|_| {
        let (app, here) = (std::sync::Arc::clone(&bench.app), visit(&bench));
        let budi = budi.clone();
        async move {
            match claims::begin(&app, &here, &budi, LAID_OFF).await.unwrap() {
                Begun::Claim(id) => id,
                other => panic!("not begun: {other:?}"),
            }
        }
    })
    .await;
    let ids: BTreeSet<ClaimId> = answers.into_iter().collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(claims::list(&bench.app, &budi).await.unwrap().len(), 1);
}

async fn nothing_is_paid_while_its_owner_keeps_payouts_shut(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let id = sent(&bench, &budi).await;
    let verifier = officer(&bench, 7, Role::Verifier, None).await;
    bench.clock.advance(COOLING_OFF);
    payouts::close(&bench.app, &visit(&bench), &budi).await.unwrap();
    assert_eq!(does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    let shut = Done::Waits(Payouts::Closed);
    assert_eq!(does(&bench, &verifier, id, Deed::Approve).await, shut);
    bench.clock.advance(Duration::from_hours(1_000));
    assert_eq!(does(&bench, &verifier, id, Deed::Pay).await, shut);
    assert!(payouts_of(&bench, &budi).await.is_empty());
    assert_eq!(seen(&bench, &budi, id).await.claim.stage, Stage::Approved);
    payouts::open(&bench.app, &visit(&bench), &budi).await.unwrap();
    bench.clock.advance(COOLING_OFF);
    assert_eq!(does(&bench, &verifier, id, Deed::Pay).await, Done::Done);
}

async fn p05_nobody_decides_about_the_own_claim_nor_without_the_right(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let draft = begun(&bench, &budi, LAID_OFF).await;
    let verifier = officer(&bench, 7, Role::Verifier, None).await;
    let gone = Done::Unreached(Unreached::Gone);
    assert_eq!(does(&bench, &verifier, draft, Deed::Take).await, gone, "a draft is nobody's");
    let id = sent(&bench, &budi).await;
    assert_eq!(id, draft);
    let nik = Nik::parse("0001012701990001").unwrap();
    let himself = officer(&bench, 9, Role::Supervisor, Some(&nik)).await;
    for deed in Deed::ALL {
        assert_eq!(does(&bench, &himself, id, deed).await, Done::Unreached(Unreached::Own));
    }
    let opened = desk::open(&bench.app, &visit(&bench), &himself, id).await.unwrap();
    assert!(matches!(opened, Err(Unreached::Own)));
    for (number, role) in (20..).zip([Role::Helpdesk, Role::Auditor, Role::Administrator]) {
        let who = officer(&bench, number, role, None).await;
        for deed in Deed::ALL {
            let denied = Done::Unreached(Unreached::Denied(Denied::Role));
            assert_eq!(does(&bench, &who, id, deed).await, denied, "{role:?} {deed:?}");
        }
        let list = desk::list(&bench.app, &visit(&bench), &who).await.unwrap();
        assert!(matches!(list, Err(Denied::Role)));
    }
    assert_eq!(does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    bench.clock.advance(PROOF_LIFE);
    let (app, here) = (&bench.app, visit(&bench));
    let stale = desk::act(app, &here, &verifier, (id, Deed::Approve), "").await.unwrap();
    assert_eq!(stale, Done::Unreached(Unreached::Denied(Denied::Proof)));
    let nobodys = ClaimId(Uuid::from_u128(1));
    assert_eq!(does(&bench, &verifier, nobodys, Deed::Pay).await, gone);
}

pub(crate) const PAGES: &[u8] = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n";

async fn what_is_asked_for_stops_the_clock_and_starts_it_anew(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let id = sent(&bench, &budi).await;
    let due = |view: &View<'_>| view.clock.as_ref().map(|clock| clock.due_on);
    assert_eq!(due(&seen(&bench, &budi, id).await), Some(date(2026, 8, 24)));
    let verifier = officer(&bench, 7, Role::Verifier, None).await;
    let (app, here) = (&bench.app, visit(&bench));
    let pages = (OTHER_DOCUMENT, PAGES);
    let closed = claims::upload(app, &here, &budi, id, pages).await.unwrap();
    assert_eq!(closed, Uploaded::Closed, "it is with staff");
    assert_eq!(saved_account(&bench, &budi, id).await, Saved::Closed);
    assert_eq!(does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    let words = desk::act(app, &here, &verifier, (id, Deed::Ask), "short").await.unwrap();
    assert_eq!(words, Done::Words);
    assert_eq!(does(&bench, &verifier, id, Deed::Ask).await, Done::Done);
    assert_eq!(due(&seen(&bench, &budi, id).await), None);
    bench.clock.advance(Duration::from_hours(24 * 7));
    let here = visit(&bench);
    let kept = claims::upload(app, &here, &budi, id, pages).await.unwrap();
    assert_eq!(kept, Uploaded::Kept);
    assert_eq!(claims::upload(app, &here, &budi, id, pages).await.unwrap(), Uploaded::Kept);
    assert_eq!(claims::send(app, &here, &budi, id).await.unwrap(), Sent::Done);
    let view = seen(&bench, &budi, id).await;
    assert_eq!((view.claim.stage, view.documents.len()), (Stage::InReview, 1));
    assert_eq!(due(&view), Some(date(2026, 8, 31)));
}

async fn a_refused_claim_says_why_and_is_over(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let id = sent(&bench, &budi).await;
    let verifier = officer(&bench, 7, Role::Verifier, None).await;
    assert_eq!(does(&bench, &verifier, id, Deed::Take).await, Done::Done);
    assert_eq!(does(&bench, &verifier, id, Deed::Refuse).await, Done::Done);
    for deed in Deed::ALL {
        assert_eq!(does(&bench, &verifier, id, deed).await, Done::TooLate, "{deed:?}");
    }
    assert!(told(&bench).await.contains("ditolak"));
    let view = seen(&bench, &budi, id).await;
    assert_eq!(view.claim.stage, Stage::Refused);
    assert_eq!(view.events.last().unwrap().words, "Kartu keluarga belum terbaca");
    assert_ne!(begun(&bench, &budi, LAID_OFF).await, id);
}

async fn what_the_rules_do_not_allow_is_not_begun_sent_or_paid(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let (app, here) = (&bench.app, visit(&bench));
    for wish in [
        Wish { kind: Kind::JhtAge, ..LAID_OFF },
        Wish { event_on: None, ..LAID_OFF },
        Wish { event_on: Some(date(2026, 8, 1)), ..LAID_OFF },
    ] {
        let no = claims::begin(app, &here, &budi, wish).await.unwrap();
        assert!(matches!(no, Begun::No(_)), "{wish:?}");
    }
    let id = begun(&bench, &budi, LAID_OFF).await;
    let early = claims::send(app, &here, &budi, id).await.unwrap();
    assert_eq!(early, Sent::Incomplete, "no account");
    assert_eq!(saved_account(&bench, &budi, id).await, Saved::Kept);
    // The savings leave by another way: there is no right any more.
    let mut tx = app.store.write().await.unwrap();
    let last = ledger::of_person(&mut tx, budi.account.person).await.unwrap().remove(0);
    let gone = Posting {
        sequence: 2,
        kind: PostingKind::Payout,
        amount: Rupiah::new(-10_000_000),
        balance: Rupiah::ZERO,
        ..last
    };
    ledger::add(&mut tx, &[gone]).await.unwrap();
    tx.commit().await.unwrap();
    let no = claims::send(app, &here, &budi, id).await.unwrap();
    assert!(matches!(no, Sent::No(_)), "{no:?}");
}

async fn other_programmes_are_followed_and_take_two_officers(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let (app, here) = (&bench.app, visit(&bench));
    let wish = Wish { kind: Kind::Jkk, ..LAID_OFF };
    let id = begun(&bench, &budi, wish).await;
    assert_eq!(claims::send(app, &here, &budi, id).await.unwrap(), Sent::Incomplete);
    for slot in ["accident-report-first", "accident-report-second"] {
        let kept = claims::upload(app, &here, &budi, id, (slot, PAGES)).await.unwrap();
        assert_eq!(kept, Uploaded::Kept, "{slot}");
    }
    let strange = claims::upload(app, &here, &budi, id, ("death-certificate", PAGES)).await;
    assert_eq!(strange.unwrap(), Uploaded::NoSlot);
    assert_eq!(claims::send(app, &here, &budi, id).await.unwrap(), Sent::Done);
    let first = officer(&bench, 7, Role::Verifier, None).await;
    let second = officer(&bench, 8, Role::Verifier, None).await;
    assert_eq!(does(&bench, &first, id, Deed::Take).await, Done::Done);
    assert_eq!(does(&bench, &first, id, Deed::Approve).await, Done::Proposed);
    assert_eq!(does(&bench, &second, id, Deed::Approve).await, Done::Done);
    assert_eq!(seen(&bench, &budi, id).await.claim.stage, Stage::Granted);
    assert!(payouts_of(&bench, &budi).await.is_empty(), "it is not paid out of the savings");
}

async fn drafts_are_kept_for_thirty_days(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    let draft = begun(&bench, &budi, LAID_OFF).await;
    bench.clock.advance(DRAFT_LIFE);
    tidying::tidy(&bench.app).await.unwrap();
    assert_eq!(seen(&bench, &budi, draft).await.claim.stage, Stage::Draft);
    bench.clock.advance(Duration::from_secs(1));
    tidying::tidy(&bench.app).await.unwrap();
    assert!(claims::list(&bench.app, &budi).await.unwrap().is_empty());
}

async fn e06_an_account_begins_ten_claims_in_thirty_days_and_no_more(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 10_000_000).await;
    for _ in 0..MOST_BEGUN {
        let id = begun(&bench, &budi, LAID_OFF).await;
        assert!(claims::withdraw(&bench.app, &visit(&bench), &budi, id).await.unwrap());
    }
    let more = claims::begin(&bench.app, &visit(&bench), &budi, LAID_OFF).await.unwrap();
    assert_eq!(more, Begun::TooMany);
    bench.clock.advance(DRAFT_LIFE);
    begun(&bench, &budi, LAID_OFF).await;
}
