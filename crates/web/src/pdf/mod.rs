//! A small writer of tagged PDF: headings, paragraphs, tables and a QR code on A4, with the font in it
//! (ISO 32000-1). Measured in hundredths of a point from the upper left corner.
//!
//! What is shown belongs to an element of the document's structure, so that a screen reader reads a
//! table as one; what repeats on every page is marked as no part of it.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use payung_flows::Fault;
use payung_flows::apps::Drawing;

mod font;

pub use font::Font;

/// A4.
const WIDTH: i64 = 59_528;
const HEIGHT: i64 = 84_189;

/// 15 millimetres.
const MARGIN: i64 = 4_252;

/// What is left of a page for what it says; the number of the page stands below.
const BOTTOM: i64 = HEIGHT - MARGIN - 2_000;

/// What an element of the structure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// The whole.
    Document,
    /// The title.
    H1,
    /// The title of a part.
    H2,
    /// A paragraph.
    P,
    /// A table.
    Table,
    /// A row of one.
    Row,
    /// What a column is of.
    ColumnHead,
    /// What a row is of.
    RowHead,
    /// A cell.
    Cell,
    /// A drawing.
    Figure,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// Where its column begins, or ends where it is an amount; in hundredths of a point.
    pub at: i64,
    /// Whether it is an amount, which stands at the end of its column.
    pub is_amount: bool,
}

#[derive(Debug, Default)]
struct Page {
    content: String,
    /// The element that each marked piece belongs to.
    owners: Vec<usize>,
}

#[derive(Debug)]
enum Kid {
    Element(usize),
    Marked { page: usize, piece: usize },
}

#[derive(Debug)]
struct Element {
    tag: Tag,
    parent: Option<usize>,
    kids: Vec<Kid>,
    /// What a drawing is, for whoever does not see it.
    said: String,
}

/// A document that is being written.
#[derive(Debug)]
pub struct Pdf {
    title: String,
    language: &'static str,
    pages: Vec<Page>,
    elements: Vec<Element>,
    open: Vec<usize>,
    /// The heads of the columns of the table that is being written, shown again on its next page.
    heads: Vec<Cell>,
    y: i64,
}

/// How many objects there are before the first page.
const BEFORE_PAGES: usize = 10;

impl Pdf {
    /// An empty page.
    #[must_use]
    pub fn new(title: String, language: &'static str) -> Self {
        let said = String::new();
        let whole = Element { tag: Tag::Document, parent: None, kids: Vec::new(), said };
        Self {
            title,
            language,
            pages: vec![Page::default()],
            elements: vec![whole],
            open: vec![0],
            heads: Vec::new(),
            y: MARGIN,
        }
    }

    /// Begins an element that holds others.
    pub fn begin(&mut self, tag: Tag) {
        let id = self.element(tag, String::new());
        self.open.push(id);
    }

