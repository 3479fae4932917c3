//! Cases: what opens them, who works on them and who never may, and what members read of it.

use std::slice;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::ids::{AccountId, Nik};
use payung_domain::marks::Mark;
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::cases::{
    Age, CaseReference, Closing, DRAFT_LIFE, Kind, LONGEST_NOTE, Linked, NoNote, NotDone, Standing,
    THREE_DAYS, What, Whose,
};
use payung_domain::staff::verification::Method;
use payung_domain::staff::{Officer, Right, Role};
use payung_domain::transactions::Outcome as Reported;
use payung_flows::activity::{self as history, Choice as Lines};
use payung_flows::recoveries::desk::{self, Hand};
use payung_flows::sessions::SignedIn as Member;
use payung_flows::staff::cases::contests::{self, Answer};
use payung_flows::staff::cases::operator::{self, Closed};
use payung_flows::staff::cases::queue::{self, Choice};
use payung_flows::staff::cases::work::{
    self, ForMember, Opened, Seen, Shown, Wish, Worked, keep_draft, open_for_member,
};
use payung_flows::staff::cases::{self, New};
use payung_flows::staff::looks::{self, Found};
use payung_flows::staff::people as colleagues;
use payung_flows::staff::verification::{self, Checked, Step};
use payung_flows::staff::{Denied, SignedIn};
use payung_flows::transactions::desk as reports;
use payung_testkit::people;
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::payouts::has_happened;
use crate::staff::{live, looks_for, opened, someone, written};
use crate::{deliver, payouts, recoveries, signed_in, text_of, transactions, visit};

on_each_engine!(
    p07_a_member_contests_a_look_and_another_officer_answers,
    p07_nobody_handles_what_contests_their_own_act,
    p07_a_check_and_the_end_of_a_case_are_contested_too,
    s5_what_is_not_the_members_or_not_by_staff_is_not_contested,
    p02_every_role_does_to_cases_what_it_may_and_no_more,
    p02_nobody_handles_a_case_about_their_own_membership,
    of_two_officers_the_slower_one_loses_nothing_that_was_written,
    a_case_is_handed_over_to_whoever_could_have_it,
    p01_whoever_is_shut_out_in_the_middle_of_a_case_does_nothing_more,
    p05_whoever_takes_a_case_has_looked,
    p05_only_the_officer_of_a_case_sees_the_member_and_the_member_reads_it,
    a_recovery_and_a_report_are_cases_at_once_even_when_they_are_nobodys,
    a_case_ends_with_what_it_is_about_and_a_report_with_its_case,
    the_queue_says_what_is_due_and_what_is_late,
    an_officer_opens_a_case_for_whoever_called,
    the_operator_lists_shows_and_closes_with_a_reason,
);

async fn officer(bench: &Bench, name: &str, role: Role) -> SignedIn {
    let who = someone(bench, name, role, None).await;
    live(bench, &who.session).await
}

/// Budi, whose record this officer has looked at, and where the line stands that tells of it.
async fn looked_at(bench: &Bench, by: &SignedIn) -> (Member, Mark) {
    let budi = people::budi(&bench.app).await;
    let claim = people::on_record_with(&bench.app, &budi, 7).await;
    let session = signed_in(bench).await;
    let member = payouts::live(bench, &session).await;
    let found = looks_for(bench, by, claim.kpj.as_str()).await;
    assert!(matches!(found, Found::Record(_)), "{found:?}");
    let mark = line_of(bench, &member, Event::StaffOpened).await;
    (member, mark)
}

async fn line_of(bench: &Bench, member: &Member, event: Event) -> Mark {
    let lines = Lines::default();
    let part = history::page(&bench.app, &visit(bench), member, lines, None).await.unwrap();
    part.lines.iter().find(|(_, line)| line.event == event).expect("it happened").0
}

async fn contests(bench: &Bench, member: &Member, mark: Mark) -> CaseReference {
    let why = "I never called anybody";
    match contests::submit(&bench.app, &visit(bench), member, mark, why).await.unwrap() {
        Answer::Case(reference) => reference,
        other => panic!("not contested: {other:?}"),
    }
}

/// A question of this account.
pub(crate) async fn asked(bench: &Bench, account: AccountId) -> CaseReference {
    let new = New { words: "why?", ..New::of(Kind::Question, Some(account), Linked::Nothing) };
    let mut tx = bench.app.store.write().await.unwrap();
    let reference = cases::open(&bench.app, &mut tx, &new, visit(bench).now).await.unwrap();
    tx.commit().await.unwrap();
    reference
}

