//! What counts as a month's wage for people who are not paid by the month.

use jiff::civil::Date;

use crate::money::Rupiah;

use super::{Citation, NotPublished, Programmes, Rounding, What, When, keys};

/// How somebody is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pay<'a> {
    /// Basic wage and fixed allowances of a month.
    Monthly(Rupiah),
    /// The wage of a day.
    Daily(Rupiah),
    /// By the piece: what the last months brought, the latest last.
    Pieces(&'a [Rupiah]),
    /// By the piece, where the work depends on the weather.
    PiecesInTheWeather(&'a [Rupiah]),
}

impl Programmes {
    /// The month's wage that contributions are reckoned from. With fewer months than the mean
    /// asks for, it is the mean of those there are.
    pub fn monthly_wage(
        &self,
        pay: Pay<'_>,
        on: Date,
    ) -> Result<(Rupiah, Option<Citation<'_>>), NotPublished> {
        let mean = |months: &[Rupiah], key| {
            let (count, rule) = self.count(key, on)?;
            let shown = months.len().min(usize::try_from(count).unwrap_or(usize::MAX));
            let sum = Rupiah::checked_sum(months[months.len() - shown..].iter().copied());
            let parts = u64::try_from(shown).unwrap_or(0);
            sum.and_then(|sum| Rounding::WHOLE_RUPIAH.fraction(sum, 1, parts))
                .map(|wage| (wage, Some(rule)))
                .ok_or(NotPublished { what: What::Parameter(key.0), when: When::Day(on) })
        };
        match pay {
            Pay::Monthly(wage) => Ok((wage, None)),
            Pay::Daily(wage) => {
                let key = keys::WAGE_DAILY_TIMES;
                let (times, rule) = self.count(key, on)?;
                Rounding::WHOLE_RUPIAH
                    .fraction(wage, u64::from(times), 1)
                    .map(|wage| (wage, Some(rule)))
                    .ok_or(NotPublished { what: What::Parameter(key.0), when: When::Day(on) })
            }
            Pay::Pieces(months) => mean(months, keys::WAGE_PIECE_RATE_MEAN),
            Pay::PiecesInTheWeather(months) => mean(months, keys::WAGE_WEATHER_MEAN),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_counts_twenty_five_times_and_pieces_by_their_mean() {
        let programmes = Programmes::shipped().unwrap();
        let wage = |pay| programmes.monthly_wage(pay, date(2026, 1, 1)).map(|(wage, _)| wage.get());
        let pieces = [9, 1, 2, 6].map(Rupiah::new);
        assert_eq!(wage(Pay::Monthly(Rupiah::new(7))), Ok(7));
        assert_eq!(wage(Pay::Daily(Rupiah::new(200_000))), Ok(5_000_000));
        assert_eq!(wage(Pay::Pieces(&pieces)), Ok(3));
        assert_eq!(wage(Pay::PiecesInTheWeather(&pieces)), Ok(5));
        assert!(wage(Pay::Pieces(&[])).is_err());
        assert!(wage(Pay::Daily(Rupiah::new(i64::MAX))).is_err());
    }
}
