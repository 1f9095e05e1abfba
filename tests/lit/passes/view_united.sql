-- United rows are of no one table: a view of them has no foreign key, also where the first branch shows one.
create table users (id integer primary key);
create table posts (id integer primary key, author_id integer references users (id));
create view united as select author_id from posts union select id from posts;
create view common as with recursive c as (select author_id from posts union all select author_id + 1 from c) select author_id from c;
create view plain as select author_id from posts;
-- CHECK-LABEL: entity users
-- CHECK: relation posts many
-- CHECK-NEXT: relation plain many
-- CHECK-NOT: relation
-- CHECK-LABEL: entity posts
-- CHECK-LABEL: view united
-- CHECK-NOT: relation
-- CHECK-LABEL: view plain
-- CHECK: relation author one (author_id) -> users(id)
