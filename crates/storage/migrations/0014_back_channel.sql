-- What applications have yet to be told, or were told: that a session is over, or that something
-- happened to an account. One row for each application, taken with a lease as messages are. Nothing
-- personal stands here: the token is made when it is sent.
create table oidc_deliveries (
    account_id uuid not null references accounts (id),
    id uuid not null,
    client_id text not null references oidc_clients (id),
    news text not null,
    about text not null,
    session_opened_at bigint,
    created_at bigint not null,
    due_at bigint not null,
    attempts bigint not null,
    leased_until bigint,
    told_at bigint,
    given_up_at bigint,
    problem text,
    primary key (account_id, id)
);

create unique index oidc_deliveries_by_id on oidc_deliveries (id);
create index oidc_deliveries_by_due on oidc_deliveries (due_at)
    where told_at is null and given_up_at is null;
create index oidc_deliveries_by_age on oidc_deliveries (created_at);
