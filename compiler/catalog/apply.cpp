#include "compiler/catalog/apply.h"

#include <algorithm>
#include <array>

#include "compiler/catalog/alter_table.h"
#include "compiler/catalog/constraints.h"
#include "compiler/catalog/fold.h"
#include "compiler/catalog/settle_sequences.h"
#include "compiler/stdlib/types.h"

namespace sqlxc::catalog {
namespace {

void apply_statement(Fold& fold, const ast::Statement& statement);

// --- what has no file of its own

void create_schema(Fold& fold, const ast::CreateSchema& create) {
  const std::string& name = create.name.text;
  if (fold.is_mysql()) {
    // USE decides which database is the default one; until then it is one of several.
    if (fold.schemas.insert(name).second) fold.catalog.schemas.push_back(name);
    return;
  }
  const std::string schema = schema_spelled(fold, name);
  const bool is_new = !schema.empty() && fold.schemas.insert(schema).second;
  if (is_new) fold.catalog.schemas.push_back(schema);
  if (!is_new && !create.if_not_exists && !schema.empty()) {
    fold.diagnostics.report<diag::DuplicateName>(create.name.range, "schema", name);
  }
  const std::vector<std::string> outer = fold.search_path;
  fold.search_path.insert(fold.search_path.begin(), schema);
  for (const ast::Statement& element : create.elements) apply_statement(fold, element);
  fold.search_path = outer;
}

void create_function(Fold& fold, const ast::CreateFunction& create) {
  Function function;
  if (fold.is_postgres()) {
    for (const ast::FunctionParameter& parameter : create.parameters) {
      function.parameters.push_back(routine_type(fold, parameter.type));
    }
    for (const ast::ColumnDef& column : create.returns_table) {
      function.columns.push_back(column.type ? routine_type(fold, *column.type) : RoutineType{});
    }
    if (create.returns) function.returns = routine_type(fold, *create.returns);
  }
  function.schema = schema_for(fold, create.name);
  function.name = create.name.last();
  function.definition = create;
  function.text = statement_text(fold);
  function.search_path = search_path_now(fold);
  function.range = fold.statement;
  fold.catalog.functions.push_back(std::move(function));
  fold.function_alive.push_back(true);
}

void create_trigger(Fold& fold, const ast::CreateTrigger& create) {
  const Id<Table> table = require_table(fold, create.table);
  if (!table.is_valid()) return;
  Trigger trigger;
  trigger.name = create.name.last();
  trigger.table = table;
  trigger.definition = create;
  trigger.text = statement_text(fold);
  trigger.search_path = search_path_now(fold);
  trigger.range = fold.statement;
  fold.catalog.triggers.push_back(std::move(trigger));
  fold.trigger_alive.push_back(true);
}

// What PostgreSQL's tables, views and functions may stand on; GRANT and its like are not needed.
constexpr std::array<std::string_view, 15> kKept = {
    "extension", "rule",       "policy",     "operator",   "cast",
    "aggregate", "collation",  "statistics", "server",     "foreign",
    "language",  "procedural", "text",       "conversion", "access"};

void keep(Fold& fold, std::string construct) {
  if (construct == "create cast") note_cast(fold, statement_text(fold));
  if (construct == "create aggregate") note_aggregate(fold, statement_text(fold));
  fold.catalog.verbatim.push_back({.construct = std::move(construct),
                                   .text = statement_text(fold),
                                   .search_path = search_path_now(fold),
                                   .range = fold.statement});
}

void apply_other(Fold& fold, const ast::Other& other) {
  constexpr std::string_view kCreate = "create ";
  if (!fold.is_postgres() || !other.construct.starts_with(kCreate)) return;
  const std::string_view object = std::string_view(other.construct).substr(kCreate.size());
  if (std::ranges::find(kKept, object) != kKept.end()) keep(fold, other.construct);
}

/// Row security and its like, which change no structure: ALTER TABLE t ENABLE ROW LEVEL SECURITY.
bool is_security(const ast::AlterTable& alter) {
  return !alter.actions.empty() &&
         std::ranges::all_of(alter.actions, [](const ast::AlterAction& action) {
           const std::string text = to_lower(action.text);
           return action.kind == ast::AlterAction::Kind::other &&
                  text.find("row level security") != std::string::npos;
         });
}

void alter_table(Fold& fold, const ast::AlterTable& alter) {
  apply_alter_table(fold, alter);
  if (fold.is_postgres() && is_security(alter)) keep(fold, "alter table");
}

/// GRANT and its like change nothing here; SELECT may, by set_config.
void apply_select(Fold& fold, const ast::SelectStatement& statement) {
  if (statement.query.select.empty()) return;
  for (const ast::SelectItem& item : statement.query.select.front().items) {
    const ast::Expr& call = item.expr;
    if (call.kind != ast::Expr::Kind::call || call.path.last() != "set_config") continue;
    if (call.args.size() < 2 || call.args[1].kind != ast::Expr::Kind::string) continue;
    ast::Setting setting;
    setting.verb = "set_config";
    setting.name = call.args[0].text;
    for (std::size_t at = 0; at < call.args[1].text.size();) {
      const std::string& text = call.args[1].text;
      const std::size_t comma = std::min(text.find(',', at), text.size());
      setting.values.push_back(text.substr(at, comma - at));
      at = comma + 1;
    }
    apply_setting(fold, setting);
  }
}

void apply_statement(Fold& fold, const ast::Statement& statement) {
  fold.statement = statement.range;
  std::visit(ast::Overloaded{
                 [&](const ast::CreateTable& node) { apply_create_table(fold, node); },
                 [&](const ast::AlterTable& node) { alter_table(fold, node); },
                 [&](const ast::CreateView& node) { apply_create_view(fold, node); },
                 [&](const ast::CreateIndex& node) { apply_create_index(fold, node); },
                 [&](const ast::CreateType& node) { apply_create_type(fold, node); },
                 [&](const ast::AlterType& node) { apply_alter_type(fold, node); },
                 [&](const ast::CreateDomain& node) { apply_create_domain(fold, node); },
                 [&](const ast::AlterDomain& node) { apply_alter_domain(fold, node); },
                 [&](const ast::CreateSequence& node) { apply_sequence(fold, node); },
                 [&](const ast::CreateSchema& node) { create_schema(fold, node); },
                 [&](const ast::CreateFunction& node) { create_function(fold, node); },
                 [&](const ast::CreateTrigger& node) { create_trigger(fold, node); },
                 [&](const ast::CommentOn& node) { apply_comment(fold, node); },
                 [&](const ast::Drop& node) { apply_drop(fold, node); },
                 [&](const ast::RenameTable& node) { apply_rename_table(fold, node); },
                 [&](const ast::Setting& node) { apply_setting(fold, node); },
                 [&](const ast::SelectStatement& node) { apply_select(fold, node); },
                 [&](const ast::Other& node) { apply_other(fold, node); },
                 [](const auto&) {},  // data, queries and what is known to be without meaning here
             },
             statement.node);
}

// --- when the fold is over, what was dropped goes and ids move

template <typename Thing>
std::vector<std::uint32_t> compact(std::vector<Thing>& things, const std::vector<bool>& alive) {
  std::vector<std::uint32_t> moved(things.size(), UINT32_MAX);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (!alive[i]) continue;
    moved[i] = next;
    if (i != next) things[next] = std::move(things[i]);
    ++next;
  }
  things.resize(next);
  return moved;
}

template <typename Thing>
void move_id(Id<Thing>& id, const std::vector<std::uint32_t>& moved) {
  if (id.is_valid()) id.index = moved[id.index];
}

void move_table_ids(Catalog& catalog, const std::vector<std::uint32_t>& moved) {
  for (Table& table : catalog.tables) {
    move_id(table.partition_of, moved);
    for (Id<Table>& parent : table.inherits) move_id(parent, moved);
    std::erase_if(table.inherits, [](Id<Table> id) { return !id.is_valid(); });
    for (ForeignKey& key : table.foreign_keys) move_id(key.table, moved);
    for (Column& column : table.columns) move_id(column.origin, moved);
  }
  for (Sequence& sequence : catalog.sequences) move_id(sequence.owner, moved);
  for (Trigger& trigger : catalog.triggers) move_id(trigger.table, moved);
}

void remove_dropped(Fold& fold) {
  Catalog& catalog = fold.catalog;
  std::vector<bool> table_alive;
  for (const TableNotes& notes : fold.notes) {
    table_alive.push_back(notes.is_alive && !notes.is_temporary);
  }
  for (std::size_t i = 0; i < catalog.triggers.size(); ++i) {
    if (!table_alive[catalog.triggers[i].table.index]) fold.trigger_alive[i] = false;
  }
  for (std::size_t i = 0; i < catalog.sequences.size(); ++i) {
    const Id<Table> owner = catalog.sequences[i].owner;
    if (owner.is_valid() && !table_alive[owner.index]) fold.sequence_alive[i] = false;
  }
  compact(catalog.triggers, fold.trigger_alive);
  compact(catalog.sequences, fold.sequence_alive);
  compact(catalog.functions, fold.function_alive);
  const std::vector<std::uint32_t> enums = compact(catalog.enums, fold.enum_alive);
  const std::vector<std::uint32_t> domains = compact(catalog.domains, fold.domain_alive);
  const std::vector<std::uint32_t> composites = compact(catalog.composites, fold.composite_alive);
  const std::vector<std::uint32_t> tables = compact(catalog.tables, table_alive);
  move_table_ids(catalog, tables);
  const auto move_type = [&](Type& type) {
    move_id(type.enumeration, enums);
    move_id(type.domain, domains);
    move_id(type.composite, composites);
  };
  for (Table& table : catalog.tables) {
    for (Column& column : table.columns) move_type(column.type);
  }
  const auto move_routine_type = [&](RoutineType& one) {
    move_type(one.type);
    move_id(one.row, tables);
  };
  for (Function& function : catalog.functions) {
    std::ranges::for_each(function.parameters, move_routine_type);
    std::ranges::for_each(function.columns, move_routine_type);
    if (function.returns) move_routine_type(*function.returns);
  }
  for (Cast& cast : catalog.casts) {
    move_routine_type(cast.source);
    move_routine_type(cast.target);
  }
  for (Aggregate& aggregate : catalog.aggregates) {
    move_routine_type(aggregate.parameter);
    move_routine_type(aggregate.result);
  }
  for (Domain& domain : catalog.domains) move_type(domain.type);
  for (Composite& composite : catalog.composites) {
    for (Column& attribute : composite.attributes) move_type(attribute.type);
  }
}

Fold begin(const SourceMap& sources, std::span<const ast::File> files, Diagnostics& diagnostics) {
  Fold fold{.sources = sources, .diagnostics = diagnostics};
  fold.catalog.dialect = files.empty() ? Dialect::postgres : files.front().dialect;
  fold.row = &stdlib::dialect_row(fold.catalog.dialect);
  fold.search_path = {""};
  return fold;
}

}  // namespace

