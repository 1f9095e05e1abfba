#include <sqlxc/rest/write.h>

#include <algorithm>
#include <utility>

#include <sqlxc/core/text.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using query::Entity;
using Return = Preferences::Return;

bool is_conflict(const rules::Violation& violation) {
  return violation.rule == "unique" || violation.rule == "foreign_key" ||
         violation.rule == "exclusion";
}

int status_of(const rules::Violations& violations) {
  return std::ranges::all_of(violations.list(), is_conflict) ? 409 : 422;
}

int success_status(const WriteJob& job) {
  const bool shows = shows_rows(job);
  switch (job.verb) {
    case Verb::insert:
      if (job.insert.rows.empty() && !is_nested(job)) {
        return job.preferences.resolution == Preferences::Resolution::none ? 201 : 200;
      }
      return job.has_created ? 201 : 200;
    case Verb::put:
      if (job.has_created) return 201;
      return shows ? 200 : 204;
    case Verb::update:
    case Verb::remove:
      return shows ? 200 : 204;
  }
  return 200;
}

std::vector<value::Value> key_of(const Entity& entity, const NestedStep& step, std::size_t row) {
  std::vector<value::Value> key;
  for (query::FieldIndex field : entity.primary_key.fields) {
    const auto place = std::ranges::find(step.returning, field) - step.returning.begin();
    key.push_back(step.found[row][static_cast<std::size_t>(place)]);
  }
  return key;
}

}  // namespace

bool shows_rows(const WriteJob& job) { return job.preferences.returns == Return::representation; }

bool is_idle(const WriteJob& job) {
  if (job.verb == Verb::insert) return job.insert.rows.empty() && !is_nested(job);
  return job.verb == Verb::update && !job.is_item &&
         std::ranges::all_of(job.values,
                             [](const value::Value& value) { return value.is_absent(); });
}

Renderer::Shape shape_of(const WriteJob& job) {
  return job.is_item ? Renderer::Shape::one : Renderer::Shape::list;
}

query::Update update_of(const NestedStep& step) {
  return {.entity = step.insert.entity, .values = step.insert.rows[0], .filter = *step.where};
}

bool is_refused(const query::Model& model, WriteJob& job) {
  const auto rows = static_cast<std::int64_t>(job.rows);
  if (job.must_find && rows == 0) job.refusal = no_such_row(model.entities[job.entity]);
  if (job.media.format == Media::Format::object && !job.is_item && rows != 1) {
    job.refusal = not_one_row(rows);
  } else if (job.preferences.max_affected && rows > *job.preferences.max_affected) {
    job.refusal = make_problem(400, "PGRST124", "the write affects more rows than it may");
    job.refusal->details = "The query affects ";
    append_number(job.refusal->details, rows);
    job.refusal->details += " rows";
  }
  return job.refusal.has_value();
}

bool is_nested(const WriteJob& job) { return !job.nested.steps.empty(); }

query::Query rows_of(const query::Model& model, const WriteJob& job, std::size_t first,
                     std::size_t end) {
  const NestedStep& root = job.nested.steps[job.nested.root];
  const Entity& entity = model.entities[job.entity];
  query::Query query = job.shown;
  query.filter = {};
  query.filter.kind = query::Filter::Kind::any;
  for (std::size_t row = first; row < std::min(end, root.found.size()); ++row) {
    query.filter.children.push_back(query::key_filter(entity, key_of(entity, root, row)));
  }
  return query;
}

void note_nested_key(const query::Model& model, WriteJob& job) {
  const NestedStep& root = job.nested.steps[job.nested.root];
  job.key.clear();
  if (root.found.size() != 1) return;
  for (const value::Value& value : key_of(model.entities[job.entity], root, 0)) {
    if (!job.key.empty()) job.key += ',';
    if (value.kind == value::Kind::integer) {
      append_number(job.key, value.integer);
    } else {
      append_percent_encoded(job.key, value.text);
    }
  }
}

