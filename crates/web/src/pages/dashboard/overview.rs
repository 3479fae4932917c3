//! M16 Dasbor / Dashboard: the balance first, every member number, what needs doing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::contributions::duty::{Owed, Toll, penalties};
use payung_domain::ids::Kpj;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programme as Known;
use payung_domain::time::Instant;
use payung_flows::recoveries::stopping::{self, Matter};
use payung_flows::{members, passwords, sessions};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::balance::statement::return_note;
use crate::pages::contributions::history::months;
use crate::pages::contributions::owed::{says_toll, too_large};
use crate::pages::contributions::wage::{self, Asked};

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
    /// With what the return was worked out: an estimate, or as declared.
    pub return_note: String,
    /// When the amounts were put together, when that is not just now.
    pub as_of: Option<Instant>,
    /// Every member number found for the person.
    pub memberships: Vec<Membership>,
    /// The programmes the person is in.
    pub programmes: Vec<Programme>,
    /// Months that are past due and not received.
    pub missing_months: u32,
    /// Months for which too little came.
    pub short_months: u32,
    /// What is still owed, and the penalties on it.
    pub owed: Owed,
    /// What it costs the member, a line for each benefit.
    pub costs: Vec<String>,
    /// Months that came late.
    pub late_months: u32,
    /// What the employers owe for those.
    pub late_penalties: Rupiah,
    /// Whether a wage is the member's, where that is still to be answered.
    pub asked: Option<Asked>,
    /// How many days ago the password was set, when that is worth a gentle reminder.
    pub password_days: Option<u32>,
    /// The sign-in before this one.
    pub last_sign_in: Option<LastSignIn>,
    /// Somebody wants the account recovered, and the owner can stop it.
    pub recovery: Option<Matter>,
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
    /// The number that it was merged into.
    pub merged_into: Option<Kpj>,
}

impl Membership {
    fn says_merged(&self, f: &Frame) -> String {
        let into = self.merged_into.as_ref().map(Kpj::as_str);
        f.t1("membership-merged", "number", into.unwrap_or_default())
    }
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
        self.count_of_numbers() > 1
    }

    /// Those that were merged into another one are a thing of the past.
    fn count_of_numbers(&self) -> u32 {
        let separate = self.memberships.iter().filter(|one| one.merged_into.is_none());
        u32::try_from(separate.count()).unwrap_or(u32::MAX)
    }

    fn nothing_to_do(&self) -> bool {
        self.missing_months == 0
            && self.short_months == 0
            && self.asked.is_none()
            && !self.has_several_numbers()
            && self.password_days.is_none()
    }
}

/// `GET /dashboard`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let record = members::record(app, member.signed_in.account.person).await?;
    let history = record.history(app, member.today());
    let savings = record.savings()?;
    let last_sign_in = sessions::previous_sign_in(app, &member.signed_in).await?;
    let wanting = || history.missing().chain(history.short());
    let owed = Owed::of(wanting(), &app.programmes, member.today()).ok_or_else(too_large)?;
    let toll = Toll::of(wanting(), &app.programmes, member.today()).ok_or_else(too_large)?;
    let late_penalties = penalties(history.late(), &app.programmes, member.today());
    let f = member.frame();
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
        merged_into: record.merged_into(membership.id).map(|into| into.kpj.clone()),
    });
    let (account, now) = (&member.signed_in.account, member.guest.visit.now);
    let page = Dashboard {
        recovery: stopping::open_of(app, account, now).await?,
        name: member.name.clone(),
        jht: savings.together.balance,
        return_note: return_note(&f, app, &record),
        as_of: None,
        memberships: memberships.collect(),
        programmes: programmes.collect(),
        password_days: passwords::reminder(app, &member.signed_in.account, member.guest.visit.now),
        missing_months: months(history.missing()),
        short_months: months(history.short()),
        owed,
        costs: says_toll(&f, &toll),
        late_months: months(history.late()),
        late_penalties: late_penalties.ok_or_else(too_large)?,
        asked: wage::next(&f, &record),
        last_sign_in: last_sign_in.map(|line| LastSignIn { at: line.at, device: line.device }),
        f,
    };
    Ok(front::show(StatusCode::OK, &page))
}
