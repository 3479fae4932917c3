//! Authorization requests: read once, at the door, and whole from then on.
//!
//! A request goes wrong in two ways. Without a client of ours and an address that is registered
//! there is nobody to answer, and the member sees a page ([`Unanswerable`]). From then on every
//! fault is told to the client at that address ([`Fault`]).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::claims::Asked as Claims;
use super::clients::{Client, GrantType};
use super::levels::Level;
use super::parameters::Parameters;
use super::problems::{Problem, Refused};
use super::scopes::{Scope, Scopes};
use super::{pkce, redirects};
use crate::language::Language;

/// What begins the address of a pushed request (RFC 9126).
pub const PUSHED: &str = "urn:ietf:params:oauth:request_uri:";

/// How long a pushed request waits to be opened (K-08).
pub const PUSHED_LIFE: Duration = Duration::from_mins(1);

/// How long a request waits for its member (M29).
pub const LIFE: Duration = Duration::from_mins(30);

/// How an answer travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In the query of the address.
    #[default]
    Query,
    /// In a form that the browser sends.
    FormPost,
    /// Signed, in the query of the address (JARM).
    QueryJwt,
    /// Signed, in a form that the browser sends.
    FormPostJwt,
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Query, Self::FormPost, Self::QueryJwt, Self::FormPostJwt];

    /// The name in requests and metadata.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
            Self::QueryJwt => "query.jwt",
            Self::FormPostJwt => "form_post.jwt",
        }
    }

    /// The mode of this name; `jwt` leaves it to the response type, and ours travels in the query.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "jwt" => Some(Self::QueryJwt),
            name => Self::ALL.into_iter().find(|mode| mode.name() == name),
        }
    }

    /// The same way, signed.
    #[must_use]
    pub const fn signed(self) -> Self {
        match self {
            Self::Query | Self::QueryJwt => Self::QueryJwt,
            Self::FormPost | Self::FormPostJwt => Self::FormPostJwt,
        }
    }

    /// Whether the answer is signed.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::QueryJwt | Self::FormPostJwt)
    }
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayBack {
    /// The registered address.
    pub address: String,
    /// How.
    pub mode: Mode,
    /// What the client wants back untouched.
    pub state: Option<String>,
}

/// There is nobody to answer: the member sees a page with fixed words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswerable {
    /// No such client, or one that was disabled.
    Client,
    /// No address, or none that is registered.
    Address,
    /// The pushed request is not there (any more), and nothing else says where to go.
    Request,
}

/// The client is told what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub way_back: WayBack,
    /// What.
    pub refused: Refused,
}

/// What pages may be shown (`prompt`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one word of the parameter")]
pub struct Prompts {
    /// None at all.
    pub none: bool,
    /// Signing in, whether or not somebody is signed in.
    pub login: bool,
    /// Consent, whether or not it was given before.
    pub consent: bool,
    /// Choosing who to be, which here is signing in.
    pub select_account: bool,
}

/// A request that can be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Whose it is.
    pub client: String,
    /// Where the answer goes.
    pub way_back: WayBack,
    /// What is asked for.
    pub scopes: Scopes,
    /// Single claims.
    pub claims: Claims,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// The hash of the verifier that redeems the code.
    pub challenge: Option<String>,
    /// The key that the code is bound to (`dpop_jkt`).
    pub key: Option<String>,
    /// The resource that the access token is for.
    pub resource: Option<String>,
    /// What pages may be shown.
    pub prompts: Prompts,
    /// After how long a member proves again who they are.
    pub max_age: Option<Duration>,
    /// Levels the client would like, the best first.
    pub levels: Vec<String>,
    /// The first language of ours that the client asks for.
    pub language: Option<Language>,
    /// What to write in the field of the sign-in page.
    pub login_hint: Option<String>,
    /// An ID token of ours: whom the client expects.
    pub hint: Option<String>,
}

