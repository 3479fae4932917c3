//! Two hundred visitors at once, and the moment the program is killed among them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use payung_storage::{Store, outbox};
use serde::Deserialize;
use tokio::sync::{Notify, watch};

use crate::browser::{Browser, Page};

/// A message of `/demo/outbox.json`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) to: String,
    pub(crate) kind: String,
    pub(crate) code: Option<String>,
    pub(crate) text: String,
}

/// Everything that was ever sent, by its id.
pub(crate) type Outbox = HashMap<String, Message>;

/// How often the outbox is looked at while visitors wait for their codes.
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// Longer than a storm lasts on a busy machine.
const NO_STORM: Duration = Duration::from_mins(3);

/// What visitors share while it lasts.
#[derive(Debug)]
pub(crate) struct Storm {
    /// Whole answers so far.
    answers: AtomicU32,
    /// The kill comes with this answer.
    last: u32,
    enough: Notify,
    /// Codes by where they were sent to, those of earlier storms left out.
    codes: watch::Receiver<HashMap<String, String>>,
}

impl Storm {
    /// A storm that ends with the nth answer. The postman goes round until the program is gone.
    pub(crate) fn begin(last: u32, postman: Browser, earlier: &Outbox) -> Arc<Self> {
        let (tell, codes) = watch::channel(HashMap::new());
        let earlier = earlier.clone();
        tokio::spawn(async move {
            let mut postman = postman;
            while let Ok(messages) = caught(&mut postman).await {
                let new = messages.into_iter().filter(|m| !earlier.contains_key(&m.id));
                let codes = new.filter_map(|m| Some((m.to, m.code?))).collect();
                let _ = tell.send(codes);
                tokio::time::sleep(LOOK_EVERY).await;
            }
        });
        let (answers, enough) = (AtomicU32::new(0), Notify::new());
        Arc::new(Self { answers, last, enough, codes })
    }

    /// Counts an answer that arrived whole. An honest 503 of a machine with too much to do is one
    /// too, but tells nothing: what was asked for may have been done.
    pub(crate) fn told(&self, answer: reqwest::Result<Page>) -> Option<Page> {
        let page = answer.ok()?;
        if self.answers.fetch_add(1, Ordering::SeqCst) + 1 == self.last {
            self.enough.notify_one();
        }
        (page.status != 503).then_some(page)
    }

    /// Waits for the moment of the kill.
    pub(crate) async fn is_at_its_height(&self) {
        let height = tokio::time::timeout(NO_STORM, self.enough.notified()).await;
        let answers = self.answers.load(Ordering::SeqCst);
        assert!(height.is_ok(), "after {answers} answers there is no storm any more");
    }

    /// The code that went to one of these; none once the program is gone.
    pub(crate) async fn code_for(&self, contacts: &[String]) -> Option<String> {
        let mut codes = self.codes.clone();
        let has_come =
            |codes: &HashMap<String, String>| contacts.iter().any(|to| codes.contains_key(to));
        let codes = codes.wait_for(has_come).await.ok()?;
        contacts.iter().find_map(|to| codes.get(to)).cloned()
    }
}

/// Reads the outbox. Within one reading every id stands once.
pub(crate) async fn caught(postman: &mut Browser) -> reqwest::Result<Vec<Message>> {
    let page = postman.get("/demo/outbox.json").await?;
    let messages: Vec<Message> = serde_json::from_str(&page.html).expect("a list of messages");
    let mut ids: Vec<&str> = messages.iter().map(|message| &*message.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), messages.len(), "an id stands in the outbox twice");
    Ok(messages)
}

/// A message that the dead program had taken would wait out its lease of two minutes. The test
/// does not: whoever holds a lease now is dead. Returns when everything has been sent.
pub(crate) async fn end_leases_of_the_dead(store: Store) {
    let mut tx = store.write().await.expect("it can be written");
    let end = "update outbox set leased_until = 0 where leased_until is not null";
    tx.run("ending leases", end, Vec::new()).await.expect("the leases end");
    // Nor does it wait for what is gathered over minutes into one letter.
    let hurry =
        "update outbox set due_at = created_at where sent_at is null and gathered is not null";
    tx.run("ending gatherings", hurry, Vec::new()).await.expect("what is gathered is due");
    tx.commit().await.expect("a commit");
    loop {
        let mut tx = store.read().await.expect("it can be read");
        if outbox::waiting(&mut tx).await.expect("a count").0 == 0 {
            break;
        }
        drop(tx);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    store.close().await;
}

/// The lines of a log that tell of a fault; that the machine had too much to do is none.
pub(crate) fn faults(log: &str) -> String {
    let is_fault = |line: &&str| line.contains("broke") && !line.contains("timed out");
    log.lines().filter(is_fault).collect::<Vec<_>>().join("\n")
}
