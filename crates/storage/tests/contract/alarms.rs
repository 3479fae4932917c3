//! What owners can look up, question and stop, and the signs of an attack.

use std::slice;
use std::time::Duration;

use jiff::civil::date;
use payung_domain::activity::{Event, Group, Line};
use payung_domain::announcements::Announcement;
use payung_domain::ids::MessageId;
use payung_domain::marks::Mark;
use payung_domain::notify::Notice;
use payung_domain::passwords::Doubts;
use payung_domain::reference::Reference;
use payung_domain::suspicion::Seen;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::activity::Wanted;
use payung_storage::not_me::{self, Link};
use payung_storage::outbox::{self, Message};
use payung_storage::{Tx, accounts, activity, announcements, sessions, sign_ins, throttles};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};
use crate::outbox::message;
use crate::sign_ins::sign_in;

on_each_engine!(
    activity_is_listed_page_by_page_newest_first,
    activity_is_filtered_by_group_and_time,
    s5_a_line_of_another_account_is_not_found,
    old_activity_is_dropped,
    a_not_me_link_works_once_and_for_its_time,
    a_distrusted_password_is_believed_again_once_another_is_set,
    a04_a_leak_is_noted_once_for_each_password,
    a01_a_password_is_enough_only_where_somebody_said_so,
    a_burst_is_one_message_until_it_left,
    an_inbox_keeps_what_was_sent_without_its_content,
    a_message_is_found_by_its_reference,
    e07_who_missed_on_what_is_counted_once_each,
    b05_text_messages_are_counted_by_the_day,
    sign_ins_and_devices_of_one_account_are_forgotten,
    announcements_are_kept_until_they_are_over,
);

fn at(minute: u64) -> Instant {
    NOON.plus(Duration::from_mins(minute))
}

async fn with_account(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    tx
}

/// Keeps a link that stands in the usual message.
pub(crate) async fn keep_link(db: &TestStore, id: &[u8; 32]) {
    let mut tx = with_account(db).await;
    outbox::put(&mut tx, db.store.vault(), &message(), NOON).await.unwrap();
    let expires_at = at(60);
    let (account, message) = (account(1).id, message().id);
    let link = Link { account, message, destination: Some([6; 32]), expires_at, used_at: None };
    not_me::add(&mut tx, id, &link).await.unwrap();
    tx.commit().await.unwrap();
}

async fn note(tx: &mut Tx, number: u128, minute: u64, event: Event) {
    let line = Line { at: at(minute), event, device: "Firefox, Windows".to_owned() };
    activity::add(tx, account(1).id, Uuid::from_u128(number), &line).await.unwrap();
}

const ALL: Wanted =
    Wanted { group: None, from: NOON, until: Instant::from_micros(i64::MAX), before: None };

async fn activity_is_listed_page_by_page_newest_first(db: TestStore) {
    let mut tx = with_account(&db).await;
    // Two of the same moment: their ids decide.
    for (number, minute) in [(1, 0), (2, 1), (3, 1), (4, 2)] {
        note(&mut tx, number, minute, Event::SignedIn).await;
    }
    let owner = account(1).id;
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let wanted = Wanted { before, ..ALL };
        let page = activity::list(&mut tx, owner, &wanted, 1).await.unwrap();
        let Some((mark, _)) = page.first() else { break };
        seen.push(mark.id.as_u128());
        before = Some(*mark);
    }
    assert_eq!(seen, [4, 3, 2, 1]);
    assert!(activity::list(&mut tx, account(2).id, &ALL, 9).await.unwrap().is_empty());
    for (event, since, count, first) in [
        (Event::SignedIn, at(0), 4, Some(at(0))),
        (Event::SignedIn, at(2), 1, Some(at(2))),
        (Event::DataExported, at(0), 0, None),
    ] {
        let counted = activity::count(&mut tx, owner, event, since).await.unwrap();
        assert_eq!(counted, (count, first));
    }
}

