//! What an application writes of itself when it registers (RFC 7591, RFC 7592). It goes through the
//! same check as the files of operators, and may say less: nothing that trusts it more than a
//! stranger, and nothing that would have us fetch an address of its choosing (K-30, O9).

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::clients::{Client, Definition, Fault, GrantType};

/// The longest time that an invite is good for.
pub const INVITE_LONGEST: Duration = Duration::from_hours(30 * 24);

/// The most applications that may register with one invite.
pub const INVITE_MOST_USES: u32 = 1_000;

/// Addresses that this server would have to call.
const FETCHED: [&str; 6] = [
    "jwks_uri",
    "sector_identifier_uri",
    "logo_uri",
    "request_uris",
    "backchannel_logout_uri",
    "events_uri",
];

/// What only an operator says of an application.
const OF_OPERATORS: [&str; 4] = ["first_party", "without_pkce", "profile", "resources"];

/// What an application wrote of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written(Map<String, Value>);

/// Why nobody is registered: every fault, at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(pub Vec<Fault>);

impl Unfit {
    fn of(field: &str, fault: &str) -> Self {
        Self(vec![self::fault(field, fault)])
    }

    /// The name in answers.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let is_address = |fault: &Fault| fault.field == "redirect_uris";
        if self.0.iter().all(is_address) {
            "invalid_redirect_uri"
        } else {
            "invalid_client_metadata"
        }
    }

    /// Every fault in one line, in the letters that a description may have (RFC 6749 section 5.2).
    #[must_use]
    pub fn why(&self) -> String {
        let all: Vec<String> =
            self.0.iter().map(|fault| format!("{} {}", fault.field, fault.fault)).collect();
        let is_plain = |c: char| (c == ' ' || c.is_ascii_graphic()) && c != '"' && c != '\\';
        all.join("; ").chars().map(|c| if is_plain(c) { c } else { '?' }).collect()
    }
}

impl Written {
    /// Reads a body.
    pub fn parse(body: &[u8]) -> Result<Self, Unfit> {
        serde_json::from_slice(body)
            .map(Self)
            .map_err(|_| Unfit::of("the body", "is no JSON object"))
    }

    /// How the application names itself, where it does.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        self.0.get("client_id").and_then(Value::as_str)
    }

    /// The secret that it says is its own, where it does.
    #[must_use]
    pub fn client_secret(&self) -> Option<&str> {
        self.0.get("client_secret").and_then(Value::as_str)
    }

    /// Makes a client of this name, or names every fault. What is unknown is left out, as RFC 7591
    /// asks for: the answer shows what was kept.
    pub fn check(&self, id: &str) -> Result<Client, Unfit> {
        let known = fields(&Definition::default());
        let (mut faults, mut kept) = (Vec::new(), Map::new());
        for (field, value) in self.0.iter().filter(|(_, value)| !says_nothing(value)) {
            let name = field.as_str();
            if FETCHED.contains(&name) {
                let why = "is not taken, since no address is called; keys go into jwks";
                faults.push(fault(name, why));
            } else if OF_OPERATORS.contains(&name) {
                faults.push(fault(name, "is for an operator to say"));
            } else if name == "software_statement" {
                faults.push(fault(name, "is not taken"));
            } else if name == "response_types" {
                let is_code =
                    value.as_array().is_some_and(|all| all.iter().all(|one| one == "code"));
                if !is_code {
                    faults.push(fault(name, "is code and nothing else"));
                }
            } else if name != "client_id" && known.contains_key(name) {
                let alone = Map::from_iter([(field.clone(), value.clone())]);
                if definition(alone).is_some() {
                    kept.insert(field.clone(), value.clone());
                } else {
                    faults.push(fault(name, "has another form than it should"));
                }
            }
        }
        kept.insert("client_id".to_owned(), json!(id));
        let Some(definition) = definition(kept) else {
            return Err(Unfit::of("the body", "cannot be read"));
        };
        match definition.check() {
            Ok(mut client) if faults.is_empty() => {
                client.is_vouched_for = false;
                Ok(client)
            }
            Ok(_) => Err(Unfit(faults)),
            Err(more) => {
                let named: Vec<String> = faults.iter().map(|fault| fault.field.clone()).collect();
                faults.extend(more.into_iter().filter(|fault| !named.contains(&fault.field)));
                Err(Unfit(faults))
            }
        }
    }
}

