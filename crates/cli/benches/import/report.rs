//! What was measured, as a table for people and as JSON for programs.

use std::fs;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::Ran;
use crate::raw::Raw;
use crate::{Wishes, say};

/// What issue 5 asks for: this part of the raw rate, and at five million rows less than so many MiB.
const ASKED_RATIO: f64 = 0.5;
const ASKED_MEMORY: f64 = 200.0;

/// Tells, and writes the result. Failed, if other rows came in than were in the file.
pub(crate) fn finish(wishes: &Wishes, raw: &Raw, imported: &Ran) -> ExitCode {
    let rate = |took: Duration| f64::from(wishes.rows) / took.as_secs_f64().max(f64::EPSILON);
    let (own, bare, keyed) = (rate(imported.took), rate(raw.bare), rate(raw.keyed));
    let peak = f64::from(imported.peak) / 1024.0;
    let told: Value = serde_json::from_str(imported.told.trim()).unwrap_or_default();
    let is_whole = told["added"] == json!(wishes.rows);
    let engine = wishes.engine.name();
    say(&format!("{engine:<40} {:>12} {:>12} {:>8}", "seconds", "rows/s", "÷ raw"));
    for (name, took, rate) in [
        (format!("{}, no key", raw.tool), raw.bare, bare),
        (format!("{}, with its key", raw.tool), raw.keyed, keyed),
        ("payung import contributions".to_owned(), imported.took, own),
    ] {
        let (seconds, ratio) = (took.as_secs_f64(), rate / bare);
        say(&format!("{name:<40} {seconds:>12.2} {rate:>12.0} {ratio:>8.2}"));
    }
    say(&format!(
        "asked: {ASKED_RATIO} of the raw rate; peak memory {peak:.0} MiB of {ASKED_MEMORY} at \
         5,000,000 rows, these were {}",
        wishes.rows
    ));
    if !is_whole {
        say(&format!("OTHER ROWS CAME IN THAN WERE SENT: {}", imported.told));
    }
    let result = json!({
        "benchmark": "import", "version": env!("CARGO_PKG_VERSION"), "engine": engine,
        "cores": std::thread::available_parallelism().map_or(1, NonZeroUsize::get),
        "load": fs::read_to_string("/proc/loadavg").unwrap_or_default().trim(),
        "rows": wishes.rows, "rows_per_second": own, "seconds": imported.took.as_secs_f64(),
        "peak_mib": peak, "asked_peak_mib_at_5_million": ASKED_MEMORY,
        "raw_tool": raw.tool, "raw_rows_per_second": bare, "raw_keyed_rows_per_second": keyed,
        "of_raw": own / bare, "of_raw_keyed": own / keyed, "asked_of_raw": ASKED_RATIO,
        "is_whole": is_whole,
    });
    if let Some(file) = &wishes.result {
        let folder = file.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("a folder for the result");
        let text = serde_json::to_string_pretty(&result).expect("numbers and texts");
        fs::write(file, text + "\n").expect("a file for the result");
        say(&format!("written to {}", file.display()));
    }
    if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
