//! S10 Pengumuman / Notices: a banner in both languages, from one moment to another, looked at before it
//! is announced; and what was announced before.

use askama::Template;
use axum::response::Response;
use jiff::civil::DateTime;
use payung_domain::announcements::{Announcement, LONGEST, Unfit};
use payung_domain::time::{Instant, Zone};
use payung_domain::written::one_line;
use payung_flows::staff::notices::{self, MOST_OPEN, Published, Told, Withdrawn};
use uuid::Uuid;

use super::caller::{Form, Officer};
use super::{Me, stale};
use crate::form::Fields;
use crate::front;
use crate::guest::{Trouble, see_other};
use crate::page::{Frame, Problem, Problems};

/// The page.
#[derive(Debug, Template)]
#[template(path = "desk/notices.html")]
pub struct Notices {
    /// Around the page.
    pub f: Frame,
    /// Who is signed in.
    pub me: Option<Me>,
    /// What was typed.
    pub typed: Typed,
    /// What members would see, when somebody asked to look at it.
    pub preview: Option<Announcement>,
    /// Shown now or planned, and then what is over.
    pub rows: Vec<Row>,
    /// What needs fixing.
    pub problems: Problems,
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The text in Indonesian.
    pub indonesian: String,
    /// The text in English.
    pub english: String,
    /// From when.
    pub from: String,
    /// Until when.
    pub until: String,
}

/// One announcement in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What names it in a form, while it can be taken back.
    pub id: Option<String>,
    /// How it is, in words.
    pub state: String,
    /// How that is coloured.
    pub look: &'static str,
    /// In Indonesian.
    pub indonesian: String,
    /// In English.
    pub english: String,
    /// From when until when.
    pub span: String,
    /// Who made it, and who took it back.
    pub by: String,
}

impl Row {
    /// A row as the desk shows it.
    #[must_use]
    pub fn of(f: &Frame, told: &Told, now: Instant) -> Self {
        let Announcement { id, indonesian, english, begins_at, ends_at } = &told.announcement;
        let is_open = told.withdrawn.is_none() && now < *ends_at;
        let (look, state) = match (&told.withdrawn, is_open, told.announcement.is_on(now)) {
            (Some(_), _, _) => ("none", f.t("desk-notice-withdrawn")),
            (None, true, true) => ("ok", f.t("desk-notice-shown")),
            (None, true, false) => ("late", f.t("desk-notice-planned")),
            (None, false, _) => ("none", f.t("desk-notice-over")),
        };
        let (from, until) = (f.date_time(begins_at), f.date_time(ends_at));
        let by = match &told.withdrawn {
            None => told.set_by.clone(),
            Some((by, at)) => {
                let back = f.t2("desk-notice-back", "name", by, "time", f.date_time(at));
                format!("{}. {back}", told.set_by)
            }
        };
        Self {
            id: is_open.then(|| id.simple().to_string()),
            state,
            look,
            indonesian: indonesian.clone(),
            english: english.clone(),
            span: f.t2("desk-notice-span", "from", from, "until", until),
            by,
        }
    }
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        Self {
            // A banner has no lines of its own making.
            indonesian: one_line(fields.text("indonesian")),
            english: one_line(fields.text("english")),
            from: fields.text("from").trim().to_owned(),
            until: fields.text("until").trim().to_owned(),
        }
    }

    /// What it would be; or the field that no moment can be read from.
    fn announcement(&self, id: Uuid, now: Instant) -> Result<Announcement, &'static str> {
        let begins_at =
            if self.from.is_empty() { now } else { moment(&self.from).ok_or("from")? };
        Ok(Announcement {
            id,
            indonesian: self.indonesian.clone(),
            english: self.english.clone(),
            begins_at,
            ends_at: moment(&self.until).ok_or("until")?,
        })
    }
}

/// `2026-08-17T21:00`, as browsers write it, in western time; also with a space between.
fn moment(typed: &str) -> Option<Instant> {
    let civil: DateTime = typed.parse().ok()?;
    let seconds = i64::from(civil.hour()) * 3_600 + i64::from(civil.minute()) * 60;
    let start = Instant::start_of(civil.date(), Zone::default()).micros();
    Some(Instant::from_micros(start.checked_add(seconds * 1_000_000)?))
}

/// `GET /notices`
pub async fn show(officer: Officer) -> Result<Response, Trouble> {
    page(&officer, Typed::default(), None, None).await
}

/// `GET` of an address that only takes forms: to the list.
pub async fn back() -> Response {
    see_other("/notices")
}

