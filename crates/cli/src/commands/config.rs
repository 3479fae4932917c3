//! `payung config`: a sample file, what holds and why, and whether a server may start with it.

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use payung_flows::alerts::have_room_for_references;
use serde_json::{Value as Json, json};

use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;
use crate::settings::keys::{Given, KEYS, Key};
use crate::settings::sample::sample;
use crate::settings::value::Kind;
use crate::settings::{Found, Origin, Values, did_you_mean, has_password, production};

/// What to do with the settings.
#[derive(Clone, Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print a settings file with every default and what each line is for
    Sample,
    /// Print every value that holds and where it came from; secrets are masked
    Show(ShowArgs),
    /// Say whether a server may start with these settings
    Check,
    /// Say what one setting is for, what holds, and where it came from
    Explain(ExplainArgs),
}

/// How much to show.
#[derive(Clone, Copy, Debug, Args)]
pub struct ShowArgs {
    /// Mask names, addresses and paths as well, so that the output can be handed on
    #[arg(long)]
    pub redact: bool,
}

/// What to explain.
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// Section and name of the setting: smtp.host
    pub key: String,
}

/// Prints the sample. Needs no settings, so that a broken file does not stand in the way.
#[must_use]
pub fn print_sample(report: &Report) -> Exit {
    report.verbatim(&sample(report.language()));
    Exit::Done
}

/// Prints every value that holds.
#[must_use]
pub fn show(args: ShowArgs, values: &Values, report: &Report) -> Exit {
    let mut lines = String::new();
    let mut listed = Vec::new();
    for key in KEYS {
        let Some(found) = values.get(key.name) else {
            continue;
        };
        let value = shown(key, found, args.redact);
        let origin = origin(found, args.redact);
        let _ = writeln!(lines, "{} = {value}  # {origin}", key.name);
        listed.push(json!({ "key": key.name, "value": as_json(&value), "origin": origin }));
    }
    report.result(lines.trim_end(), json!({ "settings": listed }));
    Exit::Done
}

/// Says whether a server may start, or everything that speaks against it.
pub fn check(values: &Values, report: &Report) -> Result<Exit, Failure> {
    let (serving, _) = production::admit(values).map_err(Failure::settings)?;
    if serving.settings.sms_codes && !have_room_for_references(&serving.settings) {
        report.note(&said!(
            "note: with so long a name or host some text messages leave without their message code, \
             since 160 characters have no room for it",
            "catatan: dengan nama atau host sepanjang ini sebagian SMS dikirim tanpa kode pesan, \
             karena 160 karakter tidak cukup"
        ));
    }
    let words = said!("a server may start with these settings", "server boleh dijalankan");
    report.result(words.in_language(report.language()), Json::Null);
    Ok(Exit::Done)
}

/// Explains one setting.
pub fn explain(args: &ExplainArgs, values: &Values, report: &Report) -> Result<Exit, Failure> {
    let Some(key) = Key::named(&args.key) else {
        let name = &args.key;
        return Err(Failure::new(
            Exit::WrongUse,
            "no-such-setting",
            said!("{name} is not a setting", "{name} bukan pengaturan"),
            did_you_mean(name),
        ));
    };
    let found = values.get(key.name);
    let value = found.map(|found| shown(key, found, false));
    let origin = found.map(|found| found.origin.to_string());
    let (word, text) = match key.given {
        Given::Shipped(text) => (said!("default", "bawaan"), text),
        Given::Required(text) | Given::Optional(text) => (said!("example", "contoh"), text),
    };
    let language = report.language();
    let is_required = matches!(key.given, Given::Required(_));
    let nothing = if is_required {
        said!("not set, but required", "belum diisi, padahal wajib")
    } else {
        said!("not set", "tidak diisi")
    };
    let (variable, section, last) = (key.variable(), key.section(), key.last_name());

    let mut words = format!("{}: {}", key.name, key.about.in_language(language));
    let mut line = |label: &Said, text: &str| {
        let _ = write!(words, "\n  {:8} {text}", label.in_language(language));
    };
    let holds = value.as_deref().unwrap_or_else(|| nothing.in_language(language));
    line(&said!("value", "nilai"), holds);
    if let Some(origin) = &origin {
        line(&said!("origin", "asal"), origin);
    }
    line(&word, text);
    let ways = format!("{last} = … ([{section}]), {variable}=…");
    line(&said!("set", "isi"), &ways);

    report.result(
        words,
        json!({
            "key": key.name,
            "about": key.about.en,
            "required": is_required,
            "value": value.as_deref().map(as_json),
            "origin": origin,
            "default": if let Given::Shipped(text) = key.given { as_json(text) } else { Json::Null },
            "variable": variable,
        }),
    );
    Ok(Exit::Done)
}

const MASK: &str = "\"••••\"";

/// The value in TOML, without what others must not see.
fn shown(key: &Key, found: &Found, redact: bool) -> String {
    let written = found.written.to_string();
    if found.origin == Origin::Shipped {
        return written;
    }
    let is_masked = match key.kind {
        Kind::Secret if key.name == "database.url" => {
            redact || found.written.as_str().is_some_and(has_password)
        }
        Kind::Secret => true,
        Kind::Flag | Kind::Number { .. } | Kind::Span | Kind::OneOf(_) => false,
        Kind::Text | Kind::File | Kind::Url | Kind::Address | Kind::Networks | Kind::Versions => {
            redact
        }
    };
    if is_masked { MASK.to_owned() } else { written }
}

/// A path may name the fund or the person who runs it.
fn origin(found: &Found, redact: bool) -> String {
    match &found.origin {
        Origin::File { line, .. } if redact => format!("file:{line}"),
        origin => origin.to_string(),
    }
}

fn as_json(toml: &str) -> Json {
    format!("value = {toml}")
        .parse::<toml::Table>()
        .ok()
        .and_then(|table| serde_json::to_value(&table["value"]).ok())
        .unwrap_or(Json::Null)
}
