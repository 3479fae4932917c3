//! The one font of our documents: which glyph a letter is, and how wide it is.
//!
//! `fonts/statement.ttf` has one glyph a letter, in their order, and one table (format 12) that says
//! so. Only that is read here; whoever shows the document reads the outlines.

use std::sync::LazyLock;

/// The font as it is put into documents.
pub const FILE: &[u8] = include_bytes!("../../fonts/statement.ttf");

/// Units from one line to the next at the size of one.
const UNITS: i64 = 2048;

/// A font, read.
#[derive(Debug)]
pub struct Font {
    /// First and last letter of each run, and the glyph of the first.
    runs: Vec<[u32; 3]>,
    /// The width of each glyph, in units.
    widths: Vec<u16>,
}

/// A font that cannot be read has no letters; a test sees to it that ours has.
static SHIPPED: LazyLock<Font> = LazyLock::new(|| {
    Font::read(FILE).unwrap_or_else(|| Font { runs: Vec::new(), widths: vec![0] })
});

impl Font {
    /// The font that comes with the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn read(file: &[u8]) -> Option<Self> {
        let letters = table(file, *b"cmap")?;
        // One table in it, of format 12, right after the four bytes and eight of the list.
        let count = usize::try_from(four(letters, 12 + 12)?).ok()?;
        let runs = (0..count).map(|place| {
            let at = 12 + 16 + 12 * place;
            Some([four(letters, at)?, four(letters, at + 4)?, four(letters, at + 8)?])
        });
        let metrics = table(file, *b"hmtx")?;
        let widths = metrics.chunks_exact(4).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        Some(Self { runs: runs.collect::<Option<_>>()?, widths: widths.collect() })
    }

    /// The glyph of a letter; that of a question mark where there is none.
    #[must_use]
    pub fn glyph(&self, letter: char) -> u32 {
        self.known(letter).or_else(|| self.known('?')).unwrap_or(0)
    }

    fn known(&self, letter: char) -> Option<u32> {
        let code = u32::from(letter);
        let run = self.runs.iter().find(|[first, last, _]| (*first..=*last).contains(&code))?;
        Some(run[2] + code - run[0])
    }

    /// Every letter that has a glyph, with it.
    pub fn letters(&self) -> impl Iterator<Item = (u32, u32)> {
        self.runs.iter().flat_map(|[first, last, glyph]| {
            (*first..=*last).map(move |code| (code, glyph + code - first))
        })
    }

    /// The width of each glyph in thousandths of its size.
    pub fn thousandths(&self) -> impl Iterator<Item = i64> {
        self.widths.iter().map(|width| i64::from(*width) * 1000 / UNITS)
    }

    /// The width of a text, in hundredths of a point.
    #[must_use]
    pub fn width(&self, text: &str, size: i64) -> i64 {
        let of = |letter| {
            let glyph = usize::try_from(self.glyph(letter)).unwrap_or(0);
            self.widths.get(glyph).copied().map_or(0, i64::from)
        };
        text.chars().map(of).sum::<i64>() * size * 100 / UNITS
    }
}

fn table(file: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(u16::from_be_bytes([*file.get(4)?, *file.get(5)?]));
    let mut entries = file.get(12..12 + 16 * count)?.chunks_exact(16);
    let entry = entries.find(|entry| entry[..4] == name)?;
    let (at, length) = (four(entry, 8)?, four(entry, 12)?);
    let at = usize::try_from(at).ok()?;
    file.get(at..at + usize::try_from(length).ok()?)
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let four = <[u8; 4]>::try_from(bytes.get(at..at + 4)?).ok()?;
    Some(u32::from_be_bytes(four))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_our_texts_need_has_a_glyph() {
        let font = Font::shipped();
        for letter in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("−–•’é.,:/() ".chars())
        {
            assert!(font.known(letter).is_some(), "{letter:?}");
        }
        assert_eq!(font.glyph('☂'), font.glyph('?'));
    }

    #[test]
    fn digits_are_as_wide_as_each_other_so_that_amounts_stand_under_each_other() {
        let font = Font::shipped();
        let widths: Vec<i64> =
            "0123456789".chars().map(|c| font.width(&c.to_string(), 10)).collect();
        assert!(widths[0] > 400 && widths.iter().all(|width| *width == widths[0]), "{widths:?}");
        assert_eq!(font.width("", 10), 0);
        assert_eq!(font.letters().count() + 1, {
            let last = font.letters().last().unwrap().1;
            usize::try_from(last).unwrap() + 1
        });
    }
}
