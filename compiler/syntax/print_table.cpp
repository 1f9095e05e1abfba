#include <algorithm>
#include <array>

#include "compiler/syntax/print_writer.h"

// CREATE TABLE: columns, constraints and options, one a line.
namespace sqlxc::syntax::printing {
namespace {

using ast::Constraint;
using ast::Expr;
using Kind = Constraint::Kind;

std::string_view action_name(ast::ReferenceAction action) {
  switch (action) {
    case ast::ReferenceAction::no_action:
      return "no action";
    case ast::ReferenceAction::restrict_:
      return "restrict";
    case ast::ReferenceAction::cascade:
      return "cascade";
    case ast::ReferenceAction::set_null:
      return "set null";
    case ast::ReferenceAction::set_default:
      return "set default";
  }
  return "";
}

void print_references(Writer& out, const ast::References& references) {
  out << "references ";
  out.path(references.table);
  if (!references.columns.empty()) {
    out << " ";
    out.names(references.columns);
  }
  if (!references.match.empty()) out << " match " << references.match;
  if (references.on_delete != ast::ReferenceAction::no_action || references.says_on_delete) {
    out << " on delete " << action_name(references.on_delete);
    if (!references.set_columns.empty()) {
      out << " ";
      out.names(references.set_columns);
    }
  }
  if (references.on_update != ast::ReferenceAction::no_action || references.says_on_update) {
    out << " on update " << action_name(references.on_update);
  }
}

bool is_literal(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::null_literal:
    case Expr::Kind::boolean:
    case Expr::Kind::number:
    case Expr::Kind::string:
    case Expr::Kind::bit_string:
    case Expr::Kind::typed_literal:
      return true;
    case Expr::Kind::unary:
      return expr.name == "-" && !expr.args.empty() && expr.args.front().kind == Expr::Kind::number;
    default:
      return false;
  }
}

// The functions that MySQL takes as a default without parentheses.
bool is_current_time(const Expr& expr) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "current_timestamp", "now", "localtime", "localtimestamp", "current_date", "current_time"};
  return expr.kind == Expr::Kind::call && expr.path.names.size() == 1 &&
         std::ranges::find(kNames, expr.path.last()) != kNames.end();
}

bool stands_bare_as_default(const Writer& out, const Expr& expr) {
  if (is_literal(expr)) return true;
  switch (out.dialect()) {
    case Dialect::sqlite:
      return expr.kind == Expr::Kind::call && expr.text == "niladic";
    case Dialect::mysql:
      return is_current_time(expr);
    case Dialect::postgres:
      return expr.kind != Expr::Kind::at_time_zone && expr.kind != Expr::Kind::collate;
  }
  return false;
}

void print_default(Writer& out, const Expr& expr) {
  const bool is_bare = stands_bare_as_default(out, expr);
  if (!is_bare) out << "(";
  print_expr(out, expr, is_bare ? Level::other : Level::lowest);
  if (!is_bare) out << ")";
}

void print_identity(Writer& out, const Constraint& constraint) {
  out << "generated " << (constraint.is_always ? "always" : "by default") << " as identity";
  if (constraint.options.empty()) return;
  out << " (";
  print_sequence_options(out, constraint.options);
  out << ")";
}

void print_exclusion(Writer& out, const Constraint& constraint) {
  out << "exclude";
  if (!constraint.method.empty()) out << " using " << constraint.method;
  out << " (";
  for (std::size_t i = 0; i < constraint.elements.size(); ++i) {
    if (i > 0) out << ", ";
    print_element(out, constraint.elements[i]);
    if (i < constraint.operators.size()) out << " with " << constraint.operators[i];
  }
  out << ")";
}

void print_key(Writer& out, const Constraint& constraint, std::string_view word,
               bool is_of_column) {
  out << word;
  if (constraint.is_nulls_not_distinct) out << " nulls not distinct";
  if (constraint.using_index) {
    out << " using index ";
    out.name(constraint.text);
    return;
  }
  if (is_of_column) {
    if (constraint.is_descending) out << " desc";
  } else {
    out << " (";
    print_elements(out, constraint.elements);
    out << ")";
  }
  if (!constraint.include.empty()) {
    out << " include ";
    out.names(constraint.include);
  }
  if (!constraint.method.empty()) out << " using " << constraint.method;
}

void print_index(Writer& out, const Constraint& constraint) {
  const bool is_kind = constraint.method == "fulltext" || constraint.method == "spatial";
  if (is_kind) out << constraint.method << " ";
  out << "key";
  if (constraint.name) {
    out << " ";
    out.name(*constraint.name);
  }
  out << " (";
  print_elements(out, constraint.elements);
  out << ")";
  if (!is_kind && !constraint.method.empty()) out << " using " << constraint.method;
}

void print_like(Writer& out, const Constraint& constraint) {
  out << "like ";
  out.path(constraint.references->table);
  if (!constraint.text.empty()) out << " " << constraint.text;
}

