#include <sqlxc/pg/blocking.h>

#include <vector>

#include <sqlxc/pg/connect.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {
namespace {

void ignore_notice(void*, const PGresult*) {}

Answer answer_of(const Handle& handle, pg_result* raw) {
  if (raw == nullptr) return std::unexpected(connection_error(handle.get()));
  Result result(raw);
  switch (pq().resultStatus(raw)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      return result;
    default:
      return std::unexpected(error_of(raw));
  }
}

}  // namespace

void Finish::operator()(pg_conn* connection) const { pq().finish(connection); }

std::expected<Handle, db::Error> open_blocking(const Options& options) {
  if (auto loaded = load_library(); !loaded) return std::unexpected(loaded.error());
  ConnectParameters parameters(options, false);
  const std::string timeout =
      std::to_string(std::chrono::ceil<std::chrono::seconds>(options.connect_timeout).count());
  parameters.keywords.back() = "connect_timeout";
  parameters.values.back() = timeout.c_str();
  parameters.keywords.push_back(nullptr);
  parameters.values.push_back(nullptr);
  Handle handle(pq().connectdbParams(parameters.keywords.data(), parameters.values.data(), 1));
  if (!handle || pq().status(handle.get()) != CONNECTION_OK) {
    return std::unexpected(connection_error(handle.get()));
  }
  pq().setNoticeReceiver(handle.get(), ignore_notice, nullptr);
  return handle;
}

Answer run_blocking(const Handle& handle, const std::string& sql) {
  return answer_of(handle, pq().exec(handle.get(), sql.c_str()));
}

Answer run_blocking(const Handle& handle, const char* sql,
                    std::span<const std::string> parameters) {
  std::vector<const char*> values;
  for (const std::string& parameter : parameters) values.push_back(parameter.c_str());
  return answer_of(handle, pq().execParams(handle.get(), sql, static_cast<int>(values.size()),
                                           nullptr, values.data(), nullptr, nullptr, 0));
}

}  // namespace sqlxc::pg
