//! Does an errand to the product and to the book, and complains where they differ. After each one the
//! contacts are those of the book, one of them counts, one serves recovery, and whatever session had
//! to end has ended.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use payung_domain::contact::{Email, Identifier, Phone};
use payung_domain::contact_changes::Kind;
use payung_domain::language::Language;
use payung_domain::notify::{Notice, Stage};
use payung_domain::recoveries::{
    Document, Lost, NotRecorded, Officer, Proof, ProofWay, RecoveryNews, Thing,
};
use payung_domain::second_factor::{Destination, Way};
use payung_domain::secret::Secret;
use payung_domain::time::{Clock, Instant};
use payung_domain::token::Token;
use payung_flows::contact_changes::begin::{self, Begun, Removed, Wish};
use payung_flows::contact_changes::confirm::{self, Answer as Confirmed, Found as Confirming};
use payung_flows::contact_changes::undo::{self, Cancelled};
use payung_flows::contact_changes::{Overview, ends, overview};
use payung_flows::passwords::{forgot, reset};
use payung_flows::recoveries::asking::{self, Begun as Draft, Found as Asking, Hints, Submitted};
use payung_flows::recoveries::desk::{Hand, Proved};
use payung_flows::recoveries::{finishing, record_proof, steps, stopping};
use payung_flows::sessions::{self, SignedIn};
use payung_flows::sign_in::password::{self, Answer, Attempt};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code};
use payung_flows::{App, Visit, not_me};
use payung_storage::outbox::Message;
use payung_storage::{
    Tx, contact_changes, not_me as not_me_rows, outbox, recoveries, throttles, values,
};
use payung_testkit::people::BORN;
use proptest::test_runner::TestCaseError;

use super::Road;
use super::book::{About, Alarm, Book, Finish, Reset, STOPPABLE, Typed};
use super::errands::{Errand, How};
use crate::deeds::Pick;
use crate::walker::{Complaint, agree, fault};

/// Between two messages to one contact.
const PAUSE: Duration = Duration::from_secs(61);

/// Passwords that anybody would take.
const NEW: [&str; 4] = [
    "kuda tangga hujan sore",
    "jendela roti lampu desa",
    "gunung sabun pasar minggu",
    "kereta bawang kursi merah",
];

const OFFICERS: [&str; 2] = ["lestari", "bayu"];

/// A fault that is put into the product on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// A new contact counts at once.
    NothingCoolsOff,
    /// A recovery that was stopped goes on.
    StopsAreForgotten,
    /// A session outlives a recovery (R7).
    SessionsOutliveARecovery,
}

impl Planted {
    pub const ALL: [Self; 3] =
        [Self::NothingCoolsOff, Self::StopsAreForgotten, Self::SessionsOutliveARecovery];
}

/// Somebody on errands.
pub struct Runner<'a> {
    road: &'a Road,
    pub book: Book,
    address: IpAddr,
    planted: Option<Planted>,
}

fn fail(why: String) -> Complaint {
    TestCaseError::fail(why)
}

impl<'a> Runner<'a> {
    pub fn new(road: &'a Road, number: u32, book: Book, planted: Option<Planted>) -> Self {
        // Everybody comes from somewhere else, or the signs of a sprayer would add up.
        let address = IpAddr::V4(Ipv4Addr::from_bits(number));
        Self { road, book, address, planted }
    }

