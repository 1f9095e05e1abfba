// CREATE and ALTER TYPE, CREATE and ALTER DOMAIN.
#include <algorithm>

#include "compiler/base/nearest.h"
#include "compiler/catalog/fold.h"

namespace sqlxc::catalog {
namespace {

/// Takes the name of a type in its schema; reports one that is taken.
bool claim_type(Fold& fold, const ast::Path& path, const std::string& schema, TypeEntry entry) {
  const std::string key = key_of(fold, schema, path.last());
  if (fold.types.contains(key)) {
    fold.diagnostics.report<diag::DuplicateName>(path.range, "type", display_name(path));
    return false;
  }
  fold.types[key] = entry;
  return true;
}

void create_enum(Fold& fold, const ast::CreateType& create, const std::string& schema) {
  const Id<Enum> id(fold.catalog.enums.size());
  if (!claim_type(fold, create.name, schema, {.enumeration = id})) return;
  Enum made;
  made.schema = schema;
  made.name = create.name.last();
  made.range = fold.statement;
  for (const ast::Name& label : create.labels) {
    if (std::ranges::find(made.labels, label.text) != made.labels.end()) {
      fold.diagnostics.report<diag::DuplicateName>(label.range, "label", label.text);
      continue;
    }
    made.labels.push_back(label.text);
  }
  fold.catalog.enums.push_back(std::move(made));
  fold.enum_alive.push_back(true);
}

void create_composite(Fold& fold, const ast::CreateType& create, const std::string& schema) {
  const Id<Composite> id(fold.catalog.composites.size());
  if (!claim_type(fold, create.name, schema, {.composite = id})) return;
  Composite made;
  made.schema = schema;
  made.name = create.name.last();
  made.range = fold.statement;
  made.search_path = search_path_now(fold);
  if (create.kind != ast::CreateType::Kind::composite) made.text = statement_text(fold);
  fold.relations.insert(key_of(fold, schema, made.name));
  Table scratch;
  for (const ast::ColumnDef& attribute : create.attributes) {
    made.attributes.push_back(read_column(fold, scratch, attribute));
  }
  fold.catalog.composites.push_back(std::move(made));
  fold.composite_alive.push_back(true);
}

/// Of a range or base type only the name is known: its values are texts.
void create_opaque(Fold& fold, const ast::CreateType& create, const std::string& schema) {
  const std::string key = key_of(fold, schema, create.name.last());
  if (fold.types.contains(key)) {  // CREATE TYPE t; and later its definition
    fold.catalog.verbatim.push_back({.construct = "create type",
                                     .text = statement_text(fold),
                                     .search_path = search_path_now(fold),
                                     .range = fold.statement});
    return;
  }
  create_composite(fold, create, schema);
}

void add_value(Fold& fold, Enum& target, const ast::AlterType& alter) {
  std::vector<std::string>& labels = target.labels;
  if (std::ranges::find(labels, alter.label.text) != labels.end()) {
    if (alter.if_not_exists) return;
    fold.diagnostics.report<diag::DuplicateName>(alter.label.range, "label", alter.label.text);
    return;
  }
  auto place = labels.end();
  if (!alter.other_label.text.empty()) {
    place = std::ranges::find(labels, alter.other_label.text);
    if (place == labels.end()) {
      fold.diagnostics
          .report<diag::UnknownLabel>(alter.other_label.range, target.name, alter.other_label.text)
          .help(did_you_mean(nearest(alter.other_label.text, labels)));
      return;
    }
    if (!alter.is_before) ++place;
  }
  labels.insert(place, alter.label.text);
}

void rename_value(Fold& fold, Enum& target, const ast::AlterType& alter) {
  const auto found = std::ranges::find(target.labels, alter.label.text);
  if (found == target.labels.end()) {
    fold.diagnostics.report<diag::UnknownLabel>(alter.label.range, target.name, alter.label.text)
        .help(did_you_mean(nearest(alter.label.text, target.labels)));
    return;
  }
  *found = alter.other_label.text;
}

/// Says the new name wherever a column or domain has the type.
void respell_types(Fold& fold) {
  const auto respell = [&](Type& type) {
    const auto take = [&](const auto& thing) {
      if (type.name == thing.name && type.schema == thing.schema) return;
      type.name = thing.name;
      type.schema = thing.schema;
      type.spelled.clear();
      type.spelled = spell_type(fold, type);
    };
    if (type.enumeration.is_valid()) take(at(fold.catalog.enums, type.enumeration));
    if (type.domain.is_valid()) take(at(fold.catalog.domains, type.domain));
    if (type.composite.is_valid()) take(at(fold.catalog.composites, type.composite));
  };
  for (Table& table : fold.catalog.tables) {
    for (Column& column : table.columns) respell(column.type);
  }
  for (Composite& composite : fold.catalog.composites) {
    for (Column& attribute : composite.attributes) respell(attribute.type);
  }
  for (Domain& domain : fold.catalog.domains) respell(domain.type);
}

void rename_type(Fold& fold, const ast::Path& path, const std::string* name,
                 const std::string* schema) {
  const TypeEntry* found = find_type_entry(fold, path);
  if (found == nullptr) return;
  const TypeEntry entry = *found;
  const auto apply = [&](auto& thing) {
    fold.types.erase(key_of(fold, thing.schema, thing.name));
    if (name != nullptr) thing.name = *name;
    if (schema != nullptr) thing.schema = *schema;
    fold.types[key_of(fold, thing.schema, thing.name)] = entry;
  };
  if (entry.enumeration.is_valid()) apply(at(fold.catalog.enums, entry.enumeration));
  if (entry.domain.is_valid()) apply(at(fold.catalog.domains, entry.domain));
  if (entry.composite.is_valid()) apply(at(fold.catalog.composites, entry.composite));
  respell_types(fold);
}

void alter_attributes(Fold& fold, Composite& composite, const ast::AlterType& alter) {
  using Kind = ast::AlterAction::Kind;
  Table scratch;
  for (const ast::AlterAction& action : alter.actions) {
    const auto found = std::ranges::find(composite.attributes, action.name.text, &Column::name);
    if (action.kind == Kind::add_column) {
      for (const ast::ColumnDef& column : action.columns) {
        composite.attributes.push_back(read_column(fold, scratch, column));
      }
    } else if (found == composite.attributes.end()) {
      if (action.if_exists) continue;
      fold.diagnostics.report<diag::UnknownColumn>(action.name.range, composite.name,
                                                   action.name.text);
    } else if (action.kind == Kind::drop_column) {
      composite.attributes.erase(found);
    } else if (action.kind == Kind::rename_column) {
      found->name = action.new_name.text;
    } else if (action.kind == Kind::alter_type && !action.columns.empty() &&
               action.columns.front().type) {
      found->type = resolve_type(fold, *action.columns.front().type);
    }
  }
}

void add_domain_check(Fold& fold, Domain& domain, const ast::Constraint& constraint) {
  if (constraint.expr.empty()) return;
  Check check;
  check.expr = constraint.expr.front();
  check.range = constraint.range;
  check.is_not_valid = constraint.is_not_valid;
  check.name = constraint.name
                   ? constraint.name->text
                   : choose_constraint_name(fold, domain.schema, domain.name, "", "check");
  domain.checks.push_back(std::move(check));
}

void apply_domain_constraint(Fold& fold, Domain& domain, const ast::Constraint& constraint) {
  using Kind = ast::Constraint::Kind;
  if (constraint.kind == Kind::not_null) domain.is_nullable = false;
  if (constraint.kind == Kind::null) domain.is_nullable = true;
  if (constraint.kind == Kind::default_ && !constraint.expr.empty()) {
    domain.default_value = constraint.expr.front();
  }
  if (constraint.kind == Kind::check) add_domain_check(fold, domain, constraint);
  if (constraint.kind == Kind::collate) domain.type.collation = constraint.text;
}

}  // namespace

void apply_create_type(Fold& fold, const ast::CreateType& create) {
  const std::string schema = schema_for(fold, create.name);
  const bool tolerates_existing = std::ranges::any_of(
      create.options, [](const auto& one) { return one.first == "if not exists"; });
  if (tolerates_existing && fold.types.contains(key_of(fold, schema, create.name.last()))) return;
  switch (create.kind) {
    case ast::CreateType::Kind::enumeration:
      return create_enum(fold, create, schema);
    case ast::CreateType::Kind::composite:
      return create_composite(fold, create, schema);
    case ast::CreateType::Kind::range:
    case ast::CreateType::Kind::base:
    case ast::CreateType::Kind::shell:
      return create_opaque(fold, create, schema);
  }
}

void apply_alter_type(Fold& fold, const ast::AlterType& alter) {
  using Kind = ast::AlterType::Kind;
  const TypeEntry* entry = find_type_entry(fold, alter.name);
  if (entry == nullptr) {
    fold.diagnostics.report<diag::UnknownType>(alter.name.range, display_name(alter.name));
    return;
  }
  if (alter.kind == Kind::add_value && entry->enumeration.is_valid()) {
    add_value(fold, at(fold.catalog.enums, entry->enumeration), alter);
  } else if (alter.kind == Kind::rename_value && entry->enumeration.is_valid()) {
    rename_value(fold, at(fold.catalog.enums, entry->enumeration), alter);
  } else if (alter.kind == Kind::rename_to) {
    rename_type(fold, alter.name, &alter.label.text, nullptr);
  } else if (alter.kind == Kind::set_schema) {
    const std::string schema = schema_spelled(fold, alter.label.text);
    rename_type(fold, alter.name, nullptr, &schema);
  } else if (alter.kind == Kind::attributes && entry->composite.is_valid()) {
    alter_attributes(fold, at(fold.catalog.composites, entry->composite), alter);
  }
}

void apply_create_domain(Fold& fold, const ast::CreateDomain& create) {
  Domain domain;
  domain.schema = schema_for(fold, create.name);
  domain.name = create.name.last();
  domain.type = resolve_type(fold, create.type);
  domain.search_path = search_path_now(fold);
  domain.range = fold.statement;
  const Id<Domain> id(fold.catalog.domains.size());
  if (!claim_type(fold, create.name, domain.schema, {.domain = id})) return;
  for (const ast::Constraint& constraint : create.constraints) {
    apply_domain_constraint(fold, domain, constraint);
  }
  fold.catalog.domains.push_back(std::move(domain));
  fold.domain_alive.push_back(true);
}

void apply_alter_domain(Fold& fold, const ast::AlterDomain& alter) {
  using Kind = ast::AlterAction::Kind;
  const TypeEntry* entry = find_type_entry(fold, alter.name);
  if (entry == nullptr || !entry->domain.is_valid()) {
    fold.diagnostics.report<diag::UnknownType>(alter.name.range, display_name(alter.name));
    return;
  }
  Domain& domain = at(fold.catalog.domains, entry->domain);
  const ast::AlterAction& action = alter.action;
  switch (action.kind) {
    case Kind::set_default:
      if (!action.expr.empty()) domain.default_value = action.expr.front();
      return;
    case Kind::drop_default:
      domain.default_value.reset();
      return;
    case Kind::set_not_null:
      domain.is_nullable = false;
      return;
    case Kind::drop_not_null:
      domain.is_nullable = true;
      return;
    case Kind::add_constraint:
      for (const ast::Constraint& c : action.constraint) apply_domain_constraint(fold, domain, c);
      return;
    case Kind::drop_constraint:
      std::erase_if(domain.checks, [&](const Check& c) { return c.name == action.name.text; });
      return;
    case Kind::rename_constraint:
      for (Check& check : domain.checks) {
        if (check.name == action.name.text) check.name = action.new_name.text;
      }
      return;
    case Kind::rename_table: {
      const std::string& name =
          action.new_path.names.empty() ? action.new_name.text : action.new_path.names.back().text;
      return rename_type(fold, alter.name, &name, nullptr);
    }
    case Kind::set_schema: {
      const std::string schema = schema_spelled(fold, action.name.text);
      return rename_type(fold, alter.name, nullptr, &schema);
    }
    default:
      return;
  }
}

}  // namespace sqlxc::catalog
