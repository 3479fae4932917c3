//! Whoever asks for a page of the desk, and what the page may assume of them.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use payung_domain::language::Language;
use payung_domain::sign_in::stays_here;
use payung_domain::staff::audit::Act;
use payung_domain::staff::{IDLE, Right};
use payung_domain::time::Zone;
use payung_domain::token::Token;
use payung_flows::staff::{self, Denied, SignedIn};
use payung_flows::{App, Fault, Visit};

use super::Me;
use super::problem::DeskProblem;
use crate::csrf::{self, Bound};
use crate::form::{Fields, MOST_BYTES, Unreadable};
use crate::guest::{
    Guest, Stale, Trouble, Visitor, is_form, is_from_our_pages, reference, see_other,
};
use crate::page::{self, Frame};
use crate::pages::problems::problem::Obstacle;
use crate::site::Site;
use crate::{cookies, front};

/// A visitor of the desk with a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The visitor, with no cookie of a member.
    pub guest: Guest,
    /// The session they claim to have.
    pub session: Option<Token>,
    /// The invitation they claim to have opened.
    pub invitation: Option<Token>,
}

/// Somebody who is signed in at the desk.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The visitor.
    pub caller: Caller,
    /// Who they are.
    pub signed_in: SignedIn,
    /// The session's token.
    pub token: Token,
}

/// A form that came in.
#[derive(Debug)]
pub struct Form {
    /// Who sent it.
    pub caller: Caller,
    fields: Fields,
}

/// Finds out who asks. Cookies of members count for nothing here, whoever sends them along.
pub(super) fn caller(
    site: &Arc<Site>,
    request: &Request,
    chosen: Option<Language>,
) -> (Caller, bool) {
    let (visitor, is_readable) = front::visitor(site, request, chosen);
    let headers = request.headers();
    let known = cookies::read_token(site, headers, cookies::DESK_BROWSER);
    let guest = Guest::from(Visitor {
        browser: known.clone().unwrap_or_else(|| Token::new(&*site.app.dice)),
        visit: Visit { browser: known, ..visitor.visit },
        session: None,
        sign_in: None,
        reset: None,
        forgotten: None,
        activation: None,
        activation_link: None,
        recovery: None,
        recovery_link: None,
        recovery_stop: None,
        recovery_seen: None,
        target: None,
        ..visitor
    });
    let session = cookies::read_token(site, headers, cookies::DESK_SESSION);
    let invitation = cookies::read_token(site, headers, cookies::DESK_INVITATION);
    (Caller { guest, session, invitation }, is_readable)
}

impl Caller {
    /// The flows.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.guest.site.app
    }

    /// Who and when, for the flows.
    #[must_use]
    pub fn visit(&self) -> &Visit {
        &self.guest.visit
    }

    /// Around a page for somebody who is not signed in.
    #[must_use]
    pub fn frame(&self) -> Frame {
        self.frame_bound(Bound::Desk)
    }

    fn frame_bound(&self, bound: Bound<'_>) -> Frame {
        let (guest, app) = (&self.guest, self.app());
        let now = guest.visit.now;
        Frame {
            zone: Zone::default(),
            public_url: app.settings.desk.url().to_owned(),
            csrf: csrf::token(&app.keys.forms, &*app.dice, &guest.browser, bound, now),
            ..guest.frame()
        }
    }

    /// A page with a session behind it.
    pub(super) fn let_in(&self, session: &Token, next: &str) -> Response {
        let mut response = see_other(next);
        let (site, headers) = (&self.guest.site, response.headers_mut());
        cookies::set(site, headers, cookies::DESK_SESSION, session.expose(), None);
        cookies::forget(site, headers, cookies::DESK_INVITATION);
        response
    }
}

impl Officer {
    /// Around a page of somebody signed in.
    #[must_use]
    pub fn frame(&self) -> Frame {
        let now = self.caller.visit().now;
        Frame {
            signed_in: Some(page::SignedIn {
                name: self.signed_in.staff.name.as_str().to_owned(),
                idle: IDLE,
                left: self.signed_in.until.since(now),
            }),
            ..self.caller.frame_bound(Bound::Staff(&self.token))
        }
    }

    /// Who they are, for the frame.
    #[must_use]
    pub fn me(&self) -> Me {
        Me::of(&self.signed_in.staff)
    }

