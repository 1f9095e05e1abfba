#include <sqlxc/rest/parse_filter.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/parse_value.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>

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

constexpr auto kOperators = std::to_array<Operator>({
    {"eq", Comparison::eq},
    {"neq", Comparison::neq},
    {"gt", Comparison::gt},
    {"gte", Comparison::gte},
    {"lt", Comparison::lt},
    {"lte", Comparison::lte},
    {"like", Comparison::like},
    {"ilike", Comparison::ilike},
    {"match", Comparison::match},
    {"imatch", Comparison::imatch},
    {"isdistinct", Comparison::is_distinct},
    {"in", Comparison::in},
    {"is", Comparison::is_null},
    {"fts", Comparison::full_text},
    {"plfts", Comparison::full_text_plain},
    {"phfts", Comparison::full_text_phrase},
    {"wfts", Comparison::full_text_web},
    {"cs", Comparison::contains},
    {"cd", Comparison::contained},
    {"ov", Comparison::overlaps},
    {"sl", Comparison::strictly_left},
    {"sr", Comparison::strictly_right},
    {"nxr", Comparison::not_right},
    {"nxl", Comparison::not_left},
    {"adj", Comparison::adjacent},
});

std::unexpected<Problem> unknown_operator(std::string_view name) {
  std::vector<std::string_view> names;
  for (const Operator& known : kOperators) names.push_back(known.name);
  std::string hint = "the operators are";
  for (std::string_view known : names) hint += " " + std::string(known);
  const std::string_view candidate = nearest(name, names);
  if (!candidate.empty()) hint = "did you mean " + quoted(candidate) + "?";
  return std::unexpected(
      make_problem(400, "PGRST100", "there is no operator " + quoted(name), std::move(hint)));
}

bool is_full_text(Comparison comparison) {
  return comparison >= Comparison::full_text && comparison <= Comparison::full_text_web;
}

bool is_pattern(Comparison comparison) {
  return comparison == Comparison::like || comparison == Comparison::ilike ||
         comparison == Comparison::match || comparison == Comparison::imatch;
}

bool takes_quantifier(Comparison comparison) {
  return is_pattern(comparison) || (comparison >= Comparison::eq && comparison <= Comparison::lte &&
                                    comparison != Comparison::neq);
}

// Reads conditions; `is_tree` says whether a value ends at a comma or parenthesis.
class FilterParser {
 public:
  FilterParser(const FilterScope& scope, Scanner& scanner, FilterBudget& budget)
      : scope_(scope), scanner_(scanner), budget_(budget) {}

  Parsed<Filter> condition(const FieldName& field, bool is_tree);
  Parsed<Filter> tree(Filter::Kind kind, bool is_negated, int depth);

 private:
  bool takes_group(std::string_view word);
  Parsed<Filter> member(int depth);
  Parsed<std::string> word(bool is_tree);
  Parsed<std::string> parenthesized();
  Parsed<void> operation(Filter& filter, const Field& field, bool is_tree);
  Parsed<void> arguments(Filter& filter);
  Parsed<void> is_value(Filter& filter, const Field& field, bool is_tree);
  Parsed<Filter> embedded(std::size_t embed, bool is_negated, bool is_tree);
  Parsed<void> list(Filter& filter, const Field& field);
  Parsed<void> alternatives(Filter& filter, const Field& field, std::string_view text);
  Parsed<void> single(Filter& filter, const Field& field, bool is_tree);
  Parsed<void> check_operator(const Filter& filter, const Field& field,
                              std::string_view name) const;
  Parsed<void> spend_condition();
  Parsed<void> spend_value();

