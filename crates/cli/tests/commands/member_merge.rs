//! Two member numbers made one on the command line, and taken apart again.

use payung_domain::ids::{Kpj, MembershipId};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Membership, Segment};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_storage::{Store, Tx, ledger, members};
use uuid::Uuid;

use crate::program::{Place, run};
use crate::record::{PERSON, on_record, siti};

const WHY: &str = "terdaftar dua kali, di loket";

/// Siti, with two numbers, and savings under the older one.
fn place() -> Place {
    let place = Place::ready();
    on_record(&place, async |tx: &mut Tx, store: &Store| {
        siti(tx, store).await;
        let number = |id: u128, kpj: &str| Membership {
            id: MembershipId(Uuid::from_u128(id)),
            person: PERSON,
            kpj: Kpj::parse(kpj).expect("a member number"),
            segment: Segment::WageEarner,
            since: Month::new(2020, 1).expect("a month"),
            ended: None,
        };
        let numbers = [number(71, "90000000171"), number(72, "90000000172")];
        members::add_memberships(tx, &numbers).await.expect("two numbers");
        let line = Posting {
            membership: numbers[0].id,
            sequence: 1,
            kind: PostingKind::Contribution,
            month: Month::new(2020, 1).expect("a month"),
            booked_on: jiff::civil::date(2020, 2, 10),
            amount: Rupiah::new(342_000),
            balance: Rupiah::new(342_000),
            rate: None,
        };
        ledger::add(tx, &[line]).await.expect("a ledger");
    });
    place
}

#[test]
fn numbers_are_merged_once_and_taken_apart_again() {
    let place = place();
    let merge = "member merge 90000000171 90000000172 --officer lestari --lang en";
    for (line, said) in [
        (merge.to_owned(), "342000 rupiah moved"),
        (merge.to_owned(), "0 rupiah moved"),
        (format!("{merge} --undo"), "342000 rupiah moved"),
        (format!("{merge} --undo"), "0 rupiah moved"),
    ] {
        let told = run(&place, &line, WHY);
        assert!(told.starts_with("exit: 0") && told.contains(said), "{line}: {told}");
    }
    let nobody = merge.replace("90000000172", "99999999999");
    let told = run(&place, &nobody, WHY);
    assert!(told.starts_with("exit: 1") && told.contains("no such member number"), "{told}");
    let short = run(&place, &merge.replace("90000000172", "1"), WHY);
    assert!(short.starts_with("exit: 2") && short.contains("11 characters"), "{short}");
}
