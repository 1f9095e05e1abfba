-- A partition that has its root's index already gets no second one, and a root's second one is no index of the partition yet.
create table logs (at date, note text) partition by range (at);
create table logs_1 (at date, note text);
create index logs_note on logs (note);
create index mine on logs_1 (note);
alter table logs attach partition logs_1 for values from ('2020-01-01') to ('2021-01-01');
create index again on logs (note);
-- CHECK: create table logs_1 (
-- CHECK-NEXT: at date,
-- CHECK-NEXT: note text
-- CHECK-NEXT: );
-- CHECK-NEXT: create index mine on logs_1 (note);
-- CHECK-NEXT: create index logs_1_note_idx on logs_1 (note);
-- CHECK-NEXT: alter table
