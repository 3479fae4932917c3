//! The sixteen worked examples of the programme's description, by their numbers.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday, date};
use payung_domain::benefits::{Condition, Line, Pays, Refused, jht, jkk, jkm, jkp, jp, tax};
use payung_domain::employers::{RiskClass, Trade};
use payung_domain::ids::Nik;
use payung_domain::members::{NikWarning, Segment, Sex, nik_warning};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::{Earning, Programme, Programmes, Rate, indexed_ceiling, keys};

static RULES: LazyLock<Programmes> =
    LazyLock::new(|| Programmes::shipped().expect("the shipped rules can be read"));

const TODAY: Date = date(2026, 11, 23);

fn month(number: i64) -> Month {
    Month::try_from(number).expect("a month")
}

fn rupiah(amount: i64) -> Rupiah {
    Rupiah::new(amount)
}

fn percent(text: &str) -> Rate {
    Rate::parse(text).expect("a percentage")
}

/// Employer's and worker's part of a wage earner of risk class II.
fn parts(programme: Programme, of: i64, wage: i64) -> (i64, i64) {
    let earning = Earning::Wage(rupiah(wage), RiskClass::II);
    let expected = RULES.expected(programme, month(of), earning).expect("a published rule");
    (expected.employer_part.get(), expected.worker_part.get())
}

/// What the self-employed pay for a month: JKK, JKM, JHT.
fn own_parts(of: i64, income: i64, trade: Trade) -> [i64; 3] {
    [Programme::Jkk, Programme::Jkm, Programme::Jht].map(|programme| {
        let earning = Earning::Income(rupiah(income), trade);
        let expected = RULES.expected(programme, month(of), earning).expect("a published rule");
        expected.worker_part.get()
    })
}

fn amount(line: &Line<'_>) -> i64 {
    line.pays.amount().get()
}

#[test]
fn vector_01_the_jp_ceiling_changes_in_march() {
    assert_eq!(parts(Programme::Jp, 202_502, 20_000_000), (200_846, 100_423));
    assert_eq!(parts(Programme::Jp, 202_503, 20_000_000), (210_948, 105_474));
    assert_eq!(parts(Programme::Jp, 202_603, 20_000_000), (221_726, 110_863));
}

#[test]
fn vector_02_a_wage_earner_of_class_ii() {
    let of = |programme| parts(programme, 202_603, 6_000_000);
    assert_eq!(of(Programme::Jht), (222_000, 120_000));
    assert_eq!(of(Programme::Jp), (120_000, 60_000));
    assert_eq!(of(Programme::Jkk), (32_400, 0));
    assert_eq!(of(Programme::Jkm), (18_000, 0));
    let split = RULES.job_loss_split(month(202_603), rupiah(6_000_000)).expect("a split");
    assert_eq!(split.base, rupiah(5_000_000));
    assert_eq!(
        (split.state.get(), split.out_of_jkk.get(), split.out_of_jkm.get()),
        (11_000, 7_000, 0)
    );
}

#[test]
fn vector_03_a_ceiling_is_cut_to_a_hundred_never_rounded_up() {
    let (cut_to, _) = RULES.amount(keys::JP_CEILING_ROUNDING, TODAY).expect("a rounding");
    let next = indexed_ceiling(rupiah(9_559_600), percent("5.05%"), cut_to);
    assert_eq!(next, Some(rupiah(10_042_300)));
}

#[test]
fn vector_04_a_courier_pays_half_for_cover_in_2026() {
    assert_eq!(own_parts(202_512, 3_200_000, Trade::Transport), [34_500, 6_800, 69_000]);
    assert_eq!(own_parts(202_602, 3_200_000, Trade::Transport), [17_250, 3_400, 69_000]);
    let earning = Earning::Income(rupiah(3_200_000), Trade::Transport);
    let expected = RULES.expected(Programme::Jht, month(202_602), earning).expect("a rate");
    assert_eq!(expected.base, rupiah(3_450_000));
    // Other trades have it later and for fewer months.
    assert_eq!(own_parts(202_602, 3_200_000, Trade::Other), [34_500, 6_800, 69_000]);
    assert_eq!(own_parts(202_604, 3_200_000, Trade::Other), [17_250, 3_400, 69_000]);
    assert_eq!(own_parts(202_701, 3_200_000, Trade::Other), [34_500, 6_800, 69_000]);
}

#[test]
fn vector_05_the_smallest_package_of_the_self_employed() {
    let package = |of| own_parts(of, 900_000, Trade::Transport)[..2].iter().sum::<i64>();
    assert_eq!((package(202_512), package(202_601)), (16_800, 8_400));
}

#[test]
fn vector_06_a_construction_contract_of_180_million() {
    let cover = RULES.construction(rupiah(180_000_000), TODAY).expect("slices");
    assert_eq!((cover.jkk.get(), cover.jkm.get()), (346_000, 46_000));
}

#[test]
fn vector_07_a_pension_takes_fifteen_years() {
    let pension = |months, mean_wage| {
        let since = date(2015, 7, 1);
        let paid = jp::Paid { months, due: months, mean_wage: rupiah(mean_wage), since };
        jp::pension(&RULES, TODAY, &paid).map(|line| amount(&line))
    };
    assert_eq!(pension(180, 5_000_000), Ok(750_000));
    assert_eq!(pension(240, 5_500_000), Ok(1_100_000));
    let short = Condition::MonthsPaid { have: 179, need: 180 };
    assert_eq!(pension(179, 5_000_000), Err(Refused::Condition(short)));
}

#[test]
fn vector_08_what_those_who_are_left_have_of_a_pension() {
    let left = |who| amount(&jp::survivor(&RULES, TODAY, rupiah(750_000), who).expect("a share"));
    assert_eq!(left(jp::Survivor::Widow), 375_000);
    assert_eq!(left(jp::Survivor::ChildAfterWidow), 187_500);
    assert_eq!(left(jp::Survivor::Parent), 150_000);
}