bool has_condition(const WriteJob& job) {
  return !job.if_match.empty() || !job.if_none_match.empty();
}

query::Query row_of(const query::Model& model, const WriteJob& job) {
  query::Query query;
  query.entity = job.entity;
  query.items = query::all_items(model.entities[job.entity]);
  query.filter = job.filter;
  return query;
}

bool meets_condition(WriteJob& job, std::optional<std::string_view> row) {
  const std::string tag = row ? etag_of(*row) : std::string();
  const bool is_known = row && names_etag(job.if_match, tag);
  const bool is_refused = row && names_etag(job.if_none_match, tag);
  if ((job.if_match.empty() || is_known) && !is_refused) return true;
  job.refusal = make_problem(412, "PGRST412",
                             row ? "the row has changed since it was read" : "the row is not there",
                             "read it again");
  return false;
}

std::optional<http::Problem> problem_of(const query::Model& model, const WriteJob& job,
                                        const std::expected<void, db::Error>& result) {
  const query::EntityIndex written =
      result || !is_nested(job) ? job.entity : job.nested.steps[job.failed_step].insert.entity;
  const Entity& entity = model.entities[written];
  if (job.refusal) return job.refusal;
  const bool was_undone = !result && result.error().failure == db::Failure::cancelled;
  const bool was_asked_to = was_undone && job.violations.empty() && job.preferences.rolls_back;
  if (!result && !was_asked_to) {
    const db::Error& error = result.error();
    if (was_undone) return of_violations(entity, job.violations, status_of(job.violations));
    if (!is_violation(error)) return of_failure(error);
    rules::Violations violations;
    violations.add(to_violation(model, entity, error, job.failed_row, job.verb == Verb::remove));
    return of_violations(entity, violations, status_of(violations));
  }
  const bool changes_item = job.is_item && (job.verb == Verb::update || job.verb == Verb::remove);
  const bool has_shown = !job.body.empty();
  if (changes_item && job.rows == 0 && !has_shown) return no_such_row(entity);
  return std::nullopt;
}

Answer answer_write(const query::Model& model, const WriteJob& job,
                    const std::expected<void, db::Error>& result) {
  const Entity& entity = model.entities[job.entity];
  Answer answer;
  if (const auto problem = problem_of(model, job, result)) {
    set_problem(answer, *problem);
    return answer;
  }
  answer.status = success_status(job);
  if (shows_rows(job)) {
    answer.body = job.body;
    answer.content_type = job.media.content_type;
  }
  if (!job.preferences.applied.empty()) {
    answer.header("Preference-Applied", job.preferences.applied);
  }
  if (answer.status == 201 && !job.key.empty()) {
    std::string location = "/api/";
    append_percent_encoded(location, entity.name);
    answer.header("Location", location + "/" + job.key);
  }
  if (job.preferences.count != Preferences::Count::none) {
    answer.headers += "Content-Range: */";
    append_number(answer.headers, job.rows);
    answer.headers += "\r\n";
  }
  return answer;
}

Answer answer_batch(const query::Model& model, std::span<const WriteJob> jobs,
                    const std::expected<void, db::Error>& result) {
  Answer answer;
  if (!result) {
    // The one that failed speaks for all: none was carried out.
    const auto failed = std::ranges::find(jobs, true, &WriteJob::has_failed);
    const bool rolls_back =
        failed == jobs.end() && result.error().failure == db::Failure::cancelled;
    if (!rolls_back) {
      return answer_write(model, failed == jobs.end() ? jobs.front() : *failed, result);
    }
  }
  json::Writer writer(answer.body);
  writer.begin_array();
  for (const WriteJob& job : jobs) {
    const Answer one = answer_write(model, job, result);
    writer.begin_object();
    writer.key("status");
    writer.integer(one.status);
    writer.key("body");
    if (one.body.empty()) {
      writer.null();
    } else {
      writer.raw(one.body);
    }
    writer.end_object();
  }
  writer.end_array();
  return answer;
}

}  // namespace sqlxc::rest
