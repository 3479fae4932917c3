//! Every state and way between them as a table, and every path at random.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const NOON: Instant = Instant::from_micros(1_800_000_000_000_000);

fn at(hours: u64) -> Instant {
    NOON.plus(Duration::from_hours(hours))
}

fn asked() -> Recovery {
    let lost = Lost::of([Thing::Phone, Thing::Email, Thing::App]);
    Recovery::new(Some(AccountId(Uuid::nil())), lost, NOON)
}

fn officer(name: &str) -> Officer {
    Officer::parse(name).unwrap()
}

fn proof() -> Proof {
    let lost = Lost::of([Thing::Phone, Thing::App]);
    Proof { way: ProofWay::Branch, document: Document::Ktp, lost }
}

/// Warned at the moment it was asked for.
fn warned() -> Recovery {
    let mut recovery = asked();
    assert_eq!(recovery.take_step(NOON), Some(Step::Warn));
    recovery
}

fn proved_at(hours: u64) -> Recovery {
    let mut recovery = warned();
    for name in ["lestari", "bayu"] {
        recovery.record(officer(name), proof(), at(hours)).unwrap();
    }
    recovery
}

#[test]
fn g07_it_is_ready_when_both_the_time_is_over_and_the_proof_is_there() {
    let waiting = |is_proved| State::Waiting { until: at(72), is_proved };
    let mut half_proved = warned();
    half_proved.record(officer("lestari"), proof(), at(1)).unwrap();
    let nobodys = Recovery { account: None, ..asked() };
    for (recovery, hours, state) in [
        (asked(), 71, waiting(false)),
        (asked(), 400, State::Unproved),
        (warned(), 71, waiting(false)),
        (warned(), 72, State::Unproved),
        (half_proved.clone(), 71, waiting(false)),
        (half_proved, 72, State::Unproved),
        (proved_at(1), 71, waiting(true)),
        (proved_at(1), 72, State::Ready),
        (proved_at(100), 100, State::Ready),
        (nobodys.clone(), 71, waiting(false)),
        (nobodys, 72, State::Unproved),
        (proved_at(1), 30 * 24, State::Over(End::Expired, at(30 * 24))),
    ] {
        assert_eq!(recovery.state(at(hours)), state, "after {hours} hours: {recovery:?}");
    }
}

#[test]
fn a_stop_wins_until_the_very_end() {
    for hours in [0, 71, 72, 500] {
        let mut recovery = proved_at(0);
        assert_eq!(recovery.stop(at(hours)), Ok(()));
        let over = State::Over(End::Stopped, at(hours));
        assert_eq!(recovery.finish(at(hours + 72)), Err(over));
        assert_eq!(recovery.stop(at(hours + 1)), Err(End::Stopped));
        assert_eq!(recovery.refuse(at(hours + 1)), Err(End::Stopped));
    }
    let mut recovery = proved_at(0);
    assert_eq!(recovery.finish(at(72)), Ok(()));
    assert_eq!(recovery.stop(at(72)), Err(End::Done));
}

#[test]
fn p03_two_officers_see_the_same_proof() {
    let mut recovery = warned();
    let more = Proof { lost: Lost::of(Thing::ALL.iter().copied()), ..proof() };
    assert_eq!(recovery.record(officer("lestari"), more, at(1)), Err(NotRecorded::NotStated));
    assert!(recovery.record(officer("lestari"), proof(), at(1)).is_ok());
    let same = recovery.record(officer(" LESTARI "), proof(), at(2));
    assert_eq!(same, Err(NotRecorded::SameOfficer));
    let other = Proof { document: Document::Passport, ..proof() };
    assert_eq!(recovery.record(officer("bayu"), other, at(2)), Err(NotRecorded::Differs));
    assert!(!recovery.is_proved());
    let recorded = recovery.record(officer("bayu"), proof(), at(3)).unwrap();
    assert_eq!(recorded.confirmed, Some((officer("bayu"), at(3))));
    assert_eq!(recorded.by, officer("lestari"));
    let third = recovery.record(officer("wati"), proof(), at(4));
    assert_eq!(third, Err(NotRecorded::Already));
    assert!(recovery.is_proved());
}

#[test]
fn no_proof_is_recorded_for_nobody_or_after_the_end() {
    let mut nobodys = Recovery { account: None, ..asked() };
    let answer = nobodys.record(officer("lestari"), proof(), at(1));
    assert_eq!(answer, Err(NotRecorded::Nobody));
    let mut stopped = warned();
    stopped.stop(at(1)).unwrap();
    let answer = stopped.record(officer("lestari"), proof(), at(2));
    assert_eq!(answer, Err(NotRecorded::Over(End::Stopped)));
}

