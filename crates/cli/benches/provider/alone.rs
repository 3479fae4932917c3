//! What everything else is compared with: one signature, one commit, one password hash, each alone and
//! in this process, on the same machine in the same minute.

use std::time::Duration;

use payung_domain::secret::Secret;
use payung_domain::time::Instant as Moment;
use payung_storage::oidc::used_ids;
use rcgen::{KeyPair, SigningKey};
use tokio::time::Instant;

use crate::house::House;
use crate::report::{Measured, Results};
use crate::server::cpu_of;

/// About as long as what is signed of an access token.
const MESSAGE: [u8; 500] = [7; 500];

/// Measures all three.
pub(crate) async fn measure(house: &House, lasts: Duration, results: &mut Results) {
    let key = KeyPair::generate().expect("a key on P-256");
    let signature = over_and_over("one signature", "ES256", lasts / 2, async || {
        key.sign(&MESSAGE).expect("a signature");
    });
    let signature = signature.await;
    let commit = over_and_over("one commit", "none", lasts / 2, async || {
        let mut tx = house.app.store.write().await.expect("it can be written");
        let id = house.app.dice.bytes::<32>();
        // Over before it began, so that the server tidies it away.
        used_ids::use_up(&mut tx, &id, Moment::from_micros(0)).await.expect("a row");
        tx.commit().await.expect("a commit");
    });
    let commit = commit.await;
    let hash = over_and_over("one password hash", "Argon2id", lasts / 2, async || {
        let place = house.app.hasher.place_in_turn().await.expect("a place");
        place.make(Secret::from("payung-demo-2026")).await.expect("a hash");
    });
    let hash = hash.await;
    results.compare_with(signature, commit, hash);
}

async fn over_and_over(
    name: &'static str,
    algorithm: &'static str,
    lasts: Duration,
    mut act: impl AsyncFnMut(),
) -> Measured {
    act().await;
    let (before, began) = (cpu_of("self"), Instant::now());
    let mut waits = Vec::new();
    while began.elapsed() < lasts {
        let start = Instant::now();
        act().await;
        waits.push(start.elapsed());
    }
    let cpu = cpu_of("self").saturating_sub(before);
    Measured::of(name, algorithm, waits, cpu, began.elapsed())
}
