//! Which test proves which line: read off the names of tests, written to `docs/standards.md`.
//!
//! A test says what it proves in the beginning of its name: `a05_…` is A-05 of the standards, `r7_…`
//! case R7 of the attacks; `r7_g06_…` is both. In the browser's tests it stands in front of the
//! sentence: `'A-05 R7 …'`.

mod lines;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use self::lines::{ATTACKS, EXCEPTIONS, STANDARDS};
use crate::machine::root;
use crate::steps::say;

/// A line to be proved.
pub(crate) struct Line {
    id: &'static str,
    level: Level,
    title: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Must,
    Should,
}

const PAGE: &str = "docs/standards.md";

/// Where tests stand.
const FOLDERS: [&str; 2] = ["crates", "tests/browser"];

/// Writes the table.
pub(crate) fn write() -> Result<(), String> {
    let (text, trouble) = table(&found(root())?);
    fs::write(root().join(PAGE), text).map_err(|error| format!("{PAGE}: {error}"))?;
    say(&format!("{PAGE} is written"));
    say_trouble(&trouble)
}

/// Whether everything is proved, and the table says so.
pub(crate) fn check() -> Result<(), String> {
    let (text, mut trouble) = table(&found(root())?);
    if fs::read_to_string(root().join(PAGE)).map_or(true, |page| page != text) {
        trouble.push(format!("{PAGE} is out of date: run `cargo xtask standards`"));
    }
    say_trouble(&trouble)
}

fn say_trouble(trouble: &[String]) -> Result<(), String> {
    if trouble.is_empty() { Ok(()) } else { Err(trouble.join("\n")) }
}

/// Tests by what they prove: the id, then the name and the file of each.
type Proofs = BTreeMap<String, Vec<(String, String)>>;

/// Every test there is, by what it proves.
fn found(root: &Path) -> Result<Proofs, String> {
    let mut proofs = Proofs::new();
    for folder in FOLDERS {
        for path in files(&root.join(folder)) {
            let text = fs::read_to_string(&path)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            let file = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let is_rust = path.extension().is_some_and(|ending| ending == "rs");
            let names = if is_rust { names_in_rust(&text) } else { names_in_browser_tests(&text) };
            for name in names {
                for id in ids_of(&name) {
                    proofs.entry(id).or_default().push((name.clone(), file.clone()));
                }
            }
        }
    }
    for tests in proofs.values_mut() {
        tests.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
        tests.dedup();
    }
    Ok(proofs)
}

/// Rust files and browser tests, those that somebody else wrote left out.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let is_ours = |path: &Path| !path.ends_with("node_modules") && !path.ends_with("target");
    paths
        .into_iter()
        .filter(|path| is_ours(path))
        .flat_map(|path| match path.extension().and_then(|ending| ending.to_str()) {
            _ if path.is_dir() => files(&path),
            Some("rs" | "ts") => vec![path],
            _ => Vec::new(),
        })
        .collect()
}

/// The names of functions.
fn names_in_rust(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim_start);
    lines
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.split_once("fn ")?.1.split_once('(').map(|(name, _)| name))
        .map(str::to_owned)
        .collect()
}

/// The sentences of the browser's tests.
fn names_in_browser_tests(text: &str) -> Vec<String> {
    let calls = text.lines().filter_map(|line| line.split_once("test(")).map(|(_, rest)| rest);
    calls
        .filter_map(|rest| {
            let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
            rest[1..].split(quote).next().map(str::to_owned)
        })
        .collect()
}

/// What a test proves, read off its name: `r7_g06_nothing_goes_on`, `A-05 R7 nothing goes on`.
fn ids_of(name: &str) -> Vec<String> {
    name.split(['_', ' ']).map_while(id_of).collect()
}

