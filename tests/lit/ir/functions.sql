-- Functions are what can be called, with their parameters and what they give; one of a row is a field or a relation of it.
create table clients (id integer primary key, name text);
create table projects (id integer primary key, client_id integer references clients (id), name text);
create function add_them(a integer, b integer default 1) returns integer language sql immutable as $$ select a + b $$;
create function search(q text, variadic tags text[]) returns setof projects language sql stable as $$ select * from projects $$;
create function upper_name(projects) returns text language sql stable as $$ select upper($1.name) $$;
create function computed_client(p projects) returns setof clients rows 1 language sql stable as $$ select * from clients where id = p.client_id $$;
create function stats(kind text, out low integer, out high integer) language sql as $$ select 1, 2 $$;
create function pairs() returns table (x integer, y text) language sql as $$ select 1, 'a' $$;
create function does_it() returns void language sql as $$ select $$;
create type spot as (x integer, y integer);
create domain near as spot check ((value).x < 10);
create domain nearest as near;
create domain several as spot[];
create function nearest_spot() returns nearest language sql as $$ select row(1, 2)::nearest $$;
create function some_spots() returns several language sql as $$ select '{}'::several $$;
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
-- CHECK: entity projects
-- CHECK: computed upper_name text by "upper_name"
-- CHECK: relation computed_client one () -> clients() by function "computed_client"
-- CHECK: function add_them immutable gives value
-- CHECK-NEXT: takes a int32
-- CHECK-NEXT: takes b int32 optional
-- CHECK-NEXT: gives add_them int32
-- CHECK: function does_it gives nothing
-- CHECK: function nearest_spot gives row
-- CHECK-NEXT: gives x int32
-- CHECK-NEXT: gives y int32
-- CHECK: function pairs gives rows
-- CHECK-NEXT: gives x int32
-- CHECK-NEXT: gives y text
-- CHECK: function search stable gives rows of projects
-- CHECK-NEXT: takes q text
-- CHECK-NEXT: takes tags text[] variadic
-- CHECK: function some_spots gives value
-- CHECK: function stats gives row
-- CHECK-NEXT: takes kind text
-- CHECK-NEXT: gives low int32
-- CHECK-NEXT: gives high int32
-- CHECK-NOT: function touch
