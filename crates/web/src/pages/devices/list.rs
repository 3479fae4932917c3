//! M26 Perangkat dan sesi / Devices and sessions: where the member is signed in, and ending it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::sessions::{self, Device};

use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::Frame;

/// The list of devices.
#[derive(Debug, Template)]
#[template(path = "devices/list.html")]
pub struct Devices {
    /// Around the page.
    pub f: Frame,
    /// The one that asks first, then the latest seen.
    pub devices: Vec<Device>,
    /// How many have just been signed out, when some should have been.
    pub ended: Option<u32>,
}

/// `GET /security/devices`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let devices = sessions::devices(app, visit, &member.signed_in, &member.token).await?;
    let ended = guest.query.text("ended").parse().ok();
    Ok(front::show(StatusCode::OK, &Devices { f: member.frame(), devices, ended }))
}

/// `POST /security/devices`: ends the one that is named, or all others. Asks for a proof first
/// (H-08), and comes back to the list with it.
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other("/security/devices")) };
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    let ended = match fields.filled("device") {
        Some(handle) => {
            u64::from(sessions::end_device(app, visit, &member.signed_in, handle).await?)
        }
        None => sessions::end_other_devices(app, visit, &member.signed_in, &member.token).await?,
    };
    Ok(see_other(&format!("/security/devices?ended={ended}")))
}

impl Devices {
    fn words(&self, device: &Device) -> String {
        self.f.device(&device.words)
    }
}
