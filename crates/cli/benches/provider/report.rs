//! What was measured, as a table for people and as JSON for programs.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};

use crate::house::House;
use crate::say;

/// One thing that was done over and over.
pub(crate) struct Measured {
    name: &'static str,
    algorithm: &'static str,
    count: u32,
    /// CPU of one, in milliseconds.
    cpu: f64,
    half_within: Duration,
    most_within: Duration,
    took: Duration,
    /// CPU milliseconds that issue 6 asks for.
    pub(crate) asked: Option<f64>,
}

impl Measured {
    pub(crate) fn of(
        name: &'static str,
        algorithm: &'static str,
        mut waits: Vec<Duration>,
        cpu: Duration,
        took: Duration,
    ) -> Self {
        waits.sort_unstable();
        let count = u32::try_from(waits.len()).unwrap_or(u32::MAX);
        Self {
            name,
            algorithm,
            count,
            cpu: millis(cpu) / f64::from(count.max(1)),
            half_within: among(&waits, 50),
            most_within: among(&waits, 99),
            took,
            asked: None,
        }
    }

    fn per_second(&self) -> f64 {
        f64::from(self.count) / self.took.as_secs_f64().max(f64::EPSILON)
    }

    fn line(&self, engine: &str, ratios: &str) -> String {
        let (half, most) = (millis(self.half_within), millis(self.most_within));
        let asked = self.asked.map(|asked| format!("{asked:.2}")).unwrap_or_default();
        format!(
            "{:<28} {engine:<9} {:<13} {:>8} {:>9.4} {asked:>6} {ratios:>19} {half:>9.2} {most:>9.2} {:>9.0}",
            self.name,
            self.algorithm,
            self.count,
            self.cpu,
            self.per_second()
        )
    }

    fn object(&self) -> Value {
        json!({
            "name": self.name, "algorithm": self.algorithm, "requests": self.count,
            "cpu_ms": self.cpu, "asked_cpu_ms": self.asked, "p50_ms": millis(self.half_within),
            "p99_ms": millis(self.most_within), "per_second": self.per_second(),
        })
    }
}

/// What everything is compared with.
struct Yardsticks {
    signature: Measured,
    commit: Measured,
    hash: Measured,
}

/// All of a run.
pub(crate) struct Results {
    engine: &'static str,
    callers: u8,
    seconds: u64,
    idle: Duration,
    yardsticks: Option<Yardsticks>,
    measured: Vec<Measured>,
    failed: Vec<(&'static str, String)>,
    load_before: String,
}

impl Results {
    pub(crate) fn begin(house: &House, callers: u8, seconds: u64) -> Self {
        say(&format!(
            "{:<28} {:<9} {:<13} {:>8} {:>9} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9}",
            "",
            "engine",
            "algorithm",
            "count",
            "CPU ms",
            "asked",
            "÷ signat.",
            "÷ commit",
            "p50 ms",
            "p99 ms",
            "a second"
        ));
        Self {
            engine: house.app.store.engine(),
            callers,
            seconds,
            idle: Duration::ZERO,
            yardsticks: None,
            measured: Vec::new(),
            failed: Vec::new(),
            load_before: fs::read_to_string("/proc/loadavg").unwrap_or_default(),
        }
    }

    pub(crate) fn compare_with(&mut self, signature: Measured, commit: Measured, hash: Measured) {
        for one in [&signature, &commit, &hash] {
            say(&one.line(self.engine, ""));
        }
        self.yardsticks = Some(Yardsticks { signature, commit, hash });
    }

    pub(crate) fn idle_is(&mut self, idle: Duration) {
        self.idle = idle;
    }

    pub(crate) fn add(&mut self, measured: Measured) {
        let (signatures, commits) = self.ratios(&measured);
        say(&measured.line(self.engine, &format!("{signatures:>9.2} {commits:>9.2}")));
        self.measured.push(measured);
    }

    pub(crate) fn fail(&mut self, name: &'static str, trouble: &str) {
        say(&format!("{name:<28} NOT MEASURED: {trouble}"));
        self.failed.push((name, trouble.to_owned()));
    }

    /// How many signatures, and how many commits, one request is worth.
    fn ratios(&self, measured: &Measured) -> (f64, f64) {
        let of = |yardstick: Option<&Measured>| {
            yardstick.map_or(0.0, |one| measured.cpu / one.cpu.max(f64::EPSILON))
        };
        let known = self.yardsticks.as_ref();
        (of(known.map(|all| &all.signature)), of(known.map(|all| &all.commit)))
    }

    /// Writes the result. Failed, if something could not be measured.
    pub(crate) fn finish(self, file: Option<&Path>) -> ExitCode {
        let idle = millis(self.idle);
        say(&format!(
            "the server used {idle:.0} ms of CPU in {} s without a request",
            self.seconds
        ));
        let text = serde_json::to_string_pretty(&self.object()).expect("numbers and texts");
        if let Some(file) = file {
            let folder = file.parent().expect("a file is in a folder");
            fs::create_dir_all(folder).expect("a folder for the result");
            fs::write(file, text + "\n").expect("a file for the result");
            say(&format!("written to {}", file.display()));
        }
        if self.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn object(&self) -> Value {
        let with_ratios = |one: &Measured| {
            let mut object = one.object();
            let (signatures, commits) = self.ratios(one);
            object["engine"] = json!(self.engine);
            object["in_signatures"] = json!(signatures);
            object["in_commits"] = json!(commits);
            object
        };
        let results: Vec<Value> = self.measured.iter().map(with_ratios).collect();
        let compared =
            self.yardsticks.iter().flat_map(|all| [&all.signature, &all.commit, &all.hash]);
        let compared: Vec<Value> = compared.map(Measured::object).collect();
        let failed: Vec<Value> =
            self.failed.iter().map(|(name, why)| json!({ "name": name, "why": why })).collect();
        json!({
            "benchmark": "provider", "version": env!("CARGO_PKG_VERSION"), "engine": self.engine,
            "cores": std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
            "processor": processor(), "load_before": self.load_before.trim(),
            "callers": self.callers, "seconds": self.seconds,
            "idle_cpu_ms_per_second": millis(self.idle) / seconds(self.seconds),
            "compared_with": compared, "results": results, "failed": failed,
        })
    }
}

/// The wait that so many of a hundred stay within; the waits are in order.
fn among(waits: &[Duration], hundredths: usize) -> Duration {
    let place = waits.len().saturating_sub(1) * hundredths / 100;
    waits.get(place).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn seconds(whole: u64) -> f64 {
    Duration::from_secs(whole.max(1)).as_secs_f64()
}

/// What the machine calls its processor.
fn processor() -> String {
    let all = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = all.lines().find_map(|line| line.strip_prefix("model name"));
    name.unwrap_or_default().trim_start_matches([' ', '\t', ':']).to_owned()
}
