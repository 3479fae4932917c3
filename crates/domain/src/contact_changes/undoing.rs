//! What has to be taken back together: a change, and what was built on it since.

use super::{Act, Change, State};
use crate::second_factor::Destination;
use crate::time::Instant;

/// A change that is to be taken back, and every later one that cannot stand without it, the newest
/// first. Empty when it cannot be taken back any more.
///
/// A later change that exchanges or removes what this one brought goes with it. So does every later
/// removal: the contact that stood in for the removed one may be the very one that goes now, and then
/// nobody would be reached.
#[must_use]
pub fn undone_with<'a>(changes: &'a [Change], change: &'a Change, now: Instant) -> Vec<&'a Change> {
    match change.state(now) {
        // Nothing is built on what does not count yet.
        State::CoolingOff { .. } => return vec![change],
        State::Undoable { .. } => {}
        _ => return Vec::new(),
    }
    let mut later: Vec<&Change> = changes
        .iter()
        .filter(|other| other.id != change.id && other.can_be_undone(now))
        .filter(|other| other.confirmed_at >= change.confirmed_at)
        .collect();
    later.sort_by_key(|other| other.confirmed_at);
    let mut gone: Vec<&Destination> = change.new.iter().collect();
    let mut undone = vec![change];
    for other in later {
        let stands_on_it = other.old.as_ref().is_some_and(|old| gone.contains(&old));
        if stands_on_it || other.act == Act::Remove {
            gone.extend(&other.new);
            undone.push(other);
        }
    }
    undone.reverse();
    undone
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::{Held, Kind, Standing, may_come, may_go};
    use super::*;
    use crate::contact::Phone;
    use crate::ids::{AccountId, ChangeId};

    const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

    fn phone(ending: u32) -> Destination {
        Destination::Sms(Phone::parse(&format!("0800 0000 0{ending:03}")).unwrap())
    }

    fn change(number: u128, act: Act, old: Option<u32>, new: Option<u32>, at: Instant) -> Change {
        Change {
            id: ChangeId(Uuid::from_u128(number)),
            account: AccountId(Uuid::nil()),
            act,
            kind: Kind::Phone,
            new: new.map(phone),
            old: old.map(phone),
            begun_at: at,
            confirmed_at: Some(at),
            cancelled_at: None,
        }
    }

    fn hours(hours: u64) -> Instant {
        NOON.plus(Duration::from_hours(hours))
    }

    fn ids(changes: &[&Change]) -> Vec<u128> {
        changes.iter().map(|change| change.id.0.as_u128()).collect()
    }

    #[test]
    fn a_change_that_cools_off_goes_alone() {
        let changes = [change(1, Act::Replace, Some(0), Some(1), NOON)];
        assert_eq!(ids(&undone_with(&changes, &changes[0], NOON)), [1]);
        assert!(undone_with(&changes, &changes[0], hours(72)).is_empty());
    }

    #[test]
    fn what_was_built_on_a_change_goes_with_it_the_newest_first() {
        let changes = [
            change(1, Act::Replace, Some(0), Some(1), NOON),
            change(2, Act::Replace, Some(1), Some(2), hours(13)),
            change(3, Act::Add, None, Some(7), hours(14)),
            change(4, Act::Remove, Some(8), None, hours(20)),
        ];
        assert_eq!(ids(&undone_with(&changes, &changes[0], hours(30))), [4, 2, 1]);
        assert_eq!(ids(&undone_with(&changes, &changes[1], hours(30))), [4, 2]);
        assert_eq!(ids(&undone_with(&changes, &changes[2], hours(15))), [3]);
    }

    proptest! {
        /// Whatever was changed and whichever change is taken back: somebody can be reached at every
        /// moment after it.
        #[test]
        fn taking_back_leaves_a_contact(
            steps in proptest::collection::vec((0_u64..40, 0_u32..5, 0_u32..3), 1..20), which: prop::sample::Index,
        ) {
            let mut contacts =
                vec![Held { to: phone(900), standing: Standing::SINCE_EVER, place: 0 }];
            let (mut changes, mut now) = (Vec::new(), NOON);
            for (number, (wait, new, act)) in steps.into_iter().enumerate() {
                now = now.plus(Duration::from_hours(wait));
                contacts.retain(|one| !one.standing.is_gone(now));
                let at = (new as usize).min(contacts.len() - 1);
                let old = contacts[at].to.clone();
                let act = [Act::Add, Act::Replace, Act::Remove][act as usize];
                let replaced = (act == Act::Replace).then_some(&old);
                let may = match act {
                    Act::Remove => may_go(&contacts, &old, now).is_ok(),
                    _ => may_come(&contacts, &phone(new), replaced, now).is_ok(),
                };
                if !may {
                    continue;
                }
                if act != Act::Add {
                    contacts[at].standing = contacts[at].standing.leaving(now);
                }
                if act != Act::Remove {
                    contacts.push(Held { to: phone(new), standing: Standing::confirmed(now), place: 0 });
                }
                let mut made = change(number as u128, act, None, None, now);
                made.new = (act != Act::Remove).then(|| phone(new));
                made.old = (act != Act::Add).then_some(old);
                changes.push(made);
            }
            prop_assume!(!changes.is_empty());
            for back in undone_with(&changes, which.get(&changes), now) {
                if let Some(new) = &back.new {
                    contacts.retain(|one| one.to != *new);
                }
                if let Some(old) = &back.old {
                    let restored = contacts.iter_mut().find(|one| one.to == *old);
                    let restored = restored.expect("what a change took is there while it can be undone");
                    restored.standing = restored.standing.staying();
                }
            }
            for later in [0, 12, 72, 500] {
                let then = now.plus(Duration::from_hours(later));
                prop_assert!(contacts.iter().any(|one| one.standing.counts(then)));
            }
        }
    }
}
