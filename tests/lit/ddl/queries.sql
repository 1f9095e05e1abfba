-- A named query is printed for each database, its parameters numbered; what SQLite lacks is left to PostgreSQL.
-- RUN: %sqlxc %s | FileCheck %s
create table users (id bigint primary key, name text not null, born date);

--@ query first_of_each: select distinct on (name) id, name from users order by name, id
--@ query by_ids(ids bigint[], most integer = 10): select id, born from users where id = any(ids) order by born desc limit most

-- CHECK: ==== api/rest/functions.cpp ====
-- CHECK: .name = "by_ids",
-- CHECK: json_each($1)
-- CHECK: coalesce($2, -1)
-- CHECK: .pg_sql = R"sql(
-- CHECK: .is_query = true,
-- CHECK: .order = call_1::kOrder,
-- CHECK: .name = "first_of_each",
-- CHECK-NEXT: .pg_sql = R"sql(