async fn does(
    bench: &Bench,
    who: &SignedIn,
    (reference, version): (&CaseReference, u32),
    wish: Wish<'_>,
) -> Worked {
    let seen = Seen { reference, version };
    work::work(&bench.app, &visit(bench), who, seen, wish).await.unwrap()
}

async fn reads(bench: &Bench, who: &SignedIn, reference: &CaseReference) -> Opened {
    work::show(&bench.app, &visit(bench), who, reference).await.unwrap()
}

async fn sees(bench: &Bench, who: &SignedIn, reference: &CaseReference) -> Shown {
    match reads(bench, who, reference).await {
        Opened::Case(shown) => *shown,
        other => panic!("not open: {other:?}"),
    }
}

async fn letters(bench: &Bench) -> Vec<String> {
    deliver(bench).await.iter().map(text_of).collect()
}

async fn p05_whoever_takes_a_case_has_looked(db: TestStore) {
    let bench = Bench::with(db, |settings| {
        settings.desk.public_url = Some("https://desk.payung.example".to_owned());
        settings.desk.looks_per_hour = 2;
    });
    let budi = people::budi(&bench.app).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    for _ in 0..2 {
        let reference = asked(&bench, budi.id).await;
        assert_eq!(does(&bench, &lestari, (&reference, 1), Wish::Take).await, Worked::Done);
        let back = Wish::HandOver(None, "");
        assert_eq!(does(&bench, &lestari, (&reference, 2), back).await, Worked::Done);
    }
    let third = asked(&bench, budi.id).await;
    assert_eq!(does(&bench, &lestari, (&third, 1), Wish::Take).await, Worked::TooMany);
    assert_eq!(looks_for(&bench, &lestari, "99999999999").await, Found::TooMany);
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    assert_eq!(written(&bench, &auditor, Act::CaseTaken, Outcome::TooMuch).await, 1);
}

async fn p07_a_member_contests_a_look_and_another_officer_answers(db: TestStore) {
    let bench = opened(db);
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let (member, mark) = looked_at(&bench, &lestari).await;
    letters(&bench).await;
    let shown = contests::view(&bench.app, &member, mark).await.unwrap().unwrap();
    assert_eq!((shown.case, &*shown.view.unwrap().officer), (None, "lestari"));
    let reference = contests(&bench, &member, mark).await;
    assert_eq!(contests(&bench, &member, mark).await, reference, "said twice, it is one case");
    let told = letters(&bench).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(reference.as_str()));
    assert!(has_happened(&bench, &member, Event::ActContested).await);

    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let case = sees(&bench, &bayu, &reference).await;
    assert_eq!(
        (case.case.kind, case.entries[0].text.as_str()),
        (Kind::Contested, "I never called anybody")
    );
    assert_eq!(case.case.due_at, visit(&bench).now.plus(THREE_DAYS));
    assert_eq!(does(&bench, &bayu, (&reference, 1), Wish::Take).await, Worked::Done);
    let close = Wish::Close(Closing::Explained, "the call is on record");
    assert_eq!(does(&bench, &bayu, (&reference, 2), close).await, Worked::Done);
    let told = letters(&bench).await;
    assert!(told.iter().any(|letter| letter.contains("bayu")), "who works on it: {told:?}");
    assert!(told.iter().any(|letter| letter.contains(reference.as_str())), "the end: {told:?}");
    assert!(!told.iter().any(|letter| letter.contains("call is on record")), "read by others");
    assert!(has_happened(&bench, &member, Event::CaseClosed).await);
    let shown = contests::view(&bench.app, &member, mark).await.unwrap().unwrap();
    let closed = shown.case.unwrap().closed.map(|(outcome, _)| outcome);
    assert_eq!(closed, Some(Closing::Explained), "the member reads it");
    let again = does(&bench, &bayu, (&reference, 3), Wish::Note("one more")).await;
    assert_eq!(again, Worked::Not(NotDone::Closed));
}

