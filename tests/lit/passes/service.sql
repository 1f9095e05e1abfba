-- What a service cannot serve as one would expect is said.
create table notes (body text); -- expected-warning {{SX4007}}
create table items (
  id integer primary key,
  "order" integer, -- expected-warning {{SX4009}}
  never integer check (false), -- expected-warning {{SX4010}}
  token text not null --@ readonly
  -- expected-warning@-1 {{SX4008}}
);
-- CHECK: entity notes as Note
