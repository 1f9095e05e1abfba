#!/usr/bin/env python3
"""@supabase/postgrest-js, unmodified, on tests/e2e/clients/library.sql, and the TypeScript clients that are emitted beside the services
of the blog and of search.sql: on SQLite, and on PostgreSQL where a server is installed. Exit status 77: skipped."""
import json
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


def holds(program, suites, database, server):
    held = []
    for name, binary, path in suites:
        with Service(binary, server=server) as service:
            client = binary.parents[1] / "clients" / "typescript" / "dist" / "index.js"
            environment = {**os.environ, "SERVICE": f"http://127.0.0.1:{service.port}{path}", "DATABASE": database, "CLIENT": str(client)}
            print(f"-- {name} on {database}", flush=True)
            held.append(subprocess.run([program, "--test", "--test-reporter=spec", f"{name}.test.mjs"], cwd=CLIENTS,
                                       env=environment).returncode == 0)
    return all(held)


def with_client(program, schema, types=None):
    """The service of a schema whose TypeScript client is compiled; `types` is a file that its types are asked by."""
    binary = harness.compiled(schema)
    folder = binary.parents[1] / "clients" / "typescript"
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(CLIENTS / "node_modules")
    compiler = [program, CLIENTS / "node_modules" / "typescript" / "bin" / "tsc", "-p"]
    subprocess.run([*compiler, folder], check=True)
    if types:
        asked = {"extends": "./tsconfig.json", "files": [str(types)], "include": [],
                 "compilerOptions": {"noEmit": True, "rootDir": "/", "paths": {"client": ["./src/index.ts"]}}}
        (folder / "types.json").write_text(json.dumps(asked))
        subprocess.run([*compiler, folder / "types.json"], check=True)
    return binary


def main():
    program = node()
    suites = [
        ("postgrest_js", harness.compiled(CLIENTS / "library.sql"), "/api"),
        ("typescript", with_client(program, harness.ROOT / "examples" / "blog" / "blog.sql"), ""),
        ("typescript_search", with_client(program, harness.ROOT / "tests" / "e2e" / "search.sql", CLIENTS / "typescript_search.types.ts"), ""),
    ]
    held = [holds(program, suites, "sqlite", None)]
    if postgres.find_binaries() is None:
        print("-- PostgreSQL: skipped, no server is installed")
    else:
        with postgres.Server() as server:
            held.append(holds(program, suites, "postgres", server.url()))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
