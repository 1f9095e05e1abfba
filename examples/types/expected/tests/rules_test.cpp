#include <sqlxc/proof/prove.h>

#include "api/rest/rest.h"
#include "server/model.h"

// Rows by the thousand go through the rules of the service and into a real database; the two must agree.
namespace types {
namespace {

namespace at = rest::at;
using sqlxc::proof::Verdict;

// What the compiler claims of each condition.
constexpr sqlxc::proof::Claim kClaims[] = {
    {at::numbers, "numbers_money_check", Verdict::exact},
    {at::numbers, "positive_check", Verdict::exact},
    {at::texts, "postal_code_check", Verdict::exact},
    {at::cells, "cells_width_check", Verdict::exact},
    {at::cells, "cells_height_check", Verdict::exact},
};

}  // namespace
}  // namespace types

int main(int argc, char** argv) {
  return sqlxc::proof::prove(argc, argv, types::model(), types::kClaims);
}
