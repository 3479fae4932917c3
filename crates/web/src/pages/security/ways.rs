//! M25: which way is offered first, and whether codes go by message.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::second_factor::Way;
use payung_flows::security::{self, Choices, Removed};

use super::overview::Done;
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble};
use crate::page::{Frame, Kept, Problem, Problems};

/// Where it is chosen.
const HERE: &str = "/security/ways";

/// The choice among the ways.
#[derive(Debug, Template)]
#[template(path = "security/ways.html")]
pub struct Ways {
    /// Around the page.
    pub f: Frame,
    /// The lasting ways that the account has or could have, strongest first.
    pub ways: Vec<Way>,
    /// The one to offer first.
    pub preferred: Option<Way>,
    /// Codes by text message; nothing where there is no number, or the operator allows none.
    pub sms: Option<Switch>,
    /// Codes by e-mail; nothing where there is no address, or the operator allows none.
    pub email: Option<Switch>,
    /// What needs fixing.
    pub problems: Problems,
}

/// Whether codes go by a kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// They do.
    On,
    /// The member wants none.
    Off,
}

impl Switch {
    const fn is_on(self) -> bool {
        matches!(self, Self::On)
    }

    const fn of(is_off: bool) -> Self {
        if is_off { Self::Off } else { Self::On }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
impl Ways {
    fn is_preferred(&self, way: &Way) -> bool {
        self.preferred == Some(*way)
    }

    fn label(&self, way: &Way) -> String {
        match way {
            Way::Passkey => self.f.t("way-passkey"),
            Way::Totp => self.f.t("way-totp"),
            Way::Sms => self.f.t("way-phone"),
            Way::Email => self.f.t("channel-email"),
            Way::RecoveryCode | Way::Remembered | Way::Password => self.f.t("way-recovery"),
        }
    }

    fn hint(&self, way: &Way) -> String {
        match way {
            Way::Passkey => self.f.t("way-passkey-hint"),
            Way::Totp => self.f.t("way-totp-hint"),
            Way::Sms => self.f.t("way-sms-hint"),
            Way::Email => self.f.t("way-email-hint"),
            Way::RecoveryCode | Way::Remembered | Way::Password => self.f.t("way-recovery-hint"),
        }
    }

    async fn of(member: &Member) -> Result<Self, Trouble> {
        let (guest, account) = (&member.guest, &member.signed_in.account);
        let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
        let (sms_allowed, email_allowed) = overview.operator_allows;
        let has_phone = sms_allowed && overview.contacts.phone.is_some();
        let has_email = email_allowed && overview.contacts.email.is_some();
        let open = overview.ways.open();
        Ok(Self {
            f: Frame { address: HERE.to_owned(), ..member.frame() },
            ways: open.into_iter().filter(|way| way.is_lasting()).collect(),
            preferred: overview.choices.preferred,
            sms: has_phone.then(|| Switch::of(overview.choices.is_sms_off)),
            email: has_email.then(|| Switch::of(overview.choices.is_email_off)),
            problems: Problems::default(),
        })
    }

    /// What was ticked.
    fn ticked(mut self, fields: &Fields) -> Self {
        let switch = |name| move |_| Switch::of(fields.text(name).is_empty());
        self.preferred = Way::named(fields.text("preferred")).filter(|way| self.ways.contains(way));
        self.sms = self.sms.map(switch("sms"));
        self.email = self.email.map(switch("email"));
        self
    }

    /// What is kept of it. A box that was not there leaves what was chosen before.
    fn choices(&self, before: &Choices) -> Choices {
        let is_off = |switch: Option<Switch>, was_off| switch.map_or(was_off, |s| !s.is_on());
        Choices {
            preferred: self.preferred,
            is_sms_off: is_off(self.sms, before.is_sms_off),
            is_email_off: is_off(self.email, before.is_email_off),
        }
    }
}

/// `GET /security/ways`
pub async fn show(Proved(member): Proved) -> Result<Response, Trouble> {
    let mut page = Ways::of(&member).await?;
    if let Some(fields) = member.kept().await? {
        page = page.ticked(&fields);
        page.f.kept = Some(Kept::Answers);
    }
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/ways`
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let mut page = Ways::of(&member).await?.ticked(form.to_show_again());
    if form.of_session().is_err() {
        let text = page.f.t("stale");
        page.problems = Problems(vec![Problem { field: "preferred", text }]);
        return Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    let (app, account) = (&guest.site.app, &member.signed_in.account);
    let before = security::overview(app, &guest.visit, account).await?.choices;
    match security::choose(app, &guest.visit, account, &page.choices(&before)).await? {
        Removed::Done | Removed::Gone => Ok(Done::Ways.shown()),
        Removed::Last => {
            let text = page.f.t("factor-last");
            page.problems = Problems(vec![Problem { field: "preferred", text }]);
            Ok(front::show(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
    }
}
