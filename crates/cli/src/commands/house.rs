//! The house behind the doors: store, flows and pages put together.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use payung_domain::keyed::Key;
use payung_domain::network::Network;
use payung_domain::places::Places;
use payung_domain::programmes::Programmes;
use payung_flows::announcements::keep_reading;
use payung_flows::delivery::{Courier, Post, keep_delivering};
use payung_flows::hashing::{Hasher, Peppers};
use payung_flows::oidc::back_channel::{Messenger, keep_telling};
use payung_flows::oidc::signing_keys::make_missing;
use payung_flows::record_news::keep_looking;
use payung_flows::recoveries::steps::keep_going;
use payung_flows::service::keep_watching;
use payung_flows::settings::Settings;
use payung_flows::staff::due::keep_doing;
use payung_flows::staff::operator::operator;
use payung_flows::statements::signing;
use payung_flows::tidying::keep_tidy;
use payung_flows::{App, Keys};
use payung_storage::{Fault, Reach, Store, Vault, installation};
use payung_web::Site;

use super::health::{Check, Checks, Numbers};
use super::password_filter;
use crate::outside::clock::SystemClock;
use crate::outside::dice::SystemDice;
use crate::report::{Exit, Failure};
use crate::said;
use crate::secrets::Secrets;
use crate::settings::Surroundings;
use crate::settings::serving::{Database, Serving};

/// What there is to serve.
#[derive(Clone)]
pub struct House {
    /// The member pages.
    pub members: Router,
    /// The pages of the support desk, on a listener of their own.
    pub desk: Router,
    /// What the program cannot serve without.
    pub checks: Checks,
    /// The numbers of `/metrics`.
    pub numbers: Numbers,
}

/// The database does not answer within this: the program is not ready.
const ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// Opens the store, builds the `App` and its pages, and starts what works in the background.
pub async fn open(
    serving: &Serving,
    secrets: Secrets,
    courier: Arc<dyn Courier>,
    messenger: Arc<dyn Messenger>,
) -> Result<House, Failure> {
    let store = open_store(&serving.database, &secrets).await?;
    check_migrations(&store).await?;
    check_keys(&store).await?;
    check_passkeys(&store, serving.settings.public_host()).await?;
    refuse_demo(&store).await?;
    let mut app = build(store, &secrets, serving.settings.clone())?;
    app.breached = serving.breached.as_deref().map(password_filter::read).transpose()?;
    app.places = serving.places.as_deref().map(places).transpose()?.unwrap_or_default();
    Ok(open_for(app, serving.proxies.clone(), Post::Courier(courier), messenger, false))
}

/// Opens the pages of an `App`, and starts what works in the background.
#[must_use]
pub fn open_for(
    app: App,
    proxies: Vec<Network>,
    post: Post,
    messenger: Arc<dyn Messenger>,
    is_demo: bool,
) -> House {
    let app = Arc::new(app);
    tokio::spawn(keep_delivering(Arc::clone(&app), post));
    tokio::spawn(keep_telling(Arc::clone(&app), messenger));
    tokio::spawn(keep_tidy(Arc::clone(&app)));
    tokio::spawn(keep_looking(Arc::clone(&app)));
    tokio::spawn(keep_going(Arc::clone(&app)));
    tokio::spawn(keep_doing(Arc::clone(&app)));
    tokio::spawn(make_keys(Arc::clone(&app)));
    tokio::spawn(keep_reading(Arc::clone(&app)));
    tokio::spawn(keep_watching(Arc::clone(&app)));
    let is_proxy = move |address| proxies.iter().any(|network| network.contains(address));
    let site = Site { app: Arc::clone(&app), is_proxy: Box::new(is_proxy), is_demo };
    let site = Arc::new(site);
    House {
        members: payung_web::routes(Arc::clone(&site)),
        desk: payung_web::desk::routes(site),
        checks: checks(&app),
        numbers: Arc::new(move || numbers(&app)),
    }
}

/// Reads the operator's table of coarse places.
fn places(path: &Path) -> Result<Places, Failure> {
    let shown = path.display();
    let useless = |fault: &(dyn std::error::Error + 'static)| {
        let message = said!("{shown} cannot be used", "{shown} tidak dapat dipakai");
        let fix = said!(
            "correct the table that devices.places names",
            "perbaiki tabel yang disebut devices.places"
        );
        Failure::new(Exit::WrongUse, "places", message, fix).because(fault)
    };
    let table = fs::read_to_string(path).map_err(|fault| useless(&fault))?;
    Places::read(&table).map_err(|fault| useless(&fault))
}

