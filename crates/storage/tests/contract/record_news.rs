//! What members were told of their records.

use std::time::Duration;

use payung_domain::month::Month;
use payung_storage::record_news::{self, Due, Look};
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(each_account_is_looked_at_in_turn_and_no_look_is_kept_twice,);

async fn each_account_is_looked_at_in_turn_and_no_look_is_kept_twice(db: TestStore) {
    let mut tx = db.store.write().await.unwrap();
    for number in [1, 2] {
        keep(&mut tx, &account(number)).await;
    }
    let first =
        |number| Due { account: account(number).id, person: account(number).person, last: None };
    let due = record_news::due(&mut tx, NOON, 9).await.unwrap();
    assert_eq!(due, [first(1), first(2)]);
    assert_eq!(record_news::due(&mut tx, NOON, 1).await.unwrap(), [first(1)]);

    let look = Look { at: NOON, received: 12, missing: None };
    assert!(record_news::keep(&mut tx, &first(1), &look).await.unwrap());
    assert!(!record_news::keep(&mut tx, &first(1), &look).await.unwrap(), "somebody was faster");
    let before = NOON.minus(Duration::from_secs(1));
    assert_eq!(record_news::due(&mut tx, before, 9).await.unwrap(), [first(2)]);

    let seen = Due { last: Some(look), ..first(1) };
    assert_eq!(record_news::due(&mut tx, NOON, 9).await.unwrap(), [first(2), seen]);
    let missing = Some(Month::new(2026, 7).unwrap());
    let later = Look { at: NOON.plus(Duration::from_secs(9)), received: 13, missing };
    assert!(record_news::keep(&mut tx, &seen, &later).await.unwrap());
    assert!(!record_news::keep(&mut tx, &seen, &later).await.unwrap());
    let due = record_news::due(&mut tx, later.at, 9).await.unwrap();
    assert_eq!(due, [first(2), Due { last: Some(later), ..first(1) }]);
}
