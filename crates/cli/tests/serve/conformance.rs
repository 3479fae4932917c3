//! A scratch installation for the conformance suite, met over TLS as the suite meets it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use reqwest::redirect::Policy;
use serde_json::Value;

use crate::browser::Browser;
use crate::program::Program;

#[tokio::test]
async fn the_suite_finds_the_document_over_tls_and_signs_in_with_a_password() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["demo", "--conformance", "--json", "--data", "scratch"];
    let doors = ["--listen", "127.0.0.1:0", "--operations", "127.0.0.1:0"];
    let mut program = Program::start(folder.path(), &[&words[..], &doors].concat());
    let mut facts = String::new();
    let stdout = program.process().stdout.as_mut().unwrap();
    BufReader::new(stdout).read_line(&mut facts).unwrap();
    assert!(!facts.is_empty(), "it did not start:\n{}", program.log());
    let facts: Value = serde_json::from_str(&facts).unwrap();
    let issuer = facts["issuer"].as_str().unwrap();

    let file = folder.path().join(facts["certificate"].as_str().unwrap());
    let certificate = reqwest::Certificate::from_pem(&fs::read(file).unwrap()).unwrap();
    let suite = reqwest::Client::builder()
        .redirect(Policy::none())
        .timeout(Duration::from_mins(1))
        .tls_certs_only([certificate])
        .build()
        .unwrap();
    let mut browser = Browser::new(&suite, issuer);
    let page = browser.get("/.well-known/openid-configuration").await.unwrap();
    let told: Value = serde_json::from_str(&page.html).unwrap();
    assert_eq!(told["issuer"], facts["issuer"]);
    let keys = browser.get("/oidc/jwks").await.unwrap();
    let keys: Value = serde_json::from_str(&keys.html).unwrap();
    let mut algorithms: Vec<&str> =
        keys["keys"].as_array().unwrap().iter().filter_map(|key| key["alg"].as_str()).collect();
    algorithms.sort_unstable();
    assert_eq!(algorithms, ["ES256", "EdDSA", "PS256", "RS256"]);

    browser.get("/sign-in").await.unwrap();
    let fields = [("identifier", "uji"), ("password", "payung-demo-2026")];
    let page = browser.post("/sign-in", &fields).await.unwrap();
    assert!(page.gives_a_session(), "no second step is asked for: {} {}", page.status, page.html);
}
