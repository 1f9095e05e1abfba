-- InnoDB restricts where a foreign key says nothing, and keeps NO ACTION where it is said.
-- RUN: %sqlxc --dialect=mysql --format=json %s | FileCheck %s
create table a (id int primary key);
create table b (x int, y int, foreign key (x) references a (id), foreign key (y) references a (id) on delete no action);
-- CHECK: "columns": ["x"]
-- CHECK-SAME: "on_delete": "restrict", "on_update": "restrict"
-- CHECK-SAME: "columns": ["y"]
-- CHECK-SAME: "on_delete": "no action", "on_update": "restrict"
