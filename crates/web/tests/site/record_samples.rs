//! What members see of their contributions, savings and benefits.

use payung_domain::contributions::Contribution;
use payung_domain::contributions::duty::{Duty, Owed, Toll};
use payung_domain::contributions::wage_answers::{AnswerProblem, Says, WageAnswer};
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Trade, Work};
use payung_domain::ids::{AccountId, EmployerId, Kpj, MembershipId, Npp, PersonId};
use payung_domain::ledger::PostingKind;
use payung_domain::ledger::explained::year as explained;
use payung_domain::ledger::posting::postings;
use payung_domain::members::{Membership, Segment};
use payung_domain::money::{MoneyProblem, Rupiah};
use payung_domain::month::Month;
use payung_domain::payout_lock::Payouts;
use payung_domain::programmes::{Programme as Known, Programmes};
use payung_domain::transactions::{Moved, Outcome, Report, ReportReference, Spot};
use payung_flows::benefits::{Wish, reckoned};
use payung_flows::export::VERSION;
use payung_flows::members::Record;
use payung_flows::transactions::Part;
use payung_flows::transactions::reports::Shown;
use payung_web::page::Problems;
use payung_web::pages::balance::statement::{Account, Balance, Year};
use payung_web::pages::balance::year::Year as YearOfSavings;
use payung_web::pages::benefits::estimate::{Benefits, BenefitsProblem, Typed};
use payung_web::pages::benefits::words::Why;
use payung_web::pages::contributions::chart::Chart;
use payung_web::pages::contributions::evidence::Evidence;
use payung_web::pages::contributions::history::{
    Cell, Choice, Filter, GridYear, History, Mark, Row, YearSum,
};
use payung_web::pages::contributions::month::{OneMonth, way_to_savings, way_to_wage};
use payung_web::pages::contributions::owed::{Owing, says_toll};
use payung_web::pages::contributions::sums::{OfYear, Working};
use payung_web::pages::contributions::wage::{Asked, Wage, says_problem};
use payung_web::pages::export::take::Export;
use payung_web::pages::transactions::list::Transactions;
use payung_web::pages::transactions::report::ReportRow;
use uuid::Uuid;

use crate::samples::{Kind, Shelf, now};

impl Shelf {
    pub(crate) fn records(&mut self) {
        let page = self.history();
        self.add("contributions", Kind::Member, &page);
        let page = self.history_of_year();
        self.add("contributions-year", Kind::Member, &page);
        let f = self.member_frame("/contributions?year=2013");
        let filter = self.history().filter;
        let empty = History {
            f,
            filter,
            missing_months: 0,
            short_months: 0,
            owed: Owed::default(),
            costs: vec![],
            asked: None,
            grid: vec![],
            years: vec![],
            chart: None,
            year_why: vec![],
            rows: vec![],
            older: None,
            newest: None,
        };
        self.add("contributions-empty", Kind::Member, &empty);
        self.months();
        let year = |year, opening: i64, contributions: i64, returns: i64, payouts: i64| Year {
            year,
            opening: Rupiah::new(opening),
            contributions: Rupiah::new(contributions),
            returns: Rupiah::new(returns),
            payouts: Rupiah::new(payouts),
            transfers: Rupiah::ZERO,
            corrections: Rupiah::ZERO,
            closing: Rupiah::new(opening + contributions + returns - payouts),
        };
        let years = |scale: i64| {
            vec![
                year(2026, 79_100_000 / scale, 4_512_350 / scale, 3_800_000 / scale, 0),
                year(2025, 70_000_000 / scale, 5_400_000 / scale, 3_700_000 / scale, 0),
                year(2024, 66_000_000 / scale, 5_100_000 / scale, 3_400_000 / scale, 4_500_000),
            ]
        };
        let account = |number: &str, scale: i64| Account {
            kpj: Kpj::parse(number).expect("a member number"),
            employer: Some("PT Kain Nusantara".to_owned()),
            balance: Rupiah::new(87_412_350 / scale),
            years: years(scale),
        };
        let f = self.member_frame("/balance");
        let note = "Hasil dihitung dengan 5,5% setahun: angka andaian untuk demonstrasi, bukan \
                    janji dan bukan angka resmi.";
        let balance = Balance {
            f,
            total: Rupiah::new(87_412_350),
            as_of: now(),
            years: years(1),
            accounts: vec![account("00012345678", 2), account("00087654321", 3)],
            return_note: note.to_owned(),
            why: working(),
        };
        self.add("balance", Kind::Member, &balance);
        self.year_of_savings();
        self.transactions();
        let f = self.member_frame("/balance");
        let one = Balance {
            f,
            total: Rupiah::new(87_412_350),
            as_of: now(),
            years: years(1),
            accounts: vec![account("00012345678", 1)],
            return_note: note.to_owned(),
            why: working(),
        };
        self.add("balance-one-number", Kind::Member, &one);
        let mut merged = years(1);
        merged[0].transfers = Rupiah::new(1_250_000);
        merged[0].corrections = Rupiah::new(-50_000);
        let f = self.member_frame("/balance");
        let moved = Balance {
            f,
            total: Rupiah::new(88_612_350),
            as_of: now(),
            years: merged,
            accounts: vec![account("00012345678", 1)],
            return_note: note.to_owned(),
            why: working(),
        };
        self.add("balance-merged", Kind::Member, &moved);
        let f = self.member_frame("/balance");
        let empty = Balance {
            f,
            total: Rupiah::ZERO,
            years: vec![],
            accounts: vec![],
            why: Working::default(),
            ..balance
        };
        self.add("balance-empty", Kind::Member, &empty);
    }

