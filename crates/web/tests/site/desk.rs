//! The support desk in a browser: invited, looking a member up, seeing one field, leaving; and what it
//! never gives to members. Who gets through which door is `desk_doors`' business.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::ids::Nik;
use payung_domain::staff::{Officer, PROOF_LIFE, Role};
use payung_flows::staff::invitations::{self, Guest, Invited};
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

on_each_engine!(
    an_officer_looks_a_member_up_and_sees_one_field,
    p01_the_member_site_has_no_page_of_the_desk,
    l05_no_form_of_the_desk_is_taken_without_its_token,
    p02_a_page_of_another_role_says_no,
    p01_something_dangerous_asks_for_the_passkey_first,
    s5_a_made_up_record_is_nobodys,
    p05_an_auditor_takes_the_audit_along_for_a_reason,
    an_invitation_leaves_the_address_at_once_and_says_when_it_is_over,
    production_has_no_passkeys_of_software,
);

const DESK: &str = "https://desk.payung.example";

pub(crate) fn opened(db: TestStore) -> Bench {
    Bench::with(db, |settings| settings.desk.public_url = Some(DESK.to_owned()))
}

/// What stands in an attribute of a page, as the browser reads it.
pub(crate) fn attribute(page: &Page, mark: &str) -> String {
    page.after(mark).unwrap_or_default().replace("&#34;", "\"").replace("&#38;", "&")
}

async fn link(bench: &Bench, name: &str, role: Role, nik: Option<&Nik>) -> String {
    let name = Officer::parse(name).unwrap();
    let guest = Guest { name: &name, role, nik, reason: "begins to work here" };
    let Invited::Link { link, .. } = invitations::invite(&bench.app, &guest).await.unwrap() else {
        panic!("the name is taken")
    };
    link.strip_prefix(DESK).unwrap().to_owned()
}

/// Somebody of this role, signed in with a passkey of their own.
pub(crate) async fn officer(bench: &Bench, name: &str, role: Role) -> (Visitor, Authenticator) {
    let number = Role::ALL.iter().position(|one| *one == role).unwrap();
    let mut device = Authenticator::new(u8::try_from(number).unwrap() + 50);
    DESK.clone_into(&mut device.origin);
    "desk.payung.example".clone_into(&mut device.host);
    let link = link(bench, name, role, None).await;
    let mut visitor = Visitor::at_the_desk(bench, false);
    let moved = visitor.get(&link).await;
    assert_eq!(moved.leads_to(), "/join");
    let page = visitor.get("/join").await;
    let credential = device.register(&attribute(&page, "data-options=\""));
    let challenge = attribute(&page, "name=\"challenge\" value=\"");
    let fields = [("credential", &*credential), ("challenge", &*challenge)];
    let joined = visitor.fill_in(&page, "/join", &fields).await;
    assert_eq!((joined.status, joined.leads_to()), (StatusCode::SEE_OTHER, "/"), "{}", joined.html);
    (visitor, device)
}

pub(crate) const ASKED: [(&str, &str); 4] = [
    ("why", "call"),
    ("reason", "asks why May is missing"),
    ("kind", "kpj"),
    ("query", people::KPJ),
];

pub(crate) async fn siti_on_record(bench: &Bench) {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
}

pub(crate) async fn looks_up(visitor: &mut Visitor, fields: &[(&str, &str)]) -> Page {
    let page = visitor.get("/look-up").await;
    visitor.fill_in(&page, "/look-up", fields).await
}

async fn an_officer_looks_a_member_up_and_sees_one_field(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    assert_eq!(lestari.get("/").await.leads_to(), "/look-up");
    let nothing = looks_up(&mut lestari, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.says("Choose what you look for") && nothing.says("error-summary"));
    let found = looks_up(&mut lestari, &ASKED).await;
    let place = found.leads_to().to_owned();
    assert!(place.starts_with("/records/"), "{}", found.html);
    let record = lestari.get(&place).await;
    assert!(record.says("Laksana Rahayu") && record.says("asks why May is missing"));
    assert!(!record.says("0001015407900003"), "masked");
    assert!(record.says("Printed by lestari, helpdesk"), "whose sheet it is, if it is printed");
    let question = lestari.get(&format!("{place}/unmask?field=nik")).await;
    let path = format!("{place}/unmask");
    let fields = [("field", "nik"), ("reason", "compares the card")];
    let shown = lestari.fill_in(&question, &path, &fields).await;
    assert_eq!(shown.leads_to(), place);
    assert!(lestari.get(&place).await.says("0001015407900003"));
    let leaving = lestari.get("/sign-out").await;
    assert_eq!(lestari.fill_in(&leaving, "/sign-out", &[]).await.leads_to(), "/sign-in");
    assert_eq!(lestari.get(&place).await.status, StatusCode::SEE_OTHER);
}

