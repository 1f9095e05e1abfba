#include <sqlxc/service/service.h>

#include "server/model.h"

// The service of blog.sql. What can be set about it - port, host, database, logs, limits - is told
// by --help and in docs/README.md; flags beat the environment (SQLXC_PORT, DATABASE_URL), which
// beats the file that --config names.
int main(int argc, char** argv) { return sqlxc::serve(argc, argv, blog::model()); }
