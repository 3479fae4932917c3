//! Where something stands in a list that grows at its new end: the page after it begins there, and
//! stays the same however much is added later.

use std::fmt;

use uuid::Uuid;

use crate::time::Instant;

/// When it happened, and what tells it from others of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// When.
    pub at: Instant,
    /// Its random id.
    pub id: Uuid,
}

impl Mark {
    /// After everything there will ever be: a list that begins here begins at its newest.
    pub const END: Self = Self { at: Instant::from_micros(i64::MAX), id: Uuid::max() };

    /// Reads what stands in an address. Whatever is no mark is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        let at = Instant::from_micros(micros.parse().ok()?);
        Uuid::try_parse(id).ok().map(|id| Self { at, id })
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.id.simple())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_mark_reads_back_from_an_address(micros: i64, id: u128) {
            let mark = Mark { at: Instant::from_micros(micros), id: Uuid::from_u128(id) };
            prop_assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
            prop_assert!(mark <= Mark::END);
        }

        #[test]
        fn what_is_no_mark_is_none(text in "\\PC{0,40}") {
            prop_assume!(!text.contains('.'));
            prop_assert_eq!(Mark::parse(&text), None);
        }
    }
}
