#include <sqlxc/service/settings.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sqlxc/core/text.h>
#include <sqlxc/json/reader.h>

namespace sqlxc::service {
namespace {

constexpr int kUsage = 2;
constexpr int kWorld = 3;

bool set_host(Settings& settings, std::string_view value) {
  settings.host = value;
  return !value.empty();
}

template <auto Member>
bool set_number(Settings& settings, std::string_view value) {
  const auto number = parse_number<std::remove_reference_t<decltype(settings.*Member)>>(value);
  if (number) settings.*Member = *number;
  return number.has_value();
}

// As far as PostgreSQL counts: about 24 days.
template <unsigned Settings::* Member>
bool set_milliseconds(Settings& settings, std::string_view value) {
  const auto number = parse_number<std::int32_t>(value);
  if (!number || *number < 0) return false;
  settings.*Member = static_cast<unsigned>(*number);
  return true;
}

// Bytes with an optional unit: 512k, 16m, 1g.
// A century at most: databases cannot subtract any number of hours from now.
bool set_idempotency_hours(Settings& settings, std::string_view value) {
  constexpr unsigned kMostHours = 24 * 36525;
  const auto number = parse_number<unsigned>(value);
  if (!number || *number == 0 || *number > kMostHours) return false;
  settings.idempotency_hours = *number;
  return true;
}

bool set_max_body(Settings& settings, std::string_view value) {
  std::size_t unit = 1;
  if (!value.empty() && !is_digit(value.back())) {
    switch (to_lower(value.back())) {
      case 'k':
        unit = std::size_t{1} << 10;
        break;
      case 'm':
        unit = std::size_t{1} << 20;
        break;
      case 'g':
        unit = std::size_t{1} << 30;
        break;
      default:
        return false;
    }
    value.remove_suffix(1);
  }
  const auto number = parse_number<std::size_t>(value);
  if (!number || *number == 0 || *number > (std::size_t{4} << 30) / unit) return false;
  settings.max_body = *number * unit;
  return true;
}

bool set_database(Settings& settings, std::string_view value) {
  settings.database = value;
  return true;
}

bool set_log_level(Settings& settings, std::string_view value) {
  const std::optional<observe::Level> level = observe::parse_level(value);
  if (level) settings.log_level = *level;
  return level.has_value();
}

bool set_log_format(Settings& settings, std::string_view value) {
  if (value == "json") settings.log_format = observe::Format::json;
  if (value == "logfmt") settings.log_format = observe::Format::logfmt;
  return value == "json" || value == "logfmt";
}

template <bool Settings::* Member>
bool set_switch(Settings& settings, std::string_view value) {
  settings.*Member = value == "on" || value == "true" || value == "1";
  return settings.*Member || value == "off" || value == "false" || value == "0";
}

bool set_cors_origins(Settings& settings, std::string_view value) {
  settings.cors_origins = value;
  return !value.empty();
}

bool set_graphql_documents(Settings& settings, std::string_view value) {
  settings.graphql_documents = value;
  return !value.empty();
}

// One row a setting: the flag `--port`, the variable SQLXC_PORT and the file's key `port`.
struct Setting {
  std::string_view name;
  std::string_view value;  // what it takes, in the words of --help and of errors
  std::string_view help;
  bool (*set)(Settings& settings, std::string_view value);
};

constexpr Setting kSettings[] = {
    {"port", "a port", "listen there (3000; 0: any free one)", set_number<&Settings::port>},
    {"host", "an address", "listen on it (127.0.0.1; 0.0.0.0: on all)", set_host},
    {"database", "a file or URL",
     "SQLite file, made if it is missing (NAME.db), or postgresql://...", set_database},
    {"read-connections", "a number", "PostgreSQL connections of a loop for reads (2)",
     set_number<&Settings::read_connections>},
    {"write-connections", "a number", "PostgreSQL connections of a loop for writes (4)",
     set_number<&Settings::write_connections>},
    {"acquire-timeout", "milliseconds", "how long a request waits for a connection (5000)",
     set_milliseconds<&Settings::acquire_timeout>},
    {"statement-timeout", "milliseconds", "how long a statement may take (30000; 0: as it likes)",
     set_milliseconds<&Settings::statement_timeout>},
    {"pgbouncer", "on|off", "the server is a pooler by transactions (off)",
     set_switch<&Settings::pgbouncer>},
    {"threads", "a number", "event loops (0: one a core)", set_number<&Settings::threads>},
    {"log-level", "error|warning|info|debug", "how much to log (info)", set_log_level},
    {"log-format", "logfmt|json", "form of the log (logfmt on a terminal, else json)",
     set_log_format},
    {"access-log", "on|off", "a line a request (off)", set_switch<&Settings::access_log>},
    {"max-body", "a size", "largest request body: 512k, 16m (16m)", set_max_body},
    {"idempotency-hours", "a number", "how long an Idempotency-Key is remembered (24)",
     set_idempotency_hours},
    {"max-connections", "a number", "clients at once (what the limit on open files leaves)",
     set_number<&Settings::max_connections>},
    {"drain-seconds", "a number", "how long a stop waits for requests (10)",
     set_number<&Settings::drain_seconds>},
    {"cors-origins", "*|none|origins", "web pages that may call: a list with commas (*)",
     set_cors_origins},
    {"graphql-introspection", "on|off", "answer what GraphQL's schema is (on)",
     set_switch<&Settings::graphql_introspection>},
    {"graphql-page", "on|off", "GraphiQL for browsers at /graphql (on)",
     set_switch<&Settings::graphql_page>},
    {"graphql-documents", "a folder", "trusted GraphQL documents: *.graphql, *.json",
     set_graphql_documents},
    {"graphql-trusted-only", "on|off", "carry out no other document (off)",
     set_switch<&Settings::graphql_trusted_only>},
    {"graphql-max-depth", "a number", "GraphQL fields in one another (20)",
     set_number<&Settings::graphql_max_depth>},
    {"graphql-max-fields", "a number", "GraphQL fields of a response's shape (5000)",
     set_number<&Settings::graphql_max_fields>},
    {"graphql-max-cost", "a number", "GraphQL fields times the lengths of their lists (1000000)",
     set_number<&Settings::graphql_max_cost>},
    {"graphql-max-subscriptions", "a number", "live queries of the service (100000; 0: none)",
     set_number<&Settings::graphql_max_subscriptions>},
    {"graphql-max-operations", "a number", "operations of one WebSocket at once (1000)",
     set_number<&Settings::graphql_max_operations>},
};

const Setting* find_setting(std::string_view name) {
  const auto* found = std::find_if(std::begin(kSettings), std::end(kSettings),
                                   [&](const Setting& setting) { return setting.name == name; });
  return found == std::end(kSettings) ? nullptr : found;
}

// `origin` says where the value stands: "--port", "SQLXC_PORT", "service.conf:3".
Result<void> apply(Settings& settings, const Setting& setting, std::string_view value,
                   const std::string& origin) {
  if (setting.set(settings, value)) return {};
  return fail(
      origin + " takes " + std::string(setting.value) + ", not `" + std::string(value) + "`",
      kUsage);
}

std::string variable_of(const Setting& setting) {
  std::string name = "SQLXC_";
  for (const char c : setting.name) {
    name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 0x20 : c);
  }
  return name;
}

Result<void> apply_environment(Settings& settings, Environment environment) {
  if (const auto url = environment("DATABASE_URL")) settings.database = *url;
  for (const Setting& setting : kSettings) {
    const std::string name = variable_of(setting);
    const std::optional<std::string> value = environment(name);
    if (!value) continue;
    if (auto applied = apply(settings, setting, *value, name); !applied) return applied;
  }
  return {};
}

Result<void> apply_named(Settings& settings, std::string name, std::string_view value,
                         const std::string& origin) {
  std::replace(name.begin(), name.end(), '_', '-');
  const Setting* setting = find_setting(name);
  if (setting == nullptr) return fail(origin + ": there is no setting `" + name + "`", kUsage);
  return apply(settings, *setting, value, origin + ": " + name);
}

Result<void> apply_json(Settings& settings, std::string_view text, const std::string& path) {
  using json::Token;
  json::Reader reader(text);
  if (reader.next() != Token::begin_object)
    return fail(path + ": the file is not a JSON object", kUsage);
  while (reader.next() == Token::key) {
    std::string name(reader.text());
    const Token token = reader.next();
    const bool is_scalar = token == Token::string || token == Token::number ||
                           token == Token::true_value || token == Token::false_value;
    if (!is_scalar)
      return fail(path + ": `" + name + "` is neither text, number nor boolean", kUsage);
    std::string value(reader.text());
    if (token == Token::true_value) value = "true";
    if (token == Token::false_value) value = "false";
    if (auto applied = apply_named(settings, std::move(name), value, path); !applied)
      return applied;
  }
  if (reader.token() != Token::end_object || reader.next() != Token::end) {
    return fail(path + ": " + std::string(reader.error().message) + " at byte " +
                    std::to_string(reader.error().offset),
                kUsage);
  }
  return {};
}

Result<void> apply_lines(Settings& settings, std::string_view text, const std::string& path) {
  for (int number = 1; !text.empty(); ++number) {
    std::string_view line = split_off(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    const std::string origin = path + ":" + std::to_string(number);
    if (line.find('=') == std::string_view::npos)
      return fail(origin + ": this is not `key = value`", kUsage);
    const std::string name(trim(split_off(line, '=')));
    std::string_view value = trim(line);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (auto applied = apply_named(settings, name, value, origin); !applied) return applied;
  }
  return {};
}

Result<void> apply_file(Settings& settings, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad())
    return fail("cannot read the configuration `" + path + "`", kWorld);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_json = first != std::string::npos && text[first] == '{';
  return is_json ? apply_json(settings, text, path) : apply_lines(settings, text, path);
}

struct Flag {
  const Setting* setting;
  std::string_view value;
};

// The command line, before anything of it is applied.
struct CommandLine {
  Request request = Request::serve;
  std::optional<std::string> config;
  std::vector<Flag> flags;
};

Result<CommandLine> parse_command_line(std::span<const char* const> arguments) {
  CommandLine line;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view value = arguments[i];
    const std::string_view name =
        value.starts_with("--") ? split_off(value, '=') : std::string_view();
    const bool has_value = name.size() < std::string_view(arguments[i]).size();
    if (name == "--help" || name == "--version") {
      line.request = name == "--help" ? Request::help : Request::version;
      return line;
    }
    const Setting* setting = name.empty() ? nullptr : find_setting(name.substr(2));
    if (setting == nullptr && name != "--config") {
      return fail("there is no option `" + std::string(arguments[i]) + "`; --help lists them",
                  kUsage);
    }
    if (!has_value) {
      if (i + 1 == arguments.size()) return fail(std::string(name) + " takes a value", kUsage);
      value = arguments[++i];
    }
    if (setting == nullptr) {
      line.config = value;
    } else {
      line.flags.push_back({setting, value});
    }
  }
  return line;
}

}  // namespace

