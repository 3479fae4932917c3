//! Makes a client of what was written, or names every fault at once.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value};

use super::client::Client;
use super::definition::{Definition, Fault};
use super::words::{Algorithm, GrantType, Proof};
use crate::oidc::back_channel::Event;
use crate::oidc::redirects;
use crate::oidc::scopes::{Scope, Scopes};

/// The profile that has every message signed.
const SIGNING: &str = "fapi-2.0-message-signing";

impl Definition {
    /// Makes a client of what was written, or names every fault, also of fields that are of another
    /// kind than theirs: what is wrong with the others is found all the same.
    pub fn read(written: &Map<String, Value>) -> Result<Client, Vec<Fault>> {
        let (mut faults, mut fit) = (Vec::new(), Map::new());
        for (field, value) in written {
            let alone = Map::from_iter([(field.clone(), value.clone())]);
            if serde_json::from_value::<Self>(Value::Object(alone)).is_ok() {
                fit.insert(field.clone(), value.clone());
            } else {
                faults.push(Fault { field: field.clone(), fault: kind_of(field).to_owned() });
            }
        }
        // Each was read alone, so all of them are read together.
        let definition: Self = serde_json::from_value(Value::Object(fit)).unwrap_or_default();
        match definition.check() {
            Ok(client) if faults.is_empty() => Ok(client),
            Ok(_) => Err(faults),
            Err(others) => {
                let is_new = |one: &Fault| !faults.iter().any(|known| known.field == one.field);
                let others: Vec<Fault> = others.into_iter().filter(is_new).collect();
                faults.extend(others);
                Err(faults)
            }
        }
    }

    /// Makes a client of it, or names every fault.
    pub fn check(self) -> Result<Client, Vec<Fault>> {
        let mut faults = Faults(Vec::new());
        for name in self.unknown.keys() {
            faults.add(name, "is no field of a client");
        }
        let is_id = (1..=64).contains(&self.client_id.len())
            && self.client_id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
        faults.unless(is_id, "client_id", "has 1 to 64 letters, digits, or -._~");
        let is_name = |text: &str, most: usize| {
            let is_short = (1..=most).contains(&text.trim().chars().count());
            is_short && !text.contains(|c: char| c.is_control() || is_unseen(c))
        };
        faults.unless(is_name(&self.client_name, 60), "client_name", "has 1 to 60 characters");
        for (field, text) in [
            ("owner", &self.owner),
            ("purpose_id", &self.purpose_id),
            ("purpose_en", &self.purpose_en),
        ] {
            faults.unless(is_name(text, 200), field, "has 1 to 200 characters");
        }
        let proof =
            one_of(&self.token_endpoint_auth_method, Proof::Basic, &Proof::ALL, Proof::name);
        let proof = faults.known("token_endpoint_auth_method", proof).unwrap_or(Proof::Basic);
        let grants = self.grants(&mut faults);
        self.check_addresses(proof, &grants, &mut faults);
        self.check_back_channel(&grants, &mut faults);
        let scopes = self.check_scopes(&grants, &mut faults);
        let (is_fapi, signs_messages) = match &*self.profile {
            "" => (false, false),
            "fapi-2.0" => (true, false),
            SIGNING => (true, true),
            _ => {
                faults.add("profile", "is fapi-2.0, fapi-2.0-message-signing, or is left out");
                (false, false)
            }
        };
        let algorithms = self.check_algorithms(is_fapi, &mut faults);
        self.check_proof(proof, &grants, is_fapi, &mut faults);
        let is_subject = matches!(&*self.subject_type, "" | "public" | "pairwise");
        faults.unless(is_subject, "subject_type", "is public or pairwise");
        for resource in &self.resources {
            let is_fit = redirects::check(&with_tls(resource), false).is_ok();
            faults.unless(is_fit, "resources", "holds something that is no https address");
        }
        if faults.0.is_empty() {
            let or_es256 = |algorithm: Option<Algorithm>| algorithm.unwrap_or(Algorithm::Es256);
            let [id_token, userinfo, request_object, response, introspection] = algorithms;
            let shipped = signs_messages.then_some(Algorithm::Es256);
            Ok(Client {
                definition: self,
                proof,
                grants,
                scopes,
                id_token: or_es256(id_token),
                userinfo,
                request_object: request_object.or(shipped),
                response: or_es256(response),
                introspection: or_es256(introspection),
                is_fapi,
                signs_messages,
                is_vouched_for: true,
            })
        } else {
            Err(faults.0)
        }
    }