/// Finds the way back: the one thing without which nothing is answered.
///
/// A default address would be guessing, so it has to be there even where one is registered.
pub fn way_back(client: &Client, parameters: &Parameters) -> Result<WayBack, Unanswerable> {
    let address = parameters.get("redirect_uri").ok_or(Unanswerable::Address)?;
    if !redirects::is_registered(&client.definition().redirect_uris, address) {
        return Err(Unanswerable::Address);
    }
    // What is no mode of ours is told by the plain one.
    let mode = parameters.get("response_mode").and_then(Mode::named).unwrap_or_default();
    // Whoever has every message signed is never told anything else, not even what is wrong.
    let mode = if client.signs_messages { mode.signed() } else { mode };
    let state = parameters.get("state").map(str::to_owned);
    Ok(WayBack { address: address.to_owned(), mode, state })
}

/// Reads a whole request of a client.
pub fn read(
    client: &Client,
    way_back: WayBack,
    parameters: &Parameters,
) -> Result<Request, Refused> {
    unsupported(parameters)?;
    match parameters.get("response_type") {
        None => return Err(Refused::request("response_type is missing")),
        Some("code") => {}
        Some(_) => {
            let why = "response_type must be code";
            return Err(Refused::new(Problem::UnsupportedResponseType, why));
        }
    }
    if !client.may(GrantType::AuthorizationCode) {
        let why = "the client signs no member in";
        return Err(Refused::new(Problem::UnauthorizedClient, why));
    }
    match parameters.get("response_mode").map(Mode::named) {
        Some(None) => {
            let why = "response_mode must be query, form_post, or one of them signed";
            return Err(Refused::request(why));
        }
        Some(Some(mode)) if client.signs_messages && !mode.is_signed() => {
            return Err(Refused::request("response_mode of this client must be a signed one"));
        }
        _ => {}
    }
    let challenge =
        pkce::challenge(parameters.get("code_challenge"), parameters.get("code_challenge_method"))?;
    if challenge.is_none() && !client.may_leave_pkce_out() {
        return Err(Refused::request("code_challenge is missing"));
    }
    let claims = parameters.get("claims").map(Claims::parse).transpose()?.unwrap_or_default();
    let claims = claims.within(&client.scopes);
    let scopes = scopes(client, parameters)?;
    Ok(Request {
        client: client.id().to_owned(),
        way_back,
        scopes,
        claims,
        nonce: parameters.get("nonce").map(str::to_owned),
        challenge,
        key: key(parameters.get("dpop_jkt"))?,
        resource: resource(client, parameters)?,
        prompts: prompts(parameters.get("prompt").unwrap_or_default())?,
        max_age: max_age(parameters.get("max_age"))?.or_else(|| client.max_age()),
        levels: words(parameters.get("acr_values")).map(str::to_owned).collect(),
        language: words(parameters.get("ui_locales")).find_map(Language::tagged),
        login_hint: parameters
            .get("login_hint")
            .filter(|hint| hint.chars().count() <= 254 && !hint.contains(char::is_control))
            .map(str::to_owned),
        hint: parameters.get("id_token_hint").map(str::to_owned),
    })
}

impl Request {
    /// The levels of ours among those the client would like, the best first.
    #[must_use]
    pub fn wished_levels(&self) -> Vec<Level> {
        let all = self.levels.iter().chain(&self.claims.wished_levels);
        all.filter_map(|acr| Level::named(acr)).collect()
    }

    /// What the client is told of how surely its member is signed in: the best of the levels that it
    /// asked for, since it knows no other (Core 5.5.1.1). Whoever is at a better one is at that one
    /// too. Where none of those is reached, and where it asked for none, it is told what it is.
    #[must_use]
    pub fn told_level(&self, reached: Level) -> Level {
        let demanded = self.claims.levels();
        let asked = if demanded.is_empty() { self.wished_levels() } else { demanded };
        asked.into_iter().filter(|level| *level <= reached).max().unwrap_or(reached)
    }

    /// What the member agrees to: the scopes, and those whose single claims are asked for.
    #[must_use]
    pub fn items(&self) -> Scopes {
        self.scopes.iter().chain(self.claims.scopes().iter()).collect()
    }
}

/// What is not carried out, said before anything else is looked at (K-18).
fn unsupported(parameters: &Parameters) -> Result<(), Refused> {
    if parameters.has("request") {
        let why = "request objects are not taken";
        return Err(Refused::new(Problem::RequestNotSupported, why));
    }
    if parameters.has("request_uri") {
        let why = "only pushed requests of ours are taken as request_uri";
        return Err(Refused::new(Problem::RequestUriNotSupported, why));
    }
    Ok(())
}

