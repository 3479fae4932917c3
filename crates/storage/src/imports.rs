//! Files that were read in, and the rows of them: how far each has come, what was refused, and what
//! of a chunk of rows is new, known or unknown. Each chunk is staged beside the tables and told
//! apart there, all of its rows at once.

use std::collections::{HashMap, HashSet};

use payung_domain::employers::Employer;
use payung_domain::ids::{Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::imports::contribution::{Amounts, Received};
use payung_domain::imports::{Kind, Reason, Refusal, Tally};
use payung_domain::keyed::Tag;
use payung_domain::ledger::LedgerProblem;
use payung_domain::members::{Membership, Person, Segment};
use payung_domain::money::Rupiah;
use payung_domain::month::Month;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::{Stage, Tx};
use crate::fault::Fault;
use crate::members::{self, EmployerRow, EmploymentRow, Placed, date, month};
use crate::value::Value;
use crate::values;
use crate::vault::Vault;

/// A file that is or was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: Uuid,
    /// What it tells of.
    pub kind: Kind,
    /// SHA-256 of the file; none when it cannot be read twice.
    pub digest: Option<Tag>,
    /// When it began. Rows are judged by that day, however long it takes.
    pub begun_at: Instant,
    /// When everything of it was in.
    pub ended_at: Option<Instant>,
    /// The last line whose row is kept or refused.
    pub mark: u32,
    /// What the rows until there came to.
    pub tally: Tally,
}

type RunRow = (Uuid, i64, Option<i64>, i64, i64, i64, i64);

/// Takes the turn of imports: until this transaction ends, no other one writes.
pub async fn take_turn(tx: &mut Tx) -> Result<(), Fault> {
    tx.lock_imports().await
}

/// The import of a file of this digest, if there was one.
pub async fn of_file(tx: &mut Tx, kind: Kind, digest: Tag) -> Result<Option<Run>, Fault> {
    let row: Option<RunRow> = tx
        .one(
            "finding an import",
            "select id, begun_at, ended_at, mark, added, already, refused from imports \
             where kind = $1 and digest = $2",
            values![kind.code(), digest],
        )
        .await?;
    row.map(|(id, begun_at, ended_at, mark, added, already, refused)| {
        Ok(Run {
            id,
            kind,
            digest: Some(digest),
            begun_at: Instant::from_micros(begun_at),
            ended_at: ended_at.map(Instant::from_micros),
            mark: line(mark)?,
            tally: Tally {
                added: count(added)?,
                already: count(already)?,
                refused: count(refused)?,
            },
        })
    })
    .transpose()
}

/// Notes that an import begins. `false` when one of the same file is noted already.
pub async fn begin(tx: &mut Tx, run: &Run) -> Result<bool, Fault> {
    let noted = tx
        .run(
            "noting an import",
            "insert into imports (id, kind, digest, begun_at, mark, added, already, refused) \
             values ($1, $2, $3, $4, $5, 0, 0, 0) on conflict (kind, digest) do nothing",
            values![run.id, run.kind.code(), run.digest, run.begun_at, run.mark],
        )
        .await?;
    Ok(noted == 1)
}

/// Moves the mark of an import, with what the rows came to. `false` when somebody else has moved it,
/// and so is reading the same file.
pub async fn advance(tx: &mut Tx, run: &Run, mark: u32, more: Tally) -> Result<bool, Fault> {
    let moved = tx
        .run(
            "moving the mark of an import",
            "update imports set mark = $1, added = added + $2, already = already + $3, \
             refused = refused + $4 where id = $5 and mark = $6 and ended_at is null",
            values![
                mark,
                stored(more.added)?,
                stored(more.already)?,
                stored(more.refused)?,
                run.id,
                run.mark
            ],
        )
        .await?;
    Ok(moved == 1)
}

/// Notes that everything of an import is in.
pub async fn finish(tx: &mut Tx, id: Uuid, now: Instant) -> Result<(), Fault> {
    tx.run(
        "ending an import",
        "update imports set ended_at = $1 where id = $2 and ended_at is null",
        values![now, id],
    )
    .await
    .map(drop)
}

