//! The keys that tokens are signed with, from the command line.

use serde_json::Value;

use crate::program::Place;

fn place() -> Place {
    Place::ready()
}

fn told(place: &Place, line: &str) -> Value {
    let output = place.output(&format!("{line} --json"));
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

/// Makes the next key for ES256; answers its name.
fn made(place: &Place) -> String {
    let told = told(place, "key rotate --algorithm ES256");
    let made = told["made"].as_array().expect("what was made");
    assert_eq!((made.len(), &made[0]["alg"]), (1, &Value::from("ES256")));
    made[0]["kid"].as_str().expect("a name").to_owned()
}

fn states(place: &Place) -> Vec<(String, String)> {
    let told = told(place, "key list");
    let keys = told["keys"].as_array().expect("keys");
    let word = |key: &Value, name: &str| key[name].as_str().expect("a word").to_owned();
    keys.iter().map(|key| (word(key, "kid"), word(key, "state"))).collect()
}

#[test]
fn k16_keys_are_listed_changed_and_retired() {
    let place = place();
    assert!(place.run("key list --lang en").contains("no key yet"));
    let first = made(&place);
    let listed = |known: &[(&String, &str)]| -> Vec<(String, String)> {
        known.iter().map(|(kid, state)| ((*kid).clone(), (*state).to_owned())).collect()
    };
    assert_eq!(states(&place), listed(&[(&first, "signs")]), "nothing is there to wait for");
    let second = made(&place);
    assert_eq!(states(&place), listed(&[(&second, "next"), (&first, "signs")]));
    assert!(place.run(&format!("key retire {first}")).starts_with("exit: 0"));
    assert_eq!(states(&place), listed(&[(&second, "next")]));
    for (line, exit) in [
        ("key retire nobody".to_owned(), 1),
        (format!("key retire {first}"), 1),
        ("key rotate --algorithm none".to_owned(), 2),
        ("key rotate --algorithm HS256".to_owned(), 2),
    ] {
        let refused = place.run(&line);
        assert!(refused.starts_with(&format!("exit: {exit}")), "{line}: {refused}");
    }
}

#[test]
fn n02_no_private_half_is_ever_shown() {
    let place = place();
    made(&place);
    for line in ["key list", "key list --json"] {
        let shown = place.run(line);
        assert!(!shown.contains("\"d\"") && !shown.contains("PRIVATE"), "{shown}");
    }
}
