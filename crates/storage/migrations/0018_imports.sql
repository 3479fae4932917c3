-- Files that were read in: how far each has come, and what of it was refused.

create table imports (
    id uuid primary key,
    kind text not null,
    -- SHA-256 of the file. None when it came from standard input, which cannot be read twice.
    digest bytea,
    begun_at bigint not null,
    ended_at bigint,
    -- The last line whose row is kept or refused: where to go on after a break.
    mark bigint not null,
    added bigint not null,
    already bigint not null,
    refused bigint not null
);

create unique index imports_by_file on imports (kind, digest);

-- Not what the row says: rows are personal data, and they are in the file.
create table import_refusals (
    import_id uuid not null references imports (id),
    line bigint not null,
    named_column text not null,
    reason text not null,
    found bigint,
    primary key (import_id, line)
);

-- Savings that were received and are not in the ledger yet. Whoever posts them takes them out in the
-- same transaction.
create table unposted_contributions (
    membership_id uuid not null references memberships (id),
    month bigint not null,
    payer uuid not null,
    primary key (membership_id, month, payer)
);
