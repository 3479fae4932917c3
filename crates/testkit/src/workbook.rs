//! Workbooks (XLSX) as spreadsheets write them, and as nobody should.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell of a sheet.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text in the cell itself.
    Text(&'a str),
    /// The text of this place among those of the whole workbook.
    Shared(u32),
    /// A number as it is written.
    Number(&'a str),
    /// A number that is shown as a day.
    Day(&'a str),
    /// An error such as `#N/A`.
    Error(&'a str),
}

/// A workbook.
#[derive(Clone, Debug)]
pub struct Workbook {
    sheets: Vec<(String, String, String)>,
    texts: Vec<String>,
    is_since_1904: bool,
}

impl Workbook {
    /// With one sheet, of these rows.
    #[must_use]
    pub fn of(rows: &[Vec<Cell<'_>>]) -> Self {
        let book = Self { sheets: Vec::new(), texts: Vec::new(), is_since_1904: false };
        book.with_sheet("Sheet1", "visible", &sheet(rows))
    }

    /// With one sheet of text: the cells of CSV without quotation marks. Every text stands once in the
    /// workbook, as spreadsheets do it.
    #[must_use]
    pub fn of_csv(text: &str) -> Self {
        let mut texts: Vec<&str> = text.lines().flat_map(|line| line.split(',')).collect();
        texts.sort_unstable();
        texts.dedup();
        let cell = |text: &str| match texts.binary_search(&text) {
            _ if text.is_empty() => Cell::Empty,
            Ok(place) => Cell::Shared(u32::try_from(place).expect("some texts")),
            Err(_) => Cell::Text("?"),
        };
        let rows: Vec<Vec<Cell<'_>>> =
            text.lines().map(|line| line.split(',').map(cell).collect()).collect();
        Self { texts: texts.iter().map(|&text| text.to_owned()).collect(), ..Self::of(&rows) }
    }

    /// With one more sheet, of this XML.
    #[must_use]
    pub fn with_sheet(mut self, name: &str, state: &str, xml: &str) -> Self {
        self.sheets.push((name.to_owned(), state.to_owned(), xml.to_owned()));
        self
    }

    /// With another first sheet, of this XML.
    #[must_use]
    pub fn with_first(mut self, xml: &str) -> Self {
        xml.clone_into(&mut self.sheets[0].2);
        self
    }

    /// With a first sheet that nobody sees.
    #[must_use]
    pub fn with_first_hidden(mut self) -> Self {
        "hidden".clone_into(&mut self.sheets[0].1);
        self
    }

    /// Days count from 1904, as they did on another kind of machine.
    #[must_use]
    pub fn since_1904(mut self) -> Self {
        self.is_since_1904 = true;
        self
    }

    /// Its parts, by name.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, String)> {
        let (mut sheets, mut targets) = (String::new(), String::new());
        let mut parts = vec![("_rels/.rels".to_owned(), PACKAGE.to_owned())];
        for (place, (name, state, xml)) in self.sheets.iter().enumerate() {
            let _ = write!(
                sheets,
                "<sheet name=\"{}\" sheetId=\"{}\" state=\"{state}\" r:id=\"rId{place}\"/>",
                escaped(name),
                place + 1
            );
            let _ = write!(
                targets,
                "<Relationship Id=\"rId{place}\" Type=\"{KIND}/worksheet\" \
                 Target=\"worksheets/sheet{place}.xml\"/>"
            );
            parts.push((format!("xl/worksheets/sheet{place}.xml"), xml.clone()));
        }
        let epoch = u8::from(self.is_since_1904);
        parts.push((
            "xl/workbook.xml".to_owned(),
            format!(
                "{DECLARED}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{KIND}\"><workbookPr \
                 date1904=\"{epoch}\"/><sheets>{sheets}</sheets></workbook>"
            ),
        ));
        parts.push((
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("{DECLARED}<Relationships xmlns=\"{PACKED}\">{targets}</Relationships>"),
        ));
        parts.push(("xl/styles.xml".to_owned(), format!("{DECLARED}{STYLES}")));
        let count = self.texts.len();
        let mut texts = format!("{DECLARED}<sst xmlns=\"{MAIN}\" uniqueCount=\"{count}\">");
        for text in &self.texts {
            let _ = write!(texts, "<si><t xml:space=\"preserve\">{}</t></si>", escaped(text));
        }
        texts.push_str("</sst>");
        parts.push(("xl/sharedStrings.xml".to_owned(), texts));
        parts
    }

    /// As a file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        packed(&self.parts())
    }
}

/// An archive of these parts.
#[must_use]
pub fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part begins");
        archive.write_all(text.as_bytes()).expect("it is written");
    }
    archive.finish().expect("the archive ends").into_inner()
}

/// The XML of a sheet with these rows.
#[must_use]
pub fn sheet(rows: &[Vec<Cell<'_>>]) -> String {
    let mut xml = format!("{DECLARED}<worksheet xmlns=\"{MAIN}\"><sheetData>");
    for (row, cells) in rows.iter().enumerate() {
        let _ = write!(xml, "<row r=\"{}\">", row + 1);
        for (column, cell) in cells.iter().enumerate() {
            push_cell(&mut xml, &format!("{}{}", letters(column), row + 1), *cell);
        }
        xml.push_str("</row>");
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

fn push_cell(xml: &mut String, at: &str, cell: Cell<'_>) {
    let _ = match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) => {
            write!(xml, "<c r=\"{at}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text))
        }
        Cell::Shared(place) => write!(xml, "<c r=\"{at}\" t=\"s\"><v>{place}</v></c>"),
        Cell::Number(number) => write!(xml, "<c r=\"{at}\"><v>{number}</v></c>"),
        Cell::Day(serial) => write!(xml, "<c r=\"{at}\" s=\"1\"><v>{serial}</v></c>"),
        Cell::Error(error) => write!(xml, "<c r=\"{at}\" t=\"e\"><v>{error}</v></c>"),
    };
}

/// `A`, and after `Z` `AA`.
fn letters(column: usize) -> String {
    let letter = |place: usize| {
        char::from(b'A' + u8::try_from(place % 26).expect("less than the alphabet has"))
    };
    match column.checked_sub(26) {
        None => letter(column).to_string(),
        Some(rest) => format!("{}{}", letters(rest / 26), letter(column)),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const DECLARED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKED: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

const PACKAGE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

/// The first look is that of everything, the second one that of days.
const STYLES: &str = "<styleSheet \
    xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf \
    numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
