//! Two member numbers made one and taken apart again: no rupiah comes or goes, whoever does it and
//! however often.

use std::sync::Arc;

use payung_domain::activity::Event;
use payung_domain::ids::{Kpj, MembershipId};
use payung_domain::ledger::end::{LedgerEnd, Movement};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Membership, Segment};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::staff::{Officer, Role};
use payung_domain::time::Clock;
use payung_flows::sessions::SignedIn;
use payung_flows::staff::merging::{ByLine, Merged, Wish, merge};
use payung_flows::{App, inbox, members as records};
use payung_storage::{ledger, members};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::claims::officer;
use crate::payouts::{has_happened, live};
use crate::signed_in;

on_each_engine!(
    a_merge_is_a_pair_of_transfers_and_is_taken_back_by_another,
    what_left_since_does_not_come_back,
    numbers_of_two_people_are_never_merged,
    p02_an_officer_whom_the_desk_knows_does_no_more_than_it_allows,
    l7_of_16_merges_at_once_one_moves_the_savings,
    whatever_happens_in_whatever_order_each_ledger_adds_up,
);

const OLD: &str = "90000000101";
const NEW: &str = "90000000199";

/// Budi, with two numbers and savings under both.
async fn budi(bench: &Bench, saved: [i64; 2]) -> SignedIn {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    let session = signed_in(bench).await;
    let budi = live(bench, &session).await;
    let second = Membership {
        id: MembershipId::new(&*bench.app.dice),
        person: budi.account.person,
        kpj: Kpj::parse(NEW).unwrap(),
        segment: Segment::WageEarner,
        since: Month::new(2020, 1).unwrap(),
        ended: None,
    };
    let mut tx = bench.app.store.write().await.unwrap();
    members::add_memberships(&mut tx, &[second]).await.unwrap();
    tx.commit().await.unwrap();
    for (kpj, amount) in [OLD, NEW].into_iter().zip(saved) {
        books(bench, &budi, kpj, PostingKind::Contribution, amount).await;
    }
    budi
}

async fn id_of(bench: &Bench, member: &SignedIn, kpj: &str) -> MembershipId {
    let mut tx = bench.app.store.read().await.unwrap();
    let all = members::memberships(&mut tx, member.account.person).await.unwrap();
    all.iter().find(|one| one.kpj.as_str() == kpj).unwrap().id
}

/// Books a movement, if there is enough for it.
async fn books(bench: &Bench, member: &SignedIn, kpj: &str, kind: PostingKind, amount: i64) {
    let id = id_of(bench, member, kpj).await;
    let today = bench.clock.now().date(member.account.zone);
    let mut tx = bench.app.store.write().await.unwrap();
    let mut end = ledger::end_locked(&mut tx, id).await.unwrap();
    let movement = Movement {
        kind,
        month: Month::of(today),
        booked_on: today,
        amount: Rupiah::new(amount),
        rate: None,
    };
    if let Ok(line) = end.post(movement) {
        ledger::add(&mut tx, &[line]).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn does_as(app: &App, name: &str, wish: Wish) -> Merged {
    let (from, into) = (Kpj::parse(OLD).unwrap(), Kpj::parse(NEW).unwrap());
    let officer = Officer::parse(name).unwrap();
    let reason = "registered twice by mistake";
    let line = ByLine { from: &from, into: &into, officer: &officer, reason };
    merge(app, wish, &line).await.unwrap()
}

async fn does(bench: &Bench, wish: Wish) -> Merged {
    does_as(&bench.app, "lestari", wish).await
}

/// What is saved under each number, and that every line follows from the one before it.
async fn saved(bench: &Bench, member: &SignedIn) -> [i64; 2] {
    let record = records::record(&bench.app, member.account.person).await.unwrap();
    let savings = record.savings().expect("the ledger adds up");
    let mut both = [0, 0];
    for (sum, kpj) in both.iter_mut().zip([OLD, NEW]) {
        let id = id_of(bench, member, kpj).await;
        let lines: Vec<&Posting> =
            record.postings.iter().filter(|one| one.membership == id).collect();
        let added: i64 = lines.iter().map(|line| line.amount.get()).sum();
        let end = lines.last().map_or(LedgerEnd::empty(id), |last| LedgerEnd::after(last));
        assert_eq!((savings.balance_of(id).get(), end.balance().get()), (added, added));
        *sum = added;
    }
    both
}

async fn a_merge_is_a_pair_of_transfers_and_is_taken_back_by_another(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, [700_000, 300_000]).await;
    assert_eq!(does(&bench, Wish::Part).await, Merged::Nothing, "they are not merged");
    assert_eq!(does(&bench, Wish::Merge).await, Merged::Done(Rupiah::new(700_000)));
    assert_eq!(saved(&bench, &budi).await, [0, 1_000_000]);
    assert!(has_happened(&bench, &budi, Event::StaffChanged).await);
    assert_eq!(told(&bench, &budi).await, ["numbers-merged"]);
    let record = records::record(&bench.app, budi.account.person).await.unwrap();
    let old = id_of(&bench, &budi, OLD).await;
    assert_eq!(record.merged_into(old).map(|into| into.kpj.as_str()), Some(NEW));
    assert_eq!(does(&bench, Wish::Merge).await, Merged::Nothing, "twice is once");
    assert_eq!(told(&bench, &budi).await.len(), 1, "nothing happened, so nobody is told");
    assert_eq!(does(&bench, Wish::Part).await, Merged::Done(Rupiah::new(700_000)));
    assert_eq!(saved(&bench, &budi).await, [700_000, 300_000]);
    let record = records::record(&bench.app, budi.account.person).await.unwrap();
    assert!(record.merged_into(old).is_none());
    assert_eq!(record.postings.len(), 6, "nothing is rewritten");
    let mut told = told(&bench, &budi).await;
    told.sort();
    assert_eq!(told, ["numbers-merged", "numbers-parted"]);
}

/// What the inbox says of numbers.
async fn told(bench: &Bench, member: &SignedIn) -> Vec<String> {
    let part = inbox::page(&bench.app, member, None).await.unwrap();
    let kinds = part.messages.into_iter().map(|message| message.kind);
    kinds.filter(|kind| kind.starts_with("numbers-")).collect()
}

async fn what_left_since_does_not_come_back(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, [700_000, 300_000]).await;
    does(&bench, Wish::Merge).await;
    books(&bench, &budi, NEW, PostingKind::Payout, -400_000).await;
    assert_eq!(does(&bench, Wish::Part).await, Merged::Gone);
    assert_eq!(saved(&bench, &budi).await, [0, 600_000]);
}

