//! New passwords: asking for a link or a code, setting one with it, changing one from inside.

pub mod by_code;
pub mod change;
pub mod forgot;
pub mod reset;
pub mod strength;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use payung_domain::passwords::{LONGEST, Refusal};

use crate::page::{Frame, Problem};

/// `GET /.well-known/change-password`: where password managers send their people.
pub async fn well_known() -> Response {
    (StatusCode::FOUND, [(header::LOCATION, "/security/password")]).into_response()
}

/// Why a new password was not taken, in words, at its field.
pub(crate) fn refused(f: &Frame, why: Refusal) -> Problem {
    let longest = u32::try_from(LONGEST).unwrap_or(u32::MAX);
    let text = match why {
        Refusal::Short(least) => f.t1("pw-short", "n", least),
        Refusal::Long => f.t1("pw-long", "n", longest),
        Refusal::Kinds(kinds) => f.t1("pw-kinds", "n", kinds),
        Refusal::Common => f.t("pw-common"),
        Refusal::Personal => f.t("pw-personal"),
        Refusal::Same => f.t("pw-same"),
    };
    Problem { field: "new_password", text }
}