    /// Ends the element that was begun last.
    pub fn end(&mut self) {
        // The whole stays open.
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    /// A heading or a paragraph, in as many lines as it takes.
    pub fn text(&mut self, tag: Tag, size: i64, text: &str) {
        let id = self.element(tag, String::new());
        for line in wrapped(text, size, WIDTH - 2 * MARGIN) {
            self.need(size * 140);
            self.y += size * 100;
            self.piece(id, tag, &shown(&line, MARGIN, self.y, size));
            self.y += size * 40;
        }
        self.down(size * 40);
    }

    /// The heads of the columns of a table: its first row.
    pub fn heads(&mut self, size: i64, cells: Vec<Cell>) {
        self.heads.clear();
        self.cells(size, &cells, |_| Tag::ColumnHead);
        self.heads = cells;
    }

    /// A row of a table. Its first cell says what the row is of.
    pub fn row(&mut self, size: i64, cells: &[Cell]) {
        self.cells(size, cells, |place| if place == 0 { Tag::RowHead } else { Tag::Cell });
    }

    /// Ends a table.
    pub fn end_table(&mut self) {
        self.heads.clear();
        self.end();
    }

    fn cells(&mut self, size: i64, cells: &[Cell], tag: impl Fn(usize) -> Tag) {
        let page = self.pages.len();
        self.need(size * 170);
        if self.pages.len() > page && !self.heads.is_empty() {
            self.heads_again(size);
        }
        self.begin(Tag::Row);
        self.y += size * 120;
        for (place, cell) in cells.iter().enumerate() {
            let tag = tag(place);
            let id = self.element(tag, String::new());
            self.piece(id, tag, &cell.shown(self.y, size));
        }
        self.end();
        self.rule(size);
    }

    /// The heads of the columns once more, as no part of the document.
    fn heads_again(&mut self, size: i64) {
        self.y += size * 120;
        let shown: String = self.heads.iter().map(|cell| cell.shown(self.y, size)).collect();
        self.aside(&shown);
        self.rule(size);
    }

    /// The line under a row.
    fn rule(&mut self, size: i64) {
        self.y += size * 40;
        let (left, right, y) = (points(MARGIN), points(WIDTH - MARGIN), points(HEIGHT - self.y));
        self.aside(&format!("0.3 w 0.8 G {left} {y} m {right} {y} l S\n"));
        self.y += size * 10;
    }

    /// Shows something that is no part of the document.
    fn aside(&mut self, content: &str) {
        if let Some(page) = self.pages.last_mut() {
            let _ = writeln!(page.content, "/Artifact BMC {content}EMC");
        }
    }

    /// A QR code with what it is in words; each module is so wide.
    pub fn drawing(&mut self, drawing: &Drawing, module: i64, said: &str) {
        let size = i64::try_from(drawing.size).unwrap_or(0) * module;
        self.need(size);
        let (left, top) = (MARGIN, self.y);
        let id = self.element(Tag::Figure, said.to_owned());
        let mut strokes = String::from("0 g ");
        for (column, row, length) in dark(&drawing.path) {
            let (x, y) = (left + column * module, HEIGHT - top - (row + 1) * module);
            let (width, height) = (length * module, module);
            let _ = write!(
                strokes,
                "{} {} {} {} re ",
                points(x),
                points(y),
                points(width),
                points(height)
            );
        }
        strokes.push_str("f\n");
        self.piece(id, Tag::Figure, &strokes);
        self.y += size;
    }

    /// Leaves room.
    pub const fn down(&mut self, by: i64) {
        self.y += by;
    }

    /// Begins another page where so much does not fit on this one.
    pub fn need(&mut self, height: i64) {
        if self.y + height > BOTTOM {
            self.pages.push(Page::default());
            self.y = MARGIN;
        }
    }

    /// Where the columns of a table may stand.
    #[must_use]
    pub const fn edges() -> (i64, i64) {
        (MARGIN, WIDTH - MARGIN)
    }

    /// The document as a file. `footer` says what stands below each page, by its number and their
    /// count.
    pub fn finish(mut self, footer: impl Fn(usize, usize) -> String) -> Result<Vec<u8>, Fault> {
        let count = self.pages.len();
        for (place, page) in self.pages.iter_mut().enumerate() {
            let text = shown(&footer(place + 1, count), MARGIN, HEIGHT - MARGIN, 8);
            let _ = writeln!(page.content, "/Artifact BMC {text}EMC");
        }
        let mut file = File::new();
        self.fixed(&mut file)?;
        for (place, page) in self.pages.iter().enumerate() {
            let (width, height) = (points(WIDTH), points(HEIGHT));
            file.add(&format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<</Font<</F 4 0 \
                 R>>>>/Contents {} 0 R/StructParents {place}/Tabs/S>>",
                page_object(place) + 1
            ));
            file.add_stream("", page.content.as_bytes())?;
        }
        for element in &self.elements {
            file.add_packed(self.element_object(element));
        }
        file.finish()
    }

    fn element(&mut self, tag: Tag, said: String) -> usize {
        let id = self.elements.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.elements.push(Element { tag, parent: Some(parent), kids: Vec::new(), said });
        self.elements[parent].kids.push(Kid::Element(id));
        id
    }

    /// Shows something as a piece of an element.
    fn piece(&mut self, element: usize, tag: Tag, content: &str) {
        let page = self.pages.len() - 1;
        let piece = self.pages[page].owners.len();
        self.pages[page].owners.push(element);
        self.elements[element].kids.push(Kid::Marked { page, piece });
        let name = tag.name();
        let _ = writeln!(self.pages[page].content, "/{name}<</MCID {piece}>>BDC {content}EMC");
    }

    const fn element_number(&self, element: usize) -> usize {
        page_object(self.pages.len()) + element
    }

