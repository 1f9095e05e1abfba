#include <cstdio>

#include "compiler/base/json_text.h"
#include "compiler/driver/commands/commands.h"
#include "compiler/driver/database/probe.h"

namespace sqlxc::driver {
namespace {

Facts probe(const DatabaseUrl& url) {
  switch (url.engine) {
    case Engine::postgres:
      return probe_postgres(url);
    case Engine::sqlite:
      return probe_sqlite(url);
    case Engine::mysql:
      return probe_mysql(url);
    case Engine::http:
      return probe_service(url);
  }
  return std::vector<Fact>();
}

std::string number(double value) {
  char buffer[32];
  const int size = std::snprintf(buffer, sizeof buffer, "%.3f", value);
  return {buffer, static_cast<std::size_t>(size)};
}

std::string words_of(const Fact& fact) {
  struct {
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(bool value) const { return value ? "yes" : "no"; }
    std::string operator()(double value) const { return number(value); }
    std::string operator()(const std::vector<std::string>& values) const {
      std::string out;
      for (const std::string& value : values) out += (out.empty() ? "" : ", ") + value;
      return out.empty() ? "none" : out;
    }
  } visitor;
  return std::visit(visitor, fact.value);
}

std::string json_of(const Fact& fact) {
  struct {
    std::string operator()(const std::string& value) const { return json_string(value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(double value) const { return number(value); }
    std::string operator()(const std::vector<std::string>& values) const {
      std::string out;
      for (const std::string& value : values) out += (out.empty() ? "" : ", ") + json_string(value);
      return "[" + out + "]";
    }
  } visitor;
  return std::visit(visitor, fact.value);
}

void print_text(const DatabaseUrl& url, const std::vector<Fact>& facts) {
  std::printf("%s\n", url.shown.c_str());
  for (const Fact& fact : facts) {
    std::printf("  %-13s %s\n", fact.name.c_str(), words_of(fact).c_str());
  }
}

void print_json(const DatabaseUrl& url, const std::vector<Fact>& facts) {
  std::string out = "{\"url\": " + json_string(url.shown) + ", \"reachable\": true";
  for (const Fact& fact : facts) {
    std::string key = fact.name;
    for (char& c : key) c = c == '-' ? '_' : c;
    out += ", " + json_string(key) + ": " + json_of(fact);
  }
  std::puts((out + "}").c_str());
}

}  // namespace

ExitStatus ping(const Options& options) {
  Diagnostics diagnostics;
  const std::string& given = options.inputs.front();
  const std::optional<DatabaseUrl> url = read_database_url(given);
  if (!url) {
    diagnostics.report<diag::DatabaseUrlUnknown>({}, shown_without_secrets(given))
        .help(
            "it takes postgresql://, mysql:// and http:// URLs, sqlite:FILE or the path of a file");
  } else if (const Facts facts = probe(*url); !facts) {
    diagnostics.report<diag::Unreachable>({}, url->shown, facts.error().message);
  } else if (options.diagnostics == DiagnosticStyle::json) {
    print_json(*url, *facts);
  } else {
    print_text(*url, *facts);
  }
  show(SourceMap(), diagnostics, options);
  return status_of(diagnostics, options);
}

}  // namespace sqlxc::driver
