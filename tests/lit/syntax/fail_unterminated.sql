-- A string without an end is named where it begins.
create table users (id integer primary key);
insert into users values (1, 'abc -- expected-error {{SX1003}}
