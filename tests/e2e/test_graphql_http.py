#!/usr/bin/env python3
"""graphql-http's audits and graphql-js on a running service: all audits hold, the introspection is the SDL, on the blog and on
the library. Exit status 77: skipped."""
import subprocess
import sys

import harness
from harness import Service
from test_clients import CLIENTS, node


def holds(program, schema):
    with Service(harness.compiled(schema)) as service:
        print(f"-- graphql-http on {schema.stem}", flush=True)
        return subprocess.run([program, "graphql_http.test.mjs", f"http://127.0.0.1:{service.port}"],
                              cwd=CLIENTS).returncode == 0


def main():
    program = node()
    schemas = [harness.ROOT / "examples" / "blog" / "blog.sql", CLIENTS / "library.sql"]
    held = [holds(program, schema) for schema in schemas]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
