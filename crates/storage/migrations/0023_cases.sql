-- Cases of the support desk: what members ask, who works on it, and what came of it.

-- about_staff is whose act a case contests. linked_sort and linked_key name what it is about where that
-- has a place of its own. staff_id is who has it, or had it when it was closed; version counts changes.
create table cases (
    id uuid primary key,
    reference text not null unique,
    kind text not null,
    account_id uuid references accounts (id),
    person_id uuid,
    about_staff uuid references staff (id),
    linked_sort text not null,
    linked_key text not null,
    state text not null,
    staff_id uuid references staff (id),
    opened_at bigint not null,
    due_at bigint not null,
    closed_at bigint,
    outcome text,
    version bigint not null
);

-- What stands in a member's activity is contested once.
create unique index cases_contested on cases (account_id, linked_key) where linked_sort = 'activity';
create index cases_by_link on cases (linked_sort, linked_key);
create index cases_by_due on cases (due_at, id);
create index cases_of_account on cases (account_id, opened_at);
create index cases_of_person on cases (person_id, opened_at);

-- What happened to a case. An author without a name is the member.
create table case_notes (
    case_id uuid not null references cases (id) on delete cascade,
    written_at bigint not null,
    id uuid not null,
    what text not null,
    author text not null,
    detail text not null,
    version bigint not null,
    sealed_text bytea not null,
    primary key (case_id, written_at, id)
);

-- Notes that were begun, one for each officer and case.
create table case_drafts (
    case_id uuid not null references cases (id) on delete cascade,
    staff_id uuid not null references staff (id),
    sealed_text bytea not null,
    expires_at bigint not null,
    primary key (case_id, staff_id)
);

create index case_drafts_by_end on case_drafts (expires_at);
