//! `payung demo --conformance`: a scratch installation for the public conformance suite of OpenID
//! Connect, and what the suite has to be told of it. How to run the suite: docs/conformance.md.

use std::fs;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use payung_domain::language::Language;
use payung_domain::network::Network;
use payung_domain::oidc::redirects;
use payung_domain::time::Clock;
use payung_flows::App;
use payung_flows::demo::conformance::{
    self, ALIAS, Players, SCOPE, USER_NAME, WithKey, WithSecret,
};
use payung_flows::demo::seeding::PASSWORD;
use payung_flows::oidc::signing_keys::make_missing;
use payung_flows::oidc::{address, issuer, paths};
use payung_flows::settings::Settings;
use payung_storage::Fault;
use payung_texts::Texts;
use serde_json::{Value, json};

use super::demo::{self, DemoArgs};
use super::house;
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::serving::{Outward, TlsFiles};

/// Where the suite is when it runs on this machine.
pub const SUITE: &str = "https://localhost.emobix.co.uk:8443/";

/// What begins the names of the modules of FAPI 2.0.
const FAPI: &str = "fapi2-security-profile-final-";

/// An installation that the suite can look at.
pub struct Prepared {
    /// Its certificate and the key of it.
    pub tls: TlsFiles,
    /// The suite's configuration, by kind of plan.
    pub plans: Value,
}

/// The demonstration's settings, over TLS, and with room for every module's own session.
pub(super) fn settings(listen: SocketAddr) -> Settings {
    let mut settings = demo::settings(listen.port());
    settings.public_url = public_url(listen);
    settings.sessions.at_most = 10_000;
    settings
}

/// The suite is on this machine or in a container beside it, and may have an authority of its own.
pub(super) fn outward(args: &DemoArgs) -> Outward {
    let network = |first, second, prefix| Network {
        address: IpAddr::V4(Ipv4Addr::new(first, second, 0, 0)),
        prefix,
    };
    let private_networks =
        vec![network(127, 0, 8), network(10, 0, 8), network(172, 16, 12), network(192, 168, 16)];
    Outward { private_networks, authority: args.extra_ca.clone() }
}

/// Looks at what was wished for before anything is done.
pub(super) fn check(args: &DemoArgs) -> Result<(), Failure> {
    check_suite(args.suite.as_deref().unwrap_or(SUITE))?;
    args.extra_ca.as_deref().map_or(Ok(()), check_extra_ca)
}

/// Makes account, clients, keys and certificate.
pub(super) async fn prepare(app: &mut App, args: &DemoArgs) -> Result<Prepared, Failure> {
    let suite = args.suite.as_deref().unwrap_or(SUITE);
    let broken = |fault: Fault| house::broken(&fault);
    let players = conformance::begin(app, suite).await.map_err(broken)?;
    // The first module looks for a key of each algorithm.
    make_missing(app, SystemClock.now()).await.map_err(broken)?;
    let tls = make_certificate(&args.data, app.settings.public_host())?;
    Ok(Prepared { tls, plans: plans(app, &players) })
}

/// Says where everything is and what to tell the suite.
pub(super) fn announce(
    issuer: &str,
    prepared: &Prepared,
    operations: SocketAddr,
    data: &Path,
    report: &Report,
) {
    let (folder, certificate) = (data.display(), prepared.tls.certificate.display());
    let (basic, fapi) = (&prepared.plans["basic"], &prepared.plans["fapi2"]);
    let words = said!(
        "\nPayung, for the conformance suite. Nobody here is real, and the next start begins anew.\n\n  \
         Issuer       {issuer}\n  Certificate  {certificate}\n  Operations   http://{operations}\n  \
         Account      {USER_NAME}, password {PASSWORD}\n\n\
         For the plans of OpenID Connect:\n{basic}\n\nFor FAPI 2.0:\n{fapi}\n\n\
         Kept in {folder}. Ctrl-C ends it.",
        "\nPayung, untuk perangkat uji kesesuaian. Semua karangan, dan mulai lagi dari awal tiap kali.\n\n  \
         Penerbit     {issuer}\n  Sertifikat   {certificate}\n  Operasi      http://{operations}\n  \
         Akun         {USER_NAME}, kata sandi {PASSWORD}\n\n\
         Untuk rencana uji OpenID Connect:\n{basic}\n\nUntuk FAPI 2.0:\n{fapi}\n\n\
         Disimpan di {folder}. Ctrl-C mengakhiri."
    );
    let facts = json!({
        "member": issuer,
        "issuer": issuer,
        "operations": format!("http://{operations}"),
        "certificate": certificate.to_string(),
        "sign_ins": [{
            "user_name": USER_NAME, "email": format!("{USER_NAME}@peserta.example"),
            "password": PASSWORD,
        }],
        "conformance": prepared.plans,
        "data": folder.to_string(),
    });
    report.result(words.in_language(report.language()), facts);
}

