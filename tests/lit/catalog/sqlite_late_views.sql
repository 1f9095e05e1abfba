-- SQLite reads a view when it is used: it may name views and tables that are made later.
-- RUN: %sqlxc --dialect=sqlite --verify %s > /dev/null
-- RUN: %sqlxc --dialect=sqlite --format=json %s 2>/dev/null | FileCheck %s
-- RUN: sqlxc check --emit=sources --dialect=sqlite %s 2>/dev/null | FileCheck --check-prefix=DDL %s
create view top as select id, total from middle where total > 10;
create view middle as select id, sum(price) as total from items group by id;
create view renamed as select old.label from old;
create table items (id integer primary key, price integer not null);
create table old (id integer primary key, label text not null);
alter table old rename to new;
create table copied as select * from top;
create view gone as select * from nowhere;
drop view gone;
create view one as select * from two; -- expected-warning {{SX1002}}
create view two as select * from one; -- expected-warning {{SX1002}}
-- CHECK: "name": "top"
-- CHECK: "name": "id", "type": "INTEGER", "nullable": false
-- CHECK: "name": "total"
-- CHECK: "name": "middle"
-- CHECK: "name": "renamed"
-- CHECK: "name": "label", "type": "TEXT", "nullable": false
-- CHECK: "name": "copied"
-- CHECK: "name": "total"
-- CHECK-NOT: "name": "one"
-- DDL: create view top
-- DDL: create view middle