    /// A year with every kind of posting that there is.
    fn year_of_savings(&mut self) {
        let programmes = Programmes::shipped().expect("the shipped rules read");
        let record = record(2);
        let (id, until) = (MembershipId(Uuid::from_u128(1)), jiff::civil::date(2026, 7, 31));
        let ledger = postings(id, &record.contributions, &[], until, &programmes);
        let ledger = ledger.expect("a ledger");
        for (name, year, before) in [
            ("balance-year", 2025, Some("/balance/year?of=00012345678-2024")),
            ("balance-year-declared", 2024, None),
        ] {
            let known = explained(&ledger, year, &programmes).expect("a year");
            let f = self.member_frame(&format!("/balance/year?of=00012345678-{year}"));
            let page = YearOfSavings::of(f, year, "00012345678", &known, &record);
            let before = before.map(str::to_owned);
            let page = YearOfSavings { before, ..page.expect("something moved") };
            self.add(name, Kind::Member, &page);
        }
    }

    /// Each kind of movement, under one number and under two, and what is reported of it.
    fn transactions(&mut self) {
        let f = self.member_frame("/transactions");
        let wanted = payung_flows::transactions::Choice::default();
        let part = moved(25, &["00012345678", "00087654321"]);
        self.add("transactions", Kind::Member, &Transactions::of(f, &part, &wanted, true));
        let chosen = payung_flows::transactions::Choice {
            kind: Some(PostingKind::Return),
            year: Some(2026),
            kpj: None,
        };
        let f = self.member_frame("/transactions?kind=return&year=2026");
        let part = moved(25, &["00012345678"]);
        self.add("transactions-chosen", Kind::Member, &Transactions::of(f, &part, &chosen, false));
        let f = self.member_frame("/transactions?year=1999");
        let none = moved(0, &["00012345678"]);
        self.add("transactions-empty", Kind::Member, &Transactions::of(f, &none, &wanted, false));
        let row = part.rows[0].clone();
        let report = |closed| Report {
            id: Uuid::from_u128(1),
            reference: ReportReference::parse("LPR-7F3K-29QD").expect("a reference"),
            account: AccountId(Uuid::from_u128(1)),
            row: row.clone(),
            device: "Chrome, Android".to_owned(),
            reported_at: now(),
            closed,
        };
        let closed = |outcome| Some(report(Some((now(), outcome))));
        for (name, report, payouts) in [
            ("new", None, Payouts::Open),
            ("full", None, Payouts::Closed),
            ("done", Some(report(None)), Payouts::Closed),
            ("opening", Some(report(None)), Payouts::OpensAt(now())),
            ("explained", closed(Outcome::Explained), Payouts::Open),
            ("corrected", closed(Outcome::Corrected), Payouts::Open),
            ("fraud", closed(Outcome::Fraud), Payouts::Closed),
        ] {
            let f = self.member_frame("/transactions/report?row=x");
            let page = ReportRow::of(
                f,
                Shown { row: row.clone(), report, payouts, is_full: name == "full" },
            );
            self.add(&format!("report-{name}"), Kind::Member, &page);
        }
        let f = self.member_frame("/export");
        self.add("export", Kind::Member, &Export { f, version: VERSION });
    }

