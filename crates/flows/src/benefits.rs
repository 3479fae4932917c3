//! What a member or the heirs can expect, from the member's own record and a few wishes. Nothing of
//! it is kept.

use jiff::civil::Date;
use payung_domain::benefits::facts::{self, Facts, Standing};
use payung_domain::benefits::{
    Assumption, Condition, Factor, Item, Line, Pays, Refused, School, Terms, jht, jkk, jkm, jkp, jp,
};
use payung_domain::claims::entitlement::parts_taken;
use payung_domain::contributions::Contribution;
use payung_domain::employers::RiskClass;
use payung_domain::ids::PersonId;
use payung_domain::members::Segment;
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::programmes::{Earning, Expected, Programme, Programmes, Rate, Rounding, keys};
use payung_storage::Fault;

use crate::App;
use crate::members::{self, Record};

/// The oldest age at which the form lets work end.
pub const OLDEST: u32 = 75;
/// The highest wage the form takes: far above any, and far below what an amount can hold.
pub const HIGHEST_WAGE: Rupiah = Rupiah::new(1_000_000_000);

/// What somebody wants reckoned with instead of what the record says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The wage of a month.
    pub wage: Option<Rupiah>,
    /// The age at which work ends.
    pub stop_age: Option<u32>,
    /// How much the wage rises every January.
    pub raise: Option<Rate>,
    /// For how many months one is unable to work after an accident.
    pub unable_for: Option<u32>,
}

/// Everything that can be estimated for somebody.
#[derive(Clone, Debug)]
pub struct Estimates<'a> {
    /// How old the person is.
    pub age: u32,
    /// The age at which work ends, as wished or by the rule.
    pub stop_age: u32,
    /// The wage that is reckoned with.
    pub wage: Option<Rupiah>,
    /// How much it rises every January.
    pub raise: Rate,
    /// For how many months one is unable to work after an accident.
    pub unable_for: u32,
    /// What is saved now.
    pub balance: Rupiah,
    /// When the person was born.
    pub birth_date: Date,
    /// What the record says.
    pub facts: Facts,
    /// The contribution that the wage was reported with.
    pub latest: Option<Contribution>,
    /// The wages that the pension is reckoned from, all together.
    pub pension_wages: Rupiah,
    /// Programme by programme.
    pub programmes: Vec<OfProgramme<'a>>,
}

/// What one programme may pay.
#[derive(Clone, Debug)]
pub struct OfProgramme<'a> {
    /// Which.
    pub programme: Programme,
    /// Case by case.
    pub cases: Vec<Estimate<'a>>,
    /// What is taken for granted in all of it.
    pub assumptions: Vec<Assumption>,
    /// What holds for every claim.
    pub terms: Terms<'a>,
    /// How the person stands, where cover depends on it.
    pub standing: Option<Standing>,
    /// The day on which the right begins, where it depends on an age.
    pub from: Option<Date>,
    /// The day of the first payment, where it is another.
    pub first_paid: Option<Date>,
}

/// What is paid in one case.
#[derive(Clone, Debug)]
pub struct Estimate<'a> {
    /// When it is paid.
    pub case: Case,
    /// What, or why nothing.
    pub lines: Result<Vec<Line<'a>>, Refused>,
}

/// When something is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Work ends at an age.
    WorkEnds,
    /// A part is wanted before.
    PartBefore,
    /// The pension age is reached.
    OldAge,
    /// Total disability before the pension age.
    DisabledBefore,
    /// Death before the pension age.
    DiedBefore,
    /// Death while the pension is paid.
    DiedAfter,
    /// Unable to work for so many months.
    UnableToWork(u32),
    /// A part of the body lost by an accident.
    PartLost,
    /// Total disability by an accident.
    TotalDisability,
    /// Death by an accident.
    DeathAtWork,
    /// The way to the hospital.
    Transport,
    /// Death that work did not cause.
    Death,
    /// Children left behind.
    Children,
    /// Laid off today.
    LaidOff,
}

/// For how many months the page takes somebody to be unable to work who says nothing else.
const UNABLE_FOR: u32 = 6;
/// The most months the form takes.
pub const LONGEST_UNABLE: u32 = 120;

