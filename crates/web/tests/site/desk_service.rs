//! Notices and the status of the service, from the desk to the pages of members; the audit, filtered and
//! taken along, with its chain.

use std::time::Duration;

use axum::http::StatusCode;
use payung_domain::staff::Role;
use payung_domain::time::{Clock, Zone};
use payung_testkit::store::TestStore;
use payung_testkit::visitor::{Page, Visitor};
use payung_testkit::{Bench, on_each_engine};

use crate::desk::{ASKED, looks_up, officer, opened, siti_on_record};

on_each_engine!(
    a_notice_is_looked_at_announced_and_taken_back,
    a_notice_that_members_could_not_read_is_shown_again,
    l05_a_notice_without_its_token_is_not_announced,
    p02_who_may_not_announce_sees_no_such_page,
    members_read_how_a_part_is_and_since_when,
    s09_the_audit_is_filtered_and_its_range_has_an_order,
    s09_the_audit_is_taken_along_for_programs,
    m05_the_page_of_the_chain_tells_where_it_is_broken,
);

/// So many hours from now, as a browser writes it.
fn hours_from_now(bench: &Bench, hours: u64) -> String {
    let moment = bench.clock.now().plus(Duration::from_hours(hours)).civil(Zone::default());
    format!("{}T{:02}:{:02}", moment.date(), moment.hour(), moment.minute())
}

const TEXTS: [(&str, &str); 2] =
    [("indonesian", "Ditutup malam ini."), ("english", "Closed <b>tonight</b>.")];

async fn announces(visitor: &mut Visitor, act: &str, until: &str) -> Page {
    let page = visitor.get("/notices").await;
    let fields = [TEXTS[0], TEXTS[1], ("from", ""), ("until", until), ("act", act)];
    visitor.fill_in(&page, "/notices", &fields).await
}

async fn a_notice_is_looked_at_announced_and_taken_back(db: TestStore) {
    let bench = opened(db);
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let until = hours_from_now(&bench, 2);
    let mut member = Visitor::in_production(&bench);
    let preview = announces(&mut bayu, "preview", &until).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.html);
    assert!(preview.says("Ditutup malam ini.") && preview.says("Closed &#60;b&#62;tonight"));
    assert!(!member.get("/?lang=en").await.says("tonight"), "looked at is not announced");
    assert_eq!(announces(&mut bayu, "publish", &until).await.leads_to(), "/notices");
    let page = member.get("/?lang=en").await;
    assert!(page.says("Closed &#60;b&#62;tonight&#60;/b&#62;."), "text, and no markup");
    assert!(member.get("/?lang=id").await.says("Ditutup malam ini."));
    let list = bayu.get("/notices").await;
    assert!(list.says("shown now") && list.says("bayu"));
    let id = list.after("name=\"of\" value=\"").unwrap();
    let back = bayu.fill_in(&list, "/notices/withdraw", &[("of", &id)]).await;
    assert_eq!(back.leads_to(), "/notices");
    assert!(!member.get("/?lang=id").await.says("Ditutup malam ini."));
    let list = bayu.get("/notices").await;
    assert!(list.says("taken back") && !list.says("name=\"of\""));
    let audit = bayu.get("/audit?act=announced").await;
    assert!(audit.says("Announced something") && audit.says("bayu"));
}

async fn a_notice_that_members_could_not_read_is_shown_again(db: TestStore) {
    let bench = opened(db);
    let (mut darma, _) = officer(&bench, "darma", Role::Administrator).await;
    let (until, long) = (hours_from_now(&bench, 2), "x".repeat(181));
    let page = darma.get("/notices").await;
    for (indonesian, english, until, said) in [
        ("Ditutup.", "", &*until, "Enter the text in both languages"),
        (&*long, "Closed.", &*until, "Shorten it to 180 letters"),
        ("Ditutup.", "Closed.", "tomorrow", "Write day and time like"),
        ("Ditutup.", "Closed.", "2001-01-01T00:00", "The end must be after now"),
    ] {
        let fields = [
            ("indonesian", indonesian),
            ("english", english),
            ("from", ""),
            ("until", until),
            ("act", "publish"),
        ];
        let shown = darma.fill_in(&page, "/notices", &fields).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(shown.says(said) && shown.says(indonesian), "{said}: {}", shown.html);
    }
    assert!(darma.get("/notices").await.says("Nothing was announced yet"));
}

