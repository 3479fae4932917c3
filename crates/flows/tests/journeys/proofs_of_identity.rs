//! What proves who somebody is: the register of it, how much each act asks for, what happens to a
//! factor that was lost or added by a thief, and the settings that end a way for everybody.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::authenticators::{Factor, Kind, Need};
use payung_domain::contact::{Identifier, Phone};
use payung_domain::contact_changes::Kind as Contact;
use payung_domain::ids::{ChangeId, RecoveryId};
use payung_domain::keyed::Key;
use payung_domain::lockout::FIRM;
use payung_domain::marks::Mark;
use payung_domain::passkeys::Name;
use payung_domain::passwords::{MustChange, Refusal};
use payung_domain::second_factor::{Hash, Way, Window, totp_code, totp_code_with, totp_step};
use payung_domain::secret::Secret;
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_flows::activation::{self, contacts};
use payung_flows::confirming::{self, Begin};
use payung_flows::contact_changes::begin::{self, Begun, Wish};
use payung_flows::contact_changes::confirm;
use payung_flows::delivery::{Parcel, Post, deliver_due};
use payung_flows::passkeys::{self, Answer as KeyAnswer};
use payung_flows::passwords::breached::Breached;
use payung_flows::passwords::{change, forgot, reset};
use payung_flows::recoveries::{asking, finishing};
use payung_flows::security::{self, Choices, Device, Removed};
use payung_flows::sessions::{self, Found as Session, SignedIn};
use payung_flows::sign_in::password::{Answer, NextPage};
use payung_flows::sign_in::recovery::{self, Answer as Recovered};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code};
use payung_flows::{Keys, Visit, apps, authenticators, not_me};
use payung_storage::accounts;
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people::{self, PASSWORD};
use payung_testkit::post::Kept;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::factors::{account, bind_app, budi, has_happened, make_codes, recover, told};
use crate::passkeys::{add, shut, sign_in_with, step_with};
use crate::{deliver, enter, newest_code, right_password, send_form, try_password, visit};

on_each_engine!(
    j01_everything_that_was_ever_bound_stays_on_record,
    j01_a_new_password_ends_the_line_of_the_old_one,
    j02_a_letter_proves_nothing_where_there_is_something_stronger,
    j02_a_proof_by_something_stronger_cannot_be_swapped_for_a_letter,
    j06_a_lost_passkey_is_suspended_at_once_and_may_count_again,
    j06_a_lost_app_is_suspended_at_once,
    j06_suspending_what_is_strong_does_not_make_a_letter_enough,
    j06_this_was_not_me_suspends_what_a_thief_added,
    j06_a_line_of_the_activity_list_says_since_when,
    e01_a_hundred_misses_shut_the_second_step_and_a_passkey_opens_it,
    e04_a_network_shares_one_budget_at_every_door,
    b08_one_setting_ends_text_messages_for_everybody,
    x03_one_setting_ends_codes_by_letter_for_everybody,
    a_way_that_was_switched_off_takes_no_code_that_was_sent_before,
    b05_the_operator_hears_before_the_ceiling_is_reached,
    b07_a_number_that_was_just_changed_waits_a_day,
    b07_a_number_that_has_moved_gets_no_code_and_its_owner_hears_of_it,
    c01_an_app_makes_its_codes_with_the_hash_the_operator_chose,
    c02_a_strict_window_takes_no_code_of_the_half_minute_before,
    a04_a_password_that_has_leaked_must_be_changed,
    a04_a_disowned_password_must_be_changed_even_by_whoever_has_a_passkey,
    a01_where_the_password_is_enough_it_has_to_be_longer,
    n03_another_key_of_cookies_leaves_codes_on_paper_good,
    p3_a_passkey_that_names_another_owner_is_no_second_step,
    r7_no_sign_in_slips_through_beside_a_new_password,
);

async fn member(bench: &Bench, session: &Token) -> SignedIn {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Session::Live(member) => *member,
        other => panic!("no live session: {other:?}"),
    }
}

async fn needs_proof(bench: &Bench, session: &Token, need: Need) -> bool {
    let member = member(bench, session).await;
    confirming::is_needed(&bench.app, &visit(bench), &member, need).await.unwrap()
}

/// The lines of the register: kind, whether it was used, is suspended, is gone.
async fn register(bench: &Bench, account: &Account) -> Vec<(Kind, bool, bool, bool)> {
    let lines = authenticators::history(&bench.app, account.id).await.unwrap();
    lines
        .into_iter()
        .map(|e| (e.kind, e.used_at.is_some(), e.suspended_at.is_some(), e.removed_at.is_some()))
        .collect()
}

