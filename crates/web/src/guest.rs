//! Whoever asks for a page, and what the page may assume of them. Made once for each request, by
//! `front`; handlers take it as an argument.

use std::ops::Deref;
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::authenticators::Need;
use payung_domain::sign_in::stays_here;
use payung_domain::time::Zone;
use payung_domain::token::Token;
use payung_flows::sessions::{self, Found, SignedIn};
use payung_flows::{Fault, Visit, confirming, members, service};
use payung_texts::Texts;

use crate::csrf::{self, Bound, FormName};
use crate::form::{Fields, MOST_BYTES, Unreadable};
use crate::keeping;
use crate::page::{self, Frame, Help, Theme};
use crate::pages::problems::problem::Obstacle;
use crate::site::Site;

/// A visitor with a request. Everybody who answers it has the same one.
#[derive(Clone, Debug)]
pub struct Guest(Arc<Visitor>);

/// What a request says of its sender.
#[derive(Debug)]
pub struct Visitor {
    /// The site.
    pub site: Arc<Site>,
    /// Who and when, for the flows.
    pub visit: Visit,
    /// The browser's name: the one it sent, or the one it is getting now.
    pub browser: Token,
    /// The session it claims to have.
    pub session: Option<Token>,
    /// The sign-in it claims to be in.
    pub sign_in: Option<Token>,
    /// The link to set a new password with that it claims to have opened.
    pub reset: Option<Token>,
    /// What it typed when it forgot the password, sealed.
    pub forgotten: Option<String>,
    /// The activation it claims to be in.
    pub activation: Option<Token>,
    /// The link to go on with an activation that it claims to have opened.
    pub activation_link: Option<Token>,
    /// The recovery it claims to be asking for.
    pub recovery: Option<Token>,
    /// The link that finishes a recovery that it claims to have opened.
    pub recovery_link: Option<Token>,
    /// The link that stops a recovery that it claims to have opened.
    pub recovery_stop: Option<Token>,
    /// The recovery it asked about, sealed.
    pub recovery_seen: Option<String>,
    /// The origin of the application that somebody signs in for, if the cookie is ours.
    pub target: Option<String>,
    /// How light pages are.
    pub theme: Theme,
    /// What the address asks for.
    pub query: Fields,
    /// Path and query without the language.
    pub address: String,
    /// The nonce of the page's one script.
    pub nonce: String,
    /// Whether the browser asks to save data.
    pub saves_data: bool,
    /// Whether a proxy that reads along renders the page (Opera Mini).
    pub is_proxied_browser: bool,
}

/// A member who is signed in, and the visitor they are.
#[derive(Clone, Debug)]
pub struct Member {
    /// The visitor.
    pub guest: Guest,
    /// The session and the account.
    pub signed_in: SignedIn,
    /// The session's token.
    pub token: Token,
    /// The person's name.
    pub name: String,
}

/// A member who proved a moment ago who they are, by as much as the account has: what protected acts
/// ask for, and everything that adds a way to come in (J-02).
#[derive(Clone, Debug)]
pub struct Proved(pub Member);

/// A member who proved a moment ago who they are, by any way: enough for what only takes away, such
/// as signing out a device that was lost (J-06, H-08), and for a page that shows what could be done.
#[derive(Clone, Debug)]
pub struct Confirmed(pub Member);

/// A form that came in.
#[derive(Debug)]
pub struct Form {
    /// Who sent it.
    pub guest: Guest,
    fields: Fields,
}

/// The answer to a form whose page is too old, or was never ours: show it again (`stale`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

/// What a handler answers when it cannot show its page.
#[derive(Debug)]
pub enum Trouble {
    /// A fault: logged here, shown as a page with a reference number.
    Fault(Fault),
    /// Something the visitor can do something about.
    Obstacle(Obstacle),
    /// Another answer altogether, such as the way to the sign-in page.
    Instead(Box<Response>),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl IntoResponse for Trouble {
    /// Only says what is the matter; `front` makes the page of it, since it knows the visitor.
    fn into_response(self) -> Response {
        match self {
            Self::Obstacle(obstacle) => {
                let mut response = StatusCode::OK.into_response();
                response.extensions_mut().insert(obstacle);
                response
            }
            Self::Fault(fault) => {
                let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
                response.extensions_mut().insert(Arc::new(fault));
                response
            }
            Self::Instead(response) => *response,
        }
    }
}

impl From<Visitor> for Guest {
    fn from(visitor: Visitor) -> Self {
        Self(Arc::new(visitor))
    }
}

impl Deref for Guest {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.0
    }
}

