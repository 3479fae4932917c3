//! The six people whom the documentation calls by name.

use jiff::civil::{Date, date};
use payung_domain::employers::{Employer, Trade, Work};
use payung_domain::ids::{MembershipId, PersonId};
use payung_domain::ledger::PostingKind;
use payung_domain::ledger::end::{LedgerEnd, Movement};
use payung_domain::ledger::posting::postings;
use payung_domain::members::{Membership, Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;

use super::careers::{Job, Slip, raised};
use super::{Role, Story, Telling, Untold, numbers};

/// The story of one of the six.
pub(super) fn story(role: Role, telling: &Telling<'_>) -> Result<Story, Untold> {
    match role {
        Role::Siti => siti(telling),
        Role::Budi => budi(telling),
        Role::Dewi => dewi(telling),
        Role::Agus => agus(telling),
        Role::Rina => rina(telling),
        Role::Wayan => wayan(telling),
    }
}

/// Twelve years, two employers. One month came late, two never did, and since 2024 the wage is
/// above what JP counts.
fn siti(telling: &Telling<'_>) -> Result<Story, Untold> {
    let mut story = telling.story(Role::Siti, "Siti Wulandari", Sex::Female, date(1991, 4, 12));
    let now = Month::of(telling.today);
    let (began, changed) = (now.plus(-143), now.plus(-67));
    let membership = telling.membership(&mut story, Segment::WageEarner, began, None)?;
    story.jobs = vec![
        Job {
            membership,
            work: telling.works_for(0)?,
            from: began,
            until: Some(changed.previous()),
            pay: raised(began, changed, 3_200_000, 8),
            slips: vec![(now.plus(-90), Slip::Late(0))],
        },
        Job {
            membership,
            work: telling.works_for(1)?,
            from: changed,
            until: None,
            pay: above_the_ceiling_since_2024(changed, now)?,
            slips: vec![
                (now.plus(-14), Slip::Late(23)),
                (now.plus(-6), Slip::Never),
                (now.plus(-5), Slip::Never),
            ],
        },
    ];
    Ok(story)
}
