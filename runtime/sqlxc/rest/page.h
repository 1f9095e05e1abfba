#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sqlxc/core/text.h>
#include <sqlxc/http/problem.h>
#include <sqlxc/rest/plan.h>
#include <sqlxc/rest/render.h>

// What an answer to a read says beside its rows: status, Content-Range, the link to the next page.
namespace sqlxc::rest {

/// An answer while it is made, on whichever thread.
struct Answer {
  int status = 200;
  std::string_view content_type = "application/json";
  std::string body;
  std::string headers;
  std::string etag;  // of a row: the client may have it already (If-None-Match)

  void header(std::string_view name, std::string_view value);
};

/// Makes `answer` say `problem`.
void set_problem(Answer& answer, const http::Problem& problem);

/// Judges a body that is complete: how many rows came, of how many (if they were counted), and
/// whether the media type or the path takes that many.
void finish_rows(const query::Model& model, const ReadPlan& plan, const Media& media,
                 std::int64_t rows, std::optional<std::int64_t> total, Answer& answer);

/// The entity tag of a row: of its JSON with all the columns that a response shows.
std::string etag_of(std::string_view body);

/// Whether a list of tags, as If-Match and If-None-Match have it, names `etag` (or `*`).
bool names_etag(std::string_view list, std::string_view etag);

/// "Cannot be one object": 406.
http::Problem not_one_row(std::int64_t rows);

/// Appends a value of a keyset cursor as it stands in a URL.
void append_cursor_text(std::string& out, const query::Field& field, std::string_view text);

/// `Link: </api/posts?limit=20&after=...>; rel="next"`, from the last row of a full page.
template <typename Row>
std::string next_link(const query::Entity& entity, const ReadPlan& plan, std::string_view path,
                      const Row& row) {
  std::string link = "<";
  link += path;
  link += '?';
  link += plan.next_query;
  link += plan.next_query.empty() ? "after=" : "&after=";
  std::string text;
  for (std::size_t i = 0; i < plan.cursor.size(); ++i) {
    if (i > 0) link += ',';
    const auto column = static_cast<std::size_t>(plan.select.sort_columns[i]);
    if (row.is_null(column)) {
      link += "null";
      continue;
    }
    const query::Field& field = entity.fields[plan.cursor[i].field];
    text.clear();
    row.append_text(text, field, column);
    append_cursor_text(link, field, text);
  }
  link += ">; rel=\"next\"";
  return link;
}

}  // namespace sqlxc::rest
