#include "compiler/syntax/print.h"
#include "compiler/syntax/print_writer.h"

// Every other statement: views, indexes, types, sequences, functions, triggers, comments, drops.
namespace sqlxc::syntax::printing {
namespace {

void if_not_exists(Writer& out, bool holds) {
  if (holds) out << "if not exists ";
}

void print_name_values(Writer& out, const ast::Options& options) {
  out << "(";
  out.list(options, [&](const auto& option) {
    out << option.first;
    if (!option.second.empty()) out << " = " << option.second;
  });
  out << ")";
}

void print_view(Writer& out, const ast::CreateView& view) {
  out << "create ";
  if (view.or_replace) out << "or replace ";
  if (out.is(Dialect::mysql)) {
    for (const auto& [name, value] : view.options) {
      out << name << (name == "sql security" ? " " : "=") << value << " ";
    }
  }
  if (view.is_temporary) out << "temporary ";
  if (view.is_recursive) out << "recursive ";
  if (view.is_materialized) out << "materialized ";
  out << "view ";
  if_not_exists(out, view.if_not_exists);
  out.path(view.name);
  if (!view.columns.empty()) {
    out << " ";
    out.names(view.columns);
  }
  if (out.is(Dialect::postgres) && !view.options.empty()) {
    out << " with ";
    print_name_values(out, view.options);
  }
  out << " as";
  out.line();
  print_query(out, view.query.front());
  if (!view.check_option.empty()) {
    out.line();
    out << "with " << view.check_option << " check option";
  }
  if (view.with_no_data) {
    out.line();
    out << "with no data";
  }
}

void print_index(Writer& out, const ast::CreateIndex& index) {
  const bool is_kind = index.method == "fulltext" || index.method == "spatial";
  out << "create ";
  if (index.is_unique) out << "unique ";
  if (is_kind) out << index.method << " ";
  out << "index ";
  if_not_exists(out, index.if_not_exists);
  if (index.name) {
    out.name(*index.name);
    out << " ";
  }
  out << "on ";
  if (index.is_only) out << "only ";
  out.path(index.table);
  const bool has_method = !index.method.empty() && !is_kind;
  if (has_method && !out.is(Dialect::mysql)) out << " using " << index.method;
  out << " (";
  print_elements(out, index.elements);
  out << ")";
  if (has_method && out.is(Dialect::mysql)) out << " using " << index.method;
  if (!index.include.empty()) {
    out << " include ";
    out.names(index.include);
  }
  if (index.is_nulls_not_distinct) out << " nulls not distinct";
  if (!index.options.empty() && out.is(Dialect::postgres)) {
    out << " with ";
    print_name_values(out, index.options);
  }
  if (index.where.empty()) return;
  out.line();
  out << "where ";
  print_expr(out, index.where.front());
}

void print_create_type(Writer& out, const ast::CreateType& type) {
  using Kind = ast::CreateType::Kind;
  out << "create type ";
  out.path(type.name);
  switch (type.kind) {
    case Kind::shell:
      return;
    case Kind::enumeration:
      out << " as enum (";
      out.list(type.labels, [&](const ast::Name& label) { out.string(label.text); });
      out << ")";
      return;
    case Kind::composite:
      out << " as (";
      out.indented([&] {
        bool is_first = true;
        for (const auto& attribute : type.attributes) {
          if (!is_first) out << ",";
          is_first = false;
          out.line();
          print_column(out, attribute);
        }
      });
      out.line();
      out << ")";
      return;
    case Kind::range:
      out << " as range ";
      return print_name_values(out, type.options);
    case Kind::base:
      out << " ";
      return print_name_values(out, type.options);
  }
}

void print_alter_type(Writer& out, const ast::AlterType& alter) {
  using Kind = ast::AlterType::Kind;
  // What changes no structure is kept as it was written.
  if (alter.kind == Kind::other && alter.text.starts_with("alter ")) {
    out << alter.text;
    return;
  }
  out << "alter type ";
  out.path(alter.name);
  out << " ";
  switch (alter.kind) {
    case Kind::add_value:
      out << "add value ";
      if_not_exists(out, alter.if_not_exists);
      out.string(alter.label.text);
      if (alter.other_label.text.empty()) return;
      out << (alter.is_before ? " before " : " after ");
      return out.string(alter.other_label.text);
    case Kind::rename_value:
      out << "rename value ";
      out.string(alter.label.text);
      out << " to ";
      return out.string(alter.other_label.text);
    case Kind::rename_to:
      out << "rename to ";
      return out.name(alter.label);
    case Kind::set_schema:
      out << "set schema ";
      return out.name(alter.label);
    case Kind::attributes:
      out.list(alter.actions, [&](const ast::AlterAction& action) {
        Writer line(out.dialect(), true);
        print_alter_action(line, action);
        std::string text = line.take();
        const auto at = text.find(" column");
        if (at != std::string::npos) text.replace(at, 7, " attribute");
        out << text;
      });
      return;
    case Kind::other:
      out << alter.text;
      return;
  }
}

void print_domain(Writer& out, const ast::CreateDomain& domain) {
  out << "create domain ";
  out.path(domain.name);
  out << " as ";
  print_type(out, domain.type);
  out.indented([&] {
    for (const auto& constraint : domain.constraints) {
      out.line();
      print_constraint(out, constraint, true);
    }
  });
}

void print_alter_domain(Writer& out, const ast::AlterDomain& alter) {
  out << "alter domain ";
  out.path(alter.name);
  out << " ";
  Writer line(out.dialect(), true);
  print_alter_action(line, alter.action);
  std::string text = line.take();
  // A domain has no column: `alter column  set not null`.
  constexpr std::string_view kNoColumn = "alter column \"\" ";
  if (text.starts_with(kNoColumn)) text.erase(0, kNoColumn.size());
  out << text;
}

void print_sequence(Writer& out, const ast::CreateSequence& sequence) {
  out << (sequence.is_alter ? "alter sequence " : "create sequence ");
  if_not_exists(out, sequence.if_not_exists);
  out.path(sequence.name);
  if (!sequence.options.empty()) {
    out << " ";
    print_sequence_options(out, sequence.options);
  }
  if (!sequence.owned_by) return;
  out << " owned by ";
  if (sequence.owned_by->is_empty()) {
    out << "none";
  } else {
    out.path(*sequence.owned_by);
  }
}

void print_schema(Writer& out, const ast::CreateSchema& schema) {
  out << (out.is(Dialect::mysql) ? "create database " : "create schema ");
  if_not_exists(out, schema.if_not_exists);
  out.name(schema.name);
  out.indented([&] {
    for (const auto& element : schema.elements) {
      out.line();
      print_statement(out, element);
    }
  });
}

void print_parameter(Writer& out, const ast::FunctionParameter& parameter) {
  if (!parameter.mode.empty() && parameter.mode != "in") out << parameter.mode << " ";
  if (parameter.name) {
    out.name(*parameter.name);
    out << " ";
  }
  print_type(out, parameter.type);
  if (parameter.default_value.empty()) return;
  out << " default ";
  print_expr(out, parameter.default_value.front());
}

// A tag that the body does not contain: $$, $_$, $__$, ...
std::string dollar_tag(std::string_view body) {
  std::string tag = "$$";
  while (body.find(tag) != std::string_view::npos || body.ends_with('$')) {
    tag.insert(1, "_");
    if (body.find(tag) == std::string_view::npos) break;
  }
  return tag;
}

void print_attributes(Writer& out, const ast::CreateFunction& function) {
  if (out.is(Dialect::mysql)) {
    if (!function.volatility.empty()) out << " " << function.volatility;
    out.line();
    out << function.body;
    return;
  }
  if (!function.language.empty()) {
    out.line();
    out << "language ";
    out.name(function.language);
  }
  if (!function.volatility.empty()) out << " " << function.volatility;
  if (function.is_strict) out << " strict";
  if (function.is_security_definer) out << " security definer";
  if (function.body.empty()) return;
  const std::string tag = dollar_tag(function.body);
  out.line();
  out << "as " << tag << function.body << tag;
}

void print_function(Writer& out, const ast::CreateFunction& function) {
  out << "create ";
  if (function.or_replace) out << "or replace ";
  if (function.is_aggregate) out << "aggregate ";
  if (!function.is_aggregate) out << (function.is_procedure ? "procedure " : "function ");
  out.path(function.name);
  out << "(";
  out.list(function.parameters,
           [&](const ast::FunctionParameter& parameter) { print_parameter(out, parameter); });
  out << ")";
  if (!function.returns_table.empty()) {
    out << " returns table (";
    out.list(function.returns_table,
             [&](const ast::ColumnDef& column) { print_column(out, column); });
    out << ")";
  } else if (function.returns) {
    out << " returns ";
    print_type(out, *function.returns);
  }
  print_attributes(out, function);
}

void print_trigger(Writer& out, const ast::CreateTrigger& trigger) {
  out << "create ";
  if (trigger.or_replace) out << "or replace ";
  out << "trigger ";
  if_not_exists(out, trigger.if_not_exists);
  out.path(trigger.name);
  out.line();
  out << trigger.timing << " ";
  out.list(
      trigger.events,
      [&](const std::string& event) {
        out << event;
        if (event != "update" || trigger.update_columns.empty()) return;
        out << " of ";
        out.list(trigger.update_columns, [&](const ast::Name& name) { out.name(name); });
      },
      " or ");
  out << " on ";
  out.path(trigger.table);
  if (trigger.for_each_row) {
    out.line();
    out << "for each row";
  }
  if (!trigger.when.empty()) {
    out.line();
    out << "when (";
    print_expr(out, trigger.when.front());
    out << ")";
  }
  out.line();
  out << trigger.body;
}

void print_comment(Writer& out, const ast::CommentOn& comment) {
  out << "comment on " << comment.object << " ";
  out.path(comment.name);
  if (!comment.table.is_empty()) {
    out << " on ";
    out.path(comment.table);
  }
  out << " is ";
  if (comment.text) {
    out.string(*comment.text);
  } else {
    out << "null";
  }
}

void print_drop(Writer& out, const ast::Drop& drop) {
  out << "drop " << drop.object << " ";
  if (drop.if_exists) out << "if exists ";
  out.list(drop.names, [&](const ast::Path& name) { out.path(name); });
  if (drop.table) {
    out << " on ";
    out.path(*drop.table);
  }
  if (drop.is_cascade) out << " cascade";
}

void print_rename(Writer& out, const ast::RenameTable& rename) {
  out << "rename table ";
  out.list(rename.pairs, [&](const auto& pair) {
    out.path(pair.first);
    out << " to ";
    out.path(pair.second);
  });
}

void print_setting(Writer& out, const ast::Setting& setting) {
  out << setting.verb;
  if (!setting.name.empty()) out << " " << setting.name;
  if (setting.values.empty()) return;
  out << " = ";
  out.list(setting.values, [&](const std::string& value) { out << value; });
}

}  // namespace

void print_statement(Writer& out, const ast::Statement& statement) {
  std::visit(ast::Overloaded{
                 [&](const ast::Other& other) { out << "-- " << other.construct; },
                 [&](const ast::CreateTable& node) { print_create_table(out, node); },
                 [&](const ast::AlterTable& node) { print_alter_table(out, node); },
                 [&](const ast::CreateView& node) { print_view(out, node); },
                 [&](const ast::CreateIndex& node) { print_index(out, node); },
                 [&](const ast::CreateType& node) { print_create_type(out, node); },
                 [&](const ast::AlterType& node) { print_alter_type(out, node); },
                 [&](const ast::CreateDomain& node) { print_domain(out, node); },
                 [&](const ast::AlterDomain& node) { print_alter_domain(out, node); },
                 [&](const ast::CreateSequence& node) { print_sequence(out, node); },
                 [&](const ast::CreateSchema& node) { print_schema(out, node); },
                 [&](const ast::CreateFunction& node) { print_function(out, node); },
                 [&](const ast::CreateTrigger& node) { print_trigger(out, node); },
                 [&](const ast::CommentOn& node) { print_comment(out, node); },
                 [&](const ast::Drop& node) { print_drop(out, node); },
                 [&](const ast::RenameTable& node) { print_rename(out, node); },
                 [&](const ast::Insert& node) { print_insert(out, node); },
                 [&](const ast::Update& node) { print_update(out, node); },
                 [&](const ast::Delete& node) { print_delete(out, node); },
                 [&](const ast::SelectStatement& node) { print_query(out, node.query); },
                 [&](const ast::Setting& node) { print_setting(out, node); },
                 [&](const ast::DataRows& rows) {
                   out << "-- rows of ";
                   out.path(rows.table);
                 },
             },
             statement.node);
}

}  // namespace sqlxc::syntax::printing
