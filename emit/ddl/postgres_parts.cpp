#include "emit/ddl/postgres_parts.h"

#include <algorithm>
#include <span>

#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/to_ast.h"
#include "compiler/syntax/print.h"

namespace sqlxc::emit::ddl {
namespace {

using catalog::Catalog;
using catalog::Table;
using catalog::TableKind;
using Kind = ast::Constraint::Kind;

enum Rank : int { kSchema, kExtension, kThing, kTrigger = kTriggerRank };

class Printer {
 public:
  explicit Printer(const Catalog& catalog)
      : catalog_(catalog), says_public_(says_public(catalog)) {}

  template <typename Node>
  static std::string text_of(Node node) {
    const ast::Statement statement{std::move(node), {}, {}, {}};
    std::string out = syntax::print(statement, Dialect::postgres);
    if (!out.ends_with('\n')) out += '\n';
    return out;
  }

  ast::Path path(std::string_view schema, std::string_view name) const {
    return catalog::path_to(schema.empty() && says_public_ ? "public" : schema, name);
  }
  ast::Path path(const Table& table) const { return path(table.schema, table.name); }

  /// A user's type by its whole name.
  ast::TypeName type(const catalog::Type& from) const {
    ast::TypeName out = catalog::to_ast(catalog_, from);
    const bool is_users =
        from.enumeration.is_valid() || from.domain.is_valid() || from.composite.is_valid();
    if (is_users) out.path = path(from.schema, from.name);
    return out;
  }

  std::string alter(const Table& table, ast::AlterAction action, bool is_only = true) const {
    ast::AlterTable statement;
    if (table.kind == TableKind::foreign_table) statement.object = "foreign table";
    statement.name = path(table);
    statement.is_only = is_only;
    statement.actions.push_back(std::move(action));
    return text_of(std::move(statement));
  }

  std::string index(const Table& table, const catalog::Index& index) const {
    ast::CreateIndex out = catalog::to_ast(catalog_, table, index);
    out.table = path(table);
    out.is_only = false;
    return text_of(std::move(out));
  }

  std::string comment(std::string_view object, ast::Path name,
                      const std::optional<std::string>& text) const {
    if (!text || text->empty()) return {};
    ast::CommentOn comment;
    comment.object = object;
    comment.name = std::move(name);
    comment.text = text;
    return text_of(std::move(comment));
  }

  /// The description with its annotations: what reads the database finds them there again.
  static std::optional<std::string> annotated(const std::optional<std::string>& text,
                                              const std::vector<catalog::Annotation>& annotations) {
    std::string out = text.value_or("");
    for (const catalog::Annotation& annotation : annotations) {
      out += (out.empty() ? "@" : " @") + catalog::print_annotation(annotation);
    }
    return out;
  }

  std::string comments(const Table& table) const {
    std::string_view object = "table";
    if (table.kind == TableKind::view) object = "view";
    if (table.kind == TableKind::materialized_view) object = "materialized view";
    if (table.kind == TableKind::foreign_table) object = "foreign table";
    std::string out = comment(object, path(table), annotated(table.comment, table.annotations));
    for (const catalog::Column& column : table.columns) {
      ast::Path name = path(table);
      name.names.push_back({column.name, true, {}});
      out += comment("column", std::move(name), annotated(column.comment, column.annotations));
    }
    return out;
  }

  ast::Constraint foreign_key(const Table& table, const catalog::ForeignKey& key) const {
    ast::Constraint out = catalog::to_ast(catalog_, table, key);
    if (key.table.is_valid()) out.references->table = path(at(catalog_.tables, key.table));
    return out;
  }

  const Catalog& catalog_;
  bool says_public_;
};

// CREATE TABLE without foreign keys and without checks that hold for new rows only.
ast::CreateTable create_table(const Printer& printer, Id<Table> id) {
  const Table& table = at(printer.catalog_.tables, id);
  ast::CreateTable out = catalog::to_ast(printer.catalog_, id);
  out.name = printer.path(table);
  for (std::size_t i = 0; i < out.columns.size(); ++i) {
    ast::ColumnDef& column = out.columns[i];
    column.remarks.clear();
    const bool is_serial = column.type && column.type->path.names.size() == 1 &&
                           column.type->path.last().ends_with("serial");
    if (!is_serial) column.type = printer.type(table.columns[i].type);
  }
  std::erase_if(out.constraints, [](const ast::Constraint& constraint) {
    return constraint.kind == Kind::foreign_key || constraint.is_not_valid;
  });
  return out;
}

class Planner {
 public:
  explicit Planner(const Catalog& catalog) : catalog_(catalog), printer_(catalog) {}

