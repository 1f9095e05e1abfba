#include "compiler/ir/verdicts.h"

#include <algorithm>
#include <array>

#include "compiler/base/json_text.h"
#include "compiler/syntax/print.h"

namespace sqlxc::ir {
namespace {

bool is_of_column(const Constraint& constraint) {
  return constraint.kind == ConstraintKind::type || constraint.kind == ConstraintKind::not_null ||
         constraint.kind == ConstraintKind::generated;
}

Constraint verdict_of(const Rule& rule) {
  Constraint out;
  out.kind = rule.kind;
  out.name = rule.name;
  out.sql = rule.sql;
  out.fields = rule.fields;
  out.verdict = rule.verdict;
  out.reason = rule.reason;
  out.place = rule.place;
  if (rule.predicate) out.predicate = syntax::print(*rule.predicate, Dialect::postgres);
  return out;
}

std::string fields_of(const Entity& entity, const Constraint& constraint) {
  std::string out;
  for (const std::uint16_t field : constraint.fields) {
    out += (out.empty() ? "" : ", ") + entity.fields[field].name;
  }
  return out;
}

// On one line, whatever strings the rule holds.
std::string words_of(const Constraint& constraint) {
  std::string out;
  if (!constraint.name.empty()) out = constraint.name + ": ";
  for (const char c : constraint.sql) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return out;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

void pad(std::string& line, std::size_t width) {
  const std::size_t size = count_characters(line);
  line.append(size < width ? width - size : 0, ' ');
}

void print(const Entity& entity, const std::vector<Constraint>& constraints, std::string& out) {
  constexpr std::size_t kWidest = 64;  // a longer rule pushes its own verdict away only
  out += entity.table;
  if (!entity.place.text.empty()) out += " (" + entity.place.text + ')';
  out += '\n';
  std::size_t fields = 0;
  std::size_t words = 0;
  for (const Constraint& constraint : constraints) {
    fields = std::max(fields, count_characters(fields_of(entity, constraint)));
    words = std::max(words, count_characters(words_of(constraint)));
  }
  fields = std::min(fields, kWidest / 2);
  words = std::min(words, kWidest);
  for (const Constraint& constraint : constraints) {
    std::string line = "  " + fields_of(entity, constraint);
    pad(line, fields + 2);
    line += "  " + words_of(constraint);
    pad(line, fields + words + 4);
    line += "  " + std::string(name_of(constraint.verdict));
    if (!constraint.reason.empty()) {
      pad(line, fields + words + 18);
      line += "  " + constraint.reason;
    }
    out += line + '\n';
  }
}

std::string member(std::string_view key, std::string_view value) {
  return ", " + json_string(key) + ": " + json_string(value);
}

std::string json(const Entity& entity, const Constraint& constraint) {
  std::string out = "{\"entity\": " + json_string(entity.name) + member("table", entity.table);
  out += member("kind", name_of(constraint.kind));
  if (!constraint.name.empty()) out += member("name", constraint.name);
  out += ", \"fields\": [";
  for (const std::uint16_t field : constraint.fields) {
    if (field != constraint.fields.front()) out += ", ";
    out += json_string(entity.fields[field].name);
  }
  out += ']' + member("sql", constraint.sql) + member("verdict", name_of(constraint.verdict));
  if (!constraint.reason.empty()) out += member("reason", constraint.reason);
  if (!constraint.predicate.empty()) out += member("predicate", constraint.predicate);
  if (!constraint.place.text.empty()) out += member("place", constraint.place.text);
  return out + '}';
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::exact:
      return "exact";
    case Verdict::weaker:
      return "weaker";
    case Verdict::server_only:
      return "server only";
    case Verdict::service_only:
      return "service only";
  }
  return "";
}

std::string_view name_of(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::check:
      return "check";
    case ConstraintKind::domain:
      return "domain";
    case ConstraintKind::range:
      return "range";
    case ConstraintKind::annotation:
      return "annotation";
    case ConstraintKind::type:
      return "type";
    case ConstraintKind::not_null:
      return "not null";
    case ConstraintKind::generated:
      return "generated";
    case ConstraintKind::primary_key:
      return "primary key";
    case ConstraintKind::unique:
      return "unique";
    case ConstraintKind::foreign_key:
      return "foreign key";
    case ConstraintKind::exclude:
      return "exclude";
  }
  return "";
}

std::vector<Constraint> verdicts(const Entity& entity) {
  std::vector<Constraint> out;
  for (const Constraint& constraint : entity.constraints) {
    if (is_of_column(constraint)) out.push_back(constraint);
  }
  for (const Rule& rule : entity.rules) {
    if (rule.kind != ConstraintKind::exclude) out.push_back(verdict_of(rule));
  }
  for (const Constraint& constraint : entity.constraints) {
    if (!is_of_column(constraint)) out.push_back(constraint);
  }
  for (const Rule& rule : entity.rules) {
    if (rule.kind == ConstraintKind::exclude) out.push_back(verdict_of(rule));
  }
  return out;
}

std::string summary(const std::vector<Constraint>& constraints) {
  constexpr std::array kVerdicts = {Verdict::exact, Verdict::weaker, Verdict::server_only,
                                    Verdict::service_only};
  std::string out = std::to_string(constraints.size()) +
                    (constraints.size() == 1 ? " constraint" : " constraints");
  std::string_view joint = ": ";
  for (const Verdict verdict : kVerdicts) {
    const auto count = std::ranges::count(constraints, verdict, &Constraint::verdict);
    if (count == 0) continue;
    out += std::string(joint) + std::to_string(count) + ' ' + std::string(name_of(verdict));
    joint = ", ";
  }
  return out;
}

std::string print_verdicts(const Module& module) {
  std::string out;
  std::vector<Constraint> all;
  for (const Entity& entity : module.entities) {
    const std::vector<Constraint> constraints = verdicts(entity);
    if (constraints.empty()) continue;
    print(entity, constraints, out);
    out += '\n';
    all.insert(all.end(), constraints.begin(), constraints.end());
  }
  return out + summary(all) + '\n';
}

std::string print_verdicts_json(const Module& module) {
  std::string out = "[";
  std::string_view joint = "\n  ";
  for (const Entity& entity : module.entities) {
    for (const Constraint& constraint : verdicts(entity)) {
      out += joint;
      out += json(entity, constraint);
      joint = ",\n  ";
    }
  }
  return out + "\n]\n";
}

}  // namespace sqlxc::ir
