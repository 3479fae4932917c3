//! `payung demo`: the whole product on this machine, with invented people and nothing to set up.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;
use data_encoding::BASE32_NOPAD;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Zone};
use payung_flows::App;
use payung_flows::delivery::Post;
use payung_flows::demo::seeding::{self, Note};
use payung_flows::settings::{Hashing, Settings};
use payung_storage::{Fault, Store, installation};
use serde_json::json;

use super::doors::Doors;
use super::health::{self, Health};
use super::house;
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::outside::service_manager::ServiceManager;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Line;
use crate::secrets::Secrets;
use crate::settings::serving::Database;

/// How the demo is set up.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// Begin anew: throw away what an earlier demo has kept
    #[arg(long)]
    pub fresh: bool,
    /// Folder for the data and keys of the demo
    #[arg(long, value_name = "DIR", env = "PAYUNG_DEMO_DATA", default_value = "payung-demo")]
    pub data: PathBuf,
    /// Keep the data in another database than in that folder: postgres://…
    #[arg(long, value_name = "URL", env = "PAYUNG_DEMO_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// How many members to invent
    #[arg(
        long,
        value_name = "N",
        env = "PAYUNG_DEMO_MEMBERS",
        default_value_t = 200,
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    pub members: u32,
    /// Where the member pages listen
    #[arg(long, value_name = "ADDR", env = "PAYUNG_DEMO_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Where health and metrics listen
    #[arg(
        long,
        value_name = "ADDR",
        env = "PAYUNG_DEMO_OPERATIONS",
        default_value = "127.0.0.1:9090"
    )]
    pub operations: SocketAddr,
}

/// Who can be tried, and what for.
const PEOPLE: &[(&str, Line)] = &[
    (
        "siti",
        line(
            "wage earner, two employers, months missing; SMS and e-mail",
            "penerima upah, dua perusahaan, ada bulan kosong; SMS dan email",
        ),
    ),
    ("budi", line("self-employed courier; e-mail only", "kurir mandiri; hanya email")),
    (
        "dewi",
        line("two member numbers; authenticator app", "dua nomor peserta; aplikasi autentikator"),
    ),
    (
        "agus",
        line(
            "pensioner, born 1965, thirty years of savings",
            "pensiunan, lahir 1965, tabungan tiga puluh tahun",
        ),
    ),
    ("rina", line("locked account", "akun terkunci")),
];

const fn line(en: &'static str, id: &'static str) -> Line {
    Line { en, id }
}

/// Runs the demo until Ctrl-C.
pub async fn run(
    args: DemoArgs,
    manager: &ServiceManager,
    report: &Report,
) -> Result<Exit, Failure> {
    make_private_folder(&args.data)?;
    let secrets = Secrets::in_folder(&args.data, &SystemDice)?;
    let store = house::open_store(&database(&args), &secrets).await?;
    begin(&store, args.fresh).await?;
    let app = Arc::new(house::build(store, &secrets, settings(args.listen.port()))?);
    let note = people(&app, &args, report).await?;
    // The seeding is over and nobody else has it, so the one owner takes it back.
    let app = Arc::into_inner(app)
        .ok_or_else(|| house::broken(&Fault::new("seeding", "still going on")))?;

    let health = Health::starting();
    let mut doors = Doors::new(Duration::from_secs(5));
    let operations = doors.open(args.operations, health::routes(health.clone()))?;
    let house = house::open_for(app, Vec::new(), Post::Caught, true);
    let member = doors.open(args.listen, house.members)?;
    health.serves(house.checks, house.numbers);
    manager.ready();
    announce(&args, &note, member, operations, report);
    doors.stay_open(&health, manager).await
}

/// Only its owner may look into the folder: the keys are in it.
fn make_private_folder(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| {
        let shown = folder.display();
        Failure::new(
            Exit::WrongUse,
            "folder",
            said!("cannot make the folder {shown}", "tidak dapat membuat folder {shown}"),
            said!("choose another folder with --data", "pilih folder lain dengan --data"),
        )
        .because(&error)
    })
}

fn database(args: &DemoArgs) -> Database {
    let file = || args.data.join("payung.db").display().to_string();
    let url = args.database.clone().unwrap_or_else(file);
    Database { url: Secret::new(url), connections: 8, patience: Duration::from_secs(15) }
}

/// Shipped settings, but for limits that would stop whoever tries things over and over.
fn settings(port: u16) -> Settings {
    let mut settings = Settings::shipped(&format!("http://localhost:{port}"));
    let cores = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
    settings.hashing = Hashing { threads: cores, queue: 256, ..Hashing::SHIPPED };
    settings.limits.sign_ins_per_address = 600;
    settings.limits.codes_per_hour = 1_000;
    settings.limits.codes_per_day = 10_000;
    settings.limits.reset_pause = Duration::ZERO;
    settings
}

