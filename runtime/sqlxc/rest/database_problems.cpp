#include <algorithm>
#include <span>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/rest/problems.h>

// What a database reports, as what a client is told.
namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;

// Whether `sql`, an identifier in quotes, is what the database calls `name`.
bool is_name_of(std::string_view sql, std::string_view name) {
  if (sql.size() < 2) return false;
  sql = sql.substr(1, sql.size() - 2);
  std::string plain;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    plain += sql[i];
    if (sql[i] == '"') ++i;  // a quote stands twice
  }
  return equals_ignoring_case(plain, name);
}

std::string_view field_name(const Entity& entity, std::string_view column) {
  for (const query::Field& field : entity.fields) {
    if (is_name_of(field.pg_sql.empty() ? field.sql : field.pg_sql, column)) return field.name;
  }
  return {};
}

// Whether the database means this entity by `table`, a bare name.
bool is_table(const Entity& entity, std::string_view table) {
  std::string_view sql = entity.pg_sql.empty() ? entity.sql : entity.pg_sql;
  // "schema"."table": the last part; a name may hold a dot, but not a quote that is not doubled.
  const std::size_t dot = sql.rfind("\".\"");
  if (dot != std::string_view::npos) sql.remove_prefix(dot + 2);
  return is_name_of(sql, table);
}

// What the API calls a table of the database.
std::string_view table_name(const query::Model& model, std::string_view table) {
  for (const Entity& entity : model.entities) {
    if (is_table(entity, table)) return entity.name;
  }
  return table;
}

// The relation whose foreign key these columns are: SQLite does not say its name.
const query::Relation* foreign_key(const Entity& entity,
                                   const std::vector<std::string_view>& fields) {
  for (const query::Relation& relation : entity.relations) {
    if (relation.cardinality != query::Cardinality::to_one) continue;
    const bool is_same = std::ranges::equal(
        relation.from, fields, {}, [&](query::FieldIndex f) { return entity.fields[f].name; });
    if (is_same) return &relation;
  }
  return nullptr;
}

// The columns of the key or foreign key that PostgreSQL names.
std::vector<std::string_view> fields_of_constraint(const Entity& entity, std::string_view name) {
  std::span<const query::FieldIndex> found;
  // MySQL's and SQLite's primary keys have no name: PostgreSQL gives them one.
  const bool is_unnamed = entity.primary_key.name.empty() || entity.primary_key.name == "PRIMARY";
  const bool is_primary = is_unnamed ? name.ends_with("_pkey") : entity.primary_key.name == name;
  if (is_primary) found = entity.primary_key.fields;
  for (const query::Key& key : entity.uniques) {
    if (key.name == name) found = key.fields;
  }
  for (const query::Relation& relation : entity.relations) {
    const bool is_own = relation.cardinality == query::Cardinality::to_one;
    if (is_own && relation.constraint == name) found = relation.from;
  }
  std::vector<std::string_view> names;
  for (query::FieldIndex field : found) names.push_back(entity.fields[field].name);
  return names;
}

// PostgreSQL's EXCLUDE: which row is in the way is not told, as of a key that is taken.
void tell_exclusion(const Entity& entity, std::string_view constraint,
                    rules::Violation& violation) {
  violation.rule = "exclusion";
  violation.message = quoted(constraint) + ": a row that excludes this one exists already";
  const auto found = std::ranges::find(entity.rules, constraint, &rules::Rule::name);
  if (found == entity.rules.end()) return;
  violation.sql = found->sql;
  for (const std::uint16_t field : found->fields) {
    violation.fields.push_back(entity.fields[field].name);
  }
}

// What PostgREST's clients know an SQLSTATE as (PostgreSQL's manual, Appendix A).
struct Status {
  std::string_view prefix;  // of the SQLSTATE
  int status;
};

constexpr Status kStatuses[] = {
    {"08", 503},
    {"09", 500},
    {"0L", 403},
    {"0P", 403},
    {"22", 400},
    {"23503", 409},
    {"23505", 409},
    {"23P01", 409},
    {"23001", 409},
    {"23", 422},
    {"25006", 405},
    {"25", 500},
    {"28", 403},
    {"2D", 500},
    {"38", 500},
    {"39", 500},
    {"3B", 500},
    {"40", 503},
    {"42501", 403},
    {"42883", 404},
    {"42P01", 404},
    {"42P17", 500},
    {"44", 422},
    {"53400", 500},
    {"53", 503},
    {"54001", 400},
    {"54", 413},
    {"55000", 503},
    {"55", 500},
    {"57014", 503},
    {"57P", 503},
    {"57", 500},
    {"58", 500},
    {"F0", 500},
    {"HV", 500},
    {"P0001", 400},
    {"P0", 500},
    // Types of extensions say so of a text that is none of theirs.
    {"XX000", 400},
    {"XX", 500},
};

