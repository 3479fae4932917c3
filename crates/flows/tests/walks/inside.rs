//! What is done from inside a session. Before a protected act the product is asked, as its pages do,
//! whether the session is live and was proved a moment ago, by enough; the model is asked the same.

use std::time::Duration;

use payung_domain::accounts::Account;
use payung_domain::authenticators::Need;
use payung_domain::passkeys::Name;
use payung_domain::second_factor::{Way, totp_code, totp_step};
use payung_domain::secret::Secret;
use payung_flows::activity::{self, Choice};
use payung_flows::apps::{self, Completed};
use payung_flows::confirming::{self, Begin};
use payung_flows::not_me;
use payung_flows::passkeys::{self, Added, Answer as KeyAnswer, Answered};
use payung_flows::passwords::change::{self, Wish};
use payung_flows::recovery_codes::{self, Made};
use payung_flows::security::{self, Choices, Device, Removed};
use payung_flows::sessions::{self, Found, SignedIn};
use payung_storage::{factors, passkeys as key_rows};
use payung_testkit::authenticator::Authenticator;
use proptest::test_runner::TestCaseError;
use uuid::Uuid;

use crate::deeds::{Deed, Pick, Word};
use crate::model::{BoundApp, Door, GUARDED_FROM, Key, Ladder, Paper, Person, matching};
use crate::walker::{Complaint, Walker, agree, browser, fault, key_said};

/// More passkeys than this are not worth the time they take to sign.
const KEYS_AT_MOST: usize = 2;

