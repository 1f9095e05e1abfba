#pragma once

#include <string>
#include <vector>

#include <sqlxc/pg/request.h>

// The statements of transactions that take several: BEGIN and settings, and how they are marked.
namespace sqlxc::pg {

/// `select set_config($1,$2,true),...` for so many settings.
std::string settings_sql(std::size_t count);
/// Their names and values as its parameters.
std::vector<value::Value> settings_binds(const std::vector<Setting>& settings);
/// The two as a job.
Job settings_job(const std::vector<Setting>& settings);

/// A statement within a transaction that something else ends.
RequestPtr make_step(Job job);

}  // namespace sqlxc::pg