    fn grants(&self, faults: &mut Faults) -> Vec<GrantType> {
        if self.grant_types.is_empty() {
            return vec![GrantType::AuthorizationCode];
        }
        let mut grants = Vec::new();
        for name in &self.grant_types {
            match GrantType::ALL.into_iter().find(|grant| grant.name() == name) {
                Some(grant) if grants.contains(&grant) => {
                    faults.add("grant_types", "names a grant twice");
                }
                Some(grant) => grants.push(grant),
                None => faults.add("grant_types", "names a grant that is not offered"),
            }
        }
        let is_alone = grants.contains(&GrantType::RefreshToken) && !signs_in(&grants);
        faults.unless(!is_alone, "grant_types", "has refresh_token, and nothing that gives one");
        grants
    }

    fn check_addresses(&self, proof: Proof, grants: &[GrantType], faults: &mut Faults) {
        let has_code = grants.contains(&GrantType::AuthorizationCode);
        let has_any = !self.redirect_uris.is_empty();
        faults.unless(has_code == has_any, "redirect_uris", "go with authorization_code, and only");
        let is_native = proof == Proof::None;
        for (field, addresses) in [
            ("redirect_uris", &self.redirect_uris),
            ("post_logout_redirect_uris", &self.post_logout_redirect_uris),
        ] {
            faults.unless(addresses.len() <= 20, field, "holds more than 20 addresses");
            for address in addresses {
                if let Err(unfit) = redirects::check(address, is_native) {
                    faults.add(field, &format!("{unfit}: {}", shown(address)));
                }
            }
        }
    }

    fn check_back_channel(&self, grants: &[GrantType], faults: &mut Faults) {
        let has_code = grants.contains(&GrantType::AuthorizationCode);
        for (field, address) in [
            ("backchannel_logout_uri", &self.backchannel_logout_uri),
            ("events_uri", &self.events_uri),
        ] {
            if address.is_empty() {
                continue;
            }
            faults.unless(has_code, field, "is for a client that signs members in");
            if let Err(unfit) = check_callable(address) {
                faults.add(field, &format!("{unfit}: {}", shown(address)));
            }
        }
        let is_told = !self.backchannel_logout_uri.is_empty();
        faults.unless(
            is_told || !self.backchannel_logout_session_required,
            "backchannel_logout_session_required",
            "goes with backchannel_logout_uri",
        );
        let has_events = !self.events.is_empty();
        let has_address = !self.events_uri.is_empty();
        faults.unless(has_events == has_address, "events", "go with events_uri, and only");
        let is_known = self.events.iter().all(|name| Event::named(name).is_some());
        faults.unless(is_known, "events", "names an event that is not told");
        let is_twice =
            self.events.iter().enumerate().any(|(at, name)| self.events[..at].contains(name));
        faults.unless(!is_twice, "events", "names an event twice");
    }

    fn check_scopes(&self, grants: &[GrantType], faults: &mut Faults) -> Scopes {
        let scopes = Scopes::parse(&self.scope);
        let has_unknown = self.scope.split_whitespace().any(|name| Scope::named(name).is_none());
        faults.unless(!has_unknown, "scope", "names a scope that does not exist");
        let has_offline = scopes.has(Scope::OfflineAccess);
        let refreshes = grants.contains(&GrantType::RefreshToken);
        faults.unless(
            !has_offline || refreshes,
            "scope",
            "has offline_access without refresh_token",
        );
        let signs_in = signs_in(grants);
        let has_own = scopes.is_empty() || signs_in;
        faults.unless(has_own, "scope", "is a member's, and this client signs no member in");
        faults.unless(!signs_in || !scopes.is_empty(), "scope", "is missing");
        scopes
    }

