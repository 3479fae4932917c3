//! What other products got wrong (`docs/standards.md`), where it takes more than one topic to show
//! that this one does not.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::authenticators::Need;
use payung_domain::contact_changes::Kind;
use payung_domain::keyed::Key;
use payung_domain::lockout::{Counter, FIRM, ROUND};
use payung_domain::passkeys::Name;
use payung_domain::passwords::MustChange;
use payung_domain::second_factor::{Way, totp_code, totp_step};
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::activation::access::{self, Answer as Access};
use payung_flows::activation::{Found as Activation, resuming};
use payung_flows::confirming::{self, Begin};
use payung_flows::contact_changes::undo::{self, Found as Undoing};
use payung_flows::delivery::Parcel;
use payung_flows::passkeys::{self, Added, Answer as KeyAnswer, Answered, Arriving};
use payung_flows::passwords::{forgot, reset};
use payung_flows::recoveries::finishing::{self, Found as Recovery};
use payung_flows::security::{self, Choices};
use payung_flows::sessions::{self, Found as Session, SignedIn};
use payung_flows::sign_in::password::Answer;
use payung_flows::sign_in::step::{self, Found};
use payung_flows::sign_in::{Ending, code, recovery};
use payung_flows::{apps, not_me, recovery_codes};
use payung_storage::{accounts, throttles};
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};
use serde_json::Value;

use crate::{
    activation, contact_changes, deliver, enter, newest_code, recoveries, right_password,
    send_form, signed_in, text_of, try_password, visit,
};

on_each_engine!(
    l3_every_door_knows_every_state_of_an_account,
    l2_no_spelling_of_a_name_buys_another_try,
    e03_a_form_that_was_refused_counts_when_it_comes_again,
    r5_a_link_comes_of_chance_and_of_nothing_else,
    r11_j10_nobody_is_there_from_the_start,
    d02_an_answer_that_is_wrong_in_any_part_is_refused,
    h10_a_session_is_never_more_than_what_proved_it,
    j03_j04_every_change_of_a_factor_is_told_by_every_way,
);

const NEW: &str = "kuda tangga hujan sore";

async fn member(bench: &Bench, session: &Token) -> SignedIn {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Session::Live(member) => *member,
        other => panic!("no live session: {other:?}"),
    }
}

fn browser() -> Token {
    Token::of(&[1; 32])
}

async fn add_key(bench: &Bench, account: &Account, session: &Token, key: &mut Authenticator) {
    let (app, visit) = (&bench.app, visit(bench));
    let challenge =
        passkeys::begin_adding(app, &visit, &browser(), account.id, session, "Budi").await.unwrap();
    let credential = key.register(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let name = Name::or("HP", "");
    let added = passkeys::add(app, &visit, &browser(), account, session, answered, &name).await;
    assert_eq!(added.unwrap(), Added::Done);
}

/// Signs in with a passkey whose answer is changed on its way.
async fn sign_in_changed(
    bench: &Bench,
    key: &mut Authenticator,
    change: impl Fn(&mut Value),
) -> KeyAnswer {
    let challenge = passkeys::begin_sign_in(&bench.app, &visit(bench), &browser()).unwrap();
    let mut answer: Value = serde_json::from_str(&key.sign(&challenge.options)).unwrap();
    change(&mut answer);
    let credential = answer.to_string();
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let arriving = Arriving { earlier: None, next: None, is_shared_device: false };
    passkeys::sign_in(&bench.app, &visit(bench), &browser(), answered, arriving).await.unwrap()
}

/// What can be the matter with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Well,
    /// Ten misses: its password path is paused.
    Paused,
    /// A hundred: shut until its owner opens it.
    Locked,
    /// Ten wrong codes: the second step is paused.
    StepPaused,
    /// A hundred: shut until a passkey or a recovery opens it.
    StepLocked,
    /// The password stands on a list of leaked ones.
    Leaked,
    /// The owner said "this was not me".
    Disowned,
    /// Another password was set since.
    Reset,
}

impl State {
    const ALL: [Self; 8] = [
        Self::Well,
        Self::Paused,
        Self::Locked,
        Self::StepPaused,
        Self::StepLocked,
        Self::Leaked,
        Self::Disowned,
        Self::Reset,
    ];
}