async fn activity_is_filtered_by_group_and_time(db: TestStore) {
    let mut tx = with_account(&db).await;
    for (number, event) in (1_u32..).zip(Event::ALL) {
        note(&mut tx, u128::from(number), u64::from(number), *event).await;
    }
    let owner = account(1).id;
    for group in Group::ALL {
        let wanted = Wanted { group: Some(group), ..ALL };
        let mut listed = activity::list(&mut tx, owner, &wanted, 1_000).await.unwrap();
        listed.reverse();
        let events: Vec<Event> = listed.into_iter().map(|(_, line)| line.event).collect();
        assert_eq!(events, group.events().collect::<Vec<_>>());
    }
    let wanted = Wanted { from: at(2), until: at(4), ..ALL };
    assert_eq!(activity::list(&mut tx, owner, &wanted, 1_000).await.unwrap().len(), 2);
}

async fn s5_a_line_of_another_account_is_not_found(db: TestStore) {
    let mut tx = with_account(&db).await;
    note(&mut tx, 7, 3, Event::PasswordWrong).await;
    let mark = Mark { at: at(3), id: Uuid::from_u128(7) };
    assert!(activity::get(&mut tx, account(1).id, mark).await.unwrap().is_some());
    assert!(activity::get(&mut tx, account(2).id, mark).await.unwrap().is_none());
}

async fn old_activity_is_dropped(db: TestStore) {
    let mut tx = with_account(&db).await;
    note(&mut tx, 1, 0, Event::SignedIn).await;
    note(&mut tx, 2, 5, Event::SignedIn).await;
    assert_eq!(activity::forget_before(&mut tx, at(5)).await.unwrap(), 1);
    assert_eq!(activity::list(&mut tx, account(1).id, &ALL, 9).await.unwrap().len(), 1);
}

async fn a_not_me_link_works_once_and_for_its_time(db: TestStore) {
    keep_link(&db, &[5; 32]).await;
    let mut tx = db.store.write().await.unwrap();
    assert!(!not_me::use_up(&mut tx, &[6; 32], NOON).await.unwrap(), "nobody's link");
    assert!(!not_me::use_up(&mut tx, &[5; 32], at(60)).await.unwrap(), "its time is over");
    assert!(not_me::use_up(&mut tx, &[5; 32], at(1)).await.unwrap());
    assert!(!not_me::use_up(&mut tx, &[5; 32], at(2)).await.unwrap(), "it was used");
    let link = not_me::get(&mut tx, &[5; 32]).await.unwrap().unwrap();
    assert_eq!((link.account, link.used_at), (account(1).id, Some(at(1))));
    assert_eq!(not_me::forget_before(&mut tx, at(61)).await.unwrap(), 1);
    assert!(not_me::get(&mut tx, &[5; 32]).await.unwrap().is_none());
}

async fn a_distrusted_password_is_believed_again_once_another_is_set(db: TestStore) {
    let mut tx = with_account(&db).await;
    let owner = account(1).id;
    assert!(!accounts::password_is_distrusted(&mut tx, owner).await.unwrap());
    accounts::distrust_password(&mut tx, owner, at(1)).await.unwrap();
    assert!(accounts::password_is_distrusted(&mut tx, owner).await.unwrap());
    assert!(!accounts::password_is_distrusted(&mut tx, account(2).id).await.unwrap());
    let (before, password) = (account(1).password_set_at, account(1).password);
    assert!(accounts::set_password(&mut tx, owner, before, &password, at(1)).await.unwrap());
    assert!(!accounts::password_is_distrusted(&mut tx, owner).await.unwrap());
}

async fn a04_a_leak_is_noted_once_for_each_password(db: TestStore) {
    let mut tx = with_account(&db).await;
    let owner = account(1).id;
    assert_eq!(accounts::doubts(&mut tx, owner).await.unwrap(), Doubts::default());
    assert!(accounts::password_has_leaked(&mut tx, owner, at(1)).await.unwrap());
    assert!(!accounts::password_has_leaked(&mut tx, owner, at(2)).await.unwrap());
    accounts::distrust_password(&mut tx, owner, at(3)).await.unwrap();
    let doubts = accounts::doubts(&mut tx, owner).await.unwrap();
    assert_eq!(doubts, Doubts { disowned_at: Some(at(3)), leaked_at: Some(at(1)) });
    let (before, password) = (account(1).password_set_at, account(1).password);
    accounts::set_password(&mut tx, owner, before, &password, at(4)).await.unwrap();
    assert_eq!(accounts::doubts(&mut tx, owner).await.unwrap(), Doubts::default());
    assert!(accounts::password_has_leaked(&mut tx, owner, at(5)).await.unwrap());
}

