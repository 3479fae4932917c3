//! What is saved, and what moved it, year by year.

use axum::response::Response;
use payung_domain::ledger::statement::StatementYear;
use payung_domain::money::Rupiah;
use payung_domain::oidc::scopes::Scope;
use payung_flows::members::{self, ReturnUsed};
use serde::Serialize;
use serde_json::{Value, json};

use super::BALANCES;
use super::call::Call;
use super::problem::Stop;
use super::shapes::{Field, Kind, Shapes, described, shape};

shape! {
    /// Old-age savings (JHT), in whole rupiah.
    Balances {
        /// What is saved under all member numbers together.
        total: Rupiah,
        /// How sure the newest return is.
        return_basis: ReturnBasis,
        /// All member numbers read as one, the latest year first.
        years: Vec<SavingsYear>,
        /// Member number by member number, the oldest first.
        memberships: Vec<Saved>,
    }
}

shape! {
    /// What is saved under one member number.
    Saved {
        /// The member number, with the scope `membership`.
        number: Option<String>,
        /// What is saved under it.
        balance: Rupiah,
        /// The years in which something moved, the latest first.
        years: Vec<SavingsYear>,
    }
}

shape! {
    /// A year of savings: `opening` and everything that moved make `closing`.
    SavingsYear {
        /// Which year.
        year: i16,
        /// The balance when it began.
        opening: Rupiah,
        /// Contributions received in it.
        contributions: Rupiah,
        /// Returns of its months.
        returns: Rupiah,
        /// Money paid out: negative.
        payouts: Rupiah,
        /// Savings from other member numbers, less those that went there.
        transfers: Rupiah,
        /// Mistakes put right.
        corrections: Rupiah,
        /// The balance when it ended, or now.
        closing: Rupiah,
    }
}

/// With what the newest return was worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnBasis {
    /// There is no return yet.
    None,
    /// A rate that somebody assumed: this is a demonstration.
    Assumed,
    /// A rate that was declared.
    Declared,
}

impl Kind for ReturnBasis {
    fn schema(_: &mut Shapes) -> Value {
        json!({ "type": "string", "enum": [Self::None, Self::Assumed, Self::Declared] })
    }
}

/// `GET /api/v1/balances`
pub async fn show(call: Call) -> Response {
    call.answer(tell(&call).await)
}

async fn tell(call: &Call) -> Result<Balances, Stop> {
    let reader = call.reader(&BALANCES).await?;
    let app = call.app();
    let record = members::record(app, reader.account.person).await?;
    let savings = record.savings()?;
    let may_name = reader.scopes.has(Scope::Membership);
    let memberships = record.memberships.iter().map(|known| Saved {
        number: may_name.then(|| known.kpj.as_str().to_owned()),
        balance: savings.balance_of(known.id),
        years: savings.years_of(known.id).iter().rev().map(SavingsYear::of).collect(),
    });
    Ok(Balances {
        total: savings.together.balance,
        return_basis: match record.return_used(app) {
            ReturnUsed::None => ReturnBasis::None,
            // What the demonstration takes as declared is declared by nobody, and a program that
            // reads this has no page that says so.
            ReturnUsed::Assumed(_) | ReturnUsed::Supposed(_) => ReturnBasis::Assumed,
            ReturnUsed::Declared(_) => ReturnBasis::Declared,
        },
        years: savings.together.years.iter().rev().map(SavingsYear::of).collect(),
        memberships: memberships.collect(),
    })
}

impl SavingsYear {
    const fn of(known: &StatementYear) -> Self {
        Self {
            year: known.year,
            opening: known.opening,
            contributions: known.contributions,
            returns: known.returns,
            payouts: known.payouts,
            transfers: known.transfers,
            corrections: known.corrections,
            closing: known.closing,
        }
    }
}
