//! N-02: a stolen database gives nothing to sell. Opens everything that is sealed in a database
//! with its own keys, then looks for all of it in everything that a thief would get.

use std::collections::HashMap;
use std::fs;
use std::process::Command;

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::reference::Reference;
use payung_storage::{Place, Store, accounts, members};
use payung_testkit::people::PASSWORD;
use uuid::Uuid;

use crate::demo::Demo;

/// Tables of amounts and months, where six digits mean nothing.
const OF_NUMBERS: [&str; 5] =
    ["contributions", "postings", "memberships", "employments", "employers"];

/// Firms carry words that people are called by too, and a firm is nobody.
const OF_NOBODY: &str = "employers";

/// Shorter than this, bytes turn up by chance in sealed ones; as words of a text they are found.
const LONG: usize = 6;

/// Fails if anything of anybody can be read without a key: numbers, names, addresses, birth dates,
/// the password everybody has, secrets of authenticator apps, and these codes.
pub(crate) async fn holds_nothing_of_anybody(demo: &Demo, codes: impl Iterator<Item = &str>) {
    let store = demo.open().await;
    let mut hunt = Hunt::default();
    hunt.look_for_people(&store).await;
    hunt.is_sharp();
    for code in codes {
        hunt.look_for_bytes("a code", code.as_bytes());
        hunt.codes.insert(code.to_owned(), "a code");
    }
    hunt.look_for("the password", PASSWORD);
    let tables = match store.engine() {
        "sqlite" => rows(&store).await,
        _ => postgres_dump(&demo.database.url),
    };
    store.close().await;
    assert!(tables.iter().any(|(_, text)| text.contains("$argon2id$")), "the dump is no dump");
    for (table, text) in &tables {
        hunt.through_words(table, text);
        hunt.through_bytes(table, text.as_bytes());
    }
    for ending in ["", "-wal"] {
        if let Ok(bytes) = fs::read(format!("{}{ending}", demo.database.url)) {
            hunt.through_bytes("the file", &bytes);
        }
    }
    assert!(hunt.finds.is_empty(), "the dump gives away: {:#?}", hunt.finds);
}

/// What is looked for, and where it was found.
#[derive(Default)]
struct Hunt {
    /// Words in small letters.
    words: HashMap<String, &'static str>,
    codes: HashMap<String, &'static str>,
    /// Long byte strings by their first four.
    bytes: HashMap<[u8; 4], Vec<(Vec<u8>, &'static str)>>,
    finds: Vec<String>,
}

impl Hunt {
    async fn look_for_people(&mut self, store: &Store) {
        let (mut tx, vault) = (store.read().await.expect("it can be read"), store.vault());
        let people: Vec<(Uuid,)> =
            tx.all("people", "select id from people", Vec::new()).await.expect("people");
        for (id,) in people {
            let person = members::person(&mut tx, vault, PersonId(id)).await.expect("it opens");
            let (person, _) = person.expect("a person");
            self.look_for("a NIK", person.nik.expose());
            let name = person.name.expose();
            self.look_for("a birth date", &person.birth_date.to_string());
            self.look_for("an address", &person.address.street);
            // A name of one word is one that other things have too: it counts as a word only.
            if name.contains(' ') {
                self.look_for("a name", name);
            }
            for word in name.split_whitespace() {
                self.look_for_word("a name", word);
            }
        }
        // Officers are known by name. A member who is called as one of them is looked for by the rest.
        let officers: Vec<(String,)> =
            tx.all("officers", "select name from staff", Vec::new()).await.expect("officers");
        for (officer,) in officers {
            self.words.remove(&officer);
        }
        let sql = "select kind, value_index, sealed_value from identifiers";
        let names: Vec<(String, Vec<u8>, Vec<u8>)> =
            tx.all("names", sql, Vec::new()).await.expect("names");
        for (kind, index, sealed) in names {
            let place = Place("identifiers", "value", &index);
            let name = vault.open_text(place, &sealed).expect("it opens");
            match &*kind {
                "email" => self.look_for("an e-mail address", &name),
                "phone" => {
                    let subscriber = name.trim_start_matches("+62");
                    self.look_for("a phone number", subscriber);
                    self.look_for_word("a phone number", &format!("62{subscriber}"));
                    self.look_for_word("a phone number", &format!("0{subscriber}"));
                }
                "user_name" => self.look_for("a user name", &name),
                // Member numbers are what the ledger is kept by.
                _ => {}
            }
        }
        let apps: Vec<(Uuid,)> = tx
            .all("apps", "select account_id from authenticator_apps", Vec::new())
            .await
            .expect("apps");
        for (id,) in apps {
            let app = accounts::app(&mut tx, vault, AccountId(id)).await.expect("it opens");
            let seed = app.expect("a seed").seed;
            self.look_for_bytes("the secret of an app", &seed);
            self.look_for_bytes("the secret of an app", BASE32_NOPAD.encode(&seed).as_bytes());
        }
    }

    fn look_for(&mut self, what: &'static str, value: &str) {
        if value.chars().all(char::is_alphanumeric) {
            self.look_for_word(what, value);
        }
        for spelling in [value.to_owned(), value.to_lowercase(), value.to_uppercase()] {
            self.look_for_bytes(what, spelling.as_bytes());
        }
    }

