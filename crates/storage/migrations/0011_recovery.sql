-- Staged recovery (M11): for members who lost everything that lets them in.

-- What somebody fills in over several pages. The id is the hash of the token in the browser's cookie.
-- The number and the birth date are compared and not kept: account_id says whose they are, if they
-- are anybody's, and typed is what such requests are counted on.
create table recovery_drafts (
    id bytea primary key,
    account_id uuid references accounts (id),
    typed bytea,
    lost text,
    channel text,
    sealed_contact bytea,
    confirmed_at bigint,
    way text,
    begun_at bigint not null,
    expires_at bigint not null,
    recovery_id uuid
);

create index recovery_drafts_by_end on recovery_drafts (expires_at);

-- Recoveries. Without an account they are nobody's: they look the same and come to nothing. lost is
-- what the member says is out of reach, proved_lost what the officers confirm of it. due_at is when
-- something is to be done without anybody asking.
create table recoveries (
    id uuid primary key,
    reference text not null unique,
    account_id uuid references accounts (id),
    language text not null,
    channel text not null,
    sealed_contact bytea not null,
    lost text not null,
    way text not null,
    device text not null,
    asked_at bigint not null,
    warned_at bigint,
    warnings bigint not null,
    proved_way text,
    document text,
    proved_lost text,
    first_officer text,
    first_at bigint,
    second_officer text,
    proved_at bigint,
    invited_at bigint,
    ended text,
    closed_at bigint,
    due_at bigint
);

-- One open recovery for an account.
create unique index recoveries_open on recoveries (account_id) where closed_at is null;
create index recoveries_by_account on recoveries (account_id, asked_at);
create index recoveries_by_due on recoveries (due_at);

-- Links that stop a recovery, and links that finish it. The id is the hash of the token in the link.
create table recovery_links (
    id bytea primary key,
    recovery_id uuid not null references recoveries (id) on delete cascade,
    purpose text not null,
    expires_at bigint not null,
    used_at bigint,
    replaced_at bigint
);

create index recovery_links_by_recovery on recovery_links (recovery_id, purpose);

-- What officers did about a recovery, and why.
create table recovery_acts (
    recovery_id uuid not null references recoveries (id) on delete cascade,
    happened_at bigint not null,
    id uuid not null,
    officer text not null,
    act text not null,
    sealed_reason bytea not null,
    primary key (recovery_id, happened_at, id)
);

-- Where the message of a link "this was not me" went, as a keyed index: after a recovery it matters
-- whether the new contact says so or one that was replaced.
alter table not_me_links add column destination bytea;
