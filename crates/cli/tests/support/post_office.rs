//! A real mail server on loopback, which keeps what it takes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use payung::settings::serving::TlsFiles;
use serde_json::Value;
use tempfile::TempDir;

/// A mail server that keeps what it takes. It goes when its input is closed, so with this.
pub(crate) struct PostOffice {
    child: Child,
    folder: TempDir,
    pub(crate) port: u16,
}

impl PostOffice {
    /// With a certificate it takes nothing before STARTTLS.
    pub(crate) fn open(files: Option<&TlsFiles>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for letters");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/mail_server.py");
        // Debian's own Python sees Debian's own packages; another one in the path may not.
        let mut command = Command::new("/usr/bin/python3");
        command.arg(script).arg(folder.path());
        if let Some(files) = files {
            command.arg(&files.certificate).arg(&files.key);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs (install python3 and python3-aiosmtpd)");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is piped");
        BufReader::new(stdout).read_line(&mut line).expect("the mail server speaks");
        let port = line.trim().parse().expect("install python3-aiosmtpd; cargo xtask test does");
        Self { child, folder, port }
    }

    /// Everything it has taken, in order.
    pub(crate) fn letters(&self) -> Vec<Value> {
        (0..)
            .map_while(|number| {
                fs::read_to_string(self.folder.path().join(format!("{number}.json"))).ok()
            })
            .map(|text| serde_json::from_str(&text).expect("the mail server writes JSON"))
            .collect()
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
