//! What the programme holds about a person, read in one moment.

use payung_domain::accounts::Contacts;
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Employment};
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::ledger::Posting;
use payung_domain::members::{Membership, Person};
use payung_domain::time::Instant;
use payung_storage::{Fault, accounts, contributions, ledger, members};

use crate::App;

/// A person's whole record under every member number.
#[derive(Clone, Debug)]
pub struct Record {
    /// Every member number, the oldest first.
    pub memberships: Vec<Membership>,
    /// Every employer of theirs.
    pub employers: Vec<Employer>,
    /// Every stretch of work, the first one first.
    pub employments: Vec<Employment>,
    /// Every contribution received, the oldest month first.
    pub contributions: Vec<Contribution>,
    /// Every line of the savings ledger, in the order of each ledger.
    pub postings: Vec<Posting>,
}

/// Who somebody is.
#[derive(Clone, Debug)]
pub struct Details {
    /// The person.
    pub person: Person,
    /// Since when we hold the record.
    pub recorded_at: Instant,
    /// The confirmed ways to reach them.
    pub contacts: Contacts,
    /// Every member number, the oldest first.
    pub memberships: Vec<Membership>,
}

/// Reads a person's record.
pub async fn record(app: &App, person: PersonId) -> Result<Record, Fault> {
    let mut tx = app.store.read().await?;
    Ok(Record {
        memberships: members::memberships(&mut tx, person).await?,
        employers: members::employers(&mut tx, person).await?,
        employments: members::employments(&mut tx, person).await?,
        contributions: contributions::of_person(&mut tx, person).await?,
        postings: ledger::of_person(&mut tx, person).await?,
    })
}

/// Reads who a person is.
pub async fn details(
    app: &App,
    account: AccountId,
    person: PersonId,
) -> Result<Option<Details>, Fault> {
    let vault = app.store.vault();
    let mut tx = app.store.read().await?;
    let Some((person, recorded_at)) = members::person(&mut tx, vault, person).await? else {
        return Ok(None);
    };
    Ok(Some(Details {
        memberships: members::memberships(&mut tx, person.id).await?,
        contacts: accounts::contacts(&mut tx, vault, account).await?,
        person,
        recorded_at,
    }))
}
