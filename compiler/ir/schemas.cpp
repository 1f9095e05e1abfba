#include "compiler/ir/schemas.h"

#include <algorithm>
#include <map>

namespace sqlxc::ir {

std::string schema_called(std::string_view schema) {
  return schema.empty() ? "public" : std::string(schema);
}

std::string schema_in_module(const Module& module, std::string_view schema) {
  return schema == module.default_schema ? std::string() : schema_called(schema);
}

std::string sql_name(const Module& module, std::string_view schema, std::string_view name) {
  const auto quoted = [](std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    return out + '"';
  };
  if (schema.empty() && module.catalog.schemas.empty()) return quoted(name);
  return quoted(schema.empty() ? "public" : schema) + '.' + quoted(name);
}

std::string default_schema_of(const catalog::Catalog& catalog, std::span<const std::string> asked) {
  if (!asked.empty()) return asked.front() == "public" ? std::string() : asked.front();
  std::map<std::string, std::size_t> tables;
  std::map<std::string, std::size_t> all;
  for (const catalog::Table& table : catalog.tables) {
    if (table.partition_of.is_valid()) continue;
    ++all[table.schema];
    if (!table.query) ++tables[table.schema];
  }
  const auto is_less = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto most = std::ranges::max_element(tables, is_less);
  if (most == tables.end() || tables[""] >= most->second) return {};
  return std::ranges::max_element(all, is_less)->first;
}

bool is_served(std::span<const std::string> asked, std::string_view schema) {
  return asked.empty() || std::ranges::find(asked, schema_called(schema)) != asked.end();
}

}  // namespace sqlxc::ir
