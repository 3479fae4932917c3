//! Signing out because an application asks for it: at once where it shows that it knows the session,
//! else after a question.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use payung_flows::oidc::authorize::target_of;
use payung_flows::oidc::logout::{self, Answer};
use payung_flows::oidc::paths;

use super::authorize::{again, parameters, whoever, with_policy};
use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// What an application may send along; all of it comes back with the form and is checked again.
const SENT: [&str; 4] = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"];

/// The question.
#[derive(Debug, Template)]
#[template(path = "consent/logout.html")]
pub struct Logout {
    /// Around the page.
    pub f: Frame,
    /// Which application asks, where it says so in a way we can check.
    pub app: Option<String>,
    /// What it sent.
    pub sent: Vec<(&'static str, String)>,
}

/// `GET /oidc/logout`
pub async fn arrive(guest: Guest, RawQuery(query): RawQuery) -> Result<Response, Trouble> {
    let parameters = parameters(query.as_deref().unwrap_or_default())?;
    let (guest, member) = whoever(guest).await?;
    let (app, visit, session) = (&guest.site.app, &guest.visit, guest.session.as_ref());
    let signed_in = member.as_ref().map(|member| &member.signed_in);
    let answer = logout::asked(app, visit, &parameters, signed_in, session).await?;
    match (answer, member) {
        (Answer::Refused, _) => Err(Trouble::Obstacle(Obstacle::LogoutRefused)),
        (Answer::Done { to }, _) => Ok(done(&guest, to.as_deref())),
        (Answer::Ask { .. }, None) => Ok(done(&guest, None)),
        (Answer::Ask { app }, Some(member)) => {
            let sent = SENT
                .into_iter()
                .filter_map(|name| parameters.get(name).map(|value| (name, value.to_owned())))
                .collect();
            let target = parameters.get("post_logout_redirect_uri").map(target_of);
            let f = Frame { address: "/sign-out".to_owned(), ..member.frame() };
            let response = front::show(StatusCode::OK, &Logout { f, app, sent });
            Ok(with_policy(&guest, target.as_deref(), response))
        }
    }
}

/// `POST /oidc/logout`: another site's form, without our cookies.
pub async fn bring_again(request: axum::extract::Request) -> Result<Response, Trouble> {
    again(request, paths::LOGOUT).await
}

/// `POST /oidc/logout/confirm`: the member's own answer.
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let (Ok(fields), Some(session)) = (form.of_session(), &guest.session) else {
        return Ok(see_other("/sign-out"));
    };
    let pairs = SENT
        .into_iter()
        .filter_map(|name| fields.filled(name).map(|value| (name.to_owned(), value.to_owned())));
    let parameters = payung_domain::oidc::parameters::Parameters::collect(pairs)
        .map_err(|_| Trouble::Obstacle(Obstacle::Unreadable))?;
    match logout::agreed(&guest.site.app, &guest.visit, &parameters, session).await? {
        Answer::Done { to } => Ok(done(guest, to.as_deref())),
        Answer::Refused | Answer::Ask { .. } => Err(Trouble::Obstacle(Obstacle::LogoutRefused)),
    }
}

fn done(guest: &Guest, to: Option<&str>) -> Response {
    let mut response = see_other(to.unwrap_or("/sign-in?reason=signed-out"));
    let headers = response.headers_mut();
    for name in [cookies::SESSION, cookies::SIGN_IN, cookies::TARGET] {
        cookies::forget(&guest.site, headers, name);
    }
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}
