#include <sqlxc/rest/parse_select.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <sqlxc/rest/parse_field.h>
#include <sqlxc/rest/parse_relation.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/scanner.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Aggregate;
using query::Embed;
using query::Entity;
using query::Field;
using query::Item;
using query::Model;
using query::Query;
using query::Type;

template <typename T>
using Parsed = std::expected<T, Problem>;

constexpr int kMaxDepth = 10;
constexpr std::size_t kMaxItems = 500;
constexpr std::size_t kMaxEmbeds = 50;
constexpr std::string_view kNameEnds = ",:!().";

struct AggregateName {
  std::string_view name;
  Aggregate aggregate;
};

constexpr auto kAggregates = std::to_array<AggregateName>({{"count", Aggregate::count},
                                                           {"sum", Aggregate::sum},
                                                           {"avg", Aggregate::avg},
                                                           {"max", Aggregate::max},
                                                           {"min", Aggregate::min}});

// One element as it is written, before it is known to be a column or a relation.
struct Element {
  std::string alias;
  FieldName field;
  std::string hint;
  std::string cast;
  std::string_view aggregate;  // its name in kAggregates
  std::string aggregate_cast;
  bool is_inner = false;
  bool is_spread = false;
  bool has_members = false;
};

// The key without an alias: what stands last in the path and is no index.
std::string default_key(const Element& element) {
  if (!element.aggregate.empty()) return std::string(element.aggregate);
  for (auto step = element.field.path.rbegin(); step != element.field.path.rend(); ++step) {
    if (!step->index) return step->key;
  }
  return element.field.name;
}

class SelectParser {
 public:
  SelectParser(const Model& model, std::string_view text, query::Dialect dialect)
      : model_(model), dialect_(dialect), scanner_("select", text) {}

  Parsed<void> list(Query& query, int depth);
  bool at_end() const { return scanner_.at_end(); }
  std::unexpected<Problem> expected_end() const { return scanner_.expected("`,` or the end"); }

 private:
  Parsed<Element> element();
  Parsed<void> hints(Element& element);
  Parsed<void> suffixes(Element& element);
  Parsed<std::string> cast_name();
  Parsed<void> member(Query& query, int depth);
  Parsed<void> column(Query& query, const Element& element);
  Parsed<void> relation(Query& query, const Element& element, int depth);
  Parsed<void> add(Query& query, Item item);
  Parsed<void> add_all(Query& query);
  Parsed<std::optional<query::Cast>> cast(std::string_view name, const Field& from) const;
  bool is_spread_item(const Query& query, const Item& item) const {
    return item.embed != Item::kNoEmbed && query.embeds[item.embed].is_spread;
  }

