-- A view has the foreign keys whose columns it shows unchanged, through other views and subqueries too, and is led to by others'.
create table users (id integer primary key, name text);
create table posts (id integer primary key, author_id integer references users (id));
create view post_list as select p.id, p.author_id as writer from (select * from posts) as p;
create view names as select id, upper(name) as name from users;
create view again as select writer from post_list;
create view computed as select author_id + 1 as author_id from posts;
-- CHECK: entity users
-- CHECK: relation posts many (id) -> posts(author_id)
-- CHECK: relation post_list many (id) -> post_list(writer)
-- CHECK: relation again many (id) -> again(writer)
-- CHECK: view post_list
-- CHECK: relation user one (writer) -> users(id)
-- CHECK: relation name one (writer) -> names(id)
-- CHECK: view names
-- CHECK: relation posts many (id) -> posts(author_id)
-- CHECK: view computed
-- CHECK-NEXT: reads posts
-- CHECK-NEXT: field author_id
-- CHECK-NEXT: operation
