#include "compiler/catalog/query_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "compiler/base/nearest.h"

namespace sqlxc::catalog {
namespace {

using ast::Expr;
using ast::FromItem;
using Kind = Expr::Kind;

/// What the engines add to every row.
bool is_system_column(const Fold& fold, std::string_view name) {
  static constexpr std::array<std::string_view, 7> kPostgres = {"ctid", "xmin", "xmax",    "cmin",
                                                                "cmax", "oid",  "tableoid"};
  static constexpr std::array<std::string_view, 3> kSqlite = {"rowid", "oid", "_rowid_"};
  if (fold.is_postgres()) return std::ranges::find(kPostgres, name) != kPostgres.end();
  return fold.is_sqlite() && std::ranges::find(kSqlite, to_lower(name)) != kSqlite.end();
}

bool is_never_shown(const Fold& fold, const InferredColumn& column) {
  if (!column.origin.is_valid()) return false;
  const Table& table = at(fold.catalog.tables, column.origin);
  const auto found = std::ranges::find(table.columns, column.origin_column, &Column::name);
  if (found == table.columns.end()) return false;
  return std::ranges::any_of(found->annotations, [](const Annotation& annotation) {
    return annotation.name == "hidden" || annotation.name == "secret" ||
           annotation.name == "writeonly" || annotation.name == "password";
  });
}

Expr column_of(std::string_view table, std::string_view column) {
  Expr out;
  out.kind = Kind::column;
  for (const std::string_view part : {table, column}) {
    if (part.empty()) continue;
    ast::Name name;
    name.text = part;
    out.path.names.push_back(std::move(name));
  }
  return out;
}

class Resolver {
 public:
  Resolver(Fold& fold, const NamedQuery& named)
      : fold_(fold), named_(named), is_used_(named.parameters.size(), false) {}

  void query(ast::Query& query, const Scope* outer, bool is_result) {
    Scope scope;
    scope.outer = outer;
    for (ast::CommonTable& common : query.with) common_table(common, query, scope);
    switch (query.kind) {
      case ast::Query::Kind::select:
        if (!query.select.empty()) select(query, scope, is_result);
        break;
      case ast::Query::Kind::values:
        for (auto& row : query.values) exprs(row, scope);
        break;
      case ast::Query::Kind::table:
        table(query.table, scope);
        break;
      case ast::Query::Kind::set_operation:
      case ast::Query::Kind::parenthesized:
        for (ast::Query& operand : query.operands) this->query(operand, &scope, is_result);
        order(query, query, scope);
        break;
    }
    // No column is in sight there.
    const Scope bare{.relations = {}, .common = scope.common, .outer = nullptr};
    exprs(query.limit, bare);
    exprs(query.offset, bare);
  }

  std::vector<bool> take() { return std::move(is_used_); }

 private:
  bool same(std::string_view a, std::string_view b) const {
    return fold_.row->ignores_column_case ? equal_ignoring_case(a, b) : a == b;
  }

  void common_table(ast::CommonTable& common, const ast::Query& query, Scope& scope) {
    if (common.query.empty()) return;
    ast::Query& inner = common.query.front();
    // SQLite needs no word for it.
    const bool is_recursive = query.is_recursive || fold_.is_sqlite();
    if (!is_recursive || inner.operands.size() != 2) {
      this->query(inner, &scope, false);
      return add_common_table(fold_, common, false, scope);
    }
    recursive_branches(inner, starting_branch(fold_, common, inner), common, scope);
  }

  // The table is in sight of the branches behind the first.
  void recursive_branches(ast::Query& branch, const ast::Query& first,
                          const ast::CommonTable& common, Scope& scope) {
    if (&branch == &first) {
      this->query(branch, &scope, false);
      return add_common_table(fold_, common, true, scope);
    }
    recursive_branches(branch.operands.front(), first, common, scope);
    this->query(branch.operands.back(), &scope, false);
  }

