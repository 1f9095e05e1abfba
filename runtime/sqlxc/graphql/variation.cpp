#include <sqlxc/graphql/variation.h>

#include <cstddef>
#include <cstdint>

namespace sqlxc::graphql {
namespace {

// What is larger is not kept.
constexpr std::size_t kMaxLeaves = 100;
constexpr std::size_t kMaxValues = 1000;
constexpr std::size_t kMaxText = 8 * 1024;

struct Numbering {
  std::vector<const Input*> leaves = {};
  std::size_t values = 0;
  std::size_t text = 0;  // bytes

  bool is_small() const {
    return leaves.size() <= kMaxLeaves && values <= kMaxValues && text <= kMaxText;
  }
};

bool is_leaf(const Input& value) {
  return value.kind == InputKind::int_value || value.kind == InputKind::float_value ||
         value.kind == InputKind::string || value.kind == InputKind::enum_value;
}

// False once there is too much.
bool number(Input& value, Numbering& done) {
  ++done.values;
  done.text += value.text.size() + value.name.size();
  if (is_leaf(value)) {
    done.leaves.push_back(&value);
    value.leaf = static_cast<std::uint32_t>(done.leaves.size());
  }
  for (Input& item : value.items) {
    if (!done.is_small() || !number(item, done)) return false;
  }
  return done.is_small();
}

bool covers(const Input& kept, const Input& given, const std::vector<bool>& any_value) {
  const bool is_same_place =
      kept.kind == given.kind && kept.leaf == given.leaf && kept.name == given.name;
  if (!is_same_place) return false;
  if (kept.leaf != 0 && any_value[kept.leaf]) return true;
  const bool is_same = kept.boolean == given.boolean && kept.text == given.text &&
                       kept.items.size() == given.items.size();
  if (!is_same) return false;
  for (std::size_t i = 0; i < kept.items.size(); ++i) {
    if (!covers(kept.items[i], given.items[i], any_value)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<const Input*>> number_leaves(const ast::Document& document,
                                                       const ast::Operation& operation,
                                                       Variables& variables) {
  Numbering done;
  for (const ast::VariableDefinition& each : document.variables_of(operation.variables)) {
    const auto known = variables.find(each.name);
    if (known != variables.end() && !number(known->second, done)) return std::nullopt;
  }
  return std::move(done.leaves);
}

Variation::Variation(const ast::Document& document, const ast::Operation& operation,
                     const Variables& variables) {
  for (const ast::VariableDefinition& each : document.variables_of(operation.variables)) {
    const auto known = variables.find(each.name);
    std::optional<Input>& value = values_.emplace_back();
    if (known != variables.end()) value = known->second;
  }
}

bool Variation::covers(const ast::Document& document, const ast::Operation& operation,
                       const Variables& variables, const std::vector<bool>& any_value) const {
  std::size_t at = 0;
  for (const ast::VariableDefinition& each : document.variables_of(operation.variables)) {
    const std::optional<Input>& kept = values_[at++];
    const auto given = variables.find(each.name);
    if (kept.has_value() != (given != variables.end())) return false;
    if (kept && !graphql::covers(*kept, given->second, any_value)) return false;
  }
  return true;
}

}  // namespace sqlxc::graphql
