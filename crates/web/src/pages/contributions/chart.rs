//! Bars per year, own part and employer's part: worked out here, drawn by the template.
//!
//! Lengths are shares of the width in thousandths, so that one drawing fits every screen while its
//! labels keep their size. The axis begins at zero.

use payung_domain::money::Rupiah;

use super::history::YearSum;
use crate::page::Frame;

/// Years beyond this many stay in the table below the chart: it has to fit six kilobytes.
const MOST_BARS: usize = 12;
/// Height of a bar with its label.
const STEP: usize = 44;

/// A finished drawing.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The finding, in a sentence.
    pub title: String,
    /// The range, in a sentence.
    pub description: String,
    /// Newest first.
    pub bars: Vec<Bar>,
    /// Height of the whole drawing.
    pub height: usize,
}

/// One year.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The year.
    pub year: i16,
    /// What is written above the bar on the right.
    pub amount: String,
    /// Where its label stands.
    pub label_at: usize,
    /// Where the bar stands.
    pub bar_at: usize,
    /// Length of the own part, such as `31.7%`.
    pub own: String,
    /// Length of the employer's part.
    pub employer: String,
}

impl Chart {
    /// The drawing of these years; `None` when there is nothing to compare.
    #[must_use]
    pub fn of(f: &Frame, years: &[YearSum]) -> Option<Self> {
        let shown = &years[..years.len().min(MOST_BARS)];
        let longest = shown.iter().map(|year| year.total).max()?;
        let (newest, oldest) = (shown.first()?, shown.last()?);
        if shown.len() < 2 || longest <= Rupiah::ZERO {
            return None;
        }
        let most = shown.iter().find(|year| year.total == longest)?;
        let bars = shown.iter().enumerate().map(|(place, year)| Bar {
            year: year.year,
            amount: f.money(&year.total),
            label_at: place * STEP + 16,
            bar_at: place * STEP + 22,
            own: share(year.own, longest),
            employer: share(year.employer, longest),
        });
        Some(Self {
            title: f.t2("chart-title", "year", most.year, "amount", f.money(&longest)),
            description: f.t2("chart-description", "from", oldest.year, "to", newest.year),
            bars: bars.collect(),
            height: shown.len() * STEP,
        })
    }
}

/// A part of the longest bar in tenths of a percent; negative parts have no length.
fn share(part: Rupiah, longest: Rupiah) -> String {
    let thousandths = i128::from(part.get().max(0)) * 1000 / i128::from(longest.get().max(1));
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_shares_of_the_longest_bar() {
        let of = |part| share(Rupiah::new(part), Rupiah::new(3_000));
        assert_eq!([of(3_000), of(1_000), of(0), of(-5)], ["100.0%", "33.3%", "0.0%", "0.0%"]);
        assert_eq!(share(Rupiah::new(i64::MAX), Rupiah::new(i64::MAX)), "100.0%");
    }
}