/// What is kept of a client, as it is told (RFC 7591 section 3.2.1).
#[must_use]
pub fn told(client: &Client) -> Map<String, Value> {
    let mut all = fields(client.definition());
    all.retain(|name, value| !says_nothing(value) && !OF_OPERATORS.contains(&name.as_str()));
    let mut put = |name: &str, value| drop(all.insert(name.to_owned(), value));
    let grants: Vec<&str> = client.grants.iter().map(|grant| grant.name()).collect();
    let has_code = client.may(GrantType::AuthorizationCode);
    let responses = if has_code { json!(["code"]) } else { json!([]) };
    let subject = if client.is_pairwise() { "pairwise" } else { "public" };
    put("grant_types", json!(grants));
    put("response_types", responses);
    put("token_endpoint_auth_method", json!(client.proof.name()));
    put("id_token_signed_response_alg", json!(client.id_token.name()));
    put("subject_type", json!(subject));
    all
}

/// Whether members would take a changed client for another one: then they are asked anew, since
/// what they agreed to had another name on it.
#[must_use]
pub fn is_another(old: &Client, new: &Client) -> bool {
    let read = |client: &Client| {
        let definition = client.definition();
        (
            definition.client_name.clone(),
            definition.owner.clone(),
            definition.purpose_id.clone(),
            definition.purpose_en.clone(),
            definition.redirect_uris.clone(),
            client.is_pairwise(),
        )
    };
    read(old) != read(new) || old.scopes != new.scopes
}

fn fault(field: &str, fault: &str) -> Fault {
    Fault { field: field.to_owned(), fault: fault.to_owned() }
}

fn definition(fields: Map<String, Value>) -> Option<Definition> {
    serde_json::from_value(Value::Object(fields)).ok()
}

