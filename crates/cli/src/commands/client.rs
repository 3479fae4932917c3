//! `payung client`: applications that members may sign in to. What is written of one is whole or is
//! refused, with every fault named at once.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand};
use payung_domain::dice::Dice;
use payung_domain::keyed::digest;
use payung_domain::oidc::clients::{Client, Definition, Fault as ClientFault};
use payung_domain::oidc::registration::{INVITE_LONGEST, INVITE_MOST_USES};
use payung_domain::time::Clock;
use payung_domain::token::Token;
use payung_storage::oidc::clients::{self, Kept};
use payung_storage::oidc::{consents, grants, invites};
use payung_storage::{Fault, Store};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::house::{broken, open_without_keys};
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::settings::serving::Database;

/// What to do about applications.
#[derive(Debug, Subcommand)]
pub enum ClientCommand {
    /// List the applications
    List,
    /// Show what is written of one
    Show(NamedArgs),
    /// Add one from a file, or write one anew; a secret is made and printed once
    Add(AddArgs),
    /// Check a file without adding anything
    Check(FileArgs),
    /// Let one in no longer: every token of it is dead at once
    Disable(NamedArgs),
    /// Take back what members let one do: its tokens are dead, and members are asked anew
    Revoke(NamedArgs),
    /// Let a disabled one in again
    Enable(NamedArgs),
    /// Make an invite, with which applications may register themselves; it is printed once
    Invite(InviteArgs),
}

/// An application.
#[derive(Debug, Args)]
pub struct NamedArgs {
    /// Its `client_id`
    #[arg(value_name = "ID")]
    pub id: String,
}

/// A file.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// TOML, or JSON as in RFC 7591
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// A file, and what becomes of a secret.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// TOML, or JSON as in RFC 7591
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Make a new secret for an application that has one; the old one is dead at once
    #[arg(long)]
    pub new_secret: bool,
}

/// For how many, and until when.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// How many applications may register with it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = uses())]
    pub uses: u32,
    /// For how long it is good: 30m, 24h, and so on up to 720h
    #[arg(long = "for", value_name = "DURATION", default_value = "24h", value_parser = life)]
    pub lasts: Duration,
}

fn uses() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(INVITE_MOST_USES))
}

fn life(text: &str) -> Result<Duration, String> {
    let span = text.parse::<jiff::SignedDuration>().ok();
    let span = span.and_then(|span| Duration::try_from(span).ok());
    span.filter(|span| (Duration::from_mins(1)..=INVITE_LONGEST).contains(span))
        .ok_or_else(|| "it is a time from 1m to 720h".to_owned())
}

/// Does it.
pub async fn run(
    command: ClientCommand,
    database: &Database,
    report: &Report,
) -> Result<Exit, Failure> {
    if let ClientCommand::Check(args) = &command {
        let client = read(&args.file)?;
        let id = client.id();
        report.result(format!("{id} is whole"), json!({ "client": object(&client, false) }));
        return Ok(Exit::Done);
    }
    let store = open_without_keys(database).await?;
    let exit = match command {
        ClientCommand::List => list(&store, report).await,
        ClientCommand::Show(args) => show(&store, &args.id, report).await,
        ClientCommand::Add(args) => add(&store, &args, report).await,
        ClientCommand::Check(_) => Ok(Exit::Done),
        ClientCommand::Disable(args) => switch(&store, &args.id, false, report).await,
        ClientCommand::Revoke(args) => revoke(&store, &args.id, report).await,
        ClientCommand::Enable(args) => switch(&store, &args.id, true, report).await,
        ClientCommand::Invite(args) => invite(&store, &args, report).await,
    };
    store.close().await;
    exit
}