/// Where the suite finds it: by a name on this machine, else by the address that was asked for.
fn public_url(listen: SocketAddr) -> String {
    if listen.ip().is_loopback() || listen.ip().is_unspecified() {
        format!("https://localhost:{}", listen.port())
    } else {
        format!("https://{listen}")
    }
}

fn check_suite(suite: &str) -> Result<(), Failure> {
    redirects::check(&conformance::callback(suite), false).map_err(|unfit| {
        Failure::new(
            Exit::WrongUse,
            "suite",
            said!("the suite cannot be at {suite}", "perangkat uji tidak bisa di {suite}"),
            said!("name an https address, like {SUITE}", "sebut alamat https, seperti {SUITE}"),
        )
        .because(&unfit)
    })
}

/// Certificates that calls to the suite trust, besides the machine's own.
fn check_extra_ca(file: &Path) -> Result<(), Failure> {
    let shown = file.display();
    let failure = || {
        Failure::new(
            Exit::WrongUse,
            "extra-ca",
            said!("{shown} holds no certificate", "{shown} tidak berisi sertifikat"),
            said!("name a PEM file with --extra-ca", "sebut berkas PEM dengan --extra-ca"),
        )
    };
    let pem = fs::read(file).map_err(|error| failure().because(&error))?;
    match reqwest::Certificate::from_pem_bundle(&pem) {
        Ok(all) if !all.is_empty() => Ok(()),
        Ok(_) => Err(failure()),
        Err(error) => Err(failure().because(&error)),
    }
}

