//! `payung password-filter build`.

use std::io::Write;
use std::process::Stdio;

use payung_domain::secret::Secret;
use payung_flows::passwords::breached::Breached;

use crate::program::Place;

/// `password`, and `123456`, as their SHA-1.
const LIST: &str = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9545824\n\
                    7C4A8D09CA3762AF61E59520943DC26494F8941B:37359195\n";

#[test]
fn a_list_becomes_a_filter_that_knows_what_stands_in_it() {
    let place = Place::new().with_file("list.txt", LIST);
    insta::assert_snapshot!(place.run("password-filter build list.txt leaked.filter"), @"
    exit: 0
    --- stdout
    2 passwords in 92 bytes: leaked.filter
    Next: set passwords.breached_filter
    --- stderr
    ");
    let filter = std::fs::read(place.path().join("leaked.filter")).unwrap();
    let breached = Breached::parse(&filter).unwrap();
    assert!(breached.contains(&Secret::from("password")));
    assert!(!breached.contains(&Secret::from("kuda tangga hujan sore")));
}

#[test]
fn a_list_that_is_none_says_which_line() {
    let place = Place::new().with_file("list.txt", "password\n");
    insta::assert_snapshot!(place.run("password-filter build list.txt leaked.filter"), @"
    exit: 2
    --- stdout
    --- stderr
    error: list.txt cannot be used
      line 1 does not begin with 40 hexadecimal digits
    fix: give it one SHA-1 a line
    ");
    assert!(!place.path().join("leaked.filter").exists());
}

#[test]
fn a_server_does_not_start_without_the_filter_it_was_told_of() {
    let settings = "\n[listen]\nmember = \"127.0.0.1:0\"\noperations = \"127.0.0.2:0\"\n\
                    \n[passwords]\nbreached_filter = \"leaked.filter\"\n";
    let place = Place::new().with_keys().with_settings(settings);
    place.run("migrate up");
    insta::assert_snapshot!(place.run("serve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: leaked.filter cannot be read
      No such file or directory (os error 2)
    fix: look at its name and its mode
    ");
    let place = place.with_file("leaked.filter", "something else");
    insta::assert_snapshot!(place.run("serve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: leaked.filter cannot be used
      this is no password filter
    fix: make it anew with `payung password-filter build`
    ");
}

/// A hundred mebibytes of list go in, and the program never holds more than a small part of it.
#[test]
fn a05_a_list_is_read_line_by_line() {
    let place = Place::new();
    let mut command = place.command("password-filter build - leaked.filter");
    let mut program = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = program.stdin.take().unwrap();
    let tail = "0".repeat(1_000);
    for number in 0..100_000_u32 {
        writeln!(input, "{:08X}{number:032X}:{tail}", number.wrapping_mul(0x9E37_79B1)).unwrap();
    }
    // Everything but a pipe full has been read; the end has not come yet.
    let most = most_memory(program.id());
    drop(input);
    assert!(program.wait().unwrap().success());
    assert!(most < 64 * 1024, "{most} KiB");
}

/// The most memory a process has had so far, in KiB.
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
