-- Codes that prove an address or number outside of a sign-in. undertaking is the hash of the token
-- or row they belong to; the tag is bound to it, to its purpose and to the destination, which is
-- kept as a keyed index, so that misses on it void its codes wherever they were asked for.
create table contact_codes (
    undertaking bytea not null,
    id uuid not null,
    destination bytea not null,
    code_tag bytea not null,
    sent_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    voided_at bigint,
    primary key (undertaking, id)
);

create index contact_codes_by_destination on contact_codes (destination, expires_at);
create index contact_codes_by_end on contact_codes (expires_at);