/// A certificate that signs itself, for a host that nobody else vouches for.
fn make_certificate(folder: &Path, host: &str) -> Result<TlsFiles, Failure> {
    let failed = |error: &(dyn std::error::Error + 'static)| {
        Failure::new(
            Exit::WrongUse,
            "certificate",
            said!("no certificate could be made", "sertifikat tidak dapat dibuat"),
            said!("choose another folder with --data", "pilih folder lain dengan --data"),
        )
        .because(error)
    };
    let names: Vec<String> = [host, "localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| failed(&error))?;
    let files =
        TlsFiles { certificate: folder.join("certificate.pem"), key: folder.join("tls-key.pem") };
    write_private(&files.key, &made.signing_key.serialize_pem())
        .and_then(|()| fs::write(&files.certificate, made.cert.pem()))
        .map_err(|error| failed(&error))?;
    Ok(files)
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

/// What the suite is told: one configuration for every plan of OpenID Connect, one for the security
/// profile of FAPI 2.0, one for its message signing.
fn plans(app: &App, players: &Players) -> Value {
    json!({
        "basic": basic(app, players),
        "fapi2": fapi(app, "Payung: FAPI 2.0 Security Profile", &players.fapi),
        "signing": fapi(app, "Payung: FAPI 2.0 Message Signing", &players.signing),
    })
}

fn basic(app: &App, players: &Players) -> Value {
    let walks = Walks { app };
    let client = |client: &WithSecret| json!({ "client_id": client.id, "client_secret": client.secret.expose() });
    json!({
        "alias": ALIAS,
        "description": "Payung: OpenID Connect",
        "server": walks.server(),
        "client": client(&players.basic),
        "client_secret_post": client(&players.post),
        "client2": client(&players.other),
        "browser": [walks.through(), walks.out()],
        "override": {
            "oidcc-prompt-login": { "browser": [walks.through_with_picture()] },
            "oidcc-max-age-1": { "browser": [walks.through_with_picture()] },
            "oidcc-ensure-registered-redirect-uri": {
                "browser": [walks.refused("problem-application")],
            },
            // Left out where the suite knows that unsigned requests are not taken.
            "oidcc-ensure-request-object-with-redirect-uri": {
                "browser": [walks.refused("problem-application")],
            },
            "oidcc-rp-initiated-logout-bad-post-logout-redirect-uri": walks.out_refused(),
            "oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri":
                walks.out_refused(),
            "oidcc-rp-initiated-logout-modified-id-token-hint": walks.out_refused(),
            "oidcc-rp-initiated-logout-bad-id-token-hint": walks.out_refused(),
            "oidcc-rp-initiated-logout-no-id-token-hint": walks.out_refused(),
            "oidcc-rp-initiated-logout-no-params": walks.out_and_told(),
            "oidcc-rp-initiated-logout-no-post-logout-redirect-uri": walks.out_and_told(),
            "oidcc-rp-initiated-logout-only-state": walks.out_and_told(),
        },
    })
}

fn fapi(app: &App, description: &str, clients: &[WithKey; 2]) -> Value {
    let walks = Walks { app };
    let [one, two] = clients.each_ref().map(|client| {
        json!({ "client_id": client.id, "scope": SCOPE, "jwks": { "keys": [client.private] } })
    });
    let gone = walks.refused("problem-request-gone");
    let mut own = serde_json::Map::new();
    for (module, browser) in [
        ("user-rejects-authentication", json!([walks.declined()])),
        ("par-attempt-reuse-request_uri", json!([once(walks.through()), gone])),
        ("par-attempt-to-use-expired-request_uri", json!([gone])),
        ("par-attempt-to-use-request_uri-for-different-client", json!([gone])),
        (
            "par-ensure-reused-request-uri-prior-to-auth-completion-succeeds",
            json!([once(walks.to_the_door()), walks.through()]),
        ),
    ] {
        own.insert(format!("{FAPI}{module}"), json!({ "browser": browser }));
    }
    json!({
        "alias": ALIAS,
        "description": description,
        "server": walks.server(),
        "client": one,
        "client2": two,
        "resource": { "resourceUrl": address(app, paths::USERINFO) },
        "browser": [walks.through()],
        "override": own,
    })
}

/// A walk that is taken on the first visit only.
fn once(mut walk: Value) -> Value {
    walk["match-limit"] = json!(1);
    walk
}

/// How the suite's browser gets through our pages. Each walk names the address it begins at, then
/// one task after the other; a task whose page does not come up is left out where it may be.
struct Walks<'a> {
    app: &'a App,
}

impl Walks<'_> {
    fn server(&self) -> Value {
        let discovery = format!("{}/.well-known/openid-configuration", issuer(self.app));
        json!({ "discoveryUrl": discovery, "login_hint": USER_NAME })
    }

    /// Every address that begins so.
    fn at(&self, path: &str) -> String {
        format!("{}*", address(self.app, path))
    }

    fn walk(&self, path: &str, tasks: &[Value]) -> Value {
        json!({ "match": self.at(path), "tasks": tasks })
    }

    fn sign_in(&self) -> Value {
        json!({
            "task": "Sign in", "optional": true, "match": self.at("/sign-in"),
            "commands": [
                ["text", "id", "identifier", USER_NAME],
                ["text", "id", "password", PASSWORD],
                ["click", "id", "submit-login"],
            ],
        })
    }

    fn consent(&self) -> Value {
        json!({
            "task": "Agree", "optional": true, "match": self.at(paths::CONTINUE),
            "commands": [["click", "id", "consent-allow"]],
        })
    }

    fn through(&self) -> Value {
        self.walk(paths::AUTHORIZE, &[self.sign_in(), self.consent(), back()])
    }

    /// The same, and a picture of the sign-in page where the module wants to see it.
    fn through_with_picture(&self) -> Value {
        let mut sign_in = self.sign_in();
        if let Some(commands) = sign_in["commands"].as_array_mut() {
            commands.insert(0, picture("sign-in-title", "update-image-placeholder-optional"));
        }
        self.walk(paths::AUTHORIZE, &[sign_in, self.consent(), back()])
    }

    fn declined(&self) -> Value {
        let decline = json!({
            "task": "Decline", "match": self.at(paths::CONTINUE),
            "commands": [["click", "id", "consent-cancel"]],
        });
        self.walk(paths::AUTHORIZE, &[self.sign_in(), decline, back()])
    }

    /// As far as the sign-in page, and no further.
    fn to_the_door(&self) -> Value {
        let look = json!({
            "task": "Look at the sign-in page", "match": self.at("/sign-in"),
            "commands": [["wait", "id", "submit-login", 10]],
        });
        self.walk(paths::AUTHORIZE, &[look])
    }

    /// A page of ours that says why it goes no further.
    fn refused(&self, title: &str) -> Value {
        let page = json!({
            "task": "See the refusal", "match": self.at(paths::AUTHORIZE),
            "commands": [picture(title, "update-image-placeholder")],
        });
        self.walk(paths::AUTHORIZE, &[page])
    }

    fn confirm(&self) -> Value {
        json!({
            "task": "Sign out", "optional": true, "match": self.at(paths::LOGOUT),
            "commands": [["click", "id", "logout-confirm"]],
        })
    }

    fn out(&self) -> Value {
        let there = json!({
            "task": "Back at the suite",
            "match": format!("*/test/a/{ALIAS}/post_logout_redirect*"),
        });
        self.walk(paths::LOGOUT, &[self.confirm(), there])
    }

    fn out_refused(&self) -> Value {
        let page = json!({
            "task": "See the refusal", "match": self.at(paths::LOGOUT),
            "commands": [picture("problem-logout", "update-image-placeholder")],
        });
        json!({ "browser": [self.through(), self.walk(paths::LOGOUT, &[page])] })
    }

    fn out_and_told(&self) -> Value {
        let page = json!({
            "task": "Be told so", "match": self.at("/sign-in"),
            "commands": [picture("signed-out", "update-image-placeholder")],
        });
        let out = self.walk(paths::LOGOUT, &[self.confirm(), page]);
        json!({ "browser": [self.through(), out] })
    }
}

