-- Keys of statements that somebody else may have had, the origins of applications, and what of a record
-- was told.

-- Since when a key is not to be trusted. It signs no more.
alter table statement_keys add column distrusted_from bigint;

-- From which origins a browser may read what an application may (L-06): those of its addresses, so that
-- one is found without reading them all. Written with every definition.
create table oidc_client_origins (
    origin text not null,
    client_id text not null references oidc_clients (id),
    primary key (origin, client_id)
);

create index oidc_client_origins_of_client on oidc_client_origins (client_id);

-- When somebody last looked what is new on the record of an account, and what was there then: how many
-- contributions, and the latest month that had not come. What came since is told, and told once.
create table record_news (
    account_id uuid primary key references accounts (id),
    looked_at bigint not null,
    received bigint not null,
    missing_month bigint
);

create index record_news_by_look on record_news (looked_at);