/// Keeps what was refused.
pub async fn refuse(tx: &mut Tx, id: Uuid, refusals: &[Refusal]) -> Result<(), Fault> {
    let rows = refusals.iter().map(|refusal| {
        let Refusal { line, column, reason } = refusal;
        values![id, *line, column.as_str(), reason.code(), reason.found()]
    });
    tx.insert_many(
        "keeping what was refused",
        "insert into import_refusals (import_id, line, named_column, reason, found)",
        rows.collect(),
        "",
    )
    .await
    .map(drop)
}

/// What was refused of an import after a line, in the order of the file, so many at most.
pub async fn refusals(tx: &mut Tx, id: Uuid, after: u32, most: u32) -> Result<Vec<Refusal>, Fault> {
    let rows: Vec<(i64, String, String, Option<i64>)> = tx
        .all(
            "reading what was refused",
            "select line, named_column, reason, found from import_refusals \
             where import_id = $1 and line > $2 order by line limit $3",
            values![id, after, most],
        )
        .await?;
    rows.into_iter()
        .map(|(at, column, reason, found)| {
            let found = found.map(line).transpose()?;
            let reason = Reason::coded(&reason, found).ok_or_else(|| {
                Fault::new("reading what was refused", "import_refusals.reason is unknown")
            })?;
            Ok(Refusal { line: line(at)?, column, reason })
        })
        .collect()
}

/// A chunk of contributions whose numbers are on record.
const ARRIVING: Stage = Stage {
    table: "arriving_contributions",
    insert: "insert into arriving_contributions",
    columns: "    line bigint not null,\n    membership_id uuid not null,\n    \
              month bigint not null,\n    programme text not null,\n    payer uuid not null,\n    \
              employer_id uuid,\n    wage bigint not null,\n    base bigint not null,\n    \
              employer_part bigint not null,\n    worker_part bigint not null,\n    \
              due_on bigint not null,\n    received_on bigint not null",
};

/// What stands in the way of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody on record has the member number.
    UnknownKpj,
    /// No employer on record has the number.
    UnknownNpp,
    /// The contribution is on record, and says this.
    OnRecord(Amounts),
}

/// Keeps the contributions that are new, each also among those to be posted where it is savings.
/// Answers what stands in the way of the others, by line.
pub async fn keep_contributions(
    tx: &mut Tx,
    rows: &[Received],
) -> Result<HashMap<u32, Standing>, Fault> {
    if rows.is_empty() {
        return Ok(HashMap::new());
    }
    let on_record = OnRecord::of(tx, rows).await?;
    let (mut staged, mut standing) = (Vec::with_capacity(rows.len()), HashMap::new());
    for row in rows {
        match on_record.place(row) {
            Ok(values) => staged.push(values),
            Err(unknown) => {
                standing.insert(row.line, unknown);
            }
        }
    }
    let arriving = staged.len() as u64;
    tx.stage("staging contributions", &ARRIVING, staged).await?;
    // Nearly always all of a chunk is new, and nothing has to be told apart.
    tx.run("marking the beginning of a chunk", "savepoint chunk", Vec::new()).await?;
    if queue_and_keep(tx).await? < arriving {
        tx.run("going back to it", "rollback to savepoint chunk", Vec::new()).await?;
        standing.extend(told_apart(tx).await?);
        // A row that says what stood there until it was put right is known, and must not come again.
        standing.extend(put_right(tx).await?);
        queue_and_keep(tx).await?;
    }
    tx.run("forgetting the mark", "release savepoint chunk", Vec::new()).await?;
    Ok(standing)
}

/// What is on record of a chunk's numbers.
struct OnRecord {
    memberships: HashMap<String, Uuid>,
    employers: HashMap<String, Uuid>,
}