namespace {

/// SET foreign_key_checks = 0; a dump says several in one statement: SET @OLD = @@x, x = 0.
void read_mysql_checks(Fold& fold, std::string_view name, const std::vector<std::string>& values) {
  std::string last(name);
  for (const std::string& value : values) {
    if (value == "=" || value == ":=") continue;
    const std::string lower = to_lower(value);
    if (last.ends_with("foreign_key_checks") && !last.ends_with("old_foreign_key_checks")) {
      if (lower == "0" || lower == "off" || lower == "false") fold.checks_foreign_keys = false;
      if (lower == "1" || lower == "on" || lower == "true") fold.checks_foreign_keys = true;
      if (lower.ends_with("old_foreign_key_checks")) fold.checks_foreign_keys = true;
    }
    last = lower;
  }
}

}  // namespace

void apply_setting(Fold& fold, const ast::Setting& setting) {
  const std::string name = to_lower(setting.name);
  if (fold.is_mysql()) {
    if (setting.verb == "use" && !(setting.values.empty() && setting.name.empty())) {
      fold.database = setting.values.empty() ? setting.name : setting.values.front();
      if (fold.first_database.empty() && fold.catalog.tables.empty()) {
        fold.first_database = fold.database;
        fold.schemas.erase(fold.database);
        std::erase(fold.catalog.schemas, fold.database);
      }
    }
    read_mysql_checks(fold, name, setting.values);
    return;
  }
  if (name != "search_path" || !fold.is_postgres()) return;
  if (setting.verb == "reset") {
    fold.search_path = {""};
    return;
  }
  std::vector<std::string> path;
  for (std::string value : setting.values) {
    std::erase_if(value, [](char c) { return c == '"' || c == '\'' || c == ' '; });
    if (value == "$user" || value == "pg_catalog" || value.empty()) continue;
    if (to_lower(value) == "default") value = "public";
    const std::string schema = schema_spelled(fold, value);
    path.push_back(schema);
  }
  fold.search_path = std::move(path);
}

Catalog apply(const SourceMap& sources, std::span<const ast::File> files,
              Diagnostics& diagnostics) {
  Fold fold = begin(sources, files, diagnostics);
  for (const ast::File& file : files) {
    for (const ast::Statement& statement : file.statements) apply_statement(fold, statement);
  }
  settle_views(fold);
  finish_foreign_keys(fold);
  settle_sequences(fold);
  remove_dropped(fold);
  return std::move(fold.catalog);
}

}  // namespace sqlxc::catalog
