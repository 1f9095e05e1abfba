#include <sqlite3.h>

#include <utility>

#include "compiler/driver/database/connect.h"

namespace sqlxc::driver {
namespace {

struct Close {
  void operator()(sqlite3* file) const { sqlite3_close_v2(file); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Sqlite final : public Database {
 public:
  explicit Sqlite(std::unique_ptr<sqlite3, Close> file) : file_(std::move(file)) {}

  std::expected<std::vector<catalog::IntrospectedRows>, DatabaseFailure> ask(
      const std::vector<catalog::IntrospectionQuery>& queries) override {
    std::vector<catalog::IntrospectedRows> out;
    if (sqlite3_exec(file_.get(), "begin", nullptr, nullptr, nullptr) != SQLITE_OK)
      return refused();
    for (const catalog::IntrospectionQuery& query : queries) {
      sqlite3_stmt* raw = nullptr;
      if (sqlite3_prepare_v2(file_.get(), query.sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
        return refused();
      }
      const std::unique_ptr<sqlite3_stmt, Finalize> statement(raw);
      catalog::IntrospectedRows& rows = out.emplace_back();
      int status = sqlite3_step(raw);
      for (; status == SQLITE_ROW; status = sqlite3_step(raw)) rows.push_back(row_of(raw));
      if (status != SQLITE_DONE) return refused();
    }
    sqlite3_exec(file_.get(), "rollback", nullptr, nullptr, nullptr);
    return out;
  }

  void round_trip() override {
    sqlite3_exec(file_.get(), "select count(*) from sqlite_master", nullptr, nullptr, nullptr);
  }

 private:
  static catalog::IntrospectedRow row_of(sqlite3_stmt* statement) {
    catalog::IntrospectedRow out;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const unsigned char* text = sqlite3_column_text(statement, i);
      out.push_back(text == nullptr ? std::optional<std::string>()
                                    : std::string(reinterpret_cast<const char*>(text)));
    }
    return out;
  }

  std::unexpected<DatabaseFailure> refused() {
    return std::unexpected(
        DatabaseFailure{DatabaseFailure::Kind::refused, sqlite3_errmsg(file_.get())});
  }

  std::unique_ptr<sqlite3, Close> file_;
};

}  // namespace

Connected connect_sqlite(const DatabaseUrl& url) {
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(url.text.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  std::unique_ptr<sqlite3, Close> file(raw);
  if (status != SQLITE_OK) {
    return std::unexpected(DatabaseFailure{DatabaseFailure::Kind::unreachable,
                                           raw == nullptr ? "out of memory" : sqlite3_errmsg(raw)});
  }
  sqlite3_busy_timeout(raw, 5000);
  return std::make_unique<Sqlite>(std::move(file));
}

}  // namespace sqlxc::driver
