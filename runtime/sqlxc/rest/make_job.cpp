#include <sqlxc/rest/make_job.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/rest/body.h>
#include <sqlxc/rest/parse_query.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Method;
using http::Problem;
using query::Dialect;
using query::Entity;
using query::FieldIndex;
using value::Value;

using Key = std::vector<Value>;

Verb verb_of(Method method) {
  switch (method) {
    case Method::post:
      return Verb::insert;
    case Method::put:
      return Verb::put;
    case Method::patch:
      return Verb::update;
    default:
      return Verb::remove;
  }
}

std::expected<BodyFormat, Problem> format_of(std::string_view type) {
  const auto is = [&](std::string_view name) { return equals_ignoring_case(type, name); };
  if (type.empty() || is("application/json") || is("application/merge-patch+json") ||
      is("application/vnd.pgrst.array+json") || is("application/vnd.pgrst.object+json")) {
    return BodyFormat::json;
  }
  if (is("text/csv")) return BodyFormat::csv;
  if (is("application/x-www-form-urlencoded")) return BodyFormat::form;
  return std::unexpected(
      make_problem(415, "PGRST102", "the media type " + quoted(type) + " cannot be read",
                   "send application/json, text/csv or application/x-www-form-urlencoded"));
}

Problem not_a_key_filter() {
  return make_problem(405, "PGRST105",
                      "PUT names one row: its filters must be `eq` on all columns of the primary "
                      "key and on nothing else",
                      "PUT the path of the row");
}

// The key that `id=eq.1` names, for PUT on a collection.
std::expected<Key, Problem> key_of(const Entity& entity, const query::Filter& filter) {
  const auto& fields = entity.primary_key.fields;
  std::span<const query::Filter> parts(&filter, 1);
  if (filter.kind == query::Filter::Kind::all && !filter.is_negated) parts = filter.children;
  if (fields.empty() || parts.size() != fields.size()) return std::unexpected(not_a_key_filter());
  Key key;
  for (FieldIndex field : fields) {
    const auto part = std::ranges::find_if(parts, [&](const query::Filter& candidate) {
      return candidate.kind == query::Filter::Kind::compare && candidate.field == field &&
             candidate.comparison == query::Comparison::eq && !candidate.is_negated &&
             candidate.path.empty() && candidate.quantifier == query::Filter::Quantifier::none;
    });
    if (part == parts.end()) return std::unexpected(not_a_key_filter());
    key.push_back(part->values[0]);
  }
  return key;
}

// Which rows a POST takes for the same as those that stand.
std::expected<void, Problem> choose_target(const Entity& entity, ParsedQuery& parsed,
                                           Dialect dialect, WriteJob& job) {
  using Resolution = Preferences::Resolution;
  if (job.preferences.resolution == Resolution::none) return {};
  const auto& own = entity.primary_key.fields;
  job.insert.target = parsed.on_conflict;
  if (job.insert.target.empty()) job.insert.target.assign(own.begin(), own.end());
  if (job.insert.target.empty()) {
    // PostgreSQL's clients upsert into tables without a key, too: there is nothing to conflict.
    if (dialect == Dialect::postgres) return {};
    return std::unexpected(make_problem(
        400, "42P10", quoted(entity.name) + " has no primary key to find duplicates by",
        "name a unique key: on_conflict=..."));
  }
  job.insert.on_conflict = job.preferences.resolution == Resolution::merge
                               ? query::Insert::OnConflict::merge
                               : query::Insert::OnConflict::ignore;
  return {};
}

std::expected<void, Problem> read_body(const query::Model& model, const http::Request& request,
                                       std::span<const FieldIndex> columns, const Key* key,
                                       Dialect dialect, WriteJob& job) {
  const Entity& entity = model.entities[job.entity];
  const auto format = format_of(request.content_type());
  if (!format) return std::unexpected(format.error());
  BodyOptions options;
  options.format = *format;
  options.dialect = dialect;
  options.takes_many = !job.is_item;
  options.missing_default = job.preferences.missing_default;
  options.columns = columns;
  if (job.verb == Verb::update) options.write = rules::Write::update;
  options.key = key;
  const bool takes_nested = job.verb == Verb::insert && columns.empty() &&
                            job.insert.on_conflict == query::Insert::OnConflict::fail;
  if (takes_nested) options.model = &model;
  rules::Violations violations;
  auto body = parse_body(entity, request.body, options, violations);
  if (!body) return std::unexpected(std::move(body.error()));
  // A body that contradicts its path is a mistake of the request, not of a value.
  const bool contradicts =
      std::ranges::any_of(violations.list(), [](const auto& one) { return one.rule == "key"; });
  if (contradicts) {
    Problem problem = of_violations(entity, violations, 400);
    problem.code = "PGRST115";
    return std::unexpected(std::move(problem));
  }
  if (!violations.empty()) return std::unexpected(of_violations(entity, violations, 422));
  if (!body->nested.empty()) {
    if (entity.primary_key.fields.empty()) {
      return std::unexpected(
          make_problem(400, "PGRST102", "rows without a primary key take no rows with them"));
    }
    job.nested = plan_nested(model, job.entity, std::move(*body));
    return {};
  }
  if (job.verb == Verb::insert) {
    job.insert.rows = std::move(body->rows);
    return {};
  }
  if (body->rows.size() > 1) {
    return std::unexpected(
        make_problem(400, "PGRST102", "the body must be one object, not an array of several"));
  }
  if (job.verb == Verb::put) {
    job.insert.rows = std::move(body->rows);
  } else if (!body->rows.empty()) {
    job.values = std::move(body->rows.front());
  }
  return {};
}

