//! M24 Keamanan / Security: a card for each way, the strongest first, and the one best next step.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contact::Email;
use payung_domain::passkeys::Passkey;
use payung_domain::second_factor::Advice;
use payung_domain::time::Instant;
use payung_flows::payouts;
use payung_flows::security::{self, AppLabel, Overview};

use super::HOME;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;

/// The overview.
#[derive(Debug, Template)]
#[template(path = "security/overview.html")]
pub struct Security {
    /// Around the page.
    pub f: Frame,
    /// What was just done.
    pub done: Option<Done>,
    /// The one thing that would protect the account most.
    pub advice: Option<Advice>,
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// When the password was set.
    pub password_set_at: Instant,
    /// The authenticator app.
    pub app: Option<AppLabel>,
    /// Codes by text message.
    pub sms: Channel,
    /// Codes by e-mail.
    pub email: Channel,
    /// Recovery codes: how many are left, and when they were made.
    pub codes: Option<(u32, Instant)>,
    /// Whether anything may be paid out, in words.
    pub payouts: String,
    /// How many browsers may leave the second step out.
    pub remembered: u32,
}

/// Whether codes go by a kind of message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// They do, to there.
    On(String),
    /// They will, from that moment on: the number was changed a short while ago (B-07).
    Waits(Instant),
    /// The member switched them off; other messages still go there.
    Off(String),
    /// The operator switched them off.
    NotHere,
    /// Nothing is confirmed to send them to.
    NoContact,
}

impl Channel {
    fn of(place: Option<String>, is_allowed: bool, is_off: bool) -> Self {
        match place {
            _ if !is_allowed => Self::NotHere,
            None => Self::NoContact,
            Some(place) if is_off => Self::Off(place),
            Some(place) => Self::On(place),
        }
    }

    const fn is_on(&self) -> bool {
        matches!(self, Self::On(_))
    }

    fn says(&self, f: &Frame) -> String {
        match self {
            Self::On(place) => f.t1("way-is-on", "where", place),
            Self::Waits(until) => f.t1("sms-waits", "time", f.date_time(until)),
            Self::Off(place) => f.t1("way-is-off", "where", place),
            Self::NotHere => f.t("way-is-off-here"),
            Self::NoContact => f.t("way-no-contact"),
        }
    }
}

/// What was just done, as the address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// An app was bound.
    AppAdded,
    /// The app was removed.
    AppRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey got another name.
    PasskeyRenamed,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A passkey or the app was suspended.
    Suspended,
    /// It counts again.
    Resumed,
    /// The choice of ways was kept.
    Ways,
    /// Remembered browsers were forgotten.
    Forgotten,
}

impl Done {
    const ALL: [Self; 9] = [
        Self::AppAdded,
        Self::AppRemoved,
        Self::PasskeyAdded,
        Self::PasskeyRenamed,
        Self::PasskeyRemoved,
        Self::Suspended,
        Self::Resumed,
        Self::Ways,
        Self::Forgotten,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::AppAdded => "app-added",
            Self::AppRemoved => "app-removed",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRenamed => "passkey-renamed",
            Self::PasskeyRemoved => "passkey-removed",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::Ways => "ways",
            Self::Forgotten => "forgotten",
        }
    }

    /// The overview that says so.
    pub(super) fn shown(self) -> Response {
        see_other(&format!("{HOME}?done={}", self.name()))
    }

    fn title(self, f: &Frame) -> String {
        match self {
            Self::AppAdded => f.t("done-app-added"),
            Self::AppRemoved => f.t("done-app-removed"),
            Self::PasskeyAdded => f.t("done-passkey-added"),
            Self::PasskeyRenamed => f.t("done-passkey-renamed"),
            Self::PasskeyRemoved => f.t("done-passkey-removed"),
            Self::Suspended => f.t("done-suspended"),
            Self::Resumed => f.t("done-resumed"),
            Self::Ways => f.t("done-ways"),
            Self::Forgotten => f.t("done-forgotten"),
        }
    }

    fn text(self, f: &Frame) -> String {
        match self {
            Self::PasskeyRemoved => f.t("done-passkey-removed-text"),
            Self::Suspended => f.t("done-suspended-text"),
            _ => String::new(),
        }
    }
}

impl Security {
    fn of(member: &Member, overview: Overview) -> Self {
        let contacts = &overview.contacts;
        let phone = contacts.phone.as_ref().map(|phone| phone.ending().to_owned());
        let (sms_allowed, email_allowed) = overview.operator_allows;
        let f = member.frame();
        let phone = phone.map(|ending| f.t1("number-ending-in", "ending", &ending));
        let email = contacts.email.as_ref().map(Email::masked);
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            f,
            done: None,
            advice: overview.ways.advice(),
            password_set_at: member.signed_in.account.password_set_at,
            app: overview.app,
            sms: match overview.number_waits_until {
                Some(until) if sms_allowed => Channel::Waits(until),
                _ => Channel::of(phone, sms_allowed, overview.choices.is_sms_off),
            },
            email: Channel::of(email, email_allowed, overview.choices.is_email_off),
            codes: overview.codes.map(|codes| (count(codes.to_rely_on()), codes.made_at)),
            payouts: String::new(),
            remembered: count(overview.remembered.len()),
            passkeys: overview.passkeys,
        }
    }

    fn advice_text(&self) -> String {
        match self.advice {
            Some(Advice::AddStronger) => self.f.t("advice-add-stronger"),
            Some(Advice::MakeCodes) => self.f.t("advice-make-codes"),
            Some(Advice::RenewCodes) => self.f.t("advice-renew-codes"),
            Some(Advice::AddAnother) => self.f.t("advice-add-another"),
            None => self.f.t("advice-nothing"),
        }
    }

    fn advice_link(&self) -> Option<(&'static str, String)> {
        Some(match self.advice? {
            Advice::MakeCodes => ("/security/codes", self.f.t("codes-make-link")),
            Advice::RenewCodes => ("/security/codes", self.f.t("codes-renew-link")),
            Advice::AddAnother if self.app.is_none() => ("/security/app", self.f.t("app-add-link")),
            Advice::AddStronger | Advice::AddAnother => {
                ("/security/passkeys/add", self.f.t("passkeys-add-link"))
            }
        })
    }

    /// Where a passkey lives (D-04).
    fn home_of(&self, key: &Passkey) -> String {
        if key.is_backed_up { self.f.t("passkey-synced") } else { self.f.t("passkey-one-device") }
    }

    fn story_of(&self, key: &Passkey) -> String {
        let used = match &key.used_at {
            Some(at) => self.f.t1("used-at", "date", self.f.day(at)),
            None => self.f.t("never-used"),
        };
        format!("{}, {used}", self.f.t1("added-at", "date", self.f.day(&key.added_at)))
    }
}

/// `GET /security`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let account = &member.signed_in.account;
    let overview = security::overview(&guest.site.app, &guest.visit, account).await?;
    let said = guest.query.text("done");
    let done = Done::ALL.into_iter().find(|done| done.name() == said);
    let lock = payouts::view(&guest.site.app, &guest.visit, account.id).await?;
    let page = Security::of(&member, overview);
    let payouts = super::payouts::in_words(&page.f, lock.payouts, lock.closed_at);
    let page = Security { done, payouts, ..page };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/remembered/forget`: takes a comfort away and protects, so nothing is asked first.
pub async fn forget(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    if form.of_session().is_ok() {
        let account = &member.signed_in.account;
        security::forget_browsers(&guest.site.app, &guest.visit, account).await?;
        return Ok(Done::Forgotten.shown());
    }
    Ok(see_other(HOME))
}
