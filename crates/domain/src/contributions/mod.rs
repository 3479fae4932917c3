//! Contributions as they were received: facts. Which are awaited or missing is `history`'s
//! business, what they should have been is asked of `programmes`.

use jiff::civil::Date;

use crate::ids::{EmployerId, MembershipId};
use crate::money::Rupiah;
use crate::month::Month;
use crate::programmes::Programme;

pub mod duty;
pub mod history;
pub mod overview;
pub mod place;
pub mod wage_answers;

/// One programme's money for one month of one employment, as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month of work it is for.
    pub month: Month,
    /// The programme it went to.
    pub programme: Programme,
    /// Who paid; nobody but the member when self-employed.
    pub employer: Option<EmployerId>,
    /// The wage that was reported, or the income that was stated.
    pub wage: Rupiah,
    /// What the rates were applied to, after ceilings and bands.
    pub base: Rupiah,
    /// The employer's share.
    pub employer_part: Rupiah,
    /// The worker's own share.
    pub worker_part: Rupiah,
    /// The last day on which it was in time.
    pub due_on: Date,
    /// The day it came.
    pub received_on: Date,
}

impl Contribution {
    /// Both shares together, or `None` past what the ledger can hold.
    #[must_use]
    pub const fn total(&self) -> Option<Rupiah> {
        self.employer_part.checked_add(self.worker_part)
    }

    /// How many days after its due date it came; zero when in time.
    #[must_use]
    pub(crate) fn days_late(&self) -> u32 {
        days_between(self.due_on, self.received_on)
    }
}

/// Whole days from one date to a later one; zero when it is not later.
fn days_between(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).get_days()).unwrap_or(0)
}
