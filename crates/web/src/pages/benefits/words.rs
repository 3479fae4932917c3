//! Estimates in words: what is paid and when, how it was worked out, and why nothing is.

use payung_domain::benefits::facts::Standing;
use payung_domain::benefits::{
    Assumption, Condition, Every, Factor, Item, Line, Loss, Pays, Refused, School, Terms,
};
use payung_domain::money::Rupiah;
use payung_domain::programmes::{Citation, Programme, Value};
use payung_flows::benefits::{Case, Estimate, OfProgramme as Known};
use payung_flows::rules;

use crate::page::Frame;

/// One programme, ready to be shown.
#[derive(Clone, Debug)]
pub struct OfProgramme {
    /// Its letters.
    pub letters: &'static str,
    /// Who pays for it and what it is for.
    pub about: String,
    /// How the member stands, or since when the right is there.
    pub facts: Vec<String>,
    /// Case by case.
    pub cases: Vec<OneCase>,
    /// What is taken for granted.
    pub assumptions: Vec<String>,
    /// Papers and clocks.
    pub terms: Vec<Term>,
}

/// What has to be kept to, beside what is paid.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it is.
    pub what: String,
    /// What it says, and where that comes from.
    pub said: String,
    /// The rule behind an amount; none where it says none.
    pub rules: Vec<Why>,
}

impl Term {
    const fn plain(what: String, said: String) -> Self {
        Self { what, said, rules: Vec::new() }
    }

    /// A rule by its name, and what it says with where it comes from.
    #[must_use]
    pub fn of(f: &Frame, value: &Value, rule: &Citation<'_>) -> Self {
        let says = rules::value(f.language, value);
        let is_amount = matches!(value, Value::Rupiah(_) | Value::Amounts(_));
        Self {
            what: rules::name(f.language, &rule.what.rule()),
            said: format!("{says} ({})", rules::source(f.language, rule.source)),
            rules: is_amount.then(|| Why::of(f, rule)).into_iter().collect(),
        }
    }
}

/// One case, ready to be shown.
#[derive(Clone, Debug)]
pub struct OneCase {
    /// When it is paid.
    pub title: String,
    /// What is paid.
    pub lines: Vec<OneLine>,
    /// Why nothing is.
    pub refused: Option<String>,
}

/// One amount, ready to be shown.
#[derive(Clone, Debug)]
pub struct OneLine {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: Rupiah,
    /// Its name for scripts.
    pub name: String,
    /// How often.
    pub often: String,
    /// The multiplication with its numbers; empty where a rule names the amount.
    pub working: String,
    /// The rules it follows from.
    pub rules: Vec<Why>,
    /// Where else it is explained; empty where it is explained here.
    pub address: &'static str,
}

/// A rule behind an amount.
#[derive(Clone, Debug)]
pub struct Why {
    /// What it is called.
    pub name: String,
    /// Article, letter or page.
    pub source: String,
    /// How sure, and since when.
    pub sure: String,
}

impl Why {
    /// A citation in words.
    #[must_use]
    pub fn of(f: &Frame, rule: &Citation<'_>) -> Self {
        let since = f.date(&rule.from);
        let sure = rules::mark(f.language, rule.mark);
        Self {
            name: rules::name(f.language, &rule.what.rule()),
            source: rules::source(f.language, rule.source),
            sure: f.t2("why-since", "date", since, "sure", sure),
        }
    }
}

impl OfProgramme {
    /// An estimate in words, for somebody who is paid a wage or works on the own account.
    #[must_use]
    pub fn of(f: &Frame, known: &Known<'_>, works_alone: bool) -> Self {
        let letters = known.programme.code();
        let from = known.from.map(|from| match known.first_paid {
            Some(first) => {
                f.t2("benefits-pension-from", "date", f.date(&from), "first", f.date(&first))
            }
            None => f.t1("benefits-savings-from", "date", f.date(&from)),
        });
        let standing = known.standing.map(|standing| match (standing, known.programme) {
            (Standing::Behind(months), Programme::Jkk) if works_alone => {
                f.t1("standing-behind-own-jkk", "n", months)
            }
            (Standing::Behind(months), Programme::Jkm) if works_alone => {
                f.t1("standing-behind-own-jkm", "n", months)
            }
            _ => says_standing(f, standing),
        });
        Self {
            letters,
            about: f.t(match known.programme {
                Programme::Jht if works_alone => "benefits-about-jht-own",
                Programme::Jkk if works_alone => "benefits-about-jkk-own",
                Programme::Jkm if works_alone => "benefits-about-jkm-own",
                Programme::Jht => "benefits-about-jht",
                Programme::Jp => "benefits-about-jp",
                Programme::Jkk => "benefits-about-jkk",
                Programme::Jkm => "benefits-about-jkm",
                Programme::Jkp => "benefits-about-jkp",
            }),
            facts: from.into_iter().chain(standing).collect(),
            cases: known.cases.iter().map(|case| OneCase::of(f, letters, case)).collect(),
            assumptions: known.assumptions.iter().map(|one| says_assumption(f, *one)).collect(),
            terms: says_terms(f, &known.terms),
        }
    }
}

