//! A new password by a code in a text message, for accounts that have no address a link could go to
//! (G-02).
//!
//! The code proves the number. One more thing is asked for that is not that number (G-07): a saved
//! recovery code, or a code of the authenticator app. The two together are worth what opening a link
//! is: this browser gets one, and everything after it is the way of a link.
//!
//! A code belongs to the browser that asked, so nobody uses up the tries of anybody else, and a name
//! that nobody has gets one too, which nothing matches.

use payung_domain::accounts::{Account, StoredPassword};
use payung_domain::activity::Event;
use payung_domain::authenticators::Kind;
use payung_domain::contact::{Identifier, Phone};
use payung_domain::contact_codes::{Purpose, Undertaking, count_try};
use payung_domain::ids::AccountId;
use payung_domain::keyed::{Tag, same};
use payung_domain::lockout::{Counter, Verdict};
use payung_domain::notify::Notice;
use payung_domain::passwords::reset::ResetLink;
use payung_domain::recovery_codes::{RecoveryCode, Unreadable};
use payung_domain::second_factor::{
    self, CODE_LIFE, Code, CodeProblem, Destination, SendLimits, Sending, totp_matches,
    voids_codes, within_budget,
};
use payung_domain::secret::Secret;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::contact_codes::{self, Belonging};
use payung_storage::{
    Fault, Tx, accounts, contacts, factors, password_resets, sign_ins, throttles,
};
use uuid::Uuid;

use super::forgot;
use crate::evenly::evenly;
use crate::gates::{self, Door};
use crate::sign_in::recovery::{Replacement, replace, replacement};
use crate::{App, Visit, authenticators, notices};

/// Who asked, and for whom.
pub(super) struct Asked {
    undertaking: Undertaking,
    whose: Tag,
}

impl Asked {
    /// By this browser and with this name, for an account, or for nobody.
    pub(super) fn new(app: &App, visit: &Visit, who: Option<&Account>, of_typed: &Tag) -> Self {
        let whose = match who {
            Some(account) => of_account(app, account.id),
            None => app.keys.counters.tag(&[b"reset codes of nobody", of_typed]),
        };
        let browser = visit.browser.as_ref().map(Token::hash).unwrap_or_default();
        let undertaking = Undertaking {
            id: app.keys.counters.tag(&[b"reset code asked for in", &browser, &whose, of_typed]),
            purpose: Purpose::Reset,
            account: who.map(|account| account.id),
            language: who.map_or(visit.language, |account| account.language),
        };
        Self { undertaking, whose }
    }

    const fn belonging(&self) -> Belonging<'_> {
        Belonging { undertaking: &self.undertaking.id, destination: &self.whose }
    }

    /// The tag of a code that went to this number (B-03).
    fn tag(&self, app: &App, code: &Code, to: &Destination) -> Tag {
        code.tag(&app.keys.codes, &self.undertaking.binding(&app.keys.codes, to))
    }
}

/// Under which the codes of an account are kept, whichever browser asked.
fn of_account(app: &App, account: AccountId) -> Tag {
    app.keys.counters.tag(&[b"reset codes of", account.0.as_bytes()])
}

/// Puts a code on its way, within what may be sent to the number and for the account: the budgets
/// are those of sign-in codes (B-05).
pub(super) async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    asked: &Asked,
    phone: Phone,
) -> Result<(), Fault> {
    let now = visit.now;
    let to = Destination::Sms(phone);
    let budgets = [
        app.keys.counters.tag(&[b"sent for", account.id.0.as_bytes()]),
        app.keys.counters.tag(&[b"sent to", to.expose().as_bytes()]),
    ];
    let limits = SendLimits {
        per_hour: app.settings.limits.codes_per_hour,
        per_day: app.settings.limits.codes_per_day,
    };
    let mut may_send = notices::has_room(app, tx, &to, now).await?;
    for budget in &budgets {
        let sent = sign_ins::sendings(tx, budget, now).await?;
        may_send &= within_budget(&sent, limits, now) == Sending::Now;
    }
    if !may_send {
        return feign(app, tx, visit, asked).await;
    }
    let code = Code::new(&*app.dice);
    keep_tag(app, tx, visit, asked, &asked.tag(app, &code, &to)).await?;
    sign_ins::note_sending(tx, &budgets, app.dice.id(), now).await?;
    notices::note(app, tx, visit, account.id, Event::CodeSent).await?;
    let notice = Notice::ResetCode { code: code.expose().to_owned(), until: now.plus(CODE_LIFE) };
    notices::tell(app, tx, account, to, notice, now).await
}

