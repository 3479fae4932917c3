//! How parts of the service were: one open episode of each kind, and a history.

use std::time::Duration;

use payung_domain::contact::Email;
use payung_domain::ids::MessageId;
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::service::{Condition, Episode, Part, Source};
use payung_domain::time::Instant;
use payung_storage::outbox::{self, Message};
use payung_storage::service;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;

on_each_engine!(
    a_part_has_one_open_episode_of_each_kind_and_a_history,
    of_64_at_once_one_notes_what_began,
    messages_that_wait_or_fail_are_seen_by_channel,
);

fn at(minutes: u64) -> Instant {
    NOON.plus(Duration::from_mins(minutes))
}

fn episode(number: u128, source: Source, condition: Condition) -> Episode {
    Episode {
        id: Uuid::from_u128(number),
        part: Part::Sms,
        source,
        condition,
        indonesian: "Operator terganggu.".to_owned(),
        english: "The operator has a fault.".to_owned(),
        set_by: "bayu".to_owned(),
        began_at: at(u64::try_from(number).unwrap()),
        ended_at: None,
    }
}

async fn a_part_has_one_open_episode_of_each_kind_and_a_history(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let said = episode(1, Source::Said, Condition::Slow);
    let measured = episode(2, Source::Measured, Condition::Closed);
    assert!(service::begin(&mut tx, &said).await.unwrap());
    assert!(service::begin(&mut tx, &measured).await.unwrap());
    let again = episode(3, Source::Said, Condition::Closed);
    assert!(!service::begin(&mut tx, &again).await.unwrap(), "one is open");
    assert_eq!(service::open(&mut tx).await.unwrap(), [said.clone(), measured.clone()]);
    assert!(service::end(&mut tx, Part::Sms, Source::Said, "darma", at(5)).await.unwrap());
    assert!(!service::end(&mut tx, Part::Sms, Source::Said, "darma", at(5)).await.unwrap());
    assert!(!service::end(&mut tx, Part::Email, Source::Measured, "", at(5)).await.unwrap());
    assert!(service::begin(&mut tx, &again).await.unwrap());
    // What is over when it is noted stands in nobody's way.
    let over = Episode { ended_at: Some(at(9)), ..episode(4, Source::Measured, Condition::Slow) };
    assert!(service::begin(&mut tx, &over).await.unwrap());
    let ended = Episode { ended_at: Some(at(5)), ..said };
    let all = service::history(&mut tx, NOON, 9).await.unwrap();
    assert_eq!(all, [over, again, measured.clone(), ended]);
    assert_eq!(service::history(&mut tx, at(4), 9).await.unwrap().len(), 1);
    assert_eq!(service::history(&mut tx, NOON, 2).await.unwrap().len(), 2);
}

async fn of_64_at_once_one_notes_what_began(db: TestStore) {
    let tasks: Vec<_> = (1..=64)
        .map(|number| {
            let store = db.store.clone();
            tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                let episode = episode(number, Source::Measured, Condition::Slow);
                let begun = service::begin(&mut tx, &episode).await.unwrap();
                tx.commit().await.unwrap();
                begun
            })
        })
        .collect();
    let mut begun = 0;
    for task in tasks {
        begun += usize::from(task.await.unwrap());
    }
    assert_eq!(begun, 1);
}

fn message(number: u128) -> Message {
    Message {
        id: MessageId(Uuid::from_u128(number)),
        account: None,
        to: Destination::Email(Email::parse("budi@peserta.example").unwrap()),
        language: Language::Id,
        notice: Notice::NoAccount,
        subject: "Kata sandi diganti".to_owned(),
        reference: None,
        not_me: None,
    }
}

async fn messages_that_wait_or_fail_are_seen_by_channel(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    let vault = db.store.vault();
    for (number, due) in [(1, at(0)), (2, at(3)), (3, at(4))] {
        outbox::put(&mut tx, vault, &message(number), due).await.unwrap();
    }
    assert_eq!(service::oldest_due(&mut tx, "email").await.unwrap(), Some(at(0)));
    assert_eq!(service::oldest_due(&mut tx, "sms").await.unwrap(), None);
    assert_eq!(service::failed_and_sent(&mut tx, "email", at(0)).await.unwrap(), (0, 0));
    outbox::sent(&mut tx, message(1).id, at(1)).await.unwrap();
    outbox::later(&mut tx, message(2).id, at(8), "no answer").await.unwrap();
    outbox::give_up(&mut tx, message(3).id, at(5), "no such mailbox").await.unwrap();
    assert_eq!(service::oldest_due(&mut tx, "email").await.unwrap(), Some(at(8)));
    assert_eq!(service::failed_and_sent(&mut tx, "email", at(0)).await.unwrap(), (2, 1));
    assert_eq!(service::failed_and_sent(&mut tx, "email", at(1)).await.unwrap(), (2, 0));
    assert_eq!(service::failed_and_sent(&mut tx, "sms", at(0)).await.unwrap(), (0, 0));
    assert_eq!(service::oldest_untold(&mut tx).await.unwrap(), None);
}