async fn l05_a_notice_without_its_token_is_not_announced(db: TestStore) {
    let bench = opened(db);
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let until = hours_from_now(&bench, 2);
    let fields = [TEXTS[0], TEXTS[1], ("from", ""), ("until", &*until), ("act", "publish")];
    let page = bayu.post("/notices", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("open too long") && page.says("Nothing was announced yet"));
    let page = bayu.post("/service", &[("part", "sms"), ("condition", "works")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
}

async fn p02_who_may_not_announce_sees_no_such_page(db: TestStore) {
    let bench = opened(db);
    for (name, role) in
        [("lestari", Role::Helpdesk), ("vera", Role::Verifier), ("citra", Role::Auditor)]
    {
        let (mut visitor, _) = officer(&bench, name, role).await;
        for place in ["/notices", "/service"] {
            assert_eq!(visitor.get(place).await.status, StatusCode::FORBIDDEN, "{place}, {name}");
            let home = visitor.get("/").await.leads_to().to_owned();
            let page = visitor.get(&home).await;
            assert!(!page.says(&format!("href=\"{place}\"")), "no link either");
            let forced =
                visitor.fill_in(&page, place, &[("part", "sms"), ("act", "publish")]).await;
            assert_ne!(forced.status, StatusCode::SEE_OTHER, "{place}, {name}");
        }
    }
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let audit = bayu.get("/audit?act=announced&outcome=refused").await;
    for name in ["lestari", "vera", "citra"] {
        assert!(audit.says(name), "{name} was refused, and it is written down");
    }
}

async fn members_read_how_a_part_is_and_since_when(db: TestStore) {
    let bench = opened(db);
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let mut member = Visitor::in_production(&bench);
    assert!(member.get("/status?lang=en").await.says("Everything is working as usual"));
    let page = bayu.get("/service").await;
    let nothing = bayu.fill_in(&page, "/service", &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.says("Choose a part"));
    let half = [("part", "claims"), ("condition", "closed"), ("indonesian", "Ditutup.")];
    let half = bayu.fill_in(&page, "/service", &half).await;
    assert!(half.says("Enter the text in both languages"));
    let said = [
        ("part", "claims"),
        ("condition", "closed"),
        ("indonesian", "Pembayaran ditunda."),
        ("english", "Payouts are put off."),
    ];
    assert_eq!(bayu.fill_in(&page, "/service", &said).await.leads_to(), "/service");
    let status = member.get("/status?lang=en").await;
    assert!(status.says("Part of the service is having trouble"));
    assert!(status.says("Payouts are put off.") && status.says("since "), "{}", status.html);
    assert!(member.get("/status?lang=id").await.says("Pembayaran ditunda."));
    let page = bayu.get("/service").await;
    let works = [("part", "claims"), ("condition", "works")];
    assert_eq!(bayu.fill_in(&page, "/service", &works).await.leads_to(), "/service");
    let status = member.get("/status?lang=en").await;
    assert!(status.says("Everything is working as usual"));
    assert!(status.says("Before") && status.says("Payouts are put off."), "the history stays");
}

async fn s09_the_audit_is_filtered_and_its_range_has_an_order(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (mut lestari, _) = officer(&bench, "lestari", Role::Helpdesk).await;
    looks_up(&mut lestari, &ASKED).await;
    let (mut citra, _) = officer(&bench, "citra", Role::Auditor).await;
    let today = bench.clock.now().date(Zone::default());
    let page = citra.get(&format!("/audit?from={today}&until={today}")).await;
    assert!(page.says("asks why May is missing") && page.says("Unbroken"));
    let tomorrow = today.tomorrow().unwrap();
    let page = citra.get(&format!("/audit?from={tomorrow}")).await;
    assert!(!page.says("asks why May is missing"));
    let page = citra.get(&format!("/audit?from={tomorrow}&until={today}")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.says("The last day must not be before the first one"));
    let page = citra.get("/audit?from=yesterday").await;
    assert!(page.says("Write the day like"));
    let of_desk = citra.get("/audit?source=desk&act=looked-up").await;
    assert!(of_desk.says("asks why May is missing") && of_desk.says(", session "));
    let by_line = citra.get("/audit?source=command-line").await;
    assert!(!by_line.says("Nothing fits this choice"), "invitations come from there");
    assert!(!by_line.says("asks why May is missing"));
    for none in ["source=program", "session=00000000", "session=moon", "network=moon"] {
        let page = citra.get(&format!("/audit?{none}")).await;
        assert!(page.says("Nothing fits this choice"), "{none}");
    }
    let page = citra.get("/audit?about=nobody").await;
    assert!(page.says("Nothing fits this choice"));
}

async fn s09_the_audit_is_taken_along_for_programs(db: TestStore) {
    let bench = opened(db);
    let (mut bayu, _) = officer(&bench, "bayu", Role::Supervisor).await;
    let (mut citra, _) = officer(&bench, "citra", Role::Auditor).await;
    let page = citra.get("/audit").await;
    let reason = ("reason", "for the other system");
    let file = citra.fill_in(&page, "/audit.json", &[("officer", "bayu"), reason]).await;
    assert_eq!(file.header("content-type"), "application/json");
    let told: serde_json::Value = serde_json::from_str(&file.html).unwrap();
    assert_eq!(told["lines"][0]["officer"], "bayu");
    assert_eq!(told["lines"][0]["act"], "joined");
    assert_eq!(told["lines"][0]["source"], "desk");
    assert_eq!(told["lines"][0]["session"].as_str().unwrap().len(), 8);
    assert!(told["lines"][0]["network"].as_str().unwrap().ends_with('*'), "no whole address");
    assert_eq!(told["lines"][0]["place"], 2);
    assert_eq!(told["lines"][0]["link"].as_str().unwrap().len(), 64);
    let file = citra.fill_in(&page, "/audit.csv", &[("officer", "bayu"), reason]).await;
    assert!(file.says("Accepted an invitation") && file.says("Mark"), "{}", file.html);
    let backwards = [("from", "2026-08-17"), ("until", "2026-08-16"), reason];
    let refused = citra.fill_in(&page, "/audit.json", &backwards).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = bayu.get("/audit").await;
    let denied = bayu.fill_in(&page, "/audit.json", &[reason]).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN, "reading is not taking along");
}

async fn m05_the_page_of_the_chain_tells_where_it_is_broken(db: TestStore) {
    let bench = opened(db);
    let (mut citra, _) = officer(&bench, "citra", Role::Auditor).await;
    assert!(citra.get("/audit/chain").await.says("Unbroken"));
    let mut tx = bench.app.store.write().await.unwrap();
    let sql = "delete from staff_audit where act = 'joined'";
    assert_eq!(tx.run("tampering", sql, Vec::new()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let page = citra.get("/audit/chain").await;
    assert!(page.says("Broken") && page.says("Line 2 is not what was written"), "{}", page.html);
    assert!(citra.get("/audit").await.says("Broken"), "beside every reading of it");
    assert!(citra.get("/audit?act=audit-verified").await.says("Checked the chain of the audit"));
}
