-- A statement that is not supported is skipped with a warning that shows it, and what follows is read.
-- RUN: %sqlxc --diagnostics=short --dialect=postgres %s 2>&1 | FileCheck %s
create table t (id integer primary key);
create event e;
create table u (id integer primary key);
-- CHECK: SX1002
-- CHECK-SAME: create event