  const Model& model_;
  query::Dialect dialect_;
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

Parsed<std::string> SelectParser::cast_name() { return scanner_.name(",)(.:"); }

// `::type`, `.sum()`, `::type` in this order, each of which may be absent.
Parsed<void> SelectParser::suffixes(Element& element) {
  if (scanner_.take("::")) {
    auto name = cast_name();
    if (!name) return std::unexpected(std::move(name.error()));
    element.cast = std::move(*name);
  }
  if (scanner_.take('.')) {
    for (const AggregateName& known : kAggregates) {
      if (!scanner_.ahead().starts_with(std::string(known.name) + "()")) continue;
      element.aggregate = known.name;
      scanner_.skip(known.name.size() + 2);
    }
    if (element.aggregate.empty()) {
      return scanner_.expected("count(), sum(), avg(), max() or min()");
    }
    if (scanner_.take("::")) {
      auto name = cast_name();
      if (!name) return std::unexpected(std::move(name.error()));
      element.aggregate_cast = std::move(*name);
    }
  }
  return {};
}

Parsed<Element> SelectParser::element() {
  Element element;
  element.is_spread = scanner_.take("...");
  auto field = parse_field_name(scanner_, kNameEnds);
  if (!field) return std::unexpected(std::move(field.error()));
  element.field = std::move(*field);
  const bool has_alias = element.field.path.empty() && !element.is_spread &&
                         !scanner_.ahead().starts_with("::") && scanner_.take(':');
  if (has_alias) {
    element.alias = std::move(element.field.name);
    field = parse_field_name(scanner_, kNameEnds);
    if (!field) return std::unexpected(std::move(field.error()));
    element.field = std::move(*field);
  }
  if (element.field.path.empty()) {
    if (auto read = hints(element); !read) return std::unexpected(std::move(read.error()));
  }
  const bool counts_rows = element.field.name == "count" && element.field.path.empty() &&
                           element.hint.empty() && scanner_.take("()");
  if (counts_rows) {
    element.aggregate = "count";
    element.field.name.clear();
    if (!scanner_.take("::")) return element;
    auto name = cast_name();
    if (!name) return std::unexpected(std::move(name.error()));
    element.aggregate_cast = std::move(*name);
    return element;
  }
  if (scanner_.take('(')) {
    element.has_members = true;
    if (!element.field.path.empty()) return scanner_.expected("`,` or the end");
    return element;
  }
  if (element.is_spread || element.is_inner || !element.hint.empty()) {
    return scanner_.expected("`(`");
  }
  if (auto read = suffixes(element); !read) return std::unexpected(std::move(read.error()));
  return element;
}

Parsed<void> SelectParser::add(Query& query, Item item) {
  if (++items_ > kMaxItems) {
    return std::unexpected(make_problem(400, "54011", "`select` has more than 500 members"));
  }
  const auto same = std::ranges::find_if(query.items, [&](const Item& other) {
    return other.key == item.key && !is_spread_item(query, other);
  });
  if (same == query.items.end() || is_spread_item(query, item)) {
    query.items.push_back(std::move(item));
    return {};
  }
  if (*same == item) return {};
  // A relation goes before a column of its name, so that `*,status(*)` has the former.
  const bool is_relation = item.embed != Item::kNoEmbed;
  if (is_relation != (same->embed != Item::kNoEmbed)) {
    if (is_relation) *same = std::move(item);
    return {};
  }
  return std::unexpected(make_problem(400, "42712", "`select` names " + quoted(item.key) + " twice",
                                      "rename one: `other:" + item.key + "`"));
}

Parsed<void> SelectParser::add_all(Query& query) {
  for (Item& item : query::all_items(model_.entities[query.entity])) {
    const bool is_there = std::ranges::any_of(query.items, [&](const Item& other) {
      return other.key == item.key && !is_spread_item(query, other);
    });
    if (is_there) continue;
    if (auto added = add(query, std::move(item)); !added) return added;
  }
  return {};
}

Parsed<std::optional<query::Cast>> SelectParser::cast(std::string_view name,
                                                      const Field& from) const {
  const auto known = query::find_cast(model_, name);
  if (!known) {
    return std::unexpected(make_problem(400, "42704", "there is no type " + quoted(name)));
  }
  if (dialect_ == query::Dialect::postgres) return known;
  if (known->type == from.type && known->type != Type::array) return std::nullopt;
  const bool can_cast = query::can_cast(from.type, known->type);
  if (can_cast) return known;
  return std::unexpected(make_problem(
      400, "42846",
      quoted(from.name) + " cannot be cast from " + std::string(value::name_of(from.type)) +
          " to " + quoted(name),
      "every type casts to text, small numbers to larger ones, time stamps to date; PostgreSQL "
      "has all its casts"));
}

Parsed<void> SelectParser::column(Query& query, const Element& element) {
  const Entity& entity = model_.entities[query.entity];
  Item item{.key = element.alias.empty() ? default_key(element) : element.alias,
            .path = element.field.path};
  const auto known = std::ranges::find(kAggregates, element.aggregate, &AggregateName::name);
  if (known != kAggregates.end()) item.aggregate = known->aggregate;
  Field of;
  if (element.field.name.empty()) {
    item.field = Item::kAllRows;
    of.type = Type::int64;
  } else {
    const bool is_relation = find_field(entity, element.field.name) < 0 &&
                             std::ranges::find(entity.relations, element.field.name,
                                               &query::Relation::name) != entity.relations.end();
    if (is_relation) {
      return std::unexpected(
          make_problem(400, "42703", quoted(element.field.name) + " is a relation, not a column",
                       "embed it: `" + element.field.name + "(*)`"));
    }
    auto index = find_readable(entity, element.field, dialect_);
    if (!index) return std::unexpected(std::move(index.error()));
    item.field = *index;
    of = field_at(entity.fields[*index], item.path);
  }
  if (!element.cast.empty()) {
    auto found = cast(element.cast, of);
    if (!found) return std::unexpected(std::move(found.error()));
    item.cast = *found;
  }
  if (!element.aggregate_cast.empty()) {
    auto found = cast(element.aggregate_cast, of);
    if (!found) return std::unexpected(std::move(found.error()));
    item.aggregate_cast = *found;
  }
  return add(query, std::move(item));
}

Parsed<void> SelectParser::relation(Query& query, const Element& element, int depth) {
  if (depth >= kMaxDepth) {
    return std::unexpected(make_problem(400, "54001", "relations are embedded deeper than 10"));
  }
  if (++embeds_ > kMaxEmbeds) {
    return std::unexpected(make_problem(400, "54001", "the request embeds more than 50 relations"));
  }
  const Entity& entity = model_.entities[query.entity];
  auto index =
      find_relation(model_, entity, {.name = element.field.name, .hint = element.hint}, dialect_);
  if (!index) return std::unexpected(std::move(index.error()));
  Embed embed{.relation = *index,
              .is_inner = element.is_inner,
              .is_spread = element.is_spread,
              .name = element.field.name,
              .query = {}};
  embed.query.entity = entity.relations[*index].target;
  scanner_.skip_spaces();
  const bool is_hidden = scanner_.peek() == ')';
  if (!is_hidden) {
    if (auto read = list(embed.query, depth + 1); !read) return read;
  }
  if (!scanner_.take(')')) return scanner_.expected("`,` or `)`");
  const std::string key = element.alias.empty() ? element.field.name : element.alias;
  const std::size_t place = query.embeds.size();
  query.embeds.push_back(std::move(embed));
  if (is_hidden) {
    if (!element.alias.empty()) query.embeds[place].name = key;
    return {};
  }
  const auto same = std::ranges::find_if(query.items, [&](const Item& other) {
    return other.key == key && other.embed != Item::kNoEmbed && !is_spread_item(query, other);
  });
  if (same != query.items.end() && !element.is_spread) {
    return std::unexpected(make_problem(400, "42712", "`select` names " + quoted(key) + " twice",
                                        "rename one: `other:" + element.field.name + "(...)`"));
  }
  return add(query, {.key = key, .embed = place});
}

Parsed<void> SelectParser::member(Query& query, int depth) {
  scanner_.skip_spaces();
  if (scanner_.take('*')) return add_all(query);
  auto element = this->element();
  if (!element) return std::unexpected(std::move(element.error()));
  return element->has_members ? relation(query, *element, depth) : column(query, *element);
}

Parsed<void> SelectParser::list(Query& query, int depth) {
  while (true) {
    if (auto read = member(query, depth); !read) return read;
    scanner_.skip_spaces();
    if (!scanner_.take(',')) return {};
  }
}

}  // namespace

Parsed<void> parse_select(const Model& model, std::string_view text, query::Dialect dialect,
                          Query& query) {
  SelectParser parser(model, text, dialect);
  if (auto read = parser.list(query, 0); !read) return read;
  if (!parser.at_end()) return parser.expected_end();
  return {};
}

}  // namespace sqlxc::rest
