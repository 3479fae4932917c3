//! The reference of a correction: what its member has in hand, and what officers call it.

use crate::reference::reference;

reference! {
    /// `KOR-7F3K-29QD` ("koreksi"), of a correction.
    CorrectionReference "KOR"
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reference_is_read_however_it_is_copied() {
        let known = CorrectionReference::parse("KOR-7F3K-01QD").unwrap();
        assert_eq!(known.as_str(), "KOR-7F3K-01QD");
        for typed in ["kor 7f3k 01qd", "7F3K-01QD", "7f3kOiqd", " KOR–7F3K.OLQD\u{200b}"] {
            assert_eq!(CorrectionReference::parse(typed), Some(known.clone()), "{typed}");
        }
        for typed in ["", "KOR", "PYG-7F3K-01QD", "KOR-7F3K", "7F3K-01QU", "7F3K-01Q☂"] {
            assert_eq!(CorrectionReference::parse(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_gives_one_spelling(typed in "\\PC{0,20}") {
            if let Some(read) = CorrectionReference::parse(&typed) {
                prop_assert_eq!(CorrectionReference::parse(read.as_str()), Some(read));
            }
        }
    }
}
