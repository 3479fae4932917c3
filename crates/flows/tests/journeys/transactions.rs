//! Everything that moved, what a member does not recognise of it, and everything to take along.

use std::collections::BTreeSet;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::contributions::Contribution;
use payung_domain::ids::Kpj;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::Programme;
use payung_domain::recoveries::Officer;
use payung_domain::staff::Role;
use payung_domain::staff::audit::{Act, Outcome as CameOf};
use payung_domain::transactions::{MOST_OPEN, Outcome, ReportReference, Spot};
use payung_flows::export::{self, MOST_A_DAY, Table, Taken};
use payung_flows::recoveries::desk::{Hand, NotShown};
use payung_flows::sessions::SignedIn;
use payung_flows::transactions::desk::{self, Closed};
use payung_flows::transactions::reports::{self, Answer};
use payung_flows::transactions::{self, Choice};
use payung_storage::{contributions, ledger, members};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::payouts::{asked, has_happened, live, told};
use crate::staff::{live as at_the_desk, opened, someone, written};
use crate::{signed_in, visit};

on_each_engine!(
    forty_years_are_paged_without_a_gap_or_a_double,
    a_row_that_is_not_recognised_shuts_payouts_at_once_and_goes_to_staff,
    a_second_press_is_one_report_and_shuts_payouts_again,
    e06_a_flood_of_reports_ends_and_payouts_are_shut_all_the_same,
    s5_a_row_of_another_member_is_not_reported,
    staff_close_a_report_once_and_payouts_stay_shut,
    whoever_may_not_sees_and_closes_no_report_and_each_try_is_written_down,
    everything_is_one_sound_file_and_says_that_it_was_taken,
    e06_everything_is_taken_so_often_a_day_and_no_more,
);

/// Budi, with so many months of savings and of pension contributions, and a payout.
pub(crate) async fn budi(bench: &Bench, months: i32) -> SignedIn {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    let session = signed_in(bench).await;
    let budi = live(bench, &session).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let numbers = members::memberships(&mut tx, budi.account.person).await.unwrap();
    let membership = numbers[0].id;
    let first = Month::new(1986, 1).unwrap();
    let mut lines = Vec::new();
    let mut paid = Vec::new();
    for (number, ahead) in (1_i64..).zip(0..months) {
        let month = first.plus(ahead);
        let day = month.next().first_day();
        lines.push(Posting {
            membership,
            sequence: number,
            kind: PostingKind::Contribution,
            month,
            booked_on: day,
            amount: Rupiah::new(1_000),
            balance: Rupiah::new(1_000 * number),
            rate: None,
        });
        for programme in [Programme::Jht, Programme::Jp] {
            paid.push(Contribution {
                membership,
                month,
                programme,
                employer: None,
                wage: Rupiah::new(20_000),
                base: Rupiah::new(20_000),
                employer_part: Rupiah::ZERO,
                worker_part: Rupiah::new(1_000),
                due_on: day,
                received_on: day,
            });
        }
    }
    let last = lines.last().unwrap().clone();
    lines.push(Posting {
        sequence: last.sequence + 1,
        kind: PostingKind::Payout,
        booked_on: jiff::civil::date(2026, 7, 30),
        amount: Rupiah::new(-500),
        balance: Rupiah::new(last.balance.get() - 500),
        ..last
    });
    ledger::add(&mut tx, &lines).await.unwrap();
    contributions::add(&mut tx, &paid).await.unwrap();
    tx.commit().await.unwrap();
    budi
}

pub(crate) async fn page(bench: &Bench, member: &SignedIn, choice: &Choice) -> transactions::Part {
    transactions::page(&bench.app, member, choice, None).await.unwrap()
}

/// Reports a row that may be reported.
pub(crate) async fn reported(bench: &Bench, member: &SignedIn, spot: &Spot) -> ReportReference {
    match reports::submit(&bench.app, &visit(bench), member, spot).await.unwrap() {
        Answer::Reported(reference) => reference,
        other => panic!("not reported: {other:?}"),
    }
}

async fn forty_years_are_paged_without_a_gap_or_a_double(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 480).await;
    let (mut seen, mut before) = (BTreeSet::new(), None);
    loop {
        let choice = Choice::default();
        let part = transactions::page(&bench.app, &budi, &choice, before.as_ref()).await.unwrap();
        assert!(part.rows.len() <= 25);
        for row in part.rows {
            assert!(seen.insert(row.spot));
        }
        before = part.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 961, "480 in savings, 480 in the pension, one payout");
    let chosen = Choice { year: Some(1990), kind: Some(PostingKind::Contribution), kpj: None };
    assert_eq!(page(&bench, &budi, &chosen).await.rows.len(), 24);
    let other = Choice { kpj: Some(Kpj::parse("99999999999").unwrap()), ..Choice::default() };
    assert!(page(&bench, &budi, &other).await.rows.is_empty());
}

