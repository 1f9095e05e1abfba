// CREATE and ALTER SEQUENCE, and what ties one to a column.
#include <algorithm>
#include <array>

#include "compiler/catalog/alter_table.h"
#include "compiler/catalog/fold.h"
#include "compiler/catalog/settle_sequences.h"

namespace sqlxc::catalog {
namespace {

/// pg_dump spells the defaults out; they say nothing.
bool is_default_option(const std::string& name, const std::string& value) {
  if (name == "increment" || name == "cache") return value == "1";
  if (name == "restart" || name == "owned by") return true;
  const bool is_bound = name.ends_with("minvalue") || name.ends_with("maxvalue");
  if (is_bound) return value.empty() || value == "no" || value == "none" || name.starts_with("no");
  if (name == "no cycle") return true;
  return name == "cycle" && (value == "no" || value == "false");
}

void set_option(ast::Options& options, const std::string& name, const std::string& value) {
  const auto same = std::ranges::find(options, name, &std::pair<std::string, std::string>::first);
  if (is_default_option(name, value)) {
    if (same != options.end()) options.erase(same);
  } else if (same != options.end()) {
    same->second = value;
  } else {
    options.emplace_back(name, value);
  }
}

/// Where nothing else is said a sequence starts at its least value, which is 1 where none is said.
void set_options(ast::Options& options, const ast::Options& said) {
  for (const auto& [name, value] : said) set_option(options, name, value);
  const auto says = [&](std::string_view name) {
    return std::ranges::any_of(options, [&](const auto& one) { return one.first == name; });
  };
  if (says("minvalue")) return;
  std::erase_if(options, [](const auto& one) { return one.first == "start" && one.second == "1"; });
}

Id<Sequence> find_sequence(const Fold& fold, const ast::Path& path) {
  const auto look = [&](std::string_view schema) {
    const auto found = fold.sequences.find(key_of(fold, schema, path.last()));
    return found == fold.sequences.end() ? Id<Sequence>() : found->second;
  };
  if (path.names.size() > 1) return look(schema_spelled(fold, path.qualifier()));
  for (const std::string& schema : fold.search_path) {
    if (const Id<Sequence> id = look(schema); id.is_valid()) return id;
  }
  return {};
}

/// OWNED BY table.column
void set_owner(Fold& fold, Id<Sequence> id, const ast::Path& owner) {
  Sequence& sequence = at(fold.catalog.sequences, id);
  if (owner.names.size() < 2) {  // OWNED BY NONE
    sequence.owner = {};
    return;
  }
  ast::Path table_path = owner;
  const ast::Name column_name = table_path.names.back();
  table_path.names.pop_back();
  const Id<Table> table = require_table(fold, table_path);
  if (!table.is_valid()) return;
  const auto column = require_column(fold, fold.table(table), column_name);
  if (!column) return;
  sequence.owner = table;
  sequence.owner_column = *column;
  Column& target = fold.table(table).columns[*column];
  target.is_serial = owns_its_default(fold, table, *column);
}

/// The text of nextval's argument: 'schema.name' or '"Name"'.
std::string sequence_argument(const ast::Expr& expr) {
  if (expr.kind == ast::Expr::Kind::string) return expr.text;
  if (expr.kind == ast::Expr::Kind::cast && !expr.args.empty()) {
    return sequence_argument(expr.args.front());
  }
  return {};
}

void rename_sequence(Fold& fold, Id<Sequence> id, const std::string& schema,
                     const std::string& name) {
  Sequence& sequence = at(fold.catalog.sequences, id);
  const std::string old_key = key_of(fold, sequence.schema, sequence.name);
  fold.sequences.erase(old_key);
  fold.relations.erase(old_key);
  sequence.schema = schema;
  sequence.name = name;
  const std::string key = key_of(fold, schema, name);
  fold.sequences[key] = id;
  fold.relations.insert(key);
}

}  // namespace

bool owns_its_default(const Fold& fold, Id<Table> table, std::uint32_t column) {
  const Column& target = at(fold.catalog.tables, table).columns[column];
  if (!target.default_value || target.default_value->kind != ast::Expr::Kind::call) return false;
  const ast::Expr& call = *target.default_value;
  if (call.path.last() != "nextval" || call.args.empty()) return false;
  const std::vector<std::string> names = regclass_names(sequence_argument(call.args.front()));
  if (names.empty()) return false;
  for (std::size_t i = 0; i < fold.catalog.sequences.size(); ++i) {
    const Sequence& sequence = fold.catalog.sequences[i];
    if (fold.sequence_alive[i] && sequence.owner == table && sequence.owner_column == column &&
        sequence.name == names.back()) {
      return true;
    }
  }
  return false;
}

void add_identity_sequence(Fold& fold, Id<Table> id, std::uint32_t column, ast::Options options) {
  Table& table = fold.table(id);
  Sequence sequence;
  sequence.owner = id;
  sequence.owner_column = column;
  sequence.schema = table.schema;
  for (const auto& [name, value] : options) {
    const std::vector<std::string> names =
        name == "sequence name" ? regclass_names(value) : std::vector<std::string>();
    if (!names.empty()) sequence.name = names.back();
  }
  std::erase_if(options, [](const auto& one) { return one.first == "sequence name"; });
  set_options(sequence.options, options);
  if (sequence.name.empty()) {
    sequence.name = choose_relation_name(fold, table.schema, table.name, table.columns[column].name,
                                         "seq", false);
  }
  fold.relations.insert(key_of(fold, sequence.schema, sequence.name));
  fold.sequences[key_of(fold, sequence.schema, sequence.name)] =
      Id<Sequence>(fold.catalog.sequences.size());
  fold.catalog.sequences.push_back(std::move(sequence));
  fold.sequence_alive.push_back(true);
}

void apply_sequence(Fold& fold, const ast::CreateSequence& create) {
  Id<Sequence> id;
  if (create.is_alter) {
    id = find_sequence(fold, create.name);
    if (!id.is_valid()) {
      if (!create.if_not_exists) {
        fold.diagnostics.report<diag::UnknownObject>(create.name.range, "sequence",
                                                     display_name(create.name));
      }
      return;
    }
  } else {
    Sequence sequence;
    sequence.schema = schema_for(fold, create.name);
    sequence.name = create.name.last();
    sequence.range = fold.statement;
    const std::string key = key_of(fold, sequence.schema, sequence.name);
    if (!fold.relations.insert(key).second) {
      if (!create.if_not_exists) {
        fold.diagnostics.report<diag::DuplicateName>(create.name.range, "relation", sequence.name);
      }
      return;
    }
    id = Id<Sequence>(fold.catalog.sequences.size());
    fold.sequences[key] = id;
    fold.catalog.sequences.push_back(std::move(sequence));
    fold.sequence_alive.push_back(true);
  }
  set_options(at(fold.catalog.sequences, id).options, create.options);
  if (create.owned_by) set_owner(fold, id, *create.owned_by);
}

void alter_sequence(Fold& fold, const ast::AlterTable& alter) {
  const Id<Sequence> id = find_sequence(fold, alter.name);
  if (!id.is_valid()) {
    if (!alter.if_exists) {
      fold.diagnostics.report<diag::UnknownObject>(alter.name.range, "sequence",
                                                   display_name(alter.name));
    }
    return;
  }
  for (const ast::AlterAction& action : alter.actions) {
    const Sequence& sequence = at(fold.catalog.sequences, id);
    if (action.kind == ast::AlterAction::Kind::rename_table) {
      const std::string& name =
          action.new_path.names.empty() ? action.new_name.text : action.new_path.names.back().text;
      rename_sequence(fold, id, sequence.schema, name);
    } else if (action.kind == ast::AlterAction::Kind::set_schema) {
      rename_sequence(fold, id, schema_spelled(fold, action.name.text), sequence.name);
    }
  }
}

}  // namespace sqlxc::catalog
