//! Staged recovery: what an owner and a stranger get, who can stop it and until when, and what it takes
//! to come to its end. What the end leaves is in `recovery_ends`.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::date;
use payung_domain::activity::Event;
use payung_domain::contact::{Email, Phone};
use payung_domain::ids::{Kpj, Nik, RecoveryId};
use payung_domain::recoveries::{
    Document, End, Lost, NotRecorded, Officer, Proof, ProofWay, RecoveryReference, State, Thing,
};
use payung_domain::second_factor::{Destination, Sending, Way};
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::Visit;
use payung_flows::contact_codes::Checked;
use payung_flows::delivery::Parcel;
use payung_flows::not_me;
use payung_flows::recoveries::asking::{self, Begun, Found, Hints, Receipt, Submitted};
use payung_flows::recoveries::desk::{self, Hand, NotShown, Proved, Refused};
use payung_flows::recoveries::finishing::{self, Answer as Finished, Entered, Found as Link, Why};
use payung_flows::recoveries::status::{self, Answer as Asked};
use payung_flows::recoveries::steps::take_due;
use payung_flows::recoveries::stopping::{self, Answer as Stopped, Found as Stop};
use payung_flows::sessions::{self, Found as Session};
use payung_flows::sign_in::password::Answer;
use payung_flows::sign_in::{step, step::Found as Step};
use payung_storage::{activity, recoveries};
use payung_testkit::people::{self, BORN, KPJ, NIK, PASSWORD, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, crowd, on_each_engine};

use crate::{deliver, enter, right_password, text_of, try_password, visit};

on_each_engine!(
    g07_a_member_who_lost_everything_comes_back_in,
    g07_a_member_with_a_new_number_comes_back_with_a_code,
    l10_r2_no_task_can_be_left_out,
    l10_r2_a_changed_contact_is_proved_anew,
    l5_f03_nobodys_details_get_the_same_answers_and_come_to_nothing,
    f03_details_that_fit_only_half_are_nobodys,
    one_account_has_one_open_recovery_and_the_second_is_nobodys,
    a_stranger_cannot_ask_without_end,
    j03_j04_every_old_contact_is_warned_at_once_and_twice_more,
    r1_the_link_that_stops_it_goes_to_the_configured_host,
    g04_looking_at_the_link_that_stops_it_changes_nothing,
    j04_the_owner_stops_it_from_a_letter_once,
    g07_the_owner_stops_it_from_a_live_session,
    j04_the_owner_stops_it_with_the_reference_of_a_text_message,
    g07_a_stop_wins_even_when_it_is_ready,
    j04_this_was_not_me_stops_it_too,
    l7_of_stops_and_ends_at_once_one_happens,
    l7_r3_of_64_at_once_one_sets_the_password,
    l7_of_64_at_once_one_recovery_is_sent,
    g07_neither_time_nor_proof_alone_opens_anything,
    p03_one_officer_alone_proves_nothing,
    g11_staff_see_no_secret_and_every_look_is_told,
    a_refused_recovery_changes_nothing,
    a_recovery_nobody_finishes_is_closed,
    l1_wrong_pairs_are_counted_and_get_one_answer,
);

const NEW: &str = "kuda tangga hujan sore";

/// Siti, with the records that her details are compared with.
pub(crate) async fn siti(bench: &Bench) -> Somebody {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    siti
}

pub(crate) fn by_kpj() -> Hints {
    Hints { kpj: Some(Kpj::parse(KPJ).unwrap()), nik: None, birth_date: BORN }
}

pub(crate) fn email() -> Destination {
    Destination::Email(Email::parse("baru@peserta.example").unwrap())
}

pub(crate) fn phone() -> Destination {
    Destination::Sms(Phone::parse("0800 0000 0077").unwrap())
}

pub(crate) fn everything() -> Lost {
    Lost::of(Thing::ALL.iter().copied())
}

async fn begin(bench: &Bench) -> Token {
    let form: [u8; 16] = bench.app.dice.bytes();
    match asking::begin(&bench.app, &visit(bench), &form).await.unwrap() {
        Begun::Draft(token) => token,
        other @ Begun::TooMany { .. } => panic!("not begun: {other:?}"),
    }
}

/// Does the four tasks.
async fn fill_in(bench: &Bench, hints: &Hints, to: &Destination, lost: Lost) -> Token {
    let (token, here) = (begin(bench).await, visit(bench));
    let app = &bench.app;
    asking::name(app, &here, &token, hints).await.unwrap();
    asking::lose(app, &here, &token, lost).await.unwrap();
    asking::reach(app, &here, &token, to).await.unwrap();
    let code = code_sent_to(bench, to).await;
    let checked = asking::confirm(app, &here, &token, &code).await.unwrap();
    assert_eq!(checked, Found::Open(Some(Checked::Right)));
    asking::choose(app, &here, &token, ProofWay::Branch).await.unwrap();
    token
}

