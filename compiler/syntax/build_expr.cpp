#include <algorithm>
#include <array>

#include "compiler/syntax/build.h"

// The grammar reads an expression as operands and operators in a row; here they get their
// precedence, which differs by dialect: PostgreSQL manual 4.1.6, MySQL manual 12.4.1, SQLite's
// lang_expr.
namespace sqlxc::syntax::build {

namespace {

using ast::Expr;
using Kind = Expr::Kind;

struct Operator {
  int level = 0;  // higher binds tighter
  std::string name;
  bool is_negated = false;
  bool is_between = false;
  bool is_like = false;
  bool is_symmetric = false;
};

// Levels: 1 :=, 2 or, 3 xor, 4 and, 5 not, 6 is, 7 comparison, 8 between/in/like, 9 other
// operators, 10 + -, 11 * / %, 12 ^, 13 at time zone, 14 collate, 15 unary.
constexpr int kNot = 5;
constexpr int kIs = 6;
constexpr int kComparison = 7;
constexpr int kLike = 8;
constexpr int kOther = 9;
constexpr int kAdd = 10;
constexpr int kMultiply = 11;
constexpr int kPower = 12;
constexpr int kTimeZone = 13;
constexpr int kCollate = 14;
constexpr int kUnary = 15;

bool is_comparison(std::string_view op) {
  return op == "<" || op == ">" || op == "=" || op == "<=" || op == ">=" || op == "<>" ||
         op == "!=" || op == "==" || op == "<=>";
}

int level_of_symbol(std::string_view op, Dialect dialect) {
  switch (dialect) {
    case Dialect::postgres:
      if (is_comparison(op)) return kComparison;
      if (op == "+" || op == "-") return kAdd;
      if (op == "*" || op == "/" || op == "%") return kMultiply;
      if (op == "^") return kPower;
      return kOther;
    case Dialect::mysql:
      if (op == "||") return 2;
      if (op == "&&") return 4;
      if (is_comparison(op)) return kComparison;
      if (op == "|") return kLike + 1;
      if (op == "&") return kLike + 1;
      if (op == "<<" || op == ">>") return kOther;
      if (op == "+" || op == "-") return kAdd;
      if (op == "*" || op == "/" || op == "%") return kMultiply;
      if (op == "^") return kPower;
      return kUnary + 1;  // -> and ->>
    case Dialect::sqlite:
      if (op == "=" || op == "==" || op == "<>" || op == "!=") return kIs;
      if (is_comparison(op)) return kLike;
      if (op == "&" || op == "|" || op == "<<" || op == ">>") return kOther;
      if (op == "+" || op == "-") return kAdd;
      if (op == "*" || op == "/" || op == "%") return kMultiply;
      return kPower;  // ||, ->, ->>
  }
  return kOther;
}

Operator infix_of(Node node) {
  const Dialect dialect = node.context().dialect;
  Operator op;
  op.is_negated = node.has(sym::NOT_OP);
  const Node first = op.is_negated ? node.children()[1] : node.first();
  const std::uint16_t type = first.token_type();
  op.name = lower_case(first.word());
  switch (type) {
    case sym::AND:
      op.level = 4;
      return op;
    case sym::OR:
      op.level = 2;
      return op;
    case sym::XOR:
      op.level = 3;
      return op;
    case sym::DIV:
    case sym::MOD:
      op.level = kMultiply;
      return op;
    case sym::ASSIGN:
      op.level = 1;
      return op;
    case sym::BETWEEN:
      op.is_between = true;
      op.is_symmetric = node.has(sym::SYMMETRIC);
      // SQLite: as = and LIKE.
      op.level = dialect == Dialect::sqlite ? kIs : kLike;
      return op;
    case sym::LIKE:
    case sym::ILIKE:
    case sym::GLOB:
    case sym::MATCH_OP:
    case sym::REGEXP:
    case sym::RLIKE:
    case sym::SIMILAR:
      op.is_like = true;
      if (type == sym::SIMILAR) op.name = "similar to";
      op.level = dialect == Dialect::sqlite ? kIs : kLike;
      return op;
    case sym::IS:
      op.is_negated = node.has(sym::NOT);
      op.name = node.has(sym::DISTINCT)
                    ? (op.is_negated ? "is not distinct from" : "is distinct from")
                    : "is";
      op.level = dialect == Dialect::postgres ? kIs : dialect == Dialect::mysql ? kComparison : kIs;
      return op;
    case sym::AT:
      op.name = "at time zone";
      op.level = kTimeZone;
      return op;
    case sym::SOUNDS:
      op.name = "sounds like";
      op.level = kComparison;
      return op;
    case sym::MEMBER:
      op.name = "member of";
      op.level = kComparison;
      return op;
    case sym::OVERLAPS:
      op.level = kLike;
      return op;
    case sym::OPERATOR:
      op.name = node.words();
      op.level = kOther;
      return op;
    case sym::ESCAPE:
      op.level = kLike;
      return op;
    default:
      op.level = level_of_symbol(op.name, dialect);
      return op;
  }
}

class Climber {
 public:
  explicit Climber(std::vector<Node> items) : items_(std::move(items)) {}

