-- PostgreSQL's own names of constraints: table, columns and a label, cut to 63 bytes.
-- RUN: %sqlxc --dialect=postgres %s | FileCheck %s
create table orders (
  id bigserial primary key,
  code text unique check (code <> ''),
  parent_id bigint references orders (id)
);
-- CHECK: constraint orders_pkey primary key (id)
-- CHECK: constraint orders_code_key unique (code)
-- CHECK: constraint orders_code_check check
-- CHECK: constraint orders_parent_id_fkey foreign key (parent_id)
