//! A form with a file in it (RFC 7578): read whole and bounded, by whoever is signed in. What
//! somebody called the file, and what their browser takes it for, is not even read (L-16).

use std::collections::BTreeMap;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use payung_domain::claims::files::MOST_BYTES;
use tokio::sync::Semaphore;

use crate::form::{Fields, MOST_BYTES as MOST_OF_A_FORM};
use crate::guest::{Form, Guest, Member, Trouble, is_from_our_pages, reference};
use crate::pages::problems::problem::Obstacle;

/// What stands around a file.
const AROUND: usize = 64 * 1024;

/// Parts of a form with a file, at most.
const MOST_PARTS: usize = 8;

/// Files that are read at the same time, so that no crowd fills the memory.
static ROOM: Semaphore = Semaphore::const_new(32);

/// A form with a file, from a member who is signed in.
#[derive(Debug)]
pub struct Upload {
    /// The member.
    pub member: Member,
    /// The fields, which say whether our page gave the form.
    pub form: Form,
    /// The file; none where more came than a file may have.
    pub file: Option<Vec<u8>>,
}

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = Trouble;

    /// Nobody's file is read before it is known who sends it.
    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let member = Member::from_request_parts(&mut parts, state).await?;
        let guest = &member.guest;
        if !is_from_our_pages(&parts.headers, parts.uri.path(), &guest.site) {
            let reference = reference(guest);
            tracing::warn!(reference, "a file from another site was refused");
            return Err(Trouble::Obstacle(Obstacle::NotAllowed(reference)));
        }
        let Some(read) = read(&parts.headers, body).await? else {
            return Ok(Self::too_large(member));
        };
        let form = Form::with_a_file(guest.clone(), Fields::of(read.fields));
        Ok(Self { member, form, file: Some(read.file) })
    }
}

impl Upload {
    /// Nothing of it was read, its token neither: nothing can be done with it but to say so.
    fn too_large(member: Member) -> Self {
        let guest: Guest = member.guest.clone();
        Self { form: Form::with_a_file(guest, Fields::default()), member, file: None }
    }
}

/// A form with a file, read whole; none where more came than a file may have.
pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Option<Read>, Trouble> {
    let unreadable = || Trouble::Obstacle(Obstacle::Unreadable);
    let boundary = boundary_of(headers).ok_or_else(unreadable)?;
    let Ok(_place) = ROOM.try_acquire() else {
        return Err(Trouble::Obstacle(Obstacle::Busy));
    };
    let Ok(bytes) = to_bytes(body, MOST_BYTES + AROUND).await else { return Ok(None) };
    Read::parse(&boundary, &bytes).ok_or_else(unreadable).map(Some)
}

/// What stands between the parts, as the head says.
fn boundary_of(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let (name, rest) = kind.split_once(';')?;
    if !name.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut given = rest.split(';').filter_map(|one| one.trim().strip_prefix("boundary="));
    let (boundary, None) = (given.next()?.trim_matches('"'), given.next()) else { return None };
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte);
    let is_fine = (1..=70).contains(&boundary.len()) && boundary.bytes().all(is_one);
    is_fine.then(|| boundary.to_owned())
}

/// A form with a file, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The fields.
    pub fields: BTreeMap<String, String>,
    /// What is in the file.
    pub file: Vec<u8>,
}

impl Read {
    /// Takes a form apart: each name once, text that is text, one file, nothing around it.
    #[must_use]
    pub fn parse(boundary: &str, bytes: &[u8]) -> Option<Self> {
        let (mut fields, mut file) = (BTreeMap::new(), None);
        let between = format!("\r\n--{boundary}");
        let mut rest = bytes.strip_prefix(between.get(2..)?.as_bytes())?;
        for _ in 0..MOST_PARTS {
            rest = rest.strip_prefix(b"\r\n")?;
            let (head, after) = cut(rest, b"\r\n\r\n")?;
            let (content, after) = cut(after, between.as_bytes())?;
            let (name, is_file) = disposition(head)?;
            if is_file {
                if name != "file" || file.is_some() {
                    return None;
                }
                file = Some(content.to_vec());
            } else {
                let text = std::str::from_utf8(content).ok()?;
                let is_known = fields.insert(name, text.to_owned()).is_some();
                if is_known || text.len() > MOST_OF_A_FORM {
                    return None;
                }
            }
            rest = after;
            if let Some(end) = rest.strip_prefix(b"--") {
                let is_end = end.is_empty() || end == b"\r\n";
                return is_end.then_some(Self { fields, file: file? });
            }
        }
        None
    }
}

