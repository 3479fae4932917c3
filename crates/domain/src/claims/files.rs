//! What counts as a document: a JPEG, a PNG or a PDF by what is in it, never by its name or by what a
//! browser says. Pictures are taken apart and put together again without what they tell of place and
//! device; whatever hangs on behind them is left out (L-16).
//!
//! What this does not do: it does not look into compressed parts, and it does not hunt for viruses.
//! That is why no document is ever shown from our own address: it is taken along as a file.

/// No document may have more bytes (M21).
pub const MOST_BYTES: usize = 5 * 1024 * 1024;

/// No side of a picture may have more pixels.
const LONGEST_SIDE: u32 = 16_384;

/// No picture may have more pixels: what a viewer unpacks from it fits into memory.
pub const MOST_PIXELS: u64 = 50_000_000;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// Pages.
    Pdf,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Pdf];

    /// The word in rows, which is the ending of a file too.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == word)
    }

    /// What browsers call it.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why a file is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotADocument {
    /// There is nothing in it (`file.empty`).
    Empty,
    /// It is too large (`file.size`).
    TooLarge,
    /// It is of another kind (`file.type`).
    Kind,
    /// It is broken or cut off (`file.read`).
    Unreadable,
    /// The picture has too many pixels.
    Pixels,
    /// The pages run programs, hide files or are locked.
    Active,
}

/// A document, ready to be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub kind: FileKind,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Clean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clean({}, {} bytes)", self.kind.name(), self.bytes.len())
    }
}

const JPEG_START: &[u8] = b"\xff\xd8\xff";
const PNG_START: &[u8] = b"\x89PNG\r\n\x1a\n";
const PDF_START: &[u8] = b"%PDF-";

/// Looks at what somebody sent, and leaves out what is not part of it.
pub fn clean(bytes: &[u8]) -> Result<Clean, NotADocument> {
    if bytes.is_empty() {
        return Err(NotADocument::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(NotADocument::TooLarge);
    }
    let (kind, bytes) = if bytes.starts_with(JPEG_START) {
        (FileKind::Jpeg, jpeg(bytes)?)
    } else if bytes.starts_with(PNG_START) {
        (FileKind::Png, png(bytes)?)
    } else if bytes.starts_with(PDF_START) {
        (FileKind::Pdf, pdf(bytes)?)
    } else {
        return Err(NotADocument::Kind);
    };
    Ok(Clean { kind, bytes })
}

/// Bytes that are read from front to back.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], NotADocument> {
        let end = self.at.checked_add(count).ok_or(NotADocument::Unreadable)?;
        let taken = self.bytes.get(self.at..end).ok_or(NotADocument::Unreadable)?;
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, NotADocument> {
        self.take(1).map(|taken| taken[0])
    }

    fn short(&mut self) -> Result<u16, NotADocument> {
        self.take(2).map(|taken| u16::from_be_bytes([taken[0], taken[1]]))
    }

    fn long(&mut self) -> Result<u32, NotADocument> {
        self.take(4).map(|taken| u32::from_be_bytes([taken[0], taken[1], taken[2], taken[3]]))
    }
}

fn check_size(width: u32, height: u32) -> Result<(), NotADocument> {
    if width == 0 || height == 0 {
        return Err(NotADocument::Unreadable);
    }
    let is_small = width <= LONGEST_SIDE && height <= LONGEST_SIDE;
    let pixels = u64::from(width) * u64::from(height);
    if is_small && pixels <= MOST_PIXELS { Ok(()) } else { Err(NotADocument::Pixels) }
}

