//! Activation: from three numbers to an account, and everything a stranger might try on the way.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activation::{Claim, KEPT, PATIENCE, Stage};
use payung_domain::activity::Event;
use payung_domain::contact::{Email, Identifier, Phone};
use payung_domain::ids::{AccountId, Kpj, Nik};
use payung_domain::passwords::Refusal;
use payung_domain::second_factor::Sending;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::activation::access::{self, Answer as Access};
use payung_flows::activation::codes::{self, Answer as Saved, Shown};
use payung_flows::activation::contacts::{self, Answer as Code};
use payung_flows::activation::matching::{self, Answer, Attempt};
use payung_flows::activation::resuming::{self, Link};
use payung_flows::activation::{self, Found, View};
use payung_flows::delivery::Parcel;
use payung_flows::passkeys::Answered;
use payung_flows::sign_in::password::Answer as Door;
use payung_flows::tidying::tidy;
use payung_storage::{accounts, activity};
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{another, deliver, newest_code, text_of, try_password, visit};

on_each_engine!(
    wayan_activates_his_membership_and_signs_in,
    a_phone_alone_is_enough,
    wayan_activates_with_a_passkey_and_no_password,
    d03_a_passkey_that_does_not_verify_its_owner_opens_nothing,
    l5_whatever_does_not_fit_gets_the_same_answer,
    e03_five_tries_an_hour_with_one_nik_whatever_else_is_typed,
    e03_five_tries_an_hour_with_one_kpj_too,
    e04_five_misses_an_hour_from_one_address,
    a_form_sent_twice_is_one_try,
    f03_an_account_that_exists_is_not_spoken_of_before_a_contact_is_proved,
    f03_the_owner_hears_of_it_once_a_day,
    f03_an_address_of_another_account_gets_a_notice_instead_of_a_code,
    l10_no_step_is_taken_before_its_turn,
    r2_the_steps_of_somebody_else_stay_theirs,
    r9_another_address_has_to_be_confirmed_itself,
    g09_each_contact_counts_after_its_own_code,
    a_contact_whose_code_never_comes_can_be_left_out,
    a_phone_of_the_family_reaches_two_accounts_and_names_one,
    an_address_that_was_given_away_meanwhile_is_asked_for_again,
    s1_each_time_the_data_are_entered_the_token_is_a_new_one,
    s2_another_person_in_the_same_browser_finds_nothing_of_the_first,
    s2_a_browser_that_waited_too_long_is_asked_for_the_data_again,
    the_same_data_in_another_browser_begin_anew,
    r6_the_link_goes_on_in_another_browser_once,
    g04_looking_at_a_link_changes_nothing,
    what_was_saved_is_dropped_after_a_week,
    a05_a_first_password_is_judged_like_any_other,
    a13_nobody_knows_a_password_that_was_never_set,
    g08_the_codes_are_shown_once_and_asked_for,
    r4_whoever_comes_back_later_gets_no_codes_without_signing_in,
    l7_of_64_at_once_one_opens_the_account,
    l7_of_64_browsers_at_once_one_opens_the_account,
    a_full_queue_changes_nothing,
    where_no_text_messages_go_no_number_is_taken,
    where_no_codes_go_by_letter_a_password_needs_company,
);

const PASSWORD: &str = "kuda tangga hujan sore";

fn browser(number: u8) -> Token {
    Token::of(&[number; 32])
}

pub(crate) fn email(name: &str) -> Email {
    Email::parse(&format!("{name}@peserta.example")).unwrap()
}

fn phone(ending: u8) -> Phone {
    Phone::parse(&format!("0800 0000 0{ending:03}")).unwrap()
}

async fn find_in(bench: &Bench, claim: &Claim, of: &Token, earlier: Option<&Token>) -> Answer {
    let form: [u8; 16] = bench.app.dice.bytes();
    let attempt = Attempt { claim, form: &form, browser: of, earlier };
    matching::find(&bench.app, &visit(bench), attempt).await.unwrap()
}

async fn find(bench: &Bench, claim: &Claim) -> Answer {
    find_in(bench, claim, &browser(1), None).await
}

/// The token of somebody whose membership was found.
async fn found_in(bench: &Bench, claim: &Claim, of: &Token) -> Token {
    match find_in(bench, claim, of, None).await {
        Answer::Found(token) => token,
        other => panic!("not found: {other:?}"),
    }
}

pub(crate) async fn found(bench: &Bench, claim: &Claim) -> Token {
    found_in(bench, claim, &browser(1)).await
}

async fn give(
    bench: &Bench,
    token: &Token,
    email: Option<&Email>,
    phone: Option<&Phone>,
) -> Found<Sending> {
    contacts::set(&bench.app, &visit(bench), token, email, phone).await.unwrap()
}