async fn submit(bench: &Bench, token: &Token) -> Receipt {
    match asking::submit(&bench.app, &visit(bench), token).await.unwrap() {
        Found::Open(Submitted::Sent(receipt)) | Found::Sent(receipt) => receipt,
        other => panic!("not sent: {other:?}"),
    }
}

/// Asks for a recovery, and lets the first warning go out.
pub(crate) async fn ask(
    bench: &Bench,
    hints: &Hints,
    to: &Destination,
    lost: Lost,
) -> RecoveryReference {
    let token = fill_in(bench, hints, to, lost).await;
    let receipt = submit(bench, &token).await;
    take_due(&bench.app).await.unwrap();
    receipt.reference
}

fn goes_to(parcel: &Parcel, to: &Destination) -> bool {
    match (parcel, to) {
        (Parcel::Mail { to, .. }, Destination::Email(email)) => to == email,
        (Parcel::Sms { to, .. }, Destination::Sms(phone)) => to == phone,
        _ => false,
    }
}

/// What goes to one place, of what is due now.
pub(crate) async fn told(bench: &Bench, to: &Destination) -> Vec<String> {
    let parcels = deliver(bench).await;
    parcels.iter().filter(|parcel| goes_to(parcel, to)).map(text_of).collect()
}

pub(crate) async fn code_sent_to(bench: &Bench, to: &Destination) -> String {
    let is_code = |word: &&str| word.len() == 6 && word.chars().all(|c| c.is_ascii_digit());
    let texts = told(bench, to).await;
    let found =
        texts.iter().flat_map(|text| text.split(|c: char| !c.is_ascii_digit())).find(is_code);
    found.expect("a code was sent").to_owned()
}

pub(crate) fn sitis_email() -> Destination {
    Destination::Email(Email::parse("siti@peserta.example").unwrap())
}

pub(crate) fn sitis_phone() -> Destination {
    Destination::Sms(Phone::parse("0800 0000 0001").unwrap())
}

/// The token of a link to this page in one of these texts.
pub(crate) fn token_in(texts: &[String], page: &str) -> Token {
    let mark = format!("https://payung.example{page}?token=");
    let token = texts.iter().rev().find_map(|text| {
        let (_, rest) = text.split_once(&mark)?;
        Token::parse(rest.split_whitespace().next()?)
    });
    token.unwrap_or_else(|| panic!("no {page} in {texts:?}"))
}

fn officer(name: &str) -> Officer {
    Officer::parse(name).unwrap()
}

pub(crate) async fn record(
    bench: &Bench,
    who: &str,
    reference: &RecoveryReference,
    lost: Lost,
) -> Proved {
    let officer = officer(who);
    let hand = Hand { officer: &officer, reason: "KTP asli dilihat di loket" };
    let proof = Proof { way: ProofWay::Branch, document: Document::Ktp, lost };
    payung_flows::recoveries::record_proof(&bench.app, &hand, reference, proof).await.unwrap()
}

/// Two officers see the proof.
pub(crate) async fn prove(bench: &Bench, reference: &RecoveryReference, lost: Lost) {
    assert!(matches!(record(bench, "lestari", reference, lost).await, Proved::First(_)));
    bench.clock.advance(Duration::from_secs(1));
    assert!(matches!(record(bench, "bayu", reference, lost).await, Proved::Both { .. }));
}

/// Lets hours go by, with the steps that fall due in them.
pub(crate) async fn wait(bench: &Bench, hours: u64) {
    for _ in 0..hours {
        bench.clock.advance(Duration::from_hours(1));
        while take_due(&bench.app).await.unwrap() > 0 {}
    }
}

/// A recovery of Siti's account that is ready, and the token of the link at the new address.
pub(crate) async fn ready(bench: &Bench, lost: Lost) -> (RecoveryReference, Token) {
    let reference = ask(bench, &by_kpj(), &email(), everything()).await;
    prove(bench, &reference, lost).await;
    wait(bench, 72).await;
    let link = token_in(&told(bench, &email()).await, "/recover/password");
    (reference, link)
}

pub(crate) async fn finish(bench: &Bench, link: &Token, password: &str) -> Finished {
    finishing::submit(&bench.app, &visit(bench), link, &Secret::from(password)).await.unwrap()
}

pub(crate) async fn id_of(
    bench: &Bench,
    reference: &RecoveryReference,
    to: &Destination,
) -> RecoveryId {
    let asked = status::ask(&bench.app, &visit(bench), Some(reference), Some(to)).await.unwrap();
    match asked {
        Asked::Right(id) => id,
        other => panic!("the pair is right: {other:?}"),
    }
}

