//! Staged recoveries: drafts, the recoveries themselves, their links, and what officers did.

use std::time::Duration;

use payung_domain::contact::{Email, Phone};
use payung_domain::dice::Dice;
use payung_domain::ids::RecoveryId;
use payung_domain::language::Language;
use payung_domain::recoveries::{
    DRAFT_LIFE, Document, End, LIFE, LINK_LIFE, Lost, Officer, Proof, ProofWay, Recorded, Recovery,
    RecoveryReference, STOPPABLE, Step, Thing,
};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_storage::recoveries::{Act, Kept};
use payung_storage::recovery_drafts::Draft;
use payung_storage::recovery_links::Purpose;
use payung_storage::{Tx, recoveries, recovery_drafts, recovery_links};
use payung_testkit::chance::Seeded;
use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;
use uuid::Uuid;

use crate::NOON;
use crate::accounts::{account, keep};

on_each_engine!(
    l10_a_draft_keeps_what_was_filled_in,
    a_draft_becomes_one_recovery_and_changes_no_more,
    drafts_are_dropped_when_their_time_is_over,
    a_recovery_is_read_back_by_each_of_its_names,
    one_account_has_one_open_recovery,
    what_is_due_is_found_and_done_once,
    p03_two_officers_record_a_proof,
    g07_nothing_is_finished_without_time_and_proof,
    an_ended_recovery_moves_no_more,
    recoveries_are_listed_newest_first,
    a_link_is_good_for_its_purpose_once_and_until_a_newer_one,
    what_officers_did_is_read_back,
    recoveries_are_dropped_with_all_that_belongs_to_them,
);

pub(crate) fn id(number: u128) -> RecoveryId {
    RecoveryId(Uuid::from_u128(number))
}

/// A recovery of account 1, under a reference of its own.
pub(crate) fn kept(number: u128) -> Kept {
    let lost = Lost::of([Thing::Phone, Thing::App]);
    let dice = Seeded::new(u64::try_from(number).unwrap());
    Kept {
        id: id(number),
        reference: RecoveryReference::new(&dice as &dyn Dice),
        recovery: Recovery::new(Some(account(1).id), lost, NOON),
        contact: Destination::Sms(Phone::parse("0800 0000 0077").unwrap()),
        language: Language::En,
        way: ProofWay::Video,
        device: "Chrome, Android".to_owned(),
    }
}

pub(crate) fn officer(name: &str) -> Officer {
    Officer::parse(name).unwrap()
}

pub(crate) fn recorded() -> Recorded {
    let lost = Lost::of([Thing::Phone]);
    let proof = Proof { way: ProofWay::Branch, document: Document::Ktp, lost };
    Recorded { proof, by: officer("lestari"), at: at(1), confirmed: None }
}

fn at(hours: u64) -> Instant {
    NOON.plus(Duration::from_hours(hours))
}

pub(crate) async fn with_accounts(db: &TestStore) -> Tx {
    let mut tx = db.store.write().await.unwrap();
    keep(&mut tx, &account(1)).await;
    keep(&mut tx, &account(2)).await;
    tx
}

/// Recovery 1, whose owner was warned at noon.
pub(crate) async fn with_warned(db: &TestStore) -> Tx {
    let mut tx = with_accounts(db).await;
    let mut kept = kept(1);
    assert!(recoveries::add(&mut tx, db.store.vault(), &kept).await.unwrap());
    assert_eq!(kept.recovery.take_step(NOON), Some(Step::Warn));
    assert!(recoveries::note_warning(&mut tx, kept.id, 0, &kept.recovery).await.unwrap());
    tx
}

/// The same, proved by two officers an hour and two later.
pub(crate) async fn with_proved(db: &TestStore) -> Tx {
    let mut tx = with_warned(db).await;
    assert!(recoveries::record_first(&mut tx, id(1), &recorded()).await.unwrap());
    let proved = read(&mut tx, db).await.recovery;
    let bayu = officer("bayu");
    assert!(recoveries::record_second(&mut tx, id(1), &bayu, &proved, at(2)).await.unwrap());
    tx
}

async fn read(tx: &mut Tx, db: &TestStore) -> Kept {
    recoveries::get(tx, db.store.vault(), id(1)).await.unwrap().unwrap()
}

