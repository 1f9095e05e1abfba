#include <algorithm>
#include <array>
#include <map>

#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/names.h"
#include "emit/cpp/predicate.h"

// The rules of an entity that the service checks by itself, each in the words of the schema and in
// C++ that reads like them.
namespace sqlxc::emit {
namespace {

using ir::TypeKind;

constexpr std::size_t kWidth = 100;

// Names of runtime/sqlxc/rules that the rules use: a column of such a name gets a `_`.
constexpr std::array<std::string_view, 54> kTaken = {
    "Bytes",       "Column",       "Date",         "Decimal",     "Nullable",  "Regex",
    "Row",         "Rule",         "Text",         "Time",        "Timestamp", "Timestamptz",
    "Tri",         "abs",          "between",      "boolean",     "btrim",     "case_when",
    "char_length", "check",        "coalesce",     "concat",      "date",      "decimal",
    "detail",      "ilike",        "in",           "is_distinct", "is_false",  "is_not_null",
    "is_null",     "is_true",      "kFields",      "kPattern",    "kRules",    "left",
    "length",      "like",         "lower",        "ltrim",       "matches",   "mod",
    "nullif",      "num_nonnulls", "octet_length", "passes",      "position",  "row",
    "rtrim",       "time",         "timestamp",    "timestamptz", "trim",      "upper"};

struct ColumnView {
  std::string name;
  std::string_view type;
  std::uint16_t index = 0;
};

struct RuleView {
  std::string name;
  std::string sql;
  std::string fields;
  std::string note;  // where it is not exact
  CppPredicate predicate;
};

struct ValidationView {
  std::string row;
  std::vector<ColumnView> columns;
  std::vector<RuleView> rules;
  bool has_regex = false;
};

std::string_view column_type(TypeKind kind) {
  switch (kind) {
    case TypeKind::boolean:
      return "bool";
    case TypeKind::int16:
      return "std::int16_t";
    case TypeKind::int32:
      return "std::int32_t";
    case TypeKind::int64:
      return "std::int64_t";
    case TypeKind::float32:
      return "float";
    case TypeKind::float64:
      return "double";
    case TypeKind::decimal:
      return "Decimal";
    case TypeKind::bytes:
      return "Bytes";
    case TypeKind::date:
      return "Date";
    case TypeKind::time:
      return "Time";
    case TypeKind::timestamp:
      return "Timestamp";
    case TypeKind::timestamptz:
      return "Timestamptz";
    case TypeKind::text:
    case TypeKind::timetz:
    case TypeKind::interval:
    case TypeKind::uuid:
    case TypeKind::json:
    case TypeKind::enumeration:
    case TypeKind::array:
    case TypeKind::other:
      return "Text";
  }
  return "Text";
}

class Describer {
 public:
  explicit Describer(const ir::Entity& entity) : entity_(entity) {}

  ValidationView run() {
    for (const ir::Rule& rule : entity_.rules) {
      for (const std::uint16_t field : rule.fields) used_.emplace(field, "");
      if (is_checked(rule)) collect(*rule.predicate);
    }
    ValidationView view;
    CppNames names(kTaken);
    for (auto& [index, name] : used_) {
      name = names.take(entity_.fields[index].cpp_name);
      view.columns.push_back({name, column_type(entity_.fields[index].type.kind), index});
    }
    const std::string row = ir::snake_case(entity_.cpp_name);
    view.row = names.is_taken(row) ? "row" : cpp_name(row);
    for (const ir::Rule& rule : entity_.rules) view.rules.push_back(describe(rule, view));
    return view;
  }

 private:
  std::uint16_t index_of(std::string_view field) const {
    return static_cast<std::uint16_t>(std::ranges::find(entity_.fields, field, &ir::Field::name) -
                                      entity_.fields.begin());
  }

  void collect(const ast::Expr& expr) {
    if (expr.kind == ast::Expr::Kind::column) used_.emplace(index_of(expr.path.last()), "");
    for (const ast::Expr& arg : expr.args) collect(arg);
  }

  // The fields that a violation names: those of the constraint.
  std::string fields_of(const ir::Rule& rule) const {
    std::string out;
    for (const std::uint16_t field : rule.fields) {
      out += (out.empty() ? "" : ", ") + used_.at(field);
    }
    return out;
  }

  static std::string note_of(const ir::Rule& rule) {
    if (rule.is_redundant) return "Nobody asks: " + rule.reason + '.';
    if (rule.verdict == ir::Verdict::service_only) return "The service alone asks.";
    const std::string_view part = rule.verdict == ir::Verdict::weaker ? "Weaker" : "Unasked";
    return std::string(part) + ", the database tells " + rule.reason + '.';
  }

