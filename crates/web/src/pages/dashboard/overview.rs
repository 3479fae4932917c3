//! M16 Dasbor / Dashboard: the balance first, every member number, what needs doing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::ids::Kpj;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme as Known;
use payung_domain::time::Instant;
use payung_flows::{members, passwords, sessions};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The page after signing in.
#[derive(Debug, Template)]
#[template(path = "dashboard/overview.html")]
pub struct Dashboard {
    /// Around the page.
    pub f: Frame,
    /// The member's name.
    pub name: String,
    /// Old-age savings of all member numbers together.
    pub jht: Rupiah,
    /// When the amounts were put together, when that is not just now.
    pub as_of: Option<Instant>,
    /// Every member number found for the person.
    pub memberships: Vec<Membership>,
    /// The programmes the person is in.
    pub programmes: Vec<Programme>,
    /// Months that are past due and not received.
    pub missing_months: u32,
    /// How many days ago the password was set, when that is worth a gentle reminder.
    pub password_days: Option<u32>,
    /// The sign-in before this one.
    pub last_sign_in: Option<LastSignIn>,
}

/// A member number and what is in it.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The number.
    pub kpj: Kpj,
    /// The employer it runs with, or ran with last.
    pub employer: Option<String>,
    /// Whether contributions are due on it now.
    pub is_active: bool,
    /// Its old-age savings.
    pub balance: Rupiah,
}

/// A programme and the last month that was paid.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its letters: `JHT`.
    pub letters: String,
    /// The last month received.
    pub last_month: Option<Month>,
    /// Who paid it.
    pub employer: Option<String>,
}

/// When and where somebody signed in with this account.
#[derive(Clone, Debug)]
pub struct LastSignIn {
    /// When.
    pub at: Instant,
    /// Browser and system, in words.
    pub device: String,
}

impl Dashboard {
    fn has_several_numbers(&self) -> bool {
        self.memberships.len() > 1
    }

    fn count_of_numbers(&self) -> u32 {
        u32::try_from(self.memberships.len()).unwrap_or(u32::MAX)
    }

    fn nothing_to_do(&self) -> bool {
        self.missing_months == 0 && !self.has_several_numbers() && self.password_days.is_none()
    }
}

/// `GET /dashboard`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let history = record.history(app, member.today());
    let savings = record.savings()?;
    let last_sign_in = sessions::previous_sign_in(app, &member.signed_in).await?;
    let mut missing: Vec<Month> = history.missing().map(|row| row.month).collect();
    missing.dedup();
    let programmes = Known::ALL.into_iter().filter_map(|programme| {
        let last = history.last_contribution(programme)?;
        Some(Programme {
            letters: programme.code().to_owned(),
            last_month: Some(last.month),
            employer: last.employer.and_then(|id| record.employer_name(id)),
        })
    });
    let memberships = record.memberships.iter().map(|membership| Membership {
        kpj: membership.kpj.clone(),
        employer: record.last_employer_of(membership.id),
        is_active: membership.ended.is_none(),
        balance: savings.balance_of(membership.id),
    });
    let page = Dashboard {
        f: member.frame(),
        name: member.name.clone(),
        jht: savings.together.balance,
        as_of: None,
        memberships: memberships.collect(),
        programmes: programmes.collect(),
        password_days: passwords::reminder(app, &member.signed_in.account, member.guest.visit.now),
        missing_months: u32::try_from(missing.len()).unwrap_or(u32::MAX),
        last_sign_in: last_sign_in.map(|line| LastSignIn { at: line.at, device: line.device }),
    };
    Ok(front::show(StatusCode::OK, &page))
}
