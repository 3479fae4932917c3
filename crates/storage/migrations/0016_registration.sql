-- Applications that register themselves, by invitation.

-- The hash of the token that an application manages its registration with. Where there is one, no
-- operator vouches for it.
alter table oidc_clients add column registration_hash bytea;

-- Initial access tokens (RFC 7591), by their hash.
create table oidc_invites (
    id bytea primary key,
    uses_left bigint not null,
    created_at bigint not null,
    expires_at bigint not null
);

create index oidc_invites_by_end on oidc_invites (expires_at);

-- What members let one application do ends all at once where it changes or goes.
create index oidc_grants_of_client on oidc_grants (client_id);
create index oidc_consents_of_client on oidc_consents (client_id);
