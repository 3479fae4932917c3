//! How the member belongs to the programme.

use axum::response::Response;
use payung_domain::members::Segment;
use payung_flows::members;
use serde::Serialize;
use serde_json::{Value, json};

use super::MEMBERSHIPS;
use super::call::Call;
use super::problem::Stop;
use super::shapes::{Field, Kind, Shapes, YearMonth, described, shape};

shape! {
    /// Every member number.
    Memberships {
        /// The oldest first.
        items: Vec<Membership>,
    }
}

shape! {
    /// A member number.
    Membership {
        /// The number on the card: eleven characters, and no arithmetic.
        number: String,
        /// How the member belongs to the programme: PU earns a wage, BPU works on the own account.
        segment: Segment,
        /// The first month of it.
        since: YearMonth,
        /// The last month of it, once it has ended.
        ended: Option<YearMonth>,
        /// Whether contributions are due on it now.
        is_active: bool,
    }
}

/// `GET /api/v1/memberships`
pub async fn show(call: Call) -> Response {
    call.answer(tell(&call).await)
}

async fn tell(call: &Call) -> Result<Memberships, Stop> {
    let reader = call.reader(&MEMBERSHIPS).await?;
    let record = members::record(call.app(), reader.account.person).await?;
    let items = record.memberships.iter().map(|known| Membership {
        number: known.kpj.as_str().to_owned(),
        segment: known.segment,
        since: YearMonth(known.since),
        ended: known.ended.map(YearMonth),
        is_active: known.ended.is_none(),
    });
    Ok(Memberships { items: items.collect() })
}
