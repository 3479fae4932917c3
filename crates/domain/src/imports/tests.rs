//! What is read out of rows, and what is not.

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::cells::{Header, HeaderProblem, MOST};
use super::contribution::{Distinct, Received, distinct};
use super::employer::Firm;
use super::member::{Joined, Workplace};
use super::{Kind, Reason, Tally, WHOLE_ROW, Wrong};
use crate::employers::Trade;
use crate::money::Rupiah;
use crate::programmes::Programmes;

static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

const TODAY: Date = date(2026, 8, 17);

const ROW: [(&str, &str); 10] = [
    ("kpj", "90000000001"),
    ("npp", "XX000001"),
    ("month", "2026-07"),
    ("programme", "JHT"),
    ("wage", "6000000"),
    ("base", ""),
    ("employer_part", "222000"),
    ("worker_part", "120000"),
    ("due_on", ""),
    ("received_on", "2026-08-10"),
];

const MEMBER: [(&str, &str); 14] = [
    ("nik", "0001014107900003"),
    ("name", "Siti Contoh"),
    ("birth_date", "1990-07-01"),
    ("sex", "female"),
    ("street", "Jalan Contoh 1"),
    ("kpj", "90000000001"),
    ("segment", "PU"),
    ("since", "2024-01"),
    ("ended", ""),
    ("npp", "XX000001"),
    ("trade", ""),
    ("work_from", ""),
    ("work_until", ""),
    ("postcode", "00000"),
];

