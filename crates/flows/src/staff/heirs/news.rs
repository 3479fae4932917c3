//! Who hears of a claim of an heir: the member by every way, since they may be alive, and the heir; and what
//! the living answer.

use payung_domain::accounts::Account;
use payung_domain::activity::Event;
use payung_domain::claims::heirs::{HeirClaim, LINK_LIFE, Step};
use payung_domain::contact::{Email, Phone};
use payung_domain::ids::ClaimId;
use payung_domain::language::Language;
use payung_domain::notice_choices::Topic;
use payung_domain::notify::{DeathNews, DeskStage, Notice};
use payung_domain::second_factor::Destination;
use payung_domain::staff::audit::Act;
use payung_domain::staff::cases::{Kind as CaseKind, Linked};
use payung_domain::staff::looks::{Reason, Why};
use payung_domain::staff::source::Source;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::heir_claims::{self as claims, Happened};
use payung_storage::staff::acts::{self as kept_acts, Link, Purpose};
use payung_storage::{Fault, Tx};

use super::super::acts::{by_nobody, tell_activity};
use super::super::cases::{self, New};
use crate::{App, notices};

/// What stands beside a line of activity: which claim it is about.
pub(super) fn named(claim: &HeirClaim) -> Reason {
    Reason { why: Why::Request, text: claim.reference.as_str().to_owned() }
}

/// Tells the member by every way there is how far the claim about their death is, with a link that
/// ends it in each letter while it is open (J-03).
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    claim: &HeirClaim,
    (stage, officer): (DeskStage, &str),
    now: Instant,
) -> Result<(), Fault> {
    let is_open = matches!(stage, DeskStage::Asked | DeskStage::Approved);
    for to in notices::destinations(app, tx, account.id, Topic::Security, now).await? {
        // Text messages carry no links (section 4, rule 3).
        let alive = if is_open && matches!(to, Destination::Email(_)) {
            Some(link(app, tx, account, claim, now).await?)
        } else {
            None
        };
        let news = DeathNews {
            reference: claim.reference.as_str().to_owned(),
            stage,
            officer: officer.to_owned(),
            at: now,
            pays_from: claim.pays_from().unwrap_or_else(|| claim.objection_until()),
            alive,
        };
        notices::tell(app, tx, account, to, Notice::DeathClaim(news), now).await?;
    }
    Ok(())
}

/// Tells the heir how far the claim is: by letter, or by text message where no address is known.
pub(super) async fn tell_heir(
    app: &App,
    tx: &mut Tx,
    claim: &HeirClaim,
    step: Step,
    now: Instant,
) -> Result<(), Fault> {
    let stage = match step {
        Step::Open => "opened",
        Step::Complete => "complete",
        Step::Return => "returned",
        Step::Approve => "approved",
        Step::Pay => "paid",
        Step::Refuse | Step::Object => "over",
        Step::Renew => return Ok(()),
    };
    let heir = &claim.heir;
    let letter = heir.email.as_deref().and_then(|one| Email::parse(one).ok());
    let number = heir.phone.as_deref().and_then(|one| Phone::parse(one).ok());
    let number = number.filter(|_| app.settings.sms_codes).map(Destination::Sms);
    let Some(to) = letter.map(Destination::Email).or(number) else { return Ok(()) };
    let (reference, stage) = (claim.reference.as_str().to_owned(), stage.to_owned());
    let notice = Notice::HeirClaim { reference, stage, at: now };
    // There is nobody to know the language of; and no inbox shows it, the dead's least of all.
    notices::tell_contact(app, tx, (None, Language::default()), to, notice, now).await
}

async fn link(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    claim: &HeirClaim,
    now: Instant,
) -> Result<String, Fault> {
    let token = Token::new(&*app.dice);
    let link = Link {
        purpose: Purpose::Alive,
        account: account.id,
        subject: claim.id.0,
        expires_at: now.plus(LINK_LIFE),
        used_at: None,
    };
    kept_acts::add_link(tx, &token.hash(), &link).await?;
    Ok(token.expose().to_owned())
}

/// Ends a claim because the member is alive; `false` when it had ended. Whoever opened it never gets
/// the case that comes of it (P-07).
pub(in crate::staff) async fn is_alive(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    id: ClaimId,
    now: Instant,
) -> Result<bool, Fault> {
    let vault = app.store.vault();
    let found = claims::locked(tx, vault, id).await?;
    let Some(claim) = found.filter(|claim| claim.person == account.person) else {
        return Ok(false);
    };
    let Some(stage) = claim.stage.after(Step::Object) else { return Ok(false) };
    let over = HeirClaim { stage, closed_at: Some(now), ..claim.clone() };
    if !claims::advance(tx, &over, claim.stage).await? {
        return Ok(false);
    }
    let happened = Happened {
        id: app.dice.id(),
        at: now,
        step: Step::Object,
        officer: None,
        words: String::new(),
    };
    claims::add_event(tx, vault, &over, None, &happened).await?;
    tell_heir(app, tx, &over, Step::Object, now).await?;
    let officer = over.opened_by.name.as_str();
    let told = (Event::StaffActEnded, officer, &named(&over));
    tell_activity(app, tx, account.id, told, now).await?;
    tell(app, tx, account, &over, (DeskStage::Ended, officer), now).await?;
    let new = New {
        about: Some(over.opened_by.id),
        words: over.reference.as_str(),
        ..New::of(CaseKind::Contested, Some(account.id), Linked::Nothing)
    };
    cases::open(app, tx, &new, now).await?;
    let what = (Source::Member, Act::ActCancelled, over.reference.as_str());
    by_nobody(app, tx, what, account.person, now).await?;
    Ok(true)
}
