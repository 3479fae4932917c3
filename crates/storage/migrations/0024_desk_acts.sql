-- How the desk makes sure who a member is, and what it does for members.

-- One item of a checklist. done_at is null while the member was asked and has not answered.
create table staff_checks (
    account_id uuid not null references accounts (id),
    id uuid not null,
    staff_id uuid not null references staff (id),
    officer text not null,
    method text not null,
    asked_at bigint not null,
    done_at bigint,
    primary key (account_id, id)
);

create index staff_checks_by_time on staff_checks (asked_at);

-- Acts that take two officers. version is a keyed hash of what the account was like at asking: one
-- that is like something else is not touched. due_at is when something happens by itself.
create table desk_acts (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    kind text not null,
    sealed_new bytea,
    sealed_reason bytea not null,
    asked_by uuid not null references staff (id),
    asked_name text not null,
    asked_at bigint not null,
    version bytea not null,
    confirmed_at bigint,
    approved_by uuid references staff (id),
    approved_name text,
    approved_at bigint,
    due_at bigint,
    ended text,
    closed_at bigint
);

-- One open act for an account.
create unique index desk_acts_open on desk_acts (account_id) where closed_at is null;
create index desk_acts_by_due on desk_acts (due_at);
create index desk_acts_by_time on desk_acts (asked_at);

-- Links in letters about both, by the hash of the token: subject_id is a check or an act.
create table desk_links (
    id bytea primary key,
    purpose text not null,
    account_id uuid not null references accounts (id),
    subject_id uuid not null,
    expires_at bigint not null,
    used_at bigint
);

create index desk_links_by_end on desk_links (expires_at);
