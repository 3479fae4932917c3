//! A demonstration of the test's own: its folder, its database, and the keys to look into it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use payung::commands::house;
use payung::secrets::{KeyFiles, Secrets};
use payung::settings::serving::Database;
use payung_domain::secret::Secret;
use payung_storage::Store;
use payung_testkit::store::TestStore;
use tempfile::TempDir;

use crate::program::Program;

/// A demonstration that can be started again and again on the same data.
pub(crate) struct Demo {
    folder: TempDir,
    pub(crate) database: TestStore,
    members: String,
}

impl Demo {
    pub(crate) async fn new(database: TestStore, members: u32) -> Self {
        // From here on only the program has it open, so that a kill leaves what a kill leaves.
        database.store.close().await;
        let folder = tempfile::tempdir().expect("a folder for the demonstration");
        Self { folder, database, members: members.to_string() }
    }

    /// Starts it, and says at which address.
    pub(crate) fn start(&self) -> (Program, String) {
        let keys = self.keys().display().to_string();
        let words = [
            ["demo", "--json"],
            ["--data", &keys],
            ["--database", &self.database.url],
            ["--members", &self.members],
            ["--listen", "127.0.0.1:0"],
            ["--operations", "127.0.0.1:0"],
        ];
        let mut program = Program::start(self.folder.path(), words.as_flattened());
        // It may take as long as filling a database does.
        let mut facts = String::new();
        let stdout = program.process().stdout.as_mut().expect("its output is piped");
        BufReader::new(stdout).read_line(&mut facts).expect("it speaks");
        assert!(!facts.is_empty(), "it did not start:\n{}", program.log());
        let facts: serde_json::Value = serde_json::from_str(&facts).expect("one JSON object");
        let site = facts["member"].as_str().expect("where the pages are");
        (program, site.replace("localhost", "127.0.0.1"))
    }

    /// The database, opened with the demonstration's own keys. To be closed again: while somebody
    /// else holds a SQLite file open, a restart has nothing to recover.
    pub(crate) async fn open(&self) -> Store {
        let secrets = Secrets::read(&KeyFiles::inside(&self.keys())).expect("the keys are there");
        let patience = Duration::from_secs(15);
        let url = Secret::from(&*self.database.url);
        let database = Database { url, connections: 2, patience };
        house::open_store(&database, &secrets).await.expect("the database opens")
    }

    fn keys(&self) -> PathBuf {
        Path::join(self.folder.path(), "keys")
    }
}
