//! What must hold, told a second time and in the simplest way there is: lists in memory, no
//! database, no hash. It knows every secret and what each is worth, so it can say of any answer of
//! the product whether it may be given.
//!
//! Written from `standards.md`, not from the flows; where it has to know a number (how long a pause
//! is, how many tries there are) the number stands here again.

use std::collections::BTreeMap;
use std::time::Duration;

use payung_domain::authenticators::Need;
use payung_domain::ids::AccountId;
use payung_domain::second_factor::{Seed, Way, totp_code, totp_step};
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_testkit::authenticator::Authenticator;

/// Sessions a member may have at once, in these walks.
pub const SESSIONS_AT_MOST: usize = 3;

/// Misses after which nothing but the owner's second step opens the password path.
const SHUT_AT: u32 = 100;
/// From here on a right password alone forgets no miss.
pub const GUARDED_FROM: u32 = 90;

/// Misses in a row, and what they have brought.
#[derive(Clone, Copy, Debug)]
pub struct Ladder {
    pub misses: u32,
    pub until: Instant,
}

/// Whether a try may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Open,
    Paused,
    Shut,
}

impl Ladder {
    pub const NEW: Self = Self { misses: 0, until: Instant::from_micros(0) };

    pub fn door(&self, now: Instant) -> Door {
        match () {
            () if self.misses >= SHUT_AT => Door::Shut,
            () if now < self.until => Door::Paused,
            () => Door::Open,
        }
    }

    fn miss(&mut self, now: Instant, pause: fn(u32) -> Duration) {
        self.misses += 1;
        self.until = now.plus(pause(self.misses));
    }

    pub fn miss_a_password(&mut self, now: Instant) {
        self.miss(now, Self::password_pause);
    }

    /// E-02: of ten misses the first four are free, then 30 s, a minute, and so on; the tenth costs
    /// a quarter of an hour, the twentieth half an hour, at most a day.
    fn password_pause(misses: u32) -> Duration {
        match (misses / 10, misses % 10) {
            (0, 0) | (_, 1..=4) => Duration::ZERO,
            (rounds, 0) => Duration::from_mins(15 << (rounds - 1).min(10)).min(DAY),
            (_, nth) => Duration::from_secs(30 << (nth - 5)),
        }
    }

    /// B-04: ten wrong codes cost a quarter of an hour.
    fn code_pause(misses: u32) -> Duration {
        if misses.is_multiple_of(10) { Duration::from_mins(15) } else { Duration::ZERO }
    }
}

const DAY: Duration = Duration::from_hours(24);

/// Somebody, with everything that opens their account.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Person {
    pub id: AccountId,
    /// The last name is nobody's.
    pub names: Vec<String>,
    pub has_phone: bool,
    /// Every password there ever was; the last one counts.
    pub passwords: Vec<String>,
    /// Whether the owner has said that the present one is in wrong hands.
    pub is_disowned: bool,
    /// Whether the owner ever said so.
    pub was_alarmed: bool,
    pub tries: Ladder,
    pub code_tries: Ladder,
    /// The bound app.
    pub app: Option<BoundApp>,
    /// What is shown for binding.
    pub shown: Option<(Seed, Instant)>,
    pub keys: Vec<Key>,
    /// Every code on paper there ever was.
    pub paper: Vec<Paper>,
    /// When the present set was made.
    pub paper_made: Option<Instant>,
    pub is_sms_off: bool,
    pub is_email_off: bool,
    /// Browsers that are remembered, until when.
    pub remembered: BTreeMap<usize, Instant>,
}

/// A passkey that was added once.
pub struct Key {
    pub device: Authenticator,
    pub name: String,
    /// Whether its device made sure who held it when it was added.
    pub was_verified: bool,
    pub added: Instant,
    pub is_suspended: bool,
    pub is_bound: bool,
}

impl Key {
    pub fn counts(&self) -> bool {
        self.is_bound && !self.is_suspended
    }
}

