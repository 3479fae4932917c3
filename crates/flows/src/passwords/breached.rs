//! Passwords that have leaked elsewhere, in a filter small enough to be kept in memory.
//!
//! The operator brings the list: one SHA-1 a line, as "Have I Been Pwned" hands it out. The filter
//! keeps 16 bits of each, 18 with what holds it together, so that ten million fit into 22 MiB. One
//! good password in 65,536 is taken for a leaked one, no leaked one for a good one, and nothing is
//! asked of anybody over the network.

use payung_domain::keyed::digest;
use payung_domain::passwords::normalised;
use payung_domain::secret::Secret;
use sha1::{Digest, Sha1};
use xorf::{BinaryFuse16, Descriptor, Filter};

/// What every such file begins with.
const MARK: &[u8; 16] = b"payung-leaked-1\n";

const CHECKSUM: usize = 32;
const DESCRIPTOR: usize = 20;

/// Leaked passwords, as far as it takes to recognise one.
#[derive(Clone)]
pub struct Breached(BinaryFuse16);

/// Why a file or a list is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFilter {
    /// It does not begin as such a file does.
    #[error("this is no password filter")]
    Strange,
    /// It was cut off or changed.
    #[error("the password filter is damaged")]
    Damaged,
    /// A line is no SHA-1.
    #[error("line {0} does not begin with 40 hexadecimal digits")]
    Line(usize),
    /// The library found no way to arrange them.
    #[error("the filter could not be built")]
    Unbuilt,
}

/// Makes a filter of a list, line by line: of each it keeps eight bytes, however long the list is.
/// The making itself takes some 35 bytes an entry for a moment, 340 MiB for ten million.
#[derive(Debug)]
pub struct Builder {
    keys: Vec<u64>,
    lines: usize,
    at_least: u64,
}

impl Builder {
    /// A list of nothing yet. Passwords that were seen less often than `at_least` are left out; so is
    /// none that stands there without a count.
    #[must_use]
    pub const fn new(at_least: u64) -> Self {
        Self { keys: Vec::new(), lines: 0, at_least }
    }

    /// Takes the next line: a SHA-1 in hexadecimal, and perhaps `:` and how often it was seen.
    pub fn take(&mut self, line: &[u8]) -> Result<(), NoFilter> {
        self.lines += 1;
        let line = line.trim_ascii();
        if line.is_empty() {
            return Ok(());
        }
        let key = key(line).ok_or(NoFilter::Line(self.lines))?;
        if count(line).is_none_or(|seen| seen >= self.at_least) {
            self.keys.push(key);
        }
        Ok(())
    }

    /// How many passwords were taken.
    #[must_use]
    pub const fn taken(&self) -> usize {
        self.keys.len()
    }

    /// The filter of everything that was taken.
    pub fn finish(mut self) -> Result<Breached, NoFilter> {
        self.keys.sort_unstable();
        self.keys.dedup();
        BinaryFuse16::try_from(&self.keys).map(Breached).map_err(|_| NoFilter::Unbuilt)
    }
}

impl Breached {
    /// The filter of a list: SHA-1 in hexadecimal, a line each; what follows it is a count.
    pub fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Self, NoFilter> {
        let mut builder = Builder::new(0);
        for line in lines {
            builder.take(line.as_bytes())?;
        }
        builder.finish()
    }

    /// Whether this password is on the list; wrongly so once in 65,536 times.
    #[must_use]
    pub fn contains(&self, typed: &Secret) -> bool {
        let Some(password) = normalised(typed) else { return false };
        let sha1 = Sha1::digest(password.expose().as_bytes());
        self.0.contains(&first_eight(&sha1))
    }

    /// The filter as it is kept in a file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let Descriptor { seed, segment_length, segment_length_mask, segment_count_length } =
            self.0.descriptor;
        let mut content = seed.to_le_bytes().to_vec();
        for number in [segment_length, segment_length_mask, segment_count_length] {
            content.extend(number.to_le_bytes());
        }
        content.extend(self.0.fingerprints.iter().flat_map(|print| print.to_le_bytes()));
        [&MARK[..], &digest(&content), &content].concat()
    }

    /// Reads a file. Damage is noticed here, or it would show as passwords refused for no reason.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoFilter> {
        let rest = bytes.strip_prefix(MARK).ok_or(NoFilter::Strange)?;
        let (checksum, content) = rest.split_at_checked(CHECKSUM).ok_or(NoFilter::Damaged)?;
        let (head, prints) = content.split_at_checked(DESCRIPTOR).ok_or(NoFilter::Damaged)?;
        if digest(content)[..] != *checksum || prints.len() % 2 != 0 {
            return Err(NoFilter::Damaged);
        }
        let number = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| head[at + byte]));
        let descriptor = Descriptor {
            seed: u64::from_le_bytes(std::array::from_fn(|byte| head[byte])),
            segment_length: number(8),
            segment_length_mask: number(12),
            segment_count_length: number(16),
        };
        if !is_whole(&descriptor, prints.len() / 2) {
            return Err(NoFilter::Damaged);
        }
        let fingerprints =
            prints.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
        Ok(Self(BinaryFuse16 { descriptor, fingerprints }))
    }
}

