//! Changing addresses and numbers: a new one proves itself and waits, the old ones hear and can undo.

use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::authenticators::Need;
use payung_domain::contact_changes::{COOLING_OFF, Kind, Refusal, State, UNDOABLE, UNFINISHED};
use payung_domain::ids::ChangeId;
use payung_domain::second_factor::Way;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::activity::{self, Choice};
use payung_flows::contact_changes::begin::{self, Begun, Removed, Wish};
use payung_flows::contact_changes::confirm::{self, Answer, Found};
use payung_flows::contact_changes::undo::{self, Cancelled, Found as LinkFound};
use payung_flows::contact_changes::{Overview, ends, overview};
use payung_flows::delivery::Parcel;
use payung_flows::passwords::forgot;
use payung_flows::security::{self, Choices};
use payung_flows::sessions::{self, Found as SessionFound, SignedIn};
use payung_flows::sign_in::code;
use payung_flows::sign_in::password::Answer as Password;
use payung_flows::sign_in::step::{self, Asked, Found as Step};
use payung_flows::{apps, confirming, not_me, tidying};
use payung_testkit::people::{self, PASSWORD, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{another, deliver, enter, newest_code, right_password, text_of, try_password, visit};

on_each_engine!(
    g10_a_new_number_gets_the_codes_after_twelve_hours_and_not_before,
    r9_no_contact_counts_without_its_own_code,
    j05_old_and_new_hear_at_the_start_and_at_the_effect,
    g10_a_new_address_serves_recovery_after_seventy_two_hours,
    g10_the_old_address_undoes_a_change_without_signing_in,
    g10_an_undo_link_works_for_three_days_and_once,
    g10_an_undo_takes_back_what_was_built_on_the_change,
    l7_of_64_at_once_one_undoes_the_change,
    j04_this_was_not_me_takes_back_what_cools_off,
    g10_a_change_is_called_off_from_inside_while_it_cools_off,
    g09_two_addresses_each_count_after_their_own_code,
    f03_a_contact_of_somebody_else_gets_the_same_answer_and_its_owner_hears,
    l7_of_two_who_prove_the_same_contact_at_once_one_gets_it,
    a_double_click_begins_one_change_and_a_lost_answer_is_given_again,
    a_form_of_an_older_page_changes_nothing,
    j07_the_last_contact_and_the_last_way_stay,
    j07_a_way_that_is_needed_once_a_number_goes_cannot_be_taken_first,
    an_unfinished_change_lapses_after_an_hour_and_says_so,
    s5_nobody_touches_anothers_changes,
    b07_a_number_changed_within_a_day_gets_no_code_while_there_is_another_way,
    b04_guessing_the_code_of_a_new_contact_is_stopped,
    where_no_text_messages_are_sent_no_number_is_taken,
    tidying_leaves_what_can_still_be_undone,
);

/// Signs somebody in by a code to their address.
async fn member(bench: &Bench, name: &str) -> SignedIn {
    let (token, _) = right_password(bench, name).await;
    step::choose(&bench.app, &visit(bench), &token, Way::Email).await.unwrap();
    let code = newest_code(bench).await;
    let Step::Open(code::Answer::SignedIn { session, .. }) = enter(bench, &token, &code).await
    else {
        panic!("{name} is not signed in");
    };
    match sessions::find(&bench.app, &visit(bench), &session).await.unwrap() {
        SessionFound::Live(member) => *member,
        other => panic!("{name} has no session: {other:?}"),
    }
}

pub(crate) async fn siti(bench: &Bench) -> SignedIn {
    people::siti(&bench.app).await;
    member(bench, "siti").await
}

async fn seen(bench: &Bench, member: &SignedIn) -> Overview {
    overview(&bench.app, &visit(bench), member.account.id).await.unwrap()
}

/// The handle of a contact in the list.
async fn handle(bench: &Bench, member: &SignedIn, contact: &str) -> String {
    let seen = seen(bench, member).await;
    let listed = seen.contacts.iter().find(|one| one.to.expose() == contact);
    listed.expect("the contact is in the list").handle.clone()
}

/// Sends the form that brings a contact; each call is a form of its own.
async fn wish(
    bench: &Bench,
    member: &SignedIn,
    kind: Kind,
    typed: &str,
    replaces: Option<&str>,
) -> Begun {
    let replaces = match replaces {
        Some(contact) => Some(handle(bench, member, contact).await),
        None => None,
    };
    let (version, form) = (seen(bench, member).await.version, bench.app.dice.bytes::<16>());
    let replaces = replaces.as_deref();
    let wish = Wish { kind, typed, replaces, version: &version, form: &form };
    begin::submit(&bench.app, &visit(bench), member, wish).await.unwrap()
}

async fn begun(
    bench: &Bench,
    member: &SignedIn,
    kind: Kind,
    typed: &str,
    replaces: Option<&str>,
) -> ChangeId {
    match wish(bench, member, kind, typed, replaces).await {
        Begun::Code(id, Asked::Done) => id,
        other => panic!("{typed} was not begun: {other:?}"),
    }
}

async fn type_in(bench: &Bench, member: &SignedIn, id: ChangeId, code: &str) -> Found<Answer> {
    confirm::submit(&bench.app, &visit(bench), member, id, code).await.unwrap()
}

/// Brings a contact, code and all. What was sent so far is delivered.
pub(crate) async fn bring(
    bench: &Bench,
    member: &SignedIn,
    kind: Kind,
    typed: &str,
    replaces: Option<&str>,
) -> ChangeId {
    let id = begun(bench, member, kind, typed, replaces).await;
    let code = newest_code(bench).await;
    let effective_at = bench.clock.now().plus(COOLING_OFF);
    match type_in(bench, member, id, &code).await {
        Found::Open(Answer::CoolsOff(at)) => assert_eq!(at, effective_at),
        other => panic!("{typed} was not taken: {other:?}"),
    }
    id
}

pub(crate) async fn remove(bench: &Bench, member: &SignedIn, contact: &str) -> Removed {
    let handle = handle(bench, member, contact).await;
    let (version, form) = (seen(bench, member).await.version, bench.app.dice.bytes::<16>());
    let (app, wanted) = (&bench.app, (&*handle, &*version));
    begin::remove(app, &visit(bench), member, wanted, &form).await.unwrap()
}

async fn state(bench: &Bench, member: &SignedIn, id: ChangeId) -> Option<State> {
    let seen = seen(bench, member).await;
    let change = seen.changes.iter().find(|change| change.id == id)?;
    Some(change.state(bench.clock.now()))
}

/// The contacts of an account that count now.
async fn counting(bench: &Bench, member: &SignedIn) -> Vec<String> {
    let now = bench.clock.now();
    let seen = seen(bench, member).await;
    let counting = seen.contacts.iter().filter(|one| one.standing.counts(now));
    counting.map(|one| one.to.expose().to_owned()).collect()
}

fn whereto(parcel: &Parcel) -> &str {
    match parcel {
        Parcel::Mail { to, .. } => to.expose(),
        Parcel::Sms { to, .. } => to.expose(),
    }
}

/// What went to one contact.
fn sent_to(parcels: &[Parcel], contact: &str) -> Vec<String> {
    parcels.iter().filter(|parcel| whereto(parcel) == contact).map(text_of).collect()
}

/// The token of the undo link in a text.
fn undo_link(text: &str) -> Token {
    let (_, rest) = text.split_once("https://payung.example/undo-change?token=").expect("a link");
    Token::parse(rest.split_whitespace().next().unwrap()).unwrap()
}

/// The undo link in the newest letter to a contact.
pub(crate) async fn undo_link_to(bench: &Bench, contact: &str) -> Token {
    undo_link(sent_to(&deliver(bench).await, contact).last().expect("a letter"))
}

async fn has_happened(bench: &Bench, member: &SignedIn, event: Event) -> bool {
    let part = activity::page(&bench.app, &visit(bench), member, Choice::default(), None).await;
    part.unwrap().lines.iter().any(|(_, line)| line.event == event)
}

/// Where a code of a sign-in goes by text message; none where that way is not offered.
async fn number_for_codes(bench: &Bench, name: &str) -> Option<String> {
    let (token, _) = right_password(bench, name).await;
    match step::choose(&bench.app, &visit(bench), &token, Way::Sms).await.unwrap() {
        Step::Open(Asked::Done) => {}
        Step::Open(Asked::NotOpen) => return None,
        other => panic!("{other:?}"),
    }
    let sent = deliver(bench).await;
    let sms = sent.iter().find(|parcel| matches!(parcel, Parcel::Sms { .. }));
    sms.map(|parcel| whereto(parcel).to_owned())
}

const SITI: &str = "siti@peserta.example";
pub(crate) const PHONE: &str = "+6280000000001";
const NEW_PHONE: &str = "+6280000000777";

async fn g10_a_new_number_gets_the_codes_after_twelve_hours_and_not_before(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    deliver(&bench).await;
    bench.clock.advance(COOLING_OFF.saturating_sub(Duration::from_mins(1)));
    assert_eq!(number_for_codes(&bench, "siti").await.as_deref(), Some(PHONE));
    assert!(matches!(try_password(&bench, NEW_PHONE, PASSWORD).await, Password::Wrong { .. }));
    assert!(matches!(try_password(&bench, PHONE, PASSWORD).await, Password::Right { .. }));
    // B-07: for half a day more another way is preferred.
    bench.clock.advance(Duration::from_hours(13));
    assert_eq!(number_for_codes(&bench, "siti").await.as_deref(), Some(NEW_PHONE));
    assert!(matches!(try_password(&bench, NEW_PHONE, PASSWORD).await, Password::Right { .. }));
    assert!(matches!(try_password(&bench, PHONE, PASSWORD).await, Password::Wrong { .. }));
}

async fn r9_no_contact_counts_without_its_own_code(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let id = begun(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let code = newest_code(&bench).await;
    assert_eq!(type_in(&bench, &siti, id, &another(&code)).await.wrong(), Some(Answer::Wrong));
    // A code that went to another contact of the same member is no code for this one.
    let other = begun(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    assert_eq!(type_in(&bench, &siti, other, &code).await.wrong(), Some(Answer::Wrong));
    bench.clock.advance(UNDOABLE);
    assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
    let answer = try_password(&bench, "baru@peserta.example", PASSWORD).await;
    assert!(matches!(answer, Password::Wrong { .. }));
    assert!(matches!(type_in(&bench, &siti, id, &code).await, Found::Gone), "its hour is over");
}

trait Refused {
    fn wrong(self) -> Option<Answer>;
}

impl Refused for Found<Answer> {
    fn wrong(self) -> Option<Answer> {
        match self {
            Self::Open(answer) => Some(answer),
            _ => None,
        }
    }
}

async fn j05_old_and_new_hear_at_the_start_and_at_the_effect(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let started = deliver(&bench).await;
    let to_old = sent_to(&started, SITI).concat();
    assert!(to_old.contains("diganti: dari s••••@p••••.example menjadi b••••@p••••.example"));
    assert!(to_old.contains("/undo-change?token=") && to_old.contains("/not-me?token="));
    assert!(!to_old.contains("baru@"), "letters are read by others: {to_old}");
    let to_phone = sent_to(&started, PHONE).concat();
    assert!(to_phone.contains("perubahan email berlaku") && !to_phone.contains("http"));
    let to_new = sent_to(&started, "baru@peserta.example").concat();
    assert!(to_new.contains("dipastikan dengan kode") && !to_new.contains("http"), "{to_new}");
    assert!(has_happened(&bench, &siti, Event::ContactChangeBegun).await);

    bench.clock.advance(COOLING_OFF.saturating_sub(Duration::from_secs(1)));
    assert_eq!(ends::tell(&bench.app).await.unwrap(), 0);
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(ends::tell(&bench.app).await.unwrap(), 1);
    assert_eq!(ends::tell(&bench.app).await.unwrap(), 0, "once");
    let told = deliver(&bench).await;
    let to_old = sent_to(&told, SITI).concat();
    assert!(to_old.contains("bukan lagi s••••@p••••.example") && to_old.contains("/undo-change?"));
    assert!(sent_to(&told, PHONE).concat().contains("sudah berlaku"));
    assert!(sent_to(&told, "baru@peserta.example").concat().contains("dipakai untuk masuk"));
    assert!(has_happened(&bench, &siti, Event::ContactChangeDone).await);
}

async fn g10_a_new_address_serves_recovery_after_seventy_two_hours(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    deliver(&bench).await;
    // Asked for by the user name, by the old address and by the new one: the same link, to there.
    for (later, typed, expected) in [
        (1, "siti", SITI),
        (12, "siti", SITI),
        (12, SITI, SITI),
        (12, "baru@peserta.example", SITI),
        (47, "siti", "baru@peserta.example"),
    ] {
        bench.clock.advance(Duration::from_hours(later));
        forgot::ask(&bench.app, &visit(&bench), typed).await.unwrap();
        let sent = deliver(&bench).await;
        let links: Vec<&Parcel> =
            sent.iter().filter(|parcel| text_of(parcel).contains("/reset-password?")).collect();
        assert_eq!(links.len(), 1, "{typed}: {sent:?}");
        assert_eq!(whereto(links[0]), expected, "{typed}");
    }
}

async fn g10_the_old_address_undoes_a_change_without_signing_in(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    for waits in [Duration::from_hours(1), Duration::from_hours(71)] {
        let id = bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
        let link = undo_link_to(&bench, SITI).await;
        bench.clock.advance(waits);
        ends::tell(&bench.app).await.unwrap();
        deliver(&bench).await;
        for _ in 0..2 {
            let found = undo::view(&bench.app, &visit(&bench), &link).await.unwrap();
            assert!(matches!(found, LinkFound::Open(..)), "looking changes nothing (G-04)");
        }
        let undone = undo::submit(&bench.app, &visit(&bench), &link).await.unwrap();
        assert!(matches!(undone, undo::Answer::Undone));
        assert_eq!(state(&bench, &siti, id).await, None);
        assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
        let told = deliver(&bench).await;
        for contact in [SITI, PHONE, "baru@peserta.example"] {
            assert!(!sent_to(&told, contact).is_empty(), "{contact} hears of it");
        }
        assert!(has_happened(&bench, &siti, Event::ContactChangeCancelled).await);
        bench.clock.advance(UNDOABLE);
        assert_eq!(counting(&bench, &siti).await, [SITI, PHONE], "for good");
    }
}

async fn g10_an_undo_link_works_for_three_days_and_once(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let link = undo_link_to(&bench, SITI).await;
    bench.clock.advance(UNDOABLE);
    for link in [&link, &Token::of(&[9; 32])] {
        let late = undo::submit(&bench.app, &visit(&bench), link).await.unwrap();
        assert!(matches!(late, undo::Answer::Refused(LinkFound::Expired)), "{late:?}");
    }
    assert_eq!(counting(&bench, &siti).await, ["baru@peserta.example", PHONE]);

    bring(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    let link = undo_link_to(&bench, "baru@peserta.example").await;
    undo::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    let at = bench.clock.now();
    bench.clock.advance(Duration::from_mins(5));
    let again = undo::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(again, undo::Answer::Refused(LinkFound::Cancelled(when, _)) if when == at));
}

async fn g10_an_undo_takes_back_what_was_built_on_the_change(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "thief@peserta.example", Some(SITI)).await;
    let link = undo_link_to(&bench, SITI).await;
    bench.clock.advance(Duration::from_hours(13));
    assert!(matches!(remove(&bench, &siti, PHONE).await, Removed::GoesAt(_)));
    bring(&bench, &siti, Kind::Email, "thief2@peserta.example", Some("thief@peserta.example"))
        .await;
    bench.clock.advance(Duration::from_hours(13));
    assert_eq!(counting(&bench, &siti).await, ["thief2@peserta.example"]);
    undo::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
    bench.clock.advance(UNDOABLE);
    assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
    let freed = wish(&bench, &siti, Kind::Email, "thief@peserta.example", None).await;
    assert!(matches!(freed, Begun::Code(..)), "nobody's any more: {freed:?}");
}

async fn l7_of_64_at_once_one_undoes_the_change(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let link = undo_link_to(&bench, SITI).await;
    let answers = crowd::of_64(|_| {
        let (app, visit, link) = (bench.app.clone(), visit(&bench), link.clone());
        async move { undo::submit(&app, &visit, &link).await.unwrap() }
    })
    .await;
    let mut undone = 0;
    for answer in answers {
        undone += usize::from(matches!(answer, undo::Answer::Undone));
    }
    assert_eq!(undone, 1);
    assert_eq!(sent_to(&deliver(&bench).await, SITI).len(), 1, "told once");
}

async fn j04_this_was_not_me_takes_back_what_cools_off(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "thief@peserta.example", Some(SITI)).await;
    let letter = sent_to(&deliver(&bench).await, SITI).concat();
    begun(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    let code = newest_code(&bench).await;
    let (_, rest) = letter.split_once("https://payung.example/not-me?token=").unwrap();
    let link = Token::parse(rest.split_whitespace().next().unwrap()).unwrap();
    let secured = not_me::submit(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(secured, not_me::Answer::Secured));
    let sent = deliver(&bench).await;
    let addresses: Vec<&str> = sent
        .iter()
        .filter(|parcel| text_of(parcel).contains("/reset-password?"))
        .map(whereto)
        .collect();
    assert_eq!(addresses, [SITI], "the way back goes to the owner");
    assert!(sent_to(&sent, SITI).concat().contains("Alamat email s••••@p••••.example tetap"));
    let open = seen(&bench, &siti).await.changes;
    assert!(open.is_empty(), "{open:?}");
    bench.clock.advance(UNDOABLE);
    assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
    let phone = begun(&bench, &siti, Kind::Phone, "0800 0000 0777", None).await;
    assert_eq!(type_in(&bench, &siti, phone, &code).await.wrong(), Some(Answer::Wrong));
}

async fn g10_a_change_is_called_off_from_inside_while_it_cools_off(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let cancel = async |id| undo::cancel(&bench.app, &visit(&bench), &siti, id).await.unwrap();
    let id = begun(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    deliver(&bench).await;
    assert_eq!(cancel(id).await, Cancelled::Done);
    assert!(deliver(&bench).await.is_empty(), "nothing had changed");
    let id = bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    deliver(&bench).await;
    assert_eq!(cancel(id).await, Cancelled::Done);
    assert_eq!(cancel(id).await, Cancelled::Before(bench.clock.now()));
    let told = deliver(&bench).await;
    assert!(sent_to(&told, SITI).concat().contains("Dibatalkan"));
    assert!(!sent_to(&told, "baru@peserta.example").is_empty());
    bench.clock.advance(Duration::from_hours(24));
    let id = bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    bench.clock.advance(COOLING_OFF);
    assert_eq!(cancel(id).await, Cancelled::TooLate);
    assert_eq!(counting(&bench, &siti).await, ["baru@peserta.example", PHONE]);
}

async fn g09_two_addresses_each_count_after_their_own_code(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "kedua@peserta.example", None).await;
    assert_eq!(counting(&bench, &siti).await, [SITI, PHONE]);
    bench.clock.advance(COOLING_OFF);
    assert_eq!(counting(&bench, &siti).await, [SITI, "kedua@peserta.example", PHONE]);
    let third = wish(&bench, &siti, Kind::Email, "ketiga@peserta.example", None).await;
    assert_eq!(third, Begun::Refused(Refusal::Full));
    deliver(&bench).await;
    // News go to both, codes to the first.
    bring(&bench, &siti, Kind::Phone, "0800 0000 0777", None).await;
    let told = deliver(&bench).await;
    for contact in [SITI, "kedua@peserta.example", PHONE] {
        assert!(!sent_to(&told, contact).is_empty(), "{contact} hears");
    }
    let again = member(&bench, "kedua@peserta.example").await;
    assert_eq!(again.account.id, siti.account.id);
    // The first one goes, and the second takes its place.
    assert!(matches!(remove(&bench, &siti, SITI).await, Removed::GoesAt(_)));
    bench.clock.advance(COOLING_OFF);
    let counting = counting(&bench, &siti).await;
    assert_eq!(counting, ["kedua@peserta.example", PHONE, NEW_PHONE]);
    deliver(&bench).await;
    let (token, _) = right_password(&bench, "siti").await;
    step::choose(&bench.app, &visit(&bench), &token, Way::Email).await.unwrap();
    let sent = deliver(&bench).await;
    assert_eq!(sent_to(&sent, "kedua@peserta.example").len(), 1, "{sent:?}");
}

async fn f03_a_contact_of_somebody_else_gets_the_same_answer_and_its_owner_hears(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    people::budi(&bench.app).await;
    let known = wish(&bench, &siti, Kind::Email, "budi@peserta.example", None).await;
    let Begun::Code(id, Asked::Done) = known else { panic!("the same answer: {known:?}") };
    let sent = deliver(&bench).await;
    let [letter] = &sent[..] else { panic!("one letter: {sent:?}") };
    assert_eq!(whereto(letter), "budi@peserta.example");
    assert!(text_of(letter).contains("seseorang mencoba memakai alamat email Anda"));
    assert!(text_of(letter).contains("/not-me?token="));
    let Found::Open(page) = confirm::view(&bench.app, &visit(&bench), &siti, id).await.unwrap()
    else {
        panic!("the page asks for a code");
    };
    assert!(page.waiting.code_until.is_some());
    assert_eq!(type_in(&bench, &siti, id, "123456").await.wrong(), Some(Answer::Wrong));
    bench.clock.advance(Duration::from_mins(2));
    let again = confirm::resend(&bench.app, &visit(&bench), &siti, id).await.unwrap();
    assert!(matches!(again, Found::Open(Asked::Done)));
    assert!(deliver(&bench).await.is_empty(), "the owner hears once a day");
    let unknown = wish(&bench, &siti, Kind::Email, "asing@peserta.example", None).await;
    assert!(matches!(unknown, Begun::Code(_, Asked::Done)));
}

async fn l7_of_two_who_prove_the_same_contact_at_once_one_gets_it(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    people::dewi(&bench.app).await;
    let dewi = member(&bench, "dewi").await;
    let mut tries = Vec::new();
    for who in [&siti, &dewi] {
        let id = begun(&bench, who, Kind::Phone, "0800 0000 0777", None).await;
        tries.push((who.clone(), id, newest_code(&bench).await));
    }
    let tasks = tries.into_iter().flat_map(|(who, id, code)| {
        (0..8).map(|_| (who.clone(), id, code.clone())).collect::<Vec<_>>()
    });
    let running = tasks.map(|(who, id, code)| {
        let (app, visit) = (bench.app.clone(), visit(&bench));
        tokio::spawn(async move { confirm::submit(&app, &visit, &who, id, &code).await.unwrap() })
    });
    let (mut taken, mut refused) = (0, 0);
    for one in running.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Found::Open(Answer::CoolsOff(_)) => taken += 1,
            Found::Open(Answer::Taken) => refused += 1,
            Found::Confirmed(..) | Found::Gone => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((taken, refused), (1, 1));
    bench.clock.advance(UNDOABLE);
    let owners = [counting(&bench, &siti).await, counting(&bench, &dewi).await].concat();
    assert_eq!(owners.iter().filter(|contact| *contact == NEW_PHONE).count(), 1);
}

async fn a_double_click_begins_one_change_and_a_lost_answer_is_given_again(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let version = seen(&bench, &siti).await.version;
    let replaces = handle(&bench, &siti, PHONE).await;
    let wish = Wish {
        kind: Kind::Phone,
        typed: "0800 0000 0777",
        replaces: Some(&replaces),
        version: &version,
        form: b"one form",
    };
    let submit = async || begin::submit(&bench.app, &visit(&bench), &siti, wish).await.unwrap();
    let (first, second) = (submit().await, submit().await);
    assert_eq!(first, second);
    let Begun::Code(id, _) = first else { panic!("{first:?}") };
    let sent = deliver(&bench).await;
    assert_eq!(sent.len(), 1);
    let code: String = text_of(&sent[0]).chars().take(6).collect();
    assert!(matches!(type_in(&bench, &siti, id, &code).await, Found::Open(Answer::CoolsOff(_))));
    let at = bench.clock.now();
    bench.clock.advance(Duration::from_mins(1));
    let again = type_in(&bench, &siti, id, &code).await;
    let effect = at.plus(COOLING_OFF);
    assert!(matches!(again, Found::Confirmed(was, then) if (was, then) == (at, effect)));
    assert!(matches!(submit().await, Begun::Code(same, _) if same == id));

    let wanted = (&*handle(&bench, &siti, SITI).await, &*seen(&bench, &siti).await.version);
    let go = async || {
        begin::remove(&bench.app, &visit(&bench), &siti, wanted, b"another form").await.unwrap()
    };
    assert_eq!(go().await, Removed::Refused(Refusal::LastContact), "the number cools off");
    bench.clock.advance(COOLING_OFF);
    let wanted = (&*handle(&bench, &siti, SITI).await, &*seen(&bench, &siti).await.version);
    let go = async || {
        begin::remove(&bench.app, &visit(&bench), &siti, wanted, b"a third form").await.unwrap()
    };
    let (first, second) = (go().await, go().await);
    assert_eq!(first, second);
    assert!(matches!(first, Removed::GoesAt(_)));
}

async fn a_form_of_an_older_page_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let version = seen(&bench, &siti).await.version;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let wish = Wish {
        kind: Kind::Phone,
        typed: "0800 0000 0777",
        replaces: None,
        version: &version,
        form: b"old tab",
    };
    let old_tab = begin::submit(&bench.app, &visit(&bench), &siti, wish).await.unwrap();
    assert_eq!(old_tab, Begun::Refused(Refusal::Changed));
    let wanted = (&*handle(&bench, &siti, PHONE).await, &*version);
    let old_tab = begin::remove(&bench.app, &visit(&bench), &siti, wanted, b"form").await.unwrap();
    assert_eq!(old_tab, Removed::Refused(Refusal::Changed));
    // A second change of the same contact waits until the first is done or called off.
    let twice = self::wish(&bench, &siti, Kind::Email, "lain@peserta.example", Some(SITI)).await;
    assert_eq!(twice, Begun::Refused(Refusal::Changed));
}

async fn j07_the_last_contact_and_the_last_way_stay(db: TestStore) {
    let bench = Bench::new(db);
    people::budi(&bench.app).await;
    let budi = member(&bench, "budi").await;
    let answer = remove(&bench, &budi, "budi@peserta.example").await;
    assert_eq!(answer, Removed::Refused(Refusal::LastContact));
    let siti = siti(&bench).await;
    let choices = Choices { preferred: None, is_sms_off: false, is_email_off: true };
    security::choose(&bench.app, &visit(&bench), &siti.account, &choices).await.unwrap();
    assert_eq!(remove(&bench, &siti, PHONE).await, Removed::Refused(Refusal::LastWay));
    assert!(matches!(remove(&bench, &siti, SITI).await, Removed::GoesAt(_)));
    assert_eq!(remove(&bench, &siti, PHONE).await, Removed::Refused(Refusal::LastContact));
}

async fn j07_a_way_that_is_needed_once_a_number_goes_cannot_be_taken_first(db: TestStore) {
    let bench = Bench::new(db);
    people::dewi(&bench.app).await;
    let dewi = member(&bench, "dewi").await;
    bring(&bench, &dewi, Kind::Phone, "0800 0000 0777", None).await;
    bench.clock.advance(UNDOABLE);
    let choices = Choices { preferred: None, is_sms_off: true, is_email_off: false };
    security::choose(&bench.app, &visit(&bench), &dewi.account, &choices).await.unwrap();
    let removed = remove(&bench, &dewi, "dewi@peserta.example").await;
    assert!(matches!(removed, Removed::GoesAt(_)), "the app is left");
    // Codes still go to the address, but not after it is gone.
    let removed = apps::remove(&bench.app, &visit(&bench), &dewi.account).await.unwrap();
    assert_eq!(removed, security::Removed::Last);
}

async fn an_unfinished_change_lapses_after_an_hour_and_says_so(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let id = begun(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    let until = bench.clock.now().plus(UNFINISHED);
    assert_eq!(state(&bench, &siti, id).await, Some(State::Unconfirmed { until }));
    deliver(&bench).await;
    bench.clock.advance(UNFINISHED);
    assert_eq!(ends::tell(&bench.app).await.unwrap(), 1);
    let told = deliver(&bench).await;
    let [letter] = &told[..] else { panic!("one letter: {told:?}") };
    assert!(whereto(letter) == SITI && text_of(letter).contains("Tidak ada yang berubah"));
    assert_eq!(state(&bench, &siti, id).await, None);
}

async fn s5_nobody_touches_anothers_changes(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    people::budi(&bench.app).await;
    let budi = member(&bench, "budi").await;
    let id = begun(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    let code = newest_code(&bench).await;
    assert!(matches!(type_in(&bench, &budi, id, &code).await, Found::Gone));
    let resent = confirm::resend(&bench.app, &visit(&bench), &budi, id).await.unwrap();
    assert!(matches!(resent, Found::Gone));
    let cancelled = undo::cancel(&bench.app, &visit(&bench), &budi, id).await.unwrap();
    assert_eq!(cancelled, Cancelled::Gone);
    let hers = handle(&bench, &siti, SITI).await;
    let wanted = (&*hers, &*seen(&bench, &budi).await.version);
    let removed = begin::remove(&bench.app, &visit(&bench), &budi, wanted, b"form").await.unwrap();
    assert_eq!(removed, Removed::Refused(Refusal::Changed));
    assert!(matches!(type_in(&bench, &siti, id, &code).await, Found::Open(Answer::CoolsOff(_))));
}

async fn b07_a_number_changed_within_a_day_gets_no_code_while_there_is_another_way(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    bench.clock.advance(COOLING_OFF);
    deliver(&bench).await;
    assert_eq!(number_for_codes(&bench, "siti").await, None);
    let (ways, _) =
        confirming::ways(&bench.app, &visit(&bench), &siti.account, Need::Any).await.unwrap();
    assert!(ways.iter().all(|way| way.way() != Way::Sms), "{ways:?}");
    bench.clock.advance(Duration::from_hours(12));
    assert_eq!(number_for_codes(&bench, "siti").await.as_deref(), Some(NEW_PHONE));
}

async fn b04_guessing_the_code_of_a_new_contact_is_stopped(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let id = begun(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    let code = newest_code(&bench).await;
    let mut paused = None;
    for _ in 0..12 {
        match type_in(&bench, &siti, id, &another(&code)).await.wrong() {
            Some(Answer::Paused(until)) => paused = Some(until),
            other => assert_eq!(other, Some(Answer::Wrong)),
        }
    }
    let until: Instant = paused.expect("the tenth miss pauses");
    assert_eq!(until, bench.clock.now().plus(Duration::from_mins(15)));
    let right = type_in(&bench, &siti, id, &code).await.wrong();
    assert_eq!(right, Some(Answer::Paused(until)));
}

async fn where_no_text_messages_are_sent_no_number_is_taken(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.sms_codes = false);
    let Somebody { .. } = people::siti(&bench.app).await;
    let siti = {
        let (token, _) = right_password(&bench, "siti").await;
        let code = newest_code(&bench).await;
        match enter(&bench, &token, &code).await {
            Step::Open(code::Answer::SignedIn { session, .. }) => session,
            other => panic!("{other:?}"),
        }
    };
    let SessionFound::Live(siti) = sessions::find(&bench.app, &visit(&bench), &siti).await.unwrap()
    else {
        panic!("signed in");
    };
    let answer = wish(&bench, &siti, Kind::Phone, "0800 0000 0777", Some(PHONE)).await;
    assert_eq!(answer, Begun::NotHere);
}

async fn tidying_leaves_what_can_still_be_undone(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    bring(&bench, &siti, Kind::Email, "baru@peserta.example", Some(SITI)).await;
    let link = undo_link_to(&bench, SITI).await;
    bench.clock.advance(UNDOABLE.saturating_sub(Duration::from_secs(1)));
    ends::tell(&bench.app).await.unwrap();
    tidying::tidy(&bench.app).await.unwrap();
    let found = undo::view(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(found, LinkFound::Open(..)));
    bench.clock.advance(Duration::from_secs(1));
    tidying::tidy(&bench.app).await.unwrap();
    assert_eq!(seen(&bench, &siti).await.contacts.len(), 2, "the old address is nobody's");
    bench.clock.advance(Duration::from_hours(24 * 30));
    tidying::tidy(&bench.app).await.unwrap();
    let found = undo::view(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(found, LinkFound::Expired));
}
