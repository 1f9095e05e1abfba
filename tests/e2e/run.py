#!/usr/bin/env python3
"""Every end-to-end test, in about three minutes: on SQLite, and what concerns the database on PostgreSQL, too, where a server
is installed. $SQLXC names the compiler (default out/bin/sqlxc), or $SQLXC_E2E_SERVICE a service of examples/blog that is
compiled already. Exit status 77: skipped."""
import os
import subprocess
import sys
import time
from pathlib import Path

import harness
import postgres

HERE = Path(__file__).resolve().parent
# Suites that start what they need themselves: most of them databases of both kinds.
BOTH = [["test_hostile.py"], ["test_graphql_hostile.py"], ["test_graphql_settings.py"], ["test_bounds.py"], ["test_statements.py"],
        ["test_timeouts.py"], ["test_orm.py"]]
SUITES = [["test_rest.py"], ["test_rules.py"], ["test_transactions.py"], ["test_writes.py"], ["test_idempotency.py"], ["test_queries.py"],
          ["test_search.py"], ["test_graphql_nested.py"], ["test_graphql_plans.py"], ["test_corpora.py"], ["test_endurance.py"],
          ["durability.py"]]
POSTGRES_SUITES = [["test_rest.py"], ["test_rules.py"], ["test_transactions.py"], ["test_writes.py"], ["test_idempotency.py"], ["test_forms.py"],
                   ["test_queries.py"], ["test_search.py"], ["test_graphql_nested.py"], ["test_graphql_plans.py"], ["test_corpora.py"],
                   ["test_differences.py"]]
if harness.SANITIZED:
    SUITES = [["test_rest.py"], ["test_transactions.py"], ["test_queries.py"], ["test_corpora.py"], ["test_endurance.py", *(f"Endurance.{name}" for name in (
        "test_clients_that_leave_do_no_harm", "test_pipelined_requests_are_answered_in_order",
        "test_a_stop_finishes_what_was_begun"))], ["durability.py", "--rounds", "5"]]
    # The others of these judge times and memory.
    BOTH = [["test_hostile.py"], ["test_bounds.py"]]
    POSTGRES_SUITES = [["test_rest.py"], ["test_transactions.py"], ["test_queries.py"]]


def run(suite, database, environment):
    """Whether the suite held, or was skipped."""
    started = time.time()
    name = f"{suite[0]} on {database}"
    print(f"-- {name}", flush=True)
    status = subprocess.run([sys.executable, *suite], cwd=HERE, env=environment).returncode
    print(f"-- {name}: {'ok' if status == 0 else 'skipped' if status == harness.SKIPPED else 'FAILED'}, "
          f"{time.time() - started:.1f} s", flush=True)
    return status in (0, harness.SKIPPED)


def main():
    binary = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
    environment = {**os.environ, "SQLXC_E2E_SERVICE": str(binary), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("SQLXC_E2E_POSTGRES", None)
    failed = [suite[0] for suite in SUITES if not run(suite, "SQLite", environment)]
    failed += [suite[0] for suite in BOTH if not run(suite, "both databases", environment)]
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            environment["SQLXC_E2E_POSTGRES"] = server.url()
            failed += [suite[0] for suite in POSTGRES_SUITES if not run(suite, "PostgreSQL", environment)]
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
