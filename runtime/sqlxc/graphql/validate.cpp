#include <sqlxc/graphql/validate.h>

#include <sqlxc/graphql/overlapping_fields.h>
#include <sqlxc/graphql/validator.h>

namespace sqlxc::graphql {

Validator::Validator(const Schema& schema, const ast::Document& document, Rules rules)
    : schema_(schema), document_(document), rules_(rules), report_(document.source) {
  // Of two fragments of one name the later counts, as in graphql-js; the name is an error anyway.
  for (const ast::Fragment& fragment : document.fragments) fragments_[fragment.name] = &fragment;
}

Errors Validator::run() {
  check_names();
  operation_bodies_.resize(document_.operations.size());
  for (const ast::Definition& definition : document_.definitions) {
    if (report_.is_full()) break;
    if (definition.kind == ast::DefinitionKind::operation)
      walk_operation(document_.operations[definition.index]);
    if (definition.kind == ast::DefinitionKind::fragment)
      walk_fragment(document_.fragments[definition.index]);
  }
  check_fragment_use();
  if (has(Rule::no_fragment_cycles)) check_cycles();
  for (std::size_t i = 0; i < document_.operations.size() && !report_.is_full(); ++i)
    check_variables(document_.operations[i], operation_bodies_[i]);
  if (has(Rule::overlapping_fields_can_be_merged) && !report_.is_full()) check_merging();
  return report_.take();
}

void Validator::check_merging() {
  const Merging merging = look_for_conflicts(schema_, document_);
  if (merging == Merging::fine) return;
  const bool is_looked_at = merging == Merging::maybe_not;
  if (is_looked_at && report_conflicts(schema_, document_, report_)) return;
  add("The document merges its fields in more ways than can be looked at.", {});
}

bool Validator::spend(std::size_t steps) {
  constexpr std::size_t kMost = 3'000'000;
  const bool was_over = steps_ > kMost;
  steps_ += steps;
  if (steps_ <= kMost) return true;
  if (!was_over) add("The document spreads its fragments in more ways than can be looked at.", {});
  return false;
}

const ast::Fragment* Validator::find_fragment(std::string_view name) const {
  const auto found = fragments_.find(name);
  return found == fragments_.end() ? nullptr : found->second;
}

std::optional<TypeId> Validator::composite(std::string_view name) const {
  const std::optional<TypeId> type = schema_.find_type(name);
  return type && schema_.type(*type).is_composite() ? type : std::nullopt;
}

Errors validate(const Schema& schema, const ast::Document& document, Rules rules) {
  return Validator(schema, document, rules).run();
}

}  // namespace sqlxc::graphql