/// Makes the database ready: empty and up to date, or a demonstration of an earlier start.
async fn begin(store: &Store, is_fresh: bool) -> Result<(), Failure> {
    let broken = |fault: Fault| house::broken(&fault);
    if is_fresh && store.has_table("installation").await.map_err(broken)? {
        refuse_foreign(store).await?;
        store.erase().await.map_err(broken)?;
    }
    store.migrate(SystemClock.now()).await.map_err(broken)?;
    house::check_keys(store).await?;
    refuse_foreign(store).await
}

/// A database with people that no demonstration made is somebody's; nothing is done to it.
async fn refuse_foreign(store: &Store) -> Result<(), Failure> {
    let is_foreign = async {
        let mut tx = store.read().await?;
        Ok::<_, Fault>(
            !installation::is_demo(&mut tx).await? && installation::has_people(&mut tx).await?,
        )
    };
    if !is_foreign.await.map_err(|fault| house::broken(&fault))? {
        return Ok(());
    }
    Err(Failure::new(
        Exit::NotAllowed,
        "not-a-demo",
        said!(
            "this database holds people who are not the demo's",
            "basis data ini berisi orang yang bukan peragaan"
        ),
        said!(
            "name an empty database with --database",
            "sebut basis data kosong dengan --database"
        ),
    ))
}

/// The demonstration's people: those of an earlier start, or new ones.
async fn people(app: &Arc<App>, args: &DemoArgs, report: &Report) -> Result<Note, Failure> {
    let broken = |fault: Fault| house::broken(&fault);
    if let Some(note) = seeding::note(app).await.map_err(broken)? {
        return Ok(note);
    }
    let is_half_done = async {
        let mut tx = app.store.read().await?;
        installation::has_people(&mut tx).await
    };
    if is_half_done.await.map_err(broken)? {
        // An earlier start was interrupted while it filled the database.
        app.store.erase().await.map_err(broken)?;
        app.store.migrate(SystemClock.now()).await.map_err(broken)?;
        house::check_keys(&app.store).await?;
    }
    let today = SystemClock.now().date(Zone::Wib);
    let shown = said!("inventing people", "mengarang peserta");
    let progress = Mutex::new(report.progress(&shown, u64::from(args.members)));
    let kept = AtomicU32::new(0);
    let advance = |count: u32| {
        let before = kept.swap(count, Ordering::Relaxed);
        let mut progress = progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.advance(u64::from(count.saturating_sub(before)));
    };
    seeding::seed(app, args.members, today, advance).await.map_err(broken)
}

/// Says where everything is and whom to be.
fn announce(
    args: &DemoArgs,
    note: &Note,
    member: SocketAddr,
    operations: SocketAddr,
    report: &Report,
) {
    let site = format!("http://localhost:{}", member.port());
    let totp = BASE32_NOPAD.encode(&note.dewi_seed);
    let wayan = &note.wayan;
    let password = seeding::PASSWORD;
    let language = report.language();
    let people: Vec<String> = PEOPLE
        .iter()
        .map(|(name, who)| {
            format!("  {name:<6} {name}@peserta.example   {}", who.in_language(language))
        })
        .collect();
    let (people, folder, count) = (people.join("\n"), args.data.display(), note.members);
    let (nik, kpj, born) = (&wayan.nik, &wayan.kpj, &wayan.birth_date);
    let words = said!(
        "\nPayung, the demonstration. Everybody here is invented.\n\n  \
         Members     {site}\n  Messages    {site}/demo/outbox\n  Operations  http://{operations}\n\n\
         Sign in with the user name or e-mail; every password is {password}\n\n{people}\n\n  \
         dewi's authenticator secret   {totp}\n  \
         wayan has no account yet      NIK {nik}, KPJ {kpj}, born {born}\n\n\
         {count} people, kept in {folder}. Ctrl-C ends it; --fresh starts over.",
        "\nPayung, peragaan. Semua orang di sini karangan.\n\n  \
         Peserta     {site}\n  Pesan       {site}/demo/outbox\n  Operasi     http://{operations}\n\n\
         Masuk dengan nama pengguna atau email; semua kata sandi {password}\n\n{people}\n\n  \
         rahasia autentikator dewi     {totp}\n  \
         wayan belum punya akun        NIK {nik}, KPJ {kpj}, lahir {born}\n\n\
         {count} peserta, disimpan di {folder}. Ctrl-C mengakhiri; --fresh memulai lagi."
    );
    let sign_ins: Vec<_> = PEOPLE
        .iter()
        .map(|(name, who)| {
            let totp = (*name == "dewi").then_some(&totp);
            json!({
                "user_name": name, "email": format!("{name}@peserta.example"),
                "password": password, "who": who.en, "totp_secret": totp,
            })
        })
        .collect();
    let facts = json!({
        "member": site, "outbox": format!("{site}/demo/outbox"),
        "outbox_json": format!("{site}/demo/outbox.json"),
        "operations": format!("http://{operations}"), "password": password, "sign_ins": sign_ins,
        "wayan": { "nik": nik, "kpj": kpj, "birth_date": born },
        "members": count, "data": folder.to_string(),
    });
    report.result(words.in_language(language), facts);
}
