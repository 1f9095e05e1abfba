#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <sqlxc/graphql/coerce.h>
#include <sqlxc/graphql/print.h>
#include <sqlxc/graphql/report.h>
#include <sqlxc/graphql/suggest.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::graphql {
namespace {

// Values of variables, those within lists and objects counted: each takes more than its text does.
constexpr std::size_t kMaxValues = 200'000;

// JSON as a value without a type. False for what is none, or says a key twice.
class JsonInput {
 public:
  explicit JsonInput(std::string_view json) : reader_(json) {}

  // The members of the outermost object.
  bool read(Input& object) {
    if (reader_.next() != json::Token::begin_object) return fail("must be a JSON object");
    return value(object) && (reader_.next() == json::Token::end || fail_json());
  }
  const std::string& error() const { return error_; }

 private:
  bool fail(std::string error) {
    error_ = std::move(error);
    return false;
  }
  bool fail_json() { return fail("are not valid JSON: " + std::string(reader_.error().message)); }

  // Of the current token; recursion is bounded by the reader's depth.
  bool value(Input& out) {
    if (++count_ > kMaxValues)
      return fail(say("have more than ", std::to_string(kMaxValues), " values"));
    switch (reader_.token()) {
      case json::Token::begin_object:
        return object(out);
      case json::Token::begin_array:
        return array(out);
      case json::Token::string:
        out.kind = InputKind::string;
        out.text = reader_.text();
        return true;
      case json::Token::number: {
        out.text = reader_.text();
        const bool is_float = out.text.find_first_of(".eE") != std::string::npos;
        out.kind = is_float ? InputKind::float_value : InputKind::int_value;
        return true;
      }
      case json::Token::true_value:
      case json::Token::false_value:
        out.kind = InputKind::boolean;
        out.boolean = reader_.token() == json::Token::true_value;
        return true;
      case json::Token::null_value:
        return true;
      default:
        return fail_json();
    }
  }

  bool object(Input& out) {
    out.kind = InputKind::object;
    while (reader_.next() == json::Token::key) {
      if (reader_.is_duplicate())
        return fail("have the key \"" + std::string(reader_.text()) + "\" twice in one object");
      Input& member = out.items.emplace_back();
      member.name = reader_.text();
      reader_.next();
      if (!value(member)) return false;
    }
    return reader_.token() == json::Token::end_object || fail_json();
  }

  bool array(Input& out) {
    out.kind = InputKind::list;
    while (reader_.next() != json::Token::end_array) {
      if (!value(out.items.emplace_back())) return false;
    }
    return true;
  }

  json::Reader reader_;
  std::size_t count_ = 0;
  std::string error_;
};

class VariableCoercer {
 public:
  VariableCoercer(const Schema& schema, const ast::Document& document)
      : schema_(schema), document_(document), lines_(document.source) {}

  std::expected<Variables, Errors> run(const ast::Operation& operation, Input& given) {
    std::unordered_map<std::string_view, Input*> by_name;
    for (Input& value : given.items) by_name.emplace(value.name, &value);
    Variables variables;
    for (const ast::VariableDefinition& definition : document_.variables_of(operation.variables)) {
      const auto value = by_name.find(definition.name);
      coerce_variable(definition, value == by_name.end() ? nullptr : value->second, variables);
      if (is_full_) break;
    }
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return variables;
  }

 private:
  void coerce_variable(const ast::VariableDefinition& definition, Input* given,
                       Variables& variables) {
    variable_ = &definition;
    const std::optional<TypeId> named = schema_.find_type(definition.type.name);
    const auto subject = [&](std::string_view how) {
      return say("Variable \"$", definition.name, "\" of ", how, " type \"",
                 graphql::print(definition.type), "\" ");
    };
    if (!named || !schema_.type(*named).is_input()) {
      return fail(say("Variable \"$", definition.name, "\" expected value of type \"",
                      graphql::print(definition.type),
                      "\" which cannot be used as an input type."));
    }
    const TypeRef type{*named, definition.type.wrapping};
    if (given == nullptr) {
      if (definition.default_value) {
        std::optional<Input> value = coerce_literal(
            schema_, type, document_, document_.values[*definition.default_value], {});
        if (value) variables.emplace(definition.name, std::move(*value));
      } else if (type.is_non_null()) {
        fail(subject("required") + "was not provided.");
      }
      return;
    }
    if (given->is_null() && type.is_non_null())
      return fail(subject("non-null") + "must not be null.");
    std::string path(definition.name);
    coerce(type, *given, path);
    given->name.clear();
    variables.emplace(definition.name, std::move(*given));
  }

  // In place. `path` is where the value stands, for errors.
  void coerce(TypeRef type, Input& value, std::string& path) {
    if (is_full_) return;
    if (value.is_null()) {
      if (type.is_non_null()) {
        fail(value, path,
             say("Expected non-nullable type \"", schema_.print(type), "\" not to be null."));
      }
      return;
    }
    if (type.is_list()) return coerce_list(type, value, path);
    const Type& named = schema_.type(type.type);
    if (named.kind == TypeKind::input) return coerce_object(named, value, path);
    if (named.kind == TypeKind::enum_type) return coerce_enum(named, value, path);
    if (named.scalar.accept != nullptr) {
      const std::string refusal = named.scalar.accept(value, inspect(value));
      if (!refusal.empty()) return fail(value, path, refusal);
    }
    normalize_leaf(named, value);
  }