async fn a_row_that_is_not_recognised_shuts_payouts_at_once_and_goes_to_staff(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 2).await;
    let row = page(&bench, &budi, &Choice::default()).await.rows.remove(0);
    assert_eq!((row.kind, asked(&bench, &budi).await), (PostingKind::Payout, Payouts::Open));
    let reference = reported(&bench, &budi, &row.spot).await;
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed);
    let letters = told(&bench).await;
    assert!(letters.contains(reference.as_str()) && letters.contains("Kunci pencairan dipasang"));
    assert!(has_happened(&bench, &budi, Event::TransactionReported).await);
    assert!(has_happened(&bench, &budi, Event::PayoutsClosed).await);
    let listed = desk::list(&bench.app, true, 10).await.unwrap();
    assert_eq!((listed.len(), &listed[0].row), (1, &row), "the row is the evidence");
    assert_eq!(page(&bench, &budi, &Choice::default()).await.reported, [row.spot]);
}

async fn a_second_press_is_one_report_and_shuts_payouts_again(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 1).await;
    let row = page(&bench, &budi, &Choice::default()).await.rows.remove(0);
    let first = reported(&bench, &budi, &row.spot).await;
    payung_flows::payouts::open(&bench.app, &visit(&bench), &budi).await.unwrap();
    assert_eq!(reported(&bench, &budi, &row.spot).await, first);
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed);
    assert_eq!(desk::list(&bench.app, false, 10).await.unwrap().len(), 1);
}

async fn e06_a_flood_of_reports_ends_and_payouts_are_shut_all_the_same(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 12).await;
    let rows = page(&bench, &budi, &Choice::default()).await.rows;
    assert!(rows.len() > MOST_OPEN);
    for row in &rows[..MOST_OPEN] {
        reported(&bench, &budi, &row.spot).await;
    }
    payung_flows::payouts::open(&bench.app, &visit(&bench), &budi).await.unwrap();
    let (app, spot) = (&bench.app, &rows[MOST_OPEN].spot);
    let answer = reports::submit(app, &visit(&bench), &budi, spot).await.unwrap();
    assert_eq!((answer, asked(&bench, &budi).await), (Answer::Full, Payouts::Closed));
    assert_eq!(desk::list(app, true, 100).await.unwrap().len(), MOST_OPEN);
    let seen = reports::view(app, &visit(&bench), &budi, spot).await.unwrap().unwrap();
    assert!(seen.is_full && seen.report.is_none());
}

async fn s5_a_row_of_another_member_is_not_reported(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 1).await;
    let row = page(&bench, &budi, &Choice::default()).await.rows.remove(0);
    let siti = people::siti(&bench.app).await;
    let mut stranger = budi.clone();
    let mut tx = bench.app.store.read().await.unwrap();
    let account = payung_storage::accounts::get(&mut tx, siti.id).await.unwrap().unwrap();
    drop(tx);
    stranger.account = account;
    let (app, visit) = (&bench.app, visit(&bench));
    assert!(reports::view(app, &visit, &stranger, &row.spot).await.unwrap().is_none());
    let answer = reports::submit(app, &visit, &stranger, &row.spot).await.unwrap();
    assert_eq!(answer, Answer::Unknown);
    assert_eq!(asked(&bench, &stranger).await, Payouts::Open);
}

