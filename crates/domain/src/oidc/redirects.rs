//! Where an application may be answered: addresses that were registered, compared letter by letter
//! (K-01, O1).
//!
//! Registering is strict, so that comparing can be plain: no user-info, no fragment, no upper-case
//! host, no dot segments, nothing that two readers of addresses read differently.

/// Longest address that is registered.
const LONGEST: usize = 512;

/// Why an address is not registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is too long, or holds spaces, controls, backslashes or letters beyond ASCII.
    #[error("holds characters that addresses do not have, or is too long")]
    Characters,
    /// A fragment would carry the answer along (O13).
    #[error("has a fragment")]
    Fragment,
    /// Another scheme than https.
    #[error("is neither https nor, for public clients, a loopback address or a private scheme")]
    Scheme,
    /// The host is missing, in capitals, ends in a dot, or stands behind user-info.
    #[error("has no plain lower-case host")]
    Host,
    /// A segment of dots.
    #[error("has a segment of dots")]
    Dots,
}

/// The parts of an address that were told apart.
struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
}

/// Whether an address may be registered; native ones may be on the device itself.
pub fn check(address: &str, is_native: bool) -> Result<(), Unfit> {
    let is_plain = |c: char| c.is_ascii_graphic() && !"\\\"<>^`{|}".contains(c);
    if address.len() > LONGEST || !address.chars().all(is_plain) {
        return Err(Unfit::Characters);
    }
    if address.contains('#') {
        return Err(Unfit::Fragment);
    }
    if is_native && is_private_scheme(address) {
        return Ok(());
    }
    let parts = parts(address)?;
    let is_fit = match parts.scheme {
        "https" => true,
        "http" => is_native && is_loopback(parts.host),
        _ => false,
    };
    if !is_fit {
        return Err(Unfit::Scheme);
    }
    let path = parts.path.split('?').next().unwrap_or_default().to_ascii_lowercase();
    let is_dots = |segment: &str| matches!(&*segment.replace("%2e", "."), "." | "..");
    if path.split('/').any(is_dots) { Err(Unfit::Dots) } else { Ok(()) }
}

/// Whether an address is one of the registered ones: the same letters, or, on the device itself,
/// the same but for the port (RFC 8252 section 7.3).
#[must_use]
pub fn is_registered(registered: &[String], given: &str) -> bool {
    registered.iter().any(|known| known == given || is_same_loopback(known, given))
}

fn is_same_loopback(known: &str, given: &str) -> bool {
    let (Ok(known), Ok(given)) = (parts(known), parts(given)) else { return false };
    known.scheme == "http"
        && given.scheme == "http"
        && is_loopback(known.host)
        && known.host == given.host
        && known.path == given.path
        && given.port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Scheme, host and port: where browsers think an address belongs. `None` for private schemes,
/// which belong nowhere.
#[must_use]
pub fn origin(address: &str) -> Option<&str> {
    parts(address).ok().map(|parts| &address[..address.len() - parts.path.len()])
}

/// The host of an address.
#[must_use]
pub fn host(address: &str) -> Option<&str> {
    parts(address).ok().map(|parts| parts.host)
}

fn parts(address: &str) -> Result<Parts<'_>, Unfit> {
    let (scheme, rest) = address.split_once("://").ok_or(Unfit::Scheme)?;
    // Else `id.app:/way://host` would be read as if it named a host.
    if !is_word(scheme) {
        return Err(Unfit::Scheme);
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (inside, after) = inner.split_once(']').ok_or(Unfit::Host)?;
            let is_address = inside.parse::<std::net::Ipv6Addr>().is_ok();
            let port = match after {
                "" => None,
                after => Some(after.strip_prefix(':').ok_or(Unfit::Host)?),
            };
            if !is_address {
                return Err(Unfit::Host);
            }
            (&authority[..inside.len() + 2], port)
        }
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let is_name = host.starts_with('[') || is_plain_name(host);
    let is_port = port.is_none_or(|port| {
        !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
    });
    if is_name && is_port { Ok(Parts { scheme, host, port, path }) } else { Err(Unfit::Host) }
}

/// Labels of small letters, digits and hyphens. Where the last one is a number, browsers read the whole
/// as an address, `8443` as 0.0.32.251, so only one that is written out is plain.
fn is_plain_name(host: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_part);
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x");
    host.split('.').all(is_label) && (!is_number || host.parse::<std::net::Ipv4Addr>().is_ok())
}

fn is_loopback(host: &str) -> bool {
    // Not `localhost`: what that name means is up to the machine (RFC 8252 section 8.3).
    matches!(host, "127.0.0.1" | "[::1]")
}

