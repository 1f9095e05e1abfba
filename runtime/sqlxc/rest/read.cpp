#include <sqlxc/rest/read.h>

#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/db/encode.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;
using query::Entity;

// The raw query string without the parameters that say where a page starts.
std::string without_page_start(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::string_view pair = split_off(text, '&');
    if (pair.empty() || pair.starts_with("after=") || pair.starts_with("offset=")) continue;
    if (!kept.empty()) kept += '&';
    kept += pair;
  }
  return kept;
}

std::string parent_sql(const Entity& entity) {
  std::string sql = "SELECT 1 FROM ";
  sql += entity.sql;
  std::string_view joint = " WHERE ";
  for (query::FieldIndex field : entity.primary_key.fields) {
    sql += joint;
    sql += entity.fields[field].sql;
    sql += " = ?";
    joint = " AND ";
  }
  return sql;
}

// A value for every column of the key, replaced before each run.
std::vector<value::Value> holes(const Entity& entity) {
  return std::vector<value::Value>(entity.primary_key.fields.size(), value::Value::null());
}

void append_cursor_value(std::string& out, const query::Field& field, const db::Cursor& row,
                         int column) {
  if (row.is_null(column)) {
    out += "null";
    return;
  }
  std::string text;
  db::append_text(text, field, row, column);
  if (field.type <= query::Type::decimal) {
    append_percent_encoded(out, text);
    return;
  }
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  append_percent_encoded(out, quoted);
}

// `Link: </api/posts?limit=20&after=...>; rel="next"`, from the last row of a full page.
void append_link(const Entity& entity, const ReadPlan& plan, std::string_view path,
                 const db::Cursor& row, std::string& link) {
  link = "<";
  link += path;
  link += '?';
  link += plan.next_query;
  link += plan.next_query.empty() ? "after=" : "&after=";
  for (std::size_t i = 0; i < plan.cursor.size(); ++i) {
    if (i > 0) link += ',';
    append_cursor_value(link, entity.fields[plan.cursor[i].field], row,
                        plan.select.sort_columns[i]);
  }
  link += ">; rel=\"next\"";
}

struct Range {
  std::int64_t first = 0;
  std::int64_t rows = 0;
  std::optional<std::int64_t> total;
};

// RFC 9110, section 14.4, with the unit left out as PostgREST does: `0-19/*`, `*/0`.
void append_range(std::string& headers, const Range& range) {
  headers += "Content-Range: ";
  if (range.rows == 0) {
    headers += '*';
  } else {
    append_number(headers, range.first);
    headers += '-';
    append_number(headers, range.first + range.rows - 1);
  }
  headers += '/';
  if (range.total) {
    append_number(headers, *range.total);
  } else {
    headers += '*';
  }
  headers += "\r\n";
}

std::expected<std::int64_t, db::Error> read_number(db::Reader& reader, std::string_view sql,
                                                   std::span<const value::Value> binds,
                                                   const db::Limits& limits) {
  auto cursor = reader.query(sql, binds, limits);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  std::int64_t number = 0;
  if (cursor->next()) number = cursor->integer(0);
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  return number;
}

std::expected<void, db::Error> finish_list(const query::Model& model, const ReadPlan& plan,
                                           db::Reader& reader, const ReadInput& input,
                                           const db::Limits& limits, std::int64_t rows,
                                           Answer& answer) {
  if (rows == 0 && !plan.parent.empty()) {
    auto found = read_number(reader, plan.parent, input.key, limits);
    if (!found) return std::unexpected(std::move(found.error()));
    if (*found == 0) {
      set_problem(answer, no_such_row(model.entities[plan.route.entity]));
      return {};
    }
  }
  Range range{.first = plan.offset, .rows = rows, .total = {}};
  if (plan.count) {
    std::vector<value::Value> binds = plan.count->binds;
    std::copy(input.key.begin(), input.key.end(),
              binds.begin() + static_cast<std::ptrdiff_t>(plan.count_key));
    auto total = read_number(reader, plan.count->sql, binds, limits);
    if (!total) return std::unexpected(std::move(total.error()));
    range.total = *total;
    if (plan.offset > *total) {
      Problem problem = make_problem(416, "PGRST103", "the requested range is not there");
      problem.details = "there are ";
      append_number(problem.details, *total);
      problem.details += " rows, and `offset` is ";
      append_number(problem.details, plan.offset);
      set_problem(answer, problem);
      range.rows = 0;
    } else if (rows < *total) {
      answer.status = 206;
    }
  }
  append_range(answer.headers, range);
  return {};
}

