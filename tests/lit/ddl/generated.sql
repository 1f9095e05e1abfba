-- Generated columns compute in SQLite what they compute elsewhere, or are named and stay null.
create table boxes (
  id integer primary key,
  wide numeric(8, 2) not null,
  high numeric(8, 2) not null,
  area numeric(12, 4) generated always as (wide * high) stored,
  note text,
  words tsvector generated always as (to_tsvector('simple', note)) stored -- expected-warning {{SX5012}}
);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: area numeric(12, 4) generated always as (wide * high) stored,
-- CHECK: words text