impl Walker<'_> {
    pub async fn doing_inside(&mut self, deed: &Deed) -> Result<(), Complaint> {
        match *deed {
            Deed::Proof { session, way, need, whole } => {
                self.proof(session, (way, need), whole).await
            }
            Deed::KeyProof { session, key } => self.key_proof(session, key).await,
            Deed::Change { session, word, new, ends_others } => {
                self.change(session, word, new, ends_others).await
            }
            Deed::NotMeInside { session, about } => self.not_me_inside(session, about).await,
            Deed::Look { session } => match session.of(self.model.sessions.len()) {
                Some(session) => {
                    if let Some(member) = self.look(session).await? {
                        self.asked_for(session, &member, Need::Any).await?;
                        self.asked_for(session, &member, Need::Full).await?;
                    }
                    self.plant_look(session).await;
                    Ok(())
                }
                None => Ok(()),
            },
            Deed::LookWithOldToken { session } => self.look_with_old_token(session).await,
            Deed::SignOut { session } => self.sign_out(session).await,
            Deed::EndDevice { session, device } => self.end_device(session, device).await,
            Deed::EndOthers { session } => self.end_others(session).await,
            Deed::BindApp { session, right } => self.bind_app(session, right).await,
            Deed::CompleteApp { session, app, age } => self.complete_app(session, app, age).await,
            Deed::RemoveApp { session } => self.remove_app(session).await,
            Deed::MakePaper { session } => self.make_paper(session).await,
            Deed::AddKey { session, is_verified } => self.add_key(session, is_verified).await,
            Deed::RemoveKey { session, key } => self.remove_key(session, key).await,
            Deed::Suspend { session, key } => self.suspend(session, key).await,
            Deed::Unsuspend { session, key } => self.unsuspend(session, key).await,
            Deed::Ways { session, is_sms_off, is_email_off } => {
                let choices = Choices { preferred: None, is_sms_off, is_email_off };
                self.ways(session, &choices).await
            }
            Deed::ForgetBrowsers { session } => self.forget_browsers(session).await,
            _ => Ok(()),
        }
    }

    /// The member of a session that is live.
    async fn member(&mut self, pick: Pick) -> Result<Option<(usize, SignedIn)>, Complaint> {
        let Some(session) = pick.of(self.model.sessions.len()) else { return Ok(None) };
        Ok(self.look(session).await?.map(|member| (session, member)))
    }

    /// Whether such an act may be done now. The product says what its pages ask before it.
    async fn asked_for(
        &self,
        session: usize,
        member: &SignedIn,
        need: Need,
    ) -> Result<bool, Complaint> {
        let asks = confirming::is_needed(self.app(), &self.visit(0), member, need).await;
        let is_proved = self.model.is_proved(session, need);
        let who = self.model.sessions[session].who;
        agree!(!asks.map_err(fault)?, is_proved, "J-02: {need:?} of person {who} in {session}");
        Ok(is_proved)
    }

    /// The same, where its owner proved a moment ago who they are, by enough.
    async fn proved_for(
        &mut self,
        pick: Pick,
        need: Need,
    ) -> Result<Option<(usize, SignedIn)>, Complaint> {
        let Some((session, member)) = self.member(pick).await? else { return Ok(None) };
        let may_go_on = self.asked_for(session, &member, need).await?;
        Ok(may_go_on.then_some((session, member)))
    }

    /// For what adds something: everything the account has was proved (J-02).
    async fn proved(&mut self, pick: Pick) -> Result<Option<(usize, Account)>, Complaint> {
        let found = self.proved_for(pick, Need::Full).await?;
        Ok(found.map(|(session, member)| (session, member.account)))
    }

    async fn proof(
        &mut self,
        session: Pick,
        (way, need): (Way, Need),
        whole: bool,
    ) -> Result<(), Complaint> {
        let Some((session, member)) = self.member(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let token = self.model.sessions[session].token.clone();
        let form: [u8; 16] = self.app().dice.bytes();
        let wish = Begin { session: &token, way, form: &form, next: "/security", need };
        let asked = confirming::begin(self.app(), &self.visit(0), &member.account, wish).await;
        let asked = asked.map_err(fault)?;
        let person = &self.model.people[who];
        let is_enough = person.is_open(way) && person.is_enough(way, need);
        agree!(asked.is_some(), is_enough, "J-02: whether {way:?} of person {who} proves {need:?}");
        let Some((token, _)) = asked else { return Ok(()) };
        let step = self.begun(who, token, false, Some(way), Some((session, need)));
        if matches!(way, Way::Sms | Way::Email) {
            self.collect(Some(step)).await?;
        }
        if !whole {
            return Ok(());
        }
        self.tick();
        self.whole_step(step, way, Some(session), (0, false)).await?;
        self.plant_proof(session).await;
        Ok(())
    }

    async fn key_proof(&mut self, session: Pick, key: Pick) -> Result<(), Complaint> {
        let Some(chosen) = self.chosen_key(key) else { return Ok(()) };
        let Some((session, member)) = self.member(session).await? else { return Ok(()) };
        let (app, visit, browser) = (self.app(), self.visit(0), browser(0));
        let token = self.model.sessions[session].token.clone();
        let account = member.account.id;
        let challenge = passkeys::begin_confirming(app, &visit, &browser, account, &token).await;
        let challenge = challenge.map_err(fault)?;
        let credential = self.signed(chosen, true, &challenge);
        let answered = Answered { sealed: &challenge.sealed, credential: &credential };
        let next = "/security";
        let answer =
            passkeys::confirm(app, &visit, &browser, account, &token, answered, next).await;
        let answer = answer.map_err(fault)?;
        let who = self.model.sessions[session].who;
        let expected = self.model.key(chosen.0, chosen.1, true, Some(who));
        agree!(key_said(&answer), expected, "a passkey of {} as proof of {who}", chosen.0);
        if let KeyAnswer::SignedIn(opened) = answer {
            self.model.prove(session, Way::Passkey, &opened.session);
        }
        Ok(())
    }

    async fn change(
        &mut self,
        session: Pick,
        word: Word,
        new: Pick,
        ends_others: bool,
    ) -> Result<(), Complaint> {
        let Some((session, member)) = self.proved_for(session, Need::Any).await? else {
            return Ok(());
        };
        let who = self.model.sessions[session].who;
        let (present, new) = (self.spelled(who, word), Self::new_password(new));
        let token = self.model.sessions[session].token.clone();
        let form: [u8; 16] = self.app().dice.bytes();
        let wish = Wish {
            session: &token,
            present: &Secret::from(&*present),
            new: &Secret::from(new),
            ends_others,
            form: &form,
        };
        let answer = change::submit(self.app(), &self.visit(0), &member, &wish).await;
        let said = match answer.map_err(fault)? {
            change::Answer::Done => "done",
            change::Answer::Wrong => "wrong",
            change::Answer::Paused(_) => "paused",
            change::Answer::Locked => "locked",
            change::Answer::Refused(_) => "refused",
            change::Answer::Busy => "busy",
        };
        let expected = self.model.change(who, session, (&present, new), ends_others);
        agree!(said, expected, "another password of person {who} from inside");
        Ok(())
    }

    async fn not_me_inside(&mut self, pick: Pick, about: Option<Pick>) -> Result<(), Complaint> {
        let Some((session, member)) = self.member(pick).await? else { return Ok(()) };
        let (app, visit) = (self.app(), self.visit(0));
        let page = activity::page(app, &visit, &member, Choice::default(), None).await;
        let lines = page.map_err(fault)?.lines;
        // The newest line comes first there.
        let place = about.and_then(|about| about.of(lines.len()));
        let line = place.map(|place| &lines[lines.len() - 1 - place]);
        let about = line.map(|(mark, _)| *mark);
        not_me::submit_signed_in(app, &visit, &member, about).await.map_err(fault)?;
        let now = self.model.now;
        let week_ago = now.minus(Duration::from_hours(24 * 7));
        let since = line.map_or(now, |(_, line)| line.at.max(week_ago));
        let who = self.model.sessions[session].who;
        self.model.secure(who, since);
        self.plant_not_me(who).await;
        self.collect(None).await
    }

    async fn look_with_old_token(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some(session) = session.of(self.model.sessions.len()) else { return Ok(()) };
        for token in self.model.sessions[session].old.clone() {
            let found = sessions::find(self.app(), &self.visit(0), &token).await.map_err(fault)?;
            let is_live = matches!(found, Found::Live(_));
            agree!(is_live, false, "H-02: a token of session {session} from before a proof");
        }
        Ok(())
    }

    async fn sign_out(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some(session) = session.of(self.model.sessions.len()) else { return Ok(()) };
        let token = self.model.sessions[session].token.clone();
        sessions::end(self.app(), &self.visit(0), &token).await.map_err(fault)?;
        self.model.sessions[session].is_ended = true;
        self.look(session).await.map(drop)
    }

    async fn end_device(&mut self, session: Pick, device: Pick) -> Result<(), Complaint> {
        // A handle is seen in the list of its own account only; somebody may have copied it.
        let Some((device, owner)) = self.member(device).await? else { return Ok(()) };
        let Some((session, member)) = self.proved_for(session, Need::Any).await? else {
            return Ok(());
        };
        let (app, visit) = (self.app(), self.visit(0));
        let token = self.model.sessions[device].token.clone();
        let list = sessions::devices(app, &visit, &owner, &token).await.map_err(fault)?;
        let Some(handle) = list.into_iter().find(|device| device.is_this).map(|d| d.handle) else {
            return Err(TestCaseError::fail("a live session is not in its own list"));
        };
        let ended = sessions::end_device(app, &visit, &member, &handle).await.map_err(fault)?;
        let is_own = self.model.sessions[device].who == self.model.sessions[session].who;
        agree!(ended, is_own, "S5: whether session {session} ends {device}");
        self.model.sessions[device].is_ended |= is_own;
        Ok(())
    }

    async fn end_others(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some((session, member)) = self.proved_for(session, Need::Any).await? else {
            return Ok(());
        };
        let (app, visit) = (self.app(), self.visit(0));
        let token = self.model.sessions[session].token.clone();
        sessions::end_other_devices(app, &visit, &member, &token).await.map_err(fault)?;
        self.model.end_sessions(self.model.sessions[session].who, Some(session));
        Ok(())
    }

    async fn bind_app(&mut self, session: Pick, right: bool) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        apps::begin(self.app(), &self.visit(0), &account).await.map_err(fault)?;
        let mut tx = self.app().store.read().await.map_err(fault)?;
        let vault = self.app().store.vault();
        let now = self.model.now;
        let shown = factors::pending_app(&mut tx, vault, account.id, now).await.map_err(fault)?;
        drop(tx);
        let Some(shown) = shown else {
            return Err(TestCaseError::fail("what was begun is not shown"));
        };
        let seed = shown.seed;
        self.model.people[who].shown = Some((seed, shown.until));
        if !right {
            return Ok(());
        }
        self.tick();
        let typed = totp_code(&seed, totp_step(self.model.now)).unwrap_or_default();
        self.first_code(who, &account, &typed).await
    }

    async fn complete_app(&mut self, session: Pick, app: Pick, age: i64) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let Some(typed) = self.shown(app, age) else { return Ok(()) };
        self.first_code(self.model.sessions[session].who, &account, &typed).await
    }

    async fn first_code(
        &mut self,
        who: usize,
        account: &Account,
        typed: &str,
    ) -> Result<(), Complaint> {
        let name = Name::or("HP", "");
        let said = apps::complete(self.app(), &self.visit(0), account, typed, &name).await;
        let now = self.model.now;
        let person = &mut self.model.people[who];
        let expected = match person.shown {
            Some((seed, until)) if now < until => match matching(&seed, typed, now) {
                Some(step) => {
                    self.model.former_seeds.extend(person.app.map(|app| app.seed));
                    let app = BoundApp { seed, last: step, bound: now, is_suspended: false };
                    (person.app, person.shown) = (Some(app), None);
                    Completed::Done
                }
                None => Completed::Wrong,
            },
            // Whoever lost the answer and asks again is told the same, and nothing changes.
            _ if person.app.is_some_and(|app| now.since(app.bound) < Duration::from_mins(10)) => {
                Completed::Done
            }
            _ => Completed::Gone,
        };
        agree!(said.map_err(fault)?, expected, "the first code {typed} of an app of person {who}");
        Ok(())
    }

    async fn remove_app(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let said = apps::remove(self.app(), &self.visit(0), &account).await.map_err(fault)?;
        let person = &mut self.model.people[who];
        let expected = match () {
            () if !person.may_lose(Way::Totp) => Removed::Last,
            () if person.app.is_none() => Removed::Gone,
            () => {
                self.model.former_seeds.extend(person.app.take().map(|app| app.seed));
                Removed::Done
            }
        };
        agree!(said, expected, "J-07: the app of person {who} goes");
        self.plant_removal(who, said).await;
        Ok(())
    }

    async fn make_paper(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let made = recovery_codes::make(self.app(), &self.visit(0), &account).await;
        let Made::Set(codes) = made.map_err(fault)? else {
            return Err(TestCaseError::fail("no room for hashing"));
        };
        agree!(codes.len(), 10, "G-08: codes in a set");
        let made = self.model.now;
        let person = &mut self.model.people[self.model.sessions[session].who];
        for old in &mut person.paper {
            old.is_good = false;
        }
        person.paper_made = Some(made);
        let code = |code: &Secret| Paper { code: code.expose().to_owned(), made, is_good: true };
        person.paper.extend(codes.iter().map(code));
        Ok(())
    }

    async fn add_key(&mut self, session: Pick, verified: bool) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let keys = self.model.people[who].keys.len();
        if keys >= KEYS_AT_MOST {
            return Ok(());
        }
        let (app, visit, browser) = (self.app(), self.visit(0), browser(0));
        let token = self.model.sessions[session].token.clone();
        let number = u8::try_from(who * KEYS_AT_MOST + keys + 1).expect("a few keys");
        let mut device = Authenticator::new(number);
        device.id = app.dice.bytes::<20>().to_vec();
        device.flags.is_verified = verified;
        let challenge =
            passkeys::begin_adding(app, &visit, &browser, account.id, &token, "Ani").await;
        let challenge = challenge.map_err(fault)?;
        let credential = device.register(&challenge.options);
        let answered = Answered { sealed: &challenge.sealed, credential: &credential };
        let name = Name::or(&format!("kunci {number}"), "");
        let said = passkeys::add(app, &visit, &browser, &account, &token, answered, &name).await;
        agree!(said.map_err(fault)?, Added::Done, "a passkey of person {who}");
        let name = name.as_str().to_owned();
        let added = self.model.now;
        let (was_verified, is_suspended) = (verified, false);
        let key = Key { device, name, was_verified, added, is_suspended, is_bound: true };
        self.model.people[who].keys.push(key);
        Ok(())
    }

    async fn remove_key(&mut self, session: Pick, key: Pick) -> Result<(), Complaint> {
        let Some((owner, key)) = self.chosen_key(key) else { return Ok(()) };
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let Some(id) = self.kept_key((owner, key)).await? else { return Ok(()) };
        let removed = passkeys::remove(self.app(), &self.visit(0), &account, id).await;
        let person = &self.model.people[who];
        // One that is suspended opens nothing, so nobody misses it.
        let is_needed = owner != who || !person.keys[key].is_suspended;
        let expected = match () {
            () if is_needed && !person.may_lose(Way::Passkey) => Removed::Last,
            () if owner != who => Removed::Gone,
            () => {
                self.model.people[who].keys[key].is_bound = false;
                Removed::Done
            }
        };
        agree!(removed.map_err(fault)?, expected, "a passkey of {owner} removed by {who}");
        Ok(())
    }

    /// What the product calls a passkey, while it is bound.
    async fn kept_key(&self, (owner, key): (usize, usize)) -> Result<Option<Uuid>, Complaint> {
        let mut tx = self.app().store.read().await.map_err(fault)?;
        let vault = self.app().store.vault();
        let kept = key_rows::of(&mut tx, vault, self.model.people[owner].id).await;
        drop(tx);
        let key = &self.model.people[owner].keys[key];
        let kept = kept.map_err(fault)?.into_iter().find(|k| k.passkey.name.as_str() == key.name);
        agree!(kept.is_some(), key.is_bound, "a passkey is kept");
        let Some(kept) = kept else { return Ok(None) };
        let is_suspended = kept.passkey.suspended_at.is_some();
        agree!(is_suspended, key.is_suspended, "J-06: whether a passkey of {owner} is suspended");
        Ok(Some(kept.passkey.id))
    }

    /// What is to be suspended or to count again: whose it is, its place where it is a passkey, and
    /// what the product calls it.
    async fn device(
        &self,
        who: usize,
        key: Option<Pick>,
    ) -> Result<Option<(usize, Option<usize>, Device)>, Complaint> {
        let Some((owner, key)) = key.and_then(|key| self.chosen_key(key)) else {
            return Ok(Some((who, None, Device::App)));
        };
        let id = self.kept_key((owner, key)).await?;
        Ok(id.map(|id| (owner, Some(key), Device::Passkey(id))))
    }

    /// J-06: what is lost is suspended at once, by any way that is left.
    async fn suspend(&mut self, session: Pick, key: Option<Pick>) -> Result<(), Complaint> {
        let Some((session, member)) = self.proved_for(session, Need::Any).await? else {
            return Ok(());
        };
        let who = self.model.sessions[session].who;
        let Some((owner, key, device)) = self.device(who, key).await? else { return Ok(()) };
        let said = security::suspend(self.app(), &self.visit(0), &member.account, device).await;
        let way = if key.is_some() { Way::Passkey } else { Way::Totp };
        let expected = match () {
            () if !self.model.people[who].may_lose(way) => Removed::Last,
            () => self.model.people[who].switch(owner == who, key, true),
        };
        let said = said.map_err(fault)?;
        agree!(said, expected, "J-06: {way:?} of {owner} suspended by {who}");
        self.plant_suspension(who, said).await;
        Ok(())
    }

    /// What is suspended counts again only for whoever proves everything the account has.
    async fn unsuspend(&mut self, session: Pick, key: Option<Pick>) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let Some((owner, key, device)) = self.device(who, key).await? else { return Ok(()) };
        let said = security::resume(self.app(), &self.visit(0), &account, device).await;
        let expected = self.model.people[who].switch(owner == who, key, false);
        agree!(said.map_err(fault)?, expected, "J-06: a device of {owner} resumed by {who}");
        Ok(())
    }

    async fn ways(&mut self, session: Pick, choices: &Choices) -> Result<(), Complaint> {
        let Some((session, account)) = self.proved(session).await? else { return Ok(()) };
        let who = self.model.sessions[session].who;
        let said = security::choose(self.app(), &self.visit(0), &account, choices).await;
        let person = &mut self.model.people[who];
        let before = (person.is_sms_off, person.is_email_off);
        (person.is_sms_off, person.is_email_off) = (choices.is_sms_off, choices.is_email_off);
        let mut expected = Removed::Done;
        if !person.has_lasting_way() {
            (person.is_sms_off, person.is_email_off) = before;
            expected = Removed::Last;
        } else if (choices.is_sms_off && !before.0) || (choices.is_email_off && !before.1) {
            // A way that was taken away works no more, not even with what it has sent already.
            self.model.void_codes(who);
        }
        agree!(said.map_err(fault)?, expected, "J-07: ways of person {who}");
        Ok(())
    }

    async fn forget_browsers(&mut self, session: Pick) -> Result<(), Complaint> {
        let Some((session, member)) = self.member(session).await? else { return Ok(()) };
        let done = security::forget_browsers(self.app(), &self.visit(0), &member.account).await;
        done.map_err(fault)?;
        self.model.people[self.model.sessions[session].who].remembered.clear();
        Ok(())
    }
}

impl Person {
    /// Suspends a device, or lets it count again.
    fn switch(&mut self, is_own: bool, key: Option<usize>, is_suspended: bool) -> Removed {
        match (key, &mut self.app) {
            (Some(key), _) if is_own => self.keys[key].is_suspended = is_suspended,
            (None, Some(app)) => app.is_suspended = is_suspended,
            _ => return Removed::Gone,
        }
        Removed::Done
    }
}

impl crate::model::Model {
    /// Another password from inside a session.
    fn change(
        &mut self,
        who: usize,
        session: usize,
        (present, new): (&str, &str),
        ends_others: bool,
    ) -> &'static str {
        let now = self.now;
        let person = &mut self.people[who];
        match person.tries.door(now) {
            Door::Paused => return "paused",
            Door::Shut => return "locked",
            Door::Open => person.tries.miss_a_password(now),
        }
        if present != person.password() {
            return "wrong";
        }
        if person.tries.misses <= GUARDED_FROM {
            person.tries = Ladder::NEW;
        }
        if new == person.password() {
            return "refused";
        }
        self.set_password(who, new);
        if ends_others {
            self.end_sessions(who, Some(session));
        }
        "done"
    }
}
