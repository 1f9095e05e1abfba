#include <algorithm>
#include <utility>

#include "compiler/stdlib/functions.h"
#include "compiler/syntax/print.h"
#include "compiler/translate/translator.h"

// Queries: what FROM brings into scope, and the clauses that SQLite says differently or not at all.
namespace sqlxc::translate {
namespace {

using ast::Expr;
using ast::FromItem;
using ast::Query;
using Kinds = Expr::Kind;

ast::Name name_of(std::string_view text) {
  ast::Name name;
  name.text = text;
  return name;
}

// The name that PostgreSQL gives to a column without an alias.
std::string output_name(const Expr& expr) {
  switch (expr.kind) {
    case Kinds::column:
    case Kinds::call:
      return std::string(expr.path.last());
    case Kinds::field:
      return expr.name;
    case Kinds::cast: {
      const std::string inner = output_name(expr.args[0]);
      if (inner != "?column?" || expr.type.empty()) return inner;
      return std::string(expr.type.front().path.last());
    }
    case Kinds::case_when: {
      const std::string last = expr.has_else ? output_name(expr.args.back()) : "?column?";
      return last == "?column?" ? "case" : last;
    }
    case Kinds::exists:
      return "exists";
    case Kinds::array:
      return "array";
    case Kinds::subquery: {
      const Query& query = expr.query.front();
      if (query.select.empty() || query.select.front().items.empty()) return "?column?";
      const ast::SelectItem& item = query.select.front().items.front();
      return item.alias ? item.alias->text : output_name(item.expr);
    }
    case Kinds::collate:
    case Kinds::at_time_zone:
      return output_name(expr.args[0]);
    default:
      return "?column?";
  }
}

bool has_order(const Query& query) {
  return !query.order_by.empty() || !query.limit.empty() || !query.offset.empty();
}

// A query as `select * from (query)`: the only parentheses that SQLite's UNION takes.
Query wrapped(Query query, Dialect to) {
  Query out;
  if (to == Dialect::postgres) {
    out.kind = Query::Kind::parenthesized;
    out.operands.push_back(std::move(query));
    return out;
  }
  out.select.emplace_back();
  out.select.front().items.push_back({make(Kinds::star), std::nullopt});
  FromItem item;
  item.kind = FromItem::Kind::subquery;
  item.query.push_back(std::move(query));
  out.select.front().from.push_back(std::move(item));
  return out;
}

bool is_aggregate(const Expr& expr) {
  if (expr.kind != Kinds::call || !expr.over.empty()) return false;
  const stdlib::FunctionRow* row = stdlib::find_function(Dialect::postgres, expr.path.last());
  return row != nullptr && row->is_aggregate;
}

bool has_aggregate(const Expr& expr) {
  return is_aggregate(expr) || std::ranges::any_of(expr.args, has_aggregate);
}

bool is_constant(const Expr& expr) {
  switch (expr.kind) {
    case Kinds::column:
    case Kinds::star:
    case Kinds::subquery:
    case Kinds::exists:
      return false;
    default:
      return std::ranges::all_of(expr.args, is_constant);
  }
}

// A parameter in LIMIT and OFFSET.
Expr unless_null(Expr expr, const char* otherwise) {
  if (expr.kind != Kinds::parameter) return expr;
  return call("coalesce", {std::move(expr), number_of(otherwise)});
}

bool is_grouping_set(const Expr& expr) {
  if (expr.kind != Kinds::call) return false;
  const std::string_view name = expr.path.last();
  return name == "rollup" || name == "cube" || name == "grouping sets";
}

}  // namespace

void Translator::add_star(const Expr& star, std::vector<Column>& into) const {
  if (scopes_.empty()) return;
  for (const Source& source : scopes_.back().sources) {
    if (!star.path.is_empty() && source.name != star.path.last()) continue;
    for (const Column& column : source.columns) {
      into.push_back(column);
      into.back().target = column.target;
    }
  }
}

// What a translated or untranslated query's columns are called and are; its own scope must be open.
std::vector<Column> Translator::output_columns(const Query& query) const {
  std::vector<Column> out;
  if (!query.operands.empty()) return output_columns(query.operands.front());
  if (query.select.empty()) {
    if (query.values.empty()) return out;
    for (std::size_t i = 0; i < query.values.front().size(); ++i) {
      const std::string name = "column" + std::to_string(i + 1);
      out.push_back({name, name, type_of(query.values.front()[i]), true});
    }
    return out;
  }
  for (const ast::SelectItem& item : query.select.front().items) {
    if (item.expr.kind == Kinds::star) {
      add_star(item.expr, out);
      continue;
    }
    const std::string name = item.alias ? item.alias->text : output_name(item.expr);
    out.push_back({name, name, type_of(item.expr), true});
  }
  return out;
}

std::vector<ast::OrderItem> Translator::order(const std::vector<ast::OrderItem>& from) {
  std::vector<ast::OrderItem> out;
  for (const ast::OrderItem& item : from) {
    ast::OrderItem to = item;
    // A number is a position.
    if (item.expr.kind != Kinds::number) to.expr = expr(item.expr);
    if (!item.operator_class.empty() && this->from() != request_.to) {
      to.is_descending = item.operator_class == ">";
      to.operator_class.clear();
    }
    const bool is_moved = flags_.nulls_sort_last != flags_of(request_.to).nulls_sort_last;
    if (is_moved && !item.nulls_first) {
      const Found found = item.expr.kind == Kinds::column ? find_column(item.expr.path) : Found{};
      const bool may_be_null = found.column == nullptr || found.column->is_nullable;
      if (may_be_null && item.expr.kind != Kinds::number)
        to.nulls_first = to.is_descending == flags_.nulls_sort_last;
    }
    out.push_back(std::move(to));
  }
  return out;
}

ast::Window Translator::window(const ast::Window& from) {
  ast::Window out = from;
  out.partition_by = exprs(from.partition_by);
  out.order_by = order(from.order_by);
  return out;
}

FromItem Translator::from_table(const FromItem& from, Scope& scope) {
  FromItem out;
  out.alias = from.alias;
  out.range = from.range;
  Source source;
  const std::string_view name = from.table.last();
  const auto common = std::ranges::find(common_tables_, name, &Source::name);
  const bool is_common = from.table.names.size() == 1 && common != common_tables_.end();
  const Relation* relation = nullptr;
  if (is_common) {
    source = *common;
    out.table = from.table;
  } else {
    relation = request_.world && request_.world->find_table ? request_.world->find_table(from.table)
                                                            : nullptr;
    if (relation == nullptr) {
      refuse(from.range, "the table `" + std::string(name) + "`");
      return out;
    }
    source.columns = relation->columns;
    out.table = relation->target_schema.empty()
                    ? column_of({relation->target}).path
                    : column_of({relation->target_schema, relation->target}).path;
  }
  source.name = from.alias ? from.alias->text : std::string(name);
  source.target = from.alias ? from.alias->text : std::string(out.table.last());
  for (std::size_t i = 0; i < from.column_aliases.size() && i < source.columns.size(); ++i) {
    source.columns[i].name = from.column_aliases[i].text;
  }
  scope.sources.push_back(std::move(source));
  return out;
}

FromItem Translator::from_function(const FromItem& from, Scope& scope) {
  FromItem out;
  out.kind = FromItem::Kind::function;
  out.alias = from.alias;
  const bool is_one = from.function.size() == 1 && from.function.front().kind == Kinds::call;
  const std::string_view name = is_one ? from.function.front().path.last() : "rows from";
  const bool is_array = name == "unnest" || name == "json_each" ||
                        name.ends_with("array_elements") || name.ends_with("array_elements_text");
  const bool is_sqlite = this->from() == Dialect::sqlite && request_.to == Dialect::sqlite;
  if (request_.to == Dialect::postgres) {
    refuse(from.range, "the function `" + std::string(name) + "` as a table");
    return out;
  }
  if (!is_one || (!is_array && !is_sqlite) || (from.with_ordinality && !is_sqlite)) {
    refuse(from.range, "the function `" + std::string(name) + "` as a table");
    return out;
  }
  const Expr& call = from.function.front();
  const ValueType type = call.args.empty() ? ValueType{} : type_of(call.args[0]);
  out.function.push_back(translate::call(is_sqlite ? name : "json_each", exprs(call.args)));
  Source source;
  source.name = from.alias ? from.alias->text : std::string(name);
  source.target = from.alias ? from.alias->text : std::string(out.function.front().path.last());
  const std::string column =
      !from.column_aliases.empty() ? from.column_aliases.front().text : source.name;
  source.columns.push_back({column, "value", {type.element, Kind::unknown}, true});
  source.columns.push_back({"value", "value", {type.element, Kind::unknown}, true});
  scope.sources.push_back(std::move(source));
  return out;
}

FromItem Translator::from_subquery(const FromItem& from, Scope& scope) {
  FromItem out;
  out.kind = FromItem::Kind::subquery;
  out.alias = from.alias;
  if (from.is_lateral) refuse(from.range, "`lateral`");
  const Query& query = from.query.front();
  // Its columns are asked for while its own scope is open.
  const std::size_t depth = scopes_.size();
  scopes_.push_back(scope);
  Query translated = this->query(query);
  std::vector<Column> columns = std::exchange(last_columns_, {});
  scopes_.resize(depth);
  Source source;
  if (from.alias) source.name = source.target = from.alias->text;
  if (!from.alias && request_.to == Dialect::postgres) {
    // PostgreSQL 15 wants a name.
    out.alias = name_of("part" + std::to_string(scope.sources.size() + 1));
  }
  for (std::size_t i = 0; i < from.column_aliases.size() && i < columns.size(); ++i) {
    columns[i].name = from.column_aliases[i].text;
    const bool is_select = !translated.select.empty() &&
                           i < translated.select.front().items.size() &&
                           translated.select.front().items[i].expr.kind != Kinds::star;
    if (!is_select) continue;
    translated.select.front().items[i].alias = name_of(columns[i].name);
    columns[i].target = columns[i].name;
  }
  source.columns = std::move(columns);
  scope.sources.push_back(std::move(source));
  out.query.push_back(std::move(translated));
  return out;
}

FromItem Translator::from_join(const FromItem& from, Scope& scope) {
  FromItem out = from;
  out.operands.clear();
  for (const FromItem& operand : from.operands) out.operands.push_back(from_item(operand, scope));
  if (from.join == "straight") out.join = "inner";
  scopes_.push_back(scope);
  out.on = conditions(from.on);
  scopes_.pop_back();
  return out;
}

FromItem Translator::from_item(const FromItem& from, Scope& scope) {
  switch (from.kind) {
    case FromItem::Kind::table:
      return from_table(from, scope);
    case FromItem::Kind::function:
      return from_function(from, scope);
    case FromItem::Kind::subquery:
      return from_subquery(from, scope);
    case FromItem::Kind::join:
      return from_join(from, scope);
    case FromItem::Kind::parenthesized: {
      FromItem out = from;
      out.operands.clear();
      for (const FromItem& one : from.operands) out.operands.push_back(from_item(one, scope));
      return out;
    }
    case FromItem::Kind::opaque:
      refuse(from.range, "`" + from.hints.substr(0, from.hints.find('(')) + "`");
      return from;
  }
  return from;
}

// PostgreSQL wants every column that is no aggregate in GROUP BY; the others take one of its
// values.
void Translator::group_by_all(ast::Select& select, const std::vector<ast::OrderItem>& order) {
  if (select.group_by.empty()) return;
  const auto text = [](const Expr& expr) { return syntax::print(expr, Dialect::postgres); };
  std::vector<std::string> known;
  for (const Expr& group : select.group_by) known.push_back(text(group));
  const auto is_known = [&](const std::string& name) {
    return std::ranges::find(known, name) != known.end();
  };
  const auto add = [&](const Expr& expr) {
    if (is_known(text(expr)) || has_aggregate(expr) || is_constant(expr)) return;
    if (expr.kind == Kinds::star) return refuse(expr.range, "`*` beside `group by`");
    select.group_by.push_back(expr);
    known.push_back(text(expr));
    weaken("it groups by `" + text(expr) + "` too");
  };
  std::vector<std::string> aliases;
  for (const ast::SelectItem& item : select.items) {
    if (item.alias) aliases.push_back(syntax::print_name(item.alias->text, Dialect::postgres));
    if (!item.alias || !is_known(aliases.back())) add(item.expr);
  }
  for (const ast::OrderItem& item : order) {
    if (std::ranges::find(aliases, text(item.expr)) == aliases.end()) add(item.expr);
  }
}

ast::Select Translator::select(const ast::Select& from) {
  ast::Select out;
  out.is_distinct = from.is_distinct;
  if (!from.distinct_on.empty()) refuse(from.distinct_on.front(), "`distinct on`");
  Scope scope;
  for (const FromItem& item : from.from) out.from.push_back(from_item(item, scope));
  scopes_.push_back(std::move(scope));
  for (const ast::SelectItem& item : from.items) {
    ast::SelectItem to{expr(item.expr), item.alias};
    const bool needs_name = !to.alias && item.expr.kind != Kinds::star;
    if (needs_name && this->from() != request_.to) {
      const std::string name = output_name(item.expr);
      const bool is_named = to.expr.kind == Kinds::column && to.expr.path.last() == name;
      if (!is_named && name != "?column?") to.alias = name_of(name);
    }
    out.items.push_back(std::move(to));
  }
  out.where = conditions(from.where);
  for (const Expr& group : from.group_by) {
    if (is_grouping_set(group)) refuse(group, "`" + std::string(group.path.last()) + "`");
    out.group_by.push_back(expr(group));
  }
  if (from.with_rollup) refuse(from.group_by.front(), "`with rollup`");
  out.having = conditions(from.having);
  for (const auto& [name, definition] : from.windows) {
    out.windows.emplace_back(name, window(definition));
  }
  return out;
}

Query Translator::operand(const Query& from, bool is_right) {
  const bool is_wrapped = from.kind == Query::Kind::parenthesized;
  const Query& inner = is_wrapped ? from.operands.front() : from;
  const bool stands_alone = has_order(inner) || has_order(from) || !inner.with.empty();
  const bool is_set = inner.kind == Query::Kind::set_operation;
  Query out = query(inner);
  if (stands_alone || (is_set && is_right)) {
    const auto columns = last_columns_;
    out = wrapped(std::move(out), request_.to);
    last_columns_ = columns;
  }
  return out;
}

ast::CommonTable Translator::common_table(const ast::CommonTable& from) {
  ast::CommonTable out = from;
  if (!from.statement.empty()) refuse(from.name.range, "a statement that writes inside `with`");
  if (from.query.empty()) return out;
  Source source;
  source.name = source.target = from.name.text;
  // Recursive: the first operand says what the columns are.
  const Query& query = from.query.front();
  const auto set_columns = [&] {
    source.columns = last_columns_;
    for (std::size_t i = 0; i < from.columns.size() && i < source.columns.size(); ++i) {
      source.columns[i].name = source.columns[i].target = from.columns[i].text;
    }
  };
  if (query.kind == Query::Kind::set_operation) {
    const auto before = refusal_;
    this->query(query.operands.front());
    set_columns();
    refusal_ = before;
  }
  common_tables_.insert(common_tables_.begin(), source);
  out.query.front() = this->query(query);
  set_columns();
  common_tables_.front() = std::move(source);
  return out;
}

Query Translator::subquery(const Query& from) {
  const std::size_t depth = scopes_.size();
  Query out = query(from);
  scopes_.resize(depth);
  return out;
}

Query Translator::query(const Query& from) {
  constexpr int kDeepest = 200;
  if (++depth_ > kDeepest) refuse(from.range, "a query this deep");
  if (refusal_) {
    --depth_;
    return from;
  }
  const std::size_t common_depth = common_tables_.size();
  const std::size_t depth = scopes_.size();
  Query out;
  out.kind = from.kind;
  out.range = from.range;
  out.is_recursive = from.is_recursive;
  for (const ast::CommonTable& table : from.with) out.with.push_back(common_table(table));
  switch (from.kind) {
    case Query::Kind::select:
      out.select.push_back(select(from.select.front()));
      last_columns_ = output_columns(from);
      break;
    case Query::Kind::values:
      for (const auto& row : from.values) out.values.push_back(exprs(row));
      last_columns_ = output_columns(from);
      break;
    case Query::Kind::table: {
      Query all = wrapped({}, Dialect::sqlite);
      FromItem item;
      item.table = from.table;
      all.select.front().from = {item};
      out = query(all);
      break;
    }
    case Query::Kind::parenthesized:
      out = query(from.operands.front());
      break;
    case Query::Kind::set_operation: {
      out.set_operator = from.set_operator;
      out.is_all = from.is_all;
      if (from.is_all && from.set_operator != "union") {
        refuse(from.range, "`" + from.set_operator + " all`");
      }
      out.operands.push_back(operand(from.operands[0], false));
      const auto columns = last_columns_;
      scopes_.resize(depth);
      out.operands.push_back(operand(from.operands[1], true));
      scopes_.resize(depth);
      last_columns_ = columns;
      break;
    }
  }
  const auto columns = last_columns_;
  if (!from.order_by.empty()) out.order_by = order(from.order_by);
  const bool is_strict = request_.to == Dialect::postgres && this->from() != request_.to;
  if (is_strict && !out.select.empty()) group_by_all(out.select.front(), out.order_by);
  out.limit = exprs(from.limit);
  out.offset = exprs(from.offset);
  if (request_.to == Dialect::sqlite) {
    // A null is no limit in PostgreSQL, and no number to SQLite.
    for (Expr& limit : out.limit) limit = unless_null(std::move(limit), "-1");
    for (Expr& offset : out.offset) offset = unless_null(std::move(offset), "0");
  }
  const bool has_no_limit = out.limit.empty() || out.limit.front().kind == Kinds::null_literal ||
                            out.limit.front().kind == Kinds::column;
  if (has_no_limit) {
    out.limit.clear();
    const bool needs_one = !out.offset.empty() && request_.to == Dialect::sqlite;
    if (needs_one) out.limit.push_back(number_of("-1"));
  }
  if (from.with_ties) refuse(from.range, "`with ties`");
  scopes_.resize(depth);
  last_columns_ = columns;
  common_tables_.erase(
      common_tables_.begin(),
      common_tables_.begin() + static_cast<std::ptrdiff_t>(common_tables_.size() - common_depth));
  --depth_;
  return out;
}

}  // namespace sqlxc::translate
