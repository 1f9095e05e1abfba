#include <sqlxc/graphql/error.h>

#include <algorithm>

namespace sqlxc::graphql {
namespace {

constexpr std::uint32_t kBlock = 1024;

// The UTF-16 units of the character that begins with `byte`; none for a byte inside of one.
std::uint32_t units_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte >= 0xF0 ? 2 : 1;
}

}  // namespace

void append_error(json::Writer& out, const Error& error) {
  out.begin_object();
  out.key("message");
  out.string(error.message);
  if (!error.locations.empty()) {
    out.key("locations");
    out.begin_array();
    for (const Location& location : error.locations) {
      out.begin_object();
      out.key("line");
      out.integer(location.line);
      out.key("column");
      out.integer(location.column);
      out.end_object();
    }
    out.end_array();
  }
  if (!error.path.empty()) {
    out.key("path");
    out.begin_array();
    for (const PathPart& part : error.path) {
      if (const auto* key = std::get_if<std::string>(&part)) {
        out.string(*key);
      } else {
        out.integer(std::get<std::uint32_t>(part));
      }
    }
    out.end_array();
  }
  if (!error.code.empty() || !error.extensions.empty()) {
    std::string members;
    if (!error.code.empty()) {
      members += "\"code\":";
      json::append_string(members, error.code);
      if (!error.extensions.empty()) members += ',';
    }
    out.key("extensions");
    out.raw("{" + members + error.extensions + "}");
  }
  out.end_object();
}

void append_errors(json::Writer& out, const Errors& errors) {
  out.begin_array();
  for (const Error& error : errors) append_error(out, error);
  out.end_array();
}

void LineIndex::build() {
  starts_.push_back(0);
  std::uint32_t units = 0;
  for (std::uint32_t i = 0; i < source_.size(); ++i) {
    if (i % kBlock == 0) units_.push_back(units);
    units += units_of(source_[i]);
    const bool is_first_of_two = source_[i] == '\r' && source_.substr(i + 1).starts_with('\n');
    if ((source_[i] == '\n' || source_[i] == '\r') && !is_first_of_two) starts_.push_back(i + 1);
  }
  if (source_.size() % kBlock == 0) units_.push_back(units);
}

std::uint32_t LineIndex::units_before(std::uint32_t offset) const {
  std::uint32_t units = units_[offset / kBlock];
  for (std::uint32_t i = offset / kBlock * kBlock; i < offset; ++i) units += units_of(source_[i]);
  return units;
}

Location LineIndex::locate(std::uint32_t offset) {
  if (starts_.empty()) build();
  offset = std::min(offset, static_cast<std::uint32_t>(source_.size()));
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return {.line = static_cast<std::uint32_t>(after - starts_.begin()),
          .column = units_before(offset) - units_before(*(after - 1)) + 1};
}

}  // namespace sqlxc::graphql
