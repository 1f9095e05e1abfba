#include "emit/cpp/predicate.h"

#include <charconv>
#include <cstdlib>

#include "emit/cpp/names.h"

namespace sqlxc::emit {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

// How tightly C++ binds.
enum class Level { either, both, compare, add, multiply, prefix, primary };

struct Text {
  std::string text;
  Level level = Level::primary;
};

bool is_null_test(const Expr& expr) { return expr.kind == Kind::is_test && expr.name == "null"; }

// Of the calls that are conditions, those that do not give a Tri.
bool gives_value(const Expr& expr) {
  if (expr.kind != Kind::call) return false;
  const std::string_view name = expr.path.last();
  return name == "coalesce" || name == "nullif" || name == "case_when";
}

class Writer {
 public:
  Writer(std::string_view row, const std::function<std::string(std::string_view)>& column)
      : row_(row), column_(column) {}

  CppPredicate run(const Expr& expr) {
    CppPredicate out;
    out.text = write(expr).text;
    out.is_value = expr.kind == Kind::column || gives_value(expr);
    if (expr.kind == Kind::boolean) out.text = expr.text == "true" ? "Tri::yes" : "Tri::no";
    out.regexes = std::move(regexes_);
    return out;
  }

 private:
  std::string wrapped(const Expr& expr, Level least) {
    Text inner = write(expr);
    return inner.level < least ? '(' + inner.text + ')' : inner.text;
  }

  std::string list(const std::vector<Expr>& args) {
    std::string out;
    for (const Expr& arg : args) {
      if (!out.empty()) out += ", ";
      out += write(arg).text;
    }
    return out;
  }

  Text call(std::string_view function, const std::vector<Expr>& args) {
    return {std::string(function) + '(' + list(args) + ')'};
  }

  Text write(const Expr& expr) {
    switch (expr.kind) {
      case Kind::boolean:
        return {expr.text};
      case Kind::null_literal:
        return {"nullptr"};
      case Kind::number:
        return number(expr.text);
      case Kind::string:
        return {cpp_string(expr.text)};
      case Kind::typed_literal:
        return typed_literal(expr);
      case Kind::column:
        return {std::string(row_) + '[' + column_(expr.path.last()) + ']'};
      case Kind::unary:
        if (expr.name == "not" && is_null_test(expr.args[0]))
          return call("is_not_null", expr.args[0].args);
        return {(expr.name == "not" ? "!" : "-") + wrapped(expr.args[0], Level::primary),
                Level::prefix};
      case Kind::binary:
        return binary(expr);
      case Kind::between:
        return call("between", expr.args);
      case Kind::in_list:
        return call("in", expr.args);
      case Kind::like:
        return like(expr);
      case Kind::is_test:
        return call("is_" + expr.name, expr.args);
      case Kind::call:
        return call(expr.path.last(), expr.args);
      default:
        std::abort();  // the passes make no other
    }
  }

  static Text number(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_integer = error == std::errc() && end == text.data() + text.size();
    if (!is_integer) return {"decimal(" + cpp_string(text) + ')'};
    return {std::to_string(value)};
  }

  static Text typed_literal(const Expr& expr) {
    const std::string_view type = expr.type.front().path.last();
    const std::string_view function = type == "numeric" ? "decimal" : type;
    return {std::string(function) + '(' + cpp_string(expr.args[0].text) + ')'};
  }

  Text like(const Expr& expr) {
    std::string out = expr.name + '(' + write(expr.args[0]).text + ", " + write(expr.args[1]).text;
    if (expr.args.size() > 2) {
      const std::string& escape = expr.args[2].text;
      out += escape.empty() ? ", '\\0'" : escape == "'" ? ", '\\''" : ", '" + escape + "'";
    }
    return {out + ')'};
  }

  Text regex(const Expr& expr) {
    const std::string pattern = cpp_string(expr.args[1].text);
    regexes_.push_back(expr.name == "~*" ? pattern + ", true" : pattern);
    const std::string number = regexes_.size() > 1 ? std::to_string(regexes_.size()) : "";
    return {"matches(" + write(expr.args[0]).text + ", kPattern" + number + ')'};
  }

  Text infix(const Expr& expr, std::string_view op, Level level) {
    const Level right = static_cast<Level>(static_cast<int>(level) + 1);
    // && and || are associative; the others are read from the left.
    const bool is_logic = level <= Level::both;
    const Level left = level == Level::compare ? right : level;
    // Patterns are numbered as they are read.
    std::string out = wrapped(expr.args[0], left) + ' ' + std::string(op) + ' ';
    out += wrapped(expr.args[1], is_logic ? level : right);
    return {std::move(out), level};
  }

  Text binary(const Expr& expr) {
    const std::string& op = expr.name;
    if (op == "or") return either(expr);
    if (op == "and") return infix(expr, "&&", Level::both);
    if (op == "=") return infix(expr, "==", Level::compare);
    if (op == "<>") return infix(expr, "!=", Level::compare);
    if (op == "is distinct from") return call("is_distinct", expr.args);
    if (op == "is not distinct from")
      return {'!' + call("is_distinct", expr.args).text, Level::prefix};
    if (op == "~" || op == "~*") return regex(expr);
    if (op == "||") return call("concat", expr.args);
    if (op == "+" || op == "-") return infix(expr, op, Level::add);
    if (op == "*" || op == "/" || op == "%") return infix(expr, op, Level::multiply);
    return infix(expr, op, Level::compare);
  }

  // Compilers ask for parentheses round && inside ||.
  Text either(const Expr& expr) {
    std::string out;
    for (const Expr& arg : expr.args) {
      Text inner = write(arg);
      if (!out.empty()) out += " || ";
      out += inner.level == Level::both ? '(' + inner.text + ')' : inner.text;
    }
    return {std::move(out), Level::either};
  }

  std::string_view row_;
  const std::function<std::string(std::string_view)>& column_;
  std::vector<std::string> regexes_;
};

}  // namespace

CppPredicate print_predicate(const Expr& expr, std::string_view row,
                             const std::function<std::string(std::string_view field)>& column) {
  return Writer(row, column).run(expr);
}

}  // namespace sqlxc::emit