/// `POST /notices`: looked at first, announced by the button under what is shown then.
pub async fn submit(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let (f, typed) = (officer.frame(), Typed::of(form.to_show_again()));
    let Ok(fields) = form.of_session() else {
        return page(&officer, typed, None, Some(stale(&f, "indonesian"))).await;
    };
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    let announcement = match typed.announcement(app.dice.id(), visit.now) {
        Ok(announcement) => announcement,
        Err(field) => {
            let problem = Problem { field, text: f.t("desk-moment-format") };
            return page(&officer, typed, None, Some(problem)).await;
        }
    };
    if let Err(unfit) = announcement.check(visit.now) {
        let problem = unfit_problem(&f, unfit, &typed.indonesian);
        return page(&officer, typed, None, Some(problem)).await;
    }
    if fields.text("act") != "publish" {
        return page(&officer, typed, Some(announcement), None).await;
    }
    let problem = match notices::publish(app, visit, signed_in, &announcement).await? {
        Published::Done => return Ok(see_other("/notices")),
        Published::Denied(denied) => return Err(officer.denied(denied, "/notices")),
        Published::Unfit(unfit) => unfit_problem(&f, unfit, &typed.indonesian),
        Published::TooMany => {
            let most = u32::try_from(MOST_OPEN).unwrap_or(u32::MAX);
            let text = f.t1("desk-notices-too-many", "n", most);
            Problem { field: "indonesian", text }
        }
    };
    page(&officer, typed, None, Some(problem)).await
}

/// `POST /notices/withdraw`
pub async fn withdraw(officer: Officer, form: Form) -> Result<Response, Trouble> {
    let f = officer.frame();
    let Ok(fields) = form.of_session() else {
        return page(&officer, Typed::default(), None, Some(stale(&f, "indonesian"))).await;
    };
    let id = Uuid::try_parse(fields.text("of")).unwrap_or(Uuid::nil());
    let caller = &officer.caller;
    let (app, visit, signed_in) = (caller.app(), caller.visit(), &officer.signed_in);
    match notices::withdraw(app, visit, signed_in, id).await? {
        Withdrawn::Done | Withdrawn::Nothing => Ok(see_other("/notices")),
        Withdrawn::Denied(denied) => Err(officer.denied(denied, "/notices")),
    }
}

/// What is wrong with a text for everybody, beside its field.
pub(super) fn unfit_problem(f: &Frame, unfit: Unfit, indonesian: &str) -> Problem {
    let is_first = match unfit {
        Unfit::OneLanguageOnly => indonesian.is_empty(),
        _ => indonesian.chars().count() > LONGEST,
    };
    let field = if is_first { "indonesian" } else { "english" };
    match unfit {
        Unfit::OneLanguageOnly => Problem { field, text: f.t("desk-both-languages") },
        Unfit::TooLong => Problem { field, text: f.t1("desk-two-lines", "n", longest()) },
        Unfit::EndsTooSoon => Problem { field: "until", text: f.t("desk-ends-too-soon") },
    }
}

/// The most letters, as texts take a number.
pub(super) fn longest() -> u32 {
    u32::try_from(LONGEST).unwrap_or(u32::MAX)
}

impl Notices {
    fn hint(&self) -> String {
        self.f.t1("desk-two-lines-hint", "n", longest())
    }
}

async fn page(
    officer: &Officer,
    typed: Typed,
    preview: Option<Announcement>,
    problem: Option<Problem>,
) -> Result<Response, Trouble> {
    let caller = &officer.caller;
    let told = notices::list(caller.app(), caller.visit(), &officer.signed_in)
        .await?
        .map_err(|denied| officer.denied(denied, "/notices"))?;
    let f = Frame { address: "/notices".to_owned(), ..officer.frame() };
    let now = caller.visit().now;
    let rows = told.iter().map(|told| Row::of(&f, told, now)).collect();
    let problems: Problems = problem.into_iter().collect();
    let status = problems.status();
    let me = Some(officer.me());
    Ok(front::show(status, &Notices { f, me, typed, preview, rows, problems }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_browsers_and_people_write_it() {
        for typed in ["2026-08-17T21:00", "2026-08-17 21:00", "2026-08-17T21:00:00"] {
            assert_eq!(
                moment(typed).map(Instant::rfc3339).as_deref(),
                Some("2026-08-17T14:00:00Z")
            );
        }
        for nothing in ["", "tomorrow", "2026-13-01T00:00", "2026-08-17T25:00"] {
            assert_eq!(moment(nothing), None, "{nothing}");
        }
    }
}
