//! A member of the demonstration signs in on a device, which is another program in a terminal.

use std::io::{BufRead, BufReader, Read};
use std::time::Duration;

use serde_json::Value;

use crate::browser::{Browser, client};
use crate::program::Program;
use crate::server::free_port;

#[tokio::test]
async fn k23_a_program_in_a_terminal_signs_a_member_in_by_the_code_it_shows() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // The issuer names the port, so it has to be known before.
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let any = "127.0.0.1:0";
    let doors = ["--listen", &*listen, "--operations", any, "--desk", any, "--app", any];
    let words = ["demo", "--json", "--members", "8"];
    let mut demo = Program::start(folder.path(), &[&words[..], &doors].concat());
    let mut facts = String::new();
    BufReader::new(demo.process().stdout.as_mut().unwrap()).read_line(&mut facts).unwrap();
    assert!(!facts.is_empty(), "it did not start:\n{}", demo.log());
    let facts: Value = serde_json::from_str(&facts).unwrap();
    let issuer = facts["member"].as_str().unwrap();

    let words = ["demo-device", "--issuer", issuer, "--lang", "en"];
    let mut device = Program::start(elsewhere.path(), &words);
    let code = loop {
        if let Some(code) = device.log().split_whitespace().find(|word| is_code(word)) {
            break code.to_owned();
        }
        assert!(device.process().try_wait().unwrap().is_none(), "{}", device.log());
        tokio::time::sleep(Duration::from_millis(50)).await;
    };

    let mut budi = Browser::new(&client(9), &issuer.replace("localhost", "127.0.0.1"));
    budi.get("/sign-in").await.unwrap();
    let fields = [("identifier", "budi"), ("password", "payung-demo-2026")];
    let page = budi.post("/sign-in", &fields).await.unwrap();
    assert_eq!(page.leads_to(), "/sign-in/code", "{}", page.html);
    budi.get("/sign-in/code").await.unwrap();
    let letter = loop {
        let page = budi.get("/demo/outbox.json").await.unwrap();
        let all: Value = serde_json::from_str(&page.html).unwrap();
        if let Some(code) = all[0]["code"].as_str() {
            break code.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let page = budi.post("/sign-in/code", &[("code", &letter)]).await.unwrap();
    assert!(page.gives_a_session(), "{} {}", page.status, page.html);

    budi.get("/device").await.unwrap();
    let page = budi.post("/device", &[("user_code", &code)]).await.unwrap();
    let page = budi.get(page.leads_to()).await.unwrap();
    assert!(page.html.contains(&code), "to be compared: {}", page.html);
    let request = page.between("name=\"request\" value=\"", "\"").unwrap().to_owned();
    let answer = [("request", &*request), ("user_code", &*code), ("decision", "allow")];
    let page = budi.post("/device/approve", &answer).await.unwrap();
    assert_eq!(page.leads_to(), "/device/done?answer=allowed", "{}", page.html);

    assert_eq!(device.process().wait().unwrap().code(), Some(0), "{}", device.log());
    let mut said = String::new();
    device.process().stdout.as_mut().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.starts_with("Budi ") && said.contains(" Rp"), "{said}");
}

/// `WDJB-MJHT`
fn is_code(word: &str) -> bool {
    let is_letter = |letter: u8| letter.is_ascii_uppercase();
    word.len() == 9
        && word.bytes().enumerate().all(|(at, letter)| (at == 4) == (letter == b'-'))
        && word.bytes().filter(|letter| is_letter(*letter)).count() == 8
}
