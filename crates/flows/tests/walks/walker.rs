//! Does a deed to the product and to the model, and complains where they differ.
//!
//! This half walks at the door: passwords, second steps, letters. What is done from inside a session
//! is in `inside`.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use payung_domain::authenticators::Need;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{Destination, Way, totp_code, totp_step};
use payung_domain::secret::Secret;
use payung_domain::token::Token;
use payung_flows::passkeys::{self, Answer as KeyAnswer, Answered, Arriving, Challenge};
use payung_flows::passwords::{forgot, reset};
use payung_flows::sessions::{self, SignedIn};
use payung_flows::sign_in::password::{self, Answer, Attempt};
use payung_flows::sign_in::step::{self, Asked, Found};
use payung_flows::sign_in::{Ending, code, recovery};
use payung_flows::{App, Visit, not_me};
use payung_storage::{not_me as not_me_rows, outbox};
use proptest::test_runner::TestCaseError;

use crate::deeds::{Deed, Digits, Pick, Slip, Word};
use crate::ground::Ground;
use crate::model::{Alarm, Code, Counted, Door, Key, Link, Model, Password, Sent, Step, Worth};
use crate::planted::Planted;

/// The product did what it may not, or did not do what it must.
pub type Complaint = TestCaseError;

/// Complains unless both are the same.
macro_rules! agree {
    ($product:expr, $model:expr, $($about:tt)+) => {{
        let (product, model) = ($product, $model);
        if product != model {
            let about = format!($($about)+);
            return Err(TestCaseError::fail(format!(
                "{about}: the product says {product:?}, it must be {model:?}"
            )));
        }
    }};
}
pub(crate) use agree;

/// Passwords that anybody would take.
const NEW: [&str; 4] = [
    "kuda tangga hujan sore",
    "jendela roti lampu desa",
    "gunung sabun pasar minggu",
    "kereta bawang kursi merah",
];

/// A form that was sent: for sending the same once more.
#[derive(Clone)]
pub struct SentForm {
    who: usize,
    name: usize,
    secret: String,
    tab: usize,
    is_shared: bool,
    earlier: Option<usize>,
    bits: [u8; 16],
    counted: Counted,
}

/// Somebody on a walk.
pub struct Walker<'a> {
    pub ground: &'a Ground,
    pub model: Model,
    pub planted: Option<Planted>,
    address: IpAddr,
    last_form: Option<SentForm>,
}

impl<'a> Walker<'a> {
    pub fn new(ground: &'a Ground, model: Model, planted: Option<Planted>) -> Self {
        // Everybody comes from somewhere else, or the signs of a sprayer would add up.
        let address = IpAddr::V4(Ipv4Addr::from_bits(model.number));
        Self { ground, model, planted, address, last_form: None }
    }

