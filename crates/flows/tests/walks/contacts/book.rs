//! What must hold of contacts and recoveries, told a second time and in the simplest way there is:
//! lists in memory. Written from `standards.md` (G-07 to G-10, J-03, J-05, R7); where it has to know
//! a number, the number stands here again.

use std::collections::BTreeMap;
use std::time::Duration;

use payung_domain::contact_changes::{Kind, Refusal};
use payung_domain::ids::{AccountId, ChangeId, Kpj};
use payung_domain::recoveries::{Lost, RecoveryReference, Thing};
use payung_domain::second_factor::Way;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use proptest::test_runner::TestCaseError;

use crate::walker::{Complaint, agree};

/// A new contact counts after so long, and an old one stops.
const COOLING_OFF: Duration = Duration::from_hours(12);
/// It serves recovery after so long, and an old one can undo until then.
const UNDOABLE: Duration = Duration::from_hours(72);
/// An owner has so long to stop a recovery.
pub const STOPPABLE: Duration = Duration::from_hours(72);
/// A change waits so long for its code.
const UNFINISHED: Duration = Duration::from_hours(1);
/// A recovery is closed after so long.
const LIFE: Duration = Duration::from_hours(24 * 30);
/// A number is fresh for so long.
const FRESH: Duration = Duration::from_hours(24);
/// An old contact that a recovery replaced serves recovery from then on.
const NEVER: Instant = Instant::from_micros(i64::MAX);
const EVER: Instant = Instant::from_micros(0);

/// An address or a number of the account.
pub struct Contact {
    pub to: String,
    kind: Kind,
    /// Its code was right then.
    confirmed: Instant,
    /// It signs in from then on.
    from: Instant,
    /// It serves recovery from then on.
    recovers: Instant,
    /// It signs in until then.
    until: Option<Instant>,
    /// It hears of everything until then.
    gone: Option<Instant>,
}

impl Contact {
    pub fn since_ever(to: String, kind: Kind) -> Self {
        let (confirmed, from, recovers) = (EVER, EVER, EVER);
        Self { to, kind, confirmed, from, recovers, until: None, gone: None }
    }

    fn counts(&self, now: Instant) -> bool {
        self.from <= now && self.until.is_none_or(|end| now < end)
    }

    fn is_gone(&self, now: Instant) -> bool {
        self.gone.is_some_and(|end| end <= now)
    }

    fn hears(&self, now: Instant) -> bool {
        self.from <= now && !self.is_gone(now)
    }

    fn recovers(&self, now: Instant) -> bool {
        self.recovers <= now && !self.is_gone(now)
    }

    fn leaves(&mut self, now: Instant) {
        (self.until, self.gone) = (Some(now.plus(COOLING_OFF)), Some(now.plus(UNDOABLE)));
    }

    fn stays(&mut self) {
        (self.until, self.gone) = (None, None);
    }
}

/// A change that was begun.
pub struct Change {
    pub id: ChangeId,
    kind: Kind,
    pub new: Option<String>,
    old: Option<String>,
    begun: Instant,
    confirmed: Option<Instant>,
    is_cancelled: bool,
    /// A newer one took its place before its code came.
    is_dropped: bool,
    /// The code that came for it, and until when it is good.
    pub code: Option<(String, Instant)>,
}

impl Change {
    fn can_be_undone(&self, now: Instant) -> bool {
        let since = self.confirmed.filter(|_| !self.is_cancelled && !self.is_dropped);
        since.is_some_and(|at| now < at.plus(UNDOABLE))
    }

    fn waits(&self, now: Instant) -> bool {
        let is_there = !self.is_cancelled && !self.is_dropped;
        is_there && self.confirmed.is_none() && now < self.begun.plus(UNFINISHED)
    }
}

/// What the code of a change comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Certain,
    Before,
    Late,
    Refused(Refusal),
    Gone,
}

/// How a recovery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stopped,
    Done(Instant),
    Undone,
}

