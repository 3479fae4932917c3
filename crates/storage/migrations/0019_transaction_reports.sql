-- Rows of the list of transactions that their member does not recognise, each as it stood when they
-- said so: programme, number and payer name it, the rest is the evidence.
create table transaction_reports (
    account_id uuid not null references accounts (id),
    id uuid not null,
    reference text not null unique,
    membership_id uuid not null references memberships (id),
    programme text not null,
    number bigint not null,
    payer uuid not null,
    paid_by uuid,
    kind text not null,
    month bigint not null,
    moved_on bigint not null,
    amount bigint not null,
    balance bigint,
    device text not null,
    reported_at bigint not null,
    closed_at bigint,
    outcome text,
    primary key (account_id, id)
);

-- One open report for a row.
create unique index transaction_reports_open on transaction_reports
    (account_id, membership_id, programme, number, payer) where closed_at is null;
create index transaction_reports_by_time on transaction_reports (reported_at, id);

-- What officers did about a report, and why.
create table transaction_report_acts (
    account_id uuid not null,
    report_id uuid not null,
    happened_at bigint not null,
    id uuid not null,
    officer text not null,
    act text not null,
    sealed_reason bytea not null,
    primary key (account_id, report_id, happened_at, id),
    foreign key (account_id, report_id) references transaction_reports (account_id, id)
);