  Expr climb(int least);

 private:
  bool is_done() const { return at_ >= items_.size(); }
  Expr operand();
  Expr prefixed(const std::vector<Node>& parts, std::size_t at);
  Expr with_suffix(Expr base, Node suffix);
  Expr combined(Expr left, const Operator& op, SourceRange from);
  int suffix_level(Node suffix) const;

  std::vector<Node> items_;
  std::size_t at_ = 0;
};

Expr make(Kind kind, SourceRange range) {
  Expr made;
  made.kind = kind;
  made.range = range;
  return made;
}

Expr with_tight(Expr base, Node tight) {
  const SourceRange range = join(base.range, tight.range());
  switch (tight.first().token_type()) {
    case sym::TYPECAST: {
      Expr made = make(Kind::cast, range);
      made.text = "::";
      made.type.push_back(type(tight.find(sym::RuleTypeName)));
      made.args.push_back(std::move(base));
      return made;
    }
    case sym::LBRACKET: {
      Expr made = make(Kind::subscript, range);
      made.args.push_back(std::move(base));
      bool is_behind_colon = false;
      const Node subscript = tight.find(sym::RuleSubscript);
      made.is_slice = subscript.has(sym::COLON);
      if (made.is_slice) made.args.resize(3, make(Kind::default_value, range));
      for (const Node part : subscript) {
        if (part.is_token(sym::COLON)) {
          is_behind_colon = true;
        } else if (made.is_slice) {
          made.args[is_behind_colon ? 2 : 1] = expr(part);
        } else {
          made.args.push_back(expr(part));
        }
      }
      return made;
    }
    default: {
      Expr made = make(Kind::field, range);
      const Node of = tight.last();
      made.name = of.is(sym::RuleIdentifier) ? name(of).text : "*";
      made.args.push_back(std::move(base));
      return made;
    }
  }
}

int Climber::suffix_level(Node suffix) const {
  switch (suffix.first().token_type()) {
    case sym::COLLATE:
      return kCollate;
    case sym::ISNULL:
    case sym::NOTNULL:
      return kIs;
    default:
      return suffix.context().dialect == Dialect::sqlite ? kIs : kLike;
  }
}

// The prefixes from `at` on, then the primary with what clings to it; -x::int is -(x::int).
Expr Climber::prefixed(const std::vector<Node>& parts, std::size_t at) {
  const Node part = parts[at];
  if (!part.is(sym::RulePrefix)) {
    Expr made = primary(part);
    for (std::size_t i = at + 1; i < parts.size(); ++i)
      made = with_tight(std::move(made), parts[i]);
    return made;
  }
  Expr made = make(Kind::unary, part.range());
  made.name = lower_case(part.text());
  made.args.push_back(prefixed(parts, at + 1));
  made.range = join(made.range, made.args[0].range);
  return made;
}

// An operand with its prefixes; a prefix takes in what binds tighter than itself: NOT a = b, - a
// COLLATE c, ! a.
Expr Climber::operand() {
  const Node node = items_[at_++];
  const std::vector<Node> parts = node.children();
  std::size_t prefixes = 0;
  while (prefixes < parts.size() && parts[prefixes].is(sym::RulePrefix)) ++prefixes;
  const std::vector<Node> core(parts.begin() + static_cast<std::ptrdiff_t>(prefixes), parts.end());
  Expr made = prefixed(core, 0);
  for (std::size_t i = prefixes; i-- > 0;) {
    const Node prefix = parts[i];
    const Dialect dialect = node.context().dialect;
    const std::uint16_t type = prefix.token_type();
    int level = kUnary;
    if (type == sym::NOT) level = kNot;
    if (type == sym::OP && dialect == Dialect::postgres) level = kOther;
    if (type == sym::OP && dialect == Dialect::sqlite) level = kUnary;
    // What follows belongs to the prefix as far as it binds tighter.
    if (level < kUnary) {
      made = [&] {
        Expr left = std::move(made);
        while (at_ < items_.size()) {
          const Node item = items_[at_];
          if (item.is(sym::RuleSuffix)) {
            if (suffix_level(item) <= level) break;
            ++at_;
            left = with_suffix(std::move(left), item);
            continue;
          }
          const Operator op = infix_of(item);
          if (item.token_type() == sym::BETWEEN_AND || op.level <= level ||
              item.token_type() == sym::ESCAPE)
            break;
          ++at_;
          left = combined(std::move(left), op, item.range());
        }
        return left;
      }();
    }
    Expr outer = make(Kind::unary, prefix.range());
    outer.name = lower_case(prefix.text());
    outer.range = join(prefix.range(), made.range);
    outer.args.push_back(std::move(made));
    made = std::move(outer);
  }
  return made;
}

Expr Climber::with_suffix(Expr base, Node suffix) {
  const SourceRange range = join(base.range, suffix.range());
  const bool is_negated = suffix.has(sym::NOT_OP);
  const std::uint16_t word = suffix.first().token_type();
  if (word == sym::COLLATE) {
    Expr made = make(Kind::collate, range);
    const Node of = suffix.find(sym::RuleCollationName);
    made.path.range = of.range();
    for (const Node part : of) {
      if (!part.is_token(sym::DOT))
        made.path.names.push_back(name_of_token(part.context(), part.first_token()));
    }
    made.args.push_back(std::move(base));
    return made;
  }
  const Node tail = suffix.find(sym::RuleInTail);
  if (!tail) {
    Expr made = make(Kind::is_test, range);
    made.name = "null";
    made.is_negated = word != sym::ISNULL;
    made.args.push_back(std::move(base));
    return made;
  }
  Expr made = make(Kind::in_list, range);
  made.is_negated = is_negated;
  made.args.push_back(std::move(base));
  if (const Node of = tail.find(sym::RuleQuery)) {
    made.kind = Kind::in_query;
    made.query.push_back(query(of));
  } else if (const Node table = tail.find(sym::RulePath)) {
    made.kind = Kind::in_query;
    ast::Query from;
    from.kind = ast::Query::Kind::table;
    from.table = path(table);
    from.range = table.range();
    made.query.push_back(std::move(from));
  } else if (const Node list = tail.find(sym::RuleExprList)) {
    for (Expr& item : exprs(list)) made.args.push_back(std::move(item));
  } else if (const Node parameter = tail.find_token(sym::PARAMETER)) {
    Expr one = make(Kind::parameter, parameter.range());
    one.text = std::string(parameter.text());
    made.args.push_back(std::move(one));
  }
  return made;
}

// x IS NULL, read as x IS y.
bool is_test_word(const Expr& right) {
  return right.kind == Kind::null_literal || right.kind == Kind::boolean ||
         (right.kind == Kind::column && right.path.names.size() == 1 &&
          !right.path.names[0].quoted &&
          (is_word(right.path.last(), "unknown") || is_word(right.path.last(), "document") ||
           lower_case(right.path.last()).ends_with("normalized")));
}

Expr Climber::combined(Expr left, const Operator& op, SourceRange) {
  if (op.is_between) {
    Expr made = make(Kind::between, left.range);
    made.is_negated = op.is_negated;
    made.is_symmetric = op.is_symmetric;
    made.args.push_back(std::move(left));
    made.args.push_back(climb(0));
    if (!is_done() && items_[at_].token_type() == sym::BETWEEN_AND) {
      ++at_;
      made.args.push_back(climb(op.level + 1));
    }
    made.range = join(made.range, made.args.back().range);
    return made;
  }
  // SQLite's = and IS chain; a comparison's right side binds tighter.
  Expr right = climb(op.level + 1);
  Expr made = make(Kind::binary, join(left.range, right.range));
  made.name = op.name;
  if (op.is_like) {
    made.kind = Kind::like;
    made.is_negated = op.is_negated;
    made.args.push_back(std::move(left));
    made.args.push_back(std::move(right));
    if (!is_done() && items_[at_].token_type() == sym::ESCAPE) {
      ++at_;
      made.args.push_back(climb(op.level + 1));
    }
    return made;
  }
  if (op.name == "is") {
    if (is_test_word(right)) {
      made.kind = Kind::is_test;
      made.is_negated = op.is_negated;
      made.name = right.kind == Kind::null_literal ? "null"
                  : right.kind == Kind::boolean    ? right.text
                                                   : lower_case(right.path.last());
      made.args.push_back(std::move(left));
      return made;
    }
    if (op.is_negated) made.name = "is not";
  }
  if (op.name == "at time zone") made.kind = Kind::at_time_zone;
  if (op.name == ":=" && left.kind == Kind::parameter) {
    made.kind = Kind::assignment;
    made.text = left.text;
    made.args.push_back(std::move(right));
    return made;
  }
  if (right.kind == Kind::quantified && right.args.size() <= 1 && right.name.empty()) {
    right.name = op.name;
    right.range = made.range;
    right.args.insert(right.args.begin(), std::move(left));
    return right;
  }
  made.args.push_back(std::move(left));
  made.args.push_back(std::move(right));
  return made;
}

Expr Climber::climb(int least) {
  if (is_done()) return {};
  Expr left = operand();
  while (!is_done()) {
    const Node item = items_[at_];
    if (item.is(sym::RuleSuffix)) {
      if (suffix_level(item) < least) break;
      ++at_;
      left = with_suffix(std::move(left), item);
      continue;
    }
    if (item.token_type() == sym::BETWEEN_AND || item.token_type() == sym::ESCAPE) break;
    const Operator op = infix_of(item);
    if (op.level < least) break;
    ++at_;
    left = combined(std::move(left), op, item.range());
  }
  return left;
}

}  // namespace

ast::Expr expr(Node node) { return Climber(node.children()).climb(0); }

ast::Expr default_value(Node node) { return Climber(node.children()).climb(0); }

std::vector<ast::Expr> exprs(Node list) {
  std::vector<ast::Expr> made;
  if (!list) return made;
  for (const Node child : list) {
    if (child.is(sym::RuleExpr)) made.push_back(expr(child));
  }
  return made;
}

std::vector<ast::OrderItem> order_by(Node node) {
  std::vector<ast::OrderItem> made;
  if (!node) return made;
  for (const Node child : node) {
    if (!child.is(sym::RuleOrderItem)) continue;
    ast::OrderItem item;
    item.expr = expr(child.first());
    item.is_descending = child.has(sym::DESC);
    if (child.has(sym::NULLS_LA)) item.nulls_first = child.has(sym::FIRST);
    if (const Node symbol = child.find(sym::RuleOperatorSymbol))
      item.operator_class = std::string(symbol.text());
    made.push_back(std::move(item));
  }
  return made;
}

ast::Window window(Node node) {
  ast::Window made;
  for (const Node child : node) {
    if (child.is(sym::RuleWindowName))
      made.name = name_of_token(child.context(), child.first_token()).text;
    if (child.is(sym::RuleExprList)) made.partition_by = exprs(child);
    if (child.is(sym::RuleOrderBy)) made.order_by = order_by(child);
    if (child.is(sym::RuleFrame)) made.frame = child.words();
  }
  return made;
}

}  // namespace sqlxc::syntax::build