  // --- FROM

  bool is_common(std::string_view name, const Scope& scope) const {
    for (const Scope* one = &scope; one != nullptr; one = one->outer) {
      const auto is_it = [&](const InferredRelation& common) { return same(common.alias, name); };
      if (std::ranges::any_of(one->common, is_it)) return true;
    }
    return false;
  }

  // Under any search path it is the same table.
  void table(ast::Path& path, const Scope& scope) const {
    if (path.names.size() == 1 && is_common(path.last(), scope)) return;
    const Id<Table> id = find_table(fold_, path);
    const bool is_plain = !fold_.is_postgres() || fold_.catalog.schemas.empty();
    if (!id.is_valid() || is_plain || path.names.size() != 1) return;
    const std::string& schema = at(fold_.catalog.tables, id).schema;
    ast::Name name;
    name.text = schema.empty() ? "public" : schema;
    path.names.insert(path.names.begin(), std::move(name));
  }

  /// What stands in the item, with what stands before it in sight where SQL allows that.
  void leaf(FromItem& item, Scope& beside) {
    switch (item.kind) {
      case FromItem::Kind::table:
        table(item.table, beside);
        return add_from(fold_, beside, item);
      case FromItem::Kind::function:
        is_loose_ = true;
        exprs(item.function, beside);
        return add_from(fold_, beside, item);
      case FromItem::Kind::subquery: {
        Scope around{.relations = {}, .common = beside.common, .outer = beside.outer};
        for (ast::Query& inner : item.query) {
          query(inner, item.is_lateral ? &beside : &around, false);
        }
        return add_from(fold_, beside, item);
      }
      case FromItem::Kind::join:
      case FromItem::Kind::parenthesized:
        for (FromItem& operand : item.operands) leaf(operand, beside);
        return;
      case FromItem::Kind::opaque:
        is_loose_ = true;
        return;
    }
  }

  void join_conditions(FromItem& item, const Scope& scope) {
    exprs(item.on, scope);
    for (FromItem& operand : item.operands) join_conditions(operand, scope);
  }

  // --- SELECT

  void select(ast::Query& query, Scope& scope, bool is_result) {
    ast::Select& select = query.select.front();
    const bool was_loose = is_loose_;
    Scope beside = scope;
    for (FromItem& item : select.from) leaf(item, beside);
    for (const FromItem& item : select.from) add_from(fold_, scope, item);
    for (FromItem& item : select.from) join_conditions(item, scope);
    if (is_result) expand_stars(select, scope);
    for (ast::SelectItem& item : select.items) expr(item.expr, scope);
    exprs(select.distinct_on, scope);
    exprs(select.where, scope);
    for (Expr& group : select.group_by) {
      if (!is_alias(group, query)) expr(group, scope);
    }
    for (Expr& having : select.having) in_sight_of_aliases(having, query, scope);
    for (ast::NamedWindow& named : select.windows) window(named.second, scope);
    order(query, query, scope);
    is_loose_ = was_loose;
  }

  void expand_stars(ast::Select& select, const Scope& scope) const {
    std::vector<ast::SelectItem> items;
    for (ast::SelectItem& item : select.items) {
      if (item.expr.kind != Kind::star || !is_whole(item.expr, scope)) {
        items.push_back(std::move(item));
        continue;
      }
      for (const InferredRelation& relation : scope.relations) {
        const bool is_meant =
            item.expr.path.is_empty() || same(relation.alias, item.expr.path.last());
        for (std::size_t i = 0; is_meant && i < relation.columns.size(); ++i) {
          const bool is_merged = item.expr.path.is_empty() && relation.is_merged[i];
          if (is_merged || is_never_shown(fold_, relation.columns[i])) continue;
          const std::string& name = relation.columns[i].name;
          const bool is_bare = scope.relations.size() == 1 || is_shared(scope, name);
          items.push_back({column_of(is_bare ? "" : relation.alias, name), std::nullopt});
          items.back().expr.range = item.expr.range;
        }
      }
    }
    select.items = std::move(items);
  }

