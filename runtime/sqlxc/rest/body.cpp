#include <sqlxc/rest/body.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>
#include <sqlxc/rest/csv.h>
#include <sqlxc/rest/parse_filter.h>
#include <sqlxc/rest/problems.h>
#include <sqlxc/rest/url.h>
#include <sqlxc/value/parse.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using json::Token;
using query::Entity;
using query::Field;
using value::Value;

template <typename T>
using Parsed = std::expected<T, Problem>;
using Row = std::vector<Value>;

constexpr Field kJson = {.name = "json", .type = query::Type::json};
constexpr Field kText = {.name = "text", .type = query::Type::text};

class BodyParser {
 public:
  BodyParser(const Entity& entity, std::string_view text, const BodyOptions& options,
             rules::Violations& violations)
      : entity_(entity), options_(options), violations_(violations), text_(text), reader_(text) {}

  Parsed<Body> parse();

 private:
  Parsed<Body> parse_json();
  Parsed<Body> parse_csv();
  Parsed<Body> parse_form();
  Parsed<void> array(Body& body);
  Parsed<Row> object(std::size_t index);
  void start_row(Row& row);
  void end_row(Row& row, std::size_t index);
  void take_text(Row& row, std::size_t field, std::string_view text, std::size_t index);
  Parsed<std::optional<std::size_t>> field_of(std::string_view name);
  bool is_chosen(std::size_t field) const;
  bool is_read_by_function(const Field& field) const;
  Parsed<void> member(Row& row, std::size_t index);
  const query::Relation* find_relation(std::string_view name) const;
  Parsed<void> related(const query::Relation& relation, std::size_t index);
  void refuse_write(const Field& field, std::size_t index);
  void apply_key(Row& row, std::size_t index);
  void check(const Row& row, std::size_t index);
  std::unexpected<Problem> malformed() const;
  int find(std::string_view name);

  const Entity& entity_;
  const BodyOptions& options_;
  rules::Violations& violations_;
  std::string_view text_;
  json::Reader reader_;
  int last_field_ = -1;
  std::vector<std::string_view> unread_;  // fields of the current row
  std::vector<NestedBody> nested_;
};

Value json_string(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return Value::of_text(std::move(json));
}

std::unexpected<Problem> problem(std::string message, std::string hint = {}) {
  return std::unexpected(make_problem(400, "PGRST102", std::move(message), std::move(hint)));
}

std::unexpected<Problem> BodyParser::malformed() const {
  Problem problem = make_problem(400, "PGRST102", "the body is not JSON: ");
  problem.message += reader_.error().message;
  problem.details = "at byte ";
  append_number(problem.details, reader_.error().offset);
  return std::unexpected(std::move(problem));
}

// Clients name columns in their order, so the next one is the best guess.
int BodyParser::find(std::string_view name) {
  const auto next = static_cast<std::size_t>(last_field_ + 1);
  if (next < entity_.fields.size() && entity_.fields[next].name == name) {
    return last_field_ = static_cast<int>(next);
  }
  const int found = find_field(entity_, name);
  if (found >= 0) last_field_ = found;
  return found;
}

void BodyParser::refuse_write(const Field& field, std::size_t index) {
  violations_.add({.fields = {field.name},
                   .rule = field.generated ? "generated" : "readonly",
                   .message = quoted(field.name) + (field.generated ? " is computed by the database"
                                                                    : " cannot be written"),
                   .sql = {},
                   .row = index});
}

bool BodyParser::is_chosen(std::size_t field) const {
  return options_.columns.empty() ||
         std::ranges::find(options_.columns, field) != options_.columns.end();
}

// PostgreSQL makes the value of what the body has: its type and its rules are not the service's
// affair.
bool BodyParser::is_read_by_function(const Field& field) const {
  return options_.dialect == query::Dialect::postgres && !field.pg_from_json.empty();
}

// The field that a row names, or none where `columns=` leaves it out.
Parsed<std::optional<std::size_t>> BodyParser::field_of(std::string_view name) {
  const int found = find(name);
  if (found < 0) {
    if (!options_.columns.empty()) return std::nullopt;
    return std::unexpected(unknown_column(entity_, name, "PGRST204"));
  }
  const auto index = static_cast<std::size_t>(found);
  if (!is_chosen(index)) return std::nullopt;
  return index;
}