async fn l10_a_draft_keeps_what_was_filled_in(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    let ends = NOON.plus(DRAFT_LIFE);
    for later in [NOON, at(1)] {
        // The same form sent twice is one draft, and the first one stays.
        let expires_at = later.plus(DRAFT_LIFE);
        recovery_drafts::begin(&mut tx, &[1; 32], later, expires_at).await.unwrap();
    }
    let mut draft = Draft {
        id: [1; 32],
        account: None,
        typed: None,
        lost: None,
        contact: None,
        confirmed_at: None,
        way: None,
        expires_at: ends,
        recovery: None,
    };
    let get = async |tx: &mut Tx| recovery_drafts::get(tx, vault, &[1; 32]).await.unwrap();
    assert_eq!(get(&mut tx).await.as_ref(), Some(&draft));
    let lost = Lost::of([Thing::Email]);
    let email = Destination::Email(Email::parse("baru@peserta.example").unwrap());
    recovery_drafts::name(&mut tx, &[1; 32], &[7; 32], Some(account(1).id)).await.unwrap();
    recovery_drafts::lose(&mut tx, &[1; 32], lost).await.unwrap();
    recovery_drafts::reach(&mut tx, vault, &[1; 32], &email).await.unwrap();
    recovery_drafts::confirm(&mut tx, &[1; 32], at(1)).await.unwrap();
    recovery_drafts::choose(&mut tx, &[1; 32], ProofWay::Letter).await.unwrap();
    draft.account = Some(account(1).id);
    draft.typed = Some([7; 32]);
    draft.lost = Some(lost);
    draft.contact = Some(email);
    draft.confirmed_at = Some(at(1));
    draft.way = Some(ProofWay::Letter);
    assert_eq!(get(&mut tx).await.as_ref(), Some(&draft));
    let locked = recovery_drafts::locked(&mut tx, vault, &[1; 32]).await.unwrap();
    assert!(locked.is_some_and(|locked| locked.is_complete()));
    // Another contact has to be proved anew (R2).
    let phone = Destination::Sms(Phone::parse("0800 0000 0077").unwrap());
    recovery_drafts::reach(&mut tx, vault, &[1; 32], &phone).await.unwrap();
    let changed = get(&mut tx).await.unwrap();
    assert_eq!((changed.confirmed_at, changed.contact.as_ref()), (None, Some(&phone)));
    assert!(!changed.is_complete());
    assert_eq!(recovery_drafts::get(&mut tx, vault, &[2; 32]).await.unwrap(), None);
}

async fn a_draft_becomes_one_recovery_and_changes_no_more(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    let (draft, ends) = ([1; 32], NOON.plus(DRAFT_LIFE));
    recovery_drafts::begin(&mut tx, &draft, NOON, ends).await.unwrap();
    recovery_drafts::reach(&mut tx, vault, &draft, &kept(1).contact).await.unwrap();
    recovery_drafts::confirm(&mut tx, &draft, NOON).await.unwrap();
    assert!(recovery_drafts::send(&mut tx, &draft, id(1)).await.unwrap());
    assert!(!recovery_drafts::send(&mut tx, &draft, id(2)).await.unwrap());
    recovery_drafts::name(&mut tx, &draft, &[7; 32], Some(account(1).id)).await.unwrap();
    recovery_drafts::lose(&mut tx, &draft, Lost::default()).await.unwrap();
    recovery_drafts::reach(&mut tx, vault, &draft, &kept(1).contact).await.unwrap();
    recovery_drafts::choose(&mut tx, &draft, ProofWay::Branch).await.unwrap();
    let sent = recovery_drafts::get(&mut tx, vault, &draft).await.unwrap().unwrap();
    assert_eq!((sent.recovery, sent.contact, sent.account), (Some(id(1)), None, None));
    assert_eq!((sent.typed, sent.lost, sent.way), (None, None, None));
}

async fn drafts_are_dropped_when_their_time_is_over(db: TestStore) {
    let mut tx = with_accounts(&db).await;
    let ends = NOON.plus(DRAFT_LIFE);
    recovery_drafts::begin(&mut tx, &[1; 32], NOON, ends).await.unwrap();
    assert_eq!(recovery_drafts::forget_before(&mut tx, ends).await.unwrap(), 0);
    let later = ends.plus(Duration::from_micros(1));
    assert_eq!(recovery_drafts::forget_before(&mut tx, later).await.unwrap(), 1);
}

async fn a_recovery_is_read_back_by_each_of_its_names(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    let kept = kept(1);
    assert!(recoveries::add(&mut tx, vault, &kept).await.unwrap());
    let found = [
        recoveries::get(&mut tx, vault, kept.id).await.unwrap(),
        recoveries::locked(&mut tx, vault, kept.id).await.unwrap(),
        recoveries::referred(&mut tx, vault, &kept.reference).await.unwrap(),
        recoveries::open_of(&mut tx, vault, account(1).id).await.unwrap(),
    ];
    for found in found {
        assert_eq!(found.as_ref(), Some(&kept));
    }
    assert_eq!(recoveries::open_of(&mut tx, vault, account(2).id).await.unwrap(), None);
    let other = super::recoveries::kept(2).reference;
    assert_eq!(recoveries::referred(&mut tx, vault, &other).await.unwrap(), None);
}