/// Keeps a code that nothing matches, for whoever gets no text message: their tries are counted like
/// all others, and no answer differs (F-03).
pub(super) async fn feign(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    asked: &Asked,
) -> Result<(), Fault> {
    keep_tag(app, tx, visit, asked, &app.dice.bytes()).await
}

async fn keep_tag(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    asked: &Asked,
    tag: &Tag,
) -> Result<(), Fault> {
    let until = visit.now.plus(CODE_LIFE);
    contact_codes::add(tx, app.dice.id(), asked.belonging(), tag, visit.now, until).await
}

/// Voids every code for a new password of an account (G-06).
pub(crate) async fn void(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Instant,
) -> Result<u64, Fault> {
    contact_codes::void_to(tx, &of_account(app, account), now).await
}

/// What follows a code and the other thing.
#[derive(Debug)]
pub enum Answer {
    /// Both are right: this is worth what the token of a link is.
    Proved {
        /// The token.
        link: Token,
        /// The code that takes the place of the used recovery code, in groups of four, this once
        /// (G-08).
        next: Option<Secret>,
    },
    /// What was typed is no code. Costs no try.
    UnreadableCode(CodeProblem),
    /// The other thing is neither a recovery code nor a code of an app. Costs no try.
    UnreadableOther(Unreadable),
    /// They do not match, or no code was sent: which of it is not said.
    Wrong,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
    /// No room for another check right now. Costs no try.
    Busy,
}

/// What is proved beside the number.
enum Other {
    /// A recovery code from paper.
    Saved(RecoveryCode),
    /// What the authenticator app shows.
    App(Code),
}

impl Other {
    /// Six digits are an app's, everything else may be from paper.
    fn parse(typed: &str) -> Result<Self, Unreadable> {
        match Code::parse(typed) {
            Ok(code) => Ok(Self::App(code)),
            Err(_) => RecoveryCode::parse(typed).map(Self::Saved),
        }
    }

    fn secret(&self) -> Secret {
        match self {
            Self::Saved(code) => code.secret().clone(),
            Self::App(code) => Secret::from(code.expose()),
        }
    }
}

/// Checks a code and the other thing, for the name that this browser asked with.
pub async fn submit(
    app: &App,
    visit: &Visit,
    name: &str,
    code: &str,
    other: &str,
) -> Result<Answer, Fault> {
    let code = match Code::parse(code) {
        Ok(code) => code,
        Err(problem) => return Ok(Answer::UnreadableCode(problem)),
    };
    let other = match Other::parse(other) {
        Ok(other) => other,
        Err(problem) => return Ok(Answer::UnreadableOther(problem)),
    };
    evenly(app, check(app, visit, name, &code, &other)).await
}

/// The two steps around the slow hash, which is done whoever is asked for, and whatever matches.
async fn check(
    app: &App,
    visit: &Visit,
    name: &str,
    code: &Code,
    other: &Other,
) -> Result<Answer, Fault> {
    let (Ok(turn), Ok(making)) = (app.hasher.place(), app.hasher.place()) else {
        return Ok(Answer::Busy);
    };
    let mut tx = app.store.write().await?;
    let begun = begin(app, &mut tx, visit, name, code, other).await?;
    tx.commit().await?;
    let begun = match begun {
        Ok(begun) => begun,
        Err(answer) => return Ok(answer),
    };
    let paper = begun.as_ref().and_then(|begun| begun.factor.paper()).cloned();
    let checked = turn.check(other.secret(), paper).await?;
    let right = begun.filter(|begun| checked.matched || matches!(begun.factor, Factor::App { .. }));
    let Some(begun) = right else {
        app.counters.codes_wrong.count();
        return Ok(Answer::Wrong);
    };
    let next = match &begun.factor {
        Factor::Paper { places, .. } => {
            Some(replacement(app, &begun.account, places, making).await?)
        }
        Factor::App { .. } => None,
    };
    let mut tx = app.store.write().await?;
    let Some(answer) = finish(app, &mut tx, visit, &begun, next).await? else {
        // Another request was quicker. Nothing of this one is kept.
        return Ok(Answer::Wrong);
    };
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(answer)
}

/// A try whose code is right, and whose other thing may be.
struct Begun {
    account: Account,
    asked: Asked,
    code: Uuid,
    /// Whether the code has been used up already, since this was its last try.
    is_spent: bool,
    factor: Factor,
    counters: [Tag; 3],
}

/// The other thing, as far as it can be known before the slow hash.
enum Factor {
    /// What stands at its place among the recovery codes, to be compared.
    Paper { place: u32, stored: StoredPassword, places: Vec<u32> },
    /// The half-minute whose code it is.
    App { step: i64 },
}

