#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

// The table of floors (docs and CMake hold the same): a folder includes only what stands on a lower
// floor, and siblings never include each other.
namespace sqlxc {
namespace {

namespace fs = std::filesystem;

// What a folder may include beside itself.
const std::map<std::string, std::set<std::string>> kCompilerFloors = {
    {"compiler/base", {}},
    {"compiler/stdlib", {"compiler/base"}},
    {"compiler/syntax", {"compiler/base", "compiler/stdlib"}},
    {"compiler/catalog", {"compiler/base", "compiler/stdlib", "compiler/syntax"}},
    {"compiler/translate", {"compiler/base", "compiler/stdlib", "compiler/syntax"}},
    {"compiler/ir",
     {"compiler/base", "compiler/stdlib", "compiler/syntax", "compiler/catalog",
      "compiler/translate"}},
    {"compiler/passes",
     {"compiler/base", "compiler/stdlib", "compiler/syntax", "compiler/catalog",
      "compiler/translate", "compiler/ir"}},
    {"emit",
     {"compiler/base", "compiler/stdlib", "compiler/syntax", "compiler/catalog",
      "compiler/translate", "compiler/ir"}},
    {"compiler/driver",
     {"compiler/base", "compiler/stdlib", "compiler/syntax", "compiler/catalog",
      "compiler/translate", "compiler/ir", "compiler/passes", "emit"}},
};

// The runtime's own stairs.
const std::map<std::string, std::set<std::string>> kRuntimeStairs = {
    {"core", {}},
    {"json", {"core"}},
    {"value", {"core", "json"}},
    {"rules", {"core", "value", "json"}},
    {"net", {"core", "value", "json"}},
    {"pg", {"core", "value", "json", "rules", "net", "db"}},
    {"observe", {"core", "value", "json", "net"}},
    {"http", {"core", "value", "json", "net", "observe"}},
    {"db", {"core", "value", "json", "rules", "net"}},
    {"query", {"core", "value", "json", "rules", "db"}},
    {"docs", {"core", "value", "json", "net", "http"}},
    {"graphql", {"core", "json"}},
    {"graphql_http", {"core", "json", "net", "http", "graphql"}},
    {"rest", {"core", "value", "json", "rules", "net", "http", "db", "pg", "query", "observe"}},
    {"graph", {"core", "value", "json", "http", "query", "rest", "graphql"}},
    {"live",
     {"core", "value", "json", "rules", "net", "http", "db", "query", "graphql", "graphql_http"}},
    {"proof", {"core", "value", "json", "rules", "http", "db", "pg", "query", "rest"}},
    {"service",
     {"core", "value", "json", "rules", "net", "http", "db", "pg", "query", "observe", "rest",
      "docs", "graphql", "graphql_http", "graph", "live"}},
    {"orm",
     {"core", "value", "json", "rules", "net", "http", "db", "query", "observe", "rest",
      "service"}},
};

struct Include {
  std::string file;
  std::string target;
  bool is_quoted = false;
};

std::vector<Include> includes_below(const fs::path& folder) {
  std::vector<Include> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      if (!line.starts_with("#include ")) continue;
      const char open = line[9];
      const std::size_t end = line.find(open == '"' ? '"' : '>', 10);
      all.push_back({entry.path().string(), line.substr(10, end - 10), open == '"'});
    }
  }
  return all;
}

// compiler/base/source.h is in compiler/base; emit/cpp/names.h in emit.
std::string floor_of(const std::string& path) {
  if (path.starts_with("emit/")) return "emit";
  const std::size_t first = path.find('/');
  const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
  return second == std::string::npos ? std::string() : path.substr(0, second);
}

const fs::path kRoot = SQLXC_SOURCE_DIR;

TEST_CASE("a folder of the compiler includes only lower floors, and none of the runtime's") {
  for (const auto& [folder, lower] : kCompilerFloors) {
    for (const Include& include : includes_below(kRoot / folder)) {
      if (!include.is_quoted) {
        // The driver alone may use what the runtime knows of the wire and of databases.
        INFO(include.file << " includes <" << include.target << ">");
        // How decimals and patterns are read the compiler shares with what it emits.
        const bool shares = folder == "compiler/passes" || folder == "compiler/translate";
        const bool is_shared = shares && include.target.starts_with("sqlxc/value/");
        CHECK((folder == "compiler/driver" || is_shared || !include.target.starts_with("sqlxc/")));
        continue;
      }
      const std::string floor = floor_of(include.target);
      INFO(include.file << " includes " << include.target);
      // A name's hash is one function for the emitted `switch` and for who writes its cases.
      CHECK((floor == folder || lower.contains(floor) ||
             include.target == "compiler/base/embedded.h" ||
             include.target == "runtime/sqlxc/core/hash.h"));
    }
  }
}

TEST_CASE("every folder of the compiler stands on a floor") {
  for (const auto& entry : fs::directory_iterator(kRoot / "compiler")) {
    if (!entry.is_directory()) continue;
    const std::string folder = "compiler/" + entry.path().filename().string();
    INFO(folder);
    CHECK(kCompilerFloors.contains(folder));
  }
}

TEST_CASE("a folder of the runtime includes only lower stairs, and nothing of the compiler") {
  for (const auto& entry : fs::directory_iterator(kRoot / "runtime" / "sqlxc")) {
    const std::string folder = entry.path().filename().string();
    INFO(folder);
    REQUIRE(kRuntimeStairs.contains(folder));
    const std::set<std::string>& lower = kRuntimeStairs.at(folder);
    for (const Include& include : includes_below(entry.path())) {
      INFO(include.file << " includes " << include.target);
      CHECK_FALSE(include.target.starts_with("compiler/"));
      CHECK_FALSE(include.target.starts_with("emit/"));
      if (!include.target.starts_with("sqlxc/")) continue;
      const std::string rest = include.target.substr(6);
      const std::string stair = rest.substr(0, rest.find('/'));
      CHECK((stair == folder || lower.contains(stair)));
    }
  }
}

TEST_CASE("ANTLR is seen by the parser alone") {
  for (const char* top : {"compiler", "emit", "runtime"}) {
    for (const Include& include : includes_below(kRoot / top)) {
      if (!include.target.starts_with("antlr4")) continue;
      INFO(include.file);
      CHECK(include.file.find("/compiler/syntax/") != std::string::npos);
    }
  }
}

}  // namespace
}  // namespace sqlxc