/// A photograph without what cameras write into it, but for how it has to be turned.
fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, NotADocument> {
    let mut reader = Reader::new(bytes, 2);
    let mut out = vec![0xff, 0xd8];
    let (mut has_size, mut has_scan, mut is_turned) = (false, false, false);
    loop {
        match marker(&mut reader)? {
            0xd9 if has_scan => {
                out.extend([0xff, 0xd9]);
                return Ok(out);
            }
            0x00..=0x01 | 0xd0..=0xd9 => return Err(NotADocument::Unreadable),
            name => {
                let length = usize::from(reader.short()?);
                let body = reader.take(length.checked_sub(2).ok_or(NotADocument::Unreadable)?)?;
                match name {
                    0xc0..=0xc2 if !has_size => {
                        frame_size(body)?;
                        has_size = true;
                        put_segment(&mut out, name, body);
                    }
                    // Tables, and how often the decoder starts anew.
                    0xc4 | 0xdb | 0xdd => put_segment(&mut out, name, body),
                    0xda if has_size => {
                        put_segment(&mut out, name, body);
                        out.extend(scan(&mut reader)?);
                        has_scan = true;
                    }
                    0xe1 if !is_turned => {
                        if let Some(turn) = orientation(body) {
                            is_turned = true;
                            out.extend(turned(turn));
                        }
                    }
                    // How the colours are meant: nothing else is in it.
                    0xee if body.starts_with(b"Adobe") && body.len() >= 12 => {
                        put_segment(&mut out, name, &body[..12]);
                    }
                    // Whatever else an application or a person wrote into it.
                    0xe0..=0xef | 0xfe => {}
                    _ => return Err(NotADocument::Unreadable),
                }
            }
        }
    }
}

/// The next marker; any number of fill bytes may come before it.
fn marker(reader: &mut Reader<'_>) -> Result<u8, NotADocument> {
    if reader.byte()? != 0xff {
        return Err(NotADocument::Unreadable);
    }
    loop {
        match reader.byte()? {
            0xff => {}
            name => return Ok(name),
        }
    }
}

fn put_segment(out: &mut Vec<u8>, name: u8, body: &[u8]) {
    // A body was read from a length of two bytes, so it fits into one.
    let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
    out.extend([0xff, name]);
    out.extend(length.to_be_bytes());
    out.extend(body);
}

fn frame_size(body: &[u8]) -> Result<(), NotADocument> {
    let mut reader = Reader::new(body, 1);
    let (height, width) = (reader.short()?, reader.short()?);
    check_size(u32::from(width), u32::from(height))
}

/// The picture itself, up to the marker that ends it.
fn scan<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], NotADocument> {
    let begin = reader.at;
    loop {
        let rest = reader.bytes.get(reader.at..).unwrap_or_default();
        let ahead = rest.iter().position(|byte| *byte == 0xff).ok_or(NotADocument::Unreadable)?;
        reader.at += ahead;
        match reader.bytes.get(reader.at + 1) {
            Some(0x00 | 0xd0..=0xd7) => reader.at += 2,
            Some(0xff) => reader.at += 1,
            Some(_) => return Ok(&reader.bytes[begin..reader.at]),
            None => return Err(NotADocument::Unreadable),
        }
    }
}

/// How a photograph has to be turned, as the camera says.
fn orientation(body: &[u8]) -> Option<u8> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let is_big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = <[u8; 2]>::try_from(tiff.get(at..at.checked_add(2)?)?).ok()?;
        Some(if is_big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let four = <[u8; 4]>::try_from(tiff.get(4..8)?).ok()?;
    let first = if is_big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
    let first = usize::try_from(first).ok()?;
    let entries = usize::from(short(first)?);
    let entry = (0..entries.min(256))
        .filter_map(|place| first.checked_add(2 + place * 12))
        .find(|at| short(*at) == Some(0x0112))?;
    let turn = short(entry.checked_add(8)?)?;
    u8::try_from(turn).ok().filter(|turn| (1..=8).contains(turn))
}

/// A segment that says how a photograph has to be turned, and nothing else.
fn turned(turn: u8) -> Vec<u8> {
    let mut segment =
        b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    segment.extend([turn, 0, 0, 0, 0, 0, 0]);
    segment
}

