//! The stories hold, and nothing in them can be anybody's.

use std::collections::HashSet;
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::LazyLock;

use jiff::civil::date;
use payung_domain::contributions::history::{Filter, History, MonthState};
use payung_domain::contributions::overview::GridYear;
use payung_domain::contributions::wage_answers::{Reported, Says, asked};
use payung_domain::employers::{Trade, Work};
use payung_domain::ledger::PostingKind;
use payung_domain::ledger::statement::Statement;
use payung_domain::members::{Segment, nik_warning};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::{Earning, Programme, Standing};

use super::*;

const TODAY: Date = date(2026, 11, 23);

static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());

fn told(seed: u64, count: usize, today: Date) -> Vec<Life> {
    let firms = employers(seed).unwrap();
    lives(seed, count, today, &firms, &PROGRAMMES).map(Result::unwrap).collect()
}

fn named(role: Role, today: Date) -> Life {
    told(1, 6, today).into_iter().find(|life| life.role == Some(role)).unwrap()
}

fn history(life: &Life, today: Date) -> History {
    let firms = employers(1).unwrap();
    History::of(&life.employments, &firms, &life.contributions, today, &PROGRAMMES)
}

/// Months of any programme in such a state.
fn months(history: &History, is: impl Fn(MonthState) -> bool) -> HashSet<Month> {
    history.rows().iter().filter(|row| is(row.state)).map(|row| row.month).collect()
}

fn balance(life: &Life) -> Rupiah {
    Statement::of(&life.postings).unwrap().balance
}

#[test]
fn siti_has_one_late_one_short_and_two_missing_months_on_any_day_of_the_demonstration() {
    for today in [TODAY, date(2026, 12, 1), date(2027, 1, 15), date(2027, 2, 28)] {
        let siti = named(Role::Siti, today);
        let history = history(&siti, today);
        assert_eq!(months(&history, |state| matches!(state, MonthState::Late { .. })).len(), 1);
        let missing = months(&history, |state| matches!(state, MonthState::Missing { .. }));
        assert_eq!(missing.len(), 2, "{today}");
        let short = months(&history, |state| matches!(state, MonthState::Short { .. }));
        assert_eq!(short.len(), 1, "{today}");
        // All four programmes of a month share its fate.
        assert_eq!(history.missing().count(), 8);
        assert!(siti.phone.is_some());
    }
}

#[test]
fn siti_said_no_where_the_wage_fell_and_yes_for_the_month_before_the_latest() {
    let siti = named(Role::Siti, TODAY);
    let reported = Reported::all(&siti.contributions);
    let [yes, no] = &siti.wage_answers[..] else { panic!("{:?}", siti.wage_answers) };
    assert_eq!((yes.says, yes.month.next()), (Says::Right, reported[0].month));
    assert!(no.above(no.reported).is_some());
    assert_eq!(asked(&reported, &siti.wage_answers), Some(reported[0]));
    let heard = history(&siti, TODAY).heard(&siti.wage_answers, &PROGRAMMES);
    let short = months(&heard, |state| matches!(state, MonthState::Short { said: Some(_), .. }));
    assert_eq!(short, HashSet::from([no.month]));
    assert!(told(1, 40, TODAY).iter().skip(1).all(|life| life.wage_answers.is_empty()));
}

#[test]
fn siti_worked_twelve_years_for_two_employers() {
    let siti = named(Role::Siti, TODAY);
    assert_eq!(siti.employments.len(), 2);
    assert_eq!(siti.memberships.len(), 1);
    let worked: usize =
        siti.employments.iter().map(|job| job.months_up_to(Month::of(TODAY)).count()).sum();
    assert_eq!(worked, 144);
    let years: Vec<GridYear> = history(&siti, TODAY).grid(Some(Programme::Jht));
    assert_eq!(years.len(), 13);
}

#[test]
fn siti_earns_more_than_jp_counts_since_2024() {
    let siti = named(Role::Siti, TODAY);
    let since = Month::new(2024, 1).unwrap();
    let jp = siti.contributions.iter().filter(|paid| paid.programme == Programme::Jp);
    for paid in jp {
        assert_eq!(paid.wage > paid.base, paid.month >= since, "{}", paid.month);
    }
}

#[test]
fn budi_is_a_courier_reached_by_mail_only_and_pays_half_in_2026() {
    let budi = named(Role::Budi, TODAY);
    assert_eq!(budi.phone, None);
    assert_eq!(budi.employments[0].work, Work::Own(Trade::Transport));
    assert_eq!(budi.memberships[0].segment, Segment::SelfEmployed);
    let paid = |year, number| -> Vec<i64> {
        let of = Month::new(year, number).unwrap();
        let paid = budi.contributions.iter().filter(|paid| paid.month == of);
        paid.map(|paid| paid.worker_part.get()).collect()
    };
    assert_eq!(paid(2025, 12), [69_000, 34_500, 6_800]);
    assert_eq!(paid(2026, 1), [69_000, 17_250, 3_400]);
    assert_eq!(history(&budi, TODAY).missing().count(), 0);
}