std::optional<std::string> process_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

Result<Start> read_settings(std::span<const char* const> arguments, Environment environment) {
  const Result<CommandLine> line = parse_command_line(arguments);
  if (!line) return std::unexpected(line.error());
  Start start;
  start.request = line->request;
  if (start.request != Request::serve) return start;
  const std::optional<std::string> config =
      line->config ? line->config : environment("SQLXC_CONFIG");
  if (config) {
    if (auto applied = apply_file(start.settings, *config); !applied)
      return std::unexpected(applied.error());
  }
  if (auto applied = apply_environment(start.settings, environment); !applied)
    return std::unexpected(applied.error());
  for (const Flag& flag : line->flags) {
    auto applied =
        apply(start.settings, *flag.setting, flag.value, "--" + std::string(flag.setting->name));
    if (!applied) return std::unexpected(applied.error());
  }
  return start;
}

std::string help_text(std::string_view program) {
  std::string out = "usage: " + std::string(program) + " [options]\n\n";
  const auto row = [&](std::string_view name, std::string_view value, std::string_view help) {
    std::string left = "  --" + std::string(name) + (value.empty() ? "" : "=" + std::string(value));
    left.resize(std::max<std::size_t>(left.size() + 2, 40), ' ');
    out += left;
    out += help;
    out += '\n';
  };
  for (const Setting& setting : kSettings) row(setting.name, setting.value, setting.help);
  row("config", "a file", "settings as `key = value` lines or a JSON object");
  row("version", "", "what this service was compiled from");
  row("help", "", "this text");
  out +=
      "\nFlags beat the environment (DATABASE_URL, SQLXC_PORT, SQLXC_LOG_LEVEL, ...), which beats "
      "the file.\n";
  return out;
}

}  // namespace sqlxc::service