impl OnRecord {
    async fn of(tx: &mut Tx, rows: &[Received]) -> Result<Self, Fault> {
        let kpjs: HashSet<&str> = rows.iter().map(|row| row.kpj.as_str()).collect();
        let npps: HashSet<&str> =
            rows.iter().filter_map(|row| row.npp.as_ref().map(Npp::as_str)).collect();
        let kpjs = kpjs.into_iter().map(|kpj| values![None::<Vec<u8>>, kpj, None::<&str>]);
        let npps = npps.into_iter().map(|npp| values![None::<Vec<u8>>, None::<&str>, npp]);
        tx.stage("staging numbers", &NUMBERS, kpjs.chain(npps).collect()).await?;
        let memberships: Vec<(String, Uuid)> = tx
            .all(
                "looking for member numbers",
                "select m.kpj, m.id from arriving_numbers a join memberships m on m.kpj = a.kpj",
                Vec::new(),
            )
            .await?;
        let employers: Vec<(String, Uuid)> = tx
            .all(
                "looking for employers' numbers",
                "select e.npp, e.id from arriving_numbers a join employers e on e.npp = a.npp",
                Vec::new(),
            )
            .await?;
        Ok(Self {
            memberships: memberships.into_iter().collect(),
            employers: employers.into_iter().collect(),
        })
    }

    /// The row as it is staged, or which of its numbers nobody has.
    fn place(&self, row: &Received) -> Result<Vec<Value>, Standing> {
        let membership = *self.memberships.get(row.kpj.as_str()).ok_or(Standing::UnknownKpj)?;
        let employer = match &row.npp {
            Some(npp) => Some(*self.employers.get(npp.as_str()).ok_or(Standing::UnknownNpp)?),
            None => None,
        };
        Ok(values![
            row.line,
            membership,
            row.month,
            row.programme.code(),
            employer.unwrap_or(membership),
            employer,
            row.wage,
            row.base,
            row.employer_part,
            row.worker_part,
            row.due_on,
            row.received_on
        ])
    }
}

/// Keeps what is new of the staged rows. Answers how many were.
async fn queue_and_keep(tx: &mut Tx) -> Result<u64, Fault> {
    tx.run("queueing savings for the ledger", QUEUE, Vec::new()).await?;
    tx.run("keeping contributions", KEEP, Vec::new()).await
}

const QUEUE: &str = "insert into unposted_contributions (membership_id, month, payer) \
     select a.membership_id, a.month, a.payer from arriving_contributions a \
     where a.programme = 'JHT' and not exists ( \
        select 1 from contributions c where c.membership_id = a.membership_id \
        and c.month = a.month and c.programme = a.programme and c.payer = a.payer) \
     and not exists (select 1 from earlier_contributions h \
        where h.membership_id = a.membership_id and h.month = a.month \
        and h.programme = a.programme and h.payer = a.payer \
        and h.wage = a.wage and h.base = a.base and h.employer_part = a.employer_part \
        and h.worker_part = a.worker_part and h.received_on = a.received_on) \
     on conflict (membership_id, month, payer) do nothing";

const KEEP: &str = "insert into contributions (membership_id, month, programme, payer, employer_id, \
     wage, base, employer_part, worker_part, due_on, received_on) \
     select a.membership_id, a.month, a.programme, a.payer, a.employer_id, a.wage, a.base, \
     a.employer_part, a.worker_part, a.due_on, a.received_on from arriving_contributions a \
     where not exists (select 1 from earlier_contributions h \
        where h.membership_id = a.membership_id and h.month = a.month \
        and h.programme = a.programme and h.payer = a.payer \
        and h.wage = a.wage and h.base = a.base and h.employer_part = a.employer_part \
        and h.worker_part = a.worker_part and h.received_on = a.received_on) \
     on conflict (membership_id, month, programme, payer) do nothing";

/// Those of the staged rows that are on record, all of them looked up at once.
async fn told_apart(tx: &mut Tx) -> Result<Vec<(u32, Standing)>, Fault> {
    let rows: Vec<AmountsRow> = tx
        .all(
            "telling contributions apart",
            "select a.line, c.wage, c.base, c.employer_part, c.worker_part, c.received_on \
             from arriving_contributions a join contributions c \
             on c.membership_id = a.membership_id and c.month = a.month \
             and c.programme = a.programme and c.payer = a.payer",
            Vec::new(),
        )
        .await?;
    rows.into_iter().map(on_record_as).collect()
}

async fn put_right(tx: &mut Tx) -> Result<Vec<(u32, Standing)>, Fault> {
    let rows: Vec<AmountsRow> = tx
        .all(
            "looking for contributions that were put right",
            "select a.line, h.wage, h.base, h.employer_part, h.worker_part, h.received_on \
             from arriving_contributions a join earlier_contributions h \
             on h.membership_id = a.membership_id and h.month = a.month \
             and h.programme = a.programme and h.payer = a.payer \
             and h.wage = a.wage and h.base = a.base and h.employer_part = a.employer_part \
             and h.worker_part = a.worker_part and h.received_on = a.received_on",
            Vec::new(),
        )
        .await?;
    rows.into_iter().map(on_record_as).collect()
}

