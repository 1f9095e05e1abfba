-- What some row may obey is no contradiction, however odd it looks.
-- RUN: %sqlxc %s 2>&1 | FileCheck --allow-empty %s
-- CHECK-NOT: SX401
create table t (
  id integer primary key,
  -- Only null, on purpose.
  retired integer check (retired is null),
  -- Whole numbers stand between, and decimals.
  whole integer check (whole > 4 and whole < 6),
  part numeric check (part > 4 and part < 5),
  -- Null passes one part.
  lost integer check (lost is null or lost > 4),
  -- Functions may be anything.
  word text check (lower(word) = 'a') check (upper(word) = 'B'),
  matched text check (matched ~ '^a') check (matched ~ '^b'),
  -- Texts that differ in what is not compared.
  code text check (code <> 'a' and code <> 'b'),
  a integer,
  b integer,
  check (a < b or b < a),
  check (a <= 5 and b >= 5),
  check (a + b > 10 or a - b > 10)
);
create table parents (id integer primary key, check (id > 0) no inherit);
