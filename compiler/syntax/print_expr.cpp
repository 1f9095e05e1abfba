#include <algorithm>
#include <array>
#include <utility>

#include "compiler/syntax/print.h"
#include "compiler/syntax/print_writer.h"

// Expressions and windows, with as few parentheses as keep their shape in every dialect.
namespace sqlxc::syntax::printing {
namespace {

using ast::Expr;
using Kind = Expr::Kind;

constexpr std::array<std::string_view, 13> kComparisons = {"=",
                                                           "<>",
                                                           "!=",
                                                           "<",
                                                           ">",
                                                           "<=",
                                                           ">=",
                                                           "==",
                                                           "<=>",
                                                           "is",
                                                           "is not",
                                                           "is distinct from",
                                                           "is not distinct from"};
constexpr std::array<std::string_view, 5> kChained = {"||", "->", "->>", "#>", "#>>"};
constexpr std::array<std::string_view, 5> kPrefixes = {"-", "+", "~", "!", "binary"};

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::ranges::find(names, name) != names.end();
}

Level above(Level level) { return static_cast<Level>(static_cast<int>(level) + 1); }

Level binary_level(std::string_view name) {
  if (name == "or") return Level::or_;
  if (name == "xor") return Level::xor_;
  if (name == "and") return Level::and_;
  if (is_one_of(name, kComparisons)) return Level::comparison;
  if (name == "+" || name == "-") return Level::additive;
  if (name == "*" || name == "/" || name == "%" || name == "div" || name == "mod") {
    return Level::multiplicative;
  }
  return name == "^" ? Level::power : Level::other;
}

bool is_prefix_cast(const Writer& out, const Expr& expr) {
  return expr.text != "::" || !out.is(Dialect::postgres);
}

Level level_of(const Writer& out, const Expr& expr) {
  switch (expr.kind) {
    case Kind::binary:
      return binary_level(expr.name);
    case Kind::unary:
      if (expr.name == "not") return Level::not_;
      return is_one_of(expr.name, kPrefixes) ? Level::unary : Level::other;
    case Kind::number:
      return expr.text.starts_with('-') ? Level::unary : Level::primary;
    case Kind::is_test:
    case Kind::between:
    case Kind::in_list:
    case Kind::in_query:
    case Kind::like:
    case Kind::quantified:
      return Level::comparison;
    case Kind::collate:
    case Kind::at_time_zone:
      return Level::unary;
    case Kind::cast:
      return is_prefix_cast(out, expr) ? Level::primary : Level::postfix;
    case Kind::subscript:
    case Kind::field:
      return Level::postfix;
    case Kind::assignment:
      return Level::assignment;
    case Kind::opaque:
      return Level::lowest;
    default:
      return Level::primary;
  }
}

const Expr& argument(const Expr& expr, std::size_t i) {
  static const Expr kNull;
  return i < expr.args.size() ? expr.args[i] : kNull;
}

void print_binary(Writer& out, const Expr& expr) {
  const Level level = binary_level(expr.name);
  Level left = level;
  Level right = above(level);
  if (level == Level::comparison) left = right = Level::other;
  if (level == Level::other) {
    const Expr& first = argument(expr, 0);
    const bool is_chain = first.kind == Kind::binary && is_one_of(first.name, kChained) &&
                          is_one_of(expr.name, kChained);
    left = is_chain ? Level::other : Level::unary;
    right = Level::unary;
  }
  print_expr(out, argument(expr, 0), left);
  // JSON paths read as one word.
  const bool is_tight = expr.name.starts_with("->") || expr.name.starts_with("#>");
  out << (is_tight ? "" : " ") << expr.name << (is_tight ? "" : " ");
  print_expr(out, argument(expr, 1), right);
}

void print_unary(Writer& out, const Expr& expr) {
  const Expr& of = argument(expr, 0);
  out << expr.name;
  if (expr.name == "not") {
    out << " ";
    return print_expr(out, of, Level::other);
  }
  if (!is_one_of(expr.name, kPrefixes) || expr.name == "binary") out << " ";
  print_expr(out, of, is_one_of(expr.name, kPrefixes) ? Level::postfix : Level::unary);
}

void print_like(Writer& out, const Expr& expr) {
  print_expr(out, argument(expr, 0), Level::other);
  out << (expr.is_negated ? " not " : " ") << expr.name << " ";
  print_expr(out, argument(expr, 1), Level::other);
  if (expr.args.size() < 3) return;
  out << " escape ";
  print_expr(out, expr.args[2], Level::other);
}

void print_in(Writer& out, const Expr& expr) {
  print_expr(out, argument(expr, 0), Level::other);
  out << (expr.is_negated ? " not in " : " in ");
  if (expr.kind == Kind::in_query) return print_subquery(out, expr.query.front());
  out << "(";
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    if (i > 1) out << ", ";
    print_expr(out, expr.args[i]);
  }
  out << ")";
}

