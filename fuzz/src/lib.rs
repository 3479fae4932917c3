//! What must hold for whatever anybody sends. Each target takes bytes and panics where something
//! does not hold. libFuzzer runs them from `fuzz_targets/`, every test run from
//! `crates/cli/tests/fuzz.rs`.

use std::io::Write;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, header};
use payung::settings::{Surroundings, Values, production};
use payung_domain::contact::{Email, Identifier, Phone, UserName, folded};
use payung_domain::ids::{Kpj, Nik, Npp};
use payung_domain::language::Language;
use payung_domain::members::PersonName;
use payung_domain::month::Month;
use payung_domain::second_factor::Code;
use payung_domain::sign_in::{landing as lands_at, stays_here};
use payung_domain::token::Token;
use payung_storage::Place;
use payung_testkit::Bench;
use payung_testkit::store::{TestStore, vault};
use payung_web::Site;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Takes bytes, and panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target, under the name of its folder in `corpus/`.
pub const TARGETS: [(&str, Target); 9] = [
    ("identifier", identifier),
    ("code", code),
    ("number", number),
    ("accept_language", accept_language),
    ("landing", landing),
    ("token", token),
    ("sealed", sealed),
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
