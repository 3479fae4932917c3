//! `payung rules`: what the programmes' dated rules say on any day, where each comes from and how
//! sure it is.

use clap::{Args, Subcommand};
use jiff::civil::Date;
use payung_domain::language::Language;
use payung_domain::programmes::{Listed, ListedRow, Mark, Value};
use payung_domain::time::{Clock, Zone};
use payung_flows::rules;
use serde_json::{Map, Value as Json, json};

use super::house::programmes;
use crate::outside::clock::SystemClock;
use crate::report::{Exit, Failure, Report};
use crate::said;
use crate::said::Said;

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Say what every rule says on a day
    List(ListArgs),
    /// Say what one rule has said since it began, or on a day
    Show(ShowArgs),
    /// Count the rules by how sure they are, and list what is not published
    Check,
}

/// Which rules.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only rules whose name begins so: jkm, or rate.jht
    #[arg(value_name = "BEGINNING", default_value = "", hide_default_value = true)]
    pub beginning: String,
    /// As of this day: 2019-12-01 [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
}

/// Which rule.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Its name: jkm.lump-sum
    #[arg(value_name = "RULE")]
    pub name: String,
    /// Only what it says on this day: 2019-12-01
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
}

/// Lists, shows or checks.
pub fn run(command: RulesCommand, report: &Report) -> Result<Exit, Failure> {
    let programmes = programmes()?;
    let listed = programmes.listed();
    match command {
        RulesCommand::List(args) => list(&listed, &args, report),
        RulesCommand::Show(args) => show(&listed, &args, report),
        RulesCommand::Check => Ok(check(&listed, report)),
    }
}

fn list(listed: &[Listed<'_>], args: &ListArgs, report: &Report) -> Result<Exit, Failure> {
    let on = args.on.unwrap_or_else(|| SystemClock.now().date(Zone::Wib));
    let language = report.language();
    let wanted: Vec<&Listed<'_>> =
        listed.iter().filter(|rule| rule.name.starts_with(&args.beginning)).collect();
    if wanted.is_empty() {
        return Err(unknown(&args.beginning, listed));
    }
    let widest = wanted.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let line = |rule: &&Listed<'_>| {
        let title = rules::name(language, &rule.name);
        let (says, mark, source) = rule.on(on).map_or_else(
            || (nothing(language, rule, on), "-", String::new()),
            |row| {
                let source = format!(" ({})", rules::source(language, row.source));
                (says(language, row, rules::brief), row.mark.code(), source)
            },
        );
        let head = format!("{:<widest$}  {mark:<10}  {says}", rule.name);
        format!("{head}\n{:widest$}              {title}{source}", "")
    };
    let lines: Vec<String> = wanted.iter().map(line).collect();
    let objects: Vec<Json> = wanted
        .iter()
        .map(|rule| {
            if let Some(row) = rule.on(on) {
                return object(rule, row);
            }
            let mut nothing =
                json!({ "name": rule.name, "title": title(rule), "published": false });
            if let Some(ended) = ended(rule, on) {
                nothing["ended"] = json!(ended);
            }
            nothing
        })
        .collect();
    report.result(lines.join("\n"), json!({ "on": on, "rules": objects }));
    Ok(Exit::Done)
}