/// A picture with the parts that draw it, and no others.
fn png(bytes: &[u8]) -> Result<Vec<u8>, NotADocument> {
    const KEPT: [&[u8]; 9] =
        [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"];
    let mut reader = Reader::new(bytes, PNG_START.len());
    let mut out = PNG_START.to_vec();
    let mut has_picture = false;
    loop {
        let begin = reader.at;
        let length = usize::try_from(reader.long()?).map_err(|_| NotADocument::Unreadable)?;
        let named = reader.take(length.checked_add(4).ok_or(NotADocument::Unreadable)?)?;
        if crc32(named) != reader.long()? {
            return Err(NotADocument::Unreadable);
        }
        let (name, body) = named.split_at(4);
        let is_first = begin == PNG_START.len();
        if is_first != (name == b"IHDR") {
            return Err(NotADocument::Unreadable);
        }
        if is_first {
            picture_size(body)?;
        }
        has_picture |= name == b"IDAT";
        if KEPT.contains(&name) {
            out.extend(&bytes[begin..reader.at]);
        } else if name[0].is_ascii_uppercase() {
            // A part that a viewer has to know, and we do not.
            return Err(NotADocument::Unreadable);
        }
        if name == b"IEND" {
            return if has_picture && body.is_empty() {
                Ok(out)
            } else {
                Err(NotADocument::Unreadable)
            };
        }
    }
}

fn picture_size(body: &[u8]) -> Result<(), NotADocument> {
    if body.len() != 13 {
        return Err(NotADocument::Unreadable);
    }
    let mut reader = Reader::new(body, 0);
    let (width, height) = (reader.long()?, reader.long()?);
    check_size(width, height)
}

/// The checksum of a part of a PNG.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = nibbles();
    let step = |crc: u32, nibble: u8| {
        let place = (crc ^ u32::from(nibble)) & 15;
        // Four bits: always one of the sixteen.
        (crc >> 4) ^ TABLE.get(usize::try_from(place).unwrap_or(0)).copied().unwrap_or(0)
    };
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| step(step(crc, byte & 15), byte >> 4));
    !crc
}

const fn nibbles() -> [u32; 16] {
    let mut table = [0; 16];
    let mut place = 0;
    let mut value: u32 = 0;
    while place < 16 {
        let mut crc = value;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[place] = crc;
        place += 1;
        value += 1;
    }
    table
}

/// What pages must not have: programs, other programs, other files, films, a lock.
const ACTIVE: [&[u8]; 7] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"Encrypt",
    b"ImportData",
];

/// Pages that end where the file ends, that no other reader takes for an archive, and that openly run
/// nothing.
fn pdf(bytes: &[u8]) -> Result<Vec<u8>, NotADocument> {
    const END: &[u8] = b"%%EOF";
    let is_version =
        matches!(bytes.get(5..8), Some([b'1' | b'2', b'.', digit]) if digit.is_ascii_digit());
    let end = bytes.windows(END.len()).rposition(|window| window == END);
    let Some(end) = end.filter(|_| is_version) else { return Err(NotADocument::Unreadable) };
    let rest = &bytes[end + END.len()..];
    if !rest.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) || is_archive(bytes) {
        return Err(NotADocument::Kind);
    }
    let names = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    for (at, _) in names {
        let name = pdf_name(&bytes[at + 1..]);
        if ACTIVE.iter().any(|active| *active == name) {
            return Err(NotADocument::Active);
        }
    }
    Ok(bytes.to_vec())
}

/// A name in a PDF, with what is written as `#41` read as `A`. Longer ones than we look for are cut.
fn pdf_name(bytes: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    let mut rest = bytes;
    while let Some((first, more)) = rest.split_first()
        && name.len() < 16
        && !first.is_ascii_whitespace()
        && !b"\0()<>[]{}/%".contains(first)
    {
        let hex = |place: usize| more.get(place).and_then(|digit| char::from(*digit).to_digit(16));
        if let (b'#', Some(high), Some(low)) = (first, hex(0), hex(1)) {
            name.push(u8::try_from(high * 16 + low).unwrap_or(0));
            rest = &more[2..];
        } else {
            name.push(*first);
            rest = more;
        }
    }
    name
}