/// An authenticator app.
#[derive(Clone, Copy)]
pub struct BoundApp {
    pub seed: Seed,
    /// The half-minute that was used last.
    pub last: i64,
    pub bound: Instant,
    pub is_suspended: bool,
}

/// A code from paper: of a set, or the one that was shown when another one was used.
#[derive(Clone)]
pub struct Paper {
    pub code: String,
    pub made: Instant,
    pub is_good: bool,
}

/// The ways that serve day after day.
pub const LASTING: [Way; 4] = [Way::Passkey, Way::Totp, Way::Sms, Way::Email];

/// How many factors a password and this way are together (J-02): whoever reads letters has none to
/// add (B-09), nor has a browser that is remembered (H-12).
const fn factors(way: Way) -> u8 {
    match way {
        Way::Passkey | Way::Totp | Way::Sms | Way::RecoveryCode => 2,
        Way::Email | Way::Remembered | Way::Password => 1,
    }
}

impl Person {
    pub fn password(&self) -> &str {
        self.passwords.last().expect("there always is one")
    }

    pub fn is_open(&self, way: Way) -> bool {
        match way {
            Way::Passkey => self.bound_keys() > 0,
            Way::Totp => self.app.is_some_and(|app| !app.is_suspended),
            Way::Sms => self.has_phone && !self.is_sms_off,
            Way::Email => !self.is_email_off,
            Way::RecoveryCode => self.paper.iter().any(|paper| paper.is_good),
            Way::Remembered | Way::Password => false,
        }
    }

    /// Where there is one way to choose it is chosen already. A passkey never is; a code from paper
    /// is where there is nothing else.
    pub fn only_way(&self) -> Option<Way> {
        let mut open = LASTING.into_iter().filter(|way| self.is_open(*way));
        match (open.next(), open.next()) {
            (None, _) => Some(Way::RecoveryCode).filter(|way| self.is_open(*way)),
            (Some(way), None) if way != Way::Passkey => Some(way),
            _ => None,
        }
    }

    /// Whether anything at all can follow the password.
    pub fn has_way(&self) -> bool {
        self.is_open(Way::RecoveryCode) || self.has_lasting_way()
    }

    pub fn has_lasting_way(&self) -> bool {
        LASTING.into_iter().any(|way| self.is_open(way))
    }

    pub fn has_suspended(&self) -> bool {
        self.app.is_some_and(|app| app.is_suspended)
            || self.keys.iter().any(|key| key.is_bound && key.is_suspended)
    }

    pub fn bound_keys(&self) -> usize {
        self.keys.iter().filter(|key| key.counts()).count()
    }

    /// How many factors the account has. What is suspended counts: else whoever suspends the strong
    /// ways would find the weak ones enough (J-02).
    pub fn most_factors(&self) -> u8 {
        let all = LASTING.into_iter().chain([Way::RecoveryCode]);
        let open = all.filter(|way| self.is_open(*way)).map(factors).max().unwrap_or(1);
        if self.has_suspended() { 2 } else { open }
    }

    /// Whether this way proves what an act asks for.
    pub fn is_enough(&self, way: Way, need: Need) -> bool {
        match need {
            Need::Any => true,
            Need::Full => factors(way) >= self.most_factors(),
        }
    }

    /// What was added since is suspended or dropped: it may be a thief's.
    fn suspend_since(&mut self, since: Instant) {
        self.shown = None;
        if let Some(app) = self.app.as_mut().filter(|app| app.bound >= since) {
            app.is_suspended = true;
        }
        for key in self.keys.iter_mut().filter(|key| key.is_bound && key.added >= since) {
            key.is_suspended = true;
        }
        let is_set_new = self.paper_made.is_some_and(|made| made >= since);
        for paper in self.paper.iter_mut().filter(|paper| is_set_new || paper.made >= since) {
            paper.is_good = false;
        }
        if is_set_new {
            self.paper_made = None;
        }
    }

    /// Whether somebody who loses this way can still sign in day after day.
    pub fn may_lose(&self, way: Way) -> bool {
        LASTING.into_iter().any(|other| other != way && self.is_open(other))
            || (way == Way::Passkey && self.bound_keys() > 1)
    }

