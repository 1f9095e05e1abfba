#include <sqlxc/observe/log.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

#include <sqlxc/core/text.h>

namespace sqlxc::observe {
namespace {

constexpr std::array<std::string_view, 4> kLevels = {"error", "warning", "info", "debug"};

void append_padded(std::string& out, long value, int width) {
  std::string digits = std::to_string(value);
  out.append(static_cast<std::size_t>(std::max(0, width - static_cast<int>(digits.size()))), '0');
  out += digits;
}

// RFC 3339 in UTC with milliseconds.
void append_time(std::string& out) {
  std::timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  std::tm utc{};
  gmtime_r(&now.tv_sec, &utc);
  append_padded(out, utc.tm_year + 1900, 4);
  out += '-';
  append_padded(out, utc.tm_mon + 1, 2);
  out += '-';
  append_padded(out, utc.tm_mday, 2);
  out += 'T';
  append_padded(out, utc.tm_hour, 2);
  out += ':';
  append_padded(out, utc.tm_min, 2);
  out += ':';
  append_padded(out, utc.tm_sec, 2);
  out += '.';
  append_padded(out, now.tv_nsec / 1'000'000, 3);
  out += 'Z';
}

bool is_bare_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c != '"' && c != '=' && c != '\\' && c != 0x7F;
  });
}

void append_value(std::string& out, const Field& field, Format format) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    if (format == Format::logfmt && is_bare_word(*text)) {
      out += *text;
    } else if (is_utf8(*text)) {
      append_json_string(out, *text);
    } else {
      // What is not text must not make the line unreadable.
      std::string encoded;
      append_percent_encoded(encoded, *text);
      append_json_string(out, encoded);
    }
  } else if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
    append_number(out, *number);
  } else {
    append_number(out, std::get<double>(field.value));
  }
}

void append_field(std::string& out, const Field& field, Format format) {
  if (format == Format::json) {
    out += ",\"";
    out += field.name;
    out += "\":";
  } else {
    out += ' ';
    out += field.name;
    out += '=';
  }
  append_value(out, field, format);
}

}  // namespace

std::string_view name_of(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

std::optional<Level> parse_level(std::string_view name) {
  const auto found = std::find(kLevels.begin(), kLevels.end(), name);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<Level>(found - kLevels.begin());
}

void Log::append(std::string& out, Level level, std::string_view message, Fields fields) const {
  out += format_ == Format::json ? R"({"time":")" : "time=";
  append_time(out);
  if (format_ == Format::json) out += '"';
  append_field(out, {"level", name_of(level)}, format_);
  append_field(out, {"msg", message}, format_);
  for (const Field& field : fields) append_field(out, field, format_);
  out += format_ == Format::json ? "}\n" : "\n";
}

void Log::write(Level level, std::string_view message, Fields fields) const {
  if (!is_enabled(level)) return;
  std::string line;
  append(line, level, message, fields);
  write_out(line);
}

void Log::write_out(std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, lines.data(), lines.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nobody can be told
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace sqlxc::observe
