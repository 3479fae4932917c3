//! How results, notes, progress and failures look. The only file that prints.
//!
//! Results go to stdout and nothing else does; all that is said beside them goes to stderr.

use std::error::Error;
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use payung_domain::language::Language;
use payung_domain::time::{Clock, Instant};
use serde_json::{Map, Value, json};

use crate::outside::clock::SystemClock;
use crate::said;
use crate::said::Said;
use crate::settings::Surroundings;

/// How the program ends. Stable, and listed in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or already so.
    Done,
    /// It ran, and the answer is no, or a part was refused.
    AnsweredNo,
    /// Wrong use or wrong configuration.
    WrongUse,
    /// Something is not reachable or timed out; safe to retry.
    Unreachable,
    /// Not allowed.
    NotAllowed,
    /// Interrupted at the keyboard.
    Interrupted,
}

impl Exit {
    /// The number the shell sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::AnsweredNo => 1,
            Self::WrongUse => 2,
            Self::Unreachable => 3,
            Self::NotAllowed => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command could not do its work: what happened, why, and what to do next.
#[derive(Clone, Debug)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// A short word for scripts, which never changes.
    pub code: &'static str,
    /// What happened.
    pub message: Said,
    /// Why, outermost first, or each thing that is wrong.
    pub causes: Vec<Cause>,
    /// What to do next.
    pub fix: Said,
}

/// One cause, or one of several things that are wrong at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What it is about: the name of a setting, a file; empty for a link in a chain of causes.
    pub about: String,
    /// Where it stands: `payung.toml:12`, `environment`; empty when that says nothing.
    pub place: String,
    /// What is wrong.
    pub message: Said,
    /// What to do about this one.
    pub fix: Option<Said>,
}

impl Failure {
    /// A failure without causes so far.
    #[must_use]
    pub fn new(exit: Exit, code: &'static str, message: Said, fix: Said) -> Self {
        Self { exit, code, message, causes: Vec::new(), fix }
    }

    /// Wrong settings, all of them at once.
    #[must_use]
    pub fn settings(causes: Vec<Cause>) -> Self {
        let count = causes.len();
        let message = if count == 1 {
            said!("one setting cannot stand", "satu pengaturan tidak dapat dipakai")
        } else {
            said!("{count} settings cannot stand", "{count} pengaturan tidak dapat dipakai")
        };
        let fix = said!(
            "correct what is listed, then run `payung config check`",
            "perbaiki yang tercantum, lalu jalankan `payung config check`"
        );
        Self { causes, ..Self::new(Exit::WrongUse, "settings", message, fix) }
    }

    /// The same failure with an error and all that lies behind it as causes.
    #[must_use]
    pub fn because(mut self, error: &(dyn Error + 'static)) -> Self {
        let mut link = Some(error);
        while let Some(error) = link {
            self.causes.push(Cause {
                about: String::new(),
                place: String::new(),
                message: said!("{error}", "{error}"),
                fix: None,
            });
            link = error.source();
        }
        self
    }

    fn as_json(&self) -> Value {
        let causes: Vec<_> = self.causes.iter().map(Cause::as_json).collect();
        json!({
            "schema": SCHEMA,
            "ok": false,
            "code": self.code,
            "message": self.message.en,
            "causes": causes,
            "fix": self.fix.en,
        })
    }
}

impl Cause {
    fn as_json(&self) -> Value {
        let mut object = Map::new();
        for (name, text) in [("about", &self.about), ("place", &self.place)] {
            if !text.is_empty() {
                object.insert(name.to_owned(), json!(text));
            }
        }
        object.insert("message".to_owned(), json!(self.message.en));
        if let Some(fix) = &self.fix {
            object.insert("fix".to_owned(), json!(fix.en));
        }
        Value::Object(object)
    }

    fn as_line(&self, language: Language) -> String {
        let mut line = String::from("  ");
        if !self.place.is_empty() {
            line.push_str(&self.place);
            line.push_str("  ");
        }
        if !self.about.is_empty() {
            line.push_str(&self.about);
            line.push(' ');
        }
        line.push_str(self.message.in_language(language));
        if let Some(fix) = &self.fix {
            line.push_str(" → ");
            line.push_str(fix.in_language(language));
        }
        line
    }
}

/// The version of every JSON object that is printed.
pub const SCHEMA: u32 = 1;

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Colour {
    /// On a terminal that is not dumb, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Whatever the output is.
    Always,
    /// Never.
    Never,
}

/// What the person asked for by flags.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    /// One JSON object instead of words.
    pub json: bool,
    /// Results and failures only.
    pub quiet: bool,
    /// No bars and no progress lines.
    pub no_progress: bool,
    /// Colours.
    pub colour: Colour,
    /// The language; otherwise the one of the surroundings.
    pub language: Option<Language>,
}

/// Where a command says what it has to say.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one wish of the person")]
pub struct Report {
    json: bool,
    quiet: bool,
    progress: bool,
    bars: bool,
    coloured: bool,
    language: Language,
}

