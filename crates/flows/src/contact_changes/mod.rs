//! Changing the addresses and numbers of an account (M22, M23): a new one proves itself, waits half
//! a day before it counts, and the old ones can take it back for three days.
//!
//! [`begin::submit`] sends a code to the new contact, [`confirm::submit`] makes the change certain,
//! [`undo`] takes it back, [`ends::tell`] tells of what took effect. From when a contact counts is
//! kept beside it, so nothing here has to run for that.

pub mod begin;
pub mod confirm;
pub mod ends;
pub mod undo;

use data_encoding::BASE64URL_NOPAD;
use payung_domain::accounts::Account;
use payung_domain::authenticators::Kind as Registered;
use payung_domain::contact_changes::{
    COOLING_OFF, Change, Held, Kind, Standing, State, UNDOABLE, as_name,
};
use payung_domain::contact_codes::{Purpose, Undertaking};
use payung_domain::ids::{AccountId, ChangeId};
use payung_domain::keyed::{digest, same};
use payung_domain::notify::{ContactChange, Notice, Stage};
use payung_domain::second_factor::Destination;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::authenticators::Bound;
use payung_storage::contact_changes::{self, UndoLink};
use payung_storage::{Fault, Tx, authenticators, contacts};
use uuid::Uuid;

use crate::{App, Visit, notices};

/// A contact as its owner sees it in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Names it in forms and addresses. Comes of the contact under a key, and is good for nothing
    /// else.
    pub handle: String,
    /// Where it reaches.
    pub to: Destination,
    /// From when and until when it counts.
    pub standing: Standing,
}

/// The contacts of an account and what is under way with them.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The addresses, then the numbers; those that are nobody's any more left out.
    pub contacts: Vec<Listed>,
    /// The changes that wait, cool off or can still be undone, the newest first.
    pub changes: Vec<Change>,
    /// What the list was like when the page was made: a form from an older one is not obeyed.
    pub version: String,
}

impl Overview {
    /// The contacts of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Listed> {
        self.contacts.iter().filter(move |one| Kind::of(&one.to) == kind)
    }
}

/// Looks at the contacts of an account.
pub async fn overview(app: &App, visit: &Visit, account: AccountId) -> Result<Overview, Fault> {
    let (now, vault) = (visit.now, app.store.vault());
    let mut tx = app.store.read().await?;
    let held = contacts::held(&mut tx, vault, account).await?;
    let mut changes = contact_changes::recent(&mut tx, vault, account, now).await?;
    changes.retain(|change| {
        change.can_be_undone(now) || matches!(change.state(now), State::Unconfirmed { .. })
    });
    let version = version(app, account, &held);
    let present = held.into_iter().filter(|one| !one.standing.is_gone(now));
    let contacts = present
        .map(|one| Listed {
            handle: handle(app, account, &one.to),
            to: one.to,
            standing: one.standing,
        })
        .collect();
    Ok(Overview { contacts, changes, version })
}

fn handle(app: &App, account: AccountId, to: &Destination) -> String {
    let name = as_name(to);
    let parts: [&[u8]; 4] = [
        b"contact in the list",
        account.0.as_bytes(),
        name.kind().as_bytes(),
        name.expose().as_bytes(),
    ];
    BASE64URL_NOPAD.encode(&app.keys.counters.tag(&parts)[..16])
}

/// The contact of this account that goes by this handle: another account's is as good as none (S5).
fn found<'a>(app: &App, account: AccountId, held: &'a [Held], typed: &str) -> Option<&'a Held> {
    held.iter().find(|one| same(handle(app, account, &one.to).as_bytes(), typed.as_bytes()))
}

fn version(app: &App, account: AccountId, held: &[Held]) -> String {
    let mut text = account.0.as_bytes().to_vec();
    for one in held {
        let standing = one.standing;
        text.extend(digest(one.to.expose().as_bytes()));
        text.extend(standing.counts_from.micros().to_le_bytes());
        text.extend(standing.counts_until.map_or(0, Instant::micros).to_le_bytes());
    }
    BASE64URL_NOPAD.encode(&app.keys.counters.tag(&[b"contacts as shown", &text])[..12])
}

