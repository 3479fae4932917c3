-- Devices that wait for their member (RFC 8628). The id is the hash of the device's own code,
-- user_code the keyed hash of the short one that people type, and handle_id the hash of what names
-- the row on the page that asks whoever typed it. The request is sealed with the network it came
-- from. grant_id stands there once that member agreed.
create table oidc_device_codes (
    id bytea primary key,
    client_id text not null references oidc_clients (id),
    user_code bytea not null,
    sealed_request bytea not null,
    asked_at bigint not null,
    expires_at bigint not null,
    interval_seconds bigint not null,
    polled_at bigint,
    account_id uuid references accounts (id),
    handle_id bytea,
    decided_at bigint,
    grant_id uuid,
    used_at bigint,
    foreign key (account_id, grant_id) references oidc_grants (account_id, id)
);

create unique index oidc_device_codes_by_user_code on oidc_device_codes (user_code);
create unique index oidc_device_codes_by_handle on oidc_device_codes (handle_id);
create index oidc_device_codes_by_end on oidc_device_codes (expires_at);
create index oidc_device_codes_by_grant on oidc_device_codes (account_id, grant_id);
