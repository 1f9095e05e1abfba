#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/passes/exprs.h"
#include "compiler/passes/passes.h"
#include "compiler/passes/predicate.h"
#include "compiler/passes/rule_model.h"
#include "compiler/syntax/print.h"

// What the rules of a table say together: some that no row can obey at once are an error, one that
// another says already, one that always holds and a default that is refused are warnings, each with
// every place that has a part in it. All is proved over cells (rule_model.h), never guessed.
namespace sqlxc::passes {
namespace {

using ast::Expr;
using ir::ConstraintKind;

// Steps of the search that a table may take.
constexpr std::size_t kBudget = 100'000;

// A rule's part between its outermost ANDs, or what a column's declaration asks for.
struct Item {
  std::string words;  // as a person would quote it
  SourceRange range;
  std::optional<std::uint16_t> field;  // of a fact: whose declaration it is
  bool is_not_null = false;
  bool is_exact = true;
  bool is_of_domain = false;
  bool is_annotation = false;  // the service asks, and the database does not know it
  bool is_null_test = false;   // `x is null`, and nothing beside
  Formula formula;
  std::vector<std::uint32_t> variables = {};
};

void split(const Expr& expr, std::vector<const Expr*>& parts) {
  if (expr.kind == Expr::Kind::binary && expr.name == "and") {
    split(expr.args[0], parts);
    split(expr.args[1], parts);
  } else {
    parts.push_back(&expr);
  }
}

// A value of SQLite may be of another type than its column says, which functions that look at types
// and forms are used to find out; of those nothing is concluded.
bool is_plain(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::cast:
    case Expr::Kind::case_when:
    case Expr::Kind::collate:
      return false;
    case Expr::Kind::call:
      if (lower_case(expr.path.last()) != "length") return false;
      break;
    default:
      break;
  }
  return std::ranges::all_of(expr.args, is_plain);
}

using Items = std::vector<const Item*>;

class Checker {
 public:
  Checker(const ir::Module& module, const ir::Entity& entity, Context& context,
          std::set<std::pair<std::uint32_t, std::uint32_t>>& reported)
      : module_(module),
        entity_(entity),
        diagnostics_(context.diagnostics),
        model_(module, entity),
        reported_(reported) {}

  void run() {
    add_rules();
    if (items_.empty()) return;
    find_defaults();
    for (const Expr& predicate : predicates_) model_.formula(predicate);
    model_.close();
    for (std::size_t i = 0; i < items_.size(); ++i)
      items_[i].formula = model_.formula(predicates_[i]);
    add_facts();
    for (Item& item : items_) add_variables(item.formula, item.variables);
    for (const Items& group : groups()) check(group);
  }

 private:
  // ---- what is asked

  void add_rules() {
    for (const ir::Rule& rule : entity_.rules) {
      if (!rule.predicate) continue;
      std::vector<const Expr*> parts;
      split(*rule.predicate, parts);
      for (const Expr* part : parts) {
        const bool is_whole = parts.size() == 1;
        const bool has_place = !is_whole && part->range.is_known();
        const SourceRange range = has_place ? part->range : rule.place.range;
        add_rule(rule, *part, range);
      }
    }
  }

  void add_rule(const ir::Rule& rule, const Expr& part, SourceRange range) {
    if (module_.dialect == Dialect::sqlite && !is_plain(part)) return;
    LegalPredicate legal = legalize(part, module_, entity_);
    // What is constant was written so on purpose, or is the next pass's affair.
    if (!legal.expr || legal.expr->kind == Expr::Kind::boolean) return;
    for (const Item& known : items_) {
      if (known.range == range && !known.is_of_domain) return;  // of a parent, once more
    }
    Item item;
    // What an annotation asks for is told in its own words.
    const bool is_annotation = rule.kind == ConstraintKind::annotation;
    item.words = '`' + (is_annotation ? rule.sql : syntax::print(part, module_.dialect)) + '`';
    item.range = range;
    item.is_exact = !legal.is_weaker;
    item.is_of_domain = rule.kind == ConstraintKind::domain;
    item.is_annotation = is_annotation;
    if (rule.kind == ConstraintKind::range) {
      item.field = rule.fields.front();
      item.words = "the type `" + entity_.fields[*item.field].type.sql + '`';
    }
    const Expr& expr = *legal.expr;
    item.is_null_test = expr.kind == Expr::Kind::is_test && expr.name == "null";
    items_.push_back(std::move(item));
    predicates_.push_back(std::move(*legal.expr));
  }

