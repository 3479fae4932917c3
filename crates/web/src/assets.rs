//! The style sheet, the script and the icon: put together from the components when the program is
//! built, and served under names that change with their content, so that they may be kept for ever.

use std::sync::LazyLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

macro_rules! parts {
    ($extension:literal: $($component:literal),* $(,)?) => {
        concat!($(include_str!(concat!("../components/", $component, "/", $extension))),*)
    };
}

/// Every component's style, in the order of the cascade.
pub const STYLE: &str = parts![
    "style.css": "tokens", "shell", "button", "field", "choice", "problems", "message", "panel",
    "summary", "table", "filter", "money", "months", "chart", "session", "passkey", "qr", "why",
];

/// Every component's script. They do not know each other, so their order does not matter.
pub const SCRIPT: &str = parts![
    "script.js": "button", "field", "countdown", "session", "passkey",
];

const ICON: &str = include_str!("../components/shell/icon.svg");

/// A file that browsers fetch besides the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// What it holds.
    pub body: &'static str,
    /// Its `Content-Type`.
    pub content_type: &'static str,
}

struct Named {
    path: String,
    asset: Asset,
}

impl Named {
    fn new(extension: &str, content_type: &'static str, body: &'static str) -> Self {
        let digest = HEXLOWER.encode(&Sha256::digest(body)[..8]);
        let path = format!("/assets/payung.{digest}.{extension}");
        Self { path, asset: Asset { body, content_type } }
    }
}

static STYLE_FILE: LazyLock<Named> =
    LazyLock::new(|| Named::new("css", "text/css; charset=utf-8", STYLE));
static SCRIPT_FILE: LazyLock<Named> =
    LazyLock::new(|| Named::new("js", "text/javascript; charset=utf-8", SCRIPT));
static ICON_FILE: LazyLock<Named> = LazyLock::new(|| Named::new("svg", "image/svg+xml", ICON));

/// Where the style sheet is: `/assets/payung.<hash>.css`.
#[must_use]
pub fn style_path() -> &'static str {
    &STYLE_FILE.path
}

/// Where the script is: `/assets/payung.<hash>.js`.
#[must_use]
pub fn script_path() -> &'static str {
    &SCRIPT_FILE.path
}

/// Where the icon is: `/assets/payung.<hash>.svg`.
#[must_use]
pub fn icon_path() -> &'static str {
    &ICON_FILE.path
}

/// The file at this path, if it is one of the three. Only listed files are served (L-12).
#[must_use]
pub fn find(path: &str) -> Option<Asset> {
    [&STYLE_FILE, &SCRIPT_FILE, &ICON_FILE]
        .into_iter()
        .find(|named| named.path == path)
        .map(|named| named.asset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_under_its_hashed_name_and_under_no_other() {
        let style = find(style_path()).unwrap();
        assert_eq!((style.body, style.content_type), (STYLE, "text/css; charset=utf-8"));
        assert!(find(script_path()).is_some());
        assert!(find(icon_path()).is_some());
        assert_eq!(find("/assets/payung.css"), None);
        assert_eq!(find("/assets/../Cargo.toml"), None);
    }
}
