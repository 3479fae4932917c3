//! Watching for somebody who tries many doors (E-07): what was seen is noted after a miss, and
//! asked before a try.
//!
//! Everything is keyed by what was typed, existing or not, so nothing here tells accounts from
//! strangers.

use std::net::IpAddr;
use std::time::Duration;

use payung_domain::keyed::Tag;
use payung_domain::suspicion::{self, WINDOW};
use payung_domain::time::Instant;
use payung_storage::{Fault, Tx, throttles};

use crate::{App, Visit};

/// Until when nobody may try from this address, if it has gone too far.
pub(crate) async fn waits_until(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
) -> Result<Option<Instant>, Fault> {
    let (thresholds, since) = (app.settings.limits.suspicion, visit.now.minus(WINDOW));
    for (source, threshold) in [
        (names_of(app, visit), thresholds.names_per_address),
        (quick_forms_of(app, visit), thresholds.quick_forms_per_address),
    ] {
        let seen = throttles::misses_of(tx, &source, since).await?;
        if let Some(until) = seen.waits_until(threshold).filter(|until| *until > visit.now) {
            app.counters.sprays_stopped.count();
            return Ok(Some(until));
        }
    }
    Ok(None)
}

/// Notes that a sign-in with this name missed here; `taken` is how long the form was open.
pub(crate) async fn note_miss(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    typed: &Tag,
    taken: Option<Duration>,
) -> Result<(), Fault> {
    let address = names_of(app, visit);
    throttles::note_miss(tx, &address, typed, visit.now).await?;
    throttles::note_miss(tx, typed, &address, visit.now).await?;
    if taken.is_some_and(suspicion::is_quick) {
        app.counters.quick_forms.count();
        // Each quick form counts, so each is a target of its own.
        let form: Tag = app.dice.bytes();
        throttles::note_miss(tx, &quick_forms_of(app, visit), &form, visit.now).await?;
    }
    let seen = throttles::misses_of(tx, typed, visit.now.minus(WINDOW)).await?;
    // One name from many addresses is answered by the ladder of that name and by the second step;
    // here it is only counted.
    if seen.count >= app.settings.limits.suspicion.addresses_per_name {
        app.counters.stuffings_seen.count();
    }
    Ok(())
}

/// What counts as one visitor: an IPv4 address, or the /64 that an IPv6 customer is given (L6).
pub(crate) fn address_block(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.octets().to_vec(),
            None => v6.octets()[..8].to_vec(),
        },
    }
}

fn names_of(app: &App, visit: &Visit) -> Tag {
    app.keys.counters.tag(&[b"names from", &address_block(visit.address)])
}

fn quick_forms_of(app: &App, visit: &Visit) -> Tag {
    app.keys.counters.tag(&[b"quick forms from", &address_block(visit.address)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l6_a_customer_of_ipv6_is_one_visitor_whatever_the_last_half_says() {
        let block = |text: &str| address_block(text.parse().unwrap());
        assert_eq!(block("2001:db8::1"), block("2001:db8::ffff:1"));
        assert_ne!(block("2001:db8::1"), block("2001:db8:0:1::1"));
        assert_eq!(block("::ffff:192.0.2.1"), block("192.0.2.1"));
    }
}
