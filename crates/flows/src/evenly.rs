//! Answers that take as long whoever they are about.
//!
//! Where a page must not tell whether somebody has an account, the same steps are walked for a name
//! that nobody has (F-02). Steps are not time: to write a letter takes a moment longer than to write
//! none, and four hundred tries showed it. So such an answer waits until a fixed while is over, which
//! is longer than any of the work, and says nothing of it.

use std::future::Future;
use std::time::Duration;

use crate::App;

/// More than the work takes on a slow machine with a full queue, and less than a visitor minds.
pub(crate) const WHILE: Duration = Duration::from_millis(200);

/// Does the work, and answers when the while is over. No clock is read: both just go on side by side.
pub(crate) async fn evenly<T>(app: &App, work: impl Future<Output = T>) -> T {
    let (done, ()) = tokio::join!(work, tokio::time::sleep(app.even_answers_take));
    done
}
