//! Claims: what is told about a member, and the `claims` parameter that asks for single ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::levels::Level;
use super::problems::Refused;
use super::scopes::{Scope, Scopes};

/// Every claim about a member, with the scope that gives all of its group (OpenID Connect Core
/// 5.4). What we do not know we do not make up: a name of one word is not cut into parts.
pub const CLAIMS: [(&str, Scope); 15] = [
    ("name", Scope::Profile),
    ("preferred_username", Scope::Profile),
    ("gender", Scope::Profile),
    ("birthdate", Scope::Profile),
    ("zoneinfo", Scope::Profile),
    ("locale", Scope::Profile),
    ("updated_at", Scope::Profile),
    ("email", Scope::Email),
    ("email_verified", Scope::Email),
    ("phone_number", Scope::Phone),
    ("phone_number_verified", Scope::Phone),
    ("address", Scope::Address),
    ("payung_memberships", Scope::Membership),
    ("payung_contributions", Scope::Contributions),
    ("payung_balance", Scope::Balance),
];

/// The `claims` parameter is never longer.
const LONGEST: usize = 4096;

/// Single claims that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// For the answer of userinfo.
    #[serde(default)]
    pub userinfo: Vec<String>,
    /// For the ID token.
    #[serde(default)]
    pub id_token: Vec<String>,
    /// Levels that the client demands: `acr` as an essential claim.
    #[serde(default)]
    pub essential_levels: Vec<String>,
    /// Levels that the client would like: `acr` as any other claim.
    #[serde(default)]
    pub wished_levels: Vec<String>,
    /// The subject that the client demands.
    #[serde(default)]
    pub subject: Option<String>,
}

impl Asked {
    /// Reads the `claims` parameter. Claims we do not have are ignored.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        const BROKEN: Refused = Refused::request("claims is not a JSON object of claims");
        if text.len() > LONGEST {
            return Err(BROKEN);
        }
        let whole: BTreeMap<String, Value> = serde_json::from_str(text).map_err(|_| BROKEN)?;
        let part = |name: &str| match whole.get(name) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(part)) => Ok(part.clone()),
            Some(_) => Err(BROKEN),
        };
        let (userinfo, id_token) = (part("userinfo")?, part("id_token")?);
        if userinfo.values().chain(id_token.values()).any(|v| !v.is_null() && !v.is_object()) {
            return Err(BROKEN);
        }
        let essential = |claim: &Value| claim.get("essential") == Some(&Value::Bool(true));
        let levels = |is_demanded: bool| {
            let acr = id_token.get("acr").filter(|claim| essential(claim) == is_demanded);
            acr.map(texts).unwrap_or_default()
        };
        Ok(Self {
            userinfo: known(&userinfo),
            id_token: known(&id_token),
            essential_levels: levels(true),
            wished_levels: levels(false),
            subject: id_token.get("sub").map(texts).and_then(|texts| texts.into_iter().next()),
        })
    }

    /// Without the claims of groups that a client may not have. Asking for one is no fault: it is not
    /// told, however essential it is said to be (Core 5.5.1).
    #[must_use]
    pub fn within(mut self, allowed: &Scopes) -> Self {
        let is_allowed = |name: &String| scope_of(name).is_some_and(|scope| allowed.has(scope));
        self.userinfo.retain(is_allowed);
        self.id_token.retain(is_allowed);
        self
    }

    /// The scopes whose groups the single claims belong to: what the member is asked for.
    #[must_use]
    pub fn scopes(&self) -> Scopes {
        self.userinfo.iter().chain(&self.id_token).filter_map(|name| scope_of(name)).collect()
    }

    /// The levels that are demanded, as far as we have them.
    #[must_use]
    pub fn levels(&self) -> Vec<Level> {
        self.essential_levels.iter().filter_map(|acr| Level::named(acr)).collect()
    }
}

/// The scope of whose group a claim is.
#[must_use]
pub fn scope_of(claim: &str) -> Option<Scope> {
    CLAIMS.iter().find(|(name, _)| *name == claim).map(|(_, scope)| *scope)
}

/// The claims that scopes and single wishes come to, in userinfo or in an ID token.
#[must_use]
pub fn granted(scopes: &Scopes, single: &[String]) -> Vec<&'static str> {
    CLAIMS
        .iter()
        .filter(|(name, scope)| scopes.has(*scope) || single.iter().any(|one| one == name))
        .map(|(name, _)| *name)
        .collect()
}

fn known(part: &Map<String, Value>) -> Vec<String> {
    part.keys().filter(|name| scope_of(name).is_some()).cloned().collect()
}

fn texts(claim: &Value) -> Vec<String> {
    let one = claim.get("value").into_iter();
    let many = claim.get("values").and_then(Value::as_array).into_iter().flatten();
    one.chain(many).filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn k17_single_claims_are_read_and_strange_ones_ignored() {
        let asked = Asked::parse(
            r#"{"userinfo":{"name":{"essential":true},"email":null,"shoe_size":null},
                "id_token":{"acr":{"essential":true,"values":["urn:payung:acr:multi-factor"]},
                            "sub":{"value":"abc"},"auth_time":null}}"#,
        )
        .unwrap();
        assert_eq!(asked.userinfo, ["email", "name"]);
        assert_eq!(asked.id_token, Vec::<String>::new());
        assert_eq!(asked.levels(), [Level::Multi]);
        assert_eq!(asked.subject.as_deref(), Some("abc"));
        assert_eq!(asked.scopes(), Scopes::parse("profile email"));
        let voluntary = Asked::parse(r#"{"id_token":{"acr":{"value":"x"}}}"#).unwrap();
        let wish = Asked { wished_levels: vec!["x".to_owned()], ..Asked::default() };
        assert_eq!(voluntary, wish);
    }

    #[test]
    fn k02_a_claim_of_a_group_that_a_client_may_not_have_is_left_out() {
        let asked = Asked::parse(
            r#"{"userinfo":{"email":{"essential":true},"name":null},"id_token":{"email":null}}"#,
        )
        .unwrap()
        .within(&Scopes::parse("openid profile"));
        assert_eq!((asked.userinfo, asked.id_token), (vec!["name".to_owned()], Vec::new()));
    }

    #[test]
    fn what_is_no_object_of_claims_is_refused() {
        for broken in ["", "[]", "1", "{", r#"{"userinfo":[]}"#, r#"{"id_token":{"name":1}}"#] {
            assert!(Asked::parse(broken).is_err(), "{broken}");
        }
        let deep = "[".repeat(LONGEST);
        assert!(Asked::parse(&deep).is_err() && Asked::parse(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn o10_nothing_is_told_that_no_scope_and_no_wish_asked_for() {
        assert_eq!(granted(&Scopes::parse("openid"), &[]), Vec::<&str>::new());
        assert_eq!(granted(&Scopes::parse("openid email"), &[]), ["email", "email_verified"]);
        assert_eq!(granted(&Scopes::default(), &["name".to_owned()]), ["name"]);
    }

    proptest! {
        #[test]
        fn reading_claims_never_panics(text in "\\PC{0,200}|[\\[\\]{}\":,a-z]{0,200}") {
            let _ = Asked::parse(&text);
        }
    }
}
