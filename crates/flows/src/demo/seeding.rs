//! Filling a database with the demonstration's people. What it keeps of itself is sealed in the
//! database, so a second start prints the same numbers.

use std::sync::Arc;

use jiff::civil::Date;
use payung_domain::accounts::Account;
use payung_domain::contact::{Identifier, UserName};
use payung_domain::ids::AccountId;
use payung_domain::language::Language;
use payung_domain::lockout::{Counter, FIRM};
use payung_domain::second_factor::Seed;
use payung_domain::secret::Secret;
use payung_domain::time::{Instant, Zone};
use payung_storage::{
    Fault, Place, Tx, accounts, contributions, installation, ledger, members, throttles,
    wage_answers,
};
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use super::lives::{self, Life, Role};
use super::{cases, claimed};
use crate::{App, sign_in};

/// The password of everybody in the demonstration, by contract.
pub const PASSWORD: &str = "payung-demo-2026";

/// The same people every time.
const SEED: u64 = 2026;

/// People kept in one transaction: few enough to keep the writer free for others.
const BATCH: usize = 10;

const NOTE: Place<'static> = Place("installation", "demo", b"demo");

/// What the demonstration tells those who try it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Note {
    /// How many people there are.
    pub members: u32,
    /// 160 bits shared with Dewi's authenticator app.
    pub dewi_seed: Seed,
    /// Wayan, whose membership is not activated.
    pub wayan: Inactive,
}

/// What somebody needs to activate a membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inactive {
    /// The population number.
    pub nik: String,
    /// The member number.
    pub kpj: String,
    /// The day of birth.
    pub birth_date: Date,
}

/// What a demonstration kept of itself, if this database is one and is complete.
pub async fn note(app: &App) -> Result<Option<Note>, Fault> {
    let mut tx = app.store.read().await?;
    let Some(sealed) = installation::demo(&mut tx).await? else { return Ok(None) };
    let plain = app.store.vault().open(NOTE, &sealed)?;
    let note = serde_json::from_slice(&plain)
        .map_err(Fault::while_doing("reading what the demonstration is"))?;
    Ok(Some(note))
}

/// Fills an empty database; `progress` hears of each person.
pub async fn seed(
    app: &Arc<App>,
    count: u32,
    today: Date,
    progress: impl Fn(u32),
) -> Result<Note, Fault> {
    let telling = || "telling invented lives";
    let firms = lives::employers(SEED).map_err(Fault::while_doing(telling()))?;
    let mut tx = app.store.write().await?;
    installation::begin_demo(&mut tx).await?;
    members::add_employers(&mut tx, &firms).await?;
    tx.commit().await?;

    let people = usize::try_from(count).unwrap_or(usize::MAX);
    let mut told = lives::lives(SEED, people, today, &firms, &app.programmes);
    let (mut wayan, mut kept) = (None, 0);
    let dewi_seed: Seed = app.dice.bytes();
    loop {
        let batch = told
            .by_ref()
            .take(BATCH)
            .collect::<Result<Vec<Life>, _>>()
            .map_err(Fault::while_doing(telling()))?;
        if batch.is_empty() {
            break;
        }
        wayan = wayan.or_else(|| batch.iter().find_map(inactive));
        let accounts = open_accounts(app, &batch).await?;
        let mut tx = app.store.write().await?;
        keep(app, &mut tx, &batch, &accounts, &dewi_seed).await?;
        for (life, account) in batch.iter().zip(&accounts) {
            if let (Some(role), Some(account)) = (life.role, account) {
                cases::ask(app, &mut tx, role, account.id).await?;
            }
        }
        tx.commit().await?;
        kept += u32::try_from(batch.len()).unwrap_or(0);
        progress(kept);
    }
    let wayan = wayan.ok_or_else(|| Fault::new(telling(), "nobody is called Wayan"))?;
    let note = Note { members: kept, dewi_seed, wayan };
    let plain = serde_json::to_vec(&note).map_err(Fault::while_doing("writing the demo's note"))?;
    let mut tx = app.store.write().await?;
    installation::complete_demo(&mut tx, app.store.vault().seal(NOTE, &plain)?).await?;
    tx.commit().await?;
    Ok(note)
}

