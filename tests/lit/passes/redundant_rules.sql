-- A rule that says nothing new, one that always holds and a default that is refused are warnings with every place.
-- RUN: %sqlxc --diagnostics=text %s 2>&1 | FileCheck %s
create table people (
  id integer primary key,
  age integer check (age >= 18) check (age > 0),
  name varchar(80) not null check (name is not null) check (length(name) <= 200),
  status text not null default 'new' check (status in ('draft', 'published')),
  flag text check (flag <> 'a' or flag <> 'b'),
  size integer check (size >= 0),  --@ min(0)
  low integer,
  high integer,
  constraint in_order check (low < high),
  constraint apart check (low <> high),
  constraint same check (low = low)
);
-- CHECK: warning[SX4012]: `age > 0` says nothing new beside `age >= 18`
-- CHECK: this asks for `age >= 18`
-- CHECK: warning[SX4012]: `length(name) <= 200` says nothing new beside the type `character varying(80)` of `name`
-- CHECK: its type is declared here
-- CHECK: warning[SX4012]: `name is not null` says nothing new beside `not null` of `name`
-- CHECK: it is declared `not null` here
-- CHECK: warning[SX4014]: default `'new'` of `status` is refused by `status in ('draft', 'published')`
-- CHECK: this asks for `status in ('draft', 'published')`
-- CHECK: warning[SX4013]: `flag <> 'a' or flag <> 'b'` holds of every row
-- CHECK: warning[SX4012]: `size >= 0` says nothing new beside `size >= 0`
-- CHECK: warning[SX4013]: `low = low` holds of every row
-- CHECK: warning[SX4012]: `low <> high` says nothing new beside `low < high`
-- CHECK-NOT: error
