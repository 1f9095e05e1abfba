#include <sqlxc/rest/parse_query.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/parse_select.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;
using query::Filter;
using query::Query;
using query::Sort;

template <typename T>
using Parsed = std::expected<T, Problem>;

Parsed<std::int64_t> parse_count(const Parameter& parameter) {
  const auto number = parse_number<std::int64_t>(parameter.value);
  if (number && *number >= 0) return *number;
  return std::unexpected(make_problem(
      400, "PGRST100",
      quoted(parameter.name) + " must be a number of 0 or more, not " + quoted(parameter.value)));
}

Parsed<void> parse_order(const Entity& entity, std::string_view text, std::vector<Sort>& order) {
  Scanner scanner("order", text);
  while (true) {
    auto name = scanner.name(".,(");
    if (!name) return std::unexpected(std::move(name.error()));
    const int field = find_field(entity, *name);
    if (field < 0 || entity.fields[static_cast<std::size_t>(field)].writeonly) {
      return std::unexpected(unknown_column(entity, *name));
    }
    Sort sort{.field = static_cast<query::FieldIndex>(field)};
    while (scanner.take('.')) {
      auto word = scanner.name(".,");
      if (!word) return std::unexpected(std::move(word.error()));
      if (*word == "asc" || *word == "desc") {
        sort.descending = *word == "desc";
      } else if (*word == "nullsfirst" || *word == "nullslast") {
        sort.nulls = *word == "nullsfirst" ? query::Nulls::first : query::Nulls::last;
      } else {
        return std::unexpected(make_problem(400, "PGRST100", "an order has no " + quoted(*word),
                                            "asc, desc, nullsfirst or nullslast"));
      }
    }
    const bool is_repeated = std::ranges::find(order, sort.field, &Sort::field) != order.end();
    if (!is_repeated) order.push_back(sort);
    if (scanner.at_end()) return {};
    if (!scanner.take(',')) return scanner.expected("`,`");
  }
}

Parsed<void> parse_after(const Entity& entity, std::string_view text, Query& query) {
  Scanner scanner("after", text);
  for (std::size_t i = 0; i < query.order.size(); ++i) {
    if (i > 0 && !scanner.take(','))
      return scanner.expected("`,` and a value a column of the order");
    auto word = scanner.list_value();
    if (!word) return std::unexpected(std::move(word.error()));
    const query::Field& field = entity.fields[query.order[i].field];
    if (!word->is_quoted && word->value == "null" && field.nullable) {
      query.after.push_back(value::Value::null());
      continue;
    }
    auto value = value::parse_text(field, word->value);
    if (!value) return std::unexpected(not_a_value(field, word->value, value.error()));
    query.after.push_back(std::move(*value));
  }
  if (!scanner.at_end()) return scanner.expected("nothing more");
  return {};
}

Parsed<std::vector<query::FieldIndex>> parse_conflict(const Entity& entity, std::string_view text) {
  std::vector<query::FieldIndex> fields;
  Scanner scanner("on_conflict", text);
  while (true) {
    auto name = scanner.name(",");
    if (!name) return std::unexpected(std::move(name.error()));
    const int field = find_field(entity, *name);
    if (field < 0) return std::unexpected(unknown_column(entity, *name));
    fields.push_back(static_cast<query::FieldIndex>(field));
    if (scanner.at_end()) break;
    if (!scanner.take(',')) return scanner.expected("`,`");
  }
  const auto is_same = [&](const query::Key& key) {
    return !key.fields.empty() && std::ranges::is_permutation(key.fields, fields);
  };
  if (is_same(entity.primary_key) || std::ranges::any_of(entity.uniques, is_same)) return fields;
  return std::unexpected(make_problem(
      400, "42P10",
      "the columns of `on_conflict` are no primary or unique key of " + quoted(entity.name)));
}

// Reads the parameters one by one; what depends on others (order, cursor) comes at the end.
class QueryParser {
 public:
  QueryParser(const query::Model& model, Shape shape, ParsedQuery& out)
      : model_(model), shape_(shape), out_(out) {}

  Parsed<void> read(std::span<const Parameter> parameters);

 private:
  struct Place {
    Query* query = nullptr;
    std::string_view name;  // what remains of the parameter's name
  };

  const Entity& entity() const { return model_.entities[out_.query.entity]; }
  Parsed<void> parameter(const Parameter& parameter);
  Parsed<void> filter_or_modifier(const Parameter& parameter);
  Parsed<bool> modifier(Query& query, std::string_view name, const Parameter& parameter);
  Parsed<bool> logic(Query& query, std::string_view name, const Parameter& parameter);
  Parsed<void> refuse_unless(bool is_admitted, const Parameter& parameter);
  Parsed<void> finish();
  std::optional<Place> embed(Query& query, std::string_view name) const;

