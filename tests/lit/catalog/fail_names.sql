-- A name that is taken or that names nothing is reported where it stands, once.
-- RUN: %sqlxc --dialect=postgres --verify %s
create table users (id integer primary key, email text, name text, name text); -- expected-error {{SX2005}}
create table users (id integer primary key); -- expected-error {{SX2001}}
create index users_name on users (nmae); -- expected-error {{SX2003}}
alter table usrs add column phone text; -- expected-error {{SX2002}}
alter table users drop constraint users_email_key; -- expected-error {{SX2008}}
create type mood as enum ('good', 'bad');
create type mood as enum ('fine'); -- expected-error {{SX2007}}
alter type mood rename value 'god' to 'great'; -- expected-error {{SX2011}}
create table days (id integer primary key, felt mod); -- expected-error {{SX2004}}
create table nights (id integer primary key, lasted numeric(1, 2, 3)); -- expected-error {{SX2012}}
create table weeks (id integer primary key, number integer primary key); -- expected-error {{SX2006}}
create view names (id, name, email) as select id, name from users; -- expected-error {{SX2013}}