async fn enter(bench: &Bench, token: &Token, code: &str) -> Found<Code> {
    contacts::check(&bench.app, &visit(bench), token, code).await.unwrap()
}

/// Confirms an address.
pub(crate) async fn confirm(bench: &Bench, token: &Token, email: &Email) {
    // While the clock stands still, nothing tells which of two codes is newer.
    deliver(bench).await;
    let sent = give(bench, token, Some(email), None).await;
    assert!(matches!(sent, Found::Open(Sending::Now)), "{sent:?}");
    let code = newest_code(bench).await;
    let right = enter(bench, token, &code).await;
    assert!(matches!(right, Found::Open(Code::Right(_))), "{right:?}");
}

async fn set(bench: &Bench, token: &Token, password: &str) -> Found<Access> {
    access::set_password(&bench.app, &visit(bench), token, &Secret::from(password)).await.unwrap()
}

async fn view(bench: &Bench, token: &Token) -> Option<View> {
    activation::view(&bench.app, &visit(bench), token).await.unwrap()
}

async fn stage(bench: &Bench, token: &Token) -> Option<Stage> {
    view(bench, token).await.map(|view| view.progress.stage())
}

/// Wayan, whose address is confirmed.
async fn reached(db: TestStore) -> (Bench, Claim, Token) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    confirm(&bench, &token, &email("wayan")).await;
    (bench, claim, token)
}

async fn codes_of(bench: &Bench, token: &Token) -> (Vec<Secret>, String) {
    match codes::make(&bench.app, &visit(bench), token).await.unwrap() {
        Found::Open(Shown::Set { codes, sealed }) => (codes, sealed),
        other => panic!("no codes: {other:?}"),
    }
}

async fn save(bench: &Bench, token: &Token, sealed: &str, typed: &str) -> Found<Saved> {
    codes::confirm(&bench.app, &visit(bench), token, sealed, typed).await.unwrap()
}

/// The account that goes by a name.
async fn account(bench: &Bench, typed: &str) -> Option<AccountId> {
    let mut tx = bench.app.store.read().await.unwrap();
    let vault = bench.app.store.vault();
    let found = accounts::find(&mut tx, vault, &Identifier::readings(typed), bench.clock.now())
        .await
        .unwrap();
    found.map(|account| account.id)
}

async fn has_happened(bench: &Bench, who: AccountId, event: Event) -> bool {
    let mut tx = bench.app.store.read().await.unwrap();
    let end = Instant::from_micros(i64::MAX);
    activity::latest(&mut tx, who, event, end).await.unwrap().is_some()
}

/// What was sent, each as `to: subject`; a text message by its first words.
async fn told(bench: &Bench) -> Vec<String> {
    let shown = |parcel: &Parcel| match parcel {
        Parcel::Mail { to, subject, .. } => format!("{}: {subject}", to.expose()),
        Parcel::Sms { to, text, .. } => {
            format!("{}: {}", to.expose(), text.chars().take(24).collect::<String>())
        }
    };
    let mut told: Vec<String> = deliver(bench).await.iter().map(shown).collect();
    told.sort();
    told
}

/// The link in the newest letter that has one.
pub(crate) async fn link(bench: &Bench) -> Token {
    let texts: Vec<String> = deliver(bench).await.iter().map(text_of).collect();
    let token = texts.iter().rev().find_map(|text| {
        let (_, rest) = text.split_once("https://payung.example/activate/resume?token=")?;
        Token::parse(rest.split_whitespace().next()?)
    });
    token.unwrap_or_else(|| panic!("no link in {texts:?}"))
}

async fn wayan_activates_his_membership_and_signs_in(db: TestStore) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    assert_eq!(stage(&bench, &token).await, Some(Stage::Contact));
    let (address, number) = (email("wayan"), phone(6));
    give(&bench, &token, Some(&address), Some(&number)).await;
    let code = newest_code(&bench).await;
    let wrong = enter(&bench, &token, &another(&code)).await;
    assert!(matches!(wrong, Found::Open(Code::Wrong)));
    let right = enter(&bench, &token, &code).await;
    assert!(matches!(right, Found::Open(Code::Right(Stage::Code))), "the number is next");
    let code = newest_code(&bench).await;
    let right = enter(&bench, &token, &code).await;
    assert!(matches!(right, Found::Open(Code::Right(Stage::Access))));
    deliver(&bench).await;
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));

    let opened = account(&bench, "wayan@peserta.example").await.unwrap();
    for name in ["0800 0000 0006", claim.kpj.as_str()] {
        assert_eq!(account(&bench, name).await, Some(opened), "{name}");
    }
    assert!(has_happened(&bench, opened, Event::AccountActivated).await);
    let expected = [
        "+6280000000006: Payung: akun Anda aktif ",
        "wayan@peserta.example: Akun Anda sudah aktif",
    ];
    assert_eq!(told(&bench).await, expected);

    let (shown, sealed) = codes_of(&bench, &token).await;
    assert_eq!(shown.len(), 10);
    let end = &shown[7].expose()[15..];
    assert!(matches!(save(&bench, &token, &sealed, end).await, Found::Open(Saved::Done)));
    assert!(view(&bench, &token).await.is_none(), "nothing is left in the browser");
    assert!(has_happened(&bench, opened, Event::RecoveryCodesMade).await);
    assert!(!has_happened(&bench, opened, Event::SignedIn).await, "nobody is signed in by it");
    let door = try_password(&bench, "wayan@peserta.example", PASSWORD).await;
    assert!(matches!(door, Door::Right { .. }), "{door:?}");
}

