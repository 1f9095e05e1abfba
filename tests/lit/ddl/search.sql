-- What makes a search fast is an index of its words: in SQLite an FTS5 table with triggers, in PostgreSQL an expression under GIN.
-- RUN: %sqlxc --dialect=postgres %s 2>&1 | FileCheck %s
create schema audit;
create table posts (
  id bigint primary key,
  "the ""title""" varchar(80) not null,  --@ search(A) name(title)
  body text  --@ search
);
create table audit.words (
  rowid text primary key,
  meaning text  --@ search
);
create table plain (id bigint primary key, line text);
-- CHECK-LABEL: ==== db/schema.sqlite.sql ====
-- CHECK-NOT: using fts5
-- CHECK: -- What a search of `posts` finds its rows by, and what keeps it.
-- CHECK-NEXT: create virtual table _sqlxc_search_posts using fts5("the ""title""", body, content = 'posts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0');
-- CHECK: create trigger _sqlxc_search_posts_insert
-- CHECK-NEXT: after insert on posts
-- CHECK-NEXT: begin
-- CHECK-NEXT: insert into _sqlxc_search_posts (rowid, "the ""title""", body)
-- CHECK-NEXT: values (new.id, new."the ""title""", new.body);
-- CHECK-NEXT: end;
-- CHECK: create trigger _sqlxc_search_posts_delete
-- CHECK-NEXT: after delete on posts
-- CHECK-NEXT: begin
-- CHECK-NEXT: insert into _sqlxc_search_posts (_sqlxc_search_posts, rowid, "the ""title""", body)
-- CHECK-NEXT: values ('delete', old.id, old."the ""title""", old.body);
-- CHECK-NEXT: end;
-- CHECK: create trigger _sqlxc_search_posts_update
-- CHECK-NEXT: after update of "the ""title""", body, id on posts
-- CHECK-NEXT: begin
-- CHECK-NEXT: insert into _sqlxc_search_posts (_sqlxc_search_posts,
-- CHECK-NEXT: values ('delete', old.id,
-- CHECK-NEXT: insert into _sqlxc_search_posts (rowid,
-- CHECK-NEXT: values (new.id,
-- CHECK-NEXT: end;
-- CHECK: create virtual table "_sqlxc_search_audit.words" using fts5(meaning, content = 'audit.words', content_rowid = '_rowid_',
-- CHECK: after update of meaning on "audit.words"
-- CHECK-NOT: using fts5
-- CHECK-LABEL: ==== db/schema.postgres.sql ====
-- CHECK: -- What a search of `posts` finds its rows by.
-- CHECK-NEXT: create index _sqlxc_search_posts on posts using gin ((
-- CHECK-NEXT: setweight(to_tsvector('simple'::regconfig, left(coalesce("the ""title"""::text, ''), 100000)), 'A') ||
-- CHECK-NEXT: setweight(to_tsvector('simple'::regconfig, left(coalesce(body::text, ''), 100000)), 'D')
-- CHECK-NEXT: ));
-- CHECK: create index _sqlxc_search_words on audit.words using gin ((
-- CHECK-NEXT: setweight(to_tsvector('simple'::regconfig, left(coalesce(meaning::text, ''), 200000)), 'D')
-- CHECK-NEXT: ));
-- CHECK-NOT: using gin
