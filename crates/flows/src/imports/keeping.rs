//! Which rows of a chunk are new, known or refused by what is on record, and keeping the new ones.

use payung_domain::employers::{Employer, Employment, Work};
use payung_domain::ids::{EmployerId, MembershipId, PersonId};
use payung_domain::imports::contribution::{Distinct, Received, distinct};
use payung_domain::imports::employer::Firm;
use payung_domain::imports::member::{Joined, Workplace};
use payung_domain::imports::{Reason, Refusal, Wrong};
use payung_domain::members::{Membership, Person};
use payung_domain::time::Instant;
use payung_storage::imports::{self, Known, Standing};
use payung_storage::members::{self, Placed};
use payung_storage::{Fault, Tx};

use super::Importer;
use super::reading::Rows;

/// What became of a chunk's rows.
#[derive(Default)]
pub(super) struct Kept {
    /// Are new, and kept.
    pub(super) added: u64,
    /// Were on record, the same in everything.
    pub(super) already: u64,
    /// Are refused.
    pub(super) refused: Vec<Refusal>,
}

impl Kept {
    fn count(&mut self, line: u32, outcome: Result<bool, Wrong>) {
        match outcome {
            Ok(true) => self.added += 1,
            Ok(false) => self.already += 1,
            Err(wrong) => self.refused.push(wrong.in_line(line)),
        }
    }
}

pub(super) async fn keep(
    importer: &Importer,
    tx: &mut Tx,
    begun_at: Instant,
    rows: Rows,
) -> Result<Kept, Fault> {
    match rows {
        Rows::Contributions(rows) => contributions(tx, rows).await,
        Rows::Employers(rows) => employers(importer, tx, rows).await,
        Rows::Members(rows) => people(importer, tx, begun_at, &rows).await,
    }
}

async fn contributions(tx: &mut Tx, rows: Vec<Received>) -> Result<Kept, Fault> {
    let Distinct { rows, doubles, refused } = distinct(rows);
    let standing = imports::keep_contributions(tx, &rows).await?;
    let mut kept = Kept { added: 0, already: doubles, refused };
    for row in &rows {
        kept.count(row.line, outcome(row, standing.get(&row.line)));
    }
    Ok(kept)
}

fn outcome(row: &Received, standing: Option<&Standing>) -> Result<bool, Wrong> {
    match standing {
        None => Ok(true),
        Some(Standing::UnknownKpj) => Err(Wrong::at("kpj", Reason::Unknown)),
        Some(Standing::UnknownNpp) => Err(Wrong::at("npp", Reason::Unknown)),
        Some(Standing::OnRecord(amounts)) => match row.differs_from(amounts) {
            Some(column) => Err(Wrong::at(column, Reason::Differs)),
            None => Ok(false),
        },
    }
}

async fn employers(importer: &Importer, tx: &mut Tx, rows: Vec<Firm>) -> Result<Kept, Fault> {
    let npps: Vec<_> = rows.iter().map(|row| &row.npp).collect();
    let mut known = imports::known(tx, importer.store.vault(), &[], &[], &npps).await?.employers;
    let (mut kept, mut new) = (Kept::default(), Vec::new());
    for row in rows {
        let outcome = match known.get(&row.npp) {
            Some(employer) => match row.differs_from(employer) {
                Some(column) => Err(Wrong::at(column, Reason::Differs)),
                None => Ok(false),
            },
            None => Ok(true),
        };
        kept.count(row.line, outcome);
        if outcome == Ok(true) {
            let employer = Employer {
                id: EmployerId::new(&*importer.dice),
                npp: row.npp,
                name: row.name,
                risk_class: row.risk_class,
                size: row.size,
            };
            new.push(employer.clone());
            known.insert(employer.npp.clone(), employer);
        }
    }
    members::add_employers(tx, &new).await?;
    Ok(kept)
}

