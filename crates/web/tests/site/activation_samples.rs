//! The pages of an activation, in every state they can be in.

use std::time::Duration;

use payung_domain::activation::{DateProblem, Part, Progress, Proof};
use payung_domain::contact::{Email, Phone};
use payung_domain::passwords::{Advice, Level, Strength};
use payung_domain::second_factor::Destination;
use payung_domain::secret::Secret;
use payung_flows::activation::resuming::Link;
use payung_flows::contact_codes::Waiting;
use payung_web::page::{Problem, Problems};
use payung_web::pages::activation::access::{Access, Taken};
use payung_web::pages::activation::code::{PATHS, SKIPPABLE};
use payung_web::pages::activation::codes::{Codes, CodesMade};
use payung_web::pages::activation::contact::{Contact, ContactsProblem};
use payung_web::pages::activation::find::{Find, FindProblem, Tasks};
use payung_web::pages::activation::resume::Resume;
use payung_web::pages::activation::tasks;
use payung_web::pages::passwords::strength;
use payung_web::pages::recover::code::Code;
use payung_web::pages::recover::who::{Typed, WhoProblem};
use payung_web::pages::sign_in::code::CodeProblem;

use crate::samples::{Kind, Shelf, challenge, now};

fn phone() -> Destination {
    Destination::Sms(Phone::parse("0800 0000 0006").expect("a number"))
}

fn email() -> Destination {
    Destination::Email(Email::parse("wayan@peserta.example").expect("an address"))
}

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    find(shelf);
    go_on(shelf);
    contact(shelf);
    code(shelf);
    access(shelf);
    codes(shelf);
    resume(shelf);
}

fn problem(field: &'static str, text: Option<String>) -> Problems {
    text.into_iter().map(|text| Problem { field, text }).collect()
}

fn find(shelf: &mut Shelf) {
    for (name, is_old, cookies_off) in
        [("", false, false), ("-old", true, false), ("-no-cookies", false, true)]
    {
        let f = shelf.frame("/activate");
        let (typed, problems) = (Typed::default(), Problems::default());
        let page = Find { f, typed, is_old, cookies_off, problems };
        shelf.add(&format!("activate{name}"), Kind::Public, &page);
    }
    let who = FindProblem::Who;
    let date = |problem| FindProblem::Who(WhoProblem::BirthDate(problem));
    for (name, problems) in [
        ("empty", &[FindProblem::NikEmpty, FindProblem::KpjEmpty, date(DateProblem::Empty)][..]),
        ("length", &[who(WhoProblem::NikLength(15)), who(WhoProblem::KpjLength(3))]),
        ("characters", &[who(WhoProblem::NikCharacters), who(WhoProblem::KpjCharacters)]),
        ("day", &[date(DateProblem::Missing(Part::Day))]),
        ("month", &[date(DateProblem::Missing(Part::Month))]),
        ("year", &[date(DateProblem::Missing(Part::Year))]),
        ("not-real", &[date(DateProblem::NotReal)]),
        ("not-found", &[FindProblem::NotFound]),
        ("paused", &[FindProblem::Paused(now())]),
        ("stale", &[who(WhoProblem::Stale)]),
    ] {
        let f = shelf.frame("/activate");
        let problems = problems.iter().map(|problem| problem.says(&f)).collect();
        let typed = Typed {
            nik: "0001012701990006".to_owned(),
            kpj: "90000000106".to_owned(),
            day: "27".to_owned(),
            month: "1".to_owned(),
            year: "1999".to_owned(),
        };
        let page = Find { f, typed, is_old: false, cookies_off: false, problems };
        shelf.add(&format!("activate-{name}"), Kind::Public, &page);
    }
}

fn go_on(shelf: &mut Shelf) {
    let sent = Progress { email: Proof::Open, ..Progress::default() };
    let reached = Progress { email: Proof::Confirmed, ..Progress::default() };
    let opened = Progress { is_open: true, ..reached };
    for (name, progress, next) in [
        ("contact", Progress::default(), "/activate/contact"),
        ("code", sent, "/activate/code"),
        ("access", reached, "/activate/password"),
        ("codes", opened, "/activate/codes"),
    ] {
        let f = shelf.frame("/activate");
        let tasks = tasks(&f, Some(&progress));
        let until = now().plus(Duration::from_hours(7 * 24));
        let page = Tasks { f, tasks, next, until };
        shelf.add(&format!("activate-tasks-{name}"), Kind::Step, &page);
    }
}

fn contact(shelf: &mut Shelf) {
    for (name, given) in [
        ("", None),
        ("-empty", Some(ContactsProblem::Nothing)),
        ("-email", Some(ContactsProblem::EmailFormat)),
        ("-phone", Some(ContactsProblem::PhoneFormat)),
        ("-taken", Some(ContactsProblem::EmailTaken)),
        ("-another-way", Some(ContactsProblem::NeedsPhone)),
        ("-stale", Some(ContactsProblem::Stale)),
    ] {
        let f = shelf.frame("/activate/contact");
        let problems = given.iter().map(|problem| problem.says(&f)).collect();
        let (email, phone) = ("wayan@".to_owned(), Some("0800".to_owned()));
        let page = Contact { f, email, phone, problems };
        shelf.add(&format!("activate-contact{name}"), Kind::Step, &page);
    }
    // Where no codes go by text message.
    let f = shelf.frame("/activate/contact");
    let problems = Problems::default();
    let page = Contact { f, email: String::new(), phone: None, problems };
    shelf.add("activate-contact-email-only", Kind::Step, &page);
}

