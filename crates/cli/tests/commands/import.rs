//! Files from the command line: what is said, what is listed, and what is there after `kill -9`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Stdio};
use std::time::Duration;

use payung_domain::month::Month;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use payung_testkit::workbook::{Cell, Workbook};

use crate::program::Place;

on_each_engine!(
    three_files_fill_an_installation_and_a_second_time_changes_nothing,
    an_import_that_is_killed_goes_on_and_ends_with_the_same_ledger,
);

const EMPLOYERS: &str = "npp,name,risk_class,size\nXX000001,PT Contoh Jaya,II,medium\n";

const COLUMNS: &str = "kpj,npp,month,programme,wage,base,employer_part,worker_part,received_on";

/// Sixty people. Their numbers are of region 00, which is nowhere.
fn members_file() -> String {
    let mut text = "nik;name;birth_date;sex;kpj;segment;since;npp\n".to_owned();
    for number in 1..=60 {
        let _ = writeln!(
            text,
            "000001410790{number:04};Siti {number};1990-07-01;female;900000000{number:02};PU;\
             2015-08;XX000001"
        );
    }
    text
}

/// Ten years and more of four programmes: 30,000 rows.
fn contributions_file() -> String {
    let mut text = format!("{COLUMNS}\n");
    let first = Month::new(2015, 8).expect("a month");
    for number in 1..=60 {
        for ahead in 0..125 {
            let (month, next) = (first.plus(ahead), first.plus(ahead + 1));
            for (programme, parts) in [
                ("JHT", "222000,120000"),
                ("JP", "120000,60000"),
                ("JKK", "32400,0"),
                ("JKM", "18000,0"),
            ] {
                let _ = writeln!(
                    text,
                    "900000000{number:02},XX000001,{month},{programme},6000000,6000000,{parts},\
                     {next}-10"
                );
            }
        }
    }
    text
}

fn place(db: &TestStore) -> Place {
    Place::new()
        .with_keys()
        .with_settings("")
        .with_variable("PAYUNG_DATABASE__URL", &db.url)
        .with_file("employers.csv", EMPLOYERS)
        .with_file("members.csv", &members_file())
}

/// Each line of the ledger: number, month, day, amount and balance.
async fn ledger(db: &TestStore) -> BTreeMap<(String, i64), [i64; 4]> {
    let mut tx = db.store.read().await.expect("it can be read");
    let sql = "select m.kpj, p.sequence, p.month, p.booked_on, p.amount, p.balance \
               from postings p join memberships m on m.id = p.membership_id";
    let rows: Vec<(String, i64, i64, i64, i64, i64)> =
        tx.all("reading the ledger", sql, Vec::new()).await.expect("the ledger");
    rows.into_iter()
        .map(|(kpj, sequence, month, day, amount, balance)| {
            ((kpj, sequence), [month, day, amount, balance])
        })
        .collect()
}

/// The mark of the one import of contributions that is under way.
async fn mark(db: &TestStore) -> i64 {
    let mut tx = db.store.read().await.expect("it can be read");
    let sql = "select mark from imports where kind = 'contributions' and ended_at is null";
    let row: Option<(i64,)> = tx.one("reading the mark", sql, Vec::new()).await.expect("a mark");
    row.map_or(0, |(mark,)| mark)
}