    /// One month in each state.
    fn months(&mut self) {
        let programmes = Programmes::shipped().expect("the shipped rules read");
        let mut record = record(1);
        let month = |number| Month::new(2026, number).expect("a month");
        record.contributions.retain(|paid| paid.month != month(5));
        for paid in &mut record.contributions {
            paid.due_on = month(9).first_day();
            match paid.month.number() {
                3 => paid.received_on = paid.due_on.tomorrow().expect("a day"),
                4 => paid.worker_part = Rupiah::new(1),
                6 => paid.wage = Rupiah::new(9_000_000),
                _ => paid.received_on = paid.due_on,
            }
        }
        let today = jiff::civil::date(2026, 8, 17);
        let (membership, employer) = (record.employments[0].membership, record.employers[0].id);
        let answer = |number, says| WageAnswer {
            membership,
            month: month(number),
            employer,
            reported: Rupiah::new(11_250_000),
            says,
            answered_at: now(),
        };
        record.wage_answers =
            vec![answer(4, Says::Wrong(Rupiah::new(11_900_000))), answer(3, Says::Right)];
        let until = jiff::civil::date(2026, 7, 31);
        let ledger = postings(membership, &record.contributions, &[], until, &programmes);
        record.postings = ledger.expect("a ledger");
        record.memberships = vec![numbered(membership)];
        let history = record.history_by(&programmes, today);
        let f = self.member_frame("/contributions/owed");
        let owing = Owing::of(f, &record, &history, &programmes, today).expect("a sum");
        self.add("owed", Kind::Member, &owing);
        let part = owing.f.t1("owed-part", "part", "2026, PT Kain Nusantara");
        self.add("owed-part", Kind::Member, &Owing { part: Some(part), ..owing });
        self.wages(&record);
        let name = || "Siti Rahayu".to_owned();
        let record_of_nobody = self::record(0);
        for (sample, record) in [("evidence", &record), ("evidence-none", &record_of_nobody)] {
            let f = self.member_frame("/contributions/report");
            let page = Evidence::of(f, name(), record, &programmes, today).expect("a paper");
            self.add(sample, Kind::Member, &page);
        }
        for row in history.rows().iter().filter(|row| row.month >= month(3)) {
            let duty = Duty::of(row, &programmes, today);
            let f = self.member_frame("/contributions/month?of=202605-JHT-0");
            let mut page =
                OneMonth::of(f, row, duty.as_ref(), Some("PT Kain Nusantara".to_owned()));
            page.wage = way_to_wage(&page.f, row, &record);
            page.posted = way_to_savings(&page.f, row, &record);
            let (number, programme) = (row.month.number(), row.programme.code().to_lowercase());
            self.add(&format!("month-{number}-{programme}"), Kind::Member, &page);
        }
    }

