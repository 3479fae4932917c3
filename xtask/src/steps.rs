//! Steps that run one after the other, with their times and one closing line.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How many tests there were, as their runners say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) ignored: u32,
    /// Passed at the second try: no reason to refuse a change, and one to look at the test.
    pub(crate) flaky: u32,
}

/// What has been done so far.
pub(crate) struct Steps {
    began: Instant,
    done: Vec<Step>,
}

struct Step {
    name: &'static str,
    took: Duration,
    count: Count,
    trouble: Option<String>,
}

impl Steps {
    pub(crate) fn begin() -> Self {
        Self { began: now(), done: Vec::new() }
    }

    /// Does one step and notes how long it took. Whether it went well is asked at the end, so
    /// that one run says all that is wrong; `is_well_so_far` tells steps that need earlier ones.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> Result<Count, String>,
    ) {
        say(&format!("\n== {name}"));
        let began = now();
        let ended = work();
        let took = began.elapsed();
        let (count, trouble) = match ended {
            Ok(count) => (count, None),
            Err(trouble) => {
                say(&trouble);
                (Count::default(), Some(trouble))
            }
        };
        self.done.push(Step { name, took, count, trouble });
    }

    pub(crate) fn is_well_so_far(&self) -> bool {
        self.done.iter().all(Step::is_well)
    }

    /// The table of times and the closing line.
    pub(crate) fn finish(self) -> Result<(), String> {
        let mut text = String::from("\n");
        let mut sum = Count::default();
        for step in &self.done {
            let mark = if step.is_well() { "ok" } else { "FAILED" };
            let _ = writeln!(text, "{mark:7} {:28} {:7.1} s", step.name, step.took.as_secs_f64());
            sum.add(step.count);
        }
        let wrong = self.done.iter().filter(|step| !step.is_well()).count();
        let mark = if wrong == 0 { "ok" } else { "FAILED" };
        let Count { passed, failed, ignored, flaky } = sum;
        let took = self.began.elapsed().as_secs_f64();
        let _ = write!(
            text,
            "\ntest result: {mark}. {passed} passed; {failed} failed; {ignored} ignored; \
             {flaky} flaky; {wrong} steps failed; finished in {took:.2}s"
        );
        if wrong == 0 {
            say(&text);
            Ok(())
        } else {
            Err(text)
        }
    }
}

impl Count {
    fn add(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.ignored += more.ignored;
        self.flaky += more.flaky;
    }
}

impl Step {
    fn is_well(&self) -> bool {
        self.trouble.is_none() && self.count.failed == 0
    }
}

/// Runs a command whose output is nobody's concern but the reader's.
pub(crate) fn must(command: &mut Command) -> Result<(), String> {
    let shown = shown(command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(error) => Err(format!("{shown}: {error}")),
    }
}

/// Runs a command and counts the tests its output tells of, line by line as it comes.
pub(crate) fn run_counting(
    command: &mut Command,
    tally: fn(&str) -> Option<Count>,
) -> Result<Count, String> {
    let shown = shown(command);
    let failed = |error: std::io::Error| format!("{shown}: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut sum = Count::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            say(&line);
            if let Some(count) = tally(&line) {
                sum.add(count);
            }
        }
    }
    let status = child.wait().map_err(failed)?;
    // Where a runner counts failures itself, the count says more than its exit code.
    if status.success() || sum.failed > 0 { Ok(sum) } else { Err(format!("{shown}: {status}")) }
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …` of a Rust test binary.
pub(crate) fn tally_of_cargo(line: &str) -> Option<Count> {
    let rest = line.strip_prefix("test result: ")?;
    let number_before = |word: &str| {
        let (before, _) = rest.split_once(word)?;
        before.split_whitespace().last()?.parse().ok()
    };
    Some(Count {
        passed: number_before(" passed")?,
        failed: number_before(" failed")?,
        ignored: number_before(" ignored")?,
        flaky: 0,
    })
}

/// `  12 passed (4.1s)` of Playwright's closing lines; what is skipped has not passed.
pub(crate) fn tally_of_playwright(line: &str) -> Option<Count> {
    let mut words = line.split_whitespace();
    let number: u32 = words.next()?.parse().ok()?;
    let mut count = Count::default();
    match words.next()? {
        "passed" => count.passed = number,
        "failed" | "interrupted" => count.failed = number,
        "flaky" => count.flaky = number,
        "skipped" => count.ignored = number,
        _ => return None,
    }
    match words.next() {
        None => Some(count),
        Some(time) if time.starts_with('(') => Some(count),
        Some(_) => None,
    }
}

/// Says a line. Chores talk to the person who called them, and to nobody else.
pub(crate) fn say(text: &str) {
    #[expect(clippy::disallowed_methods, reason = "chores have no report to print through")]
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "how long a chore took is all this is for")]
    Instant::now()
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_lines_of_both_runners_are_counted() {
        let cargo = "test result: FAILED. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered";
        let count = |passed, failed, ignored| Some(Count { passed, failed, ignored, flaky: 0 });
        assert_eq!(tally_of_cargo(cargo), count(12, 1, 2));
        assert_eq!(tally_of_cargo("test sign_in ... ok"), None);
        assert_eq!(tally_of_playwright("  5 passed (19.0s)"), count(5, 0, 0));
        assert_eq!(tally_of_playwright("  1 failed"), count(0, 1, 0));
        let at_second_try = Count { flaky: 2, ..Count::default() };
        assert_eq!(tally_of_playwright("  2 flaky"), Some(at_second_try));
        assert_eq!(tally_of_playwright("  1 passed test looked at"), None);
    }
}
