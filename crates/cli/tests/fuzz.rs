//! The fuzz targets on every machine: no nightly compiler, no libFuzzer, a few seconds. Each input
//! of the corpus is tried as it is and then in some thousand changed forms, the same in every run.
//! What this finds once goes into the corpus; finding more is what `fuzz/README.md` tells of.

#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use payung_domain::dice::Dice;
use payung_testkit::chance::Seeded;

use targets::{TARGETS, Target};

/// Changed forms a target. A request goes through the whole site, a passkey to the database, a password
/// through every dictionary and a sheet into an archive and out, so they get fewer.
const TRIES: u32 = 4_000;
const FEWER_TRIES: u32 = 400;
const SLOW: [&str; 4] = ["request", "passkey", "password", "sheet"];

/// What parsers trip over.
const WORDS: [&[u8]; 20] = [
    b"\0",
    b"\n",
    b"//",
    b"\\",
    b"@",
    b"%00",
    b"%ff",
    b"..",
    b"&",
    b"=",
    b";",
    b"\xff",
    b"\xed\xa0\x80",
    "\u{202e}".as_bytes(),
    "\u{200b}".as_bytes(),
    "İ".as_bytes(),
    "ﬁ".as_bytes(),
    "٣".as_bytes(),
    b"18446744073709551616",
    b"-1",
];

#[test]
fn whatever_is_sent_breaks_nothing() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in TARGETS {
        let mut paths: Vec<_> = fs::read_dir(corpus.join(name))
            .unwrap_or_else(|error| panic!("fuzz/corpus/{name}: {error}"))
            .map(|entry| entry.expect("a folder can be listed").path())
            .collect();
        paths.sort();
        let seeds: Vec<Vec<u8>> =
            paths.iter().map(|path| fs::read(path).expect("an input can be read")).collect();
        assert!(!seeds.is_empty(), "fuzz/corpus/{name} is empty");
        for seed in &seeds {
            try_out(name, target, seed);
        }
        let dice = Seeded::new(2026);
        let tries = if SLOW.contains(&name) { FEWER_TRIES } else { TRIES };
        for _ in 0..tries {
            try_out(name, target, &changed(&seeds, &dice));
        }
    }
}

fn try_out(name: &str, target: Target, input: &[u8]) {
    let outcome = catch_unwind(|| target(input));
    let shown = input.escape_ascii();
    assert!(outcome.is_ok(), "{name} breaks on b\"{shown}\": keep it in fuzz/corpus/{name}");
}

/// An input of the corpus after one to four accidents.
fn changed(seeds: &[Vec<u8>], dice: &dyn Dice) -> Vec<u8> {
    let below = |end: usize| {
        let end = u32::try_from(end.max(1)).expect("a small number");
        usize::try_from(dice.below(end)).expect("a small number")
    };
    let mut input = seeds[below(seeds.len())].clone();
    for _ in 0..=below(4) {
        let at = below(input.len() + 1);
        match below(6) {
            0 if at < input.len() => input[at] ^= 1 << below(8),
            1 => input.truncate(at),
            2 => drop(input.splice(at..at, WORDS[below(WORDS.len())].iter().copied())),
            3 => drop(input.drain(at..input.len().min(at + 1 + below(4)))),
            4 => {
                let other = &seeds[below(seeds.len())];
                let from = below(other.len() + 1);
                input.splice(at.., other[from..].iter().copied());
            }
            _ => {
                let piece = input[at..input.len().min(at + 1 + below(40))].to_vec();
                let many = piece.repeat(1 + below(8));
                input.splice(at..at, many);
            }
        }
    }
    input
}