async fn j01_everything_that_was_ever_bound_stays_on_record(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let minute = Duration::from_mins(1);
    bench.clock.advance(minute);
    bind_app(&bench, &account).await;
    bench.clock.advance(minute);
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    bench.clock.advance(minute);
    make_codes(&bench, &account).await;
    let visit = visit(&bench);
    let overview = security::overview(&bench.app, &visit, &account).await.unwrap();
    let id = overview.passkeys[0].id;
    let name = Name::or("HP lama", "");
    assert!(passkeys::rename(&bench.app, account.id, id, &name).await.unwrap());
    passkeys::remove(&bench.app, &visit, &account, id).await.unwrap();
    apps::remove(&bench.app, &visit, &account).await.unwrap();
    let lines = authenticators::history(&bench.app, account.id).await.unwrap();
    let told: Vec<_> =
        lines.iter().map(|e| (e.kind, &*e.name, e.factor, e.removed_at.is_some())).collect();
    assert_eq!(
        told[..3],
        [
            (Kind::RecoveryCodes, "", Factor::Possession, false),
            (Kind::Passkey, "HP lama", Factor::Both, true),
            (Kind::App, "HP saya", Factor::Possession, true),
        ]
    );
    let first = register(&bench, &account).await;
    assert!(first.contains(&(Kind::Password, true, false, false)), "it came with the account");
    assert!(first.contains(&(Kind::Email, true, false, false)));
    let passkey = &lines[1];
    assert!(passkey.resists_phishing && passkey.used_at == Some(passkey.bound_at));
    let mut tx = bench.app.store.read().await.unwrap();
    let source = payung_storage::authenticators::source(
        &mut tx,
        bench.app.store.vault(),
        account.id,
        passkey.id,
    );
    assert_eq!(source.await.unwrap().as_deref(), Some("127.0.0.1"), "sealed, for whoever asks why");
}

async fn j01_a_new_password_ends_the_line_of_the_old_one(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let owner = member(&bench, &session).await;
    let wish = change::Wish {
        session: &session,
        present: &Secret::from(PASSWORD),
        new: &Secret::from("kuda tangga hujan sore"),
        ends_others: true,
        form: b"form",
    };
    bench.clock.advance(Duration::from_mins(1));
    let changed = change::submit(&bench.app, &visit(&bench), &owner, &wish).await.unwrap();
    assert!(matches!(changed, change::Answer::Done), "{changed:?}");
    let passwords: Vec<_> = register(&bench, &account)
        .await
        .into_iter()
        .filter(|(kind, ..)| *kind == Kind::Password)
        .collect();
    let expected = [(Kind::Password, false, false, false), (Kind::Password, true, false, true)];
    assert_eq!(passwords, expected);
}

async fn ways(bench: &Bench, account: &Account, need: Need) -> Vec<Way> {
    let (ways, _) = confirming::ways(&bench.app, &visit(bench), account, need).await.unwrap();
    ways.iter().map(step::OpenWay::way).collect()
}

async fn begin(
    bench: &Bench,
    account: &Account,
    session: &Token,
    way: Way,
    need: Need,
) -> Option<Token> {
    let form: [u8; 16] = bench.app.dice.bytes();
    let begin = Begin { session, way, form: &form, next: "/security", need };
    let step = confirming::begin(&bench.app, &visit(bench), account, begin).await.unwrap();
    step.map(|(token, _)| token)
}

async fn j02_a_letter_proves_nothing_where_there_is_something_stronger(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    assert!(!needs_proof(&bench, &session, Need::Full).await, "a letter is all he has");
    bind_app(&bench, &account).await;
    assert!(needs_proof(&bench, &session, Need::Full).await, "he came in by letter");
    assert!(!needs_proof(&bench, &session, Need::Any).await, "a lost device can be signed out");
    assert_eq!(ways(&bench, &account, Need::Full).await, [Way::Totp]);
    assert_eq!(ways(&bench, &account, Need::Any).await, [Way::Totp, Way::Email]);
    assert!(begin(&bench, &account, &session, Way::Email, Need::Full).await.is_none());
    assert!(begin(&bench, &account, &session, Way::Totp, Need::Full).await.is_some());
}

