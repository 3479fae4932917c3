//! The XML of a workbook, looked through byte by byte before anybody parses it. What parses it keeps
//! whole tags and texts in memory, trusts counts that stand there and reckons with row numbers
//! unchecked: here it is seen that each of them is small. What spreadsheets never write, a DOCTYPE or a
//! comment with markup in it, is refused, since two readers may end it at different places.

use super::Problem;

/// The longest tag, text or cell, in bytes. A cell holds 32,767 characters at most, escaped ones
/// included.
const LONGEST: usize = 256 * 1024;

/// Styles, fonts, names and the like: what is kept of a workbook beside its texts and cells.
const MOST_PARTICULARS: u32 = 100_000;

/// The longest tag that names a look of numbers or letters. Each cell style has a copy of it, and a
/// spreadsheet takes 255 characters.
const LONGEST_LOOK: usize = 1024;

/// The most texts that are kept in one place for all cells.
pub const MOST_TEXTS: u32 = 500_000;

/// The most bytes of a part that is no sheet, unpacked. All texts of a workbook are one part.
pub const MOST_PART_BYTES: usize = 32 * 1024 * 1024;

/// The most merged cells in all sheets.
pub const MOST_MERGED: u32 = 1_000;

/// What there is in all parts together.
#[derive(Debug, Default)]
pub(super) struct Counts {
    texts: u32,
    particulars: u32,
    pub(super) merged: u32,
}

/// One part of a workbook, as it is read.
#[derive(Debug)]
pub(super) struct Tags<'a> {
    counts: &'a mut Counts,
    state: State,
    tag: Vec<u8>,
    /// Bytes so far, and bytes of the text between two tags.
    read: usize,
    text: usize,
    /// Where the cell began that is not closed yet.
    cell: Option<usize>,
    has_cells: bool,
    has_texts: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Text,
    Tag,
    Quoted(u8),
}

impl<'a> Tags<'a> {
    pub(super) const fn of(counts: &'a mut Counts) -> Self {
        Self {
            counts,
            state: State::Text,
            tag: Vec::new(),
            read: 0,
            text: 0,
            cell: None,
            has_cells: false,
            has_texts: false,
        }
    }

    /// Looks at the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let mut rest = bytes;
        while let Some((first, others)) = rest.split_first() {
            if self.state != State::Text {
                self.read += 1;
                rest = others;
                self.in_tag(*first)?;
                continue;
            }
            let Some(end) = rest.iter().position(|byte| *byte == b'<') else {
                self.pass(rest)?;
                break;
            };
            self.pass(&rest[..end])?;
            rest = &rest[end + 1..];
            self.read += 1;
            self.text = 0;
            self.state = State::Tag;
        }
        let may_be_long = self.has_cells && !self.has_texts;
        if self.read > MOST_PART_BYTES && !may_be_long {
            return Err(Problem::TooLarge);
        }
        Ok(())
    }

    /// A stretch of text between two tags.
    fn pass(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.read += bytes.len();
        self.text += bytes.len();
        if bytes.contains(&0) || self.text > LONGEST { Err(Problem::Strange) } else { Ok(()) }
    }

    fn in_tag(&mut self, byte: u8) -> Result<(), Problem> {
        match (self.state, byte) {
            (_, 0 | b'<') => return Err(Problem::Strange),
            (State::Tag, b'>') => {
                self.state = State::Text;
                let tag = std::mem::take(&mut self.tag);
                self.end_of(&tag)?;
                self.tag = tag;
                self.tag.clear();
                return Ok(());
            }
            (State::Tag, b'"' | b'\'') => self.state = State::Quoted(byte),
            (State::Quoted(mark), _) if mark == byte => self.state = State::Tag,
            _ => {}
        }
        self.tag.push(byte);
        if self.tag.len() > LONGEST { Err(Problem::Strange) } else { Ok(()) }
    }

    fn end_of(&mut self, tag: &[u8]) -> Result<(), Problem> {
        if self.cell.is_some_and(|start| self.read - start > LONGEST) {
            return Err(Problem::Strange);
        }
        match tag.first() {
            None => Err(Problem::Strange),
            Some(b'!') => remarked(tag),
            Some(b'?') => declared(tag),
            Some(b'/') => {
                if tag.iter().any(|byte| matches!(byte, b'"' | b'\'')) {
                    return Err(Problem::Strange);
                }
                if name_of(&tag[1..]) == b"c" {
                    self.cell = None;
                }
                Ok(())
            }
            Some(_) => self.begins(tag),
        }
    }

    fn begins(&mut self, tag: &[u8]) -> Result<(), Problem> {
        let name = name_of(tag);
        match name {
            b"c" => {
                self.cell = (!tag.ends_with(b"/")).then_some(self.read);
                each_attribute(tag, b"r", is_place)
            }
            b"row" => each_attribute(tag, b"r", is_place),
            b"dimension" => each_attribute(tag, b"ref", is_area),
            b"mergeCell" => {
                self.counts.merged += 1;
                each_attribute(tag, b"ref", is_area)?;
                if self.counts.merged > MOST_MERGED { Err(Problem::Merged) } else { Ok(()) }
            }
            b"sheetData" => {
                self.has_cells = true;
                Ok(())
            }
            b"sst" => {
                self.has_texts = true;
                each_attribute(tag, b"uniqueCount", |count| number(count, MOST_TEXTS).is_some())
                    .map_err(|_| Problem::Texts)
            }
            b"si" => {
                self.counts.texts += 1;
                self.has_texts = true;
                if self.counts.texts > MOST_TEXTS { Err(Problem::Texts) } else { Ok(()) }
            }
            b"numFmt" | b"name" if tag.len() > LONGEST_LOOK => Err(Problem::Strange),
            b"xf" | b"font" | b"fill" | b"border" | b"numFmt" => self.count_one(),
            // They belong into parts without cells, and are kept.
            b"sheet" | b"definedName" | b"Relationship" => {
                if self.has_cells {
                    Err(Problem::Strange)
                } else {
                    self.count_one()
                }
            }
            _ => Ok(()),
        }
    }

    fn count_one(&mut self) -> Result<(), Problem> {
        self.counts.particulars += 1;
        if self.counts.particulars > MOST_PARTICULARS { Err(Problem::TooLarge) } else { Ok(()) }
    }
}