    /// What is signed with what: ID tokens, userinfo, its requests, our answers, introspection.
    fn check_algorithms(&self, is_fapi: bool, faults: &mut Faults) -> [Option<Algorithm>; 5] {
        let read = |(field, name): (&str, &String)| {
            if name.is_empty() {
                return None;
            }
            let algorithm = Algorithm::named(name);
            faults.unless(algorithm.is_some(), field, "is ES256, EdDSA, PS256 or RS256");
            let is_weak = is_fapi && algorithm.is_some_and(|algorithm| !algorithm.is_fapi());
            faults.unless(!is_weak, field, "may not be RS256 under fapi-2.0");
            algorithm
        };
        [
            ("id_token_signed_response_alg", &self.id_token_signed_response_alg),
            ("userinfo_signed_response_alg", &self.userinfo_signed_response_alg),
            ("request_object_signing_alg", &self.request_object_signing_alg),
            ("authorization_signed_response_alg", &self.authorization_signed_response_alg),
            ("introspection_signed_response_alg", &self.introspection_signed_response_alg),
        ]
        .map(read)
    }

    fn check_proof(&self, proof: Proof, grants: &[GrantType], is_fapi: bool, faults: &mut Faults) {
        let field = "token_endpoint_auth_method";
        let is_public = proof == Proof::None;
        let has_itself = grants.contains(&GrantType::ClientCredentials);
        faults.unless(!(is_public && has_itself), field, "is none, so no client_credentials");
        // whoever cannot keep a secret has nothing but PKCE.
        faults.unless(
            !(is_public && self.without_pkce),
            "without_pkce",
            "is for clients with a secret",
        );
        faults.unless(
            !(is_public && self.first_party),
            "first_party",
            "is for clients with a secret",
        );
        let signs_requests = self.profile == SIGNING || !self.request_object_signing_alg.is_empty();
        let needs_keys = proof == Proof::PrivateKeyJwt || signs_requests;
        match (&self.jwks, needs_keys) {
            (None, true) => faults.add("jwks", "is missing"),
            (Some(keys), true) => {
                check_keys(keys, faults);
                self.check_use(keys, is_fapi, faults);
            }
            (None, false) => {}
            (Some(_), false) => faults.add("jwks", "is for private_key_jwt or signed requests"),
        }
        faults.unless(
            signs_requests || !self.require_signed_request_object,
            "require_signed_request_object",
            "takes a request_object_signing_alg",
        );
        faults.unless(
            is_fapi || self.dpop_bound_access_tokens || !self.require_dpop_nonce,
            "require_dpop_nonce",
            "goes with dpop_bound_access_tokens",
        );
        if is_fapi {
            faults.unless(proof == Proof::PrivateKeyJwt, field, "must be private_key_jwt");
            faults.unless(!self.without_pkce, "without_pkce", "may not be under fapi-2.0");
        }
    }

    /// Whether the keys are of use for what they are there for: a client that could never sign what
    /// it has to would be half a client.
    fn check_use(&self, keys: &Value, is_fapi: bool, faults: &mut Faults) {
        let keys = keys.get("keys").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        if keys.is_empty() {
            return;
        }
        let has_one = |algorithm: Algorithm| keys.iter().any(|key| signs(key, algorithm));
        let shipped = (self.profile == SIGNING).then_some(Algorithm::Es256);
        let asked = Algorithm::named(&self.request_object_signing_alg).or(shipped);
        let can_ask = asked.is_none_or(has_one);
        faults.unless(can_ask, "jwks", "holds no key for request_object_signing_alg");
        let is_let = |algorithm: &Algorithm| !is_fapi || algorithm.is_fapi();
        let can_prove = Algorithm::ALL.into_iter().filter(is_let).any(has_one);
        faults.unless(can_prove, "jwks", "holds no key for an algorithm that it may use");
    }
}

/// Whether a key makes signatures of an algorithm.
fn signs(key: &Value, algorithm: Algorithm) -> bool {
    let text = |name: &str| key.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = match algorithm {
        Algorithm::Es256 => "EC",
        Algorithm::EdDsa => "OKP",
        Algorithm::Ps256 | Algorithm::Rs256 => "RSA",
    };
    text("kty") == kind && (text("alg").is_empty() || text("alg") == algorithm.name())
}

