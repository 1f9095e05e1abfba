#include <sqlxc/proof/prove.h>

#include "api/rest/rest.h"
#include "server/model.h"

// Rows by the thousand go through the rules of the service and into a real database; the two must agree.
namespace blog {
namespace {

namespace at = rest::at;
using sqlxc::proof::Verdict;

// What the compiler claims of each condition.
constexpr sqlxc::proof::Claim kClaims[] = {
    {at::users, "users_name_check", Verdict::exact},
    {at::users, "users_age_check", Verdict::exact},
    {at::users, "users_email_format", Verdict::service_only},
    {at::posts, "posts_title_check", Verdict::exact},
    {at::posts, "posts_rating_check", Verdict::exact},
    {at::posts, "published_has_a_date", Verdict::exact},
    {at::comments, "comments_body_check", Verdict::exact},
    {at::tags, "tags_name_pattern", Verdict::service_only},
};

}  // namespace
}  // namespace blog

int main(int argc, char** argv) {
  return sqlxc::proof::prove(argc, argv, blog::model(), blog::kClaims);
}
