#include "emit/schema/rule_schema.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <set>

#include "emit/schema/ecma_regex.h"

namespace sqlxc::emit {
namespace {

using ast::Expr;
using ir::Field;
using ir::TypeKind;
using Kind = Expr::Kind;

// What a row is asked: that a condition is not false, as CHECK has it, or that it is not true, as
// the CHECK of its opposite has it. Both are met where it is unknown.
enum class Ask : std::uint8_t { not_false, not_true };

Ask opposite(Ask ask) { return ask == Ask::not_false ? Ask::not_true : Ask::not_false; }

const RuleSchema kAnything = {true, false};  // not expressible here

std::string_view negated(std::string_view op) {
  if (op == "<") return ">=";
  if (op == "<=") return ">";
  if (op == ">") return "<=";
  if (op == ">=") return "<";
  return op == "=" ? "<>" : "=";
}

std::string_view mirrored(std::string_view op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  if (op == ">=") return "<=";
  return op;
}

bool is_order(std::string_view op) { return op != "=" && op != "<>"; }

bool is_number(TypeKind kind) { return kind >= TypeKind::int16 && kind <= TypeKind::decimal; }

/// `-5` and `5.25` as written; nothing for any other expression.
std::optional<std::string> number_in(const Expr& expr) {
  if (expr.kind == Kind::number) return expr.text;
  const bool is_negative = expr.kind == Kind::unary && expr.name == "-";
  if (is_negative && expr.args[0].kind == Kind::number) return "-" + expr.args[0].text;
  const bool is_numeric =
      expr.kind == Kind::typed_literal && expr.type.front().path.last() == "numeric";
  return is_numeric ? std::optional(expr.args[0].text) : std::nullopt;
}

bool is_integer(const std::string& text) {
  return text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0) == std::string::npos;
}

// The number as JSON has it; nothing for one that a reader of doubles would round.
std::optional<Json> json_number(const std::string& text) {
  constexpr double kExact = 9007199254740992;  // 2^53
  const double value = std::strtod(text.c_str(), nullptr);
  if (!std::isfinite(value) || std::abs(value) > kExact) return std::nullopt;
  if (is_integer(text)) return Json(std::strtoll(text.c_str(), nullptr, 10));
  return Json(value);
}

// A predicate of one field or of several, from its leaves up.
class Lowering {
 public:
  Lowering(const ir::Entity& entity, Absent absent) : entity_(entity), absent_(absent) {}

  RuleSchema lower(const Expr& expr, Ask ask) const {
    switch (expr.kind) {
      case Kind::boolean:
        return {(expr.text == "true") == (ask == Ask::not_false), true};
      case Kind::column:
        return about(expr, not_const(ask == Ask::not_true));
      case Kind::unary:
        return expr.name == "not" ? lower(expr.args[0], opposite(ask)) : kAnything;
      case Kind::binary:
        return binary(expr, ask);
      case Kind::between: {
        const bool holds = ask == Ask::not_false;
        const RuleSchema low = comparison(expr.args[0], ">=", expr.args[1], ask);
        const RuleSchema high = comparison(expr.args[0], "<=", expr.args[2], ask);
        return holds ? both(low, high) : either(low, high);
      }
      case Kind::in_list:
        return in_list(expr, ask);
      case Kind::like:
        return like(expr, ask);
      case Kind::is_test:
        return is_test(expr, ask);
      default:
        return kAnything;
    }
  }

 private:
  const Field* field_of(const Expr& column) const {
    if (column.kind != Kind::column) return nullptr;
    const auto found = std::ranges::find(entity_.fields, column.path.last(), &Field::name);
    const bool is_there = found != entity_.fields.end() && !found->is_generated &&
                          !found->is_readonly && !found->is_hidden;
    return is_there ? &*found : nullptr;
  }

  // A field that a write does not name is null, not what nobody here knows.
  bool becomes_null(const Field& field) const {
    return absent_ == Absent::becomes_default && !field.has_default && !field.is_identity;
  }

  static Json not_const(bool value) { return {{"not", {{"const", value}}}}; }

