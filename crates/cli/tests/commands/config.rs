//! `payung config`, and what `serve` refuses to start with.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;

use crate::program::Place;

#[test]
fn the_sample_reads_back_and_its_examples_are_refused() {
    let sample = Place::new().output("config sample").stdout;
    let sample = String::from_utf8(sample).unwrap();
    let place = Place::new().with_file("payung.toml", &sample);
    assert_snapshot!(place.run("config check"), @"
    exit: 2
    --- stdout
    --- stderr
    error: 11 settings cannot stand
      payung.toml:8  service.public_url still says what the sample says → write your own
      payung.toml:10  service.help_phone still says what the sample says → write your own
      payung.toml:14  service.help_email still says what the sample says → write your own
      payung.toml:116  smtp.host still says what the sample says → write your own
      payung.toml:128  smtp.from still says what the sample says → write your own
      tls.certificate_file is not set and no proxy is listed, so nobody ends TLS → set [tls], or proxies.trusted
      sms.url is not set, yet codes may go by text message → set it, or set codes.sms = false
      /etc/payung/keys/sealing-1.key  keys.sealing_key_files cannot be read: No such file or directory (os error 2) → name a file this user may read
      /etc/payung/keys/index.key  keys.index_key_file cannot be read: No such file or directory (os error 2) → name a file this user may read
      /etc/payung/keys/pepper-1.key  keys.pepper_files cannot be read: No such file or directory (os error 2) → name a file this user may read
      /etc/payung/keys/cookies.key  keys.cookie_key_file cannot be read: No such file or directory (os error 2) → name a file this user may read
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn good_settings_may_start() {
    let place = Place::new().with_keys().with_settings("");
    assert_snapshot!(place.run("config check"), @"
    exit: 0
    --- stdout
    a server may start with these settings
    --- stderr
    ");
    assert_snapshot!(place.run("config check --json"), @r#"
    exit: 0
    --- stdout
    {"ok":true,"schema":1}
    --- stderr
    "#);
    assert_snapshot!(place.run("config check --lang id"), @"
    exit: 0
    --- stdout
    server boleh dijalankan
    --- stderr
    ");
}

#[test]
fn a_name_that_text_messages_have_no_room_for_is_pointed_out() {
    let place = Place::new()
        .with_keys()
        .with_settings("")
        .with_variable("PAYUNG_SMS__URL", "https://sms.dana.test/send")
        .with_variable("PAYUNG_CODES__SMS", "true")
        .with_variable("PAYUNG_SERVICE__NAME", "Dana Jaminan Hari Tua Nusantara");
    let told = place.run("config check");
    assert!(told.starts_with("exit: 0"), "{told}");
    assert!(told.contains("text messages leave without their message code"), "{told}");
    let quiet = place.with_variable("PAYUNG_CODES__SMS", "false").run("config check");
    assert!(quiet.starts_with("exit: 0") && !quiet.contains("message code"), "{quiet}");
}

#[test]
fn every_misspelt_name_is_guessed_at_once() {
    let place = Place::new()
        .with_keys()
        .with_settings("[smpt]\nport = 25\n[limits]\ncodes_per_week = 3\n")
        .with_variable("PAYUNG_SERVICE__NAEM", "Dana");
    assert_snapshot!(place.run("config check"), @"
    exit: 2
    --- stdout
    --- stderr
    error: 3 settings cannot stand
      payung.toml:28  limits.codes_per_week is not a setting → did you mean limits.codes_per_day?
      payung.toml:26  smpt.port is not a setting → did you mean smtp.port?
      PAYUNG_SERVICE__NAEM  service.naem is not a setting → did you mean service.name?
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_line() {
    let place = Place::new().with_settings("[limits]\ncodes_per_day = \"ten\"\n");
    assert_snapshot!(place.run("config show"), @"
    exit: 2
    --- stdout
    --- stderr
    error: one setting cannot stand
      payung.toml:26  limits.codes_per_day must be a whole number from 1 to 10000
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn weak_secrets_and_open_files_keep_a_server_from_starting() {
    let place = Place::new()
        .with_keys()
        .with_settings("")
        .with_file("index.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        .with_file("pepper-1.key", "c2hvcnQ=");
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(place.path().join("sealing-1.key"), open).unwrap();
    assert_snapshot!(place.run("serve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: 3 settings cannot stand
      sealing-1.key  keys.sealing_key_files can be read by others (mode 0644) → chmod 600 sealing-1.key
      index.key  keys.index_key_file is not random → head -c 32 /dev/urandom | base64 > index.key
      pepper-1.key  keys.pepper_files holds 5 bytes, not 32 → head -c 32 /dev/urandom | base64 > pepper-1.key
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn one_key_may_not_serve_two_purposes() {
    let place = Place::new().with_keys().with_settings("");
    fs::copy(place.path().join("sealing-1.key"), place.path().join("cookies.key")).unwrap();
    assert_snapshot!(place.run("serve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: one setting cannot stand
      cookies.key  keys.cookie_key_file holds the same key as sealing-1.key → head -c 32 /dev/urandom | base64 > cookies.key
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn a07_what_a_fund_should_not_run_with_is_named_all_at_once() {
    let place = Place::new()
        .with_keys()
        .with_settings(
            "[hashing]\nmemory_kib = 4096\n[sessions]\nabsolute = \"48h\"\n[demo]\noutbox = true\n",
        )
        .with_variable("PAYUNG_SERVICE__PUBLIC_URL", "http://peserta.dana.test")
        .with_variable("PAYUNG_SMTP__HOST", "mail.dana.test")
        .with_variable("PAYUNG_SMS__URL", "http://sms.dana.test/send")
        .with_variable("PAYUNG_DATABASE__URL", "postgres://payung@db.dana.test/payung");
    assert_snapshot!(place.run("serve"), @r#"
    exit: 2
    --- stdout
    --- stderr
    error: 7 settings cannot stand
      payung.toml:30  demo.outbox would show every member's messages to anybody → remove it; `payung demo` sets it itself
      PAYUNG_SERVICE__PUBLIC_URL  service.public_url would send passwords in clear text → begin it with https://
      payung.toml:26  hashing.memory_kib is too weak: 4096 KiB with 2 passes → at least 47104 with 1 pass, 19456 with 2, 12288 with 3
      payung.toml:28  sessions.absolute is too long → at most 24h
      payung.toml:20  smtp.tls is none, so codes would travel in clear text → write "starttls" or "required"
      PAYUNG_SMS__URL  sms.url would send codes in clear text → begin it with https://
      PAYUNG_DATABASE__URL  database.url speaks to another machine without checking its certificate → add sslmode=verify-full
    fix: correct what is listed, then run `payung config check`
    "#);
}

#[test]
fn a_database_file_that_others_can_read_is_refused() {
    let place = Place::new().with_keys().with_settings("").with_file("payung.db", "");
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(place.path().join("payung.db"), open).unwrap();
    assert_snapshot!(place.run("config check"), @"
    exit: 2
    --- stdout
    --- stderr
    error: one setting cannot stand
      payung.toml:10  database.url can be read by others (mode 0644) → chmod 600 payung.db
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn a_password_in_a_file_that_others_can_read_is_refused() {
    let place = Place::new().with_keys().with_settings("");
    let path = place.path().join("payung.toml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("[smtp]\n", "[smtp]\nuser = \"payung\"\npassword = \"hujan\"\n");
    let place = place.with_file("payung.toml", &text);
    assert_snapshot!(place.run("config check --quiet"), @"
    exit: 0
    --- stdout
    a server may start with these settings
    --- stderr
    ");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_snapshot!(place.run("config check"), @"
    exit: 2
    --- stdout
    --- stderr
    error: one setting cannot stand
      payung.toml:20  smtp.password stands in a file that others can read → chmod 600 payung.toml, or set smtp.password_file
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn secrets_are_masked_and_redaction_masks_the_rest() {
    let place = Place::new()
        .with_file("payung.toml", "[service]\nname = \"Dana\"\n[listen]\ndrain = \"3s\"\n")
        .with_variable("PAYUNG_SMTP__PASSWORD", "hujan")
        .with_variable("PAYUNG_DATABASE__URL", "postgres://payung:hujan@db/payung");
    let shown = |line: &str| {
        let told = place.run(line);
        assert!(!told.contains("hujan"), "{told}");
        told.lines().filter(|line| !line.ends_with("# default")).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(shown("config show"), @r#"
    exit: 0
    --- stdout
    service.name = "Dana"  # payung.toml:2
    listen.drain = "3s"  # payung.toml:4
    database.url = "••••"  # PAYUNG_DATABASE__URL
    smtp.password = "••••"  # PAYUNG_SMTP__PASSWORD
    --- stderr
    "#);
    assert_snapshot!(shown("config show --redact"), @r#"
    exit: 0
    --- stdout
    service.name = "••••"  # file:2
    listen.drain = "3s"  # file:4
    database.url = "••••"  # PAYUNG_DATABASE__URL
    smtp.password = "••••"  # PAYUNG_SMTP__PASSWORD
    --- stderr
    "#);
}

#[test]
fn a_setting_is_explained_with_the_place_it_came_from() {
    let place = Place::new()
        .with_file("other.toml", "[smtp]\nport = 465\n")
        .with_variable("PAYUNG_CONFIG", "other.toml");
    assert_snapshot!(place.run("config explain smtp.port"), @"
    exit: 0
    --- stdout
    smtp.port: Its port: 587 for starttls, 465 for required
      value    465
      origin   other.toml:2
      default  587
      set      port = … ([smtp]), PAYUNG_SMTP__PORT=…
    --- stderr
    ");
    assert_snapshot!(place.run("config explain smtp.port --set smtp.port=25 --json"), @r#"
    exit: 0
    --- stdout
    {"about":"Its port: 587 for starttls, 465 for required","default":587,"key":"smtp.port","ok":true,"origin":"flag","required":false,"schema":1,"value":25,"variable":"PAYUNG_SMTP__PORT"}
    --- stderr
    "#);
    assert_snapshot!(place.run("config explain service.public_url --lang id"), @r#"
    exit: 0
    --- stdout
    service.public_url: Alamat bagi peserta; setiap tautan yang dikirim dimulai dengannya
      nilai    belum diisi, padahal wajib
      contoh   "https://member.fund.example"
      isi      public_url = … ([service]), PAYUNG_SERVICE__PUBLIC_URL=…
    --- stderr
    "#);
    assert_snapshot!(place.run("config explain smtp.prot"), @"
    exit: 2
    --- stdout
    --- stderr
    error: smtp.prot is not a setting
    fix: did you mean smtp.port?
    ");
}

#[test]
fn a_secret_is_not_taken_from_the_command_line() {
    assert_snapshot!(Place::new().run("config show --set smtp.password=hujan"), @"
    exit: 2
    --- stdout
    --- stderr
    error: one setting cannot stand
      flag  smtp.password is a secret and may not be a flag, which others can see → set smtp.password_file
    fix: correct what is listed, then run `payung config check`
    ");
}

#[test]
fn a_settings_file_that_is_not_there_is_said_so() {
    assert_snapshot!(Place::new().run("serve --config missing.toml --json"), @r#"
    exit: 2
    --- stdout
    --- stderr
    {"causes":[{"about":"missing.toml","fix":"name the right file with --config","message":"cannot be read: No such file or directory (os error 2)"}],"code":"settings","fix":"correct what is listed, then run `payung config check`","message":"one setting cannot stand","ok":false,"schema":1}
    "#);
}