/// A recovery that was asked for.
pub struct Recovery {
    pub reference: RecoveryReference,
    /// One that was asked for while another was open, or too often, is nobody's.
    is_ours: bool,
    pub asked: Instant,
    pub to: String,
    pub lost: Lost,
    pub officers: Vec<usize>,
    /// Whether its contact came with it, and was not the owner's before.
    has_brought: bool,
    end: Option<End>,
}

impl Recovery {
    pub fn is_open(&self, now: Instant) -> bool {
        self.end.is_none() && now < self.asked.plus(LIFE)
    }
}

/// A link to set a new password with.
pub struct Reset {
    pub token: Token,
    pub until: Instant,
    pub passwords: usize,
    pub is_spent: bool,
}

/// The link "this was not me".
pub struct Alarm {
    pub token: Token,
    pub to: String,
    pub until: Instant,
    pub is_spent: bool,
}

/// The link that finishes a recovery.
pub struct Finish {
    pub token: Token,
    pub recovery: usize,
    pub until: Instant,
}

/// What a letter or a text message was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A change has begun to cool off.
    Change,
    /// Somebody asked for this recovery.
    Recovery(String),
}

/// Everything that is known of the one account of a walk.
pub struct Book {
    pub now: Instant,
    pub id: AccountId,
    pub user_name: String,
    pub kpj: Kpj,
    /// Every contact that there is in this world, the account's first of each kind in front.
    pub pool: Vec<(Kind, String)>,
    pub contacts: Vec<Contact>,
    pub changes: Vec<Change>,
    pub recoveries: Vec<Recovery>,
    /// Every password there ever was; the last one counts.
    pub passwords: Vec<String>,
    pub is_disowned: bool,
    pub session: Option<Token>,
    /// Sessions that had to end.
    pub ended: Vec<Token>,
    pub resets: Vec<Reset>,
    pub alarms: Vec<Alarm>,
    /// Links that undo a change, by its place.
    pub undos: Vec<(Token, usize)>,
    /// Links that stop a recovery, by its place.
    pub stops: Vec<(Token, usize)>,
    pub finishes: Vec<Finish>,
    /// Where news went.
    pub told: Vec<(String, About)>,
    /// The newest code that proves a contact, by where it went.
    pub codes: BTreeMap<String, (String, Instant)>,
    /// The newest code of a sign-in, and where it went.
    pub sign_in_code: Option<(String, String)>,
}

impl Book {
    pub fn password(&self) -> &str {
        self.passwords.last().expect("there always is one")
    }

    fn contact(&self, to: &str) -> Option<&Contact> {
        self.contacts.iter().find(|one| one.to == to && !one.is_gone(self.now))
    }

    pub fn counts(&self, to: &str) -> bool {
        self.contact(to).is_some_and(|one| one.counts(self.now))
    }

    pub fn recovers(&self, to: &str) -> bool {
        self.contact(to).is_some_and(|one| one.recovers(self.now))
    }

    /// Whether a name and a password lead to the second step.
    pub fn opens(&self, name: &str, password: &str) -> bool {
        let is_a_name = name == self.user_name || self.counts(name);
        is_a_name && !self.is_disowned && password == self.password()
    }

    /// The contacts that are there, and whether each counts.
    pub fn present(&self) -> BTreeMap<String, bool> {
        let present = self.contacts.iter().filter(|one| !one.is_gone(self.now));
        present.map(|one| (one.to.clone(), one.counts(self.now))).collect()
    }

    /// Those that hear of everything now.
    pub fn hearing(&self) -> Vec<String> {
        let hearing = self.contacts.iter().filter(|one| one.hears(self.now));
        hearing.map(|one| one.to.clone()).collect()
    }

