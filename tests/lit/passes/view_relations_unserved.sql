-- Views in a schema that is served have the foreign keys of tables that are not, whose columns they show: one to many, one to one, many to many.
-- RUN: sqlxc check --emit=ir --schema=api %s | FileCheck %s
create schema private;
create schema api;
create table private.users (id bigint primary key, name text);
create table private.profiles (user_id bigint primary key references private.users (id), bio text);
create table private.posts (id bigint primary key, author_id bigint not null references private.users (id), title text);
create table private.tags (id bigint primary key, word text);
create table private.post_tags (post_id bigint references private.posts (id), tag_id bigint references private.tags (id), primary key (post_id, tag_id));
create table private.secrets (id bigint primary key, user_id bigint references private.users (id));
create table api.notes (id bigint primary key, post_id bigint references private.posts (id));
create view private.recent as select * from private.posts;
create view api.users as select id, name from private.users;
create view api.profiles as select user_id as id, bio from private.profiles;
create view api.posts as select id, author_id as writer_id, title from private.recent;
create view api.tags as select id, word from private.tags;
create view api.post_tags as select post_id, tag_id from private.post_tags;
create view api.counts as select author_id, count(*) as n from private.posts group by author_id;
-- CHECK-NOT: private
-- CHECK: entity notes
-- CHECK: relation post one (post_id) -> posts(id)
-- CHECK: view users
-- CHECK: relation profile one (id) -> profiles(id)
-- CHECK: relation posts many (id) -> posts(writer_id)
-- CHECK: relation counts many (id) -> counts(author_id)
-- CHECK: view profiles
-- CHECK: relation user one (id) -> users(id)
-- CHECK: view posts
-- CHECK: relation writer one (writer_id) -> users(id)
-- CHECK: relation post_tags many (id) -> post_tags(post_id)
-- CHECK: relation notes many (id) -> notes(post_id)
-- CHECK: relation tags many to many (id) -> tags(id) via post_tags(post_id)(tag_id)
-- CHECK: view tags
-- CHECK: view post_tags
-- CHECK: view counts
-- CHECK: relation author one (author_id) -> users(id)
-- CHECK-NOT: secrets
