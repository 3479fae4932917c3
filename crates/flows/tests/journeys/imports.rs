//! Files of employers, members and contributions, whole and broken, in any order and any state.

use std::fmt::Write as _;
use std::io::Read;
use std::sync::Arc;

use payung_domain::ids::Kpj;
use payung_domain::imports::{Kind, Reason, Refusal, Tally};
use payung_domain::keyed::digest;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::Segment;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programmes;
use payung_flows::imports::reading::Unreadable;
use payung_flows::imports::{Done, Importer, Listener, Source, Stopped, Wish, import};
use payung_storage::{contributions, ledger, members};
use payung_testkit::chance::Seeded;
use payung_testkit::clock::Stopped as StoppedClock;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

on_each_engine!(
    a_new_installation_is_read_in_from_three_files,
    a_file_is_known_by_its_checksum_and_each_row_by_its_key,
    an_import_that_breaks_off_again_and_again_ends_with_the_same_ledger,
    one_bad_row_never_stops_the_rest,
    somebody_with_two_numbers_and_two_employers_stays_one_person,
    a_trial_keeps_nothing,
    savings_that_come_after_a_later_posting_are_booked_on_its_day,
    a_file_that_is_none_leaves_no_trace,
    two_files_at_the_same_time_post_each_row_once,
);

pub(crate) const EMPLOYERS: &str = "npp,name,risk_class,size\nXX000001,PT Contoh Jaya,II,medium\n\
                         XX000002,\"CV Contoh; Maju, Jaya\",III,small\n";

pub(crate) const MEMBER_COLUMNS: &str = "nik,name,birth_date,sex,kpj,segment,since,ended,npp,trade";

pub(crate) const COLUMNS: &str =
    "kpj,npp,month,programme,wage,employer_part,worker_part,received_on";

/// Three people, each with a number.
pub(crate) fn members_file() -> String {
    format!(
        "{MEMBER_COLUMNS}\n\
         0001014107900003,Siti Contoh,1990-07-01,female,90000000001,PU,2024-01,,XX000001,\n\
         0001010107910004,Budi Contoh,1991-07-01,male,90000000002,PU,2024-01,,XX000002,\n\
         0001014107920005,Dewi Contoh,1992-07-01,female,90000000003,BPU,2024-01,,,transport\n"
    )
}

/// A year and a half of savings of three people: 54 rows, each late by another day.
pub(crate) fn contribution_rows() -> Vec<String> {
    let first = Month::new(2024, 1).unwrap();
    let mut rows = Vec::new();
    for ahead in 0..18 {
        let month = first.plus(ahead);
        let (next, day) = (month.next(), 10 + ahead);
        for (kpj, npp, parts) in [
            ("90000000001", "XX000001", "222000,120000"),
            ("90000000002", "XX000002", "185000,100000"),
            ("90000000003", "", "0,69000"),
        ] {
            rows.push(format!("{kpj},{npp},{month},JHT,6000000,{parts},{next}-{day}"));
        }
    }
    rows
}

pub(crate) fn file(columns: &str, rows: &[String]) -> String {
    let mut text = format!("{columns}\n");
    for row in rows {
        let _ = writeln!(text, "{row}");
    }
    text
}

/// Hears everything.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) rows: u64,
    pub(crate) refused: Vec<Refusal>,
}

impl Listener for Heard {
    fn rows(&mut self, count: u64) {
        self.rows += count;
    }

    fn refused(&mut self, refusals: &[Refusal]) -> std::io::Result<()> {
        self.refused.extend_from_slice(refusals);
        Ok(())
    }
}

/// A file that breaks off after so many bytes, as a stick that is pulled out.
struct Broken {
    bytes: Vec<u8>,
    read: usize,
    last: usize,
}

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.read >= self.last {
            return Err(std::io::Error::other("the stick is gone"));
        }
        let rest = &self.bytes[self.read..self.last];
        let length = rest.len().min(buffer.len()).min(64);
        buffer[..length].copy_from_slice(&rest[..length]);
        self.read += length;
        Ok(length)
    }
}

pub(crate) fn importer(db: &TestStore) -> Importer {
    Importer {
        store: db.store.clone(),
        programmes: Arc::new(Programmes::shipped().unwrap()),
        dice: Arc::new(Seeded::new(9)),
        clock: Arc::new(StoppedClock::at_noon()),
        chunk: 7,
    }
}

/// CSV.
fn lines(bytes: Vec<u8>) -> Source {
    Source::Lines(Box::new(std::io::Cursor::new(bytes)))
}

pub(crate) fn wish(kind: Kind, text: &[u8]) -> Wish {
    Wish { kind, digest: Some(digest(text)), is_trial: false, goes_on: false }
}