/// A way in, or to what opens a way in, that was begun while all was well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    Password,
    RememberedBrowser,
    CodeOfAnEarlierStep,
    PaperOfAnEarlierStep,
    KeyOfAnEarlierStep,
    ProofInASession,
    LostAnswer,
    SessionItself,
    EarlierLink,
    /// The link at the end of a staged recovery.
    RecoveryLink,
    /// The link that takes a change of a contact back.
    UndoLink,
    /// The link of an activation that somebody began with Budi's data and an address of their own.
    ActivationLink,
    Passkey,
    NewLink,
}

impl Entry {
    const ALL: [Self; 14] = [
        Self::Password,
        Self::RememberedBrowser,
        Self::CodeOfAnEarlierStep,
        Self::PaperOfAnEarlierStep,
        Self::KeyOfAnEarlierStep,
        Self::ProofInASession,
        Self::LostAnswer,
        Self::SessionItself,
        Self::EarlierLink,
        Self::RecoveryLink,
        Self::UndoLink,
        Self::ActivationLink,
        Self::Passkey,
        Self::NewLink,
    ];

    /// Whether it has to be open in this state. A lock is against guessing, so it stands before the
    /// password alone (E-05), and that of the second step before codes alone; whoever sets a password
    /// or disowns one ends all that knew it (R7). A password that has leaked shuts nothing: whoever
    /// comes in has to change it. What an owner started at the branch, or can take back, outlives
    /// another password, and ends with "this was not me".
    const fn is_open(self, state: State) -> bool {
        if matches!(self, Self::ActivationLink) {
            // The account is there: nobody opens a second one.
            return false;
        }
        match (self, state) {
            (Self::Passkey | Self::NewLink, _)
            | (_, State::Well | State::Leaked)
            | (Self::RecoveryLink | Self::UndoLink, State::Reset) => true,
            (way, State::Paused | State::Locked) => {
                !matches!(way, Self::Password | Self::RememberedBrowser)
            }
            (way, State::StepPaused | State::StepLocked) => !matches!(
                way,
                Self::CodeOfAnEarlierStep | Self::PaperOfAnEarlierStep | Self::ProofInASession
            ),
            (_, State::Disowned | State::Reset) => false,
        }
    }
}

/// Budi with everything that was begun while all was well.
struct Budi {
    session: Token,
    account: Account,
    key: Authenticator,
    paper: String,
    step: Token,
    code: String,
    proof: Token,
    proof_code: String,
    finished: Token,
    link: Token,
    /// The link that this way goes by, where it is one of those that take long to come by.
    letter: Option<Token>,
}

async fn well(bench: &Bench, way: Entry) -> Budi {
    let budi = people::budi(&bench.app).await;
    let letter = letter(bench, &budi, way).await;
    let session = signed_in(bench).await;
    let account = member(bench, &session).await.account;
    let mut key = Authenticator::new(1);
    add_key(bench, &account, &session, &mut key).await;
    let made = recovery_codes::make(&bench.app, &visit(bench), &account).await.unwrap();
    let recovery_codes::Made::Set(paper) = made else { panic!("there is room") };
    let remembers = Ending { earlier: None, remembers: true };
    let token = send_to_code(bench).await;
    let code = newest_code(bench).await;
    let done = code::submit(&bench.app, &visit(bench), &token, &code, remembers).await.unwrap();
    assert!(matches!(done, Found::Open(code::Answer::SignedIn { .. })), "{done:?}");
    bench.clock.advance(Duration::from_secs(61));
    let (way, need) = (Way::Email, Need::Any);
    let wish = Begin { session: &session, way, form: &[7; 16], next: "/security", need };
    let asked = confirming::begin(&bench.app, &visit(bench), &account, wish).await.unwrap();
    let (proof, _) = asked.unwrap();
    let proof_code = newest_code(bench).await;
    bench.clock.advance(Duration::from_secs(61));
    forgot::ask(&bench.app, &visit(bench), "budi").await.unwrap();
    let link = link(bench).await;
    let finished = send_to_code(bench).await;
    let last = newest_code(bench).await;
    let done = enter(bench, &finished, &last).await;
    assert!(matches!(done, Found::Open(code::Answer::SignedIn { .. })), "{done:?}");
    bench.clock.advance(Duration::from_secs(61));
    let step = send_to_code(bench).await;
    let code = newest_code(bench).await;
    let paper = paper[0].expose().to_owned();
    Budi { session, account, key, paper, step, code, proof, proof_code, finished, link, letter }
}