fn scopes(client: &Client, parameters: &Parameters) -> Result<Scopes, Refused> {
    let scopes = Scopes::parse(parameters.get("scope").unwrap_or_default());
    if scopes.is_empty() {
        return Err(Refused::new(Problem::InvalidScope, "scope names nothing that exists"));
    }
    if !scopes.within(&client.scopes) {
        return Err(Refused::new(Problem::InvalidScope, "the client may not ask for that"));
    }
    // Without consent on a page nothing goes on behind the member's back (Core section 11).
    let prompts = prompts(parameters.get("prompt").unwrap_or_default())?;
    let stays = prompts.consent || client.is_fapi;
    Ok(if stays { scopes } else { scopes.without(Scope::OfflineAccess) })
}

fn prompts(text: &str) -> Result<Prompts, Refused> {
    let mut prompts = Prompts::default();
    for word in words(Some(text)) {
        match word {
            "none" => prompts.none = true,
            "login" => prompts.login = true,
            "consent" => prompts.consent = true,
            "select_account" => prompts.select_account = true,
            _ => {}
        }
    }
    let shows = prompts.login || prompts.consent || prompts.select_account;
    if prompts.none && shows {
        return Err(Refused::request("prompt is none together with something else"));
    }
    Ok(prompts)
}

fn max_age(text: Option<&str>) -> Result<Option<Duration>, Refused> {
    const WRONG: Refused = Refused::request("max_age is no number of seconds");
    text.map(|text| match text.parse::<u32>() {
        Ok(seconds) if text.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Duration::from_secs(seconds.into()))
        }
        _ => Err(WRONG),
    })
    .transpose()
}