    /// The half-minute whose code this is, if the app's code counts now: this one or the one before,
    /// and none twice.
    fn half_minute(&self, typed: &str, now: Instant) -> Option<i64> {
        let app = self.app.as_ref()?;
        matching(&app.seed, typed, now).filter(|step| *step > app.last)
    }
}

/// The half-minute of this moment, or the one before, whose code was typed.
pub fn matching(seed: &Seed, typed: &str, now: Instant) -> Option<i64> {
    let present = totp_step(now);
    let shows = |step: &i64| totp_code(seed, *step).as_deref() == Some(typed);
    [present, present - 1].into_iter().find(shows)
}

/// A code that was sent.
pub struct Sent {
    pub digits: String,
    pub until: Instant,
    pub is_spent: bool,
}

/// A sign-in between the password and its end, or a proof in a session.
pub struct Step {
    pub who: usize,
    pub token: Token,
    pub way: Option<Way>,
    pub until: Instant,
    pub is_shared: bool,
    /// The session it proves, by its place.
    pub proves: Option<usize>,
    /// What the act asks for that it proves it for.
    pub need: Need,
    pub codes: Vec<Sent>,
    /// When it ended, the session it gave, and whether that was handed over again.
    pub finished: Option<(Instant, Token, bool)>,
    /// Whether it was dropped with the password it had begun with.
    pub is_dropped: bool,
}

/// What a step is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    Open,
    Finished,
    Gone,
}

/// A session that was given to somebody.
pub struct Session {
    pub who: usize,
    pub token: Token,
    /// The tokens it had before proofs.
    pub old: Vec<Token>,
    pub created: Instant,
    pub seen: Instant,
    /// When its owner proved who they are; never, where a remembered browser stood in.
    pub proved: Option<Instant>,
    /// How.
    pub way: Way,
    pub until: Instant,
    pub idle: Duration,
    pub is_ended: bool,
}

impl Session {
    pub fn is_live(&self, now: Instant) -> bool {
        !self.is_ended && now < self.until && now.since(self.seen) < self.idle
    }

    pub fn is_proved(&self, now: Instant) -> bool {
        self.proved.is_some_and(|at| now.since(at) < Duration::from_mins(10))
    }

    fn is_in_use(&self) -> bool {
        self.seen > self.created.max(self.proved.unwrap_or(Instant::from_micros(0)))
    }

    /// A page is asked for.
    pub fn look(&mut self, now: Instant) {
        if !self.is_in_use() || now.since(self.seen) >= Duration::from_secs(20) {
            self.seen = self.seen.max(now);
        }
    }
}

/// A link to set a new password with.
pub struct Link {
    pub who: usize,
    pub token: Token,
    /// How many passwords there were: it belongs to the last one of them.
    pub password: usize,
    pub until: Instant,
    pub is_spent: bool,
}

/// The link "this was not me" of a letter.
pub struct Alarm {
    pub who: usize,
    /// When the letter was written.
    pub since: Instant,
    pub token: Token,
    pub until: Instant,
    pub is_spent: bool,
}

/// Everything that is known.
pub struct Model {
    /// Of the walk.
    pub number: u32,
    pub now: Instant,
    pub people: Vec<Person>,
    /// Misses by what was typed, existing or not.
    pub typed: BTreeMap<String, Ladder>,
    pub steps: Vec<Step>,
    pub sessions: Vec<Session>,
    pub links: Vec<Link>,
    pub alarms: Vec<Alarm>,
    /// What apps were set up with that are gone.
    pub former_seeds: Vec<Seed>,
}

/// On which counters a form was counted, and when: sent again within two minutes, it is one try.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    typed: Option<Instant>,
    account: Option<Instant>,
}

/// Whether a form that was counted then is counted no more; if it is, it was now.
fn is_counted(at: &mut Option<Instant>, now: Instant) -> bool {
    let before = at.replace(now);
    before.is_some_and(|before| now.since(before) < Duration::from_mins(2))
}

