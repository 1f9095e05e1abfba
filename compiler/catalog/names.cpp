// The names that engines make up, by their own rules (PostgreSQL: ChooseIndexName,
// ChooseConstraintName, makeObjectName; MySQL: make_unique_key_name).
#include <algorithm>

#include "compiler/base/utf8.h"
#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

constexpr std::size_t kNameBytes = 63;

/// What PostgreSQL calls an index's element (FigureIndexColname); empty where nothing better than
/// "expr" is known.
std::string figure_name(const ast::Expr& expr) {
  using Kind = ast::Expr::Kind;
  switch (expr.kind) {
    case Kind::column:
    case Kind::call:
      return std::string(expr.path.last());
    case Kind::cast: {
      const std::string inner = figure_name(expr.args.front());
      if (!inner.empty() || expr.type.empty()) return inner;
      return std::string(expr.type.front().path.last());
    }
    case Kind::collate:
      return figure_name(expr.args.front());
    case Kind::case_when:
      return "case";
    case Kind::array:
      return "array";
    case Kind::row:
      return expr.args.size() == 1 ? figure_name(expr.args.front()) : "row";
    case Kind::field:
      return expr.name;
    case Kind::subscript:
      return figure_name(expr.args.front());
    default:
      return {};
  }
}

}  // namespace

std::string make_object_name(std::string_view one, std::string_view two, std::string_view label) {
  std::size_t overhead = label.empty() ? 0 : label.size() + 1;
  if (!two.empty()) overhead += 1;
  const std::size_t room = kNameBytes - std::min(kNameBytes, overhead);
  std::size_t one_bytes = one.size();
  std::size_t two_bytes = two.size();
  while (one_bytes + two_bytes > room) {
    if (one_bytes > two_bytes) {
      --one_bytes;
    } else {
      --two_bytes;
    }
  }
  std::string out(clip_utf8(one, one_bytes));
  if (!two.empty()) {
    out += '_';
    out += clip_utf8(two, two_bytes);
  }
  if (!label.empty()) {
    out += '_';
    out += label;
  }
  return out;
}

std::string choose_relation_name(Fold& fold, std::string_view schema, std::string_view table,
                                 std::string_view columns, std::string_view label,
                                 bool is_constraint) {
  for (int pass = 0;; ++pass) {
    const std::string suffix = std::string(label) + (pass == 0 ? "" : std::to_string(pass));
    std::string name = make_object_name(table, columns, suffix);
    const std::string key = key_of(fold, schema, name);
    if (fold.relations.contains(key)) continue;
    if (is_constraint && fold.constraints.contains(key)) continue;
    fold.relations.insert(key);
    if (is_constraint) fold.constraints.insert(key);
    return name;
  }
}

std::string choose_constraint_name(Fold& fold, std::string_view schema, std::string_view table,
                                   std::string_view column, std::string_view label) {
  for (int pass = 0;; ++pass) {
    const std::string suffix = std::string(label) + (pass == 0 ? "" : std::to_string(pass));
    std::string name = make_object_name(table, column, suffix);
    if (fold.constraints.insert(key_of(fold, schema, name)).second) return name;
  }
}

std::string index_columns_name(const std::vector<ast::OrderItem>& elements) {
  std::vector<std::string> names;
  for (const ast::OrderItem& element : elements) {
    std::string base = figure_name(element.expr);
    if (base.empty()) base = "expr";
    std::string name = base;
    for (int i = 1; std::ranges::find(names, name) != names.end(); ++i) {
      const std::string number = std::to_string(i);
      name = clip_utf8(base, kNameBytes - number.size());
      name += number;
    }
    names.push_back(std::move(name));
  }
  std::string out;
  for (const std::string& name : names) {
    if (!out.empty()) out += '_';
    out += name;
    if (out.size() >= kNameBytes + 1) break;
  }
  return std::string(clip_utf8(out, kNameBytes));
}

std::string choose_mysql_key_name(const Fold& fold, const Table& table, std::string_view column) {
  const auto is_taken = [&](std::string_view name) {
    const auto same = [&](const auto& key) { return equal_ignoring_case(key.name, name); };
    return std::ranges::any_of(table.uniques, same) || std::ranges::any_of(table.indexes, same) ||
           equal_ignoring_case(name, "PRIMARY");
  };
  (void)fold;
  if (!is_taken(column)) return std::string(column);
  for (int i = 2;; ++i) {
    std::string name = std::string(column) + "_" + std::to_string(i);
    if (!is_taken(name)) return name;
  }
}

}  // namespace sqlxc::catalog