    fn app(&self) -> &'a App {
        &self.road.ground.bench.app
    }

    fn visit(&self) -> Visit {
        Visit {
            now: self.book.now,
            address: self.address,
            device: "Chrome, Android".to_owned(),
            browser: Some(Token::of(&[1; 32])),
            language: Language::Id,
        }
    }

    pub async fn doing(&mut self, errand: &Errand) -> Result<(), Complaint> {
        match *errand {
            Errand::SignIn { name, word, way } => {
                let (name, password) = (self.name(name), self.spelled(word));
                self.sign_in(&name, &password, way).await?;
            }
            Errand::Bring { kind, new, replaces, whole } => {
                self.bring(kind, new, replaces, whole).await?;
            }
            Errand::TypeIn { change } => {
                let place = change.of(self.book.changes.len());
                if let (Some(place), Some(member)) = (place, self.member().await?) {
                    self.type_in(place, &member).await?;
                }
            }
            Errand::Remove { contact } => self.remove(contact).await?,
            Errand::CallOff { change } => self.call_off(change).await?,
            Errand::Undo { link } => self.undo(link).await?,
            Errand::Forgot { name } => {
                self.wait(PAUSE).await?;
                let name = self.name(name);
                forgot::ask(self.app(), &self.visit(), &name).await.map_err(fault)?;
            }
            Errand::Reset { link, new } => self.reset(link, new).await?,
            Errand::NotMe { alarm } => self.not_me(alarm).await?,
            Errand::NotMeInside => {
                if let Some(member) = self.member().await? {
                    let (app, visit) = (self.app(), self.visit());
                    let done = not_me::submit_signed_in(app, &visit, &member, None).await;
                    done.map_err(fault)?;
                    self.book.secure(None);
                }
            }
            Errand::Ask { to, all_is_lost } => self.ask(to, all_is_lost).await?,
            Errand::Prove { recovery, officer, both } => {
                if let Some(place) = recovery.of(self.book.recoveries.len()) {
                    self.prove(place, officer).await?;
                    if both {
                        self.prove(place, 1 - officer).await?;
                    }
                }
            }
            Errand::Stop { which, how } => self.stop(which, how).await?,
            Errand::Finish { link, new } => self.finish(link, new).await?,
            Errand::Wait(by) => self.wait(by).await?,
        }
        self.chores().await?;
        self.looks_around().await
    }

    /// A name there is in this world.
    fn name(&self, pick: Pick) -> String {
        let names: Vec<&String> =
            self.book.pool.iter().map(|(_, to)| to).chain([&self.book.user_name]).collect();
        pick.of(names.len()).map_or_else(String::new, |place| names[place].clone())
    }

    fn spelled(&self, word: Option<Pick>) -> String {
        let all = &self.book.passwords;
        let place = word.and_then(|pick| pick.of(all.len()));
        place.map_or_else(|| self.book.password().to_owned(), |place| all[place].clone())
    }

    fn pooled(&self, kind: Kind, pick: Pick) -> String {
        let of_kind: Vec<&String> =
            self.book.pool.iter().filter(|(one, _)| *one == kind).map(|(_, to)| to).collect();
        pick.of(of_kind.len()).map_or_else(String::new, |place| of_kind[place].clone())
    }

    /// Time passes, with everything that happens by itself in it.
    async fn wait(&mut self, by: Duration) -> Result<(), Complaint> {
        self.road.ground.bench.clock.advance(by);
        self.book.now = self.road.ground.bench.clock.now();
        self.chores().await
    }

    async fn chores(&mut self) -> Result<(), Complaint> {
        while steps::take_due(self.app()).await.map_err(fault)? > 0 {}
        while ends::tell(self.app()).await.map_err(fault)? > 0 {}
        self.collect().await
    }

    /// What must hold after anything.
    async fn looks_around(&mut self) -> Result<(), Complaint> {
        let (seen, now) = (self.list().await?, self.book.now);
        let present: BTreeMap<String, bool> = seen
            .contacts
            .iter()
            .map(|one| (one.to.expose().to_owned(), one.standing.counts(now)))
            .collect();
        let counts = present.values().any(|counts| *counts);
        agree!(present, self.book.present(), "G-10: the contacts, and whether each counts");
        agree!(counts, true, "whether a contact is left that counts");
        let recovers = seen.contacts.iter().any(|one| one.standing.recovers(now));
        agree!(recovers, true, "whether a contact is left that serves recovery");
        if let Some(token) = self.book.ended.last() {
            let found = sessions::find(self.app(), &self.visit(), token).await.map_err(fault)?;
            let is_live = matches!(found, sessions::Found::Live(_));
            agree!(is_live, false, "R7: whether a session outlives what ended it");
        }
        Ok(())
    }

    async fn list(&self) -> Result<Overview, Complaint> {
        overview(self.app(), &self.visit(), self.book.id).await.map_err(fault)
    }

    /// Whoever is signed in, or signs in for it.
    async fn member(&mut self) -> Result<Option<SignedIn>, Complaint> {
        if let Some(member) = self.live().await? {
            return Ok(Some(member));
        }
        let (name, password) = (self.book.user_name.clone(), self.book.password().to_owned());
        self.sign_in(&name, &password, Way::Email).await?;
        self.live().await
    }

    async fn live(&self) -> Result<Option<SignedIn>, Complaint> {
        let Some(token) = &self.book.session else { return Ok(None) };
        let found = sessions::find(self.app(), &self.visit(), token).await.map_err(fault)?;
        Ok(match found {
            sessions::Found::Live(member) => Some(*member),
            _ => None,
        })
    }

    async fn sign_in(&mut self, typed: &str, password: &str, way: Way) -> Result<(), Complaint> {
        self.wait(PAUSE).await?;
        self.book.sign_in_code = None;
        let (app, visit) = (self.app(), self.visit());
        let form: [u8; 16] = app.dice.bytes();
        let attempt = Attempt {
            typed,
            password: &Secret::from(password),
            form: &form,
            next: None,
            is_shared_device: false,
            earlier: None,
            taken: None,
        };
        let answer = password::submit(app, &visit, &attempt).await.map_err(fault)?;
        let token = match answer {
            Answer::Right { token, .. } => Some(token),
            Answer::Wrong { .. } => None,
            other => return Err(fail(format!("a password form: {other:?}"))),
        };
        let opens = self.book.opens(typed, password);
        agree!(token.is_some(), opens, "whether {typed} and a password open the door");
        match token {
            Some(token) => self.second_step(&token, way).await,
            None => self.forget_misses(typed).await,
        }
    }

    /// Guessing is what the other walks are about.
    async fn forget_misses(&self, typed: &str) -> Result<(), Complaint> {
        let (app, id) = (self.app(), self.book.id);
        let keys = &app.keys.counters;
        let mut subjects = vec![keys.tag(&[b"password", id.0.as_bytes()])];
        if let Some(name) = Identifier::readings(typed).first() {
            subjects.push(keys.tag(&[b"typed", name.kind().as_bytes(), name.expose().as_bytes()]));
        }
        let mut tx = app.store.write().await.map_err(fault)?;
        for subject in subjects {
            throttles::clear(&mut tx, &subject).await.map_err(fault)?;
        }
        tx.commit().await.map_err(fault)
    }

    async fn second_step(&mut self, token: &Token, way: Way) -> Result<(), Complaint> {
        self.collect().await?;
        let (app, visit) = (self.app(), self.visit());
        if self.book.sign_in_code.is_none() {
            let asked = match step::choose(app, &visit, token, way).await.map_err(fault)? {
                Found::Open(asked) => asked,
                other => return Err(fail(format!("a choice: {other:?}"))),
            };
            self.book.check_way(way, asked != Asked::NotOpen)?;
            self.collect().await?;
        }
        // So many codes an hour, and no more.
        let Some((to, digits)) = self.book.sign_in_code.take() else { return Ok(()) };
        agree!(self.book.counts(&to), true, "whether {to}, where a code went, counts");
        let done = code::submit(app, &visit, token, &digits, Ending::default()).await;
        match done.map_err(fault)? {
            Found::Open(code::Answer::SignedIn { session, .. }) => {
                self.book.session = Some(session);
                Ok(())
            }
            other => Err(fail(format!("the code that was sent: {other:?}"))),
        }
    }

    async fn bring(
        &mut self,
        kind: Kind,
        new: Pick,
        replaces: Option<Pick>,
        whole: bool,
    ) -> Result<(), Complaint> {
        let Some(member) = self.member().await? else { return Ok(()) };
        self.wait(PAUSE).await?;
        let (app, visit, list) = (self.app(), self.visit(), self.list().await?);
        let of_kind: Vec<_> = list.of_kind(kind).collect();
        let old = replaces.and_then(|pick| pick.of(of_kind.len())).map(|place| of_kind[place]);
        let (new, form) = (self.pooled(kind, new), app.dice.bytes::<16>());
        let replaces = old.map(|one| &*one.handle);
        let wish = Wish { kind, typed: &new, replaces, version: &list.version, form: &form };
        let begun = begin::submit(app, &visit, &member, wish).await.map_err(fault)?;
        let old = old.map(|one| one.to.expose().to_owned());
        match (begun, self.book.may_come(&new, kind, old.as_deref())) {
            (Begun::Code(id, _), Ok(())) => self.book.begin(id, kind, &new, old),
            (Begun::Refused(said), Err(expected)) => {
                agree!(said, expected, "why {new} cannot come");
                return Ok(());
            }
            (said, expected) => {
                return Err(fail(format!("{new} comes: {said:?}, it must be {expected:?}")));
            }
        }
        let place = self.book.changes.len() - 1;
        self.book.codes.remove(&new);
        self.collect().await?;
        self.book.changes[place].code = self.book.codes.remove(&new);
        if whole { self.type_in(place, &member).await } else { Ok(()) }
    }

    async fn type_in(&mut self, place: usize, member: &SignedIn) -> Result<(), Complaint> {
        let change = &self.book.changes[place];
        let Some((digits, _)) = change.code.clone() else { return Ok(()) };
        let new = change.new.clone().unwrap_or_default();
        let (app, visit, id) = (self.app(), self.visit(), change.id);
        let hearing = self.book.hearing();
        let found = confirm::submit(app, &visit, member, id, &digits).await.map_err(fault)?;
        let said = match found {
            Confirming::Open(Confirmed::CoolsOff(_)) => Typed::Certain,
            Confirming::Open(Confirmed::Expired(_)) => Typed::Late,
            Confirming::Open(Confirmed::Refused(refusal)) => Typed::Refused(refusal),
            Confirming::Confirmed(..) => Typed::Before,
            Confirming::Gone => Typed::Gone,
            other => return Err(fail(format!("the code of a change: {other:?}"))),
        };
        agree!(said, self.book.type_in(place), "G-09: the code of {new}");
        match said {
            Typed::Certain => {
                self.plant_change().await;
                self.all_hear(hearing, &About::Change, "J-05: a change").await
            }
            Typed::Late => {
                self.collect().await?;
                self.book.changes[place].code = self.book.codes.remove(&new);
                Ok(())
            }
            Typed::Before | Typed::Refused(_) | Typed::Gone => Ok(()),
        }
    }

    /// Whoever heard of everything before this hears of this, now, before any of it takes effect.
    async fn all_hear(
        &mut self,
        hearing: Vec<String>,
        about: &About,
        what: &str,
    ) -> Result<(), Complaint> {
        self.book.told.clear();
        self.chores().await?;
        for to in hearing {
            let has_heard = self.book.told.iter().any(|(at, said)| *at == to && said == about);
            agree!(has_heard, true, "{what}: whether {to} has heard of it");
        }
        Ok(())
    }

    async fn remove(&mut self, contact: Pick) -> Result<(), Complaint> {
        let Some(member) = self.member().await? else { return Ok(()) };
        self.wait(PAUSE).await?;
        let (app, visit, list) = (self.app(), self.visit(), self.list().await?);
        let Some(place) = contact.of(list.contacts.len()) else { return Ok(()) };
        let one = &list.contacts[place];
        let (old, form) = (one.to.expose().to_owned(), app.dice.bytes::<16>());
        let wanted = (&*one.handle, &*list.version);
        let hearing = self.book.hearing();
        let said = begin::remove(app, &visit, &member, wanted, &form).await.map_err(fault)?;
        match (said, self.book.may_go(&old)) {
            (Removed::GoesAt(_), Ok(())) => {
                let newest = self.newest_change().await?;
                self.book.let_go(newest, &old);
                self.all_hear(hearing, &About::Change, "J-05: a contact that goes").await
            }
            (Removed::Refused(said), Err(expected)) => {
                agree!(said, expected, "why {old} cannot go");
                Ok(())
            }
            (said, expected) => Err(fail(format!("{old} goes: {said:?}, it must be {expected:?}"))),
        }
    }

    /// The change that was begun last. No two are begun in the same moment.
    async fn newest_change(&self) -> Result<payung_domain::ids::ChangeId, Complaint> {
        let mut tx = self.app().store.read().await.map_err(fault)?;
        let (vault, id) = (self.app().store.vault(), self.book.id);
        let recent = contact_changes::recent(&mut tx, vault, id, self.book.now).await;
        let newest = recent.map_err(fault)?.into_iter().next();
        newest.map(|change| change.id).ok_or_else(|| fail("no change was begun".to_owned()))
    }

    async fn call_off(&mut self, change: Pick) -> Result<(), Complaint> {
        let Some(place) = change.of(self.book.changes.len()) else { return Ok(()) };
        let Some(member) = self.member().await? else { return Ok(()) };
        let id = self.book.changes[place].id;
        let cancelled = undo::cancel(self.app(), &self.visit(), &member, id).await;
        let said = match cancelled.map_err(fault)? {
            Cancelled::Done => "done",
            Cancelled::Before(_) => "before",
            Cancelled::TooLate => "too late",
            Cancelled::Gone => "gone",
        };
        agree!(said, self.book.call_off(place), "calling the change {place} off");
        Ok(())
    }

    async fn undo(&mut self, link: Pick) -> Result<(), Complaint> {
        let Some(at) = link.of(self.book.undos.len()) else { return Ok(()) };
        let (token, place) = self.book.undos[at].clone();
        let answer = undo::submit(self.app(), &self.visit(), &token).await.map_err(fault)?;
        let is_undone = matches!(answer, undo::Answer::Undone);
        agree!(is_undone, self.book.undo(place), "G-10: whether the change {place} is undone");
        Ok(())
    }

    async fn reset(&mut self, link: Pick, new: Pick) -> Result<(), Complaint> {
        let Some(at) = link.of(self.book.resets.len()) else { return Ok(()) };
        let new = new_password(new);
        let (token, secret) = (self.book.resets[at].token.clone(), Secret::from(new));
        let answer = reset::submit(self.app(), &self.visit(), &token, &secret).await;
        if matches!(answer.map_err(fault)?, reset::Answer::Done) {
            let link = &self.book.resets[at];
            let is_good = !link.is_spent
                && self.book.now < link.until
                && link.passwords == self.book.passwords.len();
            agree!(is_good, true, "G-01: whether the link {at} was good");
            self.book.set_password(new);
        }
        Ok(())
    }

    async fn not_me(&mut self, alarm: Pick) -> Result<(), Complaint> {
        let Some(at) = alarm.of(self.book.alarms.len()) else { return Ok(()) };
        let token = self.book.alarms[at].token.clone();
        let answer = not_me::submit(self.app(), &self.visit(), &token).await.map_err(fault)?;
        let alarm = &mut self.book.alarms[at];
        let is_good = !alarm.is_spent && self.book.now < alarm.until;
        alarm.is_spent = true;
        let to = alarm.to.clone();
        agree!(matches!(answer, not_me::Answer::Secured), is_good, "J-04: the alarm {at}");
        if is_good {
            self.book.secure(Some(&to));
        }
        Ok(())
    }

    /// Somebody who knows the details of the owner asks; the owner is told.
    async fn ask(&mut self, to: Pick, all_is_lost: bool) -> Result<(), Complaint> {
        self.wait(PAUSE).await?;
        let (app, visit) = (self.app(), self.visit());
        let form: [u8; 16] = app.dice.bytes();
        let token = match asking::begin(app, &visit, &form).await.map_err(fault)? {
            Draft::Draft(token) => token,
            other @ Draft::TooMany { .. } => return Err(fail(format!("a draft: {other:?}"))),
        };
        let to = self.pooled(Kind::Email, to);
        let email = Email::parse(&to).map_err(|problem| fail(format!("{problem:?}")))?;
        let lost = if all_is_lost { vec![Thing::Phone, Thing::Email] } else { vec![Thing::Email] };
        let (lost, kpj) = (Lost::of(lost), Some(self.book.kpj.clone()));
        let hints = Hints { kpj, nik: None, birth_date: BORN };
        asking::name(app, &visit, &token, &hints).await.map_err(fault)?;
        asking::lose(app, &visit, &token, lost).await.map_err(fault)?;
        self.book.codes.remove(&to);
        asking::reach(app, &visit, &token, &Destination::Email(email)).await.map_err(fault)?;
        self.collect().await?;
        // So many codes an hour, and no more.
        let Some((digits, _)) = self.book.codes.remove(&to) else { return Ok(()) };
        asking::confirm(app, &visit, &token, &digits).await.map_err(fault)?;
        asking::choose(app, &visit, &token, ProofWay::Branch).await.map_err(fault)?;
        let reference = match asking::submit(app, &visit, &token).await.map_err(fault)? {
            Asking::Open(Submitted::Sent(receipt)) => receipt.reference,
            Asking::Open(Submitted::TooMany { .. }) => return Ok(()),
            other => return Err(fail(format!("a recovery: {other:?}"))),
        };
        let mut tx = app.store.read().await.map_err(fault)?;
        let kept = recoveries::referred(&mut tx, app.store.vault(), &reference).await;
        drop(tx);
        let is_ours = kept.map_err(fault)?.is_some_and(|kept| kept.recovery.account.is_some());
        let another = self.book.open_recovery();
        agree!(is_ours && another.is_some(), false, "whether two recoveries are open at once");
        let mark = About::Recovery(reference.as_str().to_owned());
        self.book.ask((reference, to, lost), is_ours);
        let hearing = if is_ours { self.book.hearing() } else { Vec::new() };
        self.all_hear(hearing, &mark, "J-03: a recovery").await
    }

    async fn prove(&mut self, place: usize, officer: usize) -> Result<(), Complaint> {
        let recovery = &self.book.recoveries[place];
        let name = OFFICERS[officer];
        let who = Officer::parse(name).ok_or_else(|| fail(format!("{name} is no officer")))?;
        let hand = Hand { officer: &who, reason: "KTP asli dilihat di loket" };
        let (way, document, lost) = (ProofWay::Branch, Document::Ktp, recovery.lost);
        let proof = Proof { way, document, lost };
        let proved = record_proof(self.app(), &hand, &recovery.reference, proof).await;
        let said = match proved.map_err(fault)? {
            Proved::First(_) => "first",
            Proved::Both { .. } => "both",
            Proved::Not(NotRecorded::Over(_)) => "over",
            Proved::Not(NotRecorded::Nobody) => "nobody's",
            Proved::Not(NotRecorded::SameOfficer) => "the same officer",
            Proved::Not(NotRecorded::Already) => "already",
            other => return Err(fail(format!("a proof: {other:?}"))),
        };
        agree!(said, self.book.prove(place, officer), "P-04: the word of {name}");
        Ok(())
    }

    async fn stop(&mut self, which: Pick, how: How) -> Result<(), Complaint> {
        let (answer, place) = match how {
            How::Link => {
                let Some(at) = which.of(self.book.stops.len()) else { return Ok(()) };
                let (token, place) = self.book.stops[at].clone();
                (stopping::by_link(self.app(), &self.visit(), &token).await, Some(place))
            }
            How::Session => {
                let Some(member) = self.member().await? else { return Ok(()) };
                let place = self.book.open_recovery();
                (stopping::signed_in(self.app(), &self.visit(), &member).await, place)
            }
            How::Reference => {
                let all = &self.book.recoveries;
                let Some(place) = which.of(all.len()) else { return Ok(()) };
                let reference = &all[place].reference;
                let answer = stopping::by_reference(self.app(), &self.visit(), reference).await;
                (answer, Some(place))
            }
        };
        let is_stopped = matches!(answer.map_err(fault)?, stopping::Answer::Stopped);
        agree!(is_stopped, self.book.stop(place), "whether a recovery is stopped by {how:?}");
        if is_stopped {
            self.plant_stop().await;
        }
        Ok(())
    }

    async fn finish(&mut self, link: Pick, new: Pick) -> Result<(), Complaint> {
        let Some(at) = link.of(self.book.finishes.len()) else { return Ok(()) };
        let new = new_password(new);
        let (token, secret) = (self.book.finishes[at].token.clone(), Secret::from(new));
        let answer = finishing::submit(self.app(), &self.visit(), &token, &secret).await;
        let said = match answer.map_err(fault)? {
            finishing::Answer::Done => "done",
            finishing::Answer::Over(..) => "over",
            finishing::Answer::Refused(_) => "refused",
            other => return Err(fail(format!("the end of a recovery: {other:?}"))),
        };
        let expected = match () {
            () if !self.book.may_finish(at) => "over",
            () if new == self.book.password() => "refused",
            () => "done",
        };
        agree!(said, expected, "G-07: the end of a recovery with link {at}");
        if said == "done" {
            let place = self.book.finishes[at].recovery;
            let recovery = &self.book.recoveries[place];
            let waited = self.book.now.since(recovery.asked);
            agree!(waited >= STOPPABLE, true, "G-07: whether the owner had {waited:?}");
            agree!(recovery.officers.len(), 2, "P-04: officers who saw a proof");
            self.book.recover(place, new);
            self.plant_end().await;
        }
        Ok(())
    }

    /// Reads every letter and text message that has come.
    async fn collect(&mut self) -> Result<(), Complaint> {
        loop {
            let now = self.book.now;
            let store = &self.app().store;
            let mut tx = store.write().await.map_err(fault)?;
            let lease = now.plus(Duration::from_hours(1));
            let due = outbox::take(&mut tx, store.vault(), 50, now, lease).await.map_err(fault)?;
            if due.is_empty() {
                return Ok(());
            }
            for message in due.into_iter().map(|one| one.message) {
                outbox::sent(&mut tx, message.id, now).await.map_err(fault)?;
                self.read(&mut tx, message).await?;
            }
            tx.commit().await.map_err(fault)?;
        }
    }

    async fn read(&mut self, tx: &mut Tx, message: Message) -> Result<(), Complaint> {
        let to = message.to.expose().to_owned();
        // Some are late news of somebody who walked here before.
        if !self.book.pool.iter().any(|(_, known)| *known == to) {
            return Ok(());
        }
        if let Some(token) = message.not_me {
            let link = not_me_rows::get(tx, &token.hash()).await.map_err(fault)?;
            let until = link.map_or(self.book.now, |link| link.expires_at);
            self.book.alarms.push(Alarm { token, to: to.clone(), until, is_spent: false });
        }
        match message.notice {
            Notice::SignInCode { code, .. } => self.book.sign_in_code = Some((to, code)),
            Notice::ContactCode { code, until } => {
                self.book.codes.insert(to, (code, until));
            }
            Notice::ResetLink { token, until } => {
                agree!(self.book.recovers(&to), true, "G-10: whether {to} serves recovery");
                self.keep_reset(&token, until)?;
            }
            Notice::ContactChange(told) => {
                if told.stage == Stage::Begun && !told.is_to_new {
                    self.book.told.push((to, About::Change));
                }
                if let Some(token) = told.undo.as_deref().and_then(Token::parse) {
                    let link = contact_changes::link(tx, &token.hash()).await.map_err(fault)?;
                    let id = link.map(|link| link.change);
                    let place = self.book.changes.iter().position(|one| Some(one.id) == id);
                    self.book.undos.extend(place.map(|place| (token, place)));
                }
            }
            Notice::Recovery { reference, news } => self.hear_of(to, reference, news),
            _ => {}
        }
        Ok(())
    }

    fn keep_reset(&mut self, token: &str, until: Instant) -> Result<(), Complaint> {
        let token = Token::parse(token).ok_or_else(|| fail("links hold tokens".to_owned()))?;
        for older in &mut self.book.resets {
            older.is_spent = true;
        }
        let passwords = self.book.passwords.len();
        self.book.resets.push(Reset { token, until, passwords, is_spent: false });
        Ok(())
    }

    fn hear_of(&mut self, to: String, reference: String, news: RecoveryNews) {
        let all = &self.book.recoveries;
        let place = all.iter().position(|one| one.reference.as_str() == reference);
        match (news, place) {
            (RecoveryNews::Warning { stop, .. }, Some(place)) => {
                let has_link = Email::parse(&to).is_ok();
                let token = Token::parse(&stop).filter(|_| has_link);
                self.book.stops.extend(token.map(|token| (token, place)));
                self.book.told.push((to, About::Recovery(reference)));
            }
            (RecoveryNews::Link { token, until }, Some(recovery)) => {
                let token = Token::parse(&token);
                self.book.finishes.extend(token.map(|token| Finish { token, recovery, until }));
            }
            _ => {}
        }
    }

    async fn plant(&self, which: Planted, sql: &'static str) {
        if self.planted != Some(which) {
            return;
        }
        let (id, now) = (self.book.id, self.book.now);
        let mut tx = self.app().store.write().await.expect("a transaction");
        tx.run("planting a fault", sql, values![id, now]).await.expect("a fault is planted");
        tx.commit().await.expect("a commit");
    }

    async fn plant_change(&self) {
        let sql = "update identifiers set counts_from = $2 where account_id = $1";
        self.plant(Planted::NothingCoolsOff, sql).await;
    }

    async fn plant_stop(&self) {
        let sql = "update recoveries set ended = null, closed_at = null \
                   where account_id = $1 and closed_at <= $2";
        self.plant(Planted::StopsAreForgotten, sql).await;
    }

    async fn plant_end(&self) {
        let sql = "update sessions set ended_at = null where account_id = $1 and ended_at <= $2";
        self.plant(Planted::SessionsOutliveARecovery, sql).await;
    }
}

fn new_password(pick: Pick) -> &'static str {
    NEW[pick.of(NEW.len()).unwrap_or_default()]
}

/// A number as it is kept.
pub fn number(text: &str) -> String {
    Phone::parse(text).expect("a number").expose().to_owned()
}
