#include <sqlxc/rest/page.h>

#include <sqlxc/core/hash.h>
#include <sqlxc/core/text.h>
#include <sqlxc/rest/problems.h>

namespace sqlxc::rest {
namespace {

using http::Problem;

// RFC 9110, section 14.4, with the unit left out as PostgREST does: `0-19/*`, `*/0`.
void append_range(std::string& headers, std::int64_t first, std::int64_t rows,
                  std::optional<std::int64_t> total) {
  headers += "Content-Range: ";
  if (rows == 0) {
    headers += '*';
  } else {
    append_number(headers, first);
    headers += '-';
    append_number(headers, first + rows - 1);
  }
  headers += '/';
  if (total) {
    append_number(headers, *total);
  } else {
    headers += '*';
  }
  headers += "\r\n";
}

Problem range_not_there(std::int64_t total, std::int64_t offset) {
  Problem problem = make_problem(416, "PGRST103", "the requested range is not there");
  problem.details = "there are ";
  append_number(problem.details, total);
  problem.details += " rows, and `offset` is ";
  append_number(problem.details, offset);
  return problem;
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
  answer.content_type = "application/problem+json";
  answer.body = http::to_json(problem);
}

std::string etag_of(std::string_view body) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string tag(18, '"');
  std::uint64_t value = hash(body);
  for (std::size_t at = 16; at > 0; --at, value >>= 4U) tag[at] = kDigits[value & 0xFU];
  return tag;
}

bool names_etag(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    std::string_view tag = trim(split_off(list, ','));
    if (tag == "*") return true;
    // Behind a proxy that compresses, tags come back as weak ones.
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

Problem not_one_row(std::int64_t rows) {
  Problem problem = make_problem(406, "PGRST116", "the result is not one row",
                                 "accept application/json for any number of rows");
  problem.details = "The result contains ";
  append_number(problem.details, rows);
  problem.details += " rows";
  return problem;
}

void finish_rows(const query::Model& model, const ReadPlan& plan, const Media& media,
                 std::int64_t rows, std::optional<std::int64_t> total, Answer& answer) {
  if (plan.is_one()) {
    if (rows == 0) {
      set_problem(answer, no_such_row(model.entities[plan.target]));
    } else if (plan.has_etag) {
      answer.etag = etag_of(answer.body);
    }
    return;
  }
  if (media.format == Media::Format::object && rows != 1) {
    return set_problem(answer, not_one_row(rows));
  }
  if (total && plan.offset > *total) {
    set_problem(answer, range_not_there(*total, plan.offset));
    rows = 0;
  } else if (total && rows < *total && media.format != Media::Format::object) {
    answer.status = 206;
  }
  append_range(answer.headers, plan.offset, rows, total);
}

void append_cursor_text(std::string& out, const query::Field& field, std::string_view text) {
  if (field.type <= query::Type::decimal) return append_percent_encoded(out, text);
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  quoted += '"';
  append_percent_encoded(out, quoted);
}

}  // namespace sqlxc::rest