impl Report {
    /// A report as the person and the terminal want it.
    #[must_use]
    pub fn new(wishes: Wishes, surroundings: &Surroundings) -> Self {
        let terminal = stderr().is_terminal() && surroundings.get("TERM") != Some("dumb");
        let coloured = match wishes.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => terminal && surroundings.get("NO_COLOR").is_none_or(str::is_empty),
        };
        Self {
            json: wishes.json,
            quiet: wishes.quiet,
            progress: !(wishes.quiet || wishes.no_progress || wishes.json),
            bars: terminal,
            coloured,
            language: wishes.language.unwrap_or_else(|| surroundings.language()),
        }
    }

    /// The language of everything that is said.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The result: words for people, or one line of JSON that gets `schema` and `ok` beside its fields.
    pub fn result(&self, words: impl Display, fields: Value) {
        if self.json {
            let mut object = Map::from_iter([
                ("schema".to_owned(), json!(SCHEMA)),
                ("ok".to_owned(), json!(true)),
            ]);
            match fields {
                Value::Object(fields) => object.extend(fields),
                Value::Null => {}
                other => {
                    object.insert("result".to_owned(), other);
                }
            }
            put(&mut stdout(), Value::Object(object));
        } else {
            put(&mut stdout(), words);
        }
    }

    /// A result that is what it is, whatever was asked for: a sample file, a completion script.
    pub fn verbatim(&self, text: &str) {
        put(&mut stdout(), text.trim_end_matches('\n'));
    }

    /// Something worth knowing beside the result.
    pub fn note(&self, words: &Said) {
        if !self.quiet && !self.json {
            put(&mut stderr(), words.in_language(self.language));
        }
    }

    /// Says why the command failed, and gives back how the program ends.
    #[must_use]
    pub fn failure(&self, failure: &Failure) -> Exit {
        if self.json {
            put(&mut stderr(), failure.as_json());
            return failure.exit;
        }
        let (error, fix) = match self.language {
            Language::En => ("error:", "fix:"),
            Language::Id => ("galat:", "perbaikan:"),
        };
        let mut lines = vec![format!(
            "{} {}",
            self.painted(error, RED),
            failure.message.in_language(self.language)
        )];
        lines.extend(failure.causes.iter().map(|cause| cause.as_line(self.language)));
        let fix = self.painted(fix, GREEN);
        lines.push(format!("{fix} {}", failure.fix.in_language(self.language)));
        put(&mut stderr(), lines.join("\n"));
        failure.exit
    }

    /// Shows how far a long work has come: a bar on a terminal, else a line every ten seconds. Of a
    /// `total` of 0 nobody knows how much it is.
    #[must_use]
    pub fn progress(&self, what: &Said, total: u64) -> Progress {
        let what = what.in_language(self.language).to_owned();
        let shown = if !self.progress {
            Shown::Nothing
        } else if self.bars {
            let known = (total > 0).then_some(total);
            let bar = ProgressBar::with_draw_target(known, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(match known {
                Some(_) => "  {msg}  {bar:24}  {percent}%  {human_pos}  {per_sec}  eta {eta}",
                None => "  {msg}  {human_pos}  {per_sec}",
            });
            // The template is constant: a plain bar would be the answer to a broken one.
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_message(what);
            Shown::Bar(bar)
        } else {
            Shown::Lines { what, total, last: SystemClock.now() }
        };
        Progress { shown, done: 0 }
    }

    /// What clap has to say: help and versions on stdout, wrong use as any other failure.
    #[must_use]
    pub fn usage(&self, said: &clap::Error) -> Exit {
        if !said.use_stderr() {
            let _ = write!(stdout(), "{}", self.dressed(said));
            return Exit::Done;
        }
        if self.json {
            return self.failure(&wrong_use(said));
        }
        let _ = write!(stderr(), "{}", self.dressed(said));
        Exit::WrongUse
    }

    /// Starts log lines on stderr. A second start changes nothing.
    pub fn start_logs(&self, as_json: bool, level: tracing::Level) {
        let lines = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(self.coloured)
            .with_writer(stderr);
        let _ = if as_json { lines.json().try_init() } else { lines.try_init() };
    }

    fn dressed(&self, said: &clap::Error) -> String {
        if self.coloured { said.render().ansi().to_string() } else { said.render().to_string() }
    }

    fn painted(&self, word: &str, paint: &str) -> String {
        if self.coloured { format!("{paint}{word}\x1b[0m") } else { word.to_owned() }
    }
}

/// What clap says about wrong use, taken apart: its first paragraph is what happened.
fn wrong_use(said: &clap::Error) -> Failure {
    let text = said.render().to_string();
    let message = if said.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        "no command was given".to_owned()
    } else {
        let paragraph = text.split("\n\n").next().unwrap_or_default();
        let words: Vec<_> = paragraph.split_whitespace().collect();
        words.join(" ").trim_start_matches("error: ").to_owned()
    };
    let tip = text.lines().find_map(|line| line.trim().strip_prefix("tip: "));
    let fix = tip.unwrap_or("run `payung --help`");
    Failure::new(Exit::WrongUse, "usage", said!("{message}", "{message}"), said!("{fix}", "{fix}"))
}

const RED: &str = "\x1b[1;31m";
const GREEN: &str = "\x1b[1;32m";

/// How far a long work has come.
#[derive(Debug)]
pub struct Progress {
    shown: Shown,
    done: u64,
}

#[derive(Debug)]
enum Shown {
    Nothing,
    Bar(ProgressBar),
    Lines { what: String, total: u64, last: Instant },
}

impl Progress {
    /// So much more is done.
    pub fn advance(&mut self, by: u64) {
        self.done += by;
        match &mut self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.inc(by),
            Shown::Lines { what, total, last } => {
                let now = SystemClock.now();
                if now.since(*last) >= BETWEEN_LINES {
                    *last = now;
                    let total = if *total > 0 { format!(" / {total}") } else { String::new() };
                    put(&mut stderr(), format_args!("{what}: {}{total}", self.done));
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Shown::Bar(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// A reader that has gone (`payung config sample | head`) is no failure of ours.
fn put(out: &mut impl Write, line: impl Display) {
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

#[expect(clippy::disallowed_methods, reason = "this file is the one place that prints")]
fn stdout() -> std::io::Stdout {
    std::io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "this file is the one place that prints")]
fn stderr() -> std::io::Stderr {
    std::io::stderr()
}