#[test]
fn vector_09_a_death_is_worth_more_since_december_2019() {
    let sum = |on| jkm::sum(&jkm::death(&RULES, on).expect("a benefit")).expect("a sum").get();
    assert_eq!(sum(date(2019, 12, 1)), 24_000_000);
    assert_eq!(sum(date(2019, 12, 2)), 42_000_000);
}

#[test]
fn vector_10_a_work_accident_of_somebody_with_five_million_a_month() {
    let wage = rupiah(5_000_000);
    let first = |lines: Result<Vec<Line<'_>>, Refused>| amount(&lines.expect("a benefit")[0]);
    assert_eq!(first(jkk::death(&RULES, TODAY, wage)), 240_000_000);
    assert_eq!(first(jkk::total_disability(&RULES, TODAY, wage)), 280_000_000);
    let arm = percent("40%");
    let lost = jkk::part_lost(&RULES, TODAY, wage, arm).expect("a benefit");
    assert_eq!(amount(&lost), 160_000_000);
    let weaker = jkk::part_weaker(&RULES, TODAY, wage, arm, percent("50%")).expect("a benefit");
    assert_eq!(amount(&weaker), 80_000_000);
    let unable = jkk::unable_to_work(&RULES, TODAY, wage, 14).expect("a benefit");
    let sum: i64 = unable
        .iter()
        .map(|line| match line.pays {
            Pays::Months(amount, months) => amount.get() * i64::from(months),
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(sum, 65_000_000);
}

#[test]
fn vector_11_a_lay_off_before_and_after_february_2025() {
    let cash = |on| -> Vec<(i64, u32)> {
        let lay_off = jkp::LayOff {
            on,
            asked_on: on,
            wage: rupiah(7_000_000),
            months_paid: 24,
            months_in_a_row: 24,
            claims_before: 0,
            age_registered: 30,
        };
        let lines = jkp::cash(&RULES, &lay_off).expect("a benefit");
        lines
            .iter()
            .map(|line| match line.pays {
                Pays::Months(amount, months) => (amount.get(), months),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(cash(date(2025, 3, 10)), [(3_000_000, 6)]);
    assert_eq!(cash(date(2024, 3, 10)), [(2_250_000, 3), (1_250_000, 3)]);
}

#[test]
fn vector_12_tax_on_savings_in_one_sum_or_in_parts() {
    let tax = |parts: &[(Date, i64)], has_number| -> Vec<i64> {
        let parts: Vec<_> = parts.iter().map(|&(on, gross)| (on, rupiah(gross))).collect();
        let taxed = tax::withheld(&RULES, &parts, has_number).expect("published rates");
        taxed.iter().map(|part| part.tax.get()).collect()
    };
    assert_eq!(tax(&[(date(2024, 12, 10), 150_000_000)], true), [5_000_000]);
    let mut parts = vec![(date(2024, 12, 10), 50_000_000), (date(2025, 2, 10), 100_000_000)];
    assert_eq!(tax(&parts, true), [0, 5_000_000]);
    parts.push((date(2026, 3, 10), 50_000_000));
    assert_eq!(tax(&parts, true), [0, 5_000_000, 2_500_000]);
    assert_eq!(tax(&parts, false), [0, 5_000_000, 3_000_000]);
}

#[test]
fn vector_13_a_part_of_the_savings_after_ten_years_and_only_once() {
    let since = date(2016, 5, 1);
    let part = |on, purpose, before| {
        jht::part(&RULES, on, since, rupiah(80_000_000), purpose, before).map(|line| amount(&line))
    };
    let early = Refused::Condition(Condition::From(date(2026, 5, 1)));
    assert_eq!(part(date(2026, 4, 1), jht::Purpose::Other, 0), Err(early));
    let after = date(2026, 5, 1);
    assert_eq!(part(after, jht::Purpose::Other, 0), Ok(8_000_000));
    assert_eq!(part(after, jht::Purpose::Home, 0), Ok(24_000_000));
    let again = Refused::Condition(Condition::Often(1));
    assert_eq!(part(after, jht::Purpose::Home, 1), Err(again));
}

#[test]
fn vector_14_a_day_of_birth_decides_on_the_day_of_the_pension() {
    let begins = |born| {
        let retirement = RULES.retirement(born).expect("an age");
        (retirement.on, retirement.age)
    };
    assert_eq!(begins(date(1966, 12, 31)), (date(2024, 12, 31), 58));
    assert_eq!(begins(date(1967, 1, 1)), (date(2026, 1, 1), 59));
}

#[test]
fn vector_15_a_sunday_moves_jht_to_monday_and_leaves_jp_alone() {
    let due = |programme| {
        RULES.due_date(programme, Segment::WageEarner, month(202_601)).expect("a due date").on
    };
    assert_eq!(date(2026, 2, 15).weekday(), Weekday::Sunday);
    assert_eq!(due(Programme::Jht), date(2026, 2, 16));
    assert_eq!(due(Programme::Jp), date(2026, 2, 15));
}

#[test]
fn vector_16_day_41_is_a_woman_born_on_the_first() {
    let nik = Nik::parse("3174054107900003").expect("a NIK");
    assert!(nik.expose().starts_with("317405"));
    assert_eq!(nik_warning(&nik, date(1990, 7, 1), Sex::Female), None);
    assert_eq!(nik_warning(&nik, date(1990, 7, 1), Sex::Male), Some(NikWarning::Sex));
    // The century is not in the number.
    assert_eq!(nik_warning(&nik, date(1890, 7, 1), Sex::Female), None);
}