/// What a password form is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// On to the second step.
    Right,
    /// In, for reading: the browser is remembered.
    In,
    Wrong,
    Paused,
    Locked,
    /// Right, but nothing can follow it.
    NoWay,
}

/// What a code is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    In,
    Wrong,
    Late,
    Paused,
    Locked,
    /// That way is not open, or proves too little.
    Closed,
    Unreadable,
    NotVerified,
    Refused,
    Finished,
    Gone,
}

impl Model {
    /// A name and a password, in a form that may have been sent before.
    pub fn password(
        &mut self,
        who: usize,
        name: usize,
        secret: &str,
        counted: &mut Counted,
        (tab, is_shared): (usize, bool),
    ) -> Password {
        let now = self.now;
        let person = &mut self.people[who];
        let typed = self.typed.entry(person.names[name].clone()).or_insert(Ladder::NEW);
        match typed.door(now) {
            Door::Shut => return Password::Locked,
            Door::Paused => return Password::Paused,
            Door::Open if is_counted(&mut counted.typed, now) => {}
            Door::Open => typed.miss_a_password(now),
        }
        let is_somebodys = name + 1 < person.names.len();
        let mut is_believed = is_somebodys && !person.is_disowned;
        if is_somebodys {
            match person.tries.door(now) {
                Door::Open if is_counted(&mut counted.account, now) => {}
                Door::Open => person.tries.miss_a_password(now),
                Door::Paused | Door::Shut => is_believed = false,
            }
        }
        if is_believed && secret == person.password() {
            for ladder in [typed, &mut person.tries] {
                if ladder.misses <= GUARDED_FROM {
                    *ladder = Ladder::NEW;
                }
            }
            if !person.has_way() {
                return Password::NoWay;
            }
            let is_remembered = person.remembered.get(&tab).is_some_and(|until| now < *until);
            return if is_remembered && !is_shared { Password::In } else { Password::Right };
        }
        match typed.misses {
            SHUT_AT.. => Password::Locked,
            misses if Ladder::password_pause(misses) > Duration::ZERO => Password::Paused,
            _ => Password::Wrong,
        }
    }

    /// What a step is worth to a browser that holds this session.
    pub fn worth(&self, step: usize, earlier: Option<usize>) -> Worth {
        let step = &self.steps[step];
        if step.is_dropped {
            return Worth::Gone;
        }
        if step.finished.is_some() {
            return Worth::Finished;
        }
        let proves_a_live_one = step
            .proves
            .is_none_or(|place| earlier == Some(place) && self.sessions[place].is_live(self.now));
        if self.now < step.until && proves_a_live_one { Worth::Open } else { Worth::Gone }
    }

    /// Whether a try of the second step may be made.
    pub fn code_door(&self, who: usize) -> Door {
        self.people[who].code_tries.door(self.now)
    }

    /// What typed digits are worth in a step that is open and may be tried.
    pub fn digits(&mut self, step: usize, typed: &str) -> Code {
        let (now, step) = (self.now, &mut self.steps[step]);
        let person = &mut self.people[step.who];
        let answer = if step.way == Some(Way::Totp) {
            match person.half_minute(typed, now) {
                Some(half_minute) => {
                    person.app = person.app.map(|app| BoundApp { last: half_minute, ..app });
                    Code::In
                }
                None => Code::Wrong,
            }
        } else {
            let same = step.codes.iter_mut().filter(|c| !c.is_spent && c.digits == typed);
            match same.max_by_key(|code| code.until) {
                Some(code) if now < code.until => {
                    code.is_spent = true;
                    Code::In
                }
                Some(_) => Code::Late,
                None => Code::Wrong,
            }
        };
        let who = step.who;
        match answer {
            Code::In => self.people[who].code_tries = Ladder::NEW,
            Code::Wrong => return self.wrong_code(who),
            _ => {}
        }
        answer
    }