async fn staff_close_a_report_once_and_payouts_stay_shut(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 1).await;
    let row = page(&bench, &budi, &Choice::default()).await.rows.remove(0);
    let reference = reported(&bench, &budi, &row.spot).await;
    told(&bench).await;
    let officer = Officer::parse("lestari").unwrap();
    let hand = Hand { officer: &officer, reason: "kasus 8812, di loket" };
    let shown = desk::show(&bench.app, &hand, &reference).await.unwrap().unwrap();
    assert_eq!((shown.report.row, shown.payouts), (row.clone(), Payouts::Closed));
    bench.clock.advance(Duration::from_secs(1));
    let close = async |outcome| desk::close(&bench.app, &hand, &reference, outcome).await.unwrap();
    assert_eq!(close(Outcome::Corrected).await, Closed::Done);
    assert_eq!(close(Outcome::Fraud).await, Closed::Before(Outcome::Corrected));
    assert!(told(&bench).await.contains("sudah dibetulkan"));
    assert_eq!(asked(&bench, &budi).await, Payouts::Closed, "only its owner opens them");
    for event in [Event::StaffOpened, Event::ReportClosed] {
        assert!(has_happened(&bench, &budi, event).await, "{event:?}");
    }
    let seen = reports::view(&bench.app, &visit(&bench), &budi, &row.spot).await.unwrap();
    assert_eq!(seen.unwrap().report.unwrap().closed.unwrap().1, Outcome::Corrected);
    let again = desk::show(&bench.app, &hand, &reference).await.unwrap().unwrap();
    assert_eq!(again.acts.iter().map(|act| &*act.what).collect::<Vec<_>>(), ["shown", "closed"]);
}

async fn whoever_may_not_sees_and_closes_no_report_and_each_try_is_written_down(db: TestStore) {
    let bench = opened(db);
    let budi = budi(&bench, 1).await;
    let row = page(&bench, &budi, &Choice::default()).await.rows.remove(0);
    let reference = reported(&bench, &budi, &row.spot).await;
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = at_the_desk(&bench, &auditor.session).await;
    someone(&bench, "lestari", Role::Helpdesk, None).await;
    let close = async |name: &str| {
        let officer = Officer::parse(name).unwrap();
        let hand = Hand { officer: &officer, reason: "kasus 8812, di loket" };
        desk::close(&bench.app, &hand, &reference, Outcome::Explained).await.unwrap()
    };
    let show = async |name: &str| {
        let officer = Officer::parse(name).unwrap();
        let hand = Hand { officer: &officer, reason: "kasus 8812, di loket" };
        desk::show(&bench.app, &hand, &reference).await.unwrap()
    };
    assert_eq!(show("auditor").await.unwrap_err(), NotShown::NotAllowed);
    assert!(!has_happened(&bench, &budi, Event::StaffOpened).await);
    assert!(show("lestari").await.is_ok());
    assert!(has_happened(&bench, &budi, Event::StaffOpened).await);
    for outcome in [CameOf::Refused, CameOf::Done] {
        assert_eq!(written(&bench, &auditor, Act::CaseRead, outcome).await, 1, "{outcome:?}");
    }
    assert_eq!(close("auditor").await, Closed::NotAllowed);
    assert_eq!(close("lestari").await, Closed::Done);
    assert_eq!(close("lestari").await, Closed::Before(Outcome::Explained));
    for outcome in [CameOf::Refused, CameOf::Done, CameOf::Nothing] {
        assert_eq!(written(&bench, &auditor, Act::CaseClosed, outcome).await, 1, "{outcome:?}");
    }
    assert_eq!(written(&bench, &auditor, Act::CameByLine, CameOf::Done).await, 5);
}

async fn everything_is_one_sound_file_and_says_that_it_was_taken(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 3).await;
    let taken = export::everything(&bench.app, &visit(&bench), &budi).await.unwrap();
    let Taken::All(all) = taken else { panic!("too many") };
    let savings: Vec<Vec<String>> = all.cells(Table::Savings).collect();
    assert_eq!(savings.len(), 4);
    assert!(savings[3].contains(&"500".to_owned()), "what went is no negative number");
    for table in Table::ALL {
        let width = table.columns().len();
        assert!(all.cells(table).all(|row| row.len() == width), "{table:?}");
        assert_eq!(Table::named(table.name()), Some(table));
    }
    let text: String = all.into_json().collect();
    assert!(text.contains("\"format\":\"payung-export\",\"version\":1"));
    assert!(text.contains("\"event\":\"data-exported\"") && text.contains("\"kpj\":\"9000000010"));
    assert!(text.lines().count() > 20, "a row stands on a line of its own");
    assert!(has_happened(&bench, &budi, Event::DataExported).await);
}

async fn e06_everything_is_taken_so_often_a_day_and_no_more(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, 1).await;
    let take = async || export::everything(&bench.app, &visit(&bench), &budi).await.unwrap();
    for _ in 0..MOST_A_DAY {
        assert!(matches!(take().await, Taken::All(_)));
    }
    assert!(matches!(take().await, Taken::TooMany(_)));
    bench.clock.advance(Duration::from_hours(24) + Duration::from_secs(1));
    assert!(matches!(take().await, Taken::All(_)));
}
