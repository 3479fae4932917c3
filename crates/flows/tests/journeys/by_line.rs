//! Officers at the command line: held to their role, for one command, and written down.

use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::{Officer, PROOF_LIFE, Right, Role};
use payung_flows::staff::{self as desk, Denied, SignedIn, by_line, people};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::staff::{live, opened, someone, written};
use crate::visit;

on_each_engine!(
    p02_an_officer_at_the_command_line_is_held_to_their_role,
    m02_whoever_comes_or_tries_to_is_written_down,
);

const WHY: &str = "the desk's pages are away";

async fn comes(bench: &Bench, name: &str) -> Option<SignedIn> {
    let name = Officer::parse(name).unwrap();
    by_line::officer(&bench.app, &visit(bench), &name, WHY).await.unwrap()
}

async fn may(bench: &Bench, who: &SignedIn, right: Right) -> Result<(), Denied> {
    desk::may(&bench.app, &visit(bench), who, right, Act::ActAsked).await.unwrap()
}

async fn p02_an_officer_at_the_command_line_is_held_to_their_role(db: TestStore) {
    let bench = opened(db);
    someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = comes(&bench, "Lestari").await.expect("she works here");
    assert_eq!(lestari.staff.name.as_str(), "lestari");
    assert_eq!(may(&bench, &lestari, Right::Help).await, Ok(()));
    for right in [Right::Approve, Right::DecideCorrection, Right::ManageStaff] {
        assert_eq!(may(&bench, &lestari, right).await, Err(Denied::Role), "{right:?}");
    }
    // What is kept from an earlier command opens nothing dangerous.
    bench.clock.advance(PROOF_LIFE);
    assert_eq!(may(&bench, &lestari, Right::Help).await, Err(Denied::Proof));
}

async fn m02_whoever_comes_or_tries_to_is_written_down(db: TestStore) {
    let bench = opened(db);
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    someone(&bench, "bayu", Role::Supervisor, None).await;
    assert!(comes(&bench, "bayu").await.is_some());
    assert!(comes(&bench, "nobody").await.is_none());
    let name = Officer::parse("bayu").unwrap();
    let why = "works no more here";
    assert!(people::switch_by_operator(&bench.app, &name, true, why).await.unwrap());
    assert!(comes(&bench, "bayu").await.is_none(), "shut out");
    assert_eq!(written(&bench, &auditor, Act::CameByLine, Outcome::Done).await, 1);
    assert_eq!(written(&bench, &auditor, Act::CameByLine, Outcome::Refused).await, 2);
}
