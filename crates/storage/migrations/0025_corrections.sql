-- Corrections of a record. Nothing is overwritten: what a row said before it was put right is kept
-- beside it, and so is every step that led there.

-- What is to be put right: who somebody is, or one contribution, which then has its key here. version
-- is the number of the last step: whoever acts names the one they saw.
create table corrections (
    person_id uuid not null references people (id),
    id uuid not null,
    reference text not null unique,
    subject text not null,
    membership_id uuid references memberships (id),
    month bigint,
    programme text,
    employer_id uuid references employers (id),
    stage text not null,
    version bigint not null,
    proposed_by uuid references staff (id),
    asked_at bigint not null,
    changed_at bigint not null,
    primary key (person_id, id)
);

create index corrections_by_stage on corrections (stage, asked_at);

-- Every step of a correction. Rows are added, and never changed.
create table correction_steps (
    person_id uuid not null,
    correction_id uuid not null,
    number bigint not null,
    happened_at bigint not null,
    officer text,
    sealed_deed bytea not null,
    primary key (person_id, correction_id, number),
    foreign key (person_id, correction_id) references corrections (person_id, id)
);

-- Who somebody was on record until a correction, in the very bytes of the row of people.
create table earlier_people (
    person_id uuid not null references people (id),
    correction_id uuid not null,
    sealed_nik bytea not null,
    sealed_name bytea not null,
    sealed_birth_date bytea not null,
    sex text not null,
    since_day bigint not null,
    replaced_at bigint not null,
    primary key (person_id, correction_id)
);

-- What a contribution said until a correction.
create table earlier_contributions (
    membership_id uuid not null references memberships (id),
    correction_id uuid not null,
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
    replaced_at bigint not null,
    primary key (membership_id, correction_id)
);

create index earlier_contributions_by_key
    on earlier_contributions (membership_id, month, programme, payer);
