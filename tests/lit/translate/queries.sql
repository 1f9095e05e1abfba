-- Queries lose what only PostgreSQL says: casts, schemas, LATERAL functions over arrays, parentheses round the parts of UNION.
create schema app;
create table app.users (id integer primary key, name text not null, tags text[]);
create table app.posts (id integer primary key, user_id integer references app.users, title text, created timestamptz);
create view app.tagged as
  select u.id, t.tag from app.users u cross join unnest(u.tags) as t(tag) where t.tag = any ('{a,b}'::text[]);
create view app.recent as
  with last as (select user_id, max(created) from app.posts group by user_id)
  (select u.name::varchar as name, last.max as at from app.users u join last on last.user_id = u.id)
  union all
  (select 'nobody'::text, now() - interval '1 day' order by 1 limit 1);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create view "app.tagged" (id, tag) as
-- CHECK-NEXT: select u.id, t.value as tag
-- CHECK-NEXT: from "app.users" as u
-- CHECK-NEXT: cross join json_each(u.tags) as t
-- CHECK-NEXT: where t.value in ('a', 'b');
-- CHECK: create view "app.recent" (name, at) as
-- CHECK-NEXT: with last as (
-- CHECK: max(created) as max
