#include <sqlxc/rest/parse_select.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <sqlxc/query/sql.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Embed;
using query::Entity;
using query::Field;
using query::Item;
using query::Model;
using query::Query;
using query::Relation;
using query::Type;

template <typename T>
using Parsed = std::expected<T, Problem>;

constexpr int kMaxDepth = 10;
constexpr std::size_t kMaxItems = 500;
constexpr std::size_t kMaxEmbeds = 50;
constexpr std::string_view kNameEnds = ",:!()";

struct CastName {
  std::string_view name;
  Type type;
};

constexpr std::array<CastName, 15> kCasts = {{{"text", Type::text},
                                              {"varchar", Type::text},
                                              {"character varying", Type::text},
                                              {"int", Type::int32},
                                              {"int4", Type::int32},
                                              {"integer", Type::int32},
                                              {"int8", Type::int64},
                                              {"bigint", Type::int64},
                                              {"numeric", Type::decimal},
                                              {"decimal", Type::decimal},
                                              {"float8", Type::float64},
                                              {"double precision", Type::float64},
                                              {"float", Type::float64},
                                              {"real", Type::float64},
                                              {"date", Type::date}}};

// One element as it is written, before it is known to be a column or a relation.
struct Element {
  std::string alias;
  std::string name;
  std::string cast;
  std::string hint;
  bool is_inner = false;
  bool has_members = false;
};

class SelectParser {
 public:
  SelectParser(const Model& model, std::string_view text)
      : model_(model), scanner_("select", text) {}

  Parsed<void> list(Query& query, int depth);
  bool at_end() const { return scanner_.at_end(); }
  std::unexpected<Problem> expected_end() const { return scanner_.expected("`,` or the end"); }

 private:
  Parsed<Element> element();
  Parsed<void> hints(Element& element);
  Parsed<void> member(Query& query, int depth);
  Parsed<void> column(Query& query, Element element);
  Parsed<void> relation(Query& query, Element element, int depth);
  Parsed<void> add(Query& query, Item item);

  const Model& model_;
  Scanner scanner_;
  std::size_t items_ = 0;
  std::size_t embeds_ = 0;
};

Parsed<void> SelectParser::hints(Element& element) {
  while (scanner_.take('!')) {
    auto hint = scanner_.name(kNameEnds);
    if (!hint) return std::unexpected(std::move(hint.error()));
    if (*hint == "inner") {
      element.is_inner = true;
    } else if (*hint != "left") {
      element.hint = std::move(*hint);
    }
  }
  return {};
}

Parsed<Element> SelectParser::element() {
  Element element;
  auto name = scanner_.name(kNameEnds);
  if (!name) return std::unexpected(std::move(name.error()));
  element.name = std::move(*name);
  if (!scanner_.ahead().starts_with("::") && scanner_.take(':')) {
    element.alias = std::move(element.name);
    name = scanner_.name(kNameEnds);
    if (!name) return std::unexpected(std::move(name.error()));
    element.name = std::move(*name);
  }
  if (auto read = hints(element); !read) return std::unexpected(std::move(read.error()));
  if (scanner_.take('(')) {
    element.has_members = true;
  } else if (scanner_.take("::")) {
    auto cast = scanner_.name(",)(");
    if (!cast) return std::unexpected(std::move(cast.error()));
    element.cast = std::move(*cast);
  }
  return element;
}

Parsed<void> SelectParser::add(Query& query, Item item) {
  if (++items_ > kMaxItems) {
    return std::unexpected(make_problem(400, "54011", "`select` has more than 500 members"));
  }
  const auto same = std::ranges::find(query.items, item.key, &Item::key);
  if (same == query.items.end()) {
    query.items.push_back(std::move(item));
    return {};
  }
  if (*same == item) return {};
  return std::unexpected(make_problem(400, "42712", "`select` names " + quoted(item.key) + " twice",
                                      "rename one: `other:" + item.key + "`"));
}

Parsed<void> SelectParser::column(Query& query, Element element) {
  const Entity& entity = model_.entities[query.entity];
  if (element.is_inner || !element.hint.empty()) return scanner_.expected("`(`");
  const int index = find_field(entity, element.name);
  if (index < 0 || entity.fields[static_cast<std::size_t>(index)].writeonly) {
    const bool is_relation = std::ranges::find(entity.relations, element.name, &Relation::name) !=
                             entity.relations.end();
    if (!is_relation) return std::unexpected(unknown_column(entity, element.name));
    return std::unexpected(make_problem(400, "42703",
                                        quoted(element.name) + " is a relation, not a column",
                                        "embed it: `" + element.name + "(*)`"));
  }
  const Field& field = entity.fields[static_cast<std::size_t>(index)];
  Item item{.key = element.alias.empty() ? element.name : element.alias,
            .field = static_cast<query::FieldIndex>(index)};
  if (!element.cast.empty()) {
    const auto known = std::ranges::find(kCasts, element.cast, &CastName::name);
    if (known == kCasts.end() || !query::can_cast(field.type, known->type)) {
      return std::unexpected(make_problem(
          400, "42846",
          quoted(field.name) + " cannot be cast from " + std::string(value::name_of(field.type)) +
              " to " + quoted(element.cast),
          "every type casts to text, small numbers to larger ones, time stamps to date"));
    }
    if (known->type != field.type) item.cast = query::Cast{.type = known->type};
  }
  return add(query, std::move(item));
}