    fn element_object(&self, element: &Element) -> String {
        let mut kids = String::new();
        for kid in &element.kids {
            let _ = match kid {
                Kid::Element(id) => write!(kids, "{} 0 R ", self.element_number(*id)),
                Kid::Marked { page, piece } => {
                    write!(kids, "<</Type/MCR/Pg {} 0 R/MCID {piece}>>", page_object(*page))
                }
            };
        }
        let parent = element.parent.map_or(9, |id| self.element_number(id));
        let (name, more) = (element.tag.name(), element.tag.attributes());
        let said = if element.said.is_empty() {
            String::new()
        } else {
            format!("/Alt{}", text_string(&element.said))
        };
        format!("<</S/{name}/P {parent} 0 R{more}{said}/K[{kids}]>>")
    }

    /// The ten objects that every document has: the catalogue, the list of pages, the title, the font
    /// in five parts, the root of the structure, and which element each piece belongs to.
    fn fixed(&self, file: &mut File) -> Result<(), Fault> {
        let font = Font::shipped();
        let language = self.language;
        file.add(&format!(
            "<</Type/Catalog/Pages 2 0 R/Lang({language})/MarkInfo<</Marked true>>/StructTreeRoot 9 0 \
             R/ViewerPreferences<</DisplayDocTitle true>>>>"
        ));
        let pages: Vec<String> =
            (0..self.pages.len()).map(|page| format!("{} 0 R", page_object(page))).collect();
        file.add(&format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), pages.join(" ")));
        file.add(&format!("<</Title{}/Producer(Payung)>>", text_string(&self.title)));
        file.add(
            "<</Type/Font/Subtype/Type0/BaseFont/PAYUNG+DejaVuSans/Encoding/Identity-H\
             /DescendantFonts[5 0 R]/ToUnicode 8 0 R>>",
        );
        let widths: Vec<String> = font.thousandths().map(|width| width.to_string()).collect();
        file.add(&format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/PAYUNG+DejaVuSans/CIDSystemInfo<</Registry\
             (Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 6 0 R/CIDToGIDMap/Identity/DW \
             600/W[0[{}]]>>",
            widths.join(" ")
        ));
        file.add(
            "<</Type/FontDescriptor/FontName/PAYUNG+DejaVuSans/Flags 32/FontBBox[-1021 -463 1793 \
             1232]/ItalicAngle 0/Ascent 928/Descent -236/CapHeight 729/StemV 80/FontFile2 7 0 R>>",
        );
        file.add_stream(&format!("/Length1 {}", font::FILE.len()), font::FILE)?;
        file.add_stream("", to_unicode(font).as_bytes())?;
        file.add(&format!(
            "<</Type/StructTreeRoot/K[{} 0 R]/ParentTree 10 0 R/ParentTreeNextKey {}>>",
            self.element_number(0),
            self.pages.len()
        ));
        let mut owners = String::new();
        for (place, page) in self.pages.iter().enumerate() {
            let _ = write!(owners, "{place}[");
            for owner in &page.owners {
                let _ = write!(owners, "{} 0 R ", self.element_number(*owner));
            }
            owners.push(']');
        }
        file.add(&format!("<</Nums[{owners}]>>"));
        Ok(())
    }
}

impl Cell {
    fn shown(&self, y: i64, size: i64) -> String {
        let width = Font::shipped().width(&self.text, size);
        let x = if self.is_amount { self.at - width } else { self.at };
        shown(&self.text, x, y, size)
    }
}

impl Tag {
    const fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::H1 => "H1",
            Self::H2 => "H2",
            Self::P => "P",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::ColumnHead | Self::RowHead => "TH",
            Self::Cell => "TD",
            Self::Figure => "Figure",
        }
    }

    const fn attributes(self) -> &'static str {
        match self {
            Self::ColumnHead => "/A<</O/Table/Scope/Column>>",
            Self::RowHead => "/A<</O/Table/Scope/Row>>",
            _ => "",
        }
    }
}

/// The bytes of a file, and where each object in it is.
struct File {
    bytes: Vec<u8>,
    places: Vec<Place>,
    /// Objects that are packed together at the end: there are thousands of small ones.
    packed: Vec<String>,
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// At this byte.
    At(usize),
    /// Packed with others, at this place among them.
    Packed(usize),
}

impl File {
    fn new() -> Self {
        let bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        Self { bytes, places: Vec::new(), packed: Vec::new() }
    }

