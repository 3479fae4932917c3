//! What must hold for whatever anybody sends. Each target takes bytes and panics where something
//! does not hold. libFuzzer runs them from `fuzz_targets/`, every test run from
//! `crates/cli/tests/fuzz.rs`.

pub mod claims;
pub mod factors;
pub mod imports;
pub mod provider;

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue, Request, header};
use payung::settings::{Surroundings, Values, production};
use payung_domain::claims::heirs::{FollowCode, HeirReference};
use payung_domain::contact::{Email, Identifier, Phone, UserName, folded};
use payung_domain::contributions::place::Place as Cursor;
use payung_domain::contributions::wage_answers::{HIGHEST, Says};
use payung_domain::ids::{Kpj, Nik, Npp};
use payung_domain::keyed::Key;
use payung_domain::language::Language;
use payung_domain::marks::Mark;
use payung_domain::members::PersonName;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::network::Network;
use payung_domain::oidc::claims::Asked;
use payung_domain::oidc::clients::Definition;
use payung_domain::oidc::devices::UserCode;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::registration::{Written, told};
use payung_domain::oidc::request_objects::RequestObject;
use payung_domain::oidc::{redirects, requests};
use payung_domain::places::Places;
use payung_domain::reference::{Reference, StatementCode};
use payung_domain::second_factor::Code;
use payung_domain::sign_in::{landing as lands_at, stays_here};
use payung_domain::staff::audit::About;
use payung_domain::staff::cases::{self, CaseReference};
use payung_domain::staff::chain::Head;
use payung_domain::staff::looks::{Kind, LONGEST_REASON, Query, Reason, SHORTEST_REASON};
use payung_domain::staff::source::{Origin, Source, network_typed, session_typed};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_domain::transactions::{ReportReference, Spot};
use payung_flows::oidc::jose;
use payung_flows::statements::signing::{self, Verdict};
use payung_storage::Place;
use payung_testkit::Bench;
use payung_testkit::chance::Seeded;
use payung_testkit::store::{TestStore, vault};
use payung_web::csrf::{self, Bound};
use payung_web::form::Fields;
use payung_web::{Site, address, device, spreadsheet};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Takes bytes, and panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target, under the name of its folder in `corpus/`.
pub const TARGETS: [(&str, Target); 40] = [
    ("identifier", identifier),
    ("code", code),
    ("recovery_code", factors::recovery_code),
    ("user_code", user_code),
    ("passkey", factors::passkey),
    ("name", factors::name),
    ("password", factors::password),
    ("leaked", factors::leaked),
    ("reference", reference),
    ("statement", statement),
    ("mark", mark),
    ("cursor", cursor),
    ("wage", wage),
    ("spot", spot),
    ("row", imports::row),
    ("sheet", imports::sheet),
    ("document", claims::document),
    ("upload", claims::upload),
    ("form", form),
    ("form_token", form_token),
    ("cell", cell),
    ("visitor", visitor),
    ("number", number),
    ("places", places),
    ("look", look),
    ("accept_language", accept_language),
    ("landing", landing),
    ("token", token),
    ("sealed", sealed),
    ("redirect", redirect),
    ("authorization", authorization),
    ("client", client),
    ("registration", registration),
    ("request_object", request_object),
    ("jwt", jwt),
    ("proof", provider::proof),
    ("assertion", provider::assertion),
    ("cookie", provider::cookie),
    ("settings", settings),
    ("request", request),
];

/// L2: what was read reads as itself again, and folding twice folds no further.
pub fn identifier(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    for reading in Identifier::readings(&typed) {
        assert!(Identifier::readings(reading.expose()).contains(&reading));
        assert!(!format!("{reading:?}").contains(reading.expose()) || reading.kind() == "kpj");
    }
    assert_eq!(folded(&folded(&typed)), folded(&typed));
    if let Ok(name) = UserName::parse(&typed) {
        assert_eq!(UserName::parse(name.expose()), Ok(name));
    }
}

