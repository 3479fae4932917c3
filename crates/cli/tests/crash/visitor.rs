//! A member who signs in whatever happens, and who remembers what the program said.

use std::sync::Arc;

use payung_testkit::people::PASSWORD;
use reqwest::Client;

use crate::browser::{Browser, Page};
use crate::storm::Storm;

/// A member, over all storms.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    pub(crate) name: String,
    /// Where codes can go: the e-mail address, and the number where there is one.
    pub(crate) contacts: Vec<String>,
    /// From an address of its own.
    pub(crate) client: Client,
    pub(crate) habits: Habits,
    /// What the dashboard said, the first time.
    pub(crate) balance: Option<String>,
    /// The last code that signed the member in.
    pub(crate) used_code: Option<String>,
    /// Whether a browser of the member was noticed before.
    pub(crate) is_known: bool,
    /// Tries that may have been counted and were never answered. The fifth in a row brings a wait.
    pub(crate) lost_tries: u32,
    /// The same for codes.
    pub(crate) lost_codes: u32,
}

/// What makes visitors differ.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one habit of the person")]
pub(crate) struct Habits {
    /// Taps twice, so that both requests are under way together.
    pub(crate) taps_twice: bool,
    /// Signs out again.
    pub(crate) leaves: bool,
    /// Tries the code of last time before the new one.
    pub(crate) tries_old_codes: bool,
    /// Has the code sent by text message where that can be chosen.
    pub(crate) likes_text_messages: bool,
}

/// Whether something was asked for, and whether the answer came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Told {
    /// Never asked.
    #[default]
    No,
    /// Asked; the answer was lost with the program.
    Perhaps,
    /// The answer came, whole.
    Yes,
}

/// What a visitor was told in one storm.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) visitor: Visitor,
    pub(crate) browser: Browser,
    /// The password was right: there is a sign-in with this token.
    pub(crate) began: Told,
    /// A code is on its way.
    pub(crate) sent: Told,
    /// The code signs in.
    pub(crate) entered: Told,
    /// Signed out again.
    pub(crate) left: Told,
    /// The code, and the browser as it was when it entered it.
    pub(crate) code: Option<(String, Browser)>,
}

impl Journal {
    /// Signs in for as long as there is somebody to talk to.
    pub(crate) async fn of(visitor: Visitor, site: String, storm: Arc<Storm>) -> Self {
        let browser = Browser::new(&visitor.client, &site);
        let (began, sent, entered, left) = Default::default();
        let mut journal = Self { visitor, browser, began, sent, entered, left, code: None };
        // It ends with the kill; the journal says how far it came.
        let _ = journal.sign_in(&storm).await;
        if journal.began == Told::Perhaps {
            journal.visitor.lost_tries += 1;
        }
        journal
    }

    async fn sign_in(&mut self, storm: &Storm) -> Option<()> {
        storm.told(self.browser.get("/sign-in").await)?;
        self.began = Told::Perhaps;
        // With one way only the password has the code sent.
        let has_choice = self.visitor.contacts.len() > 1;
        if !has_choice {
            self.sent = Told::Perhaps;
        }
        let form = [("identifier", &*self.visitor.name), ("password", PASSWORD)];
        let page = storm.told(self.browser.post("/sign-in", &form).await)?;
        if page.status == 429 {
            assert!(self.visitor.lost_tries >= 5, "{} waits for no reason", self.visitor.name);
            (self.began, self.sent) = (Told::No, Told::No);
            return Some(());
        }
        assert_eq!(page.status, 303, "{}", page.html);
        self.visitor.lost_tries = 0;
        self.began = Told::Yes;
        if has_choice {
            assert_eq!(page.leads_to(), "/sign-in/method");
            storm.told(self.browser.get("/sign-in/method").await)?;
            let way = if self.visitor.habits.likes_text_messages { "sms" } else { "email" };
            self.sent = Told::Perhaps;
            let page =
                storm.told(self.browser.post("/sign-in/method", &[("method", way)]).await)?;
            assert_eq!((page.status, page.leads_to()), (303, "/sign-in/code"));
        } else {
            assert_eq!(page.leads_to(), "/sign-in/code");
        }
        self.sent = Told::Yes;
        storm.told(self.browser.get("/sign-in/code").await)?;
        let code = storm.code_for(&self.visitor.contacts).await?;
        self.try_old_code(&code, storm).await?;
        self.enter(code, storm).await?;
        if self.visitor.habits.leaves && self.entered == Told::Yes {
            storm.told(self.browser.get("/sign-out").await)?;
            self.left = Told::Perhaps;
            let page = storm.told(self.browser.post("/sign-out", &[]).await)?;
            assert_eq!(page.leads_to(), "/sign-in?reason=signed-out");
            self.left = Told::Yes;
        }
        Some(())
    }

    /// The code of an earlier sign-in is worth nothing in this one.
    async fn try_old_code(&mut self, code: &str, storm: &Storm) -> Option<()> {
        let visitor = &mut self.visitor;
        let Some(old) = visitor.used_code.clone().filter(|old| old != code) else {
            return Some(());
        };
        if !visitor.habits.tries_old_codes || visitor.lost_codes >= 3 {
            return Some(());
        }
        visitor.lost_codes += 1;
        let page = storm.told(self.browser.post("/sign-in/code", &[("code", &old)]).await)?;
        assert_eq!(page.status, 422, "the code {old} was taken a second time\n{}", page.html);
        assert!(!page.gives_a_session(), "the code {old} signed somebody in twice");
        Some(())
    }

    async fn enter(&mut self, code: String, storm: &Storm) -> Option<()> {
        let form = [("code", &*code)];
        self.entered = Told::Perhaps;
        self.code = Some((code.clone(), self.browser.clone()));
        if self.visitor.habits.taps_twice {
            let mut other = self.browser.clone();
            let (one, two) = tokio::join!(
                self.browser.post("/sign-in/code", &form),
                other.post("/sign-in/code", &form)
            );
            let (one, two) = (storm.told(one), storm.told(two));
            let sessions = [&one, &two].into_iter().flatten().filter(|page| page.gives_a_session());
            assert!(sessions.count() < 2, "one code gave two sessions");
            if two.as_ref().is_some_and(Page::gives_a_session) {
                self.browser = other;
            } else if !one.as_ref().is_some_and(Page::gives_a_session) {
                // The one that signed in was never answered.
                return None;
            }
        } else {
            let page = storm.told(self.browser.post("/sign-in/code", &form).await)?;
            assert_eq!((page.status, page.leads_to()), (303, "/dashboard"), "{}", page.html);
            assert!(page.gives_a_session());
        }
        self.entered = Told::Yes;
        self.visitor.lost_codes = 0;
        Some(())
    }
}