/// What stands before a mark and what stands behind it.
fn cut<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(mark.len()).position(|window| window == mark)?;
    Some((&bytes[..at], &bytes[at + mark.len()..]))
}

/// The name of a part, and whether it is a file. Of the file's own name nothing is read.
fn disposition(head: &[u8]) -> Option<(String, bool)> {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split("\r\n").filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition").then(|| value.trim().to_owned())
    });
    let (value, None) = (lines.next()?, lines.next()) else { return None };
    let rest = value.strip_prefix("form-data; name=\"")?;
    let (name, rest) = rest.split_once('"')?;
    let is_name = !name.is_empty()
        && name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let is_file = rest.starts_with("; filename");
    (is_name && (is_file || rest.is_empty())).then(|| (name.to_owned(), is_file))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sent(file: &[u8]) -> Vec<u8> {
        let head = "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n--X\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"../../a.html\"\r\n\
                    Content-Type: text/html\r\n\r\n";
        [head.as_bytes(), file, b"\r\n--X--\r\n"].concat()
    }

    #[test]
    fn a_form_with_a_file_is_read_as_browsers_write_it() {
        let read = Read::parse("X", &sent(b"\r\n--x\0\xff")).unwrap();
        assert_eq!(read.fields["csrf"], "token");
        assert_eq!(read.file, b"\r\n--x\0\xff");
        assert_eq!(Read::parse("X", &sent(b"")).unwrap().file, b"");
    }

    #[test]
    fn o12_what_stands_there_twice_or_is_cut_off_is_refused() {
        let whole = sent(b"pages");
        for end in 0..whole.len() - 2 {
            assert_eq!(Read::parse("X", &whole[..end]), None, "{end}");
        }
        let text = String::from_utf8(whole).unwrap();
        let twice = text.replace("name=\"file\"; filename=\"../../a.html\"", "name=\"csrf\"");
        let two_files = text.replace("name=\"csrf\"", "name=\"file\"; filename=\"b\"");
        let elsewhere = text.replace("name=\"file\"", "name=\"picture\"");
        let no_text = text.replace("token", "\u{0}").replace("csrf", "CSRF");
        for bad in [twice, two_files, elsewhere, no_text, format!("before{text}"), text + "behind"]
        {
            assert_eq!(Read::parse("X", bad.as_bytes()), None, "{bad}");
        }
        let flood = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(9);
        assert_eq!(Read::parse("X", flood.as_bytes()), None);
    }

    #[test]
    fn a_boundary_is_one_and_of_plain_letters() {
        let of = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            boundary_of(&headers)
        };
        assert_eq!(of("multipart/form-data; boundary=----WebKit7").as_deref(), Some("----WebKit7"));
        assert_eq!(of("Multipart/Form-Data; boundary=\"a:b\"").as_deref(), Some("a:b"));
        for bad in [
            "multipart/form-data",
            "multipart/mixed; boundary=a",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=a; boundary=b",
            "application/x-www-form-urlencoded",
        ] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_a_file_comes_back(
            file in proptest::collection::vec(any::<u8>(), 0..200), cut in 0_usize..200,
        ) {
            let mut bytes = sent(&file);
            if !file.windows(5).any(|window| window == b"\r\n--X") {
                let read = Read::parse("X", &bytes);
                prop_assert_eq!(read.map(|read| read.file), Some(file));
            }
            bytes.truncate(cut);
            let _ = Read::parse("X", &bytes);
            let _ = Read::parse("", &bytes);
        }
    }
}