  // Keywords that null meets: a comparison with null is unknown, and so is one with what is absent.
  RuleSchema about(const Expr& column, std::optional<Json> keywords) const {
    const Field* field = field_of(column);
    if (field == nullptr || !keywords) return kAnything;
    return {{{"properties", {{field->name, std::move(*keywords)}}}}, true};
  }

  // What null does not meet.
  RuleSchema present(const Field& field, Json keywords) const {
    Json schema = {{"properties", {{field.name, std::move(keywords)}}}};
    if (becomes_null(field)) schema["required"] = Json::array({field.name});
    return {std::move(schema), true};
  }

  static bool asks_nothing(const RuleSchema& side) { return side.schema == true; }

  static RuleSchema both(const RuleSchema& a, const RuleSchema& b) {
    RuleSchema out{a.schema, a.is_exact && b.is_exact};
    if (a.schema == false || b.schema == false) return {false, true};
    if (asks_nothing(a)) {
      out.schema = b.schema;
    } else if (!asks_nothing(b)) {
      merge_row_schema(out.schema, b.schema, "");
    }
    return out;
  }

  static RuleSchema either(const RuleSchema& a, const RuleSchema& b) {
    if (a.schema == false) return b;
    if (b.schema == false) return a;
    if (asks_nothing(a) || asks_nothing(b)) {
      return {true, (asks_nothing(a) && a.is_exact) || (asks_nothing(b) && b.is_exact)};
    }
    const bool is_exact = a.is_exact && b.is_exact;
    if (const auto value = either_of_one_field(a.schema, b.schema)) return {*value, is_exact};
    Json any = Json::array();
    for (const Json* side : {&a.schema, &b.schema}) {
      const bool is_list = side->size() == 1 && side->contains("anyOf");
      for (const Json& part : is_list ? (*side)["anyOf"] : Json::array({*side}))
        any.push_back(part);
    }
    return {{{"anyOf", std::move(any)}}, is_exact};
  }

  // `x is null or length(x) > 3` speaks of x alone.
  static std::optional<Json> either_of_one_field(const Json& a, const Json& b) {
    for (const Json* side : {&a, &b}) {
      if (!is_about_properties(*side) || (*side)["properties"].size() != 1) return std::nullopt;
    }
    const auto left = a["properties"].begin();
    const auto right = b["properties"].begin();
    if (left.key() != right.key()) return std::nullopt;
    Json value;
    if (is_null_or_met(*left, *right)) {
      value = *right;
    } else if (is_null_or_met(*right, *left)) {
      value = *left;
    } else if (is_enum(*left) && is_enum(*right)) {
      value = *left;
      for (const Json& item : (*right)["enum"]) {
        if (std::ranges::find(value["enum"], item) == value["enum"].end())
          value["enum"].push_back(item);
      }
    } else {
      Json any = Json::array();
      for (const Json& side : {*left, *right}) {
        const bool is_list = side.size() == 1 && side.contains("anyOf");
        for (const Json& part : is_list ? side["anyOf"] : Json::array({side})) any.push_back(part);
      }
      value = {{"anyOf", std::move(any)}};
    }
    return Json{{"properties", {{left.key(), std::move(value)}}}};
  }

  static bool is_enum(const Json& value) { return value.size() == 1 && value.contains("enum"); }

  // `value` asks for null, which `other` lets through anyway.
  static bool is_null_or_met(const Json& value, const Json& other) {
    static const std::set<std::string> kOfOneType = {
        "minimum",    "maximum",   "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minLength", "maxLength",        "pattern"};
    if (value != Json{{"type", "null"}}) return false;
    for (const auto& [keyword, asked] : other.items()) {
      if (keyword == "enum" && std::ranges::find(asked, Json()) != asked.end()) continue;
      if (!kOfOneType.contains(keyword)) return false;
    }
    return true;
  }

  RuleSchema binary(const Expr& expr, Ask ask) const {
    const std::string& op = expr.name;
    if (op == "and" || op == "or") {
      const RuleSchema left = lower(expr.args[0], ask);
      const RuleSchema right = lower(expr.args[1], ask);
      return (op == "and") == (ask == Ask::not_false) ? both(left, right) : either(left, right);
    }
    if (op == "is distinct from") return distinct(expr, ask == Ask::not_false);
    if (op == "is not distinct from") return distinct(expr, ask == Ask::not_true);
    if (op == "~" || op == "~*") return pattern(expr, ask);
    return comparison(expr.args[0], op, expr.args[1], ask);
  }

