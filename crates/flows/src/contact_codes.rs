//! Codes that prove a contact outside of a sign-in: sent to it, typed in again on our page.
//!
//! For whatever goes on over several pages: opening an account, changing a contact, recovering an
//! account. Which pages those are, and what a right code brings about, is the caller's business, in
//! the caller's transaction.

use payung_domain::activity::Event;
use payung_domain::contact_codes::{Undertaking, count_try};
use payung_domain::keyed::{Tag, same};
use payung_domain::lockout::Counter;
use payung_domain::notify::Notice;
use payung_domain::second_factor::{
    CODE_LIFE, Code, CodeProblem, Destination, SendLimits, Sending, may_resend, voids_codes,
    within_budget,
};
use payung_domain::time::Instant;
use payung_storage::contact_codes::{self, Belonging};
use payung_storage::sign_ins::SentCode;
use payung_storage::{Fault, Tx, sign_ins, throttles};

use crate::{App, Visit, notices};

/// Puts a code for this destination on its way, unless a wait or a budget stands against it. The
/// outbox is woken by the caller, after its commit.
pub async fn send(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    to: &Destination,
) -> Result<Sending, Fault> {
    let (sending, code) = keep_code(app, tx, visit, undertaking, to).await?;
    let Some(code) = code else { return Ok(sending) };
    let until = visit.now.plus(CODE_LIFE);
    let notice = Notice::ContactCode { code: code.expose().to_owned(), until };
    let reader = (undertaking.account, undertaking.language);
    notices::tell_contact(app, tx, reader, to.clone(), notice, visit.now).await?;
    Ok(sending)
}

/// Does all that [`send`] does but for the message: for a destination that must get none, and whose
/// page must not differ (F-03). The code is nobody's; whoever may hear of it is told by the caller,
/// when this answers that a code would have been sent now.
pub async fn feign(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    to: &Destination,
) -> Result<Sending, Fault> {
    keep_code(app, tx, visit, undertaking, to).await.map(|(sending, _)| sending)
}

async fn keep_code(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    to: &Destination,
) -> Result<(Sending, Option<Code>), Fault> {
    let now = visit.now;
    let destination = destination_tag(app, to);
    let belonging = Belonging { undertaking: &undertaking.id, destination: &destination };
    let asked = may_resend(&sent_at(tx, belonging).await?, now);
    if asked != Sending::Now {
        return Ok((asked, None));
    }
    let budgets = budgets(app, undertaking, to);
    let limits = SendLimits {
        per_hour: app.settings.limits.codes_per_hour,
        per_day: app.settings.limits.codes_per_day,
    };
    for budget in &budgets {
        let asked = within_budget(&sign_ins::sendings(tx, budget, now).await?, limits, now);
        if asked != Sending::Now {
            return Ok((asked, None));
        }
    }
    if !notices::has_room(app, tx, to, now).await? {
        return Ok((Sending::NoMoreToday, None));
    }
    let code = Code::new(&*app.dice);
    let tag = code.tag(&app.keys.codes, &undertaking.binding(&app.keys.codes, to));
    let until = now.plus(CODE_LIFE);
    contact_codes::add(tx, app.dice.id(), belonging, &tag, now, until).await?;
    sign_ins::note_sending(tx, &budgets, app.dice.id(), now).await?;
    if let Some(account) = undertaking.account {
        notices::note(app, tx, visit, account, Event::CodeSent).await?;
    }
    Ok((Sending::Now, Some(code)))
}

/// What a page that asks for the code shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When the newest code stops being good; none when none was sent.
    pub code_until: Option<Instant>,
    /// When another code may be asked for.
    pub resend_at: Instant,
    /// No try is taken before this moment.
    pub paused_until: Option<Instant>,
}

/// Looks at how far the code for a destination is.
pub async fn view(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    to: &Destination,
) -> Result<Waiting, Fault> {
    let destination = destination_tag(app, to);
    let belonging = Belonging { undertaking: &undertaking.id, destination: &destination };
    let codes = contact_codes::of(tx, belonging).await?;
    let sent: Vec<Instant> = codes.iter().map(|(code, _)| code.sent_at()).collect();
    let mut paused_until = None;
    for subject in subjects(app, undertaking, &destination, is_at_hand(&codes, visit.now)) {
        let counter = throttles::get(tx, &subject).await?;
        paused_until = paused_until.max(count_try(counter, visit.now).err());
    }
    Ok(Waiting {
        code_until: codes.first().map(|(code, _)| code.expires_at()),
        resend_at: match may_resend(&sent, visit.now) {
            Sending::Wait(until) => until,
            Sending::Now | Sending::NoMoreToday => visit.now,
        },
        paused_until,
    })
}

/// What follows a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It matches, and is used up.
    Right,
    /// It matched, but its time was over. No other one was sent yet.
    Late,
    /// It does not match.
    Wrong,
    /// Too many misses: no try before this moment.
    Paused(Instant),
    /// What was typed is no code. Costs no try.
    Unreadable(CodeProblem),
}