async fn list(store: &Store, report: &Report) -> Result<Exit, Failure> {
    let all = reading(store, async |tx| clients::all(tx).await).await?;
    let line = |kept: &Kept| {
        let state = if kept.disabled_at.is_some() { "disabled" } else { "enabled" };
        let origin = if kept.client.is_vouched_for { "" } else { " (registered itself)" };
        format!("{state:<9} {:<20} {}{origin}", kept.client.id(), kept.client.name())
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    let words = if lines.is_empty() { "no application".to_owned() } else { lines.join("\n") };
    let objects: Vec<Value> =
        all.iter().map(|kept| object(&kept.client, kept.disabled_at.is_some())).collect();
    report.result(words, json!({ "clients": objects }));
    Ok(Exit::Done)
}

async fn show(store: &Store, id: &str, report: &Report) -> Result<Exit, Failure> {
    let kept = reading(store, async |tx| clients::get(tx, id).await).await?;
    let kept = kept.ok_or_else(unknown)?;
    let members = reading(store, async |tx| grants::accounts_of(tx, id).await).await?;
    let mut object = object(&kept.client, kept.disabled_at.is_some());
    object["members"] = json!(members);
    let words = serde_json::to_string_pretty(&object).unwrap_or_default();
    report.result(words, json!({ "client": object }));
    Ok(Exit::Done)
}

async fn add(store: &Store, args: &AddArgs, report: &Report) -> Result<Exit, Failure> {
    let client = read(&args.file)?;
    let known = reading(store, async |tx| clients::get(tx, client.id()).await).await?;
    let has_one = known.is_some_and(|kept| kept.secret.is_some()) && !args.new_secret;
    let secret =
        (client.proof.has_secret() && !has_one).then(|| Token::new(&SystemDice as &dyn Dice));
    let hash = secret.as_ref().map(|secret| digest(secret.expose().as_bytes()));
    let kept = async {
        let mut tx = store.write().await?;
        clients::keep(&mut tx, &client, hash.as_ref(), SystemClock.now()).await?;
        tx.commit().await
    };
    kept.await.map_err(|fault: Fault| broken(&fault))?;
    let id = client.id();
    let words = match &secret {
        Some(secret) => format!("{id} is added; its secret, shown once:\n{}", secret.expose()),
        None => format!("{id} is added"),
    };
    let secret = secret.as_ref().map(|secret| secret.expose().to_owned());
    report.result(words, json!({ "client": object(&client, false), "client_secret": secret }));
    Ok(Exit::Done)
}

async fn switch(
    store: &Store,
    id: &str,
    is_enabled: bool,
    report: &Report,
) -> Result<Exit, Failure> {
    let at = (!is_enabled).then(|| SystemClock.now());
    let changed = async {
        let mut tx = store.write().await?;
        if clients::get(&mut tx, id).await?.is_none() {
            return Ok(None);
        }
        let changed = clients::disable(&mut tx, id, at).await?;
        tx.commit().await?;
        Ok::<_, Fault>(Some(changed))
    };
    let changed = changed.await.map_err(|fault| broken(&fault))?.ok_or_else(unknown)?;
    let state = if is_enabled { "enabled" } else { "disabled" };
    let words =
        if changed { format!("{id} is {state}") } else { format!("{id} was {state} before") };
    report.result(words, json!({ "client_id": id, "state": state, "changed": changed }));
    Ok(Exit::Done)
}

/// Ends what all members let an application do (K-20). It stays one that they may sign in to.
async fn revoke(store: &Store, id: &str, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let taken_back = async {
        let mut tx = store.write().await?;
        if clients::get(&mut tx, id).await?.is_none() {
            return Ok(None);
        }
        let agreed = consents::withdraw_all_for(&mut tx, id, now).await?;
        let ended = grants::end_all_for(&mut tx, id, now).await?;
        tx.commit().await?;
        Ok::<_, Fault>(Some((agreed, ended)))
    };
    let taken_back = taken_back.await.map_err(|fault| broken(&fault))?;
    let (agreed, ended) = taken_back.ok_or_else(unknown)?;
    let words = format!("{id}: {agreed} consents and {ended} grants are taken back");
    report.result(words, json!({ "client_id": id, "consents": agreed, "grants": ended }));
    Ok(Exit::Done)
}

async fn invite(store: &Store, args: &InviteArgs, report: &Report) -> Result<Exit, Failure> {
    let token = Token::new(&SystemDice as &dyn Dice);
    let now = SystemClock.now();
    let until = now.plus(args.lasts);
    let kept = async {
        let mut tx = store.write().await?;
        invites::add(&mut tx, &token.hash(), args.uses, now, until).await?;
        tx.commit().await
    };
    kept.await.map_err(|fault: Fault| broken(&fault))?;
    let (text, until, uses) = (token.expose(), until.rfc3339(), args.uses);
    let words = format!(
        "initial access token, shown once, good for {uses} until {until} where \
         clients.registration is on:\n{text}"
    );
    let object = json!({ "initial_access_token": text, "uses": uses, "expires_at": until });
    report.result(words, object);
    Ok(Exit::Done)
}

async fn reading<T>(
    store: &Store,
    ask: impl AsyncFnOnce(&mut payung_storage::Tx) -> Result<T, Fault>,
) -> Result<T, Failure> {
    let asked = async {
        let mut tx = store.read().await?;
        ask(&mut tx).await
    };
    asked.await.map_err(|fault| broken(&fault))
}

/// Reads and checks a file.
fn read(file: &Path) -> Result<Client, Failure> {
    let shown = file.display();
    let unreadable = |error: &(dyn std::error::Error + 'static)| {
        Failure::new(
            Exit::WrongUse,
            "client-file",
            said!("{shown} cannot be read", "{shown} tidak terbaca"),
            said!("name a TOML or JSON file", "sebut berkas TOML atau JSON"),
        )
        .because(error)
    };
    let text = std::fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    let is_json = file.extension().is_some_and(|ending| ending == "json");
    let checked = match parsed::<Definition>(&text, is_json) {
        Ok(definition) => definition.check(),
        Err(error) => {
            // A field of another kind is one fault among all. What is no fault of any field, such as
            // a field that stands there twice, is one of the file.
            let fields = parsed::<Map<String, Value>>(&text, is_json);
            let read = Definition::read(&fields.map_err(|error| unreadable(&*error))?);
            if read.is_ok() {
                return Err(unreadable(&*error));
            }
            read
        }
    };
    checked.map_err(|faults| refused(&faults))
}

fn parsed<T: DeserializeOwned>(text: &str, is_json: bool) -> Result<T, Box<dyn std::error::Error>> {
    Ok(if is_json { serde_json::from_str(text)? } else { toml::from_str(text)? })
}

fn refused(faults: &[ClientFault]) -> Failure {
    let all: Vec<String> =
        faults.iter().map(|fault| format!("{} {}", fault.field, fault.fault)).collect();
    let (count, list) = (all.len(), all.join("; "));
    Failure::new(
        Exit::WrongUse,
        "client",
        said!("{count} faults: {list}", "{count} kesalahan: {list}"),
        said!("mend them all, then check again", "perbaiki semua, lalu periksa lagi"),
    )
}

fn unknown() -> Failure {
    Failure::new(
        Exit::AnsweredNo,
        "client",
        said!("there is no such application", "tidak ada aplikasi itu"),
        said!("see `payung client list`", "lihat `payung client list`"),
    )
}

fn object(client: &Client, is_disabled: bool) -> Value {
    let mut object = serde_json::to_value(client.definition()).unwrap_or_default();
    object["disabled"] = json!(is_disabled);
    object["vouched_for"] = json!(client.is_vouched_for);
    object
}