async fn a_phone_alone_is_enough(db: TestStore) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    give(&bench, &token, None, Some(&phone(6))).await;
    let code = newest_code(&bench).await;
    enter(&bench, &token, &code).await;
    assert!(deliver(&bench).await.is_empty(), "text messages carry no links");
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
    let door = try_password(&bench, "0800 0000 0006", PASSWORD).await;
    assert!(matches!(door, Door::Right { .. }), "{door:?}");
}

async fn open_with(bench: &Bench, token: &Token, key: &mut Authenticator) -> Found<Access> {
    let (visit, browser) = (visit(bench), browser(1));
    let challenge = access::begin_passkey(&bench.app, &visit, &browser, token).await.unwrap();
    let challenge = challenge.expect("it is its turn");
    let credential = key.register(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    access::add_passkey(&bench.app, &visit, &browser, token, answered).await.unwrap()
}

async fn wayan_activates_with_a_passkey_and_no_password(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let mut key = Authenticator::new(1);
    let opened = open_with(&bench, &token, &mut key).await;
    assert!(matches!(opened, Found::Open(Access::Done)), "{opened:?}");
    let account = account(&bench, "wayan@peserta.example").await.unwrap();
    assert!(has_happened(&bench, account, Event::PasskeyAdded).await);
    let challenge =
        payung_flows::passkeys::begin_sign_in(&bench.app, &visit(&bench), &browser(1)).unwrap();
    let credential = key.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let arriving =
        payung_flows::passkeys::Arriving { earlier: None, next: None, is_shared_device: false };
    let (visit, browser) = (visit(&bench), browser(1));
    let signed_in =
        payung_flows::passkeys::sign_in(&bench.app, &visit, &browser, answered, arriving).await;
    assert!(matches!(signed_in.unwrap(), payung_flows::passkeys::Answer::SignedIn(_)));
}

async fn d03_a_passkey_that_does_not_verify_its_owner_opens_nothing(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let mut careless = Authenticator::new(1);
    careless.flags.is_verified = false;
    let refused = open_with(&bench, &token, &mut careless).await;
    assert!(matches!(refused, Found::Open(Access::PasskeyNotVerified)), "{refused:?}");
    assert_eq!(stage(&bench, &token).await, Some(Stage::Access));
    // A challenge of another activation, an answer that is none, a challenge answered twice.
    let (now, here) = (visit(&bench), browser(1));
    let challenge = access::begin_passkey(&bench.app, &now, &here, &token).await.unwrap().unwrap();
    let send = async |credential: &str| {
        let answered = Answered { sealed: &challenge.sealed, credential };
        access::add_passkey(&bench.app, &now, &here, &token, answered).await.unwrap()
    };
    assert!(matches!(send("{}").await, Found::Open(Access::PasskeyRefused)));
    let credential = Authenticator::new(2).register(&challenge.options);
    assert!(matches!(send(&credential).await, Found::Open(Access::PasskeyOld)));
}

async fn l5_whatever_does_not_fit_gets_the_same_answer(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.matches_per_address = 100);
    let wayan = people::wayan(&bench.app).await;
    let siti = people::siti(&bench.app).await;
    let hers = people::on_record_with(&bench.app, &siti, 1).await;
    let other = jiff::civil::date(1999, 1, 28);
    let nobody = Nik::parse("0001010101010101").unwrap();
    for claim in [
        Claim { nik: nobody.clone(), ..wayan.clone() },
        Claim { kpj: Kpj::parse("99999999999").unwrap(), ..wayan.clone() },
        Claim { kpj: hers.kpj.clone(), ..wayan.clone() },
        Claim { birth_date: other, ..wayan.clone() },
        Claim { birth_date: other, ..hers.clone() },
        Claim { nik: nobody, birth_date: other, kpj: Kpj::parse("99999999998").unwrap() },
    ] {
        let answer = find(&bench, &claim).await;
        assert!(matches!(answer, Answer::NotFound), "{claim:?}: {answer:?}");
    }
    assert!(deliver(&bench).await.is_empty(), "nobody hears of a miss");
}