async fn p07_nobody_handles_what_contests_their_own_act(db: TestStore) {
    let bench = opened(db);
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let (member, mark) = looked_at(&bench, &lestari).await;
    let reference = contests(&bench, &member, mark).await;
    assert!(matches!(reads(&bench, &lestari, &reference).await, Opened::Own));
    for wish in [Wish::Take, Wish::Note("it was fine"), Wish::HandOver(None, "")] {
        assert_eq!(does(&bench, &lestari, (&reference, 1), wish).await, Worked::Own);
    }
    assert_eq!(written(&bench, &bayu, Act::CaseTaken, Outcome::Refused).await, 1);
    let to = Officer::parse("lestari").unwrap();
    let wish = Wish::HandOver(Some(&to), "");
    assert_eq!(does(&bench, &bayu, (&reference, 1), wish).await, Worked::Nobody);
    let shown = sees(&bench, &bayu, &reference).await;
    assert!(!shown.colleagues.contains(&"lestari".to_owned()));
}

async fn p07_a_check_and_the_end_of_a_case_are_contested_too(db: TestStore) {
    let bench = opened(db);
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let (member, _) = looked_at(&bench, &lestari).await;
    let Found::Record(look) = looks_for(&bench, &lestari, "90000000107").await else {
        panic!("no record")
    };
    let (app, here) = (&bench.app, visit(&bench));
    let step = Step::Document(Method::Ktp, "990007");
    let checked = verification::take(app, &here, &lestari, look, step).await.unwrap();
    assert_eq!(checked, Checked::Done);
    let mark = line_of(&bench, &member, Event::StaffVerified).await;
    let first = contests(&bench, &member, mark).await;
    assert_eq!(does(&bench, &lestari, (&first, 1), Wish::Take).await, Worked::Own);
    assert_eq!(does(&bench, &bayu, (&first, 1), Wish::Take).await, Worked::Done);
    let close = Wish::Close(Closing::Explained, "the card was seen");
    assert_eq!(does(&bench, &bayu, (&first, 2), close).await, Worked::Done);
    let mark = line_of(&bench, &member, Event::CaseClosed).await;
    let shown = contests::view(app, &member, mark).await.unwrap().unwrap();
    let view = shown.view.unwrap();
    assert_eq!((&*view.officer, &*view.reason.text), ("bayu", first.as_str()));
    let second = contests(&bench, &member, mark).await;
    assert_eq!(does(&bench, &bayu, (&second, 1), Wish::Take).await, Worked::Own);
}

async fn s5_what_is_not_the_members_or_not_by_staff_is_not_contested(db: TestStore) {
    let bench = opened(db);
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let (member, mark) = looked_at(&bench, &lestari).await;
    let (app, here) = (&bench.app, visit(&bench));
    let own = line_of(&bench, &member, Event::SignedIn).await;
    let nowhere = Mark { at: here.now, id: uuid::Uuid::nil() };
    for mark in [own, nowhere] {
        assert!(contests::view(app, &member, mark).await.unwrap().is_none());
        let answer = contests::submit(app, &here, &member, mark, "why?").await.unwrap();
        assert_eq!(answer, Answer::Unknown);
    }
    let siti = people::siti(app).await;
    let mut stranger = member.clone();
    stranger.account.id = siti.id;
    let answer = contests::submit(app, &here, &stranger, mark, "why?").await.unwrap();
    assert_eq!(answer, Answer::Unknown, "another member's line");
    for (typed, problem) in [(" ", NoNote::Empty), (&*"a".repeat(LONGEST_NOTE + 1), NoNote::Long)] {
        let answer = contests::submit(app, &here, &member, mark, typed).await.unwrap();
        assert_eq!(answer, Answer::NoReason(problem));
    }
    assert!(operator::list(app, (None, None), 10).await.unwrap().is_empty());
}