  RuleSchema comparison(const Expr& left, std::string_view op, const Expr& right, Ask ask) const {
    if (ask == Ask::not_true) op = negated(op);
    const RuleSchema schema = compare(left, op, right);
    return asks_nothing(schema) ? compare(right, mirrored(op), left) : schema;
  }

  // `value op literal`.
  RuleSchema compare(const Expr& value, std::string_view op, const Expr& literal) const {
    if (const Field* field = field_of(value)) {
      if (is_order(op)) return about(value, bound(*field, op, literal));
      return about(value, equality(*field, op, literal));
    }
    if (value.kind == Kind::binary && value.name == "%") return remainder(value, op, literal);
    if (value.kind == Kind::call && value.args.size() == 1) return of_call(value, op, literal);
    return kAnything;
  }

  static std::optional<Json> bound(const Field& field, std::string_view op, const Expr& literal) {
    const std::optional<std::string> text = number_in(literal);
    if (!text || !is_number(field.type.kind)) return std::nullopt;
    const std::optional<Json> number = json_number(*text);
    if (!number || !is_kept(field, *text)) return std::nullopt;
    if (op == ">=") return Json{{"minimum", *number}};
    if (op == "<=") return Json{{"maximum", *number}};
    if (op == ">") return Json{{"exclusiveMinimum", *number}};
    return Json{{"exclusiveMaximum", *number}};
  }

  // A real column rounds what it is given, and so compares otherwise than what was written.
  static bool is_kept(const Field& field, const std::string& text) {
    const double value = std::strtod(text.c_str(), nullptr);
    return field.type.kind != TypeKind::float32 || value == static_cast<float>(value);
  }

  // The literal as the JSON of the field's values; nothing where equal values may be written in
  // several ways.
  static std::optional<Json> json_of(const Field& field, const Expr& literal) {
    switch (field.type.kind) {
      case TypeKind::boolean:
        if (literal.kind == Kind::boolean) return Json(literal.text == "true");
        return std::nullopt;
      case TypeKind::text:
      case TypeKind::enumeration:
        if (literal.kind == Kind::string) return Json(literal.text);
        return std::nullopt;
      case TypeKind::int16:
      case TypeKind::int32:
      case TypeKind::int64:
      case TypeKind::float32:
      case TypeKind::float64:
      case TypeKind::decimal: {
        const std::optional<std::string> text = number_in(literal);
        return text && is_kept(field, *text) ? json_number(*text) : std::nullopt;
      }
      default:
        return std::nullopt;
    }
  }

  static std::optional<Json> equality(const Field& field, std::string_view op,
                                      const Expr& literal) {
    const std::optional<Json> value = json_of(field, literal);
    if (!value) return std::nullopt;
    if (op == "<>" && *value == "") return Json{{"minLength", 1}};
    if (op == "<>") return Json{{"not", {{"const", *value}}}};
    return one_of(field, Json::array({*value}));
  }

  // Null is let through, and so is a decimal that is written as a string.
  static Json one_of(const Field& field, Json values) {
    if (field.is_nullable) values.push_back(nullptr);
    Json schema = {{"enum", std::move(values)}};
    if (field.type.kind != TypeKind::decimal) return schema;
    return {{"anyOf", Json::array({Json{{"type", "string"}}, std::move(schema)})}};
  }

  RuleSchema in_list(const Expr& expr, Ask ask) const {
    const Field* field = field_of(expr.args[0]);
    if (field == nullptr) return kAnything;
    Json values = Json::array();
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      const std::optional<Json> value = json_of(*field, expr.args[i]);
      if (!value) return kAnything;
      values.push_back(*value);
    }
    if (ask == Ask::not_true) return about(expr.args[0], Json{{"not", {{"enum", values}}}});
    return about(expr.args[0], one_of(*field, std::move(values)));
  }

