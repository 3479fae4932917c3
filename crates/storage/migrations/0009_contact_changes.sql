-- Changes of contacts, each of which counts from its moment on; the lock before payouts; and which
-- news a member wants.

-- From when and until when a name of an account signs in, and serves recovery. Whoever asks compares
-- with the time of asking: nothing has to run for a change to take effect. A row whose
-- recovers_until is over is nobody's. place orders contacts of a kind; codes go to the first.
alter table identifiers add column counts_from bigint not null default 0;
alter table identifiers add column recovers_from bigint not null default 0;
alter table identifiers add column counts_until bigint;
alter table identifiers add column recovers_until bigint;
alter table identifiers add column place bigint not null default 0;

-- confirmed_at: the code of the new contact was right, or the removal was decided. told_at: the end
-- of it, whichever it was, has been told.
create table contact_changes (
    account_id uuid not null references accounts (id),
    id uuid not null,
    act text not null,
    kind text not null,
    sealed_new bytea,
    sealed_old bytea,
    begun_at bigint not null,
    confirmed_at bigint,
    cancelled_at bigint,
    told_at bigint,
    primary key (account_id, id)
);

create index contact_changes_untold on contact_changes (told_at, begun_at);

-- Links by which an old contact takes a change back. The id is the hash of the token in the link.
create table undo_links (
    id bytea primary key,
    account_id uuid not null,
    change_id uuid not null,
    expires_at bigint not null,
    used_at bigint,
    foreign key (account_id, change_id) references contact_changes (account_id, id) on delete cascade
);

create index undo_links_by_change on undo_links (account_id, change_id);
create index undo_links_by_end on undo_links (expires_at);

-- A row stands for a lock that its owner shut; opens_at is half a day after it was asked for.
create table payout_locks (
    account_id uuid primary key references accounts (id),
    closed_at bigint not null,
    opens_at bigint
);

-- News that a member does not want by a channel.
create table notices_off (
    account_id uuid not null references accounts (id),
    topic text not null,
    channel text not null,
    primary key (account_id, topic, channel)
);

-- When the member told us where they live; none while somebody else did.
alter table people add column address_set_at bigint;
