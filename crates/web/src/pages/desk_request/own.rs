//! The same for whoever is signed in: what the desk was asked to do, and a button that cancels it.
//! Members whom only text messages reach have no letter with a link.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::claims::heirs::HeirClaim;
use payung_domain::staff::acts::DeskAct;
use payung_flows::staff::links;

use crate::desk::acts::state_words;
use crate::desk::verify::kind_words;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;

const HERE: &str = "/desk-request/own";

/// What waits, with the one button, or that nothing does.
#[derive(Debug, Template)]
#[template(path = "desk_request/own.html")]
pub struct OwnRequest {
    /// Around the page.
    pub f: Frame,
    /// What waits.
    pub act: Option<DeskAct>,
    /// A claim about their death.
    pub death: Option<HeirClaim>,
}

impl OwnRequest {
    fn what(&self, act: &DeskAct) -> String {
        format!("{}: {}", kind_words(&self.f, act.kind), state_words(&self.f, act))
    }

    fn lead(&self, act: &DeskAct) -> String {
        let (officer, time) = (act.asked_by.name.as_str(), self.f.date_time(&act.asked_at));
        self.f.t2("desk-request-cancel-lead", "officer", officer, "time", time)
    }

    fn name(act: &DeskAct) -> String {
        act.id.0.to_string()
    }

    fn told(&self, claim: &HeirClaim) -> String {
        let (officer, time) = (claim.opened_by.name.as_str(), self.f.date_time(&claim.opened_at));
        self.f.t2("heirs-alive-lead", "officer", officer, "time", time)
    }

    fn claim_name(claim: &HeirClaim) -> String {
        claim.id.0.to_string()
    }
}

/// `GET /desk-request/own`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let (app, account) = (&member.guest.site.app, &member.signed_in.account);
    let act = links::own(app, account.id).await?;
    let death = links::own_death(app, account).await?;
    let f = Frame { address: HERE.to_owned(), ..member.frame() };
    Ok(front::show(StatusCode::OK, &OwnRequest { f, act, death }))
}

/// `POST /desk-request/own`. The page says what has become of it, whoever was quicker.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other(HERE)) };
    let (app, visit) = (&member.guest.site.app, &member.guest.visit);
    let (account, named) = (&member.signed_in.account, fields.text("request"));
    if !links::cancel_own(app, visit, account, named).await? {
        links::own_is_alive(app, visit, account, named).await?;
    }
    Ok(see_other(HERE))
}