/// What a field has to be, where it is of another kind.
fn kind_of(field: &str) -> &'static str {
    let shipped = serde_json::to_value(Definition::default()).unwrap_or_default();
    match shipped.get(field) {
        Some(Value::String(_)) => "has to be a text",
        Some(Value::Bool(_)) => "has to be true or false",
        Some(Value::Array(_)) => "has to be a list of texts",
        _ => "has to be a whole number of seconds",
    }
}

/// Whether an address may be one that this server calls: https, or this very machine, which is called
/// only where the settings list it.
fn check_callable(address: &str) -> Result<(), redirects::Unfit> {
    let is_here = address.starts_with("http://");
    redirects::check(address, is_here)
}

/// Whether members sign in to a client of these grants.
fn signs_in(grants: &[GrantType]) -> bool {
    grants.contains(&GrantType::AuthorizationCode) || grants.contains(&GrantType::DeviceCode)
}

/// A set of public keys, each of a kind and an algorithm that we take.
fn check_keys(keys: &Value, faults: &mut Faults) {
    let Some(keys) = keys.get("keys").and_then(Value::as_array).filter(|keys| !keys.is_empty())
    else {
        return faults.add("jwks", "holds no keys");
    };
    faults.unless(keys.len() <= 10, "jwks", "holds more than 10 keys");
    let mut names = Vec::new();
    for key in keys {
        let text = |name: &str| key.get(name).and_then(Value::as_str).unwrap_or_default();
        let is_secret =
            ["d", "p", "q", "dp", "dq", "qi", "k"].iter().any(|part| key.get(part).is_some());
        faults.unless(!is_secret, "jwks", "holds a private key: keep it, and make another");
        let bytes = |name: &str| BASE64URL_NOPAD.decode(text(name).as_bytes()).unwrap_or_default();
        let is_kind = match (text("kty"), text("crv")) {
            ("EC", "P-256") => bytes("x").len() == 32 && bytes("y").len() == 32,
            ("OKP", "Ed25519") => bytes("x").len() == 32,
            ("RSA", _) => bytes("n").len() >= 256 && !bytes("e").is_empty(),
            _ => false,
        };
        faults.unless(
            is_kind,
            "jwks",
            "holds a key that is not P-256, Ed25519 or RSA of 2048 bits",
        );
        let is_signing = matches!(text("use"), "" | "sig");
        faults.unless(is_signing, "jwks", "holds a key that is not for signing");
        let is_algorithm = text("alg").is_empty() || Algorithm::named(text("alg")).is_some();
        faults.unless(is_algorithm, "jwks", "holds a key for an algorithm that is not offered");
        let is_new = !names.contains(&text("kid"));
        faults.unless(is_new, "jwks", "holds two keys of one kid");
        names.push(text("kid"));
    }
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &str, fault: &str) {
        self.0.push(Fault { field: field.to_owned(), fault: fault.to_owned() });
    }

    fn unless(&mut self, is_fine: bool, field: &str, fault: &str) {
        if !is_fine {
            self.add(field, fault);
        }
    }

    fn known<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        self.unless(value.is_some(), field, "is not one of those that are offered");
        value
    }
}

fn one_of<T: Copy>(text: &str, shipped: T, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    if text.is_empty() {
        return Some(shipped);
    }
    all.iter().copied().find(|one| name(*one) == text)
}

/// Characters that nobody sees, and that turn others around: a name has none.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

/// The name of a resource as if the machine one sits at had TLS: nothing is ever sent to a resource
/// because a token names it, and a demonstration has no other address.
fn with_tls(resource: &str) -> String {
    match resource.strip_prefix("http://localhost") {
        Some(rest) if rest.starts_with([':', '/']) => format!("https://localhost{rest}"),
        _ => resource.to_owned(),
    }
}

/// An address as far as a terminal may show it.
fn shown(address: &str) -> String {
    address.chars().take(80).flat_map(char::escape_default).collect()
}
