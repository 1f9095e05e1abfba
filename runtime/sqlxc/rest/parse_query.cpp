#include <sqlxc/rest/parse_query.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/query/default_order.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/parse_order.h>
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

Parsed<std::int64_t> parse_count(const Parameter& parameter, std::string_view name) {
  const auto number = parse_number<std::int64_t>(parameter.value);
  if (number && *number >= 0) return *number;
  if (number && name == "offset") return 0;
  if (number) {
    Problem problem = make_problem(416, "PGRST103", "the requested range is not there");
    problem.details = "`limit` should be 0 or more";
    return std::unexpected(std::move(problem));
  }
  return std::unexpected(make_problem(
      400, "PGRST100",
      quoted(parameter.name) + " must be a number of 0 or more, not " + quoted(parameter.value)));
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

// A list of columns; `code` is what an unknown one is.
Parsed<std::vector<query::FieldIndex>> parse_columns(const Entity& entity,
                                                     const Parameter& parameter,
                                                     std::string_view code) {
  std::vector<query::FieldIndex> fields;
  Scanner scanner(parameter.name, parameter.value);
  while (true) {
    auto name = scanner.name(",");
    if (!name) return std::unexpected(std::move(name.error()));
    const int field = find_field(entity, *name);
    if (field < 0 || entity.fields[static_cast<std::size_t>(field)].computed) {
      return std::unexpected(unknown_column(entity, *name, code));
    }
    const auto index = static_cast<query::FieldIndex>(field);
    if (std::ranges::find(fields, index) == fields.end()) fields.push_back(index);
    if (scanner.at_end()) return fields;
    if (!scanner.take(',')) return scanner.expected("`,`");
  }
}

Parsed<std::vector<query::FieldIndex>> parse_conflict(const Entity& entity,
                                                      const Parameter& parameter) {
  auto read = parse_columns(entity, parameter, "42703");
  if (!read) return read;
  std::vector<query::FieldIndex> fields = std::move(*read);
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
  QueryParser(const query::Model& model, Shape shape, query::Dialect dialect, ParsedQuery& out)
      : model_(model), shape_(shape), dialect_(dialect), out_(out) {}

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
  Parsed<FieldName> field_of(const Query& query, std::string_view name) const;

  const query::Model& model_;
  Shape shape_;
  query::Dialect dialect_;
  ParsedQuery& out_;
  FilterBudget budget_;
  const Parameter* after_ = nullptr;
  std::vector<std::string_view> seen_;
};

constexpr std::array<std::string_view, 7> kOnce = {"select",      "order",   "limit", "offset",
                                                   "on_conflict", "columns", "after"};

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
    if (auto read = parse_select(model_, select->value, dialect_, out_.query); !read) return read;
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
    auto fields = parse_conflict(entity(), parameter);
    if (!fields) return std::unexpected(std::move(fields.error()));
    out_.on_conflict = std::move(*fields);
    return {};
  }
  if (parameter.name == "columns" && (shape_ == Shape::insert || shape_ == Shape::write)) {
    auto fields = parse_columns(entity(), parameter, "PGRST204");
    if (!fields) return std::unexpected(std::move(fields.error()));
    out_.columns = std::move(*fields);
    return {};
  }
  if (parameter.name == "after") {
    after_ = &parameter;
    return refuse_unless(shape_ == Shape::list, parameter);
  }
  return filter_or_modifier(parameter);
}

std::optional<QueryParser::Place> QueryParser::embed(Query& query, std::string_view name) const {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::size_t found = find_embed(model_, query, name.substr(0, dot));
  if (found == query::Item::kNoEmbed) return std::nullopt;
  return Place{.query = &query.embeds[found].query, .name = name.substr(dot + 1)};
}

Parsed<bool> QueryParser::modifier(Query& query, std::string_view name,
                                   const Parameter& parameter) {
  const bool is_known = name == "order" || name == "limit" || name == "offset";
  if (!is_known) return false;
  const bool is_write = shape_ == Shape::write || shape_ == Shape::insert;
  const bool is_admitted =
      shape_ == Shape::list || &query != &out_.query || (is_write && name == "order");
  if (auto fit = refuse_unless(is_admitted, parameter); !fit) {
    return std::unexpected(std::move(fit.error()));
  }
  if (name == "order") {
    auto read = parse_order({.model = model_, .query = query, .dialect = dialect_}, parameter.value,
                            query.order);
    if (!read) return std::unexpected(std::move(read.error()));
    return true;
  }
  auto count = parse_count(parameter, name);
  if (!count) return std::unexpected(std::move(count.error()));
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
  auto filter = parse_logic({.model = model_, .query = query, .dialect = dialect_}, kind,
                            is_negated, parameter.value, budget_);
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
  auto field = field_of(*place.query, place.name);
  if (!field) return std::unexpected(std::move(field.error()));
  if (auto fit = refuse_unless(is_admitted, parameter); !fit) return fit;
  auto filter = parse_condition({.model = model_, .query = *place.query, .dialect = dialect_},
                                *field, parameter.value, budget_);
  if (!filter) return std::unexpected(std::move(filter.error()));
  query::add_condition(place.query->filter, std::move(*filter));
  out_.has_filter = out_.has_filter || is_own;
  return {};
}

