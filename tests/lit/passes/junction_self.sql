-- A junction's two foreign keys are parts of its key, which may hold more; both may lead to one table.
create table users (id integer primary key);
create table follows ( -- expected-warning@+1 {{SX4002}}
  follower_id integer references users (id), followed_id integer references users (id), since date,
  primary key (follower_id, followed_id, since));
-- CHECK: entity users
-- CHECK-DAG: relation followeds many to many (id) -> users(id) via follows(follower_id)(followed_id)
-- CHECK-DAG: relation followers many to many (id) -> users(id) via follows(followed_id)(follower_id)
