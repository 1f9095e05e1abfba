-- In SQLite a primary key may be null unless the table has no rowid.
-- RUN: %sqlxc --dialect=sqlite --format=json %s | FileCheck %s
create table a (code text primary key);
create table b (code text primary key) without rowid;
-- CHECK: "name": "a"
-- CHECK: "name": "code", "type": "TEXT", "nullable": true
-- CHECK: "name": "b"
-- CHECK: "name": "code", "type": "TEXT", "nullable": false