  PostgresParts run() {
    for (const std::string& schema : catalog_.schemas) add_schema(schema);
    for (const catalog::Verbatim& one : catalog_.verbatim) add_verbatim(one);
    for (const catalog::Enum& one : catalog_.enums) add_enum(one);
    for (const catalog::Domain& one : catalog_.domains) add_domain(one);
    for (const catalog::Composite& one : catalog_.composites) add_composite(one);
    for (const catalog::Sequence& one : catalog_.sequences) add_sequence(one);
    for (const catalog::Function& one : catalog_.functions) add_function(one);
    for (std::size_t i = 0; i < catalog_.tables.size(); ++i) add_table(Id<Table>(i));
    for (const catalog::Trigger& one : catalog_.triggers) add_trigger(one);
    return std::move(out_);
  }

 private:
  Part& add(int rank, std::string text, SourceRange range, std::uint32_t search_path = 0) {
    Part part;
    part.rank = rank;
    part.needs = text;
    part.range = range;
    part.search_path = search_path;
    out_.parts.push_back(std::move(part));
    out_.texts.push_back(std::move(text));
    out_.tables.emplace_back();
    return out_.parts.back();
  }

  void add_schema(const std::string& schema) {
    ast::CreateSchema create;
    create.name = {schema, true, {}};
    create.if_not_exists = schema == "public";
    add(kSchema, Printer::text_of(std::move(create)), {}).needs.clear();
  }

  void add_verbatim(const catalog::Verbatim& one) {
    const bool is_extension = one.construct == "create extension";
    Part& part =
        add(is_extension ? kExtension : kThing, one.text + ";\n", one.range, one.search_path);
    if (is_extension) part.needs.clear();
    provide_verbatim(one, part);
  }

  // An aggregate or a collation is needed by name; a cast or an operator by none.
  void provide_verbatim(const catalog::Verbatim& one, Part& part) const {
    static constexpr std::string_view kNamed[] = {"create aggregate", "create collation",
                                                  "create server"};
    if (std::ranges::find(kNamed, one.construct) == std::end(kNamed)) return;
    std::string_view rest = one.text;
    for (int words = 0; words < 2; ++words) {
      rest.remove_prefix(std::min(rest.find_first_of(" \t\n"), rest.size()));
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
    }
    rest = rest.substr(0, rest.find_first_of(" \t\n("));
    const std::size_t dot = rest.find('.');
    const auto bare = [](std::string_view name) {
      std::string out(name);
      std::erase(out, '"');
      return out;
    };
    const auto& path = catalog_.search_paths[one.search_path];
    const std::string first = path.empty() ? std::string() : path.front();
    part.provides.push_back(dot == std::string_view::npos
                                ? Provided{first, bare(rest)}
                                : Provided{bare(rest.substr(0, dot)), bare(rest.substr(dot + 1))});
  }

  void add_enum(const catalog::Enum& one) {
    ast::CreateType create;
    create.kind = ast::CreateType::Kind::enumeration;
    create.name = printer_.path(one.schema, one.name);
    for (const std::string& label : one.labels) create.labels.push_back({label, true, {}});
    std::string text = Printer::text_of(std::move(create));
    text += printer_.comment("type", printer_.path(one.schema, one.name), one.comment);
    Part& part = add(kThing, std::move(text), one.range);
    part.needs.clear();
    part.provides.push_back({one.schema, one.name});
  }

  void add_domain(const catalog::Domain& one) {
    ast::CreateDomain create;
    create.name = printer_.path(one.schema, one.name);
    create.type = printer_.type(one.type);
    const auto clause = [&](Kind kind) -> ast::Constraint& {
      create.constraints.emplace_back();
      create.constraints.back().kind = kind;
      return create.constraints.back();
    };
    if (!one.type.collation.empty()) {
      clause(Kind::collate).text = one.type.collation;
      create.type.collation.clear();
    }
    if (one.default_value) clause(Kind::default_).expr.push_back(*one.default_value);
    if (!one.is_nullable) clause(Kind::not_null);
    for (const catalog::Check& check : one.checks) {
      ast::Constraint& constraint = clause(Kind::check);
      constraint.name = ast::Name{check.name, true, {}};
      constraint.expr.push_back(check.expr);
    }
    std::string text = Printer::text_of(std::move(create));
    text += printer_.comment("domain", printer_.path(one.schema, one.name), one.comment);
    add(kThing, std::move(text), one.range, one.search_path)
        .provides.push_back({one.schema, one.name});
  }