  // `column = default`, of constants.
  void find_defaults() {
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      const ir::Field& field = entity_.fields[i];
      const bool is_read = std::ranges::any_of(entity_.rules, [&](const ir::Rule& rule) {
        return std::ranges::find(rule.fields, i) != rule.fields.end();
      });
      if (!is_read || !field.default_value || field.generated_as) continue;
      const Expr& value = *field.default_value;
      if (value.kind == Expr::Kind::null_literal) continue;
      LegalPredicate legal =
          legalize(binary_expr("=", column_expr(field.column), value), module_, entity_);
      if (!legal.expr || legal.is_weaker) continue;
      defaults_.push_back({static_cast<std::uint16_t>(i), predicates_.size()});
      predicates_.push_back(std::move(*legal.expr));
    }
  }

  void add_facts() {
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      const auto field = static_cast<std::uint16_t>(i);
      const ir::Field& of = entity_.fields[i];
      Item item;
      item.range = of.place.range;
      item.field = field;
      is_set_.push_back(model_.not_null(field));
      if (is_set_.back() && !of.is_nullable) {
        item.words = "`not null` of `" + of.column + '`';
        item.is_not_null = true;
        item.formula = *is_set_.back();
        items_.push_back(item);
      }
      item.is_not_null = false;
      for (Formula& formula : model_.of_type(field)) {
        item.words = "the type `" + of.type.sql + "` of `" + of.column + '`';
        item.formula = std::move(formula);
        items_.push_back(item);
      }
    }
  }

  // Items that share a variable, directly or by way of others.
  std::vector<Items> groups() const {
    std::vector<std::size_t> root(model_.space().variables.size());
    for (std::size_t i = 0; i < root.size(); ++i) root[i] = i;
    const auto find = [&](std::size_t i) {
      while (root[i] != i) i = root[i];
      return i;
    };
    for (const Item& item : items_) {
      for (const std::uint32_t one : item.variables) root[find(one)] = find(item.variables[0]);
    }
    for (const Link& link : model_.space().links) {
      for (const std::uint32_t one : link.variables) root[find(one)] = find(link.variables[0]);
    }
    std::vector<Items> out(root.size());
    for (const Item& item : items_) {
      if (!item.variables.empty()) out[find(item.variables[0])].push_back(&item);
    }
    std::erase_if(out, [](const Items& group) { return group.empty(); });
    return out;
  }

  // ---- what follows

  bool is_possible(const Items& items, std::vector<Wish> wishes = {}) {
    for (const Item* item : items) wishes.push_back({&item->formula, kPasses});
    return passes::is_possible(model_.space(), wishes, budget_);
  }

  // Of items that are impossible with `wishes`, few that are: what is declared goes first.
  Items core_of(Items items, const std::vector<Wish>& wishes) {
    std::ranges::stable_sort(items, {}, [](const Item* item) { return !item->field; });
    for (std::size_t i = 0; i < items.size();) {
      Items rest = items;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      if (is_possible(rest, wishes)) {
        ++i;
      } else {
        items = std::move(rest);
      }
    }
    std::ranges::stable_sort(items, {}, [](const Item* item) { return item->range.begin; });
    return items;
  }

  void check(const Items& group) {
    if (!is_possible(group)) return report_contradiction(core_of(group, {}), std::nullopt);
    if (check_nulls(group)) return;
    check_defaults(group);
    check_redundancy(group);
  }

  // Rules that only null obeys; what says `x is null` means that.
  bool check_nulls(const Items& group) {
    for (std::size_t i = 0; i < entity_.fields.size(); ++i) {
      const std::optional<Formula>& set = is_set_[i];
      if (!set || !entity_.fields[i].is_nullable || !reads(group, set->variable)) continue;
      const std::vector<Wish> wishes = {{&*set, kYes}};
      if (is_possible(group, wishes)) continue;
      const Items core = core_of(group, wishes);
      if (std::ranges::any_of(core, &Item::is_null_test)) continue;
      report_contradiction(core, static_cast<std::uint16_t>(i));
      return true;
    }
    return false;
  }

  static bool reads(const Items& group, std::uint32_t variable) {
    return std::ranges::any_of(group, [&](const Item* item) {
      return std::ranges::find(item->variables, variable) != item->variables.end();
    });
  }

  void check_defaults(const Items& group) {
    for (const auto& [field, predicate] : defaults_) {
      const Formula is_default = model_.formula(predicates_[predicate]);
      std::vector<std::uint32_t> variables;
      add_variables(is_default, variables);
      if (variables.empty() || !reads(group, variables[0])) continue;
      const std::vector<Wish> wishes = {{&is_default, kYes}};
      if (is_possible(group, wishes)) continue;
      const Items core = core_of(group, wishes);
      const ir::Field& of = entity_.fields[field];
      const SourceRange written = of.default_value->range;
      const SourceRange range = written.is_known() ? written : of.place.range;
      if (!is_new(range, range)) continue;
      Diagnostic& diagnostic = diagnostics_.report<diag::DefaultRefused>(
          range, syntax::print(*of.default_value, module_.dialect), of.column, words_of(core));
      label(diagnostic, core, range);
      diagnostic.help("a row that does not say what `" + of.column + "` is will always be refused");
    }
  }

  // The later of two that say the same is the one that says nothing new.
  void check_redundancy(const Items& group) {
    Items rest = group;
    for (std::size_t i = group.size(); i-- > 0;) {
      const Item& item = *group[i];
      // A domain is there for other columns, too, and a declaration says more than what follows.
      if (item.field || item.is_of_domain || !item.is_exact) continue;
      Items others = rest;
      std::erase_if(others, [&](const Item* other) {
        return other == &item || (other->is_annotation && !item.is_annotation);
      });
      const std::vector<Wish> wishes = {{&item.formula, kNo}};
      if (is_possible(others, wishes)) continue;
      std::erase(rest, &item);
      report_redundancy(item, core_of(others, wishes));
    }
  }

  // ---- reports

  // A domain or a parent's rule speaks of several columns; one report is enough.
  bool is_new(SourceRange a, SourceRange b) { return reported_.emplace(a.begin, b.begin).second; }

  static std::string words_of(const Items& items) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += i + 1 == items.size() ? " and " : ", ";
      out += items[i]->words;
    }
    return out;
  }

  static void label(Diagnostic& diagnostic, const Items& items, SourceRange primary) {
    for (const Item* item : items) {
      if (item->range == primary) continue;
      diagnostic.label(item->range, item->is_not_null ? "it is declared `not null` here"
                                    : item->field     ? "its type is declared here"
                                                      : "this asks for " + item->words);
    }
  }

  void report_contradiction(Items core, std::optional<std::uint16_t> only_null) {
    if (core.empty()) return;
    // Of rules over values it does not matter that null is none; of `x is null` it is the point.
    if (std::ranges::none_of(core, &Item::is_null_test)) {
      std::erase_if(core, [](const Item* item) { return item->is_not_null; });
    }
    // The last rule that was written: a declaration is rarely what is wrong.
    const auto rule = std::ranges::find_if(core.rbegin(), core.rend(),
                                           [](const Item* item) { return !item->field; });
    const Item& primary = rule == core.rend() ? *core.back() : **rule;
    if (!is_new(primary.range, core.front()->range)) return;
    std::string words =
        words_of(core) + (core.size() == 1 ? " contradicts itself" : " contradict each other");
    Diagnostic& diagnostic = diagnostics_.report<diag::RulesContradict>(
        primary.range, words,
        only_null ? "no value of `" + entity_.fields[*only_null].column + "`"
                  : "no row of `" + entity_.table + '`');
    label(diagnostic, core, primary.range);
    if (only_null) {
      diagnostic.help("null alone passes: if nothing else is meant, say `" +
                      entity_.fields[*only_null].column + " is null`");
    }
  }

  void report_redundancy(const Item& item, const Items& core) {
    if (!is_new(item.range, item.range)) return;
    if (core.empty()) {
      diagnostics_.report<diag::RuleAlwaysHolds>(item.range, item.words);
      return;
    }
    Diagnostic& diagnostic =
        diagnostics_.report<diag::RuleRedundant>(item.range, item.words, words_of(core));
    label(diagnostic, core, item.range);
  }

  struct Default {
    std::uint16_t field = 0;
    std::size_t predicate = 0;
  };

  const ir::Module& module_;
  const ir::Entity& entity_;
  Diagnostics& diagnostics_;
  RuleModel model_;
  std::set<std::pair<std::uint32_t, std::uint32_t>>& reported_;
  std::vector<Item> items_;
  std::vector<Expr> predicates_;  // of the first items, and of the defaults
  std::vector<Default> defaults_;
  std::vector<std::optional<Formula>> is_set_;  // of each field
  std::size_t budget_ = kBudget;
};

}  // namespace

void check_rules(ir::Module& module, Context& context) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> reported;
  for (const ir::Entity& entity : module.entities) {
    if (!entity.is_view) Checker(module, entity, context, reported).run();
  }
}

}  // namespace sqlxc::passes
