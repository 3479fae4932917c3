-- Claims of members. sealed_bank is the account that the money goes to, bank_set_at since when the
-- member says so. complete_at is when a claim was last complete: the law's clock runs from there.
-- gross and tax are what was paid, in whole rupiah.
create table claims (
    account_id uuid not null references accounts (id),
    id uuid not null,
    person_id uuid not null references people (id),
    reference text not null unique,
    kind text not null,
    stage text not null,
    event_on bigint,
    has_tax_number boolean not null,
    sealed_bank bytea,
    bank_set_at bigint,
    began_at bigint not null,
    complete_at bigint,
    closed_at bigint,
    taken_by uuid references staff (id),
    proposed_by uuid references staff (id),
    gross bigint,
    tax bigint,
    primary key (account_id, id)
);

-- One open claim of a kind for each account.
create unique index claims_open on claims (account_id, kind) where closed_at is null;
create unique index claims_by_id on claims (id);
create index claims_by_age on claims (complete_at, id) where closed_at is null;

-- Papers of a claim. content_index tells whether the very same one is there already.
create table claim_documents (
    account_id uuid not null,
    claim_id uuid not null,
    id uuid not null,
    slot text not null,
    kind text not null,
    size bigint not null,
    content_index bytea not null,
    added_at bigint not null,
    sealed_content bytea not null,
    primary key (account_id, claim_id, id),
    foreign key (account_id, claim_id) references claims (account_id, id)
);

create unique index claim_documents_once on claim_documents
    (account_id, claim_id, slot, content_index);

-- What happened to a claim: by its member where staff_id is empty.
create table claim_events (
    account_id uuid not null,
    claim_id uuid not null,
    happened_at bigint not null,
    id uuid not null,
    step text not null,
    staff_id uuid,
    officer text,
    sealed_words bytea not null,
    primary key (account_id, claim_id, happened_at, id),
    foreign key (account_id, claim_id) references claims (account_id, id)
);
