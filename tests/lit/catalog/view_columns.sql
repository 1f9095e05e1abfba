-- The columns of a view have the types of its query, and may be null where an outer join makes them so.
-- RUN: %sqlxc --dialect=postgres --format=json %s | FileCheck %s
create table a (id int primary key, name text not null);
create table b (id int primary key, a_id int not null);
create view v as select b.id, a.name, count(*) as n from b left join a on a.id = b.a_id group by 1, 2;
-- CHECK: "kind": "view"
-- CHECK: "name": "id", "type": "integer", "nullable": false
-- CHECK: "name": "name", "type": "text", "nullable": true
-- CHECK: "name": "n", "type": "bigint", "nullable": false
