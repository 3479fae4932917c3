//! What a record says that decides about a claim, read in the transaction that decides.

use jiff::civil::Date;
use payung_domain::claims::Claim;
use payung_domain::claims::entitlement::{Entitled, NotEntitled, Situation, entitlement};
use payung_domain::ids::PersonId;
use payung_domain::ledger::Posting;
use payung_domain::members::{Membership, Person};
use payung_domain::month::Month;
use payung_storage::{Fault, Tx, ledger, members};

use crate::App;

/// What a record says.
pub(super) struct Facts {
    /// The day for which it is read.
    pub(super) today: Date,
    /// Whose record it is.
    pub(super) person: Person,
    /// Every member number.
    pub(super) memberships: Vec<Membership>,
    /// The savings ledger.
    pub(super) postings: Vec<Posting>,
    is_working: bool,
}

impl Facts {
    /// Reads a record; none when there is none.
    pub(super) async fn read(
        app: &App,
        tx: &mut Tx,
        person: PersonId,
        today: Date,
    ) -> Result<Option<Self>, Fault> {
        let found = members::person(tx, app.store.vault(), person).await?;
        let Some((person, _)) = found else { return Ok(None) };
        let this_month = Month::of(today);
        let work = members::employments(tx, person.id).await?;
        let is_working = work.iter().any(|one| one.until.is_none_or(|end| end >= this_month));
        Ok(Some(Self {
            today,
            memberships: members::memberships(tx, person.id).await?,
            postings: ledger::of_person(tx, person.id).await?,
            is_working,
            person,
        }))
    }

    /// Whether there is a right to what a claim asks for.
    pub(super) fn right<'a>(
        &self,
        app: &'a App,
        claim: &Claim,
    ) -> Result<Entitled<'a>, NotEntitled<'a>> {
        let situation = Situation {
            today: self.today,
            birth_date: self.person.birth_date,
            member_since: self.memberships.iter().map(|one| one.since).min(),
            is_working: self.is_working,
            postings: &self.postings,
            event_on: claim.event_on,
            has_tax_number: claim.has_tax_number,
        };
        entitlement(&app.programmes, claim.kind, &situation)
    }
}
