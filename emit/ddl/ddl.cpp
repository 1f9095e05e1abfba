#include "emit/ddl/ddl.h"

#include <algorithm>

#include "compiler/catalog/print.h"
#include "compiler/syntax/print.h"
#include "emit/ddl/sqlite_plan.h"

namespace sqlxc::emit::ddl {
namespace {

// A comment line for each line of the text.
std::string comment_of(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    out += line.empty() ? "--\n" : "-- " + std::string(line) + "\n";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// Behind `create table "name"`, where they speak of the table: each in a block where a line would
// not do.
std::string with_remarks(const Piece& piece, std::string sql) {
  if (piece.remarks.empty()) return sql;
  const auto& table = std::get<ast::CreateTable>(piece.statement.node);
  const std::string head = "create table " + syntax::print_name(table.name.last(), Dialect::sqlite);
  if (!sql.starts_with(head + " (")) return sql;
  std::string remarks;
  for (const std::string& remark : piece.remarks) {
    const std::string_view mark = remark.starts_with("--@") ? "/*@" : "/*";
    std::string text = remark.substr(std::min(mark.size(), remark.size()));
    for (std::size_t end = text.find("*/"); end != text.npos; end = text.find("*/", end)) {
      text.insert(end + 1, 1, ' ');
    }
    remarks += ' ' + std::string(mark) + text + " */";
  }
  sql.replace(head.size(), 1, remarks + '\n');
  return sql;
}

void append(const std::vector<Piece>& pieces, bool is_spaced, std::string& out) {
  for (const Piece& piece : pieces) {
    const bool starts_group = &piece == &pieces.front();
    if (!out.empty() && (is_spaced || starts_group)) out += '\n';
    out += comment_of(piece.comment);
    out += with_remarks(piece, syntax::print(piece.statement, Dialect::sqlite));
    out += '\n';
  }
}

std::string header(const ir::Module& module, const Options& options, Dialect dialect) {
  return "-- The tables of `" + module.name + "` in " + std::string(name_of(dialect)) +
         ", written by sqlxc from " + options.schema_file_name + ". Do not edit.\n\n";
}

}  // namespace

bool has_target(const ir::Module& module, Dialect dialect) {
  return std::ranges::find(module.targets, dialect) != module.targets.end();
}

std::vector<Dialect> databases(const ir::Module& module) {
  std::vector<Dialect> out;
  for (const Dialect target : {Dialect::sqlite, Dialect::postgres}) {
    if (has_target(module, target)) out.push_back(target);
  }
  return out;
}

Schema sqlite_schema(const ir::Module& module, Diagnostics& diagnostics) {
  Planner plan(module, diagnostics);
  plan.plan_tables();
  plan.plan_indexes();
  plan.plan_views();
  plan.plan_triggers();
  plan.plan_queries();
  plan.plan_searches();
  try_in_sqlite(plan, diagnostics);
  Schema schema;
  append(plan.table_pieces, true, schema.sql);
  append(plan.index_pieces, false, schema.sql);
  append(plan.view_pieces, true, schema.sql);
  append(plan.trigger_pieces, true, schema.sql);
  // Behind the triggers of the schema: SQLite fires the newest first, and these index what a
  // statement wrote before others change it.
  for (const std::vector<Piece>& search : plan.searches) append(search, true, schema.sql);
  schema.tables = std::move(plan.tables);
  schema.queries = std::move(plan.queries);
  return schema;
}

std::vector<File> emit_ddl(const ir::Module& module, const Options& options, const Schema* sqlite,
                           const PostgresSchema* postgres, Diagnostics& diagnostics) {
  std::vector<File> files;
  const auto add = [&](Dialect target, const std::string& text) {
    files.push_back({"db/schema." + std::string(name_of(target)) + ".sql",
                     header(module, options, target) + text});
  };
  if (sqlite != nullptr) add(Dialect::sqlite, sqlite->sql);
  if (postgres != nullptr) add(Dialect::postgres, postgres->sql);
  if (!has_target(module, Dialect::mysql)) return files;
  if (module.dialect == Dialect::mysql) {
    add(Dialect::mysql, catalog::print(module.catalog));
  } else {
    diagnostics.report<diag::PairUnknown>({}, name_of(module.dialect), "mysql")
        .help("`--target=sqlite,postgres` is");
  }
  return files;
}

}  // namespace sqlxc::emit::ddl
