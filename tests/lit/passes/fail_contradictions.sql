-- Rules that no row can obey together are an error that names each of them.
-- RUN: not %sqlxc --diagnostics=text %s 2>&1 | FileCheck %s
create domain grown as integer check (value >= 18);
create type state as enum ('open', 'done');

-- CHECK: error[SX4011]: `age > 5` and `age < 3` contradict each other: no value of `age` can pass
-- CHECK: age integer check (age > 5 and age < 3)
-- CHECK: this asks for `age > 5`
-- CHECK: hint: null alone passes: if nothing else is meant, say `age is null`
create table one_check (id integer primary key, age integer check (age > 5 and age < 3));

-- CHECK: error[SX4011]: `price >= 10` and `price < 2.50` contradict each other: no row of `two_checks` can pass
create table two_checks (
  id integer primary key,
  price numeric(8, 2) not null check (price >= 10),
  constraint cheap check (price < 2.50)
);

-- CHECK: error[SX4011]: `age >= 18` and `age < 7` contradict each other
create table a_domain (id integer primary key, age grown not null check (age < 7));

-- CHECK: error[SX4011]: the type `smallint` of `n` and `n > 40000` contradict each other
-- CHECK: its type is declared here
create table a_type (id integer primary key, n smallint not null check (n > 40000));

-- CHECK: error[SX4011]: the type `character varying(8)` of `code` and `char_length(code) >= 9` contradict each other
create table a_length (id integer primary key, code varchar(8) not null check (char_length(code) >= 9));

-- CHECK: error[SX4011]: `age <= 9` and `age >= 18` contradict each other
create table an_annotation (
  id integer primary key,
  age integer not null check (age <= 9)  --@ min(18)
);

-- CHECK: error[SX4011]: `not null` of `left_at` and `left_at is null` contradict each other
-- CHECK: it is declared `not null` here
create table only_null (id integer primary key, left_at date not null, check (left_at is null));

-- CHECK: error[SX4011]: `state = 'open'` and `state = 'done'` contradict each other
create table enums (id integer primary key, state state check (state = 'open') check (state = 'done'));

-- CHECK: error[SX4011]: `size between 9 and 3` contradicts itself: no value of `size` can pass
create table itself (id integer primary key, size integer check (size between 9 and 3));

-- CHECK: error[SX4011]: `begins < ends` and `ends <= begins` contradict each other: no row of `columns` can pass
create table columns (
  id integer primary key,
  begins date not null,
  ends date not null,
  check (begins < ends),
  check (ends <= begins)
);

-- CHECK: error[SX4011]: `kind in ('a', 'b')`, `kind <> 'a'` and `kind <> 'b'` contradict each other
create table three (
  id integer primary key,
  kind text not null check (kind in ('a', 'b')) check (kind <> 'a') check (kind <> 'b')
);

-- CHECK: error[SX4011]: `born > '2020-01-01'` and `born < '2000-01-01'` contradict each other
create table days (
  id integer primary key,
  born date not null check (born > '2020-01-01') check (born < '2000-01-01')
);
-- CHECK-NOT: error
