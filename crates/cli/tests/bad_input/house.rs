//! The running demonstration, spoken to in bytes, and what every answer of it must be like.

use std::time::Duration;

use payung_domain::language::Language;
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use payung_texts::Texts;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::browser::{Browser, client};
use crate::demo::Demo;
use crate::program::Program;

/// A demonstration of a few, running.
pub(crate) struct House {
    demo: Demo,
    program: Program,
    site: String,
}

/// An answer, as it came over the line.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    headers: Vec<(String, String)>,
}

/// Longer than any answer takes, and longer than the program waits for headers.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the program fills in the background, whatever anybody reads.
const BY_ITSELF: [&str; 3] = ["oidc_keys", "statement_keys", "record_news"];

/// What no answer says: where it broke, in what, and with which statement.
const INNARDS: [&str; 8] =
    ["panicked", "sqlx", ".rs:", "src/", "select ", "RUST_BACKTRACE", "argon2", "tokio"];

impl House {
    pub(crate) async fn open(db: TestStore) -> Self {
        let demo = Demo::new(db, 8).await;
        let (program, site) = demo.start();
        Self { demo, program, site }
    }

    /// Somebody new, who speaks English.
    pub(crate) fn visitor(&self) -> Browser {
        let mut browser = Browser::new(&client(1), &self.site);
        browser.headers.insert("accept-language", "en".parse().expect("a header"));
        browser
    }

    /// Somebody who has given the password, and the code that was sent for it.
    pub(crate) async fn waiting_for_code(&self, name: &str) -> (Browser, String) {
        let sent_before = self.codes_for(name).await.len();
        let mut browser = self.visitor();
        browser.get("/sign-in").await.expect("a page");
        let form = [("identifier", name), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await.expect("an answer");
        browser.get("/sign-in/method").await.expect("a page");
        browser.post("/sign-in/method", &[("method", "email")]).await.expect("an answer");
        assert_eq!(browser.get("/sign-in/code").await.expect("a page").status, 200);
        loop {
            let mut codes = self.codes_for(name).await;
            if codes.len() > sent_before {
                return (browser, codes.swap_remove(0));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Somebody who is signed in.
    pub(crate) async fn member(&self, name: &str) -> Browser {
        let (mut browser, code) = self.waiting_for_code(name).await;
        let page = browser.post("/sign-in/code", &[("code", &code)]).await.expect("an answer");
        assert!(page.gives_a_session(), "{}", page.html);
        browser
    }

    /// The codes that went to somebody, the newest first.
    async fn codes_for(&self, name: &str) -> Vec<String> {
        let path = format!("/demo/outbox.json?to={name}@peserta.example");
        let page = self.visitor().get(&path).await.expect("the outbox");
        let messages: Vec<Value> = serde_json::from_str(&page.html).expect("a list");
        messages.iter().filter_map(|message| message["code"].as_str()).map(str::to_owned).collect()
    }

    /// A line to the program.
    pub(crate) async fn line(&self) -> TcpStream {
        let at = self.site.trim_start_matches("http://");
        TcpStream::connect(at).await.expect("it listens")
    }

    /// Throws bytes at it; nothing if it hangs up without a word.
    pub(crate) async fn thrown(&self, bytes: &[u8]) -> Option<Answer> {
        let mut line = self.line().await;
        // It may answer and hang up before everything is written.
        let _ = line.write_all(bytes).await;
        read(&mut line).await
    }

    /// Throws a request at it whose answer is a page of ours.
    pub(crate) async fn answers(&self, bytes: &[u8]) -> Answer {
        let thrown = String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
        let answer = self.thrown(bytes).await;
        let answer = answer.unwrap_or_else(|| panic!("it hung up on {thrown}"));
        answer.is_sound(&thrown);
        answer
    }

    /// How many rows there are, table by table.
    pub(crate) async fn rows(&self) -> Vec<(String, i64)> {
        let store = self.demo.open().await;
        let mut tx = store.read().await.expect("it can be read");
        let mut tables: Vec<String> =
            tx.columns().await.expect("columns").into_iter().map(|(table, _)| table).collect();
        tables.dedup();
        tables.retain(|table| !BY_ITSELF.contains(&&**table));
        let mut counted = Vec::new();
        for table in tables {
            let sql = format!("select count(*) from \"{table}\"").leak();
            let count: Option<(i64,)> = tx.one("counting", sql, Vec::new()).await.expect("a count");
            counted.push((table, count.map_or(0, |(count,)| count)));
        }
        drop(tx);
        store.close().await;
        counted
    }

    /// Nothing broke on the way, as far as the program knows.
    pub(crate) fn is_unharmed(&mut self) {
        assert_eq!(self.program.process().try_wait().expect("its state"), None, "it ended");
        let log = self.program.log();
        assert!(!log.contains("broke") && !log.contains("panicked"), "{log}");
    }
}

impl Answer {
    /// The headers of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// Whether it is the page that says so, in this language.
    pub(crate) fn is_page(&self, status: u16, title: &str, language: Language) {
        let title = Texts::shipped().say(language, title, &[]);
        assert_eq!(self.status, status, "{}", self.body);
        assert!(self.body.contains(&format!("<h1>{title}</h1>")), "not {title}: {}", self.body);
        assert!(self.body.contains(&format!("<html lang=\"{}\"", language.tag())), "{}", self.body);
        assert_eq!(self.header("content-language"), Some(language.tag()));
    }

    /// What holds for every answer (L-01, L-03, L-04, L-12): safe headers, no fault, no session,
    /// nothing of the program's insides.
    fn is_sound(&self, thrown: &str) {
        assert!(self.status < 500, "{} for {thrown}", self.status);
        for (name, part) in [
            ("content-security-policy", "default-src 'none'"),
            ("content-security-policy", "frame-ancestors 'none'"),
            ("cache-control", ""),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=()"),
        ] {
            let value = self.header(name);
            assert!(value.is_some_and(|v| v.contains(part)), "{name}: {value:?} for {thrown}");
        }
        assert_eq!(self.header("server"), None, "Q-04: no banner");
        for (name, value) in &self.headers {
            let gives = name == "set-cookie" && value.starts_with("payung-session=");
            assert!(!gives || value.contains("Max-Age=0"), "{value} for {thrown}");
        }
        for word in INNARDS {
            assert!(!self.body.contains(word), "{word} in the answer to {thrown}: {}", self.body);
        }
    }
}

/// A request without a body, in a language.
pub(crate) fn request(line: &str, language: Language, headers: &str) -> Vec<u8> {
    let tag = language.tag();
    format!(
        "{line} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\naccept-language: {tag}\r\n\
         {headers}\r\n"
    )
    .into_bytes()
}

/// Reads until the program hangs up.
pub(crate) async fn read(line: &mut TcpStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    // A reset after the answer is how a server says that it will not read the rest.
    let _ = tokio::time::timeout(PATIENCE, line.read_to_end(&mut bytes)).await.expect("it ends");
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let (first, lines) = head.split_once("\r\n").unwrap_or((head, ""));
    let status = first.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.split("\r\n").filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Some(Answer { status, body: body.to_owned(), headers })
}