  void add_composite(const catalog::Composite& one) {
    std::string text;
    if (one.text.empty()) {
      ast::CreateType create;
      create.kind = ast::CreateType::Kind::composite;
      create.name = printer_.path(one.schema, one.name);
      for (const catalog::Column& attribute : one.attributes) {
        ast::ColumnDef column;
        column.name = {attribute.name, true, {}};
        column.type = printer_.type(attribute.type);
        create.attributes.push_back(std::move(column));
      }
      text = Printer::text_of(std::move(create));
    } else {
      text = one.text + ";\n";
    }
    text += printer_.comment("type", printer_.path(one.schema, one.name), one.comment);
    add(kThing, std::move(text), one.range, one.search_path)
        .provides.push_back({one.schema, one.name});
  }

  void add_sequence(const catalog::Sequence& one) {
    if (catalog::is_implied(catalog_, one)) return;
    ast::CreateSequence create;
    create.name = printer_.path(one.schema, one.name);
    create.options = one.options;
    Part& part = add(kThing, Printer::text_of(std::move(create)), one.range);
    part.provides.push_back({one.schema, one.name});
    part.needs.clear();
    if (!one.owner.is_valid()) return;
    const Table& table = at(catalog_.tables, one.owner);
    ast::CreateSequence owned;
    owned.is_alter = true;
    owned.name = printer_.path(one.schema, one.name);
    owned.owned_by = printer_.path(table);
    owned.owned_by->names.push_back({table.columns[one.owner_column].name, true, {}});
    Part& owner = add(kThing, Printer::text_of(std::move(owned)), table.range);
    owner.needs = out_.texts.back();
  }

  void add_function(const catalog::Function& one) {
    Part& part = add(kThing, one.text + ";\n", one.range, one.search_path);
    part.provides.push_back({one.schema, one.name});
    const SourceRange body = one.definition.body_range;
    // A body in quotes is read only when it runs.
    const bool is_quoted = body.is_known() && body.begin > one.range.begin &&
                           body.end <= one.range.begin + one.text.size() &&
                           !one.definition.body.empty() && body.begin != body.end;
    if (!is_quoted) return;
    const std::size_t begin = body.begin - one.range.begin;
    const std::size_t end = body.end - one.range.begin;
    const char first = one.text[begin];
    const bool is_text = first == '\'' || first == '$' || first == 'E' || first == 'e';
    if (!is_text) return;
    part.needs = one.text.substr(0, begin) + ' ' + one.text.substr(end);
    part.wants = one.definition.body;
  }

  void add_view(Id<Table> id) {
    const Table& view = at(catalog_.tables, id);
    ast::CreateView create;
    create.name = printer_.path(view);
    create.is_materialized = view.kind == TableKind::materialized_view;
    create.options = view.options;
    create.query.push_back(*view.query);
    if (view.has_column_list) {
      for (const catalog::Column& column : view.columns) {
        create.columns.push_back({column.name, true, {}});
      }
    }
    std::string text = Printer::text_of(std::move(create));
    const std::string needs = text;
    for (const catalog::Index& index : view.indexes) text += printer_.index(view, index);
    text += printer_.comments(view);
    Part& part = add(kThing, std::move(text), view.range, view.search_path);
    part.needs = needs;
    part.provides.push_back({view.schema, view.name});
    out_.tables.back() = id;
  }

  void add_table(Id<Table> id) {
    const Table& table = at(catalog_.tables, id);
    if (table.query) return add_view(id);
    std::string text = Printer::text_of(create_table(printer_, id));
    std::string needs = text;
    for (const catalog::Index& index : table.indexes) needs += printer_.index(table, index);
    Part& part = add(kThing, std::move(text), table.range, table.search_path);
    part.needs = std::move(needs);
    part.provides.push_back({table.schema, table.name});
    for (const catalog::ForeignKey& key : table.foreign_keys) {
      if (key.table.is_valid() && key.table != id)
        foreign_.push_back({out_.parts.size() - 1, key.table});
    }
    out_.tables.back() = id;
  }

  void add_trigger(const catalog::Trigger& one) {
    add(kTrigger, one.text + ";\n", one.range, one.search_path);
  }

  const Catalog& catalog_;
  Printer printer_;
  PostgresParts out_;
  std::vector<std::pair<std::size_t, Id<Table>>> foreign_;