impl Guest {
    /// Around a page for somebody who is not signed in, or in a page that does not care.
    #[must_use]
    pub fn frame(&self) -> Frame {
        self.frame_bound(Bound::Browser)
    }

    /// Around a page for everybody, with the member's navigation where somebody is signed in. While
    /// the database is away nobody is, but the page is there.
    pub async fn frame_of_anybody(&self) -> Frame {
        match service::soon(self.clone().member()).await {
            Ok(Ok(member)) => member.frame(),
            Ok(Err(guest)) => guest.frame(),
            Err(fault) => {
                tracing::warn!(cause = ?std::error::Error::source(&fault), "signed out, {fault}");
                self.frame()
            }
        }
    }

    /// Around a page between password and code.
    #[must_use]
    pub fn frame_of_sign_in(&self, sign_in: &Token) -> Frame {
        self.frame_bound(Bound::SignIn(sign_in))
    }

    /// Around the page of a link that sets a new password.
    #[must_use]
    pub fn frame_of_reset(&self, link: &Token) -> Frame {
        self.frame_bound(Bound::Reset(link))
    }

    /// Around a page of an activation, or of a link that goes on with one.
    #[must_use]
    pub fn frame_of_activation(&self, token: &Token) -> Frame {
        self.frame_bound(Bound::Activation(token))
    }

    /// Around a page of a recovery that is asked for, or of a link that finishes one.
    #[must_use]
    pub fn frame_of_recovery(&self, token: &Token) -> Frame {
        self.frame_bound(Bound::Recovery(token))
    }

    fn frame_bound(&self, bound: Bound<'_>) -> Frame {
        let app = &self.site.app;
        let settings = &app.settings;
        Frame {
            language: self.visit.language,
            zone: Zone::default(),
            texts: Texts::shipped(),
            service_name: settings.service_name.clone(),
            public_url: settings.public_url.clone(),
            address: self.address.clone(),
            signed_in: None,
            csrf: csrf::token(&app.keys.forms, &*app.dice, &self.browser, bound, self.visit.now),
            nonce: self.nonce.clone(),
            theme: self.theme,
            help: Help {
                phone: settings.help_phone.clone(),
                hours: settings.help_hours.clone(),
                email: settings.help_email.clone(),
            },
            notice: app.announcements.now(self.visit.language, self.visit.now),
            kept: None,
            demo: self.site.is_demo,
        }
    }

    /// The session this browser claims to have, looked up.
    pub async fn find_session(&self) -> Result<Option<Found>, Fault> {
        match &self.session {
            Some(token) => sessions::find(&self.site.app, &self.visit, token).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same visitor as a member, if they are signed in.
    pub async fn member(self) -> Result<Result<Member, Self>, Fault> {
        let Some(token) = self.session.clone() else { return Ok(Err(self)) };
        let Found::Live(signed_in) = sessions::find(&self.site.app, &self.visit, &token).await?
        else {
            return Ok(Err(self));
        };
        let person = signed_in.account.person;
        let name = members::name(&self.site.app, person).await?.unwrap_or_default();
        Ok(Ok(Member { guest: self, signed_in: *signed_in, token, name }))
    }
}

impl Member {
    /// Around a page of somebody signed in.
    #[must_use]
    pub fn frame(&self) -> Frame {
        let now = self.guest.visit.now;
        Frame {
            zone: self.signed_in.account.zone,
            signed_in: Some(page::SignedIn {
                name: self.name.clone(),
                idle: self.signed_in.session.idle,
                left: self.signed_in.until.since(now),
            }),
            ..self.guest.frame_bound(Bound::Session(&self.token))
        }
    }

    /// The calendar day where the member lives.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        self.guest.visit.now.date(self.signed_in.account.zone)
    }

    /// Whether another password has to be set before this page may be shown.
    fn is_held_up(&self, parts: &Parts) -> bool {
        let may_go_on = BEFORE_THE_NEW_PASSWORD.contains(&parts.uri.path());
        self.signed_in.must_change.is_some() && !may_go_on
    }

    /// How long the session has left, in whole seconds.
    #[must_use]
    pub fn seconds_left(&self) -> u64 {
        self.signed_in.until.since(self.guest.visit.now).as_secs()
    }
}

impl Form {
    /// A form that came with a file.
    pub(crate) const fn with_a_file(guest: Guest, fields: Fields) -> Self {
        Self { guest, fields }
    }