/// Whether a reader of ZIP archives would take the file for one: those begin at the end.
fn is_archive(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(65_557);
    let tail = &bytes[from..];
    tail.windows(MARK.len()).enumerate().any(|(at, window)| {
        let length = tail.get(at + 20..at + 22).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        window == MARK && length.is_some_and(|length| at + 22 + usize::from(length) <= tail.len())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(name: u8, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        put_segment(&mut out, name, body);
        out
    }

    fn frame(width: u16, height: u16) -> Vec<u8> {
        let [h, eight] = height.to_be_bytes();
        let [w, idth] = width.to_be_bytes();
        segment(0xc0, &[8, h, eight, w, idth, 1, 1, 0x11, 0])
    }

    /// The place of a photograph, and how it has to be turned.
    fn camera() -> Vec<u8> {
        let mut body = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0".to_vec();
        body.extend(b"GPS -6.2 106.8");
        segment(0xe1, &body)
    }

    fn photo(parts: &[Vec<u8>]) -> Vec<u8> {
        let scan = [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]];
        [&[vec![0xff, 0xd8]][..], parts, &scan, &[vec![0xff, 0xd9]]].concat().concat()
    }

    fn part(name: &[u8], body: &[u8]) -> Vec<u8> {
        let named = [name, body].concat();
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
    }

    fn header(width: u32, height: u32) -> Vec<u8> {
        let rest = [8, 2, 0, 0, 0];
        part(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &rest].concat())
    }

    fn picture(parts: &[Vec<u8>]) -> Vec<u8> {
        [&[PNG_START.to_vec()][..], parts, &[part(b"IEND", b"")]].concat().concat()
    }

    const PAGES: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n";

    fn kind(bytes: &[u8]) -> Result<FileKind, NotADocument> {
        clean(bytes).map(|clean| clean.kind)
    }

    #[test]
    fn l16_a_photo_loses_its_place_and_what_hangs_on_behind_and_keeps_its_turn() {
        let sent = photo(&[segment(0xfe, b"my words"), camera(), frame(640, 480)]);
        let polyglot = [&sent[..], b"<script>alert(1)</script>PK\x03\x04"].concat();
        let kept = clean(&polyglot).unwrap();
        assert_eq!(kept.kind, FileKind::Jpeg);
        let has = |words: &[u8]| kept.bytes.windows(words.len()).any(|window| window == words);
        assert!(!has(b"GPS") && !has(b"my words") && !has(b"script") && !has(b"PK"));
        assert!(kept.bytes.ends_with(&[0xff, 0xd0, 4, 0xff, 0xd9]));
        let turn = turned(6);
        assert!(has(&turn) && turn.len() == 36);
        assert_eq!(orientation(&turn[4..]), Some(6));
        assert_eq!(clean(&kept.bytes), Ok(kept.clone()), "what is clean stays as it is");
    }

    #[test]
    fn l16_a_picture_keeps_what_draws_it_and_no_words() {
        let words = part(b"tEXt", b"Author\0Siti");
        let sent = picture(&[header(10, 10), words, part(b"IDAT", &[1, 2, 3])]);
        let kept = clean(&[&sent[..], b"PK\x05\x06 and more"].concat()).unwrap();
        let plain = picture(&[header(10, 10), part(b"IDAT", &[1, 2, 3])]);
        assert_eq!((kept.kind, kept.bytes), (FileKind::Png, plain));
        let unknown = picture(&[header(10, 10), part(b"CODE", b""), part(b"IDAT", &[1])]);
        assert_eq!(kind(&unknown), Err(NotADocument::Unreadable));
        assert_eq!(kind(&picture(&[header(10, 10)])), Err(NotADocument::Unreadable));
        let mut flipped = sent;
        flipped[40] ^= 1;
        assert_eq!(kind(&flipped), Err(NotADocument::Unreadable));
    }

    #[test]
    fn l16_a_picture_of_too_many_pixels_is_no_document_however_few_bytes_it_has() {
        let picture = |width, height| kind(&picture(&[header(width, height), part(b"IDAT", &[1])]));
        assert_eq!(picture(10_000, 5_000), Ok(FileKind::Png));
        assert_eq!(picture(10_000, 5_001), Err(NotADocument::Pixels));
        assert_eq!(picture(16_385, 1), Err(NotADocument::Pixels));
        assert_eq!(picture(u32::MAX, u32::MAX), Err(NotADocument::Pixels));
        assert_eq!(picture(0, 1), Err(NotADocument::Unreadable));
        assert_eq!(kind(&photo(&[frame(16_385, 1)])), Err(NotADocument::Pixels));
        assert_eq!(kind(&photo(&[frame(0, 1)])), Err(NotADocument::Unreadable));
    }

    #[test]
    fn l16_pages_that_run_something_or_hide_files_are_no_document() {
        assert_eq!(kind(PAGES), Ok(FileKind::Pdf));
        let with = |words: &str| {
            let pages = String::from_utf8(PAGES.to_vec()).unwrap();
            kind(pages.replace("/Catalog", &format!("/Catalog {words}")).as_bytes())
        };
        for words in [
            "/OpenAction << /S /JavaScript /JS (x) >>",
            "/S /Java#53cript",
            "/S/Launch",
            "/Names << /EmbeddedFiles 3 0 R >>",
            "/Encrypt 4 0 R",
        ] {
            assert_eq!(with(words), Err(NotADocument::Active), "{words}");
        }
        assert_eq!(with("/Launching /Producer (JavaScript)"), Ok(FileKind::Pdf));
    }

    #[test]
    fn l16_a_file_that_is_two_things_is_none() {
        let archive = [PAGES, b"PK\x03\x04x", b"PK\x05\x06", &[0; 18]].concat();
        assert_eq!(kind(&archive), Err(NotADocument::Kind));
        let inside = PAGES.to_vec();
        let at = inside.len() - 6;
        let hidden = [&inside[..at], b"PK\x05\x06", &[0; 16], &[6, 0], &inside[at..]].concat();
        assert_eq!(kind(&hidden), Err(NotADocument::Kind));
        assert_eq!(kind(&[PAGES, b"<html>"].concat()), Err(NotADocument::Kind));
        assert_eq!(kind(&[&b"<html>"[..], PAGES].concat()), Err(NotADocument::Kind));
    }

    #[test]
    fn l16_nothing_else_is_a_document_whatever_it_is_called() {
        for other in [
            &b"PK\x03\x04"[..],
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
            b"<!doctype html><script>alert(1)</script>",
            b"GIF89a",
            b"\x1f\x8b\x08",
            b"MZ",
            b" %PDF-1.7",
            b"\xef\xbb\xbf%PDF-1.7",
        ] {
            assert_eq!(kind(other), Err(NotADocument::Kind));
        }
        assert_eq!(kind(b""), Err(NotADocument::Empty));
        assert_eq!(kind(&vec![b'x'; MOST_BYTES + 1]), Err(NotADocument::TooLarge));
        assert_eq!(kind(b"%PDF-1.7 cut off"), Err(NotADocument::Unreadable));
        for kind in FileKind::ALL {
            assert_eq!(FileKind::named(kind.name()), Some(kind));
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_unreadable_wherever_it_was_cut() {
        let whole = photo(&[camera(), frame(640, 480)]);
        for end in 3..whole.len() {
            assert_eq!(kind(&whole[..end]), Err(NotADocument::Unreadable), "{end}");
        }
        let whole = picture(&[header(10, 10), part(b"IDAT", &[1, 2, 3])]);
        for end in 8..whole.len() {
            assert_eq!(kind(&whole[..end]), Err(NotADocument::Unreadable), "{end}");
        }
    }

    proptest! {
        #[test]
        fn looking_never_panics_and_what_is_clean_stays_clean(
            start in 0_usize..4, bytes in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let start: &[u8] = [JPEG_START, PNG_START, PDF_START, b""][start];
            if let Ok(kept) = clean(&[start, &bytes].concat()) {
                prop_assert_eq!(clean(&kept.bytes), Ok(kept));
            }
        }
    }
}
