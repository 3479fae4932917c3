//! Notices put into words: text messages of one segment, and letters with a plain and an HTML part.

mod keys;
mod places;

use askama::Template;
use payung_domain::contact::{Email, Phone};
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::Destination;
use payung_domain::time::Zone;
use payung_storage::Fault;
use payung_storage::outbox::Message;
use payung_texts::{Texts, Value, formats};

pub(crate) use self::keys::Keys;
use self::keys::keys;
use self::places::places;
use crate::settings::Settings;

/// A message in words.
#[derive(Clone, Debug)]
pub enum Words {
    /// A letter.
    Mail {
        /// To whom.
        to: Email,
        /// The subject, one line.
        subject: String,
        /// The plain part.
        text: String,
        /// The light HTML part.
        html: String,
    },
    /// A text message.
    Sms {
        /// To whom.
        to: Phone,
        /// The text.
        text: String,
    },
}

impl Words {
    /// The subject of a letter; nothing for a text message.
    #[must_use]
    pub fn subject(&self) -> &str {
        match self {
            Self::Mail { subject, .. } => subject,
            Self::Sms { .. } => "",
        }
    }

    /// The plain text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Mail { text, .. } | Self::Sms { text, .. } => text,
        }
    }

    /// The first link in it. A link is a paragraph of its own.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        self.text().split("\n\n").map(str::trim).find(|paragraph| is_link(paragraph))
    }
}

/// What stands in the heading of a message, for the inbox too: a text message has the heading that
/// it would have as a letter.
pub(crate) fn subject(settings: &Settings, message: &Message, zone: Zone) -> String {
    let key = keys(&message.notice).subject;
    Texts::shipped().say(message.language, key, &places(settings, message, zone))
}

/// Puts a message into words, in its owner's language and zone.
pub fn words(settings: &Settings, message: &Message, zone: Zone) -> Result<Words, Fault> {
    let language = message.language;
    let say = |key: &str| Texts::shipped().say(language, key, &places(settings, message, zone));
    match &message.to {
        Destination::Sms(to) => {
            let text = say(keys(&message.notice).text_message);
            Ok(Words::Sms { to: to.clone(), text: with_reference(text, message) })
        }
        Destination::Email(to) => {
            let keys = keys(&message.notice);
            let subject = say(keys.subject);
            let undo = undo(settings, message, zone) + &desk_link(settings, message);
            let (ask, name) = (was_it_you(settings, message), named(settings, message));
            let parts = [say(keys.body), undo, ask, name];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let text = parts.join("\n\n");
            let footer = footer(settings, language);
            let html = letter(settings, language, &subject, &text, message.notice.code(), &footer)?;
            let text = format!("{text}\n\n{footer}");
            Ok(Words::Mail { to: to.clone(), subject, text, html })
        }
    }
}

/// The reference on a line of its own: above the line that browsers read, or at the end. A service
/// with a long name has no room for it; one segment that arrives is worth more.
fn with_reference(text: String, message: &Message) -> String {
    let Some(reference) = &message.reference else { return text };
    let named = match text.split_once("\n\n@") {
        Some((words, last)) => format!("{words}\n{reference}\n\n@{last}"),
        None => format!("{text}\n{reference}"),
    };
    if payung_texts::text_message::fits(&named) { named } else { text }
}

/// The question of M37 and its link, where a letter asks it.
fn was_it_you(settings: &Settings, message: &Message) -> String {
    let Some(token) = &message.not_me else { return String::new() };
    // R1: the host is the configured one, whatever any request said.
    let link = format!("{}/not-me?token={}", settings.public_url, token.expose());
    let places = [("link", Value::from(&link))];
    Texts::shipped().say(message.language, "message-not-me-link", &places)
}

/// What names the letter, and where to ask whether it is ours.
fn named(settings: &Settings, message: &Message) -> String {
    let Some(reference) = &message.reference else { return String::new() };
    let places =
        [("reference", reference.as_str().into()), ("domain", settings.public_host().into())];
    Texts::shipped().say(message.language, "message-reference", &places)
}

fn is_link(paragraph: &str) -> bool {
    paragraph.starts_with("https://") || paragraph.starts_with("http://")
}

/// The link that takes a change of contacts back, where a letter carries one.
fn undo(settings: &Settings, message: &Message, zone: Zone) -> String {
    let Notice::ContactChange(change) = &message.notice else { return String::new() };
    let Some(page) = message.notice.page() else { return String::new() };
    let until = formats::date_time(message.language, change.undo_until, zone);
    // R1: the host is the configured one, whatever any request said.
    let places =
        [("until", until.into()), ("link", format!("{}{page}", settings.public_url).into())];
    Texts::shipped().say(message.language, "message-undo-link", &places)
}

