//! Statements in every state: asked for, on paper, and checked.

use payung_domain::ledger::PostingKind;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::statements::{Document, Line, Number, Period, PeriodProblem, Statement};
use payung_flows::statements::Listed;
use payung_web::page::Problems;
use payung_web::pages::check::message::{Answer, Check};
use payung_web::pages::statements::list::{Chosen, Statements, says};
use payung_web::pages::statements::paper::Paper;
use uuid::Uuid;

use crate::samples::{Kind, Shelf, now};

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    lists(shelf);
    for (name, numbers) in [("one-number", 1), ("two-numbers", 2), ("quiet", 0)] {
        let f = shelf.member_frame(&format!("/statements/{}", id()));
        let page = Paper::of(f, id(), document(numbers)).expect("a statement");
        shelf.add(&format!("statement-{name}"), Kind::Member, &page);
    }
    let f = shelf.member_frame(&format!("/statements/{}", id()));
    let page = Paper::of(f, id(), document(1)).expect("a statement");
    let page = Paper { distrusted_from: Some(now()), ..page };
    shelf.add("statement-distrusted", Kind::Member, &page);
    for (name, answer) in [
        ("ours", Answer::Statement(Box::new(document(2)), None)),
        ("distrusted", Answer::Statement(Box::new(document(2)), Some(now()))),
        ("unknown", Answer::NoStatement),
    ] {
        let f = shelf.frame("/check?reference=PYS-7F3K-29QD-0M4T-ZC8W");
        let typed = document(1).code;
        let page = Check { f, typed, answer: Some(answer), problems: Problems::default() };
        shelf.add(&format!("check-statement-{name}"), Kind::Public, &page);
    }
}

fn id() -> Uuid {
    Uuid::from_u128(1)
}

fn month(number: i64) -> Month {
    Month::try_from(number).expect("a month")
}

fn lists(shelf: &mut Shelf) {
    let today = jiff::civil::date(2026, 8, 17);
    let listed = |first, last| Listed {
        id: id(),
        period: Period { first: month(first), last: month(last) },
        issued_at: now(),
    };
    let page = |shelf: &Shelf, issued| {
        let f = shelf.member_frame("/statements");
        Statements::of(f, 2014, today, Chosen::usual(today), issued)
    };
    let some = vec![listed(202_501, 202_512), listed(202_603, 202_608), listed(202_604, 202_604)];
    let full = page(shelf, some);
    shelf.add("statements", Kind::Member, &full);
    let empty = page(shelf, vec![]);
    shelf.add("statements-none", Kind::Member, &empty);
    for (name, problem, is_of_year) in [
        ("no-first", PeriodProblem::NoFirst, false),
        ("no-last", PeriodProblem::NoLast, false),
        ("future", PeriodProblem::Future, false),
        ("backwards", PeriodProblem::Backwards, false),
        ("year", PeriodProblem::NoFirst, true),
    ] {
        let mut wrong = page(shelf, vec![]);
        wrong.problems = Problems(vec![says(&wrong.f, problem, is_of_year)]);
        shelf.add(&format!("statements-{name}"), Kind::Member, &wrong);
    }
}

/// A year with every kind of movement; quiet where there are no numbers to move it.
fn document(numbers: usize) -> Document {
    let kinds = [PostingKind::Contribution, PostingKind::Return];
    let mut balance = Rupiah::new(70_000_000);
    let mut line = |number: i64, kind, amount: i64| {
        let amount = Rupiah::new(amount);
        balance = balance.checked_add(amount).expect("a sum");
        let month = month(202_500 + number);
        Line { day: month.first_day(), kind, month, amount, balance }
    };
    let mut lines: Vec<Line> = (1..=12)
        .flat_map(|number| kinds.map(|kind| (number, kind)))
        .map(|(number, kind)| line(number, kind, 641_250))
        .collect();
    lines.push(line(12, PostingKind::Payout, -4_500_000));
    lines.push(line(12, PostingKind::TransferIn, 1_000));
    lines.push(line(12, PostingKind::TransferOut, -500));
    lines.push(line(12, PostingKind::Correction, -250));
    if numbers == 0 {
        lines.clear();
    }
    let opening = Rupiah::new(70_000_000);
    let closing = lines.last().map_or(opening, |line| line.balance);
    let number = |place: usize| Number {
        kpj: format!("0001234567{place}"),
        employer: (place == 0).then(|| "PT Kain Nusantara".to_owned()),
        opening,
        lines: lines.clone(),
        closing,
    };
    Document {
        issuer: "https://masuk.payung.example".to_owned(),
        issued: now().micros() / 1_000_000,
        code: "PYS-7F3K-29QD-0M4T-ZC8W".to_owned(),
        statement: Statement {
            name: "Siti Rahayu".to_owned(),
            period: Period { first: month(202_501), last: month(202_512) },
            numbers: (0..numbers.max(1)).map(number).collect(),
        },
    }
}
