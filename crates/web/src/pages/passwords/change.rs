//! M25, the password: changing it from inside, with the choice to sign every other device out.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::passwords::{MustChange, Refusal};
use payung_domain::time::Instant;
use payung_flows::passwords::change::{self, Answer, Wish};

use super::strength::in_words;
use crate::front;
use crate::guest::{Confirmed, Form, Member, PASSWORD_PATH, Trouble, see_other};
use crate::page::{Frame, Kept, Problem, Problems};
use crate::pages::problems::problem::Obstacle;

/// The page. No password ever comes back into it.
#[derive(Debug, Template)]
#[template(path = "passwords/change.html")]
pub struct Change {
    /// Around the page.
    pub f: Frame,
    /// Why the page is shown, when nobody asked for it.
    pub news: Option<News>,
    /// What password managers file the new password under.
    pub user_name: String,
    /// The fewest characters, for the hint.
    pub least: u32,
    /// Whether every other device is to be signed out.
    pub ends_others: bool,
    /// What the meter says of the password that was not taken.
    pub strength: String,
    /// What needs fixing.
    pub problems: Problems,
}

/// What there is to say first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is done.
    Done,
    /// Another one has to be set before anything else is done.
    MustChange(MustChange),
}

impl News {
    fn title(self, f: &Frame) -> String {
        match self {
            Self::Done => f.t("change-done"),
            Self::MustChange(MustChange::Expired) => f.t("change-expired"),
            Self::MustChange(MustChange::Leaked) => f.t("change-leaked"),
            Self::MustChange(MustChange::Disowned) => f.t("change-disowned"),
        }
    }

    fn text(self, f: &Frame) -> String {
        match self {
            Self::Done => f.t("change-done-text"),
            Self::MustChange(MustChange::Expired) => f.t("change-expired-text"),
            Self::MustChange(MustChange::Leaked) => f.t("change-leaked-text"),
            Self::MustChange(MustChange::Disowned) => f.t("change-disowned-text"),
        }
    }

    const fn look(self) -> &'static str {
        match self {
            Self::Done => "ok",
            Self::MustChange(_) => "warn",
        }
    }
}

/// What may need fixing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeProblem {
    /// `pw.empty`, at the present one.
    PresentEmpty,
    /// `pw.empty`, at the new one.
    NewEmpty,
    /// The present password does not match.
    Wrong,
    /// Too many misses: not before this moment.
    Paused(Instant),
    /// Far too many misses.
    Locked,
    /// The new password is not taken.
    Refused(Refusal),
    /// `stale`: the form's token is too old.
    Stale,
}

impl ChangeProblem {
    /// The problem in words, at its field.
    #[must_use]
    pub fn says(self, f: &Frame) -> Problem {
        let present = |text| Problem { field: "password", text };
        match self {
            Self::PresentEmpty => present(f.t("pw-empty")),
            Self::NewEmpty => Problem { field: "new_password", text: f.t("pw-empty") },
            Self::Wrong => present(f.t("change-wrong")),
            Self::Paused(until) => present(f.t1("change-paused", "time", f.clock(&until))),
            Self::Locked => present(f.t("change-locked")),
            Self::Refused(why) => super::refused(f, why),
            Self::Stale => present(f.t("stale")),
        }
    }
}

/// `GET /security/password`
pub async fn show(Confirmed(member): Confirmed) -> Result<Response, Trouble> {
    let is_done = member.guest.query.text("reason") == "done";
    let mut page = Change::of(&member).await?;
    page.news = page.news.or(is_done.then_some(News::Done));
    if let Some(fields) = member.kept().await? {
        page.ends_others = !fields.text("end_others").is_empty();
        page.f.kept = Some(Kept::Answers);
    }
    Ok(front::show(StatusCode::OK, &page))
}

/// `POST /security/password`. The present password is asked for beside the proof, so any way of the
/// second step is enough: somebody whose phone is gone can still keep a thief out.
pub async fn submit(Confirmed(member): Confirmed, form: Form) -> Result<Response, Trouble> {
    let app = &member.guest.site.app;
    let Ok((fields, form_name)) = form.of_session_by_name() else {
        return Change::of(&member).await.map(|page| page.with(&[ChangeProblem::Stale]));
    };
    let (present, new) = (fields.secret("password"), fields.secret("new_password"));
    let ends_others = !fields.text("end_others").is_empty();
    let again = async || Change::of(&member).await.map(|page| Change { ends_others, ..page });
    let empty = [(&present, ChangeProblem::PresentEmpty), (&new, ChangeProblem::NewEmpty)];
    let missing: Vec<ChangeProblem> = empty
        .into_iter()
        .filter(|(typed, _)| typed.expose().is_empty())
        .map(|(_, problem)| problem)
        .collect();
    if !missing.is_empty() {
        return Ok(again().await?.with(&missing));
    }
    let wish = Wish {
        session: &member.token,
        present: &present,
        new: &new,
        ends_others,
        form: &form_name.0,
    };
    let problem = match change::submit(app, &member.guest.visit, &member.signed_in, &wish).await? {
        Answer::Done => return Ok(see_other("/security/password?reason=done")),
        Answer::Busy => return Err(Trouble::Obstacle(Obstacle::Busy)),
        Answer::Refused(refused) => {
            let mut page = again().await?;
            page.strength = in_words(&page.f, &refused.strength);
            return Ok(page.with(&[ChangeProblem::Refused(refused.why)]));
        }
        Answer::Wrong => ChangeProblem::Wrong,
        Answer::Paused(until) => ChangeProblem::Paused(until),
        Answer::Locked => ChangeProblem::Locked,
    };
    Ok(again().await?.with(&[problem]))
}

impl Change {
    async fn of(member: &Member) -> Result<Self, Trouble> {
        let app = &member.guest.site.app;
        let (visit, account) = (&member.guest.visit, &member.signed_in.account);
        let user_name = payung_flows::passwords::user_name(app, visit, account).await?;
        Ok(Self {
            f: Frame { address: PASSWORD_PATH.to_owned(), ..member.frame() },
            news: member.signed_in.must_change.map(News::MustChange),
            user_name,
            least: payung_flows::passwords::least(app, &member.signed_in.account).await?,
            ends_others: true,
            strength: String::new(),
            problems: Problems::default(),
        })
    }

    fn with(mut self, problems: &[ChangeProblem]) -> Response {
        self.problems = problems.iter().map(|problem| problem.says(&self.f)).collect();
        front::show(StatusCode::UNPROCESSABLE_ENTITY, &self)
    }
}
