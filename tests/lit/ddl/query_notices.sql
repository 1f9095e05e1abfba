-- A named query that a database has no form of, or a weaker one, is said when it is compiled.
create table users (id bigint primary key, name text not null);

--@ query first_of_each: select distinct on (name) id, name from users order by name, id -- expected-warning {{SX5028}}
--@ query names: select string_agg(name, ', ' order by id) as names from users -- expected-warning {{SX5029}}