#[test]
fn dewi_has_savings_under_two_numbers() {
    let dewi = named(Role::Dewi, TODAY);
    let [first, second] = &dewi.memberships[..] else { panic!("{:?}", dewi.memberships) };
    assert_ne!(first.kpj, second.kpj);
    assert!(first.ended.is_some() && second.ended.is_none());
    for membership in [first, second] {
        let of = |posting: &&Posting| posting.membership == membership.id;
        let ledger: Vec<Posting> = dewi.postings.iter().filter(of).cloned().collect();
        assert!(Statement::of(&ledger).unwrap().balance > Rupiah::ZERO);
        assert!(ledger.iter().all(|posting| posting.kind != PostingKind::TransferIn));
    }
}

#[test]
fn the_first_stranger_has_two_numbers_that_were_merged() {
    let merged = told(1, 7, TODAY).pop().unwrap();
    assert_eq!(merged.user_name.expose(), "m007");
    let [first, second] = &merged.memberships[..] else { panic!("{:?}", merged.memberships) };
    let ledger = |of: &Membership| -> Vec<Posting> {
        merged.postings.iter().filter(|posting| posting.membership == of.id).cloned().collect()
    };
    assert_eq!(Statement::of(&ledger(first)).unwrap().balance, Rupiah::ZERO);
    assert!(Statement::of(&ledger(second)).unwrap().balance > Rupiah::ZERO);
    let moved = |of: &Membership, kind: PostingKind| -> Vec<i64> {
        let ledger = ledger(of);
        let of_kind = ledger.iter().filter(|posting| posting.kind == kind);
        of_kind.map(|posting| posting.amount.get()).collect()
    };
    let (out, into) =
        (moved(first, PostingKind::TransferOut), moved(second, PostingKind::TransferIn));
    assert_eq!((out.len(), into.len(), out[0]), (1, 1, -into[0]));
}

#[test]
fn agus_has_thirty_years_of_savings_and_was_paid_after_fifty_six() {
    let agus = named(Role::Agus, TODAY);
    assert_eq!(agus.person.birth_date.year(), 1965);
    let statement = Statement::of(&agus.postings).unwrap();
    assert!(statement.years.len() >= 30, "{}", statement.years.len());
    let paid: Vec<&Posting> =
        agus.postings.iter().filter(|posting| posting.kind == PostingKind::Payout).collect();
    assert_eq!(paid.len(), 2);
    let last = paid[1];
    assert!(last.booked_on.year() - agus.person.birth_date.year() >= 56);
    assert!(last.amount < paid[0].amount && last.balance == Rupiah::ZERO);
    assert_eq!(statement.balance, Rupiah::ZERO);
    let first = |programme| {
        let of = agus.contributions.iter().filter(|paid| paid.programme == programme);
        of.map(|paid| paid.month.get()).min()
    };
    assert_eq!(first(Programme::Jht), Some(199_606));
    assert_eq!(first(Programme::Jp), Some(201_507));
}

#[test]
fn siti_and_agus_have_declared_returns_and_estimated_ones_that_are_all_assumed() {
    for role in [Role::Siti, Role::Agus] {
        let life = named(role, TODAY);
        let returns = life.postings.iter().filter(|posting| posting.kind == PostingKind::Return);
        let of: HashSet<(bool, bool)> = returns
            .map(|posting| {
                let version = posting.rate.as_deref().unwrap();
                let standing = PROGRAMMES.return_version(version).unwrap().standing();
                assert_ne!(standing, Standing::Declared, "nobody declared anything");
                (posting.month.year() <= 2024, standing == Standing::Supposed)
            })
            .collect();
        assert_eq!(of, HashSet::from([(true, true), (false, false)]), "{role:?}");
    }
}

#[test]
fn rina_and_wayan_are_paid_for_every_month_in_time() {
    for role in [Role::Rina, Role::Wayan] {
        let life = named(role, TODAY);
        let history = history(&life, TODAY);
        let fine = |state| matches!(state, MonthState::Received | MonthState::Awaited { .. });
        assert_eq!(months(&history, |state| !fine(state)), HashSet::new());
        assert!(balance(&life) > Rupiah::ZERO);
    }
}

#[test]
fn the_six_are_called_as_the_documentation_calls_them() {
    let six = told(7, 0, TODAY);
    assert_eq!(six.iter().map(|life| life.role).collect::<Vec<_>>(), Role::ALL.map(Some));
    for life in &six {
        let name = life.role.unwrap().user_name();
        assert_eq!(life.user_name.expose(), name);
        assert_eq!(life.email.expose(), format!("{name}@peserta.example"));
    }
}

#[test]
fn the_same_seed_tells_the_same_lives_however_many_are_told() {
    let few = told(42, 20, TODAY);
    assert_eq!(few[..], told(42, 40, TODAY)[..20]);
    assert_ne!(few[10], told(43, 20, TODAY)[10]);
    assert_eq!(employers(42).unwrap(), employers(42).unwrap());
}

