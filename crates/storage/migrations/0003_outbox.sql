-- Messages on their way out, written in the transaction that caused them.
--
-- A worker takes a row by raising attempts and setting leased_until in one statement, before it
-- sends. A row whose lease ran out was left by a worker that died: nobody knows whether that send
-- arrived, so the next one goes under another id (docs/decisions/outbox.md).

create table outbox (
    id uuid primary key,
    account_id uuid not null references accounts (id),
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

create index outbox_by_due on outbox (due_at);

-- What the demo caught instead of sending. Empty in production.
create table caught_messages (
    id text primary key,
    caught_at bigint not null,
    channel text not null,
    kind text not null,
    sealed_parcel bytea not null
);

create index caught_messages_by_time on caught_messages (caught_at, id);