async fn pauses_after_five(bench: &Bench, wrong: impl Fn(u32) -> Claim, right: &Claim) {
    for n in 0..5 {
        assert!(matches!(find(bench, &wrong(n)).await, Answer::NotFound), "{n}");
        bench.clock.advance(Duration::from_mins(5));
    }
    // Not even the right data are looked at now, so they tell nothing.
    let Answer::Paused(until) = find(bench, right).await else { panic!("the sixth is too many") };
    assert_eq!(until.since(bench.clock.now()), Duration::from_mins(35));
    bench.clock.advance(until.since(bench.clock.now()));
    assert!(matches!(find(bench, right).await, Answer::Found(_)));
}

fn unlimited_addresses(db: TestStore) -> Bench {
    Bench::with(db, |settings| settings.limits.matches_per_address = 1000)
}

async fn e03_five_tries_an_hour_with_one_nik_whatever_else_is_typed(db: TestStore) {
    let bench = unlimited_addresses(db);
    let wayan = people::wayan(&bench.app).await;
    let wrong = |n| Claim { kpj: Kpj::parse(&format!("9999999999{n}")).unwrap(), ..wayan.clone() };
    pauses_after_five(&bench, wrong, &wayan).await;
}

async fn e03_five_tries_an_hour_with_one_kpj_too(db: TestStore) {
    let bench = unlimited_addresses(db);
    let wayan = people::wayan(&bench.app).await;
    let wrong =
        |n| Claim { nik: Nik::parse(&format!("000101010101010{n}")).unwrap(), ..wayan.clone() };
    pauses_after_five(&bench, wrong, &wayan).await;
}

async fn e04_five_misses_an_hour_from_one_address(db: TestStore) {
    let bench = Bench::new(db);
    let wayan = people::wayan(&bench.app).await;
    // Those who find theirs do not count: a village has one address.
    for _ in 0..3 {
        assert!(matches!(find(&bench, &wayan).await, Answer::Found(_)));
    }
    for n in 0..5 {
        let stranger = Claim {
            nik: Nik::parse(&format!("000101010101010{n}")).unwrap(),
            kpj: Kpj::parse(&format!("9999999999{n}")).unwrap(),
            birth_date: wayan.birth_date,
        };
        assert!(matches!(find(&bench, &stranger).await, Answer::NotFound));
    }
    let answer = find(&bench, &wayan).await;
    let Answer::Paused(until) = answer else { panic!("{answer:?}") };
    bench.clock.advance(until.since(bench.clock.now()));
    assert!(matches!(find(&bench, &wayan).await, Answer::Found(_)));
}

async fn a_form_sent_twice_is_one_try(db: TestStore) {
    let bench = Bench::new(db);
    let wayan = people::wayan(&bench.app).await;
    let claim = Claim { kpj: Kpj::parse("99999999999").unwrap(), ..wayan };
    let here = browser(1);
    let attempt = Attempt { claim: &claim, form: b"form", browser: &here, earlier: None };
    for _ in 0..20 {
        let answer = matching::find(&bench.app, &visit(&bench), attempt).await.unwrap();
        assert!(matches!(answer, Answer::NotFound), "{answer:?}");
    }
}

async fn f03_an_account_that_exists_is_not_spoken_of_before_a_contact_is_proved(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let hers = people::on_record_with(&bench.app, &siti, 1).await;
    let wayan = people::wayan(&bench.app).await;
    let (with, without) =
        (found_in(&bench, &hers, &browser(1)).await, found_in(&bench, &wayan, &browser(2)).await);
    for (token, name) in [(&with, "pencuri"), (&without, "wayan")] {
        assert_eq!(stage(&bench, token).await, Some(Stage::Contact));
        let sent = give(&bench, token, Some(&email(name)), None).await;
        assert!(matches!(sent, Found::Open(Sending::Now)));
        assert_eq!(stage(&bench, token).await, Some(Stage::Code));
    }
    deliver(&bench).await;
    // Siti's own address does as well: perhaps it is Siti, who forgot that she has an account.
    let sent = give(&bench, &with, Some(&email("siti")), None).await;
    assert!(matches!(sent, Found::Open(Sending::Now)));
    let code = newest_code(&bench).await;
    let right = enter(&bench, &with, &code).await;
    assert!(matches!(right, Found::Open(Code::Right(Stage::Taken))), "{right:?}");
    assert_eq!(stage(&bench, &with).await, Some(Stage::Taken));
    let refused = set(&bench, &with, PASSWORD).await;
    assert!(matches!(refused, Found::Elsewhere(Stage::Taken)), "{refused:?}");
    let door = try_password(&bench, "siti", people::PASSWORD).await;
    assert!(matches!(door, Door::Right { .. }), "her account is as it was");
}

