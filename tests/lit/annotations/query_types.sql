-- What PostgreSQL takes is reported by nothing: literals that take a type, groups by a primary key, functions that are not known, aggregates that are windows.
create type mood as enum ('ok', 'sad');
create domain code as text;
create table users (id bigint primary key, name varchar(40) not null, born date, at timestamptz, is_old boolean, token uuid, about jsonb, feels mood, c code, tags text[]);
create table posts (id bigint primary key, author_id bigint not null references users (id), title text, likes integer, price numeric(10, 2));
create function score(posts) returns numeric language sql stable as 'select $1.price';

--@ query literals: select id from users where id = '5' and born > '2020-01-01' and is_old = 't' and token = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11' and feels = 'ok' and c > 'x' and name = 'x'
--@ query numbers: select id from posts where likes > price and price = 5 and id < 1.5 and price <> 'NaN'
--@ query times: select id from users where born < at and at - born > interval '1 day' and born + 1 > born and at::time < interval '1 hour'
--@ query conditions(x boolean): select id from users where is_old and x and not is_old and (about ->> 'a')::boolean and coalesce(is_old, false)
--@ query documents: select about - 'a' as a, about -> 'b' as b from users where about ->> 'c' = 'd' and about ? 'e'
--@ query arrays(xs bigint[]): select id from users where id = any(xs) and 'a' = any(tags) and id = any(array[1, 2])
--@ query key: select u.id, u.name, count(p.id) as n from users u left join posts p on p.author_id = u.id group by u.id order by u.name, n
--@ query expressions: select date_trunc('day', at) as d, count(*) as n from users group by date_trunc('day', at) order by date_trunc('day', at)
--@ query by_alias: select lower(name) as l, count(*) as n from users group by l
--@ query by_place: select lower(name) as l, count(*) as n from users group by 1 having count(*) > 1 order by 2 desc
--@ query windows: select author_id, sum(count(*)) over (order by author_id) as n, rank() over (order by max(likes)) as r from posts group by author_id
--@ query sets: select author_id, title, count(*) as n from posts group by grouping sets ((author_id), (title))
--@ query unknown: select author_id, nobody_knows(title) as x, count(*) as n from posts group by author_id
--@ query nested: select u.id from users u where (select count(*) from posts p where p.author_id = u.id) > 1 and u.id in (select author_id from posts group by author_id having max(likes) > 1)
--@ query merged: select author_id, count(*) as n from posts join (select id as author_id from users) as u using (author_id) group by author_id
--@ query rows: select id from posts where (id, author_id) in (select id, author_id from posts) and (id, likes) = (select id, likes from posts limit 1)
--@ query beside: select u.id, l.title from users u, lateral (select title from posts where author_id = u.id limit 1) as l
--@ query united: select id, name from users union all select id, title from posts order by name
--@ query names: select u.id as id, p.id as post from users u join posts p on p.author_id = u.id order by id
--@ query filtered: select count(*) filter (where is_old) as n, min(name) as first from users where name like 'a%' and name ~ 'b'
-- CHECK: create table users
