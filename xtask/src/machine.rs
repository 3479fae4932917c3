//! What the tests need from the machine, and how a Debian machine gets it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::{must, say};

/// One thing the tests need.
struct Need {
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const FOR_ALL: &[Need] =
    &[Need { packages: &["postgresql"], is_there: || postgres_programs().is_some() }];

const FOR_RUST: &[Need] = &[
    // The mail server that the tests of outgoing mail speak to.
    Need { packages: &["python3", "python3-aiosmtpd"], is_there: || python_has("aiosmtpd") },
];

const FOR_BROWSER: &[Need] = &[
    Need { packages: &["chromium"], is_there: || in_path("chromium").is_some() },
    Need {
        packages: &["nodejs", "npm"],
        is_there: || in_path("node").is_some() && in_path("npm").is_some(),
    },
    // Lets time pass in the database of a demonstration.
    Need { packages: &["sqlite3"], is_there: || in_path("sqlite3").is_some() },
    // Makes the certificate of the web server that browsers come back to from single sign-on.
    Need { packages: &["openssl"], is_there: || in_path("openssl").is_some() },
    // One of the applications that members sign in to.
    Need {
        packages: &["python3", "python3-authlib", "python3-requests"],
        is_there: || python_has("authlib.integrations.requests_client"),
    },
];

/// Installs what is missing, if this is root on Debian; otherwise says in one line what to do.
pub(crate) fn prepare(rust: bool, browser: bool) -> Result<(), String> {
    let needs = || {
        let rust = FOR_RUST.iter().filter(move |_| rust);
        FOR_ALL.iter().chain(rust).chain(FOR_BROWSER.iter().filter(move |_| browser))
    };
    let missing = || -> Vec<&str> {
        let absent = needs().filter(|need| !(need.is_there)());
        absent.flat_map(|need| need.packages).copied().collect()
    };
    let packages = missing();
    if packages.is_empty() {
        return Ok(());
    }
    let by_hand = format!("missing: apt-get install {}", packages.join(" "));
    if !is_root() || in_path("apt-get").is_none() {
        return Err(by_hand);
    }
    say(&format!("installing {}", packages.join(" ")));
    must(apt("update").arg("-qq"))?;
    must(apt("install").args(["-qq", "-y", "--no-install-recommends"]).args(&packages))?;
    if missing().is_empty() { Ok(()) } else { Err(by_hand) }
}

fn apt(verb: &str) -> Command {
    let mut apt = Command::new("apt-get");
    apt.arg(verb).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

/// Whether this runs as root, who may install packages and may not run PostgreSQL.
pub(crate) fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout == b"0\n")
}

/// The folder of the newest PostgreSQL's programs.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    versions
        .filter_map(|version| {
            let number: u32 = version.file_name().to_str()?.parse().ok()?;
            let programs = version.path().join("bin");
            programs.join("initdb").exists().then_some((number, programs))
        })
        .max()
        .map(|(_, programs)| programs)
}

fn python_has(module: &str) -> bool {
    // Debian's own Python: another one in the path does not see Debian's packages.
    let mut python = Command::new("/usr/bin/python3");
    python.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}

/// Where a program is.
pub(crate) fn in_path(program: &str) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "chores look for programs as the shell does")]
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}
