//! The pages where a member changes contacts, address, payout lock and news, in every state.

use std::time::Duration;

use payung_domain::contact_changes::{Kind as Contact, State};
use payung_domain::ids::ChangeId;
use payung_domain::notice_choices::{Channel, Choices, Topic};
use payung_domain::payout_lock::Payouts;
use payung_web::page::{Problem, Problems};
use payung_web::pages::inbox::choices::NoticeChoices;
use payung_web::pages::personal::address::HomeAddress;
use payung_web::pages::personal::code::ContactCode;
use payung_web::pages::personal::contact::NewContact;
use payung_web::pages::personal::details::{
    Act, Detail, News, Pending, PersonalDetails, Source, What,
};
use payung_web::pages::personal::remove::RemoveContact;
use payung_web::pages::security::payouts::{Done, OpenPayouts, PayoutLock};
use payung_web::pages::sign_in::Way;
use payung_web::pages::sign_in::code::CodeProblem;
use payung_web::pages::undo::change::{Matter, UndoChange};
use uuid::Uuid;

use crate::samples::{Kind, Shelf, now};

const EMAIL: &str = "s••••@p••••.example";

/// Every page, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    details(shelf);
    contact(shelf);
    code(shelf);
    address(shelf);
    remove(shelf);
    payouts(shelf);
    undo(shelf);
    choices(shelf);
}

fn problem(field: &'static str, text: Option<String>) -> Problems {
    text.into_iter().map(|text| Problem { field, text }).collect()
}

fn handle() -> String {
    "h".repeat(22)
}

fn effect() -> payung_domain::time::Instant {
    now().plus(Duration::from_hours(12))
}

fn details(shelf: &mut Shelf) {
    let undo_until = now().plus(Duration::from_hours(60));
    for (name, news) in [
        ("unconfirmed", None),
        ("begun", Some(News::Begun(effect()))),
        ("again", Some(News::Again(now(), effect()))),
        ("cancelled", Some(News::Cancelled)),
        ("too-late", Some(News::TooLate)),
        ("address", Some(News::Address)),
    ] {
        let f = shelf.member_frame("/personal-details");
        let act = |way: &str, key: &str| Act {
            way: way.to_owned(),
            label: f.t(key),
            about: EMAIL.to_owned(),
        };
        let line = |values: &[&str], counts: String, acts| Detail {
            what: What::Email,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            source: Source::Member,
            since: counts.is_empty().then(|| jiff::civil::date(2025, 3, 1)),
            counts,
            acts,
        };
        let time = f.date_time(&effect());
        let details = vec![
            line(
                &[EMAIL],
                String::new(),
                vec![
                    act("/personal-details/email?of=h", "personal-change-link"),
                    act("/personal-details/remove?of=h", "personal-remove-link"),
                ],
            ),
            line(&[EMAIL], f.t1("personal-until", "time", &*time), vec![]),
            line(
                &["b••••@p••••.example"],
                f.t1("personal-from", "time", &*time),
                vec![Act {
                    about: String::new(),
                    ..act("/personal-details/email", "personal-add-email-link")
                }],
            ),
            line(
                &[],
                String::new(),
                vec![act("/personal-details/phone", "personal-add-phone-link")],
            ),
        ];
        let change = |number, what: &str, state| Pending {
            id: ChangeId(Uuid::from_u128(number)),
            what: what.to_owned(),
            state,
        };
        let pending = vec![
            change(
                1,
                "Nomor HP berakhiran 77 ditambahkan",
                State::Unconfirmed { until: now().plus(Duration::from_hours(1)) },
            ),
            change(
                2,
                "Email s••••@p••••.example diganti menjadi b••••@p••••.example",
                State::CoolingOff { effective_at: effect() },
            ),
            change(3, "Nomor HP berakhiran 21 dihapus", State::Undoable { until: undo_until }),
        ];
        let page = PersonalDetails { f, news, pending, details };
        shelf.add(&format!("personal-{name}"), Kind::Member, &page);
    }
}

fn contact(shelf: &mut Shelf) {
    for (name, kind, is_new, key) in [
        ("email", Contact::Email, false, None),
        ("phone", Contact::Phone, false, None),
        ("add-email", Contact::Email, true, None),
        ("add-phone", Contact::Phone, true, None),
        ("email-empty", Contact::Email, false, Some("email-empty")),
        ("email-format", Contact::Email, false, Some("email-format")),
        ("phone-empty", Contact::Phone, true, Some("phone-empty")),
        ("phone-format", Contact::Phone, true, Some("phone-format")),
        ("email-own", Contact::Email, true, Some("contact-own")),
        ("phone-full", Contact::Phone, true, Some("contact-full")),
        ("email-taken", Contact::Email, false, Some("contact-taken")),
        ("phone-not-here", Contact::Phone, true, Some("contact-no-sms")),
        ("email-changed", Contact::Email, true, Some("changed")),
        ("email-stale", Contact::Email, false, Some("stale")),
    ] {
        let f = shelf.member_frame("/personal-details/email");
        let text = key.map(|key| f.t1(key, "contact", kind.name()));
        let problems = problem(kind.name(), text);
        let replaces = (!is_new).then(|| (handle(), EMAIL.to_owned()));
        let (version, typed) = ("v".repeat(16), key.map(|_| "baru@".to_owned()));
        let typed = typed.unwrap_or_default();
        let page = NewContact { f, kind, replaces, version, typed, problems };
        shelf.add(&format!("contact-{name}"), Kind::Member, &page);
    }
}