async fn p02_every_role_does_to_cases_what_it_may_and_no_more(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    officer(&bench, "bayu", Role::Supervisor).await;
    let bayu = Officer::parse("bayu").unwrap();
    for (name, role) in Role::ALL.into_iter().map(|role| (format!("a-{}", role.name()), role)) {
        let who = officer(&bench, &name, role).await;
        let reference = asked(&bench, budi.id).await;
        let (app, here) = (&bench.app, visit(&bench));
        let refused = async |act| written(&bench, &auditor, act, Outcome::Refused).await;

        let before = (refused(Act::QueueRead).await, refused(Act::CaseRead).await);
        let page = queue::page(app, &here, &who, &Choice::default(), None).await.unwrap();
        assert_eq!(page.is_ok(), role.may(Right::ReadCases), "{role:?}");
        let read = reads(&bench, &who, &reference).await;
        assert_eq!(matches!(read, Opened::Case(_)), role.may(Right::ReadCases), "{role:?}");
        let after = (refused(Act::QueueRead).await, refused(Act::CaseRead).await);
        let more = usize::from(!role.may(Right::ReadCases));
        assert_eq!(after, (before.0 + more, before.1 + more), "{role:?}");

        let to_bayu = Wish::HandOver(Some(&bayu), "");
        if role.may(Right::HandleCases) {
            let early = does(&bench, &who, (&reference, 1), to_bayu).await;
            let expected = if role.may(Right::AssignCases) {
                Worked::Done
            } else {
                Worked::Not(NotDone::NotYours)
            };
            assert_eq!(early, expected, "{role:?}");
            if role.may(Right::AssignCases) {
                let back = Wish::HandOver(None, "");
                assert_eq!(does(&bench, &who, (&reference, 2), back).await, Worked::Done);
            }
            let version = sees(&bench, &who, &reference).await.case.version;
            let close = Wish::Close(Closing::Helped, "done on the telephone");
            let wishes =
                [Wish::Take, Wish::Note("asked"), Wish::Wait, Wish::Resume, to_bayu, Wish::Take];
            for (seen, wish) in (version..).zip(wishes) {
                let expected =
                    if seen == version + 5 { Worked::Not(NotDone::Taken) } else { Worked::Done };
                assert_eq!(does(&bench, &who, (&reference, seen), wish).await, expected);
            }
            let others = does(&bench, &who, (&reference, version + 5), close).await;
            assert_eq!(others, Worked::Not(NotDone::NotYours), "{role:?}");
        } else {
            for (act, wish) in [
                (Act::CaseTaken, Wish::Take),
                (Act::CaseNoted, Wish::Note("asked")),
                (Act::CaseWaits, Wish::Wait),
                (Act::CaseHandedOver, to_bayu),
                (Act::CaseClosed, Wish::Close(Closing::Helped, "done")),
            ] {
                let before = refused(act).await;
                let worked = does(&bench, &who, (&reference, 1), wish).await;
                assert_eq!(worked, Worked::Denied(Denied::Role), "{role:?}");
                assert_eq!(refused(act).await, before + 1, "{role:?}");
            }
            let kept = keep_draft(app, &here, &who, &reference, "half").await.unwrap();
            assert_eq!(kept, Worked::Denied(Denied::Role));
        }
    }
}

async fn p02_nobody_handles_a_case_about_their_own_membership(db: TestStore) {
    let bench = opened(db);
    let siti = crate::staff::siti_on_record(&bench).await;
    let nik = Nik::parse(people::NIK).unwrap();
    let herself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let herself = live(&bench, &herself.session).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let reference = asked(&bench, siti.id).await;
    assert!(matches!(reads(&bench, &herself, &reference).await, Opened::Own));
    assert_eq!(does(&bench, &herself, (&reference, 1), Wish::Take).await, Worked::Own);
    let to = Officer::parse("siti").unwrap();
    let wish = Wish::HandOver(Some(&to), "");
    assert_eq!(does(&bench, &bayu, (&reference, 1), wish).await, Worked::Nobody);
    assert_eq!(sees(&bench, &bayu, &reference).await.case.version, 1);
}

async fn of_two_officers_the_slower_one_loses_nothing_that_was_written(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let reference = asked(&bench, budi.id).await;
    assert_eq!(does(&bench, &lestari, (&reference, 1), Wish::Take).await, Worked::Done);
    assert_eq!(does(&bench, &bayu, (&reference, 1), Wish::Take).await, Worked::Changed);
    let late = does(&bench, &bayu, (&reference, 1), Wish::Note("I was slower")).await;
    assert_eq!(late, Worked::Changed);
    let shown = sees(&bench, &bayu, &reference).await;
    assert_eq!(shown.draft.as_deref(), Some("I was slower"));
    assert!(sees(&bench, &lestari, &reference).await.draft.is_none(), "it is the other's");
    let long = "a".repeat(LONGEST_NOTE + 1);
    let too_long = does(&bench, &bayu, (&reference, 2), Wish::Note(&long)).await;
    assert_eq!(too_long, Worked::NoNote(NoNote::Long));
    assert_eq!(sees(&bench, &bayu, &reference).await.draft, Some(long));
    let written = does(&bench, &bayu, (&reference, 2), Wish::Note("I was slower")).await;
    assert_eq!(written, Worked::Done);
    let shown = sees(&bench, &bayu, &reference).await;
    assert_eq!(shown.draft, None, "what is written is no draft any more");
    let happened: Vec<What> = shown.entries.iter().map(|entry| entry.what).collect();
    assert_eq!(happened, [What::Opened, What::Taken, What::Noted]);
    let (app, here) = (&bench.app, visit(&bench));
    keep_draft(app, &here, &bayu, &reference, "half a note").await.unwrap();
    bench.clock.advance(DRAFT_LIFE);
    assert_eq!(sees(&bench, &bayu, &reference).await.draft, None, "eight hours");
}