    /// Goes on where the role allows this. Where it does not, that is written down, and the officer is
    /// told; where only the passkey is missing, they come back here with it.
    pub(super) async fn may(&self, right: Right, act: Act, here: &str) -> Result<(), Trouble> {
        staff::may(self.caller.app(), self.caller.visit(), &self.signed_in, right, act)
            .await?
            .map_err(|denied| self.denied(denied, here))
    }

    /// A page that says no, with the ways to what this officer may do.
    pub(super) fn not_allowed(&self) -> Trouble {
        let obstacle = Obstacle::NotAllowed(reference(&self.caller.guest));
        let page = DeskProblem { f: self.frame(), me: Some(self.me()), obstacle };
        Trouble::Instead(Box::new(page.answer(self.caller.visit().now)))
    }

    /// What to answer to somebody who was denied something: the way to the passkey and back, or a
    /// page that says no.
    pub(super) fn denied(&self, denied: Denied, back: &str) -> Trouble {
        match denied {
            Denied::Role => self.not_allowed(),
            Denied::Proof => {
                let mut query = form_urlencoded::Serializer::new(String::new());
                query.append_pair("next", back);
                let way = format!("/confirm?{}", query.finish());
                Trouble::Instead(Box::new(see_other(&way)))
            }
        }
    }
}

impl Form {
    /// The fields, if the page was made for this browser.
    pub fn of_anybody(&self) -> Result<&Fields, Stale> {
        self.check(Bound::Desk)
    }

    /// The fields, if the page was made for the session that this browser has.
    pub fn of_session(&self) -> Result<&Fields, Stale> {
        let token = self.caller.session.as_ref().ok_or(Stale)?;
        self.check(Bound::Staff(token))
    }

    /// A form that came with a file.
    pub(super) const fn with_a_file(caller: Caller, fields: Fields) -> Self {
        Self { caller, fields }
    }

    /// The fields to show again. Nothing may be done with them.
    #[must_use]
    pub const fn to_show_again(&self) -> &Fields {
        &self.fields
    }

    fn check(&self, bound: Bound<'_>) -> Result<&Fields, Stale> {
        let (guest, app) = (&self.caller.guest, self.caller.app());
        let (key, given) = (&app.keys.forms, self.fields.text("csrf"));
        csrf::check(key, &guest.browser, bound, given, guest.visit.now)
            .map(|_| &self.fields)
            .ok_or(Stale)
    }
}

/// A path of the desk to go to, else its first page.
pub(super) fn landing(next: Option<&str>) -> &str {
    next.filter(|path| stays_here(path) && !path.starts_with("/sign-")).unwrap_or("/")
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Trouble> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            Trouble::Fault(Fault::new(
                "finding out who asks at the desk",
                "the request did not come through front",
            ))
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Officer {
    type Rejection = Trouble;

    /// Whoever is not signed in is shown the way to the passkey, and back here afterwards.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let caller = Caller::from_request_parts(parts, state).await?;
        if let Some(token) = caller.session.clone()
            && let Some(signed_in) = staff::find(caller.app(), caller.visit(), &token).await?
        {
            return Ok(Self { caller, signed_in, token });
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        if parts.method == Method::GET {
            query.append_pair("next", &caller.guest.address);
        }
        let query = query.finish();
        let joint = if query.is_empty() { "" } else { "?" };
        Err(Trouble::Instead(Box::new(see_other(&format!("/sign-in{joint}{query}")))))
    }
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Trouble;

    async fn from_request(request: Request, state: &S) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        if !is_ours(&parts.headers, parts.uri.path(), &caller) {
            let reference = reference(&caller.guest);
            tracing::warn!(reference, "a form from another site was refused at the desk");
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
        Ok(Self { caller, fields })
    }
}

/// A page of the member site is another site here, even where a test has both on one machine.
pub(super) fn is_ours(headers: &HeaderMap, path: &str, caller: &Caller) -> bool {
    let settings = &caller.app().settings;
    let origin = headers.get("origin").and_then(|value| value.to_str().ok());
    let is_members =
        origin == Some(&*settings.public_url) && settings.desk.url() != settings.public_url;
    !is_members && is_from_our_pages(headers, path, &caller.guest.site)
}
