//! The question whether a device may sign in: who asks, from where and when, for what, and the code to
//! compare. It is asked every time, because the one who sent the code may not be the one who answers.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::language::Language;
use payung_domain::oidc::devices::UserCode;
use payung_domain::oidc::scopes::Scope;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_flows::oidc::devices::{self, Answered, Asking, View};

use super::done;
use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::consent::ask::{Item, items};
use crate::pages::problems::problem::Obstacle;

/// Where it is asked.
const HERE: &str = "/device/approve";

/// The question.
#[derive(Debug, Template)]
#[template(path = "device/approve.html")]
pub struct Approve {
    /// Around the page.
    pub f: Frame,
    /// Names the device in the form.
    pub request: String,
    /// The code that the device shows.
    pub code: String,
    /// Whether an operator vouches for the application.
    pub is_vouched_for: bool,
    /// What the application is called.
    pub app: String,
    /// Who answers for it.
    pub owner: String,
    /// What it does with what it learns.
    pub purpose: String,
    /// Whose account it is about.
    pub member: String,
    /// What it would see.
    pub items: Vec<Item>,
    /// Whether it goes on while the member is away.
    pub goes_on: bool,
    /// The network it asked from.
    pub from: String,
    /// Whether that is the network of the member, here and now.
    pub is_near: bool,
    /// When it asked.
    pub asked_at: Instant,
}

impl Approve {
    fn place(&self) -> String {
        let from = self.from.as_str();
        if self.is_near {
            self.f.t1("device-from-near", "network", from)
        } else {
            self.f.t1("device-from-far", "network", from)
        }
    }
}

/// The address of the question about one device.
#[must_use]
pub fn address(handle: &Token, code: &UserCode) -> String {
    format!("{HERE}?request={}&user_code={}", handle.expose(), code.shown())
}

/// `GET /device/approve`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (handle, code) = named(&guest.query)?;
    let (app, visit) = (&guest.site.app, &guest.visit);
    match devices::view(app, visit, &member.signed_in, &handle, &code).await? {
        View::Ask(asking) => Ok(page(&member, &handle, &asking)),
        View::SignInAgain => Ok(to_sign_in(&handle, &code)),
        View::Gone => Err(Trouble::Obstacle(Obstacle::RequestGone)),
    }
}

/// `POST /device/approve`: the first answer counts.
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let (handle, code) = named(form.to_show_again())?;
    let Ok(fields) = form.of_session() else { return Ok(see_other(&address(&handle, &code))) };
    // Anything but "allow" is no consent.
    let agrees = fields.text("decision") == "allow";
    let (app, visit) = (&guest.site.app, &guest.visit);
    let named = (&handle, &code);
    match devices::answer(app, visit, &member.signed_in, named, agrees).await? {
        Answered::Done => Ok(see_other(done::address(agrees))),
        Answered::SignInAgain => Ok(to_sign_in(&handle, &code)),
        Answered::Gone => Err(Trouble::Obstacle(Obstacle::RequestGone)),
    }
}

/// The device that an address or a form names, with the code that was typed.
fn named(fields: &Fields) -> Result<(Token, UserCode), Trouble> {
    let handle = Token::parse(fields.text("request"));
    let code = UserCode::parse(fields.text("user_code")).ok();
    handle.zip(code).ok_or(Trouble::Obstacle(Obstacle::RequestGone))
}

fn to_sign_in(handle: &Token, code: &UserCode) -> Response {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("next", &address(handle, code)).append_pair("reason", "again");
    see_other(&format!("/sign-in?{}", query.finish()))
}

fn page(member: &Member, handle: &Token, asking: &Asking) -> Response {
    let f = Frame { address: address(handle, &asking.code), ..member.frame() };
    let question = &asking.question;
    let definition = question.client.definition();
    let purpose = match f.language {
        Language::Id => &definition.purpose_id,
        Language::En => &definition.purpose_en,
    };
    let page = Approve {
        request: handle.expose().to_owned(),
        code: asking.code.shown(),
        is_vouched_for: question.client.is_vouched_for,
        app: question.client.name().to_owned(),
        owner: definition.owner.clone(),
        purpose: purpose.clone(),
        member: member.name.clone(),
        items: items(&f, question),
        goes_on: question.items.has(Scope::OfflineAccess),
        from: asking.from.clone(),
        is_near: asking.is_near,
        asked_at: asking.asked_at,
        f,
    };
    front::show(StatusCode::OK, &page)
}