/// Whether the library finds every place it may look at: three segments in a row, from any place but
/// the last two segments, and places inside of a segment by a mask.
fn is_whole(descriptor: &Descriptor, prints: usize) -> bool {
    let Descriptor { segment_length, segment_length_mask, segment_count_length, .. } = *descriptor;
    let expected = u64::from(segment_count_length) + 2 * u64::from(segment_length);
    segment_length.is_power_of_two()
        && segment_length_mask == segment_length - 1
        && segment_count_length.is_multiple_of(segment_length)
        && u64::try_from(prints) == Ok(expected)
}

impl std::fmt::Debug for Breached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Breached({} prints)", self.0.len())
    }
}

fn key(line: &[u8]) -> Option<u64> {
    let hexadecimal = line.get(..40).filter(|hash| {
        hash.iter().all(u8::is_ascii_hexdigit) && !line.get(40).is_some_and(u8::is_ascii_hexdigit)
    })?;
    let first = std::str::from_utf8(&hexadecimal[..16]).ok()?;
    u64::from_str_radix(first, 16).ok()
}

/// How often a password was seen, where the list says it: `…:37359195`.
fn count(line: &[u8]) -> Option<u64> {
    std::str::from_utf8(line.get(40..)?.strip_prefix(b":")?).ok()?.trim().parse().ok()
}

/// Enough of a SHA-1 to tell any list of passwords apart.
fn first_eight(sha1: &[u8]) -> u64 {
    u64::from_be_bytes(std::array::from_fn(|byte| sha1[byte]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\r\n\
                        7c4a8d09ca3762af61e59520943dc26494f8941b:37359195\r\n";

    /// Numbers that look like chance, from one that does not.
    fn mixed(number: u64) -> u64 {
        let mut mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ (mixed >> 27)
    }

    #[test]
    fn a05_what_stands_on_the_list_is_recognised_and_nothing_else() {
        let breached = Breached::of_lines(LIST.lines()).unwrap();
        assert!(breached.contains(&Secret::from("password")));
        assert!(breached.contains(&Secret::from("123456")));
        assert!(!breached.contains(&Secret::from("kuda baterai stapel")));
        let again = Breached::parse(&breached.bytes()).unwrap();
        assert!(again.contains(&Secret::from("password")));
    }

    #[test]
    fn a_list_that_is_none_says_where() {
        let lines = |text: &'static str| Breached::of_lines(text.lines()).unwrap_err();
        assert_eq!(lines("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8\npassword"), NoFilter::Line(2));
        assert_eq!(lines("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD"), NoFilter::Line(1));
        assert_eq!(lines("☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂☂"), NoFilter::Line(1));
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let bytes = Breached::of_lines(LIST.lines()).unwrap().bytes();
        for at in [16, 47, 48, 60, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(Breached::parse(&changed).unwrap_err(), NoFilter::Damaged, "byte {at}");
            assert_eq!(Breached::parse(&bytes[..at]).unwrap_err(), NoFilter::Damaged);
        }
        assert_eq!(Breached::parse(b"PNG").unwrap_err(), NoFilter::Strange);
    }

    #[test]
    fn a_count_that_is_too_low_leaves_a_password_out() {
        let mut builder = Builder::new(10_000_000);
        for line in LIST.lines() {
            builder.take(line.as_bytes()).unwrap();
        }
        assert_eq!(builder.taken(), 1);
        let breached = builder.finish().unwrap();
        assert!(breached.contains(&Secret::from("123456")));
        assert!(!breached.contains(&Secret::from("password")));
        let mut builder = Builder::new(2);
        builder.take(b"5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8").unwrap();
        assert_eq!(builder.taken(), 1, "no count, so nobody knows");
    }

    /// Measured on the real thing: 2.26 bytes an entry, 21.5 MiB in all. None of them is missed, and
    /// one stranger in some 65,536 is taken for one.
    #[test]
    fn a05_ten_million_leaked_passwords_fit_into_32_mib() {
        const ENTRIES: u64 = 10_000_000;
        let keys: Vec<u64> = (0..ENTRIES).map(mixed).collect();
        let breached = Breached(BinaryFuse16::try_from(&keys).unwrap());
        let bytes = breached.bytes().len();
        assert!(bytes < 32 * 1024 * 1024, "{bytes} bytes");
        assert_eq!(bytes * 100 / keys.len(), 225, "hundredths of a byte an entry");
        assert_eq!(keys.iter().filter(|key| !breached.0.contains(key)).count(), 0);
        let strangers = (ENTRIES..ENTRIES + 1_000_000).map(mixed);
        let wrong = strangers.filter(|key| breached.0.contains(key)).count();
        assert!(wrong < 60, "{wrong} of a million; 15 are expected");
    }
}