/// The row with some cells changed.
fn with<const N: usize>(
    row: [(&'static str, &'static str); N],
    changes: &[(&str, &'static str)],
) -> (Vec<&'static str>, Vec<&'static str>) {
    let cell = |(name, cell): (&'static str, &'static str)| {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        (name, change.map_or(cell, |(_, cell)| *cell))
    };
    row.into_iter().map(cell).unzip()
}

fn received(changes: &[(&str, &'static str)]) -> Result<Received, Wrong> {
    let (names, row) = with(ROW, changes);
    let header = Header::read(Kind::Contributions, &names).unwrap();
    Received::read(2, &header.cells(&row)?, &PROGRAMMES, TODAY)
}

fn joined(changes: &[(&str, &'static str)]) -> Result<Joined, Wrong> {
    let (names, row) = with(MEMBER, changes);
    let header = Header::read(Kind::Members, &names).unwrap();
    Joined::read(2, &header.cells(&row)?, TODAY)
}

#[test]
fn a_row_of_contributions_is_read_and_its_base_and_due_date_come_from_the_rules() {
    let row = received(&[]).unwrap();
    // 15 August 2026 is a Saturday.
    assert_eq!((row.base, row.due_on), (Rupiah::new(6_000_000), date(2026, 8, 17)));
    let own = received(&[("npp", ""), ("employer_part", "0"), ("wage", "3200000")]).unwrap();
    assert_eq!((own.npp, own.base), (None, Rupiah::new(3_450_000)));
    let said = received(&[("base", "5000000")]).unwrap();
    assert_eq!(said.base, Rupiah::new(5_000_000));
}

#[test]
fn each_bad_cell_of_a_contribution_is_named_with_its_reason() {
    for (column, cell, reason) in [
        ("kpj", "", Reason::Empty),
        ("kpj", "9000000001", Reason::Length(10)),
        ("kpj", "9000000000!", Reason::Characters),
        ("kpj", "9.0000001E+10", Reason::Exponent),
        ("npp", "XX 0000 0000 0000 0000 0001", Reason::Length(22)),
        ("month", "2026-13", Reason::NotAMonth),
        ("month", "202613", Reason::NotAMonth),
        ("month", "Jul-26", Reason::NotAMonth),
        ("month", "07/2026", Reason::NotAMonth),
        ("month", "2026-00", Reason::NotAMonth),
        ("month", "2026-7", Reason::NotAMonth),
        ("month", "26-07", Reason::NotAMonth),
        ("month", "202607.0", Reason::NotAMonth),
        ("month", "Juli 2026", Reason::NotAMonth),
        ("month", "-202607", Reason::NotAMonth),
        ("month", "2026-09", Reason::Future),
        ("month", "1970-01", Reason::NotPublished),
        ("programme", "JHTT", Reason::NotAWord),
        ("programme", "", Reason::Empty),
        ("wage", "-1", Reason::Negative),
        ("wage", "6.000.000", Reason::NotWhole),
        ("wage", "6,000,000", Reason::NotWhole),
        ("wage", "6.000", Reason::NotWhole),
        ("wage", "6,000", Reason::NotWhole),
        ("wage", "6 000 000", Reason::NotWhole),
        ("wage", "6\u{a0}000\u{a0}000", Reason::NotWhole),
        ("wage", "Rp6000000", Reason::NotWhole),
        ("wage", "+6000000", Reason::NotWhole),
        ("wage", "6000000-", Reason::NotWhole),
        ("wage", "(6000000)", Reason::NotWhole),
        ("wage", "\u{ff16}000000", Reason::NotWhole),
        ("wage", "600\u{0}000", Reason::NotWhole),
        ("wage", "0x5B8D80", Reason::NotWhole),
        ("wage", "NaN", Reason::NotWhole),
        ("wage", "=6000000", Reason::NotWhole),
        ("wage", "\u{2212}6000000", Reason::Negative),
        ("wage", "6000000,50", Reason::NotWhole),
        ("wage", "6E+06", Reason::Exponent),
        ("wage", "1000000000000", Reason::TooLarge),
        ("employer_part", "99999999999999999999999999", Reason::TooLarge),
        ("employer_part", "-222000", Reason::Negative),
        ("worker_part", "", Reason::Empty),
        ("received_on", "2026-02-30", Reason::NotADate),
        ("received_on", "10-08-2026", Reason::NotADate),
        ("received_on", "10/08/2026", Reason::NotADate),
        ("received_on", "08/10/26", Reason::NotADate),
        ("received_on", "2026/08/10", Reason::NotADate),
        ("received_on", "20260810", Reason::NotADate),
        ("received_on", "2026-8-10", Reason::NotADate),
        ("received_on", "10 Agustus 2026", Reason::NotADate),
        ("received_on", "2026-08-10T00:00:00", Reason::NotADate),
        ("received_on", "2026-08-10 00:00", Reason::NotADate),
        ("received_on", "46244", Reason::NotADate),
        ("received_on", "-2026-08-10", Reason::NotADate),
        ("received_on", "0000-00-00", Reason::NotADate),
        ("received_on", "", Reason::Empty),
        ("received_on", "2026-08-18", Reason::Future),
    ] {
        assert_eq!(received(&[(column, cell)]), Err(Wrong::at(column, reason)), "{column} {cell}");
    }
    let nothing = received(&[("employer_part", "0"), ("worker_part", "0")]);
    assert_eq!(nothing, Err(Wrong::at("worker_part", Reason::Nothing)));
    assert_eq!(received(&[("npp", "")]), Err(Wrong::at("npp", Reason::Empty)));
    // Nobody is billed for JKP, so that it is due on no day.
    let never = received(&[("programme", "JKP")]);
    assert_eq!(never, Err(Wrong::at("month", Reason::NotPublished)));
}

#[test]
fn savings_of_the_years_without_a_published_due_date_come_in_with_their_own() {
    let old = [("month", "1996-06"), ("received_on", "1996-07-20")];
    assert_eq!(received(&old), Err(Wrong::at("month", Reason::NotPublished)));
    let said = |due_on| received(&[old[0], old[1], ("due_on", due_on)]);
    let row = said("1996-07-15").unwrap();
    assert_eq!((row.due_on, row.base), (date(1996, 7, 15), Rupiah::new(6_000_000)));
    assert_eq!(said("15/07/1996"), Err(Wrong::at("due_on", Reason::NotADate)));
    // Before there was a rate, what it was reckoned from has to stand there too.
    let older = [("month", "1990-06"), ("received_on", "1990-07-20"), ("due_on", "1990-07-15")];
    assert_eq!(received(&older), Err(Wrong::at("base", Reason::NotPublished)));
    let said = [older[0], older[1], older[2], ("base", "6000000")];
    assert_eq!(received(&said).unwrap().base, Rupiah::new(6_000_000));
    // Where a rule says it, the rule stands; and JKP is on nobody's bill, whatever a file says.
    assert_eq!(received(&[("due_on", "2026-12-31")]).unwrap().due_on, date(2026, 8, 17));
    let rubbish = received(&[("due_on", "2026-13-99")]);
    assert_eq!(rubbish, Err(Wrong::at("due_on", Reason::NotADate)), "also where a rule stands");
    let never = received(&[("programme", "JKP"), ("due_on", "2026-08-15")]);
    assert_eq!(never, Err(Wrong::at("month", Reason::NotPublished)));
}

#[test]
fn a_base_that_no_rule_says_has_to_stand_in_the_file() {
    // No ceiling of the pension is published for these months.
    let unsaid = [("programme", "JP"), ("month", "2022-04"), ("received_on", "2022-05-10")];
    assert_eq!(received(&unsaid), Err(Wrong::at("base", Reason::NotPublished)));
    let said = [unsaid[0], unsaid[1], unsaid[2], ("base", "6000000")];
    assert_eq!(received(&said).unwrap().base, Rupiah::new(6_000_000));
}

#[test]
fn a_nik_that_a_spreadsheet_made_a_number_of_is_told_from_one_that_is_too_short() {
    for (cell, reason) in [
        ("3.17405E+15", Reason::Exponent),
        ("3,17405E+15", Reason::Exponent),
        ("3.17405410790000E15", Reason::Exponent),
        ("1014107900003", Reason::Length(13)),
        ("", Reason::Empty),
        ("000101410790000X", Reason::Characters),
    ] {
        assert_eq!(joined(&[("nik", cell)]), Err(Wrong::at("nik", reason)), "{cell}");
    }
    // A member number may have letters, also an E.
    assert!(joined(&[("kpj", "90000000E10")]).is_ok());
}

/// What is changed in a row, and where and why that is refused.
type Case = (&'static [(&'static str, &'static str)], &'static str, Reason);

#[test]
fn a_member_works_for_a_firm_or_on_the_own_account_and_in_the_order_of_time() {
    let paid = joined(&[]).unwrap();
    assert_eq!((paid.work_from, paid.work_until), (paid.since, None));
    assert!(matches!(paid.workplace, Workplace::Firm(_)));
    let own = joined(&[("segment", "BPU"), ("npp", ""), ("trade", "transport")]).unwrap();
    assert_eq!(own.workplace, Workplace::Own(Trade::Transport));
    let cases: &[Case] = &[
        (&[("npp", "")], "npp", Reason::Empty),
        (&[("trade", "transport")], "trade", Reason::NotAWord),
        (&[("segment", "BPU"), ("trade", "other")], "npp", Reason::NotAWord),
        (&[("segment", "BPU"), ("npp", ""), ("trade", "x")], "trade", Reason::NotAWord),
        (&[("ended", "2023-12")], "ended", Reason::TooEarly),
        (&[("work_from", "2023-12")], "work_from", Reason::TooEarly),
        (&[("work_from", "2024-05"), ("work_until", "2024-04")], "work_until", Reason::TooEarly),
        (&[("since", "2026-09")], "since", Reason::Future),
        (&[("birth_date", "2026-08-18")], "birth_date", Reason::Future),
        (&[("sex", "F")], "sex", Reason::NotAWord),
        (&[("name", " ")], "name", Reason::Empty),
        (&[("street", "Jalan\u{7}")], "street", Reason::Characters),
    ];
    for &(changes, column, reason) in cases {
        assert_eq!(joined(changes), Err(Wrong::at(column, reason)), "{changes:?}");
    }
}

#[test]
fn an_employer_has_a_name_a_class_and_a_size() {
    let header = Header::read(Kind::Employers, &["SIZE", " npp ", "name", "risk_class"]).unwrap();
    let read = |row: &[&str]| Firm::read(2, &header.cells(row)?);
    assert_eq!(read(&["medium", "XX000001", "PT Contoh", "II"]).unwrap().name, "PT Contoh");
    for (row, column, reason) in [
        (["medium", "XX000001", "", "II"], "name", Reason::Empty),
        (["medium", "XX000001", "PT\0", "II"], "name", Reason::Characters),
        (["huge", "XX000001", "PT", "II"], "size", Reason::NotAWord),
        (["medium", "XX000001", "PT", "2"], "risk_class", Reason::NotAWord),
    ] {
        assert_eq!(read(&row), Err(Wrong::at(column, reason)));
    }
    assert_eq!(read(&["a"; 3]), Err(Wrong::at(WHOLE_ROW, Reason::Cells(3))));
}

#[test]
fn a_file_without_a_column_or_with_a_strange_one_is_not_read() {
    let read = |names: &[&str]| Header::read(Kind::Employers, names);
    assert_eq!(read(&["npp", "name"]), Err(HeaderProblem::Missing(vec!["risk_class", "size"])));
    assert_eq!(read(&["npp", "nam"]), Err(HeaderProblem::Unknown("nam".to_owned())));
    assert_eq!(read(&["npp", "NPP"]), Err(HeaderProblem::Doubled("npp")));
    assert_eq!(read(&[""]), Err(HeaderProblem::Unknown(String::new())));
}

#[test]
fn the_first_row_of_a_contribution_stands() {
    let row = |line| Received { line, ..received(&[]).unwrap() };
    let other = Received { wage: Rupiah::new(1), ..row(4) };
    let own_month = Received { line: 5, ..received(&[("month", "2026-06")]).unwrap() };
    let Distinct { rows, doubles, refused } =
        distinct(vec![row(2), row(3), other, own_month.clone()]);
    assert_eq!(rows, [row(2), own_month]);
    assert_eq!(doubles, 1);
    assert_eq!(refused, [Wrong::at("wage", Reason::Differs).in_line(4)]);
}

#[test]
fn what_is_kept_reads_back_as_what_it_was() {
    for kind in Kind::ALL {
        assert_eq!(Kind::coded(kind.code()), Some(kind));
    }
    for reason in Reason::PLAIN.into_iter().chain([Reason::Length(3), Reason::Cells(0)]) {
        assert_eq!(Reason::coded(reason.code(), reason.found()), Some(reason));
    }
    assert_eq!(Reason::coded("length", None), None);
}

#[test]
fn counts_add_up() {
    let tally = Tally { added: 1, already: 2, refused: 3 };
    assert_eq!(tally.plus(tally).rows(), 12);
}

proptest! {
    #[test]
    fn no_amount_past_the_end_comes_in_and_no_digit_is_lost(amount in any::<i128>()) {
        let text = amount.to_string();
        let names = ["kpj", "month", "programme", "wage", "employer_part", "worker_part", "received_on"];
        let header = Header::read(Kind::Contributions, &names).unwrap();
        let row = ["90000000001", "2026-07", "JHT", &text, "0", "1", "2026-08-10"];
        match Received::read(2, &header.cells(&row).unwrap(), &PROGRAMMES, TODAY) {
            Ok(read) => prop_assert_eq!(i128::from(read.wage.get()), amount),
            Err(wrong) => {
                prop_assert_eq!(wrong.column, "wage");
                prop_assert!(amount < 0 || amount > i128::from(MOST.get()));
            }
        }
    }

    #[test]
    fn whatever_stands_in_a_row_is_read_or_refused(
        cells in proptest::collection::vec("[0-9A-Za-z.,;+\\-/ \u{0}-\u{20}]{0,24}", 0..12),
    ) {
        let row: Vec<&str> = cells.iter().map(String::as_str).collect();
        for kind in Kind::ALL {
            let names: Vec<&str> = kind.columns().iter().map(|column| column.name).collect();
            let header = Header::read(kind, &names).unwrap();
            let Ok(read) = header.cells(&row) else { continue };
            let _ = Received::read(2, &read, &PROGRAMMES, TODAY);
            let _ = Firm::read(2, &read);
            let _ = Joined::read(2, &read, TODAY);
        }
    }
}
