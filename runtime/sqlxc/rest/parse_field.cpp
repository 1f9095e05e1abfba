#include <sqlxc/rest/parse_field.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Field;
using query::PathStep;
using query::Type;

// A path deeper than this is no path that anyone has.
constexpr std::size_t kMaxSteps = 50;
constexpr std::string_view kKeyEnds = "(-:.,>)";

// A key ends like a name does; a dash that leads to no arrow is part of it.
std::size_t end_of_key(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size()) {
    const bool is_dash = text[end] == '-' && !text.substr(end).starts_with("->");
    if (kKeyEnds.find(text[end]) != kKeyEnds.npos && !is_dash) break;
    ++end;
  }
  return end;
}

}  // namespace

std::expected<std::vector<PathStep>, Problem> parse_path(Scanner& scanner) {
  std::vector<PathStep> path;
  while (scanner.take("->")) {
    PathStep step{.is_text = scanner.take('>')};
    if (!path.empty() && path.back().is_text) {
      return std::unexpected(make_problem(400, "PGRST100", "nothing can follow `->>` in a path",
                                          "use `->` for all steps but the last"));
    }
    if (path.size() == kMaxSteps) {
      return std::unexpected(make_problem(400, "54001", "a path has more than 50 steps"));
    }
    if (scanner.take('"')) {
      scanner.back();
      auto key = scanner.field_name({});
      if (!key) return std::unexpected(std::move(key.error()));
      step.key = std::move(*key);
    } else {
      const std::string_view key = scanner.ahead().substr(0, end_of_key(scanner.ahead()));
      if (key.empty()) return scanner.expected("a key or an index");
      scanner.skip(key.size());
      step.index = parse_number<std::int32_t>(key);
      step.key = key;
    }
    path.push_back(std::move(step));
  }
  return path;
}

std::expected<FieldName, Problem> parse_field_name(Scanner& scanner, std::string_view ends) {
  FieldName field;
  auto name = scanner.field_name(ends);
  if (!name) return std::unexpected(std::move(name.error()));
  field.name = std::move(*name);
  auto path = parse_path(scanner);
  if (!path) return std::unexpected(std::move(path.error()));
  field.path = std::move(*path);
  return field;
}

int find_field(const query::Entity& entity, std::string_view name) {
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    if (entity.fields[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::expected<query::FieldIndex, Problem> find_readable(const query::Entity& entity,
                                                        const FieldName& field,
                                                        query::Dialect dialect) {
  const int index = find_field(entity, field.name);
  if (index < 0 || entity.fields[static_cast<std::size_t>(index)].writeonly) {
    return std::unexpected(unknown_column(entity, field.name));
  }
  const Field& found = entity.fields[static_cast<std::size_t>(index)];
  if (found.computed && dialect == query::Dialect::sqlite) {
    return std::unexpected(lacks("computed columns"));
  }
  const bool has_members =
      found.type == Type::json || found.type == Type::array || found.type == Type::other;
  if (!field.path.empty() && !has_members) {
    return std::unexpected(make_problem(400, "42883",
                                        quoted(found.name) + " is " +
                                            std::string(value::name_of(found.type)) +
                                            ", and `->` leads into json"));
  }
  return static_cast<query::FieldIndex>(index);
}

Field field_at(const Field& field, const std::vector<PathStep>& path) {
  if (path.empty()) return field;
  Field at;
  at.name = field.name;
  at.type = path.back().is_text ? Type::text : Type::json;
  return at;
}

Problem lacks(std::string what) {
  return make_problem(400, "0A000", "SQLite cannot do " + std::move(what),
                      "a service on PostgreSQL can");
}

}  // namespace sqlxc::rest