/// `a05` and `A-05` are A-05; `r7`, `l10` and `S5` are R7, L10 and S5. A number with a zero in front
/// belongs to the standards, and so does one beyond what the attacks of its letter have: `l12` is L-12.
fn id_of(word: &str) -> Option<String> {
    let letter = word.chars().next()?.to_ascii_uppercase();
    let digits = word[letter.len_utf8()..].trim_start_matches('-');
    let is_number = (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    if !letter.is_ascii_uppercase() || !is_number {
        return None;
    }
    let attack = format!("{letter}{digits}");
    let is_attack = !word.contains('-') && ATTACKS.iter().any(|line| line.id == attack);
    Some(if is_attack { attack } else { format!("{letter}-{digits:0>2}") })
}

/// The page, and what is wrong.
fn table(proofs: &Proofs) -> (String, Vec<String>) {
    let mut text = String::from(
        "# What is asked for, and the tests that prove it\n\n\
         Written by `cargo xtask standards` from the names of tests; `cargo xtask lint` and the tests\n\
         themselves notice when it is out of date, and when a must has no test. The lines are\n\
         references to a checklist that is kept elsewhere, in a few words of our own.\n",
    );
    let mut trouble = Vec::new();
    for (heading, lines) in
        [("Standards, groups A to K and P", STANDARDS), ("Attacks, groups R, L, O, S, P", ATTACKS)]
    {
        let _ = write!(
            text,
            "\n## {heading}\n\n| line | | in short | proved by |\n|---|---|---|---|\n"
        );
        for line in lines {
            let tests = proofs.get(line.id).map_or(&[][..], Vec::as_slice);
            let (shown, problem) = proof_of(line, tests);
            trouble.extend(problem);
            let level = if line.level == Level::Must { "must" } else { "should" };
            let _ = writeln!(text, "| {} | {level} | {} | {shown} |", line.id, line.title);
        }
    }
    trouble.extend(unknown(proofs));
    (text, trouble)
}

/// What stands in the last column, and what is wrong with it.
fn proof_of(line: &Line, tests: &[(String, String)]) -> (String, Option<String>) {
    let exception = EXCEPTIONS.iter().find(|(id, _)| *id == line.id).map(|(_, why)| *why);
    let links: Vec<String> =
        tests.iter().map(|(name, file)| format!("[`{name}`](../{file})")).collect();
    match (links.is_empty(), exception) {
        (false, None) => (links.join("<br>"), None),
        (true, Some(why)) => (format!("*{why}*"), None),
        (true, None) if line.level == Level::Should => ("–".to_owned(), None),
        (true, None) => {
            let trouble = format!("no test proves {} ({})", line.id, line.title);
            ("**nothing**".to_owned(), Some(trouble))
        }
        (false, Some(_)) => {
            let trouble = format!("{} is proved by now: take it off the exceptions", line.id);
            (links.join("<br>"), Some(trouble))
        }
    }
}

/// Names that say they prove a line that these groups do not have, and exceptions of no line.
fn unknown(proofs: &Proofs) -> Vec<String> {
    let is_known = |id: &str| STANDARDS.iter().chain(ATTACKS).any(|line| line.id == id);
    let is_ours = |id: &str| id.starts_with(|letter| matches!(letter, 'A'..='K' | 'P'));
    let names =
        proofs.iter().filter(|(id, _)| is_ours(id) && !is_known(id)).flat_map(|(id, tests)| {
            tests.iter().map(move |(name, file)| format!("{file}: {name}: there is no {id}"))
        });
    let exceptions = EXCEPTIONS.iter().filter(|(id, _)| !is_known(id));
    names.chain(exceptions.map(|(id, _)| format!("an exception of no line: {id}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_must_is_proved_and_the_page_says_by_what() {
        if let Err(trouble) = check() {
            panic!("{trouble}");
        }
    }

    #[test]
    fn names_say_what_their_tests_prove() {
        let ids = |name| ids_of(name).join(" ");
        assert_eq!(ids("a05_what_has_leaked_is_not_taken"), "A-05");
        assert_eq!(ids("r7_g06_nothing_goes_on"), "R7 G-06");
        assert_eq!(ids("l7_of_64_at_once_one_wins"), "L7");
        assert_eq!(ids("l05_a_form_from_elsewhere"), "L-05");
        assert_eq!(ids("l12_nothing_is_kept"), "L-12");
        assert_eq!(ids("A-05 R10 the present password"), "A-05 R10");
        assert_eq!(ids("a_link_works_once"), "");
        assert_eq!(ids("p256_is_a_curve"), "");
    }

    #[test]
    fn tests_are_found_where_they_stand() {
        let rust =
            "    async fn a05_one(db: TestStore) {\n// fn a06_two()\nfn b01_three(x in 0..3) {";
        assert_eq!(names_in_rust(rust), ["a05_one", "b01_three"]);
        let browser = "test('A-06 managers work', async () => {\ntest.describe(\"x\", () => {";
        assert_eq!(names_in_browser_tests(browser), ["A-06 managers work"]);
    }

    #[test]
    fn a_must_without_a_test_is_trouble() {
        let line = Line { id: "A-99", level: Level::Must, title: "Nobody can prove this" };
        let (shown, trouble) = proof_of(&line, &[]);
        assert_eq!(shown, "**nothing**");
        assert!(trouble.is_some_and(|said| said.contains("A-99")));
        let test = [("a99_it_is".to_owned(), "crates/x.rs".to_owned())];
        assert_eq!(proof_of(&line, &test), ("[`a99_it_is`](../crates/x.rs)".to_owned(), None));
    }

    #[test]
    fn a_name_that_proves_no_line_is_noticed() {
        let test = ("a99_it_is".to_owned(), "crates/x.rs".to_owned());
        let proofs = Proofs::from([
            ("A-99".to_owned(), vec![test.clone()]),
            ("M-07".to_owned(), vec![test]),
        ]);
        assert_eq!(unknown(&proofs), ["crates/x.rs: a99_it_is: there is no A-99"]);
    }
}
