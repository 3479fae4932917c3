//! Claims: the list, a new one, its tasks and papers, sending it, and what became of it.

pub mod account;
pub mod check;
pub mod document;
pub mod follow;
pub mod list;
pub mod new;
pub mod one;
pub mod paid;

use payung_domain::benefits::Every;
use payung_domain::claims::clock::Clock;
use payung_domain::claims::entitlement::{NotEntitled, Payable, Why as Reason};
use payung_domain::claims::{Claim, Happened, Kind, OTHER_DOCUMENT, Stage, Step};
use payung_domain::ids::ClaimId;
use payung_domain::money::Rupiah;
use payung_domain::programmes::Citation;
use payung_flows::claims::{self, View};
use payung_flows::rules;
use uuid::Uuid;

use crate::guest::{Member, Trouble};
use crate::page::Frame;
use crate::pages::benefits::words::{Why, says_refused};
use crate::pages::problems::problem::Obstacle;

/// Where a claim is shown.
pub(crate) fn address(claim: &Claim) -> String {
    format!("/claims/{}", claim.id.0.simple())
}

/// What stands in an address, as the id of a claim.
pub(crate) fn id_in(text: &str) -> Result<ClaimId, Trouble> {
    let id = Uuid::try_parse(text).map_err(|_| Trouble::Obstacle(Obstacle::NotFound))?;
    Ok(ClaimId(id))
}

/// The member's own claim of this name.
async fn found<'a>(member: &'a Member, id: &str) -> Result<View<'a>, Trouble> {
    let id = id_in(id)?;
    let guest = &member.guest;
    let view = claims::view(&guest.site.app, &guest.visit, &member.signed_in, id).await?;
    view.ok_or(Trouble::Obstacle(Obstacle::NotFound))
}

/// What is claimed, in words.
pub(crate) fn kind_words(f: &Frame, kind: Kind) -> String {
    f.t(match kind {
        Kind::JhtAge => "claim-kind-jht-age",
        Kind::JhtResigned => "claim-kind-jht-resigned",
        Kind::JhtLaidOff => "claim-kind-jht-laid-off",
        Kind::JhtContractEnded => "claim-kind-jht-contract-ended",
        Kind::JhtDisabled => "claim-kind-jht-disabled",
        Kind::JhtLeaving => "claim-kind-jht-leaving",
        Kind::JhtHome => "claim-kind-jht-home",
        Kind::JhtOther => "claim-kind-jht-other",
        Kind::Jp => "claim-kind-jp",
        Kind::Jkk => "claim-kind-jkk",
        Kind::Jkp => "claim-kind-jkp",
    })
}

/// How far a claim is, in words.
pub(crate) fn stage_words(f: &Frame, stage: Stage) -> String {
    f.t(match stage {
        Stage::Draft => "claim-stage-draft",
        Stage::Sent => "claim-stage-sent",
        // That a second officer looks is the desk's business.
        Stage::InReview | Stage::Proposed => "claim-stage-in-review",
        Stage::Asked => "claim-stage-asked",
        Stage::Approved => "claim-stage-approved",
        Stage::Granted => "claim-stage-granted",
        Stage::Paid => "claim-stage-paid",
        Stage::Refused => "claim-stage-refused",
        Stage::Withdrawn => "claim-stage-withdrawn",
    })
}

/// What a paper is called.
pub(crate) fn paper_words(f: &Frame, slot: &str) -> String {
    if slot == OTHER_DOCUMENT { f.t("claim-paper-other") } else { rules::word(f.language, slot) }
}

/// The same where a heading or a line begins with it.
pub(crate) fn paper_title(f: &Frame, slot: &str) -> String {
    let words = paper_words(f, slot);
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Something that happened, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub when: String,
    /// What.
    pub what: String,
    /// What was written with it.
    pub words: String,
}

/// What happened, as its member reads it: what officers write to each other is left out.
pub(crate) fn timeline(f: &Frame, events: &[Happened]) -> Vec<Moment> {
    let shown = events.iter().filter(|one| one.step.is_told());
    let moment = |one: &Happened| Moment {
        when: f.date_time(&one.at),
        what: step_words(f, one.step),
        words: if one.step.has_words_for_the_member() { one.words.clone() } else { String::new() },
    };
    shown.map(moment).collect()
}

