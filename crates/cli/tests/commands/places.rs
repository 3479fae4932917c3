//! `devices.places`: the operator's table of coarse places.

use crate::program::Place;

#[test]
fn h08_a_server_does_not_start_with_a_table_of_places_that_contradicts_itself() {
    let settings = "\n[listen]\nmember = \"127.0.0.1:0\"\noperations = \"127.0.0.2:0\"\n\
                    \n[devices]\nplaces = \"places.csv\"\n";
    let place = Place::new().with_keys().with_settings(settings);
    place.run("migrate up");
    let place = place.with_file("places.csv", "10.0.0.0/8,Bali\n10.1.0.0/16,Jawa Barat\n");
    insta::assert_snapshot!(place.run("serve"), @"
    exit: 2
    --- stdout
    --- stderr
    error: places.csv cannot be used
      lines 1 and 2 are about the same addresses
    fix: correct the table that devices.places names
    ");
}