// Columns `first` up to `end` as members of an object, without its last brace.
void append_members(std::string& out, const std::vector<query::Column>& columns, std::size_t first,
                    std::size_t end, const db::Cursor& row) {
  for (std::size_t i = first; i < end; ++i) {
    const query::Column& column = columns[i];
    const int index = static_cast<int>(i);
    out += column.key;
    if (column.members > 0) {
      if (row.is_null(index)) {
        out += "null";
      } else {
        append_members(out, columns, i + 1, i + 1 + column.members, row);
        out += '}';
      }
      i += column.members;
    } else if (!column.is_json) {
      db::append_json(out, column.type(), row, index);
    } else if (row.is_null(index)) {
      out += "null";
    } else {
      out += row.text(index);
    }
  }
}

}  // namespace

void Answer::header(std::string_view name, std::string_view value) {
  headers += name;
  headers += ": ";
  headers += value;
  headers += "\r\n";
}

void set_problem(Answer& answer, const Problem& problem) {
  answer.status = problem.status;
  answer.body = http::to_json(problem);
}

std::expected<ReadPlan, Problem> plan_read(const query::Model& model, Route route,
                                           std::string_view text, bool counts) {
  ReadPlan plan;
  plan.route = route;
  plan.query_text = text;
  const Entity& owner = model.entities[route.entity];
  plan.target = route.entity;
  plan.is_one = route.has_key;
  if (route.relation >= 0) {
    const query::Relation& relation = owner.relations[static_cast<std::size_t>(route.relation)];
    plan.target = relation.target;
    plan.is_one = relation.cardinality == query::Cardinality::to_one;
  }
  plan.counts = counts && !plan.is_one;
  const Entity& entity = model.entities[plan.target];
  const auto parameters = parse_query_string(text);
  if (!parameters) return std::unexpected(parameters.error());
  auto parsed =
      parse_query(model, plan.target, *parameters, plan.is_one ? Shape::item : Shape::list);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  query::Query& query = parsed->query;
  if (route.relation >= 0) {
    query.origin = query::Origin{.entity = route.entity,
                                 .relation = static_cast<query::RelationIndex>(route.relation),
                                 .key = holes(owner)};
    if (!plan.is_one) plan.parent = parent_sql(owner);
  } else if (route.has_key) {
    query.key = holes(owner);
  }
  const bool has_pages = !plan.is_one && query.limit && *query.limit > 0;
  if (has_pages && query::make_total(entity, query.order)) {
    plan.cursor = query.order;
    plan.next_query = without_page_start(text);
  }
  plan.select = query::print_select(model, query, query::Dialect::sqlite,
                                    {.with_sort_columns = !plan.cursor.empty()});
  plan.cost = query::cost_of(model, query);
  plan.limit = query.limit;
  plan.offset = query.offset;
  if (plan.counts) {
    plan.count = query::print_count(model, query, query::Dialect::sqlite, &plan.count_key);
    plan.cost = query::Cost::unbounded;
  }
  return plan;
}

void append_row(std::string& out, const std::vector<query::Column>& columns,
                const db::Cursor& row) {
  if (columns.empty()) out += '{';
  append_members(out, columns, 0, columns.size(), row);
  out += '}';
}

void append_key(std::string& out, const Entity& entity, const db::Cursor& row,
                std::span<const int> columns) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    text.clear();
    db::append_text(text, entity.fields[entity.primary_key.fields[i]], row, columns[i]);
    if (i > 0) out += ',';
    append_percent_encoded(out, text);
  }
}

std::expected<void, db::Error> run_read(const query::Model& model, const ReadPlan& plan,
                                        db::Reader& reader, const ReadInput& input,
                                        const db::Limits& limits, Answer& answer) {
  const Entity& entity = model.entities[plan.target];
  auto cursor = reader.query(plan.select.statement.sql, input.binds, limits);
  if (!cursor) return std::unexpected(std::move(cursor.error()));
  if (plan.is_one) {
    if (cursor->next()) {
      append_row(answer.body, plan.select.columns, *cursor);
      return {};
    }
    if (cursor->has_failed()) return std::unexpected(cursor->error());
    set_problem(answer, no_such_row(entity));
    return {};
  }
  std::int64_t rows = 0;
  std::string link;
  while (cursor->next()) {
    answer.body += rows == 0 ? '[' : ',';
    append_row(answer.body, plan.select.columns, *cursor);
    ++rows;
    if (!plan.cursor.empty() && rows == *plan.limit) {
      append_link(entity, plan, input.path, *cursor, link);
    }
  }
  if (cursor->has_failed()) return std::unexpected(cursor->error());
  answer.body += rows == 0 ? "[]" : "]";
  if (auto done = finish_list(model, plan, reader, input, limits, rows, answer); !done) return done;
  if (!link.empty()) answer.header("Link", link);
  return {};
}

}  // namespace sqlxc::rest