    /// Whether a way may be open or shut. A number that has just come waits while letters can go
    /// (B-07), so of text messages only the sure cases are asked.
    pub fn check_way(&self, way: Way, is_open: bool) -> Result<(), Complaint> {
        let now = self.now;
        let of_kind =
            |kind: Kind| self.contacts.iter().filter(move |c| c.kind == kind && c.counts(now));
        let has_letters = of_kind(Kind::Email).next().is_some();
        let mut numbers = of_kind(Kind::Phone).peekable();
        if way == Way::Email {
            agree!(is_open, has_letters, "whether codes go by letter");
        } else if is_open {
            agree!(numbers.peek().is_some(), true, "whether there is a number for codes");
        } else {
            let is_settled = |one: &Contact| now.since(one.confirmed) >= FRESH;
            let must_be = numbers.peek().is_some() && numbers.all(is_settled);
            agree!(must_be, false, "whether a number that is old enough gets no codes");
        }
        Ok(())
    }

    fn may_leave(&self, old: &str) -> bool {
        self.contact(old).is_some_and(|one| one.counts(self.now) && one.until.is_none())
    }

    /// Whether a contact may come, for another or beside it (G-09).
    pub fn may_come(&self, new: &str, kind: Kind, old: Option<&str>) -> Result<(), Refusal> {
        if self.contact(new).is_some() {
            return Err(Refusal::Own);
        }
        if let Some(old) = old {
            return if self.may_leave(old) { Ok(()) } else { Err(Refusal::Changed) };
        }
        let now = self.now;
        let stays = |one: &&Contact| one.kind == kind && !one.is_gone(now) && one.until.is_none();
        if self.contacts.iter().filter(stays).count() >= 2 { Err(Refusal::Full) } else { Ok(()) }
    }

    /// Whether a contact may go: never the last one that counts and stays.
    pub fn may_go(&self, old: &str) -> Result<(), Refusal> {
        if !self.may_leave(old) {
            return Err(Refusal::Changed);
        }
        let stays = |one: &Contact| one.to != old && one.counts(self.now) && one.until.is_none();
        if self.contacts.iter().any(stays) { Ok(()) } else { Err(Refusal::LastContact) }
    }

    /// A change waits for its code; of each kind, one does.
    pub fn begin(&mut self, id: ChangeId, kind: Kind, new: &str, old: Option<String>) {
        let waiting = |one: &&mut Change| one.kind == kind && one.confirmed.is_none();
        for one in self.changes.iter_mut().filter(waiting) {
            one.is_dropped |= !one.is_cancelled;
        }
        self.changes.push(Change {
            id,
            kind,
            new: Some(new.to_owned()),
            old,
            begun: self.now,
            confirmed: None,
            is_cancelled: false,
            is_dropped: false,
            code: None,
        });
    }

    /// A contact goes, and none comes.
    pub fn let_go(&mut self, id: ChangeId, old: &str) {
        let now = self.now;
        let Some(one) = self.contacts.iter_mut().find(|one| one.to == old) else { return };
        one.leaves(now);
        let kind = one.kind;
        self.changes.push(Change {
            id,
            kind,
            new: None,
            old: Some(old.to_owned()),
            begun: now,
            confirmed: Some(now),
            is_cancelled: false,
            is_dropped: false,
            code: None,
        });
    }

    /// What the right code of a change comes to; whatever follows from that is noted.
    pub fn type_in(&mut self, place: usize) -> Typed {
        let now = self.now;
        let change = &self.changes[place];
        if change.is_dropped || change.is_cancelled {
            return Typed::Gone;
        }
        if change.confirmed.is_some() {
            return Typed::Before;
        }
        let until = change.code.as_ref().map_or(EVER, |(_, until)| *until);
        let new = match &change.new {
            Some(new) if change.waits(now) => new.clone(),
            _ => return Typed::Gone,
        };
        if now >= until {
            return Typed::Late;
        }
        let (kind, old) = (change.kind, change.old.clone());
        if let Err(refusal) = self.may_come(&new, kind, old.as_deref()) {
            self.changes[place].is_cancelled = true;
            return Typed::Refused(refusal);
        }
        self.changes[place].confirmed = Some(now);
        self.contacts.retain(|one| !one.is_gone(now));
        for one in self.contacts.iter_mut().filter(|one| Some(&one.to) == old.as_ref()) {
            one.leaves(now);
        }
        self.contacts.push(Contact {
            to: new,
            kind,
            confirmed: now,
            from: now.plus(COOLING_OFF),
            recovers: now.plus(UNDOABLE),
            until: None,
            gone: None,
        });
        Typed::Certain
    }

