#include <sqlxc/rest/parse_filter.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>
#include <sqlxc/value/format.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Comparison;
using query::Entity;
using query::Field;
using query::Filter;
using query::Type;

template <typename T>
using Parsed = std::expected<T, Problem>;

constexpr int kMaxDepth = 20;

struct Operator {
  std::string_view name;
  Comparison comparison;
};

constexpr std::array<Operator, 11> kOperators = {{{"eq", Comparison::eq},
                                                  {"neq", Comparison::neq},
                                                  {"gt", Comparison::gt},
                                                  {"gte", Comparison::gte},
                                                  {"lt", Comparison::lt},
                                                  {"lte", Comparison::lte},
                                                  {"like", Comparison::like},
                                                  {"ilike", Comparison::ilike},
                                                  {"isdistinct", Comparison::is_distinct},
                                                  {"in", Comparison::in},
                                                  {"is", Comparison::is_null}}};

std::unexpected<Problem> unknown_operator(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Operator& known : kOperators) names.push_back(known.name);
  std::string hint = "the operators are eq, neq, gt, gte, lt, lte, like, ilike, in, is, isdistinct";
  const std::string_view candidate = nearest(name, names);
  if (!candidate.empty()) hint = "did you mean " + quoted(candidate) + "?";
  return std::unexpected(
      make_problem(400, "PGRST100", "there is no operator " + quoted(name), std::move(hint)));
}

bool is_textual(Type type) { return type == Type::text || type == Type::other; }

Parsed<value::Value> parse_value(const Field& field, Comparison comparison, std::string_view text) {
  if (comparison == Comparison::like || comparison == Comparison::ilike) {
    std::string pattern(text);
    const std::size_t last = pattern.find_last_not_of('\\');
    const std::size_t escapes = pattern.size() - (last == std::string::npos ? 0 : last + 1);
    if (escapes % 2 == 1) {
      return std::unexpected(make_problem(400, "22025", "a pattern must not end with an escape",
                                          "write a backslash as two"));
    }
    std::ranges::replace(pattern, '*', '%');
    return value::Value::of_text(std::move(pattern));
  }
  // The column's bounds are of what it stores; comparing with a longer text is no mistake.
  Field compared = field;
  compared.max_length = 0;
  if (field.type == Type::decimal && value::is_small_decimal(field)) compared.type = Type::float64;
  auto parsed = value::parse_text(compared, text);
  if (!parsed) return std::unexpected(not_a_value(field, text, parsed.error()));
  return std::move(*parsed);
}

// Reads conditions; `is_tree` says whether a value ends at a comma or parenthesis.
class FilterParser {
 public:
  FilterParser(const Entity& entity, Scanner& scanner, FilterBudget& budget)
      : entity_(entity), scanner_(scanner), budget_(budget) {}

  Parsed<Filter> condition(query::FieldIndex field, bool is_tree);
  Parsed<Filter> tree(Filter::Kind kind, bool is_negated, int depth);

 private:
  Parsed<Filter> member(int depth);
  Parsed<void> is_value(Filter& filter, const Field& field, bool is_tree);
  Parsed<void> list(Filter& filter, const Field& field);
  Parsed<void> single(Filter& filter, const Field& field, bool is_tree);
  Parsed<void> spend_condition();

  const Entity& entity_;
  Scanner& scanner_;
  FilterBudget& budget_;
};

Parsed<void> FilterParser::spend_condition() {
  if (budget_.conditions == 0) {
    return std::unexpected(make_problem(400, "54001", "the request has more than 200 conditions",
                                        "one `in.(...)` does for many values of one column"));
  }
  --budget_.conditions;
  return {};
}

Parsed<void> FilterParser::is_value(Filter& filter, const Field& field, bool is_tree) {
  Parsed<std::string> word =
      is_tree ? scanner_.name(",)") : Parsed<std::string>(std::string(scanner_.rest()));
  if (!word) return std::unexpected(std::move(word.error()));
  if (*word == "null" || *word == "not_null") {
    filter.comparison = Comparison::is_null;
    if (*word == "not_null") filter.is_negated = !filter.is_negated;
    return {};
  }
  const bool is_truth = *word == "true" || *word == "false" || *word == "unknown";
  if (!is_truth) {
    return std::unexpected(make_problem(400, "PGRST100", "`is` has no value " + quoted(*word),
                                        "null, not_null, true, false or unknown"));
  }
  if (field.type != Type::boolean) {
    return std::unexpected(make_problem(
        400, "42804", quoted(field.name) + " is not a boolean, so `is." + *word + "` has no sense",
        "compare with eq"));
  }
  filter.comparison = *word == "true"    ? Comparison::is_true
                      : *word == "false" ? Comparison::is_false
                                         : Comparison::is_unknown;
  return {};
}

Parsed<void> FilterParser::list(Filter& filter, const Field& field) {
  if (!scanner_.take('(')) return scanner_.expected("`(` and a list");
  if (scanner_.take(')')) return {};
  while (true) {
    auto text = scanner_.list_value();
    if (!text) return std::unexpected(std::move(text.error()));
    if (budget_.values == 0) {
      return std::unexpected(
          make_problem(400, "54001", "the lists of the request have more than 5000 values"));
    }
    --budget_.values;
    auto value = parse_value(field, Comparison::in, text->value);
    if (!value) return std::unexpected(std::move(value.error()));
    filter.values.push_back(std::move(*value));
    if (scanner_.take(')')) return {};
    if (!scanner_.take(',')) return scanner_.expected("`,` or `)`");
  }
}