async fn numbers_of_two_people_are_never_merged(db: TestStore) {
    let bench = Bench::new(db);
    budi(&bench, [700_000, 300_000]).await;
    let wayan = people::wayan(&bench.app).await;
    let (old, nobody) = (Kpj::parse(OLD).unwrap(), Kpj::parse("99999999999").unwrap());
    let officer = Officer::parse("lestari").unwrap();
    for (into, answer) in
        [(&wayan.kpj, Merged::TwoPeople), (&nobody, Merged::Unknown), (&old, Merged::Unknown)]
    {
        for wish in [Wish::Merge, Wish::Part] {
            let reason = "registered twice by mistake";
            let line = ByLine { from: &old, into, officer: &officer, reason };
            assert_eq!(merge(&bench.app, wish, &line).await.unwrap(), answer);
        }
    }
}

async fn p02_an_officer_whom_the_desk_knows_does_no_more_than_it_allows(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, [700_000, 300_000]).await;
    officer(&bench, 7, Role::Helpdesk, None).await;
    assert_eq!(does_as(&bench.app, "officer7", Wish::Merge).await, Merged::NotAllowed);
    let person = {
        let (mut tx, vault) = (bench.app.store.read().await.unwrap(), bench.app.store.vault());
        members::by_kpj(&mut tx, vault, &Kpj::parse(OLD).unwrap()).await.unwrap().unwrap()
    };
    officer(&bench, 8, Role::Supervisor, Some(&person.nik)).await;
    let own = does_as(&bench.app, "officer8", Wish::Merge).await;
    assert_eq!(own, Merged::NotAllowed, "the own record");
    assert_eq!(saved(&bench, &budi).await, [700_000, 300_000]);
    officer(&bench, 9, Role::Supervisor, None).await;
    let done = does_as(&bench.app, "officer9", Wish::Merge).await;
    assert_eq!(done, Merged::Done(Rupiah::new(700_000)));
}

async fn l7_of_16_merges_at_once_one_moves_the_savings(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, [700_000, 300_000]).await;
    let asked: Vec<_> = (0..16)
        .map(|_| {
            let app = Arc::clone(&bench.app);
            tokio::spawn(async move { does_as(&app, "lestari", Wish::Merge).await })
        })
        .collect();
    let mut moved = 0;
    for one in asked {
        if let Merged::Done(_) = one.await.unwrap() {
            moved += 1;
        }
    }
    assert_eq!((moved, saved(&bench, &budi).await), (1, [0, 1_000_000]));
}

async fn whatever_happens_in_whatever_order_each_ledger_adds_up(db: TestStore) {
    let bench = Bench::new(db);
    let budi = budi(&bench, [700_000, 300_000]).await;
    let mut expected: i64 = saved(&bench, &budi).await.iter().sum();
    for _ in 0..60 {
        let [choice, which, amount] = bench.app.dice.bytes::<3>();
        let kpj = if which % 2 == 0 { OLD } else { NEW };
        let amount = i64::from(amount) * 1_000 + 1;
        let before = saved(&bench, &budi).await;
        match choice % 4 {
            0 => {
                books(&bench, &budi, kpj, PostingKind::Contribution, amount).await;
                expected += amount;
            }
            1 => {
                books(&bench, &budi, kpj, PostingKind::Payout, -amount).await;
                let of_it = if which % 2 == 0 { before[0] } else { before[1] };
                expected -= if of_it >= amount { amount } else { 0 };
            }
            2 => {
                does(&bench, Wish::Merge).await;
            }
            _ => {
                does(&bench, Wish::Part).await;
            }
        }
        let after = saved(&bench, &budi).await;
        assert_eq!(after.iter().sum::<i64>(), expected, "{choice}: {before:?} {after:?}");
    }
}
