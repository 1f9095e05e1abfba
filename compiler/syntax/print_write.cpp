#include "compiler/syntax/print_writer.h"

// INSERT, UPDATE and DELETE.
namespace sqlxc::syntax::printing {
namespace {

void print_where(Writer& out, const std::vector<ast::Expr>& where) {
  if (where.empty()) return;
  out.line();
  out << "where ";
  print_expr(out, where.front());
}

void print_assignments(Writer& out, const std::vector<ast::Assignment>& assignments) {
  out.list(assignments, [&](const ast::Assignment& assignment) {
    const bool is_row = assignment.targets.size() > 1;
    if (is_row) out << "(";
    out.list(assignment.targets, [&](const ast::Path& target) { out.path(target); });
    out << (is_row ? ") = " : " = ");
    print_expr(out, assignment.value);
  });
}

void print_returning(Writer& out, const std::vector<ast::SelectItem>& items) {
  if (items.empty()) return;
  out.line();
  out << "returning";
  print_select_items(out, items);
}

// What MySQL's UPDATE and DELETE share: ORDER BY and LIMIT.
void print_order_and_limit(Writer& out, const std::vector<ast::OrderItem>& order,
                           const std::vector<ast::Expr>& limit) {
  if (!order.empty()) {
    out.line();
    out << "order by ";
    print_order(out, order);
  }
  if (limit.empty()) return;
  out.line();
  out << "limit ";
  print_expr(out, limit.front());
}

void print_conflict(Writer& out, const ast::OnConflict& conflict) {
  out.line();
  out << "on conflict";
  if (conflict.constraint) {
    out << " on constraint ";
    out.name(*conflict.constraint);
  } else if (!conflict.target.empty()) {
    out << " (";
    print_elements(out, conflict.target);
    out << ")";
    if (!conflict.target_where.empty()) {
      out << " where ";
      print_expr(out, conflict.target_where.front());
    }
  }
  if (conflict.do_nothing) {
    out << " do nothing";
    return;
  }
  out << " do update set ";
  print_assignments(out, conflict.set);
  print_where(out, conflict.where);
}

}  // namespace

void print_insert(Writer& out, const ast::Insert& insert) {
  print_with(out, insert.with, false);
  out << insert.verb << " into ";
  out.path(insert.table);
  if (insert.alias) {
    out << " as ";
    out.name(*insert.alias);
  }
  if (!insert.columns.empty()) {
    out << " (";
    out.list(insert.columns, [&](const ast::Path& column) { out.path(column); });
    out << ")";
  }
  if (!insert.overriding.empty()) out << " overriding " << insert.overriding;
  if (!insert.query.empty()) {
    out.line();
    print_query(out, insert.query.front());
  } else if (!insert.set.empty()) {
    out << " set ";
    print_assignments(out, insert.set);
  } else {
    out << (out.is(Dialect::mysql) ? " values ()" : " default values");
  }
  for (const auto& conflict : insert.on_conflict) print_conflict(out, conflict);
  if (!insert.on_duplicate_key.empty()) {
    out.line();
    out << "on duplicate key update ";
    print_assignments(out, insert.on_duplicate_key);
  }
  print_returning(out, insert.returning);
}

void print_update(Writer& out, const ast::Update& update) {
  print_with(out, update.with, false);
  out << update.verb << " ";
  print_from(out, update.tables);
  out.line();
  out << "set ";
  print_assignments(out, update.set);
  if (!update.from.empty()) {
    out.line();
    out << "from ";
    print_from(out, update.from);
  }
  print_where(out, update.where);
  print_order_and_limit(out, update.order_by, update.limit);
  print_returning(out, update.returning);
}

void print_delete(Writer& out, const ast::Delete& remove) {
  print_with(out, remove.with, false);
  out << "delete ";
  if (out.is(Dialect::mysql) && !remove.from.empty()) {
    print_from(out, remove.tables);
    out.line();
    out << "from ";
    print_from(out, remove.from);
  } else {
    out << "from ";
    print_from(out, remove.tables);
    if (!remove.from.empty()) {
      out.line();
      out << "using ";
      print_from(out, remove.from);
    }
  }
  print_where(out, remove.where);
  print_order_and_limit(out, remove.order_by, remove.limit);
  print_returning(out, remove.returning);
}

}  // namespace sqlxc::syntax::printing