/// Makes the keys that tokens and statements are signed with, where there are none yet. What breaks is
/// logged: the first of each tries again.
async fn make_keys(app: Arc<App>) {
    let now = app.clock.now();
    let made = match make_missing(&app, now).await {
        Ok(()) => signing::make_missing(&app, now).await,
        failed => failed,
    };
    if let Err(fault) = made {
        tracing::error!(cause = ?std::error::Error::source(&fault), "making keys broke {fault}");
    }
}

/// Opens the database with the keys that seal it.
pub async fn open_store(database: &Database, secrets: &Secrets) -> Result<Store, Failure> {
    let sealing = secrets.sealing.iter().rev().map(|(v, key)| (*v, Key::new(*key))).collect();
    let vault = Vault::new(sealing, Key::new(secrets.index), Arc::new(SystemDice));
    open_with(database, vault).await
}

/// Opens the database for a command that needs no key, and so takes none: nothing that is sealed
/// can be read through it.
pub async fn open_without_keys(database: &Database) -> Result<Store, Failure> {
    let keyless = Vault::new(vec![(1, Key::new([0; 32]))], Key::new([0; 32]), Arc::new(SystemDice));
    open_with(database, keyless).await
}

async fn open_with(database: &Database, vault: Vault) -> Result<Store, Failure> {
    let reach = Reach {
        url: database.url.clone(),
        connections: database.connections,
        patience: database.patience,
    };
    Store::open(&reach, vault).await.map_err(|fault| broken(&fault))
}

/// Puts the flows together.
pub fn build(store: Store, secrets: &Secrets, settings: Settings) -> Result<App, Failure> {
    let peppers = secrets.pepper.iter().rev().map(|(v, key)| (*v, Key::new(*key))).collect();
    let dice: Arc<dyn payung_domain::dice::Dice> = Arc::new(SystemDice);
    let hasher = Hasher::start(settings.hashing, &Peppers(peppers), &dice)
        .map_err(|fault| broken(&fault))?;
    let programmes = programmes()?;
    let keys = Keys::of(&Key::new(secrets.cookies), &Key::new(secrets.index));
    let clock = Arc::new(SystemClock);
    let mut app = App::new(store, clock, dice, hasher, keys, settings, programmes);
    // A name for the audit, which decides nothing: it is not handed through every command.
    app.operator = operator(Surroundings::of_this_process().user());
    Ok(app)
}

/// The rules that come with the program.
pub fn programmes() -> Result<Programmes, Failure> {
    Programmes::shipped().map_err(|error| {
        Failure::new(
            Exit::AnsweredNo,
            "rules",
            said!("the rules of the programmes cannot be read", "aturan program tidak terbaca"),
            said!("report this: it is a fault of this build", "laporkan: ini kesalahan versi ini"),
        )
        .because(&error)
    })
}

/// Refuses a database whose tables are not up to date.
pub async fn check_migrations(store: &Store) -> Result<(), Failure> {
    let pending = store.pending_migrations().await.map_err(|fault| broken(&fault))?;
    if pending.is_empty() {
        return Ok(());
    }
    let count = pending.len();
    Err(Failure::new(
        Exit::WrongUse,
        "migrations",
        said!("{count} migrations are not applied", "{count} migrasi belum diterapkan"),
        said!("run `payung migrate up`", "jalankan `payung migrate up`"),
    ))
}

/// Refuses keys that did not seal this database, before a thousand pages break.
pub async fn check_keys(store: &Store) -> Result<(), Failure> {
    let fits = async {
        let mut tx = store.write().await?;
        let fits = installation::fits(&mut tx, store.vault()).await?;
        tx.commit().await?;
        Ok::<bool, Fault>(fits)
    };
    if fits.await.map_err(|fault| broken(&fault))? {
        return Ok(());
    }
    Err(Failure::new(
        Exit::WrongUse,
        "keys",
        said!(
            "this database was sealed with other keys",
            "basis data ini disegel dengan kunci lain"
        ),
        said!(
            "use the keys it was made with, or another database",
            "pakai kunci semula, atau basis data lain"
        ),
    ))
}