  const query::Model& model_;
  Shape shape_;
  ParsedQuery& out_;
  FilterBudget budget_;
  const Parameter* after_ = nullptr;
  std::vector<std::string_view> seen_;
};

constexpr std::array<std::string_view, 6> kOnce = {"select", "order",       "limit",
                                                   "offset", "on_conflict", "after"};

Parsed<void> QueryParser::read(std::span<const Parameter> parameters) {
  // Filters on relations need the relations: `select` is read first, wherever it stands.
  const Parameter* select = nullptr;
  for (const Parameter& parameter : parameters) {
    const bool is_once = std::ranges::find(kOnce, parameter.name) != kOnce.end();
    const bool is_seen = std::ranges::find(seen_, parameter.name) != seen_.end();
    if (is_once && is_seen) {
      return std::unexpected(
          make_problem(400, "PGRST100", quoted(parameter.name) + " is given twice"));
    }
    if (is_once) seen_.push_back(parameter.name);
    if (parameter.name == "select") select = &parameter;
  }
  if (select != nullptr && !select->value.empty()) {
    if (auto read = parse_select(model_, select->value, out_.query); !read) return read;
  } else {
    out_.query.items = query::all_items(entity());
  }
  for (const Parameter& parameter : parameters) {
    if (&parameter == select) continue;
    if (auto read = this->parameter(parameter); !read) return read;
  }
  return finish();
}

Parsed<void> QueryParser::refuse_unless(bool is_admitted, const Parameter& parameter) {
  if (is_admitted) return {};
  return std::unexpected(
      make_problem(400, "PGRST100", quoted(parameter.name) + " has no sense in this request"));
}

Parsed<void> QueryParser::parameter(const Parameter& parameter) {
  if (parameter.name == "on_conflict") {
    if (auto fit = refuse_unless(shape_ == Shape::insert, parameter); !fit) return fit;
    auto fields = parse_conflict(entity(), parameter.value);
    if (!fields) return std::unexpected(std::move(fields.error()));
    out_.on_conflict = std::move(*fields);
    return {};
  }
  if (parameter.name == "after") {
    after_ = &parameter;
    return refuse_unless(shape_ == Shape::list, parameter);
  }
  return filter_or_modifier(parameter);
}

std::optional<QueryParser::Place> QueryParser::embed(Query& query, std::string_view name) const {
  const Entity& owner = model_.entities[query.entity];
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view head = name.substr(0, dot);
  const auto is_place = [&](std::size_t index) {
    const query::Embed& candidate = query.embeds[index];
    return owner.relations[candidate.relation].name == head ||
           std::ranges::any_of(query.items, [&](const query::Item& item) {
             return item.embed == index && item.key == head;
           });
  };
  for (std::size_t i = 0; i < query.embeds.size(); ++i) {
    if (is_place(i)) return Place{.query = &query.embeds[i].query, .name = name.substr(dot + 1)};
  }
  return std::nullopt;
}

Parsed<bool> QueryParser::modifier(Query& query, std::string_view name,
                                   const Parameter& parameter) {
  const bool is_known = name == "order" || name == "limit" || name == "offset";
  if (!is_known) return false;
  const bool is_admitted = shape_ == Shape::list || &query != &out_.query;
  if (auto fit = refuse_unless(is_admitted, parameter); !fit) {
    return std::unexpected(std::move(fit.error()));
  }
  if (name == "order") {
    auto read = parse_order(model_.entities[query.entity], parameter.value, query.order);
    if (!read) return std::unexpected(std::move(read.error()));
    return true;
  }
  const auto count = parse_count(parameter);
  if (!count) return std::unexpected(count.error());
  if (name == "limit") {
    query.limit = *count;
  } else {
    query.offset = *count;
  }
  return true;
}

Parsed<bool> QueryParser::logic(Query& query, std::string_view name, const Parameter& parameter) {
  const bool is_negated = name.starts_with("not.");
  if (is_negated) name.remove_prefix(4);
  if (name != "and" && name != "or") return false;
  const auto kind = name == "and" ? Filter::Kind::all : Filter::Kind::any;
  auto filter =
      parse_logic(model_.entities[query.entity], kind, is_negated, parameter.value, budget_);
  if (!filter) return std::unexpected(std::move(filter.error()));
  query::add_condition(query.filter, std::move(*filter));
  return true;
}

