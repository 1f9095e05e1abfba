#include "compiler/catalog/introspect.h"

namespace sqlxc::catalog {

std::vector<IntrospectionQuery> sqlite_introspection() {
  // The order of creation, but for what is about a table or reads one. sqlite_sequence and its like
  // are SQLite's own, _sqlxc_meta and its like a service's; what a virtual table keeps its data in
  // is made with it (pragma_table_list).
  return {{"schema", R"(select m.sql from sqlite_master m
left join pragma_table_list l on l.schema = 'main' and l.name = m.name and m.type = 'table'
where m.sql is not null and m.name not like 'sqlite\_%' escape '\'
  and m.name not like '\_sqlxc\_%' escape '\' and l.type is not 'shadow'
order by case m.type when 'table' then 1 when 'index' then 2 when 'view' then 3 else 4 end, m.rowid)"}};
}

std::string sqlite_source(std::span<const IntrospectedRows> answers) {
  std::string out;
  for (const IntrospectedRow& row : answers.front()) {
    if (!row.front()) continue;
    // A comment may stand behind the last word.
    out += *row.front() + "\n;\n";
  }
  return out;
}

}  // namespace sqlxc::catalog
