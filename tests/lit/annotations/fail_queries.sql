-- A named query that cannot be served is an error where it stands, once.
create table users (id bigint primary key, name text not null);
create table posts (id bigint primary key, author_id bigint not null references users (id));
create function taken() returns integer language sql as 'select 1';

--@ query deletes: delete from users -- expected-error {{SX3010}}
--@ query two: select 1 as a; select 2 as b -- expected-error {{SX3010}}
--@ query locks: select id from users for update -- expected-error {{SX3010}}
--@ query taken: select id from users -- expected-error {{SX3011}}
--@ query ambiguous(name text): select id from users where name = name -- expected-error {{SX3012}} expected-error {{SX3012}}
--@ query unknown_column: select nam from users -- expected-error {{SX3013}}
--@ query unknown_parameter: select id from users where id = :idd -- expected-error {{SX3013}}
--@ query unknown_table: select id from userz -- expected-error {{SX2002}}
--@ query unknown_type(a strin): select id from users where name = a -- expected-error {{SX2004}}
--@ query twice_named: select u.id, p.id from users u, posts p -- expected-error {{SX3014}}
--@ query nameless: select id + 1 from users -- expected-error {{SX3014}}
--@ query uneven: select id from users union select id, author_id from posts -- expected-error {{SX3014}}
--@ query unused(a integer): select id from users -- expected-warning {{SX3015}}
--@ query unused: select id from users -- expected-error {{SX2007}}
--@ query twice(a integer, a text): select id from users where id = a -- expected-error {{SX2007}}
--@ query no_colon select 1 -- expected-error {{SX3005}}
--@ query no_type(a): select id from users where id = a -- expected-error {{SX3005}}
