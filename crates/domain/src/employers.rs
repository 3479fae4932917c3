//! Employers and who works for whom. What they owe is asked of `programmes`.

use serde::{Deserialize, Serialize};

use crate::ids::{EmployerId, MembershipId, Npp};
use crate::members::Segment;
use crate::month::Month;

/// How dangerous the work of an industry is; decides on the JKK rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RiskClass {
    /// Very low.
    I,
    /// Low.
    II,
    /// Medium.
    III,
    /// High.
    IV,
    /// Very high.
    V,
}

impl RiskClass {
    /// All five, from the safest.
    pub const ALL: [Self; 5] = [Self::I, Self::II, Self::III, Self::IV, Self::V];

    /// The Roman number people write.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::I => "I",
            Self::II => "II",
            Self::III => "III",
            Self::IV => "IV",
            Self::V => "V",
        }
    }

    /// The class with this Roman number.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// The size of a firm by its capital or sales; decides which programmes it must join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FirmSize {
    /// Up to 1 billion rupiah of capital or 2 billion of sales a year.
    Micro,
    /// Up to 5 billion of capital or 15 billion of sales.
    Small,
    /// Above small, below large.
    Medium,
    /// The largest.
    Large,
}

impl FirmSize {
    /// All four, from the smallest.
    pub const ALL: [Self; 4] = [Self::Micro, Self::Small, Self::Medium, Self::Large];

    /// The word it is kept under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Micro => "micro",
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The size that is kept under this word.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }
}

/// An employer, or one of its units with a number of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Employer {
    /// Our own id for the employer.
    pub id: EmployerId,
    /// The employer number.
    pub npp: Npp,
    /// The firm's name.
    pub name: String,
    /// The risk class of its industry.
    pub risk_class: RiskClass,
    /// Its size.
    pub size: FirmSize,
}

/// The kind of work the self-employed do, as far as a rule asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trade {
    /// Drivers and couriers, with or without a platform.
    Transport,
    /// Everything else.
    Other,
}

impl Trade {
    /// The word it is kept under.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Transport => "transport",
            Self::Other => "other",
        }
    }

    /// The trade that is kept under this word.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        [Self::Transport, Self::Other].into_iter().find(|trade| trade.code() == code)
    }
}

/// For whom somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// For an employer, who pays and reports.
    For(EmployerId),
    /// On the own account, in this trade.
    Own(Trade),
}

/// A stretch of work under one member number, for one employer or on the own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Employment {
    /// Under which member number.
    pub membership: MembershipId,
    /// For whom.
    pub work: Work,
    /// The first month of it.
    pub from: Month,
    /// The last month of it; open while it lasts.
    pub until: Option<Month>,
}

impl Employment {
    /// The employer, if there is one.
    #[must_use]
    pub const fn employer(&self) -> Option<EmployerId> {
        match self.work {
            Work::For(employer) => Some(employer),
            Work::Own(_) => None,
        }
    }

    /// How this work belongs to the programme.
    #[must_use]
    pub const fn segment(&self) -> Segment {
        match self.work {
            Work::For(_) => Segment::WageEarner,
            Work::Own(_) => Segment::SelfEmployed,
        }
    }

    /// Every month of it so far, the first one first.
    pub fn months_up_to(&self, this_month: Month) -> impl Iterator<Item = Month> + use<> {
        let last = self.until.map_or(this_month, |until| until.min(this_month));
        self.from.through(last)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_kept_reads_back_as_what_it_was() {
        for class in RiskClass::ALL {
            assert_eq!(RiskClass::coded(class.code()), Some(class));
        }
        for size in FirmSize::ALL {
            assert_eq!(FirmSize::coded(size.code()), Some(size));
        }
        for trade in [Trade::Transport, Trade::Other] {
            assert_eq!(Trade::coded(trade.code()), Some(trade));
        }
        assert_eq!(RiskClass::coded("VI"), None);
    }

    #[test]
    fn work_that_lasts_has_months_until_today_and_none_before_it_began() {
        let month = |number| Month::try_from(number).unwrap();
        let work = Employment {
            membership: MembershipId(Uuid::nil()),
            work: Work::Own(Trade::Transport),
            from: month(202_511),
            until: None,
        };
        assert_eq!(work.months_up_to(month(202_601)).count(), 3);
        assert_eq!(work.months_up_to(month(202_510)).count(), 0);
        let ended = Employment { until: Some(month(202_512)), ..work };
        assert_eq!(ended.months_up_to(month(202_601)).last(), Some(month(202_512)));
    }
}