void print_body(Writer& out, const Constraint& constraint, bool is_of_column) {
  switch (constraint.kind) {
    case Kind::not_null:
      out << "not null";
      return;
    case Kind::null:
      out << "null";
      return;
    case Kind::default_:
      out << "default ";
      return print_default(out, constraint.expr.front());
    case Kind::primary_key:
      return print_key(out, constraint, "primary key", is_of_column);
    case Kind::unique:
      return print_key(out, constraint, "unique", is_of_column);
    case Kind::check:
      out << "check (";
      print_expr(out, constraint.expr.front());
      out << ")";
      return;
    case Kind::foreign_key:
      if (!is_of_column) {
        out << "foreign key ";
        out.names(constraint.columns);
        out << " ";
      }
      return print_references(out, *constraint.references);
    case Kind::exclude:
      return print_exclusion(out, constraint);
    case Kind::generated:
      out << "generated always as (";
      print_expr(out, constraint.expr.front());
      out << (constraint.is_stored ? ") stored" : ") virtual");
      return;
    case Kind::identity:
      return print_identity(out, constraint);
    case Kind::auto_increment:
      out << "auto_increment";
      return;
    case Kind::on_update:
      out << "on update ";
      return print_expr(out, constraint.expr.front());
    case Kind::collate:
      out << "collate ";
      out.name(constraint.text);
      return;
    case Kind::comment:
      out << "comment ";
      out.string(constraint.text);
      return;
    case Kind::index:
      return print_index(out, constraint);
    case Kind::visibility:
    case Kind::storage:
    case Kind::period:
      out << constraint.text;
      return;
    case Kind::like:
      return print_like(out, constraint);
  }
}

void print_state(Writer& out, const Constraint& constraint) {
  if (!constraint.where.empty()) {
    out << " where (";
    print_expr(out, constraint.where.front());
    out << ")";
  }
  if (!constraint.conflict.empty()) out << " on conflict " << constraint.conflict;
  if (constraint.is_autoincrement) out << " autoincrement";
  if (constraint.is_no_inherit) out << " no inherit";
  if (constraint.is_deferrable) out << " deferrable";
  if (constraint.is_initially_deferred) out << " initially deferred";
  if (constraint.is_not_valid) out << " not valid";
  if (constraint.is_not_enforced) out << " not enforced";
}

void print_header(Writer& out, const ast::CreateTable& table) {
  out << "create ";
  if (table.or_replace) out << "or replace ";
  if (table.is_temporary) out << "temporary ";
  if (table.is_unlogged) out << "unlogged ";
  if (table.is_foreign) out << "foreign ";
  if (table.is_virtual) out << "virtual ";
  out << "table ";
  if (table.if_not_exists) out << "if not exists ";
  out.path(table.name);
  if (table.of_type) {
    out << " of ";
    out.path(*table.of_type);
  }
  if (table.partition_of) {
    out << " partition of ";
    out.path(*table.partition_of);
  }
}

void print_elements_of_table(Writer& out, const ast::CreateTable& table) {
  const bool is_empty = table.columns.empty() && table.constraints.empty();
  const bool may_be_bare =
      table.partition_of || table.of_type || table.like || !table.as_query.empty();
  if (is_empty && may_be_bare) {
    if (!table.as_columns.empty()) {
      out << " ";
      out.names(table.as_columns);
    }
    return;
  }
  out << " (";
  out.indented([&] {
    bool is_first = true;
    const auto next = [&] {
      if (!is_first) out << ",";
      is_first = false;
      out.line();
    };
    for (const auto& column : table.columns) {
      next();
      for (const std::string& remark : column.remarks) {
        out << remark;
        out.line();
      }
      print_column(out, column);
    }
    for (const auto& constraint : table.constraints) {
      next();
      print_constraint(out, constraint, false);
    }
  });
  if (!is_empty) out.line();
  out << ")";
}

void print_partition_by(Writer& out, const ast::CreateTable& table) {
  if (!table.partition_by) return;
  const ast::PartitionBy& by = *table.partition_by;
  out.line();
  out << "partition by ";
  if (!by.text.empty()) {
    out << by.text;
    return;
  }
  out << by.strategy << " (";
  out.list(by.keys, [&](const Expr& key) {
    const bool is_bare = key.kind == Expr::Kind::column || key.kind == Expr::Kind::call;
    if (!is_bare) out << "(";
    print_expr(out, key);
    if (!is_bare) out << ")";
  });
  out << ")";
}

// WITH (fillfactor = 70) of a table, OPTIONS (host 'x') of a foreign one.
void print_parameters(Writer& out, const ast::Options& options, bool is_foreign) {
  out.line();
  out << (is_foreign ? "options (" : "with (");
  out.list(options, [&](const auto& option) {
    out << option.first;
    if (is_foreign) {
      out << " ";
      out.string(option.second);
    } else if (!option.second.empty()) {
      out << " = " << option.second;
    }
  });
  out << ")";
}

