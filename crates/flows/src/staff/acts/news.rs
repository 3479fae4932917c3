//! Who hears of an act of two officers: the member by every way, and whoever holds the contact that is to
//! come.

use payung_domain::accounts::Account;
use payung_domain::activity::{Event, Line as Happened};
use payung_domain::contact_changes::Kind as ContactKind;
use payung_domain::ids::AccountId;
use payung_domain::notice_choices::Topic;
use payung_domain::notify::{DeskNews, DeskStage, Notice};
use payung_domain::second_factor::Destination;
use payung_domain::staff::acts::{DELAY, DeskAct, UNAPPROVED};
use payung_domain::staff::looks::Reason;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::staff::acts::{self as kept_acts, Link, Purpose};
use payung_storage::staff::looks::{self, View};
use payung_storage::{Fault, Tx, activity};

use crate::{App, notices};

/// A line in the member's activity, and beside it who did it and why.
pub(crate) async fn tell_activity(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    (event, officer, reason): (Event, &str, &Reason),
    now: Instant,
) -> Result<(), Fault> {
    let line = app.dice.id();
    let happened = Happened { at: now, event, device: String::new() };
    activity::add(tx, account, line, &happened).await?;
    let view = View { officer: officer.to_owned(), reason: reason.clone(), field: None };
    looks::note_view(tx, app.store.vault(), (account, line), &view, now).await
}

/// Tells the member by every way there is how far an act is, with a link that cancels it in each
/// letter while it can be cancelled (J-03, P-04).
pub(in crate::staff) async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    (stage, officer): (DeskStage, &str),
    now: Instant,
) -> Result<(), Fault> {
    let is_open = matches!(stage, DeskStage::Asked | DeskStage::Approved);
    for to in notices::destinations(app, tx, account.id, Topic::Security, now).await? {
        // Text messages carry no links (section 4, rule 3).
        let cancel = if is_open && matches!(to, Destination::Email(_)) {
            Some(link(app, tx, act, Purpose::Cancel).await?)
        } else {
            None
        };
        let news = DeskNews {
            what: act.kind.name().to_owned(),
            stage,
            officer: officer.to_owned(),
            why: act.reason.why.name().to_owned(),
            new: act.new.as_ref().map(Destination::masked),
            at: now,
            due_at: act.due_at.unwrap_or(now),
            cancel,
        };
        notices::tell(app, tx, account, to, Notice::DeskAct(news), now).await?;
    }
    Ok(())
}

/// Tells whoever holds the contact that is to come. An address has to be confirmed there.
pub(super) async fn tell_new(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    act: &DeskAct,
    now: Instant,
) -> Result<(), Fault> {
    let Some(to) = act.new.clone() else { return Ok(()) };
    let token = match to {
        Destination::Email(_) => Some(link(app, tx, act, Purpose::Confirm).await?),
        Destination::Sms(_) => None,
    };
    let contact = ContactKind::of(&to).name().to_owned();
    let notice = Notice::DeskContact { contact, token, at: now };
    // Not in the inbox of the account: the link is worth something only where the letter arrives.
    notices::tell_contact(app, tx, (None, account.language), to, notice, now).await
}

async fn link(app: &App, tx: &mut Tx, act: &DeskAct, purpose: Purpose) -> Result<String, Fault> {
    let token = Token::new(&*app.dice);
    let link = Link {
        purpose,
        account: act.account,
        subject: act.id.0,
        expires_at: act.asked_at.plus(UNAPPROVED + DELAY),
        used_at: None,
    };
    kept_acts::add_link(tx, &token.hash(), &link).await?;
    Ok(token.expose().to_owned())
}
