//! How light pages are: a choice that lasts, for browsers without scripts too.

use axum::response::Response;
use payung_domain::sign_in::stays_here;

use crate::cookies;
use crate::guest::{Form, Trouble, see_other};
use crate::page::Theme;

/// `POST /preferences`. An old page's choice counts too: there is nothing to protect.
pub async fn submit(form: Form) -> Result<Response, Trouble> {
    let fields = form.to_show_again();
    let back = fields.filled("next").filter(|path| stays_here(path)).unwrap_or("/");
    let mut response = see_other(back);
    if let Some(theme) = Theme::named(fields.text("theme")) {
        let headers = response.headers_mut();
        cookies::set(&form.guest.site, headers, cookies::THEME, theme.name(), Some(cookies::LONG));
    }
    Ok(response)
}
