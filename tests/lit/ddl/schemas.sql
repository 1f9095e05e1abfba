-- Schemas are flattened into names; letter case tells no two tables apart.
create schema sales;
create table sales.orders (id integer primary key);
create table lines (id integer primary key, order_id integer references sales.orders);
create table "Lines" (id integer primary key); -- expected-warning {{SX5020}} expected-warning {{SX4001: another table}}
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table "sales.orders" (
-- CHECK: references "sales.orders" (id)
-- CHECK: create table Lines_2 (
