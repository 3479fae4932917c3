//! What a file is known by, and how long it is.

use std::io::{Read, Result};

use payung_domain::keyed::Tag;
use sha2::{Digest, Sha256};

/// SHA-256 of everything that is read, and the number of lines that end in it.
pub fn checksum(mut source: impl Read) -> Result<(Tag, u64)> {
    let (mut hash, mut lines) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return Ok((hash.finalize().into(), lines));
        }
        let part = &buffer[..length];
        hash.update(part);
        let parts = part.split(|byte| *byte == b'\n').count();
        lines = lines.saturating_add(u64::try_from(parts).unwrap_or(u64::MAX).saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_each_of_its_bytes() {
        let (tag, lines) = checksum(&b"a\nb\n"[..]).unwrap();
        assert_eq!((tag, lines), (payung_domain::keyed::digest(b"a\nb\n"), 2));
        assert_ne!(checksum(&b"a\nb"[..]).unwrap().0, tag);
    }
}
