//! Requests are counted at every door where something could be guessed or sent: by address, by
//! network, and in all (E-04). Tries on one account are `domain::lockout`'s business.

use std::net::IpAddr;

use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, throttles};

use crate::suspicion::address_block;
use crate::{App, Visit, next_minute};

/// Where requests are counted. Each has counts of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Door {
    /// Names and passwords, and passkeys in their place.
    SignIn,
    /// Codes of the second step.
    Code,
    /// Links to set a new password with.
    Reset,
    /// Details that say who asks for a staged recovery, and its reference.
    Recovery,
    /// Addresses and numbers to send a code to, and the codes that prove them.
    Contact,
    /// Requests of applications that wait for their member.
    Request,
    /// Devices that begin to wait for their member.
    Device,
    /// Codes that such devices show.
    UserCode,
    /// Passkeys of staff, and their invitations.
    Staff,
    /// Codes by which heirs follow their claims.
    Heirs,
}

impl Door {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::SignIn => b"sign-ins",
            Self::Code => b"codes",
            Self::Reset => b"resets",
            Self::Recovery => b"recoveries",
            Self::Contact => b"contacts",
            Self::Request => b"requests",
            Self::Device => b"devices",
            Self::UserCode => b"user codes",
            Self::Staff => b"staff",
            Self::Heirs => b"heirs",
        }
    }
}

/// All requests are counted in so many rows, shared out by address: in one row, every request of
/// every node would wait for the one before it.
const SHARES: u8 = 16;

/// Counts a request; answers when to come back if there were too many.
pub(crate) async fn too_many(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    door: Door,
) -> Result<Option<Instant>, Fault> {
    let (limits, key, door) = (app.settings.limits, &app.keys.counters, door.name());
    let of_address = key.tag(&[b"address at", door, &address_block(visit.address)]);
    let of_network = key.tag(&[b"network at", door, &network_of(visit.address)]);
    let of_share = key.tag(&[b"all at", door, &[of_address[0] % SHARES]]);
    let in_share = limits.sign_ins_in_all.div_ceil(u32::from(SHARES));
    let mut is_over = false;
    for (subject, most) in [
        (of_address, limits.sign_ins_per_address),
        (of_network, limits.sign_ins_per_network),
        (of_share, in_share),
    ] {
        is_over |= throttles::count_request(tx, &subject, visit.now).await? > most;
    }
    Ok(is_over.then(|| next_minute(visit.now)))
}

/// The same for a request that may come to nothing later on: it is counted whatever comes of it.
pub(crate) async fn too_many_by_now(
    app: &App,
    visit: &Visit,
    door: Door,
) -> Result<Option<Instant>, Fault> {
    let mut tx = app.store.write().await?;
    let until = too_many(app, &mut tx, visit, door).await?;
    tx.commit().await?;
    Ok(until)
}

/// Counts a question of anybody whether a message or a statement is ours; answers when to come back
/// if there were too many.
pub(crate) async fn too_many_questions(app: &App, visit: &Visit) -> Result<Option<Instant>, Fault> {
    let asker = app.keys.counters.tag(&[b"references from", &address_block(visit.address)]);
    let mut tx = app.store.write().await?;
    let questions = throttles::count_request(&mut tx, &asker, visit.now).await?;
    tx.commit().await?;
    let most = app.settings.limits.checks_per_address;
    Ok((questions > most).then(|| next_minute(visit.now)))
}

/// What counts as one network: a /24 of IPv4, or the /48 that an IPv6 site is given.
fn network_of(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets()[..3].to_vec(),
        IpAddr::V6(v6) => v6.octets()[..6].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e04_neighbours_share_the_budget_of_their_network() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("192.0.2.1"), network("192.0.2.254"));
        assert_ne!(network("192.0.2.1"), network("192.0.3.1"));
        assert_eq!(network("2001:db8:1:1::1"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1::1"), network("2001:db8:2::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.9"));
    }
}