  const FilterScope& scope_;
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

Parsed<void> FilterParser::spend_value() {
  if (budget_.values == 0) {
    return std::unexpected(
        make_problem(400, "54001", "the lists of the request have more than 5000 values"));
  }
  --budget_.values;
  return {};
}

Parsed<std::string> FilterParser::word(bool is_tree) {
  if (is_tree) return scanner_.name(",)");
  return std::string(trim(scanner_.rest()));
}

Parsed<std::string> FilterParser::parenthesized() {
  auto text = scanner_.name(")");
  if (text && !scanner_.take(')')) return scanner_.expected("`)`");
  return text;
}

Parsed<void> FilterParser::is_value(Filter& filter, const Field& field, bool is_tree) {
  Parsed<std::string> text = word(is_tree);
  if (!text) return std::unexpected(std::move(text.error()));
  std::ranges::transform(*text, text->begin(), to_lower);
  if (*text == "null" || *text == "not_null") {
    filter.comparison = Comparison::is_null;
    if (*text == "not_null") filter.is_negated = !filter.is_negated;
    return {};
  }
  const bool is_truth = *text == "true" || *text == "false" || *text == "unknown";
  if (!is_truth) {
    return std::unexpected(make_problem(400, "PGRST100", "`is` has no value " + quoted(*text),
                                        "null, not_null, true, false or unknown"));
  }
  if (field.type != Type::boolean) {
    return std::unexpected(make_problem(
        400, "42804", quoted(field.name) + " is not a boolean, so `is." + *text + "` has no sense",
        "compare with eq"));
  }
  filter.comparison = *text == "true"    ? Comparison::is_true
                      : *text == "false" ? Comparison::is_false
                                         : Comparison::is_unknown;
  return {};
}

Parsed<void> FilterParser::list(Filter& filter, const Field& field) {
  if (!scanner_.take('(')) return scanner_.expected("`(` and a list");
  scanner_.skip_spaces();
  if (scanner_.take(')')) return {};
  while (true) {
    auto text = scanner_.list_value();
    if (!text) return std::unexpected(std::move(text.error()));
    if (auto spent = spend_value(); !spent) return spent;
    auto value = parse_compared(field, Comparison::in, text->value, scope_.dialect);
    if (!value) return std::unexpected(std::move(value.error()));
    filter.values.push_back(std::move(*value));
    if (scanner_.take(')')) return {};
    if (!scanner_.take(',')) return scanner_.expected("`,` or `)`");
  }
}

// `{a,"b,c"}` of `like(any)`: the elements of an array literal.
Parsed<void> FilterParser::alternatives(Filter& filter, const Field& field, std::string_view text) {
  auto texts = split_array(text);
  if (!texts) return std::unexpected(std::move(texts.error()));
  for (const std::string& each : *texts) {
    if (auto spent = spend_value(); !spent) return spent;
    auto value = parse_compared(field, filter.comparison, each, scope_.dialect);
    if (!value) return std::unexpected(std::move(value.error()));
    filter.values.push_back(std::move(*value));
  }
  return {};
}

Parsed<void> FilterParser::single(Filter& filter, const Field& field, bool is_tree) {
  Parsed<Scanner::Text> text =
      is_tree ? scanner_.tree_value()
              : Parsed<Scanner::Text>(Scanner::Text{.value = std::string(scanner_.rest())});
  if (!text) return std::unexpected(std::move(text.error()));
  if (filter.quantifier != Filter::Quantifier::none) {
    return alternatives(filter, field, text->value);
  }
  const bool is_null =
      filter.comparison == Comparison::is_distinct && !text->is_quoted && text->value == "null";
  if (is_null) {
    filter.values.push_back(value::Value::null());
    return {};
  }
  auto value = parse_compared(field, filter.comparison, text->value, scope_.dialect);
  if (!value) return std::unexpected(std::move(value.error()));
  filter.values.push_back(std::move(*value));
  return {};
}

// What the type or the database has no such comparison of.
Parsed<void> FilterParser::check_operator(const Filter& filter, const Field& field,
                                          std::string_view name) const {
  const bool is_sqlite = scope_.dialect == query::Dialect::sqlite;
  const std::string called = "`" + std::string(name) + "`";
  if (is_pattern(filter.comparison)) {
    const bool is_text = field.type == Type::text || field.type == Type::other ||
                         (is_sqlite && field.type == Type::enumeration);
    if (is_text) return {};
    return std::unexpected(make_problem(is_sqlite ? 400 : 404, "42883",
                                        quoted(field.name) + " is " +
                                            std::string(value::name_of(field.type)) + ", and " +
                                            called + " compares text"));
  }
  if (!is_sqlite) return {};
  if (is_full_text(filter.comparison) || filter.comparison > Comparison::overlaps) {
    return std::unexpected(lacks(called));
  }
  if (filter.comparison >= Comparison::contains && field.type != Type::array) {
    return std::unexpected(lacks(called + " on anything but arrays"));
  }
  return {};
}

// `(any)`, `(all)` or the language of a full text search.
Parsed<void> FilterParser::arguments(Filter& filter) {
  const bool is_text = is_full_text(filter.comparison);
  if (!is_text && !takes_quantifier(filter.comparison)) return {};
  if (!scanner_.take('(')) return {};
  auto argument = parenthesized();
  if (!argument) return std::unexpected(std::move(argument.error()));
  if (is_text) {
    // To PostgreSQL a number is a row of its catalog, and a dash is none.
    const bool is_name = argument->find_first_not_of("0123456789- ") != std::string::npos;
    if (!is_name) return scanner_.expected("the name of a language");
    filter.language = std::move(*argument);
    return {};
  }
  if (*argument != "any" && *argument != "all") return scanner_.expected("`any` or `all`");
  filter.quantifier = *argument == "any" ? Filter::Quantifier::any : Filter::Quantifier::all;
  return {};
}

Parsed<void> FilterParser::operation(Filter& filter, const Field& field, bool is_tree) {
  const std::size_t end = scanner_.ahead().find_first_of(".,()");
  const std::string_view name = scanner_.ahead().substr(0, end);
  const auto known = std::ranges::find(kOperators, name, &Operator::name);
  if (known == kOperators.end()) return unknown_operator(name);
  scanner_.skip(name.size());
  filter.comparison = known->comparison;
  if (auto read = arguments(filter); !read) return read;
  if (!scanner_.take('.')) return scanner_.expected("`.` and a value");
  if (auto fit = check_operator(filter, field, name); !fit) return fit;
  if (known->comparison == Comparison::is_null) return is_value(filter, field, is_tree);
  if (known->comparison == Comparison::in) return list(filter, field);
  return single(filter, field, is_tree);
}

bool is_shown_as(const query::Query& query, std::size_t embed, std::string_view name) {
  return std::ranges::any_of(query.items, [&](const query::Item& item) {
    return item.embed == embed && item.key == name;
  });
}

// Of an embedded relation it can only be asked whether there is a row.
Parsed<Filter> FilterParser::embedded(std::size_t embed, bool is_negated, bool is_tree) {
  Filter filter{.kind = Filter::Kind::embedded, .is_negated = !is_negated, .embed = embed};
  if (scanner_.take("is.")) {
    auto text = word(is_tree);
    if (!text) return std::unexpected(std::move(text.error()));
    std::ranges::transform(*text, text->begin(), to_lower);
    if (*text == "null") return filter;
    if (*text == "not_null") {
      filter.is_negated = !filter.is_negated;
      return filter;
    }
  }
  return std::unexpected(make_problem(400, "PGRST120",
                                      "an embedded relation can only be compared with null",
                                      "only `is.null` and `not.is.null` filter on a relation"));
}

Parsed<Filter> FilterParser::condition(const FieldName& field, bool is_tree) {
  if (auto spent = spend_condition(); !spent) return std::unexpected(std::move(spent.error()));
  Filter filter{.kind = Filter::Kind::compare, .path = field.path};
  while (scanner_.take("not.")) filter.is_negated = !filter.is_negated;
  const std::size_t embed = field.path.empty() ? find_embed(scope_.model, scope_.query, field.name)
                                               : query::Item::kNoEmbed;
  // A column is meant before a relation, but for what the answer has under its very name.
  const bool is_column = find_field(scope_.entity(), field.name) >= 0;
  const bool asks_for_rows =
      scanner_.ahead().starts_with("is.") && is_shown_as(scope_.query, embed, field.name);
  if (embed != query::Item::kNoEmbed && (!is_column || asks_for_rows)) {
    return embedded(embed, filter.is_negated, is_tree);
  }
  auto index = find_readable(scope_.entity(), field, scope_.dialect);
  if (!index) return std::unexpected(std::move(index.error()));
  filter.field = *index;
  const Field compared = field_at(scope_.entity().fields[*index], field.path);
  if (auto read = operation(filter, compared, is_tree); !read) {
    return std::unexpected(std::move(read.error()));
  }
  return filter;
}

// `and(`, `and (`; a column may begin with the word.
bool FilterParser::takes_group(std::string_view word) {
  if (!scanner_.ahead().starts_with(word)) return false;
  const std::string_view behind = scanner_.ahead().substr(word.size());
  const std::size_t open = behind.find_first_not_of(' ');
  if (open == std::string_view::npos || behind[open] != '(') return false;
  scanner_.skip(word.size() + open + 1);
  return true;
}

Parsed<Filter> FilterParser::member(int depth) {
  scanner_.skip_spaces();
  bool is_negated = false;
  while (scanner_.take("not.")) is_negated = !is_negated;
  if (takes_group("and")) return tree(Filter::Kind::all, is_negated, depth + 1);
  if (takes_group("or")) return tree(Filter::Kind::any, is_negated, depth + 1);
  auto field = parse_field_name(scanner_, ".,)");
  if (!field) return std::unexpected(std::move(field.error()));
  if (!scanner_.take('.')) return scanner_.expected("`.` and an operator");
  auto filter = condition(*field, true);
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

std::size_t find_embed(const query::Model& model, const query::Query& query,
                       std::string_view name) {
  for (const query::Item& item : query.items) {
    if (item.embed != query::Item::kNoEmbed && item.key == name) return item.embed;
  }
  const Entity& owner = model.entities[query.entity];
  for (std::size_t i = 0; i < query.embeds.size(); ++i) {
    const query::Embed& embed = query.embeds[i];
    const bool is_called = embed.name == name || owner.relations[embed.relation].name == name ||
                           model.entities[embed.query.entity].name == name;
    if (is_called) return i;
  }
  return query::Item::kNoEmbed;
}

Parsed<Filter> parse_condition(const FilterScope& scope, const FieldName& field,
                               std::string_view text, FilterBudget& budget) {
  Scanner scanner(field.name, text);
  auto filter = FilterParser(scope, scanner, budget).condition(field, false);
  if (filter && !scanner.at_end()) return scanner.expected("nothing more");
  return filter;
}

Parsed<Filter> parse_logic(const FilterScope& scope, Filter::Kind kind, bool is_negated,
                           std::string_view text, FilterBudget& budget) {
  Scanner scanner(kind == Filter::Kind::all ? "and" : "or", text);
  scanner.skip_spaces();
  if (!scanner.take('(')) return scanner.expected("`(`");
  auto filter = FilterParser(scope, scanner, budget).tree(kind, is_negated, 0);
  scanner.skip_spaces();
  if (filter && !scanner.at_end()) return scanner.expected("nothing more");
  return filter;
}

}  // namespace sqlxc::rest