fn inactive(life: &Life) -> Option<Inactive> {
    (life.role == Some(Role::Wayan)).then(|| Inactive {
        nik: life.person.nik.expose().to_owned(),
        kpj: life.memberships.first().map(|m| m.kpj.to_string()).unwrap_or_default(),
        birth_date: life.person.birth_date,
    })
}

/// One account a person, but none for Wayan. Hashing is most of the work, so it runs on every core.
async fn open_accounts(app: &Arc<App>, lives: &[Life]) -> Result<Vec<Option<Account>>, Fault> {
    let mut hashing = JoinSet::new();
    for (place, life) in lives.iter().enumerate() {
        if life.role == Some(Role::Wayan) {
            continue;
        }
        let (app, person) = (Arc::clone(app), life.person.id);
        hashing.spawn(async move {
            let turn = app.hasher.place_in_turn().await;
            let turn = turn.map_err(|_| Fault::new("hashing a demo password", "no thread"))?;
            let password = turn.make(Secret::from(PASSWORD)).await?;
            let id = AccountId::new(&*app.dice);
            let (language, zone) = (Language::Id, Zone::Wib);
            let password_set_at = app.clock.now();
            Ok::<_, Fault>((
                place,
                Account { id, person, password, password_set_at, language, zone },
            ))
        });
    }
    let mut accounts = vec![None; lives.len()];
    while let Some(made) = hashing.join_next().await {
        let (place, account) = made.map_err(Fault::while_doing("hashing a demo password"))??;
        accounts[place] = Some(account);
    }
    Ok(accounts)
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    lives: &[Life],
    accounts: &[Option<Account>],
    dewi_seed: &Seed,
) -> Result<(), Fault> {
    let now = app.clock.now();
    let people: Vec<_> =
        lives.iter().map(|life| (life.person.clone(), recorded_at(life, now))).collect();
    members::add_people(tx, app.store.vault(), &people).await?;
    for (life, account) in lives.iter().zip(accounts) {
        members::add_memberships(tx, &life.memberships).await?;
        members::add_employments(tx, &life.employments).await?;
        contributions::add(tx, &life.contributions).await?;
        ledger::add(tx, &life.postings).await?;
        for answer in &life.wage_answers {
            wage_answers::set(tx, answer).await?;
        }
        if let Some(account) = account {
            keep_account(app, tx, life, account, now).await?;
        }
        match (life.role, account) {
            (Some(Role::Dewi), Some(account)) => {
                accounts::add_app(tx, app.store.vault(), account.id, dewi_seed, now).await?;
            }
            (Some(Role::Rina), Some(account)) => lock(app, tx, life, account.id, now).await?,
            (Some(Role::Siti), Some(account)) => claimed::send(app, tx, life, account, now).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn keep_account(
    app: &App,
    tx: &mut Tx,
    life: &Life,
    account: &Account,
    now: Instant,
) -> Result<(), Fault> {
    accounts::add(tx, account, now).await?;
    for name in names(life) {
        accounts::add_name(tx, app.store.vault(), account.id, &name, Some(now)).await?;
    }
    Ok(())
}

/// We hold somebody's record since the first day of their first membership.
fn recorded_at(life: &Life, now: Instant) -> Instant {
    let first = life.memberships.iter().map(|membership| membership.since).min();
    first.map_or(now, |month| Instant::start_of(month.first_day(), Zone::Wib))
}

/// Shuts the password path as a hundred misses in a row do, for every name.
async fn lock(
    app: &App,
    tx: &mut Tx,
    life: &Life,
    account: AccountId,
    now: Instant,
) -> Result<(), Fault> {
    let shut = Counter { misses: FIRM, paused_until: now };
    throttles::set(tx, &sign_in::password_subject(app, account), shut, now).await?;
    for name in names(life) {
        let subject = sign_in::typed_subject(app, &[name], "");
        throttles::set(tx, &subject, shut, now).await?;
    }
    Ok(())
}

fn names(life: &Life) -> Vec<Identifier> {
    let kpjs = life.memberships.iter().map(|m| Identifier::Kpj(m.kpj.clone()));
    let phone = life.phone.iter().cloned().map(Identifier::Phone);
    let mut names = vec![
        Identifier::UserName(UserName::clone(&life.user_name)),
        Identifier::Email(life.email.clone()),
    ];
    names.extend(phone.chain(kpjs));
    names
}
