-- A type in quotes is a type in SQLite, and means what stands between them; any words are one, too.
-- RUN: %sqlxc --dialect=sqlite %s 2>/dev/null | FileCheck %s
create table notes (
  key 'text' not null,
  'size' 'big int' default 'x',
  made [date],
  code "varchar"(10),
  width unsigned 'int',
  sent timestamp with time zone not null,
  read timestamp without time zone,
  primary key (key)
);
alter table notes add column body 'blob';
-- CHECK: key TEXT not null
-- CHECK-NEXT: size big int default 'x'
-- CHECK-NEXT: made date
-- CHECK-NEXT: code varchar,
-- CHECK-NEXT: width unsigned 'int'
-- CHECK-NEXT: sent timestamp with time zone not null
-- CHECK-NEXT: read timestamp without time zone
-- CHECK-NEXT: body BLOB
