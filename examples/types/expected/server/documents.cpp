#include <sqlxc/core/embed.h>

#include "server/model.h"

// The assembler copies these files into the binary: nothing to read at the start, nothing to deploy beside it.
namespace types {

SQLXC_EMBED(openapi_json, "docs/openapi.json");
SQLXC_EMBED(docs_page, "docs/index.html");
SQLXC_EMBED(graphql_schema, "api/graphql/schema.graphql");
SQLXC_EMBED(sqlite_schema, "db/schema.sqlite.sql");
SQLXC_EMBED(postgres_schema, "db/schema.postgres.sql");

}  // namespace types
