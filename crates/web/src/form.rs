//! What a form or a query holds: each name once, in UTF-8, never too much.

use std::collections::BTreeMap;
use std::fmt;

use payung_domain::secret::Secret;

/// No form of ours is larger.
pub const MOST_BYTES: usize = 32 * 1024;

const MOST_FIELDS: usize = 64;

/// The fields of a form or of a query.
#[derive(Clone, Default)]
pub struct Fields(BTreeMap<String, Secret>);

/// How many there are. Not even the names: of a form that came broken, a name may be what was typed.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fields", self.0.len())
    }
}

/// Why fields cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The same name stands there twice: which one was meant? (O12)
    Twice,
    /// It is not UTF-8.
    NotText,
    /// More fields than any form of ours has.
    TooMany,
}

impl Fields {
    /// Reads `application/x-www-form-urlencoded`.
    pub fn parse(encoded: &[u8]) -> Result<Self, Unreadable> {
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(encoded) {
            // The library turns what is no UTF-8 into the replacement character.
            if name.contains('\u{fffd}') || value.contains('\u{fffd}') {
                return Err(Unreadable::NotText);
            }
            if fields.len() >= MOST_FIELDS {
                return Err(Unreadable::TooMany);
            }
            if fields.insert(name.into_owned(), Secret::new(value.into_owned())).is_some() {
                return Err(Unreadable::Twice);
            }
        }
        Ok(Self(fields))
    }

    /// Fields that were kept.
    #[must_use]
    pub fn of(kept: BTreeMap<String, String>) -> Self {
        Self(kept.into_iter().map(|(name, value)| (name, Secret::new(value))).collect())
    }

    /// What stands in a field; nothing when it is missing.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", Secret::expose)
    }

    /// The names of all fields that came.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// What stands in a field, when something does.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// What stands in a field that nobody may read.
    #[must_use]
    pub fn secret(&self, name: &str) -> Secret {
        self.0.get(name).cloned().unwrap_or_else(|| Secret::from(""))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let fields =
            Fields::parse(b"identifier=siti%40peserta.example&password=a+b%2Bc&x=").unwrap();
        assert_eq!(fields.text("identifier"), "siti@peserta.example");
        assert_eq!(fields.secret("password").expose(), "a b+c");
        assert_eq!((fields.filled("x"), fields.text("missing")), (None, ""));
    }

    #[test]
    fn o12_a_field_that_stands_twice_is_refused() {
        assert_eq!(Fields::parse(b"a=1&b=2&a=1").unwrap_err(), Unreadable::Twice);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(Fields::parse(b"a=%ff%fe").unwrap_err(), Unreadable::NotText);
        assert_eq!(Fields::parse(b"\xff=1").unwrap_err(), Unreadable::NotText);
    }

    #[test]
    fn a_flood_of_fields_is_refused() {
        let many = (0..100).map(|n| format!("f{n}=1")).collect::<Vec<_>>().join("&");
        assert_eq!(Fields::parse(many.as_bytes()).unwrap_err(), Unreadable::TooMany);
    }

    proptest! {
        #[test]
        fn reading_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Fields::parse(&bytes);
        }

        #[test]
        fn what_a_browser_writes_is_read_back(value in "\\PC{0,40}") {
            let written = form_urlencoded::Serializer::new(String::new())
                .append_pair("field", &value)
                .finish();
            prop_assume!(!value.contains('\u{fffd}'));
            let fields = Fields::parse(written.as_bytes()).unwrap();
            prop_assert_eq!(fields.text("field"), value);
        }
    }
}
