-- What members say about the wages that employers reported: for each, the last answer.

-- real_wage is the wage by the member's word, where the reported one is not it.
create table wage_answers (
    membership_id uuid not null references memberships (id),
    month bigint not null,
    employer_id uuid not null references employers (id),
    reported bigint not null,
    real_wage bigint,
    answered_at bigint not null,
    primary key (membership_id, month, employer_id)
);