void print_between(Writer& out, const Expr& expr) {
  print_expr(out, argument(expr, 0), Level::other);
  out << (expr.is_negated ? " not between " : " between ");
  if (expr.is_symmetric) out << "symmetric ";
  print_expr(out, argument(expr, 1), Level::other);
  out << " and ";
  print_expr(out, argument(expr, 2), Level::other);
}

void print_case(Writer& out, const Expr& expr) {
  std::size_t at = 0;
  out << "case";
  if (expr.has_operand) {
    out << " ";
    print_expr(out, argument(expr, at++));
  }
  const std::size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  for (; at + 1 < end; at += 2) {
    out << " when ";
    print_expr(out, expr.args[at]);
    out << " then ";
    print_expr(out, expr.args[at + 1]);
  }
  if (expr.has_else) {
    out << " else ";
    print_expr(out, expr.args.back());
  }
  out << " end";
}

void print_cast(Writer& out, const Expr& expr) {
  if (!is_prefix_cast(out, expr)) {
    print_expr(out, argument(expr, 0), Level::postfix);
    out << "::";
    return print_type(out, expr.type.front());
  }
  const bool is_convert = expr.text == "convert" && out.is(Dialect::mysql);
  out << (is_convert ? "convert(" : "cast(");
  print_expr(out, argument(expr, 0));
  out << (is_convert ? ", " : " as ");
  print_type(out, expr.type.front());
  out << ")";
}

void print_subscript(Writer& out, const Expr& expr) {
  const Kind base = argument(expr, 0).kind;
  const bool is_bare = base == Kind::column || base == Kind::parameter || base == Kind::subscript;
  print_expr(out, argument(expr, 0), is_bare ? Level::lowest : above(Level::primary));
  out << "[";
  const auto bound = [&](std::size_t i) {
    if (argument(expr, i).kind != Kind::default_value) print_expr(out, argument(expr, i));
  };
  bound(1);
  if (expr.is_slice) {
    out << ":";
    bound(2);
  }
  out << "]";
}

void print_quantified(Writer& out, const Expr& expr) {
  print_expr(out, argument(expr, 0), Level::other);
  out << " " << expr.name << " " << expr.text << " ";
  if (!expr.query.empty()) return print_subquery(out, expr.query.front());
  out << "(";
  print_expr(out, argument(expr, 1));
  out << ")";
}

void print_match(Writer& out, const Expr& expr) {
  out << "match (";
  for (std::size_t i = 0; i + 1 < expr.args.size(); ++i) {
    if (i > 0) out << ", ";
    print_expr(out, expr.args[i]);
  }
  out << ") against (";
  if (!expr.args.empty()) print_expr(out, expr.args.back());
  if (!expr.name.empty()) out << " " << expr.name;
  out << ")";
}

// A function keeps its plain name even where it is a word of the language: left, replace, coalesce.
void print_call_name(Writer& out, const ast::Path& path) {
  if (path.names.size() == 1 && !path.names.front().quoted) {
    const std::string& name = path.names.front().text;
    if (is_reserved(name, out.dialect()) || print_name(name, out.dialect()) == name) {
      out << name;
      return;
    }
  }
  out.path(path);
}

