#pragma once

#include <span>
#include <string_view>

#include <sqlxc/query/model.h>

// The proof of a service's rules: rows by the thousand, made from the rules, go through the
// service's own checks and into real databases, and the two must agree. Linked by the emitted
// tests, never by a service.
namespace sqlxc::proof {

/// What the compiler claims of a condition.
enum class Verdict : std::uint8_t {
  exact,         // the service refuses what the database refuses
  weaker,        // it refuses some of it
  server_only,   // it refuses none of it
  service_only,  // the database does not know it
};

struct Claim {
  query::EntityIndex entity = 0;
  std::string_view rule = {};
  Verdict verdict = Verdict::exact;
};

/// The main() of tests/rules_test.cpp. Exit status: 0 if all verdicts agree, 1 if some do not, 2
/// for a wrong command line, 3 where a database fails.
int prove(int argc, char** argv, const query::Model& model, std::span<const Claim> claims);

}  // namespace sqlxc::proof
