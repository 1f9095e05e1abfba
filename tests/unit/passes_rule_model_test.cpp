#include "compiler/passes/rule_model.h"

#include <array>
#include <catch2/catch.hpp>
#include <optional>
#include <random>
#include <string>
#include <variant>

#include "compiler/passes/exprs.h"
#include "compiler/syntax/print.h"

// Whether a row can be that predicates ask for, against all rows of a small world: two whole
// numbers and a text, with a value in every cell that the constants can make, so that both must
// agree.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using Kind = Expr::Kind;
using Truth = std::optional<bool>;  // empty: null

struct World {
  std::optional<int> a;
  std::optional<int> b;
  std::optional<std::string> s;
};

using Cell = std::variant<std::monostate, int, std::string>;

Cell value_of(const Expr& expr, const World& world) {
  const auto cell = [](const auto& value) { return value ? Cell(*value) : Cell(); };
  switch (expr.kind) {
    case Kind::column:
      if (expr.path.last() == "s") return cell(world.s);
      return cell(expr.path.last() == "a" ? world.a : world.b);
    case Kind::string:
      return expr.text;
    case Kind::number:
      return std::stoi(expr.text);
    case Kind::unary:
      return -std::stoi(expr.args[0].text);
    default:  // length(s)
      return world.s ? Cell(static_cast<int>(world.s->size())) : Cell();
  }
}

Truth both(Truth a, Truth b) {
  if ((a && !*a) || (b && !*b)) return false;
  return a && b ? Truth(true) : std::nullopt;
}
Truth negated(Truth a) { return a ? Truth(!*a) : a; }

Truth compare(std::string_view op, const Cell& a, const Cell& b) {
  const bool is_null = a.index() == 0 || b.index() == 0;
  if (op == "is distinct from") return a != b;
  if (is_null) return std::nullopt;
  if (op == "=") return a == b;
  if (op == "<>") return a != b;
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  return op == ">" ? a > b : a >= b;
}

Truth truth_of(const Expr& expr, const World& world) {
  const auto at = [&](std::size_t i) { return value_of(expr.args[i], world); };
  switch (expr.kind) {
    case Kind::unary:
      return negated(truth_of(expr.args[0], world));
    case Kind::between:
      return both(compare(">=", at(0), at(1)), compare("<=", at(0), at(2)));
    case Kind::in_list: {
      Truth out = false;
      for (std::size_t i = 1; i < expr.args.size(); ++i) {
        out = negated(both(negated(out), negated(compare("=", at(0), at(i)))));
      }
      return out;
    }
    case Kind::is_test:
      if (expr.name == "null") return at(0).index() == 0;
      return truth_of(expr.args[0], world) == Truth(expr.name == "true");
    default:
      break;
  }
  if (expr.name != "and" && expr.name != "or") return compare(expr.name, at(0), at(1));
  const Truth left = truth_of(expr.args[0], world);
  const Truth right = truth_of(expr.args[1], world);
  return expr.name == "and" ? both(left, right) : negated(both(negated(left), negated(right)));
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  Expr condition(int depth) {
    const int kind = below(depth > 0 ? 9 : 6);
    switch (kind) {
      case 6:
        return unary_expr("not", condition(depth - 1));
      case 7:
      case 8:
        return binary_expr(kind == 7 ? "and" : "or", condition(depth - 1), condition(depth - 1));
      case 5: {
        Expr test;
        test.kind = Kind::is_test;
        test.name =
            std::array{"null", "true", "false"}[static_cast<std::size_t>(below(depth > 0 ? 3 : 1))];
        test.args = {test.name == "null" ? column_expr(column()) : condition(depth - 1)};
        return test;
      }
      default:
        return atom(kind);
    }
  }

 private:
  std::string column() { return std::array{"a", "b", "s"}[static_cast<std::size_t>(below(3))]; }
  Expr number() { return number_expr(std::to_string(below(5))); }
  Expr whole() {
    if (below(4) == 0) return call_expr("length", {column_expr("s")});
    return column_expr(below(2) == 0 ? "a" : "b");
  }
  std::string order() {
    constexpr std::array kOps = {"<", "<=", ">", ">=", "=", "<>", "is distinct from"};
    return kOps[static_cast<std::size_t>(below(7))];
  }
  Expr atom(int kind) {
    if (kind == 0) return between_expr(whole(), number(), number());
    if (kind == 1) return binary_expr(order(), column_expr("a"), column_expr("b"));
    if (kind == 2) {
      const std::array texts = {"", "x", "y"};
      const auto text = [&] { return string_expr(texts[static_cast<std::size_t>(below(3))]); };
      if (below(2) == 0) return binary_expr(below(2) == 0 ? "=" : "<>", column_expr("s"), text());
      Expr in;
      in.kind = Kind::in_list;
      in.args = {column_expr("s"), text(), text()};
      return in;
    }
    if (below(3) == 0) return binary_expr(order(), number(), whole());
    return binary_expr(order(), whole(), number());
  }

  std::mt19937 random_;
};

