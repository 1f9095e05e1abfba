#include "compiler/catalog/query_groups.h"

#include <algorithm>

#include "compiler/stdlib/functions.h"
#include "compiler/syntax/print.h"

namespace sqlxc::catalog {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

class Groups {
 public:
  Groups(Fold& fold, const ast::Query& query, const Scope& scope)
      : fold_(fold), query_(query), select_(query.select.front()), scope_(scope) {}

  void check() {
    for (const Expr& group : select_.group_by) {
      const Expr* meant = meaning_of(group);
      if (meant == nullptr) return;  // grouping sets and what else is kept as it is written
      if (const InferredColumn* column = own_column(*meant)) columns_.push_back(column);
      texts_.push_back(syntax::print(*meant, fold_.dialect()));
    }
    if (select_.group_by.empty() && !aggregates()) return;
    for (const ast::SelectItem& item : select_.items) look(item.expr);
    for (const Expr& having : select_.having) look(having);
    for (const ast::OrderItem& item : query_.order_by) {
      const bool is_name = item.expr.kind == Kind::column && item.expr.path.names.size() == 1;
      if (!is_name && item.expr.kind != Kind::number) look(item.expr);
    }
  }

 private:
  bool aggregates() const {
    bool found = !select_.having.empty();
    for (const ast::SelectItem& item : select_.items) {
      visit_exprs(item.expr, [&](const Expr& part) {
        if (part.over.empty() && is_aggregate(fold_, part)) found = true;
      });
    }
    return found;
  }

  /// `group by 1` and `group by alias` mean what stands in the select list.
  const Expr* meaning_of(const Expr& group) const {
    if (group.kind == Kind::number) {
      const std::size_t place = group.text.size() < 4 ? std::stoul(group.text) : 0;
      return place >= 1 && place <= select_.items.size() ? &select_.items[place - 1].expr : nullptr;
    }
    if (group.kind == Kind::call || group.kind == Kind::row) {
      const std::string name = group.path.is_empty() ? "row" : to_lower(group.path.last());
      if (name == "row" || name == "rollup" || name == "cube" || name.starts_with("grouping")) {
        return nullptr;
      }
    }
    if (group.kind != Kind::column || own_column(group) != nullptr) return &group;
    for (const ast::SelectItem& item : select_.items) {
      if (item.alias && item.alias->text == group.path.last()) return &item.expr;
    }
    return nullptr;
  }

  /// A column of this SELECT's FROM; not of one round it.
  const InferredColumn* own_column(const Expr& expr) const {
    if (expr.kind != Kind::column || expr.path.names.size() > 2) return nullptr;
    const InferredColumn* found = find_in_scope(fold_, scope_, expr.path);
    return found != nullptr && relation_of(*found) != nullptr ? found : nullptr;
  }

  const InferredRelation* relation_of(const InferredColumn& column) const {
    for (const InferredRelation& relation : scope_.relations) {
      const bool has = std::ranges::any_of(
          relation.columns, [&](const InferredColumn& one) { return &one == &column; });
      if (has) return &relation;
    }
    return nullptr;
  }

  /// The rows are grouped by the whole primary key of its table, so each has one value.
  bool depends_on_key(const InferredColumn& column) const {
    if (!column.origin.is_valid()) return false;
    const Table& table = at(fold_.catalog.tables, column.origin);
    const InferredRelation* relation = relation_of(column);
    if (!table.primary_key) return false;
    return std::ranges::all_of(table.primary_key->columns, [&](std::uint32_t key) {
      return std::ranges::any_of(columns_, [&](const InferredColumn* grouped) {
        return relation_of(*grouped) == relation && grouped->origin == column.origin &&
               grouped->origin_column == table.columns[key].name;
      });
    });
  }

  /// A column that USING joins has two sides; either may be written.
  bool is_merged(const InferredColumn& column) const {
    return std::ranges::any_of(scope_.relations, [&](const InferredRelation& relation) {
      for (std::size_t i = 0; i < relation.columns.size(); ++i) {
        if (relation.is_merged[i] && relation.columns[i].name == column.name) return true;
      }
      return false;
    });
  }

  void look(const Expr& expr) {
    if (expr.over.empty() && is_aggregate(fold_, expr)) return;
    if (std::ranges::find(texts_, syntax::print(expr, fold_.dialect())) != texts_.end()) return;
    if (const InferredColumn* column = own_column(expr)) {
      const bool is_settled = std::ranges::find(columns_, column) != columns_.end() ||
                              depends_on_key(*column) || is_merged(*column);
      if (is_settled) return;
      fold_.diagnostics
          .report<diag::QueryUngrouped>(expr.range, syntax::print(expr, fold_.dialect()))
          .help("GROUP BY it, or take one of its values: `max(" +
                syntax::print(expr, fold_.dialect()) + ")`");
      return;
    }
    // Other calls may be aggregates of the schema.
    if (expr.kind == Kind::call && expr.over.empty() && !is_plain_call(expr)) return;
    for (const Expr& arg : expr.args) look(arg);
  }

  bool is_plain_call(const Expr& expr) const {
    return expr.path.names.size() == 1 &&
           stdlib::find_function(fold_.dialect(), to_lower(expr.path.last())) != nullptr;
  }

  Fold& fold_;
  const ast::Query& query_;
  const ast::Select& select_;
  const Scope& scope_;
  std::vector<const InferredColumn*> columns_;  // that are grouped by
  std::vector<std::string> texts_;              // expressions that are
};

}  // namespace

bool is_aggregate(const Fold& fold, const ast::Expr& expr) {
  if (expr.kind != Kind::call || expr.path.names.size() != 1) return false;
  const std::string name = to_lower(expr.path.last());
  const stdlib::FunctionRow* row = stdlib::find_function(fold.dialect(), name);
  if (row == nullptr || !row->is_aggregate) return false;
  // SQLite's max(a, b) is the greater of two.
  return !fold.is_sqlite() || expr.args.size() < 2 || (name != "max" && name != "min");
}

void check_groups(Fold& fold, const ast::Query& query, const Scope& scope) {
  Groups(fold, query, scope).check();
}

}  // namespace sqlxc::catalog