async fn one_account_has_one_open_recovery(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    assert!(recoveries::add(&mut tx, vault, &kept(1)).await.unwrap());
    assert!(!recoveries::add(&mut tx, vault, &kept(2)).await.unwrap(), "one is open");
    let nobodys = |number| {
        let kept = kept(number);
        Kept { recovery: Recovery { account: None, ..kept.recovery.clone() }, ..kept }
    };
    for number in [3, 4] {
        assert!(recoveries::add(&mut tx, vault, &nobodys(number)).await.unwrap(), "nobody's");
    }
    let twin = Kept { reference: kept(3).reference, ..nobodys(5) };
    assert!(!recoveries::add(&mut tx, vault, &twin).await.unwrap(), "a reference is one's own");
    let mut of_two = kept(6);
    of_two.recovery.account = Some(account(2).id);
    assert!(recoveries::add(&mut tx, vault, &of_two).await.unwrap());
    assert!(recoveries::close(&mut tx, id(1), End::Stopped, at(1)).await.unwrap());
    assert!(recoveries::add(&mut tx, vault, &kept(2)).await.unwrap(), "the first one is over");
}

async fn what_is_due_is_found_and_done_once(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    let mut kept = kept(1);
    recoveries::add(&mut tx, vault, &kept).await.unwrap();
    let before = NOON.minus(Duration::from_micros(1));
    assert!(recoveries::due(&mut tx, before, 9).await.unwrap().is_empty());
    for (hours, before) in [(0, 0), (24, 1), (48, 2)] {
        assert_eq!(recoveries::due(&mut tx, at(hours), 9).await.unwrap(), [id(1)]);
        assert_eq!(kept.recovery.take_step(at(hours)), Some(Step::Warn));
        let note = async |tx: &mut Tx| {
            recoveries::note_warning(tx, id(1), before, &kept.recovery).await.unwrap()
        };
        assert!(note(&mut tx).await && !note(&mut tx).await, "one warning of two workers");
        assert!(recoveries::due(&mut tx, at(hours), 9).await.unwrap().is_empty());
    }
    assert_eq!(read(&mut tx, &db).await, kept);
    assert!(recoveries::due(&mut tx, at(72), 9).await.unwrap().is_empty(), "nothing is proved");
    let expiry = NOON.plus(LIFE);
    assert_eq!(recoveries::due(&mut tx, expiry, 9).await.unwrap(), [id(1)]);

    recoveries::record_first(&mut tx, id(1), &recorded()).await.unwrap();
    let bayu = officer("bayu");
    let mut proved = read(&mut tx, &db).await.recovery;
    proved.record(bayu.clone(), recorded().proof, at(50)).unwrap();
    recoveries::record_second(&mut tx, id(1), &bayu, &proved, at(50)).await.unwrap();
    assert!(recoveries::due(&mut tx, at(71), 9).await.unwrap().is_empty());
    assert_eq!(recoveries::due(&mut tx, at(72), 9).await.unwrap(), [id(1)]);
    let mut invited = read(&mut tx, &db).await.recovery;
    assert_eq!(invited, proved);
    assert_eq!(invited.take_step(at(72)), Some(Step::Invite));
    assert!(recoveries::note_invitation(&mut tx, id(1), &invited).await.unwrap());
    assert!(!recoveries::note_invitation(&mut tx, id(1), &invited).await.unwrap());
    assert_eq!(read(&mut tx, &db).await.recovery, invited);
}

async fn p03_two_officers_record_a_proof(db: TestStore) {
    let mut tx = with_warned(&db).await;
    let proved = read(&mut tx, &db).await.recovery;
    let (lestari, bayu) = (officer("lestari"), officer("bayu"));
    let second = async |tx: &mut Tx, who: &Officer| {
        recoveries::record_second(tx, id(1), who, &proved, at(2)).await.unwrap()
    };
    assert!(!second(&mut tx, &bayu).await, "nobody has looked before");
    assert!(recoveries::record_first(&mut tx, id(1), &recorded()).await.unwrap());
    assert!(!recoveries::record_first(&mut tx, id(1), &recorded()).await.unwrap());
    assert_eq!(read(&mut tx, &db).await.recovery.proof, Some(recorded()));
    assert!(!second(&mut tx, &lestari).await, "the same officer");
    assert!(second(&mut tx, &bayu).await);
    assert!(!second(&mut tx, &officer("wati")).await, "it is complete");
    let complete = Recorded { confirmed: Some((bayu, at(2))), ..recorded() };
    assert_eq!(read(&mut tx, &db).await.recovery.proof, Some(complete));

    let mut nobodys = kept(2);
    nobodys.recovery.account = None;
    recoveries::add(&mut tx, db.store.vault(), &nobodys).await.unwrap();
    assert!(!recoveries::record_first(&mut tx, id(2), &recorded()).await.unwrap());
}

