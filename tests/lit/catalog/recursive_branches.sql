-- A common table may read itself in several branches, and in SQLite without the word RECURSIVE.
-- RUN: %sqlxc --dialect=sqlite --format=json %s | FileCheck %s
-- RUN: not %sqlxc --dialect=mysql %s 2>&1 | FileCheck --check-prefix=MYSQL %s
create table links (a integer not null, b integer not null);
create view reach as
with recursive closure(start, goal, path) as (
  select a, b, 'x' from links
  union select c.start, l.b, c.path from closure c join links l on c.goal = l.a
  union select l.a, c.goal, c.path from closure c join links l on c.start = l.b
)
select start, goal, path from closure;
create view bare as
with closure(start, goal) as (select a, b from links union select c.start, l.b from closure c join links l on c.goal = l.a)
select * from closure;
-- CHECK: "name": "reach"
-- CHECK: "name": "start"
-- CHECK: "name": "goal"
-- CHECK: "name": "path"
-- CHECK: "name": "bare"
-- CHECK: "name": "start"
-- CHECK: "name": "goal"
-- MYSQL: table `closure` does not exist
