//! The six people whom the documentation calls by name.

use jiff::civil::{Date, date};
use payung_domain::employers::{Trade, Work};
use payung_domain::members::{Segment, Sex};
use payung_domain::month::Month;

use super::careers::{Job, Slip, raised};
use super::story::{Story, Telling};
use super::{Role, Untold};

/// The story of one of the six.
pub(super) fn story(role: Role, telling: &Telling<'_>) -> Result<Story, Untold> {
    match role {
        Role::Siti => siti(telling),
        Role::Budi => Ok(budi(telling)),
        Role::Dewi => dewi(telling),
        Role::Agus => agus(telling),
        Role::Rina => rina(telling),
        Role::Wayan => wayan(telling),
    }
}

/// Twelve years, two employers. One month came late, one was
/// reported on a lower wage, two never came, and since 2024 the wage is
/// above what JP counts.
fn siti(telling: &Telling<'_>) -> Result<Story, Untold> {
    let mut story = nobody_yet(Role::Siti, "Siti Wulandari", Sex::Female, date(1991, 4, 12));
    let now = telling.now();
    let (began, changed) = (now.plus(-143), now.plus(-67));
    let in_2024 = month(2024, 1);
    let mut pay = raised(changed, in_2024.previous(), 7_200_000, 6);
    pay.extend(raised(changed.max(in_2024), now, 11_800_000, 5));

    let membership = story.joins(telling, Segment::WageEarner);
    story.jobs = vec![
        Job {
            membership,
            work: telling.works_for(0)?,
            from: began,
            until: Some(changed.previous()),
            pay: raised(began, changed, 3_200_000, 8),
            slips: Vec::new(),
        },
        Job {
            membership,
            work: telling.works_for(1)?,
            from: changed,
            until: None,
            pay,
            slips: vec![
                (now.plus(-14), Slip::Late(23)),
                (now.plus(-9), Slip::Short(90)),
                (now.plus(-6), Slip::Never),
                (now.plus(-5), Slip::Never),
            ],
        },
    ];
    Ok(story)
}

/// A courier on the own account, so that the relief for transport applies in 2026. No phone.
fn budi(telling: &Telling<'_>) -> Story {
    let mut story = nobody_yet(Role::Budi, "Budi Gemilang", Sex::Male, date(1994, 8, 23));
    let from = month(2019, 3);
    story.has_phone = false;
    let membership = story.joins(telling, Segment::SelfEmployed);
    story.jobs = vec![Job {
        membership,
        work: Work::Own(Trade::Transport),
        from,
        until: None,
        pay: vec![(from, 2_400_000), (month(2021, 1), 2_800_000), (month(2024, 1), 3_200_000)],
        slips: Vec::new(),
    }];
    story
}

/// Registered again by the second employer, so that half of the savings look missing.
fn dewi(telling: &Telling<'_>) -> Result<Story, Untold> {
    let mut story = nobody_yet(Role::Dewi, "Dewi Nirmala", Sex::Female, date(1988, 11, 30));
    let (first, last, again) = (month(2011, 8), month(2017, 5), month(2017, 8));
    story.jobs = vec![
        Job {
            membership: story.joins(telling, Segment::WageEarner),
            work: telling.works_for(3)?,
            from: first,
            until: Some(last),
            pay: raised(first, last, 1_900_000, 9),
            slips: Vec::new(),
        },
        Job {
            membership: story.joins(telling, Segment::WageEarner),
            work: telling.works_for(5)?,
            from: again,
            until: None,
            pay: raised(again, telling.now(), 4_100_000, 7),
            slips: Vec::new(),
        },
    ];
    Ok(story)
}

/// Saved since 1996, took a tenth out once, worked on past 56 and past the pension age, and was
/// paid the rest when work ended.
fn agus(telling: &Telling<'_>) -> Result<Story, Untold> {
    let mut story = nobody_yet(Role::Agus, "Agus Mahardika", Sex::Male, date(1965, 3, 14));
    let (first, changed, last) = (month(1996, 6), month(2009, 1), month(2026, 2));
    let membership = story.joins(telling, Segment::WageEarner);
    story.jobs = vec![
        Job {
            membership,
            work: telling.works_for(2)?,
            from: first,
            until: Some(changed.previous()),
            pay: raised(first, changed, 450_000, 9),
            slips: Vec::new(),
        },
        Job {
            membership,
            work: telling.works_for(6)?,
            from: changed,
            until: Some(last),
            pay: raised(changed, last, 2_100_000, 7),
            slips: Vec::new(),
        },
    ];
    story.is_paid(membership, 10, date(2018, 5, 14), telling)?;
    story.is_paid(membership, 100, date(2026, 4, 10), telling)?;
    Ok(story)
}

/// Nothing special: five years and more, every month in time.
fn rina(telling: &Telling<'_>) -> Result<Story, Untold> {
    let story = nobody_yet(Role::Rina, "Rina Hapsari", Sex::Female, date(1996, 6, 5));
    one_job(story, telling, 8, month(2021, 2), 4_600_000)
}

/// Three years and more, and never looked.
fn wayan(telling: &Telling<'_>) -> Result<Story, Untold> {
    let story = nobody_yet(Role::Wayan, "Wayan Laksana", Sex::Male, date(1999, 1, 27));
    one_job(story, telling, 9, month(2023, 5), 3_900_000)
}

fn nobody_yet(role: Role, name: &str, sex: Sex, birth_date: Date) -> Story {
    Story {
        role: Some(role),
        name: name.to_owned(),
        user_name: role.user_name().to_owned(),
        mailbox: role.user_name().to_owned(),
        has_phone: true,
        birth_date,
        sex,
        memberships: Vec::new(),
        jobs: Vec::new(),
        payouts: Vec::new(),
        merged_on: None,
    }
}

fn one_job(
    mut story: Story,
    telling: &Telling<'_>,
    firm: usize,
    from: Month,
    wage: i64,
) -> Result<Story, Untold> {
    let membership = story.joins(telling, Segment::WageEarner);
    story.jobs = vec![Job {
        membership,
        work: telling.works_for(firm)?,
        from,
        until: None,
        pay: raised(from, telling.now(), wage, 6),
        slips: Vec::new(),
    }];
    Ok(story)
}

fn month(year: i16, number: i8) -> Month {
    Month::of(date(year, number, 1))
}