/// The link of a letter that takes more than a click to get.
async fn letter(bench: &Bench, budi: &Somebody, way: Entry) -> Option<Token> {
    let link = match way {
        Entry::RecoveryLink => {
            people::put_on_record(&bench.app, budi).await;
            recoveries::ready(bench, recoveries::everything()).await.1
        }
        Entry::UndoLink => {
            let owner = member(bench, &signed_in(bench).await).await;
            let (kind, new) = (Kind::Email, "baru@peserta.example");
            contact_changes::bring(bench, &owner, kind, new, None).await;
            contact_changes::undo_link_to(bench, "budi@peserta.example").await
        }
        Entry::ActivationLink => {
            let claim = people::on_record_with(&bench.app, budi, 1).await;
            let begun = activation::found(bench, &claim).await;
            activation::confirm(bench, &begun, &activation::email("pencuri")).await;
            activation::link(bench).await
        }
        _ => return None,
    };
    // The codes of one hour are counted, and some of them were needed for this.
    bench.clock.advance(Duration::from_hours(2));
    Some(link)
}

/// Gives the password at a browser nobody remembers, and asks for a code by letter.
async fn send_to_code(bench: &Bench) -> Token {
    let elsewhere = payung_flows::Visit { browser: None, ..visit(bench) };
    let form: [u8; 16] = bench.app.dice.bytes();
    let attempt = payung_flows::sign_in::password::Attempt {
        typed: "budi",
        password: &PASSWORD.into(),
        form: &form,
        next: None,
        is_shared_device: false,
        earlier: None,
        taken: None,
    };
    let submit = payung_flows::sign_in::password::submit;
    let Answer::Right { token, .. } = submit(&bench.app, &elsewhere, &attempt).await.unwrap()
    else {
        panic!("the password is right")
    };
    step::choose(&bench.app, &visit(bench), &token, Way::Email).await.unwrap();
    token
}

/// The token of the newest link to set a password.
async fn link(bench: &Bench) -> Token {
    let texts: Vec<String> = deliver(bench).await.iter().map(text_of).collect();
    let found = texts.iter().rev().find_map(|text| {
        let (_, rest) = text.split_once("/reset-password?token=")?;
        Token::parse(rest.split_whitespace().next()?)
    });
    found.unwrap_or_else(|| panic!("no link in {texts:?}"))
}