fn code(shelf: &mut Shelf) {
    for (name, kind, problem) in [
        ("email", Contact::Email, None),
        ("phone", Contact::Phone, None),
        ("again", Contact::Phone, None),
        ("paused", Contact::Email, None),
        ("empty", Contact::Email, Some(CodeProblem::Empty)),
        ("wrong", Contact::Phone, Some(CodeProblem::Wrong)),
        ("expired", Contact::Email, Some(CodeProblem::Expired(10))),
        ("wait", Contact::Phone, Some(CodeProblem::SendWait(30))),
        ("stale", Contact::Email, Some(CodeProblem::Stale)),
    ] {
        let f = shelf.member_frame("/personal-details/code");
        let is_email = kind == Contact::Email;
        let way = if is_email {
            Way::Email { masked: "b••••@p••••.example".to_owned() }
        } else {
            Way::Sms { ending: "77".to_owned() }
        };
        let problems = problem.iter().map(|problem| problem.says(&f, &way)).collect();
        let left = Duration::from_mins(10);
        let page = ContactCode {
            f,
            id: ChangeId(Uuid::from_u128(1)),
            kind,
            replaces: is_email.then(handle),
            to: if is_email { "baru@peserta.example" } else { "+6280000000777" }.to_owned(),
            good_for: Some((now().plus(left), left)),
            wait: if name == "again" { Duration::ZERO } else { Duration::from_secs(30) },
            sent_again: name == "again",
            paused_until: (name == "paused").then(now),
            problems,
        };
        shelf.add(&format!("contact-code-{name}"), Kind::Member, &page);
    }
}

fn address(shelf: &mut Shelf) {
    const FIELDS: [(&str, &str); 6] = [
        ("street", "addr-empty"),
        ("village", "addr-village"),
        ("district", "addr-district"),
        ("regency", "addr-regency"),
        ("province", "addr-province"),
        ("postcode", "addr-post"),
    ];
    for (name, wrong) in [
        ("", &[][..]),
        ("-empty", &FIELDS),
        ("-long", &[("village", "addr-long")]),
        ("-changed", &[("street", "changed")]),
        ("-stale", &[("street", "stale")]),
    ] {
        let f = shelf.member_frame("/personal-details/address");
        let says = |(field, key): &(&'static str, &str)| Problem { field, text: f.t(key) };
        let problems = wrong.iter().map(says).collect();
        let line = |text: &str| if name == "-empty" { String::new() } else { text.to_owned() };
        let page = HomeAddress {
            version: "v".repeat(16),
            street: line("Jalan Melati 1\nRT 02 RW 05"),
            village: line("Sukamaju"),
            district: line("Sukamaju"),
            regency: line("Kota Contoh"),
            province: line("Contoh"),
            postcode: line("00000"),
            problems,
            f,
        };
        shelf.add(&format!("address{name}"), Kind::Member, &page);
    }
}

fn remove(shelf: &mut Shelf) {
    for (name, kind, key) in [
        ("email", Contact::Email, None),
        ("phone", Contact::Phone, None),
        ("last", Contact::Email, Some("contact-last")),
        ("last-way", Contact::Email, Some("factor-last")),
        ("changed", Contact::Phone, Some("changed")),
    ] {
        let f = shelf.member_frame("/personal-details/remove?of=h");
        let problems = problem("remove", key.map(|key| f.t(key)));
        let (shown, version) = (EMAIL.to_owned(), "v".repeat(16));
        let page = RemoveContact { f, kind, handle: handle(), shown, version, problems };
        shelf.add(&format!("contact-remove-{name}"), Kind::Member, &page);
    }
}

fn payouts(shelf: &mut Shelf) {
    for (name, done, payouts, closed_at) in [
        ("open", None, Payouts::Open, None),
        ("closed", Some(Done::Closed), Payouts::Closed, Some(now())),
        ("opening", Some(Done::Opening), Payouts::OpensAt(effect()), Some(now())),
        ("changed", None, Payouts::OpensAt(effect()), None),
    ] {
        let f = shelf.member_frame("/security/payouts");
        let page = PayoutLock { f, done, payouts, closed_at };
        shelf.add(&format!("payouts-{name}"), Kind::Member, &page);
    }
    let f = shelf.member_frame("/security/payouts/open");
    shelf.add("payouts-open-ask", Kind::Member, &OpenPayouts { f });
}

fn undo(shelf: &mut Shelf) {
    let what = || "Email s••••@p••••.example diganti menjadi b••••@p••••.example".to_owned();
    let change = || Uuid::from_u128(1).to_string();
    for (name, matter) in [
        (
            "cools-off",
            Matter::Open { change: change(), what: what(), effective_at: Some(effect()) },
        ),
        ("in-effect", Matter::Open { change: change(), what: what(), effective_at: None }),
        ("done", Matter::Done),
        ("before", Matter::Cancelled(now())),
        ("expired", Matter::Expired),
    ] {
        let f = shelf.frame("/undo-change");
        shelf.add(&format!("undo-change-{name}"), Kind::Public, &UndoChange { f, matter });
    }
}

fn choices(shelf: &mut Shelf) {
    let off = [(Topic::Claims, Channel::Sms), (Topic::Statements, Channel::Email)];
    for (name, off, phone, is_done, is_stale) in [
        ("", &[][..], true, false, false),
        ("-done", &off, true, true, false),
        ("-no-phone", &[], false, false, false),
        ("-stale", &off, true, false, true),
    ] {
        let f = shelf.member_frame("/inbox/notices");
        let problems = problem("save", is_stale.then(|| f.t("stale")));
        let page = NoticeChoices {
            choices: Choices::without(off.iter().copied()),
            email: Some(EMAIL.to_owned()),
            phone: phone.then(|| f.t1("number-ending-in", "ending", "21")),
            is_done,
            problems,
            f,
        };
        shelf.add(&format!("notices{name}"), Kind::Member, &page);
    }
}
