//! Workbooks instead of CSV: the same rows, the same refusals, the same ledger; and what is no honest
//! workbook is not read at all.

use std::io::Cursor;

use payung_domain::ids::MembershipId;
use payung_domain::imports::{Kind, Reason, Refusal, Tally};
use payung_domain::money::Rupiah;
use payung_flows::imports::book::{Book, Problem};
use payung_flows::imports::reading::Unreadable;
use payung_flows::imports::{Done, Importer, Listener, Source, Stopped, import};
use payung_storage::imports as kept;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use payung_testkit::workbook::{Cell, Workbook, packed, sheet};
use uuid::Uuid;

use crate::imports::{
    COLUMNS, EMPLOYERS, Heard, added, contribution_rows, file, importer, members_file, peopled,
    postings, read_in, wish,
};

on_each_engine!(
    a_workbook_ends_with_the_ledger_that_its_csv_makes,
    a_workbook_that_broke_off_goes_on,
    what_a_spreadsheet_makes_of_cells_is_undone_or_refused,
    l09_a_nik_that_became_a_number_is_refused_by_name,
    a_sheet_that_breaks_off_is_read_until_there,
    a_book_that_is_none_leaves_no_trace,
);

fn source(bytes: &[u8]) -> Source {
    Source::Book(Box::new(Cursor::new(bytes.to_vec())), None)
}

async fn read_book(importer: &Importer, kind: Kind, book: &Workbook) -> (Done, Heard) {
    let bytes = book.bytes();
    let mut heard = Heard::default();
    let done = import(importer, wish(kind, &bytes), source(&bytes), &mut heard).await.unwrap();
    assert_eq!(heard.refused.len() as u64, done.tally.refused);
    (done, heard)
}

/// The lines, the columns and the reasons of what was refused.
fn refused(heard: &Heard) -> Vec<(u32, &str, Reason)> {
    heard.refused.iter().map(|one| (one.line, &*one.column, one.reason)).collect()
}

async fn a_workbook_ends_with_the_ledger_that_its_csv_makes(db: TestStore) {
    let text = file(COLUMNS, &contribution_rows());
    let calm = TestStore::in_memory().await;
    read_in(&peopled(&calm).await, Kind::Contributions, &text).await;

    let importer = importer(&db);
    read_in(&importer, Kind::Employers, EMPLOYERS).await;
    let people = Workbook::of_csv(&members_file());
    assert_eq!(read_book(&importer, Kind::Members, &people).await.0.tally, added(3));
    let book = Workbook::of_csv(&text);
    let (done, heard) = read_book(&importer, Kind::Contributions, &book).await;
    assert_eq!((done.tally, done.posted, heard.rows), (added(54), 54, 54));
    let mut lines = postings(&db).await;
    let mut expected = postings(&calm).await;
    // The ids of the two installations are of their own.
    for line in lines.iter_mut().chain(&mut expected) {
        line.membership = MembershipId(Uuid::nil());
    }
    assert_eq!(lines, expected);

    let (again, _) = read_book(&importer, Kind::Contributions, &book).await;
    assert!(again.was_in_before);
    let (as_csv, _) = read_in(&importer, Kind::Contributions, &text).await;
    assert_eq!(as_csv.tally, Tally { already: 54, ..Tally::default() });
}

/// Hears so many chunks, and then nothing more can be written down.
struct Deaf {
    chunks: u32,
}

impl Listener for Deaf {
    fn rows(&mut self, _count: u64) {}

    fn refused(&mut self, _refusals: &[Refusal]) -> std::io::Result<()> {
        let left = self.chunks.checked_sub(1);
        self.chunks = left.ok_or_else(|| std::io::Error::other("the disk is full"))?;
        Ok(())
    }
}