pub(crate) async fn read_in(
    importer: &Importer,
    kind: Kind,
    text: impl AsRef<[u8]>,
) -> (Done, Heard) {
    let bytes = text.as_ref().to_vec();
    let mut heard = Heard::default();
    let wish = wish(kind, &bytes);
    let done = import(importer, wish, lines(bytes), &mut heard).await.unwrap();
    assert_eq!(heard.refused.len() as u64, done.tally.refused);
    (done, heard)
}

/// Employers and members, without contributions.
pub(crate) async fn peopled(db: &TestStore) -> Importer {
    let importer = importer(db);
    read_in(&importer, Kind::Employers, EMPLOYERS).await;
    read_in(&importer, Kind::Members, members_file()).await;
    importer
}

pub(crate) async fn postings(db: &TestStore) -> Vec<Posting> {
    let mut tx = db.store.read().await.unwrap();
    let mut all = Vec::new();
    for number in ["90000000001", "90000000002", "90000000003"] {
        let kpj = Kpj::parse(number).unwrap();
        let person = members::by_kpj(&mut tx, db.store.vault(), &kpj).await.unwrap().unwrap();
        all.extend(ledger::of_person(&mut tx, person.id).await.unwrap());
    }
    all
}

pub(crate) fn added(count: u64) -> Tally {
    Tally { added: count, ..Tally::default() }
}

async fn a_new_installation_is_read_in_from_three_files(db: TestStore) {
    let importer = peopled(&db).await;
    let (done, heard) =
        read_in(&importer, Kind::Contributions, file(COLUMNS, &contribution_rows())).await;
    assert_eq!((done.tally, done.posted, heard.rows), (added(54), 54, 54));
    let lines = postings(&db).await;
    assert_eq!(lines.len(), 54);
    assert!(lines.iter().all(|line| line.kind == PostingKind::Contribution));
    assert_eq!(lines[17].balance, Rupiah::new(18 * 342_000));
    let mut tx = db.store.read().await.unwrap();
    let kpj = Kpj::parse("90000000003").unwrap();
    let dewi = members::by_kpj(&mut tx, db.store.vault(), &kpj).await.unwrap().unwrap();
    assert_eq!(dewi.name.expose(), "Dewi Contoh");
    let paid = contributions::of_person(&mut tx, dewi.id).await.unwrap();
    assert!(paid.iter().all(|one| one.employer.is_none()));
    assert_eq!(
        members::memberships(&mut tx, dewi.id).await.unwrap()[0].segment,
        Segment::SelfEmployed
    );
    let kpj = Kpj::parse("90000000002").unwrap();
    let budi = members::by_kpj(&mut tx, db.store.vault(), &kpj).await.unwrap().unwrap();
    let firms = members::employers(&mut tx, budi.id).await.unwrap();
    assert_eq!(firms[0].name, "CV Contoh; Maju, Jaya");
}

async fn a_file_is_known_by_its_checksum_and_each_row_by_its_key(db: TestStore) {
    let importer = peopled(&db).await;
    let text = file(COLUMNS, &contribution_rows());
    read_in(&importer, Kind::Contributions, &text).await;
    let before = postings(&db).await;

    let (again, _) = read_in(&importer, Kind::Contributions, &text).await;
    assert!(again.was_in_before);
    assert_eq!(again.tally, added(54));

    // Other bytes, the same rows: shuffled, each twice, with other delimiters, ends and a mark.
    let mut rows = contribution_rows();
    rows.extend(contribution_rows());
    rows.sort_by_key(|row| digest(row.as_bytes()));
    let text = format!("\u{feff}{}", file(COLUMNS, &rows)).replace(',', ";").replace('\n', "\r\n");
    let (shuffled, _) = read_in(&importer, Kind::Contributions, &text).await;
    assert_eq!(shuffled.tally, Tally { already: 108, ..Tally::default() });
    assert_eq!(postings(&db).await, before);

    // The same contribution with another amount is no correction.
    let other = contribution_rows()[0].replace("222000", "222001");
    let (differs, heard) = read_in(&importer, Kind::Contributions, file(COLUMNS, &[other])).await;
    assert_eq!(differs.tally.refused, 1);
    assert_eq!(
        (&*heard.refused[0].column, heard.refused[0].reason),
        ("employer_part", Reason::Differs)
    );
    assert_eq!(postings(&db).await, before);
}

