//! What everybody is told, how the service is, and the audit with its chain: by officers of every role,
//! and by the operator.

use std::time::Duration;

use payung_domain::announcements::{Announcement, LONGEST, Unfit};
use payung_domain::language::Language;
use payung_domain::service::{Condition, Part, Source, Standing};
use payung_domain::staff::audit::{About, Act, Outcome};
use payung_domain::staff::chain::Break;
use payung_domain::staff::{PROOF_LIFE, Right, Role};
use payung_domain::time::{Clock, Zone};
use payung_flows::service::{Standings, standings, watch};
use payung_flows::staff::audit::{self, Choice, Taken};
use payung_flows::staff::notices::{self, MOST_OPEN, Published, Withdrawn};
use payung_flows::staff::service::{self as saying, Said, Saying};
use payung_flows::staff::{Denied, SignedIn, chain};
use payung_storage::service as episodes;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};
use uuid::Uuid;

use crate::staff::{live, looks_up, opened, siti_on_record, someone};
use crate::{deliver, right_password, visit};

on_each_engine!(
    p02_every_role_announces_and_says_or_is_refused_and_it_is_written_down,
    p01_announcing_needs_a_passkey_used_a_moment_ago,
    an_announcement_is_shown_taken_back_and_stays_in_the_history,
    a_notice_in_one_language_or_too_long_is_refused,
    the_operator_announces_for_a_reason,
    what_staff_say_of_a_part_is_read_until_it_works_again,
    what_is_measured_is_noted_with_its_beginning_and_its_end,
    a_database_that_was_away_is_noted_once_it_is_back,
    m05_every_act_at_the_desk_is_a_link_of_one_chain,
    m05_the_audit_tells_where_it_was_tampered_with,
    p05_the_audit_is_filtered_by_member_and_day,
    p05_the_operator_reads_and_takes_the_audit_for_a_reason,
);

fn announcement(bench: &Bench, number: u128) -> Announcement {
    let now = bench.clock.now();
    Announcement {
        id: Uuid::from_u128(number),
        indonesian: "Ditutup malam ini.".to_owned(),
        english: "Closed tonight.".to_owned(),
        begins_at: now,
        ends_at: now.plus(Duration::from_hours(1)),
    }
}

const SLOW_SMS: Saying<'_> = Saying {
    part: Part::Sms,
    condition: Condition::Slow,
    indonesian: "Operator terganggu.",
    english: "The operator has a fault.",
};

async fn written(bench: &Bench, auditor: &SignedIn, act: Act, outcome: Outcome) -> usize {
    let choice = Choice { act: Some(act), outcome: Some(outcome), ..Choice::default() };
    let part = audit::page(&bench.app, &visit(bench), auditor, &choice, None).await;
    part.unwrap().unwrap().lines.len()
}

async fn officer(bench: &Bench, name: &str, role: Role) -> SignedIn {
    let someone = someone(bench, name, role, None).await;
    live(bench, &someone.session).await
}

async fn p02_every_role_announces_and_says_or_is_refused_and_it_is_written_down(db: TestStore) {
    let bench = opened(db);
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    for (number, role) in (1..).zip(Role::ALL) {
        let who = officer(&bench, &format!("a-{}", role.name()), role).await;
        let (app, here, may) = (&bench.app, visit(&bench), role.may(Right::Announce));
        assert_eq!(may, matches!(role, Role::Supervisor | Role::Administrator));
        let notice = announcement(&bench, number);
        let acts = [Act::Announced, Act::AnnouncementEnded, Act::StatusSaid];
        let mut before = Vec::new();
        for act in acts {
            before.push(written(&bench, &auditor, act, Outcome::Refused).await);
        }
        let published = notices::publish(app, &here, &who, &notice).await.unwrap();
        let withdrawn = notices::withdraw(app, &here, &who, notice.id).await.unwrap();
        let said = saying::say(app, &here, &who, &SLOW_SMS).await.unwrap();
        let denied = Denied::Role;
        let expected = if may {
            (Published::Done, Withdrawn::Done, Said::Done)
        } else {
            (Published::Denied(denied), Withdrawn::Denied(denied), Said::Denied(denied))
        };
        assert_eq!((published, withdrawn, said), expected, "{role:?}");
        for (act, before) in acts.into_iter().zip(before) {
            let more = written(&bench, &auditor, act, Outcome::Refused).await - before;
            assert_eq!(more, usize::from(!may), "{act:?} by {role:?}");
        }
        assert_eq!(notices::list(app, &here, &who).await.unwrap().is_ok(), may, "{role:?}");
        assert_eq!(saying::list(app, &here, &who).await.unwrap().is_ok(), may, "{role:?}");
    }
    for act in [Act::Announced, Act::AnnouncementEnded, Act::StatusSaid] {
        assert_eq!(written(&bench, &auditor, act, Outcome::Done).await, 2, "{act:?}");
    }
}

