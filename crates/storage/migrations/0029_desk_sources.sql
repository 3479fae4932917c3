-- Where each act at the desk came from (M-02): by which way, from which network (the last part of the
-- address is masked), and in which session, by a mark that opens nothing. Lines from before have none of
-- it, and keep the marks that they have in the chain.
alter table staff_audit add column source text not null default '';
alter table staff_audit add column network text not null default '';
alter table staff_audit add column session_mark text not null default '';

-- The new contact of an act by its blind index: whoever holds a new number types the code that went to
-- it, and nothing else says which act that is.
alter table desk_acts add column new_index bytea;

create index desk_acts_by_new on desk_acts (new_index);