async fn a_case_is_handed_over_to_whoever_could_have_it(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    officer(&bench, "a-verifier", Role::Verifier).await;
    officer(&bench, "auditor", Role::Auditor).await;
    let reference = asked(&bench, budi.id).await;
    assert_eq!(does(&bench, &lestari, (&reference, 1), Wish::Take).await, Worked::Done);
    assert_eq!(sees(&bench, &lestari, &reference).await.colleagues, ["a-verifier"]);
    for name in ["auditor", "nobody"] {
        let to = Officer::parse(name).unwrap();
        let wish = Wish::HandOver(Some(&to), "");
        assert_eq!(does(&bench, &lestari, (&reference, 2), wish).await, Worked::Nobody, "{name}");
    }
    let to = Officer::parse("a-verifier").unwrap();
    let wish = Wish::HandOver(Some(&to), "knows more");
    assert_eq!(does(&bench, &lestari, (&reference, 2), wish).await, Worked::Done);
    let shown = sees(&bench, &lestari, &reference).await;
    assert_eq!((shown.holder.as_deref(), shown.member.is_none()), (Some("a-verifier"), true));
    let last = shown.entries.last().unwrap();
    assert_eq!(
        (last.what, &*last.detail, &*last.text),
        (What::HandedOver, "a-verifier", "knows more")
    );
}

async fn p01_whoever_is_shut_out_in_the_middle_of_a_case_does_nothing_more(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let darma = officer(&bench, "darma", Role::Administrator).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let reference = asked(&bench, budi.id).await;
    assert_eq!(does(&bench, &lestari, (&reference, 1), Wish::Take).await, Worked::Done);
    let (app, here, name) = (&bench.app, visit(&bench), lestari.staff.name.clone());
    colleagues::switch(app, &here, &darma, &name, true, "works no more").await.unwrap();
    let close = Wish::Close(Closing::Refused, "just like that");
    let worked = does(&bench, &lestari, (&reference, 2), close).await;
    assert_eq!(worked, Worked::Denied(Denied::Role));
    assert!(matches!(reads(&bench, &lestari, &reference).await, Opened::Denied(Denied::Role)));
    // Whoever assigns frees the case.
    let back = Wish::HandOver(None, "");
    assert_eq!(does(&bench, &bayu, (&reference, 2), back).await, Worked::Done);
}

async fn p05_only_the_officer_of_a_case_sees_the_member_and_the_member_reads_it(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    people::on_record_with(&bench.app, &budi, 7).await;
    let session = signed_in(&bench).await;
    let member = payouts::live(&bench, &session).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let reference = asked(&bench, budi.id).await;
    assert!(sees(&bench, &lestari, &reference).await.member.is_none());
    assert!(!has_happened(&bench, &member, Event::StaffOpened).await);
    assert_eq!(does(&bench, &lestari, (&reference, 1), Wish::Take).await, Worked::Done);
    let seen = sees(&bench, &lestari, &reference).await.member.unwrap();
    let nik = match &seen.fields[0].1 {
        looks::Shown::Masked(text) => text.clone(),
        other => panic!("not masked: {other:?}"),
    };
    assert!(nik.contains('•'), "{nik}");
    assert!(sees(&bench, &bayu, &reference).await.member.is_none(), "not his case");
    let mark = line_of(&bench, &member, Event::StaffOpened).await;
    let shown = contests::view(&bench.app, &member, mark).await.unwrap().unwrap();
    let view = shown.view.unwrap();
    assert_eq!((&*view.officer, &*view.reason.text), ("lestari", reference.as_str()));
    let close = Wish::Close(Closing::Helped, "done on the telephone");
    assert_eq!(does(&bench, &lestari, (&reference, 2), close).await, Worked::Done);
    assert!(sees(&bench, &lestari, &reference).await.member.is_none(), "it is over");
}

