//! How far each correction is: what was asked, what is proposed, who decided and why.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use payung_domain::corrections::{CorrectionReference, Deed, Stage, Step, Subject, proposal};
use payung_domain::employers::Employer;
use payung_flows::corrections::{self, All, Followed};

use super::words::{Reader, Says, anchor, stage_words, subject_words};
use crate::front;
use crate::guest::{Form, Member, Trouble, see_other};
use crate::page::Frame;
use crate::pages::problems::problem::Obstacle;

/// The page.
#[derive(Debug, Template)]
#[template(path = "corrections/list.html")]
pub struct Corrections {
    /// Around the page.
    pub f: Frame,
    /// Whether one was asked for just now.
    pub is_done: bool,
    /// The latest first.
    pub all: Vec<One>,
}

/// One correction.
#[derive(Clone, Debug)]
pub struct One {
    /// Names its part of the page.
    pub anchor: String,
    /// What its member has in hand.
    pub reference: String,
    /// What it is about.
    pub what: String,
    /// How far it is.
    pub stage: String,
    /// Until when it is answered, while it is open.
    pub due: Option<String>,
    /// What is proposed or done, if it has come so far.
    pub says: Option<Says>,
    /// Where the contribution is explained as it stands now.
    pub why: Option<String>,
    /// Every step, the first first.
    pub steps: Vec<Told>,
    /// Where it is taken back, while it can be.
    pub withdraw: Option<String>,
}

/// One step in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What was done, and by whom.
    pub what: String,
    /// When.
    pub when: String,
    /// What was said; nothing where that is not for the reader.
    pub said: String,
}

impl Told {
    /// A step as this reader is told of it. What officers write to each other is theirs.
    #[must_use]
    pub fn of(f: &Frame, step: &Step, reader: Reader) -> Self {
        let officer = step.officer.as_deref();
        let by = |key: &str| f.t1(key, "officer", officer.unwrap_or_default());
        let is_officer = reader == Reader::Officer;
        let (what, said) = match &step.deed {
            Deed::Asked(said) if officer.is_none() => (f.t("correction-step-asked"), said.as_str()),
            Deed::Asked(said) => (by("correction-step-asked-for"), said.as_str()),
            Deed::Proposed(proposal) => (by("correction-step-proposed"), proposal.why.as_str()),
            Deed::Returned(why) => {
                (by("correction-step-returned"), if is_officer { why.as_str() } else { "" })
            }
            Deed::Outdated => (f.t("correction-step-outdated"), ""),
            Deed::Approved => (by("correction-step-approved"), ""),
            Deed::Refused(why) => (by("correction-step-refused"), why.as_str()),
            Deed::Withdrawn => (f.t("correction-step-withdrawn"), ""),
        };
        Self { what, when: f.date_time(&step.at), said: said.to_owned() }
    }
}

impl Corrections {
    /// The page of everything a member asked for.
    #[must_use]
    pub fn of(f: Frame, all: &All, is_done: bool) -> Self {
        let all = all.corrections.iter().map(|one| One::of(&f, one, &all.employers)).collect();
        Self { f, is_done, all }
    }
}

impl One {
    fn of(f: &Frame, followed: &Followed, employers: &[Employer]) -> Self {
        let Followed { correction, steps } = followed;
        let due = correction.stage.is_open().then(|| f.date_time(&correction.due_at()));
        Self {
            anchor: anchor(correction),
            reference: correction.reference.to_string(),
            what: subject_words(f, &correction.subject, employers),
            stage: stage_words(f, correction.stage),
            due,
            says: proposal(steps).map(|found| Says::of(f, found, employers, Reader::Member)),
            why: why(followed),
            steps: steps.iter().map(|step| Told::of(f, step, Reader::Member)).collect(),
            withdraw: correction
                .stage
                .is_open()
                .then(|| format!("{HERE}/{}/withdraw", correction.reference)),
        }
    }
}

const HERE: &str = "/corrections";

/// Where the contribution is explained that was asked about: what was put right may be another month's
/// or employer's since.
fn why(followed: &Followed) -> Option<String> {
    let Followed { correction, steps } = followed;
    let put_right = proposal(steps).filter(|_| correction.stage == Stage::InEffect);
    let subject = put_right.map_or(correction.subject, |found| found.after.subject());
    let Subject::Row(key) = subject else { return None };
    let (month, programme, payer) = (key.month.get(), key.programme.code(), key.payer().simple());
    Some(format!("/contributions/month?of={month}-{programme}-{payer}"))
}

/// `GET /corrections`
pub async fn show(member: Member) -> Result<Response, Trouble> {
    let guest = &member.guest;
    let all = corrections::of_member(&guest.site.app, &member.signed_in).await?;
    let is_done = guest.query.text("done") == "yes";
    Ok(front::show(StatusCode::OK, &Corrections::of(member.frame(), &all, is_done)))
}

/// `GET` of where a request is taken back: to the list.
pub async fn back(_: Member) -> Response {
    see_other(HERE)
}

/// `POST /corrections/{reference}/withdraw`
pub async fn withdraw(
    member: Member,
    Path(typed): Path<String>,
    form: Form,
) -> Result<Response, Trouble> {
    let reference =
        CorrectionReference::parse(&typed).ok_or(Trouble::Obstacle(Obstacle::NotFound))?;
    if form.of_session().is_err() {
        return Ok(see_other(HERE));
    }
    let guest = &member.guest;
    corrections::withdraw(&guest.site.app, &guest.visit, &member.signed_in, &reference).await?;
    let anchor = reference.as_str().to_lowercase();
    Ok(see_other(&format!("{HERE}#{anchor}")))
}
