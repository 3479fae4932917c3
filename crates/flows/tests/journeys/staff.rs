//! The support desk: every act as every role, as a member, as nobody, and on one's own record; what
//! members read of it; limits; and officers who are shut out in the middle of it.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::ids::{LookId, Nik};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{Field, Kind, LOOK_LIFE, Query, Reason, UNMASKED, Why};
use payung_domain::staff::source::{Origin, Source};
use payung_domain::staff::{IDLE, LIFE, Officer, PROOF_LIFE, Right, Role};
use payung_domain::token::Token;
use payung_flows::activity::{self as history, Choice as Lines};
use payung_flows::export::{self, Taken as Exported};
use payung_flows::passkeys::{Answered, Challenge};
use payung_flows::sessions::{self, Found as Session};
use payung_flows::staff::audit::{self, Choice, Taken};
use payung_flows::staff::invitations::{self, Guest, Invited, Joined};
use payung_flows::staff::looks::{self, Found, Opened, Search, Shown, Unmasked};
use payung_flows::staff::passkeys::{self, Answer};
use payung_flows::staff::people::{self as colleagues, Changed};
use payung_flows::staff::{self, Denied, SignedIn, chain};
use payung_testkit::authenticator::Authenticator;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::{deliver, signed_in, text_of, visit};

on_each_engine!(
    p02_every_act_as_every_role_is_done_or_refused_and_written_down,
    p01_no_session_of_a_member_opens_the_desk_and_none_of_the_desk_a_member,
    p05_nobody_looks_up_the_own_record,
    p05_a_record_is_its_officers_and_shut_after_half_an_hour,
    p05_one_field_is_shown_for_five_minutes,
    p05_an_officer_looks_up_so_many_and_no_more,
    m07_the_member_reads_who_looked_and_why_and_gets_a_letter,
    p01_a_dangerous_act_needs_a_passkey_used_a_moment_ago,
    p01_a_session_at_the_desk_ends_when_it_is_quiet,
    p02_whoever_is_shut_out_does_nothing_more,
    p01_an_invitation_is_used_once_and_by_a_verified_owner,
    d01_a_challenge_of_the_desk_is_answered_once,
    p05_a_second_press_is_one_look_and_tells_once,
    p04_nobody_is_two_officers_at_a_time,
    p05_a_number_that_is_told_later_counts_from_then_on,
    j10_the_invitation_of_an_administrator_works_for_an_hour,
    r6_an_invitation_does_not_outlive_being_shut_out,
    e04_made_up_invitations_are_counted,
    m03_a_passkey_that_does_not_verify_its_owner_is_written_down,
    m02_every_line_says_from_which_network_and_in_which_session,
);

const DESK: &str = "https://desk.payung.example";

pub(crate) fn opened(db: TestStore) -> Bench {
    Bench::with(db, |settings| settings.desk.public_url = Some(DESK.to_owned()))
}

fn browser() -> Token {
    Token::of(&[8; 32])
}

fn device(number: u8) -> Authenticator {
    let mut device = Authenticator::new(number);
    DESK.clone_into(&mut device.origin);
    "desk.payung.example".clone_into(&mut device.host);
    device
}

/// Somebody at the desk, with the device that holds their passkey.
pub(crate) struct Someone {
    device: Authenticator,
    pub(crate) session: Token,
}

async fn invited(bench: &Bench, name: &str, role: Role, nik: Option<&Nik>) -> Token {
    let name = Officer::parse(name).unwrap();
    let guest = Guest { name: &name, role, nik, reason: "begins to work here" };
    match invitations::invite(&bench.app, &guest).await.unwrap() {
        Invited::Link { link, .. } => {
            let token = link.strip_prefix("https://desk.payung.example/join?token=").unwrap();
            Token::parse(token).unwrap()
        }
        Invited::Taken => panic!("the name is taken"),
    }
}

async fn joins(bench: &Bench, token: &Token, device: &mut Authenticator) -> Joined {
    let (app, here, browser) = (&bench.app, visit(bench), browser());
    let welcome = invitations::open(app, &here, &browser, token).await.unwrap().unwrap();
    let credential = device.register(&welcome.challenge.options);
    let answered = Answered { sealed: &welcome.challenge.sealed, credential: &credential };
    invitations::accept(app, &here, &browser, token, answered).await.unwrap()
}