/// What was done, in words.
pub(crate) fn step_words(f: &Frame, step: Step) -> String {
    f.t(match step {
        Step::Begin => "claim-step-begin",
        Step::Send => "claim-step-send",
        Step::Withdraw => "claim-step-withdraw",
        Step::Take => "claim-step-take",
        Step::Ask => "claim-step-ask",
        Step::Propose => "claim-step-propose",
        Step::Return => "claim-step-return",
        Step::Approve => "claim-step-approve",
        Step::Grant => "claim-step-grant",
        Step::Refuse => "claim-step-refuse",
        Step::Pay => "claim-step-pay",
    })
}

/// Why there is no right, and the rules that say so.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Why.
    pub text: String,
    /// The rules.
    pub rules: Vec<Why>,
}

impl Refusal {
    /// A refusal in words.
    #[must_use]
    pub fn of(f: &Frame, no: &NotEntitled<'_>) -> Self {
        let text = match &no.why {
            Reason::Refused(refused) => says_refused(f, refused),
            Reason::StillWorking => f.t("claim-still-working"),
            Reason::NothingSaved => f.t("claim-nothing-saved"),
            Reason::NoDay => f.t("claim-day-missing"),
            Reason::DayToCome => f.t("claim-day-to-come"),
        };
        Self { text, rules: cited(f, &no.rules) }
    }
}

/// Rules in words, each once.
pub(crate) fn cited(f: &Frame, rules: &[Citation<'_>]) -> Vec<Why> {
    let mut all: Vec<Why> = Vec::with_capacity(rules.len());
    for rule in rules {
        let why = Why::of(f, rule);
        if !all.iter().any(|known| known.name == why.name) {
            all.push(why);
        }
    }
    all
}

/// What is paid, ready to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Before tax.
    pub gross: Rupiah,
    /// The tax.
    pub tax: Rupiah,
    /// What is left.
    pub net: Rupiah,
}

impl Sums {
    /// What would be paid as things are now.
    #[must_use]
    pub const fn of(payable: &Payable) -> Self {
        Self { gross: payable.gross, tax: payable.tax, net: payable.net }
    }

    /// What was paid.
    #[must_use]
    pub fn paid(claim: &Claim) -> Option<Self> {
        let (gross, tax) = claim.paid?;
        Some(Self { gross, tax, net: gross.checked_sub(tax)? })
    }
}

/// Who reads about the law's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Whoever is to be paid.
    Claimant,
    /// Who pays.
    Staff,
}

/// The law's clock in words: by when, by which rule, and what is owed after it.
pub(crate) fn clock_words(
    f: &Frame,
    clock: &Clock<'_>,
    today: jiff::civil::Date,
    reader: Reader,
) -> Vec<String> {
    let (count, unit, rule) = &clock.within;
    let within = rules::count(f.language, *count, *unit);
    let due = f.t2("claim-clock-due", "date", f.date(&clock.due_on), "within", within);
    let mut said = vec![format!("{due} ({})", rules::source(f.language, rule.source))];
    if clock.has_passed(today) {
        said.push(match reader {
            Reader::Claimant => f.t1("claim-clock-passed", "phone", &f.help.phone),
            Reader::Staff => f.t("desk-claim-passed"),
        });
        said.push(match &clock.late {
            Some((rate, every, rule)) => {
                let key = match (reader, every) {
                    (Reader::Claimant, Every::Day) => "terms-late-day",
                    (Reader::Claimant, Every::Month) => "terms-late-month",
                    (Reader::Staff, Every::Day) => "desk-claim-late-day",
                    (Reader::Staff, Every::Month) => "desk-claim-late-month",
                };
                let source = rules::source(f.language, rule.source);
                format!("{} ({source})", f.t1(key, "rate", f.percent(rate)))
            }
            None => f.t("terms-late-unknown"),
        });
    }
    said
}
