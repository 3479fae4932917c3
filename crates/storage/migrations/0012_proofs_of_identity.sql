-- What ever proved who a member is; passwords that have to be changed; forms that wait for a proof.

-- Every authenticator an account ever had (J-01). A line ends when its authenticator goes, and stays.
-- factor and resists_phishing are what it was worth when it was bound. sealed_source is the address
-- it was bound from.
create table authenticators (
    account_id uuid not null references accounts (id),
    id uuid not null,
    kind text not null,
    factor text not null,
    resists_phishing boolean not null,
    sealed_name bytea,
    sealed_source bytea,
    bound_at bigint not null,
    used_at bigint,
    suspended_at bigint,
    removed_at bigint,
    primary key (account_id, id)
);

-- Of passkeys there may be several at a time, of everything else one.
create unique index authenticators_in_use on authenticators (account_id, kind)
    where removed_at is null and kind <> 'passkey';

-- Suspended: it opens nothing, and may again.
alter table passkeys add column suspended_at bigint;
alter table authenticator_apps add column suspended_at bigint;

-- The hash an app makes its codes with.
alter table authenticator_apps add column hash text not null default 'SHA1';
alter table pending_apps add column hash text not null default 'SHA1';

-- When the password was found on a list of leaked ones: another one has to be set.
alter table accounts add column password_leaked_at bigint;

-- Whether the password alone lets in. Only accounts that test an installation have it.
alter table accounts add column is_password_enough boolean not null default false;

-- A form that came without a proof, or after its session had ended. place is a hash of the browser's
-- own token and of the form's address: it is shown again there, to the same member, and nowhere else.
create table kept_forms (
    account_id uuid not null references accounts (id),
    place bytea not null,
    sealed_fields bytea not null,
    expires_at bigint not null,
    primary key (account_id, place)
);

create index kept_forms_by_end on kept_forms (expires_at);

-- Whether a proof of a session may be any one way, or has to be as much as the account has (J-02).
alter table sign_ins add column is_any_enough boolean not null default false;
