//! How people are reached and how they name themselves when they sign in.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::ids::{Kpj, without_separators};

/// Why a typed address or number was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactProblem {
    /// Nothing was typed.
    Empty,
    /// It is not written as such an address or number is.
    Format,
}

/// An e-mail address in its one canonical form: trimmed, NFC, lower case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address as typed.
    ///
    /// Whole-address lower case is a choice: two accounts that differ by case only would be one
    /// person's mistake or another's trick (attack case L2).
    pub fn parse(text: &str) -> Result<Self, ContactProblem> {
        let address = text.trim().nfc().collect::<String>().to_lowercase();
        if address.is_empty() {
            return Err(ContactProblem::Empty);
        }
        let (local, host) = address.rsplit_once('@').ok_or(ContactProblem::Format)?;
        let local_is_fine = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
        let host_is_fine = host.len() <= 253
            && host.contains('.')
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        if local_is_fine && host_is_fine && address.len() <= 254 {
            Ok(Self(address))
        } else {
            Err(ContactProblem::Format)
        }
    }

    /// The address. Personal data: sealed at rest, never logged.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `s••••@p••••.example`: enough to recognise, not enough to learn.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, host) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let (name, rest) = host.split_once('.').unwrap_or((host, ""));
        let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
        format!("{}••••@{}••••.{rest}", first(local), first(name))
    }
}

/// A mobile number of the country, in E.164: `+62800…`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads `08…`, `628…` or `+628…`, separators forgiven: 10 to 13 digits in national form.
    pub fn parse(text: &str) -> Result<Self, ContactProblem> {
        let typed: String =
            without_separators(text).chars().filter(|c| !matches!(c, '(' | ')' | '/')).collect();
        if typed.is_empty() {
            return Err(ContactProblem::Empty);
        }
        let subscriber = typed
            .strip_prefix("+62")
            .or_else(|| typed.strip_prefix("62"))
            .or_else(|| typed.strip_prefix('0'))
            .ok_or(ContactProblem::Format)?;
        let subscriber = subscriber.strip_prefix('0').unwrap_or(subscriber);
        let is_mobile = subscriber.starts_with('8')
            && (9..=12).contains(&subscriber.len())
            && subscriber.chars().all(|c| c.is_ascii_digit());
        if is_mobile { Ok(Self(format!("+62{subscriber}"))) } else { Err(ContactProblem::Format) }
    }

    /// The number in E.164. Personal data: sealed at rest, never logged.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The last two digits, for "ending in 21".
    #[must_use]
    pub fn ending(&self) -> &str {
        &self.0[self.0.len() - 2..]
    }
}

/// A name a person chose to sign in with: folded, at most 64 characters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UserName(String);

impl UserName {
    /// Reads a name; case, outer spaces and compatibility forms are forgiven.
    pub fn parse(text: &str) -> Result<Self, ContactProblem> {
        let name = folded(text);
        if name.is_empty() {
            return Err(ContactProblem::Empty);
        }
        let is_name = (3..=64).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if is_name { Ok(Self(name)) } else { Err(ContactProblem::Format) }
    }

    /// The name. It often is the person's own, so it is treated as personal data.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

macro_rules! debug_says_nothing {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}
debug_says_nothing!(Email, Phone, UserName);

/// What somebody may type to say who they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// An e-mail address.
    Email(Email),
    /// A mobile number.
    Phone(Phone),
    /// A member number.
    Kpj(Kpj),
    /// A user name.
    UserName(UserName),
}

impl Identifier {
    /// Everything the typed text could mean, most likely first; empty when it means nothing.
    ///
    /// Eleven digits that begin with 08 are a phone number and could be a member number.
    #[must_use]
    pub fn readings(typed: &str) -> Vec<Self> {
        if typed.contains('@') {
            return Email::parse(typed).map(Self::Email).into_iter().collect();
        }
        let phone = Phone::parse(typed).map(Self::Phone);
        let kpj = Kpj::parse(typed).map(Self::Kpj);
        let name = UserName::parse(typed).map(Self::UserName);
        [phone.ok(), kpj.ok(), name.ok()].into_iter().flatten().collect()
    }

    /// The identifier of this kind that is written so.
    #[must_use]
    pub fn of_kind(kind: &str, text: &str) -> Option<Self> {
        match kind {
            "email" => Email::parse(text).ok().map(Self::Email),
            "phone" => Phone::parse(text).ok().map(Self::Phone),
            "kpj" => Kpj::parse(text).ok().map(Self::Kpj),
            "user_name" => UserName::parse(text).ok().map(Self::UserName),
            _ => None,
        }
    }