/// The line, the wage, the base, both shares and the day.
type AmountsRow = (i64, i64, i64, i64, i64, i64);

fn on_record_as(row: AmountsRow) -> Result<(u32, Standing), Fault> {
    let (at, wage, base, employer_part, worker_part, received_on) = row;
    let amounts = Amounts {
        wage: Rupiah::new(wage),
        base: Rupiah::new(base),
        employer_part: Rupiah::new(employer_part),
        worker_part: Rupiah::new(worker_part),
        received_on: date(received_on)?,
    };
    Ok((line(at)?, Standing::OnRecord(amounts)))
}

/// Savings that wait to be posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Under which member number.
    pub membership: MembershipId,
    /// The month they are for.
    pub month: Month,
    /// The day they came.
    pub received_on: jiff::civil::Date,
    /// Both shares together.
    pub amount: Rupiah,
}

/// The savings that wait to be posted under the first so many member numbers, in the order in which
/// they are posted, which is the same whatever order they came in.
pub async fn waiting(tx: &mut Tx, most: u32) -> Result<Vec<Waiting>, Fault> {
    let rows: Vec<(Uuid, i64, i64, i64, i64)> = tx
        .all(
            "reading savings that wait for the ledger",
            "select u.membership_id, c.month, c.received_on, c.employer_part, c.worker_part \
             from unposted_contributions u join contributions c \
             on c.membership_id = u.membership_id and c.month = u.month \
             and c.programme = 'JHT' and c.payer = u.payer \
             left join employers e on e.id = c.employer_id \
             where u.membership_id in (select distinct membership_id from unposted_contributions \
             order by membership_id limit $1) \
             order by u.membership_id, c.received_on, c.month, coalesce(e.npp, '')",
            values![most],
        )
        .await?;
    rows.into_iter()
        .map(|(membership, of, received_on, employer_part, worker_part)| {
            let of = month(of)?;
            let amount = Rupiah::new(employer_part).checked_add(Rupiah::new(worker_part));
            let too_large = || LedgerProblem::ContributionTooLarge { month: of };
            Ok(Waiting {
                membership: MembershipId(membership),
                month: of,
                received_on: date(received_on)?,
                amount: amount
                    .ok_or_else(too_large)
                    .map_err(Fault::while_doing("adding up a contribution"))?,
            })
        })
        .collect()
}

/// Whether savings of this membership and month from this payer still wait to be posted.
pub async fn is_waiting(
    tx: &mut Tx,
    membership: MembershipId,
    of: Month,
    payer: Uuid,
) -> Result<bool, Fault> {
    let row: Option<(i64,)> = tx
        .one(
            "asking whether savings wait for the ledger",
            "select month from unposted_contributions \
             where membership_id = $1 and month = $2 and payer = $3",
            values![membership, of, payer],
        )
        .await?;
    Ok(row.is_some())
}

/// Takes what waits under the first so many member numbers out: it is in the ledger.
pub async fn posted(tx: &mut Tx, most: u32) -> Result<u64, Fault> {
    tx.run(
        "taking posted savings out",
        "delete from unposted_contributions where membership_id in ( \
         select distinct membership_id from unposted_contributions \
         order by membership_id limit $1)",
        values![most],
    )
    .await
}

/// Numbers of a chunk of members and employers.
const NUMBERS: Stage = Stage {
    table: "arriving_numbers",
    insert: "insert into arriving_numbers",
    columns: "    nik_index bytea,\n    kpj text,\n    npp text",
};

/// What is on record of a chunk's numbers.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// People by their population number.
    pub people: HashMap<Nik, Person>,
    /// Member numbers.
    pub memberships: HashMap<Kpj, Membership>,
    /// Employers.
    pub employers: HashMap<Npp, Employer>,
    /// Work under those member numbers.
    pub work: HashMap<MembershipId, Vec<Placed>>,
}