fn code(shelf: &mut Shelf) {
    let waiting = |paused| Waiting {
        code_until: Some(now().plus(Duration::from_mins(10))),
        resend_at: now().plus(Duration::from_secs(30)),
        paused_until: paused,
    };
    for (name, to, paths, paused, problem) in [
        ("-email", email(), PATHS, None, None),
        ("-sms", phone(), PATHS, None, None),
        ("-may-skip-sms", phone(), SKIPPABLE, None, None),
        ("-may-skip-email", email(), SKIPPABLE, None, None),
        ("-empty", email(), PATHS, None, Some(CodeProblem::Empty)),
        ("-wrong", phone(), SKIPPABLE, None, Some(CodeProblem::Wrong)),
        ("-expired", email(), PATHS, None, Some(CodeProblem::Expired(10))),
        ("-wait", phone(), SKIPPABLE, None, Some(CodeProblem::SendWait(30))),
        ("-day", phone(), SKIPPABLE, None, Some(CodeProblem::SendDay)),
        ("-stale", email(), PATHS, None, Some(CodeProblem::Stale)),
        ("-paused", email(), PATHS, Some(now()), Some(CodeProblem::Wrong)),
        ("-paused-may-skip", phone(), SKIPPABLE, Some(now()), None),
    ] {
        let f = shelf.frame(paths.code);
        let page = Code::of(f, &to, waiting(paused), now(), paths).with(problem);
        shelf.add(&format!("activate-code{name}"), Kind::Step, &page);
    }
    let f = shelf.frame(PATHS.code);
    let mut page = Code::of(f, &email(), waiting(None), now(), PATHS);
    page.sent_again = true;
    shelf.add("activate-code-again", Kind::Step, &page);
}

fn access(shelf: &mut Shelf) {
    let weak = Strength { level: Level::Weak, advice: vec![Advice::Repeats, Advice::FewWords] };
    for (name, key) in [
        ("", None),
        ("-empty", Some("pw-empty")),
        ("-refused", Some("pw-common")),
        ("-needs-passkey", Some("activate-needs-passkey")),
        ("-key-not-verified", Some("key-not-verified-here")),
        ("-key-exists", Some("key-exists")),
        ("-key-not-added", Some("key-not-added")),
        ("-key-old", Some("key-old")),
        ("-stale", Some("stale")),
    ] {
        let f = shelf.frame("/activate/password");
        let problems = problem("new_password", key.map(|key| f.t(key)));
        let is_refused = key == Some("pw-common");
        let strength = if is_refused { strength::in_words(&f, &weak) } else { String::new() };
        let (user_name, passkey) = ("wayan@peserta.example".to_owned(), Some(challenge()));
        let page = Access { f, user_name, least: 12, strength, passkey, problems };
        shelf.add(&format!("activate-access{name}"), Kind::Step, &page);
    }
    let f = shelf.frame("/activate/password");
    let user_name = "0800 0000 0006".to_owned();
    let (strength, problems) = (String::new(), Problems::default());
    let page = Access { f, user_name, least: 12, strength, passkey: None, problems };
    shelf.add("activate-access-no-passkey", Kind::Step, &page);
    let f = shelf.frame("/activate/password");
    shelf.add("activate-taken", Kind::Step, &Taken { f });
}

fn codes(shelf: &mut Shelf) {
    for (name, key) in [("", None), ("-old", Some("activate-codes-old")), ("-stale", Some("stale"))]
    {
        let f = shelf.frame("/activate/codes");
        let problems = problem("make", key.map(|key| f.t(key)));
        shelf.add(&format!("activate-codes{name}"), Kind::Step, &Codes { f, problems });
    }
    for (name, key) in [("", None), ("-wrong", Some("activate-rec-confirm"))] {
        let f = shelf.frame("/activate/codes");
        let problems = problem("code", key.map(|key| f.t(key)));
        let codes = (0..10).map(|n| Secret::from(&*format!("{n:04}-4567-89AB-CDEF"))).collect();
        let page = CodesMade { f, codes, sealed: "A".repeat(200), problems };
        shelf.add(&format!("activate-codes-made{name}"), Kind::Step, &page);
    }
}

fn resume(shelf: &mut Shelf) {
    for (name, link) in [
        ("good", Link::Good),
        ("used", Link::Used),
        ("open", Link::Open),
        ("expired", Link::Expired),
    ] {
        let f = shelf.frame("/activate/resume");
        shelf.add(&format!("activate-resume-{name}"), Kind::Step, &Resume { f, link });
    }
}
