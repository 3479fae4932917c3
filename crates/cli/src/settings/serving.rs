//! What the server needs, made of the settings: every value in its own type, nothing to look up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;
use payung_domain::network::Network;
use payung_domain::passwords::Policy;
use payung_domain::second_factor::{Hash, Window};
use payung_domain::secret::Secret;
use payung_domain::suspicion::Thresholds;
use payung_flows::settings::{self, Hashing, Limits, Sessions, Settings};
use tracing::Level;

use super::Values;
use super::keys::{Given, KEYS};
use crate::outside::sms::Template;
use crate::report::Cause;
use crate::said;
use crate::said::Said;
use crate::secrets::read_private;

/// Everything `serve` needs besides the keys.
#[derive(Clone, Debug)]
pub struct Serving {
    /// What the flows may be told.
    pub settings: Settings,
    /// Where to listen, and for how long to wait at the end.
    pub listen: Listen,
    /// The certificate, when this program ends TLS itself.
    pub tls: Option<TlsFiles>,
    /// Networks of proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<Network>,
    /// The database.
    pub database: Database,
    /// Where mail goes.
    pub mail: MailServer,
    /// Where text messages go.
    pub sms: Option<SmsGateway>,
    /// What may be called because an application was registered with it.
    pub outward: Outward,
    /// Passwords that have leaked, where there is a list.
    pub breached: Option<PathBuf>,
    /// The operator's table of coarse places.
    pub places: Option<PathBuf>,
    /// How log lines look.
    pub logs: Logs,
}

/// The listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    /// Member pages.
    pub member: SocketAddr,
    /// Health and metrics.
    pub operations: SocketAddr,
    /// The support desk, where there is one.
    pub desk: Option<SocketAddr>,
    /// How long requests may still finish at the end.
    pub drain: Duration,
}

/// A certificate and its key, in PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, leaf first.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// Where data is kept.
#[derive(Clone, Debug)]
pub struct Database {
    /// A path, or an address that begins with `postgres://` and may hold a password.
    pub url: Secret,
    /// Connections at most.
    pub connections: u32,
    /// How long to wait for a free one.
    pub patience: Duration,
}

/// How the mail server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte.
    Required,
    /// Plain words up to STARTTLS, nothing else after it, and no mail without it.
    StartTls,
    /// None: on this very machine only.
    None,
}

/// The mail server.
#[derive(Clone, Debug)]
pub struct MailServer {
    /// Its name, which its certificate must bear.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub tls: MailTls,
    /// One more authority to trust.
    pub authority: Option<PathBuf>,
    /// User name and password.
    pub sign_in: Option<(String, Secret)>,
    /// The sender of every mail.
    pub from: Mailbox,
    /// How this machine greets, which is also the right side of message ids.
    pub own_host: String,
    /// How long one command may take.
    pub timeout: Duration,
}

/// The gateway for text messages.
#[derive(Clone, Debug)]
pub struct SmsGateway {
    /// Where requests go.
    pub url: reqwest::Url,
    /// The body.
    pub template: Template,
    /// Name and value of the header that carries the secret.
    pub secret: Option<(reqwest::header::HeaderName, Secret)>,
    /// Who is asked whether a number has just moved to another card (B-07).
    pub moved_url: Option<reqwest::Url>,
    /// How long it may take to answer.
    pub timeout: Duration,
}

/// What the program may call because an application was registered with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outward {
    /// Private networks in which applications are.
    pub private_networks: Vec<Network>,
    /// One more authority to trust.
    pub authority: Option<PathBuf>,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logs {
    /// One JSON object a line.
    pub as_json: bool,
    /// The least that is logged.
    pub level: Level,
}

impl Serving {
    /// Puts the settings together; says of every one that is missing or cannot be used.
    pub fn of(values: &Values) -> Result<Self, Vec<Cause>> {
        let mut desk = Desk { values, problems: Vec::new() };
        desk.name_missing();
        let serving = desk.serving();
        match serving {
            Some(serving) if desk.problems.is_empty() => Ok(serving),
            _ => Err(desk.problems),
        }
    }
}