void print_postgres_options(Writer& out, const ast::Options& options, bool is_foreign) {
  std::vector<std::pair<std::string, std::string>> with;
  const auto word = [&](std::string_view text, const std::string& value) {
    out.line();
    out << text << " " << value;
  };
  for (const auto& [name, value] : options) {
    if (name == "tablespace" || name == "server" || name == "using") {
      word(name, value);
    } else if (name == "on commit") {
      word("on commit", value);
    } else {
      with.emplace_back(name, value);
    }
  }
  if (!with.empty()) print_parameters(out, with, is_foreign);
}

}  // namespace

static bool is_text_option(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kTexts = {
      "comment",  "connection", "data directory",   "index directory",
      "password", "encryption", "engine_attribute", "compression"};
  return std::ranges::find(kTexts, name) != kTexts.end();
}

void print_mysql_options(Writer& out, const ast::Options& options) {
  out.list(
      options,
      [&](const auto& option) {
        out << option.first << " = ";
        if (is_text_option(option.first)) return out.string(option.second);
        out << option.second;
      },
      " ");
}

void print_sequence_options(Writer& out, const ast::Options& options) {
  out.list(
      options,
      [&](const auto& option) {
        const auto& [name, value] = option;
        const bool is_limit = name == "minvalue" || name == "maxvalue";
        if ((is_limit && (value.empty() || value == "no")) || (name == "cycle" && value == "no")) {
          out << "no " << name;
          return;
        }
        out << name;
        if (name == "start") out << " with";
        if (name == "increment") out << " by";
        if (name == "cycle" || value.empty()) return;
        out << " " << value;
      },
      " ");
}

void print_element(Writer& out, const ast::OrderItem& element) {
  const Expr& expr = element.expr;
  const bool is_call = expr.kind == Expr::Kind::call && expr.text != "niladic";
  const bool is_bare = expr.kind == Expr::Kind::column || out.is(Dialect::sqlite) ||
                       (is_call && out.is(Dialect::postgres));
  if (!is_bare) out << "(";
  print_expr(out, expr);
  if (!is_bare) out << ")";
  if (element.prefix_length) out << "(" << std::to_string(*element.prefix_length) << ")";
  if (!element.collation.empty()) {
    out << " collate ";
    out.name(element.collation);
  }
  if (!element.operator_class.empty()) out << " " << element.operator_class;
  if (element.is_descending) out << " desc";
  if (element.nulls_first) out << (*element.nulls_first ? " nulls first" : " nulls last");
}

void print_elements(Writer& out, const std::vector<ast::OrderItem>& elements) {
  out.list(elements, [&](const ast::OrderItem& element) { print_element(out, element); });
}

void print_constraint(Writer& out, const Constraint& constraint, bool is_of_column) {
  if (constraint.name && constraint.kind != Kind::index) {
    out << "constraint ";
    out.name(*constraint.name);
    out << " ";
  }
  print_body(out, constraint, is_of_column);
  print_state(out, constraint);
}

void print_column(Writer& out, const ast::ColumnDef& column) {
  out.name(column.name);
  if (column.type) {
    out << " ";
    print_type(out, *column.type);
  }
  for (const Constraint& constraint : column.constraints) {
    out << " ";
    print_constraint(out, constraint, true);
  }
}

void print_create_table(Writer& out, const ast::CreateTable& table) {
  print_header(out, table);
  if (table.is_virtual) {
    out << " using " << table.module;
    if (table.module_arguments.empty()) return;
    out << "(";
    out.list(table.module_arguments, [&](const std::string& argument) { out << argument; });
    out << ")";
    return;
  }
  if (table.like) {
    out << " like ";
    return out.path(*table.like);
  }
  print_elements_of_table(out, table);
  if (!table.inherits.empty()) {
    out.line();
    out << "inherits (";
    out.list(table.inherits, [&](const ast::Path& path) { out.path(path); });
    out << ")";
  }
  if (!table.partition_bound.empty()) {
    out.line();
    out << table.partition_bound;
  }
  if (out.is(Dialect::mysql) && !table.options.empty()) {
    out << " ";
    print_mysql_options(out, table.options);
  }
  print_partition_by(out, table);
  if (out.is(Dialect::postgres)) print_postgres_options(out, table.options, table.is_foreign);
  if (table.is_without_rowid) out << " without rowid";
  if (table.is_strict) out << (table.is_without_rowid ? ", strict" : " strict");
  if (table.as_query.empty()) return;
  out << " as";
  out.line();
  print_query(out, table.as_query.front());
  if (table.with_no_data) {
    out.line();
    out << "with no data";
  }
}

}  // namespace sqlxc::syntax::printing
