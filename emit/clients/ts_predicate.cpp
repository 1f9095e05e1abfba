#include "emit/clients/ts_predicate.h"

#include <algorithm>
#include <optional>

#include "emit/clients/ts_names.h"
#include "emit/schema/ecma_regex.h"

namespace sqlxc::emit {
namespace {

using ast::Expr;
using ir::Field;
using ir::TypeKind;
using Kind = Expr::Kind;

// What a value is in rules.ts.
enum class Sort : std::uint8_t { number, text, flag, date, moment };

struct Value {
  std::string text;
  Sort sort = Sort::text;
};

std::string_view function_of(std::string_view op) {
  if (op == "=") return "eq";
  if (op == "<>") return "ne";
  if (op == "<") return "lt";
  if (op == "<=") return "le";
  if (op == ">") return "gt";
  return "ge";
}

class Writer {
 public:
  explicit Writer(const ir::Entity& entity) : entity_(entity) {}

  // Of what is not expressible here the condition is unknown: what stands round it says the rest.
  std::string condition(const Expr& expr) {
    if (const auto text = known(expr)) return *text;
    is_exact_ = false;
    return "unknown";
  }

  bool is_exact() const { return is_exact_; }

 private:
  std::optional<std::string> known(const Expr& expr) {
    switch (expr.kind) {
      case Kind::boolean:
        return expr.text;
      case Kind::column: {
        const auto flag = value(expr);
        if (!flag || flag->sort != Sort::flag) return std::nullopt;
        return "isTrue(" + flag->text + ')';
      }
      case Kind::unary:
        if (expr.name != "not") return std::nullopt;
        return "not(" + condition(expr.args[0]) + ')';
      case Kind::binary:
        return binary(expr);
      case Kind::between: {
        const auto x = value(expr.args[0]);
        const auto low = value(expr.args[1]);
        const auto high = value(expr.args[2]);
        if (!are_alike({x, low, high})) return std::nullopt;
        return "between(" + x->text + ", " + low->text + ", " + high->text + ')';
      }
      case Kind::in_list:
        return in_list(expr);
      case Kind::like:
        return like(expr);
      case Kind::is_test:
        return is_test(expr);
      default:
        return std::nullopt;
    }
  }

  static bool are_alike(std::initializer_list<std::optional<Value>> values) {
    for (const auto& value : values) {
      if (!value || value->sort != (*values.begin())->sort) return false;
    }
    return true;
  }

  std::optional<std::string> binary(const Expr& expr) {
    const std::string& op = expr.name;
    if (op == "and" || op == "or")
      return op + '(' + condition(expr.args[0]) + ", " + condition(expr.args[1]) + ')';
    if (op == "~" || op == "~*") {
      const auto text = value(expr.args[0]);
      const auto pattern = ecma_regex(expr.args[1].text, op == "~*");
      return matching(text, pattern);
    }
    const auto left = value(expr.args[0]);
    const auto right = value(expr.args[1]);
    if (!are_alike({left, right})) return std::nullopt;
    const std::string pair = '(' + left->text + ", " + right->text + ')';
    if (op == "is distinct from") return "isDistinct" + pair;
    if (op == "is not distinct from") return "not(isDistinct" + pair + ')';
    const bool is_equality = op == "=" || op == "<>";
    const bool is_order = op == "<" || op == "<=" || op == ">" || op == ">=";
    if (!is_equality && !is_order) return std::nullopt;
    if (is_order && (left->sort == Sort::text || left->sort == Sort::flag)) return std::nullopt;
    return std::string(function_of(op)) + pair;
  }

  std::optional<std::string> in_list(const Expr& expr) {
    const auto x = value(expr.args[0]);
    std::string items;
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      const auto item = value(expr.args[i]);
      if (!are_alike({x, item})) return std::nullopt;
      items += (items.empty() ? "" : ", ") + item->text;
    }
    return "isIn(" + x->text + ", [" + items + "])";
  }

  static std::optional<std::string> matching(const std::optional<Value>& text,
                                             std::optional<std::string> pattern) {
    if (!text || text->sort != Sort::text || !pattern) return std::nullopt;
    const bool is_of_ascii = pattern->ends_with(kOrBeyondAscii);
    if (is_of_ascii) pattern->resize(pattern->size() - kOrBeyondAscii.size());
    return "matches(" + text->text + ", " + ts_regex(*pattern) + (is_of_ascii ? ", true)" : ")");
  }

  std::optional<std::string> like(const Expr& expr) {
    if (expr.args[1].kind != Kind::string) return std::nullopt;
    char escape = '\\';
    if (expr.args.size() > 2) escape = expr.args[2].text.empty() ? '\0' : expr.args[2].text[0];
    return matching(value(expr.args[0]),
                    ecma_like(expr.args[1].text, escape, expr.name == "ilike"));
  }

