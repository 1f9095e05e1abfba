-- A view that shows one column under several names has a relation by each, and for a key of several columns by each combination.
create table users (id integer primary key, manager_id integer references users (id));
create table notes (id integer primary key, user_id integer references users (id));
create view signed as select user_id as writer, user_id as reader from notes;
create view staff as
  select boss.manager_id as chief, worker.manager_id as boss, worker.id
  from users as boss join users as worker on worker.manager_id = boss.id;
create table places (x integer, y integer, primary key (x, y));
create table moves (id integer primary key, x integer, y integer, foreign key (x, y) references places (x, y));
create view doubled as select x as x1, y as y1, x as x2, y as y2 from moves;
-- CHECK-LABEL: entity users
-- CHECK-DAG: many (id) -> signed(writer)
-- CHECK-DAG: many (id) -> signed(reader)
-- CHECK-LABEL: view signed
-- CHECK-DAG: one (writer) -> users(id)
-- CHECK-DAG: one (reader) -> users(id)
-- CHECK-LABEL: view staff
-- CHECK-DAG: one (chief) -> staff(id)
-- CHECK-DAG: one (boss) -> staff(id)
-- CHECK-LABEL: view doubled
-- CHECK-DAG: one (x1, y1) -> places(x, y)
-- CHECK-DAG: one (x1, y2) -> places(x, y)
-- CHECK-DAG: one (x2, y1) -> places(x, y)
-- CHECK-DAG: one (x2, y2) -> places(x, y)
