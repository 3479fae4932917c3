//! What people of the demonstration said when they were asked whether a wage is theirs.

use jiff::ToSpan;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::wage_answers::{Reported, Says, WageAnswer};
use payung_domain::time::{Instant, Zone};

use super::Role;
use super::story::Telling;

/// Siti said no where the wage fell, and yes for the month before the latest one. For the latest one
/// she is asked. Nobody else has looked.
pub(super) fn answers(
    role: Option<Role>,
    contributions: &[Contribution],
    telling: &Telling<'_>,
) -> Vec<WageAnswer> {
    if role != Some(Role::Siti) {
        return Vec::new();
    }
    let reported = Reported::all(contributions);
    let answered_at = Instant::start_of(telling.today.saturating_sub(20.days()), Zone::Wib);
    let latest = reported.first().map(|one| one.month);
    let said = |one: &Reported| -> Option<Says> {
        let same = |other: &&Reported| {
            (other.membership, other.employer) == (one.membership, one.employer)
                && other.month < one.month
        };
        // The latest month first, so the first of those before is the one right before.
        let before = reported.iter().find(same).map(|before| before.wage);
        match before.filter(|before| *before > one.wage) {
            Some(before) => Some(Says::Wrong(before)),
            None => (Some(one.month.next()) == latest).then_some(Says::Right),
        }
    };
    reported
        .iter()
        .filter_map(|one| {
            let &Reported { membership, month, employer, wage } = one;
            let says = said(one)?;
            Some(WageAnswer { membership, month, employer, reported: wage, says, answered_at })
        })
        .collect()
}