    pub fn app(&self) -> &'a App {
        &self.ground.bench.app
    }

    /// Somebody at one of three browsers.
    pub fn visit(&self, tab: usize) -> Visit {
        Visit {
            now: self.model.now,
            address: self.address,
            device: "Chrome, Android".to_owned(),
            browser: Some(browser(tab)),
            language: payung_domain::language::Language::Id,
        }
    }

    /// Two things never happen in the same moment.
    pub fn tick(&mut self) {
        self.model.now = self.model.now.plus(Duration::from_millis(1));
    }

    pub async fn doing(&mut self, deed: &Deed) -> Result<(), Complaint> {
        self.tick();
        match *deed {
            Deed::SignIn { who, way, tab, remembers, is_shared } => {
                self.sign_in(who, way, (tab, is_shared), remembers).await
            }
            Deed::Password { who, name, word, tab, earlier } => {
                let secret = self.spelled(who, word);
                let earlier = self.session(earlier);
                let form = self.form(who, name, secret, (tab, false), earlier);
                self.send(form).await.map(drop)
            }
            Deed::SameForm => match self.last_form.clone() {
                Some(form) => self.send(form).await.map(drop),
                None => Ok(()),
            },
            Deed::Misses { who, name, times, waits } => self.miss(who, name, times, waits).await,
            Deed::Choose { step, way } => match step.of(self.model.steps.len()) {
                Some(step) => self.choose(step, way).await,
                None => Ok(()),
            },
            Deed::Code { step, digits, earlier, remembers, tab } => {
                let Some(step) = step.of(self.model.steps.len()) else { return Ok(()) };
                let typed = self.digits(step, digits);
                let earlier = self.session_for(step, earlier);
                self.enter(step, &typed, earlier, (tab, remembers)).await.map(drop)
            }
            Deed::WrongCodes { step, times } => {
                let Some(step) = step.of(self.model.steps.len()) else { return Ok(()) };
                for _ in 0..times {
                    self.tick();
                    let earlier = self.model.steps[step].proves;
                    self.enter(step, "000000", earlier, (0, false)).await?;
                }
                Ok(())
            }
            Deed::Paper { step, slip, earlier } => self.paper(step, slip, earlier).await,
            Deed::Key { key, is_verified, tab } => self.key(key, is_verified, tab).await,
            Deed::KeyStep { step, key, is_verified, earlier } => {
                self.key_step(step, key, is_verified, earlier).await
            }
            Deed::Resume { step } => self.resume(step).await,
            Deed::Forgot { who, name } => self.forgot(who, name).await,
            Deed::Reset { link, new } => self.reset(link, new).await,
            Deed::NotMe { alarm } => self.not_me(alarm).await,
            Deed::Wait(by) => {
                self.model.now = self.model.now.plus(by);
                self.plant_wait(by).await;
                Ok(())
            }
            Deed::Back(by) => {
                // What was sent has come by then.
                self.collect(None).await?;
                self.model.now = self.model.now.minus(by);
                Ok(())
            }
            _ => self.doing_inside(deed).await,
        }
    }

    /// Everything that was given out is worth what it must be worth.
    pub async fn looks_back(&mut self) -> Result<(), Complaint> {
        for place in 0..self.model.sessions.len() {
            self.look(place).await?;
        }
        for person in &self.model.people {
            // Nobody takes the last way themselves. An alarm may suspend it, with everything else that
            // is new: then it is there still, and a recovery helps (G-07).
            let has_one =
                person.has_lasting_way() || (person.was_alarmed && person.has_suspended());
            agree!(has_one, true, "J-07: whether a way is left");
        }
        Ok(())
    }

    pub fn spelled(&self, who: usize, word: Word) -> String {
        let person = &self.model.people[who];
        match word {
            Word::Present => person.password().to_owned(),
            Word::Former(pick) => {
                let place = pick.of(person.passwords.len()).unwrap_or_default();
                person.passwords[place].clone()
            }
            Word::OfTheOther => self.model.people[1 - who].password().to_owned(),
            Word::Nonsense => "salah sekali ini".to_owned(),
        }
    }

    pub fn new_password(pick: Pick) -> &'static str {
        NEW[pick.of(NEW.len()).unwrap_or_default()]
    }

    pub fn session(&self, pick: Option<Pick>) -> Option<usize> {
        pick.and_then(|pick| pick.of(self.model.sessions.len()))
    }

    /// The session a browser has when it comes to a step: mostly the one that is to be proved.
    fn session_for(&self, step: usize, pick: Option<Pick>) -> Option<usize> {
        self.session(pick).or(self.model.steps[step].proves)
    }

    pub fn token_of(&self, session: Option<usize>) -> Option<Token> {
        session.map(|place| self.model.sessions[place].token.clone())
    }

    fn form(
        &self,
        who: usize,
        name: usize,
        secret: String,
        (tab, is_shared): (usize, bool),
        earlier: Option<usize>,
    ) -> SentForm {
        let name = name % self.model.people[who].names.len();
        let bits = self.app().dice.bytes();
        let counted = Counted::default();
        SentForm { who, name, secret, tab, is_shared, earlier, bits, counted }
    }

    /// Sends the sign-in form; answers with the step that it began, if it did.
    async fn send(&mut self, mut form: SentForm) -> Result<Option<usize>, Complaint> {
        let SentForm { who, name, tab, is_shared, earlier, .. } = form;
        let held = self.token_of(earlier);
        let attempt = Attempt {
            typed: &self.model.people[who].names[name],
            password: &Secret::from(&*form.secret),
            form: &form.bits,
            next: None,
            is_shared_device: is_shared,
            earlier: held.as_ref(),
            taken: None,
        };
        let answer = password::submit(self.app(), &self.visit(tab), &attempt).await;
        let answer = answer.map_err(fault)?;
        let said = match &answer {
            Answer::Right { .. } => Password::Right,
            Answer::SignedIn(_) => Password::In,
            Answer::Wrong { .. } => Password::Wrong,
            Answer::Paused(_) => Password::Paused,
            Answer::Locked => Password::Locked,
            Answer::NoWay => Password::NoWay,
            other => return Err(TestCaseError::fail(format!("a password form: {other:?}"))),
        };
        let (secret, counted) = (&form.secret, &mut form.counted);
        let expected = self.model.password(who, name, secret, counted, (tab, is_shared));
        agree!(said, expected, "a password of person {who}");
        self.last_form = Some(form);
        match answer {
            Answer::Right { token, .. } => {
                let way = self.model.people[who].only_way();
                let place = self.begun(who, token, is_shared, way, None);
                if way.is_some() {
                    self.collect(Some(place)).await?;
                }
                Ok(Some(place))
            }
            Answer::SignedIn(opened) => {
                self.model.open_session(who, &opened.session, (Way::Remembered, false), earlier);
                Ok(None)
            }
            _ => Ok(None),
        }
    }

    /// A step is under way; the same form sent twice is the same one.
    pub fn begun(
        &mut self,
        who: usize,
        token: Token,
        is_shared: bool,
        way: Option<Way>,
        proves: Option<(usize, Need)>,
    ) -> usize {
        let now = self.model.now;
        let known = self.model.steps.iter().position(|step| {
            step.token == token && !step.is_dropped && step.finished.is_none() && now < step.until
        });
        known.unwrap_or_else(|| {
            self.model.steps.push(Step {
                who,
                token,
                way,
                until: now.plus(Duration::from_mins(15)),
                is_shared,
                proves: proves.map(|(session, _)| session),
                need: proves.map_or(Need::Any, |(_, need)| need),
                codes: Vec::new(),
                finished: None,
                is_dropped: false,
            });
            self.model.steps.len() - 1
        })
    }

    async fn miss(
        &mut self,
        who: usize,
        name: usize,
        times: u32,
        waits: bool,
    ) -> Result<(), Complaint> {
        for _ in 0..times {
            self.tick();
            let form = self.form(who, name, "salah sekali ini".to_owned(), (0, false), None);
            self.send(form).await?;
            let name = &self.model.people[who].names[name % self.model.people[who].names.len()];
            if let Some(ladder) = self.model.typed.get(name).filter(|_| waits) {
                self.model.now = self.model.now.max(ladder.until);
            }
        }
        Ok(())
    }

    async fn choose(&mut self, step: usize, way: Way) -> Result<(), Complaint> {
        let token = self.model.steps[step].token.clone();
        let asked = step::choose(self.app(), &self.visit(0), &token, way).await.map_err(fault)?;
        // A page may be looked at in any browser that has the step, whatever session it has.
        let worth = self.model.worth(step, self.model.steps[step].proves);
        let said = match &asked {
            Found::Open(_) => Worth::Open,
            Found::Finished(_) => Worth::Finished,
            Found::Gone => Worth::Gone,
        };
        agree!(said, worth, "a choice in step {step}");
        if let Found::Open(asked) = asked {
            let is_open = self.model.may_take(step, way);
            agree!(asked != Asked::NotOpen, is_open, "whether {way:?} is open in step {step}");
            if is_open {
                self.model.steps[step].way = Some(way);
            }
        }
        self.collect(Some(step)).await
    }

    fn digits(&self, step: usize, digits: Digits) -> String {
        let nonsense = || "000000".to_owned();
        let own = &self.model.steps[step].codes;
        match digits {
            Digits::OfThisStep(pick) => {
                pick.of(own.len()).map_or_else(nonsense, |place| own[place].digits.clone())
            }
            Digits::Sent(pick) => {
                let all: Vec<&Sent> = self.model.steps.iter().flat_map(|s| &s.codes).collect();
                pick.of(all.len()).map_or_else(nonsense, |place| all[place].digits.clone())
            }
            Digits::App(pick, age) => self.shown(pick, age).unwrap_or_else(nonsense),
            Digits::Nonsense => nonsense(),
            Digits::Unreadable => "12ab".to_owned(),
        }
    }

    /// What an app shows that was set up, or shown for it.
    pub fn shown(&self, pick: Pick, age: i64) -> Option<String> {
        let bound = self.model.people.iter().filter_map(|p| p.app.map(|app| app.seed));
        let pending = self.model.people.iter().filter_map(|p| p.shown.map(|(seed, _)| seed));
        let seeds: Vec<_> =
            self.model.former_seeds.iter().copied().chain(pending).chain(bound).collect();
        let seed = seeds[pick.of(seeds.len())?];
        totp_code(&seed, totp_step(self.model.now) - age)
    }

    /// Enters a code; answers whether it let somebody in.
    pub async fn enter(
        &mut self,
        step: usize,
        typed: &str,
        earlier: Option<usize>,
        (tab, remembers): (usize, bool),
    ) -> Result<bool, Complaint> {
        let (token, held) = (self.model.steps[step].token.clone(), self.token_of(earlier));
        let ending = Ending { earlier: held.as_ref(), remembers };
        let found = code::submit(self.app(), &self.visit(tab), &token, typed, ending).await;
        let (said, session) = match found.map_err(fault)? {
            Found::Open(code::Answer::SignedIn { session, .. }) => (Code::In, Some(session)),
            Found::Open(code::Answer::Unreadable(_)) => (Code::Unreadable, None),
            Found::Open(code::Answer::Wrong(_)) => (Code::Wrong, None),
            Found::Open(code::Answer::Expired(_)) => (Code::Late, None),
            Found::Open(code::Answer::Paused(_)) => (Code::Paused, None),
            Found::Open(code::Answer::Locked) => (Code::Locked, None),
            Found::Open(code::Answer::Closed) => (Code::Closed, None),
            Found::Open(other @ code::Answer::TooMany { .. }) => {
                return Err(TestCaseError::fail(format!("a code: {other:?}")));
            }
            Found::Finished(_) => (Code::Finished, None),
            Found::Gone => (Code::Gone, None),
        };
        let who = self.model.steps[step].who;
        let with_digits = [Way::Totp, Way::Sms, Way::Email];
        let way = self.model.steps[step].way.filter(|way| with_digits.contains(way));
        let expected = match (self.model.worth(step, earlier), way) {
            // Said of anything that is no code, whoever typed it.
            _ if typed == "12ab" => Code::Unreadable,
            (Worth::Finished, _) => Code::Finished,
            (Worth::Gone, _) | (Worth::Open, None) => Code::Gone,
            (Worth::Open, Some(way)) if !self.model.may_take(step, way) => Code::Closed,
            (Worth::Open, Some(_)) => match self.model.code_door(who) {
                Door::Open => self.model.digits(step, typed),
                Door::Paused => Code::Paused,
                Door::Shut => Code::Locked,
            },
        };
        agree!(said, expected, "the code {typed} in step {step} of person {who}");
        if let Some(session) = session {
            let way = way.unwrap_or(Way::Remembered);
            self.ended((step, way), &session, earlier, (tab, remembers));
        }
        self.plant_wrong_code(said, who).await;
        if said == Code::Late {
            self.collect(Some(step)).await?;
        }
        Ok(said == Code::In)
    }

    /// A step has ended with a session.
    fn ended(
        &mut self,
        (step, way): (usize, Way),
        session: &Token,
        earlier: Option<usize>,
        (tab, remembers): (usize, bool),
    ) {
        self.model.finish(step, way, session, earlier);
        let Step { who, is_shared, proves, .. } = self.model.steps[step];
        if remembers && !is_shared && proves.is_none() {
            let until = self.model.now.plus(Duration::from_hours(24 * 30));
            self.model.people[who].remembered.insert(tab, until);
        }
    }

    async fn paper(
        &mut self,
        step: Pick,
        slip: Slip,
        earlier: Option<Pick>,
    ) -> Result<(), Complaint> {
        let Some(step) = step.of(self.model.steps.len()) else { return Ok(()) };
        let (is_good, pick) = match slip {
            Slip::Good(pick) => (true, Some(pick)),
            Slip::Spent(pick) => (false, Some(pick)),
            Slip::Nonsense => (false, None),
        };
        let all = self.model.people.iter().flat_map(|p| &p.paper);
        let all: Vec<&str> =
            all.filter(|paper| paper.is_good == is_good).map(|paper| &*paper.code).collect();
        let picked = pick.and_then(|pick| pick.of(all.len())).map(|place| all[place].to_owned());
        let typed = picked.unwrap_or_else(|| "0000-0000-0000-0000".to_owned());
        let earlier = self.session_for(step, earlier);
        self.enter_paper(step, &typed, earlier).await.map(drop)
    }

    pub async fn enter_paper(
        &mut self,
        step: usize,
        typed: &str,
        earlier: Option<usize>,
    ) -> Result<bool, Complaint> {
        let (token, held) = (self.model.steps[step].token.clone(), self.token_of(earlier));
        let ending = Ending { earlier: held.as_ref(), remembers: false };
        let found = recovery::submit(self.app(), &self.visit(0), &token, typed, ending).await;
        let (said, opened) = match found.map_err(fault)? {
            Found::Open(recovery::Answer::SignedIn { opened, next }) => {
                (Code::In, Some((opened, next)))
            }
            Found::Open(recovery::Answer::Wrong) => (Code::Wrong, None),
            Found::Open(recovery::Answer::Paused(_)) => (Code::Paused, None),
            Found::Open(recovery::Answer::Locked) => (Code::Locked, None),
            Found::Finished(_) => (Code::Finished, None),
            Found::Gone => (Code::Gone, None),
            Found::Open(other) => {
                return Err(TestCaseError::fail(format!("a code from paper: {other:?}")));
            }
        };
        let who = self.model.steps[step].who;
        let expected = match self.model.worth(step, earlier) {
            Worth::Finished => Code::Finished,
            Worth::Gone => Code::Gone,
            Worth::Open => match self.model.code_door(who) {
                Door::Open => self.model.paper(step, typed),
                Door::Paused => Code::Paused,
                Door::Shut => Code::Locked,
            },
        };
        agree!(said, expected, "the code {typed} from paper in step {step} of person {who}");
        if let Some((opened, next)) = opened {
            self.ended((step, Way::RecoveryCode), &opened.session, earlier, (0, false));
            agree!(next.is_some(), true, "G-08: whether a used code is replaced");
            if let Some(next) = next {
                self.model.more_paper(who, next.expose().to_owned());
            }
            self.plant_paper(who).await;
        }
        self.plant_wrong_code(said, who).await;
        Ok(said == Code::In)
    }

    /// The chosen passkey of all there ever were: whose it is, and its place.
    pub fn chosen_key(&self, pick: Pick) -> Option<(usize, usize)> {
        let all: Vec<(usize, usize)> = (0..self.model.people.len())
            .flat_map(|who| (0..self.model.people[who].keys.len()).map(move |key| (who, key)))
            .collect();
        pick.of(all.len()).map(|place| all[place])
    }

    pub fn signed(
        &self,
        (owner, key): (usize, usize),
        verified: bool,
        challenge: &Challenge,
    ) -> String {
        let mut device = self.model.people[owner].keys[key].device.clone();
        device.flags.is_verified = verified;
        device.sign(&challenge.options)
    }

    async fn key(&mut self, key: Pick, verified: bool, tab: usize) -> Result<(), Complaint> {
        let Some(chosen) = self.chosen_key(key) else { return Ok(()) };
        let (app, visit, browser) = (self.app(), self.visit(tab), browser(tab));
        let challenge = passkeys::begin_sign_in(app, &visit, &browser).map_err(fault)?;
        let credential = self.signed(chosen, verified, &challenge);
        let answered = Answered { sealed: &challenge.sealed, credential: &credential };
        let arriving = Arriving { earlier: None, next: None, is_shared_device: false };
        let answer = passkeys::sign_in(app, &visit, &browser, answered, arriving).await;
        let answer = answer.map_err(fault)?;
        let expected = self.model.key(chosen.0, chosen.1, verified, None);
        agree!(key_said(&answer), expected, "a passkey of person {}", chosen.0);
        if let KeyAnswer::SignedIn(opened) = answer {
            self.model.open_session(chosen.0, &opened.session, (Way::Passkey, false), None);
            self.model.open_path(chosen.0, Way::Passkey);
        }
        Ok(())
    }

    async fn key_step(
        &mut self,
        step: Pick,
        key: Pick,
        verified: bool,
        earlier: Option<Pick>,
    ) -> Result<(), Complaint> {
        let Some(step) = step.of(self.model.steps.len()) else { return Ok(()) };
        let Some(chosen) = self.chosen_key(key) else { return Ok(()) };
        let earlier = self.session_for(step, earlier);
        self.enter_key(step, chosen, verified, earlier).await.map(drop)
    }

    pub async fn enter_key(
        &mut self,
        step: usize,
        chosen: (usize, usize),
        verified: bool,
        earlier: Option<usize>,
    ) -> Result<bool, Complaint> {
        let (app, visit, browser) = (self.app(), self.visit(0), browser(0));
        let (token, held) = (self.model.steps[step].token.clone(), self.token_of(earlier));
        let who = self.model.steps[step].who;
        let account = self.model.people[who].id;
        let challenge = passkeys::begin_step(app, &visit, &browser, account, &token).await;
        let challenge = challenge.map_err(fault)?;
        let credential = self.signed(chosen, verified, &challenge);
        let answered = Answered { sealed: &challenge.sealed, credential: &credential };
        let ending = Ending { earlier: held.as_ref(), remembers: false };
        let found = passkeys::finish_step(app, &visit, &browser, &token, answered, ending).await;
        let found = found.map_err(fault)?;
        let said = match &found {
            Found::Open(answer) => key_said(answer),
            Found::Finished(_) => Code::Finished,
            Found::Gone => Code::Gone,
        };
        let expected = match self.model.worth(step, earlier) {
            Worth::Finished => Code::Finished,
            Worth::Gone => Code::Gone,
            Worth::Open => self.model.key(chosen.0, chosen.1, verified, Some(who)),
        };
        agree!(said, expected, "a passkey of person {} in step {step} of {who}", chosen.0);
        if let Found::Open(KeyAnswer::SignedIn(opened)) = found {
            self.ended((step, Way::Passkey), &opened.session, earlier, (0, false));
        }
        Ok(said == Code::In)
    }

    async fn resume(&mut self, step: Pick) -> Result<(), Complaint> {
        let Some(step) = step.of(self.model.steps.len()) else { return Ok(()) };
        let token = self.model.steps[step].token.clone();
        let given = step::resume(self.app(), &self.visit(0), &token).await.map_err(fault)?;
        let expected = self.model.resumed(step);
        agree!(given, expected, "what is handed over again for step {step}");
        Ok(())
    }

    async fn forgot(&mut self, who: usize, name: usize) -> Result<(), Complaint> {
        let name = name % self.model.people[who].names.len();
        let typed = &self.model.people[who].names[name];
        let answer = forgot::ask(self.app(), &self.visit(0), typed).await.map_err(fault)?;
        agree!(answer, forgot::Answer::Heard, "F-03: whoever asks for a link");
        self.collect(None).await
    }

    async fn reset(&mut self, link: Pick, new: Pick) -> Result<(), Complaint> {
        let Some(link) = link.of(self.model.links.len()) else { return Ok(()) };
        let new = Self::new_password(new);
        let token = self.model.links[link].token.clone();
        let secret = Secret::from(new);
        let answer = reset::submit(self.app(), &self.visit(0), &token, &secret).await;
        let said = match answer.map_err(fault)? {
            reset::Answer::Done => "done",
            reset::Answer::Over(..) => "over",
            reset::Answer::Refused(_) => "refused",
            other => return Err(TestCaseError::fail(format!("a reset: {other:?}"))),
        };
        let who = self.model.links[link].who;
        let expected = match () {
            () if !self.model.link_is_good(link) => "over",
            () if new == self.model.people[who].password() => "refused",
            () => "done",
        };
        agree!(said, expected, "a new password for person {who} with link {link}");
        if said == "done" {
            self.model.links[link].is_spent = true;
            self.model.set_password(who, new);
            self.model.end_sessions(who, None);
            self.model.after_reset(who);
            self.plant_reset(who).await;
        }
        Ok(())
    }

    async fn not_me(&mut self, alarm: Pick) -> Result<(), Complaint> {
        self.collect(None).await?;
        let Some(alarm) = alarm.of(self.model.alarms.len()) else { return Ok(()) };
        let token = self.model.alarms[alarm].token.clone();
        let answer = not_me::submit(self.app(), &self.visit(0), &token).await.map_err(fault)?;
        let Alarm { who, since, until, is_spent, .. } = self.model.alarms[alarm];
        let is_good = !is_spent && self.model.now < until;
        agree!(matches!(answer, not_me::Answer::Secured), is_good, "the alarm {alarm}");
        if is_good {
            self.model.alarms[alarm].is_spent = true;
            self.model.secure(who, since);
            self.plant_not_me(who).await;
        }
        self.collect(None).await
    }

    /// A whole sign-in, as somebody does it who has everything at hand.
    async fn sign_in(
        &mut self,
        who: usize,
        way: Way,
        (tab, is_shared): (usize, bool),
        remembers: bool,
    ) -> Result<(), Complaint> {
        let secret = self.spelled(who, Word::Present);
        let form = self.form(who, 0, secret, (tab, is_shared), None);
        let Some(step) = self.send(form).await? else { return Ok(()) };
        self.tick();
        self.whole_step(step, way, None, (tab, remembers)).await
    }

    /// Chooses a way and proves it with what that way asks for.
    pub async fn whole_step(
        &mut self,
        step: usize,
        way: Way,
        earlier: Option<usize>,
        (tab, remembers): (usize, bool),
    ) -> Result<(), Complaint> {
        let who = self.model.steps[step].who;
        let person = &self.model.people[who];
        match way {
            Way::Passkey => {
                let Some(key) = person.keys.iter().position(Key::counts) else {
                    return Ok(());
                };
                let verified = person.keys[key].was_verified;
                self.enter_key(step, (who, key), verified, earlier).await.map(drop)
            }
            Way::RecoveryCode => {
                let good = person.paper.iter().find(|paper| paper.is_good);
                let Some(code) = good.map(|paper| paper.code.clone()) else { return Ok(()) };
                self.enter_paper(step, &code, earlier).await.map(drop)
            }
            _ => {
                self.choose(step, way).await?;
                self.tick();
                let app = person_code(&self.model, who);
                let typed = match way {
                    Way::Totp => app,
                    _ => self.model.steps[step].codes.last().map(|code| code.digits.clone()),
                };
                let Some(typed) = typed else { return Ok(()) };
                self.enter(step, &typed, earlier, (tab, remembers)).await.map(drop)
            }
        }
    }

    /// Reads every letter and text message that has come. Codes belong to the step that was just
    /// worked at.
    pub async fn collect(&mut self, step: Option<usize>) -> Result<(), Complaint> {
        let now = self.model.now;
        let store = &self.app().store;
        let mut tx = store.write().await.map_err(fault)?;
        let lease = now.plus(Duration::from_hours(24 * 20));
        let due = outbox::take(&mut tx, store.vault(), 50, now, lease).await.map_err(fault)?;
        let mut news = Vec::with_capacity(due.len());
        for message in due.into_iter().map(|one| one.message) {
            outbox::sent(&mut tx, message.id, now).await.map_err(fault)?;
            let link = match &message.not_me {
                Some(token) => not_me_rows::get(&mut tx, &token.hash()).await.map_err(fault)?,
                None => None,
            };
            let told = outbox::get(&mut tx, message.id).await.map_err(fault)?;
            news.push((message, link, told.map_or(now, |told| told.at)));
        }
        tx.commit().await.map_err(fault)?;
        for (message, link, since) in news {
            let owner = self.model.people.iter().position(|p| Some(p.id) == message.account);
            // Some are late news of somebody who walked here before.
            let Some(who) = owner else { continue };
            if let (Some(token), Some(link)) = (message.not_me, link) {
                let until = link.expires_at.min(now.plus(Duration::from_hours(24 * 7)));
                self.model.alarms.push(Alarm { who, since, token, until, is_spent: false });
            }
            match message.notice {
                Notice::SignInCode { code: digits, until } => {
                    let by = match message.to {
                        Destination::Sms(_) => Way::Sms,
                        Destination::Email(_) => Way::Email,
                    };
                    let open = self.model.people[who].is_open(by);
                    agree!(open, true, "whether codes may go by {by:?}");
                    let Some(step) = step.filter(|step| self.model.steps[*step].who == who) else {
                        return Err(TestCaseError::fail("a code came that nobody asked for"));
                    };
                    let sent = Sent { digits, until, is_spent: false };
                    self.model.steps[step].codes.push(sent);
                }
                Notice::ResetLink { token, until } => {
                    for older in self.model.links.iter_mut().filter(|link| link.who == who) {
                        older.is_spent = true;
                    }
                    let password = self.model.people[who].passwords.len();
                    let token = Token::parse(&token).expect("links hold tokens");
                    self.model.links.push(Link { who, token, password, until, is_spent: false });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Asks for a page with a session; answers with its member while it is live.
    pub async fn look(&mut self, session: usize) -> Result<Option<SignedIn>, Complaint> {
        let token = self.model.sessions[session].token.clone();
        let found = sessions::find(self.app(), &self.visit(0), &token).await.map_err(fault)?;
        let now = self.model.now;
        let is_live = self.model.sessions[session].is_live(now);
        agree!(
            matches!(found, sessions::Found::Live(_)),
            is_live,
            "session {session} of person {}",
            self.model.sessions[session].who
        );
        let sessions::Found::Live(member) = found else { return Ok(None) };
        let expected = self.model.sessions[session].is_proved(now);
        agree!(member.session.is_proved(now), expected, "the proof of session {session}");
        let is_disowned = self.model.people[self.model.sessions[session].who].is_disowned;
        agree!(member.must_change.is_some(), is_disowned, "A-04: whether a password has to go");
        self.model.sessions[session].look(now);
        let whose = self.model.people[self.model.sessions[session].who].id;
        agree!(member.account.id, whose, "S2: whose session {session} is");
        Ok(Some(*member))
    }
}

pub fn browser(tab: usize) -> Token {
    Token::of(&[u8::try_from(tab).expect("a few tabs") + 1; 32])
}

/// What the bound app shows.
fn person_code(model: &Model, who: usize) -> Option<String> {
    let app = model.people[who].app?;
    totp_code(&app.seed, totp_step(model.now))
}

pub fn key_said(answer: &KeyAnswer) -> Code {
    match answer {
        KeyAnswer::SignedIn(_) => Code::In,
        KeyAnswer::NotVerified => Code::NotVerified,
        KeyAnswer::Refused | KeyAnswer::Stale | KeyAnswer::TooMany { .. } => Code::Refused,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "what map_err hands over")]
pub fn fault(fault: payung_flows::Fault) -> Complaint {
    TestCaseError::fail(format!("a fault: {fault:?}"))
}