/// Everybody here: each has a device of their own.
const NAMES: &[&str] = &[
    "lestari",
    "bayu",
    "siti",
    "darma",
    "auditor",
    "a-helpdesk",
    "a-verifier",
    "a-supervisor",
    "a-auditor",
    "a-administrator",
];

pub(crate) async fn someone(bench: &Bench, name: &str, role: Role, nik: Option<&Nik>) -> Someone {
    let number = NAMES.iter().position(|known| *known == name).expect("a name from the list");
    let mut device = device(u8::try_from(number).unwrap() + 10);
    let token = invited(bench, name, role, nik).await;
    match joins(bench, &token, &mut device).await {
        Joined::SignedIn(session) => Someone { device, session },
        other => panic!("{name} did not get in: {other:?}"),
    }
}

pub(crate) async fn live(bench: &Bench, session: &Token) -> SignedIn {
    staff::find(&bench.app, &visit(bench), session).await.unwrap().expect("signed in at the desk")
}

pub(crate) fn reason() -> Reason {
    Reason { why: Why::Call, text: "asks why May is missing".to_owned() }
}

/// Looks Siti up by her member number.
pub(crate) async fn looks_up(bench: &Bench, who: &SignedIn) -> Found {
    looks_for(bench, who, people::KPJ).await
}

pub(crate) async fn looks_for(bench: &Bench, who: &SignedIn, kpj: &str) -> Found {
    let (kind, query, reason) = (Kind::Kpj, Query::parse(Kind::Kpj, kpj).unwrap(), reason());
    let search = Search { kind, query: &query, reason: &reason };
    looks::look_up(&bench.app, &visit(bench), who, search).await.unwrap()
}

pub(crate) async fn finds(bench: &Bench, who: &SignedIn) -> LookId {
    match looks_up(bench, who).await {
        Found::Record(look) => look,
        other => panic!("no record: {other:?}"),
    }
}

pub(crate) async fn siti_on_record(bench: &Bench) -> people::Somebody {
    let siti = people::siti(&bench.app).await;
    people::put_on_record(&bench.app, &siti).await;
    siti
}

/// How often this act came out so, as the auditor reads it.
pub(crate) async fn written(
    bench: &Bench,
    auditor: &SignedIn,
    act: Act,
    outcome: Outcome,
) -> usize {
    let choice = Choice { act: Some(act), outcome: Some(outcome), ..Choice::default() };
    let here = visit(bench);
    let part = audit::page(&bench.app, &here, auditor, &choice, None).await.unwrap().unwrap();
    part.lines.len()
}

async fn p02_every_act_as_every_role_is_done_or_refused_and_written_down(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    let nobody = Officer::parse("nobody").unwrap();
    for (name, role) in Role::ALL.into_iter().map(|role| (format!("a-{}", role.name()), role)) {
        let who = someone(&bench, &name, role, None).await;
        let who = live(&bench, &who.session).await;
        let (app, here) = (&bench.app, visit(&bench));
        let refused = async |act| written(&bench, &auditor, act, Outcome::Refused).await;

        let before = refused(Act::LookedUp).await;
        let found = looks_up(&bench, &who).await;
        assert_eq!(matches!(found, Found::Record(_)), role.may(Right::LookUp), "{role:?}");
        let look = if let Found::Record(look) = found {
            look
        } else {
            assert_eq!(found, Found::Denied(Denied::Role));
            assert_eq!(refused(Act::LookedUp).await, before + 1);
            LookId(uuid::Uuid::nil())
        };

        let record = looks::record(app, &here, &who, look).await.unwrap();
        assert_eq!(matches!(record, Opened::Record(_)), role.may(Right::LookUp), "{role:?}");

        let wish = (look, Field::Nik);
        let shown = looks::unmask(app, &here, &who, wish, "compares the card").await.unwrap();
        assert_eq!(shown == Unmasked::Done, role.may(Right::Unmask), "{role:?}");

        let page = audit::page(app, &here, &who, &Choice::default(), None).await.unwrap();
        assert_eq!(page.is_ok(), role.may(Right::ReadAudit), "{role:?}");
        let file = audit::take(app, &here, &who, &Choice::default(), "for the year").await;
        let is_denied = matches!(file.unwrap(), Taken::Denied(Denied::Role));
        assert_eq!(is_denied, !role.may(Right::ExportAudit), "{role:?}");
        let chain = chain::look(app, &here, &who).await.unwrap();
        assert_eq!(
            chain.map(|verdict| verdict.broken).ok(),
            role.may(Right::ReadAudit).then_some(None)
        );

        let list = colleagues::list(app, &here, &who).await.unwrap();
        assert_eq!(list.is_ok(), role.may(Right::ManageStaff), "{role:?}");
        let before = refused(Act::Disabled).await;
        let switched =
            colleagues::switch(app, &here, &who, &nobody, true, "works no more").await.unwrap();
        let expected = if role.may(Right::ManageStaff) {
            Changed::Nothing
        } else {
            assert_eq!(refused(Act::Disabled).await, before + 1);
            Changed::Denied(Denied::Role)
        };
        assert_eq!(switched, expected, "{role:?}");
    }
    let done = written(&bench, &auditor, Act::LookedUp, Outcome::Done).await;
    assert_eq!(done, Role::ALL.iter().filter(|role| role.may(Right::LookUp)).count());
}