async fn state(bench: &Bench, reference: &RecoveryReference, to: &Destination) -> State {
    let id = id_of(bench, reference, to).await;
    status::view(&bench.app, &visit(bench), id).await.unwrap().unwrap().state
}

pub(crate) async fn has_happened(bench: &Bench, who: &Somebody, event: Event) -> bool {
    let mut tx = bench.app.store.read().await.unwrap();
    let end = Instant::from_micros(i64::MAX);
    activity::latest(&mut tx, who.id, event, end).await.unwrap().is_some()
}

pub(crate) async fn opens(bench: &Bench, typed: &str, password: &str) -> bool {
    matches!(try_password(bench, typed, password).await, Answer::Right { .. })
}

/// Signs Siti in with her old password and a code by text message.
pub(crate) async fn sitis_session(bench: &Bench) -> Token {
    let (token, _) = right_password(bench, "siti").await;
    step::choose(&bench.app, &visit(bench), &token, Way::Sms).await.unwrap();
    let code = code_sent_to(bench, &sitis_phone()).await;
    match enter(bench, &token, &code).await {
        Step::Open(payung_flows::sign_in::code::Answer::SignedIn { session, .. }) => session,
        other => panic!("not signed in: {other:?}"),
    }
}

pub(crate) async fn live(bench: &Bench, session: &Token) -> Option<sessions::SignedIn> {
    match sessions::find(&bench.app, &visit(bench), session).await.unwrap() {
        Session::Live(member) => Some(*member),
        _ => None,
    }
}

async fn g07_a_member_who_lost_everything_comes_back_in(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let token = fill_in(&bench, &by_kpj(), &email(), everything()).await;
    let receipt = submit(&bench, &token).await;
    let until = bench.clock.now().plus(Duration::from_hours(72));
    assert_eq!((receipt.until, receipt.way), (until, ProofWay::Branch));
    let reference = receipt.reference;
    let mail = told(&bench, &email()).await;
    assert!(mail.iter().any(|text| text.contains(reference.as_str())), "it can be kept: {mail:?}");
    let waiting = |is_proved| State::Waiting { until, is_proved };
    assert_eq!(state(&bench, &reference, &email()).await, waiting(false));
    take_due(&bench.app).await.unwrap();
    assert!(has_happened(&bench, &siti, Event::RecoveryBegun).await);

    prove(&bench, &reference, Lost::of([Thing::Phone, Thing::Email])).await;
    assert!(has_happened(&bench, &siti, Event::RecoveryProved).await);
    assert_eq!(state(&bench, &reference, &email()).await, waiting(true));
    wait(&bench, 71).await;
    assert!(told(&bench, &email()).await.is_empty(), "not a minute early");
    wait(&bench, 1).await;
    assert_eq!(state(&bench, &reference, &email()).await, State::Ready);
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    let found = finishing::view(&bench.app, &visit(&bench), &link).await.unwrap();
    let Link::Good { user_name, lost, .. } = found else { panic!("the link works: {found:?}") };
    assert_eq!(user_name, "baru@peserta.example");
    assert_eq!(lost, Lost::of([Thing::Phone, Thing::Email]));
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    assert!(has_happened(&bench, &siti, Event::RecoveryDone).await);
    assert!(matches!(state(&bench, &reference, &email()).await, State::Over(End::Done, _)));

    assert!(!opens(&bench, "siti", PASSWORD).await);
    assert!(!opens(&bench, "siti@peserta.example", NEW).await, "the old address names nobody");
    let Answer::Right { token, .. } = try_password(&bench, "baru@peserta.example", NEW).await
    else {
        panic!("the new address and the new password are right");
    };
    let step = step::view(&bench.app, &visit(&bench), &token).await.unwrap();
    let Step::Open(step) = step else { panic!("the second step is asked for: {step:?}") };
    assert_eq!(step.ways.iter().map(step::OpenWay::way).collect::<Vec<_>>(), [Way::Email]);
    let code = code_sent_to(&bench, &email()).await;
    let done = enter(&bench, &token, &code).await;
    assert!(matches!(done, Step::Open(payung_flows::sign_in::code::Answer::SignedIn { .. })));
}

