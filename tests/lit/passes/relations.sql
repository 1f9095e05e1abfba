-- Foreign keys lead both ways, under the names that people would give them.
create table users (id integer primary key, name text);
create table profiles (user_id integer primary key references users (id));
create table posts (
  id integer primary key,
  author_id integer not null references users (id), -- expected-warning {{SX4002}}
  editor_id integer references users (id),
  parent_id integer references posts (id)
);
create table tags (id integer primary key);
create table post_tags (
  post_id integer references posts (id),
  tag_id integer references tags (id),
  primary key (post_id, tag_id)
);
-- CHECK-LABEL: entity users
-- CHECK: relation profile one (id) -> profiles(user_id)
-- CHECK-NEXT: relation author_posts many (id) -> posts(author_id)
-- CHECK-NEXT: relation editor_posts many (id) -> posts(editor_id)
-- CHECK-LABEL: entity posts
-- CHECK: relation author one (author_id) -> users(id) required
-- CHECK-NEXT: relation editor one (editor_id) -> users(id) by
-- CHECK-NEXT: relation parent one (parent_id) -> posts(id) by
-- CHECK-NEXT: relation children many (id) -> posts(parent_id)
-- CHECK-NEXT: relation post_tags many (id) -> post_tags(post_id)
-- CHECK-NEXT: relation tags many to many (id) -> tags(id) via post_tags(post_id)(tag_id)
