//! The program under measurement: a demonstration in a process of its own.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// Linux counts a process's CPU in these, whatever the machine.
const TICK: Duration = Duration::from_millis(10);

/// A running server, gone with this.
pub(crate) struct Server {
    child: Child,
    folder: TempDir,
    /// Where it is, as it calls itself.
    pub(crate) issuer: String,
    /// Where it is reached.
    pub(crate) site: String,
    /// Its database.
    pub(crate) database: String,
}

impl Server {
    /// Starts one and waits until it serves. Its folder is on the disk that things are built on:
    /// the one for temporary files may be memory, where a commit costs nothing.
    pub(crate) fn start(database: Option<&str>) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let data = folder.path().join("data");
        let file = data.join("payung.db").display().to_string();
        let database = database.map_or(file, str::to_owned);
        let port = free_port();
        let (data, listen) = (data.display().to_string(), format!("127.0.0.1:{port}"));
        let words = [
            "demo",
            "--json",
            "--fresh",
            "--members",
            "20",
            "--operations",
            "127.0.0.1:0",
            "--app",
            "127.0.0.1:0",
            "--listen",
            &listen,
            "--data",
            &data,
            "--database",
            &database,
        ];
        let log = File::create(folder.path().join("log")).expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_payung"))
            .args(words)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("the program runs");
        let issuer = format!("http://localhost:{port}");
        let mut server = Self { child, folder, issuer, site: format!("http://{listen}"), database };
        server.wait_for_facts();
        server
    }

    /// It says where it is once it serves.
    fn wait_for_facts(&mut self) {
        let mut facts = String::new();
        let stdout = self.child.stdout.as_mut().expect("its output is piped");
        BufReader::new(stdout).read_line(&mut facts).expect("it speaks");
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        assert!(!facts.is_empty(), "it did not start:\n{log}");
    }

    /// The folder of its keys.
    pub(crate) fn keys(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The CPU that it has used so far.
    pub(crate) fn cpu(&self) -> Duration {
        cpu_of(&self.child.id().to_string())
    }

    /// The CPU that it uses in this time while nobody asks it for anything.
    pub(crate) async fn idle(&self, lasts: Duration) -> Duration {
        let before = self.cpu();
        tokio::time::sleep(lasts).await;
        self.cpu().saturating_sub(before)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The CPU of a process, its own and that of the system on its behalf, of all its threads.
pub(crate) fn cpu_of(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("Linux tells of it");
    // The name may hold spaces and brackets; what comes after its last bracket does not.
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let ticks: u32 = fields
        .split_whitespace()
        // The fields 14 and 15 of proc(5); the first one here is the third.
        .skip(11)
        .take(2)
        .map(|field| field.parse::<u32>().expect("a number of ticks"))
        .sum();
    TICK * ticks
}

/// The issuer names the port, so it has to be known beforehand.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
