-- A view whose table is nowhere when all is read is a mistake in SQLite, too.
-- RUN: %sqlxc --dialect=sqlite --verify %s
create view v as select * from later, nowhere; -- expected-error {{SX2002}}
create table later (id integer primary key);