async fn g07_a_member_with_a_new_number_comes_back_with_a_code(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &phone(), everything()).await;
    let id = id_of(&bench, &reference, &phone()).await;
    let here = || visit(&bench);
    assert_eq!(finishing::send(&bench.app, &here(), id).await.unwrap(), None, "not ready");
    prove(&bench, &reference, everything()).await;
    wait(&bench, 72).await;
    let texts = told(&bench, &phone()).await;
    assert!(texts.iter().any(|text| text.contains("siap diselesaikan")), "{texts:?}");
    assert!(texts.iter().all(|text| !text.contains("http")), "no link in a text message");
    let sent = finishing::send(&bench.app, &here(), id).await.unwrap();
    assert_eq!(sent, Some(Sending::Now));
    let code = code_sent_to(&bench, &phone()).await;
    let wrong = finishing::enter(&bench.app, &here(), id, &crate::another(&code)).await.unwrap();
    assert_eq!(wrong, Some(Entered::Not(Checked::Wrong)));
    let right = finishing::enter(&bench.app, &here(), id, &code).await.unwrap();
    let Some(Entered::Right(link)) = right else { panic!("the code is right: {right:?}") };
    let again = finishing::enter(&bench.app, &here(), id, &code).await.unwrap();
    assert_eq!(again, Some(Entered::Not(Checked::Wrong)), "once");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done));
    let Answer::Right { token, .. } = try_password(&bench, "0800 0000 0077", NEW).await else {
        panic!("the new number and the new password are right");
    };
    let code = code_sent_to(&bench, &phone()).await;
    let done = enter(&bench, &token, &code).await;
    assert!(matches!(done, Step::Open(payung_flows::sign_in::code::Answer::SignedIn { .. })));
}

async fn l10_r2_no_task_can_be_left_out(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (app, here) = (&bench.app, visit(&bench));
    let token = begin(&bench).await;
    let incomplete = Found::Open(Submitted::Incomplete);
    for task in 0..5 {
        assert_eq!(asking::submit(app, &here, &token).await.unwrap(), incomplete, "{task}");
        match task {
            0 => drop(asking::name(app, &here, &token, &by_kpj()).await.unwrap()),
            1 => drop(asking::lose(app, &here, &token, everything()).await.unwrap()),
            2 => drop(asking::choose(app, &here, &token, ProofWay::Video).await.unwrap()),
            3 => drop(asking::reach(app, &here, &token, &email()).await.unwrap()),
            _ => {
                let code = code_sent_to(&bench, &email()).await;
                // Another browser's draft knows nothing of this code, nor of this contact.
                let other = begin(&bench).await;
                let nothing = asking::confirm(app, &here, &other, &code).await.unwrap();
                assert_eq!(nothing, Found::Open(None));
                asking::confirm(app, &here, &token, &code).await.unwrap();
            }
        }
    }
    let reference = submit(&bench, &token).await.reference;
    assert_eq!(submit(&bench, &token).await.reference, reference, "sent twice, it is one");
    let changed = asking::reach(app, &here, &token, &phone()).await.unwrap();
    assert!(matches!(changed, Found::Sent(_)), "nothing changes after it was sent: {changed:?}");
    let stranger = Token::of(&[7; 32]);
    assert_eq!(asking::submit(app, &here, &stranger).await.unwrap(), Found::Gone);
    bench.clock.advance(Duration::from_hours(24));
    let late = asking::submit(app, &visit(&bench), &token).await.unwrap();
    assert_eq!(late, Found::Gone, "what was filled in is kept for a day");
}

async fn l10_r2_a_changed_contact_is_proved_anew(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let token = fill_in(&bench, &by_kpj(), &email(), everything()).await;
    let (app, here) = (&bench.app, visit(&bench));
    asking::reach(app, &here, &token, &phone()).await.unwrap();
    let answer = asking::submit(app, &here, &token).await.unwrap();
    assert_eq!(answer, Found::Open(Submitted::Incomplete));
}

/// L5, F-03: the pages' answers, the states and the messages of somebody's and of nobody's.
async fn l5_f03_nobodys_details_get_the_same_answers_and_come_to_nothing(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let nobody = Hints { kpj: Some(Kpj::parse("99999999999").unwrap()), ..by_kpj() };
    let (somebodys, nobodys) = (
        submit(&bench, &fill_in(&bench, &by_kpj(), &email(), everything()).await).await,
        submit(&bench, &fill_in(&bench, &nobody, &phone(), everything()).await).await,
    );
    let told_now = deliver(&bench).await;
    assert_eq!(told_now.len(), 1, "nobody's is told its number too");
    assert!(goes_to(&told_now[0], &phone()) && text_of(&told_now[0]).contains("PLH-"));
    assert_eq!((somebodys.until, somebodys.way), (nobodys.until, nobodys.way));
    for hours in [0, 24, 48, 24] {
        wait(&bench, hours).await;
        let states = (
            state(&bench, &somebodys.reference, &email()).await,
            state(&bench, &nobodys.reference, &phone()).await,
        );
        assert_eq!(states.0, states.1, "{hours}");
        assert!(told(&bench, &phone()).await.is_empty());
    }
    assert_eq!(state(&bench, &nobodys.reference, &phone()).await, State::Unproved);
    let proved = record(&bench, "lestari", &nobodys.reference, Lost::default()).await;
    assert_eq!(proved, Proved::Not(NotRecorded::Nobody));
    wait(&bench, 30 * 24).await;
    let over = state(&bench, &nobodys.reference, &phone()).await;
    assert!(matches!(over, State::Over(End::Expired, _)), "{over:?}");
}

