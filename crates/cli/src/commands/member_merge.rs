//! `payung member merge`: two member numbers of one person made one, and taken apart again.

use clap::Args;
use payung_domain::ids::Kpj;
use payung_domain::staff::Officer;
use payung_flows::App;
use payung_flows::staff::merging::{ByLine, Merged, Wish, merge};
use serde_json::json;

use super::house;
use super::member::Place;
use super::staff::{officer, reason};
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;

/// Which numbers, by whom and why.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The member number that is given up
    #[arg(value_name = "OLD", value_parser = kpj)]
    pub from: Kpj,
    /// The one that stays, of the same person
    #[arg(value_name = "NEW", value_parser = kpj)]
    pub into: Kpj,
    /// Take them apart again: what the merge moved comes back
    #[arg(long)]
    pub undo: bool,
    /// Who you are
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more; the member reads it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    #[command(flatten)]
    pub(super) place: Place,
}

fn kpj(text: &str) -> Result<Kpj, String> {
    Kpj::parse(text).map_err(|_| "a member number has 11 characters".to_owned())
}

/// Does it.
pub(super) async fn run(app: &App, args: &MergeArgs, report: &Report) -> Result<Exit, Failure> {
    let line =
        ByLine { from: &args.from, into: &args.into, officer: &args.officer, reason: &args.reason };
    let wish = if args.undo { Wish::Part } else { Wish::Merge };
    let merged = merge(app, wish, &line).await.map_err(|fault| house::broken(&fault))?;
    let amount = match merged {
        Merged::Done(amount) => amount.get(),
        // Already so counts as done.
        Merged::Nothing => 0,
        other => return Err(refused(other)),
    };
    let words = said!("{amount} rupiah moved", "{amount} rupiah dipindahkan");
    let words = words.in_language(report.language()).to_owned();
    report.result(words, json!({ "moved": amount }));
    Ok(Exit::Done)
}

fn refused(merged: Merged) -> Failure {
    let (code, message, fix) = match merged {
        Merged::TwoPeople => (
            "two-people",
            said!("these are numbers of two people", "ini nomor milik dua orang"),
            said!("compare both records first", "bandingkan dahulu kedua catatannya"),
        ),
        Merged::Gone => (
            "gone",
            said!(
                "part of what the merge moved is gone since",
                "sebagian yang dipindahkan penggabungan itu sudah keluar"
            ),
            said!("nothing was changed", "tidak ada yang diubah"),
        ),
        Merged::NotAllowed => (
            "not-allowed",
            said!("you may not do this, or not for yourself", "Anda tidak boleh melakukannya"),
            said!("a colleague does it", "mintalah rekan Anda"),
        ),
        Merged::Unknown | Merged::Done(_) | Merged::Nothing => unknown(),
    };
    Failure::new(Exit::AnsweredNo, code, message, fix)
}

fn unknown() -> (&'static str, Said, Said) {
    (
        "unknown",
        said!(
            "there is no such member number, or both are the same",
            "nomor peserta itu tidak ada, atau keduanya sama"
        ),
        said!("check each character", "periksa setiap karakternya"),
    )
}