async fn p01_no_session_of_a_member_opens_the_desk_and_none_of_the_desk_a_member(db: TestStore) {
    let bench = opened(db);
    people::budi(&bench.app).await;
    let (app, here) = (&bench.app, visit(&bench));
    let member = signed_in(&bench).await;
    assert!(staff::find(app, &here, &member).await.unwrap().is_none());
    let nobodys = Token::new(&*app.dice);
    assert!(staff::find(app, &here, &nobodys).await.unwrap().is_none());
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let found = sessions::find(app, &here, &lestari.session).await.unwrap();
    assert!(matches!(found, Session::Unknown));
}

async fn p05_nobody_looks_up_the_own_record(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let nik = Nik::parse(people::NIK).unwrap();
    let herself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let herself = live(&bench, &herself.session).await;
    assert_eq!(looks_up(&bench, &herself).await, Found::Own);
    assert_eq!(written(&bench, &herself, Act::LookedUp, Outcome::Refused).await, 1);
}

async fn p05_a_record_is_its_officers_and_shut_after_half_an_hour(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let bayu = someone(&bench, "bayu", Role::Supervisor, None).await;
    let (lestari, bayu) = (live(&bench, &lestari.session).await, live(&bench, &bayu.session).await);
    let look = finds(&bench, &lestari).await;
    let (app, here) = (&bench.app, visit(&bench));
    // The id of somebody else's look is worth nothing, and that it was tried is written down.
    assert!(matches!(looks::record(app, &here, &bayu, look).await.unwrap(), Opened::Gone));
    let wish = (look, Field::Nik);
    let shown = looks::unmask(app, &here, &bayu, wish, "compares the card").await.unwrap();
    assert_eq!(shown, Unmasked::Gone);
    assert_eq!(written(&bench, &bayu, Act::Opened, Outcome::Refused).await, 1);
    assert_eq!(written(&bench, &bayu, Act::Unmasked, Outcome::Refused).await, 1);
    bench.clock.advance(LOOK_LIFE);
    let later = visit(&bench);
    assert!(matches!(looks::record(app, &later, &lestari, look).await.unwrap(), Opened::Gone));
}

async fn nik_of(bench: &Bench, who: &SignedIn, look: LookId) -> Shown {
    match looks::record(&bench.app, &visit(bench), who, look).await.unwrap() {
        Opened::Record(record) => record.fields[0].1.clone(),
        other => panic!("no record: {other:?}"),
    }
}

async fn p05_one_field_is_shown_for_five_minutes(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(&bench, &lestari.session).await;
    let look = finds(&bench, &lestari).await;
    assert!(matches!(nik_of(&bench, &lestari, look).await, Shown::Masked(_)));
    let (app, here, wish) = (&bench.app, visit(&bench), (look, Field::Nik));
    let without = looks::unmask(app, &here, &lestari, wish, "short").await.unwrap();
    assert!(matches!(without, Unmasked::NoReason(_)));
    let shown = looks::unmask(app, &here, &lestari, wish, "compares the card").await.unwrap();
    assert_eq!(shown, Unmasked::Done);
    let until = here.now.plus(UNMASKED);
    let all = "0001015407900003".to_owned();
    assert_eq!(nik_of(&bench, &lestari, look).await, Shown::Text(all, until));
    bench.clock.advance(UNMASKED);
    assert!(matches!(nik_of(&bench, &lestari, look).await, Shown::Masked(_)));
}

