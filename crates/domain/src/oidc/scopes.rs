//! Scopes: what an application may see, each with a word of ours on the consent page.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// One scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Who the member is to this application: a number of its own, nothing else.
    OpenId,
    /// Name, birth date, sex, language.
    Profile,
    /// The confirmed e-mail address.
    Email,
    /// The confirmed mobile number.
    Phone,
    /// The address in the register.
    Address,
    /// Going on while the member is away.
    OfflineAccess,
    /// Member numbers, and how the member belongs to the programme.
    Membership,
    /// What employers paid, month by month.
    Contributions,
    /// What is saved.
    Balance,
}

impl Scope {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::OpenId,
        Self::Profile,
        Self::Email,
        Self::Phone,
        Self::Address,
        Self::Membership,
        Self::Contributions,
        Self::Balance,
        Self::OfflineAccess,
    ];

    /// The name in requests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::OfflineAccess => "offline_access",
            Self::Membership => "membership",
            Self::Contributions => "contributions",
            Self::Balance => "balance",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A set of scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Reads scopes with spaces between; unknown ones are ignored (OpenID Connect Core 3.1.2.1).
    #[must_use]
    pub fn parse(text: &str) -> Self {
        text.split(' ').filter_map(Scope::named).collect()
    }

    /// Whether a scope is in it.
    #[must_use]
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Whether every scope is in the other set.
    #[must_use]
    pub fn within(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them, in the order in which they are shown.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        Scope::ALL.into_iter().filter(|scope| self.has(*scope))
    }

    /// The set without one of them.
    #[must_use]
    pub fn without(&self, scope: Scope) -> Self {
        self.iter().filter(|other| *other != scope).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, scope) in self.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { " " })?;
            f.write_str(scope.name())?;
        }
        Ok(())
    }
}

impl From<String> for Scopes {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_in_any_order_and_written_in_ours() {
        let scopes = Scopes::parse("email  openid unknown email");
        assert_eq!(scopes.to_string(), "openid email");
        assert!(scopes.has(Scope::Email) && !scopes.has(Scope::Phone));
        assert!(Scopes::parse("openid").within(&scopes));
        assert!(!Scopes::parse("openid phone").within(&scopes));
        assert_eq!(Scopes::parse(""), Scopes::default());
    }
}
