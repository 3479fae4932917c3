//! What everybody is told, how the service is, and the chain of the audit, with invented officers.

use std::time::Duration;

use payung_domain::announcements::{Announcement, Unfit};
use payung_domain::service::{Condition, Episode, Part, Source, standing};
use payung_domain::staff::Role;
use payung_domain::staff::chain::{Break, Head, Verdict};
use payung_flows::service::Standings;
use payung_flows::staff::notices::Told;
use payung_web::desk::Me;
use payung_web::desk::chain::{Chain, ChainPage};
use payung_web::desk::notices::{Notices, Row, Typed};
use payung_web::desk::service::{Service, conditions, parts};
use payung_web::page::{Frame, Problem, Problems};
use payung_web::pages::help::status::{Line, Past, Status};
use uuid::Uuid;

use crate::samples::{Kind, Shelf, now};

fn me(role: Role) -> Me {
    Me { name: "bayu".to_owned(), role }
}

/// A chain as a page shows it, whole or not.
pub(crate) fn chain(f: &Frame, broken: Option<Break>) -> Chain {
    let head = Head { height: 12_345, link: [0xa7; 32] };
    Chain::of(f, &Verdict { head, checked: 200, broken })
}

/// Every page of these, with and without problems.
pub(crate) fn add(shelf: &mut Shelf) {
    chains(shelf);
    notices(shelf);
    services(shelf);
}

fn chains(shelf: &mut Shelf) {
    for (name, broken) in [
        ("whole", None),
        ("missing", Some(Break::Missing(7))),
        ("changed", Some(Break::Changed(7))),
        ("cut-off", Some(Break::CutOff(7, 9))),
        ("loose", Some(Break::Loose(2))),
        ("not-as-noted", Some(Break::NotAsNoted(7))),
    ] {
        let f = shelf.member_frame("/audit/chain");
        let (me, chain) = (Some(me(Role::Auditor)), chain(&f, broken));
        shelf.add(&format!("desk-chain-{name}"), Kind::Member, &ChainPage { f, me, chain });
    }
}

fn announcement(hours: u64) -> Announcement {
    Announcement {
        id: Uuid::from_u128(u128::from(hours)),
        indonesian: "Sabtu malam layanan ditutup untuk pemeliharaan.".to_owned(),
        english: "The service is closed for maintenance on Saturday night.".to_owned(),
        begins_at: now().plus(Duration::from_hours(hours)).minus(Duration::from_hours(2)),
        ends_at: now().plus(Duration::from_hours(hours)),
    }
}

fn told(hours: u64, is_back: bool) -> Told {
    Told {
        announcement: announcement(hours),
        set_by: "bayu".to_owned(),
        set_at: now().minus(Duration::from_hours(1)),
        withdrawn: is_back.then(|| ("darma".to_owned(), now())),
    }
}

fn typed() -> Typed {
    let Announcement { indonesian, english, .. } = announcement(1);
    let (from, until) = ("2026-08-15T21:00".to_owned(), "2026-08-16T04:00".to_owned());
    Typed { indonesian, english, from, until }
}

fn notices(shelf: &mut Shelf) {
    let all = [told(1, false), told(9, false), told(9, true), told(0, false)];
    for (name, preview) in [("desk-notices", None), ("desk-notices-preview", Some(announcement(1)))]
    {
        let f = shelf.member_frame("/notices");
        let rows = all.iter().map(|told| Row::of(&f, told, now())).collect();
        let problems = Problems::default();
        let page =
            Notices { f, me: Some(me(Role::Supervisor)), typed: typed(), preview, rows, problems };
        shelf.add(name, Kind::Member, &page);
    }
    for (name, unfit) in [
        ("one-language", Unfit::OneLanguageOnly),
        ("long", Unfit::TooLong),
        ("soon", Unfit::EndsTooSoon),
    ] {
        let f = shelf.member_frame("/notices");
        let (field, text) = match unfit {
            Unfit::OneLanguageOnly => ("english", f.t("desk-both-languages")),
            Unfit::TooLong => ("indonesian", f.t1("desk-two-lines", "n", 180_u32)),
            Unfit::EndsTooSoon => ("until", f.t("desk-ends-too-soon")),
        };
        let problems = Problems(vec![Problem { field, text }]);
        let (me, typed, rows) = (Some(me(Role::Administrator)), Typed::default(), Vec::new());
        let page = Notices { f, me, typed, preview: None, rows, problems };
        shelf.add(&format!("desk-notices-{name}"), Kind::Member, &page);
    }
}

fn episode(part: Part, source: Source, condition: Condition) -> Episode {
    let words = |text: &str| match source {
        Source::Said => text.to_owned(),
        Source::Measured => String::new(),
    };
    Episode {
        id: Uuid::nil(),
        part,
        source,
        condition,
        indonesian: words("Operator seluler terganggu. Pakai kode lewat email."),
        english: words("A mobile operator has a fault. Use codes by email."),
        set_by: words("bayu"),
        began_at: now().minus(Duration::from_hours(3)),
        ended_at: Some(now().minus(Duration::from_hours(2))),
    }
}

fn standings(is_fine: bool) -> Standings {
    let open = [
        episode(Part::Sms, Source::Said, Condition::Slow),
        episode(Part::Email, Source::Measured, Condition::Closed),
    ];
    let of = |part| match part {
        _ if is_fine => standing(part, Condition::Works, &[]),
        Part::Email => standing(part, Condition::Closed, &open),
        _ => standing(part, Condition::Works, &open),
    };
    let history = if is_fine { Vec::new() } else { open.to_vec() };
    Standings { parts: Part::ALL.into_iter().map(of).collect(), history }
}

fn services(shelf: &mut Shelf) {
    for (name, is_fine) in [("status", true), ("status-closed", false)] {
        let f = shelf.frame("/status");
        shelf.add(name, Kind::Public, &Status::of(f, now(), &standings(is_fine)));
    }
    let Standings { parts: all, history } = standings(false);
    let f = shelf.member_frame("/service");
    let page = Service {
        lines: all.iter().map(|standing| Line::of(&f, standing)).collect(),
        history: history.iter().map(|episode| Past::of(&f, episode)).collect(),
        parts: parts(&f, Some(Part::Sms)),
        conditions: conditions(&f, Some(Condition::Slow)),
        typed: (typed().indonesian, typed().english),
        problems: Problems::default(),
        me: Some(me(Role::Supervisor)),
        f,
    };
    shelf.add("desk-service", Kind::Member, &page);
    let f = shelf.member_frame("/service");
    let problem = |field, key: &str| Problem { field, text: f.t(key) };
    let problems = Problems(vec![
        problem("part", "desk-service-part-missing"),
        problem("condition", "desk-service-condition-missing"),
        problem("indonesian", "desk-both-languages"),
    ]);
    let (parts, conditions) = (parts(&f, None), conditions(&f, None));
    let typed = (String::new(), String::new());
    let page = Service { f, parts, conditions, typed, problems, ..page };
    shelf.add("desk-service-wrong", Kind::Member, &page);
}