async fn j02_a_proof_by_something_stronger_cannot_be_swapped_for_a_letter(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let seed = bind_app(&bench, &account).await;
    let step = begin(&bench, &account, &session, Way::Totp, Need::Full).await.unwrap();
    let chosen = step::choose(&bench.app, &visit(&bench), &step, Way::Email).await.unwrap();
    assert!(matches!(chosen, Found::Open(Asked::NotOpen)), "{chosen:?}");
    let Found::Open(view) = step::view(&bench.app, &visit(&bench), &step).await.unwrap() else {
        panic!("the step is open")
    };
    let shown: Vec<Way> = view.ways.iter().map(step::OpenWay::way).collect();
    assert_eq!((shown, view.first), (vec![Way::Totp], Some(Way::Totp)));
    // Somebody who says that any way is enough proves less, and is asked again by the act.
    let weak = begin(&bench, &account, &session, Way::Email, Need::Any).await.unwrap();
    let letter = newest_code(&bench).await;
    let ending = Ending { earlier: Some(&session), remembers: false };
    let done = code::submit(&bench.app, &visit(&bench), &weak, &letter, ending).await.unwrap();
    let Found::Open(code::Answer::SignedIn { session, .. }) = done else { panic!("{done:?}") };
    assert!(needs_proof(&bench, &session, Need::Full).await);
    bench.clock.advance(Duration::from_secs(30));
    let step = begin(&bench, &account, &session, Way::Totp, Need::Full).await.unwrap();
    let now = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let ending = Ending { earlier: Some(&session), remembers: false };
    let done = code::submit(&bench.app, &visit(&bench), &step, &now, ending).await.unwrap();
    let Found::Open(code::Answer::SignedIn { session, .. }) = done else { panic!("{done:?}") };
    assert!(!needs_proof(&bench, &session, Need::Full).await);
}

async fn j06_a_lost_passkey_is_suspended_at_once_and_may_count_again(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    told(&bench).await;
    let id = security::overview(&bench.app, &visit(&bench), &account).await.unwrap().passkeys[0].id;
    let device = Device::Passkey(id);
    let suspend = security::suspend(&bench.app, &visit(&bench), &account, device).await.unwrap();
    assert_eq!(suspend, Removed::Done);
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::Refused));
    let (token, next) = right_password(&bench, "budi").await;
    assert_eq!(next, NextPage::Enter(Way::Email));
    let second = step_with(&bench, &account, &token, &mut key).await;
    assert!(matches!(second, Found::Open(KeyAnswer::Refused)), "{second:?}");
    assert!(told(&bench).await.contains("dinonaktifkan"));
    assert!(has_happened(&bench, &account, Event::FactorSuspended).await);
    assert!(register(&bench, &account).await.contains(&(Kind::Passkey, false, true, false)));
    let resume = security::resume(&bench.app, &visit(&bench), &account, device).await.unwrap();
    assert_eq!(resume, Removed::Done);
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    assert!(register(&bench, &account).await.contains(&(Kind::Passkey, true, false, false)));
    let nobodys = Device::Passkey(bench.app.dice.id());
    let gone = security::suspend(&bench.app, &visit(&bench), &account, nobodys).await.unwrap();
    assert_eq!(gone, Removed::Gone);
}