ir::Module world_module() {
  ir::Module module;
  ir::Entity entity;
  for (const auto& [name, kind] :
       {std::pair{"a", ir::TypeKind::int32}, std::pair{"b", ir::TypeKind::int32},
        std::pair{"s", ir::TypeKind::text}}) {
    ir::Field field;
    field.name = field.column = name;
    field.type.kind = kind;
    entity.fields.push_back(field);
  }
  module.entities.push_back(entity);
  return module;
}

std::vector<World> every_world() {
  std::vector<World> out;
  const std::array<std::optional<std::string>, 9> texts = {std::nullopt, "",    "x",    "y",    "q",
                                                           "qq",         "qqq", "qqqq", "qqqqq"};
  for (int a = -3; a <= 6; ++a) {
    for (int b = -3; b <= 6; ++b) {
      for (const auto& s : texts) {
        out.push_back({a == -3 ? std::nullopt : std::optional(a),
                       b == -3 ? std::nullopt : std::optional(b), s});
      }
    }
  }
  return out;
}

bool passes(Truth truth) { return !truth || *truth; }

}  // namespace

TEST_CASE(
    "what no row can obey, and what follows, is what no row of a small world shows otherwise") {
  const ir::Module module = world_module();
  const std::vector<World> worlds = every_world();
  Generator generator(20);
  int impossible = 0;
  int implied = 0;
  int missed = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<Expr> predicates;
    for (int i = 0; i < 3; ++i) predicates.push_back(generator.condition(2));
    RuleModel model(module, module.entities[0]);
    for (const Expr& predicate : predicates) model.formula(predicate);
    model.close();
    std::vector<Formula> formulas;
    for (const Expr& predicate : predicates) formulas.push_back(model.formula(predicate));
    std::string words;
    for (const Expr& predicate : predicates) {
      words += syntax::print(predicate, Dialect::postgres) + "; ";
    }
    INFO(words);

    // All of them, the first two and not the third, and the first two where `a` is set.
    const auto set = model.not_null(0);
    std::vector<Wish> all;
    for (const Formula& formula : formulas) all.push_back({&formula, kPasses});
    std::vector<Wish> other = {all[0], all[1], {&formulas[2], kNo}};
    std::vector<Wish> filled = {all[0], all[1]};
    if (set) filled.push_back({&*set, kYes});
    std::size_t budget = 1'000'000;
    const bool can_all = is_possible(model.space(), all, budget);
    const bool can_other = is_possible(model.space(), other, budget);
    const bool can_filled = is_possible(model.space(), filled, budget);
    REQUIRE(budget > 0);

    bool has_all = false;
    bool has_other = false;
    bool has_filled = false;
    for (const World& world : worlds) {
      const bool first =
          passes(truth_of(predicates[0], world)) && passes(truth_of(predicates[1], world));
      if (!first) continue;
      const Truth third = truth_of(predicates[2], world);
      has_all = has_all || passes(third);
      has_other = has_other || !passes(third);
      has_filled = has_filled || !set || world.a;
    }
    // What is there is never called impossible; what is not there may be missed, if seldom.
    for (const auto& [can, has] : {std::pair{can_all, has_all}, std::pair{can_other, has_other},
                                   std::pair{can_filled, has_filled}}) {
      REQUIRE((can || !has));
      missed += can && !has ? 1 : 0;
    }
    impossible += can_all ? 0 : 1;
    implied += can_other ? 0 : 1;
  }
  CHECK(missed < 30);
  CHECK(impossible > 50);
  CHECK(implied > 200);
}

TEST_CASE("a search that is cut short proves nothing") {
  const ir::Module module = world_module();
  RuleModel model(module, module.entities[0]);
  const Expr low = binary_expr("<", column_expr("a"), column_expr("b"));
  const Expr high = binary_expr(">", column_expr("a"), column_expr("b"));
  for (const Expr& one : {low, high}) model.formula(one);
  model.close();
  const Formula first = model.formula(low);
  const Formula second = model.formula(high);
  const auto a = model.not_null(0);
  const auto b = model.not_null(1);
  const std::vector<Wish> wishes = {{&first, kYes}, {&second, kYes}};
  std::size_t budget = 100;
  CHECK_FALSE(is_possible(model.space(), wishes, budget));
  budget = 0;
  CHECK(is_possible(model.space(), std::vector<Wish>{{&*a, kYes}, {&*b, kYes}}, budget));
}

}  // namespace sqlxc::passes
