//! Where a stranger may learn who has an account: what is sent there for a name that somebody has
//! and for one that nobody has, and what comes back.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::date;
use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activation::Claim;
use payung_domain::contact::{Email, Identifier, Phone, UserName};
use payung_domain::ids::{AccountId, Kpj, Nik, PersonId};
use payung_domain::language::Language;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Zone};
use payung_domain::token::Token;
use payung_flows::App;
use payung_storage::{accounts, sessions};
use payung_testkit::Bench;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};

/// A page that takes a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A wrong password with an address.
    SignInByEmail,
    /// A wrong password with a user name.
    SignInByName,
    /// "I forgot my password", with an address.
    ResetByEmail,
    /// The same with a user name.
    ResetByName,
    /// The same with a number, of an account that has nothing else.
    ResetByPhone,
    /// The challenge for a passkey, at a browser that a member uses and at one that nobody does.
    PasskeyStart,
    /// "Activate", by somebody who has an account and by somebody who has none: all of it is right.
    Activation,
    /// "Activate" with a wrong date: with numbers that somebody has and with some that nobody has.
    ActivationMissed,
}

impl Door {
    /// The name of the `number`th who has an account, or of as many who have none. Both are of the
    /// same length, so that every answer is.
    fn name(self, is_known: bool, number: usize) -> String {
        let who = if is_known { "orang" } else { "asing" };
        match self {
            Self::SignInByName | Self::ResetByName => format!("{who}.{number:05}"),
            Self::ResetByPhone => format!("0800{}{number:06}", if is_known { 11 } else { 22 }),
            _ => format!("{who}.{number:05}@peserta.example"),
        }
    }

    /// Whether its answer waits until a fixed while is over.
    pub const fn answers_evenly(self) -> bool {
        matches!(
            self,
            Self::ResetByEmail
                | Self::ResetByName
                | Self::ResetByPhone
                | Self::Activation
                | Self::ActivationMissed
        )
    }

    const fn path(self) -> &'static str {
        match self {
            Self::SignInByEmail | Self::SignInByName | Self::PasskeyStart => "/sign-in",
            Self::ResetByEmail | Self::ResetByName | Self::ResetByPhone => "/forgot-password",
            Self::Activation | Self::ActivationMissed => "/activate",
        }
    }

    /// What is typed there.
    pub fn fields(self, is_known: bool, number: usize) -> Vec<(&'static str, String)> {
        let name = ("identifier", self.name(is_known, number));
        match self {
            Self::SignInByEmail | Self::SignInByName => {
                vec![name, ("password", "salah sekali ini".to_owned())]
            }
            Self::ResetByEmail | Self::ResetByName | Self::ResetByPhone => vec![name],
            Self::PasskeyStart => Vec::new(),
            Self::Activation => typed(if is_known { MEMBER } else { NEWCOMER }, number, "1999"),
            Self::ActivationMissed => typed(if is_known { MEMBER } else { NOBODY }, number, "1998"),
        }
    }
}

/// On record, with an account.
const MEMBER: usize = 1;
/// On record, without one.
const NEWCOMER: usize = 2;
/// Not on record.
const NOBODY: usize = 3;

/// The numbers of the `number`th of a kind of people.
fn numbers(kind: usize, number: usize) -> (String, String) {
    (format!("000101270199{kind}{number:03}"), format!("9000000{kind}{number:03}"))
}

fn typed(kind: usize, number: usize, year: &str) -> Vec<(&'static str, String)> {
    let (nik, kpj) = numbers(kind, number);
    let date = [("birth_day", "27"), ("birth_month", "1"), ("birth_year", year)];
    let date = date.map(|(field, value)| (field, value.to_owned()));
    [("nik", nik), ("kpj", kpj)].into_iter().chain(date).collect()
}

/// Puts the `number`th of a kind of people on record.
async fn record(bench: &Bench, person: PersonId, kind: usize, number: usize) {
    let (nik, kpj) = numbers(kind, number);
    let claim = Claim {
        nik: Nik::parse(&nik).expect("a population number"),
        kpj: Kpj::parse(&kpj).expect("a member number"),
        birth_date: date(1999, 1, 27),
    };
    people::record(&bench.app, person, &claim).await;
}

