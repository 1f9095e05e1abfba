-- A view of one table's rows has the table's key where it shows all of it; one that joins, groups, unites, repeats, orders or keeps rows has none.
-- RUN: %sqlxc --target=postgres %s 2>/dev/null | FileCheck %s
create schema private;
create table private.posts (id integer primary key, author integer, tags text[], title text);
create table lines (a integer, b integer, note text, primary key (a, b));
create function title_of(text) returns text language sql as $$ select $1 $$;
create function words_of(text) returns setof text language sql as $$ select $1 $$;
create view posts as select title_of(title) as title, id as number, upper(title), id as again from private.posts where author > 0;
create view chained as select * from (table posts) as p;
create view posts_again as table posts;
create view lines_turned as select b as y, a as x from lines limit 10;
create view part as select a from lines;
create view changed as select id + 1 as id from private.posts;
create view joined as select p.id from private.posts as p join lines as l on l.a = p.author;
create view crossed as select p.id from private.posts as p, lines;
create view grouped as select id from private.posts group by id, title;
create view united as select id from private.posts union all select id from private.posts;
create view repeated as select id, unnest(tags) as tag from private.posts;
create view worded as select id, upper(words_of(title)) as word from private.posts;
create view below_united as select id from (select id from private.posts union select 1) as u;
create view ordered as select id from private.posts order by title;
create materialized view kept as select id from private.posts;
create view below_kept as select id from kept;
create view common as with p as (select id from private.posts) select id from p;
create view below_joined as select id from joined;
-- CHECK-LABEL: view posts
-- CHECK: key (number) posts_pkey
-- CHECK-NEXT: order number
-- CHECK: operation readPostRow
-- CHECK-LABEL: view chained
-- CHECK: key (number) posts_pkey
-- CHECK-LABEL: view posts_again
-- CHECK: key (number) posts_pkey
-- CHECK-LABEL: view lines_turned
-- CHECK: key (x, y) lines_pkey
-- CHECK-LABEL: view part
-- CHECK-NOT: key (
