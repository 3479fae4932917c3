//! The shape of the house: who may use whom, where SQL may stand, and that ARCHITECTURE.md tells
//! of what is there. The compiler holds the rest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each step may use of the others, and what it must never see.
const STEPS: &[Step] = &[
    Step {
        name: "domain",
        uses: &[],
        never: &["tokio", "sqlx", "axum", "askama", "lettre", "reqwest", "getrandom"],
    },
    Step {
        name: "texts",
        uses: &["domain"],
        never: &["tokio", "sqlx", "axum", "lettre", "reqwest", "getrandom"],
    },
    Step {
        name: "storage",
        uses: &["domain"],
        never: &["axum", "askama", "lettre", "reqwest", "getrandom"],
    },
    Step {
        name: "flows",
        uses: &["domain", "storage", "texts"],
        never: &["axum", "sqlx", "lettre", "reqwest", "getrandom"],
    },
    Step {
        name: "web",
        uses: &["domain", "flows", "texts"],
        never: &["sqlx", "lettre", "reqwest", "getrandom"],
    },
    Step {
        name: "cli",
        uses: &["domain", "storage", "flows", "web", "texts"],
        never: &["sqlx", "askama"],
    },
];

struct Step {
    name: &'static str,
    uses: &'static [&'static str],
    never: &'static [&'static str],
}

/// The two groups of topics that know nothing of each other.
const IDENTITY: &[&str] = &[
    "accounts",
    "passwords",
    "sign_in",
    "second_factor",
    "authenticators",
    "passkeys",
    "recovery_codes",
    "lockout",
    "suspicion",
    "recoveries",
    "contact_changes",
    "contact_codes",
    "payout_lock",
    "sessions",
    "notify",
    "notice_choices",
    "oidc",
    "activity",
];
const MEMBERSHIP: &[&str] = &[
    "members",
    "employers",
    "addresses",
    "programmes",
    "contributions",
    "ledger",
    "benefits",
    "claims",
    "corrections",
    "imports",
    "statements",
    "transactions",
];

#[test]
fn each_step_uses_only_the_steps_below_it() {
    for step in STEPS {
        let used = dependencies(step.name);
        for name in &used {
            if let Some(ours) = name.strip_prefix("payung-") {
                assert!(step.uses.contains(&ours), "{} may not use {ours}", step.name);
            }
            assert!(!step.never.contains(&name.as_str()), "{} may not see {name}", step.name);
        }
    }
}

#[test]
fn the_testkit_is_for_tests_only() {
    for step in STEPS {
        let used = dependencies(step.name);
        assert!(!used.contains("payung-testkit"), "{} ships the testkit", step.name);
    }
}

#[test]
fn sql_stands_in_storage_only() {
    // Enough of a statement that a sentence about choosing a factor is not taken for one.
    let statements = [
        "select * from ",
        "insert into ",
        "delete from ",
        "create table ",
        "alter table ",
        "drop table ",
        "drop schema ",
        "pragma ",
    ];
    for step in STEPS.iter().filter(|step| step.name != "storage") {
        for path in sources(&folder(step.name).join("src")) {
            let text = read(&path).to_lowercase();
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                let found = statements.iter().find(|statement| line.contains(*statement));
                let is_select = line.contains("\"select ") && line.contains(" from ");
                assert!(found.is_none() && !is_select, "SQL in {}: {line}", path.display());
            }
        }
    }
}

#[test]
fn identity_and_membership_never_import_each_other() {
    for (group, other) in [(IDENTITY, MEMBERSHIP), (MEMBERSHIP, IDENTITY)] {
        for topic in group {
            for path in topic_files(topic) {
                let text = read(&path);
                for stranger in other {
                    assert!(!imports(&text, stranger), "{} imports {stranger}", path.display());
                }
            }
        }
    }
}

#[test]
fn every_path_that_the_architecture_names_is_there() {
    let root = root();
    for name in paths_in(&read(&root.join("ARCHITECTURE.md"))) {
        let is_there = root.join(&name).exists() || root.join("crates").join(&name).exists();
        assert!(is_there, "ARCHITECTURE.md names {name}, which is not there");
    }
}

#[test]
fn every_topic_is_where_the_architecture_says() {
    let page = read(&root().join("ARCHITECTURE.md"));
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 20, "ARCHITECTURE.md has no table of topics");
    for row in rows {
        let cells = row.trim_matches('|').split('|').skip(1);
        for (step, cell) in ["domain", "storage", "flows", "web"].into_iter().zip(cells) {
            let src = folder(step).join("src");
            for name in cell.split('`').skip(1).step_by(2) {
                let is_there = src.join(name).exists() || src.join(format!("{name}.rs")).exists();
                assert!(is_there, "ARCHITECTURE.md names {name} in {step}, which is not there");
            }
        }
    }
}

#[test]
fn paths_are_told_from_words_and_addresses() {
    let page = "See `flows/src/lib.rs`, `POST /sign-in`, `data/programmes/*.toml`, `a/b` or \
                `crates/cli/`; `domain ← storage`, `sqlx`, `lockout::may_try`.";
    let found = paths_in(page);
    let expected = ["crates/cli", "data/programmes", "flows/src/lib.rs"];
    assert_eq!(found, expected.map(str::to_owned).into());
}

/// What stands in backticks and looks like a file or a folder: an ending, or a slash at the end.
/// A star stands for many, so the folder before it has to be there.
fn paths_in(page: &str) -> BTreeSet<String> {
    let quoted = page.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| {
            let last = text.rsplit('/').next().unwrap_or(text);
            let has_ending = last.contains('.') && !last.starts_with('.');
            text.contains('/')
                && !text.starts_with('/')
                && (has_ending || text.ends_with('/'))
                && text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-*".contains(c))
        })
        .map(|text| match text.find('*') {
            Some(star) => text[..star].rsplit_once('/').map_or("", |(folder, _)| folder),
            None => text.trim_end_matches('/'),
        })
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

fn imports(text: &str, topic: &str) -> bool {
    let grouped = text.split("use crate::{").skip(1).any(|rest| {
        let group = rest.split(';').next().unwrap_or_default();
        group.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == topic)
    });
    let named = ["crate::", "super::super::"].iter().any(|path| {
        text.match_indices(&format!("{path}{topic}")).any(|(at, found)| {
            let next = text[at + found.len()..].chars().next();
            !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    });
    grouped || named
}

/// A topic is one file or one folder.
fn topic_files(topic: &str) -> Vec<PathBuf> {
    let src = folder("domain").join("src");
    let file = src.join(format!("{topic}.rs"));
    if file.exists() { vec![file] } else { sources(&src.join(topic)) }
}

/// Names of a crate's dependencies, those for tests left out.
fn dependencies(step: &str) -> BTreeSet<String> {
    let manifest = read(&folder(step).join("Cargo.toml"));
    let manifest: toml::Table = manifest.parse().expect("a manifest is TOML");
    let tables = ["dependencies", "build-dependencies"];
    let tables = tables.iter().filter_map(|name| manifest.get(*name)?.as_table());
    tables.flat_map(toml::Table::keys).cloned().collect()
}

/// Every Rust file in a folder and below it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("a folder can be listed").path());
    paths
        .flat_map(|path| match path.extension() {
            _ if path.is_dir() => sources(&path),
            Some(ending) if ending == "rs" => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

fn folder(step: &str) -> PathBuf {
    root().join("crates").join(step)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
