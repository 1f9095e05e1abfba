-- Tables become types in the singular; a name that is taken or reserved gives way.
create table users (
  id integer primary key,
  "class" text,
  "två ord" text
);
create table "user" (id integer primary key); -- expected-warning {{SX4001}}
create table batch (id integer primary key); -- expected-warning {{SX4001}}
-- CHECK: entity users as User at names.sql:2
-- CHECK: field id int32 required
-- CHECK-NEXT: field class as class_ text
-- CHECK-NEXT: field två ord as tva_ord text
-- CHECK: entity user as UserRow
-- CHECK: entity batch_table as Batch table batch
