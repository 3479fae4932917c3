//! Whose a contact is, and from when and until when it counts.

use std::time::Duration;

use payung_domain::contact::{Email, Phone};
use payung_domain::contact_changes::{COOLING_OFF, Standing, UNDOABLE, as_name};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_storage::contacts::Coming;
use payung_storage::{accounts, contacts};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    g10_a_name_signs_in_and_recovers_from_its_own_moments_on,
    a_contact_that_is_somebodys_is_nobody_elses_until_it_is_gone,
    g09_contacts_come_in_the_order_of_their_places,
    what_is_released_is_gone_and_only_its_owner_releases_it,
);

pub(crate) fn email(name: &str) -> Destination {
    Destination::Email(Email::parse(&format!("{name}@peserta.example")).unwrap())
}

fn phone() -> Destination {
    Destination::Sms(Phone::parse("0800 0000 0001").unwrap())
}

/// A contact whose code was right at this moment.
pub(crate) fn coming(to: &Destination, at: Instant) -> Coming<'_> {
    Coming { to, standing: Standing::confirmed(at), place: 0 }
}

fn just_before(at: Instant) -> Instant {
    at.minus(Duration::from_micros(1))
}

async fn g10_a_name_signs_in_and_recovers_from_its_own_moments_on(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    let id = account(1).id;
    let (old, new) = (email("lama"), email("baru"));
    accounts::add_name(&mut tx, vault, id, &as_name(&old), Some(NOON)).await.unwrap();
    assert!(contacts::claim(&mut tx, vault, id, coming(&new, NOON), NOON).await.unwrap());
    let leaving = Standing::SINCE_EVER.leaving(NOON);
    assert!(contacts::set_end(&mut tx, vault, id, &old, &leaving).await.unwrap());

    let (effect, end) = (NOON.plus(COOLING_OFF), NOON.plus(UNDOABLE));
    for (now, old_signs_in, new_signs_in, old_recovers) in [
        (NOON, true, false, true),
        (just_before(effect), true, false, true),
        (effect, false, true, true),
        (just_before(end), false, true, true),
        (end, false, true, false),
    ] {
        for (to, signs_in, is_found_to_recover) in
            [(&old, old_signs_in, old_recovers), (&new, new_signs_in, now >= effect)]
        {
            let names = [as_name(to)];
            let found = accounts::find(&mut tx, vault, &names, now).await.unwrap();
            assert_eq!(found.is_some(), signs_in, "{now:?}");
            let found = accounts::find_to_recover(&mut tx, vault, &names, now).await.unwrap();
            assert_eq!(found.is_some(), is_found_to_recover, "{now:?}");
        }
        let reached = accounts::contacts(&mut tx, vault, id, now).await.unwrap();
        let expected = if now < effect { &old } else { &new };
        assert_eq!(reached.email.map(Destination::Email).as_ref(), Some(expected));
    }
    let held = contacts::held(&mut tx, vault, id).await.unwrap();
    let kept = held.iter().find(|one| one.to == new).unwrap();
    assert_eq!(kept.standing, Standing::confirmed(NOON));
    let kept = held.iter().find(|one| one.to == old).unwrap();
    assert_eq!(kept.standing, leaving);
    assert_eq!(contacts::forget_gone(&mut tx, just_before(end)).await.unwrap(), 0);
    assert_eq!(contacts::forget_gone(&mut tx, end).await.unwrap(), 1);
}

async fn a_contact_that_is_somebodys_is_nobody_elses_until_it_is_gone(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let (hers, his, to) = (account(1).id, account(2).id, email("milik"));
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    assert_eq!(contacts::owner(&mut tx, vault, &to, NOON).await.unwrap(), None);
    assert!(contacts::claim(&mut tx, vault, hers, coming(&to, NOON), NOON).await.unwrap());
    assert!(!contacts::claim(&mut tx, vault, his, coming(&to, NOON), NOON).await.unwrap());
    assert_eq!(contacts::owner(&mut tx, vault, &to, NOON).await.unwrap(), Some(hers));
    let leaving = Standing::confirmed(NOON).leaving(NOON);
    assert!(!contacts::set_end(&mut tx, vault, his, &to, &leaving).await.unwrap());
    assert!(contacts::set_end(&mut tx, vault, hers, &to, &leaving).await.unwrap());
    let end = NOON.plus(UNDOABLE);
    let soon = just_before(end);
    assert!(!contacts::claim(&mut tx, vault, his, coming(&to, soon), soon).await.unwrap());
    assert_eq!(contacts::owner(&mut tx, vault, &to, soon).await.unwrap(), Some(hers));
    assert_eq!(contacts::owner(&mut tx, vault, &to, end).await.unwrap(), None);
    assert!(contacts::claim(&mut tx, vault, his, coming(&to, end), end).await.unwrap());
    assert_eq!(contacts::owner(&mut tx, vault, &to, end).await.unwrap(), Some(his));
}

async fn g09_contacts_come_in_the_order_of_their_places(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    let id = account(1).id;
    contacts::alone(&mut tx, id).await.unwrap();
    for (to, place) in [(email("kedua"), 1), (email("pertama"), 0), (phone(), 0)] {
        let coming = Coming { to: &to, standing: Standing::SINCE_EVER, place };
        assert!(contacts::claim(&mut tx, vault, id, coming, NOON).await.unwrap());
    }
    let held = contacts::held(&mut tx, vault, id).await.unwrap();
    let emails: Vec<&Destination> =
        held.iter().map(|one| &one.to).filter(|to| matches!(to, Destination::Email(_))).collect();
    assert_eq!(emails, [&email("pertama"), &email("kedua")]);
    let reached = accounts::contacts(&mut tx, vault, id, NOON).await.unwrap();
    assert_eq!(reached.email.map(Destination::Email), Some(email("pertama")));
    assert_eq!(reached.phone.map(Destination::Sms), Some(phone()));
}

async fn what_is_released_is_gone_and_only_its_owner_releases_it(db: TestStore) {
    let vault = db.store.vault();
    let mut tx = db.store.write().await.unwrap();
    let (hers, his, to) = (account(1).id, account(2).id, phone());
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    assert!(contacts::claim(&mut tx, vault, hers, coming(&to, NOON), NOON).await.unwrap());
    assert!(!contacts::release(&mut tx, vault, his, &to).await.unwrap());
    assert!(contacts::release(&mut tx, vault, hers, &to).await.unwrap());
    assert!(contacts::held(&mut tx, vault, hers).await.unwrap().is_empty());
}
