//! `payung demo`: the whole product on this machine, with invented people and nothing to set up.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clap::Args;
use data_encoding::BASE32_NOPAD;
use payung_domain::network::Network;
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Zone};
use payung_flows::App;
use payung_flows::delivery::Post;
use payung_flows::demo::seeding::{self, Note};
use payung_flows::demo::{apps, devices, staff};
use payung_flows::settings::{Hashing, Settings};
use payung_storage::{Fault, Store, installation};
use serde_json::json;

use super::certificates::Certificates;
use super::demo_app::{self, Example};
use super::doors::{self, Doors};
use super::health::{self, Health};
use super::{conformance, house};
use crate::outside::back_channel::BackChannel;
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::outside::service_manager::ServiceManager;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Line;
use crate::secrets::Secrets;
use crate::settings::serving::{Database, Outward};

/// How the demo is set up.
#[derive(Clone, Debug, Args)]
pub struct DemoArgs {
    /// Begin anew: throw away what an earlier demo has kept
    #[arg(long)]
    pub fresh: bool,
    /// Folder for the data and keys of the demo
    #[arg(
        long,
        value_name = "DIR",
        env = "PAYUNG_DEMO_DATA",
        default_value_if("conformance", "true", "payung-conformance"),
        default_value = "payung-demo"
    )]
    pub data: PathBuf,
    /// Keep the data in another database than in that folder: postgres://…
    #[arg(long, value_name = "URL", env = "PAYUNG_DEMO_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// How many members to invent
    #[arg(
        long,
        value_name = "N",
        env = "PAYUNG_DEMO_MEMBERS",
        default_value_if("conformance", "true", "6"),
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
    /// Where the support desk listens [default: one port above --listen]
    #[arg(long, value_name = "ADDR", env = "PAYUNG_DEMO_DESK")]
    pub desk: Option<SocketAddr>,
    /// Where the sample application listens [default: two ports above --listen]
    #[arg(long, value_name = "ADDR", env = "PAYUNG_DEMO_APP")]
    pub app: Option<SocketAddr>,
    /// Be what the public OpenID conformance suite tests: over TLS, always anew
    #[arg(long)]
    pub conformance: bool,
    /// Where that suite is
    #[arg(
        long,
        value_name = "URL",
        requires = "conformance",
        help = "Where that suite is [default: https://localhost.emobix.co.uk:8443/]"
    )]
    pub suite: Option<String>,
    /// Trust these certificates too when calling the suite
    #[arg(long, value_name = "FILE", requires = "conformance")]
    pub extra_ca: Option<PathBuf>,
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
    conformance::check(&args)?;
    make_private_folder(&args.data)?;
    let secrets = Secrets::in_folder(&args.data, &SystemDice)?;
    let store = house::open_store(&database(&args), &secrets).await?;
    begin(&store, args.fresh || args.conformance).await?;
    let listen = if args.conformance { settled(args.listen)? } else { args.listen };
    let settings =
        if args.conformance { conformance::settings(listen) } else { settings(listen.port()) };
    let app = Arc::new(house::build(store, &secrets, settings)?);
    let note = people(&app, &args, report).await?;
    devices::register(&app).await.map_err(|fault| house::broken(&fault))?;
    // The seeding is over and nobody else has it, so the one owner takes it back.
    let mut app = Arc::into_inner(app)
        .ok_or_else(|| house::broken(&Fault::new("seeding", "still going on")))?;
    if args.conformance {
        let prepared = conformance::prepare(&mut app, &args).await?;
        return meet_the_suite(app, &args, listen, &prepared, manager, report).await;
    }

    // Passkeys of the desk are for its very address, so that has to be known before its pages are.
    let taken = doors::listen(desk_address(&args))?;
    let desk = taken.local_addr().unwrap_or_else(|_| desk_address(&args));
    app.settings.desk.public_url = Some(format!("http://localhost:{}", desk.port()));
    let keys = staff::register(&app).await.map_err(|fault| house::broken(&fault))?;
    app.demo_staff = Some(keys);

    let health = Health::starting();
    let mut doors = Doors::new(Duration::from_secs(5));
    let operations = doors.open(args.operations, health::routes(health.clone()))?;
    let example = open_example(&app, &args, &mut doors).await?;
    let messenger = Arc::new(BackChannel::open(&outward())?);
    let house = house::open_for(app, Vec::new(), Post::Caught, messenger, true);
    let member = doors.open(args.listen, house.members)?;
    doors.open_taken(taken, desk, house.desk)?;
    health.serves(house.checks, house.numbers);
    manager.ready();
    announce(&args, &note, &Open { member, desk, operations, example }, report);
    doors.stay_open(&health, manager).await
}

/// Serves the conformance suite until Ctrl-C.
async fn meet_the_suite(
    app: App,
    args: &DemoArgs,
    listen: SocketAddr,
    prepared: &conformance::Prepared,
    manager: &ServiceManager,
    report: &Report,
) -> Result<Exit, Failure> {
    let health = Health::starting();
    let mut doors = Doors::new(Duration::from_secs(5));
    let operations = doors.open(args.operations, health::routes(health.clone()))?;
    let issuer = app.settings.public_url.clone();
    let messenger = Arc::new(BackChannel::open(&conformance::outward(args))?);
    let house = house::open_for(app, Vec::new(), Post::Caught, messenger, true);
    let certificates = Certificates::read(prepared.tls.clone())?;
    doors.open_with_tls(listen, house.members, certificates)?;
    health.serves(house.checks, house.numbers);
    manager.ready();
    conformance::announce(&issuer, prepared, operations, &args.data, report);
    doors.stay_open(&health, manager).await
}

