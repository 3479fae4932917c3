//! Forty years of work for six employers: every page that such a member comes to by links opens, and
//! keeps to its budget.

use std::collections::BTreeMap;

use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Work};
use payung_domain::ids::{EmployerId, MembershipId, Npp};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme;
use payung_storage::{accounts, contributions, ledger, members};
use payung_testkit::people::{self, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::Visitor;
use payung_testkit::{Bench, on_each_engine};
use uuid::Uuid;

use crate::samples::{Kind, compressed};

on_each_engine!(forty_years_and_six_employers_open_every_page_within_its_budget,);

const MONTHS: i32 = 480;
const EMPLOYERS: i32 = 6;

/// What an employer and a worker pay on 6 million a month.
const PARTS: [(Programme, i64, i64); 4] = [
    (Programme::Jht, 222_000, 120_000),
    (Programme::Jkk, 32_400, 0),
    (Programme::Jkm, 18_000, 0),
    (Programme::Jp, 120_000, 60_000),
];

fn employer(number: i32) -> EmployerId {
    EmployerId(Uuid::from_u128(u128::try_from(number + 1).unwrap()))
}

fn firm(number: i32) -> Employer {
    Employer {
        id: employer(number),
        npp: Npp::parse(&format!("XX00000{number}")).unwrap(),
        name: format!("PT Contoh Sejahtera Nusantara Abadi {number}"),
        risk_class: RiskClass::II,
        size: FirmSize::Medium,
    }
}

/// The months of work, from the first to this one.
fn months() -> impl Iterator<Item = (i32, Month)> {
    let first = Month::new(1986, 9).unwrap();
    (0..MONTHS).map(move |ahead| (ahead, first.plus(ahead)))
}

fn work(membership: MembershipId) -> Vec<Employment> {
    let first = Month::new(1986, 9).unwrap();
    let each = MONTHS / EMPLOYERS;
    let one = |number: i32| Employment {
        membership,
        work: Work::For(employer(number)),
        from: first.plus(number * each),
        until: (number + 1 < EMPLOYERS).then(|| first.plus((number + 1) * each - 1)),
    };
    (0..EMPLOYERS).map(one).collect()
}

/// What came: in time, but for a late month each year, and for half a year that never came.
fn paid(membership: MembershipId) -> Vec<Contribution> {
    let mut all = Vec::new();
    for (ahead, month) in months() {
        let is_missing = (390..396).contains(&ahead);
        // The pension began in July 2015; this month and the last are not due yet.
        let is_not_due = ahead + 2 > MONTHS;
        if is_missing || is_not_due {
            continue;
        }
        let due_on = month.next().first_day();
        let late_on = month.next().next().first_day();
        for (programme, employer_part, worker_part) in PARTS {
            if programme == Programme::Jp && month < Month::new(2015, 7).unwrap() {
                continue;
            }
            all.push(Contribution {
                membership,
                month,
                programme,
                employer: Some(employer(ahead / (MONTHS / EMPLOYERS))),
                wage: Rupiah::new(6_000_000),
                base: Rupiah::new(6_000_000),
                employer_part: Rupiah::new(employer_part),
                worker_part: Rupiah::new(worker_part),
                due_on,
                received_on: if ahead % 12 == 3 { late_on } else { due_on },
            });
        }
    }
    all
}

fn savings(membership: MembershipId, paid: &[Contribution]) -> Vec<Posting> {
    let saved = paid.iter().filter(|one| one.programme == Programme::Jht);
    let mut days: Vec<_> = saved.map(|one| (one.received_on, one.month)).collect();
    days.sort_unstable();
    let line = |(sequence, (booked_on, month))| Posting {
        membership,
        sequence,
        kind: PostingKind::Contribution,
        month,
        booked_on,
        amount: Rupiah::new(342_000),
        balance: Rupiah::new(342_000 * sequence),
        rate: None,
    };
    (1_i64..).zip(days).map(line).collect()
}

async fn lives(bench: &Bench, who: &Somebody) {
    let mut tx = bench.app.store.write().await.unwrap();
    let person = accounts::get(&mut tx, who.id).await.unwrap().unwrap().person;
    let membership = members::memberships(&mut tx, person).await.unwrap()[0].id;
    let firms: Vec<Employer> = (0..EMPLOYERS).map(firm).collect();
    members::add_employers(&mut tx, &firms).await.unwrap();
    members::add_employments(&mut tx, &work(membership)).await.unwrap();
    let paid = paid(membership);
    contributions::add(&mut tx, &paid).await.unwrap();
    ledger::add(&mut tx, &savings(membership, &paid)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Where the links of a page lead, as long as that is one of our pages in the same language.
fn links(html: &str) -> Vec<String> {
    let targets = html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let ours = targets.filter(|link| link.starts_with('/') && !link.contains("lang="));
    ours.map(|link| link.split('#').next().unwrap_or_default().replace("&amp;", "&")).collect()
}

/// Opens every page that links lead to, at most so many of one kind; answers the kinds.
async fn opens_everything(visitor: &mut Visitor, most: u32) -> BTreeMap<String, u32> {
    let mut opened: BTreeMap<String, u32> = BTreeMap::new();
    let mut waiting = vec!["/dashboard".to_owned()];
    let mut known = waiting.clone();
    while let Some(address) = waiting.pop() {
        let kind = address.split('?').next().unwrap_or_default().to_owned();
        let count = opened.entry(kind.clone()).or_default();
        if *count >= most {
            continue;
        }
        *count += 1;
        let page = visitor.get(&address).await;
        let status = page.status.as_u16();
        assert!([200, 303].contains(&status), "{address}: {status}");
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        let budget = if kind == "/dashboard" { Kind::Dashboard } else { Kind::Member }.budget();
        let size = compressed(&page.html);
        assert!(size <= budget, "{address}: {size} bytes of {budget}");
        for link in links(&page.html) {
            if !known.contains(&link) {
                known.push(link.clone());
                waiting.push(link);
            }
        }
    }
    opened
}

async fn forty_years_and_six_employers_open_every_page_within_its_budget(db: TestStore) {
    let bench = Bench::new(db);
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 1).await;
    lives(&bench, &budi).await;
    let mut visitor = Visitor::new(&bench);
    visitor.sign_in(&bench, "budi").await;
    let page = visitor.get("/statements").await;
    let months =
        [("from_year", "1986"), ("from_month", "9"), ("until_year", "2026"), ("until_month", "8")];
    let whole = visitor.fill_in(&page, "/statements", &months).await;
    assert!(whole.leads_to().starts_with("/statements/"), "{}", whole.status);
    let opened = opens_everything(&mut visitor, 2).await;
    for kind in [
        "/contributions",
        "/contributions/month",
        "/contributions/owed",
        "/contributions/report",
        "/balance",
        "/balance/year",
        "/transactions",
        "/transactions/report",
        "/statements",
        whole.leads_to(),
        "/benefits",
        "/claims",
        "/corrections",
        "/personal-details",
        "/inbox",
        "/activity",
    ] {
        assert!(opened.contains_key(kind), "no link leads to {kind}");
    }
    visitor.get("/status?lang=id").await;
    opens_everything(&mut visitor, 1).await;
}
