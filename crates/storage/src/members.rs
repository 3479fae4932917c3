//! People, their member numbers, their employers and their work.

use jiff::civil::Date;
use payung_domain::employers::{Employer, Employment, FirmSize, RiskClass, Trade, Work};
use payung_domain::ids::{EmployerId, Kpj, MembershipId, Nik, Npp, PersonId};
use payung_domain::members::{Address, Membership, Person, PersonName, Segment, Sex};
use payung_domain::month::Month;
use payung_domain::time::Instant;
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::value::Value;
use crate::values;
use crate::vault::{Place, Vault};

#[derive(sqlx::FromRow)]
struct PersonRow {
    sealed_nik: Vec<u8>,
    sealed_name: Vec<u8>,
    sealed_birth_date: Vec<u8>,
    sealed_address: Vec<u8>,
    sex: String,
    recorded_at: i64,
}

/// Keeps people, each with the moment since when we hold the record, some hundreds a statement.
pub async fn add_people(
    tx: &mut Tx,
    vault: &Vault,
    people: &[(Person, Instant)],
) -> Result<(), Fault> {
    let rows = people.iter().map(|(person, since)| person_values(vault, person, *since));
    tx.load(
        "keeping people",
        "insert into people (id, nik_index, sealed_nik, sealed_name, sealed_birth_date, \
         sealed_address, sex, recorded_at)",
        rows.collect::<Result<_, _>>()?,
    )
    .await
    .map(drop)
}

fn person_values(vault: &Vault, person: &Person, since: Instant) -> Result<Vec<Value>, Fault> {
    let seal = |column, plain: &[u8]| vault.seal(place(column, &person.id), plain);
    let address =
        serde_json::to_vec(&person.address).map_err(Fault::while_doing("writing an address"))?;
    Ok(values![
        person.id,
        vault.index("nik", person.nik.expose()),
        seal("nik", person.nik.expose().as_bytes())?,
        seal("name", person.name.expose().as_bytes())?,
        seal("birth_date", person.birth_date.to_string().as_bytes())?,
        seal("address", &address)?,
        person.sex.code(),
        since
    ])
}

macro_rules! read_person {
    ($since:literal) => {
        concat!(
            "select sealed_nik, sealed_name, sealed_birth_date, sealed_address, sex, ",
            $since,
            " as recorded_at from people where id = $1"
        )
    };
}

/// The person of this id, and since when we hold the record.
pub async fn person(
    tx: &mut Tx,
    vault: &Vault,
    id: PersonId,
) -> Result<Option<(Person, Instant)>, Fault> {
    person_since(tx, vault, id, read_person!("recorded_at")).await
}

/// The person of this id, and since when the record is as it is.
pub async fn person_as_changed(
    tx: &mut Tx,
    vault: &Vault,
    id: PersonId,
) -> Result<Option<(Person, Instant)>, Fault> {
    let sql = read_person!(
        "case when address_set_at > recorded_at then address_set_at else recorded_at end"
    );
    person_since(tx, vault, id, sql).await
}

async fn person_since(
    tx: &mut Tx,
    vault: &Vault,
    id: PersonId,
    sql: &'static str,
) -> Result<Option<(Person, Instant)>, Fault> {
    let row: Option<PersonRow> = tx.one("reading a person", sql, values![id]).await?;
    row.map(|row| row.person(vault, id)).transpose()
}

/// Everybody whose population number is among those that a chunk of an import has staged.
pub(crate) async fn arriving(tx: &mut Tx, vault: &Vault) -> Result<Vec<Person>, Fault> {
    type Row = (Uuid, Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>, String, i64);
    let rows: Vec<Row> = tx
        .all(
            "looking for known people",
            "select id, sealed_nik, sealed_name, sealed_birth_date, sealed_address, sex, \
             recorded_at from people where nik_index in (select nik_index from arriving_numbers \
             where nik_index is not null)",
            Vec::new(),
        )
        .await?;
    rows.into_iter()
        .map(
            |(id, sealed_nik, sealed_name, sealed_birth_date, sealed_address, sex, recorded_at)| {
                let row = PersonRow {
                    sealed_nik,
                    sealed_name,
                    sealed_birth_date,
                    sealed_address,
                    sex,
                    recorded_at,
                };
                row.person(vault, PersonId(id)).map(|(person, _)| person)
            },
        )
        .collect()
}