/// A code is six digits, however it was typed.
pub fn code(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(code) = Code::parse(&typed) {
        let digits = code.expose();
        assert!(digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(Code::parse(digits), Ok(code.clone()));
    }
}

/// K-23: what a member types from the screen of a device is one of 20^8 codes, and read as itself
/// again.
pub fn user_code(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(code) = UserCode::parse(&typed) {
        let shown = code.shown();
        assert_eq!((shown.len(), shown.find('-')), ("WDJB-MJHT".len(), Some(4)));
        assert!(!shown.contains(['A', 'E', 'I', 'O', 'U', 'Y']));
        assert_eq!(UserCode::parse(&shown), Ok(code.clone()));
        assert!(!format!("{code:?}").contains(&shown[..4]));
        assert!(HeaderValue::from_str(&shown).is_ok(), "L-07");
    }
}

/// What an officer types to look somebody up: one whole number or address, and a reason of one line.
pub fn look(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    for kind in Kind::ALL {
        if let Some(query) = Query::parse(*kind, typed) {
            let is_contact = matches!(query, Query::Contact(_));
            assert_eq!(is_contact, matches!(kind, Kind::Email | Kind::Phone));
            assert!(!typed.trim().is_empty());
        }
    }
    if let Ok(reason) = Reason::parse("call", typed) {
        let length = reason.text.chars().count();
        assert!((SHORTEST_REASON..=LONGEST_REASON).contains(&length));
        assert!(!reason.text.contains(['\n', '\r', '\t']));
        assert_eq!(Reason::parse("call", &reason.text), Ok(reason));
    }
}

/// Numbers of people, firms and months, telephone numbers, addresses, names: what is accepted has
/// the form it promises, and masking shows four characters at most.
pub fn number(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(kpj) = Kpj::parse(&typed) {
        assert_eq!(kpj.as_str().len(), 11);
        assert!(kpj.masked().ends_with(&kpj.as_str()[7..]));
    }
    if let Ok(nik) = Nik::parse(&typed) {
        assert_eq!(nik.expose().len(), 16);
        assert!(!format!("{nik:?}").contains(&nik.expose()[..12]));
    }
    if let Ok(npp) = Npp::parse(&typed) {
        assert!((1..=20).contains(&npp.as_str().len()));
    }
    if let Ok(phone) = Phone::parse(&typed) {
        assert!(phone.expose().starts_with("+628"));
        assert_eq!(Phone::parse(phone.expose()), Ok(phone.clone()));
        assert_eq!(phone.ending().len(), 2);
    }
    if let Ok(email) = Email::parse(&typed) {
        assert_eq!(Email::parse(email.expose()), Ok(email.clone()));
        assert!(!email.expose().contains(['\r', '\n', ' ', '<', '>', ',', ';']), "L-07");
        assert!(!email.masked().contains(email.expose()));
    }
    if let Ok(name) = PersonName::parse(&typed) {
        assert_eq!(PersonName::parse(name.expose()).as_ref(), Ok(&name));
    }
    if let Ok(month) = serde_json::from_slice::<Month>(bytes) {
        assert!((1..=12).contains(&month.number()));
        assert_eq!(month.next().previous(), month);
        assert_eq!(Month::of(month.first_day()), month);
    }
}

/// A header says one of two languages, or nothing.
pub fn accept_language(bytes: &[u8]) {
    let header = String::from_utf8_lossy(bytes);
    let _ = Language::accepted(&header);
    if let Some(language) = Language::tagged(&header) {
        assert_eq!(Language::tagged(language.tag()), Some(language));
    }
}

/// K-07: wherever a browser ends up, it is on this site.
pub fn landing(bytes: &[u8]) {
    let wish = String::from_utf8_lossy(bytes);
    let path = lands_at(Some(&wish));
    assert!(stays_here(path));
    let here = reqwest::Url::parse("https://peserta.dana.test/sign-in").expect("an address");
    let there = here.join(path).expect("a path");
    assert_eq!(there.origin(), here.origin(), "{wish:?} leads to {there}");
    assert!(HeaderValue::from_str(path).is_ok(), "L-07: {wish:?} breaks a header");
}

/// H-01: a token is exactly what we would have written.
pub fn token(bytes: &[u8]) {
    let sent = String::from_utf8_lossy(bytes);
    if let Some(token) = Token::parse(&sent) {
        assert_eq!(token.expose(), sent);
        assert!(!format!("{token:?}").contains(&*sent));
        assert_eq!(sent.len(), 43);
    }
}

/// What is printed in a message and copied from it: one spelling, and read as itself again.
pub fn reference(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Some(read) = Reference::parse(&typed) {
        assert_eq!(read.as_str().len(), "PYG-0000-0000".len());
        assert_eq!(Reference::parse(read.as_str()), Some(read));
    }
    if let Some(read) = ReportReference::parse(&typed) {
        assert_eq!(read.as_str().len(), "LPR-0000-0000".len());
        assert_eq!(ReportReference::parse(read.as_str()), Some(read));
    }
    if let Some(read) = CaseReference::parse(&typed) {
        assert_eq!(read.as_str().len(), "KSS-0000-0000".len());
        assert_eq!(CaseReference::parse(read.as_str()), Some(read));
    }
    if let Some(read) = HeirReference::parse(&typed) {
        assert_eq!(read.as_str().len(), "KLW-0000-0000".len());
        assert_eq!(HeirReference::parse(read.as_str()), Some(read));
    }
    if let Some(read) = FollowCode::parse(&typed) {
        assert_eq!(read.expose().len(), "IKT-0000-0000-0000-0000-0000-0000-0000".len());
        assert_eq!(FollowCode::parse(read.expose()), Some(read.clone()));
    }
    if let Ok(note) = cases::note(&typed) {
        assert!((1..=cases::LONGEST_NOTE).contains(&note.chars().count()));
        assert_eq!(cases::note(&note), Ok(note));
    }
}

/// The code of a statement reads as itself again, and no bytes are a signed statement unless the key
/// of the list signed them.
pub fn statement(bytes: &[u8]) {
    const LIST: &str = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\",\
         \"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
    let text = String::from_utf8_lossy(bytes);
    if let Some(read) = StatementCode::parse(&text) {
        assert_eq!(read.as_str().len(), "PYS-0000-0000-0000-0000".len());
        assert_eq!(StatementCode::parse(read.as_str()), Some(read));
    }
    let list = serde_json::from_str(LIST).expect("a list of keys");
    let verdict = signing::verdict(&list, &text);
    assert!(!matches!(verdict, Verdict::Genuine(_)), "a forged statement holds");
}

/// Where a list goes on: a place in it, or nothing.
pub fn mark(bytes: &[u8]) {
    let asked = String::from_utf8_lossy(bytes);
    if let Some(mark) = Mark::parse(&asked) {
        assert_eq!(Mark::parse(&mark.to_string()), Some(mark));
        assert!(HeaderValue::from_str(&mark.to_string()).is_ok());
    }
    // What the audit is held against, and whom its lines are about.
    if let Some(head) = Head::parse(&asked) {
        assert_eq!(Head::parse(&head.to_string()), Some(head));
    }
    if let Some(about) = About::parse(&asked) {
        let (lowest, highest) = about.bounds();
        assert!(lowest <= highest && lowest.simple().to_string().starts_with(about.as_str()));
    }
    // From where and in which session something was done: as lines show it, or nowhere.
    for typed in [network_typed(&asked), session_typed(&asked)] {
        assert!(typed.len() <= 40 && HeaderValue::from_str(&typed).is_ok(), "{typed:?}");
    }
    let parts: Vec<&str> = asked.splitn(3, ' ').collect();
    if let [word, network, session] = parts[..]
        && let Some(source) = Source::read(word, network, session)
    {
        let again = (source.origin().map_or("", Origin::name), source.network(), source.session());
        assert_eq!(again, (word, network, session), "M-05: two ways to write one source");
    }
}

/// Where a list of the API goes on: exactly what we would have written, or nothing.
pub fn cursor(bytes: &[u8]) {
    let asked = String::from_utf8_lossy(bytes);
    if let Some(place) = Cursor::parse(&asked) {
        assert_eq!(place.to_string(), asked);
        assert!(HeaderValue::from_str(&asked).is_ok(), "L-07: {asked:?} breaks a header");
    }
}

/// A wage that somebody says is theirs: an amount that reads back as it is shown, and never the one
/// that was reported.
pub fn wage(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    if let Ok(amount) = Rupiah::parse(&typed) {
        assert!(amount >= Rupiah::ZERO, "{typed:?} is a debt");
        assert_eq!(Rupiah::parse(&amount.grouped('.')), Ok(amount));
    }
    let reported = Rupiah::new(5_000_000);
    if let Ok(Says::Wrong(real)) = Says::read("no", &typed, reported) {
        assert!(real != reported && real > Rupiah::ZERO && real <= HIGHEST);
    }
    assert_eq!(Says::read("yes", &typed, reported), Ok(Says::Right));
}

/// A row of the list of transactions: exactly what we would have written, or nothing.
pub fn spot(bytes: &[u8]) {
    let asked = String::from_utf8_lossy(bytes);
    if let Some(spot) = Spot::parse(&asked) {
        assert_eq!(spot.to_string(), asked);
        assert!(HeaderValue::from_str(&asked).is_ok(), "L-07: {asked:?} breaks a header");
    }
}

/// O12: a form has each field once, as text, and never many.
pub fn form(bytes: &[u8]) {
    if let Ok(fields) = Fields::parse(bytes) {
        for name in ["identifier", "password", "code", "csrf", "next"] {
            let text = fields.text(name);
            assert_eq!(fields.filled(name).is_some(), !text.is_empty());
            assert_eq!(fields.secret(name).expose(), text);
            assert!(text.len() <= bytes.len());
        }
        assert!(!format!("{fields:?}").contains("payung-demo-2026"), "M-04");
    }
}

/// L-05: nobody makes the token of a form, and a changed one is none.
pub fn form_token(bytes: &[u8]) {
    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    let (key, dice) = (Key::new([1; 32]), Seeded::new(3));
    let (browser, other) = (Token::of(&[1; 32]), Token::of(&[2; 32]));
    let bound =
        [Bound::Browser, Bound::SignIn(&other), Bound::Session(&other), Bound::Reset(&other)];
    let sent = String::from_utf8_lossy(bytes);
    let _ = csrf::made_at(&sent);
    for bound in bound {
        assert_eq!(csrf::check(&key, &browser, bound, &sent, NOW), None, "a forged form counts");
        let given = csrf::token(&key, &dice, &browser, bound, NOW);
        assert!(csrf::check(&key, &browser, bound, &given, NOW).is_some());
        assert_eq!(csrf::check(&key, &other, bound, &given, NOW), None);
        let mut changed = given.into_bytes();
        let at = bytes.first().map_or(0, |byte| usize::from(*byte)) % changed.len();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8_lossy(&changed).into_owned();
        assert_eq!(
            csrf::check(&key, &browser, bound, &changed, NOW),
            None,
            "a changed form counts"
        );
    }
}

/// L-15: whatever stands in a cell, a spreadsheet takes it for text, and reads it back.
pub fn cell(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    for language in Language::ALL {
        let rows = std::iter::once([text.clone(), "2026".to_owned()]);
        let file = spreadsheet::csv(language, rows).expect("a table is written");
        let body = file.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
        let first = body.strip_prefix(b"\"").unwrap_or(body).first();
        assert!(!first.is_some_and(|byte| b"=+-@\t\r\0".contains(byte)), "a formula: {text:?}");
    }
}

/// E-09: a visitor is the peer unless a listed proxy says who it is; devices have a few words.
pub fn visitor(bytes: &[u8]) {
    let said = String::from_utf8_lossy(bytes);
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append("x-forwarded-for", value);
        }
    }
    let (stranger, proxy) = (IpAddr::from([203, 0, 113, 9]), IpAddr::from([10, 0, 0, 1]));
    let is_proxy = |address: IpAddr| address == proxy;
    assert_eq!(address::of_visitor(stranger, &headers, &is_proxy), stranger);
    let seen = address::of_visitor(proxy, &headers, &is_proxy);
    assert!(seen == proxy || said.contains(&*seen.to_string()) || seen.is_ipv6());
    let words = device::in_words(&said, None);
    assert!(
        words.len() <= 40 && words.chars().all(|c| c.is_ascii_alphanumeric() || ", ?".contains(c))
    );
}