impl Factor {
    const fn paper(&self) -> Option<&StoredPassword> {
        match self {
            Self::Paper { stored, .. } => Some(stored),
            Self::App { .. } => None,
        }
    }
}

/// Counts the try and compares the code. The caller commits whatever comes of it.
async fn begin(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    name: &str,
    code: &Code,
    other: &Other,
) -> Result<Result<Option<Begun>, Answer>, Fault> {
    let now = visit.now;
    if let Some(until) = gates::too_many(app, tx, visit, Door::Reset).await? {
        return Ok(Err(Answer::TooMany { until }));
    }
    let readings = Identifier::readings(name);
    let account = accounts::find_to_recover(tx, app.store.vault(), &readings, now).await?;
    let phone = phone_of(app, tx, visit, account.as_ref()).await?;
    let of_typed = forgot::typed_subject(app, name);
    let asked = Asked::new(app, visit, account.as_ref(), &of_typed);
    let counters = subjects(app, &asked, &of_typed);
    // In the rows' locks from here on: parallel guesses wait for each other (E-03).
    let before = locked(tx, &counters, now).await?;
    let codes = contact_codes::of(tx, asked.belonging()).await?;
    if !codes.iter().any(|(known, _)| known.is_good(now)) {
        return Ok(Ok(None));
    }
    let Reserved { is_last, is_compared } = match reserve(tx, &counters, before, now).await? {
        Ok(reserved) => reserved,
        Err(until) => return Ok(Err(Answer::Paused(until))),
    };
    let phone = phone.filter(|_| is_compared);
    let expected = phone.map(|phone| asked.tag(app, code, &Destination::Sms(phone)));
    let found = codes.iter().find(|(known, tag)| {
        known.is_good(now) && expected.is_some_and(|expected| same(tag, &expected))
    });
    let found = found.map(|(known, _)| known.id);
    let undertaking = asked.undertaking.id;
    let mut is_spent = false;
    if is_last {
        if let Some(code) = found {
            is_spent = contact_codes::use_up(tx, &undertaking, code, now).await?;
        }
        contact_codes::void_of(tx, &undertaking, now).await?;
    }
    let (Some(account), Some(code)) = (account, found) else { return Ok(Ok(None)) };
    let factor = factor(app, tx, visit, &account, other).await?;
    Ok(Ok(factor.map(|factor| Begun { account, asked, code, is_spent, factor, counters })))
}

/// The number that codes go to: of an account that no link can be sent to.
async fn phone_of(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: Option<&Account>,
) -> Result<Option<Phone>, Fault> {
    let whose = account.map_or(AccountId(Uuid::nil()), |account| account.id);
    let held = contacts::held(tx, app.store.vault(), whose).await?;
    // G-10: as for a link, by what serves recovery.
    let contacts = contacts::reached_by(&held, |standing| standing.recovers(visit.now));
    let has_no_address = contacts.email.is_none() && app.settings.sms_codes;
    Ok(contacts.phone.filter(|_| has_no_address))
}

/// What a try counts on: the browser's codes, the account, and the name as it was typed. All of them
/// only while there is a code that a guess could hit: else anybody could keep an owner waiting
/// without end (L4).
fn subjects(app: &App, asked: &Asked, of_typed: &Tag) -> [Tag; 3] {
    let counters = &app.keys.counters;
    [
        counters.tag(&[b"tries of reset codes in", &asked.undertaking.id]),
        counters.tag(&[b"tries of reset codes of", &asked.whose]),
        counters.tag(&[b"tries of reset codes typed", of_typed]),
    ]
}

/// What was counted on these, kept from everybody else until the transaction ends. Locked in one
/// order, so that no two tries wait for each other.
async fn locked(tx: &mut Tx, subjects: &[Tag; 3], now: Instant) -> Result<[Counter; 3], Fault> {
    let [in_browser, of_account, of_typed] = subjects;
    Ok([
        throttles::locked(tx, in_browser, now).await?,
        throttles::locked(tx, of_account, now).await?,
        throttles::locked(tx, of_typed, now).await?,
    ])
}

/// A try that was counted.
struct Reserved {
    /// Whether it is the last one that the browser's codes have.
    is_last: bool,
    /// Whether anything is compared.
    is_compared: bool,
}