 public:
  void link_foreign_keys(PostgresParts& parts) const {
    std::vector<std::uint32_t> part_of(catalog_.tables.size(), 0);
    for (std::uint32_t i = 0; i < parts.tables.size(); ++i) {
      if (parts.tables[i].is_valid()) part_of[parts.tables[i].index] = i;
    }
    for (const auto& [part, target] : foreign_) {
      parts.parts[part].rather_after.push_back(part_of[target.index]);
    }
  }
};

}  // namespace

bool says_public(const catalog::Catalog& catalog) {
  return std::ranges::any_of(catalog.search_paths, [](const std::vector<std::string>& path) {
    return !path.empty() && !path.front().empty();
  });
}

PostgresParts postgres_parts(const catalog::Catalog& catalog) {
  Planner planner(catalog);
  PostgresParts out = planner.run();
  planner.link_foreign_keys(out);
  return out;
}

std::string postgres_table_text(const catalog::Catalog& catalog, Id<Table> id,
                                const std::vector<bool>& is_inline) {
  const Printer printer(catalog);
  const Table& table = at(catalog.tables, id);
  ast::CreateTable create = create_table(printer, id);
  for (std::size_t i = 0; i < table.foreign_keys.size(); ++i) {
    if (is_inline[i]) {
      create.constraints.push_back(printer.foreign_key(table, table.foreign_keys[i]));
    }
  }
  std::string out = Printer::text_of(std::move(create));
  for (const catalog::Index& index : table.indexes) {
    if (!table.partition_by) out += printer.index(table, index);
  }
  return out + printer.comments(table);
}

namespace {

std::string add_constraint(const Printer& printer, const Table& table, ast::Constraint constraint) {
  ast::AlterAction action;
  action.kind = ast::AlterAction::Kind::add_constraint;
  action.constraint.push_back(std::move(constraint));
  return printer.alter(table, std::move(action), !table.partition_by);
}

// Checks that hold for new rows only, and the table's place under its parents.
std::string places(const Printer& printer, Id<Table> id) {
  const Catalog& catalog = printer.catalog_;
  const Table& table = at(catalog.tables, id);
  std::string out;
  for (const catalog::Check& check : table.checks) {
    if (!check.is_not_valid) continue;
    ast::Constraint constraint;
    constraint.kind = Kind::check;
    constraint.name = ast::Name{check.name, true, {}};
    constraint.expr.push_back(check.expr);
    constraint.is_not_valid = true;
    constraint.is_no_inherit = check.is_no_inherit;
    out += add_constraint(printer, table, std::move(constraint));
  }
  for (const Id<Table> parent : table.inherits) {
    ast::AlterAction action;
    action.kind = ast::AlterAction::Kind::inherit;
    action.new_path = printer.path(at(catalog.tables, parent));
    out += printer.alter(table, std::move(action), false);
  }
  if (table.partition_of.is_valid()) {
    ast::AlterAction action;
    action.kind = ast::AlterAction::Kind::attach_partition;
    action.new_path = printer.path(table);
    action.text = table.partition_bound;
    out += printer.alter(at(catalog.tables, table.partition_of), std::move(action));
  }
  return out;
}

}  // namespace

std::string postgres_behind_tables(const catalog::Catalog& catalog,
                                   const std::vector<std::vector<bool>>& is_inline) {
  const Printer printer(catalog);
  std::string out;
  for (std::size_t i = 0; i < catalog.tables.size(); ++i) out += places(printer, Id<Table>(i));
  // Of partitions first: the index of the root takes theirs for its own.
  for (std::size_t i = catalog.tables.size(); i-- > 0;) {
    const Table& table = catalog.tables[i];
    if (!table.partition_by) continue;
    for (const catalog::Index& index : table.indexes) out += printer.index(table, index);
  }
  // A key of a partitioned table is one of every partition, too.
  const auto is_of_root = [&](const Table& table, const catalog::ForeignKey& key) {
    if (!table.partition_of.is_valid()) return false;
    const auto same = [&](const catalog::ForeignKey& other) {
      return other.table == key.table && other.reference_names == key.reference_names &&
             other.columns.size() == key.columns.size();
    };
    return std::ranges::any_of(at(catalog.tables, table.partition_of).foreign_keys, same);
  };
  for (std::size_t i = 0; i < catalog.tables.size(); ++i) {
    const Table& table = catalog.tables[i];
    for (std::size_t k = 0; k < table.foreign_keys.size(); ++k) {
      const catalog::ForeignKey& key = table.foreign_keys[k];
      const bool is_missing = !is_inline[i][k] && key.table.is_valid() && !is_of_root(table, key);
      if (is_missing) out += add_constraint(printer, table, printer.foreign_key(table, key));
    }
  }
  return out;
}

}  // namespace sqlxc::emit::ddl