bool has_text(const Expr& expr, std::initializer_list<std::string_view> texts) {
  return expr.kind == Kind::string && std::ranges::find(texts, expr.text) != texts.end();
}

// extract(year from x), trim(both 'x' from y), position(a in b): words between the arguments.
bool print_worded_call(Writer& out, const Expr& expr) {
  const std::string_view name = expr.path.last();
  const auto& args = expr.args;
  if (expr.path.names.size() != 1) return false;
  if (name == "extract" && args.size() == 2 && args[0].kind == Kind::string) {
    out << "extract(" << args[0].text << " from ";
    print_expr(out, args[1]);
  } else if (name == "trim" && args.size() >= 2 &&
             has_text(args[0], {"both", "leading", "trailing"})) {
    out << "trim(" << args[0].text << " ";
    if (args.size() == 3) {
      print_expr(out, args[1]);
      out << " ";
    }
    out << "from ";
    print_expr(out, args.back());
  } else if (name == "position" && args.size() == 2) {
    out << "position(";
    print_expr(out, args[0], Level::other);
    out << " in ";
    print_expr(out, args[1], Level::other);
  } else {
    return false;
  }
  out << ")";
  return true;
}

void print_call_arguments(Writer& out, const Expr& expr) {
  out << "(";
  if (expr.is_distinct) out << "distinct ";
  if (expr.is_star) out << "*";
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (i > 0) out << ", ";
    if (expr.is_variadic && i + 1 == expr.args.size()) out << "variadic ";
    print_expr(out, expr.args[i]);
  }
  if (!expr.order_by.empty()) {
    out << " order by ";
    print_order(out, expr.order_by);
  }
  if (!expr.separator.empty()) {
    out << " separator ";
    out.string(expr.separator);
  }
  out << ")";
}

void print_call(Writer& out, const Expr& expr) {
  if (expr.text == "niladic") {
    out << expr.path.last();
  } else if (!print_worded_call(out, expr)) {
    print_call_name(out, expr.path);
    print_call_arguments(out, expr);
  }
  if (!expr.within_group.empty()) {
    out << " within group (order by ";
    print_order(out, expr.within_group);
    out << ")";
  }
  if (!expr.filter.empty()) {
    out << " filter (where ";
    print_expr(out, expr.filter.front());
    out << ")";
  }
  if (expr.over.empty()) return;
  out << " over ";
  if (expr.over.front().is_reference) return out.name(expr.over.front().name);
  print_window(out, expr.over.front());
}

void print_string_literal(Writer& out, const Expr& expr) {
  // PostgreSQL's E'' and U&'' were decoded; what is left is said without them.
  if (out.is(Dialect::mysql)) out << expr.name;
  out.string(expr.text);
}

void print_typed_literal(Writer& out, const Expr& expr) {
  ast::TypeName type = expr.type.front();
  const std::string fields = std::exchange(type.interval_fields, {});
  print_type(out, type);
  out << " ";
  print_expr(out, argument(expr, 0));
  if (!fields.empty()) out << " " << fields;
}

// SQLite reads "x" as a string where no column has that name: quotes that were written stay.
void print_column_name(Writer& out, const Expr& expr) {
  const auto& names = expr.path.names;
  if (out.is(Dialect::sqlite) && names.size() == 1 && names.front().quoted &&
      print_name(names.front().text, Dialect::sqlite).front() != '"') {
    out << "\"" << names.front().text << "\"";
    return;
  }
  out.path(expr.path);
}

