//! Invented lives: who people are, where they worked, what was paid and what came of it.
//!
//! Pure: the same seed, day and rules tell the same lives, one by one, so a million of them need
//! no more memory than one. Who can sign in, and how, is not told here.

use jiff::civil::Date;
use payung_domain::contact::{Email, Phone, UserName};
use payung_domain::contributions::Contribution;
use payung_domain::contributions::wage_answers::WageAnswer;
use payung_domain::employers::{Employer, Employment};
use payung_domain::ledger::{LedgerProblem, Posting};
use payung_domain::members::{Membership, Person};
use payung_domain::programmes::{NotPublished, Programmes};

mod answers;
mod careers;
mod chance;
mod firms;
mod named;
mod names;
mod numbers;
mod story;
mod strangers;
#[cfg(test)]
mod tests;

use chance::Chance;
use story::Telling;

pub use firms::employers;

/// Somebody of the demonstration, with everything the programme knows about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    /// Which of the named people this is; nobody in particular otherwise.
    pub role: Option<Role>,
    /// The person.
    pub person: Person,
    /// The name to sign in with: `siti`, or `m007` and on.
    pub user_name: UserName,
    /// The address for mail.
    pub email: Email,
    /// The number for text messages, for those who have one.
    pub phone: Option<Phone>,
    /// The member numbers, the oldest first.
    pub memberships: Vec<Membership>,
    /// Where the person worked, the oldest first.
    pub employments: Vec<Employment>,
    /// What was received, job by job.
    pub contributions: Vec<Contribution>,
    /// The savings ledgers, membership by membership.
    pub postings: Vec<Posting>,
    /// What the person said about reported wages.
    pub wage_answers: Vec<WageAnswer>,
}

/// The people whom the documentation calls by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Wage earner with one late, one short and two missing months, paid above the JP ceiling. She
    /// said which wage was right and which was not.
    Siti,
    /// Self-employed courier, reached by e-mail only.
    Budi,
    /// Two member numbers that are not merged.
    Dewi,
    /// Pensioner with payouts and thirty years of savings.
    Agus,
    /// An ordinary member, whose account is locked.
    Rina,
    /// A member who has not activated the membership yet.
    Wayan,
}

impl Role {
    /// All six, in the order of their stories.
    pub const ALL: [Self; 6] =
        [Self::Siti, Self::Budi, Self::Dewi, Self::Agus, Self::Rina, Self::Wayan];

    /// The name to sign in with, and the one before the @.
    #[must_use]
    pub const fn user_name(self) -> &'static str {
        match self {
            Self::Siti => "siti",
            Self::Budi => "budi",
            Self::Dewi => "dewi",
            Self::Agus => "agus",
            Self::Rina => "rina",
            Self::Wayan => "wayan",
        }
    }
}

/// Why a life could not be told.
#[derive(Debug, thiserror::Error)]
pub enum Untold {
    /// Something that was invented is not written as such a thing is.
    #[error("inventing {0}")]
    Invented(&'static str),
    /// The savings do not add up.
    #[error("booking the savings of a life")]
    Savings(#[from] LedgerProblem),
    /// A rule that the contributions need is not among the rules.
    #[error("paying the contributions of a life")]
    Rule(#[from] NotPublished),
}

/// The lives of so many members: the six named ones first, then members nobody knows.
///
/// A life does not depend on how many others there are.
pub fn lives<'a>(
    seed: u64,
    count: usize,
    today: Date,
    firms: &'a [Employer],
    programmes: &'a Programmes,
) -> impl Iterator<Item = Result<Life, Untold>> + use<'a> {
    let numbers = 1..=u32::try_from(count.max(Role::ALL.len())).unwrap_or(u32::MAX);
    numbers.map(move |number| {
        let telling =
            Telling { number, today, firms, programmes, chance: Chance::of(seed, number) };
        let role = usize::try_from(number - 1).ok().and_then(|place| Role::ALL.get(place));
        let story = match role {
            Some(&role) => named::story(role, &telling),
            None => strangers::story(&telling),
        };
        story?.told(&telling)
    })
}
