//! Notices put into words: text messages of one segment, and letters with a plain and an HTML part.

use askama::Template;
use payung_domain::contact::{Email, Phone};
use payung_domain::language::Language;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{CODE_LIFE, Destination};
use payung_domain::time::Zone;
use payung_storage::Fault;
use payung_storage::outbox::Message;
use payung_texts::{Texts, Value, formats};

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
}

/// Puts a message into words, in its owner's language and zone.
pub fn words(settings: &Settings, message: &Message, zone: Zone) -> Result<Words, Fault> {
    let language = message.language;
    let say = |key: &str| Texts::shipped().say(language, key, &places(settings, message, zone));
    match &message.to {
        Destination::Sms(to) => {
            Ok(Words::Sms { to: to.clone(), text: say(keys(&message.notice).text_message) })
        }
        Destination::Email(to) => {
            let keys = keys(&message.notice);
            let (subject, text) = (say(keys.subject), say(keys.body));
            let html = letter(settings, language, &subject, &text, message.notice.code())?;
            Ok(Words::Mail { to: to.clone(), subject, text, html })
        }
    }
}

struct Keys {
    text_message: &'static str,
    subject: &'static str,
    body: &'static str,
}

const fn keys(notice: &Notice) -> Keys {
    match notice {
        Notice::SignInCode { .. } => Keys {
            text_message: "message-sign-in-code-sms",
            subject: "message-sign-in-code-subject",
            body: "message-sign-in-code-body",
        },
        Notice::NewDevice { .. } => Keys {
            text_message: "message-new-device-sms",
            subject: "message-new-device-subject",
            body: "message-new-device-body",
        },
    }
}

/// Everything a message may name.
fn places<'a>(
    settings: &'a Settings,
    message: &'a Message,
    zone: Zone,
) -> Vec<(&'static str, Value<'a>)> {
    let mut places = vec![
        ("service", Value::from(&settings.service_name)),
        ("domain", settings.public_host().into()),
        ("help", Value::from(&settings.help_phone)),
    ];
    match &message.notice {
        Notice::SignInCode { code, until } => {
            let minutes = u32::try_from(CODE_LIFE.as_secs() / 60).unwrap_or(u32::MAX);
            places.push(("code", code.into()));
            places.push(("minutes", minutes.into()));
            places.push(("time", formats::clock_time(message.language, *until, zone).into()));
        }
        Notice::NewDevice { device, at } => {
            places.push(("device", device.into()));
            // A text message has no room for the day, and comes on it.
            let time = match message.to {
                Destination::Sms(_) => formats::clock_time(message.language, *at, zone),
                Destination::Email(_) => formats::date_time(message.language, *at, zone),
            };
            places.push(("time", time.into()));
        }
    }
    places
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Letter<'a> {
    language: &'a str,
    service_name: &'a str,
    subject: &'a str,
    code: Option<&'a str>,
    paragraphs: Vec<&'a str>,
    footer: String,
}

fn letter(
    settings: &Settings,
    language: Language,
    subject: &str,
    text: &str,
    code: Option<&str>,
) -> Result<String, Fault> {
    let footer = Texts::shipped().say(
        language,
        "message-footer",
        &[
            ("service", Value::from(&settings.service_name)),
            ("phone", Value::from(&settings.help_phone)),
            ("hours", Value::from(&settings.help_hours)),
        ],
    );
    Letter {
        language: language.tag(),
        service_name: &settings.service_name,
        subject,
        code,
        paragraphs: text.split("\n\n").map(str::trim).collect(),
        footer,
    }
    .render()
    .map_err(Fault::while_doing("writing a letter"))
}

#[cfg(test)]
mod tests {
    use payung_domain::ids::{AccountId, MessageId};
    use payung_domain::time::Instant;
    use uuid::Uuid;

    use super::*;

    fn message(to: Destination, language: Language) -> Message {
        let until = Instant::from_micros(1_786_968_300_000_000);
        Message {
            id: MessageId(Uuid::nil()),
            account: AccountId(Uuid::nil()),
            to,
            language,
            notice: Notice::SignInCode { code: "123456".to_owned(), until },
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