/// Checks a code. The caller commits whatever comes of it: a miss counts only then.
pub async fn check(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    to: &Destination,
    typed: &str,
) -> Result<Checked, Fault> {
    let code = match Code::parse(typed) {
        Ok(code) => code,
        Err(problem) => return Ok(Checked::Unreadable(problem)),
    };
    let destination = destination_tag(app, to);
    let belonging = Belonging { undertaking: &undertaking.id, destination: &destination };
    // Counted first, in the rows' locks: parallel guesses wait for each other here (E-03).
    let counted = match reserve(app, tx, visit, undertaking, &destination).await? {
        Ok(counted) => counted,
        Err(until) => return Ok(Checked::Paused(until)),
    };
    let tag = code.tag(&app.keys.codes, &undertaking.binding(&app.keys.codes, to));
    let checked = compare(tx, visit, belonging, &tag).await?;
    match checked {
        Checked::Right => {
            for (subject, _) in &counted {
                throttles::clear(tx, subject).await?;
            }
        }
        Checked::Wrong => return miss(app, tx, visit, undertaking, &destination, &counted).await,
        Checked::Late | Checked::Paused(_) | Checked::Unreadable(_) => {}
    }
    Ok(checked)
}

/// Compares and, where it matches, uses the code up: of two at the same time one is right (B-02).
async fn compare(
    tx: &mut Tx,
    visit: &Visit,
    belonging: Belonging<'_>,
    tag: &Tag,
) -> Result<Checked, Fault> {
    let mut checked = Checked::Wrong;
    for (known, known_tag) in contact_codes::of(tx, belonging).await? {
        if !same(&known_tag, tag) {
            continue;
        }
        if known.is_good(visit.now)
            && contact_codes::use_up(tx, belonging.undertaking, known.id, visit.now).await?
        {
            return Ok(Checked::Right);
        }
        if known.is_late(visit.now) {
            checked = Checked::Late;
        }
    }
    Ok(checked)
}

/// Counts a try on everything it touches; answers until when none is taken, where one may not be
/// made. Locked in one order, so that no two tries wait for each other.
async fn reserve(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    destination: &Tag,
) -> Result<Result<Vec<(Tag, Counter)>, Instant>, Fault> {
    let mut counted = Vec::new();
    let belonging = Belonging { undertaking: &undertaking.id, destination };
    let codes = contact_codes::of(tx, belonging).await?;
    for subject in subjects(app, undertaking, destination, is_at_hand(&codes, visit.now)) {
        let before = throttles::locked(tx, &subject, visit.now).await?;
        match count_try(before, visit.now) {
            Ok(after) => counted.push((subject, after)),
            Err(until) => return Ok(Err(until)),
        }
    }
    Ok(Ok(counted))
}

/// Keeps the counts, and voids the codes at hand with every fifth miss.
async fn miss(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    undertaking: &Undertaking,
    destination: &Tag,
    counted: &[(Tag, Counter)],
) -> Result<Checked, Fault> {
    let mut paused_until = None;
    let mut voids = false;
    for (subject, counter) in counted {
        throttles::set(tx, subject, *counter, visit.now).await?;
        voids |= voids_codes(counter.misses);
        paused_until = paused_until.max(count_try(*counter, visit.now).err());
    }
    if voids {
        contact_codes::void_of(tx, &undertaking.id, visit.now).await?;
        contact_codes::void_to(tx, destination, visit.now).await?;
    }
    app.counters.codes_wrong.count();
    Ok(paused_until.map_or(Checked::Wrong, Checked::Paused))
}

fn is_at_hand(codes: &[(SentCode, Vec<u8>)], now: Instant) -> bool {
    codes.iter().any(|(code, _)| code.is_good(now))
}

async fn sent_at(tx: &mut Tx, belonging: Belonging<'_>) -> Result<Vec<Instant>, Fault> {
    let codes = contact_codes::of(tx, belonging).await?;
    Ok(codes.iter().map(|(code, _)| code.sent_at()).collect())
}

/// What a try counts on: the undertaking, its account, and the destination across undertakings, so
/// that beginning anew buys no tries (L1). The destination only while there is a code that a guess
/// could hit: else anybody could keep its owner waiting without end (L4).
fn subjects(app: &App, undertaking: &Undertaking, destination: &Tag, is_at_hand: bool) -> Vec<Tag> {
    let counters = &app.keys.counters;
    let of_account = undertaking
        .account
        .map(|account| counters.tag(&[b"contact codes of account", account.0.as_bytes()]));
    [
        Some(counters.tag(&[b"contact codes of undertaking", &undertaking.id])),
        of_account,
        is_at_hand.then(|| counters.tag(&[b"contact codes to", destination])),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What may be sent: to the destination, together with the codes of sign-ins, and for the account.
/// Where no account is known yet, the undertaking has a budget of its own: it must not send a code to
/// each of a thousand numbers (L8).
fn budgets(app: &App, undertaking: &Undertaking, to: &Destination) -> [Tag; 2] {
    let counters = &app.keys.counters;
    let of_asker = match undertaking.account {
        Some(account) => counters.tag(&[b"sent for", account.0.as_bytes()]),
        None => counters.tag(&[b"sent for undertaking", &undertaking.id]),
    };
    [of_asker, counters.tag(&[b"sent to", to.expose().as_bytes()])]
}

fn destination_tag(app: &App, to: &Destination) -> Tag {
    app.keys.counters.tag(&[b"contact", to.expose().as_bytes()])
}
