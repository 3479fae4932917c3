//! Members nobody knows: as many as wanted, no two alike.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use payung_domain::employers::{Trade, Work};
use payung_domain::ids::MembershipId;
use payung_domain::members::{Segment, Sex};
use payung_domain::month::Month;

use super::careers::{Job, Slip, raised};
use super::story::{Story, Telling};
use super::{Untold, names};

/// Up to thirty years of work in one to three jobs, some of it on the own account.
pub(super) fn story(telling: &Telling<'_>) -> Result<Story, Untold> {
    let Telling { number, chance, .. } = telling;
    let sex = if chance.percent(50) { Sex::Female } else { Sex::Male };
    let (given, name) = names::full_name(sex, chance);
    let mut story = Story {
        role: None,
        name,
        user_name: format!("m{number:03}"),
        mailbox: format!("{}.{number:02}", given.to_lowercase()),
        has_phone: chance.percent(80),
        birth_date: birth_date(telling),
        sex,
        memberships: Vec::new(),
        jobs: Vec::new(),
        payouts: Vec::new(),
        merged_on: None,
    };
    if *number == MERGED {
        merges(&mut story, telling)?;
        return Ok(story);
    }
    works(&mut story, telling)?;
    leaves(&mut story, telling)?;
    Ok(story)
}

/// The first stranger, `m007`: what merging two member numbers looks like.
const MERGED: u32 = 7;

/// Registered again by the second employer, and half a year later both numbers were merged.
fn merges(story: &mut Story, telling: &Telling<'_>) -> Result<(), Untold> {
    let month = |year, number| Month::of(date(year, number, 1));
    let (first, last, again) = (month(2014, 2), month(2019, 6), month(2019, 9));
    story.birth_date = date(1989, 9, 3);
    story.jobs = vec![
        Job {
            membership: story.joins(telling, Segment::WageEarner),
            work: telling.works_for(4)?,
            from: first,
            until: Some(last),
            pay: raised(first, last, 2_700_000, 8),
            slips: Vec::new(),
        },
        Job {
            membership: story.joins(telling, Segment::WageEarner),
            work: telling.works_for(7)?,
            from: again,
            until: None,
            pay: raised(again, telling.now(), 4_600_000, 6),
            slips: Vec::new(),
        },
    ];
    story.merged_on = Some(date(2020, 3, 10));
    Ok(())
}

/// Somebody between twenty and fifty-eight.
fn birth_date(telling: &Telling<'_>) -> Date {
    let chance = &telling.chance;
    let years = chance.between(20, 57);
    let first = date(telling.today.year(), 1, 1).saturating_sub(years.years());
    first.saturating_add(chance.between(0, 364).days())
}

fn works(story: &mut Story, telling: &Telling<'_>) -> Result<(), Untold> {
    let Telling { chance, .. } = telling;
    let now = telling.now();
    let grown_up = Month::of(story.birth_date).plus(12 * chance.between(18, 25));
    // Thirty years at most, four months at least.
    let mut from = grown_up.max(now.plus(-359)).min(now.plus(-3));
    let jobs = chance.between(1, 3);
    let likes_freedom = chance.percent(15);
    let mut wage = i64::from(chance.between(60, 160)) * 10_000;
    // Wages were lower long ago.
    wage += i64::from(from.year() - 1990).max(0) * 90_000;
    for left in (1..=jobs).rev() {
        let length = now.months_since(from) / left;
        let ends = left > 1 || chance.percent(12);
        let until = ends.then(|| from.plus((length - chance.between(0, 12)).max(1)));
        let work = work(likes_freedom || chance.percent(5), from, telling)?;
        let percent = i64::from(chance.between(3, 9));
        let pay = raised(from, until.unwrap_or(now), wage, percent);
        wage =
            pay.last().map_or(wage, |&(_, last)| last * i64::from(chance.between(95, 125)) / 100);
        let membership = registered(story, work, telling);
        let slips = slips(work, from, until.unwrap_or(now), telling);
        story.jobs.push(Job { membership, work, from, until, pay, slips });
        let Some(last) = until else { break };
        from = last.plus(chance.between(1, 10));
        if from >= now.plus(-3) {
            break;
        }
    }
    Ok(())
}

/// On the own account where the rules for it exist already, else for some firm.
fn work(own: bool, from: Month, telling: &Telling<'_>) -> Result<Work, Untold> {
    let chance = &telling.chance;
    if own && from >= Month::of(date(2015, 7, 1)) {
        return Ok(Work::Own(if chance.percent(40) { Trade::Transport } else { Trade::Other }));
    }
    if telling.firms.is_empty() {
        return Err(Untold::Invented("an employer"));
    }
    Ok(Work::For(chance.pick(telling.firms).id))
}

/// Under the number the person has; or under a new one, because the kind of work is new or the
/// employer did not ask.
fn registered(story: &mut Story, work: Work, telling: &Telling<'_>) -> MembershipId {
    let segment = match work {
        Work::For(_) => Segment::WageEarner,
        Work::Own(_) => Segment::SelfEmployed,
    };
    match story.memberships.last() {
        Some(&(id, same)) if same == segment && telling.chance.percent(85) => id,
        _ => story.joins(telling, segment),
    }
}

/// Most firms slip rarely, every sixth often; the self-employed forget now and then.
fn slips(work: Work, from: Month, last: Month, telling: &Telling<'_>) -> Vec<(Month, Slip)> {
    let Telling { chance, firms, .. } = telling;
    let place = match work {
        Work::For(id) => firms.iter().position(|firm| firm.id == id),
        Work::Own(_) => None,
    };
    let (late, never) = match place {
        None => (40, 15),
        Some(place) if place % 6 == 4 => (90, 25),
        Some(_) => (6, 2),
    };
    let slip = |month| match chance.below(1_000) {
        thrown if thrown < never => Some((month, Slip::Never)),
        thrown if thrown < never + late => Some((month, Slip::Late(chance.between(1, 45)))),
        _ => None,
    };
    from.through(last).filter_map(slip).collect()
}

/// Some who stopped working have their savings paid out some months later.
fn leaves(story: &mut Story, telling: &Telling<'_>) -> Result<(), Untold> {
    let Some(&(membership, _)) = story.memberships.first() else { return Ok(()) };
    let ended: Option<Vec<Month>> = story.jobs.iter().map(|job| job.until).collect();
    match ended.and_then(|months| months.into_iter().max()) {
        Some(last) if telling.chance.percent(60) => {
            let on = last.plus(telling.chance.between(4, 9)).first_day().saturating_add(9.days());
            story.is_paid(membership, 100, on, telling)
        }
        _ => Ok(()),
    }
}
