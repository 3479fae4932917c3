//! What a claim brings, with its reasons: where the money comes from, and what is withheld by which
//! rules.

use payung_domain::programmes::Citation;
use payung_flows::claims::View;

use super::Sums;
use crate::page::Frame;
use crate::pages::benefits::words::Why;
use crate::pages::contributions::sums::cited;

/// What is paid, or was, ready to be explained.
#[derive(Clone, Debug)]
pub struct Paid {
    /// How much.
    pub sums: Sums,
    /// Whether it is paid already.
    pub is_paid: bool,
    /// The rules that say what is withheld.
    pub rules: Vec<Why>,
}

impl Paid {
    /// What a claim brought, or would bring as things are now.
    #[must_use]
    pub fn of(f: &Frame, view: &View<'_>) -> Option<Self> {
        if let Some(sums) = Sums::paid(&view.claim) {
            return Some(Self { sums, is_paid: true, rules: cited(f, &view.tax) });
        }
        let right = view.right.as_ref().filter(|_| !view.claim.stage.is_over());
        let right = right.and_then(|right| right.as_ref().ok())?;
        let sums = Sums::of(right.payable.as_ref()?);
        let of_tax = |rule: &&Citation<'_>| rule.what.rule().starts_with("tax.");
        let rules = cited(f, right.rules.iter().filter(of_tax));
        Some(Self { sums, is_paid: false, rules })
    }

    /// Where the savings are explained that it comes from.
    pub(super) const fn address(&self) -> &'static str {
        if self.is_paid { "/transactions?kind=payout" } else { "/balance" }
    }

    /// `Rp60.000.000 − Rp500.000 = Rp59.500.000`
    pub(super) fn working(&self, f: &Frame) -> String {
        let Sums { gross, tax, net } = self.sums;
        format!("{} − {} = {}", f.money(&gross), f.money(&tax), f.money(&net))
    }
}