    fn add(&mut self, body: &str) {
        self.places.push(Place::At(self.bytes.len()));
        let object = format!("{} 0 obj\n{body}\nendobj\n", self.places.len());
        self.bytes.extend_from_slice(object.as_bytes());
    }

    fn add_packed(&mut self, body: String) {
        self.places.push(Place::Packed(self.packed.len()));
        self.packed.push(body);
    }

    fn add_stream(&mut self, more: &str, data: &[u8]) -> Result<(), Fault> {
        let doing = "writing a document";
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).map_err(Fault::while_doing(doing))?;
        let packed = encoder.finish().map_err(Fault::while_doing(doing))?;
        self.places.push(Place::At(self.bytes.len()));
        let (number, length) = (self.places.len(), packed.len());
        let head =
            format!("{number} 0 obj\n<</Length {length}/Filter/FlateDecode{more}>>\nstream\n");
        self.bytes.extend_from_slice(head.as_bytes());
        self.bytes.extend_from_slice(&packed);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }

    /// The packed objects, and then the table of all of them, packed too (7.5.7 and 7.5.8).
    fn finish(mut self) -> Result<Vec<u8>, Fault> {
        let (mut list, mut bodies) = (String::new(), String::new());
        for (number, place) in (1..).zip(&self.places) {
            if let Place::Packed(at) = place {
                let _ = write!(list, "{number} {} ", bodies.len());
                bodies.push_str(&self.packed[*at]);
                bodies.push('\n');
            }
        }
        let (count, first) = (self.packed.len(), list.len());
        let keeper = self.places.len() + 1;
        self.add_stream(
            &format!("/Type/ObjStm/N {count}/First {first}"),
            (list + &bodies).as_bytes(),
        )?;
        let start = self.bytes.len();
        let size = self.places.len() + 2;
        let mut table = row(0, 0, u16::MAX.into());
        for place in self.places.iter().chain([&Place::At(start)]) {
            table.extend(match place {
                Place::At(at) => row(1, *at, 0),
                Place::Packed(at) => row(2, keeper, *at),
            });
        }
        let more = format!("/Type/XRef/Size {size}/W[1 4 2]/Root 1 0 R/Info 3 0 R");
        self.add_stream(&more, &table)?;
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.bytes)
    }
}

/// A row of the table of objects: its kind in one byte, then four bytes and two.
fn row(kind: u8, place: usize, rest: usize) -> Vec<u8> {
    let place = u32::try_from(place).unwrap_or(u32::MAX).to_be_bytes();
    let rest = u16::try_from(rest).unwrap_or(u16::MAX).to_be_bytes();
    [&[kind][..], &place, &rest].concat()
}

/// The number of the object that a page is; its content comes right after it.
const fn page_object(page: usize) -> usize {
    BEFORE_PAGES + 1 + 2 * page
}

/// `595.28` of 59528.
fn points(hundredths: i64) -> String {
    // Left of the paper or below it nothing is shown.
    let shown = hundredths.max(0);
    format!("{}.{:02}", shown / 100, shown % 100)
}

/// One line of text at its place.
fn shown(text: &str, x: i64, y: i64, size: i64) -> String {
    let font = Font::shipped();
    let mut glyphs = String::with_capacity(text.len() * 4);
    for letter in text.chars() {
        let _ = write!(glyphs, "{:04x}", font.glyph(letter));
    }
    format!("BT/F {size} Tf {} {} Td<{glyphs}>Tj ET\n", points(x), points(HEIGHT - y))
}