async fn p05_an_officer_looks_up_so_many_and_no_more(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.desk.public_url = Some(DESK.to_owned());
        settings.desk.looks_per_hour = 2;
        settings.desk.looks_per_day = 3;
    });
    siti_on_record(&bench).await;
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(&bench, &lestari.session).await;
    assert!(matches!(looks_up(&bench, &lestari).await, Found::Record(_)));
    // Whoever is nobody counts too: guessing is no way around the limit.
    assert_eq!(looks_for(&bench, &lestari, "99999999999").await, Found::Nobody);
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(looks_up(&bench, &lestari).await, Found::TooMany);
    assert_eq!(bench.app.counters.looks_over_limit.total(), 1);
    bench.clock.advance(Duration::from_hours(1) + Duration::from_secs(1));
    assert!(matches!(looks_up(&bench, &lestari).await, Found::Record(_)));
    bench.clock.advance(Duration::from_hours(1) + Duration::from_secs(1));
    assert_eq!(looks_up(&bench, &lestari).await, Found::TooMany, "three a day");
}

async fn m07_the_member_reads_who_looked_and_why_and_gets_a_letter(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let member = signed_in(&bench).await;
    deliver(&bench).await;
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(&bench, &lestari.session).await;
    let Found::Record(look) = looks_for(&bench, &lestari, claim.kpj.as_str()).await else {
        panic!("no record")
    };
    let (app, here) = (&bench.app, visit(&bench));
    let wish = (look, Field::Phone);
    looks::unmask(app, &here, &lestari, wish, "calls him back").await.unwrap();
    let letters: Vec<String> = deliver(&bench).await.iter().map(text_of).collect();
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert!(letters.iter().all(|letter| letter.contains("lestari")));
    assert!(!letters.iter().any(|letter| letter.contains("May is missing")), "read by others");
    let Session::Live(owner) = sessions::find(app, &here, &member).await.unwrap() else {
        panic!("signed out")
    };
    let part = history::page(app, &here, &owner, Lines::default(), None).await.unwrap();
    let views = history::views(app, budi.id, &part.lines).await.unwrap();
    let of = |event| {
        let (mark, _) = part.lines.iter().find(|(_, line)| line.event == event).unwrap();
        views.iter().find(|(id, _)| *id == mark.id).map(|(_, view)| view.clone()).unwrap()
    };
    let (seen, unmasked) = (of(Event::StaffOpened), of(Event::StaffUnmasked));
    assert_eq!((&*seen.officer, seen.reason, seen.field), ("lestari", reason(), None));
    assert_eq!((&*unmasked.reason.text, unmasked.field), ("calls him back", Some(Field::Phone)));
    // What he takes along says so too (M-08).
    let taken = export::everything(app, &here, &owner).await.unwrap();
    let Exported::All(all) = taken else { panic!("too many") };
    let text: String = all.into_json().collect();
    assert!(text.contains("\"officer\":\"lestari\"") && text.contains("asks why May is missing"));
    assert!(text.contains("\"field\":\"phone\""), "{text}");
}

async fn answers(bench: &Bench, someone: &mut Someone, challenge: &Challenge) -> Answer {
    let (app, here, browser) = (&bench.app, visit(bench), browser());
    let credential = someone.device.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    passkeys::sign_in(app, &here, &browser, answered, None).await.unwrap()
}

async fn p01_a_dangerous_act_needs_a_passkey_used_a_moment_ago(db: TestStore) {
    let bench = opened(db);
    let mut darma = someone(&bench, "darma", Role::Administrator, None).await;
    bench.clock.advance(PROOF_LIFE);
    let late = live(&bench, &darma.session).await;
    let (app, here, browser) = (&bench.app, visit(&bench), browser());
    let list = colleagues::list(app, &here, &late).await.unwrap();
    assert_eq!(list.map(drop), Err(Denied::Proof));
    let challenge = passkeys::begin_confirming(app, &here, &browser, &darma.session).unwrap();
    let credential = darma.device.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let (id, token) = (late.staff.id, &darma.session);
    let answer = passkeys::confirm(app, &here, &browser, id, token, answered).await.unwrap();
    let Answer::SignedIn(renewed) = answer else { panic!("not proved: {answer:?}") };
    assert!(staff::find(app, &here, &darma.session).await.unwrap().is_none(), "H-02");
    let proved = live(&bench, &renewed).await;
    assert!(colleagues::list(app, &here, &proved).await.unwrap().is_ok());
}