    /// The question, its answers, and what is wrong with one.
    fn wages(&mut self, record: &Record) {
        let of = |shelf: &Self| {
            let f = shelf.member_frame("/contributions/wage");
            let reported = record.reported_wages();
            let asked = Asked::of(&f, reported.first().expect("a wage"), record);
            Wage::of(f, Some(asked), record)
        };
        let page = of(self);
        self.add("wage", Kind::Member, &page);
        let page = Wage { asked: None, is_done: true, ..of(self) };
        self.add("wage-done", Kind::Member, &page);
        for problem in [
            AnswerProblem::Undecided,
            AnswerProblem::Same,
            AnswerProblem::Range,
            AnswerProblem::Wage(MoneyProblem::Empty),
            AnswerProblem::Wage(MoneyProblem::Characters),
        ] {
            let mut page = of(self);
            page.problems = Problems(vec![says_problem(&page.f, problem)]);
            let name = format!("wage-wrong-{problem:?}").to_lowercase();
            self.add(&name.replace(['(', ')'], "-"), Kind::Member, &page);
        }
        let f = self.member_frame("/contributions/wage");
        let nothing = Record { wage_answers: vec![], ..record.clone() };
        self.add("wage-nothing", Kind::Member, &Wage::of(f, None, &nothing));
        let f = self.member_frame("/contributions/owed");
        let page = Owing {
            f,
            part: None,
            rows: vec![],
            owed: Owed::default(),
            why_owed: Working::default(),
            why_penalties: Working::default(),
            costs: vec![],
            late: vec![],
            penalties: Rupiah::ZERO,
            why_late: Working::default(),
            duties: vec![],
        };
        self.add("owed-nothing", Kind::Member, &page);
    }

    pub(crate) fn benefits(&mut self) {
        let programmes = Programmes::shipped().expect("the shipped rules read");
        let today = jiff::civil::date(2026, 8, 17);
        let born = jiff::civil::date(1990, 7, 14);
        let of_record = |shelf: &Self, record: &Record, born, today, wish| {
            let balance = Rupiah::new(87_412_350);
            let known = reckoned(&programmes, record, balance, born, today, wish);
            let known = known.expect("an estimate");
            let typed = Typed {
                wage: "Rp 11.250.000".to_owned(),
                stop_age: known.stop_age.to_string(),
                raise: "5%".to_owned(),
                unable_for: known.unable_for.to_string(),
            };
            Benefits::of(shelf.member_frame("/benefits"), &known, typed, today)
        };
        let page = |shelf: &Self, years, wish| of_record(shelf, &record(years), born, today, wish);
        let twelve_years = page(self, 12, Wish::default());
        self.add("benefits", Kind::Member, &twelve_years);
        // On the own account: two months unpaid, and then too many.
        for (name, today) in [
            ("benefits-alone", jiff::civil::date(2026, 10, 1)),
            ("benefits-alone-unpaid", jiff::civil::date(2027, 2, 1)),
        ] {
            let mut alone = record(2);
            alone.employments[0].work = Work::Own(Trade::Transport);
            for paid in &mut alone.contributions {
                paid.employer = None;
            }
            let page = of_record(self, &alone, born, today, Wish::default());
            self.add(name, Kind::Member, &page);
        }
        // In the year 2031, with a pension: nobody can have one before 2030.
        let mut pensioner = record(16);
        let more = Month::new(2031, 1).expect("a month");
        let later = pensioner.contributions.clone();
        pensioner.contributions.extend(later.into_iter().filter_map(|mut paid| {
            paid.month = paid.month.plus(16 * 12);
            (paid.month < more).then_some(paid)
        }));
        let (born, today) = (jiff::civil::date(1970, 3, 14), more.first_day());
        let page_of_pensioner = of_record(self, &pensioner, born, today, Wish::default());
        self.add("benefits-pensioner", Kind::Member, &page_of_pensioner);
        let newcomer = page(self, 0, Wish::default());
        self.add("benefits-newcomer", Kind::Member, &newcomer);
        let problems =
            [BenefitsProblem::WageCharacters, BenefitsProblem::Age(36), BenefitsProblem::Unable];
        let mut wrong = page(self, 12, Wish::default());
        wrong.problems = problems.map(|problem| problem.says(&wrong.f)).into_iter().collect();
        "lima juta".clone_into(&mut wrong.typed.wage);
        self.add("benefits-wrong", Kind::Member, &wrong);
    }

    /// One year of them, which says what its sum is made of.
    fn history_of_year(&self) -> History {
        let History { filter, years, .. } = self.history();
        let year = OfYear {
            programme: "JHT",
            own: "Rp225.000 × 7 = Rp1.575.000".to_owned(),
            employer: "Rp416.250 × 7 = Rp2.913.750".to_owned(),
            rules: vec![rule()],
        };
        let choose = |choice: Choice| Choice { chosen: choice.value == "2026", ..choice };
        let filter = Filter { years: filter.years.into_iter().map(choose).collect(), ..filter };
        let f = self.member_frame("/contributions?year=2026");
        let (years, year_why) = (years[..1].to_vec(), vec![year]);
        History { f, filter, years, year_why, ..self.history() }
    }

