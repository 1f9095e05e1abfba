-- Rows are sorted by columns whose types have an order, and by those of a key, whatever their types are.
create table hosts (
  ip inet,
  zone varchar(40),
  mac macaddr unique,
  place point,
  notes jsonb,
  primary key (ip, zone)
);
-- CHECK-LABEL: ==== docs/schema.graphql ====
-- CHECK: input HostOrderBy {
-- CHECK-NEXT: ip: OrderDirection
-- CHECK-NEXT: zone: OrderDirection
-- CHECK-NEXT: mac: OrderDirection
-- CHECK-NEXT: }
