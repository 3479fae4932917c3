//! `payung ledger`: what is done to all ledgers at once.

use clap::{Args, Subcommand};
use payung_flows::App;
use payung_flows::staff::returns::{TrueUp, make_up};
use serde_json::json;

use super::house;
use super::member::{Place, open};
use super::staff::reason;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::Values;

/// What to do to all ledgers.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Bring the returns of a year that were estimated to what was declared
    TrueUp(TrueUpArgs),
}

/// Which year.
#[derive(Debug, Args)]
pub struct TrueUpArgs {
    /// The year, which is over and has a declared return among the rules
    #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1977..=2999))]
    pub year: i16,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    #[command(flatten)]
    place: Place,
}

/// Does it.
pub async fn run(
    command: LedgerCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    let LedgerCommand::TrueUp(args) = command;
    let app = open(&args.place, values).await?;
    let exit = bring_up(&app, &args, report).await;
    app.store.close().await;
    exit
}

async fn bring_up(app: &App, args: &TrueUpArgs, report: &Report) -> Result<Exit, Failure> {
    let year = args.year;
    let made = make_up(app, year, &args.reason).await.map_err(|fault| house::broken(&fault))?;
    let sum = match made {
        TrueUp::Done(sum) => sum,
        TrueUp::NotOver => {
            return Err(Failure::new(
                Exit::WrongUse,
                "year",
                said!("{year} is not over yet", "tahun {year} belum berakhir"),
                said!("name a year that is over", "sebutkan tahun yang sudah berakhir"),
            ));
        }
        TrueUp::NotDeclared => {
            return Err(Failure::new(
                Exit::AnsweredNo,
                "not-declared",
                said!(
                    "no return is declared for {year}: not published",
                    "hasil pengembangan {year} belum diumumkan: belum dipublikasikan"
                ),
                said!("see `payung rules show return.jht`", "lihat `payung rules show return.jht`"),
            ));
        }
    };
    let (version, booked, short) = (&sum.version, sum.booked, sum.short);
    let words = said!(
        "{year} by {version}: {booked} ledgers made up, {short} with too little left",
        "{year} menurut {version}: {booked} saldo disesuaikan, {short} tidak cukup"
    );
    let words = words.in_language(report.language()).to_owned();
    let fields = json!({
        "year": year,
        "version": version,
        "looked_at": sum.looked_at,
        "booked": booked,
        "short": short,
    });
    report.result(words, fields);
    Ok(if short > 0 { Exit::AnsweredNo } else { Exit::Done })
}
