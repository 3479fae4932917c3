//! `payung version`.

use serde_json::json;

use crate::report::{Exit, Report};

/// Says which version this is.
#[must_use]
pub fn run(report: &Report) -> Exit {
    let version = env!("CARGO_PKG_VERSION");
    report.result(format_args!("payung {version}"), json!({ "version": version }));
    Exit::Done
}