fn fields(definition: &Definition) -> Map<String, Value> {
    match serde_json::to_value(definition) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Whether a value is as good as none.
fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is_set) => !is_set,
        Value::String(text) => text.is_empty(),
        Value::Array(all) => all.is_empty(),
        Value::Number(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn whole() -> Value {
        json!({
            "client_name": "Klaim Daring",
            "redirect_uris": ["https://klaim.example/cb"],
            "scope": "openid profile",
            "owner": "Dana Kita",
            "purpose_id": "Mengajukan klaim",
            "purpose_en": "Filing claims",
        })
    }

    fn registered(changes: &[(&str, Value)]) -> Result<Client, Unfit> {
        let mut body = whole();
        for (name, value) in changes {
            body[*name] = value.clone();
        }
        Written::parse(body.to_string().as_bytes()).unwrap().check("r-1")
    }

    fn faulty(changes: &[(&str, Value)]) -> Vec<String> {
        let faults = registered(changes).err().map(|unfit| unfit.0).unwrap_or_default();
        faults.into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn k30_what_registers_itself_is_whole_and_not_vouched_for() {
        let client = registered(&[]).unwrap();
        assert!(!client.is_vouched_for && !client.definition().first_party);
        assert_eq!(client.id(), "r-1");
        let told = told(&client);
        assert_eq!(told["client_id"], "r-1");
        assert_eq!(told["grant_types"], json!(["authorization_code"]));
        assert_eq!(told["token_endpoint_auth_method"], "client_secret_basic");
        assert!(!told.contains_key("first_party") && !told.contains_key("jwks"));
        // The name is ours to give.
        assert_eq!(registered(&[("client_id", json!("klaim"))]).unwrap().id(), "r-1");
    }

    #[test]
    fn k30_nothing_that_only_an_operator_says_is_taken() {
        for (name, value) in [
            ("first_party", json!(true)),
            ("without_pkce", json!(true)),
            ("profile", json!("fapi-2.0")),
            ("resources", json!(["https://api.example"])),
            ("software_statement", json!("x.y.z")),
        ] {
            assert_eq!(faulty(&[(name, value)]), [name]);
        }
        assert!(faulty(&[("first_party", json!(false)), ("resources", json!([]))]).is_empty());
    }

    #[test]
    fn o9_no_address_is_taken_that_would_be_fetched() {
        for name in FETCHED {
            let address = json!("http://169.254.169.254/latest/meta-data");
            assert_eq!(faulty(&[(name, address.clone())]), [name]);
            assert_eq!(faulty(&[(name, json!([address]))]), [name]);
        }
    }

    #[test]
    fn every_fault_is_named_at_once_and_what_is_unknown_is_left_out() {
        let unfit = registered(&[
            ("jwks_uri", json!("https://x.example/keys")),
            ("first_party", json!(true)),
            ("client_name", json!(["a", "b"])),
            ("redirect_uris", json!(["http://x.example/\"cb\"", "https://x.example/#"])),
            ("scope", json!("openid shoes")),
            ("response_types", json!(["code", "token"])),
            ("grant_types", json!(["implicit"])),
            ("tos_uri", json!("https://x.example/tos")),
        ])
        .unwrap_err();
        assert_eq!(unfit.name(), "invalid_client_metadata");
        let why = unfit.why();
        for field in [
            "jwks_uri",
            "first_party",
            "client_name",
            "redirect_uris",
            "scope",
            "response_types",
            "grant_types",
        ] {
            assert!(why.contains(field), "{field} in {why}");
        }
        assert!(!why.contains("tos_uri") && !why.contains(['"', '\\']), "{why}");
        let unfit = registered(&[("redirect_uris", json!(["http://x.example/cb"]))]).unwrap_err();
        assert_eq!(unfit.name(), "invalid_redirect_uri");
    }

    #[test]
    fn what_is_told_registers_the_same_again() {
        let client = registered(&[("grant_types", json!(["authorization_code", "refresh_token"]))]);
        let client = client.unwrap();
        let again = Written::parse(Value::Object(told(&client)).to_string().as_bytes()).unwrap();
        assert_eq!(again.client_id(), Some("r-1"));
        let again = again.check("r-1").unwrap();
        assert_eq!((&again.grants, &again.scopes), (&client.grants, &client.scopes));
        assert!(!is_another(&client, &again));
    }

    #[test]
    fn k19_another_name_or_purpose_makes_another_of_it() {
        let client = registered(&[]).unwrap();
        for (name, value) in [
            ("client_name", json!("Klaim")),
            ("owner", json!("Dana")),
            ("purpose_id", json!("Lain")),
            ("purpose_en", json!("Other")),
            ("redirect_uris", json!(["https://klaim.example/cb2"])),
            ("scope", json!("openid")),
            ("subject_type", json!("pairwise")),
        ] {
            assert!(is_another(&client, &registered(&[(name, value)]).unwrap()), "{name}");
        }
        let same = registered(&[("default_max_age", json!(60))]).unwrap();
        assert!(!is_another(&client, &same));
    }

    proptest! {
        #[test]
        fn any_body_is_refused_with_a_reason_or_makes_an_untrusted_client(body in "\\PC{0,200}") {
            if let Ok(written) = Written::parse(body.as_bytes()) {
                match written.check("r-1") {
                    Ok(client) => prop_assert!(!client.is_vouched_for),
                    Err(unfit) => prop_assert!(!unfit.why().is_empty()),
                }
            }
        }
    }
}