async fn j06_a_lost_app_is_suspended_at_once(db: TestStore) {
    let bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let seed = bind_app(&bench, &account).await;
    let (token, _) = right_password(&bench, "budi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    security::suspend(&bench.app, &visit(&bench), &account, Device::App).await.unwrap();
    bench.clock.advance(Duration::from_secs(30));
    let now = totp_code(&seed, totp_step(bench.clock.now())).unwrap();
    let late = enter(&bench, &token, &now).await;
    assert!(matches!(late, Found::Open(code::Answer::Closed)), "chosen before it: {late:?}");
    assert!(register(&bench, &account).await.contains(&(Kind::App, false, true, false)));
    // The last way in cannot be suspended, as it cannot be removed.
    security::resume(&bench.app, &visit(&bench), &account, Device::App).await.unwrap();
    let off = Choices { is_email_off: true, ..Choices::default() };
    security::choose(&bench.app, &visit(&bench), &account, &off).await.unwrap();
    let last = security::suspend(&bench.app, &visit(&bench), &account, Device::App).await.unwrap();
    assert_eq!(last, Removed::Last);
}

async fn j06_suspending_what_is_strong_does_not_make_a_letter_enough(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    bind_app(&bench, &account).await;
    security::suspend(&bench.app, &visit(&bench), &account, Device::App).await.unwrap();
    assert!(needs_proof(&bench, &session, Need::Full).await);
    assert!(ways(&bench, &account, Need::Full).await.is_empty(), "G-07: a recovery, then");
    make_codes(&bench, &account).await;
    assert_eq!(ways(&bench, &account, Need::Full).await, [Way::RecoveryCode]);
}

async fn j06_this_was_not_me_suspends_what_a_thief_added(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut his = Authenticator::new(1);
    add(&bench, &account, &session, &mut his).await;
    bench.clock.advance(Duration::from_hours(1));
    deliver(&bench).await;
    let mut thiefs = Authenticator::new(2);
    add(&bench, &account, &session, &mut thiefs).await;
    let letters = deliver(&bench).await;
    let text = crate::text_of(&letters[0]);
    let (_, link) = text.split_once("/not-me?token=").unwrap();
    let link = Token::parse(link.split_whitespace().next().unwrap()).unwrap();
    bench.clock.advance(Duration::from_mins(1));
    bind_app(&bench, &account).await;
    let codes = make_codes(&bench, &account).await;
    let answer = not_me::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    assert!(matches!(sign_in_with(&bench, &mut thiefs).await, KeyAnswer::Refused));
    assert!(matches!(sign_in_with(&bench, &mut his).await, KeyAnswer::SignedIn(_)), "older");
    let lines = register(&bench, &account).await;
    assert!(lines.contains(&(Kind::App, false, true, false)), "{lines:?}");
    assert!(lines.contains(&(Kind::RecoveryCodes, false, false, true)), "{lines:?}");
    let overview = security::overview(&bench.app, &visit(&bench), &account).await.unwrap();
    assert_eq!((overview.codes, overview.ways.suspended, overview.ways.passkeys), (None, 2, 1));
    assert!(!codes.is_empty() && has_happened(&bench, &account, Event::FactorSuspended).await);
}

async fn j06_a_line_of_the_activity_list_says_since_when(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    bench.clock.advance(Duration::from_mins(1));
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    bench.clock.advance(Duration::from_mins(1));
    let owner = member(&bench, &session).await;
    let choice = payung_flows::activity::Choice::default();
    let visit = visit(&bench);
    let part = payung_flows::activity::page(&bench.app, &visit, &owner, choice, None).await;
    let lines = part.unwrap().lines;
    let added = lines.iter().find(|(_, line)| line.event == Event::PasskeyAdded).unwrap();
    let mark = added.0;
    let not_his = Mark { id: bench.app.dice.id(), ..mark };
    not_me::submit_signed_in(&bench.app, &visit, &owner, Some(not_his)).await.unwrap();
    let suspended =
        async || security::overview(&bench.app, &visit, &account).await.unwrap().ways.suspended;
    assert_eq!(suspended().await, 0, "a line that is none of his says nothing");
    not_me::submit_signed_in(&bench.app, &visit, &owner, Some(mark)).await.unwrap();
    assert_eq!(suspended().await, 1);
}

async fn e01_a_hundred_misses_shut_the_second_step_and_a_passkey_opens_it(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let codes = make_codes(&bench, &account).await;
    for round in 0..FIRM / 10 {
        bench.clock.advance(Duration::from_mins(16));
        let form = round.to_be_bytes();
        let Answer::Right { token, .. } = send_form(&bench, "budi", PASSWORD, &form).await else {
            panic!("round {round}")
        };
        step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
        for _ in 0..10 {
            enter(&bench, &token, "000000").await;
        }
    }
    bench.clock.advance(Duration::from_hours(1000));
    let (token, _) = right_password(&bench, "budi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
    let code = newest_code(&bench).await;
    let shut = enter(&bench, &token, &code).await;
    assert!(matches!(shut, Found::Open(code::Answer::Locked)), "not even the right one: {shut:?}");
    let on_paper = recover(&bench, &token, &codes[0]).await;
    assert!(matches!(on_paper, Found::Open(Recovered::Locked)), "{on_paper:?}");
    let Found::Open(step) = step::view(&bench.app, &visit(&bench), &token).await.unwrap() else {
        panic!("the step is open")
    };
    assert!(step.is_locked && step.paused_until.is_none());
    assert!(has_happened(&bench, &account, Event::CodeLocked).await);
    assert!(matches!(sign_in_with(&bench, &mut key).await, KeyAnswer::SignedIn(_)));
    assert!(has_happened(&bench, &account, Event::CodeOpened).await);
    let opened = enter(&bench, &token, &code).await;
    assert!(matches!(opened, Found::Open(code::Answer::SignedIn { .. })), "{opened:?}");
}

async fn e04_a_network_shares_one_budget_at_every_door(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_network = 2);
    let (_, session) = budi(&bench).await;
    let owner = member(&bench, &session).await;
    let from = |last: u8| Visit { address: [198, 51, 100, last].into(), ..visit(&bench) };
    let (nobody, nothing) = (Token::of(&[7; 32]), ChangeId(bench.app.dice.id()));
    for last in 1..=3 {
        let visit = from(last);
        let asked = forgot::ask(&bench.app, &visit, "budi").await.unwrap();
        let link = reset::submit(&bench.app, &visit, &nobody, &Secret::from("x")).await.unwrap();
        let ending = Ending::default();
        let code = code::submit(&bench.app, &visit, &nobody, "123456", ending).await.unwrap();
        let paper = "0000-0000-0000-0000";
        let codes = recovery::submit(&bench.app, &visit, &nobody, paper, ending).await.unwrap();
        let proved = contacts::check(&bench.app, &visit, &nobody, "123456").await.unwrap();
        let changed = confirm::submit(&bench.app, &visit, &owner, nothing, "123456").await.unwrap();
        let stopped = [
            matches!(asked, forgot::Answer::TooMany { .. }),
            matches!(link, reset::Answer::TooMany { .. }),
            matches!(code, Found::Open(code::Answer::TooMany { .. })),
            matches!(codes, Found::Open(Recovered::TooMany { .. })),
            matches!(proved, activation::Found::TooMany { .. }),
            matches!(changed, confirm::Found::TooMany { .. }),
        ];
        // Asking for a link and using one stand at the same door, and so do codes of both kinds, and
        // the codes of new contacts wherever one is given.
        let expected = match last {
            1 => [false; 6],
            _ => [true; 6],
        };
        assert_eq!(stopped, expected, "neighbour {last}");
    }
    let visit = from(4);
    let wish = Wish {
        kind: Contact::Email,
        typed: "baru@peserta.example",
        replaces: None,
        version: "",
        form: b"form",
    };
    let begun = begin::submit(&bench.app, &visit, &owner, wish).await.unwrap();
    assert!(matches!(begun, Begun::TooMany { .. }), "{begun:?}");
    let resent = confirm::resend(&bench.app, &visit, &owner, nothing).await.unwrap();
    assert!(matches!(resent, confirm::Found::TooMany { .. }), "{resent:?}");
    let given = contacts::set(&bench.app, &visit, &nobody, None, None).await.unwrap();
    assert!(matches!(given, activation::Found::TooMany { .. }), "{given:?}");
    let resent = contacts::resend(&bench.app, &visit, &nobody).await.unwrap();
    assert!(matches!(resent, activation::Found::TooMany { .. }), "{resent:?}");
    let proved = asking::confirm(&bench.app, &visit, &nobody, "123456").await.unwrap();
    assert!(matches!(proved, asking::Found::TooMany { .. }), "{proved:?}");
    let resent = asking::resend(&bench.app, &visit, &nobody).await.unwrap();
    assert!(matches!(resent, asking::Found::TooMany { .. }), "{resent:?}");
    let none = RecoveryId(bench.app.dice.id());
    let entered = finishing::enter(&bench.app, &visit, none, "123456").await.unwrap();
    assert!(matches!(entered, Some(finishing::Entered::TooMany { .. })), "{entered:?}");
}

async fn b08_one_setting_ends_text_messages_for_everybody(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sms_codes = false);
    people::siti(&bench.app).await;
    let (token, next) = right_password(&bench, "siti").await;
    assert_eq!(next, NextPage::Enter(Way::Email));
    let asked = step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    assert!(matches!(asked, Found::Open(Asked::NotOpen)));
    let code = newest_code(&bench).await;
    let done = enter(&bench, &token, &code).await;
    let Found::Open(code::Answer::SignedIn { session, .. }) = done else { panic!("{done:?}") };
    let siti = account(&bench, &session).await;
    assert_eq!(ways(&bench, &siti, Need::Any).await, [Way::Email]);
    bind_app(&bench, &siti).await;
    let sent = deliver(&bench).await;
    assert!(!sent.is_empty() && sent.iter().all(|parcel| matches!(parcel, Parcel::Mail { .. })));
}

