-- Keys, foreign keys and what they do are kept; an integer key of one column is the rowid.
create table authors (id integer primary key, email text not null unique);
create table posts (
  id smallint primary key,
  author_id integer not null references authors (id) on delete cascade deferrable initially deferred,
  slug text not null,
  unique (author_id, slug)
);
create table tags (post_id smallint references posts on update cascade, tag text, primary key (post_id, tag));
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK: create table authors (
-- CHECK-NEXT: id integer primary key,
-- CHECK-NEXT: email text not null,
-- CHECK-NEXT: constraint authors_email_key unique (email)
-- CHECK: create table posts (
-- CHECK-NEXT: id integer primary key,
-- CHECK: constraint posts_author_id_slug_key unique (author_id, slug),
-- CHECK-NEXT: constraint posts_author_id_fkey foreign key (author_id) references authors (id) on delete cascade deferrable initially deferred
-- CHECK: constraint tags_pkey primary key (post_id, tag),
-- CHECK-NEXT: constraint tags_post_id_fkey foreign key (post_id) references posts (id) on update cascade
