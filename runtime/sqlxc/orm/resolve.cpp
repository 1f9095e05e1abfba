#include <sqlxc/orm/resolve.h>

#include <algorithm>
#include <utility>

#include <sqlxc/json/reader.h>
#include <sqlxc/query/default_order.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/parse_value.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/value/pattern.h>

namespace sqlxc::orm {
namespace {

using query::Comparison;
using query::Filter;
using value::Value;

// A value as it stands in a URL: a JSON string without its quotes, everything else as it is.
std::string text_of(const query::Field& field, std::string_view json) {
  if (field.type == value::Type::json || field.type == value::Type::array) {
    return std::string(json);
  }
  json::Reader reader(json);
  reader.next();
  return std::string(reader.token() == json::Token::string ? reader.text() : json);
}

Resolved resolve_pattern(const Value& pattern) {
  if (!value::ends_in_escape(pattern.text)) return {};
  return std::unexpected(rest::make_problem(400, "22025", "a pattern must not end with an escape",
                                            "write a backslash as two"));
}

bool is_pattern(Comparison comparison) {
  return comparison == Comparison::match || comparison == Comparison::imatch;
}

Resolved resolve_values(const Scope& scope, const query::Field& field, Filter& filter) {
  for (Value& value : filter.values) {
    if (filter.comparison == Comparison::like || filter.comparison == Comparison::ilike) {
      if (auto read = resolve_pattern(value); !read) return read;
      continue;
    }
    const std::string text =
        is_pattern(filter.comparison) ? value.text : text_of(field, value.text);
    auto read = rest::parse_compared(field, filter.comparison, text, scope.dialect);
    if (!read) return std::unexpected(std::move(read.error()));
    value = std::move(*read);
  }
  return {};
}

// All that a row in C++ has: computed columns are asked for by name alone.
void add_columns(const query::Entity& entity, query::Query& query) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const query::Field& field = entity.fields[i];
    if (field.computed) continue;
    query.items.push_back(
        {.key = std::string(field.name), .field = static_cast<query::FieldIndex>(i)});
  }
}

}  // namespace

Resolved resolve(const Scope& scope, query::EntityIndex entity, Filter& filter) {
  const query::Entity& of = scope.model.entities[entity];
  if (filter.kind == Filter::Kind::compare) {
    return resolve_values(scope, of.fields[filter.field], filter);
  }
  const query::EntityIndex inner =
      filter.kind == Filter::Kind::related ? of.relations[filter.relation].target : entity;
  for (Filter& child : filter.children) {
    if (auto read = resolve(scope, inner, child); !read) return read;
  }
  return {};
}

Resolved resolve(const Scope& scope, query::Query& query) {
  const query::Entity& entity = scope.model.entities[query.entity];
  if (auto read = resolve(scope, query.entity, query.filter); !read) return read;
  add_columns(entity, query);
  query::add_default_order(entity, query);
  for (std::size_t i = 0; i < query.embeds.size(); ++i) {
    query::Embed& embed = query.embeds[i];
    const query::Relation& relation = entity.relations[embed.relation];
    embed.name = relation.name;
    query.items.push_back({.key = std::string(relation.name), .embed = i});
    if (auto read = resolve(scope, embed.query); !read) return read;
  }
  return {};
}

std::expected<std::vector<Value>, http::Problem> resolve_key(const Scope& scope,
                                                             query::EntityIndex entity,
                                                             const std::vector<std::string>& key) {
  const query::Entity& of = scope.model.entities[entity];
  std::vector<Value> values;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const query::Field& field = of.fields[of.primary_key.fields[i]];
    auto value = rest::parse_key_part(field, text_of(field, key[i]), scope.dialect);
    if (!value) return std::unexpected(std::move(value.error()));
    values.push_back(std::move(*value));
  }
  return values;
}

}  // namespace sqlxc::orm