async fn g07_nothing_is_finished_without_time_and_proof(db: TestStore) {
    let mut tx = with_warned(&db).await;
    let finish = async |tx: &mut Tx, at: Instant| recoveries::finish(tx, id(1), at).await.unwrap();
    assert!(!finish(&mut tx, at(100)).await, "nothing is proved");
    recoveries::record_first(&mut tx, id(1), &recorded()).await.unwrap();
    assert!(!finish(&mut tx, at(100)).await, "one officer is not enough");
    let proved = read(&mut tx, &db).await.recovery;
    let bayu = officer("bayu");
    recoveries::record_second(&mut tx, id(1), &bayu, &proved, at(2)).await.unwrap();
    let nearly = NOON.plus(STOPPABLE).minus(Duration::from_micros(1));
    assert!(!finish(&mut tx, nearly).await, "the owner still has time");
    assert!(!finish(&mut tx, NOON.plus(LIFE)).await, "it has run out");
    assert!(finish(&mut tx, at(72)).await);
    assert!(!finish(&mut tx, at(72)).await, "once");
    let end = read(&mut tx, &db).await.recovery.end;
    assert_eq!(end, Some((End::Done, at(72))));
    let vault = db.store.vault();
    let since = async |tx: &mut Tx, since| {
        let done = recoveries::last_done(tx, vault, account(1).id, since).await.unwrap();
        done.map(|kept| kept.id)
    };
    assert_eq!(since(&mut tx, at(71)).await, Some(id(1)));
    assert_eq!(since(&mut tx, at(72)).await, None);
    assert!(recoveries::note_undone(&mut tx, id(1)).await.unwrap());
    assert!(!recoveries::note_undone(&mut tx, id(1)).await.unwrap(), "once");
    assert_eq!(since(&mut tx, at(71)).await, None);
    assert_eq!(read(&mut tx, &db).await.recovery.end, Some((End::Undone, at(72))));

    // An owner who was never warned never had the time.
    let mut unwarned = kept(2);
    unwarned.recovery.account = Some(account(2).id);
    recoveries::add(&mut tx, vault, &unwarned).await.unwrap();
    recoveries::record_first(&mut tx, id(2), &recorded()).await.unwrap();
    recoveries::record_second(&mut tx, id(2), &bayu, &proved, at(2)).await.unwrap();
    assert!(!recoveries::finish(&mut tx, id(2), at(100)).await.unwrap());
}

async fn an_ended_recovery_moves_no_more(db: TestStore) {
    for end in [End::Stopped, End::Refused, End::Expired] {
        let mut tx = with_proved(&db).await;
        assert!(recoveries::close(&mut tx, id(1), end, at(3)).await.unwrap());
        for other in [End::Stopped, End::Refused, End::Expired] {
            assert!(!recoveries::close(&mut tx, id(1), other, at(4)).await.unwrap());
        }
        assert!(!recoveries::finish(&mut tx, id(1), at(100)).await.unwrap());
        let ended = read(&mut tx, &db).await;
        assert_eq!(ended.recovery.end, Some((end, at(3))));
        let mut moved = ended.recovery.clone();
        (moved.end, moved.invited_at) = (None, Some(at(72)));
        let warned = moved.warnings;
        assert!(!recoveries::note_warning(&mut tx, id(1), warned, &moved).await.unwrap());
        assert!(!recoveries::note_invitation(&mut tx, id(1), &moved).await.unwrap());
        assert!(recoveries::due(&mut tx, at(1_000), 9).await.unwrap().is_empty());
        let open = recoveries::open_of(&mut tx, db.store.vault(), account(1).id).await.unwrap();
        assert_eq!(open, None);
        // Dropped without a commit: the next end begins anew.
    }
}

