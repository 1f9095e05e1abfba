-- Plain, partial and expression indexes are kept; those of other kinds are named and left out.
create table docs (id integer primary key, name text, state text, words tsvector, place point);
create index on docs (lower(name), state desc);
create unique index one_open on docs (name) where state = 'open'::text;
create index docs_words on docs using gin (words); -- expected-warning {{SX5013: `gin`}}
create index docs_place on docs using gist (place); -- expected-warning {{SX5013}}
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create index docs_lower_state_idx on docs (lower(name), state desc);
-- CHECK: create unique index one_open on docs (name)
-- CHECK-NEXT: where state = 'open';
-- CHECK-NOT: docs_words
-- CHECK: ==== db/schema.postgres.sql ====