Parsed<void> QueryParser::filter_or_modifier(const Parameter& parameter) {
  Place place{.query = &out_.query, .name = parameter.name};
  // A column may have a dot in its name; it goes before a relation.
  while (find_field(model_.entities[place.query->entity], place.name) < 0) {
    const auto next = embed(*place.query, place.name);
    if (!next) break;
    place = *next;
  }
  auto done = modifier(*place.query, place.name, parameter);
  if (!done) return std::unexpected(std::move(done.error()));
  if (*done) return {};
  const bool is_own = place.query == &out_.query;
  const bool is_admitted = !is_own || shape_ == Shape::list || shape_ == Shape::write;
  done = logic(*place.query, place.name, parameter);
  if (!done) return std::unexpected(std::move(done.error()));
  if (*done) {
    out_.has_filter = out_.has_filter || is_own;
    return refuse_unless(is_admitted, parameter);
  }
  const Entity& owner = model_.entities[place.query->entity];
  std::string_view name = place.name;
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  const int field = find_field(owner, name);
  if (field < 0) {
    const std::size_t dot = name.find('.');
    if (dot != std::string_view::npos) {
      const std::string_view head = name.substr(0, dot);
      const bool is_relation =
          std::ranges::find(owner.relations, head, &query::Relation::name) != owner.relations.end();
      if (is_relation) {
        return std::unexpected(
            make_problem(400, "PGRST108", quoted(head) + " is not embedded in this request",
                         "a filter on a relation needs the relation in `select`"));
      }
    }
    return std::unexpected(unknown_column(owner, name));
  }
  if (auto fit = refuse_unless(is_admitted, parameter); !fit) return fit;
  auto filter =
      parse_condition(owner, static_cast<query::FieldIndex>(field), parameter.value, budget_);
  if (!filter) return std::unexpected(std::move(filter.error()));
  query::add_condition(place.query->filter, std::move(*filter));
  out_.has_filter = out_.has_filter || is_own;
  return {};
}

// What the schema says where the request says nothing, in embedded lists too.
void apply_default_order(const query::Model& model, Query& query) {
  if (query.order.empty()) {
    for (const query::Order& order : model.entities[query.entity].default_order) {
      query.order.push_back({.field = order.field, .descending = order.descending});
    }
  }
  for (query::Embed& embed : query.embeds) apply_default_order(model, embed.query);
}

Parsed<void> QueryParser::finish() {
  Query& query = out_.query;
  apply_default_order(model_, query);
  if (shape_ != Shape::list) return {};
  const Entity& owner = entity();
  if (!query.limit && owner.page > 0) query.limit = owner.page;
  if (after_ == nullptr) return {};
  if (!query::make_total(owner, query.order)) {
    return std::unexpected(make_problem(
        400, "PGRST100", "`after` needs a primary key, which " + quoted(owner.name) + " has not",
        "use `offset`"));
  }
  return parse_after(owner, after_->value, query);
}

}  // namespace

Parsed<ParsedQuery> parse_query(const query::Model& model, query::EntityIndex entity,
                                std::span<const Parameter> parameters, Shape shape) {
  ParsedQuery parsed;
  parsed.query.entity = entity;
  auto read = QueryParser(model, shape, parsed).read(parameters);
  if (!read) return std::unexpected(std::move(read.error()));
  return parsed;
}

Parsed<std::vector<value::Value>> parse_key(const Entity& entity, std::string_view segment) {
  const auto& fields = entity.primary_key.fields;
  std::vector<value::Value> key;
  std::string_view left = segment;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool is_whole = fields.size() == 1;
    if (i > 0 && left.data() == nullptr) break;
    const std::string_view part = is_whole ? left : split_off(left, ',');
    auto text = decode_segment(part);
    if (!text) return std::unexpected(std::move(text.error()));
    const query::Field& field = entity.fields[fields[i]];
    auto value = value::parse_text(field, *text);
    if (!value) return std::unexpected(not_a_value(field, *text, value.error()));
    key.push_back(std::move(*value));
  }
  const std::size_t commas = static_cast<std::size_t>(std::ranges::count(segment, ','));
  if (fields.size() > 1 && commas + 1 != fields.size()) {
    std::string form;
    for (query::FieldIndex field : fields) {
      form += form.empty() ? "" : ",";
      form += entity.fields[field].name;
    }
    return std::unexpected(make_problem(
        400, "PGRST100", "the key of " + quoted(entity.name) + " has the form `" + form + "`",
        "a comma in a value is written %2C"));
  }
  return key;
}

}  // namespace sqlxc::rest
