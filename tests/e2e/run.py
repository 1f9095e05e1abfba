#!/usr/bin/env python3
"""Every end-to-end test, in about two minutes. $SQLXC names the compiler (default out/bin/sqlxc), or
$SQLXC_E2E_SERVICE a service of examples/blog that is compiled already. Exit status 77: skipped."""
import os
import subprocess
import sys
import time
from pathlib import Path

import harness

HERE = Path(__file__).resolve().parent
SUITES = [["test_rest.py"], ["test_corpora.py"], ["test_endurance.py"], ["durability.py"]]
if os.environ.get("SQLXC_SANITIZE") == "1":
    # A sanitized service holds memory back and is slow: what it allocates and how long it takes to start say nothing.
    SUITES = [["test_rest.py"], ["test_corpora.py"], ["test_endurance.py", *(f"Endurance.{name}" for name in (
        "test_clients_that_leave_do_no_harm", "test_pipelined_requests_are_answered_in_order",
        "test_a_stop_finishes_what_was_begun"))], ["durability.py", "--rounds", "5"]]


def main():
    binary = harness.compiled(harness.ROOT / "examples" / "blog" / "blog.sql")
    environment = {**os.environ, "SQLXC_E2E_SERVICE": str(binary), "PYTHONDONTWRITEBYTECODE": "1"}
    failed = []
    for suite in SUITES:
        started = time.time()
        print(f"-- {suite[0]}", flush=True)
        status = subprocess.run([sys.executable, *suite], cwd=HERE, env=environment).returncode
        print(f"-- {suite[0]}: {'ok' if status == 0 else 'skipped' if status == harness.SKIPPED else 'FAILED'}, "
              f"{time.time() - started:.1f} s", flush=True)
        if status not in (0, harness.SKIPPED):
            failed.append(suite[0])
    if failed:
        sys.exit("failed: " + ", ".join(failed))


if __name__ == "__main__":
    main()