/// Kills the program as soon as it has kept another chunk; after the last one it posts to the ledger.
/// `false` when it came to its end.
async fn is_killed_behind(db: &TestStore, program: &mut Child, last: &mut i64) -> bool {
    while mark(db).await <= *last {
        if let Some(ended) = program.try_wait().expect("its state") {
            assert!(ended.success(), "it failed by itself");
            return false;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    program.kill().expect("it can be killed");
    program.wait().expect("its end");
    *last = mark(db).await.max(*last);
    true
}

async fn three_files_fill_an_installation_and_a_second_time_changes_nothing(db: TestStore) {
    let rows = "90000000001;XX000001;2026-01;JHT;6000000;;222000;120000;2026-02-10\r\n\
                90000000099;XX000001;2026-01;JHT;6000000;;222000;120000;2026-02-10\r\n\
                90000000002;XX000001;2026-13;JHT;6000000;;222000;120000;2026-02-10\r\n\
                90000000003;XX000001;2026-01;JHT;6000000;;222000;120000;2026-02-10";
    let text = format!("\u{feff}{}\r\n{rows}", COLUMNS.replace(',', ";"));
    let place = place(&db).with_file("iuran.csv", &text);
    for line in ["import employers employers.csv", "import members members.csv"] {
        let told = place.run(line);
        assert!(told.starts_with("exit: 0"), "{told}");
    }
    let trial = place.run("import contributions iuran.csv --dry-run --lang en");
    assert!(trial.starts_with("exit: 1") && trial.contains("would import: 2 new"), "{trial}");
    assert!(ledger(&db).await.is_empty());

    let told = place.run("import contributions iuran.csv --lang en");
    for part in [
        "exit: 1",
        "2 new, 0 on record, 2 refused",
        "row 3  kpj  is not on record: import it first",
        "row 4  month  is not a month: write 2026-07",
        "the last line has no end",
        "refused rows: iuran.refused.csv",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let listed = fs::read_to_string(place.path().join("iuran.refused.csv")).expect("a list");
    assert_eq!(
        listed,
        "\u{feff}row,column,reason,alasan\r\n\
         3,kpj,\"is not on record: import it first\",\"belum tercatat: impor dahulu\"\r\n\
         4,month,\"is not a month: write 2026-07\",\"bukan bulan: tulis 2026-07\"\r\n"
    );
    assert_eq!(ledger(&db).await.len(), 2);

    let again = place.run("import contributions iuran.csv --json");
    for part in ["exit: 1", "\"was_in_before\":true", "\"added\":2", "\"refused\":2"] {
        assert!(again.contains(part), "{part} in {again}");
    }
    let indonesian = place.run("import members members.csv --lang id");
    assert!(indonesian.starts_with("exit: 0") && indonesian.contains("sudah diimpor: 60 baru"));
    assert_eq!(ledger(&db).await.len(), 2);
}

async fn an_import_that_is_killed_goes_on_and_ends_with_the_same_ledger(db: TestStore) {
    let place = place(&db).with_file("iuran.csv", &contributions_file());
    for line in ["import employers employers.csv", "import members members.csv"] {
        assert!(place.run(line).starts_with("exit: 0"));
    }
    let (mut last, mut kills) = (1, 0);
    loop {
        let goes_on = if kills > 0 { "--resume" } else { "" };
        let mut command = place.command(&format!("import contributions iuran.csv {goes_on}"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut program = command.spawn().expect("the program runs");
        if !is_killed_behind(&db, &mut program, &mut last).await || mark(&db).await == 0 {
            break;
        }
        kills += 1;
        let bare = place.run("import contributions iuran.csv --lang en");
        assert!(bare.starts_with("exit: 2") && bare.contains("--resume"), "{bare}");
    }
    assert!(kills > 0, "it ended before it could be killed");
    let told = place.run("import contributions iuran.csv --lang en");
    assert!(told.starts_with("exit: 0") && told.contains("imported before: 30000 new"), "{told}");

    let first = Month::new(2015, 8).expect("a month");
    let mut expected = BTreeMap::new();
    for number in 1..=60 {
        for ahead in 0..125_i32 {
            let sequence = i64::from(ahead) + 1;
            let (month, next) = (first.plus(ahead).get(), first.plus(ahead + 1).get());
            let line = [month, next * 100 + 10, 342_000, 342_000 * sequence];
            expected.insert((format!("900000000{number:02}"), sequence), line);
        }
    }
    assert!(ledger(&db).await == expected, "the ledger is another one");
}

#[test]
fn what_is_no_such_file_is_refused_with_what_to_do() {
    let place = Place::new()
        .with_keys()
        .with_settings("")
        .with_file("employers.csv", EMPLOYERS)
        .with_file("empty.csv", "")
        .with_file("sheet.xlsx", "PK\u{3}\u{4}…");
    assert!(place.run("migrate up").starts_with("exit: 0"));
    for (line, part) in [
        ("import members nowhere.csv", "nowhere.csv cannot be read"),
        ("import employers empty.csv", "there is nothing in the file"),
        ("import employers sheet.xlsx", "this is no whole XLSX file"),
        ("import employers employers.csv --sheet Data", "a CSV file has no sheets"),
        ("import members employers.csv", "has a column \"risk_class\""),
        ("import contributions employers.csv", "has a column \"name\""),
        ("import employers - --resume", "without --resume"),
    ] {
        let told = place.run(&format!("{line} --lang en"));
        assert!(told.starts_with("exit: 2") && told.contains(part), "{line}: {told}");
    }
}

#[test]
fn standard_input_is_known_by_its_rows_alone() {
    let place = Place::new().with_keys().with_settings("").with_file("employers.csv", EMPLOYERS);
    assert!(place.run("migrate up").starts_with("exit: 0"));
    for part in ["1 new, 0 on record", "0 new, 1 on record"] {
        let file = fs::File::open(place.path().join("employers.csv")).expect("the file");
        let mut command = place.command("import employers - --lang en");
        let output = command.stdin(file).output().expect("the program runs");
        let told = String::from_utf8(output.stdout).expect("the program writes UTF-8");
        assert!(output.status.success() && told.contains(part), "{told}");
    }
}

#[test]
fn a_workbook_is_read_from_a_file_and_from_standard_input() {
    let place = Place::ready();
    let rows: Vec<Vec<Cell<'_>>> =
        [["npp", "name", "risk_class", "size"], ["XX000001", "PT Contoh Jaya", "II", "medium"]]
            .iter()
            .map(|row| row.map(Cell::Text).to_vec())
            .chain([vec![
                Cell::Number("7"),
                Cell::Text("PT Tujuh"),
                Cell::Text("I"),
                Cell::Text("micro"),
            ]])
            .collect();
    let book = Workbook::of(&rows).bytes();
    fs::write(place.path().join("firms.xlsx"), &book).expect("a file for the test");
    let told = place.run("import employers firms.xlsx --lang en");
    for part in ["exit: 1", "1 new, 0 on record, 1 refused", "row 3  npp  is a number in the sheet"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let named = place.run("import employers firms.xlsx --sheet Sheet1 --lang en");
    assert!(named.contains("0 new, 1 on record, 1 refused"), "another import: {named}");
    let again = place.run("import employers firms.xlsx --lang en");
    assert!(again.contains("imported before"), "{again}");
    let missing = place.run("import employers firms.xlsx --sheet Data --lang en");
    assert!(missing.starts_with("exit: 2") && missing.contains("--sheet: Sheet1"), "{missing}");

    let file = fs::File::open(place.path().join("firms.xlsx")).expect("the file");
    let mut command = place.command("import employers - --lang en");
    let output = command.stdin(file).output().expect("the program runs");
    let told = String::from_utf8(output.stdout).expect("the program writes UTF-8");
    assert!(told.contains("0 new, 1 on record, 1 refused"), "{told}");
}
