//! The rules that code asks for by name: each with the kind of value it must have. That all of
//! them are in the data, and of that kind, is a test here.

use jiff::civil::Date;

use super::value::{Step, Value};
use super::{Citation, NotPublished, Programmes, Rate, What, When};
use crate::money::Rupiah;

/// The name of a rule whose value is an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount(pub(super) &'static str);
/// The name of a rule whose value is a part of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(pub(super) &'static str);
/// The name of a rule whose value is a number of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub(super) &'static str);
/// The name of a rule whose value is a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(pub(super) &'static str);
/// The name of a rule whose value is several words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List(pub(super) &'static str);
/// The name of a rule whose value is a rate for each slice of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps(pub(super) &'static str);

macro_rules! keys {
    ($($kind:ident { $($(#[$doc:meta])* $name:ident = $id:literal),* $(,)? })*) => {
        $($(
            $(#[$doc])*
            #[doc = concat!("`", $id, "`")]
            pub const $name: $kind = $kind($id);
        )*)*

        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$($((stringify!($kind), $id)),*),*];
    };
}

keys! {
    Amount {
        JKM_LUMP_SUM = "jkm.lump-sum",
        JKM_PERIODIC = "jkm.periodic",
        JKM_FUNERAL = "jkm.funeral",
        JKM_SCHOLARSHIP_ONCE = "jkm.scholarship-once",
        JKK_FUNERAL = "jkk.funeral",
        JKK_PERIODIC = "jkk.periodic",
        JKK_TRANSPORT_LAND = "jkk.transport-land",
        JKK_TRANSPORT_SEA = "jkk.transport-sea",
        JKK_TRANSPORT_AIR = "jkk.transport-air",
        JKP_CEILING = "jkp.ceiling",
        JP_MINIMUM = "jp.minimum",
        JP_MAXIMUM = "jp.maximum",
        JP_CEILING_ROUNDING = "jp.ceiling-rounding",
        TAX_FREE = "tax.free",
        SCHOLARSHIP_KINDERGARTEN = "scholarship.kindergarten",
        SCHOLARSHIP_PRIMARY = "scholarship.primary",
        SCHOLARSHIP_LOWER_SECONDARY = "scholarship.lower-secondary",
        SCHOLARSHIP_UPPER_SECONDARY = "scholarship.upper-secondary",
        SCHOLARSHIP_UNIVERSITY = "scholarship.university",
    }
    Share {
        PENALTY_JHT = "penalty.jht",
        PENALTY_JP = "penalty.jp",
        PENALTY_JKK = "penalty.jkk",
        PENALTY_JKM = "penalty.jkm",
        JHT_PART_HOME = "jht.part-home",
        JHT_PART_OTHER = "jht.part-other",
        TAX_ABOVE = "tax.above",
        TAX_WITHOUT_NUMBER = "tax.without-number",
        JP_ACCRUAL = "jp.accrual",
        JP_WIDOW = "jp.widow",
        JP_CHILD = "jp.child",
        JP_PARENT = "jp.parent",
        JP_DISABILITY_DENSITY = "jp.disability-density",
        JP_SURVIVOR_DENSITY = "jp.survivor-density",
        JP_LATE = "jp.late-payment",
        JKM_LATE = "jkm.late",
        JKK_LATE = "jkk.late",
        JKK_STMB_FIRST = "jkk.stmb-first",
        JKK_STMB_SECOND = "jkk.stmb-second",
        JKK_STMB_LATER = "jkk.stmb-later",
        JKK_TOTAL = "jkk.total",
        JKK_DEATH = "jkk.death",
        JKK_LOSS_BOTH_EYES = "jkk.loss-of-both-eyes",
        JKK_LOSS_ONE_EYE = "jkk.loss-of-one-eye",
        JKK_LOSS_BOTH_EARS = "jkk.loss-of-both-ears",
        JKK_LOSS_ONE_EAR = "jkk.loss-of-one-ear",
        JKK_LOSS_RIGHT_ARM = "jkk.loss-of-right-arm",
        JKK_LOSS_LEFT_ARM = "jkk.loss-of-left-arm",
        JKP_FIRST_SHARE = "jkp.first-share",
        JKP_LATER_SHARE = "jkp.later-share",
        CONSTRUCTION_JKK_OF_WAGES = "construction.jkk-of-wages",
        CONSTRUCTION_JKM_OF_WAGES = "construction.jkm-of-wages",
    }
    Count {
        WAGE_DAILY_TIMES = "wage.daily-times",
        WAGE_PIECE_RATE_MEAN = "wage.piece-rate-mean",
        WAGE_WEATHER_MEAN = "wage.weather-piece-rate-mean",
        ARREARS_MONTHS = "arrears.months",
        JHT_AGE = "jht.age",
        JHT_PART_AFTER = "jht.part-after",
        JHT_PART_TIMES = "jht.part-times",
        JHT_RESIGNATION_WAIT = "jht.resignation-wait",
        JHT_LAY_OFF_WAIT = "jht.lay-off-wait",
        JHT_PAYOUT = "jht.payout",
        TAX_TOGETHER = "tax.together",
        JP_AGE = "jp.age",
        JP_LEAST_MONTHS = "jp.least-months",
        JP_COUNTED_AS = "jp.counted-as",
        JP_DISABILITY_JOINED = "jp.disability-joined",
        JP_SURVIVOR_JOINED = "jp.survivor-joined",
        JP_FIRST_PAYMENT = "jp.first-payment",
        JKM_SCHOLARSHIP_AFTER = "jkm.scholarship-after",
        JKM_PAYOUT = "jkm.payout",
        JKK_STMB_FIRST_MONTHS = "jkk.stmb-first-months",
        JKK_STMB_SECOND_MONTHS = "jkk.stmb-second-months",
        JKK_WAGES = "jkk.wages",
        JKK_LAPSE = "jkk.lapse",
        JKK_PAYOUT = "jkk.payout",
        JKP_FIRST_MONTHS = "jkp.first-months",
        JKP_LATER_MONTHS = "jkp.later-months",
        JKP_MONTHS_PAID = "jkp.months-paid",
        JKP_WINDOW = "jkp.window",
        JKP_IN_A_ROW = "jkp.months-in-a-row",
        JKP_CLAIM_WITHIN = "jkp.claim-within",
        JKP_CLAIMS = "jkp.claims",
        JKP_AGE = "jkp.age",
        SCHOLARSHIP_CHILDREN = "scholarship.children",
        SCHOLARSHIP_UNTIL = "scholarship.until",
        SCHOLARSHIP_KINDERGARTEN_YEARS = "scholarship.kindergarten-years",
        SCHOLARSHIP_PRIMARY_YEARS = "scholarship.primary-years",
        SCHOLARSHIP_LOWER_SECONDARY_YEARS = "scholarship.lower-secondary-years",
        SCHOLARSHIP_UPPER_SECONDARY_YEARS = "scholarship.upper-secondary-years",
        SCHOLARSHIP_UNIVERSITY_YEARS = "scholarship.university-years",
    }
    Word {
        JHT_CONTRACT_END = "jht.contract-end",
        JHT_TOTAL_DISABILITY = "jht.total-disability",
        JHT_LEAVING = "jht.leaving",
        PENALTY_MONTHS_COUNTED = "penalty.months-counted",
        PENALTY_GROWTH = "penalty.growth",
        PENALTY_CAP = "penalty.cap",
    }
    List {
        JHT_DOCUMENTS = "jht.documents",
        JHT_RESIGNATION_DOCUMENT = "jht.resignation-document",
        JP_DOCUMENTS = "jp.documents",
        JKK_DOCUMENTS = "jkk.documents",
        JKM_DOCUMENTS = "jkm.documents",
        JKP_DOCUMENTS = "jkp.documents",
        HEIRS_ORDER = "heirs.order",
        HEIRS_PENSION = "heirs.pension",
    }
    Steps {
        TAX_LATER = "tax.later",
        CONSTRUCTION_JKK = "construction.jkk",
        CONSTRUCTION_JKM = "construction.jkm",
    }
}

macro_rules! asking {
    ($($(#[$doc:meta])* $method:ident($kind:ident) -> $type:ty: $pattern:pat => $value:expr;)*) => {
        impl Programmes {
            $(
                $(#[$doc])*
                pub fn $method(
                    &self,
                    key: $kind,
                    on: Date,
                ) -> Result<($type, Citation<'_>), NotPublished> {
                    match self.parameter(key.0, on)? {
                        ($pattern, citation) => Ok(($value, citation)),
                        // Of another kind: no answer, rather than a wrong one.
                        _ => Err(NotPublished {
                            what: What::Parameter(key.0),
                            when: When::Day(on),
                        }),
                    }
                }
            )*
        }
    };
}

asking! {
    /// The amount that a rule sets for a day.
    amount(Amount) -> Rupiah: Value::Rupiah(amount) => *amount;
    /// The part of something that a rule sets for a day.
    share(Share) -> Rate: Value::Percent(rate) => *rate;
    /// The number of something that a rule sets for a day.
    count(Count) -> u32: Value::Count(count, _) => *count;
    /// The word that a rule sets for a day.
    word(Word) -> &str: Value::Word(word) => word;
    /// The words that a rule sets for a day.
    list(List) -> &[String]: Value::List(words) => words;
    /// The slices that a rule sets for a day.
    steps(Steps) -> &[Step]: Value::Steps(steps) => steps;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_code_asks_for_is_in_the_data_and_of_that_kind() {
        let programmes = Programmes::shipped().unwrap();
        for (kind, id) in ALL {
            let rows = programmes.parameters.get(*id).unwrap_or_else(|| panic!("no rule {id}"));
            for dated in rows.iter() {
                let is = match &dated.value.value {
                    Value::Rupiah(_) => "Amount",
                    Value::Percent(_) => "Share",
                    Value::Count(..) => "Count",
                    Value::Word(_) => "Word",
                    Value::List(_) => "List",
                    Value::Steps(_) => "Steps",
                    Value::Unknown => continue,
                    other => panic!("{id} is {other:?}"),
                };
                assert_eq!(is, *kind, "{id}");
            }
        }
    }

    #[test]
    fn a_rule_without_a_source_is_not_reckoned_with() {
        let programmes = Programmes::shipped().unwrap();
        let on = jiff::civil::date(2025, 6, 1);
        let problem = programmes.amount(JP_MINIMUM, on).unwrap_err();
        assert_eq!(problem.to_string(), "the rule jp.minimum of 2025-06-01 is not published");
        assert!(programmes.amount(JP_MINIMUM, jiff::civil::date(2025, 2, 28)).is_ok());
    }
}
