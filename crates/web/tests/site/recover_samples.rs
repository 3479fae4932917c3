//! The pages of a staged recovery, in every state they can be in.

use std::time::Duration;

use payung_domain::activation::{DateProblem, Part};
use payung_domain::contact::{Email, Phone};
use payung_domain::passwords::{Advice, Level, Strength};
use payung_domain::recoveries::{End, Lost as Things, ProofWay, RecoveryReference, State, Thing};
use payung_domain::second_factor::Destination;
use payung_domain::time::Zone;
use payung_flows::contact_codes::Waiting;
use payung_flows::recoveries::asking::Receipt;
use payung_flows::recoveries::status::Standing;
use payung_flows::recoveries::stopping::Matter;
use payung_web::page::{Problem, Problems};
use payung_web::pages::passwords::strength;
use payung_web::pages::recover::code::{ASKING, Code, FINISHING};
use payung_web::pages::recover::contact::{Contact, ReachProblem};
use payung_web::pages::recover::lost::Lost;
use payung_web::pages::recover::password::{Over, Password, Why};
use payung_web::pages::recover::proof::Proof;
use payung_web::pages::recover::received::Received;
use payung_web::pages::recover::start::Start;
use payung_web::pages::recover::status::{Ask, AskProblem, Status};
use payung_web::pages::recover::stop::{About, Stop};
use payung_web::pages::recover::tasks::{Contact as Reached, Tasks};
use payung_web::pages::recover::who::{Typed, Who, WhoProblem};
use payung_web::pages::sign_in::code::CodeProblem;

use crate::samples::{Kind, Shelf, now};

fn reference() -> RecoveryReference {
    let parsed =
        LETTERS.chars().find_map(|last| RecoveryReference::parse(&format!("7F3K29Q{last}")));
    parsed.expect("one of them is the check letter")
}

const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn phone() -> Destination {
    Destination::Sms(Phone::parse("0800 0000 0077").expect("a number"))
}

fn email() -> Destination {
    Destination::Email(Email::parse("baru@peserta.example").expect("an address"))
}

/// A recovery that its owner can stop.
pub(crate) fn matter() -> Matter {
    Matter {
        reference: reference(),
        asked_at: now(),
        device: "Chrome, Android".to_owned(),
        contact: "b••••@p••••.example".to_owned(),
        until: now().plus(Duration::from_hours(72)),
        is_ready: false,
        zone: Zone::Wib,
    }
}

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    start(shelf);
    who(shelf);
    lost_and_proof(shelf);
    contact(shelf);
    code(shelf);
    received(shelf);
    status(shelf);
    stop(shelf);
    password(shelf);
}

fn problem(field: &'static str, text: Option<String>) -> Problems {
    text.into_iter().map(|text| Problem { field, text }).collect()
}

fn start(shelf: &mut Shelf) {
    for (name, is_possible, was_old, cookies_off, stale) in [
        ("", true, false, false, false),
        ("-old", true, true, false, false),
        ("-no-cookies", true, false, true, false),
        ("-stale", true, false, false, true),
        ("-not-here", false, false, false, false),
    ] {
        let f = shelf.frame("/recover");
        let problems = problem("begin", stale.then(|| f.t("stale")));
        let page = Start { f, is_possible, was_old, cookies_off, problems };
        shelf.add(&format!("recover{name}"), Kind::Public, &page);
    }
    let masked = || "b••••@p••••.example".to_owned();
    for (name, done, contact, key) in [
        ("-empty", false, Reached::Missing, None),
        ("-code", true, Reached::Unproved(masked()), Some("recover-incomplete")),
        ("-full", true, Reached::Proved, None),
        ("-stale", true, Reached::Proved, Some("stale")),
    ] {
        let f = shelf.frame("/recover/tasks");
        let problems = problem("send", key.map(|key| f.t(key)));
        let page = Tasks { f, who: done, lost: done, contact, proof: done, problems };
        shelf.add(&format!("recover-tasks{name}"), Kind::Step, &page);
    }
}

fn who(shelf: &mut Shelf) {
    let date = WhoProblem::BirthDate;
    for (name, problems) in [
        ("", &[][..]),
        ("-empty", &[WhoProblem::NoNumber, date(DateProblem::Empty)]),
        ("-length", &[WhoProblem::KpjLength(3), WhoProblem::NikLength(15)]),
        ("-characters", &[WhoProblem::KpjCharacters, WhoProblem::NikCharacters]),
        ("-day", &[date(DateProblem::Missing(Part::Day))]),
        ("-month", &[date(DateProblem::Missing(Part::Month))]),
        ("-year", &[date(DateProblem::Missing(Part::Year))]),
        ("-not-real", &[date(DateProblem::NotReal)]),
        ("-stale", &[WhoProblem::Stale]),
    ] {
        let f = shelf.frame("/recover/who");
        let problems = problems.iter().map(|problem| problem.says(&f)).collect();
        let typed = Typed {
            kpj: "90000000001".to_owned(),
            day: "14".to_owned(),
            month: "7".to_owned(),
            year: "1990".to_owned(),
            ..Typed::default()
        };
        shelf.add(&format!("recover-who{name}"), Kind::Step, &Who { f, typed, problems });
    }
}

