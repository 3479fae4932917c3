//! Codes of authenticator apps, against a second reading of RFC 6238 that shares no line and no
//! library with ours: Python's own HMAC.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use payung_domain::dice::Dice;
use payung_domain::second_factor::{Code, Hash, Window, totp_code_with, totp_matches};
use payung_domain::time::Instant;
use payung_testkit::chance::Seeded;

/// Reads a hash, a seed in hexadecimal and a second since 1970 a line; says the six digits.
const IN_PYTHON: &str = "\
import hmac, struct, sys
for line in sys.stdin:
    name, seed, second = line.split()
    counter = struct.pack('>Q', int(second) // 30)
    digest = hmac.new(bytes.fromhex(seed), counter, name).digest()
    offset = digest[-1] & 15
    number = struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff
    print('%06d' % (number % 1000000))
";

#[test]
fn c01_another_implementation_makes_the_same_codes() {
    let dice: &dyn Dice = &Seeded::new(2026);
    let cases: Vec<(Hash, [u8; 20], i64)> = Hash::ALL
        .into_iter()
        .cycle()
        .zip(0..600)
        .map(|(hash, number)| {
            (hash, dice.bytes(), i64::from(dice.below(u32::MAX)) + 7_000_000 * number)
        })
        .collect();
    let mut lines = String::new();
    for (hash, seed, second) in &cases {
        let (hash, seed) = (hash.name().to_lowercase(), data_encoding::HEXLOWER.encode(seed));
        writeln!(lines, "{hash} {seed} {second}").unwrap();
    }
    let mut python = Command::new("/usr/bin/python3")
        .args(["-c", IN_PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs (install python3)");
    // All of it fits into the pipe, so nobody waits for anybody.
    python.stdin.take().expect("its input is piped").write_all(lines.as_bytes()).unwrap();
    let said = python.wait_with_output().expect("it ends");
    let said = String::from_utf8(said.stdout).unwrap();
    assert_eq!(said.lines().count(), cases.len());
    for ((hash, seed, second), digits) in cases.iter().zip(said.lines()) {
        let own = totp_code_with(seed, *hash, second / 30);
        assert_eq!(own.as_deref(), Some(digits), "{hash:?} at {second}");
        let now = Instant::from_micros(second * 1_000_000);
        let code = Code::parse(digits).unwrap();
        let step = totp_matches((seed, *hash), &code, 0, Window::Strict, now);
        assert_eq!(step, Some(second / 30), "{hash:?} at {second}");
    }
}
