//! `payung notice`: what the operator has to say to everybody, on every page, in both languages.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use payung_domain::announcements::{Announcement, LONGEST, Unfit};
use payung_domain::dice::Dice;
use payung_domain::time::{Clock, Instant};
use payung_flows::staff::notices;
use payung_flows::{App, announcements};
use payung_storage::Store;
use serde_json::{Value, json};

use super::house::{self, broken, open_without_keys};
use super::member;
use super::staff::reason;
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;
use crate::settings::Values;
use crate::settings::serving::Database;

/// What to do about the notice.
#[derive(Debug, Subcommand)]
pub enum NoticeCommand {
    /// Say what is shown now, and what will be
    List,
    /// Show a notice on every page, in place of an earlier one
    Set(SetArgs),
    /// Take the notice back
    Clear(ClearArgs),
}

/// What is shown, and when.
#[derive(Debug, Args)]
pub struct SetArgs {
    /// What it says in Indonesian; two lines of a phone at most
    #[arg(long, value_name = "TEXT")]
    pub indonesian: String,
    /// The same in English
    #[arg(long, value_name = "TEXT")]
    pub english: String,
    /// Shown until then: 2026-08-17T21:00:00+07:00
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub until: Instant,
    /// Shown from then on [default: now]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub from: Option<Instant>,
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

/// Why it is taken back.
#[derive(Debug, Args)]
pub struct ClearArgs {
    /// Why, in 10 letters or more
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub reason: String,
    /// Folder of a demonstration, in place of settings
    #[arg(long, value_name = "DIR")]
    pub demo: Option<PathBuf>,
}

/// Says, sets or clears. Servers read notices anew within half a minute. Setting and clearing stand in
/// the desk's audit, so they need its keys.
pub async fn run(
    command: NoticeCommand,
    values: impl FnOnce() -> Result<Values, Failure>,
    report: &Report,
) -> Result<Exit, Failure> {
    match command {
        NoticeCommand::List => {
            let database = Database::of(&values()?).map_err(Failure::settings)?;
            let store = open_without_keys(&database).await?;
            let exit = list(&store, report).await;
            store.close().await;
            exit
        }
        NoticeCommand::Set(args) => {
            let app = open(args.demo.as_deref(), values).await?;
            let exit = set(&app, &args, report).await;
            app.store.close().await;
            exit
        }
        NoticeCommand::Clear(args) => {
            let app = open(args.demo.as_deref(), values).await?;
            let exit = clear(&app, &args.reason, report).await;
            app.store.close().await;
            exit
        }
    }
}

async fn open(
    demo: Option<&Path>,
    values: impl FnOnce() -> Result<Values, Failure>,
) -> Result<App, Failure> {
    let (store, secrets, settings) = member::open_store(demo, values).await?;
    house::build(store, &secrets, settings)
}

async fn list(store: &Store, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let all = announcements::list(store, now).await.map_err(|fault| broken(&fault))?;
    let lines: Vec<String> = all.iter().map(line).collect();
    let objects: Vec<Value> = all.iter().map(|one| object(one, now)).collect();
    let words = if lines.is_empty() { "no notice".to_owned() } else { lines.join("\n") };
    report.result(words, json!({ "notices": objects }));
    Ok(Exit::Done)
}

async fn set(app: &App, args: &SetArgs, report: &Report) -> Result<Exit, Failure> {
    let now = SystemClock.now();
    let announcement = Announcement {
        id: (&SystemDice as &dyn Dice).id(),
        indonesian: args.indonesian.trim().to_owned(),
        english: args.english.trim().to_owned(),
        begins_at: args.from.unwrap_or(now),
        ends_at: args.until,
    };
    notices::set_by_operator(app, &announcement, &args.reason)
        .await
        .map_err(|fault| broken(&fault))?
        .map_err(refused)?;
    report.result(line(&announcement), json!({ "notices": [object(&announcement, now)] }));
    Ok(Exit::Done)
}

async fn clear(app: &App, reason: &str, report: &Report) -> Result<Exit, Failure> {
    let cleared = notices::clear_by_operator(app, reason).await.map_err(|fault| broken(&fault))?;
    report.result(format!("{cleared} cleared"), json!({ "cleared": cleared }));
    Ok(Exit::Done)
}

fn line(notice: &Announcement) -> String {
    let (from, until) = (notice.begins_at.rfc3339(), notice.ends_at.rfc3339());
    format!("{from} to {until}\n  id  {}\n  en  {}", notice.indonesian, notice.english)
}

fn object(notice: &Announcement, now: Instant) -> Value {
    json!({
        "id": notice.id,
        "indonesian": notice.indonesian,
        "english": notice.english,
        "from": notice.begins_at.rfc3339(),
        "until": notice.ends_at.rfc3339(),
        "shown": notice.is_on(now),
    })
}

/// What is wrong with a text for everybody.
pub(super) fn refused(unfit: Unfit) -> Failure {
    let (message, fix): (Said, Said) = match unfit {
        Unfit::OneLanguageOnly => (
            said!("one language has nothing to read", "satu bahasa tidak berisi apa-apa"),
            said!("fill --indonesian and --english", "isi --indonesian dan --english"),
        ),
        Unfit::TooLong => (
            said!("it takes more than two lines", "lebih dari dua baris"),
            said!("write {LONGEST} letters or fewer", "tulis {LONGEST} huruf atau kurang"),
        ),
        Unfit::EndsTooSoon => (
            said!("it would never be shown", "tidak akan pernah tampil"),
            said!("choose --until after now and --from", "pilih --until setelah kini dan --from"),
        ),
    };
    Failure::new(Exit::WrongUse, "notice", message, fix)
}

/// Reads a time as it is typed on the command line.
pub(super) fn moment(text: &str) -> Result<Instant, String> {
    let read: Result<jiff::Timestamp, _> = text.parse();
    read.map(|moment| Instant::from_micros(moment.as_microsecond()))
        .map_err(|_| "write it like 2026-08-17T21:00:00+07:00".to_owned())
}
