//! A workbook as an archive: whole, of a bearable size, and with nothing in it that makes its reader
//! run away. All of it is unpacked once for that, and nothing of it is kept.

use std::io::{Read, SeekFrom};

use zip::ZipArchive;

use super::tags::{Counts, Tags};
use super::{Problem, Seekable, broke};
use crate::imports::reading::Unreadable;

/// The most bytes of all parts together, unpacked. A sheet that is full of rows of ours has half of it.
pub const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// The most bytes of a part that is no XML: pictures, printer settings.
const MOST_OTHER_BYTES: u64 = 8 * 1024 * 1024;

/// The most parts.
const MOST_PARTS: u16 = 1_000;

/// How an archive ends, without a comment behind.
const END: u64 = 22;

/// The same for archives of more than four gigabytes, with the line that leads there.
const LONG_END: u64 = 76;

/// How each part is told of before that, at least.
const ENTRY: u64 = 46;

/// Looks a workbook through; answers whether cells are merged in it.
pub(super) fn survey(source: &mut dyn Seekable) -> Result<bool, Unreadable> {
    if !is_whole(source).map_err(broke)? {
        return Err(Problem::Broken.into());
    }
    let broken = |_| Unreadable::from(Problem::Broken);
    let mut archive = ZipArchive::new(source).map_err(broken)?;
    if archive.has_duplicate_names() {
        return Err(Problem::Strange.into());
    }
    let (mut counts, mut left) = (Counts::default(), MOST_BYTES);
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(broken)?;
        let name = part.name_raw().to_ascii_lowercase();
        let is_xml = name.ends_with(b".xml") || name.ends_with(b".rels");
        let mut tags = if is_xml { Some(Tags::of(&mut counts)) } else { None };
        left = look_through(part, &mut tags, left)?;
    }
    Ok(counts.merged > 0)
}

/// Reads a part to its end, where its checksum is compared too. Answers how many bytes all the others
/// may still have.
fn look_through(
    mut part: impl Read,
    tags: &mut Option<Tags<'_>>,
    left: u64,
) -> Result<u64, Unreadable> {
    let (mut buffer, mut all) = (vec![0; 1 << 16], 0_u64);
    loop {
        let length = part.read(&mut buffer).map_err(broke)?;
        if length == 0 {
            return Ok(left - all);
        }
        all = all.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
        let most = if tags.is_some() { left } else { left.min(MOST_OTHER_BYTES) };
        if all > most {
            return Err(Problem::TooLarge.into());
        }
        if let Some(tags) = tags {
            tags.feed(&buffer[..length])?;
        }
    }
}

/// Whether the list of parts stands at the very end, each part has its line there, and no line more.
/// So a reader takes this list and no other, and it is short.
fn is_whole(source: &mut dyn Seekable) -> std::io::Result<bool> {
    let length = source.seek(SeekFrom::End(0))?;
    let Some(end_at) = length.checked_sub(END) else { return Ok(false) };
    source.seek(SeekFrom::Start(end_at))?;
    let mut end = [0; 22];
    source.read_exact(&mut end)?;
    let (count, size, start) = (two(&end, 10), four(&end, 12), four(&end, 16));
    let list_end = start.saturating_add(size);
    let is_end = end.starts_with(b"PK\x05\x06") && two(&end, 20) == 0;
    let is_adjoined = list_end == end_at || has_long_end(source, list_end, end_at)?;
    if !is_end || count > MOST_PARTS || !is_adjoined {
        return Ok(false);
    }
    let mut at = start;
    for _ in 0..count {
        if at + ENTRY > list_end {
            return Ok(false);
        }
        source.seek(SeekFrom::Start(at))?;
        let mut entry = [0; 46];
        source.read_exact(&mut entry)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return Ok(false);
        }
        let rest = [28, 30, 32].map(|place| u64::from(two(&entry, place)));
        at += ENTRY + rest.iter().sum::<u64>();
    }
    Ok(at == list_end)
}

/// Whether the end that knows more than four gigabytes stands in between, and nothing else. Some
/// writers add it to every archive, and say the same in both.
fn has_long_end(source: &mut dyn Seekable, start: u64, end: u64) -> std::io::Result<bool> {
    if start.checked_add(LONG_END) != Some(end) {
        return Ok(false);
    }
    source.seek(SeekFrom::Start(start))?;
    let mut both = [0; 76];
    source.read_exact(&mut both)?;
    Ok(both.starts_with(b"PK\x06\x06") && both[56..].starts_with(b"PK\x06\x07"))
}

fn two(bytes: &[u8], place: usize) -> u16 {
    let pair = bytes.get(place..place + 2).and_then(|pair| <[u8; 2]>::try_from(pair).ok());
    pair.map_or(0, u16::from_le_bytes)
}

fn four(bytes: &[u8], place: usize) -> u64 {
    let four = bytes.get(place..place + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
    four.map_or(0, |four| u64::from(u32::from_le_bytes(four)))
}