async fn p01_announcing_needs_a_passkey_used_a_moment_ago(db: TestStore) {
    let bench = opened(db);
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    bench.clock.advance(PROOF_LIFE);
    let (app, here) = (&bench.app, visit(&bench));
    let published = notices::publish(app, &here, &bayu, &announcement(&bench, 1)).await.unwrap();
    assert_eq!(published, Published::Denied(Denied::Proof));
    let said = saying::say(app, &here, &bayu, &SLOW_SMS).await.unwrap();
    assert_eq!(said, Said::Denied(Denied::Proof));
}

async fn an_announcement_is_shown_taken_back_and_stays_in_the_history(db: TestStore) {
    let bench = opened(db);
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let darma = officer(&bench, "darma", Role::Administrator).await;
    let (app, here) = (&bench.app, visit(&bench));
    let notice = announcement(&bench, 1);
    for number in [1, 2] {
        let twice = Announcement { id: Uuid::from_u128(number), ..notice.clone() };
        let published = notices::publish(app, &here, &bayu, &twice).await.unwrap();
        assert_eq!(published, Published::Done, "pressing twice announces once");
    }
    let shown = |language| app.announcements.now(language, here.now);
    assert_eq!(shown(Language::En).as_deref(), Some("Closed tonight."));
    assert_eq!(shown(Language::Id).as_deref(), Some("Ditutup malam ini."));
    assert_eq!(notices::withdraw(app, &here, &darma, notice.id).await.unwrap(), Withdrawn::Done);
    assert_eq!(shown(Language::En), None);
    let again = notices::withdraw(app, &here, &darma, notice.id).await.unwrap();
    assert_eq!(again, Withdrawn::Nothing);
    let told = notices::list(app, &here, &bayu).await.unwrap().unwrap();
    assert_eq!((told.len(), &told[0].announcement, &*told[0].set_by), (1, &notice, "bayu"));
    assert_eq!(told[0].withdrawn, Some(("darma".to_owned(), here.now)));
    let most = u128::try_from(MOST_OPEN).unwrap();
    for number in 2..2 + most {
        let english = format!("Closed, number {number}.");
        let another = Announcement { english, ..announcement(&bench, number) };
        let published = notices::publish(app, &here, &bayu, &another).await.unwrap();
        assert_eq!(published, Published::Done);
    }
    let full = notices::publish(app, &here, &bayu, &announcement(&bench, 99)).await.unwrap();
    assert_eq!(full, Published::TooMany);
}

async fn a_notice_in_one_language_or_too_long_is_refused(db: TestStore) {
    let bench = opened(db);
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let (app, here) = (&bench.app, visit(&bench));
    let half = Announcement { english: String::new(), ..announcement(&bench, 1) };
    let long = Announcement { english: "x".repeat(LONGEST + 1), ..announcement(&bench, 1) };
    for (notice, unfit) in [(half, Unfit::OneLanguageOnly), (long, Unfit::TooLong)] {
        let published = notices::publish(app, &here, &bayu, &notice).await.unwrap();
        assert_eq!(published, Published::Unfit(unfit));
    }
    let half = Saying { english: " ", ..SLOW_SMS };
    let said = saying::say(app, &here, &bayu, &half).await.unwrap();
    assert_eq!(said, Said::Unfit(Unfit::OneLanguageOnly));
    assert!(notices::list(app, &here, &bayu).await.unwrap().unwrap().is_empty());
}

async fn the_operator_announces_for_a_reason(db: TestStore) {
    let bench = opened(db);
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let (app, here) = (&bench.app, visit(&bench));
    for number in [1, 2] {
        let notice = announcement(&bench, number);
        let set = notices::set_by_operator(app, &notice, "planned work").await.unwrap();
        assert_eq!(set, Ok(()));
    }
    assert_eq!(notices::clear_by_operator(app, "it is done").await.unwrap(), 1, "one at a time");
    saying::say_by_operator(app, &SLOW_SMS, "as the operator wrote").await.unwrap().unwrap();
    let choice = Choice { officer: Some("command-line".to_owned()), ..Choice::default() };
    let part = audit::page(app, &here, &auditor, &choice, None).await.unwrap().unwrap();
    let mut reasons: Vec<&str> = part.lines.iter().map(|line| &*line.reason).collect();
    reasons.retain(|reason| *reason != "begins to work here");
    reasons.sort_unstable();
    assert_eq!(reasons, ["as the operator wrote", "it is done", "planned work", "planned work"]);
}

