//! What staff do on the command line about transactions that members do not recognise.

use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_domain::transactions::{Report, ReportReference, Spot};
use payung_storage::transactions::Wanted;
use payung_storage::{Store, Tx, ledger, transaction_reports, transactions};
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{ACCOUNT, MEMBERSHIP, PERSON, on_record, siti};

const WHY: &str = "kasus 8812, di loket";

/// A payout that Siti does not recognise.
fn place() -> Place {
    let place = Place::ready();
    on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti(tx, store).await;
        let line = |sequence, kind, amount, balance| Posting {
            membership: MEMBERSHIP,
            sequence,
            kind,
            month: Month::new(2026, 7).expect("a month"),
            booked_on: jiff::civil::date(2026, 7, 30),
            amount: Rupiah::new(amount),
            balance: Rupiah::new(balance),
            rate: None,
        };
        let lines = [
            line(1, PostingKind::Contribution, 900_000, 900_000),
            line(2, PostingKind::Payout, -500_000, 400_000),
        ];
        ledger::add(tx, &lines).await.expect("a ledger");
        let all = Wanted { kind: None, year: None, kpj: None, before: None };
        let rows = transactions::list(tx, PERSON, &all, 10).await.expect("a list");
        let row = rows.into_iter().next().expect("the payout");
        assert!(matches!(row.spot, Spot { programme: Programme::Jht, number: 2, .. }));
        let report = Report {
            id: Uuid::from_u128(1),
            reference: ReportReference::parse("LPR-7F3K-29QD").expect("a reference"),
            account: ACCOUNT,
            row,
            device: "Chrome, Android".to_owned(),
            reported_at: payung_domain::time::Instant::from_micros(1_786_968_000_000_000),
            closed: None,
        };
        assert!(transaction_reports::add(tx, &report).await.expect("it is kept"));
    });
    place
}

#[test]
fn reports_are_listed_with_what_moved() {
    let place = place();
    let listed = run(&place, "member report list", "");
    assert!(listed.starts_with("exit: 0"), "{listed}");
    assert!(listed.contains("LPR-7F3K-29QD  open      TIME  payout -500000"), "{listed}");
    let listed = run(&place, "member report list --json", "");
    for part in ["\"state\":\"open\"", "\"amount\":-500000", "\"moved_on\":\"2026-07-30\""] {
        assert!(listed.contains(part), "{part} in {listed}");
    }
}

#[test]
fn p05_a_report_is_shown_masked_and_the_look_is_kept() {
    let place = place();
    let line = "member report show LPR-7F3K-29QD --officer lestari";
    let shown = run(&place, line, WHY);
    let parts =
        ["transaction payout JHT", "-500000 of 2026-07-30", "Siti Rahayu", "payouts     open"];
    for part in parts {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    let again = run(&place, &format!("{line} --json"), "kasus 8812, lagi");
    for part in ["\"act\":\"shown\"", "\"reason\":\"kasus 8812, di loket\"", "0003"] {
        assert!(again.contains(part), "{part} in {again}");
    }
    assert!(!again.contains("0001015407900003") && !again.contains("90000000001"));
}

#[test]
fn a_report_is_closed_once_with_what_came_of_it() {
    let place = place();
    let close = |outcome: &str| {
        let line =
            format!("member report close LPR-7F3K-29QD --officer lestari --outcome {outcome}");
        run(&place, &line, WHY)
    };
    assert!(close("lost").starts_with("exit: 2"));
    let closed = close("corrected");
    assert!(closed.starts_with("exit: 0") && closed.contains("LPR-7F3K-29QD  corrected"));
    assert!(close("corrected").starts_with("exit: 0"), "already so counts as done");
    let other = close("fraud");
    assert!(other.starts_with("exit: 1") && other.contains("this report is closed: corrected"));
    assert!(run(&place, "member report list", "").contains("no report"));
    assert!(run(&place, "member report list --all", "").contains("corrected"));
    let unknown = "member report show LPR-0000-0001 --officer lestari";
    assert!(run(&place, unknown, WHY).contains("there is no report LPR-0000-0001"));
}
