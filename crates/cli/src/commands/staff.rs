//! `payung staff`: who works at the support desk. The first administrator comes in by this alone; what
//! is done here stands in the desk's audit, with its reason.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use payung_domain::ids::Nik;
use payung_domain::staff::looks::{LONGEST_REASON, Reason, SHORTEST_REASON};
use payung_domain::staff::{Officer, Role};
use payung_flows::App;
use payung_flows::staff::invitations::{self, Guest, Invited};
use payung_flows::staff::people;
use serde_json::{Value, json};

use super::house;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::{Values, production};

/// What to do about staff.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Invite somebody, or give somebody a new invitation; prints a link that works once
    Invite(InviteArgs),
    /// List everybody who works at the desk, or did
    List,
    /// Shut somebody out at once, with every session they have
    Disable(SwitchArgs),
    /// Let somebody in again
    Enable(SwitchArgs),
}

/// Whom to invite.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// The name, as colleagues and members will read it
    #[arg(value_parser = officer)]
    pub name: Officer,
    /// What they may do
    #[arg(long, value_parser = role())]
    pub role: Role,
    /// Their own population number, so that they cannot look at their own record
    #[arg(long, value_name = "NIK", value_parser = nik)]
    pub nik: Option<Nik>,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
}

/// Whom to shut out or let in.
#[derive(Debug, Args)]
pub struct SwitchArgs {
    /// The name
    #[arg(value_parser = officer)]
    pub name: Officer,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
}

fn role() -> impl TypedValueParser<Value = Role> {
    let names = Role::ALL.map(Role::name);
    PossibleValuesParser::new(names)
        .try_map(|name| Role::named(&name).ok_or_else(|| "no such role".to_owned()))
}

pub(super) fn officer(text: &str) -> Result<Officer, String> {
    Officer::parse(text).ok_or_else(|| "a name of 2 to 64 letters, without spaces".to_owned())
}

fn nik(text: &str) -> Result<Nik, String> {
    Nik::parse(text).map_err(|_| "sixteen digits".to_owned())
}

pub(super) fn reason(text: &str) -> Result<String, String> {
    Reason::words(text).map_err(|_| format!("write {SHORTEST_REASON} to {LONGEST_REASON} letters"))
}

/// Does it.
pub async fn run(command: StaffCommand, values: &Values, report: &Report) -> Result<Exit, Failure> {
    let (serving, secrets) = production::admit(values).map_err(Failure::settings)?;
    if serving.settings.desk.public_url.is_none() {
        return Err(no_desk());
    }
    let store = house::open_store(&serving.database, &secrets).await?;
    house::check_migrations(&store).await?;
    house::check_keys(&store).await?;
    let app = house::build(store, &secrets, serving.settings)?;
    let exit = match command {
        StaffCommand::Invite(args) => invite(&app, &args, report).await,
        StaffCommand::List => list(&app, report).await,
        StaffCommand::Disable(args) => switch(&app, &args, true, report).await,
        StaffCommand::Enable(args) => switch(&app, &args, false, report).await,
    };
    app.store.close().await;
    exit
}

fn no_desk() -> Failure {
    Failure::new(
        Exit::WrongUse,
        "no-desk",
        said!("this installation has no support desk", "instalasi ini tidak punya meja bantuan"),
        said!("set desk.url", "isi desk.url"),
    )
}

async fn invite(app: &App, args: &InviteArgs, report: &Report) -> Result<Exit, Failure> {
    let (nik, reason) = (args.nik.as_ref(), &*args.reason);
    let guest = Guest { name: &args.name, role: args.role, nik, reason };
    let invited = invitations::invite(app, &guest).await.map_err(|fault| house::broken(&fault))?;
    let name = args.name.as_str();
    match invited {
        Invited::Link { link, until } => {
            if args.nik.is_none() {
                report.note(&said!(
                    "without --nik, now or before, nothing keeps {name} from the own record",
                    "tanpa --nik, sekarang atau dahulu, {name} bisa membuka data sendiri"
                ));
            }
            let facts = json!({ "name": name, "link": &link, "until": until.rfc3339() });
            report.result(link, facts);
            Ok(Exit::Done)
        }
        Invited::Taken => Err(Failure::new(
            Exit::AnsweredNo,
            "taken",
            said!(
                "{name} has another role, or is shut out, or this NIK is in under another name",
                "{name} punya peran lain, atau aksesnya ditutup, atau NIK ini ada dengan nama lain"
            ),
            said!(
                "see `payung staff list`; another role needs another name, and the old one shut out",
                "lihat `payung staff list`; peran lain perlu nama lain, dan yang lama ditutup"
            ),
        )),
    }
}

async fn list(app: &App, report: &Report) -> Result<Exit, Failure> {
    let all = people::all(app).await.map_err(|fault| house::broken(&fault))?;
    let language = report.language();
    let lines: Vec<String> = all
        .iter()
        .map(|staff| {
            let since = staff.disabled_at.map(|at| {
                let at = at.rfc3339();
                said!("  shut out {at}", "  ditutup {at}").in_language(language).to_owned()
            });
            let (name, role) = (staff.name.as_str(), staff.role.name());
            format!("{name:<20} {role}{}", since.unwrap_or_default())
        })
        .collect();
    let objects: Vec<Value> = all
        .iter()
        .map(|staff| {
            json!({
                "name": staff.name.as_str(), "role": staff.role.name(),
                "disabled_at": staff.disabled_at.map(payung_domain::time::Instant::rfc3339),
            })
        })
        .collect();
    let words = if lines.is_empty() {
        said!("no staff", "belum ada petugas").in_language(language).to_owned()
    } else {
        lines.join("\n")
    };
    report.result(words, json!({ "staff": objects }));
    Ok(Exit::Done)
}

async fn switch(
    app: &App,
    args: &SwitchArgs,
    is_out: bool,
    report: &Report,
) -> Result<Exit, Failure> {
    let done = people::switch_by_operator(app, &args.name, is_out, &args.reason).await;
    let name = args.name.as_str();
    if done.map_err(|fault| house::broken(&fault))? {
        let words = if is_out {
            said!("{name}: shut out", "{name}: aksesnya ditutup")
        } else {
            said!("{name}: let in", "{name}: aksesnya dibuka")
        };
        let facts = json!({ "name": name, "disabled": is_out });
        report.result(words.in_language(report.language()), facts);
        return Ok(Exit::Done);
    }
    Err(Failure::new(
        Exit::AnsweredNo,
        "nothing",
        said!(
            "nobody is called {name}, or it is so already, or they are in under another name",
            "tidak ada yang bernama {name}, atau sudah begitu, atau orangnya ada dengan nama lain"
        ),
        said!("see `payung staff list`", "lihat `payung staff list`"),
    ))
}