impl OneCase {
    fn of(f: &Frame, letters: &str, known: &Estimate<'_>) -> Self {
        let (key, code) = match known.case {
            Case::WorkEnds => ("case-work-ends", "work-ends"),
            Case::PartBefore => ("case-part-before", "part"),
            Case::OldAge => ("case-old-age", "old-age"),
            Case::DisabledBefore => ("case-disabled-before", "disabled"),
            Case::DiedBefore => ("case-died-before", "died"),
            Case::DiedAfter => ("case-died-after", "died"),
            Case::UnableToWork(_) => ("case-unable-to-work", "unable"),
            Case::PartLost => ("case-part-lost", "lost"),
            Case::TotalDisability => ("case-total-disability", "disability"),
            Case::DeathAtWork => ("case-death-at-work", "death"),
            Case::Transport => ("case-transport", "transport"),
            Case::Death => ("case-death", "death"),
            Case::Children => ("case-children", "children"),
            Case::LaidOff => ("case-laid-off", "laid-off"),
        };
        let (lines, refused) = match &known.lines {
            Ok(lines) => (lines.as_slice(), None),
            Err(refused) => (&[][..], Some(says_refused(f, refused))),
        };
        let letters = letters.to_lowercase();
        let said = (1..).zip(lines).map(|(number, line): (u32, _)| {
            OneLine::of(f, format!("{letters}-{code}-{number}"), line, lines)
        });
        let title = match known.case {
            Case::UnableToWork(months) => f.t1(key, "n", months),
            _ => f.t(key),
        };
        Self { title, lines: said.collect(), refused }
    }
}

impl OneLine {
    fn of(f: &Frame, name: String, line: &Line<'_>, all: &[Line<'_>]) -> Self {
        let often = match line.pays {
            Pays::Once(_) => f.t("pays-once"),
            Pays::AtMost(_) => f.t("pays-at-most"),
            Pays::Months(_, months) => f.t1("pays-months", "n", months),
            Pays::Monthly(_) => f.t("pays-monthly"),
            Pays::Yearly(_, years) => f.t1("pays-yearly", "n", years),
            Pays::Less(_) => f.t("pays-less"),
        };
        let amount = match line.pays {
            Pays::Less(amount) => amount.negated(),
            other => other.amount(),
        };
        Self {
            label: f.t(label(line.item)),
            amount,
            name,
            often,
            working: if line.working.is_empty() {
                says_sum(f, line, all)
            } else {
                says_working(f, &line.working)
            },
            rules: line.rules.iter().map(|rule| Why::of(f, rule)).collect(),
            address: if line.item == Item::SavedToday { "/balance" } else { "" },
        }
    }
}

