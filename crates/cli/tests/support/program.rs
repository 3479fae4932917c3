//! The program itself, running: it is killed with the test that started it.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running program and the file that its log lines go to.
pub(crate) struct Program {
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts it with these words, in an empty environment. Its log grows from start to start.
    pub(crate) fn start(folder: &Path, words: &[&str]) -> Self {
        let log = folder.join("log");
        let lines = OpenOptions::new().create(true).append(true).open(&log).expect("a log");
        let child = Command::new(env!("CARGO_BIN_EXE_payung"))
            .args(words)
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(lines)
            .spawn()
            .expect("the program runs");
        Self { child, log }
    }

    /// Everything it has logged.
    pub(crate) fn log(&self) -> String {
        std::io::read_to_string(File::open(&self.log).expect("a log")).expect("its log is text")
    }

    /// `kill -9`: no signal handler, no last write, no goodbye.
    pub(crate) fn kill(&mut self) {
        // One that has ended by itself cannot be killed, and need not.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The child process, to send it a signal or to wait for its end.
    pub(crate) fn process(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}
