//! A device in words for its owner: `Chrome, Android`, and where it was, where that is sure:
//! `Chrome, Android · Jawa Barat`. Coarse on purpose: it is kept and shown.

/// A device that does not say what it is.
pub(crate) const UNKNOWN: &str = "?";

/// Browsers by what only they say, the pickier words first: most also claim to be others.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// The device that calls itself so, and its place.
#[must_use]
pub fn in_words(user_agent: &str, place: Option<&str>) -> String {
    let device = named(user_agent);
    match place {
        Some(place) => format!("{device} · {place}"),
        None => device,
    }
}

fn named(user_agent: &str) -> String {
    let first = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (first(&BROWSERS), first(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_what_only_they_say() {
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                      Chrome/138.0.0.0 Mobile Safari/537.36";
        assert_eq!(in_words(chrome, None), "Chrome, Android");
        let samsung = format!("{chrome} SamsungBrowser/8.2");
        assert_eq!(in_words(&samsung, Some("Bali")), "Samsung Internet, Android · Bali");
        assert_eq!(
            in_words("Mozilla/5.0 (Windows NT 10.0; rv:60.0) Firefox/60.0", None),
            "Firefox, Windows"
        );
        assert_eq!(in_words("curl/8", None), UNKNOWN);
    }
}
