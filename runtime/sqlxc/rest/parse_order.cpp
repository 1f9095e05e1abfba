#include <sqlxc/rest/parse_order.h>

#include <algorithm>
#include <utility>

#include <sqlxc/rest/parse_field.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;
using query::Query;
using query::Sort;

template <typename T>
using Parsed = std::expected<T, Problem>;

class OrderParser {
 public:
  OrderParser(const FilterScope& scope, std::string_view text)
      : model_(scope.model),
        query_(scope.query),
        dialect_(scope.dialect),
        scanner_("order", text) {}

  Parsed<void> read(std::vector<Sort>& order);

 private:
  Parsed<Sort> term();
  Parsed<void> related(Sort& sort, const FieldName& relation);
  Parsed<void> direction(Sort& sort);
  Parsed<void> column(Sort& sort, const Entity& entity, FieldName field);

  const query::Model& model_;
  const Query& query_;
  query::Dialect dialect_;
  Scanner scanner_;
};

Parsed<void> OrderParser::column(Sort& sort, const Entity& entity, FieldName field) {
  auto index = find_readable(entity, field, dialect_);
  if (!index) return std::unexpected(std::move(index.error()));
  sort.field = *index;
  sort.path = std::move(field.path);
  return {};
}

// A column of a relation to one row, which stands in parentheses.
Parsed<void> OrderParser::related(Sort& sort, const FieldName& relation) {
  sort.embed = find_embed(model_, query_, relation.name);
  if (sort.embed == query::Item::kNoEmbed) {
    return std::unexpected(not_embedded(relation.name));
  }
  const query::Embed& embed = query_.embeds[sort.embed];
  const query::Relation& to = model_.entities[query_.entity].relations[embed.relation];
  if (to.cardinality != query::Cardinality::to_one) {
    return std::unexpected(make_problem(
        400, "PGRST118",
        "an order by " + quoted(relation.name) + " is not possible: it leads to many rows"));
  }
  auto field = parse_field_name(scanner_, ".,()");
  if (!field) return std::unexpected(std::move(field.error()));
  if (!scanner_.take(')')) return scanner_.expected("`)`");
  return column(sort, model_.entities[embed.query.entity], std::move(*field));
}

Parsed<void> OrderParser::direction(Sort& sort) {
  bool has_direction = false;
  bool has_nulls = false;
  while (scanner_.take('.')) {
    auto word = scanner_.name(".,");
    if (!word) return std::unexpected(std::move(word.error()));
    const bool is_direction = *word == "asc" || *word == "desc";
    const bool is_nulls = *word == "nullsfirst" || *word == "nullslast";
    if ((is_direction && !has_direction && !has_nulls) || (is_nulls && !has_nulls)) {
      has_direction = has_direction || is_direction;
      has_nulls = has_nulls || is_nulls;
      if (is_direction) sort.descending = *word == "desc";
      if (is_nulls) {
        sort.nulls = *word == "nullsfirst" ? query::Nulls::first : query::Nulls::last;
      }
      continue;
    }
    return std::unexpected(make_problem(400, "PGRST100", "an order has no " + quoted(*word),
                                        "asc or desc, then nullsfirst or nullslast"));
  }
  return {};
}

Parsed<Sort> OrderParser::term() {
  Sort sort;
  auto field = parse_field_name(scanner_, ".,(");
  if (!field) return std::unexpected(std::move(field.error()));
  const bool is_related = field->path.empty() && scanner_.take('(');
  auto read = is_related ? related(sort, *field)
                         : column(sort, model_.entities[query_.entity], std::move(*field));
  if (read) read = direction(sort);
  if (!read) return std::unexpected(std::move(read.error()));
  return sort;
}

Parsed<void> OrderParser::read(std::vector<Sort>& order) {
  while (true) {
    auto sort = term();
    if (!sort) return std::unexpected(std::move(sort.error()));
    const bool is_repeated = std::ranges::any_of(order, [&](const Sort& other) {
      return other.field == sort->field && other.path == sort->path && other.embed == sort->embed;
    });
    if (!is_repeated) order.push_back(std::move(*sort));
    scanner_.skip_spaces();
    if (scanner_.at_end()) return {};
    if (!scanner_.take(',')) return scanner_.expected("`,`");
  }
}

}  // namespace

Problem not_embedded(std::string_view name) {
  return make_problem(400, "PGRST108", quoted(name) + " is not embedded in this request",
                      "verify that " + quoted(name) + " is included in `select`");
}

Parsed<void> parse_order(const FilterScope& scope, std::string_view text,
                         std::vector<Sort>& order) {
  return OrderParser(scope, text).read(order);
}

}  // namespace sqlxc::rest