async fn f03_the_owner_hears_of_it_once_a_day(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let hers = people::on_record_with(&bench.app, &siti, 1).await;
    for number in 1..=3 {
        found_in(&bench, &hers, &browser(number)).await;
    }
    let expected = "siti@peserta.example: Data Anda diisi untuk mengaktifkan akun";
    assert_eq!(told(&bench).await, [expected]);
    assert!(has_happened(&bench, siti.id, Event::ActivationTried).await);
    bench.clock.advance(Duration::from_hours(25));
    found(&bench, &hers).await;
    assert_eq!(told(&bench).await, [expected]);
}

async fn f03_an_address_of_another_account_gets_a_notice_instead_of_a_code(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let wayan = people::wayan(&bench.app).await;
    let token = found(&bench, &wayan).await;
    let sent = give(&bench, &token, Some(&email("siti")), None).await;
    assert!(matches!(sent, Found::Open(Sending::Now)), "the page says the same");
    assert_eq!(stage(&bench, &token).await, Some(Stage::Code));
    let expected = "siti@peserta.example: Seseorang mencoba memakai email Anda";
    assert_eq!(told(&bench).await, [expected]);
    let again = contacts::resend(&bench.app, &visit(&bench), &token).await.unwrap();
    assert!(matches!(again, Found::Open(Sending::Wait(_))), "and waits the same");
    confirm(&bench, &token, &email("wayan")).await;
    assert_eq!(stage(&bench, &token).await, Some(Stage::Access));
}

async fn l10_no_step_is_taken_before_its_turn(db: TestStore) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    let (app, now) = (&bench.app, visit(&bench));
    let ahead = async |expected: Stage, bench: &Bench| {
        assert_eq!(stage(bench, &token).await, Some(expected));
        if expected != Stage::Access {
            let set = set(bench, &token, PASSWORD).await;
            assert!(matches!(set, Found::Elsewhere(at) if at == expected), "{set:?}");
            let begun = access::begin_passkey(app, &now, &browser(1), &token).await.unwrap();
            assert!(begun.is_none());
        }
        if expected != Stage::Code {
            let entered = enter(bench, &token, "123456").await;
            assert!(matches!(entered, Found::Elsewhere(at) if at == expected), "{entered:?}");
            let resent = contacts::resend(app, &now, &token).await.unwrap();
            assert!(matches!(resent, Found::Elsewhere(at) if at == expected));
        }
        let skipped = contacts::skip(app, &now, &token).await.unwrap();
        assert!(matches!(skipped, Found::Elsewhere(at) if at == expected));
        if expected != Stage::Codes {
            let made = codes::make(app, &now, &token).await.unwrap();
            assert!(matches!(made, Found::Elsewhere(at) if at == expected));
            let saved = save(bench, &token, "", "").await;
            assert!(matches!(saved, Found::Elsewhere(at) if at == expected));
        }
    };
    ahead(Stage::Contact, &bench).await;
    give(&bench, &token, Some(&email("wayan")), None).await;
    ahead(Stage::Code, &bench).await;
    let code = newest_code(&bench).await;
    enter(&bench, &token, &code).await;
    ahead(Stage::Access, &bench).await;
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
    ahead(Stage::Codes, &bench).await;
    let changed = give(&bench, &token, Some(&email("lain")), None).await;
    assert!(matches!(changed, Found::Elsewhere(Stage::Codes)), "nothing goes back");
    let set = set(&bench, &token, "roti jendela lampu desa").await;
    assert!(matches!(set, Found::Elsewhere(Stage::Codes)));
}

async fn r2_the_steps_of_somebody_else_stay_theirs(db: TestStore) {
    let bench = Bench::new(db);
    let wayan = people::wayan(&bench.app).await;
    let made =
        people::on_record(&bench.app, payung_domain::ids::PersonId::new(&*bench.app.dice), 7);
    let made = made.await;
    let (his, hers) =
        (found_in(&bench, &wayan, &browser(1)).await, found_in(&bench, &made, &browser(2)).await);
    give(&bench, &his, Some(&email("wayan")), None).await;
    let code = newest_code(&bench).await;
    give(&bench, &hers, Some(&email("made")), None).await;
    let wrong = enter(&bench, &hers, &code).await;
    assert!(matches!(wrong, Found::Open(Code::Wrong)), "his code proves nothing of hers");
    // Not even where both give the same address.
    give(&bench, &hers, Some(&email("wayan")), None).await;
    let wrong = enter(&bench, &hers, &code).await;
    assert!(matches!(wrong, Found::Open(Code::Wrong)));
    for stranger in [Token::of(&[9; 32]), browser(1)] {
        assert!(matches!(enter(&bench, &stranger, &code).await, Found::Gone));
        assert!(matches!(set(&bench, &stranger, PASSWORD).await, Found::Gone));
        assert!(matches!(give(&bench, &stranger, None, None).await, Found::Gone));
        assert!(matches!(save(&bench, &stranger, "", "").await, Found::Gone));
    }
    // The sealed ends of one activation's codes are nothing in another one.
    enter(&bench, &his, &code).await;
    set(&bench, &his, PASSWORD).await;
    let (shown, sealed) = codes_of(&bench, &his).await;
    bench.clock.advance(Duration::from_secs(30));
    confirm(&bench, &hers, &email("made")).await;
    set(&bench, &hers, PASSWORD).await;
    codes_of(&bench, &hers).await;
    let stolen = save(&bench, &hers, &sealed, &shown[0].expose()[15..]).await;
    assert!(matches!(stolen, Found::Open(Saved::Old)), "{stolen:?}");
}