/// H-08: a table of places that reads names its networks, and no address beside them.
pub fn places(bytes: &[u8]) {
    let table = String::from_utf8_lossy(bytes);
    let Ok(places) = Places::read(&table) else { return };
    let networks = table.lines().filter_map(|line| line.trim().split_once(','));
    for network in networks.filter_map(|(network, _)| network.trim().parse::<Network>().ok()) {
        let inside = places.of(network.address).is_some();
        assert!(inside || table.contains('#'), "{network:?}");
    }
}

/// N-02: bytes that the vault did not seal do not open, and what it sealed opens in its place only.
pub fn sealed(bytes: &[u8]) {
    const HERE: Place<'_> = Place("people", "name", b"here");
    const THERE: Place<'_> = Place("people", "name", b"there");
    let vault = vault();
    assert!(vault.open(HERE, bytes).is_err(), "a forged value opened");
    let mut sealed = vault.seal(HERE, bytes).expect("it seals");
    assert_eq!(vault.open(HERE, &sealed).expect("it opens"), bytes);
    assert!(vault.open(THERE, &sealed).is_err(), "a moved value opened");
    let at = bytes.first().map_or(0, |byte| usize::from(*byte)) % sealed.len();
    sealed[at] ^= 1;
    assert!(vault.open(HERE, &sealed).is_err(), "a changed value opened");
}

