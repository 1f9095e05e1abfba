-- The canonical text has one clause a line, one column a line, and as few parentheses as keep its meaning.
create table t (a int check (((a)) > (1 + (2 * 3))), "Order" int, b text default ('x'::text));
create view v as select ((a)) as x, b from t where (a > 1) and ((b = 'y') or (b is null)) order by a limit 10;
-- CHECK: create table t (
-- CHECK: a integer
-- CHECK: "Order" integer
-- CHECK: create view v
-- CHECK: select a as x, b
-- CHECK-NEXT: from t
-- CHECK-NEXT: where a > 1 and (b = 'y' or b is null)
-- CHECK-NEXT: order by a
-- CHECK-NEXT: limit 10
