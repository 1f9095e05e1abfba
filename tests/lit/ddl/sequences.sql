-- A sequence that several defaults read, or that `serial` cannot say, is created once before its tables and owned after them.
-- RUN: %sqlxc --dialect=postgres --target=postgres --verify %s
-- RUN: sqlxc check --emit=sources --dialect=postgres --target=postgres %s 2>/dev/null | FileCheck %s
create sequence every_id minvalue 0 start with 1 increment by 2 cache 5;
create sequence from_zero minvalue 0 start 0;
create domain key_id as integer not null;
create domain counted as bigint default nextval('every_id');
create sequence Coins_Id_Seq;
create table boats (id integer primary key default nextval('every_id'), name text);
create table cars (id serial primary key, name text);
create table vans (id integer primary key default nextval('cars_id_seq'::regclass), n integer default nextval('FROM_ZERO'));
create table coins (id key_id primary key default nextval('coins_id_seq'::regclass));
alter sequence coins_id_seq owned by coins.id;
create table marks (id counted primary key);
create table loose (id serial primary key, n serial);
alter table loose alter n drop not null;
create table alone (id integer primary key default nextval('alone_id_seq')); -- expected-warning {{SX2014}}
create table twin (id bigserial primary key);
create sequence gone;
create table left_over (id integer primary key, n integer default nextval('gone'));
drop sequence gone cascade;
-- CHECK: create sequence every_id minvalue 0 start with 1 increment by 2 cache 5;
-- CHECK: create sequence from_zero minvalue 0 start with 0;
-- CHECK: create domain counted as bigint
-- CHECK-NEXT: default nextval('every_id');
-- CHECK: create sequence coins_id_seq;
-- CHECK: create table boats (
-- CHECK-NEXT: id integer not null default nextval('every_id'),
-- CHECK: create sequence cars_id_seq as integer;
-- CHECK: create table cars (
-- CHECK-NEXT: id integer not null default nextval('cars_id_seq'::regclass),
-- CHECK: alter sequence cars_id_seq owned by cars.id;
-- CHECK: create table vans (
-- CHECK: create table coins (
-- CHECK-NEXT: id key_id not null default nextval('coins_id_seq'::regclass),
-- CHECK: alter sequence coins_id_seq owned by coins.id;
-- CHECK: create sequence loose_n_seq as integer;
-- CHECK: create table loose (
-- CHECK-NEXT: id serial,
-- CHECK-NEXT: n integer default nextval('loose_n_seq'::regclass),
-- CHECK: id bigserial,
-- CHECK: create table left_over (
-- CHECK-NEXT: id integer not null,
-- CHECK-NEXT: n integer,
-- CHECK: create sequence alone_id_seq;
-- CHECK: create table alone (
