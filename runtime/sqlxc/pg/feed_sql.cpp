#include <sqlxc/pg/feed_sql.h>

#include <sqlxc/core/hash.h>
#include <sqlxc/core/text.h>

namespace sqlxc::pg {
namespace {

// Reads keys by name from the row as JSON, so that a column that is renamed later makes rows
// indistinct and no write fail. The first argument is passed on: it says which columns were asked
// for, should another service have asked for others since. A notification holds 8,000 bytes: of
// more rows than fit, or than 200, the table alone is told.
constexpr const char* kFunction = R"(
create schema if not exists sqlxc;
create or replace function sqlxc.note_change() returns trigger language plpgsql as $body$
declare
  total bigint := 1;
  keys text := '*';
begin
  if tg_op <> 'TRUNCATE' and tg_nargs = 1 then
    if tg_op = 'INSERT' then select count(*) into total from (select from new_rows limit 1) r;
    else select count(*) into total from (select from old_rows limit 1) r;
    end if;
  elsif tg_op = 'INSERT' then
    select count(*), string_agg(k, e'\n') into total, keys from (
      select distinct sqlxc.key_of(to_jsonb(r), tg_argv[1:]) as k from new_rows r limit 201) t;
  elsif tg_op = 'DELETE' then
    select count(*), string_agg(k, e'\n') into total, keys from (
      select distinct sqlxc.key_of(to_jsonb(r), tg_argv[1:]) as k from old_rows r limit 201) t;
  elsif tg_op = 'UPDATE' then
    select count(*), string_agg(k, e'\n') into total, keys from (
      select sqlxc.key_of(to_jsonb(r), tg_argv[1:]) as k from old_rows r
       union
      select sqlxc.key_of(to_jsonb(r), tg_argv[1:]) from new_rows r
       limit 201) t;
  end if;
  if total = 0 then return null; end if;
  if total > 200 or octet_length(keys) > 7500 then keys := '*'; end if;
  perform pg_notify('sqlxc_changes', 
    tg_table_schema || e'\n' || tg_table_name || e'\n' || tg_argv[0] || e'\n' || keys);
  return null;
end $body$;
create or replace function sqlxc.key_of(line jsonb, columns text[]) returns text
language sql immutable as $body$
  select string_agg(coalesce((line -> c)::text, '*'), ',' order by n)
    from unnest(columns) with ordinality as u (c, n)
$body$;
)";

std::string literal(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += c;
    out += c;
  }
  return (text.find('\\') == text.npos ? out : " E" + out) + "'";
}

}  // namespace

std::string tag_of(const std::vector<std::string>& columns) {
  std::string all;
  for (const std::string& column : columns) (all += column) += '\0';
  std::string tag;
  append_hex(tag, hash(all), 16);
  return tag;
}

std::string arguments_in_hex(const std::vector<std::string>& columns) {
  std::string arguments = tag_of(columns) + '\0';
  for (const std::string& column : columns) (arguments += column) += '\0';
  std::string out;
  for (const char c : arguments) append_hex(out, static_cast<unsigned char>(c), 2);
  return out;
}

std::string watch_script(const std::string& table, const std::vector<std::string>& columns) {
  std::string arguments = literal(tag_of(columns));
  for (const std::string& column : columns) arguments += ", " + literal(column);
  const std::string call =
      " for each statement execute function sqlxc.note_change(" + arguments + ");\n";
  const std::string on = " on " + table;
  std::string sql = "begin;\n";
  // 0x53514c58: "SQLX". Of services that start together, one makes the function.
  sql += "select pg_advisory_xact_lock(1397836888);\n";
  sql += kFunction;
  const auto add = [&](const std::string& event, const std::string& referencing) {
    const std::string name = "sqlxc_changed_" + event;
    sql += "drop trigger if exists " + name + on + ";\n";
    sql += "create trigger " + name + " after " + event + on + referencing + call;
  };
  add("insert", " referencing new table as new_rows");
  add("update", " referencing old table as old_rows new table as new_rows");
  add("delete", " referencing old table as old_rows");
  add("truncate", "");
  return sql + "commit;";
}

}  // namespace sqlxc::pg