/// The person with this population number.
pub async fn by_nik(tx: &mut Tx, vault: &Vault, nik: &Nik) -> Result<Option<Person>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "finding a person",
            "select id from people where nik_index = $1",
            values![vault.index("nik", nik.expose())],
        )
        .await?;
    match row {
        Some((id,)) => Ok(person(tx, vault, PersonId(id)).await?.map(|(person, _)| person)),
        None => Ok(None),
    }
}

/// The name of a person.
pub async fn name(tx: &mut Tx, vault: &Vault, id: PersonId) -> Result<Option<String>, Fault> {
    let row: Option<(Vec<u8>,)> = tx
        .one("reading a name", "select sealed_name from people where id = $1", values![id])
        .await?;
    row.map(|(sealed,)| vault.open_text(place("name", &id), &sealed)).transpose()
}

impl PersonRow {
    fn person(self, vault: &Vault, id: PersonId) -> Result<(Person, Instant), Fault> {
        let nonsense =
            |column| Fault::new("reading a person", format!("people.{column} of {}", id.0));
        let text = |column, sealed: &[u8]| vault.open_text(place(column, &id), sealed);
        let address = vault.open(place("address", &id), &self.sealed_address)?;
        let person = Person {
            id,
            nik: Nik::parse(&text("nik", &self.sealed_nik)?).map_err(|_| nonsense("nik"))?,
            name: PersonName::parse(&text("name", &self.sealed_name)?)
                .map_err(|_| nonsense("name"))?,
            birth_date: text("birth_date", &self.sealed_birth_date)?
                .parse()
                .map_err(|_| nonsense("birth_date"))?,
            sex: Sex::coded(&self.sex).ok_or_else(|| nonsense("sex"))?,
            address: serde_json::from_slice(&address).map_err(|_| nonsense("address"))?,
        };
        Ok((person, Instant::from_micros(self.recorded_at)))
    }
}

/// Where a person lives, since when they told us themselves, and the row's very bytes: what
/// [`set_address`] compares.
pub async fn address(
    tx: &mut Tx,
    vault: &Vault,
    id: PersonId,
) -> Result<Option<(Address, Option<Instant>, Vec<u8>)>, Fault> {
    let row: Option<(Vec<u8>, Option<i64>)> = tx
        .one(
            "reading an address",
            "select sealed_address, address_set_at from people where id = $1",
            values![id],
        )
        .await?;
    let Some((sealed, set_at)) = row else { return Ok(None) };
    let plain = vault.open(place("address", &id), &sealed)?;
    let address =
        serde_json::from_slice(&plain).map_err(Fault::while_doing("reading an address"))?;
    Ok(Some((address, set_at.map(Instant::from_micros), sealed)))
}

