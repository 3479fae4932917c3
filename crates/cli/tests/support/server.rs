//! A production server of the test's own: keys, settings and a database that outlive its process.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use data_encoding::BASE64;
use payung::commands::house;
use payung::outside::dice::SystemDice;
use payung::secrets::{KeyFiles, Secrets};
use payung::settings::serving::Database;
use payung_domain::accounts::Account;
use payung_domain::contact::{Email, Identifier};
use payung_domain::dice::Dice;
use payung_domain::ids::{AccountId, Nik, PersonId};
use payung_domain::language::Language;
use payung_domain::members::{Address, Person, PersonName, Sex};
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_flows::App;
use payung_flows::settings::Settings;
use payung_storage::{accounts, members};
use payung_testkit::people::PASSWORD;
use payung_testkit::store::TestStore;
use tempfile::TempDir;

use crate::browser::{Browser, client};
use crate::program::Program;

/// Where members find it, as the settings say; whatever a request says (R1).
pub(crate) const PUBLIC: &str = "https://peserta.dana.test";

/// The peer whose `X-Forwarded-For` is believed: `browser::client(PROXY)` is the proxy.
pub(crate) const PROXY: u8 = 1;

/// A server that can be started again and again on the same data.
pub(crate) struct Server {
    /// Settings, keys and the log.
    pub(crate) folder: TempDir,
    database: TestStore,
    member: u16,
    operations: u16,
}

impl Server {
    /// With keys as chance makes them, and settings that may start; letters go to this port.
    pub(crate) fn new(database: TestStore, mail_port: u16) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the server");
        let (member, operations) = (free_port(), free_port());
        let settings = format!(
            "[service]\npublic_url = \"{PUBLIC}\"\nhelp_phone = \"0800 0000 001\"\n\
             help_email = \"bantuan@dana.test\"\n\
             [listen]\nmember = \"127.0.0.1:{member}\"\noperations = \"127.0.0.1:{operations}\"\n\
             [proxies]\ntrusted = [\"127.0.1.{PROXY}/32\"]\n\
             [database]\nurl = \"{}\"\n\
             [keys]\nsealing_key_files = [\"1=sealing-1.key\"]\nindex_key_file = \"index.key\"\n\
             pepper_files = [\"1=pepper-1.key\"]\ncookie_key_file = \"cookies.key\"\n\
             [smtp]\nhost = \"localhost\"\nport = {mail_port}\ntls = \"none\"\n\
             from = \"no-reply@dana.test\"\n\
             [codes]\nsms = false\n",
            database.url
        );
        write_private(&folder.path().join("payung.toml"), &settings);
        let server = Self { folder, database, member, operations };
        server.make_keys();
        server
    }

    /// Puts new keys in place of those that are there.
    pub(crate) fn make_keys(&self) {
        for name in ["sealing-1", "index", "pepper-1", "cookies"] {
            let key: [u8; 32] = (&SystemDice as &dyn Dice).bytes();
            let file = self.folder.path().join(format!("{name}.key"));
            write_private(&file, &BASE64.encode(&key));
        }
    }

    /// Starts it and waits until it is ready.
    pub(crate) async fn start(&self, more: &[&str]) -> Program {
        let words = [&["serve", "--config", "payung.toml"], more].concat();
        let mut program = Program::start(self.folder.path(), &words);
        let mut operator = Browser::new(&client(PROXY), &self.operations());
        while !operator.get("/readyz").await.is_ok_and(|answer| answer.status == 200) {
            let ended = program.process().try_wait().expect("its state");
            assert!(ended.is_none(), "it did not start:\n{}", program.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        program
    }

    /// Where the member pages are.
    pub(crate) fn site(&self) -> String {
        format!("http://127.0.0.1:{}", self.member)
    }

    /// Where health and metrics are.
    pub(crate) fn operations(&self) -> String {
        format!("http://127.0.0.1:{}", self.operations)
    }

    /// The product around the server's own database and keys, to look and to prepare.
    pub(crate) async fn app(&self) -> App {
        let files = KeyFiles::inside(self.folder.path());
        let secrets = Secrets::read(&files).expect("the keys are there");
        let url = Secret::from(&*self.database.url);
        let reach = Database { url, connections: 2, patience: Duration::from_secs(15) };
        let store = house::open_store(&reach, &secrets).await.expect("the database opens");
        house::build(store, &secrets, Settings::shipped(PUBLIC)).expect("the parts fit")
    }

    /// People with an account each, reached by e-mail only.
    pub(crate) async fn enrol(&self, mailboxes: &[String]) {
        let app = self.app().await;
        let place = app.hasher.place_in_turn().await.expect("a place to hash");
        let password = place.make(Secret::from(PASSWORD)).await.expect("the password hashes");
        let (now, vault) = (Instant::from_micros(0), app.store.vault());
        let mut tx = app.store.write().await.expect("it can be written");
        for (mailbox, number) in mailboxes.iter().zip(1..) {
            let person = person(PersonId::new(&*app.dice), number);
            let (id, password) = (AccountId::new(&*app.dice), password.clone());
            let (language, zone) = (Language::Id, Zone::Wib);
            let account =
                Account { id, person: person.id, password, password_set_at: now, language, zone };
            let name = Identifier::Email(Email::parse(mailbox).expect("an address"));
            members::add_people(&mut tx, vault, &[(person, now)]).await.expect("a person");
            accounts::add(&mut tx, &account, now).await.expect("an account");
            accounts::add_name(&mut tx, vault, id, &name, Some(now)).await.expect("a name");
        }
        tx.commit().await.expect("a commit");
        app.store.close().await;
    }
}

/// Somebody of region 00, which is nowhere.
fn person(id: PersonId, number: u32) -> Person {
    let home = "Contoh".to_owned();
    Person {
        id,
        nik: Nik::parse(&format!("000001410790{number:04}")).expect("sixteen digits"),
        name: PersonName::parse("Siti Rahayu").expect("a name"),
        birth_date: jiff::civil::date(1990, 7, 1),
        sex: Sex::Female,
        address: Address {
            street: home.clone(),
            village: home.clone(),
            district: home.clone(),
            regency: home.clone(),
            province: home,
            postcode: "00100".to_owned(),
        },
    }
}

fn write_private(path: &Path, text: &str) {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true).mode(0o600);
    let mut file = options.open(path).expect("a file for the server");
    std::io::Write::write_all(&mut file, text.as_bytes()).expect("it is written");
}

/// A port that nobody has, below those that the system hands to outgoing connections: it is still
/// free when a server has been stopped and is to begin again.
pub(crate) fn free_port() -> u16 {
    static NEXT: LazyLock<AtomicU16> = LazyLock::new(|| {
        let elsewhere_for_each_process = u16::try_from(std::process::id() % 100).expect("a rest");
        AtomicU16::new(20_000 + 100 * elsewhere_for_each_process)
    });
    loop {
        let port = NEXT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
