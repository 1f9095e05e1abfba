-- What a view or a named query reads is known where its text says it: through views, subqueries, conditions and common tables; where a function of the schema is called, nothing is said.
create table users (id bigint primary key, name text);
create table posts (id bigint primary key, author_id bigint references users, title text);
create table tags (id bigint primary key, name text);
create table logs (id bigint primary key, at date) partition by range (id);
create table logs_first partition of logs for values from (0) to (100);
create table places (id bigint primary key, name text);
create table capitals (state text, primary key (id)) inherits (places);

create function tagged(bigint) returns boolean language sql stable as 'select exists (select from tags where id = $1)';

create view names as select name from users;

create view deep as
  with posts as (select * from posts where id > 1)
  select n.name, (select count(*) from posts) as posts from names n
  where exists (select from tags t where t.name = n.name) order by (select max(id) from posts);

create view either as select name from users union all (select name from tags);

create view parts as select id from logs;

create view called as select id from posts where tagged(id);

create view catalogued as select relname from pg_class;

create materialized view kept as select id from posts;

create view of_kept as select id from kept;

--@ query by_author(name text): select p.title from posts p join users u on u.id = p.author_id where u.name = :name

--@ query own(): select id from posts where tagged(id)

-- CHECK: entity logs as
-- CHECK-NEXT: field
-- CHECK: entity places as
-- CHECK-NEXT: reads places capitals
-- CHECK: entity capitals as
-- CHECK-NEXT: field
-- CHECK: view names as
-- CHECK-NEXT: reads users
-- CHECK: view deep as
-- CHECK-NEXT: reads users posts tags
-- CHECK: view either as
-- CHECK-NEXT: reads users tags
-- CHECK: view parts as
-- CHECK-NEXT: reads logs
-- CHECK: view called as
-- CHECK-NEXT: field
-- CHECK: view catalogued as
-- CHECK-NEXT: field
-- CHECK: view kept as
-- CHECK-NEXT: field
-- CHECK: view of_kept as
-- CHECK-NEXT: field
-- CHECK: query by_author
-- CHECK-NEXT: reads users posts
-- CHECK: query own stable gives rows
-- CHECK-NEXT: gives id
