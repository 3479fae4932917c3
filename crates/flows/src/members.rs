//! What the programme holds about a person, read in one moment.

use jiff::civil::Date;
use payung_domain::accounts::Contacts;
use payung_domain::contributions::Contribution;
use payung_domain::contributions::history::History;
use payung_domain::contributions::wage_answers::{Reported, WageAnswer};
use payung_domain::employers::{Employer, Employment};
use payung_domain::ids::{AccountId, EmployerId, MembershipId, PersonId};
use payung_domain::ledger::statement::{Statement, StatementYear};
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Membership, Person};
use payung_domain::money::Rupiah;
use payung_domain::programmes::{Programmes, Rate, Rule, Standing, YearlyReturn};
use payung_domain::time::Instant;
use payung_storage::{Fault, accounts, contributions, corrections, ledger, members, wage_answers};

use crate::{App, Visit};

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
    /// What the person said about reported wages, the latest month first.
    pub wage_answers: Vec<WageAnswer>,
}

/// A person's savings, number by number and all together.
#[derive(Clone, Debug)]
pub struct Savings {
    /// All member numbers read as one.
    pub together: Statement,
    by_number: Vec<(MembershipId, Statement)>,
}

/// With what the newest return in a ledger was worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnUsed {
    /// There is no return yet.
    None,
    /// A rate that somebody assumed: this is a demonstration.
    Assumed(Rate),
    /// A rate that the demonstration takes as declared, which is an assumption too.
    Supposed(Rate),
    /// A rate that was declared.
    Declared(Rate),
}

/// Who somebody is.
#[derive(Clone, Debug)]
pub struct Details {
    /// The person.
    pub person: Person,
    /// Since when we hold the record.
    pub recorded_at: Instant,
    /// Since when the address is the one that the member wrote; none while it is another's word.
    pub address_set_at: Option<Instant>,
    /// Since when who they are is so by the evidence; none while nobody put it right.
    pub put_right_since: Option<Date>,
    /// The confirmed ways to reach them.
    pub contacts: Contacts,
    /// Every member number, the oldest first.
    pub memberships: Vec<Membership>,
}

impl Record {
    /// The contributions, month by month, with what is late or missing on that day.
    #[must_use]
    pub fn history(&self, app: &App, today: Date) -> History {
        self.history_by(&app.programmes, today)
    }

    /// The same by these rules.
    #[must_use]
    pub fn history_by(&self, programmes: &Programmes, today: Date) -> History {
        let (work, firms) = (&self.employments, &self.employers);
        let history = History::of(work, firms, &self.contributions, today, programmes);
        history.heard(&self.wage_answers, programmes)
    }

    /// Every wage that an employer reported, the latest month first.
    #[must_use]
    pub fn reported_wages(&self) -> Vec<Reported> {
        Reported::all(&self.contributions)
    }

    /// The savings. A ledger whose lines do not follow from each other is a fault, not a guess.
    pub fn savings(&self) -> Result<Savings, Fault> {
        let doing = "adding up the savings";
        let by_number: Vec<(MembershipId, Statement)> = self
            .memberships
            .iter()
            .map(|membership| {
                let of_it = self.postings.iter().filter(|p| p.membership == membership.id);
                let postings: Vec<Posting> = of_it.cloned().collect();
                Statement::of(&postings).map(|statement| (membership.id, statement))
            })
            .collect::<Result<_, _>>()
            .map_err(Fault::while_doing(doing))?;
        let all: Vec<Statement> = by_number.iter().map(|(_, one)| one.clone()).collect();
        let together = Statement::together(&all)
            .ok_or_else(|| Fault::new(doing, "more than an amount can hold"))?;
        Ok(Savings { together, by_number })
    }

    /// The name of an employer.
    #[must_use]
    pub fn employer_name(&self, id: EmployerId) -> Option<String> {
        self.employers.iter().find(|e| e.id == id).map(|e| e.name.clone())
    }

    /// The employer a member number runs with, or ran with last.
    #[must_use]
    pub fn last_employer_of(&self, membership: MembershipId) -> Option<String> {
        let last = self.employments.iter().rfind(|work| work.membership == membership)?;
        self.employer_name(last.employer()?)
    }