fn of(standings: &Standings, part: Part) -> &Standing {
    standings.parts.iter().find(|one| one.part == part).unwrap()
}

async fn what_staff_say_of_a_part_is_read_until_it_works_again(db: TestStore) {
    let bench = opened(db);
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let (app, here) = (&bench.app, visit(&bench));
    assert_eq!(of(&standings(app, &here).await, Part::Sms).condition, Condition::Works);
    saying::say(app, &here, &bayu, &SLOW_SMS).await.unwrap();
    let slow = standings(app, &here).await;
    let sms = of(&slow, Part::Sms);
    assert_eq!((sms.condition, sms.since), (Condition::Slow, Some(here.now)));
    assert!(sms.text.as_ref().is_some_and(|(_, english)| english == SLOW_SMS.english));
    assert_eq!(of(&slow, Part::Email).condition, Condition::Works);
    bench.clock.advance(Duration::from_mins(2));
    let later = visit(&bench);
    let worse = Saying { condition: Condition::Closed, ..SLOW_SMS };
    saying::say(app, &later, &bayu, &worse).await.unwrap();
    let closed = standings(app, &later).await;
    let sms = of(&closed, Part::Sms);
    assert_eq!((sms.condition, sms.since), (Condition::Closed, Some(later.now)));
    let fine = Saying { condition: Condition::Works, indonesian: "", english: "", ..SLOW_SMS };
    saying::say(app, &later, &bayu, &fine).await.unwrap();
    let over = standings(app, &later).await;
    assert_eq!(of(&over, Part::Sms).condition, Condition::Works);
    let history: Vec<Condition> = over.history.iter().map(|one| one.condition).collect();
    assert_eq!(history, [Condition::Closed, Condition::Slow]);
}

async fn what_is_measured_is_noted_with_its_beginning_and_its_end(db: TestStore) {
    let bench = opened(db);
    payung_testkit::people::budi(&bench.app).await;
    watch(&bench.app).await.unwrap();
    let began = bench.clock.now();
    // A code that nobody sends: after two minutes it is late.
    right_password(&bench, "budi").await;
    bench.clock.advance(Duration::from_secs(121));
    watch(&bench.app).await.unwrap();
    watch(&bench.app).await.unwrap();
    let mut tx = bench.app.store.read().await.unwrap();
    let open = episodes::open(&mut tx).await.unwrap();
    drop(tx);
    assert_eq!(open.len(), 1, "{open:?}");
    let slow = (open[0].part, open[0].source, open[0].condition);
    assert_eq!(slow, (Part::Email, Source::Measured, Condition::Slow));
    assert!(open[0].began_at > began);
    let read = standings(&bench.app, &visit(&bench)).await;
    assert_eq!(of(&read, Part::Email).since, Some(open[0].began_at));
    // It is sent at last.
    deliver(&bench).await;
    watch(&bench.app).await.unwrap();
    let read = standings(&bench.app, &visit(&bench)).await;
    assert_eq!(of(&read, Part::Email).condition, Condition::Works);
    assert_eq!(read.history.len(), 1);
    assert_eq!(read.history[0].ended_at, Some(bench.clock.now()));
}

async fn a_database_that_was_away_is_noted_once_it_is_back(db: TestStore) {
    let bench = opened(db);
    let gone = bench.clock.now();
    // Two processes saw it, one a little later than the other.
    for _ in 0..2 {
        bench.app.service.went_away(bench.clock.now());
        bench.clock.advance(Duration::from_secs(20));
        bench.app.service.went_away(bench.clock.now());
        watch(&bench.app).await.unwrap();
    }
    let read = standings(&bench.app, &visit(&bench)).await;
    assert!(read.parts.iter().all(|one| one.condition == Condition::Works));
    let closed = read.history.iter().filter(|one| one.condition == Condition::Closed);
    assert_eq!((closed.count(), read.history.len()), (7, 7), "{:?}", read.history);
    let first = &read.history[0];
    assert_eq!((first.began_at, first.ended_at), (gone, Some(gone.plus(Duration::from_secs(20)))));
    assert!(!read.history.iter().any(|one| one.part == Part::HelpLine), "people still answer");
}

