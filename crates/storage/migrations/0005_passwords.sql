-- Forgotten passwords: links that set a new one, and letters to people who have no account.

-- The id is the hash of the token in the link. password_set_at names the password it was made for:
-- once another one is set, the link is worth nothing.
create table password_resets (
    account_id uuid not null references accounts (id),
    id bytea not null,
    password_set_at bigint not null,
    asked_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    replaced_at bigint,
    primary key (account_id, id)
);

create unique index password_resets_by_id on password_resets (id);
create index password_resets_by_end on password_resets (expires_at);

-- A message may be about no account: "nobody here has this address" (M09). SQLite cannot take a
-- "not null" back, so the table is made anew.
create table outbox_to_anybody (
    id uuid primary key,
    account_id uuid references accounts (id),
    channel text not null,
    kind text not null,
    language text not null,
    sealed_message bytea not null,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null,
    leased_until bigint,
    sent_at bigint,
    given_up_at bigint,
    problem text
);

insert into outbox_to_anybody select id, account_id, channel, kind, language, sealed_message,
    created_at, due_at, attempts, leased_until, sent_at, given_up_at, problem from outbox;

drop table outbox;
alter table outbox_to_anybody rename to outbox;
create index outbox_by_due on outbox (due_at);