/// Reads a record and estimates everything; `None` when the person has no record.
pub async fn estimates(
    app: &App,
    person: PersonId,
    today: Date,
    wish: Wish,
) -> Result<Option<Estimates<'_>>, Fault> {
    let Some(born_on) = members::birth_date(app, person).await? else { return Ok(None) };
    let record = members::record(app, person).await?;
    let balance = record.savings()?.together.balance;
    let of = reckoned(&app.programmes, &record, balance, born_on, today, wish);
    of.map(Some).map_err(Fault::while_doing("reading a record for estimates"))
}

/// Estimates everything from a record, on a day.
pub fn reckoned<'a>(
    programmes: &'a Programmes,
    record: &Record,
    balance: Rupiah,
    birth_date: Date,
    today: Date,
    wish: Wish,
) -> Result<Estimates<'a>, Refused> {
    let history = record.history_by(programmes, today);
    let facts = Facts::of(
        &record.memberships,
        &record.employments,
        &record.contributions,
        &history,
        today,
    )?;
    let told = record.contributions.iter().filter(|came| came.programme != Programme::Jkp);
    let latest = told.max_by_key(|came| (came.month, came.wage));
    let of_pension = record.contributions.iter().filter(|came| came.programme == Programme::Jp);
    let age = age_on(birth_date, today);
    let by_rule = programmes.count(keys::JHT_AGE, today).map_or(age, |(age, _)| age);
    let person = Reckoning {
        programmes,
        record,
        facts,
        today,
        birth_date,
        balance,
        wage: wish.wage.or(facts.wage),
        assumed_wage: match wish.wage {
            Some(_) => Assumption::WageAsTyped,
            None => Assumption::WageAsReported,
        },
        stop_age: wish.stop_age.unwrap_or_else(|| by_rule.max(age)),
        raise: wish.raise.unwrap_or(Rate::NOTHING),
        unable_for: wish.unable_for.unwrap_or(UNABLE_FOR),
    };
    Ok(Estimates {
        age,
        stop_age: person.stop_age,
        wage: person.wage,
        raise: person.raise,
        unable_for: person.unable_for,
        balance,
        birth_date,
        facts,
        latest: latest.copied(),
        pension_wages: Rupiah::checked_sum(of_pension.map(|came| came.base))
            .ok_or(Refused::TooLarge)?,
        programmes: vec![
            person.savings(),
            person.pension(),
            person.accident(),
            person.death(),
            person.job_loss(),
        ],
    })
}

/// Whole years between two days.
fn age_on(birth_date: Date, day: Date) -> u32 {
    let had_birthday = (day.month(), day.day()) >= (birth_date.month(), birth_date.day());
    let years = i32::from(day.year()) - i32::from(birth_date.year()) - i32::from(!had_birthday);
    u32::try_from(years).unwrap_or(0)
}

