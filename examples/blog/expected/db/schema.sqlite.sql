-- The tables of `blog` in sqlite, written by sqlxc from blog.sql. Do not edit.

-- People who write and comment.
create table users (
  id integer primary key,
  email text not null,
  name text not null,
  age integer,
  bio text,
  created_at text not null default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
  constraint users_email_key unique (email),
  constraint users_name_check check (length(name) >= 2),
  constraint users_age_check check (age >= 13 and age <= 150)
);

-- What people write. A published post has a date of publication.
create table posts (
  id integer primary key,
  author_id integer not null,
  title text not null,
  content text not null,
  status text not null default 'draft' constraint status_type check (status in ('draft', 'published', 'archived')),
  rating numeric(3, 1),
  published_at text,
  created_at text not null default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
  constraint posts_title_check check (title <> ''),
  constraint posts_rating_check check (rating between 0 and 10),
  constraint published_has_a_date check (status <> 'published' or published_at is not null),
  constraint posts_author_id_fkey foreign key (author_id) references users (id) on delete cascade
);

-- What readers say about a post.
create table comments (
  id integer primary key,
  post_id integer not null,
  author_id integer not null,
  body text not null,
  created_at text not null default (rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'), '0'), '.')),
  constraint comments_body_check check (length(body) between 1 and 10000),
  constraint comments_post_id_fkey foreign key (post_id) references posts (id) on delete cascade,
  constraint comments_author_id_fkey foreign key (author_id) references users (id) on delete cascade
);

-- Words that posts are found by.
create table tags (
  id integer primary key,
  name text not null,
  constraint tags_name_key unique (name)
);

-- Which post carries which tag.
create table post_tags (
  post_id integer not null,
  tag_id integer not null,
  constraint post_tags_pkey primary key (post_id, tag_id),
  constraint post_tags_post_id_fkey foreign key (post_id) references posts (id) on delete cascade,
  constraint post_tags_tag_id_fkey foreign key (tag_id) references tags (id) on delete cascade
);

create index posts_author_id on posts (author_id, created_at);
create index posts_created_at on posts (created_at);
create index comments_post_id on comments (post_id);
create index comments_author_id on comments (author_id);
create index post_tags_tag_id on post_tags (tag_id);

-- How much each person has written.
create view author_activity (id, name, posts, last_published_at) as
select
  u.id,
  u.name,
  count(p.id) as posts,
  max(p.published_at) as last_published_at
from users as u
  left join posts as p on p.author_id = u.id
group by u.id, u.name;

-- What a search of `posts` finds its rows by, and what keeps it.
create virtual table _sqlxc_search_posts using fts5(title, content, content = 'posts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0');

create trigger _sqlxc_search_posts_insert
after insert on posts
begin
  insert into _sqlxc_search_posts (rowid, title, content)
  values (new.id, new.title, new.content);
end;

create trigger _sqlxc_search_posts_delete
after delete on posts
begin
  insert into _sqlxc_search_posts (_sqlxc_search_posts, rowid, title, content)
  values ('delete', old.id, old.title, old.content);
end;

create trigger _sqlxc_search_posts_update
after update of title, content, id on posts
begin
  insert into _sqlxc_search_posts (_sqlxc_search_posts, rowid, title, content)
  values ('delete', old.id, old.title, old.content);
  insert into _sqlxc_search_posts (rowid, title, content)
  values (new.id, new.title, new.content);
end;