async fn r9_another_address_has_to_be_confirmed_itself(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    give(&bench, &token, Some(&email("lain")), None).await;
    assert_eq!(stage(&bench, &token).await, Some(Stage::Code));
    let refused = set(&bench, &token, PASSWORD).await;
    assert!(matches!(refused, Found::Elsewhere(Stage::Code)));
    // The same one again stays confirmed.
    bench.clock.advance(Duration::from_secs(30));
    confirm(&bench, &token, &email("lain")).await;
    give(&bench, &token, Some(&email("lain")), None).await;
    assert_eq!(stage(&bench, &token).await, Some(Stage::Access));
}

async fn g09_each_contact_counts_after_its_own_code(db: TestStore) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    give(&bench, &token, Some(&email("wayan")), Some(&phone(6))).await;
    let first = newest_code(&bench).await;
    enter(&bench, &token, &first).await;
    let wrong = enter(&bench, &token, &first).await;
    assert!(matches!(wrong, Found::Open(Code::Wrong)), "the letter's code proves no number");
    let seen = view(&bench, &token).await.unwrap();
    assert!(seen.email.unwrap().is_confirmed && !seen.phone.unwrap().is_confirmed);
}

async fn a_contact_whose_code_never_comes_can_be_left_out(db: TestStore) {
    let bench = Bench::new(db);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    give(&bench, &token, Some(&email("wayan")), Some(&phone(6))).await;
    let skip = async || contacts::skip(&bench.app, &visit(&bench), &token).await.unwrap();
    assert!(matches!(skip().await, Found::Elsewhere(Stage::Code)), "one has to be confirmed");
    let code = newest_code(&bench).await;
    enter(&bench, &token, &code).await;
    assert!(matches!(skip().await, Found::Open(Stage::Access)));
    assert!(view(&bench, &token).await.unwrap().phone.is_none());
}

async fn a_phone_of_the_family_reaches_two_accounts_and_names_one(db: TestStore) {
    let bench = Bench::new(db);
    let siti = people::siti(&bench.app).await;
    let wayan = people::wayan(&bench.app).await;
    let token = found(&bench, &wayan).await;
    give(&bench, &token, Some(&email("wayan")), Some(&phone(1))).await;
    for _ in 0..2 {
        let code = newest_code(&bench).await;
        enter(&bench, &token, &code).await;
    }
    deliver(&bench).await;
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
    assert_eq!(told(&bench).await.len(), 2, "the number reaches him");
    assert_eq!(account(&bench, "0800 0000 0001").await, Some(siti.id), "and names her");
    let his = account(&bench, "wayan@peserta.example").await.unwrap();
    let mut tx = bench.app.store.read().await.unwrap();
    let contacts =
        accounts::contacts(&mut tx, bench.app.store.vault(), his, bench.clock.now()).await.unwrap();
    assert_eq!(contacts.phone, Some(phone(1)));
}

async fn an_address_that_was_given_away_meanwhile_is_asked_for_again(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    people::enrol(&bench.app, vec![Identifier::Email(email("wayan"))]).await;
    let answer = set(&bench, &token, PASSWORD).await;
    assert!(matches!(answer, Found::Open(Access::EmailTaken)), "{answer:?}");
    assert_eq!(stage(&bench, &token).await, Some(Stage::Contact));
    confirm(&bench, &token, &email("wayan.laksana")).await;
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
}

async fn s1_each_time_the_data_are_entered_the_token_is_a_new_one(db: TestStore) {
    let (bench, claim, token) = reached(db).await;
    let Answer::Found(next) = find_in(&bench, &claim, &browser(1), Some(&token)).await else {
        panic!("found before")
    };
    assert_ne!(next, token);
    assert!(view(&bench, &token).await.is_none(), "the one before is dead");
    assert_eq!(stage(&bench, &next).await, Some(Stage::Access), "and what was saved is there");
}

async fn s2_another_person_in_the_same_browser_finds_nothing_of_the_first(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let someone = payung_domain::ids::PersonId::new(&*bench.app.dice);
    let made = people::on_record(&bench.app, someone, 7).await;
    let Answer::Found(hers) = find_in(&bench, &made, &browser(1), Some(&token)).await else {
        panic!("she is a member")
    };
    assert_eq!(stage(&bench, &hers).await, Some(Stage::Contact));
    assert!(view(&bench, &hers).await.unwrap().email.is_none());
    assert!(view(&bench, &token).await.is_none(), "his tab does nothing any more");
}

