#include <sqlxc/rest/problems.h>

#include <algorithm>
#include <numeric>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;

constexpr std::size_t kMaxName = 64;

// Edits between two names, a swap of neighbours being one.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = to_lower(a[i - 1]) == to_lower(b[j - 1]) ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + changed});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string did_you_mean(std::string_view name, const std::vector<std::string_view>& candidates) {
  const std::string_view candidate = nearest(name, candidates);
  if (candidate.empty()) return {};
  return "did you mean " + quoted(candidate) + "?";
}

// The constraint with these words.
std::string_view rule_of_sql(const Entity& entity, std::string_view sql) {
  const auto found = std::ranges::find(entity.rules, sql, &rules::Rule::sql);
  return found == entity.rules.end() ? std::string_view() : found->name;
}

// Where the schema says what was broken: the rule, else the first field's column.
std::string_view place_of(const Entity& entity, const rules::Violation& violation) {
  if (entity.places == nullptr) return {};
  const auto find = [](auto items, std::span<const std::string_view> places,
                       std::string_view name) -> std::string_view {
    for (std::size_t i = 0; i < std::min(items.size(), places.size()); ++i) {
      if (items[i].name == name) return places[i];
    }
    return {};
  };
  if (!violation.sql.empty()) {
    const std::string_view name =
        violation.rule == "exclusion" ? rule_of_sql(entity, violation.sql) : violation.rule;
    return find(entity.rules, entity.places->rules, name);
  }
  if (violation.fields.empty()) return {};
  return find(entity.fields, entity.places->fields, violation.fields[0]);
}

void write_violation(json::Writer& writer, const Entity& entity,
                     const rules::Violation& violation) {
  writer.begin_object();
  writer.key("field");
  if (violation.fields.empty()) {
    writer.null();
  } else {
    writer.string(violation.fields[0]);
  }
  if (violation.fields.size() > 1) {
    writer.key("fields");
    writer.begin_array();
    for (std::string_view field : violation.fields) writer.string(field);
    writer.end_array();
  }
  writer.key("rule");
  writer.string(violation.rule);
  writer.key("message");
  writer.string(violation.message);
  if (!violation.sql.empty()) {
    writer.key("sql");
    writer.string(violation.sql);
  }
  if (const std::string_view place = place_of(entity, violation); !place.empty()) {
    writer.key("source");
    writer.string(place);
  }
  writer.key("row");
  writer.integer(static_cast<std::int64_t>(violation.row));
  writer.end_object();
}

// The SQLSTATE of the first violation: one code speaks for the document.
std::string_view code_of(const rules::Violation& violation, int status) {
  if (violation.rule == "unique") return "23505";
  if (violation.rule == "foreign_key") return "23503";
  if (violation.rule == "exclusion") return "23P01";
  if (status == 409) return "23000";
  if (violation.rule == "not_null") return "23502";
  if (violation.rule == "length") return "22001";
  if (violation.rule == "range" || violation.rule == "precision") return "22003";
  if (violation.rule == "type" || violation.rule == "label" || violation.rule == "nul") {
    return "22P02";
  }
  return "23514";
}

}  // namespace

std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  if (name.size() > kMaxName) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    const std::size_t edits = distance(name, candidate);
    if (edits >= best_distance) continue;
    best = candidate;
    best_distance = edits;
  }
  return best;
}

std::string quoted(std::string_view name) {
  if (name.size() <= kMaxName) return "`" + std::string(name) + "`";
  std::size_t end = kMaxName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
  return "`" + std::string(name.substr(0, end)) + "…`";
}

Problem make_problem(int status, std::string_view code, std::string message, std::string hint) {
  Problem problem;
  problem.status = status;
  problem.code = code;
  problem.message = std::move(message);
  problem.hint = std::move(hint);
  return problem;
}

Problem unknown_table(const query::Model& model, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Entity& entity : model.entities) names.push_back(entity.name);
  return make_problem(404, "PGRST205", "there is no table " + quoted(name),
                      did_you_mean(name, names));
}

Problem unknown_column(const Entity& entity, std::string_view name, std::string_view code) {
  std::vector<std::string_view> names;
  for (const query::Field& field : entity.fields) names.push_back(field.name);
  return make_problem(400, code, quoted(entity.name) + " has no column " + quoted(name),
                      did_you_mean(name, names));
}

Problem unknown_relation(const Entity& entity, std::string_view name) {
  std::vector<std::string_view> names;
  for (const query::Relation& relation : entity.relations) names.push_back(relation.name);
  return make_problem(400, "PGRST200", quoted(entity.name) + " has no relation " + quoted(name),
                      did_you_mean(name, names));
}

namespace {

// PostgreSQL has codes of their own for what is no time, and for 25 o'clock.
std::string_view code_of(query::Type type, bool is_out_of_range) {
  switch (type) {
    case query::Type::date:
    case query::Type::time:
    case query::Type::timetz:
    case query::Type::timestamp:
    case query::Type::timestamptz:
    case query::Type::interval:
      return is_out_of_range ? "22008" : "22007";
    default:
      return is_out_of_range ? "22003" : "22P02";
  }
}

}  // namespace

Problem not_a_value(const query::Field& field, std::string_view text,
                    const value::ParseError& error) {
  const bool is_out_of_range = error.rule == "range" || error.rule == "precision";
  Problem problem = make_problem(400, code_of(field.type, is_out_of_range),
                                 quoted(field.name) + ": " + error.message);
  problem.details = "the value is " + quoted(text);
  return problem;
}

Problem no_such_row(const Entity& entity) {
  return make_problem(404, "PGRST116", "there is no such row in " + quoted(entity.name));
}

Problem not_found() { return make_problem(404, "PGRST125", "there is nothing at this path"); }

Problem not_ready() { return make_problem(503, "SXH503", "the database does not answer"); }

Problem of_violations(const Entity& entity, const rules::Violations& violations, int status) {
  const rules::Violation& first = violations.list().front();
  Problem problem;
  problem.status = status;
  problem.code = code_of(first, status);
  problem.message = first.message;
  if (violations.count() > 1) {
    problem.message += " (and ";
    append_number(problem.message, violations.count() - 1);
    problem.message += " more)";
  }
  problem.members = "\"violations\":";
  json::Writer writer(problem.members);
  writer.begin_array();
  for (const rules::Violation& violation : violations.list())
    write_violation(writer, entity, violation);
  writer.end_array();
  if (violations.count() > violations.list().size()) {
    problem.details = "the first of ";
    append_number(problem.details, violations.count());
    problem.details += " violations are listed";
  }
  return problem;
}

}  // namespace sqlxc::rest