async fn x03_one_setting_ends_codes_by_letter_for_everybody(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.email_codes = false);
    people::siti(&bench.app).await;
    people::budi(&bench.app).await;
    let (token, next) = right_password(&bench, "siti").await;
    assert_eq!(next, NextPage::Enter(Way::Sms));
    let asked = step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
    assert!(matches!(asked, Found::Open(Asked::NotOpen)));
    let sent = deliver(&bench).await;
    assert!(sent.iter().all(|parcel| matches!(parcel, Parcel::Sms { .. })));
    // J-09: whoever has nothing else is let in nowhere.
    assert!(matches!(try_password(&bench, "budi", PASSWORD).await, Answer::NoWay));
}

async fn a_way_that_was_switched_off_takes_no_code_that_was_sent_before(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    let code = newest_code(&bench).await;
    let id = people_account(&bench, "siti").await;
    let off = Choices { is_sms_off: true, ..Choices::default() };
    security::choose(&bench.app, &visit(&bench), &id, &off).await.unwrap();
    let late = enter(&bench, &token, &code).await;
    assert!(matches!(late, Found::Open(code::Answer::Closed)), "{late:?}");
}

async fn people_account(bench: &Bench, typed: &str) -> Account {
    let mut tx = bench.app.store.read().await.unwrap();
    let readings = Identifier::readings(typed);
    accounts::find(&mut tx, bench.app.store.vault(), &readings, bench.clock.now())
        .await
        .unwrap()
        .unwrap()
}