pub(crate) const fn label(item: Item) -> &'static str {
    match item {
        Item::Savings => "item-savings",
        Item::SavedToday => "item-saved-today",
        Item::ContributionsToCome => "item-contributions-to-come",
        Item::ReturnsToCome => "item-returns-to-come",
        Item::Tax => "item-tax",
        Item::AfterTax => "item-after-tax",
        Item::PartForHome => "item-part-for-home",
        Item::PartForOther => "item-part-for-other",
        Item::Pension => "item-pension",
        Item::PensionBounded => "item-pension-bounded",
        Item::PensionInOneSum => "item-pension-in-one-sum",
        Item::DisabilityPension => "item-disability-pension",
        Item::WidowPension => "item-widow-pension",
        Item::ChildPension => "item-child-pension",
        Item::ChildAfterWidowPension => "item-child-after-widow-pension",
        Item::ParentPension => "item-parent-pension",
        Item::UnableToWork => "item-unable-to-work",
        Item::PartLost => "item-part-lost",
        Item::Lost(Loss::BothEyes) => "item-both-eyes",
        Item::Lost(Loss::OneEye) => "item-one-eye",
        Item::Lost(Loss::BothEars) => "item-both-ears",
        Item::Lost(Loss::OneEar) => "item-one-ear",
        Item::Lost(Loss::RightArm) => "item-right-arm",
        Item::Lost(Loss::LeftArm) => "item-left-arm",
        Item::PartWeaker => "item-part-weaker",
        Item::TotalDisability => "item-total-disability",
        Item::DeathAtWork => "item-death-at-work",
        Item::Death => "item-death",
        Item::Periodic => "item-periodic",
        Item::Funeral => "item-funeral",
        Item::TransportLand => "item-transport-land",
        Item::TransportSea => "item-transport-sea",
        Item::TransportAir => "item-transport-air",
        Item::ScholarshipOnce => "item-scholarship-once",
        Item::Scholarship(School::Kindergarten) => "item-kindergarten",
        Item::Scholarship(School::Primary) => "item-primary",
        Item::Scholarship(School::LowerSecondary) => "item-lower-secondary",
        Item::Scholarship(School::UpperSecondary) => "item-upper-secondary",
        Item::Scholarship(School::University) => "item-university",
        Item::Cash => "item-cash",
        Item::CashLater => "item-cash-later",
    }
}

fn says_working(f: &Frame, factors: &[Factor]) -> String {
    let said = factors.iter().map(|factor| match factor {
        Factor::Amount(amount) => f.money(amount),
        Factor::Share(rate) => f.percent(rate),
        Factor::Times(times) => times.to_string(),
        Factor::Part(part, of) => format!("{part}/{of}"),
    });
    said.collect::<Vec<_>>().join(" × ")
}

/// `Rp12.000.000 + Rp2.850.000 + Rp275.940 = Rp15.125.940`, where a line is what others come to;
/// nothing where a rule names the amount.
fn says_sum(f: &Frame, line: &Line<'_>, all: &[Line<'_>]) -> String {
    let (parts, sign) = match line.item {
        Item::Savings => {
            (vec![Item::SavedToday, Item::ContributionsToCome, Item::ReturnsToCome], " + ")
        }
        Item::AfterTax => (vec![Item::Savings, Item::Tax], " − "),
        _ => return String::new(),
    };
    let amount = |item: &Item| {
        all.iter().find(|one| one.item == *item).map(|one| f.money(&one.pays.amount()))
    };
    let said: Option<Vec<String>> = parts.iter().map(amount).collect();
    said.map(|said| format!("{} = {}", said.join(sign), f.money(&line.pays.amount())))
        .unwrap_or_default()
}

/// Why nothing is paid, in words.
pub(crate) fn says_refused(f: &Frame, refused: &Refused) -> String {
    match refused {
        Refused::NotPublished(unknown) => {
            let (name, on) = (rules::name(f.language, &unknown.what.rule()), unknown.when.day());
            f.t2("refused-not-published", "rule", name, "date", f.date(&on))
        }
        Refused::TooLarge => f.t("refused-too-large"),
        Refused::Condition(condition) => match *condition {
            Condition::MonthsPaid { have, need } => {
                f.t2("refused-months-paid", "have", have, "need", need)
            }
            Condition::MonthsInARow { have, need } => {
                f.t2("refused-months-in-a-row", "have", have, "need", need)
            }
            Condition::From(day) => f.t1("refused-from", "date", f.date(&day)),
            Condition::Often(times) => f.t1("refused-often", "n", times),
            Condition::Density { have, need } => {
                let (have, need) = (f.percent(&have), f.percent(&need));
                f.t2("refused-density", "have", have, "need", need)
            }
            Condition::Lapsed(day) => f.t1("refused-lapsed", "date", f.date(&day)),
            Condition::WageEarnersOnly => f.t("refused-wage-earners-only"),
            Condition::ActiveOnly => f.t("refused-active-only"),
            Condition::NoWage => f.t("refused-no-wage"),
            Condition::Children(most) => f.t1("refused-children", "n", most),
            Condition::TooOld(age) => f.t1("refused-too-old", "n", age),
            Condition::NothingPaid => f.t("refused-nothing-paid"),
            Condition::NotSaving => f.t("refused-not-saving"),
            Condition::Unpaid(months) => f.t1("standing-no-right", "n", months),
        },
    }
}