    /// Whether a step may be done by this way: any open one where it opens a session, one that
    /// proves enough where it proves one again.
    pub fn may_take(&self, step: usize, way: Way) -> bool {
        let Step { who, proves, need, .. } = &self.steps[step];
        let person = &self.people[*who];
        person.is_open(way) && (proves.is_none() || person.is_enough(way, *need))
    }

    /// What a code from paper is worth in a step that is open and may be tried.
    pub fn paper(&mut self, step: usize, typed: &str) -> Code {
        let who = self.steps[step].who;
        let person = &mut self.people[who];
        let mut good = person.paper.iter_mut().filter(|paper| paper.is_good);
        match good.find(|paper| paper.code == typed) {
            Some(paper) => {
                paper.is_good = false;
                person.code_tries = Ladder::NEW;
                Code::In
            }
            None => self.wrong_code(who),
        }
    }

    /// A wrong try: five void what is on its way, ten pause.
    fn wrong_code(&mut self, who: usize) -> Code {
        let now = self.now;
        self.people[who].code_tries.miss(now, Ladder::code_pause);
        let misses = self.people[who].code_tries.misses;
        if misses.is_multiple_of(5) {
            self.void_codes(who);
        }
        match misses {
            SHUT_AT.. => Code::Locked,
            _ if misses.is_multiple_of(10) => Code::Paused,
            _ => Code::Wrong,
        }
    }

    /// A code was used, and this one is shown in its place (G-08).
    pub fn more_paper(&mut self, who: usize, code: String) {
        let now = self.now;
        let person = &mut self.people[who];
        // Never as old as the set itself.
        let later = person.paper_made.map(|made| made.plus(Duration::from_micros(1)));
        let made = later.map_or(now, |later| later.max(now));
        person.paper.push(Paper { code, made, is_good: true });
    }

    /// Codes that would still count do so no more.
    pub fn void_codes(&mut self, who: usize) {
        let now = self.now;
        let steps = self.steps.iter_mut().filter(|step| step.who == who);
        for code in steps.flat_map(|step| &mut step.codes).filter(|code| now < code.until) {
            code.is_spent = true;
        }
    }

    /// What a passkey is worth where it has to be `expected`'s.
    pub fn key(&self, owner: usize, key: usize, verified: bool, expected: Option<usize>) -> Code {
        let found = &self.people[owner].keys[key];
        match () {
            () if !found.counts() || expected.is_some_and(|who| who != owner) => Code::Refused,
            () if !verified && (expected.is_none() || found.was_verified) => Code::NotVerified,
            () => Code::In,
        }
    }

    /// Whoever passed a second step has shown who they are: a shut password path opens. A passkey
    /// opens a shut second step too; codes cannot, and time does not (E-01).
    pub fn open_path(&mut self, who: usize, way: Way) {
        let codes = &mut self.people[who].code_tries;
        if way == Way::Passkey && codes.misses >= SHUT_AT {
            *codes = Ladder::NEW;
        }
        let person = &mut self.people[who];
        let own = &person.names[..person.names.len() - 1];
        let typed = self.typed.iter_mut().filter(|(name, _)| own.contains(name));
        for ladder in typed.map(|(_, ladder)| ladder).chain([&mut person.tries]) {
            if ladder.misses >= GUARDED_FROM {
                *ladder = Ladder::NEW;
            }
        }
    }

    /// A session is given: the browser's earlier one ends, and the oldest beyond three.
    pub fn open_session(
        &mut self,
        who: usize,
        token: &Token,
        (way, is_shared): (Way, bool),
        earlier: Option<usize>,
    ) {
        let now = self.now;
        if let Some(earlier) = earlier {
            self.sessions[earlier].is_ended = true;
        }
        self.sessions.push(Session {
            who,
            token: token.clone(),
            old: Vec::new(),
            created: now,
            seen: now,
            proved: Some(now).filter(|_| way != Way::Remembered),
            way,
            until: now.plus(Duration::from_hours(12)),
            idle: Duration::from_mins(if is_shared { 10 } else { 15 }),
            is_ended: false,
        });
        let mut live: Vec<&mut Session> =
            self.sessions.iter_mut().filter(|s| s.who == who && s.is_live(now)).collect();
        live.sort_by_key(|session| std::cmp::Reverse(session.created));
        for oldest in live.into_iter().skip(SESSIONS_AT_MOST) {
            oldest.is_ended = true;
        }
    }

