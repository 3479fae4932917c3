-- Alarms: what owners can look up, question and stop; what was sent to them; signs of an attack.

-- When the owner said "this was not me". No password that was set before is believed after it.
alter table accounts add column password_distrusted_at bigint;

-- Messages stay for thirteen months without their content, for the inbox and for whoever asks
-- whether one is ours. gathered names the burst a message stands for while it waits.
alter table outbox add column reference text;
alter table outbox add column subject text not null default '';
alter table outbox add column masked_to text not null default '';
alter table outbox add column gathered text;

create unique index outbox_by_reference on outbox (reference);
create index outbox_by_account on outbox (account_id, created_at, id);

create index activity_by_time on activity (happened_at);

-- Links of security messages. The id is the hash of the token in the link.
create table not_me_links (
    id bytea primary key,
    account_id uuid not null references accounts (id),
    message_id uuid not null references outbox (id) on delete cascade,
    expires_at bigint not null,
    used_at bigint
);

create index not_me_links_by_end on not_me_links (expires_at);
create index not_me_links_by_message on not_me_links (message_id);

-- Sign-ins that missed, by who tried and what was tried, each pair once: one address with many
-- names, one name from many addresses.
create table misses (
    source bytea not null,
    target bytea not null,
    missed_at bigint not null,
    primary key (source, target)
);

create index misses_by_time on misses (missed_at);

-- What was sent on a day, in all: the ceiling of what text messages may cost.
create table messages_by_day (
    day bigint not null,
    channel text not null,
    messages bigint not null,
    primary key (day, channel)
);

-- What the operator has to say to everybody, on every page, from one moment to another.
create table announcements (
    id uuid primary key,
    indonesian text not null,
    english text not null,
    begins_at bigint not null,
    ends_at bigint not null
);

create index announcements_by_end on announcements (ends_at);
