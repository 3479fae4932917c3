//! M26 Perangkat dan sesi / Devices and sessions: where the member is signed in, and ending it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_flows::sessions::{self, Device};

use crate::front;
use crate::guest::{Confirmed, Form, Member, Trouble, see_other};
use crate::page::{Frame, Kept};

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
    /// The one that was to be signed out, before a proof was asked for.
    pub asked: Option<String>,
}

/// `GET /security/devices`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (app, visit) = (&guest.site.app, &guest.visit);
    let devices = sessions::devices(app, visit, &member.signed_in, &member.token).await?;
    let ended = guest.query.text("ended").parse().ok();
    let kept = member.kept().await?;
    let asked = kept.map(|fields| fields.text("device").to_owned());
    let asked = asked.filter(|handle| devices.iter().any(|device| device.handle == *handle));
    let f = Frame { kept: asked.as_ref().map(|_| Kept::Act), ..member.frame() };
    Ok(front::show(StatusCode::OK, &Devices { f, devices, ended, asked }))
}

/// `POST /security/devices`: ends the one that is named, or all others. Asks for a proof first
/// (H-08), of any one way, and comes back to the list with it.
pub async fn submit(Confirmed(member): Confirmed, form: Form) -> Result<Response, Trouble> {
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
    /// The look of the button of a device: the one that was asked for stands out.
    fn look(&self, device: &Device) -> &'static str {
        if self.asked.as_ref() == Some(&device.handle) {
            "button"
        } else {
            "button button-secondary"
        }
    }

    fn words(&self, device: &Device) -> String {
        self.f.device(&device.words)
    }
}
