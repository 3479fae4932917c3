-- Claims of heirs, who have no account: opened at the desk, on the record of whoever is said to have
-- died. sealed_heir is who claims and where the money goes. follow_index is a keyed hash of the code
-- by which the heir follows it. complete_at is when it was last complete: the law's clock runs from
-- there. paid is in whole rupiah.
create table heir_claims (
    person_id uuid not null references people (id),
    id uuid not null,
    reference text not null unique,
    stage text not null,
    died_on bigint not null,
    relation text not null,
    sealed_heir bytea not null,
    follow_index bytea not null,
    opened_by uuid not null references staff (id),
    opened_name text not null,
    opened_at bigint not null,
    completed_by uuid references staff (id),
    complete_at bigint,
    approved_by uuid references staff (id),
    approved_at bigint,
    closed_at bigint,
    paid bigint,
    primary key (person_id, id)
);

-- One open claim for a death.
create unique index heir_claims_open on heir_claims (person_id) where closed_at is null;
create unique index heir_claims_by_id on heir_claims (id);
create index heir_claims_by_age on heir_claims (opened_at, id) where closed_at is null;

-- What was paid to heirs: every part once for a death, whoever claims it.
create table heir_payouts (
    person_id uuid not null,
    part text not null,
    claim_id uuid not null,
    amount bigint not null,
    paid_at bigint not null,
    primary key (person_id, part),
    foreign key (person_id, claim_id) references heir_claims (person_id, id)
);

-- Papers of such a claim. content_index tells whether the very same one is there already.
create table heir_documents (
    person_id uuid not null,
    claim_id uuid not null,
    id uuid not null,
    slot text not null,
    kind text not null,
    size bigint not null,
    content_index bytea not null,
    added_at bigint not null,
    sealed_content bytea not null,
    primary key (person_id, claim_id, id),
    foreign key (person_id, claim_id) references heir_claims (person_id, id)
);

create unique index heir_documents_once on heir_documents
    (person_id, claim_id, slot, content_index);

-- What happened to such a claim: by the member, who is alive, where staff_id is empty.
create table heir_events (
    person_id uuid not null,
    claim_id uuid not null,
    happened_at bigint not null,
    id uuid not null,
    step text not null,
    staff_id uuid,
    officer text,
    sealed_words bytea not null,
    primary key (person_id, claim_id, happened_at, id),
    foreign key (person_id, claim_id) references heir_claims (person_id, id)
);
