-- A column that counts on by itself but is no rowid takes its next value from the table.
create table lines (
  doc integer not null,
  line serial,
  primary key (doc, line)
);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: line integer not null default (next_value('lines', 'line')),