  // Every relation that a star means has columns that are known.
  bool is_whole(const Expr& star, const Scope& scope) const {
    bool is_found = false;
    for (const InferredRelation& relation : scope.relations) {
      if (!star.path.is_empty() && !same(relation.alias, star.path.last())) continue;
      if (relation.columns.empty()) return false;
      is_found = true;
    }
    return is_found;
  }

  // Of USING: both sides' column, which has no table.
  bool is_shared(const Scope& scope, std::string_view name) const {
    return std::ranges::any_of(scope.relations, [&](const InferredRelation& relation) {
      for (std::size_t i = 0; i < relation.columns.size(); ++i) {
        if (relation.is_merged[i] && same(relation.columns[i].name, name)) return true;
      }
      return false;
    });
  }

  static const ast::Select* leading(const ast::Query& query) {
    if (!query.operands.empty()) return leading(query.operands.front());
    return query.select.empty() ? nullptr : &query.select.front();
  }

  /// A bare name that the select list gives.
  bool is_alias(const Expr& expr, const ast::Query& query) const {
    if (expr.kind != Kind::column || expr.path.names.size() != 1) return false;
    const ast::Select* select = leading(query);
    if (select == nullptr) return !query.values.empty() || !query.operands.empty();
    return std::ranges::any_of(select->items, [&](const ast::SelectItem& item) {
      return same(item.alias ? item.alias->text : output_name(item.expr), expr.path.last());
    });
  }

  void in_sight_of_aliases(Expr& expr, const ast::Query& query, const Scope& scope) {
    if (is_alias(expr, query)) return;
    const ast::Query* before = std::exchange(aliases_, &query);
    this->expr(expr, scope);
    aliases_ = before;
  }

  void order(ast::Query& query, const ast::Query& names, const Scope& scope) {
    for (ast::OrderItem& item : query.order_by) in_sight_of_aliases(item.expr, names, scope);
  }

  void window(ast::Window& window, const Scope& scope) {
    exprs(window.partition_by, scope);
    for (ast::OrderItem& item : window.order_by) expr(item.expr, scope);
  }

  // --- expressions

  void exprs(std::vector<Expr>& list, const Scope& scope) {
    for (Expr& one : list) expr(one, scope);
  }

  void expr(Expr& expr, const Scope& scope) {
    if (expr.kind == Kind::column) return name(expr, scope);
    if (expr.kind == Kind::parameter) return parameter(expr);
    exprs(expr.args, scope);
    exprs(expr.filter, scope);
    for (ast::OrderItem& item : expr.order_by) this->expr(item.expr, scope);
    for (ast::OrderItem& item : expr.within_group) this->expr(item.expr, scope);
    for (ast::Window& over : expr.over) window(over, scope);
    const ast::Query* before = std::exchange(aliases_, nullptr);
    for (ast::Query& inner : expr.query) query(inner, &scope, false);
    aliases_ = before;
  }

  std::size_t find_parameter(std::string_view name) const {
    const auto is_it = [&](const QueryParameter& parameter) { return same(parameter.name, name); };
    const auto found = std::ranges::find_if(named_.parameters, is_it);
    return static_cast<std::size_t>(found - named_.parameters.begin());
  }

  void use(Expr& expr, std::size_t index) {
    is_used_[index] = true;
    const SourceRange range = expr.range;
    const bool is_parenthesized = expr.is_parenthesized;
    expr = {};
    expr.kind = Kind::parameter;
    expr.text = "$" + std::to_string(index + 1);
    expr.range = range;
    expr.is_parenthesized = is_parenthesized;
  }

