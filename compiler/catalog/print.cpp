#include "compiler/catalog/print.h"

#include <algorithm>

#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/to_ast.h"
#include "compiler/syntax/print.h"

namespace sqlxc::catalog {
namespace {

class CatalogPrinter {
 public:
  explicit CatalogPrinter(const Catalog& catalog) : catalog_(catalog) {}

  std::string print() {
    for (const Annotation& annotation : catalog_.annotations) {
      const std::string text = print_annotation(annotation);
      const bool is_long = text.find('\n') != std::string::npos;
      out_ += is_long ? "/*@ " + text + " */\n" : "--@ " + text + "\n";
    }
    for (const std::string& schema : catalog_.schemas) {
      if (catalog_.dialect == Dialect::sqlite) break;  // an attached file
      ast::CreateSchema create;
      create.name = {schema, true, {}};
      put(create);
    }
    for (const Verbatim& one : catalog_.verbatim) {
      if (is_extension(one)) print_text(one.text, one.search_path);
    }
    print_sequences();
    print_types();
    for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
      if (!catalog_.tables[i].query && !catalog_.tables[i].is_shadow) print_table(Id<Table>(i));
    }
    print_after_tables();
    for (const Table& table : catalog_.tables) {
      if (table.query) print_view(table);
    }
    for (const Function& function : catalog_.functions) print_function(function);
    for (const Trigger& trigger : catalog_.triggers) print_trigger(trigger);
    for (const Verbatim& one : catalog_.verbatim) {
      if (!is_extension(one)) print_text(one.text, one.search_path);
    }
    follow(0);
    if (catalog_.dialect == Dialect::postgres) print_comments();
    return std::move(out_);
  }

 private:
  static bool is_extension(const Verbatim& one) { return one.construct == "create extension"; }

  /// A statement as it was written, under the search path of then.
  void print_text(std::string_view text, std::uint32_t search_path) {
    follow(search_path);
    out_ += text;
    out_ += ";\n";
  }

  void follow(std::uint32_t search_path) {
    if (search_path == search_path_) return;
    search_path_ = search_path;
    std::string list;
    for (const std::string& schema : catalog_.search_paths[search_path]) {
      list += (list.empty() ? "" : ", ") +
              syntax::print_name(schema.empty() ? "public" : schema, Dialect::postgres);
    }
    out_ += "set search_path = " + (list.empty() ? "''" : list) + ";\n";
  }

  template <typename Node>
  void put(Node node) {
    follow(0);
    const ast::Statement statement{std::move(node), {}, {}, {}};
    out_ += syntax::print(statement, catalog_.dialect);
    if (!out_.ends_with('\n')) out_ += '\n';
  }

  void alter(const Table& table, ast::AlterAction action, bool is_only = true) {
    ast::AlterTable statement;
    statement.name = path_to(table.schema, table.name);
    statement.is_only = is_only && catalog_.dialect == Dialect::postgres;
    statement.actions.push_back(std::move(action));
    put(std::move(statement));
  }

  /// In the order of the file: a domain may stand on a composite type and the other way round.
  void print_types() {
    for (const Enum& enumeration : catalog_.enums) {
      ast::CreateType create;
      create.kind = ast::CreateType::Kind::enumeration;
      create.name = path_to(enumeration.schema, enumeration.name);
      for (const std::string& label : enumeration.labels) {
        create.labels.push_back({label, true, {}});
      }
      put(std::move(create));
    }
    std::size_t domain = 0;
    std::size_t composite = 0;
    while (domain < catalog_.domains.size() || composite < catalog_.composites.size()) {
      const bool is_domain =
          composite == catalog_.composites.size() ||
          (domain < catalog_.domains.size() &&
           catalog_.domains[domain].range < catalog_.composites[composite].range);
      if (is_domain) {
        print_domain(catalog_.domains[domain++]);
      } else {
        print_composite(catalog_.composites[composite++]);
      }
    }
  }

  void print_composite(const Composite& composite) {
    if (!composite.text.empty()) return print_text(composite.text, composite.search_path);
    ast::CreateType create;
    create.kind = ast::CreateType::Kind::composite;
    create.name = path_to(composite.schema, composite.name);
    for (const Column& attribute : composite.attributes) {
      ast::ColumnDef column;
      column.name = {attribute.name, true, {}};
      column.type = to_ast(catalog_, attribute.type);
      create.attributes.push_back(std::move(column));
    }
    put(std::move(create));
  }

  void print_domain(const Domain& domain) {
    ast::CreateDomain create;
    create.name = path_to(domain.schema, domain.name);
    create.type = to_ast(catalog_, domain.type);
    const auto add = [&](ast::Constraint::Kind kind) -> ast::Constraint& {
      create.constraints.emplace_back();
      create.constraints.back().kind = kind;
      return create.constraints.back();
    };
    if (!domain.type.collation.empty()) {
      add(ast::Constraint::Kind::collate).text = domain.type.collation;
      create.type.collation.clear();
    }
    if (domain.default_value) {
      add(ast::Constraint::Kind::default_).expr.push_back(*domain.default_value);
    }
    if (!domain.is_nullable) add(ast::Constraint::Kind::not_null);
    for (const Check& check : domain.checks) {
      ast::Constraint& constraint = add(ast::Constraint::Kind::check);
      constraint.name = ast::Name{check.name, true, {}};
      constraint.expr.push_back(check.expr);
    }
    put(std::move(create));
  }

