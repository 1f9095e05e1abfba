-- SQLite takes the words of joins for names where no join is, and a pattern in brackets for a pattern.
-- RUN: %sqlxc --dialect=sqlite %s | FileCheck %s
create table cards (left integer, right integer, cross int, name text, unique (left, right), check (name not like ('%/' || left)));
create view v as select left, c.right from cards c natural left outer join cards as d where left > 3 and name like ('x');
-- CHECK: "left" INTEGER,
-- CHECK: unique ("left", "right")
-- CHECK: check (name not like '%/' || "left")
-- CHECK: natural left join cards as d
-- CHECK: where "left" > 3 and name like 'x'
