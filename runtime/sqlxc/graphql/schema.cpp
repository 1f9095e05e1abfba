#include <sqlxc/graphql/schema.h>

#include <algorithm>

namespace sqlxc::graphql {

std::optional<TypeId> Schema::find_type(std::string_view name) const {
  const auto found = type_names_.find(name);
  if (found == type_names_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::uint32_t> Schema::find_member(TypeId type, std::string_view name) const {
  const auto found = members_.find({type, name});
  if (found == members_.end()) return std::nullopt;
  return found->second;
}

const Field* Schema::find_field(TypeId type, std::string_view name) const {
  if (const auto found = find_member(type, name)) return &fields_[*found];
  if (!name.starts_with("__") || !types_[type].is_composite()) return nullptr;
  if (name != "__typename" && root(ast::OperationKind::query) != type) return nullptr;
  const auto found = find_member(meta_, name);
  return found ? &fields_[*found] : nullptr;
}

const InputValue* Schema::find_argument(ast::Span arguments, std::string_view name) const {
  for (const InputValue& argument : part(inputs_, arguments)) {
    if (argument.name == name) return &argument;
  }
  return nullptr;
}

const InputValue* Schema::find_input(TypeId type, std::string_view name) const {
  const auto found = find_member(type, name);
  return found ? &inputs_[*found] : nullptr;
}

const EnumValue* Schema::find_value(TypeId type, std::string_view name) const {
  const auto found = find_member(type, name);
  return found ? &values_[*found] : nullptr;
}

const Directive* Schema::find_directive(std::string_view name) const {
  const auto found = directive_names_.find(name);
  return found == directive_names_.end() ? nullptr : &directives_[found->second];
}

bool Schema::is_subtype(TypeId type, TypeId super) const {
  return type == super || subtypes_.contains(std::uint64_t{super} << 32 | type);
}

bool Schema::overlap(TypeId a, TypeId b) const {
  if (a == b) return true;
  const std::vector<TypeId>& few = types_[a].possible;
  const std::vector<TypeId>& many = types_[b].possible;
  if (few.size() > many.size()) return overlap(b, a);
  return std::any_of(few.begin(), few.end(), [&](TypeId object) { return is_possible(b, object); });
}

std::string Schema::print(const TypeRef& ref) const {
  std::string text(ref.wrapping.lists, '[');
  text += types_[ref.type].name;
  for (unsigned level = 0;; ++level) {
    if ((ref.wrapping.non_null >> level & 1U) != 0) text += '!';
    if (level == ref.wrapping.lists) return text;
    text += ']';
  }
}

}  // namespace sqlxc::graphql