async fn a_recovery_and_a_report_are_cases_at_once_even_when_they_are_nobodys(db: TestStore) {
    let bench = Bench::new(db);
    let budi = transactions::budi(&bench, 2).await;
    let choice = payung_flows::transactions::Choice::default();
    let row = transactions::page(&bench, &budi, &choice).await.rows.remove(0);
    let report = transactions::reported(&bench, &budi, &row.spot).await;
    assert_eq!(transactions::reported(&bench, &budi, &row.spot).await, report);
    let all = operator::list(&bench.app, (Some(Kind::Transaction), None), 10).await.unwrap();
    assert_eq!(all.len(), 1, "reported twice, it is one case");
    assert_eq!(all[0].case.linked, Linked::Report(report));
    assert_eq!(all[0].case.account, Some(budi.account.id));
    assert_eq!(all[0].case.person, Some(budi.account.person));

    let hints = recoveries::by_kpj();
    let lost = recoveries::everything();
    let nobodys = recoveries::ask(&bench, &hints, &recoveries::email(), lost).await;
    let all = operator::list(&bench.app, (Some(Kind::Recovery), None), 10).await.unwrap();
    assert_eq!(all.len(), 1);
    let case = &all[0].case;
    assert_eq!((&case.linked, case.account), (&Linked::Recovery(nobodys), None));
    assert_eq!(case.due_at, case.opened_at.plus(THREE_DAYS));
}

async fn a_case_ends_with_what_it_is_about_and_a_report_with_its_case(db: TestStore) {
    let bench = opened(db);
    let budi = transactions::budi(&bench, 2).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let choice = payung_flows::transactions::Choice::default();
    let rows = transactions::page(&bench, &budi, &choice).await.rows;
    let first = transactions::reported(&bench, &budi, &rows[0].spot).await;
    let second = transactions::reported(&bench, &budi, &rows[1].spot).await;
    let app = &bench.app;
    let case_of = async |linked: Linked| {
        let all = operator::list(app, (None, None), 10).await.unwrap();
        let found = all.into_iter().find(|one| one.case.linked == linked);
        found.expect("it is a case").case.reference
    };
    let hers = case_of(Linked::Report(first)).await;
    assert_eq!(does(&bench, &bayu, (&hers, 1), Wish::Take).await, Worked::Done);
    let unfit = Wish::Close(Closing::Helped, "done on the telephone");
    assert_eq!(does(&bench, &bayu, (&hers, 2), unfit).await, Worked::Not(NotDone::Unfit));
    let fraud = Wish::Close(Closing::Fraud, "somebody else had the card");
    assert_eq!(does(&bench, &bayu, (&hers, 2), fraud).await, Worked::Done);
    let open = reports::list(app, true, 10).await.unwrap();
    assert_eq!(open.iter().map(|one| &one.reference).collect::<Vec<_>>(), [&second]);
    assert!(has_happened(&bench, &budi, Event::ReportClosed).await);

    let name = Officer::parse("bayu").unwrap();
    let hand = Hand { officer: &name, reason: "by the command line" };
    let other = case_of(Linked::Report(second.clone())).await;
    let closed = reports::close(app, &hand, &second, Reported::Explained).await.unwrap();
    assert_eq!(closed, reports::Closed::Done);
    assert_eq!(sees(&bench, &bayu, &other).await.case.state.standing(), Standing::Closed);

    let (hints, lost) = (recoveries::by_kpj(), recoveries::everything());
    let asked = recoveries::ask(&bench, &hints, &recoveries::email(), lost).await;
    let of_recovery = case_of(Linked::Recovery(asked.clone())).await;
    desk::refuse(app, &hand, &asked).await.unwrap();
    let shown = sees(&bench, &bayu, &of_recovery).await;
    assert_eq!(shown.case.state.standing(), Standing::Closed);
    assert_eq!(shown.entries.last().unwrap().author, "bayu");
}