async fn p01_a_session_at_the_desk_ends_when_it_is_quiet(db: TestStore) {
    let bench = opened(db);
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let app = &bench.app;
    let mut minutes = 0;
    while minutes < LIFE.as_secs() / 60 {
        live(&bench, &lestari.session).await;
        bench.clock.advance(Duration::from_mins(10));
        minutes += 10;
    }
    assert!(staff::find(app, &visit(&bench), &lestari.session).await.unwrap().is_none(), "8 h");
    let bayu = someone(&bench, "bayu", Role::Supervisor, None).await;
    bench.clock.advance(IDLE);
    assert!(staff::find(app, &visit(&bench), &bayu.session).await.unwrap().is_none(), "quiet");
}

async fn p02_whoever_is_shut_out_does_nothing_more(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let mut lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let darma = someone(&bench, "darma", Role::Administrator, None).await;
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    let (officer, darma) =
        (live(&bench, &lestari.session).await, live(&bench, &darma.session).await);
    let (app, here) = (Arc::clone(&bench.app), visit(&bench));
    let own = darma.staff.name.clone();
    let changed = colleagues::switch(&app, &here, &darma, &own, true, "a slip of the hand").await;
    assert_eq!(changed.unwrap(), Changed::Own);
    let name = officer.staff.name.clone();
    let changed = colleagues::switch(&app, &here, &darma, &name, true, "works no more").await;
    assert_eq!(changed.unwrap(), Changed::Done);
    // The page that was open a moment ago, and the next one.
    assert_eq!(looks_up(&bench, &officer).await, Found::Denied(Denied::Role));
    assert!(staff::find(&app, &here, &lestari.session).await.unwrap().is_none());
    for (act, times) in [(Act::LookedUp, 1), (Act::CameBack, 1)] {
        assert_eq!(written(&bench, &auditor, act, Outcome::Refused).await, times, "{act:?}");
    }
    let challenge = passkeys::begin_sign_in(&app, &here, &browser()).unwrap();
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::Refused));
    assert_eq!(written(&bench, &auditor, Act::SignedIn, Outcome::Refused).await, 1);
    let changed = colleagues::switch(&app, &here, &darma, &name, false, "works here again").await;
    assert_eq!(changed.unwrap(), Changed::Done);
    let challenge = passkeys::begin_sign_in(&app, &here, &browser()).unwrap();
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::SignedIn(_)));
}

async fn p01_an_invitation_is_used_once_and_by_a_verified_owner(db: TestStore) {
    let bench = opened(db);
    let (app, here) = (&bench.app, visit(&bench));
    let first = invited(&bench, "lestari", Role::Helpdesk, None).await;
    let second = invited(&bench, "lestari", Role::Helpdesk, None).await;
    assert!(invitations::open(app, &here, &browser(), &first).await.unwrap().is_none());
    let mut careless = device(1);
    careless.flags.is_verified = false;
    let joined = joins(&bench, &second, &mut careless).await;
    assert!(matches!(joined, Joined::Not(Answer::NotVerified | Answer::Refused)), "{joined:?}");
    let mut good = device(2);
    assert!(matches!(joins(&bench, &second, &mut good).await, Joined::SignedIn(_)));
    assert!(invitations::open(app, &here, &browser(), &second).await.unwrap().is_none(), "used");
    let name = Officer::parse("lestari").unwrap();
    let guest = Guest { name: &name, role: Role::Auditor, nik: None, reason: "another role" };
    assert_eq!(invitations::invite(app, &guest).await.unwrap(), Invited::Taken);
    good.flags.is_verified = false;
    let challenge = passkeys::begin_sign_in(app, &here, &browser()).unwrap();
    let session = Token::new(&*app.dice);
    let mut lestari = Someone { device: good, session };
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::NotVerified));
}