async fn a_workbook_that_broke_off_goes_on(db: TestStore) {
    let importer = peopled(&db).await;
    let bytes = Workbook::of_csv(&file(COLUMNS, &contribution_rows())).bytes();
    let mut wish = wish(Kind::Contributions, &bytes);
    let stopped = import(&importer, wish, source(&bytes), &mut Deaf { chunks: 2 }).await;
    assert!(matches!(stopped, Err(Stopped::Unheard(_))));
    let stopped = import(&importer, wish, source(&bytes), &mut Heard::default()).await;
    assert!(matches!(stopped, Err(Stopped::BrokeOff(22))), "three chunks of seven are in");
    wish.goes_on = true;
    let done = import(&importer, wish, source(&bytes), &mut Heard::default()).await.unwrap();
    assert_eq!((done.tally, done.went_on_after, done.posted), (added(54), Some(22), 54));
    assert_eq!(postings(&db).await.len(), 54);
}

fn header() -> Vec<Cell<'static>> {
    COLUMNS.split(',').map(Cell::Text).collect()
}

/// A row of savings, with the month, the wage and the day as they are given.
fn row<'a>(month: Cell<'a>, wage: Cell<'a>, day: Cell<'a>) -> Vec<Cell<'a>> {
    let (kpj, npp) = (Cell::Text("90000000001"), Cell::Text("XX000001"));
    let parts = [Cell::Number("222000"), Cell::Number("120000.00000000001")];
    vec![kpj, npp, month, Cell::Text("JHT"), wage, parts[0], parts[1], day]
}

async fn what_a_spreadsheet_makes_of_cells_is_undone_or_refused(db: TestStore) {
    let importer = peopled(&db).await;
    let (wage, day) = (Cell::Number("6000000"), Cell::Day("45332"));
    let good = row(Cell::Day("45292"), wage, day);
    let rows = [
        header(),
        good.clone(),
        vec![Cell::Empty, Cell::Text("  ")],
        row(Cell::Number("202402"), wage, Cell::Day("45361")),
        row(Cell::Text("2024-03"), wage, Cell::Text("2024-04-10")),
        row(Cell::Day("45302"), wage, day),
        row(Cell::Text("2024-04"), Cell::Number("6000000.5"), day),
        row(Cell::Text("2024-04"), Cell::Error("#N/A"), day),
        row(Cell::Text("2024-04"), wage, Cell::Day("45332.5")),
        row(Cell::Text("2024-04"), wage, Cell::Number("45332")),
        [good.clone(), vec![Cell::Text("a remark")]].concat(),
        row(Cell::Text("2024-04"), wage, Cell::Text("2024-05-10")),
        row(Cell::Text("2024-05"), wage, Cell::Text("2024-06-10")),
    ];
    // The months of rows 12 and 13 are one cell, and the parts of row 5 too.
    let merged = "<mergeCells><mergeCell ref=\"C12:C13\"/><mergeCell ref=\"F5:G5\"/></mergeCells>";
    let xml = sheet(&rows).replace("</worksheet>", &format!("{merged}</worksheet>"));
    let book = Workbook::of(&[]).with_first(&xml);
    let (done, heard) = read_book(&importer, Kind::Contributions, &book).await;
    assert_eq!(
        refused(&heard),
        [
            (5, "worker_part", Reason::Merged),
            (6, "month", Reason::NotAMonth),
            (7, "wage", Reason::NotWhole),
            (8, "wage", Reason::Fault),
            (9, "received_on", Reason::NotADate),
            (10, "received_on", Reason::NotADate),
            (11, "row", Reason::Cells(9)),
            (13, "month", Reason::Merged),
        ]
    );
    assert_eq!(done.tally, Tally { added: 3, already: 0, refused: 8 });
    let lines = postings(&db).await;
    let months: Vec<i64> = lines.iter().map(|line| line.month.get()).collect();
    assert_eq!(months, [202_401, 202_402, 202_404]);
    assert_eq!(lines[0].amount, Rupiah::new(342_000));
    let days: Vec<String> = lines.iter().map(|line| line.booked_on.to_string()).collect();
    assert_eq!(days, ["2024-02-10", "2024-03-10", "2024-05-10"]);

    // The same days of a workbook that counts from 1904: they are on record already.
    let rows = [header(), row(Cell::Day("43830"), wage, Cell::Day("43870"))];
    let (done, _) =
        read_book(&importer, Kind::Contributions, &Workbook::of(&rows).since_1904()).await;
    assert_eq!(done.tally, Tally { already: 1, ..Tally::default() });
}

