#include "compiler/syntax/print_writer.h"

// Queries: one clause a line, as one would paste them into psql.
namespace sqlxc::syntax::printing {
namespace {

using ast::FromItem;
using ast::Query;

constexpr std::size_t kShort =
    72;  // a subquery or condition of up to so many bytes stays on its line

// Calls `print` on a flat writer, and on `out` itself where the result is too long for one line.
template <typename Print>
std::string flat(const Writer& out, Print print) {
  Writer line(out.dialect(), true);
  print(line);
  return line.take();
}

void collect_conjuncts(const ast::Expr& expr, std::vector<const ast::Expr*>& into) {
  if (expr.kind != ast::Expr::Kind::binary || expr.name != "and") {
    into.push_back(&expr);
    return;
  }
  collect_conjuncts(expr.args[0], into);
  into.push_back(&expr.args[1]);
}

// `where a and b`: a condition a line where it is long.
void print_condition(Writer& out, std::string_view word, const std::vector<ast::Expr>& condition) {
  if (condition.empty()) return;
  out.line();
  out << word << " ";
  const std::string text = flat(out, [&](Writer& line) { print_expr(line, condition.front()); });
  if (out.is_flat() || text.size() <= kShort) return print_expr(out, condition.front());
  std::vector<const ast::Expr*> conjuncts;
  collect_conjuncts(condition.front(), conjuncts);
  out.indented([&] {
    bool is_first = true;
    for (const ast::Expr* conjunct : conjuncts) {
      if (!is_first) {
        out.line();
        out << "and ";
      }
      is_first = false;
      print_expr(out, *conjunct, conjuncts.size() == 1 ? Level::lowest : Level::not_);
    }
  });
}

void print_alias(Writer& out, const FromItem& item) {
  if (!item.alias && item.column_aliases.empty()) return;
  out << " as ";
  if (item.alias) out.name(*item.alias);
  if (!item.column_aliases.empty()) out.names(item.column_aliases);
}

void print_join(Writer& out, const FromItem& item) {
  print_from_item(out, item.operands[0]);
  out.line();
  if (item.is_natural) out << "natural ";
  if (item.join == "straight") {
    out << "straight_join ";
  } else {
    out << (item.join == "inner" ? "" : item.join + " ") << "join ";
  }
  const FromItem& right = item.operands[1];
  const bool is_join = right.kind == FromItem::Kind::join;
  if (is_join) out << "(";
  print_from_item(out, right);
  if (is_join) out << ")";
  if (!item.on.empty()) {
    out << " on ";
    print_expr(out, item.on.front());
  }
  if (!item.using_columns.empty()) {
    out << " using ";
    out.names(item.using_columns);
  }
}

void print_functions(Writer& out, const FromItem& item) {
  if (item.function.size() > 1) out << "rows from (";
  print_exprs(out, item.function);
  if (item.function.size() > 1) out << ")";
  if (item.with_ordinality) out << " with ordinality";
}

void print_values(Writer& out, const Query& query) {
  out << "values";
  out.indented([&] {
    bool is_first = true;
    for (const auto& row : query.values) {
      if (!is_first) out << ",";
      is_first = false;
      out.line();
      out << "(";
      print_exprs(out, row);
      out << ")";
    }
  });
}

void print_groups(Writer& out, const ast::Select& select) {
  if (!select.group_by.empty()) {
    out.line();
    out << "group by ";
    print_exprs(out, select.group_by);
    if (select.with_rollup) out << " with rollup";
  }
  print_condition(out, "having", select.having);
  if (select.windows.empty()) return;
  out.line();
  out << "window ";
  out.list(select.windows, [&](const auto& window) {
    out.name(window.first);
    out << " as ";
    print_window(out, window.second);
  });
}

void print_select(Writer& out, const ast::Select& select) {
  out << "select";
  if (select.is_distinct) out << " distinct";
  if (!select.distinct_on.empty()) {
    out << " on (";
    print_exprs(out, select.distinct_on);
    out << ")";
  }
  if (!select.modifiers.empty()) out << " " << select.modifiers;
  print_select_items(out, select.items);
  if (!select.from.empty()) {
    out.line();
    out << "from ";
    out.indented([&] { print_from(out, select.from); });
  }
  print_condition(out, "where", select.where);
  print_groups(out, select);
}

// An operand of UNION that has clauses of its own, or a set operation on the right, needs
// parentheses; the parser made a node of those that were written.
void print_operand(Writer& out, const Query& operand, bool is_right) {
  const bool has_clauses = !operand.order_by.empty() || !operand.limit.empty() ||
                           !operand.offset.empty() || !operand.locking.empty() ||
                           !operand.with.empty();
  const bool is_nested = operand.kind == Query::Kind::set_operation && is_right;
  const bool needs_parentheses = (has_clauses || is_nested) && !out.is(Dialect::sqlite);
  if (needs_parentheses) out << "(";
  print_query(out, operand);
  if (needs_parentheses) out << ")";
}

void print_body(Writer& out, const Query& query) {
  switch (query.kind) {
    case Query::Kind::select:
      return print_select(out, query.select.front());
    case Query::Kind::values:
      return print_values(out, query);
    case Query::Kind::table:
      out << "table ";
      return out.path(query.table);
    case Query::Kind::parenthesized:
      out << "(";
      out.indented([&] {
        out.line();
        print_query(out, query.operands.front());
      });
      out.line();
      out << ")";
      return;
    case Query::Kind::set_operation:
      print_operand(out, query.operands[0], false);
      out.line();
      out << query.set_operator << (query.is_all ? " all" : "");
      out.line();
      return print_operand(out, query.operands[1], true);
  }
}

void print_limit(Writer& out, const Query& query) {
  if (!query.limit.empty()) {
    out.line();
    if (query.with_ties) {
      out << "fetch first ";
      print_expr(out, query.limit.front(), Level::primary);
      out << " rows with ties";
    } else {
      out << "limit ";
      print_expr(out, query.limit.front());
    }
  }
  if (query.offset.empty()) return;
  out.line();
  out << "offset ";
  print_expr(out, query.offset.front());
}

}  // namespace

void print_select_items(Writer& out, const std::vector<ast::SelectItem>& items) {
  if (items.empty()) return;
  const auto item = [](Writer& to, const ast::SelectItem& select_item) {
    print_expr(to, select_item.expr);
    if (!select_item.alias) return;
    to << " as ";
    to.name(*select_item.alias);
  };
  const std::string text = flat(out, [&](Writer& line) {
    line.list(items, [&](const ast::SelectItem& one) { item(line, one); });
  });
  if (out.is_flat() || text.size() <= kShort) {
    out << " ";
    out.list(items, [&](const ast::SelectItem& one) { item(out, one); });
    return;
  }
  out.indented([&] {
    bool is_first = true;
    for (const ast::SelectItem& one : items) {
      if (!is_first) out << ",";
      is_first = false;
      out.line();
      item(out, one);
    }
  });
}

void print_from(Writer& out, const std::vector<FromItem>& from) {
  bool is_first = true;
  for (const FromItem& item : from) {
    if (!is_first) {
      out << ",";
      out.line();
    }
    is_first = false;
    print_from_item(out, item);
  }
}

void print_from_item(Writer& out, const FromItem& item) {
  if (item.is_lateral) out << "lateral ";
  switch (item.kind) {
    case FromItem::Kind::join:
      return print_join(out, item);
    case FromItem::Kind::parenthesized:
      out << "(";
      out.list(item.operands, [&](const FromItem& one) { print_from_item(out, one); });
      out << ")";
      return print_alias(out, item);
    case FromItem::Kind::table:
      if (item.is_only) out << "only ";
      out.path(item.table);
      break;
    case FromItem::Kind::function:
      print_functions(out, item);
      break;
    case FromItem::Kind::subquery:
      print_subquery(out, item.query.front());
      break;
    case FromItem::Kind::opaque:
      out << (item.function.empty() ? item.hints : item.function.front().text);
      return print_alias(out, item);
  }
  print_alias(out, item);
  if (!item.hints.empty()) out << " " << item.hints;
}

void print_subquery(Writer& out, const Query& query) {
  out << "(";
  const std::string text = flat(out, [&](Writer& line) { print_query(line, query); });
  if (out.is_flat() || (text.size() <= kShort && text.find('\n') == std::string::npos)) {
    out << text;
  } else {
    out.indented([&] {
      out.line();
      print_query(out, query);
    });
    out.line();
  }
  out << ")";
}

void print_with(Writer& out, const std::vector<ast::CommonTable>& with, bool is_recursive) {
  if (with.empty()) return;
  out << (is_recursive ? "with recursive " : "with ");
  bool is_first = true;
  for (const ast::CommonTable& table : with) {
    if (!is_first) {
      out << ",";
      out.line();
    }
    is_first = false;
    out.name(table.name);
    if (!table.columns.empty()) {
      out << " ";
      out.names(table.columns);
    }
    out << " as ";
    if (table.is_materialized) out << (*table.is_materialized ? "" : "not ") << "materialized ";
    if (!table.query.empty()) {
      print_subquery(out, table.query.front());
    } else {
      out << "(";
      out.indented([&] {
        out.line();
        print_statement(out, table.statement.front());
      });
      out.line();
      out << ")";
    }
  }
  out.line();
}

void print_query(Writer& out, const Query& query) {
  print_with(out, query.with, query.is_recursive);
  print_body(out, query);
  if (!query.order_by.empty()) {
    out.line();
    out << "order by ";
    print_order(out, query.order_by);
  }
  print_limit(out, query);
  for (const std::string& lock : query.locking) {
    out.line();
    out << lock;
  }
}

void print_order(Writer& out, const std::vector<ast::OrderItem>& order) {
  out.list(order, [&](const ast::OrderItem& item) {
    print_expr(out, item.expr);
    if (!item.collation.empty()) {
      out << " collate ";
      out.name(item.collation);
    }
    if (!item.operator_class.empty()) out << " using " << item.operator_class;
    if (item.is_descending) out << " desc";
    if (item.nulls_first) out << (*item.nulls_first ? " nulls first" : " nulls last");
  });
}

}  // namespace sqlxc::syntax::printing
