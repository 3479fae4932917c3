//! What is special about somebody, and how the rest of a life follows from it.

use jiff::civil::Date;
use payung_domain::contact::{Email, UserName};
use payung_domain::contributions::Contribution;
use payung_domain::employers::{Employer, Work};
use payung_domain::ids::{MembershipId, PersonId};
use payung_domain::ledger::end::Movement;
use payung_domain::ledger::posting::postings;
use payung_domain::ledger::{Posting, PostingKind};
use payung_domain::members::{Membership, Person, Segment, Sex};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::Programmes;

use super::answers::answers;
use super::careers::Job;
use super::chance::Chance;
use super::{Life, Role, Untold, names, numbers};

/// What every story is told from.
pub(super) struct Telling<'a> {
    /// The member's place among all, from 1.
    pub(super) number: u32,
    pub(super) today: Date,
    pub(super) firms: &'a [Employer],
    pub(super) programmes: &'a Programmes,
    pub(super) chance: Chance,
}

impl Telling<'_> {
    /// This month.
    pub(super) fn now(&self) -> Month {
        Month::of(self.today)
    }

    /// Work for the firm at this place of the list.
    pub(super) fn works_for(&self, place: usize) -> Result<Work, Untold> {
        let firm = self.firms.get(place).ok_or(Untold::Invented("an employer"))?;
        Ok(Work::For(firm.id))
    }
}

/// What is special about somebody.
pub(super) struct Story {
    pub(super) role: Option<Role>,
    pub(super) name: String,
    pub(super) user_name: String,
    /// The part of the e-mail address before the @.
    pub(super) mailbox: String,
    pub(super) has_phone: bool,
    pub(super) birth_date: Date,
    pub(super) sex: Sex,
    pub(super) memberships: Vec<(MembershipId, Segment)>,
    pub(super) jobs: Vec<Job>,
    /// Money that left the savings.
    pub(super) payouts: Vec<Movement>,
    /// The day on which the savings of the first member number went to the second.
    pub(super) merged_on: Option<Date>,
}

impl Story {
    /// Adds one more member number.
    pub(super) fn joins(&mut self, telling: &Telling<'_>, segment: Segment) -> MembershipId {
        let id = MembershipId::new(&telling.chance);
        self.memberships.push((id, segment));
        id
    }

    /// Pays so many percent of what a membership has saved by a day, if the day has come.
    pub(super) fn is_paid(
        &mut self,
        membership: MembershipId,
        percent: i64,
        on: Date,
        telling: &Telling<'_>,
    ) -> Result<(), Untold> {
        if on > telling.today {
            return Ok(());
        }
        let contributions = self.contributions(on, telling)?;
        let ledger = postings(membership, &contributions, &self.payouts, on, telling.programmes)?;
        let saved = ledger.last().map_or(0, |last| last.balance.get());
        let amount = Rupiah::new(saved / 100 * percent + saved % 100 * percent / 100).negated();
        let (kind, month) = (PostingKind::Payout, Month::of(on));
        self.payouts.push(Movement { kind, month, booked_on: on, amount, rate: None });
        Ok(())
    }

    /// The whole life.
    pub(super) fn told(self, telling: &Telling<'_>) -> Result<Life, Untold> {
        let &Telling { number, today, ref chance, .. } = telling;
        let id = PersonId::new(chance);
        let contributions = self.contributions(today, telling)?;
        let postings = self.savings(&contributions, telling)?;
        let wage_answers = answers(self.role, &contributions, telling);
        let memberships = self.numbered(id, number)?;
        let email = Email::parse(&format!("{}@peserta.example", self.mailbox));
        let person = Person {
            id,
            nik: numbers::nik(number, self.birth_date, self.sex)?,
            name: numbers::name(&self.name)?,
            birth_date: self.birth_date,
            sex: self.sex,
            address: names::address(chance),
        };
        Ok(Life {
            role: self.role,
            person,
            user_name: UserName::parse(&self.user_name)
                .map_err(|_| Untold::Invented("a user name"))?,
            email: email.map_err(|_| Untold::Invented("an e-mail address"))?,
            phone: if self.has_phone { numbers::phone(number)? } else { None },
            memberships,
            employments: self.jobs.iter().map(Job::employment).collect(),
            contributions,
            postings,
            wage_answers,
        })
    }

    /// What was received by a day, job by job.
    fn contributions(&self, by: Date, telling: &Telling<'_>) -> Result<Vec<Contribution>, Untold> {
        let mut contributions = Vec::new();
        for job in &self.jobs {
            contributions.extend(job.contributions(telling.firms, by, telling.programmes)?);
        }
        Ok(contributions)
    }

    /// A ledger for each membership. A payout is the first one's: nobody here cashes a second.
    /// Merging is a pair of transfers, of everything that the first one holds on that day.
    fn savings(
        &self,
        contributions: &[Contribution],
        telling: &Telling<'_>,
    ) -> Result<Vec<Posting>, Untold> {
        let mut ledgers = Vec::new();
        let merged = self.merged(contributions, telling)?;
        for (place, &(membership, _)) in self.memberships.iter().enumerate() {
            let mut others = if place == 0 { self.payouts.clone() } else { Vec::new() };
            others.extend(merged.iter().flatten().nth(place).cloned());
            let (today, programmes) = (telling.today, telling.programmes);
            ledgers.extend(postings(membership, contributions, &others, today, programmes)?);
        }
        Ok(ledgers)
    }

    /// What leaves the first member number, and what comes to the second; nothing where they are not
    /// merged.
    fn merged(
        &self,
        contributions: &[Contribution],
        telling: &Telling<'_>,
    ) -> Result<Option<[Movement; 2]>, Untold> {
        let on = self.merged_on.filter(|on| *on <= telling.today);
        let (Some(on), [(first, _), _, ..]) = (on, &self.memberships[..]) else { return Ok(None) };
        let ledger = postings(*first, contributions, &self.payouts, on, telling.programmes)?;
        let Some(saved) = ledger.last().map(|last| last.balance) else { return Ok(None) };
        let movement = |kind, amount| {
            let month = Month::of(on);
            Movement { kind, month, booked_on: on, amount, rate: None }
        };
        Ok(Some([
            movement(PostingKind::TransferOut, saved.negated()),
            movement(PostingKind::TransferIn, saved),
        ]))
    }

    /// The memberships with their numbers, from the first month of work to the last.
    fn numbered(&self, person: PersonId, number: u32) -> Result<Vec<Membership>, Untold> {
        let numbered = self.memberships.iter().zip(0..).map(|(&(id, segment), place)| {
            let jobs = || self.jobs.iter().filter(move |job| job.membership == id);
            let since = jobs().map(|job| job.from).min();
            let until = jobs().map(|job| job.until).collect::<Option<Vec<Month>>>();
            Ok(Membership {
                id,
                person,
                kpj: numbers::kpj(number, place)?,
                segment,
                since: since.ok_or(Untold::Invented("a membership"))?,
                ended: until.and_then(|months| months.into_iter().max()),
            })
        });
        numbered.collect()
    }
}