async fn f03_details_that_fit_only_half_are_nobodys(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let other_nik = Nik::parse("0001 0154 0790 0009").unwrap();
    for hints in [
        Hints { birth_date: date(1990, 7, 15), ..by_kpj() },
        Hints { nik: Some(other_nik), ..by_kpj() },
    ] {
        let reference = ask(&bench, &hints, &email(), everything()).await;
        assert!(told(&bench, &sitis_email()).await.is_empty(), "nobody is warned");
        let proved = record(&bench, "lestari", &reference, Lost::default()).await;
        assert_eq!(proved, Proved::Not(NotRecorded::Nobody));
        bench.clock.advance(Duration::from_mins(2));
    }
    assert!(!has_happened(&bench, &siti, Event::RecoveryBegun).await);
    let by_nik = Hints { nik: Some(Nik::parse(NIK).unwrap()), kpj: None, birth_date: BORN };
    ask(&bench, &by_nik, &email(), everything()).await;
    assert!(has_happened(&bench, &siti, Event::RecoveryBegun).await, "the NIK alone finds her");
}

async fn one_account_has_one_open_recovery_and_the_second_is_nobodys(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let first = ask(&bench, &by_kpj(), &email(), everything()).await;
    let second = ask(&bench, &by_kpj(), &phone(), everything()).await;
    assert_ne!(first, second);
    let proved = record(&bench, "lestari", &second, Lost::default()).await;
    assert_eq!(proved, Proved::Not(NotRecorded::Nobody), "the desk finds out who is who");
    stopping::by_reference(&bench.app, &visit(&bench), &first).await.unwrap();
    bench.clock.advance(Duration::from_hours(2));
    let third = ask(&bench, &by_kpj(), &email(), everything()).await;
    let proved = record(&bench, "lestari", &third, Lost::default()).await;
    assert!(matches!(proved, Proved::First(_)), "the first one is over: {proved:?}");
}

async fn a_stranger_cannot_ask_without_end(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let mut warned = 0;
    for number in 0..6_u64 {
        let to = Email::parse(&format!("asing{number}@peserta.example")).unwrap();
        let to = Destination::Email(to);
        let token = fill_in(&bench, &by_kpj(), &to, everything()).await;
        match asking::submit(&bench.app, &visit(&bench), &token).await.unwrap() {
            Found::Open(Submitted::Sent(receipt)) => {
                take_due(&bench.app).await.unwrap();
                warned += 1;
                stopping::by_reference(&bench.app, &visit(&bench), &receipt.reference)
                    .await
                    .unwrap();
            }
            Found::Open(Submitted::TooMany { until }) => assert!(until > bench.clock.now()),
            other => panic!("neither sent nor told to wait: {other:?}"),
        }
        bench.clock.advance(Duration::from_mins(61));
    }
    assert_eq!(warned, 3, "three of a person in a day");
    // Another number of the same person is heard, and is nobody's.
    let by_nik = Hints { nik: Some(Nik::parse(NIK).unwrap()), kpj: None, birth_date: BORN };
    deliver(&bench).await;
    let reference = ask(&bench, &by_nik, &phone(), everything()).await;
    assert!(told(&bench, &sitis_email()).await.is_empty(), "its owner is left in peace");
    let proved = record(&bench, "lestari", &reference, Lost::default()).await;
    assert_eq!(proved, Proved::Not(NotRecorded::Nobody));
}

async fn j03_j04_every_old_contact_is_warned_at_once_and_twice_more(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    for hours in [0, 24, 48] {
        let parcels = deliver(&bench).await;
        let of = |to: &Destination| -> Vec<String> {
            parcels.iter().filter(|parcel| goes_to(parcel, to)).map(text_of).collect()
        };
        let (letters, texts) = (of(&sitis_email()), of(&sitis_phone()));
        assert_eq!((letters.len(), texts.len()), (1, 1), "after {hours} hours");
        for part in ["Chrome, Android", "b••••@p••••.example", "/recover/stop?token=", "0800"]
        {
            assert!(letters[0].contains(part), "{part} in {}", letters[0]);
        }
        assert!(letters[0].contains(reference.as_str()) && texts[0].contains(reference.as_str()));
        assert!(!texts[0].contains("http"), "{}", texts[0]);
        assert_eq!(take_due(&bench.app).await.unwrap(), 0, "once each");
        wait(&bench, 24).await;
    }
    assert!(told(&bench, &sitis_email()).await.is_empty(), "three times in all");
    prove(&bench, &reference, everything()).await;
    let told = told(&bench, &sitis_email()).await;
    assert!(told[0].contains("Dua petugas"), "and when it is proved: {told:?}");
}