/// Brings the account into a state.
async fn bring(bench: &Bench, budi: &Budi, state: State) {
    match state {
        State::Well => {}
        State::Paused | State::Locked => {
            let misses = if state == State::Paused { ROUND } else { FIRM };
            let paused_until = bench.clock.now().plus(Duration::from_mins(15));
            let keys = &bench.app.keys.counters;
            let mut tx = bench.app.store.write().await.unwrap();
            for subject in [
                keys.tag(&[b"password", budi.account.id.0.as_bytes()]),
                keys.tag(&[b"typed", b"user_name", b"budi"]),
            ] {
                let counter = Counter { misses, paused_until };
                throttles::set(&mut tx, &subject, counter, bench.clock.now()).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        State::StepPaused | State::StepLocked => {
            let misses = if state == State::StepPaused { ROUND } else { FIRM };
            let paused_until = bench.clock.now().plus(Duration::from_mins(15));
            let subject = bench.app.keys.counters.tag(&[b"code", budi.account.id.0.as_bytes()]);
            let counter = Counter { misses, paused_until };
            let mut tx = bench.app.store.write().await.unwrap();
            throttles::set(&mut tx, &subject, counter, bench.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        State::Leaked => {
            let now = bench.clock.now();
            let mut tx = bench.app.store.write().await.unwrap();
            assert!(accounts::password_has_leaked(&mut tx, budi.account.id, now).await.unwrap());
            tx.commit().await.unwrap();
        }
        State::Disowned => {
            let owner = member(bench, &budi.session).await;
            not_me::submit_signed_in(&bench.app, &visit(bench), &owner, None).await.unwrap();
            deliver(bench).await;
            bench.clock.advance(Duration::from_secs(61));
        }
        State::Reset => {
            bench.clock.advance(Duration::from_secs(61));
            forgot::ask(&bench.app, &visit(bench), "budi").await.unwrap();
            let token = link(bench).await;
            let set = reset::submit(&bench.app, &visit(bench), &token, &NEW.into()).await.unwrap();
            assert!(matches!(set, reset::Answer::Done), "{set:?}");
            bench.clock.advance(Duration::from_secs(61));
        }
    }
}

/// Goes that way, and says whether it was open.
async fn goes(bench: &Bench, budi: &mut Budi, way: Entry) -> bool {
    let (app, visit) = (&bench.app, visit(bench));
    match way {
        Entry::Password => {
            let form: [u8; 16] = app.dice.bytes();
            matches!(
                send_form(bench, "budi@peserta.example", PASSWORD, &form).await,
                Answer::Right { .. } | Answer::SignedIn(_)
            )
        }
        Entry::RememberedBrowser => {
            matches!(try_password(bench, "budi", PASSWORD).await, Answer::SignedIn(_))
        }
        Entry::CodeOfAnEarlierStep => {
            let done = enter(bench, &budi.step, &budi.code).await;
            matches!(done, Found::Open(code::Answer::SignedIn { .. }))
        }
        Entry::PaperOfAnEarlierStep => {
            let ending = Ending::default();
            let done = recovery::submit(app, &visit, &budi.step, &budi.paper, ending).await;
            matches!(done.unwrap(), Found::Open(recovery::Answer::SignedIn { .. }))
        }
        Entry::KeyOfAnEarlierStep => {
            let (id, step) = (budi.account.id, &budi.step);
            let asked = passkeys::begin_step(app, &visit, &browser(), id, step).await.unwrap();
            let credential = budi.key.sign(&asked.options);
            let answered = Answered { sealed: &asked.sealed, credential: &credential };
            let ending = Ending::default();
            let done = passkeys::finish_step(app, &visit, &browser(), step, answered, ending).await;
            matches!(done.unwrap(), Found::Open(KeyAnswer::SignedIn(_)))
        }
        Entry::ProofInASession => {
            let ending = Ending { earlier: Some(&budi.session), remembers: false };
            let done = code::submit(app, &visit, &budi.proof, &budi.proof_code, ending).await;
            matches!(done.unwrap(), Found::Open(code::Answer::SignedIn { .. }))
        }
        Entry::LostAnswer => {
            let given = step::resume(app, &visit, &budi.finished).await.unwrap();
            let Some(session) = given else { return false };
            matches!(sessions::find(app, &visit, &session).await.unwrap(), Session::Live(_))
        }
        Entry::SessionItself => {
            matches!(sessions::find(app, &visit, &budi.session).await.unwrap(), Session::Live(_))
        }
        Entry::EarlierLink => {
            let found = reset::view(app, &visit, &budi.link).await.unwrap();
            matches!(found, reset::Found::Good { .. })
        }
        Entry::RecoveryLink | Entry::UndoLink | Entry::ActivationLink => {
            let link = budi.letter.as_ref().expect("a letter came");
            goes_by_letter(bench, way, link).await
        }
        Entry::Passkey => {
            matches!(sign_in_changed(bench, &mut budi.key, |_| ()).await, KeyAnswer::SignedIn(_))
        }
        Entry::NewLink => {
            bench.clock.advance(Duration::from_mins(10));
            forgot::ask(app, &crate::visit(bench), "budi@peserta.example").await.unwrap();
            let token = link(bench).await;
            let found = reset::view(app, &crate::visit(bench), &token).await.unwrap();
            matches!(found, reset::Found::Good { .. })
        }
    }
}

/// Follows a link that a letter brought, and says whether it was open.
async fn goes_by_letter(bench: &Bench, way: Entry, link: &Token) -> bool {
    let (app, visit) = (&bench.app, visit(bench));
    match way {
        Entry::RecoveryLink => {
            let found = finishing::view(app, &visit, link).await.unwrap();
            matches!(found, Recovery::Good { .. })
        }
        Entry::UndoLink => {
            let found = undo::view(app, &visit, link).await.unwrap();
            matches!(found, Undoing::Open(..))
        }
        _ => {
            let elsewhere = Token::of(&[2; 32]);
            let gone_on = resuming::go_on(app, &visit, &elsewhere, link, None).await.unwrap();
            let resuming::Answer::GoesOn(token) = gone_on else { panic!("{gone_on:?}") };
            let set = access::set_password(app, &visit, &token, &NEW.into()).await.unwrap();
            matches!(set, Activation::Open(Access::Done))
        }
    }
}

async fn l3_every_door_knows_every_state_of_an_account(db: TestStore) {
    let bench = Bench::new(db);
    for state in State::ALL {
        // One way may end what another one needs, so each gets a Budi of its own.
        for way in Entry::ALL {
            bench.app.store.erase().await.unwrap();
            bench.app.store.migrate(bench.clock.now()).await.unwrap();
            let mut budi = well(&bench, way).await;
            bring(&bench, &budi, state).await;
            assert_eq!(
                goes(&bench, &mut budi, way).await,
                way.is_open(state),
                "{way:?}, {state:?}"
            );
            if (way, state) == (Entry::SessionItself, State::Leaked) {
                let found = member(&bench, &budi.session).await;
                assert_eq!(found.must_change, Some(MustChange::Leaked));
            }
        }
    }
}

async fn l2_no_spelling_of_a_name_buys_another_try(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let spellings = ["siti", "SITI", " Siti ", "ｓｉｔｉ", "s\u{200b}iti"];
    for spelling in spellings {
        try_password(&bench, spelling, "salah sekali ini").await;
    }
    for spelling in spellings {
        let answer = try_password(&bench, spelling, PASSWORD).await;
        assert!(matches!(answer, Answer::Paused(_)), "{spelling}: {answer:?}");
    }
    // Nor does another name of hers: its own counter is new, and the account's is not.
    for other in ["0800 0000 0001", "+62 800-0000-0001", "SITI@Peserta.Example", "90000000001"] {
        let answer = try_password(&bench, other, PASSWORD).await;
        assert!(matches!(answer, Answer::Wrong { .. }), "{other}: {answer:?}");
    }
}

async fn e03_a_form_that_was_refused_counts_when_it_comes_again(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    for _ in 0..5 {
        try_password(&bench, "siti", "salah sekali ini").await;
    }
    // Left at the door during the pause, to be tried after it.
    for number in 0..20 {
        let guess = format!("tebakan {number}");
        let answer = send_form(&bench, "siti", &guess, b"one form").await;
        assert!(matches!(answer, Answer::Paused(_)), "{answer:?}");
    }
    bench.clock.advance(Duration::from_secs(30));
    let mut checked = 0;
    for number in 0..20 {
        let before = bench.app.counters.passwords_wrong.total();
        send_form(&bench, "siti", &format!("tebakan {number}"), b"one form").await;
        checked += bench.app.counters.passwords_wrong.total() - before;
    }
    assert_eq!(checked, 1, "one more miss, and the next pause");
}

/// The link that Budi gets where chance falls like this.
async fn link_with(bench: &Bench, name: &str) -> Token {
    forgot::ask(&bench.app, &visit(bench), name).await.unwrap();
    link(bench).await
}

async fn r5_a_link_comes_of_chance_and_of_nothing_else(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    people::dewi(&bench.app).await;
    // The same moment, the same account, and everything about it: another link.
    let mut links = vec![link_with(&bench, "budi").await, link_with(&bench, "dewi").await];
    bench.clock.advance(Duration::from_mins(2));
    links.push(link_with(&bench, "budi").await);
    links.sort_by(|one, other| one.expose().cmp(other.expose()));
    links.dedup();
    assert_eq!(links.len(), 3);
    // The token of a sign-in comes of its form, under a key: who knows the form knows nothing.
    let Answer::Right { token, .. } = send_form(&bench, "budi", PASSWORD, b"a form").await else {
        panic!("the password is right")
    };
    deliver(&bench).await;
    let account = member(&bench, &signed_in(&bench).await).await.account;
    let parts: [&[u8]; 2] = [b"a form", account.id.0.as_bytes()];
    assert_eq!(token, Token::of(&bench.app.keys.sign_ins.tag(&parts)));
    for guess in [Key::new([0; 32]), Key::new([1; 32]), bench.app.keys.counters.clone()] {
        assert_ne!(token, Token::of(&guess.tag(&parts)));
    }
}

async fn r11_j10_nobody_is_there_from_the_start(db: TestStore) {
    let bench = Bench::new(db);
    for name in ["admin", "administrator", "root", "payung", "siti", "lestari", "bayu", "uji"] {
        for password in [PASSWORD, "admin", "password", name] {
            let answer = try_password(&bench, name, password).await;
            let is_open = matches!(answer, Answer::Right { .. } | Answer::SignedIn(_));
            assert!(!is_open, "{name}: {answer:?}");
        }
        forgot::ask(&bench.app, &visit(&bench), name).await.unwrap();
    }
    assert!(deliver(&bench).await.is_empty(), "there is nobody to write to");
}

/// What somebody does to an answer on its way.
type Change<'a> = &'a dyn Fn(&mut Value);

async fn d02_an_answer_that_is_wrong_in_any_part_is_refused(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let session = signed_in(&bench).await;
    let account = member(&bench, &session).await.account;
    let mut key = Authenticator::new(1);
    add_key(&bench, &account, &session, &mut key).await;
    let encoded =
        |value: &Value| data_encoding::BASE64URL_NOPAD.encode(value.to_string().as_bytes());
    let client = |answer: &Value| -> Value {
        let data = answer["response"]["clientDataJSON"].as_str().unwrap();
        let data = data_encoding::BASE64URL_NOPAD.decode(data.as_bytes()).unwrap();
        serde_json::from_slice(&data).unwrap()
    };
    let rewritten = |answer: &mut Value, field: &str, to: &str| {
        let mut data = client(answer);
        data[field] = Value::from(to);
        answer["response"]["clientDataJSON"] = Value::from(encoded(&data));
    };
    let flipped = |answer: &mut Value, field: &str, at: usize| {
        let text = answer["response"][field].as_str().unwrap();
        let mut bytes = data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        let at = at % bytes.len();
        bytes[at] ^= 1;
        let text = data_encoding::BASE64URL_NOPAD.encode(&bytes);
        answer["response"][field] = Value::from(text);
    };
    let changes: [(&str, Change<'_>); 8] = [
        ("type", &|a| rewritten(a, "type", "webauthn.create")),
        ("challenge", &|a| rewritten(a, "challenge", &"A".repeat(43))),
        ("origin", &|a| rewritten(a, "origin", "https://payung.example.evil.example")),
        ("host", &|a| flipped(a, "authenticatorData", 0)),
        ("presence", &|a| flipped(a, "authenticatorData", 32)),
        ("signature", &|a| flipped(a, "signature", 40)),
        ("no signature", &|a| a["response"]["signature"] = Value::from("")),
        ("another credential", &|a| a["rawId"] = Value::from("AAAA")),
    ];
    for (part, change) in changes {
        let answer = sign_in_changed(&bench, &mut key, change).await;
        assert!(matches!(answer, KeyAnswer::Refused), "{part}: {answer:?}");
    }
    assert!(matches!(sign_in_changed(&bench, &mut key, |_| ()).await, KeyAnswer::SignedIn(_)));
    // Algorithms: what is offered is what is taken.
    let (app, visit, browser) = (&bench.app, visit(&bench), browser());
    let challenge = passkeys::begin_adding(app, &visit, &browser, account.id, &session, "Budi");
    let options: Value = serde_json::from_str(&challenge.await.unwrap().options).unwrap();
    let offered: Vec<i64> = options["pubKeyCredParams"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["alg"].as_i64())
        .collect();
    assert_eq!(offered, [-7, -8, -257], "ES256, EdDSA, RS256");
}

async fn h10_a_session_is_never_more_than_what_proved_it(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let (token, _) = right_password(&bench, "budi").await;
    let code = newest_code(&bench).await;
    let remembers = Ending { earlier: None, remembers: true };
    code::submit(&bench.app, &visit(&bench), &token, &code, remembers).await.unwrap();
    let Answer::SignedIn(opened) = try_password(&bench, "budi", PASSWORD).await else {
        panic!("this browser is remembered")
    };
    // No page, no wait and no second sign-in elsewhere makes it more.
    for _ in 0..3 {
        let found = member(&bench, &opened.session).await;
        assert_eq!(found.session.way, Way::Remembered);
        assert!(!found.session.is_proved(bench.clock.now()));
        send_to_code(&bench).await;
        deliver(&bench).await;
        bench.clock.advance(Duration::from_secs(61));
    }
    let account = member(&bench, &opened.session).await.account;
    let (session, way, need) = (&opened.session, Way::Email, Need::Full);
    let wish = Begin { session, way, form: &[8; 16], next: "/security", need };
    let asked = confirming::begin(&bench.app, &visit(&bench), &account, wish).await.unwrap();
    let (step, _) = asked.unwrap();
    let code = newest_code(&bench).await;
    let ending = Ending { earlier: Some(&opened.session), remembers: false };
    let done = code::submit(&bench.app, &visit(&bench), &step, &code, ending).await.unwrap();
    let Found::Open(code::Answer::SignedIn { session, .. }) = done else { panic!("{done:?}") };
    let proved = member(&bench, &session).await.session;
    assert!(proved.is_proved(bench.clock.now()));
    assert_eq!(proved.way, Way::Email, "and it is told apart from what is stronger");
}

/// What leaves after something was done: how many letters and text messages, and all they say.
async fn told(bench: &Bench) -> (usize, usize, String) {
    let parcels = deliver(bench).await;
    let letters = parcels.iter().filter(|parcel| matches!(parcel, Parcel::Mail { .. })).count();
    let texts: Vec<String> = parcels.iter().map(text_of).collect();
    (letters, parcels.len() - letters, texts.join("\n"))
}

async fn j03_j04_every_change_of_a_factor_is_told_by_every_way(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
    let code = newest_code(&bench).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = enter(&bench, &token, &code).await
    else {
        panic!("the code is right")
    };
    let siti = member(&bench, &session).await.account;
    let (app, here) = (&bench.app, visit(&bench));
    deliver(&bench).await;
    let heard = async |what: &str, secret: &str| {
        let (letters, texts, said) = told(&bench).await;
        assert_eq!((letters, texts), (1, 1), "{what}: {said}");
        assert!(said.contains("19.00 WIB") && said.contains("Chrome, Android"), "{what}: {said}");
        assert!(said.contains("https://payung.example/not-me?token="), "{what}: {said}");
        assert!(said.contains("PYG-") && said.contains("0800 0000 000"), "{what}: {said}");
        assert!(secret.is_empty() || !said.contains(secret), "{what} tells a secret: {said}");
    };

    apps::begin(app, &here, &siti).await.unwrap();
    let pending = apps::pending(app, &here, &siti, "Siti").await.unwrap().unwrap();
    let seed = data_encoding::BASE32_NOPAD.decode(pending.key.replace(' ', "").as_bytes()).unwrap();
    let seed: [u8; 20] = seed.try_into().unwrap();
    let first = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    apps::complete(app, &here, &siti, &first, &Name::or("HP", "")).await.unwrap();
    heard("an app comes", &pending.key).await;

    let mut key = Authenticator::new(1);
    add_key(&bench, &siti, &session, &mut key).await;
    heard("a passkey comes", "").await;

    let made = recovery_codes::make(app, &here, &siti).await.unwrap();
    let recovery_codes::Made::Set(paper) = made else { panic!("there is room") };
    heard("codes are made", paper[0].expose()).await;

    let (token, _) = right_password(&bench, "siti").await;
    let used = recovery::submit(app, &here, &token, paper[0].expose(), Ending::default()).await;
    assert!(matches!(used.unwrap(), Found::Open(recovery::Answer::SignedIn { .. })));
    heard("a code is used", paper[0].expose()).await;

    apps::remove(app, &here, &siti).await.unwrap();
    heard("an app goes", "").await;

    let overview = security::overview(app, &here, &siti).await.unwrap();
    passkeys::remove(app, &here, &siti, overview.passkeys[0].id).await.unwrap();
    heard("a passkey goes", "").await;

    let off = Choices { is_sms_off: true, ..Choices::default() };
    security::choose(app, &here, &siti, &off).await.unwrap();
    heard("a way is switched off", "").await;

    forgot::ask(app, &here, "siti").await.unwrap();
    let link = link(&bench).await;
    reset::submit(app, &here, &link, &NEW.into()).await.unwrap();
    heard("another password", NEW).await;
    let mut tx = app.store.read().await.unwrap();
    assert!(!accounts::password_is_distrusted(&mut tx, siti.id).await.unwrap());
}
