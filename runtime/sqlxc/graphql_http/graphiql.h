#pragma once

#include <sqlxc/http/exchange.h>

// GraphiQL, the page to ask in. Its files are those of docs/ui.h, below /docs/.
namespace sqlxc::graphql_http {

/// Answers with the page.
void answer_graphiql(http::Exchange& exchange);

}  // namespace sqlxc::graphql_http
