//! M28 Kotak masuk / Inbox: every message that was sent, so that real ones can be told from fake.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::marks::Mark;
use payung_domain::notify::Sort;
use payung_flows::inbox::{self, Told};
use payung_flows::recoveries::stopping::{self, Matter};

use crate::front;
use crate::guest::{Member, Trouble};
use crate::page::Frame;

/// The inbox. Content is not kept, so none is shown, and no code ever.
#[derive(Debug, Template)]
#[template(path = "inbox/list.html")]
pub struct Inbox {
    /// Around the page.
    pub f: Frame,
    /// Newest first.
    pub messages: Vec<Told>,
    /// Address of the messages before these, if there are some.
    pub older: Option<String>,
    /// Address of the newest ones, when these are not they.
    pub newest: Option<&'static str>,
    /// Somebody wants the account recovered, and the owner can stop it.
    pub recovery: Option<Matter>,
}

impl Inbox {
    fn whereto(&self, message: &Told) -> String {
        if message.is_sms { self.f.t("inbox-by-sms") } else { self.f.t("inbox-by-email") }
    }

    fn state(&self, message: &Told) -> String {
        match message.sent_at {
            Some(at) => self.f.t1("inbox-sent", "time", self.f.date_time(&at)),
            None if message.is_given_up => self.f.t("inbox-not-delivered"),
            None => self.f.t("inbox-waiting"),
        }
    }
}

/// What kind of thing a message is.
pub(crate) fn sort(f: &Frame, message: &Told) -> String {
    match Sort::of(&message.kind) {
        Sort::Code => f.t("inbox-sort-code"),
        Sort::Link => f.t("inbox-sort-link"),
        Sort::News => f.t("inbox-sort-news"),
    }
}

/// `GET /inbox`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let before = guest.query.filled("before").and_then(Mark::parse);
    let part = inbox::page(&guest.site.app, &member.signed_in, before).await?;
    let account = &member.signed_in.account;
    let page = Inbox {
        recovery: stopping::open_of(&guest.site.app, account, guest.visit.now).await?,
        f: member.frame(),
        messages: part.messages,
        older: part.older.map(|mark| format!("/inbox?before={mark}#messages")),
        newest: before.map(|_| "/inbox#messages"),
    };
    Ok(front::show(StatusCode::OK, &page))
}
