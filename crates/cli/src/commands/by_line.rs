//! What the commands of officers share: who acts, why, and where. Whoever may run this program is
//! trusted to be who they say, and held to what the desk allows the officer they name.

use std::net::{IpAddr, Ipv4Addr};

use clap::Args;
use payung_domain::language::Language;
use payung_domain::staff::Officer;
use payung_flows::staff::{SignedIn, by_line};
use payung_flows::{App, Visit};

use super::house;
use super::member::Place;
use super::staff::{officer, reason};
use crate::report::{Exit, Failure};
use crate::said;

/// Who acts, why, and where.
#[derive(Debug, Args)]
pub struct Hands {
    /// Who you are, by your name at the desk
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    #[command(flatten)]
    pub(super) place: Place,
}

/// A command as the flows see it: it comes from this machine, on no device of the member's.
pub(super) fn visit(app: &App) -> Visit {
    Visit {
        now: app.clock.now(),
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: String::new(),
        browser: None,
        language: Language::default(),
    }
}

/// The officer who is named, for this command. That they came is written down, with the reason.
pub(super) async fn come(app: &App, hands: &Hands) -> Result<(Visit, SignedIn), Failure> {
    let visit = visit(app);
    let came = by_line::officer(app, &visit, &hands.officer, &hands.reason).await;
    let found = came.map_err(|fault| house::broken(&fault))?;
    let signed_in = found.ok_or_else(|| nobody(&hands.officer))?;
    Ok((visit, signed_in))
}

fn nobody(name: &Officer) -> Failure {
    let name = name.as_str();
    Failure::new(
        Exit::NotAllowed,
        "no-officer",
        said!(
            "nobody called {name} works at the desk",
            "tidak ada petugas meja bantuan yang bernama {name}"
        ),
        said!("see `payung staff list`", "lihat `payung staff list`"),
    )
}

/// The answer to an officer who may not do this.
pub(super) fn not_allowed() -> Failure {
    Failure::new(
        Exit::NotAllowed,
        "not-allowed",
        said!(
            "this officer may not do this, or it is about themselves",
            "petugas ini tidak boleh melakukannya, atau ini tentang dirinya sendiri"
        ),
        said!("ask a colleague", "minta rekan"),
    )
}