fn key(thumbprint: Option<&str>) -> Result<Option<String>, Refused> {
    let is_hash = |text: &str| {
        text.len() == 43 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    match thumbprint {
        Some(text) if !is_hash(text) => Err(Refused::request("dpop_jkt is no thumbprint")),
        other => Ok(other.map(str::to_owned)),
    }
}

/// The resource a token is for (RFC 8707): one, and one the client may reach (K-11).
pub fn resource(client: &Client, parameters: &Parameters) -> Result<Option<String>, Refused> {
    match parameters.get("resource") {
        None => Ok(None),
        Some(resource) if client.may_reach(resource) => Ok(Some(resource.to_owned())),
        Some(_) => {
            let why = "the client may not have tokens for that resource";
            Err(Refused::new(Problem::InvalidTarget, why))
        }
    }
}

fn words(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).take(16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::clients::Definition;
    use super::*;

    const CALLBACK: &str = "https://klaim.example/cb";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn client(change: impl FnOnce(&mut Definition)) -> Client {
        let mut definition = Definition {
            client_id: "klaim".to_owned(),
            client_name: "Klaim Daring".to_owned(),
            redirect_uris: vec![CALLBACK.to_owned()],
            grant_types: vec!["authorization_code".to_owned(), "refresh_token".to_owned()],
            scope: "openid profile email offline_access".to_owned(),
            owner: "Dana Kita".to_owned(),
            purpose_id: "Mengajukan klaim".to_owned(),
            purpose_en: "Claiming".to_owned(),
            resources: vec!["https://api.example".to_owned()],
            ..Definition::default()
        };
        change(&mut definition);
        definition.check().expect("a whole client")
    }

    const GOOD: [(&str, &str); 5] = [
        ("client_id", "klaim"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("code_challenge", CHALLENGE),
    ];

    /// The good request with other parameters in place of, or beside, its own.
    fn with(changes: &[(&str, &str)]) -> Parameters {
        let mut all: Vec<(String, String)> = GOOD
            .iter()
            .chain(&[("code_challenge_method", "S256")])
            .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
            .chain(changes)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        all.retain(|(_, value)| value != "-");
        Parameters::collect(all).expect("each once")
    }

    fn read_by(client: &Client, changes: &[(&str, &str)]) -> Result<Request, Refused> {
        let parameters = with(changes);
        let way_back = way_back(client, &parameters).expect("a way back");
        read(client, way_back, &parameters)
    }

    #[test]
    fn a_good_request_is_read_whole() {
        let state = "x".repeat(1_000);
        let request = read_by(
            &client(|_| {}),
            &[
                ("state", &state),
                ("nonce", &"n".repeat(64)),
                ("prompt", "login consent"),
                ("max_age", "3600"),
                ("ui_locales", "fr en-GB id"),
                ("login_hint", "siti@peserta.example"),
                ("acr_values", "urn:payung:acr:multi-factor 0"),
                ("response_mode", "form_post"),
                ("resource", "https://api.example"),
                ("display", "touch"),
                ("x-unknown", "ignored"),
            ],
        )
        .unwrap();
        assert_eq!(request.way_back.state.as_deref(), Some(&*state));
        assert_eq!(request.way_back.mode, Mode::FormPost);
        assert_eq!(request.max_age, Some(Duration::from_hours(1)));
        assert_eq!(request.language, Some(Language::En));
        assert_eq!(request.wished_levels(), [Level::Multi]);
        assert!(request.prompts.login && request.prompts.consent && !request.prompts.none);
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    }

    #[test]
    fn an_answer_travels_as_it_is_asked_for() {
        for (name, mode) in [
            ("query", Mode::Query),
            ("form_post", Mode::FormPost),
            ("jwt", Mode::QueryJwt),
            ("query.jwt", Mode::QueryJwt),
            ("form_post.jwt", Mode::FormPostJwt),
        ] {
            let request = read_by(&client(|_| {}), &[("response_mode", name)]).unwrap();
            assert_eq!(request.way_back.mode, mode, "{name}");
        }
        for name in ["fragment", "fragment.jwt", "web_message", "query.JWT"] {
            assert!(read_by(&client(|_| {}), &[("response_mode", name)]).is_err(), "{name}");
        }
    }

    #[test]
    fn o11_whoever_has_messages_signed_is_answered_signed() {
        let point = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        let signing = client(|d| {
            d.profile = "fapi-2.0-message-signing".to_owned();
            d.token_endpoint_auth_method = "private_key_jwt".to_owned();
            let key = serde_json::json!({ "kty": "EC", "crv": "P-256", "x": point, "y": point });
            d.jwks = Some(serde_json::json!({ "keys": [key] }));
        });
        for (name, mode) in
            [("-", Mode::QueryJwt), ("jwt", Mode::QueryJwt), ("form_post.jwt", Mode::FormPostJwt)]
        {
            let request = read_by(&signing, &[("response_mode", name)]).unwrap();
            assert_eq!(request.way_back.mode, mode, "{name}");
        }
        for (name, mode) in [("query", Mode::QueryJwt), ("form_post", Mode::FormPostJwt)] {
            let changes = [("response_mode", name)];
            assert_eq!(
                read_by(&signing, &changes).unwrap_err().problem,
                Problem::InvalidRequest,
                "{name}"
            );
            let told = way_back(&signing, &with(&changes)).unwrap();
            assert_eq!(told.mode, mode, "what is wrong is told signed");
        }
    }

    #[test]
    fn k17_what_is_wrong_has_the_name_of_the_standards() {
        for (change, problem) in [
            (("response_type", "-"), Problem::InvalidRequest),
            (("response_type", "token"), Problem::UnsupportedResponseType),
            (("response_type", "id_token"), Problem::UnsupportedResponseType),
            (("response_type", "code id_token"), Problem::UnsupportedResponseType),
            (("response_mode", "fragment"), Problem::InvalidRequest),
            (("code_challenge", "-"), Problem::InvalidRequest),
            (("code_challenge", ""), Problem::InvalidRequest),
            (("code_challenge_method", "plain"), Problem::InvalidRequest),
            (("code_challenge_method", "-"), Problem::InvalidRequest),
            (("scope", "-"), Problem::InvalidScope),
            (("scope", "nothing"), Problem::InvalidScope),
            (("scope", "openid phone"), Problem::InvalidScope),
            (("claims", "{"), Problem::InvalidRequest),
            (("prompt", "none login"), Problem::InvalidRequest),
            (("max_age", "-1"), Problem::InvalidRequest),
            (("max_age", "+1"), Problem::InvalidRequest),
            (("max_age", "99999999999"), Problem::InvalidRequest),
            (("resource", "https://other.example"), Problem::InvalidTarget),
            (("dpop_jkt", "x"), Problem::InvalidRequest),
            (("request", "eyJhbGciOiJub25lIn0.e30."), Problem::RequestNotSupported),
            (("request_uri", "https://x.example"), Problem::RequestUriNotSupported),
        ] {
            let refused = read_by(&client(|_| {}), &[change]).unwrap_err();
            assert_eq!(refused.problem, problem, "{change:?}");
        }
    }

    #[test]
    fn k17_a_claim_that_a_client_may_not_have_is_no_fault_and_is_not_told() {
        let wish = r#"{"userinfo":{"phone_number":{"essential":true},"name":null}}"#;
        let request = read_by(&client(|_| {}), &[("claims", wish)]).unwrap();
        assert!(!request.items().has(Scope::Phone), "O10");
        assert_eq!(request.claims.userinfo, ["name"]);
    }

    #[test]
    fn k17_the_level_that_is_told_is_one_of_those_that_were_asked_for() {
        let told = |change: (&str, &str), reached| {
            read_by(&client(|_| {}), &[change]).unwrap().told_level(reached)
        };
        let (single, multi, best) = (Level::Single, Level::Multi, Level::PhishingResistant);
        let acr = multi.acr();
        let demand = format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{acr}"}}}}}}"#);
        let wish = format!(r#"{{"id_token":{{"acr":{{"values":["1","{acr}"]}}}}}}"#);
        for change in [("claims", &*demand), ("claims", &*wish), ("acr_values", acr)] {
            assert_eq!((told(change, best), told(change, multi)), (multi, multi), "{change:?}");
        }
        // A wish that nobody fulfilled is not told as if somebody had.
        assert_eq!(told(("acr_values", acr), single), single);
        assert_eq!(told(("acr_values", "1 2"), best), best);
        let all = Level::ALL.map(Level::acr).join(" ");
        assert_eq!(told(("acr_values", &all), multi), multi);
    }

    #[test]
    fn o3_pkce_may_be_left_out_only_where_it_is_waived() {
        let waived = client(|d| d.without_pkce = true);
        let leave_out = [("code_challenge", "-"), ("code_challenge_method", "-")];
        assert_eq!(read_by(&waived, &leave_out).unwrap().challenge, None);
        assert!(read_by(&client(|_| {}), &leave_out).is_err());
        // Waived is not downgraded: what does come has to be whole.
        assert!(read_by(&waived, &[("code_challenge_method", "plain")]).is_err());
        assert!(read_by(&waived, &[("code_challenge", "-")]).is_err());
    }

    #[test]
    fn o1_there_is_no_way_back_but_a_registered_one() {
        let client = client(|_| {});
        for address in
            ["-", "", "https://klaim.example/cb/", "https://klaim.example/cb#", "https://x"]
        {
            let parameters = with(&[("redirect_uri", address)]);
            assert_eq!(way_back(&client, &parameters), Err(Unanswerable::Address), "{address}");
        }
    }

    #[test]
    fn offline_access_takes_a_page_of_consent() {
        let all = ("scope", "openid offline_access");
        let client = client(|_| {});
        let without = read_by(&client, &[all]).unwrap();
        assert!(!without.scopes.has(Scope::OfflineAccess));
        let with = read_by(&client, &[all, ("prompt", "consent")]).unwrap();
        assert!(with.scopes.has(Scope::OfflineAccess));
    }

    proptest! {
        #[test]
        fn o1_an_answer_goes_to_a_registered_address_or_nowhere(address in "\\PC{0,60}") {
            prop_assume!(address != "-" && !address.contains('\u{fffd}'));
            let parameters = with(&[("redirect_uri", &address)]);
            match way_back(&client(|_| {}), &parameters) {
                Ok(way_back) => prop_assert_eq!(way_back.address, CALLBACK),
                Err(unanswerable) => prop_assert_eq!(unanswerable, Unanswerable::Address),
            }
        }

        #[test]
        fn reading_a_request_never_panics(
            name in "response_type|scope|claims|prompt|max_age|nonce|state|code_challenge|resource",
            value in "\\PC{0,80}",
        ) {
            prop_assume!(value != "-" && !value.contains('\u{fffd}'));
            let _ = read_by(&client(|_| {}), &[(&name, &value)]);
        }
    }
}