bool needs_key(const query::Query& shown) {
  return std::ranges::any_of(shown.items, [](const query::Item& item) {
    return item.embed != query::Item::kNoEmbed || item.cast;
  });
}

}  // namespace

Answer answer_idle(const query::Model& model, WriteJob& job) {
  if (shows_rows(job) && job.media.format == Media::Format::json) job.body = "[]";
  if (is_refused(model, job)) {
    Answer answer;
    set_problem(answer, *job.refusal);
    return answer;
  }
  return answer_write(model, job, {});
}

std::expected<WriteJob, Problem> make_job(const query::Model& model, const http::Request& request,
                                          const Route& route, std::string_view path_key,
                                          Dialect dialect) {
  WriteJob job;
  job.entity = route.entity;
  job.insert.entity = route.entity;
  job.is_item = route.has_key;
  job.verb = verb_of(request.method);
  auto preferences = parse_preferences(request);
  if (!preferences) return std::unexpected(std::move(preferences.error()));
  job.preferences = std::move(*preferences);
  const Entity& entity = model.entities[job.entity];
  const auto parameters = parse_query_string(request.query);
  if (!parameters) return std::unexpected(parameters.error());
  const bool inserts = job.verb == Verb::insert;
  const Shape shape = inserts ? Shape::insert : job.is_item ? Shape::item : Shape::write;
  auto parsed = parse_query(model, job.entity, *parameters, shape, dialect);
  if (!parsed) {
    const bool names_other =
        job.verb == Verb::put && !job.is_item && parsed.error().code == "42703";
    return std::unexpected(names_other ? not_a_key_filter() : std::move(parsed.error()));
  }
  Key key;
  if (job.is_item) {
    auto read = parse_key(entity, path_key, dialect);
    if (!read) return std::unexpected(std::move(read.error()));
    key = std::move(*read);
  } else if (job.verb == Verb::put) {
    auto named = key_of(entity, parsed->query.filter);
    if (!named) return std::unexpected(std::move(named.error()));
    key = std::move(*named);
  }
  job.filter = job.is_item ? query::key_filter(entity, key) : std::move(parsed->query.filter);
  job.shown = std::move(parsed->query);
  job.shown.filter = {};
  if (dialect == Dialect::sqlite && needs_key(job.shown) && entity.primary_key.fields.empty()) {
    return std::unexpected(make_problem(
        400, "PGRST100", "without a primary key, written rows cannot be shown with relations"));
  }
  if (inserts) {
    if (auto chosen = choose_target(entity, *parsed, dialect, job); !chosen) {
      return std::unexpected(std::move(chosen.error()));
    }
  } else if (job.verb == Verb::put) {
    job.insert.on_conflict = query::Insert::OnConflict::replace;
    job.insert.target.assign(entity.primary_key.fields.begin(), entity.primary_key.fields.end());
  }
  if (job.is_item) {
    job.if_match = request.header("If-Match").value_or("");
    job.if_none_match = request.header("If-None-Match").value_or("");
  }
  if (job.verb != Verb::remove) {
    const Key* own_key = job.verb == Verb::put ? &key : nullptr;
    const auto columns = parsed->columns ? std::span<const FieldIndex>(*parsed->columns)
                                         : std::span<const FieldIndex>();
    auto body = read_body(model, request, columns, own_key, dialect, job);
    if (!body) return std::unexpected(std::move(body.error()));
  }
  const bool needs_filter = job.verb == Verb::update || job.verb == Verb::remove;
  if (needs_filter && !job.is_item && !parsed->has_filter && !job.preferences.affects_all &&
      !is_idle(job)) {
    return std::unexpected(make_problem(400, "21000",
                                        "without a filter this would affect every row",
                                        "filter, or say `Prefer: affect=all`"));
  }
  return job;
}

}  // namespace sqlxc::rest
