-- What goes with a column, a key or an index frees its name, and foreign keys go with the index that they stand on.
-- RUN: %sqlxc --dialect=postgres %s | FileCheck %s
create table clients (id text not null, tenant uuid not null);
create unique index clients_id_uq on clients (id);
create table grants (
  id integer primary key,
  client text not null constraint grants_client_fk references clients (id),
  team integer,
  state integer,
  constraint grants_uniq unique (team, state),
  check (state > 0 or team > 0)
);
create index grants_team on grants (team);

-- The column takes its index, its key and the check over both along.
alter table grants drop column team;
alter table grants add column team integer;
create unique index grants_team on grants (state, team);
alter table grants add constraint grants_uniq unique (client, state);
alter table grants add check (state > 1 or team > 1);
alter table grants drop constraint grants_check;
alter table grants add check (state > 2 or team > 2);

drop index clients_id_uq cascade;
create unique index clients_id_uq on clients (tenant, id);

-- CHECK: create table grants
-- CHECK-NOT: grants_client_fk
-- CHECK: constraint grants_uniq unique (client, state)
-- CHECK: constraint grants_check check (state > 2 or team > 2)
-- CHECK: create unique index grants_team on grants (state, team)
