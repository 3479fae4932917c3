//! Everything that moved as one list, and reports of what a member does not recognise.

use std::slice;

use jiff::civil::date;
use payung_domain::contributions::Contribution;
use payung_domain::ids::PersonId;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
use payung_domain::recoveries::Officer;
use payung_domain::transactions::{Moved, Outcome, Report, ReportReference, Spot};
use payung_storage::transaction_reports::{self as reports, Act};
use payung_storage::transactions::{self, Wanted};
use payung_storage::{Tx, contributions, ledger, members};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::membership::{contribution, membership, person, posting, with_person};

on_each_engine!(
    ledger_and_contributions_are_one_list_and_nothing_is_twice,
    the_list_goes_on_after_any_row,
    kind_year_and_number_choose,
    s5_a_row_of_another_person_is_not_found,
    a_row_has_one_open_report,
    a_report_is_closed_once_and_says_who_did_what,
);

const ALL: Wanted<'static> = Wanted { kind: None, year: None, kpj: None, before: None };

/// Two numbers: savings with a payout under one, a pension contribution under each.
async fn something_moved(db: &TestStore) -> Tx {
    let mut tx = with_person(db).await;
    members::add_memberships(&mut tx, &[membership(11)]).await.unwrap();
    let paid = posting(1, 342_000, 342_000);
    let kept = contribution(202_603);
    let earned = Posting {
        kind: PostingKind::Return,
        booked_on: date(2026, 4, 30),
        ..posting(2, 1_000, 343_000)
    };
    let left = Posting {
        kind: PostingKind::Payout,
        booked_on: date(2027, 1, 2),
        rate: None,
        ..posting(3, -43_000, 300_000)
    };
    ledger::add(&mut tx, &[paid, earned, left]).await.unwrap();
    let pension = Contribution { programme: Programme::Jp, ..kept };
    let alone = Contribution {
        membership: membership(11).id,
        employer: None,
        programme: Programme::Jkm,
        worker_part: Rupiah::ZERO,
        ..kept
    };
    contributions::add(&mut tx, &[kept, pension, alone]).await.unwrap();
    tx
}

async fn rows(tx: &mut Tx, wanted: &Wanted<'_>) -> Vec<Moved> {
    transactions::list(tx, person().id, wanted, 100).await.unwrap()
}

async fn ledger_and_contributions_are_one_list_and_nothing_is_twice(db: TestStore) {
    let mut tx = something_moved(&db).await;
    let all = rows(&mut tx, &ALL).await;
    let plain: Vec<_> = all
        .iter()
        .map(|row| (row.kind, row.spot.programme, row.amount.get(), row.balance.map(Rupiah::get)))
        .collect();
    assert_eq!(
        plain,
        [
            (PostingKind::Payout, Programme::Jht, -43_000, Some(300_000)),
            (PostingKind::Return, Programme::Jht, 1_000, Some(343_000)),
            (PostingKind::Contribution, Programme::Jkm, 222_000, None),
            (PostingKind::Contribution, Programme::Jp, 342_000, None),
            (PostingKind::Contribution, Programme::Jht, 342_000, Some(342_000)),
        ]
    );
    let employer = contribution(202_603).employer.map(|id| id.0);
    let paid_by: Vec<_> = all.iter().map(|row| row.paid_by).collect();
    assert_eq!(paid_by, [None, None, Some(membership(11).id.0), employer, employer]);
    assert_eq!(transactions::years(&mut tx, person().id).await.unwrap(), [2027, 2026]);
}

async fn the_list_goes_on_after_any_row(db: TestStore) {
    let mut tx = something_moved(&db).await;
    let all = rows(&mut tx, &ALL).await;
    for (place, row) in all.iter().enumerate() {
        let wanted = Wanted { before: Some(&row.spot), ..ALL };
        assert_eq!(rows(&mut tx, &wanted).await, all[place + 1..]);
        let found = transactions::get(&mut tx, person().id, &row.spot).await.unwrap();
        assert_eq!(found.as_ref(), Some(row));
    }
    let first = transactions::list(&mut tx, person().id, &ALL, 2).await.unwrap();
    assert_eq!(first, all[..2]);
}