/// `<?xml version="1.0" encoding="UTF-8"?>`, or a word to some program. It ends where anybody sees it
/// end.
fn declared(tag: &[u8]) -> Result<(), Problem> {
    let text = String::from_utf8_lossy(tag).to_ascii_lowercase();
    let is_whole = text.len() > 2 && text.ends_with('?') && !text.contains('>');
    let is_utf8 = !text.starts_with("?xml") || !text.contains("encoding") || text.contains("utf-8");
    if is_whole && is_utf8 { Ok(()) } else { Err(Problem::Strange) }
}

/// A comment without quotation marks. Where others end is a matter of the reader; a DOCTYPE and a
/// CDATA are in no workbook.
fn remarked(tag: &[u8]) -> Result<(), Problem> {
    let is_comment = tag.len() > 4 && tag.starts_with(b"!--") && tag.ends_with(b"--");
    let is_plain = !tag.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'>'));
    if is_comment && is_plain { Ok(()) } else { Err(Problem::Strange) }
}

/// The name of a tag without the prefix of its namespace, and without the stroke of an empty one.
fn name_of(tag: &[u8]) -> &[u8] {
    let end = tag.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    let name = &tag[..end.unwrap_or(tag.len())];
    let name = name.strip_suffix(b"/").unwrap_or(name);
    let prefix = name.iter().position(|byte| *byte == b':');
    prefix.map_or(name, |colon| &name[colon + 1..])
}

/// Whether every attribute of this name is as it should be, and all the others can be told apart.
fn each_attribute(tag: &[u8], wanted: &[u8], check: impl Fn(&[u8]) -> bool) -> Result<(), Problem> {
    let start = tag.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    let mut rest = tag[start.unwrap_or(tag.len())..].trim_ascii();
    rest = rest.strip_suffix(b"/").unwrap_or(rest).trim_ascii();
    while !rest.is_empty() {
        let (name, value, others) = attribute(rest).ok_or(Problem::Strange)?;
        if name == wanted && !check(value) {
            return Err(Problem::Strange);
        }
        rest = others.trim_ascii_start();
    }
    Ok(())
}

/// The first attribute's name and value, and what comes after it.
fn attribute(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let equals = text.iter().position(|byte| *byte == b'=')?;
    let name = text[..equals].trim_ascii();
    let (mark, quoted) = text[equals + 1..].trim_ascii_start().split_first()?;
    if !matches!(mark, b'"' | b'\'') {
        return None;
    }
    let end = quoted.iter().position(|byte| byte == mark)?;
    Some((name, &quoted[..end], &quoted[end + 1..]))
}

/// `B12`, or `12` alone: three letters and seven digits at most.
fn is_place(text: &[u8]) -> bool {
    place(text).is_some()
}

