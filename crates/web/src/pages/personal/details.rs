//! M22 Data diri / Personal details: what is known, where it came from, since when.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use payung_domain::members::Segment;
use payung_flows::members::{self, Details};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The personal details page.
#[derive(Debug, Template)]
#[template(path = "personal/details.html")]
pub struct PersonalDetails {
    /// Around the page.
    pub f: Frame,
    /// One line a fact, in the order people look for them.
    pub details: Vec<Detail>,
}

/// One fact.
#[derive(Clone, Debug)]
pub struct Detail {
    /// What it is.
    pub what: What,
    /// Its value, or values, as they may be shown: NIK masked, contacts masked. Empty when
    /// nothing is known.
    pub values: Vec<String>,
    /// Who told us.
    pub source: Source,
    /// Since when it is so.
    pub since: Option<Date>,
}

/// What can be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Full name.
    Name,
    /// Population number.
    Nik,
    /// Day of birth.
    BirthDate,
    /// Member numbers.
    Kpj,
    /// Mobile number.
    Phone,
    /// E-mail address.
    Email,
    /// Home address.
    Address,
}

/// Who told us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The member.
    Member,
    /// An employer.
    Employer,
    /// The programme itself.
    Programme,
}

impl What {
    fn label(self, f: &Frame) -> String {
        match self {
            Self::Name => f.t("personal-name"),
            Self::Nik => f.t("personal-nik"),
            Self::BirthDate => f.t("personal-birth-date"),
            Self::Kpj => f.t("personal-kpj"),
            Self::Phone => f.t("personal-phone"),
            Self::Email => f.t("personal-email"),
            Self::Address => f.t("personal-address"),
        }
    }
}

impl Detail {
    fn origin(&self, f: &Frame) -> String {
        let source = match self.source {
            Source::Member => f.t("source-member"),
            Source::Employer => f.t("source-employer"),
            Source::Programme => f.t("source-programme"),
        };
        match self.since {
            Some(since) => f.t2("source-since", "source", &source, "date", f.date(&since)),
            None => source,
        }
    }
}

/// `GET /personal-details`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let account = &member.signed_in.account;
    let Some(known) = members::details(app, account.id, account.person).await? else {
        return Err(Trouble::Obstacle(Obstacle::NotFound));
    };
    let f = member.frame();
    let details = facts(&f, &known);
    Ok(front::show(StatusCode::OK, &PersonalDetails { f, details }))
}

/// What is known, masked as it may be shown (N-06).
fn facts(f: &Frame, known: &Details) -> Vec<Detail> {
    let person = &known.person;
    let recorded = known.recorded_at.date(f.zone);
    let is_self_employed = known.memberships.iter().all(|m| m.segment == Segment::SelfEmployed);
    let told_by = if is_self_employed { Source::Member } else { Source::Employer };
    let fact = |what, values, source| Detail { what, values, source, since: Some(recorded) };
    let home = &person.address;
    let address = vec![
        home.street.clone(),
        format!("{}, {}", home.village, home.district),
        format!("{}, {} {}", home.regency, home.province, home.postcode),
    ];
    let kpjs = known.memberships.iter().map(|m| m.kpj.to_string()).collect();
    let phone = known.contacts.phone.iter().map(|p| f.t1("ending-in", "ending", p.ending()));
    let email = known.contacts.email.iter().map(payung_domain::contact::Email::masked);
    vec![
        fact(What::Name, vec![person.name.expose().to_owned()], told_by),
        fact(What::Nik, vec![person.nik.masked()], told_by),
        fact(What::BirthDate, vec![f.date(&person.birth_date)], told_by),
        fact(What::Kpj, kpjs, Source::Programme),
        fact(What::Phone, phone.collect(), Source::Member),
        fact(What::Email, email.collect(), Source::Member),
        fact(What::Address, address, told_by),
    ]
}
