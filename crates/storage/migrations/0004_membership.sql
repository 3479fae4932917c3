-- Membership: people, their member numbers, who they worked for, what was paid, what was saved.

create table people (
    id uuid primary key,
    nik_index bytea not null unique,
    sealed_nik bytea not null,
    sealed_name bytea not null,
    sealed_birth_date bytea not null,
    sealed_address bytea not null,
    sex text not null,
    recorded_at bigint not null
);

create table memberships (
    id uuid primary key,
    person_id uuid not null references people (id),
    kpj text not null unique,
    segment text not null,
    since_month bigint not null,
    ended_month bigint
);

create index memberships_by_person on memberships (person_id);

create table employers (
    id uuid primary key,
    npp text not null unique,
    name text not null,
    risk_class text not null,
    firm_size text not null
);

create table employments (
    membership_id uuid not null references memberships (id),
    from_month bigint not null,
    ordinal bigint not null,
    employer_id uuid references employers (id),
    until_month bigint,
    trade text,
    primary key (membership_id, from_month, ordinal)
);

-- One programme's money for one month of one employment, as received. payer is the employer's id,
-- or the membership's own when somebody pays alone: a primary key has no nulls.
create table contributions (
    membership_id uuid not null references memberships (id),
    month bigint not null,
    programme text not null,
    payer uuid not null,
    employer_id uuid references employers (id),
    wage bigint not null,
    base bigint not null,
    employer_part bigint not null,
    worker_part bigint not null,
    due_on bigint not null,
    received_on bigint not null,
    primary key (membership_id, month, programme, payer)
);

-- The savings ledger: only ever added to; the balance after each line is kept beside it.
create table postings (
    membership_id uuid not null references memberships (id),
    sequence bigint not null,
    kind text not null,
    month bigint not null,
    booked_on bigint not null,
    amount bigint not null,
    balance bigint not null,
    rate text,
    primary key (membership_id, sequence)
);
