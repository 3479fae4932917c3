//! The origin that pages of a sign-in may end at, kept in a cookie under our own tag: a forged one
//! would let a form of ours be led astray.

use data_encoding::BASE64URL_NOPAD;
use payung_domain::keyed::same;

use crate::site::Site;

/// The value of the cookie.
#[must_use]
pub fn sealed(site: &Site, target: &str) -> String {
    let name = BASE64URL_NOPAD.encode(target.as_bytes());
    format!("{name}.{}", BASE64URL_NOPAD.encode(&tag(site, target)))
}

/// The origin in a cookie of ours.
#[must_use]
pub fn opened(site: &Site, value: &str) -> Option<String> {
    let (name, given) = value.split_once('.')?;
    let target = String::from_utf8(BASE64URL_NOPAD.decode(name.as_bytes()).ok()?).ok()?;
    let given = BASE64URL_NOPAD.decode(given.as_bytes()).ok()?;
    same(&tag(site, &target), &given).then_some(target)
}

fn tag(site: &Site, target: &str) -> [u8; 16] {
    let whole = site.app.keys.forms.tag(&[b"target", target.as_bytes()]);
    std::array::from_fn(|place| whole[place])
}
