#include "compiler/catalog/double_quotes.h"

#include <algorithm>

namespace sqlxc::catalog {
namespace {

bool is_string(const Fold& fold, const Table& table, const ast::Expr& expr) {
  if (expr.kind != ast::Expr::Kind::column || expr.path.names.size() != 1) return false;
  const ast::Name& name = expr.path.names.front();
  if (!name.quoted || !name.range.is_known()) return false;
  if (!fold.sources.text(name.range).starts_with('"')) return false;
  const auto is_it = [&](const std::string& column) {
    return equal_ignoring_case(column, name.text);
  };
  return !find_column(fold, table, name.text) &&
         std::ranges::none_of(fold.row->system_columns, is_it);
}

}  // namespace

ast::Expr with_strings(const Fold& fold, const Table& table, ast::Expr expr) {
  if (!fold.is_sqlite()) return expr;
  visit_exprs(expr, [&](ast::Expr& node) {
    if (!is_string(fold, table, node)) return;
    node.text = node.path.names.front().text;
    node.path.names.clear();
    node.kind = ast::Expr::Kind::string;
  });
  return expr;
}

}  // namespace sqlxc::catalog