async fn r1_the_link_that_stops_it_goes_to_the_configured_host(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    ask(&bench, &by_kpj(), &email(), everything()).await;
    for text in told(&bench, &sitis_email()).await {
        let links = text.split_whitespace().filter(|word| word.starts_with("http"));
        for link in links {
            assert!(link.starts_with("https://payung.example/recover/stop?token="), "{link}");
        }
    }
}

async fn g04_looking_at_the_link_that_stops_it_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    let link = token_in(&told(&bench, &sitis_email()).await, "/recover/stop");
    for _ in 0..20 {
        let found = stopping::view(&bench.app, &visit(&bench), &link).await.unwrap();
        let Stop::Open(matter) = found else { panic!("it can be stopped: {found:?}") };
        assert_eq!((&matter.reference, &*matter.contact), (&reference, "b••••@p••••.example"));
    }
    assert!(matches!(state(&bench, &reference, &email()).await, State::Waiting { .. }));
}

async fn j04_the_owner_stops_it_from_a_letter_once(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    let link = token_in(&told(&bench, &sitis_email()).await, "/recover/stop");
    wait(&bench, 24).await;
    let second = token_in(&told(&bench, &sitis_email()).await, "/recover/stop");
    // Whoever holds the mail is enough: no sign-in, no browser that was here before.
    let stranger = Visit { browser: None, ..visit(&bench) };
    let at = stranger.now;
    let stop = async |token: &Token| stopping::by_link(&bench.app, &stranger, token).await.unwrap();
    assert_eq!(stop(&link).await, Stopped::Stopped);
    for again in [&link, &second] {
        let answer = stop(again).await;
        let is_told =
            matches!(answer, Stopped::Refused(Stop::Over(End::Stopped, then, _)) if then == at);
        assert!(is_told, "{answer:?}");
    }
    assert_eq!(stop(&Token::of(&[8; 32])).await, Stopped::Refused(Stop::Gone));
    assert!(has_happened(&bench, &siti, Event::RecoveryStopped).await);
    let parcels = deliver(&bench).await;
    for to in [sitis_email(), sitis_phone(), email()] {
        let texts: Vec<String> =
            parcels.iter().filter(|parcel| goes_to(parcel, &to)).map(text_of).collect();
        assert!(texts.iter().any(|text| text.contains("dihentikan")), "{to:?}: {texts:?}");
    }
    let proved = record(&bench, "lestari", &reference, Lost::default()).await;
    assert_eq!(proved, Proved::Not(NotRecorded::Over(End::Stopped)));
    assert!(opens(&bench, "siti", PASSWORD).await, "nothing has changed");
}

async fn g07_the_owner_stops_it_from_a_live_session(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let session = sitis_session(&bench).await;
    let member = live(&bench, &session).await.unwrap();
    let open = async || {
        let now = bench.clock.now();
        stopping::open_of(&bench.app, &member.account, now).await.unwrap()
    };
    assert_eq!(open().await, None);
    let answer = stopping::signed_in(&bench.app, &visit(&bench), &member).await.unwrap();
    assert_eq!(answer, Stopped::Refused(Stop::Gone), "there is nothing to stop");
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    assert_eq!(open().await.map(|matter| matter.reference), Some(reference));
    let answer = stopping::signed_in(&bench.app, &visit(&bench), &member).await.unwrap();
    assert_eq!((answer, open().await), (Stopped::Stopped, None));
}

async fn j04_the_owner_stops_it_with_the_reference_of_a_text_message(db: TestStore) {
    let bench = Bench::with(db, |settings| settings.limits.sign_ins_per_address = 40);
    siti(&bench).await;
    ask(&bench, &by_kpj(), &email(), everything()).await;
    let text = told(&bench, &sitis_phone()).await.pop().unwrap();
    let (_, rest) = text.split_once("PLH-").unwrap();
    let reference = RecoveryReference::parse(&rest[..9]).unwrap();
    let other = RecoveryReference::new(&*bench.app.dice);
    let stop = async |reference: &RecoveryReference| {
        stopping::by_reference(&bench.app, &visit(&bench), reference).await.unwrap()
    };
    assert_eq!(stop(&other).await, Stopped::Refused(Stop::Gone));
    assert_eq!(stop(&reference).await, Stopped::Stopped);
    let again = stop(&reference).await;
    assert!(matches!(again, Stopped::Refused(Stop::Over(End::Stopped, ..))), "{again:?}");
    for _ in 0..40 {
        if let Stopped::TooMany { until } = stop(&other).await {
            assert!(until > bench.clock.now(), "guessing is counted");
            return;
        }
    }
    panic!("references can be guessed at without end");
}

