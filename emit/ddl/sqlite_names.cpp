#include "emit/ddl/sqlite_names.h"

#include <algorithm>
#include <array>

namespace sqlxc::emit::ddl {
namespace {

using catalog::Table;
using catalog::TableKind;

std::string folded(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Tables that SQLite's full text and R-tree modules keep for themselves: dumps list them as if they
// were the user's.
bool is_shadow(const Table& table, const catalog::Catalog& catalog) {
  static constexpr std::array<std::string_view, 10> kSuffixes = {
      "_data",     "_idx",    "_content", "_docsize", "_config",
      "_segments", "_segdir", "_stat",    "_node",    "_parent"};
  return std::ranges::any_of(catalog.tables, [&](const Table& owner) {
    const bool may_own = owner.kind == TableKind::virtual_table &&
                         table.name.starts_with(owner.name) && owner.schema == table.schema;
    if (!may_own) return false;
    const std::string_view rest = std::string_view(table.name).substr(owner.name.size());
    return rest == "_rowid" || std::ranges::find(kSuffixes, rest) != kSuffixes.end();
  });
}

std::string flattened(const Table& table) {
  std::string name = table.schema.empty() ? table.name : table.schema + "." + table.name;
  // SQLite keeps this prefix to itself.
  if (folded(name).starts_with("sqlite_")) name.insert(0, "_");
  return name;
}

std::vector<std::string> name_columns(const Table& table, Diagnostics& diagnostics) {
  std::vector<std::string> out;
  Names names;
  for (const catalog::Column& column : table.columns) {
    out.push_back(names.take(column.name));
    if (out.back() == column.name) continue;
    diagnostics.report<diag::NameChanged>(column.name_range, "column", column.name, out.back())
        .help("names in SQLite ignore letter case");
  }
  return out;
}

}  // namespace

bool Names::is_taken(std::string_view name) const { return taken_.contains(folded(name)); }

std::string Names::take(std::string_view wanted) {
  std::string name(wanted);
  for (int i = 2; !taken_.insert(folded(name)).second; ++i) {
    name = std::string(wanted) + "_" + std::to_string(i);
  }
  return name;
}

std::vector<HeldTable> name_tables(const catalog::Catalog& catalog, Names& names,
                                   Diagnostics& diagnostics) {
  std::vector<HeldTable> out;
  for (const Table& table : catalog.tables) {
    HeldTable held;
    held.is_held = !table.partition_of.is_valid() && !is_shadow(table, catalog);
    const std::string wanted = flattened(table);
    held.name = held.is_held ? names.take(wanted) : wanted;
    if (held.name != wanted || wanted.starts_with("_sqlite_")) {
      diagnostics.report<diag::NameChanged>(table.name_range, "table", table.name, held.name)
          .help("names in SQLite ignore letter case, and `sqlite_` is its own");
    }
    held.columns = name_columns(table, diagnostics);
    held.lost_defaults.resize(held.columns.size());
    out.push_back(std::move(held));
  }
  return out;
}

}  // namespace sqlxc::emit::ddl
