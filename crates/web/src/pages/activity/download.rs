//! The activity list as a file for a spreadsheet. A `POST`: that it was taken is noted.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use payung_flows::activity;

use super::list::{view_words, wanted, words};
use crate::guest::{Form, Member, Trouble, see_other};
use crate::spreadsheet;

/// `POST /activity.csv`
pub async fn submit(member: Member, form: Form) -> Result<Response, Trouble> {
    let Ok(fields) = form.of_session() else { return Ok(see_other("/activity")) };
    let guest = &member.guest;
    let lines =
        activity::download(&guest.site.app, &guest.visit, &member.signed_in, wanted(fields))
            .await?;
    let account = member.signed_in.account.id;
    let views = activity::views(&guest.site.app, account, &lines).await?;
    let (f, zone) = (member.frame(), member.signed_in.account.zone);
    let head = ["activity-when", "activity-zone", "activity-what", "activity-device"];
    let head = head.map(|key| f.t(key));
    let rows = lines.iter().map(|(mark, line)| {
        let view = views.iter().find(|(id, _)| *id == mark.id).map(|(_, view)| view);
        let what = match view {
            Some(view) => format!("{}. {}", words(&f, line.event), view_words(&f, view)),
            None => words(&f, line.event),
        };
        let at = line.at.civil(zone).strftime("%Y-%m-%d %H:%M:%S").to_string();
        [at, zone.name().to_owned(), what, f.device(&line.device)]
    });
    let file = spreadsheet::csv(f.language, std::iter::once(head).chain(rows))?;
    let name = format!("attachment; filename=\"payung-activity-{}.csv\"", member.today());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, file).into_response())
}
