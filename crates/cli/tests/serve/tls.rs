//! A server that ends TLS itself.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use payung::settings::serving::TlsFiles;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use reqwest::header::SET_COOKIE;
use reqwest::redirect::Policy;
use tempfile::TempDir;

use crate::browser::{Browser, client};
use crate::server::{PROXY, Server};

on_each_engine!(h03_over_tls_cookies_are_for_this_host_and_for_tls_only);

const HOST: &str = "peserta.dana.test";

async fn h03_over_tls_cookies_are_for_this_host_and_for_tls_only(db: TestStore) {
    db.store.close().await;
    let server = Server::new(db, 25);
    let folder = tempfile::tempdir().unwrap();
    let (files, certificate) = certificate(&folder);
    let settings = [
        "--set".to_owned(),
        format!("tls.certificate_file={}", files.certificate.display()),
        "--set".to_owned(),
        format!("tls.key_file={}", files.key.display()),
        "--set=proxies.trusted=".to_owned(),
    ];
    let settings: Vec<&str> = settings.iter().map(|word| &**word).collect();
    let _program = server.start(&settings).await;

    let at: SocketAddr = server.site().trim_start_matches("http://").parse().unwrap();
    let trusting = reqwest::Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_secs(30))
        .tls_certs_only([certificate])
        .resolve(HOST, at)
        .build()
        .unwrap();
    let mut browser = Browser::new(&trusting, &format!("https://{HOST}:{}", at.port()));
    let page = browser.get("/sign-in").await.unwrap();
    assert_eq!(page.status, 200);
    assert_eq!(
        page.headers["strict-transport-security"], "max-age=31536000; includeSubDomains",
        "L-03"
    );
    let cookies: Vec<_> = page.headers.get_all(SET_COOKIE).iter().collect();
    assert!(!cookies.is_empty());
    for cookie in cookies {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-payung-"), "{cookie}");
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.to_lowercase().contains("domain"), "{cookie}");
    }
    // The cookie is one that the server knows again.
    let page = browser.post("/sign-in", &[]).await.unwrap();
    assert_eq!(page.status, 422);
    assert_eq!(page.headers.get(SET_COOKIE), None);

    let mut in_clear_text = Browser::new(&client(PROXY), &server.site());
    let answer = in_clear_text.get("/sign-in").await;
    assert!(answer.is_err(), "Q-01: TLS or nothing, but got {answer:?}");
}

/// A certificate for the host and its key, in files as an operator would keep them.
fn certificate(folder: &TempDir) -> (TlsFiles, reqwest::Certificate) {
    let made = rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
    let files = TlsFiles {
        certificate: folder.path().join("chain.pem"),
        key: folder.path().join("key.pem"),
    };
    fs::write(&files.certificate, made.cert.pem()).unwrap();
    fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    fs::set_permissions(&files.key, fs::Permissions::from_mode(0o600)).unwrap();
    (files, reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).unwrap())
}
