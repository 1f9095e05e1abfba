-- PostgreSQL's DDL stands in an order that an empty database takes: what a later ALTER needs comes first.
-- RUN: sqlxc check --emit=sources --target=postgres %s | FileCheck %s
create table orders (id integer primary key, customer_id integer);
create table customers (id integer primary key);
alter table orders add foreign key (customer_id) references customers (id);
create type state as enum ('open', 'done');
alter table orders add state state default 'open';
create function total(orders) returns integer language sql stable as $$ select 1 from later $$;
create table later (id integer primary key);
-- CHECK: ==== db/schema.postgres.sql ====
-- CHECK: set check_function_bodies = false;
-- CHECK: create table customers (
-- CHECK: create type state as enum
-- CHECK: create table orders (
-- CHECK: foreign key (customer_id) references customers (id)
-- CHECK: create table later (
-- CHECK: create function total(orders) returns integer language sql stable as $$ select 1 from later $$;
-- CHECK: reset check_function_bodies;