/// Any file is settings or has every one of its faults named, and nothing dangerous is admitted.
pub fn settings(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("it is written");
    match Values::read(Some(file.path()), &Surroundings::default(), &[]) {
        Err(causes) => assert!(!causes.is_empty(), "refused without a reason"),
        Ok(values) => {
            // No file that a fuzzer writes names keys that are there.
            let causes = production::admit(&values).expect_err("settings without keys stand");
            assert!(!causes.is_empty(), "refused without a reason");
        }
    }
}

/// O1: what is registered has one reading only, and nothing else matches it.
pub fn redirect(bytes: &[u8]) {
    let given = String::from_utf8_lossy(bytes);
    for is_native in [false, true] {
        if redirects::check(&given, is_native).is_err() {
            continue;
        }
        assert!(!given.contains(['#', '\\', ' ', '\n', '\t']), "{given:?}");
        if let Some(origin) = redirects::origin(&given) {
            let read = reqwest::Url::parse(&given).expect("a registered address reads");
            assert!(read.username().is_empty() && read.fragment().is_none(), "{given:?}");
            assert_eq!(
                read.host_str().map(str::to_owned),
                redirects::host(&given).map(str::to_owned)
            );
            assert!(given.starts_with(origin));
        }
    }
    let known = ["https://klaim.example/cb".to_owned()];
    assert_eq!(redirects::is_registered(&known, &given), given == known[0]);
}