void print_bare(Writer& out, const Expr& expr) {
  switch (expr.kind) {
    case Kind::null_literal:
      out << "null";
      return;
    case Kind::boolean:
    case Kind::number:
    case Kind::parameter:
    case Kind::opaque:
      out << expr.text;
      return;
    case Kind::string:
      return print_string_literal(out, expr);
    case Kind::bit_string:
      out << expr.name << "'" << expr.text << "'";
      return;
    case Kind::typed_literal:
      return print_typed_literal(out, expr);
    case Kind::interval:
      out << "interval ";
      print_expr(out, argument(expr, 0), Level::postfix);
      out << " " << expr.name;
      return;
    case Kind::column:
      return print_column_name(out, expr);
    case Kind::star:
      if (!expr.path.is_empty()) {
        out.path(expr.path);
        out << ".";
      }
      out << "*";
      return;
    case Kind::default_value:
      out << "default";
      return;
    case Kind::unary:
      return print_unary(out, expr);
    case Kind::binary:
      return print_binary(out, expr);
    case Kind::is_test:
      print_expr(out, argument(expr, 0), Level::other);
      out << (expr.is_negated ? " is not " : " is ") << expr.name;
      return;
    case Kind::between:
      return print_between(out, expr);
    case Kind::in_list:
    case Kind::in_query:
      return print_in(out, expr);
    case Kind::like:
      return print_like(out, expr);
    case Kind::quantified:
      return print_quantified(out, expr);
    case Kind::case_when:
      return print_case(out, expr);
    case Kind::cast:
      return print_cast(out, expr);
    case Kind::call:
      return print_call(out, expr);
    case Kind::row:
      out << expr.text << "(";
      print_exprs(out, expr.args);
      out << ")";
      return;
    case Kind::array:
      out << "array";
      if (!expr.query.empty()) return print_subquery(out, expr.query.front());
      out << "[";
      print_exprs(out, expr.args);
      out << "]";
      return;
    case Kind::subscript:
      return print_subscript(out, expr);
    case Kind::field:
      print_expr(out, argument(expr, 0),
                 argument(expr, 0).kind == Kind::field ? Level::lowest : above(Level::primary));
      out << ".";
      if (expr.name == "*") {
        out << "*";
      } else {
        out.name(expr.name);
      }
      return;
    case Kind::exists:
      out << "exists ";
      return print_subquery(out, expr.query.front());
    case Kind::subquery:
      return print_subquery(out, expr.query.front());
    case Kind::collate:
      print_expr(out, argument(expr, 0),
                 argument(expr, 0).kind == Kind::collate ? Level::unary : Level::postfix);
      out << " collate ";
      return out.path(expr.path);
    case Kind::at_time_zone:
      print_expr(out, argument(expr, 0),
                 argument(expr, 0).kind == Kind::at_time_zone ? Level::unary : Level::postfix);
      out << " at time zone ";
      return print_expr(out, argument(expr, 1), Level::postfix);
    case Kind::assignment:
      out << expr.text << (expr.text.starts_with('@') ? " := " : " => ");
      return print_expr(out, argument(expr, 0), Level::assignment);
    case Kind::match_against:
      return print_match(out, expr);
    case Kind::values_function:
      out << "values(";
      out.path(expr.path);
      out << ")";
      return;
    case Kind::raise:
      out << "raise(" << expr.name;
      if (!expr.args.empty()) {
        out << ", ";
        print_exprs(out, expr.args);
      }
      out << ")";
      return;
  }
}

}  // namespace

void print_expr(Writer& out, const Expr& expr, Level level) {
  const bool needs_parentheses = level_of(out, expr) < level;
  if (needs_parentheses) out << "(";
  print_bare(out, expr);
  if (needs_parentheses) out << ")";
}

void print_exprs(Writer& out, const std::vector<Expr>& exprs) {
  out.list(exprs, [&](const Expr& expr) { print_expr(out, expr); });
}

void print_window(Writer& out, const ast::Window& window) {
  std::string separator;
  const auto part = [&](std::string_view text) {
    out << separator << text;
    separator = " ";
  };
  out << "(";
  if (!window.name.empty()) part(print_name(window.name, out.dialect()));
  if (!window.partition_by.empty()) {
    part("partition by ");
    print_exprs(out, window.partition_by);
  }
  if (!window.order_by.empty()) {
    part("order by ");
    print_order(out, window.order_by);
  }
  if (!window.frame.empty()) part(window.frame);
  out << ")";
}

}  // namespace sqlxc::syntax::printing
