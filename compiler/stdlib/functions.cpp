#include "compiler/stdlib/functions.h"

#include <algorithm>
#include <optional>

#include "compiler/stdlib/rows.h"

namespace sqlxc {
std::span<const EmbeddedFile> stdlib_functions();
}

namespace sqlxc::stdlib {
namespace {

constexpr std::array<std::string_view, 25> kKeys = {
    "postgres",   "mysql",         "sqlite",     "sqlite_any",  "sqlite_0",
    "sqlite_1",   "sqlite_2",      "sqlite_3",   "sqlite_4",    "postgres_any",
    "postgres_0", "postgres_1",    "postgres_2", "postgres_3",  "postgres_4",
    "returns",    "volatility",    "nulls",      "aggregate",   "doc",
    "rule",       "rule_postgres", "rule_mysql", "rule_sqlite", "weaker"};
// The dialects that a row may have forms for.
constexpr std::array<Dialect, 2> kFormed = {Dialect::sqlite, Dialect::postgres};
constexpr std::array<std::string_view, 3> kDialects = {"postgres", "mysql", "sqlite"};
constexpr std::array<std::string_view, 3> kVolatilities = {"immutable", "stable", "volatile"};

// `substr(text, integer, integer?): text`; nothing for what is written otherwise.
std::optional<RuleForm> read_form(std::string_view text) {
  RuleForm form;
  const std::size_t open = text.find('(');
  const std::size_t close = text.find("): ");
  if (open == text.npos || close == text.npos || close < open) return std::nullopt;
  form.name = text.substr(0, open);
  form.result = text.substr(close + 3);
  for (std::string_view kind : split_list(text.substr(open + 1, close - open - 1))) {
    RuleForm::Argument argument;
    argument.is_optional = kind.ends_with('?');
    argument.is_repeated = kind.ends_with('*');
    if (argument.is_optional || argument.is_repeated) kind.remove_suffix(1);
    argument.kind = kind;
    form.arguments.push_back(std::move(argument));
  }
  return form;
}

// `rule` speaks of every dialect that has no `rule_DIALECT`; several forms stand between `;`.
void read_rules(const Row& row, FunctionRow& function, Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < kDialects.size(); ++i) {
    const std::string own = "rule_" + std::string(kDialects[i]);
    std::string_view forms = row.has(own) ? row.get(own) : row.get("rule");
    if (forms == "none") continue;
    while (!forms.empty()) {
      const std::size_t end = std::min(forms.find("; "), forms.size());
      auto form = read_form(forms.substr(0, end));
      if (!form) {
        diagnostics.report<diag::StdlibValue>(row.range, "rule", "`name(kinds): kind`", forms);
        break;
      }
      if (!row.has(own)) form->weakness = row.get("weaker");
      function.rules[i].push_back(std::move(*form));
      forms.remove_prefix(std::min(end + 2, forms.size()));
    }
  }
}

FunctionRow read_function(const Row& row, Diagnostics& diagnostics) {
  FunctionRow function;
  function.name = row.name;
  function.returns = row.get("returns");
  function.is_called_on_null = row.get("nulls") == "called";
  function.is_aggregate = row.get("aggregate") == "yes";
  for (std::size_t i = 0; i < kDialects.size(); ++i) {
    for (const std::string_view name : split_list(row.get(kDialects[i]))) {
      function.spellings[i].emplace_back(name);
    }
  }
  for (const Dialect dialect : kFormed) {
    auto& forms = function.forms[static_cast<std::size_t>(dialect)];
    const std::string prefix = std::string(name_of(dialect)) + '_';
    if (row.has(prefix + "any")) forms[-1] = row.get(prefix + "any");
    for (int i = 0; i < 5; ++i) {
      const std::string key = prefix + std::to_string(i);
      if (row.has(key)) forms[i] = row.get(key);
    }
  }
  read_rules(row, function, diagnostics);
  if (function.returns.empty()) {
    diagnostics.report<diag::StdlibValue>(row.range, "returns", "a kind", "");
  }
  if (!row.has("volatility")) return function;
  function.volatility = row.get("volatility");
  if (std::ranges::find(kVolatilities, function.volatility) == kVolatilities.end()) {
    diagnostics.report<diag::StdlibValue>(row.range, "volatility", "immutable, stable or volatile",
                                          function.volatility);
  }
  return function;
}

struct Table {
  std::vector<FunctionRow> rows;
  std::array<std::map<std::string, std::size_t, std::less<>>, 3> by_spelling;
};

Table read_table() {
  Table table;
  read_embedded(stdlib_functions(),
                [&](const SourceMap& sources, SourceId id, Diagnostics& errors) {
                  for (FunctionRow& row : read_functions(sources, id, errors)) {
                    table.rows.push_back(std::move(row));
                  }
                });
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    for (std::size_t d = 0; d < kDialects.size(); ++d) {
      for (const std::string& name : table.rows[i].spellings[d]) {
        table.by_spelling[d].emplace(name, i);
      }
    }
  }
  return table;
}

const Table& table() {
  static const Table kTable = read_table();
  return kTable;
}

}  // namespace

std::string_view FunctionRow::form(Dialect dialect, std::size_t arguments) const {
  const auto& known = forms[static_cast<std::size_t>(dialect)];
  const auto exact = known.find(static_cast<int>(arguments));
  if (exact != known.end()) return exact->second;
  const auto any = known.find(-1);
  return any == known.end() ? std::string_view() : std::string_view(any->second);
}

std::span<const FunctionRow> functions() { return table().rows; }

const FunctionRow* find_function(Dialect dialect, std::string_view name) {
  const auto& map = table().by_spelling[static_cast<std::size_t>(dialect)];
  const auto found = map.find(name);
  return found == map.end() ? nullptr : &table().rows[found->second];
}

std::vector<FunctionRow> read_functions(const SourceMap& sources, SourceId source,
                                        Diagnostics& diagnostics) {
  std::vector<FunctionRow> out;
  for (const Row& row : read_rows(sources, source, kKeys, diagnostics)) {
    out.push_back(read_function(row, diagnostics));
  }
  return out;
}

}  // namespace sqlxc::stdlib
