//! Who the member is. Each scope adds what belongs to it; nothing else is told.

use axum::response::Response;
use jiff::civil::Date;
use payung_domain::language::Language;
use payung_domain::members::{Address, Sex};
use payung_domain::oidc::scopes::Scope;
use payung_flows::{api, members};
use serde::Serialize;
use serde_json::{Value, json};

use super::ME;
use super::call::Call;
use super::problem::Stop;
use super::shapes::{Field, Kind, Shapes, described, shape};

shape! {
    /// Who the member is. What is not known, or belongs to another scope, is left out.
    Me {
        /// The member, as this application knows them: the `sub` of its tokens.
        subject: String,
        /// The language the member wants letters in.
        language: Language,
        /// The name in the register.
        name: Option<String>,
        /// The day of birth in the register.
        birth_date: Option<Date>,
        /// The sex in the register.
        sex: Option<Sex>,
        /// The confirmed e-mail address, with the scope `email`.
        email: Option<String>,
        /// The confirmed mobile number, with the scope `phone`.
        phone: Option<String>,
        /// The home address, with the scope `address`.
        address: Option<Home>,
    }
}

shape! {
    /// Where the member lives.
    Home {
        /// Street, number and the neighbourhood numbers (RT/RW).
        street: String,
        /// Village or ward (desa, kelurahan).
        village: String,
        /// District (kecamatan).
        district: String,
        /// Regency or city (kabupaten, kota).
        regency: String,
        /// Province.
        province: String,
        /// Five digits.
        postcode: String,
    }
}

/// `GET /api/v1/me`
pub async fn show(call: Call) -> Response {
    call.answer(tell(&call).await)
}

async fn tell(call: &Call) -> Result<Me, Stop> {
    let reader = call.reader(&ME).await?;
    let (app, visit, account) = (call.app(), &call.guest.visit, &reader.account);
    let contacts = api::contacts(app, visit, account).await?;
    let details = members::details(app, visit, account.id, account.person).await?;
    let person = details.map(|details| details.person);
    let person = person.as_ref();
    let may_tell = |scope| reader.scopes.has(scope);
    Ok(Me {
        name: person.map(|person| person.name.expose().to_owned()),
        birth_date: person.map(|person| person.birth_date),
        sex: person.map(|person| person.sex),
        email: contacts
            .email
            .filter(|_| may_tell(Scope::Email))
            .map(|email| email.expose().to_owned()),
        phone: contacts
            .phone
            .filter(|_| may_tell(Scope::Phone))
            .map(|phone| phone.expose().to_owned()),
        address: person
            .filter(|_| may_tell(Scope::Address))
            .map(|person| Home::of(&person.address)),
        subject: reader.subject.clone(),
        language: account.language,
    })
}

impl Home {
    fn of(address: &Address) -> Self {
        Self {
            street: address.street.clone(),
            village: address.village.clone(),
            district: address.district.clone(),
            regency: address.regency.clone(),
            province: address.province.clone(),
            postcode: address.postcode.clone(),
        }
    }
}
