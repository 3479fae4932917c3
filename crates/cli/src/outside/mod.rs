//! Everything that is not this program: the clock, chance, mail, text messages, applications'
//! servers, the service manager. The only code that talks to other machines.

pub mod back_channel;
pub mod clock;
pub mod dice;
pub mod service_manager;
pub mod sms;
pub mod smtp;

use std::sync::Arc;

use async_trait::async_trait;
use payung_domain::contact::Phone;
use payung_domain::time::Clock;
use payung_flows::delivery::{Courier, Parcel, Undelivered};

use self::sms::Gateway;
use self::smtp::MailCarrier;
use crate::report::Failure;
use crate::settings::serving::Serving;

/// The courier of a running server: letters to the mail server, text messages to the gateway.
#[derive(Debug)]
pub struct Outside {
    mail: MailCarrier,
    sms: Option<Gateway>,
}

impl Outside {
    /// Makes both ways ready. Nothing is contacted yet.
    pub fn open(serving: &Serving, clock: Arc<dyn Clock>) -> Result<Self, Failure> {
        let sms = serving.sms.as_ref().map(Gateway::open).transpose()?;
        Ok(Self { mail: MailCarrier::open(&serving.mail, clock)?, sms })
    }
}

#[async_trait]
impl Courier for Outside {
    async fn send(&self, parcel: &Parcel) -> Result<(), Undelivered> {
        match (parcel, &self.sms) {
            (Parcel::Mail { .. }, _) => self.mail.send(parcel).await,
            (Parcel::Sms { .. }, Some(gateway)) => gateway.send(parcel).await,
            (Parcel::Sms { .. }, None) => {
                Err(Undelivered::Never("no gateway for text messages is set".to_owned()))
            }
        }
    }

    async fn has_moved(&self, to: &Phone) -> bool {
        match &self.sms {
            Some(gateway) => gateway.has_moved(to).await,
            None => false,
        }
    }
}