  std::optional<std::string> is_test(const Expr& expr) {
    if (expr.name != "null" || expr.args[0].kind != Kind::column) return std::nullopt;
    const Field* field = field_of(expr.args[0]);
    if (field == nullptr) return std::nullopt;
    return "isNull(" + ts_member("row", field->name) + ')';
  }

  // ---- values

  const Field* field_of(const Expr& column) const {
    const auto found = std::ranges::find(entity_.fields, column.path.last(), &Field::name);
    const bool is_there = found != entity_.fields.end() && !found->is_generated &&
                          !found->is_readonly && !found->is_hidden;
    return is_there ? &*found : nullptr;
  }

  std::optional<Value> value(const Expr& expr) const {
    switch (expr.kind) {
      case Kind::number:
        return Value{"exact(" + ts_string(expr.text) + ')', Sort::number};
      case Kind::string:
        return Value{ts_string(expr.text), Sort::text};
      case Kind::boolean:
        return Value{expr.text, Sort::flag};
      case Kind::typed_literal:
        return typed_literal(expr);
      case Kind::column:
        return column(expr);
      case Kind::unary: {
        const auto number = value(expr.args[0]);
        if (expr.name != "-" || !number || number->sort != Sort::number) return std::nullopt;
        return Value{"minus(exact(0), " + number->text + ')', Sort::number};
      }
      case Kind::binary:
        return arithmetic(expr);
      case Kind::call:
        return call(expr);
      default:
        return std::nullopt;
    }
  }

  static std::optional<Value> typed_literal(const Expr& expr) {
    const std::string_view type = expr.type.front().path.last();
    const std::string text = ts_string(expr.args[0].text);
    if (type == "numeric") return Value{"exact(" + text + ')', Sort::number};
    if (type == "date") return Value{"date(" + text + ')', Sort::date};
    if (type == "timestamp") return Value{"moment(" + text + ')', Sort::moment};
    return std::nullopt;
  }

  std::optional<Value> column(const Expr& expr) const {
    const Field* field = field_of(expr);
    if (field == nullptr) return std::nullopt;
    const std::string member = ts_member("row", field->name);
    switch (field->type.kind) {
      case TypeKind::int16:
      case TypeKind::int32:
      case TypeKind::int64:
      case TypeKind::float64:
        return Value{"exact(" + member + ')', Sort::number};
      case TypeKind::decimal:
        if (field->type.precision == 0) return Value{"exact(" + member + ')', Sort::number};
        return Value{"decimal(" + member + ", " + std::to_string(field->type.scale) + ')',
                     Sort::number};
      case TypeKind::text:
        if (field->type.is_fixed_length) return Value{"rtrim(text(" + member + "))", Sort::text};
        return Value{"text(" + member + ')', Sort::text};
      case TypeKind::enumeration:
        return Value{"text(" + member + ')', Sort::text};
      case TypeKind::boolean:
        return Value{"flag(" + member + ')', Sort::flag};
      case TypeKind::date:
        return Value{"date(" + member + ')', Sort::date};
      case TypeKind::timestamp:
        return Value{"moment(" + member + ')', Sort::moment};
      default:
        return std::nullopt;
    }
  }

  std::optional<Value> arithmetic(const Expr& expr) const {
    const std::string& op = expr.name;
    const std::string_view function = op == "+" ? "plus" : op == "-" ? "minus" : "times";
    if (op != "+" && op != "-" && op != "*") return std::nullopt;
    const auto left = value(expr.args[0]);
    const auto right = value(expr.args[1]);
    if (!are_alike({left, right}) || left->sort != Sort::number) return std::nullopt;
    return Value{std::string(function) + '(' + left->text + ", " + right->text + ')', Sort::number};
  }

  std::optional<Value> call(const Expr& expr) const {
    const std::string_view name = expr.path.last();
    if (expr.args.size() != 1) return std::nullopt;
    const auto argument = value(expr.args[0]);
    if (!argument || argument->sort != Sort::text) return std::nullopt;
    if (name == "length" || name == "char_length")
      return Value{"length(" + argument->text + ')', Sort::number};
    if (name == "trim" || name == "ltrim" || name == "rtrim")
      return Value{std::string(name) + '(' + argument->text + ')', Sort::text};
    return std::nullopt;
  }

  const ir::Entity& entity_;
  bool is_exact_ = true;
};

}  // namespace

TsPredicate ts_predicate(const Expr& expr, const ir::Entity& entity) {
  Writer writer(entity);
  TsPredicate out;
  out.text = writer.condition(expr);
  out.is_exact = writer.is_exact();
  out.is_empty = out.text == "unknown";
  return out;
}

}  // namespace sqlxc::emit