async fn l09_a_nik_that_became_a_number_is_refused_by_name(db: TestStore) {
    let importer = importer(&db);
    read_in(&importer, Kind::Employers, EMPLOYERS).await;
    let columns = ["nik", "name", "birth_date", "sex", "kpj", "segment", "since", "npp"];
    let member = |nik, kpj, npp| {
        let born = Cell::Day("33055");
        let (name, sex, segment) = (Cell::Text("Siti"), Cell::Text("female"), Cell::Text("PU"));
        vec![nik, name, born, sex, kpj, segment, Cell::Text("2024-01"), npp]
    };
    let (nik, kpj) = (Cell::Text("0001014107900003"), Cell::Text("90000000001"));
    let npp = Cell::Text("XX000001");
    let rows = [
        columns.map(Cell::Text).to_vec(),
        member(Cell::Number("3174054107900003"), kpj, npp),
        member(Cell::Number("3.17405E+15"), kpj, npp),
        member(Cell::Text("3.17405E+15"), kpj, npp),
        member(nik, Cell::Number("90000000001"), npp),
        member(nik, kpj, Cell::Number("1")),
        member(nik, kpj, npp),
    ];
    let (done, heard) = read_book(&importer, Kind::Members, &Workbook::of(&rows)).await;
    assert_eq!(
        refused(&heard),
        [
            (2, "nik", Reason::Number),
            (3, "nik", Reason::Number),
            (4, "nik", Reason::Exponent),
            (5, "kpj", Reason::Number),
            (6, "npp", Reason::Number),
        ]
    );
    assert_eq!(done.tally.added, 1);
}

async fn a_sheet_that_breaks_off_is_read_until_there(db: TestStore) {
    let importer = peopled(&db).await;
    let texts = |month, day| row(Cell::Text(month), Cell::Number("1"), Cell::Text(day));
    let good = [
        header(),
        texts("2024-01", "2024-02-10"),
        texts("2024-02", "2024-03-10"),
        texts("2024-03", "2024-04-10"),
    ];
    let xml = sheet(&good);
    for (place, (from, to)) in [
        // A kind of cell that there is not, a number that is none, rows that go back, no end.
        ("<c r=\"E4\"><v>1</v></c>", "<c r=\"E4\" t=\"x\"><v>1</v></c>"),
        ("<c r=\"E4\"><v>1</v></c>", "<c r=\"E4\" t=\"n\"><v>one</v></c>"),
        ("<row r=\"4\"><c r=\"A4\"", "<row r=\"1\"><c r=\"A1\""),
        ("</row></sheetData></worksheet>", "<c r=\"I4\">"),
    ]
    .into_iter()
    .enumerate()
    {
        let broken = xml.replace(from, to);
        assert_ne!(broken, xml);
        let book = Workbook::of(&[]).with_first(&broken);
        let (done, heard) = read_book(&importer, Kind::Contributions, &book).await;
        assert_eq!(refused(&heard), [(4, "row", Reason::Broken)], "{place}");
        assert_eq!(done.tally.rows(), 3);
        assert_eq!(postings(&db).await.len(), 2, "{place}");
    }
}

async fn a_book_that_is_none_leaves_no_trace(db: TestStore) {
    let importer = importer(&db);
    let bytes = b"PK\x03\x04 and no more";
    let stopped =
        import(&importer, wish(Kind::Members, bytes), source(bytes), &mut Heard::default()).await;
    assert!(matches!(stopped, Err(Stopped::Unreadable(Unreadable::Book(Problem::Broken)))));
    let mut tx = db.store.read().await.unwrap();
    let digest = payung_domain::keyed::digest(bytes);
    assert_eq!(kept::of_file(&mut tx, Kind::Members, digest).await.unwrap(), None);
}

