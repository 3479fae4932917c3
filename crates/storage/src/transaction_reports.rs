//! Rows that members do not recognise, as they stood when their members said so.

use payung_domain::ids::{AccountId, Kpj, MembershipId};
use payung_domain::ledger::PostingKind;
use payung_domain::money::Rupiah;
use payung_domain::programmes::Programme;
use payung_domain::recoveries::Officer;
use payung_domain::time::Instant;
use payung_domain::transactions::{Moved, Outcome, Report, ReportReference, Spot};
use uuid::Uuid;

use crate::engine::Tx;
use crate::fault::Fault;
use crate::members::{date, month};
pub use crate::recoveries::Act;
use crate::values;
use crate::vault::{Place, Vault};

macro_rules! read {
    ($which:literal) => {
        concat!(
            "select r.account_id, r.id, r.reference, r.membership_id, m.kpj, r.programme, \
             r.number, r.payer, r.paid_by, r.kind, r.month, r.moved_on, r.amount, r.balance, \
             r.device, r.reported_at, r.closed_at, r.outcome \
             from transaction_reports r join memberships m on m.id = r.membership_id ",
            $which
        )
    };
}

#[derive(sqlx::FromRow)]
struct ReportRow {
    account_id: Uuid,
    id: Uuid,
    reference: String,
    membership_id: Uuid,
    kpj: String,
    programme: String,
    number: i64,
    payer: Uuid,
    paid_by: Option<Uuid>,
    kind: String,
    month: i64,
    moved_on: i64,
    amount: i64,
    balance: Option<i64>,
    device: String,
    reported_at: i64,
    closed_at: Option<i64>,
    outcome: Option<String>,
}

/// Keeps a report. `false` when the row has an open one, or another report has its reference.
pub async fn add(tx: &mut Tx, report: &Report) -> Result<bool, Fault> {
    let row = &report.row;
    let changed = tx
        .run(
            "keeping a report of a transaction",
            "insert into transaction_reports (account_id, id, reference, membership_id, \
             programme, number, payer, paid_by, kind, month, moved_on, amount, balance, device, \
             reported_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, \
             $15) on conflict do nothing",
            values![
                report.account,
                report.id,
                report.reference.as_str(),
                row.membership,
                row.spot.programme.code(),
                row.spot.number,
                row.spot.payer,
                row.paid_by,
                row.kind.code(),
                row.month,
                row.spot.day,
                row.amount,
                row.balance,
                &*report.device,
                report.reported_at
            ],
        )
        .await?;
    Ok(changed == 1)
}

/// Every report of an account, the latest first.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Report>, Fault> {
    let rows: Vec<ReportRow> = tx
        .all(
            "reading the reports of an account",
            read!("where r.account_id = $1 order by r.reported_at desc, r.id desc"),
            values![account],
        )
        .await?;
    rows.into_iter().map(ReportRow::report).collect()
}

/// Reports of everybody, the latest first, at most so many.
pub async fn list(tx: &mut Tx, only_open: bool, most: u32) -> Result<Vec<Report>, Fault> {
    let doing = "listing reports of transactions";
    let sql = if only_open {
        read!("where r.closed_at is null order by r.reported_at desc, r.id desc limit $1")
    } else {
        read!("order by r.reported_at desc, r.id desc limit $1")
    };
    let rows: Vec<ReportRow> = tx.all(doing, sql, values![most]).await?;
    rows.into_iter().map(ReportRow::report).collect()
}

/// The report with this reference.
pub async fn referred(tx: &mut Tx, reference: &ReportReference) -> Result<Option<Report>, Fault> {
    let row: Option<ReportRow> = tx
        .one(
            "finding a report of a transaction",
            read!("where r.reference = $1"),
            values![reference.as_str()],
        )
        .await?;
    row.map(ReportRow::report).transpose()
}

/// Closes a report. Of any number at the same time, one gets `true`.
pub async fn close(
    tx: &mut Tx,
    reference: &ReportReference,
    outcome: Outcome,
    now: Instant,
) -> Result<bool, Fault> {
    let changed = tx
        .run(
            "closing a report of a transaction",
            "update transaction_reports set closed_at = $1, outcome = $2 \
             where reference = $3 and closed_at is null",
            values![now, outcome.name(), reference.as_str()],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps what an officer did about a report.
pub async fn add_act(tx: &mut Tx, vault: &Vault, report: &Report, act: &Act) -> Result<(), Fault> {
    let sealed = vault.seal(place(&act.id), act.reason.as_bytes())?;
    tx.run(
        "keeping what an officer did about a report",
        "insert into transaction_report_acts (account_id, report_id, happened_at, id, officer, \
         act, sealed_reason) values ($1, $2, $3, $4, $5, $6, $7)",
        values![
            report.account,
            report.id,
            act.at,
            act.id,
            act.officer.as_str(),
            &*act.what,
            sealed
        ],
    )
    .await
    .map(drop)
}

/// What officers did about a report, the first first.
pub async fn acts(tx: &mut Tx, vault: &Vault, report: &Report) -> Result<Vec<Act>, Fault> {
    let doing = "reading what officers did about a report";
    let rows: Vec<(Uuid, i64, String, String, Vec<u8>)> = tx
        .all(
            doing,
            "select id, happened_at, officer, act, sealed_reason from transaction_report_acts \
             where account_id = $1 and report_id = $2 order by happened_at, id",
            values![report.account, report.id],
        )
        .await?;
    rows.into_iter()
        .map(|(id, at, officer, what, sealed)| {
            let officer = Officer::parse(&officer).ok_or_else(|| {
                Fault::new(doing, format!("transaction_report_acts.officer {id}"))
            })?;
            let reason = vault.open_text(place(&id), &sealed)?;
            Ok(Act { id, at: Instant::from_micros(at), officer, what, reason })
        })
        .collect()
}

impl ReportRow {
    fn report(self) -> Result<Report, Fault> {
        let id = self.id;
        let nonsense = |column| {
            let what = format!("transaction_reports.{column} of {id}");
            Fault::new("reading a report of a transaction", what)
        };
        let outcome = self.outcome.as_deref().and_then(Outcome::named);
        let closed = match (self.closed_at, outcome) {
            (None, _) => None,
            (Some(at), Some(outcome)) => Some((Instant::from_micros(at), outcome)),
            (Some(_), None) => return Err(nonsense("outcome")),
        };
        let spot = Spot {
            day: date(self.moved_on)?,
            kpj: Kpj::parse(&self.kpj).map_err(|_| nonsense("membership_id"))?,
            programme: Programme::coded(&self.programme).ok_or_else(|| nonsense("programme"))?,
            number: self.number,
            payer: self.payer,
        };
        let row = Moved {
            spot,
            membership: MembershipId(self.membership_id),
            kind: PostingKind::coded(&self.kind).ok_or_else(|| nonsense("kind"))?,
            month: month(self.month)?,
            amount: Rupiah::new(self.amount),
            balance: self.balance.map(Rupiah::new),
            paid_by: self.paid_by,
        };
        Ok(Report {
            id,
            reference: ReportReference::parse(&self.reference)
                .ok_or_else(|| nonsense("reference"))?,
            account: AccountId(self.account_id),
            row,
            device: self.device,
            reported_at: Instant::from_micros(self.reported_at),
            closed,
        })
    }
}

fn place(id: &Uuid) -> Place<'_> {
    Place("transaction_report_acts", "reason", id.as_bytes())
}