/// `com.example.app:/path`: a scheme of one's own has a dot (RFC 8252 section 7.1).
fn is_private_scheme(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    scheme.contains('.') && is_word(scheme) && rest.starts_with('/') && !rest.starts_with("//")
}

/// Whether a scheme is written plainly (RFC 3986 section 3.1), in small letters.
fn is_word(scheme: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+.-".contains(&b);
    scheme.bytes().all(is_part) && scheme.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CALLBACK: &str = "https://klaim.example/masuk/kembali";

    #[test]
    fn o1_only_plain_addresses_are_registered() {
        for fit in [CALLBACK, "https://a.example:8443/cb?dummy1=lorem", "https://a.example"] {
            assert_eq!(check(fit, false), Ok(()), "{fit}");
        }
        for (unfit, why) in [
            ("http://klaim.example/cb", Unfit::Scheme),
            ("http://localhost/cb", Unfit::Scheme),
            ("http://127.0.0.1/cb", Unfit::Scheme),
            ("javascript:alert(1)", Unfit::Scheme),
            ("klaim.example/cb", Unfit::Scheme),
            ("https://klaim.example/cb#", Unfit::Fragment),
            ("https://a@b@klaim.example/cb", Unfit::Host),
            ("https://KLAIM.example/cb", Unfit::Host),
            ("https://klaim.example./cb", Unfit::Host),
            ("https://klaim.example:/cb", Unfit::Host),
            ("https://klaim.example:99999/cb", Unfit::Host),
            ("https:///cb", Unfit::Host),
            ("https://8443/cb", Unfit::Host),
            ("https://127.1/cb", Unfit::Host),
            ("https://klaim.0x7f/cb", Unfit::Host),
            ("https://*.example/cb", Unfit::Host),
            ("https://klaim.example/a/../cb", Unfit::Dots),
            ("https://klaim.example/a/%2E%2e/cb", Unfit::Dots),
            ("https://klaim.example\\@x.example/", Unfit::Characters),
            ("https://klaim.example/\tcb", Unfit::Characters),
            ("https://klaim.example/cb\n", Unfit::Characters),
            ("https://klaïm.example/cb", Unfit::Characters),
        ] {
            assert_eq!(check(unfit, false), Err(why), "{unfit}");
        }
    }

    #[test]
    fn k01_native_applications_may_be_on_the_device_itself() {
        for fit in ["http://127.0.0.1/cb", "http://[::1]:0/cb", "id.example.hp:/cb"] {
            assert_eq!(check(fit, true), Ok(()), "{fit}");
        }
        for unfit in ["http://localhost/cb", "hp:/cb", "id.example.hp://x/cb", "http://10.0.0.1/"] {
            assert!(check(unfit, true).is_err(), "{unfit}");
        }
        let known = ["http://127.0.0.1/cb".to_owned(), CALLBACK.to_owned()];
        assert!(is_registered(&known, "http://127.0.0.1:49152/cb"));
        for other in [
            "http://127.0.0.1:0/cb",
            "http://127.0.0.1:1/cb/",
            "http://127.0.0.2:1/cb",
            "http://127.0.0.1:1@x.example/cb",
            "https://127.0.0.1:1/cb",
            "https://klaim.example:444/masuk/kembali",
        ] {
            assert!(!is_registered(&known, other), "{other}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(origin("https://a.example:8443/cb?x=1"), Some("https://a.example:8443"));
        assert_eq!(origin("https://a.example?x"), Some("https://a.example"));
        assert_eq!(origin("http://[::1]:5/x"), Some("http://[::1]:5"));
        assert_eq!(origin("id.example.hp:/cb"), None);
        assert_eq!(host("https://a.example:8443/cb"), Some("a.example"));
    }

    proptest! {
        #[test]
        fn o1_nothing_but_the_registered_letters_is_registered(
            at in 0_usize..=CALLBACK.len(), change in "\\PC{1,3}|[@\\\\#?/.:%\\t\\n]{1,3}", cut in 0_usize..3
        ) {
            let mut other = CALLBACK.to_owned();
            let end = (at + cut).min(other.len());
            other.replace_range(at..end, &change);
            let known = [CALLBACK.to_owned()];
            prop_assert_eq!(is_registered(&known, &other), other == CALLBACK);
        }

        #[test]
        fn o1_checking_any_text_never_panics(text in "\\PC{0,80}", is_native: bool) {
            if check(&text, is_native).is_ok() {
                prop_assert!(!text.contains(['#', '\\', ' ', '\n']));
                prop_assert!(origin(&text).is_some() || is_native);
            }
        }
    }
}