/// The product with so many members, and nothing in the way of many requests.
pub async fn house(store: TestStore, members: usize) -> Bench {
    let mut bench = Bench::with(store, |settings| {
        // Dear enough that a hash left out would be seen, cheap enough that nothing else hides.
        settings.hashing.memory_kib = 1_024;
        settings.hashing.passes = 2;
        let limits = &mut settings.limits;
        limits.sign_ins_per_address = u32::MAX;
        limits.sign_ins_in_all = u32::MAX;
        limits.suspicion.names_per_address = u32::MAX;
        limits.suspicion.quick_forms_per_address = u32::MAX;
    });
    // As much longer than this unoptimised build takes as the shipped while is than an optimised one.
    let app = Arc::get_mut(&mut bench.app).expect("nobody else has it yet");
    app.even_answers_take = Duration::from_millis(40);
    let app = &bench.app;
    let place = app.hasher.place_in_turn().await.expect("a place to hash");
    let password = place.make(Secret::from(PASSWORD)).await.expect("the password hashes");
    let now = bench.clock.now();
    for number in 0..members {
        let person = PersonId::new(&*app.dice);
        record(&bench, person, MEMBER, number).await;
        record(&bench, PersonId::new(&*app.dice), NEWCOMER, number).await;
        let names = [
            UserName::parse(&Door::SignInByName.name(true, number)).map(Identifier::UserName),
            Email::parse(&Door::SignInByEmail.name(true, number)).map(Identifier::Email),
        ];
        let names: Vec<Identifier> = names.into_iter().map(|name| name.expect("a name")).collect();
        let id = enrol(app, person, &password, &names).await;
        let phone = Phone::parse(&Door::ResetByPhone.name(true, number)).expect("a number");
        enrol(app, PersonId::new(&*app.dice), &password, &[Identifier::Phone(phone)]).await;
        let browser = browser(true, number).hash();
        let mut tx = app.store.write().await.expect("a transaction");
        sessions::meet_device(&mut tx, id, &browser, now).await.expect("a browser");
        tx.commit().await.expect("a commit");
    }
    bench
}

/// An account that goes by these names.
async fn enrol(
    app: &App,
    person: PersonId,
    password: &StoredPassword,
    names: &[Identifier],
) -> AccountId {
    let now = app.clock.now();
    let account = Account {
        id: AccountId::new(&*app.dice),
        person,
        password: password.clone(),
        password_set_at: now,
        language: Language::Id,
        zone: Zone::Wib,
    };
    let mut tx = app.store.write().await.expect("a transaction");
    accounts::add(&mut tx, &account, now).await.expect("the account is kept");
    for name in names {
        let kept = accounts::add_name(&mut tx, app.store.vault(), account.id, name, Some(now));
        kept.await.expect("a name is kept");
    }
    tx.commit().await.expect("a commit");
    account.id
}

/// The browser of the `number`th member, or one that nobody ever used.
fn browser(is_known: bool, number: usize) -> Token {
    let mut bits = [if is_known { 1 } else { 2 }; 32];
    bits[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Token::of(&bits)
}

/// What came back, and after how long.
pub struct Answered {
    pub page: Page,
    pub took: Duration,
}

/// Knocks once, from somewhere nobody has come from.
pub async fn knock(
    bench: &Bench,
    door: Door,
    is_known: bool,
    number: usize,
    turn: u32,
) -> Answered {
    let mut visitor = Visitor::new(bench);
    visitor.address = SocketAddr::new(IpAddr::V4(Ipv4Addr::from_bits(0x0a00_0000 + turn)), 40_000);
    if door == Door::PasskeyStart {
        let token = browser(is_known, number).expose().to_owned();
        visitor.cookies.insert("__Host-payung-browser".to_owned(), token);
        let began = now();
        let page = visitor.get(door.path()).await;
        return Answered { page, took: began.elapsed() };
    }
    let fields = door.fields(is_known, number);
    let fields: Vec<_> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
    let shown = visitor.get(door.path()).await;
    let began = now();
    let page = visitor.fill_in(&shown, door.path(), &fields).await;
    Answered { page, took: began.elapsed() }
}

/// An answer without what differs by chance from one answer to the next, or by what was typed.
pub fn plain(page: &Page, typed: &[(&str, String)]) -> String {
    let mut text = format!("{}\n", page.status);
    let mut lines: Vec<String> = page
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
        .collect();
    lines.sort();
    text.push_str(&lines.join("\n"));
    text.push('\n');
    text.push_str(&page.html);
    let names = typed.iter().filter(|(_, value)| value.len() > 4);
    let text = names.fold(text, |text, (field, value)| text.replace(value, field));
    let by_chance = [
        "name=\"csrf\" value=\"",
        "nonce=\"",
        "name=\"challenge\" value=\"",
        "data-options=\"",
        "nonce-",
        "payung-activation=",
        "payung-browser=",
        "payung-forgotten=",
    ];
    by_chance.into_iter().fold(text, |text, mark| without(&text, mark))
}

/// The text with the length of what stands between a mark and its end in the place of it.
fn without(text: &str, mark: &str) -> String {
    let mut parts = text.split(mark);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let ends: &[char] = if mark.ends_with('"') { &['"'] } else { &['\'', ';'] };
        let end = part.find(ends).unwrap_or(part.len());
        let _ = write!(left, "{mark}{end}");
        left.push_str(&part[end..]);
    }
    left
}

/// What the watch of a stranger says.
pub fn now() -> std::time::Instant {
    #[expect(clippy::disallowed_methods, reason = "how long an answer takes is what is asked here")]
    std::time::Instant::now()
}
