//! Tables for spreadsheets: RFC 4180, as each language's spreadsheets read it, and harmless there.

use payung_domain::language::Language;
use payung_flows::Fault;

/// A table as a file. Spreadsheets in Indonesian take `;` between cells, in English `,`; both need
/// the mark in front to know that it is UTF-8.
pub fn csv<R: AsRef<[String]>>(
    language: Language,
    rows: impl Iterator<Item = R>,
) -> Result<Vec<u8>, Fault> {
    let delimiter = match language {
        Language::Id => b';',
        Language::En => b',',
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        writer
            .write_record(row.as_ref().iter().map(|cell| defused(cell)))
            .map_err(Fault::while_doing("writing a table"))?;
    }
    writer.into_inner().map_err(|error| Fault::new("writing a table", error.into_error()))
}

/// What begins a formula somewhere: the wide forms count in spreadsheets of East Asia, and so does
/// what stands after a break or a blank that is passed over.
const BEGINS: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A cell that a spreadsheet would run as a formula is made text (L-15).
fn defused(cell: &str) -> String {
    if cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).starts_with(BEGINS) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(language: Language, cells: [&str; 2]) -> String {
        let file = csv(language, std::iter::once(cells.map(str::to_owned))).unwrap();
        String::from_utf8(file).unwrap()
    }

    #[test]
    fn each_language_gets_its_own_mark_between_cells() {
        assert_eq!(written(Language::Id, ["a;b", "c,d"]), "\u{feff}\"a;b\";c,d\r\n");
        assert_eq!(written(Language::En, ["a;b", "c,d"]), "\u{feff}a;b,\"c,d\"\r\n");
        assert_eq!(written(Language::En, ["a\"b", "c\nd"]), "\u{feff}\"a\"\"b\",\"c\nd\"\r\n");
    }

    #[test]
    fn l15_a_formula_is_only_text() {
        for start in
            ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", " =", "\u{a0}+"]
        {
            let cell = format!("{start}cmd|' /C calc'!A0");
            assert!(defused(&cell).starts_with('\''), "{start:?}");
        }
        assert_eq!(defused("Chrome, Android"), "Chrome, Android");
    }

    proptest! {
        #[test]
        fn l15_no_cell_begins_like_a_formula(cell in "[=+@\\-\t\r\0a-z,;\" ]{0,12}") {
            let file = csv(Language::En, std::iter::once([cell])).unwrap();
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).from_reader(&file[3..]);
            for record in reader.records() {
                let record = record.unwrap();
                prop_assert!(!record[0].starts_with(['=', '+', '-', '@', '\t', '\r', '\0']));
            }
        }
    }
}