// A function may choose: RAISE ... USING ERRCODE = 'PT418'.
int raised_status(std::string_view sqlstate) {
  if (!sqlstate.starts_with("PT")) return 0;
  const auto status = parse_number<int>(sqlstate.substr(2));
  return status && *status >= 100 && *status <= 599 ? *status : 500;
}

// Only PostgreSQL knows which views take rows. Of those that do not it says so in English, unless
// lc_messages is set.
bool is_fixed_view(const db::Error& error) {
  const std::string_view message = error.message;
  return error.sqlstate == "55000" && (message.starts_with("cannot insert into view") ||
                                       message.starts_with("cannot update view") ||
                                       message.starts_with("cannot delete from view"));
}

// A subquery of a view that gives several rows is the schema's mistake; rows of a body that are one
// to an upsert, and what pg-safeupdate forbids, are the client's.
bool is_broken_subquery(const db::Error& error) {
  return error.sqlstate == "21000" && error.message.starts_with("more than one row returned");
}

int status_of(const db::Error& error) {
  const std::string_view sqlstate = error.sqlstate;
  if (is_broken_subquery(error)) return 500;
  if (is_fixed_view(error)) return 405;
  if (const int raised = raised_status(sqlstate); raised > 0) return raised;
  for (const Status& known : kStatuses) {
    if (sqlstate.starts_with(known.prefix)) return known.status;
  }
  return 400;
}

// What a function answers by RAISE SQLSTATE 'PGRST' USING MESSAGE = '{"code": ..., "message": ...,
// "details": ..., "hint": ...}', DETAIL = '{"status": 402, "headers": {...}}'.
bool read_raised(std::string_view text, Problem& problem) {
  json::Reader reader(text);
  if (reader.next() != json::Token::begin_object) return false;
  bool has_code = false;
  bool has_message = false;
  while (reader.next() == json::Token::key) {
    const std::string name(reader.text());
    reader.next();
    std::string value(reader.token() == json::Token::string ? reader.text() : std::string_view());
    reader.raw();
    if (name == "code") {
      has_code = true;
      problem.code = std::move(value);
    } else if (name == "message") {
      has_message = true;
      problem.message = std::move(value);
    } else if (name == "details") {
      problem.details = std::move(value);
    } else if (name == "hint") {
      problem.hint = std::move(value);
    }
  }
  return reader.token() == json::Token::end_object && has_code && has_message;
}

// The status of such a DETAIL.
bool read_status(std::string_view text, int& status) {
  json::Reader reader(text);
  if (reader.next() != json::Token::begin_object) return false;
  bool has_status = false;
  while (reader.next() == json::Token::key) {
    const bool is_status = reader.text() == "status";
    reader.next();
    if (is_status && reader.token() == json::Token::number) {
      const auto number = parse_number<int>(reader.text());
      has_status = number && *number >= 200 && *number <= 599;
      if (has_status) status = *number;
    }
    reader.raw();
  }
  return reader.token() == json::Token::end_object && has_status;
}

Problem raised_problem(const db::Error& error) {
  Problem problem;
  if (read_raised(error.message, problem) && read_status(error.detail, problem.status)) {
    return problem;
  }
  problem = make_problem(500, "PGRST121", "a function raised what cannot be read as an answer",
                         "MESSAGE is a JSON object with code and message, DETAIL one with status");
  problem.details = error.message;
  return problem;
}

}  // namespace

bool is_violation(const db::Error& error) {
  // What a trigger raises, or a cast refuses, is no rule of the schema.
  if (!error.sqlstate.empty() && !error.sqlstate.starts_with("23")) return false;
  switch (error.failure) {
    case db::Failure::unique:
    case db::Failure::foreign_key:
    case db::Failure::check:
    case db::Failure::not_null:
    case db::Failure::datatype:
      return true;
    default:
      return false;
  }
}

