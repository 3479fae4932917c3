//! Letters, by SMTP. What they say is the flows' business.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use payung_domain::time::{Clock, Instant};
use payung_flows::delivery::{Courier, Parcel, Undelivered};

use crate::report::{Exit, Failure};
use crate::said;
use crate::settings::serving::{MailServer, MailTls};

/// Connections that are kept open; a burst of codes needs few, since each takes many letters.
const CONNECTIONS: u32 = 4;
/// How long an unused connection is kept.
const KEPT_FOR: Duration = Duration::from_mins(1);

/// Carries letters to one mail server.
#[derive(Clone)]
pub struct MailCarrier {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for MailCarrier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailCarrier").field("from", &self.from).finish_non_exhaustive()
    }
}

impl MailCarrier {
    /// Gets ready; the server is first spoken to when there is a letter.
    pub fn open(server: &MailServer, clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let encryption = match server.tls {
            MailTls::None => Tls::None,
            MailTls::StartTls => Tls::Required(trust(server)?),
            MailTls::Required => Tls::Wrapper(trust(server)?),
        };
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.as_str())
                .port(server.port)
                .tls(encryption)
                .hello_name(ClientId::Domain(server.own_host.clone()))
                .timeout(Some(server.timeout))
                .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(KEPT_FOR));
        if let Some((user, password)) = &server.sign_in {
            let credentials = Credentials::new(user.clone(), password.expose().to_owned());
            transport = transport.credentials(credentials);
        }
        Ok(Self {
            transport: transport.build(),
            from: server.from.clone(),
            host: server.own_host.clone(),
            clock,
        })
    }

    fn letter(
        &self,
        id: &str,
        to: Address,
        subject: &str,
        text: &str,
        html: &str,
    ) -> Result<Message, lettre::error::Error> {
        // RFC 3834: no holiday answers to a machine.
        let automatic = HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        );
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            // The id is the parcel's: a letter that is sent twice is the same letter.
            .message_id(Some(format!("<{id}@{}>", self.host)))
            .date(as_system_time(self.clock.now()))
            .raw_header(automatic)
            .multipart(MultiPart::alternative_plain_html(text.to_owned(), html.to_owned()))
    }
}

#[async_trait]
impl Courier for MailCarrier {
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        let Parcel::Mail { id, to, subject, text, html } = parcel else {
            return Err(Undelivered::Never("only letters go by mail".to_owned()));
        };
        // Neither message may carry the address: what is undelivered ends up in logs (M-04).
        let to = to
            .expose()
            .parse()
            .map_err(|_| Undelivered::Never("no mail server takes this address".to_owned()))?;
        let letter = self
            .letter(id, to, subject, text, html)
            .map_err(|_| Undelivered::Never("this letter cannot be written".to_owned()))?;
        match self.transport.send(letter).await {
            Ok(_) => Ok(()),
            Err(error) => Err(undelivered(&error)),
        }
    }
}

/// A permanent answer is about the letter, unless it is about us: a server that does not let us
/// in today may do so once an operator has corrected the password.
fn undelivered(error: &SmtpError) -> Undelivered {
    let Some(code) = error.status() else {
        let what = match () {
            () if error.is_timeout() => "the mail server took too long",
            () if error.is_tls() => "no safe connection to the mail server",
            () => "the mail server was not reachable",
        };
        return Undelivered::Later(what.to_owned());
    };
    // The text of the answer often repeats the address, so the number has to do.
    let number = u16::from(code);
    let about_us = matches!(number, 530 | 534 | 535 | 538);
    let what = format!("the mail server answered {number}");
    if error.is_permanent() && !about_us {
        Undelivered::Never(what)
    } else {
        Undelivered::Later(what)
    }
}

fn trust(server: &MailServer) -> Result<TlsParameters, Failure> {
    let mut parameters = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.authority {
        let shown = path.display();
        let failure = || {
            Failure::new(
                Exit::WrongUse,
                "smtp-authority",
                said!(
                    "{shown} is not a certificate authority in PEM",
                    "{shown} bukan otoritas sertifikat dalam PEM"
                ),
                said!("correct smtp.ca_file", "perbaiki smtp.ca_file"),
            )
        };
        let pem = std::fs::read(path).map_err(|error| failure().because(&error))?;
        let authority = Certificate::from_pem(&pem).map_err(|error| failure().because(&error))?;
        parameters = parameters.add_root_certificate(authority);
    }
    parameters.build().map_err(|error| {
        Failure::new(
            Exit::WrongUse,
            "smtp-tls",
            said!("mail cannot be encrypted", "email tidak dapat dienkripsi"),
            said!("install ca-certificates", "pasang ca-certificates"),
        )
        .because(&error)
    })
}

fn as_system_time(moment: Instant) -> SystemTime {
    let micros = u64::try_from(moment.micros()).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_micros(micros)
}
