#!/usr/bin/env python3
"""@supabase/postgrest-js, unmodified, on tests/e2e/clients/library.sql: on SQLite, and on PostgreSQL where a server is
installed. Exit status 77: skipped."""
import os
import shutil
import subprocess
import sys

import harness
import postgres
from harness import Service

CLIENTS = harness.ROOT / "tests" / "e2e" / "clients"


def node():
    """Where node is; skips where it or what scripts/install puts beside the tests is not."""
    found = shutil.which("node")
    if found is None:
        harness.skip("there is no node")
    if not (CLIENTS / "node_modules" / ".package-lock.json").exists():
        harness.skip("npm could not install tests/e2e/clients: scripts/install test")
    return found


def holds(program, binary, database, server):
    with Service(binary, server=server) as service:
        environment = {**os.environ, "SERVICE": f"http://127.0.0.1:{service.port}/api", "DATABASE": database}
        print(f"-- postgrest-js on {database}", flush=True)
        return subprocess.run([program, "--test", "--test-reporter=spec", "postgrest_js.test.mjs"], cwd=CLIENTS,
                              env=environment).returncode == 0


def main():
    program = node()
    binary = harness.compiled(CLIENTS / "library.sql")
    held = [holds(program, binary, "sqlite", None)]
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            held.append(holds(program, binary, "postgres", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
