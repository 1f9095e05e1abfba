#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "compiler/syntax/print.h"
#include "emit/ddl/sqlite_plan.h"

// What a search finds rows by: an FTS5 table beside each table that is searched, which holds the
// words and not the texts, and three triggers that keep it. Names that begin with `_sqlxc_` are the
// service's own: `sqlxc init` leaves them out.
namespace sqlxc::emit::ddl {
namespace {

using catalog::Table;

std::string sql_name(std::string_view name) { return syntax::print_name(name, Dialect::sqlite); }

// Beside the texts of a list: `"title", "content"`, each behind `before`.
std::string listed(const std::vector<std::string>& columns, std::string_view before = {}) {
  std::string out;
  for (const std::string& column : columns) {
    out += (out.empty() ? "" : ", ") + std::string(before) + sql_name(column);
  }
  return out;
}

// A string of SQL, as FTS5's options are written.
std::string text_of(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + '\'';
}

// One of SQLite's names for the number of a row that no column has taken; empty if all are.
std::string free_row_name(const std::vector<std::string>& columns) {
  static constexpr std::array<std::string_view, 3> kNames = {"rowid", "_rowid_", "oid"};
  for (const std::string_view name : kNames) {
    const bool is_taken = std::ranges::any_of(columns, [&](const std::string& column) {
      return std::ranges::equal(column, name, {}, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
    });
    if (!is_taken) return std::string(name);
  }
  return {};
}

}  // namespace

// An integer that is the primary key names a row for good. Any other row has but its number, which
// VACUUM may change.
void Planner::plan_search(const ir::Entity& entity) {
  const Table& table = table_of(entity.source);
  HeldTable& held = tables[entity.source.index];
  const auto column_of = [&](std::uint16_t field) {
    const auto place =
        std::ranges::find(table.columns, entity.fields[field].column, &catalog::Column::name);
    return static_cast<std::size_t>(place - table.columns.begin());
  };
  SourceRange range = table.name_range;
  std::vector<std::string> columns;
  for (const ir::SearchField& one : entity.search) {
    columns.push_back(held.columns[column_of(one.field)]);
  }
  const bool has_key = table.primary_key && is_rowid(table, table.primary_key->columns.front());
  std::string row = has_key                  ? held.columns[table.primary_key->columns.front()]
                    : table.is_without_rowid ? std::string()
                                             : free_row_name(held.columns);
  if (row.empty()) {
    diagnostics_
        .report<diag::SearchNotHeld>(range, table.name,
                                     "its rows have neither an integer as their primary key nor a "
                                     "rowid, by which FTS5 names them")
        .help("leave out WITHOUT ROWID");
    return;
  }
  held.search = names_.take("_sqlxc_search_" + held.name);
  held.search_row = row;

  std::vector<Piece>& pieces = searches.emplace_back();
  const auto add = [&](auto node) {
    Piece piece;
    piece.statement.node = std::move(node);
    piece.table = entity.source;
    piece.name = table.name;
    piece.range = range;
    pieces.push_back(std::move(piece));
  };
  ast::CreateTable index;
  index.name = path_of(held.search);
  index.is_virtual = true;
  index.module = "fts5";
  for (const std::string& column : columns) index.module_arguments.push_back(sql_name(column));
  index.module_arguments.push_back("content = " + text_of(held.name));
  index.module_arguments.push_back("content_rowid = " + text_of(row));
  index.module_arguments.push_back("tokenize = 'unicode61 remove_diacritics 0'");
  add(std::move(index));
  pieces.back().comment =
      "What a search of `" + held.name + "` finds its rows by, and what keeps it.";

  const std::string name = sql_name(held.search);
  const std::string forget = "  insert into " + name + " (" + name + ", rowid, " + listed(columns) +
                             ")\n  values ('delete', old." + sql_name(row) + ", " +
                             listed(columns, "old.") + ");\n";
  const std::string note = "  insert into " + name + " (rowid, " + listed(columns) +
                           ")\n  values (new." + sql_name(row) + ", " + listed(columns, "new.") +
                           ");\n";
  const auto keep = [&](const std::string& event, const std::string& body) {
    ast::CreateTrigger trigger;
    trigger.name = path_of(names_.take(held.search + '_' + event));
    trigger.timing = "after";
    trigger.events = {event};
    trigger.table = path_of(held.name);
    trigger.body = "begin\n" + body + "end";
    if (event == "update") {
      for (const std::string& column : columns) trigger.update_columns.push_back(name_of(column));
      if (has_key) trigger.update_columns.push_back(name_of(row));
    }
    add(std::move(trigger));
  };
  keep("insert", note);
  keep("delete", forget);
  keep("update", forget + note);
}

void Planner::plan_searches() {
  for (const ir::Entity& entity : module_.entities) {
    if (!entity.search.empty() && tables[entity.source.index].is_held) plan_search(entity);
  }
}

}  // namespace sqlxc::emit::ddl