fn lost_and_proof(shelf: &mut Shelf) {
    for (name, key) in
        [("", None), ("-empty", Some("recover-lost-empty")), ("-stale", Some("stale"))]
    {
        let f = shelf.frame("/recover/lost");
        let problems = problem("lost_phone", key.map(|key| f.t(key)));
        let ticked = Things::of([Thing::Phone, Thing::Email]);
        shelf.add(&format!("recover-lost{name}"), Kind::Step, &Lost { f, ticked, problems });
    }
    for (name, chosen, key) in [
        ("", None, None),
        ("-chosen", Some(ProofWay::Video), None),
        ("-nothing", None, Some("recover-choose-proof")),
    ] {
        let f = shelf.frame("/recover/proof");
        let problems = problem("proof", key.map(|key| f.t(key)));
        shelf.add(&format!("recover-proof{name}"), Kind::Step, &Proof { f, chosen, problems });
    }
}

fn contact(shelf: &mut Shelf) {
    for (name, reached) in [
        ("", None),
        ("-empty", Some(ReachProblem::Nothing)),
        ("-both", Some(ReachProblem::Both)),
        ("-phone", Some(ReachProblem::PhoneFormat)),
        ("-email", Some(ReachProblem::EmailFormat)),
        ("-day", Some(ReachProblem::NoMoreToday)),
        ("-stale", Some(ReachProblem::Stale)),
    ] {
        let f = shelf.frame("/recover/contact");
        let problems = reached.iter().map(|problem| problem.says(&f, "phone")).collect();
        let (phone, email) = (Some("0800".to_owned()), Some(String::new()));
        let page = Contact { f, phone, email, problems };
        shelf.add(&format!("recover-contact{name}"), Kind::Step, &page);
    }
    for (name, phone, email) in
        [("-phone-only", Some(String::new()), None), ("-email-only", None, Some(String::new()))]
    {
        let f = shelf.frame("/recover/contact");
        let page = Contact { f, phone, email, problems: Problems::default() };
        shelf.add(&format!("recover-contact{name}"), Kind::Step, &page);
    }
}

fn code(shelf: &mut Shelf) {
    let waiting = |paused| Waiting {
        code_until: Some(now().plus(Duration::from_mins(10))),
        resend_at: now().plus(Duration::from_secs(30)),
        paused_until: paused,
    };
    for (name, to, paths, paused, problem) in [
        ("-email", email(), ASKING, None, None),
        ("-sms", phone(), FINISHING, None, None),
        ("-empty", phone(), ASKING, None, Some(CodeProblem::Empty)),
        ("-wrong", email(), ASKING, None, Some(CodeProblem::Wrong)),
        ("-expired", phone(), ASKING, None, Some(CodeProblem::Expired(10))),
        ("-wait", phone(), ASKING, None, Some(CodeProblem::SendWait(30))),
        ("-day", email(), FINISHING, None, Some(CodeProblem::SendDay)),
        ("-stale", email(), ASKING, None, Some(CodeProblem::Stale)),
        ("-paused", email(), ASKING, Some(now()), Some(CodeProblem::Wrong)),
    ] {
        let f = shelf.frame(paths.code);
        let page = Code::of(f, &to, waiting(paused), now(), paths).with(problem);
        shelf.add(&format!("recover-code{name}"), Kind::Step, &page);
    }
    let f = shelf.frame(ASKING.code);
    let mut page = Code::of(f, &phone(), waiting(None), now(), ASKING);
    page.sent_again = true;
    shelf.add("recover-code-again", Kind::Step, &page);
}

fn received(shelf: &mut Shelf) {
    for way in ProofWay::ALL {
        let f = shelf.frame("/recover/received");
        let receipt = Receipt {
            reference: reference(),
            until: now().plus(Duration::from_hours(72)),
            way: *way,
            contact: "b••••@p••••.example".to_owned(),
        };
        let page = Received { f, receipt };
        shelf.add(&format!("recover-received-{}", way.name()), Kind::Public, &page);
    }
}

