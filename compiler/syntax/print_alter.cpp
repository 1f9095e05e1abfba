#include "compiler/syntax/print.h"
#include "compiler/syntax/print_writer.h"

// ALTER TABLE and its actions.
namespace sqlxc::syntax::printing {
namespace {

using ast::AlterAction;
using Kind = AlterAction::Kind;

// `alter column c set not null`
void alter_column(Writer& out, const AlterAction& action, std::string_view what) {
  out << "alter column ";
  out.name(action.name);
  out << " " << what;
}

// `alter column c set generated always set increment 5`
void print_identity(Writer& out, const AlterAction& action) {
  alter_column(out, action, "");
  for (const auto& option : action.options) {
    if (&option != &action.options.front()) out << " ";
    out << "set ";
    if (option.first == "generated") {
      out << "generated " << option.second;
    } else {
      print_sequence_options(out, {option});
    }
  }
}

void drop(Writer& out, const AlterAction& action, std::string_view what) {
  out << "drop " << what;
  if (action.if_exists) out << " if exists";
  if (!action.name.text.empty()) {
    out << " ";
    out.name(action.name);
  }
  if (action.is_cascade) out << " cascade";
}

void rename(Writer& out, const AlterAction& action, std::string_view what) {
  out << "rename " << what << " ";
  out.name(action.name);
  out << " to ";
  out.name(action.new_name);
}

void with_path(Writer& out, const AlterAction& action, std::string_view what) {
  out << what << " ";
  out.path(action.new_path);
  if (!action.text.empty()) out << " " << action.text;
}

void print_columns(Writer& out, const AlterAction& action, std::string_view verb) {
  out << verb;
  if (action.if_not_exists) out << " if not exists";
  if (action.if_exists) out << " if exists";
  out << " ";
  if (action.columns.size() > 1) out << "(";
  out.list(action.columns, [&](const ast::ColumnDef& column) {
    print_column(out, column);
    if (!column.position.empty()) out << " " << column.position;
  });
  if (action.columns.size() > 1) out << ")";
}

void print_alter_type(Writer& out, const AlterAction& action) {
  alter_column(out, action, "type ");
  const ast::ColumnDef& column = action.columns.front();
  if (column.type) print_type(out, *column.type);
  if (action.expr.empty()) return;
  out << " using ";
  print_expr(out, action.expr.front());
}

void print_options(Writer& out, const AlterAction& action) {
  if (out.is(Dialect::mysql)) return print_mysql_options(out, action.options);
  out << "set (";
  out.list(action.options, [&](const auto& option) {
    out << option.first;
    if (!option.second.empty()) out << " = " << option.second;
  });
  out << ")";
}

}  // namespace

void print_alter_action(Writer& out, const AlterAction& action) {
  switch (action.kind) {
    case Kind::add_column:
      return print_columns(out, action, "add column");
    case Kind::drop_column:
      return drop(out, action, "column");
    case Kind::alter_type:
      return print_alter_type(out, action);
    case Kind::set_default:
      alter_column(out, action, "set default ");
      return print_expr(out, action.expr.front());
    case Kind::drop_default:
      return alter_column(out, action, "drop default");
    case Kind::set_not_null:
      return alter_column(out, action, "set not null");
    case Kind::drop_not_null:
      return alter_column(out, action, "drop not null");
    case Kind::add_identity:
      alter_column(out, action, "add ");
      return print_constraint(out, action.constraint.front(), true);
    case Kind::set_identity:
      return print_identity(out, action);
    case Kind::drop_identity:
      return alter_column(out, action, "drop identity");
    case Kind::set_expression:
      alter_column(out, action, "set expression as (");
      print_expr(out, action.expr.front());
      out << ")";
      return;
    case Kind::drop_expression:
      return alter_column(out, action, "drop expression");
    case Kind::modify_column:
      return print_columns(out, action, "modify column");
    case Kind::change_column:
      return print_columns(out, action,
                           "change column " + print_name(action.name.text, out.dialect()));
    case Kind::rename_column:
      return rename(out, action, "column");
    case Kind::rename_table:
      return with_path(out, action, "rename to");
    case Kind::rename_constraint:
      return rename(out, action, "constraint");
    case Kind::rename_index:
      return rename(out, action, "index");
    case Kind::add_constraint:
      out << "add ";
      return print_constraint(out, action.constraint.front(), false);
    case Kind::drop_constraint:
      return drop(out, action, "constraint");
    case Kind::drop_primary_key:
      return drop(out, action, "primary key");
    case Kind::drop_foreign_key:
      return drop(out, action, "foreign key");
    case Kind::drop_index:
      return drop(out, action, "index");
    case Kind::drop_check:
      return drop(out, action, "check");
    case Kind::validate_constraint:
      out << "validate constraint ";
      return out.name(action.name);
    case Kind::alter_constraint:
      out << "alter ";
      return print_constraint(out, action.constraint.front(), false);
    case Kind::set_schema:
      out << "set schema ";
      return out.name(action.name);
    case Kind::owner_to:
      out << "owner to ";
      return out.name(action.name);
    case Kind::set_options:
      return print_options(out, action);
    case Kind::attach_partition:
      return with_path(out, action, "attach partition");
    case Kind::detach_partition:
      return with_path(out, action, "detach partition");
    case Kind::inherit:
      return with_path(out, action, "inherit");
    case Kind::no_inherit:
      return with_path(out, action, "no inherit");
    case Kind::convert_charset:
    case Kind::other:
      out << action.text;
      return;
  }
}

void print_alter_table(Writer& out, const ast::AlterTable& alter) {
  out << "alter " << alter.object << " ";
  if (alter.if_exists) out << "if exists ";
  if (alter.is_only) out << "only ";
  out.path(alter.name);
  out.indented([&] {
    bool is_first = true;
    for (const AlterAction& action : alter.actions) {
      if (!is_first) out << ",";
      is_first = false;
      out.line();
      print_alter_action(out, action);
    }
  });
}

}  // namespace sqlxc::syntax::printing
