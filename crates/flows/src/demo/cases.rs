//! What the demonstration's members have asked of the support desk: its queue is not empty.

use payung_domain::ids::AccountId;
use payung_domain::staff::cases::{Kind, Linked};
use payung_storage::{Fault, Tx};

use super::lives::Role;
use crate::App;
use crate::staff::cases::{self, New};

/// Opens the case of a member who has asked something.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    role: Role,
    account: AccountId,
) -> Result<(), Fault> {
    let (kind, words) = match role {
        Role::Siti => (Kind::Question, "Mengapa dua bulan iuran saya belum tercatat?"),
        Role::Budi => (Kind::Correction, "Kelurahan di alamat saya keliru."),
        _ => return Ok(()),
    };
    let new = New { words, ..New::of(kind, Some(account), Linked::Nothing) };
    cases::open(app, tx, &new, app.clock.now()).await.map(drop)
}
