//! The desk helps a member: made sure of first, alone for what was there before, with a second officer
//! and a day for the rest; and the member reads all of it and can stop it.

use std::sync::Arc;
use std::time::Duration;

use payung_domain::activity::Event;
use payung_domain::contact::Phone;
use payung_domain::contact_changes::{COOLING_OFF, Standing, UNDOABLE};
use payung_domain::ids::{ActId, LookId, Nik};
use payung_domain::payout_lock::Payouts;
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DELAY, DeskAct, End, Kind, NotApproved, UNAPPROVED};
use payung_domain::staff::audit::{Act, Outcome};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::verification::{Method, VERIFIED};
use payung_domain::staff::{Officer, Role};
use payung_domain::token::Token;
use payung_flows::activity;
use payung_flows::not_me;
use payung_flows::payouts;
use payung_flows::sign_in::password::Answer;
use payung_flows::staff::acts::{self, Asked, Decided, NotShown, Wish};
use payung_flows::staff::due::do_due;
use payung_flows::staff::helping::{self, ByLine, Helped, Said};
use payung_flows::staff::links::{self, Answer as Answered, Found as Link};
use payung_flows::staff::numbers::{self, Again, Proved};
use payung_flows::staff::people as colleagues;
use payung_flows::staff::verification::{self, Checked, Step, Stop};
use payung_flows::staff::{Denied, SignedIn};
use payung_storage::activity::Wanted;
use payung_storage::staff::acts as kept_acts;
use payung_storage::{accounts, activity as happened, contacts};
use payung_testkit::people::{self, PASSWORD, Somebody};
use payung_testkit::store::TestStore;
use payung_testkit::{Bench, on_each_engine};

use crate::recoveries::code_sent_to;
use crate::staff::{finds, live, opened, siti_on_record, someone, written};
use crate::{deliver, text_of, try_password, visit};

on_each_engine!(
    p03_nothing_is_done_before_the_member_was_made_sure_of,
    p03_the_member_answers_in_the_own_inbox,
    g10_a_contact_that_came_lately_says_nothing_of_who_somebody_is,
    p03_a_document_is_compared_and_not_guessed,
    e05_an_officer_opens_what_misses_shut_and_the_member_reads_by_whom,
    g11_a_link_goes_to_the_member_and_no_officer_sees_it,
    p04_a_second_officer_approves_and_a_day_later_the_number_is_exchanged,
    p04_the_member_cancels_from_the_letter_to_the_old_address,
    p04_this_was_not_me_cancels_too,
    m07_that_a_second_officer_looked_is_told_once,
    p04_nobody_approves_the_own_act_or_about_the_own_account,
    p06_a_number_is_proved_by_its_holder_before_anybody_approves,
    p06_the_desk_sends_another_code_after_a_while,
    e03_a_number_that_nobody_asked_for_waits_like_any_other,
    p04_an_account_that_changed_meanwhile_is_not_touched,
    p04_the_approval_of_an_officer_who_left_does_not_count,
    p04_what_an_officer_asked_for_who_was_shut_out_is_not_done,
    p04_nobody_approves_for_an_officer_who_was_shut_out,
    p04_an_address_that_nobody_confirmed_is_not_added,
    p04_what_nobody_approves_comes_to_nothing,
    p02_the_command_line_holds_known_officers_to_their_role,
);

const NEW: &str = "0800 0000 0009";

