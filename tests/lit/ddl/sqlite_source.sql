-- An SQLite schema is kept as it was written, but for types under which texts become numbers, keys that lead nowhere and defaults of another form.
create table "logs" (
  id integer primary key,
  -- When it was written.
  at text default (strftime('%s', 'now')),
  on_off boolean default 'f',
  level "unsigned big int" not null default 3,
  price decimal(20, 5),
  data JSON,
  label varchar(80) collate nocase,
  mark string,
  unique (label) on conflict ignore
) without rowid;
create table strict_logs (id integer primary key, kind text references logs (mark), note text) strict; -- expected-warning {{SX5018}} expected-warning {{SX5030}}
create index logs_by_label on logs (label collate binary desc) where level > 2;
create view labels (name) as select label from logs;
create trigger logs_guard before delete on logs when old.level > 3 begin select raise(abort, 'kept'); end; -- expected-warning {{SX5030}}
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table logs /* An SQLite schema is kept as it was written, {{.*}} */
-- CHECK-NEXT: (
-- CHECK-NEXT: id INTEGER not null,
-- CHECK-NEXT: -- When it was written.
-- CHECK-NEXT: at TEXT default (strftime('%s', 'now')),
-- CHECK-NEXT: on_off boolean default false,
-- CHECK-NEXT: level unsigned big int not null default 3,
-- CHECK-NEXT: price text decimal(20, 5) collate sqlxc_decimal,
-- CHECK-NEXT: data text JSON,
-- CHECK-NEXT: label varchar(80) collate nocase,
-- CHECK-NEXT: mark text string,
-- CHECK-NEXT: primary key ("id"),
-- CHECK-NEXT: unique ("label") on conflict ignore
-- CHECK-NEXT: ) without rowid;
-- CHECK: create table strict_logs
-- CHECK: primary key ("id")
-- CHECK-NEXT: ) strict;
-- CHECK: create index logs_by_label on logs ("label" collate binary desc)
-- CHECK: create view labels (name) as
-- CHECK: create trigger logs_guard
-- CHECK: before delete on logs
