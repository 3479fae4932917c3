//! What the demonstration tells the public conformance suite.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::program::Place;

/// A demonstration that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended by itself cannot be killed, and need not.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a scratch installation, and reads what it says of itself.
fn told(place: &Place, more: &str) -> (Running, Value) {
    let line =
        format!("demo --conformance --json --listen 127.0.0.1:0 --operations 127.0.0.1:0 {more}");
    let mut command = place.command(&line);
    let child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
    let mut running = Running(child);
    let mut facts = String::new();
    let stdout = running.0.stdout.as_mut().expect("its output is piped");
    BufReader::new(stdout).read_line(&mut facts).expect("it speaks");
    (running, serde_json::from_str(&facts).expect("one JSON object"))
}

#[test]
fn the_suite_is_told_its_clients_and_how_its_browser_gets_through() {
    let place = Place::new();
    let (_running, facts) = told(&place, "--suite https://suite.example/");
    let issuer = facts["issuer"].as_str().expect("an issuer");
    assert!(issuer.starts_with("https://localhost:") && !issuer.ends_with(":0"), "{issuer}");
    assert_eq!(facts["sign_ins"][0]["user_name"], "uji");
    assert_eq!(facts["data"], "payung-conformance");

    let basic = &facts["conformance"]["basic"];
    assert_eq!(basic["alias"], "payung");
    let discovery = format!("{issuer}/.well-known/openid-configuration");
    assert_eq!(basic["server"]["discoveryUrl"], json!(discovery));
    for (place, id) in [
        ("client", "payung-basic"),
        ("client_secret_post", "payung-post"),
        ("client2", "payung-basic-2"),
    ] {
        assert_eq!(basic[place]["client_id"], id);
        assert_eq!(basic[place]["client_secret"].as_str().expect("a secret").len(), 43);
    }
    let tasks = &basic["browser"][0]["tasks"];
    assert_eq!(basic["browser"][0]["match"], json!(format!("{issuer}/oidc/authorize*")));
    assert_eq!(tasks[0]["commands"][2], json!(["click", "id", "submit-login"]));
    assert_eq!(tasks[1]["commands"][0], json!(["click", "id", "consent-allow"]));
    let out = &basic["browser"][1];
    assert_eq!(out["tasks"][0]["commands"][0], json!(["click", "id", "logout-confirm"]));

    let signing = &facts["conformance"]["signing"];
    assert_eq!(signing["client"]["client_id"], "payung-signing-1");
    let fapi = &facts["conformance"]["fapi2"];
    assert_eq!(fapi["resource"]["resourceUrl"], json!(format!("{issuer}/oidc/userinfo")));
    for place in ["client", "client2"] {
        let key = &fapi[place]["jwks"]["keys"][0];
        assert_eq!((&key["alg"], &key["crv"]), (&json!("ES256"), &json!("P-256")));
        for part in ["x", "y", "d"] {
            assert_eq!(key[part].as_str().expect("a number").len(), 43, "{part}");
        }
    }
    assert_ne!(fapi["client"]["jwks"], fapi["client2"]["jwks"]);
    let declined =
        &fapi["override"]["fapi2-security-profile-final-user-rejects-authentication"]["browser"];
    let decline = &declined[0]["tasks"][1]["commands"][0];
    assert_eq!(*decline, json!(["click", "id", "consent-cancel"]));

    // The suite plays them at its own addresses.
    let database = place.path().join("payung-conformance").join("payung.db");
    let shown = place
        .run(&format!("client show payung-basic --json --set database.url={}", database.display()));
    for path in ["callback", "post_logout_redirect", "backchannel_logout"] {
        assert!(shown.contains(&format!("https://suite.example/test/a/payung/{path}")), "{shown}");
    }
}

#[test]
fn every_start_begins_anew() {
    let place = Place::new();
    let secret = |facts: &Value| facts["conformance"]["basic"]["client"]["client_secret"].clone();
    let (first, facts) = told(&place, "");
    let before = secret(&facts);
    drop(first);
    let (_second, facts) = told(&place, "");
    assert_ne!(before, secret(&facts));
}

#[test]
fn the_switches_are_the_demonstrations_and_a_server_refuses_them() {
    let place = Place::new().with_keys().with_settings("").with_file("ca.pem", "no certificate");
    for switch in ["--conformance", "--suite https://suite.example/", "--extra-ca ca.pem"] {
        let refused = place.run(&format!("serve {switch}"));
        assert!(refused.starts_with("exit: 2"), "{refused}");
        let name = switch.split(' ').next().unwrap_or_default();
        assert!(refused.contains(&format!("unexpected argument '{name}'")), "{refused}");
    }
    for switch in ["--suite https://suite.example/", "--extra-ca ca.pem"] {
        let refused = place.run(&format!("demo {switch}"));
        assert!(refused.starts_with("exit: 2"), "{refused}");
        assert!(refused.contains("--conformance"), "{refused}");
    }
    let refused = place.run("demo --conformance --suite http://suite.example/ --lang en");
    assert!(refused.starts_with("exit: 2"), "{refused}");
    assert!(refused.contains("the suite cannot be at http://suite.example/"), "{refused}");
    let refused = place.run("demo --conformance --extra-ca ca.pem --lang en");
    assert!(refused.starts_with("exit: 2"), "{refused}");
    assert!(refused.contains("ca.pem holds no certificate"), "{refused}");
}