/// What so many months bring, each as much as this one.
fn contributions_to_come(months: u32, monthly: Expected<'_>) -> Result<Line<'_>, Refused> {
    let of_a_month = monthly.total().ok_or(Refused::TooLarge)?;
    let all = Rounding::WHOLE_RUPIAH.fraction(of_a_month, u64::from(months), 1);
    Ok(Line {
        item: Item::ContributionsToCome,
        pays: Pays::Once(all.ok_or(Refused::TooLarge)?),
        working: vec![Factor::Times(months), Factor::Amount(of_a_month)],
        rules: monthly.rules,
    })
}

struct Reckoning<'a, 'r> {
    programmes: &'a Programmes,
    record: &'r Record,
    facts: Facts,
    today: Date,
    birth_date: Date,
    balance: Rupiah,
    wage: Option<Rupiah>,
    assumed_wage: Assumption,
    stop_age: u32,
    raise: Rate,
    unable_for: u32,
}

impl<'a> Reckoning<'a, '_> {
    fn of(&self, programme: Programme, cases: Vec<Estimate<'a>>) -> OfProgramme<'a> {
        OfProgramme {
            programme,
            cases,
            assumptions: Vec::new(),
            terms: Terms::of(self.programmes, programme, self.today),
            standing: None,
            from: None,
            first_paid: None,
        }
    }

    /// What a month brings on which savings are paid, if they are part of the present work.
    fn saving(&self) -> Result<Option<Earning>, Refused> {
        if !self.facts.is_saving {
            return Ok(None);
        }
        let wage = self.wage()?;
        Ok(Some(match self.facts.trade {
            Some(trade) => Earning::Income(wage, trade),
            // No class of risk changes what is saved.
            None => Earning::Wage(wage, RiskClass::I),
        }))
    }

    fn wage(&self) -> Result<Rupiah, Refused> {
        self.wage.ok_or(Refused::Condition(Condition::NoWage))
    }

    fn savings(&self) -> OfProgramme<'a> {
        let projected = self.saving().and_then(|earning| {
            let plan = jht::Plan {
                today: self.today,
                birth_date: self.birth_date,
                stop_age: self.stop_age,
                balance: self.balance,
                // Who pays nothing more still earns.
                earning,
                raise: self.raise,
            };
            jht::projection(self.programmes, &plan)
        });
        let since = self.facts.member_since.map_or(self.today, Month::first_day);
        // As a claim counts them: all savings of a number that were paid out once were no part.
        let taken = parts_taken(&self.record.postings);
        let part =
            |purpose| jht::part(self.programmes, self.today, since, self.balance, purpose, taken);
        let parts =
            part(jht::Purpose::Home).and_then(|home| Ok(vec![home, part(jht::Purpose::Other)?]));
        let (from, assumptions) = projected
            .as_ref()
            .map_or((None, Vec::new()), |known| (Some(known.on), known.assumptions.clone()));
        OfProgramme {
            from,
            assumptions: [vec![self.assumed_wage], assumptions].concat(),
            ..self.of(
                Programme::Jht,
                vec![
                    Estimate { case: Case::WorkEnds, lines: projected.map(|known| known.lines) },
                    Estimate { case: Case::PartBefore, lines: parts },
                ],
            )
        }
    }

    fn pension(&self) -> OfProgramme<'a> {
        let retirement = self.programmes.retirement(self.birth_date).ok();
        let from = retirement.map(|known| known.on);
        let on = from.map_or(self.today, |from| from.max(self.today));
        let mut assumptions = vec![self.assumed_wage, Assumption::WagesNotIndexed];
        let mut cases = Vec::new();
        match self.facts.pension {
            None => {
                let nothing = Err(Refused::Condition(Condition::NothingPaid));
                cases.push(Estimate { case: Case::OldAge, lines: nothing });
            }
            Some(paid) => {
                let old_age = self.pension_of_old_age(&paid, from, on, &mut assumptions);
                let in_payment = old_age.as_ref().ok().and_then(|lines| lines.last()).cloned();
                cases.push(Estimate { case: Case::OldAge, lines: old_age });
                if from.is_none_or(|from| self.today < from) {
                    let disabled = jp::disability(self.programmes, self.today, &paid);
                    let lines = disabled.map(|line| vec![line]);
                    cases.push(Estimate { case: Case::DisabledBefore, lines });
                    let lines = jp::of_the_deceased(self.programmes, self.today, &paid)
                        .and_then(|pension| self.survivors(&pension));
                    cases.push(Estimate { case: Case::DiedBefore, lines });
                    assumptions.extend([Assumption::DisabledForGood, Assumption::RegisteredInTime]);
                } else if let Some(pension) =
                    in_payment.filter(|line| matches!(line.pays, Pays::Monthly(_)))
                {
                    let lines = self.survivors(&pension);
                    cases.push(Estimate { case: Case::DiedAfter, lines });
                    assumptions.push(Assumption::RegisteredInTime);
                }
            }
        }
        if jp::bounded(self.programmes, on, Rupiah::ZERO).is_err() {
            assumptions.push(Assumption::NoPensionBounds);
        }
        assumptions.push(Assumption::RulesStay);
        let first_paid = from.map(|from| Month::of(from).next().first_day());
        OfProgramme { assumptions, from, first_paid, ..self.of(Programme::Jp, cases) }
    }

    /// The pension if every month until then is paid, within the bounds of its first year where those
    /// are published, or what was paid in one sum where that is still too short.
    fn pension_of_old_age(
        &self,
        paid: &jp::Paid,
        from: Option<Date>,
        on: Date,
        assumptions: &mut Vec<Assumption>,
    ) -> Result<Vec<Line<'a>>, Refused> {
        let this_month = Month::of(self.today);
        let ahead = from
            .filter(|_| self.facts.is_in_pension)
            .map_or(0, |from| u32::try_from(Month::of(from).months_since(this_month)).unwrap_or(0));
        if !self.facts.is_in_pension && from.is_some_and(|from| self.today < from) {
            assumptions.push(Assumption::NothingMorePaid);
        }
        let (mut projected, mut to_come) = (*paid, None);
        if ahead > 0 {
            assumptions.extend([Assumption::EveryMonthPaid, Assumption::WageStays]);
            let earning = Earning::Wage(self.wage()?, RiskClass::I);
            let monthly = self.programmes.expected(Programme::Jp, this_month, earning)?;
            projected = paid.going_on(ahead, monthly.base).ok_or(Refused::TooLarge)?;
            to_come = Some(contributions_to_come(ahead, monthly)?);
        }
        match jp::pension(self.programmes, self.today, &projected) {
            Ok(line) => {
                let bounded = jp::within_bounds(self.programmes, on, &line);
                Ok(std::iter::once(line).chain(bounded).collect())
            }
            Err(Refused::Condition(Condition::MonthsPaid { .. })) => {
                assumptions.push(Assumption::NoPensionReturn);
                let (_, rule) = self.programmes.count(keys::JP_LEAST_MONTHS, self.today)?;
                let paid_so_far = Line {
                    item: Item::PensionInOneSum,
                    pays: Pays::Once(self.facts.paid_for_pension),
                    working: Vec::new(),
                    rules: vec![rule],
                };
                Ok(std::iter::once(paid_so_far).chain(to_come).collect())
            }
            Err(refused) => Err(refused),
        }
    }

    /// What each of those who are left would have of a pension.
    fn survivors(&self, pension: &Line<'_>) -> Result<Vec<Line<'a>>, Refused> {
        [
            jp::Survivor::Widow,
            jp::Survivor::Child,
            jp::Survivor::ChildAfterWidow,
            jp::Survivor::Parent,
        ]
        .into_iter()
        .map(|who| jp::survivor(self.programmes, self.today, pension.pays.amount(), who))
        .collect()
    }

    /// Whether work accident and death are covered today: by whom, is said beside it.
    fn covered(&self) -> Result<(), Refused> {
        match self.facts.standing(self.programmes, self.today)? {
            Standing::NotWorking => Err(Refused::Condition(Condition::ActiveOnly)),
            Standing::NoRight(months) => Err(Refused::Condition(Condition::Unpaid(months))),
            Standing::Covered | Standing::Behind(_) | Standing::EmployerFirst(_) => Ok(()),
        }
    }

    fn accident(&self) -> OfProgramme<'a> {
        let (programmes, on) = (self.programmes, self.today);
        let of_wage = |reckon: &dyn Fn(Rupiah) -> Result<Vec<Line<'a>>, Refused>| {
            self.covered().and_then(|()| self.wage()).and_then(reckon)
        };
        let estimate = |case, lines| Estimate { case, lines };
        let cases = vec![
            estimate(
                Case::UnableToWork(self.unable_for),
                of_wage(&|wage| jkk::unable_to_work(programmes, on, wage, self.unable_for)),
            ),
            estimate(Case::PartLost, of_wage(&|wage| jkk::parts_known(programmes, on, wage))),
            estimate(
                Case::TotalDisability,
                of_wage(&|wage| jkk::total_disability(programmes, on, wage)),
            ),
            estimate(Case::DeathAtWork, of_wage(&|wage| jkk::death(programmes, on, wage))),
            estimate(Case::Transport, self.covered().and_then(|()| jkk::transport(programmes, on))),
            estimate(Case::Children, self.through_school(None)),
        ];
        OfProgramme {
            standing: self.facts.standing(programmes, on).ok(),
            assumptions: vec![
                self.assumed_wage,
                Assumption::EventToday,
                Assumption::TableNotLoaded,
                Assumption::OneChildThroughSchool,
            ],
            ..self.of(Programme::Jkk, cases)
        }
    }

    fn death(&self) -> OfProgramme<'a> {
        let death = self.covered().and_then(|()| jkm::death(self.programmes, self.today));
        let months = self.facts.months_of_death_cover;
        let cases = vec![
            Estimate { case: Case::Death, lines: death },
            Estimate { case: Case::Children, lines: self.through_school(Some(months)) },
        ];
        OfProgramme {
            standing: self.facts.standing(self.programmes, self.today).ok(),
            assumptions: vec![Assumption::EventToday, Assumption::OneChildThroughSchool],
            ..self.of(Programme::Jkm, cases)
        }
    }

    /// One child, school after school.
    fn through_school(&self, months_paid: Option<u32>) -> Result<Vec<Line<'a>>, Refused> {
        self.covered()?;
        let mut lines = Vec::new();
        for school in School::ALL {
            let school = &[school];
            lines.extend(match months_paid {
                Some(months) => jkm::scholarship(self.programmes, self.today, months, school)?,
                None => jkm::scholarship_without_waiting(self.programmes, self.today, school)?,
            });
        }
        Ok(lines)
    }

    fn job_loss(&self) -> OfProgramme<'a> {
        let assumptions = vec![
            self.assumed_wage,
            Assumption::EventToday,
            Assumption::NotAskedBefore,
            Assumption::LaidOffAndInsured,
        ];
        let cases = vec![Estimate { case: Case::LaidOff, lines: self.cash() }];
        OfProgramme { assumptions, ..self.of(Programme::Jkp, cases) }
    }

    fn cash(&self) -> Result<Vec<Line<'a>>, Refused> {
        if !self.facts.is_working {
            return Err(Refused::Condition(Condition::ActiveOnly));
        }
        if self.facts.segment != Some(Segment::WageEarner) {
            return Err(Refused::Condition(Condition::WageEarnersOnly));
        }
        if !self.facts.is_saving {
            return Err(Refused::Condition(Condition::NotSaving));
        }
        let window = jkp::window(self.programmes, self.today)?;
        let (months_paid, months_in_a_row) =
            facts::paid_lately(&self.record.contributions, self.today, window);
        let registered = self.facts.working_since.map_or(self.today, Month::first_day);
        let lay_off = jkp::LayOff {
            on: self.today,
            asked_on: self.today,
            wage: self.wage()?,
            months_paid,
            months_in_a_row,
            claims_before: 0,
            age_registered: age_on(self.birth_date, registered),
        };
        jkp::cash(self.programmes, &lay_off)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use payung_domain::contributions::Contribution;
    use payung_domain::employers::{Employer, Employment, FirmSize, Trade, Work};
    use payung_domain::ids::{EmployerId, MembershipId, Npp};
    use uuid::Uuid;

    use super::*;

    static PROGRAMMES: LazyLock<Programmes> = LazyLock::new(|| Programmes::shipped().unwrap());
    const TODAY: Date = date(2026, 8, 17);
    const NUMBER: MembershipId = MembershipId(Uuid::from_u128(1));
    const FIRM: EmployerId = EmployerId(Uuid::from_u128(2));
    const YOUNG: Date = date(1990, 7, 14);

    fn month(number: i64) -> Month {
        Month::try_from(number).unwrap()
    }

    /// Work that lasts, for a firm of a size or on the own account, and months that were paid for it on
    /// five million: a rupiah by each side, so that sums are easy to see.
    fn record(work: Work, size: FirmSize, months: (i64, i64), paid: &[Programme]) -> Record {
        let (first, last) = (month(months.0), month(months.1));
        let job = Employment { membership: NUMBER, work, from: first, until: None };
        let contribution = |of: Month, programme: Programme| Contribution {
            membership: NUMBER,
            month: of,
            programme,
            employer: job.employer(),
            wage: Rupiah::new(5_000_000),
            base: Rupiah::new(5_000_000),
            employer_part: Rupiah::new(1),
            worker_part: Rupiah::new(1),
            due_on: of.next().first_day(),
            received_on: of.next().first_day(),
        };
        Record {
            memberships: Vec::new(),
            employers: vec![Employer {
                id: FIRM,
                npp: Npp::parse("CONTOH01").unwrap(),
                name: "PT Contoh".to_owned(),
                risk_class: RiskClass::I,
                size,
            }],
            employments: vec![job],
            contributions: first
                .through(last)
                .flat_map(|of| paid.iter().map(move |programme| contribution(of, *programme)))
                .collect(),
            postings: Vec::new(),
            wage_answers: Vec::new(),
        }
    }

    fn estimated(record: &Record, born: Date, today: Date) -> Estimates<'static> {
        let balance = Rupiah::new(10_000_000);
        reckoned(&PROGRAMMES, record, balance, born, today, Wish::default()).unwrap()
    }

    fn amounts(known: &Estimates<'_>, of: Programme, case: Case) -> Result<Vec<i64>, Refused> {
        let programme = known.programmes.iter().find(|one| one.programme == of).unwrap();
        let found = programme.cases.iter().find(|one| one.case == case).unwrap();
        let lines = found.lines.as_ref().map_err(|refused| *refused)?;
        Ok(lines.iter().map(|line| line.pays.amount().get()).collect())
    }

    fn assumes(known: &Estimates<'_>, of: Programme, assumption: Assumption) -> bool {
        let programme = known.programmes.iter().find(|one| one.programme == of).unwrap();
        programme.assumptions.contains(&assumption)
    }

    #[test]
    fn a_micro_firm_brings_no_savings_no_pension_and_no_cash_after_a_lay_off() {
        let cover = [Programme::Jkk, Programme::Jkm];
        let micro = record(Work::For(FIRM), FirmSize::Micro, (202_401, 202_607), &cover);
        let known = estimated(&micro, YOUNG, TODAY);
        assert_eq!(amounts(&known, Programme::Jht, Case::WorkEnds).unwrap()[1], 0);
        assert!(assumes(&known, Programme::Jht, Assumption::NothingMorePaid));
        let refused = |condition| Err(Refused::Condition(condition));
        let cash = amounts(&known, Programme::Jkp, Case::LaidOff);
        assert_eq!(cash, refused(Condition::NotSaving));
        let pension = amounts(&known, Programme::Jp, Case::OldAge);
        assert_eq!(pension, refused(Condition::NothingPaid));
        assert!(amounts(&known, Programme::Jkk, Case::DeathAtWork).is_ok());
    }

    #[test]
    fn who_has_no_wage_on_record_yet_is_told_so() {
        let new = record(Work::For(FIRM), FirmSize::Large, (202_608, 202_608), &[]);
        let known = estimated(&new, YOUNG, TODAY);
        let savings = amounts(&known, Programme::Jht, Case::WorkEnds);
        assert_eq!(savings, Err(Refused::Condition(Condition::NoWage)));
        assert!(!assumes(&known, Programme::Jht, Assumption::NothingMorePaid));
    }

    #[test]
    fn a_pension_that_stays_too_short_is_what_was_paid_and_what_is_to_come() {
        let all = [Programme::Jht, Programme::Jp, Programme::Jkk, Programme::Jkm];
        let large = record(Work::For(FIRM), FirmSize::Large, (202_401, 202_607), &all);
        // 59 on 1 January 2027: five more months of 3 % of five million, beside 31 of two rupiah.
        let known = estimated(&large, date(1968, 1, 1), TODAY);
        assert_eq!(amounts(&known, Programme::Jp, Case::OldAge), Ok(vec![62, 750_000]));
        assert!(assumes(&known, Programme::Jp, Assumption::EveryMonthPaid));
        assert!(assumes(&known, Programme::Jp, Assumption::NoPensionReturn));
    }

    #[test]
    fn who_dies_with_a_pension_leaves_a_part_of_it() {
        let all = [Programme::Jht, Programme::Jp, Programme::Jkk, Programme::Jkm];
        let large = record(Work::For(FIRM), FirmSize::Large, (201_507, 203_012), &all);
        let known = estimated(&large, date(1970, 3, 14), date(2031, 1, 10));
        // 60 in 2030, and 186 months: 15.5 % of five million.
        assert_eq!(amounts(&known, Programme::Jp, Case::OldAge), Ok(vec![775_000]));
        let left = amounts(&known, Programme::Jp, Case::DiedAfter);
        assert_eq!(left, Ok(vec![387_500, 387_500, 193_750, 155_000]));
        let of_pension = known.programmes.iter().find(|one| one.programme == Programme::Jp);
        assert_eq!(of_pension.unwrap().first_paid, Some(date(2030, 4, 1)));
    }

    #[test]
    fn who_works_alone_and_pays_nothing_for_four_months_has_no_cover_to_estimate() {
        let cover = [Programme::Jkk, Programme::Jkm];
        let work = Work::Own(Trade::Other);
        let behind =
            |last| estimated(&record(work, FirmSize::Micro, (202_501, last), &cover), YOUNG, TODAY);
        let unpaid = Err(Refused::Condition(Condition::Unpaid(4)));
        let known = behind(202_603);
        for (programme, case) in [
            (Programme::Jkk, Case::DeathAtWork),
            (Programme::Jkk, Case::Transport),
            (Programme::Jkm, Case::Death),
            (Programme::Jkm, Case::Children),
        ] {
            assert_eq!(amounts(&known, programme, case), unpaid, "{case:?}");
        }
        assert!(amounts(&behind(202_604), Programme::Jkm, Case::Death).is_ok());
    }
}
