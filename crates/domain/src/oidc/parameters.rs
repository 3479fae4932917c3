//! The parameters of a protocol request: each once, empty ones as if they were not there, unknown
//! ones ignored (K-27).

use std::collections::BTreeMap;
use std::fmt;

use super::problems::Refused;
use crate::secret::Secret;

/// More parameters than any request has.
const MOST: usize = 64;

/// Longer than any parameter is: a request object with its signature fits.
const LONGEST: usize = 16 * 1024;

/// What was sent, by name.
#[derive(Clone, Default)]
pub struct Parameters(BTreeMap<String, Secret>);

impl Parameters {
    /// Collects decoded names and values. The same name twice is refused, whatever it is: of two
    /// values, two readers take different ones (O12).
    pub fn collect(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Self, Refused> {
        let mut all = BTreeMap::new();
        for (name, value) in pairs {
            if all.len() >= MOST || name.len() > 256 || value.len() > LONGEST {
                return Err(Refused::request("too many or too long parameters"));
            }
            // Decoders put the replacement character where something was no UTF-8.
            if name.contains('\u{fffd}') || value.contains('\u{fffd}') || value.contains('\0') {
                return Err(Refused::request("a parameter is not text"));
            }
            if all.insert(name, Secret::new(value)).is_some() {
                return Err(Refused::request("a parameter stands there twice"));
            }
        }
        Ok(Self(all))
    }

    /// What stands in a parameter, when something does.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Secret::expose).filter(|text| !text.is_empty())
    }

    /// What stands in a parameter that must be there.
    pub fn must(&self, name: &str, why: &'static str) -> Result<&str, Refused> {
        self.get(name).ok_or(Refused::request(why))
    }

    /// Whether a parameter is there and says something.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::problems::Problem;
    use super::*;

    fn collect(pairs: &[(&str, &str)]) -> Result<Parameters, Refused> {
        Parameters::collect(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn o12_a_parameter_that_stands_twice_is_refused() {
        for twice in [[("a", "1"), ("a", "2")], [("a", "1"), ("a", "1")], [("a", ""), ("a", "")]] {
            assert_eq!(collect(&twice).unwrap_err().problem, Problem::InvalidRequest);
        }
    }

    #[test]
    fn k27_empty_is_absent_and_unknown_is_ignored() {
        let parameters = collect(&[("state", ""), ("scope", "openid"), ("x-y", "z")]).unwrap();
        assert_eq!((parameters.get("state"), parameters.get("scope")), (None, Some("openid")));
        assert!(!parameters.has("state"));
    }

    #[test]
    fn what_is_no_text_or_too_much_is_refused() {
        assert!(collect(&[("a", "\u{fffd}")]).is_err() && collect(&[("a", "\0")]).is_err());
        let long = "x".repeat(LONGEST + 1);
        assert!(collect(&[("a", &long)]).is_err());
        let many = (0..=MOST).map(|n| (n.to_string(), String::new()));
        assert!(Parameters::collect(many).is_err());
    }

    #[test]
    fn parameters_print_their_names_only() {
        let shown = format!("{:?}", collect(&[("client_secret", "geheim")]).unwrap());
        assert!(shown.contains("client_secret") && !shown.contains("geheim"));
    }
}