    /// Twelve years of Siti's contributions.
    fn history(&self) -> History {
        let f = self.member_frame("/contributions");
        let choice = |value: &str, chosen| Choice {
            value: value.to_owned(),
            label: value.to_owned(),
            chosen,
        };
        let filter = Filter {
            years: (2014..=2026).rev().map(|year| choice(&year.to_string(), false)).collect(),
            programmes: ["JHT", "JP"].iter().map(|p| choice(p, *p == "JHT")).collect(),
            employers: vec![choice("PT Kain Nusantara", false), choice("CV Roti Hangat", false)],
        };
        let mark = |month: Month| match month.get() {
            202_608 => Mark::Waiting,
            202_605 | 202_511 => Mark::Missing,
            202_603 => Mark::Late,
            202_509 => Mark::Short,
            ..201_403 | 202_609.. => Mark::NotDue,
            _ => Mark::Received,
        };
        let month = |year, number| Month::new(year, number).expect("a month");
        let grid_year = |year| GridYear {
            year,
            months: std::array::from_fn(|place| {
                let month = month(year, i8::try_from(place).expect("small") + 1);
                let needs = matches!(mark(month), Mark::Late | Mark::Short | Mark::Missing);
                let why = format!("/contributions/month?of={}-JHT-{}", month.get(), "0".repeat(32));
                Cell { month, mark: mark(month), why: needs.then_some(why) }
            }),
        };
        let years: Vec<YearSum> = (2014..=2026)
            .rev()
            .map(|year| {
                let own = 1_100_000 + i64::from(year - 2014) * 95_000;
                YearSum {
                    year,
                    own: Rupiah::new(own),
                    employer: Rupiah::new(own * 37 / 20),
                    total: Rupiah::new(own + own * 37 / 20),
                }
            })
            .collect();
        let last = month(2026, 8);
        let rows = (0..24).map(|back| {
            let month = last.plus(-back);
            let mark = mark(month);
            let came = matches!(mark, Mark::Received | Mark::Late | Mark::Short);
            let amount = |paid| Rupiah::new(if came { paid } else { 0 });
            Row {
                month,
                programme: "JHT".to_owned(),
                employer: "PT Kain Nusantara".to_owned(),
                payer: String::new(),
                wage: came.then(|| Rupiah::new(11_250_000)),
                own_part: amount(225_000),
                employer_part: amount(416_250),
                received: came.then(|| month.next().first_day()),
                mark,
                note: (!came).then(|| f.t1("owed-only", "owed", "Rp641.250")),
                why: format!("/contributions/month?of={}-JHT-{}", month.get(), "0".repeat(32)),
            }
        });
        History {
            filter,
            missing_months: 2,
            short_months: 1,
            owed: Owed { contributions: Rupiah::new(1_282_500), penalties: Rupiah::new(76_950) },
            costs: says_toll(&f, &toll()),
            asked: Some(question()),
            grid: [2026, 2025, 2024].map(grid_year).into(),
            chart: Chart::of(&f, &years),
            years,
            year_why: vec![],
            rows: rows.collect(),
            older: Some("/contributions?programme=JHT&before=202409".to_owned()),
            newest: Some("/contributions?programme=JHT".to_owned()),
            f,
        }
    }
}

/// What two missing months cost.
pub(crate) fn toll() -> Toll {
    Toll {
        savings: Rupiah::new(1_282_500),
        pension: Rupiah::new(18_478),
        months_of_cover: 2,
        months_of_job_loss: 2,
        months_of_lower_wage: 1,
    }
}

/// A wage that is asked about.
pub(crate) fn question() -> Asked {
    Asked {
        key: format!("202607-{0}-{0}", "0".repeat(32)),
        month: Month::new(2026, 7).expect("a month"),
        employer: "PT Kain Nusantara".to_owned(),
        wage: Rupiah::new(11_250_000),
        answer: String::new(),
        typed: String::new(),
        why: Some(format!("/contributions/month?of=202607-JHT-{}", "0".repeat(32))),
    }
}