  /// `:name`, `$1`.
  void parameter(Expr& expr) {
    std::size_t index = named_.parameters.size();
    const std::string_view text = expr.text;
    if (text.starts_with(':')) index = find_parameter(text.substr(1));
    if (text.starts_with('$')) {
      std::size_t number = 0;
      std::from_chars(text.data() + 1, text.data() + text.size(), number);
      if (number >= 1) index = number - 1;
      if (number == 0) index = find_parameter(text.substr(1));
    }
    if (index < named_.parameters.size()) return use(expr, index);
    report_unknown(expr.range, expr.text, {});
  }

  void name(Expr& expr, const Scope& scope) {
    const auto& names = expr.path.names;
    if (names.size() > 2) return;
    const InferredColumn* found = find_in_scope(fold_, scope, expr.path);
    const std::size_t index = find_parameter(expr.path.last());
    const bool is_parameter = index < named_.parameters.size();
    if (names.size() == 2) {
      if (found != nullptr || has_relation(scope, names.front().text, true)) return;
      // As PostgreSQL's functions may say it.
      const bool is_ours = is_parameter && same(names.front().text, named_.name);
      if (is_ours && !has_relation(scope, names.front().text, false)) return use(expr, index);
      return report_unknown(expr.range, display_name(expr.path), scope);
    }
    if (is_parameter && found != nullptr) {
      fold_.diagnostics.report<diag::QueryAmbiguous>(expr.range, names.front().text)
          .label(named_.parameters[index].range, "the parameter")
          .help("`:" + names.front().text + "` is the parameter; a column has its table before it");
      is_used_[index] = true;
      return;
    }
    if (is_parameter) return use(expr, index);
    if (found != nullptr || is_system_column(fold_, expr.path.last())) return;
    if (aliases_ != nullptr && is_alias(expr, *aliases_)) return;
    if (has_relation(scope, names.front().text, false)) return;  // a whole row
    if (fold_.is_sqlite() && names.front().quoted) return;       // a text, as it takes it
    report_unknown(expr.range, names.front().text, scope);
  }

  /// A relation of that name; or one of unknown columns, where it may be any.
  bool has_relation(const Scope& scope, std::string_view name, bool is_opaque) const {
    for (const Scope* one = &scope; one != nullptr; one = one->outer) {
      for (const InferredRelation& relation : one->relations) {
        if (same(relation.alias, name) && (!is_opaque || relation.columns.empty())) return true;
      }
    }
    return false;
  }

  void report_unknown(SourceRange range, std::string_view name, const Scope& scope) {
    std::vector<std::string_view> known;
    for (const QueryParameter& parameter : named_.parameters) known.push_back(parameter.name);
    bool is_complete = !is_loose_;
    for (const Scope* one = &scope; one != nullptr; one = one->outer) {
      for (const InferredRelation& relation : one->relations) {
        is_complete = is_complete && !relation.columns.empty();
        for (const InferredColumn& column : relation.columns) known.push_back(column.name);
      }
    }
    if (!is_complete) return;
    const std::string_view last = name.substr(std::min(name.rfind('.') + 1, name.size()));
    const std::string_view word = last.starts_with(':') ? last.substr(1) : last;
    fold_.diagnostics.report<diag::QueryUnknownName>(range, name)
        .help(did_you_mean(nearest(word, known)));
  }

  Fold& fold_;
  const NamedQuery& named_;
  std::vector<bool> is_used_;
  const ast::Query* aliases_ = nullptr;  // whose select list's names are in sight
  bool is_loose_ = false;                // not every column in sight is known
};

}  // namespace

std::vector<bool> resolve_query_names(Fold& fold, const NamedQuery& named, ast::Query& query) {
  Resolver resolver(fold, named);
  resolver.query(query, nullptr, true);
  return resolver.take();
}

ast::Select* leading_select(ast::Query& query) {
  if (!query.operands.empty()) return leading_select(query.operands.front());
  return query.select.empty() ? nullptr : &query.select.front();
}

}  // namespace sqlxc::catalog
