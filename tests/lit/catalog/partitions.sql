-- A partition has the columns, keys and indexes of its root.
-- RUN: %sqlxc --dialect=postgres --format=json %s | FileCheck %s
create table events (id int, day date not null, primary key (id, day)) partition by range (day);
create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01');
-- CHECK: "name": "events_2026"
-- CHECK: "name": "id", "type": "integer", "nullable": false
-- CHECK: "name": "day", "type": "date", "nullable": false
-- CHECK: "primary_key": ["id", "day"]