/// Why a workbook of employers is not read.
fn why(bytes: Vec<u8>, wanted: Option<&str>) -> Option<Problem> {
    match Book::read(Kind::Employers, Box::new(Cursor::new(bytes)), wanted) {
        Ok(_) => None,
        Err(Unreadable::Book(problem)) => Some(problem),
        Err(other) => panic!("{other:?}"),
    }
}

const FIRMS: &str = "npp,name,risk_class,size\nXX000001,PT Contoh Jaya,II,medium\n";

#[test]
fn the_first_sheet_that_is_not_hidden_is_read_or_the_one_that_is_named() {
    let firms = Workbook::of_csv(FIRMS);
    let other = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>x</t></is></c></row>\
                 </sheetData></worksheet>";
    let rows: Vec<Vec<Cell<'_>>> =
        FIRMS.lines().map(|line| line.split(',').map(Cell::Text).collect()).collect();
    let hidden = Workbook::of(&[]).with_first(other).with_first_hidden();
    let hidden = hidden.with_sheet("Data", "visible", &sheet(&rows));
    let read = |book: &Workbook, wanted| {
        let source = Box::new(Cursor::new(book.bytes()));
        Book::read(Kind::Employers, source, wanted).map(|book| book.sheet().to_owned())
    };
    assert_eq!(read(&firms, None).unwrap(), "Sheet1");
    assert_eq!(read(&hidden, None).unwrap(), "Data");
    let two = firms.with_sheet("Data & Lain", "visible", other);
    assert!(matches!(read(&two, Some("Data & Lain")), Err(Unreadable::Header(_))));
    let names = vec!["Sheet1".to_owned(), "Data & Lain".to_owned()];
    assert_eq!(why(two.bytes(), Some("sheet1")), Some(Problem::NoSheet(names)));
}

#[test]
fn l14_hostile_archives_are_refused_before_anything_is_kept() {
    let book = Workbook::of_csv(FIRMS);
    let bytes = book.bytes();
    assert_eq!(why(bytes.clone(), None), None);
    let with = |name: &str, text: &str| {
        let mut parts = book.parts();
        parts.retain(|(part, _)| part != name);
        parts.push((name.to_owned(), text.to_owned()));
        packed(&parts)
    };
    for length in [4, 30, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(why(bytes[..length].to_vec(), None), Some(Problem::Broken), "{length}");
    }
    assert_eq!(why([&bytes[..], b"more"].concat(), None), Some(Problem::Broken));
    // Some writers put the end of long archives into every one.
    let (parts, end) = bytes.split_at(bytes.len() - 22);
    let long_end = [&b"PK\x06\x06"[..], &[0; 52], b"PK\x06\x07", &[0; 16]].concat();
    assert_eq!(why([parts, &long_end[..], end].concat(), None), None);
    assert_eq!(why([parts, &long_end[1..], end].concat(), None), Some(Problem::Broken));
    // One bit of a part: its checksum tells.
    let mut bent = bytes.clone();
    bent[60] ^= 1;
    assert!(why(bent, None).is_some());
    let old = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    assert_eq!(why(old, None), Some(Problem::Locked));
    // A bomb: a few kilobytes that unpack to more than such a part has.
    let bomb = with("xl/media/image1.png", &" ".repeat(8 * 1024 * 1024 + 1));
    assert!(bomb.len() < 100_000);
    assert_eq!(why(bomb, None), Some(Problem::TooLarge));
    for (name, text, problem) in [
        ("xl/sharedStrings.xml", "<sst uniqueCount=\"99999999999\"/>", Problem::Texts),
        ("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'b'>]><workbook/>", Problem::Strange),
        ("xl/workbook.xml", "<workbook></workbook>", Problem::NoSheet(Vec::new())),
        ("xl/_rels/workbook.xml.rels", "<Relationships/>", Problem::Broken),
    ] {
        assert_eq!(why(with(name, text), None), Some(problem), "{name} {text}");
    }
}
