-- Views are translated as far as it goes; one that cannot be, and what stands on it, is named and left out.
create table orders (id integer primary key, placed timestamptz, customer text, total numeric(10, 2));
create view by_year as
  select extract(year from placed) as year, sum(total) as total, count(*) filter (where customer ilike 'a%') as a
  from orders group by 1 order by 1;
create view latest as -- expected-warning@+1 {{SX5014}}
  select distinct on (customer) customer, id from orders order by customer, id desc;
create materialized view customers as select distinct customer from only orders; -- expected-warning {{SX5023}}
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create view by_year (year, total, a) as
-- CHECK-NEXT: select
-- CHECK-NEXT: cast(strftime('%Y', placed) as integer) as year,
-- CHECK-NEXT: sum(total) as total,
-- CHECK-NEXT: count(*) filter (where ilike('a%', customer)) as a
-- CHECK-NEXT: from orders
-- CHECK-NEXT: group by 1
-- CHECK-NEXT: order by 1;
-- CHECK-NOT: latest
-- CHECK: create view customers (customer) as
-- CHECK-NEXT: select distinct customer
-- CHECK-NEXT: from orders;
