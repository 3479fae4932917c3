//! Applications that members may sign in to, from the command line.

use crate::program::Place;

const WHOLE: &str = "client_id = \"klaim\"\nclient_name = \"Klaim Daring\"\n\
    redirect_uris = [\"https://klaim.example/cb\"]\nscope = \"openid profile\"\n\
    owner = \"Dana Kita\"\npurpose_id = \"Mengajukan klaim\"\npurpose_en = \"Filing claims\"\n";

fn place() -> Place {
    let place = Place::new()
        .with_file("payung.toml", "[database]\nurl = \"payung.db\"\n")
        .with_file("klaim.toml", WHOLE)
        .with_file("half.toml", "client_id = \"a b\"\nscope = \"shoes\"\njwks_uri = \"x\"\n");
    assert!(place.run("migrate up").starts_with("exit: 0"));
    place
}

#[test]
fn a_client_is_added_shown_disabled_and_enabled() {
    let place = place();
    assert!(place.run("client list").contains("no application"));
    assert!(place.run("client check klaim.toml").contains("klaim is whole"));
    assert!(place.run("client list").contains("no application"), "checking adds nothing");
    assert!(place.run("client add klaim.toml").contains("shown once"));
    let again = place.run("client add klaim.toml");
    assert!(again.contains("klaim is added") && !again.contains("shown once"), "{again}");
    assert!(place.run("client add klaim.toml --new-secret").contains("shown once"));
    let shown = place.run("client show klaim");
    assert!(shown.contains("https://klaim.example/cb") && shown.contains("\"members\": 0"));
    assert!(place.run("client disable klaim").contains("klaim is disabled"));
    assert!(place.run("client list --json").contains("\"disabled\":true"));
    assert!(place.run("client enable klaim").contains("klaim is enabled"));
    assert!(place.run("client show nobody").starts_with("exit: 1"));
}

#[test]
fn k20_what_members_let_an_application_do_is_taken_back_from_it() {
    let place = place();
    assert!(place.run("client add klaim.toml").starts_with("exit: 0"));
    let revoked = place.run("client revoke klaim");
    assert!(revoked.contains("klaim: 0 consents and 0 grants are taken back"), "{revoked}");
    assert!(place.run("client revoke nobody").starts_with("exit: 1"));
}

#[test]
fn k30_an_invite_is_printed_once_with_its_uses_and_its_end() {
    let place = place();
    let made = place.run("client invite");
    assert!(made.contains("exit: 0") && made.contains("good for 1 until"), "{made}");
    let made = place.run("client invite --uses 3 --for 2h --json");
    assert!(made.contains("\"initial_access_token\":\"") && made.contains("\"uses\":3"), "{made}");
    for wrong in ["--uses 0", "--uses 1001", "--for 721h", "--for 0s", "--for soon", "--for 24"] {
        let refused = place.run(&format!("client invite {wrong}"));
        assert!(refused.starts_with("exit: 2"), "{wrong}: {refused}");
    }
}

#[test]
fn a_client_cannot_be_half_valid_and_every_fault_is_named() {
    let place = place();
    for line in ["client check half.toml", "client add half.toml"] {
        let refused = place.run(line);
        assert!(refused.starts_with("exit: 2"), "{refused}");
        for field in ["client_id", "client_name", "redirect_uris", "scope", "jwks_uri", "owner"] {
            assert!(refused.contains(field), "{field} in {refused}");
        }
    }
    assert!(place.run("client list").contains("no application"));
}

#[test]
fn fields_of_another_kind_are_named_with_every_other_fault() {
    let toml = "client_id = 7\nclient_name = \"\"\nredirect_uris = \"https://klaim.example/cb\"\n\
        first_party = \"yes\"\nscope = \"shoes\"\n";
    let twice = r#"{"client_id":"klaim","client_name":"Klaim","client_id":"lain","scope":"openid",
        "redirect_uris":["https://klaim.example/cb"],"owner":"Dana Kita",
        "purpose_id":"Mengajukan klaim","purpose_en":"Filing claims"}"#;
    let place = place()
        .with_file("kinds.toml", toml)
        .with_file("kinds.json", r#"{"client_id":7,"redirect_uris":"x","scope":"shoes"}"#)
        .with_file("twice.json", twice)
        .with_file("broken.json", "{");
    for (file, fields) in [
        ("kinds.toml", &["client_id", "client_name", "redirect_uris", "first_party", "scope"][..]),
        ("kinds.json", &["client_id", "redirect_uris", "scope", "owner", "purpose_id"][..]),
    ] {
        let refused = place.run(&format!("client check {file}"));
        assert!(refused.starts_with("exit: 2"), "{refused}");
        for field in fields {
            assert!(refused.contains(field), "{field} in {refused}");
        }
    }
    for file in ["twice.json", "broken.json"] {
        let refused = place.run(&format!("client check {file} --lang en"));
        assert!(refused.starts_with("exit: 2"), "{refused}");
        assert!(refused.contains("cannot be read"), "{refused}");
    }
}

/// K-23: what the document shows of a device is whole.
#[test]
fn k23_the_device_of_the_document_is_whole() {
    let document = include_str!("../../../../docs/clients.md");
    let (_, rest) = document.split_once("```toml\n").expect("a sample");
    let (sample, _) = rest.split_once("```").expect("an end");
    let place = place().with_file("layar.toml", sample);
    assert!(place.run("client check layar.toml").contains("layar is whole"));
}