/// Counts a try as a miss, before anything is compared; answers until when none is taken, where one
/// may not be made.
///
/// What the page says comes from what was typed. A pause of the account is kept to ourselves, and
/// nothing is right in it: else it would tell which names are those of one account (F-03).
async fn reserve(
    tx: &mut Tx,
    subjects: &[Tag; 3],
    [in_browser, of_account, of_typed]: [Counter; 3],
    now: Instant,
) -> Result<Result<Reserved, Instant>, Fault> {
    let of_typed = match count_try(of_typed, now) {
        Ok(counted) => counted,
        Err(until) => return Ok(Err(until)),
    };
    let in_browser = Counter { misses: in_browser.misses.saturating_add(1), ..in_browser };
    let (of_account, is_compared) = match count_try(of_account, now) {
        Ok(counted) => (counted, true),
        Err(_) => (of_account, false),
    };
    for (subject, counter) in subjects.iter().zip([in_browser, of_account, of_typed]) {
        throttles::set(tx, subject, counter, now).await?;
    }
    Ok(Ok(Reserved { is_last: voids_codes(in_browser.misses), is_compared }))
}

/// The other thing of an account whose code was right.
async fn factor(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: &Account,
    other: &Other,
) -> Result<Option<Factor>, Fault> {
    match other {
        Other::Saved(code) => {
            let place = code.place(&app.keys.codes, account.id);
            let stored = factors::code_at(tx, account.id, place).await?;
            let places = factors::places(tx, account.id).await?;
            Ok(stored.map(|stored| Factor::Paper { place, stored, places }))
        }
        Other::App(code) => app_step(app, tx, visit, account.id, code).await,
    }
}

/// Six digits can be guessed, and whoever has the number may try every day. So these tries have a
/// counter of their own, which shuts after a hundred in a row (E-01) and which only somebody who
/// reads the text messages can move; a recovery code still goes, and opens it.
async fn app_step(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    account: AccountId,
    code: &Code,
) -> Result<Option<Factor>, Fault> {
    let subject = app_subject(app, account);
    let before = throttles::locked(tx, &subject, visit.now).await?;
    let Verdict::Try(counted) = second_factor::may_try(before, visit.now) else { return Ok(None) };
    throttles::set(tx, &subject, counted, visit.now).await?;
    let bound = accounts::app(tx, app.store.vault(), account).await?;
    let step = bound.filter(|bound| !bound.is_suspended).and_then(|bound| {
        let window = app.settings.app_window;
        totp_matches((&bound.seed, bound.hash), code, bound.last_step, window, visit.now)
    });
    Ok(step.map(|step| Factor::App { step }))
}

fn app_subject(app: &App, account: AccountId) -> Tag {
    app.keys.counters.tag(&[b"app code for a reset", account.0.as_bytes()])
}

/// Uses both up and opens the way of a link. Of any number at the same time, one does it: nothing of
/// the others may be committed (L7).
///
/// In the order in which a try, a reset and "this was not me" take the same rows, so that no two wait
/// for each other: counters, factors, links, codes.
async fn finish(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    begun: &Begun,
    next: Option<Replacement>,
) -> Result<Option<Answer>, Fault> {
    let (now, account) = (visit.now, &begun.account);
    locked(tx, &begun.counters, now).await?;
    let (is_used_up, kind) = match &begun.factor {
        Factor::Paper { place, stored, .. } => {
            let used = factors::use_code_at(tx, account.id, *place, stored, now).await?;
            (used, Kind::RecoveryCodes)
        }
        Factor::App { step } => {
            (accounts::accept_app_step(tx, account.id, *step).await?, Kind::App)
        }
    };
    if !is_used_up {
        return Ok(None);
    }
    for kind in [Kind::Phone, kind] {
        authenticators::used(app, tx, visit, account.id, kind).await?;
    }
    password_resets::replace(tx, account.id, now).await?;
    let token = Token::new(&*app.dice);
    let link = ResetLink {
        account: account.id,
        password_set_at: account.password_set_at,
        expires_at: now.plus(CODE_LIFE),
        used_at: None,
        replaced_at: None,
    };
    password_resets::add(tx, &token.hash(), &link, now).await?;
    let undertaking = &begun.asked.undertaking.id;
    if !begun.is_spent && !contact_codes::use_up(tx, undertaking, begun.code, now).await? {
        return Ok(None);
    }
    throttles::clear(tx, &app_subject(app, account.id)).await?;
    for subject in &begun.counters {
        throttles::clear(tx, subject).await?;
    }
    let next = match &begun.factor {
        Factor::Paper { .. } => replace(app, tx, visit, account, next).await?,
        Factor::App { .. } => None,
    };
    Ok(Some(Answer::Proved { link: token, next }))
}
