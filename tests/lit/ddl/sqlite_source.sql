-- An SQLite schema keeps its triggers and functions; types are read by SQLite's own rules of affinity.
create table "logs" (id integer primary key autoincrement, at text default (strftime('%s', 'now')), on_off boolean default 'f', level "unsigned big int");
create trigger logs_guard before delete on logs when old.level > 3 begin select raise(abort, 'kept'); end; -- expected-warning {{SX5030}}
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table logs (
-- CHECK-NEXT: id integer primary key,
-- CHECK-NEXT: at text default (strftime('%s', 'now')),
-- CHECK-NEXT: on_off boolean default false constraint on_off_type check (on_off in (0, 1)),
-- CHECK-NEXT: level integer
-- CHECK: create trigger logs_guard
-- CHECK: before delete on logs