    /// A step ends well: with a session, or with one that is proved again under a new token.
    pub fn finish(&mut self, step: usize, way: Way, token: &Token, earlier: Option<usize>) {
        let (now, who, is_shared) = (self.now, self.steps[step].who, self.steps[step].is_shared);
        self.steps[step].finished = Some((now, token.clone(), false));
        self.open_path(who, way);
        match self.steps[step].proves {
            Some(session) => self.prove(session, way, token),
            None => self.open_session(who, token, (way, is_shared), earlier),
        }
    }

    /// A session is proved again.
    pub fn prove(&mut self, session: usize, way: Way, token: &Token) {
        let now = self.now;
        let session = &mut self.sessions[session];
        let old = std::mem::replace(&mut session.token, token.clone());
        session.old.push(old);
        (session.proved, session.seen, session.way) = (Some(now), now, way);
    }

    /// Whether a session was proved a moment ago, and by enough for such an act.
    pub fn is_proved(&self, session: usize, need: Need) -> bool {
        let session = &self.sessions[session];
        session.is_proved(self.now) && self.people[session.who].is_enough(session.way, need)
    }

    /// The session that a lost answer held, if it may be handed over again.
    pub fn resumed(&mut self, step: usize) -> Option<Token> {
        let now = self.now;
        let step = &mut self.steps[step];
        let (at, token, was_handed) = step.finished.as_mut()?;
        if step.is_dropped || *was_handed || *at <= now.minus(Duration::from_mins(2)) {
            return None;
        }
        *was_handed = true;
        let session = self.sessions.iter().find(|session| session.token == *token)?;
        (!session.is_ended && !session.is_in_use()).then(|| token.clone())
    }

    /// Another password: what knew the old one ends.
    pub fn set_password(&mut self, who: usize, new: &str) {
        self.drop_steps(who);
        let person = &mut self.people[who];
        person.passwords.push(new.to_owned());
        person.is_disowned = false;
        person.remembered.clear();
    }

    /// Sign-ins and proofs that are under way are dropped.
    pub fn drop_steps(&mut self, who: usize) {
        for step in self.steps.iter_mut().filter(|step| step.who == who) {
            step.is_dropped = true;
        }
    }

    /// Every session of somebody ends, but one.
    pub fn end_sessions(&mut self, who: usize, but: Option<usize>) {
        for (place, session) in self.sessions.iter_mut().enumerate() {
            session.is_ended |= session.who == who && Some(place) != but;
        }
    }

    /// After a reset nothing is left of a pause, and of a firm lock all but one round of tries.
    pub fn after_reset(&mut self, who: usize) {
        let person = &mut self.people[who];
        let own = &person.names[..person.names.len() - 1];
        let typed = self.typed.iter_mut().filter(|(name, _)| own.contains(name));
        for ladder in typed.map(|(_, ladder)| ladder).chain([&mut person.tries]) {
            let misses = if ladder.misses < GUARDED_FROM { 0 } else { GUARDED_FROM };
            *ladder = Ladder { misses, until: Ladder::NEW.until };
        }
    }

    /// What a link to set a password is worth.
    pub fn link_is_good(&self, link: usize) -> bool {
        let link = &self.links[link];
        let passwords = self.people[link.who].passwords.len();
        !link.is_spent && self.now < link.until && passwords == link.password
    }

    /// "This was not me": everybody is out, the password is believed no more, and nothing counts that
    /// was added since.
    pub fn secure(&mut self, who: usize, since: Instant) {
        self.end_sessions(who, None);
        self.drop_steps(who);
        self.people[who].remembered.clear();
        self.people[who].is_disowned = true;
        self.people[who].was_alarmed = true;
        self.people[who].suspend_since(since);
    }
}
