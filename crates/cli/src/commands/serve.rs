//! `payung serve`: the server, as it runs in production.

use std::sync::Arc;

use super::certificates::Certificates;
use super::doors::Doors;
use super::health::{self, Health};
use super::house;
use crate::outside::Outside;
use crate::outside::back_channel::BackChannel;
use crate::outside::clock::SystemClock;
use crate::outside::service_manager::ServiceManager;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::{Surroundings, Values, production};

/// Serves until asked to stop. Refuses to start with settings that nobody should rely on.
pub async fn run(
    values: &Values,
    surroundings: &Surroundings,
    report: &Report,
) -> Result<Exit, Failure> {
    let (serving, secrets) = production::admit(values).map_err(Failure::settings)?;
    let manager = ServiceManager::of(surroundings);
    let courier = Outside::open(&serving, Arc::new(SystemClock))?;
    let messenger = BackChannel::open(&serving.outward)?;
    let certificates = serving.tls.clone().map(Certificates::read).transpose()?;
    let of_desk = serving.tls.clone().map(Certificates::read).transpose()?;

    // Health is told from the first moment on, while the store may still be opening.
    let health = Health::starting();
    let mut doors = Doors::new(serving.listen.drain);
    doors.open(serving.listen.operations, health::routes(health.clone()))?;

    let house = house::open(&serving, secrets, Arc::new(courier), Arc::new(messenger)).await?;
    let at = match certificates {
        Some(certificates) => {
            doors.open_with_tls(serving.listen.member, house.members, certificates)?
        }
        None => doors.open(serving.listen.member, house.members)?,
    };
    match (serving.listen.desk, of_desk) {
        (Some(desk), Some(certificates)) => {
            doors.open_with_tls(desk, house.desk, certificates)?;
        }
        (Some(desk), None) => {
            doors.open(desk, house.desk)?;
        }
        (None, _) => {}
    }
    health.serves(house.checks, house.numbers);
    manager.ready();
    let url = &serving.settings.public_url;
    report.note(&said!("{url} is served at {at}", "{url} dilayani di {at}"));
    doors.stay_open(&health, &manager).await
}