async fn kind_year_and_number_choose(db: TestStore) {
    let mut tx = something_moved(&db).await;
    let kind = Wanted { kind: Some(PostingKind::Contribution), ..ALL };
    assert_eq!(rows(&mut tx, &kind).await.len(), 3);
    assert_eq!(rows(&mut tx, &Wanted { year: Some(2027), ..ALL }).await.len(), 1);
    let other = membership(11).kpj;
    let under = Wanted { kpj: Some(&other), ..ALL };
    assert_eq!(rows(&mut tx, &under).await.len(), 1);
    assert_eq!(rows(&mut tx, &Wanted { year: Some(2027), ..under }).await, []);
}

async fn s5_a_row_of_another_person_is_not_found(db: TestStore) {
    let mut tx = something_moved(&db).await;
    let nobody = PersonId(Uuid::from_u128(9));
    for row in rows(&mut tx, &ALL).await {
        assert_eq!(transactions::get(&mut tx, nobody, &row.spot).await.unwrap(), None);
        let elsewhere = Spot { number: row.spot.number + 1_000, ..row.spot };
        assert_eq!(transactions::get(&mut tx, person().id, &elsewhere).await.unwrap(), None);
    }
    assert_eq!(transactions::list(&mut tx, nobody, &ALL, 100).await.unwrap(), []);
    assert_eq!(transactions::years(&mut tx, nobody).await.unwrap(), Vec::<i16>::new());
}

fn report(number: u128, row: Moved) -> Report {
    Report {
        id: Uuid::from_u128(number),
        reference: ReportReference::parse(&format!("LPR-0000-{number:04}")).unwrap(),
        account: account(1).id,
        row,
        device: "Chrome, Android".to_owned(),
        reported_at: NOON,
        closed: None,
    }
}

async fn a_row_has_one_open_report(db: TestStore) {
    let mut tx = something_moved(&db).await;
    keep(&mut tx, &account(1)).await;
    let mut all = rows(&mut tx, &ALL).await.into_iter();
    let (paid_out, earned) = (all.next().unwrap(), all.next().unwrap());
    let first = report(1, paid_out.clone());
    assert!(reports::add(&mut tx, &first).await.unwrap());
    assert!(!reports::add(&mut tx, &report(2, paid_out.clone())).await.unwrap());
    assert!(reports::add(&mut tx, &report(3, earned)).await.unwrap());
    let kept = reports::referred(&mut tx, &first.reference).await.unwrap();
    assert_eq!(kept.as_ref(), Some(&first));
    assert!(reports::close(&mut tx, &first.reference, Outcome::Explained, NOON).await.unwrap());
    let again = report(4, paid_out);
    assert!(reports::add(&mut tx, &again).await.unwrap(), "a closed report is no obstacle");
    let of_account = reports::of_account(&mut tx, account(1).id).await.unwrap();
    assert_eq!(of_account.iter().map(|one| one.id.as_u128()).collect::<Vec<_>>(), [4, 3, 1]);
    assert_eq!(reports::of_account(&mut tx, account(2).id).await.unwrap(), []);
}

async fn a_report_is_closed_once_and_says_who_did_what(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = something_moved(&db).await;
    keep(&mut tx, &account(1)).await;
    let row = rows(&mut tx, &ALL).await.remove(0);
    let made = report(1, row);
    assert!(reports::add(&mut tx, &made).await.unwrap());
    assert_eq!(reports::list(&mut tx, true, 10).await.unwrap(), slice::from_ref(&made));
    let act = Act {
        id: Uuid::from_u128(7),
        at: NOON,
        officer: Officer::parse("lestari").unwrap(),
        what: "closed".to_owned(),
        reason: "kasus 8812, di loket".to_owned(),
    };
    reports::add_act(&mut tx, vault, &made, &act).await.unwrap();
    assert_eq!(reports::acts(&mut tx, vault, &made).await.unwrap(), [act]);
    assert!(reports::close(&mut tx, &made.reference, Outcome::Corrected, NOON).await.unwrap());
    assert!(!reports::close(&mut tx, &made.reference, Outcome::Fraud, NOON).await.unwrap());
    assert_eq!(reports::list(&mut tx, true, 10).await.unwrap(), []);
    let closed = Report { closed: Some((NOON, Outcome::Corrected)), ..made };
    assert_eq!(reports::list(&mut tx, false, 10).await.unwrap(), [closed]);
}