    /// The fields, if the page that gave the form was made for this browser.
    pub fn of_anybody(&self) -> Result<(&Fields, FormName), Stale> {
        let sessions = self.guest.session.iter().map(Bound::Session);
        let sign_ins = self.guest.sign_in.iter().map(Bound::SignIn);
        std::iter::once(Bound::Browser)
            .chain(sessions)
            .chain(sign_ins)
            .find_map(|bound| self.check(bound))
            .map(|name| (&self.fields, name))
            .ok_or(Stale)
    }

    /// The fields, if the page was made for the sign-in that this browser is in.
    pub fn of_sign_in(&self) -> Result<(&Fields, &Token), Stale> {
        let token = self.guest.sign_in.as_ref().ok_or(Stale)?;
        self.check(Bound::SignIn(token)).map(|_| (&self.fields, token)).ok_or(Stale)
    }

    /// The fields, if the page was made for the session that this browser has.
    pub fn of_session(&self) -> Result<&Fields, Stale> {
        let token = self.guest.session.as_ref().ok_or(Stale)?;
        self.check(Bound::Session(token)).map(|_| &self.fields).ok_or(Stale)
    }

    /// The fields, if the page was made for the link to set a new password with that this browser
    /// opened last.
    pub fn of_reset(&self) -> Result<(&Fields, &Token), Stale> {
        let link = self.guest.reset.as_ref().ok_or(Stale)?;
        self.check(Bound::Reset(link)).map(|_| (&self.fields, link)).ok_or(Stale)
    }

    /// The fields, if the page was made for the activation that this browser is in.
    pub fn of_activation(&self) -> Result<(&Fields, &Token), Stale> {
        let token = self.guest.activation.as_ref().ok_or(Stale)?;
        self.check(Bound::Activation(token)).map(|_| (&self.fields, token)).ok_or(Stale)
    }

    /// The link, if the page was made for the one that this browser opened last.
    pub fn of_activation_link(&self) -> Result<&Token, Stale> {
        let link = self.guest.activation_link.as_ref().ok_or(Stale)?;
        self.check(Bound::Activation(link)).map(|_| link).ok_or(Stale)
    }

    /// The fields, if the page was made for the recovery that this browser asks for.
    pub fn of_recovery(&self) -> Result<(&Fields, &Token), Stale> {
        let token = self.guest.recovery.as_ref().ok_or(Stale)?;
        self.check(Bound::Recovery(token)).map(|_| (&self.fields, token)).ok_or(Stale)
    }

    /// The fields, if the page was made for the link that finishes a recovery that this browser
    /// opened last.
    pub fn of_recovery_link(&self) -> Result<(&Fields, &Token), Stale> {
        let token = self.guest.recovery_link.as_ref().ok_or(Stale)?;
        self.check(Bound::Recovery(token)).map(|_| (&self.fields, token)).ok_or(Stale)
    }

    /// The fields and the form's name, if the page was made for the session that this browser has.
    pub fn of_session_by_name(&self) -> Result<(&Fields, FormName), Stale> {
        let token = self.guest.session.as_ref().ok_or(Stale)?;
        self.check(Bound::Session(token)).map(|name| (&self.fields, name)).ok_or(Stale)
    }

    /// How long the page was open before the form came back (E-07).
    #[must_use]
    pub fn taken(&self) -> Option<std::time::Duration> {
        csrf::made_at(self.fields.text("csrf")).map(|made_at| self.guest.visit.now.since(made_at))
    }

    /// The fields to show again beside `stale`. Nothing may be done with them.
    #[must_use]
    pub const fn to_show_again(&self) -> &Fields {
        &self.fields
    }

