-- An index ON ONLY a root reaches no partition: dumps make those of the partitions one by one, and attach them.
create table logs (at date, note text) partition by range (at);
create table logs_1 (at date, note text);
alter table only logs attach partition logs_1 for values from ('2020-01-01') to ('2021-01-01');
create index logs_note on only logs (note);
create index logs_1_note_idx on logs_1 (note);
alter index logs_note attach partition logs_1_note_idx;
-- CHECK: create index logs_note on only logs (note);
-- CHECK: create index logs_1_note_idx on logs_1 (note);
-- CHECK-NOT: create index