async fn m05_every_act_at_the_desk_is_a_link_of_one_chain(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    looks_up(&bench, &lestari).await;
    let (app, here) = (&bench.app, visit(&bench));
    let verdict = chain::look(app, &here, &auditor).await.unwrap().unwrap();
    assert_eq!((verdict.broken, verdict.checked), (None, verdict.head.height));
    assert!(verdict.head.height >= 5, "{verdict:?}");
    // What was noted then is so later, and a mark of another chain is not.
    looks_up(&bench, &lestari).await;
    let later = chain::verify(&app.store, Some(verdict.head)).await.unwrap();
    assert_eq!(later.broken, None);
    let mut other = verdict.head;
    other.link[0] ^= 1;
    let not_so = chain::verify(&app.store, Some(other)).await.unwrap();
    assert_eq!(not_so.broken, Some(Break::NotAsNoted(other.height)));
    assert_eq!(chain::recent(&app.store).await.unwrap().broken, None);
    chain::watch(app).await.unwrap();
    let counted = (app.counters.audit_height.get(), app.counters.audit_broken.total());
    assert_eq!(counted, (u64::try_from(later.head.height).unwrap(), 0));
}

async fn m05_the_audit_tells_where_it_was_tampered_with(db: TestStore) {
    let bench = opened(db);
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let (app, here) = (&bench.app, visit(&bench));
    let mut tx = app.store.write().await.unwrap();
    let sql = "update staff_audit set officer = 'nobody' where act = 'joined'";
    assert_eq!(tx.run("tampering", sql, Vec::new()).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let verdict = chain::look(app, &here, &auditor).await.unwrap().unwrap();
    assert_eq!(verdict.broken, Some(Break::Changed(2)));
    assert_eq!(chain::recent(&app.store).await.unwrap().broken, Some(Break::Changed(2)));
    chain::watch(app).await.unwrap();
    assert_eq!(app.counters.audit_broken.total(), 2, "each look is counted, and alarms");
    let choice = Choice { act: Some(Act::AuditVerified), ..Choice::default() };
    let part = audit::page(app, &here, &auditor, &choice, None).await.unwrap().unwrap();
    assert_eq!(part.lines[0].detail, "changed", "what came of looking is written down");
}

async fn p05_the_audit_is_filtered_by_member_and_day(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    looks_up(&bench, &lestari).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let (app, here) = (&bench.app, visit(&bench));
    let read = async |choice: Choice| {
        let part = audit::page(app, &here, &auditor, &choice, None).await.unwrap().unwrap();
        part.lines
    };
    let looked = Choice { act: Some(Act::LookedUp), ..Choice::default() };
    let person = read(looked.clone()).await[0].person.unwrap();
    let about = About::parse(&About::short(person));
    let of_siti = read(Choice { about, ..Choice::default() }).await;
    assert!(!of_siti.is_empty() && of_siti.iter().all(|line| line.person == Some(person)));
    let nobodys = Choice { about: About::parse("00000000ffff"), ..Choice::default() };
    assert!(read(nobodys).await.is_empty());
    let today = here.now.date(Zone::default());
    let (yesterday, tomorrow) = (today.yesterday().unwrap(), today.tomorrow().unwrap());
    let between = |from, until| Choice { from, until, ..looked.clone() };
    assert_eq!(read(between(Some(today), Some(today))).await.len(), 1);
    assert!(read(between(Some(tomorrow), None)).await.is_empty());
    assert!(read(between(None, Some(yesterday))).await.is_empty());
    assert!(between(Some(today), Some(yesterday)).is_backwards());
    assert!(!between(Some(today), Some(today)).is_backwards());
}

async fn p05_the_operator_reads_and_takes_the_audit_for_a_reason(db: TestStore) {
    let bench = opened(db);
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let (app, all) = (&bench.app, Choice::default());
    let part = audit::page_by_operator(app, &all, 1, "asked by the court").await.unwrap();
    assert!(part.lines.len() == 1 && part.older.is_some());
    let taken = audit::take_by_operator(app, &all, "for the other system").await.unwrap();
    let Taken::Lines(lines) = taken else { panic!("not taken: {taken:?}") };
    let mut heights: Vec<i64> = lines.iter().map(|(place, _)| place.height).collect();
    let newest = i64::try_from(lines.len()).unwrap();
    heights.sort_unstable();
    assert_eq!(heights, (1..=newest).collect::<Vec<_>>(), "every line has its place");
    assert_eq!(written(&bench, &auditor, Act::AuditRead, Outcome::Done).await, 1);
    assert_eq!(written(&bench, &auditor, Act::AuditTaken, Outcome::Done).await, 1);
}
