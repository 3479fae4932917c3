//! What the program says about itself.

use insta::assert_snapshot;

use crate::program::Place;

#[test]
fn help_lists_every_command_and_every_exit_code() {
    assert_snapshot!(Place::new().run("--help"), @"
    exit: 0
    --- stdout
    The front door of a worker social-security programme

    Usage: payung [OPTIONS] <COMMAND>

    Commands:
      demo             Run the whole product on this machine, with invented people
      demo-device      Sign in to the demo as a device without a keyboard does
      serve            Run the server
      migrate          Bring the tables of the database up to date
      notice           Show a notice on every page, or take it back
      import           Read members, employers or contributions from a file
      ledger           Bring estimated returns to what was declared
      member           Help one member: staged recoveries, transactions not recognised
      staff            Who works at the support desk: invite, list, shut out
      audit            What was done at the support desk: list, verify, export
      status           How each part of the service is, and what members read of it
      case             What members ask of the support desk: list, show, close
      correction       Put a record right, by two officers: list, show, propose, decide
      rules            Print the programmes' dated rules, and where each comes from
      client           Applications that members may sign in to
      key              Keys that tokens are signed with
      statement        Check a signed statement, and the keys of statements
      config           Print, check and explain settings
      password-filter  Make a filter of leaked passwords
      completions      Print what a shell needs to complete words
      version          Print the version

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Everywhere:
          --config <FILE>    Settings file [default: payung.toml, if there is one] [env: PAYUNG_CONFIG=]
          --set <KEY=VALUE>  Set one setting, before all other places: --set listen.member=127.0.0.1:8080
          --json             Print one JSON object; failures as well, on stderr
      -q, --quiet            Print results and failures only
      -v, --verbose...       Log more; twice for everything
          --no-progress      Show no progress
          --color <WHEN>     When to use colours: auto, always or never
          --lang <LANG>      Language of what is said [default: by LANG] [possible values: id, en]

    Exit codes:
      0    done, or already so
      1    ran, but the answer is no or a part was refused
      2    wrong use or wrong settings
      3    not reachable or timed out, safe to retry
      4    not allowed
      130  interrupted

    Any setting can be given as PAYUNG_SECTION__KEY; `payung config sample` lists them.
    --- stderr
    ");
}

#[test]
fn the_demo_says_what_it_takes() {
    assert_snapshot!(Place::new().run("demo -h"), @"
    exit: 0
    --- stdout
    Run the whole product on this machine, with invented people

    Usage: payung demo [OPTIONS]

    Options:
          --fresh              Begin anew: throw away what an earlier demo has kept
          --data <DIR>         Folder for the data and keys of the demo [env: PAYUNG_DEMO_DATA=] [default: payung-demo]
          --database <URL>     Keep the data in another database than in that folder: postgres://… [env: PAYUNG_DEMO_DATABASE]
          --members <N>        How many members to invent [env: PAYUNG_DEMO_MEMBERS=] [default: 200]
          --listen <ADDR>      Where the member pages listen [env: PAYUNG_DEMO_LISTEN=] [default: 127.0.0.1:8080]
          --operations <ADDR>  Where health and metrics listen [env: PAYUNG_DEMO_OPERATIONS=] [default: 127.0.0.1:9090]
          --desk <ADDR>        Where the support desk listens [default: one port above --listen] [env: PAYUNG_DEMO_DESK=]
          --app <ADDR>         Where the sample application listens [default: two ports above --listen] [env: PAYUNG_DEMO_APP=]
          --conformance        Be what the public OpenID conformance suite tests: over TLS, always anew
          --suite <URL>        Where that suite is [default: https://localhost.emobix.co.uk:8443/]
          --extra-ca <FILE>    Trust these certificates too when calling the suite
      -h, --help               Print help

    Everywhere:
          --config <FILE>    Settings file [default: payung.toml, if there is one] [env: PAYUNG_CONFIG=]
          --set <KEY=VALUE>  Set one setting, before all other places: --set listen.member=127.0.0.1:8080
          --json             Print one JSON object; failures as well, on stderr
      -q, --quiet            Print results and failures only
      -v, --verbose...       Log more; twice for everything
          --no-progress      Show no progress
          --color <WHEN>     When to use colours: auto, always or never
          --lang <LANG>      Language of what is said [default: by LANG] [possible values: id, en]
    --- stderr
    ");
}

#[test]
fn the_version_is_said_for_people_and_for_scripts() {
    assert_snapshot!(Place::new().run("version"), @"
    exit: 0
    --- stdout
    payung 0.1.0
    --- stderr
    ");
    assert_snapshot!(Place::new().run("version --json"), @r#"
    exit: 0
    --- stdout
    {"ok":true,"schema":1,"version":"0.1.0"}
    --- stderr
    "#);
}

#[test]
fn a_near_miss_is_guessed() {
    assert_snapshot!(Place::new().run("srve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: unrecognized subcommand 'srve'

      tip: a similar subcommand exists: 'serve'

    Usage: payung [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(Place::new().run("srve --json"), @r#"
    exit: 2
    --- stdout
    --- stderr
    {"causes":[],"code":"usage","fix":"a similar subcommand exists: 'serve'","message":"unrecognized subcommand 'srve'","ok":false,"schema":1}
    "#);
    assert_snapshot!(Place::new().run("config explain --json"), @r#"
    exit: 2
    --- stdout
    --- stderr
    {"causes":[],"code":"usage","fix":"run `payung --help`","message":"the following required arguments were not provided: <KEY>","ok":false,"schema":1}
    "#);
    assert_snapshot!(Place::new().run("--json"), @r#"
    exit: 2
    --- stdout
    --- stderr
    {"causes":[],"code":"usage","fix":"run `payung --help`","message":"'payung' requires a subcommand but one was not provided [subcommands: demo, demo-device, serve, migrate, notice, import, ledger, member, staff, audit, status, case, correction, rules, client, key, statement, config, password-filter, completions, version]","ok":false,"schema":1}
    "#);
}

#[test]
fn colours_come_only_when_asked_for() {
    let plain = Place::new().run("config explain no.such");
    assert!(!plain.contains('\u{1b}'));
    let painted = Place::new().run("config explain no.such --color always");
    assert!(painted.contains("\u{1b}[1;31merror:\u{1b}[0m"));
}

#[test]
fn every_shell_can_complete_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = Place::new().output(&format!("completions {shell}"));
        assert!(output.status.success(), "{shell}");
        let script = String::from_utf8(output.stdout).unwrap();
        for word in ["demo", "serve", "migrate", "explain"] {
            assert!(script.contains(word), "{shell} knows no {word}");
        }
    }
}
