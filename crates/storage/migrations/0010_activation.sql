-- Activation: a membership on its way to an account, task by task.

-- token_hash is the hash of the token in the one browser that may go on; browser_hash is that of the
-- browser's own name: the same data entered there again go on here. What was given is sealed, and
-- dropped when the account is opened or the row's time is over.
create table activations (
    person_id uuid not null references people (id),
    id uuid not null,
    token_hash bytea,
    browser_hash bytea not null,
    language text not null,
    begun_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    sealed_email bytea,
    email_confirmed_at bigint,
    sealed_phone bytea,
    phone_confirmed_at bigint,
    link_hash bytea,
    link_used_at bigint,
    account_id uuid references accounts (id),
    opened_at bigint,
    codes_saved_at bigint,
    primary key (person_id, id)
);

create unique index activations_by_token on activations (token_hash);
create unique index activations_by_link on activations (link_hash);
create index activations_by_browser on activations (person_id, browser_hash);
create index activations_by_end on activations (expires_at);

-- Tries to find a membership, by address, by NIK and by KPJ as typed, existing or not.
create table match_tries (
    subject bytea not null,
    tried_at bigint not null,
    id uuid not null,
    primary key (subject, tried_at, id)
);

create index match_tries_by_time on match_tries (tried_at);