Parsed<query::RelationIndex> find_relation(const Model& model, const Entity& entity,
                                           const Element& element) {
  const auto matches = [&](const Relation& relation) {
    const bool is_named = relation.name == element.name;
    const bool is_target = model.entities[relation.target].name == element.name;
    if (element.hint.empty()) return is_named;
    const bool is_via = relation.cardinality == query::Cardinality::many_to_many &&
                        model.entities[relation.via].name == element.hint;
    bool is_column =
        relation.from.size() == 1 && entity.fields[relation.from[0]].name == element.hint;
    return (is_named || is_target) && (relation.constraint == element.hint || is_via || is_column ||
                                       relation.name == element.hint);
  };
  std::optional<query::RelationIndex> found;
  for (std::size_t i = 0; i < entity.relations.size(); ++i) {
    if (matches(entity.relations[i])) return static_cast<query::RelationIndex>(i);
  }
  // PostgREST's clients name the table; that serves where only one relation leads to it.
  for (std::size_t i = 0; element.hint.empty() && i < entity.relations.size(); ++i) {
    if (model.entities[entity.relations[i].target].name != element.name) continue;
    if (found) {
      return std::unexpected(
          make_problem(300, "PGRST201",
                       "more than one relation leads from " + quoted(entity.name) + " to " +
                           quoted(element.name),
                       "name the relation: `" + std::string(entity.relations[*found].name) +
                           "` or `" + std::string(entity.relations[i].name) + "`"));
    }
    found = static_cast<query::RelationIndex>(i);
  }
  if (found) return *found;
  return std::unexpected(unknown_relation(entity, element.name));
}

Parsed<void> SelectParser::relation(Query& query, Element element, int depth) {
  if (depth >= kMaxDepth) {
    return std::unexpected(make_problem(400, "54001", "relations are embedded deeper than 10"));
  }
  if (++embeds_ > kMaxEmbeds) {
    return std::unexpected(make_problem(400, "54001", "the request embeds more than 50 relations"));
  }
  const Entity& entity = model_.entities[query.entity];
  auto index = find_relation(model_, entity, element);
  if (!index) return std::unexpected(std::move(index.error()));
  Embed embed{.relation = *index, .is_inner = element.is_inner, .query = {}};
  embed.query.entity = entity.relations[*index].target;
  scanner_.skip_spaces();
  const bool is_hidden = scanner_.peek() == ')';
  if (!is_hidden) {
    if (auto read = list(embed.query, depth + 1); !read) return read;
  }
  if (!scanner_.take(')')) return scanner_.expected("`,` or `)`");
  if (!is_hidden) {
    Item item{.key = element.alias.empty() ? element.name : element.alias,
              .embed = query.embeds.size()};
    if (std::ranges::find(query.items, item.key, &Item::key) != query.items.end()) {
      return std::unexpected(make_problem(400, "42712",
                                          "`select` names " + quoted(item.key) + " twice",
                                          "rename one: `other:" + element.name + "(...)`"));
    }
    if (auto added = add(query, std::move(item)); !added) return added;
  }
  query.embeds.push_back(std::move(embed));
  return {};
}

Parsed<void> SelectParser::member(Query& query, int depth) {
  scanner_.skip_spaces();
  if (scanner_.take("...")) {
    return std::unexpected(make_problem(400, "PGRST100", "spreading a relation is not supported",
                                        "embed it: `relation(*)`"));
  }
  if (scanner_.take('*')) {
    for (Item& item : query::all_items(model_.entities[query.entity])) {
      if (auto added = add(query, std::move(item)); !added) return added;
    }
    return {};
  }
  auto element = this->element();
  if (!element) return std::unexpected(std::move(element.error()));
  const bool is_embed = element->has_members;
  return is_embed ? relation(query, std::move(*element), depth)
                  : column(query, std::move(*element));
}

Parsed<void> SelectParser::list(Query& query, int depth) {
  while (true) {
    if (auto read = member(query, depth); !read) return read;
    scanner_.skip_spaces();
    if (!scanner_.take(',')) return {};
  }
}

}  // namespace

Parsed<void> parse_select(const Model& model, std::string_view text, Query& query) {
  SelectParser parser(model, text);
  if (auto read = parser.list(query, 0); !read) return read;
  if (!parser.at_end()) return parser.expected_end();
  return {};
}

}  // namespace sqlxc::rest
