//! Ten storms of two hundred sign-ins, each ended by `kill -9` somewhere in its middle.

use std::collections::BTreeMap;

use payung::outside::dice::SystemDice;
use payung_domain::contact::{Identifier, UserName};
use payung_domain::dice::Dice;
use payung_storage::accounts;
use payung_testkit::chance::Seeded;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use tokio::task::JoinSet;

use crate::browser::{Browser, Page, client};
use crate::demo::Demo;
use crate::dump;
use crate::storm::{self, Outbox, Storm};
use crate::visitor::{Habits, Journal, Told, Visitor};

on_each_engine!(l7_ten_kills_among_200_sign_ins_lose_nothing_and_repeat_nothing);

const STORMS: u32 = 10;
const AT_ONCE: u8 = 200;
/// The first six of the demonstration have names and stories; the visitors are among the rest.
const MEMBERS: u32 = 220;
const FIRST: u8 = 7;

/// Of some 1,300 answers in a whole storm. SQLite's one writer keeps visitors abreast, so before
/// the 900th nobody has signed in there; PostgreSQL has let many in by then.
const KILLED_BETWEEN: (u32, u32) = (450, 1_200);

/// Set to the number that an earlier run printed, it kills at the same answers again.
const SEED: &str = "PAYUNG_CRASH_SEED";

async fn l7_ten_kills_among_200_sign_ins_lose_nothing_and_repeat_nothing(db: TestStore) {
    let seed = seed();
    let demo = Demo::new(db, MEMBERS).await;
    let (mut program, mut site) = demo.start();
    let mut visitors = visitors(&demo).await;
    let (dice, postman) = (Seeded::new(seed), client(1));
    let mut sent = Outbox::new();
    let mut accepted = 0;
    for round in 1..=STORMS {
        let (from, until) = KILLED_BETWEEN;
        let last = from + (&dice as &dyn Dice).below(until - from);
        let storm = Storm::begin(last, Browser::new(&postman, &site), &sent);
        let mut sign_ins: JoinSet<Journal> = visitors
            .drain(..)
            .map(|visitor| Journal::of(visitor, site.clone(), storm.clone()))
            .collect();
        storm.is_at_its_height().await;
        program.kill();
        let mut journals = Vec::new();
        while let Some(journal) = sign_ins.join_next().await {
            journals.push(journal.expect("what a visitor asserts holds"));
        }
        let told = |what: fn(&Journal) -> Told| {
            journals.iter().filter(|journal| what(journal) == Told::Yes).count()
        };
        let (began, asked, entered) = (told(|j| j.began), told(|j| j.sent), told(|j| j.entered));
        #[expect(clippy::print_stdout, reason = "whoever repeats a run needs its seed")]
        {
            println!(
                "{SEED}={seed} storm {round}: killed at answer {last}, \
                 {began} passwords right, {asked} codes sent, {entered} signed in"
            );
        }

        (program, site) = demo.start();
        storm::end_leases_of_the_dead(demo.open().await).await;
        accepted += entered;
        nothing_is_sent_twice_and_none_is_lost(&mut sent, &journals, &postman, &site).await;
        let mut checks: JoinSet<Visitor> =
            journals.into_iter().map(|journal| still_so(journal, site.clone())).collect();
        while let Some(visitor) = checks.join_next().await {
            visitors.push(visitor.expect("what was told still holds"));
        }
    }
    assert!(accepted > 50, "only {accepted} sign-ins came through: the storms are too short");
    program.kill();
    assert_eq!(storm::faults(&program.log()), "");
    dump::holds_nothing_of_anybody(&demo, sent.values().filter_map(|m| m.code.as_deref())).await;
}

fn seed() -> u64 {
    #[expect(clippy::disallowed_methods, reason = "whoever repeats a run says which")]
    let wanted = std::env::var(SEED).ok().and_then(|seed| seed.parse().ok());
    wanted.unwrap_or_else(|| u64::from((&SystemDice as &dyn Dice).below(1_000_000)))
}

/// Those who sign in, each from an address of their own.
async fn visitors(demo: &Demo) -> Vec<Visitor> {
    let store = demo.open().await;
    let mut tx = store.read().await.expect("it can be read");
    let mut visitors = Vec::new();
    // Whatever came with the account counts at any time.
    let now = payung_domain::time::Instant::from_micros(0);
    for number in FIRST..FIRST + AT_ONCE {
        let name = format!("m{number:03}");
        let reading = Identifier::UserName(UserName::parse(&name).expect("a name"));
        let account =
            accounts::find(&mut tx, store.vault(), &[reading], now).await.expect("a look");
        let account = account.expect("the demonstration has this member").id;
        let known =
            accounts::contacts(&mut tx, store.vault(), account, now).await.expect("contacts");
        let email = known.email.map(|email| email.expose().to_owned());
        let phone = known.phone.map(|phone| phone.expose().to_owned());
        visitors.push(Visitor {
            name,
            contacts: email.into_iter().chain(phone).collect(),
            client: client(number),
            habits: Habits {
                taps_twice: number % 4 == 0,
                leaves: number % 3 == 0,
                tries_old_codes: number % 2 == 0,
                likes_text_messages: number % 5 < 3,
            },
            balance: None,
            used_code: None,
            is_known: false,
            lost_tries: 0,
            lost_codes: 0,
        });
    }
    drop(tx);
    store.close().await;
    visitors
}

