#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// Structured logs on stderr: a line an event, logfmt for people or JSON for collectors. A line
// leaves in one write, so threads do not mix theirs; nothing is kept back but in a LogBuffer.
namespace sqlxc::observe {

enum class Level : std::uint8_t { error, warning, info, debug };
enum class Format : std::uint8_t { logfmt, json };

/// "warning".
std::string_view name_of(Level level);
std::optional<Level> parse_level(std::string_view name);

/// What a line says beside its time, level and message.
struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};
using Fields = std::initializer_list<Field>;

class Log {
 public:
  Log(Level level, Format format) : level_(level), format_(format) {}

  bool is_enabled(Level level) const { return level <= level_; }
  /// Writes a line, if its level is enabled. Any thread may.
  void write(Level level, std::string_view message, Fields fields = {}) const;
  /// Appends such a line to `out`, whatever the level, for a caller that writes many at once.
  void append(std::string& out, Level level, std::string_view message, Fields fields = {}) const;
  /// Writes finished lines.
  static void write_out(std::string_view lines);

 private:
  Level level_;
  Format format_;
};

}  // namespace sqlxc::observe
