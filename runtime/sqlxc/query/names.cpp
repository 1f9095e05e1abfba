#include <sqlxc/query/names.h>

namespace sqlxc::query {

std::vector<std::string> bare_names(std::string_view sql) {
  std::vector<std::string> names(1);
  bool is_quoted = false;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const bool is_doubled = is_quoted && sql[i] == '"' && sql.substr(i + 1).starts_with('"');
    if (is_doubled) {
      names.back() += sql[i++];
    } else if (sql[i] == '"') {
      is_quoted = !is_quoted;
    } else if (sql[i] == '.' && !is_quoted) {
      names.emplace_back();
    } else {
      names.back() += sql[i];
    }
  }
  return names;
}

}  // namespace sqlxc::query
