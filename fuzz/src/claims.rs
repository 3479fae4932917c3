//! Papers of claims: what counts as one, and the form that brings it.

use payung_domain::claims::files::{FileKind, MOST_BYTES, clean};
use payung_web::upload::Read;

/// L-16: whatever is kept is one of three kinds, no larger than it came but for how a photo has to be
/// turned, begins as its kind does, and stays as it is when it is cleaned again.
pub fn document(bytes: &[u8]) {
    let Ok(kept) = clean(bytes) else { return };
    assert!(kept.bytes.len() <= bytes.len() + 36 && bytes.len() <= MOST_BYTES);
    let start: &[u8] = match kept.kind {
        FileKind::Jpeg => b"\xff\xd8",
        FileKind::Png => b"\x89PNG\r\n\x1a\n",
        FileKind::Pdf => b"%PDF-",
    };
    assert!(kept.bytes.starts_with(start));
    assert_eq!(clean(&kept.bytes), Ok(kept));
}

/// O12: a form with a file is read as it was sent, or not at all; a cut one never.
pub fn upload(bytes: &[u8]) {
    let Some(read) = Read::parse("X", bytes) else { return };
    let size: usize = read.fields.iter().map(|(name, value)| name.len() + value.len()).sum();
    assert!(size + read.file.len() <= bytes.len());
    let letters = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    assert!(read.fields.keys().all(|name| letters(name)));
    assert_eq!(Read::parse("X", &bytes[..bytes.len() - 4]), None);
    assert_eq!(Read::parse("Y", bytes), None);
}