async fn a01_a_password_is_enough_only_where_somebody_said_so(db: TestStore) {
    let mut tx = with_account(&db).await;
    let owner = account(1).id;
    assert!(!accounts::password_is_enough(&mut tx, owner).await.unwrap());
    accounts::let_password_be_enough(&mut tx, owner).await.unwrap();
    assert!(accounts::password_is_enough(&mut tx, owner).await.unwrap());
    assert!(!accounts::password_is_enough(&mut tx, account(2).id).await.unwrap());
}

async fn a_burst_is_one_message_until_it_left(db: TestStore) {
    let mut tx = with_account(&db).await;
    let vault = db.store.vault();
    let numbered = |number| Message {
        id: MessageId(Uuid::from_u128(number)),
        notice: Notice::NewDevice { device: "Chrome".to_owned(), at: NOON },
        reference: None,
        ..message()
    };
    let mut put = async |number, burst, minute| {
        let due = at(minute + 5);
        outbox::gather(&mut tx, vault, &numbered(number), burst, at(minute), due).await.unwrap()
    };
    assert!(put(1, "Chrome", 0).await);
    assert!(!put(2, "Chrome", 4).await, "the first one still waits");
    assert!(put(3, "Firefox", 4).await, "another burst");
    assert!(put(4, "Chrome", 5).await, "the first one is on its way");
    let taken = outbox::take(&mut tx, vault, 10, at(5), at(7)).await.unwrap();
    assert_eq!(taken.len(), 1, "the others wait");
}

async fn an_inbox_keeps_what_was_sent_without_its_content(db: TestStore) {
    let mut tx = with_account(&db).await;
    let vault = db.store.vault();
    for number in 1..=3_u32 {
        let reference = Reference::parse(&format!("PYG-0000-000{number}"));
        let id = MessageId(Uuid::from_u128(u128::from(number)));
        let not_me = Some(Token::of(&[1; 32]));
        let message = Message { id, reference, not_me, ..message() };
        outbox::put(&mut tx, vault, &message, at(u64::from(number))).await.unwrap();
        outbox::sent(&mut tx, id, at(10)).await.unwrap();
    }
    let owner = account(1).id;
    let newest = outbox::told(&mut tx, owner, None, 2).await.unwrap();
    assert_eq!(newest.len(), 2);
    let told = &newest[0];
    assert_eq!((told.at, told.sent_at, told.is_sms), (at(3), Some(at(10)), true));
    assert_eq!((&*told.subject, &*told.masked_to), ("Your sign-in code", "•••• 01"));
    assert_eq!((&*told.kind, told.is_given_up), ("sign-in-code", false));
    let before = Mark { at: newest[1].at, id: newest[1].id.0 };
    let older = outbox::told(&mut tx, owner, Some(before), 2).await.unwrap();
    assert_eq!(older.len(), 1);
    assert_eq!(older[0].at, at(1));
    assert!(outbox::told(&mut tx, account(2).id, None, 9).await.unwrap().is_empty());
    assert_eq!(outbox::forget_before(&mut tx, at(11)).await.unwrap(), 3);
}

async fn a_message_is_found_by_its_reference(db: TestStore) {
    let mut tx = with_account(&db).await;
    outbox::put(&mut tx, db.store.vault(), &message(), NOON).await.unwrap();
    let known = Reference::parse("PYG-7F3K-29QD").unwrap();
    let found = outbox::referred(&mut tx, &known).await.unwrap().unwrap();
    assert_eq!((found.id, found.reference), (message().id, Some(known)));
    assert_eq!(outbox::get(&mut tx, message().id).await.unwrap().unwrap().id, message().id);
    let other = Reference::parse("PYG-0000-0000").unwrap();
    assert!(outbox::referred(&mut tx, &other).await.unwrap().is_none());
}