async fn b05_the_operator_hears_before_the_ceiling_is_reached(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sms_per_day = 5);
    people::siti(&bench.app).await;
    let counters = &bench.app.counters;
    for sent in 1..=6_u64 {
        bench.clock.advance(Duration::from_mins(20));
        let (token, _) = right_password(&bench, "siti").await;
        step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
        deliver(&bench).await;
        assert_eq!(counters.sms_today.get(), sent.min(5));
        assert_eq!(counters.sms_near_ceiling.total(), u64::from(sent >= 4), "{sent}");
    }
    assert!(counters.sms_over_ceiling.total() > 0);
}

async fn b07_a_number_that_was_just_changed_waits_a_day(db: TestStore) {
    let bench = Bench::new(db);
    let (budi, _) = budi(&bench).await;
    let changed_at = bench.clock.now();
    let number = Identifier::Phone(Phone::parse("0800 0000 0099").unwrap());
    let mut tx = bench.app.store.write().await.unwrap();
    let vault = bench.app.store.vault();
    accounts::add_name(&mut tx, vault, budi.id, &number, Some(changed_at)).await.unwrap();
    tx.commit().await.unwrap();
    let overview = security::overview(&bench.app, &visit(&bench), &budi).await.unwrap();
    let a_day_later = changed_at.plus(Duration::from_hours(24));
    assert_eq!(overview.number_waits_until, Some(a_day_later));
    assert_eq!(ways(&bench, &budi, Need::Any).await, [Way::Email]);
    bench.clock.advance(Duration::from_hours(24));
    assert_eq!(ways(&bench, &budi, Need::Any).await, [Way::Sms, Way::Email]);
}

async fn b07_a_number_that_has_moved_gets_no_code_and_its_owner_hears_of_it(db: TestStore) {
    let bench = Bench::new(db);
    people::siti(&bench.app).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Sms).await.unwrap();
    let kept = Arc::new(Kept::where_every_number_has_moved());
    let post = Post::Courier(Arc::clone(&kept) as Arc<_>);
    while deliver_due(&bench.app, &post).await.unwrap() > 0 {}
    let sent = kept.parcels();
    let [Parcel::Mail { subject, text, .. }] = &*sent else { panic!("{sent:?}") };
    assert!(subject.contains("tidak dikirim") && text.contains("operator seluler"), "{text}");
    let siti = people_account(&bench, "siti").await;
    assert!(has_happened(&bench, &siti, Event::CodeWithheld).await);
    assert_eq!(bench.app.counters.codes_withheld.total(), 1);
}

async fn c01_an_app_makes_its_codes_with_the_hash_the_operator_chose(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.app_hash = Hash::Sha256);
    let (account, _) = budi(&bench).await;
    apps::begin(&bench.app, &visit(&bench), &account).await.unwrap();
    let pending = apps::pending(&bench.app, &visit(&bench), &account, "Budi").await.unwrap();
    let pending = pending.unwrap();
    assert!(pending.link.contains("&algorithm=SHA256&"), "{}", pending.link);
    let key = pending.key.replace(' ', "");
    let seed = data_encoding::BASE32_NOPAD.decode(key.as_bytes()).unwrap().try_into().unwrap();
    let name = Name::or("HP saya", "");
    let complete = async |code: &str| {
        apps::complete(&bench.app, &visit(&bench), &account, code, &name).await.unwrap()
    };
    let now = || totp_step(bench.clock.now());
    let other_hash = totp_code(&seed, now()).unwrap();
    assert_eq!(complete(&other_hash).await, apps::Completed::Wrong);
    let code = totp_code_with(&seed, Hash::Sha256, now()).unwrap();
    assert_eq!(complete(&code).await, apps::Completed::Done);
    bench.clock.advance(Duration::from_secs(30));
    let (token, _) = right_password(&bench, "budi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    let code = totp_code_with(&seed, Hash::Sha256, now()).unwrap();
    let done = enter(&bench, &token, &code).await;
    assert!(matches!(done, Found::Open(code::Answer::SignedIn { .. })), "{done:?}");
}