    /// Three letters are too few: a hash in base64 spells them now and then.
    fn look_for_word(&mut self, what: &'static str, word: &str) {
        if word.chars().count() > 3 {
            self.words.insert(word.to_lowercase(), what);
        }
    }

    /// In hex and in base64 too, at whichever of its three offsets a value stands in it.
    fn look_for_bytes(&mut self, what: &'static str, value: &[u8]) {
        if value.len() < LONG {
            return;
        }
        let mut forms = vec![HEXLOWER.encode(value).into_bytes(), HEXUPPER.encode(value).into()];
        // Six digits by themselves turn up inside longer numbers: those are looked for as words.
        if !value.iter().all(u8::is_ascii_digit) || value.len() > LONG {
            forms.push(value.to_vec());
        }
        for before in 0..3 {
            let shifted = [&vec![0; before][..], value].concat();
            // Letters that also depend on what stands before and after are cut off.
            let (from, until) = ((before * 8).div_ceil(6), shifted.len() * 8 / 6);
            forms.push(BASE64_NOPAD.encode(&shifted).as_bytes()[from..until].to_vec());
            forms.push(BASE64URL_NOPAD.encode(&shifted).as_bytes()[from..until].to_vec());
        }
        forms.sort();
        forms.dedup();
        for form in forms.into_iter().filter(|form| form.len() >= LONG) {
            let Some(start) = form.first_chunk::<4>() else { continue };
            self.bytes.entry(*start).or_default().push((form, what));
        }
    }

    /// Finds what is put before it in every form, or a dump without finds would mean nothing.
    fn is_sharp(&mut self) {
        let known = b"siti@peserta.example";
        let shifted = |before: &[u8]| BASE64_NOPAD.encode(&[before, known, b"..."].concat());
        for text in [
            "Siti".to_owned(),
            "to siti@peserta.example.".to_owned(),
            format!("\\x00{}", HEXLOWER.encode(known)),
            shifted(b""),
            shifted(b"1"),
            shifted(b"12"),
        ] {
            self.through_words("a test", &text);
            self.through_bytes("a test", text.as_bytes());
            assert!(!self.finds.is_empty(), "{text} was not found");
            self.finds.clear();
        }
    }

    fn through_words(&mut self, place: &str, text: &str) {
        let text = without_references(text);
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let is_code = !OF_NUMBERS.contains(&place) && self.codes.contains_key(word);
            let small = word.to_lowercase();
            let found = self.words.get(&small).filter(|_| place != OF_NOBODY);
            if let Some(what) = found.copied().or(is_code.then_some("a code")) {
                self.finds.push(format!("{what} in {place}: {word}"));
            }
        }
    }

    fn through_bytes(&mut self, place: &str, bytes: &[u8]) {
        // Most places are told apart by two bytes already, which is what keeps this quick.
        let mut begins = vec![false; 1 << 16];
        for start in self.bytes.keys() {
            begins[usize::from(u16::from_le_bytes([start[0], start[1]]))] = true;
        }
        for (at, four) in bytes.windows(4).enumerate() {
            if !begins[usize::from(u16::from_le_bytes([four[0], four[1]]))] {
                continue;
            }
            let forms = self.bytes.get(four).into_iter().flatten();
            for (form, what) in forms.filter(|(form, _)| bytes[at..].starts_with(form)) {
                let form = String::from_utf8_lossy(form);
                self.finds.push(format!("{what} in {place}, byte {at}: {form}"));
            }
        }
    }
}

/// Every row of every table of a SQLite file, as `sqlite3 .dump` would write it.
async fn rows(store: &Store) -> Vec<(String, String)> {
    let mut tx = store.read().await.expect("it can be read");
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    for (table, column) in tx.columns().await.expect("its columns") {
        let quoted = format!("quote(\"{column}\")");
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push(quoted),
            _ => tables.push((table, vec![quoted])),
        }
    }
    let mut texts = Vec::new();
    for (table, columns) in tables {
        // The names come of the database itself, once for each test that asks.
        let sql = format!("select {} from \"{table}\"", columns.join(" || ' ' || ")).leak();
        let rows: Vec<(String,)> = tx.all("dumping", sql, Vec::new()).await.expect("its rows");
        let rows: Vec<String> = rows.into_iter().map(|(row,)| row).collect();
        texts.push((table, rows.join("\n")));
    }
    texts
}

/// What `pg_dump` writes, table by table.
fn postgres_dump(url: &str) -> Vec<(String, String)> {
    let output = Command::new("pg_dump").arg(url).output();
    let output = output.expect("pg_dump runs (install postgresql-client)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the dump is text");
    let sections = text.split("\nCOPY public.");
    let named = |section: &str| {
        let name = section.split_whitespace().next().unwrap_or_default();
        (name.to_owned(), section.to_owned())
    };
    sections.map(named).collect()
}

/// Halves of a reference spell a user name now and then: `PYG-M154-29QD`.
fn without_references(text: &str) -> String {
    let mut parts = text.split("PYG-");
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part.get(..9).filter(|letters| Reference::parse(letters).is_some());
        left.push(' ');
        left.push_str(&part[reference.map_or(0, str::len)..]);
    }
    left
}