    /// The member number that the savings of this one went to, where the two were merged.
    #[must_use]
    pub fn merged_into(&self, membership: MembershipId) -> Option<&Membership> {
        let last = self.postings.iter().rfind(|posting| posting.membership == membership);
        let out = last.filter(|last| last.kind == PostingKind::TransferOut)?;
        let came = self.postings.iter().find(|posting| {
            posting.kind == PostingKind::TransferIn
                && posting.booked_on == out.booked_on
                && posting.amount == out.amount.negated()
        })?;
        self.memberships.iter().find(|one| one.id == came.membership)
    }

    /// With what the newest return was worked out.
    #[must_use]
    pub fn return_used(&self, app: &App) -> ReturnUsed {
        let newest = self.postings.iter().filter(|p| p.rate.is_some()).max_by_key(|p| p.booked_on);
        let Some(rule) = newest.and_then(|posting| return_rule(app, posting)) else {
            return ReturnUsed::None;
        };
        let yearly = rule.value.yearly;
        match rule.standing() {
            Standing::Estimated => ReturnUsed::Assumed(yearly),
            Standing::Supposed => ReturnUsed::Supposed(yearly),
            Standing::Declared => ReturnUsed::Declared(yearly),
        }
    }

    /// The last year of which the demonstration takes a return as declared.
    #[must_use]
    pub fn supposed_until(&self, app: &App) -> Option<i16> {
        let supposed = self.postings.iter().filter(|posting| {
            let rule = return_rule(app, posting);
            rule.is_some_and(|rule| rule.standing() == Standing::Supposed)
        });
        supposed.map(|posting| posting.month.year()).max()
    }
}

/// With what a return was worked out.
fn return_rule<'a>(app: &'a App, posting: &Posting) -> Option<&'a Rule<YearlyReturn>> {
    app.programmes.return_version(posting.rate.as_deref()?)
}

impl Savings {
    /// What is saved under a member number.
    #[must_use]
    pub fn balance_of(&self, membership: MembershipId) -> Rupiah {
        self.of(membership).map_or(Rupiah::ZERO, |statement| statement.balance)
    }

    /// The years of a member number, the earliest first.
    #[must_use]
    pub fn years_of(&self, membership: MembershipId) -> &[StatementYear] {
        self.of(membership).map_or(&[], |statement| &statement.years)
    }

    fn of(&self, membership: MembershipId) -> Option<&Statement> {
        self.by_number.iter().find(|(id, _)| *id == membership).map(|(_, statement)| statement)
    }
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
        wage_answers: wage_answers::of_person(&mut tx, person).await?,
    })
}

/// The name of a person, for the top of a page.
pub async fn name(app: &App, person: PersonId) -> Result<Option<String>, Fault> {
    let mut tx = app.store.look().await?;
    members::name(&mut tx, app.store.vault(), person).await
}

/// When a person was born.
pub async fn birth_date(app: &App, person: PersonId) -> Result<Option<Date>, Fault> {
    let mut tx = app.store.read().await?;
    let found = members::person(&mut tx, app.store.vault(), person).await?;
    Ok(found.map(|(person, _)| person.birth_date))
}

/// Reads who a person is.
pub async fn details(
    app: &App,
    visit: &Visit,
    account: AccountId,
    person: PersonId,
) -> Result<Option<Details>, Fault> {
    let vault = app.store.vault();
    let mut tx = app.store.read().await?;
    let Some((person, recorded_at)) = members::person(&mut tx, vault, person).await? else {
        return Ok(None);
    };
    let earlier = corrections::earlier_people(&mut tx, vault, person.id).await?;
    Ok(Some(Details {
        put_right_since: earlier.first().map(|(_, _, since)| *since),
        memberships: members::memberships(&mut tx, person.id).await?,
        contacts: accounts::contacts(&mut tx, vault, account, visit.now).await?,
        address_set_at: members::address(&mut tx, vault, person.id).await?.and_then(|kept| kept.1),
        person,
        recorded_at,
    }))
}