Parsed<void> BodyParser::member(Row& row, std::size_t index) {
  if (reader_.is_duplicate()) {
    return problem("the key " + quoted(reader_.text()) + " stands twice in one object");
  }
  if (const query::Relation* relation = find_relation(reader_.text())) {
    return related(*relation, index);
  }
  const auto found = field_of(reader_.text());
  if (!found) return std::unexpected(found.error());
  reader_.next();
  if (reader_.token() == Token::error) return malformed();
  if (!*found) {
    reader_.raw();
    if (reader_.token() == Token::error) return malformed();
    return {};
  }
  const std::size_t field_index = **found;
  const Field& field = entity_.fields[field_index];
  if (field.generated || field.readonly) {
    refuse_write(field, index);
    reader_.raw();
    if (reader_.token() == Token::error) return malformed();
    return {};
  }
  const bool is_foreign = is_read_by_function(field) && reader_.token() != Token::null_value;
  auto value = value::parse_json(is_foreign ? kJson : field, reader_);
  if (reader_.token() == Token::error) return malformed();
  if (is_foreign) unread_.push_back(field.name);
  if (value) {
    row[field_index] = std::move(*value);
  } else {
    rules::report(field, value.error(), index, violations_);
    unread_.push_back(field.name);
    row[field_index] = Value::use_default();
  }
  return {};
}

// A relation of that name, where rows may be nested and no column bears the name.
const query::Relation* BodyParser::find_relation(std::string_view name) const {
  if (options_.model == nullptr || find_field(entity_, name) >= 0) return nullptr;
  const auto found = std::ranges::find(entity_.relations, name, &query::Relation::name);
  if (found == entity_.relations.end() || !found->function.empty()) return nullptr;
  const std::span<const Entity> entities = options_.model->entities;
  const bool is_of_pairs = found->cardinality == query::Cardinality::many_to_many;
  const bool leads_over_view =
      entities[found->target].is_view || (is_of_pairs && entities[found->via].is_view);
  return leads_over_view ? nullptr : &*found;
}

Parsed<void> BodyParser::related(const query::Relation& relation, std::size_t index) {
  reader_.next();
  if (reader_.token() == Token::error) return malformed();
  const std::string_view text = reader_.raw();
  if (reader_.token() == Token::error) return malformed();
  const bool is_one = relation.cardinality == query::Cardinality::to_one;
  BodyOptions options;
  options.model = options_.model;
  options.dialect = options_.dialect;
  options.takes_many = !is_one;
  options.missing_default = true;
  if (relation.cardinality == query::Cardinality::to_many) options.filled = relation.to;
  const Entity& target = options_.model->entities[relation.target];
  rules::Violations violations;
  auto body = parse_body(target, text, options, violations);
  if (!body) return std::unexpected(std::move(body.error()));
  if (!violations.empty()) return std::unexpected(of_violations(target, violations, 422));
  if (is_one) {
    for (query::FieldIndex field : relation.from) unread_.push_back(entity_.fields[field].name);
  }
  const auto place = static_cast<query::RelationIndex>(&relation - entity_.relations.data());
  nested_.push_back({.row = index, .relation = place, .body = std::move(*body)});
  return {};
}

void BodyParser::start_row(Row& row) {
  row.assign(entity_.fields.size(), Value());
  last_field_ = -1;
  unread_.clear();
  for (query::FieldIndex field : options_.filled) unread_.push_back(entity_.fields[field].name);
}

void BodyParser::end_row(Row& row, std::size_t index) {
  for (query::FieldIndex field : options_.columns) {
    const Field& column = entity_.fields[field];
    if (column.generated || column.readonly) {
      refuse_write(column, index);
    } else if (row[field].is_absent()) {
      row[field] = options_.missing_default ? Value::use_default() : Value::null();
    }
  }
  if (options_.key != nullptr) apply_key(row, index);
  check(row, index);
}

Parsed<Row> BodyParser::object(std::size_t index) {
  Row row;
  start_row(row);
  while (true) {
    reader_.next();
    if (reader_.token() == Token::end_object) break;
    if (reader_.token() == Token::error) return malformed();
    if (auto read = member(row, index); !read) return std::unexpected(std::move(read.error()));
  }
  end_row(row, index);
  return row;
}

// A value that could not be read is one mistake: that it is missing now is no second one.
void BodyParser::check(const Row& row, std::size_t index) {
  if (unread_.empty()) {
    rules::check(entity_.fields, entity_.rules, row, options_.write, index, violations_);
    return;
  }
  Row known = row;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const bool is_foreign = is_read_by_function(entity_.fields[i]) && known[i].has_value();
    if (is_foreign) known[i] = Value::use_default();
  }
  rules::Violations found;
  rules::check(entity_.fields, entity_.rules, known, options_.write, index, found);
  for (const rules::Violation& violation : found.list()) {
    const bool is_known = std::ranges::any_of(violation.fields, [&](std::string_view name) {
      return std::ranges::find(unread_, name) != unread_.end();
    });
    if (!is_known) violations_.add(violation);
  }
}