rules::Violation to_violation(const query::Model& model, const Entity& entity,
                              const db::Error& error, std::size_t row, bool removes) {
  rules::Violation violation;
  violation.row = row;
  for (const std::string& column : error.columns) {
    const std::string_view name = field_name(entity, column);
    if (!name.empty()) violation.fields.push_back(name);
  }
  if (violation.fields.empty() && !error.sqlstate.empty()) {
    violation.fields = fields_of_constraint(entity, error.constraint);
  }
  std::string names;
  for (std::string_view field : violation.fields) {
    names += names.empty() ? "" : ", ";
    names += quoted(field);
  }
  switch (error.failure) {
    case db::Failure::unique:
      if (error.sqlstate == "23P01") {
        tell_exclusion(entity, error.constraint, violation);
        break;
      }
      violation.rule = "unique";
      violation.message = names.empty() ? "a row with these values exists already"
                                        : "a row with this " + names + " exists already";
      break;
    case db::Failure::foreign_key: {
      violation.rule = "foreign_key";
      const query::Relation* relation = foreign_key(entity, violation.fields);
      const bool is_own = error.table.empty() || is_table(entity, error.table);
      if (!is_own || (removes && !error.table.empty())) {
        violation.message =
            "rows of " + quoted(table_name(model, error.table)) + " refer to this row";
        violation.fields.clear();
      } else if (relation != nullptr) {
        violation.message = "there is no row in " + quoted(model.entities[relation->target].name) +
                            " with this " + names;
      } else {
        violation.message = "the rows do not refer to each other as the schema asks";
      }
      break;
    }
    case db::Failure::check: {
      violation.rule = "check";
      violation.message = "the row breaks a check of the database";
      if (!error.constraint.empty()) {
        violation.message = "the row breaks the check " + quoted(error.constraint);
      }
      for (const rules::Rule& rule : entity.rules) {
        if (rule.name != error.constraint) continue;
        violation.rule = rule.name;
        violation.sql = rule.sql;
        for (std::uint16_t field : rule.fields) {
          violation.fields.push_back(entity.fields[field].name);
        }
      }
      if (!violation.sql.empty()) {
        violation.message = "`" + std::string(violation.sql) + "` does not hold";
      }
      break;
    }
    case db::Failure::not_null:
      violation.rule = "not_null";
      violation.message = names.empty() ? "a value is missing" : names + " must have a value";
      break;
    default:
      violation.rule = "type";
      violation.message = "the database does not take a value of this kind";
      break;
  }
  return violation;
}

Problem of_failure(const db::Error& error) {
  // The file was not made by this schema's DDL, or before a column of it was annotated.
  if (error.message.starts_with("no such table: _sqlxc_search_")) {
    return make_problem(400, "0A000", "this file has no index of words to search by",
                        "what makes it stands in db/schema.sqlite.sql of the service");
  }
  const bool is_told = !error.sqlstate.empty() && error.failure != db::Failure::closed &&
                       error.failure != db::Failure::busy &&
                       error.failure != db::Failure::interrupted;
  if (error.sqlstate == "PGRST") return raised_problem(error);
  if (is_told) {
    Problem problem = make_problem(status_of(error), error.sqlstate, error.message, error.hint);
    problem.details = error.detail;
    return problem;
  }
  if (error.is_outcome_unknown) {
    return make_problem(503, "08007",
                        "the connection to the database broke: whether the write happened is not "
                        "known",
                        "look before you send it again");
  }
  switch (error.failure) {
    case db::Failure::busy:
      return make_problem(503, "55P03", "the database is busy", "try again");
    case db::Failure::closed:
      if (!error.sqlstate.empty()) {
        return make_problem(503, error.sqlstate, "the database cannot be reached", "try again");
      }
      return make_problem(503, "57P01", "the service is shutting down");
    case db::Failure::interrupted:
      return make_problem(503, "57014", "the statement took too long and was stopped",
                          "ask for less: a limit, or a filter on an indexed column");
    case db::Failure::too_big:
      return make_problem(413, "54000", "a value is larger than the database takes");
    case db::Failure::datatype:
      return make_problem(400, "22003", "a number is out of range",
                          "a whole number has 64 bits in SQLite, and a sum of them, too");
    case db::Failure::full:
      return make_problem(507, "53100", "the database has no space left");
    case db::Failure::readonly:
      return make_problem(503, "25006", "the database cannot be written to");
    default:
      return make_problem(500, "XX000", "the database failed");
  }
}

}  // namespace sqlxc::rest
