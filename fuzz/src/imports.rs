//! Rows of files.

use std::io::Cursor;
use std::sync::LazyLock;

use jiff::civil::Date;
use payung_domain::ids::Kpj;
use payung_domain::imports::cells::MOST;
use payung_domain::imports::{Kind, Reason};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programmes;
use payung_domain::time::{Instant, Zone};
use payung_flows::imports::book::Book;
use payung_flows::imports::reading::{Chunk, Opened, Rows};
use payung_testkit::workbook::Workbook;

/// Rows of a chunk.
const MOST_ROWS: usize = 3;

static PROGRAMMES: LazyLock<Programmes> =
    LazyLock::new(|| Programmes::shipped().expect("the shipped rules read"));

/// L-10: each row of a file is read or refused, once; what is read can be kept, whatever its digits say.
/// The first byte says of what kind the file is.
pub fn row(bytes: &[u8]) {
    let Some((first, file)) = bytes.split_first() else { return };
    let kind = Kind::ALL[usize::from(*first) % Kind::ALL.len()];
    let Ok(mut opened) = Opened::read(kind, file) else { return };
    let mut after = opened.header_line();
    let mut next = |after| opened.next_chunk(after, MOST_ROWS, &PROGRAMMES, today());
    while let Some(chunk) = next(after).expect("memory can be read") {
        holds(&chunk, after);
        after = chunk.last_line;
    }
}

/// L-14, L-10: the same for a workbook, whatever is in it. The first byte says of what kind the rows
/// are, and whether a whole file follows or the sheet of one that is whole otherwise.
pub fn sheet(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let kind = Kind::ALL[usize::from(*first) % Kind::ALL.len()];
    let file = if first.is_ascii_uppercase() {
        rest.to_vec()
    } else {
        Workbook::of(&[]).with_first(&String::from_utf8_lossy(rest)).bytes()
    };
    let Ok(mut book) = Book::read(kind, Box::new(Cursor::new(file)), None) else { return };
    let mut after = book.header_line();
    book.each_chunk(after, MOST_ROWS, &PROGRAMMES, today(), |chunk| {
        let chunk = chunk.expect("memory can be read");
        holds(&chunk, after);
        after = chunk.last_line;
        true
    });
}

fn today() -> Date {
    Instant::from_micros(1_786_968_000_000_000).date(Zone::Wib)
}

fn holds(chunk: &Chunk, after: u32) {
    let rows = chunk.rows.count() + chunk.refused.len();
    assert!(rows > 0 && rows <= MOST_ROWS && chunk.last_line > after);
    for refusal in &chunk.refused {
        assert!(refusal.line > after && refusal.line <= chunk.last_line);
        let reason = refusal.reason;
        assert_eq!(Reason::coded(reason.code(), reason.found()), Some(reason));
    }
    if let Rows::Contributions(rows) = &chunk.rows {
        for row in rows {
            let amounts = [row.wage, row.base, row.employer_part, row.worker_part];
            assert!(amounts.iter().all(|amount| (Rupiah::ZERO..=MOST).contains(amount)));
            assert!(row.received_on <= today() && row.month <= Month::of(today()));
            assert_eq!(Kpj::parse(row.kpj.as_str()).as_ref(), Ok(&row.kpj));
        }
    }
}