async fn g07_a_stop_wins_even_when_it_is_ready(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    let answer = stopping::by_reference(&bench.app, &visit(&bench), &reference).await.unwrap();
    assert_eq!(answer, Stopped::Stopped);
    let found = finishing::view(&bench.app, &visit(&bench), &link).await.unwrap();
    assert!(matches!(found, Link::Over(Why::Ended(End::Stopped), _)), "{found:?}");
    let answer = finish(&bench, &link, NEW).await;
    assert!(matches!(answer, Finished::Over(Why::Ended(End::Stopped), _)), "{answer:?}");
    assert!(opens(&bench, "siti", PASSWORD).await && !opens(&bench, "siti", NEW).await);
}

async fn j04_this_was_not_me_stops_it_too(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let session = sitis_session(&bench).await;
    let member = live(&bench, &session).await.unwrap();
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    not_me::submit_signed_in(&bench.app, &visit(&bench), &member, None).await.unwrap();
    let over = state(&bench, &reference, &email()).await;
    assert!(matches!(over, State::Over(End::Stopped, _)), "{over:?}");
}

async fn l7_of_stops_and_ends_at_once_one_happens(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    let answers = crowd::of_64(|number| {
        let (bench, reference, link) = (Arc::clone(&bench), reference.clone(), link.clone());
        async move {
            if number % 2 == 0 {
                let here = visit(&bench);
                let answer = stopping::by_reference(&bench.app, &here, &reference).await;
                (answer.unwrap() == Stopped::Stopped, false)
            } else {
                (false, matches!(finish(&bench, &link, NEW).await, Finished::Done))
            }
        }
    })
    .await;
    let (mut stopped, mut done) = (0, 0);
    for (has_stopped, has_done) in answers {
        stopped += usize::from(has_stopped);
        done += usize::from(has_done);
    }
    assert_eq!(stopped + done, 1, "{stopped} stopped it, {done} finished it");
    let over = state(&bench, &reference, &email()).await;
    let expected = if done == 1 { End::Done } else { End::Stopped };
    assert!(matches!(over, State::Over(end, _) if end == expected), "{over:?}");
    assert_eq!(opens(&bench, "siti", PASSWORD).await, stopped == 1);
}

async fn l7_r3_of_64_at_once_one_sets_the_password(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    siti(&bench).await;
    let (_, link) = ready(&bench, everything()).await;
    let answers = crowd::of_64(|_| {
        let (bench, link) = (Arc::clone(&bench), link.clone());
        async move { finish(&bench, &link, NEW).await }
    })
    .await;
    let mut done = 0;
    for answer in answers {
        match answer {
            Finished::Done => done += 1,
            Finished::Over(Why::Used(_) | Why::Ended(End::Done), _) | Finished::Busy => {}
            other => panic!("neither done nor told that it is: {other:?}"),
        }
    }
    assert_eq!(done, 1);
    let again = finish(&bench, &link, NEW).await;
    assert!(matches!(again, Finished::Over(Why::Used(_), _)), "{again:?}");
}

async fn l7_of_64_at_once_one_recovery_is_sent(db: TestStore) {
    let bench = Arc::new(Bench::new(db));
    siti(&bench).await;
    let token = fill_in(&bench, &by_kpj(), &email(), everything()).await;
    let mut references = crowd::of_64(|_| {
        let (bench, token) = (Arc::clone(&bench), token.clone());
        async move { submit(&bench, &token).await.reference }
    })
    .await;
    references.dedup();
    assert_eq!(references.len(), 1, "all of them get the one there is");
    assert_eq!(deliver(&bench).await.len(), 1, "and one letter goes");
}

async fn g07_neither_time_nor_proof_alone_opens_anything(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    let id = id_of(&bench, &reference, &email()).await;
    wait(&bench, 100).await;
    assert_eq!(state(&bench, &reference, &email()).await, State::Unproved);
    assert_eq!(finishing::send(&bench.app, &visit(&bench), id).await.unwrap(), None);
    let texts = told(&bench, &email()).await;
    assert!(texts.iter().all(|text| !text.contains("/recover/password")), "{texts:?}");
    prove(&bench, &reference, everything()).await;
    wait(&bench, 1).await;
    let link = token_in(&told(&bench, &email()).await, "/recover/password");
    assert!(matches!(finish(&bench, &link, NEW).await, Finished::Done), "both are there");
}