void BodyParser::apply_key(Row& row, std::size_t index) {
  const auto& fields = entity_.primary_key.fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    Value& value = row[fields[i]];
    const Field& field = entity_.fields[fields[i]];
    Value key = (*options_.key)[i];
    if (is_read_by_function(field)) key = json_string(key.text);
    if (value.is_absent()) value = key;
    if (value == key || value.is_default()) continue;
    violations_.add({.fields = {field.name},
                     .rule = "key",
                     .message = quoted(field.name) + " differs from the key in the path",
                     .sql = {},
                     .row = index});
  }
}

bool has_same_keys(const Row& a, const Row& b) {
  return std::ranges::equal(a, b, {}, &Value::is_absent, &Value::is_absent);
}

Parsed<void> BodyParser::array(Body& body) {
  body.is_array = true;
  while (true) {
    reader_.next();
    if (reader_.token() == Token::end_array) return {};
    if (reader_.token() == Token::error) return malformed();
    if (reader_.token() != Token::begin_object) {
      return problem("every element of the array must be an object");
    }
    auto row = object(body.rows.size());
    if (!row) return std::unexpected(std::move(row.error()));
    body.rows.push_back(std::move(*row));
    if (!options_.missing_default && !has_same_keys(body.rows.front(), body.rows.back())) {
      return problem("all objects of the array must have the same keys",
                     "with `Prefer: missing=default` an absent key means the column's default");
    }
  }
}

void BodyParser::take_text(Row& row, std::size_t field_index, std::string_view text,
                           std::size_t index) {
  const Field& field = entity_.fields[field_index];
  if (field.generated || field.readonly) return refuse_write(field, index);
  const bool is_foreign = is_read_by_function(field);
  auto value = value::parse_text(is_foreign ? kText : field, text);
  if (value && is_foreign) {
    value = json_string(text);
    unread_.push_back(field.name);
  }
  if (value) {
    row[field_index] = std::move(*value);
    return;
  }
  rules::report(field, value.error(), index, violations_);
  unread_.push_back(field.name);
  row[field_index] = Value::use_default();
}

Parsed<Body> BodyParser::parse_form() {
  const auto parameters = parse_query_string(text_);
  if (!parameters) return std::unexpected(parameters.error());
  Body body;
  Row row;
  start_row(row);
  for (const Parameter& parameter : *parameters) {
    const auto found = field_of(parameter.name);
    if (!found) return std::unexpected(found.error());
    if (*found) take_text(row, **found, parameter.value, 0);
  }
  end_row(row, 0);
  body.rows.push_back(std::move(row));
  return body;
}

// RFC 4180 with a header; NULL without quotes is null, as COPY and PostgREST have it.
Parsed<Body> BodyParser::parse_csv() {
  CsvReader csv(text_);
  std::vector<CsvField> line;
  Body body;
  body.is_array = true;
  if (!csv.next(line)) return problem("the body has no header line");
  std::vector<std::optional<std::size_t>> fields;
  for (const CsvField& name : line) {
    const auto found = field_of(name.text);
    if (!found) return std::unexpected(found.error());
    fields.push_back(*found);
  }
  while (csv.next(line)) {
    if (line.size() != fields.size())
      return problem("all lines must have the same number of fields");
    Row row;
    start_row(row);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!fields[i]) continue;
      if (!line[i].is_quoted && line[i].text == "NULL") {
        row[*fields[i]] = Value::null();
      } else {
        take_text(row, *fields[i], line[i].text, body.rows.size());
      }
    }
    end_row(row, body.rows.size());
    body.rows.push_back(std::move(row));
  }
  if (csv.has_failed()) return problem("a quoted field of the CSV has no end");
  return body;
}

Parsed<Body> BodyParser::parse() {
  switch (options_.format) {
    case BodyFormat::json:
      return parse_json();
    case BodyFormat::csv:
      return parse_csv();
    case BodyFormat::form:
      return parse_form();
  }
  return Body();
}

Parsed<Body> BodyParser::parse_json() {
  Body body;
  reader_.next();
  if (reader_.token() == Token::error) return malformed();
  if (reader_.token() == Token::begin_array && options_.takes_many) {
    if (auto read = array(body); !read) return std::unexpected(std::move(read.error()));
  } else if (reader_.token() == Token::begin_object) {
    auto row = object(0);
    if (!row) return std::unexpected(std::move(row.error()));
    body.rows.push_back(std::move(*row));
  } else {
    return problem(options_.takes_many ? "the body must be an object or an array of objects"
                                       : "the body must be an object");
  }
  reader_.next();
  if (reader_.token() != Token::end) return malformed();
  body.nested = std::move(nested_);
  return body;
}

}  // namespace

Parsed<Body> parse_body(const Entity& entity, std::string_view text, const BodyOptions& options,
                        rules::Violations& violations) {
  return BodyParser(entity, text, options, violations).parse();
}

}  // namespace sqlxc::rest
