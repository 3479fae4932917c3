-- Signing in: tries, steps, codes, sessions, and what the owner gets to read of them.

-- Tries in a row on one subject: an account, or what was typed, existing or not. The subject is a
-- keyed hash.
create table throttles (
    subject bytea primary key,
    misses bigint not null,
    paused_until bigint not null,
    updated_at bigint not null
);

-- Requests of one kind from one address (a /64 of IPv6), or from all, in one minute.
create table address_counts (
    subject bytea not null,
    minute bigint not null,
    requests bigint not null,
    primary key (subject, minute)
);

create index address_counts_by_minute on address_counts (minute);

-- A sign-in between the password and the end of the second step. The id is the hash of the token
-- in the browser's cookie. sealed_session is the token of the session it led to, for the one
-- browser that holds the cookie and lost the answer.
create table sign_ins (
    id bytea primary key,
    account_id uuid not null references accounts (id),
    way text,
    landing text not null,
    is_shared_device boolean not null,
    created_at bigint not null,
    expires_at bigint not null,
    finished_at bigint,
    sealed_session bytea
);

create index sign_ins_by_end on sign_ins (expires_at);

create table codes (
    id uuid primary key,
    sign_in_id bytea not null references sign_ins (id) on delete cascade,
    account_id uuid not null references accounts (id),
    code_tag bytea not null,
    sent_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    voided_at bigint
);

create index codes_by_sign_in on codes (sign_in_id, sent_at);
create index codes_by_account on codes (account_id, expires_at);

-- When something was sent, by account and by destination, to hold the budgets of B-05.
create table sendings (
    subject bytea not null,
    sent_at bigint not null,
    id uuid not null,
    primary key (subject, sent_at, id)
);

create index sendings_by_time on sendings (sent_at);

create table sessions (
    account_id uuid not null references accounts (id),
    id bytea not null,
    created_at bigint not null,
    seen_at bigint not null,
    proved_at bigint not null,
    expires_at bigint not null,
    idle_micros bigint not null,
    way text not null,
    device text not null,
    ended_at bigint,
    primary key (account_id, id)
);

create unique index sessions_by_id on sessions (id);
create index sessions_by_end on sessions (expires_at);

-- Browsers an account has signed in from: a new one is worth a message.
create table devices (
    account_id uuid not null references accounts (id),
    id bytea not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    primary key (account_id, id)
);

create table activity (
    account_id uuid not null references accounts (id),
    happened_at bigint not null,
    id uuid not null,
    event text not null,
    device text not null,
    primary key (account_id, happened_at, id)
);
