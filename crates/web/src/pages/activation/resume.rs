//! Going on with an activation from the link in a letter. Looking at it changes nothing (G-04).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::activation::PATIENCE;
use payung_flows::activation::resuming::{self, Answer, Link};

use crate::guest::{Form, Guest, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;
use crate::{cookies, front};

/// Where the link leads.
const HERE: &str = "/activate/resume";

/// The page of a link: with a button, or with the reason why there is none.
#[derive(Debug, Template)]
#[template(path = "activation/resume.html")]
pub struct Resume {
    /// Around the page.
    pub f: Frame,
    /// What the link is worth.
    pub link: Link,
}

/// `GET /activate/resume`
pub async fn show(guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(cookies::take_from_address(&guest, cookies::ACTIVATION_LINK, PATIENCE, HERE));
    }
    let Some(link) = &guest.activation_link else { return Ok(over(&guest, Link::Expired)) };
    Ok(match resuming::view(&guest.site.app, &guest.visit, link).await? {
        Link::Good => {
            let f = Frame { address: HERE.to_owned(), ..guest.frame_of_activation(link) };
            front::show(StatusCode::OK, &Resume { f, link: Link::Good })
        }
        why => over(&guest, why),
    })
}

/// `POST /activate/resume`
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let guest = &form.guest;
    let Ok(link) = form.of_activation_link() else { return Ok(see_other(HERE)) };
    let (app, visit) = (&guest.site.app, &guest.visit);
    let earlier = guest.activation.as_ref();
    match resuming::go_on(app, visit, &guest.browser, link, earlier).await? {
        Answer::GoesOn(token) => {
            let mut response = see_other(super::START);
            super::keep_token(guest, &mut response, &token);
            cookies::forget(&guest.site, response.headers_mut(), cookies::ACTIVATION_LINK);
            Ok(response)
        }
        Answer::Over(why) => Ok(over(guest, why)),
        Answer::TooMany { until } => Err(Trouble::Obstacle(Obstacle::TooMany(until))),
    }
}

fn over(guest: &Guest, link: Link) -> Response {
    let f = Frame { address: HERE.to_owned(), ..guest.frame() };
    let status = if link == Link::Open { StatusCode::OK } else { StatusCode::GONE };
    front::show(status, &Resume { f, link })
}
