-- What SQLite cannot hold is named, each with its place.
create table rooms (
  id integer primary key,
  room text,
  place integer not null,
  opened_by text default current_user, -- expected-warning {{SX5011}} expected-warning {{SX5011}}
  unique (place) deferrable, -- expected-warning {{SX5024}}
  exclude using btree (room with =) -- expected-warning {{SX5017}}
);
create table suites (floor integer, primary key (id)) inherits (rooms); -- expected-warning {{SX5021}}
create table nothing (); -- expected-warning {{SX5019}} expected-warning {{SX4007}}
create server elsewhere foreign data wrapper postgres_fdw;
create foreign table remote (id integer not null) server elsewhere; -- expected-warning {{SX5022}} expected-warning {{SX4007}}
create function touch() returns trigger language plpgsql as $$ begin return new; end $$; -- expected-warning {{SX5016}}
create trigger rooms_touch before update on rooms for each row execute function touch(); -- expected-warning {{SX5015}}
create sequence numbers;
create table tickets (
  id integer primary key,
  number integer default nextval('numbers') -- expected-warning {{SX5026}}
);
create view names as select place, string_agg(room, ', ' order by room) as rooms from rooms group by place; -- expected-warning {{SX5025}}
