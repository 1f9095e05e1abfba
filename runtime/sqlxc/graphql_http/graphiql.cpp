#include <sqlxc/graphql_http/graphiql.h>

#include <string_view>

namespace sqlxc::graphql_http {
namespace {

// Addresses are relative, so that the page works behind a proxy's prefix, too.
constexpr std::string_view kPage = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/graphiql.css">
<style>
  html, body, #graphiql { height: 100%; margin: 0; }
  .graphiql-container { --font-family: system-ui, sans-serif; --font-family-mono: ui-monospace, monospace; }
</style>
</head>
<body>
<div id="graphiql">Loading…</div>
<script src="docs/graphiql.js"></script>
<script>
  const subscriptionUrl = location.origin.replace(/^http/, 'ws') + location.pathname;
  const fetcher = GraphiQL.createFetcher({ url: location.pathname, subscriptionUrl });
  ReactDOM.createRoot(document.getElementById('graphiql'))
    .render(React.createElement(GraphiQL, { fetcher, shouldPersistHeaders: false }));
</script>
</body>
</html>
)html";

}  // namespace

void answer_graphiql(http::Exchange& exchange) {
  http::Response& response = exchange.response();
  response.content_type = "text/html; charset=utf-8";
  response.header("Cache-Control", "no-cache");
  response.header("Vary", "Accept");
  response.body += kPage;
  exchange.finish();
}

}  // namespace sqlxc::graphql_http
