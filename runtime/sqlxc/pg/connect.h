#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <sqlxc/pg/hosts.h>
#include <sqlxc/pg/job.h>
#include <sqlxc/pg/options.h>

// What a connection says to the server when it begins: the same words for the loops' connections
// and for the blocking one at the service's start.
namespace sqlxc::pg {

/// Settings under which PostgreSQL's texts are those that pg/encode.h reads.
std::vector<Setting> session_settings(const Options& options, bool is_readonly);

/// Keywords and values for PQconnectStartParams.
struct ConnectParameters {
  /// `hosts`, if there are any, stand for those of the URL.
  ConnectParameters(const Options& options, bool is_readonly, const Hosts& hosts = {});

  std::vector<std::string> texts;  // behind the pointers
  std::vector<const char*> keywords;
  std::vector<const char*> values;
};

}  // namespace sqlxc::pg
