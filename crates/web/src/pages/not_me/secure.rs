//! M37 Bukan saya / This was not me. A link shows, a button acts.

use std::time::Duration;

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use payung_domain::marks::Mark;
use payung_domain::time::{Instant, Zone};
use payung_domain::token::Token;
use payung_flows::not_me::{self, Answer, Found};
use payung_flows::{Fault, activity};

use crate::guest::{Form, Guest, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::activity::list::words;
use crate::{cookies, front};

/// How long the token of a link waits in its cookie for the button.
const COOKIE_LIFE: Duration = Duration::from_mins(15);

/// The page with the one button, or with the reason why there is none.
#[derive(Debug, Template)]
#[template(path = "not_me/secure.html")]
pub struct NotMe {
    /// Around the page.
    pub f: Frame,
    /// What it is about.
    pub matter: Matter,
}

/// What somebody says was not them.
#[derive(Clone, Debug)]
pub enum Matter {
    /// What a message told: its heading, in its language, and when it was written.
    Message {
        /// The heading.
        subject: String,
        /// The language it is in.
        language: &'static str,
        /// When.
        at: Instant,
    },
    /// A line of the activity list, where it stands and in words, or the account as a whole.
    Own(Option<(Mark, String)>),
    /// Nothing yet: no link was followed, and nobody is signed in.
    Unnamed,
    /// The link was used then.
    Used(Instant),
    /// The link ran out, or is none of ours.
    Expired,
    /// It is done.
    Done,
}

impl Matter {
    fn has_button(&self) -> bool {
        matches!(self, Self::Message { .. } | Self::Own(_))
    }
}

/// `GET /not-me`. A token leaves the address at once, into a cookie; nothing else changes.
pub async fn show(headers: HeaderMap, guest: Guest) -> Result<Response, Trouble> {
    if guest.query.filled("token").is_some() {
        return Ok(take_token(&guest));
    }
    if guest.query.text("done") == "yes" {
        return Ok(page(StatusCode::OK, guest.frame(), Matter::Done));
    }
    if guest.query.text("link") == "expired" {
        return Ok(page(StatusCode::OK, guest.frame(), Matter::Expired));
    }
    let is_about_a_line = guest.query.filled("line").is_some();
    if let Some(token) = link_of(&guest, &headers).filter(|_| !is_about_a_line) {
        let found = not_me::view(&guest.site.app, &guest.visit, &token).await?;
        return Ok(found_page(&guest, found));
    }
    match guest.member().await? {
        Ok(member) => Ok(own(&member).await?),
        Err(guest) => {
            let matter = if has_done_it(&guest).await? { Matter::Done } else { Matter::Unnamed };
            Ok(page(StatusCode::OK, guest.frame(), matter))
        }
    }
}

fn take_token(guest: &Guest) -> Response {
    let Some(token) = Token::parse(guest.query.text("token")) else {
        return see_other("/not-me?link=expired");
    };
    let mut response = see_other("/not-me");
    let life = Some(COOKIE_LIFE);
    cookies::set(&guest.site, response.headers_mut(), cookies::NOT_ME, token.expose(), life);
    response
}

/// The member's own account, whether or not the line is still there, or was ever theirs (S5).
async fn own(member: &Member) -> Result<Response, Fault> {
    let (app, f) = (&member.guest.site.app, member.frame());
    let mark = Mark::parse(member.guest.query.text("line"));
    let line = match mark {
        Some(mark) => activity::line(app, member.signed_in.account.id, mark).await?,
        None => None,
    };
    let about = mark.zip(line).map(|(mark, line)| {
        let (what, when) = (words(&f, line.event), f.date_time(&line.at));
        (mark, format!("{what}, {}, {when}", f.device(&line.device)))
    });
    Ok(page(StatusCode::OK, f, Matter::Own(about)))
}

/// `POST /not-me`
pub async fn submit(headers: HeaderMap, form: Form) -> Result<Response, Trouble> {
    let (app, visit) = (&form.guest.site.app, &form.guest.visit);
    if let Ok(fields) = form.of_session() {
        return match form.guest.clone().member().await? {
            Ok(member) => {
                let about = Mark::parse(fields.text("line"));
                not_me::submit_signed_in(app, visit, &member.signed_in, about).await?;
                Ok(done(&form.guest))
            }
            Err(guest) => {
                let is_done = has_done_it(&guest).await?;
                Ok(if is_done { done(&guest) } else { see_other("/not-me") })
            }
        };
    }
    let token = link_of(&form.guest, &headers).filter(|_| form.of_anybody().is_ok());
    // An old page, or a cookie that went: the page says what there is to do now.
    let Some(token) = token else { return Ok(see_other("/not-me")) };
    Ok(match not_me::submit(app, visit, &token).await? {
        Answer::Secured => done(&form.guest),
        Answer::Refused(found) => found_page(&form.guest, found),
    })
}

/// Whether this browser was signed out by the very button it asks for: the answer was lost.
async fn has_done_it(guest: &Guest) -> Result<bool, Fault> {
    match &guest.session {
        Some(session) => not_me::has_ended(&guest.site.app, session).await,
        None => Ok(false),
    }
}

fn done(guest: &Guest) -> Response {
    let mut response = see_other("/not-me?done=yes");
    for name in [cookies::NOT_ME, cookies::SESSION, cookies::SIGN_IN] {
        cookies::forget(&guest.site, response.headers_mut(), name);
    }
    response
}

fn link_of(guest: &Guest, headers: &HeaderMap) -> Option<Token> {
    cookies::read_token(&guest.site, headers, cookies::NOT_ME)
}

fn found_page(guest: &Guest, found: Found) -> Response {
    let (zone, matter) = match found {
        Found::Open { message, zone } => {
            let language = message.language.tag();
            (zone, Matter::Message { subject: message.subject, language, at: message.at })
        }
        Found::Used(at, zone) => (zone, Matter::Used(at)),
        Found::Expired => (Zone::default(), Matter::Expired),
    };
    page(StatusCode::OK, Frame { zone, ..guest.frame() }, matter)
}

fn page(status: StatusCode, f: Frame, matter: Matter) -> Response {
    // A page that answers a POST names the address its form is shown at.
    let f = Frame { address: "/not-me".to_owned(), ..f };
    front::show(status, &NotMe { f, matter })
}

impl NotMe {
    fn title(&self) -> String {
        match self.matter {
            Matter::Done => self.f.t("not-me-done-title"),
            _ => self.f.t("not-me-title"),
        }
    }
}
