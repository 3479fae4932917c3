//! What happened on an account, as its owner reads it (M27).

use payung_domain::activity::{Event, Group, KEPT, Line};
use payung_domain::ids::AccountId;
use payung_domain::marks::Mark;
use payung_domain::month::Month;
use payung_domain::time::{Instant, Zone};
use payung_storage::activity::Wanted;
use payung_storage::staff::looks;
pub use payung_storage::staff::looks::View;
use payung_storage::{Fault, activity};
use uuid::Uuid;

use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// Lines on one page.
const PAGE: u32 = 25;

/// Lines in one download: more than thirteen months of any member bring.
const MOST: u32 = 10_000;

/// What a member asked to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only what has to do with this.
    pub group: Option<Group>,
    /// Only this month, in the member's zone.
    pub month: Option<Month>,
}

/// Part of the list, newest first.
#[derive(Clone, Debug)]
pub struct Part {
    /// The lines, each with where it stands.
    pub lines: Vec<(Mark, Line)>,
    /// Where the lines before these begin, if there are some.
    pub older: Option<Mark>,
}

/// The lines of a page.
pub async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choice: Choice,
    before: Option<Mark>,
) -> Result<Part, Fault> {
    let wanted = Wanted { before, ..wanted(choice, signed_in.account.zone, visit.now) };
    let mut tx = app.store.read().await?;
    // One more than fits tells whether there is another page.
    let mut lines = activity::list(&mut tx, signed_in.account.id, &wanted, PAGE + 1).await?;
    let has_more = lines.len() > PAGE as usize;
    lines.truncate(PAGE as usize);
    let older = lines.last().map(|(mark, _)| *mark).filter(|_| has_more);
    Ok(Part { lines, older })
}

/// Everything that was chosen, to be taken along. That it was taken is a line of its own.
pub async fn download(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    choice: Choice,
) -> Result<Vec<(Mark, Line)>, Fault> {
    let wanted = wanted(choice, signed_in.account.zone, visit.now);
    let mut tx = app.store.write().await?;
    let lines = activity::list(&mut tx, signed_in.account.id, &wanted, MOST).await?;
    notices::note(app, &mut tx, visit, signed_in.account.id, Event::ActivityDownloaded).await?;
    tx.commit().await?;
    Ok(lines)
}

/// Who looked, at what and why: what belongs beside those lines that tell of staff, by their ids.
pub async fn views(
    app: &App,
    account: AccountId,
    lines: &[(Mark, Line)],
) -> Result<Vec<(Uuid, View)>, Fault> {
    let mut tx = app.store.read().await?;
    let mut views = Vec::new();
    let of_staff = lines.iter().filter(|(_, line)| is_of_staff(line.event));
    for (mark, _) in of_staff {
        let found = looks::view(&mut tx, app.store.vault(), account, mark.id).await?;
        views.extend(found.map(|view| (mark.id, view)));
    }
    Ok(views)
}

const fn is_of_staff(event: Event) -> bool {
    matches!(
        event,
        Event::StaffOpened
            | Event::StaffUnmasked
            | Event::StaffChanged
            | Event::StaffVerified
            | Event::StaffUnlocked
            | Event::StaffSentReset
            | Event::StaffTookAppBack
            | Event::StaffAskedApp
            | Event::StaffAskedPasskeys
            | Event::StaffAskedEmail
            | Event::StaffAskedPhone
            | Event::StaffToldOfDeath
            | Event::StaffApproved
            | Event::StaffActEnded
            | Event::StaffOpenedCase
            | Event::CaseClosed
            // What the desk may have done, and the member too: then nothing stands beside it.
            | Event::FactorRemoved
            | Event::PasskeyRemoved
            | Event::ContactChangeBegun
            | Event::RecoveryProved
            | Event::RecoveryRefused
    )
}

/// One line, if it is this account's (S5).
pub async fn line(app: &App, account: AccountId, mark: Mark) -> Result<Option<Line>, Fault> {
    let mut tx = app.store.read().await?;
    activity::get(&mut tx, account, mark).await
}

/// The months that can be chosen, newest first.
#[must_use]
pub fn months(zone: Zone, now: Instant) -> Vec<Month> {
    let this = Month::of(now.date(zone));
    (0..13).map(|back| this.plus(-back)).collect()
}

fn wanted(choice: Choice, zone: Zone, now: Instant) -> Wanted {
    let oldest = now.minus(KEPT);
    let start_of = |month: Month| Instant::start_of(month.first_day(), zone);
    let (from, until) = match choice.month {
        None => (oldest, Instant::from_micros(i64::MAX)),
        Some(month) => (start_of(month).max(oldest), start_of(month.next())),
    };
    Wanted { group: choice.group, from, until, before: None }
}