  // Null is distinct from every literal, and neither true nor false is unknown.
  RuleSchema distinct(const Expr& expr, bool is_distinct) const {
    const Field* field = field_of(expr.args[0]);
    if (field == nullptr || field->type.kind == TypeKind::decimal) return kAnything;
    const std::optional<Json> value = json_of(*field, expr.args[1]);
    if (!value) return kAnything;
    if (is_distinct) return about(expr.args[0], Json{{"not", {{"const", *value}}}});
    return present(*field, {{"const", *value}});
  }

  RuleSchema is_test(const Expr& expr, Ask ask) const {
    if (expr.name == "null") {
      const Field* field = field_of(expr.args[0]);
      if (field == nullptr) return kAnything;
      if (ask == Ask::not_true) return present(*field, {{"not", {{"type", "null"}}}});
      return about(expr.args[0], Json{{"type", "null"}});
    }
    return kAnything;  // only the database tells false from unknown
  }

  // `x % 5 = 0` of an integer.
  RuleSchema remainder(const Expr& value, std::string_view op, const Expr& literal) const {
    const std::optional<std::string> divisor = number_in(value.args[1]);
    const Field* field = field_of(value.args[0]);
    const bool is_multiple = field != nullptr && field->type.kind <= TypeKind::int64 && divisor &&
                             is_integer(*divisor) && number_in(literal) == "0" && !is_order(op);
    if (!is_multiple || divisor->starts_with('-') ||
        divisor->find_first_not_of('0') == divisor->npos)
      return kAnything;
    const std::optional<Json> number = json_number(*divisor);
    if (!number) return kAnything;
    const Json multiple = {{"multipleOf", *number}};
    if (op == "=") return about(value.args[0], multiple);
    return about(value.args[0], Json{{"not", {{"type", "integer"}, {"multipleOf", *number}}}});
  }

  // ---- texts

  static bool is_trim(const Expr& expr) {
    const std::string_view name = expr.kind == Kind::call ? expr.path.last() : std::string_view();
    return name == "trim" || name == "ltrim" || name == "rtrim" || name == "btrim";
  }

  RuleSchema of_call(const Expr& value, std::string_view op, const Expr& literal) const {
    const Expr& arg = value.args[0];
    if (is_trim(value)) {
      const bool is_empty = literal.kind == Kind::string && literal.text.empty();
      return is_empty && !is_order(op) ? blank(arg, op == "=") : kAnything;
    }
    if (value.path.last() != "length" && value.path.last() != "char_length") return kAnything;
    const std::optional<std::string> number = number_in(literal);
    if (!number || !is_integer(*number) || number->starts_with('-') || number->size() > 9)
      return kAnything;
    const long length = std::strtol(number->c_str(), nullptr, 10);
    if (is_trim(arg)) {
      if ((op == ">" || op == "<>") && length == 0) return blank(arg.args[0], false);
      if (op == ">=" && length == 1) return blank(arg.args[0], false);
      return kAnything;
    }
    const Field* field = field_of(arg);
    // The spaces that pad a char(n) are none of its length.
    if (field == nullptr || field->type.kind != TypeKind::text || field->type.is_fixed_length)
      return kAnything;
    return about(arg, length_schema(op, length));
  }

  static Json length_schema(std::string_view op, long length) {
    if (op == ">=") return {{"minLength", length}};
    if (op == ">") return {{"minLength", length + 1}};
    if (op == "<=") return {{"maxLength", length}};
    if (op == "<") {
      if (length == 0) return {{"not", {{"type", "string"}}}};
      return {{"maxLength", length - 1}};
    }
    const Json exact = {{"minLength", length}, {"maxLength", length}};
    if (op == "=") return exact;
    Json other = exact;
    other["type"] = "string";
    return {{"not", std::move(other)}};
  }

  // Nothing but spaces, or anything but that.
  RuleSchema blank(const Expr& column, bool is_blank) const {
    const Field* field = field_of(column);
    if (field == nullptr || field->type.kind != TypeKind::text) return kAnything;
    return about(column, Json{{"pattern", is_blank ? "^ *$" : "[^ ]"}});
  }

