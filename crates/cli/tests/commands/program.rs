//! Runs the program in a folder of its own, with an environment of its own.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::installation::{SETTINGS, write, write_keys};

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
        write(self.path(), name, text);
        self
    }

    pub(crate) fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Four keys as chance makes them.
    pub(crate) fn with_keys(self) -> Self {
        write_keys(self.path());
        self
    }

    /// The settings of a server that may start, with more lines at the end.
    pub(crate) fn with_settings(self, more: &str) -> Self {
        let text = format!("{SETTINGS}{more}");
        self.with_file("payung.toml", &text)
    }

    /// Keys, the settings of a server that may start, and a database with its tables.
    pub(crate) fn ready() -> Self {
        let place = Self::new().with_keys().with_settings("");
        assert!(place.run("migrate up").starts_with("exit: 0"));
        place
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
        self.told(self.output(line))
    }

    fn told(&self, output: Output) -> String {
        let mut told = format!("exit: {}\n", output.status.code().unwrap_or(-1));
        for (name, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
            let text = String::from_utf8(bytes).expect("the program writes UTF-8");
            let text = text.replace(&self.path().display().to_string(), "FOLDER");
            let _ = write!(told, "--- {name}\n{text}");
        }
        told
    }
}

/// What is said to a command that is run for this reason, if any, with every moment blanked out.
pub(crate) fn run(place: &Place, line: &str, reason: &str) -> String {
    let mut command = place.command(line);
    if !reason.is_empty() {
        command.args(["--reason", reason]);
    }
    timeless(&place.told(command.output().expect("the program runs")))
}

fn timeless(told: &str) -> String {
    const MOMENT: &str = "0000-00-00T00:00:00Z";
    let letters: Vec<char> = told.chars().collect();
    let is_moment = |from: usize| {
        letters.len() >= from + MOMENT.len()
            && MOMENT.chars().zip(&letters[from..]).all(|(shape, found)| match shape {
                '0' => found.is_ascii_digit(),
                other => *found == other,
            })
    };
    let (mut plain, mut at) = (String::new(), 0);
    while at < letters.len() {
        if is_moment(at) {
            plain.push_str("TIME");
            at += MOMENT.len();
        } else {
            plain.push(letters[at]);
            at += 1;
        }
    }
    plain
}