async fn c02_a_strict_window_takes_no_code_of_the_half_minute_before(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.app_window = Window::Strict);
    people::dewi(&bench.app).await;
    let earlier = people::dewis_code(bench.clock.now());
    bench.clock.advance(Duration::from_secs(30));
    let (token, _) = right_password(&bench, "dewi").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Totp).await.unwrap();
    let late = enter(&bench, &token, &earlier).await;
    assert!(matches!(late, Found::Open(code::Answer::Wrong(Way::Totp))), "{late:?}");
    let now = people::dewis_code(bench.clock.now());
    let done = enter(&bench, &token, &now).await;
    assert!(matches!(done, Found::Open(code::Answer::SignedIn { .. })), "{done:?}");
}

async fn a04_a_password_that_has_leaked_must_be_changed(db: TestStore) {
    let mut bench = Bench::new(db);
    // The SHA-1 of everybody's password here.
    let leaked = "1DEEA513A4391EDD887829DCF0420BC6281BDD25";
    Arc::get_mut(&mut bench.app).unwrap().breached =
        Some(Breached::of_lines([leaked].into_iter()).unwrap());
    let (account, session) = budi(&bench).await;
    let owner = member(&bench, &session).await;
    assert_eq!(owner.must_change, Some(MustChange::Leaked));
    assert!(has_happened(&bench, &account, Event::PasswordLeaked).await);
    let wish = change::Wish {
        session: &session,
        present: &Secret::from(PASSWORD),
        new: &Secret::from("kuda tangga hujan sore"),
        ends_others: true,
        form: b"form",
    };
    let changed = change::submit(&bench.app, &visit(&bench), &owner, &wish).await.unwrap();
    assert!(matches!(changed, change::Answer::Done), "{changed:?}");
    assert_eq!(member(&bench, &session).await.must_change, None);
}

async fn a04_a_disowned_password_must_be_changed_even_by_whoever_has_a_passkey(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    bench.clock.advance(Duration::from_mins(1));
    let owner = member(&bench, &session).await;
    not_me::submit_signed_in(&bench.app, &visit(&bench), &owner, None).await.unwrap();
    let KeyAnswer::SignedIn(opened) = sign_in_with(&bench, &mut key).await else {
        panic!("E-05: the passkey works")
    };
    let back = member(&bench, &opened.session).await;
    assert_eq!(back.must_change, Some(MustChange::Disowned));
}

async fn a01_where_the_password_is_enough_it_has_to_be_longer(db: TestStore) {
    let bench = Bench::new(db);
    let somebody = people::budi(&bench.app).await;
    let mut tx = bench.app.store.write().await.unwrap();
    accounts::let_password_be_enough(&mut tx, somebody.id).await.unwrap();
    tx.commit().await.unwrap();
    let Answer::SignedIn(opened) = try_password(&bench, "budi", PASSWORD).await else {
        panic!("nothing more is asked for")
    };
    let owner = member(&bench, &opened.session).await;
    assert_eq!(owner.session.way, Way::Password);
    let set = async |new: &str| {
        let wish = change::Wish {
            session: &opened.session,
            present: &Secret::from(PASSWORD),
            new: &Secret::from(new),
            ends_others: true,
            form: new.as_bytes(),
        };
        change::submit(&bench.app, &visit(&bench), &owner, &wish).await.unwrap()
    };
    let refused = set("tangga kopi h").await;
    assert!(
        matches!(&refused, change::Answer::Refused(why) if why.why == Refusal::Short(15)),
        "{refused:?}"
    );
    let fifteen = set("kuda hujan kopi").await;
    assert!(matches!(fifteen, change::Answer::Done), "{fifteen:?}");
}

