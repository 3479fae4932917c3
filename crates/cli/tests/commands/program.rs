//! Runs the program in a folder of its own, with an environment of its own.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use data_encoding::BASE64;
use payung::outside::dice::SystemDice;
use payung_domain::dice::Dice;
use tempfile::TempDir;

/// A place to run the program in.
pub(crate) struct Place {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder for the test"), variables: Vec::new() }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn with_file(self, name: &str, text: &str) -> Self {
        let path = self.path().join(name);
        fs::write(&path, text).expect("a file for the test");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
        self
    }

    pub(crate) fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Four keys as chance makes them.
    pub(crate) fn with_keys(self) -> Self {
        ["sealing-1", "index", "pepper-1", "cookies"].iter().fold(self, |place, name| {
            let key: [u8; 32] = (&SystemDice as &dyn Dice).bytes();
            place.with_file(&format!("{name}.key"), &BASE64.encode(&key))
        })
    }

    /// The settings of a server that may start, with more lines at the end.
    pub(crate) fn with_settings(self, more: &str) -> Self {
        let text = format!("{SETTINGS}{more}");
        self.with_file("payung.toml", &text)
    }

    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_payung"));
        command.args(line.split_whitespace()).current_dir(self.path()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn output(&self, line: &str) -> Output {
        self.command(line).output().expect("the program runs")
    }

    /// Exit code and both streams, with the folder's name taken out.
    pub(crate) fn run(&self, line: &str) -> String {
        let output = self.output(line);
        let mut told = format!("exit: {}\n", output.status.code().unwrap_or(-1));
        for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
            let text = String::from_utf8(bytes).expect("the program writes UTF-8");
            let text = text.replace(&self.path().display().to_string(), "FOLDER");
            let _ = write!(told, "--- {name}\n{text}");
        }
        told
    }
}

/// A server that may start: TLS ends at a proxy, mail goes to this very machine.
const SETTINGS: &str = r#"[service]
public_url = "https://peserta.dana.test"
help_phone = "0800 0000 001"
help_email = "bantuan@dana.test"

[proxies]
trusted = ["127.0.0.1/32"]

[database]
url = "payung.db"

[keys]
sealing_key_files = ["1=sealing-1.key"]
index_key_file = "index.key"
pepper_files = ["1=pepper-1.key"]
cookie_key_file = "cookies.key"

[smtp]
host = "localhost"
tls = "none"
from = "no-reply@dana.test"

[codes]
sms = false
"#;
