//! Claims of heirs: what a record says that decides about one, and following one with what an heir
//! has on paper. What the desk does with them is in `staff::heirs`.

use jiff::civil::Date;
use payung_domain::benefits::facts::Facts;
use payung_domain::claims::clock::Clock;
use payung_domain::claims::heirs::{
    self, Entitled, FollowCode, HeirClaim, HeirReference, Part, Relation, Situation, Stage, Why,
    entitled,
};
use payung_domain::claims::missing;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::history::History;
use payung_domain::employers::{Employer, Employment};
use payung_domain::ids::PersonId;
use payung_domain::members::{Membership, Person};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::time::{Instant, Zone};
use payung_storage::{Fault, Tx, contributions, heir_claims, members};

use crate::gates::{self, Door};
use crate::{App, Visit};

/// What a record says that decides about a claim of an heir.
pub(crate) struct Record {
    /// Whose record it is.
    pub(crate) person: Person,
    /// Every member number.
    pub(crate) memberships: Vec<Membership>,
    employers: Vec<Employer>,
    employments: Vec<Employment>,
    contributions: Vec<Contribution>,
    paid: Vec<Part>,
}

impl Record {
    /// Reads a record; none when there is none.
    pub(crate) async fn read(
        app: &App,
        tx: &mut Tx,
        person: PersonId,
    ) -> Result<Option<Self>, Fault> {
        let found = members::person(tx, app.store.vault(), person).await?;
        let Some((person, _)) = found else { return Ok(None) };
        let paid = heir_claims::paid(tx, person.id).await?;
        Ok(Some(Self {
            memberships: members::memberships(tx, person.id).await?,
            employers: members::employers(tx, person.id).await?,
            employments: members::employments(tx, person.id).await?,
            contributions: contributions::of_person(tx, person.id).await?,
            paid: paid.into_iter().map(|(part, _)| part).collect(),
            person,
        }))
    }

    /// Whether there is a right, and to what: by the rules and the record of the day of the death.
    pub(crate) fn right<'a>(
        &self,
        app: &'a App,
        (died_on, relation): (Date, Relation),
        today: Date,
    ) -> Result<Entitled<'a>, Why> {
        // Before anything is reckoned up to that day.
        if died_on > today {
            return Err(Why::DayToCome);
        }
        let last = Month::of(died_on);
        let until_then = self.contributions.iter().filter(|one| one.month <= last);
        let (work, came) = (&self.employments, until_then.copied().collect::<Vec<_>>());
        let history = History::of(work, &self.employers, &came, died_on, &app.programmes);
        let facts = Facts::of(&self.memberships, work, &came, &history, died_on)?;
        let situation = Situation {
            today,
            birth_date: self.person.birth_date,
            died_on,
            relation,
            facts: &facts,
            paid: &self.paid,
        };
        entitled(&app.programmes, &situation)
    }

    /// The last month after a death for which anything came: the dead do not work.
    pub(crate) fn paid_for_after(&self, died_on: Date) -> Option<Month> {
        let last = Month::of(died_on);
        self.contributions.iter().map(|one| one.month).filter(|month| *month > last).max()
    }
}

/// The law's clock of a claim, while it runs.
pub(crate) fn running<'a>(app: &'a App, claim: &HeirClaim) -> Option<Clock<'a>> {
    let complete_at = claim.complete_at.filter(|_| claim.stage.runs())?;
    heirs::clock(&app.programmes, complete_at.date(Zone::default()))
}

/// What is owed on top by now, while the clock runs.
pub(crate) fn owed(app: &App, claim: &HeirClaim, sum: Rupiah, today: Date) -> Option<Rupiah> {
    let complete_at = claim.complete_at.filter(|_| claim.stage.runs())?;
    heirs::owed(&app.programmes, complete_at.date(Zone::default()), sum, today)
}

/// How far a claim is, for whoever has its paper. Of the dead it says nothing.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The claim's reference.
    pub reference: HeirReference,
    /// How far it is.
    pub stage: Stage,
    /// When it was opened.
    pub opened_at: Instant,
    /// The papers that are still missing, by the words of the rule that names them.
    pub missing: Vec<String>,
    /// The law's clock, while it runs.
    pub clock: Option<Clock<'a>>,
    /// What is owed on top by now.
    pub owed: Option<Rupiah>,
    /// Before when nothing is paid, once it is approved.
    pub pays_from: Option<Instant>,
    /// When it was over.
    pub closed_at: Option<Instant>,
}

/// What came of asking how far a claim is.
#[derive(Clone, Debug)]
pub enum Followed<'a> {
    /// The pair is right.
    Right(Box<Standing<'a>>),
    /// No claim has this reference and this code, whatever is wrong with them.
    Wrong,
    /// Too many requests from this address, or in all.
    TooMany(Instant),
}

/// Says how far a claim is to whoever has its reference and its code. What is not even written like
/// one is given as `None`, and is wrong like any other. Requests are counted before anything is
/// compared; a claim is never shut by wrong codes, since 140 bits are not found by trying and a family
/// must not be locked out by a stranger who saw the reference.
pub async fn follow<'a>(
    app: &'a App,
    visit: &Visit,
    reference: Option<&HeirReference>,
    code: Option<&FollowCode>,
) -> Result<Followed<'a>, Fault> {
    if let Some(until) = gates::too_many_by_now(app, visit, Door::Heirs).await? {
        return Ok(Followed::TooMany(until));
    }
    let Some((reference, code)) = reference.zip(code) else { return Ok(Followed::Wrong) };
    let mut tx = app.store.read().await?;
    let found = heir_claims::followed(&mut tx, app.store.vault(), reference, code).await?;
    let Some(claim) = found else { return Ok(Followed::Wrong) };
    let today = visit.now.date(Zone::default());
    let record = Record::read(app, &mut tx, claim.person).await?;
    let about = (claim.died_on, claim.relation);
    let sum = record.and_then(|record| record.right(app, about, today).ok()).map(|it| it.sum);
    let papers = heir_claims::documents(&mut tx, &claim).await?;
    let (required, _) = claim.documents(&app.programmes);
    Ok(Followed::Right(Box::new(Standing {
        reference: claim.reference.clone(),
        stage: claim.stage,
        opened_at: claim.opened_at,
        missing: if claim.stage == Stage::Opened {
            missing(&required, &papers)
        } else {
            Vec::new()
        },
        clock: running(app, &claim),
        owed: sum.and_then(|sum| owed(app, &claim, sum, today)),
        pays_from: claim.pays_from().filter(|_| claim.stage == Stage::Approved),
        closed_at: claim.closed_at,
    })))
}