async fn n03_another_key_of_cookies_leaves_codes_on_paper_good(db: TestStore) {
    let mut bench = Bench::new(db);
    let (account, _) = budi(&bench).await;
    let codes = make_codes(&bench, &account).await;
    shut(&bench, &account, FIRM).await;
    let keys = Keys::of(&Key::new([99; 32]), &Key::new([2; 32]));
    Arc::get_mut(&mut bench.app).unwrap().keys = keys;
    assert!(
        matches!(try_password(&bench, "budi", PASSWORD).await, Answer::Locked),
        "nor is a lock forgotten"
    );
    shut(&bench, &account, 0).await;
    bench.clock.advance(Duration::from_mins(15));
    let (token, _) = right_password(&bench, "budi").await;
    let done = recover(&bench, &token, &codes[0]).await;
    assert!(matches!(done, Found::Open(Recovered::SignedIn { .. })), "{done:?}");
}

async fn p3_a_passkey_that_names_another_owner_is_no_second_step(db: TestStore) {
    let bench = Bench::new(db);
    let (account, session) = budi(&bench).await;
    let mut key = Authenticator::new(1);
    add(&bench, &account, &session, &mut key).await;
    let his = key.handle.clone();
    for handle in [Some(data_encoding::BASE64URL_NOPAD.encode(&[5; 16])), Some("AA".to_owned())] {
        key.handle = handle;
        let (token, _) = right_password(&bench, "budi").await;
        let refused = step_with(&bench, &account, &token, &mut key).await;
        assert!(matches!(refused, Found::Open(KeyAnswer::Refused)), "{refused:?}");
    }
    // A key that is no resident one names nobody, and is found by its id.
    for handle in [None, his] {
        key.handle = handle;
        let (token, _) = right_password(&bench, "budi").await;
        let done = step_with(&bench, &account, &token, &mut key).await;
        assert!(matches!(done, Found::Open(KeyAnswer::SignedIn(_))), "{done:?}");
    }
}

/// Browsers that are remembered sign in with the old password while a link sets a new one: whoever
/// comes in before it is signed out by it, whoever comes after it is not let in.
async fn r7_no_sign_in_slips_through_beside_a_new_password(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    people::budi(&bench.app).await;
    let (token, _) = right_password(&bench, "budi").await;
    let code = newest_code(&bench).await;
    let ending = Ending { earlier: None, remembers: true };
    code::submit(&bench.app, &visit(&bench), &token, &code, ending).await.unwrap();
    bench.clock.advance(Duration::from_mins(1));
    let half_done = right_password_elsewhere(&bench).await;
    let code = newest_code(&bench).await;
    forgot::ask(&bench.app, &visit(&bench), "budi").await.unwrap();
    let sent = deliver(&bench).await;
    let text = sent.iter().map(crate::text_of).find(|t| t.contains("reset-password?")).unwrap();
    let (_, link) = text.split_once("/reset-password?token=").unwrap();
    let link = Token::parse(link.split_whitespace().next().unwrap()).unwrap();
    let mut opening = Vec::new();
    for _ in 0..24 {
        let bench = Arc::clone(&bench);
        opening.push(tokio::spawn(async move {
            match try_password(&bench, "budi", PASSWORD).await {
                Answer::SignedIn(opened) => Some(opened.session),
                _ => None,
            }
        }));
    }
    let finishing = {
        let (bench, code) = (Arc::clone(&bench), code.clone());
        tokio::spawn(async move {
            match enter(&bench, &half_done, &code).await {
                Found::Open(code::Answer::SignedIn { session, .. }) => Some(session),
                _ => None,
            }
        })
    };
    let resetting = {
        let bench = Arc::clone(&bench);
        tokio::spawn(async move {
            let new = Secret::from("kuda tangga hujan sore");
            reset::submit(&bench.app, &visit(&bench), &link, &new).await.unwrap()
        })
    };
    opening.push(finishing);
    let done = resetting.await.unwrap();
    assert!(matches!(done, reset::Answer::Done), "{done:?}");
    for one in opening {
        let Some(session) = one.await.unwrap() else { continue };
        let found = sessions::find(&bench.app, &visit(&bench), &session).await.unwrap();
        assert!(!matches!(found, Session::Live(_)), "signed in with a password that was gone");
    }
}

/// A right password at a browser that is not remembered: a code is asked for.
async fn right_password_elsewhere(bench: &Bench) -> Token {
    let form: [u8; 16] = bench.app.dice.bytes();
    let attempt = payung_flows::sign_in::password::Attempt {
        typed: "budi",
        password: &Secret::from(PASSWORD),
        form: &form,
        next: None,
        is_shared_device: true,
        earlier: None,
        taken: None,
    };
    let submit = payung_flows::sign_in::password::submit;
    match submit(&bench.app, &visit(bench), &attempt).await.unwrap() {
        Answer::Right { token, .. } => token,
        other => panic!("{other:?}"),
    }
}
