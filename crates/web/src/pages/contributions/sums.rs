//! What a sum over months is made of, and the rules that its parts follow from, so that a pencil
//! comes to the same.

use jiff::civil::Date;
use payung_domain::contributions::duty::{Cost, Duty, Toll};
use payung_domain::contributions::history::MonthRow;
use payung_domain::money::Rupiah;
use payung_domain::programmes::{Citation, Programme, Programmes};

use super::owed::toll_lines;
use crate::page::Frame;
use crate::pages::benefits::words::Why;

/// How a sum came about.
#[derive(Clone, Debug, Default)]
pub struct Working {
    /// `Rp342.000 × 2 + Rp160.000 = Rp844.000`; empty where nothing is added up.
    pub steps: String,
    /// The rules that the parts follow from.
    pub rules: Vec<Why>,
}

/// What missing months cost in one benefit.
#[derive(Clone, Debug)]
pub struct OneCost {
    /// The sentence.
    pub said: String,
    /// How its amount came about; nothing where it has none.
    pub why: Working,
}

/// What one programme received in a year.
#[derive(Clone, Debug)]
pub struct OfYear {
    /// `JHT`
    pub programme: &'static str,
    /// The member's own parts, added up.
    pub own: String,
    /// The employers' parts, added up.
    pub employer: String,
    /// The rules that say what was due.
    pub rules: Vec<Why>,
}

/// `Rp342.000 × 2 + Rp160.000 = Rp844.000`, parts of the same size together; nothing where there is
/// nothing to add, or more than an amount can hold.
#[must_use]
pub fn steps(f: &Frame, parts: impl IntoIterator<Item = Rupiah>) -> String {
    let mut sizes: Vec<(Rupiah, u32)> = Vec::new();
    let mut sum = Rupiah::ZERO;
    for part in parts.into_iter().filter(|part| *part != Rupiah::ZERO) {
        let Some(more) = sum.checked_add(part) else { return String::new() };
        sum = more;
        match sizes.iter_mut().find(|(size, _)| *size == part) {
            Some((_, times)) => *times += 1,
            None => sizes.push((part, 1)),
        }
    }
    if sizes.is_empty() {
        return String::new();
    }
    let said = sizes.iter().map(|(size, times)| match times {
        1 => f.money(size),
        _ => format!("{} × {times}", f.money(size)),
    });
    format!("{} = {}", said.collect::<Vec<_>>().join(" + "), f.money(&sum))
}

/// Rules in words, each once.
#[must_use]
pub fn cited<'r, 'a: 'r>(f: &Frame, rules: impl IntoIterator<Item = &'r Citation<'a>>) -> Vec<Why> {
    let mut all: Vec<Citation<'a>> = Vec::new();
    for rule in rules {
        if !all.contains(rule) {
            all.push(*rule);
        }
    }
    all.iter().map(|rule| Why::of(f, rule)).collect()
}

/// What was due in these rows, where anything can be said about them.
#[must_use]
pub fn duties<'a, 'r>(
    rows: impl Iterator<Item = &'r MonthRow>,
    programmes: &'a Programmes,
    today: Date,
) -> Vec<Duty<'a>> {
    rows.filter_map(|row| Duty::of(row, programmes, today)).collect()
}

/// The rules that say what was due.
#[must_use]
pub fn due_rules(f: &Frame, duties: &[Duty<'_>]) -> Vec<Why> {
    let due = duties.iter().filter_map(|duty| duty.due.as_ref().ok());
    cited(f, due.flat_map(|due| &due.rules))
}

impl Working {
    /// What is still owed.
    #[must_use]
    pub fn of_owed(f: &Frame, duties: &[Duty<'_>]) -> Self {
        Self { steps: steps(f, duties.iter().map(|duty| duty.owed)), rules: due_rules(f, duties) }
    }

    /// The penalties for being late.
    #[must_use]
    pub fn of_penalties(f: &Frame, duties: &[Duty<'_>]) -> Self {
        let penalties = || duties.iter().filter_map(|duty| duty.penalty.as_ref());
        Self {
            steps: steps(f, penalties().filter_map(|penalty| penalty.amount)),
            rules: cited(f, penalties().flat_map(|penalty| &penalty.rules)),
        }
    }

    fn of_savings(f: &Frame, duties: &[Duty<'_>]) -> Self {
        let wanting = duties.iter().filter_map(|duty| {
            let cost = duty.costs.iter().find_map(|cost| match cost {
                Cost::Savings(amount) => Some(*amount),
                _ => None,
            });
            Some((cost?, duty.due.as_ref().ok()?))
        });
        let (amounts, due): (Vec<Rupiah>, Vec<_>) = wanting.unzip();
        Self {
            steps: steps(f, amounts),
            rules: cited(f, due.into_iter().flat_map(|due| &due.rules)),
        }
    }

    fn of_pension(f: &Frame, duties: &[Duty<'_>]) -> Self {
        let costs = duties.iter().flat_map(|duty| &duty.costs);
        let lower = costs.filter_map(|cost| match cost {
            Cost::Pension(amount, rule) | Cost::SmallerPension(amount, rule) => {
                Some((*amount, rule))
            }
            _ => None,
        });
        let (amounts, rules): (Vec<Rupiah>, Vec<&Citation<'_>>) = lower.unzip();
        Self { steps: steps(f, amounts), rules: cited(f, rules) }
    }
}

/// What all of it costs a member, a line for each benefit, and how its amount came about.
#[must_use]
pub fn costs(f: &Frame, toll: &Toll, duties: &[Duty<'_>]) -> Vec<OneCost> {
    let workings = [
        Working::of_savings(f, duties),
        Working::of_pension(f, duties),
        Working::default(),
        Working::default(),
        Working::default(),
    ];
    let lines = toll_lines(f, toll).into_iter().zip(workings);
    lines.filter_map(|(said, why)| Some(OneCost { said: said?, why })).collect()
}

/// What each programme received in these rows, part by part.
#[must_use]
pub fn of_year(f: &Frame, rows: &[MonthRow], programmes: &Programmes, today: Date) -> Vec<OfYear> {
    let of = |programme: Programme| {
        let came = || {
            rows.iter().filter(move |row| row.programme == programme && row.contribution.is_some())
        };
        let parts = || came().filter_map(|row| row.contribution.as_ref());
        let duties = duties(came(), programmes, today);
        let own = steps(f, parts().map(|part| part.worker_part));
        let employer = steps(f, parts().map(|part| part.employer_part));
        let rules = due_rules(f, &duties);
        OfYear { programme: programme.code(), own, employer, rules }
    };
    let all = Programme::ALL.into_iter().map(of);
    all.filter(|one| !one.own.is_empty() || !one.employer.is_empty()).collect()
}
