-- What is dropped before it is made is a warning, as engines with IF EXISTS have it; the table is served all the same.
drop table users; -- expected-warning {{SX2009}}
create table users (id integer primary key);
-- CHECK: create table users