async fn d01_a_challenge_of_the_desk_is_answered_once(db: TestStore) {
    let bench = opened(db);
    let mut lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let challenge = passkeys::begin_sign_in(&bench.app, &visit(&bench), &browser()).unwrap();
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::SignedIn(_)));
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::Stale));
    // One that was made for a sign-in proves no session.
    let challenge = passkeys::begin_sign_in(&bench.app, &visit(&bench), &browser()).unwrap();
    let credential = lestari.device.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let (here, officer) = (visit(&bench), live(&bench, &lestari.session).await);
    let (id, token) = (officer.staff.id, &lestari.session);
    let answer = passkeys::confirm(&bench.app, &here, &browser(), id, token, answered).await;
    assert!(matches!(answer.unwrap(), Answer::Stale));
}

async fn p05_a_number_that_is_told_later_counts_from_then_on(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let herself = someone(&bench, "siti", Role::Supervisor, None).await;
    let herself = live(&bench, &herself.session).await;
    let look = finds(&bench, &herself).await;
    let nik = Nik::parse(people::NIK).unwrap();
    invited(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    assert_eq!(looks_up(&bench, &herself).await, Found::Own);
    let before = looks::record(&bench.app, &visit(&bench), &herself, look).await.unwrap();
    assert!(matches!(before, Opened::Gone), "what was open is shut");
    assert_eq!(written(&bench, &herself, Act::Opened, Outcome::Refused).await, 1);
}

async fn j10_the_invitation_of_an_administrator_works_for_an_hour(db: TestStore) {
    let bench = opened(db);
    let darma = invited(&bench, "darma", Role::Administrator, None).await;
    let lestari = invited(&bench, "lestari", Role::Helpdesk, None).await;
    bench.clock.advance(Duration::from_hours(1));
    let (app, here) = (&bench.app, visit(&bench));
    assert!(invitations::open(app, &here, &browser(), &darma).await.unwrap().is_none());
    assert!(invitations::open(app, &here, &browser(), &lestari).await.unwrap().is_some());
}

async fn r6_an_invitation_does_not_outlive_being_shut_out(db: TestStore) {
    let bench = opened(db);
    let token = invited(&bench, "lestari", Role::Helpdesk, None).await;
    let name = Officer::parse("lestari").unwrap();
    for is_out in [true, false] {
        let why = "the link went astray";
        let changed = colleagues::switch_by_operator(&bench.app, &name, is_out, why).await;
        assert!(changed.unwrap());
    }
    let (app, here) = (&bench.app, visit(&bench));
    assert!(invitations::open(app, &here, &browser(), &token).await.unwrap().is_none());
}

async fn e04_made_up_invitations_are_counted(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.desk.public_url = Some(DESK.to_owned());
        settings.limits.sign_ins_per_address = 2;
    });
    let (app, here, browser) = (&bench.app, visit(&bench), browser());
    let mut last = None;
    for tried in 1..=3 {
        let made_up = Token::new(&*app.dice);
        let answered = Answered { sealed: "", credential: "" };
        let joined = invitations::accept(app, &here, &browser, &made_up, answered).await.unwrap();
        assert_eq!(matches!(joined, Joined::Gone), tried <= 2, "{joined:?}");
        last = Some(joined);
    }
    assert!(matches!(last, Some(Joined::Not(Answer::TooMany { .. }))), "{last:?}");
}

async fn m03_a_passkey_that_does_not_verify_its_owner_is_written_down(db: TestStore) {
    let bench = opened(db);
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    let mut lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    lestari.device.flags.is_verified = false;
    let challenge = passkeys::begin_sign_in(&bench.app, &visit(&bench), &browser()).unwrap();
    assert!(matches!(answers(&bench, &mut lestari, &challenge).await, Answer::NotVerified));
    assert_eq!(written(&bench, &auditor, Act::SignedIn, Outcome::Refused).await, 1);
}

