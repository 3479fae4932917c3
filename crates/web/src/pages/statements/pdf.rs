//! M18: a statement as a PDF: tagged, with its font, and small enough for a bad network.

use payung_domain::money::Rupiah;
use payung_domain::statements::{Figures, Line, Number};
use payung_flows::Fault;

use super::paper::Paper;
use crate::page::Frame;
use crate::pdf::{Cell, Pdf, Tag};

/// What it may weigh, as a file.
pub const MOST_BYTES: usize = 150 * 1024;

/// With more movements than these a year is one row, so that the file stays within its weight; the
/// table and the signed file have every movement.
const MOST_LINES: usize = 120;

/// How large letters are.
const SMALL: i64 = 8;
const PLAIN: i64 = 10;

/// The statement as a file.
pub fn written(paper: &Paper) -> Result<Vec<u8>, Fault> {
    let (f, document) = (&paper.f, &paper.document);
    let title = f.t1("statement-title", "months", paper.months());
    let mut pdf = Pdf::new(title.clone(), f.language.tag());
    pdf.text(Tag::H1, 16, &title);
    pdf.text(Tag::P, PLAIN, &document.statement.name);
    let issued = f.t2("statement-issued", "service", &f.service_name, "time", paper.issued());
    pdf.text(Tag::P, PLAIN, &issued);
    if let Some(distrusted) = paper.distrusted() {
        pdf.text(Tag::P, PLAIN, &distrusted);
    }
    sums(&mut pdf, paper, &paper.total);
    let count: usize = document.statement.numbers.iter().map(|number| number.lines.len()).sum();
    for number in &document.statement.numbers {
        pdf.text(Tag::H2, 12, &format!("{} {}", f.t("kpj"), number.kpj));
        if let Some(employer) = &number.employer {
            pdf.text(Tag::P, PLAIN, employer);
        }
        if let Some(own) = paper.sums_of(number) {
            sums(&mut pdf, paper, &own);
        }
        if number.lines.is_empty() {
            pdf.text(Tag::P, PLAIN, &f.t("statement-nothing"));
        } else if count > MOST_LINES {
            pdf.text(Tag::P, PLAIN, &f.t("statement-by-year"));
            years(&mut pdf, f, number);
        } else {
            movements(&mut pdf, paper, number);
        }
    }
    pdf.need(20_000);
    pdf.text(Tag::H2, 12, &f.t("statement-check-title"));
    pdf.text(Tag::P, PLAIN, &f.t1("statement-check-text", "address", paper.check_address()));
    pdf.text(Tag::P, PLAIN, &format!("{} {}", f.t("statement-code"), document.code));
    pdf.drawing(&paper.drawing, 200, &f.t("statement-qr"));
    pdf.finish(|page, pages| format!("{}   {page} / {pages}", document.code))
}

fn text(text: String, at: i64) -> Cell {
    Cell { text, at, is_amount: false }
}

fn end(text: String, at: i64) -> Cell {
    Cell { text, at, is_amount: true }
}

fn sums(pdf: &mut Pdf, paper: &Paper, figures: &Figures) {
    let (left, _) = Pdf::edges();
    pdf.begin(Tag::Table);
    for (label, _, amount) in paper.rows(figures) {
        pdf.row(PLAIN, &[text(label, left), end(paper.f.money(&amount), left + 26_000)]);
    }
    pdf.end_table();
    pdf.down(800);
}

fn movements(pdf: &mut Pdf, paper: &Paper, number: &Number) {
    let f = &paper.f;
    let (left, right) = Pdf::edges();
    let row = |day: String, what: String, amount: String, balance: String| {
        let (day, what) = (text(day, left), text(what, left + 11_000));
        vec![day, what, end(amount, right - 11_500), end(balance, right)]
    };
    let heads = ["posting-day", "posting-what", "posting-amount", "posting-balance"];
    let [day, what, amount, balance] = heads.map(|key| f.t(key));
    pdf.begin(Tag::Table);
    pdf.heads(SMALL, row(day, what, amount, balance));
    for line in &number.lines {
        let (amount, balance) = (f.money(&line.amount), f.money(&line.balance));
        pdf.row(SMALL, &row(f.date(&line.day), paper.what(line), amount, balance));
    }
    pdf.end_table();
    pdf.down(800);
}