/// `A1`, or `A1:C9` with the upper left corner in front.
fn is_area(text: &[u8]) -> bool {
    let mut corners = text.split(|byte| *byte == b':');
    let (first, last) = (corners.next().and_then(place), corners.next().map(place));
    let is_alone = corners.next().is_none();
    match (first, last) {
        (Some(_), None) => true,
        (Some(first), Some(Some(last))) => is_alone && first.0 <= last.0 && first.1 <= last.1,
        _ => false,
    }
}

/// A column and a row, each from 1; no column where there are no letters.
fn place(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (column, row) = text.split_at(letters);
    if column.len() > 3 {
        return None;
    }
    let column = column
        .iter()
        .fold(0_u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((column, number(row, 9_999_999)?))
}

/// Digits alone, of which no number above this is made.
fn number(text: &[u8], most: u32) -> Option<u32> {
    let is_shaped = (1..=7).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    if !is_shaped {
        return None;
    }
    let number = text.iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    (number <= most).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn looked(text: &[u8], step: usize) -> Result<(), Problem> {
        let mut counts = Counts::default();
        let mut tags = Tags::of(&mut counts);
        text.chunks(step).try_for_each(|part| tags.feed(part))
    }

    const SHEET: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n\
        <?mso-contentType?><!-- by hand -->\
        <x:worksheet xmlns:x='u'><dimension ref=\"A1:B2\"/><x:sheetData><x:row r=\"1\" spans=\"1:2\" \
        ht=\"14.399999999999999\"><x:c r=\"A1\" s=\"1\" t='inlineStr'><is><t>&lt;a&gt;</t></is></x:c>\
        </x:row></x:sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></x:worksheet>";

    #[test]
    fn what_spreadsheets_write_passes_however_it_is_cut() {
        for step in [1, 2, 7, 4_096] {
            assert_eq!(looked(SHEET.as_bytes(), step), Ok(()), "{step}");
        }
    }

    #[test]
    fn l14_what_makes_a_parser_run_away_is_refused() {
        let long = "x".repeat(LONGEST + 1);
        let pieces = format!("<is><t>{}</t></is>", &long[1..]);
        for (text, problem) in [
            ("<a><!-- <c> --></a>".to_owned(), Problem::Strange),
            ("<!DOCTYPE a [<!ENTITY b 'b'>]><a/>".to_owned(), Problem::Strange),
            ("<t><![CDATA[<]]></t>".to_owned(), Problem::Strange),
            ("<a b='<'/>".to_owned(), Problem::Strange),
            ("<a\0/>".to_owned(), Problem::Strange),
            ("<a>\0</a>".to_owned(), Problem::Strange),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>".to_owned(), Problem::Strange),
            ("<!-- it's one --><a/>".to_owned(), Problem::Strange),
            ("<!--><c r='A99999999999'/>-->".to_owned(), Problem::Strange),
            ("<?a b='>'?>".to_owned(), Problem::Strange),
            ("<c r=\"A99999999999\"/>".to_owned(), Problem::Strange),
            ("<row r=\"4294967296\"/>".to_owned(), Problem::Strange),
            ("<c s='1' r = 'AAAAAAAAAA1'/>".to_owned(), Problem::Strange),
            ("<c r=A1/>".to_owned(), Problem::Strange),
            ("<dimension ref=\"B2:A1\"/>".to_owned(), Problem::Strange),
            ("<mergeCell ref=\"A1:B2:C3\"/>".to_owned(), Problem::Strange),
            ("<sst uniqueCount=\"18446744073709551615\"/>".to_owned(), Problem::Texts),
            ("<sst count='9' uniqueCount=\"500001\"/>".to_owned(), Problem::Texts),
            (format!("<t>{long}</t>"), Problem::Strange),
            (format!("<{long}"), Problem::Strange),
            (format!("<c>{pieces}{pieces}</c>"), Problem::Strange),
            ("<sheetData/><definedName>".to_owned(), Problem::Strange),
            (format!("<numFmt formatCode='{}'/>", &long[..1_024]), Problem::Strange),
            ("<mergeCell ref='A1'/>".repeat(1_001), Problem::Merged),
            ("<si/>".repeat(500_001), Problem::Texts),
            ("<xf/>".repeat(100_001), Problem::TooLarge),
            (format!("<a/>{}", &long[..200_000]).repeat(168), Problem::TooLarge),
        ] {
            let shown: String = text.chars().take(60).collect();
            assert_eq!(looked(text.as_bytes(), 65_536), Err(problem), "{shown}");
        }
    }

    proptest! {
        #[test]
        fn whatever_stands_there_it_does_not_matter_how_it_is_cut(
            text in "[<>/c=\"'r:1A ]{0,60}", step in 1_usize..9,
        ) {
            prop_assert_eq!(looked(text.as_bytes(), step), looked(text.as_bytes(), 64));
        }
    }
}