/// A request is read whole or refused, and goes back to a registered address or nowhere.
pub fn authorization(bytes: &[u8]) {
    let pairs = reqwest::Url::parse("https://payung.example/").expect("an address");
    let mut pairs = pairs;
    pairs.set_query(Some(&String::from_utf8_lossy(bytes)));
    let pairs = pairs.query_pairs().map(|(n, v)| (n.into_owned(), v.into_owned()));
    let Ok(parameters) = Parameters::collect(pairs.collect::<Vec<_>>()) else { return };
    let _ = parameters.get("claims").map(Asked::parse);
    let client = a_client();
    if let Ok(way_back) = requests::way_back(&client, &parameters) {
        assert_eq!(way_back.address, "https://klaim.example/cb");
        if let Ok(request) = requests::read(&client, way_back, &parameters) {
            assert!(request.challenge.is_some(), "O3: PKCE was left out");
            assert!(request.items().within(&client.scopes), "O10: more than is allowed");
            let text = serde_json::to_string(&request).expect("it is written");
            assert_eq!(
                serde_json::from_str::<requests::Request>(&text).expect("it reads"),
                request
            );
        }
    }
}

fn a_client() -> payung_domain::oidc::clients::Client {
    let definition = Definition {
        client_id: "klaim".to_owned(),
        client_name: "Klaim".to_owned(),
        redirect_uris: vec!["https://klaim.example/cb".to_owned()],
        scope: "openid profile".to_owned(),
        owner: "Dana".to_owned(),
        purpose_id: "Klaim".to_owned(),
        purpose_en: "Claims".to_owned(),
        ..Definition::default()
    };
    definition.check().expect("a whole client")
}

/// Whatever is written of a client is whole or has every fault named.
pub fn client(bytes: &[u8]) {
    let written = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes);
    if let Err(faults) = written.map_or(Ok(()), |all| Definition::read(&all).map(drop)) {
        assert!(!faults.is_empty(), "refused without a reason");
    }
    let Ok(definition) = serde_json::from_slice::<Definition>(bytes) else { return };
    match definition.check() {
        Err(faults) => assert!(!faults.is_empty(), "refused without a reason"),
        Ok(client) => {
            for address in &client.definition().redirect_uris {
                assert!(redirects::check(address, client.is_public()).is_ok());
            }
            assert!(client.definition().clone().check().is_ok(), "whole once, whole for ever");
        }
    }
}