async fn m02_every_line_says_from_which_network_and_in_which_session(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let mut lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let bayu = someone(&bench, "bayu", Role::Supervisor, None).await;
    let bayu = live(&bench, &bayu.session).await;
    bench.clock.advance(Duration::from_secs(1));
    let first = live(&bench, &lestari.session).await;
    looks_up(&bench, &first).await;
    bench.clock.advance(PROOF_LIFE);
    let here = visit(&bench);
    let challenge =
        passkeys::begin_confirming(&bench.app, &here, &browser(), &lestari.session).unwrap();
    let session = lestari.session.clone();
    let credential = lestari.device.sign(&challenge.options);
    let answered = Answered { sealed: &challenge.sealed, credential: &credential };
    let staff = first.staff.id;
    let proved = passkeys::confirm(&bench.app, &here, &browser(), staff, &session, answered).await;
    let Answer::SignedIn(renewed) = proved.unwrap() else { panic!("not proved") };
    let again = live(&bench, &renewed).await;
    assert_eq!(again.source, first.source, "another token, and the same session");
    bench.clock.advance(Duration::from_secs(1));
    let here = visit(&bench);
    staff::sign_out(&bench.app, &here, &renewed).await.unwrap();

    let lines_of = async |choice: Choice| {
        audit::page(&bench.app, &here, &bayu, &choice, None).await.unwrap().unwrap().lines
    };
    let mark = first.source.session().to_owned();
    assert_eq!(mark.len(), 8);
    assert!(!renewed.expose().contains(&mark) && !session.expose().contains(&mark));
    let whole = lines_of(Choice { session: Some(mark), ..Choice::default() }).await;
    let acts: Vec<Act> = whole.iter().rev().map(|line| line.act).collect();
    assert_eq!(acts, [Act::Joined, Act::LookedUp, Act::Confirmed, Act::SignedOut]);
    assert!(whole.iter().all(|line| line.source == first.source && line.officer == "lestari"));
    let network = first.source.network().to_owned();
    assert!(network.ends_with('*'), "M-04: no whole address is kept");
    let there = lines_of(Choice { network: Some(network), ..Choice::default() }).await;
    assert!(there.iter().any(|line| line.officer == "bayu"));
    assert!(there.iter().all(|line| line.act != Act::Invited));
    let by_line = Choice { origin: Some(Origin::CommandLine), ..Choice::default() };
    let by_line = lines_of(by_line).await;
    assert_eq!(by_line.len(), 2, "the invitations");
    assert!(by_line.iter().all(|line| line.source == Source::CommandLine));
    assert_eq!(chain::verify(&bench.app.store, None).await.unwrap().broken, None);
}

async fn p05_a_second_press_is_one_look_and_tells_once(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(&bench, &lestari.session).await;
    deliver(&bench).await;
    let kpj = claim.kpj.as_str();
    let first = looks_for(&bench, &lestari, kpj).await;
    assert_eq!(looks_for(&bench, &lestari, kpj).await, first);
    let Found::Record(look) = first else { panic!("no record: {first:?}") };
    let (app, here, wish) = (&bench.app, visit(&bench), (look, Field::Phone));
    for _ in 0..2 {
        let shown = looks::unmask(app, &here, &lestari, wish, "calls him back").await.unwrap();
        assert_eq!(shown, Unmasked::Done);
    }
    assert_eq!(deliver(&bench).await.len(), 2, "one of the look, one of the field");
    bench.clock.advance(Duration::from_mins(1));
    assert_ne!(looks_for(&bench, &lestari, kpj).await, first, "later it is another look");
}

async fn p04_nobody_is_two_officers_at_a_time(db: TestStore) {
    let bench = opened(db);
    let nik = Nik::parse(people::NIK).unwrap();
    let [lestari, bayu] = ["lestari", "bayu"].map(|name| Officer::parse(name).unwrap());
    invited(&bench, "lestari", Role::Helpdesk, Some(&nik)).await;
    let why = "becomes a supervisor";
    let second = Guest { name: &bayu, role: Role::Supervisor, nik: Some(&nik), reason: why };
    assert_eq!(invitations::invite(&bench.app, &second).await.unwrap(), Invited::Taken);
    let done = colleagues::switch_by_operator(&bench.app, &lestari, true, why).await;
    assert!(done.unwrap());
    invited(&bench, "bayu", Role::Supervisor, Some(&nik)).await;
    let back = colleagues::switch_by_operator(&bench.app, &lestari, false, why).await;
    assert!(!back.unwrap(), "not beside the other name");
    let darma = someone(&bench, "darma", Role::Administrator, None).await;
    let darma = live(&bench, &darma.session).await;
    let here = visit(&bench);
    let back = colleagues::switch(&bench.app, &here, &darma, &lestari, false, why).await;
    assert_eq!(back.unwrap(), Changed::Twin);
    // Whoever tries it at the command line is written down like an officer.
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    for (act, times) in [(Act::Invited, 1), (Act::Enabled, 2)] {
        assert_eq!(written(&bench, &auditor, act, Outcome::Refused).await, times, "{act:?}");
    }
}
