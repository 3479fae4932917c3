//! A listener that ends TLS follows its certificate files while it runs.

use std::fs;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use payung::commands::certificates::Certificates;
use payung::commands::doors::Doors;
use payung::commands::health::Health;
use payung::outside::service_manager::ServiceManager;
use payung::settings::serving::TlsFiles;
use tempfile::TempDir;

/// A certificate for `localhost` and its key, in files of their own.
pub(crate) struct Pair {
    folder: TempDir,
}

impl Pair {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the certificate");
        let pair = Self { folder };
        pair.renew();
        pair
    }

    /// Puts a new certificate in place of the old one, and answers with it.
    pub(crate) fn renew(&self) -> reqwest::Certificate {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
        let made = made.expect("a certificate can be made");
        let TlsFiles { certificate, key } = self.files();
        fs::write(key, made.signing_key.serialize_pem()).expect("the key is written");
        fs::write(certificate, made.cert.pem()).expect("the certificate is written");
        reqwest::Certificate::from_pem(made.cert.pem().as_bytes()).expect("it is PEM")
    }

    pub(crate) fn files(&self) -> TlsFiles {
        TlsFiles {
            certificate: self.folder.path().join("chain.pem"),
            key: self.folder.path().join("key.pem"),
        }
    }
}

/// A visitor who trusts one certificate only, and connects anew each time.
async fn sees(certificate: &reqwest::Certificate, at: SocketAddr) -> bool {
    let client = reqwest::Client::builder()
        .tls_certs_only([certificate.clone()])
        .timeout(Duration::from_secs(5))
        .build()
        .expect("a client");
    let answer = client.get(format!("https://localhost:{}/", at.port())).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}

#[tokio::test]
async fn a_new_certificate_is_served_without_a_restart() {
    let pair = Pair::new();
    let old = pair.renew();
    let mut doors = Doors::new(Duration::ZERO).looking_every(Duration::from_millis(20));
    let routes = Router::new().route("/", get(async || "halo"));
    let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
    let certificates = Certificates::read(pair.files()).unwrap();
    let at = doors.open_with_tls(any_port, routes, certificates).unwrap();
    let (health, nobody) = (Health::starting(), ServiceManager::default());
    let house = tokio::spawn(async move { doors.stay_open(&health, &nobody).await });

    assert!(sees(&old, at).await);
    let new = pair.renew();
    let patience = Duration::from_secs(20);
    let renewed = tokio::time::timeout(patience, async { while !sees(&new, at).await {} }).await;
    assert!(renewed.is_ok(), "the new certificate is not served");
    assert!(!sees(&old, at).await);
    house.abort();
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_leaves_the_old_one_in_place() {
    let pair = Pair::new();
    let mut certificates = Certificates::read(pair.files()).unwrap();
    let before = certificates.served().get_inner();

    fs::write(pair.files().certificate, "half a certif").unwrap();
    certificates.follow_files();
    assert!(std::sync::Arc::ptr_eq(&before, &certificates.served().get_inner()));

    pair.renew();
    certificates.follow_files();
    assert!(!std::sync::Arc::ptr_eq(&before, &certificates.served().get_inner()));
}

#[test]
fn a_key_of_another_certificate_is_refused_at_the_start() {
    let (one, other) = (Pair::new(), Pair::new());
    let mixed = TlsFiles { key: other.files().key, ..one.files() };
    let failure = Certificates::read(mixed).unwrap_err();
    assert_eq!(failure.code, "certificate");
}
