-- Partitions hide behind their root: one table holds the rows.
create table events (id bigint, day date not null, primary key (id, day)) partition by range (day);
create table events_2020 partition of events for values from ('2020-01-01') to ('2021-01-01');
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table events (
-- CHECK-NOT: events_2020
-- CHECK: ====