  void coerce_list(TypeRef type, Input& value, std::string& path) {
    if (value.kind != InputKind::list) {
      // A single value is a list of one.
      Input list{.kind = InputKind::list, .name = std::move(value.name)};
      value.name.clear();
      coerce(type.item(), value, path);
      list.items.push_back(std::move(value));
      value = std::move(list);
      return;
    }
    const std::size_t length = path.size();
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      path += "[" + std::to_string(i) + "]";
      coerce(type.item(), value.items[i], path);
      path.resize(length);
    }
  }

  void coerce_object(const Type& type, Input& value, std::string& path) {
    if (value.kind != InputKind::object)
      return fail(value, path, say("Expected type \"", type.name, "\" to be an object."));
    const TypeId id = schema_.id_of(type);
    const std::size_t length = path.size();
    bool all_known = true;
    for (Input& item : value.items) {
      const InputValue* definition = schema_.find_input(id, item.name);
      if (definition == nullptr) {
        all_known = false;
        fail(value, path, unknown_field(type, item.name));
        continue;
      }
      path += "." + item.name;
      coerce(definition->type, item, path);
      path.resize(length);
    }
    // One that is unknown may be one of a million: there is no looking for the others then.
    if (!all_known) return;
    for (const InputValue& definition : schema_.inputs_of(type)) {
      if (value.find(definition.name) != nullptr) continue;
      if (definition.default_value) {
        value.items.push_back(default_value(schema_, definition));
      } else if (definition.type.is_non_null()) {
        fail(value, path,
             say("Field \"", definition.name, "\" of required type \"",
                 schema_.print(definition.type), "\" was not provided."));
      }
    }
    if (type.is_one_of) check_one_of(type, value, path);
  }

  void check_one_of(const Type& type, const Input& value, const std::string& path) {
    if (value.items.size() != 1) {
      return fail(value, path,
                  say("Exactly one key must be specified for OneOf type \"", type.name, "\"."));
    }
    const Input& only = value.items.front();
    if (only.is_null()) {
      fail(only, path + "." + only.name, say("Field \"", only.name, "\" must be non-null."));
    }
  }

  std::string unknown_field(const Type& type, std::string_view name) const {
    std::vector<std::string_view> names;
    for (const InputValue& definition : schema_.inputs_of(type)) names.push_back(definition.name);
    return say("Field \"", name, "\" is not defined by type \"", type.name, "\".",
               did_you_mean(suggestions(name, names)));
  }

  void coerce_enum(const Type& type, Input& value, const std::string& path) {
    const auto hint = [&](const std::string& text) {
      std::vector<std::string_view> names;
      for (const EnumValue& each : schema_.values_of(type)) names.push_back(each.name);
      return did_you_mean(suggestions(text, names), "the enum value");
    };
    if (value.kind != InputKind::string) {
      const std::string shown = inspect(value);
      return fail(value, path,
                  say("Enum \"", type.name, "\" cannot represent non-string value: ", shown, ".",
                      hint(shown)));
    }
    if (schema_.find_value(schema_.id_of(type), value.text) == nullptr) {
      return fail(value, path,
                  say("Value \"", value.text, "\" does not exist in \"", type.name, "\" enum.",
                      hint(value.text)));
    }
    value.kind = InputKind::enum_value;
  }

  void fail(const Input& value, const std::string& path, std::string_view why) {
    std::string message =
        say("Variable \"$", variable_->name, "\" got invalid value ", inspect(value));
    if (path != variable_->name) message += " at \"" + path + "\"";
    fail(say(message, "; ", why));
  }

  void fail(std::string message) {
    constexpr std::size_t kMost = 50;
    if (is_full_) return;
    if (errors_.size() == kMost) {
      is_full_ = true;
      message = "Too many errors processing variables, error limit reached. Execution aborted.";
      errors_.push_back({.message = std::move(message), .code = std::string(kBadInput)});
      return;
    }
    errors_.push_back({.message = std::move(message),
                       .locations = {lines_.locate(variable_->at)},
                       .code = std::string(kBadInput)});
  }

  const Schema& schema_;
  const ast::Document& document_;
  LineIndex lines_;
  const ast::VariableDefinition* variable_ = nullptr;
  Errors errors_;
  bool is_full_ = false;
};

}  // namespace

std::expected<Variables, Errors> coerce_variables(const Schema& schema,
                                                  const ast::Document& document,
                                                  const ast::Operation& operation,
                                                  std::string_view json) {
  Input given{.kind = InputKind::object};
  if (!json.empty()) {
    JsonInput input(json);
    if (!input.read(given)) {
      return std::unexpected(Errors{
          {.message = "The variables " + input.error() + ".", .code = std::string(kBadInput)}});
    }
  }
  return VariableCoercer(schema, document).run(operation, given);
}

}  // namespace sqlxc::graphql
