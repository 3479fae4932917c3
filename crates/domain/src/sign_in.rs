//! From facts to the next step of a sign-in. Counting tries is `lockout`'s business.

use crate::second_factor::Way;

/// What follows a password that was right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// There is one way: use it.
    Enter(Way),
    /// There are several: the member chooses.
    Choose,
    /// There is none, so nobody can be let in (J-09).
    NoWay,
}

/// Decides what follows the password, from the ways that are open.
#[must_use]
pub fn after_password(open: &[Way]) -> Next {
    let lasting: Vec<Way> = open.iter().copied().filter(|way| way.is_lasting()).collect();
    match (&*lasting, open) {
        // The browser asks for a passkey by itself, on the page where ways are chosen.
        ([Way::Passkey] | [_, _, ..], _) => Next::Choose,
        // Recovery codes wait behind a link while there is any other way.
        ([only], _) | ([], [only, ..]) => Next::Enter(*only),
        ([], []) => Next::NoWay,
    }
}

/// Whether following a path stays on this site (K-07).
///
/// Browsers read `//host`, `/\host` and control characters as ways to leave, so none is let through.
#[must_use]
pub fn stays_here(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 512
        && path.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// The page to go to after signing in: a path of our own, else the dashboard. The pages of signing
/// in and out are no place to arrive at.
#[must_use]
pub fn landing(next: Option<&str>) -> &str {
    next.filter(|path| stays_here(path) && !path.starts_with("/sign-")).unwrap_or("/dashboard")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_way_is_taken_and_two_are_a_choice() {
        assert_eq!(after_password(&[Way::Email]), Next::Enter(Way::Email));
        assert_eq!(after_password(&[Way::Sms, Way::Email]), Next::Choose);
        assert_eq!(after_password(&[Way::Email, Way::RecoveryCode]), Next::Enter(Way::Email));
        assert_eq!(after_password(&[Way::RecoveryCode]), Next::Enter(Way::RecoveryCode));
        assert_eq!(after_password(&[Way::Passkey]), Next::Choose);
        assert_eq!(after_password(&[]), Next::NoWay);
    }

    #[test]
    fn k07_only_a_path_of_our_own_is_followed() {
        assert_eq!(landing(Some("/contributions?year=2025")), "/contributions?year=2025");
        for foreign in
            ["https://x.example", "//x.example", "/\\x.example", "x", "/a\tb", "/sign-in"]
        {
            assert_eq!(landing(Some(foreign)), "/dashboard", "{foreign}");
        }
    }

    proptest! {
        #[test]
        fn k07_no_text_leads_away(text in "\\PC{0,60}") {
            let path = landing(Some(&text));
            prop_assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'));
        }
    }
}
