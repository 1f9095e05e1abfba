-- What a service cannot serve as one would expect is said.
create table notes (body text); -- expected-warning {{SX4007}}
create table items (
  id integer primary key,
  limit_ integer,
  "order" integer, -- expected-warning {{SX4009}}
  never integer check (1 = 2 or false)
);
-- CHECK: entity notes as Note