fn show(listed: &[Listed<'_>], args: &ShowArgs, report: &Report) -> Result<Exit, Failure> {
    let language = report.language();
    let rule = listed
        .iter()
        .find(|rule| rule.name == args.name)
        .ok_or_else(|| unknown(&args.name, listed))?;
    let rows: Vec<&ListedRow<'_>> =
        rule.rows.iter().filter(|row| args.on.is_none_or(|on| row.holds_on(on))).collect();
    // Asked for a day, "not published" is a no; asked for everything, it is part of the answer.
    let says_something = rows.iter().any(|row| row.mark != Mark::U);
    let mut lines = vec![format!("{}: {}", rule.name, rules::name(language, &rule.name))];
    lines.extend(rows.iter().map(|row| in_words(language, row)));
    if let (true, Some(on)) = (rows.is_empty(), args.on) {
        lines.push(nothing(language, rule, on));
    }
    let objects: Vec<Json> = rows.iter().map(|row| object(rule, row)).collect();
    let fields = json!({ "name": rule.name, "title": title(rule), "rows": objects });
    report.result(lines.join("\n"), fields);
    Ok(if args.on.is_some() && !says_something { Exit::AnsweredNo } else { Exit::Done })
}

fn check(listed: &[Listed<'_>], report: &Report) -> Exit {
    let language = report.language();
    let rows = || listed.iter().flat_map(|rule| rule.rows.iter().map(move |row| (rule, row)));
    let of = |mark| rows().filter(|(_, row)| row.mark == mark).count();
    let counts = Mark::ALL.map(|mark| (mark, of(mark)));
    let (rules_count, rows_count) = (listed.len(), rows().count());
    let head = said!(
        "{rules_count} rules in {rows_count} rows, none of them overlapping, no hole unmarked",
        "{rules_count} aturan dalam {rows_count} baris, tidak ada yang bertumpuk atau bolong"
    );
    let mut lines = vec![head.in_language(language).to_owned()];
    lines.extend(counts.iter().map(|(mark, count)| {
        format!("{:<10}  {count:>4}  {}", mark.code(), rules::mark(language, *mark))
    }));
    let unknown: Vec<_> = rows().filter(|(_, row)| row.mark == Mark::U).collect();
    lines.push(not_published(language) + ":");
    lines.extend(unknown.iter().map(|(rule, row)| {
        let source = rules::source(language, row.source);
        format!("  {:<34}  {}  {source}", rule.name, days(language, row))
    }));
    let by_mark: Map<String, Json> =
        counts.iter().map(|(mark, count)| (mark.code().to_owned(), json!(count))).collect();
    let objects: Vec<Json> = unknown.iter().map(|(rule, row)| object(rule, row)).collect();
    report.result(
        lines.join("\n"),
        json!({
            "rules": rules_count,
            "rows": rows_count,
            "marks": by_mark,
            "not_published": objects,
        }),
    );
    Exit::Done
}

fn in_words(language: Language, row: &ListedRow<'_>) -> String {
    let (days, says) = (days(language, row), says(language, row, rules::whole));
    let (mark, sure) = (row.mark.code(), rules::mark(language, row.mark));
    let source = rules::source(language, row.source);
    format!("  {days}\n    {says}\n    {mark}: {sure}\n    {source}")
}

/// What a row says. One without a source is shown, and said not to be published.
fn says(
    language: Language,
    row: &ListedRow<'_>,
    in_words: fn(Language, &[(payung_domain::programmes::Part, Value)]) -> String,
) -> String {
    let said = in_words(language, &row.parts);
    let is_known = row.parts.iter().all(|(_, value)| *value != Value::Unknown);
    match (row.mark, is_known) {
        (Mark::U, true) => format!("{} ({said}?)", not_published(language)),
        _ => said,
    }
}

fn days(language: Language, row: &ListedRow<'_>) -> String {
    let from = row.from;
    let said = match row.to {
        Some(to) => said!("{from} to {to}", "{from} sampai {to}"),
        None => said!("from {from} on", "sejak {from}"),
    };
    said.in_language(language).to_owned()
}

/// The last day of a rule that is over.
fn ended(rule: &Listed<'_>, on: Date) -> Option<Date> {
    rule.rows.last().and_then(|row| row.to).filter(|last| *last < on)
}

/// Why a rule says nothing on a day: it is over, or a relief that there was not then, or not published.
fn nothing(language: Language, rule: &Listed<'_>, on: Date) -> String {
    let said = match ended(rule, on) {
        Some(last) => said!("ended on {last}", "berakhir {last}"),
        None if rule.name.starts_with("relief") => {
            said!("no relief on that day", "tidak ada keringanan pada hari itu")
        }
        None => return not_published(language),
    };
    said.in_language(language).to_owned()
}

fn not_published(language: Language) -> String {
    said!("not published", "belum dipublikasikan").in_language(language).to_owned()
}

fn title(rule: &Listed<'_>) -> Json {
    json!({
        "id": rules::name(Language::Id, &rule.name),
        "en": rules::name(Language::En, &rule.name),
    })
}

fn object(rule: &Listed<'_>, row: &ListedRow<'_>) -> Json {
    let parts: Map<String, Json> =
        row.parts.iter().map(|(part, value)| (part.code().to_owned(), as_json(value))).collect();
    json!({
        "name": rule.name,
        "title": title(rule),
        "published": row.mark != Mark::U,
        "from": row.from,
        "to": row.to,
        "says": parts,
        "source": row.source,
        "mark": row.mark.code(),
    })
}

/// Amounts as whole rupiah, rates as parts of a million, counts with their unit.
fn as_json(value: &Value) -> Json {
    match value {
        Value::Rupiah(amount) => json!({ "rupiah": amount }),
        Value::Percent(rate) => json!({ "ppm": rate.ppm() }),
        Value::Count(count, unit) => json!({ unit.code(): count }),
        Value::Word(word) => json!(word),
        Value::List(words) => json!(words),
        Value::Amounts(amounts) => json!({ "rupiah": amounts }),
        Value::Steps(steps) => {
            let steps =
                steps.iter().map(|step| json!({ "up_to": step.up_to, "ppm": step.percent.ppm() }));
            Json::Array(steps.collect())
        }
        Value::Bands(bands) => {
            let bands = bands.iter().map(|(up_to, base)| json!({ "up_to": up_to, "rupiah": base }));
            Json::Array(bands.collect())
        }
        Value::Unknown => Json::Null,
    }
}

fn unknown(name: &str, listed: &[Listed<'_>]) -> Failure {
    let nearest = listed.iter().map(|rule| rule.name.as_str()).max_by(|one, other| {
        strsim::jaro_winkler(name, one).total_cmp(&strsim::jaro_winkler(name, other))
    });
    let nearest = nearest.unwrap_or_default();
    let fix: Said = said!(
        "did you mean `{nearest}`? `payung rules list` names them all",
        "maksud Anda `{nearest}`? `payung rules list` menyebut semuanya"
    );
    let message = said!("there is no rule {name}", "tidak ada aturan {name}");
    Failure::new(Exit::AnsweredNo, "no-such-rule", message, fix)
}