    fn check(&self, bound: Bound<'_>) -> Option<FormName> {
        let guest = &self.guest;
        let key = &guest.site.app.keys.forms;
        csrf::check(key, &guest.browser, bound, self.fields.text("csrf"), guest.visit.now)
    }
}

impl<S: Sync> FromRequestParts<S> for Guest {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Trouble::Fault(Fault::new(
                "finding out who asks",
                "the request did not come through front",
            ))
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Member {
    type Rejection = Trouble;

    /// Whoever is not signed in is shown the way to the sign-in page, and back here afterwards.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let guest = Guest::from_request_parts(parts, state).await?;
        let had_session = guest.session.is_some();
        match guest.member().await? {
            Ok(member) if member.is_held_up(parts) => {
                keeping::keep(parts, &member.guest).await?;
                Err(Trouble::Instead(Box::new(see_other(PASSWORD_PATH))))
            }
            Ok(member) => {
                keeping::forget(parts, &member).await?;
                Ok(member)
            }
            Err(guest) => {
                let is_kept = keeping::keep(parts, &guest).await?;
                let mut query = form_urlencoded::Serializer::new(String::new());
                if parts.method == Method::GET || is_kept {
                    query.append_pair("next", &guest.address);
                } else if let Some(page) = page_before(parts, &guest) {
                    query.append_pair("next", page);
                }
                if had_session {
                    let reason = if is_kept { "session-ended-kept" } else { "session-ended" };
                    query.append_pair("reason", reason);
                }
                let query = query.finish();
                let joint = if query.is_empty() { "" } else { "?" };
                let way = format!("/sign-in{joint}{query}");
                Err(Trouble::Instead(Box::new(see_other(&way))))
            }
        }
    }
}

/// Where a member who has to set another password first may still go.
const BEFORE_THE_NEW_PASSWORD: &[&str] =
    &[PASSWORD_PATH, "/confirm", "/confirm/passkey", "/session/extend"];

/// Where a password is changed from inside.
pub const PASSWORD_PATH: &str = "/security/password";

impl<S: Sync> FromRequestParts<S> for Proved {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        proved(parts, state, Need::Full).await.map(Self)
    }
}

impl<S: Sync> FromRequestParts<S> for Confirmed {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        proved(parts, state, Need::Any).await.map(Self)
    }
}

/// Whoever proved too little, or too long ago, is asked on `/confirm`, and comes back to this page.
async fn proved<S: Sync>(parts: &mut Parts, state: &S, need: Need) -> Result<Member, Trouble> {
    let member = Member::from_request_parts(parts, state).await?;
    let guest = &member.guest;
    if !confirming::is_needed(&guest.site.app, &guest.visit, &member.signed_in, need).await? {
        return Ok(member);
    }
    keeping::keep(parts, guest).await?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &guest.address);
    if need == Need::Any {
        query.append_pair("need", "any");
    }
    let way = format!("/confirm?{}", query.finish());
    Err(Trouble::Instead(Box::new(see_other(&way))))
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let guest = Guest::from_request_parts(&mut parts, state).await?;
        if !is_from_our_pages(&parts.headers, parts.uri.path(), &guest.site) {
            let reference = reference(&guest);
            tracing::warn!(reference, "a form from another site was refused");
            return Err(Trouble::Obstacle(Obstacle::NotAllowed(reference)));
        }
        if !is_form(&parts.headers) {
            return Err(Trouble::Obstacle(Obstacle::Unreadable));
        }
        let bytes =
            to_bytes(body, MOST_BYTES).await.map_err(|_| Trouble::Obstacle(Obstacle::TooLarge))?;
        let fields = Fields::parse(&bytes).map_err(|problem| match problem {
            Unreadable::TooMany => Trouble::Obstacle(Obstacle::TooLarge),
            Unreadable::Twice | Unreadable::NotText => Trouble::Obstacle(Obstacle::Unreadable),
        })?;
        Ok(Self { guest, fields })
    }
}

/// The page of ours that a form was on, as the browser says: some forms have an address that shows
/// nothing by itself.
fn page_before<'a>(parts: &'a Parts, guest: &Guest) -> Option<&'a str> {
    let before = parts.headers.get(header::REFERER)?.to_str().ok()?;
    before.strip_prefix(&*guest.site.app.settings.public_url).filter(|path| stays_here(path))
}

/// Whether a body is written as forms are.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim() == "application/x-www-form-urlencoded")
}

/// Where links to set a new password lead.
pub const RESET_PATH: &str = "/reset-password";

/// `303`: whatever was sent, the next page is asked for with `GET`.
#[must_use]
pub fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}

/// A number to quote, in the log too.
#[must_use]
pub fn reference(guest: &Guest) -> String {
    let id = guest.site.app.dice.id().simple().to_string();
    id[..10].to_uppercase()
}

/// What browsers say of where a form comes from; the token decides, this stops most before (L-05).
pub(crate) fn is_from_our_pages(headers: &HeaderMap, path: &str, site: &Site) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(fetched) = text("sec-fetch-site") {
        return matches!(fetched, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    if origin == "null" && path == RESET_PATH {
        // That page says no referrer, and then older browsers hide the origin too.
        return true;
    }
    let host = text("host").unwrap_or_default();
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    origin == site.app.settings.public_url || authority == host
}
