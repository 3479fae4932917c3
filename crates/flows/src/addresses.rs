//! Where a member lives: their own to change, at once, and told to them by every confirmed way (M23).

use data_encoding::BASE64URL_NOPAD;
use payung_domain::activity::Event;
use payung_domain::addresses::{AddressProblem, Typed};
use payung_domain::keyed::same;
use payung_domain::members::Address;
use payung_domain::notify::Notice;
use payung_storage::{Fault, members};

use crate::sessions::SignedIn;
use crate::{App, Visit, notices};

/// What is kept, and how the form names it when it comes back.
#[derive(Clone, Debug)]
pub struct View {
    /// The address.
    pub address: Address,
    /// Names this very state of it: a form made from an older one is not obeyed.
    pub version: String,
}

/// Looks at a member's address; nothing when there is no record of them.
pub async fn view(app: &App, member: &SignedIn) -> Result<Option<View>, Fault> {
    let mut tx = app.store.read().await?;
    let kept = members::address(&mut tx, app.store.vault(), member.account.person).await?;
    Ok(kept.map(|(address, _, sealed)| View { address, version: version(app, &sealed) }))
}

/// What came of a new address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is kept; or was before, when the same form came twice.
    Done,
    /// It cannot be read: everything that is wrong.
    Unreadable(Vec<AddressProblem>),
    /// The address was changed elsewhere since the page was made.
    Changed,
    /// There is no record of the member.
    Gone,
}

/// Keeps another address.
pub async fn submit(
    app: &App,
    visit: &Visit,
    member: &SignedIn,
    typed: &Typed<'_>,
    shown: &str,
) -> Result<Answer, Fault> {
    let (account, vault, now) = (&member.account, app.store.vault(), visit.now);
    let address = match typed.read() {
        Ok(address) => address,
        Err(problems) => return Ok(Answer::Unreadable(problems)),
    };
    let mut tx = app.store.write().await?;
    let Some((kept, _, sealed)) = members::address(&mut tx, vault, account.person).await? else {
        return Ok(Answer::Gone);
    };
    if kept == address {
        return Ok(Answer::Done);
    }
    let is_as_shown = same(version(app, &sealed).as_bytes(), shown.as_bytes());
    if !is_as_shown
        || !members::set_address(&mut tx, vault, account.person, &address, &sealed, now).await?
    {
        return Ok(Answer::Changed);
    }
    notices::note(app, &mut tx, visit, account.id, Event::AddressChanged).await?;
    let notice = Notice::AddressChanged { device: visit.device.clone(), at: now };
    notices::tell_everywhere(app, &mut tx, account, &notice, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Done)
}

/// Every sealing differs, so the sealed bytes name the state. Under a key: they are nobody's business.
fn version(app: &App, sealed: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&app.keys.counters.tag(&[b"address as shown", sealed])[..12])
}