async fn s2_a_browser_that_waited_too_long_is_asked_for_the_data_again(db: TestStore) {
    let (bench, claim, token) = reached(db).await;
    bench.clock.advance(PATIENCE.saturating_sub(Duration::from_micros(1)));
    assert!(view(&bench, &token).await.is_some());
    bench.clock.advance(Duration::from_micros(1));
    assert!(view(&bench, &token).await.is_none());
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Gone));
    bench.clock.advance(Duration::from_hours(6 * 24));
    let next = found(&bench, &claim).await;
    assert_eq!(stage(&bench, &next).await, Some(Stage::Access), "six days later");
}

async fn the_same_data_in_another_browser_begin_anew(db: TestStore) {
    let (bench, claim, token) = reached(db).await;
    let other = found_in(&bench, &claim, &browser(2)).await;
    assert_eq!(stage(&bench, &other).await, Some(Stage::Contact), "a contact is proved there too");
    assert!(view(&bench, &other).await.unwrap().email.is_none(), "and none is shown");
    assert_eq!(stage(&bench, &token).await, Some(Stage::Access), "nor is the first one disturbed");
}

async fn r6_the_link_goes_on_in_another_browser_once(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let link = link(&bench).await;
    bench.clock.advance(Duration::from_hours(3 * 24));
    let (app, now) = (&bench.app, visit(&bench));
    let go_on =
        async |number| resuming::go_on(app, &now, &browser(number), &link, None).await.unwrap();
    let resuming::Answer::GoesOn(next) = go_on(2).await else { panic!("it is good for a week") };
    assert_eq!(stage(&bench, &next).await, Some(Stage::Access));
    assert!(view(&bench, &token).await.is_none());
    let again = go_on(3).await;
    assert!(matches!(again, resuming::Answer::Over(Link::Used)), "{again:?}");
    let strange = resuming::go_on(app, &now, &browser(3), &Token::of(&[3; 32]), None).await;
    assert!(matches!(strange.unwrap(), resuming::Answer::Over(Link::Expired)));
    assert!(matches!(set(&bench, &next, PASSWORD).await, Found::Open(Access::Done)));
    let open = go_on(4).await;
    assert!(matches!(open, resuming::Answer::Over(Link::Open)), "{open:?}");
}

async fn g04_looking_at_a_link_changes_nothing(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let link = link(&bench).await;
    for _ in 0..20 {
        let worth = resuming::view(&bench.app, &visit(&bench), &link).await.unwrap();
        assert_eq!(worth, Link::Good);
    }
    assert!(view(&bench, &token).await.is_some());
    bench.clock.advance(KEPT);
    let worth = resuming::view(&bench.app, &visit(&bench), &link).await.unwrap();
    assert_eq!(worth, Link::Expired);
}

async fn what_was_saved_is_dropped_after_a_week(db: TestStore) {
    let (bench, claim, _) = reached(db).await;
    bench.clock.advance(KEPT + Duration::from_micros(1));
    tidy(&bench.app).await.unwrap();
    let token = found(&bench, &claim).await;
    assert_eq!(stage(&bench, &token).await, Some(Stage::Contact));
}

async fn a05_a_first_password_is_judged_like_any_other(db: TestStore) {
    let (bench, claim, token) = reached(db).await;
    let number = claim.nik.expose().to_owned();
    for (typed, why) in [
        ("pendek", Refusal::Short(12)),
        (&*"kuda ".repeat(30), Refusal::Long),
        ("password1234", Refusal::Common),
        ("wayan laksana 27", Refusal::Personal),
        ("wayan@peserta.example", Refusal::Personal),
        (&*number, Refusal::Personal),
    ] {
        let answer = set(&bench, &token, typed).await;
        assert!(
            matches!(&answer, Found::Open(Access::Refused(refused)) if refused.why == why),
            "{typed}: {answer:?}"
        );
    }
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
}

async fn a13_nobody_knows_a_password_that_was_never_set(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    open_with(&bench, &token, &mut Authenticator::new(1)).await;
    for typed in ["", PASSWORD, "wayan"] {
        let door = try_password(&bench, "wayan@peserta.example", typed).await;
        assert!(matches!(door, Door::Wrong { .. }), "{door:?}");
    }
}