/// Compares what was sent since the last storm with what each visitor was told.
async fn nothing_is_sent_twice_and_none_is_lost(
    sent: &mut Outbox,
    journals: &[Journal],
    postman: &reqwest::Client,
    site: &str,
) {
    let mut postman = Browser::new(postman, site);
    let mut new: BTreeMap<(String, String), u32> = BTreeMap::new();
    for message in storm::caught(&mut postman).await.expect("the outbox") {
        let of_kind = (message.to.clone(), message.kind.clone());
        if let Some(before) = sent.get(&message.id) {
            assert_eq!(*before, message, "one id stands for two messages");
        } else {
            *new.entry(of_kind).or_default() += 1;
            sent.insert(message.id.clone(), message);
        }
    }
    for Journal { visitor, sent, entered, .. } in journals {
        let of_kind = |kind: &str| -> Vec<u32> {
            let to = |contact: &String| new.get(&(contact.clone(), kind.to_owned())).copied();
            visitor.contacts.iter().map(|contact| to(contact).unwrap_or(0)).collect()
        };
        agrees(&visitor.name, "codes", of_kind("sign-in-code").iter().sum(), *sent);
        // A new browser is told of wherever the member can be reached, once each. The first one
        // of all is no news; whether it was is not known where an earlier answer was lost.
        let warnings = of_kind("new-device");
        for warned in warnings {
            let is_sure = visitor.is_known || *entered == Told::No;
            agrees(
                &visitor.name,
                "warnings",
                warned,
                if is_sure { *entered } else { Told::Perhaps },
            );
        }
    }
}

fn agrees(name: &str, what: &str, sent: u32, told: Told) {
    let as_told = match told {
        Told::No => 0..=0,
        Told::Perhaps => 0..=1,
        Told::Yes => 1..=1,
    };
    assert!(as_told.contains(&sent), "{name} got {sent} {what}, and was told {told:?}");
}

/// Everything a visitor was told before the kill holds after it.
async fn still_so(journal: Journal, site: String) -> Visitor {
    let Journal { mut visitor, mut browser, began, sent, entered, left, code } = journal;
    let name = visitor.name.clone();
    browser.site.clone_from(&site);
    match (entered, left) {
        (Told::Yes, Told::No) => {
            let page = answered(&mut browser, "/dashboard", &[]).await;
            assert_eq!(page.status, 200, "{name} was signed in, and is not any more");
            let balance = savings(&page).expect("a balance").to_owned();
            let statement = answered(&mut browser, "/balance", &[]).await;
            assert_eq!(savings(&statement), Some(&*balance), "{name}");
            assert_eq!(*visitor.balance.get_or_insert(balance.clone()), balance, "{name}");
        }
        (Told::Yes, Told::Yes) => {
            let page = answered(&mut browser, "/dashboard", &[]).await;
            assert_eq!(page.status, 303, "{name} had signed out, and is in again");
        }
        (Told::No, _) if began == Told::Yes => {
            let path = if sent == Told::Yes { "/sign-in/code" } else { "/sign-in/method" };
            let page = answered(&mut browser, path, &[]).await;
            assert_eq!(page.status, 200, "the sign-in of {name} is lost");
        }
        // Told nothing, or not told whether.
        _ => {}
    }
    if entered == Told::Yes
        && let Some((code, mut before)) = code
    {
        before.site = site;
        let page = answered(&mut before, "/sign-in/code", &[("code", &code)]).await;
        assert!(!page.gives_a_session(), "the code of {name} signed in twice");
        visitor.used_code = Some(code);
        visitor.is_known = true;
    }
    visitor
}

/// Asks for a page, or sends a form, until the machine has time for it.
async fn answered(browser: &mut Browser, path: &str, form: &[(&str, &str)]) -> Page {
    loop {
        let answer = match form {
            [] => browser.get(path).await,
            form => browser.post(path, form).await,
        };
        let page = answer.expect("the program is there again");
        if page.status != 503 {
            return page;
        }
    }
}

/// The balance that a script would read on a page.
fn savings(page: &Page) -> Option<&str> {
    let mut elements = page.html.split('<');
    let element = elements.find(|element| element.contains("data-name=\"jht-balance\""))?;
    element.split_once("data-amount=\"")?.1.split('"').next()
}