/// How a sum came about, with a rule behind it.
fn working() -> Working {
    Working { steps: "Rp58.900.000 + Rp28.512.350 = Rp87.412.350".to_owned(), rules: vec![rule()] }
}

fn rule() -> Why {
    Why {
        name: "Iuran JHT".to_owned(),
        source: "PP 46/2015 art. 16".to_owned(),
        sure: "sejak 1 Juli 2015, resmi".to_owned(),
    }
}

fn numbered(id: MembershipId) -> Membership {
    Membership {
        id,
        person: PersonId(Uuid::from_u128(3)),
        kpj: Kpj::parse("00012345678").expect("a member number"),
        segment: Segment::WageEarner,
        since: Month::new(2014, 1).expect("a month"),
        ended: None,
    }
}

/// So many years of work that are all paid, for one large employer, up to July 2026.
fn record(years: i32) -> Record {
    let (id, firm) = (MembershipId(Uuid::from_u128(1)), EmployerId(Uuid::from_u128(2)));
    let last = Month::new(2026, 7).expect("a month");
    let since = last.plus(1 - years * 12);
    let contribution = |month: Month, programme| {
        let due_on = month.next().first_day();
        let wage = Rupiah::new(11_250_000);
        let (employer_part, worker_part) = (Rupiah::new(416_250), Rupiah::new(225_000));
        let (membership, employer, base) = (id, Some(firm), wage);
        let received_on = due_on;
        Contribution {
            membership,
            month,
            programme,
            employer,
            wage,
            base,
            employer_part,
            worker_part,
            due_on,
            received_on,
        }
    };
    let paid = [Known::Jht, Known::Jp, Known::Jkk, Known::Jkm];
    let months = since.through(last);
    Record {
        memberships: vec![],
        employers: vec![Employer {
            id: firm,
            npp: Npp::parse("CONTOH01").expect("an employer number"),
            name: "PT Kain Nusantara".to_owned(),
            risk_class: RiskClass::II,
            size: FirmSize::Large,
        }],
        employments: if years == 0 {
            vec![]
        } else {
            vec![Employment { membership: id, work: Work::For(firm), from: since, until: None }]
        },
        contributions: months.flat_map(|month| paid.map(|of| contribution(month, of))).collect(),
        postings: vec![],
        wage_answers: vec![],
    }
}

/// Part of a list over forty years: of every kind there is, in both sorts of programmes.
fn moved(rows: u32, numbers: &[&str]) -> Part {
    let numbers: Vec<Kpj> =
        numbers.iter().map(|number| Kpj::parse(number).expect("a member number")).collect();
    let row = |place: u32| {
        let kind = PostingKind::ALL[place as usize % PostingKind::ALL.len()];
        let is_saved = !place.is_multiple_of(4) || kind != PostingKind::Contribution;
        let leaves = matches!(kind, PostingKind::Payout | PostingKind::TransferOut);
        let amount = Rupiah::new(641_250 + i64::from(place) * 13);
        let month = Month::new(2026, 7).expect("a month");
        let payer = Uuid::from_u128(u128::from(place) * 0x0123_4567_89ab_cdef_0123);
        Moved {
            spot: Spot {
                day: jiff::civil::date(2026, 8, 14),
                kpj: numbers[place as usize % numbers.len()].clone(),
                programme: if is_saved { Known::Jht } else { Known::Jp },
                number: i64::from(place) + 480,
                payer,
            },
            membership: MembershipId(Uuid::from_u128(1)),
            kind,
            month,
            amount: if leaves { amount.negated() } else { amount },
            balance: is_saved.then(|| Rupiah::new(87_412_350 - i64::from(place) * 641_250)),
            paid_by: (kind == PostingKind::Contribution).then_some(payer),
        }
    };
    let rows: Vec<Moved> = (0..rows).map(row).collect();
    Part {
        older: rows.last().map(|row| row.spot.clone()),
        years: (1986..=2026).rev().collect(),
        reported: rows.iter().take(2).map(|row| row.spot.clone()).collect(),
        rows,
        numbers,
    }
}
