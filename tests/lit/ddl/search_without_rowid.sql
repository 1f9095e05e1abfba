-- A table whose rows have no number cannot be searched in SQLite; one WITHOUT ROWID can by its integer key. FTS5 keeps two names for itself.
create table words (  -- expected-warning {{SX5032}}
  word text primary key,
  meaning text  --@ search
) without rowid;
create table numbers (
  n integer primary key,
  meaning text  --@ search
) without rowid;
create table winners (  -- expected-warning {{SX5032}}
  id integer primary key,
  rank text  --@ search
);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK-NOT: _sqlxc_search_words
-- CHECK: create virtual table _sqlxc_search_numbers using fts5(meaning, content = 'numbers', content_rowid = 'n',
-- CHECK-NOT: create {{.*}}_sqlxc_search_winners
-- CHECK-LABEL: ==== db/schema.postgres.sql ====
-- CHECK: create index _sqlxc_search_words on words
-- CHECK: create index _sqlxc_search_winners on winners
