//! N-01: every column is classified, and both engines have the same ones.

use std::collections::BTreeMap;

use payung_testkit::on_each_engine;
use payung_testkit::store::TestStore;

const CLASSES: &str = include_str!("../../columns.toml");

on_each_engine!(n01_every_column_is_classified_and_no_class_is_left_over);

async fn n01_every_column_is_classified_and_no_class_is_left_over(db: TestStore) {
    let classified: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(CLASSES).expect("columns.toml reads");
    let known = ["id", "fact", "word", "time", "sealed", "index", "hash"];
    let mut listed = Vec::new();
    for (table, columns) in &classified {
        for (column, class) in columns {
            assert!(known.contains(&&**class), "{table}.{column} has the unknown class {class}");
            listed.push((table.clone(), column.clone()));
            let is_sealed = column.starts_with("sealed_");
            assert_eq!(is_sealed, class == "sealed", "{table}.{column} is named unlike its class");
        }
    }
    let mut kept = db.store.read().await.unwrap().columns().await.unwrap();
    kept.sort();
    listed.sort();
    assert_eq!(kept, listed);
}