async fn p01_the_member_site_has_no_page_of_the_desk(db: TestStore) {
    let bench = opened(db);
    let (lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let mut at_the_members = Visitor::in_production(&bench);
    at_the_members.cookies = lestari.cookies.clone();
    for place in ["/look-up", "/audit", "/staff", "/join"] {
        let page = at_the_members.get(place).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{place}");
    }
    let page = at_the_members.get("/dashboard").await;
    assert!(page.leads_to().starts_with("/sign-in"));
}

async fn l05_no_form_of_the_desk_is_taken_without_its_token(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let page = lestari.post("/look-up", &ASKED).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("open too long"));
    lestari.headers.push(("origin", "https://payung.example".to_owned()));
    let page = looks_up(&mut lestari, &ASKED).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "the member site is another site here");
}

async fn p02_a_page_of_another_role_says_no(db: TestStore) {
    let bench = opened(db);
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut darma, _) = officer(&bench, "darma", Role::Administrator).await;
    for place in ["/audit", "/staff"] {
        let page = lestari.get(place).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{place}");
        assert!(
            page.says("href=\"/look-up\"") && !page.says("<li><a href=\"/audit\""),
            "{}",
            page.html
        );
    }
    for place in ["/audit", "/look-up"] {
        assert_eq!(darma.get(place).await.status, StatusCode::FORBIDDEN, "{place}");
    }
    let page = darma.get("/staff").await;
    assert!(page.says("lestari") && page.says("helpdesk"));
    let fields = [("name", "lestari"), ("reason", "works no more"), ("act", "disable")];
    assert_eq!(darma.fill_in(&page, "/staff", &fields).await.leads_to(), "/staff");
    assert_eq!(lestari.get("/look-up").await.status, StatusCode::SEE_OTHER, "shut out");
}

async fn p01_something_dangerous_asks_for_the_passkey_first(db: TestStore) {
    let bench = opened(db);
    let (mut darma, mut device) = officer(&bench, "darma", Role::Administrator).await;
    bench.clock.advance(PROOF_LIFE + Duration::from_secs(1));
    let page = darma.get("/staff").await;
    assert_eq!(page.leads_to(), "/confirm?next=%2Fstaff");
    let page = darma.get("/confirm?next=%2Fstaff").await;
    let credential = device.sign(&attribute(&page, "data-options=\""));
    let challenge = attribute(&page, "name=\"challenge\" value=\"");
    let fields = [("credential", &*credential), ("challenge", &*challenge), ("next", "/staff")];
    let proved = darma.fill_in(&page, "/confirm/passkey", &fields).await;
    assert_eq!(proved.leads_to(), "/staff", "{}", proved.html);
    assert_eq!(darma.get("/staff").await.status, StatusCode::OK);
}

async fn s5_a_made_up_record_is_nobodys(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let place = looks_up(&mut lestari, &ASKED).await.leads_to().to_owned();
    assert_eq!(bayu.get(&place).await.leads_to(), "/look-up");
    assert_eq!(bayu.get("/records/siti").await.leads_to(), "/look-up");
    let audit = bayu.get("/audit?act=opened&outcome=refused").await;
    assert!(audit.says("Opened a record") && audit.says("bayu"));
}

async fn p05_an_auditor_takes_the_audit_along_for_a_reason(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    looks_up(&mut lestari, &ASKED).await;
    let (mut citra, _) = officer(&bench, "citra", Role::Auditor).await;
    let page = citra.get("/audit?officer=lestari").await;
    assert!(page.says("Looked up a member") && page.says("asks why May is missing"));
    let fields = [("officer", "lestari"), ("act", ""), ("outcome", ""), ("reason", "short")];
    let refused = citra.fill_in(&page, "/audit.csv", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("officer", "lestari"), ("act", ""), ("outcome", ""), ("reason", "for the year")];
    let file = citra.fill_in(&page, "/audit.csv", &fields).await;
    assert!(file.header("content-type").starts_with("text/csv"), "{}", file.html);
    assert!(file.says("asks why May is missing"));
    let page = citra.get("/audit?officer=citra").await;
    assert!(page.says("Downloaded the audit") && page.says("Read the audit"), "own looks too");
}

async fn an_invitation_leaves_the_address_at_once_and_says_when_it_is_over(db: TestStore) {
    let bench = opened(db);
    let link = link(&bench, "lestari", Role::Helpdesk, None).await;
    bench.clock.advance(Duration::from_hours(24));
    let mut visitor = Visitor::at_the_desk(&bench, false);
    assert_eq!(visitor.get(&link).await.leads_to(), "/join");
    let page = visitor.get("/join").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.says("no longer works"));
    assert_eq!(visitor.get("/join?token=nonsense").await.leads_to(), "/join");
    assert_eq!(visitor.get("/join").await.status, StatusCode::GONE);
}

async fn production_has_no_passkeys_of_software(db: TestStore) {
    let bench = opened(db);
    let mut visitor = Visitor::at_the_desk(&bench, false);
    let page = visitor.get("/sign-in").await;
    assert!(!page.says("/demo/sign-in"));
    let tried = visitor.fill_in(&page, "/demo/sign-in", &[("officer", "lestari")]).await;
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
}