async fn people(
    importer: &Importer,
    tx: &mut Tx,
    begun_at: Instant,
    rows: &[Joined],
) -> Result<Kept, Fault> {
    let niks: Vec<_> = rows.iter().map(|row| &row.nik).collect();
    let kpjs: Vec<_> = rows.iter().map(|row| &row.kpj).collect();
    let npps: Vec<_> = rows
        .iter()
        .filter_map(|row| match &row.workplace {
            Workplace::Firm(npp) => Some(npp),
            Workplace::Own(_) => None,
        })
        .collect();
    let vault = importer.store.vault();
    let known = imports::known(tx, vault, &niks, &kpjs, &npps).await?;
    let mut register =
        Register { known, people: Vec::new(), memberships: Vec::new(), work: Vec::new() };
    let mut kept = Kept::default();
    for row in rows {
        kept.count(row.line, register.take(importer, row));
    }
    let people: Vec<(Person, Instant)> =
        register.people.into_iter().map(|person| (person, begun_at)).collect();
    members::add_people(tx, vault, &people).await?;
    members::add_memberships(tx, &register.memberships).await?;
    members::add_placed(tx, &register.work).await?;
    Ok(kept)
}

/// What is on record with what the rows before have added to it, and what that is.
struct Register {
    known: Known,
    people: Vec<Person>,
    memberships: Vec<Membership>,
    work: Vec<Placed>,
}

impl Register {
    /// Takes a row in, or nothing of it. Answers whether it brought something new.
    fn take(&mut self, importer: &Importer, row: &Joined) -> Result<bool, Wrong> {
        let work = self.work_of(row)?;
        let person = self.known.people.get(&row.nik);
        if let Some(column) = person.and_then(|person| row.is_another_than(person)) {
            return Err(Wrong::at(column, Reason::Differs));
        }
        let membership = self.known.memberships.get(&row.kpj);
        if let Some(membership) = membership {
            if person.is_none_or(|person| person.id != membership.person) {
                return Err(Wrong::at("kpj", Reason::Taken));
            }
            if let Some(column) = row.differs_from(membership) {
                return Err(Wrong::at(column, Reason::Differs));
            }
        }
        let (person, membership) =
            (person.map(|person| person.id), membership.map(|membership| membership.id));
        let ordinal = membership.map_or(Ok(Some(0)), |id| self.place_of(id, work, row))?;
        let (work_from, work_until) = (row.work_from, row.work_until);
        let person = person.unwrap_or_else(|| self.add_person(importer, row));
        let membership = membership.unwrap_or_else(|| self.add_membership(importer, person, row));
        let Some(ordinal) = ordinal else { return Ok(false) };
        let employment = Employment { membership, work, from: work_from, until: work_until };
        let placed = Placed { employment, ordinal };
        self.known.work.entry(membership).or_default().push(placed);
        self.work.push(placed);
        Ok(true)
    }

    fn work_of(&self, row: &Joined) -> Result<Work, Wrong> {
        match &row.workplace {
            Workplace::Own(trade) => Ok(Work::Own(*trade)),
            Workplace::Firm(npp) => {
                let employer = self.known.employers.get(npp);
                let employer = employer.ok_or(Wrong::at("npp", Reason::Unknown))?;
                Ok(Work::For(employer.id))
            }
        }
    }

    /// The place of a stretch of work beside those that are there; none when it is one of them.
    fn place_of(
        &self,
        membership: MembershipId,
        work: Work,
        row: &Joined,
    ) -> Result<Option<i64>, Wrong> {
        let there = self.known.work.get(&membership).map_or::<&[Placed], _>(&[], Vec::as_slice);
        let same_month = there.iter().filter(|placed| placed.employment.from == row.work_from);
        let mut next = 0;
        for placed in same_month {
            if placed.employment.work == work {
                let is_same = placed.employment.until == row.work_until;
                let differs = Err(Wrong::at("work_until", Reason::Differs));
                return if is_same { Ok(None) } else { differs };
            }
            next = next.max(placed.ordinal.saturating_add(1));
        }
        Ok(Some(next))
    }

    fn add_person(&mut self, importer: &Importer, row: &Joined) -> PersonId {
        let person = Person {
            id: PersonId::new(&*importer.dice),
            nik: row.nik.clone(),
            name: row.name.clone(),
            birth_date: row.birth_date,
            sex: row.sex,
            address: row.address.clone(),
        };
        let id = person.id;
        self.people.push(person.clone());
        self.known.people.insert(row.nik.clone(), person);
        id
    }

    fn add_membership(
        &mut self,
        importer: &Importer,
        person: PersonId,
        row: &Joined,
    ) -> MembershipId {
        let membership = Membership {
            id: MembershipId::new(&*importer.dice),
            person,
            kpj: row.kpj.clone(),
            segment: row.segment,
            since: row.since,
            ended: row.ended,
        };
        let id = membership.id;
        self.memberships.push(membership.clone());
        self.known.memberships.insert(row.kpj.clone(), membership);
        id
    }
}