/// The id of the change that a form begins: the same form sent twice begins one.
fn change_id(app: &App, account: AccountId, form: &[u8]) -> ChangeId {
    let tag = app.keys.counters.tag(&[b"contact change", account.0.as_bytes(), form]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&tag[..16]);
    ChangeId(Uuid::from_bytes(bytes))
}

/// What the codes of a change belong to.
fn undertaking(account: &Account, id: ChangeId) -> Undertaking {
    Undertaking {
        id: digest(id.0.as_bytes()),
        purpose: Purpose::Change,
        account: Some(account.id),
        language: account.language,
    }
}

/// Tells everybody a change concerns how far it is: the contacts of the account, each letter with a
/// link of its own that takes the change back while that can be done, and the contact that comes.
pub(crate) async fn tell(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    change: &Change,
    stage: Stage,
    (now, device): (Instant, &str),
) -> Result<(), Fault> {
    let to_all = told(change, stage, (now, device), None);
    let topic = Notice::ContactChange(to_all).topic();
    let mut everybody = notices::destinations(app, tx, account.id, topic, now).await?;
    everybody.retain(|to| Some(to) != change.new.as_ref());
    for to in everybody {
        let may_undo = matches!(stage, Stage::Begun | Stage::Done) && change.can_be_undone(now);
        // Text messages carry no links (section 4, rule 3).
        let undo = if may_undo && matches!(to, Destination::Email(_)) {
            Some(undo_token(app, tx, change).await?)
        } else {
            None
        };
        let notice = Notice::ContactChange(told(change, stage, (now, device), undo));
        notices::tell(app, tx, account, to, notice, now).await?;
    }
    if let Some(new) = change.new.clone() {
        let told = ContactChange { is_to_new: true, ..told(change, stage, (now, device), None) };
        notices::tell(app, tx, account, new, Notice::ContactChange(told), now).await?;
    }
    Ok(())
}

/// The contact of a kind that codes go to at a moment.
pub(crate) fn first(held: &[Held], kind: Kind, at: Instant) -> Option<Destination> {
    let counts = |one: &&Held| Kind::of(&one.to) == kind && one.standing.counts(at);
    held.iter().find(counts).map(|one| one.to.clone())
}

/// Keeps the register of authenticators right (J-01): the address or number that codes go to now, if
/// it is another than before.
pub(crate) async fn register(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    kind: Kind,
    before: Option<Destination>,
    now: Instant,
) -> Result<(), Fault> {
    let vault = app.store.vault();
    let held = contacts::held(tx, vault, account).await?;
    let present = first(&held, kind, now);
    if present == before {
        return Ok(());
    }
    let registered = match kind {
        Kind::Email => Registered::Email,
        Kind::Phone => Registered::Phone,
    };
    let change = if present.is_some() { "update" } else { "delete" };
    crate::authenticators::tell_applications(app, tx, account, registered, change, now).await?;
    let Some(present) = present else {
        return authenticators::remove_kind(tx, account, registered, now).await;
    };
    let name = present.masked();
    let bound = Bound {
        id: app.dice.id(),
        kind: registered,
        factor: registered.factor(false),
        name: &name,
        source: None,
        at: now,
    };
    authenticators::bind(tx, vault, account, &bound).await
}

async fn undo_token(app: &App, tx: &mut Tx, change: &Change) -> Result<String, Fault> {
    let token = Token::new(&*app.dice);
    let link = UndoLink {
        account: change.account,
        change: change.id,
        expires_at: change.confirmed_at.unwrap_or(change.begun_at).plus(UNDOABLE),
        used_at: None,
    };
    contact_changes::add_link(tx, &token.hash(), &link).await?;
    Ok(token.expose().to_owned())
}

fn told(
    change: &Change,
    stage: Stage,
    (at, device): (Instant, &str),
    undo: Option<String>,
) -> ContactChange {
    let certain_at = change.confirmed_at.unwrap_or(change.begun_at);
    ContactChange {
        stage,
        act: change.act.name().to_owned(),
        contact: change.kind.name().to_owned(),
        new: change.new.as_ref().map(Destination::masked),
        old: change.old.as_ref().map(Destination::masked),
        at,
        effective_at: certain_at.plus(COOLING_OFF),
        undo,
        undo_until: certain_at.plus(UNDOABLE),
        device: device.to_owned(),
        is_to_new: false,
    }
}