async fn recoveries_are_listed_newest_first(db: TestStore) {
    let (mut tx, vault) = (with_accounts(&db).await, db.store.vault());
    for number in 1..=3 {
        let mut kept = kept(number);
        kept.recovery.account = None;
        kept.recovery.asked_at = at(u64::try_from(number).unwrap());
        recoveries::add(&mut tx, vault, &kept).await.unwrap();
    }
    recoveries::close(&mut tx, id(2), End::Refused, at(9)).await.unwrap();
    let ids = async |tx: &mut Tx, only_open, most| -> Vec<RecoveryId> {
        let listed = recoveries::list(tx, vault, only_open, most).await.unwrap();
        listed.into_iter().map(|kept| kept.id).collect()
    };
    assert_eq!(ids(&mut tx, false, 9).await, [id(3), id(2), id(1)]);
    assert_eq!(ids(&mut tx, true, 9).await, [id(3), id(1)]);
    assert_eq!(ids(&mut tx, true, 1).await, [id(3)]);
}

async fn a_link_is_good_for_its_purpose_once_and_until_a_newer_one(db: TestStore) {
    let mut tx = with_warned(&db).await;
    let until = NOON.plus(LINK_LIFE);
    let links = [([1; 32], Purpose::Stop), ([2; 32], Purpose::Finish), ([3; 32], Purpose::Finish)];
    for (link, purpose) in links {
        recovery_links::add(&mut tx, &link, purpose, id(1), until).await.unwrap();
    }
    let got = recovery_links::get(&mut tx, &[1; 32], Purpose::Stop).await.unwrap().unwrap();
    assert_eq!((got.recovery, got.expires_at, got.used_at), (id(1), until, None));
    assert_eq!(recovery_links::get(&mut tx, &[1; 32], Purpose::Finish).await.unwrap(), None);
    let use_up = async |tx: &mut Tx, link: [u8; 32], purpose, now| {
        recovery_links::use_up(tx, &link, purpose, now).await.unwrap()
    };
    assert!(!use_up(&mut tx, [1; 32], Purpose::Finish, NOON).await, "another purpose (R3)");
    assert!(!use_up(&mut tx, [1; 32], Purpose::Stop, until).await, "too late");
    assert!(use_up(&mut tx, [1; 32], Purpose::Stop, at(1)).await);
    assert!(!use_up(&mut tx, [1; 32], Purpose::Stop, at(1)).await);
    let replaced = recovery_links::replace(&mut tx, id(1), Purpose::Finish, at(2)).await.unwrap();
    assert_eq!(replaced, 2);
    assert!(!use_up(&mut tx, [2; 32], Purpose::Finish, at(2)).await, "a newer one came");
    let got = recovery_links::get(&mut tx, &[2; 32], Purpose::Finish).await.unwrap().unwrap();
    assert_eq!(got.replaced_at, Some(at(2)));
}

async fn what_officers_did_is_read_back(db: TestStore) {
    let (mut tx, vault) = (with_warned(&db).await, db.store.vault());
    let act = |number: u64, what: &str| Act {
        id: Uuid::from_u128(u128::from(number)),
        at: at(number),
        officer: officer("lestari"),
        what: what.to_owned(),
        reason: format!("kasus {number}"),
    };
    for act in [act(2, "proved"), act(1, "shown")] {
        recoveries::add_act(&mut tx, vault, id(1), &act).await.unwrap();
    }
    let acts = recoveries::acts(&mut tx, vault, id(1)).await.unwrap();
    assert_eq!(acts, [act(1, "shown"), act(2, "proved")]);
    assert!(recoveries::acts(&mut tx, vault, id(2)).await.unwrap().is_empty());
}

async fn recoveries_are_dropped_with_all_that_belongs_to_them(db: TestStore) {
    let (mut tx, vault) = (with_warned(&db).await, db.store.vault());
    let until = NOON.plus(LINK_LIFE);
    recovery_links::add(&mut tx, &[1; 32], Purpose::Stop, id(1), until).await.unwrap();
    let act = Act {
        id: Uuid::from_u128(1),
        at: NOON,
        officer: officer("lestari"),
        what: "shown".to_owned(),
        reason: "kasus 1".to_owned(),
    };
    recoveries::add_act(&mut tx, vault, id(1), &act).await.unwrap();
    assert_eq!(recoveries::forget_before(&mut tx, at(1_000)).await.unwrap(), 0, "it is open");
    recoveries::close(&mut tx, id(1), End::Expired, at(5)).await.unwrap();
    assert_eq!(recoveries::forget_before(&mut tx, at(5)).await.unwrap(), 0);
    assert_eq!(recoveries::forget_before(&mut tx, at(6)).await.unwrap(), 1);
    let link = recovery_links::get(&mut tx, &[1; 32], Purpose::Stop).await.unwrap();
    assert_eq!(link, None);
    assert!(recoveries::acts(&mut tx, vault, id(1)).await.unwrap().is_empty());
}
