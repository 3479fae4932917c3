//! The environment the program was started in: read here and nowhere else, and handed in from there on.
//! Only the name of the machine's user is asked for once more, where the flows are put together.

use std::collections::BTreeMap;

use payung_domain::language::Language;

/// Environment variables, as they were when the program began.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    variables: BTreeMap<String, String>,
}

impl Surroundings {
    /// Those of this process. Variables that are not UTF-8 are none of ours.
    #[must_use]
    pub fn of_this_process() -> Self {
        #[expect(clippy::disallowed_methods, reason = "read once, here, and handed in")]
        let variables = std::env::vars_os();
        Self {
            variables: variables
                .filter_map(|(name, value)| {
                    Some((name.into_string().ok()?, value.into_string().ok()?))
                })
                .collect(),
        }
    }

    /// Made-up ones.
    #[must_use]
    pub fn of(variables: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { variables: variables.iter().map(owned).collect() }
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// All variables whose name begins so.
    pub fn beginning_with<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.variables
            .iter()
            .filter(move |(name, _)| name.starts_with(prefix))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The user of the machine who started the program: behind `sudo`, whoever called it.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        let named = ["SUDO_USER", "USER", "LOGNAME"].into_iter();
        named.filter_map(|name| self.get(name)).find(|user| !user.is_empty())
    }

    /// The language of the locale. English unless the locale says Indonesian: a machine's `C`
    /// locale means English, and so does one that nobody has set.
    #[must_use]
    pub fn language(&self) -> Language {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| self.get(name).filter(|value| !value.is_empty()))
            .and_then(|locale| Language::tagged(locale.split('.').next().unwrap_or(locale)))
            .unwrap_or(Language::En)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_sudo_it_is_whoever_called_it() {
        for (variables, user) in [
            (&[("USER", "root"), ("SUDO_USER", "rudi")][..], Some("rudi")),
            (&[("USER", ""), ("LOGNAME", "sari")], Some("sari")),
            (&[("HOME", "/root")], None),
        ] {
            assert_eq!(Surroundings::of(variables).user(), user, "{variables:?}");
        }
    }

    #[test]
    fn the_locale_chooses_the_language_and_lc_all_goes_first() {
        for (variables, language) in [
            (&[("LANG", "id_ID.UTF-8")][..], Language::Id),
            (&[("LANG", "id_ID.UTF-8"), ("LC_ALL", "en_US.UTF-8")], Language::En),
            (&[("LANG", "C.UTF-8")], Language::En),
            (&[], Language::En),
        ] {
            assert_eq!(Surroundings::of(variables).language(), language, "{variables:?}");
        }
    }
}
