-- Statements that were issued, and the keys that sign them.

-- Not changed by time, as the keys of tokens are: paper is checked for as long as it lasts.
create table statement_keys (
    id text primary key,
    public_key text not null,
    sealed_private_key bytea not null,
    made_at bigint not null
);

-- A statement as it was signed. Its code opens its sums to anybody, so only a keyed index of it is
-- kept; another one tells whether the very same statement was issued already.
create table statements (
    person_id uuid not null references people (id),
    id uuid not null,
    code_index bytea not null unique,
    content_index bytea not null,
    first_month bigint not null,
    last_month bigint not null,
    sealed_document bytea not null,
    issued_at bigint not null,
    primary key (person_id, id),
    unique (person_id, content_index)
);
