-- Accounts: who can sign in, by which names, and with which second steps.
--
-- Both engines read this text (see engine.rs for the four words SQLite spells differently).
-- Instants are microseconds since 1970 in UTC, months are integers like 202607, dates like
-- 20260717, money is whole rupiah. Columns named sealed_* hold personal data that only the vault
-- opens; columns named *_index hold keyed blind indexes. Every column is classified in columns.toml.

-- What this database is: whose keys sealed it, and whether it is a demonstration.
create table installation (
    name text primary key,
    value bytea not null
);

create table accounts (
    id uuid primary key,
    person_id uuid not null unique,
    password_phc text not null,
    password_pepper bigint not null,
    password_set_at bigint not null,
    language text not null,
    zone text not null,
    created_at bigint not null
);

-- What an owner may type to say who they are. A contact serves for messages once it is confirmed.
create table identifiers (
    kind text not null,
    value_index bytea not null,
    account_id uuid not null references accounts (id),
    sealed_value bytea not null,
    confirmed_at bigint,
    primary key (kind, value_index)
);

create index identifiers_by_account on identifiers (account_id, kind);

-- Authenticator apps. last_step is the newest half-minute whose code was accepted (C-03).
create table authenticator_apps (
    account_id uuid primary key references accounts (id),
    sealed_seed bytea not null,
    last_step bigint not null,
    created_at bigint not null
);
