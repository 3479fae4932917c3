-- The support desk: who works there, what they looked at, and what is written down of it.

-- Staff. handle is the random name by which their passkeys know them. nik_index is the blind index of
-- their own population number, where it is known: nobody looks at the own record.
create table staff (
    id uuid primary key,
    name text not null unique,
    role text not null,
    handle uuid not null unique,
    nik_index bytea,
    created_at bigint not null,
    disabled_at bigint
);

-- Invitations by the hash of the token in the link. The newest of somebody replaces those before.
create table staff_invitations (
    id bytea primary key,
    staff_id uuid not null references staff (id),
    expires_at bigint not null,
    used_at bigint
);

create index staff_invitations_of_staff on staff_invitations (staff_id);

create table staff_passkeys (
    staff_id uuid not null references staff (id),
    id uuid not null,
    credential_hash bytea not null unique,
    sealed_credential bytea not null,
    added_at bigint not null,
    used_at bigint,
    primary key (staff_id, id)
);

-- Sessions by the hash of the token in the cookie.
create table staff_sessions (
    id bytea primary key,
    staff_id uuid not null references staff (id),
    created_at bigint not null,
    seen_at bigint not null,
    proved_at bigint not null,
    ended_at bigint
);

create index staff_sessions_of_staff on staff_sessions (staff_id);

-- One look of one officer at one record. The address of a record is the id of a look.
create table staff_looks (
    id uuid primary key,
    staff_id uuid not null references staff (id),
    person_id uuid not null,
    sealed_why bytea not null,
    looked_at bigint not null,
    expires_at bigint not null
);

create index staff_looks_by_end on staff_looks (expires_at);

-- Fields that are shown in full for a while.
create table staff_unmasked (
    look_id uuid not null references staff_looks (id) on delete cascade,
    field text not null,
    expires_at bigint not null,
    primary key (look_id, field)
);

-- What the member reads beside a line of activity: who looked, at what, and why. id is the line's.
create table staff_views (
    account_id uuid not null references accounts (id),
    id uuid not null,
    viewed_at bigint not null,
    sealed_note bytea not null,
    primary key (account_id, id)
);

create index staff_views_by_time on staff_views (viewed_at);

-- Everything that is done at the desk. Rows are added, and never changed.
create table staff_audit (
    id uuid primary key,
    happened_at bigint not null,
    staff_id uuid,
    officer text not null,
    role text not null,
    act text not null,
    outcome text not null,
    person_id uuid,
    detail text not null,
    sealed_reason bytea not null
);

create index staff_audit_by_time on staff_audit (happened_at, id);
create index staff_audit_of_staff on staff_audit (staff_id, act, happened_at);
