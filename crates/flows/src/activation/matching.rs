//! Finding a membership (M12): NIK, KPJ and birth date together, and one sentence for everything
//! that does not fit.

use payung_domain::accounts::Account;
use payung_domain::activation::{Claim, KEPT, WINDOW, may_try};
use payung_domain::activity::Event;
use payung_domain::ids::{AccountId, PersonId};
use payung_domain::keyed::Tag;
use payung_domain::notify::Notice;
use payung_domain::time::Instant;
use payung_domain::token::Token;
use payung_storage::activations::{self, Activation};
use payung_storage::{Fault, Tx, accounts, members, sign_ins, throttles};
use uuid::Uuid;

use crate::evenly::evenly;
use crate::sign_in;
use crate::suspicion::address_block;
use crate::{App, Visit, notices};

/// A filled-in form.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// What somebody says of themselves.
    pub claim: &'a Claim,
    /// What names this very form in this very browser: sent twice, it is one try.
    pub form: &'a [u8],
    /// The browser's own name.
    pub browser: &'a Token,
    /// The activation the browser has so far.
    pub earlier: Option<&'a Token>,
}

/// What follows. Whether there is an account is not among it (F-03).
#[derive(Debug)]
pub enum Answer {
    /// There is such a membership: the browser gets this token and goes on.
    Found(Token),
    /// `match.none`: at least one of the three does not fit, whichever it is.
    NotFound,
    /// Too many tries with these data or from this address: none before this moment.
    Paused(Instant),
    /// Too many requests from this address, or in all.
    TooMany {
        /// When to come back.
        until: Instant,
    },
}

/// Looks for a membership.
///
/// Numbers that nobody has walk the same steps as numbers that somebody has, and a membership that
/// has an account answers after the same while as one that has none.
pub async fn find(app: &App, visit: &Visit, attempt: Attempt<'_>) -> Result<Answer, Fault> {
    evenly(app, look(app, visit, attempt)).await
}

async fn look(app: &App, visit: &Visit, attempt: Attempt<'_>) -> Result<Answer, Fault> {
    let mut tx = app.store.write().await?;
    if let Some(until) = sign_in::too_many(app, &mut tx, visit).await? {
        tx.commit().await?;
        return Ok(Answer::TooMany { until });
    }
    let counted = match reserve(app, &mut tx, visit, attempt).await? {
        Ok(counted) => counted,
        Err(until) => {
            tx.commit().await?;
            return Ok(Answer::Paused(until));
        }
    };
    let vault = app.store.vault();
    let person = members::by_nik(&mut tx, vault, &attempt.claim.nik).await?;
    // Asked for nobody too, so that an unknown number costs the same.
    let id = person.as_ref().map_or(PersonId(Uuid::nil()), |person| person.id);
    let memberships = members::memberships(&mut tx, id).await?;
    if !person.is_some_and(|person| attempt.claim.fits(&person, &memberships)) {
        tx.commit().await?;
        return Ok(Answer::NotFound);
    }
    if let Some(counted) = counted {
        // Many people are behind one address; those who find theirs are no sign of an attack.
        activations::forget_try(&mut tx, &[counted.of_address], counted.id, visit.now).await?;
    }
    let account = accounts::of_person(&mut tx, id).await?;
    tell_owner(app, &mut tx, visit, id, account.as_ref()).await?;
    let token = go_on(app, &mut tx, visit, attempt, id).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(Answer::Found(token))
}

/// A try that was counted.
struct Counted {
    of_address: Tag,
    id: Uuid,
}

/// Counts the try before anything is compared, so that parallel guesses share one limit (E-03);
/// answers until when none is taken, where one may not be made.
///
/// On the address, on the NIK and on the KPJ, as typed, existing or not: whoever holds one right and
/// guesses at the others has no more tries than one who guesses at all. The rows are locked in one
/// order, so that no two tries wait for each other.
async fn reserve(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    attempt: Attempt<'_>,
) -> Result<Result<Option<Counted>, Instant>, Fault> {
    let now = visit.now;
    let Claim { nik, kpj, birth_date } = attempt.claim;
    let counters = &app.keys.counters;
    let of_address = counters.tag(&[b"matches from", &address_block(visit.address)]);
    let of_nik = counters.tag(&[b"matches of nik", nik.expose().as_bytes()]);
    let of_kpj = counters.tag(&[b"matches of kpj", kpj.as_str().as_bytes()]);
    let born = birth_date.to_string();
    if app.retries.is_repeated(&[attempt.form, &of_nik, &of_kpj, born.as_bytes()], now) {
        return Ok(Ok(None));
    }
    let limits = app.settings.limits;
    let mut paused_until = None;
    for (subject, an_hour) in [
        (of_address, limits.matches_per_address),
        (of_nik, limits.matches_per_identity),
        (of_kpj, limits.matches_per_identity),
    ] {
        // Whoever tries on the same subject meanwhile waits here, and then sees this try.
        throttles::locked(tx, &subject, now).await?;
        let tries = activations::tries(tx, &subject, now.minus(WINDOW)).await?;
        paused_until = paused_until.max(may_try(&tries, an_hour, now).err());
    }
    if let Some(until) = paused_until {
        return Ok(Err(until));
    }
    let id = app.dice.id();
    activations::note_try(tx, &[of_address, of_nik, of_kpj], id, now).await?;
    Ok(Ok(Some(Counted { of_address, id })))
}

/// Tells the owner of an account that somebody typed their data, once a day at most; by letter, since
/// a stranger can bring it about. Where there is no account the same is read and as much written.
async fn tell_owner(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    person: PersonId,
    account: Option<&Account>,
) -> Result<(), Fault> {
    let now = visit.now;
    let subject = app.keys.counters.tag(&[b"activation told", person.0.as_bytes()]);
    if !sign_ins::sendings(tx, &subject, now).await?.is_empty() {
        return Ok(());
    }
    sign_ins::note_sending(tx, &[subject], app.dice.id(), now).await?;
    let Some(account) = account else {
        accounts::contacts(tx, app.store.vault(), AccountId(Uuid::nil()), now).await?;
        for _ in 0..3 {
            throttles::touch(tx, &subject, now).await?;
        }
        return Ok(());
    };
    notices::note(app, tx, visit, account.id, Event::ActivationTried).await?;
    let notice = Notice::ActivationTried { device: visit.device.clone(), at: now };
    notices::tell_by_letter(app, tx, account, notice, now).await
}

/// Goes on where this very browser had stopped with the same data, or begins anew; under a new token
/// in any case, and with nothing of whatever else the browser was in (S1, S2).
async fn go_on(
    app: &App,
    tx: &mut Tx,
    visit: &Visit,
    attempt: Attempt<'_>,
    person: PersonId,
) -> Result<Token, Fault> {
    let now = visit.now;
    if let Some(earlier) = attempt.earlier {
        activations::leave(tx, &earlier.hash()).await?;
    }
    let (token, browser) = (Token::new(&*app.dice), attempt.browser.hash());
    let vault = app.store.vault();
    if let Some(begun) = activations::begun_in(tx, vault, person, &browser, now).await?
        && activations::pass_on(tx, &begun, &token.hash(), now).await?
    {
        return Ok(token);
    }
    let activation = Activation {
        id: app.dice.id(),
        person,
        language: visit.language,
        seen_at: now,
        expires_at: now.plus(KEPT),
        email: None,
        phone: None,
        account: None,
        codes_saved_at: None,
    };
    activations::begin(tx, &activation, &token.hash(), &browser).await?;
    Ok(token)
}