#[test]
fn j03_the_owner_is_warned_at_once_and_twice_more() {
    let mut recovery = asked();
    let mut warned = Vec::new();
    for hours in 0..=80 {
        if let Some(step) = recovery.take_step(at(hours)) {
            warned.push((step, hours));
        }
        assert_eq!(recovery.take_step(at(hours)), None, "once");
    }
    assert_eq!(warned, [(Step::Warn, 0), (Step::Warn, 24), (Step::Warn, 48)]);
    assert_eq!(recovery.next_step(), Some((Step::Expire, at(30 * 24))));
}

#[test]
fn missed_warnings_are_one_and_the_time_begins_with_the_first() {
    let mut recovery = asked();
    assert_eq!(recovery.take_step(at(100)), Some(Step::Warn));
    assert_eq!((recovery.warnings, recovery.opens_at()), (1, Some(at(172))));
    assert_eq!(recovery.take_step(at(160)), Some(Step::Warn));
    assert_eq!((recovery.warnings, recovery.take_step(at(160))), (3, None));
}

#[test]
fn the_new_contact_is_invited_once_it_is_ready() {
    let mut recovery = proved_at(50);
    assert_eq!(recovery.take_step(at(50)), Some(Step::Warn));
    assert_eq!(recovery.next_step(), Some((Step::Invite, at(72))));
    assert_eq!(recovery.take_step(at(71)), None);
    assert_eq!(recovery.take_step(at(72)), Some(Step::Invite));
    assert_eq!(recovery.take_step(at(73)), None);
    assert_eq!(recovery.take_step(at(30 * 24)), Some(Step::Expire));
    assert_eq!((recovery.take_step(at(31 * 24)), recovery.next_step()), (None, None));
}

/// What anybody may do about a recovery.
#[derive(Clone, Copy, Debug)]
enum Act {
    Wait(u64),
    Work,
    Prove(usize, bool),
    Stop,
    Refuse,
    Finish,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (1_u64..60).prop_map(Act::Wait),
        4 => Just(Act::Work),
        4 => (0_usize..3, any::<bool>()).prop_map(|(who, differs)| Act::Prove(who, differs)),
        1 => Just(Act::Stop),
        1 => Just(Act::Refuse),
        4 => Just(Act::Finish),
    ];
    proptest::collection::vec(act, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// No path ends in an open account without 72 hours after a warning, two officers and an
    /// account to open; and nothing comes after an end.
    #[test]
    fn g07_no_path_opens_an_account_without_time_and_proof(acts in acts(), is_nobodys: bool) {
        let account = (!is_nobodys).then(|| AccountId(Uuid::nil()));
        let mut recovery = Recovery { account, ..asked() };
        let mut now = NOON;
        let (mut first_warning, mut believed, mut ended) = (None, Vec::new(), None);
        for act in acts {
            let before = recovery.clone();
            match act {
                Act::Wait(hours) => now = now.plus(Duration::from_hours(hours)),
                Act::Work => {
                    if recovery.take_step(now) == Some(Step::Warn) {
                        first_warning.get_or_insert(now);
                    }
                }
                Act::Prove(who, differs) => {
                    let lost = Lost::of(if differs { [Thing::Phone] } else { [Thing::App] });
                    let who = ["lestari", "bayu", "wati"][who];
                    if recovery.record(officer(who), Proof { lost, ..proof() }, now).is_ok() {
                        believed.push((who, lost));
                    }
                }
                Act::Stop => drop(recovery.stop(now)),
                Act::Refuse => drop(recovery.refuse(now)),
                Act::Finish => {
                    if recovery.finish(now).is_ok() {
                        prop_assert!(account.is_some());
                        let warned = first_warning.expect("it was warned of");
                        prop_assert!(now.since(warned) >= STOPPABLE);
                        prop_assert_eq!(believed.len(), 2);
                        prop_assert_ne!(believed[0].0, believed[1].0, "two people");
                        prop_assert_eq!(believed[0].1, believed[1].1, "who saw the same");
                        prop_assert!(now < recovery.expires_at());
                    }
                }
            }
            if let Some(end) = ended {
                prop_assert_eq!(&recovery, &before, "nothing moves after its end");
                prop_assert_eq!(recovery.end, Some(end));
            }
            ended = recovery.end;
        }
    }
}
