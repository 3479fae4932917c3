//! The operator, whose command line needs no account at the desk: what is done there is written down
//! like what officers do, under a name that no officer has.

use payung_domain::marks::Mark;
use payung_domain::staff::Officer;
use payung_domain::staff::source::Source;
use payung_domain::time::Instant;
use payung_storage::staff::audit as lines;
use payung_storage::{Fault, Tx};

use super::Line;
use crate::App;

/// Who acts where the command line does, in place of an officer.
pub(crate) const OPERATOR: &str = "command-line";

/// The longest name of a machine's user that is believed to be one.
const LONGEST_USER: usize = 32;

/// The same with the user of the machine, where the machine says a name: `command-line (rudi)`. It is
/// a hint for whoever reads the audit: nobody proves it, and it allows nothing.
#[must_use]
pub fn operator(user: Option<&str>) -> String {
    let name = user.and_then(Officer::parse);
    match name.filter(|name| name.as_str().chars().count() <= LONGEST_USER) {
        Some(name) => format!("{OPERATOR} ({})", name.as_str()),
        None => OPERATOR.to_owned(),
    }
}

/// Writes down what the operator did.
pub(super) async fn note(
    app: &App,
    tx: &mut Tx,
    now: Instant,
    line: Line<'_>,
) -> Result<(), Fault> {
    let mark = Mark { at: now, id: app.dice.id() };
    let entry = line.by(mark, (None, &*app.operator, ""), Source::CommandLine);
    lines::add(tx, app.store.vault(), &entry).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m02_the_user_of_the_machine_is_named_where_it_is_a_name() {
        assert_eq!(operator(Some("Rudi")), "command-line (rudi)");
        assert_eq!(operator(Some("dba-1")), "command-line (dba-1)");
        let long = "a".repeat(33);
        for none in [None, Some(""), Some("a b"), Some("x) (root"), Some("\u{202e}x"), Some(&*long)]
        {
            assert_eq!(operator(none), OPERATOR, "{none:?}");
        }
    }
}
