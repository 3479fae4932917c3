-- Ways a member sets up to prove who they are: apps on their way, recovery codes, passkeys, choices,
-- and browsers that may leave the second step out for reading.

alter table authenticator_apps add column sealed_name bytea;

-- A sign-in that begins in a session proves it again: its hash, else null.
alter table sign_ins add column renews bytea;

-- An app between the QR code and the first right code.
create table pending_apps (
    account_id uuid primary key references accounts (id),
    sealed_seed bytea not null,
    begun_at bigint not null,
    expires_at bigint not null
);

-- place is 16 bits of a keyed hash: it finds the code, so that a try costs one slow hash, not ten.
create table recovery_codes (
    account_id uuid not null references accounts (id),
    place bigint not null,
    code_phc text not null,
    code_pepper bigint not null,
    made_at bigint not null,
    used_at bigint,
    primary key (account_id, place)
);

create table second_step_choices (
    account_id uuid primary key references accounts (id),
    preferred text,
    is_sms_off boolean not null,
    is_email_off boolean not null
);

-- The name by which passkeys know their owner: random, and nothing else.
create table passkey_owners (
    account_id uuid primary key references accounts (id),
    handle uuid not null unique
);

-- credential_hash belongs to one account in all. The key itself is sealed: changed or moved, it
-- does not open.
create table passkeys (
    account_id uuid not null references accounts (id),
    id uuid not null,
    credential_hash bytea not null,
    sealed_credential bytea not null,
    sealed_name bytea not null,
    is_backup_eligible boolean not null,
    is_backed_up boolean not null,
    added_at bigint not null,
    used_at bigint,
    primary key (account_id, id)
);

create unique index passkeys_by_credential on passkeys (credential_hash);

-- Challenges that were answered, until they would have run out.
create table used_challenges (
    id bytea primary key,
    expires_at bigint not null
);

create index used_challenges_by_end on used_challenges (expires_at);

-- Browsers, by the hash of their own token, that may leave the second step out for reading.
create table remembered_browsers (
    account_id uuid not null references accounts (id),
    id bytea not null,
    device text not null,
    remembered_at bigint not null,
    used_at bigint not null,
    expires_at bigint not null,
    primary key (account_id, id)
);

create index remembered_browsers_by_end on remembered_browsers (expires_at);