/// The lines of a text that may be so wide. A word that is wider stands alone.
fn wrapped(text: &str, size: i64, width: i64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|line| Font::shipped().width(line, size) <= width) {
            Some(line) => {
                lines.pop();
                lines.push(line);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Column, row and length of each dark stroke of a drawing: `M4 4.5h7`.
fn dark(path: &str) -> impl Iterator<Item = (i64, i64, i64)> {
    path.split('M').filter_map(|stroke| {
        let (place, length) = stroke.split_once('h')?;
        let (column, row) = place.split_once(' ')?;
        let row = row.split_once('.').map_or(row, |(whole, _)| whole);
        Some((column.parse().ok()?, row.parse().ok()?, length.parse().ok()?))
    })
}

/// A text outside the pages, as UTF-16.
fn text_string(text: &str) -> String {
    let mut string = String::from("<feff");
    for unit in text.encode_utf16() {
        let _ = write!(string, "{unit:04x}");
    }
    string + ">"
}

/// Which letter each glyph is, for whoever copies text or has it read aloud.
fn to_unicode(font: &Font) -> String {
    let mut map = String::from(
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)\
         /Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
         1 begincodespacerange<0000><ffff>endcodespacerange\n",
    );
    let letters: Vec<(u32, u32)> = font.letters().collect();
    // A hundred at a time is what readers take.
    for part in letters.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for (code, glyph) in part {
            let _ = writeln!(map, "<{glyph:04x}><{code:04x}>");
        }
        map.push_str("endbfchar\n");
    }
    map + "endcmap CMapName currentdict/CMap defineresource pop end end\n"
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn document() -> Vec<u8> {
        let mut pdf = Pdf::new("Judul".to_owned(), "id");
        pdf.text(Tag::H1, 18, "Judul");
        pdf.begin(Tag::Table);
        let (left, right) = Pdf::edges();
        let cells = |number: i32| {
            let text = "Januari".to_owned();
            let month = Cell { text, at: left, is_amount: false };
            vec![month, Cell { text: number.to_string(), at: right, is_amount: true }]
        };
        pdf.heads(9, cells(0));
        for number in 1..80 {
            pdf.row(9, &cells(number));
        }
        pdf.end_table();
        let drawing = Drawing { size: 10, path: "M4 4.5h7M4 5.5h1".to_owned() };
        pdf.drawing(&drawing, 200, "Kode QR");
        pdf.finish(|page, count| format!("{page} / {count}")).unwrap()
    }

    /// What is packed in the object that begins here.
    fn unpacked(file: &[u8], at: usize) -> Vec<u8> {
        let begins = at + file[at..].windows(7).position(|part| part == b"stream\n").unwrap() + 7;
        let mut unpacked = Vec::new();
        flate2::read::ZlibDecoder::new(&file[begins..]).read_to_end(&mut unpacked).unwrap();
        unpacked
    }

    fn number(bytes: &[u8]) -> usize {
        bytes.iter().fold(0, |number, byte| number * 256 + usize::from(*byte))
    }

    /// Where each object is said to be, there it is; answers the packed ones.
    #[test]
    fn the_table_of_a_file_leads_to_its_objects() {
        let file = document();
        let text = String::from_utf8_lossy(&file);
        let tail = text.rsplit_once("startxref\n").unwrap().1;
        let start: usize = tail.lines().next().unwrap().parse().unwrap();
        let table = unpacked(&file, start);
        let rows: Vec<&[u8]> = table.chunks(7).collect();
        assert!(text.contains(&format!("/Size {}/", rows.len())));
        let mut packed = 0;
        for (number_of_it, row) in rows.iter().enumerate().skip(1) {
            if row[0] == 1 {
                let head = format!("{number_of_it} 0 obj\n");
                assert!(file[number(&row[1..5])..].starts_with(head.as_bytes()), "{head}");
            } else {
                assert_eq!((row[0], number(&row[5..7])), (2, packed));
                packed += 1;
            }
        }
        let keeper = rows.iter().find(|row| row[0] == 2).map(|row| number(&row[1..5])).unwrap();
        let objects = unpacked(&file, number(&rows[keeper][1..5]));
        let objects = String::from_utf8(objects).unwrap();
        assert!(text.contains(&format!("/N {packed}/")));
        for part in ["/S/H1/", "/S/TH/", "/A<</O/Table/Scope/Row>>", "/S/Figure/"] {
            assert!(objects.contains(part), "{part}");
        }
    }

    #[test]
    fn a_document_is_tagged_has_its_font_and_its_language() {
        let file = document();
        let text = String::from_utf8_lossy(&file);
        for part in ["/MarkInfo<</Marked true>>", "/Lang(id)", "/FontFile2 7 0 R", "/Count 2/"] {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn lines_are_no_wider_than_they_may_be() {
        let text = "kata ".repeat(60);
        let lines = wrapped(&text, 10, 20_000);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| Font::shipped().width(line, 10) <= 20_000));
        assert_eq!(lines.join(" "), text.trim());
        assert_eq!((points(59_528), points(5)), ("595.28".to_owned(), "0.05".to_owned()));
    }
}
