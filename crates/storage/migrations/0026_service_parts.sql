-- The chain over the desk's audit, notices that leave a history, and how each part of the service is.

-- A place for every line of staff_audit, with its mark over the line and the place before. There is no
-- reference: a line that is taken away is told by whoever walks along the chain, not by the database.
create table staff_audit_links (
    height bigint primary key,
    line_id uuid not null unique,
    link bytea not null
);

-- Where the chain ends: the one row that is locked when a line gets its place.
create table staff_audit_heads (
    name text primary key,
    height bigint not null,
    link bytea not null
);

-- Who announced something, and when it was taken back before its time. Nothing is dropped: what was
-- shown can be told later.
alter table announcements add column set_by text not null default '';
alter table announcements add column set_at bigint not null default 0;
alter table announcements add column withdrawn_at bigint;
alter table announcements add column withdrawn_by text not null default '';

-- When a part of the service was slow or closed: measured by the program, or said by staff. At most one
-- of each kind is open.
create table service_episodes (
    id uuid primary key,
    part text not null,
    source text not null,
    state text not null,
    indonesian text not null,
    english text not null,
    set_by text not null,
    began_at bigint not null,
    ended_at bigint,
    ended_by text not null
);

create unique index service_episodes_open on service_episodes (part, source) where ended_at is null;
create index service_episodes_by_time on service_episodes (began_at, id);

-- Messages that wait, by channel: looked at for the status of the service, among years of those sent.
create index outbox_waiting on outbox (channel, due_at) where sent_at is null and given_up_at is null;
