//! M23: the home address, which a member changes at once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::addresses::{AddressProblem, Line, Typed};
use payung_flows::addresses::{self, Answer};

use crate::form::Fields;
use crate::front;
use crate::guest::{Form, Member, Proved, Trouble, see_other};
use crate::page::{Frame, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The form.
#[derive(Debug, Template)]
#[template(path = "personal/address.html")]
pub struct HomeAddress {
    /// Around the page.
    pub f: Frame,
    /// Names the state of the address that the page was made from.
    pub version: String,
    /// Street, number and the neighbourhood numbers.
    pub street: String,
    /// Village or ward.
    pub village: String,
    /// District.
    pub district: String,
    /// Regency or city.
    pub regency: String,
    /// Province.
    pub province: String,
    /// Five digits.
    pub postcode: String,
    /// What needs fixing.
    pub problems: Problems,
}

impl HomeAddress {
    async fn of(member: &Member) -> Result<Self, Trouble> {
        let view = addresses::view(&member.guest.site.app, &member.signed_in).await?;
        let view = view.ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
        let home = view.address;
        Ok(Self {
            f: Frame { address: "/personal-details/address".to_owned(), ..member.frame() },
            version: view.version,
            street: home.street,
            village: home.village,
            district: home.district,
            regency: home.regency,
            province: home.province,
            postcode: home.postcode,
            problems: Problems::default(),
        })
    }

    /// With what was typed, to be looked at again. It stays a form of the address it was made from,
    /// so that one kept in another tab meanwhile is not overwritten unseen.
    fn typed(self, fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self {
            version: fields.filled("version").map_or(self.version, str::to_owned),
            street: text("street"),
            village: text("village"),
            district: text("district"),
            regency: text("regency"),
            province: text("province"),
            postcode: text("postcode"),
            ..self
        }
    }
}

/// `GET /personal-details/address`
pub async fn show(Proved(member): Proved) -> Result<Response, Trouble> {
    let page = HomeAddress::of(&member).await?;
    let page = match member.kept().await? {
        Some(kept) => page.typed(&kept),
        None => page,
    };
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /personal-details/address`
pub async fn submit(Proved(member): Proved, form: Form) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let Ok(fields) = form.of_session() else {
        return again(&member, form.to_show_again(), |f| vec![at("street", f.t("stale"))]).await;
    };
    let typed = Typed {
        street: fields.text("street"),
        village: fields.text("village"),
        district: fields.text("district"),
        regency: fields.text("regency"),
        province: fields.text("province"),
        postcode: fields.text("postcode"),
    };
    let (app, version) = (&guest.site.app, fields.text("version"));
    match addresses::submit(app, &guest.visit, &member.signed_in, &typed, version).await? {
        Answer::Done => Ok(see_other("/personal-details?done=address")),
        Answer::Changed => {
            let page = HomeAddress::of(&member).await?;
            let version = page.version.clone();
            let page = HomeAddress { version, ..page.typed(fields) };
            Ok(wrong(page, |f| vec![at("street", f.t("changed"))]))
        }
        Answer::Unreadable(problems) => {
            let says = |f: &Frame| problems.iter().map(|problem| says(f, *problem)).collect();
            again(&member, fields, says).await
        }
        Answer::Gone => Err(Trouble::Obstacle(Obstacle::NotFound)),
    }
}

const fn at(field: &'static str, text: String) -> Problem {
    Problem { field, text }
}

fn says(f: &Frame, problem: AddressProblem) -> Problem {
    match problem {
        AddressProblem::Empty(Line::Street) => at("street", f.t("addr-empty")),
        AddressProblem::Empty(Line::Village) => at("village", f.t("addr-village")),
        AddressProblem::Empty(Line::District) => at("district", f.t("addr-district")),
        AddressProblem::Empty(Line::Regency) => at("regency", f.t("addr-regency")),
        AddressProblem::Empty(Line::Province) => at("province", f.t("addr-province")),
        AddressProblem::Postcode | AddressProblem::Empty(Line::Postcode) => {
            at("postcode", f.t("addr-post"))
        }
        AddressProblem::Long(line) => {
            let field = match line {
                Line::Street => "street",
                Line::Village => "village",
                Line::District => "district",
                Line::Regency => "regency",
                Line::Province => "province",
                Line::Postcode => "postcode",
            };
            at(field, f.t("addr-long"))
        }
    }
}

async fn again(
    member: &Member,
    fields: &Fields,
    says: impl FnOnce(&Frame) -> Vec<Problem>,
) -> Result<Response, Trouble> {
    Ok(wrong(HomeAddress::of(member).await?.typed(fields), says))
}

fn wrong(page: HomeAddress, says: impl FnOnce(&Frame) -> Vec<Problem>) -> Response {
    let problems = Problems(says(&page.f));
    front::show(StatusCode::UNPROCESSABLE_ENTITY, &HomeAddress { problems, ..page })
}
