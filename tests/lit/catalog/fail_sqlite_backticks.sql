-- Only double quotes make a string of a word that names no column; a key takes no string at all.
-- RUN: %sqlxc --dialect=sqlite --verify %s
create table t (
  id integer primary key,
  unique ("nothing") -- expected-error {{SX2003}}
);
create index one on t (`index`); -- expected-error {{SX2003}}
create index two on t ([index]); -- expected-error {{SX2003}}
