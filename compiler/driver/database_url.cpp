#include "compiler/driver/database_url.h"

#include <algorithm>
#include <array>

namespace sqlxc::driver {
namespace {

constexpr std::string_view kHiddenWords[] = {"password", "sslpassword"};

struct Scheme {
  std::string_view prefix;
  Engine engine;
};
constexpr std::array<Scheme, 6> kSchemes = {{{"postgresql://", Engine::postgres},
                                             {"postgres://", Engine::postgres},
                                             {"mysql://", Engine::mysql},
                                             {"mariadb://", Engine::mysql},
                                             {"http://", Engine::http},
                                             {"https://", Engine::http}}};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// `user:password@host` without the password; it may itself hold an `@` that nobody escaped.
std::string without_password(std::string_view authority, std::string& password) {
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(authority);
  const std::size_t colon = authority.substr(0, at).find(':');
  if (colon == std::string_view::npos) return std::string(authority);
  password = authority.substr(colon + 1, at - colon - 1);
  return std::string(authority.substr(0, colon)) + std::string(authority.substr(at));
}

// `?password=...&sslmode=...` without what is secret.
std::string without_secrets(std::string_view query, std::string& password) {
  std::string out;
  while (!query.empty()) {
    query.remove_prefix(1);  // `?` or `&`
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(pair.size());
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const bool is_hidden =
        std::ranges::find(kHiddenWords, pair.substr(0, equals)) != std::end(kHiddenWords);
    if (is_hidden) {
      password = pair.substr(std::min(equals + 1, pair.size()));
    } else {
      out += (out.empty() ? "?" : "&") + std::string(pair);
    }
  }
  return out;
}

DatabaseUrl server_url(const Scheme& scheme, std::string_view text) {
  DatabaseUrl out;
  out.engine = scheme.engine;
  out.text = text;
  const std::string_view rest = text.substr(scheme.prefix.size());
  // A password may hold a `/` or `?` that nobody escaped: the last `@` ends it.
  const std::size_t at = rest.rfind('@');
  const std::size_t from = at == std::string_view::npos ? 0 : at;
  const std::size_t end = std::min(rest.find_first_of("/?", from), rest.size());
  const std::size_t query = std::min(rest.find('?', end), rest.size());
  out.shown = std::string(scheme.prefix) + without_password(rest.substr(0, end), out.password) +
              std::string(rest.substr(end, query - end)) +
              without_secrets(rest.substr(query), out.password);
  return out;
}

}  // namespace

std::optional<DatabaseUrl> read_database_url(std::string_view text) {
  for (const Scheme& scheme : kSchemes) {
    if (text.starts_with(scheme.prefix)) return server_url(scheme, text);
  }
  DatabaseUrl out;
  out.engine = Engine::sqlite;
  std::string_view path = text;
  for (const std::string_view scheme : {"sqlite://", "sqlite:", "file://", "file:"}) {
    if (!path.starts_with(scheme)) continue;
    path.remove_prefix(scheme.size());
    break;
  }
  if (path.empty() || path.find("://") != std::string_view::npos) return std::nullopt;
  out.text = path;
  out.shown = path;
  return out;
}

std::string shown_without_secrets(std::string_view text) {
  const std::size_t scheme = text.find("://");
  return scheme == std::string_view::npos ? std::string(text)
                                          : std::string(text.substr(0, scheme + 3)) + "...";
}

std::string message_about(const DatabaseUrl& url, std::string_view message) {
  std::string out(message);
  replace_all(out, url.text, url.shown);
  replace_all(out, url.password, "***");
  replace_all(out, percent_decoded(url.password), "***");
  for (const std::string_view word : {"FATAL:  ", "ERROR:  "}) replace_all(out, word, "");
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  replace_all(out, "\n\t", " ");
  replace_all(out, "\n", "; ");
  return out;
}

}  // namespace sqlxc::driver