/// Keeps another address, if the one that was read is still there. Of two at the same time, one gets
/// `true`.
pub async fn set_address(
    tx: &mut Tx,
    vault: &Vault,
    id: PersonId,
    address: &Address,
    before: &[u8],
    now: Instant,
) -> Result<bool, Fault> {
    let plain = serde_json::to_vec(address).map_err(Fault::while_doing("writing an address"))?;
    let sealed = vault.seal(place("address", &id), &plain)?;
    let changed = tx
        .run(
            "keeping an address",
            "update people set sealed_address = $1, address_set_at = $2 \
             where id = $3 and sealed_address = $4",
            values![sealed, now, id, before],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps member numbers.
pub async fn add_memberships(tx: &mut Tx, memberships: &[Membership]) -> Result<(), Fault> {
    let rows = memberships
        .iter()
        .map(|m| values![m.id, m.person, m.kpj.as_str(), m.segment.code(), m.since, m.ended]);
    tx.load(
        "keeping member numbers",
        "insert into memberships (id, person_id, kpj, segment, since_month, ended_month)",
        rows.collect(),
    )
    .await
    .map(drop)
}

/// Every member number of a person, the oldest first.
pub async fn memberships(tx: &mut Tx, person: PersonId) -> Result<Vec<Membership>, Fault> {
    let rows: Vec<(Uuid, String, String, i64, Option<i64>)> = tx
        .all(
            "reading the member numbers of a person",
            "select id, kpj, segment, since_month, ended_month from memberships \
             where person_id = $1 order by since_month, kpj",
            values![person],
        )
        .await?;
    rows.into_iter()
        .map(|(id, kpj, segment, since, ended)| {
            let nonsense = |column| {
                Fault::new("reading a member number", format!("memberships.{column} of {id}"))
            };
            Ok(Membership {
                id: MembershipId(id),
                person,
                kpj: Kpj::parse(&kpj).map_err(|_| nonsense("kpj"))?,
                segment: Segment::coded(&segment).ok_or_else(|| nonsense("segment"))?,
                since: month(since)?,
                ended: ended.map(month).transpose()?,
            })
        })
        .collect()
}

/// The person with this member number.
pub async fn by_kpj(tx: &mut Tx, vault: &Vault, kpj: &Kpj) -> Result<Option<Person>, Fault> {
    let row: Option<(Uuid,)> = tx
        .one(
            "finding a person by a member number",
            "select person_id from memberships where kpj = $1",
            values![kpj.as_str()],
        )
        .await?;
    match row {
        Some((id,)) => Ok(person(tx, vault, PersonId(id)).await?.map(|(person, _)| person)),
        None => Ok(None),
    }
}

/// Keeps employers.
pub async fn add_employers(tx: &mut Tx, employers: &[Employer]) -> Result<(), Fault> {
    let rows = employers
        .iter()
        .map(|e| values![e.id, e.npp.as_str(), &*e.name, e.risk_class.code(), e.size.code()]);
    tx.load(
        "keeping employers",
        "insert into employers (id, npp, name, risk_class, firm_size)",
        rows.collect(),
    )
    .await
    .map(drop)
}

/// Every employer a person has or had, under any member number.
pub async fn employers(tx: &mut Tx, person: PersonId) -> Result<Vec<Employer>, Fault> {
    let rows: Vec<EmployerRow> = tx
        .all(
            "reading the employers of a person",
            "select distinct e.id, e.npp, e.name, e.risk_class, e.firm_size from employers e \
             join employments w on w.employer_id = e.id \
             join memberships m on m.id = w.membership_id where m.person_id = $1 order by e.name",
            values![person],
        )
        .await?;
    rows.into_iter().map(employer).collect()
}

/// The employer with this number.
pub async fn employer_numbered(tx: &mut Tx, npp: &Npp) -> Result<Option<Employer>, Fault> {
    let row: Option<EmployerRow> = tx
        .one(
            "finding an employer by its number",
            "select id, npp, name, risk_class, firm_size from employers where npp = $1",
            values![npp.as_str()],
        )
        .await?;
    row.map(employer).transpose()
}

/// The employer of this id.
pub async fn employer_of(tx: &mut Tx, id: EmployerId) -> Result<Option<Employer>, Fault> {
    let row: Option<EmployerRow> = tx
        .one(
            "reading an employer",
            "select id, npp, name, risk_class, firm_size from employers where id = $1",
            values![id],
        )
        .await?;
    row.map(employer).transpose()
}

/// Id, number, name, class and size, as they are kept.
pub(crate) type EmployerRow = (Uuid, String, String, String, String);

/// Reads an employer as it is kept.
pub(crate) fn employer((id, npp, name, class, size): EmployerRow) -> Result<Employer, Fault> {
    let nonsense =
        |column| Fault::new("reading an employer", format!("employers.{column} of {id}"));
    Ok(Employer {
        id: EmployerId(id),
        npp: Npp::parse(&npp).map_err(|_| nonsense("npp"))?,
        name,
        risk_class: RiskClass::coded(&class).ok_or_else(|| nonsense("risk_class"))?,
        size: FirmSize::coded(&size).ok_or_else(|| nonsense("firm_size"))?,
    })
}

/// Keeps stretches of work.
pub async fn add_employments(tx: &mut Tx, employments: &[Employment]) -> Result<(), Fault> {
    let placed = (0_i64..).zip(employments);
    let placed: Vec<Placed> =
        placed.map(|(ordinal, employment)| Placed { employment: *employment, ordinal }).collect();
    add_placed(tx, &placed).await
}

/// A stretch of work, and its place among those of the same member number and first month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The work.
    pub employment: Employment,
    /// Its place.
    pub ordinal: i64,
}

/// Keeps stretches of work, each at its place.
pub async fn add_placed(tx: &mut Tx, placed: &[Placed]) -> Result<(), Fault> {
    let rows = placed.iter().map(|Placed { employment: work, ordinal }| {
        let trade = match work.work {
            Work::For(_) => None,
            Work::Own(trade) => Some(trade.code()),
        };
        values![work.membership, work.from, *ordinal, work.employer(), work.until, trade]
    });
    tx.load(
        "keeping stretches of work",
        "insert into employments (membership_id, from_month, ordinal, employer_id, until_month, \
         trade)",
        rows.collect(),
    )
    .await
    .map(drop)
}

/// Every stretch of work of a person, the first one first.
pub async fn employments(tx: &mut Tx, person: PersonId) -> Result<Vec<Employment>, Fault> {
    let rows: Vec<EmploymentRow> = tx
        .all(
            "reading the work of a person",
            "select w.membership_id, w.from_month, w.employer_id, w.until_month, w.trade \
             from employments w join memberships m on m.id = w.membership_id \
             where m.person_id = $1 order by w.from_month, w.ordinal",
            values![person],
        )
        .await?;
    rows.into_iter().map(EmploymentRow::employment).collect()
}

#[derive(sqlx::FromRow)]
pub(crate) struct EmploymentRow {
    pub(crate) membership_id: Uuid,
    pub(crate) from_month: i64,
    pub(crate) employer_id: Option<Uuid>,
    pub(crate) until_month: Option<i64>,
    pub(crate) trade: Option<String>,
}

impl EmploymentRow {
    pub(crate) fn employment(self) -> Result<Employment, Fault> {
        let work = match (self.employer_id, self.trade.as_deref().and_then(Trade::coded)) {
            (Some(employer), _) => Work::For(EmployerId(employer)),
            (None, Some(trade)) => Work::Own(trade),
            (None, None) => {
                let what = format!("employments.trade of {} is unknown", self.membership_id);
                return Err(Fault::new("reading the work of a person", what));
            }
        };
        Ok(Employment {
            membership: MembershipId(self.membership_id),
            work,
            from: month(self.from_month)?,
            until: self.until_month.map(month).transpose()?,
        })
    }
}

/// Reads a month as it is kept.
pub(crate) fn month(number: i64) -> Result<Month, Fault> {
    Month::try_from(number).map_err(Fault::while_doing("reading a month"))
}

/// Reads a date as it is kept: 20260717.
pub(crate) fn date(number: i64) -> Result<Date, Fault> {
    let part = |n: i64| i8::try_from(n % 100).unwrap_or(0);
    let year = i16::try_from(number / 10_000).unwrap_or(0);
    Date::new(year, part(number / 100), part(number)).map_err(Fault::while_doing("reading a date"))
}

/// Where a value of a person belongs.
pub(crate) fn place<'a>(column: &'static str, id: &'a PersonId) -> Place<'a> {
    Place("people", column, id.0.as_bytes())
}