/// The link of a message about the desk: it cancels an act, or confirms an address.
fn desk_link(settings: &Settings, message: &Message) -> String {
    let key = match &message.notice {
        Notice::DeskAct(_) => "message-desk-cancel-link",
        Notice::DeathClaim(_) => "message-death-claim-link",
        Notice::DeskContact { .. } => "message-desk-confirm-link",
        _ => return String::new(),
    };
    let Some(page) = message.notice.page() else { return String::new() };
    // R1: the host is the configured one, whatever any request said.
    let places = [("link", Value::from(format!("{}{page}", settings.public_url)))];
    Texts::shipped().say(message.language, key, &places)
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Letter<'a> {
    language: &'a str,
    service_name: &'a str,
    subject: &'a str,
    code: Option<&'a str>,
    paragraphs: Vec<(&'a str, bool)>,
    footer: &'a str,
}

/// What every letter ends with: what nobody of ours asks for, and whom to contact (J-04).
fn footer(settings: &Settings, language: Language) -> String {
    let places = [
        ("service", Value::from(&settings.service_name)),
        ("phone", Value::from(&settings.help_phone)),
        ("hours", Value::from(&settings.help_hours)),
    ];
    Texts::shipped().say(language, "message-footer", &places)
}

fn letter(
    settings: &Settings,
    language: Language,
    subject: &str,
    text: &str,
    code: Option<&str>,
    footer: &str,
) -> Result<String, Fault> {
    Letter {
        language: language.tag(),
        service_name: &settings.service_name,
        subject,
        code,
        paragraphs: text.split("\n\n").map(str::trim).map(|p| (p, is_link(p))).collect(),
        footer,
    }
    .render()
    .map_err(Fault::while_doing("writing a letter"))
}

#[cfg(test)]
mod tests {
    use payung_domain::ids::{AccountId, MessageId};
    use payung_domain::reference::Reference;
    use payung_domain::time::Instant;
    use payung_domain::token::Token;
    use uuid::Uuid;

    use super::*;
    use crate::alerts::{alerts, changes};

    fn message(to: Destination, language: Language) -> Message {
        let until = Instant::from_micros(1_786_968_300_000_000);
        Message {
            id: MessageId(Uuid::nil()),
            account: Some(AccountId(Uuid::nil())),
            to,
            language,
            notice: Notice::SignInCode { code: "123456".to_owned(), until },
            subject: String::new(),
            reference: Reference::parse("PYG-7F3K-29QD"),
            not_me: None,
        }
    }

    fn by_mail(language: Language) -> Words {
        let to = Destination::Email(Email::parse("siti@peserta.example").unwrap());
        let settings = Settings::shipped("https://masuk.payung.example");
        words(&settings, &message(to, language), Zone::Wib).unwrap()
    }

    #[test]
    fn b10_a_text_message_ends_with_the_line_that_browsers_read() {
        let to = Destination::Sms(Phone::parse("0800 0000 0001").unwrap());
        let settings = Settings::shipped("https://masuk.payung.example:8443/");
        let words = words(&settings, &message(to, Language::Id), Zone::Wib).unwrap();
        assert!(words.text().ends_with("\n\n@masuk.payung.example #123456"), "{}", words.text());
        assert!(payung_texts::text_message::fits(words.text()));
        assert!(words.text().contains("\nPYG-7F3K-29QD\n"), "{}", words.text());
    }

    #[test]
    fn b10_other_codes_fit_one_text_message_in_both_languages() {
        let until = Instant::from_micros(1_786_968_300_000_000);
        let code = || "123456".to_owned();
        for notice in
            [Notice::ContactCode { code: code(), until }, Notice::ResetCode { code: code(), until }]
        {
            for language in Language::ALL {
                let to = Destination::Sms(Phone::parse("0800 0000 0001").unwrap());
                let message = Message { notice: notice.clone(), ..message(to, language) };
                let settings = Settings::shipped("https://masuk.payung.example");
                let words = words(&settings, &message, Zone::Wib).unwrap();
                let text = words.text();
                assert!(text.starts_with("123456 ") && !text.contains("http"), "{text}");
                assert!(text.ends_with("\nPYG-7F3K-29QD\n\n@masuk.payung.example #123456"));
                assert!(payung_texts::text_message::fits(text), "{text}");
            }
        }
    }

    #[test]
    fn every_alert_fits_one_text_message_with_its_reference_and_without_a_link() {
        let at = Instant::from_micros(1_786_968_300_000_000);
        for notice in alerts(at) {
            for language in Language::ALL {
                let to = Destination::Sms(Phone::parse("0800 0000 0001").unwrap());
                let not_me = Some(Token::of(&[1; 32]));
                let message = Message { notice: notice.clone(), not_me, ..message(to, language) };
                let settings = Settings::shipped("https://masuk.payung.example");
                let text = words(&settings, &message, Zone::Wita).unwrap().text().to_owned();
                assert!(payung_texts::text_message::fits(&text), "{text}");
                assert!(text.ends_with("\nPYG-7F3K-29QD") && !text.contains("http"), "{text}");
            }
        }
    }

    #[test]
    fn j03_a_letter_about_a_contact_carries_its_undo_link_first_and_no_whole_contact() {
        let at = Instant::from_micros(1_786_968_300_000_000);
        for (language, time) in [(Language::Id, "19.05 WIB"), (Language::En, "7:05 pm WIB")] {
            for notice in changes(at, "replace") {
                let to = Destination::Email(Email::parse("siti@peserta.example").unwrap());
                let not_me = notice.asks_whether_it_was_you().then(|| Token::of(&[1; 32]));
                let is_to_new = not_me.is_none();
                let message = Message { notice, not_me, ..message(to, language) };
                let settings = Settings::shipped("https://masuk.payung.example/");
                let words = words(&settings, &message, Zone::Wib).unwrap();
                let undo = "https://masuk.payung.example/undo-change?token=";
                let is_undo = words.link().is_some_and(|link| link.starts_with(undo));
                assert_eq!(is_undo, !is_to_new, "{}", words.text());
                assert!(!words.text().contains("siti@") && !words.text().contains('{'));
                assert!(words.text().contains(time) || !is_undo, "{}", words.text());
            }
        }
    }

    #[test]
    fn r1_the_reset_link_comes_first_and_its_host_is_the_configured_one() {
        let until = Instant::from_micros(1_786_968_300_000_000);
        for (language, time) in [(Language::Id, "19.05 WIB"), (Language::En, "7:05 pm WIB")] {
            let to = Destination::Email(Email::parse("siti@peserta.example").unwrap());
            let token = Token::of(&[2; 32]);
            let notice = Notice::ResetLink { token: token.expose().to_owned(), until };
            let not_me = Some(Token::of(&[1; 32]));
            let message = Message { notice, not_me, ..message(to, language) };
            let settings = Settings::shipped("https://masuk.payung.example/");
            let words = words(&settings, &message, Zone::Wib).unwrap();
            let link =
                format!("https://masuk.payung.example/reset-password?token={}", token.expose());
            assert_eq!(words.link(), Some(&*link));
            assert!(words.text().contains("/not-me?token=") && words.text().contains(time));
        }
    }

    #[test]
    fn r1_the_link_of_an_activation_has_the_configured_host_and_says_the_day_it_ends() {
        let until = Instant::from_micros(1_786_968_300_000_000);
        for (language, day) in [(Language::Id, "17 Agustus 2026"), (Language::En, "17 August 2026")]
        {
            let to = Destination::Email(Email::parse("wayan@peserta.example").unwrap());
            let token = Token::of(&[2; 32]);
            let notice = Notice::ActivationLink { token: token.expose().to_owned(), until };
            let message = Message { account: None, notice, ..message(to, language) };
            let settings = Settings::shipped("https://masuk.payung.example/");
            let words = words(&settings, &message, Zone::Wib).unwrap();
            let link =
                format!("https://masuk.payung.example/activate/resume?token={}", token.expose());
            assert_eq!(words.link(), Some(&*link));
            assert!(words.text().contains(day) && !words.text().contains("not-me"));
        }
    }

    #[test]
    fn r1_the_link_of_a_letter_is_a_paragraph_of_its_own_under_the_configured_address() {
        let at = Instant::from_micros(1_786_968_300_000_000);
        for language in Language::ALL {
            let to = Destination::Email(Email::parse("siti@peserta.example").unwrap());
            let notice = Notice::NewDevice { device: "Chrome".to_owned(), at };
            let not_me = Some(Token::of(&[1; 32]));
            let message = Message { notice, not_me, ..message(to, language) };
            let settings = Settings::shipped("https://masuk.payung.example/");
            let words = words(&settings, &message, Zone::Wib).unwrap();
            let link = words.link().unwrap().to_owned();
            let token = Token::of(&[1; 32]);
            let expected = format!("https://masuk.payung.example/not-me?token={}", token.expose());
            assert_eq!(link, expected);
            let Words::Mail { html, .. } = words else { panic!("a letter was asked for") };
            assert!(html.contains(&format!("href=\"{link}\"")) && html.len() < 20_000);
            assert!(html.contains("PYG-7F3K-29QD"));
        }
    }

    #[test]
    fn an_alert_fits_one_text_message_and_names_no_link() {
        for language in Language::ALL {
            let to = Destination::Sms(Phone::parse("0800 0000 0001").unwrap());
            let at = Instant::from_micros(1_786_968_300_000_000);
            let notice = Notice::NewDevice { device: "Chrome, Android".to_owned(), at };
            let message = Message { notice, ..message(to, language) };
            let settings = Settings::shipped("https://masuk.payung.example");
            let words = words(&settings, &message, Zone::Wit).unwrap();
            assert!(payung_texts::text_message::fits(words.text()), "{}", words.text());
            assert!(!words.text().contains("http") && words.text().contains("WIT"));
        }
    }

    #[test]
    fn a_letter_says_the_code_and_its_end_in_the_owners_language() {
        for (language, time) in [(Language::Id, "19.05 WIB"), (Language::En, "7:05 pm WIB")] {
            let words = by_mail(language);
            assert!(words.text().contains("123456") && words.text().contains(time));
            assert!(!words.subject().contains('\n') && !words.subject().contains("123456"));
            let Words::Mail { html, .. } = words else { panic!("a letter was asked for") };
            assert!(
                html.contains("123456") && html.contains(&format!("lang=\"{}\"", language.tag()))
            );
            assert!(html.len() < 20_000 && !html.contains("http") && !html.contains("<img"));
        }
    }
}