/// A row a year: what came and what left in it, and the balance after it.
fn years(pdf: &mut Pdf, f: &Frame, number: &Number) {
    let (left, right) = Pdf::edges();
    let row = |year: String, added: String, taken: String, balance: String| {
        let (added, taken) = (end(added, right - 26_000), end(taken, right - 13_000));
        vec![text(year, left), added, taken, end(balance, right)]
    };
    let heads = ["filter-year", "statement-added", "statement-taken", "posting-balance"];
    let [year, added, taken, balance] = heads.map(|key| f.t(key));
    pdf.begin(Tag::Table);
    pdf.heads(SMALL, row(year, added, taken, balance));
    for lines in number.lines.chunk_by(|one, next| one.day.year() == next.day.year()) {
        let Some(last) = lines.last() else { continue };
        let sum = |part: fn(Line) -> Option<Rupiah>| {
            let amounts = lines.iter().filter_map(|line| part(*line));
            // The sums of the whole hold, so those of a year do.
            Rupiah::checked_sum(amounts).map_or_else(String::new, |sum| f.money(&sum))
        };
        let (added, taken) = (sum(Line::added), sum(Line::taken));
        pdf.row(SMALL, &row(last.day.year().to_string(), added, taken, f.money(&last.balance)));
    }
    pdf.end_table();
    pdf.down(800);
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use payung_domain::language::Language;
    use payung_domain::ledger::PostingKind;
    use payung_domain::month::Month;
    use payung_domain::statements::{Document, Period, Statement};
    use payung_domain::time::{Instant, Zone};
    use payung_texts::Texts;
    use uuid::Uuid;

    use super::*;
    use crate::page::{Help, Theme};

    fn frame() -> Frame {
        let word = || "x".to_owned();
        Frame {
            language: Language::Id,
            zone: Zone::Wib,
            texts: Texts::shipped(),
            service_name: "Payung".to_owned(),
            public_url: word(),
            address: word(),
            signed_in: None,
            csrf: word(),
            nonce: word(),
            theme: Theme::Auto,
            help: Help { phone: word(), hours: word(), email: word() },
            notice: None,
            kept: None,
            demo: false,
        }
    }

    /// So many member numbers, each with so many months of contributions.
    fn paper(numbers: usize, months: i32) -> Paper {
        let first = Month::new(1980, 1).unwrap();
        let mut balance = Rupiah::ZERO;
        let amount = Rupiah::new(641_250);
        let line = |month: Month| {
            balance = balance.checked_add(amount).unwrap();
            let (day, kind) = (month.first_day(), PostingKind::Contribution);
            Line { day, kind, month, amount, balance }
        };
        let lines: Vec<Line> = first.through(first.plus(months - 1)).map(line).collect();
        let closing = lines.last().unwrap().balance;
        let number = |place: usize| Number {
            kpj: format!("0001234567{place}"),
            employer: Some("PT Kain Nusantara".to_owned()),
            opening: Rupiah::ZERO,
            lines: lines.clone(),
            closing,
        };
        let document = Document {
            issuer: "https://masuk.payung.example".to_owned(),
            issued: 1_786_968_000,
            code: "PYS-7F3K-29QD-0M4T-ZC8W".to_owned(),
            statement: Statement {
                name: "Siti Rahayu".to_owned(),
                period: Period { first, last: first.plus(months - 1) },
                numbers: (0..numbers).map(number).collect(),
            },
        };
        Paper::of(frame(), Uuid::nil(), document).unwrap()
    }

    #[test]
    fn a_file_weighs_150_kb_at_most_whatever_is_in_it() {
        for (numbers, months) in [(1, 24), (2, 60), (1, 120), (6, 20), (6, 480)] {
            let size = written(&paper(numbers, months)).unwrap().len();
            assert!(size <= MOST_BYTES, "{numbers} numbers, {months} months: {size} bytes");
        }
    }

    /// How many paragraphs a file has: its structure is among the objects that are packed together.
    fn paragraphs(file: &[u8]) -> usize {
        let after = |from: usize, what: &[u8]| {
            let found = file[from..].windows(what.len()).position(|part| part == what);
            from + found.unwrap() + what.len()
        };
        let begins = after(after(0, b"/Type/ObjStm"), b"stream\n");
        let mut objects = String::new();
        flate2::read::ZlibDecoder::new(&file[begins..]).read_to_string(&mut objects).unwrap();
        objects.matches("/S/P/").count()
    }

    #[test]
    fn a_file_says_that_its_key_is_not_trusted() {
        let of = |distrusted_from| {
            paragraphs(&written(&Paper { distrusted_from, ..paper(1, 3) }).unwrap())
        };
        let plain = of(None);
        assert!(plain > 0);
        assert_eq!(of(Some(Instant::from_micros(0))), plain + 1);
    }
}
