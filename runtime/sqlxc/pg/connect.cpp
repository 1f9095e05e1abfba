#include <sqlxc/pg/connect.h>

#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

// In `options`, spaces and backslashes of a value are escaped (libpq's manual, 34.1.2).
void append_option(std::string& out, const Setting& setting) {
  out += " -c ";
  out += setting.name;
  out += '=';
  for (const char c : setting.value) {
    if (c == ' ' || c == '\\') out += '\\';
    out += c;
  }
}

// What the URL itself asks for in `options`.
std::string options_of(const std::string& url) {
  std::string found;
  PQconninfoOption* all = pq().conninfoParse(url.c_str(), nullptr);
  if (all == nullptr) return found;
  for (const PQconninfoOption* option = all; option->keyword != nullptr; ++option) {
    if (std::string_view(option->keyword) == "options" && option->val != nullptr) {
      found = option->val;
    }
  }
  pq().conninfoFree(all);
  return found;
}

}  // namespace

std::vector<Setting> session_settings(const Options& options, bool is_readonly) {
  std::vector<Setting> all = {
      {"TimeZone", "UTC"},
      {"DateStyle", "ISO"},
      {"IntervalStyle", "postgres"},
      {"bytea_output", "hex"},
      {"extra_float_digits", "1"},
      {"statement_timeout", std::to_string(options.statement_timeout.count())},
  };
  if (!options.search_path.empty()) all.push_back({"search_path", options.search_path});
  // Within a transaction default_transaction_read_only comes too late.
  if (is_readonly) {
    all.push_back(
        {options.is_pgbouncer ? "transaction_read_only" : "default_transaction_read_only", "on"});
  }
  return all;
}

ConnectParameters::ConnectParameters(const Options& options, bool is_readonly, const Hosts& hosts) {
  // Of two values for one keyword the later holds, so these go before those of the URL (dbname,
  // expanded) or after.
  std::vector<std::pair<const char*, std::string>> pairs = {
      {"fallback_application_name", options.application_name},
      {"dbname", options.url},
      {"client_encoding", "UTF8"},
  };
  if (!hosts.all.empty()) {
    pairs.emplace_back("host", hosts.names());
    pairs.emplace_back("hostaddr", hosts.addresses());
    pairs.emplace_back("port", hosts.ports());
  }
  if (!options.is_pgbouncer) {
    std::string words = options_of(options.url);
    for (const Setting& setting : session_settings(options, is_readonly)) {
      append_option(words, setting);
    }
    pairs.emplace_back("options", std::move(words));
  }
  texts.reserve(pairs.size());
  for (auto& [keyword, text] : pairs) {
    texts.push_back(std::move(text));
    keywords.push_back(keyword);
    values.push_back(texts.back().c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
}

}  // namespace sqlxc::pg
