#pragma once

#include <string>
#include <vector>

// The SQL of the change feed: the trigger function, how a table is given its triggers, what is
// listened to.
namespace sqlxc::pg {

inline constexpr const char* kListen = "listen sqlxc_changes";

/// Schema and name of the table that $1 (quoted) means, and whether it has its triggers, with the
/// arguments that are $2 in hex.
inline constexpr const char* kFindTable = R"(
  select n.nspname, c.relname,
         4 = (select count(*) from pg_catalog.pg_trigger t
               where t.tgrelid = c.oid and t.tgname like 'sqlxc\_changed\_%'
                 and t.tgenabled <> 'D' and t.tgargs = decode($2, 'hex'))
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where c.oid = to_regclass($1) and c.relkind in ('r', 'p'))";

/// Stands for these columns in notifications.
std::string tag_of(const std::vector<std::string>& columns);

/// How PostgreSQL keeps the arguments of a table's triggers: the tag and the columns, each with a
/// zero byte behind it.
std::string arguments_in_hex(const std::vector<std::string>& columns);

/// A transaction that gives `table` (quoted, qualified) its triggers; `columns` are those whose
/// values are told of changed rows.
std::string watch_script(const std::string& table, const std::vector<std::string>& columns);

}  // namespace sqlxc::pg
