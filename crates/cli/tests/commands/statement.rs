//! A statement, from the member's page to somebody who has only files and the program.

use std::fs;

use data_encoding::BASE64URL_NOPAD;
use jiff::civil::date;
use payung_flows::demo::seeding;
use payung_testkit::Bench;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Visitor, newest_code};
use serde_json::{Value, json};

use crate::program::Place;

const VERIFY: &str = "statement verify statement.jws --keys keys.json --lang en";

/// Siti's statement of 2025 as she downloads it, and the public keys, in a folder.
async fn downloaded() -> Place {
    let bench = Bench::new(TestStore::sqlite().await);
    seeding::seed(&bench.app, 8, date(2026, 8, 17), |_| {}).await.expect("a demonstration");
    let mut siti = Visitor::new(&bench);
    let answer = siti.sign_in_with("siti", seeding::PASSWORD).await;
    if answer.leads_to() == "/sign-in/method" {
        let page = siti.get("/sign-in/method").await;
        siti.fill_in(&page, "/sign-in/method", &[("method", "email")]).await;
    }
    let page = siti.get("/sign-in/code").await;
    let code = newest_code(&bench).await;
    siti.fill_in(&page, "/sign-in/code", &[("code", &code)]).await;
    let page = siti.get("/statements").await;
    let made = siti.fill_in(&page, "/statements", &[("year", "2025")]).await;
    let address = made.leads_to().to_owned();
    let place = Place::new();
    for (name, path) in [
        ("statement.jws", format!("{address}/signed")),
        ("statement.csv", format!("{address}/csv")),
        ("keys.json", "/check/keys".to_owned()),
    ] {
        fs::write(place.path().join(name), siti.get(&path).await.html).expect("a file");
    }
    place
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_genuine_statement_is_told_with_files_alone() {
    let place = downloaded().await;
    let told = place.run(VERIFY);
    assert!(told.starts_with("exit: 0\n"), "{told}");
    assert!(told.contains("genuine: PYS-") && told.contains("2025-01 to 2025-12"), "{told}");
    assert!(told.contains("https://payung.example"), "{told}");
    let told = place.run(&format!("{VERIFY} --csv statement.csv --json"));
    assert!(told.starts_with("exit: 0\n") && told.contains("\"genuine\":true"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_digit_is_detected() {
    let place = downloaded().await;
    let path = place.path().join("statement.jws");
    let file = fs::read_to_string(&path).unwrap();
    let parts: Vec<&str> = file.trim().split('.').collect();
    let said = BASE64URL_NOPAD.decode(parts[1].as_bytes()).unwrap();
    let digits: Vec<usize> = (0..said.len()).filter(|at| said[*at].is_ascii_digit()).collect();
    // Some in each part of it; every single letter is changed in a test of its own.
    for at in digits.iter().step_by(97) {
        let mut changed = said.clone();
        changed[*at] = if said[*at] == b'9' { b'8' } else { said[*at] + 1 };
        let changed = BASE64URL_NOPAD.encode(&changed);
        fs::write(&path, format!("{}.{changed}.{}", parts[0], parts[2])).unwrap();
        let told = place.run(VERIFY);
        assert!(told.starts_with("exit: 1\n"), "digit {at}: {told}");
        assert!(told.contains("something in it was changed"), "digit {at}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_with_a_changed_digit_is_not_the_one_of_its_statement() {
    let place = downloaded().await;
    let path = place.path().join("statement.csv");
    let table = fs::read_to_string(&path).unwrap();
    let at = table.rfind(|c: char| c.is_ascii_digit() && c != '9').unwrap();
    let digit: u32 = table[at..=at].parse().unwrap();
    let changed = format!("{}{}{}", &table[..at], digit + 1, &table[at + 1..]);
    fs::write(&path, changed).unwrap();
    let told = place.run(&format!("{VERIFY} --csv statement.csv"));
    assert!(told.starts_with("exit: 1\n"), "{told}");
    assert!(told.contains("the table is not the one of it"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_somebody_else_had_proves_nothing() {
    let place = downloaded().await;
    let path = place.path().join("keys.json");
    let mut keys: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    keys["keys"][0]["revoked"] = json!({ "revoked_at": 1_786_968_000, "reason": "compromised" });
    fs::write(&path, keys.to_string()).unwrap();
    let told = place.run(VERIFY);
    assert!(told.starts_with("exit: 1\n"), "{told}");
    assert!(told.contains("not to be trusted since 2026-08-17T12:00:00Z"), "{told}");
    assert!(!told.contains("genuine"), "{told}");
    let told = place.run(&format!("{VERIFY} --json"));
    assert!(told.contains("\"code\":\"distrusted-key\""), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_somebody_else_say_nothing() {
    let place = downloaded().await;
    let keys = place.path().join("keys.json");
    fs::write(&keys, "{\"keys\":[]}").unwrap();
    let told = place.run(VERIFY);
    assert!(told.starts_with("exit: 1\n"), "{told}");
    assert!(told.contains("a key that is not in the list"), "{told}");
    fs::write(&keys, "not a list").unwrap();
    assert!(place.run(VERIFY).starts_with("exit: 2\n"));
    fs::remove_file(&keys).unwrap();
    assert!(place.run(VERIFY).contains("keys.json cannot be read"));
}
