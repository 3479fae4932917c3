-- When a grant was last used stands with its refresh tokens; a second note of it cost each refresh a
-- statement.
-- A program of before writes the column, so all nodes of it stop first.
alter table oidc_grants drop column used_at;