/// K-30, O9: whatever an application writes of itself makes a client that is trusted no more than a
/// stranger, or has every fault named in letters that an answer may have.
pub fn registration(bytes: &[u8]) {
    let checked = Written::parse(bytes).and_then(|written| written.check("r-1"));
    match checked {
        Err(unfit) => {
            let why = unfit.why();
            assert!(!why.is_empty() && why.is_ascii() && !why.contains(['"', '\\']), "{why:?}");
        }
        Ok(client) => {
            let definition = client.definition();
            let is_trusted = client.is_vouched_for
                || definition.first_party
                || definition.without_pkce
                || client.is_fapi
                || !definition.resources.is_empty();
            assert!(!is_trusted && client.id() == "r-1");
            let again = serde_json::to_vec(&told(&client)).expect("it is written");
            let again = Written::parse(&again).and_then(|written| written.check("r-1"));
            assert_eq!(again.expect("whole once, whole for ever").grants, client.grants);
        }
    }
}

/// K-18: the claims of a signed request give a request of this client, with no other inside.
pub fn request_object(bytes: &[u8]) {
    const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
    let Ok(object) = serde_json::from_slice::<RequestObject>(bytes) else { return };
    let client = a_client();
    let Ok(parameters) = object.check(&client, "https://payung.example", NOW) else { return };
    assert_eq!(parameters.get("client_id"), Some("klaim"));
    assert!(!parameters.has("request") && !parameters.has("request_uri"));
    if let Ok(way_back) = requests::way_back(&client, &parameters) {
        assert_eq!(way_back.address, "https://klaim.example/cb");
        if let Ok(request) = requests::read(&client, way_back, &parameters) {
            assert!(request.items().within(&client.scopes), "O10: more than is allowed");
        }
    }
}

/// O6: no bytes are a token with a key of its own unless they were signed with it.
pub fn jwt(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let opened = jose::opened_with_its_key::<serde_json::Value>(&text, "dpop+jwt");
    assert!(opened.is_none(), "a forged proof holds");
    assert!(jose::opened_of_client::<serde_json::Value>(&a_client(), &text).is_none());
    assert!(jose::opened_request::<serde_json::Value>(&a_client(), &text).is_none());
}

/// The site, around a database with nobody in it.
struct House {
    site: Router,
    runtime: Runtime,
    _bench: Bench,
}

static HOUSE: LazyLock<House> = LazyLock::new(|| {
    let runtime = Runtime::new().expect("a runtime");
    let bench = runtime.block_on(async { Bench::new(TestStore::sqlite().await) });
    let is_proxy = Box::new(|address: IpAddr| address.is_loopback());
    let site = Site { app: Arc::clone(&bench.app), is_proxy, is_demo: true };
    House { site: payung_web::routes(Arc::new(site)), runtime, _bench: bench }
});

/// Lines of bytes make a request: the path with its query, cookies, other headers as one value
/// each, and after them the body of a form. No answer is a fault, and none signs anybody in.
pub fn request(bytes: &[u8]) {
    let mut lines = bytes.splitn(5, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (path, cookies, language, forwarded, body) = (line(), line(), line(), line(), line());
    let mut request = Request::builder().uri(path);
    if !body.is_empty() {
        let form = "application/x-www-form-urlencoded";
        request = request.method("POST").header(header::CONTENT_TYPE, form);
    }
    for (name, value) in [
        (header::COOKIE, cookies),
        (header::ACCEPT_LANGUAGE, language),
        (header::USER_AGENT, language),
        (header::ORIGIN, forwarded),
        (header::HeaderName::from_static("x-forwarded-for"), forwarded),
    ] {
        if !value.is_empty()
            && let Ok(value) = HeaderValue::from_bytes(value)
        {
            request = request.header(name, value);
        }
    }
    // What is no request to the parser never gets here.
    let Ok(mut request) = request.body(Body::from(body.to_vec())) else { return };
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    let House { site, runtime, .. } = &*HOUSE;
    let Ok(answer) = runtime.block_on(site.clone().oneshot(request));
    assert!(answer.status().as_u16() < 500, "{}", answer.status());
    assert!(answer.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("a cookie is text");
        let gives = cookie.contains("-session=") && !cookie.contains("-session=;");
        assert!(!gives, "somebody was signed in: {cookie}");
    }
    if let Some(there) = answer.headers().get(header::LOCATION) {
        assert!(there.to_str().is_ok_and(stays_here), "{there:?} leads away");
    }
}