async fn helpdesk(bench: &Bench) -> (SignedIn, LookId) {
    let lestari = someone(bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(bench, &lestari.session).await;
    let look = finds(bench, &lestari).await;
    (lestari, look)
}

async fn sees_a_document(bench: &Bench, who: &SignedIn, look: LookId) {
    let step = Step::Document(Method::Ktp, "900003");
    let taken = verification::take(&bench.app, &visit(bench), who, look, step).await.unwrap();
    assert_eq!(taken, Checked::Done);
}

async fn helps(bench: &Bench, who: &SignedIn, look: LookId, kind: Kind) -> Helped {
    let what = (kind, "he called, and knows his number");
    helping::help(&bench.app, &visit(bench), who, look, what).await.unwrap()
}

async fn asks(bench: &Bench, who: &SignedIn, look: LookId, kind: Kind, new: &str) -> Asked {
    let wish = Wish { kind, new, is_called: true, reason: "lost the telephone" };
    acts::ask(&bench.app, &visit(bench), who, look, wish).await.unwrap()
}

/// Asked for by the helpdesk after a document was seen.
async fn asked(bench: &Bench, kind: Kind, new: &str) -> (SignedIn, ActId) {
    let (lestari, look) = helpdesk(bench).await;
    sees_a_document(bench, &lestari, look).await;
    match asks(bench, &lestari, look, kind, new).await {
        Asked::Done(act) => {
            if kind == Kind::ReplacePhone {
                is_proved(bench, act).await;
            }
            (lestari, act)
        }
        other => panic!("not asked for: {other:?}"),
    }
}

/// As if whoever holds the new number had typed the code.
async fn is_proved(bench: &Bench, act: ActId) {
    let mut tx = bench.app.store.write().await.unwrap();
    assert!(kept_acts::confirm(&mut tx, act, visit(bench).now).await.unwrap());
    tx.commit().await.unwrap();
}

async fn approves(bench: &Bench, who: &SignedIn, act: ActId) -> Decided {
    let why = "saw the card too";
    acts::approve(&bench.app, &visit(bench), who, act, why).await.unwrap()
}

async fn supervisor(bench: &Bench) -> SignedIn {
    let bayu = someone(bench, "bayu", Role::Supervisor, None).await;
    live(bench, &bayu.session).await
}

async fn kept(bench: &Bench, act: ActId) -> DeskAct {
    let mut tx = bench.app.store.read().await.unwrap();
    kept_acts::get(&mut tx, bench.app.store.vault(), act).await.unwrap().unwrap()
}

async fn ended(bench: &Bench, act: ActId) -> Option<End> {
    kept(bench, act).await.ended.map(|(end, _)| end)
}

/// The newest link of letters about the desk.
fn link(letters: &[String]) -> Token {
    let token = letters.iter().rev().find_map(|letter| {
        let (_, rest) = letter.split_once("/desk-request?token=")?;
        rest.split_whitespace().next()
    });
    Token::parse(token.expect("a link was sent")).unwrap()
}

async fn letters(bench: &Bench) -> Vec<String> {
    deliver(bench).await.iter().map(text_of).collect()
}

/// Who did it and why, as the member reads it beside the newest line of this event.
async fn told(bench: &Bench, who: &Somebody, event: Event) -> Option<(String, String)> {
    let mut tx = bench.app.store.read().await.unwrap();
    let now = visit(bench).now;
    let wanted = Wanted {
        group: None,
        from: now.minus(Duration::from_hours(1_000)),
        until: now.plus(Duration::from_hours(1)),
        before: None,
    };
    let lines = happened::list(&mut tx, who.id, &wanted, 100).await.unwrap();
    drop(tx);
    let views = activity::views(&bench.app, who.id, &lines).await.unwrap();
    let (mark, _) = lines.iter().find(|(_, line)| line.event == event)?;
    let (_, view) = views.into_iter().find(|(id, _)| *id == mark.id)?;
    Some((view.officer, view.reason.text))
}

async fn p03_nothing_is_done_before_the_member_was_made_sure_of(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    for kind in [Kind::Unlock, Kind::SendReset] {
        assert_eq!(helps(&bench, &lestari, look, kind).await, Helped::NotVerified);
    }
    let taken =
        verification::take(&bench.app, &visit(&bench), &lestari, look, Step::CallBack).await;
    assert_eq!(taken.unwrap(), Checked::Done);
    assert_eq!(helps(&bench, &lestari, look, Kind::Unlock).await, Helped::Nothing);
    let asked = asks(&bench, &lestari, look, Kind::ReplacePhone, NEW).await;
    assert_eq!(asked, Asked::NotVerified, "a telephone alone does not change one");
    // What a colleague checked is the colleague's.
    let bayu = supervisor(&bench).await;
    let his = finds(&bench, &bayu).await;
    assert_eq!(helps(&bench, &bayu, his, Kind::Unlock).await, Helped::NotVerified);
    let stopped = Helped::Not(Stop::Gone);
    assert_eq!(helps(&bench, &bayu, look, Kind::Unlock).await, stopped, "somebody else's look");
    let list = verification::show(&bench.app, &visit(&bench), &lestari, look).await.unwrap();
    let list = list.unwrap();
    let until = list.open.iter().find(|(kind, _)| *kind == Kind::Unlock).unwrap().1;
    assert_eq!(until, Some(visit(&bench).now.plus(VERIFIED)));
}

async fn p03_the_member_answers_in_the_own_inbox(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    deliver(&bench).await;
    let (app, here) = (&bench.app, visit(&bench));
    let asked = verification::take(app, &here, &lestari, look, Step::AskInbox).await.unwrap();
    assert_eq!(asked, Checked::Done);
    assert_eq!(helps(&bench, &lestari, look, Kind::Unlock).await, Helped::NotVerified);
    let sent = letters(&bench).await;
    let token = link(&sent);
    // Programs that read mail follow links: looking changes nothing.
    assert!(matches!(links::view(app, &here, &token).await.unwrap(), Link::Open(..)));
    assert_eq!(helps(&bench, &lestari, look, Kind::Unlock).await, Helped::NotVerified);
    assert!(matches!(links::submit(app, &here, &token).await.unwrap(), Answered::Checked));
    let again = links::submit(app, &here, &token).await.unwrap();
    assert!(matches!(again, Answered::Refused(Link::Over(..))));
    assert_eq!(helps(&bench, &lestari, look, Kind::Unlock).await, Helped::Nothing);
    assert!(told(&bench, &siti, Event::StaffVerified).await.is_some());
    let nobodys = Token::new(&*app.dice);
    assert!(matches!(links::view(app, &here, &nobodys).await.unwrap(), Link::Gone));
}

async fn g10_a_contact_that_came_lately_says_nothing_of_who_somebody_is(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    let (app, here) = (&bench.app, visit(&bench));
    // They sign in already, and do not serve recovery yet; then they do.
    for (came, expected) in [(COOLING_OFF, Checked::NoContact), (UNDOABLE, Checked::Done)] {
        let mut tx = app.store.write().await.unwrap();
        let vault = app.store.vault();
        let standing = Standing::confirmed(here.now.minus(came));
        for one in contacts::held(&mut tx, vault, siti.id).await.unwrap() {
            let is_theirs = contacts::set_standing(&mut tx, vault, siti.id, &one.to, &standing);
            assert!(is_theirs.await.unwrap());
        }
        tx.commit().await.unwrap();
        let list = verification::show(app, &here, &lestari, look).await.unwrap().unwrap();
        let is_offered = (list.phone.is_some(), list.email.is_some());
        assert_eq!(is_offered, (expected == Checked::Done, expected == Checked::Done));
        for step in [Step::CallBack, Step::AskInbox] {
            let taken = verification::take(app, &here, &lestari, look, step).await.unwrap();
            assert_eq!(taken, expected, "{step:?}");
        }
    }
}

async fn p03_a_document_is_compared_and_not_guessed(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    let (app, here) = (&bench.app, visit(&bench));
    let wrong = Step::Document(Method::Ktp, "900004");
    for _ in 0..3 {
        let taken = verification::take(app, &here, &lestari, look, wrong).await.unwrap();
        assert_eq!(taken, Checked::Wrong);
    }
    let right = Step::Document(Method::Ktp, "900003");
    let taken = verification::take(app, &here, &lestari, look, right).await.unwrap();
    assert_eq!(taken, Checked::TooMany);
}

async fn e05_an_officer_opens_what_misses_shut_and_the_member_reads_by_whom(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    for _ in 0..5 {
        try_password(&bench, "siti", "salah sekali ini").await;
    }
    assert!(matches!(try_password(&bench, "siti", PASSWORD).await, Answer::Paused(_)));
    let (lestari, look) = helpdesk(&bench).await;
    sees_a_document(&bench, &lestari, look).await;
    deliver(&bench).await;
    assert_eq!(helps(&bench, &lestari, look, Kind::Unlock).await, Helped::Done);
    let sent = letters(&bench).await;
    assert_eq!(sent.len(), 2, "by letter and by text message: {sent:?}");
    assert!(sent.iter().any(|letter| letter.contains("lestari")), "{sent:?}");
    let (officer, reason) = told(&bench, &siti, Event::StaffUnlocked).await.unwrap();
    assert_eq!((&*officer, &*reason), ("lestari", "he called, and knows his number"));
    assert!(matches!(try_password(&bench, "siti", PASSWORD).await, Answer::Right { .. }));
}

async fn g11_a_link_goes_to_the_member_and_no_officer_sees_it(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    sees_a_document(&bench, &lestari, look).await;
    deliver(&bench).await;
    assert_eq!(helps(&bench, &lestari, look, Kind::SendReset).await, Helped::Done);
    let sent = letters(&bench).await;
    let links = sent.iter().filter(|letter| letter.contains("/reset-password?token=")).count();
    assert_eq!(links, 1, "{sent:?}");
    assert!(sent.iter().any(|letter| letter.contains("lestari")), "{sent:?}");
}

async fn phones(bench: &Bench, who: &Somebody) -> Vec<String> {
    let mut tx = bench.app.store.read().await.unwrap();
    let (vault, now) = (bench.app.store.vault(), visit(bench).now);
    let held = contacts::held(&mut tx, vault, who.id).await.unwrap();
    let counting = held.iter().filter(|one| one.standing.counts(now));
    let all = counting.map(|one| one.to.expose().to_owned());
    all.filter(|text| !text.contains('@')).collect()
}

async fn payouts_are_shut(bench: &Bench, who: &Somebody) -> bool {
    let view = payouts::view(&bench.app, &visit(bench), who.id).await.unwrap();
    !matches!(view.payouts, Payouts::Open)
}

async fn p04_a_second_officer_approves_and_a_day_later_the_number_is_exchanged(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let before = phones(&bench, &siti).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let sent = letters(&bench).await;
    assert!(sent.iter().any(|letter| letter.contains("/desk-request?token=")), "{sent:?}");
    assert!(payouts_are_shut(&bench, &siti).await);
    assert!(told(&bench, &siti, Event::StaffAskedPhone).await.is_some());
    bench.clock.advance(Duration::from_hours(1));
    let bayu = supervisor(&bench).await;
    let due_at = visit(&bench).now.plus(DELAY);
    assert_eq!(approves(&bench, &bayu, act).await, Decided::Approved(due_at));
    let already = Decided::Not(NotApproved::Already);
    assert_eq!(approves(&bench, &bayu, act).await, already);
    let (officer, _) = told(&bench, &siti, Event::StaffApproved).await.unwrap();
    assert_eq!(officer, "bayu");
    bench.clock.advance(Duration::from_hours(24).saturating_sub(Duration::from_secs(1)));
    assert_eq!(do_due(&bench.app).await.unwrap(), 0);
    assert_eq!(phones(&bench, &siti).await, before);
    deliver(&bench).await;
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(do_due(&bench.app).await.unwrap(), 1);
    assert_eq!(do_due(&bench.app).await.unwrap(), 0, "once");
    assert_eq!(ended(&bench, act).await, Some(End::Done));
    // From here on it is a change like any other: it cools off, and the old ones can undo it.
    assert!(payouts_are_shut(&bench, &siti).await);
    let sent = letters(&bench).await;
    assert!(sent.iter().any(|letter| letter.contains("/undo-change?token=")), "{sent:?}");
    assert_eq!(phones(&bench, &siti).await, before);
    bench.clock.advance(COOLING_OFF);
    assert_ne!(phones(&bench, &siti).await, before);
    assert!(!payouts_are_shut(&bench, &siti).await);
}

async fn p04_the_member_cancels_from_the_letter_to_the_old_address(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    deliver(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let bayu = supervisor(&bench).await;
    assert!(matches!(approves(&bench, &bayu, act).await, Decided::Approved(_)));
    let token = link(&letters(&bench).await);
    let (app, here) = (&bench.app, visit(&bench));
    assert!(matches!(links::view(app, &here, &token).await.unwrap(), Link::Open(..)));
    assert_eq!(ended(&bench, act).await, None, "looking changes nothing");
    assert!(matches!(links::submit(app, &here, &token).await.unwrap(), Answered::Cancelled));
    assert_eq!(ended(&bench, act).await, Some(End::Cancelled));
    assert!(!payouts_are_shut(&bench, &siti).await);
    assert!(told(&bench, &siti, Event::StaffActEnded).await.is_some());
    bench.clock.advance(DELAY);
    assert_eq!(do_due(&bench.app).await.unwrap(), 0);
    let over = Decided::Not(NotApproved::Over(End::Cancelled));
    let fresh = live_again(&bench).await;
    assert_eq!(approves(&bench, &fresh, act).await, over);
}

/// A verifier who signs in now.
async fn live_again(bench: &Bench) -> SignedIn {
    let again = someone(bench, "a-verifier", Role::Verifier, None).await;
    live(bench, &again.session).await
}

async fn p04_this_was_not_me_cancels_too(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    deliver(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let sent = letters(&bench).await;
    let token = sent.iter().find_map(|letter| {
        let (_, rest) = letter.split_once("/not-me?token=")?;
        rest.split_whitespace().next()
    });
    let token = Token::parse(token.expect("the letter asks")).unwrap();
    let answer = not_me::submit(&bench.app, &visit(&bench), &token).await.unwrap();
    assert!(matches!(answer, not_me::Answer::Secured));
    assert_eq!(ended(&bench, act).await, Some(End::Cancelled));
}

async fn m07_that_a_second_officer_looked_is_told_once(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    bench.clock.advance(Duration::from_mins(1));
    let bayu = supervisor(&bench).await;
    deliver(&bench).await;
    for _ in 0..2 {
        let shown = acts::show(&bench.app, &visit(&bench), &bayu, act).await.unwrap();
        assert!(shown.is_ok(), "{shown:?}");
    }
    let sent = letters(&bench).await;
    assert!(sent.len() == 1 && sent[0].contains("bayu"), "{sent:?}");
    let (officer, reason) = told(&bench, &siti, Event::StaffOpened).await.unwrap();
    assert_eq!((&*officer, &*reason), ("bayu", "lost the telephone"));
}

async fn p06_a_number_is_proved_by_its_holder_before_anybody_approves(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    sees_a_document(&bench, &lestari, look).await;
    let Asked::Done(act) = asks(&bench, &lestari, look, Kind::ReplacePhone, NEW).await else {
        panic!("not asked for")
    };
    let bayu = supervisor(&bench).await;
    assert_eq!(approves(&bench, &bayu, act).await, Decided::Not(NotApproved::Unproved));
    let to = Destination::Sms(Phone::parse(NEW).unwrap());
    let code = code_sent_to(&bench, &to).await;
    let (app, here) = (&bench.app, visit(&bench));
    let nobodys = numbers::prove(app, &here, "0800 0000 0010", &code).await.unwrap();
    assert_eq!(nobodys, Proved::Wrong);
    let none = numbers::prove(app, &here, "nobody", &code).await.unwrap();
    assert!(matches!(none, Proved::NoNumber(_)), "{none:?}");
    let short = numbers::prove(app, &here, NEW, "12").await.unwrap();
    assert!(matches!(short, Proved::Unreadable(_)), "{short:?}");
    // L7: of many at once, one proves it; nobody does it twice.
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (app, here, code) = (Arc::clone(&bench.app), visit(&bench), code.clone());
            tokio::spawn(async move { numbers::prove(&app, &here, NEW, &code).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        done += usize::from(task.await.unwrap() == Proved::Done);
    }
    assert_eq!(done, 1);
    assert!(kept(&bench, act).await.confirmed_at.is_some());
    assert_eq!(written(&bench, &bayu, Act::NumberProved, Outcome::Done).await, 1);
    assert!(matches!(approves(&bench, &bayu, act).await, Decided::Approved(_)));
}

async fn p06_the_desk_sends_another_code_after_a_while(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, look) = helpdesk(&bench).await;
    sees_a_document(&bench, &lestari, look).await;
    let Asked::Done(act) = asks(&bench, &lestari, look, Kind::ReplacePhone, NEW).await else {
        panic!("not asked for")
    };
    let again =
        async || numbers::send_again(&bench.app, &visit(&bench), &lestari, act).await.unwrap();
    assert!(matches!(again().await, Again::Wait(_)));
    let to = Destination::Sms(Phone::parse(NEW).unwrap());
    let first = code_sent_to(&bench, &to).await;
    bench.clock.advance(Duration::from_mins(1));
    assert_eq!(again().await, Again::Sent);
    assert_ne!(code_sent_to(&bench, &to).await, first);
    bench.clock.advance(Duration::from_secs(9 * 60 + 30));
    let late = numbers::prove(&bench.app, &visit(&bench), NEW, &first).await.unwrap();
    assert_eq!(late, Proved::Late);
    is_proved(&bench, act).await;
    assert!(matches!(again().await, Again::NotShown(NotShown::Denied(Denied::Proof))));
    let fresh = live_again(&bench).await;
    let nothing = numbers::send_again(&bench.app, &visit(&bench), &fresh, act).await.unwrap();
    assert_eq!(nothing, Again::Nothing);
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    let refused = numbers::send_again(&bench.app, &visit(&bench), &auditor, act).await.unwrap();
    assert_eq!(refused, Again::NotShown(NotShown::Denied(Denied::Role)));
}

async fn e03_a_number_that_nobody_asked_for_waits_like_any_other(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    for number in ["0800 0000 0010", NEW] {
        if number == NEW {
            let (lestari, look) = helpdesk(&bench).await;
            sees_a_document(&bench, &lestari, look).await;
            let asked = asks(&bench, &lestari, look, Kind::ReplacePhone, NEW).await;
            assert!(matches!(asked, Asked::Done(_)), "{asked:?}");
        }
        let sent = deliver(&bench).await.iter().map(text_of).collect::<Vec<_>>().join(" ");
        let wrong = ["123456", "654321"].into_iter().find(|code| !sent.contains(code)).unwrap();
        let types =
            async || numbers::prove(&bench.app, &visit(&bench), number, wrong).await.unwrap();
        for time in 1..10 {
            assert_eq!(types().await, Proved::Wrong, "{number}, time {time}");
        }
        assert!(matches!(types().await, Proved::Paused(_)), "{number}");
        assert!(matches!(types().await, Proved::Paused(_)), "{number}");
    }
}

async fn p04_nobody_approves_the_own_act_or_about_the_own_account(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let bayu = supervisor(&bench).await;
    let look = finds(&bench, &bayu).await;
    sees_a_document(&bench, &bayu, look).await;
    let Asked::Done(act) = asks(&bench, &bayu, look, Kind::ReplacePhone, NEW).await else {
        panic!("not asked for")
    };
    assert_eq!(asks(&bench, &bayu, look, Kind::ReplacePhone, NEW).await, Asked::Open);
    let own = Decided::Not(NotApproved::SameOfficer);
    assert_eq!(approves(&bench, &bayu, act).await, own);
    let nik = Nik::parse(people::NIK).unwrap();
    let herself = someone(&bench, "siti", Role::Supervisor, Some(&nik)).await;
    let herself = live(&bench, &herself.session).await;
    assert_eq!(approves(&bench, &herself, act).await, Decided::NotShown(NotShown::Own));
    let lestari = someone(&bench, "lestari", Role::Helpdesk, None).await;
    let lestari = live(&bench, &lestari.session).await;
    let denied = Decided::NotShown(NotShown::Denied(Denied::Role));
    assert_eq!(approves(&bench, &lestari, act).await, denied);
    assert_eq!(ended(&bench, act).await, None);
    let why = "asked for the wrong member";
    let refused = acts::refuse(&bench.app, &visit(&bench), &lestari, act, why).await.unwrap();
    assert_eq!(refused, Decided::Refused);
    assert_eq!(ended(&bench, act).await, Some(End::Refused));
}

async fn p04_an_account_that_changed_meanwhile_is_not_touched(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let (vault, now) = (bench.app.store.vault(), visit(&bench).now);
    accounts::add_app(&mut tx, vault, siti.id, &[5; 20], now).await.unwrap();
    tx.commit().await.unwrap();
    let bayu = supervisor(&bench).await;
    assert_eq!(approves(&bench, &bayu, act).await, Decided::Not(NotApproved::Changed));
    assert_eq!(ended(&bench, act).await, Some(End::Changed));
}

async fn p04_the_approval_of_an_officer_who_left_does_not_count(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let before = phones(&bench, &siti).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let bayu = supervisor(&bench).await;
    assert!(matches!(approves(&bench, &bayu, act).await, Decided::Approved(_)));
    let (name, why) = (bayu.staff.name.clone(), "works here no more");
    assert!(colleagues::switch_by_operator(&bench.app, &name, true, why).await.unwrap());
    bench.clock.advance(DELAY);
    assert_eq!(do_due(&bench.app).await.unwrap(), 1);
    assert_eq!(ended(&bench, act).await, Some(End::Void));
    bench.clock.advance(COOLING_OFF);
    assert_eq!(phones(&bench, &siti).await, before);
}

async fn p04_what_an_officer_asked_for_who_was_shut_out_is_not_done(db: TestStore) {
    let bench = opened(db);
    let siti = siti_on_record(&bench).await;
    let before = phones(&bench, &siti).await;
    let (lestari, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let bayu = supervisor(&bench).await;
    assert!(matches!(approves(&bench, &bayu, act).await, Decided::Approved(_)));
    let (name, why) = (lestari.staff.name.clone(), "asked for what no member wanted");
    assert!(colleagues::switch_by_operator(&bench.app, &name, true, why).await.unwrap());
    bench.clock.advance(DELAY);
    assert_eq!(do_due(&bench.app).await.unwrap(), 1);
    assert_eq!(ended(&bench, act).await, Some(End::Void));
    bench.clock.advance(COOLING_OFF);
    assert_eq!(phones(&bench, &siti).await, before);
}

async fn p04_nobody_approves_for_an_officer_who_was_shut_out(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (lestari, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    let bayu = supervisor(&bench).await;
    let (name, why) = (lestari.staff.name.clone(), "asked for what no member wanted");
    assert!(colleagues::switch_by_operator(&bench.app, &name, true, why).await.unwrap());
    let void = Decided::Not(NotApproved::Over(End::Void));
    assert_eq!(approves(&bench, &bayu, act).await, void);
    assert_eq!(ended(&bench, act).await, Some(End::Void), "and the account is free again");
    assert_eq!(approves(&bench, &bayu, act).await, void);
}

async fn p04_an_address_that_nobody_confirmed_is_not_added(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplaceEmail, "baru@peserta.example").await;
    let bayu = supervisor(&bench).await;
    assert!(matches!(approves(&bench, &bayu, act).await, Decided::Approved(_)));
    bench.clock.advance(DELAY);
    assert_eq!(do_due(&bench.app).await.unwrap(), 1);
    assert_eq!(ended(&bench, act).await, Some(End::Unconfirmed));
}

async fn p04_what_nobody_approves_comes_to_nothing(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let (_, act) = asked(&bench, Kind::ReplacePhone, NEW).await;
    bench.clock.advance(UNAPPROVED);
    assert_eq!(do_due(&bench.app).await.unwrap(), 1);
    assert_eq!(ended(&bench, act).await, Some(End::Lapsed));
}

async fn p02_the_command_line_holds_known_officers_to_their_role(db: TestStore) {
    let bench = opened(db);
    siti_on_record(&bench).await;
    let auditor = someone(&bench, "auditor", Role::Auditor, None).await;
    let auditor = live(&bench, &auditor.session).await;
    let reason = Reason { why: Why::Call, text: "called back, and answered".to_owned() };
    for (officer, member, expected) in [
        ("auditor", "siti@peserta.example", Said::NotAllowed),
        ("operator", "siti@peserta.example", Said::Helped(Helped::Nothing)),
        ("operator", "nobody@peserta.example", Said::Nobody),
    ] {
        let officer = Officer::parse(officer).unwrap();
        let (method, reason) = (Method::CallBack, &reason);
        let line = ByLine { member, officer: &officer, method, reason };
        let said = helping::help_by_line(&bench.app, &visit(&bench), Kind::Unlock, &line).await;
        assert_eq!(said.unwrap(), expected, "{}", officer.as_str());
    }
    // Whoever is looked for and not there is written down too.
    for (outcome, times) in [(Outcome::Refused, 1), (Outcome::Nothing, 2)] {
        assert_eq!(written(&bench, &auditor, Act::Unlocked, outcome).await, times, "{outcome:?}");
    }
}