  RuleView describe(const ir::Rule& rule, ValidationView& view) const {
    RuleView out;
    out.name = cpp_string(rule.name);
    out.sql = cpp_string(rule.sql);
    out.fields = fields_of(rule);
    if (!rule.reason.empty()) out.note = note_of(rule);
    if (!is_checked(rule)) return out;
    out.predicate = print_predicate(*rule.predicate, view.row, [&](std::string_view field) {
      return used_.at(index_of(field));
    });
    view.has_regex = view.has_regex || !out.predicate.regexes.empty();
    return out;
  }

  const ir::Entity& entity_;
  std::map<std::uint16_t, std::string> used_;
};

// The parts of a condition between its outermost && or ||.
std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  int depth = 0;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && (i == 0 || text[i - 1] != '\\')) is_quoted = !is_quoted;
    if (is_quoted) continue;
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    const bool is_joint =
        depth == 0 && (text.compare(i, 4, " && ") == 0 || text.compare(i, 4, " || ") == 0);
    if (!is_joint) continue;
    parts.push_back(text.substr(begin, i + 3 - begin));
    begin = i + 4;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

void print_holds(Printer& out, const RuleView& rule, const std::string& row) {
  const std::string& text = rule.predicate.text;
  if (text.empty()) return;
  const bool reads_row = text.find(row + '[') != std::string::npos;
  const std::string head = ".holds = [](const Row&" + (reads_row ? ' ' + row : "") + ") {";
  const std::string line = head + " return " + text + "; },";
  if (rule.predicate.regexes.empty() && line.size() + 8 <= kWidth) {
    out.raw(line + '\n');
    return;
  }
  out.raw(head + '\n');
  for (std::size_t i = 0; i < rule.predicate.regexes.size(); ++i) {
    const std::string number = i == 0 ? "" : std::to_string(i + 1);
    out.raw("  static const Regex kPattern" + number + '(' + rule.predicate.regexes[i] + ");\n");
  }
  std::string statement = "  return " + text + ';';
  if (statement.size() + 8 > kWidth) {
    statement = "  return ";
    for (const std::string& part : parts_of(text)) {
      if (statement.size() > 9) statement += "\n         ";
      statement += part;
    }
    statement += ';';
  }
  out.raw(statement + '\n');
  out.raw("},\n");
}

}  // namespace

bool is_checked(const ir::Rule& rule) { return rule.predicate && !rule.is_redundant; }

bool has_validation(const ir::Entity& entity) { return !entity.rules.empty(); }

File emit_validation(const ir::Module& module, const ir::Entity& entity) {
  const ValidationView view = Describer(entity).run();
  Printer out;
  out.emit(
      R"(
      #pragma once

      #include <sqlxc/rules/functions.h>
      $regex$
      #include <sqlxc/rules/row.h>

      // What `$table$` asks of a row beyond its types; the database checks it again.
      namespace $service$::validation::$name$ {

      using namespace sqlxc::rules;

      $columns$

      inline constexpr Rule kRules[] = {
          $rules$
      };

      }  // namespace $service$::validation::$name$
      )",
      {{"service", service_namespace(module)},
       {"name", entity_name(entity)},
       {"table",
        [&] {
          const std::string comment = cpp_comment(entity.table, "");
          out.raw(comment.substr(0, comment.find('\n')));
        }},
       {"regex",
        [&] {
          if (view.has_regex) out.raw("#include <sqlxc/rules/regex.h>\n");
        }},
       {"columns",
        [&] {
          for (const ColumnView& column : view.columns) {
            out.emit("inline constexpr Column<$type$> $column${$index$};\n",
                     {{"type", column.type}, {"column", column.name}, {"index", column.index}});
          }
        }},
       {"rules", [&] {
          for (const RuleView& rule : view.rules) {
            out.emit(
                R"(
                {
                    $note$
                    .name = $rule$,
                    .sql = $sql$,
                    $fields$
                    $holds$
                },
                )",
                {{"note", cpp_comment(rule.note, "// ", 8)},
                 {"rule", rule.name},
                 {"sql", rule.sql},
                 {"fields", rule.fields.empty() ? "" : ".fields = kFields<" + rule.fields + ">,"},
                 {"holds", [&] { print_holds(out, rule, view.row); }}});
          }
        }}});
  return {"validation/" + entity.file_name + ".h", out.take()};
}

}  // namespace sqlxc::emit
