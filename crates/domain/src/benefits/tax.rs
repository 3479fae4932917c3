//! Tax on savings and pensions that are paid in one sum or in a few parts (PP 68/2009).

use jiff::civil::Date;

use crate::money::Rupiah;
use crate::programmes::{Citation, Programmes, Rate, Rounding, keys};

use super::Refused;

/// A part that was paid, and what is withheld from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taxed<'a> {
    /// The day it is paid.
    pub on: Date,
    /// Before tax.
    pub gross: Rupiah,
    /// The tax.
    pub tax: Rupiah,
    /// Whether that is all there is to it; ordinary tax can be counted against what is owed for
    /// the year.
    pub is_final: bool,
    /// The rules.
    pub rules: Vec<Citation<'a>>,
}

/// What is withheld from each part, the earliest first, whatever order they come in.
///
/// Parts of the first calendar years are added up: a part is free, the rest has one rate, and that
/// is final. What is paid later has the ordinary rates on what a calendar year brings, and more of
/// them without a tax number.
pub fn withheld<'a>(
    programmes: &'a Programmes,
    parts: &[(Date, Rupiah)],
    has_tax_number: bool,
) -> Result<Vec<Taxed<'a>>, Refused> {
    let mut parts = parts.to_vec();
    parts.sort_by_key(|(on, _)| *on);
    let Some(first) = parts.first().map(|(on, _)| *on) else { return Ok(Vec::new()) };
    let (years, together) = programmes.count(keys::TAX_TOGETHER, first)?;
    let (free, free_rule) = programmes.amount(keys::TAX_FREE, first)?;
    let (above, above_rule) = programmes.share(keys::TAX_ABOVE, first)?;
    let within = i16::try_from(years).unwrap_or(i16::MAX);
    let final_tax = |gross: Rupiah| {
        let over = gross.checked_sub(free).unwrap_or(Rupiah::ZERO).max(Rupiah::ZERO);
        Rounding::WHOLE_RUPIAH.share(over, &[above])
    };

    let mut taxed: Vec<Taxed<'a>> = Vec::with_capacity(parts.len());
    for (on, gross) in parts {
        let is_final = on.year() - first.year() < within;
        let before = taxed
            .iter()
            .filter(|part| if is_final { part.is_final } else { part.on.year() == on.year() })
            .map(|part| part.gross);
        let before = Rupiah::checked_sum(before).ok_or(Refused::TooLarge)?;
        let after = before.checked_add(gross).ok_or(Refused::TooLarge)?;
        let (tax, rules) = if is_final {
            let tax = final_tax(after).checked_sub(final_tax(before));
            (tax, vec![free_rule, above_rule, together])
        } else {
            let (steps, ordinary_rule) = programmes.steps(keys::TAX_LATER, on)?;
            let (more, more_rule) = programmes.share(keys::TAX_WITHOUT_NUMBER, on)?;
            let ordinary = |gross| {
                let tax = Rounding::WHOLE_RUPIAH.progressive(gross, steps);
                let more = if has_tax_number { Rate::NOTHING } else { more };
                tax.checked_add(Rounding::WHOLE_RUPIAH.share(tax, &[more]))
            };
            let tax = ordinary(after).zip(ordinary(before));
            let mut rules = vec![ordinary_rule];
            rules.extend((!has_tax_number).then_some(more_rule));
            (tax.and_then(|(after, before)| after.checked_sub(before)), rules)
        };
        taxed.push(Taxed { on, gross, tax: tax.ok_or(Refused::TooLarge)?, is_final, rules });
    }
    Ok(taxed)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

    proptest! {
        #[test]
        fn tax_is_never_below_nothing_nor_above_what_is_paid(
            parts in proptest::collection::vec((0_i16..5, 1_i64..900_000_000), 1..8),
            has_tax_number: bool,
        ) {
            let programmes = &*PROGRAMMES;
            let parts: Vec<_> = parts
                .iter()
                .map(|&(years, amount)| (date(2024 + years, 3, 1), Rupiah::new(amount)))
                .collect();
            let taxed = withheld(programmes, &parts, has_tax_number).unwrap();
            prop_assert_eq!(taxed.len(), parts.len());
            for part in &taxed {
                prop_assert!(part.tax >= Rupiah::ZERO && part.tax <= part.gross);
            }
            // Splitting within the first two years changes nothing.
            let sum = Rupiah::checked_sum(taxed.iter().filter(|p| p.is_final).map(|p| p.gross));
            let together = withheld(programmes, &[(taxed[0].on, sum.unwrap())], true).unwrap();
            let tax = Rupiah::checked_sum(taxed.iter().filter(|p| p.is_final).map(|p| p.tax));
            prop_assert_eq!(Some(together[0].tax), tax);
        }
    }

    #[test]
    fn an_amount_past_the_end_is_an_error_not_a_panic() {
        let programmes = &*PROGRAMMES;
        let parts = [(date(2026, 1, 1), Rupiah::new(i64::MAX)), (date(2026, 2, 1), Rupiah::new(1))];
        assert_eq!(withheld(programmes, &parts, true), Err(Refused::TooLarge));
        assert_eq!(withheld(programmes, &[], true), Ok(Vec::new()));
    }
}
