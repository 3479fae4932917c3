//! Every grant, and every use of what came of one, against everything that can be the matter with an
//! account: one table, each cell written out (L3, R7).

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::activation::Claim;
use payung_domain::contact::{Email, Identifier, UserName};
use payung_domain::ids::{Kpj, Nik};
use payung_domain::language::Language;
use payung_domain::lockout::{Counter, FIRM, ROUND};
use payung_domain::oidc::clients::Definition;
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::oidc::connected;
use payung_flows::passwords::change::{self, Wish};
use payung_flows::passwords::{forgot, reset};
use payung_flows::recoveries::finishing;
use payung_flows::sessions::{self, Found, SignedIn};
use payung_flows::{Visit, not_me};
use payung_storage::oidc::clients as client_rows;
use payung_storage::{accounts, throttles};
use payung_testkit::people::{self, BORN, PASSWORD};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Visitor;
use payung_testkit::{Bench, on_each_engine};

use crate::provider::{
    OFFLINE, asking, call, carried, code_for, definition, redeem, register, text,
};
use crate::{device, recover};

on_each_engine!(l3_r7_k20_every_grant_and_every_token_knows_every_state_of_an_account);

const CLIENT: &str = "klaim";
const RESOURCE: &str = "https://payung.example/api/v1";
const NEW: &str = "kuda tangga hujan sore";

/// What can be the matter with an account while an application holds something of it. Nobody can
/// disable or close the account of a member here: whoever builds that adds its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Well,
    /// There is no account: its membership was never activated, so whatever comes was made up.
    NeverOpened,
    /// Ten misses: the password path is paused.
    Paused,
    /// A hundred: it is shut firmly.
    Locked,
    /// A hundred wrong codes: the second step is shut.
    StepLocked,
    /// The password stands on a list of leaked ones: it has to be changed.
    MustChange,
    /// The owner said "this was not me".
    Disowned,
    /// Another password was set with a link.
    Reset,
    /// Another password was set from inside, and other sessions were let live.
    Changed,
    /// The member signed out.
    SignedOut,
    /// The member let the application in no longer.
    Withdrawn,
    /// Somebody asked for a staged recovery, and its 72 hours run.
    InRecovery,
    /// They are over and the proof is there; the link was not used yet.
    ReadyToRecover,
    /// The recovery is done.
    Recovered,
    /// Nothing is the matter with the account, and the application was disabled.
    ClientDisabled,
}

/// What an application does with what it holds. The columns of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// `authorization_code`, of a grant that ends with its session.
    Code,
    /// `authorization_code`, of a grant that outlives it (`offline_access`).
    OfflineCode,
    /// `refresh_token`.
    Refresh,
    /// The code of a device whose member said yes.
    Device,
    /// `client_credentials`.
    OwnAccount,
    /// Claims about the member, with an access token that has time left.
    Userinfo,
    /// What that token is worth.
    Introspection,
    /// The API, with one that is for it.
    Api,
    /// Claims, with an access token of a grant that outlives its session.
    OfflineUserinfo,
    /// Another code, in the browser of the member, without a page.
    NewCode,
}

const USES: [Use; 10] = [
    Use::Code,
    Use::OfflineCode,
    Use::Refresh,
    Use::Device,
    Use::OwnAccount,
    Use::Userinfo,
    Use::Introspection,
    Use::Api,
    Use::OfflineUserinfo,
    Use::NewCode,
];

// What a cell says: it works, or what is answered in place of it.
const OPEN: &str = "open";
const GRANT: &str = "invalid_grant";
const TOKEN: &str = "invalid_token";
const DEAD: &str = "inactive";
const NAMED: &str = "invalid_client";
const LOGIN: &str = "login_required";
const ASK: &str = "consent_required";
const PAGE: &str = "a page of ours";

