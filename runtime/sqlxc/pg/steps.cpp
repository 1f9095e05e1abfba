#include <sqlxc/pg/steps.h>

namespace sqlxc::pg {

std::string settings_sql(std::size_t count) {
  std::string sql = "select";
  for (std::size_t i = 0; i < count; ++i) {
    sql += i == 0 ? " set_config($" : ",set_config($";
    sql += std::to_string(2 * i + 1) + ",$" + std::to_string(2 * i + 2) + ",true)";
  }
  return sql;
}

std::vector<value::Value> settings_binds(const std::vector<Setting>& settings) {
  std::vector<value::Value> binds;
  binds.reserve(settings.size() * 2);
  for (const Setting& setting : settings) {
    binds.push_back(value::Value::of_text(setting.name));
    binds.push_back(value::Value::of_text(setting.value));
  }
  return binds;
}

Job settings_job(const std::vector<Setting>& settings) {
  return {.sql = settings_sql(settings.size()), .binds = settings_binds(settings)};
}

RequestPtr make_step(Job job) {
  auto request = std::make_unique<Request>();
  request->is_session = true;
  request->is_step = true;
  // Its deadline is answered for by the server, as a write's is.
  job.kind = Job::Kind::write;
  request->job = std::move(job);
  return request;
}

}  // namespace sqlxc::pg