impl Database {
    /// The database alone, for commands that need no more.
    pub fn of(values: &Values) -> Result<Self, Vec<Cause>> {
        let mut desk = Desk { values, problems: Vec::new() };
        desk.database().ok_or(desk.problems)
    }
}

impl Logs {
    /// How log lines look.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        Self {
            as_json: values.text("logs.format") != Some("text"),
            level: match values.text("logs.level") {
                Some("error") => Level::ERROR,
                Some("warn") => Level::WARN,
                Some("debug") => Level::DEBUG,
                _ => Level::INFO,
            },
        }
    }
}

/// Where the parts are put together. A part that cannot be made is `None`, with a problem said.
struct Desk<'a> {
    values: &'a Values,
    problems: Vec<Cause>,
}

impl Desk<'_> {
    fn name_missing(&mut self) {
        for key in KEYS {
            if matches!(key.given, Given::Required(_)) && self.values.get(key.name).is_none() {
                let variable = key.variable();
                self.problems.push(Cause {
                    about: key.name.to_owned(),
                    place: String::new(),
                    message: said!("is not set", "belum diisi"),
                    fix: Some(said!(
                        "set it in the file or as {variable}",
                        "isi di berkas atau sebagai {variable}"
                    )),
                });
            }
        }
    }

    fn serving(&mut self) -> Option<Serving> {
        // Every part is made before the first `?`, so that all problems are said at once.
        let (settings, tls) = (self.settings(), self.tls());
        let (database, mail, sms) = (self.database(), self.mail(), self.sms());
        Some(Serving {
            settings: settings?,
            listen: Listen {
                member: self.values.address("listen.member")?,
                operations: self.values.address("listen.operations")?,
                desk: self.values.text("desk.url").and(self.values.address("desk.listen")),
                drain: self.values.span("listen.drain")?,
            },
            tls: tls?,
            proxies: self.values.networks("proxies.trusted")?,
            database: database?,
            mail: mail?,
            sms: sms?,
            outward: Outward {
                private_networks: self.values.networks("oidc.private_networks")?,
                authority: self.values.file("oidc.extra_ca_file"),
            },
            breached: self.values.file("passwords.breached_filter"),
            places: self.values.file("devices.places"),
            logs: Logs::of(self.values),
        })
    }

    fn settings(&self) -> Option<Settings> {
        let values = self.values;
        let text = |name| values.text(name).map(str::to_owned);
        let size = |name| values.number(name).and_then(|number| usize::try_from(number).ok());
        Some(Settings {
            service_name: text("service.name")?,
            public_url: text("service.public_url")?,
            help_phone: text("service.help_phone")?,
            help_hours: text("service.help_hours")?,
            help_email: text("service.help_email")?,
            sms_codes: values.flag("codes.sms")?,
            email_codes: values.flag("codes.email")?,
            app_window: if values.flag("codes.app_strict")? {
                Window::Strict
            } else {
                Window::OneBack
            },
            app_hash: Hash::named(values.text("codes.app_hash")?)?,
            hashing: Hashing {
                memory_kib: values.number("hashing.memory_kib")?,
                passes: values.number("hashing.passes")?,
                threads: size("hashing.threads")?,
                queue: size("hashing.queue")?,
            },
            client_registration: values.flag("clients.registration")?,
            passwords: self.passwords()?,
            sessions: Sessions {
                idle: values.span("sessions.idle")?,
                idle_shared: values.span("sessions.idle_shared")?,
                absolute: values.span("sessions.absolute")?,
                at_most: values.number("sessions.at_most")?,
            },
            limits: Limits {
                sign_ins_per_address: values.number("limits.sign_ins_per_address")?,
                sign_ins_per_network: values.number("limits.sign_ins_per_network")?,
                sign_ins_in_all: values.number("limits.sign_ins_in_all")?,
                codes_per_hour: values.number("limits.codes_per_hour")?,
                codes_per_day: values.number("limits.codes_per_day")?,
                reset_pause: values.span("limits.reset_pause")?,
                sms_per_day: values.number("limits.sms_per_day")?,
                matches_per_address: values.number("limits.matches_per_address")?,
                matches_per_identity: values.number("limits.matches_per_identity")?,
                checks_per_address: values.number("limits.checks_per_address")?,
                suspicion: Thresholds {
                    names_per_address: values.number("limits.names_per_address")?,
                    addresses_per_name: values.number("limits.addresses_per_name")?,
                    quick_forms_per_address: values.number("limits.quick_forms_per_address")?,
                },
            },
            desk: settings::Desk {
                public_url: text("desk.url"),
                looks_per_hour: values.number("desk.looks_per_hour")?,
                looks_per_day: values.number("desk.looks_per_day")?,
                unmasked_per_hour: values.number("desk.unmasked_per_hour")?,
                claims_alone_up_to: values.number("desk.claims_alone_up_to")?,
                case_hours: values.number("desk.case_hours")?,
            },
        })
    }

    fn passwords(&self) -> Option<Policy> {
        let values = self.values;
        // No days: never.
        let days = |name| {
            let days = u64::from(values.number(name)?);
            Some((days > 0).then(|| Duration::from_hours(24 * days)))
        };
        let words = values.text("passwords.own_words").unwrap_or_default().split(',');
        Some(Policy {
            least: values.number("passwords.least")?,
            least_alone: values.number("passwords.least_alone")?,
            kinds: values.number("passwords.kinds")?,
            expires_after: days("passwords.expire_after_days")?,
            remind_after: days("passwords.remind_after_days")?,
            own_words: words.map(|word| word.trim().to_owned()).filter(|w| !w.is_empty()).collect(),
        })
    }

    /// `Some(None)`: TLS ends elsewhere, and that is fine.
    #[expect(clippy::option_option, reason = "could not be made, is not wanted, is wanted")]
    fn tls(&mut self) -> Option<Option<TlsFiles>> {
        match (self.values.file("tls.certificate_file"), self.values.file("tls.key_file")) {
            (None, None) => Some(None),
            (Some(certificate), Some(key)) => Some(Some(TlsFiles { certificate, key })),
            (certificate, _) => {
                let missing =
                    if certificate.is_some() { "tls.key_file" } else { "tls.certificate_file" };
                self.object(
                    missing,
                    said!("is missing beside its sister", "tidak ada, padahal pasangannya diisi"),
                    said!("set both or none", "isi keduanya atau kosongkan keduanya"),
                );
                None
            }
        }
    }

    fn database(&mut self) -> Option<Database> {
        Some(Database {
            url: self.secret("database.url", "database.url_file")?,
            connections: self.values.number("database.connections")?,
            patience: self.values.span("database.patience")?,
        })
    }

    fn mail(&mut self) -> Option<MailServer> {
        let password = self.secret("smtp.password", "smtp.password_file");
        let sign_in = match (self.values.text("smtp.user"), password) {
            (Some(user), Some(password)) => Some((user.to_owned(), password)),
            (Some(_), None) if self.values.get("smtp.password_file").is_none() => {
                self.object(
                    "smtp.user",
                    said!("has no password", "tidak punya kata sandi"),
                    said!("set smtp.password_file", "isi smtp.password_file"),
                );
                None
            }
            (None, Some(_)) => {
                self.object(
                    "smtp.password",
                    said!("belongs to no user", "bukan milik pengguna mana pun"),
                    said!("set smtp.user", "isi smtp.user"),
                );
                None
            }
            _ => None,
        };
        let from = self.values.text("smtp.from")?.parse::<Mailbox>();
        let Ok(mut from) = from else {
            self.object(
                "smtp.from",
                said!("is not a mail address", "bukan alamat email"),
                said!("write no-reply@your.domain", "tulis no-reply@domain.anda"),
            );
            return None;
        };
        if from.name.is_none() {
            from.name = self.values.text("service.name").map(str::to_owned);
        }
        Some(MailServer {
            host: self.values.text("smtp.host")?.to_owned(),
            port: u16::try_from(self.values.number("smtp.port")?).ok()?,
            tls: match self.values.text("smtp.tls")? {
                "required" => MailTls::Required,
                "none" => MailTls::None,
                _ => MailTls::StartTls,
            },
            authority: self.values.file("smtp.ca_file"),
            sign_in,
            own_host: from.email.domain().to_owned(),
            from,
            timeout: self.values.span("smtp.timeout")?,
        })
    }

    /// `Some(None)`: there is no gateway.
    #[expect(clippy::option_option, reason = "could not be made, is not wanted, is wanted")]
    fn sms(&mut self) -> Option<Option<SmsGateway>> {
        let secret = self.secret("sms.secret", "sms.secret_file");
        let Some(url) = self.values.text("sms.url") else {
            return Some(None);
        };
        let url = reqwest::Url::parse(url).ok()?;

        let body = self.values.text("sms.template")?;
        let template = match self.values.text("sms.body")? {
            "form" => Template::form(body),
            _ => Template::json(body),
        };
        let Some(template) = template else {
            self.object(
                "sms.template",
                said!(
                    "is not such a body, or lacks {{to}} or {{text}}",
                    "bukan isi semacam itu, atau tidak memuat {{to}} atau {{text}}"
                ),
                said!(
                    "look at `payung config explain sms.template`",
                    "lihat `payung config explain sms.template`"
                ),
            );
            return None;
        };
        let secret = match (secret, self.values.text("sms.header")?.parse()) {
            (None, _) => None,
            (Some(secret), Ok(name)) => Some((name, secret)),
            (Some(_), Err(_)) => {
                self.object(
                    "sms.header",
                    said!("is not the name of a header", "bukan nama kepala"),
                    said!("write Authorization", "tulis Authorization"),
                );
                return None;
            }
        };
        let moved_url = match self.values.text("sms.moved_url") {
            Some(url) => Some(reqwest::Url::parse(url).ok()?),
            None => None,
        };
        let timeout = self.values.span("sms.timeout")?;
        Some(Some(SmsGateway { url, template, secret, moved_url, timeout }))
    }

    /// A secret from its file, or from beside it.
    fn secret(&mut self, name: &str, file_name: &str) -> Option<Secret> {
        let Some(path) = self.values.file(file_name) else {
            return self.values.text(name).map(Secret::from);
        };
        if !self.values.place(name).is_empty() {
            self.object(
                name,
                said!("is set beside {file_name}", "diisi bersama {file_name}"),
                said!("keep one of the two", "pertahankan salah satunya"),
            );
            return None;
        }
        match read_private(&path) {
            Ok(text) if !text.trim().is_empty() => Some(Secret::from(text.trim())),
            Ok(_) => {
                self.object(
                    file_name,
                    said!("is an empty file", "adalah berkas kosong"),
                    said!("write the secret into it", "tulis rahasianya ke dalamnya"),
                );
                None
            }
            Err(trouble) => {
                self.object(file_name, trouble.message, trouble.fix);
                None
            }
        }
    }

    fn object(&mut self, about: &str, message: Said, fix: Said) {
        self.problems.push(Cause {
            about: about.to_owned(),
            place: self.values.place(about),
            message,
            fix: Some(fix),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Surroundings;

    #[test]
    fn the_list_and_the_flows_ship_the_same_values() {
        let flags = [
            "service.public_url=http://localhost:8080/",
            "service.help_phone=0800 0000 000",
            "service.help_email=bantuan@payung.example",
        ]
        .map(str::to_owned);
        let values = Values::read(None, &Surroundings::default(), &flags).unwrap();
        let ours = Desk { values: &values, problems: Vec::new() }.settings().unwrap();
        let flows = Settings::shipped("http://localhost:8080");
        assert_eq!(format!("{ours:?}"), format!("{flows:?}"));
    }

    #[test]
    fn what_is_missing_is_named_all_at_once() {
        let values = Values::read(None, &Surroundings::default(), &[]).unwrap();
        let problems = Serving::of(&values).unwrap_err();
        let missing: Vec<_> = problems.iter().map(|problem| problem.about.as_str()).collect();
        assert_eq!(
            missing,
            [
                "service.public_url",
                "service.help_phone",
                "service.help_email",
                "keys.sealing_key_files",
                "keys.index_key_file",
                "keys.pepper_files",
                "keys.cookie_key_file",
                "smtp.host",
                "smtp.from",
            ]
        );
    }
}
