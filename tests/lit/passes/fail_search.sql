-- A search looks in text columns of tables that clients may read, with a weight from A to D; what else is asked of it is told where it stands.
-- RUN: not %sqlxc --diagnostics=short %s 2>&1 | FileCheck --implicit-check-not=error %s
create table users (
  id integer primary key,
  name text,  --@ search(A)
  nick text,  --@ search(b)
  city text,  --@ search
  street text,  --@ search(E)
  house text,  --@ search(high)
  age integer,  --@ search
  tags text[],  --@ search
  hash text,  --@ search password
  pin text,  --@ search(A) secret
  note text  --@ hidden search
);
create view names as select id, name from users;
comment on column names.name is 'Names. @search';
-- CHECK: fail_search.sql:8:{{[0-9]+}}: error[SX4005]: `@search` takes a weight A, B, C or D, not `E`
-- CHECK: fail_search.sql:9:{{[0-9]+}}: error[SX4005]: `@search` takes a weight A, B, C or D, not `high`
-- CHECK: fail_search.sql:10:{{[0-9]+}}: error[SX3020]: `users.age` cannot be searched: it is of type `integer`, and words are looked for in texts
-- CHECK: fail_search.sql:11:{{[0-9]+}}: error[SX3020]: `users.tags` cannot be searched: it is of type `text[]`
-- CHECK: fail_search.sql:12:{{[0-9]+}}: error[SX3020]: `users.hash` cannot be searched: clients may not read it
-- CHECK: fail_search.sql:13:{{[0-9]+}}: error[SX3020]: `users.pin`
-- CHECK: fail_search.sql:14:{{[0-9]+}}: error[SX3020]: `users.note`
-- CHECK: fail_search.sql:17:{{[0-9]+}}: error[SX3020]: `names.name` cannot be searched: it is a column of a view