async fn p03_one_officer_alone_proves_nothing(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    let lost = everything();
    assert!(matches!(record(&bench, "lestari", &reference, lost).await, Proved::First(_)));
    for who in ["lestari", "LESTARI ", "ｌｅｓｔａｒｉ"] {
        let answer = record(&bench, who, &reference, lost).await;
        assert_eq!(answer, Proved::Not(NotRecorded::SameOfficer), "{who}");
    }
    wait(&bench, 80).await;
    assert_eq!(state(&bench, &reference, &email()).await, State::Unproved);
    let fewer = Lost::of([Thing::Phone]);
    let answer = record(&bench, "bayu", &reference, fewer).await;
    assert_eq!(answer, Proved::Not(NotRecorded::Differs));
    assert!(matches!(record(&bench, "bayu", &reference, lost).await, Proved::Both { .. }));
}

async fn g11_staff_see_no_secret_and_every_look_is_told(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    let lestari = officer("lestari");
    let hand = Hand { officer: &lestari, reason: "kasus 8812, di loket" };
    let shown = desk::show(&bench.app, &hand, &reference).await.unwrap().unwrap();
    assert!(has_happened(&bench, &siti, Event::StaffOpened).await);
    let owner = shown.owner.clone().unwrap();
    assert_eq!((&*owner.name, &*owner.nik), ("Laksana Rahayu", "••••••••••••0003"));
    assert_eq!(owner.kpj, ["•••••••0001"]);
    let all = format!("{shown:?}");
    for secret in [link.expose(), "siti@peserta.example", "00010154", KPJ] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    let acts: Vec<&str> = shown.acts.iter().map(|act| &*act.what).collect();
    assert_eq!(acts, ["proved", "confirmed"]);
    let again = desk::show(&bench.app, &hand, &reference).await.unwrap().unwrap();
    assert_eq!(again.acts.last().map(|act| &*act.reason), Some("kasus 8812, di loket"));
    let unknown = RecoveryReference::new(&*bench.app.dice);
    let nothing = desk::show(&bench.app, &hand, &unknown).await.unwrap();
    assert_eq!(nothing.unwrap_err(), NotShown::Unknown);
    assert_eq!(record(&bench, "bayu", &unknown, Lost::default()).await, Proved::Unknown);
}

async fn a_refused_recovery_changes_nothing(db: TestStore) {
    let bench = Bench::new(db);
    let siti = siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    let bayu = officer("bayu");
    let hand = Hand { officer: &bayu, reason: "orangnya ternyata lain" };
    let refused = desk::refuse(&bench.app, &hand, &reference).await.unwrap();
    assert_eq!(refused, Refused::Done);
    let again = desk::refuse(&bench.app, &hand, &reference).await.unwrap();
    assert_eq!(again, Refused::Over(End::Refused));
    assert!(has_happened(&bench, &siti, Event::RecoveryRefused).await);
    let answer = finish(&bench, &link, NEW).await;
    assert!(matches!(answer, Finished::Over(Why::Ended(End::Refused), _)), "{answer:?}");
    assert!(opens(&bench, "siti", PASSWORD).await);
    let texts = told(&bench, &email()).await;
    assert!(texts.iter().any(|text| text.contains("menutup pemulihan")), "{texts:?}");
}

async fn a_recovery_nobody_finishes_is_closed(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let (reference, link) = ready(&bench, everything()).await;
    wait(&bench, 27 * 24).await;
    let over = state(&bench, &reference, &email()).await;
    assert!(matches!(over, State::Over(End::Expired, _)), "{over:?}");
    let answer = finish(&bench, &link, NEW).await;
    assert!(matches!(answer, Finished::Over(Why::Ended(End::Expired), _)), "{answer:?}");
    let mut tx = bench.app.store.read().await.unwrap();
    assert!(recoveries::due(&mut tx, bench.clock.now(), 9).await.unwrap().is_empty());
}

async fn l1_wrong_pairs_are_counted_and_get_one_answer(db: TestStore) {
    let bench = Bench::new(db);
    siti(&bench).await;
    let reference = ask(&bench, &by_kpj(), &email(), everything()).await;
    let unknown = RecoveryReference::new(&*bench.app.dice);
    for wrong in [&reference, &unknown] {
        let asked = async |contact: &Destination| {
            status::ask(&bench.app, &visit(&bench), Some(wrong), Some(contact)).await.unwrap()
        };
        for number in 0..9 {
            assert_eq!(asked(&phone()).await, Asked::Wrong, "{number}");
        }
        let until = bench.clock.now().plus(Duration::from_mins(15));
        assert_eq!(asked(&phone()).await, Asked::Paused(until), "the tenth");
        assert_eq!(asked(&email()).await, Asked::Paused(until), "not even the right one");
    }
    bench.clock.advance(Duration::from_mins(15));
    assert!(matches!(state(&bench, &reference, &email()).await, State::Waiting { .. }));
}
