//! The five programmes and who joins which.

use serde::{Deserialize, Serialize};

use crate::employers::FirmSize;

/// A programme of the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Programme {
    /// Old-age savings (JHT).
    Jht,
    /// Pension (JP).
    Jp,
    /// Work accident (JKK).
    Jkk,
    /// Death (JKM).
    Jkm,
    /// Job loss (JKP). Never on a bill: it is paid out of the others and by the State.
    Jkp,
}

impl Programme {
    /// All five, in the order people list them.
    pub const ALL: [Self; 5] = [Self::Jht, Self::Jp, Self::Jkk, Self::Jkm, Self::Jkp];

    /// The name everybody uses: `JHT`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jht => "JHT",
            Self::Jp => "JP",
            Self::Jkk => "JKK",
            Self::Jkm => "JKM",
            Self::Jkp => "JKP",
        }
    }

    /// The programme with this name, in either case.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|programme| programme.code().eq_ignore_ascii_case(code))
    }

    /// What a firm of this size must join and pay for (Perpres 109/2013 art. 6).
    #[must_use]
    pub const fn of_firm(size: FirmSize) -> &'static [Self] {
        match size {
            FirmSize::Micro => &[Self::Jkk, Self::Jkm],
            FirmSize::Small => &[Self::Jht, Self::Jkk, Self::Jkm],
            FirmSize::Medium | FirmSize::Large => &[Self::Jht, Self::Jp, Self::Jkk, Self::Jkm],
        }
    }

    /// What the self-employed must pay for. JHT is theirs to choose, so it is never missing.
    #[must_use]
    pub const fn of_the_self_employed() -> &'static [Self] {
        &[Self::Jkk, Self::Jkm]
    }
}

impl std::fmt::Display for Programme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_firm_never_owes_less() {
        for pair in FirmSize::ALL.windows(2) {
            let (smaller, larger) = (Programme::of_firm(pair[0]), Programme::of_firm(pair[1]));
            assert!(smaller.iter().all(|programme| larger.contains(programme)));
        }
    }

    #[test]
    fn a_programme_is_found_by_its_name() {
        for programme in Programme::ALL {
            assert_eq!(Programme::coded(&programme.code().to_lowercase()), Some(programme));
        }
        assert_eq!(Programme::coded("JKN"), None);
    }
}