  RuleSchema matching(const Expr& column, const std::optional<std::string>& pattern,
                      Ask ask) const {
    const Field* field = field_of(column);
    if (field == nullptr || field->type.kind != TypeKind::text || !pattern) return kAnything;
    if (ask == Ask::not_false) return about(column, Json{{"pattern", *pattern}});
    Json other = {{"type", "string"}, {"pattern", *pattern}};
    // What lets texts beyond ASCII through would refuse them, turned round.
    if (pattern->ends_with(kOrBeyondAscii))
      other["allOf"] = Json::array({Json{{"pattern", "^[\\u0000-\\u007f]*$"}}});
    return about(column, Json{{"not", std::move(other)}});
  }

  RuleSchema pattern(const Expr& expr, Ask ask) const {
    return matching(expr.args[0], ecma_regex(expr.args[1].text, expr.name == "~*"), ask);
  }

  RuleSchema like(const Expr& expr, Ask ask) const {
    char escape = '\\';
    if (expr.args.size() > 2) escape = expr.args[2].text.empty() ? '\0' : expr.args[2].text[0];
    if (expr.args[1].kind != Kind::string) return kAnything;
    const auto pattern = ecma_like(expr.args[1].text, escape, expr.name == "ilike");
    return matching(expr.args[0], pattern, ask);
  }

  const ir::Entity& entity_;
  Absent absent_;
};

// The stricter of two bounds is what both ask.
bool tighten(Json& schema, const std::string& keyword, const Json& value) {
  const bool is_low =
      keyword == "minimum" || keyword == "exclusiveMinimum" || keyword == "minLength";
  const bool is_high =
      keyword == "maximum" || keyword == "exclusiveMaximum" || keyword == "maxLength";
  if (!is_low && !is_high) return false;
  Json& known = schema[keyword];
  const bool is_tighter = is_low ? known < value : value < known;
  if (is_tighter) known = value;
  return true;
}

bool intersect(Json& schema, const std::string& keyword, const Json& value) {
  if (keyword != "enum") return false;
  Json common = Json::array();
  for (const Json& item : schema["enum"]) {
    if (std::ranges::find(value, item) != value.end()) common.push_back(item);
  }
  if (common.empty()) return false;
  schema["enum"] = std::move(common);
  return true;
}

}  // namespace

bool is_about_properties(const Json& schema) {
  return schema.is_object() && schema.size() == 1 && schema.contains("properties");
}

void merge_value_schema(Json& schema, const Json& extra) {
  Json rest = Json::object();
  for (const auto& [keyword, value] : extra.items()) {
    if (!schema.contains(keyword)) {
      schema[keyword] = value;
    } else if (schema[keyword] == value || tighten(schema, keyword, value) ||
               intersect(schema, keyword, value)) {
      continue;
    } else if (keyword == "allOf") {
      for (const Json& part : value) schema["allOf"].push_back(part);
    } else {
      rest[keyword] = value;
    }
  }
  if (!rest.empty()) schema["allOf"].push_back(std::move(rest));
}

void merge_row_schema(Json& schema, const Json& extra, const std::string& words) {
  if (extra == true) return;
  Json rest = Json::object();
  if (extra == false) rest["not"] = Json::object();
  if (extra.is_object()) {
    for (const auto& [keyword, value] : extra.items()) {
      if (keyword == "properties") {
        for (const auto& [name, property] : value.items())
          merge_value_schema(schema["properties"][name], property);
      } else if (keyword == "required") {
        for (const Json& name : value) {
          if (std::ranges::find(schema["required"], name) == schema["required"].end())
            schema["required"].push_back(name);
        }
      } else if (keyword == "allOf") {
        for (const Json& part : value) merge_row_schema(schema, part, words);
      } else {
        rest[keyword] = value;
      }
    }
  }
  if (rest.empty()) return;
  Json part = Json::object();
  if (!words.empty()) part["$comment"] = words;
  part.update(rest);
  schema["allOf"].push_back(std::move(part));
}

RuleSchema rule_schema(const Expr& predicate, const ir::Entity& entity, Absent absent) {
  return Lowering(entity, absent).lower(predicate, Ask::not_false);
}

}  // namespace sqlxc::emit