/// What is taken for granted, in words.
fn says_assumption(f: &Frame, assumption: Assumption) -> String {
    match assumption {
        Assumption::EveryMonthPaid => f.t("assume-every-month-paid"),
        Assumption::NothingMorePaid => f.t("assume-nothing-more-paid"),
        Assumption::WageRises(rate) => f.t1("assume-wage-rises", "rate", f.percent(&rate)),
        Assumption::ReturnAssumed(rate) => f.t1("assume-return", "rate", f.percent(&rate)),
        Assumption::ReturnSupposed(rate) => {
            f.t1("assume-return-supposed", "rate", f.percent(&rate))
        }
        Assumption::ReturnDeclared(rate) => {
            f.t1("assume-return-declared", "rate", f.percent(&rate))
        }
        Assumption::WageStays => f.t("assume-wage-stays"),
        Assumption::RulesStay => f.t("assume-rules-stay"),
        Assumption::OneSum => f.t("assume-one-sum"),
        Assumption::WagesNotIndexed => f.t("assume-wages-not-indexed"),
        Assumption::NoPensionReturn => f.t("assume-no-pension-return"),
        Assumption::NoPensionBounds => f.t("assume-no-pension-bounds"),
        Assumption::WageAsReported => f.t("assume-wage-as-reported"),
        Assumption::WageAsTyped => f.t("assume-wage-as-typed"),
        Assumption::EventToday => f.t("assume-event-today"),
        Assumption::NotAskedBefore => f.t("assume-not-asked-before"),
        Assumption::OneChildThroughSchool => f.t("assume-one-child"),
        Assumption::RegisteredInTime => f.t("assume-registered-in-time"),
        Assumption::TableNotLoaded => f.t("assume-table-not-loaded"),
        Assumption::LaidOffAndInsured => f.t("assume-laid-off-and-insured"),
        Assumption::DisabledForGood => f.t("assume-disabled-for-good"),
    }
}

pub(crate) fn says_standing(f: &Frame, standing: Standing) -> String {
    match standing {
        Standing::Covered => f.t("standing-covered"),
        Standing::Behind(months) => f.t1("standing-behind", "n", months),
        Standing::EmployerFirst(months) => f.t1("standing-employer-first", "n", months),
        Standing::NoRight(months) => f.t1("standing-no-right", "n", months),
        Standing::NotWorking => f.t("standing-not-working"),
    }
}

fn says_terms(f: &Frame, terms: &Terms<'_>) -> Vec<Term> {
    let source = |rule: Citation<'_>| rules::source(f.language, rule.source);
    let count = |(count, unit, rule): (u32, _, Citation<'_>)| {
        format!("{} ({})", rules::count(f.language, count, unit), source(rule))
    };
    let documents = match terms.documents {
        Ok((words, rule)) => {
            let said: Vec<String> =
                words.iter().map(|word| rules::word(f.language, word)).collect();
            format!("{} ({})", said.join(", "), source(rule))
        }
        Err(_) => f.t("terms-documents-unknown"),
    };
    let late = match terms.late {
        Some((rate, every, rule)) => {
            let key = match every {
                Every::Day => "terms-late-day",
                Every::Month => "terms-late-month",
            };
            format!("{} ({})", f.t1(key, "rate", f.percent(&rate)), source(rule))
        }
        None => f.t("terms-late-unknown"),
    };
    let within = terms.paid_within.map_or_else(|| f.t("terms-unknown"), count);
    let mut said = vec![
        Term::plain(f.t("terms-documents"), documents),
        Term::plain(f.t("terms-paid-within"), within),
        Term::plain(f.t("terms-late"), late),
    ];
    let ask_within = |asked| Term::plain(f.t("terms-ask-within"), count(asked));
    said.extend(terms.ask_within.map(ask_within));
    said.extend(terms.heirs.map(|(words, rule)| {
        let heirs: Vec<String> = words.iter().map(|word| rules::word(f.language, word)).collect();
        Term::plain(f.t("terms-heirs"), format!("{} ({})", heirs.join("; "), source(rule)))
    }));
    said.extend(terms.others.iter().map(|(value, rule)| Term::of(f, value, rule)));
    let unpublished = terms.unpublished.iter();
    said.extend(
        unpublished.map(|name| Term::plain(rules::name(f.language, name), f.t("not-published"))),
    );
    said
}