  void print_sequences() {
    for (const Sequence& sequence : catalog_.sequences) {
      if (is_implied(catalog_, sequence)) continue;
      ast::CreateSequence create;
      create.name = path_to(sequence.schema, sequence.name);
      create.options = sequence.options;
      put(std::move(create));
    }
  }

  void print_remarks(const Table& table) {
    if (catalog_.dialect == Dialect::sqlite && table.comment) {
      out_ += "-- ";
      for (const char c : *table.comment)
        out_ += c == '\n' ? std::string("\n-- ") : std::string(1, c);
      out_ += '\n';
    }
    for (const Annotation& annotation : table.annotations) {
      out_ += "--@ " + print_annotation(annotation) + "\n";
    }
  }

  void print_table(Id<Table> id) {
    const Table& table = at(catalog_.tables, id);
    print_remarks(table);
    put(to_ast(catalog_, id));
    if (catalog_.dialect == Dialect::mysql) return;
    for (const Index& index : table.indexes) put(to_ast(catalog_, table, index));
  }

  /// What needs other tables to stand.
  void print_after_tables() {
    for (std::size_t i = 0; i < catalog_.tables.size(); ++i) {
      const Table& table = catalog_.tables[i];
      for (const ForeignKey& key : table.foreign_keys) {
        if (is_behind(catalog_, key, Id<Table>(i))) continue;
        ast::AlterAction action;
        action.kind = ast::AlterAction::Kind::add_constraint;
        action.constraint.push_back(to_ast(catalog_, table, key));
        alter(table, std::move(action));
      }
      for (const Id<Table> parent : table.inherits) {
        ast::AlterAction action;
        action.kind = ast::AlterAction::Kind::inherit;
        action.new_path = path_of(at(catalog_.tables, parent));
        alter(table, std::move(action), false);
      }
      if (table.partition_of.is_valid()) {
        ast::AlterAction action;
        action.kind = ast::AlterAction::Kind::attach_partition;
        action.new_path = path_of(table);
        action.text = table.partition_bound;
        alter(at(catalog_.tables, table.partition_of), std::move(action));
      }
    }
    for (const Sequence& sequence : catalog_.sequences) {
      if (!sequence.owner.is_valid() || is_implied(catalog_, sequence)) continue;
      const Table& table = at(catalog_.tables, sequence.owner);
      ast::CreateSequence owned;
      owned.is_alter = true;
      owned.name = path_to(sequence.schema, sequence.name);
      owned.owned_by = path_of(table);
      owned.owned_by->names.push_back({table.columns[sequence.owner_column].name, true, {}});
      put(std::move(owned));
    }
  }

  static ast::Path path_of(const Table& table) { return path_to(table.schema, table.name); }

  void print_view(const Table& table) {
    print_remarks(table);
    ast::CreateView create;
    create.name = path_of(table);
    create.is_materialized = table.kind == TableKind::materialized_view;
    create.options = table.options;
    create.query.push_back(*table.query);
    for (const Column& column : table.columns) create.columns.push_back({column.name, true, {}});
    put(std::move(create));
    if (catalog_.dialect == Dialect::mysql) return;
    for (const Index& index : table.indexes) put(to_ast(catalog_, table, index));
  }

  /// What PostgreSQL's functions and triggers can say is more than their definitions hold.
  void print_function(const Function& function) {
    if (catalog_.dialect == Dialect::postgres && function.definition.name.last() == function.name) {
      return print_text(function.text, function.search_path);
    }
    put(function.definition);
  }

  void print_trigger(const Trigger& trigger) {
    const Table& table = at(catalog_.tables, trigger.table);
    const bool is_as_written = trigger.definition.table.last() == table.name &&
                               trigger.definition.name.last() == trigger.name;
    if (catalog_.dialect == Dialect::postgres && is_as_written) {
      return print_text(trigger.text, trigger.search_path);
    }
    ast::CreateTrigger create = trigger.definition;
    create.table = path_of(table);
    put(std::move(create));
  }

  void comment_on(std::string_view object, ast::Path name, const std::optional<std::string>& text) {
    if (!text) return;
    ast::CommentOn comment;
    comment.object = object;
    comment.name = std::move(name);
    comment.text = text;
    put(std::move(comment));
  }

  void print_comments() {
    for (const Table& table : catalog_.tables) {
      const std::string_view object = table.kind == TableKind::view ? "view"
                                      : table.kind == TableKind::materialized_view
                                          ? "materialized view"
                                      : table.kind == TableKind::foreign_table ? "foreign table"
                                                                               : "table";
      comment_on(object, path_of(table), table.comment);
      for (const Column& column : table.columns) {
        ast::Path path = path_of(table);
        path.names.push_back({column.name, true, {}});
        comment_on("column", std::move(path), column.comment);
      }
    }
    for (const Enum& e : catalog_.enums) comment_on("type", path_to(e.schema, e.name), e.comment);
    for (const Domain& d : catalog_.domains) {
      comment_on("domain", path_to(d.schema, d.name), d.comment);
    }
    for (const Composite& c : catalog_.composites) {
      comment_on("type", path_to(c.schema, c.name), c.comment);
    }
  }

  const Catalog& catalog_;
  std::string out_;
  std::uint32_t search_path_ = 0;
};

}  // namespace

std::string print(const Catalog& catalog) { return CatalogPrinter(catalog).print(); }

}  // namespace sqlxc::catalog
