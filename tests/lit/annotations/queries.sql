-- A named query's names are told from its parameters, its columns have types, and it is printed where every query stands.
-- RUN: %sqlxc --dialect=postgres %s | FileCheck %s
-- RUN: sqlxc check --emit=ir --dialect=postgres %s | FileCheck --check-prefix=IR %s

create table users (
  id bigint primary key,
  name text not null,
  token text --@ secret
);
create table posts (
  id bigint primary key,
  author_id bigint not null references users (id),
  title text not null,
  created_at timestamptz not null
);
-- IR-LABEL: query by_ids stable gives rows of posts
-- IR-NEXT: reads posts
-- IR-NEXT: takes ids int64[]
-- IR-NEXT: takes most int32 optional

/*@ query by_ids(ids bigint[], most integer = 10):
  with chosen as (select * from posts where id = any(ids))
  select * from chosen order by id limit most */

-- IR-LABEL: query everybody stable gives rows
-- IR-NOT: token
-- IR: gives id int64
-- IR-NEXT: gives name text

--@ query everybody: select * from users

-- IR-LABEL: query named stable gives rows
-- IR-NEXT: reads users
-- IR-NEXT: takes id int64
-- IR-NEXT: takes name text

--@ query named(id bigint, name text): select u.id as user_id, u.name as called from users u where u.id = :id or u.name = named.name

-- IR-LABEL: query top_authors stable gives rows
-- IR-NEXT: reads users posts
-- IR-NEXT: takes min_posts int32
-- IR-NEXT: takes since timestamptz optional
-- IR-NEXT: gives name text
-- IR-NEXT: gives posts int64

--@ query top_authors(min_posts integer, since timestamptz = null): select u.name, count(*) as posts from users u join posts p on p.author_id = u.id where since is null or p.created_at >= since group by u.name having count(*) >= min_posts order by count(*) desc

-- CHECK: /*@ query by_ids(ids bigint[], most integer = 10):
-- CHECK: --@ query everybody: select * from users
-- CHECK: --@ query top_authors(
