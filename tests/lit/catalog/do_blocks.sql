-- DO blocks that wrap what has no IF NOT EXISTS are read as what they wrap, once.
-- RUN: %sqlxc --dialect=postgres %s 2>&1 | FileCheck %s
DO $$ BEGIN
 CREATE TYPE "public"."mood" AS ENUM('sad', 'ok');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
do language plpgsql $body$
declare
  n integer := 1;
begin
  if not exists (select 1 from pg_type where typname = 'history') then
    create type history as (id text, at timestamptz);
  else
    if true then alter type history add attribute note text; end if;
  end if;
  create table if not exists people (id integer primary key, mood mood not null, past history[]);
end
$body$;
create table pets (id integer primary key, owner_id integer);
DO $$ BEGIN
 ALTER TABLE pets ADD CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES people(id) ON DELETE cascade;
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;
DO $$ BEGIN
 CREATE TYPE "mood" AS ENUM('sad', 'ok');
 EXCEPTION WHEN duplicate_object THEN
  IF true THEN raise notice 'there'; END IF;
END $$;
DO $$ BEGIN
 ALTER TABLE pets ADD CONSTRAINT pets_owner_fk FOREIGN KEY (owner_id) REFERENCES people(id) ON DELETE cascade;
EXCEPTION WHEN others THEN null;
END $$;
do $$ begin if not exists (select 1) then alter table pets add column owner_id integer; end if; end $$;
-- What depends on the rows, or is a text only at run time, is not read: of such a block what is certain, and a warning.

do $$
declare r record;
begin
  create table kept (id integer primary key);
  for r in select 1 loop create table lost (id integer primary key); end loop;
  if (select count(*) from kept) = 0 then create table lost_too (id integer primary key); end if;
  execute 'create table unseen (id integer)';
end $$;
-- CHECK: warning[SX1002]: `do`
-- CHECK: create type mood as enum ('sad', 'ok');
-- CHECK-NOT: create type mood
-- CHECK: create type history as (
-- CHECK: create table people (
-- CHECK: mood mood not null,
-- CHECK: past history[],
-- CHECK: create table pets (
-- CHECK: constraint pets_owner_fk foreign key (owner_id) references people (id) on delete cascade
-- CHECK-NOT: pets_owner_fk
-- CHECK-NOT: create table lost
-- CHECK: create table kept (
-- CHECK-NOT: create table lost