fn all_differ<T: Eq + Hash + Debug>(what: impl IntoIterator<Item = T>) {
    let mut seen = HashSet::new();
    for one in what {
        let shown = format!("{one:?}");
        assert!(seen.insert(one), "twice: {shown}");
    }
}

#[test]
fn nobody_shares_a_number_a_name_or_an_address_for_mail() {
    let lives = told(1, 1_200, TODAY);
    assert_eq!(lives.len(), 1_200);
    all_differ(lives.iter().map(|life| life.person.id));
    all_differ(lives.iter().map(|life| &life.person.nik));
    all_differ(lives.iter().map(|life| &life.email));
    all_differ(lives.iter().map(|life| &life.user_name));
    all_differ(lives.iter().filter_map(|life| life.phone.as_ref()));
    all_differ(lives.iter().flat_map(|life| &life.memberships).map(|one| &one.kpj));
    all_differ(lives.iter().flat_map(|life| &life.memberships).map(|one| one.id));
    let firms = employers(1).unwrap();
    all_differ(firms.iter().map(|firm| firm.id));
    all_differ(firms.iter().map(|firm| &firm.npp));
    all_differ(firms.iter().map(|firm| &firm.name));
}

#[test]
fn every_number_lies_where_no_real_one_can() {
    for life in told(1, 1_200, TODAY) {
        let Person { nik, birth_date, sex, address, .. } = &life.person;
        assert!(nik.expose().starts_with("00"));
        assert_eq!(nik_warning(nik, *birth_date, *sex), None);
        assert!(address.postcode.starts_with("00"));
        assert!(life.email.expose().ends_with("@peserta.example"));
        if let Some(phone) = &life.phone {
            let last = phone.expose().strip_prefix("+6280000000").unwrap();
            assert_eq!(last.len(), 3);
        }
        for membership in &life.memberships {
            assert!(membership.kpj.as_str().chars().all(|c| c.is_ascii_digit()));
            assert!(Phone::parse(membership.kpj.as_str()).is_err());
        }
    }
    for firm in employers(1).unwrap() {
        assert!(firm.name.ends_with(" Contoh"), "{}", firm.name);
    }
}

#[test]
fn every_ledger_adds_up_and_every_contribution_belongs_to_a_job() {
    for life in told(3, 300, TODAY) {
        for membership in &life.memberships {
            let of = |posting: &&Posting| posting.membership == membership.id;
            let ledger: Vec<Posting> = life.postings.iter().filter(of).cloned().collect();
            Statement::of(&ledger).unwrap();
            assert_eq!(membership.person, life.person.id);
        }
        all_differ(
            life.contributions
                .iter()
                .map(|paid| (paid.membership, paid.month, paid.programme, paid.employer)),
        );
        for paid in &life.contributions {
            assert!(paid.received_on <= TODAY && paid.wage > Rupiah::ZERO);
            let covers = |job: &&Employment| {
                let until = job.until.unwrap_or(Month::of(TODAY));
                job.membership == paid.membership
                    && job.employer() == paid.employer
                    && (job.from..=until).contains(&paid.month)
            };
            assert!(life.employments.iter().any(|job| covers(&job)), "{paid:?}");
        }
    }
}

#[test]
fn a_ceiling_that_is_not_published_does_not_stop_money_that_came() {
    let siti = named(Role::Siti, TODAY);
    let of = Month::new(2022, 6).unwrap();
    let jp = |paid: &&Contribution| paid.month == of && paid.programme == Programme::Jp;
    let paid = siti.contributions.iter().find(jp).unwrap();
    let firm = &employers(1).unwrap()[1];
    let earning = Earning::Wage(paid.wage, firm.risk_class);
    assert!(PROGRAMMES.expected(Programme::Jp, of, earning).is_err());
    assert!(paid.worker_part > Rupiah::ZERO);
}

#[test]
fn strangers_are_of_many_kinds() {
    let lives = told(1, 200, TODAY);
    let count = |is: &dyn Fn(&Life) -> bool| lives.iter().filter(|life| is(life)).count();
    let own = |life: &Life| life.employments.iter().any(|job| job.employer().is_none());
    assert!((10..80).contains(&count(&own)));
    assert!(count(&|life| life.memberships.len() > 1) > 20);
    assert!(count(&|life| life.employments.len() == 3) > 20);
    let missing = |life: &Life| history(life, TODAY).missing().next().is_some();
    assert!((20..150).contains(&count(&missing)));
    let long = |life: &Life| {
        let first = life.employments.iter().map(|job| job.from).min().unwrap();
        Month::of(TODAY).months_since(first) > 25 * 12
    };
    assert!(count(&long) > 10);
    let filter = Filter { year: Some(2025), ..Filter::default() };
    assert!(count(&|life| history(life, TODAY).filtered(filter).next().is_some()) > 150);
}
