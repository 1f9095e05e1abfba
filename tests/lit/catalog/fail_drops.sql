-- A table that a foreign key needs is not dropped without CASCADE.
create table users (id integer primary key);
create table posts (id integer primary key, user_id integer references users (id));
drop table users; -- expected-error {{SX2010}}
