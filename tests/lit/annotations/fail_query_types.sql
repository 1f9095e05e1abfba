-- A named query that PostgreSQL would refuse when it is called is an error where it stands: types, conditions, groups, two columns of a name.
create type mood as enum ('ok', 'sad');
create table users (id bigint primary key, name text not null, born date, is_old boolean, token uuid, about jsonb, feels mood);
create table posts (id bigint primary key, author_id bigint not null references users (id), title text, likes integer);

--@ query two: select id from users u join posts p on p.author_id = u.id -- expected-error {{SX3019}}
--@ query two_in_where: select u.id from users u, posts p where id = 1 -- expected-error {{SX3019}}
--@ query text_and_number: select id from users where name > 5 -- expected-error {{SX3016}}
--@ query argument(x text): select id from users where id = x -- expected-error {{SX3016}}
--@ query list(xs text[]): select id from users where id = any(xs) -- expected-error {{SX3016}}
--@ query items: select id from users where born in (1, 2) -- expected-error {{SX3016}}
--@ query among: select id from users where id in (select title from posts) -- expected-error {{SX3016}}
--@ query range: select id from users where id between born and born -- expected-error {{SX3016}}
--@ query word: select id from users where id = 'abc' -- expected-error {{SX3016}}
--@ query label: select id from users where feels = 'sat' -- expected-error {{SX3016}}
--@ query no_condition: select id from users where name -- expected-error {{SX3016}}
--@ query no_condition_in_and: select id from users where is_old and id -- expected-error {{SX3016}}
--@ query no_condition_in_case: select case when id then 1 end as x from users -- expected-error {{SX3016}}
--@ query no_condition_in_on: select u.id from users u join posts p on p.author_id -- expected-error {{SX3016}}
--@ query plus: select id + name as x from users -- expected-error {{SX3016}}
--@ query pattern: select name from users where id like '1%' -- expected-error {{SX3016}}
--@ query sums: select sum(name) as x from users -- expected-error {{SX3016}}
--@ query united: select id from users union select title from posts -- expected-error {{SX3016}}
--@ query wide: select (select id, title from posts limit 1) as x from users -- expected-error {{SX3016}}
--@ query wide_list: select id from users where id in (select id, likes from posts) -- expected-error {{SX3016}}
--@ query inside: select id from users where exists (select 1 from posts where title > 5) -- expected-error {{SX3016}}
--@ query in_common: with c as (select id from users where name > 5) select id from c -- expected-error {{SX3016}}
--@ query ungrouped: select name, count(*) as n from users -- expected-error {{SX3017}}
--@ query grouped_otherwise: select title, count(*) as n from posts group by author_id -- expected-error {{SX3017}}
--@ query in_having: select author_id from posts group by author_id having likes > 1 -- expected-error {{SX3017}}
--@ query in_order: select author_id from posts group by author_id order by likes + 1 -- expected-error {{SX3017}}
--@ query chosen: select author_id from posts where count(*) > 1 group by author_id -- expected-error {{SX3018}}
--@ query joined: select u.id from users u join posts p on max(p.likes) = u.id -- expected-error {{SX3018}}