fn status(shelf: &mut Shelf) {
    for (name, problems) in [
        ("", &[][..]),
        ("-empty", &[AskProblem::NoReference, AskProblem::NoContact]),
        ("-wrong", &[AskProblem::Wrong]),
        ("-paused", &[AskProblem::Paused(now())]),
        ("-stale", &[AskProblem::Stale]),
    ] {
        let f = shelf.frame("/recover/status");
        let problems = problems.iter().map(|problem| problem.says(&f)).collect();
        let (reference, contact) = ("PLH-7F3K-29Q0".to_owned(), "0800".to_owned());
        let page = Ask { f, reference, contact, problems };
        shelf.add(&format!("recover-status-ask{name}"), Kind::Step, &page);
    }
    let until = now().plus(Duration::from_hours(72));
    for (name, state, contact) in [
        ("waiting", State::Waiting { until, is_proved: false }, email()),
        ("proved", State::Waiting { until, is_proved: true }, phone()),
        ("unproved", State::Unproved, email()),
        ("ready-email", State::Ready, email()),
        ("ready-phone", State::Ready, phone()),
        ("stopped", State::Over(End::Stopped, now()), email()),
        ("refused", State::Over(End::Refused, now()), email()),
        ("done", State::Over(End::Done, now()), email()),
        ("undone", State::Over(End::Undone, now()), email()),
        ("expired", State::Over(End::Expired, now()), email()),
    ] {
        let f = shelf.frame("/recover/status");
        let standing = Standing {
            reference: reference(),
            asked_at: now(),
            state,
            until,
            expires_at: now().plus(Duration::from_hours(24 * 30)),
            way: ProofWay::Branch,
            contact,
        };
        let (sent, problems) = (name == "ready-email", Problems::default());
        let page = Status { f, standing, sent, problems };
        shelf.add(&format!("recover-status-{name}"), Kind::Step, &page);
        if name == "ready-email" {
            let text = page.f.t("recover-link-day");
            let problems = Problems(vec![Problem { field: "send", text }]);
            let page = Status { sent: false, problems, ..page };
            shelf.add("recover-status-ready-day", Kind::Step, &page);
        }
    }
}

fn stop(shelf: &mut Shelf) {
    let ready = Matter { is_ready: true, ..matter() };
    for (name, about, key) in [
        ("letter", About::This { matter: ready, by_session: false }, None),
        ("named", About::Named(String::new()), None),
        ("empty", About::Named(String::new()), Some("recover-reference-empty")),
        ("format", About::Named("PLH".to_owned()), Some("recover-reference-format")),
        ("unknown", About::Named("PLH-7F3K".to_owned()), Some("recover-stop-unknown")),
        ("was-stopped", About::Over(End::Stopped, now()), None),
        ("was-refused", About::Over(End::Refused, now()), None),
        ("was-done", About::Over(End::Done, now()), None),
        ("was-undone", About::Over(End::Undone, now()), None),
        ("was-expired", About::Over(End::Expired, now()), None),
        ("expired", About::Expired, None),
        ("done", About::Done, None),
    ] {
        let f = shelf.frame("/recover/stop");
        let problems = problem("reference", key.map(|key| f.t(key)));
        let page = Stop { f, about, problems };
        shelf.add(&format!("recover-stop-{name}"), Kind::Public, &page);
    }
    let f = shelf.member_frame("/recover/stop");
    let about = About::This { matter: matter(), by_session: true };
    let page = Stop { f, about, problems: Problems::default() };
    shelf.add("recover-stop-session", Kind::Member, &page);
}

fn password(shelf: &mut Shelf) {
    let weak = Strength { level: Level::Weak, advice: vec![Advice::Repeats, Advice::FewWords] };
    for (name, key) in [("", None), ("-refused", Some("pw-common")), ("-stale", Some("stale"))] {
        let f = shelf.frame("/recover/password");
        let problems = problem("new_password", key.map(|key| f.t(key)));
        let strength = key.map(|_| strength::in_words(&f, &weak)).unwrap_or_default();
        let (user_name, lost) =
            ("baru@peserta.example".to_owned(), Things::of(Thing::ALL.iter().copied()));
        let page = Password { f, user_name, lost, least: 12, strength, problems };
        shelf.add(&format!("recover-password{name}"), Kind::Step, &page);
    }
    for (name, why) in [
        ("expired", Why::Expired),
        ("newer", Why::Newer),
        ("done", Why::Done(now())),
        ("stopped", Why::Stopped),
        ("closed", Why::Closed),
        ("taken", Why::Taken),
    ] {
        let f = shelf.frame("/recover/password");
        shelf.add(&format!("recover-over-{name}"), Kind::Step, &Over { f, why });
    }
}