/// Reads what is on record of these numbers.
pub async fn known(
    tx: &mut Tx,
    vault: &Vault,
    niks: &[&Nik],
    kpjs: &[&Kpj],
    npps: &[&Npp],
) -> Result<Known, Fault> {
    let most = niks.len().max(kpjs.len()).max(npps.len());
    let staged = (0..most).map(|at| {
        let index = niks.get(at).map(|nik| vault.index("nik", nik.expose()).to_vec());
        values![index, kpjs.get(at).map(|kpj| kpj.as_str()), npps.get(at).map(|npp| npp.as_str())]
    });
    tx.stage("staging numbers", &NUMBERS, staged.collect()).await?;
    Ok(Known {
        people: known_people(tx, vault).await?,
        memberships: known_memberships(tx).await?,
        employers: known_employers(tx).await?,
        work: known_work(tx).await?,
    })
}

async fn known_people(tx: &mut Tx, vault: &Vault) -> Result<HashMap<Nik, Person>, Fault> {
    let people = members::arriving(tx, vault).await?;
    Ok(people.into_iter().map(|person| (person.nik.clone(), person)).collect())
}

async fn known_memberships(tx: &mut Tx) -> Result<HashMap<Kpj, Membership>, Fault> {
    let rows: Vec<(Uuid, Uuid, String, String, i64, Option<i64>)> = tx
        .all(
            "looking for known member numbers",
            "select distinct m.id, m.person_id, m.kpj, m.segment, m.since_month, m.ended_month \
             from memberships m join arriving_numbers a on a.kpj = m.kpj",
            Vec::new(),
        )
        .await?;
    rows.into_iter()
        .map(|(id, person, kpj, segment, since, ended)| {
            let nonsense = |column| {
                Fault::new("reading a member number", format!("memberships.{column} of {id}"))
            };
            let kpj = Kpj::parse(&kpj).map_err(|_| nonsense("kpj"))?;
            let membership = Membership {
                id: MembershipId(id),
                person: PersonId(person),
                kpj: kpj.clone(),
                segment: Segment::coded(&segment).ok_or_else(|| nonsense("segment"))?,
                since: month(since)?,
                ended: ended.map(month).transpose()?,
            };
            Ok((kpj, membership))
        })
        .collect()
}

async fn known_employers(tx: &mut Tx) -> Result<HashMap<Npp, Employer>, Fault> {
    let rows: Vec<EmployerRow> = tx
        .all(
            "looking for known employers",
            "select distinct e.id, e.npp, e.name, e.risk_class, e.firm_size from employers e \
             join arriving_numbers a on a.npp = e.npp",
            Vec::new(),
        )
        .await?;
    rows.into_iter()
        .map(|row| members::employer(row).map(|employer| (employer.npp.clone(), employer)))
        .collect()
}

type WorkRow = (Uuid, i64, i64, Option<Uuid>, Option<i64>, Option<String>);

async fn known_work(tx: &mut Tx) -> Result<HashMap<MembershipId, Vec<Placed>>, Fault> {
    let rows: Vec<WorkRow> = tx
        .all(
            "looking for known work",
            "select w.membership_id, w.from_month, w.ordinal, w.employer_id, w.until_month, \
             w.trade from employments w join memberships m on m.id = w.membership_id \
             where m.kpj in (select kpj from arriving_numbers)",
            Vec::new(),
        )
        .await?;
    let mut work: HashMap<MembershipId, Vec<Placed>> = HashMap::new();
    for (membership_id, from_month, ordinal, employer_id, until_month, trade) in rows {
        let row = EmploymentRow { membership_id, from_month, employer_id, until_month, trade };
        let employment = row.employment()?;
        work.entry(employment.membership).or_default().push(Placed { employment, ordinal });
    }
    Ok(work)
}

/// Reads a line as it is kept.
fn line(number: i64) -> Result<u32, Fault> {
    u32::try_from(number).map_err(Fault::while_doing("reading the line of an import"))
}

fn count(number: i64) -> Result<u64, Fault> {
    u64::try_from(number).map_err(Fault::while_doing("reading the counts of an import"))
}

fn stored(count: u64) -> Result<i64, Fault> {
    i64::try_from(count).map_err(Fault::while_doing("counting rows of an import"))
}