async fn an_import_that_breaks_off_again_and_again_ends_with_the_same_ledger(db: TestStore) {
    let mut rows = contribution_rows();
    rows.sort_by_key(|row| digest(row.as_bytes()));
    rows.insert(3, "90000000009,XX000001,2024-01,JHT,1,1,1,2024-02-10".to_owned());
    let bytes = file(COLUMNS, &rows).into_bytes();

    let calm = TestStore::in_memory().await;
    let (whole, heard_whole) = read_in(&peopled(&calm).await, Kind::Contributions, &bytes).await;

    let importer = peopled(&db).await;
    let mut wish = wish(Kind::Contributions, &bytes);
    for last in (300..bytes.len()).step_by(450) {
        let source = Source::Lines(Box::new(Broken { bytes: bytes.clone(), read: 0, last }));
        let stopped = import(&importer, wish, source, &mut Heard::default()).await;
        assert!(matches!(stopped, Err(Stopped::Unreadable(Unreadable::Broke(_)))), "{last}");
        wish.goes_on = true;
    }
    wish.goes_on = false;
    let refused = import(&importer, wish, lines(bytes.clone()), &mut Heard::default()).await;
    assert!(matches!(refused, Err(Stopped::BrokeOff(line)) if line > 7));

    wish.goes_on = true;
    let mut heard = Heard::default();
    let done = import(&importer, wish, lines(bytes), &mut heard).await.unwrap();
    assert!(done.went_on_after.is_some());
    assert_eq!(done.tally, whole.tally);
    assert_eq!(heard.refused, heard_whole.refused);
    assert_eq!(postings(&db).await, postings(&calm).await);
}

async fn one_bad_row_never_stops_the_rest(db: TestStore) {
    let importer = peopled(&db).await;
    let good = contribution_rows();
    let bad: [(&[u8], &str, Reason); 13] = [
        (b"90000000009,XX000001,2024-01,JHT,1,1,1,2024-02-10", "kpj", Reason::Unknown),
        (b"90000000001,XX000009,2024-01,JHT,1,1,1,2024-02-10", "npp", Reason::Unknown),
        (b"90000000001,XX000001,2024-13,JHT,1,1,1,2024-02-10", "month", Reason::NotAMonth),
        (b"90000000001,XX000001,2027-01,JHT,1,1,1,2024-02-10", "month", Reason::Future),
        (b"90000000001,XX000001,2024-01,JHT,1,-1,1,2024-02-10", "employer_part", Reason::Negative),
        (
            b"90000000001,XX000001,2024-01,JHT,1,9223372036854775807,1,2024-02-10",
            "employer_part",
            Reason::TooLarge,
        ),
        (b"9.0000000001E+10,XX000001,2024-01,JHT,1,1,1,2024-02-10", "kpj", Reason::Exponent),
        (b"90000000001,XX000001,2024-01,J\xe9,1,1,1,2024-02-10", "row", Reason::NotUtf8),
        (b"90000000001,XX000001,2024-01,JHT,1,1", "row", Reason::Cells(6)),
        (b"90000000001;XX000001;2024-01;JHT;1;1;1;2024-02-10", "row", Reason::Cells(1)),
        (b"\"90000000001,XX000001,2024-01,JHT,1,1,1,2024-02-10", "row", Reason::Quote),
        (b"90000000001,XX000001,2024-01,JHT,1,1,1,2024-02-10\0", "received_on", Reason::NotADate),
        (
            b"90000000001,XX000001,2024-01,JHT,6000000,222000,120000,2024-02-11",
            "received_on",
            Reason::Differs,
        ),
    ];
    let mut bytes = format!("{COLUMNS}\n").into_bytes();
    for (place, row) in good.iter().enumerate() {
        bytes.extend_from_slice(row.as_bytes());
        bytes.push(b'\n');
        // Bad ones stand between good ones; the last is the double of the first good row.
        if place % 4 == 3
            && let Some((line, ..)) = bad.get(place / 4)
        {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
        }
    }
    let (done, heard) = read_in(&importer, Kind::Contributions, &bytes).await;
    assert_eq!(done.tally, Tally { added: 54, already: 0, refused: 13 });
    for (place, (refusal, (_, column, reason))) in heard.refused.iter().zip(&bad).enumerate() {
        assert_eq!((&*refusal.column, refusal.reason), (*column, *reason), "bad row {place}");
        let line = 1 + 4 * (place + 1) + place + 1;
        assert_eq!(refusal.line as usize, line);
    }
    assert_eq!(postings(&db).await.len(), 54);
}