/// The table. Columns stand as in [`USES`]. Strangers learn nothing from any of it: whatever the
/// reason is, the token endpoint says `invalid_grant`, the others say that the token is not good.
#[rustfmt::skip]
const TABLE: [(State, [&str; 10]); 15] = [
    (State::Well,           [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    // A client on its own account has nothing to do with anybody's: it goes on in every row (O10).
    (State::NeverOpened,    [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, LOGIN]),
    // E-05: a lock is against guessing a password or a code. It stands before those, and whatever was
    // proved before it goes on; else a stranger could end the owner's sessions by guessing wrong.
    (State::Paused,         [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    (State::Locked,         [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    (State::StepLocked,     [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    // a second step was passed for what is held, so it goes on; nothing new is let in before
    // the password is another one.
    (State::MustChange,     [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  LOGIN]),
    // R7, G-06: what was let in under a password that somebody else knew ends with it, offline or not.
    (State::Disowned,       [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, LOGIN]),
    (State::Reset,          [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, LOGIN]),
    // The same from inside; the session that did it lives on, and so does what was agreed to.
    (State::Changed,        [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, OPEN]),
    // H-11: what was to go on without the member goes on, and nothing else.
    (State::SignedOut,      [GRANT, OPEN,  OPEN,  GRANT, OPEN,  TOKEN, DEAD,  TOKEN, OPEN,  LOGIN]),
    // K-20: at once, and the member is asked anew.
    (State::Withdrawn,      [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, ASK]),
    // G-06: whoever asks for a recovery changes nothing by asking, or a stranger could sign the owner
    // out everywhere. Its end is another password.
    (State::InRecovery,     [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    (State::ReadyToRecover, [OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN,  OPEN]),
    (State::Recovered,      [GRANT, GRANT, GRANT, GRANT, OPEN,  TOKEN, DEAD,  TOKEN, TOKEN, LOGIN]),
    // It is nobody to us any more, not even on its own account; members read that we do not know it.
    (State::ClientDisabled, [NAMED, NAMED, NAMED, NAMED, NAMED, TOKEN, NAMED, TOKEN, TOKEN, PAGE]),
];

/// A member with an account of their own for one row, at an address of their own.
struct Row {
    number: u8,
    state: State,
    visitor: Visitor,
}

impl Row {
    fn name(&self) -> String {
        format!("budi{}", self.number)
    }

    fn kpj(&self) -> String {
        format!("900000002{:02}", self.number)
    }

    fn visit(&self, bench: &Bench) -> Visit {
        Visit {
            now: bench.clock.now(),
            address: self.visitor.address.ip(),
            device: "Chrome, Android".to_owned(),
            browser: None,
            language: Language::En,
        }
    }

    fn session(&self) -> Token {
        let cookies = &self.visitor.cookies;
        let cookie = cookies.iter().find(|(name, _)| name.ends_with("payung-session"));
        Token::parse(cookie.expect("a session").1).expect("a token")
    }

    async fn member(&self, bench: &Bench) -> SignedIn {
        let found = sessions::find(&bench.app, &self.visit(bench), &self.session()).await.unwrap();
        match found {
            Found::Live(member) => *member,
            other => panic!("not signed in: {other:?}"),
        }
    }
}

/// What an application holds of a member.
struct Held {
    code: String,
    offline_code: String,
    refresh: String,
    device_code: String,
    access: String,
    for_api: String,
    offline_access: String,
}

impl Held {
    /// Things that look like ours, and that nobody was ever given.
    fn made_up(bench: &Bench) -> Self {
        let token = || Token::new(&*bench.app.dice).expose().to_owned();
        Self {
            code: token(),
            offline_code: token(),
            refresh: token(),
            device_code: token(),
            access: token(),
            for_api: token(),
            offline_access: token(),
        }
    }
}

async fn opened(db: TestStore) -> Bench {
    let bench = Bench::new(db);
    let grants = ["authorization_code", "refresh_token", "client_credentials", device::DEVICE];
    let client = Definition {
        grant_types: grants.map(str::to_owned).into(),
        resources: vec![RESOURCE.to_owned()],
        ..definition(CLIENT)
    };
    register(&bench, client).await;
    bench
}

/// The member of a row, with records of their own.
async fn enrol(bench: &Bench, row: &Row) {
    let name = row.name();
    let names = vec![
        Identifier::UserName(UserName::parse(&name).unwrap()),
        Identifier::Email(Email::parse(&format!("{name}@peserta.example")).unwrap()),
    ];
    let who = people::enrol(&bench.app, names).await;
    let mut tx = bench.store.store.read().await.unwrap();
    let person = accounts::get(&mut tx, who.id).await.unwrap().expect("an account").person;
    drop(tx);
    let claim = Claim {
        nik: Nik::parse(&format!("000101540790{:04}", row.number)).unwrap(),
        kpj: Kpj::parse(&row.kpj()).unwrap(),
        birth_date: BORN,
    };
    people::record(&bench.app, person, &claim).await;
}

/// What takes longer than a code lives, and so is begun before there is one. Answers with the token
/// of the link that it ends with, where it has one.
async fn begin(bench: &Bench, row: &Row) -> Option<Token> {
    let kind = match row.state {
        State::Reset => {
            forgot::ask(&bench.app, &row.visit(bench), &row.name()).await.unwrap();
            bench.clock.advance(Duration::from_secs(61));
            "reset-link"
        }
        State::InRecovery | State::ReadyToRecover | State::Recovered => {
            let mut asking = Visitor::new(bench);
            asking.address = row.visitor.address;
            let contact = format!("baru{}@peserta.example", row.number);
            let kpj = row.kpj();
            let reference = recover::ask(bench, &mut asking, &kpj, ("email", &contact)).await;
            if row.state == State::InRecovery {
                bench.clock.advance(Duration::from_hours(2));
                return None;
            }
            recover::prove(bench, &reference).await;
            recover::wait(bench, 72).await;
            "recovery-link"
        }
        _ => return None,
    };
    let link = recover::link(bench, kind).await;
    let (_, token) = link.split_once("token=").expect("a token in the link");
    // The codes of one hour are counted, and a recovery takes some; a link to reset lives shorter.
    if kind == "recovery-link" {
        bench.clock.advance(Duration::from_hours(2));
    }
    Some(Token::parse(token).expect("a token"))
}

/// The application gets all there is to get while nothing is the matter.
async fn gather(bench: &Bench, row: &mut Row) -> Held {
    let name = row.name();
    let visitor = &mut row.visitor;
    visitor.sign_in(bench, &name).await;
    let for_api = [("scope", "openid profile"), ("resource", RESOURCE)];
    let code = code_for(visitor, CLIENT, &for_api).await;
    let (_, tokens) = redeem(visitor, CLIENT, &code).await;
    let for_api = text(&tokens["access_token"]).to_owned();
    // Of two consents the newer one counts.
    bench.clock.advance(Duration::from_secs(1));
    let wish = [("scope", "openid email")];
    let (_, begun) = call(visitor, "/oidc/device", CLIENT, &wish).await;
    let page = device::type_in(visitor, text(&begun["user_code"])).await;
    let page = device::answer(visitor, &page, "allow").await;
    assert_eq!(page.leads_to(), "/device/done?answer=allowed", "{}", page.html);
    let first = code_for(visitor, CLIENT, &OFFLINE).await;
    let (_, lasting) = redeem(visitor, CLIENT, &first).await;
    let offline_code = code_for(visitor, CLIENT, &OFFLINE).await;
    let first = code_for(visitor, CLIENT, &[]).await;
    let (_, tokens) = redeem(visitor, CLIENT, &first).await;
    Held {
        code: code_for(visitor, CLIENT, &[]).await,
        offline_code,
        refresh: text(&lasting["refresh_token"]).to_owned(),
        device_code: text(&begun["device_code"]).to_owned(),
        access: text(&tokens["access_token"]).to_owned(),
        for_api,
        offline_access: text(&lasting["access_token"]).to_owned(),
    }
}

/// So many misses, of the password or of the second step.
async fn miss(bench: &Bench, row: &Row, misses: u32) {
    let id = row.member(bench).await.account.id;
    let (keys, name, now) = (&bench.app.keys.counters, row.name(), bench.clock.now());
    let subjects = if row.state == State::StepLocked {
        vec![keys.tag(&[b"code", id.0.as_bytes()])]
    } else {
        vec![
            keys.tag(&[b"password", id.0.as_bytes()]),
            keys.tag(&[b"typed", b"user_name", name.as_bytes()]),
        ]
    };
    let counter = Counter { misses, paused_until: now.plus(Duration::from_mins(15)) };
    let mut tx = bench.store.store.write().await.unwrap();
    for subject in subjects {
        throttles::set(&mut tx, &subject, counter, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Sets another password from inside.
async fn change(bench: &Bench, row: &Row) {
    let (member, session) = (row.member(bench).await, row.session());
    let form: [u8; 16] = bench.app.dice.bytes();
    let wish = Wish {
        session: &session,
        present: &Secret::from(PASSWORD),
        new: &Secret::from(NEW),
        ends_others: false,
        form: &form,
    };
    let done = change::submit(&bench.app, &row.visit(bench), &member, &wish).await.unwrap();
    assert!(matches!(done, change::Answer::Done), "{done:?}");
}

/// Brings the account of a row into its state. The clock stands still meanwhile, or codes and tokens
/// would end by themselves.
async fn bring(bench: &Bench, row: &mut Row, link: Option<&Token>) {
    let (app, visit, new) = (&bench.app, row.visit(bench), Secret::from(NEW));
    match row.state {
        State::Well | State::NeverOpened | State::InRecovery | State::ReadyToRecover => {}
        State::Paused => miss(bench, row, ROUND).await,
        State::Locked | State::StepLocked => miss(bench, row, FIRM).await,
        State::MustChange => {
            let id = row.member(bench).await.account.id;
            let mut tx = bench.store.store.write().await.unwrap();
            assert!(accounts::password_has_leaked(&mut tx, id, visit.now).await.unwrap());
            tx.commit().await.unwrap();
        }
        State::Disowned => {
            let member = row.member(bench).await;
            not_me::submit_signed_in(app, &visit, &member, None).await.unwrap();
        }
        State::Reset => {
            let link = link.expect("a link");
            let set = reset::submit(app, &visit, link, &new).await.unwrap();
            assert!(matches!(set, reset::Answer::Done), "{set:?}");
        }
        State::Changed => change(bench, row).await,
        State::SignedOut => {
            let page = row.visitor.get("/sign-out").await;
            row.visitor.fill_in(&page, "/sign-out", &[]).await;
        }
        State::Withdrawn => {
            let id = row.member(bench).await.account.id;
            assert!(connected::withdraw(app, &visit, id, CLIENT).await.unwrap());
        }
        State::Recovered => {
            let link = link.expect("a link");
            let set = finishing::submit(app, &visit, link, &new).await.unwrap();
            assert!(matches!(set, finishing::Answer::Done), "{set:?}");
        }
        State::ClientDisabled => switch_client(bench, false).await,
    }
}

async fn switch_client(bench: &Bench, is_on: bool) {
    let since = (!is_on).then(|| bench.clock.now());
    let mut tx = bench.store.store.write().await.unwrap();
    assert!(client_rows::disable(&mut tx, CLIENT, since).await.unwrap());
    tx.commit().await.unwrap();
}

/// What the token endpoint says.
async fn traded(visitor: &mut Visitor, fields: &[(&str, &str)]) -> String {
    let (status, told) = call(visitor, "/oidc/token", CLIENT, fields).await;
    if status == StatusCode::OK { OPEN.to_owned() } else { text(&told["error"]).to_owned() }
}

/// What an address says to an access token.
async fn brought(visitor: &Visitor, path: &str, token: &str) -> String {
    let mut program = visitor.clone();
    program.cookies.clear();
    program.headers.push(("authorization", format!("Bearer {token}")));
    let page = program.get(path).await;
    match page.status {
        StatusCode::OK => OPEN.to_owned(),
        StatusCode::UNAUTHORIZED => TOKEN.to_owned(),
        other => format!("{other}: {}", page.html),
    }
}

async fn introspected(visitor: &mut Visitor, token: &str) -> String {
    let (status, told) = call(visitor, "/oidc/introspect", CLIENT, &[("token", token)]).await;
    match told["active"].as_bool() {
        Some(true) => OPEN.to_owned(),
        Some(false) => DEAD.to_owned(),
        None => told["error"].as_str().map_or_else(|| status.to_string(), str::to_owned),
    }
}

async fn asked_anew(visitor: &mut Visitor) -> String {
    let page = visitor.get(&asking(CLIENT, &[("prompt", "none")])).await;
    match (carried(&page, "code"), carried(&page, "error")) {
        (Some(_), _) => OPEN.to_owned(),
        (None, Some(error)) => error,
        (None, None) if page.status == StatusCode::BAD_REQUEST => PAGE.to_owned(),
        (None, None) => format!("{}: {}", page.status, page.html),
    }
}

/// Makes use of what is held, and says what was answered.
async fn tried(visitor: &mut Visitor, held: &Held, how: Use) -> String {
    let code = |code| {
        [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", crate::provider::CALLBACK),
            ("code_verifier", crate::provider::VERIFIER),
        ]
    };
    match how {
        Use::Code => traded(visitor, &code(&*held.code)).await,
        Use::OfflineCode => traded(visitor, &code(&*held.offline_code)).await,
        Use::Refresh => {
            let token = &*held.refresh;
            let fields = [("grant_type", "refresh_token"), ("refresh_token", token)];
            traded(visitor, &fields).await
        }
        Use::Device => {
            let code = &*held.device_code;
            let fields = [("grant_type", device::DEVICE), ("device_code", code)];
            traded(visitor, &fields).await
        }
        Use::OwnAccount => traded(visitor, &[("grant_type", "client_credentials")]).await,
        Use::Userinfo => brought(visitor, "/oidc/userinfo", &held.access).await,
        Use::Introspection => introspected(visitor, &held.access).await,
        Use::Api => brought(visitor, "/api/v1/me", &held.for_api).await,
        Use::OfflineUserinfo => brought(visitor, "/oidc/userinfo", &held.offline_access).await,
        Use::NewCode => asked_anew(visitor).await,
    }
}

async fn l3_r7_k20_every_grant_and_every_token_knows_every_state_of_an_account(db: TestStore) {
    let bench = opened(db).await;
    let mut wrong = Vec::new();
    for (number, (state, expected)) in (0..).zip(TABLE) {
        let mut visitor = Visitor::new(&bench);
        visitor.address = SocketAddr::from(([198, 51, 100, number], 40_000));
        let mut row = Row { number, state, visitor };
        let held = if state == State::NeverOpened {
            Held::made_up(&bench)
        } else {
            enrol(&bench, &row).await;
            let link = begin(&bench, &row).await;
            let held = gather(&bench, &mut row).await;
            bring(&bench, &mut row, link.as_ref()).await;
            held
        };
        for (how, expected) in USES.into_iter().zip(expected) {
            let said = tried(&mut row.visitor, &held, how).await;
            if said != expected {
                wrong.push(format!("{state:?}, {how:?}: {said}, and it must be {expected}"));
            }
        }
        if state == State::ClientDisabled {
            switch_client(&bench, true).await;
        }
        bench.clock.advance(Duration::from_hours(2));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