/// The issuer names the port, so one that the machine chooses has to be known before anything else.
fn settled(listen: SocketAddr) -> Result<SocketAddr, Failure> {
    let taken = doors::listen(listen)?;
    Ok(taken.local_addr().unwrap_or(listen))
}

/// Opens the application that members can sign in to, and lets the provider know it. Answers where it
/// is: another host than the provider's, since browsers keep cookies by host.
async fn open_example(app: &App, args: &DemoArgs, doors: &mut Doors) -> Result<String, Failure> {
    let example = Example::new(&app.settings.public_url)?;
    let at = doors.open(example_address(args), demo_app::routes(Arc::clone(&example)))?;
    let address = format!("http://127.0.0.1:{}", at.port());
    example.is_at(&address);
    apps::register(app, &address).await.map_err(|fault| house::broken(&fault))?;
    Ok(address)
}

fn desk_address(args: &DemoArgs) -> SocketAddr {
    args.desk.unwrap_or_else(|| beside(args.listen, 1))
}

fn example_address(args: &DemoArgs) -> SocketAddr {
    args.app.unwrap_or_else(|| beside(args.listen, 2))
}

/// A port that the system chooses has no neighbours that are known to be free.
fn beside(listen: SocketAddr, by: u16) -> SocketAddr {
    let port = match listen.port() {
        0 => 0,
        port => port.saturating_add(by),
    };
    SocketAddr::from(([127, 0, 0, 1], port))
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

/// Applications to try with are on this very machine, and nowhere else that is private.
fn outward() -> Outward {
    let here = Network { address: IpAddr::V4(Ipv4Addr::LOCALHOST), prefix: 8 };
    Outward { private_networks: vec![here], authority: None }
}

/// Shipped settings, but for limits that would stop whoever tries things over and over.
pub(super) fn settings(port: u16) -> Settings {
    let mut settings = Settings::shipped(&format!("http://localhost:{port}"));
    let cores = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
    settings.hashing = Hashing { threads: cores, queue: 256, ..Hashing::SHIPPED };
    settings.limits.sign_ins_per_address = 6_000;
    settings.limits.sign_ins_per_network = 6_000;
    settings.limits.sign_ins_in_all = 96_000;
    settings.limits.suspicion.names_per_address = 6_000;
    settings.limits.suspicion.quick_forms_per_address = 6_000;
    settings.limits.matches_per_address = 600;
    settings.limits.matches_per_identity = 600;
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

/// Where everything is.
struct Open {
    member: SocketAddr,
    desk: SocketAddr,
    operations: SocketAddr,
    example: String,
}

/// Says where everything is and whom to be.
fn announce(args: &DemoArgs, note: &Note, open: &Open, report: &Report) {
    let Open { member, desk, operations, example } = open;
    let site = format!("http://localhost:{}", member.port());
    let desk = format!("http://localhost:{}", desk.port());
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
    let device = format!("payung demo-device --issuer {site}");
    let words = said!(
        "\nPayung, the demonstration. Everybody here is invented.\n\n  \
         Members     {site}\n  Messages    {site}/demo/outbox\n  Operations  http://{operations}\n  \
         Staff       {desk}\n  Application {example}\n\n\
         Sign in with the user name or e-mail; every password is {password}\n\n{people}\n\n  \
         dewi's authenticator secret   {totp}\n  \
         wayan has no account yet      NIK {nik}, KPJ {kpj}, born {born}\n  \
         a device to sign in on        {device}\n\n\
         {count} people, kept in {folder}. Ctrl-C ends it; --fresh starts over.",
        "\nPayung, peragaan. Semua orang di sini karangan.\n\n  \
         Peserta     {site}\n  Pesan       {site}/demo/outbox\n  Operasi     http://{operations}\n  \
         Petugas     {desk}\n  Aplikasi    {example}\n\n\
         Masuk dengan nama pengguna atau email; semua kata sandi {password}\n\n{people}\n\n  \
         rahasia autentikator dewi     {totp}\n  \
         wayan belum punya akun        NIK {nik}, KPJ {kpj}, lahir {born}\n  \
         perangkat untuk dicoba        {device}\n\n\
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
    let officers: Vec<_> = staff::STAFF
        .iter()
        .map(|(name, role)| json!({ "name": name, "role": role.name() }))
        .collect();
    let facts = json!({
        "member": site, "desk": desk, "staff": officers, "outbox": format!("{site}/demo/outbox"),
        "outbox_json": format!("{site}/demo/outbox.json"),
        "operations": format!("http://{operations}"), "relying_party": example,
        "password": password, "sign_ins": sign_ins,
        "wayan": { "nik": nik, "kpj": kpj, "birth_date": born },
        "device": { "client_id": devices::ID, "page": format!("{site}/device") },
        "members": count, "data": folder.to_string(),
    });
    report.result(words.in_language(language), facts);
}