fn back() -> Value {
    json!({
        "task": "Back at the suite", "match": format!("*/test/a/{ALIAS}/callback*"),
        "commands": [["wait", "id", "submission_complete", 10]],
    })
}

/// Waits for a page with this text, in whatever language, and keeps a picture of it.
fn picture(key: &str, keep: &str) -> Value {
    let say = |language| Texts::shipped().say(language, key, &[]);
    let either = format!("{}|{}", say(Language::En), say(Language::Id));
    json!(["wait", "xpath", "//*", 10, either, keep])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_where_the_suite_can_reach_it() {
        for (listen, url) in [
            ("127.0.0.1:8080", "https://localhost:8080"),
            ("0.0.0.0:9443", "https://localhost:9443"),
            ("[::1]:9443", "https://localhost:9443"),
            ("172.17.0.1:9443", "https://172.17.0.1:9443"),
        ] {
            assert_eq!(settings(listen.parse().unwrap()).public_url, url);
        }
    }

    #[test]
    fn a_suite_without_tls_is_none() {
        assert!(check_suite(SUITE).is_ok());
        assert!(check_suite("https://suite.example").is_ok());
        for suite in ["http://localhost:8443/", "localhost", ""] {
            assert_eq!(check_suite(suite).unwrap_err().code, "suite", "{suite}");
        }
    }

    #[test]
    fn an_authority_that_is_none_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        assert_eq!(check_extra_ca(&file).unwrap_err().code, "extra-ca");
        fs::write(&file, "no certificate").unwrap();
        assert_eq!(check_extra_ca(&file).unwrap_err().code, "extra-ca");
        let made = make_certificate(folder.path(), "localhost").unwrap();
        assert!(check_extra_ca(&made.certificate).is_ok());
    }
}