/// Refuses a host that the passkeys of this database are not for (D-08): they would all be dead, and
/// every member would have to find that out alone.
async fn check_passkeys(store: &Store, host: &str) -> Result<(), Failure> {
    let asked = async {
        let mut tx = store.write().await?;
        let other = installation::passkeys_of_another_host(&mut tx, host).await?;
        tx.commit().await?;
        Ok::<_, Fault>(other)
    };
    let Some(other) = asked.await.map_err(|fault| broken(&fault))? else { return Ok(()) };
    Err(Failure::new(
        Exit::WrongUse,
        "passkeys",
        said!(
            "members' passkeys are for {other}, not for {host}",
            "kunci sandi peserta dibuat untuk {other}, bukan untuk {host}"
        ),
        said!(
            "set service.public_url to https://{other}; a passkey never moves to another host",
            "isi service.public_url dengan https://{other}; kunci sandi tidak bisa pindah host"
        ),
    ))
}

/// A production server with people who do not exist would be a production server nobody notices
/// is wrong.
async fn refuse_demo(store: &Store) -> Result<(), Failure> {
    let is_demo = async {
        let mut tx = store.read().await?;
        installation::is_demo(&mut tx).await
    };
    if !is_demo.await.map_err(|fault| broken(&fault))? {
        return Ok(());
    }
    Err(Failure::new(
        Exit::WrongUse,
        "demo-database",
        said!("this database is a demonstration", "basis data ini adalah peragaan"),
        said!("use another database for production", "pakai basis data lain untuk produksi"),
    ))
}

/// A fault of the database, in words for whoever started the program.
#[must_use]
pub fn broken(fault: &Fault) -> Failure {
    let (exit, fix) = if fault.is_unreachable() {
        (
            Exit::Unreachable,
            said!(
                "see that the database runs, then try again",
                "pastikan basis data berjalan, lalu ulangi"
            ),
        )
    } else {
        (Exit::WrongUse, said!("see the causes above", "lihat sebab di atas"))
    };
    let message = said!("the database could not be used", "basis data tidak dapat dipakai");
    Failure::new(exit, "database", message, fix).because(fault)
}

fn checks(app: &Arc<App>) -> Checks {
    let app = Arc::clone(app);
    Arc::new(move || {
        let app = Arc::clone(&app);
        Box::pin(async move {
            let asked = tokio::time::timeout(ANSWERS_WITHIN, app.store.pending_migrations()).await;
            let (database, migrations) = match asked {
                Err(_) => (Some("no answer for 5 s".to_owned()), None),
                Ok(Err(fault)) => (Some(fault.to_string()), None),
                Ok(Ok(pending)) if pending.is_empty() => (None, None),
                Ok(Ok(pending)) => (None, Some(format!("{} not applied", pending.len()))),
            };
            vec![
                Check { name: "database", trouble: database },
                Check { name: "migrations", trouble: migrations },
            ]
        })
    })
}

fn numbers(app: &App) -> String {
    let taken = app.hasher.taken();
    let now = app.clock.now().micros() / 1_000_000;
    let (sms, ceiling) = (app.counters.sms_today.get(), app.settings.limits.sms_per_day);
    let height = app.counters.audit_height.get();
    let counted = app.counters.all().fold(String::new(), |all, (name, help, total)| {
        let head = format!("# HELP payung_{name} {help}\n# TYPE payung_{name} counter\n");
        all + &head + &format!("payung_{name} {total}\n")
    });
    format!(
        "# HELP payung_password_queue_places_taken Password checks under way or waiting.\n\
         # TYPE payung_password_queue_places_taken gauge\n\
         payung_password_queue_places_taken {taken}\n\
         # HELP payung_clock_seconds The program's clock.\n\
         # TYPE payung_clock_seconds gauge\n\
         payung_clock_seconds {now}\n\
         # HELP payung_sms_today Text messages of today, of every node, as last seen here.\n\
         # TYPE payung_sms_today gauge\n\
         payung_sms_today {sms}\n\
         # HELP payung_sms_ceiling Text messages that may be sent in a day.\n\
         # TYPE payung_sms_ceiling gauge\n\
         payung_sms_ceiling {ceiling}\n\
         # HELP payung_audit_height Lines of the desk's audit, as last seen here.\n\
         # TYPE payung_audit_height gauge\n\
         payung_audit_height {height}\n\
         {counted}"
    )
}