// The column that a parameter's name means, with a path into it.
Parsed<FieldName> QueryParser::field_of(const Query& query, std::string_view name) const {
  if (find_field(model_.entities[query.entity], name) >= 0) {
    return FieldName{.name = std::string(name), .path = {}};
  }
  Scanner scanner(name, name);
  auto field = parse_field_name(scanner, ".");
  if (!field || scanner.at_end()) return field;
  if (scanner.peek() == '.') return std::unexpected(not_embedded(field->name));
  return scanner.expected("nothing more");
}

// What the schema says where the request says nothing, in embedded lists too. Groups have no order
// of their own.
void apply_default_order(const query::Model& model, Query& query) {
  if (!query::is_grouped(model, query)) {
    query::add_default_order(model.entities[query.entity], query);
  }
  for (query::Embed& embed : query.embeds) apply_default_order(model, embed.query);
}

bool asks_relation(const Filter& filter) {
  return filter.kind == Filter::Kind::embedded ||
         std::ranges::any_of(filter.children, asks_relation);
}

Parsed<void> QueryParser::finish() {
  Query& query = out_.query;
  // SQLite writes first and reads what is shown after: the relations are not of the write.
  const bool is_sqlite_write = shape_ == Shape::write && dialect_ == query::Dialect::sqlite;
  if (is_sqlite_write && asks_relation(query.filter)) {
    return std::unexpected(lacks("a write whose rows are found by a relation"));
  }
  if (shape_ != Shape::list) {
    for (query::Embed& embed : query.embeds) apply_default_order(model_, embed.query);
    return {};
  }
  apply_default_order(model_, query);
  const Entity& owner = entity();
  if (!query.limit && owner.page > 0) query.limit = owner.page;
  if (after_ == nullptr) return {};
  if (query::is_grouped(model_, query) || !query::make_total(owner, query.order)) {
    return std::unexpected(make_problem(400, "PGRST100",
                                        "`after` needs rows with a primary key, in an order of "
                                        "their own columns",
                                        "use `offset`"));
  }
  return parse_after(owner, after_->value, query);
}

}  // namespace

Parsed<ParsedQuery> parse_query(const query::Model& model, query::EntityIndex entity,
                                std::span<const Parameter> parameters, Shape shape,
                                query::Dialect dialect) {
  ParsedQuery parsed;
  parsed.query.entity = entity;
  auto read = QueryParser(model, shape, dialect, parsed).read(parameters);
  if (!read) return std::unexpected(std::move(read.error()));
  return parsed;
}

bool selects_all(std::string_view query_string) {
  const auto parameters = parse_query_string(query_string);
  return parameters && std::ranges::all_of(*parameters, [](const Parameter& parameter) {
           return parameter.name != "select" || parameter.value.empty() || parameter.value == "*";
         });
}

Parsed<value::Value> parse_key_part(const query::Field& field, std::string_view text,
                                    query::Dialect dialect) {
  const bool is_foreign = dialect == query::Dialect::postgres && !field.pg_from_text.empty();
  auto value = value::parse_text(is_foreign ? query::Field() : field, text);
  if (!value) return std::unexpected(not_a_value(field, text, value.error()));
  return std::move(*value);
}

Parsed<std::vector<value::Value>> parse_key(const Entity& entity, std::string_view segment,
                                            query::Dialect dialect) {
  const auto& fields = entity.primary_key.fields;
  std::vector<value::Value> key;
  std::string_view left = segment;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool is_whole = fields.size() == 1;
    if (i > 0 && left.data() == nullptr) break;
    const std::string_view part = is_whole ? left : split_off(left, ',');
    auto text = decode_segment(part);
    if (!text) return std::unexpected(std::move(text.error()));
    auto value = parse_key_part(entity.fields[fields[i]], *text, dialect);
    if (!value) return std::unexpected(std::move(value.error()));
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
