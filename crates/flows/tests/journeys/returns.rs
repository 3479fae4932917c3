//! A year's returns that were estimated, brought to what was declared.

use std::sync::Arc;

use jiff::civil::date;
use payung_domain::ids::MembershipId;
use payung_domain::ledger::end::Movement;
use payung_domain::ledger::explained::year as explained;
use payung_domain::ledger::posting::postings;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programmes;
use payung_flows::members as records;
use payung_flows::staff::returns::{TrueUp, make_up};
use payung_storage::{ledger, members};
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    what_is_not_declared_is_not_made_up_for,
    a_year_is_brought_to_what_was_declared_once_and_explained,
);

const DECLARED: &str = "
[[return]]
from = 1994-01-01
to = 2024-12-31
yearly = \"5.00%\"
version = \"assumption-1\"
source = \"test\"
mark = \"assumption\"
[[return]]
from = 2025-01-01
to = 2025-12-31
yearly = \"6.10%\"
version = \"declared-2025\"
source = \"test\"
mark = \"A\"
[[return]]
from = 2026-01-01
yearly = \"5.00%\"
version = \"assumption-2\"
source = \"test\"
mark = \"assumption\"
";

const WHY: &str = "declared by the board";

/// Somebody whose savings earned an estimated return since 2025.
async fn saver(bench: &Bench) -> MembershipId {
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let person = payung_storage::accounts::get(&mut tx, budi.id).await.unwrap().unwrap().person;
    let id = members::memberships(&mut tx, person).await.unwrap()[0].id;
    let day = date(2025, 1, 10);
    let saved = Movement {
        kind: PostingKind::Contribution,
        month: Month::of(day),
        booked_on: day,
        amount: Rupiah::new(12_000_000),
        rate: None,
    };
    let shipped = Programmes::shipped().unwrap();
    let lines = postings(id, &[], &[saved], date(2026, 8, 1), &shipped).unwrap();
    ledger::add(&mut tx, &lines).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn lines(bench: &Bench, id: MembershipId) -> Vec<Posting> {
    let mut tx = bench.app.store.read().await.unwrap();
    ledger::of_membership(&mut tx, id).await.unwrap()
}

async fn what_is_not_declared_is_not_made_up_for(db: TestStore) {
    let bench = Bench::new(db);
    let id = saver(&bench).await;
    let before = lines(&bench, id).await;
    assert_eq!(make_up(&bench.app, 2025, WHY).await.unwrap(), TrueUp::NotDeclared);
    // The demonstration takes 2024 as declared. That is an assumption, and moves nobody's money.
    assert_eq!(make_up(&bench.app, 2024, WHY).await.unwrap(), TrueUp::NotDeclared);
    assert_eq!(make_up(&bench.app, 2026, WHY).await.unwrap(), TrueUp::NotOver);
    assert_eq!(lines(&bench, id).await, before);
}

async fn a_year_is_brought_to_what_was_declared_once_and_explained(db: TestStore) {
    let mut bench = Bench::new(db);
    let id = saver(&bench).await;
    let declared = Programmes::shipped().unwrap().with_returns(DECLARED).unwrap();
    Arc::get_mut(&mut bench.app).expect("nobody else has it").programmes = declared;
    let before = lines(&bench, id).await;
    let TrueUp::Done(sum) = make_up(&bench.app, 2025, WHY).await.unwrap() else {
        panic!("not declared")
    };
    assert_eq!((sum.looked_at, sum.booked, sum.short), (1, 1, 0));
    let after = lines(&bench, id).await;
    assert_eq!(after[..before.len()], before[..], "no line is changed");
    let line = after.last().unwrap();
    assert_eq!((line.kind, line.rate.as_deref()), (PostingKind::Correction, Some("declared-2025")));
    assert!(line.amount > Rupiah::ZERO);
    let all = explained(&after, 2026, &bench.app.programmes).unwrap();
    let basis = all.last().unwrap().basis.as_ref().unwrap();
    assert!(basis.booked > Rupiah::ZERO && basis.rule.value.version == "declared-2025");
    let person = {
        let mut tx = bench.app.store.read().await.unwrap();
        let kpj = payung_domain::ids::Kpj::parse("90000000101").unwrap();
        members::by_kpj(&mut tx, bench.app.store.vault(), &kpj).await.unwrap().unwrap().id
    };
    let record = records::record(&bench.app, person).await.unwrap();
    assert_eq!(record.savings().unwrap().balance_of(id), line.balance);
    let TrueUp::Done(again) = make_up(&bench.app, 2025, WHY).await.unwrap() else {
        panic!("not declared")
    };
    assert_eq!((again.looked_at, again.booked), (1, 0), "once is once");
    assert_eq!(lines(&bench, id).await, after);
}
