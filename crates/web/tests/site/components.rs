//! A component is a folder, and every folder is in the built files, once.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use payung_web::assets;

use crate::samples::compressed;

#[test]
fn every_component_is_in_the_built_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("components");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        for (file, built) in [("style.css", assets::STYLE), ("script.js", assets::SCRIPT)] {
            if let Ok(part) = fs::read_to_string(entry.path().join(file)) {
                assert_eq!(built.matches(part.as_str()).count(), 1, "{name}/{file}");
            }
        }
        names.insert(name);
    }
    assert!(names.contains("shell") && names.contains("tokens"));
}

#[test]
fn style_and_script_keep_to_their_budgets() {
    for (name, file, budget) in
        [("style", assets::STYLE, 12 * 1024), ("script", assets::SCRIPT, 10 * 1024)]
    {
        let size = compressed(file);
        assert!(size <= budget, "{name}: {size} bytes of {budget}");
    }
}

#[test]
fn style_and_script_fetch_nothing() {
    for file in [assets::STYLE, assets::SCRIPT] {
        for outside in ["http:", "https:", "//cdn", "url(", "@import", "import("] {
            assert!(!file.contains(outside), "{outside}");
        }
    }
}

#[test]
fn both_ways_into_the_dark_lead_to_the_same_colours() {
    let block = |start: &str| -> Vec<&str> {
        let (_, rest) = assets::STYLE.split_once(start).unwrap();
        let (inside, _) = rest.split_once('}').unwrap();
        inside.split_whitespace().collect()
    };
    assert_eq!(
        block(":root:not([data-theme=\"light\"]) {"),
        block("  :root[data-theme=\"dark\"] {")
    );
}
