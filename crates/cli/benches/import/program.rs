//! The program, run as an operator runs it, with its time and its memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use payung_testkit::store::TestStore;
use tempfile::TempDir;
use tokio::time::Instant;

use crate::Engine;
use crate::installation::{SETTINGS, write, write_keys};

/// Between two looks at the memory of the program.
const LOOK: Duration = Duration::from_millis(10);

/// An installation with nothing in it.
pub(crate) struct House {
    folder: TempDir,
    /// Where its rows are kept.
    pub(crate) database: String,
}

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) took: Duration,
    /// The most memory it had at a time (`VmHWM`), in KiB.
    pub(crate) peak: u32,
    pub(crate) told: String,
}

impl House {
    /// Builds one. Its folder is on the disk that things are built on: the one for temporary files
    /// may be memory, where a commit costs nothing.
    pub(crate) async fn build(engine: Engine) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let database = match engine {
            Engine::Sqlite => folder.path().join("payung.db").display().to_string(),
            Engine::Postgres => {
                let store = TestStore::postgres().await;
                store.store.close().await;
                store.url.clone()
            }
        };
        let house = Self { folder, database };
        write(house.folder(), "payung.toml", SETTINGS);
        write_keys(house.folder());
        house
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, line: &str) -> Ran {
        let told = self.folder().join("told");
        let out = File::create(&told).expect("a file for what is said");
        let also = out.try_clone().expect("the same file");
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_payung"))
            .args(line.split_whitespace())
            .current_dir(self.folder())
            .env_clear()
            .env("PAYUNG_DATABASE__URL", &self.database)
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(also)
            .spawn()
            .expect("the program runs");
        let mut peak = 0;
        let ended = loop {
            if let Some(ended) = child.try_wait().expect("its state") {
                break ended;
            }
            peak = peak.max(peak_of(child.id()));
            std::thread::sleep(LOOK);
        };
        let took = began.elapsed();
        let told = fs::read_to_string(&told).expect("what was said");
        assert!(ended.success(), "{line}:\n{told}");
        Ran { took, peak, told }
    }
}

/// The most memory a process has had so far, in KiB; nothing once it has ended.
fn peak_of(process: u32) -> u32 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}
