-- Single sign-on for other applications: who they are, what members let them do, and what came of it.

-- The definition holds what an operator wrote, public keys at most. Of a secret there is the hash of
-- 128 random bits or more.
create table oidc_clients (
    id text primary key,
    definition text not null,
    secret_hash bytea,
    created_at bigint not null,
    changed_at bigint not null,
    disabled_at bigint
);

-- Keys that tokens are signed with. One signs from signs_from until the next one's signs_from, and
-- is shown until its last token has ended.
create table oidc_keys (
    id text primary key,
    algorithm text not null,
    public_key text not null,
    sealed_private_key bytea not null,
    created_at bigint not null,
    signs_from bigint not null,
    retired_at bigint
);

-- Requests that wait: pushed ones for the browser, the others for their member. The id is the hash
-- of the handle; the request is sealed, since a hint in it may name somebody. browser_id binds a
-- waiting request to the browser that brought it.
create table oidc_requests (
    id bytea primary key,
    client_id text not null references oidc_clients (id),
    pushed_id bytea,
    browser_id bytea,
    sealed_request bytea not null,
    asked_at bigint not null,
    expires_at bigint not null,
    finished_at bigint
);

create index oidc_requests_by_end on oidc_requests (expires_at);

-- What a member agreed to, in which words and which language: kept as proof, also when withdrawn.
create table oidc_consents (
    account_id uuid not null references accounts (id),
    id uuid not null,
    client_id text not null references oidc_clients (id),
    scopes text not null,
    text_version text not null,
    language text not null,
    given_at bigint not null,
    withdrawn_at bigint,
    primary key (account_id, id)
);

create index oidc_consents_by_client on oidc_consents (account_id, client_id, given_at);

-- The family of everything that came of one consent. password_set_at and session_opened_at name the
-- password and the session of that day: a grant outlives neither (but the session, where the member
-- agreed that the application goes on without).
create table oidc_grants (
    account_id uuid not null references accounts (id),
    id uuid not null,
    client_id text not null references oidc_clients (id),
    sealed_request bytea not null,
    given_at bigint not null,
    used_at bigint not null,
    proved_at bigint not null,
    way text not null,
    password_set_at bigint not null,
    session_opened_at bigint not null,
    ended_at bigint,
    primary key (account_id, id)
);

create unique index oidc_grants_by_id on oidc_grants (id);
create index oidc_grants_by_client on oidc_grants (account_id, client_id);
create index oidc_grants_by_age on oidc_grants (given_at);

create table oidc_codes (
    account_id uuid not null,
    id bytea not null,
    grant_id uuid not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (account_id, id),
    foreign key (account_id, grant_id) references oidc_grants (account_id, id)
);

create unique index oidc_codes_by_id on oidc_codes (id);
create index oidc_codes_by_end on oidc_codes (expires_at);
create index oidc_codes_by_grant on oidc_codes (account_id, grant_id);

create table oidc_refresh_tokens (
    account_id uuid not null,
    id bytea not null,
    grant_id uuid not null,
    key_thumbprint text,
    made_at bigint not null,
    used_at bigint,
    is_used_up boolean not null,
    primary key (account_id, id),
    foreign key (account_id, grant_id) references oidc_grants (account_id, id)
);

create unique index oidc_refresh_tokens_by_id on oidc_refresh_tokens (id);
create index oidc_refresh_tokens_by_grant on oidc_refresh_tokens (account_id, grant_id);

-- Ids that may be used once: of assertions and proofs until they end, and of access tokens that
-- were revoked before their end.
create table oidc_used_ids (
    id bytea primary key,
    expires_at bigint not null
);

create index oidc_used_ids_by_end on oidc_used_ids (expires_at);