async fn somebody_with_two_numbers_and_two_employers_stays_one_person(db: TestStore) {
    let importer = peopled(&db).await;
    let row = |rest: &str| format!("0001014107900003,Siti Contoh,1990-07-01,female,{rest}");
    let rows = [
        row("90000000001,PU,2024-01,,XX000002,"),
        row("90000000011,PU,2019-01,2023-12,XX000002,"),
        row("90000000011,PU,2019-01,2023-12,XX000002,"),
        row("90000000001,PU,2024-02,,XX000001,"),
        row("90000000002,PU,2024-01,,XX000002,"),
        row("90000000012,PU,2024-01,,XX000009,"),
        row("90000000013,PU,2024-01,,XX000001,").replace("Siti", "Sita"),
        row("90000000014,PU,2024-01,,XX000001,").replace("0001014107900003", "3.17405E+15"),
    ];
    let (done, heard) = read_in(&importer, Kind::Members, file(MEMBER_COLUMNS, &rows)).await;
    assert_eq!(done.tally, Tally { added: 2, already: 1, refused: 5 });
    let why: Vec<(&str, Reason)> =
        heard.refused.iter().map(|refusal| (&*refusal.column, refusal.reason)).collect();
    assert_eq!(
        why,
        [
            ("since", Reason::Differs),
            ("kpj", Reason::Taken),
            ("npp", Reason::Unknown),
            ("name", Reason::Differs),
            ("nik", Reason::Exponent),
        ]
    );
    let mut tx = db.store.read().await.unwrap();
    let kpj = Kpj::parse("90000000011").unwrap();
    let siti = members::by_kpj(&mut tx, db.store.vault(), &kpj).await.unwrap().unwrap();
    assert_eq!(members::memberships(&mut tx, siti.id).await.unwrap().len(), 2);
    assert_eq!(members::employments(&mut tx, siti.id).await.unwrap().len(), 3);
}

async fn a_trial_keeps_nothing(db: TestStore) {
    let importer = peopled(&db).await;
    let bytes = file(COLUMNS, &contribution_rows()).into_bytes();
    let trial = Wish { is_trial: true, ..wish(Kind::Contributions, &bytes) };
    let source = lines(bytes.clone());
    let done = import(&importer, trial, source, &mut Heard::default()).await.unwrap();
    assert_eq!((done.tally, done.posted), (added(54), 0));
    assert!(postings(&db).await.is_empty());
    let (real, _) = read_in(&importer, Kind::Contributions, &bytes).await;
    assert_eq!((real.tally, real.posted), (added(54), 54));
}

async fn savings_that_come_after_a_later_posting_are_booked_on_its_day(db: TestStore) {
    let importer = peopled(&db).await;
    let rows = contribution_rows();
    read_in(&importer, Kind::Contributions, file(COLUMNS, &rows[3..])).await;
    let before = postings(&db).await;
    read_in(&importer, Kind::Contributions, file(COLUMNS, &rows[..1])).await;
    let after = postings(&db).await;
    assert_eq!(after.len(), before.len() + 1);
    let (last, late) = (&after[16], &after[17]);
    assert_eq!(late.booked_on, last.booked_on);
    assert_eq!(late.month.get(), 202_401);
    assert_eq!(late.balance, last.balance.checked_add(late.amount).unwrap());
}

async fn a_file_that_is_none_leaves_no_trace(db: TestStore) {
    let importer = importer(&db);
    for text in [&b""[..], b"\xff\xfen\0p\0p\0", b"PK\x03\x04x", b"npp,name\nXX1,PT\n"] {
        let source = lines(text.to_vec());
        let wish = wish(Kind::Employers, text);
        let stopped = import(&importer, wish, source, &mut Heard::default()).await;
        assert!(matches!(stopped, Err(Stopped::Unreadable(_))), "{text:?}");
    }
    // A file that ends in the middle of a line is read, and that is said.
    let (done, _) = read_in(&importer, Kind::Employers, EMPLOYERS.trim_end()).await;
    assert!(done.ends_midline);
    assert_eq!(done.tally, added(2));
}

async fn two_files_at_the_same_time_post_each_row_once(db: TestStore) {
    let importer = peopled(&db).await;
    let mut rows = contribution_rows();
    let forwards = file(COLUMNS, &rows);
    rows.reverse();
    let backwards = file(COLUMNS, &rows);
    let ((one, _), (other, _)) = tokio::join!(
        read_in(&importer, Kind::Contributions, &forwards),
        read_in(&importer, Kind::Contributions, &backwards),
    );
    assert_eq!(one.tally.plus(other.tally), Tally { added: 54, already: 54, refused: 0 });
    assert_eq!(one.posted + other.posted, 54);
    let lines = postings(&db).await;
    let of_siti: Vec<i64> = lines[..18].iter().map(|line| line.sequence).collect();
    assert_eq!(of_siti, (1..=18).collect::<Vec<i64>>());
    assert_eq!(lines[17].balance, Rupiah::new(18 * 342_000));
}