async fn e07_who_missed_on_what_is_counted_once_each(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for (target, minute) in [(1, 0), (2, 1), (2, 3), (3, 2)] {
        throttles::note_miss(&mut tx, &[9; 32], &[target; 32], at(minute)).await.unwrap();
    }
    let seen = throttles::misses_of(&mut tx, &[9; 32], NOON).await.unwrap();
    assert_eq!(seen, Seen { count: 2, since: Some(at(2)) }, "the first has left the window");
    assert_eq!(throttles::misses_of(&mut tx, &[8; 32], NOON).await.unwrap(), Seen::default());
    assert_eq!(throttles::forget_misses_before(&mut tx, at(3)).await.unwrap(), 2);
}

async fn b05_text_messages_are_counted_by_the_day(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let today = date(2026, 8, 17);
    for number in 1..=3 {
        assert_eq!(outbox::count_sms(&mut tx, today).await.unwrap(), number);
    }
    assert_eq!(outbox::sms_of(&mut tx, today).await.unwrap(), 3);
    assert_eq!(outbox::sms_of(&mut tx, date(2026, 8, 18)).await.unwrap(), 0);
}

async fn sign_ins_and_devices_of_one_account_are_forgotten(db: TestStore) {
    let mut tx = with_account(&db).await;
    let owner = account(1).id;
    sign_ins::begin(&mut tx, &sign_in(1), NOON).await.unwrap();
    sessions::meet_device(&mut tx, owner, &[1; 32], NOON).await.unwrap();
    sessions::meet_device(&mut tx, account(2).id, &[1; 32], NOON).await.unwrap();
    assert_eq!(sign_ins::forget_of(&mut tx, owner).await.unwrap(), 1);
    assert!(sign_ins::get(&mut tx, &[1; 32]).await.unwrap().is_none());
    assert_eq!(sessions::forget_devices(&mut tx, owner).await.unwrap(), 1);
    assert_eq!(sessions::forget_devices(&mut tx, account(2).id).await.unwrap(), 1);
}

async fn announcements_are_kept_until_they_are_over(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let announcement = Announcement {
        id: Uuid::from_u128(1),
        indonesian: "Ditutup malam ini.".to_owned(),
        english: "Closed tonight.".to_owned(),
        begins_at: NOON,
        ends_at: at(60),
    };
    announcements::add(&mut tx, &announcement, "bayu", NOON).await.unwrap();
    assert_eq!(
        announcements::current(&mut tx, at(59)).await.unwrap(),
        slice::from_ref(&announcement)
    );
    assert!(announcements::current(&mut tx, at(60)).await.unwrap().is_empty());
    let another = Announcement { id: Uuid::from_u128(2), ..announcement.clone() };
    announcements::add(&mut tx, &another, "darma", at(1)).await.unwrap();
    assert!(!announcements::withdraw(&mut tx, another.id, "bayu", at(60)).await.unwrap(), "over");
    assert!(announcements::withdraw(&mut tx, another.id, "bayu", at(2)).await.unwrap());
    assert!(!announcements::withdraw(&mut tx, another.id, "bayu", at(2)).await.unwrap());
    assert_eq!(announcements::clear(&mut tx, "darma", at(3)).await.unwrap(), 1);
    assert!(announcements::current(&mut tx, at(3)).await.unwrap().is_empty());
    let told = announcements::history(&mut tx, 9).await.unwrap();
    let told: Vec<_> = told.iter().map(|one| (&*one.set_by, one.withdrawn.clone())).collect();
    let (by, at_two, at_three) = ("bayu".to_owned(), at(2), at(3));
    assert_eq!(told[0], ("darma", Some((by, at_two))));
    assert_eq!(told[1], ("bayu", Some(("darma".to_owned(), at_three))));
    assert_eq!(announcements::history(&mut tx, 1).await.unwrap()[0].announcement, another);
}