    /// The kind, as it is kept beside the blind index.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Phone(_) => "phone",
            Self::Kpj(_) => "kpj",
            Self::UserName(_) => "user_name",
        }
    }

    /// The canonical text. Personal data.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Email(email) => email.expose(),
            Self::Phone(phone) => phone.expose(),
            Self::Kpj(kpj) => kpj.as_str(),
            Self::UserName(name) => name.expose(),
        }
    }
}

/// One spelling for what was typed, whether it means something or not: so that a counter on it
/// cannot be evaded by case, spacing or look-alike forms (attack case L2).
#[must_use]
pub fn folded(typed: &str) -> String {
    let spelt = without_invisible(typed).nfkc().collect::<String>().to_lowercase();
    // Cut last: one character may stand for eighteen.
    let cut: String = spelt.chars().take(254).collect();
    cut.trim().to_owned()
}

fn without_invisible(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
                    | '\u{202a}'..='\u{202e}' | '\u{ad}')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_phone_number_is_one_number_however_it_is_typed() {
        for typed in
            ["0800 0000 0001", "+62 800-0000-0001", "62800.0000.0001", "+62 (0)80000000001"]
        {
            assert_eq!(Phone::parse(typed).unwrap().expose(), "+6280000000001", "{typed}");
        }
        assert_eq!(Phone::parse("0800 0000 0001").unwrap().ending(), "01");
        for typed in ["0212345678", "+1 800 000 0000", "08", "08123456789012345"] {
            assert_eq!(Phone::parse(typed), Err(ContactProblem::Format), "{typed}");
        }
    }

    #[test]
    fn an_email_is_one_address_in_any_case() {
        assert_eq!(
            Email::parse(" Siti@Peserta.EXAMPLE ").unwrap().expose(),
            "siti@peserta.example"
        );
        assert_eq!(Email::parse("siti@peserta.example").unwrap().masked(), "s••••@p••••.example");
        for typed in ["siti", "siti@", "@peserta.example", "a b@c.example", "a@b", "a@-b.example"] {
            assert_eq!(Email::parse(typed), Err(ContactProblem::Format), "{typed}");
        }
    }

    #[test]
    fn l4_no_user_name_can_be_somebodys_address_or_stand_before_their_number() {
        for name in ["siti@peserta.example", "siti@", "@siti", "+628001234567"] {
            assert_eq!(UserName::parse(name), Err(ContactProblem::Format), "{name}");
        }
        // A name of digits is one, but whoever types it is read as having typed their number.
        let typed = "08001234567";
        assert!(UserName::parse(typed).is_ok());
        let readings = Identifier::readings(typed);
        assert!(matches!(readings.first(), Some(Identifier::Phone(_))), "{readings:?}");
        assert!(matches!(readings.last(), Some(Identifier::UserName(_))), "{readings:?}");
    }

    #[test]
    fn l8_only_mobile_numbers_of_the_country_get_messages() {
        for dear in
            ["+1 900 555 0100", "+88 213 000", "+870 773 111", "+44 7911 123456", "+62 21 500"]
        {
            assert_eq!(Phone::parse(dear), Err(ContactProblem::Format), "{dear}");
        }
    }

    #[test]
    fn eleven_digits_may_be_a_phone_or_a_member_number() {
        let kinds = |typed| -> Vec<&str> {
            Identifier::readings(typed).iter().map(Identifier::kind).collect()
        };
        assert_eq!(kinds("08123456789"), ["phone", "kpj", "user_name"]);
        assert_eq!(kinds("siti@peserta.example"), ["email"]);
        assert_eq!(kinds("SITI"), ["user_name"]);
        assert!(kinds("!!").is_empty());
    }

    proptest! {
        #[test]
        fn reading_what_was_read_changes_nothing(typed in "\\PC{0,40}") {
            for reading in Identifier::readings(&typed) {
                prop_assert!(Identifier::readings(reading.expose()).contains(&reading));
                let again = Identifier::of_kind(reading.kind(), reading.expose());
                prop_assert_eq!(again.as_ref(), Some(&reading));
            }
            prop_assert_eq!(folded(&folded(&typed)), folded(&typed));
        }

        #[test]
        fn case_does_not_make_another_name(typed in "[a-zA-Z0-9._-]{3,40}") {
            prop_assert_eq!(UserName::parse(&typed), UserName::parse(&typed.to_uppercase()));
        }
    }
}
