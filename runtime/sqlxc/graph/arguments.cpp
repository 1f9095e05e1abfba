#include <sqlxc/graph/arguments.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/graph/refusal.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/parse_value.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/value/pattern.h>

namespace sqlxc::graph {
namespace {

using graphql::Input;
using graphql::InputKind;
using query::Comparison;
using query::Filter;
using value::Value;

struct Operator {
  std::string_view name;
  Comparison comparison;
  bool is_negated = false;
};

constexpr std::array kOperators = {
    Operator{"eq", Comparison::eq},
    Operator{"neq", Comparison::neq},
    Operator{"gt", Comparison::gt},
    Operator{"gte", Comparison::gte},
    Operator{"lt", Comparison::lt},
    Operator{"lte", Comparison::lte},
    Operator{"in", Comparison::in},
    Operator{"notIn", Comparison::in, true},
    Operator{"like", Comparison::like},
    Operator{"ilike", Comparison::ilike},
    Operator{"match", Comparison::match},
    Operator{"imatch", Comparison::imatch},
    Operator{"contains", Comparison::contains},
    Operator{"containedBy", Comparison::contained},
    Operator{"overlaps", Comparison::overlaps},
};

Filter group(Filter::Kind kind) { return {.kind = kind}; }

Filter negated(Filter filter) {
  if (!filter.is_negated) {
    filter.is_negated = true;
    return filter;
  }
  Filter all = group(Filter::Kind::all);
  all.is_negated = true;
  all.children.push_back(std::move(filter));
  return all;
}

// `50%` -> `50\%`.
std::string escaped_pattern(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

Read<Value> read_pattern(std::string_view text) {
  if (value::ends_in_escape(text)) {
    return std::unexpected(bad_input("a pattern must not end with an escape"));
  }
  return Value::of_text(std::string(text));
}

Read<Value> read_or_leave_place(const Scope& scope, Place place, const Input& input) {
  place.leaf = input.leaf;
  place.entity = scope.entity;
  const bool is_place =
      scope.places != nullptr && scope.places->wants(input.leaf) && can_be_place(place.comparison);
  if (is_place) return scope.places->add(std::move(place));
  return read_place(scope, place, input);
}

// As deep as REST's conditions may be.
constexpr int kMaxDepth = 20;
constexpr std::size_t kMaxSorts = 100;
constexpr std::size_t kMaxRelations = 20;

class WhereReader {
 public:
  // What all of a `where` may spend together.
  WhereReader(const Scope& scope, rest::FilterBudget& budget, int depth = 0)
      : scope_(scope), budget_(budget), depth_(depth) {}

  Read<Filter> read(const Input& where) const {
    Filter all = group(Filter::Kind::all);
    if (where.is_null()) return all;
    if (depth_ > kMaxDepth) return too_much("conditions are nested deeper than 20");
    for (const Input& part : where.items) {
      Read<Filter> filter = read_part(part);
      if (!filter) return filter;
      all.children.push_back(std::move(*filter));
    }
    return all;
  }

 private:
  Read<Filter> read_part(const Input& part) const {
    if (part.name == "and") return read_list(part, Filter::Kind::all);
    if (part.name == "or") return read_list(part, Filter::Kind::any);
    if (part.name == "not") {
      Read<Filter> inner = deeper().read(part);
      if (!inner || part.is_null()) return inner;
      return negated(std::move(*inner));
    }
    const query::GraphqlEntity& names = scope_.names.of(scope_.entity);
    if (const auto field = place_of(names.fields, part.name)) {
      return read_field(static_cast<query::FieldIndex>(*field), part);
    }
    if (const auto relation = place_of(names.relations, part.name)) {
      return read_relation(static_cast<query::RelationIndex>(*relation), part);
    }
    return std::unexpected(bad_input("`" + part.name + "` is nothing to filter by"));
  }

  static std::unexpected<graphql::Error> too_much(std::string what) {
    return std::unexpected(to_error(rest::make_problem(400, "54001", std::move(what))));
  }

  WhereReader deeper() const { return {scope_, budget_, depth_ + 1}; }

  Read<Filter> read_list(const Input& list, Filter::Kind kind) const {
    if (list.is_null()) return group(Filter::Kind::all);
    Filter filter = group(kind);
    for (const Input& item : list.items) {
      Read<Filter> inner = deeper().read(item);
      if (!inner) return inner;
      filter.children.push_back(std::move(*inner));
    }
    return filter;
  }

  Read<Filter> read_field(query::FieldIndex field, const Input& operators) const {
    Filter all = group(Filter::Kind::all);
    for (const Input& one : operators.items) {
      Read<Filter> filter = read_operator(field, one);
      if (!filter) return filter;
      all.children.push_back(std::move(*filter));
    }
    return all;
  }

  Read<Filter> read_operator(query::FieldIndex field, const Input& input) const {
    if (budget_.conditions == 0) return too_much("a `where` has more than 200 conditions");
    --budget_.conditions;
    Filter filter{.kind = Filter::Kind::compare, .field = field};
    if (input.name == "isNull") {
      if (input.is_null()) return group(Filter::Kind::all);
      filter.comparison = Comparison::is_null;
      filter.is_negated = !input.boolean;
      return filter;
    }
    const query::Field& column = scope_.model().fields[field];
    const bool is_text = column.type != query::Type::array && column.type != query::Type::json;
    if (is_text && !input.is_null()) {
      const std::string pattern = escaped_pattern(input.text);
      if (input.name == "contains") return like(std::move(filter), '%' + pattern + '%');
      if (input.name == "startsWith") return like(std::move(filter), pattern + '%');
      if (input.name == "endsWith") return like(std::move(filter), '%' + pattern);
    }
    const auto* found = std::ranges::find(kOperators, input.name, &Operator::name);
    if (found == kOperators.end()) {
      return std::unexpected(bad_input("`" + input.name + "` compares nothing"));
    }
    if (input.is_null()) return read_null(std::move(filter), *found);
    filter.comparison = found->comparison;
    filter.is_negated = found->is_negated;
    if (found->comparison == Comparison::in) {
      if (input.items.size() > budget_.values) {
        return too_much("the lists of a `where` have more than 5000 values");
      }
      budget_.values -= input.items.size();
      for (const Input& item : input.items) {
        // Never a place: PostgreSQL has the list in one bind.
        Read<Value> value = read_place(scope_, {.field = field}, item);
        if (!value) return std::unexpected(std::move(value.error()));
        filter.values.push_back(std::move(*value));
      }
      return filter;
    }
    Read<Value> value = read_compared(field, found->comparison, input);
    if (!value) return std::unexpected(std::move(value.error()));
    filter.values.push_back(std::move(*value));
    return filter;
  }

  static Filter like(Filter filter, std::string pattern) {
    filter.comparison = Comparison::like;
    filter.values.push_back(Value::of_text(std::move(pattern)));
    return filter;
  }

  // `eq: null` asks for what has no value.
  static Read<Filter> read_null(Filter filter, const Operator& of) {
    if (of.comparison != Comparison::eq && of.comparison != Comparison::neq) {
      return std::unexpected(bad_input("`" + std::string(of.name) + "` has no answer for null"));
    }
    filter.comparison = Comparison::is_null;
    filter.is_negated = of.comparison == Comparison::neq;
    return filter;
  }

  Read<Value> read_compared(query::FieldIndex field, Comparison comparison,
                            const Input& input) const {
    if (comparison == Comparison::like || comparison == Comparison::ilike) {
      return read_pattern(text_of(scope_, field, input));
    }
    return read_or_leave_place(scope_, {.field = field, .comparison = comparison}, input);
  }

  Read<Filter> read_relation(query::RelationIndex relation, const Input& asked) const {
    Filter all = group(Filter::Kind::all);
    const WhereReader target(scope_.of(scope_.model().relations[relation].target), budget_,
                             depth_ + 1);
    for (const Input& one : asked.items) {
      Filter filter{.kind = Filter::Kind::related, .relation = relation};
      const bool is_to_one = one.name == "is" || one.name == "isNot";
      if (one.is_null() && !is_to_one) continue;
      Read<Filter> inner = target.read(one);
      if (!inner) return inner;
      if (one.name == "every") {
        filter.is_negated = true;
        filter.children.push_back({.kind = Filter::Kind::not_true});
        filter.children[0].children.push_back(std::move(*inner));
      } else {
        // `is: null`: there is none.
        filter.is_negated = is_to_one ? (one.name == "isNot") != one.is_null() : one.name == "none";
        filter.children.push_back(std::move(*inner));
      }
      all.children.push_back(std::move(filter));
    }
    return all;
  }

  Scope scope_;
  rest::FilterBudget& budget_;
  int depth_;
};

// `DESC_NULLS_LAST`
void set_direction(query::Sort& sort, std::string_view word) {
  sort.descending = word.starts_with("DESC");
  if (word.ends_with("NULLS_FIRST")) sort.nulls = query::Nulls::first;
  if (word.ends_with("NULLS_LAST")) sort.nulls = query::Nulls::last;
}

// `{name: ASC}`, `{author: {team: {name: DESC}}}`: what one part of it says, of rows that `behind`
// leads to.
Read<void> read_sort(const Scope& scope, const Input& part,
                     std::vector<query::RelationIndex>& behind, std::vector<query::Sort>& order) {
  const query::GraphqlEntity& names = scope.names.of(scope.entity);
  if (part.is_null()) return {};
  if (const auto field = place_of(names.fields, part.name)) {
    if (order.size() == kMaxSorts) {
      return std::unexpected(
          to_error(rest::make_problem(400, "54001", "an `orderBy` has more than 100 columns")));
    }
    query::Sort sort{.field = static_cast<query::FieldIndex>(*field), .relations = behind};
    set_direction(sort, part.text);
    order.push_back(std::move(sort));
    return {};
  }
  const auto relation = place_of(names.relations, part.name);
  const bool leads_to_one =
      relation && scope.model().relations[*relation].cardinality == query::Cardinality::to_one;
  if (!leads_to_one) {
    return std::unexpected(
        bad_input("rows are sorted by columns of their own, or of a row that "
                  "they refer to; `" +
                  part.name + "` is neither"));
  }
  if (behind.size() == kMaxRelations) {
    return std::unexpected(to_error(
        rest::make_problem(400, "54001", "an `orderBy` leads through more than 20 relations")));
  }
  const Scope target = scope.of(scope.model().relations[*relation].target);
  behind.push_back(static_cast<query::RelationIndex>(*relation));
  for (const Input& inner : part.items) {
    if (auto read = read_sort(target, inner, behind, order); !read) return read;
  }
  behind.pop_back();
  return {};
}

}  // namespace

std::string text_of(const Scope& scope, query::FieldIndex field, const Input& input) {
  const query::Field& column = scope.model().fields[field];
  const bool is_structure = input.kind == InputKind::list || input.kind == InputKind::object;
  if (is_structure || column.type == query::Type::json) {
    std::string json;
    if (input.kind == InputKind::list && column.element == query::Type::enumeration) {
      for (const Input& item : input.items) {
        json += json.empty() ? '[' : ',';
        json::append_string(json, text_of(scope, field, item));
      }
      return json.empty() ? "[]" : json + ']';
    }
    append_json(json, input);
    return json;
  }
  if (input.kind == InputKind::boolean) return input.boolean ? "true" : "false";
  if (input.kind != InputKind::enum_value) return input.text;
  for (const query::GraphqlLabels& each : scope.names.of(scope.entity).labels) {
    if (each.field != field) continue;
    if (const auto at = place_of(each.names, input.text)) return std::string(column.labels[*at]);
  }
  return input.text;
}

Read<Filter> read_where(const Scope& scope, const Input& where) {
  rest::FilterBudget budget;
  return WhereReader(scope, budget).read(where);
}

Read<void> read_order(const Scope& scope, const Input& order, query::Query& query) {
  std::vector<query::RelationIndex> behind;
  for (const Input& item : order.items) {
    for (const Input& part : item.items) {
      if (auto read = read_sort(scope, part, behind, query.order); !read) return read;
    }
  }
  return {};
}

Read<Value> read_place(const Scope& scope, const Place& place, const Input& input) {
  const query::Field& field = scope.model().fields[place.field];
  const std::string text = text_of(scope, place.field, input);
  auto value = place.is_key_part
                   ? rest::parse_key_part(field, text, scope.dialect)
                   : rest::parse_compared(field, place.comparison, text, scope.dialect);
  if (!value) return std::unexpected(to_error(value.error()));
  return std::move(*value);
}

Read<Value> read_value(const Scope& scope, query::FieldIndex field, const Input& input) {
  return read_or_leave_place(scope, {.field = field}, input);
}

Read<Value> read_key_part(const Scope& scope, query::FieldIndex field, const Input& input) {
  return read_or_leave_place(scope, {.field = field, .is_key_part = true}, input);
}

Read<std::int64_t> read_count(std::string_view name, const Input& input) {
  const auto number = parse_number<std::int64_t>(input.text);
  if (number && *number >= 0) return *number;
  return std::unexpected(bad_input("`" + std::string(name) + "` must not be negative"));
}

}  // namespace sqlxc::graph
