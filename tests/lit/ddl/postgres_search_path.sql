-- Bodies and expressions are kept under the search path that they were written under; names that are made say their schema.
-- RUN: sqlxc check --emit=sources --target=postgres %s | FileCheck %s
create schema shop;
set search_path = shop, public;
create table items (id integer primary key);
create view cheap as select * from items;
reset search_path;
create table items (id integer primary key, other integer references shop.items (id));
-- CHECK: ==== db/schema.postgres.sql ====
-- CHECK: create schema shop;
-- CHECK: set search_path = shop, public;
-- CHECK: create table shop.items (
-- CHECK: create view shop.cheap as
-- CHECK: reset search_path;
-- CHECK: create table public.items (
-- CHECK: foreign key (other) references shop.items (id)