async fn g08_the_codes_are_shown_once_and_asked_for(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    set(&bench, &token, PASSWORD).await;
    let (first, sealed) = codes_of(&bench, &token).await;
    let end = |codes: &[Secret]| codes[0].expose()[15..].to_owned();
    for typed in ["", "  ", "0", "☂☂☂☂", "ZZZZZ"] {
        let wrong = save(&bench, &token, &sealed, typed).await;
        assert!(matches!(wrong, Found::Open(Saved::Wrong)), "{typed}: {wrong:?}");
    }
    for forged in ["", "AAAA", "☂"] {
        let old = save(&bench, &token, forged, &end(&first)).await;
        assert!(matches!(old, Found::Open(Saved::Old)), "{old:?}");
    }
    bench.clock.advance(Duration::from_secs(1));
    let (second, newer) = codes_of(&bench, &token).await;
    assert_ne!(first, second, "coming back shows new ones");
    let old = save(&bench, &token, &sealed, &end(&first)).await;
    assert!(matches!(old, Found::Open(Saved::Old)), "the first ones are dead");
    let done = save(&bench, &token, &newer, &end(&second).to_lowercase()).await;
    assert!(matches!(done, Found::Open(Saved::Done)), "{done:?}");
    assert!(matches!(save(&bench, &token, &newer, &end(&second)).await, Found::Gone));
}

async fn r4_whoever_comes_back_later_gets_no_codes_without_signing_in(db: TestStore) {
    let (bench, claim, token) = reached(db).await;
    let link = link(&bench).await;
    set(&bench, &token, PASSWORD).await;
    // Neither the letter nor the data lead to the codes of the account any more.
    let by_link = resuming::go_on(&bench.app, &visit(&bench), &browser(2), &link, None).await;
    assert!(matches!(by_link.unwrap(), resuming::Answer::Over(Link::Open)));
    let again = found(&bench, &claim).await;
    assert_eq!(stage(&bench, &again).await, Some(Stage::Contact));
    confirm(&bench, &again, &email("wayan")).await;
    let made = codes::make(&bench.app, &visit(&bench), &again).await.unwrap();
    assert!(matches!(made, Found::Elsewhere(Stage::Taken)), "{made:?}");
    bench.clock.advance(PATIENCE);
    let late = codes::make(&bench.app, &visit(&bench), &token).await.unwrap();
    assert!(matches!(late, Found::Gone));
}

/// How many of these were told that the account is open.
fn opened(answers: &[Found<Access>]) -> usize {
    answers.iter().filter(|answer| matches!(answer, Found::Open(Access::Done))).count()
}

async fn l7_of_64_at_once_one_opens_the_account(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let bench = Arc::new(bench);
    let answers = crowd::of_64(|_| {
        let (bench, token) = (Arc::clone(&bench), token.clone());
        async move { set(&bench, &token, PASSWORD).await }
    })
    .await;
    assert_eq!(opened(&answers), 1);
}

async fn l7_of_64_browsers_at_once_one_opens_the_account(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.limits.matches_per_identity = 100;
        settings.limits.sign_ins_per_address = 1_000;
    });
    let claim = people::wayan(&bench.app).await;
    let mut tokens = Vec::new();
    for number in 1..=64 {
        let token = found_in(&bench, &claim, &browser(number)).await;
        confirm(&bench, &token, &email(&format!("wayan{number}"))).await;
        tokens.push(token);
    }
    let bench = Arc::new(bench);
    let answers = crowd::of_64(|number| {
        let (bench, token) = (Arc::clone(&bench), tokens[number].clone());
        async move { set(&bench, &token, PASSWORD).await }
    })
    .await;
    assert_eq!(opened(&answers), 1);
}

async fn a_full_queue_changes_nothing(db: TestStore) {
    let (bench, _, token) = reached(db).await;
    let mut places = Vec::new();
    while let Ok(place) = bench.app.hasher.place() {
        places.push(place);
    }
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Busy)));
    drop(places);
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
}

async fn where_no_text_messages_go_no_number_is_taken(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sms_codes = false);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    assert!(!view(&bench, &token).await.unwrap().sms_allowed);
    give(&bench, &token, Some(&email("wayan")), Some(&phone(6))).await;
    let code = newest_code(&bench).await;
    let right = enter(&bench, &token, &code).await;
    assert!(matches!(right, Found::Open(Code::Right(Stage::Access))), "{right:?}");
}

async fn where_no_codes_go_by_letter_a_password_needs_company(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.email_codes = false);
    let claim = people::wayan(&bench.app).await;
    let token = found(&bench, &claim).await;
    confirm(&bench, &token, &email("wayan")).await;
    assert!(!view(&bench, &token).await.unwrap().may_use_password);
    let alone = set(&bench, &token, PASSWORD).await;
    assert!(matches!(alone, Found::Open(Access::NeedsAnotherWay)), "{alone:?}");
    give(&bench, &token, Some(&email("wayan")), Some(&phone(6))).await;
    let code = newest_code(&bench).await;
    enter(&bench, &token, &code).await;
    assert!(matches!(set(&bench, &token, PASSWORD).await, Found::Open(Access::Done)));
}
