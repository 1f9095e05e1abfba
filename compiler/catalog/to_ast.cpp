#include "compiler/catalog/to_ast.h"

#include <algorithm>

#include "compiler/catalog/annotation_text.h"
#include "compiler/catalog/fold.h"
#include "compiler/stdlib/types.h"

namespace sqlxc::catalog {
namespace {

using Kind = ast::Constraint::Kind;

ast::Name quoted(std::string_view text) { return {std::string(text), true, {}}; }

ast::Expr column_expr(const std::string& name) {
  ast::Expr expr;
  expr.kind = ast::Expr::Kind::column;
  expr.path.names.push_back(quoted(name));
  return expr;
}

std::vector<ast::Name> names_of(const Table& table, const std::vector<std::uint32_t>& columns) {
  std::vector<ast::Name> out;
  for (const std::uint32_t column : columns) out.push_back(quoted(table.columns[column].name));
  return out;
}

ast::Constraint make(Kind kind, std::string_view name = {}) {
  ast::Constraint out;
  out.kind = kind;
  if (!name.empty()) out.name = quoted(name);
  return out;
}

ast::Constraint key_to_ast(const Table& table, const Key& key, Kind kind) {
  ast::Constraint out = make(kind, key.name);
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    ast::OrderItem element;
    element.expr = column_expr(table.columns[key.columns[i]].name);
    if (!key.prefixes.empty() && key.prefixes[i] != 0) element.prefix_length = key.prefixes[i];
    out.elements.push_back(std::move(element));
  }
  out.include = names_of(table, key.include);
  out.is_nulls_not_distinct = key.nulls_not_distinct;
  out.is_deferrable = key.is_deferrable;
  out.is_initially_deferred = key.is_initially_deferred;
  out.conflict = key.conflict;
  return out;
}

ast::OrderItem element_to_ast(const Table& table, const IndexElement& element) {
  ast::OrderItem out;
  out.expr = element.column ? column_expr(table.columns[*element.column].name) : *element.expr;
  out.is_descending = element.is_descending;
  out.nulls_first = element.nulls_first;
  out.operator_class = element.operator_class;
  out.collation = element.collation;
  out.prefix_length = element.prefix_length;
  return out;
}

/// `serial` says the sequence only where its name and options are those that PostgreSQL would give.
const Sequence* sequence_of(const Catalog& catalog, Id<Table> table, std::uint32_t column) {
  for (const Sequence& sequence : catalog.sequences) {
    if (sequence.owner == table && sequence.owner_column == column) return &sequence;
  }
  return nullptr;
}

std::string_view serial_name(const Type& type) {
  if (type.name == "integer") return "serial";
  if (type.name == "bigint") return "bigserial";
  if (type.name == "smallint") return "smallserial";
  return {};
}

bool is_plain_serial(const Catalog& catalog, Id<Table> id, std::uint32_t column) {
  const Column& target = at(catalog.tables, id).columns[column];
  if (!target.is_serial) return false;
  const Sequence* sequence = sequence_of(catalog, id, column);
  return sequence != nullptr && is_implied(catalog, *sequence);
}

void add_remarks(const Catalog& catalog, const Column& column, ast::ColumnDef& out) {
  if (catalog.dialect == Dialect::sqlite && column.comment) {
    std::string_view rest = *column.comment;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      out.remarks.push_back("-- " + std::string(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  for (const Annotation& annotation : column.annotations) {
    out.remarks.push_back("--@ " + print_annotation(annotation));
  }
}

/// SQLite: a key that must stand on its column: AUTOINCREMENT, and DESC, which makes an INTEGER key
/// no rowid.
bool is_inline_key(const Catalog& catalog, const Table& table, std::uint32_t column) {
  if (catalog.dialect != Dialect::sqlite || !table.primary_key) return false;
  if (table.primary_key->columns != std::vector<std::uint32_t>{column}) return false;
  const Column& target = table.columns[column];
  const bool is_integer = equal_ignoring_case(target.type.spelled, "integer");
  return target.is_auto_increment || (is_integer && !target.is_rowid && !table.is_without_rowid);
}

ast::Constraint inline_key(const Table& table, const Column& column) {
  ast::Constraint out = make(Kind::primary_key, table.primary_key->name);
  out.is_autoincrement = column.is_auto_increment;
  out.is_descending = !column.is_rowid;
  out.conflict = table.primary_key->conflict;
  return out;
}

void add_value(const Column& column, std::vector<ast::Constraint>& out) {
  if (!column.default_value) return;
  ast::Constraint value =
      make(column.generated == Generated::no ? Kind::default_ : Kind::generated);
  value.expr.push_back(*column.default_value);
  value.is_stored = column.generated == Generated::stored;
  value.is_always = true;
  out.push_back(std::move(value));
}

/// MariaDB names the checks of a table and leaves those of a column without a name.
bool is_inline_check(const Catalog& catalog, const Check& check) {
  return catalog.dialect == Dialect::mysql && check.name.empty();
}

std::uint32_t first_column(const Check& check) {
  return check.columns.empty() ? 0 : check.columns.front();
}

ast::Constraint check_to_ast(const Check& check) {
  ast::Constraint out = make(Kind::check, check.name);
  out.expr.push_back(check.expr);
  out.is_not_valid = check.is_not_valid;
  out.is_not_enforced = check.is_not_enforced;
  out.is_no_inherit = check.is_no_inherit;
  return out;
}

ast::ColumnDef column_to_ast(const Catalog& catalog, Id<Table> id, std::uint32_t index) {
  const Table& table = at(catalog.tables, id);
  const Column& column = table.columns[index];
  ast::ColumnDef out;
  out.name = quoted(column.name);
  add_remarks(catalog, column, out);
  if (!column.type.name.empty() || !column.type.spelled.empty()) {
    out.type = to_ast(catalog, column.type);
  }
  const bool is_serial = is_plain_serial(catalog, id, index);
  if (is_serial) {
    out.type = ast::TypeName{};
    out.type->path.names.push_back({std::string(serial_name(column.type)), false, {}});
  }
  if (!column.collation.empty() && column.collation != column.type.collation) {
    out.constraints.push_back(make(Kind::collate));
    out.constraints.back().text = column.collation;
  }
  const bool has_value_first = column.generated != Generated::no;
  if (has_value_first) add_value(column, out.constraints);
  if (!column.is_nullable && !is_serial) out.constraints.push_back(make(Kind::not_null));
  if (!has_value_first && !is_serial) add_value(column, out.constraints);
  if (column.on_update) {
    out.constraints.push_back(make(Kind::on_update));
    out.constraints.back().expr.push_back(*column.on_update);
  }
  if (column.identity != Identity::no) {
    out.constraints.push_back(make(Kind::identity));
    out.constraints.back().is_always = column.identity == Identity::always;
    const Sequence* sequence = sequence_of(catalog, id, index);
    if (sequence != nullptr) out.constraints.back().options = sequence->options;
  }
  for (const Check& check : table.checks) {
    if (is_inline_check(catalog, check) && first_column(check) == index) {
      out.constraints.push_back(check_to_ast(check));
    }
  }
  if (is_inline_key(catalog, table, index)) {
    out.constraints.push_back(inline_key(table, column));
  } else if (column.is_auto_increment) {
    out.constraints.push_back(make(Kind::auto_increment));
  }
  if (column.is_hidden && catalog.dialect == Dialect::mysql) {
    out.constraints.push_back(make(Kind::visibility));
    out.constraints.back().text = "invisible";
  }
  if (catalog.dialect == Dialect::mysql && column.comment) {
    out.constraints.push_back(make(Kind::comment));
    out.constraints.back().text = *column.comment;
  }
  return out;
}

ast::Constraint mysql_index(const Table& table, const Index& index) {
  ast::Constraint out = make(index.is_unique ? Kind::unique : Kind::index, index.name);
  for (const IndexElement& element : index.elements) {
    out.elements.push_back(element_to_ast(table, element));
  }
  out.method = index.method;
  return out;
}

void add_constraints(const Catalog& catalog, Id<Table> id, ast::CreateTable& out) {
  const Table& table = at(catalog.tables, id);
  const bool has_inline_key =
      table.primary_key && is_inline_key(catalog, table, table.primary_key->columns.front());
  if (table.primary_key && !has_inline_key) {
    out.constraints.push_back(key_to_ast(table, *table.primary_key, Kind::primary_key));
  }
  for (const Key& key : table.uniques) {
    out.constraints.push_back(key_to_ast(table, key, Kind::unique));
  }
  for (const Check& check : table.checks) {
    if (!is_inline_check(catalog, check)) out.constraints.push_back(check_to_ast(check));
  }
  for (const Exclusion& exclusion : table.exclusions) {
    out.constraints.push_back(exclusion.constraint);
    out.constraints.back().name = quoted(exclusion.name);
  }
  if (catalog.dialect == Dialect::mysql) {
    for (const Index& index : table.indexes) {
      out.constraints.push_back(mysql_index(table, index));
    }
  }
  for (const ForeignKey& key : table.foreign_keys) {
    if (is_behind(catalog, key, id)) out.constraints.push_back(to_ast(catalog, table, key));
  }
}

ast::TypeName postgres_type(const Type& type) {
  ast::TypeName out;
  out.array_dimensions = type.array_dimensions > 0 ? 1 : 0;
  const stdlib::TypeRow* row = stdlib::type_named(type.name);
  const bool is_users = type.enumeration.is_valid() || type.domain.is_valid() ||
                        type.composite.is_valid() || row == nullptr;
  if (is_users) {
    out.path = path_to(type.schema, type.name);
    return out;
  }
  // An extension's, in the schema where the file says that it is.
  if (!row->extension.empty() && !type.schema.empty()) {
    out.path = path_to(type.schema, type.name);
    out.args = type.args;
    return out;
  }
  // The engine's own spelling without arguments and brackets: "timestamp without time zone",
  // "regclass".
  std::string name = type.spelled.substr(0, type.spelled.find("[]"));
  const std::size_t open = name.find('(');
  if (open != std::string::npos) name.erase(open, name.find(')') - open + 1);
  if (name.starts_with("interval ")) {
    out.interval_fields = name.substr(9);
    name = "interval";
  }
  if (name.ends_with(" with time zone") || name.ends_with(" without time zone")) {
    out.with_time_zone = name.ends_with(" with time zone");
    name = name.substr(0, name.find(' '));
  }
  const bool is_char = name == "\"char\"";
  out.path.names.push_back({is_char ? "char" : name, is_char, {}});
  out.args = type.args;
  return out;
}

}  // namespace

ast::Path path_to(std::string_view schema, std::string_view name) {
  ast::Path out;
  if (!schema.empty()) out.names.push_back(quoted(schema));
  out.names.push_back(quoted(name));
  return out;
}

ast::TypeName to_ast(const Catalog& catalog, const Type& type) {
  if (catalog.dialect == Dialect::postgres) return postgres_type(type);
  ast::TypeName out;
  if (catalog.dialect == Dialect::sqlite) {
    out.spelled = type.spelled;
    out.path.names.push_back({type.spelled, false, {}});
    return out;
  }
  const stdlib::TypeRow* row = stdlib::type_named(type.name);
  const std::string_view name = row != nullptr ? row->spelling(Dialect::mysql) : type.name;
  out.path.names.push_back({std::string(name), false, {}});
  out.args = type.args;
  out.is_unsigned = type.is_unsigned;
  out.is_zerofill = type.is_zerofill;
  out.character_set = type.character_set;
  out.collation = type.collation;
  return out;
}

bool is_behind(const Catalog& catalog, const ForeignKey& key, Id<Table> table) {
  return catalog.dialect == Dialect::sqlite || !key.table.is_valid() ||
         key.table.index <= table.index;
}

bool is_implied(const Catalog& catalog, const Sequence& sequence) {
  if (!sequence.owner.is_valid()) return false;
  const Table& table = at(catalog.tables, sequence.owner);
  const Column& column = table.columns[sequence.owner_column];
  if (column.identity != Identity::no) return true;
  return column.is_serial && !column.is_nullable && !serial_name(column.type).empty() &&
         sequence.options.empty() && sequence.schema == table.schema &&
         sequence.name == make_object_name(table.name, column.name, "seq");
}

ast::Constraint to_ast(const Catalog& catalog, const Table& table, const ForeignKey& key) {
  ast::Constraint out = make(Kind::foreign_key, key.name);
  out.columns = names_of(table, key.columns);
  ast::References& references = out.references.emplace();
  if (key.table.is_valid()) {
    const Table& target = at(catalog.tables, key.table);
    references.table = path_to(target.schema, target.name);
  } else {
    references.table = key.written;
  }
  for (const std::string& name : key.reference_names) references.columns.push_back(quoted(name));
  references.on_delete = key.on_delete;
  references.on_update = key.on_update;
  if (catalog.dialect == Dialect::mysql) {
    // RESTRICT is what InnoDB takes where nothing is said, so NO ACTION must be.
    const auto settle = [](ast::ReferenceAction& action, bool& is_said) {
      is_said = action == ast::ReferenceAction::no_action;
      if (action == ast::ReferenceAction::restrict_) action = ast::ReferenceAction::no_action;
    };
    settle(references.on_delete, references.says_on_delete);
    settle(references.on_update, references.says_on_update);
  }
  references.match = key.match;
  references.set_columns = key.set_columns;
  out.is_deferrable = key.is_deferrable;
  out.is_initially_deferred = key.is_initially_deferred;
  out.is_not_valid = key.is_not_valid;
  return out;
}

ast::CreateIndex to_ast(const Catalog& catalog, const Table& table, const Index& index) {
  (void)catalog;
  ast::CreateIndex out;
  if (!index.name.empty()) out.name = quoted(index.name);
  out.table = path_to(table.schema, table.name);
  out.is_unique = index.is_unique;
  out.is_only = table.partition_by.has_value();
  out.is_nulls_not_distinct = index.nulls_not_distinct;
  out.method = index.method == "btree" ? std::string() : index.method;
  for (const IndexElement& element : index.elements) {
    out.elements.push_back(element_to_ast(table, element));
  }
  out.include = names_of(table, index.include);
  if (index.where) out.where.push_back(*index.where);
  return out;
}

ast::CreateTable to_ast(const Catalog& catalog, Id<Table> id) {
  const Table& table = at(catalog.tables, id);
  ast::CreateTable out;
  out.name = path_to(table.schema, table.name);
  out.is_unlogged = table.is_unlogged;
  out.is_foreign = table.kind == TableKind::foreign_table;
  out.is_virtual = table.kind == TableKind::virtual_table;
  out.module = table.module;
  out.module_arguments = table.module_arguments;
  out.is_without_rowid = table.is_without_rowid;
  out.is_strict = table.is_strict;
  out.partition_by = table.partition_by;
  out.options = table.options;
  if (catalog.dialect == Dialect::mysql && table.comment) {
    out.options.emplace_back("comment", *table.comment);
  }
  if (out.is_virtual) return out;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out.columns.push_back(column_to_ast(catalog, id, static_cast<std::uint32_t>(i)));
  }
  add_constraints(catalog, id, out);
  return out;
}

}  // namespace sqlxc::catalog
