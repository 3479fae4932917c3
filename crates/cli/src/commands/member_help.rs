//! `payung member unlock` and `send-reset`: what one officer may do for a member whom they made sure
//! of, where the desk has no page at hand. Nothing that is printed opens an account.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use payung_domain::staff::Officer;
use payung_domain::staff::acts::Kind;
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::verification::{Channel, Method};
use payung_flows::App;
use payung_flows::staff::helping::{self, ByLine, Helped, Said};
use serde_json::json;

use super::by_line::{not_allowed, visit};
use super::house;
use super::member::Place;
use super::staff::{officer, reason};
use crate::report::{Exit, Failure, Report};
use crate::said;

/// Whom to help, by whom, and how they made sure.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// The whole member number, email or mobile number
    #[arg(value_name = "MEMBER")]
    pub member: String,
    /// Who you are
    #[arg(long, value_name = "NAME", value_parser = officer)]
    pub officer: Officer,
    /// Why, in 10 letters or more; the member reads it
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// How you made sure who asks. Answers to questions are no proof
    #[arg(long, value_parser = checked())]
    pub checked: Method,
    #[command(flatten)]
    pub(super) place: Place,
}

fn checked() -> impl TypedValueParser<Value = Method> {
    PossibleValuesParser::new(["call-back", "ktp", "driving-licence"])
        .try_map(|name| Method::named(&name).ok_or_else(|| "no such word".to_owned()))
}

/// Does it.
pub(super) async fn run(
    app: &App,
    args: &HelpArgs,
    kind: Kind,
    report: &Report,
) -> Result<Exit, Failure> {
    let why = match args.checked.channel() {
        Channel::Branch => Why::Visit,
        Channel::Phone | Channel::Inbox => Why::Call,
    };
    // One rule for reasons, whoever gives them.
    let Ok(reason) = Reason::parse(why.name(), &args.reason) else { return Err(bad_reason()) };
    let line = ByLine {
        member: &args.member,
        officer: &args.officer,
        method: args.checked,
        reason: &reason,
    };
    let said = helping::help_by_line(app, &visit(app), kind, &line)
        .await
        .map_err(|fault| house::broken(&fault))?;
    match said {
        Said::Helped(Helped::Done) => {
            let words = match kind {
                Kind::SendReset => "a link is on its way to the member; nobody here sees it",
                _ => "open again; the member hears of it",
            };
            report.result(words, json!({ "act": kind.name(), "done": true }));
            Ok(Exit::Done)
        }
        // Already so counts as done.
        Said::Helped(Helped::Nothing) => {
            let words = "nothing was paused or locked";
            report.result(words, json!({ "act": kind.name(), "done": false }));
            Ok(Exit::Done)
        }
        Said::Nobody => Err(nobody()),
        Said::NotAllowed => Err(not_allowed()),
        Said::Helped(_) => Err(no_address()),
    }
}

pub(super) fn bad_reason() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "reason",
        said!("the reason is too short or too long", "alasannya terlalu pendek atau panjang"),
        said!("write 10 to 500 letters", "tulis 10 sampai 500 huruf"),
    )
}

pub(super) fn nobody() -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "unknown",
        said!(
            "nobody with an account has this number or address",
            "tidak ada pemilik akun dengan nomor atau alamat ini"
        ),
        said!("ask the member for all of it", "tanyakan selengkapnya kepada peserta"),
    )
}

fn no_address() -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "no-address",
        said!(
            "the member has no address that a link could go to",
            "peserta tidak punya alamat untuk dikirimi tautan"
        ),
        said!(
            "have them ask for a code at the sign-in page, or start a recovery",
            "minta peserta meminta kode di halaman masuk, atau mulai pemulihan"
        ),
    )
}
