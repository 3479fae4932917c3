//! Everything that moved, read from two tables as one list: the savings ledger, and what other
//! programmes received. What the savings received is a line of the ledger already.

use payung_domain::ids::{Kpj, MembershipId, PersonId};
use payung_domain::ledger::PostingKind;
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
use payung_domain::transactions::{Moved, Spot};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::{date, month};
use crate::values;

/// Which rows are wanted.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Only what moved like this.
    pub kind: Option<PostingKind>,
    /// Only in this year.
    pub year: Option<i16>,
    /// Only under this member number.
    pub kpj: Option<&'a Kpj>,
    /// Only rows after this one, which stand before it in time.
    pub before: Option<&'a Spot>,
}

/// The rows of the person `$1`. A line of the ledger does not say who paid: the contribution of that
/// day, month and amount does.
macro_rules! moved {
    ($rest:literal) => {
        concat!(
            "select membership_id, kpj, day, programme, number, payer, paid_by, kind, month, \
             amount, balance from (\
             select m.id as membership_id, m.kpj as kpj, p.booked_on as day, 'JHT' as programme, \
             p.sequence as number, m.id as payer, \
             (select c.payer from contributions c where c.membership_id = p.membership_id \
             and c.month = p.month and c.programme = 'JHT' and p.kind = 'contribution' \
             and c.received_on = p.booked_on and c.employer_part + c.worker_part = p.amount \
             order by c.payer limit 1) as paid_by, \
             p.kind as kind, p.month as month, p.amount as amount, p.balance as balance \
             from postings p join memberships m on m.id = p.membership_id where m.person_id = $1 \
             union all \
             select m.id, m.kpj, c.received_on, c.programme, c.month, c.payer, c.payer, \
             'contribution', c.month, c.employer_part + c.worker_part, null \
             from contributions c join memberships m on m.id = c.membership_id \
             where m.person_id = $1 and c.programme <> 'JHT') as moved ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct MovedRow {
    membership_id: Uuid,
    kpj: String,
    day: i64,
    programme: String,
    number: i64,
    payer: Uuid,
    paid_by: Option<Uuid>,
    kind: String,
    month: i64,
    amount: i64,
    balance: Option<i64>,
}

/// At most so many rows, newest first.
pub async fn list(
    tx: &mut Tx,
    person: PersonId,
    wanted: &Wanted<'_>,
    most: u32,
) -> Result<Vec<Moved>, Fault> {
    // Beyond the last day there is, a list begins at its newest.
    let (day, kpj, programme, number, payer) = match wanted.before {
        Some(spot) => {
            let Spot { day, kpj, programme, number, payer } = spot;
            (on(*day), kpj.as_str(), programme.code(), *number, *payer)
        }
        None => (i64::MAX, "", "", 0, Uuid::nil()),
    };
    let (from, until) = match wanted.year {
        Some(year) => (i64::from(year) * 10_000, (i64::from(year) + 1) * 10_000),
        None => (i64::MIN, i64::MAX),
    };
    let kind = wanted.kind.map_or("", PostingKind::code);
    let under = wanted.kpj.map_or("", Kpj::as_str);
    let rows: Vec<MovedRow> = tx
        .all(
            "reading what moved",
            moved!(
                "where (day, kpj, programme, number, payer) < ($2, $3, $4, $5, $6) \
                 and day >= $7 and day < $8 and ($9 = '' or kind = $9) and ($10 = '' or kpj = $10) \
                 order by day desc, kpj desc, programme desc, number desc, payer desc limit $11"
            ),
            values![person, day, kpj, programme, number, payer, from, until, kind, under, most],
        )
        .await?;
    rows.into_iter().map(MovedRow::moved).collect()
}

/// The row that stands here, if it is one of this person.
pub async fn get(tx: &mut Tx, person: PersonId, spot: &Spot) -> Result<Option<Moved>, Fault> {
    let row: Option<MovedRow> = tx
        .one(
            "reading one thing that moved",
            moved!("where day = $2 and kpj = $3 and programme = $4 and number = $5 and payer = $6"),
            values![
                person,
                spot.day,
                spot.kpj.as_str(),
                spot.programme.code(),
                spot.number,
                spot.payer
            ],
        )
        .await?;
    row.map(MovedRow::moved).transpose()
}

/// The years in which anything moved, the latest first.
pub async fn years(tx: &mut Tx, person: PersonId) -> Result<Vec<i16>, Fault> {
    let doing = "reading in which years something moved";
    let rows: Vec<(i64,)> = tx
        .all(
            doing,
            "select p.booked_on / 10000 as year from postings p \
             join memberships m on m.id = p.membership_id where m.person_id = $1 \
             union select c.received_on / 10000 from contributions c \
             join memberships m on m.id = c.membership_id where m.person_id = $1 \
             order by year desc",
            values![person],
        )
        .await?;
    rows.into_iter()
        .map(|(year,)| i16::try_from(year))
        .collect::<Result<_, _>>()
        .map_err(Fault::while_doing(doing))
}

/// A day as it is kept.
fn on(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

impl MovedRow {
    fn moved(self) -> Result<Moved, Fault> {
        let nonsense = |column| Fault::new("reading what moved", format!("{column} is unknown"));
        let spot = Spot {
            day: date(self.day)?,
            kpj: Kpj::parse(&self.kpj).map_err(|_| nonsense("memberships.kpj"))?,
            programme: Programme::coded(&self.programme)
                .ok_or_else(|| nonsense("contributions.programme"))?,
            number: self.number,
            payer: self.payer,
        };
        Ok(Moved {
            spot,
            membership: MembershipId(self.membership_id),
            kind: PostingKind::coded(&self.kind).ok_or_else(|| nonsense("postings.kind"))?,
            month: month(self.month)?,
            amount: Rupiah::new(self.amount),
            balance: self.balance.map(Rupiah::new),
            paid_by: self.paid_by,
        })
    }
}