Parsed<void> FilterParser::single(Filter& filter, const Field& field, bool is_tree) {
  const bool is_pattern =
      filter.comparison == Comparison::like || filter.comparison == Comparison::ilike;
  if (is_pattern && !is_textual(field.type)) {
    return std::unexpected(make_problem(400, "42883",
                                        quoted(field.name) + " is " +
                                            std::string(value::name_of(field.type)) +
                                            ", and `like` and `ilike` compare text"));
  }
  Parsed<Scanner::Text> text =
      is_tree ? scanner_.list_value()
              : Parsed<Scanner::Text>(Scanner::Text{.value = std::string(scanner_.rest())});
  if (!text) return std::unexpected(std::move(text.error()));
  const bool is_null =
      filter.comparison == Comparison::is_distinct && !text->is_quoted && text->value == "null";
  if (is_null) {
    filter.values.push_back(value::Value::null());
    return {};
  }
  auto value = parse_value(field, filter.comparison, text->value);
  if (!value) return std::unexpected(std::move(value.error()));
  filter.values.push_back(std::move(*value));
  return {};
}

Parsed<Filter> FilterParser::condition(query::FieldIndex index, bool is_tree) {
  if (auto spent = spend_condition(); !spent) return std::unexpected(std::move(spent.error()));
  const Field& field = entity_.fields[index];
  if (field.writeonly) return std::unexpected(unknown_column(entity_, field.name));
  Filter filter{.kind = Filter::Kind::compare, .field = index};
  while (scanner_.take("not.")) filter.is_negated = !filter.is_negated;
  const std::size_t end = scanner_.ahead().find_first_of(".,)");
  const std::string_view name = scanner_.ahead().substr(0, end);
  const auto known = std::ranges::find(kOperators, name, &Operator::name);
  if (known == kOperators.end()) return unknown_operator(name);
  scanner_.skip(name.size());
  if (!scanner_.take('.')) return scanner_.expected("`.` and a value");
  filter.comparison = known->comparison;
  Parsed<void> read;
  if (known->comparison == Comparison::is_null) {
    read = is_value(filter, field, is_tree);
  } else if (known->comparison == Comparison::in) {
    read = list(filter, field);
  } else {
    read = single(filter, field, is_tree);
  }
  if (!read) return std::unexpected(std::move(read.error()));
  return filter;
}

Parsed<Filter> FilterParser::member(int depth) {
  scanner_.skip_spaces();
  bool is_negated = false;
  while (scanner_.take("not.")) is_negated = !is_negated;
  if (scanner_.take("and(")) return tree(Filter::Kind::all, is_negated, depth + 1);
  if (scanner_.take("or(")) return tree(Filter::Kind::any, is_negated, depth + 1);
  auto name = scanner_.name(".,)");
  if (!name) return std::unexpected(std::move(name.error()));
  const int field = find_field(entity_, *name);
  if (field < 0) return std::unexpected(unknown_column(entity_, *name));
  if (!scanner_.take('.')) return scanner_.expected("`.` and an operator");
  auto filter = condition(static_cast<query::FieldIndex>(field), true);
  if (filter && is_negated) filter->is_negated = !filter->is_negated;
  return filter;
}

// What stands after `and(` or `or(`, with its closing parenthesis.
Parsed<Filter> FilterParser::tree(Filter::Kind kind, bool is_negated, int depth) {
  if (depth > kMaxDepth) {
    return std::unexpected(make_problem(400, "54001", "conditions are nested deeper than 20"));
  }
  Filter filter{.kind = kind, .is_negated = is_negated};
  while (true) {
    auto child = member(depth);
    if (!child) return child;
    filter.children.push_back(std::move(*child));
    scanner_.skip_spaces();
    if (scanner_.take(')')) return filter;
    if (!scanner_.take(',')) return scanner_.expected("`,` or `)`");
  }
}

}  // namespace

int find_field(const Entity& entity, std::string_view name) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

Parsed<Filter> parse_condition(const Entity& entity, query::FieldIndex field, std::string_view text,
                               FilterBudget& budget) {
  Scanner scanner(entity.fields[field].name, text);
  auto filter = FilterParser(entity, scanner, budget).condition(field, false);
  if (filter && !scanner.at_end()) return scanner.expected("nothing more");
  return filter;
}

Parsed<Filter> parse_logic(const Entity& entity, Filter::Kind kind, bool is_negated,
                           std::string_view text, FilterBudget& budget) {
  Scanner scanner(kind == Filter::Kind::all ? "and" : "or", text);
  if (!scanner.take('(')) return scanner.expected("`(`");
  auto filter = FilterParser(entity, scanner, budget).tree(kind, is_negated, 0);
  if (filter && !scanner.at_end()) return scanner.expected("nothing more");
  return filter;
}

}  // namespace sqlxc::rest