async fn the_queue_says_what_is_due_and_what_is_late(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let first = asked(&bench, budi.id).await;
    bench.clock.advance(Duration::from_hours(25));
    let second = asked(&bench, budi.id).await;
    let listed = async |choice: Choice| {
        let page = queue::page(&bench.app, &visit(&bench), &lestari, &choice, None).await;
        let rows = page.unwrap().unwrap().rows;
        rows.into_iter().map(|row| row.case.reference).collect::<Vec<_>>()
    };
    let all = Choice::default();
    assert_eq!(listed(all).await, [first.clone(), second.clone()]);
    assert_eq!(listed(Choice { age: Some(Age::Day), ..all }).await, slice::from_ref(&first));
    assert!(listed(Choice { age: Some(Age::Overdue), ..all }).await.is_empty());
    assert_eq!(does(&bench, &lestari, (&first, 1), Wish::Take).await, Worked::Done);
    assert_eq!(listed(Choice { whose: Some(Whose::Own), ..all }).await, slice::from_ref(&first));
    assert_eq!(listed(Choice { whose: Some(Whose::Nobody), ..all }).await, [second]);
    assert!(listed(Choice { whose: Some(Whose::Team), ..all }).await.is_empty());
    bench.clock.advance(Duration::from_hours(48));
    assert_eq!(listed(Choice { age: Some(Age::Overdue), ..all }).await, slice::from_ref(&first));
    assert!(sees(&bench, &lestari, &first).await.is_overdue);
}

async fn an_officer_opens_a_case_for_whoever_called(db: TestStore) {
    let bench = opened(db);
    crate::staff::siti_on_record(&bench).await;
    let lestari = officer(&bench, "lestari", Role::Helpdesk).await;
    let bayu = officer(&bench, "bayu", Role::Supervisor).await;
    let Found::Record(look) = looks_for(&bench, &lestari, people::KPJ).await else {
        panic!("no record")
    };
    let (app, here) = (&bench.app, visit(&bench));
    let wish = (look, Kind::Correction);
    let text = "the birth date is wrong";
    let empty = open_for_member(app, &here, &lestari, wish, " ").await.unwrap();
    assert_eq!(empty, ForMember::NoNote(NoNote::Empty));
    let forged = open_for_member(app, &here, &bayu, wish, text).await.unwrap();
    assert_eq!(forged, ForMember::Gone, "the look of somebody else");
    letters(&bench).await;
    let made = open_for_member(app, &here, &lestari, wish, text).await.unwrap();
    let ForMember::Case(reference) = made else { panic!("not opened: {made:?}") };
    let told = letters(&bench).await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(reference.as_str()) && told[0].contains("lestari"), "{told:?}");
    assert!(!told[0].contains(text), "read by others");
    let shown = sees(&bench, &bayu, &reference).await;
    assert_eq!((&*shown.entries[0].author, &*shown.entries[0].text), ("lestari", text));
    match looks::record(app, &here, &lestari, look).await.unwrap() {
        looks::Opened::Record(record) => assert_eq!(record.cases[0].reference, reference),
        other => panic!("no record: {other:?}"),
    }
}

async fn the_operator_lists_shows_and_closes_with_a_reason(db: TestStore) {
    let bench = opened(db);
    let budi = people::budi(&bench.app).await;
    let auditor = officer(&bench, "auditor", Role::Auditor).await;
    let reference = asked(&bench, budi.id).await;
    let app = &bench.app;
    let (listed, entries) =
        operator::show(app, &reference, "asked by the auditor").await.unwrap().unwrap();
    assert_eq!((listed.case.reference, entries.len()), (reference.clone(), 1));
    let unknown = CaseReference::parse("77777777").unwrap();
    assert!(operator::show(app, &unknown, "asked by the auditor").await.unwrap().is_none());
    let close = async |which: &CaseReference| {
        operator::close(app, which, Closing::Withdrawn, "the desk is moving").await.unwrap()
    };
    assert_eq!(close(&unknown).await, Closed::Unknown);
    assert_eq!(close(&reference).await, Closed::Done);
    assert_eq!(close(&reference).await, Closed::Not(NotDone::Closed));
    assert_eq!(written(&bench, &auditor, Act::CaseClosed, Outcome::Done).await, 1);
    let closed = operator::list(app, (None, Some(Standing::Closed)), 10).await.unwrap();
    assert_eq!(closed.len(), 1);
    assert!(operator::list(app, (None, None), 10).await.unwrap().is_empty());
    assert!(letters(&bench).await.iter().any(|letter| letter.contains(reference.as_str())));
}