    /// What calling a change off from inside comes to.
    pub fn call_off(&mut self, place: usize) -> &'static str {
        let (now, change) = (self.now, &self.changes[place]);
        match change.confirmed {
            _ if change.is_dropped => "gone",
            _ if change.is_cancelled => "before",
            None if !change.waits(now) => "gone",
            Some(at) if now >= at.plus(COOLING_OFF) => "too late",
            _ => {
                self.take_back(place);
                "done"
            }
        }
    }

    /// Puts the contacts back as they were before a change.
    fn take_back(&mut self, place: usize) {
        let change = &mut self.changes[place];
        if change.is_cancelled || change.is_dropped {
            return;
        }
        change.is_cancelled = true;
        if change.confirmed.is_none() {
            return;
        }
        let (new, old) = (change.new.clone(), change.old.clone());
        self.contacts.retain(|one| Some(&one.to) != new.as_ref());
        for one in self.contacts.iter_mut().filter(|one| Some(&one.to) == old.as_ref()) {
            one.stays();
        }
    }

    /// Whether the link of a letter takes a change back; and what was built on it goes too.
    pub fn undo(&mut self, place: usize) -> bool {
        let now = self.now;
        let change = &self.changes[place];
        if !change.can_be_undone(now) {
            return false;
        }
        let since = change.confirmed;
        let mut gone: Vec<String> = change.new.iter().cloned().collect();
        let mut undone = vec![place];
        if since.is_some_and(|at| now >= at.plus(COOLING_OFF)) {
            let is_later = |at: &usize| {
                let other = &self.changes[*at];
                *at != place && other.can_be_undone(now) && other.confirmed >= since
            };
            let mut later: Vec<usize> = (0..self.changes.len()).filter(is_later).collect();
            later.sort_by_key(|at| self.changes[*at].confirmed);
            for at in later {
                let other = &self.changes[at];
                let stands_on_it = other.old.as_ref().is_some_and(|old| gone.contains(old));
                // So does a removal: what stood in for the removed one may be what goes now.
                if stands_on_it || other.new.is_none() {
                    gone.extend(other.new.clone());
                    undone.push(at);
                }
            }
        }
        for at in undone.into_iter().rev() {
            self.take_back(at);
        }
        true
    }

    /// Takes back whatever can be, the newest first.
    fn undo_everything(&mut self) {
        let now = self.now;
        let may = |at: &usize| self.changes[*at].can_be_undone(now) || self.changes[*at].waits(now);
        let mut all: Vec<usize> = (0..self.changes.len()).filter(may).collect();
        all.sort_by_key(|at| std::cmp::Reverse(self.changes[*at].confirmed));
        for at in all {
            self.take_back(at);
        }
    }

    /// A recovery was asked for. Of one account, one is open.
    pub fn ask(&mut self, recovery: (RecoveryReference, String, Lost), is_ours: bool) {
        let (reference, to, lost) = recovery;
        self.recoveries.push(Recovery {
            reference,
            is_ours,
            asked: self.now,
            to,
            lost,
            officers: Vec::new(),
            has_brought: false,
            end: None,
        });
    }

    pub fn open_recovery(&self) -> Option<usize> {
        let is_ours = |one: &Recovery| one.is_ours && one.is_open(self.now);
        self.recoveries.iter().position(is_ours)
    }

    /// What the word of an officer comes to (P-03, P-04).
    pub fn prove(&mut self, place: usize, officer: usize) -> &'static str {
        let now = self.now;
        let recovery = &mut self.recoveries[place];
        let said = match recovery.officers.len() {
            _ if !recovery.is_open(now) => "over",
            _ if !recovery.is_ours => "nobody's",
            2.. => "already",
            _ if recovery.officers.contains(&officer) => "the same officer",
            0 => "first",
            1 => "both",
        };
        if matches!(said, "first" | "both") {
            recovery.officers.push(officer);
        }
        said
    }

    /// Whether there is something to stop; it is stopped then.
    pub fn stop(&mut self, place: Option<usize>) -> bool {
        let now = self.now;
        let Some(place) = place else { return false };
        let recovery = &mut self.recoveries[place];
        let is_open = recovery.is_open(now);
        if is_open {
            recovery.end = Some(End::Stopped);
        }
        is_open
    }

    /// Whether a link finishes its recovery (G-07): two officers, 72 hours, and nobody stopped it.
    pub fn may_finish(&self, link: usize) -> bool {
        let link = &self.finishes[link];
        let recovery = &self.recoveries[link.recovery];
        self.now < link.until
            && recovery.is_ours
            && recovery.is_open(self.now)
            && recovery.officers.len() == 2
            && self.now.since(recovery.asked) >= STOPPABLE
    }

    /// A recovery comes to its end: the new contact counts, what is lost or of its kind hears for
    /// three days more, and nothing that was open before goes on.
    pub fn recover(&mut self, place: usize, password: &str) {
        let now = self.now;
        self.undo_everything();
        let recovery = &mut self.recoveries[place];
        recovery.end = Some(End::Done(now));
        let (to, lost) = (recovery.to.clone(), recovery.lost);
        self.contacts.retain(|one| !one.is_gone(now));
        let mut is_own = false;
        for one in &mut self.contacts {
            let thing = if one.kind == Kind::Email { Thing::Email } else { Thing::Phone };
            if one.to == to {
                is_own = true;
                (one.from, one.recovers) = (one.from.min(now), now);
                one.stays();
            } else if lost.has(thing) || one.kind == Kind::Email {
                one.recovers = NEVER;
                (one.until, one.gone) = (Some(now), Some(now.plus(UNDOABLE)));
            }
        }
        self.recoveries[place].has_brought = !is_own;
        if !is_own {
            self.contacts.push(Contact {
                to,
                kind: Kind::Email,
                confirmed: now,
                from: now,
                recovers: now,
                until: None,
                gone: None,
            });
        }
        self.set_password(password);
    }

    /// Another password, from outside: every session ends, and every link that knew the old one.
    pub fn set_password(&mut self, new: &str) {
        self.passwords.push(new.to_owned());
        self.is_disowned = false;
        for link in &mut self.resets {
            link.is_spent = true;
        }
        self.end_session();
    }

    fn end_session(&mut self) {
        self.ended.extend(self.session.take());
    }

    /// "This was not me", said in a letter to this contact, or inside.
    pub fn secure(&mut self, said_at: Option<&str>) {
        let open = self.open_recovery();
        self.stop(open);
        self.undo_recovery(said_at);
        self.is_disowned = true;
        self.end_session();
        self.undo_everything();
    }

    /// What a recovery of the last three days did to the contacts is taken back, if somebody says so
    /// at another contact than the one that came with it (G-10).
    fn undo_recovery(&mut self, said_at: Option<&str>) {
        let now = self.now;
        let done = |one: &Recovery| match one.end {
            Some(End::Done(at)) if now.since(at) < UNDOABLE => Some(at),
            _ => None,
        };
        let newest = (0..self.recoveries.len()).max_by_key(|at| done(&self.recoveries[*at]));
        let Some(place) = newest.filter(|at| done(&self.recoveries[*at]).is_some()) else { return };
        let to = self.recoveries[place].to.clone();
        if said_at.is_none_or(|said_at| said_at == to) {
            return;
        }
        self.recoveries[place].end = Some(End::Undone);
        if self.recoveries[place].has_brought {
            self.contacts.retain(|one| one.to != to);
        }
        for one in self.contacts.iter_mut().filter(|one| one.recovers == NEVER && !one.is_gone(now))
        {
            (one.from, one.recovers) = (EVER, EVER);
            one.stays();
        }
    }
}
