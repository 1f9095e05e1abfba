#include <algorithm>
#include <array>
#include <map>

#include "compiler/base/printer.h"
#include "compiler/ir/names.h"
#include "emit/cpp/cpp.h"
#include "emit/cpp/formats.h"
#include "emit/cpp/names.h"
#include "emit/cpp/predicate.h"

// The rules of an entity that the service checks by itself, each in the words of the schema and in
// C++ that reads like them.
namespace sqlxc::emit {
namespace {

using ir::TypeKind;

constexpr std::size_t kWidth = 100;

// Names of runtime/sqlxc/rules that rules may use whatever they call: a column of such a name gets
// a
// `_`, and so does one of a function that they do call.
constexpr std::array<std::string_view, 41> kTaken = {
    "Array",       "Bytes",   "Column",  "Date",     "Decimal",     "Interval",   "Json",
    "Nullable",    "Regex",   "Row",     "Rule",     "Text",        "Time",       "Timestamp",
    "Timestamptz", "Tri",     "between", "check",    "concat",      "date",       "decimal",
    "detail",      "ilike",   "in",      "interval", "is_distinct", "is_false",   "is_not_null",
    "is_null",     "is_true", "kFields", "kPattern", "kRules",      "like",       "matches",
    "numeric",     "passes",  "row",     "time",     "timestamp",   "timestamptz"};

// Those that stand in headers of their own.
constexpr std::array<std::string_view, 8> kMoments = {
    "age",        "as_date", "as_time", "as_timestamp", "as_timestamptz",
    "date_trunc", "extract", "isfinite"};
constexpr std::array<std::string_view, 13> kDocuments = {
    "array_has_all", "array_has_any", "array_has_only",    "array_length", "array_position",
    "cardinality",   "in_array",      "json_array_length", "json_get",     "json_has_key",
    "json_text",     "json_typeof",   "json_valid"};

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
  bool has_format = false;
  bool has_moments = false;  // arithmetic and functions of them
  bool has_documents = false;
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
    case TypeKind::interval:
      return "Interval";
    case TypeKind::json:
      return "Json";
    case TypeKind::array:
      return "Array";
    case TypeKind::text:
    case TypeKind::timetz:
    case TypeKind::uuid:
    case TypeKind::enumeration:
    case TypeKind::other:
      return "Text";
  }
  return "Text";
}

class Describer {
 public:
  explicit Describer(const ir::Entity& entity) : entity_(entity) {}

  ValidationView run() {
    ValidationView view;
    for (const ir::Rule& rule : entity_.rules) {
      for (const std::uint16_t field : rule.fields) used_.emplace(field, "");
      if (const stdlib::FormatRow* format = format_of(entity_, rule)) {
        formats_.push_back(format_function(*format));
      } else if (is_checked(rule)) {
        collect(*rule.predicate, view);
      }
    }
    called_.insert(called_.end(), formats_.begin(), formats_.end());
    called_.insert(called_.end(), kTaken.begin(), kTaken.end());
    CppNames names(called_);
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

  void collect(const ast::Expr& expr, ValidationView& view) {
    using Kind = ast::Expr::Kind;
    if (expr.kind == Kind::column) used_.emplace(index_of(expr.path.last()), "");
    if (expr.kind == Kind::call) {
      const std::string_view name = expr.path.last();
      called_.emplace_back(name);
      view.has_moments = view.has_moments || std::ranges::find(kMoments, name) != kMoments.end();
      view.has_documents =
          view.has_documents || std::ranges::find(kDocuments, name) != kDocuments.end();
    }
    const bool may_be_of_moments =
        expr.kind == Kind::typed_literal ||
        (expr.kind == Kind::binary && (expr.name == "+" || expr.name == "-"));
    view.has_moments = view.has_moments || (may_be_of_moments && reads_moment(expr));
    for (const ast::Expr& arg : expr.args) collect(arg, view);
  }

  // An interval, or a column of moments, as in `starts_on + 1`.
  bool reads_moment(const ast::Expr& expr) const {
    if (expr.kind == ast::Expr::Kind::typed_literal) {
      return expr.type.front().path.last() == "interval";
    }
    if (expr.kind == ast::Expr::Kind::column) {
      const TypeKind kind = entity_.fields[index_of(expr.path.last())].type.kind;
      return kind == TypeKind::date || kind == TypeKind::timestamp || kind == TypeKind::timestamptz;
    }
    return std::ranges::any_of(expr.args,
                               [this](const ast::Expr& arg) { return reads_moment(arg); });
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
    if (const stdlib::FormatRow* format = format_of(entity_, rule)) {
      out.predicate.text = format_function(*format) + '(' + view.row + '[' + out.fields + "])";
      view.has_format = true;
      return out;
    }
    out.predicate = print_predicate(*rule.predicate, view.row, [&](std::string_view field) {
      return used_.at(index_of(field));
    });
    view.has_regex = view.has_regex || !out.predicate.regexes.empty();
    return out;
  }

  const ir::Entity& entity_;
  std::map<std::uint16_t, std::string> used_;
  std::vector<std::string> formats_;      // their functions
  std::vector<std::string_view> called_;  // functions, and other names that are taken
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
  const std::string result = rule.predicate.is_value ? " -> Tri {" : " {";
  const std::string head = ".holds = [](const Row&" + (reads_row ? ' ' + row : "") + ')' + result;
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

      $documents$
      #include <sqlxc/rules/functions.h>
      $moments$
      $regex$
      #include <sqlxc/rules/row.h>
      $format$

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
       {"documents",
        [&] {
          if (view.has_documents) out.raw("#include <sqlxc/rules/documents.h>\n");
        }},
       {"moments",
        [&] {
          if (view.has_moments) out.raw("#include <sqlxc/rules/moments.h>\n");
        }},
       {"regex",
        [&] {
          if (view.has_regex) out.raw("#include <sqlxc/rules/regex.h>\n");
        }},
       {"format",
        [&] {
          if (view.has_format) out.raw("\n#include \"server/formats.h\"\n");
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
