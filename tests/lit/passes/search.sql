-- A table with columns to search has one operation more, over these columns with their weights.
create table posts (
  id bigint primary key,
  title varchar(80) not null,  --@ search(a)
  body text  --@ search
);
-- CHECK: search title A body D
-- CHECK: operation listPosts list
-- CHECK-NEXT: operation searchPosts search
create table notes (id bigint primary key, line text);
-- CHECK-NOT: searchNotes
