//! The authorization endpoint: from the application's request through our own pages back to it.
//! What has to happen is decided in `flows`; this file only walks the browser there.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::language::Language;
use payung_domain::oidc::parameters::Parameters;
use payung_domain::oidc::requests::{Mode, Unanswerable};
use payung_domain::token::Token;
use payung_flows::oidc::authorize::{self, Answer, Back, SignIn, target_of};
use payung_flows::oidc::paths;

use super::ask;
use crate::form::MOST_BYTES;
use crate::guest::{Guest, Member, PASSWORD_PATH, Trouble, see_other};
use crate::oidc::{call, target};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// The form that carries an answer to the application. Outside of the shell: it is gone before
/// anybody reads it, and works with a button where scripts are off.
#[derive(Debug, Template)]
#[template(path = "consent/form_post.html")]
pub struct FormPost {
    /// The language, the texts and the nonce.
    pub f: Frame,
    /// Where it goes.
    pub address: String,
    /// What it carries.
    pub pairs: Vec<(&'static str, String)>,
}

/// `GET /oidc/authorize`
pub async fn arrive(guest: Guest, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let parameters = parameters(query.as_deref().unwrap_or_default())?;
    let (guest, member) = whoever(guest).await?;
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    // whoever has to set another password first lets nobody in before.
    let signed_in = member.as_ref().map(|member| &member.signed_in);
    let signed_in = signed_in.filter(|signed_in| signed_in.must_change.is_none());
    let answer = authorize::arrive(app, visit, browser, &parameters, signed_in).await?;
    walk(&guest, member.as_ref(), None, answer).await
}

/// `POST /oidc/authorize`. Another site's form comes without the cookie of the session, so it is taken
/// as what it asks for and brought again with `GET`, which carries the cookie.
pub async fn bring_again(request: axum::extract::Request) -> Result<Response, Trouble> {
    again(request, paths::AUTHORIZE).await
}

/// Turns a form from elsewhere into a `GET` of the same (K-06: by 303).
pub async fn again(request: axum::extract::Request, path: &str) -> Result<Response, Trouble> {
    let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES)
        .await
        .map_err(|_| Trouble::Obstacle(Obstacle::TooLarge))?;
    call::read(&bytes).map_err(|_| Trouble::Obstacle(Obstacle::Unreadable))?;
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(&bytes))
        .finish();
    Ok(see_other(&format!("{path}?{query}")))
}

/// `GET /oidc/continue`
pub async fn resume(guest: Guest) -> Result<Response, Trouble> {
    let handle = handle(guest.query.text("request"))?;
    let (guest, member) = whoever(guest).await?;
    if member.as_ref().is_some_and(|member| member.signed_in.must_change.is_some()) {
        return Ok(see_other(PASSWORD_PATH));
    }
    let (app, visit, browser) = (&guest.site.app, &guest.visit, &guest.browser);
    let signed_in = member.as_ref().map(|member| &member.signed_in);
    let answer = authorize::resume(app, visit, browser, &handle, signed_in).await?;
    walk(&guest, member.as_ref(), Some(&handle), answer).await
}

/// The parameters of an address. One that stands there twice is nobody's request (O12).
pub fn parameters(query: &str) -> Result<Parameters, Trouble> {
    call::read(query.as_bytes()).map_err(|_| Trouble::Obstacle(Obstacle::Unreadable))
}

/// A handle of ours, or the page that says that there is no such request.
pub fn handle(text: &str) -> Result<Token, Trouble> {
    Token::parse(text).ok_or(Trouble::Obstacle(Obstacle::RequestGone))
}

/// The visitor, and the member they are, where they are one.
pub async fn whoever(guest: Guest) -> Result<(Guest, Option<Member>), Trouble> {
    Ok(match guest.clone().member().await? {
        Ok(member) => (guest, Some(member)),
        Err(guest) => (guest, None),
    })
}

/// Walks the browser to what comes next.
pub async fn walk(
    guest: &Guest,
    member: Option<&Member>,
    handle: Option<&Token>,
    answer: Answer,
) -> Result<Response, Trouble> {
    match (answer, handle, member) {
        (Answer::Back(back), ..) => Ok(away(guest, back)),
        (Answer::Waits(handle), ..) => {
            let mut response = see_other(&continued(&handle));
            if guest.visit.browser.is_none() {
                // The request is bound to this browser, so the browser gets its name now.
                let name = guest.browser.expose();
                let headers = response.headers_mut();
                cookies::set(&guest.site, headers, cookies::BROWSER, name, Some(cookies::LONG));
            }
            Ok(response)
        }
        (Answer::SignIn(wish), Some(handle), _) => to_sign_in(guest, handle, &wish).await,
        (Answer::ProveMore, Some(handle), _) => {
            let way = with_next("/confirm", handle, &[]);
            with_target(guest, handle, see_other(&way)).await
        }
        (Answer::Ask(question), Some(handle), Some(member)) => {
            ask::show(member, handle, &question).await
        }
        (Answer::TooMany(until), ..) => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
        (Answer::Unanswerable(Unanswerable::Client | Unanswerable::Address), ..) => {
            Err(Trouble::Obstacle(Obstacle::UnknownApplication))
        }
        // A page of a request that has no handle: there is none to come back to.
        _ => Err(Trouble::Obstacle(Obstacle::RequestGone)),
    }
}

/// The address that a waiting request goes on at.
#[must_use]
pub fn continued(handle: &Token) -> String {
    format!("{}?request={}", paths::CONTINUE, handle.expose())
}

async fn to_sign_in(guest: &Guest, handle: &Token, wish: &SignIn) -> Result<Response, Trouble> {
    let more = [
        ("reason", wish.again.then_some("again")),
        ("hint", wish.hint.as_deref()),
        ("lang", wish.language.map(Language::tag)),
    ];
    with_target(guest, handle, see_other(&with_next("/sign-in", handle, &more))).await
}

/// The address of a page that leads back to a waiting request.
fn with_next(path: &str, handle: &Token, more: &[(&str, Option<&str>)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &continued(handle));
    for (name, value) in more {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    format!("{path}?{}", query.finish())
}

/// Tells the pages on the way where their forms may end.
async fn with_target(
    guest: &Guest,
    handle: &Token,
    mut response: Response,
) -> Result<Response, Trouble> {
    if let Some(origin) = authorize::target(&guest.site.app, handle).await? {
        let value = target::sealed(&guest.site, &origin);
        let headers = response.headers_mut();
        cookies::set(&guest.site, headers, cookies::TARGET, &value, None);
    }
    Ok(response)
}

/// The answer, on its way to the application.
fn away(guest: &Guest, back: Back) -> Response {
    let mut response = match back.mode {
        Mode::Query | Mode::QueryJwt => {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(&back.pairs);
            let joint = if back.address.contains('?') { '&' } else { '?' };
            see_other(&format!("{}{joint}{}", back.address, query.finish()))
        }
        Mode::FormPost | Mode::FormPostJwt => {
            let target = target_of(&back.address);
            let page = FormPost { f: guest.frame(), address: back.address, pairs: back.pairs };
            with_policy(guest, Some(&target), front::show(StatusCode::OK, &page))
        }
    };
    let headers = response.headers_mut();
    if guest.target.is_some() || guest.session.is_some() {
        cookies::forget(&guest.site, headers, cookies::TARGET);
    }
    response
}

/// A page whose form may end at the application.
pub fn with_policy(guest: &Guest, target: Option<&str>, mut response: Response) -> Response {
    if let Ok(policy) = HeaderValue::try_from(front::policy(guest, target)) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response.into_response()
}
